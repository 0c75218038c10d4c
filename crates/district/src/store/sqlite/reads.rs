//! Queries.

use super::{Tables, rows, statements as sql};
use crate::error::DistrictError;
use crate::store::*;
use rusqlite::{OptionalExtension, Params, Result, Row, params};

type Stored<T> = std::result::Result<T, DistrictError>;

impl Tables<'_> {
    pub(super) fn one<T>(
        &self,
        sql: &str,
        with: impl Params,
        read: impl FnOnce(&Row) -> Result<T>,
    ) -> Stored<Option<T>> {
        Ok(self.0.prepare_cached(sql)?.query_row(with, read).optional()?)
    }

    pub(super) fn many<T>(
        &self,
        sql: &str,
        with: impl Params,
        read: impl FnMut(&Row) -> Result<T>,
    ) -> Stored<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(with, read)?.collect::<Result<Vec<T>>>()?;
        Ok(rows)
    }

    fn exists(&self, sql: &str, with: impl Params) -> Stored<bool> {
        Ok(self.one(sql, with, |row| row.get::<_, i64>(0))?.unwrap_or(0) > 0)
    }
}

impl Reads for Tables<'_> {
    fn setting(&self, name: &str) -> Stored<Option<Vec<u8>>> {
        self.one(sql::SETTING_GET, [name], |row| row.get(0))
    }

    fn village(&self, code: VillageCode) -> Stored<Option<VillageRow>> {
        self.one(sql::VILLAGE_GET, [code.to_string()], rows::village)
    }

    fn villages(&self) -> Stored<Vec<VillageRow>> {
        self.many(sql::VILLAGE_LIST, [], rows::village)
    }

    fn enrolment(&self, token_digest: &[u8; 32]) -> Stored<Option<EnrolmentRow>> {
        self.one(sql::ENROLMENT_GET, [token_digest], rows::enrolment)
    }

    fn device(&self, id: DeviceId) -> Stored<Option<DeviceRow>> {
        self.one(sql::DEVICE_GET, [id.0], rows::device)
    }

    fn devices(&self) -> Stored<Vec<DeviceRow>> {
        self.many(sql::DEVICE_LIST, [], rows::device)
    }

    fn series(&self, id: SeriesId) -> Stored<Option<SeriesRow>> {
        self.one(sql::SERIES_GET, [id.0], rows::series)
    }

    fn series_of_village(&self, village: VillageCode) -> Stored<Vec<SeriesRow>> {
        self.many(sql::SERIES_OF_VILLAGE, [village.to_string()], rows::series)
    }

    fn village_series(&self, village: VillageCode) -> Stored<Vec<SeriesRow>> {
        self.many(sql::SERIES_IN_VILLAGE, [village.to_string()], rows::series)
    }

    fn continued(&self, id: SeriesId) -> Stored<Option<Continued>> {
        self.one(sql::SERIES_CONTINUED, [id.0], |row| {
            Ok(Continued { at: rows::entity(row, 0)?, reentered: row.get::<_, i64>(2)? as u64 })
        })
    }

    fn twins(&self, village: VillageCode) -> Stored<Vec<(EntityId, EntityId)>> {
        self.many(sql::TWIN_LIST, [village.to_string()], |row| {
            Ok((rows::entity(row, 0)?, rows::entity(row, 2)?))
        })
    }

    fn same_as(&self, id: EntityId) -> Stored<Option<EntityId>> {
        self.one(sql::TWIN_GET, params![id.series.0, id.seq as i64], |row| rows::entity(row, 0))
    }

    fn entry(&self, id: EntityId) -> Stored<Option<EntryRow>> {
        self.one(sql::ENTRY_GET, params![id.series.0, id.seq as i64], rows::entry)
    }

    fn entry_head(&self, id: EntityId) -> Stored<Option<Head>> {
        self.one(sql::ENTRY_HEAD, params![id.series.0, id.seq as i64], |row| Ok(Head(row.get(0)?)))
    }

    fn entries(&self, series: SeriesId, first: u64, most: u64) -> Stored<Vec<EntryRow>> {
        let end = first.saturating_add(most).min(i64::MAX as u64);
        self.many(sql::ENTRY_RANGE, params![series.0, first.min(end) as i64, end as i64], rows::entry)
    }

    fn entry_bytes(&self, series: SeriesId, after: u64, upto: u64) -> Stored<u64> {
        let upto = i64::try_from(upto).unwrap_or(i64::MAX);
        let bytes =
            self.one(sql::ENTRY_BYTES, params![series.0, after as i64, upto], |row| row.get::<_, i64>(0))?;
        Ok(bytes.unwrap_or(0) as u64)
    }

    fn seed(&self, series: SeriesId, stretch: u64) -> Stored<Option<Seed>> {
        self.one(sql::STRETCH_GET, params![series.0, stretch as i64], |row| Ok(Seed(row.get(0)?)))
    }

    fn checkpoint_within(&self, series: SeriesId, after: u64, upto: u64) -> Stored<Option<Checkpoint>> {
        let upto = i64::try_from(upto).unwrap_or(i64::MAX);
        self.one(sql::CHECKPOINT_WITHIN, params![series.0, after as i64, upto], rows::checkpoint)
    }

    fn checkpoint_next(&self, series: SeriesId, after: u64) -> Stored<Option<Checkpoint>> {
        self.one(sql::CHECKPOINT_NEXT, params![series.0, after as i64], rows::checkpoint)
    }

    fn receipt_covering(&self, series: SeriesId, seq: u64) -> Stored<Option<Receipt>> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        self.one(sql::RECEIPT_COVERING, params![series.0, seq], rows::receipt)
    }

    fn receipt_latest(&self, series: SeriesId) -> Stored<Option<Receipt>> {
        self.one(sql::RECEIPT_LATEST, [series.0], rows::receipt)
    }

    fn person(&self, id: EntityId) -> Stored<Option<PersonRow>> {
        self.one(sql::PERSON_GET, params![id.series.0, id.seq as i64], rows::person)
    }

    fn people_with_nik(&self, nik: &[u8; 32]) -> Stored<Vec<PersonRow>> {
        self.many(sql::PERSON_BY_NIK, [nik], rows::person)
    }

    fn people(&self, village: Option<VillageCode>) -> Stored<Vec<PersonRow>> {
        self.many(sql::PERSON_LIST, [village.map(|code| code.to_string())], rows::person)
    }

    fn rivals(&self, person: EntityId) -> Stored<Vec<EntityId>> {
        let with = params![person.series.0, person.seq as i64];
        self.many(sql::RIVAL_LIST, with, |row| rows::entity(row, 0))
    }

    fn waits(&self, id: EntityId) -> Stored<bool> {
        self.exists(sql::WAITING_GET, params![id.series.0, id.seq as i64])
    }

    fn waiting_for(&self, id: EntityId) -> Stored<Vec<EntityId>> {
        self.many(sql::WAITING_FOR, params![id.series.0, id.seq as i64], |row| rows::entity(row, 0))
    }

    fn waiting(&self, village: Option<VillageCode>) -> Stored<u64> {
        let count = |row: &Row| row.get::<_, i64>(0);
        let waiting = match village {
            Some(village) => self.one(sql::WAITING_IN, [village.to_string()], count)?,
            None => self.one(sql::WAITING_ALL, [], count)?,
        };
        Ok(waiting.unwrap_or(0) as u64)
    }

    fn head_key(&self, village: VillageCode, key: &PublicKey) -> Stored<Option<HeadRow>> {
        self.one(sql::HEAD_KEY_GET, params![village.to_string(), key.to_bytes()], rows::head)
    }

    fn head_keys(&self, village: Option<VillageCode>) -> Stored<Vec<HeadRow>> {
        self.many(sql::HEAD_KEY_LIST, [village.map(|code| code.to_string())], rows::head)
    }

    fn head_certificates(&self, village: VillageCode, key: &PublicKey) -> Stored<Vec<CertificateRow>> {
        let with = params![village.to_string(), key.to_bytes()];
        self.many(sql::HEAD_CERTIFICATE_OF, with, rows::certificate)
    }

    fn certificates(&self) -> Stored<Vec<CertificateRow>> {
        self.many(sql::HEAD_CERTIFICATE_LIST, [], rows::certificate)
    }

    fn head_revocation(&self, village: VillageCode, key: &PublicKey) -> Stored<Option<RevocationRow>> {
        self.one(sql::HEAD_REVOCATION_GET, params![village.to_string(), key.to_bytes()], rows::revocation)
    }

    fn revocations(&self) -> Stored<Vec<RevocationRow>> {
        self.many(sql::HEAD_REVOCATION_LIST, [], rows::revocation)
    }

    fn statement(&self, id: EntityId) -> Stored<Option<StatementRow>> {
        self.one(sql::STATEMENT_GET, params![id.series.0, id.seq as i64], rows::statement)
    }

    fn statements_with_content(&self, content: &[u8; 32]) -> Stored<Vec<StatementRow>> {
        self.many(sql::STATEMENT_BY_CONTENT, [content], rows::statement)
    }

    fn statements_over(&self, document: &[u8; 32]) -> Stored<Vec<StatementRow>> {
        self.many(sql::STATEMENT_BY_DOCUMENT, [document], rows::statement)
    }

    fn stamp(&self, statement: EntityId, village: VillageCode) -> Stored<Option<StampRow>> {
        let with = params![statement.series.0, statement.seq as i64, village.to_string()];
        self.one(sql::STAMP_GET, with, rows::stamp)
    }

    fn stamps_with(&self, serial: &[u8; 32]) -> Stored<Vec<StampRow>> {
        self.many(sql::STAMP_BY_SERIAL, [serial], rows::stamp)
    }

    fn withdrawn(&self, statement: EntityId, village: VillageCode) -> Stored<bool> {
        let with = params![statement.series.0, statement.seq as i64, village.to_string()];
        self.exists(sql::WITHDRAWAL_GET, with)
    }

    fn attestations(&self, person: EntityId) -> Stored<Vec<AttestedRow>> {
        self.many(sql::ATTESTED_OF, params![person.series.0, person.seq as i64], rows::attested)
    }

    fn attested_by(&self, statement: EntityId) -> Stored<Vec<EntityId>> {
        let with = params![statement.series.0, statement.seq as i64];
        self.many(sql::ATTESTED_PEOPLE, with, |row| rows::entity(row, 0))
    }

    fn attested_under(&self, village: VillageCode, key: &PublicKey) -> Stored<Vec<EntityId>> {
        let with = params![village.to_string(), key.to_bytes()];
        self.many(sql::ATTESTED_UNDER, with, |row| rows::entity(row, 0))
    }

    fn statements_listing(&self) -> Stored<Vec<EntityId>> {
        self.many(sql::ATTESTED_STATEMENTS, [], |row| rows::entity(row, 0))
    }

    fn told(&self, first: EntityId, other: EntityId, nik: &[u8; 32]) -> Stored<bool> {
        let with = params![first.series.0, first.seq as i64, other.series.0, other.seq as i64, nik];
        self.exists(sql::TOLD_GET, with)
    }

    fn totals(&self) -> Stored<Totals> {
        let totals = self.one(sql::TOTALS, [], |row| {
            let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
            Ok(Totals {
                entries: count(0)?,
                entries_receipted: count(1)?,
                receipts: count(2)?,
                decisions: count(3)?,
            })
        })?;
        Ok(totals.unwrap_or_default())
    }
}
