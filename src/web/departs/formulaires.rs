//! The fields of the three answers to a departure.

use regles::dates_fr;
use regles::echeance::Delai;

use crate::db::cessation::Cessation;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};

/// Confirm, with what the CPAM corrects.
pub(super) fn confirmer(c: &Cessation, saisie: &Saisie) -> Vec<Champ> {
    let declares = c.actes_12_mois.map_or_else(String::new, |a| a.to_string());
    vec![
        Champ::nombre(
            "actes_12_mois",
            "Actes des douze mois précédant la cessation",
        )
        .aide("Corrigez le nombre déclaré si vos données de remboursement en donnent un autre.")
        .unite("actes")
        .valeur(
            saisie
                .option("actes_12_mois")
                .map_or(declares, str::to_owned),
        ),
        Champ::date("date_cessation", "Date de cessation").valeur(
            saisie
                .option("date_cessation")
                .map_or_else(|| dates_fr::courte(c.date_cessation), str::to_owned),
        ),
    ]
}

/// Reject, with a reason.
pub(super) fn rejeter(saisie: &Saisie) -> Vec<Champ> {
    vec![
        Champ::zone("motif", "Pourquoi la déclaration est rejetée", 3)
            .aide("La personne le lira.")
            .valeur(saisie.texte("motif")),
    ]
}

/// Record the opinion of the commission (REG-4); `delai`: to designate a successor (REG-5).
pub(super) fn avis(saisie: &Saisie, delai: Delai) -> Vec<Champ> {
    vec![
        Champ::radios(
            "avis",
            "Avis de la commission",
            vec![
                Choix::new("favorable", "Favorable").aide(format!(
                    "La place s’ouvre, le délai de désignation de {delai} court depuis la cessation."
                )),
                Choix::new("defavorable", "Défavorable").aide("La place n’est pas transmissible."),
            ],
        )
        .valeur(saisie.texte("avis")),
    ]
}
