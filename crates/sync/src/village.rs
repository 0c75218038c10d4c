//! The driver's hold on a register: for a moment at a time, and never while it waits for the network.

use payung_register::Register;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

/// A register that may be locked (and so be gone) between two moments.
pub trait Village: Send + Sync {
    /// Runs `work` off the async threads; `None` when the register has been locked meanwhile.
    fn with<T, F>(&self, work: F) -> impl Future<Output = Option<T>> + Send
    where
        T: Send + 'static,
        F: FnOnce(&mut Register) -> T + Send + 'static;
}

/// The register of a program: there while unlocked.
pub type SharedRegister = Arc<Mutex<Option<Register>>>;

impl Village for SharedRegister {
    async fn with<T, F>(&self, work: F) -> Option<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Register) -> T + Send + 'static,
    {
        let shared = Arc::clone(self);
        let ran = tokio::task::spawn_blocking(move || {
            // A panic elsewhere cannot leave a half-written register: every change is one transaction.
            let mut register = shared.lock().unwrap_or_else(PoisonError::into_inner);
            register.as_mut().map(work)
        });
        ran.await.ok().flatten()
    }
}
