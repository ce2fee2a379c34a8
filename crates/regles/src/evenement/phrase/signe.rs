//! Who signs for a caisse, under what, and with what (PRO-5).

use chrono::NaiveDate;

use crate::delegation::Titre;
use crate::signature::MoyenSignature;
use crate::texte::{self, date_fr};

pub(super) fn donnee(titre: Titre, personne: &str, du: NaiveDate) -> String {
    let du = date_fr(du);
    match titre {
        Titre::Direction => {
            format!("a enregistré que {personne} dirige la caisse à compter du {du}")
        }
        Titre::Delegation => {
            format!(
                "a enregistré la délégation de signature {} à compter du {du}",
                texte::de(personne)
            )
        }
    }
}

pub(super) fn finie(personne: &str) -> String {
    format!(
        "a mis fin à l’habilitation {} à signer",
        texte::de(personne)
    )
}

pub(super) fn moyen(moyen: MoyenSignature) -> String {
    format!(
        "a choisi ce qui signe les décisions : {}",
        texte::minuscule_initiale(moyen.libelle())
    )
}
