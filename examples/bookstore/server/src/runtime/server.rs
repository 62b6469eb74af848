//! The server half of the runtime: routing, reading requests, writing responses.
//!
//! A [`Routes`] is what generated code makes; [`Routes::into_router`] is where axum takes over.

mod auth;
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
mod fault;
mod faults;
mod gate;
mod header;
mod input;
#[cfg(feature = "jwt")]
mod jwt;
mod layer;
mod matcher;
mod media_type;
#[cfg(feature = "metrics")]
mod metrics;
mod observe;
mod pairs;
pub mod parameter;
mod percent;
mod problem;
mod rate_limit;
#[cfg(feature = "redis")]
mod redis;
mod request;
mod request_id;
pub mod response;
mod router;
#[cfg(feature = "webhooks")]
pub mod sender;
mod serve;
mod table;
mod template;
mod text;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "tracing")]
mod trace;

pub use auth::{
    AuthContext, ClientCertificate, Credential, Denied, Gate, Granted, Scheme, Security,
};
pub use check::{broken, check_responses};
#[cfg(feature = "compression")]
pub use compression::{compress, decompress};
pub use context::{Context, OperationInfo};
pub use contract::contract;
#[cfg(feature = "cors")]
pub use cors::Cors;
#[cfg(feature = "docs-ui")]
pub use docs_ui::docs_ui;
pub use header::Header;
#[cfg(feature = "jwt")]
pub use jwt::{JwtVerifier, NoUsableKey};
#[cfg(feature = "metrics")]
pub use metrics::{describe_metrics, measure};
pub use problem::{Place, Problem, Violation};
pub use rate_limit::{
    InProcess, Quota, RateLimit, RateLimitStore, RateLimited, StoreError, Uncounted, Verdict,
};
#[cfg(feature = "redis")]
pub use redis::RedisStore;
pub use request::{Rejected, Request};
pub use request_id::request_id;
pub use router::Routes;
pub use serve::{Server, serve, shutdown_signal};
#[cfg(feature = "tls")]
pub use tls::{ServerConfig, tls_from_pem};
#[cfg(feature = "tracing")]
pub use trace::trace;
