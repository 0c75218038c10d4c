//! Lists of people and one person.

use super::count;
use super::facets::occupation_words;
use super::judgement::{judged, judgement, nik_facts, values};
use super::status::{answer_words, end_words};
use super::versions;
use crate::dto::{
    AlikeView, AnswerKey, AnswerReason, AnswerView, ApplicantFlags, ApplicantPage, ApplicantRow,
    ApplicantView, CommandError, EndedView, HistoryLine, ListFilter, ListQuery, ListSort, ReleaseHint, Saved,
    StateCount, StatementRef,
};
use crate::error::{Answered as Answer, problems};
use payung_domain::{CivilDate, Field, FieldValues, Readiness, State, VillageCode};
use payung_register::{
    Alike, AnswerView as Answered, Counts, End, Happening, HistoryLine as Line, LIST_ROWS_MAX, Mark,
    PersonDetail, PersonRow, Register, SeriesState, Sort, StatementRow,
};
use payung_regulation::Regulation;

/// # Errors
/// The window asks for a column that is none.
pub fn query(asked: &ListQuery) -> Answer<payung_register::ListQuery> {
    Ok(payung_register::ListQuery {
        search: asked.search.clone(),
        states: asked.states.iter().map(|state| (*state).into()).collect(),
        delivery: asked.delivery.map(Into::into),
        marks: asked.filter.map(mark).into_iter().collect(),
        readiness: asked.readiness.iter().map(|readiness| (*readiness).into()).collect(),
        occupations: asked.occupations.clone(),
        hamlets: asked.hamlets.clone(),
        ages: asked.ages.map(|band| (band.from, band.to)),
        missing: asked.missing.as_deref().map(super::judgement::field).transpose()?,
        view: asked.view.map(Into::into),
        sort: match asked.sort {
            ListSort::Updated => Sort::Newest,
            ListSort::Name => Sort::Name,
            ListSort::Hamlet => Sort::Hamlet,
            ListSort::BirthDate => Sort::BirthDate,
            ListSort::State => Sort::State,
        },
        offset: u64::from(asked.offset),
        limit: u64::from(asked.limit).min(LIST_ROWS_MAX),
    })
}

const fn mark(filter: ListFilter) -> Mark {
    match filter {
        ListFilter::NeedsNewStatement => Mark::NeedsNewStatement,
        ListFilter::Edited => Mark::EditPending,
        ListFilter::CanBeListed => Mark::CanBeListed,
        ListFilter::NikElsewhere => Mark::NikElsewhere,
        ListFilter::TwoVersions => Mark::TwoVersions,
        ListFilter::MaybeSame => Mark::MaybeSame,
    }
}

/// The register sorts one way. The other way is the same list read from its end: which stretch of it, for a page.
pub fn from_the_end(total: u64, offset: u64, limit: u64) -> (u64, u64) {
    let end = total.saturating_sub(offset);
    let start = end.saturating_sub(limit);
    (start, end - start)
}

/// Whether the asked direction is against the register's own: newest first, everything else upwards.
pub fn is_reversed(asked: &ListQuery) -> bool {
    match asked.sort {
        ListSort::Updated => !asked.descending,
        _ => asked.descending,
    }
}

/// One page of the list and the counts of the whole register.
pub fn page(register: &Register, asked: &ListQuery) -> Answer<ApplicantPage> {
    let mut query = query(asked)?;
    let mut rows;
    let total;
    if is_reversed(asked) {
        total = register.list(&payung_register::ListQuery { limit: 0, offset: 0, ..query.clone() })?.total;
        (query.offset, query.limit) = from_the_end(total, query.offset, query.limit);
        rows = register.list(&query)?.rows;
        rows.reverse();
    } else {
        let page = register.list(&query)?;
        (total, rows) = (page.total, page.rows);
    }
    let today = village_today(register);
    let rows = rows.into_iter().map(|found| row(found, today)).collect();
    Ok(ApplicantPage { total: count(total), rows, counts: counts(&register.counts()) })
}

fn row(row: PersonRow, today: CivilDate) -> ApplicantRow {
    ApplicantRow {
        id: row.id.0,
        age: row.birth_date.and_then(|birth| birth.completed_years(today)),
        birth_date: row.birth_date.map(|birth| birth.to_string()),
        occupation_words: occupation(&row.occupation),
        name: row.name,
        nik: row.nik,
        kk: row.kk,
        hamlet: row.hamlet,
        state: row.state.into(),
        state_words: row.state.words().to_owned(),
        delivery: row.delivery.into(),
        delivery_words: row.delivery.words().to_owned(),
        missing: u32::from(row.missing),
        readiness: Some(row.readiness.into()),
        flags: ApplicantFlags {
            needs_new_statement: row.needs_new_statement,
            edited: row.edit_pending,
            can_be_listed: row.can_be_listed,
            nik_elsewhere: row.nik_elsewhere.is_some(),
            two_versions: row.two_versions,
            maybe_same: row.maybe_same,
        },
        updated_at: row.updated_at.millis(),
    }
}

/// As the clerk reads it; nothing where nothing is typed.
pub fn occupation(value: &str) -> String {
    if value.is_empty() { String::new() } else { occupation_words(value) }
}

/// Every state, those without anybody included.
pub fn counts(counts: &Counts) -> Vec<StateCount> {
    State::ALL
        .iter()
        .map(|state| StateCount {
            state: (*state).into(),
            words: state.words().to_owned(),
            count: count(counts.of(*state)),
        })
        .collect()
}

pub fn applicant(
    detail: PersonDetail,
    alike: &[Alike],
    statements: &[StatementRow],
    series: &[SeriesState],
    regulation: &Regulation,
) -> ApplicantView {
    let status = detail.status;
    let versions = versions::lines(&detail, series);
    let shown_nik = detail.values.get(Field::Nik).unwrap_or_default();
    let village = |code: payung_domain::VillageCode| village_words(&code.to_string());
    ApplicantView {
        id: detail.id.0,
        values: values(&detail.values),
        released_values: detail.released.as_ref().map(values),
        edited_fields: names(&detail.edited),
        state: status.state.into(),
        state_words: status.state.words().to_owned(),
        delivery: status.delivery.into(),
        delivery_words: status.delivery.words().to_owned(),
        delivery_since: versions::since(&versions, &detail),
        flags: ApplicantFlags {
            needs_new_statement: status.needs_new_statement,
            edited: detail.released.is_some() && !detail.edited.is_empty(),
            can_be_listed: detail.can_be_listed,
            nik_elsewhere: detail.nik_elsewhere.is_some(),
            two_versions: detail.two_versions,
            maybe_same: alike.iter().any(|alike| alike.person.is_some()),
        },
        judgement: judgement(&detail.check.judgement, detail.check.registered_on, regulation),
        errors: problems(&detail.check.reading.errors),
        nik: nik_facts(&detail.check.reading, &detail.same_nik, shown_nik, detail.check.registered_on),
        alike: alike.iter().map(AlikeView::from).collect(),
        nik_elsewhere: detail.nik_elsewhere.map(village),
        same_nik_reason: detail.same_nik_reason.clone(),
        release: release_hint(&detail, alike),
        answers: detail.answers.iter().map(AnswerView::from).collect(),
        statements: statement_refs(&detail, statements),
        ended: detail.ended.as_ref().map(EndedView::from),
        versions,
        history: detail.history.iter().map(|line| history(line, statements)).collect(),
        updated_at: detail.updated_at.millis(),
    }
}

/// What a new form starts with: the village's own codes, which nobody should have to type.
pub fn new_values(village: VillageCode) -> FieldValues {
    [(Field::Village, village.to_string())].into_iter().collect()
}

/// The answer to a saved field.
pub fn saved(detail: &PersonDetail, alike: &[Alike], regulation: &Regulation) -> Saved {
    let nik = detail.values.get(Field::Nik).unwrap_or_default();
    Saved {
        id: detail.id.0,
        saved_at: detail.updated_at.millis(),
        judged: judged(&detail.check, regulation, (&detail.same_nik, alike), nik),
        release: release_hint(detail, alike),
        edited_fields: names(&detail.edited),
    }
}

/// The day on which somebody died, moved or withdrew.
pub fn end_date(text: &str) -> Answer<CivilDate> {
    CivilDate::parse(text).ok_or_else(|| {
        CommandError::invalid("on", "Tulis tanggal sebagai hari-bulan-tahun, misalnya 21-11-2026.")
    })
}

pub fn names(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| field.name().to_owned()).collect()
}

/// What pressing *Tandai siap* does, or why it cannot be pressed now.
pub fn release_hint(detail: &PersonDetail, alike: &[Alike]) -> ReleaseHint {
    let unreadable = detail.check.reading.errors.len();
    let missing: Vec<&str> = [Field::Nik, Field::Name, Field::BirthDate]
        .into_iter()
        .filter(|field| detail.values.text(*field).is_none())
        .map(Field::label)
        .collect();
    let nothing_new = detail.released.is_some() && detail.edited.is_empty();
    let refused = if detail.ended.is_some() {
        Some("Orang ini sudah ditandai berakhir.".to_owned())
    } else if nothing_new {
        Some("Tidak ada perubahan yang menunggu.".to_owned())
    } else if !missing.is_empty() {
        Some(format!("Isi dahulu: {}.", missing.join(", ")))
    } else if unreadable > 0 {
        Some(format!("{unreadable} isian belum dapat dibaca. Perbaiki dahulu."))
    } else {
        None
    };
    let with_notes = detail.check.judgement.readiness != Readiness::Attestable;
    let words = refused.clone().unwrap_or_else(|| match (detail.released.is_some(), with_notes) {
        (false, false) => "Calon penerima ini siap dan akan dikirim ke kabupaten.".to_owned(),
        (true, false) => "Perubahan ini menjadi isian baru dan akan dikirim ke kabupaten.".to_owned(),
        (_, true) => "Belum semua syarat terpenuhi: akan dikirim sebagai usulan dengan catatan.".to_owned(),
    });
    ReleaseHint {
        allowed: refused.is_none(),
        needs_acknowledgement: with_notes,
        needs_same_nik_reason: !detail.same_nik.is_empty() && detail.same_nik_reason.is_none(),
        needs_alike_reason: detail.released.is_none() && alike.iter().any(|alike| alike.person.is_some()),
        words,
    }
}

impl From<&Answered> for AnswerView {
    fn from(view: &Answered) -> Self {
        let reasons = view.reasons.iter().map(|reason| AnswerReason {
            field: reason.field.map(|field| field.name().to_owned()),
            rule: reason.rule.clone(),
            message: reason.message.clone(),
        });
        Self {
            at: view.at.millis(),
            answer: AnswerKey::from(view.answer),
            words: answer_words(view.answer).to_owned(),
            reasons: reasons.collect(),
            officer: view.officer.clone(),
            current: view.about_newest,
        }
    }
}

impl From<&End> for EndedView {
    fn from(end: &End) -> Self {
        Self {
            kind: end.kind.into(),
            words: end_words(end.kind).to_owned(),
            on: end.on.to_string(),
            reason: end.reason.clone(),
        }
    }
}

fn statement_refs(detail: &PersonDetail, statements: &[StatementRow]) -> Vec<StatementRef> {
    let found = detail.statements.iter().filter_map(|id| statements.iter().find(|row| row.id == *id));
    found
        .map(|row| StatementRef {
            id: row.id.0,
            number: row.number.clone(),
            words: row.status.words().to_owned(),
        })
        .collect()
}

fn history(line: &Line, statements: &[StatementRow]) -> HistoryLine {
    let letter = |id: &payung_register::StatementId| {
        let number = statements.iter().find(|row| row.id == *id).map_or("", |row| row.number.as_str());
        if number.is_empty() { "surat tanpa nomor".to_owned() } else { format!("surat {number}") }
    };
    let words = match &line.what {
        Happening::Released { .. } => "Ditandai siap".to_owned(),
        Happening::Corrected { fields, .. } => {
            let labels: Vec<&str> = fields.iter().map(|field| field.label()).collect();
            format!("Diperbaiki: {}", labels.join(", "))
        }
        Happening::Ended(end) => {
            format!("Ditandai {}, {}: {}", end_words(end.kind), end.on.in_words(), end.reason)
        }
        Happening::Listed { statement } => format!("Dimuat dalam {}", letter(statement)),
        Happening::Unlisted { statement, reason } => {
            format!("Dikeluarkan dari {}: {reason}", letter(statement))
        }
        Happening::Signed { statement } => format!("Dinyatakan dalam {}", letter(statement)),
        Happening::Stamped { statement } => format!("Meterai dicatat pada {}", letter(statement)),
        Happening::StampRefused { statement, reason } => {
            format!("Meterai {} ditolak kabupaten: {reason}", letter(statement))
        }
        Happening::Uncovered { statement, reason } => {
            format!("Kepala mencabut {}: {reason}", letter(statement))
        }
        Happening::Answered { answer, .. } => format!("Kabupaten menjawab: {}", answer_words(*answer)),
        Happening::NikElsewhere { village } => {
            format!("Kabupaten memberi tahu: NIK ini juga diajukan {}", village_words(&village.to_string()))
        }
        Happening::NotSame { name, reason, .. } => {
            format!("Dinyatakan bukan orang yang sama dengan {name}: {reason}")
        }
    };
    HistoryLine { at: line.at.millis(), actor: line.actor.clone(), words }
}

/// The civil date in the village now.
pub fn village_today(register: &Register) -> CivilDate {
    register.now().civil_date(register.regulation().utc_offset)
}

/// `Ayah (33.05.01.2001)`; the code alone where the list does not know it.
fn village_words(code: &str) -> String {
    match payung_regions::name_of(code) {
        Some(name) => format!("{name} ({code})"),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::DeliveryKey;
    use payung_register::View;

    fn asked(sort: ListSort, descending: bool) -> ListQuery {
        ListQuery {
            search: "siti".to_owned(),
            states: vec![crate::dto::StateKey::NeedsFix],
            delivery: Some(DeliveryKey::NotSent),
            filter: Some(ListFilter::Edited),
            readiness: vec![crate::dto::ReadinessView::WithNotes],
            occupations: vec!["petani".to_owned()],
            hamlets: vec![String::new()],
            ages: Some(crate::dto::AgeBand { from: 18, to: 64 }),
            missing: Some("desil".to_owned()),
            view: Some(crate::dto::ViewKey::Turning65),
            sort,
            descending,
            offset: 40,
            limit: 9_999,
        }
    }

    #[test]
    fn a_query_crosses_whole_and_stays_bounded() {
        let crossed = query(&asked(ListSort::Hamlet, false)).unwrap();
        assert_eq!(crossed.states, [State::NeedsFix]);
        assert_eq!(crossed.marks, [Mark::EditPending]);
        assert_eq!((crossed.readiness, crossed.ages), (vec![Readiness::WithNotes], Some((18, 64))));
        assert_eq!((crossed.occupations, crossed.hamlets), (vec!["petani".to_owned()], vec![String::new()]));
        assert_eq!((crossed.missing, crossed.view), (Some(Field::Desil), Some(View::Turning65)));
        assert_eq!((crossed.sort, crossed.offset, crossed.limit), (Sort::Hamlet, 40, LIST_ROWS_MAX));
    }

    #[test]
    fn a_column_that_is_none_is_refused() {
        let asked = ListQuery { missing: Some("gaji".to_owned()), ..asked(ListSort::Name, false) };
        assert_eq!(query(&asked).unwrap_err().code, crate::dto::ErrorCode::Invalid);
    }

    #[test]
    fn newest_first_is_the_registers_own_direction() {
        assert!(!is_reversed(&asked(ListSort::Updated, true)));
        assert!(is_reversed(&asked(ListSort::Updated, false)));
        assert!(!is_reversed(&asked(ListSort::Name, false)));
    }

    #[test]
    fn a_page_from_the_end_covers_every_row_once() {
        let (total, limit) = (23, 10);
        let mut seen: Vec<u64> = Vec::new();
        for offset in [0, 10, 20] {
            let (start, length) = from_the_end(total, offset, limit);
            seen.extend((start..start + length).rev());
        }
        assert_eq!(seen, (0..total).rev().collect::<Vec<_>>());
        assert_eq!(from_the_end(5, 9, 10), (0, 0), "beyond the end there is nothing");
    }
}
