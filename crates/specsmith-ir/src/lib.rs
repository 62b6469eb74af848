//! The intermediate model: what an API means, as owned plain data.
//!
//! [`Api`] is the border between reading and generating. It knows neither OpenAPI (no `$ref`, no versions, no
//! keywords that only exist for notation) nor Rust (no identifiers, no Rust types). Types live in one arena,
//! [`Types`], and refer to each other by [`TypeId`], so recursion needs no special shape.

mod api;
mod assertion;
mod base_path;
mod callback;
mod chain;
pub mod changes;
mod content;
pub mod decide;
mod docs;
mod dump;
mod format;
mod json;
mod link;
mod media_type;
mod operation;
pub mod pagination;
mod path;
pub mod pointer;
mod refer;
mod retirement;
mod security;
mod select;
mod shape;
mod types;
mod union;
mod value;
mod views;
mod xml;

pub use api::{Api, Contact, Info, License, Server, ServerVariable, Tag};
pub use assertion::{Assertion, Assertions, AssertionsId, Contains, ItemAssertions, MemberAssertions};
pub use base_path::base_path;
pub use callback::Callback;
pub use chain::{Chain, chain, users};
pub use content::{Content, Header, PropertyEncoding, RequestBody, Response, Status};
pub use docs::{Docs, Example, ExternalDocs};
pub use dump::{dump, dump_type, type_place};
pub(crate) use dump::{dump_assertion, dump_xml};
pub use format::canonical_format;
pub use json::{JSON_FORMAT, json};
pub use link::{Link, LinkParameter, LinkSource, LinkValue};
pub use media_type::MediaType;
pub use operation::{Method, Operation, OperationId, Parameter, ParameterEncoding, ParameterIn, Style};
pub use path::{PathPart, PathSegment, PathTemplate};
pub use retirement::{Moment, Retirement, is_address};
pub use security::{
    OAuthFlow, OAuthFlowKind, RequiredScheme, SchemeId, SecurityRequirement, SecurityScheme, SecuritySchemeKind,
};
pub use select::select;
pub use shape::{
    Access, Array, Enum, EnumValue, Field, Numeric, Object, PatternField, Presence, Rest, Shape, Text, Tuple,
};
pub use types::{ComponentKind, Origin, Owner, Step, Type, TypeId, Types};
pub use union::{Condition, Discriminator, KindSet, Union, UnionMode, Variant};
pub use value::{Kind, Number, Value};
pub use views::{Direction, View, split_views};
pub use xml::{Xml, XmlNames, XmlNode};
