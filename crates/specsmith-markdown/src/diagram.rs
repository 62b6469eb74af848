//! Diagrams in Mermaid: how the types of a page hold each other, and what OAuth 2.0 asks of whom. Small ones, or none.

use std::collections::BTreeMap;

use specsmith_ir::{OAuthFlowKind, Rest, Shape, TypeId};
use specsmith_rust::model::TypeItemId;

use crate::context::Context;
use crate::escape::fence;

/// A diagram with more types shows nothing.
const MAX_TYPES: usize = 24;
/// One with more lines neither.
const MAX_LINES: usize = 48;
/// One with fewer says nothing.
const MIN_LINES: usize = 3;
/// The longest label of a line, in characters.
const MAX_LABEL: usize = 24;
/// How deep types without names are looked into.
const MAX_DEPTH: usize = 4;

/// How these types hold each other and others; `None` where that says little or is too much to look at.
pub(crate) fn of_types(cx: &Context<'_>, items: &[TypeItemId]) -> Option<String> {
    let mut lines: Vec<(TypeItemId, String, TypeItemId)> = Vec::new();
    for item in items {
        let core = cx.core(cx.model.ty(*item).source);
        for (label, to) in held(cx, core, MAX_DEPTH) {
            let line = (*item, label, to);
            if to != *item && !lines.contains(&line) {
                lines.push(line);
            }
        }
        if lines.len() > MAX_LINES {
            return None;
        }
    }
    let mut ids: BTreeMap<TypeItemId, usize> = BTreeMap::new();
    for (from, _, to) in &lines {
        for item in [from, to] {
            let next = ids.len();
            ids.entry(*item).or_insert(next);
        }
    }
    if lines.len() < MIN_LINES || ids.len() > MAX_TYPES {
        return None;
    }
    let mut nodes: Vec<(usize, TypeItemId)> = ids.iter().map(|(item, id)| (*id, *item)).collect();
    nodes.sort_unstable();
    let mut text = String::from("flowchart LR\n");
    for (id, item) in nodes {
        text.push_str(&format!("    t{id}[\"{}\"]\n", cx.model.ty(item).name.unraw()));
    }
    for (from, label, to) in &lines {
        let (Some(from), Some(to)) = (ids.get(from), ids.get(to)) else {
            continue;
        };
        let label = match label.as_str() {
            "" => String::new(),
            label => format!("|\"{label}\"|"),
        };
        text.push_str(&format!("    t{from} -->{label} t{to}\n"));
    }
    Some(fence("mermaid", text.trim_end()))
}

/// The named types that a type holds, each with the name of the member where that is plain enough to be a label.
fn held(cx: &Context<'_>, id: TypeId, depth: usize) -> Vec<(String, TypeItemId)> {
    let Some(depth) = depth.checked_sub(1) else {
        return Vec::new();
    };
    let inner = |label: &str, id: TypeId| -> Vec<(String, TypeItemId)> {
        match cx.item(id) {
            Some(item) => vec![(label.to_owned(), item)],
            None => {
                let below = held(cx, cx.core(id), depth).into_iter();
                below
                    .map(|(of, item)| (if label.is_empty() { of } else { label.to_owned() }, item))
                    .collect()
            }
        }
    };
    match &cx.ty(id).shape {
        Shape::Object(object) => {
            let rest = match object.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Unstated | Rest::Denied => None,
            };
            let fields = object
                .fields
                .iter()
                .flat_map(|field| inner(&plain(&field.name), field.ty));
            fields.chain(rest.into_iter().flat_map(|ty| inner("", ty))).collect()
        }
        Shape::Array(array) => inner("", array.items),
        Shape::Union(union) => union
            .variants
            .iter()
            .flat_map(|variant| inner("", variant.ty))
            .collect(),
        Shape::Nullable(of) | Shape::Alias(of) => inner("", *of),
        _ => Vec::new(),
    }
}

/// A name as a label, where nothing in it can mean something to Mermaid.
fn plain(name: &str) -> String {
    let is_plain = name.chars().count() <= MAX_LABEL && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain { name.to_owned() } else { String::new() }
}

/// What a flow of OAuth 2.0 asks of whom (RFC 6749, section 4, and RFC 8628).
pub(crate) fn of_flow(kind: OAuthFlowKind) -> String {
    let lines: &[&str] = match kind {
        OAuthFlowKind::AuthorizationCode => &[
            "User->>Client: signs in",
            "Client->>Server: authorization request",
            "Server->>User: may it?",
            "User->>Server: yes",
            "Server->>Client: code",
            "Client->>Server: code",
            "Server->>Client: access token",
            "Client->>API: call with access token",
        ],
        OAuthFlowKind::ClientCredentials => &[
            "Client->>Server: id and secret of the client",
            "Server->>Client: access token",
            "Client->>API: call with access token",
        ],
        OAuthFlowKind::DeviceAuthorization => &[
            "Client->>Server: device authorization request",
            "Server->>Client: device code and user code",
            "Client->>User: user code and address",
            "User->>Server: user code",
            "Client->>Server: device code, until the user has agreed",
            "Server->>Client: access token",
            "Client->>API: call with access token",
        ],
        OAuthFlowKind::Password => &[
            "User->>Client: name and password",
            "Client->>Server: name and password",
            "Server->>Client: access token",
            "Client->>API: call with access token",
        ],
        OAuthFlowKind::Implicit => &[
            "User->>Client: signs in",
            "Client->>Server: authorization request",
            "Server->>User: may it?",
            "User->>Server: yes",
            "Server->>Client: access token",
            "Client->>API: call with access token",
        ],
    };
    let lines: Vec<String> = lines.iter().map(|line| format!("    {line}")).collect();
    fence("mermaid", &format!("sequenceDiagram\n{}", lines.join("\n")))
}
