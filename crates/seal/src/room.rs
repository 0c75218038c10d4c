//! Room for a signature in a finished PDF, and what the signature is made over (ISO 32000-1, 12.8; ETSI EN 319 142-1).

use crate::SealError;
use crate::coverage::Coverage;
use crate::fields::signature_fields;
use crate::file::Pdf;
use lopdf::xref::XrefType;
use lopdf::{Dictionary, Object, ObjectId, StringFormat, Writer, dictionary, text_string};
use payung_domain::{Timestamp, UtcOffset};
use payung_keys::{hex, sha256};
use std::ops::Range;

/// Room kept for the CMS in DER: a signature with its certificate takes some 1,500 bytes, its time stamp as much again.
pub const RESERVED_BYTES: usize = 5_120;

/// Print and Locked: the field is printed (PDF/A asks it) and cannot be moved.
const FIELD_FLAGS: i64 = 4 | 128;
/// The file holds a signature, and is only to be written by appending.
const SIG_FLAGS: i64 = 3;
/// Digits kept for each number of the byte range.
const RANGE_DIGITS: usize = 10;

/// What the empty signature says of itself, before anyone signs.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    pub signer: String,
    pub title: String,
    pub reason: String,
    pub location: String,
    /// Claimed by the device; proves nothing.
    pub at: Timestamp,
    pub utc_offset: UtcOffset,
}

/// A PDF with an empty signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Room {
    pub bytes: Vec<u8>,
    /// The hexadecimal digits inside `<` and `>`, all zero.
    pub gap: Range<usize>,
    /// See [`digest_outside`].
    pub digest: [u8; 32],
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place(..)")
    }
}

impl std::fmt::Debug for Room {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Room({} bytes, gap {:?})", self.bytes.len(), self.gap)
    }
}

/// Appends an incremental update with an empty signature field on page 1, invisible. The bytes given stay as they are,
/// and the same input gives the same bytes.
///
/// # Errors
/// What cannot be opened as a PDF, and [`SealError::NoRoom`] for a file that holds a field already or
/// has no page.
pub fn make_room(pdf: &[u8], place: &Place) -> Result<Room, SealError> {
    let opened = Pdf::open(pdf)?;
    let document = &opened.document;
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(|_| SealError::NoRoom)?;
    let page = document.page_iter().next().ok_or(SealError::NoRoom)?;
    let mut catalog = document.get_dictionary(root).map_err(|_| SealError::NoRoom)?.clone();
    let mut sheet = document.get_dictionary(page).map_err(|_| SealError::NoRoom)?.clone();
    if catalog.has(b"AcroForm") || document.xref_recovery.is_some() || document.xref_start == 0 {
        return Err(SealError::NoRoom);
    }

    let signature: ObjectId = (document.max_id + 1, 0);
    let field: ObjectId = (document.max_id + 2, 0);
    let mut annotations = match sheet.get(b"Annots").map(|object| document.dereference(object)) {
        Ok(Ok((_, object))) => object.as_array().map_err(|_| SealError::NoRoom)?.clone(),
        Ok(Err(_)) => return Err(SealError::NoRoom),
        Err(_) => Vec::new(),
    };
    annotations.push(Object::Reference(field));
    sheet.set("Annots", annotations);
    catalog
        .set("AcroForm", dictionary! { "Fields" => vec![Object::Reference(field)], "SigFlags" => SIG_FLAGS });

    let mut update = Update { start: pdf.len(), bytes: Vec::new(), offsets: Vec::new() };
    update.bytes.push(b'\n');
    for (id, object) in [(root, Object::Dictionary(catalog)), (page, Object::Dictionary(sheet))] {
        update.object(id, &object)?;
    }
    update.object(
        field,
        &Object::Dictionary(dictionary! {
            "Type" => "Annot",
            "Subtype" => "Widget",
            "FT" => "Sig",
            "T" => text_string("Tanda tangan kepala"),
            "V" => signature,
            "P" => page,
            "F" => FIELD_FLAGS,
            "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        }),
    )?;
    let gap = update.signature(signature, place)?;
    let range_at = gap.range_at;
    let gap = gap.digits;
    let identity = sha256(&[b"payung seal id 1", pdf, &update.bytes]);
    update.end(document, &identity[..16])?;

    let mut bytes = pdf.to_vec();
    bytes.append(&mut update.bytes);
    let numbers = [0, gap.start - 1, gap.end + 1, bytes.len() - (gap.end + 1)];
    let range: Vec<String> = numbers.iter().map(usize::to_string).collect();
    let range = format!("{:<width$}", range.join(" "), width = range_width());
    bytes[range_at..range_at + range.len()].copy_from_slice(range.as_bytes());
    let digest = digest_outside(&bytes, gap.clone());
    Ok(Room { bytes, gap, digest })
}

/// SHA-256 over everything but the gap and its `<` and `>`: what the signature's byte range covers.
pub fn digest_outside(bytes: &[u8], gap: Range<usize>) -> [u8; 32] {
    let before = &bytes[..gap.start.saturating_sub(1).min(bytes.len())];
    let after = bytes.get(gap.end.saturating_add(1)..).unwrap_or_default();
    sha256(&[before, after])
}

/// Where signatures stand in a finished PDF: for each the hexadecimal digits inside `<` and `>`, in the form's order.
/// Empty for a file that cannot be read, and without ranges that are not exactly around their signature.
pub fn signature_places(pdf: &[u8]) -> Vec<Range<usize>> {
    let Ok(opened) = Pdf::open(pdf) else { return Vec::new() };
    signature_fields(&opened.document)
        .iter()
        .filter_map(|field| Coverage::of(pdf, &opened.document, field).ok())
        .map(|coverage| coverage.gap.start + 1..coverage.gap.end - 1)
        .collect()
}

/// Writes the signature into its gap and fills the rest with zeros. Nothing outside the gap changes, so it may be done
/// again with the same signature and its time stamp.
///
/// # Errors
/// [`SealError::DoesNotFit`], with `bytes` unchanged: the CMS is longer than the gap, or there is no gap there.
pub fn fill(bytes: &mut [u8], gap: Range<usize>, cms: &[u8]) -> Result<(), SealError> {
    let bracket =
        |at: Option<usize>, wanted: u8| at.and_then(|at| bytes.get(at)).is_some_and(|found| *found == wanted);
    let framed = bracket(gap.start.checked_sub(1), b'<') && bracket(Some(gap.end), b'>');
    let digits = hex(cms);
    let Some(place) = bytes.get_mut(gap).filter(|place| framed && place.len() >= digits.len()) else {
        return Err(SealError::DoesNotFit);
    };
    place.fill(b'0');
    place[..digits.len()].copy_from_slice(digits.as_bytes());
    Ok(())
}

/// An incremental update in the making.
struct Update {
    /// Length of the file before it.
    start: usize,
    bytes: Vec<u8>,
    offsets: Vec<(ObjectId, usize)>,
}

/// Where the byte range is to be written, and the gap: both as offsets in the file.
struct Gap {
    range_at: usize,
    digits: Range<usize>,
}

impl Update {
    fn at(&self) -> usize {
        self.start + self.bytes.len()
    }

    fn object(&mut self, id: ObjectId, object: &Object) -> Result<(), SealError> {
        self.offsets.push((id, self.at()));
        self.write(format!("{} {} obj\n", id.0, id.1).as_bytes());
        Writer::write_object(&mut self.bytes, object).map_err(|_| SealError::NoRoom)?;
        self.write(b"\nendobj\n");
        Ok(())
    }

    fn signature(&mut self, id: ObjectId, place: &Place) -> Result<Gap, SealError> {
        self.offsets.push((id, self.at()));
        self.write(
            format!(
                "{} {} obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[",
                id.0, id.1
            )
            .as_bytes(),
        );
        let range_at = self.at();
        self.write(" ".repeat(range_width()).as_bytes());
        self.write(b"]/Contents<");
        let start = self.at();
        self.write("0".repeat(RESERVED_BYTES * 2).as_bytes());
        let digits = start..self.at();
        self.write(b">");
        let name = match place.title.as_str() {
            "" => place.signer.clone(),
            title => format!("{}, {title}", place.signer),
        };
        let said = [("Name", &name), ("Reason", &place.reason), ("Location", &place.location)];
        for (key, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.write(format!("/{key}").as_bytes());
            Writer::write_object(&mut self.bytes, &text_string(text)).map_err(|_| SealError::NoRoom)?;
        }
        self.write(format!("/M({})>>\nendobj\n", pdf_date(place.at, place.utc_offset)).as_bytes());
        Ok(Gap { range_at, digits })
    }

    /// Cross-reference section and trailer, in the form the file has them in already.
    fn end(&mut self, document: &lopdf::Document, identity: &[u8]) -> Result<(), SealError> {
        let first = document
            .trailer
            .get(b"ID")
            .and_then(Object::as_array)
            .ok()
            .and_then(|ids| ids.first().cloned())
            .unwrap_or_else(|| Object::String(identity.to_vec(), StringFormat::Hexadecimal));
        let second = Object::String(identity.to_vec(), StringFormat::Hexadecimal);
        let own_entry =
            matches!(document.reference_table.cross_reference_type, XrefType::CrossReferenceStream);
        let section: ObjectId = (document.max_id + 3, 0);
        let xref_at = self.at();
        if own_entry {
            self.offsets.push((section, xref_at));
        }
        self.offsets.sort_unstable();
        let mut trailer = dictionary! {
            "Size" => i64::from(document.max_id) + if own_entry { 4 } else { 3 },
            "Root" => document.trailer.get(b"Root").map_err(|_| SealError::NoRoom)?.clone(),
            "Prev" => i64::try_from(document.xref_start).map_err(|_| SealError::NoRoom)?,
            "ID" => vec![first, second],
        };
        if let Ok(info) = document.trailer.get(b"Info") {
            trailer.set("Info", info.clone());
        }
        if own_entry {
            self.cross_reference_stream(section, trailer)?;
        } else {
            self.cross_reference_table(trailer)?;
        }
        self.write(format!("startxref\n{xref_at}\n%%EOF\n").as_bytes());
        Ok(())
    }

    fn cross_reference_table(&mut self, trailer: Dictionary) -> Result<(), SealError> {
        self.write(b"xref\n");
        for ((number, generation), offset) in self.offsets.clone() {
            self.write(format!("{number} 1\n{offset:010} {generation:05} n \n").as_bytes());
        }
        self.write(b"trailer\n");
        Writer::write_object(&mut self.bytes, &Object::Dictionary(trailer)).map_err(|_| SealError::NoRoom)?;
        self.write(b"\n");
        Ok(())
    }

    /// ISO 32000-1, 7.5.8: one byte of kind, four of offset, two of generation.
    fn cross_reference_stream(&mut self, id: ObjectId, mut trailer: Dictionary) -> Result<(), SealError> {
        let mut table = Vec::new();
        let mut index: Vec<Object> = Vec::new();
        for ((number, generation), offset) in &self.offsets {
            index.extend([i64::from(*number).into(), 1.into()]);
            table.push(1);
            table.extend_from_slice(&u32::try_from(*offset).map_err(|_| SealError::NoRoom)?.to_be_bytes());
            table.extend_from_slice(&generation.to_be_bytes());
        }
        trailer.set("Type", "XRef");
        trailer.set("W", vec![1.into(), 4.into(), 2.into()]);
        trailer.set("Index", index);
        trailer.set("Length", i64::try_from(table.len()).map_err(|_| SealError::NoRoom)?);
        self.write(format!("{} {} obj\n", id.0, id.1).as_bytes());
        Writer::write_object(&mut self.bytes, &Object::Dictionary(trailer)).map_err(|_| SealError::NoRoom)?;
        self.write(b"\nstream\n");
        self.write(&table);
        self.write(b"\nendstream\nendobj\n");
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
}

/// Room for `0`, three numbers and the blanks between.
const fn range_width() -> usize {
    1 + 3 * (1 + RANGE_DIGITS)
}

/// `D:20261121101500+07'00'` (ISO 32000-1, 7.9.4).
fn pdf_date(at: Timestamp, offset: UtcOffset) -> String {
    let day = at.civil_date(offset);
    let seconds =
        at.millis().div_euclid(1_000).saturating_add(i64::from(offset.hours) * 3_600).rem_euclid(86_400);
    let sign = if offset.hours < 0 { '-' } else { '+' };
    format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}{sign}{:02}'00'",
        day.year(),
        day.month(),
        day.day(),
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60,
        offset.hours.unsigned_abs()
    )
}
