//! The canonical encoding: what goes in comes out, everything else is refused, and what a newer program says survives.

mod support;

use payung_domain::{Answer, EndKind, Field, Readiness, Timestamp};
use payung_journal::*;
use proptest::prelude::*;
use support::*;

fn any_text() -> impl Strategy<Value = String> {
    "[ -~é–😀]{0,40}"
}

fn any_entity() -> impl Strategy<Value = EntityId> {
    (any::<[u8; 16]>(), 1u64..).prop_map(|(series, seq)| EntityId::new(SeriesId(series), seq))
}

fn any_regulation() -> impl Strategy<Value = RegulationRef> {
    (any_text(), any::<[u8; 32]>()).prop_map(|(id, digest)| RegulationRef { id, digest })
}

fn any_field() -> impl Strategy<Value = Field> {
    prop::sample::select(Field::ALL)
}

fn any_date() -> impl Strategy<Value = payung_domain::CivilDate> {
    (1i32..=9999, 1u32..=12, 1u32..=28).prop_map(|(y, m, d)| day(y, m, d))
}

fn any_readiness() -> impl Strategy<Value = Readiness> {
    prop::sample::select(vec![Readiness::Attestable, Readiness::WithNotes, Readiness::Incomplete])
}

fn any_event() -> impl Strategy<Value = Event> {
    let released = (
        prop::collection::btree_map(any_field(), "[ -~é]{1,30}", 0..38),
        any_date(),
        any_regulation(),
        any_readiness(),
    )
        .prop_map(|(values, registered_on, regulation, readiness)| Event::PersonReleased {
            values: values.into_iter().collect(),
            registered_on,
            regulation,
            readiness,
        });
    let corrected = (
        (any_entity(), any_entity()),
        prop::collection::btree_map(any_field(), prop::option::of(any_text()), 0..5),
        any_date(),
        any_regulation(),
        any_readiness(),
    )
        .prop_map(|((person, base), changed, registered_on, regulation, readiness)| {
            Event::PersonCorrected {
                person,
                base,
                changed: changed.into_iter().collect(),
                registered_on,
                regulation,
                readiness,
                also: Vec::new(),
            }
        });
    let reason = (prop::option::of(any_field()), prop::option::of(any_text()), any_text())
        .prop_map(|(field, rule, message)| Reason { field, rule, message });
    let answered = (
        (any_entity(), any_entity()),
        prop::sample::select(vec![Answer::Arrived, Answer::DuplicateNik, Answer::NotEligible]),
        prop::collection::vec(reason, 0..4),
        prop::option::of(any_text()),
        any_regulation(),
    )
        .prop_map(|((person, version), answer, reasons, officer, regulation)| Event::Answered {
            person,
            version,
            answer,
            reasons,
            officer,
            regulation,
        });
    let ended = (any_entity(), any_entity(), prop::sample::select(EndKind::ALL), any_date(), any_text())
        .prop_map(|(person, base, kind, on, reason)| Event::PersonEnded { person, base, kind, on, reason });
    let trail = (
        any::<u64>().prop_map(TrailKind::from_number),
        prop::option::of(any::<u64>()),
        prop::collection::vec(any_field(), 0..5),
        any_text(),
    )
        .prop_map(|(what, subject, fields, note)| Event::Trail { what, subject, fields, note });
    let signed = (prop::collection::vec((any_entity(), any_entity()), 0..6), any_text(), any::<bool>())
        .prop_map(|(people, number, collective)| Event::StatementSigned {
            statement: SignedStatement { people, number, collective, ..statement() },
        });
    let unknown = (11u64.., prop::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(kind, body)| Event::Unknown { kind, body });
    prop_oneof![released, corrected, answered, ended, trail, signed, unknown]
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let marks = prop::collection::vec(any::<[u8; 2]>().prop_map(Mark), 0..5);
    (any::<i64>(), any_text(), any_event(), marks).prop_map(|(at, actor, event, marks)| {
        let mut entry = Entry::new(Timestamp(at), actor, event);
        entry.marks = marks;
        entry
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_goes_in_comes_out(entry in any_entry()) {
        let body = entry.encode();
        let read = Entry::decode(&body);
        prop_assert_eq!(read.as_ref(), Ok(&entry));
        let unknown = matches!(entry.event, Event::Unknown { .. });
        prop_assert_eq!(unknown, entry.says_more());
    }

    /// Only the marks, which stand last, can be missing unnoticed: the entry's digest covers them.
    #[test]
    fn a_body_cut_anywhere_is_refused(entry in any_entry(), at in any::<prop::sample::Index>()) {
        let body = entry.encode();
        let mut unmarked = entry.clone();
        unmarked.marks.clear();
        let cut = at.index(body.len());
        prop_assert!(Entry::decode(&body[..cut]).is_err() || (cut < body.len() && body[..cut] == unmarked.encode()));
    }

    /// Two readers can never see different bytes in the same entry.
    #[test]
    fn whatever_is_accepted_comes_back_byte_for_byte(
        entry in any_entry(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = entry.encode();
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        if let Ok(read) = Entry::decode(&body) {
            prop_assert_eq!(read.encode(), body);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(read) = Entry::decode(&bytes) {
            prop_assert_eq!(read.encode(), bytes.clone());
        }
        let _ = Frame::decode(&bytes);
        let _ = ExchangeRequest::decode(&bytes);
        let _ = ExchangeAnswer::decode(&bytes);
        let _ = SignedRequest::from_bytes(&bytes).map(|signed| signed.request());
        let _ = EnrolmentFile::parse(&bytes);
    }

    #[test]
    fn a_frame_brings_back_its_bodies(entries in prop::collection::vec(any_entry(), 0..12), first in 1u64..200) {
        let frame = frame_of(entries.iter().map(Entry::encode).collect(), first);
        prop_assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
    }

    /// Frames carry bodies that nobody here understands.
    #[test]
    fn a_frame_brings_back_any_bytes(bodies in prop::collection::vec(prop::collection::vec(0u8..40, 0..12), 0..12)) {
        let frame = frame_of(bodies, 1);
        prop_assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
    }

    #[test]
    fn a_frame_cut_or_altered_never_panics(
        entries in prop::collection::vec(any_entry(), 4..8),
        at in any::<prop::sample::Index>(),
        byte: u8,
    ) {
        let bytes = frame_of(entries.iter().map(Entry::encode).collect(), 1).encode();
        let at = at.index(bytes.len());
        prop_assert!(Frame::decode(&bytes[..at]).is_err(), "cut at {}", at);
        let mut altered = bytes;
        altered[at] = byte;
        let _ = Frame::decode(&altered);
    }
}

fn frame_of(bodies: Vec<Vec<u8>>, first_seq: u64) -> Frame {
    let chain = Chain::of_people(0, 0);
    let entries = bodies
        .into_iter()
        .enumerate()
        .map(|(index, body)| {
            let seed = chain.seed_of(first_seq + index as u64);
            Carried::Body { body, salt: SaltSource::Stretch(seed) }
        })
        .collect();
    Frame { series: series(), first_seq, base: Head::start(series()), entries }
}

/// Appends a field with an unknown tag to a message.
fn with_more(mut message: Vec<u8>, tag: u8) -> Vec<u8> {
    message.extend_from_slice(&[tag << 1 | 1, 3, b'n', b'e', b'w']);
    message
}

/// An entry with this event body.
fn raw_entry(kind: u8, event: &[u8]) -> Vec<u8> {
    let mut body = vec![1 << 1, 0, 2 << 1 | 1, 1, b'A', 3 << 1, kind, 4 << 1 | 1];
    assert!(event.len() < 128, "one byte of length is enough for this test");
    body.push(event.len() as u8);
    body.extend_from_slice(event);
    body
}

#[test]
fn what_a_newer_program_adds_survives_at_every_level() {
    let trail = [1 << 1, 1, 4 << 1 | 1, 0];
    let known = Entry::decode(&raw_entry(10, &trail)).unwrap();
    assert!(!known.says_more());
    for (body, what) in [
        (with_more(raw_entry(10, &trail), 60), "beside the event"),
        (raw_entry(10, &with_more(trail.to_vec(), 60)), "inside the event"),
        (raw_entry(10, &[1 << 1, 1, 3 << 1 | 1, 2, 2, 200, 4 << 1 | 1, 0]), "a field number"),
    ] {
        let entry = Entry::decode(&body).unwrap();
        assert!(matches!(entry.event, Event::Trail { .. }), "{what}: the known part is understood");
        assert!(entry.says_more(), "{what}");
        assert_eq!(entry.encode(), body, "{what}");
    }
    let unknown_field = with_more(vec![2 << 1 | 1, 1, b'A'], 60);
    let mut event = vec![1 << 1 | 1, unknown_field.len() as u8];
    event.extend_from_slice(&unknown_field);
    event.extend_from_slice(&[2 << 1, 0, 3 << 1 | 1, 36, 1 << 1 | 1, 0, 2 << 1 | 1, 32]);
    event.extend_from_slice(&[7; 32]);
    event.extend_from_slice(&[4 << 1, 1]);
    let body = raw_entry(2, &event);
    let entry = Entry::decode(&body).unwrap();
    let Event::PersonReleased { values, .. } = &entry.event else { panic!("{entry:?}") };
    assert_eq!(values.get(Field::Name), Some("A"));
    assert_eq!(entry.encode(), body);
}

#[test]
fn a_word_of_a_newer_program_keeps_the_event_whole() {
    // Answered with answer number 99 would be misread as anything else.
    let stamped = [1 << 1 | 1, 17].into_iter().chain([5; 16]).chain([1]).collect::<Vec<_>>();
    let ended: Vec<u8> = stamped
        .iter()
        .copied()
        .chain([2 << 1 | 1, 17])
        .chain([5; 16])
        .chain([1, 3 << 1, 99, 4 << 1, 0, 5 << 1 | 1, 0])
        .collect();
    let body = raw_entry(4, &ended);
    let entry = Entry::decode(&body).unwrap();
    assert_eq!(entry.event, Event::Unknown { kind: 4, body: ended });
    assert_eq!(entry.encode(), body);
}

#[test]
fn there_is_one_encoding() {
    let good = raw_entry(10, &[1 << 1, 1, 4 << 1 | 1, 0]);
    assert!(Entry::decode(&good).is_ok());
    let mut long_varint = good.clone();
    long_varint.splice(1..2, [0x80, 0]);
    assert_eq!(Entry::decode(&long_varint), Err(DecodeError::NotCanonical), "a number longer than needed");
    let mut twice = good.clone();
    twice.extend_from_slice(&good[7..]);
    assert_eq!(Entry::decode(&twice), Err(DecodeError::NotCanonical), "a tag twice");
    let mut ending = good.clone();
    ending.push(0);
    assert!(Entry::decode(&ending).is_err(), "a byte more");
    let dotted = raw_entry(
        9,
        &[&[3, 17][..], &[5; 16], &[1, 5, 17], &[5; 16], &[1, 7, 13], b"33.05.01.2001"].concat(),
    );
    assert_eq!(
        Entry::decode(&dotted),
        Err(DecodeError::NotCanonical),
        "a code that is read but not written so"
    );
    let emptied_list = raw_entry(10, &[1 << 1, 1, 3 << 1 | 1, 0, 4 << 1 | 1, 0]);
    assert_eq!(Entry::decode(&emptied_list), Err(DecodeError::NotCanonical), "an empty list");
}

#[test]
fn limits_are_kept() {
    let event = |note: String| Event::Trail { what: TrailKind::Viewed, subject: None, fields: vec![], note };
    assert!(entry(event("x".repeat(TEXT_BYTES_MAX))).encode_checked().is_ok());
    let long = entry(event("x".repeat(TEXT_BYTES_MAX + 1)));
    assert!(matches!(long.encode_checked(), Err(DecodeError::TooLarge { what: "note", .. })));
    let actor = Entry::new(NOW, "x".repeat(ACTOR_BYTES_MAX + 1), event(String::new()));
    assert!(matches!(actor.encode_checked(), Err(DecodeError::TooLarge { what: "actor", .. })));
    let huge = vec![0; ENTRY_BYTES_MAX + 1];
    assert!(matches!(Entry::decode(&huge), Err(DecodeError::TooLarge { what: "entry", .. })));
}

#[test]
fn ids_read_back_from_text() {
    let id = person(12);
    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(EntityId::from_bytes(&id.to_bytes()), Ok(id));
    for bad in ["", "-", "ab-1", &format!("{}-0", series()), &format!("{}-", series())] {
        assert!(bad.parse::<EntityId>().is_err(), "{bad:?}");
    }
}

#[test]
fn debug_shows_no_personal_data() {
    for (name, event) in every_event() {
        let entry = entry(event);
        let frame = frame_of(vec![entry.encode()], 1);
        let shown = format!("{entry:?} {:?} {frame:?} {:?}", entry.event, statement());
        for private in ["Contoh", "RAHAYU", "3305", "KEBUMEN", "pindah"] {
            assert!(!shown.contains(private), "{name} shows {private}: {shown}");
        }
    }
}
