//! The line on every sheet: compact, signed, read back as it was written.

mod support;

use payung_domain::CivilDate;
use payung_keys::Purpose;
use payung_seal::{SHEET_TEXT_MAX, SealError, Sheet, Summary};
use support::{key, summary};

fn printed(summary: &Summary, page: u32) -> String {
    let signature = key(1).sign(Purpose::Summary, &summary.to_sign());
    format!("{}/{page}", summary.text(&signature))
}

fn parse(text: &str) -> Sheet {
    Sheet::parse(text).expect("a sheet of ours").expect("an undamaged one")
}

#[test]
fn a_sheet_says_what_was_signed() {
    let summary = summary();
    let sheet = parse(&printed(&summary, 12));
    assert_eq!(sheet.summary, summary);
    assert_eq!(sheet.page, 12);
    assert_eq!(sheet.verify(), Ok(()));
}

#[test]
fn the_text_is_dense_and_fits_a_coarse_code() {
    let text = printed(&summary(), 3);
    let dense = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "$*+-./:".contains(c);
    assert!(text.chars().all(dense), "{text}");
    assert!(text.starts_with("PAYUNG1:"));
    assert!(text.len() <= 310, "a common summary takes {} letters: version 10-M holds 311", text.len());
}

#[test]
fn long_names_are_cut_and_still_verify() {
    for length in [0, 1, 35, 36, 40, 41, 76, 77, 300] {
        let summary = Summary { number: "ä".repeat(length), signer: "Ngakan ".repeat(length), ..summary() };
        let text = printed(&summary, 1);
        assert!(text.len() <= SHEET_TEXT_MAX + 2, "{length}: {} letters", text.len());
        let sheet = parse(&text);
        assert_eq!(sheet.verify(), Ok(()), "{length}");
        if length > 76 {
            assert!(sheet.summary.signer.ends_with('…') && sheet.summary.number.ends_with('…'));
        }
    }
}

#[test]
fn every_date_and_count_comes_back() {
    for (year, month, day) in [(1, 1, 1), (1969, 12, 31), (2026, 11, 21), (9999, 12, 31)] {
        let date = CivilDate::new(year, month, day).expect("date");
        let summary = Summary { date, people: u32::MAX, ..summary() };
        assert_eq!(parse(&printed(&summary, 1)).summary, summary);
    }
}

#[test]
fn any_changed_letter_shows() {
    let text = printed(&summary(), 1);
    let code = "PAYUNG1:".len()..text.len() - 2;
    for at in code {
        let mut letters = text.clone().into_bytes();
        letters[at] = if letters[at] == b'7' { b'8' } else { b'7' };
        let changed = String::from_utf8(letters).expect("text");
        match Sheet::parse(&changed) {
            Some(Ok(sheet)) => assert!(sheet.verify().is_err(), "letter {at} changed unnoticed"),
            Some(Err(SealError::SheetDamaged)) => {}
            other => panic!("letter {at}: {other:?}"),
        }
    }
}

#[test]
fn what_is_not_ours_is_told_apart_from_what_is_damaged() {
    for foreign in ["", "https://example.id/PAYUNG1:", "PAYUNG", "PAYUNGX:ABC", "0812345678"] {
        assert_eq!(Sheet::parse(foreign), None, "{foreign:?}");
    }
    let good = printed(&summary(), 1);
    let without_page = &good[..good.len() - 2];
    let damaged = [
        "PAYUNG1:".to_owned(),
        "PAYUNG1:AAA/1".to_owned(),
        without_page.to_owned(),
        format!("{without_page}/0"),
        format!("{without_page}/01"),
        format!("{without_page}/10000"),
        format!("{without_page}/x"),
        format!("{without_page}/+1"),
        format!("{without_page}//1"),
        good.to_lowercase().replace("payung", "PAYUNG"),
        good[..200].to_owned() + "/1",
    ];
    for text in damaged {
        assert_eq!(Sheet::parse(&text), Some(Err(SealError::SheetDamaged)), "{text}");
    }
    assert_eq!(Sheet::parse("PAYUNG2:ABC/1"), Some(Err(SealError::SheetNewer)));
}
