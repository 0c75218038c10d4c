//! Everybody in memory, as far as a list, a search and the counts need: about 150 bytes a person.
//!
//! A full-text index answers a rare word quickly, but the first letter a clerk types matches half the village, and
//! sorting, filtering and counting those through an encrypted file takes tens of milliseconds. Going through all of
//! 100,000 short texts in memory takes less than five, is exact, and finds the last digits of a NIK too. The door
//! tells the roster what changed only after the commit; the tests compare it with the tables.

use crate::error::RegisterError;
use crate::person::{Counts, ListQuery, Mark, Sort};
use payung_domain::{CivilDate, Delivery, Readiness, State, VillageCode};
use rusqlite::Connection;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
pub(crate) struct Roster {
    /// By folded name, then id.
    people: Vec<Person>,
    /// The texts by which `people` is sorted, to find a row again.
    keys: HashMap<i64, Arc<str>>,
}

/// One person, as the covering index holds them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    /// `name|hamlet|nik|kk`, folded for searching; each word begins after a blank.
    text: Arc<str>,
    state: State,
    delivery: Delivery,
    birth: Option<CivilDate>,
    updated_at: i64,
    marks: u8,
}

/// What the covering index says about a person.
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) nik: String,
    pub(crate) name: String,
    pub(crate) kk: String,
    pub(crate) hamlet: String,
    pub(crate) birth: Option<CivilDate>,
    pub(crate) state: State,
    pub(crate) delivery: Delivery,
    pub(crate) needs_new_statement: bool,
    pub(crate) covered: bool,
    pub(crate) listed: bool,
    /// Of the newest version; absent for a draft.
    pub(crate) readiness: Option<Readiness>,
    pub(crate) edited: bool,
    pub(crate) nik_elsewhere: Option<VillageCode>,
    pub(crate) updated_at: i64,
}

const SEPARATOR: char = '\u{1f}';

impl Line {
    /// *Siap*, nothing typed beside it, not ended, not refused, every rule met or open only on the statement or a
    /// match, and in no statement.
    pub(crate) fn can_be_listed(&self) -> bool {
        !self.edited
            && !self.covered
            && !self.listed
            && self.readiness == Some(Readiness::Attestable)
            && !matches!(self.state, State::Ended | State::Cancelled | State::NotEligible)
    }

    pub(crate) fn edit_pending(&self) -> bool {
        self.edited && self.readiness.is_some() && !matches!(self.state, State::Ended | State::Cancelled)
    }

    fn marks(&self) -> u8 {
        [
            (Mark::CanBeListed, self.can_be_listed()),
            (Mark::EditPending, self.edit_pending()),
            (Mark::NeedsNewStatement, self.needs_new_statement),
            (Mark::NikElsewhere, self.nik_elsewhere.is_some()),
        ]
        .into_iter()
        .filter(|(_, set)| *set)
        .fold(0, |marks, (mark, _)| marks | bit(mark))
    }

    pub(crate) fn into_person(self) -> Person {
        let mut text = String::with_capacity(64);
        for (index, part) in [&self.name, &self.hamlet, &self.nik, &self.kk].into_iter().enumerate() {
            if index > 0 {
                text.push(SEPARATOR);
            }
            fold_into(part, &mut text);
        }
        Person {
            id: self.id,
            text: text.into(),
            state: self.state,
            delivery: self.delivery,
            birth: self.birth,
            updated_at: self.updated_at,
            marks: self.marks(),
        }
    }
}

impl Person {
    fn order(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text).then(self.id.cmp(&other.id))
    }

    fn hamlet(&self) -> &str {
        self.text.split(SEPARATOR).nth(1).unwrap_or_default()
    }

    fn matches(&self, words: &[Word]) -> bool {
        words.iter().all(|word| word.occurs(&self.text))
    }
}

impl Roster {
    pub(crate) fn load(db: &Connection) -> Result<Self, RegisterError> {
        let mut people: Vec<Person> =
            crate::person::rows::lines(db)?.into_iter().map(Line::into_person).collect();
        people.sort_by(Person::order);
        let keys = people.iter().map(|person| (person.id, person.text.clone())).collect();
        Ok(Self { people, keys })
    }

    /// Takes in rows as they stand after a commit.
    pub(crate) fn refresh(&mut self, changed: Vec<Person>) {
        // Many at once: cheaper to sort again than to shift for each.
        if changed.len() > 64 {
            let ids: std::collections::HashSet<i64> = changed.iter().map(|person| person.id).collect();
            self.people.retain(|person| !ids.contains(&person.id));
            for person in changed {
                self.keys.insert(person.id, person.text.clone());
                self.people.push(person);
            }
            self.people.sort_by(Person::order);
            return;
        }
        for person in changed {
            if let Some(old) = self.keys.insert(person.id, person.text.clone())
                && let Ok(place) = self
                    .people
                    .binary_search_by(|known| (*known.text).cmp(&*old).then(known.id.cmp(&person.id)))
            {
                self.people.remove(place);
            }
            let place =
                self.people.binary_search_by(|known| known.order(&person)).unwrap_or_else(|place| place);
            self.people.insert(place, person);
        }
    }

    /// How many match, and the ids of the asked stretch in order.
    pub(crate) fn find(&self, query: &ListQuery, limit: u64) -> (u64, Vec<i64>) {
        let words = Word::all(&query.search);
        let marks = query.marks.iter().fold(0, |marks, mark| marks | bit(*mark));
        let mut found: Vec<&Person> = self
            .people
            .iter()
            .filter(|person| {
                (query.states.is_empty() || query.states.contains(&person.state))
                    && query.delivery.is_none_or(|delivery| person.delivery == delivery)
                    && person.marks & marks == marks
                    && person.matches(&words)
            })
            .collect();
        let total = found.len() as u64;
        let from = usize::try_from(query.offset).unwrap_or(usize::MAX).min(found.len());
        let to = from.saturating_add(usize::try_from(limit).unwrap_or(usize::MAX)).min(found.len());
        if let Some(compare) = comparison(query.sort) {
            // Only the asked stretch needs its order.
            if to < found.len() {
                found.select_nth_unstable_by(to, |a, b| compare(a, b));
                found.truncate(to);
            }
            found.sort_unstable_by(|a, b| compare(a, b));
        }
        (total, found[from..to].iter().map(|person| person.id).collect())
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut by_state = [0u64; State::ALL.len()];
        let mut by_mark = [0u64; 4];
        let mut not_sent = 0;
        for person in &self.people {
            by_state[person.state as usize] += 1;
            for (index, count) in by_mark.iter_mut().enumerate() {
                *count += u64::from(person.marks >> index & 1);
            }
            not_sent += u64::from(person.delivery == Delivery::NotSent);
        }
        Counts {
            total: self.people.len() as u64,
            by_state: State::ALL.iter().copied().zip(by_state).filter(|(_, count)| *count > 0).collect(),
            can_be_listed: by_mark[0],
            edit_pending: by_mark[1],
            needs_new_statement: by_mark[2],
            nik_elsewhere: by_mark[3],
            not_sent,
        }
    }

    /// Whether it says the same as another one.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        self.people == other.people
    }
}

fn bit(mark: Mark) -> u8 {
    match mark {
        Mark::CanBeListed => 1,
        Mark::EditPending => 2,
        Mark::NeedsNewStatement => 4,
        Mark::NikElsewhere => 8,
    }
}

type Comparison = fn(&Person, &Person) -> Ordering;

/// `None` where the roster's own order serves.
fn comparison(sort: Sort) -> Option<Comparison> {
    match sort {
        Sort::Name => None,
        Sort::Newest => Some(|a, b| b.updated_at.cmp(&a.updated_at).then(b.id.cmp(&a.id))),
        Sort::State => Some(|a, b| a.state.cmp(&b.state).then_with(|| a.order(b))),
        Sort::Hamlet => Some(|a, b| a.hamlet().cmp(b.hamlet()).then_with(|| a.order(b))),
        Sort::BirthDate => Some(|a, b| {
            let key = |person: &Person| (person.birth.is_none(), person.birth);
            key(a).cmp(&key(b)).then_with(|| a.order(b))
        }),
    }
}

/// Lower case, every run of other signs one blank; digits grouped by blanks, dots or dashes stand together.
fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let digits_only = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-'));
    let mut gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if gap && out.len() > start {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else if c == '\'' || c == '\u{2019}' {
            // Ma'ruf is found as maruf.
        } else {
            gap = !digits_only;
        }
    }
}

/// A word looked for.
#[derive(Debug, PartialEq)]
struct Word {
    text: String,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// At the beginning of a word.
    Beginning,
    /// Part of a NIK or KK number, wherever in it.
    Inside,
    /// The 3 of "dusun 3": every NIK of Central Java begins with one.
    NotInNumbers,
}

/// Digits beside words are a house or a hamlet until they are this many.
const NUMBER_DIGITS_MIN: usize = 4;

impl Word {
    fn all(search: &str) -> Vec<Self> {
        let mut folded = String::new();
        fold_into(search, &mut folded);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        let numbers_only = words.iter().all(|word| is_number(word));
        let place = |word: &str| match is_number(word) {
            false => Place::Beginning,
            true if numbers_only || word.len() >= NUMBER_DIGITS_MIN => Place::Inside,
            true => Place::NotInNumbers,
        };
        words.iter().map(|word| Self { text: (*word).to_owned(), place: place(word) }).collect()
    }

    fn occurs(&self, text: &str) -> bool {
        let text = match self.place {
            Place::NotInNumbers => text.match_indices(SEPARATOR).nth(1).map_or(text, |(at, _)| &text[..at]),
            _ => text,
        };
        let mut from = 0;
        while let Some(at) = text[from..].find(&self.text).map(|at| at + from) {
            let begins = at == 0 || matches!(text.as_bytes()[at - 1], b' ' | 0x1f);
            if begins || self.place == Place::Inside {
                return true;
            }
            from = at + self.text.len();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_at_their_beginning_and_digits_anywhere() {
        let mut text = String::new();
        for (index, part) in
            ["Siti Nur-Aminah Ma'ruf", "Krajan Lor", "3305 1241-0860.0001"].into_iter().enumerate()
        {
            if index > 0 {
                text.push(SEPARATOR);
            }
            fold_into(part, &mut text);
        }
        for (search, found) in [
            ("siti", true),
            ("  LOR ami", true),
            ("inah", false),
            ("ma'ruf", true),
            ("maruf", true),
            ("0001", true),
            ("3305 1241", true),
            ("86", true),
            ("siti 0860", true),
            ("siti 3", false),
            ("9", false),
        ] {
            let words = Word::all(search);
            assert_eq!(words.iter().all(|word| word.occurs(&text)), found, "looking for {search:?}");
        }
    }
}
