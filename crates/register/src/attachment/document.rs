//! The signed PDF of a statement that another device made: once its bytes are here and are what was signed, they are the
//! statement's document.

use crate::attachment::rows;
use crate::error::RegisterError;
use crate::sql::{self, column};
use payung_keys::{from_hex, read_cms, sha256};
use payung_seal::{digest_outside, signature_places};
use rusqlite::{Connection, params};
use std::ops::Range;

/// Bytes that are not what was signed stay a file like any other, and are shown as such.
pub(crate) fn settle(db: &Connection, digest: &[u8; 32], bytes: &[u8]) -> Result<(), RegisterError> {
    for (id, signed) in rows::without_document(db, digest)? {
        let Some(signed) = signed else { continue };
        let place: Option<Option<Range<usize>>> = if sha256(&[bytes]) == signed {
            // Statements of the first program: all bytes count.
            Some(None)
        } else {
            signature_places(bytes)
                .into_iter()
                .find(|place| digest_outside(bytes, place.clone()) == signed)
                .map(Some)
        };
        let Some(place) = place else { continue };
        let certificate = place.clone().and_then(|place| certificate(bytes, place));
        let start = place.as_ref().map(|place| column(place.start as u64)).transpose()?;
        let end = place.as_ref().map(|place| column(place.end as u64)).transpose()?;
        sql::run(db, include_str!("put_document.sql"), params![id.0, bytes, start, end, certificate])?;
        sql::run(db, include_str!("in_document.sql"), [digest])?;
    }
    Ok(())
}

/// The signer's, DER, as it stands in the signature.
fn certificate(bytes: &[u8], place: Range<usize>) -> Option<Vec<u8>> {
    let digits = std::str::from_utf8(bytes.get(place)?).ok()?;
    read_cms(&from_hex(digits)?).ok().map(|facts| facts.signer)
}
