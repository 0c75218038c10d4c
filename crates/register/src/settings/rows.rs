//! Settings and regulations as rows.

use crate::door::Door;
use crate::error::RegisterError;
use crate::op::Done;
use crate::settings::{
    CurrentRegulation, EMBLEM_BYTES_MAX, IDLE_LOCK_MINUTES_MAX, Paper, SETTING_CHARS_MAX, Settings,
    SettingsChange, Village,
};
use crate::setup::{IDLE_LOCK_MINUTES_DEFAULT, Setup};
use crate::sql::{self, damaged};
use payung_domain::{RegencyCode, Timestamp, VillageCode};
use payung_journal::TrailKind;
use payung_keys::Signature;
use payung_regulation::Regulation;
use rusqlite::Connection;

pub(crate) fn get(db: &Connection, key: &str) -> Result<Option<String>, RegisterError> {
    sql::one(db, include_str!("get.sql"), [key], |row| Ok(row.get(0)?))
}

pub(crate) fn put(db: &Connection, key: &str, value: &str) -> Result<(), RegisterError> {
    sql::run(db, include_str!("put.sql"), (key, value))?;
    Ok(())
}

/// Keeps whose register this is.
pub(crate) fn insert(db: &Connection, setup: &Setup) -> Result<(), RegisterError> {
    for (key, value) in [
        ("village.code", setup.village.to_string()),
        ("village.name", setup.village_name.clone()),
        ("village.district_name", setup.district_name.clone()),
        ("village.regency_name", setup.regency_name.clone()),
        ("head_title", setup.head_title.clone()),
        ("idle_lock_minutes", setup.idle_lock_minutes.clamp(1, IDLE_LOCK_MINUTES_MAX).to_string()),
    ] {
        check_length(key, &value)?;
        put(db, key, &value)?;
    }
    Ok(())
}

pub(crate) fn village(db: &Connection) -> Result<Village, RegisterError> {
    let text = |key| get(db, key)?.ok_or_else(|| damaged("village is missing"));
    Ok(Village {
        code: VillageCode::parse(&text("village.code")?).map_err(|_| damaged("code of the village"))?,
        name: text("village.name")?,
        district_name: text("village.district_name")?,
        regency_name: text("village.regency_name")?,
    })
}

pub(crate) fn load(db: &Connection) -> Result<Settings, RegisterError> {
    let text = |key| Ok::<_, RegisterError>(get(db, key)?.unwrap_or_default());
    let place = text("place")?;
    Ok(Settings {
        head_title: text("head_title")?,
        idle_lock_minutes: text("idle_lock_minutes")?.parse().unwrap_or(IDLE_LOCK_MINUTES_DEFAULT),
        office_address: text("office_address")?,
        place: if place.is_empty() { text("village.name")? } else { place },
        head_nip: text("head_nip")?,
        number_pattern: text("number_pattern")?,
        number_code: text("number_code")?,
        paper: Paper::from_key(&text("paper")?).unwrap_or_default(),
    })
}

/// The emblem of the letterhead.
pub(crate) fn emblem(db: &Connection) -> Result<Option<Vec<u8>>, RegisterError> {
    sql::one(db, include_str!("picture.sql"), [EMBLEM], |row| Ok(row.get(0)?))
}

const EMBLEM: &str = "emblem";

pub(crate) fn save(door: &mut Door<'_>, change: &SettingsChange) -> Result<Done, RegisterError> {
    let minutes = change.idle_lock_minutes.map(|minutes| minutes.clamp(1, IDLE_LOCK_MINUTES_MAX).to_string());
    let paper = change.paper.map(|paper| paper.key().to_owned());
    let mut changed = Vec::new();
    for (key, value) in [
        ("head_title", &change.head_title),
        ("idle_lock_minutes", &minutes),
        ("office_address", &change.office_address),
        ("place", &change.place),
        ("head_nip", &change.head_nip),
        ("number_pattern", &change.number_pattern),
        ("number_code", &change.number_code),
        ("paper", &paper),
    ] {
        if let Some(value) = value {
            check_length(key, value)?;
            put(door.db, key, value.trim())?;
            changed.push(key);
        }
    }
    if let Some(emblem) = &change.emblem {
        match emblem {
            Some(bytes) if bytes.len() > EMBLEM_BYTES_MAX => {
                return Err(RegisterError::FileTooLarge {
                    name: EMBLEM.to_owned(),
                    bytes_max: EMBLEM_BYTES_MAX,
                });
            }
            Some(bytes) => sql::run(door.db, include_str!("put_picture.sql"), (EMBLEM, bytes))?,
            None => sql::run(door.db, include_str!("remove_picture.sql"), [EMBLEM])?,
        };
        changed.push(EMBLEM);
    }
    if !changed.is_empty() {
        door.trail(TrailKind::SettingsChanged, None, &[], &changed.join(", "))?;
    }
    Ok(Done::default())
}

fn check_length(key: &'static str, value: &str) -> Result<(), RegisterError> {
    if value.chars().count() > SETTING_CHARS_MAX {
        return Err(RegisterError::TextTooLong { what: key, chars_max: SETTING_CHARS_MAX });
    }
    Ok(())
}

/// Reads a regulation file and keeps it, unless it is the one in use or another regency's. It judges from now on.
pub(crate) fn add_regulation(
    db: &Connection,
    regency: RegencyCode,
    file_name: &str,
    toml: &str,
    signature: Option<&Signature>,
    now: Timestamp,
) -> Result<Option<CurrentRegulation>, RegisterError> {
    let regulation = Regulation::parse(file_name, toml)?;
    if regulation.regency != regency {
        return Ok(None);
    }
    let newest: Option<Vec<u8>> = sql::one(db, include_str!("newest_digest.sql"), [], |row| Ok(row.get(0)?))?;
    if newest.as_deref() == Some(&regulation.digest()) {
        return Ok(None);
    }
    let signature = signature.map(|signature| signature.to_bytes());
    sql::run(
        db,
        include_str!("insert_regulation.sql"),
        (&regulation.id, regulation.digest(), file_name, toml, signature, now.millis()),
    )?;
    Ok(Some(CurrentRegulation { row: db.last_insert_rowid(), regulation }))
}

/// The regulation in use.
pub(crate) fn current_regulation(db: &Connection) -> Result<CurrentRegulation, RegisterError> {
    sql::one(db, include_str!("newest_regulation.sql"), [], |row| {
        let (row, file_name, toml): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(CurrentRegulation { row, regulation: Regulation::parse(&file_name, &toml)? })
    })?
    .ok_or_else(|| damaged("regulation is missing"))
}
