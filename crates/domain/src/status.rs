//! The state of a person: one pure function over what the village entered and what the district answered.

/// The sequence number of the shared entry that holds a version of a person, in the person's own series order.
pub type Version = u64;

/// What happened to one person, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonEvent {
    /// The clerk said *siap*: the first version that travels.
    Released { version: Version, readiness: Readiness },
    /// A later version. `attested_changed`: a fact that a statement attests is now different.
    Corrected { version: Version, readiness: Readiness, attested_changed: bool },
    /// Listed in a statement that waits for the head.
    Prepared,
    /// No longer listed there: struck out by the head, or the statement was withdrawn before signing.
    Unlisted,
    /// The head signed a statement over the facts as they stand.
    Signed,
    /// The signed statement bears its meterai.
    Stamped,
    /// The district found the stamp's serial on another document: the statement waits for a meterai again.
    StampRefused,
    /// The head took the signed statement back.
    Uncovered,
    /// Died, moved, withdrew, or the entry was cancelled. `version` is that of the entry which says so; a draft never
    /// left the village and has none.
    Ended { version: Option<Version>, kind: EndKind },
    /// The statement signed last does not speak for an attested fact that another device changed beside it.
    Outdated,
    /// The district's signed receipt covers everything up to this version.
    Receipted { version: Version },
    /// The district's answer about one version.
    Answered { version: Version, answer: Answer },
}

/// What judging said at the time of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Every rule met, or pending only on the statement or a district match: may be attested.
    Attestable,
    /// A rule is not met: travels as *usulan dengan catatan*, never attested.
    WithNotes,
    /// A fact is missing.
    Incomplete,
}

/// Where laptops that did not know of each other ended one person differently, the first of these counts on every side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndKind {
    Died,
    Moved,
    Withdrew,
    /// Entered by mistake.
    Cancelled,
}

impl EndKind {
    pub const ALL: &'static [Self] = &[Self::Died, Self::Moved, Self::Withdrew, Self::Cancelled];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Died => "meninggal",
            Self::Moved => "pindah",
            Self::Withdrew => "mengundurkan_diri",
            Self::Cancelled => "dibatalkan",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// The district's answer about a version of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Arrived,
    NeedsFix,
    /// Second holder of a NIK: held until an officer decides.
    DuplicateNik,
    Passed,
    NotEligible,
}

/// Whether the regulation makes the head's statement a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementNeed {
    /// Kebumen: signed and stamped.
    Required,
    /// Klungkung: offered as a *Surat Pengantar Usulan*, blocks nothing.
    Offered,
}

/// The one word a list shows. The words are those of every screen, file and report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Draft,
    ReadyForStatement,
    AwaitingSignature,
    AwaitingStamp,
    NotSent,
    Arrived,
    NeedsFix,
    DuplicateNik,
    Passed,
    NotEligible,
    Ended,
    Cancelled,
}

impl State {
    pub const ALL: &'static [Self] = &[
        Self::Draft,
        Self::ReadyForStatement,
        Self::AwaitingSignature,
        Self::AwaitingStamp,
        Self::NotSent,
        Self::Arrived,
        Self::NeedsFix,
        Self::DuplicateNik,
        Self::Passed,
        Self::NotEligible,
        Self::Ended,
        Self::Cancelled,
    ];

    pub const fn words(self) -> &'static str {
        match self {
            Self::Draft => "draf",
            Self::ReadyForStatement => "siap dibuatkan pernyataan",
            Self::AwaitingSignature => "menunggu tanda tangan",
            Self::AwaitingStamp => "menunggu meterai",
            Self::NotSent => "belum terkirim",
            Self::Arrived => "sudah sampai di kabupaten",
            Self::NeedsFix => "perlu diperbaiki",
            Self::DuplicateNik => "NIK ganda - menunggu petugas",
            Self::Passed => "lolos verifikasi",
            Self::NotEligible => "tidak memenuhi syarat",
            Self::Ended => "berakhir",
            Self::Cancelled => "dibatalkan",
        }
    }

    /// A stable key for storage and for the window.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::ReadyForStatement => "ready_for_statement",
            Self::AwaitingSignature => "awaiting_signature",
            Self::AwaitingStamp => "awaiting_stamp",
            Self::NotSent => "not_sent",
            Self::Arrived => "arrived",
            Self::NeedsFix => "needs_fix",
            Self::DuplicateNik => "duplicate_nik",
            Self::Passed => "passed",
            Self::NotEligible => "not_eligible",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }
}

/// Whether what stands in the register is also at the district. Shown beside the state, never instead of it: a person
/// may have arrived and still wait for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A draft stays in the village.
    Local,
    NotSent,
    Arrived,
}

impl Delivery {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Local => "hanya di desa",
            Self::NotSent => State::NotSent.words(),
            Self::Arrived => State::Arrived.words(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonStatus {
    pub state: State,
    pub delivery: Delivery,
    /// An attested fact changed after signing: the person needs a statement of their own.
    pub needs_new_statement: bool,
    /// A signed statement covers the facts as they stand.
    pub covered: bool,
    pub stamped: bool,
}

/// The status of a person. Applying an event twice changes nothing; an answer about an older version says nothing
/// about a newer one.
pub fn status(need: StatementNeed, events: &[PersonEvent]) -> PersonStatus {
    let mut known = Known::default();
    for event in events {
        known.learn(event);
    }
    known.status(need)
}

#[derive(Default)]
struct Known {
    version: Option<Version>,
    readiness: Option<Readiness>,
    ended: Option<EndKind>,
    receipted: Version,
    answer: Option<Answer>,
    prepared: bool,
    covered: bool,
    stamped: bool,
    outdated: bool,
}

impl Known {
    fn learn(&mut self, event: &PersonEvent) {
        match *event {
            PersonEvent::Released { version, readiness } => self.advance(version, readiness),
            PersonEvent::Corrected { version, readiness, attested_changed } => {
                if self.version.is_none_or(|known| version > known) && attested_changed {
                    self.outdated |= self.covered;
                    self.covered = false;
                    self.stamped = false;
                }
                self.advance(version, readiness);
            }
            PersonEvent::Prepared => self.prepared = true,
            PersonEvent::Unlisted => self.prepared = false,
            PersonEvent::Signed => {
                self.prepared = false;
                self.covered = true;
                self.outdated = false;
            }
            PersonEvent::Stamped => self.stamped = self.covered,
            PersonEvent::StampRefused => self.stamped = false,
            PersonEvent::Uncovered => {
                self.covered = false;
                self.stamped = false;
            }
            PersonEvent::Outdated => {
                self.outdated |= self.covered;
                self.covered = false;
                self.stamped = false;
            }
            PersonEvent::Ended { version, kind } => {
                self.ended = Some(kind.min(self.ended.unwrap_or(kind)));
                self.version = version.max(self.version);
            }
            PersonEvent::Receipted { version } => self.receipted = self.receipted.max(version),
            PersonEvent::Answered { version, answer } => {
                if self.version == Some(version) {
                    self.answer = Some(answer);
                }
            }
        }
    }

    fn advance(&mut self, version: Version, readiness: Readiness) {
        if self.version.is_none_or(|known| version > known) {
            self.version = Some(version);
            self.readiness = Some(readiness);
            self.answer = None;
        }
    }

    fn status(&self, need: StatementNeed) -> PersonStatus {
        let delivery = match self.version {
            None => Delivery::Local,
            Some(version) if self.receipted >= version => Delivery::Arrived,
            Some(_) => Delivery::NotSent,
        };
        PersonStatus {
            state: self.state(need, delivery),
            delivery,
            needs_new_statement: self.outdated && self.ended.is_none(),
            covered: self.covered,
            stamped: self.stamped,
        }
    }

    fn state(&self, need: StatementNeed, delivery: Delivery) -> State {
        match self.ended {
            Some(EndKind::Cancelled) => return State::Cancelled,
            Some(_) => return State::Ended,
            None => {}
        }
        if self.version.is_none() {
            return State::Draft;
        }
        match self.answer {
            Some(Answer::Passed) => return State::Passed,
            Some(Answer::NotEligible) => return State::NotEligible,
            Some(Answer::DuplicateNik) => return State::DuplicateNik,
            Some(Answer::NeedsFix) => return State::NeedsFix,
            Some(Answer::Arrived) | None => {}
        }
        if need == StatementNeed::Required && self.readiness == Some(Readiness::Attestable) {
            if self.prepared {
                return State::AwaitingSignature;
            }
            if !self.covered {
                return State::ReadyForStatement;
            }
            if !self.stamped {
                return State::AwaitingStamp;
            }
        }
        match delivery {
            Delivery::Arrived => State::Arrived,
            Delivery::Local | Delivery::NotSent => State::NotSent,
        }
    }
}
