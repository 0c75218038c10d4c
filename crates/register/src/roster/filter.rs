//! Whom a list shows.

use super::line::bit;
use super::names::{hamlet_key, occupation_key};
use super::texts::Marked;
use super::words::Word;
use super::{Roster, Slot, UNKNOWN_BIRTH};
use crate::person::judged::field_bit;
use crate::person::{ListQuery, Mark, View};
use payung_domain::{CivilDate, Delivery, State};
use std::ops::RangeInclusive;

/// A query, made ready to be asked of everybody.
pub(super) struct Filter {
    /// Whose texts hold every word; absent where none was asked for.
    text: Option<Marked>,
    /// One bit a state.
    states: u32,
    delivery: Option<Delivery>,
    marks: u8,
    /// One bit a verdict; none takes all.
    readiness: u8,
    occupations: Option<Vec<bool>>,
    hamlets: Option<Vec<bool>>,
    births: Option<RangeInclusive<i32>>,
    missing: u64,
    view: Option<View>,
    views: Views,
    /// What waits for nobody once a person has ended.
    not_ended: bool,
}

impl Filter {
    pub(super) fn of(query: &ListQuery, roster: &Roster, today: CivilDate) -> Self {
        let words = Word::all(&query.search);
        let spans = |slot: u32| roster.slots[slot as usize].span;
        let readiness = query.readiness.iter().fold(0, |all, one| all | 1 << *one as u8);
        let missing = query.missing.map_or(0, field_bit);
        Self {
            text: roster.texts.search(&words, roster.slots.len(), spans),
            states: query.states.iter().fold(0, |states, state| states | 1 << *state as u32),
            delivery: query.delivery,
            marks: query.marks.iter().fold(0, |marks, mark| marks | bit(*mark)),
            readiness,
            occupations: (!query.occupations.is_empty())
                .then(|| roster.occupations.among(query.occupations.iter().map(|word| occupation_key(word)))),
            hamlets: (!query.hamlets.is_empty())
                .then(|| roster.hamlets.among(query.hamlets.iter().map(|word| hamlet_key(word)))),
            births: query.ages.map(|(from, to)| births(from, to, today)),
            missing,
            view: query.view,
            views: Views::on(today),
            not_ended: query.states.is_empty() && (readiness != 0 || missing != 0 || query.view.is_some()),
        }
    }

    /// Whom the words find, before anything else is asked.
    pub(super) fn by_text(&mut self, slots: usize) -> Marked {
        self.text.take().unwrap_or_else(|| Marked::all(slots))
    }

    pub(super) fn takes(&self, person: &Slot) -> bool {
        (self.states == 0 || self.states >> person.state as u32 & 1 == 1)
            && self.delivery.is_none_or(|delivery| person.delivery == delivery)
            && person.marks & self.marks == self.marks
            && !(self.not_ended && person.ended())
            && (self.readiness == 0 || self.readiness >> person.judged.on(self.views.today) as u8 & 1 == 1)
            && self.occupations.as_ref().is_none_or(|among| among[person.occupation as usize])
            && self.hamlets.as_ref().is_none_or(|among| among[person.hamlet as usize])
            && self.births.as_ref().is_none_or(|births| births.contains(&person.birth))
            && (self.missing == 0 || person.missing & self.missing != 0)
            && self.view.is_none_or(|view| self.views.has(view, person))
    }
}

/// The saved views, on a day.
pub(super) struct Views {
    /// Days since 1970.
    pub(super) today: i32,
    turning: RangeInclusive<i32>,
}

/// The last birthday before which somebody can still be taken in.
const LAST_BIRTHDAY: u32 = 65;
const TURNING_WITHIN_DAYS: u32 = 180;

impl Views {
    pub(super) fn on(today: CivilDate) -> Self {
        let first = earliest_birth(LAST_BIRTHDAY, today);
        let last = latest_birth(LAST_BIRTHDAY, today.plus_days(TURNING_WITHIN_DAYS));
        Self { today: days(today), turning: first..=last }
    }

    pub(super) fn has(&self, view: View, person: &Slot) -> bool {
        match view {
            View::ReadyForStatement => person.marks & bit(Mark::CanBeListed) != 0,
            View::NeedsFix => {
                person.state == State::NeedsFix
                    || person.unreadable
                    || person.marks & bit(Mark::TwoVersions) != 0
            }
            View::Turning65 => self.turning.contains(&person.birth),
            View::MissingFacts => person.missing != 0,
        }
    }
}

/// Birth dates of those who are that old today, both ends included.
fn births(from: u8, to: u8, today: CivilDate) -> RangeInclusive<i32> {
    let oldest = latest_birth(u32::from(to) + 1, today) + 1;
    // Nobody who is not born yet, and nobody without a date.
    oldest..=latest_birth(u32::from(from), today).min(UNKNOWN_BIRTH - 1)
}

/// The latest birth date with which somebody has had that birthday on `today`.
fn latest_birth(years: u32, today: CivilDate) -> i32 {
    let year = today.year() - i32::try_from(years).unwrap_or(i32::MAX / 2);
    // Who was born on 29 February has the birthday of a common year on 1 March.
    let day = CivilDate::new(year, today.month(), today.day()).or_else(|| CivilDate::new(year, 2, 28));
    day.map_or(i32::MIN, days)
}

/// The earliest birth date with which somebody has that birthday on `today` or later.
fn earliest_birth(years: u32, today: CivilDate) -> i32 {
    let before = today.days_since_epoch() - 1 - CivilDate::FIRST.days_since_epoch();
    let yesterday = CivilDate::FIRST.plus_days(u32::try_from(before).unwrap_or(0));
    latest_birth(years, yesterday).saturating_add(1)
}

pub(super) fn days(date: CivilDate) -> i32 {
    i32::try_from(date.days_since_epoch()).unwrap_or(UNKNOWN_BIRTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_completed_years_on_every_day() {
        let first = CivilDate::new(2023, 12, 20).unwrap();
        for today in (0..800).step_by(7).chain(60..75).map(|days| first.plus_days(days)) {
            for (from, to) in [(0, 17), (18, 65), (65, 65), (64, 120)] {
                let range = births(from, to, today);
                for ago in (0..30_000).step_by(53).chain(23_720..23_760) {
                    let birth = CivilDate::new(1944, 2, 20).unwrap().plus_days(ago);
                    let years = birth.completed_years(today);
                    let within =
                        years.is_some_and(|years| (u32::from(from)..=u32::from(to)).contains(&years));
                    assert_eq!(range.contains(&days(birth)), within, "{birth} on {today}: {from}-{to}");
                }
            }
        }
    }

    #[test]
    fn turning_65_is_the_birthday_from_today_on() {
        let today = CivilDate::new(2026, 11, 21).unwrap();
        let views = Views::on(today);
        for (birth, turns) in
            [((1961, 11, 20), false), ((1961, 11, 21), true), ((1962, 5, 20), true), ((1962, 5, 21), false)]
        {
            let birth = CivilDate::new(birth.0, birth.1, birth.2).unwrap();
            assert_eq!(views.turning.contains(&days(birth)), turns, "{birth}");
        }
    }
}
