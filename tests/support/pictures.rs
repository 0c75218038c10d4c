//! Pictures of made-up papers: lines of letters as blocks, sharp and bright, as a good photo has them.

use image::{Rgb, RgbImage};
use std::path::{Path, PathBuf};

/// A card of 1,900 by 1,200 pixels: a title, sixteen wide digits, lines, a portrait.
pub fn card(path: &Path) -> PathBuf {
    let mut picture = RgbImage::from_pixel(1_900, 1_200, Rgb([150, 190, 225]));
    words(&mut picture, 420, 90, 34, 30);
    words(&mut picture, 120, 240, 58, 16);
    for line in 0..9 {
        words(&mut picture, 120, 380 + line * 80, 30, 34);
    }
    block(&mut picture, 1_380, 330, 380, 520, Rgb([190, 40, 40]));
    block(&mut picture, 1_480, 420, 180, 220, Rgb([225, 190, 160]));
    save(&picture, path)
}

/// A sheet of 2,300 by 1,600 pixels with a table.
pub fn sheet(path: &Path) -> PathBuf {
    let mut picture = RgbImage::from_pixel(2_300, 1_600, Rgb([250, 250, 246]));
    words(&mut picture, 700, 80, 50, 20);
    for line in 0..18 {
        words(&mut picture, 100, 260 + line * 70, 26, 76);
        block(&mut picture, 90, 300 + line * 70, 2_120, 3, Rgb([60, 60, 60]));
    }
    save(&picture, path)
}

/// A row of letters: strokes of ink with gaps, no two alike in a row.
fn words(picture: &mut RgbImage, left: u32, top: u32, size: u32, letters: u32) {
    for letter in 0..letters {
        if letter % 7 == 6 {
            continue;
        }
        let x = left + letter * (size * 4 / 5);
        let stroke = (size / 7).max(2);
        let ink = Rgb([25, 25, 30]);
        block(picture, x, top, stroke, size, ink);
        if letter % 2 == 0 {
            block(picture, x, top, size / 2, stroke, ink);
        }
        if letter % 3 != 1 {
            block(picture, x, top + size - stroke, size / 2, stroke, ink);
        }
        if letter % 3 != 0 {
            block(picture, x + size / 2 - stroke, top + size / 3, stroke, size / 2, ink);
        }
    }
}

fn block(picture: &mut RgbImage, left: u32, top: u32, width: u32, height: u32, colour: Rgb<u8>) {
    for y in top..(top + height).min(picture.height()) {
        for x in left..(left + width).min(picture.width()) {
            picture.put_pixel(x, y, colour);
        }
    }
}

fn save(picture: &RgbImage, path: &Path) -> PathBuf {
    picture.save(path).expect("a picture is written");
    path.to_owned()
}
