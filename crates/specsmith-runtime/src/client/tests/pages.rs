//! Lists in pages: each style over a transport that answers by the request, and lists that have no honest end.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Mutex;

use futures_core::Stream;

use super::*;

/// An operation with pages of a style; the list is `items` of the body.
macro_rules! list {
    ($name:ident, $method:ident, $pagination:expr) => {
        struct $name;

        impl Operation for $name {
            type Success = Value;
            type Error = NoError;

            const INFO: &'static OperationInfo = &OperationInfo::new("list").$method("/list");

            fn read(response: RawResponse) -> ReadResult<Self> {
                match response.status().as_u16() {
                    200 => response.json(),
                    _ => response.undocumented(),
                }
            }
        }

        impl Paginated for $name {
            type Item = Value;
            const PAGINATION: Pagination = $pagination;

            fn items(page: Value) -> Vec<Value> {
                page["items"].as_array().cloned().unwrap_or_default()
            }
        }
    };
}

list!(ByCursor, get, Pagination::cursor("cursor", "/next"));
list!(
    ByLast,
    get,
    Pagination::cursor("after", "/items/-1").has_more("/more")
);
list!(ByBody, post, Pagination::cursor("/page/offset", "/next"));
list!(
    ByOffset,
    get,
    Pagination::offset("offset", "/items").total("/total")
);
list!(
    ByNumber,
    get,
    Pagination::page("page", "/items", 1).total("/pages")
);
list!(
    ByLimit,
    get,
    Pagination::offset("offset", "/items").limit("limit", Some(2))
);
list!(ByUrl, get, Pagination::next_url("/next"));
list!(ByLink, get, Pagination::link_header());

/// Gives answers one after the other: a header `Link` before `|`, and the body. The last one is given again and again.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<&'static str>>,
    sent: Mutex<Vec<String>>,
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        let (head, body) = request.into_parts();
        let body = String::from_utf8_lossy(body.as_bytes().unwrap()).into_owned();
        self.sent
            .lock()
            .unwrap()
            .push(format!("{}{body}", head.uri));
        let mut answers = self.answers.lock().unwrap();
        let answer = match answers.len() {
            1 => answers[0],
            _ => answers.pop_front().unwrap(),
        };
        let (link, body) = answer.split_once('|').unwrap_or(("", answer));
        let mut response = http::Response::builder().header("content-type", "application/json");
        if !link.is_empty() {
            response = response.header("link", link);
        }
        if body.is_empty() {
            response = response.status(400);
        }
        let response = response.body(Body::new(body)).unwrap();
        Box::pin(async { Ok(response) })
    }
}

/// A request to a server that gives these answers, and what it was sent.
fn list<O: Paginated>(answers: &[&'static str]) -> (Request<O>, Arc<Script>) {
    list_at("http://h/api", answers)
}

fn list_at<O: Paginated>(base: &str, answers: &[&'static str]) -> (Request<O>, Arc<Script>) {
    let script = Arc::new(Script {
        answers: Mutex::new(answers.iter().copied().collect()),
        ..Script::default()
    });
    let client = ClientBuilder::new(&API)
        .base_url(base)
        .credential("key", "hunter2")
        .transport(script.clone());
    (Request::new(&client.build().unwrap()), script)
}

impl Script {
    fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }
}

/// The items of all pages, and what was sent for them.
async fn all<O: Paginated<Item = Value>>(answers: &[&'static str]) -> (Vec<Value>, Vec<String>) {
    let (request, script) = list::<O>(answers);
    let items = request.stream().collect(100).await;
    (
        items.map_err(|error| error.to_string()).unwrap(),
        script.sent(),
    )
}

#[tokio::test]
async fn a_cursor_is_taken_over_until_there_is_none() {
    for end in [
        r#"{"items": [3]}"#,
        r#"{"items": [3], "next": null}"#,
        r#"{"items": [3], "next": ""}"#,
    ] {
        let pages = [
            r#"{"items": [1, 2], "next": "a b"}"#,
            r#"{"items": [], "next": 7}"#,
            end,
        ];
        let (items, sent) = all::<ByCursor>(&pages).await;
        assert_eq!(items, [1, 2, 3]);
        let expected = [
            "http://h/api/list",
            "http://h/api/list?cursor=a%20b",
            "http://h/api/list?cursor=7",
        ];
        assert_eq!(sent, expected);
    }
}

#[tokio::test]
async fn the_last_item_is_the_cursor_where_there_is_more() {
    let pages = [
        r#"{"items": [1, 2], "more": true}"#,
        r#"{"items": [3], "more": false}"#,
    ];
    let (items, sent) = all::<ByLast>(&pages).await;
    assert_eq!((items.len(), &*sent[1]), (3, "http://h/api/list?after=2"));
    let pages = [r#"{"items": [1]}"#, r#"{"items": [], "more": true}"#];
    assert_eq!(all::<ByLast>(&pages).await.0, [1]);
}

#[tokio::test]
async fn a_cursor_goes_into_the_body_as_it_is() {
    let (mut request, script) = list::<ByBody>(&[
        r#"{"items": [1], "next": 12}"#,
        r#"{"items": [2], "next": "12"}"#,
        r#"{"items": [3], "next": null}"#,
    ]);
    request.parts.json(json!({"limit": 1, "page": {"size": 9}}));
    let mut pages = request.pages();
    assert!(pages.next().await.unwrap().is_ok() && pages.next().await.unwrap().is_ok());
    let stored = pages.cursor().unwrap().to_owned();
    assert_eq!(stored, r#""12""#);
    let mut again = pages.next_request().unwrap().with_cursor(&stored).pages();
    assert_eq!(again.next().await.unwrap().unwrap()["items"], json!([3]));
    assert!(again.next().await.is_none() && again.next_request().is_none());
    let expected = [
        r#"http://h/api/list{"limit":1,"page":{"size":9}}"#,
        r#"http://h/api/list{"limit":1,"page":{"offset":12,"size":9}}"#,
        r#"http://h/api/list{"limit":1,"page":{"offset":"12","size":9}}"#,
    ];
    assert_eq!(script.sent(), expected);
}

#[tokio::test]
async fn a_page_with_fewer_items_than_were_asked_for_is_the_last() {
    let pages = [r#"{"items": [1, 2]}"#, r#"{"items": [3]}"#];
    // The third page is not asked for; the server gives two at most.
    for (limit, sent) in [("2", 2), ("100", 2)] {
        let (request, script) = list::<ByLimit>(&pages);
        let items = request.with_query("limit", limit).stream();
        assert_eq!(items.collect(9).await.unwrap().len(), 3);
        assert_eq!(script.sent().len(), sent, "{limit}");
    }
    let pages = [r#"{"items": [1]}"#, r#"{"items": []}"#];
    let (request, script) = list::<ByLimit>(&pages);
    assert_eq!(request.stream().collect(9).await.unwrap().len(), 1);
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test]
async fn offsets_and_numbers_count_on_from_where_the_caller_began() {
    let (items, sent) = all::<ByOffset>(&[
        r#"{"items": [1, 2], "total": 3}"#,
        r#"{"items": [3], "total": 3}"#,
    ])
    .await;
    assert_eq!((items.len(), &*sent[1]), (3, "http://h/api/list?offset=2"));
    let (items, sent) = all::<ByOffset>(&[r#"{"items": [1]}"#, r#"{"items": []}"#]).await;
    assert_eq!((items.len(), sent.len()), (1, 2));
    let pages = [
        r#"{"items": [1], "total": 12}"#,
        r#"{"items": [2], "total": 12}"#,
    ];
    let (request, script) = list::<ByOffset>(&pages);
    assert_eq!(
        request
            .with_query("offset", "10")
            .stream()
            .collect(9)
            .await
            .unwrap()
            .len(),
        2
    );
    assert_eq!(script.sent()[1], "http://h/api/list?offset=11");

    let pages = [
        r#"{"items": [1], "pages": 2}"#,
        r#"{"items": [2], "pages": 2}"#,
    ];
    let (items, sent) = all::<ByNumber>(&pages).await;
    assert_eq!((items.len(), &*sent[1]), (2, "http://h/api/list?page=2"));
    let (request, script) = list::<ByNumber>(&[r#"{"items": [1]}"#, r#"{"items": []}"#]);
    assert_eq!(
        request
            .with_query("page", "5")
            .stream()
            .collect(9)
            .await
            .unwrap(),
        [1]
    );
    assert_eq!(script.sent()[1], "http://h/api/list?page=6");
}

#[tokio::test]
async fn addresses_stand_for_path_and_query() {
    let (items, sent) = all::<ByUrl>(&[
        r#"{"items": [1], "next": "http://h/other?page=2#x"}"#,
        r#"{"items": [2], "next": "?page=3"}"#,
        r#"{"items": [3], "next": "/api/list?page=4&api_key=echoed"}"#,
        r#"{"items": [4]}"#,
    ])
    .await;
    assert_eq!(items.len(), 4);
    assert_eq!(
        sent[1..],
        [
            "http://h/other?page=2",
            "http://h/other?page=3",
            "http://h/api/list?page=4&api_key=echoed"
        ]
    );
    let pages = [
        "<http://h/a>; rel=\"prev\", </b?page=2>; rel=\"next\"|{\"items\": [1]}",
        "{\"items\": [2]}",
    ];
    let (items, sent) = all::<ByLink>(&pages).await;
    assert_eq!((items.len(), &*sent[1]), (2, "http://h/b?page=2"));
}

#[tokio::test]
async fn addresses_of_other_servers_are_refused() {
    for next in [
        r#"{"items": [1], "next": "https://evil.example/list?page=2"}"#,
        r#"{"items": [1], "next": "//evil.example/"}"#,
        r#"{"items": [1], "next": "http://h:81/list"}"#,
        r#"{"items": [1], "next": "http://user:word@h/list"}"#,
        r#"{"items": [1], "next": "file:///etc"}"#,
    ] {
        let (request, script) = list::<ByUrl>(&[next]);
        let mut pages = request.pages();
        assert!(pages.next().await.unwrap().is_ok(), "{next}");
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(pages.next().await.is_none());
        assert_eq!(script.sent().len(), 1, "{next}");
    }
    let (request, _) = list::<ByUrl>(&["{}"]);
    let error = request
        .with_cursor("https://evil.example/")
        .await
        .unwrap_err()
        .to_string();
    let expected = "list: invalid request: address of the next page leads to https://evil.example, but the list is at http://h";
    assert_eq!(error, expected);
    // A server behind a proxy does not know that it is asked over TLS.
    let pages = [
        r#"{"items": [1], "next": "http://h/2"}"#,
        r#"{"items": [2]}"#,
    ];
    let (request, script) = list_at::<ByUrl>("https://h/api", &pages);
    assert_eq!(request.stream().collect(9).await.unwrap().len(), 2);
    assert_eq!(script.sent()[1], "https://h/2");
}

#[tokio::test]
async fn a_list_that_goes_in_a_circle_ends_with_an_error() {
    let (request, script) = list::<ByCursor>(&[r#"{"items": [1], "next": "a"}"#]);
    let error = request.stream().collect(100).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let expected = "list: 200 OK, but its body was not understood: at `/next`: the next page is one that was there before, so the \
         list has no end";
    assert_eq!(
        (error.to_string().as_str(), script.sent().len()),
        (expected, 2)
    );
    let circle = [
        r#"{"items": [1], "next": "z"}"#,
        r#"{"items": [1], "next": "a"}"#,
        r#"{"items": [1], "next": "b"}"#,
        r#"{"items": [1], "next": "c"}"#,
    ];
    let (request, script) = list::<ByCursor>(&circle.repeat(9));
    assert!(request.stream().collect(100).await.is_err());
    assert!(script.sent().len() <= 12, "{:?}", script.sent());
}

#[tokio::test]
async fn after_an_error_the_page_can_be_requested_again() {
    let pages = [r#"{"items": [1], "next": "a"}"#, "", r#"{"items": [2]}"#];
    let (request, script) = list::<ByCursor>(&pages);
    let mut pages = request.pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(pages.next().await.is_none());
    assert_eq!(pages.cursor(), Some("a"));
    assert_eq!(
        format!("{pages:?}"),
        "Pages { operation: \"list\", has_next: true, .. }"
    );
    let mut pages = pages.next_request().unwrap().pages();
    assert_eq!(pages.next().await.unwrap().unwrap()["items"], json!([2]));
    assert!(pages.next().await.is_none() && pages.cursor().is_none());
    assert_eq!(script.sent().len(), 3);
}

#[tokio::test]
async fn only_what_is_asked_for_is_requested() {
    fn is_stream<S: Stream + Send + Unpin>(stream: S) -> S {
        stream
    }
    let pages = [
        r#"{"items": [1, 2], "next": "a"}"#,
        r#"{"items": [3], "next": "b"}"#,
    ];
    let (request, script) = list::<ByCursor>(&pages);
    let mut items = is_stream(request.stream());
    assert!(script.sent().is_empty());
    let mut next = std::future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await;
    assert_eq!(next.take().unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(script.sent().len(), 1);
    let (request, script) = list::<ByCursor>(&pages);
    assert_eq!(request.stream().collect(2).await.unwrap().len(), 2);
    assert_eq!(script.sent().len(), 1);
}
