//! Second language (`POST /v2`, or a file on a stick): a round. Nothing is read before both sides stand at the same
//! places; then the device's village is pushed whole, whoever wrote it, and whatever it lacks comes back.

use super::down::{self, Ends};
use super::known::Holdings;
use super::push::Speaks;
use super::{AllProved, TurnedAway, not_understood, prove_all, refused, speaker, take_in};
use crate::error::DistrictError;
use crate::home::District;
use crate::server::Log;
use crate::store::{self, DeviceRow, Writes};
use crate::work::Work;
use payung_domain::VillageCode;
use payung_journal::{DeviceId, Opened, RoundAnswer, RoundRequest, SignedRound, Total};

/// How a round came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Internet,
    Stick,
}

impl Via {
    const fn word(self) -> &'static str {
        match self {
            Self::Internet => "internet",
            Self::Stick => "stick",
        }
    }
}

/// Answers the bytes of a [`SignedRound`] with those of a [`RoundAnswer`]. Applying the same request again changes nothing
/// and gives the same receipts.
pub fn round(district: &District, log: &Log, bytes: &[u8]) -> Result<Vec<u8>, TurnedAway> {
    let signed = SignedRound::from_bytes(bytes).map_err(not_understood)?;
    let device = speaker(district, signed.device().map_err(not_understood)?)?;
    signed.verify(&device.key).map_err(|_| TurnedAway::BadSignature)?;
    if device.revoked_at.is_some() {
        return Err(TurnedAway::Revoked);
    }
    let opened = store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, device.village)?;
        let opened = signed.open(&known);
        known.checked(opened)
    })?;
    match opened.map_err(not_understood)? {
        Opened::NotLevel => {
            let answer = not_level(district, log, &device)?;
            Ok(encoded(district, device.village, &answer, None)?)
        }
        Opened::Level(request) => {
            let answer = turn(district, log, &device, &request, Via::Internet)?;
            let read = answer.stands.is_none().then_some(&request);
            Ok(encoded(district, device.village, &answer, read)?)
        }
    }
}

/// The same for a request that was read already and whose sender was proved, as from a file on a stick.
pub fn take(
    district: &District,
    log: &Log,
    device: DeviceId,
    request: &RoundRequest,
    via: Via,
) -> Result<RoundAnswer, DistrictError> {
    let device = store::view(&*district.store, |reads| reads.device(device))?;
    let Some(device) = device else {
        return Err(DistrictError::Asked(
            "Kiriman ini dari perangkat yang tidak terdaftar. Minta desa mendaftar dengan berkas pendaftaran baru."
                .into(),
        ));
    };
    if device.revoked_at.is_some() {
        return Err(DistrictError::Asked(
            "Kiriman ini dari perangkat yang sudah dicabut. Tidak ada yang diterima.".into(),
        ));
    }
    turn(district, log, &device, request, via)
}

fn encoded(
    district: &District,
    village: VillageCode,
    answer: &RoundAnswer,
    request: Option<&RoundRequest>,
) -> Result<Vec<u8>, DistrictError> {
    store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, village)?;
        let bytes = answer.encode(request, &known);
        known.checked(bytes)
    })
}

/// Nothing is taken: the district names its own places.
fn not_level(district: &District, log: &Log, device: &DeviceRow) -> Result<RoundAnswer, DistrictError> {
    let now = district.now();
    let answer = store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, device.village)?;
        let answer = RoundAnswer { stands: Some(known.stands()), ..RoundAnswer::new(now) };
        known.checked(answer)
    })?;
    log.event(now, "not_level", &[("device", &device.id)]);
    Ok(answer)
}

fn turn(
    district: &District,
    log: &Log,
    device: &DeviceRow,
    request: &RoundRequest,
    via: Via,
) -> Result<RoundAnswer, DistrictError> {
    // What the district holds only grows: level now is level in the transaction.
    let level = store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, device.village)?;
        let level = known.level(&request.have);
        known.checked(level)
    })?;
    if !level {
        return not_level(district, log, device);
    }
    let proved = prove_all(district, (device, Speaks::ForItsVillage), &request.push, &request.checkpoints)?;
    store::change(&*district.store, |writes| answer(district, log, writes, device, request, proved, via))
}

fn answer(
    district: &District,
    log: &Log,
    writes: &mut dyn Writes,
    device: &DeviceRow,
    request: &RoundRequest,
    proved: AllProved<'_>,
    via: Via,
) -> Result<RoundAnswer, DistrictError> {
    let mut work = Work::new(district, writes);
    let now = work.now;
    let taken = take_in(&mut work, (device, Speaks::ForItsVillage), proved)?;
    work.finish()?;
    let mut answer = RoundAnswer::new(now);
    let mut ends: Ends = request.have.iter().map(|position| (position.series, position.seq)).collect();
    let rows = writes.village_series(device.village)?;
    for (series, seq) in &taken.places {
        let Some(row) = rows.iter().find(|row| row.id == *series) else { continue };
        if let Some(head) = super::push::head_at(&*writes, row, *seq)? {
            answer.receipts.push(down::receipt(&*writes, row, (*seq, head), now)?);
        }
        let end = ends.entry(*series).or_insert(0);
        *end = (*end).max(*seq);
    }
    answer.refusals = taken.refusals;
    for refusal in &answer.refusals {
        refused(log, device, now, refusal);
    }
    down::send(district, &*writes, &rows, &mut ends, &mut answer)?;
    let total = Total::of(&rows.iter().map(crate::store::SeriesRow::position).collect::<Vec<_>>());
    let silent = taken.stored == 0 && answer.frames.is_empty() && answer.refusals.is_empty();
    answer.total = (!silent || total != Total::of(&request.have)).then_some(total);
    seen(writes, device.id, &ends, now)?;
    log.event(
        now,
        "round",
        &[
            ("device", &device.id),
            ("via", &via.word()),
            ("stored", &taken.stored),
            ("sent", &answer.frames.iter().map(|frame| frame.entries.len()).sum::<usize>()),
            ("refused", &answer.refusals.len()),
        ],
    );
    Ok(answer)
}

/// Remembers when the device came and how far it may have read.
fn seen(
    writes: &mut dyn Writes,
    device: DeviceId,
    ends: &Ends,
    now: payung_domain::Timestamp,
) -> Result<(), DistrictError> {
    let Some(mut row) = writes.device(device)? else { return Ok(()) };
    row.last_exchange = Some(now);
    let mut have: Ends = row.have.iter().copied().collect();
    for (series, seq) in ends {
        let known = have.entry(*series).or_insert(0);
        *known = (*known).max(*seq);
    }
    row.have = have.into_iter().filter(|(_, seq)| *seq > 0).collect();
    writes.put_device(&row)?;
    if let Some(mut village) = writes.village(row.village)? {
        village.last_exchange = Some(now);
        writes.put_village(&village)?;
    }
    Ok(())
}
