//! Opening a PDF from outside: what is refused before it is read, and how much a hostile one may cost.

use crate::SealError;
use lopdf::{Document, Object, ObjectId};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Larger files are refused before parsing.
pub const PDF_BYTES_MAX: usize = 64 << 20;
/// Objects in one file.
pub const OBJECTS_MAX: usize = 200_000;

/// What all object streams of a file may inflate to together, and one of them or one cross-reference stream.
const LOADING_BYTES_MAX: usize = 64 << 20;
const LOADING_STREAM_BYTES_MAX: usize = 4 << 20;
const LOADING_STREAM_BYTES_MIN: usize = 256 << 10;
/// The header may stand behind a little other text (ISO 32000-1, annex H, note 13), and the end before a little.
const HEADER_WITHIN: usize = 1_024;
const END_WITHIN: usize = 2_048;

/// An opened PDF: its latest revision.
pub(crate) struct Pdf {
    pub document: Document,
}

impl Pdf {
    pub fn open(bytes: &[u8]) -> Result<Self, SealError> {
        if bytes.len() > PDF_BYTES_MAX {
            return Err(SealError::too_large(bytes.len()));
        }
        let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
        if find(head, b"%PDF-").is_none() {
            return Err(SealError::NotPdf);
        }
        let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
        if find(tail, b"startxref").is_none() && find(tail, b"%%EOF").is_none() {
            return Err(SealError::Truncated);
        }
        let document = load(bytes)?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err(SealError::Encrypted);
        }
        if document.catalog().is_err() {
            return Err(SealError::Malformed);
        }
        Ok(Self { document })
    }
}

thread_local! {
    /// What the load that runs on this thread may still cost. The library's hook takes a bare function, hence here.
    static BUDGET: Cell<Budget> = const { Cell::new(Budget { objects: 0, bytes: 0 }) };
}

#[derive(Clone, Copy)]
struct Budget {
    objects: usize,
    bytes: usize,
}

/// Reads the file's structure. A panic inside the parser is a file it was not made for.
fn load(bytes: &[u8]) -> Result<Document, SealError> {
    let streams = count(bytes, b"endstream").max(1);
    if streams > OBJECTS_MAX {
        return Err(SealError::TooManyObjects { found: streams, most: OBJECTS_MAX });
    }
    let limit = (LOADING_BYTES_MAX / streams).clamp(LOADING_STREAM_BYTES_MIN, LOADING_STREAM_BYTES_MAX);
    let options = lopdf::LoadOptions {
        filter: Some(count_object),
        max_decompressed_size: Some(limit),
        ..lopdf::LoadOptions::default()
    };
    BUDGET.set(Budget { objects: OBJECTS_MAX, bytes: LOADING_BYTES_MAX });
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    let left = BUDGET.get();
    if left.bytes == 0 {
        return Err(SealError::Bomb);
    }
    let document = loaded.map_err(|_| SealError::Malformed)?.map_err(|error| said(&error))?;
    let found = document.objects.len();
    if left.objects == 0 || found > OBJECTS_MAX {
        return Err(SealError::TooManyObjects { found: found.max(OBJECTS_MAX + 1), most: OBJECTS_MAX });
    }
    Ok(document)
}

/// Lets objects pass while the budget lasts. What an object stream inflates to is counted before it is opened.
fn count_object(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut left = BUDGET.get();
    left.objects = left.objects.saturating_sub(1);
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        left.bytes = match stream.decompressed_content_with_limit(left.bytes) {
            Ok(content) => left.bytes.saturating_sub(content.len()),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => 0,
            Err(_) => left.bytes,
        };
    }
    BUDGET.set(left);
    // Of an object that stands in the file itself the library only asks whether to keep it; of one out of an object
    // stream, where no stream can be, it keeps what is returned.
    let kept = if object.as_stream().is_ok() { Object::Null } else { object.clone() };
    (left.objects > 0 && left.bytes > 0).then_some((id, kept))
}

fn said(error: &lopdf::Error) -> SealError {
    use lopdf::{DecompressError, Error};
    match error {
        Error::Decompress(
            DecompressError::MemoryLimitExceeded { .. } | DecompressError::TooManyFilters { .. },
        ) => SealError::Bomb,
        Error::InvalidPassword
        | Error::Decryption(_)
        | Error::UnsupportedSecurityHandler(_)
        | Error::AlreadyEncrypted => SealError::Encrypted,
        Error::Parse(lopdf::ParseError::EndOfInput) => SealError::Truncated,
        _ => SealError::Malformed,
    }
}

/// Where `needle` first stands.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// How often `needle` stands there.
fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|window| *window == needle).count()
}
