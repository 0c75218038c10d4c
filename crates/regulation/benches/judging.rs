//! How long judging takes an applicant. The house's goal is at most 10 microseconds each, reading included.

use divan::counter::ItemsCount;
use payung_domain::{CivilDate, Field, FieldValues, read};
use payung_regulation::{Context, builtin, judge};

const APPLICANTS: usize = 1_000;

fn main() {
    divan::main();
}

/// A thousand people, of whom some are too old, some incomplete and some have another cover.
fn applicants() -> Vec<FieldValues> {
    (0..APPLICANTS)
        .map(|number| {
            let year = 1955 + number % 55;
            let pairs = [
                (Field::Nik, format!("33050117{:02}{:02}{:04}", 1 + number % 12, year % 100, 1 + number)),
                (Field::Name, format!("Orang Contoh {number}")),
                (Field::BirthDate, format!("{year}-{:02}-17", 1 + number % 12)),
                (Field::Sex, "L".to_owned()),
                (Field::Village, "33.05.01.2001".to_owned()),
                (Field::KtpRegency, "33.05".to_owned()),
                (Field::KtpEvidence, "ktp_el".to_owned()),
                (Field::Domiciled, if number % 9 == 0 { "" } else { "ya" }.to_owned()),
                (Field::Occupation, "petani".to_owned()),
                (Field::StillWorking, "ya".to_owned()),
                (Field::InformalWorker, "ya".to_owned()),
                (Field::WageParticipant, "tidak".to_owned()),
                (Field::Dtsen, "ya".to_owned()),
                (Field::OtherCover, if number % 7 == 0 { "csr:2027-12-31" } else { "tidak_ada" }.to_owned()),
            ];
            pairs.into_iter().collect()
        })
        .collect()
}

fn context() -> Context {
    Context::on(CivilDate::new(2026, 11, 21).unwrap_or_else(|| unreachable!("a day of the calendar")))
}

#[divan::bench(args = ["kebumen-56-2024", "klungkung-draft"])]
fn judge_one_applicant(bencher: divan::Bencher, id: &str) {
    let readings: Vec<_> = applicants().iter().map(read).collect();
    let regulation = builtin().iter().find(|regulation| regulation.id == id).unwrap();
    let mut next = readings.iter().cycle();
    bencher
        .counter(ItemsCount::new(1usize))
        .bench_local(|| next.next().map(|reading| judge(regulation, reading, &context())));
}

#[divan::bench(args = ["kebumen-56-2024", "klungkung-draft"])]
fn read_and_judge_one_applicant(bencher: divan::Bencher, id: &str) {
    let applicants = applicants();
    let regulation = builtin().iter().find(|regulation| regulation.id == id).unwrap();
    let mut next = applicants.iter().cycle();
    bencher
        .counter(ItemsCount::new(1usize))
        .bench_local(|| next.next().map(|values| judge(regulation, &read(values), &context())));
}
