//! Why something of a document is generated, and where its name comes from.

use specsmith_diagnostics::{Findings, Location, closest};
use specsmith_ir::changes::tell;
use specsmith_ir::{Api, Origin, TypeId};
use specsmith_rust::model::{Group, Operation, TypeItem, View};
use specsmith_rust::{Model, Prose};

use crate::list::kind;
use crate::pipeline::{Lowered, Manifests, lower};
use crate::{Config, Error};

/// What is known of a name.
#[derive(Debug, Clone)]
pub struct Why {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// What has the name; empty where nothing does.
    pub answers: Vec<Answer>,
    /// A name that is there, where nothing has the one that was asked for.
    pub meant: Option<String>,
}

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it is: ``the struct `types::Book` ``.
    pub what: String,
    /// Where it is in the document.
    pub location: Location,
    /// Where its name in Rust comes from.
    pub named_by: String,
    /// The shortest way from an operation to it, a type on the way in each entry; empty for operations and for what no
    /// operation uses.
    pub chain: Vec<String>,
    /// The operations that use it, in the order of the document; empty for operations.
    pub users: Vec<String>,
    /// Whether it is an operation.
    pub is_operation: bool,
}

/// Tells what has a name, be it a schema, a type in Rust, an operationId, or a method and a path; targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn why(config: &Config, name: &str) -> Result<Why, Error> {
    let Lowered {
        api, model, findings, ..
    } = lower(config, Manifests::Generated)?;
    let cx = Asked {
        config,
        api: &api,
        model: &model,
    };
    let asked = name.trim();
    let short = asked.strip_prefix("types::").unwrap_or(asked);
    let mut answers: Vec<Answer> = Vec::new();
    for item in &model.types {
        let is_asked = item.name.unraw() == short || cx.schema(item.source) == Some(asked);
        answers.extend(is_asked.then(|| cx.of_type(item)));
    }
    for (group, operation) in model.operations() {
        let names = cx.names(group, operation);
        if names.iter().any(|name| same(name, asked)) {
            answers.extend(cx.of_operation(group, operation));
        }
    }
    let known = || {
        let types = model.types.iter().flat_map(|item| {
            let schema = cx.schema(item.source).map(str::to_owned);
            [Some(item.name.unraw().to_owned()), schema].into_iter().flatten()
        });
        let operations = model.operations();
        let operations = operations.flat_map(|(group, operation)| cx.names(group, operation));
        types.chain(operations).collect::<Vec<String>>()
    };
    let meant = match answers.is_empty() {
        true => closest(asked, known().iter().map(String::as_str)).map(str::to_owned),
        false => None,
    };
    Ok(Why {
        findings,
        answers,
        meant,
    })
}

/// Whether two names are the same; methods may be written in small letters.
fn same(known: &str, asked: &str) -> bool {
    known == asked
        || match (known.split_once(' '), asked.split_once(' ')) {
            (Some((a, path)), Some((b, other))) => a.eq_ignore_ascii_case(b) && path == other.trim(),
            _ => false,
        }
}

/// Letters and digits alone, small: what is left of a name that is written otherwise.
fn letters(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

struct Asked<'a> {
    config: &'a Config,
    api: &'a Api,
    model: &'a Model,
}

impl Asked<'_> {
    /// The name of a named schema.
    fn schema(&self, id: TypeId) -> Option<&str> {
        match &self.api.types[id].origin {
            Origin::Component(name) => Some(name),
            Origin::Inline { .. } => None,
        }
    }

    /// What an operation can be asked for by.
    fn names(&self, group: &Group, operation: &Operation) -> Vec<String> {
        let id = self.api.operation(operation.source).and_then(|of| of.name.clone());
        let call = format!("{}::{}", group.name.unraw(), operation.method.unraw());
        let line = format!("{} {}", operation.http_method, operation.path.text);
        let own = [operation.name.unraw(), operation.function.unraw()].map(str::to_owned);
        id.into_iter().chain(own).chain([call, line]).collect()
    }

    fn of_type(&self, item: &TypeItem) -> Answer {
        let ty = &self.api.types[item.source];
        let direction = match item.view {
            View::Request(Some(_)) => " of requests",
            _ => "",
        };
        let path = format!("types::{}", item.name.unraw());
        let chain = specsmith_ir::chain(self.api, item.source);
        let links = chain.map(|chain| self.links(&chain)).unwrap_or_default();
        Answer {
            what: format!("the {}{direction} {}", kind(&item.body), Prose::code(&path)),
            location: ty.location,
            named_by: self.type_named_by(item),
            chain: links,
            users: specsmith_ir::users(self.api, item.source),
            is_operation: false,
        }
    }

    /// The way to a type, an entry for the operation and for each definition on the way.
    fn links(&self, chain: &specsmith_ir::Chain) -> Vec<String> {
        let mut entries = vec![Prose::code(&chain.start)];
        let mut parts = Vec::new();
        for (index, (of, id)) in chain.links.iter().enumerate() {
            parts.extend(of.iter().cloned());
            let item = self.model.types.iter().find(|item| item.source == *id);
            let is_last = index + 1 == chain.links.len();
            if item.is_none() && !is_last {
                continue;
            }
            let place = tell::place(&parts, &Prose::code);
            let name = item.map(|item| Prose::code(item.name.unraw())).unwrap_or_default();
            entries.push(match place.as_str() {
                "" => name,
                place => format!("{place}: {name}"),
            });
            parts.clear();
        }
        entries
    }

    fn type_named_by(&self, item: &TypeItem) -> String {
        let name = item.name.unraw();
        let ty = &self.api.types[item.source];
        if let Some(key) = self.renamed(name) {
            return format!("`[rename]` of the configuration: {}", Prose::code(key));
        }
        if let Some((place, _)) = self.model.names.names.iter().find(|(_, given)| *given == name) {
            let place = Prose::code(place);
            return format!("what it is called ({place}) yielded to another of that name; the names lock keeps it");
        }
        match &ty.origin {
            Origin::Component(schema) if letters(schema) == letters(name) => {
                format!("the name of the schema, {}", Prose::code(schema))
            }
            Origin::Component(schema) => format!(
                "the name of the schema, {}, made another since it is taken or not to be said in Rust",
                Prose::code(schema)
            ),
            Origin::Inline { .. } => match ty.docs.title.as_deref() {
                Some(title) if letters(title) == letters(name) => format!("its title, {}", Prose::code(title)),
                _ => format!(
                    "its place, {}",
                    Prose::code(&specsmith_ir::type_place(self.api, item.source))
                ),
            },
        }
    }

    /// The key of a name that the user gave.
    fn renamed(&self, name: &str) -> Option<&str> {
        let mut renames = self.config.types.renames.iter();
        let found = renames.find(|(_, given)| letters(given) == letters(name));
        found.map(|(key, _)| key.as_str())
    }

    fn of_operation(&self, group: &Group, operation: &Operation) -> Option<Answer> {
        let source = self.api.operation(operation.source)?;
        let call = format!("client.{}().{}", group.accessor.unraw(), operation.method.unraw());
        let line = format!("{} {}", operation.http_method, operation.path.text);
        let of_group = match (&group.tag, group.is_rest()) {
            (Some(tag), _) => format!("its group has that of the tag {}", Prose::code(tag)),
            (None, false) => format!("its group has that of the resource {}", Prose::code(&group.key)),
            (None, true) => "it has neither a tag nor a resource".to_owned(),
        };
        let of_name = match (self.renamed(operation.name.unraw()), &source.name) {
            (Some(key), _) => format!("`[rename]` of the configuration, {}", Prose::code(key)),
            (None, Some(id)) if letters(id) == letters(operation.name.unraw()) => {
                format!("its operationId, {}", Prose::code(id))
            }
            _ => "its method and path".to_owned(),
        };
        Some(Answer {
            what: format!(
                "the operation {}: {}, and {} of the server",
                Prose::code(&line),
                Prose::code(&call),
                Prose::code(&format!("{}::{}", group.name.unraw(), operation.function.unraw()))
            ),
            location: source.location,
            named_by: format!("{of_name}; {of_group}"),
            chain: Vec::new(),
            users: Vec::new(),
            is_operation: true,
        })
    }
}
