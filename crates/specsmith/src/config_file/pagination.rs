//! `[pagination.NAME]`: what a configuration file says about the pages of operations.

use specsmith_ir::pagination::{PageDeclaration, Written};

use super::reader::{Entry, Reader};
use crate::pagination::PageRule;

/// Reads all tables of `[pagination]`.
pub(super) fn rules(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Vec<PageRule> {
    let entries = reader.table(entry);
    entries.iter().filter_map(|entry| rule(entry, reader)).collect()
}

fn rule(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<PageRule> {
    let entries = reader.table(entry);
    let before = reader.reported();
    let Some(style) = entries.iter().find(|entry| entry.key == "style") else {
        let message = format!("`{}.style` is not there", entry.name);
        let help = "such as `style = \"cursor\"`".to_owned();
        reader.report(message, entry.place, "has no `style`", Some(help));
        return None;
    };
    let (name, place) = reader.scalar(style)?;
    let style = match PageDeclaration::style(&name) {
        Ok(style) => style,
        Err((message, help)) => {
            reader.report(message, place, "no value of this option", Some(help));
            return None;
        }
    };
    let mut declaration = PageDeclaration::new(style, entry.place);
    let mut operations = Vec::new();
    for entry in entries.iter().filter(|entry| entry.key != "style") {
        if entry.key == "operations" {
            let texts = reader.texts(entry, "a pattern or a list of them").into_iter();
            operations = texts.map(|(text, location)| Written { text, location }).collect();
        } else if let Some((text, location)) = reader.scalar(entry)
            && let Err((message, help)) = declaration.set(entry.key, Written { text, location })
        {
            reader.report(message, entry.place, "", Some(help));
        }
    }
    if operations.is_empty() && reader.reported() == before {
        let message = format!("`{}.operations` is not there", entry.name);
        let help = "it is a list of operations, or of patterns such as `list*`".to_owned();
        reader.report(message, entry.place, "has no `operations`", Some(help));
    }
    Some(PageRule {
        operations,
        declaration,
    })
}
