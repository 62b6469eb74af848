//! The page about the intermediate model as JSON, made from the source of the model.

use std::fmt::Write;
use std::fs;

use super::docs as raw_docs;
use crate::root;

/// The files of the model, in the order of the page.
const FILES: [&str; 18] = [
    "api",
    "operation",
    "path",
    "content",
    "callback",
    "link",
    "media_type",
    "pagination",
    "retirement",
    "security",
    "docs",
    "types",
    "views",
    "shape",
    "union",
    "assertion",
    "value",
    "xml",
];

const INTRODUCTION: &str = "\
# The intermediate model

`specsmith ir` prints what a document means: references are resolved, schemas merged, versions of OpenAPI gone, and types have
a form of their own for each direction where members are only read or only written. `specsmith::understand` gives the same in
Rust.

The JSON is one object with `format`, `files` and `api`. `format` is 1, and goes up when a member is gone or gets another
meaning; new members and variants may come with any version. `files` are the names of the files that locations count from 0;
`api` is an [Api](#api).

- Structs are objects with all of their fields; what may be there or not is `null` where it is not.
- A variant without fields is a string, another one an object with one member that has the name of the variant. Several
  values of a variant are an array.
- `MediaType`, `Method`, `Status` and `Moment` are their texts (`application/json`, `GET`, `4XX`, a date of HTTP), a `KindSet`
  is an array of texts.
- `Value` and `Number` are texts of JSON in strings, so that numbers keep each digit: `\"\\\"a\\\"\"`, `\"1.10\"`.
- `Types` is the list of all types; each [Type](#type) has its `id` and a `view`, a [View](#view) or `null`, beside its fields.
  Other ids are places in their lists, from 0.
";

/// The doc comment of an item, whose links to other items lead nowhere here.
fn docs(attributes: &[syn::Attribute]) -> String {
    let text = raw_docs(attributes).replace("[`", "`");
    let mut parts = text.split("`]");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push('`');
        let target = part.strip_prefix("(crate::").and_then(|rest| rest.split_once(')'));
        plain.push_str(target.map_or(part, |(_, rest)| rest));
    }
    plain
}

/// The page.
pub(super) fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for file in FILES {
        let path = root().join("crates/specsmith-ir/src").join(format!("{file}.rs"));
        let parsed = syn::parse_file(&fs::read_to_string(path).expect("the model")).expect("Rust");
        for item in &parsed.items {
            match item {
                syn::Item::Struct(item) if is_written(&item.attrs) => structure(&mut page, item),
                syn::Item::Enum(item) if is_written(&item.attrs) => variants(&mut page, item),
                _ => {}
            }
        }
    }
    page
}

/// Whether a type is written as its fields say.
fn is_written(attributes: &[syn::Attribute]) -> bool {
    let derives = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    derives
        .map(|attribute| quote::quote!(#attribute).to_string())
        .any(|text| text.contains("Serialize"))
}

fn structure(page: &mut String, item: &syn::ItemStruct) {
    write!(page, "\n## {}\n\n{}\n", item.ident, docs(&item.attrs)).expect("memory");
    if item.fields.iter().all(|field| field.ident.is_none()) {
        page.push_str("\nA number.\n");
        return;
    }
    page.push_str("\n| Field | Is | |\n| --- | --- | --- |\n");
    for field in &item.fields {
        let name = field.ident.as_ref().expect("a name");
        row(page, &name.to_string(), &words(&field.ty), &docs(&field.attrs));
    }
}

fn variants(page: &mut String, item: &syn::ItemEnum) {
    write!(page, "\n## {}\n\n{}\n", item.ident, docs(&item.attrs)).expect("memory");
    page.push_str("\n| Variant | Holds | |\n| --- | --- | --- |\n");
    for variant in &item.variants {
        let held: Vec<String> = variant
            .fields
            .iter()
            .map(|field| match &field.ident {
                Some(name) => format!("`{name}`: {}", words(&field.ty)),
                None => words(&field.ty),
            })
            .collect();
        row(
            page,
            &snake(&variant.ident.to_string()),
            &held.join(", "),
            &docs(&variant.attrs),
        );
    }
}

fn row(page: &mut String, name: &str, is: &str, docs: &str) {
    let row = format!("| `{name}` | {is} | {} |\n", docs.replace('|', "\\|"));
    page.push_str(&row.replace("|  |", "| |"));
}

/// The name of a variant as it is written.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, character) in name.chars().enumerate() {
        if character.is_uppercase() && index > 0 {
            out.push('_');
        }
        out.extend(character.to_lowercase());
    }
    out
}

/// A type in words, with links to what has a section.
fn words(ty: &syn::Type) -> String {
    let text = quote::quote!(#ty).to_string().replace(' ', "");
    phrase(text.trim_start_matches("crate::"))
}

fn phrase(text: &str) -> String {
    let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('>').map(str::to_owned);
    if let Some(inner) = inner("Box<") {
        return phrase(&inner);
    }
    if let Some(inner) = inner("Vec<") {
        return format!("a list of {}", phrase(&inner));
    }
    if let Some(inner) = inner("Option<") {
        return format!("{} or none", phrase(&inner));
    }
    if let Some(pair) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let parts: Vec<String> = pair.splitn(2, ',').map(phrase).collect();
        return format!("an array of {}", parts.join(" and "));
    }
    match text {
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "a number".to_owned(),
        "MediaType" | "Method" | "Status" | "Moment" | "Value" | "Number" | "KindSet" | "Types" => format!("`{text}`"),
        "Location" => "an object with `file`, and `start` and `end` in bytes".to_owned(),
        name => {
            let name = name.rsplit("::").next().unwrap_or(name);
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}
