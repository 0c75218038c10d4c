//! What changes.

use super::{Tables, rows, statements as sql};
use crate::error::DistrictError;
use crate::store::*;
use rusqlite::{Params, params};

type Stored<T> = Result<T, DistrictError>;

impl Tables<'_> {
    pub(super) fn run(&mut self, sql: &str, with: impl Params) -> Stored<()> {
        self.0.prepare_cached(sql)?.execute(with)?;
        Ok(())
    }
}

impl Writes for Tables<'_> {
    fn put_setting(&mut self, name: &str, value: &[u8]) -> Stored<()> {
        self.run(sql::SETTING_PUT, params![name, value])
    }

    fn put_village(&mut self, village: &VillageRow) -> Stored<()> {
        let last_exchange = village.last_exchange.map(Timestamp::millis);
        let with = params![village.code.to_string(), village.name, village.decisions.0, last_exchange];
        self.run(sql::VILLAGE_PUT, with)
    }

    fn put_enrolment(&mut self, row: &EnrolmentRow) -> Stored<()> {
        let device = row.used.as_ref().map(|(device, _)| device.0);
        let answer = row.used.as_ref().map(|(_, answer)| answer);
        let village = row.village.to_string();
        self.run(sql::ENROLMENT_PUT, params![row.token_digest, village, row.expires.0, device, answer])
    }

    fn put_device(&mut self, row: &DeviceRow) -> Stored<()> {
        let with = params![
            row.id.0,
            row.village.to_string(),
            row.key.to_bytes(),
            row.enrolled_at.0,
            row.revoked_at.map(Timestamp::millis),
            row.last_exchange.map(Timestamp::millis),
            rows::reach_bytes(&row.have),
            row.revoked_by,
            row.revoked_note,
        ];
        self.run(sql::DEVICE_PUT, with)
    }

    fn put_series(&mut self, row: &SeriesRow) -> Stored<()> {
        let with = params![
            row.id.0,
            rows::kind_name(row.kind),
            row.village.to_string(),
            row.device.map(|device| device.0),
            row.key.to_bytes(),
            row.length as i64,
            row.head.0,
            row.continues.map(|continues| continues.at.series.0),
            row.continues.map(|continues| continues.at.seq as i64),
            row.continues.map(|continues| continues.reentered as i64),
        ];
        self.run(sql::SERIES_PUT, with)
    }

    fn add_entry(&mut self, id: EntityId, row: &EntryRow) -> Stored<()> {
        let (body, salt, digest) = match &row.content {
            Content::Body { body, salt } => (Some(body), salt.map(|salt| salt.0), None),
            Content::Erased(digest) => (None, None, Some(digest.0)),
        };
        self.run(sql::ENTRY_ADD, params![id.series.0, id.seq as i64, body, salt, digest, row.head.0])
    }

    fn add_seed(&mut self, series: SeriesId, stretch: u64, seed: &Seed) -> Stored<()> {
        self.run(sql::STRETCH_ADD, params![series.0, stretch as i64, seed.0])
    }

    fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Stored<()> {
        let with = params![
            checkpoint.series.0,
            checkpoint.seq as i64,
            checkpoint.head.0,
            checkpoint.proof.to_bytes()
        ];
        self.run(sql::CHECKPOINT_ADD, with)
    }

    fn add_receipt(&mut self, receipt: &Receipt) -> Stored<()> {
        let with = params![
            receipt.series.0,
            receipt.seq as i64,
            receipt.head.0,
            receipt.at.0,
            receipt.proof.to_bytes()
        ];
        self.run(sql::RECEIPT_ADD, with)
    }

    fn put_person(&mut self, row: &PersonRow) -> Stored<()> {
        let with = params![
            row.id.series.0,
            row.id.seq as i64,
            row.village.to_string(),
            row.version.series.0,
            row.version.seq as i64,
            row.rival.map(|rival| rival.series.0),
            row.rival.map(|rival| rival.seq as i64),
            row.nik,
            row.claim.map(|claim| claim as i64),
            row.ended.map(|kind| kind.name()),
            row.answer.map(rows::answer_name),
            row.answered.map(|answered| answered.series.0),
            row.answered.map(|answered| answered.seq as i64),
            row.by_officer,
            row.arrived_at.0,
        ];
        self.run(sql::PERSON_PUT, with)
    }

    fn add_rival(&mut self, person: EntityId, version: EntityId) -> Stored<()> {
        let (series, seq) = (version.series.0, version.seq as i64);
        self.run(sql::RIVAL_ADD, params![person.series.0, person.seq as i64, series, seq])
    }

    fn drop_rival(&mut self, person: EntityId, version: EntityId) -> Stored<()> {
        let (series, seq) = (version.series.0, version.seq as i64);
        self.run(sql::RIVAL_DROP, params![person.series.0, person.seq as i64, series, seq])
    }

    fn add_twin(&mut self, id: EntityId, village: VillageCode, same: EntityId) -> Stored<()> {
        let (series, seq) = (same.series.0, same.seq as i64);
        let with = params![id.series.0, id.seq as i64, village.to_string(), series, seq];
        self.run(sql::TWIN_ADD, with)
    }

    fn add_waiting(&mut self, id: EntityId, village: VillageCode, needs: EntityId) -> Stored<()> {
        let (series, seq) = (needs.series.0, needs.seq as i64);
        let with = params![id.series.0, id.seq as i64, village.to_string(), series, seq];
        self.run(sql::WAITING_ADD, with)
    }

    fn drop_waiting(&mut self, id: EntityId) -> Stored<()> {
        self.run(sql::WAITING_DROP, params![id.series.0, id.seq as i64])
    }

    fn add_head_key(&mut self, row: &HeadRow) -> Stored<()> {
        let introduced = row.introduced;
        let with =
            params![row.village.to_string(), row.key.to_bytes(), introduced.series.0, introduced.seq as i64];
        self.run(sql::HEAD_KEY_ADD, with)
    }

    fn add_attested(&mut self, person: EntityId, row: &AttestedRow) -> Stored<()> {
        let with = params![
            person.series.0,
            person.seq as i64,
            row.statement.series.0,
            row.statement.seq as i64,
            row.version.series.0,
            row.version.seq as i64,
        ];
        self.run(sql::ATTESTED_ADD, with)
    }

    fn add_certificate(&mut self, row: &CertificateRow) -> Stored<()> {
        let with = params![
            row.serial,
            row.village.to_string(),
            row.key.to_bytes(),
            row.certificate,
            row.not_before.0,
            row.not_after.0,
            row.officer,
            row.issued_at.0,
        ];
        self.run(sql::HEAD_CERTIFICATE_ADD, with)
    }

    fn put_revocation(&mut self, row: &RevocationRow) -> Stored<()> {
        let with = params![
            row.village.to_string(),
            row.key.to_bytes(),
            row.from.0,
            rows::revocation_name(row.reason),
            row.officer,
            row.note,
            row.recorded_at.0,
        ];
        self.run(sql::HEAD_REVOCATION_PUT, with)
    }

    fn add_statement(&mut self, row: &StatementRow) -> Stored<()> {
        let with = params![
            row.id.series.0,
            row.id.seq as i64,
            row.village.to_string(),
            row.key.to_bytes(),
            row.signed_at.0,
            row.received_at.0,
            row.document,
            row.content,
            row.problem,
            row.token.map(|token| token.series.0),
            row.token.map(|token| token.seq as i64),
        ];
        self.run(sql::STATEMENT_ADD, with)
    }

    fn put_stamp(&mut self, row: &StampRow) -> Stored<()> {
        let (series, seq) = (row.statement.series.0, row.statement.seq as i64);
        self.run(sql::STAMP_PUT, params![series, seq, row.village.to_string(), row.serial, row.refused])
    }

    fn put_token(&mut self, statement: EntityId, token: EntityId, received_at: Timestamp) -> Stored<()> {
        let (series, seq) = (statement.series.0, statement.seq as i64);
        self.run(sql::STATEMENT_TOKEN, params![series, seq, token.series.0, token.seq as i64, received_at.0])
    }

    fn add_withdrawal(&mut self, statement: EntityId, village: VillageCode) -> Stored<()> {
        let with = params![statement.series.0, statement.seq as i64, village.to_string()];
        self.run(sql::WITHDRAWAL_ADD, with)
    }

    fn add_told(&mut self, first: EntityId, other: EntityId, nik: &[u8; 32]) -> Stored<()> {
        let with = params![first.series.0, first.seq as i64, other.series.0, other.seq as i64, nik];
        self.run(sql::TOLD_ADD, with)
    }

    fn next_claim(&mut self) -> Stored<u64> {
        let next = self.one(sql::CLAIM_NEXT, [], |row| row.get::<_, i64>(0))?;
        Ok(next.unwrap_or(1) as u64)
    }
}
