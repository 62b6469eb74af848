//! Overlays on published documents, where `SPECSMITH_CORPUS` says where they are.

use std::{env, fs, path::PathBuf, time::Instant};

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::overlay;
use crate::overlay::{Target, apply};
use crate::{Document, Limits, Node, Options, Source, load, read, to_yaml};

/// The folder of published documents; says so where there is none.
fn folder() -> Option<PathBuf> {
    let folder = env::var_os("SPECSMITH_CORPUS").filter(|folder| !folder.is_empty());
    if folder.is_none() {
        eprintln!("skipped: SPECSMITH_CORPUS is not set");
    }
    folder.map(PathBuf::from)
}

/// Applies actions to a published document; `None` where there are none at hand.
fn applied(name: &str, actions: &str) -> Option<(Document, Vec<String>)> {
    let folder = folder()?;
    let options = Options {
        overlays: vec![Source::from_text("overlay.yaml", overlay("1.1.0", actions))],
        ..Options::default()
    };
    let source = Source::from_file(&folder.join(name)).unwrap();
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let start = Instant::now();
    let document = load(source, &options, &mut sources, &mut diagnostics).unwrap();
    eprintln!("{name}: {:?}", start.elapsed());
    let findings = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.clone())
        .collect();
    Some((document, findings))
}

#[test]
fn a_document_of_swagger_2() {
    let actions = "
  - target: $.paths[?@.get.tags[?@ == 'Container']]
    remove: true
  - target: $.definitions.*
    update: {x-seen: true}
  - target: $.info.title
    update: Engine
";
    let Some((document, findings)) = applied("docker-engine-swagger2.yaml", actions) else {
        return;
    };
    assert_eq!(findings, [""; 0]);
    let root = document.root();
    assert_eq!(root.get("info").unwrap().get("title").unwrap().as_str(), Some("Engine"));
    assert!(root.get("paths").unwrap().get("/containers/json").is_none());
    assert!(root.get("paths").unwrap().get("/images/json").is_some());
    let definitions = root.get("definitions").unwrap();
    assert!(definitions.members().all(|(_, schema)| schema.get("x-seen").is_some()));
}

#[test]
fn a_hundred_actions_on_a_large_document() {
    let actions = |index| {
        format!(
            "
  - target: $.paths['/repos/{{owner}}/{{repo}}'].get
    update: {{x-number: {index}}}
  - target: $.paths.*.get
    update: {{x-n{index}: 1}}
  - target: $.paths..parameters[?@.name == 'page']
    update: {{x-n{index}: 1}}
  - target: $.paths.*[?@['x-n{index}'] == 1]
    update: {{x-m: 1}}
"
        )
    };
    let actions: String = (0..25).map(actions).collect();
    let Some((document, findings)) = applied("github.json", &actions) else {
        return;
    };
    assert_eq!(findings, [""; 0]);
    let repo = document
        .root()
        .get("paths")
        .unwrap()
        .get("/repos/{owner}/{repo}")
        .unwrap();
    let get = repo.get("get").unwrap();
    assert_eq!(get.get("x-number").unwrap().as_number().unwrap().as_str(), "24");
    assert!(get.get("x-m").is_some());
}

#[test]
fn what_no_action_selects_stays_as_it_is() {
    let Some(folder) = folder() else { return };
    let text = overlay(
        "1.1.0",
        "  - target: $\n    update: {x-o: {}}\n  - target: $['x-o']\n    remove: true\n",
    );
    let mut documents = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path
            .extension()
            .is_some_and(|extension| extension == "json" || extension == "yaml")
        {
            continue;
        }
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        let limits = Limits::default();
        let before = read(
            Source::from_file(&path).unwrap(),
            &limits,
            &mut sources,
            &mut diagnostics,
        )
        .unwrap();
        let target = Target {
            name: "a".to_owned(),
            path: None,
        };
        let overlay = Source::from_text("overlay.yaml", text.as_str());
        let after = apply(&before, &target, overlay, &limits, &mut sources, &mut diagnostics).unwrap();
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert!(to_yaml(&before) == to_yaml(&after), "{}", path.display());
        assert_same_places(before.root(), after.root());
        documents += 1;
    }
    eprintln!("{documents} documents");
    assert!(documents > 0);
}

/// Compares the places of values, and of the names of members.
fn assert_same_places(a: Node<'_>, b: Node<'_>) {
    assert_eq!(a.location(), b.location(), "{}", a.pointer());
    a.items().zip(b.items()).for_each(|(a, b)| assert_same_places(a, b));
    for ((a_key, a), (b_key, b)) in a.members().zip(b.members()) {
        assert_eq!(a_key, b_key);
        assert_same_places(a, b);
    }
}
