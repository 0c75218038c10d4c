//! The database key under a secret, and the recovery code.

mod support;

use payung_keys::{DatabaseKey, KdfCost, KeyError, RecoveryCode, WrappedKey};
use proptest::prelude::*;
use support::Seeded;

fn wrapped(secret: &str, context: &str) -> (DatabaseKey, WrappedKey) {
    let key = DatabaseKey::generate(&Seeded::new(1));
    let wrapped = WrappedKey::wrap_with_cost(&key, secret, context, KdfCost::LIGHT, &Seeded::new(2)).unwrap();
    (key, wrapped)
}

#[test]
fn the_secret_and_the_context_open_it() {
    let (key, wrapped) = wrapped("kata sandi operator", "person 1");
    assert_eq!(wrapped.unwrap("kata sandi operator", "person 1").unwrap().expose(), key.expose());
    assert_eq!(wrapped.unwrap("kata sandi operatot", "person 1").err(), Some(KeyError::WrongSecret));
    assert_eq!(wrapped.unwrap("kata sandi operator", "person 2").err(), Some(KeyError::WrongSecret));
}

#[test]
fn an_altered_envelope_does_not_open() {
    let (_, good) = wrapped("kata sandi", "a");
    for at in [0, 40, 95] {
        let mut altered = good.clone();
        let digit = if &altered.ciphertext[at..=at] == "0" { "1" } else { "0" };
        altered.ciphertext.replace_range(at..=at, digit);
        assert_eq!(altered.unwrap("kata sandi", "a").err(), Some(KeyError::WrongSecret), "digit {at}");
    }
    let mut short = good.clone();
    short.ciphertext.truncate(94);
    assert_eq!(short.unwrap("kata sandi", "a").err(), Some(KeyError::Malformed("ciphertext")));
    let mut named = good;
    named.kdf.name = "argon2i".to_owned();
    assert_eq!(named.unwrap("kata sandi", "a").err(), Some(KeyError::Malformed("kdf")));
}

#[test]
fn an_envelope_cannot_ask_for_all_the_memory_or_time() {
    let (_, good) = wrapped("kata sandi", "a");
    let ask = |memory_kib, passes, lanes| {
        let mut greedy = good.clone();
        (greedy.kdf.memory_kib, greedy.kdf.passes, greedy.kdf.lanes) = (memory_kib, passes, lanes);
        greedy.unwrap("kata sandi", "a").err()
    };
    assert_eq!(ask(1_048_577, 1, 1), Some(KeyError::OutOfBounds("memory_kib")));
    assert_eq!(ask(64, 17, 1), Some(KeyError::OutOfBounds("passes")));
    assert_eq!(ask(1024, 1, 17), Some(KeyError::OutOfBounds("lanes")));
    assert_eq!(ask(0, 1, 1), Some(KeyError::OutOfBounds("argon2id")), "less than Argon2 can do");
    assert_eq!(ask(64, 0, 1), Some(KeyError::OutOfBounds("argon2id")));
}

/// The only test at full cost, and over a file of an earlier day: such files open for ever.
#[test]
fn an_old_envelope_opens_for_ever() {
    let old: WrappedKey = serde_json::from_str(include_str!("golden/wrapped_key.json")).unwrap();
    assert_eq!((old.kdf.memory_kib, old.kdf.passes, old.kdf.lanes), (65_536, 3, 1));
    let key = old.unwrap("kata sandi operator", "person 1").unwrap();
    assert_eq!(key.expose(), DatabaseKey::generate(&Seeded::new(1)).expose());
    let again: WrappedKey = serde_json::from_str(&serde_json::to_string(&old).unwrap()).unwrap();
    assert_eq!(again, old);
}

#[test]
fn debug_shows_no_secret() {
    assert_eq!(format!("{:?}", DatabaseKey::generate(&Seeded::new(1))), "DatabaseKey(..)");
    assert_eq!(format!("{:?}", RecoveryCode::generate(&Seeded::new(1))), "RecoveryCode(..)");
}

#[test]
fn a_recovery_code_is_read_as_people_type() {
    let code = RecoveryCode::generate(&Seeded::new(1));
    let groups = code.groups();
    assert_eq!(groups.split('-').map(str::len).collect::<Vec<_>>(), [4; 8], "{groups}");
    let sloppy = groups.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
    for typed in
        [groups.as_str(), code.secret(), &sloppy, &groups.replace('1', "I"), &groups.replace('-', "\n")]
    {
        assert_eq!(RecoveryCode::parse(typed), Ok(code.clone()), "{typed:?}");
    }
    assert_eq!(groups, include_str!("golden/recovery_code.txt").trim(), "a printed code changed");
}

#[test]
fn a_recovery_code_finds_slips_of_the_pen() {
    let groups = RecoveryCode::generate(&Seeded::new(1)).groups();
    let letters: Vec<char> = groups.chars().collect();
    for at in (0..letters.len()).filter(|at| letters[*at] != '-') {
        let mut wrong = letters.clone();
        wrong[at] = if wrong[at] == 'Z' { 'Y' } else { 'Z' };
        let wrong: String = wrong.into_iter().collect();
        assert_eq!(RecoveryCode::parse(&wrong), Err(KeyError::RecoveryTypo), "{wrong}");
        let mut missing = letters.clone();
        missing.remove(at);
        assert_eq!(
            RecoveryCode::parse(&missing.into_iter().collect::<String>()),
            Err(KeyError::RecoveryTypo)
        );
    }
    let mut swapped = letters.clone();
    swapped.swap(0, 1);
    assert_ne!(letters[0], letters[1], "the example must show a swap");
    assert_eq!(RecoveryCode::parse(&swapped.into_iter().collect::<String>()), Err(KeyError::RecoveryTypo));
    for nonsense in ["", "-", "ABCD", "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU-UUUU-UUUU", "é"] {
        assert_eq!(RecoveryCode::parse(nonsense), Err(KeyError::RecoveryTypo));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_code_reads_back(seed: u64) {
        let code = RecoveryCode::generate(&Seeded::new(seed));
        prop_assert_eq!(RecoveryCode::parse(&code.groups()), Ok(code));
    }

    #[test]
    fn no_text_panics(text in ".{0,60}") {
        let _ = RecoveryCode::parse(&text);
    }
}
