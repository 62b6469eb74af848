//! Errors of readers that do not look for what reading leaves behind: those that use `serde_json` itself.

use super::*;

/// Fails inside a variant that the JSON type tells, and inside a value that was kept.
fn fail() {
    let text = r#"[{"radius":1.0},{"radius":"x","side":[]}]"#;
    assert!(serde_json::from_str::<Source>(text).is_err());
    let text = r#"{"object":"card","number":1}"#;
    assert!(serde_json::from_str::<Source>(text).is_err());
    assert!(serde_json::from_str::<Source>(r#"["x"]"#).is_err());
}

#[test]
fn later_errors_say_nothing_of_them() {
    let circle = error::<Circle>("{}");
    let plain = |text| {
        serde_json::from_str::<Source>(text)
            .unwrap_err()
            .to_string()
    };
    let card = r#"{"object":"card","number":{}}"#;
    let (of_source, of_card) = (error::<Source>(card), plain(card));
    assert!(of_card.contains("as `Card`"), "{of_card}");
    for _ in 0..100 {
        fail();
    }
    assert_eq!(error::<Circle>("{}"), circle);
    fail();
    assert_eq!(error::<Source>(card), of_source);
    fail();
    assert_eq!(plain(card), of_card);
}
