//! The names of formats.

/// The name of a format in lower case without separators: documents write `date-time`, `dateTime` and `Date-Time`.
///
/// ```
/// assert_eq!(specsmith_ir::canonical_format("date-time"), specsmith_ir::canonical_format("dateTime"));
/// ```
pub fn canonical_format(format: &str) -> String {
    let kept = format.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).collect()
}
