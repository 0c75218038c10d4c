//! The head's signature: his own key, under his own secret, over exactly the bytes that he was shown. And his word that
//! takes it back.

use crate::attachment;
use crate::door::Door;
use crate::error::{Refused, RegisterError, WhyNot};
use crate::ids::StatementId;
use crate::op::Done;
use crate::person::door::text;
use crate::person::rows::What;
use crate::person::status::Case;
use crate::setup::HeadSession;
use crate::sql::{self, column, damaged};
use crate::statement::door::{at_stage, happened, name_of};
use crate::statement::rows::{self, Stage};
use crate::statement::{clock, freezing, heads};
use payung_domain::Field;
use payung_journal::{EntityId, Event, Seal, SignedStatement};
use payung_keys::{Signature, SigningKey, certificate_facts, cms_sign, same_bytes, sha256};
use payung_seal::{digest_outside, fill};
use rusqlite::params;

pub(crate) fn sign(
    door: &mut Door<'_>,
    head: &HeadSession,
    key: &SigningKey,
    id: StatementId,
    shown: [u8; 32],
) -> Result<Done, RegisterError> {
    let record = at_stage(door, id, &[Stage::Waiting])?;
    heads::refuse_revoked(door.db, head.person_id(), &key.public(), door.now)?;
    let (Some(digest), Some(gap), Some(content), Some(on), Some(mut document), Some(certificate)) = (
        record.digest,
        record.gap,
        record.content,
        record.frozen_on,
        rows::document(door.db, id)?,
        rows::certificate(door.db, id)?,
    ) else {
        return Err(RegisterError::NotFrozen);
    };
    if gap.end > document.len() {
        return Err(damaged("place of a signature"));
    }
    let kept = digest_outside(&document, gap.clone());
    if !same_bytes(&digest, &shown) || !same_bytes(&digest, &kept) {
        return Err(RegisterError::NotWhatWasShown);
    }
    if on != door.today() {
        return Err(RegisterError::DateMovedOn { on, today: door.today() });
    }
    clock::plausible(door)?;
    let (people, struck) = recheck(door, id)?;
    let replaces = freezing::replaces(door, id)?;
    if replaces != rows::ids(door.db, include_str!("replaces.sql"), [id.0])? {
        return Err(RegisterError::NotWhatWasShown);
    }
    if certificate_facts(&certificate)?.public_key != Some(key.public()) {
        return Err(RegisterError::HeadKeyChanged);
    }
    let cms = cms_sign(key, &certificate, &digest)?;
    fill(&mut document, gap, &cms.der)?;
    let signed = SignedStatement {
        number: record.number,
        collective: record.collective,
        signed_on: on,
        people: people.iter().map(|(_, person, version)| (*person, *version)).collect(),
        struck,
        document: digest,
        signer: head.name().to_owned(),
        title: head.title().to_owned(),
        key: key.public(),
        regulation: door.regulation_ref(),
        office: door.village.name.clone(),
        signature: Signature::from_bytes([0; 64]),
        seal: Some(Seal { signature: cms.signature, certificate: sha256(&[&certificate]), content }),
        replaces: replaces.iter().map(|id| entry_of(door, *id)).collect::<Result<_, _>>()?,
    }
    .signed(key);
    let signature = signed.signature;
    let entry = door.share(Event::StatementSigned { statement: signed })?;
    sql::run(
        door.db,
        include_str!("signed.sql"),
        params![
            id.0,
            document,
            door.now.millis(),
            on.to_string(),
            head.name(),
            head.title(),
            key.public().to_bytes(),
            signature.to_bytes(),
            cms.signature.to_bytes(),
            entry.series.0,
            column(entry.seq)?,
            door.order_of(Some(entry))?,
        ],
    )?;
    for (mut case, _, version) in people {
        let signed = (id.0, case.record.id.0, version.series.0, column(version.seq)?);
        sql::run(door.db, include_str!("put_signed_version.sql"), signed)?;
        happened(door, &mut case, Some(entry), What::Signed { statement: id })?;
    }
    attachment::door::announce_document(door, id, entry, &document)?;
    Ok(Done { statement: Some(id), ..Done::default() })
}

fn entry_of(door: &Door<'_>, id: StatementId) -> Result<EntityId, RegisterError> {
    rows::load(door.db, id)?.entry.ok_or_else(|| damaged("signed statement without an entry"))
}

/// Everyone who is signed for, with their entity and newest version; and those struck out.
type People = (Vec<(Case, EntityId, EntityId)>, Vec<(EntityId, String)>);

/// The attested facts, compared once more inside the transaction that signs.
fn recheck(door: &Door<'_>, id: StatementId) -> Result<People, RegisterError> {
    let attests = &door.regulation.regulation.statement.attests;
    let (mut people, mut struck, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    freezing::refuse_two(door, id)?;
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

/// The head takes a signed statement back. Who stands in it and in no newer one needs a new one.
pub(crate) fn revoke(door: &mut Door<'_>, id: StatementId, reason: &str) -> Result<Done, RegisterError> {
    let reason = text("Alasan", reason, true)?;
    at_stage(door, id, &[Stage::Signed])?;
    let statement = entry_of(door, id)?;
    let on = door.today();
    let entry = door.share(Event::StatementWithdrawn { statement, on, reason: reason.clone() })?;
    sql::run(
        door.db,
        include_str!("revoke.sql"),
        (id.0, door.now.millis(), &reason, entry.series.0, column(entry.seq)?),
    )?;
    for mut case in signed_for(door, id)? {
        let what = What::Uncovered { statement: id, reason: reason.clone() };
        happened(door, &mut case, Some(entry), what)?;
    }
    Ok(Done { statement: Some(id), ..Done::default() })
}

/// Everybody in a signed statement who is not struck out. Whether it still speaks for them is for their status to say.
pub(crate) fn signed_for(door: &Door<'_>, id: StatementId) -> Result<Vec<Case>, RegisterError> {
    let listed = rows::people(door.db, id)?.into_iter().filter(|listed| listed.struck_reason.is_none());
    listed.map(|listed| Case::load(door, listed.person)).collect()
}
