//! Security schemes, and what operations require of them.
//!
//! An error never makes an operation look unprotected: a requirement that cannot be understood stays as the requirement
//! of a scheme about which nothing is known.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{
    Docs, OAuthFlow, OAuthFlowKind, ParameterIn, RequiredScheme, SchemeId, SecurityRequirement, SecurityScheme,
    SecuritySchemeKind,
};

use super::{
    context::{Context, Version, as_text, owned_text, quoted, text},
    header::is_token,
};
use crate::{Node, grammar::Kind};

/// The schemes so far, and the requirement of operations that have none of their own.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    list: Vec<SecurityScheme>,
    ids: BTreeMap<String, SchemeId>,
    default: Vec<SecurityRequirement>,
    /// The scopes that the flows of OAuth schemes have; none for schemes that name no flow.
    scopes: BTreeMap<SchemeId, BTreeSet<String>>,
    /// The scopes that were told about.
    told: BTreeSet<(SchemeId, String)>,
    /// What a copy of it takes.
    weight: usize,
}

impl Schemes {
    /// The schemes that a document defines, and its default requirement.
    pub(super) fn defined<'d>(cx: &mut Context<'d, '_>, root: Node<'d>) -> Self {
        let mut schemes = Self::default();
        let section = root.get("components").and_then(|node| node.get("securitySchemes"));
        for (key, reference) in section.into_iter().flat_map(Node::members) {
            let target = cx.resolve_to(reference, Kind::SecurityScheme);
            let target = target.filter(|node| node.is_object());
            let kind = target.and_then(|node| cx.scheme(node, key.location));
            let docs = target.map(|node| cx.docs_through(reference, node));
            schemes.add(
                &key.name,
                kind.unwrap_or(SecuritySchemeKind::Unknown),
                docs.unwrap_or_default(),
            );
        }
        schemes.default = schemes.requirements(cx, root).unwrap_or_default();
        schemes.weight = root.get("security").map_or(0, |node| cx.weight(node));
        schemes
    }

    /// What an operation requires: its own `security`, or else that of the document.
    pub(super) fn required<'d>(&mut self, cx: &mut Context<'d, '_>, operation: Node<'d>) -> Vec<SecurityRequirement> {
        if let Some(own) = self.requirements(cx, operation) {
            return own;
        }
        // Beyond the limit on copies nothing is generated, so the first of the alternatives is enough.
        let copied = if cx.afford(self.weight, operation.location()) {
            self.default.len()
        } else {
            1
        };
        self.default.iter().take(copied).cloned().collect()
    }

    /// The `security` of an object; `None` where it has none.
    pub(super) fn requirements<'d>(
        &mut self,
        cx: &mut Context<'d, '_>,
        node: Node<'d>,
    ) -> Option<Vec<SecurityRequirement>> {
        let security = node.get("security")?;
        if matches!(security.kind(), crate::NodeKind::Null) {
            return None;
        }
        if !security.is_array() {
            return Some(vec![self.requirement(cx, security)]);
        }
        Some(security.items().map(|item| self.requirement(cx, item)).collect())
    }

    /// All schemes, with those that are required but not defined at the end.
    pub(super) fn finish(self) -> Vec<SecurityScheme> {
        self.list
    }

    fn requirement(&mut self, cx: &mut Context<'_, '_>, node: Node<'_>) -> SecurityRequirement {
        let mut schemes: Vec<RequiredScheme> = node
            .members()
            .map(|(key, scopes)| {
                let scheme = self.find(cx, &key.name, key.location);
                self.check_scopes(cx, scheme, scopes);
                RequiredScheme {
                    scheme,
                    scopes: scopes.items().filter_map(as_text).map(str::to_owned).collect(),
                }
            })
            .collect();
        if !node.is_object() {
            let name = node.as_str().unwrap_or("unknown");
            schemes.push(RequiredScheme {
                scheme: self.find(cx, name, node.location()),
                scopes: Vec::new(),
            });
        }
        SecurityRequirement { schemes }
    }

    fn find(&mut self, cx: &mut Context<'_, '_>, name: &str, place: Location) -> SchemeId {
        // OpenAPI 3.2 also allows the address of a scheme.
        let key = name.strip_prefix("#/components/securitySchemes/").unwrap_or(name);
        let defined = self.ids.get(key).copied();
        if let Some(id) = defined.filter(|id| !self.is_undefined(*id)) {
            return id;
        }
        let message = format!("no security scheme is called `{name}`");
        let diagnostic = Diagnostic::new(Code::UndefinedSecurityScheme, message).at(place);
        let names = self.ids.keys().map(String::as_str).filter(|known| *known != key);
        let diagnostic = match cx.suggest(key, names) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None if cx.version == Version::V2_0 => diagnostic.help("define it in `securityDefinitions`"),
            None => diagnostic.help("define it in `components/securitySchemes`"),
        };
        cx.report(diagnostic);
        defined.unwrap_or_else(|| self.add(key, SecuritySchemeKind::Unknown, undefined()))
    }

    /// Reports scopes that no flow of the scheme has, each once, and roles where there were none yet.
    fn check_scopes(&mut self, cx: &mut Context<'_, '_>, id: SchemeId, scopes: Node<'_>) {
        let index = usize::try_from(id.0).unwrap_or(usize::MAX);
        let Some(scheme) = self.list.get(index) else { return };
        let takes_roles = cx.version >= Version::V3_1
            || matches!(
                scheme.kind,
                SecuritySchemeKind::OAuth2 { .. }
                    | SecuritySchemeKind::OpenIdConnect { .. }
                    | SecuritySchemeKind::Unknown
            );
        for (node, scope) in scopes.items().filter_map(|node| Some((node, as_text(node)?))) {
            let known = self.scopes.get(&id);
            let unknown = known.filter(|known| !known.contains(scope));
            if takes_roles && unknown.is_none() || !self.told.insert((id, scope.to_owned())) {
                continue;
            }
            let diagnostic = match unknown {
                Some(known) => {
                    let message = format!("no flow of `{}` has the scope `{scope}`", scheme.name);
                    let diagnostic = Diagnostic::new(Code::UndefinedScope, message);
                    match cx.suggest(scope, known.iter().map(String::as_str)) {
                        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                        None => diagnostic,
                    }
                }
                None => {
                    let message = "scopes of schemes other than OAuth came with OpenAPI 3.1";
                    Diagnostic::new(Code::NewerKeyword, message)
                }
            };
            cx.report(diagnostic.at(node.location()));
        }
    }

    fn is_undefined(&self, id: SchemeId) -> bool {
        let scheme = usize::try_from(id.0).ok().and_then(|index| self.list.get(index));
        scheme.is_some_and(|scheme| scheme.kind == SecuritySchemeKind::Unknown && scheme.docs == undefined())
    }

    fn add(&mut self, name: &str, kind: SecuritySchemeKind, docs: Docs) -> SchemeId {
        let id = SchemeId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.ids.insert(name.to_owned(), id);
        if let SecuritySchemeKind::OAuth2 { flows } = &kind
            && !flows.is_empty()
        {
            let names = flows.iter().flat_map(|flow| &flow.scopes).map(|(name, _)| name.clone());
            self.scopes.insert(id, names.collect());
        }
        self.list.push(SecurityScheme {
            name: name.to_owned(),
            kind,
            docs,
        });
        id
    }
}

/// The prose of a scheme that the document requires but does not define.
fn undefined() -> Docs {
    Docs {
        description: Some("Required by operations, but not defined by the document.".to_owned()),
        ..Docs::default()
    }
}

impl<'d> Context<'d, '_> {
    /// The kind of a scheme; `None` after reporting why it cannot be understood.
    fn scheme(&mut self, node: Node<'d>, place: Location) -> Option<SecuritySchemeKind> {
        let value = node.get("type")?;
        let (keywords, kind): (&[&str], _) = match as_text(value)? {
            "apiKey" => (&["name", "in"], self.api_key(node, place)),
            "http" => (&["scheme", "bearerFormat"], self.http(node, place)),
            "oauth2" => (&["flows", "oauth2MetadataUrl"], self.oauth2(node, place)),
            "openIdConnect" => (&["openIdConnectUrl"], self.open_id_connect(node, place)),
            "mutualTLS" => (&[], Some(self.mutual_tls(value))),
            other => {
                self.unknown_type(other, value);
                return None;
            }
        };
        let common = ["type", "description", "deprecated"];
        for (key, _) in node.members() {
            let name = key.name.as_str();
            let known = common.contains(&name) || keywords.contains(&name) || name.starts_with("x-");
            // What no security scheme has was reported with the structure of the document.
            let elsewhere = [
                "name",
                "in",
                "scheme",
                "bearerFormat",
                "flows",
                "openIdConnectUrl",
                "oauth2MetadataUrl",
            ];
            if !known && elsewhere.contains(&name) {
                let message = format!("`{name}` does not belong to a security scheme of this type");
                let diagnostic = Diagnostic::new(Code::UnknownKeyword, message).at(key.location);
                self.report(diagnostic);
            }
        }
        kind
    }

    fn mutual_tls(&mut self, value: Node<'d>) -> SecuritySchemeKind {
        if self.version < Version::V3_1 {
            let message = "`mutualTLS` came with OpenAPI 3.1";
            self.report(Diagnostic::new(Code::NewerKeyword, message).at(value.location()));
        }
        SecuritySchemeKind::MutualTls
    }

    fn api_key(&mut self, node: Node<'d>, place: Location) -> Option<SecuritySchemeKind> {
        let name = self.needed(node, "name", place);
        let location = self.needed(node, "in", place)?;
        let name = name?;
        let place = match as_text(location)? {
            "header" => ParameterIn::Header,
            "query" => ParameterIn::Query,
            "cookie" => ParameterIn::Cookie,
            other => {
                let message = format!("an API key cannot be sent in `{other}`");
                self.report(
                    Diagnostic::new(Code::InvalidValue, message)
                        .at(location.location())
                        .help("it is sent in `header`, `query` or `cookie`"),
                );
                return None;
            }
        };
        let text = as_text(name)?;
        if text.is_empty() || place != ParameterIn::Query && !is_token(text) {
            let message = format!("{} cannot be the name of a {place}", quoted(text));
            self.report(Diagnostic::new(Code::InvalidValue, message).at(name.location()));
            return None;
        }
        Some(SecuritySchemeKind::ApiKey {
            place,
            name: text.to_owned(),
        })
    }

    fn http(&mut self, node: Node<'d>, place: Location) -> Option<SecuritySchemeKind> {
        let value = self.needed(node, "scheme", place)?;
        let scheme = as_text(value)?.to_ascii_lowercase();
        Some(match scheme.as_str() {
            "basic" => SecuritySchemeKind::Basic,
            "bearer" => SecuritySchemeKind::Bearer {
                format: owned_text(node, "bearerFormat"),
            },
            other if !is_token(other) => {
                let message = format!("{} is not an HTTP authentication scheme", quoted(other));
                self.report(
                    Diagnostic::new(Code::InvalidValue, message)
                        .at(value.location())
                        .help("such as `basic`, `bearer` or `digest`"),
                );
                return None;
            }
            _ => SecuritySchemeKind::Http { scheme },
        })
    }

    fn open_id_connect(&mut self, node: Node<'d>, place: Location) -> Option<SecuritySchemeKind> {
        let url = self.needed(node, "openIdConnectUrl", place)?;
        Some(SecuritySchemeKind::OpenIdConnect {
            url: as_text(url)?.to_owned(),
        })
    }

    fn oauth2(&mut self, node: Node<'d>, place: Location) -> Option<SecuritySchemeKind> {
        let flows = self.needed(node, "flows", place)?;
        let flows = flows
            .members()
            .filter(|(_, flow)| flow.is_object())
            .filter_map(|(key, flow)| self.flow(&key.name, key.location, flow))
            .collect();
        Some(SecuritySchemeKind::OAuth2 { flows })
    }

    fn flow(&mut self, name: &str, place: Location, node: Node<'d>) -> Option<OAuthFlow> {
        let (kind, urls): (_, &[&str]) = match name {
            "authorizationCode" => (OAuthFlowKind::AuthorizationCode, &["authorizationUrl", "tokenUrl"]),
            "clientCredentials" => (OAuthFlowKind::ClientCredentials, &["tokenUrl"]),
            "password" => (OAuthFlowKind::Password, &["tokenUrl"]),
            "implicit" => (OAuthFlowKind::Implicit, &["authorizationUrl"]),
            "deviceAuthorization" => (
                OAuthFlowKind::DeviceAuthorization,
                &["deviceAuthorizationUrl", "tokenUrl"],
            ),
            _ => return None,
        };
        for url in urls {
            self.needed(node, url, place);
        }
        let scopes = node.get("scopes").into_iter().flat_map(Node::members);
        Some(OAuthFlow {
            kind,
            authorization_url: owned_text(node, "authorizationUrl"),
            token_url: owned_text(node, "tokenUrl"),
            refresh_url: owned_text(node, "refreshUrl"),
            device_authorization_url: owned_text(node, "deviceAuthorizationUrl"),
            scopes: scopes
                .map(|(key, text)| (key.name.clone(), as_text(text).unwrap_or_default().to_owned()))
                .collect(),
        })
    }

    /// A member without which a security scheme makes no sense.
    fn needed(&mut self, node: Node<'d>, name: &str, place: Location) -> Option<Node<'d>> {
        let value = node.get(name);
        if value.is_none() {
            let of = match text(node, "type") {
                Some(kind) => format!("a security scheme of type `{kind}`"),
                None => "an OAuth flow of this kind".to_owned(),
            };
            self.report(Diagnostic::new(Code::MissingField, format!("{of} has no `{name}`")).at(place));
        }
        value
    }

    fn unknown_type(&mut self, name: &str, value: Node<'d>) {
        let types = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
        let message = format!("`{name}` is not a type of security scheme");
        let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
        let diagnostic = match name {
            "basic" | "bearer" => diagnostic.help(format!("write `type: http` and `scheme: {name}`")),
            _ => match self.suggest(name, types) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic.help(format!("the types are `{}`", types.join("`, `"))),
            },
        };
        self.report(diagnostic);
    }
}
