//! Second language (`POST /v2`, or a file on a stick): a round. Nothing is read before both sides stand at the same
//! places; then the device's village is pushed whole, whoever wrote it, and whatever it lacks comes back.

use super::down::{self, Ends};
use super::known::Holdings;
use super::push::Speaks;
use super::{Taken, TurnedAway, not_understood, prove_all, refused, speaker, take_in};
use crate::error::DistrictError;
use crate::home::District;
use crate::server::Log;
use crate::store::{self, DeviceRow, Reads, Writes};
use crate::work::Work;
use payung_domain::Timestamp;
use payung_journal::{DeviceId, Known, Opened, RoundAnswer, RoundRequest, SignedRound, Total};

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
    let encoded = match opened.map_err(not_understood)? {
        Opened::NotLevel => not_level(district, log, &device, &|answer, known| answer.encode(None, known))?,
        Opened::Level(request) => {
            let encode = |answer: &RoundAnswer, known: &dyn Known| answer.encode(Some(&request), known);
            turn(district, log, &device, &request, Via::Internet, &encode)?
        }
    };
    Ok(encoded)
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
    // What the district holds only grows: level now is level later.
    let level = store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, device.village)?;
        let level = known.level(&request.have);
        known.checked(level)
    })?;
    match level {
        true => turn(district, log, &device, request, via, &|answer, _| answer.clone()),
        false => not_level(district, log, &device, &|answer, _| answer.clone()),
    }
}

/// What is made of an answer while the district's knowledge is at hand.
type Made<'m, T> = &'m dyn Fn(&RoundAnswer, &dyn Known) -> T;

/// Nothing is taken: the district names its own places.
fn not_level<T>(
    district: &District,
    log: &Log,
    device: &DeviceRow,
    made: Made<'_, T>,
) -> Result<T, DistrictError> {
    let now = district.now();
    let answer = store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, device.village)?;
        let answer = RoundAnswer { stands: Some(known.stands()), ..RoundAnswer::new(now) };
        let made = made(&answer, &known);
        known.checked(made)
    })?;
    log.event(now, "not_level", &[("device", &device.id)]);
    Ok(answer)
}

/// Proves over one view, keeps in one transaction, answers over another view: the writer's place is held no longer than
/// writing takes.
fn turn<T>(
    district: &District,
    log: &Log,
    device: &DeviceRow,
    request: &RoundRequest,
    via: Via,
    made: Made<'_, T>,
) -> Result<T, DistrictError> {
    let speaker = (device, Speaks::ForItsVillage);
    let proved = prove_all(district, speaker, &request.push, &request.checkpoints)?;
    let (taken, now) = store::change(&*district.store, |writes| {
        let mut work = Work::new(district, writes);
        let (taken, now) = (take_in(&mut work, speaker, proved)?, work.now);
        work.finish()?;
        seen(writes, device, request, &taken, now)?;
        Ok((taken, now))
    })?;
    for refusal in &taken.refusals {
        refused(log, device, now, refusal);
    }
    let (stored, refusals) = (taken.stored, taken.refusals.len());
    let (made, sent) = store::view(&*district.store, |reads| {
        let known = Holdings::of(reads, device.village)?;
        let answer = answer(district, reads, &known, request, taken, now)?;
        let sent: usize = answer.frames.iter().map(|frame| frame.entries.len()).sum();
        let made = made(&answer, &known);
        known.checked((made, sent))
    })?;
    log.event(
        now,
        "round",
        &[
            ("device", &device.id),
            ("via", &via.word()),
            ("stored", &stored),
            ("sent", &sent),
            ("refused", &refusals),
        ],
    );
    Ok(made)
}

fn answer<R: Reads + ?Sized>(
    district: &District,
    reads: &R,
    known: &Holdings<'_, R>,
    request: &RoundRequest,
    taken: Taken,
    now: Timestamp,
) -> Result<RoundAnswer, DistrictError> {
    let mut answer = RoundAnswer::new(now);
    let mut ends = reached(request, &taken);
    for (series, seq) in &taken.places {
        let Some(row) = known.row(*series) else { continue };
        if let Some(head) = super::push::head_at(reads, row, *seq)? {
            answer.receipts.push(down::receipt(reads, row, (*seq, head), now)?);
        }
    }
    answer.refusals = taken.refusals;
    down::send(district, reads, known.rows(), &mut ends, &mut answer)?;
    let total = known.total();
    let silent = taken.stored == 0 && answer.frames.is_empty() && answer.refusals.is_empty();
    answer.total = (!silent || total != Total::of(&request.have)).then_some(total);
    Ok(answer)
}

/// How far the device is in each series, with what it pushed.
fn reached(request: &RoundRequest, taken: &Taken) -> Ends {
    let mut ends: Ends = request.have.iter().map(|position| (position.series, position.seq)).collect();
    for (series, seq) in &taken.places {
        let end = ends.entry(*series).or_insert(0);
        *end = (*end).max(*seq);
    }
    ends
}

/// Remembers when the device came and how far it may have read, once it has the answer.
fn seen(
    writes: &mut dyn Writes,
    device: &DeviceRow,
    request: &RoundRequest,
    taken: &Taken,
    now: Timestamp,
) -> Result<(), DistrictError> {
    let Some(mut row) = writes.device(device.id)? else { return Ok(()) };
    row.last_exchange = Some(now);
    let mut have: Ends = row.have.iter().copied().collect();
    let reached = reached(request, taken);
    for series in writes.village_series(row.village)? {
        let end = reached.get(&series.id).copied().unwrap_or(0);
        let most = series.length.min(end.saturating_add(down::ANSWER_ENTRIES_MAX)).max(end);
        let known = have.entry(series.id).or_insert(0);
        *known = (*known).max(most);
    }
    row.have = have.into_iter().filter(|(_, seq)| *seq > 0).collect();
    writes.put_device(&row)?;
    if let Some(mut village) = writes.village(row.village)? {
        village.last_exchange = Some(now);
        writes.put_village(&village)?;
    }
    Ok(())
}
