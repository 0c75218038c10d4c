//! What clerks do all day: type, say *siap*, correct, end, import. Sometimes the power goes.

use crate::files::Disk;
use crate::ledger::{Edit, Token};
use crate::mutations::Mutation;
use crate::oracle::{self, Violation};
use crate::photos;
use crate::world::World;
use payung_domain::{CivilDate, EndKind, Field, FieldValues, State};
use payung_register::{
    Acknowledge, Done, Import, ImportRow, ListQuery, Op, PersonId, PersonRow, Register, RegisterError,
};
use payung_tests::people;

/// So many people share the NIKs of a village now and then.
const SERIALS: i64 = 9_000;

pub fn work(world: &mut World, at: usize) -> Result<(), Violation> {
    for _ in 0..=world.chance.below(3) {
        match world.chance.weighted(&[
            (6, Job::New),
            (4, Job::Draft),
            (7, Job::Correct),
            (3, Job::Choose),
            (2, Job::Photo),
            (1, Job::PhotoOff),
            (1, Job::End),
            (1, Job::Import),
        ]) {
            Job::New => new_person(world, at)?,
            Job::Draft => draft(world, at)?,
            Job::Correct => correct(world, at)?,
            Job::Choose => choose(world, at)?,
            Job::Photo => photos::take(world, at)?,
            Job::PhotoOff => photos::take_away(world, at)?,
            Job::End => end(world, at)?,
            Job::Import => import(world, at)?,
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Job {
    New,
    Draft,
    Correct,
    Choose,
    Photo,
    PhotoOff,
    End,
    Import,
}

fn new_person(world: &mut World, at: usize) -> Result<(), Violation> {
    let token = world.ledger.token();
    let values = somebody(world, at, &token);
    let done = attempt(world, at, "types a draft", None, |register| {
        register.transact(Op::NewDraft { values: values.clone() })
    })?;
    let Some(person) = done.and_then(|done| done.person()) else { return Ok(()) };
    world.laptops[at].memory.drafts.insert(person.0, values);
    if world.chance.one_in(4) { Ok(()) } else { release_draft(world, at, person) }
}

/// Goes on with a draft.
fn draft(world: &mut World, at: usize) -> Result<(), Violation> {
    let drafts = world.laptops[at].draft_ids();
    let Some(person) = world.chance.pick(&drafts).copied() else { return Ok(()) };
    if world.chance.one_in(2) {
        return release_draft(world, at, person);
    }
    let value = format!("Jalan {}", world.chance.below(1_000));
    let done = attempt(world, at, "types into a draft", Some(person), |register| {
        register.transact(Op::SaveField { person, field: Field::Address, value: value.clone() })
    })?;
    if done.is_some() {
        let known = world.laptops[at].memory.drafts.get_mut(&person.0).expect("a draft that was typed");
        known.set(Field::Address, value);
    }
    Ok(())
}

fn release_draft(world: &mut World, at: usize, person: PersonId) -> Result<(), Violation> {
    let token = world.laptops[at].memory.drafts[&person.0].get(Field::Note).unwrap_or_default().to_owned();
    world.ledger.edit(&token, Edit { person: token.clone(), bases: Vec::new(), ends: false });
    let done = attempt(world, at, "says siap", Some(person), |register| release(register, person))?;
    if done.is_some() {
        world.laptops[at].memory.drafts.remove(&person.0);
    }
    Ok(())
}

fn release(register: &mut Register, person: PersonId) -> Result<Done, RegisterError> {
    let acknowledge = Acknowledge {
        notes: true,
        same_nik: Some("Orang lain".to_owned()),
        alike: Some("Orang lain".to_owned()),
    };
    register.transact(Op::Release { person, acknowledge })
}

fn correct(world: &mut World, at: usize) -> Result<(), Violation> {
    let Some((person, seen)) = released(world, at) else { return Ok(()) };
    if seen.pending {
        // Typed before and never said siap: another version may have come meanwhile.
        attempt(world, at, "takes a change back", Some(person), |register| {
            register.transact(Op::DiscardEdit { person })
        })?;
        return Ok(());
    }
    let token = world.ledger.token();
    let mut typed = vec![(Field::Note, token.clone())];
    match world.chance.below(4) {
        0 => typed.push((Field::Phone, format!("08{:09}", world.chance.below(999_999_999)))),
        1 => typed.push((Field::Workplace, format!("Sawah {}", world.chance.below(99)))),
        2 => {
            typed.push((Field::StillWorking, if world.chance.one_in(2) { "ya" } else { "tidak" }.to_owned()))
        }
        _ => {}
    }
    for (field, value) in typed {
        let done = attempt(world, at, "types a correction", Some(person), |register| {
            register.transact(Op::SaveField { person, field, value: value.clone() })
        })?;
        if done.is_none() {
            return Ok(());
        }
    }
    world.ledger.edit(&token, Edit { person: seen.person, bases: vec![seen.version], ends: false });
    attempt(world, at, "says siap again", Some(person), |register| release(register, person))?;
    Ok(())
}

/// Compares two versions and chooses.
fn choose(world: &mut World, at: usize) -> Result<(), Violation> {
    let register = world.laptops[at].register();
    let rows: Vec<PersonId> =
        everybody(register).into_iter().filter(|row| row.two_versions).map(|row| row.id).collect();
    let Some(person) = world.chance.pick(&rows).copied() else { return Ok(()) };
    let versions = world.laptops[at].register().two_versions(person).expect("versions").expect("two of them");
    let note = |values: &FieldValues| values.get(Field::Note).unwrap_or_default().to_owned();
    let mut bases: Vec<Token> = versions.heads.iter().map(|head| note(&head.values)).collect();
    let person_token = world.ledger.edits()[&bases[0]].person.clone();
    if world.ledger.edits().values().any(|edit| edit.ends && edit.person == person_token) {
        return Ok(()); // an end has no values of its own to be told by
    }
    if world.mutation == Some(Mutation::HidesAVersion) {
        bases.truncate(1);
    }
    let token = world.ledger.token();
    let mut values = versions.heads[world.chance.below(versions.heads.len())].values.clone();
    values.set(Field::Note, token.as_str());
    world.ledger.edit(&token, Edit { person: person_token, bases, ends: false });
    let heads = versions.heads.iter().map(|head| head.entry).collect();
    let acknowledge = Acknowledge {
        notes: true,
        same_nik: Some("Orang lain".to_owned()),
        alike: Some("Orang lain".to_owned()),
    };
    let done = attempt(world, at, "chooses between two versions", Some(person), |register| {
        register.transact(Op::ChooseVersion { person, heads, values, acknowledge })
    })?;
    if done.is_some() {
        world.tally.count("choices between two versions");
    }
    Ok(())
}

fn end(world: &mut World, at: usize) -> Result<(), Violation> {
    let Some((person, seen)) = released(world, at) else { return Ok(()) };
    let reason = world.ledger.token();
    let kind = world.chance.weighted(&[(2, EndKind::Died), (2, EndKind::Moved), (1, EndKind::Cancelled)]);
    world.ledger.edit(&reason, Edit { person: seen.person, bases: vec![seen.version], ends: true });
    let on = CivilDate::new(2026, 11, 20).expect("date");
    attempt(world, at, "ends somebody", Some(person), |register| {
        register.transact(Op::End { person, kind, on, reason: reason.clone() })
    })?;
    Ok(())
}

fn import(world: &mut World, at: usize) -> Result<(), Violation> {
    let people =
        if world.chance.one_in(6) { 40 + world.chance.below(120) } else { 2 + world.chance.below(6) };
    let rows: Vec<ImportRow> = (0..people)
        .map(|row| {
            let token = world.ledger.token();
            world.ledger.edit(&token, Edit { person: token.clone(), bases: Vec::new(), ends: false });
            ImportRow {
                sheet: 0,
                row: row as u32 + 2,
                values: somebody(world, at, &token),
                errors: Vec::new(),
            }
        })
        .collect();
    let import = Import {
        file_name: "warga.csv".to_owned(),
        rows,
        ready: true,
        keep_unreadable: true,
        ..Import::default()
    };
    let done = attempt(world, at, &format!("imports {people}"), None, |register| {
        register.transact(Op::Import(import))
    })?;
    if let Some(done) = done {
        let laptop = &mut world.laptops[at];
        // A row about somebody who is a draft already changed that draft.
        for person in done.people {
            laptop.memory.drafts.remove(&person.0);
        }
        oracle::adopt_drafts(laptop, None);
    }
    Ok(())
}

/// Somebody invented, with the token as their note.
fn somebody(world: &mut World, at: usize, token: &Token) -> FieldValues {
    let village = world.laptops[at].village.to_string();
    let serial =
        if world.chance.one_in(8) { world.chance.between(1, 8) } else { world.chance.between(9, SERIALS) };
    let mut values = people::one(&village, serial as u32);
    if world.chance.one_in(10) {
        // The same number in both villages: an officer has to decide.
        values.set(Field::Nik, people::nik("330501", "1980-05-10", false, serial as u32 % 9 + 1));
        values.set(Field::BirthDate, "1980-05-10");
    }
    values.set(Field::Note, token.as_str());
    values
}

/// What a clerk sees of a person before she changes something.
pub struct Seen {
    person: Token,
    version: Token,
    /// A change was typed and not released.
    pending: bool,
}

/// Somebody who was released and can be changed.
pub fn released(world: &mut World, at: usize) -> Option<(PersonId, Seen)> {
    let rows: Vec<PersonRow> = everybody(world.laptops[at].register());
    let open = |row: &&PersonRow| {
        !row.two_versions && !matches!(row.state, State::Draft | State::Ended | State::Cancelled)
    };
    let rows: Vec<&PersonRow> = rows.iter().filter(open).collect();
    // Often one of the same few, so that laptops meet.
    let few = if world.chance.one_in(3) { rows.len() } else { rows.len().min(2) };
    let id = world.chance.pick(&rows[..few])?.id;
    let detail = world.laptops[at].register().person(id).expect("a person of the list");
    let version = detail.released?.get(Field::Note)?.to_owned();
    let person = world.ledger.edits().get(&version)?.person.clone();
    Some((id, Seen { person, version, pending: !detail.edited.is_empty() }))
}

pub fn everybody(register: &Register) -> Vec<PersonRow> {
    let mut rows = Vec::new();
    loop {
        let query = ListQuery { offset: rows.len() as u64, limit: 500, ..ListQuery::default() };
        let page = register.list(&query).expect("list").rows;
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// Does it and writes down what the clerk was told. `None`: the power went, nobody knows whether it was saved.
pub fn attempt(
    world: &mut World,
    at: usize,
    what: &str,
    about: Option<PersonId>,
    work: impl FnOnce(&mut Register) -> Result<Done, RegisterError>,
) -> Result<Option<Done>, Violation> {
    let loses_power = world.chance.one_in(25);
    let laptop = &mut world.laptops[at];
    let unsynced = world.mutation == Some(Mutation::UnsyncedCommit);
    let before = if loses_power || unsynced { laptop.disk() } else { Disk::default() };
    let done = work(laptop.register_mut());
    if unsynced {
        laptop.synced = Some(before.clone());
    }
    if loses_power {
        let left = laptop.disk().torn(&before, &mut world.chance);
        laptop.start_again_from(&left)?;
        world.tally.count("laptop loses power while saving");
        world.note(at, format!("{what}: the power goes"));
        oracle::adopt_drafts(&mut world.laptops[at], about);
        oracle::remembers(world, at)?;
        return Ok(None);
    }
    if laptop.is_full() && matches!(done, Err(RegisterError::Full)) {
        world.tally.count("operations on a full disk");
        world.note(at, format!("{what}: no room"));
        oracle::remembers(world, at)?;
        return Ok(None);
    }
    let done = done.map_err(|error| Violation::new(1, format!("{}: {what}: {error:?}", laptop.name)))?;
    world.tally.count("operations of clerks");
    world.note(at, what);
    oracle::write_down(world, at);
    Ok(Some(done))
}
