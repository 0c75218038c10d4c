//! What comparing people asks of the roster.

use super::texts::SEPARATOR;
use super::{Roster, UNKNOWN_BIRTH};
use crate::likeness::{Kin, Name, Points, Traits};
use payung_domain::State;

impl Roster {
    pub(crate) fn kin(&self) -> &Kin {
        &self.kin
    }

    /// Everybody's slot, in no order.
    pub(crate) fn people(&self) -> impl Iterator<Item = u32> + '_ {
        self.slot_of.values().copied()
    }

    pub(crate) fn slot_of(&self, id: i64) -> Option<u32> {
        self.slot_of.get(&id).copied()
    }

    pub(crate) fn id_of(&self, slot: u32) -> i64 {
        self.slots[slot as usize].id
    }

    /// Neither gone nor cancelled.
    pub(crate) fn counts_as_somebody(&self, slot: u32) -> bool {
        let person = &self.slots[slot as usize];
        !person.gone && person.state != State::Cancelled
    }

    /// Whether somebody is marked as looking like another one.
    pub(crate) fn maybe_same(&self, slot: u32) -> bool {
        self.slots[slot as usize].maybe_same
    }

    pub(crate) fn traits(&self, slot: u32) -> Traits {
        Traits { id: self.id_of(slot), name: self.name_of(slot), points: self.points(slot) }
    }

    pub(crate) fn name_of(&self, slot: u32) -> Name {
        let text = std::str::from_utf8(self.text_of(slot)).unwrap_or_default();
        Name::of(text.split(char::from(SEPARATOR)).nth(1).unwrap_or_default())
    }

    pub(crate) fn points(&self, slot: u32) -> Points {
        let person = &self.slots[slot as usize];
        let mut numbers = self.text_of(slot).rsplit(|byte| *byte == SEPARATOR);
        let (kk, nik) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
        let birth = (person.birth != UNKNOWN_BIRTH).then_some(person.birth);
        Points::of(birth, person.mother, nik, kk)
    }
}
