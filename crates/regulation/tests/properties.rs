//! What holds for every applicant, however badly typed: judging never panics, says the same twice, and finds exactly
//! one thing for each rule.

use payung_domain::Readiness;
use payung_domain::{CivilDate, Field, FieldValues, Reading, read};
use payung_regulation::{
    Context, Judgement, Outcome, PendingOn, Regulation, StatementEvidence, Verdict, builtin, judge, missing,
    outlook,
};
use proptest::prelude::*;

/// Values that columns really hold, beside anything else.
fn value() -> impl Strategy<Value = String> {
    let words = [
        "ya",
        "tidak",
        "tidak tahu",
        "nonaktif",
        "L",
        "P",
        "petani",
        "lainnya",
        "ktp_el",
        "suket",
        "hilang",
        "tidak_ada",
        "apbn",
        "apbd_kabupaten;csr:2026-12-31",
        "apbd_provinsi:2026-01-01",
        "33.05",
        "5105",
        "3305011708750001",
        "5105015002800001",
        "33.05.01.2001",
        "2026-Q1",
        "2026-Q4",
        "bpd",
        "1961-11-21",
        "29-02-2008",
        "2008-11-21",
        "3.30501E+15",
    ];
    prop_oneof![
        6 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,30}",
        1 => (1800i32..2200, 1u32..14, 0u32..33).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        1 => Just(String::new()),
    ]
}

fn applicant() -> impl Strategy<Value = FieldValues> {
    let fields = proptest::sample::select(Field::ALL.to_vec());
    proptest::collection::vec((fields, value()), 0..60).prop_map(FieldValues::from_iter)
}

fn day() -> impl Strategy<Value = CivilDate> {
    let any = (1i32..=9999, 1u32..=12, 1u32..=28);
    prop_oneof![
        any.prop_map(|(y, m, d)| CivilDate::new(y, m, d).unwrap()),
        (0u32..40_000).prop_map(|days| CivilDate::new(1990, 1, 1).unwrap().plus_days(days)),
    ]
}

fn context() -> impl Strategy<Value = Context> {
    let statement = proptest::sample::select(vec![
        StatementEvidence::None,
        StatementEvidence::SignedUnstamped,
        StatementEvidence::SignedAndStamped,
    ]);
    (day(), proptest::option::of(day()), statement, proptest::option::of(any::<bool>())).prop_map(
        |(registered_on, first_payment, statement, dtsen_matched)| Context {
            registered_on,
            first_payment,
            statement,
            dtsen_matched,
        },
    )
}

fn regulation() -> impl Strategy<Value = &'static Regulation> {
    (0..builtin().len()).prop_map(|index| &builtin()[index])
}

fn verdict_by_hand(judgement: &Judgement) -> Verdict {
    let outcomes: Vec<Outcome> = judgement.findings.iter().map(|finding| finding.outcome).collect();
    for (outcome, verdict) in [
        (Outcome::NotMet, Verdict::Ineligible),
        (Outcome::Unknown, Verdict::Incomplete),
        (Outcome::Pending, Verdict::Pending),
    ] {
        if outcomes.contains(&outcome) {
            return verdict;
        }
    }
    Verdict::Eligible
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn judging_says_one_thing_per_rule_and_the_same_twice(
        regulation in regulation(), values in applicant(), context in context(),
    ) {
        let reading = read(&values);
        let judgement = judge(regulation, &reading, &context);
        let found: Vec<&str> = judgement.findings.iter().map(|finding| finding.rule.as_str()).collect();
        let rules: Vec<&str> = regulation.rules.iter().map(|rule| rule.id.as_str()).collect();
        prop_assert_eq!(found, rules);
        prop_assert_eq!(judgement.verdict, verdict_by_hand(&judgement));
        prop_assert_eq!(&judge(regulation, &read(&values), &context), &judgement);
        for finding in &judgement.findings {
            prop_assert_eq!(finding.remedy.is_some(), finding.outcome != Outcome::Met);
            prop_assert_eq!(finding.pending_on.is_some(), finding.outcome == Outcome::Pending);
            let braces = |text: &str| text.contains(['{', '}']);
            let whole = !braces(&finding.message) || values.iter().any(|(_, typed)| braces(typed));
            prop_assert!(whole, "a hole is left in the words of {}", finding.rule);
        }
    }

    #[test]
    fn an_outlook_says_of_every_day_what_judging_says(
        regulation in regulation(), values in applicant(), days in proptest::collection::vec(day(), 1..6),
    ) {
        let reading = read(&values);
        let outlook = outlook(regulation, &reading);
        let around = outlook.turns.iter().flat_map(|(turn, _)| {
            [turn.days_since_epoch() - 1, turn.days_since_epoch()]
        });
        let around: Vec<i64> = around.chain(days.iter().map(|day| day.days_since_epoch())).collect();
        for days in around {
            let since_first = days - CivilDate::FIRST.days_since_epoch();
            let day = CivilDate::FIRST.plus_days(u32::try_from(since_first).unwrap_or(0));
            let judgement = judge(regulation, &reading, &Context::on(day));
            prop_assert_eq!(outlook.on(day), judgement.readiness, "on {}", day);
            let open = judgement.findings.iter().any(|finding| finding.outcome == Outcome::Unknown);
            let nameless = reading.facts.nik.is_none() || reading.facts.name.is_none();
            prop_assert_eq!(!missing(regulation, &reading).is_empty(), open || nameless);
        }
    }

    #[test]
    fn an_unreadable_field_leaves_its_rule_unknown(
        regulation in regulation(), values in applicant(), day in day(),
    ) {
        let reading = read(&values);
        let judgement = judge(regulation, &reading, &Context::on(day));
        for error in reading.errors.iter().filter(|error| error.field != Field::OccupationDetail) {
            for finding in judgement.findings.iter().filter(|finding| finding.fields.contains(&error.field)) {
                let outcome = finding.outcome;
                prop_assert_eq!(outcome, Outcome::Unknown, "{} reads {:?}", finding.rule, error.field);
            }
        }
    }

    #[test]
    fn warnings_never_change_a_verdict(
        regulation in regulation(), values in applicant(), context in context(),
    ) {
        let mut silent = regulation.clone();
        silent.warnings.clear();
        let reading = read(&values);
        let (with, without) = (judge(regulation, &reading, &context), judge(&silent, &reading, &context));
        prop_assert!(without.warnings.is_empty());
        prop_assert_eq!(with.findings, without.findings);
        prop_assert_eq!((with.verdict, with.readiness), (without.verdict, without.readiness));
    }

    #[test]
    fn the_order_of_rows_and_columns_changes_nothing(
        regulation in regulation(),
        rows in proptest::collection::vec(applicant(), 1..8).prop_shuffle(),
        context in context(),
    ) {
        let forwards: Vec<Judgement> =
            rows.iter().map(|values| judge(regulation, &read(values), &context)).collect();
        let backwards = rows.iter().rev().map(|values| {
            let turned: Vec<(Field, String)> = values.iter().map(|(f, v)| (f, v.to_owned())).collect();
            judge(regulation, &read(&turned.into_iter().rev().collect()), &context)
        });
        let mut backwards: Vec<Judgement> = backwards.collect();
        backwards.reverse();
        prop_assert_eq!(forwards, backwards);
    }

    #[test]
    fn only_what_is_whole_may_be_attested(
        regulation in regulation(), values in applicant(), context in context(),
    ) {
        let reading = read(&values);
        let judgement = judge(regulation, &reading, &context);
        if judgement.readiness == Readiness::Attestable {
            prop_assert!(reading.facts.nik.is_some() && reading.facts.name.is_some());
            for finding in &judgement.findings {
                let allowed = match finding.outcome {
                    Outcome::Met => true,
                    Outcome::Pending => finding.pending_on != Some(PendingOn::Evidence),
                    Outcome::NotMet | Outcome::Unknown => false,
                };
                prop_assert!(allowed, "{} is {:?}", finding.rule, finding.outcome);
            }
        }
        prop_assert_eq!(
            judgement.readiness == Readiness::WithNotes,
            judgement.verdict == Verdict::Ineligible
        );
    }
}

/// The later the registration, the older the person: the age rule goes from too young to met to too old, once each.
#[test]
fn the_age_rule_turns_twice_and_never_back() {
    for regulation in builtin() {
        for birth in ["2000-02-29", "1999-12-31", "2001-01-01", "1980-03-01"] {
            let values = FieldValues::from_iter([(Field::BirthDate, birth.to_owned())]);
            let reading: Reading = read(&values);
            let start = CivilDate::parse(birth).unwrap();
            let mut turns = Vec::new();
            for days in 0..25_500 {
                let day = start.plus_days(days);
                let outcome = judge(regulation, &reading, &Context::on(day)).finding("age").unwrap().outcome;
                if turns.last().is_none_or(|(_, last)| *last != outcome) {
                    turns.push((day, outcome));
                }
            }
            let least = if regulation.id == "kebumen-56-2024" { 18 } else { 17 };
            let expected = vec![
                (start, Outcome::NotMet),
                (start.birthday(least).unwrap(), Outcome::Met),
                (start.birthday(66).unwrap(), Outcome::NotMet),
            ];
            assert_eq!(turns, expected, "born {birth} under {}", regulation.id);
        }
    }
}
