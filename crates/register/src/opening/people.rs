//! The people of an open register: the head's room, new people, new secrets.

use super::key_file::{KeyFile, check_secret};
use super::{guarded, remember};
use crate::door::Door;
use crate::error::RegisterError;
use crate::op::Done;
use crate::register::Register;
use crate::settings;
use crate::setup::{HeadSession, NewPerson, PersonSlot, Role};
use crate::statement::{freezing, heads};
use payung_journal::TrailKind;
use payung_keys::{DatabaseKey, KeyError, same_bytes};

pub(crate) fn enter_head_room(
    register: &mut Register,
    person_id: u32,
    secret: &str,
) -> Result<HeadSession, RegisterError> {
    let slot = KeyFile::read(&register.dir)?.slot(person_id)?.view()?;
    if slot.role != Role::Head {
        return Err(RegisterError::NotTheHead);
    }
    let proved = heads::prove_room(register, person_id, secret)?;
    let title = settings::rows::load(&register.db)?.head_title;
    let slot = PersonSlot { title, ..slot };
    let mut opened = None;
    Door::through(register, |door| {
        freezing::thaw_all(door)?;
        door.trail(TrailKind::HeadEntered, None, &[], &slot.name)?;
        door.actor.clone_from(&slot.name);
        opened = Some(heads::entered(door, &slot, secret, proved)?);
        Ok(Done::default())
    })?;
    let (key, certificate) = opened.ok_or(RegisterError::NotTheHead)?;
    Ok(HeadSession { slot, register: register.id, key, certificate })
}

/// That the secret opens the head's own slot of this register.
pub(crate) fn proves_head(
    file: &KeyFile,
    person_id: u32,
    secret: &str,
    key: &DatabaseKey,
) -> Result<(), RegisterError> {
    if file.slot(person_id)?.view()?.role != Role::Head {
        return Err(RegisterError::NotTheHead);
    }
    if !same_bytes(file.unwrap(person_id, secret)?.expose(), key.expose()) {
        return Err(RegisterError::NotTheHead);
    }
    Ok(())
}

pub(crate) fn add_person(register: &mut Register, person: &NewPerson) -> Result<u32, RegisterError> {
    let mut file = KeyFile::read(&register.dir)?;
    // Otherwise an operator could make a head of their own and sign.
    let has_head = file.people()?.iter().any(|slot| slot.role == Role::Head);
    if person.role == Role::Head && has_head && register.actor.role != Role::Head {
        return Err(RegisterError::NotTheHead);
    }
    let title = settings::rows::load(&register.db)?.head_title;
    refuse_shared(&file, None, person.role, &person.secret)?;
    let id = file.add(&register.key, person, &title, &register.tools)?;
    file.write(&register.dir)?;
    let note = format!("{}: {}", person.role.key(), person.name.trim());
    remember(register, TrailKind::PersonAdded, &note)?;
    Ok(id)
}

pub(crate) fn change_secret(
    register: &mut Register,
    person_id: u32,
    old: &str,
    new: &str,
) -> Result<(), RegisterError> {
    let slot = KeyFile::read(&register.dir)?.slot(person_id)?.view()?;
    check_secret(slot.role, new)?;
    guarded(&register.dir, &register.tools, person_id, |file| file.unwrap(person_id, old))?;
    refuse_shared(&KeyFile::read(&register.dir)?, Some(person_id), slot.role, new)?;
    // The signing key first: if the power goes in between, the old secret still opens the room and a new key is made
    // at the next entry into the room.
    if slot.role == Role::Head {
        heads::reseal(&register.db, person_id, old, new, &*register.tools.randomness)?;
    }
    let mut file = KeyFile::read(&register.dir)?;
    file.rewrap(&register.key, person_id, new, &register.tools)?;
    file.write(&register.dir)?;
    remember(register, TrailKind::SecretChanged, &slot.name)
}

/// The head's secret must be his alone: an operator whose own secret opens the head's room could sign.
///
/// # Errors
/// `SecretShared` where someone of the other role already opens with it.
fn refuse_shared(file: &KeyFile, except: Option<u32>, role: Role, secret: &str) -> Result<(), RegisterError> {
    let others = file.people()?.into_iter().filter(|slot| Some(slot.id) != except && slot.role != role);
    for other in others {
        match file.unwrap(other.id, secret) {
            Ok(_) => return Err(RegisterError::SecretShared),
            Err(RegisterError::Key(KeyError::WrongSecret)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The unlock screen shows the head under the title that the village uses now.
pub(crate) fn set_head_title(register: &Register) -> Result<(), RegisterError> {
    let title = settings::rows::load(&register.db)?.head_title;
    let mut file = KeyFile::read(&register.dir)?;
    file.set_head_title(&title);
    file.write(&register.dir)
}
