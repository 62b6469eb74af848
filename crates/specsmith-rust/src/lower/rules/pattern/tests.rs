//! Cases for patterns.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use super::*;

/// Checks what a pattern becomes, by texts that match and others that do not.
#[track_caller]
fn check(written: &str, engine: Engine, right: &[&str], wrong: &[&str]) {
    let pattern = translate(written).unwrap_or_else(|error| panic!("{written}: {error}"));
    assert_eq!(pattern.engine, engine, "{written}");
    let matches = |text: &str| match engine {
        Engine::Linear => regex::Regex::new(&pattern.text).unwrap().is_match(text),
        Engine::Backtracking => fancy_regex::Regex::new(&pattern.text).unwrap().is_match(text).unwrap(),
    };
    for text in right {
        assert!(matches(text), "{written} as {} matches {text:?}", pattern.text);
    }
    for text in wrong {
        assert!(!matches(text), "{written} as {} does not match {text:?}", pattern.text);
    }
}

#[test]
fn what_means_the_same_stays() {
    for pattern in [
        "^[A-Z]{2}$",
        "^[a-z0-9-]+(,[a-z]+)*$",
        "a|b",
        "^x-",
        "(?:a+?)b",
        "^#?[_/<>]$",
    ] {
        let found = translate(pattern).unwrap();
        assert_eq!((found.text.as_str(), found.engine), (pattern, Engine::Linear));
    }
}

#[test]
fn classes_are_those_of_ecma() {
    check(r"^\d$", Engine::Linear, &["7"], &["\u{661}", "a"]);
    check(r"^\w\W$", Engine::Linear, &["a-", "_é"], &["é-", "ab"]);
    check(r"^\s$", Engine::Linear, &["\u{FEFF}", "\u{A0}", "\t"], &["\u{85}"]);
    check(
        r"^[\S]$",
        Engine::Linear,
        &["a", "\u{85}", "\u{10FFFF}"],
        &["\u{2028}", " "],
    );
    check(r"^[^\s]$", Engine::Linear, &["a"], &["\u{3000}"]);
    check(r"^[\w-.]+$", Engine::Linear, &["a-b.c"], &["a b"]);
    check(r"^[\D]$", Engine::Linear, &["a", "\u{661}"], &["1"]);
    check("^.$", Engine::Linear, &["a", "\u{85}"], &["\r", "\u{2028}"]);
    check("^[^]$", Engine::Linear, &["\n"], &[""]);
    check("[]", Engine::Linear, &[], &["", "a"]);
    check("^[a&&b[~~]+$", Engine::Linear, &["a&b[~"], &["c"]);
    check(r"\bid\b", Engine::Linear, &["an id", "éidé"], &["idea"]);
    check(r"^(?=.*\bid\b)", Engine::Backtracking, &["an id", "éidé"], &["idea"]);
    check(r"a\Bb", Engine::Backtracking, &["ab"], &["a b"]);
}

#[test]
fn escapes_are_those_of_ecma() {
    check(
        r"^\/\-\u0041\x42\cJ\u{1F4A9}\uD83D\uDCA9$",
        Engine::Linear,
        &["/-AB\n\u{1F4A9}\u{1F4A9}"],
        &["/-AB"],
    );
    check(r"^[\b\0]$", Engine::Linear, &["\u{8}", "\0"], &["b"]);
    check("^{a}{1,}]$", Engine::Linear, &["{a}]", "{a}}]"], &["a]"]);
    check(r"^\p{L}\p{Script=Greek}$", Engine::Linear, &["éα"], &["1α"]);
    check(r"^[\]\[\-\^]$", Engine::Linear, &["]", "[", "-", "^"], &["\\"]);
}

#[test]
fn what_looks_around_or_back_backtracks() {
    check(r"^(?!admin)\w+$", Engine::Backtracking, &["user"], &["admin1"]);
    check(r"(?<=\$)\d+", Engine::Backtracking, &["$5"], &["5"]);
    check(r"^(.)\1$", Engine::Backtracking, &["aa"], &["ab"]);
    check(r"^(?<x>.)\k<x>$", Engine::Backtracking, &["aa"], &["ab"]);
}

#[test]
fn what_no_engine_takes_is_told() {
    for pattern in [
        "(",
        "[",
        r"\",
        r"\p{Alnum}",
        r"\Z",
        r"\uD800",
        "a{1000}{1000}{1000}",
        "*",
    ] {
        assert!(translate(pattern).is_err(), "{pattern}");
    }
    assert!(translate(&"a".repeat(20_000)).is_err());
}
