//! The register of the kinds of deadlines: what each entry names is there, and what it leaves out is of no use to it.

use regles::echeance::{Delai, Ecran, NatureEcheance, Rappel, Responsable};
use regles::rappel::{DEPASSEE, TypeRappel, delai_du_code};
use regles::reglement::Reglement;

#[test]
fn chaque_nature_a_sa_regle_son_delai_et_ses_rappels() {
    let reglement = Reglement::embarque().expect("the rulebook reads");
    let jour = "2026-11-27".parse().expect("a date");
    for nature in NatureEcheance::TOUS {
        let fiche = nature.fiche();
        let parametre = reglement
            .parametre(fiche.delai, jour)
            .unwrap_or_else(|e| panic!("{nature}: {e}"));
        assert_eq!(parametre.regle, fiche.regle, "{nature}");
        let delai = nature
            .delai(&reglement, jour)
            .unwrap_or_else(|e| panic!("{nature}: {e}"));
        assert!(!matches!(delai, Delai::Jours(0)), "{nature}");
        let codes = reglement
            .liste(fiche.rappels, jour)
            .unwrap_or_else(|e| panic!("{nature}: {e}"));
        let lus = codes
            .iter()
            .filter(|c| *c == DEPASSEE || delai_du_code(c).is_some());
        assert_eq!(lus.count(), codes.len(), "{nature}: {codes:?}");
    }
}

/// A kind of the evaluation contract that is a deadline of the house has its code and its reminders.
#[test]
fn le_contrat_d_evaluation_rappelle_comme_la_maison() {
    for connu in TypeRappel::TOUS {
        let nature: NatureEcheance = connu.as_str().parse().expect("a kind of the house");
        assert_eq!(connu.parametre(), nature.fiche().rappels);
    }
}

#[test]
fn ce_qui_tient_a_une_demande_a_ses_etats_et_ses_mots() {
    for nature in NatureEcheance::TOUS {
        let fiche = nature.fiche();
        let d_une_demande = fiche.ecran == Ecran::Demande;
        assert_eq!(d_une_demande, !fiche.pendant.is_empty(), "{nature}");
        // The opinion on a place is due from the caisse, though it hangs on a departure.
        let a_l_agent = d_une_demande || fiche.responsable == Responsable::Caisse;
        assert_eq!(a_l_agent, fiche.a_l_agent.is_some(), "{nature}");
        let ecrit = d_une_demande && fiche.responsable != Responsable::Caisse;
        assert_eq!(ecrit, fiche.au_demandeur.is_some(), "{nature}");
        for rappel in fiche.au_demandeur.iter().chain(&fiche.a_l_agent) {
            comprend(rappel);
        }
    }
}

/// A letter fills three places and no other.
fn comprend(rappel: &Rappel) {
    for depasse in [false, true] {
        let phrases = rappel.phrases(depasse);
        assert!(!phrases.suite.is_empty(), "{phrases:?}");
        for phrase in phrases.suite.iter().chain([&phrases.objet]) {
            let reste = phrase
                .replace("{date}", "")
                .replace("{fin}", "")
                .replace("{commune}", "");
            assert!(!reste.contains(['{', '}']), "{phrase}");
        }
    }
}
