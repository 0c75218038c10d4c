//! Whatever two laptops do, in whichever order it travels, cut and paged however: in the end both say the same.

use crate::harness::Village;
use crate::relay::{Relay, settle};
use payung_domain::{Answer, CivilDate, EndKind, Field};
use payung_journal::{Event, RegulationRef};
use payung_register::{Acknowledge, ListQuery, Op, PersonId};

/// The same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn somebody(laptop: &Village, dice: &mut Dice) -> Option<PersonId> {
    let rows = laptop.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list").rows;
    if rows.is_empty() { None } else { Some(rows[dice.below(rows.len() as u64) as usize].id) }
}

/// What a clerk may do at any moment; refusals are part of the day.
fn work(laptop: &mut Village, dice: &mut Dice, serial: u32) {
    match dice.below(8) {
        0 | 1 => drop(laptop.candidate(serial)),
        7 => {
            if let Some(person) = somebody(laptop, dice) {
                let on = CivilDate::parse("2026-11-20").expect("date");
                let reason = "pindah".to_owned();
                drop(laptop.transact(Op::End { person, kind: EndKind::Moved, on, reason }));
            }
        }
        step => {
            let Some(person) = somebody(laptop, dice) else { return };
            if let Some(two) = laptop.two_versions(person).expect("read") {
                let heads = two.heads.iter().map(|head| head.entry).collect();
                let values = two.heads[dice.below(two.heads.len() as u64) as usize].values.clone();
                let acknowledge =
                    Acknowledge { notes: true, same_nik: Some("keluarga".to_owned()), alike: None };
                laptop
                    .transact(Op::ChooseVersion { person, heads, values, acknowledge })
                    .expect("exactly the versions that stand side by side");
                return;
            }
            let (field, value) = match dice.below(4) {
                0 => (Field::Address, format!("Jalan {}", dice.below(5))),
                1 => (Field::Workplace, format!("sawah {}", dice.below(3))),
                2 => (Field::Rt, format!("00{}", dice.below(9))),
                _ => (Field::Nik, format!("33050110058{:05}", serial)),
            };
            drop(laptop.transact(Op::SaveField { person, field, value }));
            if step > 2 {
                let acknowledge =
                    Acknowledge { notes: true, same_nik: Some("keluarga".to_owned()), alike: None };
                drop(laptop.transact(Op::Release { person, acknowledge }));
            }
        }
    }
}

fn decide(relay: &mut Relay, laptop: &Village, dice: &mut Dice) {
    let Some(person) = somebody(laptop, dice) else { return };
    let detail = laptop.detail(person);
    let (Some(person), Some(version)) = (detail.entity, detail.version) else { return };
    let held = laptop.village_series().expect("series");
    let known = |id: payung_journal::EntityId| {
        held.iter().any(|series| series.series == id.series && id.seq <= series.held_seq)
    };
    if !known(person) || !known(version) {
        return;
    }
    let all = [Answer::NeedsFix, Answer::Passed, Answer::NotEligible, Answer::DuplicateNik, Answer::Arrived];
    let answer = all[dice.below(5) as usize];
    let regulation = RegulationRef { id: "kebumen-56-2024".to_owned(), digest: [1; 32] };
    relay.say(Event::Answered { person, version, answer, reasons: Vec::new(), officer: None, regulation });
    if dice.below(3) == 0 {
        let other_village = payung_domain::VillageCode::parse("33.05.02.2003").expect("village");
        relay.say(Event::NikHeldElsewhere { person, version, other_village });
    }
}

fn day(seed: u64) {
    let mut dice = Dice(seed);
    let (mut relay, mut laptops) = Relay::with(2);
    for step in 0..60 {
        let which = dice.below(2) as usize;
        let laptop = &mut laptops[which];
        match dice.below(10) {
            0 | 1 => {
                relay.page = 1 + dice.below(4);
                relay.backwards = dice.below(2) == 0;
                drop(relay.round(laptop, 1 + dice.below(4)));
            }
            2 => drop(relay.level(laptop)),
            3 => laptop.clock.forward(dice.below(7_200_000) as i64 - 3_600_000),
            4 => decide(&mut relay, laptop, &mut dice),
            _ => work(laptop, &mut dice, 1 + step * 2 + which as u32),
        }
    }
    let mut joined = relay.join();
    let (first, second) = laptops.split_at_mut(1);
    settle(&mut relay, &mut [&mut first[0], &mut second[0], &mut joined]);
}

#[test]
fn any_interleaving_ends_the_same_on_both() {
    for seed in 1..=12 {
        day(seed);
    }
}
