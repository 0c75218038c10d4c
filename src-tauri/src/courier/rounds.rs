//! When the courier goes, and what it brings home.

use super::board::{self, Board, Line, Outgoing};
use super::pending;
use crate::dto::{CommandError, PersonOutcome, SyncOutcome, SyncProgress, SyncStatus};
use crate::error::Answered;
use crate::preferences::Preferences;
use crate::state::{News, Tell};
use payung_domain::Timestamp;
use payung_journal::EnrolmentFile;
use payung_register::{Op, Tools};
use payung_sync::{
    Carried, CarryProgress, HttpLink, PROBE_EVERY, Progress, Schedule, SharedRegister, SyncError, Village,
    WAIT_MAX, carry_attachments, enrol, synchronise,
};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

/// After something was written: a moment for the next key press, so that one exchange carries both.
const SETTLE: Duration = Duration::from_secs(4);
/// While all is well the line is looked at this often, so that the pill stays true.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Longest look: the clerk may be waiting to press the button.
const LOOK_MAX: Duration = Duration::from_secs(5);
/// Among so many attempts the newest comparison is looked for.
const ATTEMPTS_LOOKED_AT: u64 = 50;

pub struct Courier {
    folder: PathBuf,
    register: SharedRegister,
    tools: Tools,
    tell: Tell,
    board: Arc<Mutex<Board>>,
    asks: mpsc::UnboundedSender<Ask>,
    heard: Mutex<Option<mpsc::UnboundedReceiver<Ask>>>,
    closing: Arc<Notify>,
}

enum Ask {
    Opened,
    Closed,
    Written,
    Now(oneshot::Sender<Result<SyncOutcome, SyncError>>),
}

fn photos_progressed(board: &Mutex<Board>, tell: &Tell, photos: CarryProgress) {
    let shown = {
        let mut board = board.lock().unwrap_or_else(PoisonError::into_inner);
        let data =
            board.progress.take().unwrap_or_else(|| crate::convert::sync::progress(Progress::default()));
        board.progress.insert(crate::convert::sync::photos_progress(data, photos)).clone()
    };
    tell(News::Progress(shown));
}

/// When the next round is, and what kind.
struct Plan {
    schedule: Schedule,
    due: Option<Instant>,
    /// Look first whether anybody answers, then go.
    look_first: bool,
    /// The newest complete exchange, for asking again after a while even when nothing was written.
    level_at: Option<Instant>,
}

impl Courier {
    pub fn new(folder: &Path, register: SharedRegister, tools: Tools, tell: Tell) -> Self {
        let (asks, heard) = mpsc::unbounded_channel();
        let heard = Mutex::new(Some(heard));
        let folder = folder.to_owned();
        Self {
            folder,
            register,
            tools,
            tell,
            board: Arc::new(Mutex::new(Board::new())),
            asks,
            heard,
            closing: Arc::new(Notify::new()),
        }
    }

    // -- What the commands say to it ---------------------------------------------------------------------------------

    pub fn opened(&self) {
        let _ = self.asks.send(Ask::Opened);
    }

    pub fn closed(&self) {
        self.closing.notify_waiters();
        let _ = self.asks.send(Ask::Closed);
    }

    pub fn written(&self) {
        let _ = self.asks.send(Ask::Written);
    }

    /// Goes at once; the outcome when it is back.
    pub async fn go_now(&self) -> Result<SyncOutcome, SyncError> {
        let (reply, answer) = oneshot::channel();
        let _ = self.asks.send(Ask::Now(reply));
        answer.await.unwrap_or(Err(SyncError::Locked))
    }

    /// Keeps the district's file and goes at once with it.
    pub async fn enrol(&self, file: &EnrolmentFile) -> Answered<Result<SyncOutcome, SyncError>> {
        self.keep(file)?;
        Ok(self.go_now().await)
    }

    /// Keeps the district's file for the next round.
    pub fn keep(&self, file: &EnrolmentFile) -> Answered<()> {
        pending::keep(&self.folder, file).map_err(|error: io::Error| {
            CommandError::problem(format!(
                "Berkas pendaftaran tidak dapat disimpan: {error}. Periksa ruang penyimpanan."
            ))
        })
    }

    /// `None` while the register is closed.
    pub async fn status(&self) -> Option<SyncStatus> {
        let outgoing = self.outgoing().await?;
        Some(board::status(&self.held(), &outgoing))
    }

    pub fn last_outcomes(&self) -> Vec<PersonOutcome> {
        self.held().outcomes.clone()
    }

    // -- Its rounds ----------------------------------------------------------------------------------------------------

    /// Runs as long as the program.
    pub async fn run(self: Arc<Self>) {
        let Some(mut asks) = self.heard.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let mut plan = Plan { schedule: Schedule::default(), due: None, look_first: false, level_at: None };
        loop {
            let due = plan.due;
            let wait = async move {
                match due {
                    Some(at) => sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                ask = asks.recv() => match ask {
                    Some(ask) => self.hear(ask, &mut plan).await,
                    None => return,
                },
                () = wait => self.look_or_go(&mut plan).await,
            }
        }
    }

    async fn hear(&self, ask: Ask, plan: &mut Plan) {
        match ask {
            Ask::Opened => {
                plan.look_first = false;
                self.set_due(plan, Duration::ZERO);
            }
            Ask::Closed => {
                plan.due = None;
                plan.level_at = None;
                *self.held() = Board::new();
            }
            Ask::Written => {
                let quiet = self.held().line == Line::Quiet;
                let later = plan.due.is_some_and(|at| at > Instant::now() + SETTLE);
                if quiet && later && self.something_waits().await {
                    plan.look_first = false;
                    self.set_due(plan, SETTLE);
                }
                self.tell_status().await;
            }
            Ask::Now(reply) => {
                let _ = reply.send(self.go(plan).await);
            }
        }
    }

    async fn look_or_go(&self, plan: &mut Plan) {
        if plan.look_first {
            let answers = match self.link().await {
                Some(link) => timeout(LOOK_MAX, link.answers()).await.unwrap_or(false),
                None => false,
            };
            let was_offline = self.held().line == Line::Offline;
            let long_ago = plan.level_at.is_none_or(|at| at.elapsed() >= WAIT_MAX);
            if answers && !was_offline && !long_ago && !self.something_waits().await {
                self.set_due(plan, LOOK_EVERY);
                return;
            }
            if !answers {
                // The line is gone: when it is back, the first try is due at once.
                plan.schedule.succeeded();
                self.held().line = Line::Offline;
                self.set_due(plan, PROBE_EVERY);
                self.tell_status().await;
                return;
            }
        }
        let _ = self.go(plan).await;
    }

    /// One round: enrol first when a file waits for it, then exchange until both sides are level.
    async fn go(&self, plan: &mut Plan) -> Result<SyncOutcome, SyncError> {
        plan.due = None;
        let result = tokio::select! {
            result = self.exchange() => result,
            () = self.closing.notified() => Err(SyncError::Locked),
        };
        self.held().progress = None;
        match &result {
            Ok(outcome) => self.came_home(plan, outcome),
            Err(error) => self.came_back(plan, error),
        }
        self.tell_status().await;
        if let Ok(outcome) = &result
            && !(outcome.people.is_empty() && outcome.photo_words.is_none())
        {
            // Pages that show a photo show how far it came.
            (self.tell)(News::Answers(outcome.people.iter().map(|person| person.id).collect()));
        }
        result
    }

    fn came_home(&self, plan: &mut Plan, outcome: &SyncOutcome) {
        plan.look_first = true;
        plan.level_at = Some(Instant::now());
        let mut board = self.held();
        board.line = Line::Quiet;
        board.error = None;
        if !outcome.people.is_empty() {
            board.outcomes.clone_from(&outcome.people);
        }
        let (photos_wait, photos_left) = (board.photo_problem.is_some(), board.photos_left);
        drop(board);
        if photos_wait {
            // They try again by themselves, ever more rarely; the data is not asked to wait for them.
            let wait = plan.schedule.failed(None, &*self.tools.randomness);
            plan.level_at = None;
            self.set_due(plan, wait.max(LOOK_EVERY));
        } else {
            if photos_left {
                plan.level_at = None;
            }
            plan.schedule.succeeded();
            self.set_due(plan, LOOK_EVERY);
        }
    }

    fn came_back(&self, plan: &mut Plan, error: &SyncError) {
        if matches!(error, SyncError::Locked | SyncError::NotEnrolled) {
            return;
        }
        let wait = plan.schedule.failed(error.retry_after(), &*self.tools.randomness);
        let mut board = self.held();
        board.line = match error {
            SyncError::Offline => Line::Offline,
            SyncError::Busy { .. } => Line::Busy,
            _ => Line::Failing,
        };
        board.error = (!error.is_normal()).then(|| (self.tools.clock.now(), error.to_string()));
        drop(board);
        // While offline a cheap look decides when to go; every other failure waits its time.
        plan.look_first = matches!(error, SyncError::Offline);
        self.set_due(plan, if plan.look_first { wait.min(PROBE_EVERY) } else { wait });
    }

    async fn exchange(&self) -> Result<SyncOutcome, SyncError> {
        self.progressed(Progress::default());
        self.tell_status().await;
        if let Some(file) = self.enrolment_waits().await? {
            let link = HttpLink::new(&file.url, &file.authority_pem)?;
            enrol(&self.register, &link, file).await.map_err(|error| match error {
                payung_sync::EnrolError::Exchange(inner) => inner,
                other => SyncError::Refused { words: other.to_string() },
            })?;
            pending::forget(&self.folder);
        }
        let link = self.link().await.ok_or(SyncError::NotEnrolled)?;
        let done = synchronise(&self.register, &link, |progress| self.progressed(progress)).await?;
        self.held().skew.clone_from(&done.clock_words);
        let mut outcome = crate::convert::sync::outcome(done);
        outcome.photo_words = self.carry_photos(link).await?;
        Ok(outcome)
    }

    /// After the data, and whatever comes of it, the data has arrived. What came of the photos, in words.
    async fn carry_photos(&self, link: HttpLink) -> Result<Option<String>, SyncError> {
        // The pill says already that the data is there.
        self.tell_status().await;
        let (register, board, tell, closing) =
            (self.register.clone(), self.board.clone(), self.tell.clone(), self.closing.clone());
        let line = tokio::runtime::Handle::current();
        // On a thread of its own: what it holds while it waits for the line is nobody else's.
        let carrying = tokio::task::spawn_blocking(move || {
            line.block_on(async {
                let progress = |progress| photos_progressed(&board, &tell, progress);
                tokio::select! {
                    carried = carry_attachments(&register, &link, progress) => carried,
                    () = closing.notified() => Err(SyncError::Locked),
                }
            })
        });
        let carried = carrying.await.unwrap_or(Err(SyncError::Locked));
        let (words, problem) = match &carried {
            Err(SyncError::Locked) => return Err(SyncError::Locked),
            Ok(carried) => (carried.words(), None),
            Err(error) => (None, Some(crate::convert::sync::photos_wait(error))),
        };
        {
            let mut board = self.held();
            board.photo_problem.clone_from(&problem);
            board.photos_left = carried
                .as_ref()
                .is_ok_and(|carried| carried.waiting > 0 && carried.sent + carried.received > 0);
        }
        // In a line of its own: it came after the data.
        if let Some(attempt) = carried.ok().as_ref().and_then(Carried::attempt) {
            let written = self.register.with(move |register| register.transact(Op::SyncAttempt(attempt)));
            written.await.ok_or(SyncError::Locked)??;
        }
        Ok(words.or(problem))
    }

    /// A file that is for this register and still good, if one waits.
    async fn enrolment_waits(&self) -> Result<Option<EnrolmentFile>, SyncError> {
        let Some(kept) = pending::load(&self.folder) else { return Ok(None) };
        kept.map(Some).map_err(|error| SyncError::Refused { words: error.to_string() })
    }

    // -- Small things ----------------------------------------------------------------------------------------------------

    fn held(&self) -> std::sync::MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_due(&self, plan: &mut Plan, wait: Duration) {
        plan.due = Some(Instant::now() + wait);
        let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        self.held().next_try = Some(Timestamp(self.tools.clock.now().millis().saturating_add(millis)));
    }

    fn progressed(&self, progress: Progress) {
        let progress: SyncProgress = crate::convert::sync::progress(progress);
        self.held().progress = Some(progress.clone());
        (self.tell)(News::Progress(progress));
    }

    async fn tell_status(&self) {
        if let Some(status) = self.status().await {
            (self.tell)(News::Status(status));
        }
    }

    /// To the district that this register belongs to, or whose file waits for the first contact.
    async fn link(&self) -> Option<HttpLink> {
        let enrolled = self.register.with(|register| register.enrolment().ok().flatten()).await?;
        let (url, authority) = match enrolled {
            Some(enrolment) => (enrolment.url, enrolment.authority_pem),
            None => pending::load(&self.folder)?.ok().map(|file| (file.url, file.authority_pem))?,
        };
        HttpLink::new(&url, &authority).ok()
    }

    async fn outgoing(&self) -> Option<Outgoing> {
        let enrolment_waits = pending::load(&self.folder).is_some();
        let last_backup = Preferences::load(&self.folder).last_backup;
        let read = self.register.with(move |register| {
            let regency = register.enrolment()?.map(|enrolment| enrolment.regency_name);
            let offset = register.regulation().utc_offset;
            Ok::<_, payung_register::RegisterError>(Outgoing {
                outbox: register.outbox()?,
                photos: crate::convert::photos::counts(&register.attachment_counts()?),
                compared: crate::convert::sync::compared(&register.sync_attempts(ATTEMPTS_LOOKED_AT)?),
                last_backup,
                regency,
                offset,
                enrolment_waits,
            })
        });
        read.await?.ok()
    }

    async fn something_waits(&self) -> bool {
        self.outgoing().await.is_some_and(|outgoing| outgoing.outbox.waiting_entries() > 0)
    }
}
