//! The server half of the runtime: routing, reading requests, writing responses.
//!
//! A [`Routes`] is what generated code makes; [`Routes::into_router`] is where axum takes over.

mod body;
mod check;
mod context;
mod fault;
mod input;
mod lines;
mod matcher;
mod media_type;
mod multipart;
pub mod parameter;
mod percent;
mod problem;
mod request;
pub mod response;
mod router;
mod serve;
mod template;
mod text;
mod xml;

pub use context::{Context, OperationInfo};
pub use multipart::Multipart;
pub use problem::{Place, Problem, Violation};
pub use request::{Rejected, Request};
pub use router::Routes;
pub use serve::serve;
pub use xml::xml;

#[cfg(test)]
mod tests;
