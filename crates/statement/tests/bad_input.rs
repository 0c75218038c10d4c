//! What is typed is data, whatever it looks like; what cannot be printed is refused in words.

mod support;

use payung_statement::{INK_POINTS_MAX, PEOPLE_MAX, Point, StatementError, StatementPage, Strokes, render};
use support::{date, kebumen, squeezed, strokes, text, text_pages};

const HOSTILE: [&str; 12] = [
    "#panic(\"x\")",
    "*tebal* _miring_ `kode`",
    "$ x^2 $ \\ \\u{41}",
    "#import \"/etc/passwd\"",
    "<script>alert(1)</script>",
    "= Judul",
    "- butir + butir / istilah: @rujukan",
    "//bukan komentar /* juga bukan */",
    "https://contoh.desa.id/?a=1&b=2#c",
    "Nama \"kutip\" 'tunggal' -- --- ...",
    "]] }} )) ~ %",
    "#{ while true {} }",
];

#[test]
fn hostile_text_is_printed_as_it_stands() {
    let mut page = kebumen(HOSTILE.len(), true);
    for (person, name) in page.people.iter_mut().zip(HOSTILE) {
        person.name = name.into();
        person.workplace = Some(name.into());
    }
    page.head.name = "#sys.version *Kepala*".into();
    page.number = "#1/*2*/\\3".into();
    let pdf = render(&page).expect("markup in names is only text");
    let text = text_pages(&pdf.bytes).join(" ");
    // A long word may break inside its cell, so blanks are left out on both sides.
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for name in HOSTILE.iter().chain(&["#sys.version *Kepala*", "#1/*2*/\\3"]) {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(packed.contains(&name), "\u{201c}{name}\u{201d} is printed:\n{packed}");
    }
}

#[test]
fn hostile_text_in_a_single_statement_too() {
    for name in HOSTILE {
        let mut page = kebumen(1, false);
        page.people[0].name = name.into();
        page.people[0].occupation = name.into();
        let words = squeezed(name);
        let text = text(&render(&page).expect("only text").bytes);
        assert!(text.contains(&words), "\u{201c}{words}\u{201d} is printed:\n{text}");
    }
}

#[test]
fn very_long_names_keep_inside_their_column() {
    let mut page = kebumen(3, true);
    page.people[0].name = "W".repeat(150);
    page.people[1].name = "Raden Mas Panji Suryadiningrat ".repeat(8).trim().into();
    page.people[2].address = Some("X".repeat(300));
    let pdf = render(&page).expect("long names");
    stays_inside(&pdf.bytes);
    for (word, right) in words(&pdf.bytes).into_iter().filter(|(word, _)| word.contains("WWW")) {
        // The name's column ends 71 mm from the left edge of the paper.
        assert!(right < 71.0 / 25.4 * 72.0, "a name leaves its column: {word}");
    }
    let mut single = kebumen(1, false);
    single.people[0].name = "W".repeat(90);
    single.head.name = "W".repeat(60);
    stays_inside(&render(&single).expect("long words").bytes);
    let mut single = kebumen(1, false);
    single.people[0].name = "Raden Mas Panji Suryadiningrat ".repeat(3).trim().into();
    assert_eq!(
        render(&single).expect("a long name").pages,
        1,
        "a name of three lines still fits on the page"
    );
    single.people[0].name = "Raden Mas Panji Suryadiningrat ".repeat(9).trim().into();
    single.people[0].address = Some("Jalan Raya Pantai Selatan ".repeat(11).trim().into());
    let pages = text_pages(&render(&single).expect("a very long name").bytes);
    let last = pages.last().expect("a page");
    assert!(last.contains("Demikian surat pernyataan ini"), "no signature stands alone on a page:\n{last}");
    assert!(last.contains("Sutarno Wiryawan") && pages.len() == 2);
}

#[test]
fn nobody_too_many_or_two_on_a_single_statement_is_refused() {
    assert_eq!(render(&kebumen(0, true)).err(), Some(StatementError::NoPeople));
    assert_eq!(render(&kebumen(0, false)).err(), Some(StatementError::NoPeople));
    assert_eq!(render(&kebumen(2, false)).err(), Some(StatementError::NotOnePerson { found: 2 }));
    let many = PEOPLE_MAX + 1;
    assert_eq!(render(&kebumen(many, true)).err(), Some(StatementError::TooManyPeople { found: many }));
}

#[test]
fn a_wrong_age_is_refused_naming_the_row() {
    let mut page = kebumen(3, true);
    page.people[1].age_years += 1;
    assert_eq!(render(&page).err(), Some(StatementError::AgeDisagrees { number: 2 }));
    let mut unborn = kebumen(1, false);
    unborn.people[0].birth_date = date(2027, 1, 1);
    assert_eq!(render(&unborn).err(), Some(StatementError::AgeDisagrees { number: 1 }));
}

#[test]
fn letters_without_a_glyph_are_refused_naming_field_and_letter() {
    let mut page = kebumen(2, true);
    page.people[1].name = "Ni Luh \u{1b05}".into();
    let error = render(&page).err().expect("no hole where a name stands");
    assert_eq!(error, StatementError::Unprintable { place: "nama (nomor 2)".into(), character: '\u{1b05}' });
    assert!(!error.to_string().contains("Ni Luh"), "no personal data in the message");
}

#[test]
fn invisible_characters_and_line_ends_do_not_reach_the_paper() {
    let mut page = kebumen(1, false);
    page.people[0].name = "Siti\u{202e} \r\n\tAmi\u{200b}nah\u{0}".into();
    let text = text(&render(&page).expect("a statement").bytes);
    assert!(text.contains("Siti Aminah"), "{text}");
}

#[test]
fn empty_and_overlong_fields_are_refused() {
    let mut page = kebumen(1, false);
    page.head.name = " \u{200b} ".into();
    assert_eq!(render(&page).err(), Some(StatementError::Empty { place: "nama pejabat".into() }));
    let mut page = kebumen(1, false);
    page.people[0].name = "a".repeat(301);
    assert_eq!(
        render(&page).err(),
        Some(StatementError::TooLong { place: "nama (nomor 1)".into(), found: 301 })
    );
}

fn signed(strokes: Strokes) -> Option<StatementError> {
    render(&StatementPage { drawn_signature: Some(strokes), ..kebumen(1, false) }).err()
}

#[test]
fn a_drawing_that_is_none_is_refused() {
    let dot = Point { x: 3.0, y: 3.0, pressure: 0.5, time_ms: 0 };
    assert_eq!(signed(Strokes(vec![])), Some(StatementError::EmptyDrawing));
    assert_eq!(signed(Strokes(vec![vec![], vec![]])), Some(StatementError::EmptyDrawing));
    assert_eq!(signed(Strokes(vec![vec![dot]])), Some(StatementError::EmptyDrawing));
    assert_eq!(signed(Strokes(vec![vec![dot; INK_POINTS_MAX + 1]])), Some(StatementError::DrawingTooLarge));
    let broken = Point { x: f32::NAN, ..dot };
    assert_eq!(signed(Strokes(vec![vec![dot, broken]])), Some(StatementError::DrawingTooLarge));
    let far = Point { x: f32::MAX, y: f32::MIN, pressure: f32::NAN, time_ms: 0 };
    assert_eq!(signed(Strokes(vec![vec![dot, far], vec![dot]])), None, "any finite drawing is fitted");
    assert_eq!(signed(strokes()), None);
}

#[test]
fn debug_output_names_nobody() {
    let page = kebumen(1, false);
    let shown = format!("{page:?} {:?} {:?} {:?}", page.people, page.head, strokes());
    assert!(!shown.contains("Wagiman") && !shown.contains("Sutarno") && !shown.contains("3305"), "{shown}");
}

fn stays_inside(pdf: &[u8]) {
    for (word, right) in words(pdf) {
        assert!(right < 595.0 - 50.0, "a word leaves the page's margin: {word}");
    }
}

/// Every word with the right edge of its box in points.
fn words(pdf: &[u8]) -> Vec<(String, f64)> {
    let boxes = support::poppler("pdftotext", &["-bbox"], pdf, &["-"]);
    let words: Vec<_> = boxes
        .lines()
        .filter_map(|line| {
            let right = line.split("xMax=\"").nth(1)?.split('"').next()?.parse().ok()?;
            line.trim_start().starts_with("<word").then(|| (line.to_owned(), right))
        })
        .collect();
    assert!(words.len() > 50, "poppler sees the words of the page");
    words
}
