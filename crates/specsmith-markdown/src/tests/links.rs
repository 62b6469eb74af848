//! Every relative link of a reference leads to a page and a heading that are there, and no anchor is there twice.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use specsmith_output::FileTree;

use crate::escape::slug;

/// Looks at all links of a reference.
pub(super) fn check(name: &str, tree: &FileTree) {
    let pages: BTreeMap<&str, Page> = tree.iter().map(|(path, text)| (path, read(name, path, text))).collect();
    for (path, page) in &pages {
        for link in &page.links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link
                .split_once('#')
                .map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
            let target = resolve(path, file);
            let Some(page) = pages.get(target.as_str()) else {
                panic!("{name}: {path} links to {link}, which is no page");
            };
            if let Some(anchor) = anchor {
                assert!(
                    page.anchors.contains(anchor),
                    "{name}: {path} links to {link}, which is no heading"
                );
            }
        }
    }
    let Some(summary) = pages.get("SUMMARY.md").map(|page| &page.links) else {
        return;
    };
    let listed = pages.keys().filter(|path| !["SUMMARY.md", "llms.txt"].contains(*path));
    for path in listed {
        assert!(
            summary.iter().any(|link| link == path),
            "{name}: {path} is not in SUMMARY.md"
        );
    }
}

struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

fn read(name: &str, path: &str, text: &str) -> Page {
    let mut page = Page {
        anchors: BTreeSet::new(),
        links: Vec::new(),
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut heading: Option<String> = None;
    let mut columns = None;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(level)) => {
                let heading = heading.take().expect("a heading");
                let is_new = page.anchors.insert(slug(&heading));
                // Headings of descriptions may be there twice; ours, which links lead to, may not.
                let is_ours = heading.chars().all(|c| !c.is_whitespace()) && level as usize == 2;
                assert!(
                    is_new || !is_ours || ["SUMMARY.md", "llms.txt"].contains(&path),
                    "{name}: {path} has {heading} twice"
                );
            }
            Event::Start(Tag::Link { dest_url, .. }) => page.links.push(dest_url.into_string()),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{name}: {path} has the image {dest_url}"),
            Event::Start(Tag::Table(alignments)) => columns = Some(alignments.len()),
            Event::End(TagEnd::Table) => columns = None,
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    assert_eq!(columns, None);
    page
}

/// The path of a file, from the page that links to it.
fn resolve(page: &str, file: &str) -> String {
    if file.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
