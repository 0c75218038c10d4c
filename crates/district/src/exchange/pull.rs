//! First language: the district's decisions for the device's village, a page at a time.

use super::page::{ENTRIES_MAX, page};
use crate::error::DistrictError;
use crate::home::District;
use crate::store::{DeviceRow, Reads};
use payung_journal::{Checkpoint, ExchangeAnswer, Pull, Refusal, RefusalCode, SeriesKind};

/// Adds a frame and the checkpoint that covers it; sets `more` when something had to wait.
pub fn pull(
    district: &District,
    reads: &(impl Reads + ?Sized),
    device: &DeviceRow,
    pulls: &[Pull],
    answer: &mut ExchangeAnswer,
) -> Result<Vec<Refusal>, DistrictError> {
    let missing = || DistrictError::Damaged("seri keputusan desa tidak ada".into());
    let village = reads.village(device.village)?.ok_or_else(missing)?;
    let mut refusals = Vec::new();
    let mut asked = None;
    for pull in pulls {
        let series = pull.series.unwrap_or(village.decisions);
        let row = reads.series(series)?;
        match row.filter(|row| row.village == device.village && row.kind == SeriesKind::Decisions) {
            None => refusals.push(Refusal {
                series,
                code: RefusalCode::Foreign,
                seq: pull.after,
                message: "not this village's decisions".into(),
            }),
            // Asked twice: once is enough.
            Some(row) => {
                asked =
                    Some(asked.map_or((row.clone(), pull.after), |(_, after)| (row, pull.after.min(after))))
            }
        }
    }
    if let Some((series, after)) = asked
        && let Some((frame, head)) = page(reads, &series, after, ENTRIES_MAX)?
    {
        let last = frame.last_seq();
        answer.more = last < series.length;
        answer.frames.push(frame);
        answer.checkpoints.push(Checkpoint::sign(district.key(), series.id, last, head));
    }
    Ok(refusals)
}
