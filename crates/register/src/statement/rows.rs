//! A statement's row and its list of people, read and written.

use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::person::rows as person_rows;
use crate::register::Register;
use crate::sql::{self, array, damaged, sequence};
use crate::statement::{ListedPerson, SignedView, StatementDetail, StatementRow, StatementStatus};
use payung_domain::{Field, FieldValues, Timestamp};
use payung_journal::EntityId;
use payung_keys::{PublicKey, Signature};
use rusqlite::{Connection, Row};

/// A statement as the door works on it.
pub(crate) struct Record {
    pub(crate) number: String,
    pub(crate) collective: bool,
    pub(crate) status: StatementStatus,
    /// SHA-256 of the frozen bytes.
    pub(crate) digest: Option<[u8; 32]>,
}

/// A person in the list of a statement.
pub(crate) struct Listed {
    pub(crate) place: u32,
    pub(crate) person: PersonId,
    pub(crate) version: EntityId,
    pub(crate) attested: FieldValues,
    pub(crate) struck_reason: Option<String>,
}

pub(crate) fn status(key: &str) -> Result<StatementStatus, RegisterError> {
    StatementStatus::ALL
        .iter()
        .copied()
        .find(|status| status.key() == key)
        .ok_or_else(|| damaged("status of a statement"))
}

pub(crate) fn load(db: &Connection, id: StatementId) -> Result<Record, RegisterError> {
    sql::one(db, include_str!("load.sql"), [id.0], |row| {
        let digest: Option<Vec<u8>> = row.get(3)?;
        Ok(Record {
            number: row.get(0)?,
            collective: row.get(1)?,
            status: status(&row.get::<_, String>(2)?)?,
            digest: digest.map(|digest| array(digest, "digest of a document")).transpose()?,
        })
    })?
    .ok_or(RegisterError::NoSuchStatement)
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
    sql::many(db, include_str!("with_number.sql"), (number, except.0), |row| Ok(StatementId(row.get(0)?)))
}

pub(crate) fn document(db: &Connection, id: StatementId) -> Result<Option<Vec<u8>>, RegisterError> {
    sql::one(db, include_str!("document.sql"), [id.0], |row| Ok(row.get::<_, Option<Vec<u8>>>(0)?))?
        .ok_or(RegisterError::NoSuchStatement)
}

pub(crate) fn all(db: &Connection) -> Result<Vec<StatementRow>, RegisterError> {
    sql::many(db, include_str!("all.sql"), [], read_row)
}

fn read_row(row: &Row) -> Result<StatementRow, RegisterError> {
    Ok(StatementRow {
        id: StatementId(row.get(0)?),
        number: row.get(1)?,
        collective: row.get(2)?,
        status: status(&row.get::<_, String>(3)?)?,
        frozen: row.get(4)?,
        people: sequence(row.get(5)?)?,
        struck: sequence(row.get(6)?)?,
        prepared_at: Timestamp(row.get(7)?),
        signed_on: sql::date(row.get(8)?)?,
    })
}

pub(crate) fn detail(register: &Register, id: StatementId) -> Result<StatementDetail, RegisterError> {
    let db = &register.db;
    let attests = &register.regulation.regulation.statement.attests;
    let mut people = Vec::new();
    for listed in self::people(db, id)? {
        let person = person_rows::load(db, listed.person)?;
        people.push(ListedPerson {
            person: listed.person,
            place: listed.place,
            name: listed.attested.text(Field::Name).unwrap_or_default().to_owned(),
            nik: listed.attested.text(Field::Nik).unwrap_or_default().to_owned(),
            version: listed.version,
            changed: changed_facts(&listed.attested, person.released.as_ref(), attests),
            attested: listed.attested,
            struck_reason: listed.struck_reason,
            state: person.status.state,
        });
    }
    sql::one(db, include_str!("detail.sql"), [id.0], |row| {
        let digest: Option<Vec<u8>> = row.get(11)?;
        Ok(StatementDetail {
            row: read_row(row)?,
            prepared_by: row.get(9)?,
            regulation_id: row.get(10)?,
            people,
            digest: digest.map(|digest| array(digest, "digest of a document")).transpose()?,
            strokes: row.get(12)?,
            signed: signed(row)?,
            withdrawn_reason: row.get(20)?,
        })
    })?
    .ok_or(RegisterError::NoSuchStatement)
}

fn signed(row: &Row) -> Result<Option<SignedView>, RegisterError> {
    let Some(entry) = sql::entity(row.get(18)?, row.get(19)?)? else {
        return Ok(None);
    };
    Ok(Some(SignedView {
        at: Timestamp(row.get(13)?),
        on: sql::date(row.get(8)?)?.ok_or_else(|| damaged("date of a signature"))?,
        signer: row.get(14)?,
        title: row.get(15)?,
        key: PublicKey::from_bytes(&array(row.get(16)?, "key of a signer")?)?,
        signature: Signature::from_bytes(array(row.get(17)?, "signature")?),
        entry,
    }))
}
