//! What leaves the register about statements: the auditor's book, the exported PDF, what a verifier may know.

use crate::error::RegisterError;
use crate::exchange;
use crate::ids::StatementId;
use crate::register::Register;
use crate::statement::rows::{self, Line};
use crate::statement::{BookRow, BookStamp, heads, stamps};
use payung_domain::{CivilDate, duty_rupiah};
use payung_keys::{certificate_der_from_pem, cms_with_timestamp};
use payung_seal::{Knowledge, fill};

/// Everything ever signed on these days, both included, in the order of signing.
pub(crate) fn book(
    register: &Register,
    from: CivilDate,
    to: CivilDate,
) -> Result<Vec<BookRow>, RegisterError> {
    let db = &register.db;
    let mut book = Vec::new();
    for line in rows::lines(db, register.regulation.regulation.statement.stamped)? {
        let Some(signed_on) = line.row.signed_on.filter(|on| (from..=to).contains(on)) else { continue };
        let replaces = rows::ids(db, include_str!("replaces.sql"), [line.row.id.0])?;
        let numbers = replaces.into_iter().map(|id| Ok(rows::reference(db, id)?.number));
        let replaces = numbers.collect::<Result<_, RegisterError>>()?;
        book.push(row(line, signed_on, replaces));
    }
    book.sort_by_key(|row| (row.signed_on, row.id));
    Ok(book)
}

fn row(line: Line, signed_on: CivilDate, replaces: Vec<String>) -> BookRow {
    let Line { row, stamp } = line;
    let refused_serial = stamp.as_ref().filter(|stamp| stamp.refused).map(|stamp| stamp.serial.clone());
    BookRow {
        id: row.id,
        number: row.number,
        signed_on,
        signer: row.signer.unwrap_or_default(),
        collective: row.collective,
        people: row.people,
        status: row.status,
        revoked: row.revoked,
        replaces,
        refused_serial,
        stamp: stamp.filter(|stamp| !stamp.refused).map(|stamp| BookStamp {
            kind: stamp.kind,
            serial: stamp.serial,
            on: stamp.on,
            duty_rupiah: duty_rupiah(stamp.on).unwrap_or(0),
            original_at: stamp.original_at,
        }),
    }
}

/// The PDF for others: the final one where it came back signed or stamped elsewhere, untouched; else the signed one, with
/// the district's time stamp beside the signature in the place that was kept for it (PAdES B-T).
pub(crate) fn export(register: &Register, id: StatementId) -> Result<Vec<u8>, RegisterError> {
    let db = &register.db;
    let record = rows::load(db, id)?;
    if record.entry.is_none() {
        return Err(RegisterError::NotSigned);
    }
    let original =
        stamps::files(db, id)?.into_iter().rev().find(|kept| kept.row.original && !kept.row.refused);
    if let Some(original) = original
        && let Some(bytes) = stamps::file(db, &original.row.digest)?
    {
        return Ok(bytes);
    }
    let document = rows::document(db, id)?.ok_or(RegisterError::NotSigned)?;
    let (Some(gap), Some(token)) = (record.gap, rows::token(db, id)?) else { return Ok(document) };
    let Some(cms) = document.get(gap.clone()).and_then(der_of_digits) else { return Ok(document) };
    let mut stamped = document.clone();
    match cms_with_timestamp(&cms, &token).map(|cms| fill(&mut stamped, gap, &cms)) {
        Ok(Ok(())) => Ok(stamped),
        // A token larger than the place stays beside the file.
        _ => Ok(document),
    }
}

/// The DER at the beginning of a row of hexadecimal digits, without the zeros that fill the place up.
fn der_of_digits(digits: &[u8]) -> Option<Vec<u8>> {
    let bytes = payung_keys::from_hex(std::str::from_utf8(digits).ok()?)?;
    let length = match *bytes.get(1)? {
        short @ 0..0x80 => 2 + usize::from(short),
        long => {
            let count = usize::from(long & 0x7f);
            if !(1..=4).contains(&count) {
                return None;
            }
            let value =
                bytes.get(2..2 + count)?.iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
            2 + count + value
        }
    };
    bytes.get(..length).map(<[u8]>::to_vec)
}

/// What this village knows when it looks at a PDF: its district's authority, certificates and revocations.
pub(crate) fn knowledge(register: &Register) -> Result<Knowledge, RegisterError> {
    let db = &register.db;
    let enrolment = exchange::enrolment(db)?;
    let root = enrolment.and_then(|enrolment| certificate_der_from_pem(&enrolment.authority_pem).ok());
    Ok(Knowledge {
        roots: root.into_iter().collect(),
        head_certificates: heads::certificates(db)?.into_iter().map(|kept| kept.certificate).collect(),
        revoked: heads::revocations(db)?.into_iter().map(|kept| (kept.key, kept.from)).collect(),
        now: register.tools.clock.now(),
    })
}
