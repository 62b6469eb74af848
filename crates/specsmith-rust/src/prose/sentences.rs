//! Words of the document as sentences without markup.

use pulldown_cmark::{Event, Parser, TagEnd};

use super::{html, plain};

/// The sentences of each paragraph, heading and item of a list; code is between backticks, all other markup is gone.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let text = plain::normalized(text);
    let text = html::to_markdown(&text);
    let mut all = Vec::new();
    let mut block = String::new();
    let mut in_code = false;
    for event in Parser::new(&text) {
        match event {
            Event::Text(text) if !in_code => block.push_str(&text.replace('`', "'")),
            Event::Code(text) => block.push_str(&format!("`{}`", text.replace('`', "'"))),
            Event::SoftBreak | Event::HardBreak => block.push(' '),
            Event::Start(pulldown_cmark::Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                split(&std::mem::take(&mut block), &mut all);
            }
            _ => {}
        }
    }
    split(&block, &mut all);
    all
}

/// Splits a block behind full stops, `!` and `?` that stand before a space, outside of code.
fn split(block: &str, sentences: &mut Vec<String>) {
    let mut sentence = String::new();
    let mut in_code = false;
    let mut chars = block.chars().peekable();
    while let Some(c) = chars.next() {
        sentence.push(c);
        in_code ^= c == '`';
        let ends = matches!(c, '.' | '!' | '?') && chars.peek().is_none_or(|next| next.is_whitespace());
        if ends && !in_code && !is_abbreviation(&sentence) {
            push(&mut sentence, sentences);
        }
    }
    push(&mut sentence, sentences);
}

fn is_abbreviation(sentence: &str) -> bool {
    ["e.g.", "i.e.", "etc.", "vs.", "cf."]
        .iter()
        .any(|end| sentence.ends_with(end))
}

fn push(sentence: &mut String, sentences: &mut Vec<String>) {
    let text = plain::single_line(&std::mem::take(sentence));
    if !text.is_empty() {
        sentences.push(text);
    }
}
