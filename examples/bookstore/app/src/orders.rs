//! The operations tagged `orders`.

use bookstore_server::{
    Context, Orders, Problem,
    api::orders::{CancelOrderResponse, CreateOrderParameters, CreateOrderResponse, GetOrderResponse},
    auth::CustomerOrStaffKey,
    axum::http::StatusCode,
    callbacks,
    types::{
        self, CancelOrderBody, Money, NewOrder, Order, OrderCancelled, OrderStatus, Payment, PaymentProblem,
        PaymentProblemReason, PendingOrder,
    },
    webhooks,
};
use chrono::Duration;

use crate::{
    App,
    access::{Clerk, Customer},
    shop::{nothing, now},
};

impl Orders for App {
    type Error = Problem;

    async fn create_order(
        &self,
        _cx: Context<Customer>,
        parameters: CreateOrderParameters,
        body: NewOrder,
    ) -> Result<CreateOrderResponse, Problem> {
        let mut shop = self.shop();
        let mut total = 0;
        for line in &body.lines {
            let Some(book) = shop.books.get(&line.isbn) else {
                let problem = types::Problem::new("an order for a book that the shop does not have", 422);
                return Ok(CreateOrderResponse::Default(StatusCode::UNPROCESSABLE_ENTITY, problem));
            };
            total += book.price.amount * i64::from(line.quantity);
        }
        let id = 1001 + i64::try_from(shop.orders.len()).unwrap_or_default();
        let mut order = Order::new(id, OrderStatus::Placed, body.lines, Money::new(total, "EUR"), now());
        order.deliver_to = body.deliver_to;
        shop.orders.insert(id, order.clone());
        Ok(match body.payment {
            Payment::Card(card) if card.number.ends_with("0002") => {
                shop.orders.remove(&id);
                let reason = PaymentProblemReason::Declined;
                CreateOrderResponse::PaymentRequired(PaymentProblem::new("the card was declined", 402, reason))
            }
            Payment::Card(_) | Payment::Voucher(_) => CreateOrderResponse::Created(order),
            Payment::Transfer(_) => {
                let url = parameters.notify_url.as_ref().map(callbacks::order_paid_url);
                shop.notify.extend(url.and_then(Result::ok).map(|url| (id, url)));
                CreateOrderResponse::Accepted(PendingOrder::new(id, now() + Duration::days(7)))
            }
        })
    }

    async fn get_order(
        &self,
        _cx: Context<CustomerOrStaffKey<Customer, Clerk>>,
        order_id: i64,
    ) -> Result<GetOrderResponse, Problem> {
        Ok(match self.shop().orders.get(&order_id) {
            Some(order) => GetOrderResponse::Ok(order.clone()),
            None => GetOrderResponse::NotFound(nothing("order")),
        })
    }

    async fn cancel_order(
        &self,
        _cx: Context<Customer>,
        order_id: i64,
        body: Option<CancelOrderBody>,
    ) -> Result<CancelOrderResponse, Problem> {
        let mut shop = self.shop();
        let Some(order) = shop.orders.get_mut(&order_id) else {
            return Ok(CancelOrderResponse::NotFound(nothing("order")));
        };
        if matches!(order.status, OrderStatus::Shipped | OrderStatus::Delivered) {
            let problem = types::Problem::new("the order is on its way already", 409);
            return Ok(CancelOrderResponse::Conflict(problem));
        }
        order.status = OrderStatus::Cancelled;
        if let Some(subscriber) = &self.subscriber {
            let mut cancelled = OrderCancelled::new(order_id);
            cancelled.reason = body.and_then(|body| body.reason);
            subscriber.tell(webhooks::order_cancelled(&cancelled));
        }
        Ok(CancelOrderResponse::Ok(order.clone()))
    }
}
