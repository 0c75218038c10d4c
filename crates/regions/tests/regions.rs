use payung_domain::{VillageCode, VillageKind};
use payung_regions::{Level, name_of, place, search, title_of};

const ALL: usize = usize::MAX;

fn villages(parent: &str) -> Vec<VillageCode> {
    search(Level::Village, Some(parent), "", ALL)
        .iter()
        .map(|region| VillageCode::parse(&region.code).unwrap())
        .collect()
}

fn of_kind(villages: &[VillageCode], kind: VillageKind) -> usize {
    villages.iter().filter(|village| village.kind() == kind).count()
}

#[test]
fn the_list_is_whole() {
    assert_eq!(search(Level::Village, None, "", ALL).len(), 83_762);
    assert_eq!(search(Level::District, None, "", ALL).len(), 7_285);
    assert_eq!(search(Level::Regency, None, "", ALL).len(), 514);
}

#[test]
fn kebumen_and_klungkung_have_their_numbers() {
    for (regency, districts, desa, kelurahan) in [("33.05", 26, 449, 11), ("51.05", 4, 53, 6)] {
        assert_eq!(search(Level::District, Some(regency), "", ALL).len(), districts);
        let villages = villages(regency);
        assert_eq!(of_kind(&villages, VillageKind::Desa), desa);
        assert_eq!(of_kind(&villages, VillageKind::Kelurahan), kelurahan);
    }
}

#[test]
fn every_village_of_both_regencies_is_found_by_its_name_under_its_district() {
    let mut found = 0;
    for village in villages("33.05").into_iter().chain(villages("51.05")) {
        let place = place(village).unwrap();
        for typed in [place.village.name.clone(), place.village.name.to_uppercase().replace(' ', "")] {
            let hits = search(Level::Village, Some(&place.district.code), &typed, 3);
            assert!(hits.contains(&place.village), "{typed} under {}", place.district.code);
        }
        found += 1;
    }
    assert_eq!(found, 519);
}

#[test]
fn every_village_of_the_country_has_its_places_above() {
    for region in search(Level::Village, None, "", ALL) {
        let place = place(VillageCode::parse(&region.code).unwrap()).unwrap();
        assert_eq!(place.village, region);
    }
}

#[test]
fn names_are_written_as_people_write_them() {
    assert_eq!(name_of("33").unwrap(), "Jawa Tengah");
    assert_eq!(name_of("33.05").unwrap(), "Kebumen");
    assert_eq!(title_of("33.05").unwrap(), "Kabupaten Kebumen");
    assert_eq!(name_of("33.05.01").unwrap(), "Ayah");
    assert_eq!(name_of("33.05.01.2001").unwrap(), "Argopeni");
    assert_eq!(name_of("51.05").unwrap(), "Klungkung");
    assert_eq!(name_of("51.05.01").unwrap(), "Nusa Penida");
    assert_eq!(name_of("33.76").unwrap(), "Kota Tegal");
    assert_eq!(name_of("31.01").unwrap(), "Kepulauan Seribu");
    let shouted: Vec<String> = search(Level::Village, None, "", ALL)
        .into_iter()
        .map(|region| region.name)
        .filter(|name| !name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()))
        .collect();
    assert!(shouted.is_empty(), "{shouted:?}");
}

#[test]
fn unknown_codes_have_no_name() {
    for code in ["", "3", "99", "33.99", "33.05.01.9999", "3305", "33.05.01.2001.1", "aa.bb", "ééé"] {
        assert_eq!(name_of(code), None, "{code}");
    }
    assert_eq!(place(VillageCode::parse("33.05.01.9999").unwrap()), None);
}

#[test]
fn a_place_names_everything_above() {
    let place = place(VillageCode::parse("3305012001").unwrap()).unwrap();
    assert_eq!(place.village.code, "33.05.01.2001");
    assert_eq!(place.kind, VillageKind::Desa);
    assert_eq!(place.district.name, "Ayah");
    assert_eq!(place.regency.name, "Kebumen");
    assert_eq!(place.province.name, "Jawa Tengah");
}

#[test]
fn search_forgives_capitals_blanks_and_half_words() {
    let names = |query: &str| -> Vec<String> {
        search(Level::District, Some("51.05"), query, 9).into_iter().map(|region| region.name).collect()
    };
    assert_eq!(names("NUSA  penida"), ["Nusa Penida"]);
    assert_eq!(names("nusapen"), ["Nusa Penida"]);
    assert_eq!(names("pen"), ["Nusa Penida"]);
    assert_eq!(names("pen nu"), ["Nusa Penida"]);
    assert_eq!(names("kec. dawan"), ["Dawan"]);
    assert_eq!(names("51.05.01"), ["Nusa Penida"]);
    assert_eq!(names("510501"), ["Nusa Penida"]);
    assert!(names("tidak ada namanya").is_empty());
    assert!(search(Level::District, Some("51.05"), "", 0).is_empty());
}

#[test]
fn the_whole_name_comes_before_longer_ones() {
    let hits = search(Level::Regency, None, "bogor", 5);
    assert_eq!(hits[0].name, "Bogor");
    assert!(hits.iter().any(|region| region.name == "Kota Bogor"));
    assert_eq!(search(Level::Regency, None, "kabupaten kebumen", 5)[0].code, "33.05");
}

#[test]
fn villages_of_one_name_are_told_apart_by_code() {
    let hits = search(Level::Village, Some("33.05"), "karangsari", ALL);
    let same: Vec<&str> = hits.iter().filter(|r| r.name == "Karangsari").map(|r| r.code.as_str()).collect();
    assert!(same.len() >= 2, "{same:?}");
    assert!(same.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn the_place_above_may_be_typed_too() {
    let hits = search(Level::Village, None, "argopeni ayah kebumen", 5);
    assert_eq!(hits[0].code, "33.05.01.2001");
    assert!(hits.iter().all(|region| region.code.starts_with("33.05.01.")));
}

#[test]
fn a_parent_is_a_whole_code_not_a_beginning() {
    assert!(search(Level::Village, Some("33.0"), "", ALL).is_empty());
    assert!(search(Level::Village, Some("nowhere"), "", ALL).is_empty());
}
