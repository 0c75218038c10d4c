//! Photos and documents: kept once, announced at the right moment, delivered by themselves.

use crate::district::District;
use crate::harness::{Village, applicant};
use crate::letters::scanned;
use payung_domain::{Delivery, Timestamp};
use payung_journal::{AttachmentKind, AttachmentReceipt, Event};
use payung_keys::{SigningKey, sha256};
use payung_register::{
    ATTACHMENTS_MAX, About, AttachmentCounts, AttachmentError, AttachmentId, FileState, Healed, NewFile, Op,
    PHOTO_BYTES_MAX, PersonId, RegisterError,
};
use payung_system::SystemRandom;

/// What the register takes for a photo; what is in it is not its business.
pub fn photo(mark: &str) -> NewFile {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend_from_slice(mark.as_bytes());
    NewFile { name: format!("C:\\Foto\\{mark}.jpg"), media: "image/jpeg".to_owned(), bytes }
}

pub fn digest(file: &NewFile) -> [u8; 32] {
    sha256(&[&file.bytes])
}

impl Village {
    pub fn attach(
        &mut self,
        about: About,
        kind: AttachmentKind,
        file: NewFile,
    ) -> Result<AttachmentId, RegisterError> {
        self.transact(Op::Attach { about, kind, file }).map(|done| done.attachment.expect("its row"))
    }

    pub fn ktp(&mut self, person: PersonId, mark: &str) -> AttachmentId {
        self.attach(About::Person(person), AttachmentKind::Ktp, photo(mark)).expect("attached")
    }

    pub fn states(&self, about: About) -> Vec<FileState> {
        self.attachments(about).expect("read").into_iter().map(|row| row.state).collect()
    }

    fn attachment_events(&self) -> Vec<&'static str> {
        let names = self.shared_events().into_iter().map(|event| event.name());
        names.filter(|name| name.starts_with("attach")).collect()
    }
}

#[track_caller]
fn refused(result: Result<AttachmentId, RegisterError>) -> AttachmentError {
    match result {
        Err(RegisterError::Attachment(error)) => error,
        other => panic!("not refused as an attachment: {other:?}"),
    }
}

#[test]
fn a_photo_of_a_draft_stays_here_until_the_person_is_ready() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let person = village.draft(applicant(&village.village().code, 1));
    village.ktp(person, "ktp");
    assert_eq!(village.states(About::Person(person)), [FileState::Local]);
    assert_eq!(village.attachment_events(), [""; 0], "nothing is said of a draft");
    assert_eq!(
        village.attachment_counts().expect("counts"),
        AttachmentCounts { local: 1, ..AttachmentCounts::default() }
    );

    village.release(person).expect("siap");
    assert_eq!(village.states(About::Person(person)), [FileState::Waiting]);
    assert_eq!(village.attachment_events(), ["attached"]);
    assert!(village.attachments_to_send().expect("read").is_empty(), "the entry goes first");

    let receipt = district.receipt(&village);
    village.transact(Op::Learned(receipt)).expect("learnt");
    assert_eq!(village.detail(person).status.delivery, Delivery::Arrived, "data does not wait for photos");
    let outgoing = village.attachments_to_send().expect("read");
    assert_eq!(outgoing.len(), 1);
    assert_eq!((outgoing[0].digest, outgoing[0].bytes), (digest(&photo("ktp")), 7));

    let receipt = AttachmentReceipt::sign(&district.key, outgoing[0].digest, 7, Timestamp(77));
    let done = village.transact(Op::AttachmentKept(receipt.clone())).expect("kept");
    assert_eq!(done.people, [person], "its row is shown anew");
    assert_eq!(village.states(About::Person(person)), [FileState::Kept(Timestamp(77))]);
    assert!(village.attachments_to_send().expect("read").is_empty(), "never twice");
    let again = village.transact(Op::AttachmentKept(receipt)).expect("a repeat");
    assert_eq!(again.people, [], "a repeat changes nothing");
    let counts = village.attachment_counts().expect("counts");
    assert_eq!((counts.total, counts.kept, counts.waiting), (1, 1, 0));
    village.close();
    village.unlock();
    assert_eq!(village.states(About::Person(person)), [FileState::Kept(Timestamp(77))]);
}

#[test]
fn the_district_is_asked_once_a_week_what_it_lacks() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let person = village.candidate(1);
    village.ktp(person, "ktp");
    let receipt = district.receipt(&village);
    village.transact(Op::Learned(receipt)).expect("learnt");
    village.clock.forward_days(30);
    assert!(!village.attachments_compare().expect("read"), "there is nothing to ask about");
    let digest = digest(&photo("ktp"));
    let kept = AttachmentReceipt::sign(&district.key, digest, 7, Timestamp(77));
    village.transact(Op::AttachmentKept(kept.clone())).expect("kept");
    assert!(!village.attachments_compare().expect("read"), "the district just said that it has it");
    village.clock.forward_days(7);
    assert!(village.attachments_compare().expect("read"));

    let missing = |digest, said_at| Op::AttachmentsMissing { digests: vec![digest], said_at };
    let done = village.transact(missing([9; 32], None)).expect("of another laptop");
    assert!(done.healed.is_empty() && done.people.is_empty());
    assert!(!village.attachments_compare().expect("read"), "not again for a week");
    village.clock.forward_days(-1);
    assert!(
        village.attachments_compare().expect("read"),
        "a clock that was set back keeps nothing from being asked"
    );
    let done = village.transact(missing(digest, Some(Timestamp(76)))).expect("said before the receipt");
    assert!(done.healed.is_empty());
    let done = village.transact(missing(digest, Some(Timestamp(77)))).expect("said");
    assert_eq!(done.people, [person], "its row is shown anew");
    assert_eq!(done.healed, [Healed::Attachments { resending: 1 }]);
    assert_eq!(village.states(About::Person(person)), [FileState::Waiting]);
    assert_eq!(village.attachments_to_send().expect("read").len(), 1);
    village.transact(Op::AttachmentKept(kept)).expect("kept again");
    assert_eq!(village.states(About::Person(person)), [FileState::Kept(Timestamp(77))]);
}

#[test]
fn only_the_district_can_say_that_it_has_the_bytes() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    let person = village.candidate(1);
    village.ktp(person, "ktp");
    let stranger = SigningKey::generate(&SystemRandom);
    let file = photo("ktp");
    let by =
        |key, digest, bytes| Op::AttachmentKept(AttachmentReceipt::sign(key, digest, bytes, Timestamp(1)));
    assert!(matches!(village.transact(by(&district.key, digest(&file), 7)), Err(RegisterError::NotEnrolled)));
    district.enrol(&mut village, Vec::new());
    assert!(matches!(village.transact(by(&stranger, digest(&file), 7)), Err(RegisterError::Untrusted(_))));
    let mut other = AttachmentReceipt::sign(&district.key, digest(&file), 7, Timestamp(1));
    other.digest = [9; 32];
    assert!(matches!(village.transact(Op::AttachmentKept(other)), Err(RegisterError::Untrusted(_))));
    // Signed, but about something else than what is here: believed of nothing.
    village.transact(by(&district.key, digest(&file), 8)).expect("no news");
    village.transact(by(&district.key, [9; 32], 7)).expect("no news");
    assert_eq!(village.states(About::Person(person)), [FileState::Waiting]);
}

#[test]
fn the_same_bytes_are_kept_once_and_attached_once() {
    let mut village = Village::kebumen();
    let (wife, husband) = (village.candidate(1), village.candidate(2));
    let both = photo("kk");
    village.attach(About::Person(wife), AttachmentKind::Kk, both.clone()).expect("attached");
    village.attach(About::Person(husband), AttachmentKind::Kk, both.clone()).expect("attached");
    let again = village.attach(About::Person(wife), AttachmentKind::Kk, both.clone());
    assert_eq!(refused(again), AttachmentError::AlreadyAttached);
    assert_eq!(village.attachment_counts().expect("counts").total, 1, "one file for both");
    assert_eq!(village.attachment_bytes(&digest(&both)).expect("read"), Some(both.bytes));
    let rows = village.attachments(About::Person(wife)).expect("read");
    assert_eq!(rows[0].name, "kk.jpg", "without its folders");
    assert!(!format!("{rows:?}").contains("kk.jpg"), "a name may hold a person's");
}

#[test]
fn what_is_taken_away_is_erased_when_nothing_else_needs_it() {
    let mut village = Village::kebumen();
    let (wife, husband) = (village.candidate(1), village.candidate(2));
    let both = photo("kk");
    let first = village.attach(About::Person(wife), AttachmentKind::Kk, both.clone()).expect("attached");
    let second = village.attach(About::Person(husband), AttachmentKind::Kk, both.clone()).expect("attached");
    let remove = |attachment, reason: &str| Op::RemoveAttachment { attachment, reason: reason.to_owned() };
    assert!(matches!(village.transact(remove(first, " ")), Err(RegisterError::TextMissing("Alasan"))));
    village.transact(remove(first, "foto orang lain")).expect("removed");
    assert_eq!(village.attachments(About::Person(wife)).expect("read"), []);
    assert!(village.attachment_bytes(&digest(&both)).expect("read").is_some(), "the husband's still stands");
    assert_eq!(
        refused(village.transact(remove(first, "lagi")).map(|_| first)),
        AttachmentError::AlreadyRemoved
    );
    village.transact(remove(second, "kabur")).expect("removed");
    assert_eq!(village.attachment_bytes(&digest(&both)).expect("read"), None, "erased");
    assert_eq!(village.attachment_counts().expect("counts"), AttachmentCounts::default());
    assert_eq!(
        village.attachment_events(),
        ["attached", "attached", "attachment_removed", "attachment_removed"]
    );
    let absent = village.transact(remove(AttachmentId(99), "tidak ada"));
    assert_eq!(refused(absent.map(|_| first)), AttachmentError::NoSuchAttachment);

    village.attach(About::Person(wife), AttachmentKind::Kk, both.clone()).expect("attached once more");
    assert_eq!(village.attachment_bytes(&digest(&both)).expect("read"), Some(both.bytes));
    assert_eq!(village.states(About::Person(wife)), [FileState::Waiting]);
}

#[test]
fn a_photo_taken_off_a_draft_leaves_nothing_behind() {
    let mut village = Village::kebumen();
    let person = village.draft(applicant(&village.village().code, 1));
    let id = village.ktp(person, "salah");
    village
        .transact(Op::RemoveAttachment { attachment: id, reason: String::new() })
        .expect("no reason needed");
    assert_eq!(village.attachment_bytes(&digest(&photo("salah"))).expect("read"), None);
    village.ktp(person, "benar");
    village.release(person).expect("siap");
    assert_eq!(village.attachment_events(), ["attached"], "the wrong one is never told");
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    let mut village = Village::kebumen();
    let person = About::Person(village.candidate(1));
    let file = |media: &str, bytes: &[u8]| NewFile {
        name: "a".to_owned(),
        media: media.to_owned(),
        bytes: bytes.to_vec(),
    };
    let pdf = file("application/pdf", b"%PDF-1.7 pindaian");
    let png = file("image/png", b"\x89PNG\r\n\x1a\n pindaian");
    let mut large = photo("besar");
    large.bytes.resize(PHOTO_BYTES_MAX + 1, 0);
    let cases = [
        (AttachmentKind::Ktp, file("image/jpeg", b""), AttachmentError::Empty),
        (AttachmentKind::Ktp, pdf.clone(), AttachmentError::WrongKind),
        (AttachmentKind::Kk, png.clone(), AttachmentError::WrongKind),
        (AttachmentKind::Other, file("image/png", b"\xff\xd8\xff"), AttachmentError::WrongKind),
        (AttachmentKind::Other, file("text/csv", b"nama,nik"), AttachmentError::WrongKind),
        (AttachmentKind::Ktp, large, AttachmentError::PhotoTooLarge { bytes_max: PHOTO_BYTES_MAX }),
        (AttachmentKind::SignedStatement, pdf.clone(), AttachmentError::OfASignature),
    ];
    for (kind, file, expected) in cases {
        assert_eq!(refused(village.attach(person, kind, file)), expected);
    }
    village.attach(person, AttachmentKind::Other, pdf).expect("a scan of something else");
    village.attach(person, AttachmentKind::Other, png).expect("a picture of something else");
    for more in 2..ATTACHMENTS_MAX {
        village.attach(person, AttachmentKind::Ktp, photo(&more.to_string())).expect("attached");
    }
    let one_more = village.attach(person, AttachmentKind::Ktp, photo("terlalu banyak"));
    assert_eq!(refused(one_more), AttachmentError::TooMany { most: ATTACHMENTS_MAX });
    let nobody = village.attach(About::Person(PersonId(99)), AttachmentKind::Ktp, photo("x"));
    assert!(matches!(nobody, Err(RegisterError::NoSuchPerson)));
}

#[test]
fn a_signed_statement_travels_as_the_pdf_it_is() {
    let mut village = Village::kebumen();
    let person = village.candidate(1);
    let waiting = village.prepare(&[person]);
    let early = village.attach(About::Statement(waiting), AttachmentKind::Scan, photo("dini"));
    assert_eq!(refused(early), AttachmentError::NotSigned);
    let head = village.head();
    village.freeze(&head, waiting);
    village.sign(&head, waiting).expect("signed");

    let document = village.statement_document(waiting).expect("read").expect("its bytes");
    let events = village.shared_events();
    let Some(Event::Attached { about, attachment }) = events.last() else { panic!("announced with it") };
    let place = village.shared_series().expect("series");
    assert_eq!((about.series, about.seq), (place.series, place.seq - 1), "the signature's own entry");
    assert_eq!((attachment.kind, attachment.digest), (AttachmentKind::SignedStatement, sha256(&[&document])));
    let rows = village.attachments(About::Statement(waiting)).expect("read");
    assert_eq!((rows.len(), rows[0].bytes), (1, document.len() as u64));
    assert_eq!(village.attachment_bytes(&attachment.digest).expect("read"), Some(document), "kept once");
    let id = rows[0].id.expect("a row");
    let removed = village.transact(Op::RemoveAttachment { attachment: id, reason: "x".to_owned() });
    assert_eq!(refused(removed.map(|_| id)), AttachmentError::OfASignature);

    village.attach(About::Statement(waiting), AttachmentKind::Scan, photo("pindaian")).expect("signed now");
    village.stamp(waiting, "A1B2C3D4E5F6G7H89").expect("stamped");
    let rows = village.attachments(About::Statement(waiting)).expect("read");
    let kinds: Vec<_> = rows.iter().map(|row| (row.kind, row.id.is_some())).collect();
    let wanted = [
        (AttachmentKind::SignedStatement, true),
        (AttachmentKind::Scan, true),
        (AttachmentKind::Scan, false),
    ];
    assert_eq!(kinds, wanted, "what came with the stamp belongs to the stamp");
    let today = village.today();
    let mut better = scanned("A1B2C3D4E5F6G7H88", today);
    better.files.clear();
    let correct = Op::CorrectStamp { statement: waiting, stamp: better, reason: "salah ketik".to_owned() };
    village.transact(correct).expect("corrected");
    assert_eq!(
        village.attachments(About::Statement(waiting)).expect("read").len(),
        3,
        "its file stands once"
    );
    assert_eq!(village.attachment_counts().expect("counts").waiting, 3);
}

#[test]
fn the_district_may_refuse_a_file_and_is_heard() {
    let mut village = Village::kebumen();
    let mut district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let person = village.candidate(1);
    village.ktp(person, "rusak");
    let receipt = district.receipt(&village);
    village.transact(Op::Learned(receipt)).expect("learnt");
    let message = "Foto tidak dapat dibuka.".to_owned();
    district.say(Event::AttachmentRefused { digest: digest(&photo("rusak")), message: message.clone() });
    district.tell(&mut village);
    assert_eq!(village.states(About::Person(person)), [FileState::Refused(message.clone())]);
    assert!(village.attachments_to_send().expect("read").is_empty(), "not offered again");
    let counts = village.attachment_counts().expect("counts");
    assert_eq!((counts.total, counts.waiting, counts.refused), (1, 0, 1), "never hidden");
    let other = village.candidate(2);
    let same = village.attach(About::Person(other), AttachmentKind::Ktp, photo("rusak"));
    assert_eq!(refused(same), AttachmentError::RefusedBefore(message));
}

#[test]
fn a_killed_program_has_attached_or_not() {
    let mut village = Village::kebumen();
    let person = village.candidate(1);
    village.ktp(person, "ktp");
    // The database as it lies there when the power goes, without a last word of the program.
    let copy = tempfile::TempDir::new().expect("folder");
    for file in std::fs::read_dir(village.dir()).expect("folder").map(|file| file.expect("file").path()) {
        std::fs::copy(&file, copy.path().join(file.file_name().expect("a name"))).expect("copied");
    }
    let found = Village::found(copy);
    assert_eq!(found.states(About::Person(person)), [FileState::Waiting]);
    assert!(found.attachment_bytes(&digest(&photo("ktp"))).expect("read").is_some());
}
