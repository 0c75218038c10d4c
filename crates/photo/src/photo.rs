//! From whatever a camera gave to one small upright JPEG.

use crate::PhotoError;
use crate::look::look;
use crate::reduce::reduce;
use crate::sniff::{self, Kind};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::io::Cursor;

/// The largest file looked at, bytes.
pub const INPUT_BYTES_MAX: usize = 30 << 20;
/// The largest picture unpacked, pixels.
pub const PIXELS_MAX: u64 = 60_000_000;
/// The largest progressive one, pixels: it takes three times the memory.
pub const PROGRESSIVE_PIXELS_MAX: u64 = 30_000_000;
/// The largest result, bytes.
pub const PHOTO_BYTES_MAX: usize = 150_000;
/// Below this nothing on a card can be read, pixels.
pub const SHORT_SIDE_MIN: u32 = 400;
/// Memory for an unpacked picture, bytes.
const UNPACKED_BYTES_MAX: u64 = 256 << 20;

/// What the picture shows, for how large its letters must stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A KTP: few lines, large letters.
    IdentityCard,
    /// A KK or a sheet of paper: many lines, small letters.
    Document,
}

/// A photo ready to be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// At most [`PHOTO_BYTES_MAX`], without metadata, upright.
    pub jpeg: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// How well edges stand out, 0 to 1,000; see [`Doubt::Blurred`].
    pub sharpness: u32,
    /// What to ask the clerk before keeping it.
    pub doubts: Vec<Doubt>,
}

/// The program asks, a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    Blurred,
    Dark,
    /// Fewer pixels than a readable card asks for.
    Small,
}

impl Doubt {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Blurred => "Foto ini tampak kabur. Apakah semua tulisan terbaca?",
            Self::Dark => "Foto ini gelap. Apakah semua tulisan terbaca?",
            Self::Small => "Foto ini kecil. Apakah semua tulisan terbaca?",
        }
    }
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({}x{}, {} bytes)", self.width, self.height, self.jpeg.len())
    }
}

/// Edges that stand out less are asked about, thousandths.
const SHARPNESS_MIN: u32 = 140;
/// Paper that is darker is asked about.
const LIGHT_MIN: u8 = 90;

/// How far a picture may shrink on its way under the limit: sizes are tried from the largest, and at each the best
/// quality that fits. Blocks of a low quality hurt letters more than fewer pixels do, down to where letters run
/// together; so quality gives way first to `quality_good`, then size, then both.
struct Ladder {
    long_sides: &'static [u32],
    quality_good: u8,
    quality_min: u8,
    /// A source with a shorter long side is asked about.
    long_side_doubtful: u32,
}

/// A card of 86 mm that fills three quarters of the picture has 3 mm digits of 42 pixels on the first step, 25 on the
/// last.
const IDENTITY_CARD: Ladder = Ladder {
    long_sides: &[1_600, 1_440, 1_280, 1_120, 960],
    quality_good: 62,
    quality_min: 38,
    long_side_doubtful: 900,
};
/// A sheet of 297 mm that fills the picture has letters of 2.2 mm that are 16 pixels high on the first step, 10 on the
/// last.
const DOCUMENT: Ladder = Ladder {
    long_sides: &[2_200, 2_000, 1_800, 1_600, 1_400],
    quality_good: 48,
    quality_min: 30,
    long_side_doubtful: 1_300,
};
const QUALITY_MAX: u8 = 88;

/// One small upright JPEG without metadata. Takes up to some 300 MiB for a moment with the largest pictures.
///
/// # Errors
/// Each kind of bad input has words of its own.
pub fn prepare(bytes: &[u8], shape: Shape) -> Result<Photo, PhotoError> {
    if bytes.is_empty() {
        return Err(PhotoError::Empty);
    }
    if bytes.len() > INPUT_BYTES_MAX {
        return Err(PhotoError::TooManyBytes { bytes: bytes.len(), bytes_max: INPUT_BYTES_MAX });
    }
    let kind = sniff::kind(bytes)?;
    let ladder = match shape {
        Shape::IdentityCard => IDENTITY_CARD,
        Shape::Document => DOCUMENT,
    };
    let first = ladder.long_sides.first().copied().unwrap_or(u32::MAX);
    let Unpacked { picture, orientation, long_side } = unpack(bytes, kind)?;
    // Twice the final size is enough for the filter that comes after.
    let reduced = reduce(picture, (long_side / (2 * first)).max(1));
    let mut upright = DynamicImage::ImageRgb8(reduced);
    upright.apply_orientation(orientation);
    let (picture, jpeg) = shrink(&upright, &ladder)?;
    let seen = look(&picture);
    let doubts = [
        (seen.light < LIGHT_MIN, Doubt::Dark),
        (seen.sharpness < SHARPNESS_MIN, Doubt::Blurred),
        (long_side < ladder.long_side_doubtful, Doubt::Small),
    ];
    Ok(Photo {
        jpeg,
        width: picture.width(),
        height: picture.height(),
        sharpness: seen.sharpness,
        doubts: doubts.into_iter().filter(|(doubtful, _)| *doubtful).map(|(_, doubt)| doubt).collect(),
    })
}

struct Unpacked {
    picture: DynamicImage,
    orientation: Orientation,
    long_side: u32,
}

fn unpack(bytes: &[u8], kind: Kind) -> Result<Unpacked, PhotoError> {
    let (format, pixels_max) = match kind {
        Kind::Png => (ImageFormat::Png, PIXELS_MAX),
        Kind::Jpeg { progressive: false } => (ImageFormat::Jpeg, PIXELS_MAX),
        Kind::Jpeg { progressive: true } => (ImageFormat::Jpeg, PROGRESSIVE_PIXELS_MAX),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PhotoError::Broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > pixels_max || decoder.total_bytes() > UNPACKED_BYTES_MAX {
        return Err(PhotoError::TooManyPixels { width, height });
    }
    if width.min(height) < SHORT_SIDE_MIN {
        return Err(PhotoError::TooSmall { width, height, short_side_min: SHORT_SIDE_MIN });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| match error {
        ImageError::Limits(_) => PhotoError::TooManyPixels { width, height },
        _ => PhotoError::Broken,
    })?;
    Ok(Unpacked { picture, orientation, long_side: width.max(height) })
}

/// The largest size whose letters are still clean below the limit; where there is none, the largest that fits at all.
fn shrink(picture: &DynamicImage, ladder: &Ladder) -> Result<(RgbImage, Vec<u8>), PhotoError> {
    let own = picture.width().max(picture.height());
    let mut sides: Vec<u32> = ladder.long_sides.iter().map(|side| (*side).min(own)).collect();
    sides.dedup();
    let mut smallest = None;
    for side in &sides {
        let sized = sized(picture, *side);
        if let Some(jpeg) = best(&sized, ladder.quality_good, QUALITY_MAX)? {
            return Ok((sized, jpeg));
        }
        smallest = Some(sized);
    }
    let Some(sized) = smallest else { return Err(PhotoError::Broken) };
    match best(&sized, ladder.quality_min, ladder.quality_good)? {
        Some(jpeg) => Ok((sized, jpeg)),
        None => Err(PhotoError::TooGrainy),
    }
}

/// Never larger than it is.
fn sized(picture: &DynamicImage, long_side: u32) -> RgbImage {
    if picture.width().max(picture.height()) <= long_side {
        return picture.to_rgb8();
    }
    picture.resize(long_side, long_side, FilterType::Lanczos3).into_rgb8()
}

/// The best quality between the two, both included, that stays below the limit.
fn best(picture: &RgbImage, worst: u8, best: u8) -> Result<Option<Vec<u8>>, PhotoError> {
    let Some(mut fits) = fitting(picture, worst)? else { return Ok(None) };
    let (mut low, mut high) = (worst, best + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match fitting(picture, middle)? {
            Some(jpeg) => (low, fits) = (middle, jpeg),
            None => high = middle,
        }
    }
    Ok(Some(fits))
}

fn fitting(picture: &RgbImage, quality: u8) -> Result<Option<Vec<u8>>, PhotoError> {
    let mut jpeg = Vec::with_capacity(PHOTO_BYTES_MAX * 2);
    let mut encoder = Encoder::new(&mut jpeg, quality);
    // Letters are dark on light: colour may be coarse.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_progressive(true);
    let side = |side: u32| u16::try_from(side).map_err(|_| PhotoError::Broken);
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).map_err(|_| PhotoError::Broken)?;
    Ok((jpeg.len() <= PHOTO_BYTES_MAX).then_some(jpeg))
}
