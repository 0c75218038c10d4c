//! Reading 10,000 made-up applicants with all columns of the template.

use payung_sheets::{read_table, template, template_header, write_csv, write_xlsx};
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10)]
fn csv(bencher: divan::Bencher) {
    read(bencher, "calon.csv");
}

#[divan::bench(sample_count = 10)]
fn xlsx(bencher: divan::Bencher) {
    read(bencher, "calon.xlsx");
}

fn read(bencher: divan::Bencher, name: &str) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path: PathBuf = folder.path().join(name);
    if write(&path).is_err() {
        return;
    }
    bencher.bench(|| {
        read_table(&path).and_then(|table| template::applicants(&table)).map(|found| found.rows.len())
    });
}

fn write(path: &Path) -> Result<(), payung_sheets::SheetError> {
    let header = template_header();
    let rows = (0..10_000).map(|n| (0..38).map(|column| format!("isian {n} {column}")).collect());
    match path.extension() {
        Some(kind) if kind == "csv" => write_csv(path, &header, rows),
        _ => write_xlsx(path, &header, rows),
    }
}
