//! What a reader sees of people. Plain values: nothing here can write.

use crate::ids::{PersonId, StatementId};
use payung_domain::{
    Answer, CivilDate, Delivery, EndKind, Field, FieldValues, PersonStatus, Quarter, Readiness, Reading,
    State, Timestamp, VillageCode,
};
use payung_journal::{EntityId, Reason};
use payung_regulation::Judgement;
use std::fmt;

/// Which people, in which order, and which stretch of them.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// Words looked for at the beginnings of words in name, NIK, KK and hamlet, in any spelling of the name; digits also
    /// inside a number. All must occur.
    pub search: String,
    /// Any of these; empty takes all.
    pub states: Vec<State>,
    pub delivery: Option<Delivery>,
    /// Only those who carry every mark given here.
    pub marks: Vec<Mark>,
    /// Any of these verdicts, as [`PersonRow::readiness`] says it today. With this, `missing` or `view`, and without
    /// `states`, nobody who has ended.
    pub readiness: Vec<Readiness>,
    /// Any of these words of the template, or of what was typed; an empty word is none given. None takes all.
    pub occupations: Vec<String>,
    /// As `occupations`; capitals and signs do not matter.
    pub hamlets: Vec<String>,
    /// Completed years today, both ends included.
    pub ages: Option<(u8, u8)>,
    /// Only those of whom this judged field is missing or unreadable.
    pub missing: Option<Field>,
    pub view: Option<View>,
    pub sort: Sort,
    pub offset: u64,
    /// Rows wanted, at most [`LIST_ROWS_MAX`].
    pub limit: u64,
}

/// Most rows in one page of a list.
pub const LIST_ROWS_MAX: u64 = 500;

/// What a list can ask for beside the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// *Siap*, not ended, every rule met or open only on the statement or a match, and in no statement: may be listed
    /// for the head. Under a regulation that only offers the statement, too.
    CanBeListed,
    /// A released person with a typed change that is not yet *siap*.
    EditPending,
    NeedsNewStatement,
    /// The district says that another village holds the NIK.
    NikElsewhere,
    /// *Ada dua isian*: two versions stand side by side until a person chooses.
    TwoVersions,
    /// Somebody else here looks like the same person under another NIK, and nobody has decided.
    MaybeSame,
}

/// A saved view: what waits for whom. Nobody in it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// *Siap dibuatkan pernyataan*: as [`Mark::CanBeListed`].
    ReadyForStatement,
    /// *Perlu diperbaiki*: the district asked for it, two versions stand side by side, or a value cannot be read.
    NeedsFix,
    /// *Hampir 65 tahun*: the 65th birthday is today or within 180 days.
    Turning65,
    /// *Lengkapi data*: a judged fact is missing or unreadable.
    MissingFacts,
}

impl View {
    pub const ALL: [Self; 4] = [Self::ReadyForStatement, Self::NeedsFix, Self::Turning65, Self::MissingFacts];
}

/// How many each filter would show, of everybody who has not ended. What nobody has is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets {
    pub views: [(View, u64); 4],
    /// Words of the template, else as typed; an empty one is none given. By alphabet, as the hamlets are.
    pub occupations: Vec<(String, u64)>,
    pub hamlets: Vec<(String, u64)>,
    /// In the order of the form.
    pub missing: Vec<(Field, u64)>,
    pub readiness: Vec<(Readiness, u64)>,
}

/// People whose desil is too old for the regulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaleDesil {
    pub total: u64,
    /// The oldest first, as many as were asked for.
    pub people: Vec<(PersonRow, Quarter)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    /// Last changed first.
    Newest,
    State,
    Hamlet,
    /// Oldest person first; unknown dates last.
    BirthDate,
}

/// One stretch of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// How many there are in all stretches.
    pub total: u64,
    pub rows: Vec<PersonRow>,
}

/// A line of a list. Texts are as typed, also where unreadable.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub id: PersonId,
    pub nik: String,
    pub name: String,
    pub kk: String,
    pub hamlet: String,
    pub occupation: String,
    pub birth_date: Option<CivilDate>,
    pub state: State,
    pub delivery: Delivery,
    /// Of the newest version; a draft is judged on today.
    pub readiness: Readiness,
    /// How many judged facts are missing or unreadable.
    pub missing: u8,
    pub can_be_listed: bool,
    pub edit_pending: bool,
    pub needs_new_statement: bool,
    pub nik_elsewhere: Option<VillageCode>,
    /// *Ada dua isian*.
    pub two_versions: bool,
    /// As [`Mark::MaybeSame`].
    pub maybe_same: bool,
    pub updated_at: Timestamp,
}

/// One of many people with everything typed of them, as lists on paper and exports take them.
#[derive(Clone)]
pub struct FullRow {
    pub row: PersonRow,
    /// What the form shows: the typed change where one is pending, else what was released.
    pub values: FieldValues,
    /// What the newest version says; absent for a draft.
    pub released: Option<FieldValues>,
}

/// How many people stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: u64,
    /// Every state that occurs, in the order of `State::ALL`.
    pub by_state: Vec<(State, u64)>,
    pub can_be_listed: u64,
    pub edit_pending: u64,
    pub needs_new_statement: u64,
    pub nik_elsewhere: u64,
    pub two_versions: u64,
    pub maybe_same: u64,
    /// People whose newest version is not yet at the district.
    pub not_sent: u64,
}

impl Counts {
    pub fn of(&self, state: State) -> u64 {
        self.by_state.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count)
    }
}

/// Everything about one person.
#[derive(Clone, Debug)]
pub struct PersonDetail {
    pub id: PersonId,
    /// From *siap* on.
    pub entity: Option<EntityId>,
    /// The entry of the newest version.
    pub version: Option<EntityId>,
    /// What the form shows: the typed change where one is pending, else what was released.
    pub values: FieldValues,
    /// What the newest version says.
    pub released: Option<FieldValues>,
    /// Fields of the pending change; empty without one, and for drafts.
    pub edited: Vec<Field>,
    pub registered_on: Option<CivilDate>,
    pub readiness: Option<Readiness>,
    pub status: PersonStatus,
    /// In a statement that waits for the head.
    pub listed: Option<StatementId>,
    pub can_be_listed: bool,
    /// `values` read and judged, as a form shows it beside the fields.
    pub check: Check,
    pub same_nik: Vec<PersonRow>,
    pub same_nik_reason: Option<String>,
    pub nik_elsewhere: Option<VillageCode>,
    /// *Ada dua isian*: `values` are those of the nearest version on which both rest; see `Register::two_versions`.
    pub two_versions: bool,
    pub ended: Option<End>,
    /// The district's answers, newest first.
    pub answers: Vec<AnswerView>,
    /// Newest first.
    pub history: Vec<HistoryLine>,
    /// Every statement that lists or listed the person, newest first.
    pub statements: Vec<StatementId>,
    /// When all of it was at the district, by the district's clock and under its receipts; `None` while something waits.
    pub arrived_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Versions of a person that stand side by side, typed on devices that did not know of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoVersions {
    /// The nearest version on which all of them rest.
    pub base: VersionView,
    /// In order; at least two.
    pub heads: Vec<VersionView>,
    /// Fields in which they are not all the same, in the order of the template.
    pub differing: Vec<Field>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct VersionView {
    pub entry: EntityId,
    pub at: Timestamp,
    pub actor: String,
    /// *laptop ini*, *laptop lain (…ab12)*.
    pub device_words: String,
    pub values: FieldValues,
}

impl fmt::Debug for VersionView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VersionView({:?}, {:?})", self.entry, self.at)
    }
}

/// Typed values, read and judged.
#[derive(Clone, Debug)]
pub struct Check {
    pub reading: Reading,
    pub judgement: Judgement,
    /// The day that was judged on.
    pub registered_on: CivilDate,
}

#[derive(Clone, PartialEq, Eq)]
pub struct End {
    pub kind: EndKind,
    pub on: CivilDate,
    pub reason: String,
}

/// One answer of the district.
#[derive(Clone, Debug)]
pub struct AnswerView {
    pub at: Timestamp,
    pub answer: Answer,
    /// Counts the person's versions from 1; an answer about an older one says nothing about the newest.
    pub version: u64,
    /// Of the newest version, and no officer said something else about it.
    pub about_newest: bool,
    pub reasons: Vec<Reason>,
    pub officer: Option<String>,
}

/// One thing that happened to a person.
#[derive(Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub at: Timestamp,
    pub actor: String,
    pub what: Happening,
    /// The entry that says so, where one travels.
    pub entry: Option<EntityId>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Happening {
    Released {
        version: u64,
    },
    Corrected {
        version: u64,
        fields: Vec<Field>,
    },
    Ended(End),
    Listed {
        statement: StatementId,
    },
    /// Struck out by the head, or the statement was withdrawn.
    Unlisted {
        statement: StatementId,
        reason: String,
    },
    Signed {
        statement: StatementId,
    },
    Stamped {
        statement: StatementId,
    },
    /// The district refused the stamp's serial.
    StampRefused {
        statement: StatementId,
        reason: String,
    },
    /// The head took the signed statement back.
    Uncovered {
        statement: StatementId,
        reason: String,
    },
    Answered {
        version: u64,
        answer: Answer,
    },
    NikElsewhere {
        village: VillageCode,
    },
    /// Somebody decided that another one who looks alike is not the same person.
    NotSame {
        other: PersonId,
        /// As it stands now.
        name: String,
        reason: String,
    },
}

impl fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonRow({}, {:?}, {:?})", self.id.0, self.state, self.delivery)
    }
}

impl fmt::Debug for FullRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FullRow({:?})", self.row)
    }
}

impl fmt::Debug for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "End({:?}, {:?})", self.kind, self.on)
    }
}

impl fmt::Debug for HistoryLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HistoryLine({:?}, {:?})", self.at, self.entry)
    }
}
