//! The empty form, the sheet of one person, the list of people.

mod support;

use payung_statement::{
    FORM_ITEMS_MAX, LIST_ROWS_MAX, Paper, Pdf, SHEET_HISTORY_MAX, Space, StatementError, render_blank_form,
    render_people_list, render_person_sheet,
};
use support::everyday::{bali, hinted, long_form, people_list, sheet};
use support::{date, emblem, pixels, poppler, text, text_pages};

/// Every size of type in the file, in points.
fn type_sizes(pdf: &[u8]) -> Vec<u32> {
    let file = support::pdf_file(pdf);
    // At 72 dots per inch one dot is one point.
    let output = std::process::Command::new("pdftohtml")
        .args(["-xml", "-stdout", "-i", "-zoom", "1"])
        .arg(&file)
        .output()
        .expect("pdftohtml of poppler-utils");
    let _ = std::fs::remove_file(&file);
    let xml = String::from_utf8_lossy(&output.stdout).into_owned();
    let sizes: Vec<u32> = xml
        .split("<fontspec ")
        .skip(1)
        .filter_map(|spec| spec.split("size=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    assert!(!sizes.is_empty(), "poppler sees the type of the pages:\n{xml}");
    sizes
}

fn fonts_are_embedded(pdf: &Pdf) {
    let fonts = poppler("pdffonts", &[], &pdf.bytes, &[]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty());
    for row in rows {
        let columns: Vec<&str> = row.split_whitespace().rev().collect();
        assert_eq!((columns[4], columns[3]), ("yes", "yes"), "embedded, only the glyphs used: {row}");
    }
}

/// Tagged, whole, in Indonesian, the same bytes each time.
fn is_a_file_of_this_house(pdf: &Pdf, again: &Pdf) {
    fonts_are_embedded(pdf);
    let words = poppler("qpdf", &["--check"], &pdf.bytes, &[]);
    assert!(words.contains("No syntax or stream encoding errors found"), "{words}");
    let info = poppler("pdfinfo", &[], &pdf.bytes, &[]);
    assert!(info.contains("Tagged:          yes"), "{info}");
    let meta = poppler("pdfinfo", &["-meta"], &pdf.bytes, &[]);
    assert!(meta.contains("pdfaid:part>3<") && meta.contains("pdfaid:conformance>B<"), "{meta}");
    assert_eq!(pdf.bytes, again.bytes, "the same data gives the same bytes");
}

// -- The empty form ---------------------------------------------------------------------------------------------------

#[test]
fn the_form_asks_everything_and_says_what_happens_to_the_answers() {
    let form = long_form();
    let pdf = render_blank_form(&form).expect("a form");
    is_a_file_of_this_house(&pdf, &render_blank_form(&form).expect("a form"));
    let words = text_pages(&pdf.bytes).join(" ");
    for item in form.parts.iter().flat_map(|part| &part.items).chain(&form.extras) {
        assert!(words.contains(&item.label), "\u{201c}{}\u{201d} is asked:\n{words}", item.label);
        if let Space::Choice { words: choices, .. } = &item.space {
            for choice in choices {
                assert!(words.contains(choice.as_str()), "{choice} can be ticked");
            }
        }
    }
    assert!(words.contains("Bukan BPJS Kesehatan atau KIS."), "{words}");
    for told in [
        "Yang mengumpulkan",
        "Pemerintah Desa Karangduwur, Kecamatan Ayah, Kabupaten Kebumen",
        "Untuk apa",
        "Dasar hukum",
        "Peraturan Bupati Kebumen Nomor 56 Tahun 2024",
        "Undang-Undang Nomor 27 Tahun 2022",
        "Diberikan kepada",
        "Lama disimpan",
        "Hak Anda",
        "3 x 24 jam",
        "Jalan Pantai Menganti Nomor 12",
        "PERSETUJUAN",
        "sudah dibacakan",
        "Tanda tangan",
        "atau cap jempol",
        "Yang mendata",
        "orang tua atau wali",
        "data pribadi spesifik",
        "belum berarti ditetapkan",
    ] {
        assert!(words.contains(told), "the form says \u{201c}{told}\u{201d}:\n{words}");
    }
    assert!(!words.contains("RANCANGAN") && !words.contains("rancangan"), "{words}");
}

#[test]
fn one_person_is_one_sheet_on_any_paper_with_everything_that_is_ever_asked() {
    for paper in [Paper::A4, Paper::F4] {
        for emblem in [None, Some(emblem())] {
            let mut form = long_form();
            (form.paper, form.emblem, form.draft) = (paper, emblem, true);
            form.office.address =
                Some("Jalan Raya Pantai Selatan Nomor 12, Karangduwur Kulon 54473, desa@contoh.id".into());
            let pdf = render_blank_form(&form).expect("a form");
            assert_eq!(pdf.pages, 2, "front and back of one sheet, {paper:?}");
            let pages = text_pages(&pdf.bytes);
            assert!(pages.iter().all(|page| page.contains("RANCANGAN - belum berlaku")), "{pages:?}");
            assert!(pages[0].contains("NIK") && pages[1].contains("atau cap jempol"), "{pages:?}");
        }
    }
}

#[test]
fn a_shorter_form_keeps_the_facts_on_the_front_and_the_notice_on_the_back() {
    let mut form = long_form();
    form.parts.pop();
    form.parts[2].items.truncate(4);
    (form.minors, form.office) = (false, bali());
    let pages = text_pages(&render_blank_form(&form).expect("a form").bytes);
    assert_eq!(pages.len(), 2);
    assert!(pages[0].contains("JAMINAN LAIN") && !pages[0].contains("PEMBERITAHUAN"), "{pages:?}");
    assert!(pages[1].starts_with("PEMBERITAHUAN"), "the notice stands alone on the back: {pages:?}");
    assert!(!pages[1].contains("orang tua"), "nobody below 18 is asked: {}", pages[1]);
    assert!(pages[1].contains("Kantor Desa Batukandik."), "{}", pages[1]);
    assert!(
        pages[1].contains("data pribadi spesifik")
            == form.parts.iter().any(|part| part.items.iter().any(|item| item.specific))
    );
}

#[test]
fn old_eyes_and_bad_copiers_can_read_the_form() {
    let pdf = render_blank_form(&long_form()).expect("a form");
    let smallest = type_sizes(&pdf.bytes).into_iter().min();
    assert!(smallest >= Some(11), "the smallest type is {smallest:?} pt");
    let page = pixels(&pdf.bytes, 1, 200);
    let greys: Vec<u8> = (0..page.height)
        .flat_map(|y| (0..page.width).map(move |x| (x, y)))
        .map(|(x, y)| page.grey(x, y))
        .collect();
    let share = |wanted: fn(u8) -> bool| {
        greys.iter().filter(|grey| wanted(**grey)).count() as f64 / greys.len() as f64
    };
    let (black, between) = (share(|grey| grey < 64), share(|grey| (64..224).contains(&grey)));
    assert!(black > 0.02, "the page is printed: {black}");
    // Only the edges of strokes lie between black and white: nothing is set in grey, nothing stands on a grey ground.
    assert!(between < black, "grey {between} against black {black}");
}

#[test]
fn a_form_that_asks_nothing_or_too_much_is_refused() {
    let mut form = long_form();
    form.parts.clear();
    form.extras.clear();
    assert_eq!(render_blank_form(&form).err(), Some(StatementError::NoRows));
    let mut form = long_form();
    let one = form.extras[0].clone();
    form.extras = vec![one; FORM_ITEMS_MAX];
    let found = form.parts.iter().map(|part| part.items.len()).sum::<usize>() + FORM_ITEMS_MAX;
    assert_eq!(render_blank_form(&form).err(), Some(StatementError::TooManyQuestions { found }));
    let mut form = long_form();
    form.parts[0].items[0] = hinted(form.parts[0].items[0].clone(), "\u{1b05}");
    assert_eq!(
        render_blank_form(&form).err(),
        Some(StatementError::Unprintable { place: "NIK".into(), character: '\u{1b05}' })
    );
}

// -- The sheet of one person ------------------------------------------------------------------------------------------

#[test]
fn the_sheet_says_what_is_recorded_what_came_of_it_and_who_printed_it() {
    let one = sheet();
    let pdf = render_person_sheet(&one).expect("a sheet");
    is_a_file_of_this_house(&pdf, &render_person_sheet(&one).expect("a sheet"));
    let words = text(&pdf.bytes);
    for told in [
        one.name.as_str(),
        "330501 050589 0004",
        "Keadaan: sudah sampai di kabupaten",
        "belum diisi",
        "Perahu Sri Rejeki, Pantai Menganti",
        "Pasal 10 ayat (3) huruf a",
        "Siapkan surat pernyataan.",
        "Memenuhi syarat belum berarti ditetapkan.",
        "Belum dinyatakan sebagai pekerja rentan.",
        "400.5.2/017/2008/XI/2026",
        "menunggu meterai",
        "Kejadian ke-4",
        "dicetak 21 November 2026 pukul 10.42 oleh Siti Aminah",
        "Data pribadi spesifik (keterangan sehat, disabilitas, penghasilan) tidak dimuat",
    ] {
        assert!(words.contains(told), "the sheet says \u{201c}{told}\u{201d}:\n{words}");
    }
    assert!(!words.contains("lebih lama di Payung"), "{words}");
}

#[test]
fn an_empty_person_and_a_very_long_one_both_have_a_sheet() {
    let mut empty = sheet();
    (empty.name, empty.nik, empty.specific, empty.older) = (String::new(), String::new(), true, 7);
    empty.statements.clear();
    empty.history.clear();
    empty.warnings.clear();
    empty.parts.iter_mut().flat_map(|part| &mut part.rows).for_each(|(_, value)| *value = None);
    let words = text(&render_person_sheet(&empty).expect("a sheet").bytes);
    for told in ["(nama belum diisi)", "Belum dimuat dalam surat mana pun.", "7 catatan yang lebih lama"] {
        assert!(words.contains(told), "the sheet says \u{201c}{told}\u{201d}:\n{words}");
    }
    assert!(!words.contains("tidak dimuat dalam lembar ini"), "nothing was left out: {words}");

    let mut long = sheet();
    long.name = "W".repeat(120);
    long.parts[0].rows[2].1 = Some("catatan yang panjang sekali ".repeat(18).trim().into());
    long.parts[1].rows[1].1 = Some("X".repeat(500));
    let one = long.history[0].clone();
    long.history = vec![one; SHEET_HISTORY_MAX];
    let pdf = render_person_sheet(&long).expect("a sheet");
    stays_inside(&pdf.bytes, 595.0 - 50.0);
    let pages = text_pages(&pdf.bytes);
    assert!(
        pages.len() > 2 && pages.iter().all(|page| page.contains("dicetak 21 November 2026")),
        "{pages:?}"
    );
    long.history.push(long.history[0].clone());
    let found = SHEET_HISTORY_MAX + 1;
    assert_eq!(render_person_sheet(&long).err(), Some(StatementError::TooManyRows { found }));
}

// -- The list of people -----------------------------------------------------------------------------------------------

#[test]
fn the_list_is_headed_with_its_filter_and_ends_with_its_totals() {
    let list = people_list(60);
    let pdf = render_people_list(&list).expect("a list");
    is_a_file_of_this_house(&pdf, &render_people_list(&list).expect("a list"));
    let pages = text_pages(&pdf.bytes);
    let words = text(&pdf.bytes);
    assert!(words.contains("60 orang, keadaan tanggal 21 November 2026, urut menurut nama"), "{words}");
    assert!(words.contains("Disaring: dusun Krajan; umur 18 sampai 64 tahun."), "{words}");
    assert!(words.contains("Jumlah: 60 orang: siap dibuatkan pernyataan 15, belum terkirim 15"), "{words}");
    for (number, page) in pages.iter().enumerate() {
        let foot = format!("Halaman {} dari {}", number + 1, pages.len());
        assert!(page.contains(&foot), "{foot}: {page}");
        assert!(page.contains("Nomor KK") && page.contains("Keadaan"), "the head repeats: {page}");
    }
    assert!(words.contains("330501 020268 0001") && words.contains("NIK dan nomor KK lengkap"), "{words}");
    let info = poppler("pdfinfo", &[], &pdf.bytes, &[]);
    assert!(info.contains("841.89 x 595.276"), "it lies on its side:\n{info}");
}

#[test]
fn a_masked_list_shows_no_whole_number() {
    let mut list = people_list(40);
    list.masked = true;
    (list.people[3].nik, list.people[4].kk) = (String::new(), "12345".into());
    let words = text(&render_people_list(&list).expect("a list").bytes);
    for person in list.people.iter().filter(|person| person.nik.len() == 16 && person.kk.len() == 16) {
        for number in [&person.nik, &person.kk] {
            let grouped = format!("{} {} {}", &number[..6], &number[6..12], &number[12..]);
            assert!(
                !words.contains(number.as_str()) && !words.contains(&grouped),
                "a whole number is printed"
            );
            assert!(words.contains(&format!("{}******{}", &number[..6], &number[12..])), "{words}");
        }
    }
    assert!(!words.contains("12345 "), "what is no KK number is hidden whole: {words}");
    assert!(words.contains("disamarkan") && !words.contains("lengkap"), "{words}");
}

#[test]
fn five_hundred_people_and_the_longest_names_keep_inside_their_columns() {
    let mut list = people_list(500);
    list.people[0].name = "W".repeat(120);
    list.people[1].name = "Raden Mas Panji Suryadiningrat ".repeat(4).trim().into();
    list.people[2].hamlet = "X".repeat(120);
    list.people[3].occupation = "tukang ".repeat(70).trim().into();
    list.people[4].name = String::new();
    list.people[5].age_years = None;
    list.filters = vec!["pencarian \u{201c}siti\u{201d}".into(); 12];
    let pdf = render_people_list(&list).expect("a long list");
    assert!(pdf.pages > 10 && pdf.bytes.len() < 1_200_000, "{} pages, {} bytes", pdf.pages, pdf.bytes.len());
    stays_inside(&pdf.bytes, 842.0 - 45.0);
    let words = text(&pdf.bytes);
    assert!(words.contains("500 orang") && words.contains("(tanpa nama)"), "totals and the nameless");
}

#[test]
fn nobody_or_too_many_are_refused_and_a_bad_letter_is_named_with_its_row() {
    assert_eq!(render_people_list(&people_list(0)).err(), Some(StatementError::NoRows));
    let found = LIST_ROWS_MAX + 1;
    assert_eq!(
        render_people_list(&people_list(found as u32)).err(),
        Some(StatementError::TooManyRows { found })
    );
    let mut list = people_list(3);
    list.people[1].occupation = "tukang \u{1f600}".into();
    assert_eq!(
        render_people_list(&list).err(),
        Some(StatementError::Unprintable { place: "pekerjaan (nomor 2)".into(), character: '\u{1f600}' })
    );
}

#[test]
fn debug_output_names_nobody() {
    let (list, one) = (people_list(2), sheet());
    let shown = format!("{list:?} {:?} {one:?} {:?} {:?}", list.people, one.parts, one.history);
    assert!(!shown.contains("Wagiman") && !shown.contains("Siti") && !shown.contains("3305"), "{shown}");
    assert_eq!(one.printed_on, date(2026, 11, 21));
}

/// No word's right edge lies beyond `right`, in points.
fn stays_inside(pdf: &[u8], right: f64) {
    let boxes = poppler("pdftotext", &["-bbox"], pdf, &["-"]);
    let mut words = 0;
    for line in boxes.lines().filter(|line| line.trim_start().starts_with("<word")) {
        let edge = line.split("xMax=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<f64>().ok());
        assert!(edge.is_some_and(|edge| edge < right), "a word leaves the page's margin: {line}");
        words += 1;
    }
    assert!(words > 50, "poppler sees the words of the pages");
}
