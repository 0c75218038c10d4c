//! What a list of thousands needs of a judgement: no words, but also what time alone will change.

use super::rules::{decides, is_known, is_needed, is_unreadable, outcome};
use crate::judgement::{Context, Outcome};
use crate::regulation::{Kind, Regulation};
use payung_domain::{CivilDate, Facts, Field, Readiness, Reading};

/// The readiness of a person whose fields stay as they are, through all time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    pub first: Readiness,
    /// What it becomes by time alone, in order; each differs from the one before it.
    pub turns: Vec<(CivilDate, Readiness)>,
}

impl Outlook {
    /// As [`super::judge`] says it of that day.
    pub fn on(&self, day: CivilDate) -> Readiness {
        self.turns.iter().rev().find(|(from, _)| *from <= day).map_or(self.first, |(_, becomes)| *becomes)
    }
}

/// Judges without a statement, on every day at once.
pub fn outlook(regulation: &Regulation, reading: &Reading) -> Outlook {
    let on = |day| super::readiness_on(regulation, reading, &Context::on(day));
    let first = on(CivilDate::FIRST);
    let mut turns: Vec<(CivilDate, Readiness)> = Vec::new();
    for day in turning_days(regulation, &reading.facts) {
        let becomes = on(day);
        if turns.last().map_or(first, |(_, last)| *last) != becomes {
            turns.push((day, becomes));
        }
    }
    Outlook { first, turns }
}

/// The days on which a rule may begin to read the same facts otherwise, in order.
fn turning_days(regulation: &Regulation, facts: &Facts) -> Vec<CivilDate> {
    let mut days = Vec::new();
    for rule in &regulation.rules {
        match &rule.kind {
            Kind::AgeBetween { min, max, .. } => {
                let birth = facts.birth_date;
                days.extend(birth);
                days.extend(birth.and_then(|birth| birth.birthday(*min)));
                days.extend(birth.and_then(|birth| birth.birthday(max + 1)));
            }
            Kind::NoCoverFrom { .. } | Kind::CoverOnlyFrom { .. } => {
                let covers = facts.other_cover.iter().flatten();
                days.extend(covers.filter_map(|cover| cover.until).map(|until| until.plus_days(1)));
            }
            _ => {}
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// Fields without which a rule stays open, or nobody can be named, in the order of the form. Unreadable ones count.
pub fn missing(regulation: &Regulation, reading: &Reading) -> Vec<Field> {
    let facts = &reading.facts;
    // No rule opens by time alone, so any day says the same.
    let context = &Context::on(CivilDate::FIRST);
    let mut missing = Vec::new();
    missing.extend(facts.nik.is_none().then_some(Field::Nik));
    missing.extend(facts.name.is_none().then_some(Field::Name));
    for rule in &regulation.rules {
        if outcome(rule, reading, context, regulation).0 != Outcome::Unknown {
            continue;
        }
        let open = |field: &Field| {
            is_unreadable(*field, reading) || (is_needed(*field, &rule.kind) && !is_known(*field, facts))
        };
        missing
            .extend(rule.kind.fields().iter().copied().filter(|field| decides(*field, facts)).filter(open));
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}
