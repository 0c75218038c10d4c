//! What the program holds while it runs: the register while it is open, who sits in the head's room, the idle clock.

use crate::courier::Courier;
use crate::dto::{CommandError, Stage, StageReason, SyncProgress, SyncStatus};
use crate::error::Answered;
use crate::idle::IdleClock;
use crate::preferences::Preferences;
use payung_domain::{Clock, Randomness, Timestamp};
use payung_register::{HeadSession, Register, RegisterError, Tools};
use payung_sync::{SharedRegister, Village};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How a command reaches the program.
pub type Here<'a> = tauri::State<'a, Arc<Payung>>;

/// What the program tells the window unasked.
pub enum News {
    Stage(Stage, StageReason),
    Status(SyncStatus),
    Progress(SyncProgress),
    Answers(Vec<i64>),
}

pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

pub struct Payung {
    pub folder: PathBuf,
    pub tools: Tools,
    pub idle: IdleClock,
    pub courier: Arc<Courier>,
    register: SharedRegister,
    head: Mutex<Option<Arc<HeadSession>>>,
    preferences: Mutex<Preferences>,
    tell: Tell,
}

impl Payung {
    pub fn new(folder: &Path, tools: Tools, tell: Tell) -> Self {
        let register = SharedRegister::default();
        Self {
            folder: folder.to_owned(),
            idle: IdleClock::new(tools.clock.now()),
            courier: Arc::new(Courier::new(folder, register.clone(), tools.clone(), tell.clone())),
            register,
            head: Mutex::new(None),
            preferences: Mutex::new(Preferences::load(folder)),
            tools,
            tell,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.tools.clock.now()
    }

    // -- Working with the register -----------------------------------------------------------------------------------

    /// Runs `work` on the open register, away from the window's thread.
    pub async fn with<T, F>(&self, work: F) -> Answered<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Register) -> Answered<T> + Send + 'static,
    {
        self.register.with(work).await.unwrap_or_else(|| Err(CommandError::locked()))
    }

    /// As [`Self::with`], for work that writes: the courier looks whether something waits now.
    pub async fn write<T, F>(&self, work: F) -> Answered<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Register) -> Answered<T> + Send + 'static,
    {
        let written = self.with(work).await;
        self.courier.written();
        written
    }

    /// As [`Self::write`], in the head's room only.
    pub async fn write_as_head<T, F>(&self, work: F) -> Answered<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Register, &HeadSession) -> Answered<T> + Send + 'static,
    {
        let head = self.head().ok_or_else(CommandError::head_room_closed)?;
        self.write(move |register| work(register, &head)).await
    }

    // -- Opening and closing -----------------------------------------------------------------------------------------

    /// Opens with whatever `opening` does; the slow part (guessing is meant to be slow) runs off the window's thread.
    pub async fn open<F, T>(&self, opening: F) -> Answered<T>
    where
        F: FnOnce(&Path, Tools) -> Result<(Register, T), RegisterError> + Send + 'static,
        T: Send + 'static,
    {
        let (folder, tools, shared) = (self.folder.clone(), self.tools.clone(), self.register.clone());
        let opened = tokio::task::spawn_blocking(move || {
            let mut held = shared.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody else may have opened it while this one waited: close that first, the folder is one program's.
            *held = None;
            let (register, more) = opening(&folder, tools)?;
            let settings = register.settings()?;
            let name = crate::convert::village::full_name(register.village());
            *held = Some(register);
            Ok::<_, RegisterError>((more, settings.idle_lock_minutes, name))
        });
        let (more, minutes, name) = opened.await.map_err(|_| CommandError::broken())??;
        self.set_head(None);
        self.idle.set_minutes(minutes);
        self.idle.touch(self.now());
        self.prefer(|preferences| preferences.village = Some(name));
        self.courier.opened();
        Ok(more)
    }

    /// Closes the register and the head's room. What was typed is on disk already.
    pub async fn lock(&self, reason: StageReason) {
        self.set_head(None);
        self.courier.closed();
        let shared = self.register.clone();
        let closed = tokio::task::spawn_blocking(move || {
            shared.lock().unwrap_or_else(PoisonError::into_inner).take().is_some()
        });
        if closed.await.unwrap_or(false) {
            (self.tell)(News::Stage(Stage::Locked, reason));
        }
    }

    /// Closes by itself when nobody touched anything for the minutes of the settings. Runs as long as the program.
    pub async fn watch_idle(self: Arc<Self>) {
        const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(2);
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if self.idle.is_over(self.now()) && self.register.with(|_| ()).await.is_some() {
                self.lock(StageReason::Idle).await;
            }
        }
    }

    pub async fn stage(&self) -> Stage {
        let open = self.register.with(|_| ()).await.is_some();
        match (open, self.head().is_some()) {
            (true, true) => Stage::HeadRoom,
            (true, false) => Stage::Open,
            (false, _) if Register::exists(&self.folder) => Stage::Locked,
            (false, _) => Stage::Setup,
        }
    }

    // -- The head's room ---------------------------------------------------------------------------------------------

    pub fn head(&self) -> Option<Arc<HeadSession>> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_head(&self, session: Option<HeadSession>) {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner) = session.map(Arc::new);
    }

    pub fn say_stage(&self, stage: Stage, reason: StageReason) {
        (self.tell)(News::Stage(stage, reason));
    }

    // -- What is remembered while closed -------------------------------------------------------------------------------

    pub fn preferences(&self) -> Preferences {
        self.preferences.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes and keeps them; a full disk costs a text size, not the work at hand.
    pub fn prefer(&self, change: impl FnOnce(&mut Preferences)) {
        let mut held = self.preferences.lock().unwrap_or_else(PoisonError::into_inner);
        let before = held.clone();
        change(&mut held);
        if *held != before
            && let Err(error) = held.save(&self.folder)
        {
            eprintln!("window.json could not be written: {error}");
        }
    }
}

/// The operating system's clock and chance, with the full cost of guessing a passphrase.
pub fn real_tools() -> Tools {
    let clock: Arc<dyn Clock> = Arc::new(payung_system::SystemClock);
    let randomness: Arc<dyn Randomness> = Arc::new(payung_system::SystemRandom);
    Tools::new(clock, randomness)
}
