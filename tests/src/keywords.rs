//! What the table of keywords claims is so: a document for each keyword, without it or with another value of it.

mod samples;

use std::{collections::BTreeSet, fmt::Write};

use specsmith::Config;
use specsmith_diagnostics::{Diagnostics, Location, SourceMap};
use specsmith_spec::{Document, Fate, KeywordFate, Limits, Node, Source, keywords, lower, read};

use self::samples::{Sample, around, samples};

/// A document with a sample in it, and what became of it.
struct Outcome {
    text: String,
    document: Document,
    diagnostics: Diagnostics,
    model: String,
}

fn outcome(keyword: &KeywordFate, members: &str) -> Outcome {
    let version = if keyword.until.is_some() { "3.0.3" } else { "3.2.0" };
    let text = around(keyword.object)
        .replace("VERSION", version)
        .replacen('@', members, 1);
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = read(
        Source::from_text("openapi.yaml", text.as_str()),
        &Limits::default(),
        &mut sources,
        &mut diagnostics,
    );
    let document = document.unwrap_or_else(|| panic!("{text}"));
    let api = lower(&document, &mut diagnostics).unwrap_or_else(|| panic!("{text}"));
    Outcome {
        model: specsmith_ir::dump(&api),
        text,
        document,
        diagnostics,
    }
}

/// All that is generated, or only the code of it.
fn generated(text: &str, with_docs: bool) -> String {
    let config = Config::from_text("openapi.yaml", text)
        .client("client")
        .server("server")
        .docs("docs");
    let outcome = specsmith::render(&config).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut out = String::new();
    for output in &outcome.outputs {
        for (path, content) in output.result.iter() {
            if path.starts_with("src/runtime/") {
                continue;
            }
            let code = path.ends_with(".rs");
            for line in content.lines().filter(|line| with_docs || code && !is_comment(line)) {
                writeln!(out, "{path}: {line}").expect("memory");
            }
        }
    }
    out
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("#![doc") || line.starts_with("#[doc")
}

/// The places of the keys that lead to the keyword that stands at this offset, the outermost first.
fn keys_to(node: Node<'_>, offset: u32) -> Option<Vec<Location>> {
    for (key, value) in node.members() {
        if key.location.start == offset {
            return Some(vec![key.location]);
        }
        if let Some(mut keys) = keys_to(value, offset) {
            keys.insert(0, key.location);
            return Some(keys);
        }
    }
    node.items().find_map(|item| keys_to(item, offset))
}

/// What is wrong with the claim about a keyword, if anything is.
fn refute(keyword: &KeywordFate, sample: &Sample) -> Option<String> {
    let [before, after] = [&sample.before, &sample.after].map(|members| outcome(keyword, members));
    let is_same_code = || generated(&before.text, false) == generated(&after.text, false);
    let is_same = || generated(&before.text, true) == generated(&after.text, true);
    let same = match keyword.fate {
        Fate::Structural => return None,
        Fate::Typed => before.model == after.model && is_same_code(),
        Fate::Documented => is_same(),
        Fate::Validated => {
            let findings = |outcome: &Outcome| outcome.diagnostics.iter().count();
            findings(&before) >= findings(&after) && before.model == after.model
        }
        Fate::Reported(code) => {
            let hole = around(keyword.object)
                .replace("VERSION", "3.x.0")
                .find('@')
                .expect("a hole");
            let inside = sample.after.find(&format!("{}:", keyword.name)).expect("the keyword");
            let offset = u32::try_from(hole + inside).expect("a small document");
            let keys = keys_to(after.document.root(), offset).expect("the keyword in the document");
            let mut reported = after.diagnostics.iter();
            return (!reported.any(|finding| {
                finding.code == code && finding.location.is_some_and(|location| keys.contains(&location))
            }))
            .then(|| format!("no {code} at the keyword: {:#?}", after.diagnostics));
        }
    };
    same.then(|| format!("nothing follows from it\n{}\n{}", before.text, after.text))
}

fn names(sample: &Sample) -> (&str, &str) {
    (&sample.object, &sample.keyword)
}

#[test]
fn what_is_said_of_keywords_is_so() {
    let mut wrong = Vec::new();
    let all = samples();
    let mut unused: BTreeSet<(&str, &str)> = all.iter().map(names).collect();
    let mut count = 0;
    for keyword in keywords() {
        let name = format!("`{}` of {}, {}", keyword.name, keyword.object, keyword.fate.name());
        unused.remove(&(keyword.object, keyword.name));
        let mut samples = all
            .iter()
            .filter(|sample| names(sample) == (keyword.object, keyword.name))
            .peekable();
        if samples.peek().is_none() && keyword.fate != Fate::Structural {
            wrong.push(format!("{name}: there is no sample"));
        }
        for sample in samples {
            count += 1;
            wrong.extend(refute(&keyword, sample).map(|why| format!("{name}: {why}")));
        }
    }
    println!("{count} samples");
    assert!(
        wrong.is_empty() && unused.is_empty(),
        "{}\nof no keyword: {unused:?}",
        wrong.join("\n")
    );
}
