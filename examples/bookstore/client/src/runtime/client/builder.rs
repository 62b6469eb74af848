//! [`ClientBuilder`]: from settings and credentials to a [`Client`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::auth::{self, Credential, Credentials, Known, KnownCredentials, Secret};
use super::default_transport::Reqwest;
use super::retry::RetryBudget;
use super::token::Source;
use super::url::parse_base;
use super::{Client, RetryPolicy, Scheme, Server, TokenSource, Transport, TransportError};

/// What a document says about an API as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Api {
    /// The text of the header `User-Agent`.
    pub user_agent: &'static str,
    /// The address of the first server that is absolute.
    pub server: Option<&'static str>,
    /// The security schemes.
    pub schemes: &'static [Scheme],
}

/// Settings and credentials of a [`Client`] that is being made.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    api: &'static Api,
    server: Option<Server>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    max_response_size: usize,
    headers: Vec<(String, Secret)>,
    credentials: Vec<(&'static str, Option<TokenSource>)>,
    transport: Option<Arc<dyn Transport>>,
    /// What is around the transport, from the outside to the inside.
    around: Vec<Wrapper>,
}

/// What puts something around a transport.
type Wrapper = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// What a [`Client`] is made of.
pub(super) struct Settings {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base: reqwest::Url,
    /// Whether the caller chose the base address, so that servers of single operations do not count.
    pub(super) base_is_chosen: bool,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) budget: RetryBudget,
    pub(super) max_response_size: usize,
    pub(super) headers: HeaderMap,
    pub(super) credentials: Credentials,
}

/// Why a [`Client`] cannot be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The document names no absolute address and [`base_url`](ClientBuilder::base_url) gives none.
    MissingServer,
    /// The address of the API cannot be used.
    InvalidServer {
        /// The address, without what can be secret.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A credential cannot be sent as it is: a header would break, or a user has a colon.
    InvalidCredential {
        /// The security scheme that it is for.
        scheme: &'static str,
    },
    /// A header cannot be sent as it is.
    InvalidHeader {
        /// Its name.
        name: String,
    },
    /// The transport could not be set up.
    Transport(TransportError),
}

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
const MAX_RESPONSE_SIZE: usize = 64 << 20;

impl ClientBuilder {
    /// A builder for a client of this API.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            server: None,
            timeout: Some(TIMEOUT),
            attempt_timeout: None,
            idle_timeout: Some(IDLE_TIMEOUT),
            connect_timeout: CONNECT_TIMEOUT,
            retry: RetryPolicy::new(),
            max_response_size: MAX_RESPONSE_SIZE,
            headers: Vec::new(),
            credentials: Vec::new(),
            transport: None,
            around: Vec::new(),
        }
    }

    /// Sets the address of the API, to which the path of an operation is added.
    ///
    /// Unless it is set, it is the first absolute one of the document. Once it is set, servers that the document gives
    /// to single operations do not count.
    pub fn base_url(self, url: impl Into<String>) -> Self {
        self.server(url.into())
    }

    /// Sets the server: an address, or one of those that the document names.
    ///
    /// As with [`base_url`](Self::base_url), servers that the document gives to single operations do not count then.
    pub fn server(mut self, server: impl Into<Server>) -> Self {
        self.server = Some(server.into());
        self
    }

    /// Sets the time for a call, from the first attempt to the last byte of the response; 30 seconds unless set.
    ///
    /// Where the body is read as a stream, it is the time until the response begins.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets the time for each attempt of a call. Unless it is set, an attempt has as long as the call.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Sets the time in which each piece of a response has to follow the one before; 60 seconds unless set.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = timeout.into();
        self
    }

    /// Sets the time for making a connection; 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets which calls are sent again, and when: at most two times, with backoff, unless set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how many bytes the body of a response can have; 64 MiB unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Sets a header that is sent with every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), Secret(value.into())));
        self
    }

    /// Sets the header `User-Agent`.
    pub fn user_agent(self, value: impl Into<String>) -> Self {
        self.header(USER_AGENT.as_str(), value)
    }

    /// Sets the HTTP client, for proxies, certificates and the like.
    ///
    /// It brings its own connect timeout and its own rule for redirects. The rule should not follow one to another
    /// origin, since headers with API keys would go there.
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(Reqwest(client))
    }

    /// Sets what carries the requests, in place of reqwest.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts something around what carries the requests, inside of what is there.
    pub(super) fn around(
        mut self,
        wrapper: impl Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync + 'static,
    ) -> Self {
        self.around.push(Arc::new(wrapper));
        self
    }

    /// Sets the credential of a security scheme, by the name of the scheme in the document.
    pub fn credential(mut self, scheme: &'static str, credential: impl Into<TokenSource>) -> Self {
        self.credentials.push((scheme, Some(credential.into())));
        self
    }

    /// Sets user and password of a security scheme, by the name of the scheme in the document.
    pub fn basic_credential(mut self, scheme: &'static str, user: &str, password: &str) -> Self {
        self.credentials
            .push((scheme, auth::basic(user, password).map(Into::into)));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// When no address is known, or a setting or credential cannot be used.
    pub fn build(self) -> Result<Client, BuildError> {
        let base = match (&self.server, self.api.server) {
            (Some(server), _) => server.url()?,
            (None, Some(address)) => parse_base(address)?,
            (None, None) => return Err(BuildError::MissingServer),
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Reqwest::new(self.connect_timeout).map_err(BuildError::Transport)?),
        };
        let settings = Settings {
            base,
            base_is_chosen: self.server.is_some(),
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            idle_timeout: self.idle_timeout,
            retry: self.retry,
            budget: RetryBudget::new(),
            max_response_size: self.max_response_size,
            headers: default_headers(self.api.user_agent, &self.headers)?,
            credentials: Credentials {
                schemes: self.api.schemes,
                known: known_credentials(self.api.schemes, self.credentials)?,
            },
            transport: self
                .around
                .iter()
                .rev()
                .fold(transport, |transport, wrapper| wrapper(transport)),
        };
        Ok(Client(Arc::new(settings)))
    }
}

fn default_headers(user_agent: &str, chosen: &[(String, Secret)]) -> Result<HeaderMap, BuildError> {
    let agent = (USER_AGENT.as_str(), user_agent);
    let mut headers = HeaderMap::new();
    for (name, text) in
        std::iter::once(agent).chain(chosen.iter().map(|(name, text)| (&**name, &*text.0)))
    {
        let refuse = || BuildError::InvalidHeader {
            name: name.to_owned(),
        };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refuse())?;
        let mut value = HeaderValue::from_str(text).map_err(|_| refuse())?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

/// The credentials in the form in which they are sent, in the order in which they were given.
fn known_credentials(
    schemes: &'static [Scheme],
    chosen: Vec<(&'static str, Option<TokenSource>)>,
) -> Result<KnownCredentials, BuildError> {
    let known = chosen.into_iter().map(|(name, source)| match source {
        Some(source) => known_credential(schemes, name, source),
        None => Err(BuildError::InvalidCredential { scheme: name }),
    });
    known.collect()
}

/// The credential for a scheme of this name.
pub(super) fn known_credential(
    schemes: &'static [Scheme],
    name: &'static str,
    source: TokenSource,
) -> Result<(&'static Scheme, Known), BuildError> {
    let scheme = schemes.iter().find(|scheme| scheme.name == name);
    let scheme = scheme.ok_or(BuildError::InvalidCredential { scheme: name })?;
    let known = match source.0 {
        Source::Text(secret) => Known::Ready(Credential::new(scheme, &secret)?),
        Source::Provider(provider) => Known::Provided(provider),
    };
    Ok((scheme, known))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("headers", &self.headers)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::MissingServer => f.write_str(
                "no address of the API is known; give one with `ClientBuilder::base_url`",
            ),
            BuildError::InvalidServer { server, reason } => {
                write!(f, "`{server}` cannot be the address of the API: {reason}")
            }
            BuildError::InvalidCredential { scheme } => {
                write!(f, "the credential of `{scheme}` cannot be sent")
            }
            BuildError::InvalidHeader { name } => write!(f, "the header `{name}` cannot be sent"),
            BuildError::Transport(error) => write!(f, "the HTTP client cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::Transport(error) => Some(error),
            _ => None,
        }
    }
}
