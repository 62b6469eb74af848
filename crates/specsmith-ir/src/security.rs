//! Security schemes and what operations require of them.

use crate::{Docs, ParameterIn};

/// Identifies a scheme of [`Api::security_schemes`](crate::Api::security_schemes) by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct SchemeId(pub u32);

/// A way to authorize requests.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SecurityScheme {
    /// The name as written.
    pub name: String,
    /// The kind of scheme.
    pub kind: SecuritySchemeKind,
    /// What the document says about it.
    pub docs: Docs,
}

/// The kinds of security scheme.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecuritySchemeKind {
    /// A key sent in a header, in the query or in a cookie.
    ApiKey {
        /// Where it is sent: header, query or cookie.
        place: ParameterIn,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer {
        /// The form of the token, such as `JWT`.
        format: Option<String>,
    },
    /// `Authorization` of any other scheme of the registry, by its name in lower case.
    Http {
        /// The name of the authentication scheme.
        scheme: String,
    },
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// Its flows.
        flows: Vec<OAuthFlow>,
    },
    /// OpenID Connect discovery.
    OpenIdConnect {
        /// The address of the discovery document.
        url: String,
    },
    /// A client certificate.
    MutualTls,
    /// A scheme that operations require but that the document does not define in a way that can be understood. Nothing
    /// is known about how it is sent; what requires it is protected all the same.
    Unknown,
}

/// A flow of OAuth 2.0.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OAuthFlow {
    /// The kind of flow.
    pub kind: OAuthFlowKind,
    /// The address of the authorization endpoint.
    pub authorization_url: Option<String>,
    /// The address of the token endpoint.
    pub token_url: Option<String>,
    /// The address for refreshing tokens.
    pub refresh_url: Option<String>,
    /// The address of the device authorization endpoint.
    pub device_authorization_url: Option<String>,
    /// The scopes with their descriptions, in the order of the document.
    pub scopes: Vec<(String, String)>,
}

/// The kinds of flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OAuthFlowKind {
    /// Authorization code.
    AuthorizationCode,
    /// Client credentials.
    ClientCredentials,
    /// Resource owner password.
    Password,
    /// Implicit.
    Implicit,
    /// Device authorization (RFC 8628).
    DeviceAuthorization,
}

/// One way to authorize an operation: all of these schemes together. An empty list means that nothing is needed.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct SecurityRequirement {
    /// The schemes.
    pub schemes: Vec<RequiredScheme>,
}

/// A scheme that is required, with its scopes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RequiredScheme {
    /// The scheme.
    pub scheme: SchemeId,
    /// The scopes or roles that are needed.
    pub scopes: Vec<String>,
}
