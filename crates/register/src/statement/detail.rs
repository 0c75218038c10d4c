//! Everything about one statement, for readers.

use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::person::End;
use crate::person::rows as person_rows;
use crate::person::rows::What;
use crate::person::status::Case;
use crate::register::Register;
use crate::series::order;
use crate::sql::{self, damaged, sequence};
use crate::statement::rows::{self, Record, Stage};
use crate::statement::{ListedPerson, SignedView, StatementDetail, door, heads, stamps};
use payung_domain::{Delivery, Field, FieldValues, Timestamp};
use payung_keys::Signature;
use rusqlite::Row;

pub(crate) fn detail(register: &Register, id: StatementId) -> Result<StatementDetail, RegisterError> {
    let db = &register.db;
    let record = rows::load(db, id)?;
    let line = rows::line(db, register.regulation.regulation.statement.stamped, id)?;
    let people = match record.stage {
        Stage::Draft => drafted(register, id)?,
        _ => listed(register, id, &record)?,
    };
    let replaces = match record.stage {
        Stage::Draft | Stage::Waiting if record.digest.is_none() => {
            let named: Vec<PersonId> =
                people.iter().filter(|one| one.struck_reason.is_none()).map(|one| one.person).collect();
            rows::would_replace(db, id, &named)?
        }
        _ => rows::ids(db, include_str!("replaces.sql"), [id.0])?,
    };
    let references = |ids: Vec<StatementId>| {
        ids.into_iter().map(|id| rows::reference(db, id)).collect::<Result<Vec<_>, _>>()
    };
    let certified = match (record.key, record.signed_at) {
        (Some(key), Some(at)) => heads::counts(db, &key, at)?,
        _ => false,
    };
    let arrived_at = match line.row.delivery {
        Delivery::Arrived => rows::arrived_at(db, id)?,
        Delivery::Local | Delivery::NotSent => None,
    };
    sql::one(db, include_str!("detail.sql"), [id.0], |row| {
        Ok(StatementDetail {
            row: line.row,
            regulation_id: row.get(0)?,
            people,
            digest: record.digest,
            content: record.content,
            pages: record.pages,
            frozen_on: record.frozen_on,
            strokes: row.get(1)?,
            signed: signed(row)?,
            certified,
            stamp: stamps::newest(db, id)?.map(|kept| kept.view),
            timestamped_at: row.get::<_, Option<i64>>(13)?.map(Timestamp),
            replaces: references(replaces)?,
            replaced_by: references(rows::ids(db, include_str!("replaced_by.sql"), [id.0])?)?,
            originals_printed: sequence(row.get(14)?)?,
            copies_printed: sequence(row.get(15)?)?,
            withdrawn_reason: row.get(11)?,
            withdrawn_at: row.get::<_, Option<i64>>(12)?.map(Timestamp),
            arrived_at,
        })
    })?
    .ok_or(RegisterError::NoSuchStatement)
}

fn signed(row: &Row) -> Result<Option<SignedView>, RegisterError> {
    let Some(entry) = sql::entity(row.get(9)?, row.get(10)?)? else {
        return Ok(None);
    };
    let signature = rows::bytes(row.get(7)?, "signature")?.ok_or_else(|| damaged("signature"))?;
    Ok(Some(SignedView {
        at: Timestamp(row.get(2)?),
        on: sql::date(row.get(3)?)?.ok_or_else(|| damaged("date of a signature"))?,
        signer: row.get(4)?,
        title: row.get(5)?,
        key: rows::key(row.get(6)?)?.ok_or_else(|| damaged("key of a signer"))?,
        signature: Signature::from_bytes(signature),
        seal: rows::bytes(row.get(8)?, "signature in a document")?.map(Signature::from_bytes),
        entry,
    }))
}

/// As the list was frozen when it was handed over.
fn listed(register: &Register, id: StatementId, record: &Record) -> Result<Vec<ListedPerson>, RegisterError> {
    let db = &register.db;
    let attests = &register.regulation.regulation.statement.attests;
    let mut people = Vec::new();
    for listed in rows::people(db, id)? {
        let person = person_rows::load(db, listed.person)?;
        let replaced_by = match record.entry {
            Some(entry) if listed.struck_reason.is_none() => {
                let parameters = (listed.person.0, order::of(db, entry)?.unwrap_or_default());
                rows::ids(db, include_str!("later_signed_of.sql"), parameters)?.pop()
            }
            _ => None,
        };
        people.push(ListedPerson {
            person: listed.person,
            place: listed.place,
            name: text(&listed.attested, Field::Name),
            nik: text(&listed.attested, Field::Nik),
            version: Some(listed.version),
            changed: rows::changed_facts(&listed.attested, person.released.as_ref(), attests),
            attested: listed.attested,
            beside: beside(person.released.as_ref()),
            struck_reason: listed.struck_reason,
            why_not: None,
            taken_out: end_of(register, listed.person, &person)?,
            replaced_by,
            state: person.status.state,
        });
    }
    Ok(people)
}

/// As they stand now.
fn drafted(register: &Register, id: StatementId) -> Result<Vec<ListedPerson>, RegisterError> {
    let db = &register.db;
    let attests = &register.regulation.regulation.statement.attests;
    let mut people = Vec::new();
    for (person, place) in rows::draft_people(db, id)?.into_iter().zip(1..) {
        let case = Case { record: person_rows::load(db, person)?, events: person_rows::events(db, person)? };
        let attested = rows::attested(&case.record.shown(), attests);
        people.push(ListedPerson {
            person,
            place,
            name: text(&attested, Field::Name),
            nik: text(&attested, Field::Nik),
            version: None,
            attested,
            beside: beside(Some(&case.record.shown())),
            struck_reason: None,
            changed: Vec::new(),
            why_not: door::why_not(&case),
            taken_out: end_of(register, person, &case.record)?,
            replaced_by: None,
            state: case.record.status.state,
        });
    }
    Ok(people)
}

/// Facts that tell one person from another on paper.
const BESIDE: &[Field] = &[Field::BirthPlace, Field::Address, Field::Rt, Field::Rw, Field::Hamlet];

fn beside(values: Option<&FieldValues>) -> FieldValues {
    values.map(|values| rows::attested(values, BESIDE)).unwrap_or_default()
}

fn end_of(
    register: &Register,
    id: PersonId,
    person: &person_rows::Record,
) -> Result<Option<End>, RegisterError> {
    if !person.ended() {
        return Ok(None);
    }
    let events = person_rows::events(&register.db, id)?;
    Ok(events.into_iter().rev().find_map(|event| match event.what {
        What::Ended { end, .. } => Some(end),
        _ => None,
    }))
}

fn text(values: &FieldValues, field: Field) -> String {
    values.text(field).unwrap_or_default().to_owned()
}
