//! One statement as it stands in the district's record, for whoever asks about a paper.

use crate::error::DistrictError;
use crate::head::day_words;
use crate::home::District;
use crate::report::iso;
use crate::store::{self, Reads, StatementRow};
use crate::work::{Standing, place_words};
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{Event, SignedStatement};
use payung_keys::{PublicKey, read_timestamp};

/// One statement as the district has it.
pub struct Record {
    pub village: VillageCode,
    pub village_name: String,
    pub key: PublicKey,
    pub statement: SignedStatement,
    pub standing: Standing,
    pub signed_at: Timestamp,
    pub received_at: Timestamp,
    pub timestamped_at: Option<Timestamp>,
    pub stamped: bool,
    pub certified_by: Option<(String, Timestamp, Timestamp)>,
    pub revoked_from: Option<Timestamp>,
}

/// Statements with that code on their pages.
pub fn with_content(district: &District, content: &[u8; 32]) -> Result<Vec<Record>, DistrictError> {
    store::view(&*district.store, |reads| {
        reads.statements_with_content(content)?.into_iter().map(|row| record(reads, row)).collect()
    })
}

/// Statements over these very bytes.
pub fn over(district: &District, document: &[u8; 32]) -> Result<Vec<Record>, DistrictError> {
    store::view(&*district.store, |reads| {
        reads.statements_over(document)?.into_iter().map(|row| record(reads, row)).collect()
    })
}

fn record(reads: &(impl Reads + ?Sized), row: StatementRow) -> Result<Record, DistrictError> {
    let damaged = || DistrictError::Damaged("pernyataan tidak ada".into());
    let entry = reads.entry(row.id)?.and_then(|entry| entry.read()).ok_or_else(damaged)?;
    let Event::StatementSigned { statement } = entry.event else { return Err(damaged()) };
    let token = match row.token {
        Some(id) => reads.entry(id)?.and_then(|entry| entry.read()),
        None => None,
    };
    let timestamped_at = match (token.map(|entry| entry.event), &statement.seal) {
        (Some(Event::StatementTimestamped { token, .. }), Some(seal)) => seal
            .signature
            .to_der()
            .and_then(|signature| read_timestamp(&token, &signature).ok())
            .map(|facts| facts.at),
        _ => None,
    };
    let certificate = reads.head_certificates(row.village, &row.key)?.pop();
    let revocation = reads.head_revocation(row.village, &row.key)?;
    let stamp = reads.stamp(row.id, row.village)?;
    Ok(Record {
        village: row.village,
        village_name: reads.village(row.village)?.map_or_else(String::new, |village| village.name),
        key: row.key,
        standing: Standing::of(reads, &row)?,
        signed_at: row.signed_at,
        received_at: row.received_at,
        timestamped_at,
        stamped: stamp.is_some_and(|stamp| !stamp.refused),
        certified_by: certificate
            .map(|certificate| (certificate.officer, certificate.issued_at, certificate.not_after)),
        revoked_from: revocation.map(|revocation| revocation.from),
        statement,
    })
}

impl Record {
    /// Signed by a head whose key the district certified, and not taken back.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Signed { .. } | Standing::Stamped)
    }

    pub fn lines(&self, district: &District) -> Vec<String> {
        let statement = &self.statement;
        let mut lines = vec![
            format!(
                "Catatan kabupaten: pernyataan nomor {} dari {} ({}), tanggal {}, {} orang.",
                statement.number,
                place_words(self.village, &self.village_name),
                self.village,
                statement.signed_on.in_words(),
                statement.people.len()
            ),
            format!(
                "Ditandatangani {}, {}; kunci {}.",
                statement.signer,
                statement.title,
                self.key.fingerprint()
            ),
            format!("Keadaan: {}.", self.standing.label()),
        ];
        lines.push(match &self.certified_by {
            Some((officer, at, until)) => format!(
                "Kunci disahkan {} oleh {officer}, berlaku sampai {}.",
                day_words(district, *at),
                day_words(district, *until)
            ),
            None => "Kunci belum disahkan kabupaten.".to_owned(),
        });
        if let Some(from) = self.revoked_from {
            lines.push(format!("Kunci tidak berlaku sejak {}.", day_words(district, from)));
        }
        lines.push(match self.timestamped_at {
            Some(at) => format!(
                "Cap waktu kabupaten: {} pukul {}.",
                day_words(district, at),
                at.clock_time(district.utc_offset())
            ),
            None => format!("Sampai di kabupaten: {}.", day_words(district, self.received_at)),
        });
        lines.push(match (self.stamped, &self.standing) {
            (true, _) => {
                "Meterai: sudah dicatat desa; nomor serinya tidak dipakai pernyataan lain.".to_owned()
            }
            (false, Standing::Signed { refused: true }) => {
                "Meterai: nomor seri yang dicatat desa sudah tercatat pada dokumen lain.".to_owned()
            }
            (false, _) => "Meterai: belum dicatat.".to_owned(),
        });
        lines
    }

    pub fn json(&self) -> serde_json::Value {
        let certificate = self.certified_by.as_ref();
        serde_json::json!({
            "village": self.village.to_string(),
            "village_name": self.village_name,
            "number": self.statement.number,
            "date": self.statement.signed_on.to_string(),
            "people": self.statement.people.len(),
            "signer": self.statement.signer,
            "title": self.statement.title,
            "key": self.key.to_hex(),
            "fingerprint": self.key.fingerprint(),
            "state": self.standing.key(),
            "status": self.standing.label(),
            "signed_at": iso(self.signed_at),
            "received_at": iso(self.received_at),
            "timestamped_at": self.timestamped_at.map(iso),
            "stamped": self.stamped,
            "certified_until": certificate.map(|(_, _, until)| iso(*until)),
            "revoked_from": self.revoked_from.map(iso),
        })
    }
}
