//! Operations as the runtime of generated servers wants them described.
//!
//! There they are constants. Here they are made once for a document and live as long as the process.

use std::collections::BTreeMap;

use specsmith_ir::{
    Api, Content, Object, Operation, OperationId, Parameter, ParameterEncoding, ParameterIn, PropertyEncoding, Rest,
    SecurityScheme, SecuritySchemeKind, Shape, Style, TypeId, Types,
};
use specsmith_runtime::server::parameter::{self, Parameter as Description};
use specsmith_runtime::server::{OperationInfo, Scheme, Security};

/// An operation, described.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) operation: OperationId,
    pub(crate) info: &'static OperationInfo,
    /// Its parameters, in the order of [`Operation::parameters`].
    pub(crate) parameters: Vec<Description>,
    /// Of each content of its body, the members of a form that have a style of their own.
    pub(crate) styled: Vec<Vec<Description>>,
}

/// What lives as long as the process.
fn kept<T: ?Sized>(value: impl Into<Box<T>>) -> &'static T {
    Box::leak(value.into())
}

/// Describes all operations.
pub(crate) fn operations(api: &Api) -> Vec<Described> {
    let mut texts = Texts::default();
    let describe = |(id, operation)| described(&mut texts, api, id, operation);
    api.operations().map(describe).collect()
}

/// Texts that are kept once, however often they are used.
#[derive(Default)]
struct Texts(BTreeMap<String, &'static str>);

impl Texts {
    fn keep(&mut self, text: &str) -> &'static str {
        if let Some(known) = self.0.get(text) {
            return known;
        }
        let text_kept = kept::<str>(text);
        self.0.insert(text.to_owned(), text_kept);
        text_kept
    }

    fn keep_all<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> &'static [&'static str] {
        kept(texts.into_iter().map(|text| self.keep(text)).collect::<Vec<_>>())
    }
}

fn described(texts: &mut Texts, api: &Api, id: OperationId, operation: &Operation) -> Described {
    let name = match &operation.name {
        Some(name) => name.clone(),
        None => format!("{} {}", operation.method, operation.path.text),
    };
    let contents = operation.responses.iter().flat_map(|response| &response.content);
    let mut produces: Vec<&str> = Vec::new();
    for media_type in contents.map(|content| content.media_type.as_str()) {
        if !produces.contains(&media_type) {
            produces.push(media_type);
        }
    }
    let security: Vec<&'static [(&'static str, &'static [&'static str])]> = operation
        .security
        .iter()
        .map(|way| {
            let schemes = way.schemes.iter().filter_map(|required| {
                let scheme = api.security_scheme(required.scheme)?;
                let scopes = texts.keep_all(required.scopes.iter().map(String::as_str));
                Some((texts.keep(&scheme.name), scopes))
            });
            kept::<[_]>(schemes.collect::<Vec<_>>())
        })
        .collect();
    let info = OperationInfo {
        id: texts.keep(&name),
        method: texts.keep(operation.method.as_str()),
        path: texts.keep(&operation.path.escaped()),
        tags: texts.keep_all(operation.tags.iter().map(String::as_str)),
        produces: texts.keep_all(produces),
        security: kept(security),
    };
    let parameters = operation.parameters.iter();
    let contents = operation.request_body.iter().flat_map(|body| &body.content);
    Described {
        operation: id,
        info: Box::leak(Box::new(info)),
        parameters: parameters
            .map(|parameter| describe(texts, &api.types, operation, parameter))
            .collect(),
        styled: contents
            .map(|content| styled_members(texts, &api.types, content))
            .collect(),
    }
}

/// What the runtime must know of a parameter.
fn describe(texts: &mut Texts, types: &Types, operation: &Operation, parameter: &Parameter) -> Description {
    let name = texts.keep(&parameter.name);
    let description = match parameter.place {
        ParameterIn::Path => parameter::path(name),
        ParameterIn::Query => parameter::query(name),
        ParameterIn::Querystring => parameter::querystring(name),
        ParameterIn::Header => parameter::header(name),
        ParameterIn::Cookie => parameter::cookie(name),
    };
    match &parameter.encoding {
        ParameterEncoding::Content(media_type) if media_type.is_json() => description.json(),
        ParameterEncoding::Content(media_type)
            if parameter.place == ParameterIn::Querystring && media_type.is_form() =>
        {
            description
        }
        ParameterEncoding::Content(_) => description.text(),
        ParameterEncoding::Style { style, explode, .. } => {
            let description = match parameter.place {
                ParameterIn::Querystring => description,
                _ => description.style(encoding(*style, *explode)),
            };
            let is_spread = *explode && matches!(style, Style::Form | Style::Cookie);
            match object(types, parameter.ty, 0) {
                Some(object) if is_spread => members(texts, operation, parameter, object, description),
                _ => description,
            }
        }
    }
}

/// The style with its details.
pub(crate) fn encoding(style: Style, explode: bool) -> parameter::Encoding {
    let style = match style {
        Style::Matrix => parameter::Style::Matrix,
        Style::Label => parameter::Style::Label,
        Style::Simple => parameter::Style::Simple,
        Style::Form => parameter::Style::Form,
        Style::SpaceDelimited => parameter::Style::SpaceDelimited,
        Style::PipeDelimited => parameter::Style::PipeDelimited,
        Style::DeepObject => return parameter::Style::DeepObject.exploded(),
        Style::Cookie => parameter::Style::Cookie,
    };
    match explode {
        true => style.exploded(),
        false => style.joined(),
    }
}

/// The same parameter as an object whose members are pairs of their own.
fn members(
    texts: &mut Texts,
    operation: &Operation,
    parameter: &Parameter,
    object: &Object,
    description: Description,
) -> Description {
    if !matches!(parameter.place, ParameterIn::Query | ParameterIn::Cookie) {
        return description;
    }
    if !matches!(object.rest, Rest::Typed(_)) && object.patterns.is_empty() {
        let names = object.fields.iter().map(|field| field.name.as_str());
        return description.members(texts.keep_all(names));
    }
    let beside = |other: &&Parameter| other.place == parameter.place && other.name != parameter.name;
    let others = operation
        .parameters
        .iter()
        .filter(beside)
        .map(|other| other.name.as_str());
    let literals = operation.path.query.iter().map(|(name, _)| name.as_str());
    description.members_besides(texts.keep_all(others.chain(literals)))
}

/// The object that values of a type are.
fn object(types: &Types, id: TypeId, depth: usize) -> Option<&Object> {
    match &types[types.resolve(id)].shape {
        Shape::Object(object) => Some(object),
        Shape::Nullable(inner) if depth < 8 => object(types, *inner, depth + 1),
        _ => None,
    }
}

/// The members of a form that are not written one by one.
fn styled_members(texts: &mut Texts, types: &Types, content: &Content) -> Vec<Description> {
    let fields = content
        .ty
        .and_then(|ty| object(types, ty, 0))
        .map(|object| &object.fields);
    // With brackets in its name it is no item or member of what is named before them.
    let bracketed = fields.into_iter().flatten().filter(|field| {
        let given = |property: &PropertyEncoding| property.name == field.name && property.style.is_some();
        field.name.contains('[') && !content.encoding.iter().any(given)
    });
    let bracketed = Vec::from_iter(bracketed.map(|field| parameter::query(texts.keep(&field.name))));
    let styled = |property: &PropertyEncoding| match property.style {
        Some(ParameterEncoding::Style { style, explode, .. }) => {
            let is_joined = !explode || matches!(style, Style::SpaceDelimited | Style::PipeDelimited);
            let name = texts.keep(&property.name);
            (is_joined && style != Style::DeepObject).then(|| parameter::query(name).style(encoding(style, explode)))
        }
        _ => None,
    };
    let styled = content.encoding.iter().filter_map(styled);
    bracketed.into_iter().chain(styled).collect()
}

/// The security schemes of the document.
pub(crate) fn security(api: &Api) -> &'static Security {
    let schemes: Vec<Scheme> = api.security_schemes.iter().map(scheme).collect();
    Box::leak(Box::new(Security {
        realm: kept::<str>(api.info.title.as_str()),
        schemes: kept(schemes),
    }))
}

fn scheme(scheme: &SecurityScheme) -> Scheme {
    let name = kept::<str>(scheme.name.as_str());
    match &scheme.kind {
        SecuritySchemeKind::ApiKey { place, name: key } => {
            let key = kept::<str>(key.as_str());
            match place {
                ParameterIn::Cookie => Scheme::cookie(name, key),
                ParameterIn::Query => Scheme::query(name, key),
                _ => Scheme::header(name, key),
            }
        }
        SecuritySchemeKind::Basic => Scheme::basic(name),
        SecuritySchemeKind::Bearer { .. }
        | SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OpenIdConnect { .. } => Scheme::bearer(name),
        SecuritySchemeKind::Http { scheme } => Scheme::http(name, kept::<str>(scheme.as_str())),
        // A mock does not speak TLS, so nobody could have a certificate.
        SecuritySchemeKind::MutualTls | SecuritySchemeKind::Unknown => Scheme::unknown(name),
    }
}
