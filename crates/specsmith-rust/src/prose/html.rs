//! The HTML that authors mix into CommonMark, as CommonMark.
//!
//! What comes out is parsed and made harmless like all else, so nothing here needs to be strict: a tag that is not
//! known stays as it is and becomes text.

use std::borrow::Cow;

/// Turns the tags that CommonMark can say into CommonMark.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut converter = Converter::default();
    converter.text(text);
    Cow::Owned(converter.out)
}

#[derive(Default)]
struct Converter {
    out: String,
    /// Where the open links lead to.
    links: Vec<String>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u32>>,
    /// How many blocks of HTML are open, in which indentation means nothing.
    blocks: usize,
}

impl Converter {
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['<', '`', '~', '\\', '\n']) {
            let (before, from) = rest.split_at(at);
            self.out.push_str(before);
            rest = match from.as_bytes().first() {
                Some(b'<') => self.markup(from, text),
                Some(b'\n') => self.line_end(from),
                Some(b'\\') => self.escape(from),
                _ => self.code(from),
            };
        }
        self.out.push_str(rest);
    }

    fn line_end<'a>(&mut self, from: &'a str) -> &'a str {
        self.out.push('\n');
        let rest = from.get(1..).unwrap_or_default();
        if self.blocks > 0 {
            rest.trim_start_matches(' ')
        } else {
            rest
        }
    }

    /// Takes over what is escaped already.
    fn escape<'a>(&mut self, from: &'a str) -> &'a str {
        let length = 1 + from
            .chars()
            .nth(1)
            .filter(char::is_ascii_punctuation)
            .map_or(0, char::len_utf8);
        let (escape, rest) = from.split_at(length);
        self.out.push_str(escape);
        rest
    }

    /// Takes over code as it is: up to the fence or run of backticks that ends it.
    fn code<'a>(&mut self, from: &'a str) -> &'a str {
        let sign = if from.starts_with('`') { '`' } else { '~' };
        let run = from.len() - from.trim_start_matches(sign).len();
        let (fence, after) = from.split_at(run);
        let line_start = self.out.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
        let end = if run >= 3 && line_start {
            Some(after.find(&format!("\n{fence}")).map_or(after.len(), |at| at + 1 + run))
        } else if sign == '`' {
            after
                .match_indices(fence)
                .map(|(at, _)| at + run)
                .find(|end| !after.get(*end..).unwrap_or_default().starts_with('`'))
        } else {
            None
        };
        let (code, rest) = after.split_at(end.unwrap_or(0));
        self.out.push_str(fence);
        self.out.push_str(code);
        rest
    }

    /// Takes a tag or comment; what is neither stays.
    fn markup<'a>(&mut self, from: &'a str, text: &str) -> &'a str {
        if let Some(comment) = from.strip_prefix("<!--")
            && let Some(end) = comment.find("-->")
        {
            return comment.get(end + 3..).unwrap_or_default();
        }
        match Tag::parse(from) {
            Some(tag) => self.tag(&tag, text),
            None => {
                self.out.push('<');
                from.get(1..).unwrap_or_default()
            }
        }
    }

    fn tag<'a>(&mut self, tag: &Tag<'a>, text: &str) -> &'a str {
        let in_table = self.in_table(text, tag);
        match tag.name.as_str() {
            "br" if in_table => self.out.push(' '),
            "br" => return self.line_break(tag),
            "p" | "div" | "section" | "blockquote" if in_table => self.out.push(' '),
            "p" | "div" | "section" | "blockquote" => self.block(tag, ""),
            "b" | "strong" => self.out.push_str("**"),
            "i" | "em" => self.out.push('*'),
            "s" | "del" | "strike" => self.out.push_str("~~"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.block(tag, "### "),
            "hr" => self.out.push_str("\n\n---\n\n"),
            "span" | "sup" | "sub" | "small" | "u" | "font" | "center" | "nobr" => {}
            "code" | "tt" | "kbd" | "samp" if !tag.closes => return self.code_span(tag),
            "pre" if !tag.closes => return self.code_block(tag),
            "a" => self.link(tag),
            "ul" | "ol" if !in_table => self.list(tag),
            "li" if !in_table => self.item(tag),
            _ => self.out.push_str(tag.source),
        }
        tag.after
    }

    /// Breaks a line. It takes the end of the line with it, which would end the paragraph beside a break; and it is spaces,
    /// which mean nothing where a paragraph ends anyway.
    fn line_break<'a>(&mut self, tag: &Tag<'a>) -> &'a str {
        self.out.push_str("  \n");
        let rest = tag.after.trim_start_matches([' ', '\t', '\r']);
        match rest.strip_prefix('\n') {
            Some(rest) if self.blocks > 0 => rest.trim_start_matches(' '),
            Some(rest) => rest,
            None => tag.after,
        }
    }

    /// Whether the tag stands in a line that may be a row of a table, which a line end would take apart.
    fn in_table(&self, text: &str, tag: &Tag<'_>) -> bool {
        let start = text.len() - tag.after.len();
        let line_start = text
            .get(..start)
            .and_then(|text| text.rfind('\n'))
            .map_or(0, |at| at + 1);
        text.get(line_start..)
            .and_then(|text| text.lines().next())
            .is_some_and(|line| line.trim_start().starts_with('|') || line.matches(" | ").count() > 1)
    }

    fn block(&mut self, tag: &Tag<'_>, marker: &str) {
        self.blocks = if tag.closes {
            self.blocks.saturating_sub(1)
        } else {
            self.blocks + 1
        };
        let indent = " ".repeat(self.lists.len() * 3);
        // The first paragraph of an item stands beside its marker.
        let beside_marker = self.out.ends_with("- ") || self.out.ends_with(". ");
        if !beside_marker {
            self.out.push_str("\n\n");
            self.out.push_str(&indent);
        }
        if !tag.closes {
            self.out.push_str(marker);
        }
    }

    fn list(&mut self, tag: &Tag<'_>) {
        if tag.closes {
            self.lists.pop();
            self.blocks = self.blocks.saturating_sub(1);
        } else {
            self.lists.push((tag.name == "ol").then_some(1));
            self.blocks += 1;
        }
        self.out.push_str("\n\n");
    }

    fn item(&mut self, tag: &Tag<'_>) {
        if tag.closes {
            return;
        }
        let indent = " ".repeat(self.lists.len().saturating_sub(1) * 3);
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        let line_end = if self.out.ends_with('\n') { "" } else { "\n" };
        self.out.push_str(&format!("{line_end}{indent}{marker}"));
    }

    fn link(&mut self, tag: &Tag<'_>) {
        if !tag.closes {
            self.links.push(tag.attribute("href").unwrap_or_default().to_owned());
            self.out.push('[');
        } else if let Some(target) = self.links.pop() {
            let target = target.replace([' ', '<', '>'], "");
            self.out.push_str(&format!("](<{target}>)"));
        }
    }

    fn code_span<'a>(&mut self, tag: &Tag<'a>) -> &'a str {
        let Some((code, after)) = tag.content() else {
            return tag.after;
        };
        let code = without_tags(code).split_whitespace().collect::<Vec<_>>().join(" ");
        if !code.is_empty() {
            self.out.push_str(&super::plain::code_span(&code));
        }
        after
    }

    fn code_block<'a>(&mut self, tag: &Tag<'a>) -> &'a str {
        let Some((code, after)) = tag.content() else {
            return tag.after;
        };
        let code = without_tags(code);
        let fence = "`".repeat((super::plain::longest_run(&code, '`') + 1).max(3));
        let code = code.trim_matches('\n');
        self.out.push_str(&format!("\n\n{fence}text\n{code}\n{fence}\n\n"));
        after
    }
}

/// A tag in a text.
struct Tag<'a> {
    name: String,
    closes: bool,
    source: &'a str,
    after: &'a str,
}

impl<'a> Tag<'a> {
    fn parse(from: &'a str) -> Option<Self> {
        let inner = from.strip_prefix('<')?;
        let closes = inner.starts_with('/');
        let name = inner.trim_start_matches('/');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric())?;
        let mut quote = None;
        let end = from.char_indices().take(2000).find_map(|(at, c)| {
            match (quote, c) {
                (Some(open), c) if open == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '>') => return Some(at + 1),
                _ => {}
            }
            None
        })?;
        (length > 0).then_some(Self {
            name: name.get(..length)?.to_ascii_lowercase(),
            closes,
            source: from.get(..end)?,
            after: from.get(end..)?,
        })
    }

    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.source.split_once(&format!("{name}="))?;
        match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
            _ => value.split([' ', '>']).next(),
        }
    }

    /// What is between the tag and the one that closes it, and what is after that.
    fn content(&self) -> Option<(&'a str, &'a str)> {
        self.after.split_once(&format!("</{}>", self.name))
    }
}

/// The text without tags that code is marked up with, and with the entities that code needs.
fn without_tags(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match Tag::parse(from).filter(|tag| matches!(tag.name.as_str(), "code" | "span" | "b" | "i" | "em" | "strong"))
        {
            Some(tag) => rest = tag.after,
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    entities
        .into_iter()
        .fold(out, |text, (entity, c)| text.replace(entity, c))
}
