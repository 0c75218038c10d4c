//! The district: the real store and the real answers, without a server around them.

use crate::chance::{Chance, MachineClock, Wall};
use crate::files::{Disk, Ground};
use crate::oracle::Violation;
use crate::twins::Written;
use payung_district::exchange::{self, TurnedAway};
use payung_district::store::{self, Content, EntryRow, PersonRow, Reads, SeriesRow};
use payung_district::{District, DistrictError, Log, Setup, Tools, enrolment};
use payung_district::{attachments, backup, bundle};
use payung_domain::{RegencyCode, VillageCode};
use payung_journal::{
    DeviceId, EnrolRequest, EnrolmentFile, EntityId, Head, Position, SeriesId, SeriesKind, Total,
};
use std::path::PathBuf;
use std::sync::Arc;

const ENTRIES_PER_LOOK: u64 = 2_000;

pub struct Office {
    dir: PathBuf,
    tools: Tools,
    open: Option<District>,
    log: Log,
    /// Counts up whenever it may know less than before.
    pub lives: u64,
    /// How often an old copy took the place of its disk.
    pub restored: u64,
}

/// A language of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    First,
    Second,
    Attachments,
}

impl Office {
    pub fn new(ground: &Ground, wall: &Arc<Wall>, chance: &mut Chance) -> Self {
        let dir = ground.join("district");
        let tools = Tools { clock: MachineClock::new(wall, 0), randomness: chance.dice() };
        let setup = Setup {
            regency: RegencyCode::parse("33.05").expect("regency"),
            url: "https://127.0.0.1:8443".to_owned(),
            regulation: None,
        };
        let district = District::create(&dir, &setup, tools.clone()).expect("a district in an empty folder");
        Self { dir, tools, open: Some(district), log: Log::new(|_| {}), lives: 0, restored: 0 }
    }

    pub fn district(&self) -> &District {
        self.open.as_ref().expect("the district is open")
    }

    pub fn disk(&self) -> Disk {
        Disk::read(&self.dir)
    }

    /// The server is gone without a word; the disk is what is given. Then somebody starts it again.
    pub fn start_again_from(&mut self, disk: &Disk) -> Result<(), Violation> {
        self.open = None;
        disk.write(&self.dir);
        let opened = District::open(&self.dir, self.tools.clone());
        self.open =
            Some(opened.map_err(|error| Violation::new(1, format!("the district does not open: {error}")))?);
        Ok(())
    }

    /// Takes in a village's file from a stick; the answer goes to a file. Whether everything in it was taken.
    pub fn take_stick(
        &self,
        file: &std::path::Path,
        answer: &std::path::Path,
    ) -> Result<bool, DistrictError> {
        let taken = bundle::import(self.district(), &self.log, file, Some(answer))?;
        Ok(!taken.not_level && taken.series_refused == 0)
    }

    /// The bytes of an attachment that the district signed for.
    pub fn attachment(&self, village: VillageCode, digest: &[u8; 32]) -> Option<Vec<u8>> {
        self.view(|reads| {
            let kept = reads.attachment(village, digest)?.is_some_and(|row| row.receipt.is_some());
            if !kept {
                return Ok(None);
            }
            let pieces = reads.attachment_pieces(village, digest, 0, 1_000)?;
            Ok(Some(pieces.into_iter().flat_map(|(_, bytes)| bytes).collect()))
        })
    }

    /// Its own program puts it back from its own file.
    pub fn restore_from(&mut self, file: &std::path::Path) -> Result<(), Violation> {
        self.open = None;
        std::fs::remove_dir_all(&self.dir).expect("folder");
        let restored = backup::restore(file, &self.dir, self.tools.clone());
        restored.map_err(|error| Violation::new(6, format!("the district is not restored: {error}")))?;
        let disk = self.disk();
        self.start_again_from(&disk)
    }

    pub fn answer(&self, path: Path, bytes: &[u8]) -> Result<Vec<u8>, TurnedAway> {
        match path {
            Path::First => exchange::exchange(self.district(), &self.log, bytes),
            Path::Second => exchange::round(self.district(), &self.log, bytes),
            Path::Attachments => attachments::answer(self.district(), &self.log, bytes),
        }
    }

    pub fn enrolment_file(&self, village: VillageCode) -> EnrolmentFile {
        enrolment::issue(self.district(), village).expect("an enrolment file")
    }

    pub fn enrol(&self, request: &str) -> Option<String> {
        let request: EnrolRequest = serde_json::from_str(request).ok()?;
        let answer = enrolment::enrol(self.district(), &request).ok()?;
        String::from_utf8(answer).ok()
    }

    // -- Looking ------------------------------------------------------------------------------------------------------

    fn view<T>(&self, work: impl FnOnce(&dyn Reads) -> Result<T, DistrictError>) -> T {
        store::view(&*self.district().store, work).expect("the district can be read")
    }

    /// Every series of a village: its devices' and the district's decisions for it.
    pub fn all_series(&self, village: VillageCode) -> Vec<SeriesRow> {
        self.view(|reads| reads.village_series(village))
    }

    /// The series that a village's devices wrote.
    pub fn series(&self, village: VillageCode) -> Vec<SeriesRow> {
        let mut series = self.all_series(village);
        series.retain(|row| row.kind == SeriesKind::Shared);
        series
    }

    pub fn decisions(&self, village: VillageCode) -> Vec<SeriesRow> {
        let mut series = self.all_series(village);
        series.retain(|row| row.kind == SeriesKind::Decisions);
        series
    }

    pub fn total(&self, village: VillageCode) -> Total {
        let series = self.all_series(village);
        let position = |row: &SeriesRow| Position { series: row.id, seq: row.length, head: row.head };
        Total::of(&series.iter().map(position).collect::<Vec<_>>())
    }

    pub fn village_of(&self, device: DeviceId) -> Option<VillageCode> {
        self.view(|reads| Ok(reads.device(device)?.map(|row| row.village)))
    }

    /// Every entry of a series with its number.
    pub fn entries(&self, series: &SeriesRow) -> Vec<(u64, EntryRow)> {
        self.view(|reads| {
            let mut all = Vec::new();
            while (all.len() as u64) < series.length {
                let rows = reads.entries(series.id, all.len() as u64 + 1, ENTRIES_PER_LOOK)?;
                if rows.is_empty() {
                    break;
                }
                all.extend(rows);
            }
            Ok((1..).zip(all).collect())
        })
    }

    /// The head after an entry that the district holds.
    pub fn head_at(&self, series: &SeriesRow, seq: u64) -> Option<Head> {
        if seq == 0 {
            return Some(Head::start(series.id));
        }
        self.view(|reads| Ok(reads.entry(EntityId::new(series.id, seq))?.map(|entry| entry.head)))
    }

    pub fn entry(&self, series: SeriesId, seq: u64) -> Option<EntryRow> {
        self.view(|reads| reads.entry(EntityId::new(series, seq)))
    }

    /// What a village's devices wrote, series by series.
    pub fn written(&self, village: VillageCode) -> Written {
        let series = self.series(village).into_iter();
        series.map(|series| (series.id, self.bodies_of(std::slice::from_ref(&series)))).collect()
    }

    /// Every body that a village's devices wrote, in the order of each series.
    pub fn bodies(&self, village: VillageCode) -> Vec<Vec<u8>> {
        self.bodies_of(&self.series(village))
    }

    pub fn bodies_of(&self, series: &[SeriesRow]) -> Vec<Vec<u8>> {
        let entries = series.iter().flat_map(|series| self.entries(series));
        entries.filter_map(|(_, entry)| body(entry)).collect()
    }

    pub fn people(&self) -> Vec<PersonRow> {
        self.view(|reads| reads.people(None))
    }

    pub fn villages(&self) -> Vec<VillageCode> {
        self.view(|reads| Ok(reads.villages()?.into_iter().map(|village| village.code).collect()))
    }

    pub fn seed(&self, series: &SeriesRow, stretch: u64) -> Option<payung_journal::Seed> {
        self.view(|reads| reads.seed(series.id, stretch))
    }

    /// Everything that an exchange could change, as text: who looks twice sees whether anything moved.
    pub fn fingerprint(&self) -> String {
        let villages = self.villages();
        let series: Vec<_> = villages.iter().map(|village| self.all_series(*village)).collect();
        format!("{series:?} {:?}", self.people())
    }
}

pub fn body(entry: EntryRow) -> Option<Vec<u8>> {
    match entry.content {
        Content::Body { body, .. } => Some(body),
        Content::Erased(_) => None,
    }
}
