//! A district for tests: its key, its series of decisions, its receipts.

use crate::harness::{MORNING, Village};
use payung_domain::{Answer, Timestamp, VillageCode};
use payung_journal::{
    Carried, Checkpoint, ENROLMENT_FORMAT, EnrolAnswer, EnrolmentFile, EntityId, Entry, Event, Frame, Head,
    Position, Reason, Receipt, RegulationFile, RegulationRef, SaltSource, Seed, SeriesId, SeriesKind, Token,
    stretch_of,
};
use payung_keys::{Authority, HeadName, PublicKey, Signature, SigningKey};
use payung_register::{Inbound, NewEnrolment, Op};
use payung_system::SystemRandom;

pub struct District {
    pub key: SigningKey,
    pub authority: Authority,
    pub series: SeriesId,
    entries: Vec<Carried>,
    heads: Vec<Head>,
    seeds: Vec<Seed>,
    village: VillageCode,
}

impl District {
    pub fn of(village: &Village) -> Self {
        let authority =
            Authority::create("Kabupaten Contoh", Timestamp(MORNING), &SystemRandom).expect("an authority");
        let mut district = Self {
            key: authority.signing_key().clone(),
            authority,
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
            authority_pem: self.authority.certificate_pem().expect("PEM"),
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

    /// Takes the newest decisions to the village.
    pub fn tell(&self, village: &mut Village) {
        let receipt = self.receipt(village);
        village.transact(Op::Learned(receipt)).expect("what was sent is held");
        let known = village.decisions_series().expect("series").map_or(0, |series| series.seq);
        village.transact(Op::Learned(self.decisions_after(known))).expect("learnt");
    }

    /// A certificate for a head's key, valid for five years.
    pub fn certificate(&self, key: &PublicKey, from: Timestamp) -> Vec<u8> {
        let who = HeadName {
            name: "Harjo Sumarto",
            title: "Kepala Desa",
            village: "Contoh",
            regency: "Kabupaten Kebumen",
        };
        let until = Timestamp(from.millis() + 5 * 365 * 86_400_000);
        self.authority.certify_head(key, &who, from, until, &SystemRandom).expect("certified")
    }

    /// Receipts everything that the village has written.
    pub fn receipt(&self, village: &Village) -> Inbound {
        self.receipt_at(village, Timestamp(5))
    }

    pub fn receipt_at(&self, village: &Village, at: Timestamp) -> Inbound {
        let shared = village.shared_series().expect("series");
        let receipt = Receipt::sign(&self.key, shared.series, shared.seq, shared.head, at);
        let held = vec![Position { series: shared.series, seq: shared.seq, head: shared.head }];
        Inbound { receipts: vec![receipt], held, ..Inbound::default() }
    }
}
