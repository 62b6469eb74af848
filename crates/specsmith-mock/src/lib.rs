//! A mock of an API: it answers with the examples of the document, or with values made for its schemas, and refuses what
//! breaks the contract as generated servers do.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use specsmith_mock::{Mock, Options};
//!
//! let mock = Mock::read(&specsmith::Config::new("openapi.yaml"), Options::default())?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! println!("http://{}", listener.local_addr()?);
//! mock.serve(listener).await;
//! # Ok(())
//! # }
//! ```
//!
//! Nothing is generated or compiled: requests are led by the router of generated servers, and read, checked and answered
//! by [`specsmith_ir::Api`]. What that router keeps of a document lives as long as the process, since in generated servers
//! it is constant.

mod answer;
mod body;
mod choice;
mod describe;
mod events;
mod header;
mod json;
mod layers;
mod mock;
mod multipart;
mod options;
mod prefer;
mod read;
mod typed;
mod xml;

pub use self::mock::Mock;
pub use self::options::{Answered, Auth, BasePath, Cors, OnAnswer, Options, Values};
pub use specsmith_runtime::server::{Server, shutdown_signal};
