//! What the program holds while it runs: the register while it is open, who sits in the head's room, the idle clock.

use crate::courier::Courier;
use crate::dto::{CommandError, ErrorCode, Stage, StageReason, SyncProgress, SyncStatus, WorkProgress};
use crate::error::Answered;
use crate::given::GivenFiles;
use crate::idle::IdleClock;
use crate::importing::OpenImport;
use crate::preferences::Preferences;
use crate::viewing::ViewedFiles;
use crate::work::{Stops, Work};
use payung_domain::{Clock, Randomness, Timestamp};
use payung_register::{HeadSession, Op, Register, RegisterError, Tools};
use payung_sync::{SharedRegister, Village};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How a command reaches the program.
pub type Here<'a> = tauri::State<'a, Arc<Payung>>;

/// What the program tells the window unasked.
#[allow(clippy::large_enum_variant)] // heard one at a time, never kept
pub enum News {
    Stage(Stage, StageReason),
    Status(SyncStatus),
    Progress(SyncProgress),
    Answers(Vec<i64>),
    Dropped(Vec<String>),
    Work(WorkProgress),
}

pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

pub struct Payung {
    pub folder: PathBuf,
    pub tools: Tools,
    pub idle: IdleClock,
    pub courier: Arc<Courier>,
    pub given: GivenFiles,
    /// Files that the program was started with, until somebody is at the open window.
    handed_over: Mutex<Vec<PathBuf>>,
    pub viewed: ViewedFiles,
    /// The file that is being imported.
    pub import: OpenImport,
    pub stops: Stops,
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
            given: GivenFiles::default(),
            handed_over: Mutex::default(),
            viewed: ViewedFiles::new(folder),
            import: OpenImport::default(),
            stops: Stops::default(),
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

    /// Long work that the window watches and may stop.
    pub fn work(&self, stage: &'static str) -> Work {
        Work::begin(stage, &self.stops, self.tools.clock.clone(), self.tell.clone())
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

    /// Closes the register and the head's room. What was typed is on disk already; long work stops and leaves nothing.
    pub async fn lock(&self, reason: StageReason) {
        self.stops.stop();
        self.close_head_room().await;
        self.given.forget();
        self.viewed.clear();
        self.courier.closed();
        let shared = self.register.clone();
        let import = self.import.clone();
        let closed = tokio::task::spawn_blocking(move || {
            let closed = shared.lock().unwrap_or_else(PoisonError::into_inner).take().is_some();
            // After the register: nothing is opened beside a closed one.
            import.close();
            closed
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

    /// Whatever he froze and did not sign is erased. What cannot be erased now is when the register is opened again.
    pub async fn close_head_room(&self) {
        self.set_head(None);
        match self.with(|register| Ok(register.transact(Op::CloseHeadRoom)?)).await {
            Err(error) if error.code != ErrorCode::Locked => {
                eprintln!("frozen pages stay until the register is opened again");
            }
            _ => {}
        }
    }

    pub fn say_stage(&self, stage: Stage, reason: StageReason) {
        (self.tell)(News::Stage(stage, reason));
    }

    // -- Files put before the program --------------------------------------------------------------------------------

    /// Files were dropped on the window: they may be read from now on, and the window is told their paths.
    pub fn dropped(&self, paths: &[PathBuf]) {
        let named = paths.iter().filter_map(|path| path.to_str().map(str::to_owned)).collect();
        self.given.remember(paths.iter().cloned());
        (self.tell)(News::Dropped(named));
    }

    /// The program was started with these files, or started once more with them while it runs.
    pub fn hand_over(&self, files: Vec<PathBuf>) {
        self.handed_over.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
    }

    /// Somebody is at the keyboard: the idle clock starts again, and files that wait are put before the open window.
    pub async fn touched(&self) {
        self.idle.touch(self.now());
        self.deliver().await;
    }

    /// Puts files that wait before the window, once it is open.
    pub async fn deliver(&self) {
        let waiting = || self.handed_over.lock().unwrap_or_else(PoisonError::into_inner);
        if !waiting().is_empty() && self.register.with(|_| ()).await.is_some() {
            let files = std::mem::take(&mut *waiting());
            self.dropped(&files);
        }
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::dto::{ErrorCode, NewPerson, NewRegister};
    use payung_sync::SyncError;
    use std::sync::mpsc;

    pub(crate) const SECRET: &str = "padi sawah kuning";
    const HEAD_SECRET: &str = "kelapa gading 77";

    pub(crate) fn payung(folder: &Path) -> (Arc<Payung>, mpsc::Receiver<News>) {
        let (said, heard) = mpsc::channel();
        let said = Mutex::new(said);
        let tell = move |news| drop(said.lock().unwrap().send(news));
        (Arc::new(Payung::new(folder, cheap_tools(), Arc::new(tell))), heard)
    }

    pub(crate) fn cheap_tools() -> Tools {
        Tools { cost: payung_keys::KdfCost::LIGHT, ..real_tools() }
    }

    pub(crate) async fn set_up(payung: &Payung) {
        let person =
            |name: &str, secret: &str| NewPerson { name: name.to_owned(), secret: secret.to_owned() };
        let new = NewRegister {
            village: "33.05.01.2001".to_owned(),
            head_title: "Kepala Desa".to_owned(),
            operators: vec![person("Siti Aminah", SECRET)],
            head: Some(person("Harjo Sumarto", HEAD_SECRET)),
            idle_minutes: 7,
            enrolment: None,
        };
        let setup = crate::convert::enrolment::setup(new, None).unwrap();
        payung.open(move |folder, tools| Register::create(folder, &setup, tools)).await.unwrap();
    }

    #[tokio::test]
    async fn it_knows_where_it_stands_from_set_up_to_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, heard) = payung(folder.path());
        assert_eq!(payung.stage().await, Stage::Setup);
        set_up(&payung).await;
        assert_eq!((payung.stage().await, payung.idle.minutes()), (Stage::Open, 7));
        payung.lock(StageReason::Asked).await;
        assert_eq!(payung.stage().await, Stage::Locked);
        assert_eq!(payung.preferences().village.as_deref(), Some("Desa Argopeni"), "for the unlock page");
        let told =
            heard.try_iter().any(|news| matches!(news, News::Stage(Stage::Locked, StageReason::Asked)));
        assert!(told, "the window hears that it is locked");
        let refused = payung.with(|_| Ok(())).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Locked);
    }

    #[tokio::test]
    async fn a_wrong_secret_opens_nothing_and_the_operator_never_gets_the_heads_room() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let refused =
            payung.with(|register| Ok(register.enter_head_room(1, SECRET)?)).await.map(|_| ()).unwrap_err();
        assert!(!refused.message.is_empty());
        assert_eq!(payung.write_as_head(|_, _| Ok(())).await.unwrap_err().code, ErrorCode::HeadRoomClosed);
        payung.lock(StageReason::Asked).await;
        let opening = |secret: &'static str| {
            payung.open(move |folder, tools| Ok((Register::unlock(folder, 1, secret, tools)?, ())))
        };
        assert_eq!(opening("salah sekali").await.unwrap_err().code, ErrorCode::WrongSecret);
        assert_eq!(payung.stage().await, Stage::Locked);
        opening(SECRET).await.unwrap();
        assert_eq!(payung.stage().await, Stage::Open);
    }

    #[tokio::test]
    async fn locking_closes_the_heads_room_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let session = payung.with(|register| Ok(register.enter_head_room(2, HEAD_SECRET)?)).await.unwrap();
        payung.set_head(Some(session));
        assert_eq!(payung.stage().await, Stage::HeadRoom);
        payung.lock(StageReason::Idle).await;
        assert!(payung.head().is_none());
    }

    #[tokio::test]
    async fn files_of_the_command_line_wait_for_the_open_window() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, heard) = payung(folder.path());
        let letter = folder.path().join("surat.pdf");
        payung.hand_over(vec![letter.clone()]);
        payung.touched().await;
        let dropped = || heard.try_iter().any(|news| matches!(news, News::Dropped(_)));
        assert!(!dropped(), "a closed window takes nothing");
        set_up(&payung).await;
        payung.touched().await;
        assert!(dropped());
        assert!(payung.given.known(letter.to_str().unwrap()).is_ok(), "and may be read from now on");
        payung.touched().await;
        assert!(!dropped(), "once");
    }

    #[tokio::test]
    async fn opened_pages_go_with_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        payung.viewed.put("Surat.pdf", b"%PDF", &*payung.tools.randomness).unwrap();
        payung.lock(StageReason::Idle).await;
        assert!(!folder.path().join("dibuka").exists());
    }

    #[tokio::test]
    async fn without_enrolment_a_round_says_so_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        tokio::spawn(payung.courier.clone().run());
        set_up(&payung).await;
        assert!(matches!(payung.courier.go_now().await, Err(SyncError::NotEnrolled)));
        let status = payung.courier.status().await.unwrap();
        assert_eq!((status.state, status.next_try_at), (crate::dto::SyncState::NotEnrolled, None));
        payung.lock(StageReason::Asked).await;
        assert!(payung.courier.status().await.is_none(), "a closed register has nothing to say");
    }
}
