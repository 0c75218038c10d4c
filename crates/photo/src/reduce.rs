//! From an unpacked picture of any kind to one of three colours, reduced by whole steps as it is read: the large picture
//! is never copied.

use image::{DynamicImage, Rgb, RgbImage};

/// A pixel that lets something shine through stands on white paper.
const PAPER: u32 = 255;

/// Averages squares of `step` by `step` pixels. What does not fill a square at the right and lower edge goes.
pub(crate) fn reduce(picture: DynamicImage, step: u32) -> RgbImage {
    match picture {
        DynamicImage::ImageRgb8(image) if step == 1 => image,
        DynamicImage::ImageRgb8(image) => {
            squares(image.width(), image.height(), step, image.as_raw(), |[r, g, b]| [r, g, b])
        }
        DynamicImage::ImageLuma8(image) => {
            squares(image.width(), image.height(), step, image.as_raw(), |[grey]| [grey; 3])
        }
        DynamicImage::ImageLumaA8(image) => {
            squares(image.width(), image.height(), step, image.as_raw(), |[grey, alpha]| {
                [on_paper(grey, alpha); 3]
            })
        }
        DynamicImage::ImageRgba8(image) => {
            squares(image.width(), image.height(), step, image.as_raw(), |[r, g, b, alpha]| {
                [on_paper(r, alpha), on_paper(g, alpha), on_paper(b, alpha)]
            })
        }
        // Sixteen bits and more a colour: rare enough to be copied.
        other if other.color().has_alpha() => reduce(DynamicImage::ImageRgba8(other.into_rgba8()), step),
        other => reduce(DynamicImage::ImageRgb8(other.into_rgb8()), step),
    }
}

fn on_paper(colour: u32, alpha: u32) -> u32 {
    (colour * alpha + PAPER * (255 - alpha)) / 255
}

fn squares<const CHANNELS: usize>(
    width: u32,
    height: u32,
    step: u32,
    raw: &[u8],
    colours: impl Fn([u32; CHANNELS]) -> [u32; 3],
) -> RgbImage {
    let (across, down) = ((width / step).max(1), (height / step).max(1));
    let row_bytes = width as usize * CHANNELS;
    let mut sums = vec![[0_u32; 3]; across as usize];
    let mut reduced = RgbImage::new(across, down);
    for (y, target) in (0..down).zip(reduced.rows_mut()) {
        sums.fill([0; 3]);
        let mut rows = 0;
        for row in raw.chunks_exact(row_bytes).skip((y * step) as usize).take(step as usize) {
            rows += 1;
            for (sum, square) in sums.iter_mut().zip(row.chunks(CHANNELS * step as usize)) {
                for pixel in square.as_chunks::<CHANNELS>().0 {
                    let found = colours(pixel.map(u32::from));
                    for (total, colour) in sum.iter_mut().zip(found) {
                        *total += colour;
                    }
                }
            }
        }
        let pixels = (rows * step.min(width)).max(1);
        for (pixel, sum) in target.zip(&sums) {
            *pixel = Rgb(sum.map(|total| (total / pixels).min(255) as u8));
        }
    }
    reduced
}
