//! Tests of a letter's life as the window leads it, on a real register and with real pictures of its pages.

use crate::convert::stamp::{new_stamp, same_files, serial_check};
use crate::convert::statements::{head_room, view, waiting_stamps};
use crate::dto::{
    Drawing, MeteraiKindKey, NewStamp, NewStatement, PageKind, StampCheck, StampRoute, StampVerdict,
    StatementStatus, Stroke, StrokePoint, VerifyOutcome,
};
use crate::error::Answered;
use crate::evidence::{self, Wanted};
use crate::state::{Payung, real_tools};
use crate::{drafting, papers, signing, verifying};
use payung_domain::{CivilDate, Field, FieldValues, VillageCode};
use payung_register::{
    Acknowledge, HeadSession, NewPerson, Op, PersonId, Register, Role, Setup, StatementId, Tools,
};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use zeroize::Zeroizing;

const HEAD_SECRET: &str = "kelapa gading 77";
const VILLAGE: &str = "33.05.01.2001";

struct Office {
    folder: tempfile::TempDir,
    register: Register,
    head: HeadSession,
}

fn office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let person = |name: &str, role, secret: &str| NewPerson {
        name: name.to_owned(),
        role,
        secret: Zeroizing::new(secret.to_owned()),
    };
    let setup = Setup {
        village: VillageCode::parse(VILLAGE).unwrap(),
        village_name: "Argopeni".to_owned(),
        district_name: "Ayah".to_owned(),
        regency_name: "Kebumen".to_owned(),
        head_title: "Kepala Desa".to_owned(),
        regulations: Vec::new(),
        people: vec![
            person("Siti Aminah", Role::Operator, "padi sawah kuning"),
            person("Harjo Sumarto", Role::Head, HEAD_SECRET),
        ],
        idle_lock_minutes: 10,
    };
    let tools = Tools { cost: payung_keys::KdfCost::LIGHT, ..real_tools() };
    let (mut register, _) = Register::create(folder.path(), &setup, tools).unwrap();
    let head = register.enter_head_room(2, HEAD_SECRET).unwrap();
    Office { folder, register, head }
}

fn values(serial: u32) -> FieldValues {
    let nik = format!("330501{:02}0680{serial:04}", 1 + serial);
    let name = ["Alif", "Budi", "Citra", "Darmo", "Eko"][serial as usize % 5];
    [
        (Field::Nik, nik.as_str()),
        (Field::Name, name),
        (Field::Kk, "3305010101000001"),
        (Field::BirthDate, &format!("1980-06-{:02}", 1 + serial)),
        (Field::Sex, "L"),
        (Field::Rt, "001"),
        (Field::Hamlet, "Krajan"),
        (Field::Village, VILLAGE),
        (Field::KtpRegency, "33.05"),
        (Field::KtpEvidence, "ktp_el"),
        (Field::Domiciled, "ya"),
        (Field::Occupation, "petani"),
        (Field::Workplace, "Sawah"),
        (Field::WorkingSince, "2010"),
        (Field::StillWorking, "ya"),
        (Field::InformalWorker, "ya"),
        (Field::Vulnerable, "ya"),
        (Field::NotSeriouslyIll, "ya"),
        (Field::WageParticipant, "tidak"),
        (Field::OtherCover, "tidak_ada"),
        (Field::VillageOffice, "tidak_ada"),
    ]
    .into_iter()
    .map(|(field, text)| (field, text.to_owned()))
    .collect()
}

fn drawing() -> Drawing {
    let point = |x: i32, y: i32| StrokePoint { x: x * 100, y: y * 100, pressure: 500, time: x };
    let points = (0..60).map(|at| point(20 + at * 3, 60 + (at % 9) * 5)).collect();
    Drawing { width: 40_000, height: 15_000, strokes: vec![Stroke { points }] }
}

impl Office {
    fn ready(&mut self, count: u32) -> Vec<i64> {
        let ready = |serial: u32| {
            let done = self.register.transact(Op::NewDraft { values: values(serial) }).unwrap();
            let person: PersonId = done.person().unwrap();
            // One name for all of them.
            let alike = Some("orang lain".to_owned());
            let acknowledge = Acknowledge { notes: true, same_nik: None, alike };
            self.register.transact(Op::Release { person, acknowledge }).unwrap();
            person.0
        };
        (1..=count).map(ready).collect()
    }

    fn prepared(&mut self, people: &[i64], number: &str) -> StatementId {
        let letter = NewStatement { people: people.to_vec(), collective: true, number: number.to_owned() };
        StatementId(drafting::prepare(&mut self.register, &letter).unwrap().ids[0])
    }

    fn signed(&mut self, people: &[i64], number: &str) -> StatementId {
        let statement = self.prepared(people, number);
        self.sign(statement);
        statement
    }

    fn freeze(&mut self, statement: StatementId) -> [u8; 32] {
        let now = self.register.now();
        let frozen = signing::freeze(&mut self.register, &self.head, statement, &drawing(), now).unwrap();
        frozen.digest.unwrap()
    }

    fn sign(&mut self, statement: StatementId) {
        let shown = self.freeze(statement);
        let op = Op::Sign { head: &self.head, secret: HEAD_SECRET, statement, shown };
        self.register.transact(op).unwrap();
    }

    fn status(&self, statement: StatementId) -> StatementStatus {
        view(&self.register, &self.register.statement(statement).unwrap()).unwrap().row.status
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn check(&self, statement: StatementId, paths: &[PathBuf]) -> Answered<StampCheck> {
        evidence::check(&evidence::read(paths)?, &Wanted::of(&self.register, statement)?)
    }

    fn record(&mut self, statement: StatementId, paths: &[PathBuf], serial: &str) -> Answered<()> {
        let check = self.check(statement, paths)?;
        let stamp = new_stamp(typed(self, serial), &check, evidence::kept(evidence::read(paths)?))?;
        self.register.transact(Op::RecordStamp { statement, stamp })?;
        Ok(())
    }
}

/// Pictures of the pages, as a scanner would make them.
fn scanned(pdf: &Path) -> Vec<PathBuf> {
    let stem = pdf.with_extension("");
    let made = Command::new("pdftoppm")
        .args(["-jpeg", "-r", "200"])
        .arg(pdf)
        .arg(&stem)
        .status()
        .expect("poppler-utils is installed by tools/setup.sh");
    assert!(made.success());
    let name = stem.file_name().unwrap().to_string_lossy().into_owned();
    let mut pages: Vec<PathBuf> = std::fs::read_dir(pdf.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(&name))
        .collect();
    pages.sort();
    pages
}

#[test]
fn a_letter_goes_from_draft_to_complete_by_paper() {
    let mut office = office();
    let people = office.ready(2);
    let draft = NewStatement { people: people[..1].to_vec(), collective: true, number: "1/SP".to_owned() };
    let id = StatementId(drafting::draft(&mut office.register, &draft).unwrap().ids[0]);
    assert_eq!(office.status(id), StatementStatus::Draft);
    assert!(head_room(&office.register, &office.head).unwrap().waiting.is_empty(), "he does not see drafts");

    let both = NewStatement { people, collective: true, number: "140/012/SP".to_owned() };
    drafting::edit(&mut office.register, id, &both).unwrap();
    office.register.transact(Op::HandOver { statement: id }).unwrap();
    assert_eq!(head_room(&office.register, &office.head).unwrap().waiting[0].people, 2);

    office.sign(id);
    let shown = view(&office.register, &office.register.statement(id).unwrap()).unwrap();
    assert_eq!(shown.row.status, StatementStatus::AwaitingStamp);
    assert!(shown.actions.can_stamp && shown.actions.can_print_original && !shown.actions.can_withdraw);
    assert!(shown.signature_words.unwrap().starts_with("tanda tangan elektronik tidak tersertifikasi"));
    let waiting = waiting_stamps(&office.register).unwrap();
    assert_eq!((waiting.letters, waiting.words.as_str()), (1, "menunggu meterai: 1 surat, Rp10.000"));

    let wet = papers::print(&office.register, id, PageKind::WetOriginal).unwrap();
    let noted = |office: &mut Office| {
        papers::note_printed(&mut office.register, &[id.0], PageKind::WetOriginal).unwrap().notices
    };
    assert!(noted(&mut office).is_empty());
    assert!(noted(&mut office)[0].contains("bea meterai"), "a second original costs again");

    let pages = scanned(&office.file("asli.pdf", &wet));
    let check = office.check(id, &pages).unwrap();
    assert_eq!(
        (check.route, check.verdict),
        (StampRoute::Scans, StampVerdict::Complete),
        "{:?}",
        check.words
    );
    assert!(check.can_record && !check.needs_eyes && check.pages.iter().all(|page| page.ok));
    let one_missing = office.check(id, &pages[..pages.len() - 1]).unwrap();
    assert_eq!((one_missing.verdict, one_missing.can_record), (StampVerdict::Missing, false));

    office.record(id, &pages, "a1b2 c3d4 e5f6 g7h8 9").unwrap();
    let done = view(&office.register, &office.register.statement(id).unwrap()).unwrap();
    assert_eq!(done.row.status, StatementStatus::Complete);
    assert_eq!(done.row.stamp_serial.as_deref(), Some("A1B2C3D4E5F6G7H89"));
    assert_eq!(done.files.len(), pages.len());
    assert!(!done.actions.can_print_original, "another original would bear the duty again");

    assert!(done.actions.can_correct_stamp && !done.actions.can_stamp);
    let typed = NewStamp { note: "map biru".to_owned(), ..typed(&office, "Z9Y8X7W6V5U4T3S2R") };
    let on_a_file = same_files(typed.clone(), true).unwrap_err();
    assert_eq!(on_a_file.fields[0].field, "kind", "a paper stamp is not on a final PDF");
    let stamp = same_files(typed, false).unwrap();
    let reason = "salah ketik".to_owned();
    office.register.transact(Op::CorrectStamp { statement: id, stamp, reason }).unwrap();
    let corrected = view(&office.register, &office.register.statement(id).unwrap()).unwrap();
    assert_eq!(corrected.files, done.files, "the same files");
    let stamp = corrected.stamp.unwrap();
    assert_eq!((stamp.correction.as_deref(), stamp.note.as_str()), (Some("salah ketik"), "map biru"));
    let told: Vec<&str> = corrected.history.iter().map(|line| line.words.as_str()).collect();
    assert_eq!(
        told,
        [
            "Meterai dibetulkan menjadi meterai tempel Z9Y8X7W6V5U4T3S2R: salah ketik",
            "Meterai tempel A1B2C3D4E5F6G7H89 dicatat",
            "Asli dicetak, cetakan ke-2",
            "Asli dicetak",
            "Ditandatangani",
            "Dibuat dan diserahkan ke kepala",
        ]
    );
}

fn typed(office: &Office, serial: &str) -> NewStamp {
    NewStamp {
        kind: MeteraiKindKey::Tempel,
        serial: serial.to_owned(),
        on: crate::convert::people::village_today(&office.register).to_string(),
        original_at: "lemari arsip".to_owned(),
        paths: Vec::new(),
        note: String::new(),
        seen_with_own_eyes: false,
    }
}

#[test]
fn one_serial_is_one_letter() {
    let mut office = office();
    let people = office.ready(2);
    let (first, other) = (office.signed(&people[..1], "1/SP"), office.signed(&people[1..], "2/SP"));
    let wet = |office: &Office, id| papers::print(&office.register, id, PageKind::WetOriginal).unwrap();
    let one = scanned(&office.file("satu.pdf", &wet(&office, first)));
    let two = scanned(&office.file("dua.pdf", &wet(&office, other)));

    let foreign = office.check(first, &two).unwrap();
    assert_eq!((foreign.verdict, foreign.can_record), (StampVerdict::Foreign, false));
    assert!(foreign.words[0].contains("2/SP"), "{:?}", foreign.words);

    office.record(first, &one, "A1B2C3D4E5F6G7H89").unwrap();
    let found =
        serial_check(&office.register, "a1b2c3d4e5f6g7h89", MeteraiKindKey::Tempel, Some(other)).unwrap();
    assert_eq!(found.used_by.map(|used| used.number).as_deref(), Some("1/SP"));
    let refused = office.record(other, &two, "A1B2C3D4E5F6G7H89").unwrap_err();
    assert!(refused.message.contains("1/SP"), "{}", refused.message);
    assert_eq!(office.status(other), StatementStatus::AwaitingStamp, "nothing half-done");
}

#[test]
fn prints_say_what_was_signed() {
    let mut office = office();
    let people = office.ready(1);
    let id = office.prepared(&people, "1/SP");
    let early = papers::print(&office.register, id, PageKind::Copy).unwrap_err();
    assert!(early.message.contains("belum ditandatangani"), "{}", early.message);
    office.sign(id);
    let text = |office: &Office, what, name: &str| {
        let path = office.file(name, &papers::print(&office.register, id, what).unwrap());
        let out = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    let code = payung_statement::short_hash(&office.register.statement(id).unwrap().content.unwrap());
    let signed = text(&office, PageKind::AsSigned, "ttd.pdf");
    let copy = text(&office, PageKind::Copy, "salinan.pdf");
    let wet = text(&office, PageKind::WetOriginal, "asli.pdf");
    for pages in [&signed, &copy, &wet] {
        assert!(pages.contains(&code), "the code stands on every print");
    }
    let marked = |pages: &str| pages.split_whitespace().collect::<String>().contains("SALINAN");
    assert!(marked(&copy) && !marked(&wet) && !marked(&signed));
}

#[test]
fn frozen_pages_go_when_the_head_leaves() {
    let mut office = office();
    let people = office.ready(1);
    let id = office.prepared(&people, "1/SP");
    office.freeze(id);
    assert!(office.register.statement_document(id).unwrap().is_some());
    office.register.transact(Op::Thaw { head: &office.head, statement: id }).unwrap();
    assert!(office.register.statement_document(id).unwrap().is_none());
    office.freeze(id);
    office.register.transact(Op::CloseHeadRoom).unwrap();
    let detail = office.register.statement(id).unwrap();
    assert!(office.register.statement_document(id).unwrap().is_none() && detail.strokes.is_none());
    assert_eq!(office.status(id), StatementStatus::AwaitingSignature);
}

#[tokio::test]
async fn leaving_the_room_in_the_window_thaws_as_well() {
    let mut office = office();
    let people = office.ready(1);
    let id = office.prepared(&people, "1/SP");
    let Office { folder, register, head } = office;
    drop((register, head));
    let tools = Tools { cost: payung_keys::KdfCost::LIGHT, ..real_tools() };
    let payung = Payung::new(folder.path(), tools, Arc::new(|_| ()));
    let unlock = |folder: &Path, tools| Ok((Register::unlock(folder, 1, "padi sawah kuning", tools)?, ()));
    payung.open(unlock).await.unwrap();
    let enter = |register: &mut Register| Ok(register.enter_head_room(2, HEAD_SECRET)?);
    let kept = |register: &mut Register, id| Ok(register.statement_document(id)?.is_some());

    payung.set_head(Some(payung.with(enter).await.unwrap()));
    let freeze = move |register: &mut Register, head: &HeadSession| {
        let now = register.now();
        signing::freeze(register, head, id, &drawing(), now)?;
        kept(register, id)
    };
    assert!(payung.write_as_head(freeze).await.unwrap());
    payung.close_head_room().await;
    assert!(payung.head().is_none());
    assert!(!payung.with(move |register| kept(register, id)).await.unwrap(), "nobody has pages to sign");
}

#[test]
fn a_file_is_looked_at_whoever_made_it() {
    let mut office = office();
    let people = office.ready(1);
    let id = office.signed(&people, "1/SP");
    let known = office.register.knowledge().unwrap();
    let look = |path: &Path| -> Answered<crate::dto::VerifyView> {
        verifying::look(path, &known)?.view(&office.register)
    };
    let signed = papers::print(&office.register, id, PageKind::AsSigned).unwrap();
    let found = look(&office.file("surat.pdf", &signed)).unwrap();
    assert_eq!((found.outcome, found.signatures.len()), (VerifyOutcome::Valid, 1), "{:?}", found.lines);
    let letter = found.statement.unwrap();
    assert_eq!((letter.known.unwrap().id, letter.code_on_pages), (id.0, Some(true)));

    let mut changed = signed.clone();
    let middle = changed.len() / 3;
    changed[middle] ^= 1;
    if let Ok(found) = look(&office.file("diubah.pdf", &changed)) {
        assert_eq!(found.outcome, VerifyOutcome::NotValid, "{:?}", found.lines);
    }

    let scan =
        scanned(&office.file("cetak.pdf", &papers::print(&office.register, id, PageKind::Copy).unwrap()));
    let sheet = look(&scan[0]).unwrap();
    assert_eq!(sheet.outcome, VerifyOutcome::Sheets, "{:?}", sheet.lines);
    assert_eq!(sheet.statement.unwrap().known.unwrap().id, id.0);

    for (name, bytes) in [("bukan.pdf", &b"halo"[..]), ("terpotong.pdf", &signed[..signed.len() / 2])] {
        let unreadable = look(&office.file(name, bytes)).unwrap();
        assert_eq!(unreadable.outcome, VerifyOutcome::NotReadable, "{:?}", unreadable.lines);
    }
    assert!(look(&office.folder.path().join("tidak ada.pdf")).is_err());
}

#[test]
fn the_final_pdf_must_be_this_letter_and_bear_something_new() {
    let mut office = office();
    let people = office.ready(2);
    let (id, other) = (office.signed(&people[..1], "1/SP"), office.signed(&people[1..], "2/SP"));
    let same = office.file("sama.pdf", &papers::print(&office.register, id, PageKind::AsSigned).unwrap());
    let unchanged = office.check(id, std::slice::from_ref(&same)).unwrap();
    assert_eq!((unchanged.route, unchanged.verdict), (StampRoute::FinalPdf, StampVerdict::NothingAdded));
    assert!(!unchanged.can_record);
    let elsewhere = office.check(other, &[same]).unwrap();
    assert_eq!((elsewhere.verdict, elsewhere.can_record), (StampVerdict::OtherDocument, false));
}

#[test]
fn the_book_and_the_list_are_printed() {
    let mut office = office();
    let people = office.ready(2);
    let id = office.signed(&people, "140/012/SP");
    let year = |text| CivilDate::parse(text).unwrap();
    let text = |office: &Office, name: &str, bytes: &[u8]| {
        let out =
            Command::new("pdftotext").arg("-layout").arg(office.file(name, bytes)).arg("-").output().unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    let book = papers::book(&office.register, year("2026-01-01"), year("2099-12-31")).unwrap();
    let book = text(&office, "buku.pdf", &book);
    assert!(book.contains("140/012/SP"), "{book}");
    for letters in [None, Some(&[id.0][..])] {
        let list = text(&office, "daftar.pdf", &papers::public_list(&office.register, letters).unwrap());
        assert!(list.contains("330501******0001"), "{list}");
        assert!(!list.contains("3305010206800001") && !list.contains("1980"), "{list}");
    }
}
