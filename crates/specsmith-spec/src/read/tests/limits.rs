//! Hostile texts end with a diagnostic, soon.

use std::{fmt::Write, time::Instant};

use super::{LimitError, Limits, outcome, outcome_of, refused};

const DEEP: &str = "values are nested more than 500 levels deep";

#[test]
fn the_limit_of_depth_is_exact() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
        assert!(outcome(&nested(500)).document.is_some());
        assert_eq!(
            outcome(&nested(501))
                .diagnostics
                .count(specsmith_diagnostics::Severity::Error),
            1
        );
        let yaml = |levels: usize| format!("---\n{}", nested(levels));
        assert!(
            outcome(&yaml(500)).document.is_some(),
            "{:?}",
            outcome(&yaml(500)).findings()
        );
        assert!(outcome(&yaml(501)).findings().concat().contains(DEEP));
    }
    let block = |levels: usize| (0..levels).fold(String::new(), |text, level| text + &" ".repeat(level) + "k:\n");
    assert!(outcome(&block(500)).document.is_some());
    assert!(refused("api.yaml", &block(501)).contains(DEEP));
}

#[test]
fn depth_of_all_kinds() {
    let start = Instant::now();
    let many = 100_000;
    let mut block = String::new();
    for level in 0..3000 {
        let _ = writeln!(block, "{}k:", " ".repeat(level));
    }
    let texts = [
        "[".repeat(many),
        "[".repeat(many) + &"]".repeat(many),
        "{\"a\":".repeat(many),
        format!("a: {}", "[".repeat(many)),
        format!("a: {}{}", "[".repeat(many), "]".repeat(many)),
        format!("a: {}", "{a: ".repeat(many)),
        "- ".repeat(many),
        block,
    ];
    for text in &texts {
        let finding = refused("api", text);
        assert!(
            finding.starts_with("limit-exceeded") && finding.ends_with(DEEP),
            "{finding}"
        );
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_chain_of_aliases_is_as_deep_as_what_it_stands_for() {
    let mut text = "a0: &a0 x\n".to_owned();
    for link in 1..1000 {
        let _ = writeln!(text, "a{link}: &a{link} [*a{}]", link - 1);
    }
    assert!(
        refused("api", &text).starts_with("limit-exceeded 501:14-19"),
        "{}",
        refused("api", &text)
    );
}

#[test]
fn bombs() {
    let start = Instant::now();
    let mut laughs = "a0: &a0 [lol, lol]\n".to_owned();
    let mut merges = "a0: &a0 {k: [v, v]}\n".to_owned();
    for link in 1..30 {
        let alias = format!("*a{}", link - 1);
        let _ = writeln!(laughs, "a{link}: &a{link} [{}]", [alias.as_str(); 10].join(", "));
        let _ = writeln!(
            merges,
            "a{link}: &a{link} {{<<: {alias}, x: {alias}, y: {alias}, z: {alias}}}"
        );
    }
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 5_000].join(", "));
    for text in [laughs, merges, long] {
        let finding = refused("api", &text);
        assert!(finding.contains("aliases repeat more than 67108864 bytes"), "{finding}");
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn values_and_bytes_are_limited() {
    let limits = Limits {
        bytes: 100,
        nodes: 10,
        ..Limits::default()
    };
    let findings = |text: &str| outcome_of("api", text, &limits).findings();
    assert_eq!(findings("[1,2,3,4,5,6,7,8,9]"), [""; 0]);
    let many = "limit-exceeded 1:1-1 the document has more than 10 values";
    assert_eq!(findings("[1,2,3,4,5,6,7,8,9,10]"), [many]);
    assert_eq!(findings("- 1\n- 2\n- 3\n- 4\n- &a [5, 6, 7]\n- *a\n"), [many]);
    let mut diagnostics = specsmith_diagnostics::Diagnostics::new();
    let source = super::Source::from_text("api", " ".repeat(101));
    let document = super::read(
        source,
        &limits,
        &mut specsmith_diagnostics::SourceMap::new(),
        &mut diagnostics,
    );
    assert!(document.is_none());
    assert_eq!(
        diagnostics.iter().next().unwrap().message,
        "`api` is larger than 100 bytes"
    );
}

#[test]
fn long_flat_texts_take_linear_time() {
    let start = Instant::now();
    let count = 50_000;
    let list = |item: &str, separator: &str| vec![item; count].join(separator);
    let mut keys = String::new();
    let mut same = String::new();
    for number in 0..count {
        let _ = writeln!(keys, "k{number}: &k{number} v");
        same.push_str("\"k\":1,");
    }
    let texts = [
        format!("[{}]", list("[]", ",")),
        format!("a: [{}]", list("{}", ",")),
        format!("a: [{}]", list("{a: 1}", ", ")),
        list("- 1", "\n"),
        format!("a: {}", list("x", "\n ")),
        format!("a: |\n{}", list(" x", "\n")),
        format!("a: {}", list("'x'", " ").replace("' '", "'' ''")),
        keys,
        format!("{{{same}\"z\":1}}"),
        format!("\n{}", list("#", "\n")),
    ];
    for text in &texts {
        let outcome = outcome(text);
        assert!(
            start.elapsed().as_secs() < 60,
            "{:?} {}",
            start.elapsed(),
            text.get(..20).unwrap()
        );
        drop(outcome);
    }
}

#[test]
fn limits_are_set_by_name() {
    let mut limits = Limits::default();
    for (name, value) in Limits::names().zip(1..) {
        limits.set(name, value).unwrap();
    }
    let expected = Limits {
        bytes: 1,
        depth: 2,
        nodes: 3,
        repeated: 4,
        copied: 5,
        merged: 6,
        files: 7,
        total_bytes: 8,
    };
    assert_eq!(limits, expected);
    let error = limits.set("width", 1).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("there is no such limit; the limits are bytes, depth")
    );
    let error = limits.set("depth", Limits::MAX_DEPTH + 1).unwrap_err();
    assert_eq!(error, LimitError::TooLarge(Limits::MAX_DEPTH));
    assert_eq!(limits, expected);
}

#[test]
fn help_says_how_to_raise_a_limit() {
    let help = |limits: &Limits, text: &str| {
        let outcome = outcome_of("api", text, limits);
        let help = outcome
            .diagnostics
            .iter()
            .next()
            .and_then(|finding| finding.help.clone());
        help.unwrap_or_default()
    };
    let mut limits = Limits::default();
    for (name, value) in [("bytes", 9), ("depth", 1), ("nodes", 2), ("repeated", 70)] {
        let mut low = limits;
        low.set(name, value).unwrap();
        let raised = format!("`--limit {name}={}` raises the limit", value * 2);
        assert_eq!(help(&low, "- &a [1]\n- *a\n"), raised);
    }
    limits.depth = usize::MAX;
    let deep = format!(
        "{}{}",
        "[".repeat(Limits::MAX_DEPTH + 1),
        "]".repeat(Limits::MAX_DEPTH + 1)
    );
    assert_eq!(help(&limits, &deep), "this limit cannot be raised");
}
