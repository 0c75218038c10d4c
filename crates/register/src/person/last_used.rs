//! What was typed a moment ago and may be so again: the next person of the same house or field.

use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::person::rows;
use crate::register::Register;
use payung_domain::{Field, FieldValues};
use payung_journal::TrailKind;

/// What the one who has the register open typed last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastUsed {
    /// Where somebody lives, all of one person.
    pub address: FieldValues,
    /// Where and as what somebody works, all of one person.
    pub work: FieldValues,
}

const ADDRESS: &[Field] = &[Field::Address, Field::Rt, Field::Rw, Field::Hamlet];
const WORK: &[Field] = &[Field::Occupation, Field::OccupationDetail, Field::Workplace];
/// How far back is looked in the trail.
const TRAIL_LINES_MAX: u64 = 2_000;

impl Register {
    /// Of the people whom the one who has the register open typed in last: of the newest who has them the address, and
    /// of the newest who has one the work. `except`: the person who is being typed in now.
    pub fn last_used(&self, except: Option<PersonId>) -> Result<LastUsed, RegisterError> {
        let mut last = LastUsed::default();
        let mut seen = Vec::new();
        for line in self.trail(TRAIL_LINES_MAX)? {
            let subject = line.subject.and_then(|subject| i64::try_from(subject).ok()).map(PersonId);
            let Some(person) = subject.filter(|_| {
                line.what == TrailKind::DraftChanged
                    && line.actor == self.actor.name
                    && !line.fields.is_empty()
            }) else {
                continue;
            };
            if Some(person) == except || seen.contains(&person) {
                continue;
            }
            seen.push(person);
            let values = match rows::load(&self.db, person) {
                Ok(record) => record.shown(),
                // An import was undone since.
                Err(RegisterError::NoSuchPerson) => continue,
                Err(error) => return Err(error),
            };
            for (kept, fields) in [(&mut last.address, ADDRESS), (&mut last.work, WORK)] {
                if kept.is_empty() {
                    *kept = only(&values, fields);
                }
            }
            if !last.address.is_empty() && !last.work.is_empty() {
                break;
            }
        }
        Ok(last)
    }
}

fn only(values: &FieldValues, fields: &[Field]) -> FieldValues {
    fields.iter().filter_map(|field| values.text(*field).map(|text| (*field, text.to_owned()))).collect()
}
