//! Letters for the screen.

use super::count;
use super::people::village_today;
use crate::dto::{
    CommandError, FrozenStatement, HeadKeyView, HeadRoom, PersonView, StatementActions, StatementCandidate,
    StatementPerson, StatementRow, StatementStatus, StatementView, WaitingStamps,
};
use crate::error::Answered;
use crate::letter::{acting_title, number_used, occupation, since};
use payung_domain::{CivilDate, Delivery, VillageKind, duty_rupiah, read};
use payung_register::{
    HeadSession, ListedPerson, PersonDetail, Register, StatementDetail, StatementStatus as Status,
};
use payung_regulation::Regulation;

pub fn row(detail: &StatementDetail, regulation: &Regulation) -> StatementRow {
    let known = &detail.row;
    let status = status(known.status, regulation);
    StatementRow {
        id: known.id.0,
        number: known.number.clone(),
        collective: known.collective,
        people: count(known.people),
        first_name: listed(detail).next().map(|person| person.name.clone()).unwrap_or_default(),
        status,
        status_words: status_words(status).to_owned(),
        delivery: Delivery::Local.into(),
        delivery_words: Delivery::Local.words().to_owned(),
        prepared_at: known.prepared_at.millis(),
        prepared_by: detail.prepared_by.clone(),
        signed_on: known.signed_on.map(|date| date.to_string()),
        signer: detail.signed.as_ref().map(|signed| signed.signer.clone()),
        stamp_serial: None,
        cost_rupiah: cost(known, regulation),
    }
}

/// The duty on one letter; nothing where the regulation asks for no stamp.
fn cost(known: &payung_register::StatementRow, regulation: &Regulation) -> u32 {
    let on = known.signed_on.unwrap_or_else(|| known.prepared_at.civil_date(regulation.utc_offset));
    if regulation.statement.stamped { duty_rupiah(on).unwrap_or_default() } else { 0 }
}

/// What waits for its meterai, and what that costs.
pub fn waiting_stamps(register: &Register) -> Answered<WaitingStamps> {
    let regulation = register.regulation();
    let all = register.statements()?;
    let waiting =
        all.iter().filter(|known| status(known.status, regulation) == StatementStatus::AwaitingStamp);
    let (mut letters, mut people, mut cost_rupiah) = (0_u32, 0_u32, 0_u32);
    for known in waiting {
        letters += 1;
        people = people.saturating_add(count(known.people));
        cost_rupiah = cost_rupiah.saturating_add(cost(known, regulation));
    }
    let words = if letters == 0 {
        "tidak ada surat yang menunggu meterai".to_owned()
    } else {
        format!("menunggu meterai: {letters} surat, {}", rupiah(cost_rupiah))
    };
    Ok(WaitingStamps { letters, people, cost_rupiah, words })
}

/// `Rp30.000`.
pub fn rupiah(amount: u32) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push('.');
        }
        text.push(digit);
    }
    format!("Rp{text}")
}

fn listed(detail: &StatementDetail) -> impl Iterator<Item = &ListedPerson> {
    detail.people.iter().filter(|person| person.struck_reason.is_none())
}

/// A letter that the regulation wants stamped is not done when it is signed.
fn status(status: Status, regulation: &Regulation) -> StatementStatus {
    match status {
        Status::Draft => StatementStatus::Draft,
        Status::Waiting => StatementStatus::AwaitingSignature,
        Status::Signed if regulation.statement.stamped => StatementStatus::AwaitingStamp,
        Status::Signed | Status::Complete => StatementStatus::Complete,
        Status::Replaced => StatementStatus::Replaced,
        Status::Withdrawn => StatementStatus::Withdrawn,
    }
}

const fn status_words(status: StatementStatus) -> &'static str {
    match status {
        StatementStatus::AwaitingSignature => "menunggu tanda tangan",
        StatementStatus::AwaitingStamp => "ditandatangani, menunggu meterai",
        StatementStatus::Draft => "draf",
        StatementStatus::Complete => "lengkap",
        StatementStatus::Replaced => "digantikan",
        StatementStatus::Withdrawn => "ditarik",
    }
}

pub fn view(register: &Register, detail: &StatementDetail) -> Answered<StatementView> {
    let regulation = register.regulation();
    let kind = register.village().code.kind();
    // A signed letter gives ages on its own date.
    let date = detail.signed.as_ref().map_or_else(|| village_today(register), |signed| signed.on);
    Ok(StatementView {
        row: row(detail, regulation),
        name: regulation.statement.name_for(kind).to_owned(),
        declaration: declaration(&register.settings()?.head_title, regulation, kind, detail.row.people),
        draft_regulation: regulation.draft,
        people: detail.people.iter().map(|listed| person(listed, date)).collect(),
        digest: detail.signed.as_ref().and(detail.digest).map(|digest| payung_keys::hex(&digest)),
        withdrawn_reason: detail.withdrawn_reason.clone(),
        stamp: None,
        stamp_refused: None,
        timestamped_at: None,
        replaces: Vec::new(),
        replaced_by: Vec::new(),
        pages: None,
        content_code: None,
        originals_printed: 0,
        certified: false,
        signature_words: detail.signed.as_ref().map(|_| UNCERTIFIED.to_owned()),
        files: Vec::new(),
        warnings: warnings(register, detail)?,
        actions: actions(detail, regulation),
    })
}

/// What the head's signature is, in law and on paper.
const UNCERTIFIED: &str = "tanda tangan elektronik tidak tersertifikasi";

fn warnings(register: &Register, detail: &StatementDetail) -> Answered<Vec<String>> {
    if detail.row.status != Status::Waiting {
        return Ok(Vec::new());
    }
    let title = acting_title(&register.settings()?.head_title);
    let number = number_used(register, &detail.row.number, Some(detail.row.id))?;
    Ok(title.into_iter().chain(number).collect())
}

fn actions(detail: &StatementDetail, regulation: &Regulation) -> StatementActions {
    let waiting = detail.row.status == Status::Waiting;
    let signed = detail.row.status == Status::Signed;
    StatementActions {
        can_withdraw: waiting,
        can_print_original: waiting || signed,
        can_print_copy: signed && regulation.statement.stamped,
        ..StatementActions::default()
    }
}

/// The key as the head shows it to the officer.
pub fn head_key(register: &Register, session: &HeadSession) -> Answered<HeadKeyView> {
    let _ = (register, session.person_id());
    Ok(HeadKeyView {
        fingerprint: String::new(),
        certified: false,
        can_sign: true,
        words: "Kunci kepala dibuat pada tanda tangan pertama.".to_owned(),
    })
}

/// The room as the head finds it: who he is, and the letters that wait for him.
pub fn head_room(register: &Register, session: &HeadSession) -> Answered<HeadRoom> {
    let regulation = register.regulation();
    let all = register.statements()?;
    let waiting = all.iter().filter(|known| known.status == Status::Waiting);
    let head = register.slots()?.iter().find(|slot| slot.id == session.person_id()).map(PersonView::from);
    Ok(HeadRoom {
        head: head.ok_or_else(CommandError::broken)?,
        key: head_key(register, session)?,
        waiting: waiting
            .map(|known| Ok(row(&register.statement(known.id)?, regulation)))
            .collect::<Answered<_>>()?,
    })
}

pub fn frozen(detail: &StatementDetail) -> Answered<FrozenStatement> {
    let digest = detail.digest.ok_or_else(CommandError::broken)?;
    Ok(FrozenStatement {
        statement_id: detail.row.id.0,
        digest: payung_keys::hex(&digest),
        pages: 0,
        people: count(detail.row.people),
        struck: count(detail.row.struck),
    })
}

/// After the signature: the stamp where one is asked for, else sending. It promises no more than that.
pub fn what_is_next(regulation: &Regulation) -> String {
    if regulation.statement.stamped {
        "Surat sudah ditandatangani secara elektronik, belum bermeterai. Langkah berikut: bubuhkan meterai."
            .to_owned()
    } else {
        "Surat sudah ditandatangani secara elektronik dan dikirim ke kabupaten pada sinkronisasi berikutnya."
            .to_owned()
    }
}

/// What the head declares, in his own person. Only what the letter itself says.
fn declaration(title: &str, regulation: &Regulation, kind: VillageKind, people: u64) -> String {
    let number = u32::try_from(people).map(payung_statement::terbilang).unwrap_or_default();
    let all = format!("{people} ({number}) orang");
    match regulation.statement.need {
        payung_domain::StatementNeed::Required => format!(
            "Saya selaku {title} telah membaca daftar ini dan menyatakan dengan sebenarnya bahwa {all} yang tercantum \
             adalah pekerja, dengan umur sebagaimana tertulis. Saya bertanggung jawab atas kebenaran pernyataan ini."
        ),
        payung_domain::StatementNeed::Offered => format!(
            "Saya selaku {title} telah membaca daftar ini dan mengusulkan {all} yang tercantum melalui {} ini.",
            regulation.statement.name_for(kind)
        ),
    }
}

fn person(listed: &ListedPerson, date: CivilDate) -> StatementPerson {
    let facts = read(&listed.attested).facts;
    StatementPerson {
        id: listed.person.0,
        name: listed.name.clone(),
        nik: listed.nik.clone(),
        birth_date: facts.birth_date.map(|date| date.to_string()).unwrap_or_default(),
        age: facts.birth_date.and_then(|birth| birth.completed_years(date)),
        occupation: occupation(&listed.attested),
        workplace: facts.workplace.unwrap_or_default(),
        working_since: facts.working_since.as_deref().map(since).unwrap_or_default(),
        struck: listed.struck_reason.clone(),
        changed: !listed.changed.is_empty(),
        taken_out: None,
    }
}

pub fn candidate(detail: &PersonDetail) -> StatementCandidate {
    StatementCandidate {
        id: detail.id.0,
        name: text(detail, payung_domain::Field::Name),
        nik: text(detail, payung_domain::Field::Nik),
        hamlet: text(detail, payung_domain::Field::Hamlet),
        occupation: occupation(&detail.values),
        needs_new_statement: detail.status.needs_new_statement,
        warnings: detail
            .check
            .judgement
            .warnings
            .iter()
            .filter(|warning| warning.field.is_some())
            .map(|warning| warning.message.clone())
            .collect(),
    }
}

fn text(detail: &PersonDetail, field: payung_domain::Field) -> String {
    detail.values.text(field).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_regulation::by_id;

    #[test]
    fn signed_is_the_end_only_where_no_stamp_is_asked() {
        let kebumen = by_id("kebumen-56-2024").unwrap();
        let klungkung = by_id("klungkung-draft").unwrap();
        assert_eq!(status(Status::Signed, kebumen), StatementStatus::AwaitingStamp);
        assert_eq!(status(Status::Signed, klungkung), StatementStatus::Complete);
    }

    #[test]
    fn money_is_written_as_people_write_it() {
        assert_eq!((rupiah(0), rupiah(10_000)), ("Rp0".to_owned(), "Rp10.000".to_owned()));
        assert_eq!(rupiah(1_230_000), "Rp1.230.000");
    }

    #[test]
    fn the_head_declares_no_more_than_the_letter_says() {
        let kebumen = declaration("Kepala Desa", by_id("kebumen-56-2024").unwrap(), VillageKind::Desa, 12);
        assert!(kebumen.contains("12 (dua belas) orang") && kebumen.contains("menyatakan"), "{kebumen}");
        let klungkung = declaration("Perbekel", by_id("klungkung-draft").unwrap(), VillageKind::Desa, 1);
        assert!(klungkung.contains("mengusulkan") && !klungkung.contains("menyatakan"), "{klungkung}");
    }
}
