//! What came back stamped: pictures of the paper, or the final PDF. Looked at away from the register, so that nobody
//! waits for a scan being read.

use crate::convert::verify::signature;
use crate::dto::{CommandError, StampCheck, StampPage, StampRoute, StampVerdict};
use crate::error::Answered;
use crate::given;
use payung_register::{NewFile, Register, StatementId};
use payung_seal::{
    Knowledge, Outcome, PDF_BYTES_MAX, Report, SCAN_FILES_MAX, SameStatement, Scan, ScanReport, ScanVerdict,
    ScannedPage, SealError, compare_scans, is_this_statement, read_scans, verify_pdf,
};
use std::path::{Path, PathBuf};

/// All files of one check together, bytes: what a laptop's memory bears.
pub const TOGETHER_BYTES_MAX: u64 = 192 << 20;

/// A file as it was read.
pub struct Came {
    pub name: String,
    pub media: &'static str,
    pub bytes: Vec<u8>,
}

/// The letter that the files should be.
pub struct Wanted {
    pub original: Vec<u8>,
    pub content: [u8; 32],
    pub pages: u32,
    pub known: Knowledge,
}

impl Wanted {
    /// # Errors
    /// A letter that nobody signed, or one of the first program, has no code to find on a page.
    pub fn of(register: &Register, id: StatementId) -> Answered<Self> {
        let detail = register.statement(id)?;
        let original = register.statement_document(id)?;
        if detail.signed.is_some() && original.is_none() {
            return Err(crate::letter::not_here());
        }
        let (Some(_), Some(content), Some(pages), Some(original)) =
            (&detail.signed, detail.content, detail.pages, original)
        else {
            return Err(CommandError::problem(
                "Surat ini belum ditandatangani kepala dengan kode pada tiap halaman, jadi berkasnya tidak dapat \
                 dicocokkan.",
            ));
        };
        Ok(Self { original, content, pages, known: register.knowledge()? })
    }
}

/// Reads what the clerk gave, each file and all together within limits.
pub fn read(paths: &[PathBuf]) -> Answered<Vec<Came>> {
    if paths.is_empty() {
        return Err(SealError::NoScans.into());
    }
    if paths.len() > SCAN_FILES_MAX {
        return Err(SealError::TooManyScans { found: paths.len() }.into());
    }
    let mut left = TOGETHER_BYTES_MAX;
    paths
        .iter()
        .map(|path| {
            let bytes = given::read(path, left.min(PDF_BYTES_MAX as u64))?;
            left -= bytes.len() as u64;
            Ok(Came { name: given::name(path), media: media(path, &bytes)?, bytes })
        })
        .collect()
}

/// By what the file begins with; its ending may lie.
pub fn media(path: &Path, bytes: &[u8]) -> Answered<&'static str> {
    kind(bytes).map(|(media, _)| media).ok_or_else(|| {
        CommandError::problem(format!(
            "{} bukan PDF, JPEG atau PNG. Simpan pindaian atau fotonya dalam salah satu bentuk itu.",
            given::name(path)
        ))
    })
}

/// Under which name a kept file is opened: its own might be anything.
pub fn plain_name(digest: &[u8; 32], bytes: &[u8]) -> String {
    let ending = kind(bytes).map_or("pdf", |(_, ending)| ending);
    format!("Berkas {}.{ending}", payung_keys::hex(&digest[..4]))
}

/// `None` for what is neither PDF nor JPEG nor PNG.
pub fn media_of(bytes: &[u8]) -> Option<&'static str> {
    kind(bytes).map(|(media, _)| media)
}

fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = &bytes[..bytes.len().min(1_024)];
    if head.windows(5).any(|at| at == b"%PDF-") {
        Some(("application/pdf", "pdf"))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(("image/jpeg", "jpg"))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(("image/png", "png"))
    } else {
        None
    }
}

/// What is in the files.
pub fn check(files: &[Came], wanted: &Wanted) -> Answered<StampCheck> {
    for file in files.iter().filter(|file| file.media == "application/pdf") {
        let report = verify_pdf(&file.bytes, &wanted.known)?;
        if report.signatures.is_empty() && report.statement.is_none() {
            continue;
        }
        if files.len() > 1 {
            return Err(CommandError::problem(format!(
                "{} adalah PDF akhir, bukan pindaian. PDF akhir dicatat sendiri, tanpa berkas lain.",
                file.name
            )));
        }
        return Ok(final_pdf(file, &report, wanted));
    }
    let scans: Vec<Scan<'_>> =
        files.iter().map(|file| Scan { name: &file.name, bytes: &file.bytes }).collect();
    let report = read_scans(&scans)?;
    let verdict = compare_scans(&report, &wanted.content, wanted.pages);
    Ok(scanned(&report, &verdict, wanted))
}

/// For the register, with the word that the clerk looked herself where that was asked.
pub fn kept(files: Vec<Came>) -> Vec<NewFile> {
    files
        .into_iter()
        .map(|file| NewFile { name: file.name, media: file.media.to_owned(), bytes: file.bytes })
        .collect()
}

// -- Pictures of the paper -------------------------------------------------------------------------------------------

fn scanned(report: &ScanReport, verdict: &ScanVerdict, wanted: &Wanted) -> StampCheck {
    let pages: Vec<StampPage> = report.pages.iter().map(|page| scanned_page(page, wanted)).collect();
    let (key, words) = match verdict {
        ScanVerdict::Complete => (
            StampVerdict::Complete,
            format!("Semua {} halaman surat ini ada. Periksa bahwa meterainya terlihat.", wanted.pages),
        ),
        ScanVerdict::Missing { pages } => (
            StampVerdict::Missing,
            format!("Halaman {} belum ada. Pindai halaman itu, lalu tambahkan.", listed(pages)),
        ),
        ScanVerdict::Unread { count, missing } => (
            StampVerdict::Unread,
            format!(
                "{count} gambar tidak terbaca kodenya; halaman {} belum ditemukan. Pindai lebih terang dan lurus, atau \
                 periksa sendiri bahwa halaman itu ada.",
                listed(missing)
            ),
        ),
        ScanVerdict::Foreign { file, page, number, village } => (
            StampVerdict::Foreign,
            format!(
                "{file} halaman {page} milik surat lain: nomor {}, desa {village}. Keluarkan berkas itu.",
                if number.is_empty() { "kosong" } else { number }
            ),
        ),
    };
    StampCheck {
        route: StampRoute::Scans,
        pages,
        verdict: key,
        words: vec![words],
        signatures: Vec::new(),
        serial_seen: None,
        can_record: matches!(key, StampVerdict::Complete | StampVerdict::Unread),
        needs_eyes: key == StampVerdict::Unread,
    }
}

fn scanned_page(page: &ScannedPage, wanted: &Wanted) -> StampPage {
    let sheet = page.sheet.as_ref().filter(|sheet| sheet.verify().is_ok());
    let ok = sheet.is_some_and(|sheet| sheet.summary.content == wanted.content && sheet.page <= wanted.pages);
    let words = match sheet {
        Some(sheet) if ok => format!("halaman {} dari {}", sheet.page, wanted.pages),
        Some(sheet) if sheet.summary.number.is_empty() => "milik surat lain".to_owned(),
        Some(sheet) => format!("milik surat lain, nomor {}", sheet.summary.number),
        None if page.sheet.is_some() => "kode QR tidak cocok dengan tanda kuncinya".to_owned(),
        None => "kode QR tidak terbaca".to_owned(),
    };
    StampPage {
        file: page.file.clone(),
        page_in_file: page.page_in_file,
        page: sheet.filter(|_| ok).map(|sheet| sheet.page),
        ok,
        words,
    }
}

/// `2`, `2 dan 3`, `2, 3, dan 5`.
fn listed(pages: &[u32]) -> String {
    let words: Vec<String> = pages.iter().map(u32::to_string).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} dan {other}"),
        [most @ .., last] => format!("{}, dan {last}", most.join(", ")),
    }
}

// -- The final PDF ---------------------------------------------------------------------------------------------------

fn final_pdf(file: &Came, report: &Report, wanted: &Wanted) -> StampCheck {
    let same = is_this_statement(&file.bytes, &wanted.original, &wanted.content);
    let mut words = Vec::new();
    let verdict = match &same {
        SameStatement::Other(why) => {
            words.push(format!("PDF ini bukan surat ini: {why}"));
            StampVerdict::OtherDocument
        }
        _ if nothing_added(file, report, wanted) => {
            words.push(
                "PDF ini sama dengan yang ditandatangani di Payung: belum ada tanda tangan atau meterai yang ditambahkan."
                    .to_owned(),
            );
            StampVerdict::NothingAdded
        }
        SameStatement::Prefix => {
            words.push(
                "PDF ini surat ini sendiri; yang ditandatangani di Payung utuh di dalamnya.".to_owned(),
            );
            StampVerdict::SameStatement
        }
        SameStatement::SameContent => {
            words.push(
                "Isi dan kode halaman PDF ini sama dengan surat ini, tetapi berkasnya disusun ulang oleh program lain."
                    .to_owned(),
            );
            StampVerdict::SameStatement
        }
    };
    let same = verdict == StampVerdict::SameStatement;
    words.extend(payung_seal::words(report));
    let stamp_seen = !report.stamps.is_empty();
    if same && report.outcome != Outcome::Valid {
        words.push(
            "Ada tanda tangan yang tidak utuh lagi. Catat hanya bila Anda sudah memeriksanya.".to_owned(),
        );
    }
    if same && !stamp_seen {
        words.push(
            "Meterai elektronik tidak dikenali dalam berkas ini. Periksa sendiri bahwa meterainya ada pada halaman."
                .to_owned(),
        );
    }
    StampCheck {
        route: StampRoute::FinalPdf,
        pages: Vec::new(),
        verdict,
        words,
        signatures: report.signatures.iter().map(signature).collect(),
        serial_seen: report.stamps.iter().find_map(|stamp| stamp.serial.clone()),
        can_record: same,
        needs_eyes: same && (report.outcome != Outcome::Valid || !stamp_seen),
    }
}

/// The export with the district's time stamp differs from the signed bytes inside the signature only: still nothing new.
fn nothing_added(file: &Came, report: &Report, wanted: &Wanted) -> bool {
    file.bytes.len() == wanted.original.len() && report.signatures.len() <= 1 && report.stamps.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_as_people_say_them() {
        assert_eq!(listed(&[2]), "2");
        assert_eq!(listed(&[2, 3]), "2 dan 3");
        assert_eq!(listed(&[2, 3, 5]), "2, 3, dan 5");
    }

    #[test]
    fn a_file_is_what_it_begins_with() {
        let path = Path::new("pindai.jpg");
        assert_eq!(media(path, b"%PDF-1.7").ok(), Some("application/pdf"), "whatever its ending says");
        assert_eq!(media(path, &[0xFF, 0xD8, 0xFF, 0xE0]).ok(), Some("image/jpeg"));
        assert_eq!(plain_name(&[7; 32], b"\x89PNG\r\n\x1a\n"), "Berkas 07070707.png");
        assert!(media(path, b"MZ").unwrap_err().message.contains("pindai.jpg bukan PDF"));
    }

    #[test]
    fn files_are_limited_in_number_and_together() {
        assert!(read(&[]).is_err());
        let many = vec![PathBuf::from("/a.jpg"); SCAN_FILES_MAX + 1];
        let refused = read(&many).err().expect("too many");
        assert!(refused.message.contains("64"), "told before anything is read");
    }
}
