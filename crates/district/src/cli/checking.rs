//! `payung-district statement`. Exit codes: 0 what was shown holds, 1 it does not, 2 it could not be read.

use super::args::{Format, StatementOrder};
use super::say;
use crate::check::{self, Checked, Record};
use crate::error::DistrictError;
use crate::home::District;
use std::process::ExitCode;

pub fn run(district: &District, order: StatementOrder) -> Result<ExitCode, DistrictError> {
    let StatementOrder::Check { file, qr, format } = order;
    let checked = match (file, qr) {
        (_, Some(text)) => check::check_qr(district, &text)?,
        (Some(path), None) => check::check_file(district, &path)?,
        (None, None) => {
            return Err(DistrictError::Asked("Sebutkan berkasnya, atau isi kode QR dengan --qr.".into()));
        }
    };
    match format {
        Format::Json => say(&json(&checked).to_string())?,
        Format::Text => checked.lines.iter().try_for_each(|line| say(line))?,
    }
    Ok(if checked.holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn json(checked: &Checked) -> serde_json::Value {
    serde_json::json!({
        "holds": checked.holds,
        "lines": checked.lines,
        "records": checked.records.iter().map(Record::json).collect::<Vec<_>>(),
    })
}
