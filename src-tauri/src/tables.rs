//! Tables that leave the register: people as Payung reads them again, and the *program bantuan* file that OpenSID takes.

use crate::convert::exports::either;
use crate::convert::people::village_today;
use crate::convert::village::full_name;
use crate::dto::{CommandError, ExportFormatKey, ProgrammeRequest};
use crate::error::Answered;
use crate::letter;
use payung_domain::{CivilDate, Field, FieldValues, State, Watch};
use payung_register::{FullRow, Register};
use payung_sheets::{ExportFormat, ExportPerson, Programme, Recipient};
use std::collections::HashSet;

#[cfg(test)]
mod tests;

/// Letters in the name of a programme: OpenSID keeps no more.
const PROGRAMME_NAME_MAX: usize = 100;
/// People named in a refusal; the others are counted.
const NAMED_MAX: usize = 3;

/// A table with every column of the template, which Payung reads again.
pub fn table(
    people: &[FullRow],
    format: ExportFormatKey,
    specific: bool,
    watch: &dyn Watch,
) -> Answered<Vec<u8>> {
    let rows: Vec<ExportPerson<'_>> = people
        .iter()
        .map(|person| ExportPerson {
            values: &person.values,
            state: person.row.state.words(),
            delivery: person.row.delivery.words(),
        })
        .collect();
    let format = match format {
        ExportFormatKey::Xlsx => ExportFormat::Xlsx,
        ExportFormatKey::Csv => ExportFormat::Csv,
    };
    Ok(payung_sheets::write_people(&rows, specific, format, watch)?)
}

// -- The programme file of OpenSID ---------------------------------------------------------------------------------------

/// A request that can be carried out.
pub struct NewProgramme {
    name: String,
    from: CivilDate,
    to: CivilDate,
    states: Vec<State>,
}

impl NewProgramme {
    /// # Errors
    /// Names the field of the dialog and what to type.
    pub fn read(request: &ProgrammeRequest) -> Answered<Self> {
        let name = request.name.trim();
        let length = name.chars().count();
        if length == 0 {
            return Err(CommandError::invalid("name", "Tulis nama programnya, seperti di OpenSID."));
        }
        if length > PROGRAMME_NAME_MAX {
            return Err(CommandError::invalid(
                "name",
                format!("Nama program {length} huruf; paling panjang {PROGRAMME_NAME_MAX}."),
            ));
        }
        let date = |field: &str, text: &str| {
            CivilDate::parse(text).ok_or_else(|| {
                CommandError::invalid(field, "Tulis tanggal sebagai hari-bulan-tahun, misalnya 21-11-2026.")
            })
        };
        let (from, to) = (date("from", &request.from)?, date("to", &request.to)?);
        if from > to {
            return Err(CommandError::invalid("to", "Tanggal akhir mendahului tanggal awal."));
        }
        let states: Vec<State> = request.states.iter().map(|state| (*state).into()).collect();
        if states.is_empty() {
            return Err(CommandError::invalid("states", "Pilih sedikitnya satu keadaan."));
        }
        if states.contains(&State::Draft) {
            return Err(CommandError::invalid(
                "states",
                "Draf belum dapat menjadi penerima: NIK dan namanya belum tentu lengkap. Hapus pilihan draf.",
            ));
        }
        Ok(Self { name: name.to_owned(), from, to, states })
    }

    fn query(&self) -> payung_register::ListQuery {
        payung_register::ListQuery { states: self.states.clone(), ..payung_register::ListQuery::default() }
    }
}

/// Whom the file names, as the district knows them: a change not yet *siap* does not count.
pub struct Recipients {
    village: String,
    today: CivilDate,
    people: Vec<Person>,
}

struct Person {
    nik: String,
    name: String,
    birth_place: String,
    birth_date: Option<CivilDate>,
    address: String,
}

impl Recipients {
    /// # Errors
    /// Nobody is in these states; somebody's NIK cannot be read, or two have the same one.
    pub fn of(register: &Register, programme: &NewProgramme, watch: &dyn Watch) -> Answered<Self> {
        let hamlet_word = register.village().code.hamlet_word();
        let mut people = Vec::new();
        register.each_person(&programme.query(), watch, &mut |person| {
            people.push(recipient(&person.released.unwrap_or(person.values), hamlet_word));
        })?;
        if people.is_empty() {
            return Err(CommandError::problem(
                "Tidak ada orang dalam keadaan yang dipilih. Pilih keadaan lain, lalu ulangi.",
            ));
        }
        one_nik_each(&people)?;
        Ok(Self { village: full_name(register.village()), today: village_today(register), people })
    }

    pub fn count(&self) -> usize {
        self.people.len()
    }

    pub fn file(&self, programme: &NewProgramme) -> Answered<Vec<u8>> {
        let states: Vec<&str> = programme.states.iter().map(|state| state.words()).collect();
        let note = format!(
            "Dari register Payung {}, keadaan {}: {}.",
            self.village,
            self.today.in_words(),
            either(&states)
        );
        let recipients: Vec<Recipient<'_>> = self
            .people
            .iter()
            .map(|person| Recipient {
                nik: &person.nik,
                name: &person.name,
                birth_place: &person.birth_place,
                birth_date: person.birth_date,
                address: &person.address,
                // The number of a card that nobody has yet.
                number: "",
            })
            .collect();
        let programme =
            Programme { name: &programme.name, note: &note, from: programme.from, to: programme.to };
        Ok(payung_sheets::write_programme(&programme, &recipients)?)
    }
}

fn recipient(values: &FieldValues, hamlet_word: &str) -> Person {
    let facts = payung_domain::read(values).facts;
    let text = |field| values.text(field).unwrap_or_default().to_owned();
    Person {
        nik: facts.nik.map(|nik| nik.as_str().to_owned()).unwrap_or_default(),
        name: text(Field::Name),
        birth_place: text(Field::BirthPlace),
        birth_date: facts.birth_date,
        address: letter::address(values, hamlet_word).unwrap_or_default(),
    }
}

/// OpenSID finds each recipient by the NIK: without one, or with one twice, its import would drop somebody unsaid.
fn one_nik_each(people: &[Person]) -> Answered<()> {
    let without: Vec<&str> =
        people.iter().filter(|person| person.nik.is_empty()).map(|person| person.name.as_str()).collect();
    if !without.is_empty() {
        return Err(CommandError::problem(format!(
            "Belum punya NIK yang terbaca: {}. Lengkapi dahulu, lalu ulangi.",
            some(&without)
        )));
    }
    let mut seen = HashSet::new();
    let twice: Vec<&str> = people
        .iter()
        .filter(|person| !seen.insert(person.nik.as_str()))
        .map(|person| person.name.as_str())
        .collect();
    if !twice.is_empty() {
        return Err(CommandError::problem(format!(
            "NIK yang sama dipakai orang lain dalam daftar ini: {}. Selesaikan NIK gandanya dahulu, lalu ulangi.",
            some(&twice)
        )));
    }
    Ok(())
}

/// The first few names, for the screen of this village only.
fn some(names: &[&str]) -> String {
    let shown = names[..names.len().min(NAMED_MAX)].join(", ");
    match names.len().saturating_sub(NAMED_MAX) {
        0 => shown,
        more => format!("{shown}, dan {more} orang lagi"),
    }
}
