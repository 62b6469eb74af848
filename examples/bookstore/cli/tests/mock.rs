//! Code that calls a bookstore is tested without one: stubs answer its calls, or recordings of them.

use bookstore::{
    Client, TransportErrorKind,
    api::{CreateOrder, GetCover, ListBooks},
    mock::{MockRequest, MockResponse, MockTransport, Recorder, Replayer},
    types::{Book, BookPage, Genre, Money, NewOrder},
};
use bookstore_cli::{Failure, buy, titles};
use tokio::net::TcpListener;

type Outcome = Result<(), Failure>;

fn client(mock: &MockTransport) -> Result<Client, Failure> {
    Ok(Client::builder().bearer("a token").transport(mock.clone()).build()?)
}

fn book(title: &str) -> Result<Book, Failure> {
    let (price, added) = (Money::new(1200, "EUR"), "2024-05-06T07:08:09Z".parse()?);
    Ok(Book::new(
        "978-1-00-000002-7",
        title,
        Genre::Crime,
        Vec::new(),
        price,
        1,
        added,
    ))
}

#[tokio::test]
async fn a_list_in_pages_is_read_to_its_end() -> Outcome {
    let mock = MockTransport::new();
    mock.on::<ListBooks>()
        .when(|request| request.query_value("genre").as_deref() == Some("crime"))
        .respond_ok(&BookPage::new(vec![book("One")?, book("Two")?], Some("2".to_owned())))
        .times(1)
        .then()
        .respond_ok(&BookPage::new(vec![book("Three")?], None))
        .times(1);
    assert_eq!(titles(&client(&mock)?, Genre::Crime).await?, ["One", "Two", "Three"]);
    let pages = mock.requests_of::<ListBooks>();
    assert_eq!(pages[1].query_value("cursor").as_deref(), Some("2"));
    mock.assert_done();
    Ok(())
}

#[tokio::test]
async fn an_order_that_is_refused_is_told() -> Outcome {
    let mock = MockTransport::new();
    let refusal = serde_json::json!({"title": "no money", "status": 402, "reason": "declined"});
    mock.on::<CreateOrder>().respond(402, &refusal);
    assert_eq!(
        buy(&client(&mock)?, "978-1-00-000002-7", "4000").await?,
        "refused: declined"
    );
    let order: NewOrder = mock.last_request().ok_or("no request")?.json()?;
    assert_eq!(order.lines[0].quantity, 1);
    Ok(())
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again() -> Outcome {
    let mock = MockTransport::new();
    mock.on::<GetCover>()
        .fail(TransportErrorKind::Reset)
        .then()
        .respond_with(MockResponse::chunks(200, "image/png", ["PN", "G"]));
    let mut download = client(&mock)?.books().get_cover("1").download().await?;
    let mut cover = Vec::new();
    while let Some(chunk) = download.next().await {
        cover.extend_from_slice(&chunk?);
    }
    assert_eq!((cover.as_slice(), mock.requests().len()), (&b"PNG"[..], 2));
    Ok(())
}

#[tokio::test]
async fn an_answer_can_depend_on_the_request() -> Outcome {
    let mock = MockTransport::new();
    mock.on::<ListBooks>().respond_with(|request: &MockRequest| {
        let limit = request.query_value("limit").unwrap_or_default();
        MockResponse::text(418, format!("{limit} are too many"))
    });
    let Err(error) = titles(&client(&mock)?, Genre::Crime).await else {
        return Err("418 is no success".into());
    };
    assert!(error.to_string().contains("418"), "{error}");
    let Err(error) = buy(&client(&mock)?, "1", "4000").await else {
        return Err("there is no stub".into());
    };
    assert_eq!(
        error.to_string(),
        "createOrder: the request failed: no stub answers `POST /v1/orders` (createOrder): it has none; \
         there are stubs for `listBooks`"
    );
    Ok(())
}

#[tokio::test]
async fn a_visit_is_recorded_and_replayed() -> Outcome {
    let folder = std::env::temp_dir().join(format!("bookstore-recordings-{}", std::process::id()));
    let file = folder.join("visit.json");
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/v1", listener.local_addr()?);
    let shop = bookstore_server::serve(listener, bookstore_app::router());
    let shop = tokio::spawn(shop.into_future());
    let recorder = Recorder::new(&file);
    let client = Client::builder().base_url(url).bearer(bookstore_app::CUSTOMER_TOKEN);
    let client = client.middleware(recorder.clone()).build()?;
    let visited = titles(&client, Genre::Crime).await?;
    let bought = buy(&client, "978-1-00-000002-7", "4000000000000001").await?;
    recorder.finish()?;
    shop.abort();
    let text = std::fs::read_to_string(&file)?;
    assert!(!text.contains(bookstore_app::CUSTOMER_TOKEN), "{text}");

    let replayer = Replayer::open(&file)?;
    let client = Client::builder()
        .bearer("another token")
        .transport(replayer.clone())
        .build()?;
    assert_eq!(titles(&client, Genre::Crime).await?, visited);
    assert_eq!(buy(&client, "978-1-00-000002-7", "4000000000000001").await?, bought);
    replayer.assert_done();
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
