//! Who calls: what an operation requires, held against the credentials of a request.
//!
//! Generated code asks a [`Gate`] way by way; what the credentials are worth is for its `Authenticate` to say.

mod challenge;
mod credential;
mod gate;
mod scheme;

pub use self::credential::{AuthContext, ClientCertificate, Credential, Denied, Granted};
pub use self::gate::Gate;
pub use self::scheme::{Scheme, Security};
