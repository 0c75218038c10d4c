//! The empty template for clerks: a sheet to fill in and a sheet that explains every column.

use crate::error::SheetError;
use crate::template::{REQUIRED, guide, template_header};
use crate::write::{refused, save_workbook, write_header};
use payung_domain::{Field, KtpEvidence, Occupation, VillageOffice, WageParticipation};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::path::Path;

/// Rows that offer the allowed words to choose from.
pub(crate) const CHOICE_ROWS: u32 = 5_000;

/// Writes the empty template as XLSX. All columns are text, so that typed NIKs keep all their digits.
pub fn write_blank(path: &Path) -> Result<(), SheetError> {
    let mut workbook = Workbook::new();
    fill(&mut workbook).map_err(|error| refused(&error, 1))?;
    save_workbook(path, workbook)
}

fn fill(workbook: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("Calon penerima")?;
    write_header(sheet, &template_header())?;
    for (column, field) in Field::ALL.iter().enumerate() {
        offer(sheet, column as u16, *field)?;
    }
    explain(workbook.add_worksheet().set_name("Petunjuk")?)
}

/// Closed lists can be chosen from; another word gets a warning, never a refusal.
pub(crate) fn offer(sheet: &mut Worksheet, column: u16, field: Field) -> Result<(), XlsxError> {
    let Some(words) = words(field) else {
        return Ok(());
    };
    let choice = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Periksa isian")?
        .set_error_message(format!("Pilih dari daftar. Lihat lembar Petunjuk, kolom {}.", field.name()))?;
    sheet.add_data_validation(1, column, CHOICE_ROWS, column, &choice)?;
    Ok(())
}

/// The words of a column with a closed list.
pub(crate) fn words(field: Field) -> Option<Vec<&'static str>> {
    const YES_NO: [&str; 3] = ["ya", "tidak", "tidak tahu"];
    Some(match field {
        Field::Sex => vec!["L", "P"],
        Field::Domiciled
        | Field::StillWorking
        | Field::InformalWorker
        | Field::Vulnerable
        | Field::NotSeriouslyIll
        | Field::Dtsen => YES_NO.to_vec(),
        Field::WageParticipant => WageParticipation::NAMES.to_vec(),
        Field::KtpEvidence => KtpEvidence::NAMES.to_vec(),
        Field::Occupation => Occupation::NAMES.to_vec(),
        Field::VillageOffice => VillageOffice::NAMES.to_vec(),
        Field::Desil => vec!["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
        _ => return None,
    })
}

pub(crate) fn explain(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, line) in guide::OPENING.iter().enumerate() {
        sheet.write_string(row as u32, 0, *line)?;
    }
    let first = guide::OPENING.len() as u32 + 1;
    for (column, title) in ["Kolom", "Artinya", "Wajib", "Cara mengisi", "Contoh"].iter().enumerate() {
        sheet.write_string_with_format(first, column as u16, *title, &bold)?;
    }
    for (index, field) in Field::ALL.iter().enumerate() {
        let row = first + 1 + index as u32;
        let guide = guide::of(*field);
        let required = if REQUIRED.contains(field) { "wajib" } else { "" };
        let how = match words(*field) {
            Some(words) => format!("{} Pilihan: {}.", guide.how, words.join(", ")),
            None => guide.how.to_owned(),
        };
        for (column, text) in
            [field.name(), field.label(), required, how.trim_start(), guide.example].into_iter().enumerate()
        {
            sheet.write_string_with_format(row, column as u16, text, &wrap)?;
        }
    }
    for (column, width) in [24.0, 30.0, 8.0, 80.0, 28.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    Ok(())
}
