//! The letter as it will be printed: from what the register lists to what the statement room sets.

use crate::convert::people::village_today;
use crate::dto::{CommandError, Drawing};
use crate::error::Answered;
use payung_domain::date::MONTHS;
use payung_domain::{CivilDate, Field, FieldValues, Occupation, StatementNeed, read};
use payung_register::{
    ListedPerson, PersonSlot, Register, Role, Settings, StatementDetail, StatementId, StatementRef,
};
use payung_statement::{
    Kind, Office, Paper, PersonLine, Point, RegulationCited, Replaced, Signatory, StatementPage, Strokes,
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
    if detail.signed.is_some() {
        return Err(not_here());
    }
    Ok(payung_statement::render(&page(register, &detail, None, village_today(register))?)?.bytes)
}

/// Signed on another laptop, and its PDF follows the data. Pages set anew here would not be what was signed.
pub fn not_here() -> CommandError {
    CommandError::problem(
        "Surat ini ditandatangani di laptop lain dan berkasnya belum diterima di laptop ini. Lakukan sinkronisasi; \
         berkas datang sesudah data.",
    )
}

/// The page over everyone who is listed and not struck out, dated `date`.
pub fn page(
    register: &Register,
    detail: &StatementDetail,
    drawing: Option<&Drawing>,
    date: CivilDate,
) -> Answered<StatementPage> {
    let regulation = register.regulation();
    let settings = register.settings()?;
    let people = detail.people.iter().filter(|listed| listed.struck_reason.is_none());
    Ok(StatementPage {
        office: office(register, &settings),
        kind: match regulation.statement.need {
            StatementNeed::Required => Kind::SuratPernyataan,
            StatementNeed::Offered => Kind::SuratPengantarUsulan,
        },
        number: detail.row.number.clone(),
        collective: detail.row.collective,
        head: signatory(&register.slots()?, &settings),
        place: place(register, &settings),
        date,
        regulation: RegulationCited {
            citation: regulation.citation.clone(),
            article: regulation.statement.cite.clone(),
            draft: regulation.draft,
        },
        people: people
            .zip(1..)
            .map(|(listed, number)| person(listed, number, date, register.village().code.hamlet_word()))
            .collect::<Answered<_>>()?,
        drawn_signature: drawing.map(strokes),
        stamp_box: regulation.statement.stamped,
        demo: false,
        paper: paper(&settings),
        emblem: register.emblem()?,
        qr: None,
        copy: false,
        replaces: detail.replaces.iter().filter_map(replaced).collect(),
    })
}

/// The letterhead.
pub fn office(register: &Register, settings: &Settings) -> Office {
    let village = register.village();
    Office {
        regency: payung_regions::title_of(&village.code.regency().to_string())
            .unwrap_or_else(|| format!("Kabupaten {}", village.regency_name)),
        district: format!("Kecamatan {}", village.district_name),
        village_kind: village.code.kind(),
        village: village.name.clone(),
        address: kept(&settings.office_address),
    }
}

pub const fn paper(settings: &Settings) -> Paper {
    match settings.paper {
        payung_register::Paper::A4 => Paper::A4,
        payung_register::Paper::F4 => Paper::F4,
    }
}

/// Where letters are dated.
pub fn place(register: &Register, settings: &Settings) -> String {
    kept(&settings.place).unwrap_or_else(|| register.village().name.clone())
}

fn replaced(earlier: &StatementRef) -> Option<Replaced> {
    Some(Replaced { number: earlier.number.clone(), date: earlier.signed_on? })
}

fn kept(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The newest head; in his own room he himself signs.
pub fn signatory(slots: &[PersonSlot], settings: &Settings) -> Signatory {
    let head = slots.iter().rev().find(|slot| slot.role == Role::Head);
    Signatory {
        name: head.map_or_else(|| NO_NAME.to_owned(), |head| head.name.clone()),
        title: settings.head_title.clone(),
        nip: kept(&settings.head_nip),
    }
}

fn person(listed: &ListedPerson, number: u32, date: CivilDate, hamlet_word: &str) -> Answered<PersonLine> {
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
        birth_place: listed.beside.text(Field::BirthPlace).map(str::to_owned),
        birth_date,
        age_years: birth_date.completed_years(date).unwrap_or(0),
        occupation: occupation(&listed.attested),
        workplace: facts.workplace,
        since: facts.working_since.as_deref().map(since),
        address: address(&listed.beside, hamlet_word),
    })
}

/// `Jalan Pantai 3, RT 002 RW 001, Dusun Krajan`, as far as known.
pub fn address(values: &FieldValues, hamlet_word: &str) -> Option<String> {
    let named = |word: &str, field| values.text(field).map(|text| after(word, text));
    let neighbourhood = [named("RT", Field::Rt), named("RW", Field::Rw)];
    let neighbourhood = neighbourhood.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [
        values.text(Field::Address).map(str::to_owned),
        Some(neighbourhood).filter(|text| !text.is_empty()),
        named(hamlet_word, Field::Hamlet),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// The word is not said twice where the clerk typed it.
fn after(word: &str, text: &str) -> String {
    let typed = text.to_lowercase().split_whitespace().next().is_some_and(|first| {
        first.eq_ignore_ascii_case(word) || matches!(first, "dusun" | "banjar" | "dukuh" | "lingkungan")
    });
    if typed { text.to_owned() } else { format!("{word} {text}") }
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

/// `Surat Pernyataan 012-SP-XI-2026.pdf`: the number without what a file name cannot hold, never a person's name.
pub fn file_name(register: &Register, id: StatementId) -> Answered<String> {
    let number = register.statement(id)?.row.number;
    let kind = kind_words(register);
    let number: String =
        number.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let number = if number.is_empty() { id.0.to_string() } else { number };
    Ok(format!("{kind} {number}.pdf"))
}

pub fn kind_words(register: &Register) -> &'static str {
    match register.regulation().statement.need {
        StatementNeed::Required => "Surat Pernyataan",
        StatementNeed::Offered => "Surat Pengantar Usulan",
    }
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
    fn an_address_is_printed_as_far_as_it_is_known() {
        let at = |values: &[(Field, &str)]| {
            let values = values.iter().map(|(field, text)| (*field, (*text).to_owned()));
            address(&values.collect(), "Dusun").unwrap_or_default()
        };
        let street = (Field::Address, "Jalan Pantai 3");
        let (rt, rw, hamlet) = ((Field::Rt, "002"), (Field::Rw, "001"), (Field::Hamlet, "Krajan"));
        assert_eq!(at(&[street, rt, rw, hamlet]), "Jalan Pantai 3, RT 002 RW 001, Dusun Krajan");
        assert_eq!(at(&[rt, (Field::Hamlet, "Banjar Anyar")]), "RT 002, Banjar Anyar", "said once");
        assert_eq!(at(&[]), "");
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
