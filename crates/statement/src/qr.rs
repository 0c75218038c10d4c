//! The code on every page: the statement's summary and the page's number, as a picture that a scanner's light or a
//! telephone's camera reads.

use crate::page::{QR_CHARS_MAX, StatementError};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Only what QR's alphanumeric mode holds: other characters would make the modules too small to be read from paper.
pub(crate) fn check(text: &str) -> Result<(), StatementError> {
    let fits = !text.is_empty() && text.len() <= QR_CHARS_MAX;
    let known = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b"$%*+-./: ".contains(&b);
    if fits && text.bytes().all(known) { Ok(()) } else { Err(StatementError::QrText) }
}

/// An SVG picture of the code for one page, without quiet zone: the page leaves it. Vectors, because a raster of so many
/// small squares loses some of them in a viewer or printer with another resolution. Each row is a line interrupted where
/// modules are light; rows overlap a little, so that no seam shows between them.
pub(crate) fn picture(text: &str, page: u32) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(format!("{text}/{page}"), EcLevel::M).ok()?;
    let (side, modules) = (code.width(), code.to_colors());
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\">");
    for (row, modules) in modules.chunks(side).enumerate() {
        // Every row in coordinates of its own: equal runs are then equal bytes, and the file stays small.
        let _ = write!(
            svg,
            "<path transform=\"translate(0 {row}.5)\" stroke=\"#000\" stroke-width=\"1.03\" d=\""
        );
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(svg, "M{column} 0h{}", run.len());
            }
            column += run.len();
        }
        svg.push_str("\"/>");
    }
    svg.push_str("</svg>");
    Some(svg.into_bytes())
}
