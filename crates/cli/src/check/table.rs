//! The report for a person: each applicant with what is left to do, and a summary. Where a rule's text leaves a reading
//! open and the other one would decide otherwise for this person, both are told.

use super::judged::{Judged, judge_rows};
use payung_regulation::{Context, Outcome, Regulation, Verdict};
use payung_sheets::TemplateRow;
use std::io::{self, Write};

/// Letters of a name that a line has room for.
const NAME_WIDTH: usize = 28;
const NIK_WIDTH: usize = 16;
/// Said once above the table, not under every name.
const SAID_ABOVE: &str = "draft_regulation";

pub fn write(
    to: &mut dyn Write,
    regulation: &Regulation,
    context: &Context,
    rows: &[TemplateRow],
) -> io::Result<()> {
    head(to, regulation, context)?;
    let mut summary = Summary::default();
    for judged in judge_rows(regulation, context, rows) {
        person(to, &judged)?;
        summary.add(&judged);
    }
    summary.write(to)
}

/// A cell of a stranger's file as text for a terminal: no control characters.
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn head(to: &mut dyn Write, regulation: &Regulation, context: &Context) -> io::Result<()> {
    writeln!(to, "Pemeriksaan syarat menurut {}", regulation.citation)?;
    let payment = context.first_payment.map_or("belum ditentukan".to_owned(), |date| date.in_words());
    writeln!(to, "Tanggal pendaftaran {}; iuran pertama {payment}", context.registered_on.in_words())?;
    if let Some(mark) = &regulation.draft_mark {
        writeln!(to, "{mark}")?;
    }
    writeln!(to)?;
    writeln!(to, "{:>6}  {:NIK_WIDTH$}  {:NAME_WIDTH$}  Hasil", "Baris", "NIK", "Nama")?;
    writeln!(to, "{}", "-".repeat(6 + 2 + NIK_WIDTH + 2 + NAME_WIDTH + 2 + Verdict::Ineligible.label().len()))
}

fn person(to: &mut dyn Write, judged: &Judged) -> io::Result<()> {
    let nik = fitted(judged.nik.unwrap_or("-"), NIK_WIDTH);
    let name = fitted(judged.name.unwrap_or("-"), NAME_WIDTH);
    let verdict = judged.judgement.verdict.label();
    writeln!(to, "{:>6}  {nik:NIK_WIDTH$}  {name:NAME_WIDTH$}  {verdict}", judged.row)?;
    for error in &judged.errors {
        writeln!(to, "        - data: {}", plain(&error.message()))?;
    }
    for finding in judged.judgement.findings.iter().filter(|finding| finding.outcome != Outcome::Met) {
        let remedy = finding.remedy.as_deref().unwrap_or_default();
        let (outcome, cite) = (finding.outcome.label(), &finding.cite);
        writeln!(to, "        - {outcome}: {} ({cite}) {}", plain(&finding.message), plain(remedy))?;
    }
    let open = judged.judgement.findings.iter().filter(|finding| finding.other_reading.is_some());
    for reading in open.filter_map(|finding| finding.tafsir.as_deref()) {
        writeln!(to, "        - {}", plain(reading))?;
    }
    for warning in judged.judgement.warnings.iter().filter(|warning| warning.id != SAID_ABOVE) {
        writeln!(to, "        - peringatan: {}", plain(&warning.message))?;
    }
    Ok(())
}

fn fitted(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.chars().count() <= width {
        return text;
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

#[derive(Default)]
struct Summary {
    verdicts: [usize; Verdict::ALL.len()],
    warned: usize,
    unreadable: usize,
}

impl Summary {
    fn add(&mut self, judged: &Judged) {
        for (count, verdict) in self.verdicts.iter_mut().zip(Verdict::ALL) {
            *count += usize::from(judged.judgement.verdict == *verdict);
        }
        let warned = judged.judgement.warnings.iter().any(|warning| warning.id != SAID_ABOVE);
        self.warned += usize::from(warned);
        self.unreadable += usize::from(!judged.errors.is_empty());
    }

    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to)?;
        writeln!(to, "Jumlah: {} calon penerima", self.verdicts.iter().sum::<usize>())?;
        for (count, verdict) in self.verdicts.iter().zip(Verdict::ALL) {
            writeln!(to, "{count:>6}  {}", verdict.label())?;
        }
        writeln!(to, "{:>6}  dengan peringatan", self.warned)?;
        writeln!(to, "{:>6}  dengan data yang perlu diperbaiki", self.unreadable)?;
        writeln!(to)?;
        let caution = Verdict::Eligible.caution().unwrap_or_default();
        writeln!(to, "{caution} Desa mengusulkan, kabupaten memeriksa, bupati menetapkan.")
    }
}
