//! One laptop of a village: a real register in a folder of its own, and what its clerk remembers.

use crate::chance::{Chance, MachineClock, Wall};
use crate::files::{Disk, Ground};
use crate::ledger::Bodies;
use crate::oracle::Violation;
use payung_domain::{FieldValues, VillageCode};
use payung_journal::SeriesId;
use payung_keys::KdfCost;
use payung_register::{NewPerson, PersonId, Register, RegisterError, Role, Setup, Tools};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const OPERATOR: u32 = 1;
const SECRET: &str = "padi sawah kuning";

pub struct Laptop {
    pub name: String,
    pub village: VillageCode,
    pub dir: PathBuf,
    pub clock: Arc<MachineClock>,
    tools: Tools,
    /// Closed only for a moment, while its files are looked at or replaced.
    open: Option<Register>,
    pub memory: Memory,
    /// What a disk that lies about its syncing really holds.
    pub synced: Option<Disk>,
    /// Burnt, stolen or shut out: its clerk works elsewhere.
    pub gone: bool,
}

/// What the clerk was told is saved, on this disk.
#[derive(Clone, Default)]
pub struct Memory {
    /// Bodies of entries that travel.
    pub written: BTreeSet<Vec<u8>>,
    /// Drafts as typed.
    pub drafts: BTreeMap<i64, FieldValues>,
    /// Bodies of the district's decisions that it has learnt.
    pub decided: Bodies,
    /// How far each series of this laptop is written down in the oracle's books.
    pub noted: BTreeMap<SeriesId, u64>,
    /// In which of the district's lives both were last level.
    pub spoke_with: u64,
}

impl Laptop {
    /// A new laptop with a new register.
    pub fn new(
        name: &str,
        village: VillageCode,
        ground: &Ground,
        wall: &Arc<Wall>,
        chance: &mut Chance,
    ) -> Self {
        let mut laptop = Self::empty(name, village, ground, wall, chance);
        let person =
            |name: &str, role| NewPerson { name: name.to_owned(), role, secret: SECRET.to_owned().into() };
        let setup = Setup {
            village,
            village_name: "Contoh".to_owned(),
            district_name: "Contoh".to_owned(),
            regency_name: "Kebumen".to_owned(),
            head_title: "Kepala Desa".to_owned(),
            regulations: Vec::new(),
            people: vec![person(&format!("Operator {name}"), Role::Operator)],
            idle_lock_minutes: 10,
        };
        let made = Register::create(&laptop.dir, &setup, laptop.tools.clone());
        laptop.open = Some(made.expect("a register in an empty folder").0);
        laptop
    }

    /// A laptop that wakes up with the disk of another one.
    pub fn with_disk(
        name: &str,
        disk: &Disk,
        of: (VillageCode, &Memory),
        ground: &Ground,
        wall: &Arc<Wall>,
        chance: &mut Chance,
    ) -> Result<Self, Violation> {
        let mut laptop = Self::empty(name, of.0, ground, wall, chance);
        disk.write(&laptop.dir);
        laptop.memory = of.1.clone();
        laptop.unlock()?;
        Ok(laptop)
    }

    fn empty(
        name: &str,
        village: VillageCode,
        ground: &Ground,
        wall: &Arc<Wall>,
        chance: &mut Chance,
    ) -> Self {
        let clock = MachineClock::new(wall, 0);
        let mut tools = Tools::new(clock.clone(), chance.dice());
        tools.cost = KdfCost::LIGHT;
        let (name, dir, memory) = (name.to_owned(), ground.join(name), Memory::default());
        Self { name, village, dir, clock, tools, open: None, memory, synced: None, gone: false }
    }

    pub fn register(&self) -> &Register {
        self.open.as_ref().expect("the register is open")
    }

    pub fn register_mut(&mut self) -> &mut Register {
        self.open.as_mut().expect("the register is open")
    }

    /// The folder as it stands this moment.
    pub fn disk(&self) -> Disk {
        Disk::read(&self.dir)
    }

    /// The program is gone without a word; the disk is what is given. Then somebody starts it again.
    pub fn start_again_from(&mut self, disk: &Disk) -> Result<(), Violation> {
        self.open = None;
        disk.write(&self.dir);
        self.unlock()
    }

    /// The disk has room for so much more, in bytes; `None`: for everything.
    pub fn fill_up(&mut self, room: Option<u64>) -> Result<(), Violation> {
        let disk = self.disk();
        self.tools.bytes_max = room.map(|room| disk.database_bytes() + room);
        self.start_again_from(&disk)
    }

    pub fn is_full(&self) -> bool {
        self.tools.bytes_max.is_some()
    }

    /// Writes a backup; whether it could.
    pub fn register_backup(&self, file: &Path) -> bool {
        self.register().backup(file).is_ok()
    }

    /// Somebody puts a backup into an empty folder and opens it.
    pub fn restore_from(&mut self, file: &Path) -> Result<(), Violation> {
        self.open = None;
        std::fs::remove_dir_all(&self.dir).expect("folder");
        let restored = Register::restore(file, &self.dir);
        restored.map_err(|error| Violation::new(6, format!("{} is not restored: {error}", self.name)))?;
        self.unlock()
    }

    fn unlock(&mut self) -> Result<(), Violation> {
        let mut opened = Register::unlock(&self.dir, OPERATOR, SECRET, self.tools.clone());
        if self.is_full() && matches!(opened, Err(RegisterError::Full)) {
            // Not even room to write down who opened it: somebody clears the disk.
            self.tools.bytes_max = None;
            opened = Register::unlock(&self.dir, OPERATOR, SECRET, self.tools.clone());
        }
        let opened =
            opened.map_err(|error| Violation::new(1, format!("{} does not open: {error}", self.name)))?;
        self.open = Some(opened);
        Ok(())
    }

    pub fn draft_ids(&self) -> Vec<PersonId> {
        self.memory.drafts.keys().map(|id| PersonId(*id)).collect()
    }
}
