//! What the door does to the population.

use super::rows;
use super::views::Picked;
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{ImportId, PopulationId};
use crate::importing::{IMPORT_ROWS_MAX, Trace, trace, trimmed, with};
use crate::op::Done;
use crate::person::door as person;
use payung_domain::{Field, FieldValues};
use payung_journal::TrailKind;

/// Somebody new of a population file.
pub(crate) fn make(door: &mut Door<'_>, import: ImportId, row: &FieldValues) -> Result<(), RegisterError> {
    let resident = rows::insert(door.db, import, &trimmed(row))?;
    trace(door, import, &Trace::MadeResident { resident })
}

/// Somebody who is there takes what a row says.
pub(crate) fn change(
    door: &mut Door<'_>,
    import: ImportId,
    resident: PopulationId,
    row: &FieldValues,
) -> Result<(), RegisterError> {
    let before = rows::values(door.db, resident)?;
    let before_import = rows::written_by(door.db, resident)?;
    rows::write(door.db, resident, import, &with(&before, row))?;
    trace(door, import, &Trace::ChangedResident { resident, before: &before, before_import })
}

/// Rows become drafts with everything that is known; whoever is an applicant already is only named.
pub(crate) fn pick(door: &mut Door<'_>, ids: &[PopulationId]) -> Result<Done, RegisterError> {
    if ids.len() > IMPORT_ROWS_MAX {
        return Err(RegisterError::TooManyRows { rows_max: IMPORT_ROWS_MAX });
    }
    let mut picked = Picked::default();
    for id in ids {
        let nik = rows::one(door.db, *id)?.columns.nik;
        if let Some(person) = rows::applicant(door.db, Some(*id), &nik)? {
            if !picked.people.contains(&person) && !picked.already.contains(&person) {
                picked.already.push(person);
            }
            continue;
        }
        let values = rows::values(door.db, *id)?;
        let fields: Vec<Field> = values.iter().map(|(field, _)| field).collect();
        let record = person::draft(door, values);
        let person = person::insert(door, record)?;
        rows::link(door.db, *id, person)?;
        door.trail(TrailKind::DraftChanged, Some(person), &fields, "Dari data penduduk")?;
        picked.people.push(person);
    }
    Ok(Done { people: picked.people.clone(), picked: Some(picked), ..Done::default() })
}
