//! Made-up cards on made-up tables, as a telephone sees them.

use crate::glyphs::{self, Line};
use image::{Rgb, RgbImage, imageops};
use jpeg_encoder::{ColorType, Encoder};

/// Of an identity card, mm.
pub const CARD: (f32, f32) = (85.6, 54.0);
/// Of an A4 sheet on its side, mm.
pub const SHEET: (f32, f32) = (297.0, 210.0);
pub const NIK: &str = "3305012408790003";
const INK: Rgb<u8> = Rgb([35, 35, 45]);
const SMALL: [&str; 8] = [
    "SITI MARLINA DEMAK",
    "KEMIRI 24081979",
    "DUSUN KEMIRI RT 003",
    "DESA ADIMULIA",
    "ISLAM",
    "KAMITUA TANI",
    "SEDANA MUDA",
    "24081979",
];

/// A picture with a card or sheet in it, and where on it the lines stand.
pub struct Scene {
    pub picture: RgbImage,
    /// In pixels of this picture.
    pub nik: Line,
    /// The first small line.
    pub small: Line,
    pub small_text: &'static str,
}

/// Where a line of letters of that height stands, mm from the corner of the card.
fn line(corner: (f32, f32), pixels_per_mm: f32, x: f32, y: f32, height: f32) -> Line {
    Line {
        x: corner.0 + x * pixels_per_mm,
        y: corner.1 + y * pixels_per_mm,
        point: height * pixels_per_mm / glyphs::ROWS as f32,
    }
}

/// An identity card that fills so much of the picture's width, on a wooden table.
pub fn card(width: u32, height: u32, fills: f32) -> Scene {
    let mut picture = table(width, height);
    let scale = width as f32 * fills / CARD.0;
    let corner = ((width as f32 - CARD.0 * scale) / 2.0, (height as f32 - CARD.1 * scale) / 2.0);
    paper(&mut picture, corner, (CARD.0 * scale, CARD.1 * scale), Rgb([196, 222, 238]));
    let nik = line(corner, scale, 24.0, 10.0, 3.0);
    glyphs::draw(&mut picture, line(corner, scale, 4.0, 10.0, 3.0), "NIK", INK);
    glyphs::draw(&mut picture, nik, NIK, INK);
    for (place, text) in (0_u8..).zip(SMALL) {
        let small = line(corner, scale, 24.0, 17.0 + 3.6 * f32::from(place), 1.7);
        glyphs::draw(&mut picture, small, text, INK);
    }
    let small = line(corner, scale, 24.0, 17.0, 1.7);
    Scene { picture, nik, small, small_text: SMALL[0] }
}

/// A family card: a sheet full of small lines.
pub fn sheet(width: u32, height: u32, fills: f32) -> Scene {
    let mut picture = table(width, height);
    let scale = width as f32 * fills / SHEET.0;
    let corner = ((width as f32 - SHEET.0 * scale) / 2.0, (height as f32 - SHEET.1 * scale) / 2.0);
    paper(&mut picture, corner, (SHEET.0 * scale, SHEET.1 * scale), Rgb([246, 246, 240]));
    for row in 0..26_u8 {
        for column in 0..5_u8 {
            let text = SMALL[usize::from(row + column) % SMALL.len()];
            let at = line(corner, scale, 10.0 + 57.0 * f32::from(column), 40.0 + 6.0 * f32::from(row), 2.2);
            glyphs::draw(&mut picture, at, text, INK);
        }
    }
    let nik = line(corner, scale, 110.0, 24.0, 3.2);
    glyphs::draw(&mut picture, nik, NIK, INK);
    Scene { picture, nik, small: line(corner, scale, 10.0, 40.0, 2.2), small_text: SMALL[0] }
}

impl Scene {
    /// As a lens and a small sensor leave it: soft by so many pixels, with grain of that strength.
    pub fn taken(mut self, blur: f32, grain: i16) -> Self {
        if blur > 0.0 {
            self.picture = imageops::fast_blur(&self.picture, blur);
        }
        let mut chance = Chance(7);
        for pixel in self.picture.pixels_mut() {
            let shift = chance.around(grain);
            pixel.0 = pixel.0.map(|colour| (i16::from(colour) + shift).clamp(0, 255) as u8);
        }
        self
    }

    /// As a telephone stores it.
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        jpeg(&self.picture, quality, &[])
    }

    /// The same places in a picture of another width.
    pub fn scaled(&self, line: Line, width: u32) -> Line {
        let share = width as f32 / self.picture.width() as f32;
        Line { x: line.x * share, y: line.y * share, point: line.point * share }
    }
}

/// With application segments by their number.
pub fn jpeg(picture: &RgbImage, quality: u8, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data).expect("a segment");
    }
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).expect("encoded");
    bytes
}

/// Wood: slow waves of brown.
fn table(width: u32, height: u32) -> RgbImage {
    let waves: Vec<f32> = (0..width).map(|x| (x as f32 / 37.0).sin() * 14.0).collect();
    RgbImage::from_fn(width, height, |x, y| {
        let wave = waves[((x + y / 9) % width) as usize] as i16;
        Rgb([120, 85, 55].map(|colour: i16| (colour + wave).clamp(0, 255) as u8))
    })
}

/// Light paper with a faint pattern, as cards have.
fn paper(picture: &mut RgbImage, corner: (f32, f32), size: (f32, f32), colour: Rgb<u8>) {
    let (right, bottom) = ((corner.0 + size.0) as u32, (corner.1 + size.1) as u32);
    for y in corner.1 as u32..bottom.min(picture.height()) {
        for x in corner.0 as u32..right.min(picture.width()) {
            let faint = ((x * 3 + y * 5) / 23 % 9) as u8;
            picture.put_pixel(x, y, Rgb(colour.0.map(|value| value - faint)));
        }
    }
}

/// The same every time.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// Mostly near zero, at most so far from it.
    fn around(&mut self, most: i16) -> i16 {
        if most == 0 {
            return 0;
        }
        let wide = 2 * u64::try_from(most).expect("positive") + 1;
        let sum = (self.next() % wide + self.next() % wide) as i16;
        (sum / 2) - most
    }
}
