//! "Did you mean": the known name closest to one that is not known.

/// Names longer than this get no suggestion: comparing costs the product of the lengths.
const LONGEST: usize = 100;
/// How many candidates are compared at most.
const MOST: usize = 10_000;
/// How alike two names have to be, from 0 to 1.
const ALIKE: f64 = 0.85;

/// The candidate most like `name`, if one is like enough to be meant; the first of equals.
///
/// Case and the separators `-`, `_`, `.`, space do not count as differences.
///
/// ```
/// use specsmith_diagnostics::closest;
///
/// assert_eq!(closest("Pett", ["Owner", "Pet"]), Some("Pet"));
/// assert_eq!(closest("petOwner", ["Pet", "pet_owner"]), Some("pet_owner"));
/// assert_eq!(closest("Invoice", ["Owner", "Pet"]), None);
/// ```
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = Folded::new(name);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().take(MOST) {
        if candidate.len() > LONGEST || candidate == name {
            continue;
        }
        let other = Folded::new(candidate);
        if !wanted.may_be_like(&other) {
            continue;
        }
        let score = strsim::jaro_winkler(&wanted.text, &other.text);
        if score > ALIKE && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A name without what does not count.
struct Folded {
    text: String,
    /// One bit for each kind of character in it.
    characters: u64,
}

impl Folded {
    fn new(name: &str) -> Self {
        let kept = name.chars().filter(|c| !matches!(c, '-' | '_' | '.' | ' '));
        let text: String = kept.flat_map(char::to_lowercase).collect();
        let characters = text.chars().fold(0, |bits, c| bits | 1_u64 << (u32::from(c) % 64));
        Self { text, characters }
    }

    /// Whether a comparison is worth its while: alike names have nearly the same characters.
    fn may_be_like(&self, other: &Self) -> bool {
        let different = (self.characters ^ other.characters).count_ones() as usize;
        different <= 2 + self.text.len().max(other.text.len()) / 3
    }
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_slips_of_the_keyboard_and_of_case() {
        let names = ["Pet", "PetList", "Owner", "error_model"];
        assert_eq!(closest("Pett", names), Some("Pet"));
        assert_eq!(closest("pet", names), Some("Pet"));
        assert_eq!(closest("Onwer", names), Some("Owner"));
        assert_eq!(closest("ErrorModel", names), Some("error_model"));
        assert_eq!(closest("petlst", names), Some("PetList"));
    }

    #[test]
    fn suggests_nothing_that_is_far_or_long() {
        assert_eq!(closest("Invoice", ["Pet", "Owner"]), None);
        assert_eq!(closest("Pet", ["Pet"]), None, "the name itself is no suggestion");
        let long = "K".repeat(1_000_000);
        assert_eq!(closest(&long, [&*long]), None);
        assert_eq!(closest("", ["", "a"]), None);
    }

    #[test]
    fn takes_the_first_of_equals() {
        assert_eq!(closest("color", ["Color", "COLOR"]), Some("Color"));
    }
}
