//! A TOML text as tables that know their place in the file, so that every mistake has a line and a field.

use super::RegulationFileError;
use payung_domain::CivilDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Result<T> = std::result::Result<T, RegulationFileError>;

/// The text and what to call it.
pub(super) struct Document<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> Document<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// Reads the text as TOML.
    pub fn values(&self) -> Result<DeTable<'a>> {
        DeTable::parse(self.text).map(Spanned::into_inner).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let (field, value) = self.key_and_value_at(offset);
            let (problem, remedy) = if error.message().contains("duplicate") {
                ("nama ini sudah dipakai di atas", "Hapus salah satunya.")
            } else if looks_like_date(value) {
                ("bukan tanggal yang ada", "Tulis tahun-bulan-hari, misalnya 2024-08-30.")
            } else {
                (
                    "baris ini tidak dapat dibaca",
                    "Periksa tanda kutip, tanda sama dengan, dan kurung siku di baris ini dan baris sebelumnya.",
                )
            };
            self.error(offset, field, problem, remedy)
        })
    }

    pub fn root<'d>(&'d self, values: &'d DeTable<'a>) -> Table<'d> {
        Table { document: self, path: String::new(), values, offset: 0 }
    }

    pub fn error(&self, offset: usize, field: &str, problem: &str, remedy: &str) -> RegulationFileError {
        let before = self.text.get(..offset).unwrap_or(self.text);
        RegulationFileError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            field: field.to_owned(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        }
    }

    /// The name and the value on the line of a place that is no TOML. A line without a name is not repeated: the file may
    /// be something else altogether, with people in it.
    fn key_and_value_at(&self, offset: usize) -> (&str, &str) {
        let start = self.text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let is_name = |key: &str| {
            !key.is_empty()
                && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        };
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some((key, value)) if is_name(key) => (key, value),
            _ => ("isi baris", ""),
        }
    }
}

/// A table of the file: its place, and the path that names its fields.
pub(super) struct Table<'d> {
    document: &'d Document<'d>,
    path: String,
    values: &'d DeTable<'d>,
    offset: usize,
}

impl<'d> Table<'d> {
    /// Refuses the first field that is none of these.
    pub fn only(&self, known: &[&str]) -> Result<()> {
        let unknown = self
            .values
            .keys()
            .filter(|key| !known.contains(&key.get_ref().as_ref()))
            .min_by_key(|key| key.span().start);
        match unknown {
            None => Ok(()),
            Some(key) => Err(self.document.error(
                key.span().start,
                &self.path_of(key.get_ref()),
                "nama ini tidak dikenal di sini",
                &format!("Yang dikenal: {}.", known.join(", ")),
            )),
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    pub fn text(&self, key: &str) -> Result<String> {
        let value = self.required(key, "Tulis teksnya dalam tanda kutip.")?;
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                Err(self.wrong(key, "masih kosong", "Tulis teksnya dalam tanda kutip."))
            }
            Some(text) => Ok(text.trim().to_owned()),
            None => Err(self.wrong_type(key, value, "teks", "Tulis dalam tanda kutip, misalnya \"contoh\".")),
        }
    }

    pub fn optional_text(&self, key: &str) -> Result<Option<String>> {
        self.has(key).then(|| self.text(key)).transpose()
    }

    pub fn boolean(&self, key: &str) -> Result<bool> {
        let remedy = "Tulis true atau false, tanpa tanda kutip.";
        let value = self.required(key, remedy)?;
        value.get_ref().as_bool().ok_or_else(|| self.wrong_type(key, value, "true atau false", remedy))
    }

    pub fn integer(&self, key: &str) -> Result<i64> {
        let remedy = "Tulis angka bulat tanpa tanda kutip.";
        let value = self.required(key, remedy)?;
        value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .ok_or_else(|| self.wrong_type(key, value, "angka bulat", remedy))
    }

    /// A whole number within bounds, both ends included.
    pub fn number(&self, key: &str, least: u32, most: u32) -> Result<u32> {
        let number = self.integer(key)?;
        u32::try_from(number).ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| {
            self.wrong(
                key,
                &format!("angka {number} di luar batas"),
                &format!("Tulis {least} sampai {most}."),
            )
        })
    }

    /// A civil date, as TOML writes it or as text.
    pub fn date(&self, key: &str) -> Result<CivilDate> {
        let remedy = "Tulis tahun-bulan-hari, misalnya 2024-08-30.";
        let value = self.required(key, remedy)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
            _ => return Err(self.wrong_type(key, value, "tanggal", remedy)),
        };
        let iso = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
        iso.then(|| CivilDate::parse(&text))
            .flatten()
            .ok_or_else(|| self.wrong(key, "bukan tanggal yang ada", remedy))
    }

    /// A list of different words of a closed vocabulary, at least one.
    pub fn words<T: PartialEq>(
        &self,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
        known: impl Fn() -> String,
    ) -> Result<Vec<T>> {
        let remedy = || format!("Tulis daftar dalam kurung siku dari: {}.", known());
        let value = self.required(key, &remedy())?;
        let items =
            value.get_ref().as_array().ok_or_else(|| self.wrong_type(key, value, "daftar", &remedy()))?;
        let mut words = Vec::with_capacity(items.len());
        for item in items {
            let text = item.get_ref().as_str().unwrap_or_default();
            let refuse = |problem: &str| {
                Err(self.document.error(item.span().start, &self.path_of(key), problem, &remedy()))
            };
            match parse(text) {
                None => return refuse(&format!("\"{text}\" tidak dikenal")),
                Some(word) if words.contains(&word) => {
                    return refuse(&format!("\"{text}\" tertulis dua kali"));
                }
                Some(word) => words.push(word),
            }
        }
        if words.is_empty() {
            return Err(self.wrong(key, "daftarnya kosong", &remedy()));
        }
        Ok(words)
    }

    pub fn table(&self, key: &str) -> Result<Table<'d>> {
        let remedy = format!("Tulis bagian [{}].", self.path_of(key));
        let value = self.required(key, &remedy)?;
        match value.get_ref().as_table() {
            Some(values) => Ok(self.inside(self.path_of(key), values, value)),
            None => Err(self.wrong_type(key, value, "bagian", &remedy)),
        }
    }

    /// The entries of a list of tables, named from 1.
    pub fn tables(&self, key: &str) -> Result<Vec<Table<'d>>> {
        let remedy = format!("Tulis bagian [[{}]].", self.path_of(key));
        let value = self.required(key, &remedy)?;
        let items = value
            .get_ref()
            .as_array()
            .ok_or_else(|| self.wrong_type(key, value, "daftar bagian", &remedy))?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| match item.get_ref().as_table() {
                Some(values) => {
                    Ok(self.inside(format!("{}[{}]", self.path_of(key), index + 1), values, item))
                }
                None => Err(self.wrong_type(key, item, "bagian", &remedy)),
            })
            .collect()
    }

    /// An error at a field of this table; at the table itself where the field is absent.
    pub fn wrong(&self, key: &str, problem: &str, remedy: &str) -> RegulationFileError {
        let offset = self.value(key).map_or(self.offset, |value| value.span().start);
        self.document.error(offset, &self.path_of(key), problem, remedy)
    }

    fn wrong_type(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        remedy: &str,
    ) -> RegulationFileError {
        let found = match value.get_ref() {
            DeValue::String(_) => "teks",
            DeValue::Integer(_) => "angka bulat",
            DeValue::Float(_) => "angka pecahan",
            DeValue::Boolean(_) => "true atau false",
            DeValue::Datetime(_) => "tanggal",
            DeValue::Array(_) => "daftar",
            DeValue::Table(_) => "bagian",
        };
        let problem = format!("harus {wanted}, di sini {found}");
        self.document.error(value.span().start, &self.path_of(key), &problem, remedy)
    }

    fn required(&self, key: &str, remedy: &str) -> Result<&'d Spanned<DeValue<'d>>> {
        self.value(key)
            .ok_or_else(|| self.document.error(self.offset, &self.path_of(key), "tidak ada", remedy))
    }

    fn value(&self, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.values.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
    }

    fn inside(&self, path: String, values: &'d DeTable<'d>, place: &Spanned<DeValue<'_>>) -> Table<'d> {
        Table { document: self.document, path, values, offset: place.span().start }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// The words of a vocabulary for a remedy.
pub(super) fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|word| name(*word)).collect::<Vec<_>>().join(", ")
}

fn looks_like_date(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() >= 8
        && bytes.iter().take(4).all(u8::is_ascii_digit)
        && bytes.get(4).is_some_and(|b| matches!(b, b'-' | b'/'))
}
