//! PRO-4, PRO-12: the delays of the commission, its quorum, its vote, its carence, its opinion.

use chrono::NaiveDate;
use regles::calendrier::Territoire;
use regles::commission::{
    Defaut as F, Presence, Section, Votes, avis, carence, communicable, decision_projetee,
    peut_deliberer, presidence, terme_de_l_avis, terme_de_la_decision, terme_de_la_saisine,
};
use regles::conventionnement::AvisCpd;
use regles::echeance::Delai;
use regles::reglement::Reglement;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn pro_4_l_avis_est_attendu_soixante_jours_apres_la_saisine() {
    let reglement = Reglement::embarque().expect("parameters");
    let terme = |saisine, territoire| {
        terme_de_l_avis(&reglement, d(saisine), territoire).expect("a deadline")
    };
    let lu = terme("2026-01-15", Territoire::Metropole);
    assert_eq!((lu.delai, lu.depart), (Delai::Jours(60), d("2026-01-15")));
    assert_eq!(lu.finale, d("2026-03-16"));
    // A Saturday, then the Monday of Easter; a holiday of one territory alone.
    let paques = terme("2026-02-03", Territoire::Metropole);
    assert_eq!(
        (paques.brute, paques.finale),
        (d("2026-04-04"), d("2026-04-07"))
    );
    let abolition = |territoire| terme("2026-03-23", territoire).finale;
    assert_eq!(abolition(Territoire::Metropole), d("2026-05-22"));
    assert_eq!(abolition(Territoire::Martinique), d("2026-05-26"));
}

#[test]
fn une_saisine_hors_du_calendrier_est_nommee() {
    let reglement = Reglement::embarque().expect("parameters");
    let trop_tard = terme_de_l_avis(&reglement, d("9999-12-31"), Territoire::Metropole);
    assert_eq!(trop_tard.expect_err("past the calendar").champ(), "saisine");
    let trop_tot = terme_de_l_avis(&reglement, d("1990-01-01"), Territoire::Metropole);
    assert_eq!(trop_tot.expect_err("no parameter yet").champ(), "date");
}

#[test]
fn pro_4_trente_jours_pour_saisir_trente_pour_l_avis_quinze_pour_decider() {
    let reglement = Reglement::embarque().expect("parameters");
    let t = Territoire::Metropole;
    let finale = |e: Result<regles::echeance::Echeance, _>| e.expect("a deadline").finale;
    // The last referral under the former sixty days, the first under thirty.
    assert_eq!(
        finale(terme_de_l_avis(&reglement, d("2026-11-25"), t)),
        d("2027-01-25")
    );
    assert_eq!(
        finale(terme_de_l_avis(&reglement, d("2026-11-26"), t)),
        d("2026-12-28")
    );
    assert_eq!(
        finale(terme_de_la_saisine(&reglement, d("2026-12-01"), t)),
        d("2026-12-31")
    );
    assert_eq!(
        finale(terme_de_la_decision(&reglement, d("2026-12-01"), t)),
        d("2026-12-16")
    );
    // 31 December, then 30 January which is a Saturday, then 16 February.
    assert_eq!(
        decision_projetee(&reglement, d("2026-12-01"), t),
        Ok(d("2027-02-16"))
    );
    let hors = terme_de_la_saisine(&reglement, d("9999-12-31"), t).expect_err("past the calendar");
    assert_eq!(hors.champ(), "complete_le");
}

#[test]
fn pro_4_la_moitie_de_chaque_section_puis_la_parite() {
    let reglement = Reglement::embarque().expect("parameters");
    let le = d("2026-12-01");
    let de = |presents, sieges| Presence { sieges, presents };
    let peut = |s, p, nouvelle| peut_deliberer(&reglement, le, s, p, nouvelle).expect("parameters");
    assert!(peut(de(3, 6), de(3, 6), false));
    assert!(!peut(de(2, 6), de(6, 6), false));
    assert!(!peut(de(6, 6), de(2, 6), false));
    assert!(peut(de(3, 5), de(1, 2), false));
    assert!(!peut(de(0, 0), de(1, 2), false));
    assert!(
        peut(de(1, 6), de(1, 6), true),
        "the new meeting, in equal number"
    );
    assert!(!peut(de(1, 6), de(2, 6), true));
    assert!(!peut(de(0, 6), de(0, 6), true));
}

#[test]
fn pro_4_un_premier_partage_attend_le_second_vote_ou_le_president_l_emporte() {
    let vote = |pour, contre| Votes { pour, contre };
    assert_eq!(avis(vote(4, 3), false, None), Some(AvisCpd::Favorable));
    assert_eq!(
        avis(vote(3, 4), true, Some(true)),
        Some(AvisCpd::Defavorable)
    );
    assert_eq!(avis(vote(3, 3), false, Some(true)), Some(AvisCpd::Partage));
    assert_eq!(avis(vote(3, 3), true, Some(true)), Some(AvisCpd::Favorable));
    assert_eq!(
        avis(vote(3, 3), true, Some(false)),
        Some(AvisCpd::Defavorable)
    );
    assert_eq!(avis(vote(3, 3), true, None), None);
}

#[test]
fn pro_4_la_presidence_alterne_et_la_carence_se_constate() {
    let connue = (2026, Section::Sociale);
    assert_eq!(presidence(2026, connue), Section::Sociale);
    assert_eq!(presidence(2027, connue), Section::Professionnelle);
    assert_eq!(presidence(2025, connue), Section::Professionnelle);
    assert_eq!(presidence(2024, connue), Section::Sociale);
    assert!(carence(&[F::NonConstituee]));
    assert!(carence(&[F::SansDate, F::SansOrdreDuJour]));
    assert!(carence(&[F::SansQuorum, F::SansQuorum]));
    assert!(carence(&[F::VoteRefuse, F::VoteRefuse]));
    assert!(!carence(&[F::SansDate, F::SansQuorum, F::VoteRefuse]));
    assert!(!carence(&[]));
}

#[test]
fn pro_12_l_avis_se_lit_des_qu_il_est_transmis_un_classement_apres_la_decision() {
    assert!(communicable(true, false, false));
    assert!(!communicable(false, false, true));
    assert!(!communicable(true, true, false));
    assert!(communicable(true, true, true));
}
