//! PRO-4: how long the commission has to give its opinion.

use chrono::NaiveDate;
use regles::calendrier::Territoire;
use regles::commission::terme_de_l_avis;
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
