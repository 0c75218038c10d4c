//! Signatures that others put over ours, and files that others signed.

use crate::desk::Desk;
use crate::letter::{Letter, page, world};
use payung_keys::Trust;
use payung_seal::{
    Knowledge, LaterChanges, Outcome, SameStatement, SignatureKind, StampTrace, is_this_statement, verify_pdf,
};

/// A key and its certificate by OpenSSL, of somebody whom Payung does not know.
fn stranger(desk: &Desk, key: &[&str], name: &str) {
    let subject = format!("/CN={name}/O=Lain");
    let mut words = vec![
        "req", "-x509", "-nodes", "-days", "900", "-keyout", "key.pem", "-out", "cert.pem", "-subj", &subject,
    ];
    words.extend(key);
    words.extend(["-addext", "keyUsage=critical,digitalSignature,nonRepudiation"]);
    desk.done("openssl", &words);
}

fn add_signature(desk: &Desk, from: &str, to: &str, options: &[&str]) {
    let mut words = vec!["sign", "addsig", "--no-strict-syntax"];
    words.retain(|word| *word != "--no-strict-syntax");
    words.extend(options);
    words.extend(["pemder", "--key", "key.pem", "--cert", "cert.pem", "--no-pass", from, to]);
    desk.done("pyhanko", &words);
}

const RSA: &[&str] = &["-newkey", "rsa:2048"];
const P384: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"];

fn with_second_signature(letter: &Letter, key: &[&str], options: &[&str]) -> (Desk, Vec<u8>) {
    let desk = Desk::new();
    stranger(&desk, key, "Camat Ayah");
    desk.put("surat.pdf", &letter.bytes);
    add_signature(&desk, "surat.pdf", "dua.pdf", options);
    let both = desk.get("dua.pdf");
    (desk, both)
}

#[test]
fn a_second_signature_leaves_the_first_whole() {
    let world = world();
    let letter = world.signed(&world.with_code(page(3, true)), &world.certificate());
    for (key, options) in [
        (RSA, vec!["--field", "Camat"]),
        (P384, vec!["--field", "Camat", "--use-pades"]),
        (RSA, vec!["--field", "1/300,40,500,110/Camat", "--reason", "Mengetahui"]),
    ] {
        let (desk, both) = with_second_signature(&letter, key, &options);
        let report = verify_pdf(&both, &world.knowledge()).expect("read");
        let [ours, theirs] = &report.signatures[..] else { panic!("two signatures: {report:?}") };
        assert_eq!(report.outcome, Outcome::Valid, "{options:?} {report:?}");
        assert_eq!((ours.integrity.clone(), theirs.integrity.clone()), (Ok(()), Ok(())), "{options:?}");
        assert_eq!((ours.covers_whole_document, theirs.covers_whole_document), (false, true));
        assert_eq!(
            (ours.later_changes, theirs.later_changes),
            (LaterChanges::OnlySignatures, LaterChanges::None)
        );
        assert!(matches!(ours.trust, Trust::Trusted { .. }));
        assert_eq!(theirs.trust, Trust::SelfIssued);
        assert_eq!(theirs.field, "Camat");
        let shown = options.iter().any(|option| option.starts_with("1/"));
        assert_eq!(theirs.visible_on, shown.then_some(1), "{options:?}");
        assert_eq!(
            is_this_statement(&both, &letter.bytes, &letter.pdf.content_hash),
            SameStatement::Prefix,
            "the letter grew by a signature"
        );
        let nss = desk.nss(Some(&world.root_pem()));
        let said = desk.done("pdfsig", &["-nssdir", &nss, "dua.pdf"]);
        assert_eq!(said.matches("Signature is Valid").count(), 2, "{said}");
    }
}

#[test]
fn an_electronic_meterai_is_seen_and_never_vouched_for() {
    let world = world();
    let letter = world.signed(&page(1, false), &world.certificate());
    let desk = Desk::new();
    stranger(&desk, RSA, "Perum Peruri e-Meterai");
    desk.put("surat.pdf", &letter.bytes);
    add_signature(
        &desk,
        "surat.pdf",
        "bermeterai.pdf",
        &["--field", "1/400,300,470,370/eMeterai", "--reason", "e-Meterai 1234567890123456789012"],
    );
    let report = verify_pdf(&desk.get("bermeterai.pdf"), &world.knowledge()).expect("read");
    let [stamp] = &report.stamps[..] else { panic!("one stamp: {:?}", report.stamps) };
    assert_eq!(stamp.trace, StampTrace::Signature("eMeterai".into()));
    assert_eq!((stamp.page, stamp.serial.as_deref()), (Some(1), Some("1234567890123456789012")));
    let said = payung_seal::words(&report).join("\n");
    assert!(said.contains("hanya dapat diperiksa pada penerbitnya"), "{said}");
    assert!(!said.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| word == "sah"), "{said}");
}

#[test]
fn a_district_time_stamp_and_a_later_signature_do_not_exclude_each_other() {
    let world = world();
    let letter = world.signed(&page(1, false), &world.certificate());
    let exported = world.exported(&letter);
    let desk = Desk::new();
    stranger(&desk, RSA, "Camat Ayah");
    desk.put("surat.pdf", &exported);
    add_signature(&desk, "surat.pdf", "dua.pdf", &["--field", "Camat"]);
    let both = desk.get("dua.pdf");
    assert_eq!(verify_pdf(&both, &world.knowledge()).expect("read").outcome, Outcome::Valid);
    assert_eq!(
        is_this_statement(&both, &letter.bytes, &letter.pdf.content_hash),
        SameStatement::Prefix,
        "the stamp in the reserved place does not make another letter"
    );
    assert_eq!(
        is_this_statement(&both, &letter.room.bytes, &letter.pdf.content_hash),
        SameStatement::Prefix,
        "nor does the signature itself"
    );
}

#[test]
fn files_of_others_are_reported_as_far_as_can_be() {
    let desk = Desk::new();
    let foreign = payung_statement::render(&page(1, false)).expect("a letter").bytes;
    desk.put("plain.pdf", &foreign);
    for (key, options) in [
        (RSA, vec!["--field", "Sig1"]),
        (P384, vec!["--field", "Sig1", "--use-pades"]),
        (RSA, vec!["--field", "Sig1", "--certify"]),
    ] {
        stranger(&desk, key, "Orang Lain");
        let _ = std::fs::remove_file(desk.path("one.pdf"));
        add_signature(&desk, "plain.pdf", "one.pdf", &options);
        let report = verify_pdf(&desk.get("one.pdf"), &Knowledge::default()).expect("read");
        let [one] = &report.signatures[..] else { panic!("one signature") };
        assert_eq!((report.outcome, one.integrity.clone()), (Outcome::Valid, Ok(())), "{options:?}");
        assert_eq!((one.kind, one.signer.as_str()), (SignatureKind::Signature, "Orang Lain"));
        assert!(one.claimed_at.is_some());
    }
    assert_eq!(verify_pdf(&foreign, &Knowledge::default()).expect("read").outcome, Outcome::NoSignature);
}

#[test]
fn objects_packed_into_streams_are_read_too() {
    let desk = Desk::new();
    stranger(&desk, RSA, "Orang Lain");
    desk.put("plain.pdf", &payung_statement::render(&page(1, false)).expect("a letter").bytes);
    desk.done("qpdf", &["--object-streams=generate", "plain.pdf", "packed.pdf"]);
    add_signature(&desk, "packed.pdf", "one.pdf", &["--field", "Sig1"]);
    add_signature(&desk, "one.pdf", "two.pdf", &["--field", "Sig2"]);
    let report = verify_pdf(&desk.get("two.pdf"), &Knowledge::default()).expect("read");
    assert_eq!((report.outcome, report.signatures.len()), (Outcome::Valid, 2), "{report:?}");
    assert_eq!(report.signatures[0].later_changes, LaterChanges::OnlySignatures);
    assert!(report.statement.is_some(), "the data of the letter is found in the packed file");
}
