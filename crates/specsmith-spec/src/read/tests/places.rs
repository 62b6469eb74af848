//! The places of keys and values, counted by hand.

use super::outcome;
use crate::Node;

/// Lists `pointer key value`, where key and value are `line:column-line:column`, the second place behind the end.
fn places(text: &str) -> Vec<String> {
    let outcome = outcome(text);
    let document = outcome.document.as_ref().unwrap();
    let range = |location: specsmith_diagnostics::Location| {
        let file = outcome.sources.file(location.file).unwrap();
        let (start, end) = (file.line_column(location.start), file.line_column(location.end));
        format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
    };
    let mut list = Vec::new();
    let mut pending: Vec<(Option<String>, Node<'_>)> = vec![(None, document.root())];
    while let Some((key, node)) = pending.pop() {
        let key = key.unwrap_or_else(|| "-".to_owned());
        list.push(format!("{} {key} {}", node.pointer(), range(node.location())));
        pending.extend(node.items().rev().map(|item| (None, item)));
        pending.extend(
            node.members()
                .rev()
                .map(|(key, member)| (Some(range(key.location)), member)),
        );
    }
    list
}

#[test]
fn json() {
    let text = "{\n  \"ä\": \"é\\n\",\r\n\t\"b\": [1, true,\n null ]\n}\n";
    assert_eq!(
        places(text),
        [
            " - 1:1-5:2",
            "/ä 2:3-2:6 2:8-2:13",
            "/b 3:2-3:5 3:7-4:8",
            "/b/0 - 3:8-3:9",
            "/b/1 - 3:11-3:15",
            "/b/2 - 4:2-4:6",
        ]
    );
}

#[test]
fn json_behind_a_byte_order_mark() {
    assert_eq!(places("\u{feff}{\"a\":1}"), [" - 1:1-1:8", "/a 1:2-1:5 1:6-1:7"]);
}

#[test]
fn yaml() {
    let text = "a: 'é'\nb:\n  - x\n  - {c: [1, ~]}\nd:\n'e':   |\n  text\n\n  more\n\nf: last\n";
    assert_eq!(
        places(text),
        [
            " - 1:1-11:8",
            "/a 1:1-1:2 1:4-1:7",
            "/b 2:1-2:2 3:3-4:16",
            "/b/0 - 3:5-3:6",
            "/b/1 - 4:5-4:16",
            "/b/1/c 4:6-4:7 4:9-4:15",
            "/b/1/c/0 - 4:10-4:11",
            "/b/1/c/1 - 4:13-4:14",
            "/d 5:1-5:2 5:2-5:2",
            "/e 6:1-6:4 7:3-9:7",
            "/f 11:1-11:2 11:4-11:8",
        ]
    );
}

#[test]
fn yaml_with_anchors_tags_and_line_ends_of_windows() {
    let text = "a: &x !!str 1\r\nb: *x\r\nc:\r\n  d: ü e\r\n";
    assert_eq!(
        places(text),
        [
            " - 1:1-4:9",
            "/a 1:1-1:2 1:13-1:14",
            "/b 2:1-2:2 1:13-1:14",
            "/c 3:1-3:2 4:3-4:9",
            "/c/d 4:3-4:4 4:6-4:9",
        ]
    );
}
