//! The shop tells others by itself: the generated server sends, routes of the generated client receive.

use std::time::Duration;

use axum::{Router, http::StatusCode};
use bookstore::{
    Client, SignatureScheme, Verifier, callbacks,
    types::{CancelOrderBody, NewOrder, OrderLine, OrderStatus, Payment, TransferPayment},
    webhooks::{self, Webhook},
};
use bookstore_app::{App, Subscriber};
use bookstore_cli::Failure;
use bookstore_server::sender::{self, Addresses, Retries, Sender};
use tokio::{net::TcpListener, sync::mpsc};

type Outcome = Result<(), Failure>;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A sender to this machine that does not wait long.
fn sender() -> Result<Sender, Failure> {
    let addresses = Addresses::public().allow_http().allow_private();
    let retries = Retries::new().backoff(Duration::from_millis(2));
    Sender::builder().addresses(addresses).retries(retries).build()
}

async fn serve(app: Router) -> Result<String, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(url)
}

/// A shop that sends, and a customer of it.
async fn shop(subscriber: Option<Subscriber>) -> Result<(App, Client), Failure> {
    let app = App::with_books().telling(sender()?, subscriber);
    let url = serve(bookstore_server::router(app.clone())).await?;
    let client = Client::builder().base_url(format!("{url}/v1"));
    Ok((app, client.bearer(bookstore_app::CUSTOMER_TOKEN).build()?))
}

#[tokio::test]
async fn a_subscriber_gets_webhooks_that_the_shop_has_signed() -> Outcome {
    let (told, mut heard) = mpsc::unbounded_channel();
    let verifier = Verifier::new(SignatureScheme::STANDARD, SECRET)?;
    let route = webhooks::route(verifier, move |webhook: Webhook| {
        let told = told.clone();
        async move { told.send(webhook) }
    });
    let url = serve(Router::new().route("/hooks", route)).await?;
    let subscriber = Subscriber::new(format!("{url}/hooks"), SECRET, &sender()?)?;
    let (_, client) = shop(Some(subscriber)).await?;
    let why = CancelOrderBody::default().with_reason("Changed my mind.");
    client.orders().cancel(1042).body(&why).await?;
    let Some(Webhook::OrderCancelled(cancelled)) = heard.recv().await else {
        return Err("another webhook".into());
    };
    assert_eq!(
        (cancelled.order, cancelled.reason.as_deref()),
        (1042, Some("Changed my mind."))
    );
    Ok(())
}

#[tokio::test]
async fn who_ordered_is_called_back_when_the_transfer_has_come() -> Outcome {
    let (told, mut heard) = mpsc::unbounded_channel();
    let route = callbacks::unverified_route_of(callbacks::order_paid, move |order| {
        let told = told.clone();
        async move { told.send(order) }
    });
    let url = serve(Router::new().route("/paid", route)).await?;
    let (app, client) = shop(None).await?;
    let lines = vec![OrderLine::new("978-1-00-000002-7", 1)];
    let order = NewOrder::new(lines, Payment::Transfer(TransferPayment::new("DE02120300000000202051")));
    client
        .orders()
        .create(&order)
        .notify_url(&format!("{url}/paid"))
        .await?;
    assert!(app.take_transfer(1002));
    let paid = heard.recv().await.ok_or("no callback")?;
    assert_eq!((paid.id, paid.status), (1002, OrderStatus::Packed));
    Ok(())
}

#[tokio::test]
async fn nothing_is_taken_that_another_secret_signed() -> Outcome {
    let verifier = Verifier::new(SignatureScheme::STANDARD, SECRET)?;
    let route = webhooks::route(verifier, |_| async { Err::<(), _>("it was taken") });
    let url = serve(Router::new().route("/", route)).await?;
    let cancelled = bookstore_server::types::OrderCancelled::new(1);
    let delivery = || bookstore_server::webhooks::order_cancelled(&cancelled);
    let scheme = sender::SignatureScheme::STANDARD;
    let wrong = sender()?.signed(sender::Signer::new(scheme, "b3RoZXI=")?);
    for sender in [wrong, sender()?] {
        let Err(sender::SendError::Status(refusal)) = sender.send(&url, delivery()).await else {
            return Err("it was taken".into());
        };
        assert_eq!((refusal.status, refusal.attempts), (StatusCode::UNAUTHORIZED, 1));
        assert_eq!(refusal.headers["content-type"], "application/problem+json");
    }
    // With the right one it gets to the handler, which fails each time.
    let right = sender()?.signed(sender::Signer::new(scheme, SECRET)?);
    let Err(sender::SendError::Status(refusal)) = right.send(&url, delivery()).await else {
        return Err("it was taken".into());
    };
    assert_eq!((refusal.status.as_u16(), refusal.attempts), (500, 5));
    Ok(())
}
