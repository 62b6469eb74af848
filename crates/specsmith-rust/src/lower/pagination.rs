//! Pagination: the way to the list of a page through the fields of structs.

use specsmith_diagnostics::{Code, Diagnostic, Severity};
use specsmith_ir as ir;

use super::context::Context;
use crate::model::{Group, Operation, Outcome, Page, Pagination, PathStep, RustType, Success, TypeBody, TypeItem};

/// How many types are looked through in a row.
const MAX_CHAIN: usize = 64;

/// Gives operations that have pages the way to the list in them; types are what they stay by now.
pub(super) fn lower(cx: &mut Context<'_>, types: &[TypeItem], groups: &mut [Group]) {
    let api = cx.api;
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        let source = api.operation(operation.source);
        let Some(source) = source.and_then(|source| source.pagination.as_deref()) else {
            continue;
        };
        operation.pagination = pagination(types, operation, source);
        if operation.pagination.is_none() {
            let message = format!("the list in the pages of `{}` has no type in Rust", operation.id);
            let mut finding = Diagnostic::new(Code::InvalidPagination, message).at(source.location);
            finding.severity = Severity::Warning;
            cx.report(finding.label("nothing is generated for its pages"));
        }
    }
}

fn pagination(types: &[TypeItem], operation: &Operation, source: &ir::pagination::Pagination) -> Option<Pagination> {
    let successes = operation
        .responses
        .list
        .iter()
        .filter(|response| response.outcome == Outcome::Success);
    let found = successes
        .filter(|response| response.shared.is_none())
        .filter_map(|response| {
            let ty = response.body.ty()?;
            Some((response.name.clone(), way(types, ty, &source.items)?))
        });
    let mut pages = Vec::new();
    let mut item: Option<RustType> = None;
    for (name, (path, of)) in found {
        let variant = match &operation.responses.success {
            Success::Body(_) => None,
            Success::Enum(_) => Some(name),
        };
        let page = Page { variant, path };
        if *item.get_or_insert_with(|| of.clone()) == of && !pages.contains(&page) {
            pages.push(page);
        }
    }
    Some(Pagination {
        source: source.clone(),
        pages,
        item: item?,
    })
}

/// The way from a page to its list, and the type of the items.
fn way(types: &[TypeItem], page: &RustType, pointer: &str) -> Option<(Vec<PathStep>, RustType)> {
    let mut path = Vec::new();
    let mut ty = page;
    for name in ir::pointer::steps(pointer) {
        let RustType::Named(id) = through(types, ty, &mut path)? else {
            return None;
        };
        let TypeBody::Struct(body) = &types.get(id.0 as usize)?.body else {
            return None;
        };
        let field = body.fields.iter().find(|field| field.wire == name)?;
        path.push(PathStep::Field(field.name.clone()));
        ty = &field.ty;
    }
    match through(types, ty, &mut path)? {
        RustType::List(item) => Some((path, (**item).clone())),
        _ => None,
    }
}

/// The type behind aliases and what wraps it; the steps that take the wrapping off are added.
fn through<'a>(types: &'a [TypeItem], mut ty: &'a RustType, path: &mut Vec<PathStep>) -> Option<&'a RustType> {
    for _ in 0..MAX_CHAIN {
        ty = match ty {
            RustType::Option(inner) => {
                path.push(PathStep::Option);
                inner
            }
            RustType::Nullable(inner) => {
                path.push(PathStep::Nullable);
                inner
            }
            RustType::Boxed(inner) => inner,
            RustType::Named(id) => match &types.get(id.0 as usize)?.body {
                TypeBody::Alias(target) => target,
                TypeBody::Newtype(inner) => {
                    path.push(PathStep::Newtype);
                    inner
                }
                _ => return Some(ty),
            },
            _ => return Some(ty),
        };
    }
    None
}
