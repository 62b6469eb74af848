//! The server over TLS, with a certificate that openssl makes.

use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto};

use super::super::auth::{Gate, Scheme, Security};
use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;
use super::super::serve::serve;
use super::super::tls::tls_from_pem;

/// A certificate for `localhost` and its key; `None` where there is no openssl.
fn certificate() -> Option<(Vec<u8>, Vec<u8>)> {
    let output = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ])
        .args([
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-days",
            "2",
            "-keyout",
            "-",
        ])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let at = text.find("-----BEGIN CERTIFICATE")?;
    let (key, certificate) = text.split_at(at);
    Some((certificate.into(), key.into()))
}

#[tokio::test]
async fn requests_come_over_tls() {
    let Some((chain, key)) = certificate() else {
        println!("skipped: there is no openssl");
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new().route("/", axum::routing::get(async || "hello"));
    let config = tls_from_pem(&chain, &key).unwrap();
    tokio::spawn(serve(listener, router).with_tls(config).into_future());

    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(&chain).unwrap())
        .unwrap();
    let provider = Arc::new(crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    let handshake = hyper::client::conn::http2::handshake;
    let (mut sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream))
        .await
        .unwrap();
    tokio::spawn(connection);
    let request = hyper::Request::get(format!("https://localhost:{}/", address.port()));
    let response = sender
        .send_request(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.version(), hyper::Version::HTTP_2);
}

#[test]
fn what_is_no_certificate_is_refused() {
    assert!(tls_from_pem(b"", b"").is_err());
    let Some((chain, key)) = certificate() else {
        return;
    };
    assert!(tls_from_pem(&chain, b"").is_err());
    assert!(tls_from_pem(b"", &key).is_err());
}

static SECURITY: Security = Security {
    realm: "devices",
    schemes: &[Scheme::mutual_tls("device")],
};

static HELLO: OperationInfo = OperationInfo {
    id: "hello",
    method: "GET",
    path: "/",
    tags: &[],
    produces: &[],
    security: &[&[("device", &[])]],
};

/// Lets those through who have the certificate that the service holds.
async fn hello(expected: Arc<Vec<u8>>, mut request: Request) -> Result<Response, Problem> {
    let mut gate = Gate::new(&mut request, &SECURITY);
    match gate.certificate("device") {
        Some((certificate, _)) if certificate.der() == *expected => Ok(response::empty(204)),
        _ => Err(gate.refusal()),
    }
}

#[tokio::test]
async fn certificates_of_clients_reach_their_scheme() {
    let (Some(server), Some(client)) = (certificate(), certificate()) else {
        println!("skipped: there is no openssl");
        return;
    };
    let der = |chain: &[u8]| CertificateDer::from_pem_slice(chain).unwrap();
    let key = |key: &[u8]| PrivateKeyDer::from_pem_slice(key).unwrap();
    let roots = |chain: &[u8]| {
        let mut roots = RootCertStore::empty();
        roots.add(der(chain)).unwrap();
        Arc::new(roots)
    };
    let provider = Arc::new(crypto::ring::default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(roots(&client.0), Arc::clone(&provider))
            .allow_unauthenticated()
            .build()
            .unwrap();
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![der(&server.0)], key(&server.1))
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = Arc::new(der(&client.0).to_vec());
    let router = Routes::new().add(&HELLO, &service, hello).into_router();
    let running = serve(listener, router).with_tls(Arc::new(config));
    tokio::spawn(running.into_future());

    for (identity, expected) in [(Some(&client), 204), (None, 401)] {
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots(&server.0));
        let config = match identity {
            Some((chain, pem)) => config
                .with_client_auth_cert(vec![der(chain)], key(pem))
                .unwrap(),
            None => config.with_no_client_auth(),
        };
        let stream = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let connector = TlsConnector::from(Arc::new(config));
        let stream = connector.connect(name, stream).await.unwrap();
        let handshake = hyper::client::conn::http1::handshake;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let request = hyper::Request::get("/").header("host", "localhost");
        let request = request.body(Body::empty()).unwrap();
        let response = sender.send_request(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(Body::new(response.into_body()), usize::MAX)
            .await
            .unwrap();
        assert_eq!(status, expected, "{body:?}");
    }
}
