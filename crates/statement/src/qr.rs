//! The code on every page: the statement's summary and the page's number, as a picture that a scanner's light or a
//! telephone's camera reads.

use crate::page::{QR_CHARS_MAX, StatementError};
use image::{GrayImage, ImageEncoder, Luma, codecs::png::PngEncoder};
use qrcode::{EcLevel, QrCode};

/// Pixels a module: enough that no viewer's smoothing reaches its middle.
const MODULE_PIXELS: u32 = 4;

/// Only what QR's alphanumeric mode holds: other characters would make the modules too small to be read from paper.
pub(crate) fn check(text: &str) -> Result<(), StatementError> {
    let fits = !text.is_empty() && text.len() <= QR_CHARS_MAX;
    let known = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b"$%*+-./: ".contains(&b);
    if fits && text.bytes().all(known) { Ok(()) } else { Err(StatementError::QrText) }
}

/// A PNG of the code for one page, without quiet zone: the page leaves it.
pub(crate) fn picture(text: &str, page: u32) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(format!("{text}/{page}"), EcLevel::M).ok()?;
    let modules = u32::try_from(code.width()).ok()?;
    let dark = code.to_colors();
    let side = modules * MODULE_PIXELS;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let module = (y / MODULE_PIXELS) * modules + x / MODULE_PIXELS;
        let is_dark = dark.get(module as usize).is_some_and(|color| *color == qrcode::Color::Dark);
        Luma([if is_dark { 0 } else { 255 }])
    });
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&picture, side, side, image::ExtendedColorType::L8).ok()?;
    Some(bytes)
}
