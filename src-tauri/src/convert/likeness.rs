//! People who may be one, side by side.

use super::versions::readable;
use crate::dto::{AlikeView, ComparedField, ComparedPerson, Comparison};
use crate::form;
use payung_domain::Field;
use payung_register::{Alike, Ground, PersonDetail};

impl From<&Alike> for AlikeView {
    fn from(alike: &Alike) -> Self {
        Self {
            person_id: alike.person.map(|person| person.0),
            population_id: alike.population.map(|person| person.0),
            name: alike.name.clone(),
            nik: alike.nik.clone(),
            birth_date: alike.birth_date.map(|date| date.to_string()),
            kk: alike.kk.clone(),
            hamlet: alike.hamlet.clone(),
            mother: alike.mother.clone(),
            grounds: alike.grounds.iter().map(|ground| ground_words(*ground).to_owned()).collect(),
        }
    }
}

pub const fn ground_words(ground: Ground) -> &'static str {
    match ground {
        Ground::Name => "nama sama atau mirip",
        Ground::BirthDate => "tanggal lahir sama",
        Ground::Mother => "nama ibu sama",
        Ground::Kk => "satu nomor KK",
        Ground::NikOneDigit => "NIK hampir sama",
    }
}

/// Every field that either of them has, in the form's order.
pub fn comparison(a: &PersonDetail, b: &PersonDetail) -> Comparison {
    let row = |field: Field| {
        let (one, other) =
            (a.values.text(field).unwrap_or_default(), b.values.text(field).unwrap_or_default());
        (!one.is_empty() || !other.is_empty()).then(|| ComparedField {
            field: field.name().to_owned(),
            label: field.label().to_owned(),
            a: readable(field, one),
            b: readable(field, other),
            differs: one != other,
        })
    };
    Comparison { a: compared(a), b: compared(b), rows: form::fields().filter_map(row).collect() }
}

fn compared(detail: &PersonDetail) -> ComparedPerson {
    ComparedPerson {
        id: detail.id.0,
        name: detail.values.text(Field::Name).unwrap_or_default().to_owned(),
        state_words: detail.status.state.words().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::applicants::view;
    use crate::dto::{DestinationKey, ErrorCode};
    use crate::error::Answered;
    use crate::importing::tests::import;
    use crate::state::tests::{payung, set_up};
    use payung_register::{Acknowledge, ListQuery, Op, PersonId, Register};

    fn release(register: &mut Register, person: PersonId, alike: Option<&str>) -> Answered<()> {
        let acknowledge =
            Acknowledge { notes: true, alike: alike.map(str::to_owned), ..Acknowledge::default() };
        register.transact(Op::Release { person, acknowledge })?;
        Ok(())
    }

    #[tokio::test]
    async fn the_same_person_under_another_nik_is_shown_and_the_clerk_decides() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let lines = [
            "3305010306800001,Muhammad Slamet,3305010101000001,1980-06-03,L,Krajan,33.05.01.2001,petani",
            "3305010306800007,Moch. Slamet,3305010101000001,1980-06-03,L,Krajan,33.05.01.2001,nelayan",
        ];
        import(&payung, folder.path(), &lines.map(str::to_owned), DestinationKey::Applicants).await;
        payung
            .write(|register| {
                let rows = register.list(&ListQuery { limit: 10, ..ListQuery::default() })?.rows;
                assert!(rows.iter().all(|row| row.maybe_same), "both are marked");
                let (one, other) = (rows[0].id, rows[1].id);
                let shown = view(register, one)?;
                assert_eq!(shown.alike[0].person_id, Some(other.0));
                assert!(shown.alike[0].grounds.contains(&"satu nomor KK".to_owned()), "{:?}", shown.alike);
                assert!(shown.release.needs_alike_reason && shown.flags.maybe_same);

                let compared = comparison(&register.person(one)?, &register.person(other)?);
                let differing: Vec<&str> =
                    compared.rows.iter().filter(|row| row.differs).map(|row| row.field.as_str()).collect();
                assert_eq!(differing, ["nik", "nama", "pekerjaan"], "in the form's order");
                let work = compared.rows.iter().find(|row| row.field == "pekerjaan").unwrap();
                assert!([&work.a, &work.b].contains(&&"Nelayan".to_owned()), "as people read it");

                let refused = release(register, one, None).unwrap_err();
                assert_eq!((refused.code, refused.fields.len()), (ErrorCode::Alike, 0));
                register.transact(Op::NotSame { person: one, other, reason: "Saudara sepupu".to_owned() })?;
                let shown = view(register, one)?;
                assert!(shown.alike.is_empty() && !shown.release.needs_alike_reason);
                assert!(
                    shown.history.iter().any(|line| line.words.contains("Saudara sepupu")),
                    "the reason is kept"
                );
                release(register, one, None)
            })
            .await
            .unwrap();
    }
}
