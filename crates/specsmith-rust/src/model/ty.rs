//! Rust types and type definitions.

use specsmith_ir as ir;

use crate::{Ident, Prose};

/// Identifies a type definition of a [`Model`](crate::Model).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeItemId(pub u32);

/// A type as it is used: in a field, an argument, a result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`; `float` stays `f64`, since rounding to `f32` changes the text.
    F64,
    /// `String`
    String,
    /// `serde_json::Value`: any JSON value.
    Value,
    /// `serde_json::Number`: a number that no primitive type holds.
    Number,
    /// A date and time with an offset; which type that is, [`Model::dates`](crate::Model::dates) says.
    DateTime,
    /// A date; which type that is, [`Model::dates`](crate::Model::dates) says.
    Date,
    /// `uuid::Uuid`
    Uuid,
    /// The runtime's `Uri`: the text of an address, kept as it is.
    Uri,
    /// The runtime's `Base64`: bytes that are base64 text in JSON.
    Base64,
    /// The runtime's `Base64Url`: the same in the alphabet for addresses.
    Base64Url,
    /// `std::net::IpAddr`
    IpAddr,
    /// `std::net::Ipv4Addr`
    Ipv4Addr,
    /// `std::net::Ipv6Addr`
    Ipv6Addr,
    /// A type of another crate, by its path, as the user chose it for a format.
    Extern(String),
    /// A type definition of the model.
    Named(TypeItemId),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// A tuple, written as a JSON array of just these items.
    Tuple(Vec<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// The runtime's `Nullable<T>`: absent, null or a value.
    Nullable(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
}

impl RustType {
    /// Whether it is one of Rust's own integers.
    pub fn is_integer(&self) -> bool {
        matches!(
            self,
            Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::U8 | Self::U16 | Self::U32 | Self::U64
        )
    }

    /// Whether it is a string, or a type that is made of any string.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Uri)
    }

    /// Whether it is `Copy` and small, so that callers give it away by value.
    pub fn is_small(&self) -> bool {
        self.is_integer()
            || matches!(
                self,
                Self::Unit
                    | Self::Bool
                    | Self::F64
                    | Self::DateTime
                    | Self::Date
                    | Self::Uuid
                    | Self::IpAddr
                    | Self::Ipv4Addr
                    | Self::Ipv6Addr
            )
    }
}

/// A type definition.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeItem {
    /// The type of the intermediate model it says.
    pub source: ir::TypeId,
    /// Its name, unique among the types, groups, errors and responses of the crate.
    pub name: Ident,
    /// Which of [`Model::type_modules`](crate::Model::type_modules) it is in.
    pub module: usize,
    /// What is said about it.
    pub docs: Prose,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// What is derived, in the order of output.
    pub derives: Vec<Derive>,
    /// Paths of further traits that are derived, as the user wants it.
    pub extra_derives: Vec<String>,
    /// Attributes without `#[` and `]`, as the user wants it.
    pub attributes: Vec<String>,
    /// What it is.
    pub body: TypeBody,
}

/// Traits that are derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derive {
    /// `Debug`
    Debug,
    /// `Clone`
    Clone,
    /// `Copy`
    Copy,
    /// `PartialEq`
    PartialEq,
    /// `Eq`
    Eq,
    /// `Hash`
    Hash,
    /// `Default`
    Default,
}

impl Derive {
    /// The name of the trait.
    pub fn name(self) -> &'static str {
        match self {
            Derive::Debug => "Debug",
            Derive::Clone => "Clone",
            Derive::Copy => "Copy",
            Derive::PartialEq => "PartialEq",
            Derive::Eq => "Eq",
            Derive::Hash => "Hash",
            Derive::Default => "Default",
        }
    }
}

/// What a type definition is.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeBody {
    /// A struct with named fields.
    Struct(Struct),
    /// An enum of values.
    Enum(ValueEnum),
    /// An enum of types.
    Union(Union),
    /// Another name for a type.
    Alias(RustType),
}

/// A struct with named fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The fields in the order of the document.
    pub fields: Vec<Field>,
    /// Constants that are written, and not kept as fields: wire name and value.
    pub constants: Vec<(String, ir::Value)>,
    /// The field that keeps all other members, a [`RustType::Map`].
    pub rest: Option<RestField>,
    /// Whether the document denies other members; enforced by the server.
    pub closed: bool,
}

impl Struct {
    /// The fields that callers give to make one: those that are required and not known from the union that it is of.
    pub fn arguments(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_argument())
    }
}

impl Field {
    /// Whether callers give its value to make a struct.
    pub fn is_argument(&self) -> bool {
        self.kind == FieldKind::Required && self.tag.is_none()
    }
}

/// The field that keeps the members that have no field of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct RestField {
    /// Its name.
    pub name: Ident,
    /// The type of the values of the map.
    pub values: RustType,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// The name of the member in JSON.
    pub wire: String,
    /// The whole type: `Option<T>` where it is optional or nullable, `Nullable<T>` where it is both.
    pub ty: RustType,
    /// How it is read and written.
    pub kind: FieldKind,
    /// What absence means, where the document says so.
    pub default: Option<ir::Value>,
    /// The value of a discriminator that makes the object what it is, so that callers need not give it.
    pub tag: Option<ir::Value>,
    /// What is said about it.
    pub docs: Prose,
    /// Whether the document deprecates it.
    pub deprecated: bool,
}

/// How a field is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Always there; the type is `T`, or `Option<T>` where null is a value.
    Required,
    /// May be absent; the type is `Option<T>`, `None` is not written.
    Optional,
    /// May be absent or null; the type is `Nullable<T>`, absence is not written.
    Nullable,
}

/// An enum of values.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueEnum {
    /// The JSON type of the values.
    pub base: EnumBase,
    /// The values.
    pub variants: Vec<ValueVariant>,
    /// The name of the variant for values that the document does not name. The client always has it; the server only
    /// where [`open`](Self::open).
    pub unknown: Ident,
    /// Whether the document itself allows other values.
    pub open: bool,
}

/// The JSON type of the values of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnumBase {
    /// Strings; unknown values are kept as `String`.
    String,
    /// Whole numbers; unknown values are kept as `i64`.
    Integer,
    /// Anything else or a mixture; unknown values are kept as `serde_json::Value`.
    Value,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueVariant {
    /// The name of the variant.
    pub name: Ident,
    /// The value.
    pub value: ir::Value,
    /// What is said about it.
    pub docs: Prose,
}

/// An enum of types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The variants in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
    /// The name of the variant for values that belong to no other. The client always has it; the server never.
    pub unknown: Ident,
    /// The property that tells the variants, where the document has one.
    pub discriminator: Option<String>,
}

/// A variant of an enum of types.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    /// The name of the variant.
    pub name: Ident,
    /// What it holds; [`RustType::Unit`] where it holds only `null`.
    pub ty: RustType,
    /// What a value must satisfy to be of this variant; empty where nothing tells it.
    pub conditions: Vec<ir::Condition>,
    /// What is said about it.
    pub docs: Prose,
}
