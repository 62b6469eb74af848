//! What is remembered of the names that were given, so that the next generation gives them again.

use std::collections::{BTreeMap, BTreeSet};

use crate::Ident;

/// The names that were given, as far as something new could take them.
///
/// Most names follow from their places, so it is enough to remember which places were there: they get their names before
/// what is new. Only names that do not follow from their places alone are remembered themselves.
///
/// A place is written as its kind and name in the document, and the way to what is inside it: `schemas/Book`,
/// `operations/listBooks`, `schemas/Book/fields/pageSize`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownNames {
    /// What was there of schemas, operations, tags and other named things: each with marks of the places inside it that
    /// could lose their names.
    pub places: BTreeMap<String, BTreeSet<Mark>>,
    /// The names of places that yielded to others, by their places.
    pub names: BTreeMap<String, String>,
}

impl KnownNames {
    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.names.is_empty()
    }

    /// Adds what others remember; what both do stays as it is here.
    pub fn extend(&mut self, others: Self) {
        for (place, marks) in others.places {
            self.places.entry(place).or_default().extend(marks);
        }
        for (place, name) in others.names {
            self.names.entry(place).or_insert(name);
        }
    }

    /// Whether a text can be the name of something in Rust, as it is remembered.
    pub fn is_name(text: &str) -> bool {
        !text.is_empty() && Ident::from_name(text).unraw() == text
    }
}

/// A short hash of a place.
///
/// Two places of one schema have the same mark once in sixteen millions, and that matters only where both want the
/// same name: then the rules for documents without memory decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u32);

/// The digits of marks, in the order of their values.
const DIGITS: &[u8; 64] = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

impl Mark {
    /// How many characters a mark has.
    pub const LENGTH: usize = 4;

    /// The mark of a place.
    pub(crate) fn of(text: &str) -> Self {
        let hash = hash(text);
        let folded = hash ^ (hash >> 24) ^ (hash >> 48);
        Self(u32::try_from(folded & 0xff_ffff).unwrap_or_default())
    }

    /// Reads a mark; `None` for what is none.
    pub fn read(text: &str) -> Option<Self> {
        let value = |digit: u8| u32::try_from(DIGITS.iter().position(|known| *known == digit)?).ok();
        match text.as_bytes() {
            [a, b, c, d] => {
                let value = (value(*a)? << 18) | (value(*b)? << 12) | (value(*c)? << 6) | value(*d)?;
                Some(Self(value))
            }
            _ => None,
        }
    }

    /// The mark as text.
    pub fn text(self) -> String {
        let digit = |shift: u32| {
            DIGITS
                .get((self.0 >> shift & 63) as usize)
                .copied()
                .map_or('-', char::from)
        };
        [18, 12, 6, 0].map(digit).iter().collect()
    }
}

/// FNV-1a, which is the same on every system and in every version.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn marks_read_back_in_their_order() {
        let mut marks: Vec<Mark> = (0..500).map(|index| Mark::of(&format!("/fields/f{index}"))).collect();
        marks.sort_unstable();
        let texts: Vec<String> = marks.iter().map(|mark| mark.text()).collect();
        assert!(texts.is_sorted());
        let read: Vec<Mark> = texts.iter().map(|text| Mark::read(text).unwrap()).collect();
        assert_eq!(read, marks);
        marks.dedup();
        assert!(marks.len() > 495, "{}", marks.len());
    }

    #[test]
    fn marks_stay() {
        assert_eq!(Mark::of("").text(), "jVlI");
        assert_eq!(Mark::of("/fields/pageSize").text(), "r0Bx");
    }

    #[test]
    fn what_is_no_mark_is_not_read() {
        for text in ["", "abc", "abcde", "a+cd", "äbc"] {
            assert_eq!(Mark::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_that_remembers_a_name_wins() {
        let of = |name: &str| KnownNames {
            places: [("schemas/A".to_owned(), BTreeSet::from([Mark::of(name)]))].into(),
            names: [("schemas/a".to_owned(), name.to_owned())].into(),
        };
        let mut both = of("A2");
        both.extend(of("AModel"));
        assert_eq!(both.names.get("schemas/a").unwrap(), "A2");
        assert_eq!(both.places.get("schemas/A").unwrap().len(), 2);
    }

    #[test]
    fn names_are_told_from_other_texts() {
        for name in ["BookSize", "page_size", "type", "self_", "本"] {
            assert!(KnownNames::is_name(name), "{name}");
        }
        for text in ["", "a b", "2a", "self", "a\u{202e}", "_"] {
            assert!(!KnownNames::is_name(text), "{text}");
        }
    }
}
