//! Pictures out of files from outside: photos, scans, and the pages of a PDF as they look.

use crate::SealError;
use crate::file::Pdf;
use crate::scans::{SCAN_PAGES_MAX, SCAN_PIXELS_MAX, Scan};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf as Drawn;
use hayro::{RenderCache, RenderSettings};
use image::{GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use lopdf::{Object, ObjectId, Stream};
use std::io::{self, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Memory that decoding one picture may take, bytes.
const DECODING_BYTES_MAX: u64 = 512 << 20;
/// What one stream of a scanned PDF may inflate to: a colour picture at its most.
const STREAM_BYTES_MAX: usize = SCAN_PIXELS_MAX * 4;
/// Pixels of a drawn page; less resolution beyond.
const DRAWN_PIXELS_MAX: f32 = 30_000_000.0;
/// Pictures looked at on one page; a scanner puts one there.
const PAGE_PICTURES_MAX: usize = 4;
/// Points an inch.
const POINTS: f32 = 72.0;

/// A JPEG or PNG in grey.
pub(crate) fn photo(scan: &Scan<'_>, format: ImageFormat) -> Result<GrayImage, SealError> {
    let unreadable = || SealError::Image { name: scan.name.to_owned() };
    let decode = || -> Result<GrayImage, SealError> {
        let mut limits = Limits::default();
        limits.max_alloc = Some(DECODING_BYTES_MAX);
        let mut reader = ImageReader::with_format(Cursor::new(scan.bytes), format);
        reader.limits(limits);
        let decoder = reader.into_decoder().map_err(|_| unreadable())?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > SCAN_PIXELS_MAX as u64 {
            return Err(SealError::ImageTooLarge { name: scan.name.to_owned() });
        }
        let picture = image::DynamicImage::from_decoder(decoder).map_err(|_| unreadable())?;
        Ok(picture.into_luma8())
    };
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| Err(unreadable()))
}

/// The pages of a PDF: the pictures that a scanner put on them, and drawn when asked for.
pub(crate) struct DrawnPages {
    opened: Pdf,
    ids: Vec<ObjectId>,
    pdf: Drawn,
}

impl DrawnPages {
    pub fn open(bytes: &[u8]) -> Result<Self, SealError> {
        let opened = Pdf::open(bytes)?;
        let ids: Vec<ObjectId> = opened.document.page_iter().take(SCAN_PAGES_MAX + 1).collect();
        if ids.len() > SCAN_PAGES_MAX {
            return Err(SealError::TooManyPages { most: SCAN_PAGES_MAX });
        }
        within_limits(&opened)?;
        let data: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
        let pdf = catch_unwind(AssertUnwindSafe(|| Drawn::new(data)))
            .map_err(|_| SealError::Malformed)?
            .map_err(|_| SealError::Malformed)?;
        Ok(Self { opened, ids, pdf })
    }

    pub fn count(&self) -> usize {
        self.pdf.pages().len().min(SCAN_PAGES_MAX)
    }

    /// The JPEG pictures on a page (from 0) in grey, dot for dot as the scanner took them: drawing the page would blur
    /// them once more.
    pub fn pictures(&self, page: usize) -> Vec<GrayImage> {
        let Some(id) = self.ids.get(page) else { return Vec::new() };
        let document = &self.opened.document;
        let Ok((own, inherited)) = document.get_page_resources(*id) else { return Vec::new() };
        let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        let listed = own.into_iter().chain(inherited).filter_map(|resources| {
            let (_, objects) = document.dereference(resources.get(b"XObject").ok()?).ok()?;
            objects.as_dict().ok()
        });
        listed
            .flat_map(|objects| objects.iter())
            .filter_map(|(_, object)| document.dereference(object).ok()?.1.as_stream().ok())
            .filter(|stream| is_jpeg(stream))
            .take(PAGE_PICTURES_MAX)
            .filter_map(|stream| {
                let scan = Scan { name: "", bytes: &stream.content };
                photo(&scan, ImageFormat::Jpeg).ok()
            })
            .collect()
    }

    /// The page (from 0) in grey; `None` where it cannot be drawn.
    pub fn draw(&self, page: usize, dots_per_inch: f32) -> Option<GrayImage> {
        let draw = || {
            let page = self.pdf.pages().get(page)?;
            let (width, height) = page.render_dimensions();
            let scale = (dots_per_inch / POINTS).min((DRAWN_PIXELS_MAX / (width * height)).sqrt());
            let fits = |side: f32| (1.0..f32::from(u16::MAX)).contains(&(side * scale));
            if !fits(width) || !fits(height) {
                return None;
            }
            let settings = RenderSettings {
                x_scale: scale,
                y_scale: scale,
                bg_color: hayro::vello_cpu::color::palette::css::WHITE,
                ..RenderSettings::default()
            };
            let drawn = hayro::render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
            let grey = drawn.data_as_u8_slice().as_chunks::<4>().0.iter().map(|[red, green, blue, _]| {
                ((u32::from(*red) * 299 + u32::from(*green) * 587 + u32::from(*blue) * 114) / 1_000) as u8
            });
            GrayImage::from_raw(u32::from(drawn.width()), u32::from(drawn.height()), grey.collect())
        };
        catch_unwind(AssertUnwindSafe(draw)).unwrap_or_default()
    }
}

/// A picture that is a whole JPEG file.
fn is_jpeg(stream: &Stream) -> bool {
    let named = |key: &[u8], name: &[u8]| {
        stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
    };
    named(b"Subtype", b"Image") && named(b"Filter", b"DCTDecode")
}

/// Refuses what would inflate beyond any real scan, before it is drawn.
fn within_limits(pdf: &Pdf) -> Result<(), SealError> {
    for object in pdf.document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        let side = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).unwrap_or(0).max(0);
        if side(b"Width").saturating_mul(side(b"Height")) > SCAN_PIXELS_MAX as i64 {
            return Err(SealError::Bomb);
        }
        if let Err(lopdf::Error::Decompress(
            lopdf::DecompressError::MemoryLimitExceeded { .. }
            | lopdf::DecompressError::TooManyFilters { .. },
        )) = stream.decompress_to_writer(&mut io::sink(), STREAM_BYTES_MAX)
        {
            return Err(SealError::Bomb);
        }
    }
    Ok(())
}
