//! What holds for every model.

use std::collections::BTreeSet;

use crate::model::{BodyKind, FieldKind, Model, ResponseBody, RustType, Success, TupleItemKind, TypeBody};

/// Panics where a model does not keep what its documentation says.
pub(super) fn check(model: &Model) {
    names_are_unique(model);
    for item in &model.types {
        assert!(item.module < model.type_modules.len(), "{} is in no module", item.name);
        body(model, &item.body);
    }
    for (_, operation) in model.operations() {
        unique(
            "a parameter",
            operation.parameters.iter().map(|parameter| parameter.name.as_str()),
        );
        unique(
            "a response",
            operation.responses.list.iter().map(|response| response.name.as_str()),
        );
        for parameter in &operation.parameters {
            assert!(!matches!(parameter.ty, RustType::Option(_)));
            ty(model, &parameter.ty);
        }
        if let Some(BodyKind::Json(of) | BodyKind::Form(of)) = operation.body.as_ref().map(|body| &body.kind) {
            ty(model, of);
        }
        for response in &operation.responses.list {
            if let ResponseBody::Json(of) = &response.body {
                ty(model, of);
            }
        }
    }
    assert!(!has_cycle(model, Edges::Direct), "a type holds itself");
    assert!(!has_cycle(model, Edges::Aliases), "an alias is defined by itself");
}

fn names_are_unique(model: &Model) {
    let mut types: Vec<&str> = model.types.iter().map(|item| item.name.as_str()).collect();
    let mut functions = Vec::new();
    for group in &model.groups {
        types.push(group.name.as_str());
        unique(
            "a method",
            group.operations.iter().map(|operation| operation.method.as_str()),
        );
    }
    for (_, operation) in model.operations() {
        functions.push(operation.function.as_str());
        types.extend([
            operation.name.as_str(),
            operation.parameters_name.as_str(),
            operation.responses.server.as_str(),
        ]);
        types.extend(operation.responses.error.iter().map(|name| name.as_str()));
        if let Success::Enum(name) = &operation.responses.success {
            types.push(name.as_str());
        }
    }
    for reserved in crate::types::RESERVED {
        assert!(!types.contains(&reserved), "{reserved} is reserved");
    }
    unique("a type", types.into_iter());
    unique("a function", functions.into_iter());
    let modules: Vec<crate::Ident> = model.groups.iter().map(|group| group.module()).collect();
    unique("a group's module", modules.iter().map(|module| module.as_str()));
    assert!(
        modules
            .iter()
            .chain(&model.type_modules)
            .all(|module| module.as_str().is_ascii())
    );
    unique("a module", model.type_modules.iter().map(|module| module.as_str()));
    unique("an accessor", model.groups.iter().map(|group| group.accessor.as_str()));
    unique("a scheme", model.schemes.iter().map(|scheme| scheme.method.as_str()));
    for item in &model.types {
        match &item.body {
            TypeBody::Struct(of) => unique(
                "a field",
                of.fields
                    .iter()
                    .map(|field| &field.name)
                    .chain(of.maps().map(|map| &map.name))
                    .map(|name| name.as_str()),
            ),
            TypeBody::Tuple(_) => {}
            TypeBody::Enum(of) => {
                unique(
                    "a value",
                    of.variants
                        .iter()
                        .map(|v| &v.name)
                        .chain([&of.unknown])
                        .map(|name| name.as_str()),
                );
            }
            TypeBody::Union(of) => {
                unique(
                    "a variant",
                    of.variants
                        .iter()
                        .map(|v| &v.name)
                        .chain([&of.unknown])
                        .map(|name| name.as_str()),
                );
            }
            TypeBody::Alias(_) | TypeBody::Newtype(_) => {}
        }
    }
}

fn unique<'n>(what: &str, names: impl Iterator<Item = &'n str>) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name} is no identifier");
        assert!(seen.insert(name), "{what} is named {name} twice");
    }
}

fn body(model: &Model, of: &TypeBody) {
    match of {
        TypeBody::Struct(of) => {
            for field in &of.fields {
                ty(model, &field.ty);
                match field.kind {
                    FieldKind::Required => assert!(!matches!(field.ty, RustType::Nullable(_))),
                    FieldKind::Optional => assert!(matches!(field.ty, RustType::Option(_))),
                    FieldKind::Nullable => assert!(matches!(field.ty, RustType::Nullable(_))),
                }
            }
            of.maps().for_each(|map| ty(model, &map.values));
        }
        TypeBody::Union(of) => of.variants.iter().for_each(|variant| ty(model, &variant.ty)),
        TypeBody::Tuple(of) => of.items.iter().for_each(|item| match (item.kind, &item.ty) {
            (TupleItemKind::Optional, RustType::Option(inner)) => ty(model, inner),
            (TupleItemKind::Rest, RustType::List(inner)) => ty(model, inner),
            (kind, of) => {
                assert_eq!(kind, TupleItemKind::Required);
                ty(model, of);
            }
        }),
        TypeBody::Alias(of) | TypeBody::Newtype(of) => ty(model, of),
        TypeBody::Enum(of) => assert!(!of.variants.is_empty()),
    }
}

fn ty(model: &Model, of: &RustType) {
    match of {
        RustType::Named(id) => assert!((id.0 as usize) < model.types.len()),
        RustType::Option(inner) | RustType::Nullable(inner) => {
            assert!(
                !matches!(**inner, RustType::Option(_) | RustType::Nullable(_)),
                "{of:?}"
            );
            ty(model, inner);
        }
        RustType::List(inner) | RustType::Map(inner) | RustType::Boxed(inner) => ty(model, inner),
        RustType::KeyedMap(key, inner) => {
            ty(model, key);
            ty(model, inner);
        }
        RustType::Tuple(items) => items.iter().for_each(|item| ty(model, item)),
        _ => {}
    }
}

/// Which edges between definitions count.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Edges {
    /// What is held without a pointer.
    Direct,
    /// From alias to alias.
    Aliases,
}

/// Whether definitions come back to themselves, found in another way than lowering finds it: what holds nothing is
/// taken away, again and again.
pub(super) fn has_cycle(model: &Model, kind: Edges) -> bool {
    let is_alias = |index: &usize| matches!(model.types[*index].body, TypeBody::Alias(_));
    let mut edges: Vec<BTreeSet<usize>> = model
        .types
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let mut targets = BTreeSet::new();
            let mut add = |ty: &RustType| collect(ty, kind, &mut targets);
            match &item.body {
                TypeBody::Struct(of) => of.fields.iter().for_each(|field| add(&field.ty)),
                TypeBody::Union(of) => of.variants.iter().for_each(|variant| add(&variant.ty)),
                TypeBody::Tuple(of) => of.items.iter().for_each(|item| add(&item.ty)),
                TypeBody::Alias(of) | TypeBody::Newtype(of) => add(of),
                TypeBody::Enum(_) => {}
            }
            if kind == Edges::Aliases {
                targets.retain(is_alias);
                if !is_alias(&index) {
                    targets.clear();
                }
            }
            targets
        })
        .collect();
    let mut holders = vec![Vec::new(); edges.len()];
    for (holder, targets) in edges.iter().enumerate() {
        targets.iter().for_each(|target| holders[*target].push(holder));
    }
    let mut free: Vec<usize> = (0..edges.len()).filter(|index| edges[*index].is_empty()).collect();
    let mut taken = 0;
    while let Some(index) = free.pop() {
        taken += 1;
        for holder in &holders[index] {
            if edges[*holder].remove(&index) && edges[*holder].is_empty() {
                free.push(*holder);
            }
        }
    }
    taken < edges.len()
}

fn collect(ty: &RustType, kind: Edges, targets: &mut BTreeSet<usize>) {
    match ty {
        RustType::Named(id) => {
            targets.insert(id.0 as usize);
        }
        RustType::Option(inner) | RustType::Nullable(inner) => collect(inner, kind, targets),
        RustType::Tuple(items) => items.iter().for_each(|item| collect(item, kind, targets)),
        RustType::List(inner) | RustType::Map(inner) | RustType::KeyedMap(_, inner) | RustType::Boxed(inner)
            if kind == Edges::Aliases =>
        {
            collect(inner, kind, targets);
        }
        _ => {}
    }
}
