//! Opening a register: the key file, the waits after a wrong secret, and the encrypted database itself.

pub(crate) mod database;
pub(crate) mod key_file;
mod people;
mod waiting;

use crate::error::RegisterError;
use crate::exchange::Origin;
use crate::files::{self, FolderLock};
use crate::register::Register;
use crate::roster::Roster;
use crate::series;
use crate::settings;
use crate::setup::{PersonSlot, Role, Setup, Tools};
use key_file::{KeyFile, check_secret};
use payung_domain::ports::random_bytes;
use payung_journal::{Entry, Event, SeriesId, SeriesKind, TrailKind};
use payung_keys::{DatabaseKey, KeyError, RecoveryCode, SigningKey};
use std::cell::RefCell;
use std::path::Path;

pub(crate) use people::{add_person, change_secret, enter_head_room, proves_head, set_head_title};

/// Name under which a new register's first entries stand, before anyone has acted.
const FOUNDER: &str = "Payung";

pub(crate) fn create(
    dir: &Path,
    setup: &Setup,
    tools: Tools,
) -> Result<(Register, RecoveryCode), RegisterError> {
    files::create_folder(dir)?;
    let lock = FolderLock::take(dir)?;
    if files::key_file_path(dir).exists() {
        return Err(RegisterError::AlreadyExists);
    }
    let Some(operator) = setup.people.iter().find(|person| person.role == Role::Operator) else {
        return Err(RegisterError::TextMissing("Operator"));
    };
    let secrets =
        |role| setup.people.iter().filter(move |person| person.role == role).map(|person| &person.secret);
    if secrets(Role::Head).any(|head| secrets(Role::Operator).any(|operator| head == operator)) {
        return Err(RegisterError::SecretShared);
    }
    let regulations = regulations(setup)?;
    let key = DatabaseKey::generate(&*tools.randomness);
    let id: [u8; 16] = random_bytes(&*tools.randomness);
    let (key_file, code) = KeyFile::create(id, &key, &setup.people, &setup.head_title, &tools)?;
    // A database without its key file is a set-up that was cut off: nothing can be in it.
    remove_leftovers(dir)?;
    let mut db = database::create(&files::database_path(dir), &key, tools.bytes_max)?;
    found(&mut db, setup, &regulations, &tools)?;
    files::sync_folder(dir)?;
    // The key file comes last: with it the register exists.
    key_file.write(dir)?;
    let name = operator.name.trim();
    let actor = key_file.people()?.into_iter().find(|slot| slot.role == Role::Operator && slot.name == name);
    let actor = actor.ok_or(RegisterError::NoSuchSlot)?;
    Ok((open(db, dir, id, key, actor, tools, lock)?, code))
}

/// What the village named, or what comes with the program.
fn regulations(setup: &Setup) -> Result<Vec<(String, String)>, RegisterError> {
    if !setup.regulations.is_empty() {
        return Ok(setup.regulations.clone());
    }
    let regency = setup.village.regency();
    let missing = || RegisterError::NoRegulation(regency);
    let wanted = payung_regulation::builtin_for(regency).ok_or_else(missing)?;
    payung_regulation::SOURCES
        .iter()
        .find(|(name, text)| {
            payung_regulation::Regulation::parse(name, text).is_ok_and(|read| read.id == wanted.id)
        })
        .map(|(name, text)| vec![((*name).to_owned(), (*text).to_owned())])
        .ok_or_else(missing)
}

fn remove_leftovers(dir: &Path) -> Result<(), RegisterError> {
    crate::backup::forget_mark(dir)?;
    for ending in ["db", "db-wal", "db-shm"] {
        match std::fs::remove_file(dir.join(format!("register.{ending}"))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// The first transaction: whose register it is, its regulations, and both series opened by their first entries.
fn found(
    db: &mut rusqlite::Connection,
    setup: &Setup,
    regulations: &[(String, String)],
    tools: &Tools,
) -> Result<(), RegisterError> {
    let transaction = db.transaction()?;
    let (now, regency) = (tools.clock.now(), setup.village.regency());
    settings::rows::insert(&transaction, setup)?;
    for (file_name, toml) in regulations {
        settings::rows::add_regulation(&transaction, regency, file_name, toml, None, now)?;
    }
    if settings::rows::current_regulation(&transaction).is_err() {
        return Err(RegisterError::NoRegulation(regency));
    }
    for kind in [SeriesKind::Shared, SeriesKind::Local] {
        let series = SeriesId::generate(&*tools.randomness);
        let key = SigningKey::generate(&*tools.randomness);
        series::rows::insert(&transaction, series, (kind, Origin::Own), &key.public(), Some(&key))?;
        let mut tail = series::tail::Tail::load(&transaction, kind)?;
        let opened = Event::SeriesOpened { kind, village: setup.village, key: key.public(), continues: None };
        tail.append(&transaction, Entry::new(now, FOUNDER, opened), &*tools.randomness)?;
        tail.save(&transaction)?;
    }
    transaction.commit()?;
    Ok(())
}

pub(crate) fn unlock(
    dir: &Path,
    person_id: u32,
    secret: &str,
    tools: Tools,
) -> Result<Register, RegisterError> {
    if !Register::exists(dir) {
        return Err(RegisterError::NoRegister);
    }
    let lock = FolderLock::take(dir)?;
    let key = guarded(dir, &tools, person_id, |file| file.unwrap(person_id, secret))?;
    let file = KeyFile::read(dir)?;
    let db = database::open(&files::database_path(dir), &key, tools.bytes_max)?;
    let actor = file.slot(person_id)?.view()?;
    let mut register = open(db, dir, file.register()?, key, actor, tools, lock)?;
    // A program that was killed in the head's room leaves nothing of it behind.
    register.transact(crate::op::Op::CloseHeadRoom)?;
    first_since_restore(&mut register)?;
    crate::attachment::announce_older(&mut register)?;
    remember(&mut register, TrailKind::Unlocked, "")?;
    Ok(register)
}

pub(crate) fn unlock_with_recovery(
    dir: &Path,
    code: &str,
    person_id: u32,
    new_secret: &str,
    tools: Tools,
) -> Result<Register, RegisterError> {
    if !Register::exists(dir) {
        return Err(RegisterError::NoRegister);
    }
    let lock = FolderLock::take(dir)?;
    let mut file = KeyFile::read(dir)?;
    let actor = file.slot(person_id)?.view()?;
    check_secret(actor.role, new_secret)?;
    let key = file.unwrap_recovery(code)?;
    // The file is opened before anything is changed: a newer one stays as it is.
    let db = database::open(&files::database_path(dir), &key, tools.bytes_max)?;
    file.rewrap(&key, person_id, new_secret, &tools)?;
    let id = file.register()?;
    file.write(dir)?;
    let name = actor.name.clone();
    let mut register = open(db, dir, id, key, actor, tools, lock)?;
    register.transact(crate::op::Op::CloseHeadRoom)?;
    first_since_restore(&mut register)?;
    crate::attachment::announce_older(&mut register)?;
    remember(&mut register, TrailKind::RecoveryUsed, &name)?;
    Ok(register)
}

fn open(
    db: rusqlite::Connection,
    dir: &Path,
    id: [u8; 16],
    key: DatabaseKey,
    actor: PersonSlot,
    tools: Tools,
    lock: FolderLock,
) -> Result<Register, RegisterError> {
    let mut register = Register {
        village: settings::rows::village(&db)?,
        regulation: settings::rows::current_regulation(&db)?,
        roster: Roster::load(&db)?,
        crowd: RefCell::default(),
        db,
        dir: dir.to_owned(),
        id,
        key,
        tools,
        actor,
        _lock: lock,
    };
    crate::person::judged::catch_up(&mut register)?;
    Ok(register)
}

/// Other devices and the district may know more of this series than the backup does: what comes now goes into a new one.
fn first_since_restore(register: &mut Register) -> Result<(), RegisterError> {
    let dir = register.dir.clone();
    crate::backup::take_mark(&dir, || register.transact(crate::op::Op::OpenNewSeries).map(drop))
}

pub(crate) fn remember(register: &mut Register, what: TrailKind, note: &str) -> Result<(), RegisterError> {
    register.transact(crate::op::Op::Trail { what, person: None, note: note.to_owned() })?;
    Ok(())
}

/// One try of a secret: waits are kept, the try is counted before it is made, and forgotten when it succeeds.
pub(crate) fn guarded<T>(
    dir: &Path,
    tools: &Tools,
    person_id: u32,
    attempt: impl FnOnce(&KeyFile) -> Result<T, RegisterError>,
) -> Result<T, RegisterError> {
    let mut file = KeyFile::read(dir)?;
    let now = tools.clock.now();
    let failures = &mut file.slot_mut(person_id)?.failures;
    let clock_mended = failures.mend_clock(now);
    let wait = failures.remaining(now);
    if !wait.is_zero() {
        if clock_mended {
            file.write(dir)?;
        }
        return Err(RegisterError::MustWait { wait });
    }
    failures.count_one(now);
    let wait = failures.wait();
    file.write(dir)?;
    match attempt(&file) {
        Err(RegisterError::Key(KeyError::WrongSecret)) => Err(RegisterError::WrongSecret { wait }),
        Err(error) => Err(error),
        Ok(done) => {
            file.slot_mut(person_id)?.failures = waiting::Failures::default();
            file.write(dir)?;
            Ok(done)
        }
    }
}
