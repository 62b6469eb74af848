//! The file of a group: its trait, its routes, and everything its operations need.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use specsmith_rust::model::{Group, Operation};
use specsmith_rust::{Model, Prose, RustFile};

use crate::names::Names;
use crate::served::Served;
use crate::signature::Detail;
use crate::{contents, forms, handler, info, parameters, responses, signature};

/// Renders the files of a group: paths below `src/api` and files.
pub(crate) fn render(model: &Model, names: &Names, served: &Served<'_>, group: &Group) -> Vec<(String, RustFile)> {
    let module = group.module();
    let module = module.unraw();
    let mut files = vec![(format!("{module}.rs"), group_file(model, names, served, group))];
    for (part, name) in group.used_parts() {
        let file = part_file(model, names, group, part);
        files.push((format!("{module}/{}.rs", name.unraw()), file));
    }
    files
}

/// The trait, the routes, and the operations or the modules that have them.
fn group_file(model: &Model, names: &Names, served: &Served<'_>, group: &Group) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own(&title(group));
    file.doc(&docs);
    let parts: Vec<_> = group.used_parts().map(|(_, part)| part).collect();
    for part in &parts {
        file.item(quote!(mod #part;));
    }
    for part in &parts {
        file.item(quote!(pub use self::#part::*;));
    }
    let detail = signature::detail(model, group);
    let functions: Vec<_> = group
        .operations
        .iter()
        .map(|operation| {
            let others = served.others(operation);
            signature::render(&mut file, model, names, operation, (detail, others))
        })
        .collect();
    interface(&mut file, model, names, group, functions);
    routes(&mut file, names, group);
    operations(&mut file, model, names, group, None);
    file
}

/// What some operations of a group need.
fn part_file(model: &Model, names: &Names, group: &Group, part: usize) -> RustFile {
    let mut file = RustFile::new();
    let name = &group.name;
    file.use_(quote!(super::#name));
    part_routes(&mut file, names, group, part);
    operations(&mut file, model, names, group, Some(part));
    file
}

fn operations(file: &mut RustFile, model: &Model, names: &Names, group: &Group, part: Option<usize>) {
    let detail = signature::detail(model, group);
    for operation in group.operations_in(part) {
        parameters::render(file, model, names, operation);
        forms::render(file, model, names, operation);
        contents::render(file, model, names, operation);
        responses::render(file, model, names, operation, detail);
    }
    for operation in group.operations_in(part) {
        info::render(file, model, names, group, operation);
        handler::render(file, model, names, group, operation);
    }
}

fn title(group: &Group) -> String {
    format!("The operations {}.", group.phrase())
}

/// The trait.
fn interface(file: &mut RustFile, model: &Model, names: &Names, group: &Group, functions: Vec<TokenStream>) {
    let detail = signature::detail(model, group);
    let mut docs = group.docs.clone();
    docs.own(&title(group));
    if detail == Detail::Brief {
        docs.own("The enum of the responses of an operation says more about it.");
    }
    let (docs, name) = (docs.attributes(), &group.name);
    let problem = names.runtime(file, "Problem");
    let is_protected = |operation: &Operation| operation.caller.is_some();
    let bounds = match group.operations.iter().any(is_protected) {
        true => {
            let authenticate = names.import(file, "crate::auth", "Authenticate");
            quote!(#authenticate)
        }
        false => quote!(Send + Sync + 'static),
    };
    let error = quote! {
        #[doc = " What an operation fails with where it has no response for it."]
        type Error: Into<#problem> + Send;
    };
    file.block(
        quote!(#docs pub trait #name: #bounds),
        [error].into_iter().chain(functions),
    );
}

/// The function that leads from paths to the trait.
fn routes(file: &mut RustFile, names: &Names, group: &Group) {
    let name = &group.name;
    let docs = format!(" The operations of [`{}`], as a service handles them.", name.unraw());
    let parts = group
        .used_parts()
        .map(|(_, part)| quote!(.merge(#part::routes(service))));
    let calls: Vec<_> = calls(group, None).chain(parts).collect();
    let routes = routes_function(file, names, group, &calls);
    file.item(quote! {
        #[doc = #docs]
        pub #routes
    });
}

/// The function that leads from some paths to the trait.
fn part_routes(file: &mut RustFile, names: &Names, group: &Group, part: usize) {
    let calls: Vec<_> = calls(group, Some(part)).collect();
    let routes = routes_function(file, names, group, &calls);
    file.item(quote!(pub(super) #routes));
}

fn calls(group: &Group, part: Option<usize>) -> impl Iterator<Item = TokenStream> {
    group.operations_in(part).map(|operation| {
        let (info, handler) = (info::name(operation), handler::name(operation));
        // It could have the name of the parameter.
        let module = (operation.function.unraw() == "service").then(|| quote!(self::));
        let limit = operation.body_limit.map(|limit| {
            let limit = bytes(limit);
            quote!(.limit_body(&#info, #limit))
        });
        let headers = operation.retirement.iter().flat_map(|retirement| retirement.headers());
        let headers: Vec<_> = headers.map(|(name, value)| quote!((#name, #value))).collect();
        let announce = (!headers.is_empty()).then(|| quote!(.announce(&#info, &[#(#headers),*])));
        quote!(.add(&#info, service, #module #handler) #limit #announce)
    })
}

/// A number of bytes as people write it: `64 << 20`.
pub(crate) fn bytes(bytes: u64) -> TokenStream {
    let shift = match bytes {
        0 => 0,
        bytes => bytes.trailing_zeros() / 10 * 10,
    };
    let number = Literal::u64_unsuffixed(bytes >> shift);
    if shift == 0 {
        return quote!(#number);
    }
    let shift = Literal::u32_unsuffixed(shift);
    quote!(#number << #shift)
}

fn routes_function(file: &mut RustFile, names: &Names, group: &Group, calls: &[TokenStream]) -> TokenStream {
    file.use_(quote!(std::sync::Arc));
    let routes = names.runtime(file, "Routes");
    let name = &group.name;
    let all = chain(&routes, calls);
    quote! {
        fn routes<S: #name>(service: &Arc<S>) -> #routes {
            #all
        }
    }
}

/// How many calls stand behind one another at most: tools that read Rust go into each for the one before it.
const LONGEST_CHAIN: usize = 100;

/// Calls on new routes, one behind another; where they are very many, in several statements.
pub(crate) fn chain(routes: &Ident, calls: &[TokenStream]) -> TokenStream {
    let mut chunks = calls.chunks(LONGEST_CHAIN);
    let first = chunks.next().unwrap_or_default();
    let mut statements = TokenStream::new();
    let mut last = quote!(#routes::new() #(#first)*);
    for calls in chunks {
        statements.extend(quote!(let routes = #last;));
        last = quote!(routes #(#calls)*);
    }
    quote!(#statements #last)
}
