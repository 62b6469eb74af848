//! The command that makes right what a check found: the same arguments, with `generate`.

use std::env;

/// The command of this process, as `specsmith generate` for a shell; what is about messages only is left out.
pub(crate) fn command() -> String {
    let arguments = env::args_os().skip(1);
    of(arguments.map(|argument| argument.to_string_lossy().into_owned()))
}

fn of(arguments: impl Iterator<Item = String>) -> String {
    let mut words = vec!["specsmith".to_owned()];
    let mut arguments = arguments.peekable();
    let mut is_replaced = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "check" if !is_replaced => {
                is_replaced = true;
                words.push("generate".to_owned());
            }
            "--message-format" | "--max-per-code" => {
                arguments.next();
            }
            other if other.starts_with("--message-format=") || other.starts_with("--max-per-code=") => {}
            other => words.push(quoted(other)),
        }
    }
    words.join(" ")
}

/// A word of a shell.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_arguments_stay() {
        for (arguments, command) in [
            (&["check"][..], "specsmith generate"),
            (
                &[
                    "check",
                    "a b.yaml",
                    "--message-format",
                    "json",
                    "--client=check",
                    "--docs",
                    "check",
                ],
                "specsmith generate 'a b.yaml' --client=check --docs check",
            ),
            (
                &[
                    "check",
                    "--message-format=sarif",
                    "--include",
                    "GET /it's/**",
                    "--max-per-code",
                    "0",
                ],
                r"specsmith generate --include 'GET /it'\''s/**'",
            ),
        ] {
            assert_eq!(of(arguments.iter().map(|argument| (*argument).to_owned())), command);
        }
    }
}
