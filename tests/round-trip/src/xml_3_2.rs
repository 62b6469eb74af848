//! XML of OpenAPI 3.2: every `nodeType`, tuples, and names that depend on the place, from client to server and back.

use crate::{
    archive::{
        Client,
        types::{Documentation, Person, PersonAddress, PutProductBodyXml, PutStepsBodyItem2, PutStepsResponseBodyItem},
    },
    archive_server::{
        self, Context, Documents, Problem, Products, Steps,
        api::{documents::PutDocumentResponse, products::PutProductResponse, steps::PutStepsResponse},
        types as server,
    },
    wire::{Wire, start},
};

/// Gives back what it gets, as far as the types are the same.
struct Archive;

impl Documents for Archive {
    type Error = Problem;

    async fn put_document(&self, _cx: Context, body: server::Documentation) -> Result<PutDocumentResponse, Problem> {
        Ok(PutDocumentResponse::OkXml(body))
    }
}

impl Steps for Archive {
    type Error = Problem;

    async fn put_steps(
        &self,
        _cx: Context,
        (one, two, three): (String, server::PutStepsBodyItem2, Option<bool>),
    ) -> Result<PutStepsResponse, Problem> {
        let animal = |kind: String, name: String| server::PutStepsResponseBodyItem {
            kind: Some(kind),
            name: Some(name),
        };
        let animals = vec![
            animal(one, two.value.to_string()),
            animal(two.unit, format!("{three:?}")),
        ];
        Ok(PutStepsResponse::OkXml(animals))
    }
}

impl Products for Archive {
    type Error = Problem;

    async fn put_product(&self, _cx: Context, body: server::PutProductBodyXml) -> Result<PutProductResponse, Problem> {
        Ok(PutProductResponse::OkXml(body.related.unwrap_or_default()))
    }
}

async fn archive() -> (Client, Wire) {
    let (url, wire) = start(archive_server::router(Archive)).await;
    (Client::builder().base_url(url).build().expect("a client"), wire)
}

fn person(id: i32) -> Person {
    let address = PersonAddress::default().with_city("Ulm");
    Person::default().with_id(id).with_name("A & B").with_address(address)
}

/// A person as the root element `name`; the address has no element of its own.
fn written(name: &str, id: i32) -> String {
    let declared = r#"<sample:name xmlns:sample="https://example.com/schema/sample">A &amp; B</sample:name>"#;
    format!(r#"<{name} id="{id}">{declared}<city>Ulm</city></{name}>"#)
}

#[tokio::test]
async fn references_are_elements_of_their_schemas() {
    let (client, wire) = archive().await;
    let document = Documentation::default()
        .with_content("<p>1 ]]> 2</p>")
        .with_author(person(1))
        .with_editor(person(2));
    let got = client.documents().put(&document).send().await.expect("a document");
    assert_eq!(*got, document);
    let inside = format!(
        "<![CDATA[<p>1 ]]]]><![CDATA[> 2</p>]]>{}<editor>{}</editor>",
        written("Person", 1),
        written("Person", 2)
    );
    assert_eq!(wire.last(), format!("<UpdatedDocument>{inside}</UpdatedDocument>"));
    let answer = String::from_utf8(got.raw().body().to_vec()).expect("text");
    assert!(
        answer.ends_with(&format!("\n<StoredDocument>{inside}</StoredDocument>")),
        "{answer}"
    );
    let empty = Documentation::default();
    assert_eq!(client.documents().put(&empty).await.expect("a document"), empty);
}

#[tokio::test]
async fn tuples_are_elements_in_a_row() {
    let (client, wire) = archive().await;
    for (three, told, last) in [
        (Some(true), "Some(true)", "<Three>true</Three>"),
        (
            None,
            "None",
            r#"<Three xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
        ),
    ] {
        let steps = ("a".to_owned(), PutStepsBodyItem2::new("m", 1.5), three);
        let got = client.steps().replace_all(&steps).await.expect("animals");
        let animal = |kind: &str, name: &str| PutStepsResponseBodyItem {
            kind: Some(kind.to_owned()),
            name: Some(name.to_owned()),
        };
        assert_eq!(got, [animal("a", "1.5"), animal("m", told)]);
        let written = format!(r#"<OneTwoThree><One>a</One><Two unit="m">1.5</Two>{last}</OneTwoThree>"#);
        assert_eq!(wire.last(), written);
    }
}

#[tokio::test]
async fn null_is_an_attribute_that_is_not_there_or_an_element_that_says_so() {
    let (client, wire) = archive().await;
    let product = PutProductBodyXml::new(Some(2.0), "d", Some(person(3))).with_rating("A");
    assert_eq!(client.products().put(&product).await.expect("a person"), person(3));
    let related = written("related", 3);
    let expected = format!(r#"<product count="2.0" rating="A"><description>d</description>{related}</product>"#);
    assert_eq!(wire.last(), expected);
    let product = PutProductBodyXml::new(None, "", None);
    assert_eq!(
        client.products().put(&product).await.expect("nobody"),
        Person::default()
    );
    let related = r#"<related xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#;
    assert_eq!(
        wire.last(),
        format!("<product><description></description>{related}</product>")
    );
}
