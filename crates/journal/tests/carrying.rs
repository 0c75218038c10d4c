//! The bytes of attachments on the line, and the file for a stick: what was written once is read for ever, and nothing
//! that was cut, altered or meant for somebody else is taken.

mod support;

use payung_journal::*;
use payung_keys::{Hashing, SigningKey, sha256};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use support::*;

fn device() -> DeviceId {
    DeviceId::generate(&Seeded::new(20))
}

fn receipt() -> AttachmentReceipt {
    AttachmentReceipt::sign(&district_key(), sha256(&[b"photo"]), 150_000, NOW)
}

fn call(what: AttachmentWish) -> AttachmentCall {
    AttachmentCall { device: device(), sent_at: NOW, what }
}

fn states() -> Vec<AttachmentState> {
    let state = |name: &[u8], standing| AttachmentState { digest: sha256(&[name]), standing };
    let words = "Lampirkan lagi.".to_owned();
    vec![
        state(b"new", Standing::Partial(0)),
        state(b"begun", Standing::Partial(32_768)),
        state(b"photo", Standing::Kept(receipt())),
        state(b"strange", Standing::Refused { code: NotKept::NotAnnounced, words: words.clone() }),
        state(b"broken", Standing::Refused { code: NotKept::Broken, words: words.clone() }),
        state(b"removed", Standing::Refused { code: NotKept::Removed, words: words.clone() }),
        state(b"full", Standing::Refused { code: NotKept::Full, words: words.clone() }),
        state(b"newer", Standing::Refused { code: NotKept::Other(99), words }),
    ]
}

#[test]
fn calls_and_replies_keep_their_bytes() {
    let digest = sha256(&[b"photo"]);
    for (name, what) in [
        ("attachment_state", AttachmentWish::State { digests: vec![digest, sha256(&[b"kk"])] }),
        ("attachment_put", AttachmentWish::Put { digest, offset: 131_072, bytes: b"piece".to_vec() }),
        ("attachment_get", AttachmentWish::Get { digest, offset: 7, most: 65_536 }),
        ("attachment_missing", AttachmentWish::Missing),
    ] {
        let call = call(what);
        let bytes = golden(name, &SignedCall::sign(&call, &device_key()).to_bytes());
        let old = SignedCall::from_bytes(&bytes).unwrap();
        assert_eq!(old.device(), Ok(device()), "{name}");
        assert!(old.verify(&device_key().public()).is_ok(), "{name}");
        assert!(old.verify(&district_key().public()).is_err(), "{name}: another key's");
        assert_eq!(old.call(), Ok(call), "{name}");
    }
    for (name, reply) in [
        ("attachment_reply_state", AttachmentReply::State(states())),
        ("attachment_reply_put", AttachmentReply::Put(states().remove(2))),
        ("attachment_reply_chunk", AttachmentReply::Chunk { total: 150_000, bytes: b"piece".to_vec() }),
        ("attachment_reply_not_here", AttachmentReply::NotHere(states().remove(3))),
        ("attachment_reply_missing", AttachmentReply::Missing(vec![digest, sha256(&[b"kk"])])),
        ("attachment_reply_nothing_missing", AttachmentReply::Missing(vec![])),
    ] {
        let bytes = golden(name, &reply.encode());
        assert_eq!(AttachmentReply::decode(&bytes), Ok(reply), "{name}");
    }
    assert_eq!(
        AttachmentReply::decode(&AttachmentReply::State(vec![]).encode()),
        Ok(AttachmentReply::State(vec![]))
    );
    let bytes = golden("attachment_receipt", &receipt().to_bytes());
    let old = AttachmentReceipt::from_bytes(&bytes).unwrap();
    assert!(old.verify(&district_key().public()).is_ok());
    for other in [
        AttachmentReceipt { bytes: 150_001, ..old.clone() },
        AttachmentReceipt { digest: sha256(&[b"kk"]), ..old.clone() },
        AttachmentReceipt { at: payung_domain::Timestamp(NOW.millis() + 1), ..old },
    ] {
        assert!(other.verify(&district_key().public()).is_err(), "the signature covers {other:?}");
    }
}

#[test]
fn a_call_that_was_altered_anywhere_is_not_the_devices() {
    let digest = sha256(&[b"photo"]);
    let signed =
        SignedCall::sign(&call(AttachmentWish::Put { digest, offset: 5, bytes: vec![7; 60] }), &device_key());
    let bytes = signed.to_bytes();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let taken = SignedCall::from_bytes(&altered)
            .is_ok_and(|signed| signed.verify(&device_key().public()).is_ok());
        assert!(!taken, "byte {at}");
        let cut = SignedCall::from_bytes(&bytes[..at]);
        assert!(!cut.is_ok_and(|signed| signed.verify(&device_key().public()).is_ok()), "cut at {at}");
    }
    let request = SignedRequest::sign(&ExchangeRequest::new(device(), NOW), &device_key());
    let passed_off = SignedCall::from_bytes(&request.to_bytes()).unwrap();
    assert!(passed_off.device().is_err() && passed_off.call().is_err(), "a request never passes for a call");
}

#[test]
fn calls_have_limits() {
    let digest = [1; 32];
    let read = |what| {
        let signed = SignedCall::sign(&call(what), &device_key());
        SignedCall::from_bytes(&signed.to_bytes()).and_then(|signed| signed.call())
    };
    let put = |offset, bytes| AttachmentWish::Put { digest, offset, bytes };
    assert!(read(put(0, vec![0; ATTACHMENT_CHUNK_BYTES_MAX])).is_ok(), "the largest piece");
    assert!(read(put(0, vec![0; ATTACHMENT_CHUNK_BYTES_MAX + 1])).is_err(), "one byte more");
    assert!(read(put(0, Vec::new())).is_err(), "nothing");
    assert!(read(put(ATTACHMENT_BYTES_MAX + 1, vec![0])).is_err(), "beyond the largest attachment");
    let state = |count| AttachmentWish::State { digests: vec![digest; count] };
    assert!(read(state(ATTACHMENT_DIGESTS_MAX)).is_ok());
    assert!(read(state(ATTACHMENT_DIGESTS_MAX + 1)).is_err());
    let get = read(AttachmentWish::Get { digest, offset: 0, most: u64::MAX }).unwrap();
    let most = ATTACHMENT_CHUNK_BYTES_MAX as u64;
    assert_eq!(get.what, AttachmentWish::Get { digest, offset: 0, most }, "nobody gets more");
    let states: Vec<AttachmentState> = (0..ATTACHMENT_DIGESTS_MAX).map(|_| states().remove(2)).collect();
    let reply = AttachmentReply::State(states);
    assert_eq!(AttachmentReply::decode(&reply.encode()).as_ref(), Ok(&reply), "the longest answer fits");
}

fn head(direction: Direction) -> BundleHead {
    let (sender, receiver) = match direction {
        Direction::ToDistrict => (device_key().public(), district_key().public()),
        Direction::ToVillage => (district_key().public(), device_key().public()),
    };
    BundleHead {
        direction,
        village: village(),
        village_name: "Contoh".to_owned(),
        device: device(),
        number: 7,
        made_at: NOW,
        sender,
        receiver,
        answers: (direction == Direction::ToVillage).then_some(3),
    }
}

fn parts() -> Vec<Part> {
    let chain = Chain::of_people(5, 0);
    let digest = sha256(&[b"photo"]);
    let request = RoundRequest {
        device: device(),
        sent_at: NOW,
        have: vec![chain.position(2)],
        push: vec![chain.frame(3, 6)],
        checkpoints: vec![chain.checkpoint(6)],
    };
    let mut answer = RoundAnswer::new(NOW);
    answer.frames = vec![chain.frame(1, 2)];
    answer.checkpoints = vec![chain.checkpoint(2)];
    let mut parts = vec![
        Part::Request(request),
        Part::Answer(answer),
        Part::Piece { digest, total: 10, offset: 0, bytes: b"012345".to_vec() },
        Part::Piece { digest, total: 10, offset: 6, bytes: b"6789".to_vec() },
        Part::Wanted(vec![digest, sha256(&[b"kk"])]),
    ];
    parts.extend(states().into_iter().map(Part::State));
    parts
}

fn written(head: &BundleHead, key: &SigningKey, parts: &[Part]) -> Vec<u8> {
    let mut writer = BundleWriter::begin(Vec::new(), head, &Seeded::new(40)).unwrap();
    for part in parts {
        writer.add(part).unwrap();
    }
    writer.finish(key).unwrap().0
}

fn read(bytes: &[u8], key: &SigningKey) -> Result<(BundleHead, Vec<Part>), BundleError> {
    let reader = BundleReader::check(Cursor::new(bytes))?;
    let head = reader.head().clone();
    let mut opened = reader.open(key)?;
    let mut parts = Vec::new();
    while let Some(part) = opened.next_part()? {
        parts.push(part);
    }
    Ok((head, parts))
}

#[test]
fn a_file_from_a_stick_is_read_for_ever() {
    for (name, direction, sender, receiver) in [
        ("bundle_to_district", Direction::ToDistrict, device_key(), district_key()),
        ("bundle_to_village", Direction::ToVillage, district_key(), device_key()),
    ] {
        let head = head(direction);
        let bytes = old_bytes(name, &written(&head, &sender, &parts()));
        let (read_head, read_parts) = read(&bytes, &receiver).unwrap();
        assert_eq!((read_head, read_parts), (head.clone(), parts()), "{name}");
        assert!(read(&bytes, &head_key()).is_err(), "{name}: another key opens nothing");
        assert!(head.file_name().ends_with(".payungusb"));
    }
}

#[test]
fn the_size_of_a_file_is_known_before_it_is_written() {
    let head = head(Direction::ToDistrict);
    for length in [1, 65_000, 65_535, 65_536, 131_072, 200_000] {
        let mut writer = BundleWriter::begin(Vec::new(), &head, &Seeded::new(40)).unwrap();
        let mut plain = 0;
        while plain < length {
            let part = Part::Piece { digest: [1; 32], total: 1 << 20, offset: 0, bytes: vec![0; 1_000] };
            writer.add(&part).unwrap();
            plain += part.size();
        }
        let (bytes, _) = writer.finish(&device_key()).unwrap();
        assert_eq!(bytes.len() as u64, bundle_size(&head, plain), "{plain} bytes of parts");
    }
}

#[test]
fn a_file_cut_anywhere_is_told_from_a_damaged_one() {
    let bytes = written(&head(Direction::ToDistrict), &device_key(), &parts());
    for at in 0..bytes.len() {
        let error = read(&bytes[..at], &district_key()).unwrap_err();
        assert!(matches!(error, BundleError::Truncated), "cut at {at}: {error:?}");
    }
    let longer = [bytes.as_slice(), b"x"].concat();
    assert!(matches!(read(&longer, &district_key()), Err(BundleError::Damaged)), "something was added");
}

#[test]
fn a_file_altered_anywhere_is_not_taken() {
    let bytes = written(&head(Direction::ToDistrict), &device_key(), &parts());
    for at in 0..bytes.len() {
        for bit in [0, 7] {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            let error = read(&altered, &district_key()).unwrap_err();
            let told = match at {
                0..7 => matches!(error, BundleError::NotABundle),
                7 => matches!(error, BundleError::Newer | BundleError::NotABundle),
                _ => matches!(error, BundleError::Damaged | BundleError::Truncated),
            };
            assert!(told, "bit {bit} of byte {at}: {error:?}");
        }
    }
}

#[test]
fn other_files_and_newer_ones_are_told_apart() {
    let told = |bytes: &[u8]| read(bytes, &district_key()).unwrap_err();
    assert!(matches!(told(b"%PDF-1.7 and more"), BundleError::NotABundle));
    assert!(matches!(told(b"{\"format\":\"payung-enrolment/1\"}"), BundleError::NotABundle));
    assert!(matches!(told(b""), BundleError::Truncated), "an empty file");
    assert!(matches!(told(b"PAYUNGB2 and what we do not know"), BundleError::Newer));
    assert!(matches!(told(&[0; 5_000]), BundleError::NotABundle), "a stick's lost cluster");
}

/// Somebody in between opens nothing and cannot put another file in its place.
#[test]
fn only_the_sender_signs_and_only_the_receiver_reads() {
    let head = head(Direction::ToDistrict);
    let bytes = written(&head, &device_key(), &parts());
    let secret = parts().iter().any(|part| matches!(part, Part::Piece { .. }));
    assert!(secret && !bytes.windows(6).any(|window| window == b"012345"), "the piece cannot be seen");
    let forged = written(&head, &head_key(), &parts());
    assert!(matches!(read(&forged, &district_key()), Err(BundleError::Damaged)), "signed by another key");
}

/// A stick that gives other bytes at the second reading: they were not sealed by whom the first reading proved.
#[test]
fn a_stick_that_changes_its_mind_is_caught() {
    struct TwoFaced {
        first: Cursor<Vec<u8>>,
        second: Cursor<Vec<u8>>,
        turned: bool,
    }
    impl Read for TwoFaced {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.turned { self.second.read(into) } else { self.first.read(into) }
        }
    }
    impl Seek for TwoFaced {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            // Only the second reading goes back to where the records begin.
            self.turned |= matches!(to, SeekFrom::Start(at) if at > 0);
            self.second.seek(to)?;
            self.first.seek(to)
        }
    }
    let head = head(Direction::ToDistrict);
    let seal = |seed| {
        let mut writer = BundleWriter::begin(Vec::new(), &head, &Seeded::new(seed)).unwrap();
        writer.add(&parts()[0]).unwrap();
        writer.finish(&device_key()).unwrap().0
    };
    let stick = TwoFaced { first: Cursor::new(seal(1)), second: Cursor::new(seal(2)), turned: false };
    let mut opened = BundleReader::check(stick).unwrap().open(&district_key()).unwrap();
    assert!(matches!(opened.next_part(), Err(BundleError::Damaged)));
}

/// Bytes that are made while they are read, and forgotten when written.
struct Endless {
    at: u64,
    written: Hashing,
}

impl Write for Endless {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        assert!(bytes.len() <= BUNDLE_RECORD_BYTES_MAX + 16, "a record at a time");
        self.at += bytes.len() as u64;
        self.written.add(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_large_file_needs_one_record_of_memory_and_has_an_end() {
    let out = Endless { at: 0, written: Hashing::default() };
    let mut writer = BundleWriter::begin(out, &head(Direction::ToDistrict), &Seeded::new(40)).unwrap();
    let piece = Part::Piece {
        digest: [1; 32],
        total: 1 << 26,
        offset: 0,
        bytes: vec![7; ATTACHMENT_CHUNK_BYTES_MAX],
    };
    for _ in 0..64 {
        writer.add(&piece).unwrap();
    }
    assert!(writer.written() > 16 << 20);
    let (out, _) = writer.finish(&device_key()).unwrap();
    assert!(out.at < 64 * (piece.size() + 200), "records cost little: {}", out.at);
    assert!(bundle_size(&head(Direction::ToDistrict), BUNDLE_BYTES_MAX) > BUNDLE_BYTES_MAX);
}

/// A newer program may add kinds of parts; what is known of such a file is taken.
#[test]
fn parts_of_a_newer_program_are_passed_over() {
    let head = head(Direction::ToDistrict);
    let known = parts();
    let mut writer = BundleWriter::begin(Vec::new(), &head, &Seeded::new(40)).unwrap();
    writer.add(&known[4]).unwrap();
    writer.add(&Part::Unknown { kind: 200, content: vec![1; 100_000] }).unwrap();
    writer.add(&known[2]).unwrap();
    let (bytes, _) = writer.finish(&device_key()).unwrap();
    let (_, read) = read(&bytes, &district_key()).unwrap();
    assert_eq!(read.len(), 3);
    assert_eq!((&read[0], &read[2]), (&known[4], &known[2]));
}

#[test]
fn every_word_about_a_file_says_what_to_do() {
    let boxed = |direction| Box::new(head(direction));
    for error in [
        BundleError::NotABundle,
        BundleError::Newer,
        BundleError::Truncated,
        BundleError::Damaged,
        BundleError::WrongDirection(boxed(Direction::ToDistrict)),
        BundleError::WrongDirection(boxed(Direction::ToVillage)),
        BundleError::OtherDevice(boxed(Direction::ToVillage)),
        BundleError::Io(io::Error::from(io::ErrorKind::StorageFull)),
        BundleError::Io(io::Error::from(io::ErrorKind::ReadOnlyFilesystem)),
        BundleError::Io(io::Error::from(io::ErrorKind::NotFound)),
    ] {
        let words = error.to_string();
        assert!(words.len() > 40 && words.ends_with('.'), "{words}");
    }
    let full = StickTrouble::of(&io::Error::from(io::ErrorKind::StorageFull), Some(1_430_000)).to_string();
    assert!(full.contains("masih kurang 1,4 MB"), "{full}");
    let wrong = BundleError::WrongDirection(boxed(Direction::ToDistrict)).to_string();
    assert!(wrong.contains("kiriman ke kabupaten") && wrong.contains("bukan jawaban"), "{wrong}");
}
