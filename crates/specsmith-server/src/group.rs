//! The file of a group: its trait, its routes, and everything its operations need.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::Group;
use specsmith_rust::{Model, Prose, RustFile};

use crate::names::Names;
use crate::served::Served;
use crate::{handler, info, parameters, responses, signature};

/// Renders the file of a group.
pub(crate) fn render(model: &Model, names: &Names, served: &Served<'_>, group: &Group) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own(&title(group));
    file.doc(&docs);
    let operations = &group.operations;
    let functions: Vec<_> = operations
        .iter()
        .map(|operation| signature::render(&mut file, model, names, operation, served.others(operation)))
        .collect();
    interface(&mut file, names, group, &functions);
    routes(&mut file, names, group);
    for operation in operations {
        parameters::render(&mut file, model, names, operation);
        responses::render(&mut file, model, names, operation);
    }
    for operation in operations {
        info::render(&mut file, model, names, group, operation);
        handler::render(&mut file, model, names, group, operation);
    }
    file
}

fn title(group: &Group) -> String {
    match &group.tag {
        Some(tag) => format!("The operations tagged {}.", Prose::code(tag)),
        None => "The operations without a tag.".to_owned(),
    }
}

/// The trait.
fn interface(file: &mut RustFile, names: &Names, group: &Group, functions: &[TokenStream]) {
    let mut docs = group.docs.clone();
    docs.own(&title(group));
    let (docs, name) = (docs.attributes(), &group.name);
    let problem = names.runtime(file, "Problem");
    file.item(quote! {
        #docs
        pub trait #name: Send + Sync + 'static {
            #[doc = " What an operation fails with where it has no response for it."]
            type Error: Into<#problem> + Send;

            #(#functions)*
        }
    });
}

/// The function that leads from paths to the trait.
fn routes(file: &mut RustFile, names: &Names, group: &Group) {
    file.use_(quote!(std::sync::Arc));
    let routes = names.runtime(file, "Routes");
    let name = &group.name;
    let docs = format!(" The operations of [`{}`], as a service handles them.", name.unraw());
    let calls = group.operations.iter().map(|operation| {
        let (info, handler) = (info::name(operation), handler::name(operation));
        quote!(.add(&#info, service, #handler))
    });
    file.item(quote! {
        #[doc = #docs]
        pub fn routes<S: #name>(service: &Arc<S>) -> #routes {
            #routes::new() #(#calls)*
        }
    });
}
