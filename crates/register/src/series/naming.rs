//! The entries that an entry names, and what a name means inside an entry that came again in a new series.

use payung_journal::{Continues, EntityId, Event};

/// Every place that an event names, to be read or replaced.
pub(crate) fn each(event: &mut Event, take: &mut dyn FnMut(&mut EntityId)) {
    match event {
        Event::PersonCorrected { person, base, also, .. } => {
            take(person);
            take(base);
            also.iter_mut().for_each(take);
        }
        Event::PersonEnded { person, base, .. } => {
            take(person);
            take(base);
        }
        Event::StatementSigned { statement } => {
            for (person, version) in &mut statement.people {
                take(person);
                take(version);
            }
            statement.struck.iter_mut().for_each(|(person, _)| take(person));
            statement.replaces.iter_mut().for_each(take);
        }
        Event::StatementStamped { statement, .. }
        | Event::StatementWithdrawn { statement, .. }
        | Event::StatementTimestamped { statement, .. }
        | Event::StampRefused { statement, .. } => take(statement),
        Event::Answered { person, version, .. } | Event::NikHeldElsewhere { person, version, .. } => {
            take(person);
            take(version);
        }
        Event::Attached { about, .. } => take(about),
        Event::AttachmentRemoved { attached, .. } => take(attached),
        Event::SeriesOpened { .. }
        | Event::PersonReleased { .. }
        | Event::HeadKeyIntroduced { .. }
        | Event::HeadCertified { .. }
        | Event::HeadRevoked { .. }
        | Event::AttachmentRefused { .. }
        | Event::DeviceRevoked { .. }
        | Event::Trail { .. }
        | Event::Unknown { .. } => {}
    }
}

/// Each once.
pub(crate) fn names(event: &mut Event) -> Vec<EntityId> {
    let mut names = Vec::new();
    each(event, &mut |id| names.push(*id));
    names.sort_unstable();
    names.dedup();
    names
}

/// Makes an event name what it means. A statement's signature does not cover what comes out: verify it before.
pub(crate) fn resolve(event: &mut Event, continues: Option<&Continues>, at: EntityId) {
    if let Some(continues) = continues.filter(|it| it.reentered > 0) {
        each(event, &mut |id| *id = continues.resolve(at.series, at.seq, *id));
    }
}
