//! What becomes of every row, decided in the file's order. Writes nothing: the trial and the real thing both rest on it.

use super::matching::{Known, Matcher, Target, Who};
use super::selecting::{Selector, age_on};
use super::views::{Destination, Fate, Import, ImportPlan, ImportRow, PlannedRow};
use super::{IMPORT_ROWS_MAX, look};
use crate::error::RegisterError;
use crate::person::{door as person, rows};
use crate::reading::judge_on;
use crate::settings::{CurrentRegulation, Village};
use payung_domain::{CivilDate, Field, FieldError, FieldValues, Readiness, Reading, Watch};
use rusqlite::Connection;
use std::collections::HashMap;

/// Register, village, regulation and day that a plan is made for.
pub(crate) type Footing<'a> = (&'a Connection, &'a Village, &'a CurrentRegulation, CivilDate);

/// Who somebody is: a row in which one of these cannot be read is nobody's.
const IDENTITY: [Field; 4] = [Field::Nik, Field::Kk, Field::Name, Field::BirthDate];

/// Earlier rows of one person that a row is measured against: a column that says the same in every row stays one.
const EARLIER_MAX: usize = 20;

const NOT_SELECTED: &str = "tidak termasuk yang dipilih";
const SAID_BEFORE: &str = "sama dengan baris sebelumnya";
const NIK_TWICE: &str = "NIK sudah ada di baris sebelumnya dengan isian lain; periksa mana yang benar";
const PERSON_TWICE: &str =
    "orang ini sudah ada di baris sebelumnya dengan isian lain; periksa mana yang benar";
const UNREADABLE: &str = "ada isian yang harus diperbaiki";
const NAMELESS: &str = "nama belum diisi";
const TOO_LONG: &str = "ada isian yang terlalu panjang";
const SEVERAL: &str = "lebih dari satu orang di desa ini cocok dengan baris ini; samakan dahulu di daftar";
const STAYS_DRAFT: &str = "ada isian yang harus diperbaiki";

pub(crate) fn plan(
    footing: Footing<'_>,
    import: &Import,
    watch: &dyn Watch,
) -> Result<ImportPlan, RegisterError> {
    if import.rows.len() > IMPORT_ROWS_MAX {
        return Err(RegisterError::TooManyRows { rows_max: IMPORT_ROWS_MAX });
    }
    let mut planner = Planner::new(footing, import);
    let mut plan = ImportPlan { rows: Vec::with_capacity(import.rows.len()), ..ImportPlan::default() };
    plan.figures.read = import.rows.len() as u64 + import.skipped;
    plan.figures.skipped = import.skipped;
    for (index, row) in import.rows.iter().enumerate() {
        look(watch, index, import.rows.len())?;
        let planned = planner.plan(index, row)?;
        plan.figures.count(planned.fate);
        plan.ready += u64::from(planned.ready);
        plan.rows.push(planned);
    }
    Ok(plan)
}

/// Values as they would stand, read and judged on that day.
pub(crate) fn judged(footing: &Footing<'_>, values: &FieldValues) -> (Reading, Readiness) {
    let (_, village, regulation, today) = footing;
    let reading = payung_domain::read(&person::ready_to_release(village, values));
    let readiness = judge_on(regulation, &reading, *today).readiness;
    (reading, readiness)
}

struct Planner<'a> {
    footing: Footing<'a>,
    import: &'a Import,
    selector: Selector,
    matcher: Matcher<'a>,
    /// Places in the file where a NIK, or somebody by name, birth date and KK (and whether with a NIK) was seen.
    niks: HashMap<String, Vec<usize>>,
    people: HashMap<Who, Vec<(usize, bool)>>,
    /// Whom an earlier row is about already, and whether it changes them.
    claimed: HashMap<Known, (usize, Fate)>,
}

/// What a row says of who it is.
struct Identity {
    /// As it is looked up; empty without one.
    nik: String,
    who: Who,
    /// Why it is nobody's.
    unreadable: bool,
}

/// What becomes of a row that is selected.
struct Decided {
    fate: Fate,
    words: Option<&'static str>,
    same_rows: Vec<u32>,
}

impl<'a> Planner<'a> {
    fn new(footing: Footing<'a>, import: &'a Import) -> Self {
        Self {
            footing,
            import,
            selector: Selector::new(&import.selection),
            matcher: Matcher::new(footing.0, import.destination),
            niks: HashMap::with_capacity(import.rows.len()),
            people: HashMap::with_capacity(import.rows.len()),
            claimed: HashMap::new(),
        }
    }

    fn plan(&mut self, index: usize, row: &ImportRow) -> Result<PlannedRow, RegisterError> {
        let (reading, own_readiness) = judged(&self.footing, &row.values);
        let mut errors = row.errors.clone();
        errors.extend(
            reading.errors.iter().filter(|e| !row.errors.iter().any(|known| known.field == e.field)).cloned(),
        );
        let identity = Identity {
            nik: row.values.text(Field::Nik).map(rows::nik_key).unwrap_or_default(),
            who: Who::of(&row.values),
            unreadable: errors.iter().any(|error| IDENTITY.contains(&error.field)),
        };
        let earlier = self.earlier(index, &identity);
        let found = self.matcher.find(&identity.nik, &identity.who)?;
        let target = match found.as_slice() {
            [one] => Some(one),
            _ => None,
        };

        // As the person would stand afterwards.
        let merged = target.map(|target| target.values_with(&row.values));
        let (facts, readiness) = match &merged {
            Some(merged) => {
                let (reading, readiness) = judged(&self.footing, merged);
                (reading.facts, readiness)
            }
            None => (reading.facts, own_readiness),
        };
        let age = age_on(facts.birth_date, self.footing.3);
        let shown = merged.as_ref().unwrap_or(&row.values);
        let selected = self.selects(shown, age, readiness, &errors, identity.unreadable);

        if found.is_empty() {
            errors = with_missing(errors, row, self.import.destination);
        }
        let decided = if selected {
            self.decide(row, &identity, &earlier, &found, &errors)
        } else {
            Decided { fate: Fate::Skipped, words: Some(NOT_SELECTED), same_rows: Vec::new() }
        };
        if matches!(decided.fate, Fate::Changed | Fate::Same) {
            for target in &found {
                self.claimed.entry(target.id).or_insert((index, decided.fate));
            }
        }
        let applicants = self.import.destination == Destination::Applicants;
        let is_new = decided.fate == Fate::New;
        let ready = is_new && applicants && self.import.ready && errors.is_empty() && decided.words.is_none();
        let stays_draft = is_new && applicants && self.import.ready && !ready;
        let changes = match (&decided.fate, target, &merged) {
            (Fate::Changed, Some(target), Some(merged)) => target.values.differing(merged),
            _ => Vec::new(),
        };
        Ok(PlannedRow {
            index: index as u32,
            fate: decided.fate,
            selected,
            readiness: (!identity.unreadable).then_some(readiness),
            age,
            errors,
            changes,
            person: self.applicant(target, &identity)?,
            population: target.and_then(|target| target.id.population()),
            same_nik_rows: decided.same_rows,
            words: decided.words.or(stays_draft.then_some(STAYS_DRAFT)),
            ready,
        })
    }

    /// Earlier rows about the same person; this one is remembered for the later ones.
    fn earlier(&mut self, index: usize, identity: &Identity) -> Vec<usize> {
        let mut found = Vec::new();
        if !identity.nik.is_empty() {
            let known = self.niks.entry(identity.nik.clone()).or_default();
            found.clone_from(known);
            if known.len() < EARLIER_MAX {
                known.push(index);
            }
        }
        if identity.who.says_something() {
            // Of two rows that both have a NIK, the NIK alone decides.
            let numbered = !identity.nik.is_empty();
            let known = self.people.entry(identity.who.clone()).or_default();
            found.extend(known.iter().filter(|(_, other)| !(numbered && *other)).map(|(at, _)| *at));
            if known.len() < EARLIER_MAX {
                known.push((index, numbered));
            }
        }
        found
    }

    /// What cannot be read says nothing about whether it is asked for.
    fn selects(
        &self,
        shown: &FieldValues,
        age: Option<u8>,
        readiness: Readiness,
        errors: &[FieldError],
        unreadable: bool,
    ) -> bool {
        let no_date = errors.iter().any(|error| error.field == Field::BirthDate);
        self.selector.takes_place(shown)
            && (no_date || self.selector.takes_age(age))
            && (unreadable || self.selector.takes_readiness(readiness))
    }

    fn decide(
        &self,
        row: &ImportRow,
        identity: &Identity,
        earlier: &[usize],
        found: &[Target],
        errors: &[FieldError],
    ) -> Decided {
        let keeps = self.import.keep_unreadable && self.import.destination == Destination::Applicants;
        let plain = |fate, words| Decided { fate, words, same_rows: Vec::new() };
        if person::check_lengths(&row.values).is_err() {
            return plain(Fate::Refused, Some(TOO_LONG));
        }
        // A draft asks a person to decide; beside somebody who is here already it would be that person twice.
        let kept = keeps && found.is_empty();
        let to_draft = |words| plain(if kept { Fate::New } else { Fate::Refused }, Some(words));
        if identity.unreadable && !keeps {
            return plain(Fate::Refused, Some(UNREADABLE));
        }
        let said = |at: &usize| adds_nothing(&self.import.rows[*at].values, &row.values);
        let same_rows: Vec<u32> = earlier.iter().map(|at| self.import.rows[*at].row).collect();
        if earlier.iter().any(said) {
            return Decided { fate: Fate::Skipped, words: Some(SAID_BEFORE), same_rows };
        }
        if found.iter().any(|target| self.says_nothing_new(target, &row.values)) {
            return plain(Fate::Same, None);
        }
        if !earlier.is_empty() {
            let by_nik = earlier.iter().any(|at| self.holds(*at, &identity.nik));
            let words = if by_nik { NIK_TWICE } else { PERSON_TWICE };
            return Decided { same_rows, ..to_draft(words) };
        }
        let target = match found {
            // Without a number either, it would be somebody new each time.
            [] if row.values.text(Field::Name).is_none() && identity.nik.is_empty() => {
                return plain(Fate::Refused, Some(NAMELESS));
            }
            [] if row.values.text(Field::Name).is_none() => return to_draft(NAMELESS),
            [] => return plain(Fate::New, identity.unreadable.then_some(UNREADABLE)),
            [target] => target,
            _ => return plain(Fate::Refused, Some(SEVERAL)),
        };
        if let Some(why) = target.closed {
            return plain(Fate::Refused, Some(why));
        }
        if identity.unreadable && !target.draft {
            return plain(Fate::Refused, Some(UNREADABLE));
        }
        match self.claimed.get(&target.id) {
            Some((at, _)) => Decided {
                fate: Fate::Refused,
                words: Some(PERSON_TWICE),
                same_rows: vec![self.import.rows[*at].row],
            },
            None => plain(Fate::Changed, errors.iter().any(of_identity).then_some(UNREADABLE)),
        }
    }

    /// Beside what an earlier row makes of them.
    fn says_nothing_new(&self, target: &Target, row: &FieldValues) -> bool {
        match self.claimed.get(&target.id) {
            Some((at, Fate::Changed)) => {
                adds_nothing(&target.values_with(&self.import.rows[*at].values), row)
            }
            _ => adds_nothing(&target.values, row),
        }
    }

    fn holds(&self, at: usize, nik: &str) -> bool {
        self.niks.get(nik).is_some_and(|known| known.contains(&at))
    }

    fn applicant(
        &self,
        target: Option<&Target>,
        identity: &Identity,
    ) -> Result<Option<crate::ids::PersonId>, RegisterError> {
        match target.and_then(|target| target.id.person()) {
            Some(person) => Ok(Some(person)),
            None if self.import.destination == Destination::Population => {
                let link = target.and_then(|target| target.id.population());
                crate::population::applicant(self.footing.0, link, &identity.nik)
            }
            None => Ok(None),
        }
    }
}

fn of_identity(error: &FieldError) -> bool {
    IDENTITY.contains(&error.field)
}

/// Whether every filled cell of `row` says what `known` says already. Empty cells never overwrite.
fn adds_nothing(known: &FieldValues, row: &FieldValues) -> bool {
    row.iter().all(|(field, _)| row.text(field).is_none() || row.text(field) == known.text(field))
}

/// Of somebody new: what must not be missing stands first.
fn with_missing(errors: Vec<FieldError>, row: &ImportRow, destination: Destination) -> Vec<FieldError> {
    let needed = |error: &FieldError| destination == Destination::Applicants || error.field == Field::Name;
    let missing = person::release_errors(&row.values, &Reading::default());
    let said = |error: &FieldError| errors.iter().any(|known| known.field == error.field);
    let mut all: Vec<FieldError> =
        missing.into_iter().filter(|error| needed(error) && !said(error)).collect();
    all.extend(errors);
    all
}
