//! What a village's heads and their statements do: keys are introduced, statements are signed, stamped, taken back.

use super::effects::own;
use super::{Work, place_words};
use crate::error::DistrictError;
use crate::store::{AttestedRow, HeadRow, StampRow, StatementRow};
use payung_domain::ports::random_bytes;
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{EntityId, Event, Seal, SignedStatement, Stamp};
use payung_keys::{PublicKey, cms_attributes, sha256};

/// Set once the statements of the first program have their rows.
pub const INDEXED: &str = "statements.indexed";

pub fn introduced(
    work: &mut Work,
    village: VillageCode,
    id: EntityId,
    key: &PublicKey,
) -> Result<(), DistrictError> {
    work.writes.add_head_key(&HeadRow { village, key: *key, introduced: id })?;
    // Another laptop's statements may have come before.
    work.people.extend(work.writes.attested_under(village, key)?);
    Ok(())
}

/// Keeps the statement, whatever is wrong with it, and stamps the time over a signature that holds: once, since an entry
/// is taken up once.
pub fn signed(
    work: &mut Work,
    village: VillageCode,
    (id, signed_at): (EntityId, Timestamp),
    statement: &SignedStatement,
    means: &dyn Fn(EntityId) -> EntityId,
) -> Result<(), DistrictError> {
    let mut row = row(village, id, signed_at, work.now, statement);
    if let (Some(seal), None) = (&statement.seal, &row.problem) {
        row.token = Some(timestamp(work, village, id, seal)?);
    }
    work.writes.add_statement(&row)?;
    for (person, version) in &statement.people {
        let (person, version) = (means(*person), means(*version));
        if own(work, village, person)?.is_none() {
            continue;
        }
        work.writes.add_attested(person, &AttestedRow { statement: id, version })?;
        work.people.insert(person);
        work.attested.insert(person);
    }
    Ok(())
}

fn timestamp(
    work: &mut Work,
    village: VillageCode,
    statement: EntityId,
    seal: &Seal,
) -> Result<EntityId, DistrictError> {
    let unusable = || DistrictError::Damaged("tanda tangan pernyataan tidak terbaca".into());
    let signature = seal.signature.to_der().ok_or_else(unusable)?;
    if work.timestamper.is_none() {
        work.timestamper = Some(work.district.timestamper(work.writes, work.now)?);
    }
    let timestamper = work.timestamper.as_ref().ok_or_else(unusable)?;
    let serial = u128::from_be_bytes(random_bytes(&*work.district.tools.randomness));
    let token = timestamper
        .stamp(&signature, work.now, serial)
        .map_err(|error| DistrictError::Key(error.to_string()))?;
    let actor = work.district_name();
    work.decide(village, &actor, Event::StatementTimestamped { statement, token })
}

/// One serial, one document, whichever village it is in: the later one is told and waits for its meterai again.
pub fn stamped(
    work: &mut Work,
    village: VillageCode,
    statement: EntityId,
    stamp: Option<&Stamp>,
) -> Result<(), DistrictError> {
    let known = work.writes.statement(statement)?;
    if known.as_ref().is_some_and(|known| known.village != village) {
        return Ok(());
    }
    let serial = stamp.map(|stamp| work.district.serial_digest(&stamp.serial));
    let mut row = StampRow { statement, village, serial, refused: false };
    if let (Some(stamp), Some(serial)) = (stamp, &serial)
        && let Some(other) = other_document(work, village, statement, known.as_ref(), serial)?
    {
        row.refused = true;
        let event = Event::StampRefused {
            statement,
            serial: stamp.serial.clone(),
            other_village: (other.village != village).then_some(other.village),
            message: taken_words(work, village, &other)?,
        };
        let actor = work.district_name();
        work.decide(village, &actor, event)?;
    }
    work.writes.put_stamp(&row)?;
    work.people.extend(work.writes.attested_by(statement)?);
    Ok(())
}

/// The stamp of another document that bears the serial. The same bytes entered anew are the same document.
fn other_document(
    work: &Work,
    village: VillageCode,
    statement: EntityId,
    known: Option<&StatementRow>,
    serial: &[u8; 32],
) -> Result<Option<StampRow>, DistrictError> {
    for other in work.writes.stamps_with(serial)? {
        if other.statement == statement && other.village == village {
            continue;
        }
        let same = match (known, work.writes.statement(other.statement)?) {
            (Some(known), Some(row)) => row.document == known.document && row.village == village,
            _ => false,
        };
        if !same {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

fn taken_words(work: &Work, village: VillageCode, other: &StampRow) -> Result<String, DistrictError> {
    let remedy = "Cocokkan nomor itu dengan meterai pada aslinya. Bila salah ketik, catat nomor yang benar; bila \
                  memang sama, bubuhkan meterai lain dan laporkan kepada petugas kabupaten.";
    let holder = if other.village == village {
        let number = work.writes.entry(other.statement)?.and_then(|row| row.read());
        match number.map(|entry| entry.event) {
            Some(Event::StatementSigned { statement }) => {
                format!("pernyataan {} di desa Anda", statement.number)
            }
            _ => "pernyataan lain di desa Anda".to_owned(),
        }
    } else {
        let name = work.writes.village(other.village)?.map_or_else(String::new, |village| village.name);
        format!("pernyataan {} ({})", place_words(other.village, &name), other.village)
    };
    Ok(format!("Nomor seri meterai ini sudah tercatat pada {holder}. {remedy}"))
}

/// Its meterai stays on record: a stamp is used once.
pub fn withdrawn(work: &mut Work, village: VillageCode, statement: EntityId) -> Result<(), DistrictError> {
    work.writes.add_withdrawal(statement, village)?;
    work.people.extend(work.writes.attested_by(statement)?);
    Ok(())
}

impl Work<'_> {
    /// Gives the statements of the first program their rows, and judges their people by the rules of today.
    pub fn index_statements(mut self) -> Result<(), DistrictError> {
        if self.writes.setting(INDEXED)?.is_some() {
            return Ok(());
        }
        for id in self.writes.statements_listing()? {
            let (entry, series) = (self.writes.entry(id)?, self.writes.series(id.series)?);
            let (Some(entry), Some(series)) = (entry.and_then(|row| row.read()), series) else { continue };
            let Event::StatementSigned { statement } = &entry.event else { continue };
            let receipt = self.writes.receipt_covering(id.series, id.seq)?;
            let received_at = receipt.map_or(self.now, |receipt| receipt.at);
            self.writes.add_statement(&row(series.village, id, entry.at, received_at, statement))?;
            self.people.extend(self.writes.attested_by(id)?);
        }
        self.writes.put_setting(INDEXED, &[1])?;
        self.finish()
    }
}

fn row(
    village: VillageCode,
    id: EntityId,
    signed_at: Timestamp,
    received_at: Timestamp,
    statement: &SignedStatement,
) -> StatementRow {
    StatementRow {
        id,
        village,
        key: statement.key,
        signed_at,
        received_at,
        document: statement.document,
        content: statement.seal.as_ref().map(|seal| seal.content),
        problem: problem_of(statement),
        token: None,
    }
}

/// What is wrong with the signatures of a statement, in words.
fn problem_of(statement: &SignedStatement) -> Option<String> {
    let number = &statement.number;
    if statement.verify().is_err() {
        return Some(format!(
            "Tanda tangan pernyataan {number} tidak cocok dengan isinya. Buat pernyataan baru."
        ));
    }
    let seal = statement.seal.as_ref()?;
    let sealed = cms_attributes(&statement.document, &seal.certificate)
        .is_ok_and(|attributes| statement.key.verify_hash(&sha256(&[&attributes]), &seal.signature).is_ok());
    (!sealed).then(|| {
        format!("Tanda tangan di dalam PDF pernyataan {number} tidak cocok dengan berkasnya. Buat pernyataan baru.")
    })
}
