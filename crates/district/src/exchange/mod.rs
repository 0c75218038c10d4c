//! One exchange with a village's device: what it pushes is proved, stored, receipted and taken up in one durable
//! transaction; then it gets what it asked for. Series by series: a bad one changes nothing and stops no other.

mod pull;
mod push;

use crate::error::DistrictError;
use crate::home::District;
use crate::server::Log;
use crate::store::{self, DeviceRow, Reads, Writes};
use crate::work::Work;
use payung_journal::{
    Checkpoint, DecodeError, ExchangeAnswer, ExchangeRequest, Frame, Position, Receipt, Refusal, RefusalCode,
    SeriesId, SignedRequest,
};
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

/// Answers the bytes of a [`SignedRequest`] with the bytes of an [`ExchangeAnswer`]. Applying the same request again
/// changes nothing and gives the same receipts.
pub fn exchange(district: &District, log: &Log, bytes: &[u8]) -> Result<Vec<u8>, TurnedAway> {
    let signed = SignedRequest::from_bytes(bytes).map_err(not_understood)?;
    let device = signed.device().map_err(not_understood)?;
    let device =
        store::view(&*district.store, |reads| reads.device(device))?.ok_or(TurnedAway::UnknownDevice)?;
    signed.verify(&device.key).map_err(|_| TurnedAway::BadSignature)?;
    if device.revoked_at.is_some() {
        return Err(TurnedAway::Revoked);
    }
    let request = signed.request().map_err(not_understood)?;
    let answered = store::change(&*district.store, |writes| answer(district, log, writes, device, &request))?;
    Ok(answered.encode())
}

fn not_understood(error: DecodeError) -> TurnedAway {
    match error {
        DecodeError::TooNew(_) => TurnedAway::TooNew,
        _ => TurnedAway::Malformed,
    }
}

fn answer(
    district: &District,
    log: &Log,
    writes: &mut dyn Writes,
    mut device: DeviceRow,
    request: &ExchangeRequest,
) -> Result<ExchangeAnswer, DistrictError> {
    let mut work = Work::new(district, writes);
    let mut answer = ExchangeAnswer::new(work.now);
    let mut stored = 0;
    for (series, (frames, checkpoint)) in by_series(request) {
        match push::push(&mut work, &device, series, &frames, checkpoint)? {
            Ok(count) => stored += count,
            Err(refusal) => refuse(log, &device, &mut answer, work.now, refusal),
        }
    }
    let now = work.now;
    work.finish()?;
    device.last_exchange = Some(now);
    writes.put_device(&device)?;
    if let Some(mut village) = writes.village(device.village)? {
        village.last_exchange = Some(now);
        writes.put_village(&village)?;
    }
    for position in &request.have {
        if let Some(refusal) = contradicts(&*writes, &device, position)? {
            refuse(log, &device, &mut answer, now, refusal);
        }
    }
    answer.receipts = receipts(&*writes, &device, request)?;
    answer.held = held(&*writes, &device)?;
    for refusal in pull::pull(district, &*writes, &device, &request.pull, &mut answer)? {
        refuse(log, &device, &mut answer, now, refusal);
    }
    log.event(
        now,
        "exchange",
        &[("device", &device.id), ("stored", &stored), ("refused", &answer.refusals.len())],
    );
    Ok(answer)
}

/// Frames and checkpoint of each series that the device speaks of, in the order of the request.
type Pushed<'a> = BTreeMap<SeriesId, (Vec<&'a Frame>, Option<&'a Checkpoint>)>;

fn by_series(request: &ExchangeRequest) -> Pushed<'_> {
    let mut series = Pushed::new();
    for frame in &request.push {
        series.entry(frame.series).or_default().0.push(frame);
    }
    for checkpoint in &request.checkpoints {
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

fn refuse(
    log: &Log,
    device: &DeviceRow,
    answer: &mut ExchangeAnswer,
    now: payung_domain::Timestamp,
    refusal: Refusal,
) {
    let code = format!("{:?}", refusal.code).to_lowercase();
    log.event(
        now,
        "refused",
        &[("device", &device.id), ("series", &refusal.series), ("code", &code), ("at", &refusal.seq)],
    );
    answer.refusals.push(refusal);
}

/// The device believes to stand where the district knows another past: a cloned disk, or an old backup that went on.
fn contradicts(
    reads: &(impl Reads + ?Sized),
    device: &DeviceRow,
    position: &Position,
) -> Result<Option<Refusal>, DistrictError> {
    let Some(known) = reads.series(position.series)?.filter(|series| series.device == Some(device.id)) else {
        return Ok(None);
    };
    let head = push::head_at(reads, &known, position.seq)?;
    let differs = head.is_some_and(|head| head != position.head);
    Ok(differs.then(|| Refusal {
        series: position.series,
        code: RefusalCode::Fork,
        seq: position.seq,
        message: "another entry stands there already".into(),
    }))
}

/// The first receipt that covers what the device spoke of, else the newest there is: the same one at every repeat.
fn receipts(
    reads: &(impl Reads + ?Sized),
    device: &DeviceRow,
    request: &ExchangeRequest,
) -> Result<Vec<Receipt>, DistrictError> {
    let spoken_of = request
        .have
        .iter()
        .map(|position| (position.series, position.seq))
        .chain(request.checkpoints.iter().map(|checkpoint| (checkpoint.series, checkpoint.seq)));
    let mut furthest = BTreeMap::new();
    for (series, seq) in spoken_of {
        let known = furthest.entry(series).or_insert(seq);
        *known = (*known).max(seq);
    }
    let mut receipts = Vec::new();
    for (series, seq) in furthest {
        if reads.series(series)?.is_none_or(|known| known.device != Some(device.id)) {
            continue;
        }
        let receipt = match reads.receipt_covering(series, seq)? {
            Some(receipt) => Some(receipt),
            None => reads.receipt_latest(series)?,
        };
        receipts.extend(receipt);
    }
    Ok(receipts)
}

/// What the district really holds of this device's series.
fn held(reads: &(impl Reads + ?Sized), device: &DeviceRow) -> Result<Vec<Position>, DistrictError> {
    let mut series = reads.series_of_village(device.village)?;
    series.retain(|series| series.device == Some(device.id));
    Ok(series.iter().map(push::position).collect())
}
