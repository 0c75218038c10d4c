//! Whether the tables about statements say what the entries say, down to the bytes of the files.

use crate::error::RegisterError;
use crate::ids::StatementId;
use crate::register::Register;
use crate::sql::{self, damaged};
use crate::statement::rows::{self, Record};
use crate::statement::{decisions, heads, stamps};
use payung_domain::{CivilDate, Timestamp};
use payung_journal::{EntityId, Event, Evidence, SignedStatement, Stamp};
use payung_keys::{PublicKey, certificate_facts, cms_attributes, sha256};
use payung_seal::digest_outside;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Entries that the tables about statements rest on, by their place.
#[derive(Default)]
pub(crate) struct Said {
    signed: BTreeMap<EntityId, SignedStatement>,
    stamped: BTreeMap<EntityId, (EntityId, CivilDate, Option<Stamp>)>,
    withdrawn: BTreeMap<EntityId, (EntityId, String)>,
    decided: BTreeMap<EntityId, Event>,
    introduced: BTreeMap<EntityId, (String, String, PublicKey)>,
}

impl Said {
    pub(crate) fn note(&mut self, at: EntityId, own: bool, event: &Event) {
        match event {
            Event::StatementSigned { statement } if own => {
                self.signed.insert(at, statement.clone());
            }
            Event::StatementStamped { statement, on, stamp: stamp @ Some(_) } if own => {
                self.stamped.insert(at, (*statement, *on, stamp.clone()));
            }
            Event::StatementWithdrawn { statement, reason, .. } if own => {
                self.withdrawn.insert(at, (*statement, reason.clone()));
            }
            Event::HeadKeyIntroduced { name, title, key } if own => {
                self.introduced.insert(at, (name.clone(), title.clone(), *key));
            }
            Event::StatementTimestamped { .. }
            | Event::HeadCertified { .. }
            | Event::HeadRevoked { .. }
            | Event::StampRefused { .. }
                if !own =>
            {
                self.decided.insert(at, event.clone());
            }
            _ => {}
        }
    }
}

/// Returns how many signed statements there are.
pub(crate) fn prove(register: &Register, said: &Said) -> Result<u64, RegisterError> {
    let db = &register.db;
    let mut seen = Seen::default();
    for id in rows::ids(db, include_str!("ids.sql"), [])? {
        let at = |what: &str| damaged(&format!("{what} of statement {}", id.0));
        let record = rows::load(db, id)?;
        document(db, id, &record, &at)?;
        let Some(entry) = record.entry else { continue };
        seen.signed += 1;
        let statement = said.signed.get(&entry).ok_or_else(|| at("entry"))?;
        signature(db, id, &record, statement, &at)?;
        withdrawn(db, id, entry, said, &mut seen, &at)?;
        stamped(db, id, entry, said, &mut seen, &at)?;
        timestamped(db, id, entry, &record, said, &at)?;
    }
    // Taken back on two devices: once is enough.
    let withdrawn: BTreeSet<EntityId> = said.withdrawn.values().map(|(statement, _)| *statement).collect();
    if (seen.signed, seen.stamped, seen.withdrawn) != (said.signed.len(), said.stamped.len(), withdrawn.len())
    {
        return Err(damaged("tables and entries disagree about statements"));
    }
    let refused = said.decided.values().filter(|event| matches!(event, Event::StampRefused { .. })).count();
    if seen.refused > refused {
        return Err(damaged("tables and entries disagree about refused stamps"));
    }
    told(db, said)?;
    heads(db, said)?;
    Ok(said.signed.len() as u64)
}

#[derive(Default)]
struct Seen {
    signed: usize,
    stamped: usize,
    withdrawn: usize,
    refused: usize,
}

/// The bytes kept are those that the digest names.
fn document(
    db: &Connection,
    id: StatementId,
    record: &Record,
    at: &impl Fn(&str) -> RegisterError,
) -> Result<(), RegisterError> {
    let Some(document) = rows::document(db, id)? else { return Ok(()) };
    let digest = match record.gap.clone() {
        None => sha256(&[&document]),
        Some(gap) if gap.start <= gap.end && gap.end <= document.len() => digest_outside(&document, gap),
        Some(_) => return Err(at("place of the signature")),
    };
    if record.digest != Some(digest) { Err(at("document")) } else { Ok(()) }
}

fn signature(
    db: &Connection,
    id: StatementId,
    record: &Record,
    statement: &SignedStatement,
    at: &impl Fn(&str) -> RegisterError,
) -> Result<(), RegisterError> {
    let same = record.number == statement.number
        && record.signed_on == Some(statement.signed_on)
        && record.digest == Some(statement.document)
        && record.key == Some(statement.key)
        && record.seal == statement.seal.as_ref().map(|seal| seal.signature)
        && (statement.seal.is_none() || record.content == statement.seal.as_ref().map(|seal| seal.content));
    if !same {
        return Err(at("row"));
    }
    if let Some(seal) = &statement.seal {
        let Some(certificate) = rows::certificate(db, id)? else {
            // Signed on another device: the certificate comes with the file.
            return if rows::document(db, id)?.is_none() {
                listed(db, id, statement, at)
            } else {
                Err(at("certificate"))
            };
        };
        let attributes = cms_attributes(&statement.document, &seal.certificate)?;
        if sha256(&[&certificate]) != seal.certificate
            || statement.key.verify_hash(&sha256(&[&attributes]), &seal.signature).is_err()
        {
            return Err(at("signature in the document"));
        }
    }
    listed(db, id, statement, at)
}

fn listed(
    db: &Connection,
    id: StatementId,
    statement: &SignedStatement,
    at: &impl Fn(&str) -> RegisterError,
) -> Result<(), RegisterError> {
    let listed = rows::people(db, id)?;
    if listed.iter().filter(|person| person.struck_reason.is_none()).count() != statement.people.len() {
        return Err(at("list"));
    }
    let replaced = rows::ids(db, include_str!("replaces.sql"), [id.0])?;
    let replaced: Vec<Option<EntityId>> =
        replaced.into_iter().map(|id| Ok(rows::load(db, id)?.entry)).collect::<Result<_, RegisterError>>()?;
    let named: Vec<Option<EntityId>> = statement.replaces.iter().copied().map(Some).collect();
    if replaced != named { Err(at("replaced statements")) } else { Ok(()) }
}

fn withdrawn(
    db: &Connection,
    id: StatementId,
    entry: EntityId,
    said: &Said,
    seen: &mut Seen,
    at: &impl Fn(&str) -> RegisterError,
) -> Result<(), RegisterError> {
    let kept: Option<(Option<EntityId>, Option<String>)> =
        sql::one(db, include_str!("withdrawn.sql"), [id.0], |row| {
            Ok((sql::entity(row.get(0)?, row.get(1)?)?, row.get(2)?))
        })?;
    let Some((Some(revoked), reason)) = kept else { return Ok(()) };
    seen.withdrawn += 1;
    let (statement, words) = said.withdrawn.get(&revoked).ok_or_else(|| at("revocation"))?;
    if *statement != entry || reason.as_ref() != Some(words) { Err(at("revocation")) } else { Ok(()) }
}

fn stamped(
    db: &Connection,
    id: StatementId,
    entry: EntityId,
    said: &Said,
    seen: &mut Seen,
    at: &impl Fn(&str) -> RegisterError,
) -> Result<(), RegisterError> {
    let files = stamps::files(db, id)?;
    for kept in stamps::all(db, id)? {
        seen.stamped += 1;
        let evidence: Vec<Evidence> = files
            .iter()
            .filter(|file| file.stamp == kept.row)
            .map(|file| Evidence {
                digest: file.row.digest,
                bytes: file.row.bytes,
                media: file.row.media.clone(),
            })
            .collect();
        let stamp = Stamp {
            kind: kept.view.kind,
            serial: kept.view.serial.clone(),
            original_at: kept.view.original_at.clone(),
            evidence,
        };
        if said.stamped.get(&kept.view.entry) != Some(&(entry, kept.view.on, Some(stamp))) {
            return Err(at("stamp"));
        }
        let Some(refusing) = kept.refused_by else { continue };
        seen.refused += 1;
        match said.decided.get(&refusing) {
            Some(Event::StampRefused { statement, serial, .. })
                if *statement == entry && *serial == kept.view.serial => {}
            _ => return Err(at("refused stamp")),
        }
    }
    Ok(())
}

fn timestamped(
    db: &Connection,
    id: StatementId,
    entry: EntityId,
    record: &Record,
    said: &Said,
    at: &impl Fn(&str) -> RegisterError,
) -> Result<(), RegisterError> {
    let Some(token) = rows::token(db, id)? else { return Ok(()) };
    let (kept, by): (Option<i64>, Option<EntityId>) =
        sql::one(db, include_str!("token_entry.sql"), [id.0], |row| {
            Ok((row.get(0)?, sql::entity(row.get(1)?, row.get(2)?)?))
        })?
        .unwrap_or_default();
    let time = record.seal.as_ref().and_then(|seal| decisions::token_time(&token, seal));
    let known = by.and_then(|by| said.decided.get(&by));
    let same = matches!(
        known,
        Some(Event::StatementTimestamped { statement, token: sent }) if *statement == entry && *sent == token
    );
    if !same || time.is_none() || kept.map(Timestamp) != time { Err(at("time stamp")) } else { Ok(()) }
}

/// What the people's histories say of statements, their entries say, too.
fn told(db: &Connection, said: &Said) -> Result<(), RegisterError> {
    type Told = (String, Option<EntityId>, i64, u64);
    let rows: Vec<Told> = sql::many(db, include_str!("told.sql"), [], |row| {
        let entry = sql::entity(row.get(1)?, row.get(2)?)?;
        Ok((row.get(0)?, entry, row.get(3)?, sql::sequence(row.get(4)?)?))
    })?;
    let mut signed = 0;
    for (kind, entry, statement, people) in rows {
        let wrong = || damaged(&format!("{kind} in the history of people"));
        let about = entry.and_then(|at| match kind.as_str() {
            "signed" => {
                let statement = said.signed.get(&at)?;
                signed += 1;
                (statement.people.len() as u64 == people).then_some(at)
            }
            "stamped" => said.stamped.get(&at).map(|(statement, ..)| *statement),
            "uncovered" => said.withdrawn.get(&at).map(|(statement, _)| *statement),
            _ => match said.decided.get(&at)? {
                Event::StampRefused { statement, .. } => Some(*statement),
                _ => None,
            },
        });
        if about.is_none() || rows::load(db, StatementId(statement))?.entry != about {
            return Err(wrong());
        }
    }
    if signed != said.signed.len() { Err(damaged("signed in the history of people")) } else { Ok(()) }
}

fn heads(db: &Connection, said: &Said) -> Result<(), RegisterError> {
    for kept in heads::introduced(db)? {
        let same = said.introduced.get(&kept.entry) == Some(&(kept.name, kept.title, kept.key));
        let own =
            |der: &Vec<u8>| certificate_facts(der).is_ok_and(|facts| facts.public_key == Some(kept.key));
        if !same || !kept.certificate.as_ref().is_none_or(own) {
            return Err(damaged("key of a head"));
        }
    }
    for kept in heads::certificates(db)? {
        let same = matches!(
            said.decided.get(&kept.entry),
            Some(Event::HeadCertified { key, certificate, officer })
                if *key == kept.key && *certificate == kept.certificate && *officer == kept.officer
        );
        let facts = certificate_facts(&kept.certificate)?;
        if !same || (facts.not_before, facts.not_after) != (kept.not_before, kept.not_after) {
            return Err(damaged("certificate of a head"));
        }
    }
    let revocations = heads::revocations(db)?;
    for kept in &revocations {
        let same = matches!(
            said.decided.get(&kept.entry),
            Some(Event::HeadRevoked { key, from, reason, officer, note })
                if *key == kept.key && *from == kept.from && *reason == kept.reason
                    && *officer == kept.officer && *note == kept.note
        );
        if !same {
            return Err(damaged("revocation of a head"));
        }
    }
    let told = said.decided.values().filter(|event| matches!(event, Event::HeadRevoked { .. })).count();
    if told != revocations.len() {
        return Err(damaged("tables and entries disagree about revoked heads"));
    }
    Ok(())
}
