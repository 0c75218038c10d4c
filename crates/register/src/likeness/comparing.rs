//! Whose mark a transaction changes: of those who changed, of those who looked like them, and of groups that became too
//! large to say anything, or small enough.

use super::people::{People, Who};
use super::traits::{Key, Traits};
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::importing::{ROWS_BETWEEN_LOOKS, look};
use crate::roster::{Line, Roster};
use payung_domain::Watch;
use std::collections::{BTreeSet, HashSet};

/// What a transaction did to people, as far as it matters here.
pub(crate) struct Changed<'a> {
    /// Everybody before the transaction.
    pub(crate) roster: &'a Roster,
    /// To be compared although nothing about them changed.
    pub(crate) again: &'a BTreeSet<PersonId>,
    /// Whose rows are no longer there.
    pub(crate) gone: &'a BTreeSet<PersonId>,
}

/// Whether somebody decided that two are not the same.
type Decided<'a> = &'a dyn Fn(i64, i64) -> Result<bool, RegisterError>;

/// Works out the marks that a transaction leaves; writes nothing.
pub(crate) struct Comparing<'a> {
    changed: &'a Changed<'a>,
    before: People<'a>,
    after: People<'a>,
    decided: Decided<'a>,
    /// Whose likeness may have changed with what they are, in order.
    compared: Chosen,
    /// Whoever is known to look like somebody.
    alike: Chosen,
    /// Whoever is marked, perhaps because of somebody who was compared.
    look_again: Chosen,
    found: Vec<(Key, Who)>,
}

impl<'a> Comparing<'a> {
    pub(crate) fn of(
        changed: &'a Changed<'a>,
        lines: &[Line],
        group_max: usize,
        decided: Decided<'a>,
    ) -> Self {
        let gone = changed.gone.iter().map(|id| id.0);
        let mut comparing = Self {
            changed,
            before: People::of(changed.roster, group_max),
            after: People::of(changed.roster, group_max).with(lines, gone),
            decided,
            compared: Chosen::default(),
            alike: Chosen::default(),
            look_again: Chosen::default(),
            found: Vec::new(),
        };
        let places = (0..lines.len()).filter(|place| comparing.is_to_be_compared(*place, &lines[*place]));
        let compared: Vec<Who> = places.map(Who::Line).chain(comparing.crossed(lines)).collect();
        compared.into_iter().for_each(|who| comparing.compared.add(who));
        comparing
    }

    /// Everybody whose mark may be another one now, with the mark they are to have.
    pub(crate) fn marks(mut self, watch: &dyn Watch) -> Result<Vec<(Who, bool)>, RegisterError> {
        let mut compared: Vec<Who> = self.compared.iter().collect();
        compared.sort_unstable();
        let total = compared.len() + self.changed.gone.len();
        for (done, who) in compared.iter().enumerate() {
            look(watch, done, total)?;
            let traits = self.after.traits(*who);
            self.find_alike(*who, &traits)?;
            self.remember_former(traits.id);
        }
        for (done, id) in (compared.len()..).zip(self.changed.gone) {
            look(watch, done, total)?;
            self.remember_former(id.0);
        }
        let again: Vec<Who> = self.look_again.iter().collect();
        for (done, who) in again.iter().enumerate() {
            if done.is_multiple_of(ROWS_BETWEEN_LOOKS) && !watch.at(total as u64, total as u64) {
                return Err(RegisterError::Stopped);
            }
            if !self.alike.has(*who)
                && is_alike(&self.after, &self.after.traits(*who), self.decided, &mut self.found)?
            {
                self.alike.add(*who);
            }
        }
        // Others than these who are alike now, too.
        let others: Vec<Who> = self.alike.iter().collect();
        let all: BTreeSet<Who> = compared.into_iter().chain(again).chain(others).collect();
        Ok(all.into_iter().map(|who| (who, self.alike.has(who))).collect())
    }

    fn is_to_be_compared(&self, place: usize, line: &Line) -> bool {
        let before = self.before.find(line.id);
        let who = Who::Line(place);
        line.maybe_same
            || self.changed.again.contains(&PersonId(line.id))
            || before.is_none_or(|before| {
                self.before.counts(before) != self.after.counts(who)
                    || self.before.traits(before) != self.after.traits(who)
            })
    }

    /// Whoever has a trait that too many had before, or too many have now. One of the two groups is small.
    fn crossed(&self, lines: &[Line]) -> Vec<Who> {
        let lines = (0..lines.len()).map(|place| (lines[place].id, Some(Who::Line(place))));
        let gone = self.changed.gone.iter().map(|id| (id.0, None));
        let mut crossed: HashSet<Key> = HashSet::new();
        for (id, after) in lines.chain(gone) {
            let keys = |people: &People<'_>, who: Option<Who>| -> Vec<Key> {
                let points = who.filter(|who| people.counts(*who)).map(|who| people.points(who));
                points.iter().flat_map(|points| points.keys()).collect()
            };
            let (had, has) = (keys(&self.before, self.before.find(id)), keys(&self.after, after));
            let left = had.iter().filter(|key| !has.contains(key));
            let came = has.iter().filter(|key| !had.contains(key));
            let crosses = |key: &&Key| self.before.is_crowded(**key) != self.after.is_crowded(**key);
            crossed.extend(left.chain(came).filter(crosses));
        }
        let people =
            |key: &Key| [(&self.before, self.before.group(*key)), (&self.after, self.after.group(*key))];
        let both = crossed.iter().flat_map(people);
        let ids = both.flat_map(|(people, group)| group.into_iter().map(|who| people.id(who)));
        ids.filter_map(|id| self.after.find(id)).collect()
    }

    /// Marks whoever looks like somebody compared, and them. A pair of which both are known to be alike is not looked at:
    /// where all are alike, few pairs are.
    fn find_alike(&mut self, one: Who, traits: &Traits) -> Result<(), RegisterError> {
        if !self.after.counts(one) || traits.name.is_empty() {
            return Ok(());
        }
        let mut found = std::mem::take(&mut self.found);
        let telling = self.after.beside(&traits.points, &mut found);
        let mut known = self.alike.has(one);
        for (key, other) in &found {
            let compared = self.compared.has(*other);
            let marked = || match other {
                // They are looked at again if it may no longer hold.
                Who::Slot(slot) => !compared && self.changed.roster.maybe_same(*slot),
                Who::Line(_) => false,
            };
            if compared && *other < one || known && (marked() || self.alike.has(*other)) {
                continue;
            }
            if self.after.compare(traits, &telling, *key, *other).is_some()
                && !(self.decided)(traits.id, self.after.id(*other))?
            {
                self.alike.add(*other);
                known = true;
            }
        }
        if known {
            self.alike.add(one);
        }
        self.found = found;
        Ok(())
    }

    /// Those who carry a mark, perhaps because of how this person was before.
    fn remember_former(&mut self, id: i64) {
        let roster = self.changed.roster;
        let Some(slot) = roster.slot_of(id).filter(|slot| roster.maybe_same(*slot)) else { return };
        let traits = roster.traits(slot);
        let telling = self.before.beside(&traits.points, &mut self.found);
        for (key, other) in &self.found {
            let Who::Slot(marked) = *other else { continue };
            // Whoever changed and is marked is compared anyway.
            if roster.maybe_same(marked)
                && !self.after.hides(marked)
                && !self.compared.has(*other)
                && !self.look_again.has(*other)
                && self.before.compare(&traits, &telling, *key, *other).is_some()
            {
                self.look_again.add(*other);
            }
        }
    }
}

/// Whether anybody looks like this person and nobody has decided.
pub(super) fn is_alike(
    people: &People<'_>,
    traits: &Traits,
    decided: Decided<'_>,
    found: &mut Vec<(Key, Who)>,
) -> Result<bool, RegisterError> {
    let telling = people.beside(&traits.points, found);
    for (key, other) in found.iter() {
        if people.compare(traits, &telling, *key, *other).is_some() && !decided(traits.id, people.id(*other))?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Some of those who are there, told quickly.
#[derive(Default)]
struct Chosen {
    /// By their place; as far as anybody was added.
    lines: Vec<bool>,
    slots: HashSet<u32>,
}

impl Chosen {
    fn add(&mut self, who: Who) {
        match who {
            Who::Line(place) => {
                if self.lines.len() <= place {
                    self.lines.resize(place + 1, false);
                }
                self.lines[place] = true;
            }
            Who::Slot(slot) => {
                self.slots.insert(slot);
            }
        }
    }

    fn has(&self, who: Who) -> bool {
        match who {
            Who::Line(place) => self.lines.get(place).copied().unwrap_or(false),
            Who::Slot(slot) => self.slots.contains(&slot),
        }
    }

    fn iter(&self) -> impl Iterator<Item = Who> + '_ {
        let places = self.lines.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(place, _)| place);
        places.map(Who::Line).chain(self.slots.iter().copied().map(Who::Slot))
    }
}
