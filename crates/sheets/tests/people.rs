//! Every layout of people is recognised by its content.

mod support;

use payung_domain::{Unwatched, Watch};
use payung_sheets::{Layout, SheetError, read_people_from};
use std::sync::Mutex;

struct Noting(Mutex<Vec<(u64, u64)>>, u64);

impl Watch for Noting {
    fn at(&self, done: u64, total: u64) -> bool {
        self.0.lock().unwrap().push((done, total));
        done < self.1
    }
}

#[test]
fn reading_tells_how_far_it_is_and_stops_in_the_middle() {
    let rows: Vec<String> = (1..=10_000).map(|n| format!("33050141019{n:05},Siti {n},1990-01-01")).collect();
    let text = format!("nik,nama,tanggal_lahir\n{}\n", rows.join("\n"));
    let noting = Noting(Mutex::default(), u64::MAX);
    assert_eq!(read_people_from(text.as_bytes(), &noting).unwrap().rows.len(), 10_000);
    let looks = noting.0.into_inner().unwrap();
    assert!(looks.len() >= 10 && looks.is_sorted_by_key(|(done, _)| *done), "{looks:?}");
    assert!(looks.iter().all(|(done, total)| done <= total));
    assert_eq!(looks.last(), Some(&(10_000, 10_000)));

    let noting = Noting(Mutex::default(), 4_000);
    assert!(matches!(read_people_from(text.as_bytes(), &noting), Err(SheetError::Stopped)));
    assert!(noting.0.into_inner().unwrap().last().unwrap().0 < 5_000);
}

#[test]
fn a_population_of_two_hundred_thousand_is_read_and_one_more_is_refused_with_the_limit() {
    let text = |count: u32| {
        let rows: Vec<String> = (1..=count).map(|n| format!("3305014101{n:06},Siti,1990-01-01")).collect();
        format!("nik,nama,tanggal_lahir\n{}\n", rows.join("\n"))
    };
    assert_eq!(read_people_from(text(200_000).as_bytes(), &Unwatched).unwrap().rows.len(), 200_000);
    let error = read_people_from(text(200_001).as_bytes(), &Unwatched).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Baris 200002: tabel terlalu panjang; paling banyak 200.000 baris. Bagi tabel menjadi beberapa berkas."
    );
}

struct Stopping;

impl Watch for Stopping {
    fn at(&self, _done: u64, _total: u64) -> bool {
        false
    }
}

#[test]
fn a_watch_that_says_stop_stops() {
    let bytes = b"nik,nama,tanggal_lahir\n3305010101900001,Siti,1990-02-01\n";
    let found = read_people_from(bytes, &Unwatched).unwrap();
    assert_eq!((found.layout, found.rows.len(), found.skipped.len()), (Layout::Template, 1, 0));
    assert!(matches!(read_people_from(bytes, &Stopping), Err(SheetError::Stopped)));
}

#[test]
fn layouts_have_one_name_each() {
    for layout in Layout::ALL {
        assert_eq!(Layout::from_name(layout.name()), Some(*layout));
        assert!(!layout.label().is_empty());
    }
}
