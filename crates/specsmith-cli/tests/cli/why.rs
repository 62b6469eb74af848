//! `specsmith why`.

use crate::folder::{DOCUMENT, Folder};

fn why(name: &str) -> crate::folder::Run {
    let folder = Folder::new();
    folder.put(
        "openapi.yaml",
        &DOCUMENT.replace(
            "properties: { text: { type: string } }",
            "properties: { text: { type: string }, tone: { type: string, enum: [kind, rude] }, answers: { type: array, items: { $ref: '#/components/schemas/Answer' } } } }\n    Answer: { type: object, properties: { to: { type: string } } }\n    Unused: { type: object, properties: { a: { type: string } }",
        ),
    );
    folder.run(&format!("why {name} openapi.yaml"))
}

#[test]
fn a_schema_is_kept_alive_by_operations() {
    let run = why("Answer");
    let expected = "\
the struct `types::Answer`
  at openapi.yaml:17:13
  named by the name of the schema, `Answer`
  used by
    `GET /greetings/{name}`
      response `200`, `application/json`: `Greeting`
        `answers[]`: `Answer`
  1 operation in all: `GET /greetings/{name}`
";
    assert_eq!((run.code, run.out.as_str()), (0, expected), "{run:?}");
}

#[test]
fn unnamed_types_are_named_by_their_places() {
    let run = why("GreetingTone");
    assert!(run.out.contains("  named by its place, `Greeting.tone`\n"), "{run:?}");
    let run = why("Unused");
    assert!(run.out.contains("  no operation uses it;"), "{run:?}");
}

#[test]
fn operations_are_known_by_many_names() {
    for name in ["getGreeting", "get_greeting", "Greetings::get"] {
        let run = why(name);
        let expected = "\
the operation `GET /greetings/{name}`: `client.greetings().get`, and `Greetings::get_greeting` of the server
  at openapi.yaml:6:5
  named by its operationId, `getGreeting`; its group has that of the tag `greetings`
";
        assert_eq!((run.code, run.out.as_str()), (0, expected), "{name}: {run:?}");
    }
}

#[test]
fn unknown_names_are_guessed() {
    let run = why("Greting");
    assert_eq!(run.code, 1);
    assert_eq!(
        run.err,
        "error: no schema, type or operation is called `Greting`; did you mean `Greeting`?\n"
    );
}
