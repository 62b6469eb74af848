//! Properties that have one value.

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Ticket {}
codec!(struct Ticket {
    "object" = "ticket" required,
    "level" = 1,
    "open" = true required,
});

#[test]
fn a_property_with_one_value_must_be_there_where_that_is_said() {
    round_trip::<Ticket>(r#"{"object":"ticket","level":1,"open":true}"#);
    let read = |text: &str| from_json::<Ticket>(text.as_bytes());
    assert_eq!(read(r#"{"open":true,"object":"ticket"}"#), Ok(Ticket {}));
    assert_eq!(
        error::<Ticket>(r#"{"object":"ticket","level":1}"#),
        "missing property `open` of `Ticket` (line 1, column 29)"
    );
    assert_eq!(
        error::<Vec<Ticket>>(r#"[{"open":true}]"#),
        "missing property `object` of `Ticket` at `[0]` (line 1, column 14)"
    );
    assert_eq!(
        error::<Ticket>(r#"{"open":true,"open":true}"#),
        "the property is there twice at `open` (line 1, column 20)"
    );
    assert_eq!(
        error::<Labels>(r#"{"version":2,"version":2}"#),
        "the property is there twice at `version` (line 1, column 23)"
    );
}
