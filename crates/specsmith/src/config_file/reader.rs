//! Reads values of a configuration file, and reports those that are of another kind than is asked for.

use std::ops::Range;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, FileId, Location, closest};
use toml_edit::{Item, Key, TableLike, Value};

/// Reads values of one file.
pub(super) struct Reader<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
}

/// A key with its value.
pub(super) struct Entry<'t> {
    /// The key.
    pub(super) key: &'t str,
    /// What it is called in messages: `types.dates`.
    pub(super) name: String,
    /// Where the key stands.
    pub(super) place: Location,
    pub(super) item: &'t Item,
}

impl<'d> Reader<'d> {
    pub(super) fn new(file: FileId, diagnostics: &'d mut Diagnostics) -> Self {
        Self { file, diagnostics }
    }

    /// A range of bytes as a place; the start of the file where there is none.
    pub(super) fn place(&self, span: Option<Range<usize>>) -> Location {
        let offset = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let span = span.unwrap_or_default();
        Location::new(self.file, offset(span.start), offset(span.end))
    }

    /// Reports what is wrong at a place.
    pub(super) fn report(&mut self, message: String, place: Location, label: &str, help: Option<String>) {
        let diagnostic = Diagnostic::new(Code::InvalidConfig, message).at(place).label(label);
        self.diagnostics.report(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// The entries of a table, in the order of the file.
    pub(super) fn entries<'t>(&self, table: &'t dyn TableLike, name: &str) -> Vec<Entry<'t>> {
        let keys = table.iter().filter_map(|(key, _)| table.get_key_value(key));
        let entry = |(key, item): (&'t Key, &'t Item)| Entry {
            key: key.get(),
            name: match name {
                "" => key.get().to_owned(),
                name => format!("{name}.{}", key.get()),
            },
            place: self.place(key.span().or_else(|| item.span())),
            item,
        };
        keys.map(entry).collect()
    }

    /// The entries of a value that is a table.
    pub(super) fn table<'t>(&mut self, entry: &Entry<'t>) -> Vec<Entry<'t>> {
        match entry.item.as_table_like() {
            Some(table) => self.entries(table, &entry.name),
            None => {
                self.wrong(entry, "a table");
                Vec::new()
            }
        }
    }

    /// The entries of a value if it is a table, without a word where it is not.
    pub(super) fn as_table<'t>(&self, entry: &Entry<'t>) -> Option<Vec<Entry<'t>>> {
        let table = entry.item.as_table_like()?;
        Some(self.entries(table, &entry.name))
    }

    /// A value that is text.
    pub(super) fn text(&mut self, entry: &Entry<'_>) -> Option<String> {
        let text = entry.item.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(entry, "text");
        }
        text
    }

    /// A value that is text, with its place; a number as its text.
    pub(super) fn scalar(&mut self, entry: &Entry<'_>) -> Option<(String, Location)> {
        self.scalar_as(entry, "text")
    }

    /// The same, told as something else where it is neither.
    pub(super) fn scalar_as(&mut self, entry: &Entry<'_>, expected: &str) -> Option<(String, Location)> {
        let number = entry.item.as_integer().map(|number| number.to_string());
        let text = number.or_else(|| entry.item.as_str().map(str::to_owned));
        if text.is_none() {
            self.wrong(entry, expected);
        }
        Some((text?, self.place(entry.item.span())))
    }

    /// A whole number that is not negative.
    pub(super) fn number(&mut self, entry: &Entry<'_>) -> Option<usize> {
        let number = entry.item.as_integer().and_then(|number| usize::try_from(number).ok());
        if number.is_none() {
            self.wrong(entry, "a whole number");
        }
        number
    }

    /// A date, written as TOML writes it or as text, with its place.
    pub(super) fn date(&mut self, entry: &Entry<'_>) -> Option<(String, Location)> {
        match entry.item.as_datetime() {
            Some(date) => Some((date.to_string(), self.place(entry.item.span()))),
            None => self.scalar_as(entry, "a date"),
        }
    }

    /// A value that is text or a list of texts, each with its place.
    pub(super) fn texts(&mut self, entry: &Entry<'_>, expected: &str) -> Vec<(String, Location)> {
        if let Some(text) = entry.item.as_str() {
            return vec![(text.to_owned(), self.place(entry.item.span()))];
        }
        let Some(array) = entry.item.as_array() else {
            self.wrong(entry, expected);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in array {
            let place = self.place(value.span());
            match value.as_str() {
                Some(text) => texts.push((text.to_owned(), place)),
                None => {
                    let message = format!("`{}` is a list of texts", entry.name);
                    self.report(message, place, &format!("this is {}", kind(value)), None);
                }
            }
        }
        texts
    }

    /// `true`, `false`, or `None` for something else, without a word.
    pub(super) fn as_flag(&self, entry: &Entry<'_>) -> Option<bool> {
        entry.item.as_bool()
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, entry: &Entry<'_>) -> Option<bool> {
        let flag = self.as_flag(entry);
        if flag.is_none() {
            self.wrong(entry, "`true` or `false`");
        }
        flag
    }

    /// A value that is one of some words.
    pub(super) fn choice<T: Copy>(&mut self, entry: &Entry<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(entry)?;
        let found = choices.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words = choices.iter().map(|(word, _)| *word);
            let help = one_of(&text, words.clone(), "possible are");
            let message = format!("`{}` cannot be `{text}`", entry.name);
            let place = self.place(entry.item.span());
            self.report(message, place, "no value of this option", Some(help));
        }
        found.map(|(_, value)| *value)
    }

    /// Reports a key that is none of the keys of its table.
    pub(super) fn unknown(&mut self, entry: &Entry<'_>, table: &str, keys: &[&str]) {
        let label = match table {
            "" => "no option".to_owned(),
            table => format!("no option of `[{table}]`"),
        };
        let help = one_of(entry.key, keys.iter().copied(), "there are");
        let message = format!("there is no option `{}`", entry.name);
        self.report(message, entry.place, &label, Some(help));
    }

    /// The value as it would stand behind a key, in one line.
    pub(super) fn as_toml(&self, entry: &Entry<'_>) -> String {
        let value = entry.item.as_value().cloned();
        value.map_or_else(String::new, |mut value| {
            value.decor_mut().clear();
            value.to_string()
        })
    }

    /// How much was reported so far.
    pub(super) fn reported(&self) -> usize {
        self.diagnostics.iter().len()
    }

    fn wrong(&mut self, entry: &Entry<'_>, expected: &str) {
        let found = match entry.item {
            Item::Value(value) => kind(value),
            Item::Table(_) => "a table",
            _ => "a list of tables",
        };
        let place = match entry.item {
            Item::Value(value) => self.place(value.span()),
            _ => entry.place,
        };
        let message = format!("`{}` is {expected}", entry.name);
        self.report(message, place, &format!("this is {found}"), None);
    }
}

/// What is meant, or what there is.
fn one_of<'w>(text: &str, words: impl Iterator<Item = &'w str> + Clone, there_are: &str) -> String {
    match closest(text, words.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
            format!("{there_are} {}", words.join(", "))
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "`true` or `false`",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::InlineTable(_) => "a table",
    }
}
