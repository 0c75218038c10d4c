//! What an entry of somebody else does to the tables. Everything that it names is here; an entry that is taken up twice
//! changes nothing the second time.

use crate::attachment;
use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::orphans;
use crate::ids::PersonId;
use crate::person::rows::{self, EventRow, What};
use crate::person::status::{Case, status};
use crate::person::{End, door as people, versions};
use crate::sql::{self, column};
use crate::statement::decisions::{self, Revocation};
use crate::statement::foreign;
use payung_journal::{EntityId, Entry, Event, SeriesKind};

pub(crate) fn apply(door: &mut Door<'_>, id: EntityId, entry: Entry) -> Result<(), RegisterError> {
    let Entry { at, actor, event, .. } = entry;
    let row = |what| EventRow::new(at, &actor, Some(id), what);
    match event {
        Event::PersonReleased { values, registered_on, regulation, readiness } => {
            if rows::by_entity(door.db, id)?.is_some() {
                return Ok(());
            }
            let mut record = match orphans::draft_of(door, id)? {
                Some(known) => known,
                None => people::draft(door, values.clone()),
            };
            record.edited = record.edited.filter(|typed| *typed != values);
            record.edit_base = record.edited.is_some().then_some(id);
            record.entity = Some(id);
            record.version = Some(id);
            record.released = Some(values);
            record.registered_on = Some(registered_on);
            record.regulation = versions::regulation_row(door.db, &regulation)?;
            record.readiness = Some(readiness);
            record.created_at = at;
            let mut event = row(What::Released { version: 1, readiness });
            event.order = door.order_of(Some(id))?;
            event.receipted = door.held(Some(id))?;
            record.status = status(door.need(), std::slice::from_ref(&event), &[]);
            let person = people::insert(door, record)?;
            rows::insert_event(door, person, &event)
        }
        Event::PersonCorrected { person, base, changed, readiness, also, .. } => {
            let Some(mut case) = case_of(door, person, id)? else { return Ok(()) };
            let fields = changed.iter().map(|(field, _)| *field).collect::<Vec<_>>();
            rows::insert_bases(door.db, id, base, &also)?;
            let values = crate::person::graph::said(door.db, id)?.map(|said| said.values).unwrap_or_default();
            let attested_changed = versions::attested_changed(door, &fields, &values, &also)?;
            case.add(door, row(What::Corrected { version: 0, readiness, attested_changed, fields }))?;
            versions::settle(door, &mut case)?;
            case.save(door)
        }
        Event::PersonEnded { person, base, kind, on, reason } => {
            let Some(mut case) = case_of(door, person, id)? else { return Ok(()) };
            rows::insert_bases(door.db, id, base, &[])?;
            case.add(door, row(What::Ended { version: Some(0), end: End { kind, on, reason } }))?;
            versions::settle(door, &mut case)?;
            case.save(door)
        }
        Event::Answered { person, version, answer, reasons, officer, .. } => {
            let Some(mut case) = case_of(door, person, id)? else { return Ok(()) };
            if rows::of_version(door.db, version)? != Some(case.record.id) {
                return Ok(());
            }
            case.add(door, row(What::Answered { about: version, version: 0, answer, reasons, officer }))?;
            case.save(door)
        }
        Event::NikHeldElsewhere { person, version, other_village } => {
            let Some(mut case) = case_of(door, person, id)? else { return Ok(()) };
            if rows::of_version(door.db, version)? != Some(case.record.id) {
                return Ok(());
            }
            case.add(door, row(What::NikElsewhere { about: version, version: 0, village: other_village }))?;
            case.save(door)
        }
        Event::HeadKeyIntroduced { name, title, key } => {
            foreign::introduced(door, id, at, &name, &title, &key)
        }
        Event::StatementSigned { statement } => foreign::signed(door, id, at, &actor, &statement),
        Event::StatementStamped { statement, on, stamp } => {
            foreign::stamped(door, id, (at, &actor), statement, on, stamp.as_ref())
        }
        Event::StatementWithdrawn { statement, reason, .. } => {
            foreign::withdrawn(door, id, (at, &actor), statement, &reason)
        }
        Event::StatementTimestamped { statement, token } => {
            decisions::timestamped(door, id, statement, &token)
        }
        Event::HeadCertified { key, certificate, officer } => {
            decisions::certified(door, id, &key, &certificate, &officer)
        }
        Event::HeadRevoked { key, from, reason, officer, note } => {
            let (key, officer, note) = (&key, officer.as_str(), note.as_str());
            decisions::revoked(door, id, &Revocation { key, from, reason, officer, note })
        }
        Event::StampRefused { statement, serial, other_village, message } => {
            decisions::stamp_refused(door, id, statement, &serial, other_village, &message)
        }
        Event::DeviceRevoked { device, officer, note } => {
            let place = (id.series.0, column(id.seq)?);
            let parameters = (device.0, officer, note, at.millis(), place.0, place.1);
            sql::run(door.db, include_str!("insert_revoked_device.sql"), parameters)?;
            Ok(())
        }
        Event::Attached { .. } | Event::AttachmentRemoved { .. } | Event::AttachmentRefused { .. } => {
            attachment::remote::applied(door, id, at, &actor, &event)
        }
        // A district that begins anew was put back: what it signed for may be gone there.
        Event::SeriesOpened { kind: SeriesKind::Decisions, .. } => attachment::rows::doubt_receipts(door.db),
        Event::SeriesOpened { .. } | Event::Trail { .. } | Event::Unknown { .. } => Ok(()),
    }
}

/// The person whom an entry is about; `None` where there is none, or where the entry was taken up before.
fn case_of(door: &Door<'_>, person: EntityId, entry: EntityId) -> Result<Option<Case>, RegisterError> {
    let Some(id) = rows::by_entity(door.db, person)? else { return Ok(None) };
    let case = Case::load(door, id)?;
    let again = case.events.iter().any(|event| event.entry == Some(entry));
    Ok((!again).then_some(case))
}

/// Whose status follows from entries of a series in `(after, up_to]`, brought up to date.
pub(crate) fn refresh(door: &mut Door<'_>, people: &[PersonId]) -> Result<(), RegisterError> {
    for person in people {
        let mut case = Case::load(door, *person)?;
        versions::settle(door, &mut case)?;
        case.save(door)?;
    }
    Ok(())
}
