//! Patterns as people write them.

/// A pattern that is written as JavaScript writes it in a program, `/^[a-z]+$/i`, as the pattern that is meant:
/// `(?i:^[a-z]+$)`. `None` where it is none.
///
/// As a pattern, nothing could match it: it asks for a slash in front of the beginning of a text and behind its end.
pub(super) fn without_slashes(pattern: &str) -> Option<String> {
    let (body, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let is_anchored = body.starts_with('^') && body.ends_with('$') && !body.ends_with(r"\$");
    if !is_anchored || !flags.chars().all(|flag| "dgimsuvy".contains(flag)) {
        return None;
    }
    // The others say how to search, or what a pattern of a schema is anyway.
    let flags: String = flags.chars().filter(|flag| "ims".contains(*flag)).collect();
    Some(match flags.is_empty() {
        true => body.to_owned(),
        false => format!("(?{flags}:{body})"),
    })
}

#[cfg(test)]
mod tests {
    use super::without_slashes;

    #[test]
    fn slashes_that_no_text_could_have_are_taken_away() {
        for (written, meant) in [
            ("/^[a-z]+$/", Some("^[a-z]+$")),
            ("/^[a-z]+$/i", Some("(?i:^[a-z]+$)")),
            (r"/^\d{2}\/\d{2}$/gu", Some(r"^\d{2}\/\d{2}$")),
            ("/^a$/gim", Some("(?im:^a$)")),
            ("/a/", None),
            ("/users/[0-9]+/groups", None),
            ("^/a/$", None),
            ("/^a/b$", None),
            (r"/^a\$/", None),
            ("/", None),
        ] {
            assert_eq!(without_slashes(written).as_deref(), meant, "{written}");
        }
    }
}
