//! `payung-district head` and `payung-district authority`.

use super::args::{self, Format, HeadOrder, Whom};
use super::{say, village_code};
use crate::error::DistrictError;
use crate::head::{self, Head, HeadState, Meant, Revocation, day_words};
use crate::home::{self, District};
use crate::report::iso;
use crate::work::place_words;
use payung_domain::CivilDate;
use payung_journal::RevocationReason;
use payung_keys::{hex, sha256};
use std::path::Path;

pub fn run(district: &District, order: HeadOrder) -> Result<(), DistrictError> {
    match order {
        HeadOrder::List { village, format } => list(district, village.as_deref(), format),
        HeadOrder::Certify { whom, until } => certify(district, &whom, until.as_deref()),
        HeadOrder::Revoke { whom, reason, from, note } => {
            let reason = match reason {
                args::Reason::Compromised => RevocationReason::Compromised,
                args::Reason::OfficeEnded => RevocationReason::OfficeEnded,
                args::Reason::Superseded => RevocationReason::Superseded,
            };
            let from = from.as_deref().map(|text| date(text, "--from")).transpose()?;
            revoke(district, &whom, &Revocation { reason, from, note })
        }
        HeadOrder::Crl { out } => {
            home::replace_public(&out, &head::crl(district)?)?;
            say(&format!(
                "Daftar sertifikat yang dicabut ditulis ke {}. Terbitkan yang baru paling lambat {} hari lagi.",
                out.display(),
                head::CRL_DAYS
            ))
        }
    }
}

/// Writes the root certificate for those who check signatures without Payung.
pub fn authority(district: &District, out: &Path) -> Result<(), DistrictError> {
    if out.exists() {
        return Err(DistrictError::Asked(format!(
            "Berkas {} sudah ada dan tidak ditimpa. Pilih nama lain dengan --out.",
            out.display()
        )));
    }
    let pem = district.authority.certificate_pem().map_err(|error| DistrictError::Key(error.to_string()))?;
    home::replace_public(out, pem.as_bytes())?;
    say(&format!(
        "Sertifikat akar Kabupaten {} ditulis ke {}.\nSHA-256 {}\nBagikan bersama sidik jari itu lewat jalan lain, \
         supaya penerima dapat mencocokkannya.",
        district.regency_name,
        out.display(),
        hex(&sha256(&[district.authority.certificate_der()]))
    ))
}

fn list(district: &District, village: Option<&str>, format: Format) -> Result<(), DistrictError> {
    let heads = head::heads(district, village.map(village_code).transpose()?)?;
    if format == Format::Json {
        let all: Vec<_> = heads.iter().map(json).collect();
        return say(&serde_json::Value::from(all).to_string());
    }
    if heads.is_empty() {
        return say("Belum ada kunci kepala desa atau lurah yang sampai.");
    }
    for head in &heads {
        say(&line(district, head))?;
    }
    if heads.iter().any(|head| head.state == HeadState::Waiting) {
        say(
            "Sebelum mengesahkan: minta kepala desa atau lurah sendiri membacakan sidik kunci dari layarnya, \
             jangan membacakannya lebih dahulu.",
        )?;
    }
    Ok(())
}

fn line(district: &District, head: &Head) -> String {
    let mut words = format!(
        "{} ({})  {}, {}\n    {}  {}",
        place_words(head.village, &head.village_name),
        head.village,
        head.name,
        head.title,
        head.key.fingerprint(),
        head.state.words()
    );
    if let Some(certificate) = &head.certificate {
        words.push_str(&format!(
            ", disahkan {} oleh {}, berlaku sampai {}",
            day_words(district, certificate.issued_at),
            certificate.officer,
            day_words(district, certificate.not_after)
        ));
    }
    if let Some(revoked) = &head.revocation {
        words.push_str(&format!(
            "\n    tidak berlaku sejak {} (oleh {}): {}",
            day_words(district, revoked.from),
            revoked.officer,
            revoked.note
        ));
    }
    words
}

fn certify(district: &District, whom: &Whom, until: Option<&str>) -> Result<(), DistrictError> {
    let until = until.map(|text| date(text, "--until")).transpose()?;
    let done = head::certify(district, &meant(whom)?, until)?;
    let head = &done.head;
    let until = head.certificate.as_ref().map(|certificate| day_words(district, certificate.not_after));
    let until = until.unwrap_or_default();
    if done.already {
        return say(&format!(
            "Kunci {} ({}) sudah disahkan, berlaku sampai {until}. Untuk memperpanjang sebut --until.",
            head.key.fingerprint(),
            who(head)
        ));
    }
    say(&format!(
        "Disahkan: kunci {} milik {}, berlaku sampai {until}. Desa menerimanya saat sinkron berikutnya; \
         pernyataan yang sudah sampai ikut dihitung.",
        head.key.fingerprint(),
        who(head)
    ))
}

fn revoke(district: &District, whom: &Whom, order: &Revocation) -> Result<(), DistrictError> {
    let done = head::revoke(district, &meant(whom)?, order)?;
    let head = &done.head;
    let from = head.revocation.as_ref().map(|revoked| day_words(district, revoked.from)).unwrap_or_default();
    say(&format!(
        "Dicabut: kunci {} milik {}. Pernyataan yang ditandatangani sejak {from} tidak dihitung. Desa \
         menerimanya saat sinkron berikutnya. Terbitkan daftar baru: payung-district head crl",
        head.key.fingerprint(),
        who(head)
    ))?;
    if done.passed_uncovered.is_empty() {
        return Ok(());
    }
    say(&format!(
        "{} calon sudah dinyatakan lolos verifikasi dan pernyataannya tidak dihitung lagi. Putuskan kembali dengan \
         payung-district decide:",
        done.passed_uncovered.len()
    ))?;
    done.passed_uncovered.iter().try_for_each(|person| say(&format!("    --person {person}")))
}

/// `Sutrisno, Kepala Desa Argopeni`.
fn who(head: &Head) -> String {
    format!("{}, {} {}", head.name, head.title, head.village_name)
}

fn meant(whom: &Whom) -> Result<Meant, DistrictError> {
    Ok(Meant {
        village: village_code(&whom.village)?,
        fingerprint: whom.fingerprint.clone(),
        officer: whom.officer.clone(),
    })
}

fn date(text: &str, option: &str) -> Result<CivilDate, DistrictError> {
    CivilDate::parse(text.trim()).ok_or_else(|| {
        DistrictError::Asked(format!("Tanggal {option} ditulis tahun-bulan-hari, seperti 2026-11-21."))
    })
}

fn json(head: &Head) -> serde_json::Value {
    serde_json::json!({
        "village": head.village.to_string(),
        "village_name": head.village_name,
        "name": head.name,
        "title": head.title,
        "key": head.key.to_hex(),
        "fingerprint": head.key.fingerprint(),
        "state": head.state.key(),
        "status": head.state.words(),
        "introduced_at": iso(head.introduced_at),
        "certificate": head.certificate.as_ref().map(|certificate| serde_json::json!({
            "serial": hex(&certificate.serial),
            "not_before": iso(certificate.not_before),
            "not_after": iso(certificate.not_after),
            "officer": certificate.officer,
            "issued_at": iso(certificate.issued_at),
        })),
        "revocation": head.revocation.as_ref().map(|revoked| serde_json::json!({
            "from": iso(revoked.from),
            "reason": match revoked.reason {
                RevocationReason::Compromised => "compromised",
                RevocationReason::OfficeEnded => "office_ended",
                RevocationReason::Superseded => "superseded",
            },
            "officer": revoked.officer,
            "note": revoked.note,
        })),
    })
}
