//! Names: from any text of a document to Rust identifiers, chosen so that they stay.
//!
//! **Words.** A text is split where its case or its symbols split it: `HTTPServer` is `http server`, `userIDs` is
//! `user ids`, `md5Hash` is `md5 hash`. Latin, Greek and Cyrillic letters are written in ASCII, letters of Chinese,
//! Japanese and Korean stay, anything else separates words. A sign in front says something and is spelled: `+1` is
//! `plus1`, `-created` is `minus created`. A text of symbols only is spelled (`<=` is `less or equal`), and an empty
//! one is `empty`.
//!
//! **Case.** Types and variants are in `PascalCase`, all else is in `snake_case`. Digits that would run together are
//! kept apart (`V1_0`), and a name that would begin with a digit begins with `N` or `n` (`N3d`, `n2fa`). A keyword is
//! a raw identifier (`r#type`); `self`, `super`, `crate` and `Self`, which cannot be raw, end with `_`. Names of more
//! than [`MAX_LENGTH`] characters keep their beginning and their end.
//!
//! **Scopes.** A [`Scope`] gives each name once. What is asked for comes as candidates: the name itself, then the
//! name with a word from its place that tells it apart, and only then numbers from 2. Callers claim what others
//! depend on first: names that are written just so before converted ones, components before inline types. So a name
//! stays when something of lower rank is added.

mod kept;
mod latin;
mod plural;
pub(crate) mod reserved;
mod scope;
mod symbols;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;

use heck::ToUpperCamelCase as _;

pub(crate) use plural::{is_plural, singular};
pub(crate) use scope::Scope;
pub(crate) use words::{spelled_words, words};

/// How long a name can be, in characters.
pub(crate) const MAX_LENGTH: usize = 100;

/// How the words of a name are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `BookPage`: types, variants.
    Pascal,
    /// `book_page`: fields, functions, parameters, modules.
    Snake,
}

impl Case {
    /// The words as one name, which is an identifier but for keywords.
    pub(crate) fn join(self, words: &[String]) -> String {
        let words = shortened(words);
        // Room for what may come between words, and for a letter before digits.
        let mut name = String::with_capacity(words.iter().map(|word| word.len() + 1).sum::<usize>() + 1);
        for word in words.iter().filter(|word| !word.is_empty()) {
            let digits_meet = name.ends_with(|c: char| c.is_ascii_digit()) && starts_with_digit(word);
            if !name.is_empty() && (self == Case::Snake || digits_meet) {
                name.push('_');
            }
            match self {
                Case::Pascal => push_capitalized(&mut name, word),
                Case::Snake => name.push_str(word),
            }
        }
        if name.is_empty() {
            name.push_str("empty");
        }
        if starts_with_digit(&name) {
            name.insert(0, 'n');
        }
        if self == Case::Pascal {
            let first = name.remove(0).to_ascii_uppercase();
            name.insert(0, first);
        }
        name
    }
}

/// A name in snake case with letters beyond ASCII as their numbers, for modules: their files must have ASCII names.
pub(crate) fn ascii_name(name: &str) -> String {
    let mut result = String::new();
    let mut after_number = false;
    for c in name.chars() {
        if !result.is_empty() && !result.ends_with('_') && (after_number || !c.is_ascii()) && c != '_' {
            result.push('_');
        }
        after_number = !c.is_ascii();
        match after_number {
            true => result.push_str(&format!("u{:04x}", u32::from(c))),
            false => result.push(c),
        }
    }
    result
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn push_capitalized(name: &mut String, word: &str) {
    if let Some(version) = word.strip_prefix("oauth")
        && version.bytes().all(|byte| byte.is_ascii_digit())
    {
        name.push_str("OAuth");
        name.push_str(version);
        return;
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(first)
            if word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) =>
        {
            name.push(first.to_ascii_uppercase());
            name.push_str(letters.as_str());
        }
        _ => name.push_str(&word.to_upper_camel_case()),
    }
}

/// The words with those in the middle left out until the rest fits into [`MAX_LENGTH`]; the last word always stays.
fn shortened(words: &[String]) -> Cow<'_, [String]> {
    let half = MAX_LENGTH / 2;
    let length = |word: &String| word.chars().count() + 1;
    let has_room = || words.iter().map(length).sum::<usize>() <= MAX_LENGTH;
    // Bytes are counted already, and characters are no more than they.
    if words.iter().map(|word| word.len() + 1).sum::<usize>() <= MAX_LENGTH || has_room() {
        return Cow::Borrowed(words);
    }
    let words: Vec<String> = words.iter().map(|word| word.chars().take(half - 1).collect()).collect();
    let tail = fitting(words.iter().skip(1).rev(), half);
    let head = fitting(words.iter().take(words.len() - tail.len()), half);
    head.into_iter().chain(tail.into_iter().rev()).collect()
}

/// The first of the words that together are not longer than `room`.
fn fitting<'w>(words: impl Iterator<Item = &'w String>, room: usize) -> Vec<String> {
    let mut used = 0;
    words
        .take_while(|word| {
            used += word.chars().count() + 1;
            used <= room
        })
        .cloned()
        .collect()
}
