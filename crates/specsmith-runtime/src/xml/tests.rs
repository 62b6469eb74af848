//! XML to JSON values and back, with tables as generated code has them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use serde_json::{Value, json};

use super::*;

const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Checks that a value is written as this XML, and read from it.
fn check(root: &Node, value: &Value, xml: &str) {
    assert_eq!(to_xml(root, value).unwrap(), format!("{PROLOG}{xml}"));
    assert_eq!(
        &from_xml::<Value>(root, xml.as_bytes(), Reading::Open).unwrap(),
        value
    );
}

fn read(root: &Node, xml: &str) -> Value {
    from_xml(root, xml.as_bytes(), Reading::Open).unwrap()
}

fn refused(root: &Node, xml: &str) -> String {
    from_xml::<Value>(root, xml.as_bytes(), Reading::Open)
        .unwrap_err()
        .to_string()
}

const STRING: &Content = &Content::String;

static CATEGORY: Content = Content::Object(&[
    ("id", element("id", &Content::Number)),
    ("name", element("name", STRING)),
    ("parent", element("parent", &CATEGORY)),
]);

static PET: Content = Content::Object(&[
    ("id", attribute("id", &Content::Number)),
    ("name", element("name", STRING)),
    ("category", element("category", &CATEGORY)),
    (
        "photoUrls",
        element("photoUrls", &Content::List(element("photoUrl", STRING))),
    ),
    (
        "tags",
        within(&Content::List(element("tag", &CATEGORY))).or_empty(),
    ),
    ("sold", element("sold", &Content::Boolean)),
]);

static ROOT: Node = element("Pet", &PET);

#[test]
fn members_are_attributes_elements_and_lists() {
    let value = json!({
        "id": 9_007_199_254_740_993_i64, "name": "Rex & <Co>", "sold": true,
        "category": { "id": 1.5, "name": "", "parent": { "id": 2, "name": "Top" } },
        "photoUrls": ["a", "b"], "tags": [{ "id": 3, "name": "t" }],
    });
    check(
        &ROOT,
        &value,
        "<Pet id=\"9007199254740993\"><name>Rex &amp; &lt;Co&gt;</name><category><id>1.5</id><name></name>\
         <parent><id>2</id><name>Top</name></parent></category><photoUrls><photoUrl>a</photoUrl>\
         <photoUrl>b</photoUrl></photoUrls><tag><id>3</id><name>t</name></tag><sold>true</sold></Pet>",
    );
    let spaced = "<?xml version='1.0'?><!-- c --><Pet id=' 7 '>\n  <sold> 0 </sold>\n  <photoUrls/>\n</Pet>\n";
    assert_eq!(
        read(&ROOT, spaced),
        json!({ "id": 7, "sold": false, "photoUrls": [], "tags": [] })
    );
}

#[test]
fn lists_with_an_element_of_their_own_need_not_name_items_as_the_document_does() {
    let xml = "<Pet><photoUrls><string>a</string><url>b</url></photoUrls></Pet>";
    assert_eq!(
        read(&ROOT, xml),
        json!({ "photoUrls": ["a", "b"], "tags": [] })
    );
}

#[test]
fn an_element_that_is_there_twice_is_refused() {
    let message = refused(&ROOT, "<Pet><name>a</name><name>b</name></Pet>");
    assert_eq!(
        message,
        "expected one element `name`, found more at `/name`"
    );
}

#[test]
fn null_is_nil() {
    static CONTENT: Content = Content::Object(&[
        ("count", attribute("count", &Content::Number).or_null()),
        ("related", element("related", &CATEGORY)),
    ]);
    let root = element("product", &CONTENT);
    let nil = "<related xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
    check(
        &root,
        &json!({ "count": null, "related": null }),
        &format!("<product>{nil}</product>"),
    );
    check(
        &root,
        &json!({ "count": 42, "related": {} }),
        "<product count=\"42\"><related/></product>",
    );
}

#[test]
fn namespaces_are_declared_where_they_come_first() {
    static CONTENT: Content = Content::Object(&[
        ("lang", attribute("lang", STRING).prefix("xml")),
        ("a", element("a", STRING).namespace("urn:a").prefix("p")),
        ("b", element("b", STRING)),
        ("c", attribute("c", STRING).namespace("urn:c")),
    ]);
    let root = element("r", &CONTENT).namespace("urn:r");
    check(
        &root,
        &json!({ "a": "1", "b": "2", "c": "3", "lang": "de" }),
        "<r xmlns=\"urn:r\" xmlns:ns=\"urn:c\" xml:lang=\"de\" ns:c=\"3\"><p:a xmlns:p=\"urn:a\">1</p:a><b>2</b></r>",
    );
    let other = "<q:r xmlns:q='urn:r' xmlns:w='urn:a'><w:a>1</w:a><a>2</a><q:b>3</q:b></q:r>";
    assert_eq!(read(&root, other), json!({ "a": "1", "b": "3" }));
    assert_eq!(
        refused(&root, "<r/>"),
        "the root element `r` is of another namespace"
    );
    assert_eq!(
        refused(&root, "<s/>"),
        "expected the root element `r`, found `s`"
    );
    assert_eq!(read(&root.any_name(), "<s/>"), json!({}));
}

#[test]
fn declarations_of_namespaces_are_attributes_that_a_schema_may_have() {
    static CONTENT: Content = Content::Object(&[
        ("xmlns", attribute("xmlns", STRING)),
        ("xmlns:os", attribute("os", STRING).prefix("xmlns")),
        ("a", element("a", STRING)),
        ("b", element("b", STRING).prefix("os")),
        ("href", attribute("href", STRING)),
        ("c", element("c", &INNER)),
    ]);
    static INNER: Content = Content::Object(&[("xmlns", attribute("xmlns", STRING))]);
    let root = element("r", &CONTENT);
    check(
        &root,
        &json!({ "xmlns": "urn:r", "xmlns:os": "urn:os", "a": "1", "b": "2", "href": "/", "c": { "xmlns": "urn:r" } }),
        "<r xmlns=\"urn:r\" xmlns:os=\"urn:os\" href=\"/\"><a>1</a><os:b>2</os:b><c xmlns=\"urn:r\"/></r>",
    );
    assert_eq!(
        read(&root, "<r xmlns:href='urn:h'><a>1</a></r>"),
        json!({ "a": "1" })
    );
    let other = to_xml(&root.namespace("urn:o"), &json!({ "xmlns": "urn:r" }));
    assert_eq!(
        other.unwrap_err().to_string(),
        "`xmlns` would stand for two namespaces"
    );
}

#[test]
fn text_stands_beside_attributes() {
    static CONTENT: Content =
        Content::Object(&[("kind", attribute("kind", STRING)), ("name", text(STRING))]);
    static ANIMALS: Node = element("animals", &Content::List(element("animal", &CONTENT)));
    let value = json!([{ "kind": "Cat", "name": "Fluffy" }, { "kind": "Dog", "name": "Fido" }]);
    check(
        &ANIMALS,
        &value,
        "<animals><animal kind=\"Cat\">Fluffy</animal><animal kind=\"Dog\">Fido</animal></animals>",
    );
}

#[test]
fn sections_hold_markup() {
    static CONTENT: Content = Content::Object(&[("content", cdata(STRING))]);
    let root = element("d", &CONTENT);
    check(
        &root,
        &json!({ "content": "<b>&</b>" }),
        "<d><![CDATA[<b>&</b>]]></d>",
    );
    let padded = "<d>\n  <![CDATA[<b>]]>\n</d>";
    assert_eq!(read(&root, padded), json!({ "content": "<b>" }));
    let hard = json!({ "content": "a]]>b\rc" });
    let written = to_xml(&root, &hard).unwrap();
    assert_eq!(
        from_xml::<Value>(&root, written.as_bytes(), Reading::Open).unwrap(),
        hard,
        "{written}"
    );
}

#[test]
fn tuples_go_in_order() {
    static TWO: Content = Content::Object(&[
        ("unit", attribute("unit", STRING)),
        ("value", text(&Content::Number)),
    ]);
    static ITEMS: Content = Content::Tuple(&[
        element("One", STRING),
        element("Two", &TWO),
        element("Three", &Content::Boolean),
    ]);
    let xml = "<OneTwoThree><One>Some text</One><Two unit=\"cubits\">42</Two>\
               <Three xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></OneTwoThree>";
    let value = json!(["Some text", { "unit": "cubits", "value": 42 }, null]);
    check(&element("OneTwoThree", &ITEMS), &value, xml);
    static MIXED: Content = Content::Tuple(&[
        text(STRING),
        element("data", &Content::Number),
        text(STRING),
    ]);
    let value = json!(["Some preamble text.", 42, "Some postamble text."]);
    let xml = "<Report>Some preamble text.<data>42</data>Some postamble text.</Report>";
    check(&element("Report", &MIXED), &value, xml);
}

#[test]
fn other_members_are_elements_of_their_names() {
    static MAP: Content = Content::Map(
        &[("known", element("known", STRING))],
        element("", &Content::Number),
    );
    let root = element("m", &MAP);
    check(
        &root,
        &json!({ "a": 1, "known": "k", "z": 2 }),
        "<m><known>k</known><a>1</a><z>2</z></m>",
    );
    let error = to_xml(&root, &json!({ "a b": 1 })).unwrap_err();
    assert_eq!(error.message(), "`a b` is no name that XML can have");
}

#[test]
fn what_stands_in_the_element_around_it_leaves_the_others_alone() {
    static INNER: Content = Content::Map(&[("a", element("a", STRING))], element("", STRING));
    static OUTER: Content =
        Content::Object(&[("inner", within(&INNER)), ("b", element("b", STRING))]);
    let value = json!({ "inner": { "a": "1", "x": "2" }, "b": "3" });
    check(
        &element("o", &OUTER),
        &value,
        "<o><a>1</a><x>2</x><b>3</b></o>",
    );
}

#[test]
fn what_nothing_is_known_of_is_read_by_names() {
    let root = element("any", &Content::Any);
    let value = json!({ "a": ["1", "2"], "b": { "c": "x" } });
    check(&root, &value, "<any><a>1</a><a>2</a><b><c>x</c></b></any>");
    let mixed = read(&root, "<any x='1'>t<a/></any>");
    assert_eq!(mixed, json!({ "x": "1", "$text": "t", "a": "" }));
}

#[test]
fn one_of_several_is_told_by_what_stands_there() {
    static CONTENT: Content =
        Content::OneOf(&[&Content::Number, &Content::Boolean, STRING, &PET_NAME]);
    static PET_NAME: Content = Content::Object(&[("name", element("name", STRING))]);
    let root = element("v", &CONTENT);
    for (value, xml) in [
        (json!(1), "<v>1</v>"),
        (json!(true), "<v>true</v>"),
        (json!("x"), "<v>x</v>"),
        (json!({ "name": "y" }), "<v><name>y</name></v>"),
    ] {
        check(&root, &value, xml);
    }
}

#[test]
fn numbers_are_read_as_xml_schema_has_them() {
    let root = element("n", &Content::Number);
    for (text, value) in [
        ("+5", json!(5)),
        ("007", json!(7)),
        ("-007.50", json!(-7.5)),
        (".5", json!(0.5)),
        ("1.", json!(1)),
        ("0", json!(0)),
        ("00", json!(0)),
        ("1E3", json!(1000.0)),
        ("NaN", json!("NaN")),
        ("five", json!("five")),
        ("", Value::Null),
    ] {
        let found = read(&root, &format!("<n>{text}</n>"));
        assert!(
            found == value
                || found
                    .as_f64()
                    .zip(value.as_f64())
                    .is_some_and(|(a, b)| a == b),
            "{text}: {found}"
        );
    }
}

#[test]
fn what_is_dangerous_is_refused() {
    for (xml, expected) in [
        (
            "<!DOCTYPE x [<!ENTITY a \"aa\">]><Pet/>",
            "a document type is not accepted",
        ),
        (
            "<Pet><name>&a;</name></Pet>",
            "nothing says what `&a;` stands for",
        ),
        ("<Pet><name></Pet>", "ill-formed"),
        ("<Pet>", "the document ends inside an element"),
        ("<Pet/><Pet/>", "a document has just one element"),
        ("", "the document has no element"),
        ("{}", "text stands outside of the element"),
    ] {
        let error = from_xml::<Value>(&ROOT, xml.as_bytes(), Reading::Open).unwrap_err();
        assert!(
            error.kind() == XmlErrorKind::Syntax && error.message().starts_with(expected),
            "{error}"
        );
    }
    let deep = "<parent>".repeat(MAX_DEPTH + 1);
    assert_eq!(
        refused(&ROOT, &deep),
        "more than 128 elements stand in each other"
    );
    assert_eq!(
        refused(&ROOT, "\u{fffd}"),
        "text stands outside of the element"
    );
    assert!(from_xml::<Value>(&ROOT, b"<Pet>\xff</Pet>", Reading::Open).is_err());
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><Pet><name>\xe9</name></Pet>";
    assert_eq!(
        from_xml::<Value>(&ROOT, latin, Reading::Open).unwrap()["name"],
        "\u{e9}"
    );
    let error = to_xml(&ROOT, &json!({ "name": "a\u{0}b" })).unwrap_err();
    assert_eq!(error.message(), "the character U+0000 cannot stand in XML");
}

#[test]
fn ends_of_lines_stay() {
    let value = json!({ "id": "a\r\n\tb", "name": "a\r\nb\n", "tags": [] });
    let written = to_xml(&ROOT, &value).unwrap();
    assert_eq!(
        from_xml::<Value>(&ROOT, written.as_bytes(), Reading::Open).unwrap()["name"],
        value["name"],
        "{written}"
    );
    assert!(written.contains("id=\"a&#13;&#10;&#9;b\""), "{written}");
}

#[test]
fn a_value_of_another_type_is_told_by_its_place() {
    #[derive(serde::Deserialize, Debug)]
    struct Pet {
        #[allow(dead_code, reason = "only its type counts")]
        id: i64,
    }
    let error = from_xml::<Pet>(&ROOT, b"<Pet id='seven'/>", Reading::Open).unwrap_err();
    assert_eq!((error.kind(), error.pointer()), (XmlErrorKind::Data, "/id"));
    assert_eq!(
        error.message(),
        "expected a whole number of 64 bits, found a string"
    );
}

static TREE: Content = Content::Object(&[
    ("name", element("name", STRING)),
    ("inner", within(&TREE)),
    ("child", element("child", &TREE)),
    ("rows", within(&Content::List(within(&PLACE)))),
]);

static PLACE: Content = Content::Object(&[("x", element("x", &Content::Number))]);

#[test]
fn what_is_not_there_is_forgiven_openly() {
    static LISTS: Content = Content::Object(&[
        (
            "urls",
            element("urls", &Content::List(element("url", STRING))).or_empty(),
        ),
        ("count", element("count", &Content::Number)),
    ]);
    let root = &element("a", &LISTS);
    let read = |reading| from_xml::<Value>(root, b"<a><count/></a>", reading).unwrap();
    assert_eq!(read(Reading::Open), json!({ "urls": [] }));
    assert_eq!(read(Reading::Closed), json!({ "count": "" }));
    let empty = from_xml::<Value>(root, b"<a><urls/></a>", Reading::Closed);
    assert_eq!(empty.unwrap(), json!({ "urls": [] }));
}

#[test]
fn text_where_members_should_be_stays_text() {
    assert_eq!(read(&ROOT, "<Pet>true</Pet>"), "true");
    assert_eq!(read(&ROOT, "<Pet> </Pet>"), json!({ "tags": [] }));
    assert_eq!(
        read(&ROOT, "<Pet>x<name>y</name></Pet>"),
        json!({ "name": "y", "tags": [] })
    );
}

#[test]
fn what_stands_in_its_like_without_an_element_is_the_outer_one() {
    let root = &element("tree", &TREE);
    let leaf = "<name>a</name>";
    let value = json!({ "name": "a", "child": { "name": "a" }, "rows": [{ "x": 1 }] });
    check(
        root,
        &value,
        &format!("<tree>{leaf}<child>{leaf}</child><x>1</x></tree>"),
    );
    let inner = json!({ "inner": { "inner": { "name": "a" } } });
    let written = to_xml(root, &inner).unwrap();
    assert_eq!(written, format!("{PROLOG}<tree>{leaf}</tree>"));
    assert_eq!(read(root, &written), json!({ "name": "a" }));
}
