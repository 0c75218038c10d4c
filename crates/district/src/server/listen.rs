//! Accepting connections: TLS handshake, then HTTP/1.1, each under a limit.

use super::gate::{Gate, Open, Peer};
use super::{Limits, Log};
use crate::error::DistrictError;
use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use payung_keys::ServerIdentity;
use rustls::ServerConfig;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

/// Most bytes of a request's head, and the read buffer of a connection.
const HEAD_BYTES_MAX: usize = 64 * 1024;
const HEADERS_MAX: usize = 64;
/// After a failed accept (no more file descriptors): leave the loop room to recover.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

pub async fn bind(address: SocketAddr) -> Result<TcpListener, DistrictError> {
    TcpListener::bind(address).await.map_err(|source| refused(address, source))
}

pub fn refused(address: SocketAddr, source: io::Error) -> DistrictError {
    DistrictError::Listen { address: address.to_string(), source }
}

/// Only HTTP/1.1 and only this certificate.
pub fn tls(identity: &ServerIdentity) -> Result<TlsAcceptor, DistrictError> {
    let unusable = |error: rustls::Error| DistrictError::Key(error.to_string());
    let certificate = CertificateDer::from(identity.certificate_der.clone());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(identity.key_der.to_vec()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .map_err(unusable)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Accepts until told to stop, then waits for the requests under way.
pub async fn accept(
    socket: TcpListener,
    tls: Option<TlsAcceptor>,
    (router, gate): (Router, Arc<Gate>),
    limits: Limits,
    log: Log,
    mut stopped: watch::Receiver<bool>,
) {
    let open = Arc::new(Semaphore::new(limits.connections_max));
    let turned_away = Arc::new(Semaphore::new(limits.turned_away_max));
    let crowded = Arc::clone(&gate);
    let busy = Router::new().fallback(move || async move { crowded.later() });
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let (stream, address) = match accepted {
            Ok((stream, peer)) => (stream, peer.ip()),
            Err(error) => {
                log.plain("accept_failed", &error.kind());
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let of_address = gate.open(address);
        let room = of_address.as_ref().and_then(|_| Arc::clone(&open).try_acquire_owned().ok());
        let (permit, service) = match room {
            Some(permit) => (permit, router.clone()),
            None => match Arc::clone(&turned_away).try_acquire_owned() {
                Ok(permit) => (permit, busy.clone()),
                Err(_) => continue,
            },
        };
        let connection = Connection {
            service: TowerToHyperService::new(service),
            address,
            limits: limits.clone(),
            watcher: graceful.watcher(),
            held: (permit, of_address),
        };
        tokio::spawn(connection.run(stream, tls.clone()));
    }
    drop(socket);
    let _ = timeout(limits.stop, graceful.shutdown()).await;
}

struct Connection {
    service: TowerToHyperService<Router>,
    address: IpAddr,
    limits: Limits,
    watcher: Watcher,
    held: (OwnedSemaphorePermit, Option<Open>),
}

impl Connection {
    /// A connection that fails says nothing: strangers and broken lines are normal.
    async fn run(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let _ = stream.set_nodelay(true);
        match tls {
            Some(tls) => {
                if let Ok(Ok(stream)) = timeout(self.limits.handshake, tls.accept(stream)).await {
                    self.serve(stream).await;
                }
            }
            None => self.serve(stream).await,
        }
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let (service, peer) = (self.service, Peer(self.address));
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            service.call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.header)
            .max_buf_size(HEAD_BYTES_MAX)
            .max_headers(HEADERS_MAX)
            .auto_date_header(false)
            .serve_connection(TokioIo::new(stream), answer);
        let _ = timeout(self.limits.connection, self.watcher.watch(connection)).await;
        drop(self.held);
    }
}
