//! Traces of an e-meterai in a PDF. They are named as they were seen; whether a meterai is genuine only its issuer can
//! tell.

use crate::fields::{array, text};
use crate::verify::SignatureReport;
use lopdf::{Document, Object};

/// What gives a meterai away, in lower case.
const NAMES: [&str; 6] = ["e-meterai", "emeterai", "e meterai", "meterai elektronik", "materai", "peruri"];
/// Digits of an electronic meterai's serial number.
const SERIAL_DIGITS: usize = 22;
/// Annotations that are looked at.
const ANNOTATIONS_MAX: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampSeen {
    pub trace: StampTrace,
    pub page: Option<u32>,
    /// A number of 22 digits beside it.
    pub serial: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StampTrace {
    /// A signature whose signer, issuer, field or reason names it: the field.
    Signature(String),
    /// A note or picture laid over a page.
    Annotation,
}

pub(crate) fn stamps_seen(document: &Document, signatures: &[SignatureReport]) -> Vec<StampSeen> {
    let mut seen: Vec<StampSeen> = signatures
        .iter()
        .filter_map(|one| {
            let said = [
                one.field.as_str(),
                &one.subject,
                &one.issuer,
                one.reason.as_deref().unwrap_or_default(),
                one.location.as_deref().unwrap_or_default(),
            ]
            .join(" ");
            names_one(&said).then(|| StampSeen {
                trace: StampTrace::Signature(one.field.clone()),
                page: one.visible_on,
                serial: serial(&said),
            })
        })
        .collect();
    let mut looked_at = 0;
    for (index, page) in document.page_iter().enumerate() {
        let Ok(page) = document.get_dictionary(page) else { continue };
        for annotation in array(document, page, b"Annots") {
            looked_at += 1;
            if looked_at > ANNOTATIONS_MAX {
                return seen;
            }
            let Ok((_, Object::Dictionary(annotation))) = document.dereference(annotation) else { continue };
            let widget = annotation.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Widget");
            let said: Vec<String> = [b"Contents".as_slice(), b"NM", b"T", b"Subj"]
                .iter()
                .filter_map(|key| text(document, annotation, key))
                .collect();
            let said = said.join(" ");
            if !widget && names_one(&said) {
                seen.push(StampSeen {
                    trace: StampTrace::Annotation,
                    page: u32::try_from(index + 1).ok(),
                    serial: serial(&said),
                });
            }
        }
    }
    seen
}

fn names_one(said: &str) -> bool {
    let said = said.to_lowercase();
    NAMES.iter().any(|name| said.contains(name))
}

fn serial(said: &str) -> Option<String> {
    said.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == SERIAL_DIGITS).map(str::to_owned)
}
