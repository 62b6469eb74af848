//! What to say where a text is not YAML.

use granit_parser::{ErrorKind, ScanError};
use specsmith_diagnostics::{Code, Diagnostic};

use crate::read::tree::{Fatal, Tree};

/// The diagnostic for an error of the parser.
pub(super) fn syntax(error: &ScanError, text: &str, tree: &Tree<'_>) -> Fatal {
    let start = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let location = tree.location(start, start + marked_length(error.kind(), rest));
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return tree.too_deep(location);
    }
    let (message, help) = describe(error.kind(), rest);
    let mut diagnostic = Diagnostic::new(Code::SyntaxError, message).at(location);
    diagnostic.help = help.map(str::to_owned);
    Box::new(diagnostic)
}

/// How much of the text to mark: an alias or tag, or a character.
fn marked_length(kind: &ErrorKind, rest: &str) -> usize {
    let character = rest.chars().next().filter(|c| !matches!(c, '\n' | '\r'));
    match kind {
        ErrorKind::UnknownAnchor | ErrorKind::UndeclaredTagHandle => rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'))
            .unwrap_or(rest.len()),
        _ => character.map_or(0, char::len_utf8),
    }
}

/// What is wrong, and what can be done.
type Description = (String, Option<&'static str>);

/// Describes an error for a text that goes wrong at the start of `rest`.
fn describe(kind: &ErrorKind, rest: &str) -> Description {
    let fixed = structure(kind).or_else(|| indentation(kind)).or_else(|| scalar(kind));
    if let Some((message, help)) = fixed {
        return (message.to_owned(), (!help.is_empty()).then_some(help));
    }
    match kind {
        ErrorKind::UnexpectedCharacter { character } => unexpected(*character),
        ErrorKind::UnclosedFlowCollection { open } => (format!("this `{open}` is not closed"), None),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("this `{open}` is closed by `{close}`"), None)
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            let close = rest.chars().next().unwrap_or(']');
            (format!("this `{close}` closes nothing"), None)
        }
        ErrorKind::UnknownAnchor => unknown_anchor(rest),
        other => (plain_words(&other.to_string()), None),
    }
}

/// Errors about how mappings, sequences and documents are written; the help may be empty.
fn structure(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::UnexpectedEofBlockSequence | ErrorKind::UnexpectedEofFlowSequence => {
            ("the file ends inside a sequence", "")
        }
        ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => ("the file ends inside a mapping", ""),
        ErrorKind::MappingValueNotAllowed | ErrorKind::MappingKeyNotAllowed => (
            "a mapping cannot start here",
            "put the value in quotes if `: ` belongs to its text; else check the indentation",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => (
            "a `-` cannot start an item here",
            "items start on a line of their own; put the value in quotes if `- ` belongs to its text",
        ),
        ErrorKind::ExpectedFlowMappingSeparator => ("expected `,` or `}`", ""),
        ErrorKind::ExpectedFlowSequenceSeparator => ("expected `,` or `]`", ""),
        ErrorKind::InvalidColonPlacement => ("a `:` cannot stand here", "is a `[` or `{` above not closed?"),
        ErrorKind::InvalidSimpleKey | ErrorKind::SimpleKeyExpected => (
            "expected `:` behind a key",
            "check the indentation if this belongs to a value",
        ),
        ErrorKind::InvalidMappingValueWhitespace | ErrorKind::FlowMappingValueAdjacentCollection => {
            ("expected a space behind `:`", "")
        }
        ErrorKind::ExpectedDocumentStart => (
            "text follows behind the end of the document",
            "check the indentation of this line",
        ),
        ErrorKind::UndeclaredTagHandle => ("the tag is not known", ""),
        ErrorKind::MissingAnchorOrAliasName => (
            "an anchor or alias has no name",
            "put the value in quotes if it is not meant as one",
        ),
        ErrorKind::BomInsideDocument => ("a byte order mark stands inside the document", "remove it"),
        _ => return None,
    })
}

/// Errors about indentation.
fn indentation(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    let check = "check the indentation of this line and of those above";
    Some(match kind {
        ErrorKind::ExpectedBlockMappingKey => ("expected a key with the indentation of the keys before it", check),
        ErrorKind::ExpectedBlockSequenceEntry => ("expected `-` with the indentation of the items before it", check),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => ("a tab cannot indent YAML", "indent with spaces"),
        ErrorKind::InvalidQuotedScalarIndent => (
            "text in quotes goes on without the indentation of its first line",
            "is the quote before it closed?",
        ),
        ErrorKind::InvalidIndentation | ErrorKind::InvalidFlowScalarIndent | ErrorKind::InvalidBlockScalarIndent => {
            ("the indentation does not fit the lines above", check)
        }
        _ => return None,
    })
}

/// Errors inside and around scalars and comments.
fn scalar(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => ("this quote is not closed", ""),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "text follows behind a closing quote",
            "put the whole value in quotes, or double a single quote that belongs to it",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "a string has an escape that YAML does not have",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::InvalidQuotedScalarHexEscape | ErrorKind::InvalidLowSurrogateHexEscape => {
            ("an escape in a string lacks hexadecimal digits", "")
        }
        ErrorKind::MissingLowSurrogate | ErrorKind::UnpairedLowSurrogate | ErrorKind::InvalidLowSurrogate => {
            ("a surrogate stands alone, which is half of a character", "")
        }
        ErrorKind::InvalidBlockScalarHeader => (
            "text follows behind `|` or `>`",
            "the text of a block starts on the next line",
        ),
        ErrorKind::CommentNotSeparated => ("a comment needs a space before its `#`", ""),
        ErrorKind::CommentInterceptedScalar => ("a comment interrupts a text of several lines", ""),
        _ => return None,
    })
}

fn unexpected(character: char) -> Description {
    if character.is_control() {
        let message = format!("the character U+{:04X} is not allowed in YAML", u32::from(character));
        return (message, Some("remove it, or write it as an escape in double quotes"));
    }
    let message = format!("a value without quotes cannot start with `{character}`");
    (message, Some("put the value in quotes"))
}

fn unknown_anchor(rest: &str) -> Description {
    let name = rest
        .get(..marked_length(&ErrorKind::UnknownAnchor, rest))
        .unwrap_or_default();
    (
        format!("no anchor before this alias `{name}` has its name"),
        Some("put the text in quotes if it is not meant as an alias"),
    )
}

/// A message of the parser without its account of what it was doing.
fn plain_words(message: &str) -> String {
    let finding = match message.strip_prefix("while ").and_then(|rest| rest.split_once(", ")) {
        Some((_, finding)) => finding,
        None => message,
    };
    finding.replace("unexpected eof", "the file ends too soon")
}
