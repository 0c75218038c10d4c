//! Whether this computer's clock can be right, as far as the register can tell. It proves nothing, but a date on a paper
//! that a family relies on should not come from an empty battery.

use crate::door::Door;
use crate::error::RegisterError;
use crate::sql;
use payung_domain::Timestamp;

/// Clocks that are set by hand or by the network differ a little: how far before the last thing known a clock may stand.
const SLACK_MS: i64 = 15 * 60_000;
/// Longest silence that is believed, in days.
const SILENCE_DAYS_MAX: i64 = 400;
const DAY_MS: i64 = 86_400_000;

/// # Errors
/// `ClockBehind` where the clock stands before the last entry that travels, the district's last receipt or its last
/// decision; `ClockFarAhead` where it stands too long after all of them.
pub(crate) fn plausible(door: &Door<'_>) -> Result<(), RegisterError> {
    let (receipt, entry): (i64, i64) =
        sql::one(door.db, include_str!("known_at.sql"), [], |row| Ok((row.get(0)?, row.get(1)?)))?
            .unwrap_or_default();
    let reached = sql::one(door.db, include_str!("../exchange/last_success.sql"), [], |row| {
        Ok(row.get::<_, Option<i64>>(0)?)
    })?
    .flatten()
    .unwrap_or(0);
    let known = receipt.max(entry);
    let offset = door.regulation.regulation.utc_offset;
    let day = |millis: i64| Timestamp(millis).civil_date(offset);
    let clock = door.now.millis();
    if clock < known - SLACK_MS {
        return Err(RegisterError::ClockBehind { clock: day(clock), known: day(known) });
    }
    let known = known.max(reached);
    if clock > known + SILENCE_DAYS_MAX * DAY_MS {
        return Err(RegisterError::ClockFarAhead {
            clock: day(clock),
            known: day(known),
            days_max: SILENCE_DAYS_MAX,
        });
    }
    Ok(())
}
