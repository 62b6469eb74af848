//! Queries: which are understood, and what is said about those that are not.

use super::{applied, outcome, overlay, told};
use crate::overlay::segment::{Segment, outline, segment};

/// Queries of RFC 9535 of every kind, and how many values each selects.
#[test]
fn queries_of_every_kind_are_understood() {
    let document = r#"
a: {x-in: true, n: 1, list: [1, 2, 3, 4], "q'": yes, tags: [p, q]}
b: {n: 1.0, s: text, deep: {n: 5, é: null}}
c: {n: 10, s: Text}
"#;
    for (query, count) in [
        ("$", 1),
        ("$.*", 3),
        ("$[*].n", 3),
        ("$['a', \"b\"]", 2),
        ("$.a.list[1:3]", 2),
        ("$.a.list[::-2]", 2),
        ("$.a.list[-1]", 1),
        ("$..n", 4),
        ("$..['n','s']", 6),
        ("$.b.deep.é", 1),
        ("$.a['q\\'']", 1),
        ("$[?@.n == 1]", 2),
        ("$[?@.n > 1 && @.n <= 10]", 1),
        ("$[?@.n < 1 || @.s == 'Text']", 1),
        ("$[?!(@['x-in'])]", 2),
        ("$[?@['x-in'] == true]", 1),
        ("$[?@.deep.é == null]", 1),
        ("$[?@.tags[?@ == 'p']]", 1),
        ("$[?length(@.s) == 4]", 2),
        ("$[?count(@.list[*]) == 4]", 1),
        ("$[?match(@.s, '[tT]ext')]", 2),
        ("$[?search(@.s, 'ex')]", 2),
        ("$[?value(@..s) == 'text']", 1),
        ("$[?@.n == $.c.n]", 1),
        (" $.a ", 1),
    ] {
        let quoted = query.replace('\'', "''");
        let actions = format!("  - target: '{quoted}'\n    remove: true\n  - target: $\n    update: {{done: 1}}\n");
        let (findings, _) = told(document, &actions);
        if query == "$" || query.starts_with(' ') {
            assert_eq!(findings.len(), 1, "{query}: {findings:?}");
            continue;
        }
        assert_eq!(findings, [""; 0], "{query}");
        let marks = format!("  - target: '{quoted}'\n    remove: true\n");
        let before = applied(document, "  - target: $\n    update: {}\n").lines().count();
        let after = applied(document, &marks).lines().count();
        assert!(before - after >= count, "{query}: {before} {after}");
    }
}

#[test]
fn what_is_no_query_is_marked_where_it_goes_wrong() {
    let paths =
        "(names with other characters than letters, digits and `_` stand in brackets and quotes: `['x-internal']`)";
    let example = "(RFC 9535 says how queries are written, for example `$.paths['/pets'].get` or `$.paths.*[?@.deprecated == true]`)";
    for (target, expected) in [
        ("$.paths.x-foo", format!("4:22 `-` `$.paths.x-foo` is not a JSONPath query {paths}")),
        ("$.paths./pets.get", format!("4:21 `/` `$.paths./pets.get` is not a JSONPath query {paths}")),
        ("\"$.a['b'\"", format!("4:21 `` `$.a['b'` is not a JSONPath query {example}")),
        (
            "'#/paths'",
            "4:14 `#` `#/paths` is not a JSONPath query (this looks like a JSON pointer; a query begins with `$` and goes \
             on like `$.paths['/pets'].get`)"
                .to_owned(),
        ),
        (
            "paths.get",
            "4:13 `p` `paths.get` is not a JSONPath query (a query begins with `$`, which is the whole document)".to_owned(),
        ),
        (
            "$.a[(@.length-1)]",
            "4:16 `[` `$.a[(@.length-1)]` is not a JSONPath query (RFC 9535 has no script expressions; the last item of an \
             array is `[-1]`)"
                .to_owned(),
        ),
        (
            "$.a[?@.b =~ /c/]",
            "4:22 `=` `$.a[?@.b =~ /c/]` is not a JSONPath query (RFC 9535 has `match(@.name, 'pattern')` and \
             `search(@.name, 'pattern')` in place of `=~`)"
                .to_owned(),
        ),
        ("\"$.\\u0061 b\"", format!("4:13 `\"$.\\u0061 b\"` `$.a b` is not a JSONPath query {example}")),
        ("42", "4:13 `4` `42` is not a JSONPath query (a query begins with `$`, which is the whole document)".to_owned()),
    ] {
        let (findings, _) = told("a: 1\n", &format!("  - target: {target}\n    update: 1\n"));
        let last = findings.last().unwrap();
        assert_eq!(*last, format!("Error invalid-jsonpath overlay.yaml:{expected}"), "{target}");
    }
}

#[test]
fn hostile_queries_are_refused() {
    for query in [
        format!("$[?{}@.a{}]", "@[?".repeat(5_000), "]".repeat(5_000)),
        format!("$[?{}@.a{}]", "(".repeat(1_000), ")".repeat(1_000)),
        format!("$[?{}@.a]", "@.a||".repeat(10_000)),
        format!("${}", ".a".repeat(10_000)),
    ] {
        let (findings, _) = told("a: 1\n", &format!("  - target: '{query}'\n    remove: true\n"));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].contains("longer than 10000 bytes or nested more than 10 levels deep"));
    }
    let patterns = overlay(
        "1.1.0",
        "  - target: $[?match(@, '(((((a{1,9}){1,9}){1,9}){1,9}){1,9}){1,9}')]\n    remove: true\n",
    );
    assert_eq!(outcome("[aaa]\n", &[&patterns]).findings().len(), 1);
}

#[test]
fn outlines_have_the_segments_of_a_query() {
    for (query, expected) in [
        ("$", &[][..]),
        ("$.a", &[".a"]),
        (
            "$.a.b['c.d'][?@.e.f == '[']..g..[1].*",
            &[".a", ".b", "['c.d']", "[?@.e.f == '[']", "..g", "..[1]", ".*"],
        ),
        ("$['a\\']b']['c']", &["['a\\']b']", "['c']"]),
        ("$ .a ['b']", &[".a ", "['b']"]),
    ] {
        let segments: Vec<&str> = outline(query).segments.into_iter().map(|range| &query[range]).collect();
        assert_eq!(segments, expected, "{query}");
    }
    assert_eq!(outline("$[?(@.a[0] == '((((')]").depth, 3);
}

#[test]
fn segments_are_told_apart() {
    let name = |name: &str| Segment::Name(name.to_owned());
    for (text, expected) in [
        (".a", name("a")),
        ("['/a']", name("/a")),
        ("[ \"it's\" ]", name("it's")),
        ("['a', 'b']", Segment::Other),
        ("['a\\n']", Segment::Other),
        (".*", Segment::Other),
        ("[*]", Segment::Other),
        ("[-1]", Segment::Index),
        ("[1:2]", Segment::Other),
        ("[?@.a]", Segment::Filter),
        ("..a", Segment::Descendant),
        ("..['a']", Segment::Descendant),
    ] {
        assert_eq!(segment(text), expected, "{text}");
    }
}
