//! Coverage for people: what is lost first, then the keywords.

use std::{collections::BTreeMap, fmt};

use specsmith_diagnostics::Code;

use super::{Coverage, KeywordCoverage, Loss, Place};
use crate::Fate;

/// How many findings of one code are shown.
const SHOWN: usize = 10;

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemas = self.schemas;
        let per_mille = schemas.per_mille();
        writeln!(
            f,
            "{}.{} % of schemas are typed: {} of {} places",
            per_mille / 10,
            per_mille % 10,
            schemas.typed,
            schemas.places
        )?;
        write!(f, "{}", plural(self.operations, "operation"))?;
        match self.webhooks {
            0 => writeln!(f)?,
            webhooks => writeln!(f, ", {}", plural(webhooks, "webhook"))?,
        }
        writeln!(f)?;
        losses(f, &self.losses)?;
        writeln!(f)?;
        untyped(f, &self.untyped)?;
        keywords(f, &self.keywords)
    }
}

fn losses(f: &mut fmt::Formatter<'_>, losses: &[Loss]) -> fmt::Result {
    if losses.is_empty() {
        return writeln!(f, "Nothing is lost.");
    }
    let mut by_code: BTreeMap<Code, Vec<&Loss>> = BTreeMap::new();
    for loss in losses {
        by_code.entry(loss.code).or_default().push(loss);
    }
    let mut codes: Vec<(Code, Vec<&Loss>)> = by_code.into_iter().collect();
    codes.sort_by_key(|(code, losses)| (code.severity(), std::cmp::Reverse(losses.len())));
    writeln!(f, "Lost or left out:")?;
    for (code, losses) in codes {
        writeln!(f, "\n  {code}: {}", plural(losses.len(), "place"))?;
        for loss in losses.iter().take(SHOWN) {
            let line = loss.place.as_ref().map(|place| format!("line {}", place.line));
            writeln!(f, "    {:<11} {}", line.unwrap_or_default(), visible(&loss.message))?;
            if let Some(place) = loss.place.as_ref().filter(|place| !place.pointer.is_empty()) {
                writeln!(f, "                #{}", visible(&place.pointer))?;
            }
        }
        more(f, losses.len())?;
    }
    Ok(())
}

fn untyped(f: &mut fmt::Formatter<'_>, places: &[Place]) -> fmt::Result {
    if places.is_empty() {
        return Ok(());
    }
    writeln!(f, "Schemas that say something, and have no type:\n")?;
    for place in places.iter().take(SHOWN) {
        writeln!(f, "    line {:<6} #{}", place.line, visible(&place.pointer))?;
    }
    more(f, places.len())?;
    writeln!(f)
}

fn more(f: &mut fmt::Formatter<'_>, count: usize) -> fmt::Result {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(f, "    and {more} more"),
    }
}

fn keywords(f: &mut fmt::Formatter<'_>, keywords: &[KeywordCoverage]) -> fmt::Result {
    let width = keywords.iter().map(|keyword| visible(&keyword.keyword).chars().count());
    let width = width.max().unwrap_or(0).min(40);
    let mut object = "";
    for keyword in keywords {
        if object != keyword.object {
            object = keyword.object;
            writeln!(f, "{object}")?;
        }
        let becomes = match keyword.fate {
            Some(Fate::Reported(code)) => format!("reported: {code}"),
            Some(fate) => fate.name().to_owned(),
            None if keyword.keyword.starts_with("x-") => "extension".to_owned(),
            None => format!("reported: {}", Code::UnknownKeyword),
        };
        let lost = match keyword.lost {
            0 => String::new(),
            lost if lost == keyword.used => "; all of them where nothing is generated".to_owned(),
            lost => format!("; {lost} of them where nothing is generated"),
        };
        writeln!(
            f,
            "  {:<width$} {:>7}  {becomes}{lost}",
            visible(&keyword.keyword),
            keyword.used
        )?;
    }
    Ok(())
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// Text of the document without what would drive a terminal or reorder what it shows.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
