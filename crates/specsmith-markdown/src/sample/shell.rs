//! Words of a shell command.

/// A word that the shell takes as it is.
pub(super) fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A word that ends with the value of a variable of the environment.
pub(super) fn with_variable(text: &str, variable: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " :-_.=/".contains(c);
    match text.chars().all(is_plain) {
        true => format!("\"{text}${variable}\""),
        false => format!("{}\"${variable}\"", quoted(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(quoted("a'b $(c) `d`\0"), "'a'\\''b $(c) `d`'");
        assert_eq!(with_variable("X-Key: ", "KEY"), "\"X-Key: $KEY\"");
        assert_eq!(with_variable("X$(id): ", "KEY"), "'X$(id): '\"$KEY\"");
    }
}
