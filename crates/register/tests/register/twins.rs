//! Two copies of one disk lose the same branch: each enters it again, and it stands once for everybody.

use crate::harness::Village;
use crate::relay::Relay;
use crate::several::{cloned, entity};
use payung_domain::{Answer, Field, FieldValues, State};
use payung_journal::{Event, RegulationRef};
use payung_register::{Healed, ListQuery, PersonId, StatementStatus};

/// A person as shown, by whatever name the laptop knows them.
type Shown = (FieldValues, State, bool, bool);

fn shown(laptop: &Village) -> Vec<(String, Shown)> {
    let page = laptop.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list");
    let of = |id: PersonId| {
        let detail = laptop.detail(id);
        let values = detail.released.unwrap_or(detail.values);
        (values, detail.status.state, detail.two_versions, detail.status.covered)
    };
    let mut shown: Vec<_> = page.rows.into_iter().map(|row| (row.name, of(row.id))).collect();
    shown.sort_by(|one, other| one.0.cmp(&other.0));
    shown
}

fn names(laptop: &Village) -> Vec<String> {
    shown(laptop).into_iter().map(|(name, _)| name).collect()
}

/// Every laptop in turn, until nothing is new for anybody; then all show the same and prove themselves.
fn settle(relay: &mut Relay, laptops: &mut [&mut Village]) {
    for _ in 0..6 {
        for laptop in laptops.iter_mut() {
            relay.level(laptop);
        }
    }
    let first = shown(laptops[0]);
    for laptop in laptops.iter() {
        assert_eq!(laptop.total().expect("total"), relay.total(), "both sides hold the same");
        assert_eq!(shown(laptop), first, "all laptops show the same");
        laptop.verify_journal().expect("every register proves itself");
    }
}

fn called(laptop: &Village, name: &str) -> PersonId {
    let page = laptop.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list");
    page.rows.into_iter().find(|row| row.name == name).expect("known here").id
}

fn correct(laptop: &mut Village, name: &str, field: Field, value: &str) {
    let id = called(laptop, name);
    laptop.save(id, field, value);
    laptop.release(id).expect("a correction");
}

fn name(laptop: &Village, id: PersonId) -> String {
    laptop.detail(id).values.text(Field::Name).expect("name").to_owned()
}

/// Three copies of one disk: the third spoke first, the other two share entries that only they have, a signed letter
/// among them, and each went on alone.
struct Copies {
    relay: Relay,
    one: Village,
    two: Village,
    third: Village,
    /// Another laptop of the village.
    watcher: Village,
    /// Whom both have, and nobody else.
    shared: String,
}

impl Copies {
    fn new() -> Self {
        let (mut relay, mut laptops) = Relay::with(2);
        let (mut one, mut watcher) = (laptops.remove(0), laptops.remove(0));
        let known = one.candidate(1);
        relay.level(&mut one);
        relay.level(&mut watcher);
        let mut third = cloned(&mut one);
        let id = one.candidate(2);
        let shared = name(&one, id);
        correct(&mut one, &shared, Field::Rt, "002");
        let head = one.head();
        let statement = one.prepare(&[known, id]);
        one.freeze(&head, statement);
        one.sign(&head, statement).expect("signed");
        drop(head);
        let mut two = cloned(&mut one);
        third.candidate(3);
        relay.level(&mut third);
        two.clock.forward(3_600_000);
        one.candidate(10);
        correct(&mut one, &shared, Field::Address, "Jalan Melati 3");
        two.candidate(20);
        correct(&mut two, &shared, Field::Rw, "003");
        Self { relay, one, two, third, watcher, shared }
    }

    /// Everybody stands once everywhere, and what both said about the same person stands side by side.
    fn stand_once(mut self) {
        let (relay, shared) = (&mut self.relay, self.shared.as_str());
        let all = &mut [&mut self.one, &mut self.two, &mut self.third, &mut self.watcher];
        settle(relay, all);
        assert_eq!(names(all[0]).len(), 5, "everybody once: {:?}", names(all[0]));
        for laptop in all.iter() {
            let id = called(laptop, shared);
            let versions = laptop.two_versions(id).expect("read").expect("two versions");
            assert_eq!((versions.heads.len(), versions.differing.len()), (2, 2));
            let statements = laptop.statements().expect("statements");
            assert_eq!(statements.len(), 1, "one letter");
            assert_eq!((statements[0].status, statements[0].people), (StatementStatus::Signed, 2));
        }
        // The district answers by the name under which it knows somebody; another copy knows them by another one.
        let id = called(all[3], shared);
        let (person, version) = (entity(all[3], id), all[3].two_versions(id).expect("read").expect("two"));
        let heads: Vec<_> = version.heads.iter().map(|head| head.entry).collect();
        for entry in heads {
            let regulation = RegulationRef { id: "kebumen-56-2024".to_owned(), digest: [1; 32] };
            let (answer, reasons, officer) = (Answer::NeedsFix, Vec::new(), None);
            let version = entry;
            relay.say(Event::Answered { person, version, answer, reasons, officer, regulation });
        }
        settle(relay, all);
        for laptop in all.iter() {
            let detail = laptop.detail(called(laptop, shared));
            assert_eq!(detail.answers.len(), 2, "each answer reaches the one person");
        }
        // Whoever comes later gets everything in another order, in small pieces.
        for (page, backwards) in [(1, false), (1, true), (3, true), (u64::MAX, true)] {
            (relay.page, relay.backwards) = (page, backwards);
            let mut joined = relay.join();
            let all = &mut [&mut self.one, &mut self.two, &mut self.third, &mut self.watcher, &mut joined];
            settle(relay, all);
        }
        for laptop in [&mut self.one, &mut self.two] {
            laptop.candidate(30 + laptop.counts().total as u32);
            assert_eq!(relay.level(laptop), [], "healed once and for all");
        }
    }
}

/// What is mended of a laptop that wrote on where another one was first.
fn lost(laptop: &Village) -> [Healed; 1] {
    let outbox = laptop.outbox().expect("outbox");
    assert!(outbox.waiting_entries() >= 6, "2 people, 2 corrections, the head's key, a letter: {outbox:?}");
    [Healed::OwnSeries { reentered: outbox.waiting_entries() }]
}

#[test]
fn a_lost_branch_that_two_copies_share_stands_once() {
    let mut copies = Copies::new();
    let (one, two) = (lost(&copies.one), lost(&copies.two));
    assert_eq!(copies.relay.level(&mut copies.one), one);
    assert_eq!(copies.relay.level(&mut copies.two), two);
    copies.stand_once();
}

#[test]
fn so_it_does_where_neither_knew_of_the_other_when_it_mended() {
    let mut copies = Copies::new();
    for laptop in [&mut copies.one, &mut copies.two] {
        let expected = lost(laptop);
        assert_eq!(copies.relay.round(laptop, 50).healed, expected);
    }
    copies.stand_once();
}

#[test]
fn so_it_does_where_the_other_branch_comes_later_than_its_twin() {
    let mut copies = Copies::new();
    copies.relay.level(&mut copies.one);
    // A page that holds the twin alone, as a file on a stick may.
    let request = copies.two.round_request(0).expect("request");
    let own = copies.two.shared_series().expect("series").series;
    let mut inbound = copies.relay.answer(&request);
    inbound.frames.retain(|frame| frame.series != own);
    inbound.checkpoints.retain(|checkpoint| checkpoint.series != own);
    inbound.total = None;
    let learnt = copies.two.transact(payung_register::Op::Learned(inbound)).expect("learnt");
    assert_eq!(learnt.healed, []);
    assert_eq!(names(&copies.two).len(), 4, "nobody twice: {:?}", names(&copies.two));
    copies.two.verify_journal().expect("proved");
    let expected = lost(&copies.two);
    assert_eq!(copies.relay.level(&mut copies.two), expected);
    copies.stand_once();
}

#[test]
fn a_lost_branch_that_comes_back_itself_stands_once_beside_its_copy() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut one, mut watcher) = (laptops.remove(0), laptops.remove(0));
    one.candidate(1);
    relay.level(&mut one);
    let (mut third, mut old) = (cloned(&mut one), relay.clone());
    let id = one.candidate(2);
    let shared = name(&one, id);
    relay.level(&mut one);
    let (mut copy, mut lost) = (cloned(&mut one), relay.clone());
    // The district is put back, and the copy speaks first: what stood there is entered again.
    third.candidate(3);
    old.level(&mut third);
    assert!(old.level(&mut one).contains(&Healed::OwnSeries { reentered: 1 }));
    old.level(&mut watcher);
    assert_eq!(names(&watcher).len(), 3);
    // The district is found again as it was; then everybody brings what they have.
    lost.level(&mut copy);
    correct(&mut copy, &shared, Field::Rt, "004");
    lost.level(&mut copy);
    settle(&mut lost, &mut [&mut watcher, &mut one, &mut third, &mut copy]);
    assert_eq!(names(&one).len(), 3, "everybody once: {:?}", names(&one));
    for laptop in [&one, &third, &copy, &watcher] {
        let released = laptop.detail(called(laptop, &shared)).released.expect("released");
        assert_eq!(released.text(Field::Rt), Some("004"));
    }
}
