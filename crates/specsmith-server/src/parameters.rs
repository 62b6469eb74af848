//! The struct of the parameters outside the path, and how each parameter is read.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{ParameterEncoding, ParameterIn, Style};
use specsmith_rust::literal::{self, Expression};
use specsmith_rust::model::{EnumBase, Operation, Parameter, RustType, TypeBody};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::checks;
use crate::names::Names;

/// Adds the struct of the parameters of an operation, if it has any outside the path.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation) {
    if !any(operation) {
        return;
    }
    let name = &operation.parameters_name;
    let fields: Vec<_> = listed(operation)
        .map(|parameter| field(file, model, parameter))
        .collect();
    let docs = format!(" Parameters of `{}`.", operation.function.unraw());
    file.block(
        quote!(#[doc = #docs] #[derive(Debug, Clone, PartialEq)] pub struct #name),
        fields,
    );
    let (request, rejected) = (names.runtime(file, "Request"), names.runtime(file, "Rejected"));
    let reads: Vec<_> = listed(operation)
        .map(|parameter| {
            let (name, read) = (&parameter.name, read(file, model, operation, parameter));
            let checks = checks::parameter(file, model, operation, parameter, &quote!(#name));
            quote!(let #name = #read; #(#checks)*)
        })
        .collect();
    let values = listed(operation).map(|parameter| {
        let name = &parameter.name;
        quote!(#name: #name?)
    });
    file.item(quote! {
        impl #name {
            fn read(request: &mut #request) -> Result<Self, #rejected> {
                #(#reads)*
                Ok(Self { #(#values),* })
            }
        }
    });
}

/// Whether an operation has parameters outside the path.
pub(crate) fn any(operation: &Operation) -> bool {
    listed(operation).next().is_some()
}

/// Whether a parameter outside the path must be sent.
pub(crate) fn any_required(operation: &Operation) -> bool {
    listed(operation).any(|parameter| parameter.required)
}

fn listed(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let outside = |parameter: &&Parameter| parameter.place != ParameterIn::Path;
    operation.parameters.iter().filter(outside)
}

fn field(file: &mut RustFile, model: &Model, parameter: &Parameter) -> TokenStream {
    types::import(file, model, &parameter.ty);
    let mut docs = parameter.docs.clone();
    let place = match parameter.place {
        ParameterIn::Querystring => "The whole query.".to_owned(),
        place => format!("In the {place}: {}.", Prose::code(&parameter.wire)),
    };
    docs.own(&place);
    if let Some(deprecation) = &parameter.deprecated {
        deprecation.tell(&mut docs);
    }
    let (docs, name) = (docs.attributes(), &parameter.name);
    let ty = types::tokens(model, &parameter.ty);
    match parameter.required || default(model, parameter).is_some() {
        true => quote!(#docs pub #name: #ty,),
        false => quote!(#docs pub #name: Option<#ty>,),
    }
}

/// The expression that reads a parameter.
pub(crate) fn read(file: &mut RustFile, model: &Model, operation: &Operation, parameter: &Parameter) -> TokenStream {
    let description = description(file, model, operation, parameter);
    match default(model, parameter) {
        _ if parameter.required => quote!(request.required(#description)),
        Some(default) => {
            for ty in &default.names {
                types::import(file, model, ty);
            }
            let default = default.tokens;
            quote!(request.or(#description, #default))
        }
        None => quote!(request.optional(#description)),
    }
}

/// What absence means, where that can be said in Rust.
fn default(model: &Model, parameter: &Parameter) -> Option<Expression> {
    let value = parameter.default.as_ref().filter(|_| !parameter.required)?;
    literal::expression(model, &parameter.ty, value)
}

/// What the runtime must know of a parameter: `parameter::query("limit")`.
fn description(file: &mut RustFile, model: &Model, operation: &Operation, parameter: &Parameter) -> TokenStream {
    let place = place(file, parameter);
    let encoding = match &parameter.encoding {
        ParameterEncoding::Content(media_type) if media_type.is_json() => quote!(.json()),
        ParameterEncoding::Content(media_type)
            if parameter.place == ParameterIn::Querystring && media_type.is_form() =>
        {
            quote!()
        }
        ParameterEncoding::Content(_) => quote!(.text()),
        ParameterEncoding::Style { style, explode, .. } => {
            let explode = if is_scalar(model, &parameter.ty) {
                None
            } else {
                Some(*explode)
            };
            styled(parameter.place, *style, explode)
        }
    };
    let members = members(model, operation, parameter);
    quote!(#place #encoding #members)
}

/// Where a parameter is: `parameter::query("limit")`.
pub(crate) fn place(file: &mut RustFile, parameter: &Parameter) -> TokenStream {
    file.use_(quote!(crate::runtime::server::parameter));
    let name = &parameter.wire;
    match parameter.place {
        ParameterIn::Path => quote!(parameter::path(#name)),
        ParameterIn::Query => quote!(parameter::query(#name)),
        ParameterIn::Querystring => quote!(parameter::querystring(#name)),
        ParameterIn::Header => quote!(parameter::header(#name)),
        ParameterIn::Cookie => quote!(parameter::cookie(#name)),
    }
}

/// Whether values are single texts, for which it does not matter whether items are written one by one.
fn is_scalar(model: &Model, ty: &RustType) -> bool {
    match ty {
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Alias(target) | TypeBody::Newtype(target) => is_scalar(model, target),
            TypeBody::Enum(body) => body.base != EnumBase::Value,
            TypeBody::Struct(_) | TypeBody::Tuple(_) | TypeBody::Union(_) => false,
        },
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => is_scalar(model, inner),
        RustType::List(_) | RustType::Map(_) | RustType::KeyedMap(..) | RustType::Tuple(_) | RustType::Value => false,
        _ => true,
    }
}

/// The style, where it is not the usual one of the place; `explode` is `None` where it does not matter.
pub(crate) fn styled(place: ParameterIn, style: Style, explode: Option<bool>) -> TokenStream {
    let usual = match place {
        ParameterIn::Path | ParameterIn::Header => (Style::Simple, false),
        ParameterIn::Query | ParameterIn::Querystring | ParameterIn::Cookie => (Style::Form, true),
    };
    let explode = explode.unwrap_or(usual.1);
    if (style, explode) == usual {
        return quote!();
    }
    let name = match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Cookie => quote!(Cookie),
    };
    match explode || style == Style::DeepObject {
        true => quote!(.style(parameter::Style::#name.exploded())),
        false => quote!(.style(parameter::Style::#name.joined())),
    }
}

/// The names of the pairs that are members of an object, where each member is a pair of its own.
fn members(model: &Model, operation: &Operation, parameter: &Parameter) -> Option<TokenStream> {
    let spread = matches!(
        parameter.encoding,
        ParameterEncoding::Style {
            style: Style::Form | Style::Cookie,
            explode: true,
            ..
        }
    );
    if !spread || !matches!(parameter.place, ParameterIn::Query | ParameterIn::Cookie) {
        return None;
    }
    match object(model, &parameter.ty)? {
        Object::Closed(names) => Some(quote!(.members(&[#(#names),*]))),
        Object::Open => {
            let others = operation
                .parameters
                .iter()
                .filter(|other| other.place == parameter.place);
            let others = others.map(|other| &other.wire).filter(|name| **name != parameter.wire);
            let literals = operation.path.query.iter().map(|(name, _)| name);
            let names = others.chain(literals);
            Some(quote!(.members_besides(&[#(#names),*])))
        }
    }
}

/// An object, by the names that its members can have.
pub(crate) enum Object<'m> {
    /// Just these.
    Closed(Vec<&'m str>),
    /// Any.
    Open,
}

/// What an object is, where a type is one.
pub(crate) fn object<'m>(model: &'m Model, ty: &RustType) -> Option<Object<'m>> {
    match ty {
        RustType::Map(_) | RustType::KeyedMap(..) => Some(Object::Open),
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => object(model, inner),
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Alias(target) | TypeBody::Newtype(target) => object(model, target),
            TypeBody::Struct(body) if body.maps().next().is_some() => Some(Object::Open),
            TypeBody::Struct(_) => Some(Object::Closed(field_names(model, ty))),
            TypeBody::Tuple(_) | TypeBody::Enum(_) | TypeBody::Union(_) => None,
        },
        _ => None,
    }
}

/// The names of the members that the document gives to an object.
pub(crate) fn field_names<'m>(model: &'m Model, ty: &RustType) -> Vec<&'m str> {
    match ty {
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => field_names(model, inner),
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Alias(target) | TypeBody::Newtype(target) => field_names(model, target),
            TypeBody::Struct(body) => body.fields.iter().map(|field| field.wire.as_str()).collect(),
            TypeBody::Tuple(_) | TypeBody::Enum(_) | TypeBody::Union(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}
