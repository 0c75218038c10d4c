//! What is on a card can still be read from the small photo, letter by letter.

use crate::card::{self, NIK, Scene};
use crate::glyphs;
use payung_photo::{Doubt, PHOTO_BYTES_MAX, Photo, Shape, prepare};

const DIGITS: &str = "0123456789";
const LETTERS: &str = "ADEIKLMNRSTU";

/// Reads both lines back from what was kept; returns the worst lead of a digit and of a small letter.
fn read(scene: &Scene, photo: &Photo) -> (f32, f32) {
    let kept = image::load_from_memory(&photo.jpeg).expect("a JPEG").into_rgb8();
    assert_eq!((kept.width(), kept.height()), (photo.width, photo.height));
    assert!(photo.jpeg.len() <= PHOTO_BYTES_MAX, "{} bytes", photo.jpeg.len());
    let (nik, lead) = glyphs::read(&kept, scene.scaled(scene.nik, photo.width), NIK.len(), DIGITS);
    assert_eq!(nik, NIK, "the NIK is read back digit by digit");
    let word = scene.small_text.split(' ').next().expect("a word");
    let small = scene.scaled(scene.small, photo.width);
    let (text, small_lead) = glyphs::read(&kept, small, word.len(), LETTERS);
    assert_eq!(text, word, "small print is read back letter by letter");
    (lead, small_lead)
}

/// A letter leads over the next best by so much in the drawing itself: 6 against 8 differ in few points.
const LEAD_MIN: f32 = 0.05;

/// Prints the figures, and writes the photo where somebody wants to look at it.
#[track_caller]
fn check(name: &str, scene: &Scene, shape: Shape, doubts: &[Doubt]) -> Photo {
    let taken = scene.jpeg(92);
    let photo = prepare(&taken, shape).expect("a photo");
    if let Some(folder) = std::env::var_os("PAYUNG_PHOTO_DIR").map(std::path::PathBuf::from) {
        std::fs::write(folder.join(name).with_extension("jpg"), &photo.jpeg).expect("written");
    }
    let (nik, small) = read(scene, &photo);
    println!(
        "{name}: {} kB -> {} kB, {} x {}, sharpness {}, digits {:.0} px (lead {nik:.2}), small letters {:.0} px \
         (lead {small:.2})",
        taken.len() / 1_000,
        photo.jpeg.len() / 1_000,
        photo.width,
        photo.height,
        photo.sharpness,
        scene.scaled(scene.nik, photo.width).point * 7.0,
        scene.scaled(scene.small, photo.width).point * 7.0,
    );
    assert!(nik > LEAD_MIN && small > LEAD_MIN, "clear by {nik:.3} and {small:.3}");
    assert_eq!(photo.doubts, doubts, "sharpness {}", photo.sharpness);
    photo
}

#[test]
fn a_card_that_fills_the_picture_of_a_telephone() {
    let photo = check("card-near", &card::card(4_000, 3_000, 0.9).taken(1.6, 14), Shape::IdentityCard, &[]);
    assert!(photo.width >= 1_280, "there is room for pixels: {}", photo.width);
}

#[test]
fn a_card_taken_from_too_far_away_is_still_read() {
    check("card-far", &card::card(4_000, 3_000, 0.45).taken(1.6, 14), Shape::IdentityCard, &[]);
}

#[test]
fn a_card_before_the_camera_of_a_laptop() {
    check("card-laptop", &card::card(1_280, 720, 0.6).taken(0.8, 10), Shape::IdentityCard, &[]);
}

#[test]
fn a_card_in_bad_light_with_much_grain() {
    check("card-grain", &card::card(3_264, 2_448, 0.8).taken(1.5, 45), Shape::IdentityCard, &[]);
}

#[test]
fn a_family_card_keeps_its_small_lines() {
    check("sheet-photo", &card::sheet(4_000, 3_000, 0.95).taken(1.4, 10), Shape::Document, &[]);
}

#[test]
fn a_family_card_scanned_flat() {
    check("sheet-scan", &card::sheet(3_508, 2_480, 1.0).taken(0.8, 3), Shape::Document, &[]);
}

#[test]
fn a_hand_that_shook_is_asked_about() {
    let photo = prepare(&card::card(3_264, 2_448, 0.8).taken(22.0, 4).jpeg(92), Shape::IdentityCard);
    let photo = photo.expect("it is kept all the same");
    assert_eq!(photo.doubts, [Doubt::Blurred], "sharpness {}", photo.sharpness);
    assert!(Doubt::Blurred.words().ends_with('?'), "the program asks, a person decides");
}

#[test]
fn a_photo_without_light_is_asked_about() {
    let mut scene = card::card(1_600, 1_200, 0.9).taken(1.0, 4);
    for pixel in scene.picture.pixels_mut() {
        pixel.0 = pixel.0.map(|colour| colour / 4);
    }
    let photo = prepare(&scene.jpeg(92), Shape::IdentityCard).expect("a photo");
    assert!(photo.doubts.contains(&Doubt::Dark), "{:?}", photo.doubts);
}

#[test]
fn a_picture_of_few_pixels_is_asked_about_and_never_blown_up() {
    let photo = prepare(&card::card(800, 600, 0.95).jpeg(92), Shape::IdentityCard).expect("a photo");
    assert_eq!((photo.width, photo.height), (800, 600));
    assert_eq!(photo.doubts, [Doubt::Small]);
}
