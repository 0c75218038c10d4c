//! An open register: what it holds in memory, and everything that can be asked of it.

use crate::attachment::{self, About, AttachmentCounts, AttachmentRow, Outgoing, Wanted};
use crate::backup::{self, BackupFacts, RestoreFacts};
use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::{self, Enrolment, KnownDevice, Outbox, PastAttempt, RevokedDevice, SeriesState};
use crate::files::{self, FolderLock};
use crate::ids::{AttachmentId, PersonId, StatementId};
use crate::op::{Done, Op};
use crate::opening::key_file::KeyFile;
use crate::person::{
    self, Check, Counts, Facets, FullRow, ListQuery, Page, PersonDetail, PersonRow, StaleDesil, TwoVersions,
};
use crate::population::Crowd;
use crate::reading;
use crate::roster::Roster;
use crate::series;
use crate::settings::{self, Settings, Village};
use crate::setup::{Actor, HeadSession, NewPerson, PersonSlot, Setup, Tools};
use crate::statement::{self, BookRow, FileRow, HeadKeyState, StatementDetail, StatementRow, StatementStep};
use crate::verify::{self, Verified};
use payung_domain::{CivilDate, FieldValues, MeteraiSerial, Watch};
use payung_journal::{
    Checkpoint, DeviceId, EnrolRequest, EnrolmentFile, ExchangeRequest, Frame, Head, RoundRequest, SeriesId,
    SeriesKind, SignedRequest, SignedRound, Total, TrailKind,
};
use payung_keys::{DatabaseKey, Purpose, RecoveryCode, Signature};
use payung_regulation::Regulation;
use payung_seal::{Knowledge, Summary};
use rusqlite::Connection;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// One open register. `Send`: programs keep it in a `Mutex`, and hold that never across the network.
pub struct Register {
    pub(crate) db: Connection,
    pub(crate) dir: PathBuf,
    pub(crate) id: [u8; 16],
    pub(crate) key: DatabaseKey,
    pub(crate) tools: Tools,
    pub(crate) actor: Actor,
    pub(crate) village: Village,
    pub(crate) regulation: settings::CurrentRegulation,
    pub(crate) roster: Roster,
    /// The population, from the first time it is asked for.
    pub(crate) crowd: RefCell<Option<Crowd>>,
    /// Last: the folder stays locked until the database is closed.
    pub(crate) _lock: FolderLock,
}

impl Register {
    // -- Opening ------------------------------------------------------------------------------------------------------

    /// Makes a register in `dir` and opens it for the first operator. The recovery code is shown once and kept nowhere.
    pub fn create(dir: &Path, setup: &Setup, tools: Tools) -> Result<(Self, RecoveryCode), RegisterError> {
        crate::opening::create(dir, setup, tools)
    }

    /// Whether a folder holds a register.
    pub fn exists(dir: &Path) -> bool {
        files::key_file_path(dir).exists() && files::database_path(dir).exists()
    }

    /// The names for the unlock screen; opens nothing.
    pub fn people(dir: &Path) -> Result<Vec<PersonSlot>, RegisterError> {
        KeyFile::read(dir)?.people()
    }

    /// Opens with a person's own secret.
    ///
    /// # Errors
    /// `WrongSecret` and `MustWait`, `Busy` while another program has the folder, `NewerSchema` with the file untouched.
    pub fn unlock(dir: &Path, person_id: u32, secret: &str, tools: Tools) -> Result<Self, RegisterError> {
        crate::opening::unlock(dir, person_id, secret, tools)
    }

    /// Opens with the code on paper and gives that person a new secret. A head's signing key stays under the old
    /// secret: the next entry into his room makes a new key.
    pub fn unlock_with_recovery(
        dir: &Path,
        code: &str,
        person_id: u32,
        new_secret: &str,
        tools: Tools,
    ) -> Result<Self, RegisterError> {
        crate::opening::unlock_with_recovery(dir, code, person_id, new_secret, tools)
    }

    /// Who opened it.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The head's room: his own secret, whoever opened the register. Failures count as at unlocking. The first entry makes
    /// his key.
    pub fn enter_head_room(&mut self, person_id: u32, secret: &str) -> Result<HeadSession, RegisterError> {
        crate::opening::enter_head_room(self, person_id, secret)
    }

    /// Everyone who may open this register.
    pub fn slots(&self) -> Result<Vec<PersonSlot>, RegisterError> {
        KeyFile::read(&self.dir)?.people()
    }

    /// Another person who may open this register; returns their number. Where there is a head, only a head adds a head.
    pub fn add_person(&mut self, person: &NewPerson) -> Result<u32, RegisterError> {
        crate::opening::add_person(self, person)
    }

    /// A new secret in place of the old one; a head's signing key goes along.
    pub fn change_secret(&mut self, person_id: u32, old: &str, new: &str) -> Result<(), RegisterError> {
        crate::opening::change_secret(self, person_id, old, new)
    }

    // -- Writing ------------------------------------------------------------------------------------------------------

    /// The one door. When it returns `Ok`, the change is on disk; when it returns an error, nothing changed.
    pub fn transact(&mut self, op: Op<'_>) -> Result<Done, RegisterError> {
        let new_title = matches!(&op, Op::SaveSettings(change) if change.head_title.is_some());
        let done = Door::pass(self, op)?;
        if new_title {
            crate::opening::set_head_title(self)?;
        }
        Ok(done)
    }

    // -- Reading: the village -----------------------------------------------------------------------------------------

    pub fn village(&self) -> &Village {
        &self.village
    }

    /// The regulation that judges today.
    pub fn regulation(&self) -> &Regulation {
        &self.regulation.regulation
    }

    pub fn settings(&self) -> Result<Settings, RegisterError> {
        settings::rows::load(&self.db)
    }

    /// The emblem of the letterhead, as it was prepared.
    pub fn emblem(&self) -> Result<Option<Vec<u8>>, RegisterError> {
        settings::rows::emblem(&self.db)
    }

    // -- Reading: people ----------------------------------------------------------------------------------------------

    pub fn list(&self, query: &ListQuery) -> Result<Page, RegisterError> {
        reading::list(self, query)
    }

    /// Everybody whom the query finds, in its order, each with all that is typed of them; `offset` and `limit` do not
    /// count. `Stopped` when the watch says so.
    pub fn each_person(
        &self,
        query: &ListQuery,
        watch: &dyn Watch,
        take: &mut dyn FnMut(FullRow),
    ) -> Result<(), RegisterError> {
        reading::each_person(self, query, watch, take)
    }

    pub fn counts(&self) -> Counts {
        self.roster.counts()
    }

    /// How many each filter and each view would show.
    pub fn facets(&self) -> Facets {
        self.roster.facets(reading::today(self))
    }

    /// Whose desil is older than the regulation takes it, the oldest first, at most `limit` of them.
    pub fn stale_desil(&self, limit: u64) -> Result<StaleDesil, RegisterError> {
        reading::stale_desil(self, limit)
    }

    pub fn person(&self, id: PersonId) -> Result<PersonDetail, RegisterError> {
        reading::person(self, id)
    }

    /// *Ada dua isian*: the versions that stand side by side, if there is more than one.
    pub fn two_versions(&self, id: PersonId) -> Result<Option<TwoVersions>, RegisterError> {
        person::versions::two_versions(self, id)
    }

    /// Typed values, read and judged as they would be on *siap* today. With a person, the statement that covers them
    /// counts as long as no attested fact differs.
    pub fn check(&self, person: Option<PersonId>, values: &FieldValues) -> Result<Check, RegisterError> {
        reading::check(self, person, values)
    }

    /// Everyone else of this village with the NIK, drafts included.
    pub fn same_nik(&self, nik: &str, except: Option<PersonId>) -> Result<Vec<PersonRow>, RegisterError> {
        reading::same_nik(self, nik, except)
    }

    // -- Reading: statements ------------------------------------------------------------------------------------------

    /// Newest first.
    pub fn statements(&self) -> Result<Vec<StatementRow>, RegisterError> {
        let lines = statement::rows::lines(&self.db, self.regulation().statement.stamped)?;
        Ok(lines.into_iter().map(|line| line.row).collect())
    }

    pub fn statement(&self, id: StatementId) -> Result<StatementDetail, RegisterError> {
        statement::detail::detail(self, id)
    }

    /// The frozen or signed bytes, exactly as kept; `None` before freezing.
    pub fn statement_document(&self, id: StatementId) -> Result<Option<Vec<u8>>, RegisterError> {
        statement::rows::document(&self.db, id)
    }

    /// The PDF for others: the final one that came back, untouched; else the signed one, with the district's time stamp in
    /// the place kept for it once there is one.
    ///
    /// # Errors
    /// `NotSigned` before the signature.
    pub fn statement_export(&self, id: StatementId) -> Result<Vec<u8>, RegisterError> {
        statement::book::export(self, id)
    }

    /// What the frozen pages were set from, as JSON, for further prints; `None` before freezing and for statements of the
    /// first program.
    pub fn statement_page(&self, id: StatementId) -> Result<Option<String>, RegisterError> {
        statement::rows::page(&self.db, id)
    }

    /// What became of it, oldest first. A draft's own beginning is forgotten when it is handed over.
    pub fn statement_history(&self, id: StatementId) -> Result<Vec<StatementStep>, RegisterError> {
        statement::history::history(self, id)
    }

    /// What came back with the meterai, in order; a file that stands beside several stamps once, with the newest.
    pub fn statement_files(&self, id: StatementId) -> Result<Vec<FileRow>, RegisterError> {
        let mut files: Vec<FileRow> = Vec::new();
        for kept in statement::stamps::files(&self.db, id)? {
            files.retain(|known| known.digest != kept.row.digest);
            files.push(kept.row);
        }
        Ok(files)
    }

    /// The bytes of such a file, by its SHA-256.
    pub fn statement_file(&self, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, RegisterError> {
        statement::stamps::file(&self.db, digest)
    }

    /// The statement of this village on which a serial is recorded, refused ones included.
    pub fn stamp_by_serial(&self, serial: &MeteraiSerial) -> Result<Option<StatementId>, RegisterError> {
        statement::stamps::by_serial(&self.db, serial)
    }

    /// The register of statements and of meterai: everything signed on these days, both included, oldest first.
    pub fn statement_book(&self, from: CivilDate, to: CivilDate) -> Result<Vec<BookRow>, RegisterError> {
        statement::book::book(self, from, to)
    }

    /// What this village knows when it looks at a PDF: the district's authority, its certificates and revocations.
    pub fn knowledge(&self) -> Result<Knowledge, RegisterError> {
        statement::book::knowledge(self)
    }

    // -- Reading: photos and documents --------------------------------------------------------------------------------

    /// In the order in which they came, without those taken away.
    pub fn attachments(&self, about: About) -> Result<Vec<AttachmentRow>, RegisterError> {
        attachment::rows::list(&self.db, about)
    }

    /// `None` where it was taken away.
    pub fn attachment(&self, id: AttachmentId) -> Result<Option<AttachmentRow>, RegisterError> {
        attachment::rows::one(&self.db, id)
    }

    /// By their SHA-256; `None` where they are not here.
    pub fn attachment_bytes(&self, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, RegisterError> {
        attachment::rows::bytes(&self.db, digest)
    }

    /// Small ones first.
    pub fn attachments_to_send(&self) -> Result<Vec<Outgoing>, RegisterError> {
        attachment::rows::to_send(&self.db)
    }

    /// Small ones first.
    pub fn attachments_to_fetch(&self) -> Result<Vec<Wanted>, RegisterError> {
        attachment::rows::to_fetch(&self.db)
    }

    /// Whether it is time to ask the district what it lacks of what was announced; the answer is an
    /// `Op::AttachmentsMissing`.
    pub fn attachments_compare(&self) -> Result<bool, RegisterError> {
        attachment::door::compare_due(&self.db, self.now())
    }

    pub fn attachment_counts(&self) -> Result<AttachmentCounts, RegisterError> {
        attachment::rows::counts(&self.db)
    }

    // -- Reading: the head's key --------------------------------------------------------------------------------------

    /// What an officer of the district compares with the head himself.
    pub fn head_fingerprint(&self, head: &HeadSession) -> String {
        head.key().fingerprint()
    }

    /// Signs the line that stands as a QR code on every page. It says to which statement a sheet belongs, no more.
    pub fn sign_summary(&self, head: &HeadSession, summary: &Summary) -> Signature {
        head.key.sign(Purpose::Summary, &summary.to_sign())
    }

    /// DER: the district's newest valid certificate for the head's key, else the self-issued one.
    pub fn certificate_for(&self, head: &HeadSession) -> Result<Vec<u8>, RegisterError> {
        statement::heads::certificate_for(self, head)
    }

    pub fn head_state(&self, head: &HeadSession) -> Result<HeadKeyState, RegisterError> {
        statement::heads::state(self, head)
    }

    // -- Reading: the exchange with the district ----------------------------------------------------------------------

    /// This installation, for the district's list of devices.
    pub fn device(&self) -> DeviceId {
        DeviceId(self.id)
    }

    pub fn enrolment(&self) -> Result<Option<Enrolment>, RegisterError> {
        exchange::enrolment(&self.db)
    }

    /// Every series of this register: own shared and local, the district's decisions.
    pub fn series(&self) -> Result<Vec<SeriesState>, RegisterError> {
        Ok(series::rows::all(&self.db)?.into_iter().map(|series| series.state).collect())
    }

    /// Everything that travels: the shared series of all devices of the village, and the decisions.
    pub fn village_series(&self) -> Result<Vec<SeriesState>, RegisterError> {
        Ok(exchange::rounds::village(&self.db)?.into_iter().map(|series| series.state).collect())
    }

    /// The devices of this village, this one first.
    pub fn devices(&self) -> Result<Vec<KnownDevice>, RegisterError> {
        exchange::devices::devices(self)
    }

    /// Devices from which the district takes nothing any more, oldest first.
    pub fn revoked_devices(&self) -> Result<Vec<RevokedDevice>, RegisterError> {
        exchange::devices::revoked(self)
    }

    /// What this register holds of the village, to be compared with what the district holds.
    pub fn total(&self) -> Result<Total, RegisterError> {
        let positions: Vec<_> = self.village_series()?.iter().map(SeriesState::position).collect();
        Ok(Total::of(&positions))
    }

    /// Of a series that this device writes or wrote, signed now; of another one the kept checkpoint, where it covers just
    /// that place.
    pub fn checkpoint_of(&self, series: SeriesId, seq: u64) -> Result<Option<Checkpoint>, RegisterError> {
        exchange::rounds::checkpoint_of(&self.db, series, seq)
    }

    /// What a round sends: where both sides are thought to stand, and what comes after it, own and relayed, in about so
    /// many entries.
    pub fn round_request(&self, entries_max: u64) -> Result<RoundRequest, RegisterError> {
        exchange::rounds::request(self, entries_max)
    }

    /// Signs a round by the device key.
    pub fn sign_round(&self, request: &RoundRequest) -> Result<SignedRound, RegisterError> {
        let shared = self.shared_series()?;
        Ok(SignedRound::sign(request, &series::rows::signing_key(&self.db, shared.series)?, self))
    }

    /// The own series that travels.
    pub fn shared_series(&self) -> Result<SeriesState, RegisterError> {
        Ok(series::rows::own(&self.db, SeriesKind::Shared)?.state)
    }

    /// The district's newest series of decisions for this village, as far as taken in; `None` before the first.
    pub fn decisions_series(&self) -> Result<Option<SeriesState>, RegisterError> {
        Ok(self.series()?.into_iter().rev().find(|series| series.kind == SeriesKind::Decisions))
    }

    /// The head of a series after an entry, `None` where the series does not reach so far.
    pub fn head_at(&self, series: SeriesId, seq: u64) -> Result<Option<Head>, RegisterError> {
        match series::rows::find(&self.db, series)? {
            Some(series) => series::rows::head_at(&self.db, &series, seq),
            None => Ok(None),
        }
    }

    /// A frame of entries after `seq`, at most `entries_max`; `None` at the end. Never of the local series.
    pub fn frame_after(
        &self,
        series: SeriesId,
        seq: u64,
        entries_max: u64,
    ) -> Result<Option<Frame>, RegisterError> {
        exchange::frame_after(&self.db, series, seq, entries_max)
    }

    /// Signed by the device key over the end of the shared series as it stands.
    pub fn checkpoint(&self) -> Result<Checkpoint, RegisterError> {
        self.checkpoint_at(self.shared_series()?.seq)
    }

    /// As [`Self::checkpoint`], over the shared series up to an entry: what a batch that ends there covers.
    pub fn checkpoint_at(&self, seq: u64) -> Result<Checkpoint, RegisterError> {
        exchange::checkpoint_at(&self.db, seq)
    }

    /// This device's clock. It proves nothing; the district compares it with its own.
    pub fn now(&self) -> payung_domain::Timestamp {
        self.tools.clock.now()
    }

    /// A person's line of the list.
    pub fn row(&self, id: PersonId) -> Result<PersonRow, RegisterError> {
        reading::row(self, id)
    }

    /// Asks the district of an enrolment file to let this device in.
    ///
    /// # Errors
    /// `EnrolmentFile` where the file is not the district's, or is for another village.
    pub fn enrol_request(&self, file: &EnrolmentFile) -> Result<EnrolRequest, RegisterError> {
        exchange::enrol_request(self, file)
    }

    /// Signs what this device sends.
    pub fn sign_request(&self, request: &ExchangeRequest) -> Result<SignedRequest, RegisterError> {
        let shared = self.shared_series()?;
        Ok(SignedRequest::sign(request, &series::rows::signing_key(&self.db, shared.series)?))
    }

    /// Which of this village's people an entry of the shared series is about, if any.
    pub fn people_of_entries(
        &self,
        series: SeriesId,
        after: u64,
        up_to: u64,
    ) -> Result<Vec<PersonId>, RegisterError> {
        person::rows::touched_by_entries(&self.db, series, after, up_to)
    }

    pub fn outbox(&self) -> Result<Outbox, RegisterError> {
        exchange::outbox(self)
    }

    /// Newest first.
    pub fn sync_attempts(&self, limit: u64) -> Result<Vec<PastAttempt>, RegisterError> {
        exchange::attempts(&self.db, limit)
    }

    // -- Backup -------------------------------------------------------------------------------------------------------

    /// One file with everything, encrypted as the register is: the same secrets and the same recovery code open it. When
    /// this returns, the file is on the disk or stick and was read back.
    ///
    /// # Errors
    /// `Backup`, with words about the place it was to go to; a file that stood there before is still there.
    pub fn backup(&self, path: &Path) -> Result<BackupFacts, RegisterError> {
        backup::write(self, path)
    }

    /// Puts a backup into a folder without a register. The next unlock opens a new series, so that nothing written since
    /// is lost on either side.
    ///
    /// # Errors
    /// `Backup` says what the file is instead of a whole backup; then the folder holds no register.
    pub fn restore(file: &Path, dir: &Path) -> Result<RestoreFacts, RegisterError> {
        backup::restore(file, dir)
    }

    /// What a backup holds, gone through to its last byte; writes nothing.
    ///
    /// # Errors
    /// As [`Self::restore`].
    pub fn read_backup(file: &Path) -> Result<RestoreFacts, RegisterError> {
        backup::look(file)
    }

    // -- Proving ------------------------------------------------------------------------------------------------------

    /// Goes through every entry and every row: chains, digests, signatures, and whether the tables say what the
    /// entries say.
    pub fn verify_journal(&self) -> Result<Verified, RegisterError> {
        verify::verify(self)
    }

    /// What was remembered without changing anything, newest first: who looked, printed, exported, typed.
    pub fn trail(&self, limit: u64) -> Result<Vec<TrailLine>, RegisterError> {
        reading::trail(self, limit)
    }
}

/// A line of the local trail.
#[derive(Clone, Debug)]
pub struct TrailLine {
    pub at: payung_domain::Timestamp,
    pub actor: String,
    pub what: TrailKind,
    /// The row of the person or statement.
    pub subject: Option<u64>,
    pub fields: Vec<payung_domain::Field>,
    pub note: String,
}
