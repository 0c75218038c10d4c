//! The file itself: same bytes, a standard that archives keep, data that can be taken out again.

mod support;

use payung_statement::{Pdf, StatementPage, render, render_book, render_public_list};
use support::{kebumen, klungkung, pdf_file, poppler, strokes};

fn rendered(page: &StatementPage) -> Pdf {
    render(page).expect("a statement")
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let page = StatementPage { drawn_signature: Some(strokes()), ..kebumen(12, true) };
    let first = rendered(&page).bytes;
    rendered(&klungkung(2, true));
    assert_eq!(first, rendered(&page).bytes, "bytes after another document was set in between");
}

#[test]
fn any_attested_fact_changes_the_content_hash() {
    let base = rendered(&kebumen(2, true)).content_hash;
    type Change = fn(&mut StatementPage);
    let changes: [(&str, Change); 8] = [
        ("nik", |page| page.people[1].nik.replace_range(15.., "9")),
        ("name", |page| page.people[1].name.push('x')),
        ("birth place", |page| page.people[1].birth_place = None),
        ("occupation", |page| page.people[1].occupation = "Nelayan".into()),
        ("workplace", |page| page.people[1].workplace = Some("Kebun".into())),
        ("since", |page| page.people[1].since = None),
        ("number", |page| page.number.push('x')),
        ("signatory", |page| page.head.name.push('x')),
    ];
    for (what, change) in changes {
        let mut page = kebumen(2, true);
        change(&mut page);
        assert_ne!(rendered(&page).content_hash, base, "{what}");
    }
}

#[test]
fn it_is_a_tagged_pdf_a_with_title_language_and_a_date_of_its_own() {
    let pdf = rendered(&kebumen(3, true));
    let info = poppler("pdfinfo", &[], &pdf.bytes, &[]);
    for words in ["Tagged:          yes", "Page size:       595.276 x 841.89 pts (A4)", "Encrypted:       no"]
    {
        assert!(info.contains(words), "pdfinfo should say \u{201c}{words}\u{201d}:\n{info}");
    }
    assert!(info.contains("Surat Pernyataan Nomor 400.5.2/017/2008/XI/2026"), "{info}");
    assert!(info.contains("JavaScript:      no"), "{info}");
    let meta = poppler("pdfinfo", &["-meta"], &pdf.bytes, &[]);
    assert!(meta.contains("pdfaid:part>3<") && meta.contains("pdfaid:conformance>B<"), "{meta}");
    assert!(meta.contains("2026-11-21"), "{meta}");
    assert!(
        String::from_utf8_lossy(&pdf.bytes).contains("/Lang(id-ID)")
            || String::from_utf8_lossy(&pdf.bytes).contains("/Lang (id-ID)"),
        "language of the document"
    );
    let tags = poppler("pdfinfo", &["-struct"], &pdf.bytes, &[]);
    for tag in ["H1", "Table", "THead", "TH", "TD"] {
        assert!(tags.lines().any(|line| line.trim().starts_with(tag)), "{tag} among the tags");
    }
}

#[test]
fn every_font_is_embedded() {
    let pdf = rendered(&kebumen(3, true));
    let fonts = poppler("pdffonts", &[], &pdf.bytes, &[]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty());
    for row in rows {
        let columns: Vec<&str> = row.split_whitespace().rev().collect();
        assert_eq!(columns[4], "yes", "embedded: {row}");
        assert_eq!(columns[3], "yes", "only the glyphs used: {row}");
    }
}

#[test]
fn the_embedded_data_is_what_the_printed_hash_is_taken_over() {
    let page = kebumen(3, true);
    let pdf = rendered(&page);
    let file = pdf_file(&pdf.bytes);
    let data = file.with_extension("json");
    let status = std::process::Command::new("pdfdetach")
        .arg("-save")
        .arg("1")
        .arg("-o")
        .arg(&data)
        .arg(&file)
        .status()
        .expect("pdfdetach of poppler-utils");
    assert!(status.success());
    let json = std::fs::read(&data).expect("the embedded file");
    let _ = (std::fs::remove_file(&data), std::fs::remove_file(&file));
    assert_eq!(payung_keys::sha256(&[&json]), pdf.content_hash);
    let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(value["format"], "payung-statement/1");
    assert_eq!(value["count"], 3);
    assert_eq!(value["people"][0]["facts"], payung_keys::hex(&page.people[0].digest()));
    assert_eq!(value["people"][0]["nik"], "330501******0001");
    assert!(!String::from_utf8_lossy(&json).contains(&page.people[0].nik), "no NIK in the clear");
}

#[test]
fn a_hundred_people_with_drawing_and_codes_leave_room_for_a_signature_in_200_kilobytes() {
    let page = StatementPage {
        drawn_signature: Some(strokes()),
        qr: Some(support::QR.into()),
        ..kebumen(100, true)
    };
    let pdf = rendered(&page);
    assert!(pdf.bytes.len() <= 183_000, "a hundred people in {} bytes", pdf.bytes.len());
    checked_by_qpdf(&pdf.bytes);
}

#[test]
fn shortened_tags_are_still_tags_and_the_file_is_whole() {
    for (page, rows) in [(kebumen(1, false), 0), (kebumen(3, true), 3), (klungkung(40, true), 40)] {
        let pdf = rendered(&page);
        checked_by_qpdf(&pdf.bytes);
        let tags = poppler("pdfinfo", &["-struct"], &pdf.bytes, &[]);
        let count = |tag: &str| {
            tags.lines()
                .filter(|line| {
                    line.split_whitespace().next().is_some_and(|word| word.trim_end_matches(':') == tag)
                })
                .count()
        };
        assert_eq!(count("TD"), rows * 6, "a tag for each cell");
        let head = if rows > 0 { 1 } else { 0 };
        assert_eq!(count("TR"), rows + head, "a tag for each row");
        assert_eq!(
            tags.matches("/Scope /Column").count(),
            head * 6,
            "each column's head says that it is one"
        );
        assert_eq!(count("Table"), head);
    }
    for list in [render_book(&support::book(9)), render_public_list(&support::public_list(9))] {
        let bytes = list.expect("a list").bytes;
        checked_by_qpdf(&bytes);
        assert!(poppler("pdfinfo", &[], &bytes, &[]).contains("Tagged:          yes"));
    }
}

/// `qpdf --check` finds nothing to mend.
fn checked_by_qpdf(pdf: &[u8]) {
    let words = poppler("qpdf", &["--check"], pdf, &[]);
    assert!(words.contains("No syntax or stream encoding errors found"), "{words}");
    assert!(!words.contains("WARNING"), "{words}");
}

#[test]
fn a_released_layout_never_changes() {
    // The same bytes on every machine, and next year. A new font, template or typesetter fails here: that is a new
    // layout, to be decided on purpose. Statements already signed keep their stored bytes either way.
    let pdf = rendered(&StatementPage { drawn_signature: Some(strokes()), ..kebumen(2, true) });
    assert_eq!(payung_keys::hex(&pdf.content_hash), GOLDEN_CONTENT, "statement.json");
    assert_eq!(payung_keys::hex(&payung_keys::sha256(&[&pdf.bytes])), GOLDEN_FILE, "the PDF's bytes");
}

/// SHA-256 of `statement.json` and of the whole file for the page above. The file's moved once, before any statement was
/// signed with it: every foot keeps a place for the page's code and every annex page a larger one for paraf and cap, a
/// letter closes up before it takes a second page, a drawing no longer moves what stands below it, and the tags are
/// shorter. `statement.json` did not move.
const GOLDEN_CONTENT: &str = "dc4fbc3de7d586fe916d9447038be654343d48f2a8318de13ec52790f65d4951";
const GOLDEN_FILE: &str = "09d9f0d98b83e6a74ffed6641b9afa365130b17c2f0155eb13274cc764413cae";
