//! Who may do what in the served bookstore, over a socket.

use std::error::Error;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

type Failure = Box<dyn Error + Send + Sync>;

const CUSTOMER: &str = "Authorization: Bearer customer-of-the-bookstore";
const STAFF: &str = "X-Staff-Key: staff-of-the-bookstore";
const BODY: &str = "Content-Type: application/json";

/// Serves a shop and sends it requests, each on a connection of its own; returns the answers.
async fn answers(requests: &[(&str, &[&str], &str)]) -> Result<Vec<String>, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = bookstore_server::serve(listener, bookstore_app::router()).with_graceful_shutdown(async {
        stopped.await.ok();
    });
    let server = tokio::spawn(server.into_future());
    let mut answers = Vec::new();
    for (line, headers, body) in requests {
        let mut stream = TcpStream::connect(address).await?;
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let length = body.len();
        let text = format!(
            "{line} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        );
        stream.write_all(text.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        answers.push(answer);
    }
    stop.send(()).ok();
    server.await?;
    Ok(answers)
}

/// The statuses of the answers to requests without a body.
async fn statuses(requests: &[(&str, &[&str])]) -> Result<Vec<String>, Failure> {
    let requests: Vec<_> = requests.iter().map(|(line, headers)| (*line, *headers, "")).collect();
    let answers = answers(&requests).await?;
    let status = |answer: String| answer.split(' ').nth(1).map(str::to_owned);
    Ok(answers.into_iter().filter_map(status).collect())
}

#[tokio::test]
async fn operations_are_for_those_whom_the_document_names() -> Result<(), Failure> {
    let order = "GET /v1/orders/1042";
    let found = statuses(&[
        ("GET /v1/books", &[]),
        (order, &[]),
        (order, &[CUSTOMER]),
        (order, &[STAFF]),
        (order, &["Authorization: Bearer nobody", STAFF]),
        (order, &["Authorization: Bearer nobody"]),
        ("DELETE /v1/books/978-0-13-468599-1", &[CUSTOMER]),
        ("DELETE /v1/books/978-0-13-468599-1", &[STAFF]),
    ])
    .await?;
    assert_eq!(found, ["200", "401", "200", "200", "200", "401", "401", "204"]);
    Ok(())
}

#[tokio::test]
async fn head_needs_what_get_needs_and_options_nothing() -> Result<(), Failure> {
    let order = "/v1/orders/1042";
    let found = answers(&[
        (&format!("HEAD {order}"), &[], ""),
        (&format!("HEAD {order}"), &[CUSTOMER], ""),
        (&format!("OPTIONS {order}"), &[], ""),
        (&format!("PUT {order}"), &[], ""),
    ])
    .await?;
    let starts = ["HTTP/1.1 401", "HTTP/1.1 200", "HTTP/1.1 204", "HTTP/1.1 405"];
    for (answer, start) in found.iter().zip(starts) {
        assert!(answer.starts_with(start), "{answer}");
    }
    for answer in &found[2..] {
        assert!(answer.contains("allow: GET, HEAD, OPTIONS"), "{answer}");
    }
    Ok(())
}

#[tokio::test]
async fn a_refusal_asks_for_credentials_before_it_reads_anything() -> Result<(), Failure> {
    let found = answers(&[
        ("POST /v1/orders", &[BODY], "{"),
        ("POST /v1/orders", &[BODY, "Authorization: Bearer nobody"], "{"),
        ("POST /v1/orders", &[BODY, CUSTOMER], "{"),
        ("GET /v1/orders/none", &[], ""),
    ])
    .await?;
    let asked = "www-authenticate: Bearer realm=\"Bookstore\"";
    assert!(found[0].contains(&format!("{asked}\r\n")), "{}", found[0]);
    assert!(
        found[1].contains(&format!("{asked}, error=\"invalid_token\"\r\n")),
        "{}",
        found[1]
    );
    assert!(found[2].starts_with("HTTP/1.1 400"), "{}", found[2]);
    let both = format!("{asked}\r\nwww-authenticate: ApiKey realm=\"Bookstore\", in=\"header\", name=\"X-Staff-Key\"");
    assert!(
        found[3].starts_with("HTTP/1.1 401") && found[3].contains(&both),
        "{}",
        found[3]
    );
    assert!(found.iter().all(|answer| !answer.contains("nobody")));
    Ok(())
}
