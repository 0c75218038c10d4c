//! What the migration to several devices cannot do in SQL: read the entries.

use crate::error::RegisterError;
use crate::exchange::rounds;
use crate::person::rows as people;
use crate::series::{order, rows};
use crate::sql::{self, column};
use payung_journal::{EntityId, Entry, Event};
use rusqlite::Connection;

/// Entries read at once.
const STRIDE: u64 = 4_096;

/// In the migration's own transaction.
pub(crate) fn several_devices(db: &Connection) -> Result<(), RegisterError> {
    for series in rounds::village(db)? {
        let mut after = 0;
        loop {
            let stored = rows::entries_after(db, series.row, after, STRIDE)?;
            let Some(last) = stored.last() else { break };
            after = last.seq;
            for entry in stored {
                let Some(Ok(decoded)) = entry.body.map(|body| Entry::decode(&body)) else { continue };
                let id = EntityId::new(series.state.series, entry.seq);
                match decoded.event {
                    Event::PersonCorrected { base, also, .. } => people::insert_bases(db, id, base, &also)?,
                    Event::PersonEnded { base, .. } => people::insert_bases(db, id, base, &[])?,
                    Event::NikHeldElsewhere { version, .. } => {
                        let about = (series.row, column(id.seq)?, version.series.0, column(version.seq)?);
                        sql::run(db, include_str!("../person/put_about.sql"), about)?;
                    }
                    Event::StatementSigned { statement } => {
                        for (person, version) in statement.people {
                            let place = (version.series.0, column(version.seq)?);
                            let person = (person.series.0, column(person.seq)?);
                            let parameters =
                                (series.row, column(id.seq)?, person.0, person.1, place.0, place.1);
                            sql::run(db, include_str!("put_signed_version.sql"), parameters)?;
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    order::renew(db)?;
    sql::run(db, include_str!("place_local_events.sql"), [])?;
    Ok(())
}
