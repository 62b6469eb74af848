//! `specsmith ir`.

use crate::folder::Folder;

#[test]
fn programs_read_what_a_document_means() {
    let run = Folder::new().run("ir openapi.yaml");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["format"], 1);
    assert_eq!(json["files"][0], "openapi.yaml");
    let operation = &json["api"]["operations"][0];
    assert_eq!(operation["method"], "GET");
    assert_eq!(operation["path"]["text"], "/greetings/{name}");
    assert_eq!(operation["responses"][0]["status"], "200");
    let body = &operation["responses"][0]["content"][0];
    assert_eq!(body["media_type"], "application/json");
    let ty = &json["api"]["types"][body["ty"].as_u64().expect("an id") as usize];
    assert_eq!(ty["id"], body["ty"]);
    assert_eq!(ty["origin"]["component"], "Greeting");
    assert_eq!(ty["shape"]["object"]["fields"][0]["presence"], "required");
}

#[test]
fn people_read_a_fact_on_each_line() {
    let run = Folder::new().run("ir openapi.yaml --format text");
    assert!(run.out.starts_with("api \"Greetings\" \"1\"\n"), "{run:?}");
}
