//! Photos of papers: taken by clerks, and looked for by the oracle.

use crate::clerk::{attempt, everybody, released};
use crate::ledger::{Token, tokens};
use crate::oracle::{Violation, at_work};
use crate::world::World;
use payung_district::store;
use payung_domain::VillageCode;
use payung_journal::AttachmentKind;
use payung_keys::sha256;
use payung_register::{About, FileState, NewFile, Op};
use std::collections::BTreeSet;

/// Every JPEG begins so.
const JPEG: [u8; 4] = [0xFF, 0xD8, 0xFF, 0xE0];

/// A clerk photographs somebody's KTP, or scans something larger than one piece.
pub fn take(world: &mut World, at: usize) -> Result<(), Violation> {
    if world.first_language {
        return Ok(()); // which knows no photos
    }
    let Some((person, _)) = released(world, at) else { return Ok(()) };
    let large = world.chance.one_in(8);
    let length = if large { 260_000 + world.chance.below(60_000) } else { 200 + world.chance.below(3_000) };
    let mut bytes = JPEG.to_vec();
    bytes.resize(length, 0);
    world.chance.fill(&mut bytes[JPEG.len()..]);
    let digest = sha256(&[&bytes]);
    let file = NewFile { name: "ktp.jpg".to_owned(), media: "image/jpeg".to_owned(), bytes: bytes.clone() };
    let kind = if large { AttachmentKind::Other } else { AttachmentKind::Ktp };
    let village = world.laptops[at].village;
    let done = attempt(world, at, "takes a photo", Some(person), |register| {
        register.transact(Op::Attach { about: About::Person(person), kind, file })
    })?;
    if done.is_some() || world.laptops[at].register().attachment_bytes(&digest).expect("photo").is_some() {
        world.tally.count("photos taken");
        world.ledger.photo(village, digest, bytes);
    }
    Ok(())
}

/// It was blurred, or of somebody else.
pub fn take_away(world: &mut World, at: usize) -> Result<(), Violation> {
    if world.first_language {
        return Ok(());
    }
    let register = world.laptops[at].register();
    let rows = everybody(register).into_iter();
    let shown = rows.flat_map(|row| register.attachments(About::Person(row.id)).expect("attachments"));
    let announced: Vec<_> = shown
        .filter(|photo| photo.state != FileState::Local)
        .filter_map(|photo| Some((photo.id?, photo.digest)))
        .collect();
    let Some((attachment, digest)) = world.chance.pick(&announced).copied() else { return Ok(()) };
    let reason = world.ledger.token();
    world.ledger.photos().get_mut(&digest).expect("a photo that was taken").removals.push(reason.clone());
    let done = attempt(world, at, "takes a photo away", None, |register| {
        register.transact(Op::RemoveAttachment { attachment, reason: reason.clone() })
    })?;
    if done.is_some() {
        world.tally.count("photos taken away");
    }
    Ok(())
}

/// Disks were lost or found again: what nobody holds may be gone for ever.
pub fn left(world: &mut World) {
    let World { ledger, laptops, office, .. } = world;
    for (digest, photo) in ledger.photos() {
        let on_a_laptop = laptops.iter().filter(|laptop| !laptop.gone).any(|laptop| {
            laptop
                .register()
                .attachment_bytes(digest)
                .expect("photo")
                .is_some_and(|bytes| bytes == photo.bytes)
        });
        photo.lost = !on_a_laptop && office.attachment(photo.village, digest).is_none();
    }
}

/// The district lost the bytes that it signed for.
pub fn lose(world: &mut World) {
    let photos: Vec<_> =
        world.ledger.photos().iter().map(|(digest, photo)| (*digest, photo.village)).collect();
    for (digest, village) in photos {
        let store = &*world.office.district().store;
        store::change(store, |writes| writes.drop_attachment_pieces(village, &digest)).expect("written");
    }
}

/// Every photo that is neither lost nor taken away is at the district and on every laptop of the village, byte for byte;
/// one that was taken away is nowhere.
pub fn everywhere(world: &mut World, village: VillageCode) -> Result<(), Violation> {
    let photos: Vec<_> =
        world.ledger.photos().iter().map(|(digest, photo)| (*digest, photo.clone())).collect();
    let said: BTreeSet<Token> = world.office.bodies(village).iter().flat_map(|body| tokens(body)).collect();
    for (digest, photo) in photos.iter().filter(|(_, photo)| photo.village == village) {
        let removed = photo.removals.iter().any(|reason| said.contains(reason));
        let there = world.office.attachment(village, digest);
        let mut places = vec![("the district", there)];
        for laptop in at_work(world, village) {
            places.push((&laptop.name, laptop.register().attachment_bytes(digest).expect("photo")));
        }
        for (place, bytes) in places {
            let right = match &bytes {
                None => photo.lost || removed,
                Some(bytes) => !removed && *bytes == photo.bytes,
            };
            if !right {
                let found = bytes.map(|bytes| bytes.len());
                return Err(Violation::new(
                    2,
                    format!("{place} holds of a photo {found:?} bytes, taken away: {removed}"),
                ));
            }
        }
    }
    for laptop in at_work(world, village) {
        let counts = laptop.register().attachment_counts().expect("counts");
        if counts.waiting > 0 || counts.refused > 0 {
            return Err(Violation::new(2, format!("{}: photos still wait: {counts:?}", laptop.name)));
        }
    }
    Ok(())
}
