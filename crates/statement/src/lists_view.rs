//! From a book or a list to what its template sets.

use crate::content::{digits, masked};
use crate::lists::{Book, BookRow, LIST_ROWS_MAX, PublicList};
use crate::page::{Paper, StatementError};
use crate::view::{HeadView, OfficeView, Texts, figures_and_words, longest_word, unparted};
use payung_domain::{CivilDate, Figure};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct BookView {
    office: OfficeView,
    paper: Paper,
    emblem: bool,
    demo: bool,
    draft: bool,
    copy: bool,
    from: String,
    to: String,
    place: String,
    #[serde(flatten)]
    printed_on: DateView,
    head: Option<HeadView>,
    rows: Vec<BookRowView>,
    statements: String,
    people: String,
    stamps: String,
    waiting: Option<String>,
    cost: String,
}

#[derive(Serialize)]
pub(crate) struct DateView {
    date: String,
    year: i32,
    month: u32,
    day: u32,
}

#[derive(Serialize)]
struct BookRowView {
    number: String,
    date: String,
    people: String,
    state: String,
    replaces: Vec<String>,
    stamp: Option<BookStampView>,
    stamp_needed: bool,
    longest_word: usize,
}

#[derive(Serialize)]
struct BookStampView {
    kind: &'static str,
    serial: String,
    on: String,
    cost: String,
    original_at: String,
}

pub(crate) fn book(book: &Book, printable: &dyn Fn(char) -> bool) -> Result<BookView, StatementError> {
    check_rows(book.rows.len())?;
    let texts = Texts { printable };
    let stamps = || book.rows.iter().filter_map(|row| row.stamp.as_ref());
    let waiting = book.rows.iter().filter(|row| row.stamp_needed && row.stamp.is_none()).count();
    let people: u64 = book.rows.iter().map(|row| u64::from(row.people)).sum();
    let cost: u64 = stamps().map(|stamp| u64::from(stamp.cost_rupiah)).sum();
    Ok(BookView {
        office: texts.office(&book.office)?,
        paper: book.paper,
        emblem: book.emblem.is_some(),
        demo: book.demo,
        draft: false,
        copy: false,
        from: book.from.in_words(),
        to: book.to.in_words(),
        place: texts.required("tempat", &book.place)?,
        printed_on: date(book.printed_on),
        head: book.head.as_ref().map(|head| texts.head(head)).transpose()?,
        rows: book.rows.iter().map(|row| book_row(&texts, row)).collect::<Result<_, _>>()?,
        statements: Figure(book.rows.len() as u64).to_string(),
        people: Figure(people).to_string(),
        stamps: Figure(stamps().count() as u64).to_string(),
        waiting: (waiting > 0).then(|| Figure(waiting as u64).to_string()),
        cost: rupiah(cost),
    })
}

fn book_row(texts: &Texts<'_>, row: &BookRow) -> Result<BookRowView, StatementError> {
    let stamp = row.stamp.as_ref().map(|stamp| {
        Ok(BookStampView {
            kind: stamp.kind.label(),
            serial: texts.clean("nomor seri meterai", &stamp.serial)?,
            on: numeric(stamp.on),
            cost: rupiah(u64::from(stamp.cost_rupiah)),
            original_at: texts.clean("letak naskah asli", &stamp.original_at)?,
        })
    });
    let original_at = row.stamp.as_ref().map(|stamp| &stamp.original_at);
    let serial = row.stamp.as_ref().map(|stamp| &stamp.serial);
    let texts_of_row =
        [&row.number, &row.state].into_iter().chain(&row.replaces).chain(original_at).chain(serial);
    Ok(BookRowView {
        longest_word: longest_word(texts_of_row),
        number: texts.clean("nomor surat", &row.number)?,
        date: numeric(row.date),
        people: Figure(u64::from(row.people)).to_string(),
        state: texts.clean("keadaan", &row.state)?,
        replaces: row
            .replaces
            .iter()
            .map(|number| texts.clean("nomor surat yang digantikan", number))
            .collect::<Result<_, _>>()?,
        stamp: stamp.transpose()?,
        stamp_needed: row.stamp_needed,
    })
}

#[derive(Serialize)]
pub(crate) struct PublicListView {
    office: OfficeView,
    paper: Paper,
    emblem: bool,
    demo: bool,
    draft: bool,
    copy: bool,
    title: String,
    #[serde(flatten)]
    date: DateView,
    count: String,
    people: Vec<PublicPersonView>,
}

#[derive(Serialize)]
struct PublicPersonView {
    name: String,
    nik: String,
    hamlet: Option<String>,
    longest_word: usize,
}

pub(crate) fn public_list(
    list: &PublicList,
    printable: &dyn Fn(char) -> bool,
) -> Result<PublicListView, StatementError> {
    check_rows(list.people.len())?;
    let texts = Texts { printable };
    let people = list.people.iter().zip(1..).map(|(person, number)| {
        let at = |field: &str| format!("{field} (nomor {number})");
        Ok(PublicPersonView {
            longest_word: longest_word([&person.name].into_iter().chain(&person.hamlet)),
            name: texts.required(&at("nama"), &person.name)?,
            nik: if is_masked(&person.nik) { person.nik.clone() } else { masked(&person.nik) },
            hamlet: texts.optional(&at("dusun"), person.hamlet.as_deref())?.as_deref().map(unparted),
        })
    });
    Ok(PublicListView {
        office: texts.office(&list.office)?,
        paper: list.paper,
        emblem: list.emblem.is_some(),
        demo: list.demo,
        draft: list.draft,
        copy: false,
        title: texts.required("judul", &list.title)?,
        date: date(list.date),
        people: people.collect::<Result<_, StatementError>>()?,
        count: figures_and_words(u32::try_from(list.people.len()).unwrap_or(u32::MAX)),
    })
}

/// `330512******0001`, and nothing else beside it.
pub(crate) fn is_masked(nik: &str) -> bool {
    nik.len() == 16 && nik.get(6..12) == Some("******") && digits(nik).len() == 10
}

pub(crate) const fn check_rows(found: usize) -> Result<(), StatementError> {
    match found {
        0 => Err(StatementError::NoRows),
        found if found > LIST_ROWS_MAX => Err(StatementError::TooManyRows { found }),
        _ => Ok(()),
    }
}

pub(crate) fn date(date: CivilDate) -> DateView {
    DateView { date: date.in_words(), year: date.year(), month: date.month(), day: date.day() }
}

/// `21-11-2026`: narrow columns.
fn numeric(date: CivilDate) -> String {
    format!("{:02}-{:02}-{}", date.day(), date.month(), date.year())
}

fn rupiah(n: u64) -> String {
    format!("Rp{}", Figure(n))
}
