//! Small shared steps between rows and nouns. Statements themselves stand in `.sql` files beside the code that runs them.

use crate::error::RegisterError;
use payung_domain::{Answer, CivilDate, Delivery, Field, FieldValues, Readiness, State};
use payung_journal::{EntityId, Reason, SeriesId};
use rusqlite::{Connection, Params, Row};
use std::collections::BTreeMap;

pub(crate) fn damaged(what: &str) -> RegisterError {
    RegisterError::Damaged(what.to_owned())
}

/// Runs a cached statement; returns the rows changed.
pub(crate) fn run(db: &Connection, sql: &str, parameters: impl Params) -> Result<usize, RegisterError> {
    Ok(db.prepare_cached(sql)?.execute(parameters)?)
}

/// At most one row.
pub(crate) fn one<T>(
    db: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl FnOnce(&Row) -> Result<T, RegisterError>,
) -> Result<Option<T>, RegisterError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    rows.next()?.map(read).transpose()
}

pub(crate) fn many<T>(
    db: &Connection,
    sql: &str,
    parameters: impl Params,
    mut read: impl FnMut(&Row) -> Result<T, RegisterError>,
) -> Result<Vec<T>, RegisterError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

pub(crate) fn values_to_json(values: &FieldValues) -> Result<String, RegisterError> {
    let named: BTreeMap<&str, &str> = values.iter().map(|(field, value)| (field.name(), value)).collect();
    serde_json::to_string(&named).map_err(|_| damaged("values cannot be written"))
}

pub(crate) fn values_from_json(json: &str) -> Result<FieldValues, RegisterError> {
    let named: BTreeMap<String, String> =
        serde_json::from_str(json).map_err(|_| damaged("values of a person"))?;
    named
        .into_iter()
        .map(|(name, value)| Ok((Field::from_name(&name).ok_or_else(|| damaged("name of a column"))?, value)))
        .collect()
}

pub(crate) fn fields_to_json(fields: &[Field]) -> Result<String, RegisterError> {
    let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
    serde_json::to_string(&names).map_err(|_| damaged("fields cannot be written"))
}

pub(crate) fn fields_from_json(json: &str) -> Result<Vec<Field>, RegisterError> {
    let names: Vec<String> = serde_json::from_str(json).map_err(|_| damaged("list of fields"))?;
    names.iter().map(|name| Field::from_name(name).ok_or_else(|| damaged("name of a column"))).collect()
}

pub(crate) fn date(text: Option<String>) -> Result<Option<CivilDate>, RegisterError> {
    text.map(|text| CivilDate::parse(&text).ok_or_else(|| damaged("civil date"))).transpose()
}

pub(crate) fn state(key: &str) -> Result<State, RegisterError> {
    State::from_key(key).ok_or_else(|| damaged("state of a person"))
}

pub(crate) const fn delivery_key(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Local => "local",
        Delivery::NotSent => "not_sent",
        Delivery::Arrived => "arrived",
    }
}

pub(crate) fn delivery(key: &str) -> Result<Delivery, RegisterError> {
    [Delivery::Local, Delivery::NotSent, Delivery::Arrived]
        .into_iter()
        .find(|delivery| delivery_key(*delivery) == key)
        .ok_or_else(|| damaged("delivery of a person"))
}

pub(crate) const fn readiness_key(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Attestable => "attestable",
        Readiness::WithNotes => "with_notes",
        Readiness::Incomplete => "incomplete",
    }
}

pub(crate) fn readiness(key: &str) -> Result<Readiness, RegisterError> {
    [Readiness::Attestable, Readiness::WithNotes, Readiness::Incomplete]
        .into_iter()
        .find(|readiness| readiness_key(*readiness) == key)
        .ok_or_else(|| damaged("readiness of a person"))
}

pub(crate) fn array<const N: usize>(bytes: Vec<u8>, what: &str) -> Result<[u8; N], RegisterError> {
    bytes.try_into().map_err(|_| damaged(what))
}

/// A series column and a sequence column, both or neither.
pub(crate) fn entity(series: Option<Vec<u8>>, seq: Option<i64>) -> Result<Option<EntityId>, RegisterError> {
    match (series, seq) {
        (Some(series), Some(seq)) => {
            Ok(Some(EntityId { series: SeriesId(array(series, "id of a series")?), seq: sequence(seq)? }))
        }
        _ => Ok(None),
    }
}

pub(crate) fn sequence(seq: i64) -> Result<u64, RegisterError> {
    u64::try_from(seq).map_err(|_| damaged("sequence number"))
}

/// For a column of SQLite, which has no unsigned numbers.
pub(crate) fn column(seq: u64) -> Result<i64, RegisterError> {
    i64::try_from(seq).map_err(|_| damaged("sequence number"))
}

pub(crate) const fn answer_key(answer: Answer) -> &'static str {
    match answer {
        Answer::Arrived => "arrived",
        Answer::NeedsFix => "needs_fix",
        Answer::DuplicateNik => "duplicate_nik",
        Answer::Passed => "passed",
        Answer::NotEligible => "not_eligible",
    }
}

pub(crate) fn answer(key: &str) -> Result<Answer, RegisterError> {
    [Answer::Arrived, Answer::NeedsFix, Answer::DuplicateNik, Answer::Passed, Answer::NotEligible]
        .into_iter()
        .find(|answer| answer_key(*answer) == key)
        .ok_or_else(|| damaged("answer of the district"))
}

#[derive(serde::Serialize, serde::Deserialize)]
struct StoredReason {
    field: Option<String>,
    rule: Option<String>,
    message: String,
}

pub(crate) fn reasons_to_json(reasons: &[Reason]) -> Result<String, RegisterError> {
    let stored: Vec<StoredReason> = reasons
        .iter()
        .map(|reason| StoredReason {
            field: reason.field.map(|field| field.name().to_owned()),
            rule: reason.rule.clone(),
            message: reason.message.clone(),
        })
        .collect();
    serde_json::to_string(&stored).map_err(|_| damaged("reasons cannot be written"))
}

pub(crate) fn reasons_from_json(json: &str) -> Result<Vec<Reason>, RegisterError> {
    let stored: Vec<StoredReason> =
        serde_json::from_str(json).map_err(|_| damaged("reasons of an answer"))?;
    Ok(stored
        .into_iter()
        .map(|reason| Reason {
            field: reason.field.as_deref().and_then(Field::from_name),
            rule: reason.rule,
            message: reason.message,
        })
        .collect())
}
