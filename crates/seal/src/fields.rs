//! The form fields of a PDF, as far as signatures go (ISO 32000-1, 12.7).

use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// Fields that are looked at, and how deep they nest.
const FIELDS_MAX: usize = 20_000;
const DEPTH_MAX: usize = 32;

/// A signature field that holds a signature.
pub(crate) struct SignatureField<'a> {
    pub name: String,
    /// The object in which the signature dictionary stands: its own, or that of the field.
    pub holder: ObjectId,
    pub dictionary: &'a Dictionary,
    /// The page on which the signature shows itself; `None` for an invisible one.
    pub visible_on: Option<u32>,
}

/// Every signature that the form leads to, in the form's order.
pub(crate) fn signature_fields(document: &Document) -> Vec<SignatureField<'_>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let Some(form) = document.catalog().ok().and_then(|catalog| dictionary(document, catalog, b"AcroForm"))
    else {
        return found;
    };
    let mut open: Vec<(ObjectId, Inherited)> = references(document, form, b"Fields")
        .into_iter()
        .map(|id| (id, Inherited::default()))
        .rev()
        .collect();
    while let Some((id, above)) = open.pop() {
        if !seen.insert(id) || seen.len() > FIELDS_MAX || above.depth > DEPTH_MAX {
            continue;
        }
        let Ok(field) = document.get_dictionary(id) else { continue };
        let own = above.with(document, field);
        for kid in references(document, field, b"Kids").into_iter().rev() {
            open.push((kid, own.clone()));
        }
        if own.is_signature
            && let Ok(value) = field.get(b"V")
            && let Ok((holder, Object::Dictionary(dictionary))) = document.dereference(value)
        {
            let visible_on = shown_on(document, id, field);
            found.push(SignatureField {
                name: own.name,
                holder: holder.unwrap_or(id),
                dictionary,
                visible_on,
            });
        }
    }
    found
}

/// Whether the object is a field of a signature, by itself or by its parent.
pub(crate) fn is_signature_field(document: &Document, field: &Dictionary) -> bool {
    let kind = |field: &Dictionary| field.get(b"FT").and_then(Object::as_name).ok().map(<[u8]>::to_vec);
    let above = || kind(dictionary(document, field, b"Parent")?);
    kind(field).or_else(above).is_some_and(|kind| kind == b"Sig")
}

/// A dictionary under a key, followed through references.
pub(crate) fn dictionary<'a>(
    document: &'a Document,
    at: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    match document.dereference(at.get(key).ok()?).ok()? {
        (_, Object::Dictionary(found)) => Some(found),
        _ => None,
    }
}

/// An array under a key, followed through references.
pub(crate) fn array<'a>(document: &'a Document, at: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    let found = at.get(key).ok().and_then(|object| document.dereference(object).ok());
    match found {
        Some((_, Object::Array(found))) => found,
        _ => &[],
    }
}

pub(crate) fn references(document: &Document, at: &Dictionary, key: &[u8]) -> Vec<ObjectId> {
    array(document, at, key).iter().filter_map(|object| object.as_reference().ok()).collect()
}

/// A text string under a key.
pub(crate) fn text(document: &Document, at: &Dictionary, key: &[u8]) -> Option<String> {
    let (_, object) = document.dereference(at.get(key).ok()?).ok()?;
    let text = lopdf::decode_text_string(object).ok()?;
    Some(text.chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX).collect())
}

/// Characters of a text that is shown.
const TEXT_CHARS_MAX: usize = 300;

#[derive(Clone, Default)]
struct Inherited {
    name: String,
    is_signature: bool,
    depth: usize,
}

impl Inherited {
    fn with(&self, document: &Document, field: &Dictionary) -> Self {
        let name = match (self.name.as_str(), text(document, field, b"T")) {
            (above, None) => above.to_owned(),
            ("", Some(own)) => own,
            (above, Some(own)) => format!("{above}.{own}"),
        };
        let is_signature = match field.get(b"FT").and_then(Object::as_name) {
            Ok(kind) => kind == b"Sig",
            Err(_) => self.is_signature,
        };
        Self { name, is_signature, depth: self.depth + 1 }
    }
}

/// The page whose annotations name the widget, if it has an area at all.
fn shown_on(document: &Document, id: ObjectId, field: &Dictionary) -> Option<u32> {
    let widgets: Vec<(ObjectId, &Dictionary)> = std::iter::once((id, field))
        .chain(
            references(document, field, b"Kids")
                .into_iter()
                .filter_map(|kid| Some((kid, document.get_dictionary(kid).ok()?))),
        )
        .collect();
    let (widget, _) = widgets.into_iter().find(|(_, widget)| {
        let sides: Vec<f32> =
            array(document, widget, b"Rect").iter().filter_map(|side| side.as_float().ok()).collect();
        matches!(sides[..], [left, low, right, high] if left != right && low != high)
    })?;
    let on = document.page_iter().position(|page| {
        document
            .get_dictionary(page)
            .is_ok_and(|page| references(document, page, b"Annots").contains(&widget))
    })?;
    u32::try_from(on + 1).ok()
}
