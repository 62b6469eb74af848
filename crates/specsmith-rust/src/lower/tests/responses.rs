//! Bodies and responses.

use super::build::*;
use crate::model::{BodyKind, Outcome, Response as Lowered, ResponseBody, Success};
use specsmith_ir::*;

fn responses(responses: Vec<Response>) -> crate::model::Responses {
    let mut api = ApiBuilder::default();
    api.component("Book", object(&[]));
    api.component("Problem", object(&[]));
    api.operation(Some("getBook"), "GET", "/", &[]).responses = responses;
    let lowered = api.lower();
    let (_, operation) = lowered.model.operations().next().unwrap();
    operation.responses.clone()
}

fn book() -> Content {
    as_json(Some(TypeId(0)))
}

fn problem() -> Content {
    as_json(Some(TypeId(1)))
}

fn texts(list: &[Lowered]) -> Vec<String> {
    let outcome = |outcome| if outcome == Outcome::Success { "" } else { "!" };
    list.iter()
        .map(|response| format!("{}{} {}", outcome(response.outcome), response.name, response.status))
        .collect()
}

#[test]
fn one_success_is_its_body_and_errors_are_an_enum() {
    let found = responses(vec![
        response(Status::Code(200), vec![book()]),
        response(Status::Code(302), Vec::new()),
        response(Status::Code(404), vec![problem()]),
        response(Status::Class(5), vec![problem()]),
        response(Status::Default, vec![problem()]),
    ]);
    assert_eq!(
        texts(&found.list),
        [
            "Ok 200",
            "!Found 302",
            "!NotFound 404",
            "!ServerError 5XX",
            "!Default default"
        ]
    );
    assert!(matches!(found.success, Success::Body(ResponseBody::Json(_))));
    assert_eq!(found.error.unwrap().as_str(), "GetBookError");
    assert_eq!(found.server.as_str(), "GetBookResponse");
    assert_eq!(found.accept, ["application/json"]);
}

#[test]
fn successes_of_one_body_are_that_body_and_others_an_enum() {
    let same = responses(vec![
        response(Status::Code(200), vec![book()]),
        response(Status::Code(201), vec![book()]),
    ]);
    assert!(matches!(same.success, Success::Body(ResponseBody::Json(_))));
    assert_eq!(same.error, None);
    let with_empty = responses(vec![
        response(Status::Code(200), vec![book()]),
        response(Status::Code(204), Vec::new()),
    ]);
    assert!(matches!(with_empty.success, Success::Enum(name) if name.as_str() == "GetBookSuccess"));
}

#[test]
fn a_default_is_a_success_only_where_no_success_is_documented() {
    let found = responses(vec![
        response(Status::Code(404), vec![problem()]),
        response(Status::Default, vec![book()]),
    ]);
    assert_eq!(
        texts(&found.list),
        ["DefaultSuccess default", "!NotFound 404", "!Default default"]
    );
    let with_class = responses(vec![
        response(Status::Class(2), vec![book()]),
        response(Status::Default, vec![book()]),
    ]);
    assert_eq!(texts(&with_class.list), ["Success 2XX", "!Default default"]);
}

#[test]
fn without_success_and_default_redirections_are_successes() {
    let found = responses(vec![
        response(Status::Code(303), Vec::new()),
        response(Status::Code(400), Vec::new()),
    ]);
    assert_eq!(texts(&found.list), ["SeeOther 303", "!BadRequest 400"]);
    let nothing = responses(vec![response(Status::Code(400), Vec::new())]);
    assert_eq!(nothing.success, Success::Body(ResponseBody::Empty));
    assert_eq!(responses(Vec::new()).success, Success::Body(ResponseBody::Empty));
}

#[test]
fn media_types_of_one_type_are_one_response() {
    let found = responses(vec![response(
        Status::Code(200),
        vec![
            content("text/plain", None),
            content("application/vnd.books+json", Some(TypeId(0))),
            book(),
        ],
    )]);
    assert_eq!(texts(&found.list), ["Ok 200", "OkText 200"]);
    assert_eq!(found.accept, ["application/json", "text/plain"]);
}

#[test]
fn formats_without_types_are_text_only_where_they_are_alone() {
    let mut api = ApiBuilder::default();
    api.component("Book", object(&[]));
    let xml = || content("application/xml", Some(TypeId(0)));
    api.operation(Some("one"), "GET", "/1", &[]).responses = vec![response(Status::Code(200), vec![xml(), book()])];
    api.operation(Some("two"), "GET", "/2", &[]).responses = vec![response(Status::Code(200), vec![xml()])];
    let lowered = api.lower();
    let bodies: Vec<ResponseBody> = lowered
        .model
        .operations()
        .map(|(_, operation)| operation.responses.list[0].body.clone())
        .collect();
    assert!(matches!(bodies[0], ResponseBody::Json(_)));
    assert_eq!(bodies[1], ResponseBody::Text);
    assert_eq!(lowered.codes(), ["media-type-not-generated", "media-type-as-text"]);
}

#[test]
fn ranges_with_structure_are_json_and_others_bytes() {
    let mut api = ApiBuilder::default();
    let object = api.component("Book", object(&[]));
    let text = api.component("Text", string());
    for (path, media_type, ty) in [
        ("/1", "*/*", Some(object)),
        ("/2", "*/*", Some(text)),
        ("/3", "image/*", None),
        ("/4", "application/pdf", None),
    ] {
        api.operation(None, "GET", path, &[]).responses =
            vec![response(Status::Code(200), vec![content(media_type, ty)])];
    }
    let lowered = api.lower();
    let is_json: Vec<bool> = lowered
        .model
        .operations()
        .map(|(_, operation)| matches!(operation.responses.list[0].body, ResponseBody::Json(_)))
        .collect();
    assert_eq!(is_json, [true, false, false, false]);
}

#[test]
fn bodies_that_are_never_sent_are_left_out() {
    let mut api = ApiBuilder::default();
    api.component("Book", object(&[]));
    api.operation(Some("head"), "HEAD", "/", &[]).responses = vec![response(Status::Code(200), vec![book()])];
    api.operation(Some("delete"), "DELETE", "/", &[]).responses = vec![response(Status::Code(204), vec![book()])];
    let lowered = api.lower();
    for (_, operation) in lowered.model.operations() {
        assert_eq!(operation.responses.list[0].body, ResponseBody::Empty);
    }
    assert!(lowered.codes().contains(&"body-never-sent"));
}

#[test]
fn the_preferred_media_type_of_a_request_comes_first() {
    let mut api = ApiBuilder::default();
    let object = api.component("Book", object(&[]));
    let text = api.component("Text", string());
    let cases = [
        (
            vec![content("text/plain", None), content("application/json", Some(object))],
            "application/json",
            "Json",
        ),
        (
            vec![content("multipart/form-data", Some(object))],
            "multipart/form-data",
            "Multipart",
        ),
        (
            vec![content("application/x-www-form-urlencoded", Some(object))],
            "application/x-www-form-urlencoded",
            "Form",
        ),
        (
            vec![content("application/x-www-form-urlencoded", Some(text))],
            "application/x-www-form-urlencoded",
            "Text",
        ),
        (
            vec![content("application/octet-stream", None)],
            "application/octet-stream",
            "Bytes",
        ),
        (vec![content("*/*", Some(object))], "application/json", "Json"),
        (vec![content("*/*", None)], "*/*", "Bytes"),
        (vec![content("application/json", None)], "application/json", "Json"),
    ];
    for (contents, _, _) in &cases {
        api.operation(None, "POST", "/", &[]).request_body = Some(body(contents.clone()));
    }
    let lowered = api.lower();
    for ((_, operation), (_, media_type, kind)) in lowered.model.operations().zip(&cases) {
        let found = operation.body.as_ref().unwrap();
        let name = match found.kind {
            BodyKind::Json(_) => "Json",
            BodyKind::Form(_) => "Form",
            BodyKind::Multipart => "Multipart",
            BodyKind::Lines(_) => "Lines",
            BodyKind::Xml(..) => "Xml",
            BodyKind::Text => "Text",
            BodyKind::Bytes => "Bytes",
        };
        assert_eq!((found.media_type.as_str(), name), (*media_type, *kind));
    }
    assert_eq!(lowered.codes(), ["not-generated"]);
}

#[test]
fn each_way_to_send_a_body_has_a_method() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", object(&[]));
    let patch = api.component("Patch", object(&[]));
    let contents = vec![
        content("application/octet-stream", None),
        content("image/png", None),
        content("text/csv", None),
        content("application/x-ndjson", Some(book)),
        content("multipart/form-data", Some(book)),
        content("application/x-www-form-urlencoded", Some(book)),
        content("application/json-patch+json", Some(patch)),
        content("text/json", Some(book)),
        content("application/json", Some(book)),
    ];
    api.operation(Some("sendBook"), "POST", "/", &[]).request_body = Some(body(contents.clone()));
    let optional = api.operation(Some("trySending"), "POST", "/optional", &[]);
    optional.request_body = Some(specsmith_ir::RequestBody {
        required: false,
        ..body(contents)
    });
    let lowered = api.lower();
    let ways = |id: &str| {
        let mut all = lowered.model.operations();
        let (_, operation) = all.find(|(_, operation)| operation.id == id).unwrap();
        let bodies = operation.bodies().map(|body| {
            let all = [&body.media_type].into_iter().chain(&body.also);
            let media_types = Vec::from_iter(all.map(|media_type| media_type.as_str())).join(" ");
            format!("{} {}: {media_types}", body.method, body.name)
        });
        Vec::from_iter(bodies)
    };
    assert_eq!(
        ways("sendBook"),
        [
            "send_book Json: application/json text/json",
            "send_book_json_patch JsonPatch: application/json-patch+json",
            "send_book_form Form: application/x-www-form-urlencoded",
            "send_book_multipart Multipart: multipart/form-data",
            "send_book_lines Lines: application/x-ndjson",
            "send_book_csv Csv: text/csv",
            "send_book_bytes Bytes: application/octet-stream image/png",
        ]
    );
    assert_eq!(
        ways("trySending")[..3],
        [
            "body Json: application/json text/json",
            "body_json_patch JsonPatch: application/json-patch+json",
            "body_form Form: application/x-www-form-urlencoded",
        ]
    );
}
