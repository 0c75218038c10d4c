//! What a signature covers and what came after it, against the ways in which signed PDFs are forged.

mod support;

use payung_domain::Timestamp;
use payung_keys::{Authority, Trust, cms_sign, self_issued};
use payung_seal::{
    Broken, Knowledge, LaterChanges, Outcome, Report, SealError, SignatureKind, fill, make_room, verify_pdf,
    words,
};
use support::{
    NOW, Signed, WHO, key, knowledge, pdf_of, place, signed, signed_over, small_pdf, stream, updated,
};

fn verify(bytes: &[u8]) -> Report {
    verify_pdf(bytes, &knowledge()).expect("a PDF that can be read")
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).rposition(|window| window == from.as_bytes()).expect(from);
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

#[test]
fn a_signed_file_is_whole_and_its_issuer_unknown() {
    let report = verify(&signed().bytes);
    let [one] = &report.signatures[..] else { panic!("one signature") };
    assert_eq!(report.outcome, Outcome::Valid);
    assert_eq!((report.pages, report.revisions), (1, 2));
    assert_eq!(one.integrity, Ok(()));
    assert_eq!(one.kind, SignatureKind::Signature);
    assert!(one.covers_whole_document);
    assert_eq!(one.later_changes, LaterChanges::None);
    assert_eq!(one.trust, Trust::SelfIssued);
    assert!(!one.accepted_as_head);
    assert_eq!(one.signer, "Sutarno Wiryawan, Kepala Desa");
    assert_eq!(one.claimed_at.as_deref(), Some("21 November 2026 pukul 10.15 WIB"));
    assert_eq!(one.visible_on, None);
    let said = words(&report).join("\n");
    for part in
        ["tanda tangan utuh", "tidak berubah sejak ditandatangani", "penerbit sertifikat tidak dikenal"]
    {
        assert!(said.to_lowercase().contains(part), "{part} in:\n{said}");
    }
    assert!(!said.split_whitespace().any(|word| word.to_lowercase().starts_with("sah")), "{said}");
}

#[test]
fn the_district_may_accept_a_key_later_and_take_it_back() {
    let authority = Authority::create("Kabupaten Kebumen", NOW, &support::fixed(9)).expect("authority");
    let root =
        payung_keys::certificate_der_from_pem(&authority.certificate_pem().expect("pem")).expect("der");
    let later = Timestamp(NOW.millis() + 86_400_000);
    let until = Timestamp(NOW.millis() + 1_000 * 86_400_000);
    let certificate = authority
        .certify_head(&key(1).public(), &WHO, later, until, &support::fixed(3))
        .expect("certificate");
    let known = Knowledge {
        roots: vec![root],
        head_certificates: vec![certificate],
        now: Timestamp(later.millis() + 1_000),
        ..Knowledge::default()
    };
    let file = signed().bytes;
    let accepted = verify_pdf(&file, &known).expect("read");
    assert!(accepted.signatures[0].accepted_as_head, "certified after it was signed");
    assert_eq!(accepted.signatures[0].trust, Trust::SelfIssued, "the file itself stays as it is");

    let revoked = Knowledge { revoked: vec![(key(1).public(), later)], ..known.clone() };
    let report = verify_pdf(&file, &revoked).expect("read");
    assert!(!report.signatures[0].accepted_as_head);
    assert_eq!(report.signatures[0].revoked, Some(later));
    assert_eq!(report.outcome, Outcome::Valid, "revoking a key changes no file");

    let other = Authority::create("Lain", NOW, &support::fixed(8)).expect("authority");
    let root = payung_keys::certificate_der_from_pem(&other.certificate_pem().expect("pem")).expect("der");
    let foreign = verify_pdf(&file, &Knowledge { roots: vec![root], ..known }).expect("read");
    assert!(!foreign.signatures[0].accepted_as_head, "certified by another district");
}

#[test]
fn no_changed_byte_goes_unnoticed() {
    let good = signed().bytes;
    let mut seed: u64 = 20_261_121;
    let mut draw = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for round in 0..1_000 {
        let mut bytes = good.clone();
        let at = draw() % bytes.len();
        bytes[at] ^= (draw() % 255 + 1) as u8;
        if let Ok(report) = verify_pdf(&bytes, &knowledge()) {
            assert_ne!(report.outcome, Outcome::Valid, "round {round}: byte {at} changed unnoticed");
        }
    }
}

#[test]
fn every_byte_of_the_signature_itself_counts() {
    let Signed { bytes: good, gap } = signed();
    let mut unnoticed = Vec::new();
    for at in gap.start - 1..=gap.end {
        // The padding is one run of zeros: a sample of it will do.
        if at > gap.start + 4_000 && at < gap.end && !at.is_multiple_of(97) {
            continue;
        }
        for with in [b'3', b'F'] {
            let mut bytes = good.clone();
            bytes[at] = with;
            let valid = verify_pdf(&bytes, &knowledge()).is_ok_and(|report| report.outcome == Outcome::Valid);
            if valid && bytes != good {
                unnoticed.push((at as i64 - gap.start as i64, good[at] as char, with as char));
            }
        }
    }
    assert_eq!(unnoticed, [], "digits of the signature changed unnoticed");
}

#[test]
fn a_byte_range_that_leaves_out_more_than_its_signature_is_not_believed() {
    let room = make_room(&small_pdf(), &place()).expect("room");
    let certificate = self_issued(&key(1), &WHO, NOW).expect("certificate");
    let (start, end) = (room.gap.start - 1, room.gap.end + 1);
    let length = room.bytes.len();
    let said = format!("/ByteRange[0 {start} {end} {}", length - end);
    let ranges = [
        (format!("/ByteRange[1 {} {end} {}", start - 1, length - end), vec![1..start, end..length]),
        (format!("/ByteRange[0 {} {end} {}", start - 9, length - end), vec![0..start - 9, end..length]),
        (format!("/ByteRange[0 {start} {} {}", end + 4, length - end - 4), vec![0..start, end + 4..length]),
    ];
    for (range, parts) in ranges {
        let padded = format!("{range:<width$}", width = said.len());
        let mut bytes = replaced(&room.bytes, &said, &padded[..said.len()]);
        assert_eq!(bytes.len(), length);
        let parts: Vec<&[u8]> = parts.into_iter().map(|part| &bytes[part]).collect();
        let cms = cms_sign(&key(1), &certificate, &payung_keys::sha256(&parts)).expect("signature");
        fill(&mut bytes, room.gap.clone(), &cms.der).expect("fits");
        let report = verify(&bytes);
        assert_eq!(report.signatures[0].integrity, Err(Broken::Range), "{range}");
        assert_eq!(report.outcome, Outcome::NotValid);
    }
}

#[test]
fn an_empty_place_is_no_signature() {
    let report = verify(&make_room(&small_pdf(), &place()).expect("room").bytes);
    assert_eq!(report.signatures.len(), 1);
    assert_eq!(report.signatures[0].integrity, Err(Broken::Unreadable));
    assert_eq!(report.outcome, Outcome::NotValid);
    assert_eq!(verify(&small_pdf()).outcome, Outcome::NoSignature);
}

#[test]
fn what_is_appended_is_told_apart() {
    let good = signed().bytes;
    let page = |rest: &str| {
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>{rest}>>")
            .into_bytes()
    };
    let field = |kind: &str| {
        format!("<</Type/Annot/Subtype/{kind}/FT/Sig/T(dua)/Rect[0 0 9 9]/P 3 0 R>>").into_bytes()
    };
    let catalog = |rest: &str| {
        format!("<</Type/Catalog/Pages 2 0 R/Lang(id-ID)/AcroForm<</Fields[6 0 R{rest}]/SigFlags 3>>")
            .into_bytes()
    };
    let closed = |mut object: Vec<u8>, rest: &str| {
        object.extend_from_slice(rest.as_bytes());
        object
    };
    type Objects = Vec<(u32, Vec<u8>)>;
    let cases: [(&str, Objects, LaterChanges); 9] = [
        ("another page text", vec![(4, stream("", b"9 9 m 0 0 l S"))], LaterChanges::Other),
        (
            "a note on the page",
            vec![
                (3, page("/Annots[6 0 R 8 0 R]")),
                (8, b"<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]>>".to_vec()),
            ],
            LaterChanges::Other,
        ),
        (
            "an empty field for a signature",
            vec![
                (1, closed(catalog(" 8 0 R"), ">>")),
                (3, page("/Annots[6 0 R 8 0 R]")),
                (8, field("Widget")),
            ],
            LaterChanges::OnlySignatures,
        ),
        (
            "data to verify with",
            vec![(1, closed(catalog(""), "/DSS<</Certs[]>>>>"))],
            LaterChanges::OnlySignatures,
        ),
        (
            "an action on opening",
            vec![(1, closed(catalog(""), "/OpenAction[3 0 R/Fit]>>"))],
            LaterChanges::Other,
        ),
        ("the field taken off the page", vec![(3, page(""))], LaterChanges::Other),
        (
            "a page more",
            vec![(2, b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>".to_vec())],
            LaterChanges::Other,
        ),
        (
            "the signed field moved",
            vec![(
                6,
                b"<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/V 5 0 R/P 3 0 R/F 132/Rect[0 0 90 90]>>".to_vec(),
            )],
            LaterChanges::Other,
        ),
        ("an object that nothing shows", vec![(8, b"(halo)".to_vec())], LaterChanges::OnlySignatures),
    ];
    for (what, objects, expected) in cases {
        let report = verify(&updated(&good, &objects));
        let [one] = &report.signatures[..] else { panic!("{what}: one signature") };
        assert_eq!((one.integrity.clone(), one.covers_whole_document), (Ok(()), false), "{what}");
        assert_eq!(one.later_changes, expected, "{what}");
        let outcome = if expected == LaterChanges::Other { Outcome::NotValid } else { Outcome::Valid };
        assert_eq!(report.outcome, outcome, "{what}");
    }
}

#[test]
fn bytes_behind_the_end_are_not_passed_over() {
    let mut blank = signed().bytes;
    blank.extend_from_slice(b"\r\n");
    let report = verify(&blank);
    assert_eq!((report.outcome, report.signatures[0].covers_whole_document), (Outcome::Valid, false));
    let mut text = signed().bytes;
    text.extend_from_slice(b"halo");
    assert_eq!(verify(&text).outcome, Outcome::NotValid);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let read = |bytes: &[u8]| verify_pdf(bytes, &knowledge()).expect_err("not readable");
    let good = signed().bytes;
    assert_eq!(read(b"PK\x03\x04 a word processor's file"), SealError::NotPdf);
    assert_eq!(read(b""), SealError::NotPdf);
    assert_eq!(read(&good[..good.len() - 3_000]), SealError::Truncated);
    let large = vec![b' '; 200 << 20];
    assert_eq!(read(&large), SealError::TooLarge { found: 200 << 20, most: 64 << 20 });
    let broken = [b"%PDF-1.7\n".as_slice(), b"nothing here\nstartxref\n9\n%%EOF"].concat();
    assert_eq!(read(&broken), SealError::Malformed);
}

#[test]
fn bombs_are_not_opened() {
    // 40 MB of zeros in 40 kB, as an object stream.
    let zeros = vec![b' '; 40 << 20];
    let packed = support::deflated(&zeros);
    let bomb = pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[]/Count 0>>".to_vec(),
        stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &packed),
    ]);
    assert!(bomb.len() < 100_000);
    assert_eq!(verify_pdf(&bomb, &knowledge()).expect_err("bomb"), SealError::Bomb);

    let many = vec![b"null".to_vec(); 200_500];
    let crowd = pdf_of(&[vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec()], many].concat());
    assert!(matches!(verify_pdf(&crowd, &knowledge()), Err(SealError::TooManyObjects { .. })));
}

#[test]
fn a_field_that_is_its_own_kid_ends() {
    let looped = pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>".to_vec(),
        b"<</Type/Pages/Kids[]/Count 0>>".to_vec(),
        b"<</FT/Sig/T(a)/Kids[3 0 R 4 0 R]>>".to_vec(),
        b"<</Kids[3 0 R]/V 4 0 R>>".to_vec(),
    ]);
    let report = verify(&looped);
    assert_eq!(report.outcome, Outcome::NotValid);
    assert_eq!(report.signatures[0].integrity, Err(Broken::Range));
}

#[test]
fn a_file_that_had_notes_before_it_was_signed_stays_whole() {
    let noted = pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots 4 0 R>>".to_vec(),
        b"[5 0 R]".to_vec(),
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(lihat)>>".to_vec(),
    ]);
    let report = verify(&signed_over(&noted).bytes);
    assert_eq!((report.outcome, report.signatures.len()), (Outcome::Valid, 1));
}

#[test]
fn a_document_time_stamp_is_told_apart_from_a_signature() {
    let authority = Authority::create("Kabupaten Kebumen", NOW, &support::fixed(9)).expect("authority");
    let root =
        payung_keys::certificate_der_from_pem(&authority.certificate_pem().expect("pem")).expect("der");
    let stamper = authority.issue_timestamper(NOW, &support::fixed(5)).expect("time stamper");
    let room = make_room(&small_pdf(), &place()).expect("room");
    let mut bytes = replaced(&room.bytes, "/ETSI.CAdES.detached", "/ETSI.RFC3161       ");
    let covered = [&bytes[..room.gap.start - 1], &bytes[room.gap.end + 1..]].concat();
    let at = Timestamp(NOW.millis() + 60_000);
    let token = stamper.stamp(&covered, at, 7).expect("token");
    fill(&mut bytes, room.gap.clone(), &token).expect("fits");
    let known = Knowledge { roots: vec![root], now: at, ..Knowledge::default() };
    let report = verify_pdf(&bytes, &known).expect("read");
    let [one] = &report.signatures[..] else { panic!("one time stamp") };
    assert_eq!((one.kind, one.integrity.clone()), (SignatureKind::DocumentTimestamp, Ok(())));
    assert_eq!(one.timestamp.as_ref().map(|stamp| stamp.at), Some(at));
    assert!(matches!(one.timestamp_trust, Some(Trust::Trusted { .. })));
    assert_eq!(report.outcome, Outcome::NoSignature, "a time stamp alone signs nothing");

    let posing = replaced(&bytes, "/ETSI.RFC3161       ", "/ETSI.CAdES.detached");
    assert_eq!(verify_pdf(&posing, &known).expect("read").outcome, Outcome::NotValid);
}
