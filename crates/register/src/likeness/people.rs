//! Everybody at one moment, and who of them is compared with whom.
//!
//! Two are compared if they share a birth date, a mother, a KK or nearly a NIK, and no more people than [`GROUP_MAX`]
//! have it. What more have, a placeholder date or the one mother of a whole file, says nothing about anybody, and
//! comparing by it would take the square of their number. Whoever is cancelled does not count. Once two are compared,
//! everything that they share speaks for them.

use super::Kin;
use super::kin::Having;
use super::traits::{Key, Likeness, Points, Shared, Traits};
use crate::roster::{Line, Roster};
use payung_domain::State;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Most people who share a birth date, a mother, a KK or a NIK and are compared because of it. A village of 10,000 has
/// no 1,000 mothers of one name.
pub(crate) const GROUP_MAX: usize = 1_000;

/// Those who changed stand first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Who {
    /// By the place among the lines that changed.
    Line(usize),
    /// As they stand in the roster.
    Slot(u32),
}

pub(super) struct People<'a> {
    pub(super) roster: &'a Roster,
    lines: Lines,
    group_max: usize,
    /// Of traits that too many may have: those who really have it, or nothing where they are too many.
    large: RefCell<HashMap<Key, Option<Rc<[Who]>>>>,
}

/// What stands otherwise than in the roster.
#[derive(Default)]
struct Lines {
    traits: Vec<Traits>,
    cancelled: Vec<bool>,
    place_of: HashMap<i64, usize>,
    kin: Kin,
    /// Slots of those who changed or are gone.
    hidden: HashSet<u32>,
}

/// Which traits of somebody say something.
#[derive(Clone, Copy, Default)]
pub(super) struct Telling {
    birth: bool,
    mother: bool,
    kk: bool,
}

impl<'a> People<'a> {
    pub(super) fn of(roster: &'a Roster, group_max: usize) -> Self {
        Self { roster, lines: Lines::default(), group_max, large: RefCell::default() }
    }

    /// As they stand with `lines` in place of what the roster says, and without those who are gone.
    pub(super) fn with(self, lines: &[Line], gone: impl Iterator<Item = i64>) -> Self {
        let traits: Vec<Traits> = lines.iter().map(Traits::of_line).collect();
        let mut kin = Kin::default();
        for (place, traits) in traits.iter().enumerate() {
            kin.add(&traits.points, None, place as u32);
        }
        kin.settle();
        let changed = lines.iter().map(|line| line.id).chain(gone);
        let lines = Lines {
            traits,
            // A mistake is nobody: it looks like nobody, and nobody looks like it.
            cancelled: lines.iter().map(|line| line.state == State::Cancelled).collect(),
            place_of: lines.iter().enumerate().map(|(place, line)| (line.id, place)).collect(),
            kin,
            hidden: changed.filter_map(|id| self.roster.slot_of(id)).collect(),
        };
        Self { lines, large: RefCell::default(), ..self }
    }

    /// Nobody where they are gone.
    pub(super) fn find(&self, id: i64) -> Option<Who> {
        match self.lines.place_of.get(&id) {
            Some(place) => Some(Who::Line(*place)),
            None => self.roster.slot_of(id).filter(|slot| !self.hides(*slot)).map(Who::Slot),
        }
    }

    /// Whether whoever stands in the slot changed, or is gone.
    pub(super) fn hides(&self, slot: u32) -> bool {
        self.lines.hidden.contains(&slot)
    }

    /// Whether somebody is there and not cancelled.
    pub(super) fn counts(&self, who: Who) -> bool {
        match who {
            Who::Line(place) => !self.lines.cancelled[place],
            Who::Slot(slot) => self.roster.counts_as_somebody(slot) && !self.hides(slot),
        }
    }

    pub(super) fn id(&self, who: Who) -> i64 {
        match who {
            Who::Line(place) => self.lines.traits[place].id,
            Who::Slot(slot) => self.roster.id_of(slot),
        }
    }

    pub(super) fn traits(&self, who: Who) -> Traits {
        match who {
            Who::Line(place) => self.lines.traits[place].clone(),
            Who::Slot(slot) => self.roster.traits(slot),
        }
    }

    pub(super) fn points(&self, who: Who) -> Points {
        match who {
            Who::Line(place) => self.lines.traits[place].points,
            Who::Slot(slot) => self.roster.points(slot),
        }
    }

    /// Whether too many have it.
    pub(super) fn is_crowded(&self, key: Key) -> bool {
        self.are_many(&self.having(key)) && self.of_large(key).is_none()
    }

    /// Everybody who has it; nobody where they are too many.
    pub(super) fn group(&self, key: Key) -> Vec<Who> {
        let mut found = Vec::new();
        self.gather(key, |who| found.push(who));
        found.retain(|who| self.counts(*who) && self.points(*who).has(key));
        found
    }

    /// Whom to compare with whoever has these points, each with the trait because of which; some do not have it.
    pub(super) fn beside(&self, points: &Points, found: &mut Vec<(Key, Who)>) -> Telling {
        found.clear();
        let mut telling = Telling::default();
        for key in points.keys() {
            match key {
                Key::Birth(_) => telling.birth = self.gather(key, |who| found.push((key, who))),
                Key::Mother(_) => telling.mother = self.gather(key, |who| found.push((key, who))),
                Key::Kk(_) => telling.kk = self.gather(key, |who| found.push((key, who))),
                Key::Nik(number) if !self.is_crowded(key) => {
                    for key in number.neighbours().map(Key::Nik) {
                        self.gather(key, |who| found.push((key, who)));
                    }
                }
                Key::Nik(_) => {}
            }
        }
        telling
    }

    /// Whether the two are alike, and it was for `key` that they are compared: of everything they share, one is, so that
    /// each pair is looked at once. Names, which take the longest, come last.
    pub(super) fn compare(&self, one: &Traits, telling: &Telling, key: Key, who: Who) -> Option<Likeness> {
        if !self.counts(who) || self.id(who) == one.id {
            return None;
        }
        let other = self.points(who);
        if !other.has(key) {
            return None;
        }
        let shared = Shared::of(&one.points, &other).filter(|shared| telling.first(shared, key))?;
        let nearness = match who {
            Who::Line(place) => one.name.nearness(&self.lines.traits[place].name),
            Who::Slot(slot) => one.name.nearness(&self.roster.name_of(slot)),
        };
        shared.with_name(nearness)
    }

    /// Whoever may have it, unless too many do; whether it says something.
    fn gather(&self, key: Key, mut take: impl FnMut(Who)) -> bool {
        let having = self.having(key);
        if !self.are_many(&having) {
            all(&having).for_each(take);
            return true;
        }
        let group = self.of_large(key);
        group.iter().flat_map(|group| group.iter()).for_each(|who| take(*who));
        group.is_some()
    }

    fn having(&self, key: Key) -> [Having<'_>; 2] {
        [self.lines.kin.of(key), self.roster.kin().of(key)]
    }

    /// Whether they have to be counted one by one.
    fn are_many(&self, having: &[Having<'_>; 2]) -> bool {
        having.iter().map(Having::count).sum::<usize>() > self.group_max
    }

    fn of_large(&self, key: Key) -> Option<Rc<[Who]>> {
        if let Some(known) = self.large.borrow().get(&key) {
            return known.clone();
        }
        let having = self.having(key);
        let real = all(&having).filter(|who| self.counts(*who) && self.points(*who).has(key));
        let group: Vec<Who> = real.take(self.group_max + 1).collect();
        let group: Option<Rc<[Who]>> = (group.len() <= self.group_max).then(|| group.into());
        self.large.borrow_mut().insert(key, group.clone());
        group
    }
}

fn all<'h>([lines, slots]: &'h [Having<'_>; 2]) -> impl Iterator<Item = Who> + 'h {
    lines.slots().map(|place| Who::Line(place as usize)).chain(slots.slots().map(Who::Slot))
}

impl Telling {
    fn first(&self, shared: &Shared, key: Key) -> bool {
        let birth = self.birth && shared.birth;
        let mother = birth || self.mother && shared.mother;
        match key {
            Key::Birth(_) => true,
            Key::Mother(_) => !birth,
            Key::Kk(_) => !mother,
            Key::Nik(_) => !(mother || self.kk && shared.kk),
        }
    }
}
