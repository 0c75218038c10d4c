//! A village's laptop as far as the district sees it: one shared series, written with the journal alone.

use payung_domain::ports::random_bytes;
use payung_domain::{Answer, CivilDate, EndKind, Field, FieldValues, Readiness, Timestamp, VillageCode};
use payung_journal::{
    Carried, Checkpoint, DeviceId, EnrolRequest, EnrolmentFile, EntityId, Entry, Event, ExchangeAnswer,
    ExchangeRequest, Frame, Head, Position, Pull, Reason, RegulationRef, SaltSource, Seed, SeriesId,
    SeriesKind, SignedRequest, accept, stretch_of,
};
use payung_keys::{PublicKey, SigningKey};
use payung_system::SystemRandom;

#[derive(Clone)]
pub struct Laptop {
    pub device: DeviceId,
    pub key: SigningKey,
    pub village: VillageCode,
    pub series: SeriesId,
    pub bodies: Vec<Vec<u8>>,
    pub seeds: Vec<Seed>,
    /// What the district decided, as far as pulled.
    pub decisions: Vec<Event>,
    pub decisions_at: Option<Position>,
}

impl Laptop {
    /// With the opening entry written.
    pub fn new(village: &str) -> Self {
        let key = SigningKey::generate(&SystemRandom);
        let mut laptop = Self {
            device: DeviceId(random_bytes(&SystemRandom)),
            village: VillageCode::parse(village).unwrap(),
            series: SeriesId(random_bytes(&SystemRandom)),
            key,
            bodies: Vec::new(),
            seeds: Vec::new(),
            decisions: Vec::new(),
            decisions_at: None,
        };
        let key = laptop.key.public();
        laptop.write(Event::SeriesOpened {
            kind: SeriesKind::Shared,
            village: laptop.village,
            key,
            continues: None,
        });
        laptop
    }

    pub fn write(&mut self, event: Event) -> EntityId {
        self.write_at(Timestamp(1_800_000_000_000), event)
    }

    /// As the laptop's clock says.
    pub fn write_at(&mut self, at: Timestamp, event: Event) -> EntityId {
        let entry = Entry::new(at, "Siti Operator", event);
        self.bodies.push(entry.encode_checked().unwrap());
        let seq = self.bodies.len() as u64;
        if self.seeds.len() as u64 <= stretch_of(seq) {
            self.seeds.push(Seed::generate(&SystemRandom));
        }
        EntityId::new(self.series, seq)
    }

    pub fn release(&mut self, values: FieldValues) -> EntityId {
        self.write(Event::PersonReleased {
            values,
            registered_on: today(),
            regulation: regulation(),
            readiness: Readiness::Attestable,
        })
    }

    pub fn correct(&mut self, person: EntityId, base: EntityId, changed: &[(Field, &str)]) -> EntityId {
        self.choose(person, base, Vec::new(), changed)
    }

    /// In the place of several versions.
    pub fn choose(
        &mut self,
        person: EntityId,
        base: EntityId,
        also: Vec<EntityId>,
        changed: &[(Field, &str)],
    ) -> EntityId {
        self.write(Event::PersonCorrected {
            person,
            base,
            changed: changed.iter().map(|(field, value)| (*field, Some((*value).to_owned()))).collect(),
            registered_on: today(),
            regulation: regulation(),
            readiness: Readiness::Attestable,
            also,
        })
    }

    pub fn end(&mut self, person: EntityId, base: EntityId, kind: EndKind) -> EntityId {
        self.write(Event::PersonEnded { person, base, kind, on: today(), reason: "Akta kematian".into() })
    }

    /// Heads after 0, 1, 2, … entries.
    pub fn heads(&self) -> Vec<Head> {
        let mut heads = vec![Head::start(self.series)];
        for seq in 1..=self.bodies.len() as u64 {
            let digest = self.carried(seq).digest(seq);
            heads.push(heads[seq as usize - 1].next(&digest));
        }
        heads
    }

    pub fn carried(&self, seq: u64) -> Carried {
        Carried::Body {
            body: self.bodies[seq as usize - 1].clone(),
            salt: SaltSource::Stretch(self.seeds[stretch_of(seq) as usize]),
        }
    }

    /// Entries `first` to `last`, both included.
    pub fn frame(&self, first: u64, last: u64) -> Frame {
        Frame {
            series: self.series,
            first_seq: first,
            base: self.heads()[first as usize - 1],
            entries: (first..=last).map(|seq| self.carried(seq)).collect(),
        }
    }

    pub fn checkpoint(&self, seq: u64) -> Checkpoint {
        Checkpoint::sign(&self.key, self.series, seq, self.heads()[seq as usize])
    }

    pub fn length(&self) -> u64 {
        self.bodies.len() as u64
    }

    /// Everything, and the decisions not known yet.
    pub fn request(&self) -> ExchangeRequest {
        self.request_from(1)
    }

    pub fn request_from(&self, first: u64) -> ExchangeRequest {
        let mut request = ExchangeRequest::new(self.device, Timestamp(1_800_000_000_000));
        request.push = vec![self.frame(first, self.length())];
        request.checkpoints = vec![self.checkpoint(self.length())];
        request.pull = vec![self.pull()];
        request
    }

    pub fn pull(&self) -> Pull {
        Pull {
            series: self.decisions_at.map(|at| at.series),
            after: self.decisions_at.map_or(0, |at| at.seq),
        }
    }

    pub fn signed(&self, request: &ExchangeRequest) -> Vec<u8> {
        SignedRequest::sign(request, &self.key).to_bytes()
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.signed(&self.request())
    }

    pub fn enrol_request(&self, file: &EnrolmentFile) -> EnrolRequest {
        EnrolRequest::sign(
            file.token.clone(),
            self.village,
            self.device,
            self.series,
            Timestamp(1_800_000_000_000),
            &self.key,
        )
    }

    /// Proves and takes in the decisions of an answer, as a village would.
    pub fn learn(&mut self, answer: &ExchangeAnswer, district: &PublicKey) {
        for receipt in &answer.receipts {
            receipt.verify(district).unwrap();
        }
        for frame in &answer.frames {
            let known = self.decisions_at.unwrap_or(Position::start(frame.series));
            let checkpoint = answer.checkpoints.iter().find(|c| c.series == frame.series).unwrap();
            let accepted = accept(&known, district, &[frame], checkpoint, &|_| None).unwrap();
            for new in accepted.new {
                self.decisions.push(Entry::decode(new.carried.body().unwrap()).unwrap().event);
            }
            self.decisions_at = Some(accepted.position);
        }
    }

    /// The last answer about a version.
    pub fn answer(&self, version: EntityId) -> Option<(Answer, Vec<Reason>)> {
        self.decisions.iter().rev().find_map(|event| match event {
            Event::Answered { version: about, answer, reasons, .. } if *about == version => {
                Some((*answer, reasons.clone()))
            }
            _ => None,
        })
    }
}

pub fn today() -> CivilDate {
    CivilDate::new(2026, 11, 21).unwrap()
}

pub fn regulation() -> RegulationRef {
    let kebumen = payung_regulation::by_id("kebumen-56-2024").unwrap();
    RegulationRef { id: kebumen.id.clone(), digest: kebumen.digest() }
}
