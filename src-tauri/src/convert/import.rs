//! A file to import, row by row, in words.

use super::count;
use super::facets;
use crate::dto::{
    CommandError, DestinationKey, FateKey, ImportChange, ImportDone, ImportFigures, ImportPlanView,
    ImportProblem, ImportRequest, ImportRowView, ImportRowsPage, ImportRowsQuery, KeptPerson, OpenedImport,
    PastImport, UndoneImport,
};
use crate::error::{Answered, sentence};
use crate::importing::{Opened, Place, Planned};
use payung_domain::{Field, FieldError, FieldValues, Figure, Watch};
use payung_register::{
    Destination, Fate, Figures, ImportId, ImportReport, ImportRow, LIST_ROWS_MAX, PlannedRow, Register,
    Selection, Undone,
};
use payung_sheets::SkippedRow;
use std::borrow::Cow;
use std::collections::BTreeMap;

// -- The open file ---------------------------------------------------------------------------------------------------

pub fn opened(opened: &Opened) -> OpenedImport {
    let import = &opened.import;
    let found = payung_register::file_facets(&import.rows);
    OpenedImport {
        file_name: import.file_name.clone(),
        layout: import.layout.clone(),
        layout_words: layout_words(&import.layout),
        sheets: import.sheets.clone(),
        read: count((import.rows.len() + opened.left_out.len()) as u64),
        skipped: count(opened.left_out.len() as u64),
        ignored_columns: opened.ignored_columns.clone(),
        occupations: facets::counted(&found.occupations, facets::occupation_words),
        hamlets: facets::counted(&found.hamlets, facets::hamlet_words),
    }
}

/// A layout that this program does not know any more is told by its key.
fn layout_words(name: &str) -> String {
    payung_sheets::Layout::from_name(name).map_or_else(|| name.to_owned(), |layout| layout.label().to_owned())
}

pub fn selection(request: &ImportRequest) -> Selection {
    Selection {
        ages: request.ages.map(|band| (band.from, band.to)),
        occupations: request.occupations.clone(),
        hamlets: request.hamlets.clone(),
        readiness: request.readiness.iter().map(|readiness| (*readiness).into()).collect(),
    }
}

// -- The plan --------------------------------------------------------------------------------------------------------

pub fn plan(opened: &Opened) -> Answered<ImportPlanView> {
    let Planned { plan, .. } = opened.planned()?;
    let taken = |row: &&PlannedRow| matches!(row.fate, Fate::New | Fate::Changed) && !row.errors.is_empty();
    let mut because: BTreeMap<&str, u64> = BTreeMap::new();
    let planned = plan.rows.iter().filter(|row| row.fate == Fate::Skipped).filter_map(|row| row.words);
    for words in planned.chain(opened.left_out.iter().map(|row| row.reason.as_str())) {
        *because.entry(words).or_default() += 1;
    }
    Ok(ImportPlanView {
        figures: figures(plan.figures),
        ready: count(plan.ready),
        readiness: facets::readiness(plan.rows.iter().filter_map(|row| row.readiness)),
        skipped_because: facets::most_first(
            because.into_iter().map(|(words, count)| (words.to_owned(), sentence(words), count)),
        ),
        notes: count(plan.rows.iter().filter(taken).count() as u64),
    })
}

pub fn figures(figures: Figures) -> ImportFigures {
    ImportFigures {
        read: count(figures.read),
        new: count(figures.new),
        changed: count(figures.changed),
        same: count(figures.same),
        refused: count(figures.refused),
        skipped: count(figures.skipped),
    }
}

pub fn rows(register: &Register, opened: &Opened, query: ImportRowsQuery) -> Answered<ImportRowsPage> {
    let Planned { plan, order } = opened.planned()?;
    let fate = |place: &&Place| match place {
        Place::Planned(at) => plan.rows[*at].fate,
        Place::LeftOut(_) => Fate::Skipped,
    };
    let wanted = query.fate.map(Fate::from);
    let found: Vec<&Place> =
        order.iter().filter(|place| wanted.is_none_or(|wanted| fate(place) == wanted)).collect();
    let shown =
        found.iter().skip(query.offset as usize).take((query.limit as usize).min(LIST_ROWS_MAX as usize));
    let rows = shown.map(|place| match place {
        Place::Planned(at) => planned_row(register, opened, &plan.rows[*at]),
        Place::LeftOut(at) => Ok(left_out_row(opened, &opened.left_out[*at])),
    });
    Ok(ImportRowsPage { total: count(found.len() as u64), rows: rows.collect::<Answered<_>>()? })
}

fn planned_row(register: &Register, opened: &Opened, planned: &PlannedRow) -> Answered<ImportRowView> {
    let row = &opened.import.rows[planned.index as usize];
    let shown = |field: Field| {
        let damaged = row.errors.iter().find(|error| error.field == field).map(|error| error.value.as_str());
        row.values.text(field).or(damaged).unwrap_or_default().to_owned()
    };
    Ok(ImportRowView {
        sheet: sheet(opened, row.sheet),
        row: row.row,
        name: shown(Field::Name),
        nik: shown(Field::Nik),
        fate: planned.fate.into(),
        fate_words: fate_words(planned.fate, &why(planned)),
        readiness: planned.readiness.map(Into::into),
        age: planned.age.map(u32::from),
        changes: changes(register, planned, &row.values)?,
        problems: problems(opened, row, planned),
        person_id: planned.person.map(|person| person.0),
    })
}

fn left_out_row(opened: &Opened, row: &SkippedRow) -> ImportRowView {
    ImportRowView {
        sheet: sheet(opened, row.sheet),
        row: row.row,
        name: String::new(),
        nik: String::new(),
        fate: FateKey::Skipped,
        fate_words: fate_words(Fate::Skipped, &row.reason),
        readiness: None,
        age: None,
        changes: Vec::new(),
        problems: Vec::new(),
        person_id: None,
    }
}

fn sheet(opened: &Opened, index: u16) -> Option<String> {
    opened.import.sheets.get(usize::from(index)).cloned()
}

/// Why a row is refused, left out, or stays a draft; names the other rows with its NIK.
fn why(planned: &PlannedRow) -> String {
    let words = planned.words.unwrap_or_default();
    if planned.same_nik_rows.is_empty() {
        return words.to_owned();
    }
    let rows: Vec<String> = planned.same_nik_rows.iter().map(u32::to_string).collect();
    let rows = rows.join(", ");
    // What is wrong names the rows; what to do follows it.
    match words.split_once("; ") {
        Some((wrong, remedy)) => format!("{wrong} (baris {rows}); {remedy}"),
        None => format!("{words} (baris {rows})"),
    }
}

fn fate_words(fate: Fate, why: &str) -> String {
    let fate = match fate {
        Fate::New => "baru",
        Fate::Changed => "berubah",
        Fate::Same => "sama",
        Fate::Refused => "ditolak",
        Fate::Skipped => "dilewati",
    };
    if why.is_empty() { fate.to_owned() } else { format!("{fate}: {why}") }
}

/// What stood there before, as people read it, and what would stand there.
fn changes(register: &Register, planned: &PlannedRow, values: &FieldValues) -> Answered<Vec<ImportChange>> {
    if planned.changes.is_empty() {
        return Ok(Vec::new());
    }
    let former = match (planned.person, planned.population) {
        (Some(person), _) => register.person(person)?.values,
        (None, Some(id)) => register.population_values(id)?,
        (None, None) => FieldValues::default(),
    };
    let change = |field: &Field| ImportChange {
        label: field.label().to_owned(),
        from: super::versions::readable(*field, former.text(*field).unwrap_or_default()),
        to: super::versions::readable(*field, values.text(*field).unwrap_or_default()),
    };
    Ok(planned.changes.iter().map(change).collect())
}

// -- What is wrong with a row ----------------------------------------------------------------------------------------

fn problems(opened: &Opened, row: &ImportRow, planned: &PlannedRow) -> Vec<ImportProblem> {
    let sheet = sheet(opened, row.sheet);
    let told = |error: &FieldError| {
        let column = opened.columns.get(&error.field).cloned();
        ImportProblem {
            sheet: sheet.clone(),
            row: row.row,
            field: Some(error.field.name().to_owned()),
            label: error.field.label().to_owned(),
            value: error.value.clone(),
            rule: error.rule.clone(),
            message: message(column.as_deref(), error),
            column,
        }
    };
    complaints(row, planned).iter().map(told).collect()
}

/// The errors of its values; a row that is refused as a whole is told at its NIK.
fn complaints<'a>(row: &ImportRow, planned: &'a PlannedRow) -> Cow<'a, [FieldError]> {
    if planned.fate != Fate::Refused || !planned.errors.is_empty() {
        return Cow::Borrowed(&planned.errors);
    }
    let value = row.values.text(Field::Nik).unwrap_or_default().to_owned();
    Cow::Owned(vec![FieldError { field: Field::Nik, value, rule: why(planned) }])
}

/// `Kolom C, NIK "33050": harus 16 angka; ketik ulang dari KTP atau KK.`
fn message(column: Option<&str>, error: &FieldError) -> String {
    match column {
        Some(column) => sentence(&format!("kolom {column}, {}", error.message())),
        None => sentence(&error.message()),
    }
}

/// Refused rows with their places, to be mended in a workbook of their own.
pub struct Refused<'a>(Vec<(String, &'a FieldValues, Cow<'a, [FieldError]>)>);

impl Refused<'_> {
    pub fn lines(&self) -> Vec<payung_sheets::Correction<'_>> {
        let lines = self.0.iter();
        lines
            .map(|(place, values, errors)| payung_sheets::Correction { place: place.clone(), values, errors })
            .collect()
    }
}

/// # Errors
/// Nothing was refused.
pub fn corrections(opened: &Opened) -> Answered<Refused<'_>> {
    let Planned { plan, .. } = opened.planned()?;
    let refused = plan.rows.iter().filter(|planned| planned.fate == Fate::Refused).map(|planned| {
        let row = &opened.import.rows[planned.index as usize];
        let place = match sheet(opened, row.sheet) {
            Some(sheet) => format!("Lembar {sheet}, baris {}", row.row),
            None => format!("Baris {}", row.row),
        };
        (place, &row.values, complaints(row, planned))
    });
    let refused = Refused(refused.collect());
    if refused.0.is_empty() {
        return Err(CommandError::problem(
            "Tidak ada baris yang ditolak, jadi tidak ada yang perlu diperbaiki.",
        ));
    }
    Ok(refused)
}

pub fn not_written(error: &std::io::Error) -> CommandError {
    CommandError::problem(format!(
        "Berkas perbaikan tidak dapat disimpan di sana ({error}). Pilih folder lain, lalu ulangi."
    ))
}

// -- Taken, and taken back -------------------------------------------------------------------------------------------

pub fn done(report: &ImportReport, destination: Destination) -> ImportDone {
    ImportDone {
        id: report.id.map(|id| id.0),
        figures: figures(report.figures),
        ready: count(report.ready),
        words: done_words(report, destination),
    }
}

fn done_words(report: &ImportReport, destination: Destination) -> String {
    let Figures { new, changed, refused, .. } = report.figures;
    if new + changed == 0 {
        return match refused {
            0 => "Tidak ada yang perlu disimpan.".to_owned(),
            _ => format!("Tidak ada yang disimpan; {} baris ditolak.", Figure(refused)),
        };
    }
    let what = match destination {
        Destination::Population => "penduduk",
        Destination::Applicants => "calon penerima",
    };
    let (new_ones, changed_ones) = (Figure(new), Figure(changed));
    let mut words = match (new, changed) {
        (_, 0) => format!("{new_ones} {what} baru disimpan."),
        (0, _) => format!("{changed_ones} {what} berubah disimpan."),
        _ => format!("{new_ones} {what} baru dan {changed_ones} yang berubah disimpan."),
    };
    if report.ready > 0 {
        words.push_str(&format!(" {} ditandai siap.", Figure(report.ready)));
    }
    if refused > 0 {
        words.push_str(&format!(" {} baris ditolak dan belum disimpan.", Figure(refused)));
    }
    words
}

pub fn past(past: &payung_register::PastImport) -> PastImport {
    PastImport {
        id: past.id.0,
        at: past.at.millis(),
        actor: past.actor.clone(),
        file_name: past.file_name.clone(),
        layout_words: layout_words(&past.layout),
        destination: past.destination.into(),
        figures: figures(past.figures),
        undone_at: past.undone_at.map(payung_domain::Timestamp::millis),
        can_undo: past.can_undo,
    }
}

pub fn undo(register: &mut Register, import: ImportId, watch: &dyn Watch) -> Answered<UndoneImport> {
    let done = register.undo_import(import, watch)?;
    let undone = done.undone.ok_or_else(CommandError::broken)?;
    let kept = undone.kept.iter().map(|(person, why)| {
        let name = register.row(*person)?.name;
        Ok(KeptPerson { id: person.0, name, why: (*why).to_owned() })
    });
    let kept = kept.collect::<Answered<Vec<_>>>()?;
    let words = undone_words(&undone);
    Ok(UndoneImport { removed: count(undone.removed), restored: count(undone.restored), kept, words })
}

fn undone_words(undone: &Undone) -> String {
    let (removed, restored) = (Figure(undone.removed), Figure(undone.restored));
    let mut words = match (undone.removed, undone.restored) {
        (0, 0) => "Tidak ada yang dikembalikan.".to_owned(),
        (_, 0) => format!("Impor dibatalkan: {removed} orang dikeluarkan lagi."),
        (0, _) => format!("Impor dibatalkan: {restored} orang kembali ke isian semula."),
        _ => {
            format!("Impor dibatalkan: {removed} orang dikeluarkan lagi, {restored} kembali ke isian semula.")
        }
    };
    if !undone.kept.is_empty() {
        let kept = undone.kept.len();
        words.push_str(&format!(" {kept} orang tetap ada karena sudah dikerjakan lebih lanjut."));
    }
    if undone.kept_population > 0 {
        let kept = undone.kept_population;
        words.push_str(&format!(" {kept} penduduk tetap ada karena diubah impor sesudahnya."));
    }
    words
}

same!(Destination, DestinationKey, Population => Population, Applicants => Applicants);
same!(Fate, FateKey,
    New => New, Changed => Changed, Same => Same, Refused => Refused, Skipped => Skipped,
);
