//! A person's row and events, read and written.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::person::judged::{Judged, Turns};
use crate::person::{End, PersonRow};
use crate::roster::Line;
use crate::sql::{self, column, damaged, sequence};
use payung_domain::{
    Answer, CivilDate, EndKind, Field, FieldValues, KkNumber, Nik, PersonStatus, Quarter, Readiness, State,
    Timestamp, VillageCode,
};
use payung_journal::{EntityId, Reason, SeriesId};
use rusqlite::{Connection, Row, params};

/// A row of `person`.
pub(crate) struct Record {
    /// 0 before the row exists.
    pub(crate) id: PersonId,
    pub(crate) entity: Option<EntityId>,
    pub(crate) version: Option<EntityId>,
    pub(crate) released: Option<FieldValues>,
    pub(crate) edited: Option<FieldValues>,
    /// The version over which `edited` is typed.
    pub(crate) edit_base: Option<EntityId>,
    pub(crate) registered_on: Option<CivilDate>,
    /// Row of the regulation that judged the newest version.
    pub(crate) regulation: Option<i64>,
    pub(crate) readiness: Option<Readiness>,
    pub(crate) same_nik_reason: Option<String>,
    pub(crate) nik_elsewhere: Option<VillageCode>,
    /// More than one version has no successor.
    pub(crate) two_versions: bool,
    pub(crate) status: PersonStatus,
    pub(crate) listed: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// A row of `person_event`.
pub(crate) struct EventRow {
    /// The place in the order of all: that of the entry, else of the last one written here before.
    pub(crate) order: i64,
    pub(crate) at: Timestamp,
    pub(crate) actor: String,
    /// The entry that says so.
    pub(crate) entry: Option<EntityId>,
    /// The district's receipt covers that entry.
    pub(crate) receipted: bool,
    /// The district refused the stamp that this is about.
    pub(crate) refused: bool,
    pub(crate) what: What,
}

/// Versions count a person's entries from 1, in their order: see [`number`].
pub(crate) enum What {
    Released {
        version: u64,
        readiness: Readiness,
    },
    Corrected {
        version: u64,
        readiness: Readiness,
        attested_changed: bool,
        fields: Vec<Field>,
    },
    /// A draft ends without a version.
    Ended {
        version: Option<u64>,
        end: End,
    },
    Prepared {
        statement: StatementId,
    },
    Unlisted {
        statement: StatementId,
        reason: String,
    },
    Signed {
        statement: StatementId,
    },
    Stamped {
        statement: StatementId,
    },
    /// The district refused the stamp's serial.
    StampRefused {
        statement: StatementId,
        reason: String,
    },
    /// The head took the signed statement back.
    Uncovered {
        statement: StatementId,
        reason: String,
    },
    Answered {
        /// The entry that was judged, and its number.
        about: EntityId,
        version: u64,
        answer: Answer,
        reasons: Vec<Reason>,
        officer: Option<String>,
    },
    NikElsewhere {
        about: EntityId,
        version: u64,
        village: VillageCode,
    },
}

impl EventRow {
    /// Not yet in its place.
    pub(crate) fn new(at: Timestamp, actor: &str, entry: Option<EntityId>, what: What) -> Self {
        Self { order: 0, at, actor: actor.to_owned(), entry, receipted: false, refused: false, what }
    }
}

impl Record {
    /// What the form and the lists show.
    pub(crate) fn shown(&self) -> FieldValues {
        self.edited.clone().or_else(|| self.released.clone()).unwrap_or_default()
    }

    /// Marked as ended in any way.
    pub(crate) fn ended(&self) -> bool {
        matches!(self.status.state, State::Ended | State::Cancelled)
    }
}

impl What {
    pub(crate) fn version(&self) -> Option<u64> {
        match self {
            Self::Released { version, .. } | Self::Corrected { version, .. } => Some(*version),
            Self::Ended { version, .. } => *version,
            _ => None,
        }
    }
}

pub(crate) fn load(db: &Connection, id: PersonId) -> Result<Record, RegisterError> {
    sql::one(db, include_str!("load.sql"), [id.0], |row| {
        let json = |text: Option<String>| text.map(|text| sql::values_from_json(&text)).transpose();
        Ok(Record {
            id: PersonId(row.get(0)?),
            entity: sql::entity(row.get(1)?, row.get(2)?)?,
            version: sql::entity(row.get(3)?, row.get(4)?)?,
            released: json(row.get(5)?)?,
            edited: json(row.get(6)?)?,
            registered_on: sql::date(row.get(7)?)?,
            readiness: row.get::<_, Option<String>>(8)?.map(|key| sql::readiness(&key)).transpose()?,
            same_nik_reason: row.get(9)?,
            nik_elsewhere: row.get::<_, Option<String>>(10)?.map(|code| village(&code)).transpose()?,
            status: PersonStatus {
                state: sql::state(&row.get::<_, String>(11)?)?,
                delivery: sql::delivery(&row.get::<_, String>(12)?)?,
                needs_new_statement: row.get(13)?,
                covered: row.get(14)?,
                stamped: row.get(15)?,
            },
            listed: row.get(16)?,
            created_at: Timestamp(row.get(17)?),
            updated_at: Timestamp(row.get(18)?),
            regulation: row.get(19)?,
            two_versions: row.get(20)?,
            edit_base: sql::entity(row.get(21)?, row.get(22)?)?,
        })
    })?
    .ok_or(RegisterError::NoSuchPerson)
}

/// When the last of it came to the district, by its receipts.
pub(crate) fn arrived_at(db: &Connection, id: PersonId) -> Result<Option<Timestamp>, RegisterError> {
    let at = sql::one(db, include_str!("arrived_at.sql"), [id.0], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(at.flatten().map(Timestamp))
}

/// Writes the row and its search columns; gives a new person their number.
pub(crate) fn save(door: &mut Door<'_>, record: &mut Record) -> Result<(), RegisterError> {
    record.updated_at = door.now;
    let shown = record.shown();
    let text = |field: Field| shown.text(field).unwrap_or_default();
    let json = |values: &Option<FieldValues>| values.as_ref().map(sql::values_to_json).transpose();
    let place = |entity: Option<EntityId>| -> Result<_, RegisterError> {
        Ok((entity.map(|entity| entity.series.0), entity.map(|entity| column(entity.seq)).transpose()?))
    };
    let (entity_series, entity_seq) = place(record.entity)?;
    let (version_series, version_seq) = place(record.version)?;
    let (base_series, base_seq) = place(record.edit_base.filter(|_| record.edited.is_some()))?;
    let judged = Judged::of_record(&door.judging().regulation, record);
    let released_nik = record.released.as_ref().and_then(|values| values.text(Field::Nik)).map(nik_key);
    let parameters = params![
        entity_series,
        entity_seq,
        version_series,
        version_seq,
        json(&record.released)?,
        json(&record.edited)?,
        record.registered_on.map(|date| date.to_string()),
        record.regulation,
        record.readiness.map(sql::readiness_key),
        record.same_nik_reason,
        record.nik_elsewhere.map(|village| village.to_string()),
        nik_key(text(Field::Nik)),
        released_nik.unwrap_or_default(),
        text(Field::Name),
        KkNumber::parse(text(Field::Kk))
            .map_or_else(|_| text(Field::Kk).to_owned(), |kk| kk.as_str().to_owned()),
        text(Field::Hamlet),
        shown.text(Field::BirthDate).and_then(CivilDate::parse).map(|date| date.to_string()),
        record.status.state.key(),
        sql::delivery_key(record.status.delivery),
        record.status.needs_new_statement,
        record.status.covered,
        record.status.stamped,
        record.listed,
        record.created_at.millis(),
        record.updated_at.millis(),
        record.two_versions,
        base_series,
        base_seq,
        text(Field::Occupation),
        text(Field::MotherName),
        desil_quarter(&shown),
        judged.judged,
        column(judged.missing)?,
        judged.unreadable,
    ];
    if record.id.0 == 0 {
        sql::run(door.db, include_str!("insert.sql"), parameters)?;
        record.id = PersonId(door.db.last_insert_rowid());
    } else {
        let id = record.id.0;
        let all: Vec<&dyn rusqlite::ToSql> =
            parameters.iter().copied().chain([&id as &dyn rusqlite::ToSql]).collect();
        sql::run(door.db, include_str!("update.sql"), all.as_slice())?;
    }
    door.touch(record.id);
    Ok(())
}

/// How the same number is found however it was grouped: the digits where it reads, else what was typed.
pub(crate) fn nik_key(text: &str) -> String {
    Nik::parse(text).map_or_else(|_| text.trim().to_owned(), |nik| nik.as_str().to_owned())
}

/// Year * 4 + quarter - 1; nothing where it cannot be read.
pub(crate) fn desil_quarter(shown: &FieldValues) -> Option<i32> {
    shown.text(Field::DesilPeriod).and_then(Quarter::parse).map(quarter_number)
}

pub(crate) fn quarter_number(quarter: Quarter) -> i32 {
    quarter.year * 4 + i32::from(quarter.number) - 1
}

pub(crate) fn insert_event(door: &Door<'_>, person: PersonId, event: &EventRow) -> Result<(), RegisterError> {
    let mut fields = None;
    let mut readiness = None;
    let mut attested = false;
    let mut end: Option<&End> = None;
    let mut answer = None;
    let mut reasons_json = None;
    let mut officer_name = None;
    let mut of_statement = None;
    let mut note = String::new();
    let mut about = None;
    match &event.what {
        What::Released { readiness: ready, .. } => readiness = Some(*ready),
        What::Corrected { readiness: ready, attested_changed, fields: changed, .. } => {
            readiness = Some(*ready);
            attested = *attested_changed;
            fields = Some(sql::fields_to_json(changed)?);
        }
        What::Ended { end: said, .. } => {
            end = Some(said);
            note.clone_from(&said.reason);
        }
        What::Prepared { statement } | What::Signed { statement } | What::Stamped { statement } => {
            of_statement = Some(statement.0);
        }
        What::Unlisted { statement, reason }
        | What::StampRefused { statement, reason }
        | What::Uncovered { statement, reason } => {
            of_statement = Some(statement.0);
            note.clone_from(reason);
        }
        What::Answered { about: version, answer: said, reasons, officer, .. } => {
            about = Some(*version);
            answer = Some(sql::answer_key(*said));
            reasons_json = Some(sql::reasons_to_json(reasons)?);
            officer_name = officer.as_deref();
        }
        What::NikElsewhere { about: version, village, .. } => {
            about = Some(*version);
            note = village.to_string();
        }
    }
    sql::run(
        door.db,
        include_str!("insert_event.sql"),
        params![
            person.0,
            event.order,
            event.at.millis(),
            event.actor,
            kind_key(&event.what),
            event.entry.map(|entry| entry.series.0),
            event.entry.map(|entry| column(entry.seq)).transpose()?,
            readiness.map(sql::readiness_key),
            attested,
            fields,
            end.map(|end| end.kind.name()),
            end.map(|end| end.on.to_string()),
            answer,
            reasons_json,
            officer_name,
            of_statement,
            note,
            about.map(|about| about.series.0),
            about.map(|about| column(about.seq)).transpose()?,
        ],
    )?;
    Ok(())
}

/// The version over which an entry stands, and others in whose place it stands too.
pub(crate) fn insert_bases(
    db: &Connection,
    version: EntityId,
    base: EntityId,
    also: &[EntityId],
) -> Result<(), RegisterError> {
    for (place, base) in [base].iter().chain(also).enumerate() {
        let version = (version.series.0, column(version.seq)?);
        let parameters = (version.0, version.1, place as i64, base.series.0, column(base.seq)?);
        sql::run(db, include_str!("insert_base.sql"), parameters)?;
    }
    Ok(())
}

/// Of each corrected version of a person those over which it stands.
pub(crate) fn bases(db: &Connection, person: PersonId) -> Result<Vec<(EntityId, EntityId)>, RegisterError> {
    let missing = || damaged("version over which another stands");
    sql::many(db, include_str!("bases.sql"), [person.0], |row| {
        let version = sql::entity(row.get(0)?, row.get(1)?)?.ok_or_else(missing)?;
        Ok((version, sql::entity(row.get(2)?, row.get(3)?)?.ok_or_else(missing)?))
    })
}

const fn kind_key(what: &What) -> &'static str {
    match what {
        What::Released { .. } => "released",
        What::Corrected { .. } => "corrected",
        What::Ended { .. } => "ended",
        What::Prepared { .. } => "prepared",
        What::Unlisted { .. } => "unlisted",
        What::Signed { .. } => "signed",
        What::Stamped { .. } => "stamped",
        What::StampRefused { .. } => "stamp_refused",
        What::Uncovered { .. } => "uncovered",
        What::Answered { .. } => "answered",
        What::NikElsewhere { .. } => "nik_elsewhere",
    }
}

/// In their order, numbered.
pub(crate) fn events(db: &Connection, person: PersonId) -> Result<Vec<EventRow>, RegisterError> {
    let mut events = sql::many(db, include_str!("events.sql"), [person.0], |row| {
        let entry = sql::entity(row.get(4)?, row.get(5)?)?;
        let held_seq = sequence(row.get(16)?)?;
        Ok(EventRow {
            order: row.get(0)?,
            at: Timestamp(row.get(1)?),
            actor: row.get(2)?,
            entry,
            receipted: entry.is_some_and(|entry| entry.seq <= held_seq),
            refused: row.get(19)?,
            what: what(row, entry)?,
        })
    })?;
    number(&mut events);
    Ok(events)
}

/// Gives the versions their numbers, in the order of their entries.
pub(crate) fn number(events: &mut [EventRow]) {
    let mut numbers: Vec<EntityId> = Vec::new();
    for event in events.iter_mut() {
        let place = numbers.len() as u64 + 1;
        match &mut event.what {
            What::Released { version, .. } | What::Corrected { version, .. } => *version = place,
            What::Ended { version: Some(version), .. } => *version = place,
            _ => continue,
        }
        numbers.extend(event.entry);
    }
    for event in events {
        if let What::Answered { about, version, .. } | What::NikElsewhere { about, version, .. } =
            &mut event.what
        {
            *version = numbers.iter().position(|known| known == about).map_or(0, |place| place as u64 + 1);
        }
    }
}

fn what(row: &Row, entry: Option<EntityId>) -> Result<What, RegisterError> {
    let about = || -> Result<_, RegisterError> {
        sql::entity(row.get(17)?, row.get(18)?)?.ok_or_else(|| damaged("version of an answer"))
    };
    let readiness = || sql::readiness(&row.get::<_, String>(6)?);
    let statement = || -> Result<_, RegisterError> { Ok(StatementId(row.get(14)?)) };
    let note: String = row.get(15)?;
    Ok(match row.get::<_, String>(3)?.as_str() {
        "released" => What::Released { version: 0, readiness: readiness()? },
        "corrected" => What::Corrected {
            version: 0,
            readiness: readiness()?,
            attested_changed: row.get(7)?,
            fields: sql::fields_from_json(&row.get::<_, String>(8)?)?,
        },
        "ended" => {
            let kind = EndKind::parse(&row.get::<_, String>(9)?).ok_or_else(|| damaged("kind of an end"))?;
            let on = sql::date(row.get(10)?)?.ok_or_else(|| damaged("date of an end"))?;
            What::Ended { version: entry.map(|_| 0), end: End { kind, on, reason: note } }
        }
        "prepared" => What::Prepared { statement: statement()? },
        "unlisted" => What::Unlisted { statement: statement()?, reason: note },
        "signed" => What::Signed { statement: statement()? },
        "stamped" => What::Stamped { statement: statement()? },
        "stamp_refused" => What::StampRefused { statement: statement()?, reason: note },
        "uncovered" => What::Uncovered { statement: statement()?, reason: note },
        "answered" => What::Answered {
            about: about()?,
            version: 0,
            answer: sql::answer(&row.get::<_, String>(11)?)?,
            reasons: sql::reasons_from_json(&row.get::<_, String>(12)?)?,
            officer: row.get(13)?,
        },
        "nik_elsewhere" => What::NikElsewhere { about: about()?, version: 0, village: village(&note)? },
        _ => return Err(damaged("kind of an event")),
    })
}

fn village(code: &str) -> Result<VillageCode, RegisterError> {
    VillageCode::parse(code).map_err(|_| damaged("code of a village"))
}

pub(crate) fn all_ids(db: &Connection) -> Result<Vec<PersonId>, RegisterError> {
    let mut ids = Vec::new();
    each_line(db, |line| {
        ids.push(PersonId(line.id));
        Ok(())
    })?;
    Ok(ids)
}

/// Everyone of whom a version was ever *siap*.
pub(crate) fn all_released(db: &Connection) -> Result<Vec<PersonId>, RegisterError> {
    sql::many(db, include_str!("all_released.sql"), [], |row| Ok(PersonId(row.get(0)?)))
}

/// Everyone, for the roster.
pub(crate) fn each_line(
    db: &Connection,
    mut take: impl FnMut(Line) -> Result<(), RegisterError>,
) -> Result<(), RegisterError> {
    let mut statement = db.prepare_cached(include_str!("lines.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(read_line(row)?)?;
    }
    Ok(())
}

pub(crate) fn line(db: &Connection, id: PersonId) -> Result<Line, RegisterError> {
    sql::one(db, include_str!("line.sql"), [id.0], read_line)?.ok_or(RegisterError::NoSuchPerson)
}

fn read_line(row: &Row) -> Result<Line, RegisterError> {
    Ok(Line {
        id: row.get(0)?,
        nik: row.get(1)?,
        name: row.get(2)?,
        kk: row.get(3)?,
        hamlet: row.get(4)?,
        birth: sql::date(row.get(5)?)?,
        state: sql::state(row.get_ref(6)?.as_str().map_err(|_| damaged("state of a person"))?)?,
        delivery: sql::delivery(row.get_ref(7)?.as_str().map_err(|_| damaged("delivery of a person"))?)?,
        needs_new_statement: row.get(8)?,
        covered: row.get(9)?,
        listed: row.get(10)?,
        readiness: row.get::<_, Option<String>>(11)?.map(|key| sql::readiness(&key)).transpose()?,
        edited: row.get(12)?,
        nik_elsewhere: row.get::<_, Option<String>>(13)?.map(|code| village(&code)).transpose()?,
        two_versions: row.get(14)?,
        updated_at: row.get(15)?,
        occupation: row.get(16)?,
        mother: row.get(17)?,
        desil_quarter: row.get(18)?,
        judged: Turns::parse(row.get_ref(19)?.as_str().unwrap_or("?"))
            .ok_or_else(|| damaged("verdict of a person"))?,
        missing: sequence(row.get(20)?)?,
        unreadable: row.get(21)?,
        maybe_same: row.get(22)?,
    })
}

/// As it is on that day: a draft becomes too old by time alone.
pub(crate) fn view(db: &Connection, id: PersonId, today: CivilDate) -> Result<PersonRow, RegisterError> {
    let line = line(db, id)?;
    let day = i32::try_from(today.days_since_epoch()).unwrap_or(i32::MAX);
    Ok(PersonRow {
        id,
        can_be_listed: line.can_be_listed(),
        edit_pending: line.edit_pending(),
        maybe_same: line.warned_of_another(),
        readiness: line.judged.on(day),
        missing: u8::try_from(line.missing.count_ones()).unwrap_or(u8::MAX),
        nik: line.nik,
        name: line.name,
        kk: line.kk,
        hamlet: line.hamlet,
        occupation: line.occupation,
        birth_date: line.birth,
        state: line.state,
        delivery: line.delivery,
        needs_new_statement: line.needs_new_statement,
        nik_elsewhere: line.nik_elsewhere,
        two_versions: line.two_versions,
        updated_at: Timestamp(line.updated_at),
    })
}

/// Others with the number, in what is shown or in what was released.
pub(crate) fn same_nik(db: &Connection, nik: &str, except: PersonId) -> Result<Vec<PersonId>, RegisterError> {
    ids(db, include_str!("same_nik.sql"), nik, except)
}

/// Others who were released with the number and not cancelled.
pub(crate) fn same_nik_released(
    db: &Connection,
    nik: &str,
    except: PersonId,
) -> Result<Vec<PersonId>, RegisterError> {
    ids(db, include_str!("same_nik_released.sql"), nik, except)
}

fn ids(
    db: &Connection,
    statement: &str,
    nik: &str,
    except: PersonId,
) -> Result<Vec<PersonId>, RegisterError> {
    sql::many(db, statement, (nik_key(nik), except.0), |row| Ok(PersonId(row.get(0)?)))
}

pub(crate) fn by_entity(db: &Connection, entity: EntityId) -> Result<Option<PersonId>, RegisterError> {
    sql::one(db, include_str!("by_entity.sql"), (entity.series.0, column(entity.seq)?), |row| {
        Ok(PersonId(row.get(0)?))
    })
}

/// The person of whom an entry made a version.
pub(crate) fn of_version(db: &Connection, entry: EntityId) -> Result<Option<PersonId>, RegisterError> {
    sql::one(db, include_str!("of_version.sql"), (entry.series.0, column(entry.seq)?), |row| {
        Ok(PersonId(row.get(0)?))
    })
}

/// People whom entries of a series in `(after, up_to]` are about.
pub(crate) fn touched_by_entries(
    db: &Connection,
    series: SeriesId,
    after: u64,
    up_to: u64,
) -> Result<Vec<PersonId>, RegisterError> {
    let parameters = (series.0, column(after)?, column(up_to.min(i64::MAX as u64))?);
    sql::many(db, include_str!("touched_by_entries.sql"), parameters, |row| Ok(PersonId(row.get(0)?)))
}

/// The statements that list or listed a person, newest first.
pub(crate) fn statements_of(db: &Connection, person: PersonId) -> Result<Vec<StatementId>, RegisterError> {
    sql::many(db, include_str!("statements_of.sql"), [person.0], |row| Ok(StatementId(row.get(0)?)))
}

/// The version of a person over which a statement was signed.
pub(crate) fn signed_version(
    db: &Connection,
    statement: StatementId,
    person: PersonId,
) -> Result<Option<EntityId>, RegisterError> {
    let version = sql::one(db, include_str!("signed_version.sql"), (statement.0, person.0), |row| {
        sql::entity(row.get(0)?, row.get(1)?)
    })?;
    Ok(version.flatten())
}
