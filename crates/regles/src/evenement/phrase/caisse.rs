//! What a caisse changes of itself: its record, its logo, its sentences.

use crate::caisse::DonneeCaisse;
use crate::phrase::{ActePhrase, Emploi};
use crate::texte;

pub(super) fn fiche(donnees: &[DonneeCaisse]) -> String {
    let liste: Vec<String> = donnees
        .iter()
        .map(|d| texte::minuscule_initiale(d.libelle()))
        .collect();
    format!("a changé la fiche de la caisse : {}", liste.join(", "))
}

pub(super) fn logo(pose: bool) -> &'static str {
    match pose {
        true => "a changé le logo de la caisse",
        false => "a retiré le logo de la caisse",
    }
}

pub(super) fn phrase(acte: ActePhrase, emploi: Emploi, titre: Option<&str>) -> String {
    let verbe = match acte {
        ActePhrase::Ecrite => "a écrit",
        ActePhrase::Changee => "a changé",
        ActePhrase::Supprimee => "a supprimé",
    };
    let titre = titre.map_or_else(String::new, |t| format!(" « {t} »"));
    let ou = texte::minuscule_initiale(emploi.libelle());
    format!("{verbe} une phrase de la caisse{titre} ({ou})")
}
