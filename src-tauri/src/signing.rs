//! Freezing: the final pages with drawing and code, and the empty place of the signature. Nothing is signed here.

use crate::convert::people::village_today;
use crate::dto::{CommandError, Drawing};
use crate::error::Answered;
use crate::letter;
use payung_domain::Timestamp;
use payung_register::{HeadSession, Op, Register, StatementDetail, StatementId};
use payung_seal::{Place, Summary};
use payung_statement::{Signatory, StatementPage};

/// Sets the pages as they will be signed and keeps them. What the code on each page says is signed with the head's key
/// now; whether the letter is signed, the signature in the file says.
pub fn freeze(
    register: &mut Register,
    head: &HeadSession,
    id: StatementId,
    drawing: &Drawing,
    now: Timestamp,
) -> Answered<StatementDetail> {
    let detail = register.statement(id)?;
    let today = village_today(register);
    let mut page = letter::page(register, &detail, Some(drawing), today)?;
    page.head = Signatory { name: head.name().to_owned(), ..page.head };
    let content = payung_statement::content_hash(&page);
    let summary = Summary {
        content,
        village: register.village().code,
        date: today,
        people: u32::try_from(page.people.len()).unwrap_or(u32::MAX),
        number: page.number.clone(),
        signer: page.head.name.clone(),
        key: head.key(),
    };
    page.qr = Some(summary.text(&register.sign_summary(head, &summary)));
    let pdf = payung_statement::render(&page)?;
    if pdf.content_hash != content {
        return Err(CommandError::broken());
    }
    let room = payung_seal::make_room(&pdf.bytes, &signature_place(register, &page, now))?;
    register.transact(Op::Freeze {
        head,
        statement: id,
        room,
        page: serde_json::to_string(&page).map_err(|_| CommandError::broken())?,
        pages: u32::try_from(pdf.pages).unwrap_or(u32::MAX),
        content,
        strokes: letter::strokes_kept(drawing)?,
        on: today,
        certificate: register.certificate_for(head)?,
    })?;
    Ok(register.statement(id)?)
}

/// What the signature says of itself in any PDF viewer.
fn signature_place(register: &Register, page: &StatementPage, now: Timestamp) -> Place {
    let kind = letter::kind_words(register);
    let reason =
        if page.number.is_empty() { kind.to_owned() } else { format!("{kind} Nomor {}", page.number) };
    Place {
        signer: page.head.name.clone(),
        title: page.head.title.clone(),
        reason,
        location: page.place.clone(),
        at: now,
        utc_offset: register.regulation().utc_offset,
    }
}
