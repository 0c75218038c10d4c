//! Whether the tables about attachments say what the entries say, down to the bytes of the files.

use crate::attachment::About;
use crate::attachment::rows;
use crate::error::RegisterError;
use crate::exchange;
use crate::ids::AttachmentId;
use crate::person::rows as person_rows;
use crate::register::Register;
use crate::sql::{self, array, damaged};
use crate::statement::rows as statement_rows;
use payung_domain::Timestamp;
use payung_journal::{Attachment, AttachmentReceipt, EntityId, Event};
use payung_keys::sha256;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Entries that the tables about attachments rest on, by their place.
#[derive(Default)]
pub(crate) struct Said {
    attached: BTreeMap<EntityId, (EntityId, Attachment)>,
    removed: BTreeMap<EntityId, EntityId>,
    refused: BTreeMap<EntityId, [u8; 32]>,
}

impl Said {
    pub(crate) fn note(&mut self, at: EntityId, of_village: bool, event: &Event) {
        match event {
            Event::Attached { about, attachment } if of_village => {
                self.attached.insert(at, (*about, attachment.clone()));
            }
            Event::AttachmentRemoved { attached, .. } if of_village => {
                self.removed.insert(at, *attached);
            }
            Event::AttachmentRefused { digest, .. } if !of_village => {
                self.refused.insert(at, *digest);
            }
            _ => {}
        }
    }
}

/// Returns how many files were gone through.
pub(crate) fn prove(register: &Register, said: &Said) -> Result<u64, RegisterError> {
    let db = &register.db;
    announced(db, said)?;
    removed(db, said)?;
    let refusals = sql::many(db, include_str!("refusals.sql"), [], |row| {
        let entry = sql::entity(row.get(0)?, row.get(1)?)?.ok_or_else(|| damaged("entry of a refusal"))?;
        Ok((entry, array::<32>(row.get(2)?, "digest of a file")?))
    })?;
    if refusals.iter().any(|(entry, digest)| said.refused.get(entry) != Some(digest)) {
        return Err(damaged("tables and entries disagree about refused files"));
    }
    receipts(db)?;
    files(db)
}

/// What counts as delivered is under the district's signature.
fn receipts(db: &Connection) -> Result<(), RegisterError> {
    let wrong = || damaged("receipt of a file");
    let kept = sql::many(db, include_str!("receipts.sql"), [], |row| {
        let receipt = AttachmentReceipt::from_bytes(&row.get::<_, Vec<u8>>(3)?)?;
        let digest = array(row.get(0)?, "digest of a file")?;
        let named = (digest, sql::sequence(row.get(1)?)?, Timestamp(row.get(2)?));
        if named != (receipt.digest, receipt.bytes, receipt.at) { Err(wrong()) } else { Ok(receipt) }
    })?;
    let Some(enrolment) = exchange::enrolment(db)? else {
        return if kept.is_empty() { Ok(()) } else { Err(wrong()) };
    };
    match kept.iter().all(|receipt| receipt.verify(&enrolment.district_key).is_ok()) {
        true => Ok(()),
        false => Err(wrong()),
    }
}

fn announced(db: &Connection, said: &Said) -> Result<(), RegisterError> {
    let mut seen = 0;
    for (id, entry) in entries(db, include_str!("announcements.sql"))? {
        let at = || damaged(&format!("attachment {}", id.0));
        let record = rows::load(db, id)?.ok_or_else(at)?;
        let (about, attachment) = said.attached.get(&entry).ok_or_else(at)?;
        let row = sql::one(db, include_str!("what.sql"), [id.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let same = row == Some((attachment.kind.key().to_owned(), attachment.name.clone()))
            && record.digest == attachment.digest;
        let owner = match record.about {
            About::Person(person) => person_rows::load(db, person)?.entity,
            About::Statement(statement) => statement_rows::load(db, statement)?.entry,
        };
        // A person whose entry the district replaced is a draft, and keeps what others attached.
        if !same || owner.is_some_and(|owner| owner != *about) {
            return Err(at());
        }
        seen += 1;
    }
    let unknown = |about: &EntityId| -> Result<bool, RegisterError> {
        Ok(person_rows::by_entity(db, *about)?.is_none() && statement_rows::by_entry(db, *about)?.is_none())
    };
    let mut waiting = 0;
    for (about, _) in said.attached.values() {
        waiting += usize::from(unknown(about)?);
    }
    if seen > said.attached.len() || seen + waiting < said.attached.len() {
        return Err(damaged("tables and entries disagree about attachments"));
    }
    Ok(())
}

fn removed(db: &Connection, said: &Said) -> Result<(), RegisterError> {
    for (id, entry) in entries(db, include_str!("removals.sql"))? {
        let at = || damaged(&format!("attachment {} that was removed", id.0));
        let attached = said.removed.get(&entry).ok_or_else(at)?;
        let record = rows::load(db, id)?.ok_or_else(at)?;
        if record.entry != Some(*attached) {
            return Err(at());
        }
    }
    Ok(())
}

fn entries(db: &Connection, statement: &str) -> Result<Vec<(AttachmentId, EntityId)>, RegisterError> {
    sql::many(db, statement, [], |row| {
        let entry = sql::entity(row.get(1)?, row.get(2)?)?;
        Ok((AttachmentId(row.get(0)?), entry.ok_or_else(|| damaged("entry of an attachment"))?))
    })
}

/// Every file that is here is the one that its digest names.
fn files(db: &Connection) -> Result<u64, RegisterError> {
    let digests = sql::many(db, include_str!("files_here.sql"), [], |row| {
        array::<32>(row.get(0)?, "digest of a file")
    })?;
    for digest in &digests {
        match rows::bytes(db, digest)? {
            Some(bytes) if sha256(&[&bytes]) == *digest => {}
            _ => return Err(damaged("a file beside a person or a statement")),
        }
    }
    Ok(digests.len() as u64)
}
