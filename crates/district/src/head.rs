//! An officer and the heads of the villages: whose key it is, from when and until when it counts.
//!
//! A key counts once an officer has compared its fingerprint with the head himself, on the telephone or face to face,
//! and typed it here. The certificate travels to the village with the decisions.

use crate::error::DistrictError;
use crate::home::District;
use crate::officer::{REASON_MAX, check_officer};
use crate::store::{self, CertificateRow, HeadRow, Reads, RevocationRow};
use crate::work::{Standings, Work, known_version, place_words};
use payung_domain::{Answer, CivilDate, Timestamp, VillageCode};
use payung_journal::{EntityId, Event, RevocationReason};
use payung_keys::{
    CrlReason, HEAD_YEARS, HeadName, KeyError, PublicKey, RevokedCertificate, certificate_facts,
};
use payung_regulation::StatementEvidence;
use std::collections::BTreeSet;

const DAY_MS: i64 = 86_400_000;
const YEAR_MS: i64 = 31_557_600_000;
/// A certificate with less left than this is renewed without a new date being named.
const RENEW_BEFORE_MS: i64 = 180 * DAY_MS;
/// A list of revoked certificates should be replaced before it is this old.
pub const CRL_DAYS: i64 = 30;
const CRL_NUMBER: &str = "crl.number";

/// One head's key, as an officer sees it.
pub struct Head {
    pub village: VillageCode,
    pub village_name: String,
    pub name: String,
    pub title: String,
    pub key: PublicKey,
    /// By the laptop's clock.
    pub introduced_at: Timestamp,
    /// The newest one.
    pub certificate: Option<CertificateRow>,
    pub revocation: Option<RevocationRow>,
    pub state: HeadState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadState {
    Waiting,
    Certified,
    /// The certificate's time is over.
    Ended,
    Revoked,
}

impl HeadState {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Certified => "certified",
            Self::Ended => "ended",
            Self::Revoked => "revoked",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "menunggu pengesahan",
            Self::Certified => "disahkan",
            Self::Ended => "sertifikat berakhir",
            Self::Revoked => "dicabut",
        }
    }
}

/// Whom an officer means: the fingerprint as the head read it out.
pub struct Meant {
    pub village: VillageCode,
    pub fingerprint: String,
    pub officer: String,
}

pub struct Certified {
    pub head: Head,
    /// The key was certified before, and long enough: nothing was issued.
    pub already: bool,
}

pub struct Revocation {
    pub reason: RevocationReason,
    /// The first day on which signatures do not count; `None`: from now on.
    pub from: Option<CivilDate>,
    /// For the village; `None`: the usual words for the reason.
    pub note: Option<String>,
}

pub struct Revoked {
    pub head: Head,
    /// People whom an officer passed and who have no counting statement any more: an officer should look at them.
    pub passed_uncovered: Vec<EntityId>,
}

/// Every key that a head introduced, by village.
pub fn heads(district: &District, village: Option<VillageCode>) -> Result<Vec<Head>, DistrictError> {
    let now = district.now();
    store::view(&*district.store, |reads| {
        reads.head_keys(village)?.iter().map(|row| head(reads, row, now)).collect()
    })
}

/// Certifies the key with that fingerprint. `until`: the last day of the certificate, else a term of office.
pub fn certify(
    district: &District,
    meant: &Meant,
    until: Option<CivilDate>,
) -> Result<Certified, DistrictError> {
    let officer = check_officer(&meant.officer)?;
    let now = district.now();
    let ends = authority_ends(district)?;
    let named = until.is_some();
    let until = match until {
        Some(day) => day_start(district, day.plus_days(1), -1_000),
        None => Timestamp((now.millis() + YEAR_MS * i64::from(HEAD_YEARS)).min(ends.millis())),
    };
    store::change(&*district.store, |writes| {
        let row = find(district, &*writes, meant)?;
        let known = head(&*writes, &row, now)?;
        if let Some(revoked) = &known.revocation {
            return Err(asked(format!(
                "Kunci {} sudah dicabut sejak {} dan tidak dapat disahkan lagi. Kepala desa atau lurah membuat \
                 kunci baru di ruangnya.",
                row.key.fingerprint(),
                day_words(district, revoked.from)
            )));
        }
        if until <= now || until > ends {
            return Err(asked(format!(
                "Sertifikat dapat berlaku paling lama sampai {} dan tidak boleh sudah lewat. Perbaiki --until.",
                day_words(district, ends)
            )));
        }
        if let Some(certificate) = &known.certificate {
            let left = certificate.not_after.millis() - now.millis();
            let already =
                if named { certificate.not_after == whole_second(until) } else { left > RENEW_BEFORE_MS };
            if already {
                return Ok(Certified { head: known, already });
            }
        }
        let village = place_words(row.village, &known.village_name);
        let regency = format!("Kabupaten {}", district.regency_name);
        let who = HeadName { name: &known.name, title: &known.title, village: &village, regency: &regency };
        let randomness = &*district.tools.randomness;
        let certificate =
            district.authority.certify_head(&row.key, &who, now, until, randomness).map_err(key)?;
        let facts = certificate_facts(&certificate).map_err(key)?;
        Work::new(district, writes).certify_head(&CertificateRow {
            serial: facts.serial,
            village: row.village,
            key: row.key,
            certificate,
            not_before: facts.not_before,
            not_after: facts.not_after,
            officer: officer.to_owned(),
            issued_at: now,
        })?;
        Ok(Certified { head: head(&*writes, &row, now)?, already: false })
    })
}

/// Ends a key. Certified or not: a key that was never compared can be stolen as well.
pub fn revoke(district: &District, meant: &Meant, order: &Revocation) -> Result<Revoked, DistrictError> {
    let officer = check_officer(&meant.officer)?;
    let now = district.now();
    let from = order.from.map_or(now, |day| day_start(district, day, 0));
    if order.reason == RevocationReason::Compromised && from > now {
        return Err(asked(
            "Kunci yang hilang atau bocor dicabut sejak sekarang atau sebelumnya. Perbaiki --from."
                .to_owned(),
        ));
    }
    let note = note(order)?;
    store::change(&*district.store, |writes| {
        let row = find(district, &*writes, meant)?;
        if let Some(before) = writes.head_revocation(row.village, &row.key)? {
            let sharper = order.reason == RevocationReason::Compromised && before.reason != order.reason;
            if from >= before.from && !sharper {
                return Err(asked(format!(
                    "Kunci {} sudah dicabut sejak {} oleh {}. Sebut --from yang lebih awal bila perlu.",
                    row.key.fingerprint(),
                    day_words(district, before.from),
                    before.officer
                )));
            }
        }
        let before = passed(district, &*writes, &row)?;
        Work::new(district, writes).revoke_head(&RevocationRow {
            village: row.village,
            key: row.key,
            from,
            reason: order.reason,
            officer: officer.to_owned(),
            note,
            recorded_at: now,
        })?;
        let after = passed(district, &*writes, &row)?;
        let passed_uncovered = before.difference(&after).copied().collect();
        Ok(Revoked { head: head(&*writes, &row, now)?, passed_uncovered })
    })
}

/// The list of revoked certificates (RFC 5280, DER), for whoever checks signatures without Payung.
pub fn crl(district: &District) -> Result<Vec<u8>, DistrictError> {
    let now = district.now();
    store::change(&*district.store, |writes| {
        let mut revoked = Vec::new();
        for revocation in writes.revocations()?.iter().filter(|revocation| revocation.from <= now) {
            for certificate in writes.head_certificates(revocation.village, &revocation.key)? {
                let reason = match revocation.reason {
                    RevocationReason::Compromised => CrlReason::KeyCompromise,
                    RevocationReason::OfficeEnded => CrlReason::CessationOfOperation,
                    RevocationReason::Superseded => CrlReason::Superseded,
                };
                revoked.push(RevokedCertificate { serial: certificate.serial, at: revocation.from, reason });
            }
        }
        let last = match writes.setting(CRL_NUMBER)?.map(<[u8; 8]>::try_from) {
            None => 0,
            Some(Ok(number)) => u64::from_be_bytes(number),
            Some(Err(_)) => return Err(DistrictError::Damaged(CRL_NUMBER.to_owned())),
        };
        let next = Timestamp(now.millis() + CRL_DAYS * DAY_MS);
        let list = district.authority.crl(&revoked, last + 1, now, next).map_err(key)?;
        writes.put_setting(CRL_NUMBER, &(last + 1).to_be_bytes())?;
        Ok(list)
    })
}

fn head(reads: &(impl Reads + ?Sized), row: &HeadRow, now: Timestamp) -> Result<Head, DistrictError> {
    let damaged = || DistrictError::Damaged("pengenalan kunci kepala desa tidak ada".into());
    let entry = reads.entry(row.introduced)?.and_then(|entry| entry.read()).ok_or_else(damaged)?;
    let Event::HeadKeyIntroduced { name, title, .. } = entry.event else { return Err(damaged()) };
    let certificate = reads.head_certificates(row.village, &row.key)?.pop();
    let revocation = reads.head_revocation(row.village, &row.key)?;
    let state = match (&certificate, &revocation) {
        (_, Some(revoked)) if revoked.from <= now => HeadState::Revoked,
        (None, _) => HeadState::Waiting,
        (Some(certificate), _) if certificate.not_after < now => HeadState::Ended,
        (Some(_), _) => HeadState::Certified,
    };
    Ok(Head {
        village: row.village,
        village_name: reads.village(row.village)?.map_or_else(String::new, |village| village.name),
        name,
        title,
        key: row.key,
        introduced_at: entry.at,
        certificate,
        revocation,
        state,
    })
}

/// The key of that village whose fingerprint was typed, whole: nothing shorter compares anything.
fn find(district: &District, reads: &(impl Reads + ?Sized), meant: &Meant) -> Result<HeadRow, DistrictError> {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    let village = reads.village(meant.village)?.ok_or_else(|| {
        asked(format!("Desa {} belum terdaftar. Periksa kodenya: payung-district status", meant.village))
    })?;
    let typed = plain(&meant.fingerprint);
    if typed.len() != 16 || !typed.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(asked(
            "Sidik jari kunci terdiri atas 16 angka dan huruf A-F, seperti A1B2-C3D4-E5F6-0718. Ketik seluruhnya \
             seperti yang dibacakan kepala desa atau lurah."
                .to_owned(),
        ));
    }
    let keys = reads.head_keys(Some(meant.village))?;
    let found = keys.iter().find(|row| plain(&row.key.fingerprint()) == typed);
    found.cloned().ok_or_else(|| {
        let place = place_words(village.code, &village.name);
        asked(match keys.is_empty() {
            true => format!(
                "{place} belum mengirim kunci penanda tangan. Kepala desa atau lurah masuk ke ruangnya, lalu desa \
                 menyinkronkan."
            ),
            false => format!(
                "Tidak ada kunci dengan sidik itu dari {place}. Jangan sahkan: minta kepala desa atau lurah \
                 membacakannya sekali lagi. Bila tetap berbeda, minta desa menyinkronkan, atau periksa apakah kuncinya \
                 diganti orang lain. Daftar kunci Kabupaten {}: payung-district head list",
                district.regency_name
            ),
        })
    })
}

/// People whom an officer passed and whose statement under that key counts.
fn passed(
    district: &District,
    reads: &(impl Reads + ?Sized),
    row: &HeadRow,
) -> Result<BTreeSet<EntityId>, DistrictError> {
    let mut standings = Standings::default();
    let mut found = BTreeSet::new();
    for id in reads.attested_under(row.village, &row.key)? {
        let Some(person) = reads.person(id)? else { continue };
        if person.answer != Some(Answer::Passed) || person.ended.is_some() {
            continue;
        }
        let Some(known) = known_version(reads, person.version)? else { continue };
        let covering = standings.covering(district, reads, id, &known)?;
        if covering.evidence == StatementEvidence::SignedAndStamped {
            found.insert(id);
        }
    }
    Ok(found)
}

fn note(order: &Revocation) -> Result<String, DistrictError> {
    let given = order.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if given.is_some_and(|note| note.chars().count() > REASON_MAX) {
        return Err(asked(format!("Catatan terlalu panjang; paling banyak {REASON_MAX} huruf.")));
    }
    let usual = match order.reason {
        RevocationReason::Compromised => "Kunci dilaporkan hilang, dicuri, atau diketahui orang lain.",
        RevocationReason::OfficeEnded => "Masa jabatan berakhir.",
        RevocationReason::Superseded => "Digantikan kunci yang lebih baru.",
    };
    Ok(given.unwrap_or(usual).to_owned())
}

fn authority_ends(district: &District) -> Result<Timestamp, DistrictError> {
    certificate_facts(district.authority.certificate_der()).map(|facts| facts.not_after).map_err(key)
}

/// Midnight of that day in the regency, `shifted` by so many milliseconds.
fn day_start(district: &District, day: CivilDate, shifted: i64) -> Timestamp {
    let midnight = day.days_since_epoch() * DAY_MS - i64::from(district.utc_offset().hours) * 3_600_000;
    Timestamp(midnight + shifted)
}

/// Certificates count whole seconds.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp(at.millis().div_euclid(1_000) * 1_000)
}

pub fn day_words(district: &District, at: Timestamp) -> String {
    at.civil_date(district.utc_offset()).in_words()
}

fn key(error: KeyError) -> DistrictError {
    DistrictError::Key(error.to_string())
}

fn asked(words: String) -> DistrictError {
    DistrictError::Asked(words)
}
