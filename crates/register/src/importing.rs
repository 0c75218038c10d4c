//! Many people from one file: what goes in, and line by line what came of it.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::op::Done;
use crate::person::{door as person, rows, status::status};
use crate::reading::judge_on;
use crate::register::Register;
use crate::settings::{CurrentRegulation, Village};
use payung_domain::{CivilDate, Field, FieldError, FieldValues, Readiness};
use payung_journal::TrailKind;
use rusqlite::Connection;
use std::collections::HashMap;
use std::fmt;

/// Rows of a file, as read.
#[derive(Clone)]
pub struct Import {
    /// For the trail; without its folders.
    pub file_name: String,
    pub rows: Vec<ImportRow>,
    /// Marks every row without error *siap*; a row whose NIK is already there stays a draft for a person to decide.
    pub ready: bool,
}

#[derive(Clone)]
pub struct ImportRow {
    /// As the spreadsheet counts.
    pub row: u32,
    pub values: FieldValues,
    /// Errors of the sheet itself, such as a number that the spreadsheet destroyed.
    pub errors: Vec<FieldError>,
}

/// Most rows in one import.
pub const IMPORT_ROWS_MAX: usize = 200_000;
/// What the trail keeps of a file's name, characters.
const FILE_NAME_CHARS_MAX: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub released: u64,
    pub drafts: u64,
    /// In the order of the file; rows without anything to say are left out.
    pub lines: Vec<ImportLine>,
}

/// What is to be said about one row.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportLine {
    pub row: u32,
    /// Absent in a trial.
    pub person: Option<PersonId>,
    pub errors: Vec<FieldError>,
    /// People of the register, or earlier rows of this file, with the same NIK.
    pub same_nik_people: Vec<PersonId>,
    pub same_nik_rows: Vec<u32>,
    /// Why it stays a draft although `ready` was asked.
    pub stays_draft: Option<&'static str>,
}

impl fmt::Debug for ImportLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImportLine({}, {:?})", self.row, self.errors)
    }
}

pub(crate) fn import(door: &mut Door<'_>, import: &Import) -> Result<Done, RegisterError> {
    let mut sorter = Sorter::new(door.db, door.village, door.regulation, door.today(), import)?;
    let mut report = ImportReport::default();
    for row in &import.rows {
        let mut plan = sorter.plan(row)?;
        let id = match plan.release.take() {
            Some((values, readiness)) => {
                report.released += 1;
                let mut record = person::draft(door, values.clone());
                let mut event = person::stamp_release(door, &mut record, values, readiness)?;
                record.status = status(door.need(), std::slice::from_ref(&event), &[]);
                let id = person::insert(door, record)?;
                event.order = door.order_of(event.entry)?;
                rows::insert_event(door, id, &event)?;
                id
            }
            None => {
                report.drafts += 1;
                let record = person::draft(door, row.values.clone());
                person::insert(door, record)?
            }
        };
        sorter.taken(row, id);
        plan.line.person = Some(id);
        if plan.line.says_something() {
            report.lines.push(plan.line);
        }
    }
    let name: String = import.file_name.chars().take(FILE_NAME_CHARS_MAX).collect();
    let note = format!("{name}: {} siap, {} draf", report.released, report.drafts);
    door.trail(TrailKind::Imported, None, &[], &note)?;
    Ok(Done { import: Some(report), ..Done::default() })
}

pub(crate) fn preview(register: &Register, import: &Import) -> Result<ImportReport, RegisterError> {
    let today = register.tools.clock.now().civil_date(register.regulation.regulation.utc_offset);
    let mut sorter = Sorter::new(&register.db, &register.village, &register.regulation, today, import)?;
    let mut report = ImportReport::default();
    for row in &import.rows {
        let plan = sorter.plan(row)?;
        match plan.release {
            Some(_) => report.released += 1,
            None => report.drafts += 1,
        }
        sorter.taken(row, PersonId(0));
        if plan.line.says_something() {
            report.lines.push(plan.line);
        }
    }
    Ok(report)
}

/// Decides about one row after the other, the same way for a trial and for the real thing.
struct Sorter<'a> {
    db: &'a Connection,
    village: &'a Village,
    regulation: &'a CurrentRegulation,
    today: CivilDate,
    ready: bool,
    /// NIK to the rows of this file that hold it, and the people they became.
    seen: HashMap<String, Vec<(u32, PersonId)>>,
}

struct Plan {
    /// Values and readiness where the row becomes *siap*.
    release: Option<(FieldValues, Readiness)>,
    line: ImportLine,
}

impl<'a> Sorter<'a> {
    fn new(
        db: &'a Connection,
        village: &'a Village,
        regulation: &'a CurrentRegulation,
        today: CivilDate,
        import: &Import,
    ) -> Result<Self, RegisterError> {
        if import.rows.len() > IMPORT_ROWS_MAX {
            return Err(RegisterError::TooManyRows { rows_max: IMPORT_ROWS_MAX });
        }
        for row in &import.rows {
            person::check_lengths(&row.values)?;
        }
        Ok(Self { db, village, regulation, today, ready: import.ready, seen: HashMap::new() })
    }

    fn plan(&mut self, row: &ImportRow) -> Result<Plan, RegisterError> {
        let values = person::ready_to_release(self.village, &row.values);
        let reading = payung_domain::read(&values);
        let mut errors = row.errors.clone();
        for error in person::release_errors(&values, &reading) {
            if !errors.iter().any(|known| known.field == error.field) {
                errors.push(error);
            }
        }
        let nik = rows::nik_key(values.text(Field::Nik).unwrap_or_default());
        let earlier = self.seen.get(&nik).map(Vec::as_slice).unwrap_or_default();
        let in_file: Vec<PersonId> = earlier.iter().map(|(_, id)| *id).collect();
        let mut same_nik_people =
            if nik.is_empty() { Vec::new() } else { rows::same_nik(self.db, &nik, PersonId(0))? };
        same_nik_people.retain(|id| !in_file.contains(id));
        let same_nik_rows: Vec<u32> =
            if nik.is_empty() { Vec::new() } else { earlier.iter().map(|(row, _)| *row).collect() };
        let stays_draft = match () {
            () if !self.ready => None,
            () if !errors.is_empty() => Some("ada isian yang harus diperbaiki"),
            () if !same_nik_people.is_empty() => Some("NIK sudah ada di desa ini"),
            () if !same_nik_rows.is_empty() => Some("NIK sudah ada di baris sebelumnya"),
            () => None,
        };
        let release = (self.ready && stays_draft.is_none()).then(|| {
            let readiness = judge_on(self.regulation, &reading, self.today).readiness;
            (values, readiness)
        });
        let line =
            ImportLine { row: row.row, person: None, errors, same_nik_people, same_nik_rows, stays_draft };
        Ok(Plan { release, line })
    }

    /// The row is in; later rows with its NIK are told.
    fn taken(&mut self, row: &ImportRow, id: PersonId) {
        if let Some(nik) = row.values.text(Field::Nik) {
            self.seen.entry(rows::nik_key(nik)).or_default().push((row.row, id));
        }
    }
}

impl ImportLine {
    fn says_something(&self) -> bool {
        !self.errors.is_empty()
            || !self.same_nik_people.is_empty()
            || !self.same_nik_rows.is_empty()
            || self.stays_draft.is_some()
    }
}
