//! The file of a programme (bantuan) that OpenSID takes: by it the people who were accepted go back into the village's
//! own system.

use crate::error::SheetError;
use crate::write::{as_text, refused, text_format, workbook_bytes};
use payung_domain::CivilDate;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// What OpenSID shows of the programme itself. A programme of a regency, for people.
pub struct Programme<'a> {
    pub name: &'a str,
    pub note: &'a str,
    pub from: CivilDate,
    pub to: CivilDate,
}

/// One of its recipients. Only the NIK must be there; what is empty OpenSID fills in from its own register.
pub struct Recipient<'a> {
    pub nik: &'a str,
    pub name: &'a str,
    pub birth_place: &'a str,
    pub birth_date: Option<CivilDate>,
    pub address: &'a str,
    /// The number of the participant's card.
    pub number: &'a str,
}

/// OpenSID reads up to here.
const END: &str = "###";

/// Writes the workbook: the sheet `Program` with a line for each of its properties, the sheet `Peserta`.
pub fn write_programme(
    programme: &Programme<'_>,
    recipients: &[Recipient<'_>],
) -> Result<Vec<u8>, SheetError> {
    const FOR_PEOPLE: &str = "1";
    const OF_THE_REGENCY: &str = "Kab/Kota";
    let mut workbook = Workbook::new();
    let (from, to) = (programme.from.to_string(), programme.to.to_string());
    let properties = [
        ["ID Program", ""],
        ["Nama Program", programme.name],
        ["Sasaran Program", FOR_PEOPLE],
        ["Keterangan", programme.note],
        ["Asal Dana", OF_THE_REGENCY],
        ["Rentang Waktu (Awal)", &from],
        ["Rentang Waktu (Akhir)", &to],
        [END, ""],
    ];
    let sheet = workbook.add_worksheet().set_name("Program").map_err(|error| refused(&error, 1))?;
    write_rows(sheet, properties.into_iter())?;
    let sheet = workbook.add_worksheet().set_name("Peserta").map_err(|error| refused(&error, 1))?;
    let titles = ["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"];
    let dates: Vec<String> = recipients
        .iter()
        .map(|recipient| recipient.birth_date.map(|date| date.to_string()).unwrap_or_default())
        .collect();
    let people = recipients.iter().zip(&dates).map(|(recipient, date)| {
        let Recipient { nik, name, birth_place, address, number, .. } = *recipient;
        [nik, number, nik, name, birth_place, date.as_str(), address]
    });
    write_rows(sheet, std::iter::once(titles).chain(people).chain([[END, "", "", "", "", "", ""]]))?;
    workbook_bytes(workbook)
}

fn write_rows<'a, const N: usize>(
    sheet: &mut Worksheet,
    rows: impl Iterator<Item = [&'a str; N]>,
) -> Result<(), SheetError> {
    let text = text_format();
    let mut write = |row: u32, column: usize, cell: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, column as u16, as_text(cell), &text).map(|_| ())
    };
    for (row, cells) in rows.enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            write(row as u32, column, cell).map_err(|error| refused(&error, row as u32 + 1))?;
        }
    }
    for column in 0..N {
        const WIDTH: f64 = 22.0;
        sheet.set_column_width(column as u16, WIDTH).map_err(|error| refused(&error, 1))?;
    }
    Ok(())
}
