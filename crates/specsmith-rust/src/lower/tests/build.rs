//! APIs for tests, put together in few words, and models in few words.

use specsmith_diagnostics::{Diagnostics, Location};
use specsmith_ir::*;

use crate::TypeOptions;
use crate::model::{Model, RustType, TypeBody, TypeItem};

/// An API that grows.
#[derive(Default)]
pub(super) struct ApiBuilder {
    pub(super) api: Api,
}

impl ApiBuilder {
    /// Adds a named schema.
    pub(super) fn component(&mut self, name: &str, shape: Shape) -> TypeId {
        self.add(Origin::Component(name.to_owned()), shape)
    }

    /// Adds a schema inside another.
    pub(super) fn inside(&mut self, owner: TypeId, step: Step, shape: Shape) -> TypeId {
        let owner = Owner::Type(owner);
        self.add(Origin::Inline { owner, step }, shape)
    }

    /// Adds a schema inside an operation.
    pub(super) fn of_operation(&mut self, operation: u32, step: Step, shape: Shape) -> TypeId {
        let owner = Owner::Operation(OperationId(operation));
        self.add(Origin::Inline { owner, step }, shape)
    }

    pub(super) fn add(&mut self, origin: Origin, shape: Shape) -> TypeId {
        self.api.types.add(Type {
            origin,
            shape,
            assertions: Default::default(),
            docs: Docs::default(),
            location: Location::default(),
        })
    }

    /// Gives a type that was added another shape.
    pub(super) fn redefine(&mut self, id: TypeId, shape: Shape) {
        self.api.types.define(id, shape, Docs::default());
    }

    /// Adds an operation of these tags.
    pub(super) fn operation(&mut self, name: Option<&str>, method: &str, path: &str, tags: &[&str]) -> &mut Operation {
        self.api.operations.push(Operation {
            name: name.map(str::to_owned),
            method: Method::new(method).unwrap(),
            path: template(path),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            docs: Docs::default(),
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            security: Vec::new(),
            servers: Vec::new(),
            pagination: None,
            retirement: None,
            body_limit: None,
            location: Location::default(),
        });
        for tag in tags {
            if !self.api.tags.iter().any(|known| known.name == *tag) {
                self.api.tags.push(Tag {
                    name: (*tag).to_owned(),
                    docs: Docs::default(),
                    parent: None,
                });
            }
        }
        self.api.operations.last_mut().unwrap()
    }

    pub(super) fn lower(&self) -> Lowered {
        self.lower_with(&TypeOptions::default())
    }

    pub(super) fn lower_with(&self, options: &TypeOptions) -> Lowered {
        let mut diagnostics = Diagnostics::new();
        let model = crate::lower(&self.api, options, &mut diagnostics);
        super::check::check(&model);
        Lowered { model, diagnostics }
    }
}

/// What lowering gives.
pub(super) struct Lowered {
    pub(super) model: Model,
    pub(super) diagnostics: Diagnostics,
}

impl Lowered {
    pub(super) fn item(&self, name: &str) -> &TypeItem {
        let found = self.model.types.iter().find(|item| item.name.as_str() == name);
        found.unwrap_or_else(|| panic!("no {name} among {:?}", self.names()))
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.model.types.iter().map(|item| item.name.as_str()).collect()
    }

    /// The fields of a struct as `name: Type`.
    pub(super) fn fields(&self, name: &str) -> Vec<String> {
        match &self.item(name).body {
            TypeBody::Struct(body) => body
                .fields
                .iter()
                .map(|field| format!("{}: {}", field.name, self.text(&field.ty)))
                .chain(body.patterns.iter().map(|pattern| {
                    let values = self.text(&pattern.field.values);
                    format!("{}: ..{values} if {:?}", pattern.field.name, pattern.names)
                }))
                .chain(
                    body.rest
                        .iter()
                        .map(|rest| format!("{}: ..{}", rest.name, self.text(&rest.values))),
                )
                .collect(),
            body => panic!("{name} is {body:?}"),
        }
    }

    /// The variants of a union as `Name(Type)` or `Name = value`, those of an enum as `Name`.
    pub(super) fn variants(&self, name: &str) -> Vec<String> {
        match &self.item(name).body {
            TypeBody::Union(body) => {
                let variants = body.variants.iter();
                variants
                    .map(|variant| match &variant.constant {
                        Some(value) => format!("{} = {value}", variant.name),
                        None => format!("{}({})", variant.name, self.text(&variant.ty)),
                    })
                    .collect()
            }
            TypeBody::Enum(body) => body.variants.iter().map(|variant| variant.name.to_string()).collect(),
            body => panic!("{name} is {body:?}"),
        }
    }

    /// What an alias stands for.
    pub(super) fn alias(&self, name: &str) -> String {
        match &self.item(name).body {
            TypeBody::Alias(ty) => self.text(ty),
            body => panic!("{name} is {body:?}"),
        }
    }

    /// What a type of its own is around.
    pub(super) fn newtype(&self, name: &str) -> String {
        match &self.item(name).body {
            TypeBody::Newtype(ty) => self.text(ty),
            body => panic!("{name} is {body:?}"),
        }
    }

    pub(super) fn codes(&self) -> Vec<&'static str> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.name())
            .collect()
    }

    /// A type as Rust text.
    pub(super) fn text(&self, ty: &RustType) -> String {
        match ty {
            RustType::Named(id) => self.model.ty(*id).name.to_string(),
            RustType::List(item) => format!("Vec<{}>", self.text(item)),
            RustType::Map(value) => format!("Map<{}>", self.text(value)),
            RustType::KeyedMap(key, value) => format!("Map<{}, {}>", self.text(key), self.text(value)),
            RustType::Option(inner) => format!("Option<{}>", self.text(inner)),
            RustType::Nullable(inner) => format!("Nullable<{}>", self.text(inner)),
            RustType::Boxed(inner) => format!("Box<{}>", self.text(inner)),
            RustType::Tuple(items) => {
                format!(
                    "({})",
                    items.iter().map(|item| self.text(item)).collect::<Vec<_>>().join(", ")
                )
            }
            RustType::Extern(path) => path.clone(),
            other => format!("{other:?}"),
        }
    }
}

pub(super) fn template(path: &str) -> PathTemplate {
    let (text, query) = path.split_once('?').unwrap_or((path, ""));
    let parts = |piece: &str| match piece.split_once('}') {
        Some((name, after)) => [Some(PathPart::Parameter(name.to_owned())), literal(after)],
        None => [literal(piece), None],
    };
    let segment = |segment: &str| PathSegment {
        parts: segment.split('{').flat_map(parts).flatten().collect(),
    };
    PathTemplate {
        text: path.to_owned(),
        segments: text.trim_start_matches('/').split('/').map(segment).collect(),
        query: query
            .split_once('=')
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter()
            .collect(),
        fragment: None,
    }
}

fn literal(text: &str) -> Option<PathPart> {
    (!text.is_empty()).then(|| PathPart::Literal(text.to_owned()))
}

pub(super) fn string() -> Shape {
    Shape::String(Text::default())
}

pub(super) fn integer() -> Shape {
    Shape::Integer(Numeric::default())
}

pub(super) fn list(items: TypeId) -> Shape {
    Shape::Array(Array {
        items,
        min_items: None,
        max_items: None,
        unique_items: false,
        xml: None,
    })
}

/// An object of optional fields.
pub(super) fn object(fields: &[(&str, TypeId)]) -> Shape {
    let fields = fields
        .iter()
        .map(|(name, ty)| field(name, *ty, Presence::Optional))
        .collect();
    Shape::Object(Object {
        fields,
        ..empty_object(Rest::Unstated)
    })
}

/// An object of required fields.
pub(super) fn required(fields: &[(&str, TypeId)]) -> Shape {
    let fields = fields
        .iter()
        .map(|(name, ty)| field(name, *ty, Presence::Required))
        .collect();
    Shape::Object(Object {
        fields,
        ..empty_object(Rest::Unstated)
    })
}

pub(super) fn empty_object(rest: Rest) -> Object {
    Object {
        fields: Vec::new(),
        rest,
        patterns: Vec::new(),
        names: None,
        min_properties: None,
        max_properties: None,
    }
}

pub(super) fn field(name: &str, ty: TypeId, presence: Presence) -> Field {
    Field {
        name: name.to_owned(),
        ty,
        presence,
        access: Access::ReadWrite,
        docs: Docs::default(),
    }
}

pub(super) fn values(texts: &[&str]) -> Shape {
    let value = |text: &&str| EnumValue {
        value: Value::String((*text).to_owned()),
        name: None,
        description: None,
    };
    Shape::Enum(Enum {
        values: texts.iter().map(value).collect(),
        open: false,
    })
}

pub(super) fn union(variants: &[TypeId]) -> Shape {
    let variant = |ty: &TypeId| Variant {
        ty: *ty,
        name: None,
        conditions: Vec::new(),
        alike: false,
    };
    Shape::Union(Union {
        mode: UnionMode::OneOf,
        variants: variants.iter().map(variant).collect(),
        discriminator: None,
    })
}

pub(super) fn property(name: &str) -> Step {
    Step::Property(name.to_owned())
}

pub(super) fn as_json(ty: Option<TypeId>) -> Content {
    content("application/json", ty)
}

pub(super) fn content(media_type: &str, ty: Option<TypeId>) -> Content {
    Content {
        media_type: MediaType::new(media_type).unwrap(),
        ty,
        item: None,
        event_data: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        xml: None,
    }
}

pub(super) fn response(status: Status, content: Vec<Content>) -> Response {
    Response {
        status,
        content,
        headers: Vec::new(),
        links: Vec::new(),
        docs: Docs::default(),
        location: Location::default(),
    }
}

pub(super) fn parameter(name: &str, place: ParameterIn, presence: Presence, ty: TypeId) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place,
        presence,
        ty,
        encoding: ParameterEncoding::Style {
            style: Style::Form,
            explode: true,
            allow_reserved: false,
        },
        docs: Docs::default(),
        location: Location::default(),
    }
}

pub(super) fn body(content: Vec<Content>) -> RequestBody {
    RequestBody {
        required: true,
        content,
        docs: Docs::default(),
        location: Location::default(),
    }
}
