//! The net has to be able to catch: each of these breaks an invariant on purpose, beside the programs, which stay as they
//! are.

use crate::chance::Chance;
use crate::holdings::{Overheard, asked};
use crate::office::{Office, Path};
use payung_district::exchange::TurnedAway;
use payung_district::store::{self, PersonRow};
use payung_domain::Answer;
use payung_journal::{
    Carried, Checkpoint, EntityId, Entry, Event, ExchangeAnswer, Frame, Receipt, RoundAnswer, SignedRequest,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// 1: the laptop says *tersimpan* before its commit is on the disk.
    UnsyncedCommit,
    /// 2: the district says *sudah sampai* before its commit, and then there is none.
    EarlyReceipt,
    /// 2: an entry stands twice at the district.
    DoubledEntry,
    /// 2: a person stands twice at the district.
    DoubledPerson,
    /// 2: the district's table says something that no entry says.
    MadeUpAnswer,
    /// 2: the district signs for a photo and loses it.
    LostPhoto,
    /// 2: the district's answers never arrive, and nobody says so.
    WithheldDecisions,
    /// 3: a repeat gets a new receipt.
    FreshReceipt,
    /// 3: a repeat is counted as something new.
    RepeatCounts,
    /// 4: somebody who has ended stops everything that travels together with them.
    OneBlocksAll,
    /// 4: of two versions, one is taken for the other's successor.
    HidesAVersion,
    /// 5: whoever speaks for a village is believed to be of it.
    TrustsAnyone,
    /// 5: damaged requests are taken as they are.
    TakesDamaged,
    /// 6: both sides stand at different places, and the district does not say so.
    ForgetsTheHeal,
    /// 6: the district does not take the series in which a lost branch comes again.
    RefusesTheHealed,
}

impl Mutation {
    pub const ALL: [Self; 15] = [
        Self::UnsyncedCommit,
        Self::EarlyReceipt,
        Self::DoubledEntry,
        Self::DoubledPerson,
        Self::MadeUpAnswer,
        Self::LostPhoto,
        Self::WithheldDecisions,
        Self::FreshReceipt,
        Self::RepeatCounts,
        Self::OneBlocksAll,
        Self::HidesAVersion,
        Self::TrustsAnyone,
        Self::TakesDamaged,
        Self::ForgetsTheHeal,
        Self::RefusesTheHealed,
    ];

    /// A district that does it wrong.
    pub fn answer(
        self,
        office: &mut Office,
        path: Path,
        request: &[u8],
        chance: &mut Chance,
    ) -> Result<Vec<u8>, TurnedAway> {
        let stops = match self {
            Self::OneBlocksAll => {
                brings(office, path, request, |event| matches!(event, Event::PersonEnded { .. }))
            }
            Self::RefusesTheHealed => brings(
                office,
                path,
                request,
                |event| matches!(event, Event::SeriesOpened { continues: Some(continues), .. } if continues.reentered > 0),
            ),
            _ => false,
        };
        if stops {
            return Err(TurnedAway::Malformed);
        }
        let before = (self == Self::EarlyReceipt).then(|| office.disk());
        let answer = office.answer(path, request)?;
        match self {
            Self::EarlyReceipt if chance.one_in(4) => {
                office.start_again_from(&before.unwrap_or_default()).expect("the district opens");
            }
            Self::DoubledEntry if chance.one_in(4) => double_an_entry(office),
            Self::DoubledPerson | Self::MadeUpAnswer if chance.one_in(4) => change_a_person(office, self),
            Self::ForgetsTheHeal if path == Path::Second && asked(office, request).is_none() => {
                return Ok(Overheard::silence(office));
            }
            Self::RepeatCounts => count_again(office),
            Self::WithheldDecisions => {
                return Ok(said_otherwise(office, path, request, &answer, |said| {
                    said.frames.clear();
                    said.checkpoints.clear();
                    *said.more = false;
                }));
            }
            Self::FreshReceipt => {
                let now = office.district().now();
                let key = office.district().key().clone();
                return Ok(said_otherwise(office, path, request, &answer, |said| {
                    for receipt in said.receipts {
                        *receipt = Receipt::sign(&key, receipt.series, receipt.seq, receipt.head, now);
                    }
                }));
            }
            _ => {}
        }
        Ok(answer)
    }
}

/// Whether the request brings such an event.
fn brings(office: &Office, path: Path, request: &[u8], such: impl Fn(&Event) -> bool) -> bool {
    let push = match path {
        Path::First => {
            let signed = SignedRequest::from_bytes(request).ok();
            signed.and_then(|signed| signed.request().ok()).map(|request| request.push)
        }
        Path::Second => asked(office, request).map(|(_, request)| request.push),
        Path::Attachments => None,
    };
    let push = push.unwrap_or_default();
    let bodies = push.iter().flat_map(|frame| &frame.entries).filter_map(Carried::body);
    let mut entries = bodies.filter_map(|body| Entry::decode(body).ok());
    entries.any(|entry| such(&entry.event))
}

/// What an answer says, in both languages.
struct Said<'a> {
    receipts: &'a mut Vec<Receipt>,
    frames: &'a mut Vec<Frame>,
    checkpoints: &'a mut Vec<Checkpoint>,
    more: &'a mut bool,
}

fn said_otherwise(
    office: &Office,
    path: Path,
    request: &[u8],
    answer: &[u8],
    change: impl FnOnce(Said<'_>),
) -> Vec<u8> {
    match path {
        Path::First => {
            let mut said = ExchangeAnswer::decode(answer).expect("the district's own answer");
            let ExchangeAnswer { receipts, frames, checkpoints, more, .. } = &mut said;
            change(Said { receipts, frames, checkpoints, more });
            said.encode()
        }
        Path::Second => {
            let Some(mut said) = Overheard::read(office, request, answer) else { return answer.to_vec() };
            let RoundAnswer { receipts, frames, checkpoints, more, .. } = &mut said.answer;
            change(Said { receipts, frames, checkpoints, more });
            said.encode(office)
        }
        Path::Attachments => answer.to_vec(),
    }
}

fn double_an_entry(office: &Office) {
    let villages = office.villages();
    let Some(series) = villages.iter().flat_map(|village| office.series(*village)).find(|row| row.length > 1)
    else {
        return;
    };
    let Some((_, entry)) = office.entries(&series).pop() else { return };
    let mut series = series;
    series.length += 1;
    let id = EntityId::new(series.id, series.length);
    let done = store::change(&*office.district().store, |writes| {
        writes.add_entry(id, &entry)?;
        writes.put_series(&series)
    });
    done.expect("the district can be written");
}

fn change_a_person(office: &Office, how: Mutation) {
    let Some(person) = office.people().pop() else { return };
    let changed = match how {
        Mutation::DoubledPerson => {
            PersonRow { id: EntityId::new(person.id.series, person.id.seq + 1_000), ..person }
        }
        _ => PersonRow { answer: Some(Answer::Passed), ..person },
    };
    store::change(&*office.district().store, |writes| writes.put_person(&changed))
        .expect("the district can be written");
}

fn count_again(office: &Office) {
    let Some(person) = office.people().pop() else { return };
    let changed = PersonRow { claim: person.claim.map(|claim| claim + 1), ..person };
    store::change(&*office.district().store, |writes| writes.put_person(&changed))
        .expect("the district can be written");
}
