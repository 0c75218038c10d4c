//! Everybody in memory, as far as a list, a search and the counts need: about 150 bytes a person.
//!
//! A full-text index answers a rare word quickly, but the first letter a clerk types matches half the village, and
//! sorting, filtering and counting those through an encrypted file takes tens of milliseconds. Going once through the
//! short texts of 100,000 people in memory takes a few, is exact, and finds the last digits of a NIK too. The door
//! tells the roster what changed only after the commit; proving a register compares it with the tables.

mod facets;
mod filter;
mod kindred;
mod line;
mod names;
mod spelling;
mod texts;
mod words;

use crate::error::RegisterError;
use crate::likeness::{self, Kin, Points};
use crate::person::judged::Turns;
use crate::person::{Counts, ListQuery, Sort};
use filter::Filter;
use names::Names;
use payung_domain::{CivilDate, Delivery, State};
use rusqlite::Connection;
use std::cmp::Ordering;
use std::collections::HashMap;
use texts::{Marked, Span, Texts};

pub(crate) use line::Line;
pub(crate) use spelling::{is_muhammad, spell};
pub(crate) use words::fold_into;

#[derive(Default)]
pub(crate) struct Roster {
    slots: Vec<Slot>,
    slot_of: HashMap<i64, u32>,
    texts: Texts,
    /// Slots by folded name, then id.
    order: Vec<u32>,
    hamlets: Names,
    occupations: Names,
    kin: Kin,
}

struct Slot {
    id: i64,
    updated_at: i64,
    missing: u64,
    judged: Turns,
    span: Span,
    /// Days since 1970; unknown ones last.
    birth: i32,
    hamlet: u32,
    occupation: u32,
    /// See [`likeness::mother`].
    mother: u32,
    desil_quarter: Option<i32>,
    state: State,
    delivery: Delivery,
    marks: u8,
    unreadable: bool,
    maybe_same: bool,
    /// Whoever stood here is no longer in the register.
    gone: bool,
}

const UNKNOWN_BIRTH: i32 = i32::MAX;

impl Slot {
    fn ended(&self) -> bool {
        matches!(self.state, State::Ended | State::Cancelled)
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
        roster.kin.settle();
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
            self.kin.settle();
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
            self.kin.tidy();
        }
        if self.texts.worn() {
            self.rewrite();
        }
    }

    /// Takes out rows that are no longer there.
    pub(crate) fn remove(&mut self, ids: &[i64]) {
        for slot in ids.iter().filter_map(|id| self.slot_of.remove(id)) {
            let person = &mut self.slots[slot as usize];
            person.gone = true;
            self.texts.remove(person.span);
        }
        self.order.retain(|slot| !self.slots[*slot as usize].gone);
    }

    /// How many match, and the ids of the asked stretch in order.
    pub(crate) fn find(&self, query: &ListQuery, limit: u64, today: CivilDate) -> (u64, Vec<i64>) {
        let mut filter = Filter::of(query, self, today);
        let ranks = self.hamlets.ranks();
        // Twice through everybody, each time in the order in which memory is read fast: first who is taken and with
        // which sort key, then their places by name.
        let mut taken = Marked::none(self.slots.len());
        let mut keys = vec![0; if query.sort == Sort::Name { 0 } else { self.slots.len() }];
        for slot in filter.by_text(self.slots.len()).iter() {
            let person = &self.slots[slot as usize];
            if person.gone || !filter.takes(person) {
                continue;
            }
            taken.set(slot);
            if let Some(key) = keys.get_mut(slot as usize) {
                *key = match query.sort {
                    Sort::Name => 0,
                    Sort::Newest => -person.updated_at,
                    Sort::State => person.state as i64,
                    Sort::Hamlet => i64::from(ranks[person.hamlet as usize]),
                    Sort::BirthDate => i64::from(person.birth),
                };
            }
        }
        let places = self.order.iter().enumerate().filter(|(_, slot)| taken.has(**slot));
        let key = |slot: u32| keys.get(slot as usize).copied().unwrap_or_default();
        let mut found: Vec<(i64, u32)> = places.map(|(place, slot)| (key(*slot), place as u32)).collect();
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
        let mut by_mark = [0u64; line::MARKS];
        let mut not_sent = 0;
        for person in self.slots.iter().filter(|person| !person.gone) {
            by_state[person.state as usize] += 1;
            for (index, count) in by_mark.iter_mut().enumerate() {
                *count += u64::from(person.marks >> index & 1);
            }
            not_sent += u64::from(person.delivery == Delivery::NotSent);
        }
        Counts {
            total: self.order.len() as u64,
            by_state: State::ALL.iter().copied().zip(by_state).filter(|(_, count)| *count > 0).collect(),
            can_be_listed: by_mark[0],
            edit_pending: by_mark[1],
            needs_new_statement: by_mark[2],
            nik_elsewhere: by_mark[3],
            two_versions: by_mark[4],
            maybe_same: by_mark[5],
            not_sent,
        }
    }

    /// Everybody who has not ended and whose desil is of a quarter before `quarter`, the oldest first.
    pub(crate) fn desil_before(&self, quarter: i32) -> Vec<(i32, i64)> {
        let people = self.order.iter().map(|slot| &self.slots[*slot as usize]);
        let stale = people.filter(|person| !person.ended()).filter_map(|person| {
            person.desil_quarter.filter(|known| *known < quarter).map(|known| (known, person.id))
        });
        let mut stale: Vec<(i32, i64)> = stale.collect();
        stale.sort_by_key(|(quarter, _)| *quarter);
        stale
    }

    /// Whether it says the same as another one, in the same order.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        self.order.len() == other.order.len()
            && self.order.iter().zip(&other.order).all(|(a, b)| {
                let (one, two) = (&self.slots[*a as usize], &other.slots[*b as usize]);
                self.text_of(*a) == other.text_of(*b)
                    && self.hamlets.key(one.hamlet) == other.hamlets.key(two.hamlet)
                    && self.occupations.key(one.occupation) == other.occupations.key(two.occupation)
                    && one.told() == two.told()
            })
    }

    /// Writes a person without their place in the order.
    fn put(&mut self, line: &Line) -> u32 {
        let text = line.text();
        let known = self.slot_of.get(&line.id).copied();
        let slot = known.unwrap_or(self.slots.len() as u32);
        let before = known.map(|slot| self.points(slot));
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
            updated_at: line.updated_at,
            missing: line.missing,
            judged: line.judged.clone(),
            span,
            birth: line.birth.map_or(UNKNOWN_BIRTH, filter::days),
            hamlet: self.hamlets.number(names::hamlet_key(&line.hamlet), &line.hamlet),
            occupation: self.occupations.number(names::occupation_key(&line.occupation), &line.occupation),
            mother: likeness::mother(&line.mother),
            desil_quarter: line.desil_quarter,
            state: line.state,
            delivery: line.delivery,
            marks: line.marks(),
            unreadable: line.unreadable,
            maybe_same: line.maybe_same,
            gone: false,
        };
        if known.is_some() {
            self.slots[slot as usize] = person;
        } else {
            self.slots.push(person);
            self.slot_of.insert(line.id, slot);
        }
        self.kin.add(&Points::of_line(line), before.as_ref(), slot);
        slot
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
        order.retain(|slot| !self.slots[*slot as usize].gone);
        order.sort_unstable_by(|a, b| self.compare(*a, *b));
        self.order = order;
    }

    /// Leaves dead texts behind.
    fn rewrite(&mut self) {
        let mut texts = Texts::default();
        for (slot, person) in self.slots.iter_mut().enumerate() {
            person.span = if person.gone {
                Span::default()
            } else {
                texts.add(slot as u32, self.texts.of(person.span))
            };
        }
        self.texts = texts;
    }
}

impl Slot {
    /// What two rosters have to agree on, beside the texts.
    fn told(&self) -> impl PartialEq + '_ {
        (
            (self.id, self.state, self.delivery, self.marks, self.birth, self.updated_at),
            (self.mother, self.desil_quarter, &self.judged, self.missing, self.unreadable, self.maybe_same),
        )
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
            occupation: String::new(),
            mother: String::new(),
            desil_quarter: None,
            judged: Turns::constant(payung_domain::Readiness::Incomplete),
            missing: 0,
            unreadable: false,
            maybe_same: false,
        }
    }

    fn today() -> CivilDate {
        CivilDate::new(2026, 11, 21).unwrap()
    }

    fn found(roster: &Roster, search: &str) -> Vec<i64> {
        roster.find(&ListQuery { search: search.to_owned(), ..ListQuery::default() }, 100, today()).1
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
        assert_eq!(roster.find(&ListQuery::default(), 500, today()).0, 200);
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
