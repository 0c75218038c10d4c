//! The list in memory: one text, unpacked once, with an index a level.

use crate::{Level, short_name};
use std::ops::Range;
use std::sync::OnceLock;

static PACKED: &[u8] = include_bytes!("../data/regions.tsv.zst");

/// The whole list. The first call unpacks it (some tens of milliseconds).
pub(crate) fn list() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(List::load)
}

pub(crate) struct List {
    /// Lines `code<TAB>name`.
    text: String,
    /// Every name folded for searching, one after the other.
    folded: String,
    provinces: Vec<Entry>,
    regencies: Vec<Entry>,
    districts: Vec<Entry>,
    villages: Vec<Entry>,
}

pub(crate) struct Entry {
    code: Range<u32>,
    name: Range<u32>,
    folded: Range<u32>,
    /// Place in the alphabetical order of its level.
    pub alphabetical: u32,
}

/// An entry with its texts.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub folded: &'a str,
}

impl List {
    pub fn level(&self, level: Level) -> &[Entry] {
        match level {
            Level::Regency => &self.regencies,
            Level::District => &self.districts,
            Level::Village => &self.villages,
        }
    }

    /// The entries of a level under a dotted code, in the order of their codes.
    pub fn under(&self, level: Level, parent: Option<&str>) -> &[Entry] {
        let entries = self.level(level);
        let Some(parent) = parent.map(str::trim).filter(|parent| !parent.is_empty()) else {
            return entries;
        };
        // '/' follows '.' in ASCII: all codes that begin with "parent." lie between the two.
        let (first, last) = (format!("{parent}."), format!("{parent}/"));
        let start = entries.partition_point(|entry| self.code(entry) < first.as_str());
        let end = entries.partition_point(|entry| self.code(entry) < last.as_str());
        &entries[start..end.max(start)]
    }

    pub fn find(&self, code: &str) -> Option<Named<'_>> {
        let entries = match code.len() {
            2 => &self.provinces,
            5 => &self.regencies,
            8 => &self.districts,
            13 => &self.villages,
            _ => return None,
        };
        let at = entries.binary_search_by(|entry| self.code(entry).cmp(code)).ok()?;
        Some(self.named(&entries[at]))
    }

    pub fn named(&self, entry: &Entry) -> Named<'_> {
        Named { code: self.code(entry), name: slice(&self.text, &entry.name), folded: self.folded(entry) }
    }

    pub fn code(&self, entry: &Entry) -> &str {
        slice(&self.text, &entry.code)
    }

    pub fn folded(&self, entry: &Entry) -> &str {
        slice(&self.folded, &entry.folded)
    }

    fn load() -> Self {
        // The data is part of the program and a test reads all of it; a list that cannot be unpacked is an empty one.
        let bytes = zstd::decode_all(PACKED).unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let mut list = Self {
            folded: String::with_capacity(text.len()),
            provinces: Vec::new(),
            regencies: Vec::new(),
            districts: Vec::with_capacity(8_000),
            villages: Vec::with_capacity(90_000),
            text: String::new(),
        };
        let mut line_start = 0;
        for line in text.lines() {
            if let Some((code, name)) = line.split_once('\t') {
                list.push(line_start, code, name);
            }
            line_start += line.len() + 1;
        }
        list.text = text;
        for level in [Level::Regency, Level::District, Level::Village] {
            list.number(level);
        }
        list
    }

    fn push(&mut self, line_start: usize, code: &str, name: &str) {
        let name_start = line_start + code.len() + 1;
        let folded_start = self.folded.len();
        fold_into(short_name(name), &mut self.folded);
        let entry = Entry {
            code: range(line_start, code.len()),
            name: range(name_start, name.len()),
            folded: range(folded_start, self.folded.len() - folded_start),
            alphabetical: 0,
        };
        match code.len() {
            2 => self.provinces.push(entry),
            5 => self.regencies.push(entry),
            8 => self.districts.push(entry),
            _ => self.villages.push(entry),
        }
    }

    /// Numbers a level alphabetically, equal names by code.
    fn number(&mut self, level: Level) {
        let entries = self.level(level);
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|at| (slice(&self.folded, &entries[*at].folded), *at));
        let entries = match level {
            Level::Regency => &mut self.regencies,
            Level::District => &mut self.districts,
            Level::Village => &mut self.villages,
        };
        for (place, at) in order.into_iter().enumerate() {
            entries[at].alphabetical = place as u32;
        }
    }
}

/// Lower case; every run of other characters one blank; apostrophes nothing (`Ki'e` is found as `kie`).
pub(crate) fn fold_into(name: &str, out: &mut String) {
    let start = out.len();
    let mut gap = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if gap && out.len() > start {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else {
            gap |= !matches!(c, '\'' | '’' | '`');
        }
    }
}

fn range(start: usize, length: usize) -> Range<u32> {
    start as u32..(start + length) as u32
}

fn slice<'a>(text: &'a str, range: &Range<u32>) -> &'a str {
    &text[range.start as usize..range.end as usize]
}
