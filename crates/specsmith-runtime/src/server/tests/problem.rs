//! Cases for problems.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::super::problem::{Place, Problem, Violation};

#[test]
fn a_problem_without_more_is_its_status() {
    let problem = Problem::not_found();
    assert_eq!(
        body(&problem),
        json!({ "type": "about:blank", "title": "Not Found", "status": 404 })
    );
    assert_eq!(problem.to_string(), "404 Not Found");
}

#[test]
fn members_of_its_own_do_not_replace_those_of_the_standard() {
    let problem = Problem::conflict()
        .with_type("https://example.com/taken")
        .with_title("Taken")
        .with_detail("the name is taken")
        .with_instance("/books/1")
        .with_member("status", "x")
        .with_member("retry", true);
    let expected = json!({
        "type": "https://example.com/taken",
        "title": "Taken",
        "status": 409,
        "detail": "the name is taken",
        "instance": "/books/1",
        "retry": true,
    });
    assert_eq!(body(&problem), expected);
}

#[test]
fn violations_say_where_they_are() {
    let violation = |place| Violation {
        place,
        code: "type",
        detail: "must be a string".to_owned(),
    };
    let parameter = |pointer: &str| Place::Parameter {
        place: "query",
        name: "filter".to_owned(),
        pointer: pointer.to_owned(),
    };
    let problem = Problem::from(StatusCode::UNPROCESSABLE_ENTITY)
        .with_violation(violation(Place::Body("/a/0".to_owned())))
        .with_violation(violation(parameter("")))
        .with_violation(violation(parameter("/b")));
    let expected = json!([
        { "pointer": "/a/0", "code": "type", "detail": "must be a string" },
        { "parameter": "filter", "in": "query", "code": "type", "detail": "must be a string" },
        { "parameter": "filter", "in": "query", "pointer": "/b", "code": "type", "detail": "must be a string" },
    ]);
    assert_eq!(body(&problem)["errors"], expected);
}

fn body(problem: &Problem) -> Value {
    serde_json::to_value(problem).unwrap()
}
