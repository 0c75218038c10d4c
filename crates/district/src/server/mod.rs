//! The server: TLS from the district's own authority, HTTP/1.1, and a limit on everything a stranger can ask for.

mod gate;
mod listen;
mod log;
mod reply;
mod routes;

pub use log::Log;

use crate::error::DistrictError;
use crate::home::{District, Tools};
use gate::Gate;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What one server takes at once and how long it waits. Every value has its unit in its name or type.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Open connections; more are told to come back (503).
    pub connections_max: usize,
    /// Open connections of one address, where the server sees addresses.
    pub connections_per_address_max: usize,
    /// Connections being turned away at once; beyond that they are dropped.
    pub turned_away_max: usize,
    /// Requests worked on at once.
    pub requests_max: usize,
    /// Requests being read or waiting for their turn besides; more are told to come back (503).
    pub waiting_max: usize,
    /// How long a request that was read waits for its turn.
    pub waiting: Duration,
    /// Memory for the bodies of all requests, in KiB.
    pub bodies_kib_max: usize,
    pub handshake: Duration,
    /// Reading the request's head, also the longest idle time of a connection.
    pub header: Duration,
    /// Reading the body and answering: 2 MiB over a line of 16 kB/s takes two minutes.
    pub request: Duration,
    /// A whole connection, however many requests it carries.
    pub connection: Duration,
    /// How long a stop waits for requests under way.
    pub stop: Duration,
    /// What a client that is turned away is told to wait at least, in seconds.
    pub retry_after_s: u32,
    /// So many of those turned away are told to come back in one second, the others later,
    pub returning_per_second_max: u32,
    /// but none more than so many seconds later.
    pub retry_spread_s: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 512,
            connections_per_address_max: 192,
            turned_away_max: 64,
            requests_max: 8,
            waiting_max: 248,
            waiting: Duration::from_secs(20),
            bodies_kib_max: 192 * 1_024,
            handshake: Duration::from_secs(15),
            header: Duration::from_secs(15),
            request: Duration::from_secs(300),
            connection: Duration::from_secs(900),
            stop: Duration::from_secs(20),
            retry_after_s: 5,
            returning_per_second_max: 20,
            retry_spread_s: 120,
        }
    }
}

pub struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    pub transport: Transport,
    pub limits: Limits,
    pub tools: Tools,
    pub log: Log,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// TLS from the district's own authority.
    Tls,
    /// For loopback, or behind a proxy that brings TLS.
    Plain { behind_proxy: bool },
}

pub struct Server;

/// A server that accepts connections. Dropping it without [`Running::stop`] ends it at once.
pub struct Running {
    /// Where it really listens.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    /// Opens the data folder and begins to listen; ready when this returns.
    pub async fn start(config: Config) -> Result<Running, DistrictError> {
        let Config { data, listen, transport, limits, tools, log } = config;
        if let Transport::Plain { behind_proxy: false } = transport
            && !listen.ip().is_loopback()
        {
            return Err(DistrictError::Asked(format!(
                "--plain-http hanya untuk 127.0.0.1. Untuk {listen}: hapus --plain-http, atau tambahkan \
                 --behind-proxy bila ada proksi yang mengamankan sambungan."
            )));
        }
        let opened = tokio::task::spawn_blocking(move || -> Result<_, DistrictError> {
            let district = District::open(&data, tools)?;
            let tls = match transport {
                Transport::Tls => Some(listen::tls(&district.server_identity()?)?),
                Transport::Plain { .. } => None,
            };
            Ok((district, tls))
        });
        let (district, tls) = opened.await.map_err(|error| DistrictError::Store(error.to_string()))??;
        let gate = Gate::new(&limits, transport == Transport::Tls);
        let router = routes::router(Arc::new(district), &limits, Arc::clone(&gate), log.clone());
        let socket = listen::bind(listen).await?;
        let addr = socket.local_addr().map_err(|source| listen::refused(listen, source))?;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(listen::accept(socket, tls, (router, gate), limits, log, stopped));
        Ok(Running { addr, stop, task })
    }
}

impl Running {
    /// Takes no more connections, lets requests under way finish, then returns.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}
