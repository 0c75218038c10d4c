//! What was found, in Bahasa Indonesia: the lines that terminal and window both show. They say what was seen, and never
//! that a document is lawful.

use crate::changes::LaterChanges;
use crate::embedded::{EmbeddedStatement, printed_code};
use crate::scans::ScanReport;
use crate::stamp::{StampSeen, StampTrace};
use crate::verify::{Outcome, Report, SignatureKind, SignatureReport};
use payung_domain::{CivilDate, Timestamp, UtcOffset};
use payung_keys::{Trust, certificate_facts};

/// The whole report: outcome, statement, each signature, meterai.
pub fn words(report: &Report) -> Vec<String> {
    let mut lines = vec![outcome(report)];
    if let Some(statement) = &report.statement {
        lines.extend(of_statement(statement));
    }
    for (index, signature) in report.signatures.iter().enumerate() {
        let what = match signature.kind {
            SignatureKind::Signature => "Tanda tangan",
            SignatureKind::DocumentTimestamp => "Cap waktu dokumen",
        };
        lines.push(format!("{what} {} dari {}: {}", index + 1, report.signatures.len(), signature.signer));
        lines.extend(signature.words.iter().map(|line| format!("  {line}")));
    }
    if report.stamps.is_empty() {
        lines.push("Meterai elektronik: tidak terlihat jejaknya dalam berkas ini.".to_owned());
    }
    lines.extend(report.stamps.iter().map(of_stamp));
    lines
}

/// What the codes on scanned sheets say: to which statement each belongs.
pub fn scan_words(report: &ScanReport) -> Vec<String> {
    let mut lines: Vec<String> = report
        .pages
        .iter()
        .map(|page| {
            let place = format!("{}, halaman {}", page.file, page.page_in_file);
            match &page.sheet {
                None => format!("{place}: tidak ada kode QR Payung yang terbaca."),
                Some(sheet) if sheet.verify().is_err() => {
                    format!(
                        "{place}: kode QR tidak cocok dengan kunci di dalamnya; lembar ini jangan dipakai."
                    )
                }
                Some(sheet) => format!(
                    "{place}: lembar {} dari surat {} tanggal {}, desa {}, {} orang, atas nama {}; \
                     kode isi {}, sidik kunci {}.",
                    sheet.page,
                    numbered(&sheet.summary.number),
                    sheet.summary.date.in_words(),
                    sheet.summary.village,
                    sheet.summary.people,
                    sheet.summary.signer,
                    printed_code(&sheet.summary.content),
                    sheet.summary.key.fingerprint(),
                ),
            }
        })
        .collect();
    if report.pages.iter().any(|page| page.sheet.is_some()) {
        lines.push(
            "Kode QR menunjukkan lembar ini milik surat yang mana, bukan bahwa surat itu sudah ditandatangani."
                .to_owned(),
        );
    }
    lines
}

fn outcome(report: &Report) -> String {
    let count = report.signatures.len();
    match report.outcome {
        Outcome::NoSignature => "Berkas ini tidak memuat tanda tangan elektronik.".to_owned(),
        Outcome::Valid if count == 1 => {
            "Tanda tangan utuh; isi tidak berubah sejak ditandatangani.".to_owned()
        }
        Outcome::Valid => {
            format!("Semua {count} tanda tangan utuh; isi tidak berubah sejak ditandatangani.")
        }
        Outcome::NotValid => {
            let broken = report.signatures.iter().filter(|one| one.integrity.is_err()).count();
            match broken {
                0 => "Isi berkas ini diubah sesudah ditandatangani. Minta berkas dari penanda tangan."
                    .to_owned(),
                _ => format!(
                    "{broken} dari {count} tanda tangan tidak utuh. Jangan dipakai; minta berkas dari penanda tangan."
                ),
            }
        }
    }
}

fn of_statement(statement: &EmbeddedStatement) -> Vec<String> {
    let name = match statement.kind.as_str() {
        "surat_pengantar_usulan" => "Surat Pengantar Usulan",
        _ => "Surat Pernyataan",
    };
    let number = match statement.number.as_str() {
        "" => "tanpa nomor".to_owned(),
        number => format!("Nomor {number}"),
    };
    let date = statement.date.map(|date| format!(" tanggal {}", date.in_words())).unwrap_or_default();
    let village = match statement.village_kind.as_str() {
        "kelurahan" => "Kelurahan",
        _ => "Desa",
    };
    let mut lines = vec![
        format!("{name} {number}{date}, {} orang.", statement.people.len()),
        format!(
            "{village} {}, {}, {}; atas nama {} ({}).",
            statement.village, statement.district, statement.regency, statement.signatory, statement.title
        ),
    ];
    if statement.sample {
        lines.push("Surat ini contoh dengan orang rekaan.".to_owned());
    }
    if statement.draft {
        lines.push("Peraturannya waktu itu masih rancangan.".to_owned());
    }
    if !statement.count_agrees {
        lines.push("Jumlah orang dalam data surat tidak sama dengan daftarnya.".to_owned());
    }
    lines.push(match statement.pages_without_code.as_slice() {
        [] => {
            format!("Kode isi {} tercetak pada setiap halaman dan cocok dengan data surat.", statement.code)
        }
        pages => format!(
            "Kode isi {} tidak ditemukan pada halaman {}: cocokkan halaman itu dengan mata.",
            statement.code,
            listed(pages)
        ),
    });
    lines
}

fn of_stamp(stamp: &StampSeen) -> String {
    let page = stamp.page.map(|page| format!(" pada halaman {page}")).unwrap_or_default();
    let serial = stamp.serial.as_ref().map(|serial| format!(", nomor {serial}")).unwrap_or_default();
    let trace = match &stamp.trace {
        StampTrace::Signature(field) => format!("tanda tangan \u{201c}{field}\u{201d}"),
        StampTrace::Annotation => "gambar atau catatan".to_owned(),
    };
    format!(
        "Meterai elektronik: terlihat jejaknya, {trace}{page}{serial}. Keasliannya hanya dapat diperiksa pada penerbitnya."
    )
}

/// The lines under one signature.
pub(crate) fn of_signature(report: &SignatureReport) -> Vec<String> {
    let mut lines = vec![match &report.integrity {
        Ok(()) => "Tanda tangan utuh: bagian yang diliputnya tidak berubah sejak ditandatangani.".to_owned(),
        Err(broken) => format!("Tanda tangan tidak utuh: {broken}."),
    }];
    if report.integrity.is_ok() {
        lines.push(coverage(report).to_owned());
    }
    lines.push(trust(report));
    if let Some(since) = report.revoked {
        let proven = match report.accepted_as_head {
            true => "cap waktu menunjukkan tanda tangan ini dibuat sebelumnya",
            false => "tidak terbukti bahwa tanda tangan ini dibuat sebelumnya",
        };
        lines.push(format!("Kunci ini dicabut kabupaten sejak {}; {proven}.", instant(since)));
    }
    if let Some(key) = report.key {
        lines.push(format!("Sidik kunci: {}.", key.fingerprint()));
    }
    if let Some(at) = &report.claimed_at {
        lines.push(format!("Waktu menurut perangkat penanda tangan: {at}."));
    }
    if let Some(stamp) = &report.timestamp {
        let by = certificate_facts(&stamp.signer).map(|facts| facts.common_name).unwrap_or_default();
        let known = match report.timestamp_trust {
            Some(Trust::Trusted { .. }) => "penerbitnya dikenal",
            _ => "penerbitnya tidak dikenal",
        };
        lines.push(format!("Cap waktu: {} oleh {by} ({known}).", instant(stamp.at)));
    }
    if let Some(page) = report.visible_on {
        lines.push(format!("Tanda tangan ini menampilkan gambar pada halaman {page}."));
    }
    lines
}

fn coverage(report: &SignatureReport) -> &'static str {
    match (report.covers_whole_document, report.later_changes) {
        (true, _) => "Meliputi seluruh berkas.",
        (false, LaterChanges::None) => "Meliputi seluruh isi berkas; di belakangnya hanya ada baris kosong.",
        (false, LaterChanges::OnlySignatures) => {
            "Sesudahnya berkas hanya ditambah tanda tangan, cap waktu, atau isian formulir."
        }
        (false, LaterChanges::Other) => "Sesudah ditandatangani, isi berkas ditambah atau diubah.",
    }
}

fn trust(report: &SignatureReport) -> String {
    match &report.trust {
        Trust::Trusted { path } => format!("Penerbit sertifikat dikenal: {}.", path.join(" \u{2190} ")),
        Trust::SelfIssued if report.accepted_as_head => {
            "Sertifikat diterbitkan sendiri; kunci kepala ini sudah disahkan kabupaten.".to_owned()
        }
        Trust::SelfIssued => {
            "Sertifikat diterbitkan sendiri oleh penanda tangan; penerbit sertifikat tidak dikenal."
                .to_owned()
        }
        Trust::UnknownIssuer { issuer } => format!("Penerbit sertifikat tidak dikenal: {issuer}."),
        Trust::Expired => "Masa berlaku sertifikat sudah habis.".to_owned(),
        Trust::NotYetValid => "Masa berlaku sertifikat belum mulai.".to_owned(),
        Trust::Broken => "Sertifikat penanda tangan tidak dapat dipercaya atau tidak terbaca.".to_owned(),
    }
}

/// `1, 2, 5`.
fn listed(pages: &[u32]) -> String {
    let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
    pages.join(", ")
}

/// `21 November 2026 pukul 10.15 WIB`.
pub(crate) fn instant(at: Timestamp) -> String {
    let jakarta = UtcOffset { hours: 7 };
    format!("{} pukul {} {}", at.civil_date(jakarta).in_words(), at.clock_time(jakarta), zone(7))
}

fn zone(hours: i32) -> String {
    match hours {
        7 => "WIB".to_owned(),
        8 => "WITA".to_owned(),
        9 => "WIT".to_owned(),
        hours => format!("UTC{hours:+}"),
    }
}

/// `D:20261121101500+07'00'` in words (ISO 32000-1, 7.9.4); `None` for what is no date.
pub(crate) fn pdf_date(text: &str) -> Option<String> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = text.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let date = CivilDate::new(
        i32::try_from(number(0..4)?).ok()?,
        number(4..6).unwrap_or(1),
        number(6..8).unwrap_or(1),
    )?;
    let (Some(hour), Some(minute)) = (number(8..10), number(10..12)) else {
        return Some(date.in_words());
    };
    let (sign, rest) = match text.get(14..).and_then(|rest| Some((rest.chars().next()?, rest.get(1..3)))) {
        Some((sign @ ('+' | '-'), Some(hours))) => (sign, hours),
        Some(('Z', _)) => ('+', "00"),
        _ => return Some(format!("{} pukul {hour:02}.{minute:02}", date.in_words())),
    };
    let hours: i32 = rest.parse().ok()?;
    let hours = if sign == '-' { -hours } else { hours };
    Some(format!("{} pukul {hour:02}.{minute:02} {}", date.in_words(), zone(hours)))
}

/// A letter may bear no number of its own.
fn numbered(number: &str) -> String {
    if number.is_empty() { "tanpa nomor".to_owned() } else { format!("Nomor {number}") }
}
