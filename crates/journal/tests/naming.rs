//! What a name means, where copies of one disk wrote two entries for one place.

use payung_journal::{Again, EntityId, Mark, Meant, SeriesId, Shelf, meant, stood};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Bodies by place, and series that hold entries of others again.
#[derive(Default)]
struct Held {
    bodies: BTreeMap<EntityId, &'static str>,
    again: Vec<Again>,
}

impl Shelf for Held {
    type Error = Infallible;

    fn here(&self, id: EntityId) -> Result<bool, Infallible> {
        Ok(self.bodies.contains_key(&id))
    }

    fn mark(&self, id: EntityId) -> Result<Option<Mark>, Infallible> {
        Ok(self.bodies.get(&id).map(|body| Mark::of(body.as_bytes())))
    }

    fn again(&self, series: SeriesId) -> Result<Option<Again>, Infallible> {
        Ok(self.again.iter().find(|again| again.series == series).copied())
    }

    fn all_again(&self) -> Result<Vec<Again>, Infallible> {
        Ok(self.again.clone())
    }
}

fn at(series: u8, seq: u64) -> EntityId {
    EntityId::new(SeriesId([series; 16]), seq)
}

fn mark(body: &str) -> Option<Mark> {
    Some(Mark::of(body.as_bytes()))
}

/// Series 1 was cloned after its second entry. `mine` came again in series 2, and that branch was lost once more: it stands
/// in series 3 now.
fn held() -> Held {
    let bodies = [
        (at(1, 1), "opened"),
        (at(1, 2), "common"),
        (at(1, 3), "theirs"),
        (at(2, 1), "opened again"),
        (at(3, 1), "opened once more"),
        (at(3, 2), "mine"),
        (at(3, 3), "mine too"),
    ];
    let again = |series: u8, after, count| Again { series: SeriesId([series; 16]), after, count };
    Held { bodies: bodies.into(), again: vec![again(2, at(1, 2), 2), again(3, at(2, 1), 2)] }
}

#[test]
fn a_mark_tells_which_of_two_entries_is_meant() {
    let held = held();
    let means = |name, mark| meant(&held, at(9, 1), (name, mark)).unwrap();
    assert_eq!(means(at(1, 3), mark("theirs")), Meant::Here(at(1, 3)));
    assert_eq!(means(at(1, 3), mark("mine")), Meant::Here(at(3, 2)), "wherever it stands now");
    assert_eq!(means(at(1, 4), mark("mine too")), Meant::Here(at(3, 3)), "also where nothing else came");
    assert_eq!(means(at(1, 3), None), Meant::Here(at(1, 3)), "an older program meant the place");
    assert_eq!(means(at(1, 3), mark("somebody else's")), Meant::Awaited(at(1, 3)));
    assert_eq!(means(at(1, 9), mark("later")), Meant::Awaited(at(1, 9)));
    assert_eq!(means(at(1, 9), None), Meant::Awaited(at(1, 9)));
}

#[test]
fn inside_an_entry_that_came_again_names_move_with_it() {
    let held = held();
    let means = |inside, name| meant(&held, inside, (name, None)).unwrap();
    assert_eq!(means(at(3, 3), at(1, 3)), Meant::Here(at(3, 2)), "twice");
    assert_eq!(means(at(3, 3), at(1, 2)), Meant::Here(at(1, 2)), "what stood before is common");
    assert_eq!(means(at(3, 4), at(1, 3)), Meant::Here(at(1, 3)), "written later, it means what it says");
    assert_eq!(stood(&held, at(3, 3)).unwrap(), [at(2, 3), at(1, 4)]);
    assert_eq!(stood(&held, at(3, 4)).unwrap(), []);
}

#[test]
fn a_ring_of_series_ends() {
    let again = |series: u8, after| Again { series: SeriesId([series; 16]), after, count: 8 };
    let held = Held { bodies: BTreeMap::new(), again: vec![again(1, at(2, 1)), again(2, at(1, 1))] };
    assert_eq!(meant(&held, at(1, 3), (at(2, 2), mark("x"))).unwrap(), Meant::Awaited(at(1, 2)));
    assert!(stood(&held, at(1, 3)).unwrap().len() < 100);
    assert!(matches!(meant(&held, at(9, 1), (at(1, 3), mark("x"))).unwrap(), Meant::Awaited(_)));
}
