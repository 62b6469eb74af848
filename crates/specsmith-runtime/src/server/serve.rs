//! A server for connections: how many there are, how long each may take, and how they end.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::clock::{Clock, TimedIo};
use super::gate::Gate;

/// Serves a router on a listener until it is told to stop.
///
/// ```text
/// serve(listener, router(App))
///     .with_graceful_shutdown(shutdown_signal())
///     .await;
/// ```
///
/// Nothing that a client does or leaves undone holds a connection for ever: a request has 10 seconds for its head and 30
/// for its body, and a connection without a request is closed after 60. [`Server`] has these limits and more, and changes
/// them. What goes wrong with one connection ends only that connection.
pub fn serve(listener: TcpListener, router: axum::Router) -> Server {
    Server {
        listener,
        // Without a state to wait for, axum prepares handlers once and not for each request.
        router: router.with_state(()),
        limits: Limits::default(),
        shutdown: Box::pin(std::future::pending()),
        #[cfg(feature = "tls")]
        tls: None,
    }
}

/// A server that [`serve`] makes; it runs when it is awaited.
#[must_use = "a server runs when it is awaited"]
pub struct Server {
    listener: TcpListener,
    router: axum::Router,
    limits: Limits,
    shutdown: Pin<Box<dyn Future<Output = ()> + Send>>,
    #[cfg(feature = "tls")]
    tls: Option<super::tls::Tls>,
}

/// What clients may ask of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) header_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) body_timeout: Duration,
    pub(crate) body_rate: u32,
    pub(crate) shutdown_timeout: Duration,
    pub(crate) connections: usize,
    pub(crate) header_bytes: usize,
    pub(crate) headers: usize,
    pub(crate) uri_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            body_timeout: Duration::from_secs(30),
            body_rate: 16 * 1024,
            shutdown_timeout: Duration::from_secs(30),
            connections: 10_000,
            header_bytes: 32 * 1024,
            headers: 100,
            uri_bytes: 16 * 1024,
        }
    }
}

impl Server {
    /// Stops the server when this future is ready, such as [`shutdown_signal`].
    ///
    /// New connections are refused from then on; requests that are being answered have
    /// [`shutdown_timeout`](Self::shutdown_timeout) to be finished.
    pub fn with_graceful_shutdown(
        mut self,
        signal: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        self.shutdown = Box::pin(signal);
        self
    }

    /// How long requests may still take once the server is told to stop; 30 seconds unless it is set.
    pub fn shutdown_timeout(mut self, timeout: Duration) -> Self {
        self.limits.shutdown_timeout = timeout;
        self
    }

    /// How long the head of a request may take, and the handshake of TLS; 10 seconds unless it is set.
    ///
    /// A connection that takes longer is closed.
    pub fn header_timeout(mut self, timeout: Duration) -> Self {
        self.limits.header_timeout = timeout;
        self
    }

    /// How long a connection is kept between requests, and how long a client may take nothing of a response; 60 seconds
    /// unless it is set.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle_timeout = timeout;
        self
    }

    /// How long the body of a request may take, beside the time that [`body_rate`](Self::body_rate) allows; 30 seconds
    /// unless it is set.
    ///
    /// What takes longer is answered with `408 Request Timeout`.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.limits.body_timeout = timeout;
        self
    }

    /// How many bytes of a body give it another second, so that large bodies of slow clients arrive; 16 KiB unless it is
    /// set.
    pub fn body_rate(mut self, bytes: u32) -> Self {
        self.limits.body_rate = bytes;
        self
    }

    /// How many connections there are at most; 10,000 unless it is set.
    ///
    /// Further ones wait until others end.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.limits.connections = connections;
        self
    }

    /// How many bytes the headers of a request have at most; 32 KiB unless it is set.
    ///
    /// More are answered with `431 Request Header Fields Too Large`.
    pub fn max_header_bytes(mut self, bytes: usize) -> Self {
        self.limits.header_bytes = bytes;
        self
    }

    /// How many headers a request has at most; 100 unless it is set.
    ///
    /// More are answered with `431 Request Header Fields Too Large`.
    pub fn max_headers(mut self, headers: usize) -> Self {
        self.limits.headers = headers;
        self
    }

    /// How many bytes the path and query of a request have at most; 16 KiB unless it is set, never more than 64 KiB.
    ///
    /// More are answered with `414 URI Too Long`.
    pub fn max_uri_bytes(mut self, bytes: usize) -> Self {
        self.limits.uri_bytes = bytes;
        self
    }

    /// Speaks TLS with this configuration.
    ///
    /// Where it names no protocols, clients are offered those that the server has.
    #[cfg(feature = "tls")]
    pub fn with_tls(mut self, config: Arc<super::tls::ServerConfig>) -> Self {
        self.tls = Some(super::tls::Tls::new(config));
        self
    }

    async fn run(self) {
        // A message tells connections to finish what they do, the end of the channel to end at once.
        let (stop, stopped) = watch::channel(());
        let slots = Arc::new(Semaphore::new(
            self.limits.connections.min(Semaphore::MAX_PERMITS),
        ));
        let mut shutdown = self.shutdown;
        loop {
            let (stream, peer, slot) = tokio::select! {
                () = &mut shutdown => break,
                accepted = accept(&self.listener, &slots) => accepted,
            };
            let connection = Connection {
                gate: Gate::new(self.router.clone(), peer, self.limits),
                limits: self.limits,
                stopped: stopped.clone(),
                _slot: slot,
            };
            // Small writes are whole responses: waiting for more only delays them.
            let _ = stream.set_nodelay(true);
            #[cfg(feature = "tls")]
            if let Some(tls) = &self.tls {
                tokio::spawn(connection.run_tls(tls.clone(), stream));
                continue;
            }
            tokio::spawn(connection.run(stream));
        }
        drop((self.listener, stopped));
        let _ = stop.send(());
        let _ = tokio::time::timeout(self.limits.shutdown_timeout, stop.closed()).await;
    }
}

impl IntoFuture for Server {
    type Output = ();
    type IntoFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("listener", &self.listener)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Waits until the process is told to end: by `SIGTERM` or Ctrl-C.
pub async fn shutdown_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                Ok(()) = tokio::signal::ctrl_c() => return,
            }
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // It is never closed, so there is always a permit.
    let slot = Arc::clone(slots).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, slot),
            Err(error) if is_of_client(&error) => {}
            // Usually too many open files: others may close meanwhile.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Whether a client went away before it was accepted.
fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

/// How many headers hyper takes unless it is told; where that is enough, reading them needs no memory of its own.
const HYPERS_HEADERS: usize = 100;

/// A connection before anything is read.
pub(super) struct Connection {
    pub(super) gate: Gate,
    pub(super) limits: Limits,
    stopped: watch::Receiver<()>,
    _slot: Option<OwnedSemaphorePermit>,
}

impl Connection {
    /// Answers requests until either side closes.
    pub(super) async fn run<T>(self, stream: T)
    where
        T: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let Self {
            gate,
            limits,
            mut stopped,
            _slot,
        } = self;
        let clock = Arc::new(Clock::new(limits.header_timeout, limits.idle_timeout));
        let io = TokioIo::new(TimedIo::new(stream, Arc::clone(&clock)));
        let service = gate.service(clock);
        // Neither may refuse what the gate answers better; both have to hold it until then.
        let buffer = limits.header_bytes.saturating_add(128 * 1024);
        #[cfg(not(feature = "http2"))]
        let connection = {
            let mut builder = hyper::server::conn::http1::Builder::new();
            builder.header_read_timeout(None).max_buf_size(buffer);
            if limits.headers > HYPERS_HEADERS {
                builder.max_headers(limits.headers);
            }
            builder.serve_connection(io, service).with_upgrades()
        };
        #[cfg(feature = "http2")]
        let builder = {
            let executor = hyper_util::rt::TokioExecutor::new();
            let mut builder = hyper_util::server::conn::auto::Builder::new(executor);
            builder
                .http1()
                .header_read_timeout(None)
                .max_buf_size(buffer);
            if limits.headers > HYPERS_HEADERS {
                builder.http1().max_headers(limits.headers);
            }
            builder
                .http2()
                .max_header_list_size(u32::try_from(buffer).unwrap_or(u32::MAX));
            builder
        };
        #[cfg(feature = "http2")]
        let connection = builder
            .serve_connection_with_upgrades(io, service)
            .into_owned();
        let mut connection = pin!(connection);
        loop {
            tokio::select! {
                _ = connection.as_mut() => return,
                message = stopped.changed() => match message {
                    Ok(()) => connection.as_mut().graceful_shutdown(),
                    // The server waits no longer.
                    Err(_) => return,
                },
            }
        }
    }
}
