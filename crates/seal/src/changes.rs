//! What was appended to a PDF after it was signed. The older revision is read by itself, everything that can be reached
//! in it is compared with the file as it is now, and only what later signatures and filled-in forms need may differ.

use crate::fields::{array, dictionary, is_signature_field, references};
use crate::file::Pdf;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// What stands behind the part that a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaterChanges {
    /// Nothing, or only blanks.
    None,
    /// Further signatures, time stamps, what verifies them, or values in form fields.
    OnlySignatures,
    /// Something that changes what a reader sees, or that cannot be told.
    Other,
}

/// Of the catalog: what verifies signatures, metadata that no page shows, and the form, which is compared by itself.
const CATALOG_MAY_CHANGE: &[&[u8]] = &[b"DSS", b"Metadata", b"Extensions", b"Version", b"AcroForm"];
/// Of the form: its fields are compared by themselves.
const FORM_MAY_CHANGE: &[&[u8]] = &[b"Fields", b"SigFlags"];
const FORM_MAY_GAIN: &[&[u8]] = &[b"DR", b"DA"];
/// Of a field that holds no signature yet.
const FIELD_MAY_CHANGE: &[&[u8]] = &[b"V", b"AP", b"AS", b"F", b"MK"];

/// Compares the revision that ends at `end` with the whole file.
pub(crate) fn later_changes(bytes: &[u8], end: usize, now: &Document) -> LaterChanges {
    let (signed, rest) = bytes.split_at(end.min(bytes.len()));
    if rest.trim_ascii().is_empty() {
        return LaterChanges::None;
    }
    let Ok(then) = Pdf::open(signed) else { return LaterChanges::Other };
    let comparison = Comparison { then: &then.document, now };
    if rest.trim_ascii_end().ends_with(b"%%EOF") && comparison.only_signatures() {
        LaterChanges::OnlySignatures
    } else {
        LaterChanges::Other
    }
}

struct Comparison<'a> {
    then: &'a Document,
    now: &'a Document,
}

impl Comparison<'_> {
    fn only_signatures(&self) -> bool {
        self.compare().is_some()
    }

    /// `None` at the first difference that may not be.
    fn compare(&self) -> Option<()> {
        // A table that had to be mended can be read in two ways.
        holds(self.then.xref_recovery.is_none() && self.now.xref_recovery.is_none())?;
        let root = self.then.trailer.get(b"Root").ok()?.as_reference().ok()?;
        holds(self.now.trailer.get(b"Root").ok()?.as_reference().ok()? == root)?;
        let pages: BTreeSet<ObjectId> = self.then.page_iter().collect();

        let mut seen = BTreeSet::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let (then, now) = match (self.then.objects.get(&id), self.now.objects.get(&id)) {
                (None, None) => continue,
                (Some(then), Some(now)) => (then, now),
                // An object that was missing and is there now shows something new as surely as the reverse.
                _ => return None,
            };
            match (then, now) {
                (Object::Dictionary(then), Object::Dictionary(now)) if id == root => {
                    same_but(then, now, CATALOG_MAY_CHANGE)?;
                    push_but(then, CATALOG_MAY_CHANGE, &mut open);
                    self.compare_forms(&mut open)?;
                }
                (Object::Dictionary(then), Object::Dictionary(now)) if pages.contains(&id) => {
                    same_but(then, now, &[b"Annots"])?;
                    push_but(then, &[b"Annots"], &mut open);
                    self.compare_lists(
                        array(self.then, then, b"Annots"),
                        array(self.now, now, b"Annots"),
                        &mut open,
                    )?;
                }
                (Object::Dictionary(then), Object::Dictionary(now)) if is_field(then) => {
                    self.compare_fields(then, now, &mut open)?;
                }
                (Object::Stream(then), Object::Stream(now)) => {
                    holds(then.dict == now.dict && then.content == now.content)?;
                    push_but(&then.dict, &[], &mut open);
                }
                (then, now) => {
                    holds(then == now)?;
                    push(then, &mut open);
                }
            }
        }
        Some(())
    }

    fn compare_forms(&self, open: &mut Vec<ObjectId>) -> Option<()> {
        let none = Dictionary::new();
        let then = dictionary(self.then, self.then.catalog().ok()?, b"AcroForm").unwrap_or(&none);
        let now = dictionary(self.now, self.now.catalog().ok()?, b"AcroForm").unwrap_or(&none);
        let may_differ: Vec<&[u8]> = FORM_MAY_CHANGE
            .iter()
            .chain(FORM_MAY_GAIN.iter().filter(|key| !then.has(key)))
            .copied()
            .collect();
        same_but(then, now, &may_differ)?;
        push_but(then, FORM_MAY_CHANGE, open);
        self.compare_lists(array(self.then, then, b"Fields"), array(self.now, now, b"Fields"), open)
    }

    /// Everything is still there, in its order, and what was added are new fields for signatures.
    fn compare_lists(&self, then: &[Object], now: &[Object], open: &mut Vec<ObjectId>) -> Option<()> {
        let mut kept = then.iter().peekable();
        for object in now {
            if kept.next_if(|old| *old == object).is_some() {
                push(object, open);
                continue;
            }
            let added = object.as_reference().ok()?;
            holds(!self.then.objects.contains_key(&added))?;
            holds(is_signature_field(self.now, self.now.get_dictionary(added).ok()?))?;
        }
        holds(kept.peek().is_none())
    }

    fn compare_fields(&self, then: &Dictionary, now: &Dictionary, open: &mut Vec<ObjectId>) -> Option<()> {
        let signed = is_signature_field(self.then, then) && then.has(b"V");
        if signed {
            holds(then == now)?;
            push_but(then, &[], open);
            return Some(());
        }
        let mut may_differ = FIELD_MAY_CHANGE.to_vec();
        may_differ.push(b"Kids");
        same_but(then, now, &may_differ)?;
        push_but(then, &may_differ, open);
        if references(self.then, then, b"Kids") != references(self.now, now, b"Kids") {
            return self.compare_lists(array(self.then, then, b"Kids"), array(self.now, now, b"Kids"), open);
        }
        open.extend(references(self.then, then, b"Kids"));
        Some(())
    }
}

fn holds(condition: bool) -> Option<()> {
    condition.then_some(())
}

fn is_field(dictionary: &Dictionary) -> bool {
    dictionary.has(b"FT")
        || dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Widget")
}

fn same_but(then: &Dictionary, now: &Dictionary, but: &[&[u8]]) -> Option<()> {
    let rest = |all: &Dictionary| {
        let mut rest = all.clone();
        for key in but {
            rest.remove(key);
        }
        rest
    };
    holds(rest(then) == rest(now))
}

fn push_but(dictionary: &Dictionary, but: &[&[u8]], open: &mut Vec<ObjectId>) {
    for (key, value) in dictionary.iter() {
        if !but.contains(&key.as_slice()) {
            push(value, open);
        }
    }
}

/// The objects that a value leads to. The parser bounds how deep values nest.
fn push(value: &Object, open: &mut Vec<ObjectId>) {
    match value {
        Object::Reference(id) => open.push(*id),
        Object::Array(values) => values.iter().for_each(|value| push(value, open)),
        Object::Dictionary(dictionary) => push_but(dictionary, &[], open),
        Object::Stream(stream) => push_but(&stream.dict, &[], open),
        _ => {}
    }
}
