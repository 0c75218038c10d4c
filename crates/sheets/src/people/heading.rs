//! The row of titles over a table of people, found by what it says and not by where it stands.

use super::Layout;
use super::titles::{
    Column, column, fold, is_of_dukcapil, is_of_marriage, is_of_open_dk, is_of_open_sid, is_of_programme,
    is_running_number, of_template,
};
use crate::error::SheetError;
use crate::table::{Cell, Row, column_letters};
use crate::template::REQUIRED;
use payung_domain::Field;

/// The longest title, in bytes. What is longer is a sentence.
const TITLE_BYTES_MAX: usize = 120;

#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Of a table. A book of families is told by its families.
    pub layout: Layout,
    pub columns: Vec<(usize, Column)>,
    /// The column of running numbers.
    pub number: Option<usize>,
    /// Titles of columns that are not read.
    pub ignored: Vec<String>,
    row: u32,
    titles: Vec<String>,
    /// Its rows as they stand, to know them again on the next page.
    rows: Vec<Vec<String>>,
}

impl Heading {
    /// `None` when the row is no heading. `in_book`: the number of a family card stood above it.
    pub fn of(row: &Row, in_book: bool) -> Result<Option<Self>, SheetError> {
        Self::from_titles(row.number, titles(row), in_book)
    }

    /// A heading whose titles stand in two rows, one below the other.
    pub fn of_two(upper: &Row, lower: &Row, in_book: bool) -> Result<Option<Self>, SheetError> {
        if !is_of_words(lower) || !is_of_words(upper) {
            return Ok(None);
        }
        let rows = vec![titles(upper), titles(lower)];
        let both = Self::from_titles(upper.number, merged(&rows[0], &rows[1]), in_book)?;
        Ok(both.map(|both| Self { rows, ..both }))
    }

    /// Whether a row is one of this heading's, printed again.
    pub fn is_repeated_by(&self, row: &Row) -> bool {
        let titles = titles(row);
        self.titles == titles || self.rows.contains(&titles)
    }

    /// The same heading with a second row of titles under it; `None` when that row tells nothing more.
    pub fn with_second(&self, lower: &Row, in_book: bool) -> Result<Option<Self>, SheetError> {
        if !is_of_words(lower) {
            return Ok(None);
        }
        let rows = vec![self.titles.clone(), titles(lower)];
        let both = Self::from_titles(self.row, merged(&rows[0], &rows[1]), in_book)?;
        let told_more =
            both.filter(|both| both.columns.len() > self.columns.len() || both.parted_birth(self));
        Ok(told_more.map(|both| Self { rows, ..both }))
    }

    /// Place and date of birth had one title above, and one each below it.
    fn parted_birth(&self, above: &Self) -> bool {
        self.has(Column::BirthDate) && above.has(Column::BirthPlaceAndDate)
    }

    pub fn has(&self, wanted: Column) -> bool {
        self.column(wanted).is_some()
    }

    pub fn column(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().find(|(_, column)| *column == wanted).map(|(at, _)| *at)
    }

    pub fn name(&self) -> Option<usize> {
        self.column(Column::As(Field::Name))
    }

    pub fn nik(&self) -> Option<usize> {
        self.column(Column::Nik).or_else(|| self.column(Column::As(Field::Nik)))
    }

    pub fn has_kk(&self) -> bool {
        self.has(Column::Kk) || self.has(Column::As(Field::Kk))
    }

    /// A book of families that tells who has a KTP-el.
    pub fn is_of_ektp(&self) -> bool {
        self.ignored
            .iter()
            .any(|title| matches!(fold(title).as_str(), "wjbktp" | "wajibktp" | "statkwn" | "statrkm"))
    }

    /// Which field is read from which column.
    pub fn fields(&self) -> Vec<(Field, usize)> {
        let mut fields = Vec::new();
        for (at, column) in &self.columns {
            fields.extend(fields_of(*column).into_iter().map(|field| (field, *at)));
        }
        fields
    }

    fn from_titles(row: u32, titles: Vec<String>, in_book: bool) -> Result<Option<Self>, SheetError> {
        let is = |wanted: Column| titles.iter().any(|title| column(title) == Some(wanted));
        if !is(Column::Nik) || !is(Column::As(Field::Name)) {
            return Ok(None);
        }
        let layout = layout(&titles, in_book);
        let mut heading = Self {
            layout,
            columns: Vec::new(),
            number: None,
            ignored: Vec::new(),
            row,
            titles: Vec::new(),
            rows: Vec::new(),
        };
        let about_life = layout == Layout::Siak && titles.iter().any(|title| is_of_marriage(&fold(title)));
        for (at, title) in titles.iter().enumerate() {
            let column = match layout {
                Layout::Template => of_template(title).map(Column::As),
                _ => column(title).or_else(|| of_template(title).map(Column::As)),
            };
            match column {
                Some(Column::StatusInWords) if !about_life => heading.ignored.push(title.clone()),
                Some(column) => heading.take(at, title, column)?,
                None => heading.ignore(at, title),
            }
        }
        heading.titles = titles;
        // Of the template these must be there; perhaps the next row has them.
        let whole = REQUIRED.iter().all(|field| heading.has(Column::As(*field)));
        Ok((layout != Layout::Template || whole).then_some(heading))
    }

    /// A column that is there twice would put values in the wrong place.
    fn take(&mut self, at: usize, title: &str, column: Column) -> Result<(), SheetError> {
        match self.column(column) {
            Some(first) => Err(SheetError::DoubledColumn {
                header_row: self.row,
                name: title.to_owned(),
                first: column_letters(first),
                second: column_letters(at),
            }),
            None => {
                self.columns.push((at, column));
                Ok(())
            }
        }
    }

    fn ignore(&mut self, at: usize, title: &str) {
        if title.is_empty() {
            self.ignored.push(format!("kolom {}", column_letters(at)));
        } else {
            self.ignored.push(title.to_owned());
        }
        if self.number.is_none() && is_running_number(title) {
            self.number = Some(at);
        }
    }
}

/// The template's columns that a row before any heading names, and which of the required ones it lacks: a heading that
/// nearly is one.
pub(super) fn nearly(row: &Row) -> Option<(usize, Vec<&'static str>)> {
    let titles = titles(row);
    let known = titles.iter().filter(|title| of_template(title).is_some()).count();
    let wanted = |field: Field| match field {
        Field::Nik => Column::Nik,
        Field::BirthDate => Column::BirthDate,
        field => Column::As(field),
    };
    let missing = REQUIRED
        .iter()
        .filter(|field| !titles.iter().any(|title| column(title) == Some(wanted(**field))))
        .map(|field| field.name());
    (known > 0).then(|| (known, missing.collect()))
}

fn titles(row: &Row) -> Vec<String> {
    let title = |cell: &Cell| {
        let shown = if cell.shown().len() > TITLE_BYTES_MAX { "" } else { cell.shown() };
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    row.cells.iter().map(title).collect()
}

/// Words alone: a row with a number of some length is one of people.
fn is_of_words(row: &Row) -> bool {
    const DIGITS_MAX: usize = 3;
    row.cells.iter().all(|cell| {
        cell.shown().len() <= TITLE_BYTES_MAX
            && cell.shown().bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX
    })
}

/// Two rows of titles as one. A title above stands for the columns to its right that have one below only.
fn merged(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut group = "";
    let part = |row: &'_ [String], at: usize| row.get(at).map_or("", String::as_str).to_owned();
    (0..upper.len().max(lower.len()))
        .map(|at| {
            if let Some(title) = upper.get(at).filter(|title| !title.is_empty()) {
                group = title;
            }
            let (above, below) = (part(upper, at), part(lower, at));
            if below.is_empty() { above } else { one_title(group, &above, below) }
        })
        .collect()
}

fn one_title(group: &str, above: &str, below: String) -> String {
    if column(group) == Some(Column::BirthPlaceAndDate) {
        match fold(&below).as_str() {
            "tempat" | "tmpt" | "tmp" => return "Tempat Lahir".to_owned(),
            "tanggal" | "tgl" => return "Tanggal Lahir".to_owned(),
            _ => {}
        }
    }
    let joined = [format!("{group} {below}"), format!("{below} {group}")];
    if let Some(title) = joined.into_iter().find(|title| column(title).is_some()) {
        return title;
    }
    if column(&below).is_some() || above.is_empty() { below } else { above.to_owned() }
}

fn layout(titles: &[String], in_book: bool) -> Layout {
    let folded: Vec<String> = titles.iter().map(|title| fold(title)).collect();
    let has = |name: &str| folded.iter().any(|title| title == name);
    let count = |test: fn(&str) -> bool| folded.iter().filter(|title| test(title)).count();
    let of_dukcapil = count(is_of_dukcapil) > 0;
    if in_book {
        return Layout::Siak;
    }
    if has("nomornik") && count(is_of_open_dk) > 0 {
        return Layout::OpenDk;
    }
    if has("nik") && has("nama") && !has("jeniskelamin") && count(is_of_open_sid) > 0 {
        return Layout::OpenSid;
    }
    if count(is_of_programme) > 0 && !of_dukcapil {
        return Layout::Programme;
    }
    let of_template_only = titles.iter().filter_map(|title| of_template(title)).any(is_of_template_only);
    let required = REQUIRED.iter().all(|field| has(&fold(field.name())));
    let birth_in_words = titles
        .iter()
        .any(|title| matches!(column(title), Some(Column::BirthDate | Column::BirthPlaceAndDate)));
    match (required, of_dukcapil) {
        (true, dukcapil) if of_template_only || !dukcapil => Layout::Template,
        (_, true) => Layout::Siak,
        (false, false) if birth_in_words && !of_template_only => Layout::Siak,
        _ => Layout::Template,
    }
}

/// Columns that no other program's file has.
fn is_of_template_only(field: Field) -> bool {
    matches!(
        field,
        Field::NameOnKk
            | Field::Village
            | Field::KtpRegency
            | Field::KtpEvidence
            | Field::Domiciled
            | Field::OccupationDetail
            | Field::Workplace
            | Field::WorkingSince
            | Field::StillWorking
            | Field::InformalWorker
            | Field::Vulnerable
            | Field::NotSeriouslyIll
            | Field::WageParticipant
            | Field::OtherCover
            | Field::DesilPeriod
            | Field::VillageOffice
            | Field::CheckedBy
            | Field::CheckedOn
            | Field::HeirRelation
    )
}

fn fields_of(column: Column) -> Vec<Field> {
    match column {
        Column::As(field) => vec![field],
        Column::Nik => vec![Field::Nik],
        Column::Kk => vec![Field::Kk],
        Column::Sex => vec![Field::Sex],
        Column::Occupation => vec![Field::Occupation, Field::OccupationDetail],
        Column::OccupationWords | Column::Status | Column::StatusInWords => Vec::new(),
        Column::Disability => vec![Field::Disability],
        Column::BirthDate => vec![Field::BirthDate],
        Column::BirthPlaceAndDate => vec![Field::BirthPlace, Field::BirthDate],
        Column::RtRw => vec![Field::Rt, Field::Rw],
    }
}
