//! TLS of connections, by rustls.

use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

pub use tokio_rustls::rustls::ServerConfig;

use super::serve::Connection;

/// The protocols that clients may choose from, the best first.
const PROTOCOLS: &[&str] = &[
    #[cfg(feature = "http2")]
    "h2",
    "http/1.1",
];

/// How a server speaks TLS.
#[derive(Clone)]
pub(super) struct Tls(TlsAcceptor);

impl Tls {
    pub(super) fn new(mut config: Arc<ServerConfig>) -> Self {
        if config.alpn_protocols.is_empty() {
            let config = Arc::make_mut(&mut config);
            config.alpn_protocols = PROTOCOLS.iter().map(|name| (*name).into()).collect();
        }
        Self(TlsAcceptor::from(config))
    }
}

/// The certificate of the client, which the configuration asked for and verified. Servers of several documents share it.
pub(super) type PeerCertificate = Arc<CertificateDer<'static>>;

impl Connection {
    /// Answers requests once the other side has proved that it speaks TLS.
    pub(super) async fn run_tls(mut self, tls: Tls, stream: TcpStream) {
        let handshake = tls.0.accept(stream);
        if let Ok(Ok(stream)) = tokio::time::timeout(self.limits.header_timeout, handshake).await {
            let certificates = stream.get_ref().1.peer_certificates();
            let own = certificates.and_then(|chain| chain.first());
            self.gate.certificate = own.map(|own| Arc::new(own.clone().into_owned()));
            self.run(stream).await;
        }
    }
}

/// A configuration of TLS from the texts of PEM files: a certificate with those that prove it, and its private key.
///
/// # Errors
/// When there is no certificate or no key in the texts, or they do not belong together.
pub fn tls_from_pem(certificates: &[u8], key: &[u8]) -> io::Result<Arc<ServerConfig>> {
    let invalid = |error: String| io::Error::new(io::ErrorKind::InvalidData, error);
    let chain = CertificateDer::pem_slice_iter(certificates)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| invalid(error.to_string()))?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| invalid(error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| invalid(error.to_string()))?;
    Ok(Arc::new(config))
}
