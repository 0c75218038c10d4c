//! Whatever the bytes are, reading ends with a table or an error.

mod support;

use payung_sheets::SheetError;
use proptest::prelude::*;
use support::{people, read_table_from, xls, xls_number, xls_text, xlsx};

fn read_all(bytes: &[u8]) {
    for error in [
        people(bytes).map(|found| found.rows.iter().for_each(|row| drop(row.read()))).err(),
        read_table_from(bytes).err(),
    ]
    .into_iter()
    .flatten()
    {
        assert!(!error.to_string().is_empty());
    }
}

fn sound_xlsx() -> Vec<u8> {
    xlsx(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>nik</t></is></c></row><row r="2"><c r="A2" s="1"><v>29221</v></c></row>"#,
    )
}

fn sound_xls() -> Vec<u8> {
    xls(&[xls_text(0, 0, "nik"), xls_number(1, 0, 1, 29_221.0)])
}

/// What stands in the files of villages, and near it.
const CELLS: [&str; 58] = [
    "",
    "",
    "",
    "-",
    "NULL",
    "###",
    "1",
    "2",
    "3",
    "NO",
    "NIK",
    "N I K",
    "nik",
    "nama",
    "NAMA LENGKAP",
    "NO. KK",
    "NO.KK",
    "no_kk",
    "No. KK : 3305010101200002",
    "NO. KK :",
    "tanggal_lahir",
    "TGL LHR",
    "TEMPAT/TGL LAHIR",
    "LAHIR",
    "TEMPAT",
    "TANGGAL",
    "JK",
    "sex",
    "kk_level",
    "pekerjaan_id",
    "status_dasar",
    "Status",
    "Status Kawin",
    "RT/RW",
    "ALAMAT",
    "DUSUN",
    "Peserta",
    "nomor_nik",
    "kawin",
    "3305014101900001",
    "'3305014101900001",
    "3,30501E+15",
    "3305014101900001\u{a0}",
    "0",
    "SITI",
    "KEBUMEN, 17-08-1975",
    "17-08-1975",
    "31-02-1975",
    "001/002",
    "2",
    "9",
    "Mati",
    "BUKU INDUK KEPENDUDUKAN",
    "(DAFTAR  KELUARGA)",
    "DUSUN KRAJAN, RT:001, RW:001",
    "DESA X RT/RW : 002/000 DUSUN : -",
    "JUMLAH",
    "Mengetahui",
];

fn any_grid() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let row = prop::collection::vec(prop::sample::select(CELLS.to_vec()), 0..9);
    let titles = prop::sample::select(vec![
        vec!["nik", "nama", "tanggal_lahir", "no_kk", "rt"],
        vec!["NO", "NIK", "NAMA", "JK", "TGL LHR", "STATUS"],
        vec!["nama", "no_kk", "nik", "sex", "tanggallahir", "status_dasar"],
        vec!["NO", "NO. KK", "NIK", "NAMA", "LAHIR", ""],
        vec!["", "", "", "", "TEMPAT", "TANGGAL"],
    ]);
    prop::collection::vec(prop_oneof![4 => row, 1 => titles], 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_all(&bytes);
    }

    #[test]
    fn any_bytes_after_a_known_beginning(kind in 0..4_usize, bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let start: &[u8] = [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"nik,nama\n"][kind];
        read_all(&[start, &bytes].concat());
    }

    #[test]
    fn any_table_text(text in "[nikamal,;\t\"'\r\n0-9E+. ]{0,200}") {
        read_all(text.as_bytes());
    }

    #[test]
    fn sound_files_with_some_bytes_changed(
        old in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = if old { sound_xls() } else { sound_xlsx() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_all(&bytes);
    }

    #[test]
    fn sound_excel_97_with_records_changed(
        kind in any::<u16>(),
        data in prop::collection::vec(any::<u8>(), 0..40),
        known in prop::option::of(prop::sample::select(vec![0x0200_u16, 0x0204, 0x0205, 0x0207, 0x027E, 0x00BD, 0x00D6, 0x00E5, 0x00FC, 0x00FD, 0x0006])),
    ) {
        read_all(&xls(&[xls_text(0, 0, "nik"), support::record(known.unwrap_or(kind), &data)]));
    }

    #[test]
    fn any_sheet_xml(xml in "(<row( r=\"[0-9]{1,9}\")?>|</row>|<c( r=\"[A-Z]{1,4}[0-9]{1,9}\")?( t=\"(s|n|b|d|e|str)\")?>|</c>|<v>|</v>|[0-9E.#-]{1,6}|<f>|</f>|<is><t>nik</t></is>){0,12}") {
        read_all(&xlsx(&xml));
    }

    /// Rows taken and rows skipped are all there are, each once: `people` looks at that.
    #[test]
    fn any_workbook(sheets in prop::collection::vec(any_grid(), 1..4)) {
        let named: Vec<(String, Vec<&[&str]>)> = sheets
            .iter()
            .enumerate()
            .map(|(index, rows)| (format!("Lembar {index}"), rows.iter().map(Vec::as_slice).collect()))
            .collect();
        let sheets: Vec<(&str, &[&[&str]])> =
            named.iter().map(|(name, rows)| (name.as_str(), rows.as_slice())).collect();
        read_all(&support::book(&sheets));
    }

    /// Under a heading of the template nothing is lost: what has a cell is taken, or skipped with the reason.
    #[test]
    fn every_row_of_the_template_is_accounted_for(
        rows in prop::collection::vec(prop::collection::vec("(|-|SITI|33050141019[0-9]{5}|17-08-1975|Mati|JUMLAH|x)", 4), 0..20),
    ) {
        let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = format!("nik,nama,tanggal_lahir,keterangan\n{}\n", lines.join("\n"));
        let found = people(text.as_bytes()).unwrap();
        let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).count();
        prop_assert_eq!(found.rows.len() + found.skipped.len(), filled);
        prop_assert!(found.skipped.iter().all(|row| !row.reason.is_empty()));
    }

    /// A person with a NIK is never lost, whatever list it stands in and whatever stands around it.
    #[test]
    fn nobody_with_a_number_is_lost(
        titles in prop::sample::select(vec![
            "NO,NO. KK,NIK,NAMA LENGKAP,TGL LHR,JK",
            "kk_level,no_kk,nik,nama,tanggallahir,sex",
            "no,no_kk,nik,nama,tanggal_lahir,catatan",
        ]),
        between in prop::collection::vec(prop::sample::select(vec!["", ",,,,,", "JUMLAH,3", "1,2,3,4,5,6", ",,,Mengetahui"]), 0..12),
    ) {
        let person = |n: usize| format!("{n},3305010101200002,33050141019{n:05},SITI {n},17-08-1975,P");
        let lines: Vec<String> = between
            .iter()
            .enumerate()
            .flat_map(|(n, line)| [(*line).to_owned(), person(n + 1)])
            .collect();
        let found = people(format!("{titles}\n{}\n", lines.join("\n")).as_bytes());
        if between.is_empty() {
            prop_assert!(!matches!(found, Err(SheetError::NoPeople)));
        } else {
            let niks: Vec<Option<String>> =
                found.unwrap().rows.iter().map(|row| row.values.get(payung_domain::Field::Nik).map(str::to_owned)).collect();
            for n in 1..=between.len() {
                let nik = Some(format!("33050141019{n:05}"));
                prop_assert!(niks.contains(&nik));
            }
        }
    }
}
