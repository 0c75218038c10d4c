//! What a row below a heading is: a person, nobody, or the furniture of a printed page.

use super::Layout;
use super::heading::Heading;
use super::person::{date, is_nothing, one_line};
use super::titles::{Column, fold};
use crate::table::{Cell, Row};
use payung_domain::CivilDate;

pub(super) enum Kind {
    Person,
    /// A page number, a signature, the rest of a broken line: nobody's data.
    Furniture,
    /// Something stands in the columns of people, and yet it is nobody.
    Nobody(&'static str),
}

/// A row with a NIK, or with what a spreadsheet made of one: seen without a closer look.
pub(super) fn is_certain_person(heading: &Heading, row: &Row, may_have_families: bool) -> bool {
    let has_nik = heading.nik().is_some_and(|at| is_long_number(row.cell(at)));
    has_nik && (!may_have_families || heading.number.is_none_or(|at| is_running_number(row.cell(at))))
}

/// A row of a table that has one row a person.
pub(super) fn in_table(heading: &Heading, row: &Row) -> Kind {
    if heading.nik().is_some_and(|at| is_long_number(row.cell(at))) || birth(heading, row).is_some() {
        return Kind::Person;
    }
    let first =
        row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| fold(cell.shown())).unwrap_or_default();
    if CLOSING.iter().any(|word| first.starts_with(word)) {
        return Kind::Nobody("baris jumlah, keterangan, atau tanda tangan");
    }
    let filled = heading.columns.iter().filter(|(at, _)| !is_nothing(row.cell(*at).shown().trim())).count();
    match (heading.layout, filled) {
        // In the template a person may begin with one cell.
        (Layout::Template, _) => Kind::Person,
        (_, 1) => Kind::Nobody("hanya satu sel yang terisi, tanpa NIK dan tanggal lahir"),
        _ => Kind::Person,
    }
}

/// A row below the lines of a family.
pub(super) fn in_family(heading: &Heading, row: &Row) -> Kind {
    let filled = |at: Option<usize>| at.is_some_and(|at| !is_nothing(row.cell(at).shown().trim()));
    let numbered = heading.number.is_some_and(|at| is_running_number(row.cell(at)));
    let (nik, name) = (filled(heading.nik()), filled(heading.name()));
    let is_person = (numbered && (nik || name))
        || heading.nik().is_some_and(|at| is_long_number(row.cell(at)))
        || (name && birth(heading, row).is_some_and(|text| CivilDate::parse(&text).is_some()));
    if is_person {
        Kind::Person
    } else if nik && name {
        Kind::Nobody("tanpa nomor urut dan tanpa NIK 16 angka; bila ini orang, ketik sendiri")
    } else {
        Kind::Furniture
    }
}

/// `1 2 3 4`, `(1) (2) (3)`: the columns counted, below the titles.
pub(super) fn is_column_numbers(row: &Row) -> bool {
    const LEAST: usize = 3;
    let mut last = 0;
    let mut count = 0;
    for cell in row.cells.iter().filter(|cell| !cell.is_empty()) {
        let text = cell.shown().trim().trim_matches(['(', ')', '.']);
        match text.parse::<u16>() {
            Ok(number) if text.len() <= 2 && (number == last + 1 || count == 0) => last = number,
            _ => return false,
        }
        count += 1;
    }
    count >= LEAST
}

/// Words that begin the rows below a table.
const CLOSING: [&str; 9] =
    ["jumlah", "total", "mengetahui", "keterangan", "catatan", "halaman", "sumber", "dicetak", "tandatangan"];

fn birth(heading: &Heading, row: &Row) -> Option<String> {
    let at = [Column::BirthDate, Column::As(payung_domain::Field::BirthDate), Column::BirthPlaceAndDate]
        .into_iter()
        .find_map(|column| heading.column(column))?;
    let text = one_line(row.cell(at).shown());
    (!is_nothing(&text)).then(|| date(&text))
}

fn is_running_number(cell: &Cell) -> bool {
    const DIGITS_MAX: usize = 6;
    let text = cell.shown().trim().trim_end_matches('.');
    (1..=DIGITS_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_long_number(cell: &Cell) -> bool {
    const DIGITS_MIN: usize = 12;
    match cell {
        Cell::Text(text) => text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_MIN,
        Cell::Damaged { shown, .. } => shown.bytes().any(|byte| byte.is_ascii_digit()),
    }
}
