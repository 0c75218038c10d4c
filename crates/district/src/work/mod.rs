//! What entries do at the district: people are kept, judged and answered, inside the one transaction that also stores
//! the entries. The rules of the work stand here; the store below knows none of them.

mod decisions;
mod effects;
mod heads;
mod judging;
mod naming;
mod settle;
mod standing;
mod statements;
mod taken_back;
mod twins;
mod versions;
mod waiting;

pub use decisions::{Decisions, new_series, reenter, succeed};
pub use judging::{Prepared, reason};
pub use standing::{Standing, Standings};
pub use statements::INDEXED;
pub use twins::around as twins_around;
use versions::Known;
pub use versions::known_version;

use crate::error::DistrictError;
use crate::home::District;
use crate::store::{PersonRow, Writes};
use payung_domain::{Answer, Timestamp, VillageCode, VillageKind};
use payung_journal::{EntityId, Event, Mark, SeriesId};
use payung_keys::Timestamper;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use twins::Twins;

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
    /// People who came in this transaction: written once, when the work is finished.
    fresh: BTreeMap<EntityId, PersonRow>,
    fresh_niks: HashMap<[u8; 32], Vec<EntityId>>,
    /// People whom a statement of this transaction lists.
    attested: BTreeSet<EntityId>,
    /// Whose word the program's answers are.
    actor: String,
    /// Villages with entries that wait, and those known to have none.
    waiting: BTreeMap<VillageCode, bool>,
    /// Entries of this series after this number are stored and have not had their turn.
    ahead: Option<(SeriesId, u64)>,
    /// Entries that came twice, by village, once asked for.
    twins: BTreeMap<VillageCode, Arc<Twins>>,
    /// Of entries that came in this transaction: most decisions name one of them.
    marks: HashMap<EntityId, Mark>,
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
            fresh: BTreeMap::new(),
            fresh_niks: HashMap::new(),
            attested: BTreeSet::new(),
            actor: format!("Kabupaten {}", district.regency_name),
            waiting: BTreeMap::new(),
            ahead: None,
            twins: BTreeMap::new(),
            marks: HashMap::new(),
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
        self.put_person(&person)?;
        self.niks.extend(person.nik);
        self.finish()
    }

    fn person(&self, id: EntityId) -> Result<Option<PersonRow>, DistrictError> {
        match self.fresh.get(&id) {
            Some(row) => Ok(Some(row.clone())),
            None => self.writes.person(id),
        }
    }

    fn put_person(&mut self, row: &PersonRow) -> Result<(), DistrictError> {
        match self.fresh.get_mut(&row.id) {
            Some(known) => {
                if let (true, Some(nik)) = (known.nik != row.nik, row.nik) {
                    self.fresh_niks.entry(nik).or_default().push(row.id);
                }
                known.clone_from(row);
                Ok(())
            }
            None => self.writes.put_person(row),
        }
    }

    /// Somebody who was not there before this transaction.
    fn add_person(&mut self, row: PersonRow) {
        if let Some(nik) = row.nik {
            self.fresh_niks.entry(nik).or_default().push(row.id);
        }
        self.fresh.insert(row.id, row);
    }

    /// Everyone with a say in who holds the NIK, the holder first.
    fn holders(&self, nik: &[u8; 32]) -> Result<Vec<PersonRow>, DistrictError> {
        let mut people = self.writes.people_with_nik(nik)?;
        let fresh = self.fresh_niks.get(nik).into_iter().flatten().filter_map(|id| self.fresh.get(id));
        people.extend(fresh.filter(|row| row.nik.as_ref() == Some(nik)).cloned());
        people.retain(PersonRow::holds_nik);
        people.sort_by_key(|row| row.claim);
        people.dedup_by_key(|row| row.id);
        Ok(people)
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
        for row in self.fresh.values() {
            self.writes.put_person(row)?;
        }
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
