//! Second language: what a round asks for, and what this side knows of the village's series.

use crate::error::RegisterError;
use crate::exchange::outbound::frame_after;
use crate::exchange::{Origin, SeriesState};
use crate::register::Register;
use crate::series::{self, rows::Series};
use crate::sql::{self, array, column, damaged, sequence};
use payung_journal::{
    Checkpoint, FRAME_ENTRIES_MAX, Frame, Head, Known, Position, Proof, RoundRequest, Seed, SeriesId,
};
use rusqlite::Connection;

/// Every series of the village that travels, oldest row first.
pub(crate) fn village(db: &Connection) -> Result<Vec<Series>, RegisterError> {
    let mut all = series::rows::all(db)?;
    all.retain(|series| series.state.travels());
    Ok(all)
}

/// Of a series that this device writes or wrote, signed now; of another one as it was kept, if it covers just that place.
pub(crate) fn checkpoint_of(
    db: &Connection,
    series: SeriesId,
    seq: u64,
) -> Result<Option<Checkpoint>, RegisterError> {
    let Some(known) = series::rows::find(db, series)?.filter(|known| known.state.travels()) else {
        return Ok(None);
    };
    let Some(head) = series::rows::head_at(db, &known, seq)? else { return Ok(None) };
    match known.state.origin {
        Origin::Own | Origin::Former => {
            let key = series::rows::signing_key(db, series)?;
            Ok(Some(Checkpoint::sign(&key, series, seq, head)))
        }
        Origin::OtherDevice | Origin::District => {
            let parameters = (known.row, column(seq)?);
            sql::one(db, include_str!("checkpoint.sql"), parameters, |row| {
                let head = Head(array(row.get(0)?, "head of a checkpoint")?);
                Ok(Checkpoint { series, seq, head, proof: Proof::from_bytes(&row.get::<_, Vec<u8>>(1)?)? })
            })
        }
    }
}

/// Where both sides are thought to stand, and everything after it, up to so many entries.
pub(crate) fn request(register: &Register, entries_max: u64) -> Result<RoundRequest, RegisterError> {
    let db = &register.db;
    let mut request = RoundRequest {
        device: register.device(),
        sent_at: register.tools.clock.now(),
        have: Vec::new(),
        push: Vec::new(),
        checkpoints: Vec::new(),
    };
    let mut room = entries_max.max(1);
    for series in village(db)? {
        let SeriesState { series: id, seq, held_seq, .. } = series.state;
        if held_seq > 0 {
            let head =
                series::rows::head_at(db, &series, held_seq)?.ok_or_else(|| damaged("place of a series"))?;
            request.have.push(Position { series: id, seq: held_seq, head });
        }
        if held_seq >= seq || room == 0 {
            continue;
        }
        let Some(end) = push_end(db, &series, room)? else { continue };
        let Some(checkpoint) = checkpoint_of(db, id, end)? else { continue };
        request.push.extend(frames(db, id, held_seq, end)?);
        request.checkpoints.push(checkpoint);
        room = room.saturating_sub(end - held_seq);
    }
    Ok(request)
}

/// How far a push of this series goes: as far as there is room where this device signs, else to a checkpoint that was
/// kept: the last one for which there is room, or the first one at all. A branch of decisions goes whole: only then does
/// this device let go of it.
fn push_end(db: &Connection, series: &Series, room: u64) -> Result<Option<u64>, RegisterError> {
    let SeriesState { seq, held_seq, origin, .. } = series.state;
    let fits = if origin == Origin::District { seq } else { held_seq.saturating_add(room) };
    if origin.is_this_device() {
        return Ok(Some(fits.min(seq)));
    }
    let parameters = (series.row, column(held_seq)?, column(fits.min(i64::MAX as u64))?);
    let end = sql::one(db, include_str!("checkpoint_end.sql"), parameters, |row| Ok(row.get(0)?))?;
    end.flatten().map(sequence).transpose()
}

/// Every entry of a series after one and up to another.
fn frames(db: &Connection, series: SeriesId, after: u64, up_to: u64) -> Result<Vec<Frame>, RegisterError> {
    let mut frames = Vec::new();
    let mut at = after;
    while at < up_to {
        let most = (up_to - at).min(FRAME_ENTRIES_MAX as u64);
        let frame = frame_after(db, series, at, most)?.ok_or_else(|| damaged("series ends too early"))?;
        at = frame.last_seq();
        frames.push(frame);
    }
    Ok(frames)
}

impl Known for Register {
    fn series(&self) -> Vec<SeriesId> {
        village(&self.db)
            .map_or_else(|_| Vec::new(), |all| all.into_iter().map(|series| series.state.series).collect())
    }

    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head> {
        let known = self.travelling(series)?;
        series::rows::head_at(&self.db, &known, seq).ok().flatten()
    }

    fn seed(&self, series: SeriesId, stretch: u64) -> Option<Seed> {
        let known = self.travelling(series)?;
        series::rows::seed(&self.db, known.row, stretch).ok().flatten()
    }

    fn body(&self, series: SeriesId, seq: u64) -> Option<Vec<u8>> {
        let known = self.travelling(series)?;
        let after = seq.checked_sub(1)?;
        let entry = series::rows::entries_after(&self.db, known.row, after, 1).ok()?.pop()?;
        (entry.seq == seq).then_some(entry.body).flatten()
    }
}

impl Register {
    fn travelling(&self, series: SeriesId) -> Option<Series> {
        series::rows::find(&self.db, series).ok().flatten().filter(|known| known.state.travels())
    }
}
