//! The meterai: one serial, one document; files that are what they say; the district's refusal.

use crate::district::District;
use crate::harness::Village;
use crate::letters::{SERIAL, grown_pdf, scanned, small_pdf};
use payung_domain::{CivilDate, Field, MeteraiKind, MeteraiSerial, State, VillageCode};
use payung_journal::{EntityId, Event};
use payung_keys::sha256;
use payung_register::{
    Happening, NewFile, NewStamp, Op, PersonId, RegisterError, STAMP_FILES_MAX, StatementId, StatementStatus,
};

const SECOND: &str = "Z9Y8X7W6V5U4T3S2R";

fn record(village: &mut Village, statement: StatementId, stamp: NewStamp) -> Result<(), RegisterError> {
    village.transact(Op::RecordStamp { statement, stamp }).map(|_| ())
}

fn pdf(name: &str, bytes: Vec<u8>) -> NewFile {
    NewFile { name: name.to_owned(), media: "application/pdf".to_owned(), bytes }
}

#[test]
fn a_stamp_is_recorded_with_its_files() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2)];
    let statement = village.prepare(&people);
    assert!(matches!(
        village.stamp(statement, SERIAL),
        Err(RegisterError::StatementClosed { status: StatementStatus::Waiting })
    ));
    let head = village.head();
    village.freeze(&head, statement);
    village.sign(&head, statement).expect("signed");
    assert!(people.iter().all(|id| village.state(*id) == State::AwaitingStamp));
    let mut stamp = scanned("a1b2-c3d4 e5f6.g7h8 9", village.today());
    stamp.note = "halaman 2 diperiksa sendiri".to_owned();
    let photo = stamp.files[0].bytes.clone();
    record(&mut village, statement, stamp).expect("recorded");
    assert!(people.iter().all(|id| village.state(*id) == State::NotSent), "only now is the rule met");
    let stamp = village.statement(statement).expect("statement").stamp.expect("a stamp");
    assert_eq!((stamp.serial.as_str(), stamp.note.as_str()), (SERIAL, "halaman 2 diperiksa sendiri"));
    let files = village.statement_files(statement).expect("files");
    assert_eq!((files.len(), files[0].original, files[0].digest), (1, false, sha256(&[&photo])));
    assert_eq!(village.statement_file(&files[0].digest).expect("read"), Some(photo), "untouched");
    match village.shared_events().pop().expect("an entry") {
        Event::StatementStamped { stamp: Some(said), .. } => {
            assert_eq!((said.serial.as_str(), said.evidence.len()), (SERIAL, 1));
            assert_eq!(said.evidence[0].digest, files[0].digest);
        }
        other => panic!("expected the stamp, got {other:?}"),
    }
    assert!(matches!(village.stamp(statement, SECOND), Err(RegisterError::AlreadyStamped { .. })));
    assert!(matches!(village.statement_export(statement), Ok(bytes) if bytes.starts_with(b"%PDF-")));
}

#[test]
fn one_serial_belongs_to_one_document() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2)];
    let first = village.signed(&people[..1]);
    let second = village.signed(&people[1..]);
    village.stamp(first, SERIAL).expect("recorded");
    let refused = village.stamp(second, "a1b2c3d4-e5f6g7h89").expect_err("the same stamp, typed otherwise");
    assert!(
        matches!(&refused, RegisterError::SerialUsed { statement, .. } if *statement == first),
        "{refused}"
    );
    assert!(refused.to_string().contains("470/1/2026"), "names the other statement: {refused}");
    // Also where the other one was revoked: the stamp is on that paper.
    let head = village.head();
    let reason = "salah".to_owned();
    village.transact(Op::RevokeStatement { head: &head, statement: first, reason }).expect("revoked");
    assert!(matches!(village.stamp(second, SERIAL), Err(RegisterError::SerialUsed { .. })));
    village.stamp(second, SECOND).expect("another stamp");
}

#[test]
fn dates_and_places_that_cannot_be_are_refused() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let statement = village.signed(&[id]);
    let today = village.today();
    for on in [CivilDate::new(2026, 11, 20), CivilDate::new(2026, 11, 22), CivilDate::new(2020, 12, 31)] {
        let stamp = scanned(SERIAL, on.expect("date"));
        assert!(matches!(record(&mut village, statement, stamp), Err(RegisterError::StampDate { .. })));
    }
    let nowhere = NewStamp { original_at: " ".to_owned(), ..scanned(SERIAL, today) };
    assert!(matches!(record(&mut village, statement, nowhere), Err(RegisterError::TextMissing(_))));
    for serial in ["", "ABC#1"] {
        let stamp = scanned(serial, today);
        assert!(matches!(record(&mut village, statement, stamp), Err(RegisterError::Serial(_))));
    }
    assert_eq!(village.state(id), State::AwaitingStamp, "nothing is half done");
    assert!(village.statement_files(statement).expect("files").is_empty());
}

#[test]
fn files_are_what_they_say() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let statement = village.signed(&[id]);
    let today = village.today();
    let with = |files: Vec<NewFile>, original| NewStamp { files, original, ..scanned(SERIAL, today) };
    assert!(matches!(record(&mut village, statement, with(Vec::new(), None)), Err(RegisterError::NoFiles)));
    let photo = scanned(SERIAL, today).files.remove(0);
    let many = with(vec![photo.clone(); STAMP_FILES_MAX + 1], None);
    assert!(matches!(
        record(&mut village, statement, many),
        Err(RegisterError::TooManyFiles { found: 65, .. })
    ));
    let wrong = NewFile { media: "image/png".to_owned(), ..photo.clone() };
    assert!(matches!(
        record(&mut village, statement, with(vec![wrong], None)),
        Err(RegisterError::FileKind { .. })
    ));
    let text = pdf("surat.pdf", b"bukan PDF".to_vec());
    assert!(matches!(
        record(&mut village, statement, with(vec![text.clone()], None)),
        Err(RegisterError::FileKind { .. })
    ));
    let mut huge = photo.clone();
    huge.bytes.resize(payung_seal::SCAN_BYTES_MAX + 1, 0);
    assert!(matches!(
        record(&mut village, statement, with(vec![huge], None)),
        Err(RegisterError::FileTooLarge { .. })
    ));
    let electronic = |files, original| NewStamp { kind: MeteraiKind::Electronic, ..with(files, original) };
    assert!(matches!(
        record(&mut village, statement, electronic(vec![photo.clone()], None)),
        Err(RegisterError::ElectronicNeedsPdf)
    ));
    assert!(matches!(
        record(&mut village, statement, electronic(vec![photo], Some(0))),
        Err(RegisterError::ElectronicNeedsPdf)
    ));
    assert!(matches!(
        record(&mut village, statement, with(vec![pdf("a.pdf", small_pdf("a"))], Some(3))),
        Err(RegisterError::NoFiles | RegisterError::ElectronicNeedsPdf)
    ));
}

#[test]
fn the_final_pdf_must_be_this_very_statement() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2)];
    let statement = village.signed(&people[..1]);
    let other = village.signed(&people[1..]);
    let document = village.statement_document(statement).expect("read").expect("document");
    let foreign = village.statement_document(other).expect("read").expect("document");
    let today = village.today();
    let stamp = |bytes: Vec<u8>| NewStamp {
        kind: MeteraiKind::Electronic,
        original_at: String::new(),
        files: vec![pdf("akhir.pdf", bytes)],
        original: Some(0),
        ..scanned("1234567890123456789012", today)
    };
    let mut altered = document.clone();
    altered[60] ^= 1;
    for bytes in [foreign, small_pdf("surat lain"), document[..document.len() - 30].to_vec(), altered] {
        let refused = record(&mut village, statement, stamp(bytes)).expect_err("another document");
        assert!(matches!(refused, RegisterError::ForeignDocument { .. }), "{refused}");
    }
    assert_eq!(village.state(people[0]), State::AwaitingStamp);
    assert!(matches!(
        record(&mut village, statement, stamp(document.clone())),
        Err(RegisterError::NothingAdded)
    ));
    let grown = grown_pdf(&document);
    record(&mut village, statement, stamp(grown.clone())).expect("this very statement, grown by an update");
    let files = village.statement_files(statement).expect("files");
    assert!(files[0].original);
    assert_eq!(
        village.statement_export(statement).expect("export"),
        grown,
        "the original is what is given away"
    );
}

#[test]
fn a_refused_stamp_is_mended_by_another() {
    let mut village = Village::kebumen();
    let mut district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let people = [village.candidate(1), village.candidate(2)];
    let statement = village.signed(&people);
    // One of them is covered by a newer statement with a stamp of its own.
    village.save(people[1], Field::Workplace, "kebun");
    village.release(people[1]).expect("a new version");
    village.stamp(statement, SERIAL).expect("recorded");
    assert_eq!(
        village.state(people[1]),
        State::ReadyForStatement,
        "an old stamp says nothing about a new fact"
    );
    let newer = village.signed(&people[1..]);
    village.stamp(newer, SECOND).expect("recorded");
    let entry =
        |village: &Village, id| village.statement(id).expect("statement").signed.expect("signed").entry;
    let refuse = |statement: EntityId, serial: &str| Event::StampRefused {
        statement,
        serial: MeteraiSerial::parse(serial).expect("serial"),
        other_village: Some(VillageCode::parse("33.05.02.2003").expect("village")),
        message: "Nomor seri ini sudah dipakai desa lain.".to_owned(),
    };
    // About a statement of another device, and a serial that does not stand there: kept, nothing changes.
    let stranger = EntityId { seq: 9_999, ..entry(&village, statement) };
    district.say(refuse(stranger, SERIAL));
    district.say(refuse(entry(&village, statement), "AAAABBBBCCCCDDDD1"));
    district.tell(&mut village);
    assert_eq!(village.state(people[0]), State::Arrived);

    district.say(refuse(entry(&village, statement), SERIAL));
    district.tell(&mut village);
    let detail = village.statement(statement).expect("statement");
    assert_eq!(detail.row.status, StatementStatus::Signed);
    let refusal = detail.stamp.expect("stays on record").refused.expect("refused");
    assert_eq!(refusal.words, "Nomor seri ini sudah dipakai desa lain.");
    assert_eq!(village.state(people[0]), State::AwaitingStamp, "waits for its meterai again");
    assert_eq!(village.state(people[1]), State::Arrived, "the newer statement has its own");
    let history = village.detail(people[0]).history;
    assert!(history.iter().any(|line| matches!(line.what, Happening::StampRefused { .. })));
    assert_eq!(detail.row.serial, None);
    let today = village.today();
    let book = village.statement_book(today, today).expect("book");
    assert_eq!(book[0].refused_serial.as_ref().map(MeteraiSerial::as_str), Some(SERIAL));

    assert!(matches!(village.stamp(statement, SECOND), Err(RegisterError::SerialUsed { .. })));
    village
        .stamp(statement, SERIAL)
        .expect("the other village may have mended its slip: the district answers anew");
    assert_eq!(village.state(people[0]), State::Arrived);
    district.say(refuse(entry(&village, statement), SERIAL));
    district.tell(&mut village);
    assert_eq!(village.state(people[0]), State::AwaitingStamp, "it had not");
    village.stamp(statement, "B1B2B3B4B5B6B7B8B").expect("a new stamp mends it");
    assert_eq!(village.statement(statement).expect("statement").row.status, StatementStatus::Complete);
    assert_eq!(village.state(people[0]), State::Arrived);
    assert_eq!(
        village.statement_files(statement).expect("files").iter().filter(|file| file.refused).count(),
        1,
        "the photo came twice and is shown once"
    );
}

#[test]
fn the_same_scan_is_kept_once() {
    let mut village = Village::kebumen();
    let people: Vec<PersonId> = (1..=2).map(|serial| village.candidate(serial)).collect();
    let first = village.signed(&people[..1]);
    let second = village.signed(&people[1..]);
    let today = village.today();
    let photo = scanned(SERIAL, today).files;
    record(&mut village, first, scanned(SERIAL, today)).expect("recorded");
    record(&mut village, second, NewStamp { files: photo, ..scanned(SECOND, today) }).expect("recorded");
    let digest = |id| village.statement_files(id).expect("files")[0].digest;
    assert_eq!(digest(first), digest(second));
    let db_files = {
        village.close();
        let db = crate::harness::database(village.dir());
        let count: i64 = db
            .query_row("SELECT count(*) FROM file WHERE bytes IS NOT NULL", [], |row| row.get(0))
            .expect("count");
        count
    };
    assert_eq!(db_files, 1);
    village.unlock();
}

#[test]
fn a_mistyped_serial_is_corrected_and_both_words_stay() {
    let mut village = Village::kebumen();
    let people: Vec<PersonId> = (1..=2).map(|serial| village.candidate(serial)).collect();
    let first = village.signed(&people[..1]);
    let second = village.signed(&people[1..]);
    let today = village.today();
    let correct = |statement, serial: &str, reason: &str| {
        let (stamp, reason) = (scanned(serial, today), reason.to_owned());
        Op::CorrectStamp { statement, stamp, reason }
    };
    assert!(matches!(village.transact(correct(first, SERIAL, "x")), Err(RegisterError::NotStamped)));
    // The clerk copied the serial from the other paper.
    village.stamp(first, SECOND).expect("recorded");
    assert!(matches!(village.stamp(second, SECOND), Err(RegisterError::SerialUsed { .. })));
    assert!(matches!(
        village.transact(correct(first, SERIAL, " ")),
        Err(RegisterError::TextMissing("Alasan"))
    ));
    village.transact(correct(first, SERIAL, "salah salin")).expect("corrected");
    village.stamp(second, SECOND).expect("free for the paper it is on");
    assert!(matches!(village.transact(correct(second, SERIAL, "x")), Err(RegisterError::SerialUsed { .. })));
    let stamp = village.statement(first).expect("statement").stamp.expect("a stamp");
    assert_eq!((stamp.serial.as_str(), stamp.note.as_str()), (SERIAL, ""));
    assert_eq!(stamp.correction.as_deref(), Some("salah salin"));
    village.transact(correct(first, SERIAL, "tanggal")).expect("the same serial, another word");
    let stamped = village.shared_events();
    let said = stamped.iter().filter(|event| matches!(event, Event::StatementStamped { .. })).count();
    assert_eq!(said, 4, "every word stays in the journal");
    assert!(people.iter().all(|id| village.state(*id) == State::NotSent));
}

#[test]
fn the_files_of_a_corrected_or_refused_stamp_need_not_come_again() {
    let mut village = Village::kebumen();
    let mut district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let person = village.candidate(1);
    let statement = village.signed(&[person]);
    let today = village.today();
    let without =
        |serial: &str| NewStamp { files: Vec::new(), note: "map biru".to_owned(), ..scanned(serial, today) };
    let refused = record(&mut village, statement, without(SECOND));
    assert!(matches!(refused, Err(RegisterError::NoFiles)), "there is nothing to keep yet");
    village.stamp(statement, SECOND).expect("recorded");
    let photo = village.statement_files(statement).expect("files").remove(0);
    let reason = "salah\nsalin".to_owned();
    village.transact(Op::CorrectStamp { statement, stamp: without(SERIAL), reason }).expect("corrected");
    let stamp = village.statement(statement).expect("statement").stamp.expect("a stamp");
    assert_eq!((stamp.note.as_str(), stamp.correction.as_deref()), ("map biru", Some("salah salin")));

    let entry = village.statement(statement).expect("statement").signed.expect("signed").entry;
    district.say(Event::StampRefused {
        statement: entry,
        serial: MeteraiSerial::parse(SERIAL).expect("serial"),
        other_village: None,
        message: "sudah dipakai".to_owned(),
    });
    district.tell(&mut village);
    record(&mut village, statement, without("B1B2B3B4B5B6B7B8B")).expect("mended with the same photo");
    let stamp = village.statement(statement).expect("statement").stamp.expect("a stamp");
    assert_eq!(
        (stamp.refused.is_none(), stamp.correction),
        (true, None),
        "no correction: the other was refused"
    );
    let files = village.statement_files(statement).expect("files");
    assert_eq!(files.iter().map(|file| file.digest).collect::<Vec<_>>(), [photo.digest], "shown once");
    assert!(!files[0].refused);
    let said = village.shared_events().into_iter().filter_map(|event| match event {
        Event::StatementStamped { stamp: Some(stamp), .. } => Some(stamp.evidence[0].digest),
        _ => None,
    });
    assert_eq!(said.collect::<Vec<_>>(), [photo.digest; 3], "each entry names its proof");
}

#[test]
fn a_kept_final_pdf_stays_the_original() {
    let mut village = Village::kebumen();
    let person = village.candidate(1);
    let statement = village.signed(&[person]);
    let today = village.today();
    let grown = grown_pdf(&village.statement_document(statement).expect("read").expect("document"));
    let electronic = |serial: &str, files, original| NewStamp {
        kind: MeteraiKind::Electronic,
        original_at: String::new(),
        files,
        original,
        ..scanned(serial, today)
    };
    let first = electronic("1234567890123456789012", vec![pdf("akhir.pdf", grown.clone())], Some(0));
    record(&mut village, statement, first).expect("recorded");
    let stamp = electronic("1234567890123456789013", Vec::new(), None);
    village
        .transact(Op::CorrectStamp { statement, stamp, reason: "salah ketik".to_owned() })
        .expect("corrected");
    let files = village.statement_files(statement).expect("files");
    assert_eq!((files.len(), files[0].original), (1, true));
    assert_eq!(village.statement_export(statement).expect("export"), grown);
}
