//! A register that may not grow.

use crate::harness::{OPERATOR, PASSPHRASE, Village, applicant};
use payung_register::{Op, Register, RegisterError};

#[test]
fn a_full_disk_refuses_whole_operations_and_loses_nothing() {
    let mut village = Village::kebumen();
    let saved = village.candidate(1);
    village.close();
    let bytes = std::fs::metadata(village.dir().join("register.db")).expect("database").len();
    let mut tools = village.tools();
    tools.bytes_max = Some(bytes + 20 * 4_096);
    village
        .put(Register::unlock(village.dir(), OPERATOR, PASSPHRASE, tools).expect("there is a little room"));

    let mut drafts = 0;
    let refused = (2..2_000).find_map(|serial| {
        let values = applicant(&village.village().code, serial);
        let done = village.transact(Op::NewDraft { values });
        drafts += u64::from(done.is_ok());
        done.err()
    });
    assert!(matches!(refused, Some(RegisterError::Full)), "{refused:?}");
    assert!(drafts > 0, "the first ones had room");
    assert_eq!(village.counts().total, 1 + drafts, "the refused one is not there, the others are");
    village.verify_journal().expect("a refused operation leaves nothing half written");

    village.close();
    village.unlock();
    assert_eq!(village.counts().total, 1 + drafts, "saved is saved");
    village.candidate(2_000);
    assert!(village.person(saved).is_ok(), "with room again, work goes on");
}
