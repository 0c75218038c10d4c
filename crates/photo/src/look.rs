//! How a finished picture looks: whether edges stand out and whether there was light.

use image::RgbImage;

/// How a picture looks, whatever is on it.
pub(crate) struct Look {
    /// The steepest step between neighbours, as a share of the whole range from dark to light, in thousandths. Print that
    /// is in focus goes from paper to ink within two pixels.
    pub sharpness: u32,
    /// 0 to 255: nearly all of the picture is darker.
    pub light: u8,
}

/// The steepest so many in a thousand steps are looked at: a few lines of text are enough to judge by.
const STEEPEST_PER_MILLE: u64 = 5;

pub(crate) fn look(picture: &RgbImage) -> Look {
    let grey: Vec<u8> = picture.pixels().map(|pixel| luma(pixel.0)).collect();
    let width = picture.width() as usize;
    let mut steps = [0_u64; 256];
    let mut levels = [0_u64; 256];
    for (y, row) in grey.chunks_exact(width).enumerate() {
        let below = grey.get((y + 1) * width..(y + 2) * width);
        for (x, here) in row.iter().enumerate() {
            levels[usize::from(*here)] += 1;
            let right = row.get(x + 1).map_or(0, |there| here.abs_diff(*there));
            let down = below.and_then(|below| below.get(x)).map_or(0, |there| here.abs_diff(*there));
            steps[usize::from(right.max(down))] += 1;
        }
    }
    let light = at_share(&levels, 990);
    let range = u32::from(light.saturating_sub(at_share(&levels, 10))).max(1);
    let steepest = u32::from(at_share(&steps, 1_000 - STEEPEST_PER_MILLE));
    Look { sharpness: (steepest * 1_000 / range).min(1_000), light }
}

fn luma([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1_000) as u8
}

/// The level below which so many thousandths lie.
fn at_share(counts: &[u64; 256], per_mille: u64) -> u8 {
    let all: u64 = counts.iter().sum();
    let wanted = all * per_mille / 1_000;
    let mut seen = 0;
    for (level, count) in (0_u8..=255).zip(counts) {
        seen += count;
        if seen > wanted {
            return level;
        }
    }
    255
}
