//! Rows of attachments and of the files behind them.

use crate::attachment::{About, AttachmentCounts, AttachmentRow, FileState, Outgoing, Wanted};
use crate::error::RegisterError;
use crate::ids::{AttachmentId, PersonId, StatementId};
use crate::sql::{self, array, column, damaged, sequence};
use payung_domain::Timestamp;
use payung_journal::{Attachment, AttachmentKind, AttachmentReceipt, EntityId};
use rusqlite::{Connection, Row, params};

/// An attachment as the door works on it.
pub(crate) struct Record {
    pub(crate) about: About,
    pub(crate) kind: AttachmentKind,
    pub(crate) digest: [u8; 32],
    /// The entry that announces it; `None` of a draft.
    pub(crate) entry: Option<EntityId>,
    pub(crate) removed: bool,
}

/// A file as far as it matters before its bytes do.
pub(crate) struct Standing {
    pub(crate) here: bool,
    /// The district's newest words against it.
    pub(crate) refused: Option<String>,
}

/// Who attached something, and which entry says so.
pub(crate) struct Said<'a> {
    pub(crate) at: Timestamp,
    pub(crate) actor: &'a str,
    pub(crate) entry: Option<EntityId>,
}

impl About {
    const fn columns(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Person(PersonId(id)) => (Some(id), None),
            Self::Statement(StatementId(id)) => (None, Some(id)),
        }
    }
}

/// A series and a sequence number as columns, both or neither.
fn place(entry: Option<EntityId>) -> Result<(Option<[u8; 16]>, Option<i64>), RegisterError> {
    Ok((entry.map(|entry| entry.series.0), entry.map(|entry| column(entry.seq)).transpose()?))
}

// -- Files ------------------------------------------------------------------------------------------------------------

/// Keeps bytes once.
pub(crate) fn put_file(
    db: &Connection,
    digest: &[u8; 32],
    media: &str,
    bytes: &[u8],
) -> Result<(), RegisterError> {
    sql::run(db, include_str!("put_file.sql"), params![digest, media, column(bytes.len() as u64)?, bytes])?;
    Ok(())
}

/// Bytes that stand as the document of a statement already.
pub(crate) fn put_document_file(
    db: &Connection,
    digest: &[u8; 32],
    media: &str,
    size: u64,
) -> Result<(), RegisterError> {
    let none: Option<Vec<u8>> = None;
    sql::run(db, include_str!("put_file.sql"), params![digest, media, column(size)?, none])?;
    Ok(())
}

/// Somebody announced these bytes: there is a row for them from now on, whether or not they are here.
pub(crate) fn expect_file(
    db: &Connection,
    digest: &[u8; 32],
    media: &str,
    size: u64,
) -> Result<(), RegisterError> {
    sql::run(db, include_str!("expect_file.sql"), params![digest, media, column(size)?])?;
    Ok(())
}

pub(crate) fn standing(db: &Connection, digest: &[u8; 32]) -> Result<Option<Standing>, RegisterError> {
    sql::one(db, include_str!("file_state.sql"), [digest], |row| {
        Ok(Standing { here: row.get(0)?, refused: row.get(1)? })
    })
}

/// `None` where the bytes are not here.
pub(crate) fn bytes(db: &Connection, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, RegisterError> {
    Ok(sql::one(db, include_str!("bytes.sql"), [digest], |row| Ok(row.get::<_, Option<Vec<u8>>>(0)?))?
        .flatten())
}

/// Erases bytes that nothing refers to any more.
pub(crate) fn erase_file(db: &Connection, digest: &[u8; 32]) -> Result<(), RegisterError> {
    if sql::run(db, include_str!("erase_file.sql"), [digest])? > 0 {
        sql::run(db, include_str!("drop_parts.sql"), [digest])?;
    }
    Ok(())
}

/// As if the file had never been there; only where nothing ever referred to it but a draft.
pub(crate) fn forget_file(db: &Connection, digest: &[u8; 32]) -> Result<(), RegisterError> {
    sql::run(db, include_str!("forget_file.sql"), [digest])?;
    Ok(())
}

/// The district was put back to an older state: what it signed for may be gone there. Asked again, it says so.
pub(crate) fn doubt_receipts(db: &Connection) -> Result<(), RegisterError> {
    sql::run(db, include_str!("doubt_receipts.sql"), [])?;
    Ok(())
}

/// Whether there was one, given at that time or before.
pub(crate) fn doubt_receipt(
    db: &Connection,
    digest: &[u8; 32],
    given: Option<Timestamp>,
) -> Result<bool, RegisterError> {
    let given = given.map_or(i64::MAX, Timestamp::millis);
    Ok(sql::run(db, include_str!("doubt_receipt.sql"), (digest, given))? > 0)
}

// -- Attachments ------------------------------------------------------------------------------------------------------

pub(crate) fn insert(
    db: &Connection,
    about: About,
    attachment: &Attachment,
    said: &Said<'_>,
) -> Result<Option<AttachmentId>, RegisterError> {
    let (person, statement) = about.columns();
    let (series, seq) = place(said.entry)?;
    let inserted = sql::run(
        db,
        include_str!("insert.sql"),
        params![
            person,
            statement,
            attachment.kind.key(),
            attachment.digest,
            attachment.name,
            said.at.millis(),
            said.actor,
            series,
            seq,
        ],
    )?;
    Ok((inserted > 0).then(|| AttachmentId(db.last_insert_rowid())))
}

/// A draft that was somebody's before has the same file already.
pub(crate) fn announce_again(
    db: &Connection,
    about: About,
    attachment: &Attachment,
    entry: EntityId,
) -> Result<bool, RegisterError> {
    let (person, _) = about.columns();
    let parameters = (person, attachment.digest, entry.series.0, column(entry.seq)?);
    Ok(sql::run(db, include_str!("announce_again.sql"), parameters)? > 0)
}

pub(crate) fn load(db: &Connection, id: AttachmentId) -> Result<Option<Record>, RegisterError> {
    sql::one(db, include_str!("load.sql"), [id.0], |row| {
        Ok(Record {
            about: match (row.get(0)?, row.get(1)?) {
                (Some(person), None) => About::Person(PersonId(person)),
                (None, Some(statement)) => About::Statement(StatementId(statement)),
                _ => return Err(damaged("owner of an attachment")),
            },
            kind: kind(&row.get::<_, String>(2)?)?,
            digest: array(row.get(3)?, "digest of a file")?,
            entry: sql::entity(row.get(4)?, row.get(5)?)?,
            removed: row.get::<_, Option<i64>>(6)?.is_some(),
        })
    })
}

pub(crate) fn by_entry(db: &Connection, entry: EntityId) -> Result<Option<AttachmentId>, RegisterError> {
    sql::one(db, include_str!("by_entry.sql"), (entry.series.0, column(entry.seq)?), |row| {
        Ok(AttachmentId(row.get(0)?))
    })
}

pub(crate) fn announced(db: &Connection, id: AttachmentId, entry: EntityId) -> Result<(), RegisterError> {
    sql::run(db, include_str!("announced.sql"), (id.0, entry.series.0, column(entry.seq)?))?;
    Ok(())
}

pub(crate) fn remove(
    db: &Connection,
    id: AttachmentId,
    said: &Said<'_>,
    reason: &str,
) -> Result<(), RegisterError> {
    let (series, seq) = place(said.entry)?;
    let parameters = params![id.0, said.at.millis(), said.actor, reason, series, seq];
    sql::run(db, include_str!("remove.sql"), parameters)?;
    Ok(())
}

/// Takes a draft's attachment away without a trace in the tables.
pub(crate) fn delete(db: &Connection, id: AttachmentId) -> Result<(), RegisterError> {
    sql::run(db, include_str!("delete.sql"), [id.0])?;
    Ok(())
}

/// What was attached to a person before *siap*.
pub(crate) fn drafts_of(
    db: &Connection,
    person: PersonId,
) -> Result<Vec<(AttachmentId, Attachment)>, RegisterError> {
    sql::many(db, include_str!("drafts_of.sql"), [person.0], |row| {
        let attachment = Attachment {
            kind: kind(&row.get::<_, String>(1)?)?,
            digest: array(row.get(2)?, "digest of a file")?,
            bytes: sequence(row.get(3)?)?,
            media: row.get(4)?,
            name: row.get(5)?,
        };
        Ok((AttachmentId(row.get(0)?), attachment))
    })
}

/// How many attachments somebody has, and whether these bytes are among them.
pub(crate) fn count_and_same(
    db: &Connection,
    about: About,
    digest: &[u8; 32],
) -> Result<(u64, bool), RegisterError> {
    let (person, statement) = about.columns();
    let counted = sql::one(db, include_str!("same.sql"), (person, statement, digest), |row| {
        Ok((sequence(row.get(0)?)?, row.get::<_, i64>(1)? > 0))
    })?;
    Ok(counted.unwrap_or_default())
}

/// In the order in which they came; files of a stamp once, with the newest stamp.
pub(crate) fn list(db: &Connection, about: About) -> Result<Vec<AttachmentRow>, RegisterError> {
    let (statement, id) = match about {
        About::Person(id) => (include_str!("of_person.sql"), id.0),
        About::Statement(id) => (include_str!("of_statement.sql"), id.0),
    };
    let mut all: Vec<AttachmentRow> = Vec::new();
    for row in sql::many(db, statement, [id], view)? {
        if row.id.is_none() {
            all.retain(|known| known.id.is_some() || known.digest != row.digest);
        }
        all.push(row);
    }
    Ok(all)
}

pub(crate) fn one(db: &Connection, id: AttachmentId) -> Result<Option<AttachmentRow>, RegisterError> {
    sql::one(db, include_str!("one.sql"), [id.0], view)
}

fn view(row: &Row) -> Result<AttachmentRow, RegisterError> {
    let (announced, here): (bool, bool) = (row.get(8)?, row.get(9)?);
    let state = match (row.get(11)?, row.get(10)?) {
        (Some(words), _) => FileState::Refused(words),
        _ if !announced => FileState::Local,
        _ if !here => FileState::Missing,
        (None, Some(at)) => FileState::Kept(Timestamp(at)),
        (None, None) => FileState::Waiting,
    };
    Ok(AttachmentRow {
        id: row.get::<_, Option<i64>>(0)?.map(AttachmentId),
        kind: kind(&row.get::<_, String>(1)?)?,
        media: row.get(2)?,
        bytes: sequence(row.get(3)?)?,
        name: row.get(4)?,
        at: Timestamp(row.get(5)?),
        actor: row.get(6)?,
        state,
        digest: array(row.get(7)?, "digest of a file")?,
    })
}

fn kind(key: &str) -> Result<AttachmentKind, RegisterError> {
    AttachmentKind::from_key(key).ok_or_else(|| damaged("kind of an attachment"))
}

// -- Delivery ---------------------------------------------------------------------------------------------------------

/// Small ones first: a photo does not wait behind a scanned book.
pub(crate) fn to_send(db: &Connection) -> Result<Vec<Outgoing>, RegisterError> {
    sql::many(db, include_str!("to_send.sql"), [], |row| {
        Ok(Outgoing {
            digest: array(row.get(0)?, "digest of a file")?,
            bytes: sequence(row.get(1)?)?,
            media: row.get(2)?,
        })
    })
}

pub(crate) fn to_fetch(db: &Connection) -> Result<Vec<Wanted>, RegisterError> {
    sql::many(db, include_str!("to_fetch.sql"), [], |row| {
        Ok(Wanted {
            digest: array(row.get(0)?, "digest of a file")?,
            bytes: sequence(row.get(1)?)?,
            have: sequence(row.get(2)?)?,
        })
    })
}

pub(crate) fn counts(db: &Connection) -> Result<AttachmentCounts, RegisterError> {
    let counts = sql::one(db, include_str!("counts.sql"), [], |row| {
        Ok(AttachmentCounts {
            total: sequence(row.get(0)?)?,
            kept: sequence(row.get(1)?)?,
            waiting: sequence(row.get(2)?)?,
            missing: sequence(row.get(3)?)?,
            to_fetch: sequence(row.get(4)?)?,
            refused: sequence(row.get(5)?)?,
            local: sequence(row.get(6)?)?,
        })
    })?;
    Ok(counts.unwrap_or_default())
}

/// Size and media of bytes that were announced and are not here.
pub(crate) fn wanted(db: &Connection, digest: &[u8; 32]) -> Result<Option<(u64, String)>, RegisterError> {
    sql::one(db, include_str!("wanted.sql"), [digest], |row| Ok((sequence(row.get(0)?)?, row.get(1)?)))
}

pub(crate) fn parts_end(db: &Connection, digest: &[u8; 32]) -> Result<u64, RegisterError> {
    Ok(sql::one(db, include_str!("parts_end.sql"), [digest], |row| sequence(row.get(0)?))?.unwrap_or(0))
}

pub(crate) fn put_part(
    db: &Connection,
    digest: &[u8; 32],
    start: u64,
    bytes: &[u8],
) -> Result<(), RegisterError> {
    sql::run(db, include_str!("put_part.sql"), (digest, column(start)?, bytes))?;
    Ok(())
}

/// All pieces, one after the other.
pub(crate) fn whole(db: &Connection, digest: &[u8; 32], size: u64) -> Result<Vec<u8>, RegisterError> {
    let mut whole = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    sql::many(db, include_str!("parts.sql"), [digest], |row| {
        whole.extend_from_slice(&row.get::<_, Vec<u8>>(0)?);
        Ok(())
    })?;
    Ok(whole)
}

pub(crate) fn drop_parts(db: &Connection, digest: &[u8; 32]) -> Result<(), RegisterError> {
    sql::run(db, include_str!("drop_parts.sql"), [digest])?;
    Ok(())
}

/// The district signed for these bytes; returns whether that is news. Of a file that nobody knows any more it is not.
pub(crate) fn keep(db: &Connection, receipt: &AttachmentReceipt) -> Result<bool, RegisterError> {
    let size = column(receipt.bytes)?;
    let parameters = params![receipt.digest, receipt.at.millis(), receipt.to_bytes(), size];
    Ok(sql::run(db, include_str!("keep.sql"), parameters)? > 0)
}

pub(crate) fn refuse(
    db: &Connection,
    entry: EntityId,
    at: Timestamp,
    digest: &[u8; 32],
    words: &str,
) -> Result<(), RegisterError> {
    let parameters = params![entry.series.0, column(entry.seq)?, digest, at.millis(), words];
    sql::run(db, include_str!("refuse.sql"), parameters)?;
    Ok(())
}

pub(crate) fn people_of(db: &Connection, digest: &[u8; 32]) -> Result<Vec<PersonId>, RegisterError> {
    sql::many(db, include_str!("people_of.sql"), [digest], |row| Ok(PersonId(row.get(0)?)))
}

// -- Signed statements ------------------------------------------------------------------------------------------------

/// Signed here, and their PDF is not announced yet: they are of a program before this one.
pub(crate) fn unannounced(db: &Connection) -> Result<Vec<StatementId>, RegisterError> {
    sql::many(db, include_str!("unannounced.sql"), [], |row| Ok(StatementId(row.get(0)?)))
}

/// A statement, and the digest outside the place of its signature where it is known.
pub(crate) type Bound = (StatementId, Option<[u8; 32]>);

/// Statements that wait for this document.
pub(crate) fn without_document(db: &Connection, digest: &[u8; 32]) -> Result<Vec<Bound>, RegisterError> {
    sql::many(db, include_str!("without_document.sql"), [digest], |row| {
        let shown: Option<Vec<u8>> = row.get(1)?;
        let shown = shown.map(|digest| array(digest, "digest of a document")).transpose()?;
        Ok((StatementId(row.get(0)?), shown))
    })
}
