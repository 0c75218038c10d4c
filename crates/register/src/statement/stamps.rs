//! The meterai: its serial, the files that came back with it, and the district's refusal.

use crate::attachment::door::{PDF, media};
use crate::attachment::{AttachmentError, rows as files};
use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::StatementId;
use crate::op::{Done, NewFile, NewStamp};
use crate::person::door::text;
use crate::person::rows::What;
use crate::sql::{self, array, column, damaged};
use crate::statement::door::{at_stage, happened};
use crate::statement::rows::{self, Record, Stage};
use crate::statement::{FileRow, StampRefusal, StampView, signing};
use payung_domain::{MeteraiKind, MeteraiSerial, Timestamp, VillageCode, duty_rupiah};
use payung_journal::{EVIDENCE_MAX, EntityId, Event, Evidence, Stamp};
use payung_keys::sha256;
use payung_seal::{PDF_BYTES_MAX, SCAN_BYTES_MAX, SameStatement, is_this_statement};
use rusqlite::{Connection, params};
use std::borrow::Cow;

/// Most files beside one stamp.
pub const STAMP_FILES_MAX: usize = EVIDENCE_MAX;
/// Most bytes in all files of one stamp: 256 MiB.
const STAMP_BYTES_MAX: usize = 256 << 20;
/// Longest file name kept, characters.
const NAME_CHARS_MAX: usize = 200;

pub(crate) fn record(door: &mut Door<'_>, id: StatementId, new: &NewStamp) -> Result<Done, RegisterError> {
    at_stage(door, id, &[Stage::Signed])?;
    if let Some(kept) = newest(door.db, id)?.filter(|kept| kept.view.refused.is_none()) {
        return Err(RegisterError::AlreadyStamped { serial: kept.view.serial });
    }
    let note = text("Catatan", &new.note, false)?;
    put(door, id, new, &note)
}

/// How the note of a correction begins; the reason ends with its line.
const CORRECTED: &str = "Diperbaiki: ";

/// Two entries stay: what was said first, and what was meant. A mistyped serial is free again for the paper it is on.
pub(crate) fn correct(
    door: &mut Door<'_>,
    id: StatementId,
    new: &NewStamp,
    reason: &str,
) -> Result<Done, RegisterError> {
    at_stage(door, id, &[Stage::Signed])?;
    let reason = text("Alasan", reason, true)?;
    if newest(door.db, id)?.is_none_or(|kept| kept.view.refused.is_some()) {
        return Err(RegisterError::NotStamped);
    }
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let note = text("Catatan", &new.note, false)?;
    put(door, id, new, format!("{CORRECTED}{reason}\n{note}").trim_end())
}

fn put(door: &mut Door<'_>, id: StatementId, new: &NewStamp, note: &str) -> Result<Done, RegisterError> {
    let statement = rows::load(door.db, id)?;
    let (Some(signed), Some(signed_on)) = (statement.entry, statement.signed_on) else {
        return Err(damaged("signed statement without an entry"));
    };
    let serial = MeteraiSerial::parse(&new.serial)?;
    refuse_used(door.db, id, &serial)?;
    let today = door.today();
    if new.on < signed_on || new.on > today || duty_rupiah(new.on).is_none() {
        return Err(RegisterError::StampDate { on: new.on, signed_on, today });
    }
    // An e-meterai lives in its PDF; anything else lies somewhere on paper.
    let new = &*with_files(door.db, id, new)?;
    let original_at = text("Tempat dokumen asli", &new.original_at, new.original.is_none())?;
    check_files(new)?;
    if let Some(original) = new.original {
        let file = new.files.get(original).ok_or(RegisterError::NoFiles)?;
        refuse_foreign(door, id, &statement, file)?;
    }
    let evidence: Vec<Evidence> = new
        .files
        .iter()
        .map(|file| Evidence {
            digest: sha256(&[&file.bytes]),
            bytes: file.bytes.len() as u64,
            media: file.media.clone(),
        })
        .collect();
    let stamp = Stamp {
        kind: new.kind,
        serial: serial.clone(),
        original_at: original_at.clone(),
        evidence: evidence.clone(),
    };
    let entry = door.share(Event::StatementStamped { statement: signed, on: new.on, stamp: Some(stamp) })?;
    sql::run(
        door.db,
        include_str!("insert_stamp.sql"),
        params![
            id.0,
            door.now.millis(),
            door.actor,
            new.kind.key(),
            serial.as_str(),
            new.on.to_string(),
            original_at,
            note,
            entry.series.0,
            column(entry.seq)?,
            door.order_of(Some(entry))?,
        ],
    )?;
    let row = door.db.last_insert_rowid();
    for (place, (file, proof)) in new.files.iter().zip(&evidence).enumerate() {
        files::put_file(door.db, &proof.digest, &file.media, &file.bytes)?;
        let name: String = file.name.chars().take(NAME_CHARS_MAX).collect();
        let original = new.original == Some(place);
        let bytes = column(proof.bytes)?;
        let parameters = (row, place as i64 + 1, proof.digest, &proof.media, bytes, name, original);
        sql::run(door.db, include_str!("insert_stamp_file.sql"), parameters)?;
    }
    for mut case in signing::signed_for(door, id)? {
        happened(door, &mut case, Some(entry), What::Stamped { statement: id })?;
    }
    Ok(Done { statement: Some(id), ..Done::default() })
}

/// What came back once need not come back again: without files of its own, a stamp has those of the one before.
fn with_files<'a>(
    db: &Connection,
    id: StatementId,
    new: &'a NewStamp,
) -> Result<Cow<'a, NewStamp>, RegisterError> {
    let before = if new.files.is_empty() { newest(db, id)? } else { None };
    let Some(before) = before else { return Ok(Cow::Borrowed(new)) };
    let mut whole = NewStamp { original: None, ..new.clone() };
    for kept in files(db, id)?.into_iter().filter(|kept| kept.stamp == before.row) {
        let bytes = file(db, &kept.row.digest)?.ok_or(AttachmentError::NotHere)?;
        if kept.row.original {
            whole.original = Some(whole.files.len());
        }
        whole.files.push(NewFile { name: kept.row.name, media: kept.row.media, bytes });
    }
    Ok(Cow::Owned(whole))
}

/// One serial, one document, for ever: also where the stamp was refused or the statement revoked. The same document may
/// say its serial again: the other village may have mended a slip, and the district answers anew.
fn refuse_used(db: &Connection, id: StatementId, serial: &MeteraiSerial) -> Result<(), RegisterError> {
    match by_serial(db, serial)? {
        None => Ok(()),
        Some(known) if known == id => Ok(()),
        Some(other) => Err(RegisterError::SerialUsed {
            serial: serial.clone(),
            statement: other,
            number: rows::load(db, other)?.number,
        }),
    }
}

pub(crate) fn by_serial(
    db: &Connection,
    serial: &MeteraiSerial,
) -> Result<Option<StatementId>, RegisterError> {
    Ok(rows::ids(db, include_str!("by_serial.sql"), [serial.as_str()])?.pop())
}

fn check_files(new: &NewStamp) -> Result<(), RegisterError> {
    if new.files.is_empty() {
        return Err(RegisterError::NoFiles);
    }
    if new.files.len() > STAMP_FILES_MAX {
        return Err(RegisterError::TooManyFiles { found: new.files.len(), most: STAMP_FILES_MAX });
    }
    for (place, file) in new.files.iter().enumerate() {
        let bytes_max = if new.original == Some(place) { PDF_BYTES_MAX } else { SCAN_BYTES_MAX };
        if file.bytes.len() > bytes_max {
            return Err(RegisterError::FileTooLarge { name: file.name.clone(), bytes_max });
        }
        if media(&file.bytes) != Some(&file.media) {
            return Err(RegisterError::FileKind { name: file.name.clone() });
        }
    }
    let found: usize = new.files.iter().map(|file| file.bytes.len()).sum();
    if found > STAMP_BYTES_MAX {
        return Err(RegisterError::FilesTooLarge { bytes_max: STAMP_BYTES_MAX });
    }
    let is_pdf = |place: usize| new.files.get(place).is_some_and(|file| file.media == PDF);
    match new.original {
        Some(place) if !is_pdf(place) => Err(RegisterError::ElectronicNeedsPdf),
        None if new.kind == MeteraiKind::Electronic => Err(RegisterError::ElectronicNeedsPdf),
        _ => Ok(()),
    }
}

/// The final PDF must be this very statement, grown by later signatures.
fn refuse_foreign(
    door: &Door<'_>,
    id: StatementId,
    statement: &Record,
    file: &NewFile,
) -> Result<(), RegisterError> {
    let (Some(document), Some(content)) = (rows::document(door.db, id)?, statement.content) else {
        return Err(RegisterError::ForeignDocument {
            words: "surat ini dibuat oleh Payung versi pertama, tanpa kode pada halamannya.".to_owned(),
        });
    };
    if file.bytes == document {
        return Err(RegisterError::NothingAdded);
    }
    match is_this_statement(&file.bytes, &document, &content) {
        SameStatement::Prefix | SameStatement::SameContent => Ok(()),
        SameStatement::Other(words) => Err(RegisterError::ForeignDocument { words }),
    }
}

/// A stamp as stored.
pub(crate) struct Kept {
    pub(crate) row: i64,
    pub(crate) view: StampView,
    /// The decision that refused it.
    pub(crate) refused_by: Option<EntityId>,
}

/// Oldest first.
pub(crate) fn all(db: &Connection, id: StatementId) -> Result<Vec<Kept>, RegisterError> {
    let mut all = sql::many(db, include_str!("stamps.sql"), [id.0], |row| {
        let refused_by = sql::entity(row.get(13)?, row.get(14)?)?;
        let other_village: Option<String> = row.get(12)?;
        let refused = match (&refused_by, row.get::<_, Option<i64>>(10)?) {
            (Some(_), Some(at)) => Some(StampRefusal {
                at: Timestamp(at),
                words: row.get::<_, Option<String>>(11)?.unwrap_or_default(),
                other_village: other_village
                    .map(|code| VillageCode::parse(&code).map_err(|_| damaged("code of a village")))
                    .transpose()?,
            }),
            _ => None,
        };
        Ok(Kept {
            row: row.get(0)?,
            view: StampView {
                kind: rows::meterai_kind(&row.get::<_, String>(3)?)?,
                serial: rows::serial(&row.get::<_, String>(4)?)?,
                on: sql::date(row.get(5)?)?.ok_or_else(|| damaged("date of a stamp"))?,
                original_at: row.get(6)?,
                note: row.get(7)?,
                recorded_at: Timestamp(row.get(1)?),
                recorded_by: row.get(2)?,
                correction: None,
                entry: sql::entity(row.get(8)?, row.get(9)?)?.ok_or_else(|| damaged("entry of a stamp"))?,
                refused,
            },
            refused_by,
        })
    })?;
    for place in 1..all.len() {
        let (before, from_here) = all.split_at_mut(place);
        let (Some(before), Some(kept)) = (before.last(), from_here.first_mut()) else { break };
        // After a refusal another stamp is recorded; only one that stood is corrected.
        let stood = |refusal: &StampRefusal| refusal.at > kept.view.recorded_at;
        if before.view.refused.as_ref().is_none_or(stood) {
            part_reason(&mut kept.view);
        }
    }
    Ok(all)
}

fn part_reason(stamp: &mut StampView) {
    let Some(said) = stamp.note.strip_prefix(CORRECTED) else { return };
    let (reason, note) = said.split_once('\n').unwrap_or((said, ""));
    stamp.correction = Some(reason.to_owned());
    stamp.note = note.to_owned();
}

pub(crate) fn newest(db: &Connection, id: StatementId) -> Result<Option<Kept>, RegisterError> {
    Ok(all(db, id)?.pop())
}

/// A file and the stamp it came with.
pub(crate) struct KeptFile {
    pub(crate) stamp: i64,
    pub(crate) row: FileRow,
}

/// In the order in which they came.
pub(crate) fn files(db: &Connection, id: StatementId) -> Result<Vec<KeptFile>, RegisterError> {
    sql::many(db, include_str!("files.sql"), [id.0], |row| {
        Ok(KeptFile {
            stamp: row.get(7)?,
            row: FileRow {
                digest: array(row.get(0)?, "digest of a file")?,
                name: row.get(1)?,
                media: row.get(2)?,
                bytes: sql::sequence(row.get(3)?)?,
                original: row.get(4)?,
                added_at: Timestamp(row.get(5)?),
                refused: row.get(6)?,
            },
        })
    })
}

pub(crate) fn file(db: &Connection, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, RegisterError> {
    files::bytes(db, digest)
}
