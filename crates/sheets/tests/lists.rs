//! Lists with one row a person that are neither the template nor OpenSID's own file.

mod support;

use payung_domain::{Field, Unwatched};
use payung_sheets::{Applicants, Layout, SheetError, read_people};
use std::path::Path;
use support::{absent, book, people, values, zip};
use zip::write::SimpleFileOptions;

fn read(rows: &[&[&str]]) -> Applicants {
    people(&book(&[("Lembar", rows)])).unwrap()
}

const OPEN_DK: &str = "alamat,dusun,rw,rt,nama,nomor_kk,nomor_nik,jenis_kelamin,tempat_lahir,tanggal_lahir,agama,pendidikan_dlm_kk,pendidikan_sdg_ditempuh,pekerjaan,kawin,hubungan_keluarga,kewarganegaraan,nama_ayah,nama_ibu,gol_darah,cacat,status_dasar,created_at,desa_id";

fn open_dk() -> Vec<u8> {
    let titles: Vec<&str> = OPEN_DK.split(',').collect();
    let row = |status: &'static str| {
        let values = format!(
            "Jl. Contoh,KRAJAN,-,003,SITI CONTOH,3305010101200002,3305014101900001,2,KEBUMEN,1990-01-01,1,3,18,20,2,1,1,AYAH,IBU,13,7,{status},2024-01-01 00:00:00,33.05.01.2001"
        );
        values.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    let (living, gone) = (row("1"), row("2"));
    let living: Vec<&str> = living.iter().map(String::as_str).collect();
    let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
    book(&[("Sheet1", &[&titles, &living, &gone])])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn check_open_dk(found: &Applicants) {
    assert_eq!((found.layout, found.rows.len(), found.skipped.len()), (Layout::OpenDk, 1, 1));
    assert_eq!(
        values(found)[0],
        [
            ("nik", "3305014101900001"),
            ("nama", "SITI CONTOH"),
            ("no_kk", "3305010101200002"),
            ("tempat_lahir", "KEBUMEN"),
            ("tanggal_lahir", "1990-01-01"),
            ("jenis_kelamin", "P"),
            ("alamat", "Jl. Contoh"),
            ("rt", "003"),
            ("dusun", "KRAJAN"),
            ("pekerjaan", "buruh_tani"),
            ("uraian_pekerjaan", "BURUH TANI/PERKEBUNAN"),
            ("disabilitas", "TIDAK CACAT"),
            ("nama_ibu", "IBU"),
        ]
    );
}

#[test]
fn the_exchange_with_a_kabupaten_is_read_in_its_zip_and_out_of_it() {
    let xlsx = open_dk();
    check_open_dk(&people(&xlsx).unwrap());
    check_open_dk(&people(&packed(&[("penduduk_22_11_2026.xlsx", &xlsx)])).unwrap());
    let beside: &[(&str, &[u8])] =
        &[("__MACOSX/._penduduk.xlsx", b"x"), ("../../foto/1.jpg", b"x"), ("data/penduduk.xlsx", &xlsx)];
    check_open_dk(&people(&packed(beside)).unwrap());
}

#[test]
fn a_zip_with_no_table_several_or_another_zip_is_told_so() {
    let xlsx = open_dk();
    let several = people(&packed(&[("a.xlsx", &xlsx), ("b.csv", b"nik")])).unwrap_err();
    assert!(matches!(several, SheetError::SeveralTables(2)), "{several}");
    let inner = packed(&[("penduduk.xlsx", &xlsx)]);
    for nested in [packed(&[("dalam.zip", &inner)]), packed(&[("dalam.xlsx", &inner)]), zip(&[("a.txt", "")])]
    {
        let error = people(&nested).unwrap_err();
        assert!(matches!(error, SheetError::NotATable(_)), "{error}");
    }
}

#[test]
fn siak_s_words_are_read_and_those_who_are_gone_are_left_out() {
    let titles: &[&str] = &[
        "Nomor KK",
        "NIK",
        "Nama Penduduk",
        "Status",
        "Tempat Lahir",
        "Tanggal Lahir",
        "Kelamin",
        "NIK Ayah",
        "Ayah",
        "NIK Ibu",
        "Ibu",
        "Status Kawin",
        "SHDK",
        "Agama",
        "Kecamatan",
        "Desa/Kel",
        "Alamat",
        "RW",
        "RT",
        "Pendidikan",
        "Pekerjaan",
        "Deskripsi Pekerjaan",
        "Gol. Darah",
        "Cacat",
    ];
    let person = |nik: &'static str, status: &'static str| -> Vec<&'static str> {
        vec![
            "3305010101200002",
            nik,
            "M. MUT'ROF",
            status,
            "Kebumen",
            "1990-01-01",
            "Perempuan",
            "",
            "AYAH",
            "",
            "IBU",
            "Kawin",
            "Istri",
            "Islam",
            "X",
            "Y",
            "DSN. PRAPAT",
            "8",
            "1",
            "SD",
            "Wiraswasta",
            "jual bakso",
            "Tdk Th",
            "Cacat Rungu/Wicara",
        ]
    };
    let people = ["Hidup", "Tidak Valid", "Mati", "Pindah Dalam Negeri", ""];
    let rows: Vec<Vec<&str>> = people.iter().map(|status| person("3305014101900001", status)).collect();
    let rows: Vec<&[&str]> = std::iter::once(titles).chain(rows.iter().map(Vec::as_slice)).collect();
    let found = read(&rows);
    assert_eq!((found.layout, found.rows.len()), (Layout::Siak, 2));
    let reasons: Vec<&str> = found.skipped.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "Status Tidak Valid: tidak lagi menjadi penduduk desa",
            "Status Mati: tidak lagi menjadi penduduk desa",
            "Status Pindah Dalam Negeri: tidak lagi menjadi penduduk desa",
        ]
    );
    assert_eq!(
        values(&found)[0],
        [
            ("nik", "3305014101900001"),
            ("nama", "M. MUT'ROF"),
            ("no_kk", "3305010101200002"),
            ("tempat_lahir", "Kebumen"),
            ("tanggal_lahir", "1990-01-01"),
            ("jenis_kelamin", "P"),
            ("alamat", "DSN. PRAPAT"),
            ("rt", "1"),
            ("rw", "8"),
            ("dusun", "PRAPAT"),
            ("uraian_pekerjaan", "WIRASWASTA (jual bakso)"),
            ("disabilitas", "Cacat Rungu/Wicara"),
            ("nama_ibu", "IBU"),
        ]
    );
}

/// The names of SIAK's own columns, with its codes.
#[test]
fn siak_s_own_column_names_are_known() {
    let found = read(&[
        &[
            "NO_KK",
            "NIK",
            "NAMA_LGKP",
            "JENIS_KLMIN",
            "TMPT_LHR",
            "TGL_LHR",
            "STAT_KWN",
            "STAT_HBKEL",
            "JENIS_PKRJN",
            "NAMA_LGKP_IBU",
            "ALAMAT",
            "NO_RT",
            "NO_RW",
            "DUSUN",
        ],
        &[
            "’3305010101200002",
            "`3305014101900001",
            "SITI",
            "2",
            "KEBUMEN",
            "1990-01-01 00:00:00.0",
            "2",
            "3",
            "81",
            "IBU",
            "JL. MELATI",
            "1",
            "2",
            "KRAJAN",
        ],
    ]);
    assert_eq!(found.layout, Layout::Siak);
    assert_eq!(
        values(&found)[0],
        [
            ("nik", "3305014101900001"),
            ("nama", "SITI"),
            ("no_kk", "3305010101200002"),
            ("tempat_lahir", "KEBUMEN"),
            ("tanggal_lahir", "1990-01-01"),
            ("jenis_kelamin", "P"),
            ("alamat", "JL. MELATI"),
            ("rt", "1"),
            ("rw", "2"),
            ("dusun", "KRAJAN"),
            ("pekerjaan", "sopir_angkutan"),
            ("uraian_pekerjaan", "SOPIR"),
            ("nama_ibu", "IBU"),
        ]
    );
}

#[test]
fn titles_in_two_rows_counted_columns_and_what_stands_below_a_table() {
    let found = read(&[
        &["DAFTAR PENDUDUK DESA CONTOH"],
        &[],
        &["NO.", "NO. KK", "N I K", "NAMA", "JENIS", "LAHIR", "", "ALAMAT", "", "", "PEKERJAAN"],
        &["URUT", "", "", "LENGKAP", "KELAMIN", "TEMPAT", "TANGGAL", "DUSUN", "RT", "RW", ""],
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)"],
        &[
            "1",
            "'3305010101200002",
            "3305014101900001",
            "SITI CONTOH",
            "PEREMPUAN",
            "KEBUMEN",
            "17-08-1975",
            "KRAJAN",
            "01",
            "02",
            "PETANI/PEKEBUN",
        ],
        &["NO.", "NO. KK", "N I K", "NAMA", "JENIS", "LAHIR", "", "ALAMAT", "", "", "PEKERJAAN"],
        &["URUT", "", "", "LENGKAP", "KELAMIN", "TEMPAT", "TANGGAL", "DUSUN", "RT", "RW", ""],
        &[
            "2",
            "3305010101200002",
            "",
            "BUDI CONTOH",
            "LAKI-LAKI",
            "KEBUMEN",
            "17 Agustus 2001",
            "KRAJAN",
            "01",
            "02",
            "-",
        ],
        &["JUMLAH", "2"],
        &["", "", "", "", "", "", "", "", "Mengetahui"],
    ]);
    assert_eq!(found.layout, Layout::Siak);
    assert_eq!(found.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [6, 9]);
    let skipped: Vec<u32> = found.skipped.iter().map(|row| row.row).collect();
    assert_eq!(skipped, [10, 11]);
    assert_eq!(
        values(&found)[0],
        [
            ("nik", "3305014101900001"),
            ("nama", "SITI CONTOH"),
            ("no_kk", "3305010101200002"),
            ("tempat_lahir", "KEBUMEN"),
            ("tanggal_lahir", "17-08-1975"),
            ("jenis_kelamin", "P"),
            ("rt", "01"),
            ("rw", "02"),
            ("dusun", "KRAJAN"),
            ("pekerjaan", "petani"),
            ("uraian_pekerjaan", "PETANI/PEKEBUN"),
        ]
    );
    assert_eq!(found.rows[1].values.get(Field::BirthDate), Some("2001-08-17"));
    assert!(found.columns.contains(&(Field::BirthDate, 6)));
}

#[test]
fn a_cell_with_place_and_date_of_birth_is_parted_and_no_date_is_guessed() {
    let heading: &[&str] = &["No", "Nama", "NIK", "TEMPAT/TGL LAHIR", "L/P", "RT/RW", "Alamat"];
    let row = |birth: &str| {
        let found =
            read(&[heading, &["1", "Siti", "3305014101900001", birth, "Lk", "001/002", "DUSUN TIMUR"]]);
        let row = &found.rows[0];
        let get = |field| row.values.get(field).unwrap_or_default().to_owned();
        (
            get(Field::BirthPlace),
            get(Field::BirthDate),
            row.read().facts.birth_date.map(|date| date.to_string()),
        )
    };
    let expected = |place: &str, date: &str, read: Option<&str>| {
        (place.to_owned(), date.to_owned(), read.map(str::to_owned))
    };
    assert_eq!(row("KEBUMEN, 17-08-1975"), expected("KEBUMEN", "17-08-1975", Some("1975-08-17")));
    assert_eq!(row("Kebumen / 17/8/1975"), expected("Kebumen", "17/8/1975", Some("1975-08-17")));
    assert_eq!(row("PARE-PARE 17 AGT 1975"), expected("PARE-PARE", "1975-08-17", Some("1975-08-17")));
    assert_eq!(row("KEBUMEN, 1975-08-17 00:00:00"), expected("KEBUMEN", "1975-08-17", Some("1975-08-17")));
    assert_eq!(row("KEBUMEN, 31-02-1975"), expected("KEBUMEN", "31-02-1975", None));
    assert_eq!(row("KEBUMEN, 17-08-75"), expected("KEBUMEN", "17-08-75", None));
    assert_eq!(row("KEBUMEN"), expected("KEBUMEN", "", None));
}

#[test]
fn twenty_numbers_that_all_end_in_zero_were_cut_by_a_spreadsheet() {
    let file = |last: u32, count: u32| {
        let rows: Vec<String> = (1..=count)
            .map(|n| {
                format!(
                    "{:015}{},Siti {n},1990-01-01",
                    330_501_410_190_000_u64 + u64::from(n),
                    last * (n % 2)
                )
            })
            .collect();
        format!("nik,nama,tanggal_lahir\n{}\n", rows.join("\n"))
    };
    let cut = people(file(0, 20).as_bytes()).unwrap();
    assert!(
        cut.rows.iter().all(|row| row.values.get(Field::Nik).is_none() && row.errors[0].field == Field::Nik)
    );
    assert!(cut.rows[0].errors[0].message().contains("berakhir 0"), "{}", cut.rows[0].errors[0].message());
    for sound in [file(0, 19), file(5, 20)] {
        let found = people(sound.as_bytes()).unwrap();
        assert!(found.rows.iter().all(|row| row.values.get(Field::Nik).is_some()));
    }
}

#[test]
fn recipients_of_a_programme_are_people_too() {
    let found = people(&book(&[
        ("Program", &[&["ID Program", "7"], &["Nama Program", "Bantuan"], &["###"], &["Catatan:"]]),
        (
            "Peserta",
            &[
                &["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"],
                &[
                    "3305014101900001",
                    "1",
                    "3305014101900001",
                    "SITI",
                    "KEBUMEN",
                    "1990-01-01",
                    "RT 004 RW - Dusun Krajan",
                ],
                &["###"],
                &["Catatan:"],
                &["1. Sesuaikan kolom peserta (A)"],
            ],
        ),
    ]))
    .unwrap();
    assert_eq!(
        (found.layout, &found.sheets[..], found.rows.len()),
        (Layout::Programme, &["Peserta".to_owned()][..], 1)
    );
    let row = &found.rows[0].values;
    assert_eq!(row.get(Field::Address), Some("RT 004 RW - Dusun Krajan"));
    assert_eq!(
        (row.get(Field::Rt), row.get(Field::Rw), row.get(Field::Hamlet)),
        (Some("004"), None, Some("Krajan"))
    );
    assert!(found.skipped.is_empty());
}

#[test]
fn health_insurance_never_becomes_other_cover() {
    let found = people(
        b"nik,nama,tanggallahir,sex,kk_level,id_asuransi,no_asuransi\n3305014101900001,Siti,1990-01-01,2,1,2,0001\n",
    )
    .unwrap();
    assert_eq!(found.rows[0].values.get(Field::OtherCover), None);
    assert!(found.ignored_columns.contains(&"id_asuransi".to_owned()));
}

#[test]
fn the_other_real_files_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/opensid");
    for (name, layout, taken, skipped) in [
        ("format_siak.xls", Layout::Siak, 13, 5),
        ("FormatImporExcel.xlsm", Layout::OpenSid, 1, 0),
        ("format_impor_program_bantuan.xlsx", Layout::Programme, 2, 0),
    ] {
        let path = folder.join(name);
        if !path.exists() {
            absent(name, "the files made here have its traits");
            continue;
        }
        let found = read_people(&path, &Unwatched).unwrap();
        assert_eq!((found.layout, found.rows.len(), found.skipped.len()), (layout, taken, skipped), "{name}");
        assert!(found.rows.iter().all(|row| row.read().facts.birth_date.is_some()), "{name}");
        assert!(found.rows.iter().all(|row| row.read().facts.sex.is_some() || layout == Layout::Programme));
    }
}
