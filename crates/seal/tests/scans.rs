//! What scanners and telephones make of a sheet, and what is no scan.

mod support;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use payung_keys::Purpose;
use payung_seal::{SCAN_BYTES_MAX, SCAN_FILES_MAX, Scan, SealError, Sheet, Summary, read_scans};
use qrcode::{EcLevel, QrCode};
use std::io::Cursor;
use support::{key, small_pdf, summary};

fn text(page: u32) -> String {
    let signature = key(1).sign(Purpose::Summary, &summary().to_sign());
    format!("{}/{page}", summary().text(&signature))
}

/// A sheet of A4 at a resolution, with lines of writing and the code at the foot, 25 mm wide.
fn sheet(page: u32, dots_per_inch: f32) -> GrayImage {
    let mm = |length: f32| (length / 25.4 * dots_per_inch) as u32;
    let mut paper = GrayImage::from_pixel(mm(210.0), mm(297.0), Luma([250]));
    for line in 0..30 {
        for x in mm(20.0)..mm(190.0) {
            if (x / mm(1.2).max(1)) % 3 != 0 {
                for y in mm(30.0) + line * mm(6.0)..mm(31.8) + line * mm(6.0) {
                    paper.put_pixel(x, y, Luma([30]));
                }
            }
        }
    }
    let code = QrCode::with_error_correction_level(text(page), EcLevel::M).expect("a code");
    let modules = code.width();
    let dark = code.to_colors();
    let side = mm(25.0);
    for y in 0..side {
        for x in 0..side {
            let at = |pixel: u32| (pixel as usize * modules) / side as usize;
            let black = dark[at(y) * modules + at(x)] == qrcode::Color::Dark;
            paper.put_pixel(mm(165.0) + x, mm(255.0) + y, Luma([if black { 20 } else { 245 }]));
        }
    }
    paper
}

fn file(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture.clone()).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

fn read(bytes: &[u8]) -> Result<Vec<Option<(Summary, u32)>>, SealError> {
    let report = read_scans(&[Scan { name: "pindai.jpg", bytes }])?;
    let seen = |sheet: Sheet| {
        assert_eq!(sheet.verify(), Ok(()), "what was read verifies");
        (sheet.summary, sheet.page)
    };
    Ok(report.pages.into_iter().map(|page| page.sheet.map(seen)).collect())
}

#[test]
fn sheets_are_read_at_the_resolutions_of_offices() {
    for dots in [150.0, 200.0, 300.0] {
        let picture = sheet(7, dots);
        let found = read(&file(&picture, ImageFormat::Jpeg)).expect("a picture");
        assert_eq!(found, [Some((summary(), 7))], "{dots} dots an inch");
    }
}

#[test]
fn sheets_are_read_turned_tilted_grainy_and_dim() {
    let straight = sheet(2, 200.0);
    let (width, height) = straight.dimensions();
    let tilted = GrayImage::from_fn(width, height, |x, y| {
        // Turned by four degrees around the middle, on a dark table, darker to the right.
        let (sin, cos) = 4f32.to_radians().sin_cos();
        let (dx, dy) = (x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0);
        let (sx, sy) = (dx * cos - dy * sin + width as f32 / 2.0, dx * sin + dy * cos + height as f32 / 2.0);
        let inside = sx >= 0.0 && sy >= 0.0 && sx < width as f32 && sy < height as f32;
        let paper = if inside { f32::from(straight.get_pixel(sx as u32, sy as u32).0[0]) } else { 60.0 };
        let grain = f32::from((x.wrapping_mul(7_919) ^ y.wrapping_mul(104_729)) as u8 % 25);
        Luma([(paper * (0.9 - 0.35 * x as f32 / width as f32) + grain) as u8])
    });
    let seen = [
        ("upside down", imageops::rotate180(&straight)),
        ("on its side", imageops::rotate90(&straight)),
        ("tilted, grainy, unevenly lit", tilted),
        ("blurred", imageops::blur(&straight, 1.0)),
    ];
    for (what, picture) in seen {
        let found = read(&file(&picture, ImageFormat::Png)).expect("a picture");
        assert_eq!(found, [Some((summary(), 2))], "{what}");
    }
}

#[test]
fn two_sheets_on_one_picture_are_two() {
    let (one, two) = (sheet(1, 150.0), sheet(2, 150.0));
    let (width, height) = one.dimensions();
    let mut table = GrayImage::from_pixel(width * 2, height, Luma([90]));
    imageops::replace(&mut table, &one, 0, 0);
    imageops::replace(&mut table, &two, i64::from(width), 0);
    let mut pages: Vec<u32> = read(&file(&table, ImageFormat::Jpeg))
        .expect("a picture")
        .into_iter()
        .map(|found| found.expect("read").1)
        .collect();
    pages.sort_unstable();
    assert_eq!(pages, [1, 2]);
}

#[test]
fn a_page_without_a_code_is_a_page_not_read() {
    let blank = GrayImage::from_pixel(600, 800, Luma([255]));
    assert_eq!(read(&file(&blank, ImageFormat::Png)), Ok(vec![None]));
    assert_eq!(read(&small_pdf()), Ok(vec![None]), "a drawn page without a code");
}

#[test]
fn a_pdf_of_pictures_is_read_page_by_page() {
    let jpeg = file(&sheet(3, 200.0), ImageFormat::Jpeg);
    let found = read(&support::picture_pdf(&jpeg, 1654, 2339, 2)).expect("a PDF");
    assert_eq!(found, vec![Some((summary(), 3)); 2]);
}

#[test]
fn what_is_no_scan_is_refused_by_its_name() {
    let name = || "pindai.jpg".to_owned();
    assert_eq!(read(b"hello"), Err(SealError::Image { name: name() }));
    assert_eq!(read(&[0xff, 0xd8, 0xff, 0xe0, 1, 2]), Err(SealError::Image { name: name() }));
    let cut = small_pdf();
    assert_eq!(
        read(&cut[..cut.len() - 60]),
        Err(SealError::ScannedPdf { name: name(), error: Box::new(SealError::Truncated) })
    );
    let mut png = file(&GrayImage::new(8, 8), ImageFormat::Png);
    // The header claims 100,000 by 100,000 pixels; its checksum is mended.
    png[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(read(&png), Err(SealError::ImageTooLarge { name: name() }));
    let large = vec![0; SCAN_BYTES_MAX + 1];
    assert_eq!(read(&large), Err(SealError::ScanTooLarge { name: name(), found: large.len() as u64 }));
    let scan = Scan { name: "a.png", bytes: &png };
    assert_eq!(
        read_scans(&vec![scan; SCAN_FILES_MAX + 1]),
        Err(SealError::TooManyScans { found: SCAN_FILES_MAX + 1 })
    );
    assert_eq!(read_scans(&[]), Err(SealError::NoScans));
}

/// The checksum of PNG (ISO 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}
