//! A register as the first program left it: it opens, proves itself and goes on.

use crate::harness::Village;
use payung_domain::{Delivery, State};
use payung_keys::sha256;
use payung_register::{Op, PersonId, RegisterError, StatementId, StatementStatus};
use std::path::Path;
use tempfile::TempDir;

/// Six people: three in a signed statement (one of them corrected since), one listed and frozen, one whose letter was
/// withdrawn, one in none. The passphrases are those of the other tests.
fn first_program() -> TempDir {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-1");
    let dir = TempDir::new().expect("folder");
    for name in ["register.db", "register.keys.json"] {
        std::fs::copy(kept.join(name), dir.path().join(name)).expect("copied");
    }
    dir
}

#[test]
fn a_file_of_the_first_program_opens_and_proves_itself() {
    let dir = first_program();
    let version: u32 = crate::harness::database(dir.path())
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("version");
    assert_eq!(version, 1, "the file is really an old one");
    let mut village = Village::found(dir);
    let verified = village.verify_journal().expect("it proves itself");
    assert_eq!((verified.people, verified.statements), (6, 1));
    let signed = village.statement(StatementId(1)).expect("statement");
    assert_eq!((signed.row.status, signed.row.people), (StatementStatus::Signed, 3));
    assert_eq!(signed.row.delivery, Delivery::NotSent);
    let bytes = village.statement_document(StatementId(1)).expect("read").expect("its bytes");
    assert_eq!(signed.digest, Some(sha256(&[&bytes])), "without a place for the signature all bytes count");
    assert_eq!(signed.signed.expect("signed").seal, None);
    assert_eq!(village.statement_export(StatementId(1)).expect("export"), bytes);
    assert_eq!(village.statement_page(StatementId(1)).expect("read"), None);
    assert!(!village.statement(StatementId(2)).expect("statement").row.frozen, "nobody's room is open");
    assert_eq!(village.statement(StatementId(3)).expect("statement").row.words(), "ditarik");
    assert_eq!(village.state(PersonId(1)), State::AwaitingStamp);

    // Its key signs on, with a certificate from now on.
    let head = village.head();
    assert_eq!(head.key(), village.statement(StatementId(1)).expect("statement").signed.expect("signed").key);
    village.freeze(&head, StatementId(2));
    village.sign(&head, StatementId(2)).expect("signed");
    assert!(village.signed_entry().seal.is_some());
    let next = village.prepare(&[PersonId(3)]);
    assert_eq!(next, StatementId(4), "numbers of rows go on");
    assert_eq!(village.statement(next).expect("statement").replaces[0].id, StatementId(1));
    village.freeze(&head, next);
    village.sign(&head, next).expect("signed");
    village.stamp(StatementId(1), "A1B2C3D4E5F6G7H89").expect("the old one gets its meterai");
    assert_eq!(village.statement(StatementId(1)).expect("statement").row.status, StatementStatus::Complete);
    village.close();
    village.unlock();
}

#[test]
fn a_final_pdf_of_an_old_statement_cannot_be_recognised() {
    let mut village = Village::found(first_program());
    let bytes = village.statement_document(StatementId(1)).expect("read").expect("its bytes");
    let mut stamp = crate::letters::scanned("A1B2C3D4E5F6G7H89", village.today());
    stamp.files[0].media = "application/pdf".to_owned();
    stamp.files[0].bytes = bytes;
    stamp.original = Some(0);
    let refused = village.transact(Op::RecordStamp { statement: StatementId(1), stamp });
    assert!(matches!(refused, Err(RegisterError::ForeignDocument { .. })));
}
