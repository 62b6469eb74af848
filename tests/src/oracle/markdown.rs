//! What must hold for all Markdown, in pages and in docs of code: no HTML, no links that run, no code that is tested.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// What code blocks may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// An example that is compiled.
    Example,
    /// Nothing that rustdoc takes for a test.
    Text,
}

/// Looks at the docs of an item.
pub(super) fn inspect_docs(place: &str, text: &str, code: Code) {
    let mut events = events(text).peekable();
    while let Some(event) = events.next() {
        inspect_event(place, &event);
        if let Event::Start(Tag::CodeBlock(kind)) = event {
            let info = match &kind {
                CodeBlockKind::Indented => "",
                CodeBlockKind::Fenced(info) => info.as_ref(),
            };
            let tag = info.split([',', ' ']).next().unwrap_or_default();
            let inert = !tag.is_empty() && !["rust", "should_panic", "no_run", "compile_fail"].contains(&tag);
            let is_call = info == "no_run" && events.peek().is_some_and(|event| is_call(place, event));
            assert!(
                inert || is_call || code == Code::Example,
                "{place}: a doctest `{info}` in:\n{text}"
            );
        }
    }
}

/// Whether this is the text of the example that each method of a client ends with. Nothing in it comes from the document but
/// names that are those of Rust.
fn is_call(place: &str, event: &Event<'_>) -> bool {
    let start = "# async fn example(client: ";
    place.contains("src/api/") && matches!(event, Event::Text(text) if text.starts_with(start))
}

/// Looks at a page.
pub(super) fn inspect_page(place: &str, text: &str) {
    assert!(text.starts_with("# "), "{place} does not start with a heading");
    for event in events(text) {
        inspect_event(place, &event);
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) = event {
            panic!("{place}: an indented code block");
        }
    }
    let mut columns = None;
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        // What site generators replace, even inside code.
        for bad in ["{{#", "{{ ", "{% ", "{%-", "{{<", "{{%"] {
            assert!(!line.contains(bad), "{place}: {line}");
        }
        let row = !fenced && line.starts_with("| ");
        let cells = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert!(
            !row || columns.is_none_or(|columns| columns == cells),
            "{place}: a torn row {line}"
        );
        columns = row.then_some(cells);
    }
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(
        text,
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH,
    )
}

fn inspect_event(place: &str, event: &Event<'_>) {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => panic!("{place}: HTML {html:?}"),
        Event::Start(Tag::Image { dest_url, .. }) => panic!("{place}: an image {dest_url:?}"),
        Event::Start(Tag::Link { dest_url, .. }) => {
            // A path of Rust has two colons where an address has one.
            let path = dest_url.replace("::", "/");
            let scheme = path.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
            let known = scheme.is_none_or(|scheme| {
                ["http", "https", "mailto"].contains(&scheme.as_str()) || scheme.contains(['/', '#', '.'])
            });
            assert!(known, "{place}: a link to {dest_url:?}");
        }
        Event::FootnoteReference(name) => panic!("{place}: a footnote {name:?}"),
        _ => {}
    }
}
