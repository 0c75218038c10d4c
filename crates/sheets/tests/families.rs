//! Books of families: every edition of the Buku Induk Penduduk, with the people of these tests made up.

mod support;

use payung_domain::{Field, Unwatched};
use payung_sheets::{Applicants, Layout, read_people};
use std::path::Path;
use support::{absent, book, people, values};

fn read(sheets: &[(&str, &[&[&str]])]) -> Applicants {
    people(&book(sheets)).unwrap()
}

fn rows(found: &Applicants) -> Vec<u32> {
    found.rows.iter().map(|row| row.row).collect()
}

const HEADING_2012: &[&str] = &[
    "NO",
    "NIK",
    "NAMA",
    "JK",
    "TMPT LHR",
    "TGL LHR",
    "KTPEL",
    "AGAMA",
    "STATUS",
    "HUB. KEL",
    "PENDIDIKAN",
    "PEKERJAAN",
    "NAMA IBU",
    "NAMA AYAH",
    "NO.AKTE LAHIR",
];

#[test]
fn the_edition_of_2012_has_the_card_s_number_under_its_label() {
    let found = read(&[(
        "Contoh",
        &[
            &["", "BUKU INDUK KEPENDUDUKAN KABUPATEN CONTOH"],
            &[],
            &["PROVINSI :", "", "", "", "", "", "", "", "CONTOH"],
            &["", "NO.KK", "", "NAMA.KK", "", "", "ALAMAT"],
            &["", "3305010101200002", "", "SITI", "", "", " DUSUN KRAJAN, RT:001, RW:002, Kodepos:54300,-"],
            HEADING_2012,
            &[
                "1",
                "3305014101900001",
                "SITI CONTOH",
                "P",
                "KEBUMEN",
                "01-01-1990",
                "NULL",
                "Islam",
                "Cerai Mati",
                "Kepala Keluarga",
                "SD",
                "Petani/Pekebun",
                "IBU",
                "AYAH",
            ],
            &["", "NO.KK", "", "NAMA.KK", "", "", "ALAMAT"],
            &["", "3305010101200003", "", "BUDI", "", "", "JL. MELATI 2, RT:003, Kodepos:54300,-"],
            HEADING_2012,
            &[
                "2",
                "3305010101900002",
                "BUDI CONTOH",
                "L",
                "NULL",
                "02-01-1990",
                "",
                "",
                "Kawin",
                "",
                "",
                "Wiraswasta",
            ],
            &["3", "", "TANPA NIK", "L", "KEBUMEN", "02-01-2020", "", "", "", "Anak"],
        ],
    )]);
    assert_eq!((found.layout, rows(&found), found.skipped.len()), (Layout::Bip2012, vec![7, 11, 12], 0));
    assert_eq!(
        values(&found)[0],
        [
            ("nik", "3305014101900001"),
            ("nama", "SITI CONTOH"),
            ("no_kk", "3305010101200002"),
            ("tempat_lahir", "KEBUMEN"),
            ("tanggal_lahir", "01-01-1990"),
            ("jenis_kelamin", "P"),
            ("rt", "001"),
            ("rw", "002"),
            ("dusun", "KRAJAN"),
            ("pekerjaan", "petani"),
            ("uraian_pekerjaan", "PETANI/PEKEBUN"),
            ("nama_ibu", "IBU"),
        ]
    );
    let second = &found.rows[1].values;
    assert_eq!(second.get(Field::Kk), Some("3305010101200003"));
    assert_eq!(second.get(Field::Address), Some("JL. MELATI 2"));
    assert_eq!((second.get(Field::Rt), second.get(Field::Rw)), (Some("003"), None));
    assert_eq!(second.get(Field::BirthPlace), None, "NULL is nothing");
    assert_eq!(found.columns.iter().find(|(field, _)| *field == Field::Nik), Some(&(Field::Nik, 1)));
}

#[test]
fn the_edition_of_2016_has_it_in_a_line_of_text_and_blanks_that_nobody_sees() {
    let found = read(&[(
        "Sheet1",
        &[
            &["BUKU INDUK PENDUDUK WNI"],
            &["Provinsi : CONTOH"],
            &[
                "No",
                "Nama Lengkap",
                "NIK",
                "Tempat Lahir",
                "Tanggal Lahir",
                "Jenis Kelamin",
                "SHDK",
                "Agama",
                "Pendidikan",
                "Pekerjaan",
                "Nama Ibu",
                "Nama Ayah",
            ],
            &[
                "No. KK : 3305010101200002\u{a0}",
                "",
                "Alamat : JL. MELATI 3, Nama Dusun : KRAJAN, RT/RW : -/-",
            ],
            &[
                "1",
                "SITI CONTOH",
                "3305014101900001\u{a0}",
                "KEBUMEN",
                "1990-01-01",
                "P",
                "Kepala Keluarga",
                "Islam",
                "SD",
                "Nelayan/Perikanan",
                "IBU",
            ],
            &["2", "BUDI", "3305010101150002\u{a0}", "KEBUMEN", "2015-01-01", "L", "Anak"],
            &["No. KK : 3305010101200003\u{a0}", "", "Alamat : , Nama Dusun : BARAT, RT/RW : 002/001"],
            &["3", "WATI", "3305014101900003\u{a0}", "KEBUMEN", "1990-01-01", "P", "Kepala Keluarga"],
            &["Keterangan:"],
            &["SHDK = Status hubungan dalam keluarga"],
        ],
    )]);
    assert_eq!((found.layout, rows(&found), found.skipped.len()), (Layout::Bip2016, vec![5, 6, 8], 0));
    let [first, _, third] = &found.rows[..] else { panic!() };
    assert_eq!(first.values.get(Field::Nik), Some("3305014101900001"));
    assert_eq!(first.values.get(Field::Kk), Some("3305010101200002"));
    assert_eq!(first.values.get(Field::Address), Some("JL. MELATI 3"));
    assert_eq!(first.values.get(Field::Occupation), Some("nelayan"));
    assert_eq!(first.values.get(Field::Rt), None);
    assert_eq!(third.values.get(Field::Kk), Some("3305010101200003"));
    assert_eq!(third.values.get(Field::Address), None);
    assert_eq!((third.values.get(Field::Rt), third.values.get(Field::Rw)), (Some("002"), Some("001")));
    assert_eq!(third.values.get(Field::Hamlet), Some("BARAT"));
}

#[test]
fn the_edition_with_ktp_el_has_a_row_for_each_card_and_broken_lines() {
    let heading: &[&str] = &[
        "NO",
        "Nama\nLengkap",
        "NIK",
        "Tempat\nLahir ",
        "Tanggal Lahir",
        "JK",
        "Stat\nKwn",
        "Gol.\nDrh",
        "SHDK",
        "Agama",
        "Pendidikan\nTerakhir",
        "No Akta Lahir",
        "Pekerjaan",
        "Nama Ibu",
        "Nama Ayah",
        "Wjb\nKTP",
        "KTP-eL",
        "Status",
        "Stat\nRkm",
    ];
    let card = |number: &'static str| -> Vec<&'static str> {
        let mut row = vec![""; 12];
        row[0] = number;
        row[2] = "SITI CONTOH";
        row[11] = "DESA CONTOH RT/RW : 002/000 DUSUN : -";
        row
    };
    let (first, second) = (card("3305010101200002"), card("3305010101200003"));
    let found = read(&[
        ("kosong", &[]),
        (
            "Page1",
            &[
                heading,
                &first,
                &[
                    "1",
                    "SITI\nCONTOH",
                    "3305014101900001",
                    "KEBUMEN",
                    "01-01-1990",
                    "Pr",
                    "CM",
                    "-",
                    "KEPALA\nKELUARGA",
                    "ISLAM",
                    "TAMAT SD / SEDERAJAT",
                    "-",
                    "BELUM / TIDAK\nBEKERJA",
                    "IBU",
                    "AYAH",
                    "WAJIB",
                    "KTP-eL",
                    "SDH DPT",
                    "CARD",
                ],
                &["", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "SHIPPED"],
                &["Halaman 1 dari 2"],
                heading,
                &["2", "BUDI", "3305010101150002", "KEBUMEN", "01-01-2015", "Lk", "BK", "-", "ANAK"],
                &second,
                &[
                    "1",
                    "WATI",
                    "3305014101900003",
                    "KEBUMEN",
                    "01-01-1990",
                    "Pr",
                    "K",
                    "-",
                    "KEPALA KELUARGA",
                ],
            ],
        ),
    ]);
    assert_eq!((found.layout, rows(&found)), (Layout::BipEktp, vec![3, 7, 9]));
    assert_eq!((found.sheets.as_slice(), found.skipped.len()), (&["Page1".to_owned()][..], 0));
    let [first, second, third] = &found.rows[..] else { panic!() };
    assert_eq!(first.values.get(Field::Name), Some("SITI CONTOH"));
    assert_eq!(first.values.get(Field::Sex), Some("P"));
    assert_eq!(first.values.get(Field::OccupationDetail), Some("BELUM/TIDAK BEKERJA"));
    assert_eq!(first.values.get(Field::Address), Some("DESA CONTOH"));
    assert_eq!((first.values.get(Field::Rt), first.values.get(Field::Rw)), (Some("002"), Some("000")));
    assert_eq!(second.values.get(Field::Kk), Some("3305010101200002"), "the page broke inside a family");
    assert_eq!(second.values.get(Field::Sex), Some("L"));
    assert_eq!(third.values.get(Field::Kk), Some("3305010101200003"));
}

fn family_page(kk: &'static str, nik: &'static str, number: &'static str) -> Vec<Vec<&'static str>> {
    vec![
        vec!["", "BUKU INDUK KEPENDUDUKAN KABUPATEN CONTOH (DAFTAR  KELUARGA)"],
        vec![],
        vec!["", "PROVINSI :", "JAWA TENGAH", "", "", "", "", "", "", "", "NO. KK :", kk],
        vec!["", "KABUPATEN :", "CONTOH", "", "", "", "", "", "", "", "NAMA. KK :", "SITI CONTOH"],
        vec![
            "",
            "KECAMATAN :",
            "CONTOH",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "ALAMAT :",
            "DSN. BARAT,Kodepos :92974,Telp :,-",
        ],
        vec!["", "DESA :", "CONTOH", "", "", "", "", "", "", "", "NO.RT/RW :", "001/002"],
        vec![],
        vec![
            "",
            "NO",
            "NIK",
            "NAMA",
            "JK",
            "TMPT LHR",
            "TGL LHR",
            "G.DRH",
            "AGAMA",
            "STATUS",
            "HUB.KEL",
            "PENDIDIKAN",
            "PEKERJAAN",
            "NAMA IBU",
            "NAMA AYAH",
            "KET",
        ],
        vec![
            "",
            number,
            nik,
            "SITI CONTOH",
            "P",
            "KEBUMEN",
            "30-03-1983",
            "O",
            "Islam",
            "Belum Kawin",
            "Kepala Keluarga",
            "SD",
            "Pedagang",
            "IBU",
            "AYAH",
        ],
        vec![],
        vec!["", "", "", "Mengetahui,", "", "", "", "", "", "", "", "", "Contoh, 12-03-2016"],
        vec!["", "", "KEPALA KELUARGA", "", "", "", "", "", "", "", "", "", "KEPALA DINAS"],
        vec!["", "", "", "SITI CONTOH", "", "", "", "", "", "", "", "", "NIP. 196501011990031001"],
    ]
}

#[test]
fn a_page_for_each_family_with_signatures_on_one_sheet_or_many() {
    let first = family_page("3305010101200002", "3305017003830001", "1");
    let second = family_page("", "3305017003830002", "1");
    let as_rows = |page: &[Vec<&'static str>]| page.to_vec();
    let one: Vec<Vec<&str>> = [as_rows(&first), as_rows(&second)].concat();
    let refer = |rows: &[Vec<&'static str>]| rows.to_vec();
    let one_refs: Vec<&[&str]> = one.iter().map(Vec::as_slice).collect();
    let found = read(&[("Lembar 1", &one_refs)]);
    assert_eq!((found.layout, rows(&found), found.skipped.len()), (Layout::BipFamilyPage, vec![9, 22], 0));
    let [person, without] = &found.rows[..] else { panic!() };
    assert_eq!(person.values.get(Field::Kk), Some("3305010101200002"));
    assert_eq!(person.values.get(Field::Hamlet), Some("BARAT"));
    assert_eq!((person.values.get(Field::Rt), person.values.get(Field::Rw)), (Some("001"), Some("002")));
    assert_eq!(person.values.get(Field::BirthDate), Some("30-03-1983"));
    assert_eq!(person.values.get(Field::Occupation), Some("pedagang"));
    assert_eq!(without.values.get(Field::Kk), None, "never the number of the page before");

    let (first, second) = (refer(&first), refer(&second));
    let first: Vec<&[&str]> = first.iter().map(Vec::as_slice).collect();
    let second: Vec<&[&str]> = second.iter().map(Vec::as_slice).collect();
    let found = read(&[("KK 1", &first), ("KK 2", &second)]);
    assert_eq!((found.layout, found.sheets.len(), found.rows.len()), (Layout::BipFamilyPage, 2, 2));
    assert_eq!((found.rows[1].sheet, found.rows[1].row), (1, 9));
}

#[test]
fn a_card_s_number_that_a_spreadsheet_destroyed_is_an_error_of_everybody_in_the_family() {
    let found = read(&[(
        "Contoh",
        &[
            &["", "NO.KK", "", "NAMA.KK", "", "", "ALAMAT"],
            &["", "3,30501E+15", "", "SITI", "", "", "DUSUN KRAJAN, RT:001, RW:002"],
            HEADING_2012,
            &["1", "3305014101900001", "SITI CONTOH", "P", "KEBUMEN", "01-01-1990"],
            &["2", "3305010101900002", "BUDI CONTOH", "L", "KEBUMEN", "02-01-1990"],
        ],
    )]);
    assert_eq!(found.rows.len(), 2);
    for row in &found.rows {
        assert_eq!(row.values.get(Field::Kk), None);
        assert_eq!(row.errors[0].field, Field::Kk);
        assert_eq!(row.errors[0].value, "3,30501E+15");
    }
}

#[test]
fn the_book_of_lombok_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/opensid/format_bip_2012.xls");
    if !path.exists() {
        return absent("format_bip_2012.xls", "the_edition_of_2012_… has all its traits");
    }
    let found = read_people(&path, &Unwatched).unwrap();
    assert_eq!((found.layout, rows(&found)), (Layout::Bip2012, vec![11, 12, 16, 17, 18, 19, 23, 27]));
    assert!(found.skipped.is_empty());
    let families: Vec<&str> = found.rows.iter().filter_map(|row| row.values.get(Field::Kk)).collect();
    assert_eq!(
        families,
        [
            ["5201140603059381"; 2].as_slice(),
            &["5201140104190123"; 4],
            &["5201140111117823"],
            &["5201140203129002"],
        ]
        .concat()
    );
    let first = &found.rows[0];
    assert_eq!(first.values.get(Field::Hamlet), Some("KERANDANGAN"));
    assert_eq!(first.values.get(Field::BirthDate), Some("1960-07-10"));
    assert_eq!(first.values.get(Field::Occupation), Some("petani"));
    assert_eq!(found.rows[7].values.get(Field::Address), Some("THE SHENTOSA HOTEL"));
}
