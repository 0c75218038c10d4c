//! Which rows of a file, or of the population, are asked for: by age, occupation, hamlet and verdict.

use super::views::ImportRow;
use payung_domain::{CivilDate, Field, FieldValues, Occupation, Readiness};
use std::collections::{BTreeMap, BTreeSet};

/// Everyone who fits every part that is given; an empty part takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Completed years today, both included. Who has no birth date has no age.
    pub ages: Option<(u8, u8)>,
    /// Words of `Field::Occupation`; an empty word stands for those without one.
    pub occupations: Vec<String>,
    /// However written; an empty one stands for those without one.
    pub hamlets: Vec<String>,
    pub readiness: Vec<Readiness>,
}

/// Occupations and hamlets of a file's rows by alphabet, each with how many rows say so. As first written; an empty text
/// stands for rows that say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacets {
    pub occupations: Vec<(String, u64)>,
    pub hamlets: Vec<(String, u64)>,
}

/// What the rows of an opened file can be filtered by.
pub fn file_facets(rows: &[ImportRow]) -> FileFacets {
    let (mut occupations, mut hamlets) = (Counter::default(), Counter::default());
    for row in rows {
        let word = occupation_word(row.values.text(Field::Occupation).unwrap_or_default());
        occupations.add(word.to_lowercase(), &word);
        let hamlet = row.values.text(Field::Hamlet).unwrap_or_default();
        hamlets.add(folded(hamlet), hamlet);
    }
    FileFacets { occupations: occupations.counted(), hamlets: hamlets.counted() }
}

/// Counts what is the same when folded, and keeps how it was first written.
#[derive(Default)]
struct Counter(BTreeMap<String, (String, u64)>);

impl Counter {
    fn add(&mut self, key: String, written: &str) {
        self.0.entry(key).or_insert_with(|| (written.to_owned(), 0)).1 += 1;
    }

    /// By alphabet, as the lists have them.
    fn counted(self) -> Vec<(String, u64)> {
        self.0.into_values().collect()
    }
}

/// Capitals, dots, dashes, apostrophes and blanks make no difference.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The template's word where it is one, else as written.
pub(crate) fn occupation_word(text: &str) -> String {
    Occupation::parse(text).map_or_else(|| text.trim().to_owned(), |word| word.name().to_owned())
}

/// A selection made ready to be asked about many people.
pub(super) struct Selector {
    ages: Option<(u8, u8)>,
    occupations: BTreeSet<String>,
    hamlets: BTreeSet<String>,
    readiness: Vec<Readiness>,
}

impl Selector {
    pub(super) fn new(selection: &Selection) -> Self {
        Self {
            ages: selection.ages,
            occupations: selection
                .occupations
                .iter()
                .map(|word| occupation_word(word).to_lowercase())
                .collect(),
            hamlets: selection.hamlets.iter().map(|name| folded(name)).collect(),
            readiness: selection.readiness.clone(),
        }
    }

    pub(super) fn takes_age(&self, age: Option<u8>) -> bool {
        self.ages.is_none_or(|(from, to)| age.is_some_and(|age| (from..=to).contains(&age)))
    }

    pub(super) fn takes_readiness(&self, readiness: Readiness) -> bool {
        self.readiness.is_empty() || self.readiness.contains(&readiness)
    }

    /// Occupation and hamlet of these values.
    pub(super) fn takes_place(&self, values: &FieldValues) -> bool {
        let text = |field| values.text(field).unwrap_or_default();
        let occupation =
            || self.occupations.contains(&occupation_word(text(Field::Occupation)).to_lowercase());
        let hamlet = || self.hamlets.contains(&folded(text(Field::Hamlet)));
        (self.occupations.is_empty() || occupation()) && (self.hamlets.is_empty() || hamlet())
    }
}

/// Completed years, as far as people get.
pub(super) fn age_on(birth: Option<CivilDate>, today: CivilDate) -> Option<u8> {
    u8::try_from(birth?.completed_years(today)?).ok()
}
