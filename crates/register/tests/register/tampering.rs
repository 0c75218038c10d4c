//! Somebody changes the file behind the program's back: the proof names it.

use crate::district::District;
use crate::harness::{OPERATOR, PASSPHRASE, Village, database};
use crate::letters::SERIAL;
use payung_domain::{Field, MeteraiSerial, Timestamp};
use payung_journal::{Event, RevocationReason};
use payung_register::{Op, Register, RegisterError};
use payung_system::SystemRandom;

/// A village in which everything that the tables about statements can hold has happened.
fn eventful() -> Village {
    let mut village = Village::kebumen();
    let mut district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let people = [village.candidate(1), village.candidate(2), village.candidate(3), village.candidate(4)];
    let first = village.signed(&people[..2]);
    village.stamp(first, SERIAL).expect("stamped");
    let head = village.head();
    let certificate = district.certificate(&head.key(), village.now());
    district.say(Event::HeadCertified { key: head.key(), certificate, officer: "Petugas".to_owned() });
    let signed = village.statement(first).expect("statement").signed.expect("signed");
    let stamper = district.authority.issue_timestamper(village.now(), &SystemRandom).expect("a time stamper");
    let signature = signed.seal.expect("sealed").to_der().expect("in range");
    let token = stamper.stamp(&signature, village.now(), 1).expect("a token");
    district.say(Event::StatementTimestamped { statement: signed.entry, token });
    district.say(Event::StampRefused {
        statement: signed.entry,
        serial: MeteraiSerial::parse(SERIAL).expect("serial"),
        other_village: None,
        message: "sudah dipakai".to_owned(),
    });
    district.tell(&mut village);
    village.stamp(first, "Z9Y8X7W6V5U4T3S2R").expect("stamped again");
    village.save(people[0], Field::Workplace, "kebun");
    village.release(people[0]).expect("a new version");
    village.signed(&people[..1]);
    let third = village.signed(&people[2..3]);
    let reason = "salah".to_owned();
    village.transact(Op::RevokeStatement { head: &head, statement: third, reason }).expect("revoked");
    district.say(Event::HeadRevoked {
        key: head.key(),
        from: Timestamp(village.now().millis() + 86_400_000),
        reason: RevocationReason::OfficeEnded,
        officer: "Petugas".to_owned(),
        note: "Masa jabatan berakhir.".to_owned(),
    });
    district.tell(&mut village);
    village.prepare(&people[3..]);
    village
}

#[test]
fn every_change_behind_the_programs_back_is_noticed() {
    let mut village = eventful();
    village.close();
    let path = village.dir().join("register.db");
    let whole = std::fs::read(&path).expect("the file");
    for change in [
        "UPDATE statement SET document = zeroblob(length(document)) WHERE id = 1",
        "UPDATE statement SET gap_end = gap_end - 2 WHERE id = 1",
        "UPDATE statement SET number = '1' WHERE id = 1",
        "UPDATE statement SET signed_on = '2026-01-01' WHERE id = 1",
        "UPDATE statement SET content = zeroblob(32) WHERE id = 1",
        "UPDATE statement SET seal = zeroblob(64) WHERE id = 1",
        "UPDATE statement SET certificate = zeroblob(99) WHERE id = 1",
        "UPDATE statement SET token = NULL, token_seq = NULL, token_at = 5 WHERE id = 1; \
         UPDATE statement SET token = zeroblob(9), token_seq = 2 WHERE id = 1",
        "UPDATE statement SET token_at = token_at + 1000 WHERE id = 1",
        "UPDATE statement SET status = 'signed', withdrawn_seq = NULL, withdrawn_series = NULL WHERE id = 3",
        "UPDATE statement SET withdrawn_reason = 'lain' WHERE id = 3",
        "UPDATE statement_person SET struck_reason = 'x' WHERE statement = 1 AND place = 2",
        "DELETE FROM statement_replaces",
        "UPDATE stamp SET serial = 'AAAABBBBCCCCDDDD1' WHERE id = 2",
        "UPDATE stamp SET stamped_on = '2026-11-20' WHERE id = 1",
        "UPDATE stamp SET original_at = 'tempat lain' WHERE id = 1",
        "UPDATE stamp SET statement = 2 WHERE id = 2",
        "DELETE FROM stamp_file WHERE stamp = 2",
        "UPDATE file SET bytes = zeroblob(size) WHERE bytes IS NOT NULL",
        "UPDATE file SET bytes = NULL WHERE bytes IS NOT NULL",
        "UPDATE attachment SET kind = 'scan'",
        "UPDATE attachment SET name = 'lain'",
        "UPDATE attachment SET statement = 2 WHERE statement = 1",
        "DELETE FROM attachment",
        "UPDATE stamp SET refused_seq = 2 WHERE id = 1",
        "DELETE FROM head_revocation",
        "UPDATE head_revocation SET reason = 'superseded'",
        "UPDATE head_revocation SET from_at = from_at + 1",
        "UPDATE head_certificate SET officer = 'lain'",
        "UPDATE head_certificate SET not_after = not_after + 1",
        "UPDATE head_key SET name = 'lain'",
        "UPDATE head_key SET certificate = x'3000'",
        "UPDATE person_event SET kind = 'stamped' WHERE kind = 'stamp_refused'",
        "DELETE FROM person_event WHERE kind = 'uncovered'",
    ] {
        std::fs::write(&path, &whole).expect("the file as it was");
        {
            let db = database(village.dir());
            db.execute_batch("PRAGMA foreign_keys = OFF").expect("off");
            db.execute_batch(change).unwrap_or_else(|error| panic!("{change}: {error}"));
            assert!(db.total_changes() > 0, "{change} changed nothing");
        }
        let register = Register::unlock(village.dir(), OPERATOR, PASSPHRASE, village.tools()).expect("opens");
        let proof = register.verify_journal();
        assert!(matches!(proof, Err(RegisterError::Damaged(_))), "not noticed: {change}: {proof:?}");
    }
    std::fs::write(&path, &whole).expect("the file as it was");
    village.unlock();
}
