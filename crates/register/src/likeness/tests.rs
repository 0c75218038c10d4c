//! Comparing against plain rules: cheap looks first, and few at a time, find the same as looking at everybody in full.

use super::comparing::Comparing;
use super::names::Nearness;
use super::people::{People, Who};
use super::traits::{Number, Shared, Traits, one_slip_apart};
use super::{Changed, Ground, alike};
use crate::ids::PersonId;
use crate::roster::{Line, Roster};
use payung_domain::{CivilDate, Delivery, Readiness, State, Unwatched};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const NAMES: [&str; 12] = [
    "Sukarno Hadi",
    "Soekarno Hadi",
    "Sukarno",
    "Hadi Sukarmo",
    "Sukarnohadi",
    "Siti Aminah",
    "Siti",
    "Siti Aminha",
    "Muh. Yusuf",
    "Warga 1",
    "Warga 2",
    "",
];
const BIRTHS: [(i32, u32, u32); 4] = [(1980, 5, 10), (1980, 10, 5), (1980, 5, 12), (1971, 8, 23)];
const MOTHERS: [&str; 3] = ["", "Painem", "Wagiyem"];
const KKS: [&str; 3] = ["", "3305011203070001", "3305010508110007"];
const NIKS: [&str; 6] = [
    "",
    "3305011005800001",
    "3305011005800002",
    "3305011005800010",
    "3305015005800001",
    "3305 0110 0580 0021",
];
/// Instead of [`super::people::GROUP_MAX`], so that few are too many.
const FEW: usize = 3;

fn line(id: i64, [name, birth, mother, kk, nik]: [usize; 5], cancelled: bool) -> Line {
    let birth = BIRTHS.get(birth).and_then(|(year, month, day)| CivilDate::new(*year, *month, *day));
    Line {
        id,
        nik: NIKS[nik].to_owned(),
        name: NAMES[name].to_owned(),
        kk: KKS[kk].to_owned(),
        hamlet: String::new(),
        birth,
        state: if cancelled { State::Cancelled } else { State::Draft },
        delivery: Delivery::Local,
        needs_new_statement: false,
        covered: false,
        listed: false,
        readiness: None,
        edited: true,
        nik_elsewhere: None,
        two_versions: false,
        updated_at: 0,
        occupation: String::new(),
        mother: MOTHERS[mother].to_owned(),
        desil_quarter: None,
        judged: crate::person::judged::Turns::constant(Readiness::Incomplete),
        missing: 0,
        unreadable: false,
        maybe_same: false,
    }
}

fn somebody() -> impl Strategy<Value = [usize; 5]> {
    (0..NAMES.len(), 0..=BIRTHS.len(), 0..MOTHERS.len(), 0..KKS.len(), 0..NIKS.len())
        .prop_map(|(name, birth, mother, kk, nik)| [name, birth, mother, kk, nik])
}

fn is_beside(one: Option<Number>, two: Option<Number>) -> bool {
    one.zip(two).is_some_and(|(one, two)| one.neighbours().any(|number| number == two))
}

/// Everything about both is looked at, whatever it is good for.
fn alike_plainly(one: &Traits, two: &Traits) -> Option<(u32, Vec<Ground>)> {
    let (a, b) = (&one.points, &two.points);
    if a.nik.is_some() && a.nik == b.nik {
        return None;
    }
    let nearness = one.name.compared(&two.name);
    let births = a.birth.zip(b.birth);
    let birth = births.is_some_and(|(a, b)| a == b);
    let apart = births.is_some_and(|(a, b)| a != b && !one_slip_apart(a, b));
    let mother = a.mother != 0 && a.mother == b.mother;
    let kk = a.kk.is_some() && a.kk == b.kk;
    let nik = is_beside(a.nik, b.nik);
    let sexes_differ = !nik && a.nik.zip(b.nik).is_some_and(|(a, b)| a.is_woman() != b.is_woman());
    let suffices = match nearness {
        Nearness::Other => false,
        Nearness::Same => birth || kk || nik || (mother && !apart),
        Nearness::Near => !sexes_differ && (birth || nik || ((kk || mother) && births.is_none())),
        Nearness::Part => (birth && (kk || mother || nik)) || (nik && births.is_none()),
    };
    let grounds = [
        (Ground::Name, true, nearness as u32 + 1),
        (Ground::BirthDate, birth, 3),
        (Ground::Mother, mother, 2),
        (Ground::Kk, kk, 2),
        (Ground::NikOneDigit, nik, 3),
    ];
    let held: Vec<_> = grounds.into_iter().filter(|(_, holds, _)| *holds).collect();
    let weight = held.iter().map(|(_, _, weight)| weight).sum();
    suffices.then(|| (weight, held.into_iter().map(|(ground, _, _)| ground).collect()))
}

/// Everybody and every decision, without a memory of how it came about.
#[derive(Default)]
struct World {
    lines: BTreeMap<i64, Line>,
    decided: BTreeSet<(i64, i64)>,
}

impl World {
    fn those_who_count(&self) -> impl Iterator<Item = Traits> + '_ {
        self.lines.values().filter(|line| line.state != State::Cancelled).map(Traits::of_line)
    }

    fn tells(&self, shared: impl Fn(&Traits) -> bool) -> bool {
        self.those_who_count().filter(|other| shared(other)).count() <= FEW
    }

    fn are_alike(&self, one: &Traits, two: &Traits) -> bool {
        let (a, b) = (one.points, two.points);
        let compared = (a.birth.is_some()
            && a.birth == b.birth
            && self.tells(|other| other.points.birth == a.birth))
            || (a.mother != 0 && a.mother == b.mother && self.tells(|other| other.points.mother == a.mother))
            || (a.kk.is_some() && a.kk == b.kk && self.tells(|other| other.points.kk == a.kk))
            || (is_beside(a.nik, b.nik)
                && self.tells(|other| other.points.nik == a.nik)
                && self.tells(|other| other.points.nik == b.nik));
        compared && alike_plainly(one, two).is_some() && !self.decided.contains(&ordered(one.id, two.id))
    }

    fn mark(&self, id: i64) -> bool {
        let one = self.those_who_count().find(|one| one.id == id);
        one.is_some_and(|one| {
            self.those_who_count().any(|other| other.id != id && self.are_alike(&one, &other))
        })
    }
}

fn ordered(one: i64, other: i64) -> (i64, i64) {
    (one.min(other), one.max(other))
}

#[derive(Clone, Debug)]
enum Step {
    Put(i64, [usize; 5], bool),
    Forget(i64),
    Decide(i64, i64),
}

const PEOPLE: std::ops::Range<i64> = 1..14;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (PEOPLE, somebody(), prop::bool::weighted(0.1)).prop_map(|(id, who, not)| Step::Put(id, who, not)),
        1 => PEOPLE.prop_map(Step::Forget),
        1 => (PEOPLE, PEOPLE).prop_map(|(one, other)| Step::Decide(one, other)),
    ]
}

/// What a transaction does, and to whom.
fn carry_out(steps: &[Step], world: &mut World) -> (BTreeSet<i64>, BTreeSet<PersonId>, BTreeSet<PersonId>) {
    let (mut touched, mut again, mut gone) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for step in steps {
        match *step {
            Step::Put(id, who, cancelled) if !gone.contains(&PersonId(id)) => {
                let maybe_same = world.lines.get(&id).is_some_and(|line| line.maybe_same);
                world.lines.insert(id, Line { maybe_same, ..line(id, who, cancelled) });
                touched.insert(id);
            }
            Step::Forget(id) if world.lines.remove(&id).is_some() => {
                world.decided.retain(|(one, other)| *one != id && *other != id);
                touched.remove(&id);
                gone.insert(PersonId(id));
            }
            Step::Decide(one, other)
                if one != other && [one, other].iter().all(|id| world.lines.contains_key(id)) =>
            {
                world.decided.insert(ordered(one, other));
                touched.extend([one, other]);
                again.extend([PersonId(one), PersonId(other)]);
            }
            _ => {}
        }
    }
    again.retain(|id| !gone.contains(id));
    (touched, again, gone)
}

proptest! {
    #[test]
    fn cheap_looks_find_what_full_ones_find(one in somebody(), two in somebody()) {
        let (one, two) = (Traits::of_line(&line(1, one, false)), Traits::of_line(&line(2, two, false)));
        let found = Shared::of(&one.points, &two.points)
            .and_then(|shared| shared.with_name(one.name.nearness(&two.name)))
            .map(|likeness| likeness.weigh());
        prop_assert_eq!(found, alike_plainly(&one, &two));
    }

    #[test]
    fn no_name_that_is_near_is_taken_for_a_far_one(
        name in "[a-z]{3,9}( [a-z]{3,9}){0,2}",
        slips in prop::collection::vec((0..20usize, "[a-z ]?"), 0..3),
    ) {
        let mut typed: Vec<String> = name.chars().map(String::from).collect();
        for (place, letter) in slips {
            let place = place % typed.len();
            typed[place] = letter;
        }
        let typed = typed.concat();
        for other in [typed.as_str(), name.split(' ').next().unwrap_or_default()] {
            let (one, other) = (super::Name::of(&name), super::Name::of(other));
            prop_assert_eq!(one.nearness(&other), one.compared(&other));
        }
    }

    #[test]
    fn marks_are_what_looking_at_everybody_says(
        transactions in prop::collection::vec(prop::collection::vec(step(), 1..6), 1..14),
    ) {
        let mut world = World::default();
        let mut roster = Roster::default();
        for steps in transactions {
            let (touched, again, gone) = carry_out(&steps, &mut world);
            let mut lines: Vec<Line> = touched.iter().map(|id| world.lines[id].clone()).collect();
            let changed = Changed { roster: &roster, again: &again, gone: &gone };
            let decided = |one, other| Ok(world.decided.contains(&ordered(one, other)));
            let marks = Comparing::of(&changed, &lines, FEW, &decided).marks(&Unwatched).expect("compared");
            for (who, mark) in marks {
                match who {
                    Who::Line(place) => lines[place].maybe_same = mark,
                    Who::Slot(slot) => {
                        let other = world.lines[&roster.id_of(slot)].clone();
                        lines.push(Line { maybe_same: mark, ..other });
                    }
                }
            }
            roster.refresh(&lines);
            roster.remove(&gone.iter().map(|id| id.0).collect::<Vec<_>>());
            world.lines.extend(lines.into_iter().map(|line| (line.id, line)));
            for (id, line) in &world.lines {
                prop_assert_eq!(line.maybe_same, world.mark(*id), "{} after {:?}", id, steps);
            }
            // Asking about one of them follows the same rule.
            let people = People::of(&roster, FEW);
            for one in world.those_who_count() {
                let found: Vec<i64> = alike(&people, &one)
                    .into_iter()
                    .map(|(id, _)| id)
                    .filter(|id| !world.decided.contains(&ordered(one.id, *id)))
                    .collect();
                let plainly: Vec<i64> = world
                    .those_who_count()
                    .filter(|other| other.id != one.id && world.are_alike(&one, other))
                    .map(|other| other.id)
                    .collect();
                prop_assert_eq!(found, plainly, "of {}", one.id);
            }
        }
    }
}
