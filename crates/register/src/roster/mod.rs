//! Everybody in memory, as far as a list, a search and the counts need: about 150 bytes a person.
//!
//! A full-text index answers a rare word quickly, but the first letter a clerk types matches half the village, and
//! sorting, filtering and counting those through an encrypted file takes tens of milliseconds. Going once through the
//! short texts of 100,000 people in memory takes a few, is exact, and finds the last digits of a NIK too. The door
//! tells the roster what changed only after the commit; proving a register compares it with the tables.

mod texts;
mod words;

use crate::error::RegisterError;
use crate::person::{Counts, ListQuery, Mark, Sort};
use payung_domain::{CivilDate, Delivery, Readiness, State, VillageCode};
use rusqlite::Connection;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use texts::{SEPARATOR, Span, Texts};
use words::{Word, fold_into};

#[derive(Default)]
pub(crate) struct Roster {
    slots: Vec<Slot>,
    slot_of: HashMap<i64, u32>,
    texts: Texts,
    /// Slots by folded name, then id.
    order: Vec<u32>,
    /// Hamlets by folded name; a slot holds the number.
    hamlets: BTreeMap<String, u32>,
}

struct Slot {
    id: i64,
    span: Span,
    state: State,
    delivery: Delivery,
    marks: u8,
    hamlet: u32,
    /// Days since 1970; unknown ones last.
    birth: i64,
    updated_at: i64,
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
    pub(crate) two_versions: bool,
    pub(crate) updated_at: i64,
}

impl Line {
    /// *Siap*, nothing typed beside it, not ended, not refused, every rule met or open only on the statement or a
    /// match, and in no statement.
    pub(crate) fn can_be_listed(&self) -> bool {
        !self.edited
            && !self.two_versions
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
            (Mark::TwoVersions, self.two_versions),
        ]
        .into_iter()
        .filter(|(_, set)| *set)
        .fold(0, |marks, (mark, _)| marks | bit(mark))
    }

    /// Name, hamlet, NIK and KK, folded.
    fn text(&self) -> String {
        let mut text = String::with_capacity(80);
        for part in [&self.name, &self.hamlet, &self.nik, &self.kk] {
            text.push(char::from(SEPARATOR));
            fold_into(part, &mut text);
        }
        text
    }
}

impl Roster {
    pub(crate) fn load(db: &Connection) -> Result<Self, RegisterError> {
        let mut roster = Self::default();
        crate::person::rows::each_line(db, |line| {
            roster.put(&line);
            Ok(())
        })?;
        roster.sort();
        Ok(roster)
    }

    /// Takes in rows as they stand after a commit.
    pub(crate) fn refresh(&mut self, changed: &[Line]) {
        // Many at once: cheaper to sort again than to shift for each.
        if changed.len() > 64 {
            changed.iter().for_each(|line| {
                self.put(line);
            });
            self.sort();
        } else {
            for line in changed {
                if let Some(slot) = self.slot_of.get(&line.id).copied()
                    && let Ok(place) = self.place_of(slot)
                {
                    self.order.remove(place);
                }
                let slot = self.put(line);
                let place = self.place_of(slot).unwrap_or_else(|place| place);
                self.order.insert(place, slot);
            }
        }
        if self.texts.worn() {
            self.rewrite();
        }
    }

    /// How many match, and the ids of the asked stretch in order.
    pub(crate) fn find(&self, query: &ListQuery, limit: u64) -> (u64, Vec<i64>) {
        let words = Word::all(&query.search);
        let found_text = self.texts.search(&words, self.slots.len(), |slot| self.slots[slot as usize].span);
        let marks = query.marks.iter().fold(0, |marks, mark| marks | bit(*mark));
        let states = query.states.iter().fold(0u32, |states, state| states | 1 << *state as u32);
        let ranks = self.hamlet_ranks();
        // The sort key, then the place by name.
        let mut found: Vec<(i64, u32)> = Vec::new();
        for (place, slot) in self.order.iter().enumerate() {
            if found_text.as_ref().is_some_and(|found| !found.has(*slot)) {
                continue;
            }
            let person = &self.slots[*slot as usize];
            if (states == 0 || states >> person.state as u32 & 1 == 1)
                && query.delivery.is_none_or(|delivery| person.delivery == delivery)
                && person.marks & marks == marks
            {
                let key = match query.sort {
                    Sort::Name => 0,
                    Sort::Newest => -person.updated_at,
                    Sort::State => person.state as i64,
                    Sort::Hamlet => i64::from(ranks[person.hamlet as usize]),
                    Sort::BirthDate => person.birth,
                };
                found.push((key, place as u32));
            }
        }
        let total = found.len();
        let from = usize::try_from(query.offset).unwrap_or(usize::MAX).min(total);
        let to = from.saturating_add(usize::try_from(limit).unwrap_or(usize::MAX)).min(total);
        if query.sort != Sort::Name {
            // Only the asked stretch needs its order.
            if to < total {
                found.select_nth_unstable(to);
                found.truncate(to);
            }
            found.sort_unstable();
        }
        let id = |(_, place): &(i64, u32)| self.slots[self.order[*place as usize] as usize].id;
        (total as u64, found[from..to].iter().map(id).collect())
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut by_state = [0u64; State::ALL.len()];
        let mut by_mark = [0u64; 5];
        let mut not_sent = 0;
        for person in &self.slots {
            by_state[person.state as usize] += 1;
            for (index, count) in by_mark.iter_mut().enumerate() {
                *count += u64::from(person.marks >> index & 1);
            }
            not_sent += u64::from(person.delivery == Delivery::NotSent);
        }
        Counts {
            total: self.slots.len() as u64,
            by_state: State::ALL.iter().copied().zip(by_state).filter(|(_, count)| *count > 0).collect(),
            can_be_listed: by_mark[0],
            edit_pending: by_mark[1],
            needs_new_statement: by_mark[2],
            nik_elsewhere: by_mark[3],
            two_versions: by_mark[4],
            not_sent,
        }
    }

    /// Whether it says the same as another one, in the same order.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        fn told(roster: &Roster, slot: u32) -> (i64, &[u8], State, Delivery, u8, i64, i64) {
            let person = &roster.slots[slot as usize];
            let text = roster.texts.of(person.span);
            (person.id, text, person.state, person.delivery, person.marks, person.birth, person.updated_at)
        }
        self.order.len() == other.order.len()
            && self.order.iter().zip(&other.order).all(|(a, b)| told(self, *a) == told(other, *b))
    }

    /// Writes a person without their place in the order.
    fn put(&mut self, line: &Line) -> u32 {
        let text = line.text();
        let known = self.slot_of.get(&line.id).copied();
        let slot = known.unwrap_or(self.slots.len() as u32);
        let span = match known {
            Some(slot) if self.text_of(slot) == text.as_bytes() => self.slots[slot as usize].span,
            known => {
                if let Some(slot) = known {
                    self.texts.remove(self.slots[slot as usize].span);
                }
                self.texts.add(slot, text.as_bytes())
            }
        };
        let person = Slot {
            id: line.id,
            span,
            state: line.state,
            delivery: line.delivery,
            marks: line.marks(),
            hamlet: self.hamlet(&line.hamlet),
            birth: line.birth.map_or(i64::MAX, CivilDate::days_since_epoch),
            updated_at: line.updated_at,
        };
        if known.is_some() {
            self.slots[slot as usize] = person;
        } else {
            self.slots.push(person);
            self.slot_of.insert(line.id, slot);
        }
        slot
    }

    fn hamlet(&mut self, name: &str) -> u32 {
        let mut folded = String::new();
        fold_into(name, &mut folded);
        if let Some(known) = self.hamlets.get(&folded) {
            return *known;
        }
        let number = self.hamlets.len() as u32;
        self.hamlets.insert(folded, number);
        number
    }

    /// The alphabetical place of each hamlet by its number.
    fn hamlet_ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.hamlets.len()];
        for (rank, number) in self.hamlets.values().enumerate() {
            ranks[*number as usize] = rank as u32;
        }
        ranks
    }

    fn text_of(&self, slot: u32) -> &[u8] {
        self.texts.of(self.slots[slot as usize].span)
    }

    fn compare(&self, a: u32, b: u32) -> Ordering {
        let id = |slot: u32| self.slots[slot as usize].id;
        self.text_of(a).cmp(self.text_of(b)).then(id(a).cmp(&id(b)))
    }

    fn place_of(&self, slot: u32) -> Result<usize, usize> {
        self.order.binary_search_by(|known| self.compare(*known, slot))
    }

    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.slots.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.compare(*a, *b));
        self.order = order;
    }

    /// Leaves dead texts behind.
    fn rewrite(&mut self) {
        let mut texts = Texts::default();
        for (slot, person) in self.slots.iter_mut().enumerate() {
            person.span = texts.add(slot as u32, self.texts.of(person.span));
        }
        self.texts = texts;
    }
}

fn bit(mark: Mark) -> u8 {
    match mark {
        Mark::CanBeListed => 1,
        Mark::EditPending => 2,
        Mark::NeedsNewStatement => 4,
        Mark::NikElsewhere => 8,
        Mark::TwoVersions => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: i64, name: &str, hamlet: &str, nik: &str) -> Line {
        Line {
            id,
            nik: nik.to_owned(),
            name: name.to_owned(),
            kk: String::new(),
            hamlet: hamlet.to_owned(),
            birth: None,
            state: State::Draft,
            delivery: Delivery::Local,
            needs_new_statement: false,
            covered: false,
            listed: false,
            readiness: None,
            edited: true,
            nik_elsewhere: None,
            two_versions: false,
            updated_at: 0,
        }
    }

    fn found(roster: &Roster, search: &str) -> Vec<i64> {
        roster.find(&ListQuery { search: search.to_owned(), ..ListQuery::default() }, 100).1
    }

    #[test]
    fn words_match_at_their_beginning_and_digits_anywhere() {
        let mut roster = Roster::default();
        roster.refresh(&[
            line(1, "Siti Nur-Aminah Ma'ruf", "Krajan Lor", "3305 1241-0860.0001"),
            line(2, "SITI", "Dusun 3", "3305990101900002"),
        ]);
        for (search, ids) in [
            ("", vec![2, 1]),
            ("siti", vec![2, 1]),
            ("  LOR ami", vec![1]),
            ("inah", vec![]),
            ("ma'ruf", vec![1]),
            ("maruf", vec![1]),
            ("0001", vec![1]),
            ("3305 1241", vec![1]),
            ("86", vec![1]),
            ("siti 0860", vec![1]),
            ("siti 3", vec![2]),
            ("dusun 33", vec![]),
            ("777", vec![]),
        ] {
            assert_eq!(found(&roster, search), ids, "looking for {search:?}");
        }
    }

    #[test]
    fn changed_texts_are_found_anew_and_the_old_ones_no_more() {
        let mut roster = Roster::default();
        let people: Vec<Line> = (1..=200).map(|id| line(id, &format!("Orang {id}"), "", "")).collect();
        roster.refresh(&people);
        for round in 0..3 {
            for id in (1..=200).step_by(3) {
                roster.refresh(&[line(id, &format!("Baru{round} {id}"), "", "")]);
            }
        }
        assert_eq!(found(&roster, "baru2").len(), 67);
        assert_eq!(found(&roster, "baru1").len(), 0, "old texts are gone");
        assert_eq!(found(&roster, "orang").len(), 100);
        assert_eq!(roster.find(&ListQuery::default(), 500).0, 200);
        roster.rewrite();
        assert_eq!(found(&roster, "baru2 100").len(), 1);
        let mut again = Roster::default();
        again.refresh(
            &(1..=200)
                .map(|id| {
                    let name = if id % 3 == 1 { format!("Baru2 {id}") } else { format!("Orang {id}") };
                    line(id, &name, "", "")
                })
                .collect::<Vec<_>>(),
        );
        assert!(roster.agrees_with(&again), "kept step by step or made at once, it is the same");
    }
}
