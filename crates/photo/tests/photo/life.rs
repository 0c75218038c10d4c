//! What is taken off a picture, and how it is turned.

use crate::card;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use payung_photo::{PHOTO_BYTES_MAX, Shape, prepare};
use std::io::Cursor;

/// A TIFF block as cameras write it: how the picture was held, who made the camera, and where it stood.
fn exif(orientation: u8) -> Vec<u8> {
    let maker = b"KAMERA RAHASIA -7.6681 109.6547\0";
    let mut data = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    data.extend_from_slice(&[2, 0]);
    data.extend_from_slice(&[0x0f, 0x01, 2, 0, maker.len() as u8, 0, 0, 0, 38, 0, 0, 0]);
    data.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    data.extend_from_slice(&[0; 4]);
    data.extend_from_slice(maker);
    data
}

/// The names of the segments before the picture itself.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut found) = (2, Vec::new());
    while jpeg[at] == 0xff && jpeg[at + 1] != 0xda {
        found.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    found
}

#[test]
fn where_and_with_what_it_was_taken_is_gone() {
    let picture = card::card(1_600, 1_200, 0.9).picture;
    let profile = [b"ICC_PROFILE\0".as_slice(), &[9; 3_000]].concat();
    let taken =
        card::jpeg(&picture, 90, &[(1, &exif(1)), (2, &profile), (13, b"Photoshop 3.0\0nama penyunting")]);
    assert!(taken.windows(7).any(|window| window == b"RAHASIA"), "the camera wrote it down");
    let photo = prepare(&taken, Shape::IdentityCard).expect("a photo");
    for told in [b"RAHASIA".as_slice(), b"Exif", b"109.6547", b"ICC_PROFILE", b"penyunting", b"http"] {
        assert!(!photo.jpeg.windows(told.len()).any(|window| window == told), "nothing of it is left");
    }
    let kept = segments(&photo.jpeg);
    let wanted = |name: &u8| matches!(name, 0xe0 | 0xdb | 0xc0 | 0xc2 | 0xc4);
    assert!(kept.iter().all(wanted), "JFIF, tables and the picture, nothing else: {kept:02x?}");
}

#[test]
fn a_telephone_held_any_way_gives_an_upright_picture() {
    // Red above, green to the right, blue below, white to the left, as the card lies.
    let upright = RgbImage::from_fn(900, 600, |x, y| {
        let (x, y) = (f64::from(x) / 900.0, f64::from(y) / 600.0);
        match (x > y, x + y > 1.0) {
            (true, false) => Rgb([220, 30, 30]),
            (true, true) => Rgb([30, 200, 30]),
            (false, true) => Rgb([30, 30, 220]),
            (false, false) => Rgb([240, 240, 240]),
        }
    });
    let stored = |orientation: u8| {
        let picture = DynamicImage::ImageRgb8(upright.clone());
        // What a reader has to undo.
        match orientation {
            2 => picture.fliph(),
            3 => picture.rotate180(),
            4 => picture.flipv(),
            5 => picture.fliph().rotate270(),
            6 => picture.rotate270(),
            7 => picture.fliph().rotate90(),
            8 => picture.rotate90(),
            _ => picture,
        }
        .into_rgb8()
    };
    for orientation in 1..=8 {
        let taken = card::jpeg(&stored(orientation), 90, &[(1, &exif(orientation))]);
        let photo = prepare(&taken, Shape::IdentityCard).expect("a photo");
        assert_eq!((photo.width, photo.height), (900, 600), "orientation {orientation}");
        let kept = image::load_from_memory(&photo.jpeg).expect("a JPEG").into_rgb8();
        let near = |x, y, [r, g, b]: [u8; 3]| {
            let found = kept.get_pixel(x, y).0;
            [r, g, b].iter().zip(found).all(|(wanted, found)| wanted.abs_diff(found) < 40)
        };
        assert!(near(450, 60, [220, 30, 30]), "red above, orientation {orientation}");
        assert!(near(840, 300, [30, 200, 30]), "green to the right, orientation {orientation}");
        assert!(near(450, 540, [30, 30, 220]), "blue below, orientation {orientation}");
        assert!(near(60, 300, [240, 240, 240]), "white to the left, orientation {orientation}");
    }
}

#[test]
fn pictures_of_every_depth_become_the_same_kind_of_photo() {
    let scene = card::card(1_200, 900, 0.9).picture;
    let picture = DynamicImage::ImageRgb8(scene);
    let grey = DynamicImage::ImageLuma8(picture.to_luma8());
    let deep = DynamicImage::ImageRgb16(picture.to_rgb16());
    let grey_with_alpha = DynamicImage::ImageLumaA8(picture.to_luma_alpha8());
    for (what, picture) in
        [("colour", picture), ("grey", grey), ("deep", deep), ("with alpha", grey_with_alpha)]
    {
        let mut png = Vec::new();
        picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).expect("a PNG");
        let photo = prepare(&png, Shape::IdentityCard).expect(what);
        assert_eq!((photo.width, photo.height), (1_200, 900), "{what}");
        assert!(photo.jpeg.starts_with(&[0xff, 0xd8, 0xff]) && photo.jpeg.len() <= PHOTO_BYTES_MAX, "{what}");
    }
}

#[test]
fn what_is_clear_stands_on_white_paper() {
    let clear = image::RgbaImage::from_pixel(600, 500, image::Rgba([0, 0, 0, 0]));
    let mut png = Vec::new();
    DynamicImage::ImageRgba8(clear).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).expect("a PNG");
    let photo = prepare(&png, Shape::Document).expect("a photo");
    let kept = image::load_from_memory(&photo.jpeg).expect("a JPEG").into_rgb8();
    assert!(kept.get_pixel(300, 250).0.iter().all(|colour| *colour > 250));
}

#[test]
fn the_same_file_gives_the_same_photo() {
    let taken = card::card(1_600, 1_200, 0.8).taken(1.0, 9).jpeg(88);
    let first = prepare(&taken, Shape::IdentityCard).expect("a photo");
    assert_eq!(prepare(&taken, Shape::IdentityCard).expect("a photo"), first, "so it is kept and sent once");
    assert!(!format!("{first:?}").contains("jpeg"), "no picture in a log");
}

#[test]
fn a_photo_that_was_made_small_before_stays_as_clear() {
    let scene = card::card(3_264, 2_448, 0.8).taken(1.2, 12);
    let once = prepare(&scene.jpeg(92), Shape::IdentityCard).expect("a photo");
    let twice = prepare(&once.jpeg, Shape::IdentityCard).expect("again");
    assert_eq!((twice.width, twice.height), (once.width, once.height));
    assert_eq!(twice.doubts, []);
}
