//! A round on a stick: one file to the district, one back, with the same guarantees as over the line.

use crate::error::SyncError;
use payung_journal::{
    ATTACHMENT_CHUNK_BYTES_MAX, ATTACHMENT_DIGESTS_MAX, BUNDLE_BYTES_MAX, BundleError, BundleHead,
    BundleWriter, Direction, INFECTED_WORDS, MESSAGE_BYTES_MAX, Part, RoundAnswer, RoundRequest, Standing,
    StickTrouble, bundle_size, infected, read_from_stick, write_to_stick,
};
use payung_register::{
    FileDone, Inbound, Op, Outgoing, Register, RegisterError, StickFile, SyncAttempt, Via,
};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Entries in one file, unless they are too many bytes; the rest goes with the next one.
const ENTRIES_MAX: u64 = 100_000;
/// Attachments in one file.
const ATTACHMENTS_MAX: usize = 20_000;
/// Room left for the rest of a file, in bytes.
const ROOM_LEFT: u64 = 1 << 20;

/// A file for the district that was written and read back. Nothing in it counts as delivered before the answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFacts {
    pub path: PathBuf,
    pub number: u64,
    pub bytes: u64,
    pub entries: u64,
    pub attachments: u64,
    /// Entries and attachments that did not fit.
    pub left: u64,
    pub words: String,
}

/// What came of a file of the district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedBundle {
    pub number: u64,
    pub known: StickFile,
    /// Own and relayed entries that the district confirmed by it.
    pub entries_confirmed: u64,
    pub entries_received: u64,
    pub attachments_sent: u64,
    pub attachments_received: u64,
    /// Whether both sides held the same when the district wrote it.
    pub compared: Option<bool>,
    /// What had drifted apart and was mended, a sentence each.
    pub healed: Vec<String>,
    pub words: String,
}

/// Writes everything that waits to a file for the district. `at`: its name, or a folder that gets it under a name that
/// says what it is.
pub fn export_bundle(register: &mut Register, at: &Path) -> Result<BundleFacts, SyncError> {
    let exported = export(register, at);
    let attempt = match &exported {
        Ok(facts) => SyncAttempt::new(Via::Stick, true, facts.words.clone()),
        Err(error) => SyncAttempt::new(Via::Stick, false, error.to_string()),
    };
    register.transact(Op::SyncAttempt(attempt))?;
    exported
}

fn export(register: &mut Register, at: &Path) -> Result<BundleFacts, SyncError> {
    let head = register.next_bundle()?.ok_or(SyncError::NotEnrolled)?;
    let request = request(register)?;
    let entries = request.push.iter().map(|frame| frame.entries.len() as u64).sum();
    let waiting: u64 = register.village_series()?.iter().map(|series| series.seq - series.held_seq).sum();
    let mut wanted: Vec<[u8; 32]> = register.attachments_to_fetch()?.iter().map(|file| file.digest).collect();
    wanted.truncate(ATTACHMENTS_MAX);
    let plan = Plan::of(register, &head, Part::Request(request), wanted)?;
    let mut failed = None;
    let path = write_to_stick(at, &head, Some(plan.size), |out| {
        let mut writer = register.begin_bundle(out, &head)?;
        let filled = plan.fill(register, &mut writer);
        filled.and_then(|()| register.finish_bundle(writer)).map_err(|error| match error {
            RegisterError::Bundle(error) => error,
            other => {
                failed = Some(other);
                BundleError::Stick(StickTrouble::Failing)
            }
        })
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    let path = path.map_err(RegisterError::from)?;
    register.transact(Op::StickWritten { number: head.number })?;
    let bytes = std::fs::metadata(&path).map_or(0, |facts| facts.len());
    let mut facts = BundleFacts {
        path,
        number: head.number,
        bytes,
        entries,
        attachments: plan.files.len() as u64,
        left: waiting.saturating_sub(entries) + plan.left,
        words: String::new(),
    };
    facts.words = facts.told();
    Ok(facts)
}

/// As much as fits one message.
fn request(register: &Register) -> Result<RoundRequest, SyncError> {
    let mut most = ENTRIES_MAX;
    loop {
        let request = register.round_request(most)?;
        if request.to_plain().len() <= MESSAGE_BYTES_MAX / 2 || most <= 1 {
            return Ok(request);
        }
        most /= 2;
    }
}

/// What goes into a file, before a byte of it is written.
struct Plan {
    first: Vec<Part>,
    files: Vec<Outgoing>,
    left: u64,
    size: u64,
}

impl Plan {
    fn of(
        register: &Register,
        head: &BundleHead,
        request: Part,
        wanted: Vec<[u8; 32]>,
    ) -> Result<Self, SyncError> {
        let mut first = vec![request];
        first.extend(wanted.chunks(ATTACHMENT_DIGESTS_MAX).map(|digests| Part::Wanted(digests.to_vec())));
        let mut parts: u64 = first.iter().map(Part::size).sum();
        let (mut files, mut left) = (Vec::new(), 0);
        for file in register.attachments_to_carry()? {
            // A piece costs some bytes around it.
            let size = file.bytes + (file.bytes / ATTACHMENT_CHUNK_BYTES_MAX as u64 + 1) * 64;
            if files.len() >= ATTACHMENTS_MAX
                || bundle_size(head, parts + size) + ROOM_LEFT > BUNDLE_BYTES_MAX
            {
                left += 1;
                continue;
            }
            parts += size;
            files.push(file);
        }
        Ok(Self { first, files, left, size: bundle_size(head, parts) })
    }

    fn fill(
        &self,
        register: &Register,
        writer: &mut BundleWriter<BufWriter<File>>,
    ) -> Result<(), RegisterError> {
        for part in &self.first {
            writer.add(part)?;
        }
        for file in &self.files {
            // Taken away meanwhile: not here, not sent.
            let Some(bytes) = register.attachment_bytes(&file.digest)? else { continue };
            let (digest, total) = (file.digest, bytes.len() as u64);
            let mut offset = 0;
            for piece in bytes.chunks(ATTACHMENT_CHUNK_BYTES_MAX) {
                writer.add(&Part::Piece { digest, total, offset, bytes: piece.to_vec() })?;
                offset += piece.len() as u64;
            }
        }
        Ok(())
    }
}

impl BundleFacts {
    fn told(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let mut words = format!(
            "Kiriman no. {} ditulis ke {name}: {} catatan, {} foto atau dokumen. Bawa ke kabupaten; data baru dianggap sampai setelah jawabannya dimasukkan di sini.",
            self.number, self.entries, self.attachments
        );
        if self.left > 0 {
            words.push_str(&format!(" {} lagi ikut pada kiriman berikutnya.", self.left));
        }
        words
    }
}

/// Takes a file of the district in. Doing it again changes nothing.
pub fn import_bundle(register: &mut Register, file: &Path) -> Result<ImportedBundle, SyncError> {
    let imported = import(register, file);
    let attempt = match &imported {
        Ok(imported) => SyncAttempt {
            entries_sent: imported.entries_confirmed,
            entries_received: imported.entries_received,
            attachments_sent: imported.attachments_sent,
            attachments_received: imported.attachments_received,
            compared: imported.compared,
            ..SyncAttempt::new(Via::Stick, true, imported.words.clone())
        },
        Err(SyncError::NotEnrolled) => return imported,
        Err(error) => SyncAttempt::new(Via::Stick, false, error.to_string()),
    };
    register.transact(Op::SyncAttempt(attempt))?;
    imported
}

fn import(register: &mut Register, file: &Path) -> Result<ImportedBundle, SyncError> {
    let Some(enrolment) = register.enrolment()? else { return Err(SyncError::NotEnrolled) };
    let reader = read_from_stick(file).map_err(RegisterError::from)?;
    let (head, digest) = (reader.head().clone(), *reader.digest());
    meant_for(register, &head, enrolment.district_key == head.sender).map_err(RegisterError::from)?;
    let known = register.stick_file(&digest, head.number)?;
    let held_before = held(register)?;
    let mut parts = register.open_bundle(reader)?;
    let mut imported = ImportedBundle {
        number: head.number,
        known,
        entries_confirmed: 0,
        entries_received: 0,
        attachments_sent: 0,
        attachments_received: 0,
        compared: None,
        healed: Vec::new(),
        words: String::new(),
    };
    let (mut not_level, mut missing) = (false, Vec::new());
    let mut arriving = Arriving::of(register)?;
    while let Some(part) = parts.next_part().map_err(RegisterError::from)? {
        match part {
            Part::Answer(answer) => {
                // Where the district once stood says nothing any more once a later file was read.
                let stale = known != StickFile::New;
                not_level |= answer.stands.is_some() && !stale;
                learn(register, answer, stale, &mut imported)?;
            }
            Part::State(state) => match state.standing {
                Standing::Kept(receipt) => {
                    let waits =
                        register.attachments_to_send()?.iter().any(|file| file.digest == receipt.digest);
                    register.transact(Op::AttachmentKept(receipt))?;
                    imported.attachments_sent += u64::from(waits);
                }
                Standing::Partial(_) => missing.push(state.digest),
                // A decision says why.
                Standing::Refused { .. } => {}
            },
            Part::Piece { digest, offset, bytes, .. } => {
                imported.attachments_received += u64::from(arriving.piece(register, digest, offset, bytes)?);
            }
            Part::Request(_) | Part::Wanted(_) | Part::Unknown { .. } => {}
        }
    }
    if !missing.is_empty() {
        let missing = Op::AttachmentsMissing { digests: missing, said_at: Some(head.made_at) };
        let done = register.transact(missing)?;
        imported.healed.extend(done.healed.iter().map(payung_register::Healed::words));
    }
    imported.entries_confirmed = held(register)?.saturating_sub(held_before + imported.entries_received);
    register.transact(Op::StickTaken { digest, number: head.number })?;
    imported.words = imported.told(not_level, infected(file));
    Ok(imported)
}

/// Whether a file is of this register's district, for this very register.
fn meant_for(register: &Register, head: &BundleHead, of_the_district: bool) -> Result<(), BundleError> {
    let named = || Box::new(head.clone());
    if head.direction != Direction::ToVillage {
        return Err(BundleError::WrongDirection(named()));
    }
    if head.village != register.village().code {
        return Err(BundleError::OtherVillage(named()));
    }
    if !of_the_district {
        return Err(BundleError::NotTheDistrict(named()));
    }
    if head.device != register.device() {
        return Err(BundleError::OtherDevice(named()));
    }
    Ok(())
}

/// Entries that the district is known to hold, of all series.
fn held(register: &Register) -> Result<u64, RegisterError> {
    Ok(register.village_series()?.iter().map(|series| series.held_seq).sum())
}

fn learn(
    register: &mut Register,
    answer: RoundAnswer,
    stale: bool,
    imported: &mut ImportedBundle,
) -> Result<(), SyncError> {
    let total = answer.total;
    let inbound = Inbound {
        receipts: answer.receipts,
        frames: answer.frames,
        checkpoints: answer.checkpoints,
        stands: answer.stands.filter(|_| !stale),
        total: answer.total,
        refusals: answer.refusals,
        ..Inbound::default()
    };
    let silent = total.is_none() && inbound.stands.is_none() && inbound.refusals.is_empty();
    let done = register.transact(Op::Learned(inbound))?;
    imported.entries_received += done.learned_entries;
    imported.healed.extend(done.healed.iter().map(payung_register::Healed::words));
    let nothing_waits = || -> Result<bool, RegisterError> {
        Ok(register.village_series()?.iter().all(|series| series.held_seq == series.seq))
    };
    imported.compared = match total {
        _ if stale => None,
        Some(total) => Some(register.total()? == total),
        // The district found nothing to add to what this device had named, and holds nothing beyond it.
        None if silent && nothing_waits()? => Some(true),
        None => None,
    };
    Ok(())
}

/// Attachments on their way in: only those that are wanted, each from where it stopped.
struct Arriving {
    wanted: std::collections::BTreeMap<[u8; 32], u64>,
}

impl Arriving {
    fn of(register: &Register) -> Result<Self, RegisterError> {
        let wanted = register.attachments_to_fetch()?;
        Ok(Self { wanted: wanted.into_iter().map(|file| (file.digest, file.have)).collect() })
    }

    /// Whether the attachment is whole now.
    fn piece(
        &mut self,
        register: &mut Register,
        digest: [u8; 32],
        offset: u64,
        bytes: Vec<u8>,
    ) -> Result<bool, RegisterError> {
        // The entries that name it may have come in this very file.
        if !self.wanted.contains_key(&digest) {
            *self = Self::of(register)?;
        }
        let Some(have) = self.wanted.get_mut(&digest) else { return Ok(false) };
        let Some(skip) = have.checked_sub(offset).filter(|skip| *skip < bytes.len() as u64) else {
            return Ok(false);
        };
        let part = Op::AttachmentPart { digest, offset: *have, bytes: bytes[skip as usize..].to_vec() };
        match register.transact(part)?.file {
            Some(FileDone::Partly { have: now }) => *have = now,
            Some(FileDone::Broken) => *have = 0,
            Some(FileDone::Whole) | None => {
                self.wanted.remove(&digest);
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl ImportedBundle {
    fn told(&self, not_level: bool, infected: bool) -> String {
        let number = self.number;
        let news = self.entries_confirmed
            + self.entries_received
            + self.attachments_sent
            + self.attachments_received;
        let mut words = match self.known {
            StickFile::New => format!("Jawaban no. {number} dimasukkan."),
            StickFile::Taken(_) => format!("Jawaban no. {number} ini sudah pernah dimasukkan."),
            StickFile::Older(latest) => {
                format!("Jawaban no. {number} lebih lama daripada no. {latest} yang sudah dimasukkan.")
            }
        };
        if news == 0 && !not_level {
            words.push_str(" Tidak ada yang baru di dalamnya.");
        } else if news > 0 {
            words.push_str(&format!(
                " {} catatan dan {} foto atau dokumen sudah sampai di kabupaten; {} jawaban atau catatan dan {} foto atau dokumen diterima.",
                self.entries_confirmed, self.attachments_sent, self.entries_received, self.attachments_received
            ));
        }
        if not_level {
            words.push_str(
                " Catatan laptop ini dan kabupaten tidak bertemu. Buat kiriman baru, lalu bawa sekali lagi ke kabupaten; tidak ada yang hilang.",
            );
        }
        for healed in &self.healed {
            words.push(' ');
            words.push_str(healed);
        }
        if infected {
            words.push(' ');
            words.push_str(INFECTED_WORDS);
        }
        words
    }
}
