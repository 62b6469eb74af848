//! What makes a list in pages of an operation: the way to its items, and from a page to the next one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::pagination::{NextPage, Pagination as Source};
use specsmith_rust::model::{Operation, Outcome, Pagination, PathStep, Success};
use specsmith_rust::{Model, RustFile};

use crate::argument::imported;
use crate::outcome::success_type;

/// Adds the implementation of `Paginated`, where the operation has pages.
pub(crate) fn render(file: &mut RustFile, model: &Model, operation: &Operation) {
    let Some(pagination) = &operation.pagination else {
        return;
    };
    // As a module: `Pagination` is what many documents call a schema.
    file.use_(quote!(crate::runtime::client::pages));
    let name = &operation.name;
    let page = success_type(file, model, operation);
    let item = imported(file, model, &pagination.item);
    let source = source(&pagination.source);
    let items = items(operation, pagination);
    file.item(quote! {
        impl pages::Paginated for #name {
            type Item = #item;

            const PAGINATION: pages::Pagination = #source;

            fn items(page: #page) -> Vec<#item> {
                #items
            }
        }
    });
}

fn source(source: &Source) -> TokenStream {
    let items = &source.items;
    let step = match &source.next {
        NextPage::Cursor(parameter, next) => {
            let parameter = parameter.as_str();
            quote!(cursor(#parameter, #next))
        }
        NextPage::Offset(parameter) => {
            let parameter = parameter.as_str();
            quote!(offset(#parameter, #items))
        }
        NextPage::Number(parameter, first) => {
            let (parameter, first) = (parameter.as_str(), Literal::i64_unsuffixed(*first));
            quote!(page(#parameter, #items, #first))
        }
        NextPage::Url(next) => quote!(next_url(#next)),
        NextPage::Link => quote!(link_header()),
    };
    let has_more = source.has_more.as_ref().map(|place| quote!(.has_more(#place)));
    let total = source.total.as_ref().map(|place| quote!(.total(#place)));
    let limit = source.limit.as_ref().map(|limit| {
        let parameter = limit.parameter.as_str();
        let most = match limit.most.map(Literal::i64_unsuffixed) {
            Some(most) => quote!(Some(#most)),
            None => quote!(None),
        };
        quote!(.limit(#parameter, #most))
    });
    quote!(pages::Pagination::#step #has_more #total #limit)
}

/// The list of a page.
fn items(operation: &Operation, pagination: &Pagination) -> TokenStream {
    let Success::Enum(name) = &operation.responses.success else {
        return pagination
            .pages
            .first()
            .map(|page| walk(&page.path))
            .unwrap_or_default();
    };
    let arms = pagination.pages.iter().filter_map(|page| {
        let (variant, items) = (page.variant.as_ref()?, walk(&page.path));
        Some(quote!(#name::#variant(page) => #items,))
    });
    let successes = operation.responses.list.iter();
    let successes = successes.filter(|response| response.outcome == Outcome::Success);
    let rest = (pagination.pages.len() < successes.count()).then(|| quote!(_ => Vec::new(),));
    quote! {
        match page {
            #(#arms)*
            #rest
        }
    }
}

/// `page.list`, or `page.result.map(|result| result.list).unwrap_or_default()` where something can be absent.
fn walk(path: &[PathStep]) -> TokenStream {
    // An option so far, what its value is called, and what is made of that.
    let mut option: Option<TokenStream> = None;
    let (mut outer, mut value, mut name) = (quote!(page), quote!(page), quote!(page));
    let mut is_changed = false;
    for step in path {
        match step {
            PathStep::Field(field) => {
                value = quote!(#value.#field);
                name = quote!(#field);
                is_changed = true;
            }
            PathStep::Newtype => {
                value = quote!(#value.0);
                is_changed = true;
            }
            PathStep::Option | PathStep::Nullable => {
                let inner = match step {
                    PathStep::Nullable => quote!(#value.into_option()),
                    _ => value,
                };
                option = Some(match option {
                    None => inner,
                    Some(option) => quote!(#option.and_then(|#outer| #inner)),
                });
                outer = name.clone();
                value = name.clone();
                is_changed = false;
            }
        }
    }
    match option {
        None => value,
        Some(option) if is_changed => quote!(#option.map(|#outer| #value).unwrap_or_default()),
        Some(option) => quote!(#option.unwrap_or_default()),
    }
}
