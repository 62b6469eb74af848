//! Where values stand after an overlay: what came from it in the overlay, all else where it was.

use super::{outcome, overlay};
use crate::Node;

#[test]
fn each_value_keeps_its_file() {
    let actions = "
  - target: $
    update:
      info: {title: New, x-added: {y: [1]}}
      tags: [{name: b}]
  - target: $.copy
    copy: $.info
";
    let document = "info:\n  title: Old\n  version: '1'\ntags:\n  - name: a\ncopy: {}\n";
    let outcome = outcome(document, &[&overlay("1.1.0", actions)]);
    let document = outcome.document.as_ref().unwrap();
    let name = |node: Node<'_>| outcome.sources.file(node.location().file).unwrap().name().to_owned();
    let at = |path: &[&str]| name(path.iter().fold(document.root(), |node, name| step(node, name)));
    for (path, file) in [
        (&["info"][..], "openapi.yaml"),
        (&["info", "title"], "overlay.yaml"),
        (&["info", "version"], "openapi.yaml"),
        (&["info", "x-added"], "overlay.yaml"),
        (&["info", "x-added", "y", "0"], "overlay.yaml"),
        (&["tags"], "openapi.yaml"),
        (&["tags", "0", "name"], "openapi.yaml"),
        (&["tags", "1", "name"], "overlay.yaml"),
        (&["copy"], "openapi.yaml"),
        (&["copy", "title"], "overlay.yaml"),
        (&["copy", "version"], "openapi.yaml"),
    ] {
        assert_eq!(at(path), file, "{path:?}");
    }
    let (key, _) = document.root().get("info").unwrap().entry("x-added").unwrap();
    let place = outcome.sources.line_column(key.location).unwrap();
    assert_eq!((place.line, place.column), (7, 26));
    assert_eq!(outcome.sources.file(key.location.file).unwrap().name(), "overlay.yaml");
}

fn step<'d>(node: Node<'d>, name: &str) -> Node<'d> {
    let member = node.get(name);
    member.unwrap_or_else(|| node.items().nth(name.parse().unwrap()).unwrap())
}
