//! How the body of a request is taken and set.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use specsmith_ir::{MediaType, ParameterEncoding, Style};
use specsmith_rust::model::{Body, BodyKind, Operation, RustType, TypeBody, XmlRootId};
use specsmith_rust::{Model, RustFile};

use crate::argument::argument;
use crate::method::style_name;

/// How a body is taken and set.
pub(crate) struct Taken {
    pub(crate) arguments: Vec<TokenStream>,
    /// The call on the parts of a request, without its receiver.
    pub(crate) statement: TokenStream,
}

impl Taken {
    pub(crate) fn new(file: &mut RustFile, model: &Model, operation: &Operation, body: &Body) -> Self {
        let media_type = body.media_type.as_str();
        match &body.kind {
            BodyKind::Json(ty) => {
                let ty = argument(file, model, ty);
                let statement = match media_type {
                    _ if body.media_type.is_range() => quote!(json(body)),
                    "application/json" => quote!(json(body)),
                    _ => quote!(json_as(#media_type, body)),
                };
                Self {
                    arguments: vec![quote!(body: #ty)],
                    statement,
                }
            }
            BodyKind::Form(ty) => {
                let encodings = form_encodings(file, model, ty, &body.encodings);
                let ty = argument(file, model, ty);
                Self {
                    arguments: vec![quote!(body: #ty)],
                    statement: match encodings.is_empty() {
                        true => quote!(form(body)),
                        false => quote!(form_styled(body, &[#(#encodings),*])),
                    },
                }
            }
            BodyKind::Multipart => {
                let ty = match &body.form {
                    Some(form) => {
                        let name = &form.name;
                        quote!(#name)
                    }
                    None => {
                        file.use_(quote!(crate::runtime::client::Multipart));
                        quote!(Multipart)
                    }
                };
                let essence = body.media_type.essence();
                let essence = if body.media_type.is_range() {
                    "multipart/form-data"
                } else {
                    essence
                };
                Self {
                    arguments: vec![quote!(body: #ty)],
                    statement: quote!(multipart(#essence, body)),
                }
            }
            BodyKind::Lines(ty) => {
                let ty = argument(file, model, &RustType::List(Box::new(ty.clone())));
                Self {
                    arguments: vec![quote!(body: #ty)],
                    statement: quote!(json_lines(#media_type, body)),
                }
            }
            BodyKind::Xml(ty, root) => {
                let ty = argument(file, model, ty);
                let root = xml_root(file, model, *root);
                Self {
                    arguments: vec![quote!(body: #ty)],
                    statement: quote!(xml(#media_type, &#root, body)),
                }
            }
            BodyKind::Text => Self::raw(operation, &body.media_type, quote!(text), quote!(impl Into<String>)),
            BodyKind::Bytes => {
                file.use_(quote!(crate::runtime::client::RequestBody));
                Self::raw(
                    operation,
                    &body.media_type,
                    quote!(bytes),
                    quote!(impl Into<RequestBody>),
                )
            }
        }
    }

    /// A body that is sent as it is; where the document names a range, the caller names the media type.
    fn raw(operation: &Operation, media_type: &MediaType, method: TokenStream, ty: TokenStream) -> Self {
        if media_type.is_range() {
            let name = content_type_name(operation);
            let arguments = vec![quote!(#name: &str), quote!(body: #ty)];
            return Self {
                arguments,
                statement: quote!(#method(#name, body)),
            };
        }
        let text = media_type.as_str();
        Self {
            arguments: vec![quote!(body: #ty)],
            statement: quote!(#method(#text, body)),
        }
    }
}

/// The root element of a body.
pub(crate) fn xml_root(file: &mut RustFile, model: &Model, root: XmlRootId) -> TokenStream {
    file.use_(quote!(crate::xml));
    let name = &model.xml.root(root).name;
    quote!(xml::#name)
}

/// A name for the argument that is the media type of the body, which no parameter has.
fn content_type_name(operation: &Operation) -> proc_macro2::Ident {
    let mut name = "content_type".to_owned();
    while operation
        .parameters
        .iter()
        .any(|parameter| parameter.name.unraw() == name)
    {
        name.insert_str(0, "body_");
    }
    format_ident!("{name}")
}

/// The styles of those members of a form that are not written in the usual way: flat lists repeat their name, all that
/// is nested is a deep object.
fn form_encodings(
    file: &mut RustFile,
    model: &Model,
    ty: &RustType,
    encodings: &[(String, ParameterEncoding)],
) -> Vec<TokenStream> {
    let styled = encodings.iter().filter_map(|(name, encoding)| match encoding {
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let is_usual = match (style, shape(model, member(model, ty, name)?)) {
                (Style::DeepObject, Shape::Scalar | Shape::Nested) => true,
                (Style::Form, Shape::Scalar) => true,
                (Style::Form, Shape::FlatList) => *explode,
                _ => false,
            };
            (!is_usual || *allow_reserved).then(|| {
                let style = style_name(*style, *explode);
                let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
                quote!((#name, style::#style #reserved))
            })
        }
        ParameterEncoding::Content(_) => None,
    });
    let styled = Vec::from_iter(styled);
    if !styled.is_empty() {
        file.use_(quote!(crate::runtime::client::style));
    }
    styled
}

/// What decides on how a member of a form is written.
enum Shape {
    Scalar,
    FlatList,
    Nested,
    /// What it is shows only when it is written.
    Open,
}

fn shape(model: &Model, ty: &RustType) -> Shape {
    match model.behind_aliases(ty) {
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => shape(model, inner),
        RustType::List(item) => match shape(model, item) {
            Shape::Scalar => Shape::FlatList,
            Shape::FlatList | Shape::Nested => Shape::Nested,
            Shape::Open => Shape::Open,
        },
        RustType::Map(_) | RustType::KeyedMap(..) => Shape::Nested,
        RustType::Tuple(_) | RustType::Value => Shape::Open,
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Struct(_) => Shape::Nested,
            TypeBody::Enum(_) => Shape::Scalar,
            // Lists and maps can lead back to the type itself.
            TypeBody::Newtype(RustType::List(_) | RustType::Map(_) | RustType::KeyedMap(..) | RustType::Tuple(_)) => {
                Shape::Open
            }
            TypeBody::Newtype(_) => Shape::Scalar,
            TypeBody::Tuple(_) | TypeBody::Union(_) | TypeBody::Alias(_) => Shape::Open,
        },
        _ => Shape::Scalar,
    }
}

/// The type of a member of a form.
fn member<'a>(model: &'a Model, ty: &'a RustType, name: &str) -> Option<&'a RustType> {
    let RustType::Named(id) = model.behind_aliases(ty) else {
        return None;
    };
    let TypeBody::Struct(body) = &model.ty(*id).body else {
        return None;
    };
    body.fields
        .iter()
        .find(|field| field.wire == name)
        .map(|field| &field.ty)
}
