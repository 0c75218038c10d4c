//! The file that goes back to a village.

use crate::attachments;
use crate::error::DistrictError;
use crate::exchange::{self, Via};
use crate::home::District;
use crate::server::Log;
use crate::store::{self, DeviceRow};
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{
    ATTACHMENT_CHUNK_BYTES_MAX, AttachmentReply, AttachmentState, BUNDLE_BYTES_MAX, BundleError, BundleHead,
    BundleWriter, DeviceId, Direction, Part, Position, RoundAnswer, RoundRequest, SeriesId, Standing,
    StickTrouble, write_to_stick,
};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Answers in one file: 2,000 entries each.
const ANSWERS_MAX: usize = 2_000;
/// Room left for what stands behind the attachments, in bytes.
const ROOM_LEFT: u64 = 1 << 20;

/// The answers to what a device asked, as far as they were made, and where to go on.
#[derive(Default)]
pub struct Rounds {
    answers: Vec<RoundAnswer>,
    /// Where the device will stand once it has read them.
    have: BTreeMap<SeriesId, Position>,
    more: bool,
}

impl Rounds {
    pub fn answered(&mut self, request: &RoundRequest, answer: RoundAnswer) {
        let reached = answer.receipts.iter().map(|receipt| (receipt.series, receipt.seq, receipt.head));
        let shown = answer.checkpoints.iter().map(|point| (point.series, point.seq, point.head));
        let before = request.have.iter().map(|position| (position.series, position.seq, position.head));
        for (series, seq, head) in before.chain(reached).chain(shown) {
            let known = self.have.entry(series).or_insert(Position { series, seq, head });
            if seq > known.seq {
                *known = Position { series, seq, head };
            }
        }
        self.more = answer.more && answer.stands.is_none();
        self.answers.push(answer);
    }

    pub fn not_level(&self) -> bool {
        self.answers.iter().any(|answer| answer.stands.is_some())
    }

    pub fn refused(&self) -> usize {
        self.answers.iter().map(|answer| answer.refusals.len()).sum()
    }

    /// What the device would ask next.
    fn next(&self, device: DeviceId, now: Timestamp) -> RoundRequest {
        RoundRequest {
            device,
            sent_at: now,
            have: self.have.values().copied().collect(),
            push: Vec::new(),
            checkpoints: Vec::new(),
        }
    }
}

/// What a file for a village will hold.
pub struct Answer {
    pub rounds: Rounds,
    /// Of the attachments that came; those that are missing are added when the file is written.
    pub states: BTreeMap<[u8; 32], Standing>,
    /// Attachments that the device lacks.
    pub wanted: Vec<[u8; 32]>,
    pub answers: Option<u64>,
}

/// A file that was written and read back.
#[derive(Debug)]
pub struct Written {
    pub path: PathBuf,
    pub number: u64,
    pub village_name: String,
    pub device: DeviceId,
    pub bytes: u64,
    /// Attachments that the device asked for and that are inside.
    pub attachments: u64,
    /// Attachments that did not fit, or that are not here.
    pub attachments_left: u64,
}

impl Written {
    pub fn words(&self) -> String {
        let mut words = format!(
            "Jawaban no. {} untuk {} ditulis ke {}. Bawa ke desa dan masukkan di layar Sinkronisasi.",
            self.number,
            self.village_name,
            self.path.display()
        );
        if self.attachments > 0 {
            words.push_str(&format!(" Foto dan dokumen yang ikut: {}.", self.attachments));
        }
        if self.attachments_left > 0 {
            words.push_str(&format!(" Yang belum ikut: {}.", self.attachments_left));
        }
        words
    }
}

impl Answer {
    /// `at`: the file's name, or a folder.
    pub fn write(
        self,
        district: &District,
        log: &Log,
        device: &DeviceRow,
        at: &Path,
    ) -> Result<Written, DistrictError> {
        let (number, village) = store::change(&*district.store, |writes| {
            let village = writes.village(device.village)?;
            Ok((writes.next_bundle(device.id)?, village))
        })?;
        let village_name = village.map_or_else(String::new, |village| village.name);
        let head = BundleHead {
            direction: Direction::ToVillage,
            village: device.village,
            village_name: village_name.clone(),
            device: device.id,
            number,
            made_at: district.now(),
            sender: district.key().public(),
            receiver: device.key,
            answers: self.answers,
        };
        let (mut failed, mut attachments, mut left) = (None, 0, 0);
        let wrote = write_to_stick(at, &head, None, |out| {
            let mut writer = BundleWriter::begin(out, &head, &*district.tools.randomness)?;
            let filled = self.fill(district, log, device, &mut writer, (&mut attachments, &mut left));
            match filled {
                Ok(()) => Ok(writer.finish(district.key())?.0),
                Err(Failed::File(error)) => Err(error),
                Err(Failed::District(error)) => {
                    failed = Some(error);
                    Err(BundleError::Stick(StickTrouble::Failing))
                }
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let path = wrote?;
        let bytes = std::fs::metadata(&path).map_or(0, |facts| facts.len());
        Ok(Written {
            path,
            number,
            village_name,
            device: device.id,
            bytes,
            attachments,
            attachments_left: left,
        })
    }

    fn fill(
        mut self,
        district: &District,
        log: &Log,
        device: &DeviceRow,
        writer: &mut BundleWriter<BufWriter<File>>,
        (attachments, left): (&mut u64, &mut u64),
    ) -> Result<(), Failed> {
        for answer in std::mem::take(&mut self.rounds.answers) {
            writer.add(&Part::Answer(answer))?;
        }
        for _ in 0..ANSWERS_MAX {
            if !self.rounds.more {
                break;
            }
            let request = self.rounds.next(device.id, district.now());
            let answer = exchange::take(district, log, device.id, &request, Via::Stick)?;
            self.rounds.answered(&request, answer);
            for answer in self.rounds.answers.drain(..) {
                writer.add(&Part::Answer(answer))?;
            }
        }
        let missing = store::view(&*district.store, |reads| attachments::missing(reads, device.village))?;
        for state in missing {
            self.states.entry(state.digest).or_insert(state.standing);
        }
        for (digest, standing) in self.states {
            writer.add(&Part::State(AttachmentState { digest, standing }))?;
        }
        for digest in self.wanted {
            match attachment(district, device.village, &digest, writer)? {
                true => *attachments += 1,
                false => *left += 1,
            }
        }
        Ok(())
    }
}

/// Whether all of an attachment is in the file now.
fn attachment(
    district: &District,
    village: VillageCode,
    digest: &[u8; 32],
    writer: &mut BundleWriter<BufWriter<File>>,
) -> Result<bool, Failed> {
    let mut offset = 0;
    loop {
        let reply = store::view(&*district.store, |reads| {
            attachments::piece(reads, village, digest, offset, ATTACHMENT_CHUNK_BYTES_MAX as u64)
        })?;
        let AttachmentReply::Chunk { total, bytes } = reply else { return Ok(false) };
        let fits = writer.written() + total - offset + ROOM_LEFT <= BUNDLE_BYTES_MAX;
        if (offset == 0 && !fits) || bytes.is_empty() {
            return Ok(false);
        }
        let length = bytes.len() as u64;
        writer.add(&Part::Piece { digest: *digest, total, offset, bytes })?;
        offset += length;
        if offset >= total {
            return Ok(true);
        }
    }
}

enum Failed {
    File(BundleError),
    District(DistrictError),
}

impl From<BundleError> for Failed {
    fn from(error: BundleError) -> Self {
        Self::File(error)
    }
}

impl From<DistrictError> for Failed {
    fn from(error: DistrictError) -> Self {
        Self::District(error)
    }
}

/// Writes everything that the district holds of a device's village, for a laptop that cannot ask: what it knows already
/// changes nothing there.
pub fn export(
    district: &District,
    log: &Log,
    village: VillageCode,
    device: Option<DeviceId>,
    at: &Path,
) -> Result<Written, DistrictError> {
    let device = receiver(district, village, device)?;
    let mut rounds = Rounds::default();
    let request = rounds.next(device.id, district.now());
    let answer = exchange::take(district, log, device.id, &request, Via::Stick)?;
    rounds.answered(&request, answer);
    Answer { rounds, states: BTreeMap::new(), wanted: Vec::new(), answers: None }
        .write(district, log, &device, at)
}

fn receiver(
    district: &District,
    village: VillageCode,
    device: Option<DeviceId>,
) -> Result<DeviceRow, DistrictError> {
    let mut rows = store::view(&*district.store, |reads| reads.devices())?;
    rows.retain(|row| row.village == village && row.revoked_at.is_none());
    if let Some(device) = device {
        return rows.into_iter().find(|row| row.id == device).ok_or_else(|| {
            DistrictError::Asked("Perangkat itu tidak terdaftar untuk desa ini, atau sudah dicabut.".into())
        });
    }
    match (rows.pop(), rows.as_slice()) {
        (Some(only), []) => Ok(only),
        (None, _) => Err(DistrictError::Asked(
            "Desa ini belum mempunyai perangkat terdaftar. Daftarkan dahulu: payung-district enrol.".into(),
        )),
        (Some(last), others) => {
            let ids: Vec<String> = others.iter().chain([&last]).map(|row| row.id.to_string()).collect();
            Err(DistrictError::Asked(format!(
                "Desa ini mempunyai {} perangkat. Sebutkan satu dengan --device: {}.",
                ids.len(),
                ids.join(", ")
            )))
        }
    }
}
