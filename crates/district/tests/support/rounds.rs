//! Whole rounds of many villages, made beforehand: what a bench sends and measures the district by.

use super::laptop::Laptop;
use super::people;
use payung_district::{District, enrolment};
use payung_domain::{Field, FieldValues, Timestamp, VillageCode};
use payung_journal::{Head, Known, RoundRequest, Seed, SeriesId, SignedRound};

/// A device that knows nothing of its village yet.
struct Nothing;

impl Known for Nothing {
    fn series(&self) -> Vec<SeriesId> {
        Vec::new()
    }
    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head> {
        (seq == 0).then(|| Head::start(series))
    }
    fn seed(&self, _: SeriesId, _: u64) -> Option<Seed> {
        None
    }
    fn body(&self, _: SeriesId, _: u64) -> Option<Vec<u8>> {
        None
    }
}

/// Somebody whose NIK nobody else bears.
#[allow(dead_code)] // some benches bring their own people
pub fn applicant(village: &str, serial: u32) -> FieldValues {
    let (day, month, year) = (1 + serial % 28, 1 + serial / 28 % 12, 60 + serial / 336 % 40);
    let nik = format!("330501{day:02}{month:02}{year:02}{:04}", 1 + serial / 13_440 % 9_999);
    let mut values = people::with(people::farmer(village, 1), Field::Nik, &nik);
    values.set(Field::BirthDate, format!("19{year:02}-{month:02}-{day:02}"));
    values.set(Field::Name, format!("Warga {} bin {}", serial * 7_919 % 99_991, serial % 1_013));
    values.set(Field::Address, format!("Dukuh Krajan {serial}"));
    values
}

/// One signed round of each village: so many new people.
pub fn requests(
    district: &District,
    villages: u32,
    people: u32,
    somebody: impl Fn(&str, u32) -> FieldValues,
) -> Vec<Vec<u8>> {
    let codes =
        (1..=26).flat_map(|part| (2001..=2040).map(move |village| format!("33.05.{part:02}.{village}")));
    let real = |code: &String| payung_regions::place(VillageCode::parse(code).expect("a code")).is_some();
    let mut requests = Vec::new();
    for (index, code) in codes.filter(real).take(villages as usize).enumerate() {
        let mut laptop = Laptop::new(&code);
        let file = enrolment::issue(district, laptop.village).expect("an enrolment file");
        enrolment::enrol(district, &laptop.enrol_request(&file)).expect("a device");
        for serial in 0..people {
            laptop.release(somebody(&code, index as u32 * people + serial));
        }
        let request = RoundRequest {
            device: laptop.device,
            sent_at: Timestamp(1_800_000_000_000),
            have: Vec::new(),
            push: vec![laptop.frame(1, laptop.length())],
            checkpoints: vec![laptop.checkpoint(laptop.length())],
        };
        requests.push(SignedRound::sign(&request, &laptop.key, &Nothing).to_bytes());
    }
    requests
}
