//! The mark of looking like somebody else, kept with every change.

use super::decisions::decided;
use super::{Kin, Traits, undecided};
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::person::rows;
use crate::roster::{Line, Roster};
use crate::sql::{self, damaged};
use payung_domain::State;
use rusqlite::Connection;
use std::collections::{BTreeSet, HashMap};

/// What a transaction did to people, as far as it matters here.
pub(crate) struct Changed<'a> {
    /// Everybody before the transaction.
    pub(crate) roster: &'a Roster,
    /// To be compared although nothing about them changed.
    pub(crate) again: &'a BTreeSet<PersonId>,
    /// Whose rows are no longer there.
    pub(crate) gone: &'a BTreeSet<PersonId>,
}

/// Brings the marks up to date, in the rows and in `lines`, which are those that changed. Others whose mark changed with
/// them are added.
pub(crate) fn settle(
    db: &Connection,
    changed: &Changed<'_>,
    mut lines: Vec<Line>,
) -> Result<Vec<Line>, RegisterError> {
    let after = After::of(db, changed, &lines);
    let mut marks: HashMap<i64, bool> = HashMap::new();
    let mut look_again: BTreeSet<i64> = BTreeSet::new();
    for (place, line) in lines.iter().enumerate() {
        if !after.is_to_be_compared(place, line) {
            continue;
        }
        let partners = after.partners(&after.traits[place], is_cancelled(line))?;
        marks.insert(line.id, !partners.is_empty());
        look_again.extend(partners);
        look_again.extend(after.former_partners(line.id)?);
    }
    for id in changed.gone {
        look_again.extend(after.former_partners(id.0)?);
    }
    for id in look_again {
        if !marks.contains_key(&id)
            && let Some((traits, cancelled)) = after.traits_of(id)
        {
            marks.insert(id, !after.partners(&traits, cancelled)?.is_empty());
        }
    }
    for (id, mark) in marks {
        let known = after.place_of.get(&id).copied();
        let before = known.map_or_else(|| changed.roster.maybe_same(id), |place| lines[place].maybe_same);
        if before == mark {
            continue;
        }
        sql::run(db, include_str!("put_mark.sql"), (id, mark))?;
        match known {
            Some(place) => lines[place].maybe_same = mark,
            None => lines.push(rows::line(db, PersonId(id))?),
        }
    }
    Ok(lines)
}

/// Everybody as they will stand once the transaction is committed.
struct After<'a> {
    db: &'a Connection,
    changed: &'a Changed<'a>,
    /// Of the changed ones, by their place among the lines.
    traits: Vec<Traits>,
    cancelled: Vec<bool>,
    place_of: HashMap<i64, usize>,
    kin: Kin,
}

impl<'a> After<'a> {
    fn of(db: &'a Connection, changed: &'a Changed<'a>, lines: &[Line]) -> Self {
        let traits: Vec<Traits> = lines.iter().map(Traits::of_line).collect();
        let mut kin = Kin::default();
        for (place, traits) in traits.iter().enumerate() {
            kin.add(&traits.points, None, place as u32);
        }
        kin.settle();
        let place_of = lines.iter().enumerate().map(|(place, line)| (line.id, place)).collect();
        let cancelled = lines.iter().map(is_cancelled).collect();
        Self { db, changed, traits, cancelled, place_of, kin }
    }

    fn is_to_be_compared(&self, place: usize, line: &Line) -> bool {
        line.maybe_same
            || self.changed.again.contains(&PersonId(line.id))
            || self.changed.roster.is_cancelled(line.id) != is_cancelled(line)
            || self.changed.roster.traits(line.id).is_none_or(|before| before != self.traits[place])
    }

    /// Everybody who looks like this person and of whom nobody has decided.
    fn partners(&self, traits: &Traits, cancelled: bool) -> Result<Vec<i64>, RegisterError> {
        let mut partners = Vec::new();
        if cancelled || traits.name.is_empty() {
            return Ok(partners);
        }
        let mut places = self.kin.of(&traits.points);
        places.sort_unstable();
        places.dedup();
        let inside = places.into_iter().map(|place| place as usize).filter(|place| !self.cancelled[*place]);
        for other in inside.map(|place| &self.traits[place]) {
            self.note(traits, other, &mut partners)?;
        }
        let roster = self.changed.roster;
        let outside =
            |id: &i64| !self.place_of.contains_key(id) && !self.changed.gone.contains(&PersonId(*id));
        for id in roster.candidates(&traits.points).into_iter().filter(outside) {
            if let Some(other) = roster.traits(id) {
                self.note(traits, &other, &mut partners)?;
            }
        }
        Ok(partners)
    }

    fn note(&self, one: &Traits, other: &Traits, partners: &mut Vec<i64>) -> Result<(), RegisterError> {
        if one.id != other.id
            && one.alike(other).is_some()
            && !decided(self.db, PersonId(one.id), PersonId(other.id))?
        {
            partners.push(other.id);
        }
        Ok(())
    }

    /// Those who carry a mark, perhaps because of how this person was before.
    fn former_partners(&self, id: i64) -> Result<Vec<i64>, RegisterError> {
        let roster = self.changed.roster;
        match roster.traits(id) {
            Some(before) if roster.maybe_same(id) => {
                let alike = |other: &i64| {
                    *other != id && roster.traits(*other).is_some_and(|other| before.alike(&other).is_some())
                };
                Ok(roster.candidates(&before.points).into_iter().filter(alike).collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    fn traits_of(&self, id: i64) -> Option<(Traits, bool)> {
        match self.place_of.get(&id) {
            Some(place) => Some((self.traits[*place].clone(), self.cancelled[*place])),
            None if self.changed.gone.contains(&PersonId(id)) => None,
            None => Some((self.changed.roster.traits(id)?, self.changed.roster.is_cancelled(id))),
        }
    }
}

/// A mistake is nobody: it looks like nobody, and nobody looks like it.
fn is_cancelled(line: &Line) -> bool {
    line.state == State::Cancelled
}

/// That every mark is what comparing says.
pub(crate) fn prove(db: &Connection, roster: &Roster) -> Result<(), RegisterError> {
    for id in roster.ids() {
        let Some(traits) = roster.traits(id) else { continue };
        let alike = !roster.is_cancelled(id) && !undecided(db, roster, &traits)?.is_empty();
        if alike != roster.maybe_same(id) {
            return Err(damaged(&format!("likeness of person {id}")));
        }
    }
    Ok(())
}
