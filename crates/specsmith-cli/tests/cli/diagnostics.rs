//! Levels, formats, limits and summaries.

use crate::folder::{DOCUMENT, Folder, Run};

/// A document with a broken reference (a warning) and a header that is ignored (a note).
fn broken() -> Folder {
    let folder = Folder::new();
    let text = DOCUMENT.replace("schemas/Greeting'", "schemas/Greting'").replace(
        "} }]\n",
        "} }, { name: Accept, in: header, schema: { type: string } }]\n",
    );
    folder.put("openapi.yaml", &text);
    folder
}

fn lint(folder: &Folder, arguments: &str) -> Run {
    folder.run(&format!("lint openapi.yaml {arguments}"))
}

#[test]
fn levels_apply_in_their_order() {
    let folder = broken();
    for (arguments, code, summary) in [
        ("", 0, "1 warning, 1 note"),
        ("--strict", 1, "1 error, 1 note"),
        ("--deny broken-ref", 1, "1 error, 1 note"),
        ("--deny warnings", 1, "1 error, 1 note"),
        ("--deny all", 1, "2 errors"),
        ("--deny all --allow broken-ref", 1, "1 error, 1 allowed"),
        ("--allow broken-ref --deny all", 1, "2 errors"),
        ("--allow broken-ref,notes", 0, "no problems, 2 allowed"),
        ("--warn ignored-header --allow broken-ref", 0, "1 warning, 1 allowed"),
        ("--warn notes --strict", 1, "2 errors"),
        ("--allow warnings --strict", 0, "1 note, 1 allowed"),
    ] {
        let run = lint(&folder, arguments);
        assert_eq!(run.code, code, "{arguments}: {run:?}");
        let last = run.err.lines().last().unwrap_or_default();
        assert_eq!(last, format!("specsmith: {summary} in openapi.yaml"), "{arguments}");
    }
}

#[test]
fn levels_decide_what_is_generated() {
    let folder = broken();
    let run = folder.run("generate openapi.yaml --client sdk --strict");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.err.contains("error[broken-ref]") && run.err.contains("note[ignored-header]"),
        "{run:?}"
    );
    assert!(!folder.path("sdk").exists());
    let run = folder.run("check openapi.yaml --client sdk --deny broken-ref");
    assert_eq!(run.code, 1, "{run:?}");
    folder.put(
        "openapi.yaml",
        &DOCUMENT.replace("components:", "components:\ncomponents:"),
    );
    let run = folder.run("generate openapi.yaml --client sdk");
    assert_eq!(run.code, 1, "{run:?}");
    let run = folder.run("generate openapi.yaml --client sdk --warn duplicate-key");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("warning[duplicate-key]"), "{run:?}");
}

#[test]
fn levels_that_make_no_sense_are_wrong_usage() {
    let folder = broken();
    for (arguments, told) in [
        ("--deny broken-reff", "did you mean `broken-ref`?"),
        ("--allow wrong-type,", "there is no code ``"),
        ("--allow syntax-error", "`syntax-error` is always an error"),
        ("--warn unreadable-file", "`unreadable-file` is always an error"),
    ] {
        let run = lint(&folder, arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(told), "{run:?}");
    }
}

#[test]
fn messages_for_programs_are_alone_on_standard_output() {
    let folder = broken();
    let json = lint(&folder, "--message-format json");
    assert_eq!((json.code, json.err.as_str()), (0, ""), "{json:?}");
    let lines: Vec<&str> = json.out.lines().collect();
    assert_eq!(lines.len(), 3, "{json:?}");
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with("{\"type\":\"") && line.ends_with('}'))
    );
    assert!(
        lines[2].starts_with("{\"type\":\"summary\",\"document\":\"openapi.yaml\""),
        "{json:?}"
    );
    let github = lint(&folder, "--message-format github");
    assert!(
        github.out.contains("::warning file=openapi.yaml,line=13,"),
        "{github:?}"
    );
    assert!(github.out.contains("::notice file=openapi.yaml,line=9,"), "{github:?}");
    let sarif = lint(&folder, "--message-format sarif");
    assert!(sarif.out.contains("\"version\": \"2.1.0\""), "{sarif:?}");
    let run = folder.run("generate openapi.yaml --client sdk --message-format json");
    assert!(run.out.lines().all(|line| line.starts_with('{')), "{run:?}");
    assert!(run.err.starts_with("client sdk ("), "{run:?}");
}

#[test]
fn drift_is_told_to_programs_too() {
    let folder = Folder::new();
    assert_eq!(folder.run("generate openapi.yaml --client sdk").code, 0);
    folder.put("sdk/README.md", "mine\n");
    let run = folder.run("check openapi.yaml --client sdk --message-format json");
    assert_eq!(run.code, 1, "{run:?}");
    let first = concat!(
        r#"{"type":"file","target":"client","file":"sdk/README.md","state":"edited","reasons":["edited"],"#,
        r#""message":"was changed by hand"}"#
    );
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(
        lines.len() == 3 && lines[0] == first && lines[1].contains("\"summary\"") && lines[2].contains("\"repair\""),
        "{run:?}"
    );
    let run = folder.run("check openapi.yaml --client sdk --message-format github");
    assert_eq!(
        run.out, "::error file=sdk/README.md,title=specsmith check::was changed by hand\n",
        "{run:?}"
    );
}

#[test]
fn several_documents_are_linted_at_once() {
    let folder = broken();
    folder.put("second.yaml", DOCUMENT);
    folder.put("bad.yaml", "openapi: 3.1.0\npaths: [");
    let run = folder.run("lint openapi.yaml second.yaml");
    assert_eq!(run.code, 0, "{run:?}");
    let summaries: Vec<&str> = run.err.lines().filter(|line| line.starts_with("specsmith: ")).collect();
    assert_eq!(
        summaries,
        [
            "specsmith: 1 warning, 1 note in openapi.yaml",
            "specsmith: no problems in second.yaml"
        ]
    );
    let run = folder.run("lint bad.yaml openapi.yaml --message-format sarif");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("\"uri\": \"bad.yaml\"") && run.out.contains("\"uri\": \"openapi.yaml\""));
    assert_eq!(run.out.matches("\"tool\"").count(), 1, "one run for all");
}

#[test]
fn floods_are_cut_for_people_only() {
    let folder = Folder::new();
    let many: String = (0..30)
        .map(|number| format!("    X{number}: {{ $ref: '#/none{number}' }}\n"))
        .collect();
    folder.put("openapi.yaml", &format!("{DOCUMENT}{many}"));
    let shown = |arguments: &str| lint(&folder, arguments).err.matches("warning[broken-ref]").count();
    assert_eq!(shown(""), 20);
    assert_eq!(shown("--max-per-code 3"), 3);
    assert_eq!(shown("--max-per-code 0"), 30);
    let run = lint(&folder, "");
    let end =
        "\n... and 10 more of broken-ref\n`--max-per-code 0` shows all\n\nspecsmith: 30 warnings in openapi.yaml\n";
    assert!(run.err.ends_with(end), "{run:?}");
    let run = lint(&folder, "--message-format json");
    assert_eq!(run.out.matches("\"broken-ref\"").count(), 30);
}

#[test]
fn limits_are_set_by_name() {
    let folder = Folder::new();
    let run = lint(&folder, "--limit depth=3");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.err.starts_with("error[limit-exceeded]") && run.err.contains("--limit depth="),
        "{run:?}"
    );
    assert_eq!(lint(&folder, "--limit depth=30 --limit bytes=1_000_000").code, 0);
    for arguments in [
        "--limit depth",
        "--limit deep=3",
        "--limit depth=-1",
        "--limit depth=1000000",
    ] {
        let run = lint(&folder, arguments);
        assert_eq!(run.code, 2, "{arguments}: {run:?}");
    }
}

#[test]
fn colors_are_for_terminals() {
    let folder = Folder::new();
    folder.put("bad.yaml", "openapi: 3.1.0\npaths: [");
    let run = folder.run("lint bad.yaml");
    assert!(!run.err.contains('\u{1b}'), "{run:?}");
}
