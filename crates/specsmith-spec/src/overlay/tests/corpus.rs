//! Overlays on published documents, where `SPECSMITH_CORPUS` says where they are.

use std::{env, path::PathBuf, time::Instant};

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::overlay;
use crate::{Document, Options, Source, load};

/// Applies actions to a published document; `None` where there are none at hand.
fn applied(name: &str, actions: &str) -> Option<(Document, Vec<String>)> {
    let Some(folder) = env::var_os("SPECSMITH_CORPUS").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: SPECSMITH_CORPUS is not set");
        return None;
    };
    let options = Options {
        overlays: vec![Source::from_text("overlay.yaml", overlay("1.1.0", actions))],
        ..Options::default()
    };
    let source = Source::from_file(&PathBuf::from(folder).join(name)).unwrap();
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
