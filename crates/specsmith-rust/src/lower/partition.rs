//! Files of readable size: what belongs together by the words of its name.
//!
//! A file that grows too long is split by the next word of the names in it, where many begin with the same word, else
//! by first letters. So where something goes depends on its name and not on what came before it, and nothing moves
//! when something is added, but for one file that becomes too long.

use std::collections::BTreeMap;

/// How many lines a file has at most, as far as can be told before it is printed.
const MAX_LINES: usize = 1_500;

/// How many lines begin with one word before they get a file of their own.
const OWN_LINES: usize = 400;

/// How many words of a name decide on its file.
const MAX_WORDS: usize = 16;

/// How many letters of a word decide on its file.
const MAX_LETTERS: usize = 4;

/// The letters that share a file while there are few of each.
const RANGES: [(char, char); 4] = [('a', 'd'), ('e', 'l'), ('m', 'r'), ('s', 'z')];

/// Something that goes into one file as a whole.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The words that decide on its file.
    pub(super) words: Vec<String>,
    /// How many lines it has.
    pub(super) lines: usize,
}

/// What is in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The words that tell it from the other files; none where there is only one.
    pub(super) words: Vec<String>,
    /// The entries in it, by their places.
    pub(super) members: Vec<usize>,
}

/// Puts each entry into a part; there is no part without entries.
pub(super) fn partition(entries: &[Entry]) -> Vec<Part> {
    let mut partition = Partition {
        entries,
        parts: Vec::new(),
    };
    partition.by_word((0..entries.len()).collect(), Vec::new());
    partition.parts
}

struct Partition<'e> {
    entries: &'e [Entry],
    parts: Vec<Part>,
}

impl Partition<'_> {
    /// Splits entries that share their first words.
    fn by_word(&mut self, members: Vec<usize>, words: Vec<String>) {
        if self.lines(&members) <= MAX_LINES || words.len() >= MAX_WORDS {
            self.add(words, members);
            return;
        }
        let place = words.len();
        let (mut groups, mut rest) = (BTreeMap::<String, Vec<usize>>::new(), Vec::new());
        for member in members {
            match self.word(member, place) {
                Some(word) => groups.entry(word.to_owned()).or_default().push(member),
                None => rest.push(member),
            }
        }
        for (word, group) in groups {
            if self.lines(&group) < OWN_LINES {
                rest.extend(group);
            } else {
                self.by_word(group, [words.as_slice(), &[word]].concat());
            }
        }
        rest.sort_unstable();
        self.by_range(rest, words);
    }

    /// Splits what has too few lines by word.
    fn by_range(&mut self, members: Vec<usize>, words: Vec<String>) {
        let first = members.first().and_then(|member| self.word(*member, words.len()));
        let same = members.iter().all(|member| self.word(*member, words.len()) == first);
        if same || self.lines(&members) <= MAX_LINES {
            self.add(words, members);
            return;
        }
        let mut ranges: [Vec<usize>; 4] = Default::default();
        let place = words.len();
        for member in members {
            let first = self.word(member, place).and_then(|word| word.chars().next());
            let first = first.unwrap_or('a').to_ascii_lowercase();
            let within = RANGES.iter().position(|(_, last)| first <= *last);
            if let Some(range) = ranges.get_mut(within.unwrap_or(RANGES.len() - 1)) {
                range.push(member);
            }
        }
        for ((from, to), members) in RANGES.iter().zip(ranges) {
            if self.lines(&members) <= MAX_LINES {
                let name = [from.to_string(), "to".to_owned(), to.to_string()];
                self.add([words.as_slice(), &name].concat(), members);
            } else {
                self.by_letters(members, &words, 1);
            }
        }
    }

    /// Splits by the first letters of a word.
    fn by_letters(&mut self, members: Vec<usize>, words: &[String], count: usize) {
        let mut groups = BTreeMap::<String, Vec<usize>>::new();
        for member in members {
            let word = self.word(member, words.len()).unwrap_or_default();
            let letters = word.chars().take(count).collect();
            groups.entry(letters).or_default().push(member);
        }
        for (letters, members) in groups {
            if self.lines(&members) > MAX_LINES && count < MAX_LETTERS {
                self.by_letters(members, words, count + 1);
            } else {
                self.add([words, &[letters]].concat(), members);
            }
        }
    }

    fn add(&mut self, words: Vec<String>, members: Vec<usize>) {
        if !members.is_empty() {
            self.parts.push(Part { words, members });
        }
    }

    fn word(&self, member: usize, place: usize) -> Option<&str> {
        self.entries.get(member)?.words.get(place).map(String::as_str)
    }

    fn lines(&self, members: &[usize]) -> usize {
        let entries = members.iter().filter_map(|member| self.entries.get(*member));
        entries.map(|entry| entry.lines).sum()
    }
}

#[cfg(test)]
#[path = "partition/tests.rs"]
mod tests;
