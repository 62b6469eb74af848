//! Texts that match simple patterns.
//!
//! Understands literals, classes, groups, alternatives and counts; what else a pattern can say makes no text.

use std::iter::Peekable;
use std::str::Chars;

use specsmith_ir::Text;

/// How often something is repeated at most, and how deep groups are followed.
const MAX_REPEAT: usize = 64;
const MAX_DEPTH: usize = 16;
/// The longest text.
const MAX_TEXT: usize = 512;

/// A text that matches a pattern and is as long as the limits want.
pub(super) fn matching(pattern: &str, limits: &Text) -> Option<String> {
    let is_long_enough = |text: &String| {
        let length = text.chars().count() as u64;
        limits.min_length.is_none_or(|least| length >= least) && limits.max_length.is_none_or(|most| length <= most)
    };
    // What can be repeated freely is repeated a few times, then as often as the text has to be long.
    let least = usize::try_from(limits.min_length.unwrap_or(0)).unwrap_or(MAX_REPEAT);
    [3, 1, 0, least.min(MAX_REPEAT)]
        .into_iter()
        .filter_map(|wish| made(pattern, wish))
        .find(|text| is_long_enough(text))
}

fn made(pattern: &str, wish: usize) -> Option<String> {
    let mut parser = Parser {
        chars: pattern.chars().peekable(),
        wish,
        depth: 0,
    };
    let text = parser.alternatives()?;
    (parser.chars.next().is_none() && text.len() <= MAX_TEXT).then_some(text)
}

struct Parser<'p> {
    chars: Peekable<Chars<'p>>,
    /// How often what can be repeated freely is repeated.
    wish: usize,
    depth: usize,
}

impl Parser<'_> {
    /// The text of the first alternative; the others are read and dropped.
    fn alternatives(&mut self) -> Option<String> {
        let first = self.sequence()?;
        while self.chars.next_if_eq(&'|').is_some() {
            self.sequence()?;
        }
        Some(first)
    }

    fn sequence(&mut self) -> Option<String> {
        let mut out = String::new();
        while let Some(c) = self.chars.next_if(|c| !matches!(c, '|' | ')')) {
            let piece = match c {
                '^' | '$' => continue,
                '.' => "a".to_owned(),
                '(' => self.group()?,
                '[' => self.class()?.to_string(),
                '\\' => self.escape()?.to_string(),
                '*' | '+' | '?' | '{' => return None,
                c => c.to_string(),
            };
            let count = self.count()?;
            if out.len() + piece.len() * count > MAX_TEXT {
                return None;
            }
            out.push_str(&piece.repeat(count));
        }
        Some(out)
    }

    fn group(&mut self) -> Option<String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        if self.chars.next_if_eq(&'?').is_some() {
            self.kind_of_group()?;
        }
        let text = self.alternatives()?;
        self.chars.next_if_eq(&')')?;
        self.depth -= 1;
        Some(text)
    }

    /// What is said of a group that only groups: its flags (`?i:`, or `?i` alone), or its name (`?<name>`, `?P<name>`).
    fn kind_of_group(&mut self) -> Option<()> {
        if self.chars.next_if_eq(&'P').is_some() || self.chars.peek() == Some(&'<') {
            self.chars.next_if_eq(&'<')?;
            while self.chars.next_if(|c| c.is_alphanumeric() || *c == '_').is_some() {}
            return self.chars.next_if_eq(&'>').map(drop);
        }
        while self.chars.next_if(|c| matches!(c, 'i' | 'm' | 's')).is_some() {}
        match self.chars.peek()? {
            ')' => Some(()),
            _ => self.chars.next_if_eq(&':').map(drop),
        }
    }

    fn escape(&mut self) -> Option<char> {
        match self.chars.next()? {
            'd' => Some('1'),
            'w' => Some('a'),
            's' => Some(' '),
            'S' | 'D' => Some('a'),
            c if c.is_ascii_alphanumeric() => None,
            c => Some(c),
        }
    }

    /// A character of a class: a letter or digit where it has one.
    fn class(&mut self) -> Option<char> {
        let is_negated = self.chars.next_if_eq(&'^').is_some();
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let first = match self.chars.next()? {
                ']' => break,
                '\\' => match self.chars.next()? {
                    'd' => {
                        ranges.push(('0', '9'));
                        continue;
                    }
                    'w' => {
                        ranges.extend([('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]);
                        continue;
                    }
                    's' => ' ',
                    c if c.is_ascii_alphanumeric() => return None,
                    c => c,
                },
                c => c,
            };
            let mut ahead = self.chars.clone();
            let last = match (ahead.next(), ahead.next()) {
                (Some('-'), Some(last)) if !matches!(last, ']' | '\\') => {
                    self.chars = ahead;
                    last
                }
                _ => first,
            };
            ranges.push((first, last));
        }
        let has = |c: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&c)) != is_negated;
        let mut likely = ['a', 'A', '1', '0', 'b', 'B', '-', '_', ' ', '.'].into_iter();
        likely
            .find(|c| has(c))
            .or_else(|| ranges.first().map(|(first, _)| *first).filter(|c| has(c)))
    }

    /// How often the piece before is there.
    fn count(&mut self) -> Option<usize> {
        let count = match self.chars.peek() {
            Some('*') => self.wish,
            Some('+') => self.wish.max(1),
            Some('?') => self.wish.min(1),
            Some('{') => return self.counted(),
            _ => return Some(1),
        };
        self.chars.next();
        self.chars.next_if_eq(&'?');
        Some(count)
    }

    /// `{2}`, `{2,}` or `{2,5}`.
    fn counted(&mut self) -> Option<usize> {
        self.chars.next();
        let mut inside = String::new();
        loop {
            match self.chars.next()? {
                '}' => break,
                c => inside.push(c),
            }
        }
        self.chars.next_if_eq(&'?');
        let (least, most) = match inside.split_once(',') {
            Some((least, "")) => (least.parse().ok()?, usize::MAX),
            Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
            None => (inside.parse().ok()?, inside.parse().ok()?),
        };
        let count = self.wish.clamp(least, most.max(least));
        (count <= MAX_TEXT).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: Option<&str>) {
        assert_eq!(matching(pattern, &Text::default()).as_deref(), expected, "{pattern}");
    }

    #[test]
    fn simple_patterns_make_texts() {
        check("^[A-Z]{3}$", Some("AAA"));
        check("^[0-9-]{10,17}$", Some("1111111111"));
        check("^(red|green)-\\d+$", Some("red-111"));
        check("^acct_[a-z0-9]*$", Some("acct_aaa"));
        check("^a(?:b?)c\\.d$", Some("abc.d"));
        check("(?i:^a(?<name>b)(?P<other>c)$)", Some("abc"));
        check("(?i)^a$", Some("a"));
        check("[^a]", Some("A"));
    }

    #[test]
    fn other_patterns_make_none() {
        for pattern in [
            "(?=a)b", "(?<=a)b", "(?<!a)b", "(?!a)b", "\\p{L}", "a**", "(a", "\\bx", "[a-z",
        ] {
            check(pattern, None);
        }
    }

    #[test]
    fn lengths_are_kept() {
        let limits = Text {
            min_length: Some(10),
            ..Text::default()
        };
        assert_eq!(matching("^[a-z]+$", &limits).map(|text| text.len()), Some(10));
    }
}
