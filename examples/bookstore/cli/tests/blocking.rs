//! Code without `async` calls a bookstore, which runs on a thread of its own.

use std::{io::Read, thread, time::Duration};

use bookstore::{
    Client, Error, StatusCode,
    api::{GetBook, GetBookError},
    mock::MockTransport,
    types::Genre,
};
use bookstore_cli::Failure;
use tokio::net::TcpListener;

type Outcome = Result<(), Failure>;

/// The address of a shop.
fn shop() -> Result<String, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let url = format!("http://{}/v1", listener.local_addr()?);
    let serving = bookstore_server::serve(listener, bookstore_app::router());
    thread::spawn(move || runtime.block_on(serving.into_future()));
    Ok(url)
}

#[test]
fn a_visit_without_async() -> Outcome {
    let client = Client::builder()
        .base_url(shop()?)
        .api_key(bookstore_app::STAFF_KEY)
        .build()?;
    let books = client.books().list().genre(Genre::Crime).call_blocking()?;
    let crime = &books.items[0];
    assert_eq!(
        client.books().get(&crime.isbn).send_blocking()?.status(),
        StatusCode::OK
    );
    let titles = client.books().list().limit(1).stream_blocking();
    let titles: Result<Vec<_>, _> = titles.map(|book| book.map(|book| book.title)).collect();
    assert_eq!(titles?.len(), 4);
    let mut pages = client.books().list().limit(3).pages_blocking();
    assert_eq!(pages.next().ok_or("no page")??.items.len(), 3);
    assert_eq!(pages.cursor(), Some("3"));
    client.books().put_cover(&crime.isbn, &b"PNG"[..]).call_blocking()?;
    let mut cover = Vec::new();
    let mut download = client.books().get_cover(&crime.isbn).download_blocking()?;
    download.read_to_end(&mut cover)?;
    assert_eq!(cover, b"PNG");
    Ok(())
}

#[test]
fn errors_are_those_of_async_calls() -> Outcome {
    let client = Client::builder().base_url(shop()?).build()?;
    let Err(Error::Api(GetBookError::NotFound(problem))) = client.books().get("978-0-00-000000-0").call_blocking()
    else {
        return Err("there is no such book".into());
    };
    assert_eq!(problem.status(), StatusCode::NOT_FOUND);
    Ok(())
}

#[test]
fn a_stub_answers_blocking_calls_too() -> Outcome {
    let mock = MockTransport::new();
    mock.on::<GetBook>().respond_empty(204).delay(Duration::from_secs(60));
    let client = Client::builder().transport(mock).build()?;
    let call = client.books().get("1").with_timeout(Duration::from_millis(20));
    assert!(call.call_blocking().is_err_and(|error| error.is_timeout()));
    Ok(())
}

#[tokio::test]
async fn inside_of_a_runtime_it_is_an_error() -> Outcome {
    let client = Client::builder().build()?;
    let Err(error) = client.books().get("1").call_blocking() else {
        return Err("it blocked".into());
    };
    assert!(error.to_string().contains("inside of an async runtime"), "{error}");
    Ok(())
}
