//! A plan carried out, in the door's one transaction.

use super::plan::plan;
use super::rows::{self, Trace};
use super::views::{Destination, Fate, Figures, Import, ImportPlan, ImportRow, PlannedRow};
use super::{FILE_NAME_CHARS_MAX, Part, look};
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{ImportId, PersonId};
use crate::op::Done;
use crate::person::rows as people;
use crate::person::{door as person, status::status};
use crate::population;
use crate::sql::damaged;
use payung_domain::{FieldValues, Readiness, Watch};
use payung_journal::TrailKind;

pub(crate) fn take(door: &mut Door<'_>, import: &Import) -> Result<Done, RegisterError> {
    let rows = import.rows.len();
    let mut plan =
        plan((door.db, door.village, door.regulation, door.today()), import, &Part::deciding(door.watch))?;
    if !plan.figures.add_up() {
        return Err(RegisterError::FiguresDoNotAddUp);
    }
    let id = rows::insert(door, import, &plan.figures)?;
    door.population_changed |= import.destination == Destination::Population;
    let writing = Part::writing(door.watch);
    let mut written = Figures::default();
    for (place, planned) in plan.rows.iter_mut().enumerate() {
        look(&writing, place, rows)?;
        let row = import.rows.get(planned.index as usize).ok_or_else(|| damaged("row of an import"))?;
        match (planned.fate, import.destination) {
            (Fate::New, Destination::Applicants) => make_applicant(door, id, row, planned)?,
            (Fate::Changed, Destination::Applicants) => change_applicant(door, id, row, planned)?,
            (Fate::New, Destination::Population) => population::door::make(door, id, &row.values)?,
            (Fate::Changed, Destination::Population) => {
                let known = planned.population.ok_or_else(|| damaged("plan of an import"))?;
                population::door::change(door, id, known, &row.values)?;
            }
            (Fate::Same | Fate::Refused | Fate::Skipped, _) => continue,
        }
        written.count(planned.fate);
    }
    if (written.new, written.changed) != (plan.figures.new, plan.figures.changed) {
        return Err(RegisterError::FiguresDoNotAddUp);
    }
    watch_end(&writing, rows)?;
    remember(door, import, &plan)?;
    let mut report = plan.report(import);
    report.id = Some(id);
    let people = plan.rows.iter().filter_map(|row| row.person.filter(|_| touched(import, row))).collect();
    Ok(Done { people, import: Some(report), ..Done::default() })
}

/// Asked once all rows are written, however few they are.
fn watch_end(watch: &dyn Watch, rows: usize) -> Result<(), RegisterError> {
    if watch.at(rows as u64, rows as u64) { Ok(()) } else { Err(RegisterError::Stopped) }
}

fn touched(import: &Import, row: &PlannedRow) -> bool {
    import.destination == Destination::Applicants && matches!(row.fate, Fate::New | Fate::Changed)
}

/// One line of the trail for the whole file, with its name and its figures.
fn remember(door: &mut Door<'_>, import: &Import, plan: &ImportPlan) -> Result<(), RegisterError> {
    let name: String = import.file_name.chars().take(FILE_NAME_CHARS_MAX).collect();
    let Figures { read, new, changed, same, refused, skipped } = plan.figures;
    let taken = match import.destination {
        Destination::Population => format!("data penduduk, {new} baru"),
        Destination::Applicants => format!("{} siap, {} draf", plan.ready, new - plan.ready),
    };
    let note = format!(
        "{name}: {read} dibaca, {taken}, {changed} berubah, {same} sama, {refused} ditolak, {skipped} dilewati"
    );
    door.trail(TrailKind::Imported, None, &[], &note)
}

fn make_applicant(
    door: &mut Door<'_>,
    import: ImportId,
    row: &ImportRow,
    planned: &mut PlannedRow,
) -> Result<(), RegisterError> {
    let (id, left) = match planned.readiness.filter(|_| planned.ready) {
        Some(readiness) => candidate(door, &row.values, readiness)?,
        None => {
            let record = person::draft(door, row.values.clone());
            (person::insert(door, record)?, row.values.clone())
        }
    };
    planned.person = Some(id);
    rows::trace(door, import, &Trace::MadePerson { person: id, left: &left })
}

/// *Siap* at once: the row goes in as it is to stay.
fn candidate(
    door: &mut Door<'_>,
    values: &FieldValues,
    readiness: Readiness,
) -> Result<(PersonId, FieldValues), RegisterError> {
    let values = person::ready_to_release(door.village, values);
    let mut record = person::draft(door, values.clone());
    let mut event = person::stamp_release(door, &mut record, values.clone(), readiness)?;
    record.status = status(door.need(), std::slice::from_ref(&event), &[]);
    let id = person::insert(door, record)?;
    event.order = door.order_of(event.entry)?;
    people::insert_event(door, id, &event)?;
    Ok((id, values))
}

/// A draft takes the row's values; of a released person they are a typed change that waits for *siap*.
fn change_applicant(
    door: &mut Door<'_>,
    import: ImportId,
    row: &ImportRow,
    planned: &PlannedRow,
) -> Result<(), RegisterError> {
    let id = planned.person.ok_or_else(|| damaged("plan of an import"))?;
    let mut record = people::load(door.db, id)?;
    let before = record.edited.clone();
    let left = super::matching::with(&record.shown(), &row.values);
    let pending = record.released.as_ref().is_none_or(|released| !released.differing(&left).is_empty());
    if record.edited.is_none() {
        record.edit_base = record.version;
    }
    record.edited = pending.then(|| left.clone());
    let left = record.shown();
    people::save(door, &mut record)?;
    rows::trace(door, import, &Trace::ChangedPerson { person: id, before: before.as_ref(), left: &left })
}
