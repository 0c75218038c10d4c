//! Files that travel on a stick: sealed and signed with this device's key, which never leaves the register, and
//! remembered, so that one brought twice can be told.

use crate::attachment::Outgoing;
use crate::door::Door;
use crate::error::RegisterError;
use crate::op::Done;
use crate::register::Register;
use crate::series;
use crate::sql::{self, array, column, sequence};
use payung_domain::Timestamp;
use payung_journal::{
    AttachmentCall, AttachmentWish, BundleError, BundleHead, BundleReader, BundleWriter, Direction, Parts,
    SignedCall, TrailKind,
};
use payung_keys::SigningKey;
use std::io::{Read, Seek, Write};

/// What became of a file before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StickFile {
    New,
    /// This very file was taken in then.
    Taken(Timestamp),
    /// A later one was: its number.
    Older(u64),
}

impl Register {
    /// Signs a question about the bytes of attachments.
    pub fn sign_call(&self, what: AttachmentWish) -> Result<SignedCall, RegisterError> {
        let call = AttachmentCall { device: self.device(), sent_at: self.now(), what };
        Ok(SignedCall::sign(&call, &self.device_key()?))
    }

    /// The head of this register's next file for the district; `None` before it is enrolled.
    pub fn next_bundle(&self) -> Result<Option<BundleHead>, RegisterError> {
        let Some(enrolment) = self.enrolment()? else { return Ok(None) };
        let number = sql::one(&self.db, include_str!("next.sql"), [], |row| sequence(row.get(0)?))?;
        Ok(Some(BundleHead {
            direction: Direction::ToDistrict,
            village: self.village().code,
            village_name: self.village().name.clone(),
            device: self.device(),
            number: number.unwrap_or(1),
            made_at: self.now(),
            sender: self.device_key()?.public(),
            receiver: enrolment.district_key,
            answers: None,
        }))
    }

    /// Begins to write a file for the district.
    pub fn begin_bundle<W: Write>(&self, out: W, head: &BundleHead) -> Result<BundleWriter<W>, BundleError> {
        BundleWriter::begin(out, head, &*self.tools.randomness)
    }

    /// Signs it; gives back what was written to.
    pub fn finish_bundle<W: Write>(&self, writer: BundleWriter<W>) -> Result<W, RegisterError> {
        let (out, _) = writer.finish(&self.device_key()?)?;
        Ok(out)
    }

    /// Opens a file that was sealed for this device.
    pub fn open_bundle<R: Read + Seek>(&self, reader: BundleReader<R>) -> Result<Parts<R>, RegisterError> {
        Ok(reader.open(&self.device_key()?)?)
    }

    /// Bytes that the district has not acknowledged, small ones first; also those whose entry has yet to be sent, because
    /// on a stick both go together.
    pub fn attachments_to_carry(&self) -> Result<Vec<Outgoing>, RegisterError> {
        sql::many(&self.db, include_str!("to_carry.sql"), [], |row| {
            let digest = array(row.get(0)?, "digest of a file")?;
            Ok(Outgoing { digest, bytes: sequence(row.get(1)?)?, media: row.get(2)? })
        })
    }

    /// Whether a file of the district was taken in before.
    pub fn stick_file(&self, digest: &[u8; 32], number: u64) -> Result<StickFile, RegisterError> {
        let at = sql::one(&self.db, include_str!("taken_at.sql"), [digest], |row| Ok(row.get(0)?))?;
        if let Some(at) = at {
            return Ok(StickFile::Taken(Timestamp(at)));
        }
        let latest = sql::one(&self.db, include_str!("taken_latest.sql"), [], |row| {
            row.get::<_, Option<i64>>(0)?.map(sequence).transpose()
        })?;
        Ok(match latest.flatten() {
            Some(latest) if latest > number => StickFile::Older(latest),
            _ => StickFile::New,
        })
    }

    fn device_key(&self) -> Result<SigningKey, RegisterError> {
        let shared = self.shared_series()?;
        series::rows::signing_key(&self.db, shared.series)
    }
}

pub(crate) fn written(door: &mut Door<'_>, number: u64) -> Result<Done, RegisterError> {
    sql::run(door.db, include_str!("written.sql"), (column(number)?, door.now.millis()))?;
    door.trail(TrailKind::BundleWritten, None, &[], &number.to_string())?;
    Ok(Done::default())
}

pub(crate) fn taken(door: &mut Door<'_>, digest: &[u8; 32], number: u64) -> Result<Done, RegisterError> {
    let new = sql::run(door.db, include_str!("taken.sql"), (digest, column(number)?, door.now.millis()))?;
    if new > 0 {
        door.trail(TrailKind::BundleRead, None, &[], &number.to_string())?;
    }
    Ok(Done::default())
}
