//! Entries take effect after everything they name. Two laptops' series arrive as the line brings them: an entry that names
//! one not yet here is kept and receipted like any other, its effect waits.

use super::naming::{Held, Meanings};
use super::{Prepared, Work, effects, taken_back};
use crate::error::DistrictError;
use crate::store::SeriesRow;
use payung_domain::VillageCode;
use payung_journal::{EntityId, Event, Meant, SeriesId, SeriesKind, stood};
use payung_keys::{PublicKey, sha256};

/// An entry whose turn it is.
struct Due {
    id: EntityId,
    kind: SeriesKind,
    prepared: Prepared,
}

impl Work<'_> {
    /// The turn of an entry whose series is stored already: whatever names a later one of it waits.
    pub fn turn_of(&mut self, id: Option<EntityId>) {
        self.ahead = id.map(|id| (id.series, id.seq));
    }

    /// Takes up the effect of an entry that was just stored, and of those that waited for it. It never refuses the entry:
    /// what is wrong with it becomes an answer.
    pub fn take_up(
        &mut self,
        village: VillageCode,
        series: &SeriesRow,
        seq: u64,
        prepared: Prepared,
    ) -> Result<(), DistrictError> {
        let (id, kind) = (EntityId::new(series.id, seq), series.kind);
        self.go_through(village, vec![Due { id, kind, prepared }])
    }

    /// Those that waited for an entry whose effect is here already.
    pub(super) fn wake(&mut self, village: VillageCode, id: EntityId) -> Result<(), DistrictError> {
        let mut turn = Vec::new();
        if self.anything_waits(village)? {
            self.let_go_all(village, id, &mut turn)?;
        }
        self.go_through(village, turn)
    }

    fn go_through(&mut self, village: VillageCode, mut turn: Vec<Due>) -> Result<(), DistrictError> {
        let twins = self.twins(village)?;
        while let Some(due) = turn.pop() {
            let meanings = Meanings::of(&*self.writes, village, due.id, &due.prepared.entry)?;
            if let Some(needs) = self.missing(village, &due, &meanings)? {
                self.writes.add_waiting(due.id, village, needs)?;
                self.waiting.insert(village, true);
                continue;
            }
            let Due { id, kind, prepared } = due;
            let introduced = match &prepared.entry.event {
                Event::HeadKeyIntroduced { key, .. } => Some(introduction_of(key)),
                _ => None,
            };
            let means = |named| {
                let named = meanings.of_name(named).place();
                twins.get(&named).copied().unwrap_or(named)
            };
            match kind {
                SeriesKind::Decisions => taken_back::take_back(self, village, (id, &prepared.entry), &means)?,
                _ => effects::take_up(self, village, id, prepared, &means)?,
            }
            if self.anything_waits(village)? {
                self.writes.drop_waiting(id)?;
                self.let_go_all(village, id, &mut turn)?;
                if let Some(introduction) = introduced {
                    self.let_go(introduction, &mut turn)?;
                }
            }
        }
        Ok(())
    }

    /// Those that waited for an entry, under whichever name: it may have stood elsewhere before.
    fn let_go_all(
        &mut self,
        village: VillageCode,
        id: EntityId,
        turn: &mut Vec<Due>,
    ) -> Result<(), DistrictError> {
        self.let_go(id, turn)?;
        for before in stood(&Held { reads: &*self.writes, village }, id)? {
            self.let_go(before, turn)?;
        }
        Ok(())
    }

    /// Those that waited for `id` have their turn, the first in its series first.
    fn let_go(&mut self, id: EntityId, turn: &mut Vec<Due>) -> Result<(), DistrictError> {
        for waiting in self.writes.waiting_for(id)?.into_iter().rev() {
            let (series, row) = (self.writes.series(waiting.series)?, self.writes.entry(waiting)?);
            if let (Some(series), Some(entry)) = (series, row.and_then(|row| row.read())) {
                let prepared = Prepared::later(entry);
                turn.push(Due { id: waiting, kind: series.kind, prepared });
            }
        }
        Ok(())
    }

    fn anything_waits(&mut self, village: VillageCode) -> Result<bool, DistrictError> {
        if let Some(known) = self.waiting.get(&village) {
            return Ok(*known);
        }
        let waits = self.writes.waiting(Some(village))? > 0;
        self.waiting.insert(village, waits);
        Ok(waits)
    }

    /// The first entry that this one names and that is not here, or waits itself.
    fn missing(
        &mut self,
        village: VillageCode,
        due: &Due,
        meanings: &Meanings,
    ) -> Result<Option<EntityId>, DistrictError> {
        let named = named(&due.prepared.entry.event);
        if named.is_empty() && !matches!(due.kind, SeriesKind::Decisions) {
            return Ok(None);
        }
        let (anything_waits, twins) = (self.anything_waits(village)?, self.twins(village)?);
        for named in named {
            let named = match meanings.of_name(named) {
                Meant::Here(place) => place,
                Meant::Awaited(place) => return Ok(Some(place)),
            };
            if self.ahead.is_some_and(|(series, seq)| series == named.series && named.seq > seq) {
                return Ok(Some(named));
            }
            let means = twins.get(&named).copied().unwrap_or(named);
            if anything_waits && self.writes.waits(means)? {
                return Ok(Some(means));
            }
        }
        if let (SeriesKind::Decisions, Event::HeadCertified { key, .. } | Event::HeadRevoked { key, .. }) =
            (due.kind, &due.prepared.entry.event)
            && self.writes.head_key(village, key)?.is_none()
        {
            return Ok(Some(introduction_of(key)));
        }
        Ok(None)
    }
}

/// Places that an entry's effect needs, its own ones left out.
fn named(event: &Event) -> Vec<EntityId> {
    match event {
        Event::PersonCorrected { person, base, also, .. } => {
            [person, base].into_iter().chain(also).copied().collect()
        }
        Event::PersonEnded { person, base, .. } => vec![*person, *base],
        Event::StatementSigned { statement } => {
            statement.people.iter().flat_map(|(person, version)| [*person, *version]).collect()
        }
        Event::StatementStamped { statement, .. }
        | Event::StatementWithdrawn { statement, .. }
        | Event::StatementTimestamped { statement, .. }
        | Event::StampRefused { statement, .. } => vec![*statement],
        Event::Attached { about, .. } => vec![*about],
        Event::AttachmentRemoved { attached, .. } => vec![*attached],
        Event::Answered { person, version, .. } | Event::NikHeldElsewhere { person, version, .. } => {
            vec![*person, *version]
        }
        _ => Vec::new(),
    }
}

/// Decisions name a head's key, not the entry that introduced it: this place stands for whichever that will be.
fn introduction_of(key: &PublicKey) -> EntityId {
    let digest = sha256(&[b"payung head key 1", &key.to_bytes()]);
    let mut series = [0; 16];
    series.copy_from_slice(&digest[..16]);
    EntityId::new(SeriesId(series), 1)
}
