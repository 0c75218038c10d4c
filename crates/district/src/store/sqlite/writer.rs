//! One writer, and one fsync for everybody who waits for it. Whoever is done while others wait leaves the transaction open
//! for them; the last one commits for all. Nobody returns before what they wrote is on disk.

use super::{Tables, lock};
use crate::error::DistrictError;
use crate::store::Writes;
use rusqlite::Connection;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// The most pieces of work under one commit, so that the first does not wait for ever.
const TOGETHER_MAX: usize = 64;

pub struct Writer {
    desk: Mutex<Desk>,
    /// Those who wait for the desk. Who is counted here will come to it.
    waiting: AtomicUsize,
}

struct Desk {
    connection: Connection,
    /// The transaction that is open, if one is.
    open: Option<Arc<Together>>,
    /// Pieces of work that are in it.
    pieces: usize,
}

/// What became of a transaction, for those who left their work in it.
#[derive(Default)]
struct Together {
    committed: Mutex<Option<Result<(), Failed>>>,
    told: Condvar,
}

/// One error for many.
#[derive(Clone)]
enum Failed {
    Busy,
    Store(String),
}

impl From<Failed> for DistrictError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Busy => Self::Busy,
            Failed::Store(words) => Self::Store(words),
        }
    }
}

impl Writer {
    pub fn new(connection: Connection) -> Self {
        let desk = Desk { connection, open: None, pieces: 0 };
        Self { desk: Mutex::new(desk), waiting: AtomicUsize::new(0) }
    }

    pub fn change(
        &self,
        work: &mut dyn FnMut(&mut dyn Writes) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let desk = lock(&self.desk);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let mut turn = Turn { writer: self, desk, done: false };
        let together = turn.begin()?;
        work(&mut Tables(&turn.desk.connection))?;
        turn.keep()?;
        if self.waiting.load(Ordering::SeqCst) > 0 && turn.desk.pieces < TOGETHER_MAX {
            drop(turn);
            return Ok(together.wait()?);
        }
        Ok(turn.commit()?)
    }
}

/// Somebody at the desk. Leaving without [`Turn::keep`], by an error or a panic, takes this piece of work back alone.
struct Turn<'w> {
    writer: &'w Writer,
    desk: MutexGuard<'w, Desk>,
    done: bool,
}

impl Turn<'_> {
    fn begin(&mut self) -> Result<Arc<Together>, DistrictError> {
        if let Some(open) = self.desk.open.clone() {
            self.say("SAVEPOINT piece")?;
            return Ok(open);
        }
        // Nothing is open: nothing to take back either.
        self.done = true;
        self.say("BEGIN IMMEDIATE")?;
        self.done = false;
        let together = Arc::new(Together::default());
        self.desk.open = Some(Arc::clone(&together));
        self.desk.pieces = 0;
        Ok(together)
    }

    fn keep(&mut self) -> Result<(), DistrictError> {
        // A full disk takes the whole transaction back, whatever the work made of the error.
        if self.desk.connection.is_autocommit() {
            return Err(DistrictError::Store("transaction lost".into()));
        }
        if self.desk.pieces > 0 {
            self.say("RELEASE piece")?;
        }
        self.desk.pieces += 1;
        self.done = true;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failed> {
        let committed = self.say("COMMIT").map_err(|error| match error {
            DistrictError::Busy => Failed::Busy,
            error => Failed::Store(error.to_string()),
        });
        if committed.is_err() {
            let _ = self.say("ROLLBACK");
        }
        self.desk.pieces = 0;
        if let Some(together) = self.desk.open.take() {
            *lock(&together.committed) = Some(committed.clone());
            together.told.notify_all();
        }
        committed
    }

    fn say(&self, sql: &str) -> Result<(), DistrictError> {
        self.desk.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        if self.desk.pieces == 0 {
            let _ = self.say("ROLLBACK");
            self.desk.open = None;
            return;
        }
        let taken_back = self.say("ROLLBACK TO piece").and_then(|()| self.say("RELEASE piece"));
        // Others left their work here and wait for somebody to commit it.
        if taken_back.is_err() || self.writer.waiting.load(Ordering::SeqCst) == 0 {
            let _ = self.commit();
        }
    }
}

impl Together {
    fn wait(&self) -> Result<(), Failed> {
        let mut committed = lock(&self.committed);
        loop {
            match &*committed {
                Some(outcome) => return outcome.clone(),
                None => {
                    committed = self.told.wait(committed).unwrap_or_else(std::sync::PoisonError::into_inner);
                }
            }
        }
    }
}
