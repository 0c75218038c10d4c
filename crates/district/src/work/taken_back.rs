//! Decisions that come back from a village: the district was put back from an older copy of itself, and the village
//! still holds what was decided since. The rows that followed from them are made again; nobody is answered twice.

use super::Work;
use super::effects::own;
use crate::error::DistrictError;
use crate::store::{CertificateRow, RevocationRow};
use payung_domain::{Answer, VillageCode};
use payung_journal::{EntityId, Entry, Event};
use payung_keys::certificate_facts;

/// `means`: what a place named in this entry means.
pub fn take_back(
    work: &mut Work,
    village: VillageCode,
    (id, entry): (EntityId, &Entry),
    means: &dyn Fn(EntityId) -> EntityId,
) -> Result<(), DistrictError> {
    match &entry.event {
        Event::Answered { person, version, answer, officer, .. } => answered(
            work,
            village,
            (id, entry),
            (means(*person), means(*version)),
            (*answer, officer.is_some()),
        ),
        Event::StatementTimestamped { statement, .. } => {
            work.writes.put_token(means(*statement), id, entry.at)
        }
        Event::StampRefused { statement, serial, .. } => {
            let digest = work.district.serial_digest(serial);
            match work.writes.stamp(means(*statement), village)? {
                Some(mut stamp) if stamp.serial == Some(digest) => {
                    stamp.refused = true;
                    work.writes.put_stamp(&stamp)
                }
                _ => Ok(()),
            }
        }
        Event::HeadCertified { key, certificate, officer } => {
            let Ok(facts) = certificate_facts(certificate) else { return Ok(()) };
            let known = work.writes.head_certificates(village, key)?;
            if known.iter().any(|known| known.serial == facts.serial) {
                return Ok(());
            }
            work.writes.add_certificate(&CertificateRow {
                serial: facts.serial,
                village,
                key: *key,
                certificate: certificate.clone(),
                not_before: facts.not_before,
                not_after: facts.not_after,
                officer: officer.clone(),
                issued_at: entry.at,
            })?;
            work.people.extend(work.writes.attested_under(village, key)?);
            Ok(())
        }
        Event::HeadRevoked { key, from, reason, officer, note } => {
            let known = work.writes.head_revocation(village, key)?;
            if known.is_some_and(|known| known.recorded_at >= entry.at) {
                return Ok(());
            }
            work.writes.put_revocation(&RevocationRow {
                village,
                key: *key,
                from: *from,
                reason: *reason,
                officer: officer.clone(),
                note: note.clone(),
                recorded_at: entry.at,
            })?;
            work.people.extend(work.writes.attested_under(village, key)?);
            Ok(())
        }
        Event::DeviceRevoked { device, officer, note } => {
            let row = work.writes.device(*device)?.filter(|row| row.village == village);
            let Some(mut row) = row.filter(|row| row.revoked_at.is_none()) else { return Ok(()) };
            row.revoked_at = Some(entry.at);
            (row.revoked_by, row.revoked_note) = (Some(officer.clone()), Some(note.clone()));
            work.writes.put_device(&row)
        }
        _ => Ok(()),
    }
}

/// The newest answer about the newest version stands; an officer's stands before the program's.
fn answered(
    work: &mut Work,
    village: VillageCode,
    (id, entry): (EntityId, &Entry),
    (person, version): (EntityId, EntityId),
    (answer, by_officer): (Answer, bool),
) -> Result<(), DistrictError> {
    let row = own(work, village, person)?.filter(|row| row.version == version);
    let Some(mut row) = row else { return Ok(()) };
    let said = match row.answered.filter(|_| row.answer.is_some()) {
        Some(said) => work.writes.entry(said)?.and_then(|row| row.read()).map(|said| said.at),
        None => None,
    };
    let newer = said.is_none_or(|said| said <= entry.at);
    let stands = match (row.by_officer, by_officer) {
        (true, false) => false,
        (false, true) => true,
        _ => newer,
    };
    if stands {
        row.answer = Some(answer);
        row.answered = Some(id);
        row.by_officer = by_officer;
        work.put_person(&row)?;
    }
    work.people.insert(person);
    work.niks.extend(row.nik);
    Ok(())
}
