//! Real documents, where `SPECSMITH_CORPUS` says where they are.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Limits, Source};

use super::check::check;
use crate::Model;
use crate::model::{RustType, TypeBody};

/// The model of a document; `None` where it is not one that is lowered.
fn lower_file(path: &Path) -> Option<(Model, usize)> {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_file(path).ok()?;
    let document = specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics)?;
    let api = specsmith_spec::lower(&document, &mut diagnostics)?;
    let mut found = Diagnostics::new();
    let model = crate::lower(&api, &Default::default(), &mut found);
    assert_eq!(
        model,
        crate::lower(&api, &Default::default(), &mut Diagnostics::new()),
        "another time gives another model"
    );
    Some((model, found.iter().count()))
}

/// The largest document that is looked at unless `SPECSMITH_FULL` is set, in bytes.
const LARGEST: u64 = 1_000_000;

#[test]
fn real_documents_give_models_that_keep_their_promises() {
    let Some(folder) = std::env::var_os("SPECSMITH_CORPUS").filter(|folder| !folder.is_empty()) else {
        println!("SPECSMITH_CORPUS is not set, so its documents are not looked at");
        return;
    };
    let is_full = std::env::var_os("SPECSMITH_FULL").is_some();
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && (is_full || path.metadata().unwrap().len() <= LARGEST))
        .collect();
    paths.sort();
    let mut lowered = 0;
    println!(
        "{:<44} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "document", "types", "groups", "calls", "boxes", "any", "number", "found"
    );
    for path in paths {
        let Some((model, found)) = lower_file(&path) else {
            continue;
        };
        check(&model);
        lowered += 1;
        let (boxes, any) = count(&model);
        let is_numbered = |name: &str| {
            name.trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with(char::is_lowercase)
                && name.ends_with(|c: char| c.is_ascii_digit())
        };
        let numbered = model
            .types
            .iter()
            .filter(|item| is_numbered(item.name.as_str()))
            .count();
        println!(
            "{:<44} {:>6} {:>6} {:>6} {boxes:>6} {any:>6} {numbered:>6} {found:>6}",
            path.file_name().unwrap().to_string_lossy(),
            model.types.len(),
            model.groups.len(),
            model.operations().count(),
        );
    }
    assert!(lowered > 0, "no document was lowered");
}

/// How many boxes and how many any values the types of a model have.
fn count(model: &Model) -> (usize, usize) {
    let (mut boxes, mut any) = (0, 0);
    let mut add = |ty: &RustType| walk(ty, &mut boxes, &mut any);
    for item in &model.types {
        match &item.body {
            TypeBody::Struct(of) => of.fields.iter().for_each(|field| add(&field.ty)),
            TypeBody::Union(of) => of.variants.iter().for_each(|variant| add(&variant.ty)),
            TypeBody::Tuple(of) => of.items.iter().for_each(|item| add(&item.ty)),
            TypeBody::Alias(ty) | TypeBody::Newtype(ty) => add(ty),
            TypeBody::Enum(_) => {}
        }
    }
    (boxes, any)
}

fn walk(ty: &RustType, boxes: &mut usize, any: &mut usize) {
    match ty {
        RustType::Value => *any += 1,
        RustType::Boxed(inner) => {
            *boxes += 1;
            walk(inner, boxes, any);
        }
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::List(inner) | RustType::Map(inner) => {
            walk(inner, boxes, any);
        }
        RustType::KeyedMap(_, inner) => walk(inner, boxes, any),
        RustType::Tuple(items) => items.iter().for_each(|item| walk(item, boxes, any)),
        _ => {}
    }
}
