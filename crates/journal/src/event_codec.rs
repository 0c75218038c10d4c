//! Events to bytes and back.

use crate::attachment::Attachment;
use crate::chain::Head;
use crate::codec::{DecodeError, Fields, Result, Unknowns, Value, Writer, message, read_text};
use crate::event::{
    Change, Continues, Event, Reason, RegulationRef, RevocationReason, SeriesKind, TrailKind,
};
use crate::ids::{DeviceId, EntityId, SeriesId};
use crate::statement::{SignedStatement, Stamp};
use chrono::{Datelike, NaiveDate};
use payung_domain::{
    Answer, CivilDate, EndKind, Field, FieldValues, MeteraiKind, MeteraiSerial, Readiness, Timestamp,
    VillageCode,
};
use payung_keys::{PublicKey, Signature};

pub(crate) fn write(event: &Event) -> Vec<u8> {
    message(|w| match event {
        Event::SeriesOpened { kind, village, key, continues } => {
            w.uint(1, series_kind_number(*kind));
            w.text(2, village.digits());
            w.bytes(3, &key.to_bytes());
            if let Some(continues) = continues {
                w.message(4, |w| write_continues(w, continues));
            }
        }
        Event::PersonReleased { values, registered_on, regulation, readiness } => {
            w.message(1, |w| write_values(w, values));
            write_date(w, 2, *registered_on);
            write_regulation(w, 3, regulation);
            w.uint(4, readiness_number(*readiness));
        }
        Event::PersonCorrected { person, base, changed, registered_on, regulation, readiness, also } => {
            w.bytes(1, &person.to_bytes());
            w.bytes(2, &base.to_bytes());
            w.message(3, |w| write_changes(w, changed));
            write_date(w, 4, *registered_on);
            write_regulation(w, 5, regulation);
            w.uint(6, readiness_number(*readiness));
            w.list(7, also.iter().map(|version| version.to_bytes()));
        }
        Event::PersonEnded { person, base, kind, on, reason } => {
            w.bytes(1, &person.to_bytes());
            w.bytes(2, &base.to_bytes());
            w.uint(3, end_kind_number(*kind));
            write_date(w, 4, *on);
            w.text(5, reason);
        }
        Event::HeadKeyIntroduced { name, title, key } => {
            w.text(1, name);
            w.text(2, title);
            w.bytes(3, &key.to_bytes());
        }
        Event::StatementSigned { statement } => statement.write(w),
        Event::StatementStamped { statement, on, stamp } => {
            w.bytes(1, &statement.to_bytes());
            write_date(w, 2, *on);
            if let Some(stamp) = stamp {
                w.message(3, |w| stamp.write(w));
            }
        }
        Event::StatementWithdrawn { statement, on, reason } => {
            w.bytes(1, &statement.to_bytes());
            write_date(w, 2, *on);
            w.text(3, reason);
        }
        Event::StatementTimestamped { statement, token } => {
            w.bytes(1, &statement.to_bytes());
            w.bytes(2, token);
        }
        Event::HeadCertified { key, certificate, officer } => {
            w.bytes(1, &key.to_bytes());
            w.bytes(2, certificate);
            w.text(3, officer);
        }
        Event::HeadRevoked { key, from, reason, officer, note } => {
            w.bytes(1, &key.to_bytes());
            w.int(2, from.millis());
            w.uint(3, revocation_number(*reason));
            w.text(4, officer);
            w.text(5, note);
        }
        Event::StampRefused { statement, serial, other_village, message } => {
            w.bytes(1, &statement.to_bytes());
            w.text(2, serial.as_str());
            w.text_option(3, other_village.as_ref().map(VillageCode::digits));
            w.text(4, message);
        }
        Event::Answered { person, version, answer, reasons, officer, regulation } => {
            w.bytes(1, &person.to_bytes());
            w.bytes(2, &version.to_bytes());
            w.uint(3, answer_number(*answer));
            w.list(4, reasons.iter().map(|reason| message(|w| write_reason(w, reason))));
            w.text_option(5, officer.as_deref());
            write_regulation(w, 6, regulation);
        }
        Event::NikHeldElsewhere { person, version, other_village } => {
            w.bytes(1, &person.to_bytes());
            w.bytes(2, &version.to_bytes());
            w.text(3, other_village.digits());
        }
        Event::Attached { about, attachment } => {
            w.bytes(1, &about.to_bytes());
            w.message(2, |w| attachment.write(w));
        }
        Event::AttachmentRemoved { attached, reason } => {
            w.bytes(1, &attached.to_bytes());
            w.text(2, reason);
        }
        Event::AttachmentRefused { digest, message } => {
            w.bytes(1, digest);
            w.text(2, message);
        }
        Event::DeviceRevoked { device, officer, note } => {
            w.bytes(1, &device.0);
            w.text(2, officer);
            w.text(3, note);
        }
        Event::Trail { what, subject, fields, note } => {
            w.uint(1, what.number());
            if let Some(subject) = subject {
                w.uint(2, *subject);
            }
            if !fields.is_empty() {
                w.bytes(3, &fields.iter().map(|field| field.tag()).collect::<Vec<_>>());
            }
            w.text(4, note);
        }
        Event::Unknown { body, .. } => w.raw(body),
    })
}

/// An event of an unknown kind, or with a word that this program does not know, stays as it is.
pub(crate) fn read(kind: u64, body: &[u8], seen: &Unknowns) -> Result<Event> {
    let unknown = || Event::Unknown { kind, body: body.to_vec() };
    if !(1..=19).contains(&kind) {
        return Ok(unknown());
    }
    match read_known(kind, Fields::read(body, seen)?) {
        Err(DecodeError::Unknown(_)) => Ok(unknown()),
        read => read,
    }
}

fn read_known(kind: u64, mut f: Fields<'_>) -> Result<Event> {
    let f = &mut f;
    let event = match kind {
        1 => Event::SeriesOpened {
            kind: read_series_kind(f.uint(1, "series kind")?)?,
            village: read_village(f, 2)?,
            key: read_key(f, 3)?,
            continues: f.message_option(4, "continues")?.map(read_continues).transpose()?,
        },
        2 => Event::PersonReleased {
            values: read_values(f.message(1, "values")?)?,
            registered_on: read_date(f, 2, "registered_on")?,
            regulation: read_regulation(f, 3)?,
            readiness: read_readiness(f.uint(4, "readiness")?)?,
        },
        3 => Event::PersonCorrected {
            person: read_entity(f, 1)?,
            base: read_entity(f, 2)?,
            changed: read_changes(f.message(3, "changed")?)?,
            registered_on: read_date(f, 4, "registered_on")?,
            regulation: read_regulation(f, 5)?,
            readiness: read_readiness(f.uint(6, "readiness")?)?,
            also: f.list(7, "also")?.into_iter().map(EntityId::from_bytes).collect::<Result<_>>()?,
        },
        4 => Event::PersonEnded {
            person: read_entity(f, 1)?,
            base: read_entity(f, 2)?,
            kind: read_end_kind(f.uint(3, "end kind")?)?,
            on: read_date(f, 4, "on")?,
            reason: f.text(5, "reason")?,
        },
        5 => Event::HeadKeyIntroduced {
            name: f.text(1, "name")?,
            title: f.text(2, "title")?,
            key: read_key(f, 3)?,
        },
        6 => Event::StatementSigned { statement: SignedStatement::read(f)? },
        7 => Event::StatementStamped {
            statement: read_entity(f, 1)?,
            on: read_date(f, 2, "on")?,
            stamp: f.message_option(3, "stamp")?.map(Stamp::read).transpose()?,
        },
        8 => Event::Answered {
            person: read_entity(f, 1)?,
            version: read_entity(f, 2)?,
            answer: read_answer(f.uint(3, "answer")?)?,
            reasons: read_reasons(f)?,
            officer: f.text_option(5, "officer")?,
            regulation: read_regulation(f, 6)?,
        },
        9 => Event::NikHeldElsewhere {
            person: read_entity(f, 1)?,
            version: read_entity(f, 2)?,
            other_village: read_village(f, 3)?,
        },
        11 => Event::StatementWithdrawn {
            statement: read_entity(f, 1)?,
            on: read_date(f, 2, "on")?,
            reason: f.text(3, "reason")?,
        },
        12 => Event::StatementTimestamped {
            statement: read_entity(f, 1)?,
            token: f.bytes(2, "token")?.to_vec(),
        },
        13 => Event::HeadCertified {
            key: read_key(f, 1)?,
            certificate: f.bytes(2, "certificate")?.to_vec(),
            officer: f.text(3, "officer")?,
        },
        14 => Event::HeadRevoked {
            key: read_key(f, 1)?,
            from: Timestamp(f.int(2, "from")?),
            reason: read_revocation(f.uint(3, "reason")?)?,
            officer: f.text(4, "officer")?,
            note: f.text(5, "note")?,
        },
        15 => Event::StampRefused {
            statement: read_entity(f, 1)?,
            serial: read_serial(&f.text(2, "serial")?)?,
            other_village: f
                .text_option(3, "other village")?
                .map(|code| VillageCode::parse(&code))
                .transpose()
                .map_err(|_| DecodeError::Wrong("other village"))?,
            message: f.text(4, "message")?,
        },
        16 => Event::Attached {
            about: read_entity(f, 1)?,
            attachment: Attachment::read(f.message(2, "attachment")?)?,
        },
        17 => Event::AttachmentRemoved { attached: read_entity(f, 1)?, reason: f.text(2, "reason")? },
        18 => Event::AttachmentRefused { digest: f.array(1, "digest")?, message: f.text(2, "message")? },
        19 => Event::DeviceRevoked {
            device: DeviceId(f.array(1, "device")?),
            officer: f.text(2, "officer")?,
            note: f.text(3, "note")?,
        },
        _ => Event::Trail {
            what: TrailKind::from_number(f.uint(1, "trail kind")?),
            subject: f.uint_option(2, "subject")?,
            fields: read_fields(f)?,
            note: f.text(4, "note")?,
        },
    };
    f.finish();
    Ok(event)
}

fn write_continues(w: &mut Writer, continues: &Continues) {
    w.bytes(1, &continues.series.0);
    w.uint(2, continues.seq);
    w.bytes(3, &continues.head.0);
    if let Some(signature) = &continues.signature {
        w.bytes(4, &signature.to_bytes());
    }
    if continues.reentered > 0 {
        w.uint(5, continues.reentered);
    }
}

fn read_continues(mut f: Fields<'_>) -> Result<Continues> {
    let continues = Continues {
        series: SeriesId(f.array(1, "series")?),
        seq: f.uint(2, "seq")?,
        head: Head(f.array(3, "head")?),
        signature: f
            .bytes_option(4, "signature")?
            .map(|bytes| bytes.try_into().map(Signature::from_bytes))
            .transpose()
            .map_err(|_| DecodeError::Wrong("signature"))?,
        reentered: f.uint_option(5, "reentered")?.unwrap_or_default(),
    };
    f.finish();
    Ok(continues)
}

/// The tags are those of the fields.
fn write_values(w: &mut Writer, values: &FieldValues) {
    for (field, value) in values.iter() {
        w.text(u64::from(field.tag()), value);
    }
}

fn read_values(mut f: Fields<'_>) -> Result<FieldValues> {
    let mut values = FieldValues::default();
    for (tag, value) in f.rest() {
        let Value::Bytes(bytes) = value else {
            return Err(DecodeError::Wrong("value"));
        };
        let text = read_text(bytes, "value")?;
        match field_of(tag) {
            Some(field) => values.set(field, text),
            None => f.unknowns().mark(),
        }
    }
    Ok(values)
}

/// An emptied field is the varint 0.
fn write_changes(w: &mut Writer, changes: &[Change]) {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|(field, _)| *field);
    changes.dedup_by_key(|(field, _)| *field);
    for (field, value) in changes {
        match value {
            Some(value) => w.text(u64::from(field.tag()), value),
            None => w.uint(u64::from(field.tag()), 0),
        }
    }
}

fn read_changes(mut f: Fields<'_>) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (tag, value) in f.rest() {
        let value = match value {
            Value::Bytes(bytes) => Some(read_text(bytes, "value")?),
            Value::Varint(0) => None,
            Value::Varint(_) => return Err(DecodeError::Wrong("value")),
        };
        match field_of(tag) {
            Some(field) => changes.push((field, value)),
            None => f.unknowns().mark(),
        }
    }
    Ok(changes)
}

fn write_reason(w: &mut Writer, reason: &Reason) {
    if let Some(field) = reason.field {
        w.uint(1, u64::from(field.tag()));
    }
    w.text_option(2, reason.rule.as_deref());
    w.text(3, &reason.message);
}

fn read_reasons(f: &mut Fields<'_>) -> Result<Vec<Reason>> {
    let seen = f.unknowns();
    f.list(4, "reasons")?
        .into_iter()
        .map(|bytes| {
            let mut f = Fields::read(bytes, seen)?;
            let tag = f.uint_option(1, "field")?;
            let field = tag.and_then(field_of);
            if tag.is_some() && field.is_none() {
                seen.mark();
            }
            let reason = Reason { field, rule: f.text_option(2, "rule")?, message: f.text(3, "message")? };
            f.finish();
            Ok(reason)
        })
        .collect()
}

fn read_fields(f: &mut Fields<'_>) -> Result<Vec<Field>> {
    let tags = f.bytes_option(3, "fields")?.unwrap_or_default();
    let fields: Vec<Field> = tags.iter().filter_map(|tag| Field::from_tag(*tag)).collect();
    if fields.len() != tags.len() {
        f.unknowns().mark();
    }
    Ok(fields)
}

fn field_of(tag: u64) -> Option<Field> {
    u8::try_from(tag).ok().and_then(Field::from_tag)
}

pub(crate) fn write_regulation(w: &mut Writer, tag: u64, regulation: &RegulationRef) {
    w.message(tag, |w| {
        w.text(1, &regulation.id);
        w.bytes(2, &regulation.digest);
    });
}

pub(crate) fn read_regulation(f: &mut Fields<'_>, tag: u64) -> Result<RegulationRef> {
    let mut f = f.message(tag, "regulation")?;
    let regulation = RegulationRef { id: f.text(1, "id")?, digest: f.array(2, "digest")? };
    f.finish();
    Ok(regulation)
}

/// Days since 1970-01-01.
pub(crate) fn write_date(w: &mut Writer, tag: u64, date: CivilDate) {
    w.int(tag, date.days_since_epoch());
}

pub(crate) fn read_date(f: &mut Fields<'_>, tag: u64, what: &'static str) -> Result<CivilDate> {
    let days = f.int(tag, what)?;
    i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days)
        .and_then(|date| CivilDate::new(date.year(), date.month(), date.day()))
        .ok_or(DecodeError::Wrong(what))
}

fn read_entity(f: &mut Fields<'_>, tag: u64) -> Result<EntityId> {
    EntityId::from_bytes(f.bytes(tag, "entity")?)
}

fn read_village(f: &mut Fields<'_>, tag: u64) -> Result<VillageCode> {
    VillageCode::parse(&f.text(tag, "village")?).map_err(|_| DecodeError::Wrong("village"))
}

/// As it was written: normalised text reads back as itself.
pub(crate) fn read_serial(text: &str) -> Result<MeteraiSerial> {
    MeteraiSerial::parse(text)
        .ok()
        .filter(|serial| serial.as_str() == text)
        .ok_or(DecodeError::Wrong("serial"))
}

pub(crate) fn read_key(f: &mut Fields<'_>, tag: u64) -> Result<PublicKey> {
    PublicKey::from_bytes(&f.array(tag, "key")?).map_err(|_| DecodeError::Wrong("key"))
}

/// The numbers of a closed list of words; they never change meaning.
macro_rules! numbers {
    ($type:ty, $write:ident, $read:ident, $what:literal: $($number:literal $variant:path),+ $(,)?) => {
        pub(crate) const fn $write(value: $type) -> u64 {
            match value { $($variant => $number),+ }
        }

        pub(crate) const fn $read(number: u64) -> Result<$type> {
            match number { $($number => Ok($variant),)+ _ => Err(DecodeError::Unknown($what)) }
        }
    };
}

numbers!(SeriesKind, series_kind_number, read_series_kind, "series kind":
    1 SeriesKind::Shared, 2 SeriesKind::Local, 3 SeriesKind::Decisions);
numbers!(Readiness, readiness_number, read_readiness, "readiness":
    1 Readiness::Attestable, 2 Readiness::WithNotes, 3 Readiness::Incomplete);
numbers!(EndKind, end_kind_number, read_end_kind, "end kind":
    1 EndKind::Died, 2 EndKind::Moved, 3 EndKind::Withdrew, 4 EndKind::Cancelled);
numbers!(Answer, answer_number, read_answer, "answer":
    1 Answer::Arrived, 2 Answer::NeedsFix, 3 Answer::DuplicateNik, 4 Answer::Passed, 5 Answer::NotEligible);
numbers!(MeteraiKind, meterai_kind_number, read_meterai_kind, "meterai kind":
    1 MeteraiKind::Paper, 2 MeteraiKind::Electronic, 3 MeteraiKind::Afterwards, 4 MeteraiKind::DigitalImprint);
numbers!(RevocationReason, revocation_number, read_revocation, "revocation reason":
    1 RevocationReason::Compromised, 2 RevocationReason::OfficeEnded, 3 RevocationReason::Superseded);
