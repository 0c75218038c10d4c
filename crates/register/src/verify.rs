//! Proving the whole register: chains, digests, receipts, and whether the tables say what the entries say.

use crate::attachment;
use crate::error::RegisterError;
use crate::likeness;
use crate::person::judged::{Judged, Turns};
use crate::person::{graph, rows, status};
use crate::register::Register;
use crate::roster::Roster;
use crate::series::naming::Here;
use crate::series::{self, order, rows::Series, twins};
use crate::sql::{self, array, damaged, sequence};
use crate::statement::proof;
use crate::{importing, population};
use payung_domain::Timestamp;
use payung_journal::{EntityId, Entry, Event, Head, Proof, Receipt, SeriesKind, digest, salt, stretch_of};
use std::collections::{BTreeMap, BTreeSet};

/// What was gone through, all of it right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub series: u64,
    pub entries: u64,
    /// Entries whose bodies were erased after their retention; their digests were checked.
    pub erased: u64,
    pub people: u64,
    pub statements: u64,
    /// Photos and documents whose bytes are here.
    pub files: u64,
    /// Rows of the village's population.
    pub population: u64,
}

/// Entries read at once.
const STRIDE: u64 = 4_096;

pub(crate) fn verify(register: &Register) -> Result<Verified, RegisterError> {
    let db = &register.db;
    let mut verified = Verified::default();
    let mut said = Said { waiting: crate::exchange::waiting(db)?, twins: twins::all(db)?, ..Said::default() };
    for series in series::rows::all(db)? {
        walk(register, &series, &mut verified, &mut said)?;
        receipts(register, &series)?;
        verified.series += 1;
    }
    compare(register, &said, &mut verified)?;
    verified.population = population::proof::prove(db)?;
    importing::proof::prove(db)?;
    order::prove(db)?;
    twins::prove(db)?;
    crate::schema::refuse_dangling(db)?;
    Ok(verified)
}

/// What the entries say, counted by kind of event, and those about statements in full.
#[derive(Default)]
struct Said {
    by_kind: BTreeMap<&'static str, u64>,
    statements: proof::Said,
    /// Entries whose effect waits for others.
    waiting: BTreeSet<EntityId>,
    /// Entries that say nothing new, with those that say it.
    twins: BTreeMap<EntityId, EntityId>,
    attachments: attachment::proof::Said,
}

/// The chain from its start to the head that the series row names.
fn walk(
    register: &Register,
    series: &Series,
    verified: &mut Verified,
    said: &mut Said,
) -> Result<(), RegisterError> {
    let mut head = Head::start(series.state.series);
    let mut seq = 0;
    loop {
        let entries = series::rows::entries_after(&register.db, series.row, seq, STRIDE)?;
        let Some(last) = entries.last().map(|entry| entry.seq) else { break };
        let mut seed = None;
        for stored in entries {
            let at =
                |what: &str| damaged(&format!("{what}, entry {} of {}", stored.seq, series.state.series));
            if stored.seq != seq + 1 {
                return Err(at("gap in the chain"));
            }
            seq = stored.seq;
            match &stored.body {
                None => verified.erased += 1,
                Some(body) => {
                    let stretch = stretch_of(seq);
                    if !matches!(seed, Some((known, _)) if known == stretch) {
                        seed = Some((stretch, series::rows::seed(&register.db, series.row, stretch)?));
                    }
                    let from_seed = seed.and_then(|(_, seed)| seed).map(|seed| salt(&seed, seq));
                    let salt = stored.salt.or(from_seed).ok_or_else(|| at("salt is missing"))?;
                    if digest(&salt, body) != stored.digest {
                        return Err(at("body does not fit its digest"));
                    }
                    let at = EntityId::new(series.state.series, seq);
                    // What a newer program wrote in a way that this one cannot read is kept, too.
                    match Entry::decode(body) {
                        Ok(entry) => note(register, entry, at, series, said)?,
                        Err(error) if series.state.own() => return Err(error.into()),
                        Err(_) => {}
                    }
                }
            }
            head = head.next(&stored.digest);
            if head != stored.head {
                return Err(at("chain is broken"));
            }
            verified.entries += 1;
        }
        seq = last;
    }
    if (seq, head) != (series.state.seq, series.state.head) {
        return Err(damaged(&format!("head of {}", series.state.series)));
    }
    Ok(())
}

fn note(
    register: &Register,
    mut entry: Entry,
    at: EntityId,
    series: &Series,
    said: &mut Said,
) -> Result<(), RegisterError> {
    if said.waiting.contains(&at) || said.twins.contains_key(&at) {
        return Ok(());
    }
    let of_village = series.state.kind != SeriesKind::Decisions;
    if let Event::StatementSigned { statement } = &entry.event
        && statement.verify().is_err()
    {
        return if series.state.own() { Err(damaged("signature of a statement")) } else { Ok(()) };
    }
    Here::of(&register.db, series).resolve(at, &mut entry)?;
    said.statements.note(at, of_village, &entry.event);
    said.attachments.note(at, of_village, &entry.event);
    let name = entry.event.name();
    match &entry.event {
        Event::Answered { .. } | Event::NikHeldElsewhere { .. } if of_village => return Ok(()),
        _ if !of_village && !matches!(name, "answered" | "nik_held_elsewhere") => return Ok(()),
        // A stranger to this village changes nobody.
        Event::PersonCorrected { person, .. } | Event::PersonEnded { person, .. }
            if rows::by_entity(&register.db, *person)?.is_none() =>
        {
            return Ok(());
        }
        _ => {}
    }
    *said.by_kind.entry(name).or_default() += 1;
    Ok(())
}

/// Every receipt is the district's and covers this very chain.
fn receipts(register: &Register, series: &Series) -> Result<(), RegisterError> {
    let receipts = sql::many(&register.db, include_str!("exchange/receipts.sql"), [series.row], |row| {
        Ok(Receipt {
            series: series.state.series,
            seq: sequence(row.get(0)?)?,
            at: Timestamp(row.get(1)?),
            head: Head(array(row.get(2)?, "head of a receipt")?),
            proof: Proof::from_bytes(&row.get::<_, Vec<u8>>(3)?)?,
        })
    })?;
    if receipts.is_empty() {
        return Ok(());
    }
    let Some(enrolment) = crate::exchange::enrolment(&register.db)? else {
        return Err(damaged("receipt without an enrolment"));
    };
    for receipt in receipts {
        let known = series::rows::head_at(&register.db, series, receipt.seq)?;
        if receipt.verify(&enrolment.district_key).is_err() || known != Some(receipt.head) {
            return Err(damaged("receipt does not fit"));
        }
    }
    Ok(())
}

/// Tables against entries, cached columns against events, the roster against the table.
fn compare(register: &Register, said: &Said, verified: &mut Verified) -> Result<(), RegisterError> {
    let db = &register.db;
    let count = |name: &str| said.by_kind.get(name).copied().unwrap_or(0);
    let rows: Vec<(String, u64)> = sql::many(db, include_str!("counts_by_event.sql"), [], |row| {
        Ok((row.get(0)?, sequence(row.get(1)?)?))
    })?;
    let in_rows = |kind: &str| rows.iter().find(|(known, _)| known == kind).map_or(0, |(_, count)| *count);
    for (table, entry) in [
        ("released", "person_released"),
        ("corrected", "person_corrected"),
        ("ended", "person_ended"),
        ("people_with_entity", "person_released"),
        ("signed_statements", "statement_signed"),
        ("head_keys", "head_key_introduced"),
    ] {
        if in_rows(table) != count(entry) {
            return Err(damaged(&format!("tables and entries disagree about {table}")));
        }
    }
    // Answers about people of another device are kept as entries only.
    for (table, entry) in [("answered", "answered"), ("nik_elsewhere", "nik_held_elsewhere")] {
        if in_rows(table) > count(entry) {
            return Err(damaged(&format!("tables and entries disagree about {table}")));
        }
    }
    verified.statements = proof::prove(register, &said.statements)?;
    verified.files = attachment::proof::prove(register, &said.attachments)?;
    let need = register.regulation.regulation.statement.need;
    rows::each_line(db, |line| {
        let id = crate::ids::PersonId(line.id);
        let events = rows::events(db, id)?;
        let record = rows::load(db, id)?;
        let outdated = status::outdated(db, id, &events)?;
        if status::status(need, &events, &outdated) != record.status
            || status::listing(&events).is_some() != record.listed
        {
            return Err(damaged(&format!("status of person {}", line.id)));
        }
        let judged = Judged::of_record(&register.regulation.regulation, &record);
        if Turns::parse(&judged.judged).as_ref() != Some(&line.judged)
            || (judged.missing, judged.unreadable) != (line.missing, line.unreadable)
        {
            return Err(damaged(&format!("verdict of person {}", line.id)));
        }
        let standing = graph::standing(db, id, &events)?;
        let ended = events.iter().any(|event| matches!(event.what, rows::What::Ended { .. }));
        if record.two_versions != standing.is_some_and(|standing| standing.heads.len() > 1 && !ended)
            || status::nik_elsewhere(&events) != record.nik_elsewhere
        {
            return Err(damaged(&format!("versions of person {}", line.id)));
        }
        verified.people += 1;
        Ok(())
    })?;
    if !register.roster.agrees_with(&Roster::load(db)?) {
        return Err(damaged("roster and table disagree"));
    }
    likeness::prove(db, &register.roster)
}
