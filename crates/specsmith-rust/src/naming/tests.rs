//! Names as they come out.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

fn joined(text: &str) -> String {
    words(text).join(" ")
}

fn pascal(text: &str) -> String {
    Case::Pascal.join(&words(text))
}

#[test]
fn words_follow_case_and_symbols() {
    for (text, expected) in [
        ("bookPage", "book page"),
        ("BookPage", "book page"),
        ("book_page", "book page"),
        ("book-page.v1", "book page v1"),
        ("BOOK_PAGE", "book page"),
        ("HTTPServer", "http server"),
        ("getHTTPResponse", "get http response"),
        ("userIDs", "user ids"),
        ("URLs", "urls"),
        ("userIDsByName", "user ids by name"),
        ("md5Hash", "md5 hash"),
        ("sha256sum", "sha256sum"),
        ("S3Bucket", "s3 bucket"),
        ("IPv4Address", "ipv4 address"),
        ("OAuth2Token", "oauth2 token"),
        ("OAuthor", "o author"),
        ("ProjectDTOv1", "project dto v1"),
        ("APIv2Key", "api v2 key"),
        ("Av1", "a v1"),
        ("Ave", "ave"),
        ("iOSVersion", "ios version"),
        ("postgreSQLUrl", "postgre sql url"),
        ("PostgreSQLUrl", "postgresql url"),
        ("$ref", "ref"),
        ("@type", "type"),
        ("_id", "id"),
        ("a", "a"),
        ("  spaced  out ", "spaced out"),
    ] {
        assert_eq!(joined(text), expected, "{text}");
    }
}

#[test]
fn symbols_are_spelled_where_they_say_something() {
    for (text, expected) in [
        ("+1", "plus1"),
        ("-1", "minus1"),
        ("-created_at", "minus created at"),
        ("*", "star"),
        ("<=", "less or equal"),
        ("!=", "not equal"),
        ("", "empty"),
        ("   ", "space space space"),
        ("-", "minus"),
        ("\u{1f600}", "u1f600"),
        ("_", "underscore"),
    ] {
        assert_eq!(joined(text), expected, "{text:?}");
    }
}

#[test]
fn letters_beyond_ascii_are_written_in_ascii_or_kept() {
    assert_eq!(joined("caféCrème"), "cafe creme");
    assert_eq!(joined("Cafe\u{301}"), "cafe");
    assert_eq!(joined("Straße"), "strasse");
    assert_eq!(joined("Пользователь"), "polzovatel");
    assert_eq!(joined("ΑΒγ"), "a vg");
    assert_eq!(joined("ＦｕｌｌＷｉｄｔｈ"), "full width");
    assert_eq!(joined("用户Id"), "用户 id");
    assert_eq!(pascal("用户_name"), "用户Name");
    assert_eq!(joined("ログイン名"), "ログイン名");
    // The compiler warns of a crate whose only Katakana or Chinese letters look like others.
    assert_eq!(joined("ロ"), "u30ed");
    assert_eq!(joined("口a"), "a");
    assert_eq!(joined("\u{4e92}\u{4e12}"), "\u{4e92}");
    assert_eq!(joined("اسم"), "u0627 u0633 u0645");
    assert_eq!(joined("\u{202e}abc\u{200b}"), "abc");
}

#[test]
fn names_are_joined_by_case() {
    for (text, expected_pascal, expected_snake) in [
        ("book page", "BookPage", "book_page"),
        ("1.0", "N1_0", "n1_0"),
        ("v1.0", "V1_0", "v1_0"),
        ("3d", "N3d", "n3d"),
        ("2020-01-01", "N2020_01_01", "n2020_01_01"),
        ("oauth2", "OAuth2", "oauth2"),
        ("1024x1024", "N1024x1024", "n1024x1024"),
    ] {
        assert_eq!(Case::Pascal.join(&words(text)), expected_pascal);
        assert_eq!(Case::Snake.join(&words(text)), expected_snake);
    }
}

#[test]
fn keywords_are_raw_and_path_keywords_get_an_underscore() {
    let mut scope = Scope::new(Case::Snake, &[]);
    for (text, expected) in [
        ("type", "r#type"),
        ("gen", "r#gen"),
        ("async", "r#async"),
        ("try", "r#try"),
        ("self", "self_"),
        ("super", "super_"),
        ("crate", "crate_"),
        ("Self", "self_2"),
        ("union", "union"),
    ] {
        assert_eq!(scope.claim(&[words(text)]).as_str(), expected, "{text}");
    }
    let mut scope = Scope::new(Case::Pascal, &[]);
    assert_eq!(scope.claim(&[words("self")]).as_str(), "Self_");
}

#[test]
fn every_keyword_becomes_an_identifier_that_parses() {
    for word in reserved::KEYWORDS.iter().chain(reserved::PATH_KEYWORDS) {
        for case in [Case::Snake, Case::Pascal] {
            let name = Scope::new(case, &[]).claim(&[words(word)]);
            assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{name}");
        }
    }
}

#[test]
fn candidates_are_tried_before_numbers() {
    let mut scope = Scope::new(Case::Pascal, &[&["Taken"]]);
    assert_eq!(scope.claim(&[words("taken"), words("given")]).as_str(), "Given");
    assert_eq!(scope.claim(&[words("taken"), words("given")]).as_str(), "Taken2");
    assert_eq!(scope.claim(&[words("taken"), words("given")]).as_str(), "Taken3");
    assert_eq!(scope.claim(&[words("taken2")]).as_str(), "Taken2_2");
}

#[test]
fn monstrous_names_keep_their_beginning_and_end() {
    let text = (0..500)
        .map(|index| format!("word{index}"))
        .collect::<Vec<_>>()
        .join("_");
    let name = pascal(&text);
    assert!(
        name.starts_with("Word0Word1") && name.ends_with("Word499") && name.len() <= MAX_LENGTH,
        "{name}"
    );
    let mut scope = Scope::new(Case::Pascal, &[]);
    let first = scope.claim(&[words(&"x".repeat(100_000))]);
    let second = scope.claim(&[words(&"x".repeat(100_000))]);
    assert!(first.as_str().len() <= MAX_LENGTH && second.as_str().ends_with('2'));
}

#[test]
fn any_text_becomes_an_identifier() {
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut seen = std::collections::BTreeSet::new();
    for first in (0..0x3000_u32).chain(0x1f600..0x1f650).filter_map(char::from_u32) {
        for text in [first.to_string(), format!("{first}a"), format!("a{first}")] {
            let name = scope.claim(&[words(&text), spelled_words(&text)]);
            assert!(
                syn::parse_str::<syn::Ident>(name.as_str()).is_ok(),
                "{text:?} became {name}"
            );
            assert!(seen.insert(name), "{text:?} is there twice");
        }
    }
}

#[test]
fn a_hundred_thousand_equal_names_are_told_apart_in_time() {
    let mut scope = Scope::new(Case::Snake, &[]);
    let last = (0..100_000).map(|_| scope.claim(&[words("same")])).last().unwrap();
    assert_eq!(last.as_str(), "same_100000");
}

#[test]
fn singulars() {
    for (plural, expected) in [
        ("books", "book"),
        ("categories", "category"),
        ("classes", "class"),
        ("boxes", "box"),
        ("batches", "batch"),
        ("caches", "cache"),
        ("databases", "database"),
        ("statuses", "status"),
        ("people", "person"),
        ("address", "address"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("news", "news"),
        ("responses", "response"),
        ("messages", "message"),
        ("series", "series"),
        ("ids", "id"),
        ("data", "data"),
        ("s", "s"),
    ] {
        assert_eq!(singular(plural), expected, "{plural}");
    }
}
