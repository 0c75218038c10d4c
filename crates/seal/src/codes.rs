//! Finding the sheets' QR codes in a picture: the same picture is tried at several sizes and treatments, since what one
//! scanner blurs another makes too coarse.

use crate::sheet::Sheet;
use image::GrayImage;
use image::imageops::{self, FilterType};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// White around the picture: a code may reach to its edge.
const MARGIN: u32 = 24;
/// How much a picture is enlarged at most.
const ENLARGED_MAX: u32 = 3;

#[derive(Clone, Copy)]
enum Treatment {
    AsIs,
    /// Brings back edges that a scanner blurred.
    Sharpened,
    /// Takes away the grain of a photo.
    Smoothed,
}

/// Longest side in pixels and treatment, in the order tried: what reads most scans first. A page of A4 at 200 dots an
/// inch is 2,340 pixels long.
const ATTEMPTS: [(u32, Treatment); 8] = [
    (2_400, Treatment::AsIs),
    (2_400, Treatment::Sharpened),
    (3_500, Treatment::AsIs),
    (3_500, Treatment::Sharpened),
    (1_400, Treatment::AsIs),
    (2_400, Treatment::Smoothed),
    (4_700, Treatment::AsIs),
    (4_700, Treatment::Sharpened),
];

/// Every sheet of ours in the picture, in the first attempt that shows one.
pub(crate) fn sheets(picture: &GrayImage) -> Vec<Sheet> {
    let longest = picture.width().max(picture.height()).max(1);
    let mut tried = Vec::new();
    for (side, treatment) in ATTEMPTS {
        // Pictures of nearly the size wanted stay as they are, and the same is not tried twice.
        let side = if side.abs_diff(longest) * 10 < longest { longest } else { side };
        let side = side.min(longest.saturating_mul(ENLARGED_MAX));
        if tried.contains(&(side, treatment as u8)) {
            continue;
        }
        tried.push((side, treatment as u8));
        let enlarged = side as f32 / longest as f32;
        let found = read(&treated(sized(picture, longest, side), treatment, enlarged));
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn sized(picture: &GrayImage, longest: u32, side: u32) -> GrayImage {
    let scaled =
        |length: u32| (u64::from(length) * u64::from(side) / u64::from(longest.max(1))).max(1) as u32;
    let (width, height) = (scaled(picture.width()), scaled(picture.height()));
    if side < longest {
        imageops::thumbnail(picture, width, height)
    } else if side > longest {
        imageops::resize(picture, width, height, FilterType::Triangle)
    } else {
        picture.clone()
    }
}

fn treated(picture: GrayImage, treatment: Treatment, enlarged: f32) -> GrayImage {
    let treated = match treatment {
        Treatment::AsIs => picture,
        Treatment::Sharpened => imageops::unsharpen(&picture, 1.5 * enlarged.max(1.0), 2),
        Treatment::Smoothed => imageops::blur(&picture, 1.0),
    };
    let (width, height) = treated.dimensions();
    let mut framed = GrayImage::from_pixel(width + 2 * MARGIN, height + 2 * MARGIN, image::Luma([255]));
    imageops::replace(&mut framed, &treated, i64::from(MARGIN), i64::from(MARGIN));
    framed
}

/// A panic inside the reader is a picture it was not made for: nothing was read.
fn read(picture: &GrayImage) -> Vec<Sheet> {
    let (width, height) = picture.dimensions();
    let search = || {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
                picture.get_pixel(x as u32, y as u32).0[0]
            });
        let mut found: Vec<Sheet> = Vec::new();
        for grid in prepared.detect_grids() {
            if let Ok((_, text)) = grid.decode()
                && let Some(Ok(sheet)) = Sheet::parse(&text)
                && !found.contains(&sheet)
            {
                found.push(sheet);
            }
        }
        found
    };
    catch_unwind(AssertUnwindSafe(search)).unwrap_or_default()
}
