//! The operations tagged `reviews`.

use bookstore_server::{
    Context, Problem, Reviews,
    api::reviews::{CreateReviewResponse, ListReviewsParameters, ListReviewsResponse},
    types::{NewReview, Review, ReviewPage},
};

use crate::{
    App,
    access::Customer,
    shop::{nothing, now, page},
};

impl Reviews for App {
    type Error = Problem;

    async fn list_reviews(
        &self,
        _cx: Context,
        isbn: String,
        parameters: ListReviewsParameters,
    ) -> Result<ListReviewsResponse, Problem> {
        let shop = self.shop();
        if !shop.books.contains_key(&isbn) {
            return Ok(ListReviewsResponse::NotFound(nothing("book")));
        }
        let least = parameters.min_stars.unwrap_or(1);
        let reviews = shop.reviews.get(&isbn).into_iter().flatten();
        let reviews: Vec<Review> = reviews.rev().filter(|review| review.stars >= least).cloned().collect();
        let (items, next) = page(reviews, parameters.cursor.as_deref(), parameters.limit);
        Ok(ListReviewsResponse::Ok(ReviewPage { items, next }))
    }

    async fn create_review(
        &self,
        _cx: Context<Customer>,
        isbn: String,
        body: NewReview,
    ) -> Result<CreateReviewResponse, Problem> {
        let mut shop = self.shop();
        if !shop.books.contains_key(&isbn) {
            return Ok(CreateReviewResponse::NotFound(nothing("book")));
        }
        let mut review = Review::new(shop.id(), body.stars, now());
        review.text = body.text;
        shop.reviews.entry(isbn).or_default().push(review.clone());
        Ok(CreateReviewResponse::Created(review))
    }
}
