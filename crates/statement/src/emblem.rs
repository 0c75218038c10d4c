//! The office's emblem: whatever picture the clerk picks becomes a small JPEG on white, without its metadata.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

pub const EMBLEM_BYTES_MAX: usize = 5 << 20;
pub const EMBLEM_PIXELS_MAX: u64 = 40_000_000;
/// What goes into every statement.
pub const EMBLEM_PREPARED_BYTES_MAX: usize = 40_000;
/// 20 mm at 600 dots per inch.
const SIDE_PIXELS: u32 = 472;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmblemError {
    #[error("Berkas gambar terlalu besar: {found} byte, paling banyak 5 MB. Perkecil gambarnya dahulu.")]
    TooLarge { found: usize },
    #[error("Berkas ini bukan gambar JPEG atau PNG. Pilih gambar lambang yang berakhiran .jpg atau .png.")]
    NotAPicture,
    #[error(
        "Gambar terlalu lebar atau terlalu tinggi, paling banyak 40 juta titik. Perkecil gambarnya dahulu."
    )]
    TooManyPixels,
    #[error("Gambar ini rusak atau terpotong. Salin sekali lagi dari sumbernya.")]
    Broken,
}

/// JPEG or PNG in; a JPEG on white of at most [`EMBLEM_PREPARED_BYTES_MAX`] out, the same for the same picture.
pub fn prepare_emblem(bytes: &[u8]) -> Result<Vec<u8>, EmblemError> {
    if bytes.len() > EMBLEM_BYTES_MAX {
        return Err(EmblemError::TooLarge { found: bytes.len() });
    }
    let on_white = on_white(small(decoded(bytes)?));
    [90, 82, 74, 64, 50, 35, 20]
        .into_iter()
        .filter_map(|quality| jpeg(&on_white, quality))
        .find(|jpeg| jpeg.len() <= EMBLEM_PREPARED_BYTES_MAX)
        .ok_or(EmblemError::Broken)
}

/// JPEG or PNG within the limits, turned the way it was taken.
pub(crate) fn decoded(bytes: &[u8]) -> Result<DynamicImage, EmblemError> {
    let reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| EmblemError::NotAPicture)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err(EmblemError::NotAPicture);
    }
    let mut decoder = reader.into_decoder().map_err(|_| EmblemError::Broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > EMBLEM_PIXELS_MAX {
        return Err(EmblemError::TooManyPixels);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(EMBLEM_PIXELS_MAX * 16);
    decoder.set_limits(limits).map_err(|_| EmblemError::TooManyPixels)?;
    let orientation = decoder.orientation().map_err(|_| EmblemError::Broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| EmblemError::Broken)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn small(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= SIDE_PIXELS {
        return picture;
    }
    picture.resize(SIDE_PIXELS, SIDE_PIXELS, FilterType::CatmullRom)
}

fn on_white(picture: DynamicImage) -> RgbImage {
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        let over_white = |value: u8| {
            let (value, alpha) = (u32::from(value), u32::from(alpha));
            u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over_white(red), over_white(green), over_white(blue)])
    })
}

fn jpeg(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).ok()?;
    Some(bytes)
}
