//! The form in which two texts of a file are compared.
//!
//! Line breaks never count. In Rust files everything that `cargo fmt` may change does not count either: white space,
//! trailing commas, braces around the one expression of a closure or match arm, the order of imports and modules.

use std::borrow::Cow;
use std::mem;

use crate::lexer::{Token, TokenKind, tokens};

/// The form of a file's text in which it is compared; the path tells the language.
pub(crate) fn canonical<'t>(path: &str, text: &'t str) -> Cow<'t, [u8]> {
    let text = unix(text);
    if path.ends_with(".rs") {
        return Cow::Owned(rust(&text));
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// The text with `\n` as its only line break.
pub(crate) fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

fn rust(text: &str) -> Vec<u8> {
    let mut comments = Vec::new();
    let mut words = Words::with_capacity(text.len() / 6);
    for Token { kind, range } in tokens(text) {
        let text = text.get(range).unwrap_or_default();
        match kind {
            TokenKind::Comment => comments.extend(text.lines().map(str::trim)),
            TokenKind::DocComment => words.read(Word::new(kind, text.trim_end())),
            _ => words.read(Word::new(kind, text)),
        }
    }
    let words = words.finish();
    let mut lines = Lines(Vec::with_capacity(text.len()));
    let mut declarations: Vec<String> = Vec::new();
    let mut rest = words.as_slice();
    let mut begins = true;
    while let [word, tail @ ..] = rest {
        if begins && let Some((found, tail)) = declaration(rest) {
            declarations.extend(found);
            rest = tail;
            continue;
        }
        let closes = |next: &Word<'_>| matches!(next.sign, b')' | b']' | b'}' | b'{' | b';' | b'>');
        if word.sign != b',' || !tail.first().is_none_or(closes) {
            match word.sign {
                0 => lines.push(word.text),
                sign => lines.push_sign(sign),
            }
        }
        let is_inner_doc = word.kind == TokenKind::DocComment && word.text.starts_with("//!");
        begins = is_inner_doc || matches!(word.sign, b';' | b'{' | b'}' | b']');
        rest = tail;
    }
    declarations.sort_unstable();
    declarations.iter().for_each(|line| lines.push(line));
    comments.into_iter().for_each(|line| lines.push(line));
    lines.joined()
}

/// Lines of a text, each with its line break.
struct Lines(Vec<u8>);

impl Lines {
    fn push(&mut self, line: &str) {
        self.0.extend_from_slice(line.as_bytes());
        self.0.push(b'\n');
    }

    fn push_sign(&mut self, sign: u8) {
        self.0.extend_from_slice(&[sign, b'\n']);
    }

    /// The text without the last line break.
    fn joined(mut self) -> Vec<u8> {
        self.0.pop();
        self.0
    }
}

const COMMA: Word<'static> = Word {
    kind: TokenKind::Punctuation,
    text: ",",
    sign: b',',
};

#[derive(Clone, Copy)]
struct Word<'t> {
    kind: TokenKind,
    text: &'t str,
    /// The character that it is, where it is one of punctuation; quicker to compare than its text.
    sign: u8,
}

impl<'t> Word<'t> {
    fn new(kind: TokenKind, text: &'t str) -> Self {
        let sign = match (kind, text.as_bytes()) {
            (TokenKind::Punctuation | TokenKind::Open | TokenKind::Close, [sign]) => *sign,
            _ => 0,
        };
        Self { kind, text, sign }
    }
}

/// The words of a text without what formatting adds to them.
struct Words<'t> {
    kept: Vec<Word<'t>>,
    /// The groups that are open.
    open: Vec<Body>,
    /// The statement that is read.
    statement: Statement,
    /// The statements around it, one for each level of nesting.
    statements: Vec<Statement>,
    /// The signs of the two words before, the last one first.
    before: [u8; 2],
    /// Whether the word before closed a match arm, behind which a comma is optional.
    is_arm_closed: bool,
    /// The semicolon behind a jump, which formatting adds at the end of a block.
    semicolon: Option<Word<'t>>,
}

impl<'t> Words<'t> {
    fn with_capacity(capacity: usize) -> Self {
        Self {
            kept: Vec::with_capacity(capacity),
            open: Vec::new(),
            statement: Statement::Awaited,
            statements: Vec::new(),
            before: [0; 2],
            is_arm_closed: false,
            semicolon: None,
        }
    }

    /// Takes the next word, but for the braces of bodies of closures and match arms, which come and go with the length
    /// of a line.
    fn read(&mut self, word: Word<'t>) {
        // Most words neither begin a statement or a group nor end one.
        let is_inside = !matches!(word.kind, TokenKind::Open | TokenKind::Close) && word.sign != b';';
        let is_first = self.statement == Statement::Awaited;
        if is_inside && !is_first && !self.is_arm_closed && self.semicolon.is_none() {
            self.kept.push(word);
            self.before = [word.sign, self.before[0]];
            return;
        }
        if mem::take(&mut self.is_arm_closed) && word.sign != b',' {
            self.keep(COMMA);
        }
        match word.kind {
            TokenKind::Open => {
                let body = match self.before {
                    _ if word.sign != b'{' => Body::Other,
                    [b'>', b'='] => Body::Arm,
                    [b'|', _] => Body::Closure,
                    _ => Body::Other,
                };
                self.open.push(body);
                if body == Body::Other {
                    self.keep(word);
                }
            }
            TokenKind::Close => match self.open.pop().unwrap_or(Body::Other) {
                Body::Other => self.keep(word),
                Body::Arm => self.is_arm_closed = true,
                Body::Closure => {}
            },
            _ => self.keep(word),
        }
        self.before = [word.sign, self.before[0]];
    }

    /// Keeps a word, but for a semicolon behind a jump that ends a block.
    fn keep(&mut self, word: Word<'t>) {
        if let Some(semicolon) = self.semicolon.take()
            && word.sign != b'}'
        {
            self.kept.push(semicolon);
        }
        if word.sign == b';' && self.statement == Statement::Jump {
            self.semicolon = Some(word);
        } else {
            self.kept.push(word);
        }
        match word.kind {
            TokenKind::Word if self.statement == Statement::Awaited => self.statement = Statement::of(word.text),
            TokenKind::Open => self
                .statements
                .push(mem::replace(&mut self.statement, Statement::Awaited)),
            TokenKind::Close => self.statement = self.statements.pop().unwrap_or(Statement::Other),
            _ => {}
        }
        if matches!(word.sign, b';' | b'}') {
            self.statement = Statement::Awaited;
        }
    }

    fn finish(mut self) -> Vec<Word<'t>> {
        if self.is_arm_closed {
            self.keep(COMMA);
        }
        self.kept.extend(self.semicolon);
        self.kept
    }
}

/// What is known of a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Statement {
    /// It has not begun.
    Awaited,
    /// It begins with `return`, `break` or `continue`.
    Jump,
    /// It begins with another word.
    Other,
}

impl Statement {
    fn of(first: &str) -> Self {
        match first {
            "return" | "break" | "continue" => Self::Jump,
            _ => Self::Other,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Arm,
    Closure,
    Other,
}

/// An import or a module declaration at the beginning of `words`, each path of the import by itself, and the rest.
fn declaration<'a, 't>(words: &'a [Word<'t>]) -> Option<(Vec<String>, &'a [Word<'t>])> {
    let mut index = 0;
    let text = |index: usize| words.get(index).map(|word| word.text);
    loop {
        if words.get(index)?.kind == TokenKind::DocComment && !text(index)?.starts_with("//!") {
            index += 1;
        } else if words.get(index)?.sign == b'#' && text(index + 1) == Some("[") {
            index = end_of_group(words, index + 1)?;
        } else {
            break;
        }
    }
    let start = index;
    if text(index) == Some("pub") {
        index += 1;
        if text(index) == Some("(") {
            index = end_of_group(words, index)?;
        }
    }
    let keyword = text(index).filter(|keyword| matches!(*keyword, "use" | "mod"))?;
    let attributes: String = words.get(..start)?.iter().map(|word| word.text).collect();
    let visibility: String = words.get(start..index)?.iter().map(|word| word.text).collect();
    let end = index + words.get(index..)?.iter().position(|word| word.text == ";")?;
    let body = words.get(index + 1..end)?;
    let prefix = [&attributes, " ", &visibility, " ", keyword, " "].concat();
    let found = match keyword {
        "use" => {
            let mut paths = Vec::new();
            import(&prefix, body, &mut paths);
            paths
        }
        "mod" if body.len() == 1 => vec![[&prefix, body.first()?.text].concat()],
        _ => return None,
    };
    Some((found, words.get(end + 1..)?))
}

/// The index behind the group that opens at `index`.
fn end_of_group(words: &[Word<'_>], index: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, word) in words.get(index..)?.iter().enumerate() {
        match word.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(index + offset + 1);
        }
    }
    None
}

/// The paths of an import tree, each in full: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn import(prefix: &str, tree: &[Word<'_>], paths: &mut Vec<String>) {
    let mut path = String::new();
    for (index, word) in tree.iter().enumerate() {
        match word.text {
            "{" => {
                let end = end_of_group(tree, index).unwrap_or(tree.len());
                let inner = tree.get(index + 1..end.saturating_sub(1)).unwrap_or_default();
                for branch in branches(inner) {
                    import(&[prefix, &path].concat(), branch, paths);
                }
                return;
            }
            "as" => path.push_str(" as "),
            text => path.push_str(text),
        }
    }
    paths.push([prefix, &path].concat());
}

/// The parts of a list between the commas that are not inside braces.
fn branches<'a, 't>(words: &'a [Word<'t>]) -> impl Iterator<Item = &'a [Word<'t>]> {
    let mut depth = 0_usize;
    words
        .split(move |word| {
            match word.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && word.text == ","
        })
        .filter(|branch| !branch.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        canonical("a.rs", a) == canonical("a.rs", b)
    }

    #[test]
    fn what_formatting_changes_does_not_count() {
        for (a, b) in [
            ("fn f(a: A, b: B) {}", "fn f(\n    a: A,\n    b: B,\n) {\n}\n"),
            ("x(|y| y.z())", "x(|y| {\n    y.z()\n})"),
            (
                "match x { A => b, C => d }",
                "match x {\n    A => {\n        b\n    }\n    C => d,\n}",
            ),
            ("match x { A => { b } C => { d } }", "match x { A => b, C => d, }"),
            ("mod b;\nmod a;\nuse x::{z, y};", "mod a;\nmod b;\nuse x::y;\nuse x::z;"),
            ("use x::{self};", "use x::self;"),
            (
                "//! Doc.\nuse x::{b::{d, c}, a as e};\nfn f() {}",
                "//! Doc.\n\nuse x::{\n    a as e,\n    b::{c, d},\n};\nfn f() {}",
            ),
            (
                "#[cfg(a)]\npub mod b;\npub(crate) use a::c;",
                "pub(crate) use a::c;\n#[cfg(a)] pub mod b;",
            ),
            ("impl<T> A<T> where T: B, {}", "impl<T> A<T>\nwhere\n    T: B\n{\n}"),
            ("fn f() { // why\n}", "fn f() {\n    // why\n}"),
            (
                "let Some(a) = b else { return c(d) };",
                "let Some(a) = b else {\n    return c(d);\n};",
            ),
            (
                "loop { if a { break } }",
                "loop {\n    if a {\n        break;\n    }\n}",
            ),
            ("#![allow(a)]\nmod b;\nmod a;", "#![allow(a)]\n\nmod a;\nmod b;"),
            ("a\r\nb\r\n", "a\nb\n"),
        ] {
            let [left, right] = [a, b].map(|text| String::from_utf8_lossy(&canonical("a.rs", text)).into_owned());
            assert_eq!(left, right, "{a} / {b}");
        }
    }

    #[test]
    fn what_a_person_changes_counts() {
        for (a, b) in [
            ("fn f() { a }", "fn f() { b }"),
            ("fn f() {}", "fn f() {} // changed"),
            ("/// A\nfn f() {}", "/// B\nfn f() {}"),
            ("const A: &str = \"a b\";", "const A: &str = \"a  b\";"),
            ("use a::b;", "use a::c;"),
            ("use a::b;", "use a::b;\nuse a::c;"),
            ("mod a;", "pub mod a;"),
            ("#[cfg(x)]\nmod a;\nmod b;", "mod a;\n#[cfg(x)]\nmod b;"),
            ("f(a, b)", "f(b, a)"),
            ("a; b;", "b; a;"),
            ("{ a(); return; }", "{ return; a(); }"),
            ("fn f() { a() }", "fn f() { a(); }"),
            ("pub struct A;", "struct A;"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn other_files_are_compared_as_they_are() {
        assert_ne!(canonical("a.toml", "a = 1"), canonical("a.toml", "a  = 1"));
        assert_eq!(canonical("a.toml", "a = 1\r\n"), canonical("a.toml", "a = 1\n"));
    }
}
