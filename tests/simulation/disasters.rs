//! What happens to laptops and the district beside the line: set-up, wrong clocks, power, officers.

use crate::chance::{DAY_MS, HOUR_MS};
use crate::laptop::Laptop;
use crate::link::Line;
use crate::oracle::{self, Violation};
use crate::world::World;
use payung_district::officer::{self, Order, Outcome, Whom};
use payung_domain::VillageCode;

/// A village gets a laptop with a new register and is let in by the district.
pub fn set_up(world: &mut World, name: &str, village: VillageCode) -> Result<(), Violation> {
    let laptop = Laptop::new(name, village, &world.ground, &world.wall, &mut world.chance);
    world.laptops.push(laptop);
    let at = world.laptops.len() - 1;
    world.note(at, "is set up");
    oracle::write_down(world, at);
    Line::enrol(world, at)?.map_err(|error| Violation::new(2, format!("{name} is not let in: {error}")))
}

const DISK_FULL: usize = 3;

#[derive(Clone, Copy)]
enum Disaster {
    Clock,
    DiskFull,
    LaptopDies,
    DistrictDies,
}

pub fn strike(world: &mut World, at: usize) -> Result<(), Violation> {
    match world.chance.weighted(&[
        (3, Disaster::Clock),
        (DISK_FULL, Disaster::DiskFull),
        (3, Disaster::LaptopDies),
        (2, Disaster::DistrictDies),
    ]) {
        Disaster::Clock => clock_jumps(world, at),
        Disaster::DiskFull => {
            let room = (!world.laptops[at].is_full()).then(|| world.chance.between(1, 30) as u64 * 4_096);
            world.tally.count(if room.is_some() { "disks filled up" } else { "disks cleared" });
            world.note(at, format!("its disk has room for {room:?}"));
            world.laptops[at].fill_up(room)?;
            oracle::remembers(world, at)?;
        }
        Disaster::LaptopDies => {
            world.tally.count("laptop dies");
            world.note(at, "dies");
            let laptop = &mut world.laptops[at];
            let disk = laptop.synced.take().unwrap_or_else(|| laptop.disk());
            world.laptops[at].start_again_from(&disk)?;
            oracle::remembers(world, at)?;
        }
        Disaster::DistrictDies => {
            world.tally.count("district dies");
            world.diary.push("the district dies".to_owned());
            let disk = world.office.disk();
            world.office.start_again_from(&disk)?;
        }
    }
    Ok(())
}

fn clock_jumps(world: &mut World, at: usize) {
    let by = match world.chance.below(4) {
        0 => 0,
        1 => world.chance.between(-2 * HOUR_MS, 2 * HOUR_MS),
        2 => world.chance.between(-40 * DAY_MS, 40 * DAY_MS),
        _ => world.chance.between(-3_000 * DAY_MS, 3_000 * DAY_MS),
    };
    world.laptops[at].clock.set_wrong_by(by);
    world.tally.count(if by < 0 { "clocks set back" } else { "clocks set forward or right" });
    world.note(at, format!("its clock is wrong by {by} ms"));
}

/// An officer decides about somebody.
pub fn officer(world: &mut World) {
    let people = world.office.people();
    let Some(person) = world.chance.pick(&people) else { return };
    let passed = world.chance.one_in(2);
    let order = Order {
        whom: Whom::Person(person.id),
        outcome: if passed { Outcome::Passed } else { Outcome::NotEligible },
        reason: (!passed).then(|| "Tidak sesuai".to_owned()),
        officer: "Rahma".to_owned(),
    };
    // Refused for whoever ended, or whose number somebody else still holds: that is said in words.
    let done = officer::decide(world.office.district(), &order).is_ok();
    world.tally.count(if done { "decisions of officers" } else { "decisions refused" });
    world.diary.push(format!("an officer decides: {done}"));
}
