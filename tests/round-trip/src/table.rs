//! The rows of the specification's table of styles (OpenAPI 3.2, section 4.12.2.2.2, Style Examples): what goes over the
//! wire, and that the server reads it back.

use crate::{
    client::{Error, Response},
    tests::{HARD, color, echo, words},
};

fn wire<T>(response: &Response<T>) -> &str {
    response.header("x-wire").expect("what came over the wire")
}

#[tokio::test]
async fn texts() {
    let echo = echo().await;
    let blue = "blue";
    let request = echo.table_text(blue, blue, blue, blue, blue, blue);
    let request = request.form(blue).form_exploded(blue).x_simple(blue).x_exploded(blue);
    let request = request.form_cookie(blue).form_exploded_cookie(blue);
    let got = request.cookie(blue).cookie_exploded(blue).send().await.expect("texts");
    assert_eq!(words(&got), vec![blue; 14]);
    assert_eq!(
        wire(&got),
        "/table/text/blue/blue/.blue/.blue/;matrix=blue/;matrix_exploded=blue?form=blue&form_exploded=blue \
         | x-simple: blue | x-exploded: blue \
         | cookie: form=blue; form_exploded=blue; cookie=blue; cookie_exploded=blue"
    );
}

/// The column for what is empty.
#[tokio::test]
async fn empty_texts() {
    let echo = echo().await;
    let request = echo.table_text("x", "x", "x", "x", "", "");
    let request = request.form("").form_exploded("").x_simple("").x_exploded("");
    let request = request.form_cookie("").form_exploded_cookie("");
    let got = request.cookie("").cookie_exploded("").send().await.expect("texts");
    assert_eq!(words(&got)[4..], [""; 10]);
    assert_eq!(
        wire(&got),
        "/table/text/x/x/.x/.x/;matrix/;matrix_exploded?form=&form_exploded= | x-simple:  | x-exploded:  \
         | cookie: form=; form_exploded=; cookie=; cookie_exploded="
    );
}

#[tokio::test]
async fn lists() {
    let echo = echo().await;
    let list = &["blue", "black", "brown"];
    let request = echo.table_list(list, list, list, list, list, list);
    let request = request.form(list).form_exploded(list).spaced(list).piped(list);
    let request = request.x_simple(list).x_exploded(list);
    let request = request.form_cookie(list).form_exploded_cookie(list);
    let got = request.cookie(list).cookie_exploded(list).send().await.expect("lists");
    assert_eq!(got.lists, Some(vec![list.map(str::to_owned).to_vec(); 16]));
    assert_eq!(
        wire(&got),
        "/table/list/blue,black,brown/blue,black,brown/.blue,black,brown/.blue.black.brown/;matrix=blue,black,brown/\
         ;matrix_exploded=blue;matrix_exploded=black;matrix_exploded=brown\
         ?form=blue,black,brown&form_exploded=blue&form_exploded=black&form_exploded=brown\
         &spaced=blue%20black%20brown&piped=blue%7Cblack%7Cbrown\
         \u{20}| x-simple: blue,black,brown | x-exploded: blue,black,brown\
         \u{20}| cookie: form=blue,black,brown; form_exploded=blue; form_exploded=black; form_exploded=brown; \
         cookie=blue,black,brown; cookie_exploded=blue; cookie_exploded=black; cookie_exploded=brown"
    );
}

/// Members come in the order of their names, since they have no order.
#[tokio::test]
async fn objects() {
    let echo = echo().await;
    let rgb = &color(100, 200, 150);
    let request = echo.table_color(rgb, rgb, rgb, rgb, rgb, rgb);
    let request = request.form(rgb).form_exploded(rgb).spaced(rgb).piped(rgb).deep(rgb);
    let request = request.x_simple(rgb).x_exploded(rgb).form_cookie(rgb);
    let got = request.cookie(rgb).cookie_exploded(rgb).send().await.expect("colors");
    assert_eq!(got.colors, Some(vec![rgb.clone(); 16]));
    assert_eq!(
        wire(&got),
        "/table/color/B,150,G,200,R,100/B=150,G=200,R=100/.B,150,G,200,R,100/.B=150.G=200.R=100/\
         ;matrix=B,150,G,200,R,100/;B=150;G=200;R=100?form=B,150,G,200,R,100&B=150&G=200&R=100\
         &spaced=B%20150%20G%20200%20R%20100&piped=B%7C150%7CG%7C200%7CR%7C100\
         &deep%5BB%5D=150&deep%5BG%5D=200&deep%5BR%5D=100\
         \u{20}| x-simple: B,150,G,200,R,100 | x-exploded: B=150,G=200,R=100\
         \u{20}| cookie: form=B,150,G,200,R,100; cookie=B,150,G,200,R,100; B=150; G=200; R=100"
    );
    let got = echo.table_cookies().color(rgb).send().await.expect("a color");
    assert_eq!(got.colors, Some(vec![rgb.clone()]));
    assert_eq!(wire(&got), "/table/cookies | cookie: B=150; G=200; R=100");
}

/// Texts of every kind arrive in every style, or are refused before anything is sent.
#[tokio::test]
async fn hard_texts_arrive_or_are_not_sent() {
    let echo = echo().await;
    for text in HARD {
        let list = [*text, "x", text];
        let request = echo.table_list(&list, &list, &list, &list, &list, &list);
        let got = request.form(&list).form_exploded(&list).form_cookie(&list).await;
        let got = got.unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(got.lists, Some(vec![list.map(str::to_owned).to_vec(); 9]), "{text}");
        let begun = || echo.table_list(&["a"], &["a"], &["a"], &["a"], &["a"], &["a"]);
        for request in [
            begun().spaced(&list),
            begun().piped(&list),
            begun().x_simple(&list),
            begun().cookie(&list),
            begun().cookie_exploded(&list),
        ] {
            match request.await {
                Ok(got) => assert_eq!(got.lists.expect("lists")[6], list, "{text}"),
                Err(Error::InvalidRequest(_)) => {}
                Err(error) => panic!("{text}: {error}"),
            }
        }
    }
}

#[tokio::test]
async fn values_that_would_be_read_as_others_are_not_sent() {
    let echo = echo().await;
    let begun = || echo.table_list(&["a"], &["a"], &["a"], &["a"], &["a"], &["a"]);
    for (request, reason) in [
        (
            begun().spaced(&["a b"]),
            "query parameter `spaced` holds a space inside an item",
        ),
        (
            begun().piped(&["a|b"]),
            "query parameter `piped` holds `|` inside an item",
        ),
        (begun().x_simple(&["a,b"]), "header `X-Simple` holds `,` inside an item"),
        (begun().cookie(&["a,b"]), "cookie `cookie` holds `,` inside an item"),
        (
            begun().cookie_exploded(&["a;b"]),
            "cookie `cookie_exploded` holds a character",
        ),
    ] {
        let Err(Error::InvalidRequest(error)) = request.await else {
            panic!("{reason}: sent");
        };
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[tokio::test]
async fn contents() {
    let echo = echo().await;
    let (rgb, text) = (&color(1, 2, 3), "a b/ü");
    let request = echo.content(rgb, text).color_query(rgb).text_query(text);
    let request = request.x_color(rgb).x_text(text).color_cookie(rgb).text_cookie(text);
    let got = request.send().await.expect("contents");
    assert_eq!(got.colors, Some(vec![rgb.clone(); 4]));
    assert_eq!(words(&got), [text; 4]);
    let json = "%7B%22B%22%3A3%2C%22G%22%3A2%2C%22R%22%3A1%7D";
    assert_eq!(
        wire(&got),
        format!(
            "/content/{json}/a%20b%2F%C3%BC?color={json}&text=a%20b%2F%C3%BC | cookie: color={json}; text=a%20b%2F%C3%BC"
        )
    );
}

#[tokio::test]
async fn whole_queries() {
    let echo = echo().await;
    let mut form = crate::client::types::Form::new("a&b");
    form.list = Some(vec!["x".to_owned(), "y z".to_owned()]);
    let got = echo.whole_form().form(&form).send().await.expect("a form");
    assert_eq!(
        (words(&got), got.lists.clone()),
        (vec!["a&b".to_owned()], form.list.map(|list| vec![list]))
    );
    assert_eq!(wire(&got), "/whole/form?list=x&list=y%20z&text=a%26b");
    let got = echo.whole_json().json(&color(1, 2, 3)).send().await.expect("JSON");
    assert_eq!(got.colors, Some(vec![color(1, 2, 3)]));
    assert_eq!(wire(&got), "/whole/json?%7B%22B%22%3A3%2C%22G%22%3A2%2C%22R%22%3A1%7D");
    // The example of the specification.
    let path = "$.a.b[1:1]";
    let got = echo.whole_text().path(path).send().await.expect("a path");
    assert_eq!(words(&got), [path]);
    assert_eq!(wire(&got), "/whole/text?%24.a.b%5B1%3A1%5D");
}

#[tokio::test]
async fn reserved_characters() {
    let echo = echo().await;
    let text = "a:b@c;d=e,f+g&h?i#j/k!$'()*[l]";
    let request = echo.reserved(text).list(&["a,b", "c/d"]).text(text).text_cookie(text);
    let got = request.send().await.expect("texts");
    assert_eq!(words(&got), [text; 3]);
    assert_eq!(got.lists, Some(vec![vec!["a,b".to_owned(), "c/d".to_owned()]]));
    assert_eq!(
        wire(&got),
        "/reserved/a:b@c;d=e,f%2Bg%26h%3Fi%23j%2Fk!$'()*%5Bl%5D?list=a%2Cb,c/d\
         &text=a:b@c;d=e,f%2Bg%26h?i%23j/k!$%27()*%5Bl%5D | cookie: text=a:b@c%3Bd=e,f%2Bg%26h?i%23j/k!$'()*%5Bl%5D"
    );
    for dots in ["..", "%2e%2E", "."] {
        let sent = echo.reserved(dots).await;
        assert!(matches!(sent, Err(Error::InvalidRequest(_))), "{dots}: {sent:?}");
    }
}
