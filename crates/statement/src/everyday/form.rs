//! The empty *Formulir Pendataan Calon Penerima*: one person a sheet, filled in with a pen at the kitchen table. What is
//! asked comes from the caller; how it is asked (boxes, lines, ticks) and the notice of data protection are ours.

use crate::page::{Office, Paper, StatementError};
use crate::view::{OfficeView, Texts};
use payung_domain::CivilDate;
use serde::Serialize;

/// Questions on one form: more would not stay within two pages.
pub const FORM_ITEMS_MAX: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankForm {
    pub office: Office,
    pub emblem: Option<Vec<u8>>,
    pub paper: Paper,
    /// The day of printing: the date in the PDF's metadata. It is not printed, forms lie in drawers.
    pub date: CivilDate,
    /// `Perbup Kebumen 56/2024`: what the starred questions are asked for.
    pub regulation: String,
    /// The full title, for the legal basis in the notice.
    pub citation: String,
    /// Marks every page `RANCANGAN - belum berlaku`.
    pub draft: bool,
    pub demo: bool,
    /// `Kepala Dusun`, `Kelian Banjar`: who usually fills the form in.
    pub collector: String,
    pub parts: Vec<FormPart>,
    /// Asked only of who agrees to it.
    pub extras: Vec<FormItem>,
    /// The regulation takes people below 18: a parent or guardian signs, too.
    pub minors: bool,
}

/// Questions under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPart {
    pub title: String,
    pub items: Vec<FormItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormItem {
    pub label: String,
    /// How to answer, where the label does not say it.
    pub hint: Option<String>,
    /// A rule of the regulation reads it: marked with a star.
    pub judged: bool,
    /// Specific personal data (UU 27/2022): may be left open.
    pub specific: bool,
    pub space: Space,
}

/// The room for the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Space {
    /// One box a digit, in groups: a NIK is 6, 6 and 4.
    Digits(Vec<u8>),
    /// Boxes for day, month and year.
    Date,
    /// Boxes for month and year.
    Month,
    /// A line to write on.
    Line,
    /// A box to tick before each; `line` leaves room to write after the last one.
    Choice { words: Vec<String>, line: bool },
    /// Several short answers on one row, each with its own label; an empty one is left out.
    Row(Vec<(String, Space)>),
}

#[derive(Serialize)]
pub(crate) struct FormView {
    office: OfficeView,
    paper: Paper,
    emblem: bool,
    draft: bool,
    demo: bool,
    copy: bool,
    year: i32,
    month: u32,
    day: u32,
    regulation: String,
    citation: String,
    collector: String,
    minors: bool,
    parts: Vec<PartView>,
    extras: Vec<ItemView>,
    /// Labels of the specific data that the form asks for.
    specific: Vec<String>,
}

#[derive(Serialize)]
struct PartView {
    title: String,
    items: Vec<ItemView>,
}

#[derive(Serialize)]
struct ItemView {
    label: String,
    hint: Option<String>,
    judged: bool,
    specific: bool,
    space: SpaceView,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum SpaceView {
    Boxes { groups: Vec<u8> },
    Line,
    Choice { words: Vec<String>, line: bool },
    Row { cells: Vec<CellView> },
}

#[derive(Serialize)]
struct CellView {
    label: Option<String>,
    space: SpaceView,
}

pub(crate) fn view(form: &BlankForm, printable: &dyn Fn(char) -> bool) -> Result<FormView, StatementError> {
    let texts = Texts { printable };
    let asked = || form.parts.iter().flat_map(|part| &part.items).chain(&form.extras);
    match asked().count() {
        0 => return Err(StatementError::NoRows),
        found if found > FORM_ITEMS_MAX => return Err(StatementError::TooManyQuestions { found }),
        _ => {}
    }
    let specific = asked().filter(|item| item.specific);
    Ok(FormView {
        office: texts.office(&form.office)?,
        paper: form.paper,
        emblem: form.emblem.is_some(),
        draft: form.draft,
        demo: form.demo,
        copy: false,
        year: form.date.year(),
        month: form.date.month(),
        day: form.date.day(),
        regulation: texts.required("peraturan", &form.regulation)?,
        citation: texts.required("dasar hukum", &form.citation)?,
        collector: texts.required("pendata", &form.collector)?,
        minors: form.minors,
        specific: specific.map(|item| texts.required("pertanyaan", &item.label)).collect::<Result<_, _>>()?,
        parts: form.parts.iter().map(|part| part_view(&texts, part)).collect::<Result<_, _>>()?,
        extras: items(&texts, &form.extras)?,
    })
}

fn part_view(texts: &Texts<'_>, part: &FormPart) -> Result<PartView, StatementError> {
    Ok(PartView { title: texts.required("judul bagian", &part.title)?, items: items(texts, &part.items)? })
}

fn items(texts: &Texts<'_>, items: &[FormItem]) -> Result<Vec<ItemView>, StatementError> {
    let item = |item: &FormItem| {
        Ok(ItemView {
            label: texts.required("pertanyaan", &item.label)?,
            hint: texts.optional(&item.label, item.hint.as_deref())?,
            judged: item.judged,
            specific: item.specific,
            space: space(texts, &item.space)?,
        })
    };
    items.iter().map(item).collect()
}

fn space(texts: &Texts<'_>, space: &Space) -> Result<SpaceView, StatementError> {
    Ok(match space {
        Space::Digits(groups) => SpaceView::Boxes { groups: groups.clone() },
        Space::Date => SpaceView::Boxes { groups: vec![2, 2, 4] },
        Space::Month => SpaceView::Boxes { groups: vec![2, 4] },
        Space::Line => SpaceView::Line,
        Space::Choice { words, line } => SpaceView::Choice {
            words: words.iter().map(|word| texts.required("pilihan", word)).collect::<Result<_, _>>()?,
            line: *line,
        },
        Space::Row(cells) => SpaceView::Row {
            cells: cells
                .iter()
                .map(|(label, space)| {
                    Ok(CellView {
                        label: texts.optional("pertanyaan", Some(label))?,
                        space: self::space(texts, space)?,
                    })
                })
                .collect::<Result<_, StatementError>>()?,
        },
    })
}
