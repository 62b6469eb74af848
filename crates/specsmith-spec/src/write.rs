//! [`Document`] to text: JSON and YAML that read back as the same values, in the same order.
//!
//! Numbers keep their digits (`1.10`, `1e400`), so neither `serde_json` nor `serde_yaml` can write them.

mod json;
mod quote;
#[cfg(test)]
mod tests;
mod yaml;

use crate::Document;

/// Writes a document as JSON, indented by two spaces, with a line break at the end.
///
/// What only YAML can say, such as `0x1F` for the number 31, is written as its value.
pub fn to_json(document: &Document) -> String {
    let mut out = String::with_capacity(document.len() * NODE);
    json::value(&mut out, document.root(), 0);
    out.push('\n');
    out
}

/// Writes a document as YAML in block style, indented by two spaces, with a line break at the end.
///
/// Quotes stand only where a reader of YAML 1.1 or 1.2 could take a string for something else (`"200"`, `"no"`), text of
/// several lines is a literal block, and numbers are spelled as they were (`0x1F`).
pub fn to_yaml(document: &Document) -> String {
    let mut out = String::with_capacity(document.len() * NODE);
    yaml::value(&mut out, document.root(), yaml::Place::Root, 0);
    out.push('\n');
    out
}

/// How many bytes of text there is room for at once for each node; real documents take 40 to 70 as JSON, and less as YAML.
const NODE: usize = 64;

/// Columns of indentation from which on values stay in one line: lines that are indented further are as hard to read, and
/// all of them together would take far more space than what they hold.
const DEEPEST: usize = 200;

/// Begins a line that is indented to this column.
fn line(out: &mut String, column: usize) {
    const SPACES: &str = "                                ";
    out.push('\n');
    let mut missing = column;
    while missing > 0 {
        let spaces = SPACES.get(..missing).unwrap_or(SPACES);
        out.push_str(spaces);
        missing -= spaces.len();
    }
}
