//! What an officer's word about a key does, a head's or a device's: it is told to the village, and whoever stands in the statements of
//! that key is judged again.

use super::Work;
use crate::error::DistrictError;
use crate::store::{CertificateRow, DeviceRow, RevocationRow};
use payung_journal::Event;

impl Work<'_> {
    pub fn certify_head(mut self, row: &CertificateRow) -> Result<(), DistrictError> {
        self.writes.add_certificate(row)?;
        let event = Event::HeadCertified {
            key: row.key,
            certificate: row.certificate.clone(),
            officer: row.officer.clone(),
        };
        self.decide(row.village, &row.officer, event)?;
        self.people.extend(self.writes.attested_under(row.village, &row.key)?);
        self.finish()
    }

    pub fn revoke_head(mut self, row: &RevocationRow) -> Result<(), DistrictError> {
        self.writes.put_revocation(row)?;
        let event = Event::HeadRevoked {
            key: row.key,
            from: row.from,
            reason: row.reason,
            officer: row.officer.clone(),
            note: row.note.clone(),
        };
        self.decide(row.village, &row.officer, event)?;
        self.people.extend(self.writes.attested_under(row.village, &row.key)?);
        self.finish()
    }

    pub fn revoke_device(mut self, row: &DeviceRow, officer: &str, note: &str) -> Result<(), DistrictError> {
        self.writes.put_device(row)?;
        let event =
            Event::DeviceRevoked { device: row.id, officer: officer.to_owned(), note: note.to_owned() };
        self.decide(row.village, officer, event)?;
        self.finish()
    }
}
