//! Nothing of a document is live on a page: no HTML, template, include, front matter or odd character.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use specsmith_output::FileTree;

/// Looks at all pages of a reference.
pub(super) fn check(name: &str, tree: &FileTree) {
    for (path, text) in tree.iter() {
        let place = format!("{name}: {path}");
        assert!(
            (path.ends_with(".md") || path == "llms.txt") && !path.starts_with('/') && !path.contains(".."),
            "{place}"
        );
        assert!(text.starts_with("# "), "{place} starts with {:?}", text.lines().next());
        assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{place} does not end in one line break"
        );
        for live in ["{{", "{%", "--8<--", "\t"] {
            assert!(!text.contains(live), "{place} has {live:?}");
        }
        let odd = text
            .chars()
            .find(|c| *c != '\n' && crate::json::is_invisible(*c) && *c != '\u{ad}');
        assert!(
            odd.is_none() || odd == Some('\u{200d}') || odd == Some('\u{200c}'),
            "{place} has {odd:?}"
        );
        markup(&place, text);
    }
}

fn markup(place: &str, text: &str) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut cells = 0;
    let mut level = 0;
    let mut is_blank_run = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{place} has the HTML {html}"),
            Event::Start(Tag::Heading { level: of, .. }) => {
                let of = of as usize;
                assert!(
                    of <= level + 1 || level == 0,
                    "{place}: heading of level {of} behind one of {level}"
                );
                assert!(
                    of > 1 || range.start == 0 || place.ends_with("SUMMARY.md"),
                    "{place}: a second title"
                );
                level = of;
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => cells = 0,
            Event::End(TagEnd::TableCell) => cells += 1,
            Event::End(TagEnd::TableHead) => rows.push((cells, range.start)),
            Event::End(TagEnd::TableRow) => {
                let (columns, _) = rows.last().expect("a head");
                let source = text.get(range.clone()).unwrap_or_default();
                let written = bars(source);
                assert_eq!(written, columns + 1, "{place}: a row with other columns: {source}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let scheme = dest_url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                let is_known = scheme.is_none_or(|of| ["http", "https", "mailto"].contains(&of.as_str()));
                assert!(is_known, "{place} links to {dest_url}");
            }
            _ => {}
        }
    }
    let mut fence: Option<usize> = None;
    for line in text.lines() {
        let rest = line.trim_start_matches([' ', '>']);
        let marks = rest.len() - rest.trim_start_matches('`').len();
        match fence {
            Some(length) if marks >= length && rest.trim_matches('`').is_empty() => fence = None,
            None if marks >= 3 => fence = Some(marks),
            None => {
                assert!(!(line.is_empty() && is_blank_run), "{place} has a run of blank lines");
                assert!(!line.ends_with(' '), "{place}: {line:?} ends in space");
            }
            Some(_) => {}
        }
        is_blank_run = line.is_empty() && fence.is_none();
    }
    assert_eq!(fence, None, "{place} has an open fence");
}

/// How many bars of a row are not escaped.
fn bars(row: &str) -> usize {
    let mut count = 0;
    let mut backslashes = 0;
    for c in row.chars() {
        count += usize::from(c == '|' && backslashes % 2 == 0);
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    count
}
