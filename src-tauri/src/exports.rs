//! Everyday paper and files about people: from what the register holds to what the rooms for pages and tables set.

use crate::commands::applicants::view;
use crate::convert::exports::{filter_words, order_words, outcome_words, value_words};
use crate::convert::people::{self, village_today};
use crate::dto::{ApplicantView, CommandError, HistoryLine, JudgementView, ListQuery, Values};
use crate::error::Answered;
use crate::{form, form_paper, letter};
use payung_domain::{CivilDate, Field, Timestamp, Watch};
use payung_register::{FullRow, PersonId, Register};
use payung_statement::{
    BlankForm, LIST_ROWS_MAX, ListedPerson, PeopleList, PersonSheet, SHEET_HISTORY_MAX, SheetCheck,
    SheetEvent, SheetPart, SheetStatement,
};

#[cfg(test)]
pub(crate) mod tests;

// -- The empty form ------------------------------------------------------------------------------------------------------

pub fn blank_form(register: &Register) -> Answered<BlankForm> {
    let settings = register.settings()?;
    let regulation = register.regulation();
    let hamlet_word = register.village().code.hamlet_word();
    Ok(BlankForm {
        office: letter::office(register, &settings),
        emblem: register.emblem()?,
        paper: letter::paper(&settings),
        date: village_today(register),
        regulation: regulation.short_title.clone(),
        citation: regulation.citation.clone(),
        draft: regulation.draft,
        demo: false,
        collector: form_paper::collector(hamlet_word),
        parts: form_paper::parts(&form::describe(regulation), regulation, hamlet_word),
        extras: form_paper::extras(),
        minors: form_paper::takes_minors(regulation),
    })
}

// -- One person ----------------------------------------------------------------------------------------------------------

/// `specific`: with the specific personal data (UU 27/2022).
pub fn person_sheet(register: &Register, id: PersonId, specific: bool) -> Answered<PersonSheet> {
    let settings = register.settings()?;
    let regulation = register.regulation();
    let person = view(register, id)?;
    let today = village_today(register);
    let offset = regulation.utc_offset;
    let text = |field: Field| person.values.get(field.name()).map(|text| text.trim().to_owned());
    let shown = person.history.len().min(SHEET_HISTORY_MAX);
    Ok(PersonSheet {
        office: letter::office(register, &settings),
        emblem: register.emblem()?,
        paper: letter::paper(&settings),
        printed_on: today,
        printed_at: register.now().clock_time(offset),
        printed_by: register.actor().name.clone(),
        draft: regulation.draft,
        demo: false,
        name: text(Field::Name).unwrap_or_default(),
        nik: text(Field::Nik).unwrap_or_default(),
        state: person.state_words.clone(),
        notes: notes(&person, |at| Timestamp(at).civil_date(offset)),
        specific,
        parts: parts(&person.values, register, specific),
        verdict: person.judgement.sentence.clone(),
        caution: person.judgement.caution.clone(),
        regulation: regulation.short_title.clone(),
        judged_on: CivilDate::parse(&person.judgement.registered_on).unwrap_or(today),
        checks: checks(&person.judgement),
        warnings: warnings(&person.judgement, specific),
        statements: statements(register, &person)?,
        history: person.history[..shown]
            .iter()
            .map(|line| {
                event(line, Timestamp(line.at).civil_date(offset), Timestamp(line.at).clock_time(offset))
            })
            .collect(),
        older: u32::try_from(person.history.len() - shown).unwrap_or(u32::MAX),
    })
}

/// What stands beside the state.
fn notes(person: &ApplicantView, day: impl Fn(i64) -> CivilDate) -> Vec<String> {
    let label = |name: &String| match Field::from_name(name) {
        Some(field) => field.label().to_owned(),
        None => name.clone(),
    };
    let edited: Vec<String> = person.edited_fields.iter().map(label).collect();
    let ended = person.ended.as_ref().map(|end| {
        let on = value_words(Field::BirthDate, &end.on);
        let why = if end.reason.is_empty() { String::new() } else { format!(": {}", end.reason) };
        format!("Ditandai {} pada {on}{why}.", end.words)
    });
    [
        Some(format!("Pengiriman: {}.", person.delivery_words)),
        ended,
        (!edited.is_empty())
            .then(|| format!("Ada perubahan yang belum ditandai siap: {}.", edited.join(", "))),
        person.flags.two_versions.then(|| {
            "Ada dua isian yang belum dipilih; yang tercetak isian bersama yang terakhir.".to_owned()
        }),
        person.nik_elsewhere.as_ref().map(|village| format!("NIK ini juga diajukan {village}.")),
        Some(format!("Terakhir diubah {}.", day(person.updated_at).in_words())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every column in the order of the form, also the empty ones: who asks for their data sees what is not known, too.
fn parts(values: &Values, register: &Register, specific: bool) -> Vec<SheetPart> {
    let hamlet_word = register.village().code.hamlet_word();
    let sections = form::describe(register.regulation()).sections.into_iter().map(|section| {
        let columns = section.fields.iter().filter_map(|field| Field::from_name(&field.name));
        let row = |column: Field| {
            let label = if column == Field::Hamlet { hamlet_word } else { column.label() };
            let value = values.get(column.name()).map(|typed| value_words(column, typed));
            (label.to_owned(), value.filter(|value| !value.is_empty()))
        };
        SheetPart {
            rows: columns.filter(|column| specific || !column.is_specific()).map(row).collect(),
            title: section.title,
        }
    });
    sections.filter(|part| !part.rows.is_empty()).collect()
}

fn checks(judgement: &JudgementView) -> Vec<SheetCheck> {
    let check = |finding: &crate::dto::FindingView| SheetCheck {
        title: finding.title.clone(),
        cite: finding.cite.clone(),
        outcome: outcome_words(finding.outcome).to_owned(),
        message: finding.message.clone(),
        remedy: finding.remedy.clone(),
        rests_on: finding.rests_on.clone(),
    };
    judgement.findings.iter().map(check).collect()
}

/// A warning about specific data says what the data is.
fn warnings(judgement: &JudgementView, specific: bool) -> Vec<String> {
    let about = |warning: &crate::dto::WarningView| warning.field.as_deref().and_then(Field::from_name);
    let told = judgement
        .warnings
        .iter()
        .filter(|warning| specific || !about(warning).is_some_and(Field::is_specific));
    told.map(|warning| warning.message.clone()).collect()
}

fn statements(register: &Register, person: &ApplicantView) -> Answered<Vec<SheetStatement>> {
    let all = register.statements()?;
    let line = |one: &crate::dto::StatementRef| SheetStatement {
        number: one.number.clone(),
        signed_on: all.iter().find(|row| row.id.0 == one.id).and_then(|row| row.signed_on),
        state: one.words.clone(),
    };
    Ok(person.statements.iter().map(line).collect())
}

fn event(line: &HistoryLine, on: CivilDate, at: String) -> SheetEvent {
    SheetEvent { on, at, actor: line.actor.clone(), words: line.words.clone() }
}

// -- Many people ---------------------------------------------------------------------------------------------------------

/// How many the query finds.
pub fn found(register: &Register, query: &ListQuery) -> Answered<u64> {
    let query = payung_register::ListQuery { offset: 0, limit: 0, ..people::query(query)? };
    Ok(register.list(&query)?.total)
}

/// As many as a printed list holds, told before anybody is asked where to save it.
pub fn fits_a_list(register: &Register, query: &ListQuery) -> Answered<u64> {
    match found(register, query)? {
        0 => Err(nobody()),
        count if count > LIST_ROWS_MAX as u64 => Err(CommandError::problem(format!(
            "Daftar ini memuat {count} orang; sekali cetak paling banyak {LIST_ROWS_MAX}. Saring dahulu, misalnya per \
             dusun, atau ekspor ke Excel."
        ))),
        count => Ok(count),
    }
}

pub fn nobody() -> CommandError {
    CommandError::problem("Tidak ada orang dalam daftar ini. Ubah saringannya, lalu ulangi.")
}

/// Everybody of the list in its order.
pub fn everybody(register: &Register, query: &ListQuery, watch: &dyn Watch) -> Answered<Vec<FullRow>> {
    let mut everybody = Vec::new();
    register.each_person(&people::query(query)?, watch, &mut |person| everybody.push(person))?;
    if people::is_reversed(query) {
        everybody.reverse();
    }
    Ok(everybody)
}

pub fn people_list(
    register: &Register,
    query: &ListQuery,
    masked: bool,
    watch: &dyn Watch,
) -> Answered<PeopleList> {
    fits_a_list(register, query)?;
    let settings = register.settings()?;
    let today = village_today(register);
    Ok(PeopleList {
        office: letter::office(register, &settings),
        emblem: register.emblem()?,
        paper: letter::paper(&settings),
        date: today,
        draft: register.regulation().draft,
        demo: false,
        filters: filter_words(query),
        order: order_words(query).to_owned(),
        masked,
        hamlet_word: register.village().code.hamlet_word().to_owned(),
        people: everybody(register, query, watch)?.into_iter().map(|person| listed(person, today)).collect(),
    })
}

fn listed(person: FullRow, today: CivilDate) -> ListedPerson {
    ListedPerson {
        occupation: letter::occupation(&person.values),
        age_years: person.row.birth_date.and_then(|birth| birth.completed_years(today)),
        state: person.row.state.words().to_owned(),
        name: person.row.name,
        nik: person.row.nik,
        kk: person.row.kk,
        hamlet: person.row.hamlet,
    }
}
