//! Files on sticks: written, carried about, brought late, twice, damaged, to the wrong place, or never.

use crate::oracle::{self, Violation};
use crate::world::World;
use payung_journal::DeviceId;
use std::path::PathBuf;

const STICKS_MAX: usize = 6;

pub struct Stick {
    file: PathBuf,
    to: To,
    /// In which of the district's lives it was written, and whether it was brought since.
    life: u64,
    brought: bool,
}

#[derive(Clone, Copy)]
enum To {
    District,
    Laptop(DeviceId),
}

/// Somebody does something with a stick.
pub fn walk(world: &mut World, at: usize) -> Result<(), Violation> {
    match world.chance.below(5) {
        0 | 1 => write(world, at),
        2 | 3 => bring(world),
        _ => {
            if let Some(stick) = take(world) {
                world.tally.count("sticks lost");
                world.diary.push(format!("a stick is lost: {:?}", stick.file.file_name()));
            }
            Ok(())
        }
    }
}

fn write(world: &mut World, at: usize) -> Result<(), Violation> {
    let file = world.new_file("kiriman");
    match payung_sync::export_bundle(world.laptops[at].register_mut(), &file) {
        Ok(facts) => world.note(at, format!("writes {} entries to a stick", facts.entries)),
        Err(error) if world.laptops[at].is_full() => {
            world.note(at, format!("cannot write to a stick: {error}"));
            return Ok(());
        }
        Err(error) => {
            return Err(Violation::new(2, format!("{} writes no stick: {error}", world.laptops[at].name)));
        }
    }
    world.tally.count("sticks written");
    keep(world, Stick { file, to: To::District, life: world.office.lives, brought: false });
    oracle::remembers(world, at)
}

fn keep(world: &mut World, stick: Stick) {
    if world.sticks.len() < STICKS_MAX {
        world.sticks.push(stick);
    }
}

fn take(world: &mut World) -> Option<Stick> {
    if world.sticks.is_empty() {
        return None;
    }
    let at = world.chance.below(world.sticks.len());
    Some(world.sticks.remove(at))
}

/// A stick comes to where it should, or elsewhere; whole, or damaged.
pub fn bring(world: &mut World) -> Result<(), Violation> {
    let Some(stick) = take(world) else { return Ok(()) };
    if world.chance.one_in(6) {
        let whole = std::fs::read(&stick.file).expect("file on a stick");
        let mut damaged = whole.clone();
        let at = world.chance.below(whole.len());
        if world.chance.one_in(2) {
            damaged.truncate(at);
        } else {
            damaged[at] ^= 1 << world.chance.below(8);
        }
        std::fs::write(&stick.file, damaged).expect("file on a stick");
        arrive(world, &stick, true)?;
        std::fs::write(&stick.file, whole).expect("file on a stick");
    }
    let brought = arrive(world, &stick, false)?;
    if world.chance.one_in(3) {
        // What the district says in it stays what it said in the life in which it was written.
        let life = if matches!(stick.to, To::District) { world.office.lives } else { stick.life };
        keep(world, Stick { life, brought, ..stick });
    }
    Ok(())
}

/// Whether everything in it was taken.
fn arrive(world: &mut World, stick: &Stick, damaged: bool) -> Result<bool, Violation> {
    match stick.to {
        To::District => at_the_district(world, stick, damaged),
        To::Laptop(device) => at_a_laptop(world, stick, device, damaged).map(|()| true),
    }
}

fn at_the_district(world: &mut World, stick: &Stick, damaged: bool) -> Result<bool, Violation> {
    let before = world.office.fingerprint();
    let answer = world.new_file("jawaban");
    let taken = world.office.take_stick(&stick.file, &answer);
    let again = stick.brought && stick.life == world.office.lives;
    let what = if damaged {
        "damaged sticks"
    } else if again {
        "sticks brought twice"
    } else {
        "sticks brought"
    };
    world.tally.count(what);
    world.diary.push(format!(
        "{what} to the district: {}",
        taken.as_ref().map_or_else(ToString::to_string, |all| format!("taken, all of it: {all}"))
    ));
    let moved = before != world.office.fingerprint();
    if (damaged && (moved || taken.is_ok())) || (again && moved) {
        return Err(Violation::new(if damaged { 5 } else { 3 }, format!("{what} changed the district")));
    }
    if taken.is_ok() {
        let device = payung_journal::read_from_stick(&answer).expect("the answer").head().device;
        keep(world, Stick { file: answer, to: To::Laptop(device), life: world.office.lives, brought: false });
    }
    Ok(taken.unwrap_or(false))
}

fn at_a_laptop(world: &mut World, stick: &Stick, device: DeviceId, damaged: bool) -> Result<(), Violation> {
    let mut at = (0..world.laptops.len())
        .find(|at| !world.laptops[*at].gone && world.laptops[*at].register().device() == device);
    if at.is_none() || world.chance.one_in(6) {
        at = world.someone();
    }
    let Some(at) = at else { return Ok(()) };
    let laptop = &mut world.laptops[at];
    let foreign = laptop.register().device() != device;
    let before = laptop.register().series().expect("series");
    let taken = payung_sync::import_bundle(laptop.register_mut(), &stick.file);
    let moved = before
        .iter()
        .zip(laptop.register().series().expect("series"))
        .any(|(before, after)| before.kind != payung_journal::SeriesKind::Local && *before != after);
    if stick.life != world.office.lives {
        // What it says about another life of the district need not be so any more.
        laptop.memory.spoke_with = u64::MAX;
    }
    let what = if damaged {
        "damaged answers"
    } else if foreign {
        "foreign answers"
    } else {
        "answers brought"
    };
    world.tally.count(what);
    let words = taken.as_ref().map_or_else(ToString::to_string, |taken| taken.words.clone());
    world.note(at, format!("{what} on a stick: {words}"));
    if (damaged || foreign) && (moved || taken.is_ok()) {
        return Err(Violation::new(5, format!("{what} changed {}", world.laptops[at].name)));
    }
    oracle::remembers(world, at)?;
    oracle::honest(world, at)
}
