//! Names of operations without what their group says: `listBooks` of `Books` is `list`.
//!
//! Only the operation and its group are looked at, so another operation does not change what is left.

use specsmith_ir as ir;

use super::actions;
use super::names::WordSource;
use super::resource::{self, Step};
use crate::naming::{is_plural, singular};

/// A name without the words of the tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Short {
    pub(super) words: Vec<String>,
    pub(super) clarity: Clarity,
}

/// How sure it is that a short name belongs to an operation; of several that want it, the surest has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clarity {
    /// The tag itself stands in front, as the place of the name: `books/create`.
    Namespace,
    /// The number fits: `getBook`, `listBooks`.
    Fitting,
    /// The number says otherwise, or one of many was meant: `listBook`, `getBookForShelf`.
    Open,
    /// Method and path say it.
    Path,
}

/// Words that a name does not begin with: they need what is left out before them.
const CONNECTING: &[&str] = &[
    "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "to", "with",
];

/// Words that lead to the thing that something else is done to or taken from: `addFollowersForTask`.
const LEADING: &[&str] = &["for", "from", "in", "of", "on", "to"];

/// Words that belong to what stands behind them.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// Words that can stand between a verb and the tag, beside articles.
const ADJECTIVES: &[&str] = &[
    "all",
    "available",
    "current",
    "default",
    "existing",
    "many",
    "multiple",
    "my",
    "new",
    "one",
    "own",
    "several",
    "single",
];

/// Words that can stand in front of a verb.
const ADVERBS: &[&str] = &["async", "batch", "bulk", "mass"];

/// Verbs of collections: `listBooks` is `list`. With any other verb the name may come to be that of one thing: `getBooks`
/// is not `get`, which `getBook` will be as soon as it is there.
const OF_COLLECTIONS: &[&str] = &[
    "all", "batch", "browse", "bulk", "count", "export", "filter", "find", "import", "index", "list", "query", "scan",
    "search", "sync",
];

/// Verbs that mean many whatever they are about: `listBook` of `/books/{id}` is not the list that `listBooks` will be.
const LISTING: &[&str] = &["all", "browse", "index", "list", "search"];

const LIST: &str = "list";

/// Verbs of things that are many where the path is that of a collection: `getBooks` of `/shelves/{id}/books` is `list`.
const READING: &[&str] = &["fetch", "get", "retrieve"];

/// What is left of the words of an operation without those of the tag.
///
/// The tag is left out in front (`books/create`), behind the verb and what describes it (`createBook`, `listAllBooks`,
/// `bulkCreateBooks`), and at the end, where the path says that something of one book is meant (`addTagToBook`). Where
/// the things between verb and tag are those that the path has in front of it, they move behind: `listShelfBooks` of
/// `/shelves/{id}/books` is `list_for_shelf`.
pub(super) fn shorten(
    tag: &[String],
    words: &[String],
    operation: &ir::Operation,
    source: WordSource,
) -> Option<Short> {
    if let Some(rest) = words.strip_prefix(tag)
        && can_begin(rest)
    {
        let whole = || Short {
            words: rest.to_vec(),
            clarity: Clarity::Namespace,
        };
        return Some(shorten_inside(tag, rest, operation, source).unwrap_or_else(whole));
    }
    shorten_inside(tag, words, operation, source)
}

fn shorten_inside(tag: &[String], words: &[String], operation: &ir::Operation, source: WordSource) -> Option<Short> {
    let at = words.windows(tag.len()).position(|window| is_same(window, tag))?;
    let (before, rest) = words.split_at_checked(at)?;
    let (said, behind) = rest.split_at_checked(tag.len())?;
    match before {
        [] | [_] => drop_tag(before, said, behind, operation, source),
        [_, between @ ..]
            if between
                .iter()
                .all(|word| is_article(word) || ADJECTIVES.contains(&word.as_str())) =>
        {
            drop_tag(before, said, behind, operation, source)
        }
        [adverb, _] if ADVERBS.contains(&adverb.as_str()) => drop_tag(before, said, behind, operation, source),
        [_, or, _] if or == "or" || or == "and" => drop_tag(before, said, behind, operation, source),
        _ if behind.is_empty() && is_led_to(before) => of_one(tag, before, operation),
        [verb, owner @ ..] => for_owner(tag, verb, owner, said, behind, operation),
    }
}

/// The words without those in the middle, where something that can begin a name is left and it is clear what is meant.
fn drop_tag(
    before: &[String],
    said: &[String],
    behind: &[String],
    operation: &ir::Operation,
    source: WordSource,
) -> Option<Short> {
    // An article belongs to the tag: `getABook` is `get`, and `getABooksTags` is about one book.
    let is_one = before.iter().skip(1).any(|word| is_article(word) && word != "the");
    let kept = before.iter().enumerate();
    let kept = kept.filter(|(index, word)| *index == 0 || !is_article(word));
    let before: Vec<String> = kept.map(|(_, word)| word.clone()).collect();
    let is_many = !is_one && said.last().is_some_and(|word| is_plural(word));
    let is_led = behind.first().is_none_or(|word| LEADING.contains(&word.as_str()));
    let words = match (before.as_slice(), behind) {
        ([verb], _) if is_many && is_led && reads_many(verb, operation) => [&[LIST.to_owned()], behind].concat(),
        // A list of them is what `list` says.
        ([verb], [list]) if list == LIST && READING.contains(&verb.as_str()) => vec![list.clone()],
        _ => [&before, behind].concat(),
    };
    let verb = match words.as_slice() {
        [verb] => verb.as_str(),
        _ => "",
    };
    let is_of_collection = OF_COLLECTIONS.contains(&verb);
    let is_clear = source == WordSource::Path
        || match is_many {
            true => verb.is_empty() || is_of_collection,
            false => !LISTING.contains(&verb) || !ends_with_parameter(operation),
        };
    let clarity = match is_many == is_of_collection {
        true => Clarity::Fitting,
        false => Clarity::Open,
    };
    (is_clear && can_begin(&words)).then_some(Short { words, clarity })
}

/// The words in front of the tag without those that lead to it.
fn of_one(tag: &[String], before: &[String], operation: &ir::Operation) -> Option<Short> {
    let words = without_article(before).split_last().map(|(_, rest)| rest.to_vec())?;
    let is_named = words.len() > 1 && can_begin(&words);
    (is_named && is_of_one(tag, operation)).then_some(Short {
        words,
        clarity: Clarity::Open,
    })
}

/// The words with the owner of the thing at the end, where the path has the owner right in front of the thing.
fn for_owner(
    tag: &[String],
    verb: &str,
    owner: &[String],
    said: &[String],
    behind: &[String],
    operation: &ir::Operation,
) -> Option<Short> {
    let is_many = said.last().is_some_and(|word| is_plural(word));
    let verb = match is_many && behind.is_empty() && reads_many(verb, operation) {
        true => LIST,
        false => verb,
    };
    let is_clear = !is_many || !behind.is_empty() || OF_COLLECTIONS.contains(&verb);
    let has_no_leading = |words: &[String]| words.iter().all(|word| !CONNECTING.contains(&word.as_str()));
    if !is_clear || !has_no_leading(owner) || !has_no_leading(behind) || !is_owned(tag, owner, operation) {
        return None;
    }
    let verb = [verb.to_owned()];
    let words = [&verb, behind, &["for".to_owned()], owner].concat();
    can_begin(&words).then_some(Short {
        words,
        clarity: Clarity::Open,
    })
}

/// Whether an operation that gets many things lists them: its path ends with their name.
fn reads_many(verb: &str, operation: &ir::Operation) -> bool {
    let steps = resource::steps(&operation.path);
    let is_of_many = matches!(steps.last(), Some(Step::Name(name)) if name.last().is_some_and(|word| is_plural(word)));
    is_of_many && operation.method.as_str() == "GET" && READING.contains(&verb)
}

/// Whether a name can begin with these words.
fn can_begin(words: &[String]) -> bool {
    words
        .first()
        .is_some_and(|first| !CONNECTING.contains(&first.as_str()) && !first.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether words are the same in the singular.
pub(super) fn is_same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || singular(a) == singular(b))
}

fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

fn without_article(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if is_article(last) => rest,
        _ => words,
    }
}

/// Whether words end with one that leads to something.
fn is_led_to(words: &[String]) -> bool {
    let last = without_article(words).last();
    last.is_some_and(|word| LEADING.contains(&word.as_str()))
}

fn ends_with_parameter(operation: &ir::Operation) -> bool {
    matches!(resource::steps(&operation.path).last(), Some(Step::Parameter))
}

/// Whether a path is about something of one of the group: `/books/{id}/tags`.
fn is_of_one(tag: &[String], operation: &ir::Operation) -> bool {
    let steps = resource::steps(&operation.path);
    let own = steps.iter().position(|step| actions::is_named(step, tag));
    own.is_some_and(|at| matches!(steps.get(at + 1), Some(Step::Parameter)) && steps.len() > at + 2)
}

/// Whether the last names in front of the group's in a path are these: `/shelves/{id}/books` of `shelf`.
fn is_owned(tag: &[String], owner: &[String], operation: &ir::Operation) -> bool {
    let steps = resource::steps(&operation.path);
    let Some(own) = steps.iter().rposition(|step| actions::is_named(step, tag)) else {
        return false;
    };
    let mut left = owner;
    for step in steps.get(..own).unwrap_or_default().iter().rev() {
        let Step::Name(name) = step else { continue };
        let Some((rest, last)) = left
            .len()
            .checked_sub(name.len())
            .and_then(|at| left.split_at_checked(at))
        else {
            return false;
        };
        if !is_same(last, name) {
            return false;
        }
        left = rest;
        if left.is_empty() {
            return true;
        }
    }
    false
}
