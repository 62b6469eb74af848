//! Servers that callers can choose.

use specsmith_ir as ir;

use crate::{Ident, Prose};

/// The type of a server: a struct that is made into its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerType {
    /// The name of the struct.
    pub name: Ident,
    /// The server of the document.
    pub server: ir::Server,
    /// What its address starts from.
    pub origin: Origin,
    /// Which calls the document gives it to.
    pub scope: ServerScope,
    /// Its variables, in the order of the document.
    pub variables: Vec<ServerVariable>,
}

/// Which calls a server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerScope {
    /// Those of the whole API.
    Api,
    /// Those of single operations.
    Operations,
}

/// What the address of a server starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Nothing: it is whole.
    Absolute,
    /// An address that the caller gives.
    Relative,
}

/// A variable of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// The field, and the method that sets it.
    pub name: Ident,
    /// The name as written.
    pub wire: String,
    /// The text it has unless set.
    pub default: String,
    /// The values it can have; `None` where it can have any.
    pub choice: Option<ServerChoice>,
    /// What is said about it.
    pub docs: Prose,
}

/// The values of a variable: an enum, which variables of the same name with the same values share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerChoice {
    /// The name of the enum.
    pub name: Ident,
    /// The variant that stands for the default.
    pub default: Ident,
    /// The variants with their texts.
    pub variants: Vec<(Ident, String)>,
}
