//! What entries do at the district: people are kept, judged and answered, inside the one transaction that also stores
//! the entries. The rules of the work stand here; the store below knows none of them.

mod decisions;
mod effects;
mod heads;
mod judging;
mod settle;
mod standing;
mod statements;
mod taken_back;
mod versions;
mod waiting;

pub use decisions::{Decisions, new_series, reenter, succeed};
pub use judging::reason;
pub use standing::{Standing, Standings};
pub use statements::INDEXED;
use versions::Known;
pub use versions::known_version;

use crate::error::DistrictError;
use crate::home::District;
use crate::store::{PersonRow, Writes};
use payung_domain::{Answer, Timestamp, VillageCode, VillageKind};
use payung_journal::{EntityId, Event};
use payung_keys::Timestamper;
use std::collections::{BTreeMap, BTreeSet};

/// One transaction's work. Finish it with [`Work::finish`], or nothing is answered.
pub struct Work<'a> {
    pub district: &'a District,
    pub writes: &'a mut dyn Writes,
    /// The district's clock when the work began.
    pub now: Timestamp,
    decisions: Decisions,
    people: BTreeSet<EntityId>,
    niks: BTreeSet<[u8; 32]>,
    /// The number for the next to take a NIK, once asked for.
    claim: Option<u64>,
    /// Versions that came in this transaction, so that nobody is read back at once.
    versions: BTreeMap<EntityId, Known>,
    /// Opened at the first statement that comes.
    timestamper: Option<Timestamper>,
    /// Villages with entries that wait, and those known to have none.
    waiting: BTreeMap<VillageCode, bool>,
}

impl<'a> Work<'a> {
    pub fn new(district: &'a District, writes: &'a mut dyn Writes) -> Self {
        let now = district.now();
        let decisions = Decisions::default();
        Self {
            district,
            writes,
            now,
            decisions,
            people: BTreeSet::new(),
            niks: BTreeSet::new(),
            claim: None,
            versions: BTreeMap::new(),
            timestamper: None,
            waiting: BTreeMap::new(),
        }
    }

    /// An officer's answer about a person's newest version. It ends the work: who shared the NIK is answered too.
    pub fn officer_answers(
        mut self,
        mut person: PersonRow,
        answer: Answer,
        words: Option<&str>,
        officer: &str,
    ) -> Result<(), DistrictError> {
        let event = Event::Answered {
            person: person.id,
            version: person.version,
            answer,
            reasons: words.map(|words| reason(None, None, words)).into_iter().collect(),
            officer: Some(officer.to_owned()),
            regulation: self.district.regulation_ref(),
        };
        person.answered = Some(self.decide(person.village, officer, event)?);
        // Somebody turned down before lost their turn; whoever takes the NIK again stands behind the others.
        if person.answer == Some(Answer::NotEligible) && answer != Answer::NotEligible && person.nik.is_some()
        {
            person.claim = Some(self.next_claim()?);
        }
        person.answer = Some(answer);
        person.by_officer = true;
        self.writes.put_person(&person)?;
        self.niks.extend(person.nik);
        self.finish()
    }

    fn next_claim(&mut self) -> Result<u64, DistrictError> {
        let claim = match self.claim {
            Some(claim) => claim,
            None => self.writes.next_claim()?,
        };
        self.claim = Some(claim + 1);
        Ok(claim)
    }

    /// Answers everyone the work touched, and whoever shared a NIK with them.
    pub fn finish(mut self) -> Result<(), DistrictError> {
        settle::settle(&mut self)?;
        self.close_decisions()
    }
}

/// `Desa Argopeni`, `Kelurahan Kebumen`.
pub fn place_words(code: VillageCode, name: &str) -> String {
    let kind = match code.kind() {
        VillageKind::Desa => "Desa",
        VillageKind::Kelurahan => "Kelurahan",
    };
    format!("{kind} {name}")
}
