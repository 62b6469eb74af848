//! What is drawn: chances, choices and names, all of them settled by a seed.

use fastrand::Rng;

/// Words as documents use them, in the cases that they are written in.
const USUAL: &str = "\
    id name status createdAt updated_at page limit offset cursor items data error message kind url email amount \
    currency owner parent children metadata labels ID userID HTTPStatus OAuthToken v1 is-active count total next \
    tags format";

/// Words that mean something in Rust, in generated code or in what it uses.
const TAKEN: &str = "\
    type self Self super crate match async await gen box dyn try macro union static ref true null String Option Vec \
    Result Error Ok Some None Box Any Request Response Client Builder Body Context Default Clone Debug Display From \
    Send Sync Drop Copy Iterator BTreeMap Arc Cow Bytes Value Json Field Types from into new build send stream value \
    values key len iter map rest extra other unknown default clone eq fmt hash drop validate check read write text \
    body request response client server types api runtime codec auth security mock webhooks callbacks headers header \
    query path cookie input output state inner writer reader std core serde tokio axum reqwest http bool str u8 i32 \
    f64 Router Service Handler Url Date DateTime Uuid Duration Page Pages Event Events main lib mod tests rules \
    Never Infallible Wrong Path Form Part File Multipart";

/// Words that no identifier can be as they are.
const ODD: &[&str] = &[
    "",
    "$type",
    "@type",
    "#text",
    "_",
    "__",
    "-",
    "x-y",
    "X_Y",
    "x.y",
    "x/y",
    "x y",
    "+1",
    "-1",
    "1",
    "123abc",
    "ü",
    "国",
    "日本語",
    "naïve",
    "emoji😀",
    "items[]",
    "filter[name]",
    "a:b",
    "'quote'",
    "\"quote\"",
    "back\\slash",
    "{brace}",
    "new\nline",
    "*/",
    "/*",
    "//",
    "tab\t",
    "100%",
    "a&b",
    "a=b",
    "a,b",
    "a;b",
    "~tilde",
    "a~1b",
    "$ref",
    "Ａ",
    "ß",
    "İ",
    "ǅ",
    "e\u{301}",
    "\u{200b}",
    "r#type",
    "<T>",
    "`code`",
    "| cell",
    "__proto__",
    "1.0",
    "²",
];

/// Draws from a seed.
pub(super) struct Draw(Rng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// True in so many of a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.0.u32(..100) < percent
    }

    /// A number from the first to the last.
    pub(super) fn between(&mut self, first: usize, last: usize) -> usize {
        self.0.usize(first..=last)
    }

    /// One of them.
    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.0.usize(..all.len())]
    }

    /// One of them, as often as its weight says next to those of the others.
    pub(super) fn weighed<T: Copy>(&mut self, all: &[(u32, T)]) -> T {
        let all_weights: u32 = all.iter().map(|(weight, _)| weight).sum();
        let mut left = self.0.u32(..all_weights);
        for (weight, choice) in all {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return *choice,
            }
        }
        unreachable!("less than the sum")
    }

    /// One of these words, between which is space.
    fn word(&mut self, words: &str) -> String {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.of(&words).to_owned()
    }

    /// A name as documents have them.
    pub(super) fn name(&mut self) -> String {
        let word = match self.weighed(&[(60, Some(USUAL)), (30, Some(TAKEN)), (10, None)]) {
            Some(words) => self.word(words),
            None => self.of(ODD).to_owned(),
        };
        match self.between(0, 9) {
            0 => format!("{word}_{}", self.word(USUAL)),
            1 => word.to_uppercase(),
            2 => word.to_lowercase(),
            _ => word,
        }
    }

    /// A name of letters, digits, `.`, `-` and `_`, as components must have.
    pub(super) fn component(&mut self) -> String {
        let name = self.name();
        let is_fit = |c: &char| c.is_ascii_alphanumeric() || "._-".contains(*c);
        let fit: String = name.chars().filter(is_fit).collect();
        match fit.is_empty() {
            true => "Thing".to_owned(),
            false => fit,
        }
    }

    /// So many names that differ, or fewer.
    pub(super) fn names(&mut self, first: usize, last: usize) -> Vec<String> {
        let mut names = Vec::new();
        for _ in 0..self.between(first, last) {
            let name = self.name();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Text of a description.
    pub(super) fn text(&mut self) -> String {
        let [a, b] = [self.name(), self.name()];
        match self.between(0, 7) {
            0 => format!("The {a} of `{b}`.\n\n    indented\n\n- one\n- two\n"),
            1 => format!("See [{a}](https://example.com/{b}) or <b>{b}</b>; [{a}] is not a link."),
            2 => format!("{a} */ {b} \"#\n```\nlet {a} = {{}};\n```"),
            3 => format!("| {a} | {b} |\n|---|---|\n| 1 | 2 |"),
            4 => format!("  {a}\r\n\r\n\t{b} {{}} {{0}} %s https://example.com/a_b_c."),
            _ => format!("The {a} of the {b}."),
        }
    }
}
