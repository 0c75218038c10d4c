//! Tables over a real register, read again as a stranger's program would.

use super::*;
use crate::dto::StateKey;
use crate::exports::everybody;
use crate::exports::tests::{everybody_by_name, kebumen, values};
use payung_domain::Unwatched;
use payung_register::Op;

#[test]
fn an_exported_table_is_read_again_as_it_was_typed() {
    let mut office = kebumen();
    office.ready(1);
    office.ready(2);
    for format in [ExportFormatKey::Xlsx, ExportFormatKey::Csv] {
        let people = everybody(&office.register, &everybody_by_name(), &Unwatched).unwrap();
        let read = |specific| {
            let bytes = table(&people, format, specific, &Unwatched).unwrap();
            payung_sheets::read_people_from(&bytes, &Unwatched).unwrap().rows
        };
        let whole = read(true);
        assert_eq!(whole.len(), 2, "{format:?}");
        assert!(whole[0].values == values(1), "{format:?}: {:?}", whole[0].values.differing(&values(1)));
        let mut plain = values(1);
        for field in Field::ALL.iter().filter(|field| field.is_specific()) {
            plain.set(*field, "");
        }
        assert!(read(false)[0].values == plain, "{format:?}: specific data only on purpose");
    }
}

fn programme(states: Vec<StateKey>) -> ProgrammeRequest {
    ProgrammeRequest {
        name: " Bantuan Iuran 2026 ".to_owned(),
        from: "01-01-2026".to_owned(),
        to: "2026-12-31".to_owned(),
        states,
    }
}

#[test]
fn a_programme_without_name_dates_or_states_is_refused_at_its_field() {
    let ready = || vec![StateKey::ReadyForStatement];
    let refused =
        |request: ProgrammeRequest| NewProgramme::read(&request).err().unwrap().fields[0].field.clone();
    assert_eq!(refused(ProgrammeRequest { name: " ".to_owned(), ..programme(ready()) }), "name");
    assert_eq!(refused(ProgrammeRequest { name: "x".repeat(101), ..programme(ready()) }), "name");
    assert_eq!(refused(ProgrammeRequest { from: "kemarin".to_owned(), ..programme(ready()) }), "from");
    assert_eq!(refused(ProgrammeRequest { to: "2025-12-31".to_owned(), ..programme(ready()) }), "to");
    assert_eq!(refused(programme(Vec::new())), "states");
    assert_eq!(refused(programme(vec![StateKey::Passed, StateKey::Draft])), "states");
}

#[test]
fn the_programme_names_whom_the_district_knows() {
    let mut office = kebumen();
    let id = office.ready(1);
    office.ready(2);
    office.draft(values(3));
    let op = Op::SaveField { person: id, field: Field::Name, value: "Nama Belum Siap".to_owned() };
    office.register.transact(op).unwrap();
    let asked = NewProgramme::read(&programme(vec![StateKey::ReadyForStatement])).unwrap();
    let recipients = Recipients::of(&office.register, &asked, &Unwatched).unwrap();
    assert_eq!(recipients.count(), 2, "a draft is nobody's recipient");
    let file = recipients.file(&asked).unwrap();
    let read = payung_sheets::read_people_from(&file, &Unwatched).unwrap();
    let told = |row: usize, field| read.rows[row].values.text(field).unwrap_or_default().to_owned();
    let mut names = [told(0, Field::Name), told(1, Field::Name)];
    names.sort();
    assert_eq!(
        names,
        ["Warga Contoh 001", "Warga Contoh 002"],
        "what was said siap, not what was typed since"
    );
    assert!((0..2).any(|row| told(row, Field::Nik) == "3305010206800001"));

    let nobody = NewProgramme::read(&programme(vec![StateKey::Passed])).unwrap();
    let refused = Recipients::of(&office.register, &nobody, &Unwatched).err().unwrap();
    assert!(refused.message.contains("Tidak ada orang"), "{}", refused.message);
}

#[test]
fn nobody_is_dropped_unsaid_from_a_programme() {
    let person = |nik: &str, name: &str| Person {
        nik: nik.to_owned(),
        name: name.to_owned(),
        birth_place: String::new(),
        birth_date: None,
        address: String::new(),
    };
    let refused = one_nik_each(&[person("1", "Ani"), person("", "Budi")]).unwrap_err();
    assert!(refused.message.contains("Budi") && !refused.message.contains("Ani"), "{}", refused.message);
    let refused = one_nik_each(&[person("1", "Ani"), person("2", "Budi"), person("1", "Cici")]).unwrap_err();
    assert!(refused.message.contains("Cici"), "{}", refused.message);
    assert!(one_nik_each(&[person("1", "Ani"), person("2", "Budi")]).is_ok());
    assert_eq!(some(&["a", "b", "c", "d", "e"]), "a, b, c, dan 2 orang lagi");
}
