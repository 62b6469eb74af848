//! The generated client calls the generated server, over loopback.

use bookstore::{
    Client, Error, StatusCode,
    api::{CreateBookError, GetBookError},
    types::{
        BookPatch, CardPayment, Genre, ListBooksSort, Money, NewBook, NewOrder, NewReview, Nullable, OrderLine,
        OrderStatus, Payment, PriceRange, TransferPayment,
    },
};
use bookstore_cli::{Failure, buy, titles};
use futures_util::TryStreamExt;
use tokio::net::TcpListener;

type Outcome = Result<(), Failure>;

/// The address of a shop of its own for each test.
async fn shop() -> Result<String, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/v1", listener.local_addr()?);
    tokio::spawn(bookstore_server::serve(listener, bookstore_app::router()).into_future());
    Ok(url)
}

async fn everybody() -> Result<Client, Failure> {
    Ok(Client::builder().base_url(shop().await?).build()?)
}

async fn customer() -> Result<Client, Failure> {
    let builder = Client::builder().base_url(shop().await?);
    Ok(builder.bearer(bookstore_app::CUSTOMER_TOKEN).build()?)
}

async fn staff() -> Result<Client, Failure> {
    let builder = Client::builder().base_url(shop().await?);
    Ok(builder.api_key(bookstore_app::STAFF_KEY).build()?)
}

#[tokio::test]
async fn a_visit() -> Outcome {
    let client = customer().await?;
    assert_eq!(titles(&client, Genre::Crime).await?, ["Borrowed Time"]);
    assert_eq!(titles(&client, Genre::History).await?, [""; 0]);
    let refused = buy(&client, "978-1-00-000002-7", "4000000000000002").await?;
    assert_eq!(refused, "refused: declined");
    assert!(
        buy(&client, "978-1-00-000002-7", "4000000000000001")
            .await?
            .contains("Created")
    );
    Ok(())
}

#[tokio::test]
async fn parameters_of_every_kind_arrive() -> Outcome {
    let client = everybody().await?;
    let cheap = PriceRange::default().with_max(1000);
    let page = client.books().list().price(&cheap).await?;
    assert_eq!(page.items.len(), 1);
    let author = page.items[0].authors[0];
    let page = client
        .books()
        .list()
        .author(&[author])
        .sort(ListBooksSort::MinusTitle)
        .await?;
    let titles: Vec<&str> = page.items.iter().map(|book| book.title.as_str()).collect();
    assert_eq!(titles, ["Collected Poems", "A Garden of Types"]);
    let day = "2024-05-06".parse()?;
    assert!(client.books().list().published_after(day).await?.items.is_empty());
    let response = client.books().list().limit(1).send().await?;
    assert_eq!(response.raw().header("x-total-count"), Some("4"));
    assert_eq!((response.items.len(), response.next.as_deref()), (1, Some("1")));
    assert_eq!(client.authors().list().name("ada").await?.items[0].id, author);
    Ok(())
}

#[tokio::test]
async fn lists_come_in_pages() -> Outcome {
    let client = everybody().await?;
    let all = client.books().list().stream().collect(100).await?;
    let mut books = Vec::new();
    let mut pages = client.books().list().limit(3).pages();
    while let Some(page) = pages.next().await {
        books.push(page?.into_value().items);
    }
    assert_eq!(books.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(books.concat(), all);

    let mut pages = client.books().list().limit(1).pages();
    pages.next().await.expect("a page")?;
    let stored = pages.cursor().expect("another page").to_owned();
    let rest = client.books().list().limit(1).with_cursor(&stored).stream();
    assert_eq!(rest.collect(2).await?, all[1..3]);

    // A `Stream` has all that `futures-util` can do with one.
    let titles = client.books().list().limit(1).stream().map_ok(|book| book.title);
    let titles: Vec<String> = titles.try_collect().await?;
    assert_eq!(titles.len(), 4);
    let failed = client.books().list().with_query("limit", "many").stream();
    assert!(failed.collect(9).await.is_err());
    Ok(())
}

#[tokio::test]
async fn absent_null_and_value_are_three_things() -> Outcome {
    let client = staff().await?;
    let isbn = "978-1-00-000003-4";
    let patch = BookPatch::default().with_subtitle("1984 to 2024");
    let book = client.books().update(isbn, &patch).await?;
    assert_eq!(book.subtitle, Nullable::Value("1984 to 2024".to_owned()));
    let patch = BookPatch::default().with_title("Poems");
    let book = client.books().update(isbn, &patch).await?;
    assert_eq!((book.title.as_str(), book.subtitle.is_value()), ("Poems", true));
    let patch = BookPatch::default().with_subtitle(Nullable::Null);
    assert!(client.books().update(isbn, &patch).await?.subtitle.is_null());
    Ok(())
}

#[tokio::test]
async fn documented_errors_are_typed() -> Outcome {
    let client = staff().await?;
    let book = client.books().get("978-1-00-000001-0").await?;
    let price = Money::new(100, "EUR");
    let new = NewBook::new(book.isbn, "Again", Genre::Poetry, book.authors, price);
    match client.books().create(&new).await {
        Err(Error::Api(CreateBookError::Conflict(problem))) => assert_eq!(problem.status, 409),
        other => panic!("{other:?}"),
    }
    match client.books().get("000-0-00-000000-0").await {
        Err(Error::Api(GetBookError::NotFound(problem))) => assert_eq!(problem.title, "no such book"),
        other => panic!("{other:?}"),
    }
    client.books().delete("978-1-00-000001-0").await?;
    let error = client
        .books()
        .delete("978-1-00-000001-0")
        .await
        .expect_err("it is gone");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    Ok(())
}

#[tokio::test]
async fn several_successes_are_told_apart() -> Outcome {
    let client = customer().await?;
    let lines = vec![OrderLine::new("978-1-00-000001-0".to_owned(), 2)];
    let card = Payment::Card(CardPayment::new("4000000000000001", "12/29"));
    let created = client.orders().create(&NewOrder::new(lines.clone(), card)).await?;
    let bookstore::api::CreateOrderSuccess::Created(order) = created else {
        panic!("{created:?}");
    };
    assert_eq!((order.total.amount, order.status), (7990, OrderStatus::Placed));
    let cancelled = client.orders().cancel(order.id).await?;
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    let transfer = Payment::Transfer(TransferPayment::new("DE00 0000"));
    let accepted = client.orders().create(&NewOrder::new(lines, transfer)).await?;
    assert!(
        matches!(accepted, bookstore::api::CreateOrderSuccess::Accepted(_)),
        "{accepted:?}"
    );
    Ok(())
}

#[tokio::test]
async fn credentials_are_needed_and_checked() -> Outcome {
    let url = shop().await?;
    let nobody = Client::builder().base_url(&url).build()?;
    let review = NewReview::new(5);
    let error = nobody
        .reviews()
        .create("978-1-00-000001-0", &review)
        .await
        .expect_err("no credentials");
    assert!(matches!(error, Error::MissingCredentials(_)), "{error:?}");
    let stranger = Client::builder().base_url(&url).bearer("wrong").build()?;
    let error = stranger
        .reviews()
        .create("978-1-00-000001-0", &review)
        .await
        .expect_err("refused");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(!format!("{error} {error:?} {stranger:?}").contains("wrong"));
    let customer = Client::builder()
        .base_url(&url)
        .bearer(bookstore_app::CUSTOMER_TOKEN)
        .build()?;
    customer.reviews().create("978-1-00-000001-0", &review).await?;
    let reviews = customer.reviews().list("978-1-00-000001-0").min_stars(5).await?;
    assert_eq!(reviews.items.len(), 1);
    Ok(())
}

#[tokio::test]
async fn bytes_go_and_come() -> Outcome {
    let client = staff().await?;
    let picture: Vec<u8> = (0..=255).collect();
    client.books().put_cover("978-1-00-000001-0", picture.clone()).await?;
    assert_eq!(client.books().get_cover("978-1-00-000001-0").await?, picture);
    Ok(())
}

#[tokio::test]
async fn what_breaks_the_contract_is_not_sent_or_refused() -> Outcome {
    let client = everybody().await?;
    let error = client.books().get("..").await.expect_err("a path of its own");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    let error = client
        .books()
        .list()
        .with_query("limit", "many")
        .await
        .expect_err("not a number");
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY), "{error}");
    Ok(())
}
