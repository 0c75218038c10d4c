//! How many a filter would show, before anybody chooses it.

use super::Roster;
use super::filter::Views;
use crate::person::judged::field_bit;
use crate::person::{Facets, View};
use payung_domain::{CivilDate, Field, Readiness};

const READINESS: [Readiness; 3] = [Readiness::Attestable, Readiness::WithNotes, Readiness::Incomplete];

impl Roster {
    /// Of everybody who has not ended.
    pub(crate) fn facets(&self, today: CivilDate) -> Facets {
        let asked = Views::on(today);
        let mut views = View::ALL.map(|view| (view, 0));
        let mut readiness = READINESS.map(|readiness| (readiness, 0));
        let mut occupations = vec![0; self.occupations.len()];
        let mut hamlets = vec![0; self.hamlets.len()];
        let mut missing = [0u64; 64];
        for person in self.slots.iter().filter(|person| !person.gone && !person.ended()) {
            for (view, count) in &mut views {
                *count += u64::from(asked.has(*view, person));
            }
            let verdict = person.judged.on(asked.today);
            for (known, count) in &mut readiness {
                *count += u64::from(*known == verdict);
            }
            occupations[person.occupation as usize] += 1;
            hamlets[person.hamlet as usize] += 1;
            let mut bits = person.missing;
            while bits != 0 {
                missing[bits.trailing_zeros() as usize] += 1;
                bits &= bits - 1;
            }
        }
        let missing_of = |field: Field| missing[field_bit(field).trailing_zeros() as usize];
        Facets {
            views,
            occupations: self.occupations.counted(&occupations),
            hamlets: self.hamlets.counted(&hamlets),
            missing: Field::ALL
                .iter()
                .map(|field| (*field, missing_of(*field)))
                .filter(|(_, count)| *count > 0)
                .collect(),
            readiness: readiness.into_iter().filter(|(_, count)| *count > 0).collect(),
        }
    }
}
