//! One exchange with a village's device: what it pushes is proved, stored, receipted and taken up in one durable
//! transaction; then it gets what it lacks. Series by series: a bad one changes nothing and stops no other.

mod branch;
mod down;
mod first;
mod known;
mod page;
mod pull;
mod push;
mod round;

pub use first::exchange;
pub use push::RESTORED;
pub use round::{Via, round, take};

use crate::error::DistrictError;
use crate::home::District;
use crate::server::Log;
use crate::store::{self, DeviceRow};
use crate::work::Work;
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{Checkpoint, DecodeError, DeviceId, Frame, Refusal, RefusalCode, SeriesId, SeriesKind};
use push::{Proved, Speaks};
use std::collections::BTreeMap;

/// Why a whole request is turned away: nobody can be answered series by series.
#[derive(Debug)]
pub enum TurnedAway {
    /// Cut off, altered, or not of this language.
    Malformed,
    /// Written by a program newer than this server.
    TooNew,
    /// No enrolled device has this id.
    UnknownDevice,
    BadSignature,
    Revoked,
    Failed(DistrictError),
}

impl From<DistrictError> for TurnedAway {
    fn from(error: DistrictError) -> Self {
        Self::Failed(error)
    }
}

fn not_understood(error: DecodeError) -> TurnedAway {
    match error {
        DecodeError::TooNew(_) => TurnedAway::TooNew,
        _ => TurnedAway::Malformed,
    }
}

fn speaker(district: &District, id: DeviceId) -> Result<DeviceRow, TurnedAway> {
    store::view(&*district.store, |reads| reads.device(id))?.ok_or(TurnedAway::UnknownDevice)
}

/// Frames and checkpoint of each series that the device speaks of.
type Pushed<'a> = BTreeMap<SeriesId, (Vec<&'a Frame>, Option<&'a Checkpoint>)>;

fn by_series<'a>(push: &'a [Frame], checkpoints: &'a [Checkpoint]) -> Pushed<'a> {
    let mut series = Pushed::new();
    for frame in push {
        series.entry(frame.series).or_default().0.push(frame);
    }
    for checkpoint in checkpoints {
        let known = &mut series.entry(checkpoint.series).or_default().1;
        if known.is_none_or(|known| checkpoint.seq > known.seq) {
            *known = Some(checkpoint);
        }
    }
    // The way may have shuffled them.
    for (frames, _) in series.values_mut() {
        frames.sort_by_key(|frame| frame.first_seq);
    }
    series
}

/// What came of proving each series, beside what was offered.
type AllProved<'a> = Vec<(SeriesId, (Vec<&'a Frame>, Option<&'a Checkpoint>), Result<Proved, Refusal>)>;

/// Proves everything over one view, before the writer's turn comes.
fn prove_all<'a>(
    district: &District,
    speaker: (&DeviceRow, Speaks),
    push: &'a [Frame],
    checkpoints: &'a [Checkpoint],
) -> Result<AllProved<'a>, DistrictError> {
    let mut all = store::view(&*district.store, |reads| {
        by_series(push, checkpoints)
            .into_iter()
            .map(|(series, offered)| {
                let proved = push::prove(district, reads, speaker, series, (&offered.0, offered.1))?;
                Ok((series, offered, proved))
            })
            .collect::<Result<AllProved<'a>, DistrictError>>()
    })?;
    // What the district itself wrote comes first: it tells whether the district was put back from a copy.
    let decisions = |proved: &Result<Proved, Refusal>| {
        proved.as_ref().is_ok_and(|proved| proved.before.kind == SeriesKind::Decisions)
    };
    all.sort_by_key(|(_, _, proved)| !decisions(proved));
    Ok(all)
}

#[derive(Default)]
struct Taken {
    stored: usize,
    /// Of each series taken, up to where it was offered.
    places: Vec<(SeriesId, u64)>,
    refusals: Vec<Refusal>,
}

/// Keeps what was proved. Where somebody else's writing came between, it is proved anew.
fn take_in(
    work: &mut Work,
    speaker: (&DeviceRow, Speaks),
    all: AllProved<'_>,
) -> Result<Taken, DistrictError> {
    let mut taken = Taken::default();
    let mut given_back = false;
    for (series, offered, proved) in all {
        let now = work.writes.series(series)?;
        let same = |proved: &Proved| match &now {
            Some(now) => now.position() == proved.before.position(),
            None => proved.before.length == 0,
        };
        let proved = match proved {
            Ok(proved) if same(&proved) => Ok(proved),
            _ => push::prove(work.district, &*work.writes, speaker, series, (&offered.0, offered.1))?,
        };
        match proved {
            Ok(proved) => {
                taken.places.push((series, proved.seq));
                let forgotten = forgotten(work, speaker.0.village, &proved)?;
                let stored = push::keep(work, speaker.0.village, proved)?;
                given_back |= forgotten && stored > 0;
                taken.stored += stored;
            }
            Err(refusal) => {
                if let (RefusalCode::Fork, Some(now), Some(checkpoint)) = (refusal.code, &now, offered.1)
                    && now.kind == SeriesKind::Decisions
                {
                    taken.stored +=
                        branch::enter_again(work, speaker.0.village, now, &offered.0, checkpoint)?;
                }
                taken.refusals.push(refusal);
            }
        }
    }
    if given_back {
        // Photos may be lost as well, also those of laptops that find nothing missing: all of them look again.
        work.begin_anew(speaker.0.village)?;
    }
    Ok(taken)
}

/// Whether the district's own decisions come to it of which no later series told yet that they were forgotten.
fn forgotten(work: &Work, village: VillageCode, proved: &Proved) -> Result<bool, DistrictError> {
    let series = &proved.before;
    Ok(series.kind == SeriesKind::Decisions
        && (series.length == 0
            || work.writes.village(village)?.is_some_and(|village| village.decisions == series.id)))
}

fn refused(log: &Log, device: &DeviceRow, now: Timestamp, refusal: &Refusal) {
    let code = format!("{:?}", refusal.code).to_lowercase();
    log.event(
        now,
        "refused",
        &[("device", &device.id), ("series", &refusal.series), ("code", &code), ("at", &refusal.seq)],
    );
}
