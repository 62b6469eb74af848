//! A model put together by hand, with each kind of type, for the cases of this crate.

#![allow(clippy::expect_used, reason = "tests")]

use specsmith_ir::{Condition, Kind, KindSet, Number, TypeId, Value};

use crate::model::{
    Derive, EnumBase, Field, FieldKind, Model, RestField, RustType, Struct, TypeBody, TypeItem, TypeItemId, Union,
    UnionVariant, Usage, Uses, ValueEnum, ValueVariant, View,
};
use crate::{Deprecation, Ident, Prose};

/// The struct of [`model`].
pub(crate) const BOOK: TypeItemId = TypeItemId(0);
/// The enum of strings of [`model`].
pub(crate) const GENRE: TypeItemId = TypeItemId(1);
/// The enum of whole numbers of [`model`].
pub(crate) const LEVEL: TypeItemId = TypeItemId(2);
/// The union of [`model`].
pub(crate) const SOURCE: TypeItemId = TypeItemId(3);
/// The struct without required fields of [`model`].
pub(crate) const OPTIONS: TypeItemId = TypeItemId(4);
/// The alias of [`model`].
pub(crate) const TAGS: TypeItemId = TypeItemId(5);

/// An API of books.
pub(crate) fn model() -> Model {
    Model {
        types: vec![
            item("Book", 0, book()),
            item("Genre", 0, genre()),
            item("Level", 0, level()),
            item("Source", 1, source()),
            item("Options", 1, options()),
            item("Tags", 1, TypeBody::Alias(list(RustType::String))),
        ],
        type_modules: vec![ident("books"), ident("shared")],
        uses: Uses {
            date_times: true,
            jiff_date_times: false,
            time_date_times: false,
            dates: true,
            uuid: true,
            base64: true,
            base64_url: false,
            uri: true,
            secrets: false,
            nullable: true,
            unions: true,
            enums: true,
            tuples: false,
            lenient: false,
            numbers: false,
        },
        ..Model::default()
    }
}

pub(crate) fn list(item: RustType) -> RustType {
    RustType::List(Box::new(item))
}

pub(crate) fn string(text: &str) -> Value {
    Value::String(text.to_owned())
}

pub(crate) fn number(text: &str) -> Value {
    Value::Number(Number::new(text).expect("a number"))
}

fn ident(name: &str) -> Ident {
    Ident::from_name(name.trim_start_matches("r#"))
}

fn docs(text: &str) -> Prose {
    let mut docs = Prose::new();
    docs.foreign(text);
    docs
}

fn item(name: &str, module: usize, body: TypeBody) -> TypeItem {
    TypeItem {
        source: TypeId(0),
        name: ident(name),
        module,
        docs: docs(&format!("A {name} of *the* API.")),
        deprecated: (name == "Options").then(Deprecation::default),
        derives: vec![Derive::Debug, Derive::Clone, Derive::PartialEq],
        extra_derives: Vec::new(),
        attributes: Vec::new(),
        view: View::Both,
        made_from: None,
        usage: Usage::default(),
        same_as: None,
        body,
    }
}

fn field(name: &str, wire: &str, ty: RustType, kind: FieldKind) -> Field {
    Field {
        name: ident(name),
        setter: ident(&format!("with_{}", name.trim_start_matches("r#"))),
        getter: ident(&format!("{}_or_default", name.trim_start_matches("r#"))),
        wire: wire.to_owned(),
        ty,
        kind,
        leniency: Default::default(),
        fixed: None,
        default: (name == "pages").then(|| number("1")),
        docs: Prose::new(),
        deprecated: (name == "cover").then(Deprecation::default),
    }
}

fn option(ty: RustType) -> RustType {
    RustType::Option(Box::new(ty))
}

fn book() -> TypeBody {
    let required = |name, ty| field(name, name, ty, FieldKind::Required);
    let optional = |name, ty| field(name, name, option(ty), FieldKind::Optional);
    TypeBody::Struct(Struct {
        fields: vec![
            required("id", RustType::Uuid),
            required("title", RustType::String),
            required("home", RustType::Uri),
            required("subtitle", option(RustType::String)),
            field("r#type", "type", option(RustType::Named(GENRE)), FieldKind::Optional),
            optional("pages", RustType::I32),
            optional("published", RustType::DateTime),
            optional("day", RustType::Date),
            optional("cover", RustType::Base64),
            optional("price", RustType::F64),
            optional("source", RustType::Named(SOURCE)),
            optional("size", RustType::Tuple(vec![RustType::I64, RustType::I64])),
            optional("tags", RustType::Named(TAGS)),
            field(
                "note",
                "note",
                RustType::Nullable(Box::new(RustType::String)),
                FieldKind::Nullable,
            ),
            optional("next", RustType::Boxed(Box::new(RustType::Named(BOOK)))),
        ],
        left_out: Vec::new(),
        constants: vec![("object".to_owned(), string("book"))],
        patterns: Vec::new(),
        rest: None,
        closed: true,
    })
}

fn genre() -> TypeBody {
    let variant = |name, value| ValueVariant {
        name: ident(name),
        value: string(value),
        docs: Prose::new(),
    };
    TypeBody::Enum(ValueEnum {
        base: EnumBase::String,
        variants: vec![variant("Crime", "crime"), variant("SciFi", "sci-fi \"x\"")],
        unknown: ident("Unknown"),
        open: false,
    })
}

fn level() -> TypeBody {
    let variant = |name, value| ValueVariant {
        name: ident(name),
        value: number(value),
        docs: docs("A level."),
    };
    TypeBody::Enum(ValueEnum {
        base: EnumBase::Integer,
        variants: vec![variant("Low", "-1"), variant("High", "10")],
        unknown: ident("Unknown"),
        open: false,
    })
}

fn source() -> TypeBody {
    let variant = |name, ty, conditions| UnionVariant {
        source: specsmith_ir::TypeId(0),
        name: ident(name),
        ty,
        constant: None,
        conditions,
        adds: None,
        alike: false,
        docs: Prose::new(),
        deprecated: None,
    };
    let object = Condition::PropertyValue {
        name: "object".to_owned(),
        values: vec![string("book")],
    };
    let kind = |kind| Condition::Kind(KindSet::of(kind));
    TypeBody::Union(Union {
        variants: vec![
            variant("Book", RustType::Boxed(Box::new(RustType::Named(BOOK))), vec![object]),
            variant(
                "Options",
                RustType::Named(OPTIONS),
                vec![kind(Kind::Object), Condition::LacksProperty("object".to_owned())],
            ),
            variant("Numbers", list(RustType::F64), vec![kind(Kind::Array)]),
            variant("Nothing", RustType::Unit, vec![kind(Kind::Null)]),
            variant("Text", RustType::String, vec![kind(Kind::String)]),
        ],
        unknown: ident("Other"),
        exclusive: false,
        discriminator: None,
    })
}

fn options() -> TypeBody {
    TypeBody::Struct(Struct {
        fields: vec![field(
            "level",
            "le-vel",
            option(RustType::Named(LEVEL)),
            FieldKind::Optional,
        )],
        left_out: Vec::new(),
        constants: Vec::new(),
        patterns: Vec::new(),
        rest: Some(RestField {
            name: ident("others"),
            setter: ident("with_others"),
            values: RustType::Value,
        }),
        closed: false,
    })
}
