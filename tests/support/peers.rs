//! The made-up applicants with which other programs were measured, to the letter: 1,000 of them are 653 bytes of JSON
//! each. And how small the same facts can be made by packing alone.

use payung_domain::{Field, FieldValues};
use std::collections::HashMap;
use std::io::Write;

const FIRST: [&str; 10] = ["SITI", "BUDI", "WAYAN", "MADE", "KETUT", "SRI", "AGUS", "DEWI", "SLAMET", "NUR"];
const LAST: [&str; 10] =
    ["RAHAYU", "SANTOSO", "SUARDANA", "WATI", "PRASETYO", "LESTARI", "HIDAYAT", "ASTUTI", "WIDODO", "KUSUMA"];
const WORK: [&str; 10] = [
    "petani",
    "nelayan",
    "tukang_ojek",
    "pedagang",
    "juru_parkir",
    "sopir_angkutan",
    "tukang_becak",
    "pengelola_tempat_ibadah",
    "pendidik_keagamaan_nonformal",
    "kuli_panggul",
];

/// A linear congruential generator in the arithmetic of a script: the product is rounded to a double before its low bits
/// are taken, and the same numbers must come out.
struct Drawn(f64);

impl Drawn {
    fn next(&mut self) -> f64 {
        let low = (self.0 * 1_103_515_245.0 + 12_345.0) as i64 & 0x7fff_ffff;
        self.0 = low as f64;
        self.0 / f64::from(0x7fff_ffff)
    }

    fn below(&mut self, count: u32) -> u32 {
        (self.next() * f64::from(count)) as u32
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u32) as usize]
    }
}

/// The first so many applicants.
pub fn applicants(count: u32) -> Vec<FieldValues> {
    let mut drawn = Drawn(12_345.0);
    (0..count).map(|number| applicant(&mut drawn, number)).collect()
}

fn applicant(drawn: &mut Drawn, number: u32) -> FieldValues {
    let (year, month, day) = (1960 + drawn.below(45), 1 + drawn.below(12), 1 + drawn.below(28));
    let female = drawn.next() < 0.5;
    let born = day + if female { 40 } else { 0 };
    let serial = if number.is_multiple_of(10_000) { 9_999 } else { number % 10_000 };
    let name = format!("{} {} {}", drawn.pick(&FIRST), drawn.pick(&LAST), drawn.pick(&LAST));
    let work = drawn.pick(&WORK);
    let income = 500_000 + drawn.below(20) * 50_000;
    let mother = format!("{} {}", drawn.pick(&FIRST), drawn.pick(&LAST));
    let heir = format!("{} {}", drawn.pick(&FIRST), drawn.pick(&LAST));
    let values = [
        (Field::Nik, format!("330501{born:02}{month:02}{:02}{serial:04}", year % 100)),
        (Field::Name, name),
        (Field::Kk, format!("3305010101{}", 100_000 + number)),
        (Field::BirthPlace, "KEBUMEN".to_owned()),
        (Field::BirthDate, format!("{year}-{month:02}-{day:02}")),
        (Field::Sex, if female { "P" } else { "L" }.to_owned()),
        (Field::Address, format!("Jl. Pemuda No. {}", number % 200)),
        (Field::Rt, format!("0{:02}", number % 9)),
        (Field::Rw, format!("0{:02}", number % 5)),
        (Field::Hamlet, "KRAJAN".to_owned()),
        (Field::Village, "33.05.01.2001".to_owned()),
        (Field::KtpRegency, "33.05".to_owned()),
        (Field::Domiciled, "ya".to_owned()),
        (Field::Occupation, work.to_owned()),
        (Field::OccupationDetail, "Buruh tani musiman".to_owned()),
        (Field::StillWorking, "ya".to_owned()),
        (Field::InformalWorker, "ya".to_owned()),
        (Field::WageParticipant, "tidak".to_owned()),
        (Field::OtherCover, "tidak_ada".to_owned()),
        (Field::Dtsen, "ya".to_owned()),
        (Field::Disability, "tidak".to_owned()),
        (Field::Phone, format!("0812{}", 10_000_000 + number)),
        (Field::Income, income.to_string()),
        (Field::MotherName, mother),
        (Field::Heir, heir),
        (Field::HeirRelation, "anak".to_owned()),
    ];
    values.into_iter().collect()
}

/// Bytes for each applicant, identifiers of records left out.
pub struct Floor {
    pub json: f64,
    pub json_gzip: f64,
    pub json_brotli: f64,
    pub columns_gzip: f64,
    pub columns_brotli: f64,
    pub columns_zstd: f64,
    /// The sum over the fields of how much a value says where only its own frequency in the field is known.
    pub entropy: f64,
}

pub fn floor(applicants: &[FieldValues]) -> Floor {
    let json: String = applicants
        .iter()
        .map(|values| {
            let object: serde_json::Map<String, serde_json::Value> =
                values.iter().map(|(field, value)| (field.name().to_owned(), value.into())).collect();
            serde_json::Value::Object(object).to_string() + "\n"
        })
        .collect();
    let columns: String = Field::ALL
        .iter()
        .map(|field| {
            let column: Vec<&str> =
                applicants.iter().map(|values| values.get(*field).unwrap_or_default()).collect();
            column.join("\n") + "\n"
        })
        .collect();
    let each = |bytes: usize| bytes as f64 / applicants.len() as f64;
    Floor {
        json: each(json.len()),
        json_gzip: each(gzip(json.as_bytes())),
        json_brotli: each(brotli(json.as_bytes())),
        columns_gzip: each(gzip(columns.as_bytes())),
        columns_brotli: each(brotli(columns.as_bytes())),
        columns_zstd: each(zstd::bulk::compress(columns.as_bytes(), 19).expect("zstd").len()),
        entropy: Field::ALL.iter().map(|field| entropy(applicants, *field)).sum::<f64>() / 8.0,
    }
}

fn gzip(bytes: &[u8]) -> usize {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("gzip");
    packer.finish().expect("gzip").len()
}

fn brotli(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24).write_all(bytes).expect("brotli");
    packed.len()
}

/// Bits for each value of a field.
fn entropy(applicants: &[FieldValues], field: Field) -> f64 {
    let mut counts: HashMap<&str, f64> = HashMap::new();
    for values in applicants {
        *counts.entry(values.get(field).unwrap_or_default()).or_default() += 1.0;
    }
    let all = applicants.len() as f64;
    counts.values().map(|count| -(count / all) * (count / all).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_applicants_are_those_the_others_were_measured_with() {
        let [first, second] = &applicants(2)[..] else { panic!("two") };
        let values = |values: &FieldValues| {
            let picked = [Field::Nik, Field::Name, Field::BirthDate, Field::Occupation, Field::Heir];
            picked.map(|field| values.get(field).unwrap_or_default().to_owned())
        };
        assert_eq!(
            values(first),
            [
                "3305011804899999",
                "AGUS HIDAYAT SANTOSO",
                "1989-04-18",
                "pendidik_keagamaan_nonformal",
                "MADE ASTUTI"
            ]
        );
        assert_eq!(
            values(second),
            ["3305014707680001", "DEWI WIDODO WIDODO", "1968-07-07", "nelayan", "WAYAN WATI"]
        );
    }

    #[test]
    fn packing_column_by_column_beats_packing_records() {
        let floor = floor(&applicants(1_000));
        assert!(floor.columns_brotli < floor.json_brotli && floor.json_brotli < floor.json);
        assert!(floor.entropy > 0.0);
    }
}
