//! Additions to documents, at every place where a document can grow.

use std::collections::BTreeMap;

use specsmith_ir::{Number, Value};

use crate::stability::rivals::{self, Rival, Taken};

/// What is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A named schema.
    Schema,
    /// A property of an object: text.
    Property,
    /// A property of an object: an object that has a name of its own in Rust.
    ObjectProperty,
    /// A property that must be there.
    RequiredProperty,
    /// A value of an enumeration.
    EnumValue,
    /// A branch of a union.
    Branch,
    /// A path with an operation.
    Path,
    /// An operation of a path that is there.
    Method,
    /// A parameter.
    Parameter,
    /// A response.
    Response,
    /// A response of an error.
    ErrorResponse,
    /// A media type of a body.
    MediaType,
    /// A tag.
    Tag,
    /// Things that want the names of those that are there.
    Rival(Rival),
}

/// Every kind.
pub(crate) const KINDS: &[Kind] = &[
    Kind::Schema,
    Kind::Property,
    Kind::ObjectProperty,
    Kind::RequiredProperty,
    Kind::EnumValue,
    Kind::Branch,
    Kind::Path,
    Kind::Method,
    Kind::Parameter,
    Kind::Response,
    Kind::MediaType,
    Kind::Tag,
];

/// Every kind of rivals.
pub(crate) const RIVALS: &[Kind] = &[
    Kind::Rival(Rival::Schemas),
    Kind::Rival(Rival::Properties),
    Kind::Rival(Rival::Objects),
    Kind::Rival(Rival::Values),
    Kind::Rival(Rival::Branches),
    Kind::Rival(Rival::Operations),
    Kind::Rival(Rival::Parameters),
    Kind::Rival(Rival::MediaTypes),
    Kind::Rival(Rival::Schemes),
];

/// Where among its siblings something is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// Before all of them.
    First,
    /// Among them.
    Middle,
    /// Behind all of them.
    Last,
}

/// Every position.
pub(crate) const POSITIONS: [At; 3] = [At::First, At::Middle, At::Last];

impl At {
    fn index(self, len: usize) -> usize {
        match self {
            At::First => 0,
            At::Middle => len / 2,
            At::Last => len,
        }
    }
}

/// A document that has grown.
pub(crate) struct Grown {
    /// The document.
    pub document: Value,
    /// How many places there were to add something.
    pub places: usize,
    /// Pointers of items that moved, and what they were before.
    moved: BTreeMap<String, String>,
}

impl Grown {
    /// The pointer that a place had before.
    pub(crate) fn before(&self, pointer: &str) -> String {
        let mut end = pointer.len();
        loop {
            if let Some(old) = self.moved.get(&pointer[..end]) {
                return format!("{old}{}", &pointer[end..]);
            }
            match pointer[..end].rfind('/') {
                Some(slash) => end = slash,
                None => return pointer.to_owned(),
            }
        }
    }
}

/// Adds something of this kind at each place for it; rivals want the names of `taken`.
///
/// Where more than `most` things would be added, they are added at places that are equally far from each other; `seed`
/// says which is the first.
pub(crate) fn grow(document: &Value, kind: Kind, at: At, taken: &Taken, most: usize, seed: usize) -> Grown {
    let all = grow_every(document, kind, at, taken, (1, 0));
    match all.places.div_ceil(most) {
        0 | 1 => all,
        every => grow_every(document, kind, at, taken, (every, seed % every)),
    }
}

/// Adds something at each place whose number is the second of `every` modulo the first.
fn grow_every(document: &Value, kind: Kind, at: At, taken: &Taken, every: (usize, usize)) -> Grown {
    let mut growing = Growing {
        kind,
        at,
        taken,
        every,
        seen: 0,
        places: 0,
        moved: BTreeMap::new(),
    };
    let document = growing.value(document, Role::Root, "", "");
    Grown {
        document,
        places: growing.places,
        moved: growing.moved,
    }
}

/// What a value is in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Root,
    Components,
    /// Named schemas of the document.
    Named,
    Schema,
    /// An object of schemas by any names.
    Schemas,
    /// The properties of an object.
    Properties,
    /// A list of schemas.
    SchemaList,
    Branches,
    EnumValues,
    Paths,
    PathItem,
    Operation,
    Parameters,
    Responses,
    Content,
    Tags,
    SecuritySchemes,
    /// Anything else that can hold schemas.
    Other,
    /// Data.
    Data,
}

struct Growing<'t> {
    kind: Kind,
    at: At,
    taken: &'t Taken,
    /// Which places are taken, by their numbers.
    every: (usize, usize),
    /// How many places there were.
    seen: usize,
    /// How many things were added.
    places: usize,
    moved: BTreeMap<String, String>,
}

impl Growing<'_> {
    /// What is added at a place, which is nothing where the place is not taken.
    fn sampled<T>(&mut self, mut added: Vec<T>) -> Vec<T> {
        if added.is_empty() {
            return added;
        }
        let (every, first) = self.every;
        if self.seen % every != first {
            added.clear();
        }
        self.seen += 1;
        self.places += added.len();
        added
    }

    fn value(&mut self, value: &Value, role: Role, new: &str, old: &str) -> Value {
        match value {
            Value::Object(members) => self.object(members, role, new, old),
            Value::Array(items) => self.array(items, role, new, old),
            other => other.clone(),
        }
    }

    fn object(&mut self, members: &[(String, Value)], role: Role, new: &str, old: &str) -> Value {
        // Names of values that stand in lists of their own would be those of others.
        let named_values = members.iter().any(|(name, _)| name.starts_with("x-enum"));
        let mut grown: Vec<(String, Value)> = members
            .iter()
            .map(|(name, member)| {
                let step = name.replace('~', "~0").replace('/', "~1");
                let (new, old) = (format!("{new}/{step}"), format!("{old}/{step}"));
                let member_role = match inside(role, name) {
                    Role::EnumValues if named_values => Role::Data,
                    role => role,
                };
                (name.clone(), self.value(member, member_role, &new, &old))
            })
            .collect();
        let n = self.places;
        let is_free = |name: &&&str| !members.iter().any(|(known, _)| known == **name);
        let added = match (self.kind, role) {
            (Kind::Schema, Role::Named) => Some((format!("Zqx{n}"), object("zqx_inside"))),
            // An untitled branch is called after its only property until it has another one.
            (Kind::Property | Kind::ObjectProperty, Role::Properties) if is_tag(members, old) => None,
            (Kind::Property, Role::Properties) => Some((format!("zqx_{n}"), typed("string"))),
            (Kind::ObjectProperty, Role::Properties) => Some((format!("zqx_{n}"), object("zqx_inside"))),
            (Kind::Path, Role::Paths) => Some((format!("/zqx{n}"), map(&[("get", operation(n))]))),
            (Kind::Method, Role::PathItem) => {
                let free = METHODS.iter().find(is_free);
                free.map(|method| ((*method).to_owned(), operation(n)))
            }
            (Kind::Response, Role::Responses) => {
                let free = STATUSES.iter().find(is_free);
                free.map(|status| ((*status).to_owned(), response(n)))
            }
            (Kind::ErrorResponse, Role::Responses) if is_free(&&"418") => Some(("418".to_owned(), response(n))),
            (Kind::MediaType, Role::Content) => media_type(members, old, n),
            _ => None,
        };
        let added = match self.kind {
            // A branch with one property is called after it until it has another one.
            Kind::Rival(Rival::Properties | Rival::Objects) if is_tag(members, old) => Vec::new(),
            Kind::Rival(rival) => rivals::members(rival, role, members, self.taken, n),
            _ => added.into_iter().collect(),
        };
        let added = self.sampled(added);
        // Without a memory, the first body of a request in the document is the one with the short name.
        let is_body = (self.kind, role) == (Kind::MediaType, Role::Content) && !old.contains("/responses/");
        let at = match is_body {
            true => grown.len(),
            false => self.at.index(grown.len()),
        };
        grown.splice(at..at, added);
        if self.kind == Kind::RequiredProperty && role == Role::Schema {
            self.require(&mut grown, old);
        }
        Value::Object(grown)
    }

    /// Adds a property that must be there to a schema that has properties.
    fn require(&mut self, schema: &mut Vec<(String, Value)>, old: &str) {
        let at = self.at;
        let is_unnamed = !schema.iter().any(|(name, _)| name == "title");
        let Some((_, Value::Object(properties))) = schema.iter_mut().find(|(name, _)| name == "properties") else {
            return;
        };
        if may_be_tag(properties, old) || is_unnamed && is_branch_of_any(old) {
            return;
        }
        let Some(name) = self.sampled(vec![format!("zqx_{}", self.places)]).pop() else {
            return;
        };
        properties.insert(at.index(properties.len()), (name.clone(), typed("string")));
        match schema.iter_mut().find(|(name, _)| name == "required") {
            Some((_, Value::Array(names))) => names.insert(at.index(names.len()), text(&name)),
            _ => schema.push(("required".to_owned(), Value::Array(vec![text(&name)]))),
        }
    }

    fn array(&mut self, items: &[Value], role: Role, new: &str, old: &str) -> Value {
        let n = self.places;
        let added = match (self.kind, role) {
            (Kind::EnumValue, Role::EnumValues) if items.len() > 1 => Some(match items.first() {
                Some(Value::Number(_)) => Value::Number(Number::new(&(770_000 + n).to_string()).expect("a number")),
                _ => text(&format!("zqx-{n}")),
            }),
            (Kind::Branch, Role::Branches) if is_union(items, old) => Some(branch(n)),
            (Kind::Parameter, Role::Parameters) => Some(map(&[
                ("name", text(&format!("zqx_{n}"))),
                ("in", text("query")),
                ("schema", typed("string")),
            ])),
            (Kind::Tag, Role::Tags) => Some(map(&[("name", text(&format!("zqx{n}")))])),
            _ => None,
        };
        let added: Vec<Value> = match self.kind {
            Kind::Rival(Rival::Branches) if !is_union(items, old) => Vec::new(),
            Kind::Rival(rival) => rivals::items(rival, role, items, self.taken, n),
            _ => added.into_iter().collect(),
        };
        let added = self.sampled(added);
        let at = self.at.index(items.len());
        let mut grown = Vec::with_capacity(items.len() + added.len());
        for (index, item) in items.iter().enumerate() {
            let shifted = index + if index >= at { added.len() } else { 0 };
            let (new, old) = (format!("{new}/{shifted}"), format!("{old}/{index}"));
            if shifted != index {
                self.moved.insert(new.clone(), old.clone());
            }
            grown.push(self.value(item, inside(role, ""), &new, &old));
        }
        grown.splice(at..at, added);
        Value::Array(grown)
    }
}

/// Whether these are the properties of a branch of a union that has only one.
fn is_tag(properties: &[(String, Value)], pointer: &str) -> bool {
    properties.len() == 1 && (pointer.contains("/oneOf/") || pointer.contains("/anyOf/"))
}

/// Whether the properties of a branch are one that is called after its only property when one is added.
fn may_be_tag(properties: &[(String, Value)], pointer: &str) -> bool {
    properties.len() < 2 && (pointer.contains("/oneOf/") || pointer.contains("/anyOf/"))
}

/// Whether a schema is a branch of `anyOf`; those without names can be one object together, until one is told by what
/// it requires.
fn is_branch_of_any(pointer: &str) -> bool {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    parent.ends_with("/anyOf")
}

/// Whether branches are a union and stay one: no demands on the object around them, not one object together, and more
/// than one beside `null`. A second one makes a type of its own, which wants a name and has in it what the first has.
fn is_union(branches: &[Value], pointer: &str) -> bool {
    let is_unnamed_object = |branch: &Value| match branch {
        Value::Object(members) => {
            let has = |keyword: &str| members.iter().any(|(name, _)| name == keyword);
            has("properties") && !has("title")
        }
        _ => false,
    };
    let together = pointer.ends_with("/anyOf") && branches.iter().all(is_unnamed_object);
    let values = branches.iter().filter(|branch| **branch != typed("null"));
    branches.iter().any(has_type) && values.count() > 1 && !together
}

/// Request methods that are added, the first that is free.
const METHODS: &[&str] = &["patch", "delete", "put", "options"];

/// Statuses that are added, the first that is free.
const STATUSES: &[&str] = &["202", "200", "418"];

/// What a member of a value is.
fn inside(role: Role, name: &str) -> Role {
    match (role, name) {
        (_, "example" | "examples" | "default" | "const") if role != Role::Properties && role != Role::Named => {
            Role::Data
        }
        (Role::Data, _) => Role::Data,
        (_, name) if name.starts_with("x-") && !matches!(role, Role::Properties | Role::Named | Role::Schemas) => {
            Role::Data
        }
        (Role::Root, "components") => Role::Components,
        (Role::Root, "definitions") | (Role::Components, "schemas") => Role::Named,
        (Role::Root, "securityDefinitions") | (Role::Components, "securitySchemes") => Role::SecuritySchemes,
        (Role::Root, "paths") => Role::Paths,
        (Role::Root, "tags") => Role::Tags,
        (Role::Paths, _) => Role::PathItem,
        (Role::PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace") => Role::Operation,
        (Role::PathItem | Role::Operation, "parameters") => Role::Parameters,
        (Role::Operation, "responses") => Role::Responses,
        (Role::Named | Role::Schemas | Role::Properties | Role::SchemaList | Role::Branches, _) => Role::Schema,
        (Role::Schema, "properties") => Role::Properties,
        (Role::Schema, "patternProperties" | "$defs" | "definitions" | "dependentSchemas") => Role::Schemas,
        (Role::Schema, "allOf" | "prefixItems") => Role::SchemaList,
        (Role::Schema, "oneOf" | "anyOf") => Role::Branches,
        (Role::Schema, "enum") => Role::EnumValues,
        (Role::Schema, "items" | "additionalProperties" | "not" | "contains") => Role::Schema,
        (Role::Schema, _) => Role::Data,
        (_, "schema" | "itemSchema") => Role::Schema,
        (_, "content") => Role::Content,
        _ => Role::Other,
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

pub(crate) fn map(members: &[(&str, Value)]) -> Value {
    let owned = |(name, value): &(&str, Value)| ((*name).to_owned(), value.clone());
    Value::Object(members.iter().map(owned).collect())
}

pub(crate) fn typed(name: &str) -> Value {
    map(&[("type", text(name))])
}

pub(crate) fn object(property: &str) -> Value {
    let inner = map(&[
        ("type", text("object")),
        ("properties", map(&[("zqx_deep", typed("string"))])),
    ]);
    map(&[("type", text("object")), ("properties", map(&[(property, inner)]))])
}

fn response(n: usize) -> Value {
    let content = map(&[(
        "application/json",
        map(&[("schema", object(&format!("zqx_inside_{n}")))]),
    )]);
    map(&[("description", text("zqx")), ("content", content)])
}

fn operation(n: usize) -> Value {
    let mut members = vec![("responses".to_owned(), map(&[("200", response(n))]))];
    if n.is_multiple_of(2) {
        members.insert(0, ("operationId".to_owned(), text(&format!("zqx{n}"))));
    }
    Value::Object(members)
}

/// Whether a branch is a type, and no demand on the object around it, which a branch with a type would divide.
fn has_type(branch: &Value) -> bool {
    let Value::Object(members) = branch else { return false };
    members.iter().any(|(name, _)| {
        matches!(
            name.as_str(),
            "$ref" | "type" | "enum" | "const" | "allOf" | "oneOf" | "anyOf"
        )
    })
}

/// A branch of a union that is told by its property.
fn branch(n: usize) -> Value {
    let name = format!("zqx_{n}");
    map(&[
        ("title", text(&format!("Zqx{n}"))),
        ("type", text("object")),
        ("required", Value::Array(vec![text(&name)])),
        ("properties", map(&[(&name, typed("string"))])),
    ])
}

/// A media type whose bodies are of another kind or type than those that are there.
fn media_type(members: &[(String, Value)], pointer: &str, n: usize) -> Option<(String, Value)> {
    let is_there = |media_type: &str| members.iter().any(|(name, _)| name == media_type);
    let is_json = members.iter().any(|(name, _)| name.ends_with("json"));
    let is_form = members.iter().any(|(name, _)| name.contains("form"));
    let name = match (pointer.contains("/responses/") || is_form, is_json) {
        (true, false) => "application/json",
        (true, true) if is_there("application/json") && n.is_multiple_of(2) => "application/zqx+json",
        _ => "text/plain",
    };
    let schema = match name {
        "text/plain" => typed("string"),
        _ => object(&format!("zqx_inside_{n}")),
    };
    (!is_there(name)).then(|| (name.to_owned(), map(&[("schema", schema)])))
}
