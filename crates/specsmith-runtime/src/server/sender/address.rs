//! Where requests may go: an address that a stranger gave could lead into the network of the server.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::Uri;
use reqwest::Url;

use super::SendError;

/// Where requests may go: unless more is allowed, to `https` addresses that are public.
///
/// Loopback, private, link-local, shared, reserved and multicast addresses are not (RFC 6890), nor are those of IPv6 that
/// stand for such of IPv4. Names are looked at when they are resolved, so what they lead to later counts as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Addresses {
    http: bool,
    private: bool,
}

impl Addresses {
    /// Only public ones, by `https`.
    pub const fn public() -> Self {
        Self {
            http: false,
            private: false,
        }
    }

    /// Those of `http`, too: what is sent can be read and changed on its way.
    pub const fn allow_http(mut self) -> Self {
        self.http = true;
        self
    }

    /// Those of one's own machine and network, too, for tests and where all receivers are one's own.
    pub const fn allow_private(mut self) -> Self {
        self.private = true;
        self
    }

    /// Whether requests may go to this address.
    pub fn allows(self, ip: IpAddr) -> bool {
        self.private || is_public(ip)
    }
}

/// An address where no request goes. What the address is, is not said: its owner would learn about the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusedAddress {
    /// It is no URL, or has no host.
    Invalid,
    /// It is not one of `https`.
    Scheme,
    /// It has a name of a user or a password.
    Credentials,
    /// It leads to no public address.
    Private,
}

impl fmt::Display for RefusedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invalid => "the address is no URL of a host",
            Self::Scheme => "the address is not one of `https`",
            Self::Credentials => "the address has credentials in it",
            Self::Private => "the address is not public",
        })
    }
}

impl Error for RefusedAddress {}

/// A refusal that something else was caused by.
pub(super) fn refused(error: &(dyn Error + 'static)) -> Option<RefusedAddress> {
    let mut error = Some(error);
    while let Some(cause) = error {
        if let Some(refused) = cause.downcast_ref::<RefusedAddress>() {
            return Some(*refused);
        }
        error = cause.source();
    }
    None
}

/// An address that requests may go to, as far as can be told before names are resolved.
pub(super) struct Target(Url);

impl Target {
    pub(super) fn parse(text: &str, addresses: Addresses) -> Result<Self, SendError> {
        let mut url = Url::parse(text).map_err(|_| RefusedAddress::Invalid)?;
        match url.scheme() {
            "https" => {}
            "http" if addresses.http => {}
            _ => return Err(RefusedAddress::Scheme.into()),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(RefusedAddress::Credentials.into());
        }
        let host = url.host_str().ok_or(RefusedAddress::Invalid)?;
        // Other ways to write an address, such as `0x7f.1`, are in their usual form now.
        let ip = host.trim_start_matches('[').trim_end_matches(']').parse();
        if ip.is_ok_and(|ip| !addresses.allows(ip)) {
            return Err(RefusedAddress::Private.into());
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// Adds pairs to the query.
    pub(super) fn add(&mut self, query: &[(&'static str, String)]) {
        if !query.is_empty() {
            self.0.query_pairs_mut().extend_pairs(query);
        }
    }

    pub(super) fn uri(&self) -> Result<Uri, RefusedAddress> {
        self.0.as_str().parse().map_err(|_| RefusedAddress::Invalid)
    }
}

/// Whether an address is one of the internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        // "This network", and what is reserved with the address of broadcasts.
        || a == 0
        || a >= 240
        // Shared by providers (RFC 6598), protocols (RFC 6890), benchmarks (RFC 2544), relays to IPv6 (RFC 7526).
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (18..20).contains(&b))
        || (a, b, c) == (192, 88, 99);
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        // What stands for an address of IPv4: mapped, translated (RFC 6052) and 6to4 (RFC 3056).
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => v4(g, h),
        (0x2002, high, low, ..) => v4(high, low),
        // Teredo and other protocols, and documentation.
        (0x2001, 0..0x200 | 0xdb8, ..) | (0x3fff, 0..0x1000, ..) => false,
        // Only these are given out (RFC 4291, section 2.4): no loopback, unique local, link-local and multicast ones.
        _ => a & 0xe000 == 0x2000,
    }
}
