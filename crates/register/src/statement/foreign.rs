//! Statements and heads of another device of the village: known by their entries, without pages and without a key. The
//! signed PDF comes by itself and is put beside its statement when it is here.

use crate::attachment::rows as files;
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::StatementId;
use crate::person::rows::{self as people, EventRow, What};
use crate::person::status::Case;
use crate::person::{graph, versions};
use crate::series;
use crate::sql::{self, column};
use crate::statement::{rows, signing};
use payung_domain::{CivilDate, Timestamp};
use payung_journal::{EntityId, Event, SignedStatement, Stamp};
use payung_keys::PublicKey;
use rusqlite::params;

/// Nobody's number in the key file: the private half is elsewhere.
const OTHER_DEVICE_SLOT: u32 = 0;

pub(crate) fn introduced(
    door: &Door<'_>,
    id: EntityId,
    at: Timestamp,
    name: &str,
    title: &str,
    key: &PublicKey,
) -> Result<(), RegisterError> {
    let pem = "";
    let place = (id.series.0, column(id.seq)?);
    let no_certificate: Option<Vec<u8>> = None;
    let parameters = params![
        OTHER_DEVICE_SLOT,
        name,
        title,
        key.to_bytes(),
        pem,
        at.millis(),
        place.0,
        place.1,
        no_certificate
    ];
    sql::run(door.db, include_str!("insert_head_key.sql"), parameters)?;
    Ok(())
}

/// A signature that does not hold changes nothing; its entry is kept.
pub(crate) fn signed(
    door: &mut Door<'_>,
    id: EntityId,
    at: Timestamp,
    actor: &str,
    statement: &SignedStatement,
) -> Result<(), RegisterError> {
    if rows::by_entry(door.db, id)?.is_some() || !verifies(door, id)? {
        return Ok(());
    }
    let regulation = versions::regulation_row(door.db, &statement.regulation)?.unwrap_or(door.regulation.row);
    sql::run(
        door.db,
        include_str!("insert_foreign.sql"),
        params![
            statement.number,
            statement.collective,
            at.millis(),
            actor,
            regulation,
            statement.seal.as_ref().map(|seal| seal.content),
            statement.document,
            statement.signed_on.to_string(),
            statement.signer,
            statement.title,
            statement.key.to_bytes(),
            statement.signature.to_bytes(),
            statement.seal.as_ref().map(|seal| seal.signature.to_bytes()),
            id.series.0,
            column(id.seq)?,
            door.order_of(Some(id))?,
        ],
    )?;
    let row = StatementId(door.db.last_insert_rowid());
    let attests = &door.regulation.regulation.statement.attests;
    let signed = statement.people.iter().map(|(person, version)| (*person, Some(*version), None));
    let struck = statement.struck.iter().map(|(person, reason)| (*person, None, Some(reason)));
    for ((person, version, reason), place) in signed.chain(struck).zip(1_i64..) {
        let Some(person) = people::by_entity(door.db, person)? else { continue };
        let mut case = Case::load(door, person)?;
        let Some(version) = version.or(case.record.entity) else { continue };
        let values = graph::said(door.db, version)?.map(|said| said.values).unwrap_or_default();
        let parameters = params![
            row.0,
            place,
            person.0,
            version.series.0,
            column(version.seq)?,
            sql::values_to_json(&rows::attested(&values, attests))?,
            reason,
            reason.map(|_| at.millis()),
        ];
        sql::run(door.db, include_str!("insert_foreign_person.sql"), parameters)?;
        if reason.is_none() {
            case.add(door, EventRow::new(at, actor, Some(id), What::Signed { statement: row }))?;
            case.save(door)?;
        }
    }
    for replaced in &statement.replaces {
        if let Some(replaced) = rows::by_entry(door.db, *replaced)? {
            sql::run(door.db, include_str!("insert_replaces.sql"), (row.0, replaced.0))?;
        }
    }
    Ok(())
}

/// The signature covers the entry as it was written, whatever its names mean by now.
fn verifies(door: &Door<'_>, id: EntityId) -> Result<bool, RegisterError> {
    let entry = series::rows::written(door.db, id)?;
    Ok(
        matches!(entry.map(|entry| entry.event), Some(Event::StatementSigned { statement }) if statement.verify().is_ok()),
    )
}

pub(crate) fn stamped(
    door: &mut Door<'_>,
    id: EntityId,
    (at, actor): (Timestamp, &str),
    statement: EntityId,
    on: CivilDate,
    stamp: Option<&Stamp>,
) -> Result<(), RegisterError> {
    let (Some(statement), Some(stamp)) = (rows::by_entry(door.db, statement)?, stamp) else { return Ok(()) };
    sql::run(
        door.db,
        include_str!("insert_stamp.sql"),
        params![
            statement.0,
            at.millis(),
            actor,
            stamp.kind.key(),
            stamp.serial.as_str(),
            on.to_string(),
            stamp.original_at,
            "",
            id.series.0,
            column(id.seq)?,
            door.order_of(Some(id))?,
        ],
    )?;
    let row = door.db.last_insert_rowid();
    let last = stamp.evidence.len();
    for (proof, place) in stamp.evidence.iter().zip(1..) {
        // An electronic meterai lives in its PDF: that is the original.
        let original = stamp.original_at.is_empty() && place == last && proof.media == "application/pdf";
        let bytes = column(proof.bytes)?;
        let parameters = params![row, place as i64, proof.digest, proof.media, bytes, "", original];
        sql::run(door.db, include_str!("insert_stamp_file.sql"), parameters)?;
        files::expect_file(door.db, &proof.digest, &proof.media, proof.bytes)?;
    }
    for mut case in signing::signed_for(door, statement)? {
        case.add(door, EventRow::new(at, actor, Some(id), What::Stamped { statement }))?;
        case.save(door)?;
    }
    Ok(())
}

pub(crate) fn withdrawn(
    door: &mut Door<'_>,
    id: EntityId,
    (at, actor): (Timestamp, &str),
    statement: EntityId,
    reason: &str,
) -> Result<(), RegisterError> {
    let Some(statement) = rows::by_entry(door.db, statement)? else { return Ok(()) };
    // Taken back on two devices: the first one counts.
    let known = rows::withdrawing(door.db, statement)?;
    let key = |entry| -> Result<_, RegisterError> { Ok((door.order_of(Some(entry))?, entry)) };
    if let Some(known) = known
        && key(known)? <= key(id)?
    {
        return uncover(door, id, (at, actor), statement, reason);
    }
    let parameters = (statement.0, at.millis(), reason, id.series.0, column(id.seq)?);
    sql::run(door.db, include_str!("revoke.sql"), parameters)?;
    uncover(door, id, (at, actor), statement, reason)
}

fn uncover(
    door: &mut Door<'_>,
    id: EntityId,
    (at, actor): (Timestamp, &str),
    statement: StatementId,
    reason: &str,
) -> Result<(), RegisterError> {
    for mut case in signing::signed_for(door, statement)? {
        let what = What::Uncovered { statement, reason: reason.to_owned() };
        case.add(door, EventRow::new(at, actor, Some(id), what))?;
        case.save(door)?;
    }
    Ok(())
}
