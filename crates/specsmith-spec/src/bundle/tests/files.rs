//! Which files are found, and what is said of those that are not.

use super::*;

#[test]
fn files_are_found_by_encoded_names_and_through_each_other() {
    let text = api(concat!(
        "    A: {$ref: './models/my%20pet.yaml'}\n",
        "    B: {$ref: 'models/../models/%7Eall.json#/paths/~1a~0b'}\n",
        "    C: {$ref: models/tier\u{e4}rztin.yaml}\n",
    ));
    let folder = Folder::new(&[
        ("v1/api.yaml", &text),
        ("v1/models/my pet.yaml", "{properties: {owner: {$ref: owner.json}}}"),
        (
            "v1/models/owner.json",
            r#"{"properties": {"pet": {"$ref": "my%20pet.yaml#"}}}"#,
        ),
        ("v1/models/~all.json", r#"{"paths": {"/a~b": {"type": "integer"}}}"#),
        ("v1/models/tier\u{e4}rztin.yaml", "type: string"),
    ]);
    let mut loaded = folder.load();
    assert_eq!(
        loaded.files(),
        [
            "v1/api.yaml",
            "v1/models/my pet.yaml",
            "v1/models/~all.json",
            "v1/models/tier\u{e4}rztin.yaml",
            "v1/models/owner.json"
        ]
    );
    let schemas = loaded.at("/components/schemas");
    assert_eq!(
        schemas["A"]["properties"]["owner"]["$ref"],
        "#/components/schemas/owner"
    );
    assert_eq!(schemas["owner"]["properties"]["pet"]["$ref"], "#/components/schemas/A");
    assert_eq!(schemas["B"]["type"], "integer");
    assert_eq!(schemas["C"]["type"], "string");
    assert_eq!(loaded.findings(), "");
}

#[test]
fn what_cannot_be_had_is_told_where_it_is_used() {
    let outside = "(`--allow-dir DIR` allows another folder, in a build script `Config::folder`)";
    let absolute = "is an absolute path or names another machine (write the path from the file that it stands in)";
    let network = "is not a file beside this document (save it beside the document and refer to that file)";
    let cases = [
        (
            "pat.yaml",
            "broken-ref: there is no file `pat.yaml` (did you mean `pet.yaml`?)".to_owned(),
        ),
        (
            "../secret.yaml",
            format!("external-ref: `../secret.yaml` is outside of the folder of the document {outside}"),
        ),
        (
            "https://example.com/p.yaml",
            format!("external-ref: `https://example.com/p.yaml` {network}"),
        ),
        ("/etc/passwd", format!("external-ref: `/etc/passwd` {absolute}")),
        (
            "pet.yaml#/properties/nam",
            "broken-ref: `pet.yaml#/properties/nam` does not exist (did you mean `name`?)".to_owned(),
        ),
        (
            "pet.yaml#/title",
            "broken-ref: `pet.yaml#/title` is a string, not a schema".to_owned(),
        ),
        ("models", "broken-ref: `models` is a folder".to_owned()),
        (
            "models\\pet.yaml",
            "broken-ref: `models\\pet.yaml` has backslashes (write `models/pet.yaml`)".to_owned(),
        ),
        (
            "Invoice",
            "broken-ref: there is no file `Invoice` (a schema of the document is `#/components/schemas/Invoice`)"
                .to_owned(),
        ),
        (
            "file:///etc/passwd",
            format!("external-ref: `file:///etc/passwd` {absolute}"),
        ),
        ("data:,{}", format!("external-ref: `data:,{{}}` {network}")),
        (
            "pet.yaml#name",
            "broken-ref: no schema of that file has the anchor of `pet.yaml#name`".to_owned(),
        ),
        (
            "pet.yaml#/~2",
            "broken-ref: `pet.yaml#/~2` is not a JSON pointer (`~` must be written `~0`, and `/` in a name `~1`)"
                .to_owned(),
        ),
        (
            "a%zz.yaml",
            "broken-ref: the percent-encoding of `a%zz.yaml` is wrong (a percent sign as such is `%25`)".to_owned(),
        ),
        ("a%2Fb.yaml", "broken-ref: `a%2Fb.yaml` is no name of a file".to_owned()),
    ];
    for (reference, expected) in cases {
        let text = api(&format!("    A: {{$ref: '{reference}'}}\n"));
        let folder = Folder::new(&[
            ("v1/api.yaml", &text),
            ("v1/pet.yaml", "{title: Pet, properties: {name: {type: string}}}"),
            ("v1/models/pet.yaml", "{}"),
            ("secret.yaml", "{title: secret}"),
        ]);
        let mut loaded = folder.load();
        assert!(loaded.files().len() <= 2, "{:?}", loaded.files());
        assert!(!loaded.files().contains(&"secret.yaml"));
        assert_eq!(loaded.findings(), format!("v1/api.yaml:5:15: {expected}\n"));
    }
}

#[test]
fn broken_references_of_other_files_stay_theirs() {
    let text = api("    A: {$ref: models/a.yaml}\n    B: {type: string}\n");
    let inner = "properties:\n  b: {$ref: '#/components/schemas/B'}\n  c: {$ref: ../../x.yaml}\n  d: {$ref: b.yaml}\n";
    let folder = Folder::new(&[("v1/api.yaml", &text), ("v1/models/a.yaml", inner)]);
    let mut loaded = folder.load();
    let properties = loaded.at("/components/schemas/A/properties");
    assert_eq!(properties["b"]["$ref"], "models/a.yaml#/components/schemas/B");
    assert_eq!(properties["c"]["$ref"], "../x.yaml");
    assert_eq!(properties["d"]["$ref"], "models/b.yaml");
    let findings = loaded.findings();
    let lines: Vec<&str> = findings.lines().collect();
    assert_eq!(lines.len(), 3, "{findings}");
    assert_eq!(
        lines[0],
        "v1/models/a.yaml:2:13: broken-ref: `#/components/schemas/B` does not exist"
    );
    assert!(
        lines[1].starts_with("v1/models/a.yaml:3:13: external-ref: `../../x.yaml` is outside"),
        "{findings}"
    );
    assert_eq!(
        lines[2],
        "v1/models/a.yaml:4:13: broken-ref: there is no file `b.yaml` (did you mean `a.yaml`?)"
    );
}

#[test]
fn allowed_folders_are_read_and_texts_start_in_the_first() {
    let text = api("    A: {$ref: ../shared/a.yaml}\n");
    let folder = Folder::new(&[
        ("v1/api.yaml", &text),
        ("shared/a.yaml", "{$ref: b.json}"),
        ("shared/b.json", "{}"),
    ]);
    let options = Options {
        folders: vec![folder.path().join("shared")],
        ..Options::default()
    };
    let mut loaded = folder.load_with(&options);
    assert_eq!(loaded.findings(), "");
    assert_eq!(loaded.files().len(), 3);

    let source = || Source::from_text("<stdin>", api("    A: {$ref: a.yaml}\n"));
    let mut loaded = load_source(source(), &options);
    assert_eq!(loaded.findings(), "");
    let mut loaded = load_source(source(), &Options::default());
    assert_eq!(
        loaded.findings(),
        "<stdin>:5:15: external-ref: `a.yaml` is in another file, and this document comes from no folder (name the \
         document by its path, or say where the files are with `--allow-dir DIR`)\n"
    );
    let options = Options {
        folders: vec!["/nowhere/at/all".into()],
        ..Options::default()
    };
    let mut loaded = load_source(source(), &options);
    assert_eq!(
        loaded.findings(),
        "unreadable-file: `/nowhere/at/all` is not a folder that can be read\n"
    );
}

#[test]
fn a_file_that_is_neither_json_nor_yaml_is_an_error_in_it() {
    let text = api("    A: {$ref: a.yaml}\n    B: {$ref: a.yaml}\n    C: {$ref: b.yaml}\n");
    let folder = Folder::new(&[("api.yaml", &text), ("a.yaml", "a: [\n")]);
    fs::write(folder.path().join("b.yaml"), [0x1F, 0x8B, 8]).unwrap();
    let loaded = folder.load();
    assert!(loaded.diagnostics.has_errors());
    let errors: Vec<String> = loaded.diagnostics.iter().map(|error| error.message.clone()).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert_eq!(errors[1], "`b.yaml` is compressed with gzip");
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_links_that_lead_out_are_not_opened() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let text = api("    A: {$ref: pipe.yaml}\n    B: {$ref: link.yaml}\n    C: {$ref: zero.yaml}\n");
    let folder = Folder::new(&[("v1/api.yaml", &text), ("secret.yaml", "{}")]);
    let v1 = folder.path().join("v1");
    let _listener = UnixListener::bind(v1.join("pipe.yaml")).unwrap();
    symlink("../secret.yaml", v1.join("link.yaml")).unwrap();
    symlink("/dev/zero", v1.join("zero.yaml")).unwrap();
    let mut loaded = folder.load();
    assert_eq!(loaded.files(), ["v1/api.yaml"]);
    let findings = loaded.findings();
    assert_eq!(findings.lines().count(), 3, "{findings}");
    assert!(findings.contains("`pipe.yaml` is not a regular file"), "{findings}");
    assert!(findings.contains("`link.yaml` is outside of the folder"), "{findings}");
    assert!(findings.contains("`zero.yaml` is outside of the folder"), "{findings}");
}
