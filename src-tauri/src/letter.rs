//! The letter as it will be printed: from what the register lists to what the statement room sets.

use crate::convert::people::village_today;
use crate::dto::{CommandError, Drawing, NewStatement, PageKind, PreparedStatements};
use crate::error::Answered;
use crate::numbering::Agenda;
use payung_domain::date::MONTHS;
use payung_domain::{CivilDate, Field, FieldValues, Occupation, StatementNeed, read};
use payung_register::{
    ListedPerson, Notice, Op, PersonId, PersonSlot, Register, RegisterError, Role, Settings, StatementDetail,
    StatementId,
};
use payung_statement::{
    Kind, Office, Paper, PersonLine, Point, RegulationCited, Signatory, StatementPage, Strokes,
};

/// Printed where no head has been entered yet.
const NO_NAME: &str = "................................";

/// The bytes to show or save. Frozen pages bear the head's drawing and are not signed yet: they are for his eyes only,
/// everybody else sees the letter without it.
pub fn pages(register: &Register, id: StatementId, for_the_head: bool) -> Answered<Vec<u8>> {
    let detail = register.statement(id)?;
    let kept =
        (detail.signed.is_some() || for_the_head).then(|| register.statement_document(id)).transpose()?;
    if let Some(document) = kept.flatten() {
        return Ok(document);
    }
    Ok(payung_statement::render(&page(register, &detail, None, village_today(register))?)?.bytes)
}

/// The page over everyone who is listed and not struck out, dated `date`.
pub fn page(
    register: &Register,
    detail: &StatementDetail,
    drawing: Option<&Drawing>,
    date: CivilDate,
) -> Answered<StatementPage> {
    let regulation = register.regulation();
    let village = register.village();
    let settings = register.settings()?;
    let people = detail.people.iter().filter(|listed| listed.struck_reason.is_none());
    let kept = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(StatementPage {
        office: Office {
            regency: payung_regions::title_of(&village.code.regency().to_string())
                .unwrap_or_else(|| format!("Kabupaten {}", village.regency_name)),
            district: format!("Kecamatan {}", village.district_name),
            village_kind: village.code.kind(),
            village: village.name.clone(),
            address: kept(&settings.office_address),
        },
        kind: match regulation.statement.need {
            StatementNeed::Required => Kind::SuratPernyataan,
            StatementNeed::Offered => Kind::SuratPengantarUsulan,
        },
        number: detail.row.number.clone(),
        collective: detail.row.collective,
        head: signatory(&register.slots()?, &settings.head_title, kept(&settings.head_nip)),
        place: kept(&settings.place).unwrap_or_else(|| village.name.clone()),
        date,
        regulation: RegulationCited {
            citation: regulation.citation.clone(),
            article: regulation.statement.cite.clone(),
            draft: regulation.draft,
        },
        people: people
            .zip(1..)
            .map(|(listed, number)| person(listed, number, date))
            .collect::<Answered<_>>()?,
        drawn_signature: drawing.map(strokes),
        stamp_box: regulation.statement.stamped,
        demo: false,
        paper: Paper::A4,
        emblem: None,
        qr: None,
        copy: false,
        replaces: Vec::new(),
    })
}

fn signatory(slots: &[PersonSlot], title: &str, nip: Option<String>) -> Signatory {
    let head = slots.iter().rev().find(|slot| slot.role == Role::Head);
    Signatory {
        name: head.map_or_else(|| NO_NAME.to_owned(), |head| head.name.clone()),
        title: title.to_owned(),
        nip,
    }
}

fn person(listed: &ListedPerson, number: u32, date: CivilDate) -> Answered<PersonLine> {
    let facts = read(&listed.attested).facts;
    let birth_date = facts.birth_date.ok_or_else(|| {
        CommandError::problem(format!(
            "{} belum punya tanggal lahir yang terbaca. Perbaiki isiannya dahulu.",
            listed.name
        ))
    })?;
    Ok(PersonLine {
        number,
        name: listed.name.clone(),
        nik: listed.nik.clone(),
        birth_place: None,
        birth_date,
        age_years: birth_date.completed_years(date).unwrap_or(0),
        occupation: occupation(&listed.attested),
        workplace: facts.workplace,
        since: facts.working_since.as_deref().map(since),
        address: None,
    })
}

/// One letter for all, or one for each with numbers that count up.
pub fn prepare(register: &mut Register, letter: &NewStatement) -> Answered<PreparedStatements> {
    let people: Vec<PersonId> = letter.people.iter().copied().map(PersonId).collect();
    let groups: Vec<Vec<PersonId>> = if letter.collective {
        vec![people]
    } else {
        people.into_iter().map(|person| vec![person]).collect()
    };
    let (settings, village) = (register.settings()?, register.village().code.to_string());
    let numbers: Vec<String> = {
        let agenda = agenda(register, &settings, &village);
        (0..).take(groups.len()).map(|by| agenda.counted_up(&letter.number, by)).collect()
    };
    let mut prepared = PreparedStatements { ids: Vec::new(), notices: Vec::new() };
    for (people, number) in groups.into_iter().zip(numbers) {
        let op = Op::PrepareStatement { people, collective: letter.collective, number: number.clone() };
        let done = register.transact(op)?;
        prepared.ids.extend(done.statement.map(|statement| statement.0));
        prepared.notices.extend(done.notices.iter().map(|notice| match notice {
            Notice::NumberRepeated { .. } => number_repeated(&number),
        }));
    }
    if prepared.ids.is_empty() { Err(RegisterError::NobodyListed.into()) } else { Ok(prepared) }
}

/// The pages asked for, as PDF bytes.
pub fn print(register: &Register, id: StatementId, what: PageKind) -> Answered<Vec<u8>> {
    match what {
        PageKind::AsSigned => pages(register, id, false),
        PageKind::WetOriginal | PageKind::Copy => Err(CommandError::not_in_this_version()),
    }
}

/// Says when another letter bears the number; `except`: the letter that is meant to bear it.
pub fn number_used(
    register: &Register,
    number: &str,
    except: Option<StatementId>,
) -> Answered<Option<String>> {
    let number = number.trim();
    let taken = !number.is_empty()
        && register.statements()?.iter().any(|known| {
            known.number == number
                && Some(known.id) != except
                && known.status != payung_register::StatementStatus::Withdrawn
        });
    Ok(taken.then(|| number_repeated(number)))
}

fn number_repeated(number: &str) -> String {
    format!("Nomor {number} sudah dipakai surat lain. Periksa buku agenda.")
}

/// Who signs *atas nama* another is not the one whom the regulation asks to answer for the letter.
pub fn acting_title(title: &str) -> Option<String> {
    let compact: String = title.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    (compact.starts_with("a.n") || compact.starts_with("an.") || compact.starts_with("atasnama")).then(|| {
        "Jabatan penanda tangan memakai \u{201c}a.n.\u{201d}. Peraturan meminta pernyataan kepala desa atau lurah sendiri; \
         tanyakan dahulu ke kabupaten."
            .to_owned()
    })
}

/// By the village's agenda; the newest letter of the year says how far it is.
pub fn next_number(register: &Register) -> Answered<String> {
    let (settings, village) = (register.settings()?, register.village().code.to_string());
    let agenda = agenda(register, &settings, &village);
    let offset = register.regulation().utc_offset;
    let mut letters = register.statements()?;
    let this_year = |at: payung_domain::Timestamp| at.civil_date(offset).year() == agenda.today.year();
    let used = letters.iter().filter(|letter| this_year(letter.prepared_at)).count();
    if agenda.starts_anew_each_year() {
        letters.retain(|letter| this_year(letter.prepared_at));
    }
    let newest = letters.iter().map(|letter| letter.number.as_str()).find(|number| !number.trim().is_empty());
    Ok(agenda.suggest(newest, u32::try_from(used).unwrap_or(u32::MAX)))
}

fn agenda<'a>(register: &Register, settings: &'a Settings, village: &'a str) -> Agenda<'a> {
    Agenda { pattern: &settings.number_pattern, code: "", village, today: village_today(register) }
}

/// `Surat Pernyataan 012-SP-XI-2026.pdf`: the number without what a file name cannot hold, never a person's name.
pub fn file_name(register: &Register, id: StatementId) -> Answered<String> {
    let number = register.statement(id)?.row.number;
    let kind = match register.regulation().statement.need {
        StatementNeed::Required => "Surat Pernyataan",
        StatementNeed::Offered => "Surat Pengantar Usulan",
    };
    let number: String =
        number.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let number = if number.is_empty() { id.0.to_string() } else { number };
    Ok(format!("{kind} {number}.pdf"))
}

/// The drawing as the pad recorded it, kept beside the document.
pub fn strokes_kept(drawing: &Drawing) -> Answered<Vec<u8>> {
    serde_json::to_vec(drawing).map_err(|_| CommandError::broken())
}

/// `Petani`, `Pedagang (bakso keliling)`; for *lainnya* the clerk's own words alone.
pub fn occupation(values: &FieldValues) -> String {
    let facts = read(values).facts;
    let detail = facts.occupation_detail.unwrap_or_default();
    match facts.occupation {
        Some(Occupation::Other) | None if !detail.is_empty() => detail,
        Some(known) if detail.is_empty() => known.label().to_owned(),
        Some(known) => format!("{} ({detail})", known.label()),
        None => values.text(Field::Occupation).unwrap_or_default().to_owned(),
    }
}

/// `2015`, `Maret 2015`, `1 Maret 2015`.
pub fn since(text: &str) -> String {
    if let Some(date) = CivilDate::parse(text) {
        return date.in_words();
    }
    let month = text.split_once('-').and_then(|(year, month)| {
        let name = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{name} {year}"))
    });
    month.unwrap_or_else(|| text.to_owned())
}

#[allow(clippy::cast_precision_loss)] // pad pixels are small
fn strokes(drawing: &Drawing) -> Strokes {
    let point = |point: &crate::dto::StrokePoint| Point {
        x: point.x as f32 / 100.0,
        y: point.y as f32 / 100.0,
        pressure: point.pressure as f32 / 1_000.0,
        time_ms: u32::try_from(point.time).unwrap_or(0),
    };
    Strokes(drawing.strokes.iter().map(|stroke| stroke.points.iter().map(point).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn works_as(occupation_word: &str, detail: &str) -> String {
        let values =
            [(Field::Occupation, occupation_word.to_owned()), (Field::OccupationDetail, detail.to_owned())];
        occupation(&values.into_iter().collect())
    }

    #[test]
    fn the_occupation_is_printed_as_a_person_says_it() {
        assert_eq!(works_as("petani", ""), "Petani");
        assert_eq!(works_as("pedagang", "bakso keliling"), "Pedagang (bakso keliling)");
        assert_eq!(works_as("lainnya", "pemulung"), "pemulung");
    }

    #[test]
    fn who_signs_for_another_is_warned_about() {
        for title in ["a.n. Kepala Desa", "A.n Kepala Desa, Sekretaris", "a. n. Lurah", "Atas nama Perbekel"]
        {
            assert!(acting_title(title).is_some(), "{title}");
        }
        for title in ["Kepala Desa", "Plt. Lurah", "Pj. Kepala Desa", "Plh. Perbekel", "Lurah"] {
            assert_eq!(acting_title(title), None, "{title}");
        }
    }

    #[test]
    fn since_when_is_printed_in_words() {
        assert_eq!(since("2015"), "2015");
        assert_eq!(since("2015-03"), "Maret 2015");
        assert_eq!(since("2015-03-01"), "1 Maret 2015");
        assert_eq!(since("dulu"), "dulu");
    }
}
