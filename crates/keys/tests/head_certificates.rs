//! Certificates of heads of village and the list of those that no longer hold, with openssl as the second opinion.

#[path = "support/openssl.rs"]
mod openssl;
mod support;

use openssl::Desk;
use payung_domain::Timestamp;
use payung_keys::{
    Authority, CrlReason, HeadName, KeyError, REVOKED_MAX, RevokedCertificate, SigningKey,
    certificate_der_from_pem, certificate_facts, hex, self_issued, sha256,
};
use support::Seeded;

/// 21 November 2026, 08.00 WIB.
const NOW: Timestamp = Timestamp(1_795_222_800_000);
const DAY_MS: i64 = 86_400_000;
const WHO: HeadName<'_> = HeadName {
    name: "Sutrisno, S.Sos.",
    title: "Kepala Desa",
    village: "Desa Karangsari",
    regency: "Kabupaten Kebumen",
};

fn head(seed: u64) -> SigningKey {
    SigningKey::generate(&Seeded::new(seed))
}

fn authority() -> Authority {
    Authority::create("Kabupaten Kebumen", NOW, &Seeded::new(1)).unwrap()
}

fn later(days: i64) -> Timestamp {
    Timestamp(NOW.millis() + days * DAY_MS)
}

fn certified(authority: &Authority, seed: u64) -> Vec<u8> {
    authority.certify_head(&head(seed).public(), &WHO, NOW, later(1825), &Seeded::new(seed)).unwrap()
}

fn assert_contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
}

#[test]
fn a_head_s_own_certificate_keeps_its_bytes() {
    let certificate = self_issued(&head(11), &WHO, NOW).unwrap();
    assert_eq!(
        hex(&certificate),
        include_str!("golden/head_certificate.hex").trim(),
        "files signed before would no longer fit the certificate that the laptop makes"
    );
}

#[test]
fn openssl_reads_a_head_s_own_certificate() {
    let desk = Desk::new("own-text");
    desk.put("certificate", &self_issued(&head(11), &WHO, NOW).unwrap());
    let text =
        desk.openssl("x509 -inform DER -in certificate -noout -text -nameopt utf8,sep_comma_plus_space");
    assert_contains(
        &text,
        &[
            "Version: 3 (0x2)",
            "Signature Algorithm: ecdsa-with-SHA256",
            "Not Before: Nov 20 01:00:00 2026 GMT",
            "Not After : Nov 21 01:00:00 2034 GMT",
            "Subject: C=ID, L=Kabupaten Kebumen, O=Desa Karangsari, title=Kepala Desa, CN=Sutrisno, S.Sos.",
            "CA:FALSE",
            "Digital Signature, Non Repudiation",
            "1.3.6.1.5.5.7.3.36, E-mail Protection",
        ],
    );
}

#[test]
fn openssl_follows_a_certified_head_to_the_district() {
    let authority = authority();
    let desk = Desk::new("certified-text");
    desk.put("root.pem", authority.certificate_pem().unwrap().as_bytes());
    desk.put("certificate", &certified(&authority, 11));
    desk.openssl("x509 -inform DER -in certificate -out certificate.pem");
    for purpose in ["smimesign", "any"] {
        desk.openssl(&format!(
            "verify -x509_strict -CAfile root.pem -purpose {purpose} -attime 1795222900 certificate.pem"
        ));
    }
    let refused =
        desk.try_openssl("verify -CAfile root.pem -purpose sslserver -attime 1795222900 certificate.pem");
    assert!(!refused.0, "it is not a server");
    let facts = certificate_facts(&certified(&authority, 11)).unwrap();
    let pem = String::from_utf8(desk.get("certificate.pem")).unwrap();
    assert_eq!(certificate_der_from_pem(&pem).unwrap(), certified(&authority, 11));
    assert_eq!(facts.issuer, "CN=Kabupaten Kebumen");
    assert_eq!(
        facts.subject,
        "C=ID, L=Kabupaten Kebumen, O=Desa Karangsari, T=Kepala Desa, CN=Sutrisno, S.Sos."
    );
    assert_eq!((facts.not_before, facts.not_after), (later(-1), later(1825)));
    assert!(!facts.self_issued);
    assert_eq!(facts.sha256, sha256(&[&certified(&authority, 11)]));
    let serial = desk.openssl("x509 -in certificate.pem -noout -serial");
    assert_eq!(serial.trim().to_lowercase(), format!("serial={}", facts.serial_hex()));
}

#[test]
fn names_of_any_kind_fit() {
    let long = "Ida Bagus Gede Putra Wijaya Kusuma ".repeat(8);
    let desk = Desk::new("names");
    let check = |who: &HeadName<'_>, common_name: &str| {
        let certificate = self_issued(&head(11), who, NOW).unwrap();
        let facts = certificate_facts(&certificate).unwrap();
        assert_eq!(facts.common_name, common_name);
        assert!(certificate.len() < 1400, "{} bytes", certificate.len());
        desk.put("certificate", &certificate);
        desk.openssl("x509 -inform DER -in certificate -noout -text");
        let by_the_district =
            authority().certify_head(&head(11).public(), who, NOW, later(9), &Seeded::new(4)).unwrap();
        assert_eq!(certificate_facts(&by_the_district).unwrap().common_name, common_name);
        facts
    };
    let facts = check(
        &HeadName { name: &long, title: &long, village: &long, regency: &long },
        "Ida Bagus Gede Putra Wijaya Kusuma Ida Bagus Gede Putra Wijaya K",
    );
    assert_eq!(facts.title.map(|title| title.chars().count()), Some(64));
    let facts =
        check(&HeadName { name: " ", title: "", village: "", regency: "" }, &head(11).public().fingerprint());
    assert_eq!((facts.title, facts.organisation), (None, None));
    check(&HeadName { name: "Héru \"Gus\" O'Ré, M.Si; CN=x\\+", ..WHO }, "Héru \"Gus\" O'Ré, M.Si; CN=x\\+");
    check(&HeadName { name: "a\nb\0c", ..WHO }, "a b c");
    check(&HeadName { name: &"é".repeat(300), ..WHO }, &"é".repeat(64));
}

#[test]
fn another_key_name_or_time_gives_another_serial() {
    let serial = |seed, who: &HeadName<'_>, at| {
        certificate_facts(&self_issued(&head(seed), who, at).unwrap()).unwrap().serial_hex()
    };
    let first = serial(11, &WHO, NOW);
    assert_eq!(first, serial(11, &WHO, NOW));
    assert_ne!(first, serial(12, &WHO, NOW));
    assert_ne!(first, serial(11, &HeadName { name: "Sutrisno", ..WHO }, NOW));
    assert_ne!(first, serial(11, &WHO, later(1)));
}

#[test]
fn validity_has_an_end() {
    let authority = authority();
    let certify =
        |from, until| authority.certify_head(&head(11).public(), &WHO, from, until, &Seeded::new(3)).err();
    assert_eq!(certify(NOW, NOW), Some(KeyError::OutOfBounds("validity")));
    assert_eq!(certify(later(1), NOW), Some(KeyError::OutOfBounds("validity")));
    assert_eq!(
        certify(NOW, later(21 * 366)),
        Some(KeyError::OutOfBounds("validity")),
        "after the district's own"
    );
    assert_eq!(certify(Timestamp(i64::MIN), later(1)), Some(KeyError::OutOfBounds("validity")));
    assert!(self_issued(&head(11), &WHO, Timestamp(i64::MAX)).is_err());
    assert!(self_issued(&head(11), &WHO, Timestamp(-1)).is_err());
}

#[test]
fn openssl_refuses_a_revoked_head() {
    let authority = authority();
    let desk = Desk::new("crl");
    desk.put("root.pem", authority.certificate_pem().unwrap().as_bytes());
    let mut revoked = Vec::new();
    for (seed, reason) in
        [(11, CrlReason::KeyCompromise), (12, CrlReason::CessationOfOperation), (13, CrlReason::Superseded)]
    {
        let certificate = certified(&authority, seed);
        desk.put("certificate", &certificate);
        desk.openssl(&format!("x509 -inform DER -in certificate -out {seed}.pem"));
        let serial = certificate_facts(&certificate).unwrap().serial;
        revoked.push(RevokedCertificate { serial, at: later(10), reason });
    }
    desk.put("certificate", &certified(&authority, 14));
    desk.openssl("x509 -inform DER -in certificate -out 14.pem");
    let list = authority.crl(&revoked, 300, later(11), later(41)).unwrap();
    desk.put("list", &list);
    desk.openssl("crl -inform DER -in list -out list.pem");
    let said = desk.openssl("crl -in list.pem -CAfile root.pem -noout -text");
    assert_contains(
        &said,
        &[
            "verify OK",
            "Version 2 (0x1)",
            "Last Update: Dec  2 01:00:00 2026 GMT",
            "Next Update: Jan  1 01:00:00 2027 GMT",
            "300",
            "Key Compromise",
            "Cessation Of Operation",
            "Superseded",
            "Revocation Date: Dec  1 01:00:00 2026 GMT",
        ],
    );
    let verify = |seed: u64| {
        let at = later(12).millis() / 1000;
        desk.try_openssl(&format!(
            "verify -x509_strict -CAfile root.pem -CRLfile list.pem -crl_check -attime {at} {seed}.pem"
        ))
    };
    for seed in [11, 12, 13] {
        let (accepted, said) = verify(seed);
        assert!(!accepted && said.contains("certificate revoked"), "{said}");
    }
    let (accepted, said) = verify(14);
    assert!(accepted, "{said}");

    revoked.reverse();
    assert_eq!(authority.crl(&revoked, 300, later(11), later(41)).unwrap(), list, "sorted");
    let mut twice = revoked[0].clone();
    twice.at = later(50);
    twice.serial.insert(0, 0);
    revoked.push(twice);
    assert_eq!(authority.crl(&revoked, 300, later(11), later(41)).unwrap(), list, "the earlier counts");
}

#[test]
fn a_list_may_be_empty_and_not_endless() {
    let authority = authority();
    let desk = Desk::new("empty-crl");
    desk.put("root.pem", authority.certificate_pem().unwrap().as_bytes());
    desk.put("list", &authority.crl(&[], 1, NOW, later(30)).unwrap());
    let said = desk.openssl("crl -inform DER -in list -CAfile root.pem -noout -text");
    assert_contains(&said, &["verify OK", "No Revoked Certificates."]);
    let entry = RevokedCertificate { serial: vec![1], at: NOW, reason: CrlReason::Superseded };
    let many = vec![entry.clone(); REVOKED_MAX + 1];
    assert_eq!(authority.crl(&many, 1, NOW, later(30)).err(), Some(KeyError::OutOfBounds("CRL")));
    assert_eq!(authority.crl(&[], 1, NOW, NOW).err(), Some(KeyError::OutOfBounds("validity")));
    for serial in [vec![], vec![0], vec![1; 21]] {
        let odd = RevokedCertificate { serial, ..entry.clone() };
        assert!(authority.crl(std::slice::from_ref(&odd), 1, NOW, later(30)).is_err(), "{odd:?}");
    }
}
