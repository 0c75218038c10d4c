//! What readers ask: lists, one person with everything, judging what is being typed. Nothing here writes.

use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::likeness::decisions;
use crate::person::rows::{self, EventRow, Record, What};
use crate::person::status::{self, listing};
use crate::person::{
    AnswerView, Check, End, FullRow, Happening, HistoryLine, LIST_ROWS_MAX, ListQuery, Page, PersonDetail,
    PersonRow, StaleDesil,
};
use crate::register::{Register, TrailLine};
use crate::series;
use crate::settings::CurrentRegulation;
use payung_domain::{CivilDate, Delivery, FieldValues, Quarter, Reading, Watch};
use payung_journal::{Entry, Event, SeriesKind};
use payung_regulation::{Context, Judgement, StatementEvidence, WarningKind};
use rusqlite::Connection;

pub(crate) fn list(register: &Register, query: &ListQuery) -> Result<Page, RegisterError> {
    let today = today(register);
    let (total, ids) = register.roster.find(query, query.limit.min(LIST_ROWS_MAX), today);
    let rows =
        ids.into_iter().map(|id| rows::view(&register.db, PersonId(id), today)).collect::<Result<_, _>>()?;
    Ok(Page { total, rows })
}

/// People read between two looks of who watches: a few milliseconds.
const PEOPLE_BETWEEN_LOOKS: u64 = 250;

/// Everybody whom the query finds, in its order; its stretch does not count.
pub(crate) fn each_person(
    register: &Register,
    query: &ListQuery,
    watch: &dyn Watch,
    take: &mut dyn FnMut(FullRow),
) -> Result<(), RegisterError> {
    let today = today(register);
    let (total, ids) = register.roster.find(&ListQuery { offset: 0, ..query.clone() }, u64::MAX, today);
    for (done, id) in (0..).zip(ids) {
        if u64::is_multiple_of(done, PEOPLE_BETWEEN_LOOKS) && !watch.at(done, total) {
            return Err(RegisterError::Stopped);
        }
        let record = rows::load(&register.db, PersonId(id))?;
        take(FullRow {
            row: rows::view(&register.db, PersonId(id), today)?,
            values: record.shown(),
            released: record.released,
        });
    }
    Ok(())
}

pub(crate) fn row(register: &Register, id: PersonId) -> Result<PersonRow, RegisterError> {
    rows::view(&register.db, id, today(register))
}

/// In the regency.
pub(crate) fn today(register: &Register) -> CivilDate {
    register.tools.clock.now().civil_date(register.regulation.regulation.utc_offset)
}

/// None under a regulation that does not warn of it.
pub(crate) fn stale_desil(register: &Register, limit: u64) -> Result<StaleDesil, RegisterError> {
    let warnings = &register.regulation.regulation.warnings;
    let quarters = warnings.iter().find_map(|warning| match warning.kind {
        WarningKind::StaleDesil { quarters } => Some(quarters),
        _ => None,
    });
    let Some(quarters) = quarters.and_then(|quarters| i32::try_from(quarters).ok()) else {
        return Ok(StaleDesil::default());
    };
    let now = rows::quarter_number(today(register).quarter());
    let stale = register.roster.desil_before(now - quarters);
    let asked = stale.iter().take(usize::try_from(limit).unwrap_or(usize::MAX));
    let people = asked
        .map(|(number, id)| {
            let quarter = Quarter { year: number.div_euclid(4), number: number.rem_euclid(4) as u8 + 1 };
            Ok((row(register, PersonId(*id))?, quarter))
        })
        .collect::<Result<_, RegisterError>>()?;
    Ok(StaleDesil { total: stale.len() as u64, people })
}

pub(crate) fn same_nik(
    register: &Register,
    nik: &str,
    except: Option<PersonId>,
) -> Result<Vec<PersonRow>, RegisterError> {
    if nik.trim().is_empty() {
        return Ok(Vec::new());
    }
    rows::same_nik(&register.db, nik, except.unwrap_or(PersonId(0)))?
        .into_iter()
        .map(|id| row(register, id))
        .collect()
}

/// Judged without a statement: whether a person *may* be attested does not hang on it.
pub(crate) fn judge_on(regulation: &CurrentRegulation, reading: &Reading, day: CivilDate) -> Judgement {
    payung_regulation::judge(&regulation.regulation, reading, &Context::on(day))
}

pub(crate) fn check(
    register: &Register,
    person: Option<PersonId>,
    values: &FieldValues,
) -> Result<Check, RegisterError> {
    let record = person.map(|id| rows::load(&register.db, id)).transpose()?;
    Ok(check_record(register, record.as_ref(), values))
}

/// A person without a pending change is judged on the day of their newest version, everything else on today.
fn check_record(register: &Register, record: Option<&Record>, values: &FieldValues) -> Check {
    let regulation = &register.regulation.regulation;
    let today = today(register);
    let mut context = Context::on(today);
    if let Some(record) = record
        && let Some(released) = &record.released
    {
        let differing = released.differing(values);
        if differing.is_empty() {
            context.registered_on = record.registered_on.unwrap_or(today);
        }
        let attested = differing.iter().all(|field| !regulation.statement.attests.contains(field));
        context.statement = match (attested && record.status.covered, record.status.stamped) {
            (false, _) => StatementEvidence::None,
            (true, false) => StatementEvidence::SignedUnstamped,
            (true, true) => StatementEvidence::SignedAndStamped,
        };
    }
    let reading = payung_domain::read(values);
    let judgement = payung_regulation::judge(regulation, &reading, &context);
    Check { reading, judgement, registered_on: context.registered_on }
}

pub(crate) fn person(register: &Register, id: PersonId) -> Result<PersonDetail, RegisterError> {
    let db = &register.db;
    let record = rows::load(db, id)?;
    let events = rows::events(db, id)?;
    let values = record.shown();
    let edited = match (&record.released, &record.edited) {
        (Some(released), Some(edited)) => released.differing(edited),
        _ => Vec::new(),
    };
    let nik = values.text(payung_domain::Field::Nik).unwrap_or_default();
    Ok(PersonDetail {
        id,
        entity: record.entity,
        version: record.version,
        released: record.released.clone(),
        edited,
        registered_on: record.registered_on,
        readiness: record.readiness,
        status: record.status,
        listed: listing(&events),
        can_be_listed: rows::line(db, id)?.can_be_listed(),
        check: check_record(register, Some(&record), &values),
        same_nik: same_nik(register, nik, Some(id))?,
        same_nik_reason: record.same_nik_reason.clone(),
        nik_elsewhere: record.nik_elsewhere,
        two_versions: record.two_versions,
        ended: ended(&events),
        answers: answers(&events),
        statements: rows::statements_of(db, id)?,
        history: history(db, id, events)?,
        arrived_at: match record.status.delivery {
            Delivery::Arrived => rows::arrived_at(db, id)?,
            Delivery::Local | Delivery::NotSent => None,
        },
        created_at: record.created_at,
        updated_at: record.updated_at,
        values,
    })
}

fn answers(events: &[EventRow]) -> Vec<AnswerView> {
    let newest = events.iter().filter_map(|event| event.what.version()).max();
    let view = |event: &EventRow| match &event.what {
        What::Answered { version, answer, reasons, officer, .. } => Some(AnswerView {
            at: event.at,
            answer: *answer,
            version: *version,
            about_newest: newest == Some(*version) && !status::overruled(events, event),
            reasons: reasons.clone(),
            officer: officer.clone(),
        }),
        _ => None,
    };
    events.iter().rev().filter_map(view).collect()
}

/// Newest first: what happened, and what was decided here beside it.
fn history(
    db: &Connection,
    person: PersonId,
    events: Vec<EventRow>,
) -> Result<Vec<HistoryLine>, RegisterError> {
    let mut lines: Vec<(i64, HistoryLine)> =
        events.into_iter().map(|event| (event.order, history_line(event))).collect();
    lines.extend(decisions::history(db, person)?);
    lines.sort_by_key(|(order, _)| *order);
    Ok(lines.into_iter().rev().map(|(_, line)| line).collect())
}

fn history_line(event: EventRow) -> HistoryLine {
    let what = match event.what {
        What::Released { version, .. } => Happening::Released { version },
        What::Corrected { version, fields, .. } => Happening::Corrected { version, fields },
        What::Ended { end, .. } => Happening::Ended(end),
        What::Prepared { statement } => Happening::Listed { statement },
        What::Unlisted { statement, reason } => Happening::Unlisted { statement, reason },
        What::Signed { statement } => Happening::Signed { statement },
        What::Stamped { statement } => Happening::Stamped { statement },
        What::StampRefused { statement, reason } => Happening::StampRefused { statement, reason },
        What::Uncovered { statement, reason } => Happening::Uncovered { statement, reason },
        What::Answered { version, answer, .. } => Happening::Answered { version, answer },
        What::NikElsewhere { village, .. } => Happening::NikElsewhere { village },
    };
    HistoryLine { at: event.at, actor: event.actor, what, entry: event.entry }
}

/// The end that counts: `EndKind` says which, where there are several.
fn ended(events: &[EventRow]) -> Option<End> {
    let ends = events.iter().filter_map(|event| match &event.what {
        What::Ended { end, .. } => Some(end),
        _ => None,
    });
    ends.min_by_key(|end| end.kind).cloned()
}

/// Newest first.
pub(crate) fn trail(register: &Register, limit: u64) -> Result<Vec<TrailLine>, RegisterError> {
    let local = series::rows::own(&register.db, SeriesKind::Local)?;
    let after = local.state.seq.saturating_sub(limit);
    let mut lines = Vec::new();
    for stored in series::rows::entries_after(&register.db, local.row, after, limit)? {
        let Some(body) = stored.body else { continue };
        let entry = Entry::decode(&body)?;
        if let Event::Trail { what, subject, fields, note } = entry.event {
            lines.push(TrailLine { at: entry.at, actor: entry.actor, what, subject, fields, note });
        }
    }
    lines.reverse();
    Ok(lines)
}
