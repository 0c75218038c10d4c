//! Paper, emblem, copies, titles, and the sentence on what is replaced.

mod support;

use payung_statement::{
    EMBLEM_PREPARED_BYTES_MAX, EmblemError, Kind, Paper, Replaced, StatementError, StatementPage,
    prepare_emblem, render,
};
use support::{QR, date, emblem, kebumen, kelurahan, klungkung, poppler, strokes, text, text_pages};

fn replaced(count: u32) -> Vec<Replaced> {
    (1..=count).map(|n| Replaced { number: format!("400/{n:03}/X/2026"), date: date(2026, 10, n) }).collect()
}

#[test]
fn folio_is_a_choice_and_no_other_document() {
    for (paper, size) in [(Paper::A4, "595.276 x 841.89"), (Paper::F4, "609.449 x 935.433")] {
        for collective in [false, true] {
            let page = StatementPage { paper, ..kebumen(1, collective) };
            let pdf = render(&page).expect("a statement");
            let info = poppler("pdfinfo", &["-l", "9"], &pdf.bytes, &[]);
            let sizes: Vec<&str> = info.lines().filter(|line| line.contains(" size: ")).collect();
            assert_eq!(sizes.len(), pdf.pages + 1, "the size of each page and of the file:\n{info}");
            assert!(sizes.iter().take(pdf.pages).all(|line| line.contains(size)), "{paper:?}:\n{info}");
        }
    }
    let hash =
        |paper| render(&StatementPage { paper, ..kebumen(3, true) }).expect("a statement").content_hash;
    assert_eq!(hash(Paper::A4), hash(Paper::F4), "paper is not part of what is attested");
}

#[test]
fn a_copy_says_so_on_every_page_and_asks_for_no_stamp() {
    let original = render(&kebumen(30, true)).expect("a statement");
    assert!(!text(&original.bytes).contains("SALINAN"));
    let pdf = render(&StatementPage { copy: true, ..kebumen(30, true) }).expect("a copy");
    let pages = text_pages(&pdf.bytes);
    assert!(pages.len() > 2 && pages.iter().all(|page| page.contains("SALINAN")));
    assert!(pages[0].contains("meterai hanya pada naskah asli") && !pages[0].contains("tempat meterai"));
    let drawn = StatementPage { copy: true, drawn_signature: Some(strokes()), ..kebumen(1, false) };
    assert!(
        text(&render(&drawn).expect("a copy").bytes).contains("tidak tersertifikasi"),
        "the drawing stays as given"
    );
}

#[test]
fn the_emblem_stands_on_the_letterhead_only() {
    let pdf = render(&StatementPage { emblem: Some(emblem()), ..kebumen(30, true) }).expect("a statement");
    let images = poppler("pdfimages", &["-list"], &pdf.bytes, &[]);
    let rows: Vec<&str> = images.lines().skip(2).collect();
    assert_eq!(rows.len(), 1, "one picture, on one page:\n{images}");
    assert!(rows[0].trim_start().starts_with("1 ") && rows[0].contains("jpeg"), "{images}");
    let broken = StatementPage { emblem: Some(b"no picture".to_vec()), ..kebumen(1, false) };
    assert_eq!(render(&broken).err(), Some(StatementError::Emblem));
}

#[test]
fn an_emblem_becomes_a_small_jpeg_on_white_without_metadata() {
    let prepared = emblem();
    assert!(prepared.len() <= EMBLEM_PREPARED_BYTES_MAX, "{} bytes", prepared.len());
    let picture = image::load_from_memory(&prepared).expect("a picture").into_rgb8();
    assert_eq!(image::guess_format(&prepared).expect("a format"), image::ImageFormat::Jpeg);
    assert!(picture.width() <= 472 && picture.height() <= 472, "{:?}", picture.dimensions());
    assert!(picture.get_pixel(0, 471).0.iter().all(|value| *value > 245), "what was transparent is white");
    assert_eq!(prepared, emblem(), "the same picture gives the same bytes");
    // Noise is the hardest to compress.
    let noise = image::RgbImage::from_fn(900, 900, |x, y| {
        let value = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
        image::Rgb([(value >> 8) as u8, (value >> 16) as u8, (value >> 24) as u8])
    });
    let noise = prepare_emblem(&png(noise.into())).expect("any picture");
    assert!(noise.len() <= EMBLEM_PREPARED_BYTES_MAX, "{} bytes", noise.len());
    assert_eq!(
        prepare_emblem(&noise).map(|again| again.len() <= EMBLEM_PREPARED_BYTES_MAX),
        Ok(true),
        "a prepared picture may be prepared again"
    );
}

#[test]
fn what_is_no_usable_picture_is_refused_with_its_remedy() {
    assert_eq!(prepare_emblem(b"%PDF-1.7"), Err(EmblemError::NotAPicture));
    assert_eq!(prepare_emblem(b""), Err(EmblemError::NotAPicture));
    assert_eq!(prepare_emblem(b"GIF89a\x01\0\x01\0"), Err(EmblemError::NotAPicture));
    assert_eq!(prepare_emblem(&vec![0; 6 << 20]), Err(EmblemError::TooLarge { found: 6 << 20 }));
    let whole = png(image::RgbaImage::new(300, 300).into());
    assert_eq!(prepare_emblem(&whole[..whole.len() / 2]), Err(EmblemError::Broken));
    let wide = png(image::GrayImage::new(40_000, 1_001).into());
    assert!(wide.len() < 5 << 20, "small on disk");
    assert_eq!(prepare_emblem(&wide), Err(EmblemError::TooManyPixels));
}

#[test]
fn acting_heads_sign_in_their_own_name() {
    for title in ["Plt. Kepala Desa", "Plh. Kepala Desa", "Pj. Kepala Desa"] {
        let mut page = kebumen(1, false);
        page.head.title = title.into();
        page.head.nip = Some("197804122005011003".into());
        let pdf = render(&page).expect("a statement");
        let text = text(&pdf.bytes);
        assert_eq!(text.matches(&format!("{title} Karangduwur")).count(), 2, "named and signing:\n{text}");
        assert_eq!(text.matches("19780412 200501 1 003").count(), 2, "the NIP is grouped:\n{text}");
        assert_eq!(pdf.pages, 1);
    }
}

#[test]
fn everything_at_once_still_fits_on_one_page() {
    let mut page = StatementPage {
        emblem: Some(emblem()),
        qr: Some(QR.into()),
        drawn_signature: Some(strokes()),
        replaces: replaced(1),
        ..kelurahan()
    };
    page.head.title = "Plt. Lurah".into();
    page.people[0].name = "Raden Mas Panji Suryadiningrat ".repeat(2).trim().into();
    for paper in [Paper::A4, Paper::F4] {
        let pdf = render(&StatementPage { paper, ..page.clone() }).expect("a statement");
        assert_eq!(pdf.pages, 1, "{paper:?}");
        let text = text(&pdf.bytes);
        assert!(text.contains("KELURAHAN PANJER") && text.contains("Plt. Lurah Panjer"), "{text}");
    }
}

#[test]
fn a_new_statement_names_the_ones_it_replaces() {
    let sentence = |page: StatementPage| text(&render(&page).expect("a statement").bytes);
    let single = sentence(StatementPage { replaces: replaced(1), ..kebumen(1, false) });
    assert!(
        single.contains(
            "Surat ini menggantikan Surat Pernyataan Nomor 400/001/X/2026 tanggal 1 Oktober 2026, sepanjang \
             mengenai nama tersebut."
        ),
        "{single}"
    );
    let two = sentence(StatementPage { replaces: replaced(2), ..kebumen(3, true) });
    assert!(two.contains("1 Oktober 2026 dan Surat Pernyataan Nomor 400/002/X/2026"), "{two}");
    let nameless = vec![Replaced { number: String::new(), date: date(2026, 10, 1) }];
    let nameless = sentence(StatementPage { replaces: nameless, ..klungkung(1, false) });
    assert!(
        nameless.contains("menggantikan Surat Pengantar Usulan tanpa nomor tanggal 1 Oktober 2026"),
        "{nameless}"
    );
    assert!(!sentence(kebumen(1, false)).contains("menggantikan"));
}

#[test]
fn many_replaced_statements_are_listed_behind_the_annex() {
    let pdf = render(&StatementPage { replaces: replaced(23), ..kebumen(40, true) }).expect("a statement");
    let pages = text_pages(&pdf.bytes);
    assert!(
        pages[0].contains("menggantikan 23 (dua puluh tiga) surat yang disebut pada akhir lampiran"),
        "{}",
        pages[0]
    );
    assert!(pages[0].contains("Halaman 1 dari") && pages[0].contains("Demikian surat pernyataan"));
    let annex = pages[1..].join(" ");
    for replaced in replaced(23) {
        assert!(annex.contains(&replaced.number), "{} is listed", replaced.number);
    }
    let many = StatementPage { replaces: (0..26).flat_map(|_| replaced(20)).collect(), ..kebumen(3, true) };
    assert_eq!(render(&many).err(), Some(StatementError::TooManyReplaced { found: 520 }));
}

#[test]
fn without_addresses_the_annex_has_no_empty_column() {
    let mut page = kebumen(3, true);
    assert!(text(&render(&page).expect("a statement").bytes).contains("Alamat"));
    page.people.iter_mut().for_each(|person| person.address = None);
    let text = text(&render(&page).expect("a statement").bytes);
    assert!(!text.contains("Alamat"), "{text}");
    assert_eq!(page.kind, Kind::SuratPernyataan);
}

fn png(picture: image::DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}
