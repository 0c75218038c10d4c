//! The *daftar calon penerima* as the clerk narrowed it on the screen, for the office's own work. The list for a meeting of
//! the village is another paper: [`crate::PublicList`].

use crate::content::masked;
use crate::lists_view::{DateView, check_rows, date, is_masked};
use crate::page::{Office, Paper, StatementError};
use crate::view::{OfficeView, Texts, grouped, longest_word};
use payung_domain::{CivilDate, Figure};
use serde::Serialize;

#[derive(Clone, PartialEq, Eq)]
pub struct PeopleList {
    pub office: Office,
    pub emblem: Option<Vec<u8>>,
    pub paper: Paper,
    /// The day of printing: ages are given on it; also the date in the PDF's metadata.
    pub date: CivilDate,
    /// Marks every page `RANCANGAN - belum berlaku`.
    pub draft: bool,
    pub demo: bool,
    /// How the list was narrowed, in words; empty for everybody.
    pub filters: Vec<String>,
    /// `nama`, `terakhir diubah dahulu`.
    pub order: String,
    /// Only `330512******0001` of NIK and KK is printed.
    pub masked: bool,
    /// `Dusun`, `Banjar`, `Lingkungan`.
    pub hamlet_word: String,
    /// Printed in this order, at most [`crate::LIST_ROWS_MAX`].
    pub people: Vec<ListedPerson>,
}

/// One row. Texts are as typed and may be empty.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedPerson {
    pub name: String,
    pub nik: String,
    pub kk: String,
    pub hamlet: String,
    pub occupation: String,
    pub age_years: Option<u32>,
    pub state: String,
}

crate::lists::hidden_debug!(PeopleList, ListedPerson);

#[derive(Serialize)]
pub(crate) struct PeopleView {
    office: OfficeView,
    paper: Paper,
    emblem: bool,
    draft: bool,
    demo: bool,
    copy: bool,
    #[serde(flatten)]
    date: DateView,
    filters: Vec<String>,
    order: String,
    masked: bool,
    hamlet_word: String,
    count: String,
    totals: Vec<TotalView>,
    people: Vec<ListedView>,
}

/// So many stand in one state.
#[derive(Serialize)]
struct TotalView {
    state: String,
    count: String,
}

#[derive(Serialize)]
struct ListedView {
    name: String,
    nik: String,
    kk: String,
    hamlet: String,
    occupation: String,
    age: Option<u32>,
    state: String,
    longest_word: usize,
}

pub(crate) fn view(
    list: &PeopleList,
    printable: &dyn Fn(char) -> bool,
) -> Result<PeopleView, StatementError> {
    check_rows(list.people.len())?;
    let texts = Texts { printable };
    let listed = list.people.iter().zip(1..);
    Ok(PeopleView {
        office: texts.office(&list.office)?,
        paper: list.paper,
        emblem: list.emblem.is_some(),
        draft: list.draft,
        demo: list.demo,
        copy: false,
        date: date(list.date),
        filters: list.filters.iter().map(|words| texts.line("saringan", words)).collect::<Result<_, _>>()?,
        order: texts.required("urutan", &list.order)?,
        masked: list.masked,
        hamlet_word: texts.required("sebutan dusun", &list.hamlet_word)?,
        count: Figure(list.people.len() as u64).to_string(),
        totals: totals(&list.people),
        people: listed
            .map(|(person, number)| row(&texts, person, number, list.masked))
            .collect::<Result<_, _>>()?,
    })
}

fn row(
    texts: &Texts<'_>,
    person: &ListedPerson,
    number: usize,
    mask: bool,
) -> Result<ListedView, StatementError> {
    let at = |field: &str| format!("{field} (nomor {number})");
    let identity = |field: &str, typed: &str| -> Result<String, StatementError> {
        let typed = texts.clean(&at(field), typed)?;
        Ok(match mask {
            true if typed.is_empty() || is_masked(&typed) => typed,
            true => masked(&typed),
            false => grouped(&typed),
        })
    };
    Ok(ListedView {
        longest_word: longest_word([&person.name, &person.hamlet, &person.occupation]),
        name: texts.clean(&at("nama"), &person.name)?,
        nik: identity("NIK", &person.nik)?,
        kk: identity("nomor KK", &person.kk)?,
        hamlet: texts.clean(&at("dusun"), &person.hamlet)?,
        occupation: texts.line(&at("pekerjaan"), &person.occupation)?,
        age: person.age_years,
        state: texts.required(&at("keadaan"), &person.state)?,
    })
}

/// In the order in which the states first occur.
fn totals(people: &[ListedPerson]) -> Vec<TotalView> {
    let mut counted: Vec<(&str, u64)> = Vec::new();
    for person in people {
        match counted.iter_mut().find(|(state, _)| *state == person.state) {
            Some((_, count)) => *count += 1,
            None => counted.push((&person.state, 1)),
        }
    }
    counted
        .into_iter()
        .map(|(state, count)| TotalView { state: state.to_owned(), count: Figure(count).to_string() })
        .collect()
}
