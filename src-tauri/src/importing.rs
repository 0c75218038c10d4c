//! The file that is being imported: read once, kept with the newest plan until it is closed or the register is locked,
//! and wiped from memory then.

use crate::convert::import as convert;
use crate::dto::{
    CommandError, ImportDone, ImportPlanView, ImportRequest, ImportRowsPage, ImportRowsQuery, OpenedImport,
    UndoneImport,
};
use crate::error::Answered;
use crate::given;
use crate::state::Payung;
use crate::work::{CHECKING, COMPOSING, READING, SAVING, TAKING_BACK, Work};
use payung_domain::{Field, FieldError, FieldValues};
use payung_register::{Destination, Import, ImportId, ImportPlan, ImportRow, Register, Selection};
use payung_sheets::{Applicants, SkippedRow};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroize;

/// One at a time, shared by the commands.
#[derive(Clone, Default)]
pub struct OpenImport(Arc<Mutex<Option<Opened>>>);

/// A file as read, and what taking it would do.
pub struct Opened {
    /// Destination and selection are those of the newest plan.
    pub import: Import,
    /// Rows of the file that hold nobody to take in.
    pub left_out: Vec<SkippedRow>,
    /// Letters of the column in which each field stands.
    pub columns: BTreeMap<Field, String>,
    pub ignored_columns: Vec<String>,
    pub plan: Option<Planned>,
}

pub struct Planned {
    pub plan: ImportPlan,
    /// Every row of the file as it stands there.
    pub order: Vec<Place>,
}

/// Where a row of the file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the plan.
    Planned(usize),
    /// Among those left out.
    LeftOut(usize),
}

impl OpenImport {
    /// Puts a file in the place of the one that was open.
    fn put(&self, opened: Opened) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
    }

    pub fn close(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// # Errors
    /// No file is open.
    fn with<T>(&self, work: impl FnOnce(&mut Opened) -> Answered<T>) -> Answered<T> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(opened) => work(opened),
            None => Err(CommandError::problem("Berkas impor sudah ditutup. Pilih berkasnya sekali lagi.")),
        }
    }
}

impl Opened {
    pub fn new(file_name: String, read: Applicants) -> Self {
        let row = |read: payung_sheets::TemplateRow| ImportRow {
            sheet: read.sheet,
            row: read.row,
            values: read.values,
            errors: read.errors,
        };
        let columns = read.columns.iter();
        let import = Import {
            file_name,
            layout: read.layout.name().to_owned(),
            sheets: read.sheets,
            skipped: read.skipped.len() as u64,
            rows: read.rows.into_iter().map(row).collect(),
            destination: Destination::Population,
            selection: Selection::default(),
            ready: false,
            keep_unreadable: false,
        };
        Self {
            import,
            columns: columns.map(|(field, at)| (*field, payung_sheets::column_letters(*at))).collect(),
            left_out: read.skipped,
            ignored_columns: read.ignored_columns,
            plan: None,
        }
    }

    /// The newest plan.
    ///
    /// # Errors
    /// There is none yet.
    pub fn planned(&self) -> Answered<&Planned> {
        self.plan
            .as_ref()
            .ok_or_else(|| CommandError::problem("Berkas ini belum diperiksa. Tekan Periksa, lalu ulangi."))
    }

    fn ask(&mut self, request: &ImportRequest) {
        self.import.destination = request.destination.into();
        self.import.selection = convert::selection(request);
        self.import.ready = request.ready;
        self.import.keep_unreadable = request.keep_unreadable;
    }

    fn plan(&mut self, register: &Register, work: &Work) -> Answered<()> {
        self.plan = None;
        let plan = register.plan_import(&self.import, work)?;
        let mut order: Vec<Place> = (0..plan.rows.len()).map(Place::Planned).collect();
        order.extend((0..self.left_out.len()).map(Place::LeftOut));
        order.sort_by_key(|place| match place {
            Place::Planned(at) => {
                let row = &self.import.rows[plan.rows[*at].index as usize];
                (row.sheet, row.row)
            }
            Place::LeftOut(at) => (self.left_out[*at].sheet, self.left_out[*at].row),
        });
        self.plan = Some(Planned { plan, order });
        Ok(())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        for row in &mut self.import.rows {
            wipe(std::mem::take(&mut row.values));
            wipe_errors(&mut row.errors);
        }
        for row in self.plan.iter_mut().flat_map(|planned| &mut planned.plan.rows) {
            wipe_errors(&mut row.errors);
        }
    }
}

fn wipe(values: FieldValues) {
    for (_, mut value) in values {
        value.zeroize();
    }
}

fn wipe_errors(errors: &mut [FieldError]) {
    for error in errors {
        error.value.zeroize();
    }
}

// -- What the commands do --------------------------------------------------------------------------------------------

/// Reads a file that a dialog or a drop gave. Nobody waits for the register meanwhile.
pub async fn open(payung: &Payung, path: &str) -> Answered<OpenedImport> {
    let path = payung.given.known(path)?;
    let work = payung.work(READING);
    payung.with(|_| Ok(())).await?;
    let reading = tokio::task::spawn_blocking(move || {
        let read = payung_sheets::read_people(&path, &work)?;
        let opened = Opened::new(given::name(&path), read);
        work.unless_stopped()?;
        Ok::<_, CommandError>((opened, work))
    });
    let (opened, work) = reading.await.map_err(|_| CommandError::broken())??;
    let import = payung.import.clone();
    // Only beside an open register, so that locking leaves no file behind; and only if nobody locked it meanwhile.
    payung
        .with(move |_| {
            work.unless_stopped()?;
            let view = convert::opened(&opened);
            import.put(opened);
            Ok(view)
        })
        .await
}

/// What would become of every row; writes nothing.
pub async fn plan(payung: &Payung, request: ImportRequest) -> Answered<ImportPlanView> {
    let (import, work) = (payung.import.clone(), payung.work(CHECKING));
    payung
        .with(move |register| {
            import.with(|opened| {
                opened.ask(&request);
                opened.plan(register, &work)?;
                convert::plan(opened)
            })
        })
        .await
}

/// Rows of the newest plan.
pub async fn rows(payung: &Payung, query: ImportRowsQuery) -> Answered<ImportRowsPage> {
    let import = payung.import.clone();
    payung.with(move |register| import.with(|opened| convert::rows(register, opened, query))).await
}

/// Takes the file in one transaction.
pub async fn run(payung: &Payung, request: ImportRequest) -> Answered<ImportDone> {
    let (import, work) = (payung.import.clone(), payung.work(SAVING));
    payung
        .write(move |register| {
            import.with(|opened| {
                opened.ask(&request);
                let done = register.run_import(&opened.import, &work)?;
                let report = done.import.ok_or_else(CommandError::broken)?;
                Ok(convert::done(&report, opened.import.destination))
            })
        })
        .await
}

/// Takes an import back in one transaction.
pub async fn undo(payung: &Payung, id: ImportId) -> Answered<UndoneImport> {
    let work = payung.work(TAKING_BACK);
    payung.write(move |register| convert::undo(register, id, &work)).await
}

/// The refused rows of the newest plan as a workbook to fill in: its name and its bytes.
pub async fn corrections(payung: &Payung) -> Answered<(String, Vec<u8>)> {
    let (import, work) = (payung.import.clone(), payung.work(COMPOSING));
    let composing = tokio::task::spawn_blocking(move || {
        import.with(|opened| {
            let refused = convert::corrections(opened)?;
            work.unless_stopped()?;
            let name = format!("Perbaikan - {}.xlsx", stem(&opened.import.file_name));
            Ok((name, payung_sheets::write_corrections(&refused.lines())?))
        })
    });
    composing.await.map_err(|_| CommandError::broken())?
}

/// A file's name without its ending.
fn stem(file_name: &str) -> &str {
    std::path::Path::new(file_name).file_stem().and_then(std::ffi::OsStr::to_str).unwrap_or(file_name)
}

/// Waits for whoever works with the file, off the window's thread.
pub async fn close(payung: &Payung) -> Answered<()> {
    let import = payung.import.clone();
    tokio::task::spawn_blocking(move || import.close()).await.map_err(|_| CommandError::broken())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::dto::{AgeBand, DestinationKey, ErrorCode, FateKey, ImportFigures, StageReason};
    use crate::state::News;
    use crate::state::tests::{SECRET, cheap_tools, payung, set_up};
    use payung_domain::{Clock, Timestamp};
    use payung_register::{ListQuery, Tools};
    use std::path::Path;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicI64, Ordering};

    const HEADER: &str = "nik,nama,no_kk,tanggal_lahir,jenis_kelamin,dusun,kode_desa,pekerjaan";

    pub(crate) fn person(serial: u32, occupation: &str) -> String {
        let day = 1 + serial % 28;
        format!(
            "330501{day:02}0680{serial:04},Warga {serial},3305010101{:06},1980-06-{day:02},L,Krajan,33.05.01.2001,{occupation}",
            1 + serial / 4
        )
    }

    /// A file that the clerk dropped on the window.
    fn dropped(payung: &Payung, folder: &Path, lines: &[String]) -> String {
        let path = folder.join("Penduduk Krajan.csv");
        std::fs::write(&path, format!("{HEADER}\n{}\n", lines.join("\n"))).unwrap();
        payung.dropped(std::slice::from_ref(&path));
        path.to_str().unwrap().to_owned()
    }

    fn all(destination: DestinationKey) -> ImportRequest {
        ImportRequest {
            destination,
            ages: None,
            occupations: Vec::new(),
            hamlets: Vec::new(),
            readiness: Vec::new(),
            ready: false,
            keep_unreadable: false,
        }
    }

    /// Takes in a file with these lines.
    pub(crate) async fn import(payung: &Payung, folder: &Path, lines: &[String], as_what: DestinationKey) {
        open(payung, &dropped(payung, folder, lines)).await.unwrap();
        run(payung, all(as_what)).await.unwrap();
    }

    fn every(fate: Option<FateKey>) -> ImportRowsQuery {
        ImportRowsQuery { fate, offset: 0, limit: 500 }
    }

    async fn applicants(payung: &Payung) -> u64 {
        payung.with(|register| Ok(register.list(&ListQuery::default())?.total)).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_is_opened_looked_through_taken_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let lines = [
            person(1, "petani"),
            person(2, "nelayan"),
            "33050,Warga 3,,1980-06-03,L,Krajan,33.05.01.2001,petani".to_owned(),
            person(4, ""),
        ];
        let path = dropped(&payung, folder.path(), &lines);
        let opened = open(&payung, &path).await.unwrap();
        assert_eq!((opened.read, opened.skipped, opened.layout.as_str()), (4, 0, "template"));
        assert_eq!(opened.file_name, "Penduduk Krajan.csv");
        assert_eq!(opened.occupations[0].words, "Petani");
        assert_eq!(opened.occupations[0].count, 2);

        let request = all(DestinationKey::Applicants);
        let planned = plan(&payung, request.clone()).await.unwrap();
        let figures = ImportFigures { read: 4, new: 3, changed: 0, same: 0, refused: 1, skipped: 0 };
        assert_eq!(planned.figures, figures);
        assert_eq!(applicants(&payung).await, 0, "looking writes nothing");

        let refused = rows(&payung, every(Some(FateKey::Refused))).await.unwrap();
        assert_eq!((refused.total, refused.rows[0].row, refused.rows[0].name.as_str()), (1, 4, "Warga 3"));
        let problem = &refused.rows[0].problems[0];
        assert_eq!((problem.column.as_deref(), problem.field.as_deref()), (Some("A"), Some("nik")));
        assert_eq!(problem.value, "33050");
        assert!(
            problem.message.starts_with("Kolom A, NIK \"33050\": NIK harus 16 angka"),
            "{}",
            problem.message
        );
        assert!(problem.message.contains("ketik ulang dari KTP"), "{}", problem.message);

        let done = run(&payung, request.clone()).await.unwrap();
        assert_eq!(done.figures, figures);
        assert!(
            done.words.contains("3 calon penerima baru") && done.words.contains("1 baris ditolak"),
            "{}",
            done.words
        );
        assert_eq!(applicants(&payung).await, 3);
        let again = plan(&payung, request).await.unwrap();
        assert_eq!((again.figures.same, again.figures.new), (3, 0), "the second time everybody is here");

        let past: Vec<_> = payung
            .with(|register| Ok(register.imports()?.iter().map(convert::past).collect()))
            .await
            .unwrap();
        assert_eq!((past.len(), past[0].can_undo, past[0].layout_words.is_empty()), (1, true, false));
        let id = ImportId(done.id.unwrap());
        let undone = undo(&payung, id).await.unwrap();
        assert_eq!((undone.removed, undone.restored, undone.kept.len()), (3, 0, 0));
        assert_eq!(applicants(&payung).await, 0);
    }

    #[tokio::test]
    async fn a_part_of_a_file_is_taken_and_the_rest_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let lines: Vec<String> =
            (1..=9).map(|serial| person(serial, if serial < 4 { "petani" } else { "nelayan" })).collect();
        open(&payung, &dropped(&payung, folder.path(), &lines)).await.unwrap();
        let request = ImportRequest {
            occupations: vec!["petani".to_owned()],
            ages: Some(AgeBand { from: 18, to: 64 }),
            ..all(DestinationKey::Population)
        };
        let planned = plan(&payung, request.clone()).await.unwrap();
        assert_eq!((planned.figures.new, planned.figures.skipped), (3, 6));
        assert_eq!(planned.skipped_because.iter().map(|why| why.count).sum::<u32>(), 6);
        let skipped = rows(&payung, ImportRowsQuery { fate: Some(FateKey::Skipped), offset: 4, limit: 500 });
        let skipped = skipped.await.unwrap();
        assert_eq!((skipped.total, skipped.rows.len()), (6, 2), "a page from the fifth on");
        assert!(skipped.rows[0].fate_words.starts_with("dilewati: "), "{}", skipped.rows[0].fate_words);
        run(&payung, request).await.unwrap();
        assert_eq!(applicants(&payung).await, 0, "the population is no applicants");
    }

    #[tokio::test]
    async fn what_changes_is_shown_beside_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        for destination in [DestinationKey::Applicants, DestinationKey::Population] {
            import(&payung, folder.path(), &[person(1, "petani")], destination).await;
            open(&payung, &dropped(&payung, folder.path(), &[person(1, "nelayan")])).await.unwrap();
            plan(&payung, all(destination)).await.unwrap();
            let page = rows(&payung, every(Some(FateKey::Changed))).await.unwrap();
            let change = &page.rows[0].changes[0];
            let told = (change.label.as_str(), change.from.as_str(), change.to.as_str());
            assert_eq!(told, ("Pekerjaan", "Petani", "Nelayan"), "{destination:?}");
        }
    }

    #[tokio::test]
    async fn refused_rows_become_a_workbook_that_can_be_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let lines = [person(1, "petani"), person(2, "petani"), person(2, "nelayan")];
        open(&payung, &dropped(&payung, folder.path(), &lines)).await.unwrap();
        assert!(corrections(&payung).await.is_err(), "nothing is known before it was looked through");
        plan(&payung, all(DestinationKey::Population)).await.unwrap();
        let (name, bytes) = corrections(&payung).await.unwrap();
        assert_eq!(name, "Perbaikan - Penduduk Krajan.xlsx");
        let again = payung_sheets::read_people_from(&bytes, &payung_domain::Unwatched).unwrap();
        assert_eq!((again.layout, again.rows.len()), (payung_sheets::Layout::Template, 1));
        assert_eq!(again.rows[0].values.get(Field::Occupation), Some("nelayan"));
        let refused = rows(&payung, every(Some(FateKey::Refused))).await.unwrap();
        assert!(refused.rows[0].problems[0].message.contains("baris 3"), "the other row is named");
        open(&payung, &dropped(&payung, folder.path(), &lines[..1])).await.unwrap();
        plan(&payung, all(DestinationKey::Population)).await.unwrap();
        assert!(corrections(&payung).await.unwrap_err().message.contains("Tidak ada baris yang ditolak"));
    }

    #[tokio::test]
    async fn only_what_the_clerk_gave_is_read_and_nothing_without_an_open_register() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        let path = folder.path().join("lain.csv");
        std::fs::write(&path, format!("{HEADER}\n{}\n", person(1, "petani"))).unwrap();
        let unasked = open(&payung, path.to_str().unwrap()).await.unwrap_err();
        assert!(unasked.message.contains("belum dipilih"), "{}", unasked.message);
        payung.dropped(std::slice::from_ref(&path));
        assert_eq!(open(&payung, path.to_str().unwrap()).await.unwrap_err().code, ErrorCode::Locked);
        set_up(&payung).await;
        let unopened = plan(&payung, all(DestinationKey::Population)).await.unwrap_err();
        assert!(unopened.message.contains("Pilih berkasnya"), "{}", unopened.message);
        open(&payung, path.to_str().unwrap()).await.unwrap();
        assert!(rows(&payung, every(None)).await.unwrap_err().message.contains("belum diperiksa"));
        std::fs::write(&path, "bukan tabel").unwrap();
        assert!(open(&payung, path.to_str().unwrap()).await.is_err());
        close(&payung).await.unwrap();
        assert!(plan(&payung, all(DestinationKey::Population)).await.is_err(), "closed is closed");
    }

    #[tokio::test]
    async fn the_open_file_goes_with_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        open(&payung, &dropped(&payung, folder.path(), &[person(1, "petani")])).await.unwrap();
        plan(&payung, all(DestinationKey::Population)).await.unwrap();
        payung.lock(StageReason::Idle).await;
        assert_eq!(rows(&payung, every(None)).await.unwrap_err().code, ErrorCode::Locked);
        payung.open(|folder, tools| Ok((Register::unlock(folder, 1, SECRET, tools)?, ()))).await.unwrap();
        let gone = rows(&payung, every(None)).await.unwrap_err();
        assert!(gone.message.contains("sudah ditutup"), "{}", gone.message);
    }

    /// Every look at it is a long time after the one before, so that the window hears of every step.
    struct Striding(AtomicI64);

    impl Clock for Striding {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.fetch_add(1_000, Ordering::Relaxed))
        }
    }

    /// What is done with the program as soon as its window hears that a stage has come some way.
    type Interruption = fn(&Arc<Payung>);

    async fn interrupted_at(
        stage: &'static str,
        interrupt: Interruption,
    ) -> (tempfile::TempDir, Arc<Payung>) {
        let folder = tempfile::tempdir().unwrap();
        let running: Arc<OnceLock<Arc<Payung>>> = Arc::default();
        let there = Arc::clone(&running);
        let tell = move |news| {
            if let (News::Work(progress), Some(payung)) = (news, there.get())
                && progress.stage == stage
                && progress.done > 0
            {
                interrupt(payung);
            }
        };
        let now = payung_system::SystemClock.now();
        let tools = Tools { clock: Arc::new(Striding(AtomicI64::new(now.millis()))), ..cheap_tools() };
        let payung = Arc::new(Payung::new(folder.path(), tools, Arc::new(tell)));
        set_up(&payung).await;
        let lines: Vec<String> = (1..=3_000).map(|serial| person(serial, "petani")).collect();
        let path = dropped(&payung, folder.path(), &lines);
        open(&payung, &path).await.unwrap();
        let _ = running.set(Arc::clone(&payung));
        (folder, payung)
    }

    #[tokio::test]
    async fn stopped_in_the_middle_it_leaves_nothing() {
        let stop: Interruption = |payung| payung.stops.stop();
        let (_folder, payung) = interrupted_at(SAVING, stop).await;
        let stopped = run(&payung, all(DestinationKey::Applicants)).await.unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Stopped);
        assert_eq!(stopped.message, "Dihentikan. Tidak ada yang berubah.");
        assert_eq!(applicants(&payung).await, 0);
        let imports = payung.with(|register| Ok(register.imports()?.len())).await.unwrap();
        assert_eq!(imports, 0, "no trace of it");
        let planned = plan(&payung, all(DestinationKey::Applicants)).await.unwrap();
        assert_eq!(planned.figures.new, 3_000, "the file is still open, and later work runs");

        let (_folder, payung) = interrupted_at(CHECKING, stop).await;
        let stopped = plan(&payung, all(DestinationKey::Applicants)).await.unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Stopped);
        assert!(rows(&payung, every(None)).await.is_err(), "half a plan is none");

        let (folder, payung) = interrupted_at(READING, stop).await;
        let path = folder.path().join("Penduduk Krajan.csv");
        let stopped = open(&payung, path.to_str().unwrap()).await.unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Stopped);
    }

    #[tokio::test]
    async fn locking_in_the_middle_stops_it_and_leaves_nothing() {
        let lock: Interruption = |payung| {
            let payung = Arc::clone(payung);
            // Stopping comes first of all in locking, before it waits for whoever has the register.
            payung.stops.stop();
            tokio::runtime::Handle::current().spawn(async move { payung.lock(StageReason::Idle).await });
        };
        let (_folder, payung) = interrupted_at(SAVING, lock).await;
        let stopped = run(&payung, all(DestinationKey::Applicants)).await.unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Stopped);
        while payung.with(|_| Ok(())).await.is_ok() {
            tokio::task::yield_now().await;
        }
        payung.open(|folder, tools| Ok((Register::unlock(folder, 1, SECRET, tools)?, ()))).await.unwrap();
        assert_eq!(applicants(&payung).await, 0);
        assert!(plan(&payung, all(DestinationKey::Applicants)).await.is_err(), "the file went with the lock");
    }
}
