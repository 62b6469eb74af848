//! Security schemes, and what operations need of them.

use specsmith_ir::{
    OAuthFlow, OAuthFlowKind, RequiredScheme, SchemeId, SecurityRequirement, SecurityScheme, SecuritySchemeKind,
};
use specsmith_rust::model::{Scheme, SchemeKind};

use crate::context::Context;
use crate::diagram;
use crate::docs::description;
use crate::escape::{Headings, cell, code, fence, inline, link, text};
use crate::view;

/// The schemes of the API.
pub(crate) fn schemes(cx: &Context<'_>) -> Vec<view::Scheme> {
    let schemes = cx.model.schemes.iter().enumerate().filter_map(|(index, scheme)| {
        let source = cx.api.security_scheme(scheme.source)?;
        let heading = cx.pages.scheme_heading(index)?;
        Some(view::Scheme {
            heading: heading.text.clone(),
            what: if source.docs.deprecated {
                format!("**Deprecated.** {}", what(&source.kind))
            } else {
                what(&source.kind)
            },
            description: description(&source.docs, Headings::Bold),
            flows: flows(cx, source),
            sample: sample(cx, scheme),
        })
    });
    schemes.collect()
}

fn what(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::ApiKey { place, name } => format!("A key in the {place} {}.", code(name)),
        SecuritySchemeKind::Basic => "User and password in `Authorization: Basic`.".to_owned(),
        SecuritySchemeKind::Bearer { format } => {
            let format = format.as_deref().map(|format| format!(", a {}", text(format)));
            format!("A token in `Authorization: Bearer`{}.", format.unwrap_or_default())
        }
        SecuritySchemeKind::Http { scheme } => format!("A credential in `Authorization`, after {}.", code(scheme)),
        SecuritySchemeKind::OAuth2 { .. } => "An OAuth 2.0 access token in `Authorization: Bearer`.".to_owned(),
        SecuritySchemeKind::OpenIdConnect { url } => format!(
            "An OpenID Connect token in `Authorization: Bearer`; the provider is described at {}.",
            link(url, url)
        ),
        SecuritySchemeKind::MutualTls => "A client certificate of the connection.".to_owned(),
        SecuritySchemeKind::Unknown => "The document does not say how it is sent.".to_owned(),
    }
}

fn flows(cx: &Context<'_>, source: &SecurityScheme) -> Vec<view::Flow> {
    match &source.kind {
        SecuritySchemeKind::OAuth2 { flows } => flows.iter().map(|of| flow(cx, of)).collect(),
        _ => Vec::new(),
    }
}

fn flow(cx: &Context<'_>, flow: &OAuthFlow) -> view::Flow {
    let name = match flow.kind {
        OAuthFlowKind::AuthorizationCode => "Authorization code",
        OAuthFlowKind::ClientCredentials => "Client credentials",
        OAuthFlowKind::Password => "Password",
        OAuthFlowKind::Implicit => "Implicit",
        OAuthFlowKind::DeviceAuthorization => "Device authorization",
    };
    let addresses = [
        ("authorization", &flow.authorization_url),
        ("token", &flow.token_url),
        ("refresh", &flow.refresh_url),
        ("device authorization", &flow.device_authorization_url),
    ];
    let addresses = addresses.into_iter().filter_map(|(name, url)| {
        let url = url.as_deref()?;
        Some(format!("{name} {}", link(url, url)))
    });
    let scopes = flow.scopes.iter().map(|(name, says)| view::Named {
        name: cell(&code(name)),
        text: cell(&inline(says)),
    });
    view::Flow {
        name: name.to_owned(),
        addresses: addresses.collect(),
        scopes: scopes.collect(),
        diagram: match cx.has_diagrams() {
            true => diagram::of_flow(flow.kind),
            false => String::new(),
        },
    }
}

/// How a client gets the credential.
fn sample(cx: &Context<'_>, scheme: &Scheme) -> String {
    let arguments = match scheme.kind {
        SchemeKind::Basic => "\"user\", \"password\"",
        SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::Http { .. } => "\"...\"",
        SchemeKind::MutualTls | SchemeKind::Unknown => return String::new(),
    };
    let call = format!(".{}({arguments})", scheme.method);
    fence("rust", &crate::sample::client(cx, &[call]))
}

/// What is needed to be allowed to call an operation.
pub(crate) fn required(cx: &Context<'_>, ways: &[SecurityRequirement]) -> Option<String> {
    let named: Vec<String> = ways
        .iter()
        .filter(|way| !way.schemes.is_empty())
        .map(|way| together(cx, way))
        .collect();
    if named.is_empty() {
        return None;
    }
    let optional = if named.len() < ways.len() { " (optional)" } else { "" };
    Some(format!("**Authorization:** {}{optional}", named.join(" or ")))
}

fn together(cx: &Context<'_>, way: &SecurityRequirement) -> String {
    let schemes: Vec<String> = way.schemes.iter().map(|scheme| one(cx, scheme)).collect();
    schemes.join(" and ")
}

fn one(cx: &Context<'_>, required: &RequiredScheme) -> String {
    let scopes: Vec<String> = required.scopes.iter().map(|scope| code(scope)).collect();
    let scopes = if scopes.is_empty() {
        String::new()
    } else {
        format!(" with {}", scopes.join(", "))
    };
    format!("{}{scopes}", linked(cx, required.scheme))
}

fn linked(cx: &Context<'_>, id: SchemeId) -> String {
    let name = cx.api.security_scheme(id).map_or("", |scheme| scheme.name.as_str());
    let index = cx.model.schemes.iter().position(|scheme| scheme.source == id);
    match index.and_then(|index| cx.pages.scheme_link(index)) {
        Some(way) => format!("[{}]({way})", code(name)),
        None => code(name),
    }
}
