//! What the district decided about statements and heads. Each is verified before a row changes; what does not hold is
//! kept as an entry, as everything that the district signed, and changes nothing else.

use crate::door::Door;
use crate::error::RegisterError;
use crate::person::rows::What;
use crate::sql::{self, column};
use crate::statement::door::happened;
use crate::statement::{heads, rows, signing, stamps};
use payung_domain::{MeteraiSerial, Timestamp, VillageCode};
use payung_journal::{EntityId, RevocationReason};
use payung_keys::{PublicKey, certificate_facts, read_timestamp};

/// A time stamp over the signature value that stands in the PDF.
pub(crate) fn timestamped(
    door: &mut Door<'_>,
    entry: EntityId,
    statement: EntityId,
    token: &[u8],
) -> Result<(), RegisterError> {
    let Some(id) = rows::by_entry(door.db, statement)? else { return Ok(()) };
    let Some(seal) = rows::load(door.db, id)?.seal else { return Ok(()) };
    let Some(at) = token_time(token, &seal) else { return Ok(()) };
    let parameters = (id.0, token, at.millis(), entry.series.0, column(entry.seq)?);
    sql::run(door.db, include_str!("put_token.sql"), parameters)?;
    Ok(())
}

/// When the district received a signature; `None` where the token is not over that signature.
pub(crate) fn token_time(token: &[u8], seal: &payung_keys::Signature) -> Option<Timestamp> {
    read_timestamp(token, &seal.to_der()?).ok().map(|facts| facts.at)
}

pub(crate) fn certified(
    door: &mut Door<'_>,
    entry: EntityId,
    key: &PublicKey,
    certificate: &[u8],
    officer: &str,
) -> Result<(), RegisterError> {
    let Ok(facts) = certificate_facts(certificate) else { return Ok(()) };
    if facts.public_key != Some(*key) || facts.self_issued {
        return Ok(());
    }
    sql::run(
        door.db,
        include_str!("insert_certificate.sql"),
        (
            key.to_bytes(),
            certificate,
            facts.not_before.millis(),
            facts.not_after.millis(),
            officer,
            door.now.millis(),
            entry.series.0,
            column(entry.seq)?,
        ),
    )?;
    Ok(())
}

/// The district's word that a key counts no longer.
pub(crate) struct Revocation<'a> {
    pub(crate) key: &'a PublicKey,
    pub(crate) from: Timestamp,
    pub(crate) reason: RevocationReason,
    pub(crate) officer: &'a str,
    pub(crate) note: &'a str,
}

pub(crate) fn revoked(
    door: &mut Door<'_>,
    entry: EntityId,
    revocation: &Revocation<'_>,
) -> Result<(), RegisterError> {
    let Revocation { key, from, reason, officer, note } = *revocation;
    sql::run(
        door.db,
        include_str!("insert_revocation.sql"),
        (
            key.to_bytes(),
            from.millis(),
            heads::reason_key(reason),
            officer,
            note,
            door.now.millis(),
            entry.series.0,
            column(entry.seq)?,
        ),
    )?;
    Ok(())
}

/// The serial stands on another document. The statement waits for its meterai again, unless a newer stamp stands there.
pub(crate) fn stamp_refused(
    door: &mut Door<'_>,
    entry: EntityId,
    statement: EntityId,
    serial: &MeteraiSerial,
    other_village: Option<VillageCode>,
    words: &str,
) -> Result<(), RegisterError> {
    let Some(id) = rows::by_entry(door.db, statement)? else { return Ok(()) };
    let known = stamps::all(door.db, id)?;
    let newest = known.last().map(|kept| kept.row);
    let Some(refused) =
        known.into_iter().rev().find(|kept| kept.view.serial == *serial && kept.refused_by.is_none())
    else {
        return Ok(());
    };
    sql::run(
        door.db,
        include_str!("refuse_stamp.sql"),
        (
            refused.row,
            door.now.millis(),
            words,
            other_village.map(|village| village.to_string()),
            entry.series.0,
            column(entry.seq)?,
        ),
    )?;
    if newest == Some(refused.row) {
        for mut case in signing::signed_for(door, id)? {
            let what = What::StampRefused { statement: id, reason: words.to_owned() };
            happened(door, &mut case, Some(entry), what)?;
        }
    }
    Ok(())
}
