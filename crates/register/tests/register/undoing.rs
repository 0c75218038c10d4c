//! An import taken back, stopped, or cut off: everything as it was before.

use crate::attachments::photo;
use crate::district::District;
use crate::harness::{OPERATOR, PASSPHRASE, Village};
use crate::imports::{import, row, with};
use payung_domain::{CivilDate, EndKind, Field, State, Unwatched, Watch};
use payung_journal::{AttachmentKind, TrailKind};
use payung_register::{About, Destination, Import, ImportId, Op, Register, RegisterError, Undone};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

#[test]
fn an_import_is_taken_back_whole() {
    let mut village = Village::kebumen();
    let draft = village.draft(with(1, &[]));
    let released = village.candidate(2);
    village.save(released, Field::Rt, "001");
    let other = village.candidate(3);
    let before = village.shown();
    let rows = (1..=6).map(|serial| row(serial + 1, with(serial, &[(Field::Phone, "0899")]))).collect();
    let import = import(Destination::Applicants, rows);
    let id = village.taken(&import).id.expect("its number");
    assert_eq!(village.counts().total, 6);
    assert_eq!(village.detail(other).edited, [Field::Phone]);
    assert!(village.imports().expect("imports")[0].can_undo);
    let undone = village.undone(id);
    assert_eq!(undone, Undone { removed: 3, restored: 3, ..Undone::default() });
    assert_eq!(village.shown(), before);
    assert_eq!(village.detail(draft).values.text(Field::Phone), None);
    assert_eq!(village.detail(released).edited, [Field::Rt], "the change typed before is still there");
    let past = &village.imports().expect("imports")[0];
    assert!(past.undone_at.is_some() && !past.can_undo);
    assert!(matches!(village.transact(Op::UndoImport { import: id }), Err(RegisterError::ImportUndone)));
    assert!(matches!(
        village.transact(Op::UndoImport { import: ImportId(99) }),
        Err(RegisterError::NoSuchImport)
    ));
    let said = &village.trail(1).expect("trail")[0];
    assert_eq!(said.what, TrailKind::DraftDiscarded);
    assert_eq!(said.note, "warga.xlsx: impor dibatalkan, 3 dihapus, 3 dikembalikan, 0 tetap");
    village.close();
    village.unlock();
    assert_eq!(village.shown(), before);
    assert_eq!(village.taken(&import).figures.new, 3, "the file can come again");
}

#[test]
fn whatever_somebody_built_on_since_stays_and_is_named() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let rows = |ready| Import {
        ready,
        ..import(Destination::Applicants, (1..=7).map(|serial| row(serial + 1, with(serial, &[]))).collect())
    };
    let done = village.run_import(&rows(false), &Unwatched).expect("taken in");
    let id = done.import.expect("report").id.expect("its number");
    let people = done.people;
    let [untouched, typed, photographed, sent, signed, unsent, ended] = people.as_slice() else {
        panic!("seven")
    };
    village.save(*typed, Field::Phone, "0811");
    village.attach(About::Person(*photographed), AttachmentKind::Ktp, photo("ktp")).expect("attached");
    village.release(*sent).expect("siap");
    district.tell(&mut village);
    village.release(*signed).expect("siap");
    village.signed(&[*signed]);
    village.release(*unsent).expect("siap");
    let on = CivilDate::new(2026, 11, 20).expect("date");
    let end = Op::End { person: *ended, kind: EndKind::Died, on, reason: "sakit".to_owned() };
    village.transact(end).expect("ended");
    let mut undone = village.undone(id);
    undone.kept.sort();
    assert_eq!(undone.removed, 2);
    assert_eq!(
        undone.kept,
        [
            (*typed, "isiannya sudah diubah setelah impor ini"),
            (*photographed, "sudah punya foto atau berkas"),
            (*sent, "sudah sampai di kabupaten"),
            (*signed, "sudah dimuat dalam surat pernyataan"),
            (*ended, "sudah ditandai berakhir atau dibatalkan"),
        ]
    );
    assert!(matches!(village.person(*untouched), Err(RegisterError::NoSuchPerson)), "a draft is simply gone");
    assert_eq!(village.state(*unsent), State::Cancelled, "who was siap is never deleted");
    assert_eq!(village.detail(*unsent).ended.expect("an end").reason, "Impor dibatalkan");
}

#[test]
fn changes_that_were_said_siap_since_stay_too() {
    let mut village = Village::kebumen();
    let [confirmed, retyped, draft] =
        [village.candidate(1), village.candidate(2), village.draft(with(3, &[]))];
    let rows = (1..=3).map(|serial| row(serial + 1, with(serial, &[(Field::Phone, "0899")]))).collect();
    let id = village.taken(&import(Destination::Applicants, rows)).id.expect("its number");
    village.release(confirmed).expect("siap");
    village.save(retyped, Field::Phone, "0877");
    village.release(draft).expect("siap");
    let mut undone = village.undone(id);
    undone.kept.sort();
    let said = "sudah dinyatakan siap atau diperbaiki setelah impor ini";
    let typed = "isiannya sudah diubah setelah impor ini";
    assert_eq!((undone.removed, undone.restored), (0, 0));
    assert_eq!(undone.kept, [(confirmed, said), (retyped, typed), (draft, said)]);
}

#[test]
fn who_came_in_as_siap_is_cancelled_by_an_entry_and_can_come_again() {
    let mut village = Village::kebumen();
    let rows = (1..=3).map(|serial| row(serial + 1, with(serial, &[]))).collect();
    let import = Import { ready: true, ..import(Destination::Applicants, rows) };
    let id = village.taken(&import).id.expect("its number");
    let entries = village.shared_series().expect("series").seq;
    let undone = village.undone(id);
    assert_eq!(undone, Undone { removed: 3, ..Undone::default() });
    assert_eq!(village.counts().of(State::Cancelled), 3);
    assert_eq!(village.shared_series().expect("series").seq, entries + 3, "the district is told, too");
    assert_eq!(village.taken(&import).ready, 3);
}

/// Says stop at its n-th look.
struct Impatient {
    looks: AtomicU64,
    patience: u64,
}

impl Watch for Impatient {
    fn at(&self, done: u64, total: u64) -> bool {
        assert!(done <= total, "{done} of {total}");
        self.looks.fetch_add(1, Ordering::SeqCst) < self.patience
    }
}

#[test]
fn stopped_at_any_moment_it_leaves_nothing() {
    let mut village = Village::kebumen();
    village.candidate(5_000);
    let before = (village.shown(), village.series().expect("series"));
    let rows = (1..=1_200).map(|serial| row(serial + 1, with(serial, &[]))).collect();
    let import = Import { ready: true, ..import(Destination::Applicants, rows) };
    let mut looks = 0;
    loop {
        let watch = Impatient { looks: AtomicU64::new(0), patience: looks };
        match village.run_import(&import, &watch) {
            Err(RegisterError::Stopped) => {}
            Ok(_) => break,
            Err(error) => panic!("{error}"),
        }
        assert_eq!((village.shown(), village.series().expect("series")), before, "stopped at look {looks}");
        assert!(village.imports().expect("imports").is_empty());
        looks += 1;
    }
    assert!(looks >= 6, "it was asked while deciding and while writing: {looks}");
    assert_eq!(village.counts().total, 1_201);
    let plan = village.plan_import(&import, &Impatient { looks: AtomicU64::new(0), patience: 1 });
    assert!(matches!(plan, Err(RegisterError::Stopped)));

    // Taking it back can be stopped as well, and then nobody has gone.
    let (id, taken) = (village.imports().expect("imports")[0].id, village.series().expect("series"));
    for patience in 0..3 {
        let stopped = village.undo_import(id, &Impatient { looks: AtomicU64::new(0), patience });
        assert!(matches!(stopped, Err(RegisterError::Stopped)), "{stopped:?}");
        assert_eq!((village.counts().total, village.series().expect("series")), (1_201, taken.clone()));
    }
    let undone = village.undo_import(id, &Impatient { looks: AtomicU64::new(0), patience: u64::MAX });
    assert_eq!(undone.expect("taken back").undone.expect("what came of it").removed, 1_200);
}

/// Takes a picture of the disk in the middle of writing: what a power cut leaves.
struct PowerCut<'a> {
    from: &'a Path,
    to: &'a Path,
}

impl Watch for PowerCut<'_> {
    fn at(&self, done: u64, total: u64) -> bool {
        if done < total {
            for name in ["register.db", "register.db-wal", "register.keys.json"] {
                if self.from.join(name).exists() {
                    std::fs::copy(self.from.join(name), self.to.join(name)).expect("copied");
                }
            }
        }
        true
    }
}

#[test]
fn killed_in_the_middle_it_leaves_nothing() {
    let mut village = Village::kebumen();
    village.candidate(5_000);
    let before = village.shown();
    let picture = tempfile::tempdir().expect("folder");
    let rows = (1..=1_800).map(|serial| row(serial + 1, with(serial, &[]))).collect();
    let import = Import { ready: true, ..import(Destination::Applicants, rows) };
    let from = village.dir().to_owned();
    village.run_import(&import, &PowerCut { from: &from, to: picture.path() }).expect("taken in");
    let survivor =
        Register::unlock(picture.path(), OPERATOR, PASSPHRASE, village.tools()).expect("it opens again");
    survivor.verify_journal().expect("it proves itself");
    assert_eq!(survivor.counts().total, 1);
    assert!(survivor.imports().expect("imports").is_empty());
    assert_eq!(village.counts().total, 1_801);
    drop(survivor);
    let survivor = Village::found(picture);
    assert_eq!(survivor.shown().len(), before.len());
}
