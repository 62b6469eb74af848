//! The server half of the runtime: routing, reading requests, writing responses.
//!
//! A [`Routes`] is what generated code makes; [`Routes::into_router`] is where axum takes over.

mod auth;
mod basic;
mod body;
mod check;
mod clock;
#[cfg(feature = "compression")]
mod compression;
mod context;
mod contract;
#[cfg(feature = "cors")]
mod cors;
#[cfg(feature = "docs-ui")]
mod docs_ui;
mod events;
mod fault;
mod faults;
mod file_part;
mod form_data;
mod gate;
mod header;
mod input;
mod interpret;
#[cfg(feature = "jwt")]
mod jwt;
mod layer;
mod lines;
mod matcher;
mod media_type;
#[cfg(feature = "metrics")]
mod metrics;
mod multipart;
mod observe;
mod pairs;
pub mod parameter;
pub mod part;
mod percent;
mod problem;
mod rate_limit;
mod records;
#[cfg(feature = "redis")]
mod redis;
mod request;
mod request_id;
pub mod response;
mod router;
#[cfg(feature = "webhooks")]
pub mod sender;
mod serve;
mod stream;
mod table;
mod template;
mod text;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "tracing")]
mod trace;
mod xml;

pub use auth::{
    AuthContext, ClientCertificate, Credential, Denied, Gate, Granted, Scheme, Security,
};
pub use basic::BasicCredentials;
pub use check::{broken, check_responses};
#[cfg(feature = "compression")]
pub use compression::{compress, decompress};
pub use context::{Context, OperationInfo};
pub use contract::contract;
#[cfg(feature = "cors")]
pub use cors::Cors;
#[cfg(feature = "docs-ui")]
pub use docs_ui::docs_ui;
pub use events::{Event, EventEncoding, EventStream, events};
pub use file_part::FilePart;
pub use form_data::FormData;
pub use header::Header;
pub use interpret::{Fault, FaultKind, Sent, SentBody, SentPart, preferred};
#[cfg(feature = "jwt")]
pub use jwt::{JwtVerifier, NoUsableKey};
pub use lines::Records;
#[cfg(feature = "metrics")]
pub use metrics::{describe_metrics, measure};
pub use multipart::Multipart;
pub use problem::{Place, Problem, Violation};
pub use rate_limit::{
    InProcess, Quota, RateLimit, RateLimitStore, RateLimited, StoreError, Uncounted, Verdict,
};
pub use records::{RecordStream, records};
#[cfg(feature = "redis")]
pub use redis::RedisStore;
pub use request::{Rejected, Request};
pub use request_id::request_id;
pub use router::Routes;
pub use serve::{Server, serve, shutdown_signal};
pub use stream::BoxError;
#[cfg(feature = "tls")]
pub use tls::{ServerConfig, tls_from_pem};
#[cfg(feature = "tracing")]
pub use trace::trace;
pub use xml::xml;

#[cfg(test)]
mod tests;
