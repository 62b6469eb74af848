//! The operations tagged `books`.

use bookstore_server::{
    Books, Context, Problem,
    api::books::{
        CreateBookResponse, DeleteBookResponse, GetBookResponse, GetCoverResponse, ListBooksParameters,
        ListBooksResponse, PutCoverResponse, UpdateBookResponse,
    },
    axum::body::{Body, to_bytes},
    headers,
    types::{self, Book, BookPage, BookPatch, ListBooksSort, NewBook},
};

use crate::{
    App,
    access::Clerk,
    shop::{nothing, now, page},
};

impl Books for App {
    type Error = Problem;

    async fn list_books(&self, cx: Context, parameters: ListBooksParameters) -> Result<ListBooksResponse, Problem> {
        let mut books: Vec<Book> = self
            .shop()
            .books
            .values()
            .filter(|book| fits(book, &parameters))
            .cloned()
            .collect();
        match parameters.sort {
            ListBooksSort::Title => books.sort_by(|a, b| a.title.cmp(&b.title)),
            ListBooksSort::MinusTitle => books.sort_by(|a, b| b.title.cmp(&a.title)),
            ListBooksSort::Published => books.sort_by_key(|book| book.published),
            ListBooksSort::MinusPublished => books.sort_by_key(|book| std::cmp::Reverse(book.published)),
        }
        cx.set_header(headers::X_TOTAL_COUNT, i64::try_from(books.len()).unwrap_or(i64::MAX))?;
        let (items, next) = page(books, parameters.cursor.as_deref(), parameters.limit);
        Ok(ListBooksResponse::Ok(BookPage { items, next }))
    }

    async fn create_book(&self, _cx: Context<Clerk>, body: NewBook) -> Result<CreateBookResponse, Problem> {
        let mut shop = self.shop();
        if shop.books.contains_key(&body.isbn) {
            let problem = types::Problem::new("there is a book with this ISBN already", 409);
            return Ok(CreateBookResponse::Conflict(problem));
        }
        let isbn = body.isbn.clone();
        let book = Book {
            isbn: body.isbn,
            title: body.title,
            subtitle: body.subtitle,
            genre: body.genre,
            authors: body.authors,
            published: body.published,
            price: body.price,
            cover: body.cover,
            keywords: body.keywords,
            in_stock: 0,
            added: now(),
        };
        shop.books.insert(isbn, book.clone());
        Ok(CreateBookResponse::Created(book))
    }

    async fn get_book(&self, _cx: Context, isbn: String) -> Result<GetBookResponse, Problem> {
        Ok(match self.shop().books.get(&isbn) {
            Some(book) => GetBookResponse::Ok(book.clone()),
            None => GetBookResponse::NotFound(nothing("book")),
        })
    }

    async fn update_book(
        &self,
        _cx: Context<Clerk>,
        isbn: String,
        body: BookPatch,
    ) -> Result<UpdateBookResponse, Problem> {
        let mut shop = self.shop();
        let Some(book) = shop.books.get_mut(&isbn) else {
            return Ok(UpdateBookResponse::NotFound(nothing("book")));
        };
        if let Some(title) = body.title {
            book.title = title;
        }
        if let Some(price) = body.price {
            book.price = price;
        }
        // What is absent stays; `null` is a value.
        if !body.subtitle.is_absent() {
            book.subtitle = body.subtitle;
        }
        if !body.cover.is_absent() {
            book.cover = body.cover;
        }
        Ok(UpdateBookResponse::Ok(book.clone()))
    }

    async fn delete_book(&self, _cx: Context<Clerk>, isbn: String) -> Result<DeleteBookResponse, Problem> {
        Ok(match self.shop().books.remove(&isbn) {
            Some(_) => DeleteBookResponse::NoContent,
            None => DeleteBookResponse::NotFound(nothing("book")),
        })
    }

    async fn get_cover(&self, _cx: Context, isbn: String) -> Result<GetCoverResponse, Problem> {
        Ok(match self.shop().covers.get(&isbn) {
            Some(picture) => GetCoverResponse::OkBytes(picture.clone().into()),
            None => GetCoverResponse::NotFound(nothing("cover")),
        })
    }

    async fn put_cover(&self, _cx: Context<Clerk>, isbn: String, body: Body) -> Result<PutCoverResponse, Problem> {
        let picture = to_bytes(body, usize::MAX).await?;
        let mut shop = self.shop();
        if !shop.books.contains_key(&isbn) {
            return Ok(PutCoverResponse::NotFound(nothing("book")));
        }
        shop.covers.insert(isbn, picture.to_vec());
        Ok(PutCoverResponse::NoContent)
    }
}

/// Whether a book is one of those that are asked for.
fn fits(book: &Book, asked: &ListBooksParameters) -> bool {
    let price = asked.price.as_ref();
    let min = price.and_then(|range| range.min);
    let max = price.and_then(|range| range.max);
    let by_author = |ids: &Vec<_>| ids.is_empty() || ids.iter().any(|id| book.authors.contains(id));
    asked.genre.is_none_or(|genre| book.genre == genre)
        && asked.author.as_ref().is_none_or(by_author)
        && asked
            .published_after
            .is_none_or(|day| book.published.is_some_and(|published| published > day))
        && min.is_none_or(|min| book.price.amount >= min)
        && max.is_none_or(|max| book.price.amount <= max)
}
