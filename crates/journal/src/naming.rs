//! What an entry names. A name is a place: a series and a sequence number. Where a disk was cloned, several entries were
//! written for one place; a *mark* beside the name tells which of them is meant.

use crate::entry::Entry;
use crate::event::{Continues, Event};
use crate::ids::{EntityId, SeriesId};
use payung_keys::sha256;
use std::fmt;

/// Series that continue each other in a longer row than this are damage, or a ring.
const DEPTH_MAX: usize = 64;

/// The first two bytes of SHA-256 over the body of the entry that is named. One in 65,536 others would bear the same: enough
/// to tell branches apart, too few to prove what an erased entry said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mark(pub [u8; 2]);

impl Mark {
    pub fn of(body: &[u8]) -> Self {
        let [first, second, ..] = sha256(&[body]);
        Self([first, second])
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mark({})", payung_keys::hex(&self.0))
    }
}

impl Event {
    /// Every place that the event names, to be read or replaced.
    pub fn each_name(&mut self, take: &mut dyn FnMut(&mut EntityId)) {
        match self {
            Self::PersonCorrected { person, base, also, .. } => {
                take(person);
                take(base);
                also.iter_mut().for_each(take);
            }
            Self::PersonEnded { person, base, .. } => {
                take(person);
                take(base);
            }
            Self::StatementSigned { statement } => {
                for (person, version) in &mut statement.people {
                    take(person);
                    take(version);
                }
                statement.struck.iter_mut().for_each(|(person, _)| take(person));
                statement.replaces.iter_mut().for_each(take);
            }
            Self::StatementStamped { statement, .. }
            | Self::StatementWithdrawn { statement, .. }
            | Self::StatementTimestamped { statement, .. }
            | Self::StampRefused { statement, .. } => take(statement),
            Self::Answered { person, version, .. } | Self::NikHeldElsewhere { person, version, .. } => {
                take(person);
                take(version);
            }
            Self::Attached { about, .. } => take(about),
            Self::AttachmentRemoved { attached, .. } => take(attached),
            Self::SeriesOpened { .. }
            | Self::PersonReleased { .. }
            | Self::HeadKeyIntroduced { .. }
            | Self::HeadCertified { .. }
            | Self::HeadRevoked { .. }
            | Self::AttachmentRefused { .. }
            | Self::DeviceRevoked { .. }
            | Self::Trail { .. }
            | Self::Unknown { .. } => {}
        }
    }

    /// Every place that the event names, once, in the order in which they are first named.
    pub fn names(&self) -> Vec<EntityId> {
        let mut names = Vec::new();
        // The commonest event names nobody, and is large to copy.
        if !matches!(self, Self::PersonReleased { .. }) {
            let mut seen = std::collections::BTreeSet::new();
            self.clone().each_name(&mut |name| {
                if seen.insert(*name) {
                    names.push(*name);
                }
            });
        }
        names
    }
}

impl Entry {
    /// What the entry names, each with its mark where it has one.
    pub fn names(&self) -> Vec<(EntityId, Option<Mark>)> {
        let names = self.event.names();
        let marks = self.marks.iter().filter(|_| self.marks.len() == names.len());
        let marks: Vec<Option<Mark>> = marks.map(|mark| Some(*mark)).collect();
        let missing = std::iter::repeat(None);
        names.into_iter().zip(marks.into_iter().chain(missing)).collect()
    }

    /// The same, marked for whoever reads it: where anything is named that stands in another series than `own`, every name
    /// gets its mark. `mark_of` knows the entries named; where it lacks one, there are no marks.
    pub fn marked<E>(
        mut self,
        own: SeriesId,
        mut mark_of: impl FnMut(EntityId) -> Result<Option<Mark>, E>,
    ) -> Result<Self, E> {
        let names = self.event.names();
        if names.iter().all(|name| name.series == own) {
            return Ok(self);
        }
        let marks: Option<Vec<Mark>> = names.into_iter().map(&mut mark_of).collect::<Result<_, E>>()?;
        self.marks = marks.unwrap_or_default();
        Ok(self)
    }
}

/// A series whose entries 2 to `count + 1` stood in another one before, after a place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    pub series: SeriesId,
    pub after: EntityId,
    pub count: u64,
}

impl Again {
    /// Where it holds the entry that stood at that place.
    pub fn holds(&self, stood: EntityId) -> Option<EntityId> {
        let k = stood.seq.checked_sub(self.after.seq).filter(|k| (1..=self.count).contains(k))?;
        (stood.series == self.after.series).then_some(EntityId::new(self.series, k + 1))
    }

    /// Where the entry stood that it holds at that place.
    pub fn stood(&self, id: EntityId) -> Option<EntityId> {
        let k = id.seq.checked_sub(1).filter(|k| (1..=self.count).contains(k))?;
        (id.series == self.series).then_some(EntityId::new(self.after.series, self.after.seq + k))
    }
}

impl Continues {
    /// Whether the series with this continuation holds entries of the old one again.
    pub fn again(&self, series: SeriesId) -> Option<Again> {
        let after = EntityId::new(self.series, self.seq);
        (self.reentered > 0).then_some(Again { series, after, count: self.reentered })
    }
}

/// What a reader holds of a village.
pub trait Shelf {
    type Error;

    /// Whether an entry is here that others may mean.
    fn here(&self, id: EntityId) -> Result<bool, Self::Error>;
    /// The mark of an entry that is here; `None` where its body was erased.
    fn mark(&self, id: EntityId) -> Result<Option<Mark>, Self::Error>;
    /// Whether that series holds entries of another one again.
    fn again(&self, series: SeriesId) -> Result<Option<Again>, Self::Error>;
    /// Every series of the village that does.
    fn all_again(&self) -> Result<Vec<Again>, Self::Error>;
}

/// What a name means to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    Here(EntityId),
    /// It has not come yet: what stands at this place, if anything, is another entry.
    Awaited(EntityId),
}

impl Meant {
    pub const fn here(self) -> Option<EntityId> {
        match self {
            Self::Here(place) => Some(place),
            Self::Awaited(_) => None,
        }
    }

    pub const fn place(self) -> EntityId {
        match self {
            Self::Here(place) | Self::Awaited(place) => place,
        }
    }
}

/// What a place means that the entry at `at` names. Entries keep their bytes when they come again in a new series, so what
/// they say about the lost branch means its new places; everything else means itself, where the mark is that of the entry
/// there, or else the same entry where it came again.
pub fn meant<S: Shelf>(
    shelf: &S,
    at: EntityId,
    (name, mark): (EntityId, Option<Mark>),
) -> Result<Meant, S::Error> {
    let place = moved(shelf, at, name, DEPTH_MAX)?;
    let here = shelf.here(place)?;
    // Beside the entry itself stands what it meant.
    let Some(mark) = mark.filter(|_| place == name) else {
        return Ok(if here { Meant::Here(place) } else { Meant::Awaited(place) });
    };
    if here && shelf.mark(place)?.is_none_or(|found| found == mark) {
        return Ok(Meant::Here(place));
    }
    for other in came_again(shelf, place)? {
        if shelf.here(other)? && shelf.mark(other)? == Some(mark) {
            return Ok(Meant::Here(other));
        }
    }
    Ok(Meant::Awaited(place))
}

/// Every place before, where an entry came again, perhaps more than once.
pub fn stood<S: Shelf>(shelf: &S, id: EntityId) -> Result<Vec<EntityId>, S::Error> {
    let mut places = Vec::new();
    let mut at = id;
    while places.len() < DEPTH_MAX
        && let Some(before) = shelf.again(at.series)?.and_then(|again| again.stood(at))
    {
        places.push(before);
        at = before;
    }
    Ok(places)
}

fn moved<S: Shelf>(shelf: &S, at: EntityId, name: EntityId, depth: usize) -> Result<EntityId, S::Error> {
    let Some(again) = shelf.again(at.series)?.filter(|_| depth > 0) else { return Ok(name) };
    let Some(stood) = again.stood(at) else { return Ok(name) };
    let name = moved(shelf, stood, name, depth - 1)?;
    Ok(again.holds(name).unwrap_or(name))
}

/// Where the entry that stood at a place may stand now.
fn came_again<S: Shelf>(shelf: &S, place: EntityId) -> Result<Vec<EntityId>, S::Error> {
    let all = shelf.all_again()?;
    let mut places = vec![place];
    let mut looked = 0;
    while let Some(stood) = places.get(looked).copied() {
        looked += 1;
        for found in all.iter().filter_map(|again| again.holds(stood)) {
            if !places.contains(&found) {
                places.push(found);
            }
        }
    }
    places.remove(0);
    Ok(places)
}
