//! Taking entries from somebody else: repeats change nothing, everything wrong is refused by its name.

mod support;

use payung_journal::*;
use payung_keys::SigningKey;
use proptest::prelude::*;
use support::*;

/// What a receiver knows of a chain: its first `seq` entries.
fn take(known: &Chain, seq: u64, frames: &[&Frame], checkpoint: &Checkpoint) -> Result<Accepted, Rejected> {
    let head_at = |at: u64| (at <= seq).then(|| known.head(at));
    accept(&known.position(seq), &device_key().public(), frames, checkpoint, &head_at)
}

fn seqs(accepted: &Accepted) -> Vec<u64> {
    accepted.new.iter().map(|entry| entry.seq).collect()
}

#[test]
fn a_new_series_is_taken_whole_or_in_pieces() {
    let chain = Chain::of_people(70, 0);
    let whole = take(&chain, 0, &[&chain.frame(1, 71)], &chain.checkpoint(71)).unwrap();
    assert_eq!(seqs(&whole), (1..=71).collect::<Vec<_>>());
    assert_eq!(whole.position, chain.position(71));
    let pieces = [&chain.frame(1, 5), &chain.frame(6, 6), &chain.frame(7, 71)];
    assert_eq!(take(&chain, 0, &pieces, &chain.checkpoint(71)), Ok(whole.clone()));
    let rest = take(&chain, 6, &[&chain.frame(7, 71)], &chain.checkpoint(71)).unwrap();
    assert_eq!(rest.new, whole.new[6..]);
}

#[test]
fn what_came_already_changes_nothing() {
    let chain = Chain::of_people(10, 0);
    for (known, from, to) in [(11, 1, 11), (11, 4, 8), (11, 8, 11), (5, 1, 5)] {
        let accepted = take(&chain, known, &[&chain.frame(from, to)], &chain.checkpoint(to)).unwrap();
        assert_eq!((accepted.new, accepted.position), (vec![], chain.position(known)));
    }
    let overlapping = take(&chain, 5, &[&chain.frame(3, 11)], &chain.checkpoint(11)).unwrap();
    assert_eq!(seqs(&overlapping), [6, 7, 8, 9, 10, 11]);
    let nothing = take(&chain, 11, &[], &chain.checkpoint(11)).unwrap();
    assert_eq!(nothing.position, chain.position(11));
    let behind = take(&chain, 11, &[], &chain.checkpoint(4)).unwrap();
    assert_eq!(behind.position, chain.position(11), "an old checkpoint takes nothing back");
}

#[test]
fn entries_that_nobody_signed_for_stay_out() {
    let chain = Chain::of_people(10, 0);
    let accepted = take(&chain, 0, &[&chain.frame(1, 11)], &chain.checkpoint(8)).unwrap();
    assert_eq!((accepted.new.len(), accepted.uncovered), (8, 3));
    assert_eq!(accepted.position, chain.position(8));
}

#[test]
fn a_gap_is_named() {
    let chain = Chain::of_people(10, 0);
    let refused = take(&chain, 3, &[&chain.frame(6, 11)], &chain.checkpoint(11));
    assert_eq!(refused, Err(Rejected::Gap { expected: 4, found: 6 }));
    let refused = take(&chain, 3, &[&chain.frame(4, 5), &chain.frame(7, 11)], &chain.checkpoint(11));
    assert_eq!(refused, Err(Rejected::Gap { expected: 6, found: 7 }));
}

/// A cloned disk: the same beginning, then two histories, both signed by the same key.
#[test]
fn a_fork_is_named_at_its_first_entry() {
    let mut known = Chain::of_people(5, 0);
    let mut clone = Chain::of_people(5, 0);
    for number in 0..3 {
        known.push(Chain::of_people(1, 7 + number).bodies[1].clone());
        clone.push(Chain::of_people(1, 17 + number).bodies[1].clone());
    }
    let whole = take(&known, 9, &[&clone.frame(1, 9)], &clone.checkpoint(9));
    assert_eq!(whole, Err(Rejected::Fork { at: 7 }));
    let tail = take(&known, 8, &[&clone.frame(9, 9)], &clone.checkpoint(9));
    assert_eq!(tail, Err(Rejected::Fork { at: 8 }), "seen from the base of the frame alone");
    let bare = take(&known, 9, &[], &clone.checkpoint(9));
    assert_eq!(bare, Err(Rejected::Fork { at: 9 }), "seen from the checkpoint alone");
    let shared = take(&known, 9, &[&clone.frame(1, 6)], &clone.checkpoint(6)).unwrap();
    assert_eq!(shared.new, vec![], "what both share is no fork");
}

#[test]
fn foreign_frames_and_checkpoints_are_refused() {
    let chain = Chain::of_people(3, 0);
    let mut frame = chain.frame(1, 4);
    frame.series = SeriesId::generate(&Seeded::new(99));
    assert_eq!(take(&chain, 0, &[&frame], &chain.checkpoint(4)), Err(Rejected::Foreign));
    let mut checkpoint = chain.checkpoint(4);
    checkpoint.series = frame.series;
    assert_eq!(take(&chain, 0, &[&chain.frame(1, 4)], &checkpoint), Err(Rejected::Foreign));
    let mut first = chain.frame(1, 4);
    first.first_seq = 0;
    assert!(take(&chain, 0, &[&first], &chain.checkpoint(4)).is_err());
}

#[test]
fn the_first_entry_must_name_the_key_that_signs() {
    let chain = Chain::of_people(3, 0);
    let other = SigningKey::generate(&Seeded::new(50));
    let checkpoint = Checkpoint::sign(&other, chain.series, 4, chain.head(4));
    let known = Position::start(chain.series);
    let refused = accept(&known, &other.public(), &[&chain.frame(1, 4)], &checkpoint, &|_| None);
    assert_eq!(refused, Err(Rejected::Foreign));
    let mut unopened = Chain::of_people(3, 0);
    let bodies = std::mem::take(&mut unopened.bodies);
    unopened.heads.clear();
    bodies.into_iter().skip(1).for_each(|body| unopened.push(body));
    let refused = take(&unopened, 0, &[&unopened.frame(1, 3)], &unopened.checkpoint(3));
    assert_eq!(refused, Err(Rejected::Foreign), "a series begins with its opening");
}

#[test]
fn a_checkpoint_under_another_key_is_refused() {
    let chain = Chain::of_people(3, 0);
    let forged = Checkpoint::sign(&district_key(), chain.series, 4, chain.head(4));
    assert_eq!(take(&chain, 0, &[&chain.frame(1, 4)], &forged), Err(Rejected::BadSignature));
    let mut moved = chain.checkpoint(4);
    moved.seq = 3;
    assert_eq!(take(&chain, 0, &[&chain.frame(1, 3)], &moved), Err(Rejected::BadSignature));
}

#[test]
fn fewer_entries_than_signed_for_are_refused() {
    let chain = Chain::of_people(10, 0);
    let refused = take(&chain, 0, &[&chain.frame(1, 9)], &chain.checkpoint(11));
    assert_eq!(refused, Err(Rejected::Truncated { reached: 9, promised: 11 }));
    let refused = take(&chain, 5, &[], &chain.checkpoint(11));
    assert_eq!(refused, Err(Rejected::Truncated { reached: 5, promised: 11 }));
}

#[test]
fn an_altered_body_is_refused_wherever_it_stands() {
    let chain = Chain::of_people(10, 0);
    for at in 0..11 {
        let mut frame = chain.frame(1, 11);
        let Carried::Body { body, .. } = &mut frame.entries[at] else { unreachable!() };
        let last = body.len() - 1;
        body[last] ^= 1;
        let refused = take(&chain, 0, &[&frame], &chain.checkpoint(11));
        assert_eq!(refused, Err(Rejected::Altered { at: 11 }), "entry {}", at + 1);
        let repeated = take(&chain, 11, &[&frame], &chain.checkpoint(11));
        assert_eq!(repeated, Err(Rejected::Altered { at: 11 }), "damage is no fork");
    }
    let mut reordered = chain.frame(1, 11);
    reordered.entries.swap(4, 5);
    assert_eq!(take(&chain, 0, &[&reordered], &chain.checkpoint(11)), Err(Rejected::Altered { at: 11 }));
    let mut based = chain.frame(1, 11);
    based.base = chain.head(1);
    assert_eq!(take(&chain, 0, &[&based], &chain.checkpoint(11)), Err(Rejected::Altered { at: 0 }));
    let mut reseeded = chain.frame(1, 11);
    let Carried::Body { salt, .. } = &mut reseeded.entries[3] else { unreachable!() };
    *salt = SaltSource::Stretch(Seed([0; 16]));
    assert_eq!(take(&chain, 0, &[&reseeded], &chain.checkpoint(11)), Err(Rejected::Altered { at: 11 }));
}

/// After retention: the bodies are gone, their seed too, and the chain still proves the rest.
#[test]
fn erased_bodies_keep_their_place_in_the_chain() {
    let chain = Chain::of_people(70, 0);
    let mut frame = chain.frame(1, 71);
    for (index, entry) in frame.entries.iter_mut().enumerate().skip(1) {
        let seq = index as u64 + 1;
        let digest = entry.digest(seq);
        if seq.is_multiple_of(3) {
            *entry = Carried::Erased { digest };
        } else if let Carried::Body { salt, .. } = entry {
            *salt = SaltSource::Own(salt.salt(seq));
        }
        assert_eq!(entry.digest(seq), digest);
    }
    let carried = Frame::decode(&frame.encode()).unwrap();
    assert_eq!(carried, frame);
    let accepted = take(&chain, 0, &[&carried], &chain.checkpoint(71)).unwrap();
    assert_eq!(accepted.position, chain.position(71));
    assert_eq!(accepted.new.iter().filter(|entry| entry.carried.body().is_none()).count(), 23);
    let mut forged = frame;
    forged.entries[2] = Carried::Erased { digest: Digest([0; 32]) };
    assert_eq!(take(&chain, 0, &[&forged], &chain.checkpoint(71)), Err(Rejected::Altered { at: 71 }));
}

#[test]
fn receipts_and_continuations_hold_for_what_they_say() {
    let chain = Chain::of_people(3, 0);
    let receipt = Receipt::sign(&district_key(), chain.series, 4, chain.head(4), NOW);
    assert!(receipt.verify(&district_key().public()).is_ok());
    assert!(Receipt { seq: 5, ..receipt.clone() }.verify(&district_key().public()).is_err());
    assert!(
        Receipt { at: payung_domain::Timestamp(0), ..receipt.clone() }
            .verify(&district_key().public())
            .is_err()
    );
    assert!(Receipt { head: chain.head(3), ..receipt.clone() }.verify(&district_key().public()).is_err());

    let (old, new_key) = (SigningKey::generate(&Seeded::new(4)), device_key().public());
    let new = SeriesId::generate(&Seeded::new(12));
    let continues = Continues::sign(&old, chain.series, 4, chain.head(4), new, &new_key);
    assert!(continues.verify(&old.public(), new, &new_key).is_ok());
    assert!(continues.verify(&old.public(), chain.series, &new_key).is_err(), "another series");
    assert!(continues.verify(&old.public(), new, &old.public()).is_err(), "another key");
    assert!(Continues { seq: 3, ..continues }.verify(&old.public(), new, &new_key).is_err());
    assert!(Continues { signature: None, ..continues }.verify(&old.public(), new, &new_key).is_err());
}

#[test]
fn a_statement_is_bound_to_all_it_says() {
    let good = statement();
    assert!(good.verify().is_ok());
    let mut moved = good.clone();
    moved.people[0].1 = person(9);
    assert!(moved.verify().is_err(), "another version of a person");
    let mut document = good.clone();
    document.document[0] ^= 1;
    assert!(document.verify().is_err(), "another document");
    let mut struck = good;
    struck.struck.clear();
    assert!(struck.verify().is_err(), "a person struck out comes back");
}

fn request(frames: Vec<Frame>, checkpoints: Vec<Checkpoint>) -> ExchangeRequest {
    let device = DeviceId::generate(&Seeded::new(20));
    ExchangeRequest { push: frames, checkpoints, ..ExchangeRequest::new(device, NOW) }
}

#[test]
fn a_request_holds_for_its_device_only() {
    let chain = Chain::of_people(3, 0);
    let request = request(vec![chain.frame(1, 4)], vec![chain.checkpoint(4)]);
    let signed = SignedRequest::sign(&request, &device_key());
    let arrived = SignedRequest::from_bytes(&signed.to_bytes()).unwrap();
    assert_eq!(arrived, signed);
    assert_eq!(arrived.device(), Ok(request.device));
    assert!(arrived.verify(&device_key().public()).is_ok());
    assert!(arrived.verify(&district_key().public()).is_err());
    assert_eq!(arrived.request(), Ok(request));
}

/// Every byte of a request counts: cut anywhere or with any bit turned, its signature no longer holds.
#[test]
fn a_request_cut_or_altered_anywhere_is_refused() {
    let chain = Chain::of_people(3, 0);
    let request = request(vec![chain.frame(1, 4)], vec![chain.checkpoint(4)]);
    let bytes = SignedRequest::sign(&request, &device_key()).to_bytes();
    let key = device_key().public();
    for at in (0..bytes.len()).step_by(7) {
        let refused = SignedRequest::from_bytes(&bytes[..at]).ok().and_then(|cut| cut.verify(&key).ok());
        assert_eq!(refused, None, "cut at {at}");
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(SignedRequest::from_bytes(&altered).unwrap().verify(&key).is_err(), "bit at {at}");
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_does() {
    // Version, then zstd that claims to hold 2^40 bytes.
    let bomb = [&[1u8, 1][..], &[0x80, 0x80, 0x80, 0x80, 0x80, 0x20], &[0; 20]].concat();
    assert!(matches!(ExchangeAnswer::decode(&bomb), Err(DecodeError::TooLarge { .. })));
    // Many times the same: what it claims is checked against what comes out.
    let mut answer = ExchangeAnswer::new(NOW);
    answer.refusals =
        vec![
            Refusal { series: series(), code: RefusalCode::Gap, seq: 1, message: "x".repeat(TEXT_BYTES_MAX) };
            200
        ];
    let good = answer.encode();
    assert!(good.len() < 2_000, "{} bytes", good.len());
    assert_eq!(ExchangeAnswer::decode(&good), Ok(answer));
    let mut lying = good;
    lying[2] ^= 1;
    assert!(ExchangeAnswer::decode(&lying).is_err());
    assert_eq!(ExchangeAnswer::decode(&[2, 0]), Err(DecodeError::TooNew(2)));
}

/// Columns that claim more rows than the frame may hold.
#[test]
fn a_frame_that_claims_too_much_is_refused() {
    let bytes = Chain::of_people(10, 0).frame(1, 11).encode();
    let runs = bytes.windows(4).position(|w| w == [4 << 1 | 1, 2, 0, 11]).expect("one run of eleven");
    for count in [10, 12, 127] {
        let mut altered = bytes.clone();
        altered[runs + 3] = count;
        assert!(Frame::decode(&altered).is_err(), "{count} rows");
    }
    let mut many = bytes.clone();
    many.splice(runs + 1..runs + 4, [5, 0, 0xff, 0xff, 0xff, 0x7f]);
    assert!(matches!(Frame::decode(&many), Err(DecodeError::TooLarge { what: "frame", .. })));
}

/// The line is weak: what a hundred people cost, everything of the message counted. A change that makes messages
/// larger must be seen.
#[test]
fn a_hundred_new_people_cost_little() {
    let chain = Chain::of_people(100, 0);
    let mut request = request(vec![chain.frame(2, 101)], vec![chain.checkpoint(101)]);
    request.have = vec![chain.position(1)];
    let bytes = SignedRequest::sign(&request, &device_key()).to_bytes().len();
    assert!(bytes < 5_000, "100 people cost {bytes} bytes");
    let idle = ExchangeRequest { push: vec![], checkpoints: vec![], ..request };
    let bytes = SignedRequest::sign(&idle, &device_key()).to_bytes().len();
    assert!(bytes < 160, "an idle request costs {bytes} bytes");
}

#[test]
fn one_changed_field_costs_little() {
    let mut chain = Chain::of_people(3, 0);
    let change = every_event().into_iter().find(|(name, _)| *name == "person_corrected").unwrap().1;
    chain.push(entry(change).encode());
    let mut request = request(vec![chain.frame(5, 5)], vec![chain.checkpoint(5)]);
    request.have = vec![chain.position(4)];
    let bytes = SignedRequest::sign(&request, &device_key()).to_bytes().len();
    assert!(bytes < 400, "one changed field costs {bytes} bytes");
}

/// A head is left out only where the frames lead to it; every other checkpoint travels as it is.
#[test]
fn checkpoints_keep_their_heads() {
    let chain = Chain::of_people(5, 0);
    let odd = Checkpoint { head: Head([9; 32]), ..chain.checkpoint(6) };
    for checkpoint in
        [chain.checkpoint(6), chain.checkpoint(4), chain.checkpoint(2), chain.checkpoint(1), odd.clone()]
    {
        let request = request(vec![chain.frame(3, 4), chain.frame(5, 6)], vec![checkpoint]);
        assert_eq!(ExchangeRequest::decode(&request.encode()), Ok(request));
    }
    let several = [chain.checkpoint(4), odd, chain.checkpoint(3), chain.checkpoint(6)].to_vec();
    let request = request(vec![chain.frame(3, 4), chain.frame(5, 6)], several);
    assert_eq!(ExchangeRequest::decode(&request.encode()), Ok(request), "several in one frame");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However the frames were cut, and however much was known, the same entries come out.
    #[test]
    fn any_cutting_gives_the_same_entries(known in 0u64..12, cuts in prop::collection::btree_set(1u64..11, 0..5)) {
        let chain = Chain::of_people(10, 0);
        let ends: Vec<u64> = cuts.into_iter().chain([11]).collect();
        let mut from = 1;
        let mut frames = Vec::new();
        for end in ends {
            frames.push(chain.frame(from, end));
            from = end + 1;
        }
        let known = known.min(11);
        let accepted = take(&chain, known, &frames.iter().collect::<Vec<_>>(), &chain.checkpoint(11)).unwrap();
        prop_assert_eq!(seqs(&accepted), (known + 1..=11).collect::<Vec<_>>());
        prop_assert_eq!(accepted.position, chain.position(11));
    }

    /// A frame altered on its way is refused or says the same.
    #[test]
    fn no_altered_frame_changes_what_is_accepted(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let chain = Chain::of_people(10, 0);
        let honest = take(&chain, 0, &[&chain.frame(1, 11)], &chain.checkpoint(11)).unwrap();
        let mut bytes = chain.frame(1, 11).encode();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(frame) = Frame::decode(&bytes)
            && let Ok(accepted) = take(&chain, 0, &[&frame], &chain.checkpoint(11))
        {
            prop_assert_eq!(accepted.new, honest.new);
        }
    }
}
