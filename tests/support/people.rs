//! Invented applicants for tests. Nobody here exists.

use payung_domain::{Field, FieldValues, VillageCode};
use payung_keys::KdfCost;
use payung_register::{NewPerson, Register, Role, Setup, Tools};
use payung_system::{SystemClock, SystemRandom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A NIK of someone born on that day (`YYYY-MM-DD`), first registered in that kecamatan (six digits).
pub fn nik(district: &str, birth: &str, female: bool, serial: u32) -> String {
    let [year, month, day] = birth.split('-').collect::<Vec<_>>()[..] else { panic!("{birth} is no date") };
    let day: u32 = day.parse().expect("day");
    format!("{district}{:02}{month}{}{serial:04}", day + if female { 40 } else { 0 }, &year[2..])
}

/// An applicant who meets every rule that facts alone decide.
pub fn one(village: &str, serial: u32) -> FieldValues {
    let district: String = village.chars().filter(char::is_ascii_digit).take(6).collect();
    let birth = format!("19{:02}-{:02}-{:02}", 70 + serial % 25, 1 + serial % 12, 1 + serial % 28);
    let values = [
        (Field::Nik, nik(&district, &birth, false, 1 + serial % 9_998)),
        (Field::Name, format!("Warga {} {serial}", NAMES[serial as usize % NAMES.len()])),
        (Field::Kk, format!("{district}0101{serial:06}")),
        (Field::BirthPlace, "Contoh".to_owned()),
        (Field::BirthDate, birth),
        (Field::Sex, "L".to_owned()),
        (Field::Address, format!("Jalan Sawah {serial}")),
        (Field::Rt, "001".to_owned()),
        (Field::Rw, "002".to_owned()),
        (Field::Hamlet, "Krajan".to_owned()),
        (Field::Village, village.to_owned()),
        (Field::KtpRegency, village[..5].to_owned()),
        (Field::KtpEvidence, "ktp_el".to_owned()),
        (Field::Domiciled, "ya".to_owned()),
        (Field::Occupation, "petani".to_owned()),
        (Field::Workplace, "Sawah".to_owned()),
        (Field::WorkingSince, "2010".to_owned()),
        (Field::StillWorking, "ya".to_owned()),
        (Field::InformalWorker, "ya".to_owned()),
        (Field::Vulnerable, "ya".to_owned()),
        (Field::NotSeriouslyIll, "ya".to_owned()),
        (Field::WageParticipant, "tidak".to_owned()),
        (Field::OtherCover, "tidak_ada".to_owned()),
        (Field::Dtsen, "ya".to_owned()),
        (Field::VillageOffice, "tidak_ada".to_owned()),
    ];
    values.into_iter().collect()
}

/// Writes applicants as a template CSV.
pub fn write(path: &Path, applicants: &[FieldValues]) -> PathBuf {
    let header: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    let mut lines = vec![header.join(",")];
    for applicant in applicants {
        let cells: Vec<&str> =
            Field::ALL.iter().map(|field| applicant.get(*field).unwrap_or_default()).collect();
        lines.push(cells.join(","));
    }
    std::fs::write(path, lines.join("\n") + "\n").expect("CSV");
    path.to_owned()
}

/// Writes `count` such applicants of a village, one serial after the other.
pub fn write_csv(folder: &Path, village: &str, first_serial: u32, count: u32) -> PathBuf {
    let applicants: Vec<FieldValues> = (0..count).map(|index| one(village, first_serial + index)).collect();
    write(&folder.join(format!("people-{first_serial}-{count}.csv")), &applicants)
}

/// A register with one operator whose passphrase is cheap to check, so that a test can open it often.
pub fn cheap_register(data: &Path, village: &str, secret: &str) {
    let mut tools = Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom));
    tools.cost = KdfCost::LIGHT;
    let setup = Setup {
        village: VillageCode::parse(village).expect("village"),
        village_name: "Contoh".to_owned(),
        district_name: "Contoh".to_owned(),
        regency_name: "Contoh".to_owned(),
        head_title: "Kepala Desa".to_owned(),
        regulations: Vec::new(),
        people: vec![NewPerson {
            name: "Siti Aminah".to_owned(),
            role: Role::Operator,
            secret: secret.to_owned().into(),
        }],
        idle_lock_minutes: 10,
    };
    Register::create(data, &setup, tools).expect("register");
}

const NAMES: [&str; 8] = ["Budi", "Slamet", "Karto", "Wahyu", "Joko", "Darmo", "Agus", "Tono"];
