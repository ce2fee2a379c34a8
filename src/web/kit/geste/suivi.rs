//! A form whose object changed meanwhile: it says what is stored now, and its hidden fields follow.

use crate::web::kit::commune::Communes;
use crate::web::kit::formulaire::Champs;
use crate::web::saisie::Saisie;
use crate::web::ui::Controle;

/// The object changed under a form that corrects it: where what was typed differs, a hint says what is stored now.
pub(super) fn dire_le_stocke(champs: &mut Champs, initial: &Saisie, connues: &Communes) {
    for champ in champs.iter_mut() {
        let Some((_, stocke)) = initial.champs().iter().find(|(n, _)| *n == champ.nom) else {
            continue;
        };
        let (change, stocke) = match (&champ.controle, connues.de(&champ.nom)) {
            (Controle::Cache, _) => continue,
            (Controle::Commune { choisie, .. }, connue) => {
                let connue = connue.and_then(|c| c.choisie.as_ref());
                let tapee = choisie.as_ref().map_or("", |c| &c.insee);
                (tapee != stocke, connue.map_or("", |c| &c.nom))
            }
            _ => (champ.valeur != *stocke, stocke.as_str()),
        };
        if change {
            let dit = if stocke.is_empty() {
                "non renseigné"
            } else {
                stocke
            };
            champ.aide = Some(format!("Le dossier dit maintenant : {dit}."));
        }
    }
}

/// After a refusal that is read, the hidden fields say the object as it is now.
pub(super) fn suivre_l_objet(champs: &mut Champs, initial: &Saisie) {
    for champ in champs.iter_mut().filter(|c| c.controle == Controle::Cache) {
        if let Some((_, valeur)) = initial.champs().iter().find(|(n, _)| *n == champ.nom) {
            champ.valeur.clone_from(valeur);
        }
    }
}
