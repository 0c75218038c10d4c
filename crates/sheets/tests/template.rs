mod support;

use payung_domain::{Field, Occupation};
use payung_sheets::template::write_blank;
use payung_sheets::{Applicants, Layout, SheetError, template_header, write_csv, write_xlsx};
use support::{people, read_table, shown, xlsx};

fn applicants(text: &str) -> Result<Applicants, SheetError> {
    let found = people(text.as_bytes())?;
    assert_eq!(found.layout, Layout::Template);
    Ok(found)
}

#[test]
fn columns_are_found_by_name_in_any_order_and_writing() {
    let found = applicants(
        "Tanggal Lahir;KETERANGAN;NIK;;Nama;No KK;rt\n01-02-1990;x;3305010101900001;y;Siti;3305010101200002;003\n",
    )
    .unwrap();
    assert_eq!(found.ignored_columns, ["KETERANGAN", "kolom D"]);
    let [row] = &found.rows[..] else { panic!() };
    assert_eq!(row.row, 2);
    assert_eq!(row.values.get(Field::Rt), Some("003"));
    assert_eq!(row.values.get(Field::Kk), Some("3305010101200002"));
    assert!(row.errors.is_empty());
    let reading = row.read();
    assert_eq!(reading.errors, []);
    assert_eq!(reading.facts.birth_date.unwrap().to_string(), "1990-02-01");
}

#[test]
fn every_column_of_the_template_is_known() {
    let header = template_header();
    assert_eq!(header.len(), 38);
    assert_eq!(header[..3], ["nik", "nama", "no_kk"]);
    let values: Vec<String> = (0..38).map(|n| format!("isi {n}")).collect();
    let found = applicants(&format!("{}\n{}\n", header.join(","), values.join(","))).unwrap();
    assert!(found.ignored_columns.is_empty());
    assert_eq!(found.rows[0].values.iter().count(), 38);
}

#[test]
fn a_column_twice_is_refused_with_both_places() {
    let error = applicants("nik,nama,tanggal_lahir,N.I.K\n1,a,b,2\n").unwrap_err();
    assert!(matches!(error, SheetError::DoubledColumn { header_row: 1, .. }));
    let message = error.to_string();
    assert!(message.contains("\"N.I.K\"") && message.contains("kolom A dan D"), "{message}");
    assert!(applicants("nik,nama,tanggal_lahir,x,x\n1,a,b,2,3\n").is_ok());
}

#[test]
fn missing_required_columns_are_named() {
    let error = applicants("\nnama,alamat\nSiti,Jl. A\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Baris 2: kolom wajib tidak ada: nik, tanggal_lahir. Tulis judul kolom itu persis di baris judul, atau pakai berkas contoh dari Payung."
    );
    assert!(applicants("nik,nama,tanggal_lahir\n").unwrap().rows.is_empty());
}

#[test]
fn a_destroyed_number_is_an_error_at_its_field_and_the_row_stays() {
    let found =
        applicants("nik,nama,tanggal_lahir,no_kk\n3.30512E+15,Siti,1990-02-01,3305010101200002\n").unwrap();
    let row = &found.rows[0];
    assert_eq!(row.values.get(Field::Nik), None);
    assert_eq!(row.values.get(Field::Name), Some("Siti"));
    let reading = row.read();
    assert_eq!(reading.facts.nik, None);
    assert!(reading.facts.birth_date.is_some());
    let [error] = &reading.errors[..] else { panic!("{:?}", reading.errors) };
    assert_eq!(error.field, Field::Nik);
    assert_eq!(
        error.message(),
        "NIK \"3.30512E+15\": diubah menjadi bilangan ilmiah (E+), sehingga angka terakhirnya hilang; jadikan kolom ini teks, lalu ketik ulang dari KTP atau KK"
    );

    let cell = |name: &str, text: &str| format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let header = cell("A1", "nik") + &cell("B1", "nama") + &cell("C1", "tanggal_lahir");
    let found = people(&xlsx(&format!(
        r#"<row r="1">{header}</row><row r="7"><c r="A7"><v>3305010101900001</v></c>{}</row>"#,
        cell("B7", "Siti")
    )))
    .unwrap();
    let row = &found.rows[0];
    assert_eq!((row.row, row.errors.len(), row.errors[0].field), (7, 1, Field::Nik));
    assert!(row.errors[0].rule.contains("lebih dari 15 angka"));
}

#[test]
fn rows_without_a_known_value_are_counted_not_read() {
    let found = applicants("no,nik,nama,tanggal_lahir\n1,3305010101900001,Siti,1990-02-01\n2,,,\n").unwrap();
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.skipped[0].row, 3);
}

#[test]
fn the_blank_template_is_one_that_payung_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contoh.xlsx");
    write_blank(&path).unwrap();
    let table = read_table(&path).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("Calon penerima"));
    assert_eq!(table.header, template_header());
    let found = people(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!((found.layout, &found.sheets[..]), (Layout::Template, &["Calon penerima".to_owned()][..]));
    assert!(found.rows.is_empty() && found.ignored_columns.is_empty());

    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let guide = calamine::Reader::worksheet_range(&mut workbook, "Petunjuk").unwrap();
    let text: String = guide.used_cells().map(|(_, _, cell)| format!("{cell}\n")).collect();
    for field in Field::ALL {
        assert!(text.contains(field.name()) && text.contains(field.label()), "{field:?}");
    }
    for word in Occupation::NAMES {
        assert!(text.contains(word), "{word}");
    }
    assert!(text.contains("Bukan BPJS Kesehatan"));
}

fn awkward_rows() -> Vec<Vec<String>> {
    [
        ["3305010101900001", "Siti \"Ti\", S.Pd", "003"],
        ["0", "baris\nbaru; titik koma", "'tanda petik"],
        ["+62 812", "-", "=1+1"],
        ["", "@jahat", "+1+A1"],
    ]
    .map(|row| row.map(str::to_owned).to_vec())
    .to_vec()
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ekspor.csv", "ekspor.xlsx"] {
        let path = folder.path().join(name);
        std::fs::write(&path, "lama").unwrap();
        if name.ends_with("csv") {
            write_csv(&path, &["nik", "nama", "rt"], awkward_rows()).unwrap();
        } else {
            write_xlsx(&path, &["nik", "nama", "rt"], awkward_rows()).unwrap();
        }
        let table = read_table(&path).unwrap();
        assert_eq!(table.header, ["nik", "nama", "rt"]);
        assert_eq!(shown(&table), awkward_rows(), "{name}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing left beside the files");
}

#[test]
fn a_csv_runs_no_formula_and_is_known_to_excel_as_utf8() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ekspor.csv");
    write_csv(&path, &["nik", "nama", "rt"], awkward_rows()).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBFnik,nama,rt\r\n"));
    let text = String::from_utf8(bytes).unwrap();
    for run in [",=1", ",@", ",+1"] {
        assert!(!text.contains(run), "{run}");
    }
    assert!(text.contains("+62 812,-,'=1+1"));
}

#[test]
fn a_workbook_holds_numbers_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ekspor.xlsx");
    write_xlsx(&path, &["nik"], [vec!["3305010101900001".to_owned()]]).unwrap();
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let range = calamine::Reader::worksheet_range(&mut workbook, "Sheet1").unwrap();
    assert_eq!(range.get_value((1, 0)), Some(&calamine::Data::String("3305010101900001".into())));
}

#[test]
fn writing_that_fails_says_so_and_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let error = write_csv(&folder.path().join("tidak/ada.csv"), &["nik"], []).unwrap_err();
    assert!(error.to_string().starts_with("Berkas tidak dapat ditulis: berkas atau foldernya tidak ada."));
    let path = folder.path().join("ekspor.xlsx");
    std::fs::write(&path, "lama").unwrap();
    let error = write_xlsx(&path, &["nik"], [vec!["x".to_owned()], vec!["x".repeat(32_768)]]).unwrap_err();
    assert!(matches!(error, SheetError::Unwritable { row: 3 }), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "lama");
}
