//! A statement's row and its list of people, read and written.

use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::sql::{self, array, damaged, sequence};
use crate::statement::{StatementRef, StatementRow, StatementStatus};
use payung_domain::{
    CivilDate, Delivery, Field, FieldValues, MeteraiKind, MeteraiSerial, Timestamp, duty_rupiah,
};
use payung_journal::EntityId;
use payung_keys::{PublicKey, Signature};
use rusqlite::{Connection, Row};
use std::ops::Range;

/// What a row says of itself; the status that people see follows from it, the stamp and the people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Draft,
    Waiting,
    Signed,
    Withdrawn,
}

impl Stage {
    fn from_key(key: &str) -> Result<Self, RegisterError> {
        match key {
            "draft" => Ok(Self::Draft),
            "waiting" => Ok(Self::Waiting),
            "signed" => Ok(Self::Signed),
            "withdrawn" => Ok(Self::Withdrawn),
            _ => Err(damaged("status of a statement")),
        }
    }
}

/// A statement as the door works on it.
pub(crate) struct Record {
    pub(crate) number: String,
    pub(crate) collective: bool,
    pub(crate) stage: Stage,
    /// Of the frozen bytes outside the gap.
    pub(crate) digest: Option<[u8; 32]>,
    pub(crate) gap: Option<Range<usize>>,
    pub(crate) content: Option<[u8; 32]>,
    pub(crate) frozen_on: Option<CivilDate>,
    pub(crate) pages: Option<u32>,
    pub(crate) entry: Option<EntityId>,
    pub(crate) signed_on: Option<CivilDate>,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) key: Option<PublicKey>,
    /// The signature value inside the PDF.
    pub(crate) seal: Option<Signature>,
}

/// A person in the list of a statement.
pub(crate) struct Listed {
    pub(crate) place: u32,
    pub(crate) person: PersonId,
    pub(crate) version: EntityId,
    pub(crate) attested: FieldValues,
    pub(crate) struck_reason: Option<String>,
}

pub(crate) fn load(db: &Connection, id: StatementId) -> Result<Record, RegisterError> {
    sql::one(db, include_str!("load.sql"), [id.0], |row| {
        Ok(Record {
            number: row.get(0)?,
            collective: row.get(1)?,
            stage: Stage::from_key(&row.get::<_, String>(2)?)?,
            digest: bytes(row.get(3)?, "digest of a document")?,
            gap: gap(row.get(4)?, row.get(5)?)?,
            content: bytes(row.get(6)?, "content of a document")?,
            frozen_on: sql::date(row.get(7)?)?,
            pages: row.get(8)?,
            entry: sql::entity(row.get(9)?, row.get(10)?)?,
            signed_on: sql::date(row.get(11)?)?,
            key: key(row.get(12)?)?,
            seal: bytes(row.get(13)?, "signature in a document")?.map(Signature::from_bytes),
            signed_at: row.get::<_, Option<i64>>(14)?.map(Timestamp),
        })
    })?
    .ok_or(RegisterError::NoSuchStatement)
}

pub(crate) fn bytes<const N: usize>(
    stored: Option<Vec<u8>>,
    what: &str,
) -> Result<Option<[u8; N]>, RegisterError> {
    stored.map(|bytes| array(bytes, what)).transpose()
}

pub(crate) fn key(stored: Option<Vec<u8>>) -> Result<Option<PublicKey>, RegisterError> {
    let point = bytes(stored, "key of a signer")?;
    Ok(point.as_ref().map(PublicKey::from_bytes).transpose()?)
}

fn gap(start: Option<i64>, end: Option<i64>) -> Result<Option<Range<usize>>, RegisterError> {
    let place = |at: i64| usize::try_from(at).map_err(|_| damaged("place of a signature"));
    match (start, end) {
        (Some(start), Some(end)) => Ok(Some(place(start)?..place(end)?)),
        _ => Ok(None),
    }
}

/// In the order of the annex.
pub(crate) fn people(db: &Connection, id: StatementId) -> Result<Vec<Listed>, RegisterError> {
    sql::many(db, include_str!("people.sql"), [id.0], |row| {
        let version = sql::entity(row.get(2)?, row.get(3)?)?;
        Ok(Listed {
            place: row.get(0)?,
            person: PersonId(row.get(1)?),
            version: version.ok_or_else(|| damaged("version in a statement"))?,
            attested: sql::values_from_json(&row.get::<_, String>(4)?)?,
            struck_reason: row.get(5)?,
        })
    })
}

/// Those whom a draft names.
pub(crate) fn draft_people(db: &Connection, id: StatementId) -> Result<Vec<PersonId>, RegisterError> {
    sql::many(db, include_str!("draft_people.sql"), [id.0], |row| Ok(PersonId(row.get(0)?)))
}

/// The attested facts among the values, without blanks around them.
pub(crate) fn attested(values: &FieldValues, attests: &[Field]) -> FieldValues {
    attests.iter().filter_map(|field| values.text(*field).map(|text| (*field, text.to_owned()))).collect()
}

/// Which attested facts are no longer what the list says.
pub(crate) fn changed_facts(
    listed: &FieldValues,
    now: Option<&FieldValues>,
    attests: &[Field],
) -> Vec<Field> {
    let now = now.map(|values| attested(values, attests)).unwrap_or_default();
    listed.differing(&now)
}

/// Other statements, not withdrawn, that bear the number.
pub(crate) fn with_number(
    db: &Connection,
    number: &str,
    except: StatementId,
) -> Result<Vec<StatementId>, RegisterError> {
    ids(db, include_str!("with_number.sql"), (number, except.0))
}

pub(crate) fn ids(
    db: &Connection,
    statement: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<StatementId>, RegisterError> {
    sql::many(db, statement, parameters, |row| Ok(StatementId(row.get(0)?)))
}

/// The statement that an entry signed.
pub(crate) fn by_entry(db: &Connection, entry: EntityId) -> Result<Option<StatementId>, RegisterError> {
    let parameters = (entry.series.0, sql::column(entry.seq)?);
    Ok(ids(db, include_str!("by_entry.sql"), parameters)?.pop())
}

/// The entry that took a signed statement back.
pub(crate) fn withdrawing(db: &Connection, id: StatementId) -> Result<Option<EntityId>, RegisterError> {
    let entry =
        sql::one(db, include_str!("withdrawn.sql"), [id.0], |row| sql::entity(row.get(0)?, row.get(1)?))?;
    Ok(entry.flatten())
}

pub(crate) fn document(db: &Connection, id: StatementId) -> Result<Option<Vec<u8>>, RegisterError> {
    blob(db, include_str!("document.sql"), id)
}

/// The certificate that the signature names.
pub(crate) fn certificate(db: &Connection, id: StatementId) -> Result<Option<Vec<u8>>, RegisterError> {
    blob(db, include_str!("certificate.sql"), id)
}

/// The district's time stamp.
pub(crate) fn token(db: &Connection, id: StatementId) -> Result<Option<Vec<u8>>, RegisterError> {
    blob(db, include_str!("token.sql"), id)
}

pub(crate) fn page(db: &Connection, id: StatementId) -> Result<Option<String>, RegisterError> {
    sql::one(db, include_str!("page.sql"), [id.0], |row| Ok(row.get(0)?))?
        .ok_or(RegisterError::NoSuchStatement)
}

fn blob(db: &Connection, statement: &str, id: StatementId) -> Result<Option<Vec<u8>>, RegisterError> {
    sql::one(db, statement, [id.0], |row| Ok(row.get(0)?))?.ok_or(RegisterError::NoSuchStatement)
}

/// A row and what the auditor's list adds to it.
pub(crate) struct Line {
    pub(crate) row: StatementRow,
    /// The newest stamp recorded.
    pub(crate) stamp: Option<StampLine>,
}

pub(crate) struct StampLine {
    pub(crate) kind: MeteraiKind,
    pub(crate) serial: MeteraiSerial,
    pub(crate) on: CivilDate,
    pub(crate) original_at: String,
    pub(crate) refused: bool,
}

/// Newest first.
pub(crate) fn lines(db: &Connection, needs_stamp: bool) -> Result<Vec<Line>, RegisterError> {
    between(db, needs_stamp, 0, i64::MAX)
}

pub(crate) fn line(db: &Connection, needs_stamp: bool, id: StatementId) -> Result<Line, RegisterError> {
    between(db, needs_stamp, id.0, id.0)?.pop().ok_or(RegisterError::NoSuchStatement)
}

fn between(db: &Connection, needs_stamp: bool, first: i64, last: i64) -> Result<Vec<Line>, RegisterError> {
    sql::many(db, include_str!("lines.sql"), (first, last), |row| read_line(row, needs_stamp))
}

fn read_line(row: &Row, needs_stamp: bool) -> Result<Line, RegisterError> {
    let stage = Stage::from_key(&row.get::<_, String>(3)?)?;
    let (people, struck) = (sequence(row.get(5)?)?, sequence(row.get(6)?)?);
    let signed_on = sql::date(row.get(8)?)?;
    let seqs: [Option<i64>; 4] = [row.get(9)?, row.get(10)?, row.get(15)?, row.get(16)?];
    let stamp = match row.get::<_, Option<String>>(12)? {
        None => None,
        Some(kind) => Some(StampLine {
            kind: meterai_kind(&kind)?,
            serial: serial(&row.get::<_, String>(13)?)?,
            on: sql::date(row.get(14)?)?.ok_or_else(|| damaged("date of a stamp"))?,
            original_at: row.get(17)?,
            refused: seqs[3].is_some(),
        }),
    };
    let good = stamp.as_ref().filter(|stamp| !stamp.refused);
    let (newer, gone) = (sequence(row.get(18)?)?, sequence(row.get(19)?)?);
    let status = match stage {
        Stage::Draft => StatementStatus::Draft,
        Stage::Waiting => StatementStatus::Waiting,
        Stage::Withdrawn => StatementStatus::Withdrawn,
        Stage::Signed if newer > 0 && newer + gone == people => StatementStatus::Replaced,
        Stage::Signed if good.is_some() || !needs_stamp => StatementStatus::Complete,
        Stage::Signed => StatementStatus::Signed,
    };
    let waits_for_stamp = status == StatementStatus::Signed;
    let duty_on = good.map(|stamp| stamp.on).or(signed_on.filter(|_| waits_for_stamp));
    let row = StatementRow {
        id: StatementId(row.get(0)?),
        number: row.get(1)?,
        collective: row.get(2)?,
        status,
        revoked: seqs[0].is_some() && stage == Stage::Withdrawn,
        delivery: delivery(seqs[0], row.get(11)?),
        frozen: stage == Stage::Waiting && row.get(4)?,
        people,
        first_name: first_name(row.get(22)?, row.get(23)?)?,
        struck,
        prepared_at: Timestamp(row.get(7)?),
        prepared_by: row.get(21)?,
        signed_on,
        signer: row.get(20)?,
        serial: good.map(|stamp| stamp.serial.clone()),
        duty_rupiah: duty_on.and_then(duty_rupiah),
    };
    Ok(Line { row, stamp })
}

/// Of a draft as the person is called now, else as they were listed.
fn first_name(drafted: Option<String>, attested: Option<String>) -> Result<String, RegisterError> {
    match (drafted, attested) {
        (Some(name), _) => Ok(name),
        (None, Some(attested)) => {
            Ok(sql::values_from_json(&attested)?.text(Field::Name).unwrap_or_default().to_owned())
        }
        (None, None) => Ok(String::new()),
    }
}

/// When the last of it came to the district, by its receipts.
pub(crate) fn arrived_at(db: &Connection, id: StatementId) -> Result<Option<Timestamp>, RegisterError> {
    let at = sql::one(db, include_str!("arrived_at.sql"), [id.0], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(at.flatten().map(Timestamp))
}

/// Whether every entry about it is at the district.
fn delivery(entry: Option<i64>, held: bool) -> Delivery {
    match entry {
        None => Delivery::Local,
        Some(_) if held => Delivery::Arrived,
        Some(_) => Delivery::NotSent,
    }
}

pub(crate) fn meterai_kind(key: &str) -> Result<MeteraiKind, RegisterError> {
    MeteraiKind::from_key(key).ok_or_else(|| damaged("kind of a stamp"))
}

pub(crate) fn serial(text: &str) -> Result<MeteraiSerial, RegisterError> {
    MeteraiSerial::parse(text).map_err(|_| damaged("serial of a stamp"))
}

pub(crate) fn reference(db: &Connection, id: StatementId) -> Result<StatementRef, RegisterError> {
    sql::one(db, include_str!("refs.sql"), [id.0], |row| {
        Ok(StatementRef {
            id: StatementId(row.get(0)?),
            number: row.get(1)?,
            signed_on: sql::date(row.get(2)?)?,
        })
    })?
    .ok_or(RegisterError::NoSuchStatement)
}

/// Statements in whose place one stands: of each person the newest signed one, where that speaks for them no more.
pub(crate) fn would_replace(
    db: &Connection,
    id: StatementId,
    people: &[PersonId],
) -> Result<Vec<StatementId>, RegisterError> {
    let mut replaced = Vec::new();
    for person in people {
        replaced.extend(ids(db, include_str!("newest_signed_of.sql"), (person.0, id.0))?);
    }
    replaced.sort_unstable();
    replaced.dedup();
    Ok(replaced)
}
