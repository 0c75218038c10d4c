//! Hundreds of operations in no sensible order: whatever was refused changed nothing, whatever was done can be proved.

use crate::attachments::photo;
use crate::district::District;
use crate::harness::{HEAD_SECRET, Village, applicant};
use crate::letters::scanned;
use payung_domain::{Answer, CivilDate, EndKind, Field};
use payung_journal::{AttachmentKind, Event};
use payung_register::{About, Acknowledge, AttachmentId, Op, PersonId, Print, StatementId};

/// A small generator of its own, so that a failing seed can be run again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn any_order_of_operations_leaves_a_register_that_proves_itself() {
    for seed in 1..=4 {
        wander(seed);
    }
}

fn wander(seed: u64) {
    let mut chance = Chance(seed);
    let mut village = if seed.is_multiple_of(2) { Village::klungkung() } else { Village::kebumen() };
    let mut district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let mut serial = 0;
    let (mut done, mut refused) = (0, 0);
    for step in 0..350 {
        let people = village.counts().total.max(1);
        let person = PersonId(1 + chance.below(people) as i64);
        let statement = StatementId(1 + chance.below(6) as i64);
        let head = (chance.below(6) == 0).then(|| village.head());
        let field = Field::ALL[chance.below(Field::ALL.len() as u64) as usize];
        let op = match chance.below(20) {
            0..=2 => {
                serial += 1;
                Op::NewDraft { values: applicant(&village.village().code, serial) }
            }
            3 | 4 => Op::SaveField { person, field, value: format!("{}", chance.below(40)) },
            5 | 6 => {
                let same_nik = (chance.below(2) == 0).then(|| "sudah diperiksa".to_owned());
                let alike = (chance.below(2) == 0).then(|| "sudah dibandingkan".to_owned());
                let notes = chance.below(2) == 0;
                Op::Release { person, acknowledge: Acknowledge { notes, same_nik, alike } }
            }
            7 => Op::DiscardEdit { person },
            8 => {
                let on = CivilDate::new(2026, 11, 20).expect("date");
                Op::End { person, kind: EndKind::ALL[chance.below(4) as usize], on, reason: "uji".to_owned() }
            }
            9 => {
                let people = (0..1 + chance.below(3)).map(|next| PersonId(person.0 + next as i64)).collect();
                Op::PrepareStatement { people, collective: true, number: String::new() }
            }
            10 => Op::WithdrawStatement { statement, reason: "uji".to_owned() },
            11 => match &head {
                Some(head) if chance.below(3) == 0 => {
                    Op::StrikeOut { head, statement, person, reason: "uji".to_owned() }
                }
                Some(head) => {
                    let sheets = village.sheets(head, statement);
                    let shown = sheets.room.digest;
                    let _ = village.transact(sheets.op(head, statement));
                    Op::Sign { head, secret: HEAD_SECRET, statement, shown }
                }
                None => continue,
            },
            12 => {
                let people = vec![person, PersonId(person.0 + 1)];
                Op::DraftStatement { people, collective: true, number: String::new() }
            }
            13 => Op::HandOver { statement },
            14 => {
                let serial = format!("A1B2C3D4E5F6G7H{:02}", chance.below(9));
                Op::RecordStamp { statement, stamp: scanned(&serial, village.today()) }
            }
            15 => match &head {
                Some(head) if chance.below(3) == 0 => {
                    Op::RevokeStatement { head, statement, reason: "uji".to_owned() }
                }
                Some(head) => Op::Thaw { head, statement },
                None => Op::NotePrint { statement, what: Print::WetOriginal },
            },
            16 => {
                if let Ok(detail) = village.statement(statement)
                    && let (Some(signed), Some(stamp)) = (detail.signed, detail.stamp)
                {
                    district.say(Event::StampRefused {
                        statement: signed.entry,
                        serial: stamp.serial,
                        other_village: None,
                        message: "uji".to_owned(),
                    });
                }
                Op::Learned(district.decisions_after(0))
            }
            17 => Op::Attach {
                about: if chance.below(3) == 0 { About::Statement(statement) } else { About::Person(person) },
                kind: [AttachmentKind::Ktp, AttachmentKind::Other][chance.below(2) as usize],
                file: photo(&chance.below(12).to_string()),
            },
            18 => {
                let attachment = AttachmentId(1 + chance.below(30) as i64);
                Op::RemoveAttachment { attachment, reason: "uji".to_owned() }
            }
            _ => {
                if let Ok(detail) = village.person(person)
                    && let (Some(entity), Some(version)) = (detail.entity, detail.version)
                {
                    let answers = [Answer::NeedsFix, Answer::Passed, Answer::DuplicateNik, Answer::Arrived];
                    district.answer(entity, version, answers[chance.below(4) as usize], "uji");
                }
                let mut inbound = district.decisions_after(0);
                inbound.receipts = district.receipt(&village).receipts;
                Op::Learned(inbound)
            }
        };
        let name = format!("{op:?}");
        let before = village.series().expect("series");
        match village.transact(op) {
            Ok(_) => done += 1,
            Err(_) => {
                refused += 1;
                assert_eq!(
                    village.series().expect("series"),
                    before,
                    "a refused {name} (seed {seed}) wrote entries"
                );
            }
        }
        if step % 60 == 59 {
            village.close();
            village.unlock();
        }
    }
    let verified = village.verify_journal().unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    assert!(done > 100 && refused > 20, "seed {seed} did {done} and was refused {refused}");
    let signed =
        village.statements().expect("statements").iter().filter(|row| row.signed_on.is_some()).count();
    assert_eq!(verified.statements, signed as u64);
}
