//! Making room: an appended update, the same bytes every time, and nothing but the gap ever changes.

mod support;

use payung_keys::sha256;
use payung_seal::{Place, RESERVED_BYTES, SealError, digest_outside, fill, make_room};
use std::process::Command;
use support::{place, small_pdf};

#[test]
fn the_file_only_grows_and_stays_the_same_from_run_to_run() {
    let pdf = small_pdf();
    let room = make_room(&pdf, &place()).expect("room");
    assert!(room.bytes.starts_with(&pdf), "the shown bytes stay");
    assert_eq!(room, make_room(&pdf, &place()).expect("room"));
    let grown = room.bytes.len() - pdf.len();
    assert!(grown < 2 * RESERVED_BYTES + 1_400, "grew by {grown} bytes");
    let later = Place { at: payung_domain::Timestamp(place().at.0 + 1_000), ..place() };
    assert_ne!(room.digest, make_room(&pdf, &later).expect("room").digest);
}

#[test]
fn the_digest_is_over_everything_but_the_gap() {
    let room = make_room(&small_pdf(), &place()).expect("room");
    assert_eq!(room.gap.len(), RESERVED_BYTES * 2);
    let (before, after) = (room.gap.start - 1, room.gap.end + 1);
    assert_eq!((room.bytes[before], room.bytes[after - 1]), (b'<', b'>'));
    assert_eq!(room.digest, sha256(&[&room.bytes[..before], &room.bytes[after..]]));
    let range = format!("/ByteRange[0 {before} {after} {}", room.bytes.len() - after);
    assert!(
        room.bytes.windows(range.len()).any(|window| window == range.as_bytes()),
        "the file itself says so: {range}"
    );
}

#[test]
fn filling_changes_the_gap_alone_and_can_be_done_again() {
    let room = make_room(&small_pdf(), &place()).expect("room");
    let mut bytes = room.bytes.clone();
    fill(&mut bytes, room.gap.clone(), &[0xab; 900]).expect("fits");
    fill(&mut bytes, room.gap.clone(), &[0x30, 0x1f]).expect("fits");
    assert_eq!(&bytes[room.gap.start..room.gap.start + 6], b"301f00");
    assert!(bytes[room.gap.start + 4..room.gap.end].iter().all(|digit| *digit == b'0'));
    assert_eq!(digest_outside(&bytes, room.gap.clone()), room.digest);

    let before = bytes.clone();
    let too_long = fill(&mut bytes, room.gap.clone(), &[1; RESERVED_BYTES + 1]);
    assert_eq!(too_long, Err(SealError::DoesNotFit));
    for elsewhere in [0..4, room.gap.start + 1..room.gap.end, 5..bytes.len() + 9] {
        assert_eq!(fill(&mut bytes, elsewhere, &[1]), Err(SealError::DoesNotFit));
    }
    assert_eq!(bytes, before, "what does not fit changes nothing");
}

#[test]
fn qpdf_finds_nothing_wrong_and_names_survive() {
    let mut odd = place();
    odd.signer = "I Wayan (\\) Puṭra )".into();
    let room = make_room(&small_pdf(), &odd).expect("room");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("room.pdf");
    std::fs::write(&file, &room.bytes).expect("file");
    let checked = Command::new("qpdf").arg("--check").arg(&file).output().expect("qpdf is installed");
    let said =
        String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success() && said.contains("No syntax or stream encoding errors found"), "{said}");
}

#[test]
fn what_is_no_statement_gets_no_room() {
    let room = make_room(&small_pdf(), &place()).expect("room");
    assert_eq!(make_room(&room.bytes, &place()), Err(SealError::NoRoom), "room is made once");
    assert_eq!(make_room(b"hello", &place()), Err(SealError::NotPdf));
    assert_eq!(make_room(&small_pdf()[..300], &place()), Err(SealError::Truncated));
}
