//! A device of a village that speaks in rounds: it keeps every series of its village, and may carry any of them.

use super::Scene;
use super::laptop::{Laptop, regulation, today};
use payung_domain::ports::random_bytes;
use payung_domain::{Answer, Field, FieldValues, Readiness, Timestamp};
use payung_journal::{
    Carried, Checkpoint, Continues, DeviceId, EntityId, Entry, Event, Frame, Head, Known, Position, Reason,
    RoundAnswer, RoundRequest, SaltSource, Seed, SeriesId, SeriesKind, SignedRound, StateDigest, Total,
    accept, stretch_of,
};
use payung_keys::{PublicKey, SigningKey};
use payung_system::SystemRandom;
use std::collections::BTreeMap;

#[derive(Clone)]
pub struct Chain {
    pub bodies: Vec<Vec<u8>>,
    seeds: Vec<Seed>,
    /// After 0, 1, 2, … entries.
    heads: Vec<Head>,
    /// What the district is known to hold.
    pub held: u64,
    /// The newest that came with it; the member signs its own.
    checkpoint: Option<Checkpoint>,
    key: PublicKey,
}

impl Chain {
    fn new(id: SeriesId, key: PublicKey) -> Self {
        let heads = vec![Head::start(id)];
        Self { bodies: Vec::new(), seeds: Vec::new(), heads, held: 0, checkpoint: None, key }
    }

    pub fn length(&self) -> u64 {
        self.bodies.len() as u64
    }

    fn add(&mut self, body: Vec<u8>, seed: impl FnOnce() -> Seed) {
        let seq = self.length() + 1;
        if self.seeds.len() as u64 <= stretch_of(seq) {
            self.seeds.push(seed());
        }
        self.bodies.push(body);
        let digest = self.carried(seq).digest(seq);
        self.heads.push(self.heads[seq as usize - 1].next(&digest));
    }

    fn carried(&self, seq: u64) -> Carried {
        let salt = SaltSource::Stretch(self.seeds[stretch_of(seq) as usize]);
        Carried::Body { body: self.bodies[seq as usize - 1].clone(), salt }
    }

    pub fn cut(&mut self, seq: u64) {
        self.bodies.truncate(seq as usize);
        self.heads.truncate(seq as usize + 1);
        self.seeds.truncate(if seq == 0 { 0 } else { stretch_of(seq) as usize + 1 });
        self.held = self.held.min(seq);
    }

    fn position(&self, series: SeriesId, seq: u64) -> Position {
        Position { series, seq, head: self.heads[seq as usize] }
    }
}

#[derive(Clone)]
pub struct Member {
    pub device: DeviceId,
    pub key: SigningKey,
    pub own: SeriesId,
    pub chains: BTreeMap<SeriesId, Chain>,
    pub village: payung_domain::VillageCode,
    district: PublicKey,
    pub last: Option<RoundAnswer>,
}

impl Known for Member {
    fn series(&self) -> Vec<SeriesId> {
        self.chains.keys().copied().collect()
    }

    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head> {
        match self.chains.get(&series) {
            Some(chain) => chain.heads.get(seq as usize).copied(),
            None => (seq == 0).then(|| Head::start(series)),
        }
    }

    fn seed(&self, series: SeriesId, stretch: u64) -> Option<Seed> {
        self.chains.get(&series)?.seeds.get(stretch as usize).copied()
    }

    fn body(&self, series: SeriesId, seq: u64) -> Option<Vec<u8>> {
        self.chains.get(&series)?.bodies.get(usize::try_from(seq).ok()?.checked_sub(1)?).cloned()
    }
}

impl Member {
    /// A device enrolled in that village.
    pub async fn of(scene: &Scene, village: &str) -> Self {
        let laptop = Laptop::new(village);
        let answer = scene.enrol(&laptop, &scene.enrolment_file(village)).await;
        assert_eq!(answer.status(), 200);
        let mut member = Self {
            device: laptop.device,
            own: laptop.series,
            village: laptop.village,
            key: laptop.key,
            chains: BTreeMap::new(),
            district: scene.office().key().public(),
            last: None,
        };
        member.open(None);
        member
    }

    /// Writes on in a new series; `from`: where it takes over and what comes again.
    pub fn open(&mut self, continues: Option<Continues>) {
        if continues.is_some() || self.chains.contains_key(&self.own) {
            self.own = SeriesId(random_bytes(&SystemRandom));
        }
        let key = self.key.public();
        let continues = continues.map(|continues| continues.signed(&self.key, self.own, &key));
        let village = self.village;
        self.chains.insert(self.own, Chain::new(self.own, key));
        self.write(Event::SeriesOpened { kind: SeriesKind::Shared, village, key, continues });
    }

    pub fn write(&mut self, event: Event) -> EntityId {
        self.write_body(Entry::new(Timestamp(1_800_000_000_000), "Siti", event).encode_checked().unwrap())
    }

    pub fn write_body(&mut self, body: Vec<u8>) -> EntityId {
        let chain = self.chains.get_mut(&self.own).unwrap();
        chain.add(body, || Seed::generate(&SystemRandom));
        EntityId::new(self.own, chain.length())
    }

    pub fn release(&mut self, values: FieldValues) -> EntityId {
        let (registered_on, regulation) = (today(), regulation());
        let readiness = Readiness::Attestable;
        self.write(Event::PersonReleased { values, registered_on, regulation, readiness })
    }

    pub fn correct(
        &mut self,
        person: EntityId,
        base: EntityId,
        also: Vec<EntityId>,
        to: (Field, &str),
    ) -> EntityId {
        self.write(Event::PersonCorrected {
            person,
            base,
            changed: vec![(to.0, Some(to.1.to_owned()))],
            registered_on: today(),
            regulation: regulation(),
            readiness: Readiness::Attestable,
            also,
        })
    }

    pub fn request(&self) -> RoundRequest {
        let mut request = RoundRequest {
            device: self.device,
            sent_at: Timestamp(1_800_000_000_000),
            have: Vec::new(),
            push: Vec::new(),
            checkpoints: Vec::new(),
        };
        for (id, chain) in &self.chains {
            request.have.push(chain.position(*id, chain.held));
            if chain.length() > chain.held {
                request.push.push(self.frame(*id, chain.held + 1));
                request.checkpoints.push(self.checkpoint(*id));
            }
        }
        request
    }

    /// From that entry to the end.
    pub fn frame(&self, id: SeriesId, first_seq: u64) -> Frame {
        let chain = &self.chains[&id];
        Frame {
            series: id,
            first_seq,
            base: chain.heads[first_seq as usize - 1],
            entries: (first_seq..=chain.length()).map(|seq| chain.carried(seq)).collect(),
        }
    }

    pub fn checkpoint(&self, id: SeriesId) -> Checkpoint {
        let chain = &self.chains[&id];
        let end = chain.position(id, chain.length());
        match &chain.checkpoint {
            _ if chain.key == self.key.public() => Checkpoint::sign(&self.key, id, end.seq, end.head),
            Some(kept) if kept.seq == end.seq => kept.clone(),
            _ => panic!("nobody vouches for the end of {id:?}"),
        }
    }

    pub fn signed(&self, request: &RoundRequest) -> Vec<u8> {
        SignedRound::sign(request, &self.key, self).to_bytes()
    }

    pub async fn send(&self, scene: &Scene, bytes: Vec<u8>) -> reqwest::Response {
        scene.client().post(scene.url("/v2")).body(bytes).send().await.unwrap()
    }

    /// One round; what it brought.
    pub async fn round(&mut self, scene: &Scene) -> RoundAnswer {
        let request = self.request();
        let response = self.send(scene, self.signed(&request)).await;
        assert_eq!(response.status(), 200);
        let bytes = response.bytes().await.unwrap();
        let answer = RoundAnswer::decode(&bytes, &request, self).unwrap();
        self.learn(&answer);
        self.last = Some(answer.clone());
        answer
    }

    /// Rounds until nothing is left to say; how many.
    pub async fn sync(&mut self, scene: &Scene) -> usize {
        for rounds in 1..=20 {
            let answer = self.round(scene).await;
            let waits = self.chains.values().any(|chain| chain.held < chain.length());
            if answer.stands.is_none() && !answer.more && !waits {
                let total = answer.total.unwrap_or_else(|| self.total());
                assert_eq!(total, self.total(), "both sides hold the same");
                return rounds;
            }
        }
        panic!("rounds without end");
    }

    pub fn total(&self) -> Total {
        let positions: Vec<Position> =
            self.chains.iter().map(|(id, chain)| chain.position(*id, chain.length())).collect();
        Total { state: StateDigest::of(&positions), ..Total::of(&positions) }
    }

    fn learn(&mut self, answer: &RoundAnswer) {
        if let Some(stands) = &answer.stands {
            for (id, chain) in &mut self.chains {
                let common = stands.iter().filter(|place| {
                    place.series == *id && chain.heads.get(place.seq as usize) == Some(&place.head)
                });
                chain.held = common.map(|place| place.seq).max().unwrap_or(0).min(chain.held);
            }
            return;
        }
        let mut ids: Vec<SeriesId> = answer.frames.iter().map(|frame| frame.series).collect();
        ids.dedup();
        for id in ids {
            self.take(answer, id);
        }
        for receipt in &answer.receipts {
            receipt.verify(&self.district).unwrap();
            let chain = self.chains.get_mut(&receipt.series).unwrap();
            assert_eq!(chain.heads[receipt.seq as usize], receipt.head, "a receipt names what is here");
            chain.held = chain.held.max(receipt.seq);
        }
    }

    fn take(&mut self, answer: &RoundAnswer, id: SeriesId) {
        let frames: Vec<&Frame> = answer.frames.iter().filter(|frame| frame.series == id).collect();
        let checkpoint = answer.checkpoints.iter().find(|point| point.series == id).unwrap();
        let key = opener(frames[0]).or_else(|| self.chains.get(&id).map(|chain| chain.key)).unwrap();
        let chain = self.chains.entry(id).or_insert_with(|| Chain::new(id, key));
        let known = chain.position(id, chain.length());
        let before = chain.clone();
        let proved =
            accept(&known, &key, &frames, checkpoint, &|seq| before.heads.get(seq as usize).copied());
        let decisions = key == self.district;
        let accepted = match proved {
            Ok(accepted) => accepted,
            // Another branch stands at the district: its own branch replaces this copy.
            Err(_) => {
                chain.cut(frames[0].first_seq - 1);
                let known = chain.position(id, chain.length());
                accept(&known, &key, &frames, checkpoint, &|_| None).unwrap()
            }
        };
        for new in accepted.new {
            let Carried::Body { body, salt: SaltSource::Stretch(seed) } = new.carried else { panic!() };
            chain.add(body, || seed);
        }
        chain.checkpoint = Some(checkpoint.clone());
        if decisions {
            chain.held = chain.held.max(checkpoint.seq);
        }
    }

    /// Every event of the district's, series after series.
    pub fn decisions(&self) -> Vec<Event> {
        let chains = self.chains.values().filter(|chain| chain.key == self.district);
        chains.flat_map(|chain| &chain.bodies).map(|body| Entry::decode(body).unwrap().event).collect()
    }

    /// All answers about a version, oldest first in their series.
    pub fn answers(&self, version: EntityId) -> Vec<(Answer, Vec<Reason>)> {
        let about = |event| match event {
            Event::Answered { version: about, answer, reasons, .. } if about == version => {
                Some((answer, reasons))
            }
            _ => None,
        };
        self.decisions().into_iter().filter_map(about).collect()
    }
}

fn opener(frame: &Frame) -> Option<PublicKey> {
    let first = frame.entries.first().filter(|_| frame.first_seq == 1)?;
    match Entry::decode(first.body()?).ok()?.event {
        Event::SeriesOpened { key, .. } => Some(key),
        _ => None,
    }
}
