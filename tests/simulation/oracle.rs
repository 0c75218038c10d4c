//! Looks at both sides and compares them with its own books. It knows no exchange: only what was saved, and what stands
//! where now.

use crate::clerk::everybody;
use crate::laptop::Laptop;
use crate::ledger::{Bodies, Token, tokens};
use crate::photos;
use crate::twins::{self, Names, Written};
use crate::world::World;
use payung_district::store::{Content, EntryRow, SeriesRow};
use payung_domain::{EndKind, Field, State, VillageCode};
use payung_journal::{EntityId, Entry, Event, Head, SeriesKind, digest, salt, stretch_of};
use payung_register::{PersonDetail, PersonId, Register, SeriesState};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One of the invariants of docs/ARCHITECTURE.md is broken.
#[derive(Clone, Debug)]
pub struct Violation {
    pub invariant: u8,
    pub words: String,
}

impl Violation {
    pub const fn new(invariant: u8, words: String) -> Self {
        Self { invariant, words }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invariant {}: {}", self.invariant, self.words)
    }
}

type Checked = Result<(), Violation>;

fn broken<T>(invariant: u8, words: impl Into<String>) -> Result<T, Violation> {
    Err(Violation::new(invariant, words.into()))
}

// -- While the world goes on ------------------------------------------------------------------------------------------

/// A register says that something is saved: from now on it has to stay.
pub fn write_down(world: &mut World, at: usize) {
    let laptop = &mut world.laptops[at];
    let own = laptop.register().shared_series().expect("series");
    let noted = laptop.memory.noted.get(&own.series).copied().unwrap_or(0);
    for body in bodies_of_series(laptop.register(), &own, noted) {
        world.ledger.body(laptop.village, body.clone());
        laptop.memory.written.insert(body);
    }
    laptop.memory.noted.insert(own.series, own.seq);
}

/// Drafts whose fate the clerk does not know are what the register shows.
pub fn adopt_drafts(laptop: &mut Laptop, about: Option<PersonId>) {
    let mut drafts = std::mem::take(&mut laptop.memory.drafts);
    for row in everybody(laptop.register()) {
        if row.state != State::Draft {
            if about == Some(row.id) {
                drafts.remove(&row.id.0);
            }
        } else if about == Some(row.id) || !drafts.contains_key(&row.id.0) {
            drafts.insert(row.id.0, detail(laptop.register(), row.id).values);
        }
    }
    laptop.memory.drafts = drafts;
}

/// Invariant 1: what this disk's clerk was told is saved is there, once.
pub fn remembers(world: &mut World, at: usize) -> Checked {
    let laptop = &world.laptops[at];
    let here = bodies_here(laptop.register());
    if let Some(body) = laptop.memory.written.iter().find(|body| here.get(*body) != Some(&1)) {
        let times = here.get(body).unwrap_or(&0);
        return broken(1, format!("{} holds {} {times} times", laptop.name, name(body)));
    }
    for (id, typed) in &laptop.memory.drafts {
        let found = laptop.register().person(PersonId(*id));
        if found.is_ok_and(|found| found.values != *typed) || laptop.register().row(PersonId(*id)).is_err() {
            return broken(1, format!("{} lost a draft", laptop.name));
        }
    }
    write_down(world, at);
    let laptop = &mut world.laptops[at];
    for (body, times) in decisions_here(laptop.register()) {
        laptop.memory.decided.insert(body, times);
    }
    Ok(())
}

/// *Sudah sampai* only for what the district holds, byte for byte. A district that lost its disk since is excused until
/// the laptop has spoken with it again.
pub fn honest(world: &World, at: usize) -> Checked {
    let laptop = &world.laptops[at];
    if laptop.memory.spoke_with != world.office.restored {
        return Ok(());
    }
    let there = world.office.series(laptop.village);
    for series in travelling(laptop.register()) {
        if series.held_seq == 0 {
            continue;
        }
        let Some(known) = there.iter().find(|row| row.id == series.series) else {
            return broken(2, format!("{} was told that an unknown series arrived", laptop.name));
        };
        let place = world.office.head_at(known, series.held_seq);
        if place != laptop.register().head_at(series.series, series.held_seq).expect("head") {
            return broken(2, format!("{} was told that {} entries arrived", laptop.name, series.held_seq));
        }
    }
    Ok(())
}

/// A laptop was told that everything went through: then it did. `heard` is false where the answer may have been altered
/// on the way: nobody signs the part of it that says how much there is.
pub fn believes_level(world: &mut World, at: usize, heard: bool) -> Checked {
    world.laptops[at].memory.spoke_with = world.office.restored;
    let laptop = &world.laptops[at];
    let waits = travelling(laptop.register()).iter().any(|series| series.held_seq < series.seq);
    let same = laptop.register().total().expect("total") == world.office.total(laptop.village);
    if waits || (heard && !same) {
        return broken(2, format!("{} believes that everything arrived", laptop.name));
    }
    Ok(())
}

// -- When the world is at rest ----------------------------------------------------------------------------------------

/// Invariants 1 to 6, once nothing moves any more.
pub fn at_rest(world: &mut World) -> Checked {
    for at in 0..world.laptops.len() {
        if !world.laptops[at].gone {
            remembers(world, at)?;
            verified(&world.laptops[at])?;
        }
    }
    for village in world.office.villages() {
        let two = at_work(world, village).map(|laptop| laptop.register().counts().two_versions).max();
        (0..two.unwrap_or(0)).for_each(|_| world.tally.count("people in two versions at the end"));
        let names = Names::of(&world.office.written(village));
        (0..names.twins()).for_each(|_| world.tally.count("entries that copies of one disk entered again"));
        chains(world, village)?;
        every_body_once(world, village)?;
        same_people(world, village, &names)?;
        newest_versions(world, village)?;
        same_decisions(world, village)?;
        photos::everywhere(world, village)?;
    }
    Ok(())
}

fn verified(laptop: &Laptop) -> Checked {
    if let Err(error) = laptop.register().verify_journal() {
        return broken(1, format!("{} does not prove itself: {error}", laptop.name));
    }
    let outbox = laptop.register().outbox().expect("outbox");
    if outbox.waiting_entries() > 0 || outbox.waiting_people > 0 {
        return broken(2, format!("{} still waits: {outbox:?}", laptop.name));
    }
    Ok(())
}

/// The district's copy proves itself: every head follows from the entries before it.
fn chains(world: &World, village: VillageCode) -> Checked {
    for series in world.office.all_series(village) {
        let mut head = Head::start(series.id);
        let entries = world.office.entries(&series);
        if entries.len() as u64 != series.length {
            return broken(2, format!("{:?} has a hole at the district", series.id));
        }
        for (seq, entry) in &entries {
            head = head.next(&entry_digest(world, &series, *seq, entry));
            if head != entry.head {
                return broken(2, format!("{:?} {seq} differs from its chain at the district", series.id));
            }
        }
        if head != series.head {
            return broken(2, format!("{:?} ends elsewhere at the district", series.id));
        }
    }
    Ok(())
}

fn entry_digest(world: &World, series: &SeriesRow, seq: u64, entry: &EntryRow) -> payung_journal::Digest {
    match &entry.content {
        Content::Erased(digest) => *digest,
        Content::Body { body, salt: Some(own) } => digest(own, body),
        Content::Body { body, salt: None } => {
            let seed = world.office.seed(series, stretch_of(seq)).expect("seed of a stretch");
            digest(&salt(&seed, seq), body)
        }
    }
}

/// Invariant 2: everything saved is at the district and on every laptop of the village, once, byte for byte; nothing
/// else is.
fn every_body_once(world: &World, village: VillageCode) -> Checked {
    let mut places = vec![("the district".to_owned(), twins::said(&world.office.written(village)))];
    for laptop in at_work(world, village) {
        places.push((laptop.name.clone(), bodies_here(laptop.register())));
    }
    for (place, here) in &places {
        for (body, known) in world.ledger.bodies().iter().filter(|(_, known)| known.village == village) {
            let times = here.get(body).copied().unwrap_or(0);
            if times > 1 || (times == 0 && !known.lost) {
                return broken(2, format!("{place} holds {} {times} times", name(body)));
            }
        }
        if let Some(body) = here.keys().find(|body| !world.ledger.bodies().contains_key(*body)) {
            return broken(5, format!("{place} holds something that nobody wrote: {}", name(body)));
        }
        // Also where a body was only lost on the disks: what one place has, all have.
        if here != &places[0].1 {
            return broken(6, format!("{place} and the district do not hold the same"));
        }
    }
    Ok(())
}

/// Everyone sees the same people, in the same versions and states; so does the district.
fn same_people(world: &World, village: VillageCode, names: &Names) -> Checked {
    let mut first: Option<(&str, BTreeMap<EntityId, Vec<String>>)> = None;
    for laptop in at_work(world, village) {
        let seen = people(laptop.register()).into_iter().map(|(id, detail)| (names.one(id), detail));
        let seen: BTreeMap<EntityId, PersonDetail> = seen.collect();
        let there: Vec<_> =
            world.office.people().into_iter().filter(|person| person.village == village).collect();
        if there.len() != seen.len() {
            return broken(
                2,
                format!("the district knows {} people, {} {}", there.len(), laptop.name, seen.len()),
            );
        }
        for person in there {
            let Some(here) = seen.get(&names.one(person.id)) else {
                return broken(2, format!("the district made up {:?}", person.id));
            };
            let answer = here.answers.iter().find(|answer| answer.about_newest).map(|answer| answer.answer);
            let ended = here.ended.as_ref().map(|end| end.kind);
            // Where somebody ended, the district keeps the last version before, and answers no more.
            let version = here.version.map(|version| names.one(version));
            let open = version == Some(names.one(person.version)) && answer == person.answer;
            if here.two_versions {
                continue; // which of them came last to the district says nothing; the answers are compared below
            }
            if ended != person.ended || (ended.is_none() && !open) {
                let there = (person.version, person.ended, person.answer);
                let here = (here.version, ended, answer);
                return broken(
                    2,
                    format!("{:?}: the district {there:?}, {} {here:?}", person.id, laptop.name),
                );
            }
        }
        let portraits: BTreeMap<_, _> =
            seen.iter().map(|(id, detail)| (*id, portrait(detail, names))).collect();
        if let Some((other, known)) = &first {
            let nothing = Vec::new();
            for (id, here) in &portraits {
                let there = known.get(id).unwrap_or(&nothing);
                let differ: Vec<_> = there.iter().zip(here).filter(|(there, here)| there != here).collect();
                if here.len() != there.len() || !differ.is_empty() {
                    return broken(4, format!("{other} and {} see {id:?} as {differ:?}", laptop.name));
                }
            }
        } else {
            first = Some((&laptop.name, portraits));
        }
    }
    Ok(())
}

/// Invariant 4, from the oracle's own books: a person shows the version that nothing stands in place of.
fn newest_versions(world: &World, village: VillageCode) -> Checked {
    let present: BTreeSet<Token> =
        world.office.bodies(village).iter().flat_map(|body| tokens(body)).collect();
    let released_twice = released_twice(world, village);
    let edits = world.ledger.edits();
    let replaced: BTreeSet<&Token> = edits
        .iter()
        .filter(|(token, _)| present.contains(*token))
        .flat_map(|(_, edit)| &edit.bases)
        .collect();
    let mut heads: BTreeMap<&Token, Vec<&Token>> = BTreeMap::new();
    for (token, edit) in edits.iter().filter(|(token, _)| present.contains(*token)) {
        if !replaced.contains(token) {
            heads.entry(&edit.person).or_default().push(token);
        }
    }
    for laptop in at_work(world, village) {
        let mut of_two: BTreeMap<&Token, Vec<Token>> = BTreeMap::new();
        for (id, person) in people(laptop.register()) {
            let shown =
                person.released.as_ref().and_then(|values| values.get(Field::Note)).unwrap_or_default();
            let Some(edit) = edits.get(shown) else { return broken(5, format!("nobody wrote {id:?}")) };
            let Some(newest) = heads.get(&edit.person) else {
                return broken(2, format!("{id:?} has no newest"));
            };
            if released_twice.contains(&edit.person) {
                let two = laptop.register().two_versions(person.id).expect("versions");
                let heads =
                    two.iter().flat_map(|two| &two.heads).filter_map(|head| head.values.get(Field::Note));
                let shown = heads.map(str::to_owned).chain([shown.to_owned()]);
                let end = person.ended.as_ref().map(|end| end.reason.clone());
                of_two.entry(&edit.person).or_default().extend(shown.chain(end));
                continue;
            }
            let [newest] = newest[..] else {
                two_versions(world, laptop, &person, newest)?;
                continue;
            };
            let ended = person.ended.as_ref().map(|end| end.reason.as_str());
            let right =
                if edits[newest].ends { ended == Some(newest) } else { shown == newest && ended.is_none() };
            if !right {
                return broken(4, format!("{} shows {shown}, not {newest}", laptop.name));
            }
        }
        // Which of the two somebody corrected is not told by tokens; that one of them shows it, is.
        for (person, shown) in of_two {
            if let Some(newest) = heads[person].iter().find(|newest| !shown.contains(newest)) {
                return broken(4, format!("{} shows {shown:?} of two people, {newest} of none", laptop.name));
            }
        }
    }
    Ok(())
}

/// A draft on a disk that was copied may be released from both copies: two people with the same facts, each with versions
/// of their own, which the clerks' tokens cannot tell apart.
fn released_twice(world: &World, village: VillageCode) -> BTreeSet<Token> {
    let mut once = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for body in world.office.bodies(village).into_iter().collect::<BTreeSet<_>>() {
        let Ok(Entry { event: Event::PersonReleased { .. }, .. }) = Entry::decode(&body) else { continue };
        for token in tokens(&body) {
            if !once.insert(token.clone()) {
                twice.insert(token);
            }
        }
    }
    twice
}

/// Versions that did not know of each other stand side by side, all of them.
fn two_versions(world: &World, laptop: &Laptop, person: &PersonDetail, newest: &[&Token]) -> Checked {
    if newest.iter().any(|token| world.ledger.edits()[*token].ends) {
        return Ok(()); // that every laptop and the district agree is compared already
    }
    let shown = laptop.register().two_versions(person.id).expect("versions");
    let heads = shown.iter().flat_map(|versions| &versions.heads);
    let shown: BTreeSet<&str> = heads.filter_map(|head| head.values.get(Field::Note)).collect();
    if person.two_versions && shown == newest.iter().map(|token| token.as_str()).collect() {
        return Ok(());
    }
    broken(4, format!("{} shows {shown:?}, not {newest:?} side by side", laptop.name))
}

/// What the district decided is on every laptop of the village, and nothing that a laptop once learnt is forgotten.
fn same_decisions(world: &World, village: VillageCode) -> Checked {
    let there = counted(world.office.bodies_of(&world.office.decisions(village)));
    for laptop in at_work(world, village) {
        for (body, learnt) in &laptop.memory.decided {
            // Two people of one request who hold the same number are told of in the same words.
            let times = there.get(body).copied().unwrap_or(0);
            if times != *learnt {
                let said = Entry::decode(body);
                let words =
                    format!("{} learnt {learnt} times what the district says {times} times", laptop.name);
                return broken(6, format!("{words}: {said:?}"));
            }
        }
        if there != decisions_here(laptop.register()) {
            return broken(2, format!("{} and the district do not know the same decisions", laptop.name));
        }
        let total = laptop.register().total().expect("total");
        if total != world.office.total(village) {
            return broken(6, format!("{} counts otherwise than the district", laptop.name));
        }
    }
    Ok(())
}

fn decisions_here(register: &Register) -> Bodies {
    let mut series = register.series().expect("series");
    series.retain(|series| series.kind == SeriesKind::Decisions);
    counted(series.iter().flat_map(|series| bodies_of_series(register, series, 0)).collect())
}

// -- Looking ----------------------------------------------------------------------------------------------------------

pub fn at_work(world: &World, village: VillageCode) -> impl Iterator<Item = &Laptop> {
    world.laptops.iter().filter(move |laptop| !laptop.gone && laptop.village == village)
}

/// Series that devices wrote and that travel.
fn travelling(register: &Register) -> Vec<SeriesState> {
    let all = register.series().expect("series");
    all.into_iter().filter(|series| series.kind == SeriesKind::Shared).collect()
}

pub fn bodies_here(register: &Register) -> Bodies {
    let series = travelling(register).into_iter();
    let written: Written =
        series.map(|series| (series.series, bodies_of_series(register, &series, 0))).collect();
    twins::said(&written)
}

fn bodies_of_series(register: &Register, series: &SeriesState, after: u64) -> Vec<Vec<u8>> {
    let mut bodies = Vec::new();
    let mut after = after;
    while let Some(frame) = register.frame_after(series.series, after, 2_000).expect("frame") {
        after = frame.last_seq();
        bodies.extend(frame.entries.iter().filter_map(|entry| entry.body().map(<[u8]>::to_vec)));
    }
    bodies
}

pub fn counted(bodies: Vec<Vec<u8>>) -> Bodies {
    let mut counts = Bodies::new();
    for body in bodies {
        *counts.entry(body).or_default() += 1;
    }
    counts
}

fn detail(register: &Register, id: PersonId) -> PersonDetail {
    register.person(id).expect("a person of the list")
}

/// Everyone who was released.
fn people(register: &Register) -> BTreeMap<EntityId, PersonDetail> {
    let rows = everybody(register).into_iter().filter(|row| row.state != State::Draft);
    rows.map(|row| detail(register, row.id)).filter_map(|detail| Some((detail.entity?, detail))).collect()
}

/// A person as every laptop of the village must show them.
fn portrait(detail: &PersonDetail, names: &Names) -> Vec<String> {
    let values = detail.released.iter().flat_map(|values| values.iter());
    let ended: Option<(EndKind, &str)> = detail.ended.as_ref().map(|end| (end.kind, end.reason.as_str()));
    let answers = detail.answers.iter().map(|a| (a.answer, a.version, a.about_newest, a.officer.as_deref()));
    vec![
        format!("version {:?}, two: {}", detail.version.map(|id| names.one(id)), detail.two_versions),
        format!("registered on {:?}, {:?}", detail.registered_on, detail.readiness),
        format!("{:?}", detail.status),
        format!("ended {ended:?}"),
        format!("answers {:?}", answers.collect::<Vec<_>>()),
        format!("NIK elsewhere {:?}", detail.nik_elsewhere),
        format!("{:?}", values.collect::<Vec<_>>()),
    ]
}

/// A body in a message: its token, for whoever looks it up in the diary.
fn name(bytes: &[u8]) -> String {
    tokens(bytes).first().cloned().unwrap_or_else(|| "an entry without a token".to_owned())
}
