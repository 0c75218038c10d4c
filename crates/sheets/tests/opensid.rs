mod support;

use payung_domain::{Field, Sex, Unwatched};
use payung_sheets::{Applicants, Layout, SheetError, read_people};
use rust_xlsxwriter::Workbook;
use std::path::Path;
use support::{absent, people};

const HEADER: &str = "alamat,dusun,rw,rt,nama,no_kk,nik,sex,tempatlahir,tanggallahir,agama_id,pendidikan_kk_id,pendidikan_sedang_id,pekerjaan_id,status_kawin,kk_level,warganegara_id,ayah_nik,nama_ayah,ibu_nik,nama_ibu,golongan_darah_id,akta_lahir,dokumen_pasport,tanggal_akhir_paspor,dokumen_kitas,akta_perkawinan,tanggalperkawinan,akta_perceraian,tanggalperceraian,cacat_id,cara_kb_id,hamil,ktp_el,status_rekam,alamat_sekarang,status_dasar,suku,tag_id_card,id_asuransi,no_asuransi,lat,lng";

/// One made-up person in the 43 columns, with some of them changed.
fn person(changes: &[(&str, &str)]) -> Vec<String> {
    let usual = [
        ("alamat", "Jl. Contoh"),
        ("dusun", "KRAJAN"),
        ("rw", "-"),
        ("rt", "003"),
        ("nama", "SITI CONTOH"),
        ("no_kk", "3305010101200002"),
        ("nik", "3305014101900001"),
        ("sex", "2"),
        ("tempatlahir", "KEBUMEN"),
        ("tanggallahir", "1990-01-01"),
        ("pekerjaan_id", "9"),
        ("kk_level", "1"),
        ("nama_ibu", "IBU CONTOH"),
        ("cacat_id", "7"),
        ("status_dasar", "1"),
        ("id_asuransi", "2"),
    ];
    let value = |name: &str| {
        let of =
            |pairs: &[(&str, &str)]| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        of(changes).or_else(|| of(&usual)).unwrap_or_default()
    };
    HEADER.split(',').map(value).collect()
}

fn workbook(rows: &[Vec<String>]) -> Applicants {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Data Penduduk").unwrap();
    for (column, title) in HEADER.split(',').enumerate() {
        sheet.write(0, column as u16, title).unwrap();
    }
    for (index, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write(index as u32 + 1, column as u16, cell).unwrap();
        }
    }
    let codes = workbook.add_worksheet().set_name("Kode Data").unwrap();
    codes.write(0, 0, "nik").unwrap();
    let found = people(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!((found.layout, &found.sheets[..]), (Layout::OpenSid, &["Data Penduduk".to_owned()][..]));
    found
}

#[test]
fn what_maps_is_taken_and_health_insurance_is_not() {
    let found = workbook(&[person(&[])]);
    let [row] = &found.rows[..] else { panic!() };
    let values: Vec<(&str, &str)> = row.values.iter().map(|(field, value)| (field.name(), value)).collect();
    assert_eq!(
        values,
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
            ("pekerjaan", "petani"),
            ("uraian_pekerjaan", "PETANI/PEKEBUN"),
            ("disabilitas", "TIDAK CACAT"),
            ("nama_ibu", "IBU CONTOH"),
        ]
    );
    assert!(found.ignored_columns.contains(&"id_asuransi".to_owned()));
    assert_eq!(found.ignored_columns.len(), 43 - 14);
}

#[test]
fn codes_and_words_mean_the_same() {
    let read = |changes: &[(&str, &str)], field: Field| -> Option<String> {
        let found = workbook(&[person(changes)]);
        found.rows[0].values.get(field).map(str::to_owned)
    };
    for (word, occupation) in [
        ("20", Some("buruh_tani")),
        ("Buruh Tani / Perkebunan", Some("buruh_tani")),
        ("11", Some("nelayan")),
        ("21", Some("nelayan")),
        ("8", Some("pedagang")),
        ("84", Some("pedagang")),
        ("sopir", Some("sopir_angkutan")),
        ("41", Some("pengelola_tempat_ibadah")),
        ("45", Some("pendidik_keagamaan_nonformal")),
        ("14", None),
        ("88", None),
        ("PENCARI KAYU", None),
        ("90", None),
    ] {
        assert_eq!(read(&[("pekerjaan_id", word)], Field::Occupation).as_deref(), occupation, "{word}");
    }
    assert_eq!(read(&[("pekerjaan_id", "88")], Field::OccupationDetail).unwrap(), "WIRASWASTA");
    assert_eq!(read(&[("pekerjaan_id", "89")], Field::OccupationDetail).unwrap(), "LAINNYA");
    assert_eq!(read(&[("pekerjaan_id", "PENCARI KAYU")], Field::OccupationDetail).unwrap(), "PENCARI KAYU");
    assert_eq!(read(&[("pekerjaan_id", "")], Field::OccupationDetail), None);
    assert_eq!(read(&[("sex", "Laki-laki")], Field::Sex).unwrap(), "L");
    assert_eq!(read(&[("sex", "Pr")], Field::Sex).unwrap(), "P");
    assert_eq!(read(&[("sex", "3")], Field::Sex).unwrap(), "3");
    assert_eq!(read(&[("cacat_id", "2")], Field::Disability).unwrap(), "CACAT NETRA/BUTA");
    assert_eq!(read(&[("nik", "0")], Field::Nik), None);
    assert_eq!(read(&[("nik", "'3305014101900001")], Field::Nik).unwrap(), "3305014101900001");
}

#[test]
fn people_who_are_gone_are_skipped_with_the_reason() {
    let rows = [
        person(&[("status_dasar", "2")]),
        person(&[("status_dasar", "PINDAH DALAM NEGERI")]),
        person(&[("status_dasar", "")]),
        person(&[("status_dasar", "Hidup")]),
    ];
    let found = workbook(&rows);
    assert_eq!(found.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [4, 5]);
    let skipped: Vec<(u32, &str)> =
        found.skipped.iter().map(|skip| (skip.row, skip.reason.as_str())).collect();
    assert_eq!(
        skipped,
        [
            (2, "status_dasar MATI: tidak lagi menjadi penduduk desa"),
            (3, "status_dasar PINDAH DALAM NEGERI: tidak lagi menjadi penduduk desa"),
        ]
    );
}

#[test]
fn the_file_ends_at_its_end_marker() {
    let mut end = vec![String::new(); 43];
    end[1] = "###".to_owned();
    let note = person(&[("nama", "CATATAN DI BAWAH TABEL")]);
    let found = workbook(&[person(&[]), end, note]);
    assert_eq!(found.rows.len(), 1);
}

#[test]
fn a_destroyed_nik_is_an_error_of_its_row() {
    let found = workbook(&[person(&[("nik", "3.30501E+15")])]);
    assert_eq!(found.rows[0].errors[0].field, Field::Nik);
    assert_eq!(found.rows[0].values.get(Field::Name), Some("SITI CONTOH"));
}

#[test]
fn other_orders_and_the_older_release_are_known_and_other_files_are_not() {
    let read = |text: &str| people(text.as_bytes());
    let older = HEADER.strip_suffix(",lat,lng").unwrap();
    assert_eq!(read(&format!("{older}\n")).unwrap().layout, Layout::OpenSid);
    let found =
        read("KK Level,Tanggal Lahir,SEX,Nama,NIK,baru\n1,01/02/1990,L,Budi,3305010102900001,x\n").unwrap();
    assert_eq!(
        (found.layout, &found.ignored_columns[..]),
        (Layout::OpenSid, &["KK Level", "baru"].map(str::to_owned)[..])
    );
    assert_eq!(found.rows[0].read().facts.sex, Some(Sex::Male));
    for (other, layout) in [
        ("nik,nama,tanggal_lahir,jenis_kelamin,pekerjaan", Layout::Template),
        ("Nomor KK,NIK,Nama Penduduk,Status", Layout::Siak),
        ("Peserta,No. Peserta,NIK,Nama,Tempat Lahir,Tanggal Lahir,Alamat", Layout::Programme),
        ("nik,nama,tanggal_lahir,jenis_kelamin,sex,pekerjaan_id", Layout::Template),
    ] {
        assert_eq!(read(other).unwrap().layout, layout, "{other}");
    }
    assert!(matches!(read("nik,nik,nama,tanggallahir,sex,kk_level"), Err(SheetError::DoubledColumn { .. })));
}

/// As many people, families of one hamlet and dashes as in OpenSID's sample population.
#[test]
fn a_population_of_ninety_seven_is_taken_whole() {
    let rows: Vec<Vec<String>> = (0..97)
        .map(|n| {
            person(&[("nik", &format!("33050141019{:05}", n + 1)), ("nama", &format!("CONTOH {n} A'B-C"))])
        })
        .collect();
    check_population(&workbook(&rows));
}

#[test]
fn the_sample_population_of_opensid_is_taken_whole() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/opensid/contoh_penduduk.xlsx");
    if path.exists() {
        check_population(&read_people(&path, &Unwatched).unwrap());
    } else {
        absent(
            "contoh_penduduk.xlsx",
            "a_population_of_ninety_seven_is_taken_whole goes through the same checks",
        );
    }
}

fn check_population(found: &Applicants) {
    assert_eq!(
        found.layout,
        Layout::OpenSid,
        "its NIK, nama and tanggallahir happen to be the template's too"
    );
    assert_eq!((found.rows.len(), found.skipped.len()), (97, 0));
    let mut niks: Vec<&str> = found.rows.iter().filter_map(|row| row.values.get(Field::Nik)).collect();
    niks.sort_unstable();
    niks.dedup();
    assert_eq!(niks.len(), 97);
    for row in &found.rows {
        let reading = row.read();
        assert_eq!(reading.errors, [], "row {}", row.row);
        let facts = reading.facts;
        assert!(
            facts.nik.is_some() && facts.name.is_some() && facts.birth_date.is_some() && facts.kk.is_some()
        );
        assert_eq!(facts.nik.map(|nik| nik.sex()), facts.sex, "row {}", row.row);
        assert_eq!(facts.other_cover, None);
        assert_eq!(row.values.get(Field::Rw), None, "a dash is nothing");
        assert!(facts.occupation.is_none() || facts.occupation_detail.is_some());
    }
}
