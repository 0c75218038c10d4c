//! Disks that are copied, put back, cloned, lost and replaced: on laptops and at the district.

use crate::clerk;
use crate::disasters::set_up;
use crate::files::Disk;
use crate::laptop::{Laptop, Memory};
use crate::link::{Line, Weather};
use crate::office::Path;
use crate::oracle::{self, Violation};
use crate::photos;
use crate::world::World;
use payung_district::backup;
use payung_district::enrolment::{self, Revocation};
use payung_domain::VillageCode;
use std::path::PathBuf;

/// Laptops of one village at work at the same time.
const LAPTOPS_MAX: usize = 3;
/// Copies kept.
const COPIES_MAX: usize = 4;

/// A copy of a disk as it once was.
pub struct Copy {
    disk: Disk,
    of: Owner,
}

enum Owner {
    Laptop {
        name: String,
        memory: Memory,
        file: Option<PathBuf>,
    },
    /// With the file that its own program wrote.
    District {
        file: PathBuf,
    },
}

#[derive(Clone, Copy)]
enum What {
    CopyLaptop,
    CopyDistrict,
    PutBack,
    Clone,
    Twins,
    Lose,
    Join,
}

pub fn shuffle(world: &mut World, at: usize) -> Result<(), Violation> {
    let what = world.chance.weighted(&[
        (4, What::CopyLaptop),
        (2, What::CopyDistrict),
        (4, What::PutBack),
        (2, What::Clone),
        (2, What::Twins),
        (1, What::Lose),
        (3, What::Join),
    ]);
    match what {
        What::CopyLaptop => copy_laptop(world, at),
        What::CopyDistrict => copy_district(world),
        What::PutBack => put_back(world)?,
        What::Clone => clone(world, at, None).map(|_| ())?,
        What::Twins => twins(world, at)?,
        What::Lose => lose(world, at)?,
        What::Join => join(world, at)?,
    }
    Ok(())
}

fn copy_laptop(world: &mut World, at: usize) {
    let file = world.new_file("laptop");
    let laptop = &world.laptops[at];
    // On a full disk there may be no room to write down that it was done.
    let file = laptop.register_backup(&file).then_some(file);
    let of = Owner::Laptop { name: laptop.name.clone(), memory: laptop.memory.clone(), file };
    let copy = Copy { disk: laptop.disk(), of };
    world.note(at, "is copied");
    keep(world, copy);
}

fn copy_district(world: &mut World) {
    let file = world.new_file("district");
    backup::backup(world.office.district(), &file).expect("a backup of the district");
    let copy = Copy { disk: world.office.disk(), of: Owner::District { file } };
    world.diary.push("the district is copied".to_owned());
    keep(world, copy);
}

fn keep(world: &mut World, copy: Copy) {
    if world.copies.len() == COPIES_MAX {
        world.copies.remove(0);
    }
    world.copies.push(copy);
}

/// An old copy takes the place of a disk, which is lost.
fn put_back(world: &mut World) -> Result<(), Violation> {
    let Some(at) = world.chance.pick(&(0..world.copies.len()).collect::<Vec<_>>()).copied() else {
        return Ok(());
    };
    let copy = world.copies.remove(at);
    match copy.of {
        Owner::District { file } => {
            let told = world.chance.one_in(2);
            world.tally.count(if told {
                "district restored from its backup"
            } else {
                "district's old disk put back"
            });
            world.diary.push(format!("an old copy of the district is put back, told: {told}"));
            world.office.lives += 1;
            world.office.restored += 1;
            if told {
                world.office.restore_from(&file)?;
            } else {
                world.office.start_again_from(&copy.disk)?;
            }
            what_is_left(world);
        }
        Owner::Laptop { name, memory, file } => {
            let Some(at) = world.laptops.iter().position(|laptop| laptop.name == name && !laptop.gone) else {
                return Ok(());
            };
            match file.filter(|_| world.chance.one_in(2)) {
                Some(file) => {
                    world.tally.count("laptops restored from a backup");
                    world.note(at, "is restored from its backup");
                    world.laptops[at].restore_from(&file)?;
                }
                None => {
                    world.tally.count("old disks of laptops put back");
                    world.note(at, "an old copy of its disk is put back");
                    world.laptops[at].start_again_from(&copy.disk)?;
                }
            }
            world.laptops[at].memory = memory;
            oracle::remembers(world, at)?;
            what_is_left(world);
        }
    }
    Ok(())
}

/// The same disk in two laptops, and both go on; or an earlier disk of the laptop. Where the new one is.
fn clone(world: &mut World, at: usize, earlier: Option<(Disk, Memory)>) -> Result<Option<usize>, Violation> {
    if at_work(world, world.laptops[at].village) >= LAPTOPS_MAX {
        return Ok(None);
    }
    let original = &world.laptops[at];
    let name = format!("{}-{}", original.name, world.laptops.len());
    let village = original.village;
    let (disk, memory) = earlier.unwrap_or_else(|| (original.disk(), original.memory.clone()));
    let of = (village, &memory);
    let twin = Laptop::with_disk(&name, &disk, of, &world.ground, &world.wall, &mut world.chance)?;
    world.tally.count("disks cloned");
    world.note(at, format!("is cloned as {name}"));
    world.laptops.push(twin);
    Ok(Some(world.laptops.len() - 1))
}

/// Three copies of one disk. The earliest speaks first; what the other two share is lost on both of them, and both enter it
/// again.
fn twins(world: &mut World, at: usize) -> Result<(), Violation> {
    let earlier = (world.laptops[at].disk(), world.laptops[at].memory.clone());
    if at_work(world, world.laptops[at].village) + 2 > LAPTOPS_MAX {
        return Ok(());
    }
    clerk::work(world, at)?;
    let Some(second) = clone(world, at, None)? else { return Ok(()) };
    let Some(first) = clone(world, at, Some(earlier))? else { return Ok(()) };
    world.tally.count("disks in three laptops");
    for laptop in [first, at, second] {
        clerk::work(world, laptop)?;
        if world.chance.one_in(2) || laptop == first {
            let weather = if laptop == first { Weather::Fair } else { Weather::Rough };
            let _ = Line::talk(world, laptop, weather)?;
        }
    }
    Ok(())
}

/// Burnt, or stolen: what only this disk held is gone. Of a stolen one the district takes nothing more.
fn lose(world: &mut World, at: usize) -> Result<(), Violation> {
    if at_work(world, world.laptops[at].village) < 2 {
        return Ok(());
    }
    world.laptops[at].gone = true;
    let device = world.laptops[at].register().device();
    let others = world.laptops.iter().filter(|laptop| !laptop.gone);
    let cloned = others.into_iter().any(|laptop| laptop.register().device() == device);
    let stolen = !cloned && world.chance.one_in(2);
    world.tally.count(if stolen { "laptops stolen and shut out" } else { "laptops burnt" });
    world.note(at, if stolen { "is stolen" } else { "burns" });
    if stolen {
        let order = Revocation { device, officer: "Rahma", note: None };
        enrolment::revoke(world.office.district(), &order).expect("a known device");
        let request = world.laptops[at].register().round_request(2_000).expect("request");
        let signed = world.laptops[at].register().sign_round(&request).expect("signed").to_bytes();
        let before = world.office.fingerprint();
        let answer = world.office.answer(Path::Second, &signed);
        if answer.is_ok() || before != world.office.fingerprint() {
            return Err(Violation::new(5, "a stolen laptop was listened to".to_owned()));
        }
    }
    what_is_left(world);
    Ok(())
}

/// A further laptop of the village, or one in the place of a lost one, with an empty register.
fn join(world: &mut World, at: usize) -> Result<(), Violation> {
    let village = world.laptops[at].village;
    if at_work(world, village) >= LAPTOPS_MAX {
        return Ok(());
    }
    let first = world.laptops[at].name.chars().next().unwrap_or('X');
    let name = format!("{first}{}", world.laptops.len() + 4);
    world.tally.count("laptops joined");
    set_up(world, &name, village)
}

fn at_work(world: &World, village: VillageCode) -> usize {
    world.laptops.iter().filter(|laptop| !laptop.gone && laptop.village == village).count()
}

/// After a loss: whatever no laptop at work and no district holds any more need not arrive.
fn what_is_left(world: &mut World) {
    let laptops = world.laptops.iter().filter(|laptop| !laptop.gone);
    let mut left: Vec<Vec<u8>> =
        laptops.flat_map(|laptop| oracle::bodies_here(laptop.register()).into_keys()).collect();
    left.extend(world.office.villages().into_iter().flat_map(|village| world.office.bodies(village)));
    photos::left(world);
    let lost = world.ledger.left(&oracle::counted(left));
    if lost > 0 {
        world.diary.push(format!("{lost} entries stand nowhere any more"));
    }
}
