//! What was written once is read for ever: every kind of entry, frame, message and file against committed bytes.

mod support;

use payung_domain::{RegencyCode, Timestamp};
use payung_journal::*;
use payung_keys::{Signature, hex};
use support::*;

#[test]
fn entries() {
    for (name, event) in every_event().into_iter().chain(later_events()).chain(newest_events()) {
        let entry = entry(event);
        let bytes = golden(&format!("entry_{name}"), &entry.encode());
        assert_eq!(Entry::decode(&bytes).as_ref(), Ok(&entry), "{name}");
        assert_eq!(entry.encode_checked().as_ref(), Ok(&bytes), "{name}");
    }
}

/// The numbers of the chain, from which everything else follows.
#[test]
fn chain() {
    let chain = Chain::of_people(70, 0);
    let seed = chain.seed_of(1);
    let salt = salt(&seed, 1);
    let digest = digest(&salt, &chain.bodies[0]);
    let numbers = [
        &seed.0[..],
        &salt.0,
        &digest.0,
        &Head::start(chain.series).0,
        &chain.head(1).0,
        &chain.head(64).0,
        &chain.head(65).0,
        &chain.head(71).0,
    ];
    golden("chain", &numbers.concat());
    assert_ne!(chain.seed_of(64), chain.seed_of(65), "a new stretch has a new seed");
}

#[test]
fn signatures() {
    let chain = Chain::of_people(2, 0);
    let checkpoint = chain.checkpoint(3);
    let receipt = Receipt::sign(&district_key(), chain.series, 3, chain.head(3), NOW);
    let known = golden("checkpoint", &checkpoint.proof.to_bytes());
    let old = Checkpoint { proof: Proof::from_bytes(&known).unwrap(), ..checkpoint };
    assert!(old.verify(&device_key().public()).is_ok());
    let known = golden("receipt", &receipt.proof.to_bytes());
    let old = Receipt { proof: Proof::from_bytes(&known).unwrap(), ..receipt };
    assert!(old.verify(&district_key().public()).is_ok());
    golden("statement_signed_bytes", &statement().signed_bytes());
    assert!(statement().verify().is_ok());
}

#[test]
fn frames() {
    let chain = Chain::of_people(70, 0);
    for (name, frame) in [
        ("frame_rows", chain.frame(1, 2)),
        ("frame_columns", chain.frame(60, 71)),
        ("frame_erased", erased(&chain)),
        ("frame_of_every_event", of_events(every_event())),
        ("frame_of_later_events", of_events(later_events())),
        ("frame_of_newest_events", of_events(newest_events())),
    ] {
        let bytes = golden(name, &frame.encode());
        assert_eq!(Frame::decode(&bytes).as_ref(), Ok(&frame), "{name}");
    }
}

fn erased(chain: &Chain) -> Frame {
    let mut frame = chain.frame(62, 66);
    let numbered: Vec<u64> = frame.numbered().map(|(seq, _)| seq).collect();
    for (entry, seq) in frame.entries.iter_mut().zip(numbered) {
        *entry = match (seq, &*entry) {
            (63, entry) => Carried::Erased { digest: entry.digest(seq) },
            (62 | 64, Carried::Body { body, salt }) => {
                Carried::Body { body: body.clone(), salt: SaltSource::Own(salt.salt(seq)) }
            }
            (_, entry) => entry.clone(),
        };
    }
    frame
}

fn of_events(events: Vec<(&'static str, Event)>) -> Frame {
    let mut chain = Chain::of_people(0, 0);
    for (_, event) in events {
        chain.push(entry(event).encode());
    }
    chain.frame(1, chain.len())
}

fn request() -> ExchangeRequest {
    let chain = Chain::of_people(5, 0);
    ExchangeRequest {
        device: DeviceId::generate(&Seeded::new(20)),
        sent_at: NOW,
        push: vec![chain.frame(3, 6)],
        checkpoints: vec![chain.checkpoint(6)],
        pull: vec![Pull { series: None, after: 0 }, Pull { series: Some(chain.series), after: 12 }],
        have: vec![chain.position(2)],
    }
}

fn answer() -> ExchangeAnswer {
    let chain = Chain::of_people(5, 0);
    ExchangeAnswer {
        at: NOW,
        receipts: vec![Receipt::sign(&district_key(), chain.series, 6, chain.head(6), NOW)],
        held: vec![chain.position(6)],
        refusals: vec![Rejected::Fork { at: 4 }.refusal(&chain.position(6))],
        frames: vec![chain.frame(1, 2)],
        checkpoints: vec![chain.checkpoint(2)],
        more: true,
    }
}

/// Packing may change from one zstd to the next; what was packed once must still be read.
#[test]
fn messages() {
    let signed = SignedRequest::sign(&request(), &device_key());
    let bytes = old_bytes("request", &signed.to_bytes());
    let old = SignedRequest::from_bytes(&bytes).unwrap();
    assert_eq!(old.device(), Ok(request().device));
    assert!(old.verify(&device_key().public()).is_ok());
    assert!(old.verify(&district_key().public()).is_err());
    assert_eq!(old.request(), Ok(request()));
    let bytes = old_bytes("answer", &answer().encode());
    assert_eq!(ExchangeAnswer::decode(&bytes), Ok(answer()));
}

#[test]
fn enrolment() {
    let file = EnrolmentFile {
        format: ENROLMENT_FORMAT.to_owned(),
        village: village(),
        village_name: "Contoh".to_owned(),
        regency: RegencyCode::parse("33.05").unwrap(),
        regency_name: "Kebumen".to_owned(),
        url: "https://payung.kebumenkab.go.id:8443".to_owned(),
        authority_pem: "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_owned(),
        district_key: district_key().public(),
        token: Token::generate(&Seeded::new(30)),
        expires: NOW.millis() + 604_800_000,
        utc_offset_hours: 7,
        regulations: vec![RegulationFile::sign(
            "kebumen-56-2024",
            "id = \"kebumen-56-2024\"\n",
            &district_key(),
        )],
        signature: Signature::from_bytes([0; 64]),
    }
    .signed(&district_key());
    golden("enrolment_signed_bytes", &file.signed_bytes());
    golden("enrolment_json", file.to_json().as_bytes());
    assert_eq!(EnrolmentFile::parse(file.to_json().as_bytes()).as_ref(), Ok(&file));

    let device = DeviceId::generate(&Seeded::new(20));
    let request = EnrolRequest::sign(file.token, village(), device, series(), NOW, &device_key());
    let json = serde_json::to_string(&request).unwrap();
    golden("enrol_request_json", json.as_bytes());
    let read: EnrolRequest = serde_json::from_str(&json).unwrap();
    assert_eq!(read.verify(), Ok((device, series())));
    let answer = EnrolAnswer {
        at: Timestamp(1).millis(),
        district_key: district_key().public(),
        decisions: hex(&series().0),
    };
    golden("enrol_answer_json", serde_json::to_string(&answer).unwrap().as_bytes());
}

/// A decision names what stands in another series: it is marked.
#[test]
fn marks() {
    let bodies = Chain::of_people(3, 0).bodies;
    let answered = every_event().into_iter().find(|(name, _)| *name == "answered").expect("answered").1;
    let mark_of =
        |name: EntityId| Ok::<_, DecodeError>(bodies.get(name.seq as usize - 1).map(|body| Mark::of(body)));
    let marked = entry(answered.clone()).marked(SeriesId([9; 16]), mark_of).expect("marked");
    let bytes = golden("entry_answered_marked", &marked.encode());
    assert_eq!(Entry::decode(&bytes).as_ref(), Ok(&marked));
    assert!(marked.names().iter().all(|(_, mark)| mark.is_some()), "{:?}", marked.names());
    let own = answered.names()[0].series;
    assert!(
        entry(answered).marked(own, mark_of).expect("own").marks.is_empty(),
        "within one series nothing is doubtful"
    );
}
