//! Finds a home in the document for everything that references point to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Action, Place, Target, gather::Gather};
use crate::{Node, grammar::Kind, pointer::fragment};

/// Where everything goes.
#[derive(Debug, Default)]
pub(super) struct Homes {
    /// The references that point to each place.
    pub texts: HashMap<Place, String>,
    /// Schemas that become components of the document although they are part of something else, which refers to them.
    pub hoisted: HashSet<Place>,
    /// What becomes a component: its section, its name and where it is.
    pub components: BTreeMap<&'static str, Vec<(String, Place)>>,
}

/// The names of a section that are taken, without what makes no difference in Rust.
type Taken = BTreeMap<&'static str, BTreeSet<String>>;

/// Whether sections stand at the top of the document, as in Swagger 2.0, or in `components`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// OpenAPI 3.
    Components,
    /// Swagger 2.0.
    Top,
}

impl Layout {
    /// The layout of a document.
    pub(super) fn of(root: Node<'_>) -> Self {
        match root.get("swagger") {
            Some(_) => Layout::Top,
            None => Layout::Components,
        }
    }

    /// The object that holds the sections.
    pub(super) fn holder(self, root: Node<'_>) -> Option<Node<'_>> {
        match self {
            Layout::Components => root.get("components"),
            Layout::Top => Some(root),
        }
    }

    /// The section of components of a kind.
    fn section(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Schema if self == Layout::Top => "definitions",
            Kind::Schema => "schemas",
            Kind::Response | Kind::SwaggerResponse => "responses",
            Kind::Parameter | Kind::SwaggerParameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            Kind::Callback => "callbacks",
            Kind::PathItem => "pathItems",
            Kind::MediaType => "mediaTypes",
            _ => "x-components",
        }
    }

    fn pointer(self, section: &str, name: &str) -> String {
        let before = match self {
            Layout::Components => "/components",
            Layout::Top => "",
        };
        fragment(&format!(
            "{before}/{section}/{}",
            name.replace('~', "~0").replace('/', "~1")
        ))
    }
}

/// Finds the homes of all targets; components that are only a reference become what they refer to.
pub(super) fn find(gather: &mut Gather<'_>) -> Homes {
    let mut homes = Homes::default();
    let Some(entry) = gather.parts.part(0) else {
        return homes;
    };
    let root = entry.document.root();
    let layout = Layout::of(root);
    let mut taken = settle_components(gather, root, layout, &mut homes);
    let mut inner = Vec::new();
    for (place, kind) in gather.targets.clone() {
        if homes.texts.contains_key(&place) {
            continue;
        }
        if place.part == 0 {
            let pointer = entry.node(place).pointer();
            homes.texts.insert(place, fragment(&pointer));
        } else if gather.inner.contains(&place) {
            inner.push((place, kind));
        } else {
            name_component(gather, layout, (place, kind), &mut taken, &mut homes);
        }
    }
    for target in inner {
        if !settle_inner(gather, target.0, &mut homes) {
            name_component(gather, layout, target, &mut taken, &mut homes);
        }
    }
    homes
}

/// Gives what a component of the document is only a reference to the home of that component; returns the names that the
/// document has.
fn settle_components(gather: &mut Gather<'_>, root: Node<'_>, layout: Layout, homes: &mut Homes) -> Taken {
    let kinds: BTreeMap<Place, Kind> = gather.targets.iter().copied().collect();
    let sections: BTreeSet<&'static str> = kinds.values().map(|kind| layout.section(*kind)).collect();
    let mut taken = Taken::new();
    for section in sections {
        let names = taken.entry(section).or_default();
        let holder = layout.holder(root).and_then(|holder| holder.get(section));
        for (key, node) in holder.into_iter().flat_map(Node::members) {
            names.insert(folded(&key.name));
            let at = |node: Node<'_>| Place {
                part: 0,
                node: node.id(),
            };
            let Some(reference) = node.get("$ref").filter(|_| node.members().count() == 1) else {
                continue;
            };
            let action = gather.actions.get(&at(node)).or(gather.actions.get(&at(reference)));
            let Some(Action::Point(target) | Action::TakeIn(target)) = action.cloned() else {
                continue;
            };
            let is_of_section = kinds.get(&target).is_some_and(|kind| layout.section(*kind) == section);
            if target.part != 0 && is_of_section && !homes.texts.contains_key(&target) {
                homes.texts.insert(target, layout.pointer(section, &key.name));
                gather.actions.insert(at(node), Action::TakeIn(target));
                if gather.inner.contains(&target) && kinds.get(&target) == Some(&Kind::Schema) {
                    homes.hoisted.insert(target);
                }
            }
        }
    }
    taken
}

/// Finds the home of a place inside another one that has a home.
fn settle_inner(gather: &Gather<'_>, place: Place, homes: &mut Homes) -> bool {
    let Some(part) = gather.parts.part(place.part) else {
        return false;
    };
    let start = part.node(place).pointer();
    let mut around = place;
    while gather.inner.contains(&around) {
        let Some(parent) = part.node(around).parent() else {
            break;
        };
        around.node = parent.id();
        if let Some(home) = homes.texts.get(&around) {
            let pointer = parent.pointer();
            let text =
                home.clone() + &fragment(start.strip_prefix(pointer.as_str()).unwrap_or_default()).replacen('#', "", 1);
            homes.texts.insert(place, text);
            return true;
        }
    }
    false
}

fn name_component(gather: &Gather<'_>, layout: Layout, target: Target, taken: &mut Taken, homes: &mut Homes) {
    let (place, kind) = target;
    let section = layout.section(kind);
    let Some(part) = gather.parts.part(place.part) else {
        return;
    };
    let pointer = part.node(place).pointer();
    let name = choose(
        &gather.parts.steps(place.part),
        &pointer,
        taken.entry(section).or_default(),
    );
    homes.texts.insert(place, layout.pointer(section, &name));
    homes.components.entry(section).or_default().push((name, place));
}

/// The name of a component: the last step of its pointer or the name of its file, with as much of what is before that as
/// tells it from others.
fn choose(file: &[String], pointer: &str, taken: &mut BTreeSet<String>) -> String {
    let mut before: Vec<&str> = file.iter().map(String::as_str).collect();
    if let Some(last) = before.last_mut() {
        *last = stem(last);
    }
    if before.len() > 1 && before.last() == Some(&"index") {
        before.pop();
    }
    let unescaped = pointer
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace("~1", "/")
        .replace("~0", "~");
    if !pointer.is_empty() {
        before.push(&unescaped);
    }
    let mut name = legal(before.pop().unwrap_or("document"));
    // A status or an index says too little.
    while name.starts_with(|c: char| c.is_ascii_digit()) || taken.contains(&folded(&name)) {
        let Some(more) = before.pop() else { break };
        name = format!("{}_{name}", legal(more));
    }
    let mut unique = name.clone();
    let mut number = 2;
    while !taken.insert(folded(&unique)) {
        unique = format!("{name}_{number}");
        number += 1;
    }
    unique
}

/// The name of a file without the extensions of documents.
fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, "json" | "yaml" | "yml" | "JSON" | "YAML" | "YML")) if !stem.is_empty() => stem,
        _ => file,
    }
}

/// The name with what components cannot have replaced (OpenAPI 3.2, section 4.7.1).
fn legal(name: &str) -> String {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = name.chars().map(|c| if legal(c) { c } else { '_' }).collect();
    let name = name.trim_matches('_');
    if name.is_empty() {
        "component".to_owned()
    } else {
        name.to_owned()
    }
}

/// The name without what makes no difference in Rust.
fn folded(name: &str) -> String {
    let parts = name.chars().filter(|c| c.is_alphanumeric());
    parts.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files_and_pointers() {
        let file = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
        let mut taken = BTreeSet::from([folded("Owner")]);
        for (path, pointer, expected) in [
            ("models/pet.yml", "", "pet"),
            ("shared/pet.yml", "", "shared_pet"),
            ("other/shared/Pet.json", "", "other_shared_Pet"),
            ("models/pet.yml", "/owner", "pet_owner"),
            ("all.yaml", "/components/schemas/Dog", "Dog"),
            ("more.yaml", "/components/schemas/Dog", "more_Dog"),
            ("cat/index.yaml", "", "cat"),
            ("api.v1.yaml", "", "api.v1"),
            ("api.yaml", "/responses/404", "api_404"),
            ("m.room$x.yaml", "", "m.room_x"),
            ("a.yaml", "/~1pets~1{id}", "pets__id"),
            ("b.yaml", "/owner", "b_owner"),
            ("b.json", "/owner", "b_owner_2"),
        ] {
            assert_eq!(choose(&file(path), pointer, &mut taken), expected, "{path}{pointer}");
        }
    }
}
