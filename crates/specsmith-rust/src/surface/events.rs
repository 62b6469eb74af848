//! What a client has beside calls and types: headers, credentials, servers, webhooks and callbacks.

use super::bodies::given;
use super::types::text;
use super::{ItemKind, Items};
use crate::model::{Origin, SchemeKind, SentRequest};

/// Adds all of them.
pub(super) fn collect(items: &mut Items<'_>) {
    let model = items.model;
    for header in &model.headers {
        let path = format!("headers::{}", header.name.unraw());
        items.add(
            ItemKind::Constant,
            None,
            path,
            text(model, &header.ty),
            header.deprecated.is_some(),
        );
    }
    for scheme in &model.schemes {
        let takes = match &scheme.kind {
            SchemeKind::Basic => "(&str, &str)",
            SchemeKind::Bearer => "(TokenSource)",
            SchemeKind::ApiKey { .. } | SchemeKind::Http { .. } => "(String)",
            SchemeKind::MutualTls | SchemeKind::Unknown => continue,
        };
        let path = format!("ClientBuilder::{}", scheme.method.unraw());
        items.add(ItemKind::Function, None, path, takes.to_owned(), false);
    }
    servers(items);
    if let Some(webhooks) = &model.webhooks {
        for webhook in &webhooks.list {
            received(items, "webhooks", &webhook.request);
        }
        if let Some(event) = &webhooks.event {
            let path = format!("webhooks::{}", event.name.unraw());
            items.add(ItemKind::Type, None, path.clone(), "enum".to_owned(), false);
            for (webhook, held) in webhooks.list.iter().zip(&event.held) {
                let of = format!("{path}::{}", webhook.variant.unraw());
                let held = format!("({})", text(model, held));
                items.add(ItemKind::Variant, Some(&path), of, held, false);
            }
        }
    }
    for callback in &model.callbacks {
        received(items, "callbacks", &callback.request);
        if let Some(url) = &callback.url {
            let arguments: Vec<String> = url.arguments.iter().map(|argument| text(model, &argument.ty)).collect();
            let path = format!("callbacks::{}", url.function.unraw());
            let signature = format!("({}) -> Uri", arguments.join(", "));
            items.add(ItemKind::Function, None, path, signature, false);
        }
    }
}

fn received(items: &mut Items<'_>, module: &str, request: &SentRequest) {
    let path = format!("{module}::{}", request.function.unraw());
    let signature = format!("-> {}", given(items, &request.body));
    items.add(ItemKind::Function, None, path, signature, request.deprecated.is_some());
}

/// The types by which callers choose a server.
fn servers(items: &mut Items<'_>) {
    let model = items.model;
    for server in &model.server_types {
        let path = format!("servers::{}", server.name.unraw());
        let signature = match (server.origin, server.variables.is_empty()) {
            (Origin::Absolute, true) => "unit struct",
            (Origin::Absolute, false) => "struct with a default",
            (Origin::Relative, _) => "struct of a base",
        };
        items.add(ItemKind::Type, None, path.clone(), signature.to_owned(), false);
        for variable in &server.variables {
            let of = format!("{path}::{}", variable.name.unraw());
            let takes = variable.choice.as_ref().map_or("String", |choice| choice.name.unraw());
            items.add(ItemKind::Function, Some(&path), of, format!("({takes})"), false);
            let Some(choice) = &variable.choice else { continue };
            let path = format!("servers::{}", choice.name.unraw());
            items.add(ItemKind::Type, None, path.clone(), "enum".to_owned(), false);
            for (variant, _) in &choice.variants {
                let of = format!("{path}::{}", variant.unraw());
                items.add(ItemKind::Variant, Some(&path), of, String::new(), false);
            }
        }
    }
}
