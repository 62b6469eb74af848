//! The crates that options name, and whether generated packages depend on them.

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics};
use specsmith_rust::{Dates, OptionTable, TypeOptions};

/// Crates that are always there, or depended on by every package that has types.
const ALWAYS: [&str; 8] = ["alloc", "core", "crate", "self", "serde", "serde_json", "std", "super"];

/// Reports paths into crates that no generated manifest names.
pub(crate) fn check(options: &TypeOptions, diagnostics: &mut Diagnostics) {
    let lists = [
        (OptionTable::Derives, &options.derives),
        (OptionTable::Attributes, &options.attributes),
    ];
    for (table, lists) in lists {
        for (name, paths) in lists {
            for path in paths {
                report(options, diagnostics, table, name, path);
            }
        }
    }
    for (format, ty) in options.formats.iter().filter(|(_, ty)| ty.dependency.is_none()) {
        report(options, diagnostics, OptionTable::Formats, format, &ty.path);
    }
}

fn report(options: &TypeOptions, diagnostics: &mut Diagnostics, table: OptionTable, name: &str, path: &str) {
    let Some(krate) = krate(path).filter(|krate| !is_there(options, krate)) else {
        return;
    };
    let message = format!(
        "`{}.{name}` names the crate `{krate}`, which generated packages do not depend on",
        table.name()
    );
    let finding = Diagnostic::new(Code::MissingDependency, message);
    let finding = finding.help(format!("add `{krate} = \"...\"` to `[dependencies]`, with its version"));
    diagnostics.report(options.finding(table, name, finding));
}

/// The first segment of a path that has several.
fn krate(path: &str) -> Option<&str> {
    let (first, _) = path.trim_start().trim_start_matches("::").split_once("::")?;
    let first = first.trim_end();
    let is_name = !first.is_empty() && first.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    is_name.then_some(first)
}

fn is_there(options: &TypeOptions, krate: &str) -> bool {
    let dates = match options.dates {
        Dates::Chrono => Some("chrono"),
        Dates::Jiff => Some("jiff"),
        Dates::Time => Some("time"),
        Dates::Text => None,
    };
    let of_formats = options.formats.values().filter_map(|ty| ty.dependency.as_ref());
    let mut packages = of_formats
        .map(|(package, _)| package)
        .chain(options.dependencies.keys());
    ALWAYS.contains(&krate)
        || Some(krate) == dates
        || krate == "uuid"
        || packages.any(|package| package.replace('-', "_") == krate)
}

#[cfg(test)]
mod tests {
    use specsmith_rust::ExternType;

    use super::*;

    #[test]
    fn only_crates_that_nothing_names_are_reported() {
        let mut options = TypeOptions::default();
        let derives = ["Hash", "::std::hash::Hash", "a_b::C", "d::E", "gone::F"];
        options
            .derives
            .insert("*".to_owned(), derives.map(str::to_owned).into());
        let attributes = ["must_use", "serde(with = \"x::y\")", "lost::attribute(1)"];
        options
            .attributes
            .insert("A".to_owned(), attributes.map(str::to_owned).into());
        options
            .formats
            .insert("x".to_owned(), ExternType::new("a_b::X").dependency("a-b", "1"));
        options.formats.insert("y".to_owned(), ExternType::new("chrono::Y"));
        options.formats.insert("z".to_owned(), ExternType::new("far::Z"));
        options.dependencies.insert("d".to_owned(), "\"1\"".to_owned());
        let mut diagnostics = Diagnostics::new();
        check(&options, &mut diagnostics);
        let found: Vec<_> = diagnostics.iter().map(|finding| finding.message.as_str()).collect();
        let told = |option: &str, krate: &str| {
            format!("`{option}` names the crate `{krate}`, which generated packages do not depend on")
        };
        assert_eq!(
            found,
            [
                told("derives.*", "gone"),
                told("attributes.A", "lost"),
                told("types.formats.z", "far")
            ]
        );
    }
}
