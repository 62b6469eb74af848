//! The fenced blocks of a guide, and how what they show is compared.

/// A part of a guide.
pub(super) enum Part<'a> {
    /// Prose, as it stands there.
    Text(&'a str),
    Block(Block<'a>),
}

/// A fenced block.
pub(super) struct Block<'a> {
    /// What follows the fence.
    pub(super) language: &'a str,
    /// The lines between the fences.
    pub(super) text: &'a str,
    /// The line of the fence, from 1.
    pub(super) line: usize,
}

/// The parts of a guide, which together are all of it.
pub(super) fn parts(guide: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest, mut line) = (Vec::new(), guide, 1);
    while let Some(start) = rest.find("```") {
        let (prose, fenced) = rest.split_at(start);
        let (fence, inside) = fenced.split_once('\n').expect("a line");
        let (text, behind) = inside.split_at(inside.find("```\n").expect("an end of the block"));
        line += prose.lines().count();
        parts.push(Part::Text(prose));
        parts.push(Part::Block(Block {
            language: &fence[3..],
            text,
            line,
        }));
        line += text.lines().count() + 2;
        rest = &behind[4..];
    }
    parts.push(Part::Text(rest));
    parts
}

impl<'a> Block<'a> {
    /// The block with its fences.
    pub(super) fn whole(&self) -> String {
        format!("```{}\n{}```\n", self.language, self.text)
    }

    /// The commands, and what is shown below each.
    pub(super) fn commands(&self) -> Vec<(&'a str, &'a str)> {
        let mut starts: Vec<usize> = self.text.match_indices("$ ").map(|(index, _)| index).collect();
        starts.retain(|index| *index == 0 || self.text[..*index].ends_with('\n'));
        assert_eq!(starts.first(), Some(&0), "line {}: no command", self.line);
        starts.push(self.text.len());
        let commands = starts.windows(2).map(|range| &self.text[range[0] + 2..range[1]]);
        commands.map(|text| text.split_once('\n').expect("a line")).collect()
    }

    /// The file that the first line names, in a comment.
    pub(super) fn file(&self) -> &'a str {
        let first = self.text.lines().next().unwrap_or_default();
        let name = ["// ", "# "].iter().find_map(|comment| first.strip_prefix(comment));
        let name = name.filter(|name| name.contains('.') && !name.contains(' '));
        name.unwrap_or_else(|| panic!("line {}: a block without the name of a file: {first}", self.line))
    }

    /// The file that is changed, and the lines of it before and afterwards.
    pub(super) fn change(&self) -> (&'a str, String, String) {
        let (mut before, mut after) = (String::new(), String::new());
        let (first, lines) = self.text.split_once('\n').expect("a line");
        let file = first.strip_prefix("--- ");
        let file = file.unwrap_or_else(|| panic!("line {}: a change without `--- FILE`", self.line));
        for line in lines.split_inclusive('\n') {
            match line.split_at(1) {
                ("+", line) => after.push_str(line),
                ("-", line) => before.push_str(line),
                (_, line) => {
                    before.push_str(line);
                    after.push_str(line);
                }
            }
        }
        (file, before, after)
    }
}

/// Whether a command says what is shown, or begins to.
pub(super) fn is_alike(shown: &str, said: &str, begins: bool) -> bool {
    let [shown, said] = [shown, said].map(|text| text.lines().map(plain).collect::<Vec<_>>());
    fits(&shown, &said, begins)
}

fn fits(shown: &[String], said: &[String], begins: bool) -> bool {
    match shown {
        [] => begins || said.is_empty(),
        [dots, rest @ ..] if dots == "..." => (0..=said.len()).any(|skipped| fits(rest, &said[skipped..], begins)),
        [line, rest @ ..] => said.first() == Some(line) && fits(rest, &said[1..], begins),
    }
}

/// A line without what is another thing each time: how many files there are, which every new file of the runtime changes,
/// and the id of a request.
fn plain(line: &str) -> String {
    const ID: &str = "\"request_id\":\"";
    let line = line.trim_end();
    if let Some((before, id)) = line.split_once(ID) {
        return format!("{before}{ID}{}", id.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    match line.contains(" files: ") {
        true => line.replace(|c: char| c.is_ascii_digit(), ""),
        false => line.to_owned(),
    }
}

#[test]
fn commands_and_changes_are_found() {
    let guide = "Text\n\n```console\n$ a b\n1\n\n$ c\n```\n\n```diff\n--- f.x\n a\n-b\n+c\n```\nend\n";
    let parts = parts(guide);
    let [
        Part::Text(_),
        Part::Block(console),
        Part::Text("\n"),
        Part::Block(diff),
        Part::Text("end\n"),
    ] = &parts[..]
    else {
        panic!("{} parts", parts.len());
    };
    assert_eq!(console.commands(), [("a b", "1\n\n"), ("c", "")]);
    assert_eq!((console.line, diff.line), (3, 10));
    assert_eq!(diff.change(), ("f.x", "a\nb\n".to_owned(), "a\nc\n".to_owned()));
}

#[test]
fn what_is_left_out_may_be_anything() {
    let said = "a (12 files: 12 created)\nb\nc\n";
    for (shown, begins, is) in [
        ("a (1 files: 1 created)\n...\n", false, true),
        ("...\nc\n", false, true),
        ("...\nb\n", false, false),
        ("...\nb\n", true, true),
        ("a (1 files: 1 updated)\n...\n", false, false),
        ("a (1 files: 1 created)\nb\n", false, false),
    ] {
        assert_eq!(is_alike(shown, said, begins), is, "{shown}");
    }
}
