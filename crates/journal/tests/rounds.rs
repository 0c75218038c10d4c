//! Rounds: what both sides have does not travel, and whatever travels comes out as it went in.

mod support;

use payung_domain::Answer;
use payung_journal::*;
use proptest::prelude::*;
use support::*;

/// Somebody who holds chains up to given places.
struct Holds<'a>(Vec<(&'a Chain, u64)>);

impl Holds<'_> {
    fn find(&self, series: SeriesId, seq: u64) -> Option<&Chain> {
        self.0
            .iter()
            .find(|(chain, length)| chain.series == series && seq <= *length)
            .map(|(chain, _)| *chain)
    }
}

impl Known for Holds<'_> {
    fn series(&self) -> Vec<SeriesId> {
        self.0.iter().map(|(chain, _)| chain.series).collect()
    }

    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head> {
        self.find(series, seq).map(|chain| chain.head(seq))
    }

    fn seed(&self, series: SeriesId, stretch: u64) -> Option<Seed> {
        self.find(series, stretch * STRETCH + 1).map(|chain| chain.seed_of(stretch * STRETCH + 1))
    }

    fn body(&self, series: SeriesId, seq: u64) -> Option<Vec<u8>> {
        self.find(series, seq).map(|chain| chain.bodies[seq as usize - 1].clone())
    }
}

fn answered(seq: u64) -> Event {
    Event::Answered {
        person: person(seq),
        version: person(seq),
        answer: Answer::Arrived,
        reasons: vec![Reason {
            field: None,
            rule: Some("statement".to_owned()),
            message: "Menunggu surat.".to_owned(),
        }],
        officer: None,
        regulation: regulation(),
    }
}

fn decisions(answers: u64) -> Chain {
    Chain::of_decisions((2..2 + answers).map(answered))
}

fn request(have: Vec<Position>, push: Vec<Frame>, checkpoints: Vec<Checkpoint>) -> RoundRequest {
    RoundRequest { device: DeviceId::generate(&Seeded::new(20)), sent_at: NOW, have, push, checkpoints }
}

/// What the district reads; the signature is proved on the way.
fn arrived(sent: &RoundRequest, device: &Holds<'_>, district: &Holds<'_>) -> (usize, Opened) {
    let bytes = SignedRound::sign(sent, &device_key(), device).to_bytes();
    let signed = SignedRound::from_bytes(&bytes).unwrap();
    assert_eq!(signed.device(), Ok(sent.device));
    assert!(signed.verify(&device_key().public()).is_ok());
    assert!(signed.verify(&district_key().public()).is_err());
    (bytes.len(), signed.open(district).unwrap())
}

fn level(opened: Opened) -> RoundRequest {
    match opened {
        Opened::Level(request) => request,
        Opened::NotLevel => panic!("both hold the same"),
    }
}

#[test]
fn a_push_comes_out_as_it_went_in() {
    let (chain, decided) = (Chain::of_people(70, 0), decisions(3));
    for (common, end) in [(0, 1), (0, 71), (1, 2), (5, 6), (63, 66), (64, 71), (70, 71)] {
        let (device, district) =
            (Holds(vec![(&chain, end), (&decided, 2)]), Holds(vec![(&chain, common), (&decided, 4)]));
        let have = vec![chain.position(common), decided.position(2)];
        let sent = request(have, vec![chain.frame(common + 1, end)], vec![chain.checkpoint(end)]);
        let read = level(arrived(&sent, &device, &district).1);
        assert_eq!((&read.push, read.sent_at), (&sent.push, sent.sent_at), "{common} to {end}");
        assert!(read.have.iter().all(|position| sent.have.contains(position)));
        let point = &read.checkpoints[0];
        assert_eq!((point.series, point.seq, point.head), (chain.series, end, chain.head(end)));
        assert!(
            point.verify(&device_key().public()).is_ok(),
            "the request's signature proves the checkpoint"
        );
        assert_eq!(
            Proof::from_bytes(&point.proof.to_bytes()),
            Ok(point.proof.clone()),
            "kept and carried on"
        );
        let taken = accept(
            &chain.position(common),
            &device_key().public(),
            &read.push.iter().collect::<Vec<_>>(),
            point,
            &|seq| (seq <= common).then(|| chain.head(seq)),
        );
        assert_eq!(taken.unwrap().position, chain.position(end));
    }
}

#[test]
fn several_frames_and_what_another_laptop_wrote_travel_too() {
    let (chain, other) = (Chain::of_people(20, 0), decisions(6));
    let device = Holds(vec![(&chain, 21), (&other, 7)]);
    let district = Holds(vec![(&chain, 3), (&other, 2)]);
    let kept = Checkpoint::sign(&district_key(), other.series, 7, other.head(7));
    let frames = vec![chain.frame(4, 9), other.frame(3, 7), chain.frame(10, 21)];
    let sent =
        request(vec![chain.position(3), other.position(2)], frames, vec![chain.checkpoint(21), kept.clone()]);
    let read = level(arrived(&sent, &device, &district).1);
    assert_eq!(read.push, sent.push);
    assert_eq!(read.checkpoints[1], kept, "somebody else's checkpoint travels with its own proof");
    assert!(read.checkpoints[0].verify(&device_key().public()).is_ok());
}

#[test]
fn another_past_is_not_level_and_nothing_is_read() {
    let (chain, branch, decided) = (Chain::of_people(8, 0), Chain::of_people(8, 1), decisions(1));
    let device = Holds(vec![(&chain, 9), (&decided, 2)]);
    let sent = request(
        vec![chain.position(6), decided.position(2)],
        vec![chain.frame(7, 9)],
        vec![chain.checkpoint(9)],
    );
    for district in [
        Holds(vec![(&chain, 5), (&decided, 2)]),
        Holds(vec![(&branch, 9), (&decided, 2)]),
        Holds(vec![(&chain, 6)]),
        Holds(vec![]),
    ] {
        assert_eq!(arrived(&sent, &device, &district).1, Opened::NotLevel);
    }
    assert!(matches!(arrived(&sent, &device, &Holds(vec![(&chain, 6), (&decided, 2)])).1, Opened::Level(_)));
}

#[test]
fn a_request_cut_or_altered_anywhere_is_refused() {
    let chain = Chain::of_people(3, 0);
    let device = Holds(vec![(&chain, 4)]);
    let sent = request(vec![chain.position(1)], vec![chain.frame(2, 4)], vec![chain.checkpoint(4)]);
    let bytes = SignedRound::sign(&sent, &device_key(), &device).to_bytes();
    let key = device_key().public();
    for at in 0..bytes.len() {
        let cut = SignedRound::from_bytes(&bytes[..at]).ok().and_then(|cut| cut.verify(&key).ok());
        assert_eq!(cut, None, "cut at {at}");
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(SignedRound::from_bytes(&altered).unwrap().verify(&key).is_err(), "bit at {at}");
    }
}

/// An answer to a push of one correction: receipt and decision under one signature.
fn answer_to_one(chain: &Chain, decided: &Chain) -> (RoundRequest, RoundAnswer) {
    let end = chain.len();
    let sent = request(
        vec![chain.position(end - 1), decided.position(decided.len() - 1)],
        vec![chain.frame(end, end)],
        vec![chain.checkpoint(end)],
    );
    let mut answer = RoundAnswer::new(NOW);
    answer.frames = vec![decided.frame(decided.len(), decided.len())];
    let mut receipts = vec![Receipt::sign(&district_key(), chain.series, end, chain.head(end), NOW)];
    let mut points =
        vec![Checkpoint::sign(&district_key(), decided.series, decided.len(), decided.head(decided.len()))];
    Together::put_under(&district_key(), &mut receipts, &mut points);
    (answer.receipts, answer.checkpoints) = (receipts, points);
    answer.total = Some(Total::of(&[chain.position(end), decided.position(decided.len())]));
    (sent, answer)
}

#[test]
fn answers_come_out_as_they_went_in() {
    let (chain, decided) = (Chain::of_people(5, 0), decisions(5));
    let device = Holds(vec![(&chain, 6), (&decided, 5)]);
    let district = Holds(vec![(&chain, 6), (&decided, 6)]);
    let (sent, plain) = answer_to_one(&chain, &decided);
    let read = RoundAnswer::decode(&plain.encode(Some(&sent), &district), &sent, &device).unwrap();
    assert_eq!(read, plain);
    assert!(read.receipts[0].verify(&district_key().public()).is_ok());
    assert!(read.checkpoints[0].verify(&district_key().public()).is_ok());
    assert!(read.receipts[0].verify(&device_key().public()).is_err());

    let mut repeated = plain.clone();
    repeated.receipts[0].at = payung_domain::Timestamp(NOW.millis() - 5_000);
    let mut proofs = repeated.receipts.clone();
    Together::put_under(&district_key(), &mut proofs, &mut []);
    repeated.receipts = proofs;
    repeated.refusals = vec![Rejected::Fork { at: 4 }.refusal(&chain.position(6))];
    repeated.more = true;
    let alone = Checkpoint::sign(&district_key(), decided.series, 6, decided.head(6));
    repeated.checkpoints = vec![alone];
    let read = RoundAnswer::decode(&repeated.encode(Some(&sent), &district), &sent, &device);
    assert_eq!(read, Ok(repeated), "an older receipt keeps its own proof");

    let mut stands = RoundAnswer::new(NOW);
    stands.stands = Some(steps_back(6).into_iter().map(|seq| chain.position(seq)).collect());
    let read = RoundAnswer::decode(&stands.encode(None, &district), &sent, &device);
    assert_eq!(read, Ok(stands));
    let mut empty = RoundAnswer::new(NOW);
    empty.stands = Some(Vec::new());
    assert_eq!(RoundAnswer::decode(&empty.encode(None, &Holds(vec![])), &sent, &device), Ok(empty));
    let quiet = RoundAnswer::new(NOW);
    assert_eq!(RoundAnswer::decode(&quiet.encode(Some(&sent), &district), &sent, &device), Ok(quiet));
}

/// What was written once must be read for ever, whatever packing does later.
#[test]
fn old_rounds_are_still_read() {
    let (chain, decided) = (Chain::of_people(5, 0), decisions(5));
    let device = Holds(vec![(&chain, 6), (&decided, 5)]);
    let district = Holds(vec![(&chain, 5), (&decided, 6)]);
    let (sent, answer) = answer_to_one(&chain, &decided);
    let bytes = old_bytes("round_request", &SignedRound::sign(&sent, &device_key(), &device).to_bytes());
    let signed = SignedRound::from_bytes(&bytes).unwrap();
    assert!(signed.verify(&device_key().public()).is_ok());
    assert_eq!(level(signed.open(&district).unwrap()).push, sent.push);
    let bytes = old_bytes("round_answer", &answer.encode(Some(&sent), &district));
    assert_eq!(RoundAnswer::decode(&bytes, &sent, &device).as_ref(), Ok(&answer));
    let bytes = old_bytes("round_request_plain", &sent.to_plain());
    assert_eq!(RoundRequest::from_plain(&bytes), Ok(sent));
    let bytes = old_bytes("round_answer_plain", &answer.to_plain());
    assert_eq!(RoundAnswer::from_plain(&bytes), Ok(answer));
}

#[test]
fn plain_rounds_need_no_knowledge() {
    let (chain, decided) = (Chain::of_people(5, 0), decisions(5));
    let (sent, answer) = answer_to_one(&chain, &decided);
    assert_eq!(RoundRequest::from_plain(&sent.to_plain()).as_ref(), Ok(&sent));
    assert_eq!(RoundAnswer::from_plain(&answer.to_plain()).as_ref(), Ok(&answer));
}

#[test]
fn the_places_named_reach_back_in_doubling_steps() {
    assert_eq!(steps_back(0), [0]);
    assert_eq!(steps_back(1), [1, 0]);
    assert_eq!(steps_back(20), [20, 19, 18, 16, 12, 4, 0]);
}

/// A line that costs money per megabyte: what an exchange costs without the headers of HTTP (some 85 bytes up and 40
/// down). A change that makes messages larger must be seen.
#[test]
fn rounds_cost_little() {
    let mut chain = Chain::of_people(3, 0);
    let change = every_event().into_iter().find(|(name, _)| *name == "person_corrected").unwrap().1;
    chain.push(entry(change).encode());
    let decided = decisions(4);
    let device = Holds(vec![(&chain, 5), (&decided, 4)]);
    let district = Holds(vec![(&chain, 5), (&decided, 5)]);
    let (sent, answer) = answer_to_one(&chain, &decided);
    let (up, _) = arrived(&sent, &device, &Holds(vec![(&chain, 4), (&decided, 5)]));
    let down = answer.encode(Some(&sent), &district).len();
    println!("one field: {up} bytes up, {down} down");
    assert!(up + down <= 375, "one field costs {up} bytes up and {down} down");

    let nothing = request(vec![chain.position(5), decided.position(5)], vec![], vec![]);
    let (up, _) = arrived(&nothing, &Holds(vec![(&chain, 5), (&decided, 5)]), &district);
    let down = RoundAnswer::new(NOW).encode(Some(&nothing), &district).len();
    println!("nothing: {up} bytes up, {down} down");
    assert!(up + down <= 125, "nothing to send costs {up} bytes up and {down} down");

    for (people, most) in [(100, 30), (1_000, 18)] {
        let chain = Chain::of_people(people, 0);
        let decided = decisions(0);
        let device = Holds(vec![(&chain, people + 1), (&decided, 1)]);
        let sent = request(
            vec![chain.position(1), decided.position(1)],
            vec![chain.frame(2, people + 1)],
            vec![chain.checkpoint(people + 1)],
        );
        let (up, _) = arrived(&sent, &device, &Holds(vec![(&chain, 1), (&decided, 1)]));
        println!("{people} people: {:.1} bytes each", up as f64 / people as f64);
        assert!(up < (most * people) as usize, "{people} people cost {up} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Wherever both stand and however the frames are cut, the same entries come out.
    #[test]
    fn any_round_comes_out(common in 0u64..80, more in 1u64..40, decided_at in 0u64..5, cut in any::<prop::sample::Index>()) {
        let (chain, decided) = (Chain::of_people(130, 0), decisions(4));
        let end = common + more;
        let cut = common + 1 + cut.index(more as usize) as u64;
        let mut push = vec![chain.frame(common + 1, cut)];
        if cut < end {
            push.push(chain.frame(cut + 1, end));
        }
        let device = Holds(vec![(&chain, end), (&decided, decided_at)]);
        let district = Holds(vec![(&chain, common), (&decided, 5)]);
        let sent = request(vec![chain.position(common), decided.position(decided_at)], push, vec![chain.checkpoint(end)]);
        let read = level(arrived(&sent, &device, &district).1);
        prop_assert_eq!(&read.push, &sent.push);
        let mut answer = RoundAnswer::new(NOW);
        answer.frames = vec![decided.frame(decided_at + 1, 5)];
        let mut receipts = vec![Receipt::sign(&district_key(), chain.series, end, chain.head(end), NOW)];
        let mut points = vec![Checkpoint::sign(&district_key(), decided.series, 5, decided.head(5))];
        Together::put_under(&district_key(), &mut receipts, &mut points);
        (answer.receipts, answer.checkpoints) = (receipts, points);
        if decided_at < 5 {
            let after = Holds(vec![(&chain, end), (&decided, 5)]);
            let bytes = answer.encode(Some(&read), &after);
            prop_assert_eq!(RoundAnswer::decode(&bytes, &sent, &device).unwrap(), answer);
        }
    }

    /// Nothing that arrives makes a reader fail in any other way than by saying so.
    #[test]
    fn altered_answers_are_refused_or_read(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let (chain, decided) = (Chain::of_people(5, 0), decisions(5));
        let (sent, answer) = answer_to_one(&chain, &decided);
        let mut bytes = answer.encode(Some(&sent), &Holds(vec![(&chain, 6), (&decided, 6)]));
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let read = RoundAnswer::decode(&bytes, &sent, &Holds(vec![(&chain, 6), (&decided, 5)]));
        if let Ok(read) = read {
            for receipt in &read.receipts {
                let true_one = answer.receipts.iter().any(|given| given.claim() == receipt.claim());
                prop_assert!(true_one || receipt.verify(&district_key().public()).is_err());
            }
        }
    }
}
