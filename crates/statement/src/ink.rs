//! A drawn signature as vectors: smooth strokes, a little thicker where the pen pressed harder.

use crate::page::{INK_POINTS_MAX, Point, StatementError, Strokes};
use std::fmt::Write;

/// The field on paper in hundredths of a millimetre; the drawing is fitted into it and keeps its proportions.
const FIELD_WIDTH: f64 = 5_000.0;
const FIELD_HEIGHT: f64 = 2_200.0;
/// Room for the thickest stroke at the edge.
const MARGIN: f64 = 60.0;
/// Points closer than this add nothing that ink could show.
const STEP_MIN: f64 = 12.0;
/// Stroke widths from the lightest to the hardest touch; few, so that a signature stays small.
const WIDTHS: [u32; 5] = [38, 46, 54, 62, 72];

/// An SVG picture, `FIELD_WIDTH` by `FIELD_HEIGHT`.
pub(crate) fn svg(strokes: &Strokes) -> Result<Vec<u8>, StatementError> {
    let points = || strokes.0.iter().flatten();
    if points().count() > INK_POINTS_MAX {
        return Err(StatementError::DrawingTooLarge);
    }
    if points().any(|point| !point.x.is_finite() || !point.y.is_finite()) {
        return Err(StatementError::DrawingTooLarge);
    }
    let fit = Fit::around(points()).ok_or(StatementError::EmptyDrawing)?;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {FIELD_WIDTH} {FIELD_HEIGHT}\">\
         <g fill=\"none\" stroke=\"#14213d\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
    );
    for stroke in &strokes.0 {
        draw(&mut svg, &fit.onto_paper(stroke));
    }
    svg.push_str("</g></svg>");
    Ok(svg.into_bytes())
}

#[derive(Clone, Copy)]
struct Dot {
    x: f64,
    y: f64,
    width: u32,
}

impl Dot {
    fn towards(self, other: Dot) -> (f64, f64) {
        ((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }

    fn is_near(self, other: Dot) -> bool {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        dx * dx + dy * dy < STEP_MIN * STEP_MIN
    }
}

/// Moves the drawing's own units onto the field.
struct Fit {
    left: f64,
    top: f64,
    scale: f64,
    x: f64,
    y: f64,
}

impl Fit {
    /// `None` for a drawing without extent: nothing, or one dot.
    fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Self> {
        let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
        let (mut right, mut bottom) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for point in points {
            let (x, y) = (f64::from(point.x), f64::from(point.y));
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
        let (width, height) = (right - left, bottom - top);
        if !(width > 0.0 || height > 0.0) {
            return None;
        }
        let (room_x, room_y) = (FIELD_WIDTH - 2.0 * MARGIN, FIELD_HEIGHT - 2.0 * MARGIN);
        let scale = (room_x / width).min(room_y / height);
        Some(Self {
            left,
            top,
            scale,
            x: MARGIN + (room_x - width * scale) / 2.0,
            y: MARGIN + (room_y - height * scale) / 2.0,
        })
    }

    fn onto_paper(&self, stroke: &[Point]) -> Vec<Dot> {
        let mut dots: Vec<Dot> = Vec::with_capacity(stroke.len());
        for (index, point) in stroke.iter().enumerate() {
            let dot = Dot {
                x: self.x + (f64::from(point.x) - self.left) * self.scale,
                y: self.y + (f64::from(point.y) - self.top) * self.scale,
                width: width(point.pressure),
            };
            let is_last = index + 1 == stroke.len();
            if is_last || dots.last().is_none_or(|kept| !kept.is_near(dot)) {
                dots.push(dot);
            }
        }
        dots
    }
}

/// A mouse reports no pressure (0 or NaN): it draws the middle width.
fn width(pressure: f32) -> u32 {
    let pressure = if pressure > 0.0 { pressure.min(1.0) } else { 0.5 };
    let level = (f64::from(pressure) * WIDTHS.len() as f64) as usize;
    WIDTHS[level.min(WIDTHS.len() - 1)]
}

/// Curves run from middle to middle with the sample as control point; a new path begins where the width changes.
fn draw(svg: &mut String, dots: &[Dot]) {
    let (Some(first), Some(last)) = (dots.first(), dots.last()) else { return };
    begin(svg, first.width, (first.x, first.y));
    if dots.len() == 1 {
        let _ = write!(svg, "h1");
    }
    let mut width = first.width;
    let mut at = (first.x, first.y);
    for pair in dots.windows(2).skip(1) {
        let [dot, next] = [pair[0], pair[1]];
        if dot.width != width {
            width = dot.width;
            svg.push_str("\"/>");
            begin(svg, width, at);
        }
        at = dot.towards(next);
        let _ = write!(svg, "Q{:.0} {:.0} {:.0} {:.0}", dot.x, dot.y, at.0, at.1);
    }
    let _ = write!(svg, "L{:.0} {:.0}\"/>", last.x, last.y);
}

fn begin(svg: &mut String, width: u32, (x, y): (f64, f64)) {
    let _ = write!(svg, "<path stroke-width=\"{width}\" d=\"M{x:.0} {y:.0}");
}
