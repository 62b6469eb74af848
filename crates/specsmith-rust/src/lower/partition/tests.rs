//! What goes into which file.

#![allow(clippy::indexing_slicing, reason = "tests")]

use super::*;

fn entries(names: &[(&str, usize)]) -> Vec<Entry> {
    let entry = |(name, lines): &(&str, usize)| Entry {
        words: name.split(' ').map(str::to_owned).collect(),
        lines: *lines,
    };
    names.iter().map(entry).collect()
}

/// The parts by their names, with the names of what is in them.
fn parts(names: &[(&str, usize)]) -> Vec<String> {
    let part = |part: Part| {
        let members: Vec<&str> = part.members.iter().map(|member| names[*member].0).collect();
        format!("{}: {}", part.words.join("_"), members.join(", "))
    };
    partition(&entries(names)).into_iter().map(part).collect()
}

#[test]
fn what_is_short_is_in_one_file() {
    assert_eq!(parts(&[("b", 10), ("a", 20)]), [": b, a"]);
    assert!(partition(&[]).is_empty());
}

#[test]
fn long_files_are_split_by_word_and_what_is_rare_stays() {
    let names = [
        ("repo list", 900),
        ("gist", 100),
        ("repo content read", 300),
        ("repo content", 300),
        ("repo hook", 600),
        ("user", 100),
    ];
    assert_eq!(
        parts(&names),
        [
            "repo_content: repo content read, repo content",
            "repo_hook: repo hook",
            "repo_list: repo list",
            ": gist, user",
        ]
    );
}

#[test]
fn many_different_names_are_split_by_letters() {
    let names: Vec<String> = (0..26u8)
        .flat_map(|letter| ["x", "y"].map(|more| format!("{}{more}", char::from(b'a' + letter))))
        .collect();
    let few: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 60)).collect();
    let heads: Vec<String> = parts(&few)
        .iter()
        .map(|part| part.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(heads, ["a_to_d", "e_to_l", "m_to_r", "s_to_z"]);
    let many: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 399)).collect();
    assert_eq!(parts(&many).len(), 26);
    let same: Vec<String> = (0..20u8)
        .map(|index| format!("ab{}", char::from(b'a' + index)))
        .collect();
    let same: Vec<(&str, usize)> = same.iter().map(|name| (name.as_str(), 399)).collect();
    assert_eq!(parts(&same)[1], "abb: abb");
}

#[test]
fn an_addition_moves_nothing_between_files_that_have_room() {
    let mut names = vec![("repo", 1400), ("user", 500), ("gist", 100)];
    let before = parts(&names);
    names.push(("users", 50));
    names.insert(0, ("account", 50));
    let after = parts(&names);
    assert_eq!(before, ["repo: repo", "user: user", ": gist"]);
    assert_eq!(after, ["repo: repo", "user: user", ": account, gist, users"]);
}

#[test]
fn what_cannot_be_split_is_kept_whole() {
    assert_eq!(parts(&[("a", 9000), ("a", 9000)]), ["a: a, a"]);
    assert_eq!(parts(&[("a", 9000)]), ["a: a"]);
    let long = ["w"; 40].join(" ");
    assert_eq!(parts(&[(&long, 5000), (&long, 5000)]).len(), 1);
}
