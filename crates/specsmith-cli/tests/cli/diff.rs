//! `specsmith diff`.

use std::process::Command;

use crate::folder::{DOCUMENT, Folder};

/// The document with a required parameter more, and another description.
fn newer() -> String {
    DOCUMENT
        .replace(
            "parameters: [",
            "parameters: [{ name: times, in: query, required: true, schema: { type: integer } }, ",
        )
        .replace("description: Hello.", "description: Good day.")
}

fn compared(arguments: &str) -> crate::folder::Run {
    let folder = Folder::new();
    folder.put("new.yaml", &newer());
    folder.run(&format!("diff {arguments}"))
}

#[test]
fn people_read_what_breaks_whom_and_where() {
    let run = compared("openapi.yaml new.yaml");
    let expected = "\
breaks clients and servers
  `GET /greetings/{name}`, query parameter `times`: added, required
    --> new.yaml:9:20

docs
  1 change of what people read; `--prose` lists them

generated client
  major  api::Greetings::get: `(String, i64) -> Request<GetGreeting>`, before `(String) -> Request<GetGreeting>`

2 changes: 1 break clients, 1 break servers; the generated client needs a major version
";
    assert_eq!(run.out, expected, "{run:?}");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let run = compared("openapi.yaml new.yaml --prose");
    assert!(
        run.out
            .contains("description: `Good day.`, before `Hello.`\n    --> new.yaml:11:9\n"),
        "{run:?}"
    );
}

#[test]
fn what_breaks_makes_it_fail_where_that_is_asked_for() {
    for (fail_on, forth, back) in [
        ("breaking", 1, 1),
        ("clients", 1, 1),
        ("servers", 1, 0),
        ("major", 1, 1),
        ("minor", 1, 1),
        ("any", 1, 1),
    ] {
        assert_eq!(
            compared(&format!("openapi.yaml new.yaml --fail-on {fail_on}")).code,
            forth,
            "{fail_on}"
        );
        assert_eq!(
            compared(&format!("new.yaml openapi.yaml --fail-on {fail_on}")).code,
            back,
            "{fail_on}"
        );
    }
    let same = compared("openapi.yaml openapi.yaml --fail-on any");
    assert_eq!(
        (same.code, same.out.as_str()),
        (0, "nothing is different\n"),
        "{same:?}"
    );
}

#[test]
fn programs_read_json() {
    let run = compared("openapi.yaml new.yaml --format json");
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["semver"], "major");
    assert_eq!(json["clients"], "breaking");
    let change = &json["changes"][0];
    assert_eq!(change["kind"], "parameter-added-required");
    assert_eq!(change["location"]["file"], "new.yaml");
    assert_eq!(change["location"]["start"]["line"], 9);
    assert_eq!(json["rust"][0]["bump"], "major");
}

#[test]
fn markdown_and_annotations_say_the_same() {
    let markdown = compared("openapi.yaml new.yaml --format markdown").out;
    assert!(
        markdown
            .contains("| `GET /greetings/{name}`, query parameter `times` | added, required | breaking | breaking |"),
        "{markdown}"
    );
    let annotations = compared("openapi.yaml new.yaml --format github").out;
    assert!(
        annotations.starts_with("::error file=new.yaml,line=9,col=20,title=breaks clients and servers::"),
        "{annotations}"
    );
}

#[test]
fn an_older_document_can_be_of_a_revision() {
    let folder = Folder::new();
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(arguments)
            .current_dir(folder.path(""))
            .output();
        assert!(status.is_ok_and(|output| output.status.success()), "{arguments:?}");
    };
    let whole = DOCUMENT.replace("$ref: '#/components/schemas/Greeting'", "$ref: 'parts/greeting.yaml'");
    folder.put("api/openapi.yaml", &whole);
    folder.put(
        "api/parts/greeting.yaml",
        "{ type: object, properties: { text: { type: string } } }",
    );
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The first."]);
    folder.put(
        "api/parts/greeting.yaml",
        "{ type: object, properties: { text: { type: integer } } }",
    );
    let run = folder.run("diff main:api/openapi.yaml api/openapi.yaml");
    assert!(
        run.code == 0 && run.out.contains("    --> api/parts/greeting.yaml:1:") && run.out.contains("type: `integer`"),
        "{run:?}"
    );
    let gone = folder.run("diff main:api/other.yaml api/openapi.yaml");
    assert_eq!(
        gone.err, "error: revision `main` has no file `api/other.yaml`\n",
        "{gone:?}"
    );
    let unknown = folder.run("diff nowhere:api/openapi.yaml api/openapi.yaml");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("git knows no revision `nowhere`"), "{unknown:?}");
    assert!(folder.run("diff HEAD:./api/openapi.yaml api/openapi.yaml").code == 0);
    folder.put("api/openapi.yaml", DOCUMENT);
    let removed = folder.run("diff HEAD:api/openapi.yaml api/openapi.yaml --format json");
    assert!(removed.code == 0 && !removed.out.contains("/tmp/"), "{removed:?}");
}
