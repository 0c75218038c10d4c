//! What the courier knows of the line, and the words for it.

use crate::dto::{ComparedView, PersonOutcome, PhotoCounts, SyncPhase, SyncProgress, SyncState, SyncStatus};
use payung_domain::{Figure, Timestamp, UtcOffset};
use payung_register::Outbox;

/// The line as last seen.
#[derive(Clone, Debug)]
pub struct Board {
    pub line: Line,
    /// Words of the newest failure that is no normal state.
    pub error: Option<(Timestamp, String)>,
    pub next_try: Option<Timestamp>,
    pub skew: Option<String>,
    pub progress: Option<SyncProgress>,
    /// Why photos stopped while the data went through.
    pub photo_problem: Option<String>,
    /// The line broke while photos went through: the rest goes soon.
    pub photos_left: bool,
    /// Of the last exchange that carried anybody.
    pub outcomes: Vec<PersonOutcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Not tried yet, or the last try went through.
    Quiet,
    Offline,
    Busy,
    Failing,
}

impl Board {
    pub const fn new() -> Self {
        Self {
            line: Line::Quiet,
            error: None,
            next_try: None,
            skew: None,
            progress: None,
            photo_problem: None,
            photos_left: false,
            outcomes: Vec::new(),
        }
    }
}

/// What the register says about sending.
pub struct Outgoing {
    pub outbox: Outbox,
    pub regency: Option<String>,
    pub offset: UtcOffset,
    /// An enrolment file waits for the first contact.
    pub enrolment_waits: bool,
    pub photos: PhotoCounts,
    pub compared: Option<ComparedView>,
    pub last_backup: Option<i64>,
}

pub fn status(board: &Board, outgoing: &Outgoing) -> SyncStatus {
    let outbox = &outgoing.outbox;
    let state = match board.line {
        _ if board.progress.is_some() => SyncState::Syncing,
        _ if !outbox.enrolled && !outgoing.enrolment_waits => SyncState::NotEnrolled,
        Line::Offline | Line::Busy => SyncState::Offline,
        Line::Failing => SyncState::Error,
        Line::Quiet if !outbox.enrolled => SyncState::NotEnrolled,
        Line::Quiet => SyncState::Idle,
    };
    SyncStatus {
        state,
        words: words(state, board, outgoing),
        waiting_people: small(outbox.waiting_people),
        waiting_entries: small(outbox.waiting_entries()),
        oldest_waiting_at: outbox.oldest_waiting_at.map(Timestamp::millis),
        last_error: board.error.as_ref().map(|(_, words)| words.clone()),
        last_error_at: board.error.as_ref().map(|(at, _)| at.millis()),
        next_try_at: board.next_try.filter(|_| state != SyncState::NotEnrolled).map(Timestamp::millis),
        last_sync_at: outbox.last_sync.map(Timestamp::millis),
        skew: board.skew.clone(),
        regency: outgoing.regency.clone(),
        progress: board.progress.clone(),
        photos: outgoing.photos.clone(),
        photo_problem: board.photo_problem.clone(),
        compared: outgoing.compared.clone(),
        last_backup_at: outgoing.last_backup,
    }
}

fn words(state: SyncState, board: &Board, outgoing: &Outgoing) -> String {
    let waiting = match outgoing.outbox.waiting_people {
        0 => String::new(),
        people => format!(", {} menunggu", Figure(people)),
    };
    match state {
        SyncState::NotEnrolled if outgoing.enrolment_waits => {
            format!("Berkas kabupaten siap dipakai{waiting}")
        }
        SyncState::NotEnrolled => format!("Belum terhubung ke kabupaten{waiting}"),
        SyncState::Offline if board.line == Line::Busy => format!("Server kabupaten sibuk{waiting}"),
        SyncState::Offline => format!("Tanpa internet{waiting}"),
        SyncState::Syncing if board.progress.as_ref().is_some_and(|now| now.phase == SyncPhase::Photos) => {
            "Data sudah sampai, foto menyusul".to_owned()
        }
        SyncState::Syncing => "Sedang menghubungi kabupaten".to_owned(),
        SyncState::Error => format!("Belum terkirim{waiting}"),
        SyncState::Idle if outgoing.outbox.waiting_entries() > 0 => format!("Segera dikirim{waiting}"),
        SyncState::Idle => match outgoing.outbox.last_sync {
            Some(at) => format!("Semua sudah sampai di kabupaten, {}", at.clock_time(outgoing.offset)),
            None => "Belum ada yang perlu dikirim".to_owned(),
        },
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing(enrolled: bool, waiting: u64) -> Outgoing {
        let outbox = Outbox { enrolled, waiting_people: waiting, entries: waiting, ..Outbox::default() };
        Outgoing {
            outbox,
            regency: None,
            offset: UtcOffset { hours: 7 },
            enrolment_waits: false,
            photos: PhotoCounts::default(),
            compared: None,
            last_backup: None,
        }
    }

    #[test]
    fn the_pill_tells_the_truth_about_the_line() {
        let board = |line| Board { line, ..Board::new() };
        let words = |board: &Board, outgoing: &Outgoing| status(board, outgoing).words;
        assert_eq!(words(&board(Line::Offline), &outgoing(true, 12)), "Tanpa internet, 12 menunggu");
        assert_eq!(words(&board(Line::Offline), &outgoing(true, 2_143)), "Tanpa internet, 2.143 menunggu");
        assert_eq!(
            words(&board(Line::Quiet), &outgoing(false, 3)),
            "Belum terhubung ke kabupaten, 3 menunggu"
        );
        let mut sent = outgoing(true, 0);
        sent.outbox.last_sync = Some(Timestamp(3 * 3_600_000 + 42 * 60_000));
        assert_eq!(words(&board(Line::Quiet), &sent), "Semua sudah sampai di kabupaten, 10.42");
        assert_eq!(words(&board(Line::Failing), &outgoing(true, 1)), "Belum terkirim, 1 menunggu");
    }

    #[test]
    fn no_internet_is_no_error() {
        let offline = status(&Board { line: Line::Offline, ..Board::new() }, &outgoing(true, 1));
        assert_eq!((offline.state, offline.last_error), (SyncState::Offline, None));
    }

    #[test]
    fn before_enrolment_no_next_try_is_promised() {
        let board = Board { next_try: Some(Timestamp(5)), ..Board::new() };
        assert_eq!(status(&board, &outgoing(false, 0)).next_try_at, None);
        assert_eq!(status(&board, &outgoing(true, 0)).next_try_at, Some(5));
    }

    #[test]
    fn photos_never_hold_back_that_the_data_arrived() {
        let mut sent = outgoing(true, 0);
        sent.outbox.last_sync = Some(Timestamp(0));
        sent.photos = PhotoCounts { total: 2, waiting: 2, ..PhotoCounts::default() };
        let board = Board { photo_problem: Some("Sambungan putus.".to_owned()), ..Board::new() };
        let told = status(&board, &sent);
        assert!(told.words.starts_with("Semua sudah sampai di kabupaten"), "{}", told.words);
        assert_eq!((told.state, told.photos.waiting), (SyncState::Idle, 2));
        assert!(told.last_error.is_none() && told.photo_problem.is_some(), "a line of their own");
    }
}
