//! What became of a statement, from its own row, its stamps, its people and the prints in the local trail.

use crate::error::RegisterError;
use crate::ids::StatementId;
use crate::op::Print;
use crate::person::End;
use crate::register::Register;
use crate::series;
use crate::sql::{self, damaged, sequence};
use crate::statement::freezing::print_note;
use crate::statement::{StatementHappening, StatementStep, rows, stamps};
use payung_domain::{EndKind, Field, Timestamp};
use payung_journal::{Entry, Event, SeriesKind, TrailKind};
use rusqlite::{Connection, Row};

/// Entries of the trail read at once.
const CHUNK: u64 = 500;

/// Oldest first.
pub(crate) fn history(register: &Register, id: StatementId) -> Result<Vec<StatementStep>, RegisterError> {
    let db = &register.db;
    let own = sql::one(db, include_str!("history.sql"), [id.0], |row| own(row, id, db))?;
    let Own { mut steps, signed_at, printed } = own.ok_or(RegisterError::NoSuchStatement)?;
    steps.extend(left(db, id, signed_at.is_some())?);
    steps.extend(stamped(db, id)?);
    for newer in rows::ids(db, include_str!("replaced_by.sql"), [id.0])? {
        let reference = rows::reference(db, newer)?;
        steps.extend(sql::one(db, include_str!("replacing.sql"), [newer.0], |row| {
            let what = StatementHappening::ReplacedBy(reference);
            Ok(StatementStep { at: Timestamp(row.get(0)?), actor: row.get(1)?, what })
        })?);
    }
    if let Some(since) = signed_at {
        steps.extend(prints(db, id, since, printed)?);
    }
    steps.sort_by_key(|step| step.at);
    Ok(steps)
}

struct Own {
    steps: Vec<StatementStep>,
    signed_at: Option<Timestamp>,
    /// How many prints there are to be found.
    printed: u64,
}

/// What the statement's own row says.
fn own(row: &Row, id: StatementId, db: &Connection) -> Result<Own, RegisterError> {
    let at = |place| -> Result<_, RegisterError> { Ok(row.get::<_, Option<i64>>(place)?.map(Timestamp)) };
    let name =
        |place| -> Result<_, RegisterError> { Ok(row.get::<_, Option<String>>(place)?.unwrap_or_default()) };
    let handed = !rows::people(db, id)?.is_empty();
    let made = if handed { StatementHappening::HandedOver } else { StatementHappening::Drafted };
    let mut steps = vec![StatementStep { at: Timestamp(row.get(0)?), actor: row.get(1)?, what: made }];
    let signed_at = at(2)?;
    if let Some(at) = signed_at {
        steps.push(StatementStep { at, actor: name(3)?, what: StatementHappening::Signed });
    }
    if let Some(at) = at(4)? {
        steps.push(StatementStep { at, actor: String::new(), what: StatementHappening::Timestamped });
    }
    if let Some(at) = at(5)? {
        let reason = name(6)?;
        let what = match signed_at {
            Some(_) => StatementHappening::Revoked { reason },
            None => StatementHappening::Withdrawn { reason },
        };
        steps.push(StatementStep { at, actor: name(7)?, what });
    }
    Ok(Own { steps, signed_at, printed: sequence(row.get(8)?)? })
}

/// Those whom the head struck out, and those who died, moved or withdrew after he signed.
fn left(db: &Connection, id: StatementId, signed: bool) -> Result<Vec<StatementStep>, RegisterError> {
    let all = sql::many(db, include_str!("left.sql"), [id.0], |row| {
        let attested = sql::values_from_json(&row.get::<_, String>(2)?)?;
        let name = attested.text(Field::Name).unwrap_or_default().to_owned();
        let reason: String = row.get(5)?;
        let what = match row.get::<_, Option<String>>(3)? {
            None => StatementHappening::Struck { name, reason },
            Some(kind) => {
                let kind = EndKind::parse(&kind).ok_or_else(|| damaged("kind of an end"))?;
                let on = sql::date(row.get(4)?)?.ok_or_else(|| damaged("date of an end"))?;
                StatementHappening::TakenOut { name, end: End { kind, on, reason } }
            }
        };
        Ok(StatementStep { at: Timestamp(row.get(0)?), actor: row.get(1)?, what })
    })?;
    let counts = |step: &StatementStep| signed || matches!(step.what, StatementHappening::Struck { .. });
    Ok(all.into_iter().filter(counts).collect())
}

fn stamped(db: &Connection, id: StatementId) -> Result<Vec<StatementStep>, RegisterError> {
    let mut steps = Vec::new();
    for stamp in stamps::all(db, id)?.into_iter().map(|kept| kept.view) {
        let (kind, serial) = (stamp.kind, stamp.serial.clone());
        let what = match stamp.correction {
            Some(reason) => StatementHappening::StampCorrected { kind, serial, reason },
            None => StatementHappening::Stamped { kind, serial },
        };
        steps.push(StatementStep { at: stamp.recorded_at, actor: stamp.recorded_by, what });
        if let Some(refusal) = stamp.refused {
            let what = StatementHappening::StampRefused { serial: stamp.serial, words: refusal.words };
            steps.push(StatementStep { at: refusal.at, actor: String::new(), what });
        }
    }
    Ok(steps)
}

/// The prints noted in the local trail: from the signature on, until as many are found as were counted.
fn prints(
    db: &Connection,
    id: StatementId,
    since: Timestamp,
    counted: u64,
) -> Result<Vec<StatementStep>, RegisterError> {
    let mut steps = Vec::new();
    let local = series::rows::own(db, SeriesKind::Local)?;
    let first =
        sql::one(db, include_str!("../series/first_since.sql"), (local.row, since.millis()), |row| {
            sequence(row.get(0)?)
        })?;
    let Some(mut after) = first.map(|seq| seq.saturating_sub(1)) else { return Ok(steps) };
    while (steps.len() as u64) < counted {
        let entries = series::rows::entries_after(db, local.row, after, CHUNK)?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for body in entries.into_iter().filter_map(|entry| entry.body) {
            let Entry { at, actor, event, .. } = Entry::decode(&body)?;
            let Event::Trail { what: TrailKind::Printed, subject, note, .. } = event else { continue };
            let print = [Print::WetOriginal, Print::Copy].into_iter().find(|what| print_note(*what) == note);
            if let Some(print) = print.filter(|_| subject == u64::try_from(id.0).ok()) {
                steps.push(StatementStep { at, actor, what: StatementHappening::Printed(print) });
            }
        }
    }
    Ok(steps)
}
