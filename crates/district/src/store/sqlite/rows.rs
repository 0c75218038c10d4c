//! Rows of the database to values and back. A value that does not read is damage, never a panic.

use crate::store::*;
use payung_domain::{Answer, EndKind, Timestamp, VillageCode};
use payung_journal::{
    Checkpoint, DeviceId, Digest, EntityId, Head, Proof, Receipt, RevocationReason, Salt, SeriesId,
    SeriesKind,
};
use payung_keys::PublicKey;
use rusqlite::types::Type;
use rusqlite::{Error, Result, Row};

pub fn village(row: &Row) -> Result<VillageRow> {
    Ok(VillageRow {
        code: code(row, 0)?,
        name: row.get(1)?,
        decisions: SeriesId(row.get(2)?),
        last_exchange: time_maybe(row, 3)?,
    })
}

pub fn enrolment(row: &Row) -> Result<EnrolmentRow> {
    let device: Option<[u8; 16]> = row.get(3)?;
    let answer: Option<Vec<u8>> = row.get(4)?;
    Ok(EnrolmentRow {
        token_digest: row.get(0)?,
        village: code(row, 1)?,
        expires: Timestamp(row.get(2)?),
        used: device.map(DeviceId).zip(answer),
    })
}

pub fn device(row: &Row) -> Result<DeviceRow> {
    Ok(DeviceRow {
        id: DeviceId(row.get(0)?),
        village: code(row, 1)?,
        key: public_key(row, 2)?,
        enrolled_at: Timestamp(row.get(3)?),
        revoked_at: time_maybe(row, 4)?,
        last_exchange: time_maybe(row, 5)?,
        have: reach(row.get::<_, Option<Vec<u8>>>(6)?.unwrap_or_default()),
        revoked_by: row.get(7)?,
        revoked_note: row.get(8)?,
    })
}

const REACH_BYTES: usize = 24;

fn reach(bytes: Vec<u8>) -> Vec<(SeriesId, u64)> {
    let one = |bytes: &[u8]| {
        let (series, seq) = bytes.split_first_chunk::<16>()?;
        Some((SeriesId(*series), u64::from_be_bytes(seq.try_into().ok()?)))
    };
    bytes.chunks_exact(REACH_BYTES).filter_map(one).collect()
}

pub fn reach_bytes(have: &[(SeriesId, u64)]) -> Vec<u8> {
    have.iter().flat_map(|(series, seq)| series.0.into_iter().chain(seq.to_be_bytes())).collect()
}

pub fn series(row: &Row) -> Result<SeriesRow> {
    Ok(SeriesRow {
        id: SeriesId(row.get(0)?),
        kind: word(row, 1, kind_from_name)?,
        village: code(row, 2)?,
        device: row.get::<_, Option<[u8; 16]>>(3)?.map(DeviceId),
        key: public_key(row, 4)?,
        length: row.get::<_, i64>(5)? as u64,
        head: Head(row.get(6)?),
        continues: entity_maybe(row, 7)?
            .zip(row.get::<_, Option<i64>>(9)?)
            .map(|(at, reentered)| Continued { at, reentered: reentered as u64 }),
    })
}

pub fn checkpoint(row: &Row) -> Result<Checkpoint> {
    Ok(Checkpoint {
        series: SeriesId(row.get(0)?),
        seq: row.get::<_, i64>(1)? as u64,
        head: Head(row.get(2)?),
        proof: Proof::from_bytes(&row.get::<_, Vec<u8>>(3)?).map_err(|_| damaged(3))?,
    })
}

pub fn entry(row: &Row) -> Result<EntryRow> {
    let body: Option<Vec<u8>> = row.get(0)?;
    let content = match body {
        Some(body) => Content::Body { body, salt: row.get::<_, Option<[u8; 16]>>(1)?.map(Salt) },
        None => Content::Erased(Digest(row.get(2)?)),
    };
    Ok(EntryRow { content, head: Head(row.get(3)?) })
}

pub fn receipt(row: &Row) -> Result<Receipt> {
    Ok(Receipt {
        series: SeriesId(row.get(0)?),
        seq: row.get::<_, i64>(1)? as u64,
        head: Head(row.get(2)?),
        at: Timestamp(row.get(3)?),
        proof: Proof::from_bytes(&row.get::<_, Vec<u8>>(4)?).map_err(|_| damaged(4))?,
    })
}

pub fn person(row: &Row) -> Result<PersonRow> {
    Ok(PersonRow {
        id: entity(row, 0)?,
        village: code(row, 2)?,
        version: entity(row, 3)?,
        rival: entity_maybe(row, 5)?,
        nik: row.get(7)?,
        claim: row.get::<_, Option<i64>>(8)?.map(|claim| claim as u64),
        ended: word_maybe(row, 9, EndKind::parse)?,
        answer: word_maybe(row, 10, answer_from_name)?,
        answered: entity_maybe(row, 11)?,
        by_officer: row.get(13)?,
        arrived_at: Timestamp(row.get(14)?),
    })
}

pub fn attested(row: &Row) -> Result<AttestedRow> {
    Ok(AttestedRow { statement: entity(row, 0)?, version: entity(row, 2)? })
}

pub fn head(row: &Row) -> Result<HeadRow> {
    Ok(HeadRow { village: code(row, 0)?, key: public_key(row, 1)?, introduced: entity(row, 2)? })
}

pub fn certificate(row: &Row) -> Result<CertificateRow> {
    Ok(CertificateRow {
        serial: row.get(0)?,
        village: code(row, 1)?,
        key: public_key(row, 2)?,
        certificate: row.get(3)?,
        not_before: Timestamp(row.get(4)?),
        not_after: Timestamp(row.get(5)?),
        officer: row.get(6)?,
        issued_at: Timestamp(row.get(7)?),
    })
}

pub fn revocation(row: &Row) -> Result<RevocationRow> {
    Ok(RevocationRow {
        village: code(row, 0)?,
        key: public_key(row, 1)?,
        from: Timestamp(row.get(2)?),
        reason: word(row, 3, revocation_from_name)?,
        officer: row.get(4)?,
        note: row.get(5)?,
        recorded_at: Timestamp(row.get(6)?),
    })
}

pub fn statement(row: &Row) -> Result<StatementRow> {
    Ok(StatementRow {
        id: entity(row, 0)?,
        village: code(row, 2)?,
        key: public_key(row, 3)?,
        signed_at: Timestamp(row.get(4)?),
        received_at: Timestamp(row.get(5)?),
        document: row.get(6)?,
        content: row.get(7)?,
        problem: row.get(8)?,
        token: entity_maybe(row, 9)?,
    })
}

pub fn stamp(row: &Row) -> Result<StampRow> {
    Ok(StampRow {
        statement: entity(row, 0)?,
        village: code(row, 2)?,
        serial: row.get(3)?,
        refused: row.get(4)?,
    })
}

pub const fn revocation_name(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::Compromised => "compromised",
        RevocationReason::OfficeEnded => "office_ended",
        RevocationReason::Superseded => "superseded",
    }
}

fn revocation_from_name(name: &str) -> Option<RevocationReason> {
    [RevocationReason::Compromised, RevocationReason::OfficeEnded, RevocationReason::Superseded]
        .into_iter()
        .find(|reason| revocation_name(*reason) == name)
}

pub const fn answer_name(answer: Answer) -> &'static str {
    match answer {
        Answer::Arrived => "arrived",
        Answer::NeedsFix => "needs_fix",
        Answer::DuplicateNik => "duplicate_nik",
        Answer::Passed => "passed",
        Answer::NotEligible => "not_eligible",
    }
}

fn answer_from_name(name: &str) -> Option<Answer> {
    [Answer::Arrived, Answer::NeedsFix, Answer::DuplicateNik, Answer::Passed, Answer::NotEligible]
        .into_iter()
        .find(|answer| answer_name(*answer) == name)
}

pub fn kind_name(kind: SeriesKind) -> &'static str {
    match kind {
        SeriesKind::Decisions => "decisions",
        _ => "shared",
    }
}

fn kind_from_name(name: &str) -> Option<SeriesKind> {
    match name {
        "shared" => Some(SeriesKind::Shared),
        "decisions" => Some(SeriesKind::Decisions),
        _ => None,
    }
}

pub fn entity(row: &Row, at: usize) -> Result<EntityId> {
    Ok(EntityId { series: SeriesId(row.get(at)?), seq: row.get::<_, i64>(at + 1)? as u64 })
}

fn entity_maybe(row: &Row, at: usize) -> Result<Option<EntityId>> {
    let series: Option<[u8; 16]> = row.get(at)?;
    let seq: Option<i64> = row.get(at + 1)?;
    Ok(series.zip(seq).map(|(series, seq)| EntityId { series: SeriesId(series), seq: seq as u64 }))
}

fn time_maybe(row: &Row, at: usize) -> Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Timestamp))
}

pub fn code(row: &Row, at: usize) -> Result<VillageCode> {
    word(row, at, |text| VillageCode::parse(text).ok())
}

fn public_key(row: &Row, at: usize) -> Result<PublicKey> {
    PublicKey::from_bytes(&row.get::<_, [u8; 33]>(at)?).map_err(|_| damaged(at))
}

fn word<T>(row: &Row, at: usize, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
    word_maybe(row, at, parse)?.ok_or_else(|| damaged(at))
}

fn word_maybe<T>(row: &Row, at: usize, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    match row.get::<_, Option<String>>(at)? {
        Some(text) => parse(&text).map(Some).ok_or_else(|| damaged(at)),
        None => Ok(None),
    }
}

fn damaged(at: usize) -> Error {
    Error::FromSqlConversionFailure(at, Type::Blob, "unreadable value".into())
}
