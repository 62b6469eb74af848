//! Rust types and type definitions.

use specsmith_ir as ir;

use crate::{Deprecation, Ident, Prose};

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
    /// The runtime's `SecretString`: text that `Debug` does not show.
    Secret,
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
    /// `BTreeMap<K, T>`: a map whose names have a type.
    KeyedMap(Box<RustType>, Box<RustType>),
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
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
    /// What is derived, in the order of output.
    pub derives: Vec<Derive>,
    /// Paths of further traits that are derived, as the user wants it.
    pub extra_derives: Vec<String>,
    /// Attributes without `#[` and `]`, as the user wants it.
    pub attributes: Vec<String>,
    /// The direction that it is for.
    pub view: View,
    /// The definition of responses whose values can be made values of this one, which is of requests: all that must be
    /// there is there.
    pub made_from: Option<TypeItemId>,
    /// What uses it, directly or through other types.
    pub usage: Usage,
    /// The definition that it is another name for, since both say the same; that one has no such definition.
    pub same_as: Option<TypeItemId>,
    /// What it is.
    pub body: TypeBody,
}

/// The direction that a type definition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Both, since its values are the same in each, or no operation uses it.
    Both,
    /// Requests, with the definition that responses have beside it.
    Request(Option<TypeItemId>),
    /// Responses.
    Response,
}

/// What uses a type, directly or through other types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Usage {
    /// Parameters or bodies of requests.
    pub requests: bool,
    /// Bodies of responses.
    pub responses: bool,
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
    /// `PartialOrd`
    PartialOrd,
    /// `Ord`
    Ord,
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
            Derive::PartialOrd => "PartialOrd",
            Derive::Ord => "Ord",
            Derive::Hash => "Hash",
            Derive::Default => "Default",
        }
    }
}

/// What a type definition is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TypeBody {
    /// A struct with named fields.
    Struct(Struct),
    /// An enum of values.
    Enum(ValueEnum),
    /// An enum of types.
    Union(Union),
    /// A struct that is an array in JSON.
    Tuple(TupleStruct),
    /// Another name for a type.
    Alias(RustType),
    /// A type of its own around another one, with the same JSON.
    Newtype(RustType),
}

/// A struct that is an array in JSON: one of more items than tuples of Rust have, or of a number that is not fixed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TupleStruct {
    /// The items in their order.
    pub items: Vec<TupleItem>,
}

/// An item of a struct that is an array in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TupleItem {
    /// The whole type: `Option<T>` where it may be absent, `Vec<T>` where it is all other items.
    pub ty: RustType,
    /// How it is read and written.
    pub kind: TupleItemKind,
}

/// How an item of a struct that is an array in JSON is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TupleItemKind {
    /// Always there.
    Required,
    /// May be absent, with all that follow.
    Optional,
    /// All other items.
    Rest,
}

/// A struct with named fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Struct {
    /// The fields in the order of the document.
    pub fields: Vec<Field>,
    /// The members that are only sent in the other direction, and ignored in this one.
    pub left_out: Vec<String>,
    /// Constants that are written, and not kept as fields: wire name and value.
    pub constants: Vec<(String, ir::Value)>,
    /// The fields that keep other members by their names; a member goes into the first that takes it.
    pub patterns: Vec<PatternField>,
    /// The field that keeps all other members, a [`RustType::Map`].
    pub rest: Option<RestField>,
    /// Whether the document denies other members; enforced by the server.
    pub closed: bool,
}

impl Struct {
    /// The fields that keep members without a field of their own.
    pub fn maps(&self) -> impl Iterator<Item = &RestField> {
        self.patterns.iter().map(|pattern| &pattern.field).chain(&self.rest)
    }

    /// The field that keeps a member which has none of its own.
    pub fn map_of(&self, name: &str) -> Option<&RestField> {
        let pattern = self.patterns.iter().find(|pattern| pattern.names.holds(name));
        pattern.map(|pattern| &pattern.field).or(self.rest.as_ref())
    }

    /// The fields that callers give to make one: those that are required and may have more than one value.
    pub fn arguments(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_argument())
    }

    /// Whether it has a `Default` that is no derive: it has required fields, and each has one value.
    pub fn is_fixed(&self) -> bool {
        self.arguments().next().is_none() && self.fields.iter().any(|field| field.fixed.is_some())
    }
}

impl Field {
    /// Whether callers give its value to make a struct.
    pub fn is_argument(&self) -> bool {
        self.kind == FieldKind::Required && self.fixed.is_none()
    }
}

/// A field that keeps the members of certain names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PatternField {
    /// The field, a [`RustType::Map`].
    pub field: RestField,
    /// The pattern as the document writes it.
    pub pattern: String,
    /// Which names belong here.
    pub names: NameTest,
}

/// A pattern of names that needs no engine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NameTest {
    /// They begin with a text.
    StartsWith(String),
    /// They end with a text.
    EndsWith(String),
    /// They have a text in them.
    Contains(String),
    /// They are a text.
    Is(String),
}

impl NameTest {
    /// Whether a name belongs.
    pub fn holds(&self, name: &str) -> bool {
        match self {
            NameTest::StartsWith(text) => name.starts_with(text),
            NameTest::EndsWith(text) => name.ends_with(text),
            NameTest::Contains(text) => name.contains(text),
            NameTest::Is(text) => name == text,
        }
    }

    /// The text that it is about.
    pub fn text(&self) -> &str {
        match self {
            NameTest::StartsWith(text) | NameTest::EndsWith(text) | NameTest::Contains(text) | NameTest::Is(text) => {
                text
            }
        }
    }
}

/// The field that keeps the members that have no field of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RestField {
    /// Its name.
    pub name: Ident,
    /// The method that sets it, unique in its type.
    pub setter: Ident,
    /// The type of the values of the map.
    pub values: RustType,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// The method that sets it where it is optional: `with_title`; unique in its type.
    pub setter: Ident,
    /// The method that applies its default where it has one: `page_size_or_default`; unique in its type.
    pub getter: Ident,
    /// The name of the member in JSON.
    pub wire: String,
    /// The whole type: `Option<T>` where it is optional or nullable, `Nullable<T>` where it is both.
    pub ty: RustType,
    /// How it is read and written.
    pub kind: FieldKind,
    /// What becomes of it on the client where it should be there and is not.
    pub leniency: Leniency,
    /// What absence means, where the document says so.
    pub default: Option<ir::Value>,
    /// The value of a required field that callers need not give: that of a discriminator which makes the object what it is, or
    /// the only one that the schema lists.
    pub fixed: Option<ir::Value>,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why.
    pub deprecated: Option<Deprecation>,
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

/// What the client makes of a member that should be there and is missing or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Leniency {
    /// An error.
    #[default]
    Strict,
    /// The default of its type.
    Default,
    /// An unknown value of its enum.
    UnknownValue,
    /// An empty list; in lists, items that are null are left out.
    Items,
}

impl Leniency {
    /// Whether it is what `Default` gives.
    pub fn is_default(self) -> bool {
        matches!(self, Leniency::Default | Leniency::Items)
    }
}

/// An enum of values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ValueVariant {
    /// The name of the variant.
    pub name: Ident,
    /// The value.
    pub value: ir::Value,
    /// What is said about it.
    pub docs: Prose,
}

/// An enum of types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Union {
    /// The variants in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
    /// The name of the variant for values that belong to no other. The client always has it; the server never.
    pub unknown: Ident,
    /// Whether a value that two variants fit belongs to none; enforced by the server.
    pub exclusive: bool,
    /// The property that tells the variants, where the document has one.
    pub discriminator: Option<String>,
}

/// A variant of an enum of types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnionVariant {
    /// The type of the intermediate model that it says.
    pub source: ir::TypeId,
    /// The name of the variant.
    pub name: Ident,
    /// What it holds; [`RustType::Unit`] where it holds nothing, since it is for one value only.
    pub ty: RustType,
    /// That value: a text, a whole number or a boolean. `None` for `null`, and where it holds something.
    pub constant: Option<ir::Value>,
    /// What a value must satisfy to be of this variant; empty where nothing tells it.
    pub conditions: Vec<ir::Condition>,
    /// The member that tells it and that what it holds does not have: the variant writes it.
    pub adds: Option<String>,
    /// Whether there is another variant that nothing tells it from.
    pub alike: bool,
    /// What is said about it.
    pub docs: Prose,
    /// That the document deprecates it, and why, where no type definition says so.
    pub deprecated: Option<Deprecation>,
}

impl UnionVariant {
    /// Whether it is for this value only, and holds nothing for that.
    pub fn is_for(&self, value: &ir::Value) -> bool {
        self.ty == RustType::Unit && self.constant.as_ref().unwrap_or(&ir::Value::Null) == value
    }
}
