//! Text that was sent, and the three ways to see it: as one value, as a list, as an object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fault::{Fault, FaultKind};
use super::parameter::{Encoding, Spread, Style};
use super::percent::{self, Plus};

/// Text that was sent and is not read yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Input {
    /// A decoded value.
    Text(String),
    /// The values of one parameter, still encoded, in its style.
    Styled(Styled),
    /// Pairs whose names say where they stand: `filter[size]`.
    Tree(Tree),
}

/// The values of one parameter, still encoded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Styled {
    pub(crate) name: &'static str,
    pub(crate) values: Values,
    pub(crate) encoding: Encoding,
    pub(crate) escape: Escape,
}

/// What was sent for one name, once or several times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Values {
    first: String,
    /// Mostly nothing, which takes no memory.
    more: Vec<String>,
}

impl Values {
    /// `None` where nothing was sent.
    pub(crate) fn of<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Option<Self> {
        let mut values = values.into_iter().map(Into::into);
        let first = values.next()?;
        let more = values.collect();
        Some(Self { first, more })
    }

    /// Whether there is more than one.
    pub(crate) fn are_several(&self) -> bool {
        !self.more.is_empty()
    }

    fn iter(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

/// How a value is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Percent-encoded.
    Percent(Plus),
    /// Not at all, as in headers.
    Nothing,
}

/// Pairs by the parts of their names, in the order of the first of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tree {
    values: Vec<String>,
    children: Vec<(String, Tree)>,
    places: BTreeMap<String, usize>,
    /// Members that are written in a style of their own.
    styled: Vec<Styled>,
}

impl Input {
    /// The text of a single value.
    pub(crate) fn scalar(&self) -> Result<Cow<'_, str>, Fault> {
        match self {
            Input::Text(text) => Ok(text.into()),
            Input::Styled(styled) => styled.scalar(),
            Input::Tree(tree) => tree.scalar().map(Cow::Borrowed),
        }
    }

    /// The items of a list.
    pub(crate) fn list(self) -> Result<Vec<Input>, Fault> {
        match self {
            Input::Text(_) => Err(FaultKind::Type("a list".into()).into()),
            Input::Styled(styled) => Ok(styled.list()?.into_iter().map(Input::Text).collect()),
            Input::Tree(tree) => tree.list(),
        }
    }

    /// The members of an object.
    pub(crate) fn members(self) -> Result<Vec<(String, Input)>, Fault> {
        match self {
            Input::Text(_) => Err(FaultKind::Type("an object".into()).into()),
            Input::Styled(styled) => styled.members(),
            Input::Tree(tree) if tree.values.is_empty() => {
                let members = tree.children.into_iter();
                let members = members.map(|(name, tree)| (name, Input::Tree(tree)));
                let styled = tree.styled.into_iter();
                let styled = styled.map(|styled| (styled.name.to_owned(), Input::Styled(styled)));
                Ok(members.chain(styled).collect())
            }
            Input::Tree(_) => Err(FaultKind::Type("an object".into()).into()),
        }
    }
}

impl Styled {
    fn decode<'r>(&self, raw: &'r str) -> Result<Cow<'r, str>, Fault> {
        match self.escape {
            Escape::Nothing => Ok(raw.into()),
            Escape::Percent(plus) => {
                Ok(percent::decode(raw, plus).map_err(|_| FaultKind::Encoding)?)
            }
        }
    }

    fn scalar(&self) -> Result<Cow<'_, str>, Fault> {
        if self.values.are_several() {
            return Err(FaultKind::Duplicate.into());
        }
        let raw = self.values.first.as_str();
        let raw = match self.encoding.style {
            Style::Matrix => match self.body(raw)? {
                pair if self.decode(pair)? == self.name => "",
                pair => self.after_name(pair)?,
            },
            _ => self.body(raw)?,
        };
        self.decode(raw)
    }

    fn list(&self) -> Result<Vec<String>, Fault> {
        let mut items = Vec::new();
        for raw in self.values.iter() {
            match (self.encoding.style, self.encoding.spread) {
                (
                    Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::Cookie,
                    Spread::Exploded,
                ) => {
                    items.push(self.decode(raw)?.into_owned());
                }
                (Style::Matrix, Spread::Exploded) => {
                    for pair in self.body(raw)?.split(';') {
                        items.push(self.decode(self.after_name(pair)?)?.into_owned());
                    }
                }
                (Style::Label, Spread::Exploded) => self.split(self.body(raw)?, ".", &mut items)?,
                (Style::Matrix, Spread::Joined) => {
                    self.split(self.after_name(self.body(raw)?)?, ",", &mut items)?
                }
                _ => self.split(self.body(raw)?, ",", &mut items)?,
            }
        }
        Ok(items)
    }

    fn members(&self) -> Result<Vec<(String, Input)>, Fault> {
        let separator = match (self.encoding.style, self.encoding.spread) {
            (Style::Simple, Spread::Exploded) => ",",
            (Style::Label, Spread::Exploded) => ".",
            (Style::Matrix, Spread::Exploded) => ";",
            _ => return self.alternating_members(),
        };
        let mut members = Vec::new();
        for raw in self.values.iter() {
            for pair in self.body(raw)?.split(separator) {
                let (name, value) = pair
                    .trim_matches(' ')
                    .split_once('=')
                    .ok_or(FaultKind::Syntax)?;
                let [name, value] = [self.decode(name)?, self.decode(value)?];
                members.push((name.into_owned(), Input::Text(value.into_owned())));
            }
        }
        Ok(members)
    }

    /// The members of an object that is written as a list of names and values.
    fn alternating_members(&self) -> Result<Vec<(String, Input)>, Fault> {
        let mut items = self.list()?.into_iter();
        let mut members = Vec::new();
        while let Some(name) = items.next() {
            let value = items.next().ok_or(FaultKind::Syntax)?;
            members.push((name, Input::Text(value)));
        }
        Ok(members)
    }

    /// What follows the sign that a style begins with.
    fn body<'r>(&self, raw: &'r str) -> Result<&'r str, Fault> {
        let body = match self.encoding.style {
            Style::Matrix => raw.strip_prefix(';'),
            Style::Label => raw.strip_prefix('.'),
            _ => Some(raw),
        };
        Ok(body.ok_or(FaultKind::Syntax)?)
    }

    /// What follows the name of the parameter and `=`.
    fn after_name<'r>(&self, pair: &'r str) -> Result<&'r str, Fault> {
        let (name, value) = pair.split_once('=').ok_or(FaultKind::Syntax)?;
        match self.decode(name)? == self.name {
            true => Ok(value),
            false => Err(FaultKind::Syntax.into()),
        }
    }

    /// The items of a list in one text. Spaces and pipes are written encoded, commas are not.
    fn split(&self, raw: &str, delimiter: &str, items: &mut Vec<String>) -> Result<(), Fault> {
        if raw.is_empty() {
            return Ok(());
        }
        match self.encoding.style {
            Style::SpaceDelimited => items.extend(self.decode(raw)?.split(' ').map(str::to_owned)),
            Style::PipeDelimited => items.extend(self.decode(raw)?.split('|').map(str::to_owned)),
            _ => {
                for piece in raw.split(delimiter) {
                    let piece = match self.escape {
                        Escape::Nothing => piece.trim_matches([' ', '\t']),
                        Escape::Percent(_) => piece,
                    };
                    items.push(self.decode(piece)?.into_owned());
                }
            }
        }
        Ok(())
    }
}

impl Tree {
    /// How many brackets of a name are read; what is more stays part of the last name.
    const DEPTH: usize = 32;

    /// Puts pairs of decoded names and values in place, by the brackets of their names.
    pub(crate) fn nested<'p>(
        pairs: impl IntoIterator<Item = (Cow<'p, str>, Cow<'p, str>)>,
    ) -> Self {
        let mut root = Tree::default();
        for (name, value) in pairs {
            root.insert(&name_parts(&name), value.into_owned());
        }
        root
    }

    /// Puts a value at the end of a way of names.
    pub(crate) fn insert(&mut self, way: &[&str], value: String) {
        match way {
            [] => self.values.push(value),
            [name, rest @ ..] => {
                let place = *self
                    .places
                    .entry((*name).to_owned())
                    .or_insert(self.children.len());
                if place == self.children.len() {
                    self.children.push(((*name).to_owned(), Tree::default()));
                }
                if let Some((_, child)) = self.children.get_mut(place) {
                    child.insert(rest, value);
                }
            }
        }
    }

    /// Takes the pairs below a name.
    pub(crate) fn take(self, name: &str) -> Option<Tree> {
        let mut tree = self;
        for part in name_parts(name) {
            let place = *tree.places.get(part)?;
            tree = tree.children.swap_remove(place).1;
        }
        Some(tree)
    }

    /// Whether there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty() && !self.is_object()
    }

    /// Whether there are several values, or children that are numbered.
    pub(crate) fn is_list(&self) -> bool {
        self.values.len() > 1 || self.children.iter().any(|(name, _)| is_index(name))
    }

    /// Whether there are members.
    pub(crate) fn is_object(&self) -> bool {
        !self.children.is_empty() || !self.styled.is_empty()
    }

    /// Adds a member that is written in a style of its own.
    pub(crate) fn insert_styled(&mut self, styled: Styled) {
        self.styled.push(styled);
    }

    fn scalar(&self) -> Result<&str, Fault> {
        match self.values.as_slice() {
            [value] if self.children.is_empty() => Ok(value),
            [] | [_] => Err(FaultKind::Type("a single value".into()).into()),
            _ => Err(FaultKind::Duplicate.into()),
        }
    }

    /// The items: `a=1&a=2`, `a[]=1&a[]=2` and `a[0]=1&a[1]=2` are the same list.
    fn list(mut self) -> Result<Vec<Input>, Fault> {
        let mut items: Vec<Input> = self.values.into_iter().map(Input::Text).collect();
        if !self.children.iter().all(|(name, _)| is_index(name)) {
            return Err(FaultKind::Type("a list".into()).into());
        }
        // A stable sort: numbers that are repeated or left out stay in the order in which they were sent.
        self.children
            .sort_by_key(|(name, _)| name.parse::<u32>().unwrap_or_default());
        for (name, child) in self.children {
            match name.is_empty() && child.children.is_empty() {
                true => items.extend(child.values.into_iter().map(Input::Text)),
                false => items.push(Input::Tree(child)),
            }
        }
        Ok(items)
    }
}

/// Whether a name in brackets numbers an item: `[0]`, or `[]` for the next one.
fn is_index(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// `a[b][c]` as `a`, `b`, `c`.
fn name_parts(name: &str) -> Vec<&str> {
    let (first, mut rest) = match name.find('[') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    };
    let mut parts = vec![first];
    while let Some((part, tail)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if parts.len() > Tree::DEPTH {
            break;
        }
        parts.push(part);
        rest = tail;
    }
    match rest.is_empty() {
        true => parts,
        false => vec![name],
    }
}
