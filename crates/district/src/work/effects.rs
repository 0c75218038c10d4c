//! What each event of a village does to the district's people.

use super::judging::{Prepared, nik_of, reason};
use super::versions::{Known, version_under};
use super::{Work, known_version, statements};
use crate::attachments;
use crate::error::DistrictError;
use crate::store::PersonRow;
use payung_domain::{Answer, EndKind, VillageCode};
use payung_journal::{EntityId, Event};

/// `means`: what a place named in this entry means.
pub fn take_up(
    work: &mut Work,
    village: VillageCode,
    id: EntityId,
    prepared: Prepared,
    means: &dyn Fn(EntityId) -> EntityId,
) -> Result<(), DistrictError> {
    let Prepared { entry, alone } = prepared;
    if let Event::PersonReleased { values, registered_on, regulation, .. } = entry.event {
        return released(work, village, Known { person: id, values, registered_on, regulation, alone });
    }
    attachments::taken_up(work.writes, village, id, &entry.event, (work.now, means))?;
    match &entry.event {
        Event::PersonCorrected { person, base, also, .. } => {
            let replaced: Vec<EntityId> = [base].into_iter().chain(also).map(|named| means(*named)).collect();
            corrected(work, village, id, means(*person), &replaced)
        }
        Event::PersonEnded { person, kind, .. } => ended(work, village, id, means(*person), *kind),
        Event::HeadKeyIntroduced { key, .. } => statements::introduced(work, village, id, key),
        Event::StatementSigned { statement } => {
            statements::signed(work, village, (id, entry.at), statement, means)
        }
        Event::StatementStamped { statement, stamp, .. } => {
            statements::stamped(work, village, means(*statement), stamp.as_ref())
        }
        Event::StatementWithdrawn { statement, .. } => {
            statements::withdrawn(work, village, means(*statement))
        }
        // Opening a series was checked with its chain; a later program's event is kept for that program.
        _ => Ok(()),
    }
}

fn released(work: &mut Work, village: VillageCode, known: Known) -> Result<(), DistrictError> {
    let id = known.person;
    let mut person = PersonRow {
        id,
        village,
        version: id,
        rival: None,
        nik: None,
        claim: None,
        ended: None,
        answer: None,
        answered: None,
        by_officer: false,
        arrived_at: work.now,
    };
    let nik = match &known.alone {
        Some(alone) => alone.nik,
        None => nik_of(work.district, &known.values),
    };
    bear(work, &mut person, nik)?;
    work.versions.insert(id, known);
    work.add_person(person);
    Ok(())
}

/// `replaced`: the versions in whose place this one stands. Whatever else nobody replaced stands beside it.
fn corrected(
    work: &mut Work,
    village: VillageCode,
    id: EntityId,
    person: EntityId,
    replaced: &[EntityId],
) -> Result<(), DistrictError> {
    let Some(mut row) = own(work, village, person)? else { return unknown(work, village, id, person) };
    let known = known_version(work.writes, id)?.filter(|known| known.person == person);
    let Some(known) = known else { return unknown(work, village, id, person) };
    stand_beside(work, &mut row, id, replaced)?;
    // An answer is about one version; the NIK of somebody who was turned down is free until the correction takes it.
    let held_before = row.holds_nik();
    row.answer = None;
    row.by_officer = false;
    if !held_before {
        row.claim = None;
    }
    let nik = nik_of(work.district, &known.values);
    bear(work, &mut row, nik)?;
    work.versions.insert(id, known);
    work.put_person(&row)
}

fn stand_beside(
    work: &mut Work,
    row: &mut PersonRow,
    id: EntityId,
    replaced: &[EntityId],
) -> Result<(), DistrictError> {
    let replaced = replaced
        .iter()
        .map(|version| version_under(&*work.writes, *version))
        .collect::<Result<Vec<EntityId>, DistrictError>>()?;
    let rivals = if row.rival.is_some() { work.writes.rivals(row.id)? } else { Vec::new() };
    let (gone, mut left): (Vec<EntityId>, Vec<EntityId>) =
        rivals.into_iter().partition(|rival| replaced.contains(rival));
    for rival in gone {
        work.writes.drop_rival(row.id, rival)?;
    }
    if !replaced.contains(&row.version) {
        work.writes.add_rival(row.id, row.version)?;
        left.push(row.version);
    }
    row.rival = left.last().copied();
    row.version = id;
    Ok(())
}

fn ended(
    work: &mut Work,
    village: VillageCode,
    id: EntityId,
    person: EntityId,
    kind: EndKind,
) -> Result<(), DistrictError> {
    let Some(mut row) = own(work, village, person)? else { return unknown(work, village, id, person) };
    // Two laptops may end somebody without knowing of each other: the same end counts on every side.
    row.ended = Some(kind.min(row.ended.unwrap_or(kind)));
    work.niks.extend(row.nik);
    work.put_person(&row)
}

/// Gives a person this NIK, in the order of arrival; the old one is let go.
fn bear(work: &mut Work, person: &mut PersonRow, nik: Option<[u8; 32]>) -> Result<(), DistrictError> {
    work.people.insert(person.id);
    work.niks.extend(person.nik);
    work.niks.extend(nik);
    if person.nik != nik || person.claim.is_none() {
        person.nik = nik;
        person.claim = match nik {
            Some(_) => Some(work.next_claim()?),
            None => None,
        };
    }
    Ok(())
}

/// Only the village's own people: another's stay unknown to it.
pub(super) fn own(
    work: &Work,
    village: VillageCode,
    person: EntityId,
) -> Result<Option<PersonRow>, DistrictError> {
    Ok(work.person(person)?.filter(|row| row.village == village))
}

/// The entry stays stored and receipted; that it has no effect is said in an answer.
fn unknown(
    work: &mut Work,
    village: VillageCode,
    version: EntityId,
    person: EntityId,
) -> Result<(), DistrictError> {
    let words = "Perubahan ini menunjuk orang atau isian yang tidak ada di kabupaten. Buka orangnya, simpan \
                 lagi, lalu sinkronkan.";
    let event = Event::Answered {
        person,
        version,
        answer: Answer::NeedsFix,
        reasons: vec![reason(None, None, words)],
        officer: None,
        regulation: work.district.regulation_ref(),
    };
    let actor = work.district_name();
    work.decide(village, &actor, event)?;
    Ok(())
}
