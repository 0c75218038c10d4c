//! Rows of series, entries and seeds.

use crate::error::RegisterError;
use crate::exchange::{Origin, SeriesState};
use crate::series::naming::Here;
use crate::sql::{self, array, column, damaged, sequence};
use payung_domain::Timestamp;
use payung_journal::{Continues, Digest, EntityId, Entry, Event, Head, Salt, Seed, SeriesId, SeriesKind};
use payung_keys::{PublicKey, SigningKey};
use rusqlite::{Connection, Row};

/// A series and its row.
pub(crate) struct Series {
    pub(crate) row: i64,
    pub(crate) state: SeriesState,
    /// The furthest that was ever under a receipt.
    pub(crate) confirmed_seq: u64,
}

/// An entry as stored.
pub(crate) struct StoredEntry {
    pub(crate) seq: u64,
    pub(crate) at: Timestamp,
    pub(crate) digest: Digest,
    pub(crate) head: Head,
    /// `None` once erased.
    pub(crate) body: Option<Vec<u8>>,
    /// Only where the stretch has no seed any more.
    pub(crate) salt: Option<Salt>,
    /// The place in the order of all.
    pub(crate) order: i64,
}

const fn kind_key(kind: SeriesKind) -> &'static str {
    match kind {
        SeriesKind::Shared => "shared",
        SeriesKind::Local => "local",
        SeriesKind::Decisions => "decisions",
    }
}

fn kind(key: &str) -> Result<SeriesKind, RegisterError> {
    [SeriesKind::Shared, SeriesKind::Local, SeriesKind::Decisions]
        .into_iter()
        .find(|kind| kind_key(*kind) == key)
        .ok_or_else(|| damaged("kind of a series"))
}

/// A new series without entries; the key only for series that this device writes.
pub(crate) fn insert(
    db: &Connection,
    series: SeriesId,
    (kind, origin): (SeriesKind, Origin),
    public: &PublicKey,
    key: Option<&SigningKey>,
) -> Result<(), RegisterError> {
    let der = key.map(SigningKey::to_der).transpose()?;
    sql::run(
        db,
        include_str!("insert.sql"),
        (
            series.0,
            kind_key(kind),
            origin.key(),
            public.to_bytes(),
            der.as_ref().map(|der| der.as_slice()),
            Head::start(series).0,
        ),
    )?;
    Ok(())
}

/// All series, in the order in which they came here.
pub(crate) fn all(db: &Connection) -> Result<Vec<Series>, RegisterError> {
    sql::many(db, include_str!("all.sql"), [], read)
}

fn read(row: &Row) -> Result<Series, RegisterError> {
    Ok(Series {
        row: row.get(0)?,
        state: SeriesState {
            series: SeriesId(array(row.get(1)?, "id of a series")?),
            kind: kind(&row.get::<_, String>(2)?)?,
            public_key: PublicKey::from_bytes(&array(row.get(3)?, "key of a series")?)?,
            origin: Origin::from_key(&row.get::<_, String>(4)?)
                .ok_or_else(|| damaged("writer of a series"))?,
            seq: sequence(row.get(5)?)?,
            head: Head(array(row.get(6)?, "head of a series")?),
            held_seq: sequence(row.get(7)?)?,
        },
        confirmed_seq: sequence(row.get(8)?)?,
    })
}

pub(crate) fn own(db: &Connection, kind: SeriesKind) -> Result<Series, RegisterError> {
    sql::one(db, include_str!("own.sql"), [kind_key(kind)], read)?
        .ok_or_else(|| damaged("own series is missing"))
}

pub(crate) fn find(db: &Connection, series: SeriesId) -> Result<Option<Series>, RegisterError> {
    sql::one(db, include_str!("find.sql"), [series.0], read)
}

/// The row alone: reading a key takes its time.
fn row_of(db: &Connection, series: SeriesId) -> Result<Option<i64>, RegisterError> {
    sql::one(db, include_str!("row.sql"), [series.0], |row| Ok(row.get(0)?))
}

/// What the district is known to hold of a series.
pub(crate) fn held(db: &Connection, series: SeriesId) -> Result<u64, RegisterError> {
    let held = sql::one(db, include_str!("held.sql"), [series.0], |row| sequence(row.get(0)?))?;
    Ok(held.unwrap_or(0))
}

pub(crate) fn signing_key(db: &Connection, series: SeriesId) -> Result<SigningKey, RegisterError> {
    let der: Option<Option<Vec<u8>>> =
        sql::one(db, include_str!("signing_key.sql"), [series.0], |row| Ok(row.get(0)?))?;
    let der = zeroize::Zeroizing::new(der.flatten().ok_or_else(|| damaged("device key is missing"))?);
    Ok(SigningKey::from_der(&der)?)
}

pub(crate) fn seed(db: &Connection, row: i64, stretch: u64) -> Result<Option<Seed>, RegisterError> {
    sql::one(db, include_str!("seed.sql"), (row, column(stretch)?), |row| {
        Ok(Seed(array(row.get(0)?, "seed of a stretch")?))
    })
}

pub(crate) fn insert_seed(db: &Connection, row: i64, stretch: u64, seed: Seed) -> Result<(), RegisterError> {
    sql::run(db, include_str!("insert_seed.sql"), (row, column(stretch)?, seed.0))?;
    Ok(())
}

/// Entries after `seq`, in order, at most `limit`.
pub(crate) fn entries_after(
    db: &Connection,
    row: i64,
    seq: u64,
    limit: u64,
) -> Result<Vec<StoredEntry>, RegisterError> {
    sql::many(db, include_str!("entries_after.sql"), (row, column(seq)?, column(limit)?), |row| {
        let salt: Option<Vec<u8>> = row.get(5)?;
        Ok(StoredEntry {
            seq: sequence(row.get(0)?)?,
            at: Timestamp(row.get(1)?),
            digest: Digest(array(row.get(2)?, "digest of an entry")?),
            head: Head(array(row.get(3)?, "head of an entry")?),
            body: row.get(4)?,
            salt: salt
                .map(|salt| Ok::<_, RegisterError>(Salt(array(salt, "salt of an entry")?)))
                .transpose()?,
            order: row.get(6)?,
        })
    })
}

/// Places in the order of all after `seq`.
pub(crate) fn orders_after(
    db: &Connection,
    row: i64,
    seq: u64,
    limit: u64,
) -> Result<Vec<(u64, i64)>, RegisterError> {
    sql::many(db, include_str!("orders_after.sql"), (row, column(seq)?, column(limit)?), |row| {
        Ok((sequence(row.get(0)?)?, row.get(1)?))
    })
}

/// How a series took over from another one, by its first entry.
pub(crate) fn continues(db: &Connection, row: i64) -> Result<Option<Continues>, RegisterError> {
    let first = entries_after(db, row, 0, 1)?.pop().and_then(|first| first.body);
    Ok(match first.and_then(|body| Entry::decode(&body).ok()).map(|entry| entry.event) {
        Some(Event::SeriesOpened { continues, .. }) => continues,
        _ => None,
    })
}

/// The bytes of an entry; `None` where it is not here or was erased.
pub(crate) fn body(db: &Connection, id: EntityId) -> Result<Option<Vec<u8>>, RegisterError> {
    match row_of(db, id.series)? {
        Some(row) => body_in(db, row, id.seq),
        None => Ok(None),
    }
}

fn body_in(db: &Connection, row: i64, seq: u64) -> Result<Option<Vec<u8>>, RegisterError> {
    let Some(before) = seq.checked_sub(1) else { return Ok(None) };
    let stored = entries_after(db, row, before, 1)?.pop();
    Ok(stored.filter(|stored| stored.seq == seq).and_then(|stored| stored.body))
}

/// An entry, naming what it means; `None` where it is not here, was erased or cannot be read.
pub(crate) fn entry(db: &Connection, id: EntityId) -> Result<Option<Entry>, RegisterError> {
    let Some(row) = row_of(db, id.series)? else { return Ok(None) };
    let Some(mut entry) = written_in(db, row, id.seq)? else { return Ok(None) };
    Here::named_in(db, id.series)?.resolve(id, &mut entry)?;
    Ok(Some(entry))
}

/// An entry as it was written.
pub(crate) fn written(db: &Connection, id: EntityId) -> Result<Option<Entry>, RegisterError> {
    match row_of(db, id.series)? {
        Some(row) => written_in(db, row, id.seq),
        None => Ok(None),
    }
}

fn written_in(db: &Connection, row: i64, seq: u64) -> Result<Option<Entry>, RegisterError> {
    Ok(body_in(db, row, seq)?.and_then(|body| Entry::decode(&body).ok()))
}

/// The head after an entry; that of the empty series for 0, `None` beyond the end.
pub(crate) fn head_at(db: &Connection, series: &Series, seq: u64) -> Result<Option<Head>, RegisterError> {
    if seq == 0 {
        return Ok(Some(Head::start(series.state.series)));
    }
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    sql::one(db, include_str!("head_at.sql"), (series.row, seq), |row| {
        Ok(Head(array(row.get(0)?, "head of an entry")?))
    })
}
