//! What users decide about generated types.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Diagnostic, Location};

use crate::KnownNames;
use crate::model::RustType;

/// What users decide about generated types; the default needs no decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeOptions {
    /// The types of dates and times.
    pub dates: Dates,
    /// Rust types for formats, by the format as the document writes it; they replace the built-in ones.
    pub formats: BTreeMap<String, ExternType>,
    /// Names in Rust. A key is the name of a schema as the document writes it, or the JSON Pointer of what is named
    /// (`#/components/schemas/Book/properties/type`).
    pub renames: BTreeMap<String, String>,
    /// Paths of traits that are derived beside the usual ones, by the name of a schema or `*`.
    pub derives: BTreeMap<String, Vec<String>>,
    /// Attributes, by the name of a schema or `*`: `#[...]` without the sign and brackets.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// What generated manifests depend on besides, such as the crates of derives: names of packages and the text of their
    /// values in `[dependencies]`.
    pub dependencies: BTreeMap<String, String>,
    /// The header that takes idempotency keys where the document names none: calls that are not idempotent get a key.
    pub idempotency_header: Option<String>,
    /// Whether each group of calls of the client is a feature of its package.
    pub group_features: bool,
    /// How webhooks are told apart and signed.
    pub webhooks: WebhookOptions,
    /// What named scalars, lists and maps become.
    pub aliases: Aliases,
    /// The types that are read leniently: where a member is null or missing that must be there, it gets a default.
    pub lenient: Selection,
    /// The structs that keep members which the document does not name.
    pub keep_unknown: Selection,
    /// The names that an earlier generation gave, which stay.
    pub known: KnownNames,
    /// Where options stand that come from a file, by their table and key, or the name in their list.
    pub places: BTreeMap<(OptionTable, String), Location>,
}

/// The options that have names of the document as keys or values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OptionTable {
    /// [`TypeOptions::formats`].
    Formats,
    /// [`TypeOptions::renames`].
    Rename,
    /// [`TypeOptions::derives`].
    Derives,
    /// [`TypeOptions::attributes`].
    Attributes,
    /// [`TypeOptions::lenient`].
    Lenient,
    /// [`TypeOptions::keep_unknown`].
    KeepUnknown,
    /// Selectors of the operations that are generated.
    Include,
    /// Selectors of the operations that are not generated.
    Exclude,
    /// [`TypeOptions::webhooks`], by the key.
    Webhooks,
}

impl OptionTable {
    /// Its name in a configuration file: `types.formats`, `rename`.
    pub fn name(self) -> &'static str {
        match self {
            OptionTable::Formats => "types.formats",
            OptionTable::Rename => "rename",
            OptionTable::Derives => "derives",
            OptionTable::Attributes => "attributes",
            OptionTable::Lenient => "types.lenient",
            OptionTable::KeepUnknown => "types.keep-unknown",
            OptionTable::Include => "operations.include",
            OptionTable::Exclude => "operations.exclude",
            OptionTable::Webhooks => "webhooks",
        }
    }
}

impl TypeOptions {
    /// A finding about an option, at its place if it comes from a file.
    pub fn finding(&self, table: OptionTable, name: &str, finding: Diagnostic) -> Diagnostic {
        match self.places.get(&(table, name.to_owned())) {
            Some(place) => finding.at(*place),
            None => finding,
        }
    }
}

/// The types of dates and times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dates {
    /// Those of `chrono`.
    #[default]
    Chrono,
    /// Those of `jiff`.
    Jiff,
    /// Those of `time`.
    Time,
    /// `String`.
    Text,
}

/// What named scalars, lists and maps become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Aliases {
    /// Other names of their types: `type Isbn = String`.
    #[default]
    Alias,
    /// Types of their own: `struct Isbn(String)`.
    Newtype,
}

/// What users say about webhooks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebhookOptions {
    /// Where the name of the webhook is.
    pub name: Option<WebhookName>,
    /// How webhooks are signed.
    pub signature: Option<SignatureScheme>,
}

/// Where the name of a webhook is, as the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookName {
    /// In this header.
    Header(String),
    /// In the member of the body at this JSON Pointer.
    Member(String),
    /// The text of this header, and behind it that of the member of the body at this JSON Pointer, where there is one.
    HeaderAndMember(String, String),
}

/// How webhooks are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureScheme {
    /// By Standard Webhooks.
    Standard,
    /// `t=..,v1=..` in this header: HMAC with SHA-256 of `time.body`.
    Timestamped(String),
    /// An HMAC of the body in a header.
    Hmac(HmacSignature),
}

/// An HMAC of the body in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HmacSignature {
    /// The header.
    pub header: String,
    /// The hash function.
    pub hash: HmacHash,
    /// How the bytes are written.
    pub encoding: HmacEncoding,
    /// What stands before them.
    pub prefix: String,
}

/// The hash function of an HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HmacHash {
    /// SHA-1
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-512
    Sha512,
}

/// How the bytes of an HMAC are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HmacEncoding {
    /// In hexadecimal digits.
    Hex,
    /// In base64.
    Base64,
}

/// A type of another crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternType {
    /// Its path, such as `rust_decimal::Decimal`; it implements `Debug`, `Clone`, `PartialEq` and the traits of serde.
    pub path: String,
    /// What a generated manifest depends on for it: the name of a package and the text of its value in
    /// `[dependencies]`, such as `"1"` or `{ version = "1", features = ["serde"] }`.
    pub dependency: Option<(String, String)>,
}

impl ExternType {
    /// A type with what a generated manifest depends on for it.
    ///
    /// ```
    /// use specsmith_rust::ExternType;
    ///
    /// let decimal = ExternType::new("rust_decimal::Decimal").dependency("rust_decimal", "\"1\"");
    /// assert!(decimal.is_path());
    /// assert!(!ExternType::new("a decimal").is_path());
    /// ```
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            dependency: None,
        }
    }

    /// Lets a generated manifest depend on a package, with this text as its value in `[dependencies]`.
    #[must_use]
    pub fn dependency(mut self, package: impl Into<String>, value: impl Into<String>) -> Self {
        self.dependency = Some((package.into(), value.into()));
        self
    }

    /// Whether the path is one that Rust can read: segments with `::` between them, perhaps with arguments.
    pub fn is_path(&self) -> bool {
        syn::parse_str::<syn::TypePath>(&self.path).is_ok_and(|ty| ty.qself.is_none())
    }

    /// The type; one of those that need no path where it is one.
    pub(crate) fn rust_type(&self) -> RustType {
        let path = self.path.trim_start_matches("::");
        match path.rsplit("::").next().unwrap_or(path) {
            name if name == path => primitive(name),
            "String" if path.starts_with("std::") => Some(RustType::String),
            "Uuid" if path == "uuid::Uuid" => Some(RustType::Uuid),
            "Value" if path == "serde_json::Value" => Some(RustType::Value),
            "Number" if path == "serde_json::Number" => Some(RustType::Number),
            _ => None,
        }
        .unwrap_or_else(|| RustType::Extern(self.path.clone()))
    }
}

fn primitive(name: &str) -> Option<RustType> {
    Some(match name {
        "String" => RustType::String,
        "bool" => RustType::Bool,
        "i8" => RustType::I8,
        "i16" => RustType::I16,
        "i32" => RustType::I32,
        "i64" => RustType::I64,
        "u8" => RustType::U8,
        "u16" => RustType::U16,
        "u32" => RustType::U32,
        "u64" => RustType::U64,
        "f64" => RustType::F64,
        _ => return None,
    })
}

/// Which types something is about, by the names of their schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// None.
    #[default]
    None,
    /// Only these.
    Named(BTreeSet<String>),
    /// All.
    All,
}

impl Selection {
    /// The names, where there are some.
    pub fn names(&self) -> Vec<&String> {
        match self {
            Selection::Named(names) => names.iter().collect(),
            Selection::None | Selection::All => Vec::new(),
        }
    }
}
