//! EXP-1: what an explanation keeps, and how it is searched; the dated source and value it rests on.

use regles::parametre::ValeurParametre;
use regles::regle::{Citation, Constat, Explication, Statut};
use regles::reglement::{Reglement, ReglementError};
use serde_json::json;

fn d(texte: &str) -> chrono::NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn les_mots_d_un_constat_et_d_un_statut() {
    let dits = [
        (Statut::S, "S", "texte source"),
        (Statut::E, "E", "autre référence publique"),
        (Statut::L, "L", "loi générale"),
        (Statut::D, "D", "paramètre national"),
        (Statut::P, "P", "règle du service"),
    ];
    for (statut, lettre, libelle) in dits {
        assert_eq!((statut.as_str(), statut.libelle()), (lettre, libelle));
    }
    assert_eq!(Constat::Rempli.libelle(), "condition remplie");
    assert_eq!(Constat::NonRempli.libelle(), "condition non remplie");
    assert_eq!(Constat::Inconnu.libelle(), "fait inconnu");
}

#[test]
fn une_explication_se_fouille_et_se_prolonge() {
    let reglement = Reglement::embarque().expect("reglement");
    let jour = d("2026-01-15");
    let texte = reglement.citation("REG-12", jour).expect("citation");
    let parametre = reglement
        .parametre("silence.delai", jour)
        .expect("parametre")
        .citation();
    assert_eq!(parametre.statut, Statut::D);
    let mut debut = Explication::nouvelle();
    debut.ajouter(texte.clone().etape(
        "Assez d’actes",
        Constat::Rempli,
        "actes",
        json!(1300),
        ">= 1200",
    ));
    let mut suite = Explication::nouvelle();
    suite.ajouter(texte.etape(
        "Dans la zone",
        Constat::NonRempli,
        "zone",
        json!(false),
        "vrai",
    ));
    suite.ajouter(parametre.etape("Délai", Constat::Inconnu, "date", json!(null), "une date"));
    debut.suivre(&suite);
    let libelles = |etapes: Vec<&regles::regle::Etape>| -> Vec<String> {
        etapes.iter().map(|e| e.libelle.to_string()).collect()
    };
    assert_eq!(
        libelles(debut.etapes().iter().collect()),
        ["Assez d’actes", "Dans la zone", "Délai"]
    );
    assert_eq!(libelles(debut.non_remplies().collect()), ["Dans la zone"]);
    assert_eq!(libelles(debut.parametres().collect()), ["Délai"]);
    debut.situer("actes", "relevé du 12 mars 2026");
    let origines: Vec<Option<&str>> = debut
        .etapes()
        .iter()
        .map(|e| e.origine.as_deref())
        .collect();
    assert_eq!(origines, [Some("relevé du 12 mars 2026"), None, None]);
}

#[test]
fn la_source_et_la_valeur_sont_celles_du_jour() {
    let reglement = Reglement::embarque().expect("reglement");
    let depuis = |jour| {
        let citation = reglement.citation("REG-12", jour).expect("citation");
        citation.en_vigueur_depuis
    };
    assert_eq!(depuis(d("2020-01-01")), d("2007-05-16"));
    assert_eq!(depuis(d("2023-08-25")), d("2007-05-16"));
    assert_eq!(depuis(d("2023-08-26")), d("2023-08-26"));
    assert!(matches!(
        reglement.citation("REG-12", d("2000-01-01")),
        Err(ReglementError::HorsPeriode { .. })
    ));
    let jour = d("2027-01-15");
    assert_eq!(reglement.oui("decision.separation", jour), Ok(true));
    assert_eq!(
        reglement
            .liste("rappels.installation", jour)
            .expect("codes"),
        ["3m", "1m", "7j", "depassee"]
    );
    let mut non = reglement
        .parametre("decision.separation", jour)
        .expect("parametre")
        .clone();
    non.valeur = ValeurParametre::OuiNon(false);
    non.du = jour;
    let avant = reglement.historique("decision.separation").len();
    let reglement = reglement.avec(non).expect("reglement");
    assert_eq!(reglement.historique("decision.separation").len(), avant + 1);
    assert_eq!(reglement.oui("decision.separation", jour), Ok(false));
    assert_eq!(
        reglement.oui("decision.separation", d("2027-01-14")),
        Ok(true)
    );
}

/// A [D] says whose parameter it is: national when its key is in the catalogue, local when the CPAM set it.
#[test]
fn un_parametre_dit_s_il_est_national_ou_local() {
    use std::borrow::Cow;

    let etape = |statut: Statut, source: &str, origine: Option<&str>| {
        let citation = Citation {
            regle: Cow::Borrowed("REG-6"),
            source: Cow::Owned(source.to_owned()),
            en_vigueur_depuis: "2026-01-01".parse().expect("date"),
            statut,
        };
        let mut etape = citation.etape("…", Constat::Rempli, "charte", json!(true), "oui");
        etape.origine = origine.map(str::to_owned);
        etape.portee()
    };
    let caisse = Some(regles::charte::ORIGINE);
    let cas = [
        (
            Statut::D,
            "place.sans_successeur",
            None,
            Some("paramètre national"),
        ),
        (
            Statut::D,
            "place.sans_successeur",
            Some("déclaration"),
            Some("paramètre national"),
        ),
        (
            Statut::D,
            "place.sans_successeur",
            caisse,
            Some("paramètre local"),
        ),
        (
            Statut::D,
            "charte de la caisse du 15 janvier 2026",
            None,
            Some("paramètre local"),
        ),
        (Statut::S, "place.sans_successeur", caisse, None),
        (
            Statut::P,
            "charte de la caisse du 15 janvier 2026",
            None,
            None,
        ),
    ];
    for (statut, source, origine, attendu) in cas {
        assert_eq!(
            etape(statut, source, origine),
            attendu,
            "{statut:?} {source}"
        );
    }
}
