//! The walk over the rows of all sheets: titles, headings, families, people, and what is none of these.

use super::family::{Family, Line, book_title};
use super::heading::{Heading, nearly};
use super::kind::{Kind, in_family, in_table, is_certain_person, is_column_numbers};
use super::person::{gone, person};
use super::titles::fold;
use super::{Applicants, Layout, SkippedRow, cut};
use crate::book::{Flow, Taker};
use crate::error::SheetError;
use crate::table::Row;
use std::rc::Rc;

/// Rows that are looked through for a heading.
const HEADING_WITHIN: usize = 500;

/// Walks over a file and gathers its people.
#[derive(Default)]
pub(super) struct Walk {
    found: Option<Applicants>,
    /// The row of a sheet that came closest to a heading, where none was one.
    nearly: Option<(usize, u32, Vec<&'static str>)>,
    any_row: bool,
    sheet: OneSheet,
}

/// What is known of the sheet at hand.
#[derive(Default)]
struct OneSheet {
    name: Option<String>,
    /// Its index among the sheets that have people.
    index: u16,
    heading: Option<Rc<Heading>>,
    /// The row before the first heading, which may be its upper half.
    before: Option<Row>,
    rows_before: usize,
    /// The heading stood in the row just before, and may go on in this one.
    heading_is_fresh: bool,
    family: Option<Family>,
    /// Under the title of a book, or after the first number of a family's card.
    in_book: bool,
    /// The edition of the book: its title's word counts before its families'.
    edition: Option<Layout>,
    edition_of_title: bool,
}

impl Taker for Walk {
    fn sheet(&mut self, name: Option<&str>) -> Flow {
        self.sheet = OneSheet { name: name.map(str::to_owned), ..OneSheet::default() };
        // OpenSID's list of codes, in the same file as the people.
        if name.is_some_and(|name| fold(name) == "kodedata") { Flow::Enough } else { Flow::On }
    }

    fn row(&mut self, row: Row) -> Result<Flow, SheetError> {
        self.any_row = true;
        let of_template =
            self.sheet.heading.as_ref().is_some_and(|heading| heading.layout == Layout::Template);
        if is_end(&row) && !of_template {
            return Ok(Flow::Enough);
        }
        match self.sheet.heading.clone() {
            Some(heading) => self.below(&heading, &row).map(|()| Flow::On),
            None => self.above(row),
        }
    }
}

impl Walk {
    pub fn finish(self) -> Result<Applicants, SheetError> {
        match (self.found, self.nearly) {
            (Some(mut found), _) => {
                cut::mark(&mut found);
                Ok(found)
            }
            (None, Some((_, header_row, missing))) => Err(SheetError::MissingColumns { header_row, missing }),
            (None, None) if self.any_row => Err(SheetError::NoPeople),
            (None, None) => Err(SheetError::Empty),
        }
    }

    /// A row before any heading: its titles, the lines of the first family, or the heading itself.
    fn above(&mut self, row: Row) -> Result<Flow, SheetError> {
        let sheet = &mut self.sheet;
        let mut heading = Heading::of(&row, sheet.in_book)?;
        if heading.is_none()
            && let Some(before) = &sheet.before
        {
            heading = Heading::of_two(before, &row, sheet.in_book)?;
        }
        if let Some(heading) = heading {
            self.begin(heading);
            return Ok(Flow::On);
        }
        sheet.read_family(&row);
        if !sheet.in_book
            && let Some((known, missing)) = nearly(&row)
            && self.nearly.as_ref().is_none_or(|(most, ..)| known > *most)
        {
            self.nearly = Some((known, row.number, missing));
        }
        sheet.before = Some(row);
        sheet.rows_before += 1;
        Ok(if sheet.rows_before < HEADING_WITHIN { Flow::On } else { Flow::Enough })
    }

    fn below(&mut self, heading: &Heading, row: &Row) -> Result<(), SheetError> {
        let may_have_families = heading.layout == Layout::Siak && !heading.has_kk();
        if std::mem::take(&mut self.sheet.heading_is_fresh)
            && let Some(both) = heading.with_second(row, self.sheet.in_book)?
        {
            self.begin(both);
            self.sheet.heading_is_fresh = false;
            return Ok(());
        }
        if is_certain_person(heading, row, may_have_families) {
            self.take(heading, row);
            return Ok(());
        }
        if heading.is_repeated_by(row) {
            return Ok(());
        }
        if let Some(again) = Heading::of(row, self.sheet.in_book)? {
            self.begin(again);
            return Ok(());
        }
        if is_column_numbers(row) || (may_have_families && self.family_line(heading, row)) {
            return Ok(());
        }
        let in_a_family = may_have_families && self.sheet.family.is_some();
        match if in_a_family { in_family(heading, row) } else { in_table(heading, row) } {
            Kind::Person => self.take(heading, row),
            Kind::Nobody(reason) => self.skip(row, reason.to_owned()),
            Kind::Furniture => {}
        }
        Ok(())
    }

    /// Whether the row is a line over a family, or the title of a page.
    fn family_line(&mut self, heading: &Heading, row: &Row) -> bool {
        let before = self.sheet.edition;
        let is_line = self.sheet.read_family(row);
        if let Some(found) = &mut self.found
            && self.sheet.edition != before
            && found.rows.is_empty()
        {
            found.layout = layout(heading, &self.sheet);
        }
        is_line
    }

    /// A heading begins a sheet of people, or stands there again on a new page.
    fn begin(&mut self, heading: Heading) {
        let sheet = &mut self.sheet;
        let layout = layout(&heading, sheet);
        let found = self.found.get_or_insert_with(|| Applicants::new(layout));
        if sheet.heading.is_none() {
            if found.rows.is_empty() && found.skipped.is_empty() {
                found.layout = layout;
            }
            if let Some(name) = sheet.name.take() {
                found.sheets.push(name);
            }
            // A sheet has a tab, and no workbook that fits the limits has more tabs than this can count.
            sheet.index = u16::try_from(found.sheets.len().saturating_sub(1)).unwrap_or(u16::MAX);
        }
        if found.rows.is_empty() && found.skipped.is_empty() {
            found.columns = heading.fields();
            found.ignored_columns.clone_from(&heading.ignored);
        } else {
            for title in &heading.ignored {
                if !found.ignored_columns.contains(title) {
                    found.ignored_columns.push(title.clone());
                }
            }
        }
        sheet.heading = Some(Rc::new(heading));
        sheet.heading_is_fresh = true;
        sheet.before = None;
    }

    fn take(&mut self, heading: &Heading, row: &Row) {
        if let Some(reason) = gone(heading, row) {
            return self.skip(row, reason);
        }
        let family = self.sheet.family.as_ref().filter(|_| !heading.has_kk());
        let mut person = person(heading, family, row);
        person.sheet = self.sheet.index;
        if let Some(found) = &mut self.found {
            found.add(person);
        }
    }

    fn skip(&mut self, row: &Row, reason: String) {
        let skipped = SkippedRow { sheet: self.sheet.index, row: row.number, reason };
        if let Some(found) = &mut self.found {
            found.skipped.push(skipped);
        }
    }
}

impl OneSheet {
    /// Whether the row was the title of a page or said something about a family.
    fn read_family(&mut self, row: &Row) -> bool {
        if let Some(edition) = book_title(row) {
            // A page whose card has no number must not take that of the page before.
            self.family = None;
            self.in_book = true;
            self.edition_of_title |= edition.is_some();
            self.edition = edition.or(self.edition);
            return true;
        }
        match Family::read(&mut self.family, row, self.heading.as_deref()) {
            Line::No => false,
            Line::More => true,
            Line::Begins(edition) => {
                self.in_book = true;
                if !self.edition_of_title {
                    self.edition.get_or_insert(edition);
                }
                true
            }
        }
    }
}

fn layout(heading: &Heading, sheet: &OneSheet) -> Layout {
    if heading.layout != Layout::Siak || heading.has_kk() {
        heading.layout
    } else if sheet.edition.is_some() && heading.is_of_ektp() {
        Layout::BipEktp
    } else {
        sheet.edition.unwrap_or(heading.layout)
    }
}

/// The end marker of OpenSID's files: in column B of the population, in column A of the lists of recipients.
fn is_end(row: &Row) -> bool {
    (0..2).any(|column| row.cell(column).shown().trim() == "###")
}
