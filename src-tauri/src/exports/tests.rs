//! Everyday paper and tables over a real register.

use super::*;
use crate::dto::{ListSort, StateKey};
use crate::state::real_tools;
use payung_domain::FieldValues;
use payung_domain::{Unwatched, VillageCode};
use payung_register::{Acknowledge, NewPerson, Op, Role, Setup, Tools};
use std::process::Command;
use zeroize::Zeroizing;

pub(crate) struct Office {
    folder: tempfile::TempDir,
    pub(crate) register: Register,
}

fn office(code: &str) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let code = VillageCode::parse(code).unwrap();
    let place = payung_regions::place(code).unwrap();
    let person = |name: &str, role, secret: &str| NewPerson {
        name: name.to_owned(),
        role,
        secret: Zeroizing::new(secret.to_owned()),
    };
    let setup = Setup {
        village: code,
        village_name: place.village.name,
        district_name: place.district.name,
        regency_name: place.regency.name,
        head_title: code.usual_head_title().to_owned(),
        regulations: Vec::new(),
        people: vec![
            person("Siti Aminah", Role::Operator, "padi sawah kuning"),
            person("Harjo Sumarto", Role::Head, "kelapa gading 77"),
        ],
        idle_lock_minutes: 10,
    };
    let tools = Tools { cost: payung_keys::KdfCost::LIGHT, ..real_tools() };
    let (register, _) = Register::create(folder.path(), &setup, tools).unwrap();
    Office { folder, register }
}

pub(crate) fn kebumen() -> Office {
    office("33.05.01.2001")
}

pub(crate) fn values(serial: u32) -> FieldValues {
    let nik = format!("330501{:02}0680{serial:04}", 1 + serial % 28);
    [
        (Field::Nik, nik.as_str()),
        (Field::Name, &format!("Warga Contoh {serial:03}")),
        (Field::Kk, "3305010101000001"),
        (Field::BirthPlace, "Kebumen"),
        (Field::BirthDate, &format!("1980-06-{:02}", 1 + serial % 28)),
        (Field::Sex, "L"),
        (Field::Address, "Jalan Pantai 3"),
        (Field::Rt, "001"),
        (Field::Rw, "002"),
        (Field::Hamlet, "Krajan"),
        (Field::Village, "33.05.01.2001"),
        (Field::KtpRegency, "33.05"),
        (Field::KtpEvidence, "ktp_el"),
        (Field::Domiciled, "ya"),
        (Field::Occupation, "petani"),
        (Field::Workplace, "Sawah"),
        (Field::WorkingSince, "2010-03"),
        (Field::StillWorking, "ya"),
        (Field::InformalWorker, "ya"),
        (Field::Vulnerable, "ya"),
        (Field::NotSeriouslyIll, "ya"),
        (Field::WageParticipant, "tidak"),
        (Field::OtherCover, "tidak_ada"),
        (Field::VillageOffice, "tidak_ada"),
        (Field::Income, "900000"),
        (Field::Disability, "tuna netra"),
    ]
    .into_iter()
    .map(|(field, text)| (field, text.to_owned()))
    .collect()
}

impl Office {
    pub(crate) fn draft(&mut self, values: FieldValues) -> PersonId {
        self.register.transact(Op::NewDraft { values }).unwrap().person().unwrap()
    }

    pub(crate) fn ready(&mut self, serial: u32) -> PersonId {
        let person = self.draft(values(serial));
        let acknowledge = Acknowledge { notes: true, ..Acknowledge::default() };
        self.register.transact(Op::Release { person, acknowledge }).unwrap();
        person
    }

    /// The words of the pages, as a reader of the PDF finds them.
    fn words(&self, pdf: &payung_statement::Pdf) -> String {
        let path = self.folder.path().join("halaman.pdf");
        std::fs::write(&path, &pdf.bytes).unwrap();
        let out = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().unwrap();
        String::from_utf8_lossy(&out.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

pub(crate) fn everybody_by_name() -> ListQuery {
    ListQuery {
        search: String::new(),
        states: Vec::new(),
        delivery: None,
        filter: None,
        readiness: Vec::new(),
        occupations: Vec::new(),
        hamlets: Vec::new(),
        ages: None,
        missing: None,
        view: None,
        sort: ListSort::Name,
        descending: false,
        offset: 0,
        limit: 0,
    }
}

#[test]
fn each_village_gets_the_form_of_its_regulation_on_one_sheet() {
    for (code, own, not_own) in [
        ("33.05.01.2001", "Berdomisili di kabupaten", "Terdaftar di DTSEN"),
        ("51.05.01.2001", "Terdaftar di DTSEN", "Berdomisili di kabupaten"),
        ("51.05.03.1008", "Kepala Lingkungan", "Kelian Banjar"),
    ] {
        let office = office(code);
        let form = blank_form(&office.register).unwrap();
        let pdf = payung_statement::render_blank_form(&form).unwrap();
        let words = office.words(&pdf);
        assert_eq!(pdf.pages, 2, "front and back: {words}");
        assert!(words.contains(own) && !words.contains(not_own), "{code}: {words}");
        assert_eq!(words.contains("RANCANGAN - belum berlaku"), code.starts_with("51"), "{words}");
        assert!(words.contains(&form.office.village.to_uppercase()), "{words}");
    }
}

#[test]
fn the_sheet_of_a_person_says_what_is_recorded_and_specific_data_only_on_purpose() {
    let mut office = kebumen();
    let id = office.ready(1);
    for (field, value) in [(Field::Workplace, "Pasar lama"), (Field::NotSeriouslyIll, "tidak")] {
        office.register.transact(Op::SaveField { person: id, field, value: value.to_owned() }).unwrap();
    }
    let sheet = person_sheet(&office.register, id, false).unwrap();
    let words = office.words(&payung_statement::render_person_sheet(&sheet).unwrap());
    for told in [
        "Warga Contoh 001",
        "330501 020680 0001",
        "2 Juni 1980",
        "Kabupaten Kebumen (33.05)",
        "Maret 2010",
        "Pasar lama",
        "Ada perubahan yang belum ditandai siap: Tempat kerja",
        "Perbup Kebumen 56/2024",
        "Pasal 10 ayat (3) huruf a",
        "Ditandai siap",
        "belum diisi",
        "oleh Siti Aminah",
        "Belum dimuat dalam surat mana pun.",
        "tidak dimuat dalam lembar ini",
    ] {
        assert!(words.contains(told), "the sheet says \u{201c}{told}\u{201d}: {words}");
    }
    for kept_back in
        ["900.000", "tuna netra", "Disabilitas", "sakit berat Tidak", "Dinyatakan sedang sakit berat"]
    {
        assert!(!words.contains(kept_back), "{kept_back} stays back: {words}");
    }
    let sheet = person_sheet(&office.register, id, true).unwrap();
    let words = office.words(&payung_statement::render_person_sheet(&sheet).unwrap());
    for told in ["Rp900.000", "tuna netra", "Tidak sedang sakit berat Tidak", "Dinyatakan sedang sakit berat"]
    {
        assert!(words.contains(told), "asked for on purpose: {told}: {words}");
    }
    assert!(!words.contains("tidak dimuat"), "nothing is left out: {words}");
    let gone = person_sheet(&office.register, PersonId(99), false).unwrap_err();
    assert_eq!(gone.code, crate::dto::ErrorCode::NotFound);
}

#[test]
fn a_draft_with_nothing_but_a_name_has_a_sheet() {
    let mut office = kebumen();
    let id = office.draft([(Field::Name, "Baru Saja".to_owned())].into_iter().collect());
    let sheet = person_sheet(&office.register, id, true).unwrap();
    let words = office.words(&payung_statement::render_person_sheet(&sheet).unwrap());
    assert!(words.contains("Keadaan: draf") && words.contains("Belum lengkap"), "{words}");
}

#[test]
fn a_list_is_the_one_on_screen_with_its_filter_in_words() {
    let mut office = kebumen();
    for serial in 1..=3 {
        office.ready(serial);
    }
    office.draft([(Field::Name, "Draf Sendiri".to_owned())].into_iter().collect());
    let backwards = ListQuery { descending: true, offset: 1, limit: 1, ..everybody_by_name() };
    let list = people_list(&office.register, &backwards, false, &Unwatched).unwrap();
    let names: Vec<&str> = list.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Warga Contoh 003", "Warga Contoh 002", "Warga Contoh 001", "Draf Sendiri"]);
    assert_eq!(list.people[0].occupation, "Petani");
    assert!(list.people[0].age_years > Some(40) && list.people[3].age_years.is_none());

    let drafts = ListQuery { states: vec![StateKey::Draft], ..everybody_by_name() };
    let list = people_list(&office.register, &drafts, true, &Unwatched).unwrap();
    let words = office.words(&payung_statement::render_people_list(&list).unwrap());
    assert!(words.contains("Disaring: keadaan draf.") && words.contains("1 orang"), "{words}");
    let nobody = ListQuery { search: "tidak ada".to_owned(), ..everybody_by_name() };
    let refused = people_list(&office.register, &nobody, false, &Unwatched).unwrap_err();
    assert!(refused.message.contains("Tidak ada orang"), "{}", refused.message);
}
