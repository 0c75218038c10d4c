//! What goes into an import, and what came of it. Plain values: nothing here can write.

use super::selecting::Selection;
use crate::ids::{ImportId, PersonId, PopulationId};
use payung_domain::{Field, FieldError, FieldValues, Readiness, Timestamp};
use std::fmt;

/// Where the people of a file go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Rows of this village alone, to pick applicants from.
    Population,
    #[default]
    Applicants,
}

/// Rows of a file, as read, and what is wanted of them.
#[derive(Clone, Default)]
pub struct Import {
    /// Without its folders.
    pub file_name: String,
    /// What the file turned out to be, as `payung-sheets` names it.
    pub layout: String,
    /// Names of the sheets that rows were read from.
    pub sheets: Vec<String>,
    pub rows: Vec<ImportRow>,
    /// Rows that the reader left aside, with a reason of its own.
    pub skipped: u64,
    pub destination: Destination,
    pub selection: Selection,
    /// Marks every new applicant without error *siap*. The population knows no *siap*.
    pub ready: bool,
    /// A new applicant whose row cannot be read becomes a draft instead of being refused: what a script asks for, where
    /// nobody looks at a preview.
    pub keep_unreadable: bool,
}

#[derive(Clone)]
pub struct ImportRow {
    /// Index into [`Import::sheets`].
    pub sheet: u16,
    /// As the spreadsheet counts.
    pub row: u32,
    pub values: FieldValues,
    /// Errors of the sheet itself, such as a number that the spreadsheet destroyed.
    pub errors: Vec<FieldError>,
}

impl fmt::Debug for ImportRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImportRow({}, {:?}, {:?})", self.row, self.values, self.errors)
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nobody here is this person yet.
    New,
    /// Somebody here is, and the row says something else or more.
    Changed,
    /// Somebody here is, and the row says nothing new.
    Same,
    /// Not taken; the reason stands with the row.
    Refused,
    /// Not asked for, or already said by an earlier row.
    Skipped,
}

/// Every row that was read is in exactly one of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub read: u64,
    pub new: u64,
    pub changed: u64,
    pub same: u64,
    pub refused: u64,
    pub skipped: u64,
}

impl Figures {
    pub fn add_up(&self) -> bool {
        let parts = [self.new, self.changed, self.same, self.refused, self.skipped];
        parts.into_iter().try_fold(0, u64::checked_add) == Some(self.read)
    }

    pub(crate) fn count(&mut self, fate: Fate) {
        let counted = match fate {
            Fate::New => &mut self.new,
            Fate::Changed => &mut self.changed,
            Fate::Same => &mut self.same,
            Fate::Refused => &mut self.refused,
            Fate::Skipped => &mut self.skipped,
        };
        *counted += 1;
    }
}

/// What would become of every row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    pub figures: Figures,
    /// New applicants that would be *siap* at once.
    pub ready: u64,
    /// Every row, in the file's order.
    pub rows: Vec<PlannedRow>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Into [`Import::rows`].
    pub index: u32,
    pub fate: Fate,
    /// `false`: the selection leaves it out.
    pub selected: bool,
    /// Judged on today as the person would stand after the import; absent where the row says not who it is.
    pub readiness: Option<Readiness>,
    /// Completed years today.
    pub age: Option<u8>,
    /// Values that cannot be read; of a new applicant also what must not be missing. Rows that are taken may have some:
    /// they stay at their fields.
    pub errors: Vec<FieldError>,
    /// Fields in which the row differs from what is here; empty but for [`Fate::Changed`].
    pub changes: Vec<Field>,
    /// The applicant who is this person already; after the import also the one that was made.
    pub person: Option<PersonId>,
    /// The population's row that is this person already.
    pub population: Option<PopulationId>,
    /// Earlier rows of the file with the same NIK (without one: the same person), as the spreadsheet counts.
    pub same_nik_rows: Vec<u32>,
    /// Why it is refused, skipped or only a draft.
    pub words: Option<&'static str>,
    /// A new applicant that becomes *siap* at once.
    pub ready: bool,
}

impl fmt::Debug for PlannedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlannedRow({}, {:?}, {:?}, {:?})", self.index, self.fate, self.words, self.errors)
    }
}

/// What came of an import, or would come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Absent in a trial.
    pub id: Option<ImportId>,
    pub figures: Figures,
    /// New applicants that are *siap*.
    pub ready: u64,
    /// New applicants that are drafts.
    pub drafts: u64,
    /// In the order of the file; rows without anything to say are left out.
    pub lines: Vec<ImportLine>,
}

/// What is to be said about one row.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportLine {
    pub sheet: u16,
    pub row: u32,
    pub fate: Fate,
    /// The applicant that it is, or became.
    pub person: Option<PersonId>,
    pub errors: Vec<FieldError>,
    pub same_nik_rows: Vec<u32>,
    pub words: Option<&'static str>,
}

impl fmt::Debug for ImportLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImportLine({}, {:?}, {:?}, {:?})", self.row, self.fate, self.words, self.errors)
    }
}

impl ImportPlan {
    /// The same as a report: what a trial says.
    pub fn report(&self, import: &Import) -> ImportReport {
        let applicants = import.destination == Destination::Applicants;
        let line = |row: &PlannedRow| {
            let of = import.rows.get(row.index as usize)?;
            let says = !row.errors.is_empty() || row.words.is_some() || !row.same_nik_rows.is_empty();
            says.then(|| ImportLine {
                sheet: of.sheet,
                row: of.row,
                fate: row.fate,
                person: row.person,
                errors: row.errors.clone(),
                same_nik_rows: row.same_nik_rows.clone(),
                words: row.words,
            })
        };
        ImportReport {
            id: None,
            figures: self.figures,
            ready: self.ready,
            drafts: if applicants { self.figures.new - self.ready } else { 0 },
            lines: self.rows.iter().filter_map(line).collect(),
        }
    }
}

/// A file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastImport {
    pub id: ImportId,
    pub at: Timestamp,
    pub actor: String,
    pub file_name: String,
    pub layout: String,
    pub destination: Destination,
    pub figures: Figures,
    pub undone_at: Option<Timestamp>,
    /// It made or changed something, and was not undone.
    pub can_undo: bool,
}

/// What taking an import back came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// People or rows that the import had made and that are gone; who was *siap* already is marked as cancelled.
    pub removed: u64,
    /// Who stands as before the import.
    pub restored: u64,
    /// Applicants who stay as they are, each with the reason.
    pub kept: Vec<(PersonId, &'static str)>,
    /// Rows of the population that a later import changed, so they stay.
    pub kept_population: u64,
}
