//! What a call of the generated client costs next to the same call written by hand with `reqwest` and serde derives.
//!
//! `cargo bench -p bookstore-cli` prints the time of the calling thread for each call, as medians of rounds that take turns,
//! and the ratio. A server on loopback sends the same bytes to everybody. Where the system does not tell the time of a
//! thread, it is time on the wall.

mod by_hand;

use std::{
    error::Error,
    hint::black_box,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use bookstore::types::Genre;
use by_hand::BOOK;
use serde::{Deserialize, Serialize};

type Outcome<T> = Result<T, Box<dyn Error>>;

const ROUNDS: usize = 31;
const CALLS: u32 = 400;

/// A server that answers every request with a book, or with a page of them.
fn serve() -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/v1", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    Ok(url)
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let response = |body: &str| {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
        format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    };
    let page = format!("{{\"items\":[{}],\"next\":null}}", [BOOK; 20].join(","));
    let (book, page) = (response(BOOK), response(&page));
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        seen.extend_from_slice(&buffer[..read]);
        if seen.ends_with(b"\r\n\r\n") {
            let is_page = seen.starts_with(b"GET /v1/books?");
            stream.write_all(if is_page { page.as_bytes() } else { book.as_bytes() })?;
            seen.clear();
        }
    }
}

/// How long this thread has worked, or how late it is.
fn worked(begin: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begin.elapsed(), Duration::from_nanos)
}

async fn round<T, F: Future<Output = Outcome<T>>>(call: impl Fn() -> F) -> Outcome<Duration> {
    let begin = Instant::now();
    let before = worked(begin);
    for _ in 0..CALLS {
        drop(black_box(call().await?));
    }
    Ok((worked(begin) - before) / CALLS)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

async fn compare<T, F, U, G>(name: &str, generated: impl Fn() -> F, by_hand: impl Fn() -> G) -> Outcome<()>
where
    F: Future<Output = Outcome<T>>,
    G: Future<Output = Outcome<U>>,
{
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        first.push(round(&generated).await?);
        second.push(round(&by_hand).await?);
    }
    let (generated, by_hand) = (median(first), median(second));
    let ratio = generated.as_secs_f64() / by_hand.as_secs_f64();
    println!("{name:<12} {generated:>12.1?} {by_hand:>12.1?} {ratio:>8.3}");
    Ok(())
}

#[derive(Serialize)]
struct Query {
    genre: by_hand::Genre,
    limit: i32,
}

async fn run(url: &str) -> Outcome<()> {
    let client = bookstore::Client::builder().base_url(url).bearer("a-token").build()?;
    let http = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(30))
        .user_agent("by-hand/0.1.0")
        .build()?;
    println!("{:<12} {:>12} {:>12} {:>8}", "call", "generated", "by hand", "ratio");
    compare(
        "get",
        async || Ok(client.books().get("978-0-00-000000-2").await?),
        || by_hand_get(&http, url, "978-0-00-000000-2"),
    )
    .await?;
    let query = Query {
        genre: by_hand::Genre::Crime,
        limit: 20,
    };
    compare(
        "list of 20",
        async || Ok(client.books().list().genre(Genre::Crime).limit(20).await?),
        || by_hand_list(&http, url, &query),
    )
    .await
}

async fn by_hand_get(http: &reqwest::Client, url: &str, isbn: &str) -> Outcome<by_hand::Book> {
    let request = http
        .get(format!("{url}/books/{isbn}"))
        .header("Accept", "application/json");
    read(request.send().await?).await
}

async fn by_hand_list(http: &reqwest::Client, url: &str, query: &Query) -> Outcome<by_hand::BookPage> {
    let request = http
        .get(format!("{url}/books"))
        .query(query)
        .header("Accept", "application/json");
    read(request.send().await?).await
}

async fn read<T: for<'de> Deserialize<'de>>(response: reqwest::Response) -> Outcome<T> {
    Ok(response.error_for_status()?.json().await?)
}

fn main() -> Outcome<()> {
    let url = serve()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run(&url))
}
