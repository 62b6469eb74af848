//! Extensions of operations that say how their pages follow each other.
//!
//! Our own is `x-pagination`; `x-ms-pageable` and `x-speakeasy-pagination` are understood too. All are compared with the
//! operation once the types are known. What is wrong with ours is an error; the others were written for other tools, so
//! that what does not fit is told and left out.

use specsmith_diagnostics::{Code, Diagnostic, Severity};
use specsmith_ir::Operation;
use specsmith_ir::pagination::{PageDeclaration, PageStyle, Written, verify};

use super::context::{Context, as_text};
use crate::Node;

const OWN: &str = "x-pagination";
const MICROSOFT: &str = "x-ms-pageable";
const SPEAKEASY: &str = "x-speakeasy-pagination";

/// What extensions say about the pages of operations, by the places of these in the list.
#[derive(Debug, Default)]
pub(super) struct Declared(Vec<(usize, PageDeclaration, Severity)>);

impl Declared {
    /// Reads the extensions of an operation that has this place.
    pub(super) fn read<'d>(&mut self, cx: &mut Context<'d, '_>, index: usize, node: Node<'d>) {
        let found = if let Some((key, value)) = node.entry(OWN) {
            own(value)
                .map(|found| found.map(|found| (found, Severity::Error)))
                .map_err(|problem| {
                    let place = problem.location.unwrap_or(key.location);
                    problem.at(place)
                })
        } else if let Some(value) = node.get(MICROSOFT) {
            Ok(microsoft(value).map(|found| (found, Severity::Warning)))
        } else if let Some(value) = node.get(SPEAKEASY) {
            Ok(speakeasy(value).map(|found| (found, Severity::Warning)))
        } else {
            Ok(None)
        };
        match found {
            Ok(Some((declaration, severity))) => self.0.push((index, declaration, severity)),
            Ok(None) => {}
            Err(problem) => cx.report(problem),
        }
    }

    /// Compares what was declared with the operations, whose types are known by now.
    pub(super) fn settle(self, cx: &mut Context<'_, '_>, operations: &mut [Operation]) {
        for (index, declaration, severity) in self.0 {
            let Some(operation) = operations.get_mut(index) else {
                continue;
            };
            match verify(&cx.types, operation, &declaration) {
                Ok(pagination) => operation.pagination = Some(Box::new(pagination)),
                Err(mut problem) => {
                    problem.severity = severity;
                    cx.report(*problem);
                }
            }
        }
    }
}

/// `x-pagination: {style: cursor, parameter: cursor, next: /next}`; `false` says that there are no pages.
fn own(value: Node<'_>) -> Result<Option<PageDeclaration>, Diagnostic> {
    let problem = |node: Node<'_>, (message, help): (String, String)| {
        Diagnostic::new(Code::InvalidPagination, message)
            .at(node.location())
            .help(help)
    };
    if value.as_bool() == Some(false) {
        return Ok(None);
    }
    let Some(style) = value.get("style") else {
        let message = format!("`{OWN}` is an object with a `style`");
        return Err(problem(value, (message, "such as `style: cursor`".to_owned())));
    };
    let name = as_text(style).unwrap_or_default();
    let found = PageDeclaration::style(name).map_err(|words| problem(style, words))?;
    let mut declaration = PageDeclaration::new(found, value.location());
    for (key, node) in value.members().filter(|(key, _)| key.name != "style") {
        let Some(text) = as_text(node) else {
            let message = format!("`{}` is text, not {}", key.name, node.kind_name());
            return Err(Diagnostic::new(Code::InvalidPagination, message).at(node.location()));
        };
        let location = node.location();
        let written = Written {
            text: text.to_owned(),
            location,
        };
        declaration
            .set(&key.name, written)
            .map_err(|words| problem(node, words))?;
    }
    Ok(Some(declaration))
}

/// `x-ms-pageable: {nextLinkName: nextLink, itemName: value}`; without a link, all is in one page.
fn microsoft(value: Node<'_>) -> Option<PageDeclaration> {
    let next = value.get("nextLinkName")?;
    let mut declaration = PageDeclaration::new(PageStyle::NextUrl, value.location());
    declaration.next = Some(member(as_text(next)?, next));
    let items = value.get("itemName");
    let name = items.and_then(as_text).unwrap_or("value");
    declaration.items = Some(member(name, items.unwrap_or(value)));
    Some(declaration)
}

/// `x-speakeasy-pagination`: inputs are parameters of this request, outputs JSONPaths into the response.
fn speakeasy(value: Node<'_>) -> Option<PageDeclaration> {
    let outputs = value.get("outputs")?;
    let output = |name: &str| {
        let node = outputs.get(name)?;
        Some(written(pointer(as_text(node)?)?, node))
    };
    let input = |wanted: &str| {
        let mut inputs = value.get("inputs").into_iter().flat_map(Node::items);
        let found = inputs.find(|input| input.get("type").and_then(as_text) == Some(wanted))?;
        let name = found.get("name")?;
        let text = as_text(name)?;
        match found.get("in").and_then(as_text) {
            Some("requestBody") => Some(member(text, name)),
            _ => Some(written(text.to_owned(), name)),
        }
    };
    let style = match as_text(value.get("type")?)? {
        "cursor" => PageStyle::Cursor,
        "url" => PageStyle::NextUrl,
        _ if input("page").is_some() => PageStyle::Page,
        _ => PageStyle::Offset,
    };
    let mut declaration = PageDeclaration::new(style, value.location());
    declaration.items = output("results");
    if matches!(style, PageStyle::Page | PageStyle::Offset) {
        declaration.limit = input("limit");
    }
    match style {
        PageStyle::Cursor => {
            declaration.parameter = input("cursor");
            declaration.next = output("nextCursor");
        }
        PageStyle::NextUrl => declaration.next = output("nextUrl"),
        PageStyle::Page => {
            declaration.parameter = input("page");
            declaration.total_pages = output("numPages");
        }
        _ => declaration.parameter = input("offset"),
    }
    Some(declaration)
}

/// A simple JSONPath (`$.data[-1].id`) as a JSON Pointer; `None` for any other query.
fn pointer(path: &str) -> Option<String> {
    let mut pointer = String::new();
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        let step;
        (step, rest) = if let Some(tail) = rest.strip_prefix('[') {
            let (inside, tail) = tail.split_once(']')?;
            (inside.trim_matches(['\'', '"']), tail)
        } else {
            let tail = rest.strip_prefix('.')?;
            tail.split_at(tail.find(['.', '[']).unwrap_or(tail.len()))
        };
        if step.is_empty() || step.contains(['*', '?', '@', ':', ',']) {
            return None;
        }
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    }
    Some(pointer)
}

fn member(name: &str, node: Node<'_>) -> Written {
    written(format!("/{}", name.replace('~', "~0").replace('/', "~1")), node)
}

fn written(text: String, node: Node<'_>) -> Written {
    Written {
        text,
        location: node.location(),
    }
}

#[cfg(test)]
mod tests {
    use super::pointer;

    #[test]
    fn simple_paths_are_pointers() {
        for (path, expected) in [
            ("$.next", Some("/next")),
            ("$.data[-1].id", Some("/data/-1/id")),
            ("$['a/b'].c", Some("/a~1b/c")),
            ("$", Some("")),
            ("$..next", None),
            ("$.data[*].id", None),
            ("next", None),
        ] {
            assert_eq!(pointer(path).as_deref(), expected, "{path}");
        }
    }
}
