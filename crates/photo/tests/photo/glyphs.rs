//! Digits and letters of five by seven points: drawn on cards, and read back from photos of them.

use image::{Rgb, RgbImage};

pub const ROWS: u32 = 7;
pub const COLUMNS: u32 = 5;
/// From one letter to the next, points.
pub const ADVANCE: u32 = 6;

/// Every row a number of five bits, the left one first.
const SHAPES: &[(char, [u8; 7])] = &[
    ('0', [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110]),
    ('1', [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('2', [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111]),
    ('3', [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110]),
    ('4', [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010]),
    ('5', [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110]),
    ('6', [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110]),
    ('7', [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000]),
    ('8', [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110]),
    ('9', [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100]),
    ('A', [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001]),
    ('D', [0b11100, 0b10010, 0b10001, 0b10001, 0b10001, 0b10010, 0b11100]),
    ('E', [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111]),
    ('I', [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('K', [0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001]),
    ('L', [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111]),
    ('M', [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001]),
    ('N', [0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001]),
    ('R', [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001]),
    ('S', [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110]),
    ('T', [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100]),
    ('U', [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110]),
];

fn shape(letter: char) -> Option<[u8; 7]> {
    SHAPES.iter().find(|(known, _)| *known == letter).map(|(_, shape)| *shape)
}

fn is_ink(shape: [u8; 7], column: u32, row: u32) -> bool {
    shape[row as usize] >> (COLUMNS - 1 - column) & 1 == 1
}

/// Left and upper edge in pixels, and how large a point is.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub x: f32,
    pub y: f32,
    pub point: f32,
}

pub fn draw(picture: &mut RgbImage, line: Line, text: &str, ink: Rgb<u8>) {
    for (place, letter) in (0_u32..).zip(text.chars()) {
        let Some(shape) = shape(letter) else { continue };
        let left = line.x + (place * ADVANCE) as f32 * line.point;
        for (x, y) in pixels(left, line.y, COLUMNS as f32 * line.point, ROWS as f32 * line.point) {
            let column = (x as f32 + 0.5 - left) / line.point;
            let row = (y as f32 + 0.5 - line.y) / line.point;
            let inside = column >= 0.0 && row >= 0.0 && column < COLUMNS as f32 && row < ROWS as f32;
            if inside && is_ink(shape, column as u32, row as u32) {
                picture.put_pixel(x, y, ink);
            }
        }
    }
}

fn pixels(x: f32, y: f32, width: f32, height: f32) -> impl Iterator<Item = (u32, u32)> {
    let across = x.floor() as u32..(x + width).ceil() as u32;
    let down = y.floor() as u32..(y + height).ceil() as u32;
    down.flat_map(move |y| across.clone().map(move |x| (x, y)))
}

/// What stands in a line, letter by letter: whichever known shape correlates best with the pixels there. Also the worst
/// lead of a letter over the next best, as a share of a perfect match.
pub fn read(picture: &RgbImage, line: Line, letters: usize, among: &str) -> (String, f32) {
    let mut text = String::new();
    let mut lead = f32::MAX;
    for place in 0..letters {
        let left = line.x + (place as u32 * ADVANCE) as f32 * line.point;
        let mut scores: Vec<(f32, char)> = among
            .chars()
            .filter_map(|letter| Some((letter, shape(letter)?)))
            .map(|(letter, shape)| (alike(picture, left, line, shape), letter))
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        text.push(scores[0].1);
        lead = lead.min(scores[0].0 - scores[1].0);
    }
    (text, lead)
}

/// Correlation between darkness and ink over the cell of a letter and half a point around it: 1 for a perfect match.
fn alike(picture: &RgbImage, left: f32, line: Line, shape: [u8; 7]) -> f32 {
    let (mut n, mut sx, mut sy, mut sxx, mut syy, mut sxy) = (0.0_f32, 0.0, 0.0, 0.0, 0.0, 0.0);
    for row in 0..ROWS * 4 {
        for column in 0..COLUMNS * 4 {
            let (x, y) = ((column as f32 + 0.5) / 4.0, (row as f32 + 0.5) / 4.0);
            let dark = 255.0 - at(picture, left + x * line.point, line.y + y * line.point);
            let ink = f32::from(u8::from(is_ink(shape, x as u32, y as u32)));
            n += 1.0;
            sx += dark;
            sy += ink;
            sxx += dark * dark;
            syy += ink * ink;
            sxy += dark * ink;
        }
    }
    let spread = (n * sxx - sx * sx).max(1.0).sqrt() * (n * syy - sy * sy).max(1e-6).sqrt();
    (n * sxy - sx * sy) / spread
}

/// The grey between the four pixels around a point.
fn at(picture: &RgbImage, x: f32, y: f32) -> f32 {
    let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
    let (across, down) = (x.fract(), y.fract());
    let grey = |dx: u32, dy: u32| {
        let column = (x as u32 + dx).min(picture.width() - 1);
        let row = (y as u32 + dy).min(picture.height() - 1);
        let [r, g, b] = picture.get_pixel(column, row).0;
        (f32::from(r) + f32::from(g) + f32::from(b)) / 3.0
    };
    let upper = grey(0, 0) * (1.0 - across) + grey(1, 0) * across;
    let lower = grey(0, 1) * (1.0 - across) + grey(1, 1) * across;
    upper * (1.0 - down) + lower * down
}
