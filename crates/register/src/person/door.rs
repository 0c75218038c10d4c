//! What the door does to one person.

use crate::attachment;
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::likeness::decisions;
use crate::op::{Acknowledge, Done};
use crate::person::rows::{self, EventRow, Record, What};
use crate::person::status::Case;
use crate::person::versions::{self, refuse_two};
use crate::person::{End, graph};
use crate::reading::judge_on;
use crate::settings::Village;
use payung_domain::{
    CivilDate, Delivery, EndKind, Field, FieldError, FieldValues, PersonStatus, Readiness, Reading, State,
};
use payung_journal::{Event, TrailKind};

/// Longest value kept while typing, characters. What may be released is shorter, `Field::length_max`.
pub(crate) const VALUE_CHARS_MAX: usize = 2_000;
/// Longest reason, note or number, characters.
pub(crate) const TEXT_CHARS_MAX: usize = 500;

/// Without these nobody can be named to the district.
const BASICS: [Field; 3] = [Field::Nik, Field::Name, Field::BirthDate];

pub(crate) fn new_draft(door: &mut Door<'_>, values: FieldValues) -> Result<Done, RegisterError> {
    check_lengths(&values)?;
    let fields: Vec<Field> = values.iter().map(|(field, _)| field).collect();
    let id = insert(door, draft(door, values))?;
    door.trail(TrailKind::DraftChanged, Some(id), &fields, "")?;
    Ok(about(id))
}

pub(crate) fn save_field(
    door: &mut Door<'_>,
    person: PersonId,
    field: Field,
    value: &str,
) -> Result<Done, RegisterError> {
    if value.chars().count() > VALUE_CHARS_MAX {
        return Err(RegisterError::ValueTooLong { field, chars_max: VALUE_CHARS_MAX });
    }
    let mut record = rows::load(door.db, person)?;
    refuse_ended(&record)?;
    refuse_two(&record)?;
    let mut values = record.shown();
    if values.get(field).unwrap_or_default() == value {
        return Ok(about(person));
    }
    values.set(field, value);
    // Typed back to what was released: nothing is pending any more.
    let pending = record.released.as_ref().is_none_or(|released| !released.differing(&values).is_empty());
    if record.edited.is_none() {
        record.edit_base = record.version;
    }
    record.edited = pending.then_some(values);
    rows::save(door, &mut record)?;
    door.trail(TrailKind::DraftChanged, Some(person), &[field], "")?;
    Ok(about(person))
}

pub(crate) fn discard_edit(door: &mut Door<'_>, person: PersonId) -> Result<Done, RegisterError> {
    let mut record = rows::load(door.db, person)?;
    let (Some(released), Some(edited)) = (&record.released, &record.edited) else {
        return Err(RegisterError::NothingToRelease);
    };
    let fields = released.differing(edited);
    record.edited = None;
    rows::save(door, &mut record)?;
    door.trail(TrailKind::DraftDiscarded, Some(person), &fields, "")?;
    Ok(about(person))
}

pub(crate) fn release(
    door: &mut Door<'_>,
    person: PersonId,
    acknowledge: &Acknowledge,
) -> Result<Done, RegisterError> {
    let mut case = Case::load(door, person)?;
    refuse_ended(&case.record)?;
    refuse_two(&case.record)?;
    let shown = case.record.shown();
    let (values, readiness) = tested(door, person, &shown, acknowledge, &mut case.record)?;
    if case.record.released.is_none() {
        decisions::decide_all(door, person, &values, acknowledge.alike.as_deref())?;
    }
    match case.record.released {
        None => first_version(door, &mut case, values, readiness)?,
        Some(_) => next_version(door, &mut case, &values, readiness)?,
    }
    case.save(door)?;
    Ok(about(person))
}

/// Values that may become a version: readable, of a number that nobody else holds unseen, acknowledged where notes stand
/// against them.
pub(crate) fn tested(
    door: &Door<'_>,
    person: PersonId,
    typed: &FieldValues,
    acknowledge: &Acknowledge,
    record: &mut Record,
) -> Result<(FieldValues, Readiness), RegisterError> {
    let values = ready_to_release(door.village, typed);
    let reading = payung_domain::read(&values);
    refuse_unreadable(&values, &reading)?;
    let readiness = judge_on(door.regulation, &reading, door.today()).readiness;
    refuse_same_nik(door, person, &values, acknowledge, record)?;
    if readiness != Readiness::Attestable && !acknowledge.notes {
        return Err(RegisterError::NotesNotAcknowledged { readiness });
    }
    Ok((values, readiness))
}

/// *Siap* for the first time: the entry's place is the person's id from now on.
fn first_version(
    door: &mut Door<'_>,
    case: &mut Case,
    values: FieldValues,
    readiness: Readiness,
) -> Result<(), RegisterError> {
    let event = stamp_release(door, &mut case.record, values, readiness)?;
    let entity = event.entry;
    case.add(door, event)?;
    entity.map_or(Ok(()), |entity| attachment::door::announce_drafts(door, case.record.id, entity))
}

/// Writes the entry and sets the record; the caller writes record and event in whichever order it needs.
pub(crate) fn stamp_release(
    door: &mut Door<'_>,
    record: &mut Record,
    values: FieldValues,
    readiness: Readiness,
) -> Result<EventRow, RegisterError> {
    let entity = door.share(Event::PersonReleased {
        values: values.clone(),
        registered_on: door.today(),
        regulation: door.regulation_ref(),
        readiness,
    })?;
    record.entity = Some(entity);
    record.version = Some(entity);
    record.released = Some(values);
    record.edited = None;
    record.registered_on = Some(door.today());
    record.regulation = Some(door.regulation.row);
    record.readiness = Some(readiness);
    let what = What::Released { version: 1, readiness };
    Ok(EventRow::new(door.now, &door.actor, Some(entity), what))
}

/// A typed change becomes a version; only what changed travels.
fn next_version(
    door: &mut Door<'_>,
    case: &mut Case,
    values: &FieldValues,
    readiness: Readiness,
) -> Result<(), RegisterError> {
    let (Some(person), Some(newest), Some(released)) =
        (case.record.entity, case.record.version, case.record.released.clone())
    else {
        return Err(crate::sql::damaged("released person without an entry"));
    };
    // Typed over a version that another device has corrected meanwhile: it stands beside the newest one.
    let base = case.record.edit_base.filter(|_| case.record.edited.is_some()).unwrap_or(newest);
    let over = match graph::said(door.db, base)? {
        Some(said) if base != newest => said.values,
        _ => released,
    };
    let changed = over.differing(values);
    // Nothing typed, but time may have passed: who was too young may be old enough today.
    if changed.is_empty() && case.record.readiness == Some(readiness) {
        return Err(RegisterError::NothingToRelease);
    }
    let attested_changed = versions::attested_changed(door, &changed, values, &[])?;
    let version = door.share(Event::PersonCorrected {
        person,
        base,
        changed: changed.iter().map(|field| (*field, values.get(*field).map(str::to_owned))).collect(),
        registered_on: door.today(),
        regulation: door.regulation_ref(),
        readiness,
        also: Vec::new(),
    })?;
    rows::insert_bases(door.db, version, base, &[])?;
    let mut merged = over;
    for field in &changed {
        merged.set(*field, values.get(*field).unwrap_or_default());
    }
    let what = What::Corrected { version: 0, readiness, attested_changed, fields: changed };
    let event = EventRow::new(door.now, &door.actor, Some(version), what);
    case.record.edited = None;
    case.add(door, event)?;
    if base != newest {
        return versions::settle(door, case);
    }
    case.record.version = Some(version);
    case.record.released = Some(merged);
    case.record.registered_on = Some(door.today());
    case.record.regulation = Some(door.regulation.row);
    case.record.readiness = Some(readiness);
    Ok(())
}

pub(crate) fn end(
    door: &mut Door<'_>,
    person: PersonId,
    kind: EndKind,
    on: CivilDate,
    reason: &str,
) -> Result<Done, RegisterError> {
    let reason = text("Alasan", reason, true)?;
    let mut case = Case::load(door, person)?;
    refuse_ended(&case.record)?;
    refuse_two(&case.record)?;
    let mut entry = None;
    if let (Some(entity), Some(base)) = (case.record.entity, case.record.version) {
        let ended = Event::PersonEnded { person: entity, base, kind, on, reason: reason.clone() };
        let said = door.share(ended)?;
        rows::insert_bases(door.db, said, base, &[])?;
        entry = Some(said);
        case.record.version = entry;
    } else {
        door.trail(TrailKind::DraftDiscarded, Some(person), &[], kind.name())?;
    }
    let what = What::Ended { version: entry.map(|_| 0), end: End { kind, on, reason } };
    case.add(door, EventRow::new(door.now, &door.actor, entry, what))?;
    case.save(door)?;
    Ok(about(person))
}

/// A new person, not yet written.
pub(crate) fn draft(door: &Door<'_>, values: FieldValues) -> Record {
    Record {
        id: PersonId(0),
        entity: None,
        version: None,
        released: None,
        edited: Some(values),
        edit_base: None,
        registered_on: None,
        regulation: None,
        readiness: None,
        same_nik_reason: None,
        nik_elsewhere: None,
        two_versions: false,
        status: PersonStatus {
            state: State::Draft,
            delivery: Delivery::Local,
            needs_new_statement: false,
            covered: false,
            stamped: false,
        },
        listed: false,
        created_at: door.now,
        updated_at: door.now,
    }
}

pub(crate) fn insert(door: &mut Door<'_>, mut record: Record) -> Result<PersonId, RegisterError> {
    rows::save(door, &mut record)?;
    Ok(record.id)
}

/// What is released: without the blanks around it, and of this village where nothing else was said.
pub(crate) fn ready_to_release(village: &Village, typed: &FieldValues) -> FieldValues {
    let mut values: FieldValues = Field::ALL
        .iter()
        .filter_map(|field| typed.text(*field).map(|text| (*field, text.to_owned())))
        .collect();
    if values.get(Field::Village).is_none() {
        values.set(Field::Village, village.code.to_string());
    }
    values
}

/// Missing basics first, then every value that cannot be read.
pub(crate) fn release_errors(values: &FieldValues, reading: &Reading) -> Vec<FieldError> {
    let missing = BASICS.into_iter().filter(|field| values.text(*field).is_none()).map(|field| FieldError {
        field,
        value: String::new(),
        rule: "wajib diisi; ketik seperti pada KTP".to_owned(),
    });
    missing.chain(reading.errors.iter().cloned()).collect()
}

pub(crate) fn check_lengths(values: &FieldValues) -> Result<(), RegisterError> {
    match values.iter().find(|(_, value)| value.chars().count() > VALUE_CHARS_MAX) {
        Some((field, _)) => Err(RegisterError::ValueTooLong { field, chars_max: VALUE_CHARS_MAX }),
        None => Ok(()),
    }
}

/// A reason, note or number without the blanks around it.
pub(crate) fn text(what: &'static str, typed: &str, needed: bool) -> Result<String, RegisterError> {
    let text = typed.trim();
    if needed && text.is_empty() {
        return Err(RegisterError::TextMissing(what));
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(RegisterError::TextTooLong { what, chars_max: TEXT_CHARS_MAX });
    }
    Ok(text.to_owned())
}

pub(crate) fn text_of(record: &Record, field: Field) -> String {
    record.shown().text(field).unwrap_or_default().to_owned()
}

pub(crate) fn about(person: PersonId) -> Done {
    Done { people: vec![person], ..Done::default() }
}

fn refuse_ended(record: &Record) -> Result<(), RegisterError> {
    match record.status.state {
        State::Ended | State::Cancelled => Err(RegisterError::PersonEnded),
        _ => Ok(()),
    }
}

fn refuse_unreadable(values: &FieldValues, reading: &Reading) -> Result<(), RegisterError> {
    let errors = release_errors(values, reading);
    if errors.is_empty() { Ok(()) } else { Err(RegisterError::NotReleasable { errors }) }
}

/// The reason stays with the person as long as the number does.
fn refuse_same_nik(
    door: &Door<'_>,
    person: PersonId,
    values: &FieldValues,
    acknowledge: &Acknowledge,
    record: &mut Record,
) -> Result<(), RegisterError> {
    let nik = values.text(Field::Nik).unwrap_or_default();
    let others = rows::same_nik_released(door.db, nik, person)?;
    if others.is_empty() {
        record.same_nik_reason = None;
        return Ok(());
    }
    // A number that stands since an earlier version was decided on then.
    let released = record.released.as_ref().and_then(|released| released.text(Field::Nik));
    let known = released.map(rows::nik_key) == Some(rows::nik_key(nik));
    match &acknowledge.same_nik {
        Some(reason) => record.same_nik_reason = Some(text("Alasan NIK sama", reason, true)?),
        None if known => {}
        None => return Err(RegisterError::SameNik { others }),
    }
    Ok(())
}
