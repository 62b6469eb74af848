//! `specsmith mock`: started on a free port, called by a plain client, and stopped.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStderr, Command, Stdio},
};

/// A mock that is killed when it is dropped.
struct Mock {
    child: Child,
    errors: BufReader<ChildStderr>,
    address: String,
    /// What stands before the targets of calls.
    base: String,
    first_line: String,
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, as text.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Mock {
    fn start(document: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_specsmith"))
            .arg("mock")
            .arg(document)
            .args(["--address", "127.0.0.1:0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command");
        let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut first_line = String::new();
        errors.read_line(&mut first_line).expect("a line");
        let url = first_line.split("http://").nth(1).unwrap_or_default().trim();
        let (address, base) = url.split_at(url.find('/').unwrap_or(url.len()));
        let (address, base) = (address.to_owned(), base.to_owned());
        Self {
            child,
            errors,
            address,
            base,
            first_line,
        }
    }

    fn bookstore(arguments: &[&str]) -> Self {
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bookstore/openapi.yaml");
        Self::start(&document, arguments)
    }

    fn call(&self, method: &str, target: &str, headers: &[&str], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let base = &self.base;
        let mut text = format!("{method} {base}{target} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n");
        for header in headers {
            text.push_str(&format!("{header}\r\n"));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(text.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Answer {
            status: status.expect("a status"),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get(&self, target: &str, headers: &[&str]) -> Answer {
        self.call("GET", target, headers, "")
    }
}

const JSON: &str = "Content-Type: application/json";
const ISBN: &str = "/books/978-0-13-468599-1";

#[test]
fn every_operation_of_the_bookstore_is_answered() {
    let mut mock = Mock::bookstore(&["--no-auth"]);
    assert!(mock.first_line.contains("14 operations"), "{}", mock.first_line);
    let book = r#"{"isbn":"978-0-13-468599-1","title":"A","genre":"crime","authors":["6f1c2b0e-3c57-4c3b-9c55-0a1b2c3d4e5f"],"price":{"amount":1,"currency":"EUR"}}"#;
    let order = r#"{"lines":[{"isbn":"978-0-13-468599-1","quantity":2}],"payment":{"method":"transfer","iban":"DE1"}}"#;
    let id = "6f1c2b0e-3c57-4c3b-9c55-0a1b2c3d4e5f";
    let calls = [
        ("GET", "/books".to_owned(), "", "", 200),
        ("POST", "/books".to_owned(), JSON, book, 201),
        ("GET", ISBN.to_owned(), "", "", 200),
        (
            "PATCH",
            ISBN.to_owned(),
            "Content-Type: application/merge-patch+json",
            r#"{"subtitle":null}"#,
            200,
        ),
        ("DELETE", ISBN.to_owned(), "", "", 204),
        ("GET", format!("{ISBN}/cover"), "", "", 200),
        (
            "PUT",
            format!("{ISBN}/cover"),
            "Content-Type: application/octet-stream",
            "bytes",
            204,
        ),
        ("GET", format!("{ISBN}/reviews"), "", "", 200),
        ("POST", format!("{ISBN}/reviews"), JSON, r#"{"stars":5}"#, 201),
        ("GET", "/authors".to_owned(), "", "", 200),
        ("GET", format!("/authors/{id}"), "", "", 200),
        ("POST", "/orders".to_owned(), JSON, order, 201),
        ("GET", "/orders/1042".to_owned(), "", "", 200),
        (
            "POST",
            "/orders/1042:cancel".to_owned(),
            JSON,
            r#"{"reason":"late"}"#,
            200,
        ),
    ];
    for (method, target, header, body, status) in calls {
        let headers: Vec<&str> = Some(header).filter(|header| !header.is_empty()).into_iter().collect();
        let answer = mock.call(method, &target, &headers, body);
        assert_eq!(answer.status, status, "{method} {target}: {answer:?}");
    }
    let mut line = String::new();
    mock.errors.read_line(&mut line).expect("a line");
    assert!(line.starts_with("200 GET /v1/books listBooks "), "{line}");
}

#[test]
fn the_contract_is_enforced() {
    let mock = Mock::bookstore(&[]);
    let answer = mock.get("/books?limit=1000&sort=color&author=1", &[]);
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!(answer.head.contains("application/problem+json"), "{answer:?}");
    for part in [
        r#"{"parameter":"author","in":"query","pointer":"/0","code":"type","detail":"must be a UUID"}"#,
        r#"{"parameter":"sort","in":"query","code":"value","detail":"is not an allowed value"}"#,
        r#"{"parameter":"limit","in":"query","code":"maximum","detail":"must be a number of at most 100"}"#,
    ] {
        assert!(answer.body.contains(part), "{part} in {answer:?}");
    }
    let answer = mock.call("POST", "/books", &[JSON], "{}");
    assert_eq!(answer.status, 401, "{answer:?}");
    assert!(answer.head.contains("www-authenticate: apikey "), "{answer:?}");
    let key = "X-Staff-Key: any";
    let answer = mock.call("POST", "/books", &[JSON, key], r#"{"title":"","title":"b"}"#);
    assert_eq!(answer.status, 400, "{answer:?}");
    assert!(
        answer.body.contains(r#"{"pointer":"/title","code":"duplicate""#),
        "{answer:?}"
    );
    let answer = mock.call("POST", "/books", &["Content-Type: text/plain", key], "a");
    assert_eq!(answer.status, 415, "{answer:?}");
    assert_eq!(mock.get("/books", &["Accept: image/gif"]).status, 406);
    assert_eq!(mock.get("/nothing", &[]).status, 404);
    let answer = mock.call("PUT", "/books", &[], "");
    assert_eq!(answer.status, 405, "{answer:?}");
    assert!(answer.head.contains("allow: get, head, options, post"), "{answer:?}");
}

#[test]
fn callers_choose_by_prefer() {
    let mock = Mock::bookstore(&["--seed", "7", "--cors"]);
    assert_eq!(mock.get(ISBN, &["Prefer: code=404"]).status, 404);
    let headers = [
        "Content-Type: application/octet-stream",
        "X-Staff-Key: any",
        "Prefer: code=418",
    ];
    let answer = mock.call("PUT", &format!("{ISBN}/cover"), &headers, "bytes");
    assert_eq!(answer.status, 400, "{answer:?}");
    assert!(answer.body.contains("it has 204, 404"), "{answer:?}");
    let [first, again] = [(); 2].map(|()| mock.get(ISBN, &["Prefer: dynamic=true", "Origin: http://a.example"]));
    assert_eq!(first.body, again.body);
    assert!(
        first.head.contains("access-control-allow-origin: http://a.example"),
        "{first:?}"
    );
    let other = Mock::bookstore(&["--seed", "8"]).get(ISBN, &["Prefer: dynamic=true"]);
    assert_ne!(first.body, other.body);
}

#[test]
fn everything_is_below_the_base_path() {
    let mut mock = Mock::bookstore(&[]);
    assert_eq!(mock.base, "/v1");
    mock.base.clear();
    assert_eq!(mock.get("/v1/books", &[]).status, 200);
    assert_eq!(mock.get("/books", &[]).status, 404);
    let mut mock = Mock::bookstore(&["--base-path", "/shop/"]);
    assert_eq!(mock.base, "/shop");
    mock.base.clear();
    assert_eq!(mock.get("/shop/books", &[]).status, 200);
    let mock = Mock::bookstore(&["--base-path", ""]);
    assert_eq!(mock.base, "");
    assert_eq!(mock.get("/books", &[]).status, 200);
}

#[test]
fn a_part_of_a_document_is_mocked() {
    let mock = Mock::bookstore(&["--include", "tag:books", "--exclude", "DELETE /**"]);
    assert!(mock.first_line.contains("6 operations"), "{}", mock.first_line);
    assert_eq!(mock.get(ISBN, &[]).status, 200);
    assert_eq!(mock.get("/authors", &[]).status, 404);
    let answer = mock.call("DELETE", ISBN, &[], "");
    assert_eq!(answer.status, 405, "{answer:?}");
}

#[test]
fn the_configuration_of_servers_is_that_of_mocks() {
    let dir = tempfile::tempdir().expect("a folder");
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bookstore/openapi.yaml");
    let config = format!(
        "document = {:?}\n[server]\ndir = \"server\"\nbase-path = \"/books-api\"\nbody-limit = \"1KiB\"\n\
         [server.body-limits]\nputCover = 10\n\
         [server.deprecations]\nlistAuthors = {{ since = 2026-01-01, sunset = \"2027-01-01\", link = \"/moving\" }}\n",
        document.display().to_string()
    );
    let file = dir.path().join("specsmith.toml");
    std::fs::write(&file, config).expect("a file");
    let config = format!("--config={}", file.display());
    let mock = Mock::start(Path::new(&config), &["--no-auth"]);
    assert_eq!(mock.base, "/books-api");
    let octets = "Content-Type: application/octet-stream";
    let cover = |body: &str| mock.call("PUT", &format!("{ISBN}/cover"), &[octets], body).status;
    assert_eq!((cover("0123456789"), cover("0123456789a")), (204, 413));
    let order = format!("{{\"lines\":[],\"note\":\"{}\"}}", "a".repeat(1024));
    assert_eq!(mock.call("POST", "/orders", &[JSON], &order).status, 413);
    let answer = mock.get("/authors", &[]);
    for header in [
        "deprecation: @1767225600",
        "sunset: fri, 01 jan 2027 00:00:00 gmt",
        "link: </moving>; rel=\"deprecation\"",
    ] {
        assert!(answer.head.contains(header), "{header}: {answer:?}");
    }
    assert!(!mock.get("/books", &[]).head.contains("deprecation"));
}

#[test]
fn a_port_that_is_taken_is_told() {
    let mock = Mock::bookstore(&[]);
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bookstore/openapi.yaml");
    let output = Command::new(env!("CARGO_BIN_EXE_specsmith"))
        .arg("mock")
        .arg(document)
        .args(["--address", &mock.address])
        .output()
        .expect("the command");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(
        errors.contains("is taken") && errors.contains("`--address`"),
        "{errors}"
    );
}
