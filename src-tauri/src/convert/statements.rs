//! Letters for the screen.

use super::people::village_today;
use super::status::end_words;
use super::{count, history, stamp};
use crate::drafting::number_used;
use crate::dto::{
    CommandError, FrozenStatement, HeadKeyView, HeadRoom, PersonView, StatementActions, StatementCandidate,
    StatementPerson, StatementRef, StatementRow, StatementStatus, StatementView, TakenOut, WaitingStamps,
};
use crate::error::Answered;
use crate::letter::{acting_title, occupation, since};
use payung_domain::{CivilDate, UtcOffset, VillageKind, duty_rupiah, read};
use payung_register::{
    HeadKeyState, HeadSession, ListedPerson, PersonDetail, Register, RegisterError, StatementDetail,
    StatementStatus as Status,
};
use payung_regulation::Regulation;

pub fn row(known: &payung_register::StatementRow, regulation: &Regulation) -> StatementRow {
    StatementRow {
        id: known.id.0,
        number: known.number.clone(),
        collective: known.collective,
        people: count(known.people),
        first_name: known.first_name.clone(),
        status: known.status.into(),
        status_words: known.words().to_owned(),
        delivery: known.delivery.into(),
        delivery_words: known.delivery.words().to_owned(),
        prepared_at: known.prepared_at.millis(),
        prepared_by: known.prepared_by.clone(),
        signed_on: known.signed_on.map(|date| date.to_string()),
        signer: known.signer.clone(),
        stamp_serial: known.serial.as_ref().map(|serial| serial.as_str().to_owned()),
        cost_rupiah: cost(known, regulation),
    }
}

impl From<Status> for StatementStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Draft => Self::Draft,
            Status::Waiting => Self::AwaitingSignature,
            Status::Signed => Self::AwaitingStamp,
            Status::Complete => Self::Complete,
            Status::Replaced => Self::Replaced,
            Status::Withdrawn => Self::Withdrawn,
        }
    }
}

/// The duty on one letter: as it was paid, or as it would be today; nothing where the regulation asks for no stamp.
fn cost(known: &payung_register::StatementRow, regulation: &Regulation) -> u32 {
    let on = known.signed_on.unwrap_or_else(|| known.prepared_at.civil_date(regulation.utc_offset));
    let asked = regulation.statement.stamped && known.status != Status::Withdrawn;
    known.duty_rupiah.or_else(|| duty_rupiah(on).filter(|_| asked)).unwrap_or_default()
}

/// What waits for its meterai, and what that costs.
pub fn waiting_stamps(register: &Register) -> Answered<WaitingStamps> {
    let regulation = register.regulation();
    let all = register.statements()?;
    let (mut letters, mut people, mut cost_rupiah) = (0_u32, 0_u32, 0_u32);
    for known in all.iter().filter(|known| known.status == Status::Signed) {
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
    format!("Rp{}", payung_domain::Figure(amount.into()))
}

pub fn view(register: &Register, detail: &StatementDetail) -> Answered<StatementView> {
    let regulation = register.regulation();
    let kind = register.village().code.kind();
    // A signed letter gives ages on its own date.
    let date = detail.signed.as_ref().map_or_else(|| village_today(register), |signed| signed.on);
    Ok(StatementView {
        row: row(&detail.row, regulation),
        name: regulation.statement.name_for(kind).to_owned(),
        declaration: declaration(&register.settings()?.head_title, regulation, kind, detail.row.people),
        draft_regulation: regulation.draft,
        people: detail.people.iter().map(|listed| person(listed, date)).collect(),
        digest: detail.signed.as_ref().and(detail.digest).map(|digest| payung_keys::hex(&digest)),
        withdrawn_reason: detail.withdrawn_reason.clone(),
        stamp: detail.stamp.as_ref().map(stamp::view),
        stamp_refused: detail.stamp.as_ref().and_then(|stamp| stamp.refused.as_ref()).map(stamp::refused),
        timestamped_at: detail.timestamped_at.map(payung_domain::Timestamp::millis),
        replaces: detail.replaces.iter().map(reference).collect(),
        replaced_by: detail.replaced_by.iter().map(reference).collect(),
        arrived_at: detail.arrived_at.map(payung_domain::Timestamp::millis),
        pages: detail.pages,
        content_code: detail.content.map(|content| payung_statement::short_hash(&content)),
        originals_printed: count(detail.originals_printed),
        certified: detail.certified,
        signature_words: detail.signed.as_ref().map(|_| signature_words(detail.certified)),
        files: register.statement_files(detail.row.id)?.into_iter().map(stamp::file).collect(),
        warnings: warnings(register, detail)?,
        history: history::lines(register.statement_history(detail.row.id)?),
        actions: actions(detail, regulation),
    })
}

fn reference(earlier: &payung_register::StatementRef) -> StatementRef {
    let words = earlier.signed_on.map(|on| format!("ditandatangani {}", on.in_words()));
    StatementRef { id: earlier.id.0, number: earlier.number.clone(), words: words.unwrap_or_default() }
}

/// What the head's signature is, in law and on paper: the district is no certified provider.
fn signature_words(certified: bool) -> String {
    let words = "tanda tangan elektronik tidak tersertifikasi";
    if certified {
        format!("{words}; kunci kepala sudah dicocokkan kabupaten")
    } else {
        format!("{words}; kunci kepala belum dicocokkan kabupaten")
    }
}

/// Worth a second look while the letter can still be changed.
fn warnings(register: &Register, detail: &StatementDetail) -> Answered<Vec<String>> {
    if !matches!(detail.row.status, Status::Draft | Status::Waiting) {
        return Ok(Vec::new());
    }
    let title = acting_title(&register.settings()?.head_title);
    let number = number_used(register, &detail.row.number, Some(detail.row.id))?;
    let not_yet = detail.people.iter().filter_map(|listed| {
        let why = listed.why_not.as_ref()?;
        Some(format!("{}: {}", listed.name, why.words()))
    });
    Ok(title.into_iter().chain(number).chain(not_yet).collect())
}

/// What may be done now. A copy or another original can only be set from kept pages, which a letter of the first program
/// has not.
fn actions(detail: &StatementDetail, regulation: &Regulation) -> StatementActions {
    let status = detail.row.status;
    let signed = detail.signed.is_some() && status != Status::Withdrawn;
    let set_again = signed && detail.content.is_some();
    let waits_for_stamp = status == Status::Signed;
    StatementActions {
        can_edit: status == Status::Draft,
        can_hand_over: status == Status::Draft,
        can_withdraw: matches!(status, Status::Draft | Status::Waiting),
        can_revoke: signed,
        can_stamp: waits_for_stamp && regulation.statement.stamped,
        can_correct_stamp: signed && detail.stamp.as_ref().is_some_and(|stamp| stamp.refused.is_none()),
        can_print_original: set_again && (waits_for_stamp || !regulation.statement.stamped),
        can_print_copy: set_again,
    }
}

/// The key as the head shows it to the officer.
pub fn head_key(register: &Register, session: &HeadSession) -> Answered<HeadKeyView> {
    let state = register.head_state(session)?;
    let offset = register.regulation().utc_offset;
    Ok(HeadKeyView {
        certified: state.certified.is_some() && state.revoked.is_none(),
        can_sign: state.revoked.is_none(),
        words: key_words(&state, offset),
        fingerprint: state.fingerprint,
    })
}

fn key_words(state: &HeadKeyState, offset: UtcOffset) -> String {
    match (&state.revoked, state.certified) {
        (Some(revoked), _) => RegisterError::HeadRevoked { reason: revoked.reason, note: revoked.note.clone() }
            .to_string(),
        (None, Some(until)) => format!(
            "Kunci ini sudah dicocokkan kabupaten. Sertifikatnya berlaku sampai {}.",
            until.civil_date(offset).in_words()
        ),
        (None, None) => {
            "Kunci ini belum dicocokkan kabupaten. Bacakan sidik kunci ini langsung kepada petugas kabupaten; sampai itu \
             terjadi surat belum dihitung di kabupaten."
                .to_owned()
        }
    }
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
        waiting: waiting.map(|known| row(known, regulation)).collect(),
    })
}

pub fn frozen(detail: &StatementDetail) -> Answered<FrozenStatement> {
    let digest = detail.digest.ok_or_else(CommandError::broken)?;
    Ok(FrozenStatement {
        statement_id: detail.row.id.0,
        digest: payung_keys::hex(&digest),
        pages: detail.pages.unwrap_or_default(),
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
        taken_out: listed.taken_out.as_ref().map(taken_out),
    }
}

fn taken_out(end: &payung_register::End) -> TakenOut {
    let words = end_words(end.kind);
    let reason = if end.reason.is_empty() { words.to_owned() } else { format!("{words}: {}", end.reason) };
    TakenOut { on: end.on.to_string(), reason }
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
