//! The operations tagged `authors`.

use bookstore_server::{
    Authors, Context, Problem,
    api::authors::{GetAuthorResponse, ListAuthorsParameters, ListAuthorsResponse},
    types::{Author, AuthorPage},
};
use uuid::Uuid;

use crate::{
    App,
    shop::{nothing, page},
};

impl Authors for App {
    type Error = Problem;

    async fn list_authors(
        &self,
        _cx: Context,
        parameters: ListAuthorsParameters,
    ) -> Result<ListAuthorsResponse, Problem> {
        let part = parameters.name.unwrap_or_default().to_lowercase();
        let is_asked = |author: &&Author| author.name.to_lowercase().contains(&part);
        let authors: Vec<Author> = self.shop().authors.values().filter(is_asked).cloned().collect();
        let (items, next) = page(authors, parameters.cursor.as_deref(), parameters.limit);
        Ok(ListAuthorsResponse::Ok(AuthorPage { items, next }))
    }

    async fn get_author(&self, _cx: Context, author_id: Uuid) -> Result<GetAuthorResponse, Problem> {
        Ok(match self.shop().authors.get(&author_id) {
            Some(author) => GetAuthorResponse::Ok(author.clone()),
            None => GetAuthorResponse::NotFound(nothing("author")),
        })
    }
}
