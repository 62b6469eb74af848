//! Headers of responses: one for each name and type that the API has.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, OperationId, ParameterEncoding, Shape};

use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::{docs, written};
use crate::model::{HeaderFormat, ResponseHeader, RustType};
use crate::naming::{Case, Scope, words};
use crate::{Deprecation, Ident};

/// A header of this type, and the operations whose responses have it.
struct Found<'a> {
    header: &'a ir::Header,
    ty: RustType,
    format: HeaderFormat,
    operations: Vec<OperationId>,
    required: Vec<(OperationId, ir::Status)>,
}

/// The headers of all responses by their names; where a header has several types, the most frequent one comes first.
pub(super) fn lower(cx: &mut Context<'_>) -> Vec<ResponseHeader> {
    let mut by_name: BTreeMap<String, Vec<Found<'_>>> = BTreeMap::new();
    for (index, operation) in cx.api.operations.iter().enumerate() {
        let id = OperationId(u32::try_from(index).unwrap_or(u32::MAX));
        let responses = operation.responses.iter();
        let headers =
            responses.flat_map(|response| response.headers.iter().map(move |header| (response.status, header)));
        for (status, header) in headers {
            let required = header.required.then_some((id, status));
            let ty = written::bare_reference(cx, header.ty);
            let format = format(cx, header);
            let same_name = by_name.entry(header.name.to_ascii_lowercase()).or_default();
            match same_name
                .iter_mut()
                .find(|found| found.ty == ty && found.format == format)
            {
                Some(same) => {
                    same.required.extend(required);
                    if same.operations.last() != Some(&id) {
                        same.operations.push(id);
                    }
                }
                None => same_name.push(Found {
                    header,
                    ty,
                    format,
                    operations: vec![id],
                    required: required.into_iter().collect(),
                }),
            }
        }
    }
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut members = Vec::new();
    for (name, mut same_name) in by_name {
        same_name.sort_by_key(|found| std::cmp::Reverse(found.operations.len()));
        for (index, one) in same_name.into_iter().enumerate() {
            let place = Identity::root("headers", &name).numbered(index + 1);
            members.push(Member {
                rank: index,
                is_safe: index == 0,
                ..Member::new(place, vec![words(&name)])
            });
            found.push(one);
        }
    }
    let names = cx.memory.members(&mut Scope::new(Case::Snake, &[]), members);
    let named = found.into_iter().zip(names);
    named
        .map(|(found, name)| ResponseHeader {
            name: Ident::from_name(&name.unraw().to_uppercase()),
            wire: found.header.name.clone(),
            docs: docs::header(cx, found.header),
            deprecated: Deprecation::of(&found.header.docs),
            ty: found.ty,
            format: found.format,
            operations: found.operations,
            required: found.required,
        })
        .collect()
}

fn format(cx: &Context<'_>, header: &ir::Header) -> HeaderFormat {
    match &header.encoding {
        ParameterEncoding::Content(media_type) if media_type.is_json() => HeaderFormat::Json,
        ParameterEncoding::Content(_) => HeaderFormat::Text,
        ParameterEncoding::Style { explode, .. } => match (cx.shape(cx.core(header.ty)), explode) {
            (Shape::Array(_) | Shape::Tuple(_), _) => HeaderFormat::List,
            (Shape::Object(_), false) => HeaderFormat::Object,
            (Shape::Object(_), true) => HeaderFormat::ExplodedObject,
            _ => HeaderFormat::Text,
        },
    }
}
