mod support;

use payung_sheets::{Cell, Damage, Limit, SheetError, column_letters};
use support::{csv, numbers, read_table, read_table_from, refused, shown};

#[test]
fn comma_semicolon_and_tab_are_recognised() {
    for separator in [",", ";", "\t"] {
        let table = csv(&["nik", "nama\n1", "Siti"].join(separator).replace("\t1", "\n1"));
        assert_eq!(table.header, ["nik", "nama"], "{separator:?}");
        assert_eq!(shown(&table), [["1", "Siti"]]);
    }
    let table = csv("nik;nama, gelar;alamat\n1;Siti, S.Pd;Jl. A, B\n");
    assert_eq!(shown(&table), [["1", "Siti, S.Pd", "Jl. A, B"]]);
    let table = csv("sep=;\r\nnik;nama\r\n1;Siti\r\n");
    assert_eq!((table.header_row, numbers(&table)), (1, vec![2]));
    assert_eq!(csv("nik\n1\n").header, ["nik"]);
}

#[test]
fn text_is_read_in_every_encoding_that_excel_writes() {
    let expected = "Ç’é";
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}nik\tnama\r\n1\tÇ’é\r\n".encode_utf16().flat_map(unit).collect()
    };
    for bytes in [
        "nik,nama\n1,Ç’é\n".as_bytes().to_vec(),
        "\u{FEFF}nik,nama\n1,Ç’é\n".as_bytes().to_vec(),
        b"nik,nama\n1,\xC7\x92\xE9\n".to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ] {
        let table = read_table_from(&bytes).unwrap();
        assert_eq!(table.header[0], "nik");
        assert_eq!(shown(&table), [["1", expected]]);
    }
}

#[test]
fn row_numbers_are_those_that_a_spreadsheet_shows() {
    // The line break inside quotes is no row; blank rows count.
    let table = csv("\n\nnik,nama\n1,\"Siti\nAminah\"\n\n,,\r\n2,Budi\r3,Wati");
    assert_eq!(table.header_row, 3);
    assert_eq!(numbers(&table), [4, 7, 8]);
    assert_eq!(shown(&table), [["1", "Siti\nAminah"], ["2", "Budi"], ["3", "Wati"]]);
}

#[test]
fn quotes_hold_separators_and_quotes() {
    let table = csv("nik,nama,alamat\n1,\"Siti \"\"Ti\"\", S.Pd\",Jl. \"Melati\" 5\n2,\"\",\"a\"b\n");
    assert_eq!(table.rows[0].cell(1), &Cell::Text("Siti \"Ti\", S.Pd".into()));
    assert_eq!(table.rows[0].cell(2), &Cell::Text("Jl. \"Melati\" 5".into()));
    assert_eq!(table.rows[1].cell(1), &Cell::Text(String::new()));
    assert_eq!(table.rows[1].cell(2), &Cell::Text("ab".into()));
}

#[test]
fn a_quote_never_closed_is_an_error_and_swallows_nobody() {
    let error = refused(b"nik,nama\n1,Siti\n2,\"Budi\n3,Wati\n");
    assert!(matches!(error, SheetError::UnclosedQuote { row: 3 }), "{error}");
    assert!(error.to_string().starts_with("Baris 3:"));
}

#[test]
fn leading_zeros_stay_and_the_apostrophe_goes() {
    let table = csv("nik,rt,telepon\n'3305010101900001,003,081200000000\n");
    assert_eq!(shown(&table), [["3305010101900001", "003", "081200000000"]]);
}

#[test]
fn scientific_notation_is_damage_not_a_number() {
    let table = csv("nik;no_kk;alamat;nama\n3,30512E+15;3.30512E+15;Blok E+1;E+\n");
    let damaged = |shown: &str| Cell::Damaged { shown: shown.into(), why: Damage::Scientific };
    assert_eq!(table.rows[0].cell(0), &damaged("3,30512E+15"));
    assert_eq!(table.rows[0].cell(1), &damaged("3.30512E+15"));
    assert_eq!(table.rows[0].cell(2), &Cell::Text("Blok E+1".into()));
    assert_eq!(table.rows[0].cell(3), &Cell::Text("E+".into()));
}

#[test]
fn every_limit_is_named() {
    let limit = |bytes: &[u8]| match refused(bytes) {
        SheetError::TooMuch { limit, row } => (limit, row),
        other => panic!("{other}"),
    };
    let row = |cells: usize| vec!["x"; cells].join(",");
    assert_eq!(limit(format!("{}\n{}", row(200), row(201)).as_bytes()), (Limit::Columns, Some(2)));
    assert!(read_table_from(format!("{}\n{},,,,", row(200), row(200)).as_bytes()).is_ok());
    assert_eq!(limit(format!("a,b\nc,{}", "é".repeat(32_768)).as_bytes()), (Limit::CellChars, Some(2)));
    assert!(read_table_from(format!("a,b\nc,{}", "é".repeat(32_767)).as_bytes()).is_ok());
    assert_eq!(limit("a\n".repeat(200_002).as_bytes()), (Limit::Rows, Some(200_002)));
    assert_eq!(read_table_from("a\n".repeat(200_001).as_bytes()).unwrap().rows.len(), 200_000);
    let large = vec![b','; 100 * 1024 * 1024 + 1];
    assert_eq!(limit(&large), (Limit::FileSize, None));
    // Nothing but separators is nothing, and costs no memory.
    assert!(matches!(refused(&large[..1_000_000]), SheetError::Empty));
    assert!(refused(&large).to_string().contains("100 MB"));
}

#[test]
fn files_of_other_kinds_are_called_by_their_name() {
    for (bytes, word) in [
        (&b"%PDF-1.7"[..], "PDF"),
        (b"\n<HTML><table>", "halaman web"),
        (b"\x89PNG\r\n", "gambar"),
        (b"MZ\x00\x01", "biner"),
    ] {
        let message = refused(bytes).to_string();
        assert!(message.contains(word) && message.contains("simpan sebagai XLSX"), "{message}");
    }
    for empty in ["", "\u{FEFF}", "\n\n", " , ,\n,\n"] {
        assert!(matches!(refused(empty.as_bytes()), SheetError::Empty));
    }
}

#[test]
fn a_missing_file_is_told_in_words() {
    let error = read_table(std::path::Path::new("tidak/ada.csv")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Berkas tidak dapat dibuka: berkas atau foldernya tidak ada. Periksa nama dan tempatnya."
    );
}

#[test]
fn nobody_is_shown_in_debug_output() {
    let table = csv("nik,nama\n3305010101900001,Siti\n");
    let debug = format!("{table:?} {:?}", table.rows);
    assert!(!debug.contains("Siti") && !debug.contains("3305"), "{debug}");
}

#[test]
fn columns_are_called_as_spreadsheets_call_them() {
    let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(column_letters).collect();
    assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
}
