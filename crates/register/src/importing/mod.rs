//! Many people from one file: first what would become of every row, then all of it in one transaction, and afterwards, if
//! it was the wrong file, everything as it was before.
//!
//! Planning and taking run the same code over the same register, so they cannot disagree; figures that do not add up
//! leave nothing behind.

mod matching;
mod plan;
mod rows;
mod selecting;
mod take;
mod undo;
mod views;

pub(crate) mod proof;

pub use selecting::{FileFacets, Selection, file_facets};
pub use views::{
    Destination, Fate, Figures, Import, ImportLine, ImportPlan, ImportReport, ImportRow, PastImport,
    PlannedRow, Undone,
};

pub(crate) use matching::{trimmed, with};
pub(crate) use plan::{Footing, judged};
pub(crate) use rows::{Trace, trace};
pub(crate) use selecting::occupation_word;
pub(crate) use take::take;
pub(crate) use undo::undo;

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::ImportId;
use crate::op::Done;
use crate::reading;
use crate::register::Register;
use payung_domain::Watch;

/// Most rows in one import.
pub const IMPORT_ROWS_MAX: usize = 200_000;
/// What is kept of a file's name, characters.
pub(crate) const FILE_NAME_CHARS_MAX: usize = 200;
/// Rows between two looks at who watches.
pub(crate) const ROWS_BETWEEN_LOOKS: usize = 500;

impl Register {
    /// What would become of every row; writes nothing.
    ///
    /// # Errors
    /// `TooManyRows`, and `Stopped` when the watch says stop.
    pub fn plan_import(&self, import: &Import, watch: &dyn Watch) -> Result<ImportPlan, RegisterError> {
        // One look at the file for all rows, instead of one for each.
        let read = self.db.unchecked_transaction()?;
        let footing = (&*read, &self.village, &self.regulation, reading::today(self));
        plan::plan(footing, import, watch)
    }

    /// Takes a file in: all of it or nothing. As `Op::Import`, for someone who watches and may stop it.
    ///
    /// # Errors
    /// As [`Self::plan_import`]; nothing was written then.
    pub fn run_import(&mut self, import: &Import, watch: &dyn Watch) -> Result<Done, RegisterError> {
        Door::watched(self, watch, |door| take(door, import))
    }

    /// Takes an import back, all of it or nothing. As `Op::UndoImport`, for someone who watches and may stop it.
    ///
    /// # Errors
    /// `ImportUndone`, no such import, `Stopped`; nothing was written then.
    pub fn undo_import(&mut self, import: ImportId, watch: &dyn Watch) -> Result<Done, RegisterError> {
        Door::watched(self, watch, |door| undo(door, import))
    }

    /// Newest first.
    pub fn imports(&self) -> Result<Vec<PastImport>, RegisterError> {
        rows::imports(&self.db)
    }
}

/// Who watches sees one path of three parts: deciding about all rows, writing them, and comparing people.
pub(crate) struct Part<'a> {
    watch: &'a dyn Watch,
    from: u64,
    to: u64,
}

const PARTS: u64 = 3;

impl<'a> Part<'a> {
    fn deciding(watch: &'a dyn Watch) -> Self {
        Self { watch, from: 0, to: 1 }
    }

    fn writing(watch: &'a dyn Watch) -> Self {
        Self { watch, from: 1, to: 2 }
    }

    /// Nothing is decided about what is taken back.
    fn taking_back(watch: &'a dyn Watch) -> Self {
        Self { watch, from: 0, to: 2 }
    }

    pub(crate) fn comparing(watch: &'a dyn Watch) -> Self {
        Self { watch, from: 2, to: PARTS }
    }
}

impl Watch for Part<'_> {
    fn at(&self, done: u64, total: u64) -> bool {
        self.watch.at(self.from * total + (self.to - self.from) * done, PARTS * total)
    }
}

/// # Errors
/// `Stopped` when the watch says so; asked every [`ROWS_BETWEEN_LOOKS`] rows.
pub(crate) fn look(watch: &dyn Watch, done: usize, total: usize) -> Result<(), RegisterError> {
    if done.is_multiple_of(ROWS_BETWEEN_LOOKS) && !watch.at(done as u64, total as u64) {
        return Err(RegisterError::Stopped);
    }
    Ok(())
}
