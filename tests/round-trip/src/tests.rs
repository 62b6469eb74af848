//! What is sent, and what has to come back.

use std::collections::BTreeMap;

use serde_json::json;
use tokio::net::TcpListener;

use crate::{
    client::{
        Client, Error,
        api::{EchoApi, OptionalSuccess},
        types::{
            Account, AccountRequest, Base64, Circle, Color, Echo, Form, Limited, Nullable, Shape, Tree, Values,
            ValuesEither, ValuesGenre, ValuesLevel,
        },
    },
    server,
    service::Mirror,
};

/// Texts that mean something to some part of HTTP.
pub(crate) const HARD: &[&str] = &[
    "a",
    "a b",
    "a+b",
    "a/b",
    "ä€🙂",
    "100%",
    "%2F",
    "a&b=c",
    "a;b",
    "?#",
    "[]{}",
    "\"'",
    "a,b",
    "a|b",
    "...",
    "a=b",
    "~-_",
    "1",
    "true",
    "null",
];

pub(crate) async fn echo() -> EchoApi {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(server::serve(listener, server::router(Mirror)).into_future());
    Client::builder().base_url(url).build().expect("a client").echo()
}

pub(crate) fn color(r: i64, g: i64, b: i64) -> Color {
    Color {
        r: Some(r),
        g: Some(g),
        b: Some(b),
    }
}

pub(crate) fn words(echo: &Echo) -> Vec<String> {
    echo.texts.clone().unwrap_or_default()
}

#[tokio::test]
async fn paths() {
    let echo = echo().await;
    let (a, b) = (color(100, 200, 150), color(-1, 0, 1));
    for text in HARD {
        // A comma separates items in each of these styles, so an item that has one is written with an escape.
        let list = [*text, "x", text];
        let simple = echo
            .simple(text, 1.5, &list, &a, &b)
            .await
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(words(&simple), [*text]);
        assert_eq!(simple.numbers, Some(vec![1.5]));
        assert_eq!(simple.lists, Some(vec![list.map(str::to_owned).to_vec()]), "{text}");
        assert_eq!(simple.colors, Some(vec![a.clone(), b.clone()]));
        let matrix = echo
            .matrix(text, &list, &list, &a, &b)
            .await
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(words(&matrix), [*text]);
        assert_eq!(matrix.lists, Some(vec![list.map(str::to_owned).to_vec(); 2]), "{text}");
        assert_eq!(matrix.colors, Some(vec![a.clone(), b.clone()]));
        // Labels separate items by a dot, which nothing escapes.
        if text.contains('.') {
            continue;
        }
        let label = echo
            .label(text, &list, &list, &a, &b)
            .await
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(words(&label), [*text]);
        assert_eq!(label.lists, Some(vec![list.map(str::to_owned).to_vec(); 2]), "{text}");
        assert_eq!(label.colors, Some(vec![a.clone(), b.clone()]));
    }
}

#[tokio::test]
async fn paths_with_more_than_a_parameter_in_a_segment() {
    let echo = echo().await;
    for text in HARD {
        assert_eq!(words(&echo.file(text).await.expect("a file")), ["file", text]);
        assert_eq!(words(&echo.move_file(text).await.expect("a file")), ["move", text]);
    }
    assert_eq!(
        echo.at(-1.25, 1e-7).await.expect("a place").numbers,
        Some(vec![-1.25, 1e-7])
    );
    for text in ["..", ".", ""] {
        let error = echo.simple(text, 0.0, &["a"], &color(0, 0, 0), &color(0, 0, 0)).await;
        assert!(matches!(error, Err(Error::InvalidRequest(_))), "{text}: {error:?}");
    }
}

#[tokio::test]
async fn queries() {
    let echo = echo().await;
    let (a, b, c) = (color(1, 2, 3), color(4, 5, 6), color(7, 8, 9));
    for text in HARD.iter().chain(&[""]) {
        let list = [*text, "x", text];
        let request = echo
            .query()
            .text(text)
            .number(-0.5)
            .flag(true)
            .list(&list)
            .joined(&list);
        let got = request
            .object(&a)
            .deep(&b)
            .json(&c)
            .await
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(words(&got), [*text]);
        assert_eq!((got.numbers, got.flags), (Some(vec![-0.5]), Some(vec![true])));
        assert_eq!(got.lists, Some(vec![list.map(str::to_owned).to_vec(); 2]), "{text}");
        assert_eq!(got.colors, Some(vec![a.clone(), b.clone(), c.clone()]));
    }
    let list = ["a", "b,c", "d"];
    let got = echo.query().spaced(&list).piped(&list).await.expect("lists");
    assert_eq!(got.lists, Some(vec![list.map(str::to_owned).to_vec(); 2]));
    let got = echo.query().reserved("a/b?c:d@e").await.expect("a text");
    assert_eq!(words(&got), ["a/b?c:d@e"]);
    let got = echo.query().await.expect("nothing");
    assert_eq!(
        (words(&got).len(), got.lists, got.colors),
        (0, Some(vec![]), Some(vec![]))
    );
}

#[tokio::test]
async fn members_of_a_query() {
    let echo = echo().await;
    let got = echo.members().color(&color(1, -2, 3)).await.expect("a color");
    assert_eq!(got.colors, Some(vec![color(1, -2, 3)]));
}

#[tokio::test]
async fn headers_and_cookies() {
    let echo = echo().await;
    let (a, b) = (color(1, 2, 3), color(4, 5, 6));
    let request = echo
        .headers(true)
        .x_text("a b; c=d")
        .x_list(&["a", "b c", "d"])
        .x_object(&a)
        .x_exploded(&b);
    let got = request.number(1.5).word("w w;%ü").await.expect("headers");
    assert_eq!(words(&got), ["a b; c=d", "w w;%ü"]);
    assert_eq!((got.numbers, got.flags), (Some(vec![1.5]), Some(vec![true])));
    assert_eq!(got.lists, Some(vec![["a", "b c", "d"].map(str::to_owned).to_vec()]));
    assert_eq!(got.colors, Some(vec![a, b]));
    let error = echo.headers(true).x_text("a\r\nX-Evil: 1").await;
    assert!(matches!(error, Err(Error::InvalidRequest(_))), "{error:?}");
}

#[tokio::test]
async fn bodies() {
    let echo = echo().await;
    for text in HARD.iter().chain(&["", "a\r\nb\n", "\u{0}"]) {
        assert_eq!(echo.text(*text).await.expect("a text"), *text);
        let mut form = Form::new(*text);
        form.number = Some(-3);
        form.list = Some(vec![(*text).to_owned(), "x".to_owned()]);
        assert_eq!(
            echo.form(&form)
                .await
                .unwrap_or_else(|error| panic!("{text:?}: {error}")),
            form
        );
    }
    let got = echo.optional().body(&color(1, 2, 3)).await.expect("a color");
    assert_eq!(got, OptionalSuccess::Ok(color(1, 2, 3)));
    assert_eq!(echo.optional().await.expect("nothing"), OptionalSuccess::NoContent);
}

fn values() -> Values {
    let at = "2026-05-04T03:02:01.250+02:30".parse().expect("a time");
    let mut values = Values::new(at, None);
    values.day = "2024-02-29".parse().ok();
    values.id = "6f1c2b0e-3c57-4c3b-9c55-0a1b2c3d4e5f".parse().ok();
    values.link = "../a?b=c#d".parse().ok();
    values.bytes = Some(Base64::from((0..=255).collect::<Vec<u8>>()));
    values.big = Some(u64::MAX);
    values.precise = Some(0.1);
    values.maybe = Nullable::Null;
    values.level = Some(ValuesLevel::N2);
    values.genre = Some(ValuesGenre::A);
    values.shape = Some(Shape::Circle(Circle::new(2.5)));
    values.either = Some(ValuesEither::BooleanList(vec![true, false]));
    let mut tree = Tree::new("root");
    tree.children = Some(vec![Tree::new("leaf"), Tree::new("leaf")]);
    tree.parent = Nullable::Value(Box::new(Tree::new("above")));
    values.tree = Some(tree);
    values.map = Some(BTreeMap::from([("a".to_owned(), Some(1)), ("b".to_owned(), None)]));
    values.anything = Some(json!({ "a": [1, null, 1.5e300, "x"], "b": 12_345_678_901_234_567_u64 }));
    values.additional_properties = BTreeMap::from([("more".to_owned(), "text".to_owned())]);
    values
}

#[tokio::test]
async fn values_of_every_type() {
    let echo = echo().await;
    let sent = values();
    assert_eq!(echo.values(&sent).await.expect("values"), sent);
    for maybe in [Nullable::Absent, Nullable::Null, Nullable::Value("x".to_owned())] {
        let mut sent = values();
        sent.maybe = maybe;
        sent.nothing = Some(String::new());
        assert_eq!(echo.values(&sent).await.expect("values"), sent);
    }
}

#[tokio::test]
async fn what_is_read_can_be_changed_and_sent_again() {
    let echo = echo().await;
    let mut sent = AccountRequest::new("Ada");
    sent.password = Some("-secret".to_owned());
    sent.friends = Some(vec![AccountRequest::new("Bob")]);
    let got = echo.account(&sent).await.expect("an account");
    assert_eq!((got.id, got.name.as_str()), (1, "Ada-secret"));
    assert_eq!(got.friends.as_ref().expect("friends")[0].id, 2);
    let mut again = AccountRequest::from(got);
    again.name = "Eve".to_owned();
    let got = echo.account(&again).await.expect("an account");
    assert_eq!(got.name, "Eve");
}

#[test]
fn members_of_the_other_direction_are_ignored() {
    let sent = json!({ "id": "any", "name": "Ada", "friends": [{ "id": 1, "name": "Bob" }] });
    let request = serde_json::from_value::<server::types::AccountRequest>(sent).expect("a request");
    assert_eq!(request.name, "Ada");
    let typo = json!({ "name": "Ada", "nick": "A" });
    assert!(serde_json::from_value::<server::types::AccountRequest>(typo).is_err());
    let got = json!({ "id": 1, "name": "Ada", "password": 1 });
    let account = serde_json::from_value::<Account>(got).expect("an account");
    let written = serde_json::to_value(&account).expect("JSON");
    assert_eq!(written, json!({ "id": 1, "name": "Ada" }));
}

#[tokio::test]
async fn the_server_refuses_what_the_client_keeps() {
    let echo = echo().await;
    for change in [
        |values: &mut Values| values.genre = Some(ValuesGenre::Unknown("c".to_owned())),
        |values: &mut Values| values.level = Some(ValuesLevel::Unknown(3)),
        |values: &mut Values| values.shape = Some(Shape::Unknown(json!({ "kind": "line" }))),
        |values: &mut Values| values.either = Some(ValuesEither::Unknown(json!(1.5))),
    ] {
        let mut sent = values();
        change(&mut sent);
        match echo.values(&sent).await {
            Err(Error::Undocumented(response)) => {
                assert_eq!(response.raw().status().as_u16(), 422, "{response:?}");
                assert!(response.raw().is("application/problem+json"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn the_server_lists_every_rule_that_is_broken() {
    let echo = echo().await;
    let limited = |value| serde_json::from_value::<Limited>(value).expect("a value of the type");
    let right =
        limited(json!({ "name": "Ada", "seats": [1, 2], "inner": { "name": "Öre", "seats": [], "nick": "o" } }));
    let answer = echo.limited(&right).page(1).await.expect("an answer");
    assert_eq!(answer, right);
    let wrong = limited(json!({
        "name": "ada",
        "seats": [1, 1],
        "nick": "administrator",
        "mail": "a@b.c",
        "inner": { "name": "A", "seats": [1, 0] },
    }));
    let Err(Error::Undocumented(response)) = echo.limited(&wrong).page(0).await else {
        panic!("the server takes it");
    };
    assert_eq!(response.raw().status().as_u16(), 422, "{response:?}");
    let problem: serde_json::Value = serde_json::from_slice(response.raw().body()).expect("a problem");
    let errors = problem["errors"].as_array().expect("a list");
    let found: Vec<String> = errors
        .iter()
        .map(|error| {
            let place = [&error["in"], &error["pointer"]].map(|part| part.as_str().unwrap_or_default());
            let code = error["code"].as_str().unwrap_or_default();
            format!("{}{} {code}", place[0], place[1])
        })
        .collect();
    assert_eq!(
        found,
        [
            "query minimum",
            "/name pattern",
            "/nick pattern",
            "/seats uniqueItems",
            "/inner/seats/1 minimum",
            "/mail maxLength",
            " not",
        ]
    );
    assert_eq!(errors[4]["detail"], "must be a number of at least 1");
}
