//! What is said about actions whose target selects nothing.

use super::told;

const DOCUMENT: &str = "\
paths:
  /pets:
    $ref: '#/components/pathItems/Pets~1It''s'
  /files:
    $ref: files.yaml
  /owners:
    get:
      parameters:
        - name: limit
      responses: {}
info:
  title: Pets
";

/// The finding about a target that selects nothing.
#[track_caller]
fn no_match(target: &str) -> String {
    let (findings, yaml) = told(
        DOCUMENT,
        &format!("  - target: {target}\n    update: 1\n  - target: $.info\n    update: {{x-b: 1}}\n"),
    );
    assert!(yaml.ends_with("x-b: 1\n"), "the other actions are applied: {yaml}");
    match findings.as_slice() {
        [finding] => finding
            .strip_prefix("Error overlay-no-match overlay.yaml:4:")
            .unwrap_or(finding)
            .to_owned(),
        findings => panic!("{findings:?}"),
    }
}

#[test]
fn the_segment_that_leads_nowhere_is_marked() {
    for (target, expected) in [
        (
            "$.paths['/owner'].get",
            "20 `['/owner']` `$.paths['/owner'].get` selects nothing (did you mean `/owners`?)",
        ),
        (
            "$.pathz",
            "14 `.pathz` `$.pathz` selects nothing (did you mean `paths`?)",
        ),
        (
            "'$.components.schemas'",
            "15 `.components` `$.components.schemas` selects nothing (the names here are `paths`, `info`)",
        ),
        (
            "$.paths['/pets'].get",
            "29 `.get` `$.paths['/pets'].get` selects nothing (the way leads through a `$ref`; select what it points to, \
             `$.components.pathItems['Pets/It\\'s']`)",
        ),
        (
            "$.paths['/files'].get",
            "30 `.get` `$.paths['/files'].get` selects nothing (the way leads through a `$ref` to another file, `files.yaml`)",
        ),
        (
            "$.paths.*.get.parameters.name",
            "37 `.name` `$.paths.*.get.parameters.name` selects nothing (items of an array are selected by `[0]`, `[*]` or a \
             filter such as `[?@.name == 'x']`)",
        ),
        (
            "$.paths.*.get.parameters[3]",
            "37 `[3]` `$.paths.*.get.parameters[3]` selects nothing (the array has 1 item)",
        ),
        (
            "$.paths[?@['x-internal'] == true]",
            "20 `[?@['x-internal'] == true]` `$.paths[?@['x-internal'] == true]` selects nothing (none of the 3 values in \
             `$.paths` fits the filter)",
        ),
        (
            "$.paths.*.get.responses[?@.description]",
            "36 `[?@.description]` `$.paths.*.get.responses[?@.description]` selects nothing (`$.paths.*.get.responses` is empty)",
        ),
        (
            "$.info..url",
            "19 `..url` `$.info..url` selects nothing (nothing of this name stands anywhere in `$.info`)",
        ),
        ("$.info.title.text", "25 `.text` `$.info.title.text` selects nothing"),
    ] {
        assert_eq!(no_match(target), expected);
    }
}

#[test]
fn what_is_copied_has_to_be_there() {
    let (findings, _) = told(DOCUMENT, "  - target: $.paths\n    copy: $.components.pathItems\n");
    assert_eq!(
        findings,
        [
            "Error overlay-no-match overlay.yaml:5:12 `.components` `$.components.pathItems` selects nothing (the names here are \
          `paths`, `info`)"
        ]
    );
}
