//! The statement inside a PDF: the embedded `statement.json`, and whether the code over it stands on every page.

use crate::fields::{array, dictionary, text};
use crate::file::Pdf;
use lopdf::{Dictionary, Document, Object};
use payung_domain::CivilDate;
use payung_keys::{hex, sha256};
use serde::Deserialize;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Name of the file and the format in it.
const FILE: &str = "statement.json";
const FORMAT: &str = "payung-statement/";
/// Bytes of the file: 500 people take some 100 kB.
const FILE_BYTES_MAX: usize = 4 << 20;
/// Bytes of one page's drawing instructions.
const PAGE_BYTES_MAX: usize = 8 << 20;
/// Pages whose text is looked at.
const PAGES_MAX: usize = 300;
/// Files attached, and how deep the tree of their names goes.
const FILES_MAX: usize = 1_000;
const DEPTH_MAX: usize = 16;

/// What `statement.json` says. The file is the village's claim; only a signature over the PDF binds anyone to it.
#[derive(Clone, PartialEq, Eq)]
pub struct EmbeddedStatement {
    /// SHA-256 of the file.
    pub content: [u8; 32],
    /// `A1B2-C3D4-E5F6-0718`: how it is printed.
    pub code: String,
    /// `surat_pernyataan` or `surat_pengantar_usulan`.
    pub kind: String,
    pub number: String,
    pub date: Option<CivilDate>,
    pub place: String,
    pub regency: String,
    pub district: String,
    pub village: String,
    /// `desa` or `kelurahan`.
    pub village_kind: String,
    pub signatory: String,
    pub title: String,
    pub regulation: String,
    /// The regulation was a draft then.
    pub draft: bool,
    /// Marked as a sample with invented people.
    pub sample: bool,
    pub people: Vec<EmbeddedPerson>,
    /// The count in the file is that of its list.
    pub count_agrees: bool,
    /// Pages in whose text the code was not found, from 1. Empty: it stands on all of them.
    pub pages_without_code: Vec<u32>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct EmbeddedPerson {
    pub number: u32,
    pub name: String,
    /// Masked: `330512******0001`.
    pub nik: String,
}

impl fmt::Debug for EmbeddedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmbeddedStatement({}, {} people)", self.code, self.people.len())
    }
}

impl fmt::Debug for EmbeddedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmbeddedPerson(..)")
    }
}

/// `A1B2-C3D4-E5F6-0718`: the first 16 hexadecimal digits, as printed on every page.
pub fn printed_code(content: &[u8; 32]) -> String {
    let digits = hex(&content[..8]).to_uppercase();
    [&digits[..4], &digits[4..8], &digits[8..12], &digits[12..]].join("-")
}

/// The statement in the latest revision, if there is one.
pub(crate) fn embedded_statement(pdf: &Pdf) -> Option<EmbeddedStatement> {
    let json = attached(&pdf.document, FILE)?;
    let read: StatementJson = serde_json::from_slice(&json).ok()?;
    if !read.format.starts_with(FORMAT) {
        return None;
    }
    let content = sha256(&[&json]);
    let code = printed_code(&content);
    let count_agrees = usize::try_from(read.count) == Ok(read.people.len());
    Some(EmbeddedStatement {
        content,
        pages_without_code: pages_without(&pdf.document, &code),
        code,
        kind: read.kind,
        number: read.number,
        date: CivilDate::parse(&read.date),
        place: read.place,
        regency: read.regency,
        district: read.district,
        village: read.village,
        village_kind: read.village_kind,
        signatory: read.signatory.name,
        title: read.signatory.title,
        regulation: read.regulation.citation,
        draft: read.regulation.draft,
        sample: read.sample,
        people: read
            .people
            .into_iter()
            .map(|person| EmbeddedPerson { number: person.number, name: person.name, nik: person.nik })
            .collect(),
        count_agrees,
    })
}

/// Text of a page; empty where it cannot be read.
pub(crate) fn page_text(document: &Document, page: u32) -> String {
    let read = || document.extract_text_with_limit(&[page], PAGE_BYTES_MAX).unwrap_or_default();
    // A panic inside the library is a page it was not made for.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_default()
}

fn pages_without(document: &Document, code: &str) -> Vec<u32> {
    // At most PAGES_MAX.
    let pages = document.page_iter().take(PAGES_MAX).count() as u32;
    let shows = |page: u32| {
        let text: String = page_text(document, page).chars().filter(|c| !c.is_whitespace()).collect();
        text.contains(code)
    };
    (1..=pages).filter(|page| !shows(*page)).collect()
}

/// The bytes of an attached file, by name: of the catalog's associated files first, then of the tree of names.
fn attached(document: &Document, name: &str) -> Option<Vec<u8>> {
    let catalog = document.catalog().ok()?;
    let mut specifications: Vec<&Dictionary> =
        array(document, catalog, b"AF").iter().filter_map(|file| as_dictionary(document, file)).collect();
    if let Some(tree) = dictionary(document, catalog, b"Names")
        .and_then(|names| dictionary(document, names, b"EmbeddedFiles"))
    {
        collect_files(document, tree, 0, &mut specifications);
    }
    let specification = specifications.into_iter().find(|specification| {
        [b"UF".as_slice(), b"F"].iter().any(|key| text(document, specification, key).as_deref() == Some(name))
    })?;
    let files = dictionary(document, specification, b"EF")?;
    let stream = files.get(b"F").or_else(|_| files.get(b"UF")).ok()?;
    let (_, stream) = document.dereference(stream).ok()?;
    stream.as_stream().ok()?.get_plain_content_with_limit(FILE_BYTES_MAX).ok()
}

fn collect_files<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    depth: usize,
    into: &mut Vec<&'a Dictionary>,
) {
    if depth > DEPTH_MAX {
        return;
    }
    let (pairs, _) = array(document, node, b"Names").as_chunks::<2>();
    for [_, file] in pairs.iter().take(FILES_MAX.saturating_sub(into.len())) {
        into.extend(as_dictionary(document, file));
    }
    for kid in array(document, node, b"Kids").iter().take(FILES_MAX) {
        if into.len() < FILES_MAX
            && let Some(kid) = as_dictionary(document, kid)
        {
            collect_files(document, kid, depth + 1, into);
        }
    }
}

fn as_dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

/// As the statement room writes it; what later versions add is passed over.
#[derive(Deserialize, Default)]
#[serde(default)]
struct StatementJson {
    format: String,
    kind: String,
    number: String,
    date: String,
    place: String,
    regency: String,
    district: String,
    village_kind: String,
    village: String,
    signatory: SignatoryJson,
    regulation: RegulationJson,
    sample: bool,
    count: u64,
    people: Vec<PersonJson>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct SignatoryJson {
    name: String,
    title: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RegulationJson {
    citation: String,
    draft: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PersonJson {
    number: u32,
    name: String,
    nik: String,
}
