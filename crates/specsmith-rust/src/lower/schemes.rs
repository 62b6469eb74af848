//! Security schemes and the methods of the client's builder that take their credentials.

use specsmith_ir::{Api, OAuthFlow, OAuthFlowKind, SchemeId, SecurityScheme, SecuritySchemeKind};

use super::context::Context;
use super::docs;
use super::identity::Identity;
use super::memory::Member;
use super::names::with;
use crate::model::{Scheme, SchemeKind, TokenFlow};
use crate::naming::{Case, Scope, reserved, words};

/// The schemes of the API.
///
/// The only scheme of its kind has the name of the kind (`bearer`); where there are several, each has its own name.
pub(super) fn lower(cx: &mut Context<'_>) -> Vec<Scheme> {
    let schemes = &cx.api.security_schemes;
    let kinds: Vec<Vec<String>> = schemes.iter().map(kind_words).collect();
    let mut scope = Scope::new(Case::Snake, &[reserved::BUILDER_METHODS]);
    let members = schemes.iter().zip(&kinds).map(|(scheme, kind)| {
        let own = words(&scheme.name);
        let is_only = kinds.iter().filter(|other| *other == kind).count() == 1;
        let plain = if is_only { kind } else { &own };
        let candidates = vec![plain.clone(), own.clone(), with(&own, &["credential"])];
        Member {
            first: Some(kind.clone()),
            ..Member::new(Identity::root("securitySchemes", &scheme.name), candidates)
        }
    });
    let methods = cx.memory.members(&mut scope, members.collect());
    let mut functions = Scope::new(Case::Snake, &[reserved::SCHEMES]);
    let mut principals = Scope::new(Case::Pascal, &[&["Error"]]);
    (0..)
        .map(SchemeId)
        .zip(schemes)
        .zip(methods)
        .map(|((source, scheme), method)| Scheme {
            source,
            wire: scheme.name.clone(),
            method,
            function: functions.claim(&server_names(&scheme.name)),
            principal: principals.claim(&server_names(&scheme.name)),
            is_scoped: is_scoped(cx.api, source),
            kind: lower_kind(&scheme.kind),
            flows: lower_flows(&scheme.kind),
            docs: docs::prose(&scheme.docs),
        })
        .collect()
}

/// What a scheme can be called on the server, where those whom it lets through matter more than how.
fn server_names(name: &str) -> Vec<Vec<String>> {
    let own = words(name);
    // `from_..` and `into_..` are names of conversions.
    match own.first().map(String::as_str) {
        Some("from" | "into") if own.len() > 1 => vec![[words("scheme"), own].concat()],
        _ => vec![own.clone(), with(&own, &["scheme"])],
    }
}

/// Whether an operation needs scopes or roles of a scheme.
fn is_scoped(api: &Api, scheme: SchemeId) -> bool {
    let ways = api.operations.iter().flat_map(|operation| &operation.security);
    let mut required = ways.flat_map(|way| &way.schemes);
    required.any(|required| required.scheme == scheme && !required.scopes.is_empty())
}

fn kind_words(scheme: &SecurityScheme) -> Vec<String> {
    words(match &scheme.kind {
        SecuritySchemeKind::ApiKey { .. } => "api key",
        SecuritySchemeKind::Basic => "basic",
        SecuritySchemeKind::Bearer { .. }
        | SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OpenIdConnect { .. } => "bearer",
        SecuritySchemeKind::Http { scheme } => scheme,
        SecuritySchemeKind::MutualTls => "mutual tls",
        SecuritySchemeKind::Unknown => &scheme.name,
    })
}

fn lower_kind(kind: &SecuritySchemeKind) -> SchemeKind {
    match kind {
        SecuritySchemeKind::ApiKey { place, name } => SchemeKind::ApiKey {
            place: *place,
            name: name.clone(),
        },
        SecuritySchemeKind::Basic => SchemeKind::Basic,
        SecuritySchemeKind::Bearer { .. }
        | SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OpenIdConnect { .. } => SchemeKind::Bearer,
        SecuritySchemeKind::Http { scheme } => SchemeKind::Http { scheme: scheme.clone() },
        SecuritySchemeKind::MutualTls => SchemeKind::MutualTls,
        SecuritySchemeKind::Unknown => SchemeKind::Unknown,
    }
}

fn lower_flows(kind: &SecuritySchemeKind) -> Vec<TokenFlow> {
    match kind {
        SecuritySchemeKind::OAuth2 { flows } => flows.iter().filter_map(lower_flow).collect(),
        SecuritySchemeKind::OpenIdConnect { url } => vec![TokenFlow::OpenIdConnect { url: url.clone() }],
        _ => Vec::new(),
    }
}

/// A flow that has its endpoints. The implicit flow gives its token to a browser and has none for a client.
fn lower_flow(flow: &OAuthFlow) -> Option<TokenFlow> {
    let (token, refresh) = (|| flow.token_url.clone(), flow.refresh_url.clone());
    Some(match flow.kind {
        OAuthFlowKind::AuthorizationCode => TokenFlow::AuthorizationCode {
            authorization: flow.authorization_url.clone()?,
            token: token()?,
            refresh,
        },
        OAuthFlowKind::ClientCredentials => TokenFlow::ClientCredentials { token: token()? },
        OAuthFlowKind::DeviceAuthorization => TokenFlow::DeviceAuthorization {
            device: flow.device_authorization_url.clone()?,
            token: token()?,
            refresh,
        },
        OAuthFlowKind::Password => TokenFlow::Password {
            token: token()?,
            refresh,
        },
        OAuthFlowKind::Implicit => return None,
    })
}
