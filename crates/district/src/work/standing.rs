//! How far a statement counts as evidence: read anew from the rows each time, because an officer certifies and revokes
//! keys long after the statements came.

use super::known_version;
use super::versions::Known;
use crate::error::DistrictError;
use crate::home::District;
use crate::store::{Reads, StatementRow};
use payung_domain::{CivilDate, Field, Timestamp};
use payung_journal::{EntityId, Event, RevocationReason};
use payung_regulation::StatementEvidence;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What the district thinks of a statement today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its signatures do not hold; in words.
    Broken(String),
    /// The head took it back.
    Withdrawn,
    /// No key of the village's heads.
    HeadUnknown,
    /// No officer has compared the key's fingerprint with the head.
    NotCertified,
    /// Signed after the key's last certificate ended.
    CertificateEnded(Timestamp),
    /// Signed when the key did not count any more.
    Revoked(Timestamp),
    /// Waits for its meterai; `refused`: the one it had stands on another document.
    Signed {
        refused: bool,
    },
    Stamped,
}

impl Standing {
    /// The rule: the head's key is the village's own, certified, and not revoked when it signed; both signatures hold;
    /// and there is a meterai whose serial is on no other document.
    pub fn of(reads: &(impl Reads + ?Sized), row: &StatementRow) -> Result<Self, DistrictError> {
        if let Some(problem) = &row.problem {
            return Ok(Self::Broken(problem.clone()));
        }
        if reads.withdrawn(row.id, row.village)? {
            return Ok(Self::Withdrawn);
        }
        if reads.head_key(row.village, &row.key)?.is_none() {
            return Ok(Self::HeadUnknown);
        }
        // Whatever the laptop's clock says, what has arrived was signed before.
        let signed_at = row.signed_at.min(row.received_at);
        if let Some(revoked) = reads.head_revocation(row.village, &row.key)? {
            // Whoever stole a key can also set a clock back: then only the district's own clock proves anything.
            let proven = match revoked.reason {
                RevocationReason::Compromised => row.received_at,
                RevocationReason::OfficeEnded | RevocationReason::Superseded => signed_at,
            };
            if proven >= revoked.from {
                return Ok(Self::Revoked(revoked.from));
            }
        }
        // What the key signed before the officer came is the head's as well: that is what was compared.
        let certificates = reads.head_certificates(row.village, &row.key)?;
        match certificates.iter().map(|certificate| certificate.not_after).max() {
            None => return Ok(Self::NotCertified),
            Some(ended) if signed_at > ended => return Ok(Self::CertificateEnded(ended)),
            Some(_) => {}
        }
        Ok(match reads.stamp(row.id, row.village)? {
            Some(stamp) if stamp.refused => Self::Signed { refused: true },
            // Only statements of the first program have a stamp without a serial.
            Some(stamp) if stamp.serial.is_some() || row.content.is_none() => Self::Stamped,
            _ => Self::Signed { refused: false },
        })
    }

    pub const fn evidence(&self) -> StatementEvidence {
        match self {
            Self::Signed { .. } => StatementEvidence::SignedUnstamped,
            Self::Stamped => StatementEvidence::SignedAndStamped,
            _ => StatementEvidence::None,
        }
    }

    /// A stable key for JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Broken(_) => "broken",
            Self::Withdrawn => "withdrawn",
            Self::HeadUnknown => "head_unknown",
            Self::NotCertified => "not_certified",
            Self::CertificateEnded(_) => "certificate_ended",
            Self::Revoked(_) => "revoked",
            Self::Signed { refused: false } => "signed",
            Self::Signed { refused: true } => "stamp_refused",
            Self::Stamped => "stamped",
        }
    }

    /// What an officer reads in a list.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Broken(_) => "tanda tangan tidak cocok",
            Self::Withdrawn => "dicabut kepala desa atau lurah",
            Self::HeadUnknown => "kunci penanda tangan tidak dikenal",
            Self::NotCertified => "ditandatangani, kunci belum disahkan kabupaten",
            Self::CertificateEnded(_) => "ditandatangani setelah sertifikat berakhir",
            Self::Revoked(_) => "ditandatangani dengan kunci yang sudah dicabut",
            Self::Signed { refused: false } => "ditandatangani, menunggu meterai",
            Self::Signed { refused: true } => "nomor seri meterai tercatat pada dokumen lain",
            Self::Stamped => "ditandatangani dan bermeterai",
        }
    }

    /// What the village should know and do; `None` where it only waits for the meterai, or knows already.
    fn note(&self, number: &str, row: &StatementRow, district: &District) -> Option<String> {
        let day = |at: &Timestamp| -> CivilDate { at.civil_date(district.utc_offset()) };
        Some(match self {
            Self::Broken(words) => words.clone(),
            Self::HeadUnknown => format!(
                "Kunci penanda tangan pernyataan {number} belum dikenal. Buat pernyataan baru yang ditandatangani \
                 kepala desa atau lurah."
            ),
            Self::NotCertified => format!(
                "Pernyataan {number} sudah sampai, tetapi kunci penanda tangannya ({}) belum disahkan kabupaten. \
                 Kepala desa atau lurah mencocokkan sidik kunci itu dengan petugas kabupaten.",
                row.key.fingerprint()
            ),
            Self::CertificateEnded(at) => format!(
                "Pernyataan {number} ditandatangani setelah sertifikat kuncinya berakhir ({}). Minta petugas \
                 kabupaten memperpanjangnya.",
                day(at).in_words()
            ),
            Self::Revoked(at) => format!(
                "Kunci penanda tangan pernyataan {number} tidak berlaku sejak {}. Pernyataan ini tidak dihitung; \
                 buat pernyataan baru.",
                day(at).in_words()
            ),
            Self::Signed { refused: true } => format!(
                "Nomor seri meterai pernyataan {number} tercatat pada dokumen lain. Catat nomor seri yang benar, \
                 atau bubuhkan meterai lain."
            ),
            Self::Withdrawn | Self::Signed { refused: false } | Self::Stamped => return None,
        })
    }
}

/// What the statements say about one version of a person.
#[derive(Clone, Debug, Default)]
pub struct Covering {
    pub evidence: StatementEvidence,
    /// The statement that covers these very facts; the one that counts before one that does not. `None`: no statement
    /// covers them.
    pub standing: Option<Standing>,
    /// About the newest statement, where it does not count.
    pub note: Option<String>,
}

impl Covering {
    /// No statement lists the person.
    pub fn says_nothing(&self) -> bool {
        self.standing.is_none() && self.note.is_none() && self.evidence == StatementEvidence::None
    }
}

/// Statements looked at in one piece of work, each once.
#[derive(Default)]
pub struct Standings(BTreeMap<EntityId, Option<(Standing, Option<String>)>>);

impl Standings {
    pub fn covering(
        &mut self,
        district: &District,
        reads: &(impl Reads + ?Sized),
        person: EntityId,
        known: &Known,
    ) -> Result<Covering, DistrictError> {
        let mut covering = Covering::default();
        for attested in reads.attestations(person)? {
            let Some((standing, note)) = self.of(district, reads, attested.statement)? else { continue };
            covering.note.clone_from(note);
            let seen = known_version(reads, attested.version)?.filter(|seen| seen.person == person);
            let Some(seen) = seen else {
                let words = "Pernyataan menunjuk isian yang tidak ada di kabupaten. Buat pernyataan baru.";
                covering.note.get_or_insert_with(|| words.to_owned());
                continue;
            };
            let same = |field: &Field| seen.values.text(*field) == known.values.text(*field);
            let counts = standing.evidence() != StatementEvidence::None;
            let better = counts || covering.evidence == StatementEvidence::None;
            if better && district.regulation.statement.attests.iter().all(same) {
                covering.evidence = standing.evidence();
                covering.standing = Some(standing.clone());
            }
        }
        Ok(covering)
    }

    fn of(
        &mut self,
        district: &District,
        reads: &(impl Reads + ?Sized),
        id: EntityId,
    ) -> Result<Option<&(Standing, Option<String>)>, DistrictError> {
        if let Entry::Vacant(place) = self.0.entry(id) {
            let seen = match (reads.statement(id)?, statement_number(reads, id)?) {
                (Some(row), Some(number)) => {
                    let standing = Standing::of(reads, &row)?;
                    let note = standing.note(&number, &row, district);
                    Some((standing, note))
                }
                _ => None,
            };
            place.insert(seen);
        }
        Ok(self.0.get(&id).and_then(Option::as_ref))
    }
}

fn statement_number(reads: &(impl Reads + ?Sized), id: EntityId) -> Result<Option<String>, DistrictError> {
    let entry = reads.entry(id)?.and_then(|row| row.read());
    Ok(match entry.map(|entry| entry.event) {
        Some(Event::StatementSigned { statement }) => Some(statement.number),
        _ => None,
    })
}
