//! Typed multipart bodies: the struct of the parts of a form, and how each part is read.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{MediaType, ParameterIn, Style};
use specsmith_rust::literal::{self, Expression};
use specsmith_rust::model::{Body, EnumBase, FormPart, MultipartForm, Operation, PartKind, RustType, TypeBody};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::checks;
use crate::names::Names;
use crate::parameters::{self, Object};

/// Adds the structs of the forms that the bodies of an operation can be.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation) {
    for (index, body) in operation.bodies().enumerate() {
        if let Some(form) = &body.form {
            definition(file, model, names, operation, form);
            let read = read(file, model, names, operation, (index, body, form));
            let name = &form.name;
            file.item(quote!(impl #name { #read }));
        }
    }
}

fn definition(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation, form: &MultipartForm) {
    let fields: Vec<_> = form.parts.iter().map(|part| field(file, model, names, part)).collect();
    let docs = format!(" Parts of the body of `{}`.", operation.function.unraw());
    let is_value = |part: &FormPart| matches!(part.kind, PartKind::Value(_));
    let derives = match form.parts.iter().all(is_value) {
        true => quote!(Debug, Clone, PartialEq),
        false => quote!(Debug, Clone),
    };
    let name = &form.name;
    file.item(quote! {
        #[doc = #docs]
        #[derive(#derives)]
        pub struct #name { #(#fields)* }
    });
}

fn field(file: &mut RustFile, model: &Model, names: &Names, part: &FormPart) -> TokenStream {
    let mut docs = part.docs.clone();
    if docs.is_empty() {
        docs.own(&format!("The part {}.", Prose::code(&part.wire)));
    }
    if let Some(deprecation) = &part.deprecated {
        deprecation.tell(&mut docs);
    }
    let ty = match &part.kind {
        PartKind::Value(ty) => {
            types::import(file, model, ty);
            types::tokens(model, ty)
        }
        PartKind::File | PartKind::Files => {
            let file_part = names.runtime(file, "FilePart");
            quote!(#file_part)
        }
    };
    let (docs, name) = (docs.attributes(), &part.name);
    match part.kind {
        PartKind::Files => quote!(#docs pub #name: Vec<#ty>,),
        _ if part.required || default(model, part).is_some() => quote!(#docs pub #name: #ty,),
        _ => quote!(#docs pub #name: Option<#ty>,),
    }
}

/// The function that receives a form and reads its parts.
fn read(
    file: &mut RustFile,
    model: &Model,
    names: &Names,
    operation: &Operation,
    (index, body, form): (usize, &Body, &MultipartForm),
) -> TokenStream {
    let (request, rejected) = (names.runtime(file, "Request"), names.runtime(file, "Rejected"));
    file.use_(quote!(crate::runtime::server::part));
    let described: Vec<_> = form.parts.iter().map(|part| description(file, model, part)).collect();
    let others = match form.is_closed {
        true => quote!(part::Others::Refused),
        false => quote!(part::Others::Ignored),
    };
    let receive = match body.required {
        true => quote!(let mut form = request.form_data(&[#(#described),*], #others).await?;),
        false => quote! {
            let form = request.optional_form_data(&[#(#described),*], #others).await?;
            let Some(mut form) = form else { return Ok(None) };
        },
    };
    let reads: Vec<_> = form
        .parts
        .iter()
        .map(|part| {
            let (local, read) = (local(part), read_part(file, model, part));
            let checks = checks::part(file, model, operation, (index, &part.wire), &local);
            quote!(let #local = #read; #(#checks)*)
        })
        .collect();
    let values = form.parts.iter().map(|part| {
        let (name, local) = (&part.name, local(part));
        quote!(#name: #local?)
    });
    let (result, form) = match body.required {
        true => (quote!(Self), quote!(Ok(Self { #(#values),* }))),
        false => (quote!(Option<Self>), quote!(Ok(Some(Self { #(#values),* })))),
    };
    quote! {
        async fn read(request: &mut #request) -> Result<#result, #rejected> {
            #receive
            #(#reads)*
            #form
        }
    }
}

/// The variable of a part: its name, unless the function has another variable of this name.
fn local(part: &FormPart) -> TokenStream {
    let name = &part.name;
    match name.unraw() {
        "form" => quote!(form_part),
        "request" => quote!(request_part),
        _ => quote!(#name),
    }
}

fn read_part(file: &mut RustFile, model: &Model, part: &FormPart) -> TokenStream {
    let wire = &part.wire;
    match (&part.kind, part.required) {
        (PartKind::File, true) => quote!(form.required_file(#wire)),
        (PartKind::File, false) => quote!(form.optional_file(#wire)),
        (PartKind::Files, true) => quote!(form.required_files(#wire)),
        (PartKind::Files, false) => quote!(form.files(#wire)),
        (PartKind::Value(_), true) => quote!(form.required(#wire)),
        (PartKind::Value(_), false) => match default(model, part) {
            Some(default) => {
                for ty in &default.names {
                    types::import(file, model, ty);
                }
                let default = default.tokens;
                quote!(form.or(#wire, #default))
            }
            None => quote!(form.optional(#wire)),
        },
    }
}

/// What absence means, where that can be said in Rust.
fn default(model: &Model, part: &FormPart) -> Option<Expression> {
    let (PartKind::Value(ty), false) = (&part.kind, part.required) else {
        return None;
    };
    literal::expression(model, ty, part.default.as_ref()?)
}

/// What the runtime must know of a part: `part::value("purpose")`.
fn description(file: &mut RustFile, model: &Model, part: &FormPart) -> TokenStream {
    let wire = &part.wire;
    let ty = match &part.kind {
        PartKind::Value(ty) => ty,
        PartKind::File | PartKind::Files => {
            let media_types = part.content_types.join(", ");
            let media_types = (!media_types.is_empty()).then(|| quote!(.of(#media_types)));
            return quote!(part::file(#wire) #media_types);
        }
    };
    if let Some((style, explode)) = part.style {
        let styled = parameters::styled(ParameterIn::Query, style, Some(explode));
        if !styled.is_empty() {
            file.use_(quote!(crate::runtime::server::parameter));
        }
        let members = match parameters::object(model, ty) {
            Some(Object::Closed(names)) if explode && style == Style::Form => Some(quote!(.members(&[#(#names),*]))),
            _ => None,
        };
        return quote!(part::value(#wire) #styled #members);
    }
    let is_json = part.content_type.as_deref().and_then(MediaType::new);
    let is_json = is_json.is_some_and(|media_type| media_type.is_json());
    let (item, list) = match resolve(model, ty) {
        RustType::List(item) => (&**item, Some(quote!(.list()))),
        _ => (ty, None),
    };
    match content(model, item) {
        PartContent::Any => quote!(part::any(#wire) #list),
        PartContent::Json => quote!(part::json(#wire) #list),
        PartContent::Text if is_json => quote!(part::json(#wire) #list),
        PartContent::Text => quote!(part::value(#wire)),
    }
}

/// How clients write a value where the document does not say it.
enum PartContent {
    Text,
    Json,
    /// What it is shows only when it is written.
    Any,
}

fn content(model: &Model, ty: &RustType) -> PartContent {
    match resolve(model, ty) {
        RustType::List(_) | RustType::Map(_) | RustType::KeyedMap(..) => PartContent::Json,
        RustType::Tuple(_) | RustType::Value => PartContent::Any,
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Struct(_) => PartContent::Json,
            TypeBody::Enum(body) if body.base != EnumBase::Value => PartContent::Text,
            _ => PartContent::Any,
        },
        _ => PartContent::Text,
    }
}

/// The type behind other names and what holds it.
fn resolve<'m>(model: &'m Model, ty: &'m RustType) -> &'m RustType {
    match ty {
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => resolve(model, inner),
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Alias(target) | TypeBody::Newtype(target) => resolve(model, target),
            _ => ty,
        },
        ty => ty,
    }
}
