//! A row of a table as a person in the template's words.

use super::codes;
use super::family::Family;
use super::heading::Heading;
use super::place;
use super::titles::Column;
use super::{Layout, TemplateRow};
use crate::table::{Cell, Row};
use payung_domain::date::MONTHS;
use payung_domain::{CivilDate, Field};

/// Why a person of the file no longer lives in the village; `None` for those who do.
pub(super) fn gone(heading: &Heading, row: &Row) -> Option<String> {
    let text = |column: Column| heading.column(column).map(|at| one_line(row.cell(at).shown()));
    let words = |title: &str, status: &str| format!("{title} {status}: tidak lagi menjadi penduduk desa");
    if let Some(status) = text(Column::Status) {
        return codes::not_living_here(&status).map(|status| words("status_dasar", status));
    }
    let status = text(Column::StatusInWords)?;
    codes::not_living_here_in_words(&status).map(|status| words("Status", status))
}

pub(super) fn person(heading: &Heading, family: Option<&Family>, row: &Row) -> TemplateRow {
    let mut person = TemplateRow::new(row.number);
    for (at, column) in &heading.columns {
        let cell = row.cell(*at);
        match (heading.layout, column) {
            (Layout::Template, Column::As(field)) => person.take(*field, cell),
            _ => take(&mut person, *column, cell),
        }
    }
    if let Some(at) = heading.column(Column::OccupationWords) {
        describe_occupation(&mut person, &one_line(row.cell(at).shown()));
    }
    if let Some(family) = family {
        take_family(&mut person, family);
    }
    if !matches!(heading.layout, Layout::Template | Layout::OpenSid | Layout::OpenDk) {
        place_from_address(&mut person);
    }
    person
}

fn take(person: &mut TemplateRow, column: Column, cell: &Cell) {
    let Some(text) = text(cell) else {
        // Destroyed: an error at the field that the column is for.
        return match column {
            Column::As(field) => person.take(field, cell),
            Column::Nik => person.take(Field::Nik, cell),
            Column::Kk => person.take(Field::Kk, cell),
            Column::Sex => person.take(Field::Sex, cell),
            Column::Occupation => person.take(Field::OccupationDetail, cell),
            Column::Disability => person.take(Field::Disability, cell),
            Column::BirthDate | Column::BirthPlaceAndDate => person.take(Field::BirthDate, cell),
            Column::RtRw => person.take(Field::Rt, cell),
            Column::OccupationWords | Column::Status | Column::StatusInWords => {}
        };
    };
    if is_nothing(&text) {
        return;
    }
    let mut set = |field: Field, value: &str| person.values.set(field, value);
    match column {
        Column::As(field) => set(field, &text),
        // OpenSID writes 0 for people who have no number yet.
        Column::Nik | Column::Kk if text.bytes().all(|b| b == b'0') => {}
        Column::Nik => set(Field::Nik, unquoted(&text)),
        Column::Kk => set(Field::Kk, unquoted(&text)),
        Column::Sex => set(Field::Sex, codes::sex(&text)),
        Column::Disability => set(Field::Disability, codes::disability(&text)),
        Column::BirthDate => set(Field::BirthDate, &date(&text)),
        Column::BirthPlaceAndDate => {
            let (place, day) = place_and_date(&text);
            set(Field::BirthPlace, place);
            set(Field::BirthDate, &day);
        }
        Column::RtRw => {
            let (rt, rw) = place::rt_and_rw(&text);
            set(Field::Rt, &rt);
            set(Field::Rw, &rw);
        }
        Column::Occupation => {
            let (known, word) = codes::occupation(&text);
            set(Field::Occupation, known.map_or("", |known| known.name()));
            set(Field::OccupationDetail, word.unwrap_or_default());
        }
        Column::OccupationWords | Column::Status | Column::StatusInWords => {}
    }
}

/// The occupation of the list stays; the clerk's own words stand behind it.
fn describe_occupation(person: &mut TemplateRow, words: &str) {
    if is_nothing(words) {
        return;
    }
    let described = match person.values.text(Field::OccupationDetail) {
        Some(listed) => format!("{listed} ({words})"),
        None => words.to_owned(),
    };
    person.values.set(Field::OccupationDetail, described);
}

/// What stands over the family counts where the person's own row says nothing.
fn take_family(person: &mut TemplateRow, family: &Family) {
    if let Some(kk) = &family.kk
        && person.values.text(Field::Kk).is_none()
    {
        take(person, Column::Kk, kk);
    }
    let place = &family.place;
    for (field, value) in [
        (Field::Address, &place.address),
        (Field::Rt, &place.rt),
        (Field::Rw, &place.rw),
        (Field::Hamlet, &place.hamlet),
    ] {
        if person.values.text(field).is_none() {
            person.values.set(field, value.as_str());
        }
    }
}

/// Files without columns for RT, RW and hamlet have them in the address, which itself stays as it is.
fn place_from_address(person: &mut TemplateRow) {
    let Some(address) = person.values.text(Field::Address) else {
        return;
    };
    let place = place::read(address);
    for (field, value) in [(Field::Rt, place.rt), (Field::Rw, place.rw), (Field::Hamlet, place.hamlet)] {
        if person.values.text(field).is_none() {
            person.values.set(field, value);
        }
    }
}

/// The text of a cell in one line; `None` when the spreadsheet destroyed it.
fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(one_line(text)),
        Cell::Damaged { .. } => None,
    }
}

/// Without line breaks, doubled blanks and the blanks that nobody sees.
pub(super) fn one_line(text: &str) -> String {
    const UNSEEN: [char; 4] = ['\u{200B}', '\u{200E}', '\u{FEFF}', '\u{AD}'];
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !UNSEEN.contains(c)));
    }
    line
}

/// Quotes of any kind before a number only mark it as text.
fn unquoted(number: &str) -> &str {
    number.trim_start_matches(['\'', '`', '´', '‘', '’', '"']).trim_start()
}

/// How other programs write that nothing is known.
pub(super) fn is_nothing(text: &str) -> bool {
    text.is_empty() || text.bytes().all(|b| b == b'-') || text.eq_ignore_ascii_case("null")
}

/// `KEBUMEN, 17-08-1975`: no name of a place has a digit.
fn place_and_date(text: &str) -> (&str, String) {
    let at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (place, day) = text.split_at(at);
    (
        place.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | '.' | ':' | '\'')),
        date(day),
    )
}

/// A date as Payung's template has it, where the file writes one without doubt: with a time of day behind it, with
/// blanks around its signs, or with the month's name. Anything else stays as it stands, to be shown as an error.
pub(super) fn date(text: &str) -> String {
    let text = text.trim().trim_start_matches('\'').trim();
    let without_time = match text.split_once([' ', 'T']) {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    };
    if CivilDate::parse(without_time).is_some() {
        return without_time.to_owned();
    }
    let close: String = without_time.split_whitespace().collect();
    if CivilDate::parse(&close).is_some() {
        return close;
    }
    with_month_name(without_time).unwrap_or_else(|| text.to_owned())
}

fn is_time(text: &str) -> bool {
    text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'))
}

/// `17 Agustus 1975`, `17-Agu-1975`. A year of two digits would be guessed.
fn with_month_name(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([' ', '-', '/', '.', ',']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let number = month_number(month)?;
    CivilDate::new(year.parse().ok()?, number, day.parse().ok()?).map(|date| date.to_string())
}

fn month_number(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let listed = MONTHS.iter().position(|month| {
        let month = month.to_lowercase();
        month == word || (word.len() >= 3 && month.starts_with(&word))
    });
    let number = match word.as_str() {
        "peb" | "pebruari" => 2,
        "may" => 5,
        "agt" | "ags" | "aug" => 8,
        "nop" | "nopember" => 11,
        "oct" => 10,
        "dec" => 12,
        _ => listed? + 1,
    };
    u32::try_from(number).ok()
}
