//! The matcher against a slow one that tries every template, and against cases by hand.

use std::collections::BTreeSet;

use super::super::matcher::{Match, Matcher};
use super::super::pairs::Pairs;
use super::super::template::{Part, Template};

/// What the matcher finds: the template and its values, or what stands for that.
fn find(templates: &[(&str, &str)], method: &str, target: &str) -> String {
    let mut matcher = Matcher::default();
    for (index, (method, path)) in templates.iter().enumerate() {
        matcher.insert(method, &Template::parse(path), index);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match matcher.find(method, path, &Pairs::of_query(query)) {
        Match::Operation(index, values) => {
            let values: Vec<_> = values
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            format!("{} {}", templates[index].1, values.join(" "))
                .trim_end()
                .to_owned()
        }
        Match::MethodNotAllowed(methods) => methods.into_iter().collect::<Vec<_>>().join(","),
        Match::NotFound => "-".to_owned(),
    }
}

fn get(templates: &[&str], target: &str) -> String {
    let templates: Vec<_> = templates.iter().map(|path| ("GET", *path)).collect();
    find(&templates, "GET", target)
}

#[test]
fn literals_come_before_patterns_and_patterns_before_parameters() {
    let templates = ["/{any}", "/{id}.json", "/{name}.min.json", "/me"];
    assert_eq!(get(&templates, "/me"), "/me");
    assert_eq!(get(&templates, "/a.min.json"), "/{name}.min.json name=a");
    assert_eq!(get(&templates, "/a.json"), "/{id}.json id=a");
    assert_eq!(get(&templates, "/.json"), "/{any} any=.json");
    assert_eq!(get(&templates, "/a.txt"), "/{any} any=a.txt");
}

#[test]
fn several_parameters_share_a_segment() {
    assert_eq!(get(&["/{a},{b}"], "/1,2,3"), "/{a},{b} a=1 b=2,3");
    assert_eq!(get(&["/{a}-{b}.{c}"], "/x-y.z"), "/{a}-{b}.{c} a=x b=y c=z");
    assert_eq!(get(&["/{a}..{b}"], "/x..y"), "/{a}..{b} a=x b=y");
    assert_eq!(get(&["/{a},{b}"], "/1,"), "-");
    assert_eq!(get(&["/{a}{b}"], "/%C3%A9z"), "/{a}{b} a=%C3%A9 b=z");
    assert_eq!(
        get(&["/v{major}:{verb}"], "/v1:run"),
        "/v{major}:{verb} major=1 verb=run"
    );
}

#[test]
fn the_path_decides_before_the_method() {
    let templates = [
        ("GET", "/users/me"),
        ("DELETE", "/users/{id}"),
        ("PUT", "/users/{name}"),
    ];
    assert_eq!(find(&templates, "DELETE", "/users/me"), "GET");
    assert_eq!(
        find(&templates, "PUT", "/users/you"),
        "/users/{name} name=you"
    );
    assert_eq!(find(&templates, "POST", "/users/7"), "DELETE,PUT");
    let templates = [("GET", "/orders/{id}"), ("POST", "/orders/{id}:cancel")];
    assert_eq!(find(&templates, "GET", "/orders/7:cancel"), "POST");
    assert_eq!(
        find(&templates, "GET", "/orders/7:find"),
        "/orders/{id} id=7:find"
    );
}

#[test]
fn a_wrong_turn_is_taken_back() {
    let templates = ["/a/{x}/c", "/{y}/b/d", "/{p}-{q}/b/e"];
    assert_eq!(get(&templates, "/a/b/c"), "/a/{x}/c x=b");
    assert_eq!(get(&templates, "/a/b/d"), "/{y}/b/d y=a");
    assert_eq!(get(&templates, "/m-n/b/d"), "/{y}/b/d y=m-n");
    assert_eq!(get(&templates, "/m-n/b/e"), "/{p}-{q}/b/e p=m q=n");
}

#[test]
fn slashes_count() {
    assert_eq!(get(&["/a", "/a/"], "/a"), "/a");
    assert_eq!(get(&["/a", "/a/"], "/a/"), "/a/");
    assert_eq!(get(&["/a"], "/a/"), "-");
    assert_eq!(get(&["/"], "/"), "/");
    assert_eq!(get(&["/a/{id}"], "/a/"), "-");
    assert_eq!(get(&["/a/{id}/b"], "/a//b"), "-");
    assert_eq!(get(&["/a/{id}"], "/a/x%2Fy"), "/a/{id} id=x%2Fy");
}

#[test]
fn literals_are_compared_decoded() {
    assert_eq!(
        get(&["/caf%C3%A9/{id}.js"], "/café/a%2Ejs"),
        "/caf%C3%A9/{id}.js id=a"
    );
    assert_eq!(get(&["/a%2Fb"], "/a/b"), "-");
    assert_eq!(get(&["/a%7Bb%7D"], "/a%7bb%7D"), "/a%7Bb%7D");
    assert_eq!(get(&["/a", "/{id}"], "/%ff"), "/{id} id=%ff");
}

#[test]
fn queries_in_a_path_tell_operations_apart() {
    let templates = ["/m", "/m?beta=true", "/m?beta=true&kind=a%20b"];
    assert_eq!(get(&templates, "/m"), "/m");
    assert_eq!(get(&templates, "/m?beta=false"), "/m");
    assert_eq!(get(&templates, "/m?x=1&beta=true"), "/m?beta=true");
    assert_eq!(
        get(&templates, "/m?kind=a+b&beta=true"),
        "/m?beta=true&kind=a%20b"
    );
    assert_eq!(
        find(
            &[("GET", "/m?beta=true"), ("POST", "/m")],
            "POST",
            "/m?beta=true"
        ),
        "/m"
    );
}

#[test]
fn the_first_of_two_that_no_request_tells_apart_serves() {
    assert_eq!(
        get(&["/f/{id}#copy", "/f/{other}#move"], "/f/1"),
        "/f/{id}#copy id=1"
    );
}

#[test]
fn agrees_with_a_matcher_that_tries_everything() {
    let mut random = Random(7);
    let mut found = 0;
    for _ in 0..3000 {
        let templates: Vec<String> = (0..random.below(7)).map(|_| random.template()).collect();
        let methods: Vec<&str> = templates
            .iter()
            .map(|_| random.pick(&["GET", "PUT"]))
            .collect();
        let all: Vec<(&str, &str)> = methods
            .iter()
            .copied()
            .zip(templates.iter().map(String::as_str))
            .collect();
        for _ in 0..12 {
            let path = random.path();
            let expected = reference(&all, "GET", &path);
            found += usize::from(expected.starts_with('/'));
            assert_eq!(find(&all, "GET", &path), expected, "{path} in {all:?}");
        }
    }
    assert!(found > 2000, "only {found} paths had an operation");
}

/// Tries every template in the order of precedence.
fn reference(templates: &[(&str, &str)], method: &str, path: &str) -> String {
    let mut ordered: Vec<_> = templates
        .iter()
        .map(|(method, text)| (rank(text), *method, *text))
        .collect();
    ordered.sort_by(|one, other| one.0.cmp(&other.0));
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let mut methods = BTreeSet::new();
    // The first that fits decides, with those that have its shape.
    let mut decided = None;
    for (rank, other, text) in ordered {
        let template = Template::parse(text);
        if template.segments.len() != segments.len() {
            continue;
        }
        let parts = template.segments.iter().zip(&segments);
        let values: Option<Vec<_>> = parts
            .map(|(parts, segment)| values(parts, segment))
            .collect();
        if values.is_some() && *decided.get_or_insert_with(|| rank.clone()) != rank {
            continue;
        }
        match values {
            Some(values) if other == method => {
                return format!("{text} {}", values.concat().join(" "))
                    .trim_end()
                    .to_owned();
            }
            Some(_) => drop(methods.insert(other)),
            None => {}
        }
    }
    match methods.is_empty() {
        true => "-".to_owned(),
        false => methods.into_iter().collect::<Vec<_>>().join(","),
    }
}

/// What orders templates: segment by segment, literals before patterns before parameters.
fn rank(template: &str) -> Vec<(u8, usize, usize, Vec<Option<String>>)> {
    let segments = Template::parse(template).segments;
    let ranks = segments.into_iter().map(|parts| {
        let texts: Vec<_> = parts
            .iter()
            .map(|part| match part {
                Part::Literal(text) => Some(text.clone()),
                Part::Parameter(_) => None,
            })
            .collect();
        let length = texts.iter().flatten().map(String::len).sum::<usize>();
        let class = match texts.as_slice() {
            [] | [Some(_)] => 0,
            [None] => 2,
            _ => 1,
        };
        (class, usize::MAX - length, texts.len(), texts)
    });
    ranks.collect()
}

/// The values of a segment by trying every end of every parameter, short ones first.
fn values(parts: &[Part], segment: &str) -> Option<Vec<String>> {
    match parts {
        [] => segment.is_empty().then(Vec::new),
        [Part::Literal(text), rest @ ..] => values(rest, segment.strip_prefix(text.as_str())?),
        [Part::Parameter(name), rest @ ..] => (1..=segment.len()).find_map(|end| {
            let mut found = values(rest, &segment[end..])?;
            found.insert(0, format!("{name}={}", &segment[..end]));
            Some(found)
        }),
    }
}

/// A linear congruential generator: the same cases in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.below(texts.len() as u64)).unwrap()]
    }

    fn template(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(3) {
            text.push('/');
            text.push_str(self.pick(&[
                "a",
                "b",
                "{x}",
                "{y}",
                "{x}.b",
                "a-{y}",
                "{x}-{y}",
                "{x}-{y}.b",
                "{x}.b.{y}",
                "",
            ]));
        }
        text
    }

    fn path(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(3) {
            text.push('/');
            text.push_str(self.pick(&[
                "a",
                "b",
                "c",
                "a.b",
                "a-b",
                "a-b.b",
                "a-a-b.b.b",
                "b.b.a",
                "-.b",
                "a-b-c",
                "",
            ]));
        }
        text
    }
}
