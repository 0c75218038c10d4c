//! What a statement's list and history say of it.

use crate::district::District;
use crate::harness::{HEAD_SECRET, Village};
use crate::letters::{SERIAL, scanned};
use payung_domain::{EndKind, Field, MeteraiSerial};
use payung_journal::Event;
use payung_register::{
    NewStamp, Op, PersonId, Print, StatementHappening as What, StatementId, StatementStep,
};

const SECOND: &str = "Z9Y8X7W6V5U4T3S2R";
const CLERK: &str = "Siti Aminah";
const HEAD: &str = "Harjo Sumarto";

/// Who did what, in few words.
fn said(village: &Village, statement: StatementId) -> Vec<(String, String)> {
    let steps = village.statement_history(statement).expect("history");
    assert!(steps.is_sorted_by_key(|step| step.at));
    steps.into_iter().map(|StatementStep { actor, what, .. }| (actor, words(what))).collect()
}

fn words(what: What) -> String {
    match what {
        What::Drafted => "drafted".to_owned(),
        What::HandedOver => "handed over".to_owned(),
        What::Struck { name, reason } => format!("struck {name}: {reason}"),
        What::Signed => "signed".to_owned(),
        What::Printed(print) => format!("printed {print:?}"),
        What::Stamped { serial, .. } => format!("stamped {}", serial.as_str()),
        What::StampCorrected { serial, reason, .. } => format!("corrected {}: {reason}", serial.as_str()),
        What::StampRefused { serial, words } => format!("refused {}: {words}", serial.as_str()),
        What::Timestamped => "timestamped".to_owned(),
        What::ReplacedBy(newer) => format!("replaced by {}", newer.id.0),
        What::TakenOut { name, end } => format!("{name} {:?}: {}", end.kind, end.reason),
        What::Withdrawn { reason } => format!("withdrawn: {reason}"),
        What::Revoked { reason } => format!("revoked: {reason}"),
    }
}

fn lines<const N: usize>(lines: [(&str, &str); N]) -> Vec<(String, String)> {
    lines.into_iter().map(|(actor, what)| (actor.to_owned(), what.to_owned())).collect()
}

#[test]
fn everything_that_became_of_a_statement_is_told_in_order() {
    let mut village = Village::kebumen();
    let mut district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let people: Vec<PersonId> = (1..=3).map(|serial| village.candidate(serial)).collect();
    let statement = village.prepare(&people);
    let head = village.head();
    let reason = "tidak dikenal".to_owned();
    village.transact(Op::StrikeOut { head: &head, statement, person: people[2], reason }).expect("struck");
    village.freeze(&head, statement);
    let shown = village.statement(statement).expect("statement").digest.unwrap_or_default();
    village.transact(Op::Sign { head: &head, secret: HEAD_SECRET, statement, shown }).expect("signed");
    // Others are printed as well.
    let other = village.signed(&people[2..]);
    for (id, what) in [(other, Print::WetOriginal), (statement, Print::WetOriginal), (statement, Print::Copy)]
    {
        village.transact(Op::NotePrint { statement: id, what }).expect("noted");
    }
    village.stamp(statement, SECOND).expect("recorded");
    let stamp = NewStamp { files: Vec::new(), ..scanned(SERIAL, village.today()) };
    let reason = "salah salin".to_owned();
    village.transact(Op::CorrectStamp { statement, stamp, reason }).expect("corrected");
    let entry = village.statement(statement).expect("statement").signed.expect("signed").entry;
    district.say(Event::StampRefused {
        statement: entry,
        serial: MeteraiSerial::parse(SERIAL).expect("serial"),
        other_village: None,
        message: "dipakai desa lain".to_owned(),
    });
    district.tell(&mut village);
    let end = Op::End {
        person: people[1],
        kind: EndKind::Moved,
        on: village.today(),
        reason: "ke kota".to_owned(),
    };
    village.transact(end).expect("ended");
    village.save(people[0], Field::Workplace, "kebun");
    village.release(people[0]).expect("a new version");
    let newer = village.signed(&people[..1]);
    let reason = "surat keliru".to_owned();
    village.transact(Op::RevokeStatement { head: &head, statement, reason }).expect("revoked");

    let replaced = format!("replaced by {}", newer.0);
    assert_eq!(
        said(&village, statement),
        lines([
            (CLERK, "handed over"),
            (HEAD, "struck Wahyu Uji 3: tidak dikenal"),
            (HEAD, "signed"),
            (CLERK, "printed WetOriginal"),
            (CLERK, "printed Copy"),
            (CLERK, "stamped Z9Y8X7W6V5U4T3S2R"),
            (CLERK, "corrected A1B2C3D4E5F6G7H89: salah salin"),
            ("", "refused A1B2C3D4E5F6G7H89: dipakai desa lain"),
            (CLERK, "Karto Uji 2 Moved: ke kota"),
            (HEAD, &replaced),
            (HEAD, "revoked: surat keliru"),
        ])
    );
    assert_eq!(said(&village, other).len(), 3, "handed over, signed, printed once");
}

#[test]
fn drafts_and_letters_taken_back_have_their_history() {
    let mut village = Village::kebumen();
    let people = vec![village.candidate(1)];
    let number = String::new();
    let op = Op::DraftStatement { people: people.clone(), collective: true, number };
    let draft = village.transact(op).expect("drafted").statement.expect("a statement");
    assert_eq!(said(&village, draft), lines([(CLERK, "drafted")]));
    let statement = village.prepare(&people);
    let reason = "salah".to_owned();
    village.transact(Op::WithdrawStatement { statement, reason }).expect("withdrawn");
    assert_eq!(said(&village, statement), lines([(CLERK, "handed over"), (CLERK, "withdrawn: salah")]));
}

#[test]
fn a_line_of_the_list_names_the_first_person_the_clerk_and_the_signer() {
    let mut village = Village::kebumen();
    let people: Vec<PersonId> = (1..=2).map(|serial| village.candidate(serial)).collect();
    let op = Op::DraftStatement { people: people.clone(), collective: true, number: String::new() };
    let draft = village.transact(op).expect("drafted").statement.expect("a statement");
    let line = |village: &Village, id: StatementId| {
        let rows = village.statements().expect("list");
        let row = rows.into_iter().find(|row| row.id == id).expect("listed");
        assert_eq!(row, village.statement(id).expect("statement").row, "one row, wherever it is asked");
        assert!(!format!("{row:?}").contains("Uji"), "no name in a log");
        (row.first_name, row.prepared_by, row.signer)
    };
    let first = "Slamet Uji 1".to_owned();
    assert_eq!(line(&village, draft), (first, CLERK.to_owned(), None));
    // A draft calls people as they are called now; what is handed over keeps its words.
    village.save(people[0], Field::Name, "Slamet Baru");
    assert_eq!(line(&village, draft).0, "Slamet Baru");
    village.release(people[0]).expect("a new version");
    village.transact(Op::HandOver { statement: draft }).expect("handed over");
    village.save(people[0], Field::Name, "Slamet Lain");
    assert_eq!(line(&village, draft).0, "Slamet Baru");
    let head = village.head();
    let reason = "namanya lain".to_owned();
    village
        .transact(Op::StrikeOut { head: &head, statement: draft, person: people[0], reason })
        .expect("struck");
    village.freeze(&head, draft);
    village.sign(&head, draft).expect("signed");
    assert_eq!(line(&village, draft), ("Karto Uji 2".to_owned(), CLERK.to_owned(), Some(HEAD.to_owned())));
}
