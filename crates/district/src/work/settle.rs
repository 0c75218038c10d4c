//! Answering: everyone touched by the work is judged again, and whoever shares a NIK with them. The first to bear a
//! NIK holds it; the others are held back until an officer decides or the first one lets go.

use super::judging::{self, Facts, reason};
use super::standing::Covering;
use super::{Standings, Work, known_version, place_words};
use crate::error::DistrictError;
use crate::store::PersonRow;
use payung_domain::{Answer, Field};
use payung_journal::{EntityId, Event, Reason};
use std::collections::HashMap;

/// Of each NIK that the work touched: who holds it, where more than one person bears it.
type Firsts = HashMap<[u8; 32], Option<PersonRow>>;

pub fn settle(work: &mut Work) -> Result<(), DistrictError> {
    let mut people = std::mem::take(&mut work.people);
    let mut firsts = Firsts::new();
    for nik in std::mem::take(&mut work.niks) {
        let holders = work.holders(&nik)?;
        people.extend(holders.iter().map(|person| person.id));
        if let Some((first, held)) = holders.split_first() {
            for other in held {
                tell(work, &nik, first, other)?;
            }
        }
        let alone = holders.len() == 1;
        firsts.insert(nik, holders.into_iter().next().filter(|_| !alone));
    }
    let mut standings = Standings::default();
    for person in people {
        answer(work, person, &firsts, &mut standings)?;
    }
    Ok(())
}

/// Tells the first holder's village, once per other holder.
fn tell(work: &mut Work, nik: &[u8; 32], first: &PersonRow, other: &PersonRow) -> Result<(), DistrictError> {
    if work.writes.told(first.id, other.id, nik)? {
        return Ok(());
    }
    let event =
        Event::NikHeldElsewhere { person: first.id, version: first.version, other_village: other.village };
    let actor = work.district_name();
    work.decide(first.village, &actor, event)?;
    work.writes.add_told(first.id, other.id, nik)
}

/// Judges a person's newest version and answers it, unless that very answer was already given.
fn answer(
    work: &mut Work,
    id: EntityId,
    firsts: &Firsts,
    standings: &mut Standings,
) -> Result<(), DistrictError> {
    let Some(mut person) = work.person(id)? else { return Ok(()) };
    if person.ended.is_some() || person.by_officer {
        return Ok(());
    }
    let (answer, reasons) = due(work, &person, firsts, standings)?;
    if already_said(work, &person, answer, &reasons)? {
        return Ok(());
    }
    let event = Event::Answered {
        person: person.id,
        version: person.version,
        answer,
        reasons,
        officer: None,
        regulation: work.district.regulation_ref(),
    };
    let actor = work.district_name();
    person.answered = Some(work.decide(person.village, &actor, event)?);
    person.answer = Some(answer);
    work.put_person(&person)
}

fn due(
    work: &mut Work,
    person: &PersonRow,
    firsts: &Firsts,
    standings: &mut Standings,
) -> Result<(Answer, Vec<Reason>), DistrictError> {
    let mut known = match work.versions.remove(&person.version) {
        Some(known) => known,
        None => known_version(work.writes, person.version)?
            .ok_or_else(|| DistrictError::Damaged("versi orang tidak ditemukan".into()))?,
    };
    // Statements wait for their people: whoever came just now is in those of this transaction or in none.
    let covering = match work.fresh.contains_key(&person.id) && !work.attested.contains(&person.id) {
        true => Covering::default(),
        false => standings.covering(work.district, &*work.writes, person.id, &known)?,
    };
    let (mut answer, mut reasons) = match known.alone.take() {
        Some(alone) if covering.says_nothing() => (alone.answer, alone.reasons),
        _ => {
            let facts = Facts {
                values: &known.values,
                registered_on: known.registered_on,
                regulation: &known.regulation,
            };
            judging::answer(work.district, person.village, &facts, covering.evidence, covering.note)
        }
    };
    if person.rival.is_some() {
        answer = Answer::NeedsFix;
        reasons.insert(
            0,
            reason(
                None,
                None,
                "Ada dua isian untuk orang ini. Bandingkan keduanya, lalu simpan satu yang benar.",
            ),
        );
    }
    if let Some(first) = held_by(work, person, firsts)? {
        answer = Answer::DuplicateNik;
        reasons.insert(0, reason(Some(Field::Nik), None, held_words(work, person, &first)?));
    }
    Ok((answer, reasons))
}

/// The first holder of the person's NIK, where that is somebody else.
fn held_by(work: &Work, person: &PersonRow, firsts: &Firsts) -> Result<Option<PersonRow>, DistrictError> {
    let Some(nik) = person.nik else { return Ok(None) };
    let first = match firsts.get(&nik) {
        Some(first) => first.clone(),
        None => work.holders(&nik)?.into_iter().next(),
    };
    Ok(first.filter(|first| first.id != person.id))
}

fn held_words(work: &Work, person: &PersonRow, first: &PersonRow) -> Result<String, DistrictError> {
    if first.village == person.village {
        return Ok("NIK ini sudah dipakai calon lain di desa Anda. Cocokkan dengan KTP keduanya; petugas \
                   kabupaten akan memutuskan."
            .into());
    }
    let name = work.writes.village(first.village)?.map_or_else(String::new, |village| village.name);
    Ok(format!(
        "NIK ini sudah diusulkan lebih dahulu oleh {} ({}). Cocokkan dengan KTP; petugas kabupaten akan memutuskan.",
        place_words(first.village, &name),
        first.village
    ))
}

fn already_said(
    work: &Work,
    person: &PersonRow,
    answer: Answer,
    reasons: &[Reason],
) -> Result<bool, DistrictError> {
    let Some(said) = person.answered else { return Ok(false) };
    let Some(row) = work.writes.entry(said)? else { return Ok(false) };
    let Some(entry) = row.read() else { return Ok(false) };
    Ok(matches!(
        entry.event,
        Event::Answered { version, answer: before, reasons: given, .. }
            if version == person.version && before == answer && given == reasons
    ))
}
