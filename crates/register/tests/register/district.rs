//! A district for tests: its key, its series of decisions, its receipts.

use crate::harness::Village;
use payung_domain::{Answer, Timestamp, VillageCode};
use payung_journal::{
    Carried, Checkpoint, ENROLMENT_FORMAT, EnrolAnswer, EnrolmentFile, EntityId, Entry, Event, Frame, Head,
    Position, Reason, Receipt, RegulationFile, RegulationRef, SaltSource, Seed, SeriesId, SeriesKind, Token,
    stretch_of,
};
use payung_keys::{Signature, SigningKey};
use payung_register::{Inbound, NewEnrolment, Op};
use payung_system::SystemRandom;

pub struct District {
    pub key: SigningKey,
    pub series: SeriesId,
    entries: Vec<Carried>,
    heads: Vec<Head>,
    seeds: Vec<Seed>,
    village: VillageCode,
}

impl District {
    pub fn of(village: &Village) -> Self {
        let mut district = Self {
            key: SigningKey::generate(&SystemRandom),
            series: SeriesId::generate(&SystemRandom),
            entries: Vec::new(),
            heads: Vec::new(),
            seeds: Vec::new(),
            village: village.village().code,
        };
        let (village, key) = (district.village, district.key.public());
        district.say(Event::SeriesOpened { kind: SeriesKind::Decisions, village, key, continues: None });
        district
    }

    pub fn enrolment(&self, regulations: Vec<RegulationFile>) -> EnrolmentFile {
        EnrolmentFile {
            format: ENROLMENT_FORMAT.to_owned(),
            village: self.village,
            village_name: "Contoh".to_owned(),
            regency: self.village.regency(),
            regency_name: "Kebumen".to_owned(),
            url: "https://127.0.0.1:8443".to_owned(),
            authority_pem: "PEM".to_owned(),
            district_key: self.key.public(),
            token: Token::generate(&SystemRandom),
            expires: i64::MAX,
            utc_offset_hours: 7,
            regulations,
            signature: Signature::from_bytes([0; 64]),
        }
        .signed(&self.key)
    }

    pub fn enrol(&self, village: &mut Village, regulations: Vec<RegulationFile>) {
        let file = self.enrolment(regulations);
        let answer =
            EnrolAnswer { at: 0, district_key: self.key.public(), decisions: self.series.to_string() };
        village.transact(Op::Enrolled(NewEnrolment { file, answer })).expect("enrolled");
    }

    pub fn say(&mut self, event: Event) {
        let seq = self.entries.len() as u64 + 1;
        if stretch_of(seq) as usize == self.seeds.len() {
            self.seeds.push(Seed::generate(&SystemRandom));
        }
        let body = Entry::new(Timestamp(1), "Petugas", event).encode();
        let carried = Carried::Body { body, salt: SaltSource::Stretch(self.seeds[stretch_of(seq) as usize]) };
        let head = self.heads.last().copied().unwrap_or(Head::start(self.series)).next(&carried.digest(seq));
        self.entries.push(carried);
        self.heads.push(head);
    }

    pub fn answer(&mut self, person: EntityId, version: EntityId, answer: Answer, message: &str) {
        let reasons = vec![Reason { field: None, rule: Some("age".to_owned()), message: message.to_owned() }];
        let regulation = RegulationRef { id: "kebumen-56-2024".to_owned(), digest: [1; 32] };
        self.say(Event::Answered { person, version, answer, reasons, officer: None, regulation });
    }

    /// Decisions after `seq`, covered by a checkpoint.
    pub fn decisions_after(&self, seq: u64) -> Inbound {
        let from = seq as usize;
        let base = if from == 0 { Head::start(self.series) } else { self.heads[from - 1] };
        let frame =
            Frame { series: self.series, first_seq: seq + 1, base, entries: self.entries[from..].to_vec() };
        let head = *self.heads.last().expect("a head");
        let checkpoint = Checkpoint::sign(&self.key, self.series, self.heads.len() as u64, head);
        let frames = if frame.entries.is_empty() { Vec::new() } else { vec![frame] };
        Inbound { frames, checkpoints: vec![checkpoint], ..Inbound::default() }
    }

    /// Receipts everything that the village has written.
    pub fn receipt(&self, village: &Village) -> Inbound {
        let shared = village.shared_series().expect("series");
        let receipt = Receipt::sign(&self.key, shared.series, shared.seq, shared.head, Timestamp(5));
        let held = vec![Position { series: shared.series, seq: shared.seq, head: shared.head }];
        Inbound { receipts: vec![receipt], held, ..Inbound::default() }
    }
}
