//! Whatever bytes come in: an answer or an error, never a panic.

mod support;

use payung_domain::Timestamp;
use payung_keys::{
    Authority, CERTIFICATE_BYTES_MAX, CMS_BYTES_MAX, CmsError, HeadName, SigningKey, certificate_facts,
    check_path, cms_sign, cms_with_timestamp, read_cms, read_timestamp, sha256,
};
use proptest::prelude::*;
use std::slice::from_ref;
use std::sync::LazyLock;
use support::Seeded;

/// 21 November 2026, 08.00 WIB.
const NOW: Timestamp = Timestamp(1_795_222_800_000);

struct Genuine {
    root: Vec<u8>,
    certificate: Vec<u8>,
    signature: Vec<u8>,
    token: Vec<u8>,
    with_token: Vec<u8>,
}

static GENUINE: LazyLock<Genuine> = LazyLock::new(|| {
    let who = HeadName {
        name: "Sutrisno",
        title: "Lurah",
        village: "Kelurahan Panjer",
        regency: "Kabupaten Kebumen",
    };
    let authority = Authority::create("Kabupaten Kebumen", NOW, &Seeded::new(1)).unwrap();
    let head = SigningKey::generate(&Seeded::new(2));
    let until = Timestamp(NOW.millis() + 86_400_000_000);
    let certificate = authority.certify_head(&head.public(), &who, NOW, until, &Seeded::new(3)).unwrap();
    let signed = cms_sign(&head, &certificate, &sha256(&[b"document"])).unwrap();
    let stamper = authority.issue_timestamper(NOW, &Seeded::new(4)).unwrap();
    let token = stamper.stamp(&signed.signature.to_der().unwrap(), NOW, 1).unwrap();
    let with_token = cms_with_timestamp(&signed.der, &token).unwrap();
    let root = authority.certificate_der().to_vec();
    Genuine { root, certificate, signature: signed.der, token, with_token }
});

/// Everything that reads, over the same bytes.
fn read_all(bytes: &[u8]) -> Result<(), CmsError> {
    let genuine = &*GENUINE;
    let _ = certificate_facts(bytes);
    let _ = check_path(bytes, from_ref(&genuine.certificate), from_ref(&genuine.root), NOW);
    let _ = check_path(&genuine.certificate, &[bytes.to_vec()], &[bytes.to_vec()], NOW);
    let _ = read_timestamp(bytes, b"document");
    let _ = cms_with_timestamp(bytes, &genuine.token);
    let _ = cms_with_timestamp(&genuine.signature, bytes);
    let facts = read_cms(bytes)?;
    let _ = check_path(&facts.signer, &facts.certificates, from_ref(&genuine.root), NOW);
    let _ = facts.timestamp_facts();
    facts.verify(&[b"document"])
}

#[test]
fn the_genuine_ones_are_genuine() {
    assert_eq!(read_all(&GENUINE.signature), Ok(()));
    assert_eq!(read_all(&GENUINE.with_token), Ok(()));
    assert!(certificate_facts(&GENUINE.certificate).is_ok());
}

#[test]
fn a_cut_off_file_is_an_error() {
    for whole in [&GENUINE.certificate, &GENUINE.signature, &GENUINE.token, &GENUINE.with_token] {
        for length in 0..whole.len() {
            assert!(read_all(&whole[..length]).is_err(), "{length} bytes of {}", whole.len());
            assert!(certificate_facts(&whole[..length]).is_err(), "{length} bytes of {}", whole.len());
        }
    }
}

#[test]
fn too_much_is_refused_before_it_is_looked_at() {
    let mut large = vec![0x30, 0x84, 0, 0x40, 0, 0];
    large.resize(CMS_BYTES_MAX + 6, 0);
    assert_eq!(read_cms(&large).err(), Some(CmsError::NotCms));
    let mut certificate = GENUINE.certificate.clone();
    certificate.resize(CERTIFICATE_BYTES_MAX + 1, 0);
    assert!(certificate_facts(&certificate).is_err());
    for deep in [[0x30, 0x80].repeat(1 << 20), [0xa0, 0x80].repeat(1 << 20), [0x24, 0x80].repeat(1 << 20)] {
        assert!(read_all(&deep).is_err());
    }
}

/// Elements inside elements with tags that certificates and signatures use; some lengths lie.
fn nested() -> impl Strategy<Value = Vec<u8>> {
    let tags = prop::sample::select(vec![0x02u8, 0x03, 0x04, 0x05, 0x06, 0x17, 0x18, 0x0c, 0x80, 0x01]);
    let leaf =
        (tags, prop::collection::vec(any::<u8>(), 0..24)).prop_map(|(tag, body)| element(tag, &body, 0));
    let tags = prop::sample::select(vec![0x30u8, 0x31, 0xa0, 0xa1, 0xa3, 0x24]);
    leaf.prop_recursive(6, 64, 6, move |inner| {
        (tags.clone(), prop::collection::vec(inner, 0..6), 0..20u8)
            .prop_map(|(tag, parts, lie)| element(tag, &parts.concat(), lie))
    })
}

fn element(tag: u8, body: &[u8], lie: u8) -> Vec<u8> {
    let length = (body.len() as u32).to_be_bytes();
    match lie {
        1 => [&[tag, 0x80], body, &[0, 0]].concat(),
        2 => [&[tag, 0x80], body].concat(),
        3 => [&[tag, 0x84][..], &[0xff; 4], body].concat(),
        4 => [&[tag, 0x83], &length[1..], &body[body.len() / 2..]].concat(),
        _ => [&[tag, 0x84][..], &length, body].concat(),
    }
}

/// A genuine file with a few bytes altered, removed or put in.
fn altered() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..4u8);
    (0..4usize, prop::collection::vec(change, 1..6)).prop_map(|(which, changes)| {
        let genuine = &*GENUINE;
        let whole = [&genuine.certificate, &genuine.signature, &genuine.token, &genuine.with_token][which];
        let mut bytes = whole.clone();
        for (place, byte, kind) in changes {
            let at = place.index(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => bytes[at] = byte,
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read_all(&bytes).is_err());
    }

    #[test]
    fn random_elements_are_an_error(bytes in nested()) {
        prop_assert!(read_all(&bytes).is_err());
    }

    /// Bytes that nobody signed (a version number, what stands beside the signature) may differ; the signed ones may not.
    #[test]
    fn an_altered_file_never_says_something_else(bytes in altered()) {
        if read_all(&bytes).is_ok() {
            let (read, genuine) = (read_cms(&bytes).unwrap(), read_cms(&GENUINE.signature).unwrap());
            prop_assert_eq!(read.message_digest, genuine.message_digest);
            prop_assert_eq!(read.signing_time, genuine.signing_time);
            prop_assert!(read.signer == genuine.signer);
        }
    }
}
