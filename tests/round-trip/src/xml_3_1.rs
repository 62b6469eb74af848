//! XML of OpenAPI 3.1: attributes, namespaces, wrapped and unwrapped lists, maps and unions, from client to server and back.

use axum::http::StatusCode;
use chrono::DateTime;

use crate::{
    depot::{
        Client, Error,
        api::{ListItemsError, ReplaceItemSuccess},
        types::{Circle, Failure, Item, ItemState, Line, Nullable, Part, SendReportBodyXml, Shape, Source, Square},
    },
    depot_server::{
        self, Blobs, Context, Items, Problem, Reports, Shapes,
        api::{
            blobs::PutBlobResponse,
            items::{AddItemContent, AddItemResponse, ListItemsParameters, ListItemsResponse, ReplaceItemResponse},
            reports::SendReportResponse,
            shapes::AddShapeResponse,
        },
        types as server,
    },
    wire::{Wire, start},
};

/// Gives back what it gets.
struct Depot;

fn failure(message: &str) -> server::Failure {
    server::Failure {
        message: message.to_owned(),
    }
}

fn stored(id: i64) -> server::Item {
    server::Item::new(id, format!("item {id}"), Vec::new())
}

impl Items for Depot {
    type Error = Problem;

    async fn list_items(&self, _cx: Context, parameters: ListItemsParameters) -> Result<ListItemsResponse, Problem> {
        Ok(match parameters.shelf {
            None => ListItemsResponse::OkXml(vec![stored(1), stored(2)]),
            Some(0) => ListItemsResponse::OkXml(Vec::new()),
            Some(1) => ListItemsResponse::NotFoundXml(failure("no shelf <1>")),
            Some(2) => ListItemsResponse::Default(StatusCode::CONFLICT, failure("as JSON")),
            Some(_) => ListItemsResponse::DefaultXml(StatusCode::CONFLICT, failure("as XML")),
        })
    }

    async fn add_item(&self, _cx: Context, body: AddItemContent) -> Result<AddItemResponse, Problem> {
        Ok(match body {
            AddItemContent::Json(item) => AddItemResponse::Created(item),
            AddItemContent::Xml(item) => AddItemResponse::CreatedXml(item),
        })
    }

    async fn replace_item(
        &self,
        _cx: Context,
        _id: i64,
        body: Option<server::Item>,
    ) -> Result<ReplaceItemResponse, Problem> {
        Ok(body.map_or(ReplaceItemResponse::NoContent, ReplaceItemResponse::OkXml))
    }
}

impl Reports for Depot {
    type Error = Problem;

    async fn send_report(&self, _cx: Context, body: server::SendReportBodyXml) -> Result<SendReportResponse, Problem> {
        let source = body.source.and_then(|source| source.name);
        let lines = Vec::from_iter(body.lines.into_iter().map(|line| line.text));
        let told = (lines, body.total, body.counts, body.note, source);
        Ok(SendReportResponse::OkText(format!("{told:?}")))
    }
}

impl Shapes for Depot {
    type Error = Problem;

    async fn add_shape(&self, _cx: Context, body: server::Shape) -> Result<AddShapeResponse, Problem> {
        Ok(AddShapeResponse::OkXml(body))
    }
}

impl Blobs for Depot {
    type Error = Problem;

    async fn put_blob(&self, _cx: Context, _body: String) -> Result<PutBlobResponse, Problem> {
        Ok(PutBlobResponse::NoContent)
    }
}

async fn depot() -> (Client, Wire) {
    let (url, wire) = start(depot_server::router(Depot)).await;
    (Client::builder().base_url(url).build().expect("a client"), wire)
}

fn full() -> Item {
    let part = |label: &str| Part::new(label).with_count(2);
    Item::new(7, "a < b & \"c\"", vec!["x".to_owned(), " y\n".to_owned()])
        .with_lang("de")
        .with_state(ItemState::Used)
        .with_price(0.5)
        .with_sold(false)
        .with_weight(1.25)
        .with_added(DateTime::parse_from_rfc3339("2024-02-29T10:00:00+02:00").expect("a date"))
        .with_sizes(vec![1, 2])
        .with_parts(vec![part("p"), Part::new("q")])
        .with_parent(Item::new(1, "", Vec::new()))
}

/// What the document says an item is, line by line.
const FULL: &str = concat!(
    r#"<d:item xmlns:d="https://depot.example" id="7" xml:lang="de">"#,
    "<d:name>a &lt; b &amp; \"c\"</d:name>",
    "<state>used</state><price>0.5</price><sold>false</sold><weight>1.25</weight>",
    "<added>2024-02-29T10:00:00+02:00</added>",
    "<tag>x</tag><tag> y\n</tag>",
    "<sizes><sizes>1</sizes><sizes>2</sizes></sizes>",
    r#"<parts><parts label="p"><number>2</number></parts><parts label="q"/></parts>"#,
    r#"<d:item id="1"><d:name></d:name></d:item>"#,
    "</d:item>",
);

#[tokio::test]
async fn an_item_comes_back_as_it_was_sent() {
    let (client, wire) = depot().await;
    let json = client.items().add(&full()).send().await.expect("an item");
    assert_eq!(*json, full());
    let xml = client.items().add_xml(&full()).send().await.expect("an item");
    assert_eq!(*xml, full());
    assert_eq!(wire.last(), FULL);
    assert_eq!(wire.content_type(), "application/xml");
    let answer = String::from_utf8(xml.raw().body().to_vec()).expect("text");
    assert_eq!(answer.split_once('\n').map(|(_, element)| element), Some(FULL));
    let text = client.items().add_xml(&full()).with_content_type("text/xml");
    assert_eq!(text.await.expect("an item"), full());
    assert_eq!(wire.content_type(), "text/xml");
}

#[tokio::test]
async fn what_is_empty_or_absent_stays_so() {
    let (client, _) = depot().await;
    for item in [
        Item::new(1, "", Vec::new()),
        Item::new(1, " ", vec![String::new(), String::new()]),
        Item::new(1, "a", Vec::new())
            .with_sizes(Vec::new())
            .with_parts(Vec::new()),
        Item::new(1, "a", Vec::new()).with_weight(Nullable::Null),
        Item::new(1, "a", Vec::new()).with_state(ItemState::New).with_lang(""),
    ] {
        let got = client.items().add_xml(&item).await;
        assert_eq!(got.unwrap_or_else(|error| panic!("{item:?}: {error}")), item);
    }
}

#[tokio::test]
async fn bodies_that_need_not_be_there() {
    let (client, wire) = depot().await;
    let none = client.items().replace(1).await.expect("nothing");
    assert_eq!(none, ReplaceItemSuccess::NoContent);
    let some = client.items().replace(1).body(&full()).await.expect("an item");
    assert_eq!(some, ReplaceItemSuccess::OkXml(full()));
    assert_eq!(wire.content_type(), "application/vnd.depot+xml");
}

#[tokio::test]
async fn lists_are_roots_of_any_name_and_errors_are_typed() {
    let (client, _) = depot().await;
    let ids = |items: Vec<Item>| Vec::from_iter(items.into_iter().map(|item| (item.id, item.name)));
    let all = client.items().list().await.expect("items");
    assert_eq!(ids(all), [(1, "item 1".to_owned()), (2, "item 2".to_owned())]);
    assert!(client.items().list().shelf(0).await.expect("no items").is_empty());
    for (shelf, status, message) in [(1, 404, "no shelf <1>"), (2, 409, "as JSON"), (3, 409, "as XML")] {
        let Err(Error::Api(error)) = client.items().list().shelf(shelf).await else {
            panic!("shelf {shelf}");
        };
        let (ListItemsError::NotFoundXml(got) | ListItemsError::Default(got)) = error;
        assert_eq!((got.status().as_u16(), &*got.message), (status, message));
        assert_eq!(got.into_value(), Failure::new(message));
    }
}

#[tokio::test]
async fn maps_unions_and_wrapped_lists() {
    let (client, wire) = depot().await;
    let report = SendReportBodyXml::new(vec![Line::default().with_text("a"), Line::default()], 3.0)
        .with_counts([("n".to_owned(), 1), ("ü".to_owned(), -2)].into())
        .with_source(Source::default().with_name("b"));
    for (note, told) in [
        (5.into(), "Integer(5)"),
        (true.into(), "Boolean(true)"),
        ("five".to_owned().into(), "String(\"five\")"),
    ] {
        let report = report.clone().with_note(note);
        let got = client.reports().send(&report).await.expect("a report");
        let rest = format!("Some({{\"n\": 1, \"ü\": -2}}), Some({told}), Some(\"b\"))");
        assert_eq!(got, format!("([Some(\"a\"), None], 3.0, {rest}"));
    }
    let expected = concat!(
        r#"<report xmlns="https://depot.example/reports">"#,
        r#"<body><line><text>a</text></line><line/></body><total>3.0</total>"#,
        "<counts><n>1</n><ü>-2</ü></counts><note>five</note><from><name>b</name></from></report>",
    );
    assert_eq!(wire.last(), expected);
}

#[tokio::test]
async fn variants_are_told_apart_by_an_attribute() {
    let (client, wire) = depot().await;
    for (shape, written) in [
        (
            Shape::from(Circle::new(1.5)),
            r#"<shape kind="Circle"><radius>1.5</radius></shape>"#,
        ),
        (
            Shape::from(Square::new(2.0)),
            r#"<shape kind="Square"><side>2.0</side></shape>"#,
        ),
    ] {
        assert_eq!(client.shapes().add(&shape).await.expect("a shape"), shape);
        assert_eq!(wire.last(), written);
    }
}

#[tokio::test]
async fn what_has_no_schema_is_text() {
    let (client, wire) = depot().await;
    client.blobs().put("<any>thing</any>").await.expect("kept");
    assert_eq!(wire.last(), "<any>thing</any>");
}
