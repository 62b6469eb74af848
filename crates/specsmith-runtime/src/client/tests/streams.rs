//! Streams and downloads over a loopback connection to a server that is slow, breaks off or falls silent.

use std::time::Instant;

use super::*;

impl EventOperation for GetThing {
    type Data = Value;
    const ENCODING: EventEncoding = EventEncoding::Json;
}

const EVENTS: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

/// What the server does after the head.
#[derive(Clone, Copy)]
enum Step {
    Chunk(&'static str),
    Raw(&'static str),
    Wait(u64),
}

/// Answers each connection with a head and steps, and closes it; gives the port.
async fn serve_steps(head: &'static str, steps: &'static [Step]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 64 << 10];
            assert!(stream.read(&mut request).await.unwrap() > 0);
            stream.write_all(head.as_bytes()).await.unwrap();
            for step in steps {
                let text = match *step {
                    Step::Chunk(text) => format!("{:x}\r\n{text}\r\n", text.len()),
                    Step::Raw(text) => text.to_owned(),
                    Step::Wait(milliseconds) => {
                        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                        continue;
                    }
                };
                if stream.write_all(text.as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    port
}

#[tokio::test]
async fn events_are_there_as_soon_as_they_are_sent() {
    let steps = &[
        Step::Chunk("data: {\"a\""),
        Step::Wait(50),
        Step::Chunk(": 1}\r\n\r"),
        Step::Chunk("\n: still here\n\ndata: 2\n\n"),
        Step::Wait(60_000),
    ];
    let port = serve_steps(EVENTS, steps).await;
    let start = Instant::now();
    let mut events = get_thing(&client(port)).events().await.unwrap();
    assert_eq!(events.response().status(), 200);
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.event.as_str(), &first["a"]), ("message", &json!(1)));
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn a_stream_that_breaks_off_or_falls_silent_ends_with_an_error() {
    let port = serve_steps(
        EVENTS,
        &[Step::Chunk("data: 1\n\n"), Step::Raw("20\r\ndata")],
    )
    .await;
    let mut events = get_thing(&client(port)).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(events.next().await.is_none());

    let port = serve_steps(EVENTS, &[Step::Wait(60_000)]).await;
    let request = get_thing(&client(port)).with_idle_timeout(Duration::from_millis(50));
    let mut events = request.events().await.unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(&error, Error::Timeout(error) if error.to_string().contains("getThing")));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn documented_errors_of_a_stream_are_typed() {
    let head =
        "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n";
    let port = serve_steps(head, &[Step::Raw("[]")]).await;
    let error = get_thing(&client(port)).events().await.unwrap_err();
    assert!(
        matches!(error, Error::Api(GetThingError::NotFound(_))),
        "{error}"
    );
    let error = get_thing(&client(port)).download().await.unwrap_err();
    assert!(
        matches!(error, Error::Api(GetThingError::NotFound(_))),
        "{error}"
    );
}

#[tokio::test]
async fn a_download_has_no_limit_and_tells_when_it_is_short() {
    let head = "HTTP/1.1 200 OK\r\ncontent-disposition: attachment; filename=a.bin\r\ncontent-length: 8\r\n\r\n";
    let port = serve_steps(
        head,
        &[Step::Raw("1234"), Step::Wait(20), Step::Raw("5678")],
    )
    .await;
    let request = get_thing(&client(port)).with_max_response_size(2);
    let mut download = request.download().await.unwrap();
    assert_eq!(download.content_length(), Some(8));
    assert_eq!(download.file_name().as_deref(), Some("a.bin"));
    let mut bytes = Vec::new();
    while let Some(chunk) = download.next().await {
        bytes.extend(chunk.unwrap());
    }
    assert_eq!(bytes, b"12345678");

    let port = serve_steps(head, &[Step::Raw("1234")]).await;
    let mut download = get_thing(&client(port)).download().await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "1234");
    assert!(download.next().await.unwrap().is_err());
}
