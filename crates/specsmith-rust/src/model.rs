//! The Rust model: everything decided, so that rendering cannot fail.

mod operation;
mod ty;

use specsmith_ir as ir;

pub use operation::{
    Body, BodyKind, Group, Operation, Outcome, Parameter, Response, ResponseBody, Responses, Scheme, SchemeKind,
    Success,
};
pub use ty::{
    Derive, EnumBase, Field, FieldKind, RestField, RustType, Struct, TypeBody, TypeItem, TypeItemId, Union,
    UnionVariant, ValueEnum, ValueVariant,
};

use crate::{Ident, Prose};

/// An API as Rust says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// The title of the API, one line of harmless text.
    pub title: String,
    /// What the document says about the API as a whole.
    pub docs: Prose,
    /// Where the API is served, the default first.
    pub servers: Vec<ir::Server>,
    /// The types, by [`TypeItemId`].
    pub types: Vec<TypeItem>,
    /// The modules that types are in, in the order of output. Names are unique.
    pub type_modules: Vec<Ident>,
    /// Operations by tag: one module, client group and server trait each.
    pub groups: Vec<Group>,
    /// The security schemes, in the order of [`ir::Api::security_schemes`].
    pub schemes: Vec<Scheme>,
    /// What the generated code needs beyond the core.
    pub uses: Uses,
}

/// What generated types need beyond the core of the runtime.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// `chrono`, for dates and times.
    pub chrono: bool,
    /// `uuid`.
    pub uuid: bool,
    /// Base64 text in JSON.
    pub base64: bool,
    /// Addresses (`format: uri`).
    pub uri: bool,
    /// Fields that tell absent, null and value apart.
    pub nullable: bool,
    /// Unions.
    pub unions: bool,
    /// Enums of values.
    pub enums: bool,
    /// Numbers that no primitive type holds.
    pub numbers: bool,
}

impl Model {
    /// The type of this id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made while lowering, each for a type of its own model"
    )]
    pub fn ty(&self, id: TypeItemId) -> &TypeItem {
        &self.types[id.0 as usize]
    }

    /// The types with their ids.
    pub fn types(&self) -> impl Iterator<Item = (TypeItemId, &TypeItem)> {
        (0..).map(TypeItemId).zip(&self.types)
    }

    /// Every operation with its group.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups
            .iter()
            .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }
}
