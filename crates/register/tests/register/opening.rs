//! Making, unlocking, recovering, refusing.

use crate::harness::{HEAD, HEAD_SECRET, OPERATOR, PASSPHRASE, Village, applicant, setup, tools};
use payung_register::{Op, Register, RegisterError, Role, SettingsChange};
use std::time::Duration;

#[test]
fn the_names_are_known_before_unlocking_and_nothing_else_is() {
    let mut village = Village::kebumen();
    village.candidate(1);
    village.close();
    let people = Register::people(village.dir()).expect("names");
    assert_eq!(
        people.iter().map(|slot| (slot.name.as_str(), slot.role, slot.title.as_str())).collect::<Vec<_>>(),
        [("Siti Aminah", Role::Operator, "Operator"), ("Harjo Sumarto", Role::Head, "Kepala Desa")]
    );
    let bytes = std::fs::read(village.dir().join("register.db")).expect("database");
    assert!(
        !bytes.windows(6).any(|window| window == b"SQLite"),
        "the file must not look like a plain database"
    );
    for secret in ["Slamet Uji", "330501100580"] {
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "{secret} stands in the clear"
        );
    }
}

#[test]
fn what_was_saved_is_there_after_closing() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    village.close();
    village.unlock();
    assert_eq!(village.detail(id).values.get(payung_domain::Field::Workplace), Some("sawah"));
    assert_eq!(village.actor().name, "Siti Aminah");
}

#[test]
fn a_wrong_passphrase_says_so_and_slows_down_across_restarts() {
    let mut village = Village::kebumen();
    village.close();
    let attempt =
        |secret: &str| Register::unlock(village.dir(), OPERATOR, secret, village.tools()).map(|_| ());
    for expected in [0, 0, 1] {
        match attempt("salah sekali") {
            Err(RegisterError::WrongSecret { wait }) => assert_eq!(wait, Duration::from_secs(expected)),
            other => panic!("expected a wrong secret, got {other:?}"),
        }
    }
    // The wait is kept in the file: the right passphrase must wait too.
    assert!(matches!(attempt(PASSPHRASE), Err(RegisterError::MustWait { .. })));
    village.clock.forward(1_000);
    assert!(attempt(PASSPHRASE).is_ok(), "after the wait the right passphrase opens");
    assert!(
        matches!(attempt("salah"), Err(RegisterError::WrongSecret { wait: Duration::ZERO })),
        "success forgets"
    );
}

#[test]
fn one_program_per_folder() {
    let mut village = Village::kebumen();
    let second = Register::unlock(village.dir(), OPERATOR, PASSPHRASE, village.tools());
    assert!(matches!(second.map(|_| ()), Err(RegisterError::Busy)));
    village.close();
    village.unlock();
}

#[test]
fn the_recovery_code_opens_and_gives_a_new_passphrase() {
    let mut village = Village::kebumen();
    village.close();
    let typed = village.recovery.to_lowercase().replace('-', " ");
    let mut broken = village.recovery.clone().into_bytes();
    broken[0] = if broken[0] == b'A' { b'B' } else { b'A' };
    let broken = String::from_utf8(broken).expect("letters");
    let recover = |code: &str, secret: &str| {
        Register::unlock_with_recovery(village.dir(), code, OPERATOR, secret, village.tools())
    };
    assert!(matches!(recover(&broken, "padi baru 2026").map(|_| ()), Err(RegisterError::RecoveryTypo)));
    let other = Village::kebumen().recovery.clone();
    assert!(matches!(recover(&other, "padi baru 2026").map(|_| ()), Err(RegisterError::WrongRecoveryCode)));
    assert!(matches!(
        recover(&typed, "pendek").map(|_| ()),
        Err(RegisterError::SecretTooShort { chars_min: 8, digits_only: false })
    ));
    let register = recover(&typed, "padi baru 2026").expect("the code opens, however it was typed");
    drop(register);
    let open = |secret: &str| Register::unlock(village.dir(), OPERATOR, secret, village.tools()).map(|_| ());
    assert!(
        matches!(open(PASSPHRASE), Err(RegisterError::WrongSecret { .. })),
        "the old one no longer opens"
    );
    open("padi baru 2026").expect("the new one opens");
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_not_touched() {
    let mut village = Village::kebumen();
    village.candidate(1);
    village.close();
    raise_schema(&village, 99);
    let read = |ending: &str| std::fs::read(village.dir().join(format!("register.{ending}"))).ok();
    let before = (read("db"), read("db-wal"));
    match Register::unlock(village.dir(), OPERATOR, PASSPHRASE, village.tools()) {
        Err(RegisterError::NewerSchema { found: 99, .. }) => {}
        other => panic!("expected a refusal, got {:?}", other.map(|_| ())),
    }
    assert!(read("db") == before.0, "the database must be the same, byte for byte");
    assert!(
        read("db-wal").unwrap_or_default() == before.1.unwrap_or_default(),
        "nothing may wait to be written"
    );
}

#[test]
fn a_damaged_database_is_named_as_such() {
    let mut village = Village::kebumen();
    village.close();
    let path = village.dir().join("register.db");
    let mut bytes = std::fs::read(&path).expect("database");
    bytes[100..200].fill(7);
    std::fs::write(&path, bytes).expect("damage");
    let opened = Register::unlock(village.dir(), OPERATOR, PASSPHRASE, village.tools());
    assert!(matches!(opened.map(|_| ()), Err(RegisterError::NotARegister)));
}

#[test]
fn a_folder_is_set_up_once_and_only_with_good_secrets() {
    let mut village = Village::kebumen();
    village.close();
    let wanted = setup("33.05.01.2001", "Kebumen", "Kepala Desa");
    assert!(matches!(
        Register::create(village.dir(), &wanted, village.tools()).map(|_| ()),
        Err(RegisterError::AlreadyExists)
    ));
    let empty = tempfile::TempDir::new().expect("folder");
    let mut weak = wanted.clone();
    weak.people[1].secret = "123456789".to_owned().into();
    assert!(matches!(
        Register::create(empty.path(), &weak, tools(&village.clock)).map(|_| ()),
        Err(RegisterError::SecretTooShort { chars_min: 10, digits_only: true })
    ));
    assert!(!Register::exists(empty.path()), "a refused set-up leaves nothing behind");
    let mut far = wanted;
    far.village = payung_domain::VillageCode::parse("11.01.01.2001").expect("village");
    assert!(matches!(
        Register::create(empty.path(), &far, tools(&village.clock)).map(|_| ()),
        Err(RegisterError::NoRegulation(_))
    ));
}

#[test]
fn an_operator_cannot_pass_for_the_head() {
    let mut village = Village::kebumen();
    assert!(matches!(
        village.enter_head_room(OPERATOR, PASSPHRASE).map(|_| ()),
        Err(RegisterError::NotTheHead)
    ));
    assert!(matches!(
        village.enter_head_room(HEAD, PASSPHRASE).map(|_| ()),
        Err(RegisterError::WrongSecret { .. })
    ));
    // Not even by editing the key file: the envelope is bound to the role.
    let path = village.dir().join("register.keys.json");
    let text = std::fs::read_to_string(&path).expect("key file");
    std::fs::write(&path, text.replacen("\"role\": \"operator\"", "\"role\": \"head\"", 1)).expect("edited");
    assert!(matches!(
        village.enter_head_room(OPERATOR, PASSPHRASE).map(|_| ()),
        Err(RegisterError::WrongSecret { .. })
    ));
    std::fs::write(&path, text).expect("restored");
    let mut own_head = setup("33.05.01.2001", "Kebumen", "Kepala Desa").people[1].clone();
    own_head.name = "Kepala Palsu".to_owned();
    assert!(matches!(village.add_person(&own_head), Err(RegisterError::NotTheHead)));
    assert!(village.enter_head_room(HEAD, HEAD_SECRET).is_ok(), "the head himself comes in");
}

#[test]
fn another_operator_and_a_changed_secret() {
    let mut village = Village::kebumen();
    let mut person = setup("33.05.01.2001", "Kebumen", "Kepala Desa").people[0].clone();
    person.name = "Rina Wati".to_owned();
    person.secret = "jagung manis 12".to_owned().into();
    let id = village.add_person(&person).expect("a second operator");
    assert!(matches!(
        village.change_secret(id, "bukan ini", "ketela rambat 9"),
        Err(RegisterError::WrongSecret { .. })
    ));
    village.change_secret(id, "jagung manis 12", "ketela rambat 9").expect("changed");
    village.close();
    let opened = Register::unlock(village.dir(), id, "ketela rambat 9", village.tools()).expect("opens");
    assert_eq!(opened.actor().name, "Rina Wati");
    village.put(opened);
}

#[test]
fn the_heads_secret_is_his_alone() {
    let mut village = Village::kebumen();
    assert!(matches!(
        village.change_secret(OPERATOR, PASSPHRASE, HEAD_SECRET),
        Err(RegisterError::SecretShared)
    ));
    let mut person = setup("33.05.01.2001", "Kebumen", "Kepala Desa").people[0].clone();
    person.secret = HEAD_SECRET.to_owned().into();
    assert!(matches!(village.add_person(&person), Err(RegisterError::SecretShared)));
    let empty = tempfile::TempDir::new().expect("folder");
    let mut shared = setup("33.05.01.2001", "Kebumen", "Kepala Desa");
    shared.people[0].secret = HEAD_SECRET.to_owned().into();
    let made = Register::create(empty.path(), &shared, tools(&village.clock));
    assert!(matches!(made.map(|_| ()), Err(RegisterError::SecretShared)));
}

#[test]
fn the_heads_title_follows_the_settings() {
    let mut village = Village::kebumen();
    let head_title = Some("Pj. Kepala Desa".to_owned());
    village
        .transact(Op::SaveSettings(SettingsChange { head_title, ..SettingsChange::default() }))
        .expect("saved");
    assert_eq!(village.head().title(), "Pj. Kepala Desa");
    assert_eq!(Register::people(village.dir()).expect("names")[1].title, "Pj. Kepala Desa");
}

#[test]
fn settings_change_through_the_door() {
    let mut village = Village::kebumen();
    let before = village.settings().expect("settings");
    assert_eq!((before.head_title.as_str(), before.idle_lock_minutes), ("Kepala Desa", 10));
    assert_eq!(before.place, "Contoh", "a statement is dated in the village unless said otherwise");
    let change = SettingsChange {
        idle_lock_minutes: Some(5),
        office_address: Some("Jl. Uji 1".to_owned()),
        ..SettingsChange::default()
    };
    village.transact(Op::SaveSettings(change)).expect("saved");
    let after = village.settings().expect("settings");
    assert_eq!((after.idle_lock_minutes, after.office_address.as_str()), (5, "Jl. Uji 1"));
    assert_eq!(after.head_title, before.head_title, "what was not given stays");
    let trail = village.trail(10).expect("trail");
    assert_eq!(trail[0].note, "idle_lock_minutes, office_address");
}

#[test]
fn a_set_up_that_was_cut_off_can_be_made_again() {
    let mut village = Village::kebumen();
    let values = applicant(&village.village().code, 1);
    village.draft(values);
    village.close();
    std::fs::remove_file(village.dir().join("register.keys.json")).expect("no key file");
    assert!(!Register::exists(village.dir()), "without its key file there is no register");
    let (register, _) =
        Register::create(village.dir(), &setup("33.05.01.2001", "Kebumen", "Kepala Desa"), village.tools())
            .expect("made anew");
    assert_eq!(register.counts().total, 0);
    village.put(register);
}

/// As a newer program would leave the file.
fn raise_schema(village: &Village, version: u32) {
    let db = crate::harness::database(village.dir());
    db.pragma_update(None, "user_version", version).expect("raised");
}
