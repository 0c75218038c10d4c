//! The one door: a transaction with everything that belongs to it, from the operation's name to the last row.

use crate::attachment;
use crate::error::RegisterError;
use crate::exchange::learn;
use crate::ids::{PersonId, StatementId};
use crate::importing::Part;
use crate::likeness::{self, decisions};
use crate::op::{Done, Op};
use crate::person::{self, rows};
use crate::register::Register;
use crate::roster::Roster;
use crate::series::order;
use crate::series::tail::Tail;
use crate::settings::{self, CurrentRegulation, Village};
use crate::setup::{HeadSession, Tools};
use crate::statement::freezing::{self, Frozen};
use crate::statement::{heads, signing, stamps};
use crate::{importing, population, series, statement, stick};
use payung_domain::{CivilDate, Field, StatementNeed, Timestamp, Unwatched, Watch};
use payung_journal::{EntityId, Entry, Event, RegulationRef, SeriesKind, TrailKind};
use payung_keys::SigningKey;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

/// What every operation works with while its transaction is open.
pub(crate) struct Door<'t> {
    pub(crate) db: &'t Connection,
    pub(crate) now: Timestamp,
    /// The display name of the one who acts.
    pub(crate) actor: String,
    pub(crate) tools: &'t Tools,
    /// May stop what takes long, up to the commit.
    pub(crate) watch: &'t dyn Watch,
    pub(crate) village: &'t Village,
    pub(crate) regulation: &'t CurrentRegulation,
    register: [u8; 16],
    pub(crate) shared: Tail,
    local: Tail,
    /// Everybody as they stood before this transaction.
    pub(crate) roster: &'t Roster,
    changed: BTreeSet<PersonId>,
    settled: BTreeSet<PersonId>,
    /// Changed in what likeness hangs on beside the values.
    compare_again: BTreeSet<PersonId>,
    /// Whose rows are gone.
    forgotten: BTreeSet<PersonId>,
    /// What is known of the population in memory no longer holds.
    pub(crate) population_changed: bool,
    /// Judges from the commit on.
    pub(crate) new_regulation: Option<CurrentRegulation>,
}

impl<'t> Door<'t> {
    pub(crate) fn pass(register: &mut Register, op: Op<'_>) -> Result<Done, RegisterError> {
        // Slow on purpose, so not inside the transaction.
        let key = match &op {
            Op::Sign { head, secret, .. } => Some(heads::prove_key(register, head, secret)?),
            _ => None,
        };
        Self::through(register, |door| door.perform(op, key.as_ref()))
    }

    /// One transaction with everything that belongs to it.
    pub(crate) fn through(
        register: &mut Register,
        work: impl FnOnce(&mut Door<'_>) -> Result<Done, RegisterError>,
    ) -> Result<Done, RegisterError> {
        Self::watched(register, &Unwatched, work)
    }

    /// As [`Self::through`], for someone who may stop it.
    pub(crate) fn watched(
        register: &mut Register,
        watch: &dyn Watch,
        work: impl FnOnce(&mut Door<'_>) -> Result<Done, RegisterError>,
    ) -> Result<Done, RegisterError> {
        let Register { db, tools, actor, village, regulation, roster, crowd, id, .. } = register;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut door = Door {
            db: &transaction,
            now: tools.clock.now(),
            actor: actor.name.clone(),
            tools,
            watch,
            village,
            regulation,
            register: *id,
            shared: Tail::load(&transaction, SeriesKind::Shared)?,
            local: Tail::load(&transaction, SeriesKind::Local)?,
            roster: &*roster,
            changed: BTreeSet::new(),
            settled: BTreeSet::new(),
            compare_again: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            population_changed: false,
            new_regulation: None,
        };
        let mut done = work(&mut door)?;
        door.shared.save(&transaction)?;
        door.local.save(&transaction)?;
        let lines = door
            .changed
            .iter()
            .map(|id| rows::line(door.db, *id))
            .collect::<Result<Vec<_>, RegisterError>>()?;
        let marks =
            likeness::Changed { roster: door.roster, again: &door.compare_again, gone: &door.forgotten };
        let lines = likeness::settle(door.db, &marks, lines, &Part::comparing(door.watch))?;
        // The person an operation is about stands first, however many others it touched.
        let first: BTreeSet<PersonId> = done.people.iter().copied().collect();
        done.people.extend(lines.iter().map(|line| PersonId(line.id)).filter(|id| !first.contains(id)));
        let new_regulation = door.new_regulation.take();
        let gone: Vec<i64> = door.forgotten.iter().map(|id| id.0).collect();
        let population_changed = door.population_changed;
        transaction.commit()?;
        roster.refresh(&lines);
        if !gone.is_empty() {
            roster.remove(&gone);
        }
        if population_changed {
            crowd.take();
        }
        if let Some(new) = new_regulation {
            *regulation = new;
        }
        Ok(done)
    }

    fn perform(&mut self, op: Op<'_>, key: Option<&SigningKey>) -> Result<Done, RegisterError> {
        match op {
            Op::NewDraft { values } => person::door::new_draft(self, values),
            Op::SaveField { person, field, value } => person::door::save_field(self, person, field, &value),
            Op::Release { person, acknowledge } => person::door::release(self, person, &acknowledge),
            Op::DiscardEdit { person } => person::door::discard_edit(self, person),
            Op::End { person, kind, on, reason } => person::door::end(self, person, kind, on, &reason),
            Op::ChooseVersion { person, heads, values, acknowledge } => {
                person::versions::choose(self, person, &heads, &values, &acknowledge)
            }
            Op::NotSame { person, other, reason } => decisions::not_same(self, person, other, &reason),
            Op::Import(import) => importing::take(self, &import),
            Op::UndoImport { import } => importing::undo(self, import),
            Op::PickFromPopulation { ids } => population::door::pick(self, &ids),
            Op::DraftStatement { people, collective, number } => {
                statement::door::draft(self, &people, collective, &number)
            }
            Op::EditDraft { statement, people, number } => {
                statement::door::edit_draft(self, statement, people.as_deref(), number.as_deref())
            }
            Op::HandOver { statement } => statement::door::hand_over(self, statement),
            Op::PrepareStatement { people, collective, number } => {
                statement::door::prepare(self, &people, collective, &number)
            }
            Op::WithdrawStatement { statement, reason } => {
                statement::door::withdraw(self, statement, &reason)
            }
            Op::StrikeOut { head, statement, person, reason } => {
                self.acts_as(head)?;
                statement::door::strike_out(self, statement, person, &reason)
            }
            Op::Freeze { head, statement, room, page, pages, content, strokes, on, certificate } => {
                self.acts_as(head)?;
                let frozen = Frozen { room, page, pages, content, strokes, on, certificate };
                freezing::freeze(self, head, statement, &frozen)
            }
            Op::Thaw { head, statement } => {
                self.acts_as(head)?;
                freezing::thaw(self, statement)
            }
            Op::CloseHeadRoom => freezing::thaw_all(self),
            Op::Sign { head, statement, shown, .. } => {
                self.acts_as(head)?;
                signing::sign(self, head, key.ok_or(RegisterError::NotTheHead)?, statement, shown)
            }
            Op::RecordStamp { statement, stamp } => stamps::record(self, statement, &stamp),
            Op::CorrectStamp { statement, stamp, reason } => {
                stamps::correct(self, statement, &stamp, &reason)
            }
            Op::RevokeStatement { head, statement, reason } => {
                self.acts_as(head)?;
                signing::revoke(self, statement, &reason)
            }
            Op::NotePrint { statement, what } => freezing::note_print(self, statement, what),
            Op::Attach { about, kind, file } => attachment::door::attach(self, about, kind, &file),
            Op::RemoveAttachment { attachment, reason } => {
                attachment::door::remove(self, attachment, &reason)
            }
            Op::AttachmentKept(receipt) => attachment::door::kept(self, &receipt),
            Op::AttachmentsMissing { digests, said_at } => attachment::door::missing(self, &digests, said_at),
            Op::AttachmentArrived { digest, bytes } => attachment::door::arrived(self, &digest, &bytes),
            Op::AttachmentPart { digest, offset, bytes } => {
                attachment::door::part(self, &digest, offset, &bytes)
            }
            Op::SaveSettings(change) => settings::rows::save(self, &change),
            Op::Enrolled(enrolment) => learn::enrolled(self, &enrolment),
            Op::Learned(inbound) => learn::learned(self, &inbound),
            Op::OpenNewSeries => series::renewal::after_restore(self),
            Op::SyncAttempt(attempt) => learn::attempted(self, &attempt),
            Op::StickWritten { number } => stick::written(self, number),
            Op::StickTaken { digest, number } => stick::taken(self, &digest, number),
            Op::Trail { what, person, note } => {
                let note = person::door::text("Catatan", &note, false)?;
                self.trail(what, person, &[], &note)?;
                Ok(Done::default())
            }
        }
    }

    /// From here on the head acts, who opened his room in this very register.
    fn acts_as(&mut self, head: &HeadSession) -> Result<(), RegisterError> {
        if head.register != self.register {
            return Err(RegisterError::NotTheHead);
        }
        self.actor = head.name().to_owned();
        Ok(())
    }

    /// Writes an entry that travels.
    pub(crate) fn share(&mut self, event: Event) -> Result<EntityId, RegisterError> {
        let entry = Entry::new(self.now, self.actor.clone(), event);
        self.shared.append(self.db, entry, &*self.tools.randomness)
    }

    /// Writes an entry that stays in the village.
    pub(crate) fn trail(
        &mut self,
        what: TrailKind,
        person: Option<PersonId>,
        fields: &[Field],
        note: &str,
    ) -> Result<(), RegisterError> {
        let subject = person.and_then(|id| u64::try_from(id.0).ok());
        self.note(what, subject, fields, note)
    }

    pub(crate) fn trail_statement(
        &mut self,
        what: TrailKind,
        statement: StatementId,
        note: &str,
    ) -> Result<(), RegisterError> {
        self.note(what, u64::try_from(statement.0).ok(), &[], note)
    }

    fn note(
        &mut self,
        what: TrailKind,
        subject: Option<u64>,
        fields: &[Field],
        note: &str,
    ) -> Result<(), RegisterError> {
        let event = Event::Trail { what, subject, fields: fields.to_vec(), note: note.to_owned() };
        let entry = Entry::new(self.now, self.actor.clone(), event);
        self.local.append(self.db, entry, &*self.tools.randomness)?;
        Ok(())
    }

    /// The place of an entry in the order of all; of what stays in the village, right after the last entry written here.
    pub(crate) fn order_of(&self, entry: Option<EntityId>) -> Result<i64, RegisterError> {
        match entry {
            None => Ok(self.shared.order),
            Some(entry) if entry == EntityId::new(self.shared.series, self.shared.seq) => {
                Ok(self.shared.order)
            }
            Some(entry) => order::of(self.db, entry)?.ok_or_else(|| crate::sql::damaged("entry of an event")),
        }
    }

    /// Whether the district is known to hold an entry.
    pub(crate) fn held(&self, entry: Option<EntityId>) -> Result<bool, RegisterError> {
        match entry.filter(|entry| entry.series != self.shared.series) {
            None => Ok(false),
            Some(entry) => Ok(entry.seq <= series::rows::held(self.db, entry.series)?),
        }
    }

    /// The row of a person changed: lists must show it.
    pub(crate) fn touch(&mut self, person: PersonId) {
        self.changed.insert(person);
    }

    /// Whether somebody is alike hangs on more than their values: look at them once more.
    pub(crate) fn compare_again(&mut self, person: PersonId) {
        self.touch(person);
        self.compare_again.insert(person);
    }

    /// The regulation that judges from this commit on.
    pub(crate) fn judging(&self) -> &CurrentRegulation {
        self.new_regulation.as_ref().unwrap_or(self.regulation)
    }

    /// The status of a person was worked out anew, on what is known now.
    pub(crate) fn settle(&mut self, person: PersonId) {
        self.settled.insert(person);
    }

    /// What statuses rest on is about to change: from here on nobody's is settled.
    pub(crate) fn unsettle(&mut self) {
        self.settled.clear();
    }

    pub(crate) fn is_settled(&self, person: PersonId) -> bool {
        self.settled.contains(&person)
    }

    /// The row of a person is gone.
    pub(crate) fn forget_person(&mut self, person: PersonId) {
        self.changed.remove(&person);
        self.forgotten.insert(person);
    }

    /// Today in the regency.
    pub(crate) fn today(&self) -> CivilDate {
        self.now.civil_date(self.regulation.regulation.utc_offset)
    }

    /// Whether the head's statement is a condition, under the regulation that judges from this commit on.
    pub(crate) fn need(&self) -> StatementNeed {
        self.judging().regulation.statement.need
    }

    /// How an entry names the regulation.
    pub(crate) fn regulation_ref(&self) -> RegulationRef {
        let regulation = &self.regulation.regulation;
        RegulationRef { id: regulation.id.clone(), digest: regulation.digest() }
    }
}
