//! A server on loopback that does to each connection what a script says.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// What is done after a request has come.
#[derive(Clone)]
pub(super) enum Act {
    /// Writes these bytes.
    Write(Vec<u8>),
    /// Writes nothing for a while.
    Pause(Duration),
    /// Writes these bytes again and again, with a pause between, until the client has enough.
    Endless(&'static str, Duration),
    /// Waits until the client closes the connection.
    Wait,
    /// Closes the connection.
    Close,
    /// Breaks the connection off.
    Reset,
}

/// What a server has seen.
#[derive(Default)]
pub(super) struct Seen {
    scripts: Mutex<VecDeque<Vec<Act>>>,
    requests: Mutex<Vec<String>>,
    /// How many connections the client closed while the server was waiting or writing.
    hung_up: Mutex<usize>,
}

impl Seen {
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(super) fn hung_up(&self) -> usize {
        *self.hung_up.lock().unwrap()
    }
}

/// Writes text.
pub(super) fn text(text: &str) -> Act {
    Act::Write(text.as_bytes().to_vec())
}

/// A response that is whole; the connection stays open.
pub(super) fn whole(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    text(&format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}"
    ))
}

/// A server that does the acts of each script for one request, whatever the connection it comes by.
pub(super) async fn start(scripts: Vec<Vec<Act>>) -> (u16, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::new(Seen::default());
    seen.scripts.lock().unwrap().extend(scripts);
    let shared = seen.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, shared.clone()));
        }
    });
    (port, seen)
}

async fn connection(mut stream: TcpStream, seen: Arc<Seen>) {
    while let Some(request) = read(&mut stream).await {
        seen.requests.lock().unwrap().push(request);
        let script = seen.scripts.lock().unwrap().pop_front();
        let Some(script) = script else { return };
        for act in script {
            let went = match act {
                Act::Write(bytes) => stream.write_all(&bytes).await.is_ok(),
                Act::Pause(time) => {
                    tokio::time::sleep(time).await;
                    true
                }
                Act::Endless(text, pause) => {
                    while stream.write_all(text.as_bytes()).await.is_ok() {
                        tokio::time::sleep(pause).await;
                    }
                    false
                }
                Act::Wait => matches!(stream.read(&mut [0; 1]).await, Ok(1..)),
                Act::Close => return,
                Act::Reset => {
                    stream.set_zero_linger().unwrap();
                    return;
                }
            };
            if !went {
                *seen.hung_up.lock().unwrap() += 1;
                return;
            }
        }
    }
}

/// A request with its body, if one comes.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let request = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = request.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if length.is_none_or(|length| body.len() >= length.parse().unwrap()) {
                return Some(request);
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(length @ 1..) => bytes.extend_from_slice(&chunk[..length]),
            _ => return None,
        }
    }
}
