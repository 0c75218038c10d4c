//! Whatever the bytes are, reading ends with a table or an error.

mod support;

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
}
