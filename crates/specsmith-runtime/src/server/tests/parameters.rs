//! Parameters against the table of styles (OpenAPI 3.1.1, section 4.8.12.4) and against hostile text.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::context::{OperationInfo, ResponseHeaders};
use super::super::layer::Found;
use super::super::pairs::Pairs;
use super::super::parameter::{Parameter, Style, cookie, header, path, query, querystring};
use super::super::problem::Problem;
use super::super::request::Request;

static INFO: OperationInfo = OperationInfo {
    id: "test",
    method: "GET",
    path: "/{color}",
    tags: &[],
    produces: &[],
    security: &[],
};

type Colors = Vec<String>;
type Rgb = BTreeMap<String, u8>;

fn request(segment: &str, target: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = axum::http::Request::builder().uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let query = Pairs::of_query(request.uri().query().unwrap_or_default());
    let values = vec![(Arc::from("color"), segment.to_owned())];
    Request::new(
        request,
        &INFO,
        Found { values, query },
        ResponseHeaders::default(),
    )
}

/// What a parameter is, or the violation as its status, code and pointer.
fn read<T: DeserializeOwned>(mut request: Request, parameter: Parameter) -> Result<T, String> {
    request.required(parameter).map_err(|_| {
        let problem = request.finish().unwrap_err();
        let errors = body(&problem)["errors"].clone();
        let pointer = errors[0]["pointer"].as_str().unwrap_or_default();
        format!(
            "{} {}{pointer}",
            problem.status().as_u16(),
            errors[0]["code"].as_str().unwrap()
        )
    })
}

fn in_path<T: DeserializeOwned>(segment: &str, parameter: Parameter) -> Result<T, String> {
    read(request(segment, "/", &[]), parameter)
}

fn in_query<T: DeserializeOwned>(text: &str, parameter: Parameter) -> Result<T, String> {
    read(request("", &format!("/?{text}"), &[]), parameter)
}

fn colors() -> Result<Colors, String> {
    Ok(["blue", "black", "brown"].map(str::to_owned).to_vec())
}

fn rgb() -> Result<Rgb, String> {
    Ok([("R", 100), ("G", 200), ("B", 150)]
        .map(|(name, value)| (name.to_owned(), value))
        .into())
}

fn blue() -> Result<String, String> {
    Ok("blue".to_owned())
}

#[test]
fn table_of_the_specification_in_a_path() {
    let table = [
        (
            Style::Matrix.joined(),
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            Style::Matrix.exploded(),
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        (
            Style::Label.joined(),
            ".",
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
        ),
        (
            Style::Label.exploded(),
            ".",
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
        ),
        (
            Style::Simple.joined(),
            "",
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            Style::Simple.exploded(),
            "",
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
    ];
    for (encoding, empty, string, array, object) in table {
        let parameter = path("color").style(encoding);
        assert_eq!(in_path(empty, parameter), Ok(String::new()), "{encoding:?}");
        assert_eq!(in_path(string, parameter), blue(), "{encoding:?}");
        assert_eq!(in_path(array, parameter), colors(), "{encoding:?}");
        assert_eq!(in_path(object, parameter), rgb(), "{encoding:?}");
    }
}

#[test]
fn table_of_the_specification_in_a_query() {
    let table = [
        (
            Style::Form.joined(),
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (
            Style::SpaceDelimited.joined(),
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            Style::SpaceDelimited.joined(),
            "color=blue+black+brown",
            "color=R+100+G+200+B+150",
        ),
        (
            Style::PipeDelimited.joined(),
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            Style::PipeDelimited.joined(),
            "color=blue|black|brown",
            "color=R|100|G|200|B|150",
        ),
    ];
    for (encoding, array, object) in table {
        let parameter = query("color").style(encoding);
        assert_eq!(
            in_query("color=", parameter),
            Ok(String::new()),
            "{encoding:?}"
        );
        assert_eq!(in_query("color=blue", parameter), blue(), "{encoding:?}");
        assert_eq!(in_query(array, parameter), colors(), "{encoding:?}");
        assert_eq!(in_query(object, parameter), rgb(), "{encoding:?}");
    }
    assert_eq!(
        in_query("color=blue&color=black&color=brown", query("color")),
        colors()
    );
    assert_eq!(
        in_query(
            "R=100&G=200&B=150",
            query("color").members(&["R", "G", "B"])
        ),
        rgb()
    );
    assert_eq!(
        in_query(
            "R=100&G=200&B=150&x=y",
            query("color").members_besides(&["x"])
        ),
        rgb()
    );
    let deep = query("color").style(Style::DeepObject.exploded());
    assert_eq!(
        in_query("color%5BR%5D=100&color%5BG%5D=200&color[B]=150", deep),
        rgb()
    );
}

#[test]
fn table_of_the_specification_in_headers_and_cookies() {
    let in_header =
        |text, parameter| request("", "/", &[("X-Color", text)]).required::<Value>(parameter);
    let list = read(
        request("", "/", &[("X-Color", "blue, black,brown")]),
        header("X-Color"),
    );
    assert_eq!(list, colors());
    let list = read(
        request("", "/", &[("X-Color", "blue"), ("x-color", "black,brown")]),
        header("X-Color"),
    );
    assert_eq!(list, colors());
    let object = read(
        request("", "/", &[("X-Color", "R,100,G,200,B,150")]),
        header("X-Color"),
    );
    assert_eq!(object, rgb());
    let exploded = header("X-Color").style(Style::Simple.exploded());
    assert_eq!(
        read(
            request("", "/", &[("X-Color", "R=100,G=200,B=150")]),
            exploded
        ),
        rgb()
    );
    assert_eq!(in_header("50%", header("X-Color")), Ok(json!("50%")));
    assert_eq!(
        in_header(r#"{"a":1}"#, header("X-Color").json()),
        Ok(json!({ "a": 1 }))
    );

    let in_cookie = |text: &'static str| request("", "/", &[("Cookie", text)]);
    assert_eq!(read(in_cookie("a=b; color=blue"), cookie("color")), blue());
    assert_eq!(read(in_cookie("color=bl%75e"), cookie("color")), blue());
    assert_eq!(
        read(
            in_cookie("color=a%2Cb"),
            cookie("color").style(Style::Cookie.exploded())
        ),
        Ok("a%2Cb".to_owned())
    );
    assert_eq!(
        read(
            in_cookie("color=blue,black,brown"),
            cookie("color").style(Style::Form.joined())
        ),
        colors()
    );
    assert_eq!(
        read(
            in_cookie("color=blue; color=black; color=brown"),
            cookie("color")
        ),
        colors()
    );
    assert_eq!(
        read(
            in_cookie("R=100; G=200; B=150"),
            cookie("color").members(&["R", "G", "B"])
        ),
        rgb()
    );
}

#[test]
fn encoded_delimiters_do_not_delimit() {
    assert_eq!(
        in_path("a%2Cb,c%2Fd", path("color")),
        Ok(vec!["a,b".to_owned(), "c/d".to_owned()])
    );
    assert_eq!(
        in_query("q=a%2Cb,c%26d", query("q").style(Style::Form.joined())),
        Ok(vec!["a,b".to_owned(), "c&d".to_owned()])
    );
    assert_eq!(in_path("a+b", path("color")), Ok("a+b".to_owned()));
    assert_eq!(in_query("q=a+b%2B", query("q")), Ok("a b+".to_owned()));
}

#[test]
fn the_type_decides_what_text_means() {
    assert_eq!(in_query("q=12", query("q")), Ok(12_i64));
    assert_eq!(in_query("q=12", query("q")), Ok("12".to_owned()));
    assert_eq!(in_query("q=1.50", query("q")), Ok(1.5_f64));
    assert_eq!(in_query("q=true", query("q")), Ok(true));
    assert_eq!(in_query("q=12", query("q")), Ok(json!(12)));
    assert_eq!(in_query("q=012", query("q")), Ok(json!("012")));
    assert_eq!(in_query("q=true&q=x", query("q")), Ok(json!([true, "x"])));
    assert_eq!(in_query("q=18446744073709551615", query("q")), Ok(u64::MAX));
}

#[test]
fn what_is_wrong_is_told_with_its_kind() {
    let wrong = |text: &str| in_query::<i32>(text, query("q"));
    assert_eq!(wrong("x=1"), Err("400 missing".to_owned()));
    assert_eq!(wrong("q=1&q=2"), Err("400 duplicate".to_owned()));
    assert_eq!(wrong("q=%ff"), Err("400 encoding".to_owned()));
    assert_eq!(wrong("q=%zz"), Err("400 encoding".to_owned()));
    for text in [
        "q=",
        "q=x",
        "q=1.0",
        "q=0x1",
        "q=01",
        "q=%201",
        "q=9999999999",
        "q=1e3",
        "q=-",
    ] {
        assert_eq!(wrong(text), Err("422 type".to_owned()), "{text}");
    }
    assert_eq!(
        in_query::<bool>("q=1", query("q")),
        Err("422 type".to_owned())
    );
    assert_eq!(
        in_query::<Vec<i32>>("q=1&q=x", query("q")),
        Err("422 type/1".to_owned())
    );
    assert_eq!(
        in_query::<Rgb>("q[R]=300", query("q").style(Style::DeepObject.exploded())),
        Err("422 type/R".to_owned())
    );
    assert_eq!(
        in_path::<String>("blue", path("color").style(Style::Label.joined())),
        Err("400 syntax".to_owned())
    );
    assert_eq!(
        in_path::<Rgb>("R,1,G", path("color")),
        Err("400 syntax".to_owned())
    );
    assert_eq!(
        in_query::<Value>("q={", query("q").json()),
        Err("400 syntax".to_owned())
    );
}

#[test]
fn nothing_that_was_sent_comes_back() {
    for (text, parameter) in [
        ("q=canary", query("q")),
        ("q=canary", query("q").json()),
        ("q=canary&q=1", query("q")),
    ] {
        let mut request = request("", &format!("/?{text}"), &[]);
        assert!(request.required::<i64>(parameter).is_err());
        let problem = body(&request.finish().unwrap_err()).to_string();
        assert!(
            !problem.contains("canary") && !problem.contains("i64"),
            "{problem}"
        );
    }
}

#[test]
fn absence_is_told_from_emptiness() {
    let mut request = request("", "/?a=", &[]);
    assert_eq!(request.optional::<String>(query("b")), Ok(None));
    assert_eq!(
        request.optional::<String>(query("a")),
        Ok(Some(String::new()))
    );
    assert_eq!(request.or(query("b"), 20), Ok(20));
    assert_eq!(
        request.optional::<Colors>(query("a").style(Style::Form.joined())),
        Ok(Some(Vec::new()))
    );
    assert!(request.finish().is_ok());
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut request = request("x", "/?a=x&b=1&b=2", &[]);
    assert!(request.required::<i64>(path("color")).is_err());
    assert!(request.optional::<i64>(query("a")).is_err());
    assert!(request.optional::<i64>(query("b")).is_err());
    let problem = request.finish().unwrap_err();
    assert_eq!(problem.status().as_u16(), 400);
    assert_eq!(problem.violations().len(), 3);
}

#[test]
fn deep_objects_nest() {
    let deep = query("f").style(Style::DeepObject.exploded());
    let text = "f[a][]=1&f[a][]=2&f[b][c]=x&f[d][1]=y&f[d][0]=z&other[a]=1";
    let expected = json!({ "a": [1, 2], "b": { "c": "x" }, "d": ["z", "y"] });
    assert_eq!(in_query::<Value>(text, deep), Ok(expected));
    let brackets = "[x]".repeat(10_000);
    assert!(in_query::<Value>(&format!("f{brackets}=1"), deep).is_err());
}

#[test]
fn the_whole_query_can_be_one_value() {
    let json = querystring("q").json();
    assert_eq!(
        in_query::<Value>("%7B%22a%22%3A1%7D", json),
        Ok(json!({ "a": 1 }))
    );
    assert_eq!(
        in_query::<Value>("a=1&b=x", querystring("q")),
        Ok(json!({ "a": 1, "b": "x" }))
    );
}

fn body(problem: &Problem) -> Value {
    serde_json::to_value(problem).unwrap()
}
