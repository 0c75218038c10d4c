//! Values to filter by, in words and with their counts.

use super::count;
use crate::dto::{FacetView, Facets, ViewCount, ViewKey};
use payung_domain::{Field, Occupation, Readiness};
use payung_register::View;

/// Values with their counts, most frequent first. Who has none stands under the empty value.
pub fn counted(values: &[(String, u64)], words: fn(&str) -> String) -> Vec<FacetView> {
    most_first(values.iter().map(|(value, count)| (value.clone(), words(value), *count)))
}

pub fn most_first(facets: impl Iterator<Item = (String, String, u64)>) -> Vec<FacetView> {
    let view = |(value, words, found)| FacetView { value, words, count: count(found) };
    let mut views: Vec<FacetView> = facets.map(view).collect();
    views.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.words.cmp(&b.words)));
    views
}

pub fn occupation_words(value: &str) -> String {
    match Occupation::parse(value) {
        Some(occupation) => occupation.label().to_owned(),
        None if value.is_empty() => "Pekerjaan belum diisi".to_owned(),
        None => value.to_owned(),
    }
}

pub fn hamlet_words(value: &str) -> String {
    if value.is_empty() { "Dusun belum diisi".to_owned() } else { value.to_owned() }
}

/// What the regulation says, best first; what nobody has is left out.
pub fn readiness(found: impl Iterator<Item = Readiness>) -> Vec<FacetView> {
    let mut counts = [0u64; 3];
    for readiness in found {
        counts[ALL_READINESS.iter().position(|known| *known == readiness).unwrap_or_default()] += 1;
    }
    let counted: Vec<(Readiness, u64)> = ALL_READINESS.into_iter().zip(counts).collect();
    counted_readiness(&counted)
}

pub fn counted_readiness(counts: &[(Readiness, u64)]) -> Vec<FacetView> {
    let view = |(readiness, found): &(Readiness, u64)| FacetView {
        value: readiness_key(*readiness).to_owned(),
        words: readiness_words(*readiness).to_owned(),
        count: count(*found),
    };
    counts.iter().filter(|(_, found)| *found > 0).map(view).collect()
}

const ALL_READINESS: [Readiness; 3] = [Readiness::Attestable, Readiness::WithNotes, Readiness::Incomplete];

/// As the window names it.
const fn readiness_key(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Attestable => "attestable",
        Readiness::WithNotes => "with_notes",
        Readiness::Incomplete => "incomplete",
    }
}

pub const fn readiness_words(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Attestable => "Syarat terpenuhi",
        Readiness::WithNotes => "Ada syarat yang tidak terpenuhi",
        Readiness::Incomplete => "Data belum lengkap",
    }
}

// -- Of the register -------------------------------------------------------------------------------------------------

pub fn of_register(found: &payung_register::Facets) -> Facets {
    let view = |(view, found): &(View, u64)| ViewCount {
        key: (*view).into(),
        words: view_words(*view).to_owned(),
        count: count(*found),
    };
    let missing = |(field, found): &(Field, u64)| (field.name().to_owned(), field.label().to_owned(), *found);
    Facets {
        views: found.views.iter().map(view).collect(),
        occupations: counted(&found.occupations, occupation_words),
        hamlets: counted(&found.hamlets, hamlet_words),
        missing: most_first(found.missing.iter().map(missing)),
        readiness: counted_readiness(&found.readiness),
    }
}

pub const fn view_words(view: View) -> &'static str {
    match view {
        View::ReadyForStatement => "Siap dibuatkan pernyataan",
        View::NeedsFix => "Perlu diperbaiki",
        View::Turning65 => "Hampir 65 tahun",
        View::MissingFacts => "Lengkapi data",
    }
}

same!(View, ViewKey,
    ReadyForStatement => ReadyForStatement, NeedsFix => NeedsFix, Turning65 => Turning65,
    MissingFacts => MissingFacts,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{DestinationKey, ReadinessView};
    use crate::importing::tests::{import, person};
    use crate::state::tests::{payung, set_up};

    #[test]
    fn the_most_frequent_value_stands_first_and_none_is_told_as_such() {
        let found =
            [("petani", 2), ("WIRASWASTA", 1), ("", 2)].map(|(value, count)| (value.to_owned(), count));
        let words: Vec<String> =
            counted(&found, occupation_words).into_iter().map(|facet| facet.words).collect();
        assert_eq!(words, ["Pekerjaan belum diisi", "Petani", "WIRASWASTA"]);
    }

    #[test]
    fn verdicts_are_named_as_the_window_names_them() {
        for readiness in ALL_READINESS {
            let key = serde_json::to_value(ReadinessView::from(readiness)).unwrap();
            assert_eq!(key, readiness_key(readiness));
        }
        let found =
            readiness([Readiness::Incomplete, Readiness::Attestable, Readiness::Incomplete].into_iter());
        let told: Vec<(&str, u32)> = found.iter().map(|facet| (facet.value.as_str(), facet.count)).collect();
        assert_eq!(told, [("attestable", 1), ("incomplete", 2)]);
    }

    #[test]
    fn views_are_named_as_the_window_names_them() {
        let keys = View::ALL.map(|view| serde_json::to_value(ViewKey::from(view)).unwrap());
        assert_eq!(keys, ["ready_for_statement", "needs_fix", "turning_65", "missing_facts"]);
    }

    #[tokio::test]
    async fn the_register_tells_what_each_filter_would_show() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let lines = [person(1, "petani"), person(2, "petani"), person(3, "")];
        import(&payung, folder.path(), &lines, DestinationKey::Applicants).await;
        let found = payung.with(|register| Ok(of_register(&register.facets()))).await.unwrap();
        assert_eq!(found.views.len(), 4);
        assert_eq!(found.occupations[0].count, 2, "{:?}", found.occupations);
        assert_eq!(found.occupations[1].words, "Pekerjaan belum diisi");
        assert_eq!((found.hamlets[0].words.as_str(), found.hamlets[0].count), ("Krajan", 3));
        let missing = found.missing.iter().find(|facet| facet.value == "pekerjaan").unwrap();
        assert_eq!((missing.words.as_str(), missing.count), ("Pekerjaan", 1));
    }
}
