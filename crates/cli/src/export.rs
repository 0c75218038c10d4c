//! `payung export OUT.csv|OUT.xlsx`: everyone in the register, in the template's columns plus the state.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::Args;
use payung_domain::{Delivery, Field};
use payung_journal::TrailKind;
use payung_register::{LIST_ROWS_MAX, ListQuery, Op, Register};
use payung_sheets::{write_csv, write_xlsx};
use std::path::PathBuf;

#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    folder: Folder,
    /// Berkas tujuan, berakhiran .csv atau .xlsx
    out: PathBuf,
    /// Sertakan data spesifik (kesehatan, disabilitas, penghasilan)
    #[arg(long)]
    with_specific_data: bool,
}

pub fn run(arguments: ExportArgs) -> Result<(), Failure> {
    let ending = arguments.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !matches!(ending, "csv" | "xlsx") {
        return Err(Failure::words("Berkas tujuan harus berakhiran .csv atau .xlsx."));
    }
    let mut register = arguments.folder.open()?;
    let columns: Vec<Field> = Field::ALL
        .iter()
        .copied()
        .filter(|field| arguments.with_specific_data || !field.is_specific())
        .collect();
    let mut header: Vec<&str> = columns.iter().map(|field| field.name()).collect();
    header.extend(["keadaan", "pengiriman"]);
    let rows = rows(&register, &columns)?;
    let note = format!("{} orang", rows.len());
    register.transact(Op::Trail { what: TrailKind::Exported, person: None, note })?;
    let count = rows.len();
    let written = match ending {
        "csv" => write_csv(&arguments.out, &header, rows),
        _ => write_xlsx(&arguments.out, &header, rows),
    };
    written.map_err(|error| Failure::words(error.to_string()))?;
    println!("{count} orang ditulis ke {}.", arguments.out.display());
    Ok(())
}

fn rows(register: &Register, columns: &[Field]) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = Vec::new();
    loop {
        let page = register.list(&ListQuery {
            offset: rows.len() as u64,
            limit: LIST_ROWS_MAX,
            ..ListQuery::default()
        })?;
        if page.rows.is_empty() {
            return Ok(rows);
        }
        for row in page.rows {
            let person = register.person(row.id)?;
            let mut cells: Vec<String> = columns
                .iter()
                .map(|field| person.values.get(*field).unwrap_or_default().to_owned())
                .collect();
            cells.push(row.state.words().to_owned());
            cells.push(
                match row.delivery {
                    Delivery::Local => "",
                    travelled => travelled.words(),
                }
                .to_owned(),
            );
            rows.push(cells);
        }
    }
}
