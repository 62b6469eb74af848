//! Security schemes, and who may call operations by them.

use specsmith_ir as ir;

use crate::{Ident, Prose};

/// A security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// The scheme of the intermediate model.
    pub source: ir::SchemeId,
    /// The name as written.
    pub wire: String,
    /// The method of the client's builder that takes the credential: `api_key`.
    pub method: Ident,
    /// The function of the server's authenticator that says whom a credential stands for: `staff_key`.
    pub function: Ident,
    /// The type of whom that function lets through: `StaffKey`.
    pub principal: Ident,
    /// Whether scopes or roles belong to a principal: an operation needs some.
    pub is_scoped: bool,
    /// What the credential is and where it goes.
    pub kind: SchemeKind,
    /// The ways to get a token over HTTP.
    pub flows: Vec<TokenFlow>,
    /// What is said about it.
    pub docs: Prose,
}

/// A way to get a token, with the addresses of its endpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenFlow {
    /// A user agrees in a browser.
    AuthorizationCode {
        /// Where the user agrees.
        authorization: String,
        /// The token endpoint.
        token: String,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<String>,
    },
    /// The client stands for itself.
    ClientCredentials {
        /// The token endpoint.
        token: String,
    },
    /// A user agrees on another device.
    DeviceAuthorization {
        /// Where the code for the user comes from.
        device: String,
        /// The token endpoint.
        token: String,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<String>,
    },
    /// The client has the password of a user.
    Password {
        /// The token endpoint.
        token: String,
        /// Where tokens are refreshed, if elsewhere.
        refresh: Option<String>,
    },
    /// A discovery document says the rest.
    OpenIdConnect {
        /// Where it is.
        url: String,
    },
}

/// What a credential is and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, in the query or in a cookie, of this name.
    ApiKey {
        /// Where it is sent.
        place: ir::ParameterIn,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// A user and a password in `Authorization: Basic`.
    Basic,
    /// A token in `Authorization: Bearer`: HTTP bearer, OAuth 2.0 and OpenID Connect.
    Bearer,
    /// Other credentials in `Authorization` with this scheme.
    Http {
        /// The authentication scheme in lower case.
        scheme: String,
    },
    /// A client certificate; nothing is sent with a request.
    MutualTls,
    /// A scheme that the document requires but does not define; no credential for it is known.
    Unknown,
}

/// Names one of [`Model::callers`](crate::Model::callers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallerId(pub u32);

/// Who calls operations that the same schemes protect, whatever the scopes: by any of several ways, each of which needs
/// some schemes together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The ways in the order of the document. None is empty, and no two have the same schemes.
    pub ways: Vec<CallerWay>,
    /// Whether nobody in particular may call, too.
    pub is_optional: bool,
    /// The function of the server that says who calls: `customer_or_staff_key`.
    pub function: Ident,
    /// The enum of the ways, if there are several: `CustomerOrStaffKey`. Callers who differ in whether anybody may call
    /// have the same enum.
    pub name: Option<Ident>,
}

/// A way to be let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerWay {
    /// The variant of the enum: `Customer`.
    pub variant: Ident,
    /// The schemes that are needed together, in their order.
    pub schemes: Vec<ir::SchemeId>,
}
