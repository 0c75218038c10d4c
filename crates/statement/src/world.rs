//! The closed world that the typesetter sees: the templates, three fonts, the data of one document. No disk, no network,
//! no system fonts, and the document's own date for a clock.

use crate::qr;
use payung_domain::CivilDate;
use std::collections::HashMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATES: [(&str, &str); 9] = [
    ("/surat.typ", include_str!("../templates/surat.typ")),
    ("/buku.typ", include_str!("../templates/buku.typ")),
    ("/daftar.typ", include_str!("../templates/daftar.typ")),
    ("/calon.typ", include_str!("../templates/calon.typ")),
    ("/formulir.typ", include_str!("../templates/formulir.typ")),
    ("/lembar.typ", include_str!("../templates/lembar.typ")),
    ("/bagian.typ", include_str!("../templates/bagian.typ")),
    ("/isi.typ", include_str!("../templates/isi.typ")),
    ("/lampiran.typ", include_str!("../templates/lampiran.typ")),
];
/// `/qr-3` is the code of page 3; no file of that name is laid down beforehand.
const QR_PATH: &str = "qr-";
const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/SourceSerif4-Regular.ttf"),
    include_bytes!("../fonts/SourceSerif4-Italic.ttf"),
    include_bytes!("../fonts/SourceSerif4-Bold.ttf"),
];

/// What every statement shares; read once.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    Shared {
        library: LazyHash::new(<Library as LibraryExt>::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: TEMPLATES
            .into_iter()
            .filter_map(|(path, text)| file_id(path).map(|id| (id, Source::new(id, text.to_owned()))))
            .collect(),
    }
});

/// Whether every face that may print it has a glyph for the character.
pub(crate) fn printable(character: char) -> bool {
    SHARED.fonts.iter().all(|font| font.info().coverage.contains(u32::from(character)))
}

pub(crate) struct DocumentWorld {
    main: FileId,
    files: HashMap<FileId, Bytes>,
    qr: Option<String>,
    date: CivilDate,
}

impl DocumentWorld {
    /// `main` is one of the templates; `files` by absolute path, such as `/data.json`.
    pub(crate) fn new(main: &str, date: CivilDate, files: Vec<(&str, Vec<u8>)>) -> Option<Self> {
        let files = files
            .into_iter()
            .map(|(path, bytes)| file_id(path).map(|id| (id, Bytes::new(bytes))))
            .collect::<Option<_>>()?;
        Some(Self { main: file_id(main)?, files, qr: None, date })
    }

    /// What the codes on the pages say, without the page's number.
    pub(crate) fn with_qr(mut self, text: Option<String>) -> Self {
        self.qr = text;
        self
    }

    fn qr_picture(&self, id: FileId) -> Option<Bytes> {
        let page = id.vpath().get_without_slash().strip_prefix(QR_PATH)?.parse().ok()?;
        qr::picture(self.qr.as_deref()?, page).map(Bytes::new)
    }
}

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHARED.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().or_else(|| self.qr_picture(id)).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let (month, day) = (u8::try_from(self.date.month()).ok()?, u8::try_from(self.date.day()).ok()?);
        Datetime::from_ymd(self.date.year(), month, day)
    }
}

/// Interned for the life of the program: only ever called with the few fixed paths of templates and data.
fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}
