//! What is no photo is refused by name, with what to do instead; nothing makes the program stumble.

use crate::card::{self, Chance};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use payung_photo::{INPUT_BYTES_MAX, PhotoError, Shape, prepare};
use std::io::Cursor;

#[track_caller]
fn refused(bytes: &[u8]) -> PhotoError {
    prepare(bytes, Shape::IdentityCard).expect_err("refused")
}

/// A file of which only the beginning is looked at.
fn beginning(with: &[u8]) -> Vec<u8> {
    [with, &[0; 200]].concat()
}

#[test]
fn other_files_are_refused_by_their_name() {
    let brand = |brand: &[u8]| [b"\0\0\0\x18ftyp".as_slice(), brand].concat();
    let cases: [(Vec<u8>, PhotoError, &str); 13] = [
        (beginning(&brand(b"heic")), PhotoError::Heic, "iPhone"),
        (beginning(&brand(b"mif1")), PhotoError::Heic, "iPhone"),
        (beginning(&brand(b"avif")), PhotoError::OtherPicture("AVIF"), "AVIF"),
        (beginning(&brand(b"isom")), PhotoError::Video, "video"),
        (beginning(b"RIFF\x10\0\0\0WEBPVP8 "), PhotoError::WebP, "WebP"),
        (beginning(b"RIFF\x10\0\0\0AVI LIST"), PhotoError::NotAPicture, "bukan foto"),
        (beginning(b"%PDF-1.7"), PhotoError::Pdf, "PDF"),
        (beginning(b"GIF89a"), PhotoError::OtherPicture("GIF"), "GIF"),
        (beginning(b"II*\0"), PhotoError::OtherPicture("TIFF"), "TIFF"),
        (beginning(b"BM"), PhotoError::OtherPicture("BMP"), "BMP"),
        (beginning(b"PK\x03\x04"), PhotoError::NotAPicture, "bukan foto"),
        (b"nama,nik".to_vec(), PhotoError::NotAPicture, "bukan foto"),
        (Vec::new(), PhotoError::Empty, "kosong"),
    ];
    for (bytes, expected, word) in cases {
        let error = refused(&bytes);
        assert_eq!(error, expected);
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_even_looked_at() {
    let error = refused(&vec![0xff; INPUT_BYTES_MAX + 1]);
    assert_eq!(error, PhotoError::TooManyBytes { bytes: INPUT_BYTES_MAX + 1, bytes_max: INPUT_BYTES_MAX });
    assert!(error.to_string().contains("31 MB, paling banyak 30 MB"), "{error}");
}

/// A JPEG changed to say that it is so large; what follows does not matter.
fn said_to_be(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let mut bytes = card::jpeg(&RgbImage::new(420, 420), 50, &[]);
    let at = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    if progressive {
        bytes[at + 1] = 0xc2;
    }
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn a_picture_of_too_many_pixels_is_not_unpacked() {
    let error = refused(&said_to_be(60_000, 60_000, false));
    assert_eq!(error, PhotoError::TooManyPixels { width: 60_000, height: 60_000 });
    assert_eq!(
        refused(&said_to_be(9_000, 7_000, false)),
        PhotoError::TooManyPixels { width: 9_000, height: 7_000 }
    );
    assert_eq!(
        refused(&said_to_be(7_000, 6_000, true)),
        PhotoError::TooManyPixels { width: 7_000, height: 6_000 }
    );
}

#[test]
fn a_png_that_unpacks_to_very_much_is_refused_before_it_does() {
    let mut png = Vec::new();
    let flat = RgbImage::from_pixel(500, 500, Rgb([1, 2, 3]));
    DynamicImage::ImageRgb8(flat).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).expect("a PNG");
    // IHDR is the first chunk: its width and height stand at 16, its checksum at 29.
    png[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
    let mut crc = flate2_crc(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert!(matches!(refused(&png), PhotoError::TooManyPixels { .. } | PhotoError::Broken));
    crc ^= 1;
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(refused(&png), PhotoError::Broken, "a wrong checksum is a broken file");
}

/// CRC-32 of ISO 3309, as PNG uses it.
fn flate2_crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn a_thumbnail_is_too_small() {
    let error = refused(&card::card(320, 240, 0.9).jpeg(90));
    assert_eq!(error, PhotoError::TooSmall { width: 320, height: 240, short_side_min: 400 });
    assert!(error.to_string().contains("320 x 240"), "{error}");
}

#[test]
fn a_photo_cut_off_anywhere_is_broken() {
    for taken in [card::card(800, 600, 0.9).jpeg(80), {
        let mut png = Vec::new();
        let picture = DynamicImage::ImageRgb8(card::card(500, 420, 0.9).picture);
        picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).expect("a PNG");
        png
    }] {
        prepare(&taken, Shape::IdentityCard).expect("whole, it is a photo");
        for share in 1..40 {
            let end = taken.len() * share / 40;
            assert_eq!(
                refused(&taken[..end]),
                PhotoError::Broken,
                "cut after {end} of {} bytes",
                taken.len()
            );
        }
        assert_eq!(refused(&taken[..taken.len() - 1]), PhotoError::Broken, "one byte short");
    }
}

#[test]
fn what_a_camera_appends_does_not_matter() {
    let mut taken = card::card(800, 600, 0.9).jpeg(80);
    taken.extend_from_slice(b"SEFH and a moving picture of two seconds");
    prepare(&taken, Shape::IdentityCard).expect("a photo");
}

#[test]
fn damage_anywhere_gives_a_photo_or_words_and_never_more() {
    let mut chance = Chance(11);
    let taken = card::card(640, 480, 0.9).jpeg(70);
    let mut refusals = 0;
    for _ in 0..120 {
        let mut damaged = taken.clone();
        for _ in 0..1 + chance.next() % 4 {
            let at = chance.next() as usize % damaged.len();
            damaged[at] = chance.next() as u8;
        }
        match prepare(&damaged, Shape::IdentityCard) {
            Ok(photo) => assert!(photo.jpeg.len() <= payung_photo::PHOTO_BYTES_MAX),
            Err(error) => {
                refusals += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    assert!(refusals > 2, "some of it was seen: {refusals}");
}

#[test]
fn pure_grain_cannot_be_made_small_and_says_so() {
    let mut chance = Chance(3);
    let grain = RgbImage::from_fn(1_000, 1_000, |_, _| Rgb([0; 3].map(|_: u8| chance.next() as u8)));
    let error = refused(&card::jpeg(&grain, 90, &[]));
    assert_eq!(error, PhotoError::TooGrainy);
    assert!(error.to_string().contains("terang"), "{error}");
}
