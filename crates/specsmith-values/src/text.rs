//! Strings, by format, pattern and length.

use specsmith_ir::{Text, canonical_format};

use crate::make::{Source, Values};
use crate::pattern;

/// Words that code may stumble over.
const ODD: &[&str] = &[
    "alpha",
    "beta",
    "gamma",
    "delta",
    "a longer text of some words",
    "caf\u{e9}",
    "say \"hi\"",
    "a\\b",
    "line\nbreak",
    "\u{1f980}",
    "x",
];
const PLAIN: &[&str] = &[
    "amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "harbor", "island", "juniper", "lagoon", "meadow",
    "orchard", "pebble", "quartz", "river", "sage", "tundra", "willow", "zephyr",
];
/// The longest text that a least length asks for.
const MAX_LENGTH: u64 = 100_000;

impl Values<'_> {
    /// A string; `None` where none was found.
    pub(crate) fn text(&mut self, text: &Text) -> Option<String> {
        if let [first, ..] = text.patterns.as_slice() {
            for _ in 0..20 {
                let made = pattern::matching(&mut self.random, first)?;
                if fits(text, &made) {
                    return Some(made);
                }
            }
            return None;
        }
        let names = [&text.content_encoding, &text.format].into_iter().flatten();
        let is_base64 = names
            .map(|name| canonical_format(name))
            .any(|name| matches!(name.as_str(), "base64" | "base64url" | "byte"));
        let made = match self.formatted(text.format.as_deref()) {
            Some(made) => made,
            None if is_base64 => self.hex(self.parts % 3 * 4 + 4),
            None => self.words(text),
        };
        fits(text, &made).then_some(made)
    }

    fn words(&mut self, text: &Text) -> String {
        let words = match self.source {
            Source::Varied => ODD,
            Source::Plain | Source::Examples => PLAIN,
        };
        let mut word = || self.random.one(words).copied().unwrap_or("x");
        let mut made = word().to_owned();
        let least = text.min_length.unwrap_or(0).min(MAX_LENGTH);
        let mut length = made.chars().count() as u64;
        while length < least {
            let word = word();
            length += word.chars().count() as u64;
            made.push_str(word);
        }
        let most = usize::try_from(text.max_length.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        made.chars().take(most).collect()
    }

    fn formatted(&mut self, format: Option<&str>) -> Option<String> {
        let mut number = |least, most| self.random.between(least, most).unwrap_or(least);
        Some(match canonical_format(format?).as_str() {
            "datetime" => {
                let mut one = |texts: [&'static str; 3]| match number(0, 2) {
                    0 => texts[0],
                    1 => texts[1],
                    _ => texts[2],
                };
                let fraction = one(["", ".5", ".123456"]);
                let zone = one(["Z", "+02:00", "-05:30"]);
                let (year, month, day) = (number(1990, 2040), number(1, 12), number(1, 28));
                let (hour, minute, second) = (number(0, 23), number(0, 59), number(0, 59));
                format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
            }
            "date" => format!("{}-{:02}-{:02}", number(1990, 2040), number(1, 12), number(1, 28)),
            "time" => format!("{:02}:{:02}:{:02}Z", number(0, 23), number(0, 59), number(0, 59)),
            "duration" => format!("P{}DT{}H{}M", number(1, 40), number(1, 23), number(1, 59)),
            "email" | "idnemail" => format!("user{}@example.com", number(1, 999)),
            "uri" | "url" | "iri" => format!("https://example.com/a/{}?b=c#d", number(1, 999)),
            "urireference" | "irireference" => format!("../a/{}", number(1, 999)),
            "uritemplate" => format!("/a/{{id}}/{}", number(1, 999)),
            "hostname" | "idnhostname" => format!("host-{}.example.com", number(1, 999)),
            "ipv4" | "ip" => format!("192.0.2.{}", number(0, 255)),
            "ipv6" => format!("2001:db8::{:x}", number(1, 65_535)),
            "jsonpointer" => format!("/a/{}", number(1, 9)),
            "relativejsonpointer" => format!("{}/a", number(1, 9)),
            "regex" => "^a+$".to_owned(),
            "int64" | "int32" | "uint64" | "decimal" => number(0, 100_000).to_string(),
            "uuid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" | "uuid8" | "guid" => {
                let digits = self.hex(32);
                let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
                format!(
                    "{}-{}-4{}-8{}-{}",
                    part(0..8),
                    part(8..12),
                    part(13..16),
                    part(17..20),
                    part(20..32)
                )
            }
            _ => return None,
        })
    }

    fn hex(&mut self, digits: usize) -> String {
        const DIGITS: &[u8] = b"0123456789abcdef";
        let digit = |_| char::from(self.random.one(DIGITS).copied().unwrap_or(b'0'));
        (0..digits).map(digit).collect()
    }
}

fn fits(text: &Text, made: &str) -> bool {
    let length = made.chars().count() as u64;
    text.min_length.is_none_or(|least| length >= least) && text.max_length.is_none_or(|most| length <= most)
}
