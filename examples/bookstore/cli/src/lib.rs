//! What a person writes with a generated client: a visit to the bookstore.

use bookstore::{
    Client, Error,
    api::CreateOrderError,
    types::{CardPayment, Genre, NewOrder, OrderLine, Payment},
};

/// What can go wrong in a visit.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The titles of a genre, however many pages they take.
pub async fn titles(client: &Client, genre: Genre) -> Result<Vec<String>, Failure> {
    let mut titles = Vec::new();
    let mut books = client.books().list().genre(genre).limit(2).stream();
    while let Some(book) = books.next().await {
        titles.push(book?.title);
    }
    Ok(titles)
}

/// Orders one book and says what became of it.
pub async fn buy(client: &Client, isbn: &str, card: &str) -> Result<String, Failure> {
    let line = OrderLine::new(isbn.to_owned(), 1);
    let order = NewOrder::new(vec![line], Payment::Card(CardPayment::new(card, "12/29")));
    match client.orders().create(&order).await {
        Ok(success) => Ok(format!("{success:?}")),
        // A documented error has the type that the document gives it.
        Err(Error::Api(CreateOrderError::PaymentRequired(problem))) => Ok(format!("refused: {}", problem.reason)),
        Err(error) => Err(error.into()),
    }
}

/// The examples of the guides, which doctests compile.
#[cfg(doctest)]
mod guides {
    #[doc = include_str!("../../../../docs/guides/testing.md")]
    struct Testing;

    #[doc = include_str!("../../../../docs/guides/blocking.md")]
    struct Blocking;
}
