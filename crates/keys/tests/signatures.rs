//! Keys that sign, and the files that keep them.

mod support;

use payung_domain::Randomness;
use payung_keys::{KeyError, PublicKey, Purpose, Signature, SigningKey, hex, sha256};
use support::Seeded;

#[test]
fn a_signature_holds_for_its_key_purpose_and_message_only() {
    let key = SigningKey::generate(&Seeded::new(1));
    let other = SigningKey::generate(&Seeded::new(2));
    let signature = key.sign(Purpose::Receipt, b"message");
    assert!(key.public().verify(Purpose::Receipt, b"message", &signature).is_ok());
    assert!(key.public().verify(Purpose::Receipt, b"massage", &signature).is_err(), "another message");
    assert!(other.public().verify(Purpose::Receipt, b"message", &signature).is_err(), "another key");
    for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Receipt) {
        assert!(key.public().verify(*purpose, b"message", &signature).is_err(), "passes for {purpose:?}");
    }
}

#[test]
fn every_bit_of_a_signature_counts() {
    let key = SigningKey::generate(&Seeded::new(1));
    let signature = key.sign(Purpose::Checkpoint, b"message").to_bytes();
    for bit in (0..512).step_by(7) {
        let mut altered = signature;
        altered[bit / 8] ^= 1 << (bit % 8);
        let altered = Signature::from_bytes(altered);
        assert!(key.public().verify(Purpose::Checkpoint, b"message", &altered).is_err(), "bit {bit}");
    }
    let nothing = Signature::from_bytes([0; 64]);
    assert!(key.public().verify(Purpose::Checkpoint, b"message", &nothing).is_err());
}

#[test]
fn the_same_randomness_gives_the_same_key_and_signature_for_ever() {
    let key = SigningKey::generate(&Seeded::new(1));
    assert_eq!(
        key.public().to_hex(),
        include_str!("golden/public_key.hex").trim(),
        "a key drawn from known bytes changed"
    );
    assert_eq!(key.sign(Purpose::Receipt, b"message").to_hex(), include_str!("golden/signature.hex").trim());
}

/// A generator that is stuck must not hang the program.
#[test]
fn constant_randomness_still_gives_a_key() {
    struct Stuck(u8);
    impl Randomness for Stuck {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }
    assert_ne!(SigningKey::generate(&Stuck(0)).public(), SigningKey::generate(&Stuck(255)).public());
}

#[test]
fn a_public_key_is_a_point_on_the_curve() {
    let key = SigningKey::generate(&Seeded::new(1)).public();
    assert_eq!(PublicKey::from_bytes(&key.to_bytes()), Ok(key));
    assert!(PublicKey::from_bytes(&[0; 33]).is_err());
    let mut uncompressed_mark = key.to_bytes();
    uncompressed_mark[0] = 4;
    assert!(PublicKey::from_bytes(&uncompressed_mark).is_err());
    let json = serde_json::to_string(&key).unwrap();
    assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), key);
    assert!(serde_json::from_str::<PublicKey>("\"00\"").is_err());
}

#[test]
fn a_fingerprint_reads_as_four_groups() {
    let key = SigningKey::generate(&Seeded::new(1)).public();
    let digits = hex(&sha256(&[&key.to_bytes()])[..8]).to_uppercase();
    assert_eq!(key.fingerprint().replace('-', ""), digits);
    assert_eq!(key.fingerprint().split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
}

#[test]
fn a_key_file_opens_with_its_secret_only() {
    let key = SigningKey::generate(&Seeded::new(3));
    let pem = key.to_encrypted_pem("rahasia-kades", &Seeded::new(4)).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{pem}");
    let opened = SigningKey::from_encrypted_pem(&pem, "rahasia-kades").unwrap();
    assert_eq!(opened.public(), key.public());
    assert_eq!(SigningKey::from_encrypted_pem(&pem, "rahasia-lurah").err(), Some(KeyError::WrongSecret));
    assert!(matches!(SigningKey::from_encrypted_pem("nothing", "x").err(), Some(KeyError::Malformed(_))));
    let halved = &pem[..pem.len() / 2];
    assert!(matches!(
        SigningKey::from_encrypted_pem(halved, "rahasia-kades").err(),
        Some(KeyError::Malformed(_))
    ));
}

#[test]
fn an_old_key_file_opens_for_ever() {
    let key = SigningKey::from_encrypted_pem(include_str!("golden/head_key.pem"), "rahasia-kades").unwrap();
    assert_eq!(key.public(), SigningKey::generate(&Seeded::new(3)).public());
}

/// scrypt with N = 2^30 and r = 8 would take 1 TiB.
#[test]
fn a_key_file_cannot_ask_for_all_the_memory() {
    let greedy = include_str!("golden/greedy_key.pem");
    assert_eq!(SigningKey::from_encrypted_pem(greedy, "x").err(), Some(KeyError::OutOfBounds("scrypt")));
}

#[test]
fn a_key_inside_a_store_comes_back() {
    let key = SigningKey::generate(&Seeded::new(5));
    let der = key.to_der().unwrap();
    assert_eq!(SigningKey::from_der(&der).unwrap().public(), key.public());
    assert!(SigningKey::from_der(&der[1..]).is_err());
}

#[test]
fn debug_shows_no_secret() {
    let key = SigningKey::generate(&Seeded::new(1));
    assert_eq!(format!("{key:?}"), format!("SigningKey({})", key.public().fingerprint()));
}
