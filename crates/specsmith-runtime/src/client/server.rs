//! [`Server`]: the address of an API, chosen and with the variables that it has.

use reqwest::Url;

use super::BuildError;
use super::url::parse_base;

/// The address of an API: any, or one that the document names with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Server {
    /// The address as far as it is filled in.
    address: String,
    /// What a relative address starts from.
    base: Option<String>,
    /// Why it cannot be used.
    refused: Option<String>,
}

impl Server {
    /// The server at an address, which can have `{variables}`.
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            base: None,
            refused: None,
        }
    }

    /// Fills in a variable. Before the path of the address it can hold nothing that would end the name of the host.
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        let place = format!("{{{variable}}}");
        let Some(at) = self.address.find(&place) else {
            return self;
        };
        let ends: &[char] = match self.address.find("//").map(|start| start + 2) {
            Some(start)
                if !self
                    .address
                    .get(start..at)
                    .is_some_and(|host| host.contains('/')) =>
            {
                &['/', '\\', '?', '#', '@']
            }
            _ => &['?', '#'],
        };
        if value.contains(ends) || value.chars().any(char::is_control) {
            self.refused = Some(format!("the value of `{variable}` would lead elsewhere"));
        } else {
            self.address = self.address.replace(&place, value);
        }
        self
    }

    /// Sets what a relative address starts from (RFC 3986, section 5).
    pub fn relative_to(mut self, base: &str) -> Self {
        self.base = Some(base.to_owned());
        self
    }

    /// The address, where it can be used.
    pub(super) fn url(&self) -> Result<Url, BuildError> {
        let refuse = |reason: String| BuildError::InvalidServer {
            server: self.address.clone(),
            reason,
        };
        if let Some(reason) = &self.refused {
            return Err(refuse(reason.clone()));
        }
        match &self.base {
            None => parse_base(&self.address),
            Some(base) => {
                let joined = parse_base(base)?.join(&self.address);
                let joined = joined.map_err(|error| refuse(error.to_string()))?;
                parse_base(joined.as_str())
            }
        }
    }
}

impl From<&str> for Server {
    fn from(address: &str) -> Self {
        Self::new(address)
    }
}

impl From<&String> for Server {
    fn from(address: &String) -> Self {
        Self::new(address)
    }
}

impl From<String> for Server {
    fn from(address: String) -> Self {
        Self::new(address)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn url(server: &Server) -> Result<String, String> {
        server
            .url()
            .map(String::from)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn variables_are_filled_in() {
        let server = Server::new("{scheme}://{host}:{port}/{path}")
            .with("scheme", "http")
            .with("host", "localhost")
            .with("port", "6333")
            .with("path", "a/b");
        assert_eq!(url(&server).unwrap(), "http://localhost:6333/a/b");
        let whole = Server::new("{server}/v1").with("server", "https://example.com");
        assert_eq!(url(&whole).unwrap(), "https://example.com/v1");
    }

    #[test]
    fn relative_addresses_start_from_one_of_the_caller() {
        for (base, expected) in [
            ("http://localhost:9090", "http://localhost:9090/api/v1"),
            ("http://localhost:9090/x/", "http://localhost:9090/api/v1"),
        ] {
            let server = Server::new("/api/v1").relative_to(base);
            assert_eq!(url(&server).unwrap(), expected);
        }
        let beside = Server::new("v2").relative_to("http://localhost/api/v1");
        assert_eq!(url(&beside).unwrap(), "http://localhost/api/v2");
        assert!(url(&Server::new("/api/v1")).is_err());
    }

    #[test]
    fn values_cannot_lead_to_another_host() {
        for value in [
            "evil.com/",
            "evil.com#",
            "evil.com?",
            "u@evil.com",
            "evil.com\\",
            "a\nb",
        ] {
            let server = Server::new("https://{tenant}.example.com/v1").with("tenant", value);
            let error = url(&server).unwrap_err();
            assert!(error.contains("`tenant` would lead elsewhere"), "{error}");
        }
        let path = Server::new("https://example.com/{path}").with("path", "a?key=hunter2");
        let error = url(&path).unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
