//! Who may do what: the schemes of the document against the headers of a request.

use bookstore_server::{
    Context, Problem,
    axum::http::{HeaderValue, header},
};

/// The token of the one customer.
pub const CUSTOMER_TOKEN: &str = "customer-of-the-bookstore";

/// The key of the staff.
pub const STAFF_KEY: &str = "staff-of-the-bookstore";

/// Refuses a request that lacks the credentials which its operation needs.
///
/// The operation says what it needs, so one function serves all.
pub(crate) fn authorize(cx: &Context) -> Result<(), Problem> {
    let alternatives = cx.operation().security;
    let satisfied = |schemes: &[(&str, &[&str])]| schemes.iter().all(|(scheme, _)| has(cx, scheme));
    if alternatives.is_empty() || alternatives.iter().any(|schemes| satisfied(schemes)) {
        return Ok(());
    }
    Err(Problem::unauthorized().with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")))
}

fn has(cx: &Context, scheme: &str) -> bool {
    let header = |name: &str| cx.headers().get(name).and_then(|value| value.to_str().ok());
    match scheme {
        "customer" => header("authorization").and_then(|text| text.strip_prefix("Bearer ")) == Some(CUSTOMER_TOKEN),
        "staffKey" => header("x-staff-key") == Some(STAFF_KEY),
        _ => false,
    }
}
