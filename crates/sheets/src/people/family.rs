//! The lines over a family in a Buku Induk Penduduk: the number of its card and where it lives. Every edition of the
//! book writes them in another way, and each way tells the edition.

use super::Layout;
use super::heading::Heading;
use super::place::{self, Place};
use super::titles::{Column, column, fold};
use crate::table::{Cell, Row};

/// What stands over the people of a family and counts for each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Family {
    /// The number of the card as it stands, also where a spreadsheet destroyed it.
    pub kk: Option<Cell>,
    pub place: Place,
    /// The columns of labels whose values stand in the next row.
    under: Vec<(usize, Label)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Kk,
    Address,
    RtRw,
    Rt,
    Rw,
    Hamlet,
    /// Known, and needed by nobody here.
    Other,
}

/// What a row turned out to say about families.
pub(super) enum Line {
    /// Nothing.
    No,
    /// Something about the family at hand.
    More,
    /// A new family begins, in the manner of this edition.
    Begins(Layout),
}

impl Family {
    /// Takes what a row over the people says. The row is neither a heading nor a person.
    pub fn read(family: &mut Option<Family>, row: &Row, heading: Option<&Heading>) -> Line {
        // Half of a heading: titles, not labels.
        if row.cells.iter().any(|cell| cell.shown().len() < 40 && column(cell.shown()) == Some(Column::Nik)) {
            return Line::No;
        }
        let labels: Vec<(usize, Label, &str)> = row
            .cells
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| label(cell.shown()).map(|(label, rest)| (at, label, rest)))
            .collect();
        if let Some(kk) = labels.iter().find(|(_, label, _)| *label == Label::Kk) {
            let (new, layout) = Self::of_labels(row, kk.0, kk.2, &labels);
            *family = Some(new);
            return Line::Begins(layout);
        }
        if let Some(new) = Self::of_bare_number(row, heading) {
            *family = Some(new);
            return Line::Begins(Layout::BipEktp);
        }
        let Some(family) = family else {
            return Line::No;
        };
        if !family.under.is_empty() {
            family.take_values_under(row);
            return Line::More;
        }
        if labels.is_empty() {
            return Line::No;
        }
        for (at, label, rest) in &labels {
            family.put(*label, value(row, *at, rest));
        }
        Line::More
    }

    /// `No. KK : 5202…` in one cell, the number in a cell to the right, or in the row below.
    fn of_labels(row: &Row, at: usize, rest: &str, labels: &[(usize, Label, &str)]) -> (Self, Layout) {
        let mut family = Self::default();
        let inside = has_number(rest);
        let beside = if inside { None } else { beside(row, at).filter(|cell| is_number(cell)) };
        let layout = if inside {
            family.kk = Some(Cell::Text(rest.to_owned()));
            Layout::Bip2016
        } else if let Some(cell) = beside {
            family.kk = Some(cell.clone());
            Layout::BipFamilyPage
        } else {
            Layout::Bip2012
        };
        for (at, label, rest) in labels.iter().filter(|(_, label, _)| *label != Label::Kk) {
            family.put(*label, value(row, *at, rest));
        }
        if layout == Layout::Bip2012 {
            family.under = labels.iter().map(|(at, label, _)| (*at, *label)).collect();
        }
        (family, layout)
    }

    /// A row of its own for each family, below one heading for all: the number stands where people have theirs of one
    /// or two digits.
    fn of_bare_number(row: &Row, heading: Option<&Heading>) -> Option<Self> {
        let heading = heading?;
        let (at, first) = row.cells.iter().enumerate().find(|(_, cell)| !cell.is_empty())?;
        let nik = heading.nik()?;
        if at == nik || !is_number(first) || is_number(row.cell(nik)) {
            return None;
        }
        let mut family = Self { kk: Some(first.clone()), ..Self::default() };
        let line = row.cells[at + 1..].iter().map(Cell::shown).find(|text| place::is_named_in(text));
        if let Some(line) = line {
            family.place = place::read(line);
        }
        Some(family)
    }

    fn take_values_under(&mut self, row: &Row) {
        for (at, label) in std::mem::take(&mut self.under) {
            let cell = row.cell(at);
            match label {
                Label::Kk if is_number(cell) => self.kk = Some(cell.clone()),
                Label::Kk => self.kk = row.cells.iter().find(|cell| is_number(cell)).cloned(),
                label => self.put(label, cell.shown()),
            }
        }
    }

    fn put(&mut self, label: Label, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match label {
            Label::Address => {
                let Place { address, rt, rw, hamlet } = place::read(&text);
                for (to, from) in [
                    (&mut self.place.address, address),
                    (&mut self.place.rt, rt),
                    (&mut self.place.rw, rw),
                    (&mut self.place.hamlet, hamlet),
                ] {
                    if !from.is_empty() {
                        *to = from;
                    }
                }
            }
            Label::RtRw => (self.place.rt, self.place.rw) = place::rt_and_rw(&text),
            Label::Rt => self.place.rt = known(text),
            Label::Rw => self.place.rw = known(text),
            Label::Hamlet => self.place.hamlet = known(text),
            Label::Kk | Label::Other => {}
        }
    }
}

/// A title of a whole book or of a page of it, and the edition that it names by itself.
pub(super) fn book_title(row: &Row) -> Option<Option<Layout>> {
    row.cells.iter().find_map(|cell| {
        let title = cell.shown();
        if title.len() > 200 || !title.to_ascii_uppercase().contains("BUKU INDUK") {
            return None;
        }
        let folded = fold(title);
        let is_book = folded.contains("bukuindukpenduduk") || folded.contains("bukuindukkependudukan");
        is_book.then(|| {
            if folded.contains("daftarkeluarga") {
                Some(Layout::BipFamilyPage)
            } else if folded.contains("pendudukwni") {
                Some(Layout::Bip2016)
            } else {
                None
            }
        })
    })
}

fn label(text: &str) -> Option<(Label, &str)> {
    const LABEL_BYTES_MAX: usize = 40;
    let (title, rest) = match text.split_once(':') {
        Some((title, rest)) => (title, rest.trim()),
        None => match text.find(|c: char| c.is_ascii_digit()) {
            // `No. KK 5202…`
            Some(at) if at > 0 && has_number(&text[at..]) => (&text[..at], text[at..].trim()),
            _ => (text, ""),
        },
    };
    if title.len() > LABEL_BYTES_MAX {
        return None;
    }
    let label = match fold(title).as_str() {
        "nokk" | "nomorkk" | "nokartukeluarga" | "nomorkartukeluarga" | "kknomor" | "nkk" => Label::Kk,
        "alamat" | "alamatkk" | "alamatkeluarga" => Label::Address,
        "rtrw" | "nortrw" | "nomorrtrw" => Label::RtRw,
        "rt" | "nort" => Label::Rt,
        "rw" | "norw" => Label::Rw,
        "dusun" | "namadusun" | "lingkungan" | "dusunlingkungan" => Label::Hamlet,
        "namakk" | "namakepalakeluarga" | "provinsi" | "propinsi" | "kabupaten" | "kabupatenkota"
        | "kabkota" | "kecamatan" | "desa" | "kelurahan" | "desakelurahan" | "kodepos" | "telp"
        | "telepon" => Label::Other,
        _ => return None,
    };
    Some((label, rest))
}

/// What belongs to a label: the rest of its cell, or the next cell to the right that is no label.
fn value<'a>(row: &'a Row, at: usize, rest: &'a str) -> &'a str {
    if rest.is_empty() { beside(row, at).map_or("", Cell::shown) } else { rest }
}

fn beside(row: &Row, at: usize) -> Option<&Cell> {
    let next =
        row.cells.iter().skip(at + 1).find(|cell| !cell.shown().trim_matches([':', ' ']).is_empty())?;
    label(next.shown()).is_none().then_some(next)
}

/// Sixteen digits, or what a spreadsheet made of them.
fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => has_number(text),
        Cell::Damaged { shown, .. } => shown.bytes().any(|byte| byte.is_ascii_digit()),
    }
}

/// Digits as many as a number of the population has, or a few less where one was mistyped.
fn has_number(text: &str) -> bool {
    const DIGITS_MIN: usize = 12;
    text.len() <= 60
        && !text.contains(char::is_alphabetic)
        && text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_MIN
}

fn known(text: String) -> String {
    if text.trim_matches(['-', ' ']).is_empty() { String::new() } else { text }
}
