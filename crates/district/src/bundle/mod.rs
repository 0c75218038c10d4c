//! Files on a stick: what a village's laptop wrote is taken in as if it had come over the line, and the answer goes back
//! the same way.

mod answer;

pub use answer::{Written, export};

use crate::attachments;
use crate::error::DistrictError;
use crate::exchange::{self, Via};
use crate::home::District;
use crate::server::Log;
use crate::store::attachments::BundleRow;
use crate::store::{self, DeviceRow, Reads};
use answer::{Answer, Rounds};
use payung_domain::{Timestamp, UtcOffset};
use payung_journal::{
    ATTACHMENT_DIGESTS_MAX, BundleError, BundleHead, Direction, Part, Standing, infected, read_from_stick,
};
use std::collections::BTreeMap;
use std::path::Path;

/// Attachments answered for in one file.
const STATES_MAX: usize = 100_000;

/// What came of a file.
#[derive(Debug)]
pub struct Imported {
    pub head: BundleHead,
    pub known: Known,
    /// Entries that the district did not hold before.
    pub entries_new: u64,
    pub attachments_new: u64,
    pub attachments_refused: u64,
    /// Series of which nothing was taken.
    pub series_refused: usize,
    /// The device and the district stand at different places: nothing was taken, the answer says where to begin.
    pub not_level: bool,
    pub written: Written,
    /// A virus put shortcuts on the stick.
    pub infected: bool,
}

/// What the district knew of a file before it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    New,
    /// This very file was taken in then.
    Taken(Timestamp),
    /// A later one of that device was: its number.
    Older(u64),
}

/// Takes a village's file in and writes the answer: to `answer`, or beside the file. Doing it again changes nothing and
/// writes an answer again.
pub fn import(
    district: &District,
    log: &Log,
    file: &Path,
    answer: Option<&Path>,
) -> Result<Imported, DistrictError> {
    let reader = read_from_stick(file)?;
    let (head, digest) = (reader.head().clone(), *reader.digest());
    let device = sender(district, &head)?;
    let (known, entries_before) =
        store::view(&*district.store, |reads| Ok((known(reads, &head, &digest)?, entries(reads, &device)?)))?;
    let mut parts = reader.open(district.key())?;
    let (mut rounds, mut wanted) = (Rounds::default(), Vec::new());
    let mut states: BTreeMap<[u8; 32], Standing> = BTreeMap::new();
    let mut attachments_new = 0;
    while let Some(part) = parts.next_part()? {
        match part {
            Part::Request(request) if request.device == device.id => {
                let answer = exchange::take(district, log, device.id, &request, Via::Stick)?;
                rounds.answered(&request, answer);
            }
            Part::Piece { digest, offset, bytes, .. } if states.len() < STATES_MAX => {
                let state = store::change(&*district.store, |writes| {
                    let before = attachments::state(writes, device.village, &digest)?;
                    let after = attachments::put(district, writes, device.village, &digest, offset, &bytes)?;
                    let new = before.standing != after.standing;
                    attachments_new += u64::from(new && matches!(after.standing, Standing::Kept(_)));
                    Ok(after)
                })?;
                states.insert(state.digest, state.standing);
            }
            Part::Wanted(digests) => {
                wanted.extend(digests);
                wanted.truncate(10 * ATTACHMENT_DIGESTS_MAX);
            }
            // Of a newer program, or of no use here.
            _ => {}
        }
    }
    let now = district.now();
    let row = BundleRow { digest, device: device.id, number: head.number, taken_at: now };
    store::change(&*district.store, |writes| writes.add_bundle(&row))?;
    let entries_new = store::view(&*district.store, |reads| entries(reads, &device))? - entries_before;
    let refused = states.values().filter(|standing| matches!(standing, Standing::Refused { .. })).count();
    let (not_level, series_refused) = (rounds.not_level(), rounds.refused());
    log.event(now, "bundle", &[("device", &device.id), ("number", &head.number), ("stored", &entries_new)]);
    let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = Answer { rounds, states, wanted, answers: Some(head.number) }.write(
        district,
        log,
        &device,
        answer.unwrap_or(beside),
    )?;
    Ok(Imported {
        head,
        known,
        entries_new,
        attachments_new,
        attachments_refused: refused as u64,
        series_refused,
        not_level,
        written,
        infected: infected(file),
    })
}

/// The enrolled device that a file is of. Everything that its head says is signed, but not yet true.
fn sender(district: &District, head: &BundleHead) -> Result<DeviceRow, DistrictError> {
    let named = || Box::new(head.clone());
    if head.direction != Direction::ToDistrict {
        return Err(BundleError::WrongDirection(named()).into());
    }
    if head.receiver != district.key().public() {
        return Err(BundleError::OtherDistrict(named()).into());
    }
    let device = store::view(&*district.store, |reads| reads.device(head.device))?;
    let Some(device) = device.filter(|known| known.key == head.sender && known.village == head.village)
    else {
        return Err(BundleError::UnknownDevice(named()).into());
    };
    if device.revoked_at.is_some() {
        return Err(BundleError::Revoked(named()).into());
    }
    Ok(device)
}

fn known(
    reads: &(impl Reads + ?Sized),
    head: &BundleHead,
    digest: &[u8; 32],
) -> Result<Known, DistrictError> {
    if let Some(row) = reads.bundle(digest)? {
        return Ok(Known::Taken(row.taken_at));
    }
    Ok(match reads.bundle_latest(head.device)? {
        Some(latest) if latest > head.number => Known::Older(latest),
        _ => Known::New,
    })
}

/// Entries of the device's village, its decisions left out.
fn entries(reads: &(impl Reads + ?Sized), device: &DeviceRow) -> Result<u64, DistrictError> {
    let series = reads.village_series(device.village)?;
    Ok(series.iter().filter(|series| series.device.is_some()).map(|series| series.length).sum())
}

impl Imported {
    /// What the officer is told.
    pub fn words(&self, offset: UtcOffset) -> String {
        let (number, village, code) = (self.head.number, &self.head.village_name, self.head.village);
        let mut words = match self.known {
            Known::New => format!("Kiriman no. {number} dari {village} ({code}) dimasukkan."),
            Known::Taken(at) => format!(
                "Kiriman no. {number} dari {village} ({code}) ini sudah pernah dimasukkan pada {}.",
                at.civil_date(offset).in_words()
            ),
            Known::Older(latest) => format!(
                "Kiriman no. {number} dari {village} ({code}) lebih lama daripada no. {latest} yang sudah dimasukkan."
            ),
        };
        if self.not_level {
            words.push_str(
                " Catatan desa dan kabupaten tidak bertemu, karena salah satunya dipulihkan dari cadangan atau \
                 disalin. Belum ada catatan yang diambil; jawaban ini memberi tahu laptop desa dari mana harus \
                 mengirim lagi.",
            );
        } else if self.entries_new + self.attachments_new == 0 {
            words.push_str(" Tidak ada yang baru di dalamnya.");
        } else {
            words.push_str(&format!(
                " Catatan baru: {}. Foto dan dokumen baru: {}.",
                self.entries_new, self.attachments_new
            ));
        }
        if self.series_refused > 0 {
            words.push_str(&format!(
                " Rangkaian catatan yang ditolak: {}. Sebabnya ada pada catatan server.",
                self.series_refused
            ));
        }
        if self.attachments_refused > 0 {
            words.push_str(&format!(" Foto dan dokumen yang tidak disimpan: {}.", self.attachments_refused));
        }
        words.push_str(&format!("\n{}", self.written.words()));
        if self.infected {
            words.push_str(&format!("\n{}", payung_journal::INFECTED_WORDS));
        }
        words
    }
}
