//! What a finding carries beside its outcome, and what the two regulations say of themselves.

use payung_domain::{
    CivilDate, Field, FieldValues, Readiness, RegencyCode, StatementNeed, VillageKind, read,
};
use payung_regulation::{
    Context, Judgement, Outcome, PendingOn, Rests, SOURCES, StatementEvidence, Verdict, builtin_for, by_id,
    judge,
};

const KEBUMEN: &str = "kebumen-56-2024";
const KLUNGKUNG: &str = "klungkung-draft";

/// A person who meets every rule of both regulations but for the statement and the match, with these values changed.
fn judged(regulation: &str, changed: &[(Field, &str)], context: impl FnOnce(&mut Context)) -> Judgement {
    let regulation = by_id(regulation).unwrap();
    let regency = regulation.regency.to_string();
    let fit = [
        (Field::Nik, "3305011708750001"),
        (Field::Name, "Slamet Contoh"),
        (Field::BirthDate, "1975-08-17"),
        (Field::KtpRegency, regency.as_str()),
        (Field::KtpEvidence, "ktp_el"),
        (Field::Domiciled, "ya"),
        (Field::Occupation, "petani"),
        (Field::StillWorking, "ya"),
        (Field::InformalWorker, "ya"),
        (Field::WageParticipant, "tidak"),
        (Field::Dtsen, "ya"),
        (Field::OtherCover, "tidak_ada"),
    ];
    let values: FieldValues =
        fit.iter().chain(changed).map(|(field, value)| (*field, (*value).to_owned())).collect();
    let mut today = Context::on(CivilDate::new(2026, 11, 21).unwrap());
    context(&mut today);
    judge(regulation, &read(&values), &today)
}

fn bare(_: &mut Context) {}

#[test]
fn ready_for_a_statement_means_open_only_on_statement_or_match() {
    let readiness = |regulation, changed: &[(Field, &str)]| judged(regulation, changed, bare).readiness;
    for regulation in [KEBUMEN, KLUNGKUNG] {
        assert_eq!(readiness(regulation, &[]), Readiness::Attestable);
        assert_eq!(readiness(regulation, &[(Field::KtpEvidence, "suket")]), Readiness::Incomplete);
        assert_eq!(readiness(regulation, &[(Field::OtherCover, "")]), Readiness::Incomplete);
        assert_eq!(readiness(regulation, &[(Field::OtherCover, "apbn")]), Readiness::WithNotes);
        assert_eq!(
            readiness(regulation, &[(Field::OtherCover, "apbn"), (Field::KtpRegency, "")]),
            Readiness::WithNotes,
            "a rule that is not met outweighs a missing fact"
        );
    }
}

#[test]
fn nobody_is_attested_without_nik_or_name_or_with_an_attested_field_unread() {
    for (field, value) in [
        (Field::Nik, ""),
        (Field::Nik, "330501170875"),
        (Field::Name, ""),
        (Field::Village, "33.05"),
        (Field::WorkingSince, "dahulu"),
    ] {
        let judgement = judged(KEBUMEN, &[(field, value)], bare);
        assert_eq!(judgement.verdict, Verdict::Pending, "no rule reads {}", field.name());
        assert_eq!(judgement.readiness, Readiness::Incomplete, "{} {value:?}", field.name());
    }
    let phone = judged(KEBUMEN, &[(Field::CheckedOn, "kemarin")], bare);
    assert_eq!(phone.readiness, Readiness::Attestable, "what no statement attests holds nobody back");
}

#[test]
fn a_pending_finding_says_what_it_waits_for() {
    let pending = |regulation, rule: &str, changed: &[(Field, &str)]| {
        judged(regulation, changed, bare).finding(rule).unwrap().pending_on
    };
    assert_eq!(pending(KEBUMEN, "statement", &[]), Some(PendingOn::Statement));
    assert_eq!(pending(KLUNGKUNG, "dtsen", &[]), Some(PendingOn::DistrictMatch));
    for regulation in [KEBUMEN, KLUNGKUNG] {
        let lost = [(Field::KtpEvidence, "hilang")];
        assert_eq!(pending(regulation, "residence", &lost), Some(PendingOn::Evidence));
        assert_eq!(pending(regulation, "residence", &[]), None);
    }
}

#[test]
fn a_finding_rests_on_the_villages_word_until_its_evidence_is_there() {
    let rests = |judgement: Judgement, rule: &str| judgement.finding(rule).unwrap().rests_on;
    assert_eq!(rests(judged(KLUNGKUNG, &[], bare), "dtsen"), Rests::Declared);
    let matched = judged(KLUNGKUNG, &[], |context| context.dtsen_matched = Some(true));
    assert_eq!(rests(matched, "dtsen"), Rests::Matched);
    assert_eq!(rests(judged(KEBUMEN, &[], bare), "residence"), Rests::Document);
    assert_eq!(rests(judged(KEBUMEN, &[(Field::KtpEvidence, "")], bare), "residence"), Rests::Declared);
    assert_eq!(rests(judged(KEBUMEN, &[], bare), "age"), Rests::Declared);
    assert_eq!(rests(judged(KEBUMEN, &[], bare), "statement"), Rests::Document);
}

#[test]
fn an_open_reading_is_marked_with_its_alternative() {
    let young = judged(KEBUMEN, &[], bare);
    let age = young.finding("age").unwrap();
    let tafsir = age.tafsir.as_deref().unwrap();
    assert!(tafsir.starts_with("Tafsir: ") && tafsir.contains("Bacaan lain: "), "{tafsir}");
    assert_eq!(age.other_reading, None, "at 51 both readings agree");
    let old = judged(KEBUMEN, &[(Field::BirthDate, "1961-05-21")], bare);
    assert_eq!(old.finding("age").unwrap().outcome, Outcome::Met);
    assert_eq!(old.finding("age").unwrap().other_reading, Some(Outcome::NotMet));
    assert_eq!(old.finding("residence").unwrap().tafsir, None);
    let cover = judged(KLUNGKUNG, &[(Field::OtherCover, "apbd_provinsi")], bare);
    assert_eq!(cover.finding("other_cover").unwrap().other_reading, Some(Outcome::Met));
}

#[test]
fn eligible_comes_with_its_caution() {
    let stamped = judged(KEBUMEN, &[], |context| context.statement = StatementEvidence::SignedAndStamped);
    assert_eq!(stamped.verdict, Verdict::Eligible);
    assert_eq!(stamped.verdict.caution(), Some("Memenuhi syarat belum berarti ditetapkan."));
    assert_eq!(
        Verdict::Pending.caution(),
        stamped.verdict.caution(),
        "the best a village sees before the stamp"
    );
    assert_eq!(Verdict::Ineligible.caution(), None);
}

#[test]
fn the_two_regulations_know_themselves() {
    let kebumen = builtin_for(RegencyCode::parse("33.05").unwrap()).unwrap();
    let ids: Vec<&str> = kebumen.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["age", "worker", "statement", "residence", "other_cover"]);
    assert_eq!((kebumen.id.as_str(), kebumen.utc_offset.hours), (KEBUMEN, 7));
    assert_eq!((kebumen.statement.need, kebumen.statement.stamped), (StatementNeed::Required, true));
    assert_eq!(kebumen.statement.name_for(VillageKind::Desa), "Surat Pernyataan Kepala Desa");
    assert_eq!(kebumen.statement.name_for(VillageKind::Kelurahan), "Surat Pernyataan Lurah");
    assert!(kebumen.in_force_on(CivilDate::new(2024, 8, 30).unwrap()));
    assert!(!kebumen.in_force_on(CivilDate::new(2024, 8, 29).unwrap()));

    let klungkung = builtin_for(RegencyCode::parse("5105").unwrap()).unwrap();
    let ids: Vec<&str> = klungkung.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["age", "residence", "dtsen", "wage_participant", "informal_work", "other_cover"]);
    assert_eq!((klungkung.id.as_str(), klungkung.utc_offset.hours), (KLUNGKUNG, 8));
    assert_eq!(klungkung.statement.need, StatementNeed::Offered);
    assert_eq!(klungkung.statement.name, "Surat Pengantar Usulan");
    assert_eq!(klungkung.statement.cite, None, "a district's extra cites no article");
    assert_eq!(klungkung.draft_mark.as_deref(), Some("RANCANGAN - belum berlaku"));
    assert!(!klungkung.in_force_on(CivilDate::new(2030, 1, 1).unwrap()), "a draft is never in force");

    for regulation in [kebumen, klungkung] {
        assert_eq!(regulation.statement.attests, Field::ATTESTED, "{}", regulation.id);
    }
    assert!(builtin_for(RegencyCode::parse("3304").unwrap()).is_none());
}

#[test]
fn the_digest_is_that_of_the_files_bytes() {
    let digest = |text: &str| payung_regulation::Regulation::parse("x", text).unwrap().digest();
    let (_, text) = SOURCES[0];
    assert_eq!(by_id(KEBUMEN).unwrap().digest(), digest(text));
    assert_ne!(digest(text), digest(&format!("{text}\n")), "one more byte is another text");
    let known: String = digest(include_str!("third.toml")).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(known, THIRD_SHA256, "as sha256sum says of tests/third.toml");
}

const THIRD_SHA256: &str = "47df878e9307deb56730821bee5e407bdecc0fc10485d10d452b51c51e0e8f82";
