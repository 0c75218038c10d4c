//! Every layout of people is recognised by its content.

mod support;

use payung_domain::{Unwatched, Watch};
use payung_sheets::{Layout, SheetError, read_people_from};

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
