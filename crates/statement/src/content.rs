//! What a statement attests, as one small file: `statement.json`, embedded in the PDF. Its SHA-256 is the content hash
//! printed on every page, so that `pdfdetach` and `sha256sum` are enough to compare the two.
//!
//! The file names people, but holds their NIK masked and their attested facts only as digests: the page itself is where
//! a person reads them. The drawn signature is left out, so that preview, wet print and signed print agree.

use crate::page::{Kind, PersonLine, StatementPage};
use crate::stored::village_kind_key;
use serde::Serialize;

/// The bytes of `statement.json` and their SHA-256.
pub(crate) struct Content {
    pub json: Vec<u8>,
    pub hash: [u8; 32],
}

/// Field order is part of the format: the hash is taken over these very bytes.
#[derive(Serialize)]
struct StatementJson<'a> {
    format: &'static str,
    kind: &'static str,
    number: &'a str,
    collective: bool,
    date: String,
    place: &'a str,
    regency: &'a str,
    district: &'a str,
    village_kind: &'static str,
    village: &'a str,
    signatory: SignatoryJson<'a>,
    regulation: RegulationJson<'a>,
    sample: bool,
    /// Left out where nothing is replaced: the bytes of earlier statements stay as they were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<ReplacedJson<'a>>,
    count: usize,
    people: Vec<PersonJson<'a>>,
}

#[derive(Serialize)]
struct SignatoryJson<'a> {
    name: &'a str,
    title: &'a str,
    nip: Option<&'a str>,
}

#[derive(Serialize)]
struct RegulationJson<'a> {
    citation: &'a str,
    article: Option<&'a str>,
    draft: bool,
}

#[derive(Serialize)]
struct ReplacedJson<'a> {
    number: &'a str,
    date: String,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    number: u32,
    name: &'a str,
    nik: String,
    facts: String,
}

pub(crate) fn content(page: &StatementPage) -> Content {
    let office = &page.office;
    let cites_article = page.kind == Kind::SuratPernyataan;
    let statement = StatementJson {
        format: "payung-statement/1",
        kind: match page.kind {
            Kind::SuratPernyataan => "surat_pernyataan",
            Kind::SuratPengantarUsulan => "surat_pengantar_usulan",
        },
        number: &page.number,
        collective: page.collective,
        date: page.date.to_string(),
        place: &page.place,
        regency: &office.regency,
        district: &office.district,
        village_kind: village_kind_key(office.village_kind),
        village: &office.village,
        signatory: SignatoryJson {
            name: &page.head.name,
            title: &page.head.title,
            nip: page.head.nip.as_deref(),
        },
        regulation: RegulationJson {
            citation: &page.regulation.citation,
            article: page.regulation.article.as_deref().filter(|_| cites_article),
            draft: page.regulation.draft,
        },
        sample: page.demo,
        replaces: page
            .replaces
            .iter()
            .map(|replaced| ReplacedJson { number: &replaced.number, date: replaced.date.to_string() })
            .collect(),
        count: page.people.len(),
        people: page
            .people
            .iter()
            .map(|person| PersonJson {
                number: person.number,
                name: &person.name,
                nik: masked(&person.nik),
                facts: payung_keys::hex(&person.digest()),
            })
            .collect(),
    };
    // Strings, numbers and booleans only: this cannot fail, and an empty file would still be hashed as what it is.
    let json = serde_json::to_vec(&statement).unwrap_or_default();
    let hash = payung_keys::sha256(&[&json]);
    Content { json, hash }
}

impl PersonLine {
    /// SHA-256 over the facts the statement attests of this person, each with its length before it. The running number
    /// is not part of it: the same facts give the same digest in every statement.
    pub fn digest(&self) -> [u8; 32] {
        let nik = digits(&self.nik);
        let birth_date = self.birth_date.to_string();
        let age = self.age_years.to_string();
        let texts: [Option<&str>; 9] = [
            Some(&nik),
            Some(&self.name),
            self.birth_place.as_deref(),
            Some(&birth_date),
            Some(&age),
            Some(&self.occupation),
            self.workplace.as_deref(),
            self.since.as_deref(),
            self.address.as_deref(),
        ];
        let mut bytes = b"payung attested facts 1".to_vec();
        for text in texts {
            match text {
                Some(text) => {
                    bytes.push(1);
                    bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
                    bytes.extend_from_slice(text.as_bytes());
                }
                None => bytes.push(0),
            }
        }
        payung_keys::sha256(&[&bytes])
    }
}

/// What [`crate::Pdf::content_hash`] will be, without setting anything: the code on the pages is made over it.
pub fn content_hash(page: &StatementPage) -> [u8; 32] {
    content(page).hash
}

/// `A1B2-C3D4-E5F6-0718`: the first 16 hex digits, as printed on every page.
pub fn short_hash(hash: &[u8; 32]) -> String {
    let hex = payung_keys::hex(&hash[..8]).to_uppercase();
    let groups: Vec<&str> =
        [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|range| hex.get(range)).collect();
    groups.join("-")
}

pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `330512******0001`; what is no NIK is hidden whole.
pub(crate) fn masked(nik: &str) -> String {
    match digits(nik).as_str() {
        digits if digits.len() == 16 => format!("{}******{}", &digits[..6], &digits[12..]),
        _ => "****************".to_owned(),
    }
}
