//! Entries that stand in two series: copies of one disk entered the same lost branch again, each for itself. By the oracle's
//! own reading of docs/PROTOCOL.md, section 11: what stood at one place and is the same to the byte is one entry.

use crate::ledger::Bodies;
use payung_journal::{Continues, EntityId, Entry, Event, SeriesId};
use std::collections::{BTreeMap, BTreeSet};

/// Every series that devices wrote, each with its bodies from the first one on.
pub type Written = Vec<(SeriesId, Vec<Vec<u8>>)>;

/// Where an entry stood before it was entered again.
fn stood(of: Option<Continues>, id: EntityId) -> EntityId {
    match of {
        Some(of) if (2..=of.reentered + 1).contains(&id.seq) => EntityId::new(of.series, of.seq + id.seq - 1),
        _ => id,
    }
}

fn each(written: &Written) -> impl Iterator<Item = (EntityId, EntityId, &[u8])> {
    written.iter().flat_map(|(series, bodies)| {
        let opened = bodies.first().and_then(|body| Entry::decode(body).ok()).map(|entry| entry.event);
        let of = match opened {
            Some(Event::SeriesOpened { continues, .. }) => continues,
            _ => None,
        };
        (1..).zip(bodies).map(move |(seq, body)| {
            let id = EntityId::new(*series, seq);
            (id, stood(of, id), body.as_slice())
        })
    })
}

/// How often each body was said.
pub fn said(written: &Written) -> Bodies {
    let mut seen = BTreeSet::new();
    let mut said = Bodies::new();
    for (_, stood, body) in each(written) {
        if seen.insert((stood, body)) {
            *said.entry(body.to_vec()).or_default() += 1;
        }
    }
    said
}

/// One name for each entry, whichever of its names somebody uses.
#[derive(Default)]
pub struct Names(BTreeMap<EntityId, EntityId>);

impl Names {
    pub fn of(written: &Written) -> Self {
        let mut first = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (id, stood, body) in each(written) {
            let first = *first.entry((stood, body)).or_insert(id);
            if first != id {
                names.insert(id, first);
            }
        }
        Self(names)
    }

    /// Entries that were said before.
    pub fn twins(&self) -> usize {
        self.0.len()
    }

    pub fn one(&self, id: EntityId) -> EntityId {
        self.0.get(&id).copied().unwrap_or(id)
    }
}
