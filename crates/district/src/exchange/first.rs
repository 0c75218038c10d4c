//! First language (`POST /v1/exchange`): a device speaks for its own series and pulls decisions. Villages that were not
//! updated yet still speak it.

use super::push::{self, Speaks};
use super::{TurnedAway, not_understood, pull, refused, speaker, take_in};
use crate::error::DistrictError;
use crate::home::District;
use crate::server::Log;
use crate::store::{self, DeviceRow, Reads, SeriesRow, Writes};
use crate::work::Work;
use payung_journal::{
    ExchangeAnswer, ExchangeRequest, Position, Proof, Receipt, Refusal, RefusalCode, SignedRequest,
};
use std::collections::BTreeMap;

/// Answers the bytes of a [`SignedRequest`] with the bytes of an [`ExchangeAnswer`]. Applying the same request again
/// changes nothing and gives the same receipts.
pub fn exchange(district: &District, log: &Log, bytes: &[u8]) -> Result<Vec<u8>, TurnedAway> {
    let signed = SignedRequest::from_bytes(bytes).map_err(not_understood)?;
    let device = speaker(district, signed.device().map_err(not_understood)?)?;
    signed.verify(&device.key).map_err(|_| TurnedAway::BadSignature)?;
    if device.revoked_at.is_some() {
        return Err(TurnedAway::Revoked);
    }
    let request = signed.request().map_err(not_understood)?;
    let speaker = (&device, Speaks::ForItself);
    let proved = super::prove_all(district, speaker, &request.push, &request.checkpoints)?;
    let answered = store::change(&*district.store, |writes| {
        answer(district, log, writes, device.clone(), &request, proved)
    })?;
    Ok(answered.encode())
}

fn answer(
    district: &District,
    log: &Log,
    writes: &mut dyn Writes,
    mut device: DeviceRow,
    request: &ExchangeRequest,
    proved: super::AllProved<'_>,
) -> Result<ExchangeAnswer, DistrictError> {
    let mut work = Work::new(district, writes);
    let mut answer = ExchangeAnswer::new(work.now);
    let taken = take_in(&mut work, (&device, Speaks::ForItself), proved)?;
    for refusal in &taken.refusals {
        refused(log, &device, work.now, refusal);
    }
    answer.refusals = taken.refusals;
    let now = work.now;
    work.finish()?;
    device = writes.device(device.id)?.unwrap_or(device);
    device.last_exchange = Some(now);
    writes.put_device(&device)?;
    if let Some(mut village) = writes.village(device.village)? {
        village.last_exchange = Some(now);
        writes.put_village(&village)?;
    }
    for position in &request.have {
        if let Some(refusal) = contradicts(&*writes, &device, position)? {
            refused(log, &device, now, &refusal);
            answer.refusals.push(refusal);
        }
    }
    answer.receipts = receipts(district, &*writes, &device, request)?;
    answer.held = held(&*writes, &device)?;
    for refusal in pull::pull(district, &*writes, &device, &request.pull, &mut answer)? {
        refused(log, &device, now, &refusal);
        answer.refusals.push(refusal);
    }
    log.event(
        now,
        "exchange",
        &[("device", &device.id), ("stored", &taken.stored), ("refused", &answer.refusals.len())],
    );
    Ok(answer)
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

/// A receipt for what the device spoke of, dated by the first that covers it, else the newest there is: the same one at every
/// repeat.
fn receipts(
    district: &District,
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
        let Some(known) = reads.series(series)?.filter(|known| known.device == Some(device.id)) else {
            continue;
        };
        let receipt = match reads.receipt_covering(series, seq)? {
            // Another laptop may have carried more than this device remembers: it can only check what it has.
            Some(receipt) if receipt.seq > seq => push::head_at(reads, &known, seq)?
                .map(|head| Receipt::sign(district.key(), series, seq, head, receipt.at)),
            Some(receipt) => Some(receipt),
            None => reads.receipt_latest(series)?,
        };
        receipts.extend(receipt.map(|receipt| alone(district, receipt)));
    }
    Ok(receipts)
}

/// This language knows no signature over several claims.
fn alone(district: &District, receipt: Receipt) -> Receipt {
    match receipt.proof {
        Proof::Alone(_) => receipt,
        Proof::Together(_) => {
            Receipt::sign(district.key(), receipt.series, receipt.seq, receipt.head, receipt.at)
        }
    }
}

/// What the district really holds of this device's series.
fn held(reads: &(impl Reads + ?Sized), device: &DeviceRow) -> Result<Vec<Position>, DistrictError> {
    let mut series = reads.series_of_village(device.village)?;
    series.retain(|series| series.device == Some(device.id));
    Ok(series.iter().map(SeriesRow::position).collect())
}
