//! A round in self-contained form, for a file on a stick: nothing is left out, whatever the reader knows.

use super::{RoundAnswer, RoundRequest, StateDigest, Total, VERSION, versioned};
use crate::codec::{DecodeError, Fields, Result, Unknowns, message};
use crate::frame::Frame;
use crate::ids::DeviceId;
use crate::message::{
    Heads, MESSAGE_RAW_BYTES_MAX, read_checkpoint, read_list, read_position, read_receipt, read_refusal,
    write_checkpoint, write_position, write_receipt, write_refusal,
};
use crate::packing::{Thorough, pack, unpack};
use payung_domain::Timestamp;

impl RoundRequest {
    /// Version (1 byte), device (16), then packed: 1 time, 2 frames, 3 checkpoints, 4 positions.
    pub fn to_plain(&self) -> Vec<u8> {
        let raw = message(|w| {
            w.int(1, self.sent_at.millis());
            w.list(2, self.push.iter().map(Frame::encode));
            let mut heads = Heads::of(&self.push);
            let write = |point| message(|w| write_checkpoint(w, point, &mut heads));
            w.list(3, self.checkpoints.iter().map(write));
            w.list(4, self.have.iter().map(|position| message(|w| write_position(w, position))));
        });
        [&[VERSION], &self.device.0[..], &pack(&raw, Thorough::UpToMegabyte)].concat()
    }

    /// What [`Self::to_plain`] gave. Whether the sender is who it names is for the file around it to say.
    pub fn from_plain(bytes: &[u8]) -> Result<Self> {
        let (device, packed) = versioned(bytes)?.split_first_chunk().ok_or(DecodeError::Truncated)?;
        let raw = unpack(packed, MESSAGE_RAW_BYTES_MAX, "request")?;
        let seen = Unknowns::default();
        let mut f = Fields::read(&raw, &seen)?;
        let sent_at = Timestamp(f.int(1, "sent_at")?);
        let push = read_list(&mut f, 2, "push", Frame::read)?;
        let mut heads = Heads::of(&push);
        let checkpoints = read_list(&mut f, 3, "checkpoints", |f| read_checkpoint(f, &mut heads))?;
        let have = read_list(&mut f, 4, "have", read_position)?;
        Ok(Self { device: DeviceId(*device), sent_at, have, push, checkpoints })
    }
}

impl RoundAnswer {
    /// Version (1 byte), then packed: 1 time, 2 (1) not level, 3 places, 4 receipts, 5 refusals, 6 frames, 7 checkpoints,
    /// 8 (1) more waits, 9 entries, 10 state.
    pub fn to_plain(&self) -> Vec<u8> {
        let raw = message(|w| {
            w.int(1, self.at.millis());
            if let Some(stands) = &self.stands {
                w.uint(2, 1);
                w.list(3, stands.iter().map(|position| message(|w| write_position(w, position))));
            }
            w.list(4, self.receipts.iter().map(|receipt| message(|w| write_receipt(w, receipt))));
            w.list(5, self.refusals.iter().map(|refusal| message(|w| write_refusal(w, refusal))));
            w.list(6, self.frames.iter().map(Frame::encode));
            let mut heads = Heads::of(&self.frames);
            let write = |point| message(|w| write_checkpoint(w, point, &mut heads));
            w.list(7, self.checkpoints.iter().map(write));
            if self.more {
                w.uint(8, 1);
            }
            if let Some(total) = &self.total {
                w.uint(9, total.entries);
                w.bytes(10, &total.state.0);
            }
        });
        [&[VERSION], &pack(&raw, Thorough::UpToMegabyte)[..]].concat()
    }

    /// What [`Self::to_plain`] gave.
    pub fn from_plain(bytes: &[u8]) -> Result<Self> {
        let raw = unpack(versioned(bytes)?, MESSAGE_RAW_BYTES_MAX, "answer")?;
        let seen = Unknowns::default();
        let mut f = Fields::read(&raw, &seen)?;
        let at = Timestamp(f.int(1, "at")?);
        let stands = f.uint_option(2, "stands")?.is_some();
        let places = read_list(&mut f, 3, "stands", read_position)?;
        let receipts = read_list(&mut f, 4, "receipts", read_receipt)?;
        let refusals = read_list(&mut f, 5, "refusals", read_refusal)?;
        let frames = read_list(&mut f, 6, "frames", Frame::read)?;
        let mut heads = Heads::of(&frames);
        let checkpoints = read_list(&mut f, 7, "checkpoints", |f| read_checkpoint(f, &mut heads))?;
        let more = f.uint_option(8, "more")?.is_some();
        let total = match f.uint_option(9, "entries")? {
            Some(entries) => Some(Total { entries, state: StateDigest(f.array(10, "state")?) }),
            None => None,
        };
        let stands = stands.then_some(places);
        Ok(Self { at, stands, receipts, refusals, frames, checkpoints, more, total })
    }
}
