//! A small district that keeps what it is given, answers rounds and signs receipts; and several laptops of one village
//! around it. Proved with the journal's own functions.

use crate::district::District;
use crate::harness::Village;
use payung_domain::{FieldValues, State, Timestamp};
use payung_journal::{
    Carried, Checkpoint, EntityId, Entry, Event, Frame, Head, Position, Receipt, Rejected, RoundRequest,
    SaltSource, Seed, SeriesId, SeriesKind, Total, accept, steps_back, stretch_of,
};
use payung_keys::{PublicKey, SigningKey};
use payung_register::{Done, Healed, Inbound, ListQuery, Op};
use payung_system::SystemRandom;
use std::collections::BTreeMap;

#[derive(Clone)]
struct Held {
    key: PublicKey,
    entries: Vec<Carried>,
    heads: Vec<Head>,
    checkpoints: Vec<Checkpoint>,
}

/// A copy of it is a backup.
#[derive(Clone)]
pub struct Relay {
    key: SigningKey,
    decisions: SeriesId,
    series: BTreeMap<SeriesId, Held>,
    seeds: BTreeMap<u64, Seed>,
    /// About so many entries of a series in one answer.
    pub page: u64,
    /// Series in the order of their ids, or the other way round.
    pub backwards: bool,
}

impl Relay {
    /// With as many enrolled laptops.
    pub fn with(count: usize) -> (Self, Vec<Village>) {
        let mut laptops: Vec<Village> = (0..count).map(|_| Village::kebumen()).collect();
        let district = District::of(&laptops[0]);
        for laptop in &mut laptops {
            district.enrol(laptop, Vec::new());
        }
        let mut relay = Self {
            key: district.key.clone(),
            decisions: district.series,
            series: BTreeMap::new(),
            seeds: BTreeMap::new(),
            page: u64::MAX,
            backwards: false,
        };
        let (village, key) = (laptops[0].village().code, relay.key.public());
        relay.say(Event::SeriesOpened { kind: SeriesKind::Decisions, village, key, continues: None });
        (relay, laptops)
    }

    /// One more laptop of the same village.
    pub fn join(&self) -> Village {
        let mut laptop = Village::kebumen();
        let mut district = District::of(&laptop);
        district.key = self.key.clone();
        district.series = self.decisions;
        district.enrol(&mut laptop, Vec::new());
        laptop
    }

    pub fn say(&mut self, event: Event) {
        self.say_at(event, Timestamp(crate::harness::MORNING));
    }

    pub fn say_at(&mut self, event: Event, at: Timestamp) {
        let (id, key) = (self.decisions, self.key.public());
        let held = self.series.entry(id).or_insert_with(|| Held::new(key));
        let seq = held.entries.len() as u64 + 1;
        let seed = *self.seeds.entry(stretch_of(seq)).or_insert_with(|| Seed::generate(&SystemRandom));
        let body = Entry::new(at, "Petugas", event).encode();
        held.add(id, Carried::Body { body, salt: SaltSource::Stretch(seed) });
        let head = *held.heads.last().expect("a head");
        held.checkpoints.push(Checkpoint::sign(&self.key, id, seq, head));
    }

    /// One round with a laptop.
    pub fn round(&mut self, laptop: &mut Village, entries_max: u64) -> Done {
        let request = laptop.round_request(entries_max).expect("a request");
        let signed = laptop.sign_round(&request).expect("signed");
        assert!(signed.device().is_ok());
        let inbound = self.answer(&request);
        laptop.transact(Op::Learned(inbound)).expect("learnt")
    }

    /// Rounds until both hold the same; what was healed on the way.
    pub fn level(&mut self, laptop: &mut Village) -> Vec<Healed> {
        let mut healed = Vec::new();
        for _ in 0..400 {
            healed.extend(self.round(laptop, 50).healed);
            let sent = laptop.village_series().expect("series").iter().all(|it| it.held_seq == it.seq);
            if sent && laptop.total().expect("total") == self.total() {
                return healed;
            }
        }
        panic!("the two never became level");
    }

    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    pub fn total(&self) -> Total {
        let positions: Vec<Position> = self.series.iter().map(|(id, held)| held.position(*id)).collect();
        Total::of(&positions)
    }

    pub fn answer(&mut self, request: &RoundRequest) -> Inbound {
        let known = |position: &Position| {
            self.series.get(&position.series).and_then(|held| held.head_at(position.series, position.seq))
                == Some(position.head)
        };
        if !request.have.iter().all(known) {
            return Inbound { stands: Some(self.stands()), total: Some(self.total()), ..Inbound::default() };
        }
        let offered = request.push.iter().map(|frame| (frame.series, frame.last_seq())).collect();
        let mut inbound = Inbound { offered, ..Inbound::default() };
        let mut pushed: Vec<SeriesId> = Vec::new();
        for checkpoint in &request.checkpoints {
            let frames: Vec<&Frame> =
                request.push.iter().filter(|frame| frame.series == checkpoint.series).collect();
            if self.take(&frames, checkpoint) {
                pushed.push(checkpoint.series);
                inbound.receipts.push(self.receipt(checkpoint));
            }
        }
        let mut ids: Vec<SeriesId> = self.series.keys().copied().filter(|id| !pushed.contains(id)).collect();
        if self.backwards {
            ids.reverse();
        }
        for id in ids {
            let after = request.have.iter().find(|have| have.series == id).map_or(0, |have| have.seq);
            let held = &self.series[&id];
            let Some((frame, checkpoint)) = held.page(id, after, self.page) else { continue };
            let receipt = Receipt::sign(&self.key, id, checkpoint.seq, checkpoint.head, Timestamp(7));
            inbound.frames.push(frame);
            inbound.checkpoints.push(checkpoint);
            if id != self.decisions {
                inbound.receipts.push(receipt);
            }
        }
        inbound.total = Some(self.total());
        inbound
    }

    fn take(&mut self, frames: &[&Frame], checkpoint: &Checkpoint) -> bool {
        let id = checkpoint.series;
        let first = frames.first().and_then(|frame| frame.entries.first()).and_then(Carried::body);
        let key = match (self.series.get(&id), first.and_then(|body| Entry::decode(body).ok())) {
            (Some(held), _) => held.key,
            (None, Some(Entry { event: Event::SeriesOpened { key, .. }, .. })) => key,
            _ => panic!("a series without a beginning"),
        };
        let held = self.series.entry(id).or_insert_with(|| Held::new(key));
        let place = held.position(id);
        let head_at = |seq| held.head_at(id, seq);
        match accept(&place, &key, frames, checkpoint, &head_at) {
            Ok(accepted) => {
                for new in accepted.new {
                    held.add(id, new.carried);
                }
                held.checkpoints.push(checkpoint.clone());
                true
            }
            Err(Rejected::Fork { .. }) => false,
            Err(other) => panic!("a laptop sent what cannot be proved: {other}"),
        }
    }

    /// For what was pushed, also where more stands here already.
    fn receipt(&self, pushed: &Checkpoint) -> Receipt {
        Receipt::sign(&self.key, pushed.series, pushed.seq, pushed.head, Timestamp(7))
    }

    fn stands(&self) -> Vec<Position> {
        let place = |id: SeriesId, held: &Held, seq| Position {
            series: id,
            seq,
            head: held.head_at(id, seq).expect("a head"),
        };
        self.series
            .iter()
            .flat_map(|(id, held)| {
                steps_back(held.entries.len() as u64).into_iter().map(move |seq| place(*id, held, seq))
            })
            .collect()
    }
}

impl Held {
    fn new(key: PublicKey) -> Self {
        Self { key, entries: Vec::new(), heads: Vec::new(), checkpoints: Vec::new() }
    }

    fn add(&mut self, id: SeriesId, carried: Carried) {
        let seq = self.entries.len() as u64 + 1;
        let before = self.heads.last().copied().unwrap_or(Head::start(id));
        self.heads.push(before.next(&carried.digest(seq)));
        self.entries.push(carried);
    }

    fn head_at(&self, id: SeriesId, seq: u64) -> Option<Head> {
        match seq {
            0 => Some(Head::start(id)),
            _ => self.heads.get(usize::try_from(seq).ok()? - 1).copied(),
        }
    }

    fn position(&self, id: SeriesId) -> Position {
        let seq = self.entries.len() as u64;
        Position { series: id, seq, head: self.head_at(id, seq).expect("a head") }
    }

    /// Up to a checkpoint that the writer gave.
    fn page(&self, id: SeriesId, after: u64, most: u64) -> Option<(Frame, Checkpoint)> {
        let later = || self.checkpoints.iter().filter(|checkpoint| checkpoint.seq > after);
        let fits = later().filter(|checkpoint| checkpoint.seq - after <= most).max_by_key(|it| it.seq);
        let checkpoint = fits.or_else(|| later().min_by_key(|it| it.seq))?.clone();
        let entries = self.entries[after as usize..checkpoint.seq as usize].to_vec();
        let base = self.head_at(id, after)?;
        Some((Frame { series: id, first_seq: after + 1, base, entries }, checkpoint))
    }
}

/// What a person is, the same on every laptop.
#[derive(Debug, PartialEq)]
pub struct Seen {
    pub values: FieldValues,
    pub versions: Vec<EntityId>,
    pub state: State,
    pub two_versions: bool,
    pub covered: bool,
}

/// Everybody who was ever *siap*, by the entry that says so.
pub fn seen(laptop: &Village) -> BTreeMap<EntityId, Seen> {
    let page = laptop.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list");
    assert_eq!(page.total as usize, page.rows.len(), "a page holds them all");
    let mut seen = BTreeMap::new();
    for row in page.rows {
        let detail = laptop.detail(row.id);
        assert_eq!(detail.two_versions, row.two_versions);
        let Some(entity) = detail.entity else { continue };
        let versions = detail.history.iter().filter_map(|line| line.entry).collect();
        let known = seen.insert(
            entity,
            Seen {
                values: detail.released.expect("released"),
                versions,
                state: detail.status.state,
                two_versions: detail.two_versions,
                covered: detail.status.covered,
            },
        );
        assert!(known.is_none(), "one row for one person");
    }
    seen
}

/// Every laptop in turn, until nothing is new for anybody; then all say the same and prove themselves.
pub fn settle(relay: &mut Relay, laptops: &mut [&mut Village]) {
    for _ in 0..20 {
        for laptop in laptops.iter_mut() {
            relay.level(laptop);
        }
        if laptops.iter().all(|laptop| laptop.total().expect("total") == relay.total()) {
            break;
        }
    }
    let first = seen(laptops[0]);
    for laptop in laptops.iter() {
        assert_eq!(laptop.total().expect("total"), relay.total(), "both sides hold the same");
        assert_eq!(seen(laptop), first, "all laptops show the same");
        laptop.verify_journal().expect("every register proves itself");
    }
}

impl Relay {
    /// Another decisions series, as a restored district opens it.
    pub fn new_decisions(&mut self, village: payung_domain::VillageCode) {
        self.decisions = SeriesId::generate(&SystemRandom);
        self.seeds.clear();
        let key = self.key.public();
        self.say(Event::SeriesOpened { kind: SeriesKind::Decisions, village, key, continues: None });
    }
}
