//! The head's key: made in his room under his own secret, certified and revoked by the district.

use crate::door::Door;
use crate::error::RegisterError;
use crate::opening;
use crate::register::Register;
use crate::setup::{HeadSession, PersonSlot};
use crate::sql::{self, array, column, damaged};
use crate::statement::{HeadKeyState, RevokedKey, clock, rows};
use payung_domain::Timestamp;
use payung_journal::{EntityId, Event, RevocationReason};
use payung_keys::{HeadName, KeyError, PublicKey, SigningKey, certificate_facts, self_issued};
use rusqlite::Connection;

/// That the secret opens the head's room, found out before a transaction: with the signing key where the same secret
/// opens it, without where one has to be made because the secret was set anew with the recovery code.
pub(crate) struct Proved(Option<SigningKey>);

/// # Errors
/// `WrongSecret` and `MustWait`, counted as at unlocking.
pub(crate) fn prove_room(register: &Register, slot: u32, secret: &str) -> Result<Proved, RegisterError> {
    let kept = kept_key(&register.db, slot)?;
    opening::guarded(&register.dir, &register.tools, slot, |file| {
        opening::proves_head(file, slot, secret, &register.key)?;
        match kept.map(|kept| open(&kept, secret)) {
            None | Some(Err(RegisterError::Key(KeyError::WrongSecret))) => Ok(Proved(None)),
            Some(key) => Ok(Proved(Some(key?))),
        }
    })
}

/// The key of the head whose room is open, opened once more by his secret.
///
/// # Errors
/// `WrongSecret` and `MustWait`, counted as at unlocking; `HeadKeyChanged` where it is no longer the key of the room.
pub(crate) fn prove_key(
    register: &Register,
    head: &HeadSession,
    secret: &str,
) -> Result<SigningKey, RegisterError> {
    if head.register != register.id {
        return Err(RegisterError::NotTheHead);
    }
    let kept = kept_key(&register.db, head.person_id())?.ok_or(RegisterError::HeadKeyChanged)?;
    if kept.public != head.key() {
        return Err(RegisterError::HeadKeyChanged);
    }
    opening::guarded(&register.dir, &register.tools, head.person_id(), |_| open(&kept, secret))
}

fn open(kept: &KeptKey, secret: &str) -> Result<SigningKey, RegisterError> {
    let key = SigningKey::from_encrypted_pem(&kept.pem, secret)?;
    if key.public() == kept.public { Ok(key) } else { Err(damaged("key of the head")) }
}

/// The key of the head who enters his room, and its self-issued certificate. Made at the first entry, and again where
/// the old secret was lost or the district took the old key for compromised.
pub(crate) fn entered(
    door: &mut Door<'_>,
    slot: &PersonSlot,
    secret: &str,
    proved: Proved,
) -> Result<(SigningKey, Vec<u8>), RegisterError> {
    let village = door.village;
    let who = HeadName {
        name: &slot.name,
        title: &slot.title,
        village: &village.name,
        regency: &village.regency_name,
    };
    let kept = kept_key(door.db, slot.id)?;
    if let (Some(key), Some(kept)) = (proved.0, &kept)
        && !must_be_replaced(door.db, &key.public())?
    {
        let valid = |der: &Vec<u8>| certificate_facts(der).is_ok_and(|facts| facts.not_after > door.now);
        if let Some(certificate) = kept.certificate.clone().filter(valid) {
            return Ok((key, certificate));
        }
        let certificate = self_issued(&key, &who, door.now)?;
        sql::run(door.db, include_str!("put_head_certificate.sql"), (kept.row, &certificate))?;
        return Ok((key, certificate));
    }
    clock::plausible(door)?;
    if let Some(kept) = kept {
        sql::run(door.db, include_str!("replace_head_key.sql"), (kept.row, door.now.millis()))?;
    }
    let key = SigningKey::generate(&*door.tools.randomness);
    let pem = key.to_encrypted_pem(secret, &*door.tools.randomness)?;
    let certificate = self_issued(&key, &who, door.now)?;
    let (name, title) = (slot.name.clone(), slot.title.clone());
    let entry =
        door.share(Event::HeadKeyIntroduced { name: name.clone(), title: title.clone(), key: key.public() })?;
    sql::run(
        door.db,
        include_str!("insert_head_key.sql"),
        (
            slot.id,
            name,
            title,
            key.public().to_bytes(),
            pem,
            door.now.millis(),
            entry.series.0,
            column(entry.seq)?,
            &certificate,
        ),
    )?;
    Ok((key, certificate))
}

/// A head whose office ended keeps his old key and signs no more: no new one is made for him.
fn must_be_replaced(db: &Connection, key: &PublicKey) -> Result<bool, RegisterError> {
    let said: Vec<RevocationReason> = revocations_of(db, key)?.iter().map(|kept| kept.reason).collect();
    Ok(!said.is_empty() && !said.contains(&RevocationReason::OfficeEnded))
}

struct KeptKey {
    row: i64,
    public: PublicKey,
    pem: String,
    certificate: Option<Vec<u8>>,
}

fn kept_key(db: &Connection, slot: u32) -> Result<Option<KeptKey>, RegisterError> {
    sql::one(db, include_str!("head_key.sql"), [slot], |row| {
        let public = PublicKey::from_bytes(&array(row.get(1)?, "key of the head")?)?;
        Ok(KeptKey { row: row.get(0)?, public, pem: row.get(2)?, certificate: row.get(3)? })
    })
}

/// Seals the head's key under a new secret. A key that the old secret does not open stays as it is.
pub(crate) fn reseal(
    db: &Connection,
    slot: u32,
    old: &str,
    new: &str,
    randomness: &dyn payung_domain::Randomness,
) -> Result<(), RegisterError> {
    let Some(kept) = kept_key(db, slot)? else { return Ok(()) };
    let key = match SigningKey::from_encrypted_pem(&kept.pem, old) {
        Err(KeyError::WrongSecret) => return Ok(()),
        other => other?,
    };
    sql::run(db, include_str!("reseal_head_key.sql"), (kept.row, key.to_encrypted_pem(new, randomness)?))?;
    Ok(())
}

/// A key as it was introduced; the private half stays where it is.
pub(crate) struct Introduced {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) key: PublicKey,
    pub(crate) certificate: Option<Vec<u8>>,
    pub(crate) entry: EntityId,
}

/// Every key that ever was, oldest first.
pub(crate) fn introduced(db: &Connection) -> Result<Vec<Introduced>, RegisterError> {
    sql::many(db, include_str!("introduced.sql"), [], |row| {
        let entry = sql::entity(row.get(4)?, row.get(5)?)?;
        Ok(Introduced {
            name: row.get(0)?,
            title: row.get(1)?,
            key: PublicKey::from_bytes(&array(row.get(2)?, "key of the head")?)?,
            certificate: row.get(3)?,
            entry: entry.ok_or_else(|| damaged("entry of a key"))?,
        })
    })
}

/// A certificate that the district gave to a head.
pub(crate) struct Certified {
    pub(crate) key: PublicKey,
    pub(crate) certificate: Vec<u8>,
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
    pub(crate) officer: String,
    pub(crate) entry: EntityId,
}

/// Oldest first.
pub(crate) fn certificates(db: &Connection) -> Result<Vec<Certified>, RegisterError> {
    sql::many(db, include_str!("certificates.sql"), [], |row| {
        let entry = sql::entity(row.get(5)?, row.get(6)?)?;
        Ok(Certified {
            key: PublicKey::from_bytes(&array(row.get(0)?, "key of a head")?)?,
            certificate: row.get(1)?,
            not_before: Timestamp(row.get(2)?),
            not_after: Timestamp(row.get(3)?),
            officer: row.get(4)?,
            entry: entry.ok_or_else(|| damaged("entry of a certificate"))?,
        })
    })
}

pub(crate) struct Revoked {
    pub(crate) key: PublicKey,
    pub(crate) from: Timestamp,
    pub(crate) reason: RevocationReason,
    pub(crate) officer: String,
    pub(crate) note: String,
    pub(crate) entry: EntityId,
}

/// Oldest first.
pub(crate) fn revocations(db: &Connection) -> Result<Vec<Revoked>, RegisterError> {
    sql::many(db, include_str!("revocations.sql"), [], |row| {
        let entry = sql::entity(row.get(5)?, row.get(6)?)?;
        Ok(Revoked {
            key: PublicKey::from_bytes(&array(row.get(0)?, "key of a head")?)?,
            from: Timestamp(row.get(1)?),
            reason: reason(&row.get::<_, String>(2)?)?,
            officer: row.get(3)?,
            note: row.get(4)?,
            entry: entry.ok_or_else(|| damaged("entry of a revocation"))?,
        })
    })
}

fn revocations_of(db: &Connection, key: &PublicKey) -> Result<Vec<Revoked>, RegisterError> {
    Ok(revocations(db)?.into_iter().filter(|kept| kept.key == *key).collect())
}

pub(crate) const fn reason_key(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::Compromised => "compromised",
        RevocationReason::OfficeEnded => "office_ended",
        RevocationReason::Superseded => "superseded",
    }
}

fn reason(key: &str) -> Result<RevocationReason, RegisterError> {
    [RevocationReason::Compromised, RevocationReason::OfficeEnded, RevocationReason::Superseded]
        .into_iter()
        .find(|reason| reason_key(*reason) == key)
        .ok_or_else(|| damaged("reason of a revocation"))
}

/// # Errors
/// `HeadRevoked` where the district took the key away by now, or ended the office of that head under whichever key.
pub(crate) fn refuse_revoked(
    db: &Connection,
    slot: u32,
    key: &PublicKey,
    now: Timestamp,
) -> Result<(), RegisterError> {
    let own: Vec<PublicKey> = sql::many(db, include_str!("keys_of_slot.sql"), [slot], |row| {
        Ok(PublicKey::from_bytes(&array(row.get(0)?, "key of the head")?)?)
    })?;
    let against = revocations(db)?.into_iter().find(|kept| {
        let office = kept.reason == RevocationReason::OfficeEnded && own.contains(&kept.key);
        (office || kept.key == *key) && kept.from <= now
    });
    match against {
        Some(Revoked { reason, note, .. }) => Err(RegisterError::HeadRevoked { reason, note }),
        None => Ok(()),
    }
}

/// Whether the district stands for a signature of that key at that time.
pub(crate) fn counts(db: &Connection, key: &PublicKey, at: Timestamp) -> Result<bool, RegisterError> {
    let certified = certificates(db)?.iter().any(|kept| kept.key == *key);
    let revoked = revocations_of(db, key)?.iter().any(|kept| kept.from <= at);
    Ok(certified && !revoked)
}

/// The district's newest certificate for the key that is valid now.
fn valid_certificate(
    db: &Connection,
    key: &PublicKey,
    now: Timestamp,
) -> Result<Option<(Vec<u8>, Timestamp)>, RegisterError> {
    let known = sql::many(db, include_str!("certificates_of.sql"), [key.to_bytes()], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, Timestamp(row.get(1)?), Timestamp(row.get(2)?)))
    })?;
    let valid = known.into_iter().find(|(_, from, until)| *from <= now && now < *until);
    Ok(valid.map(|(certificate, _, until)| (certificate, until)))
}

pub(crate) fn certificate_for(register: &Register, head: &HeadSession) -> Result<Vec<u8>, RegisterError> {
    let valid = valid_certificate(&register.db, &head.key(), register.tools.clock.now())?;
    Ok(valid.map_or_else(|| head.certificate.clone(), |(certificate, _)| certificate))
}

pub(crate) fn state(register: &Register, head: &HeadSession) -> Result<HeadKeyState, RegisterError> {
    let (db, key) = (&register.db, head.key());
    let now = register.tools.clock.now();
    let revoked = match refuse_revoked(db, head.person_id(), &key, now) {
        Err(RegisterError::HeadRevoked { .. }) => {
            let own = sql::many(db, include_str!("keys_of_slot.sql"), [head.person_id()], |row| {
                rows::key(row.get(0)?)
            })?;
            revocations(db)?
                .into_iter()
                .find(|kept| kept.from <= now && (kept.key == key || own.contains(&Some(kept.key))))
        }
        Err(error) => return Err(error),
        Ok(()) => None,
    };
    Ok(HeadKeyState {
        fingerprint: key.fingerprint(),
        certified: valid_certificate(db, &key, now)?.map(|(_, until)| until),
        revoked: revoked.map(|kept| RevokedKey {
            from: kept.from,
            reason: kept.reason,
            officer: kept.officer,
            note: kept.note,
        }),
        key,
    })
}
