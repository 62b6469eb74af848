//! `specsmith list`.

use crate::folder::Folder;

#[test]
fn people_read_a_table() {
    let run = Folder::new().run("list openapi.yaml");
    let expected = "\
operation              client                        server
GET /greetings/{name}  client.greetings().get(name)  Greetings::get_greeting

schema     type                    used in
Greeting   struct types::Greeting  responses
";
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, expected, ""));
}

#[test]
fn programs_read_types_and_pointers() {
    let run = Folder::new().run("list openapi.yaml --format json");
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let operation = &json["operations"][0];
    assert_eq!(operation["pointer"], "/paths/~1greetings~1{name}/get");
    assert_eq!(operation["client"]["call"], "client.greetings().get(name)");
    assert_eq!(operation["client"]["arguments"][0]["type"], "String");
    assert_eq!(operation["server"]["function"], "get_greeting");
    assert_eq!(operation["responses"][0]["type"], "Greeting");
    let schema = &json["schemas"][0];
    assert_eq!(schema["rust"], "types::Greeting");
    assert_eq!(
        (&schema["inRequests"], &schema["inResponses"]),
        (&false.into(), &true.into())
    );
    assert_eq!(schema["location"]["line"], 16);
}

#[test]
fn filters_and_only_leave_out() {
    let folder = Folder::new();
    let run = folder.run("list openapi.yaml --only schemas");
    assert!(run.code == 0 && run.out.starts_with("schema"), "{run:?}");
    let run = folder.run("list openapi.yaml --only operations --include tag:greeting");
    assert!(
        run.code != 0 && run.err.contains("did you mean `tag:greetings`?"),
        "{run:?}"
    );
}
