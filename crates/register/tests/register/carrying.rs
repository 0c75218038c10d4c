//! Photos and documents among several laptops of one village: what one attaches all know, what one lacks it asks for.

use crate::attachments::{digest, photo};
use crate::harness::{Village, applicant};
use crate::relay::{Relay, settle};
use crate::several::{cloned, entity, row};
use payung_domain::Timestamp;
use payung_journal::AttachmentReceipt;
use payung_register::{
    About, AttachmentError, FileDone, FileState, Op, PersonId, Register, RegisterError, StatementId, Wanted,
};

fn two() -> (Relay, Village, Village) {
    let (relay, mut laptops) = Relay::with(2);
    let (a, b) = (laptops.remove(0), laptops.remove(0));
    (relay, a, b)
}

/// Hands over everything that one lacks and the other has, in pieces; returns how many files came.
fn carry(from: &Village, to: &mut Village, piece: usize) -> usize {
    let wanted = to.attachments_to_fetch().expect("read");
    for Wanted { digest, have, .. } in &wanted {
        let bytes = from.attachment_bytes(digest).expect("read").expect("the other has it");
        let mut offset = *have;
        let mut last = None;
        for part in bytes[offset as usize..].chunks(piece) {
            let op = Op::AttachmentPart { digest: *digest, offset, bytes: part.to_vec() };
            last = to.transact(op).expect("taken").file;
            offset += part.len() as u64;
        }
        assert_eq!(last, Some(FileDone::Whole));
    }
    wanted.len()
}

fn part(laptop: &mut Village, digest: [u8; 32], offset: u64, bytes: &[u8]) -> Option<FileDone> {
    laptop.transact(Op::AttachmentPart { digest, offset, bytes: bytes.to_vec() }).expect("taken").file
}

#[test]
fn a_photo_of_one_laptop_comes_to_the_other_piece_by_piece() {
    let (mut relay, mut a, mut b) = two();
    let person = a.candidate(1);
    a.ktp(person, "foto ktp yang panjang");
    settle(&mut relay, &mut [&mut a, &mut b]);
    let at_b = About::Person(row(&b, entity(&a, person)));
    assert_eq!(b.states(at_b), [FileState::Missing]);
    assert_eq!(b.attachment_counts().expect("counts").to_fetch, 1);
    assert!(b.attachments_to_send().expect("read").is_empty(), "nothing to send of what is not here");

    let file = photo("foto ktp yang panjang");
    let digest = digest(&file);
    assert_eq!(part(&mut b, digest, 0, &file.bytes[..5]), Some(FileDone::Partly { have: 5 }));
    assert_eq!(part(&mut b, digest, 0, &file.bytes[..5]), Some(FileDone::Partly { have: 5 }), "a repeat");
    assert_eq!(part(&mut b, digest, 9, &file.bytes[9..]), Some(FileDone::Partly { have: 5 }), "a gap");
    b.close();
    b.unlock();
    assert_eq!(b.attachments_to_fetch().expect("read")[0].have, 5, "the beginning is kept");
    let mut wrong = file.bytes[5..].to_vec();
    wrong[0] ^= 1;
    assert_eq!(part(&mut b, digest, 5, &wrong), Some(FileDone::Broken));
    assert_eq!(b.attachments_to_fetch().expect("read")[0].have, 0, "all of it is asked for again");
    assert_eq!(b.attachment_bytes(&digest).expect("read"), None);
    assert_eq!(carry(&a, &mut b, 4), 1);
    assert_eq!(b.attachment_bytes(&digest).expect("read"), Some(file.bytes.clone()));
    assert_eq!(b.states(at_b), [FileState::Waiting]);
    assert_eq!(part(&mut b, digest, 0, b"more"), Some(FileDone::Whole), "what is here is here");
    assert_eq!(b.attachments_to_send().expect("read").len(), 1, "whoever has it may bring it");
}

#[test]
fn bytes_that_nobody_announced_are_not_kept() {
    let (mut relay, mut a, mut b) = two();
    let person = a.candidate(1);
    a.ktp(person, "ktp");
    settle(&mut relay, &mut [&mut a, &mut b]);
    let refused = |result: Result<payung_register::Done, RegisterError>| match result {
        Err(RegisterError::Attachment(error)) => error,
        other => panic!("taken: {other:?}"),
    };
    let stranger = Op::AttachmentArrived { digest: [7; 32], bytes: vec![1, 2, 3] };
    assert_eq!(refused(b.transact(stranger)), AttachmentError::NotWanted);
    let file = photo("ktp");
    for bytes in [photo("lain").bytes, file.bytes[..3].to_vec(), [file.bytes.as_slice(), b"x"].concat()] {
        let op = Op::AttachmentArrived { digest: digest(&file), bytes };
        assert_eq!(refused(b.transact(op)), AttachmentError::NotAsAnnounced);
    }
    b.transact(Op::AttachmentArrived { digest: digest(&file), bytes: file.bytes }).expect("as announced");
    assert!(b.attachments_to_fetch().expect("read").is_empty());
}

#[test]
fn a_signed_letter_of_another_laptop_gets_its_pages() {
    let (mut relay, mut a, mut b) = two();
    let person = a.candidate(1);
    let statement = a.signed(&[person]);
    a.stamp(statement, "A1B2C3D4E5F6G7H89").expect("stamped");
    settle(&mut relay, &mut [&mut a, &mut b]);
    let at_b = b.statements().expect("statements")[0].id;
    assert_eq!(b.statement_document(at_b).expect("read"), None);
    assert_eq!(b.states(About::Statement(at_b)), [FileState::Missing, FileState::Missing]);
    assert_eq!(carry(&a, &mut b, 10_000), 2, "the letter, and the photo of its stamp");
    let document = a.statement_document(statement).expect("read").expect("its bytes");
    assert_eq!(b.statement_document(at_b).expect("read"), Some(document.clone()));
    assert_eq!(b.statement_export(at_b).expect("for others"), document);
    let file = &b.statement_files(at_b).expect("files")[0];
    assert!(b.statement_file(&file.digest).expect("read").is_some());
    let verified = b.verify_journal().expect("it proves itself");
    assert_eq!((verified.statements, verified.files), (1, 2));
    b.close();
    b.unlock();
    assert_eq!(b.attachment_counts().expect("counts").total, 2, "nobody announces it a second time");
}

#[test]
fn what_one_laptop_takes_away_goes_on_all() {
    let (mut relay, mut a, mut b) = two();
    let person = a.candidate(1);
    a.ktp(person, "ktp");
    settle(&mut relay, &mut [&mut a, &mut b]);
    carry(&a, &mut b, 100);
    let at_b = About::Person(row(&b, entity(&a, person)));
    let id = b.attachments(at_b).expect("read")[0].id.expect("a row");
    b.transact(Op::RemoveAttachment { attachment: id, reason: "kabur".to_owned() }).expect("removed");
    settle(&mut relay, &mut [&mut a, &mut b]);
    for laptop in [&a, &b] {
        assert_eq!(laptop.attachment_bytes(&digest(&photo("ktp"))).expect("read"), None, "erased");
        assert_eq!(laptop.attachment_counts().expect("counts").total, 0);
    }
    let mut late = relay.join();
    settle(&mut relay, &mut [&mut a, &mut b, &mut late]);
    assert!(late.attachments_to_fetch().expect("read").is_empty(), "a new laptop does not ask for it");
}

#[test]
fn a_cloned_disk_loses_no_photo() {
    let (mut relay, mut a, mut b) = two();
    let shared = a.candidate(1);
    relay.level(&mut a);
    let mut clone = cloned(&mut a);
    for (laptop, serial, mark) in [(&mut a, 10, "satu"), (&mut clone, 20, "dua")] {
        let mine = laptop.draft(applicant(&laptop.village().code, serial));
        laptop.ktp(mine, mark);
        laptop.release(mine).expect("siap");
        laptop.ktp(shared, &format!("bersama {mark}"));
        let wrong = laptop.ktp(shared, &format!("salah {mark}"));
        laptop.transact(Op::RemoveAttachment { attachment: wrong, reason: "salah".to_owned() }).expect("off");
    }
    settle(&mut relay, &mut [&mut a, &mut clone, &mut b]);
    for _ in 0..2 {
        carry(&a, &mut clone, 100);
    }
    let known = |laptop: &Village, id: PersonId| laptop.attachments(About::Person(id)).expect("read").len();
    for laptop in [&a, &clone, &b] {
        assert_eq!(
            known(laptop, row(laptop, entity(&a, shared))),
            2,
            "what both attached, without the wrong ones"
        );
        assert_eq!(laptop.attachment_counts().expect("counts").total, 4);
    }
    assert!(
        a.attachments_to_fetch().expect("read").len() + b.attachments_to_fetch().expect("read").len() > 0
    );
}

#[test]
fn a_district_that_was_put_back_is_asked_again_about_files() {
    let (mut relay, mut laptops) = Relay::with(1);
    let a = &mut laptops[0];
    let person = a.candidate(1);
    a.ktp(person, "ktp");
    relay.level(a);
    let mut old = relay.clone();
    let receipt = AttachmentReceipt::sign(relay.key(), digest(&photo("ktp")), 7, Timestamp(9));
    a.transact(Op::AttachmentKept(receipt)).expect("kept");
    assert_eq!(a.states(About::Person(person)), [FileState::Kept(Timestamp(9))]);
    // It comes back without the file, and begins a new series of decisions.
    old.new_decisions(a.village().code);
    old.level(a);
    assert_eq!(a.states(About::Person(person)), [FileState::Waiting], "honestly");
    assert_eq!(a.attachments_to_send().expect("read").len(), 1);
}

#[test]
fn a_restored_backup_goes_on_in_a_new_series_and_gets_the_rest() {
    let (mut relay, mut a, mut b) = two();
    let person = a.candidate(1);
    a.ktp(person, "ktp");
    let stick = tempfile::TempDir::new().expect("folder");
    let file = stick.path().join("desa.payung-cadangan");
    a.backup(&file).expect("a backup");
    let later = a.candidate(2);
    a.ktp(later, "kemudian");
    settle(&mut relay, &mut [&mut a, &mut b]);
    let before = a.shared_series().expect("series").series;

    // The laptop burns; its backup does not.
    let dir = tempfile::TempDir::new().expect("folder");
    Register::restore(&file, dir.path()).expect("restored");
    let mut again = Village::found(dir);
    assert_ne!(again.shared_series().expect("series").series, before, "nothing is written into the old one");
    again.candidate(3);
    settle(&mut relay, &mut [&mut again, &mut b]);
    assert_eq!((again.counts().total, b.counts().total), (3, 3), "what the backup did not have is back");
    assert_eq!(carry(&a, &mut again, 100), 1, "the photo, too");
    let letter = again.signed(&[PersonId(1)]);
    settle(&mut relay, &mut [&mut again, &mut b]);
    assert_eq!(letter, StatementId(1));
    assert_eq!(b.statements().expect("statements").len(), 1);
}
