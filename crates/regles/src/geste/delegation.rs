//! PRO-5: what lets somebody sign, or why nothing does, in a sentence that says what to do.

use chrono::NaiveDate;

use crate::decision::Acte;
use crate::delegation::{self, Empeche, Habilitation};
use crate::refus::Refus;
use crate::texte;

/// As [`delegation::signer_sous`], said to the person.
///
/// # Errors
/// Nothing lets them sign; the sentence says whom to ask.
pub fn signer_sous(
    habilitations: &[Habilitation],
    actes: &[Acte],
    jour: NaiveDate,
) -> Result<usize, Refus> {
    delegation::signer_sous(habilitations, actes, jour).map_err(|empeche| dire(&empeche, actes))
}

fn dire(empeche: &Empeche, actes: &[Acte]) -> Refus {
    match empeche {
        Empeche::Aucune => Refus::fixe(
            "sans_delegation",
            "Rien ne dit que vous pouvez signer pour cette caisse : demandez à la personne responsable d’enregistrer l’acte qui vous habilite, page « Signatures » de la caisse.",
        ),
        Empeche::AVenir(debut) => Refus::dit(
            "delegation_a_venir",
            format!(
                "Votre délégation ne commence que le {} : elle ne permet pas de signer aujourd’hui.",
                texte::date_fr(*debut)
            ),
        ),
        Empeche::Finie => Refus::fixe(
            "delegation_finie",
            "Votre délégation a pris fin : demandez à la personne responsable d’enregistrer l’acte qui la renouvelle, page « Signatures » de la caisse.",
        ),
        Empeche::TropRecente => Refus::fixe(
            "delegation_trop_recente",
            "L’acte qui vous donne délégation est daté d’aujourd’hui : il doit précéder la décision. Vous pourrez signer à partir de demain.",
        ),
        Empeche::HorsObjet => {
            let dits: Vec<String> = actes
                .iter()
                .map(|a| texte::minuscule_initiale(a.libelle()))
                .collect();
            Refus::dit(
                "delegation_hors_objet",
                format!(
                    "Votre délégation ne couvre pas cet acte ({}) : renvoyez-le à une personne qui peut le signer, ou demandez à la direction une délégation qui le couvre.",
                    dits.join(", ")
                ),
            )
        }
    }
}
