//! The names of a model by the places that they stand for.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Diagnostics, Location, SourceMap};
use specsmith_ir::{Api, Origin, Owner, Step, TypeId, Value};
use specsmith_rust::{
    KnownNames, Model, TypeOptions,
    model::{Operation, RustType, Success, TypeBody, UnionVariant},
};
use specsmith_spec::{Document, Node, Options, Source};

use super::rivals::Taken;

/// The names of each place; more than one only where a document says the same thing twice.
pub(crate) type Names = BTreeMap<String, BTreeSet<String>>;

/// What a document gives, where what is known keeps its names.
pub(crate) struct Named {
    /// The names, by their places.
    pub names: Names,
    /// What is remembered of them.
    pub known: KnownNames,
    /// What rivals want.
    pub taken: Taken,
}

/// The names that a document gives, by places as `before` says that they were; `None` where it has no model.
pub(crate) fn names(document: &Value, known: &KnownNames, before: &dyn Fn(&str) -> String) -> Option<Named> {
    let (document, api, model) = lowered(document, known)?;
    Some(Named {
        names: of(&document, &api, &model, before),
        taken: taken(&api, &model),
        known: model.names,
    })
}

/// The model of a document, where what is known keeps its names.
pub(crate) fn model(document: &Value, known: &KnownNames) -> Option<Model> {
    lowered(document, known).map(|(_, _, model)| model)
}

fn lowered(document: &Value, known: &KnownNames) -> Option<(Document, Api, Model)> {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("grown", document.to_string());
    let document = specsmith_spec::load(source, &Options::default(), &mut sources, &mut diagnostics)?;
    let mut api = specsmith_spec::lower(&document, &mut diagnostics)?;
    specsmith_ir::split_views(&mut api);
    let options = TypeOptions {
        known: known.clone(),
        ..TypeOptions::default()
    };
    let model = specsmith_rust::lower(&api, &options, &mut diagnostics);
    Some((document, api, model))
}

/// The names that rivals want.
fn taken(api: &Api, model: &Model) -> Taken {
    let mut taken = Taken::default();
    let schemas = api.types.iter().filter_map(|(_, ty)| match &ty.origin {
        Origin::Component(name) => Some(name.clone()),
        Origin::Inline { .. } => None,
    });
    taken.schemas.extend(schemas);
    for item in &model.types {
        taken.types.insert(item.name.unraw().to_owned());
        if let TypeBody::Union(union) = &item.body {
            let names = union
                .variants
                .iter()
                .map(|variant| &variant.name)
                .chain([&union.unknown]);
            taken.variants.extend(names.map(|name| name.unraw().to_owned()));
        }
    }
    for (group, operation) in model.operations() {
        taken.types.insert(group.name.unraw().to_owned());
        taken.tags.extend(group.tag.clone());
        let responses = &operation.responses;
        let types = [&operation.name, &operation.parameters_name, &responses.server];
        let types = types.into_iter().chain(&responses.error);
        taken.types.extend(types.map(|name| name.unraw().to_owned()));
        let names = [&operation.function, &operation.method].map(|name| name.unraw().to_owned());
        taken.operations.extend(names.into_iter().chain([operation.id.clone()]));
        taken.ids.insert(operation.id.clone());
    }
    taken
}

fn of(document: &Document, api: &Api, model: &Model, before: &dyn Fn(&str) -> String) -> Names {
    let mut places = BTreeMap::new();
    find(document.root(), &mut places);
    let mut listing = Listing {
        api,
        model,
        places: &places,
        before,
        names: Names::new(),
    };
    listing.types();
    listing.groups();
    for scheme in &model.schemes {
        listing.add(format!("scheme {}", scheme.wire), scheme.method.as_str());
    }
    listing.names
}

/// The pointers of all values, by their places in the text.
fn find(root: Node<'_>, places: &mut BTreeMap<Location, String>) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.is_object() || node.is_array() {
            places.insert(node.location(), node.pointer());
        }
        open.extend(node.items());
        open.extend(node.members().map(|(_, member)| member));
    }
}

struct Listing<'m> {
    api: &'m Api,
    model: &'m Model,
    places: &'m BTreeMap<Location, String>,
    before: &'m dyn Fn(&str) -> String,
    names: Names,
}

impl Listing<'_> {
    fn add(&mut self, place: String, name: &str) {
        self.names.entry(place).or_default().insert(name.to_owned());
    }

    /// The place of a type: where it stands in the text, and what it is there.
    fn place(&self, id: TypeId) -> String {
        let ty = &self.api.types[id];
        // What requests have beside responses stands at the same place.
        let is_second = self.api.types.view(id).is_some_and(|view| view.response.is_some());
        let of = if is_second { " of requests" } else { "" };
        match &ty.origin {
            Origin::Component(name) => format!("schema {name}{of}"),
            Origin::Inline { owner, step } => {
                let pointer = self.places.get(&ty.location).map_or("", String::as_str);
                let owner = match owner {
                    Owner::Type(_) => String::new(),
                    Owner::Operation(id) => self.operation_place(*id),
                    Owner::Callback(id, name) => format!("{} {name}", self.operation_place(*id)),
                    Owner::Component(kind, name) => format!("{kind:?} {name}"),
                };
                let step = match step {
                    Step::Variant { .. } => "Variant".to_owned(),
                    step => format!("{step:?}"),
                };
                format!("{} ({owner} {step}{of})", (self.before)(pointer))
            }
        }
    }

    fn operation_place(&self, id: specsmith_ir::OperationId) -> String {
        let operation = &self.api.operations[id.0 as usize];
        format!("{} {}", operation.method.as_str(), operation.path.text)
    }

    /// A type as it is written, with places for names.
    fn written(&self, ty: &RustType) -> String {
        match ty {
            RustType::Named(id) => self.place(self.model.ty(*id).source),
            RustType::List(inner) => format!("[{}]", self.written(inner)),
            RustType::Map(inner) => format!("{{{}}}", self.written(inner)),
            RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => self.written(inner),
            RustType::Tuple(items) => items
                .iter()
                .map(|item| self.written(item))
                .collect::<Vec<_>>()
                .join(", "),
            ty => format!("{ty:?}"),
        }
    }

    /// What a variant holds. A map is what an object without properties is, which becomes a type when it gets one.
    fn variant_place(&self, variant: &UnionVariant) -> String {
        match &variant.ty {
            RustType::Map(_) => self.place(variant.source),
            ty => self.written(ty),
        }
    }

    fn types(&mut self) {
        for item in &self.model.types {
            let place = self.place(item.source);
            self.add(place.clone(), item.name.as_str());
            match &item.body {
                TypeBody::Struct(body) => {
                    for field in &body.fields {
                        self.add(format!("{place} field {}", field.wire), field.name.as_str());
                    }
                    if let Some(rest) = &body.rest {
                        self.add(format!("{place} other fields"), rest.name.as_str());
                    }
                }
                TypeBody::Enum(body) => {
                    for variant in &body.variants {
                        self.add(format!("{place} value {}", variant.value), variant.name.as_str());
                    }
                    self.add(format!("{place} unknown value"), body.unknown.as_str());
                }
                TypeBody::Union(body) => {
                    for variant in &body.variants {
                        let ty = self.variant_place(variant);
                        self.add(format!("{place} variant {ty}"), variant.name.as_str());
                    }
                    self.add(format!("{place} unknown variant"), body.unknown.as_str());
                }
                _ => {}
            }
        }
    }

    fn groups(&mut self) {
        for group in &self.model.groups {
            let place = format!("group {:?}", group.tag);
            self.add(place.clone(), group.name.as_str());
            self.add(format!("{place} accessor"), group.accessor.as_str());
            self.add(format!("{place} module"), group.module().as_str());
            for operation in &group.operations {
                self.operation(operation);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let place = format!("{} {}", operation.http_method.as_str(), operation.path.text);
        self.add(format!("{place} method"), operation.method.as_str());
        self.add(format!("{place} function"), operation.function.as_str());
        self.add(format!("{place} type"), operation.name.as_str());
        self.add(format!("{place} parameters"), operation.parameters_name.as_str());
        for parameter in &operation.parameters {
            let of = format!("{place} parameter {} {}", parameter.place, parameter.wire);
            self.add(of, parameter.name.as_str());
        }
        if let Success::Enum(name) = &operation.responses.success {
            self.add(format!("{place} success"), name.as_str());
        }
        if let Some(name) = &operation.responses.error {
            self.add(format!("{place} error"), name.as_str());
        }
        self.add(format!("{place} response"), operation.responses.server.as_str());
        for response in &operation.responses.list {
            let media_type = response.media_type.as_ref().map(|media_type| media_type.essence());
            let of = format!("{place} {:?} {:?} {media_type:?}", response.outcome, response.status);
            self.add(of, response.name.as_str());
        }
    }
}
