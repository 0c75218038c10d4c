//! Files for others: what is written is read back the same, and runs nothing.

mod support;

use calamine::Reader;
use payung_domain::{CivilDate, Field, FieldError, FieldValues, Unwatched, Watch, read};
use payung_sheets::{
    Correction, ExportFormat, ExportPerson, Layout, Programme, Recipient, SheetError, write_corrections,
    write_people, write_programme,
};
use proptest::prelude::*;
use support::people;

fn values(pairs: &[(Field, &str)]) -> FieldValues {
    pairs.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

fn awkward() -> FieldValues {
    values(&[
        (Field::Nik, "3305010101900001"),
        (Field::Name, "'Aisyah \"Ti\", S.Pd"),
        (Field::BirthDate, "1990-01-01"),
        (Field::Rt, "003"),
        (Field::Phone, "+62 812"),
        (Field::Note, "=1+1"),
        (Field::Address, "'=JL; MAWAR\nNo. 1"),
        (Field::Disability, "@netra"),
        (Field::Hamlet, "-"),
    ])
}

fn export(values: &FieldValues, specific: bool, format: ExportFormat) -> Vec<u8> {
    let person = ExportPerson { values, state: "siap", delivery: "belum dikirim" };
    write_people(&[person], specific, format, &Unwatched).unwrap()
}

#[test]
fn exported_people_are_read_again_as_they_were() {
    for format in [ExportFormat::Xlsx, ExportFormat::Csv] {
        let found = people(&export(&awkward(), true, format)).unwrap();
        assert_eq!((found.layout, found.rows.len()), (Layout::Template, 1));
        assert_eq!(found.ignored_columns, ["keadaan", "pengiriman"]);
        assert!(found.rows[0].values == awkward(), "{format:?}: {:?}", support::values(&found)[0]);
    }
}

#[test]
fn specific_data_leaves_only_on_purpose() {
    for format in [ExportFormat::Xlsx, ExportFormat::Csv] {
        let found = people(&export(&awkward(), false, format)).unwrap();
        assert_eq!(found.rows[0].values.get(Field::Disability), None);
        assert!(found.columns.iter().all(|(field, _)| !field.is_specific()), "not even the columns");
    }
}

#[test]
fn a_csv_runs_no_formula() {
    let text = String::from_utf8(export(&awkward(), true, ExportFormat::Csv)).unwrap();
    for run in [",=", ",@", "\n="] {
        assert!(!text.contains(run), "{run}");
    }
    assert!(text.contains(",'=1+1") && text.contains(",+62 812,"));
}

#[test]
fn an_export_may_be_stopped() {
    struct Stopping;
    impl Watch for Stopping {
        fn at(&self, done: u64, total: u64) -> bool {
            assert_eq!(total, 2_000);
            done < 1_000
        }
    }
    let person = awkward();
    let people: Vec<ExportPerson<'_>> =
        (0..2_000).map(|_| ExportPerson { values: &person, state: "", delivery: "" }).collect();
    for format in [ExportFormat::Xlsx, ExportFormat::Csv] {
        assert!(matches!(write_people(&people, false, format, &Stopping), Err(SheetError::Stopped)));
    }
}

#[test]
fn corrections_name_the_place_colour_the_cell_and_are_a_file_of_the_template() {
    let wrong = values(&[(Field::Name, "SITI CONTOH"), (Field::BirthDate, "31-02-1990"), (Field::Rt, "003")]);
    let mut errors = read(&wrong).errors;
    errors.push(FieldError {
        field: Field::Nik,
        value: "3.30501E+15".to_owned(),
        rule: "diubah menjadi bilangan ilmiah; ketik ulang dari KTP".to_owned(),
    });
    let place = "Lembar Data Penduduk, baris 12".to_owned();
    let bytes = write_corrections(&[Correction { place, values: &wrong, errors: &errors }]).unwrap();
    let found = people(&bytes).unwrap();
    assert_eq!((found.layout, &found.sheets[..]), (Layout::Template, &["Calon penerima".to_owned()][..]));
    assert_eq!(found.ignored_columns, ["yang_harus_diperbaiki", "asal"]);
    assert!(found.rows[0].values == wrong && found.rows[0].errors.is_empty(), "the destroyed number is gone");

    let mut workbook: calamine::Xlsx<_> =
        calamine::Xlsx::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let range = workbook.worksheet_range("Calon penerima").unwrap();
    let told = range.get_value((1, 0)).unwrap().to_string();
    assert!(told.contains("31-02-1990") && told.contains("3.30501E+15"), "{told}");
    assert_eq!(range.get_value((1, 1)).unwrap().to_string(), "Lembar Data Penduduk, baris 12");
    let notes = part(&bytes, "xl/comments1.xml");
    assert!(notes.contains("ref=\"C2\"") && notes.contains("ketik ulang dari KTP"), "{notes}");
    assert!(notes.contains("ref=\"H2\"") && notes.contains("bukan tanggal yang ada"));
    assert!(part(&bytes, "xl/styles.xml").contains("FFFFE09A"));
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn a_programme_is_what_open_sid_takes() {
    let date = |text| CivilDate::parse(text).unwrap();
    let programme = Programme {
        name: "Perlindungan pekerja rentan",
        note: "=Peraturan 56/2024",
        from: date("2026-12-01"),
        to: date("2027-11-30"),
    };
    let recipient = Recipient {
        nik: "3305014101900001",
        name: "SITI CONTOH",
        birth_place: "KEBUMEN",
        birth_date: Some(date("1990-01-01")),
        address: "RT 004 RW - Dusun Krajan",
        number: "0001",
    };
    let bytes = write_programme(&programme, &[recipient]).unwrap();
    let mut workbook: calamine::Xlsx<_> =
        calamine::Xlsx::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let sheet = |workbook: &mut calamine::Xlsx<_>, name: &str| -> Vec<Vec<String>> {
        let range = workbook.worksheet_range(name).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(
        sheet(&mut workbook, "Program"),
        [
            ["ID Program", ""],
            ["Nama Program", "Perlindungan pekerja rentan"],
            ["Sasaran Program", "1"],
            ["Keterangan", "=Peraturan 56/2024"],
            ["Asal Dana", "Kab/Kota"],
            ["Rentang Waktu (Awal)", "2026-12-01"],
            ["Rentang Waktu (Akhir)", "2027-11-30"],
            ["###", ""],
        ]
    );
    assert_eq!(
        sheet(&mut workbook, "Peserta"),
        [
            ["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"],
            [
                "3305014101900001",
                "0001",
                "3305014101900001",
                "SITI CONTOH",
                "KEBUMEN",
                "1990-01-01",
                "RT 004 RW - Dusun Krajan",
            ],
            ["###", "", "", "", "", "", ""],
        ]
    );
    let found = people(&bytes).unwrap();
    assert_eq!((found.layout, found.rows.len(), found.skipped.len()), (Layout::Programme, 1, 0));
    assert_eq!(
        found.rows[0].read().facts.nik.map(|nik| nik.as_str().to_owned()).unwrap(),
        "3305014101900001"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Values as the register holds them: without blanks around them.
    #[test]
    fn any_values_come_back(
        cells in prop::collection::btree_map(0..38_usize, "[ -~é’Ω']{1,30}", 1..38),
        csv in any::<bool>(),
    ) {
        let typed: FieldValues = cells
            .iter()
            .map(|(at, text)| (Field::ALL[*at], text.trim().to_owned()))
            .filter(|(_, text)| !text.contains("E+") && !text.contains("e+"))
            .collect();
        let format = if csv { ExportFormat::Csv } else { ExportFormat::Xlsx };
        let found = people(&export(&typed, true, format)).unwrap();
        if typed.is_empty() {
            prop_assert!(found.rows.is_empty());
        } else if let [row] = &found.rows[..] {
            prop_assert!(row.values == typed, "{:?} {:?}", support::values(&found), cells);
        } else {
            prop_assert_eq!(found.skipped.len(), 1);
        }
    }
}
