//! A third regulation is a file and no code: an invented regency with other bounds, a closed list of occupations, other
//! sources of money and an unstamped statement.

use payung_domain::{CivilDate, Field, FieldValues, StatementNeed, UtcOffset, VillageKind, read};
use payung_regulation::{
    Context, Judgement, Kind, Outcome, Regulation, Slot, StatementEvidence, Verdict, WarningKind, judge,
};

const TEXT: &str = include_str!("third.toml");

fn regulation() -> Regulation {
    Regulation::parse("third.toml", TEXT).unwrap()
}

fn judged(pairs: &[(&str, &str)], statement: StatementEvidence) -> Judgement {
    let fit = [
        ("nik", "9271014506800001"),
        ("nama", "Yosina Contoh"),
        ("tanggal_lahir", "2006-06-05"),
        ("jenis_kelamin", "P"),
        ("pekerjaan", "nelayan"),
        ("masih_bekerja", "ya"),
        ("ktp_kabupaten", "9271"),
        ("jaminan_lain", "tidak_ada"),
    ];
    let values: FieldValues = fit
        .iter()
        .chain(pairs)
        .map(|(name, value)| (Field::from_name(name).unwrap(), (*value).to_owned()))
        .collect();
    let context = Context { statement, ..Context::on(CivilDate::new(2027, 3, 1).unwrap()) };
    judge(&regulation(), &read(&values), &context)
}

#[test]
fn its_head_is_read() {
    let regulation = regulation();
    assert_eq!(regulation.regency.to_string(), "92.71");
    assert_eq!(regulation.utc_offset, UtcOffset { hours: 9 });
    assert_eq!(regulation.statement.need, StatementNeed::Required);
    assert!(!regulation.statement.stamped);
    assert_eq!(regulation.statement.name_for(VillageKind::Kelurahan), "Surat Keterangan Lurah");
    assert!(regulation.in_force_on(CivilDate::new(2027, 1, 1).unwrap()));
    assert!(!regulation.in_force_on(CivilDate::new(2026, 12, 31).unwrap()));
}

#[test]
fn its_own_bounds_hold() {
    let unsigned = judged(&[], StatementEvidence::None);
    assert_eq!(unsigned.finding("usia").unwrap().outcome, Outcome::Met, "20 lies within 20 to 40");
    assert_eq!(unsigned.verdict, Verdict::Pending, "the statement is to come");
    assert_eq!(
        judged(&[], StatementEvidence::SignedUnstamped).verdict,
        Verdict::Eligible,
        "no stamp is asked"
    );
    let young = judged(&[("tanggal_lahir", "2007-03-02")], StatementEvidence::None);
    let usia = young.finding("usia").unwrap();
    assert_eq!((usia.outcome, usia.changes_on), (Outcome::NotMet, CivilDate::new(2027, 3, 2)));
    assert_eq!(usia.message, "Baru 19 tahun, harus 20 sampai 40.");
}

#[test]
fn its_closed_list_of_occupations_holds() {
    let outcome = |occupation: &str, detail: &str| {
        let judged = judged(
            &[("pekerjaan", occupation), ("uraian_pekerjaan", detail)],
            StatementEvidence::SignedUnstamped,
        );
        let finding = judged.finding("nelayan").unwrap();
        (finding.outcome, finding.message.clone())
    };
    assert_eq!(outcome("nelayan", "").0, Outcome::Met);
    assert_eq!(outcome("petani", ""), (Outcome::NotMet, "Petani tidak ada dalam daftar.".to_owned()));
    assert_eq!(outcome("lainnya", "").0, Outcome::Unknown, "no occupation is given yet");
    assert_eq!(outcome("lainnya", "pengrajin").1, "pengrajin tidak ada dalam daftar.");
}

#[test]
fn its_sources_and_warnings_hold() {
    let csr = judged(&[("jaminan_lain", "csr")], StatementEvidence::SignedUnstamped);
    assert_eq!(csr.verdict, Verdict::Ineligible);
    let own = judged(&[("jaminan_lain", "mandiri")], StatementEvidence::SignedUnstamped);
    assert_eq!(own.verdict, Verdict::Eligible);
    assert!(own.warnings.is_empty(), "the file switches on one warning only");
    let office = judged(&[("jabatan_desa", "lainnya")], StatementEvidence::SignedUnstamped);
    assert!(office.warning("official_as_worker").is_some(), "this file counts other posts too");
}

/// Who writes a third regulation finds every word of the vocabulary in the guide.
#[test]
fn the_guide_names_the_whole_vocabulary() {
    let guide = include_str!("../regulations/README.md");
    let slots = Slot::ALL.iter().map(|slot| slot.name());
    for word in slots.chain(Kind::NAMES.iter().copied()).chain(WarningKind::NAMES.iter().copied()) {
        assert!(guide.contains(&format!("`{word}`")), "{word} is missing in regulations/README.md");
    }
}
