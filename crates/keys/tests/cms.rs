//! Signatures as PDF files carry them, with openssl as the second opinion.

#[path = "support/openssl.rs"]
mod openssl;
mod support;

use openssl::Desk;
use payung_domain::Timestamp;
use payung_keys::{
    Authority, CmsError, HeadName, SigningKey, certificate_facts, check_path, cms_attributes, cms_sign,
    read_cms, self_issued, sha256,
};
use support::Seeded;

/// 21 November 2026, 08.00 WIB.
const NOW: Timestamp = Timestamp(1_795_222_800_000);
const YEAR_MS: i64 = 31_557_600_000;
const WHO: HeadName<'_> = HeadName {
    name: "Sutrisno, S.Sos.",
    title: "Kepala Desa",
    village: "Desa Karangsari",
    regency: "Kabupaten Kebumen",
};
const DOCUMENT: &[u8] = b"%PDF-1.7 the pages that were shown";

fn head() -> SigningKey {
    SigningKey::generate(&Seeded::new(11))
}

fn authority() -> Authority {
    Authority::create("Kabupaten Kebumen", NOW, &Seeded::new(1)).unwrap()
}

#[test]
fn openssl_accepts_the_signature_under_a_certificate_of_the_district() {
    let (head, authority) = (head(), authority());
    let until = Timestamp(NOW.millis() + 5 * YEAR_MS);
    let certificate = authority.certify_head(&head.public(), &WHO, NOW, until, &Seeded::new(3)).unwrap();
    let signed = cms_sign(&head, &certificate, &sha256(&[DOCUMENT])).unwrap();
    let desk = Desk::new("certified");
    desk.put("root.pem", authority.certificate_pem().unwrap().as_bytes());
    desk.put("document", DOCUMENT);
    desk.put("signature", &signed.der);
    let verify = "cms -verify -cades -binary -inform DER -in signature -content document -CAfile root.pem \
                  -purpose smimesign -attime 1795222900 -out verified";
    let said = desk.openssl(verify);
    assert!(said.contains("CAdES Verification successful"), "{said}");
    assert_eq!(desk.get("verified"), DOCUMENT);
    desk.put("document", b"%PDF-1.7 other pages");
    assert!(!desk.try_openssl(verify).0, "openssl notices other content");
}

#[test]
fn openssl_accepts_the_signature_under_the_head_s_own_certificate() {
    let head = head();
    let certificate = self_issued(&head, &WHO, NOW).unwrap();
    let desk = Desk::new("self-issued");
    desk.put("certificate", &certificate);
    desk.put("document", DOCUMENT);
    desk.put("signature", &cms_sign(&head, &certificate, &sha256(&[DOCUMENT])).unwrap().der);
    desk.openssl("x509 -inform DER -in certificate -out certificate.pem");
    desk.openssl(
        "cms -verify -cades -binary -inform DER -in signature -content document -CAfile certificate.pem \
         -partial_chain -purpose smimesign -attime 1795222900 -out verified",
    );
}

#[test]
fn the_signature_is_over_the_attributes_alone() {
    let head = head();
    let certificate = self_issued(&head, &WHO, NOW).unwrap();
    let digest = sha256(&[DOCUMENT]);
    let signed = cms_sign(&head, &certificate, &digest).unwrap();
    let attributes = cms_attributes(&digest, &sha256(&[&certificate])).unwrap();
    head.public().verify_hash(&sha256(&[&attributes]), &signed.signature).expect("without the file");
    let other = cms_attributes(&sha256(&[b"other"]), &sha256(&[&certificate])).unwrap();
    assert!(head.public().verify_hash(&sha256(&[&other]), &signed.signature).is_err());
    assert!(signed.der.len() < 1600, "{} bytes do not fit beside a time stamp", signed.der.len());
    assert_eq!(cms_sign(&head, &certificate, &digest).unwrap().der, signed.der, "deterministic");
}

#[test]
fn a_certificate_for_another_key_is_not_signed_with() {
    let certificate = self_issued(&head(), &WHO, NOW).unwrap();
    let other = SigningKey::generate(&Seeded::new(12));
    assert!(cms_sign(&other, &certificate, &[7; 32]).is_err());
    assert!(cms_sign(&head(), b"no certificate", &[7; 32]).is_err());
}

#[test]
fn facts_of_a_head_s_certificate() {
    let facts = certificate_facts(&self_issued(&head(), &WHO, NOW).unwrap()).unwrap();
    assert_eq!(facts.common_name, "Sutrisno, S.Sos.");
    assert_eq!(facts.title.as_deref(), Some("Kepala Desa"));
    assert_eq!(facts.organisation.as_deref(), Some("Desa Karangsari"));
    assert_eq!(facts.public_key, Some(head().public()));
    assert!(facts.self_issued);
    assert_eq!(facts.not_before, Timestamp(NOW.millis() - 86_400_000));
}

/// RFC 5035: who has another certificate for the same key cannot put it in the place of the one signed with.
#[test]
fn a_signature_does_not_move_to_another_certificate() {
    let head = head();
    let certificate = self_issued(&head, &WHO, NOW).unwrap();
    let signed = cms_sign(&head, &certificate, &sha256(&[DOCUMENT])).unwrap();
    let facts = read_cms(&signed.der).unwrap();
    assert_eq!(facts.signing_certificate, Some(true));
    assert_eq!(facts.verify(&[DOCUMENT]), Ok(()));
    // The same length, subject and serial; one bit of the certificate's own signature is another.
    let place = signed.der.windows(certificate.len()).position(|part| part == certificate).unwrap();
    let mut moved = signed.der.clone();
    moved[place + certificate.len() - 1] ^= 1;
    let facts = read_cms(&moved).unwrap();
    assert_eq!(facts.signing_certificate, Some(false));
    assert_eq!(facts.verify(&[DOCUMENT]), Err(CmsError::BadSignature));
}

#[test]
fn names_and_keys_stay_out_of_debug_output() {
    let certificate = self_issued(&head(), &WHO, NOW).unwrap();
    let signed = cms_sign(&head(), &certificate, &sha256(&[DOCUMENT])).unwrap();
    let facts = read_cms(&signed.der).unwrap();
    let trust = check_path(&facts.signer, &[], std::slice::from_ref(&certificate), NOW);
    let shown = format!("{facts:?} {:?} {trust:?}", certificate_facts(&certificate).unwrap());
    assert!(shown.contains("Trusted") && !shown.contains("Sutrisno"), "{shown}");
}

/// Some programs sign the attributes in DER's order and write them in their own.
#[test]
fn attributes_out_of_order_are_taken() {
    let head = head();
    let certificate = self_issued(&head, &WHO, NOW).unwrap();
    let digest = sha256(&[DOCUMENT]);
    let mut der = cms_sign(&head, &certificate, &digest).unwrap().der;
    let attributes = cms_attributes(&digest, &sha256(&[&certificate])).unwrap();
    assert_eq!(attributes[..2], [0x31, 0x81], "three attributes take more than 127 bytes");
    let inside = &attributes[3..];
    let first = usize::from(inside[1]) + 2;
    let place = der.windows(inside.len()).position(|part| part == inside).unwrap();
    der[place..place + inside.len()].copy_from_slice(&[&inside[first..], &inside[..first]].concat());
    let facts = read_cms(&der).unwrap();
    assert_eq!(facts.verify(&[DOCUMENT]), Ok(()));
    assert_eq!(facts.verify(&[b"other"]), Err(CmsError::DigestDiffers));
}
