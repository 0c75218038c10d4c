//! The head's signature: his own key, under his own secret, over exactly the bytes that he was shown.

use crate::door::Door;
use crate::error::{Refused, RegisterError, WhyNot};
use crate::ids::StatementId;
use crate::op::Done;
use crate::opening;
use crate::person::rows::What;
use crate::person::status::Case;
use crate::register::Register;
use crate::setup::HeadSession;
use crate::sql::{self, array, column, damaged};
use crate::statement::door::{happened, name_of, waiting};
use crate::statement::rows;
use payung_domain::Field;
use payung_journal::{EntityId, Event, SignedStatement};
use payung_keys::{KeyError, PublicKey, Signature, SigningKey, same_bytes};
use rusqlite::Connection;

pub(crate) fn sign(
    door: &mut Door<'_>,
    head: &HeadSession,
    secret: &str,
    proved: Proved,
    id: StatementId,
    shown: [u8; 32],
) -> Result<Done, RegisterError> {
    let statement = waiting(door, id)?;
    let digest = statement.digest.ok_or(RegisterError::NotFrozen)?;
    let kept = payung_keys::sha256(&[&rows::document(door.db, id)?.unwrap_or_default()]);
    if !same_bytes(&digest, &shown) || !same_bytes(&digest, &kept) {
        return Err(RegisterError::NotWhatWasShown);
    }
    let (people, struck) = recheck(door, id)?;
    let key = head_key(door, head, secret, proved)?;
    let signed = SignedStatement {
        number: statement.number.clone(),
        collective: statement.collective,
        signed_on: door.today(),
        people: people.iter().map(|(_, person, version)| (*person, *version)).collect(),
        struck,
        document: digest,
        signer: head.name().to_owned(),
        title: head.title().to_owned(),
        key: key.public(),
        regulation: door.regulation_ref(),
        office: door.village.name.clone(),
        signature: Signature::from_bytes([0; 64]),
        seal: None,
        replaces: Vec::new(),
    }
    .signed(&key);
    let (signature, public) = (signed.signature, signed.key);
    let entry = door.share(Event::StatementSigned { statement: signed })?;
    sql::run(
        door.db,
        include_str!("signed.sql"),
        (
            id.0,
            door.now.millis(),
            door.today().to_string(),
            head.name(),
            head.title(),
            public.to_bytes(),
            signature.to_bytes(),
            entry.series.0,
            column(entry.seq)?,
        ),
    )?;
    for (mut case, ..) in people {
        happened(door, &mut case, Some(entry), What::Signed { statement: id })?;
    }
    Ok(Done { statement: Some(id), ..Done::default() })
}

/// Everyone who is signed for, with their entity and newest version; and those struck out.
type People = (Vec<(Case, EntityId, EntityId)>, Vec<(EntityId, String)>);

/// The attested facts, compared once more inside the transaction that signs.
fn recheck(door: &Door<'_>, id: StatementId) -> Result<People, RegisterError> {
    let attests = &door.regulation.regulation.statement.attests;
    let (mut people, mut struck, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for listed in rows::people(door.db, id)? {
        let case = Case::load(door, listed.person)?;
        let (Some(entity), Some(version)) = (case.record.entity, case.record.version) else {
            return Err(damaged("listed person without an entry"));
        };
        if let Some(reason) = listed.struck_reason {
            struck.push((entity, reason));
            continue;
        }
        let changed: Vec<Field> =
            rows::changed_facts(&listed.attested, case.record.released.as_ref(), attests);
        let why = if case.ended() {
            Some(WhyNot::Ended)
        } else if !changed.is_empty() {
            Some(WhyNot::Changed(changed))
        } else {
            None
        };
        match why {
            Some(why) => refused.push(Refused { person: listed.person, name: name_of(&case), why }),
            None => people.push((case, entity, version)),
        }
    }
    if !refused.is_empty() {
        return Err(RegisterError::AttestedFactsChanged { people: refused });
    }
    if people.is_empty() {
        return Err(RegisterError::NobodyListed);
    }
    Ok((people, struck))
}

/// That the secret is the head's, found out before the transaction: with the signing key where it opens, without where
/// one has to be made.
pub(crate) struct Proved(Option<SigningKey>);

/// # Errors
/// `WrongSecret` and `MustWait`, counted as at unlocking.
pub(crate) fn prove(
    register: &mut Register,
    head: &HeadSession,
    secret: &str,
) -> Result<Proved, RegisterError> {
    if head.register != register.id {
        return Err(RegisterError::NotTheHead);
    }
    let kept = kept_key(&register.db, head.person_id())?;
    opening::guarded(&register.dir, &register.tools, head.person_id(), |file| {
        if let Some(kept) = kept {
            match SigningKey::from_encrypted_pem(&kept.pem, secret) {
                Ok(key) if key.public() == kept.public => return Ok(Proved(Some(key))),
                Ok(_) | Err(KeyError::WrongSecret) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // The secret may open the room but not the key: it was set anew with the recovery code.
        opening::proves_head(file, head.person_id(), secret, &register.key)?;
        Ok(Proved(None))
    })
}

/// The head's key; made at the first signature, and again where the old secret was lost.
fn head_key(
    door: &mut Door<'_>,
    head: &HeadSession,
    secret: &str,
    proved: Proved,
) -> Result<SigningKey, RegisterError> {
    if let Some(key) = proved.0 {
        return Ok(key);
    }
    let slot = head.person_id();
    if let Some(kept) = kept_key(door.db, slot)? {
        sql::run(door.db, include_str!("replace_head_key.sql"), (kept.row, door.now.millis()))?;
    }
    let key = SigningKey::generate(&*door.tools.randomness);
    let pem = key.to_encrypted_pem(secret, &*door.tools.randomness)?;
    let (name, title) = (head.name().to_owned(), head.title().to_owned());
    let entry =
        door.share(Event::HeadKeyIntroduced { name: name.clone(), title: title.clone(), key: key.public() })?;
    sql::run(
        door.db,
        include_str!("insert_head_key.sql"),
        (
            slot,
            name,
            title,
            key.public().to_bytes(),
            pem,
            door.now.millis(),
            entry.series.0,
            column(entry.seq)?,
        ),
    )?;
    Ok(key)
}

struct KeptKey {
    row: i64,
    public: PublicKey,
    pem: String,
}

fn kept_key(db: &Connection, slot: u32) -> Result<Option<KeptKey>, RegisterError> {
    sql::one(db, include_str!("head_key.sql"), [slot], |row| {
        let public = PublicKey::from_bytes(&array(row.get(1)?, "key of the head")?)?;
        Ok(KeptKey { row: row.get(0)?, public, pem: row.get(2)? })
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
