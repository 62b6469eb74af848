//! Links: calls that are made from the response, and the request, of another one.

use serde_json::json;

use crate::{
    client::{
        Client,
        api::{Query, ValuesOperation},
        types::Values,
    },
    server,
    service::Mirror,
};

async fn client() -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(server::serve(listener, server::router(Mirror)).into_future());
    Client::builder().base_url(url).build().expect("a client")
}

#[tokio::test]
async fn values_are_from_the_response_and_the_request() {
    let client = client().await;
    for text in crate::tests::HARD {
        let request = client.echo().query().text(text).number(1.5);
        let response = request.send().await.expect("an echo");
        let again = Query::again(&client, &response).await.expect("another echo");
        assert_eq!(again.texts.as_deref(), Some(&[(*text).to_owned()][..]));
        assert_eq!((again.numbers, again.flags), (Some(vec![1.5]), Some(vec![true])));
        if text.is_ascii() {
            let headers = Query::headers(&client, &response, false).await.expect("headers");
            assert_eq!(headers.texts.as_deref(), Some(&[(*text).to_owned()][..]));
            assert_eq!(headers.flags, Some(vec![false]));
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_left_out_or_an_error() {
    let client = client().await;
    let response = client.echo().query().send().await.expect("an echo");
    let again = Query::again(&client, &response).await.expect("another echo");
    assert_eq!((again.texts, again.numbers), (Some(Vec::new()), None));
    // Setters go on where the link ends.
    let again = Query::again(&client, &response).text("more").await.expect("an echo");
    assert_eq!(again.texts, Some(vec!["more".to_owned()]));
}

#[tokio::test]
async fn bodies_are_sent_again() {
    let client = client().await;
    let body =
        json!({"at": "2026-01-02T03:04:05Z", "nothing": null, "genre": "a", "shape": {"kind": "circle", "radius": 1}});
    let body: Values = serde_json::from_value(body).expect("values");
    let response = client.echo().values(&body).send().await.expect("values");
    assert_eq!(
        ValuesOperation::again(&client, &response).await.expect("the same"),
        body
    );
    let echo = ValuesOperation::genre(&client, &response).await.expect("an echo");
    assert_eq!(echo.texts, Some(vec!["a".to_owned(), "circle".to_owned()]));
    assert!(ValuesOperation::link(&client, &response).await.is_ok());
}
