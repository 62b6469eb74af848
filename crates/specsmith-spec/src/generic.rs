//! [`Document`] to [`Document`]: schemas that are made of others through `$dynamicRef` get what these become there.
//!
//! A schema leaves a place open (`$dynamicRef: '#T'`), and schemas that refer to it say what belongs there, with a
//! `$dynamicAnchor` of that name (JSON Schema 2020-12, section 8.2.3.2). What a type is must not depend on the way to
//! it, so each such schema gets a copy in which `$ref` stands where the place was: its own at its `$ref`, and further
//! components for schemas that the copy refers to and that leave the same place open. The outermost schema that says
//! something about a place wins.

mod open;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use specsmith_diagnostics::Location;

use self::open::Open;
use crate::{Document, DocumentBuilder, Key, Limits, Node, NodeId};

/// What open places become, by their names: JSON pointers.
type Bindings = BTreeMap<String, String>;

/// How deep values are copied.
const MAX_DEPTH: usize = 300;

/// The keywords whose members are schemas, whatever their names.
const SCHEMAS_BY_NAME: [&str; 5] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
];

/// The keywords whose values are data.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// The keywords that say nothing about values when they stand beside `$ref`.
const SILENT: [&str; 9] = [
    "$ref",
    "$defs",
    "$dynamicAnchor",
    "$anchor",
    "$id",
    "$schema",
    "$comment",
    "title",
    "description",
];

/// The document without references that depend on the way to them, where it binds some.
///
/// `None` where there is nothing to do, and where copies would exceed the limits.
pub(crate) fn instantiate(document: &Document, limits: &Limits) -> Option<Document> {
    let open = Open::new(document)?;
    let schemas = document.root().get("components")?.get("schemas")?;
    let mut taken: BTreeSet<String> = schemas.members().map(|(key, _)| key.name.clone()).collect();
    taken.insert(String::new());
    let mut instances = Instances {
        limits,
        open,
        tree: DocumentBuilder::new(),
        made: BTreeMap::new(),
        pending: VecDeque::new(),
        taken,
        copied: 0,
        replaced: false,
    };
    let root = instances.document(document.root(), schemas)?;
    if !instances.replaced {
        return None;
    }
    let unresolved = document.all_unresolved().clone();
    Some(instances.tree.finish(root).with_unresolved(unresolved))
}

/// A schema that is to become a component, and what its open places become.
struct Instance<'d> {
    schema: Node<'d>,
    name: String,
    bindings: Bindings,
}

struct Instances<'d, 'l> {
    limits: &'l Limits,
    open: Open<'d>,
    tree: DocumentBuilder,
    /// The pointers to instances, by what they are made of.
    made: BTreeMap<(NodeId, Bindings), String>,
    pending: VecDeque<Instance<'d>>,
    /// The names of components.
    taken: BTreeSet<String>,
    /// How many nodes stand in copies.
    copied: usize,
    /// Whether a place was filled in.
    replaced: bool,
}

/// Where a value stands.
#[derive(Clone)]
struct Place<'p> {
    /// What open places become here.
    bindings: &'p Bindings,
    /// The name of the component around it, for names of instances.
    component: &'p str,
    /// Whether the members of the value are schemas by name.
    by_name: bool,
    depth: usize,
}

impl<'d> Instances<'d, '_> {
    /// The whole document; instances stand behind the named schemas.
    fn document(&mut self, root: Node<'d>, schemas: Node<'d>) -> Option<NodeId> {
        let none = Bindings::new();
        let mut named = Vec::new();
        for (key, schema) in schemas.members() {
            let place = self.place(&none, &key.name);
            named.push((key.clone(), self.copy(schema, &place)?));
        }
        let place = self.place(&none, "");
        let mut members = Vec::new();
        let mut components = Vec::new();
        for (key, child) in root.members() {
            if key.name != "components" {
                members.push((key.clone(), self.copy(child, &place)?));
                continue;
            }
            for (key, child) in child.members().filter(|(key, _)| key.name != "schemas") {
                components.push((key.clone(), self.copy(child, &place)?));
            }
        }
        while let Some(Instance { schema, name, bindings }) = self.pending.pop_front() {
            let place = self.place(&bindings, &name);
            let copy = self.copy(schema, &place)?;
            let location = schema.location();
            named.push((
                Key {
                    name: name.clone(),
                    location,
                },
                copy,
            ));
        }
        let around = schemas.parent()?;
        let schemas_copy = self.tree.object(schemas.location(), named);
        let key = around.entry("schemas")?.0.clone();
        components.insert(0, (key, schemas_copy));
        let components = self.tree.object(around.location(), components);
        let position = root.members().position(|(key, _)| key.name == "components")?;
        members.insert(position, (root.entry("components")?.0.clone(), components));
        Some(self.tree.object(root.location(), members))
    }

    fn place<'p>(&self, bindings: &'p Bindings, component: &'p str) -> Place<'p> {
        Place {
            bindings,
            component,
            by_name: false,
            depth: 0,
        }
    }

    /// A copy of a value; `None` beyond the limits.
    fn copy(&mut self, node: Node<'d>, place: &Place<'_>) -> Option<NodeId> {
        self.copied += usize::from(!place.bindings.is_empty());
        if place.depth > MAX_DEPTH || self.copied > self.limits.nodes {
            return None;
        }
        if !node.is_object() && !node.is_array() {
            return Some(self.tree.import_scalar(node));
        }
        let inside = Place {
            by_name: false,
            depth: place.depth + 1,
            ..place.clone()
        };
        if node.is_array() {
            let items = node.items().map(|item| self.copy(item, &inside));
            let items = items.collect::<Option<Vec<_>>>()?;
            return Some(self.tree.array(node.location(), items));
        }
        if place.by_name {
            let members = node
                .members()
                .map(|(key, child)| Some((key.clone(), self.copy(child, &inside)?)));
            let members = members.collect::<Option<Vec<_>>>()?;
            return Some(self.tree.object(node.location(), members));
        }
        self.object(node, &inside)
    }

    /// A copy of an object that may be a schema.
    fn object(&mut self, node: Node<'d>, place: &Place<'_>) -> Option<NodeId> {
        let own = self.open.bindings(node);
        let is_binder = own.keys().any(|name| !place.bindings.contains_key(name));
        let mut bindings = own;
        bindings.extend(place.bindings.clone());
        let place = &Place {
            bindings: &bindings,
            ..place.clone()
        };
        let mut members = Vec::new();
        let mut conjuncts = Vec::new();
        for (key, child) in node.members() {
            let inside = Place {
                by_name: SCHEMAS_BY_NAME.contains(&key.name.as_str()),
                ..place.clone()
            };
            let copy = match key.name.as_str() {
                name if DATA.contains(&name) || name.starts_with("x-") => self.tree.import(child),
                "$dynamicRef" => match self.open.bound(node, &bindings) {
                    Some(pointer) => {
                        let pointer = pointer.to_owned();
                        self.replaced = true;
                        members.push((renamed(key), self.pointer(child.location(), &pointer)));
                        continue;
                    }
                    None => self.tree.import_scalar(child),
                },
                "$ref" => match self.open.generic(node, &bindings) {
                    Some(generic) if is_binder => {
                        conjuncts.push(self.part(node, generic, place)?);
                        continue;
                    }
                    Some(generic) => {
                        let pointer = self.instance(generic, place);
                        self.pointer(child.location(), &pointer)
                    }
                    None => self.tree.import_scalar(child),
                },
                "allOf" if is_binder => {
                    for item in child.items() {
                        let part = match self.open.generic(item, &bindings) {
                            Some(generic) if item.members().count() == 1 => self.part(node, generic, place)?,
                            _ => self.copy(item, &inside)?,
                        };
                        conjuncts.push(part);
                    }
                    continue;
                }
                _ => self.copy(child, &inside)?,
            };
            members.push((key.clone(), copy));
        }
        if !conjuncts.is_empty() {
            let all = self.tree.array(node.location(), conjuncts);
            let name = "allOf".to_owned();
            let location = node.location();
            members.push((Key { name, location }, all));
        }
        Some(self.tree.object(node.location(), members))
    }

    /// A copy of what a schema refers to as a part of that schema.
    fn part(&mut self, holder: Node<'d>, generic: Node<'d>, place: &Place<'_>) -> Option<NodeId> {
        let says_nothing = holder
            .members()
            .all(|(key, _)| SILENT.contains(&key.name.as_str()) || key.name.starts_with("x-"));
        let key = (generic.id(), place.bindings.clone());
        if says_nothing && !self.made.contains_key(&key) {
            self.made.insert(key, format!("#{}", holder.pointer()));
        }
        self.copy(generic, place)
    }

    /// The pointer to a component that is a schema with these places filled in.
    fn instance(&mut self, generic: Node<'d>, place: &Place<'_>) -> String {
        let key = (generic.id(), place.bindings.clone());
        if let Some(pointer) = self.made.get(&key) {
            return pointer.clone();
        }
        let own = generic.key().unwrap_or("Schema");
        let plain = match place.component {
            "" => format!("{own}Instance"),
            component => format!(
                "{component}{}{own}",
                if own.starts_with(char::is_uppercase) { "" } else { "_" }
            ),
        };
        let mut name = plain.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{plain}_{number}");
        }
        let escaped = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
        let pointer = format!("#/components/schemas/{escaped}");
        self.made.insert(key, pointer.clone());
        self.pending.push_back(Instance {
            schema: generic,
            name,
            bindings: place.bindings.clone(),
        });
        pointer
    }

    fn pointer(&mut self, location: Location, text: &str) -> NodeId {
        self.tree.string(location, text.to_owned())
    }
}

fn renamed(key: &Key) -> Key {
    Key {
        name: "$ref".to_owned(),
        location: key.location,
    }
}
