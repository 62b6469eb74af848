//! Names of types and operations, claimed by rank: named schemas, groups, operations, unnamed types.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{self as ir, Origin, Owner, PathPart, TypeId};

use super::context::{Context, Definition};
use super::identity::Identity;
use super::memory::Shared;
use super::place::Places;
use super::reach::{self, Reached};
use super::{complexity, pointer, renames};
use crate::Ident;
use crate::naming::{Case, Scope, reserved, words};

/// The word that a named schema gets whose name generated code uses itself.
const MODEL: &str = "model";

/// Where the words of an operation are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordSource {
    /// The document names the operation, or the user.
    Name,
    /// Its method and path.
    Path,
}

/// The names of an operation.
#[derive(Debug, Clone)]
pub(super) struct OperationNames {
    /// The words of the operation.
    pub(super) words: Vec<String>,
    /// Where they are from.
    pub(super) source: WordSource,
    /// The type that stands for it.
    pub(super) name: Ident,
    /// The function of the server, unique in the API.
    pub(super) function: Ident,
    /// The struct of its parameters on the server.
    pub(super) parameters: Ident,
    /// The enum of its bodies on the server; claimed where the document names several media types.
    pub(super) content: Ident,
    /// The type of its multipart body on the client; claimed where the document has one.
    pub(super) form: Ident,
    /// The enum of its successes on the client.
    pub(super) success: Ident,
    /// The enum of its errors on the client.
    pub(super) error: Ident,
    /// The enum of its responses on the server.
    pub(super) server: Ident,
}

/// A scope for types of the generated crate.
pub(super) fn type_scope() -> Scope {
    Scope::new(Case::Pascal, &[reserved::TYPES, &crate::types::RESERVED])
}

/// Whether generated code uses the name of these words itself.
fn is_reserved(words: &[String]) -> bool {
    let name = Case::Pascal.join(words);
    reserved::TYPES.contains(&name.as_str()) || crate::types::RESERVED.contains(&name.as_str())
}

/// Names the schemas that the document names; exact names first, then by name, so that their order does not matter.
pub(super) fn components(cx: &mut Context<'_>, scope: &mut Scope) {
    let mut components: Vec<(bool, &str, TypeId)> = cx
        .api
        .types
        .iter()
        .filter_map(|(id, ty)| match &ty.origin {
            Origin::Component(_) if is_second(cx, id) => None,
            Origin::Component(_) if !cx.memory.takes(&cx.identities.of_type(id)) => None,
            Origin::Component(name) => Some((Case::Pascal.join(&words(name)) != *name, name.as_str(), id)),
            Origin::Inline { .. } => None,
        })
        .collect();
    components.sort_unstable();
    let named: Vec<(TypeId, Ident)> = components
        .into_iter()
        .map(|(_, name, id)| (id, component(cx, scope, name, id)))
        .collect();
    let mut in_order = named;
    in_order.sort_unstable_by_key(|(id, _)| *id);
    for (id, name) in in_order {
        let text = match cx.ty(id).map(|ty| &ty.origin) {
            Some(Origin::Component(text)) => words(text),
            _ => Vec::new(),
        };
        let is_plain =
            cx.renames.of_type(id).is_none() && (name.unraw() == Case::Pascal.join(&text) || is_reserved(&text));
        cx.define(Definition {
            source: id,
            core: core(cx, id),
            words: if is_plain { text } else { words(name.unraw()) },
            name,
            response: None,
        });
    }
}

/// Whether a type is one that requests have beside that of responses.
pub(super) fn is_second(cx: &Context<'_>, id: TypeId) -> bool {
    cx.view(id).is_some_and(|view| view.response.is_some())
}

/// The type whose shape the definition of a named schema has.
fn core(cx: &Context<'_>, id: TypeId) -> TypeId {
    let core = Some(cx.core(id))
        .filter(|core| *core != id && cx.item(*core).is_none() && complexity::needs_definition(cx, *core));
    core.unwrap_or(id)
}

fn component(cx: &mut Context<'_>, scope: &mut Scope, text: &str, id: TypeId) -> Ident {
    let place = cx.identities.of_type(id);
    if let Some(name) = cx.renames.of_type(id) {
        return name.clone();
    }
    let plain = words(text);
    let spelled = crate::naming::spelled_words(text);
    let model = with(&plain, &[MODEL]);
    let is_reserved = is_reserved(&plain);
    // Nothing but the user can take a name that is written just so.
    if is_reserved || Case::Pascal.join(&plain) != text {
        cx.memory.keep_root(&place);
    }
    let candidates = match is_reserved {
        true => vec![model],
        false => vec![plain.clone(), spelled, model],
    };
    let name = cx.memory.claim(Shared::Types, scope, &place, &candidates);
    // A name that was given before stays also where the one that it yielded to is gone.
    if !is_reserved && name.unraw() != Case::Pascal.join(&plain) && !scope.is_free(&plain) {
        let wanted = Case::Pascal.join(&plain);
        cx.report(
            Diagnostic::new(
                Code::NameCollision,
                format!("another schema is named `{wanted}` in Rust already"),
            )
            .at(cx.location(id))
            .label(format!("becomes `{name}`"))
            .help(renames::rename_help(text)),
        );
    }
    name
}

/// Names the operations of the API, by their places in it.
pub(super) fn operations(cx: &mut Context<'_>, types: &mut Scope) -> BTreeMap<usize, OperationNames> {
    let mut functions = Scope::new(Case::Snake, &[reserved::FUNCTIONS]);
    let renamed = renamed_operations(cx, &mut functions);
    cx.memory.reserve(Shared::Functions, &mut functions);
    let wanted: Vec<Vec<String>> = cx.api.operations.iter().map(operation_words).collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    // Names that are written just so come first; sorting is stable.
    order.sort_by_key(|index| {
        let name = cx
            .api
            .operations
            .get(*index)
            .and_then(|operation| operation.name.as_deref());
        let plain = wanted.get(*index).map(Vec::as_slice).unwrap_or_default();
        name.is_none_or(|name| name != Case::Snake.join(plain) && !is_camel_case_of(name, plain))
    });
    order
        .into_iter()
        .filter_map(|index| {
            let plain = wanted.get(index)?;
            let renamed = renamed.get(&index).cloned();
            let names = operation_names(cx, index, plain, renamed, types, &mut functions)?;
            Some((index, names))
        })
        .collect()
}

/// Names the enum of all webhooks, where there are some with a body.
pub(super) fn webhook(cx: &mut Context<'_>, scope: &mut Scope) -> Option<Ident> {
    let has_body = |webhook: &ir::Operation| webhook.request_body.is_some();
    let place = Identity::root("webhooks", "").inside(&["enum"]);
    if !cx.api.webhooks.iter().any(has_body) || !cx.memory.takes(&place) {
        return None;
    }
    cx.memory.keep(&place);
    let candidates = ["webhook", "webhook event", "any webhook"].map(words);
    Some(cx.memory.claim(Shared::Types, scope, &place, &candidates))
}

/// The functions of operations that the user names, by their places in the API.
fn renamed_operations(cx: &mut Context<'_>, functions: &mut Scope) -> BTreeMap<usize, Ident> {
    let mut renamed = BTreeMap::new();
    if cx.renames.is_empty() {
        return renamed;
    }
    for (index, operation) in cx.api.operations.iter().enumerate() {
        let place = pointer::of_operation(operation);
        if let Some(name) = cx.renames.get(&place, Case::Snake)
            && let Some(function) = renames::give(cx, functions, &place, name)
        {
            renamed.insert(index, function);
        }
    }
    renamed
}

/// The names of an operation; `None` where there is no such operation, or none that is to be named.
fn operation_names(
    cx: &mut Context<'_>,
    index: usize,
    plain: &[String],
    renamed: Option<Ident>,
    types: &mut Scope,
    functions: &mut Scope,
) -> Option<OperationNames> {
    let operation = cx.api.operations.get(index)?;
    let place = cx.identities.of_operation(index);
    if !cx.memory.takes(&place) {
        return None;
    }
    let memory = &mut cx.memory;
    memory.keep_root(&place);
    let tag = operation.tags.first().map(|tag| words(tag)).unwrap_or_default();
    let by_path = words_by_path(operation);
    let candidates = [plain.to_vec(), [tag, plain.to_vec()].concat(), by_path];
    let function = renamed.unwrap_or_else(|| {
        let place = place.inside(&["function"]);
        memory.claim(Shared::Functions, functions, &place, &candidates)
    });
    let chosen = words(function.unraw());
    let has_several = operation
        .request_body
        .as_ref()
        .is_some_and(|body| body.content.len() > 1);
    let has_form = operation.request_body.as_ref().is_some_and(|body| {
        let mut contents = body.content.iter();
        contents.any(|content| content.media_type.is_multipart())
    });
    let mut derived = |suffix: &str, plural: &str| {
        let candidates = [
            with(&chosen, &[suffix]),
            with(&chosen, &[plural]),
            with(&chosen, &["operation", suffix]),
        ];
        memory.claim(Shared::Types, types, &place.inside(&[suffix]), &candidates)
    };
    let (parameters, success) = (derived("parameters", "arguments"), derived("success", "successes"));
    let (error, server) = (derived("error", "errors"), derived("response", "responses"));
    let content = match has_several {
        true => derived("content", "contents"),
        false => Ident::from_name(&Case::Pascal.join(&with(&chosen, &["content"]))),
    };
    let form = match has_form {
        true => derived("form", "forms"),
        false => Ident::from_name(&Case::Pascal.join(&with(&chosen, &["form"]))),
    };
    let own = [chosen.clone(), with(&chosen, &["operation"])];
    Some(OperationNames {
        parameters,
        content,
        form,
        success,
        error,
        server,
        name: memory.claim(Shared::Types, types, &place.inside(&["type"]), &own),
        source: match chosen == words_by_path(operation) {
            true => WordSource::Path,
            false => WordSource::Name,
        },
        words: chosen,
        function,
    })
}

/// Whether the text is the words in camelCase or PascalCase.
fn is_camel_case_of(text: &str, words: &[String]) -> bool {
    let pascal = Case::Pascal.join(words);
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).eq(pascal.chars())
}

/// The words of the operationId, else of method and path.
///
/// The method goes in front of what cannot begin a name here: letters without case, since operations are named in each
/// case, and `from` and `into`, which say something else in Rust.
fn operation_words(operation: &ir::Operation) -> Vec<String> {
    let Some(name) = &operation.name else {
        return words_by_path(operation);
    };
    let plain = words(name);
    let can_begin = match plain.first().map(String::as_str) {
        Some("from" | "into") => plain.len() == 1,
        Some(first) => first.starts_with(|c: char| c.is_ascii()),
        None => true,
    };
    match can_begin {
        true => plain,
        false => [words(&operation.method.as_str().to_ascii_lowercase()), plain].concat(),
    }
}

/// The words of method and path: `GET /users/{id}/repos` is `get users by id repos`, `GET /` is `get root`.
fn words_by_path(operation: &ir::Operation) -> Vec<String> {
    let mut all = words(operation.method.as_str());
    let before = all.len();
    for part in operation.path.segments.iter().flat_map(|segment| &segment.parts) {
        match part {
            PathPart::Literal(text) => all.extend(words(text)),
            PathPart::Parameter(name) => {
                all.push("by".to_owned());
                all.extend(words(name));
            }
        }
    }
    for (name, value) in &operation.path.query {
        all.extend(words(name));
        if !value.is_empty() {
            all.extend(words(value));
        }
    }
    all.extend(operation.path.fragment.iter().flat_map(|fragment| words(fragment)));
    if all.len() == before {
        all.push("root".to_owned());
    }
    all
}

/// Names the unnamed types that need a definition.
pub(super) fn inline(cx: &mut Context<'_>, scope: &mut Scope, operations: &BTreeMap<usize, OperationNames>) {
    let operation_words = operations
        .iter()
        .map(|(index, names)| (*index, names.words.clone()))
        .collect();
    let Reached { order, found_in } = reach::reached(cx);
    let places = Places::new(&operation_words, &found_in);
    for id in order {
        let is_named = cx.is_component(id) || complexity::needs_definition(cx, id);
        let place = cx.identities.of_type(id);
        if cx.item(id).is_some() || !is_named || !cx.memory.takes(&place) {
            continue;
        }
        let name = match (cx.renames.of_type(id), of_requests(cx, id)) {
            (Some(name), _) => name.clone(),
            (None, Some(candidates)) => cx.memory.claim(Shared::Types, scope, &place, &candidates),
            (None, None) => unnamed(cx, scope, &places, &place, id),
        };
        cx.memory.keep(&place);
        cx.define(Definition {
            source: id,
            core: core(cx, id),
            words: words(name.unraw()),
            name,
            response: cx.response_item(id),
        });
    }
}

/// The candidates for the name of a type that requests have beside that of responses: `BookRequest`. What stands inside
/// such a type is named by its place.
fn of_requests(cx: &Context<'_>, id: TypeId) -> Option<Vec<Vec<String>>> {
    let response = cx.view(id)?.response?;
    let plain = match &cx.ty(id)?.origin {
        Origin::Inline {
            owner: Owner::Type(owner),
            ..
        } if is_second(cx, *owner) => return None,
        Origin::Component(name) => match cx.item(response).and_then(|item| cx.definition(item)) {
            Some(definition) => definition.words.clone(),
            None => words(name),
        },
        Origin::Inline { .. } => cx.definition(cx.item(response)?)?.words.clone(),
    };
    Some(
        ["request", "input", "request body"]
            .map(|word| [plain.clone(), words(word)].concat())
            .to_vec(),
    )
}

/// The name of an unnamed type; tells where the name of its place is taken.
fn unnamed(cx: &mut Context<'_>, scope: &mut Scope, places: &Places<'_>, place: &Identity, id: TypeId) -> Ident {
    let candidates = places.candidates(cx, id);
    let name = cx.memory.claim(Shared::Types, scope, place, &candidates);
    let is_taken = |first: &Vec<String>| scope.ident(first) != name && !scope.is_free(first);
    if candidates.first().is_some_and(is_taken) {
        let message = "the names that these places give are taken, so they get longer ones".to_owned();
        cx.report_once(Code::NameCollision, message, cx.location(id));
    }
    name
}

/// Words with more words behind them.
pub(super) fn with(words: &[String], more: &[&str]) -> Vec<String> {
    words
        .iter()
        .cloned()
        .chain(more.iter().map(|word| (*word).to_owned()))
        .collect()
}
