//! From the page to what the template sets: every text checked, cleaned and spelled out, so that the template holds
//! typography and fixed wording only.

use crate::content::{Content, digits, short_hash};
use crate::page::{
    FIELD_CHARS_MAX, Kind, Office, PEOPLE_MAX, Paper, REPLACED_MAX, Signatory, StatementError, StatementPage,
};
use crate::words::terbilang;
use payung_domain::VillageKind;
use serde::Serialize;

/// Read by `templates/surat.typ` as `/data.json`.
#[derive(Serialize)]
pub(crate) struct View {
    kind: &'static str,
    name: &'static str,
    number: String,
    collective: bool,
    office: OfficeView,
    head: HeadView,
    place: String,
    date: String,
    year: i32,
    month: u32,
    day: u32,
    citation: String,
    article: Option<String>,
    draft: bool,
    demo: bool,
    stamp_box: bool,
    drawn: bool,
    paper: Paper,
    emblem: bool,
    qr: bool,
    copy: bool,
    replaces: Vec<ReplacedView>,
    #[serde(rename = "replaces-count")]
    replaces_count: String,
    hash: String,
    count: String,
    youngest: String,
    oldest: String,
    people: Vec<PersonView>,
}

#[derive(Serialize)]
pub(crate) struct ReplacedView {
    number: String,
    date: String,
}

#[derive(Serialize)]
pub(crate) struct OfficeView {
    regency: String,
    district: String,
    village: String,
    kind: &'static str,
    address: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct HeadView {
    name: String,
    title: String,
    nip: Option<String>,
}

#[derive(Serialize)]
struct PersonView {
    number: u32,
    name: String,
    nik: String,
    birth_place: Option<String>,
    birth_date: String,
    age: u32,
    age_words: String,
    occupation: String,
    workplace: Option<String>,
    since: Option<String>,
    address: Option<String>,
    longest_word: usize,
}

/// `printable` says whether the fonts have a glyph.
pub(crate) fn view(
    page: &StatementPage,
    content: &Content,
    printable: &dyn Fn(char) -> bool,
) -> Result<View, StatementError> {
    match page.people.len() {
        0 => return Err(StatementError::NoPeople),
        found if found > PEOPLE_MAX => return Err(StatementError::TooManyPeople { found }),
        found if !page.collective && found != 1 => return Err(StatementError::NotOnePerson { found }),
        _ => {}
    }
    let texts = Texts { printable };
    for person in &page.people {
        if person.birth_date.completed_years(page.date) != Some(person.age_years) {
            return Err(StatementError::AgeDisagrees { number: person.number });
        }
    }
    let people = page.people.iter().map(|person| person_view(&texts, person)).collect::<Result<_, _>>()?;
    let ages = || page.people.iter().map(|person| person.age_years);
    if page.replaces.len() > REPLACED_MAX {
        return Err(StatementError::TooManyReplaced { found: page.replaces.len() });
    }
    let (kind, name) = match page.kind {
        Kind::SuratPernyataan => ("pernyataan", "Surat Pernyataan"),
        Kind::SuratPengantarUsulan => ("usulan", "Surat Pengantar Usulan"),
    };
    Ok(View {
        kind,
        name,
        number: texts.clean("nomor surat", &page.number)?,
        collective: page.collective,
        office: texts.office(&page.office)?,
        head: texts.head(&page.head)?,
        place: texts.required("tempat surat", &page.place)?,
        date: page.date.in_words(),
        year: page.date.year(),
        month: page.date.month(),
        day: page.date.day(),
        citation: texts.required("dasar hukum", &page.regulation.citation)?,
        article: match page.kind {
            Kind::SuratPernyataan => texts.optional("pasal", page.regulation.article.as_deref())?,
            Kind::SuratPengantarUsulan => None,
        },
        draft: page.regulation.draft,
        demo: page.demo,
        stamp_box: page.stamp_box,
        drawn: page.drawn_signature.is_some(),
        paper: page.paper,
        emblem: page.emblem.is_some(),
        qr: page.qr.is_some(),
        copy: page.copy,
        replaces: page
            .replaces
            .iter()
            .map(|replaced| {
                Ok(ReplacedView {
                    number: texts.clean("nomor surat yang digantikan", &replaced.number)?,
                    date: replaced.date.in_words(),
                })
            })
            .collect::<Result<_, StatementError>>()?,
        replaces_count: figures_and_words(u32::try_from(page.replaces.len()).unwrap_or(u32::MAX)),
        hash: short_hash(&content.hash),
        count: figures_and_words(u32::try_from(page.people.len()).unwrap_or(u32::MAX)),
        youngest: figures_and_words(ages().min().unwrap_or_default()),
        oldest: figures_and_words(ages().max().unwrap_or_default()),
        people,
    })
}

fn person_view(texts: &Texts, person: &crate::page::PersonLine) -> Result<PersonView, StatementError> {
    let at = |field: &str| format!("{field} (nomor {})", person.number);
    let nik = grouped(&texts.required(&at("NIK"), &person.nik)?);
    let fields = [
        Some(&person.name),
        Some(&nik),
        person.birth_place.as_ref(),
        Some(&person.occupation),
        person.workplace.as_ref(),
        person.since.as_ref(),
        person.address.as_ref(),
    ];
    Ok(PersonView {
        longest_word: longest_word(fields.into_iter().flatten()),
        number: person.number,
        name: texts.required(&at("nama"), &person.name)?,
        nik,
        birth_place: texts.optional(&at("tempat lahir"), person.birth_place.as_deref())?,
        birth_date: person.birth_date.in_words(),
        age: person.age_years,
        age_words: terbilang(person.age_years),
        occupation: texts.required(&at("pekerjaan"), &person.occupation)?,
        workplace: texts.optional(&at("tempat kerja"), person.workplace.as_deref())?,
        since: texts.optional(&at("bekerja sejak"), person.since.as_deref())?,
        address: texts.optional(&at("alamat"), person.address.as_deref())?.as_deref().map(unparted),
    })
}

/// Letters in the longest word, punctuation after it included. The template looks for words to break only where there are
/// any: looking is a third of the work in a long annex.
pub(crate) fn longest_word<'a>(texts: impl IntoIterator<Item = &'a String>) -> usize {
    let words = texts.into_iter().flat_map(|text| text.split_whitespace());
    words.map(|word| word.chars().count() + 1).max().unwrap_or(0)
}

/// `21 (dua puluh satu)`.
pub(crate) fn figures_and_words(n: u32) -> String {
    format!("{n} ({})", terbilang(n))
}

/// `330512 410860 0001`; what has no 16 digits stays as typed.
pub(crate) fn grouped(nik: &str) -> String {
    let digits = digits(nik);
    if digits.len() == 16 {
        format!("{} {} {}", &digits[..6], &digits[6..12], &digits[12..])
    } else {
        nik.to_owned()
    }
}

/// `RT 002` and `RW 005` stay on one line.
pub(crate) fn unparted(address: &str) -> String {
    address.replace("RT ", "RT\u{a0}").replace("RW ", "RW\u{a0}")
}

/// `19780412 200501 1 003`: birth date, month of appointment, sex, serial. What has no 18 digits stays as typed.
fn grouped_nip(nip: &str) -> String {
    let digits = digits(nip);
    if digits.len() == 18 && nip.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        format!("{} {} {} {}", &digits[..8], &digits[8..14], &digits[14..15], &digits[15..])
    } else {
        nip.to_owned()
    }
}

pub(crate) struct Texts<'a> {
    pub printable: &'a dyn Fn(char) -> bool,
}

impl Texts<'_> {
    pub(crate) fn office(&self, office: &Office) -> Result<OfficeView, StatementError> {
        Ok(OfficeView {
            regency: self.required("kabupaten", &office.regency)?,
            district: self.required("kecamatan", &office.district)?,
            village: self.required("desa/kelurahan", &office.village)?,
            kind: match office.village_kind {
                VillageKind::Desa => "Desa",
                VillageKind::Kelurahan => "Kelurahan",
            },
            address: self.optional("alamat kantor", office.address.as_deref())?,
        })
    }

    pub(crate) fn head(&self, head: &Signatory) -> Result<HeadView, StatementError> {
        Ok(HeadView {
            name: self.required("nama pejabat", &head.name)?,
            title: self.required("jabatan", &head.title)?,
            nip: self.optional("NIP", head.nip.as_deref())?.map(|nip| grouped_nip(&nip)),
        })
    }

    pub(crate) fn required(&self, place: &str, text: &str) -> Result<String, StatementError> {
        let text = self.clean(place, text)?;
        if text.is_empty() { Err(StatementError::Empty { place: place.to_owned() }) } else { Ok(text) }
    }

    /// Blank counts as absent.
    pub(crate) fn optional(&self, place: &str, text: Option<&str>) -> Result<Option<String>, StatementError> {
        Ok(Some(self.clean(place, text.unwrap_or_default())?).filter(|text| !text.is_empty()))
    }

    /// [`Self::line`] of at most [`FIELD_CHARS_MAX`] characters.
    pub(crate) fn clean(&self, place: &str, text: &str) -> Result<String, StatementError> {
        let line = self.line(place, text)?;
        let found = line.chars().count();
        if found > FIELD_CHARS_MAX {
            return Err(StatementError::TooLong { place: place.to_owned(), found });
        }
        Ok(line)
    }

    /// One line, single blanks. Invisible characters go: nobody can have meant them, and those that turn the direction
    /// of writing could make a page show other than what it says.
    pub(crate) fn line(&self, place: &str, text: &str) -> Result<String, StatementError> {
        let visible: String = text
            .chars()
            .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
            .filter(|c| !is_invisible(*c))
            .collect();
        let line = visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        match line.chars().find(|c| !(self.printable)(*c)) {
            Some(character) => Err(StatementError::Unprintable { place: place.to_owned(), character }),
            None => Ok(line),
        }
    }
}

/// Format characters: soft hyphen, zero-width, direction marks and overrides, byte order mark, tags.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
