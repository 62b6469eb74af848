//! What becomes of the diagnostics of a code: the user may allow, warn about or deny each.

use std::{fmt, str::FromStr};

use crate::{Code, Diagnostic, Severity, closest};

/// What becomes of the diagnostics of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// They are not shown, only counted.
    Allow,
    /// They are warnings.
    Warn,
    /// They are errors.
    Deny,
}

/// What a level is set for: a code, or a group of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codes {
    /// The diagnostics of a code.
    One(Code),
    /// All that are warnings.
    Warnings,
    /// All that are notes.
    Notes,
    /// All, except those that cannot be lowered.
    All,
}

/// The levels that a user set, in the order in which they were set; the last one that fits a diagnostic counts.
///
/// ```
/// use specsmith_diagnostics::{Code, Codes, Diagnostic, Level, Levels, Severity};
///
/// let mut levels = Levels::default();
/// levels.set(Codes::Warnings, Level::Deny)?;
/// levels.set(Codes::One(Code::RefSiblings), Level::Allow)?;
/// let severity = |code| levels.severity(&Diagnostic::new(code, "..."));
/// assert_eq!(severity(Code::BrokenRef), Some(Severity::Error));
/// assert_eq!(severity(Code::RefSiblings), None);
/// assert_eq!(severity(Code::NotGenerated), Some(Severity::Note));
/// # Ok::<(), specsmith_diagnostics::LevelError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    rules: Vec<(Codes, Level)>,
}

/// Why a level cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelError {
    /// Nothing is called like this.
    Unknown(String),
    /// Nothing can be made of a document with a diagnostic of this code, so it stays an error.
    Fixed(Code),
}

impl Levels {
    /// Sets the level of a code or a group, over what was set before.
    ///
    /// # Errors
    /// When a code that stays an error is to be lowered.
    pub fn set(&mut self, codes: Codes, level: Level) -> Result<(), LevelError> {
        codes.check(level)?;
        self.rules.push((codes, level));
        Ok(())
    }

    /// Sets the level of everything that a list names: codes, `warnings`, `notes` and `all`, with commas between them.
    ///
    /// # Errors
    /// When there is no such name, or a code that stays an error is to be lowered.
    pub fn set_named(&mut self, names: &str, level: Level) -> Result<(), LevelError> {
        names
            .split(',')
            .try_for_each(|name| self.set(name.trim().parse()?, level))
    }

    /// The severity that a diagnostic has with these levels; `None` where it is allowed.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        let start = Some(diagnostic.severity);
        if diagnostic.is_fixed() {
            return start;
        }
        self.rules.iter().fold(start, |severity, (codes, level)| {
            let applies = match codes {
                Codes::One(code) => *code == diagnostic.code,
                Codes::Warnings => severity == Some(Severity::Warning),
                Codes::Notes => severity == Some(Severity::Note),
                Codes::All => true,
            };
            match level {
                _ if !applies => severity,
                Level::Allow => None,
                Level::Warn => Some(Severity::Warning),
                Level::Deny => Some(Severity::Error),
            }
        })
    }
}

impl Codes {
    /// The names of the groups.
    const GROUPS: [(&'static str, Codes); 3] = [
        ("warnings", Codes::Warnings),
        ("notes", Codes::Notes),
        ("all", Codes::All),
    ];

    /// Whether the level can be set for these codes.
    ///
    /// # Errors
    /// When a code that stays an error is to be lowered.
    pub fn check(self, level: Level) -> Result<(), LevelError> {
        match self {
            Codes::One(code) if code.is_fixed() && level != Level::Deny => Err(LevelError::Fixed(code)),
            _ => Ok(()),
        }
    }
}

impl FromStr for Codes {
    type Err = LevelError;

    fn from_str(name: &str) -> Result<Self, LevelError> {
        if let Some((_, codes)) = Self::GROUPS.iter().find(|(group, _)| *group == name) {
            return Ok(*codes);
        }
        let code = Code::from_name(name).ok_or_else(|| LevelError::Unknown(name.to_owned()))?;
        Ok(Codes::One(code))
    }
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LevelError::Unknown(name) => {
                let groups = Codes::GROUPS.iter().map(|(group, _)| *group);
                let names = Code::ALL.iter().map(|code| code.name()).chain(groups);
                write!(f, "there is no code `{name}`")?;
                match closest(name, names) {
                    Some(meant) => write!(f, "; did you mean `{meant}`?"),
                    None => write!(f, "; `specsmith explain` lists all"),
                }
            }
            LevelError::Fixed(code) => write!(
                f,
                "`{code}` is always an error, since nothing can be made of a document that has it"
            ),
        }
    }
}

impl std::error::Error for LevelError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Diagnostics;

    /// What becomes of a diagnostic of each severity, of one whose severity the place decided, and of a fixed one.
    fn outcome(rules: &[(&str, Level)]) -> String {
        let mut levels = Levels::default();
        for (names, level) in rules {
            levels.set_named(names, *level).unwrap();
        }
        let mut lowered = Diagnostic::new(Code::OlderKeyword, "");
        lowered.severity = Severity::Note;
        let mut raised = Diagnostic::new(Code::MissingField, "");
        raised.severity = Severity::Error;
        let codes = [
            Code::BrokenRef,
            Code::NotGenerated,
            Code::DuplicateKey,
            Code::SyntaxError,
        ];
        let mut seen: Vec<Diagnostic> = codes.into_iter().map(|code| Diagnostic::new(code, "")).collect();
        seen.extend([lowered, raised]);
        let mut shown = String::new();
        for diagnostic in &seen {
            shown.push(match levels.severity(diagnostic) {
                None => '-',
                Some(Severity::Note) => 'n',
                Some(Severity::Warning) => 'w',
                Some(Severity::Error) => 'e',
            });
        }
        shown
    }

    #[test]
    fn levels_in_their_order() {
        use Level::{Allow, Deny, Warn};
        // broken-ref, not-generated, duplicate-key, syntax-error, older-keyword as a note, missing-field as an error
        assert_eq!(outcome(&[]), "wneene");
        assert_eq!(outcome(&[("broken-ref", Deny)]), "eneene");
        assert_eq!(outcome(&[("broken-ref, not-generated", Allow)]), "--eene");
        assert_eq!(outcome(&[("duplicate-key,older-keyword", Warn)]), "wnwewe");
        assert_eq!(
            outcome(&[("missing-field", Allow)]),
            "wneene",
            "what the place decided stays"
        );
        assert_eq!(outcome(&[("warnings", Deny)]), "eneene");
        assert_eq!(outcome(&[("notes", Allow)]), "w-ee-e");
        assert_eq!(outcome(&[("all", Deny)]), "eeeeee");
        assert_eq!(outcome(&[("all", Allow)]), "---e-e");
        assert_eq!(
            outcome(&[("broken-ref", Allow), ("all", Deny)]),
            "eeeeee",
            "the last one counts"
        );
        assert_eq!(outcome(&[("all", Deny), ("broken-ref", Allow)]), "-eeeee");
        assert_eq!(outcome(&[("notes", Warn), ("warnings", Deny)]), "eeeeee");
    }

    #[test]
    fn what_cannot_be_set() {
        let error = |names: &str, level| Levels::default().set_named(names, level).unwrap_err().to_string();
        assert_eq!(
            error("broken-reff", Level::Deny),
            "there is no code `broken-reff`; did you mean `broken-ref`?"
        );
        assert_eq!(
            error("warning", Level::Deny),
            "there is no code `warning`; did you mean `warnings`?"
        );
        assert_eq!(
            error("nonsense", Level::Deny),
            "there is no code `nonsense`; `specsmith explain` lists all"
        );
        assert_eq!(
            error("broken-ref,syntax-error", Level::Warn),
            "`syntax-error` is always an error, since nothing can be made of a document that has it"
        );
        assert!(Levels::default().set_named("syntax-error", Level::Deny).is_ok());
    }

    #[test]
    fn what_is_allowed_is_counted() {
        let mut levels = Levels::default();
        levels.set_named("broken-ref", Level::Allow).unwrap();
        levels.set_named("wrong-type", Level::Deny).unwrap();
        let mut diagnostics = Diagnostics::with_levels(levels);
        for message in ["a", "a", "b"] {
            diagnostics.report(Diagnostic::new(Code::BrokenRef, message));
        }
        assert!(!diagnostics.has_errors() && diagnostics.is_empty());
        assert_eq!(diagnostics.allowed(), 2, "the very same one counts once");
        diagnostics.report(Diagnostic::new(Code::WrongType, "c"));
        assert!(diagnostics.has_errors());
        assert_eq!(diagnostics.count(Severity::Error), 1);
    }
}
