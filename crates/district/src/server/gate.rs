//! Who may come in, and how many at once. Everything waits in a bounded place or is told when to come back; nobody, however
//! slow or greedy, takes all places. What is taken by an answer given to the end is never lost: whoever is sent away has
//! been promised nothing.

use super::Limits;
use super::reply::{Problem, busy};
use axum::body::{Body, Bytes};
use axum::response::Response;
use hyper::body::Body as _;
use std::collections::HashMap;
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

/// One address may hold this part of the places and of the memory: many villages may stand behind one address of their
/// mobile network, a stranger behind another shall not keep them out.
const SHARE: usize = 4;
const KIB: usize = 1_024;

/// Who is at the other end of a connection.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

pub struct Gate {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    /// Kibibytes of bodies in memory.
    memory: Arc<Semaphore>,
    limits: Limits,
    /// Behind a proxy everybody has one address: then the proxy divides.
    by_address: bool,
    held: Mutex<HashMap<IpAddr, Held>>,
    next: Mutex<Option<Instant>>,
}

#[derive(Clone, Copy, Default)]
struct Held {
    connections: usize,
    places: usize,
    kib: usize,
}

/// A place inside. Leaving gives back everything.
pub struct Place {
    gate: Arc<Gate>,
    address: IpAddr,
    kib: usize,
    _place: OwnedSemaphorePermit,
    memory: Vec<OwnedSemaphorePermit>,
}

/// An open connection of an address.
pub struct Open {
    gate: Arc<Gate>,
    address: IpAddr,
}

impl Gate {
    pub fn new(limits: &Limits, by_address: bool) -> Arc<Self> {
        Arc::new(Self {
            places: Arc::new(Semaphore::new(limits.requests_max + limits.waiting_max)),
            turns: Arc::new(Semaphore::new(limits.requests_max)),
            memory: Arc::new(Semaphore::new(limits.bodies_kib_max)),
            limits: limits.clone(),
            by_address,
            held: Mutex::default(),
            next: Mutex::default(),
        })
    }

    /// `None`: the address has its share of connections.
    pub fn open(self: &Arc<Self>, address: IpAddr) -> Option<Open> {
        let mut held = lock(&self.held);
        let of = held.entry(address).or_default();
        if self.by_address && of.connections >= self.limits.connections_per_address_max {
            return None;
        }
        of.connections += 1;
        Some(Open { gate: Arc::clone(self), address })
    }

    /// `None`: no place is free, or the address has its share of them.
    pub fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let mut held = lock(&self.held);
        let of = held.entry(address).or_default();
        let share = (self.limits.requests_max + self.limits.waiting_max).div_ceil(SHARE);
        if self.by_address && of.places >= share {
            return None;
        }
        of.places += 1;
        drop(held);
        Some(Place { gate: Arc::clone(self), address, kib: 0, _place: place, memory: Vec::new() })
    }

    /// A turn to work; `None`: it took too long to come.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        timeout(self.limits.waiting, Arc::clone(&self.turns).acquire_owned()).await.ok()?.ok()
    }

    /// Tells a client when to come back: each another time, so that they do not all return at once.
    pub fn later(&self) -> Response {
        busy(self.retry_after_s())
    }

    fn retry_after_s(&self) -> u32 {
        let now = Instant::now();
        let mut next = lock(&self.next);
        let longest = now + Duration::from_secs(u64::from(self.limits.retry_spread_s));
        let at = next.unwrap_or(now).max(now);
        *next =
            Some((at + Duration::from_secs(1) / self.limits.returning_per_second_max.max(1)).min(longest));
        let wait = u32::try_from((at - now).as_secs()).unwrap_or(self.limits.retry_spread_s);
        self.limits.retry_after_s + wait
    }

    fn change(&self, address: IpAddr, change: impl FnOnce(&mut Held)) {
        let mut held = lock(&self.held);
        let of = held.entry(address).or_default();
        change(of);
        if of.connections == 0 && of.places == 0 && of.kib == 0 {
            held.remove(&address);
        }
    }
}

impl Place {
    /// Reads a body whole, as far as it fits the memory that all bodies share.
    pub async fn read(&mut self, mut body: Body, bytes_max: usize) -> Result<Bytes, Response> {
        let too_large = || axum::response::IntoResponse::into_response(Problem::too_large());
        if body.size_hint().lower() > bytes_max as u64 {
            return Err(too_large());
        }
        let mut read: Vec<u8> = Vec::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let frame =
                frame.map_err(|_| axum::response::IntoResponse::into_response(Problem::malformed()))?;
            let Ok(data) = frame.into_data() else { continue };
            if read.len() + data.len() > bytes_max {
                return Err(too_large());
            }
            self.pay((read.len() + data.len()).div_ceil(KIB)).await?;
            read.extend_from_slice(&data);
        }
        Ok(read.into())
    }

    async fn pay(&mut self, kib: usize) -> Result<(), Response> {
        let more = kib.saturating_sub(self.kib);
        if more == 0 {
            return Ok(());
        }
        {
            let mut held = lock(&self.gate.held);
            let of = held.entry(self.address).or_default();
            if self.gate.by_address && of.kib + more > self.gate.limits.bodies_kib_max / SHARE {
                return Err(self.gate.later());
            }
            of.kib += more;
            self.kib += more;
        }
        let permits = u32::try_from(more).unwrap_or(u32::MAX);
        let asked = Arc::clone(&self.gate.memory).acquire_many_owned(permits);
        match timeout(self.gate.limits.waiting, asked).await {
            Ok(Ok(permit)) => self.memory.push(permit),
            _ => return Err(self.gate.later()),
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.gate.change(self.address, |held| {
            held.places -= 1;
            held.kib -= self.kib;
        });
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.gate.change(self.address, |held| held.connections -= 1);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
