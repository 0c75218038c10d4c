mod support;

use payung_sheets::{Cell, Damage, Limit, SheetError};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::path::Path;
use support::{
    absent, contain, numbers, people, read_table, read_table_from, record, refused, shown, xls, xls_number,
    xls_text, xlsx, zip,
};

#[test]
fn cells_are_read_as_a_person_sees_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (column, title) in
        ["nik", "tanggal", "rt", "desil", "hasil", "ya", "kk", "telepon", "rumus"].iter().enumerate()
    {
        sheet.write(0, column as u16, *title).unwrap();
    }
    sheet.write(3, 0, "'3305010101900001").unwrap();
    sheet.write_with_format(3, 1, ExcelDateTime::from_ymd(1990, 1, 31).unwrap(), &date).unwrap();
    sheet.write_with_format(3, 2, 3, &Format::new().set_num_format("000")).unwrap();
    sheet.write(3, 3, 2.0).unwrap();
    sheet.write(3, 4, 1.5).unwrap();
    sheet.write(3, 5, true).unwrap();
    sheet.write(3, 6, 3_305_010_101_200_002_f64).unwrap();
    sheet.write(3, 7, 81_200_000_000_f64).unwrap();
    sheet.write_formula(3, 8, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).unwrap();
    let table = read_table_from(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("Sheet1"));
    assert_eq!((table.header_row, numbers(&table)), (1, vec![4]));
    assert_eq!(
        shown(&table),
        [["3305010101900001", "1990-01-31", "003", "2", "1.5", "ya", "3305010101200002", "81200000000", "2"]]
    );
    assert!(matches!(table.rows[0].cell(6), Cell::Damaged { why: Damage::TooManyDigits, .. }));
    assert!(matches!(table.rows[0].cell(7), Cell::Text(_)));
}

#[test]
fn numbers_of_fifteen_digits_are_whole_and_of_sixteen_are_not() {
    let rows = |number: &str| {
        xlsx(&format!(
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>nik</t></is></c></row><row r="2"><c r="A2"><v>{number}</v></c></row>"#
        ))
    };
    for (number, whole) in [
        ("999999999999999", true),
        ("1000000000000000", false),
        ("3.3050101019E15", false),
        ("-1E15", false),
        ("1E300", false),
    ] {
        let table = read_table_from(&rows(number)).unwrap();
        assert_eq!(matches!(table.rows[0].cell(0), Cell::Text(_)), whole, "{number}");
    }
}

#[test]
fn dates_errors_and_pad_formats_made_by_hand() {
    let table = read_table_from(&xlsx(
        r##"<row r="2"><c r="B2" t="inlineStr"><is><t>nik</t></is></c></row>
        <row r="5"><c r="A5" s="1"><v>29221</v></c><c r="B5" s="1"><v>29221.75</v></c><c r="C5" s="1"><v>0.5</v></c>
        <c r="D5" s="1"><v>3305010101900001</v></c><c r="E5" s="2"><v>7</v></c><c r="F5" t="e"><v>#REF!</v></c>
        <c r="G5" t="b"><v>0</v></c><c r="H5" t="str"><v>3.30512E+15</v></c><c r="I5" t="d"><v>1980-01-01T00:00:00</v></c></row>"##,
    ))
    .unwrap();
    assert_eq!((table.header_row, table.header.as_slice()), (2, &["".to_owned(), "nik".to_owned()][..]));
    assert_eq!(numbers(&table), [5]);
    let cells = &table.rows[0].cells;
    let text: Vec<&str> = cells.iter().map(Cell::shown).collect();
    assert_eq!(
        text,
        [
            "1980-01-01",
            "1980-01-01",
            "12:00",
            "3305010101900001",
            "007",
            "#REF!",
            "tidak",
            "3.30512E+15",
            "1980-01-01"
        ]
    );
    assert!(matches!(cells[3], Cell::Damaged { why: Damage::TooManyDigits, .. }));
    assert!(matches!(cells[5], Cell::Damaged { why: Damage::Formula, .. }));
    assert!(matches!(cells[7], Cell::Damaged { why: Damage::Scientific, .. }));
}

#[test]
fn a_cell_far_out_costs_nothing() {
    // With formatting only it is no content; with content it breaks a limit.
    let header = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>nik</t></is></c></row>"#;
    let far = |inside: &str| {
        xlsx(&format!(r#"{header}<row r="1048576"><c r="XFD1048576" s="1">{inside}</c></row>"#))
    };
    assert!(read_table_from(&far("")).unwrap().rows.is_empty());
    let error = refused(&far("<v>1</v>"));
    assert!(matches!(error, SheetError::TooMuch { limit: Limit::Columns, row: Some(1_048_576) }), "{error}");
    let below = xlsx(&format!(r#"{header}<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#));
    assert_eq!(numbers(&read_table_from(&below).unwrap()), [1_048_576]);
}

#[test]
fn one_text_in_many_cells_is_counted_every_time() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let long = "x".repeat(32_000);
    for row in 0..60 {
        for column in 0..200 {
            sheet.write(row, column, &long).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    assert!(bytes.len() < 1_000_000);
    let error = refused(&bytes);
    assert!(matches!(error, SheetError::TooMuch { limit: Limit::Text, .. }), "{error}");
}

#[test]
fn the_sheets_with_people_are_taken_and_hidden_ones_are_not() {
    let header = ["N I K", "Nama", "tanggal_lahir"];
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Kosong").unwrap();
    workbook.add_worksheet().set_name("Kode").unwrap().write(0, 0, "kode").unwrap();
    let hidden = workbook.add_worksheet().set_name("Lama").unwrap();
    hidden.write_row(0, 0, header).unwrap();
    hidden.set_hidden(true);
    for name in ["Orang", "Dusun 2"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write_row(1, 2, header).unwrap();
        sheet.write_row(2, 2, ["3305010101900001", "Siti", "1990-02-01"]).unwrap();
    }
    let found = people(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(found.sheets, ["Orang", "Dusun 2"]);
    assert_eq!(found.rows.iter().map(|row| (row.sheet, row.row)).collect::<Vec<_>>(), [(0, 3), (1, 3)]);

    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    workbook.add_worksheet().write(0, 0, "kode").unwrap();
    assert!(matches!(people(&workbook.save_to_buffer().unwrap()), Err(SheetError::NoPeople)));

    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    assert!(matches!(people(&workbook.save_to_buffer().unwrap()), Err(SheetError::Empty)));
}

#[test]
fn excel_97_is_read_too() {
    let bytes = xls(&[
        xls_text(1, 0, "nik"),
        xls_text(1, 1, "tanggal_lahir"),
        xls_text(1, 2, "rt"),
        xls_text(3, 0, "3305010101900001"),
        xls_number(3, 1, 1, 29_221.0),
        xls_number(3, 2, 0, 8.0),
        xls_number(4, 0, 0, 3_305_010_101_900_001.0),
    ]);
    let table = read_table_from(&bytes).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("Lembar"));
    assert_eq!((table.header_row, numbers(&table)), (2, vec![4, 5]));
    assert_eq!(shown(&table)[0], ["3305010101900001", "1980-01-01", "8"]);
    assert!(matches!(table.rows[1].cell(0), Cell::Damaged { why: Damage::TooManyDigits, .. }));
}

#[test]
fn excel_97_files_that_lie_about_their_size_are_refused() {
    let dimensions = |rows: u32, columns: u16| {
        record(0x0200, &[&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]].concat())
    };
    assert!(read_table_from(&xls(&[dimensions(1, 1), xls_text(0, 0, "nik")])).is_ok());
    for lie in [
        vec![dimensions(u32::MAX, 256), xls_text(0, 0, "nik")],
        vec![dimensions(1, u16::MAX), xls_text(0, 0, "nik")],
        vec![xls_text(0, 0, "nik"), xls_number(u16::MAX, u16::MAX, 0, 1.0)],
        vec![xls_text(0, 0, "nik"), xls_number(u16::MAX, 255, 0, 1.0)],
    ] {
        let error = refused(&xls(&lie));
        assert!(matches!(error, SheetError::Damaged | SheetError::TooMuch { .. }), "{error}");
    }
    let wide: Vec<Vec<u8>> = (0..201).map(|column| xls_text(0, column, "x")).collect();
    assert!(matches!(refused(&xls(&wide)), SheetError::TooMuch { limit: Limit::Columns, row: Some(1) }));
}

#[test]
fn office_files_of_other_kinds_are_called_by_their_name() {
    for (bytes, word) in [
        (zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]), "ODS"),
        (zip(&[("word/document.xml", "")]), "Word"),
        (zip(&[("xl/workbook.bin", "")]), "XLSB"),
        (zip(&[("foto.txt", "")]), "ZIP"),
        (contain(b"x", "/WordDocument"), "Office lama"),
    ] {
        let message = refused(&bytes).to_string();
        assert!(message.contains(word), "{message}");
    }
    assert!(matches!(refused(&contain(b"x", "/EncryptedPackage")), SheetError::Password));
    assert!(matches!(refused(&zip(&[("xl/workbook.xml", "")])), SheetError::Damaged | SheetError::Empty));
    let locked = xls(&[]);
    assert!(matches!(refused(&locked[..locked.len() / 2]), SheetError::Damaged));
    assert!(matches!(refused(&contain(&record(0x002F, &[1, 0]), "/Workbook")), SheetError::Password));
}

#[test]
fn real_files_of_dukcapil_and_opensid_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/opensid");
    for (name, sheet_start, people) in [
        ("format_siak.xls", "Nomor KK", 18),
        ("FormatImporExcel.xlsm", "alamat", 1),
        ("contoh_penduduk.xlsx", "alamat", 97),
    ] {
        let path = folder.join(name);
        if !path.exists() {
            absent(name, "the files made by hand cover its traits");
            continue;
        }
        let table = read_table(&path).unwrap();
        assert_eq!(table.header[0], sheet_start, "{name}");
        let with_name =
            table.header.iter().position(|title| title.to_lowercase().starts_with("nama")).unwrap();
        let found = table.rows.iter().filter(|row| !row.cell(with_name).is_empty()).count();
        assert_eq!(found, people, "{name}");
    }
}

/// A workbook that promised 33 billion shared texts was given memory for all of them, which ended the program.
#[test]
fn a_promise_of_more_texts_than_there_can_be_is_not_believed() {
    let with = |count: &str| {
        zip(&[
            (
                "_rels/.rels",
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            (
                "xl/workbook.xml",
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>"#,
            ),
            ("xl/_rels/workbook.xml.rels", "<Relationships/>"),
            ("xl/sharedStrings.xml", &format!(r#"<sst uniqueCount="{count}"><si><t>nik</t></si></sst>"#)),
        ])
    };
    assert!(matches!(refused(&with("1")), SheetError::Empty));
    for lie in ["33278887245", "18446744073709551615", "10000001"] {
        assert!(matches!(refused(&with(lie)), SheetError::Damaged), "{lie}");
    }
}
