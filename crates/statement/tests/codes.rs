//! The code on every page, read back from the paper as a scanner sees it.

mod support;

use payung_statement::{Paper, QR_CHARS_MAX, StatementError, StatementPage, render};
use support::{QR, kebumen, klungkung, pixels, strokes};

#[test]
fn every_page_bears_the_text_and_its_own_number() {
    for paper in [Paper::A4, Paper::F4] {
        let page = StatementPage { paper, qr: Some(QR.into()), ..kebumen(45, true) };
        let pdf = render(&page).expect("a statement");
        assert!(pdf.pages >= 3, "a letter and an annex of several pages");
        for number in 1..=pdf.pages {
            // 200 dots per inch: an office scanner as it comes out of the box.
            assert_eq!(
                codes(&pdf.bytes, number, 200),
                [format!("{QR}/{number}")],
                "page {number} of {paper:?}"
            );
        }
    }
}

#[test]
fn the_longest_text_is_read_too_and_its_modules_are_large_enough_for_paper() {
    let longest = format!("PAYUNG1:{}", "$9K".repeat(200))[..QR_CHARS_MAX].to_owned();
    let pdf = render(&StatementPage { qr: Some(longest.clone()), ..kebumen(1, false) }).expect("a statement");
    assert_eq!(codes(&pdf.bytes, 1, 200), [format!("{longest}/1")]);
    // Dark columns of the code's upper left corner pattern are seven modules wide.
    let dots = 300;
    let picture = pixels(&pdf.bytes, 1, dots);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| picture.grey(x, y));
    let grids = prepared.detect_grids();
    let [a, b, ..] = grids.first().expect("a code").bounds;
    let side_mm = f64::from(b.x - a.x) / f64::from(dots) * 25.4;
    assert!((27.4..28.6).contains(&side_mm), "the code is {side_mm} mm wide");
    assert!(side_mm / 61.0 >= 0.4, "modules of at least 0.4 mm: {}", side_mm / 61.0);
}

#[test]
fn without_text_its_place_stays_empty_and_pages_break_in_the_same_places() {
    for base in [kebumen(1, false), kebumen(45, true), klungkung(30, true)] {
        let draft = render(&base).expect("a draft");
        let frozen = StatementPage { qr: Some(QR.into()), drawn_signature: Some(strokes()), ..base };
        let wet = render(&StatementPage { drawn_signature: None, ..frozen.clone() }).expect("a print");
        let copy = render(&StatementPage { copy: true, ..frozen.clone() }).expect("a copy");
        let frozen = render(&frozen).expect("a statement");
        assert_eq!(codes(&draft.bytes, 1, 200), Vec::<String>::new());
        for other in [&draft, &wet, &copy] {
            assert_eq!(other.content_hash, frozen.content_hash, "what is attested is the same");
            assert_eq!(last_words(&other.bytes), last_words(&frozen.bytes), "pages end with the same row");
        }
    }
}

#[test]
fn a_text_that_does_not_fit_the_code_is_refused() {
    let refused = |qr: &str| render(&StatementPage { qr: Some(qr.into()), ..kebumen(1, false) }).err();
    for text in ["", "huruf kecil", "TANDA#", &"A".repeat(QR_CHARS_MAX + 1)] {
        assert_eq!(refused(text), Some(StatementError::QrText), "{text}");
    }
}

/// The codes that a scan of the page shows.
fn codes(pdf: &[u8], page: usize, dots: u32) -> Vec<String> {
    let picture = pixels(pdf, page, dots);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| picture.grey(x, y));
    prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

/// The NIK that ends each page, if any.
fn last_words(pdf: &[u8]) -> Vec<Option<String>> {
    let nik = |text: &String| text.match_indices("3305").last().map(|(at, _)| text[at..at + 18].to_owned());
    support::text_pages(pdf).iter().map(nik).collect()
}
