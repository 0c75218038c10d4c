//! What goes out, and what the screen says about it.

use crate::error::RegisterError;
use crate::exchange::{Enrolment, Outbox, PastAttempt, SyncAttempt, Via};
use crate::register::Register;
use crate::series;
use crate::sql::{self, array, column, damaged, sequence};
use payung_domain::Timestamp;
use payung_journal::{
    Carried, Checkpoint, EnrolRequest, EnrolmentFile, FRAME_ENTRIES_MAX, Frame, SaltSource, SeriesId,
    SeriesKind, stretch_of,
};
use payung_keys::PublicKey;
use rusqlite::Connection;

/// Bodies in one frame, in bytes; the first entry goes in any case.
const FRAME_BODY_BYTES_MAX: usize = 8 << 20;

pub(crate) fn enrolment(db: &Connection) -> Result<Option<Enrolment>, RegisterError> {
    sql::one(db, include_str!("enrolment.sql"), [], |row| {
        Ok(Enrolment {
            url: row.get(0)?,
            regency_name: row.get(1)?,
            authority_pem: row.get(2)?,
            district_key: PublicKey::from_bytes(&array(row.get(3)?, "key of the district")?)?,
            enrolled_at: Timestamp(row.get(4)?),
        })
    })
}

pub(crate) fn enrol_request(
    register: &Register,
    file: &EnrolmentFile,
) -> Result<EnrolRequest, RegisterError> {
    file.verify()?;
    if file.village != register.village.code {
        return Err(RegisterError::OtherVillage(file.village));
    }
    let shared = register.shared_series()?;
    let key = series::rows::signing_key(&register.db, shared.series)?;
    let now = register.tools.clock.now();
    let token = file.token.clone();
    Ok(EnrolRequest::sign(token, register.village.code, register.device(), shared.series, now, &key))
}

pub(crate) fn checkpoint_at(db: &Connection, seq: u64) -> Result<Checkpoint, RegisterError> {
    let shared = series::rows::own(db, SeriesKind::Shared)?;
    let head = series::rows::head_at(db, &shared, seq)?
        .ok_or_else(|| damaged("the shared series does not reach so far"))?;
    let key = series::rows::signing_key(db, shared.state.series)?;
    Ok(Checkpoint::sign(&key, shared.state.series, seq, head))
}

pub(crate) fn frame_after(
    db: &Connection,
    series: SeriesId,
    seq: u64,
    entries_max: u64,
) -> Result<Option<Frame>, RegisterError> {
    let Some(known) = series::rows::find(db, series)? else { return Ok(None) };
    if known.state.kind == SeriesKind::Local {
        return Ok(None);
    }
    let Some(base) = series::rows::head_at(db, &known, seq)? else { return Ok(None) };
    let limit = entries_max.clamp(1, FRAME_ENTRIES_MAX as u64);
    let mut seed = None;
    let mut bytes = 0;
    let mut entries = Vec::new();
    for stored in series::rows::entries_after(db, known.row, seq, limit)? {
        let carried = match (stored.body, stored.salt) {
            (None, _) => Carried::Erased { digest: stored.digest },
            (Some(body), Some(salt)) => Carried::Body { body, salt: SaltSource::Own(salt) },
            (Some(body), None) => {
                let stretch = stretch_of(stored.seq);
                let known_seed = match seed {
                    Some((at, seed)) if at == stretch => seed,
                    _ => series::rows::seed(db, known.row, stretch)?
                        .ok_or_else(|| damaged("seed of a stretch is missing"))?,
                };
                seed = Some((stretch, known_seed));
                Carried::Body { body, salt: SaltSource::Stretch(known_seed) }
            }
        };
        bytes += carried.body().map_or(0, <[u8]>::len);
        if bytes > FRAME_BODY_BYTES_MAX && !entries.is_empty() {
            break;
        }
        entries.push(carried);
    }
    Ok((!entries.is_empty()).then_some(Frame { series, first_seq: seq + 1, base, entries }))
}

pub(crate) fn outbox(register: &Register) -> Result<Outbox, RegisterError> {
    let db = &register.db;
    let shared = series::rows::own(db, SeriesKind::Shared)?;
    let oldest = series::rows::entries_after(db, shared.row, shared.state.held_seq, 1)?;
    let mut all = register.village_series()?;
    all.retain(|series| series.kind == SeriesKind::Shared);
    let newest = attempts(db, 1)?.pop();
    let last_sync =
        sql::one(db, include_str!("last_success.sql"), [], |row| Ok(row.get::<_, Option<i64>>(0)?))?
            .flatten();
    Ok(Outbox {
        enrolled: enrolment(db)?.is_some(),
        waiting_people: register.roster.counts().not_sent,
        entries: all.iter().map(|series| series.seq).sum(),
        entries_receipted: all.iter().map(|series| series.held_seq).sum(),
        oldest_waiting_at: oldest.first().map(|entry| entry.at),
        last_sync: last_sync.map(Timestamp),
        last_error: newest.filter(|past| !past.attempt.succeeded).map(|past| past.attempt.words),
    })
}

/// Newest first.
pub(crate) fn attempts(db: &Connection, limit: u64) -> Result<Vec<PastAttempt>, RegisterError> {
    sql::many(db, include_str!("attempts.sql"), [column(limit.min(i64::MAX as u64))?], |row| {
        Ok(PastAttempt {
            number: sequence(row.get(0)?)?,
            at: Timestamp(row.get(1)?),
            attempt: SyncAttempt {
                via: Via::from_key(&row.get::<_, String>(2)?).ok_or_else(|| damaged("way of an attempt"))?,
                succeeded: row.get(3)?,
                entries_sent: sequence(row.get(4)?)?,
                entries_received: sequence(row.get(5)?)?,
                people_sent: sequence(row.get(6)?)?,
                attachments_sent: sequence(row.get(7)?)?,
                attachments_received: sequence(row.get(8)?)?,
                compared: row.get(9)?,
                words: row.get(10)?,
            },
        })
    })
}
