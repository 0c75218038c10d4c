//! Time-stamp tokens (RFC 3161), with openssl as the second opinion.

#[path = "support/openssl.rs"]
mod openssl;
mod support;

use openssl::Desk;
use payung_domain::Timestamp;
use payung_keys::{
    Authority, CmsError, HeadName, KeyError, SigningKey, Timestamper, Trust, certificate_facts, check_path,
    cms_sign, cms_with_timestamp, read_cms, read_timestamp, self_issued, sha256,
};
use support::Seeded;

/// 21 November 2026, 08.00 WIB.
const NOW: Timestamp = Timestamp(1_795_222_800_000);
const DAY_MS: i64 = 86_400_000;
const WHO: HeadName<'_> = HeadName {
    name: "Ni Luh Putu Ayu Kusumadewi",
    title: "Perbekel",
    village: "Desa Kamasan",
    regency: "Kabupaten Klungkung",
};

fn authority() -> Authority {
    Authority::create("Kabupaten Klungkung", NOW, &Seeded::new(1)).unwrap()
}

fn timestamper() -> Timestamper {
    authority().issue_timestamper(NOW, &Seeded::new(2)).unwrap()
}

fn later(days: i64) -> Timestamp {
    Timestamp(NOW.millis() + days * DAY_MS)
}

#[test]
fn openssl_accepts_the_token_for_its_message_only() {
    let desk = Desk::new("token");
    desk.put("root.pem", authority().certificate_pem().unwrap().as_bytes());
    desk.put("message", b"signature value");
    desk.put("other", b"another value");
    desk.put("token", &timestamper().stamp(b"signature value", NOW, u128::MAX).unwrap());
    let verify = |data: &str| {
        desk.try_openssl(&format!(
            "ts -verify -data {data} -in token -token_in -CAfile root.pem -attime 1795222900"
        ))
    };
    let (good, said) = verify("message");
    assert!(good && said.contains("Verification: OK"), "{said}");
    assert!(!verify("other").0, "another message");
    let text = desk.openssl("ts -reply -in token -token_in -text");
    assert!(text.contains("Policy OID: 2.25."), "{text}");
    assert!(text.contains("Time stamp: Nov 21 01:00:00 2026 GMT"), "{text}");
    assert!(text.contains("Serial number: 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"), "{text}");
}

#[test]
fn our_own_token_reads_back() {
    let stamper = timestamper();
    let token = stamper.stamp(b"value", later(3), 7).unwrap();
    let facts = read_timestamp(&token, b"value").unwrap();
    assert_eq!((facts.at, facts.serial.as_slice()), (later(3), &[7][..]));
    assert!(facts.policy.starts_with("2.25."), "{}", facts.policy);
    assert_eq!(facts.signer, stamper.certificate_der());
    let root = vec![authority().certificate_der().to_vec()];
    let trust = check_path(&facts.signer, &facts.certificates, &root, facts.at);
    assert!(matches!(trust, Trust::Trusted { .. }), "{trust:?}");
    assert_eq!(read_timestamp(&token, b"Value").err(), Some(CmsError::DigestDiffers));
    assert_eq!(stamper.stamp(b"value", later(3), 7).unwrap(), token, "deterministic");
    assert_eq!(stamper.stamp(b"value", later(-2), 7).err(), Some(KeyError::OutOfBounds("validity")));
    assert!(stamper.stamp(b"value", stamper.valid_until(), 7).is_ok());
    assert!(stamper.stamp(b"value", later(3654), 7).is_err(), "the certificate has ended");
}

#[test]
fn a_stored_time_stamper_goes_on() {
    let first = timestamper();
    let again = Timestamper::from_stored(&first.to_stored().unwrap()).unwrap();
    assert_eq!(again.stamp(b"x", NOW, 1).unwrap(), first.stamp(b"x", NOW, 1).unwrap());
    let mut mixed = first.to_stored().unwrap();
    mixed.certificate_der = authority().certificate_der().to_vec();
    assert!(Timestamper::from_stored(&mixed).is_err(), "the certificate of another key");
}

#[test]
fn every_byte_of_a_token_counts() {
    let token = timestamper().stamp(b"value", NOW, 1).unwrap();
    let facts = read_timestamp(&token, b"value").unwrap();
    for at in 0..token.len() {
        let mut altered = token.clone();
        altered[at] ^= 0x10;
        if let Ok(read) = read_timestamp(&altered, b"value") {
            assert_eq!(read.at, facts.at, "byte {at}");
            assert_eq!(read.serial, facts.serial, "byte {at}");
            assert_eq!(certificate_facts(&read.signer).unwrap().public_key, {
                certificate_facts(&facts.signer).unwrap().public_key
            });
        }
    }
}

#[test]
fn a_signature_is_no_token_and_a_token_no_signature() {
    let head = SigningKey::generate(&Seeded::new(5));
    let certificate = self_issued(&head, &WHO, NOW).unwrap();
    let signed = cms_sign(&head, &certificate, &sha256(&[b"value"])).unwrap();
    assert_eq!(read_timestamp(&signed.der, b"value").err(), Some(CmsError::NotCms));
    let token = timestamper().stamp(b"value", NOW, 1).unwrap();
    let facts = read_cms(&token).unwrap();
    assert!(facts.is_timestamp);
    facts.verify(&[b"va", b"lue"]).expect("a document time stamp");
    assert_eq!(facts.timestamp_facts().unwrap().at, NOW);
}

#[test]
fn a_time_stamper_s_key_does_not_sign_documents() {
    let stored = timestamper().to_stored().unwrap();
    let key = SigningKey::from_der(&stored.key_der).unwrap();
    let signed = cms_sign(&key, &stored.certificate_der, &sha256(&[b"document"])).unwrap();
    let refused = read_cms(&signed.der).unwrap().verify(&[b"document"]);
    assert!(matches!(refused, Err(CmsError::Unsupported(_))), "{refused:?}");
}

#[test]
fn a_token_goes_into_the_signature_and_leaves_the_rest_alone() {
    let head = SigningKey::generate(&Seeded::new(5));
    let authority = authority();
    let certificate = authority.certify_head(&head.public(), &WHO, NOW, later(900), &Seeded::new(6)).unwrap();
    let signed = cms_sign(&head, &certificate, &sha256(&[b"document"])).unwrap();
    let token = timestamper().stamp(&signed.signature.to_der().unwrap(), later(2), 9).unwrap();
    let with = cms_with_timestamp(&signed.der, &token).unwrap();
    assert!(with.len() < 3000, "{} bytes", with.len());
    let (before, after) = (read_cms(&signed.der).unwrap(), read_cms(&with).unwrap());
    assert_eq!(before.timestamp, None);
    assert_eq!(after.timestamp.as_deref(), Some(token.as_slice()));
    assert_eq!(after.signature_value, before.signature_value);
    after.verify(&[b"document"]).expect("still the same signature");
    let stamped = read_timestamp(&token, &after.signature_value).unwrap();
    assert_eq!(stamped.at, later(2));

    let desk = Desk::new("baseline-t");
    desk.put("root.pem", authority.certificate_pem().unwrap().as_bytes());
    desk.put("document", b"document");
    desk.put("signature", &with);
    desk.openssl(
        "cms -verify -cades -binary -inform DER -in signature -content document -CAfile root.pem \
         -purpose smimesign -attime 1795222900 -out verified",
    );
    let shown = desk.openssl("cms -cmsout -print -noout -inform DER -in signature");
    assert!(shown.contains("id-smime-aa-timeStampToken"), "{shown}");

    let padded = [token.as_slice(), &[0; 40]].concat();
    assert_eq!(cms_with_timestamp(&signed.der, &padded).unwrap(), with);
    assert!(cms_with_timestamp(&with, &token).is_err(), "there is one already");
    let other = timestamper().stamp(b"another signature", later(2), 10).unwrap();
    assert_eq!(cms_with_timestamp(&signed.der, &other).err(), Some(KeyError::Malformed("RFC 3161")));
}

/// A time-stamping service that somebody else runs: openssl's, with an RSA key.
#[test]
fn a_foreign_token_is_read() {
    let desk = Desk::new("foreign-token");
    desk.put(
        "tsa.cnf",
        b"[req]\ndistinguished_name=dn\nx509_extensions=tsa\nprompt=no\n[dn]\nCN=Waktu Asing\n\
          [tsa]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n\
          [ts]\ndefault_tsa=service\n[service]\nserial=serial\ndefault_policy=1.2.3.4.1\n\
          digests=sha256,sha512\nsigner_digest=sha512\ness_cert_id_alg=sha384\naccuracy=secs:1,millisecs:500\n\
          ordering=yes\ntsa_name=yes\nclock_precision_digits=3\ness_cert_id_chain=no\n",
    );
    desk.put("serial", b"0A01\n");
    desk.put("message", b"their message");
    desk.openssl("req -x509 -config tsa.cnf -newkey rsa:2048 -nodes -keyout key.pem -out tsa.pem -days 30");
    desk.openssl("ts -query -data message -sha512 -cert -out query");
    desk.openssl(
        "ts -reply -queryfile query -config tsa.cnf -section service -signer tsa.pem -inkey key.pem \
         -token_out -out token",
    );
    let token = desk.get("token");
    let facts = read_timestamp(&token, b"their message").unwrap();
    assert_eq!((facts.policy.as_str(), facts.serial.as_slice()), ("1.2.3.4.1", &[0x0a, 0x02][..]));
    let signer = certificate_facts(&facts.signer).unwrap();
    assert!(signer.not_before.millis() / 1000 <= facts.at.millis() / 1000 && facts.at < signer.not_after);
    assert_eq!(signer.common_name, "Waktu Asing");
    assert_eq!(read_timestamp(&token, b"our message").err(), Some(CmsError::DigestDiffers));
    assert_eq!(read_cms(&token).unwrap().signing_certificate, Some(true));
}
