//! What goes to paper besides the signed bytes: the original for a wet signature, copies, the book for the auditor, the
//! list for the village meeting.

use crate::convert::count;
use crate::convert::people::village_today;
use crate::dto::{CommandError, PageKind, PrintsNoted};
use crate::error::Answered;
use crate::letter;
use payung_domain::{CivilDate, Field, FieldValues, State};
use payung_journal::TrailKind;
use payung_register::{
    BookRow, LIST_ROWS_MAX, ListQuery, Op, Print, Register, Sort, StatementDetail, StatementId,
};
use payung_statement::{Book, BookStamp, PublicList, PublicPerson, StatementPage};
use std::collections::HashSet;

/// The pages asked for, as PDF bytes.
pub fn print(register: &Register, id: StatementId, what: PageKind) -> Answered<Vec<u8>> {
    let detail = register.statement(id)?;
    match what {
        _ if detail.signed.is_some() && register.statement_document(id)?.is_none() => Err(letter::not_here()),
        PageKind::AsSigned if detail.signed.is_some() => Ok(register.statement_export(id)?),
        PageKind::AsSigned => letter::pages(register, id, false),
        PageKind::WetOriginal => set_again(register, &detail, |page| page.drawn_signature = None),
        PageKind::Copy => set_again(register, &detail, |page| page.copy = true),
    }
}

/// Sets the kept pages once more. What they say must be what was signed, or they are not handed out.
fn set_again(
    register: &Register,
    detail: &StatementDetail,
    change: impl FnOnce(&mut StatementPage),
) -> Answered<Vec<u8>> {
    let Some(signed_content) = detail.signed.as_ref().and(detail.content) else {
        return Err(CommandError::problem(
            "Surat ini belum ditandatangani kepala, jadi belum ada yang dapat dicetak sebagai asli atau salinan.",
        ));
    };
    let kept = register.statement_page(detail.row.id)?.ok_or_else(|| {
        CommandError::problem(
            "Surat ini dibuat di laptop lain atau dengan Payung versi pertama. Cetak dari PDF yang ditandatangani: \
             pilih Simpan PDF.",
        )
    })?;
    let mut page: StatementPage = serde_json::from_str(&kept).map_err(|_| CommandError::broken())?;
    change(&mut page);
    let pdf = payung_statement::render(&page)?;
    if pdf.content_hash != signed_content {
        return Err(CommandError::problem(
            "Cetakan ini tidak sama isinya dengan surat yang ditandatangani, jadi tidak dikeluarkan. Simpan PDF yang \
             ditandatangani, lalu cetak dari sana.",
        ));
    }
    Ok(pdf.bytes)
}

/// Counts the prints and says where another original was printed: each bears the duty.
pub fn note_printed(register: &mut Register, ids: &[i64], what: PageKind) -> Answered<PrintsNoted> {
    let mut notices = Vec::new();
    for id in ids {
        let statement = StatementId(*id);
        let op = match what {
            PageKind::WetOriginal => Op::NotePrint { statement, what: Print::WetOriginal },
            PageKind::Copy => Op::NotePrint { statement, what: Print::Copy },
            PageKind::AsSigned => {
                Op::Trail { what: TrailKind::Printed, person: None, note: format!("surat {id} dicetak") }
            }
        };
        let done = register.transact(op)?;
        if what == PageKind::WetOriginal && done.printed_before > 0 {
            let number = register.statement(statement)?.row.number;
            notices.push(printed_before(&number, done.printed_before));
        }
    }
    Ok(PrintsNoted { notices })
}

fn printed_before(number: &str, before: u64) -> String {
    let name = if number.is_empty() { "Surat tanpa nomor" } else { &format!("Surat {number}") };
    format!(
        "{name} sudah pernah dicetak {before} kali sebagai asli. Tiap asli kena bea meterai: pakai satu saja, \
         musnahkan yang lain, dan untuk rangkap cetak SALINAN."
    )
}

/// The register of letters and of meterai between two days, both included.
pub fn book(register: &Register, from: CivilDate, to: CivilDate) -> Answered<Vec<u8>> {
    let settings = register.settings()?;
    let stamped = register.regulation().statement.stamped;
    let book = Book {
        office: letter::office(register, &settings),
        emblem: register.emblem()?,
        paper: letter::paper(&settings),
        from,
        to,
        printed_on: village_today(register),
        place: letter::place(register, &settings),
        head: Some(letter::signatory(&register.slots()?, &settings)),
        rows: register.statement_book(from, to)?.into_iter().map(|row| book_row(row, stamped)).collect(),
        demo: false,
    };
    Ok(payung_statement::render_book(&book)?.bytes)
}

fn book_row(row: BookRow, stamp_needed: bool) -> payung_statement::BookRow {
    let words = if row.revoked { "dicabut" } else { row.status.words() };
    let state = match &row.refused_serial {
        Some(serial) => format!("{words}; nomor seri {serial} ditolak kabupaten"),
        None => words.to_owned(),
    };
    payung_statement::BookRow {
        number: row.number,
        date: row.signed_on,
        people: count(row.people),
        state,
        replaces: row.replaces,
        stamp: row.stamp.map(|stamp| BookStamp {
            kind: stamp.kind,
            serial: stamp.serial.as_str().to_owned(),
            on: stamp.on,
            cost_rupiah: stamp.duty_rupiah,
            original_at: stamp.original_at,
        }),
        stamp_needed,
    }
}

/// The masked list for the village meeting: of these letters, or of everybody who is proposed.
pub fn public_list(register: &Register, letters: Option<&[i64]>) -> Answered<Vec<u8>> {
    let settings = register.settings()?;
    let regulation = register.regulation();
    let people = match letters {
        Some(ids) => people_of(register, ids)?,
        None => everybody(register)?,
    };
    let list = PublicList {
        office: letter::office(register, &settings),
        emblem: register.emblem()?,
        paper: letter::paper(&settings),
        title: "Daftar Calon Penerima Bantuan Iuran".to_owned(),
        date: village_today(register),
        draft: regulation.draft,
        demo: false,
        people,
    };
    Ok(payung_statement::render_public_list(&list)?.bytes)
}

/// Once each, in the order of the letters; who is struck out or taken out is not proposed.
fn people_of(register: &Register, ids: &[i64]) -> Answered<Vec<PublicPerson>> {
    let mut seen = HashSet::new();
    let mut people = Vec::new();
    for id in ids {
        for listed in register.statement(StatementId(*id))?.people {
            let stays = listed.struck_reason.is_none() && listed.taken_out.is_none();
            if stays && seen.insert(listed.person) {
                people.push(public(&register.person(listed.person)?.values));
            }
        }
    }
    Ok(people)
}

fn everybody(register: &Register) -> Answered<Vec<PublicPerson>> {
    let mut query = ListQuery {
        states: State::ALL.iter().copied().filter(|state| is_proposed(*state)).collect(),
        sort: Sort::Name,
        limit: LIST_ROWS_MAX,
        ..ListQuery::default()
    };
    let mut people = Vec::new();
    loop {
        let page = register.list(&query)?;
        for row in &page.rows {
            people.push(public(&register.person(row.id)?.values));
        }
        // One more than fits is enough to be told that it does not fit.
        if (page.rows.len() as u64) < LIST_ROWS_MAX || people.len() > payung_statement::LIST_ROWS_MAX {
            return Ok(people);
        }
        query.offset += LIST_ROWS_MAX;
    }
}

const fn is_proposed(state: State) -> bool {
    !matches!(state, State::Draft | State::Ended | State::Cancelled | State::NotEligible)
}

fn public(values: &FieldValues) -> PublicPerson {
    let text = |field| values.text(field).unwrap_or_default().trim().to_owned();
    PublicPerson { name: text(Field::Name), nik: text(Field::Nik), hamlet: where_they_live(values) }
}

/// `Dusun Krajan, RT 02/RW 01`.
fn where_they_live(values: &FieldValues) -> Option<String> {
    let text = |field| values.text(field).map(str::trim).filter(|text| !text.is_empty());
    let block = match (text(Field::Rt), text(Field::Rw)) {
        (Some(rt), Some(rw)) => Some(format!("RT {rt}/RW {rw}")),
        (Some(rt), None) => Some(format!("RT {rt}")),
        (None, Some(rw)) => Some(format!("RW {rw}")),
        (None, None) => None,
    };
    let parts: Vec<String> = text(Field::Hamlet).map(str::to_owned).into_iter().chain(block).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_somebody_lives_is_told_without_gaps() {
        let lives = |values: &[(Field, &str)]| {
            where_they_live(&values.iter().map(|(field, text)| (*field, (*text).to_owned())).collect())
        };
        assert_eq!(
            lives(&[(Field::Hamlet, "Krajan"), (Field::Rt, "02"), (Field::Rw, "01")]).unwrap(),
            "Krajan, RT 02/RW 01"
        );
        assert_eq!(lives(&[(Field::Rw, "01")]).unwrap(), "RW 01");
        assert_eq!(lives(&[(Field::Hamlet, " ")]), None);
    }

    #[test]
    fn a_second_original_is_told_to_cost_again() {
        let words = printed_before("140/012", 1);
        assert!(words.contains("140/012") && words.contains("bea meterai"), "{words}");
    }
}
