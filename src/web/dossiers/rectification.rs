//! Mending a clerical error of the letter of a decision (letter 23).

use super::objet::Dossier;
use crate::actions::{ActionResult, decision};
use crate::db::WriteTx;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};

/// Which words are wrong, which are right.
#[derive(Formulaire)]
pub struct Rectification {
    #[champ(
        libelle = "Au lieu de",
        zone = 2,
        longueur = 500,
        manque = "Recopiez la partie fausse de la lettre.",
        aide = "La partie fausse, recopiée telle que la lettre l’écrit."
    )]
    faux: String,
    #[champ(
        libelle = "Lisez",
        zone = 2,
        longueur = 500,
        manque = "Écrivez ce qu’il faut lire à la place."
    )]
    juste: String,
}

impl Geste for Rectification {
    type Objet = Dossier;
    const VERBE: &'static str = "corriger-lettre";
    const TITRE: &'static str = "Corriger une erreur de la lettre";
    const BOUTON: &'static str = "Signer la correction";
    const INTRO: &'static [&'static str] = &[
        "La décision ne change pas : une correction dit ce qu’il faut lire dans sa lettre. Elle ne fait courir aucun nouveau délai.",
        "Ce qui change le sens de la décision, les voies de recours ou leurs délais n’est pas une erreur d’écriture : il faut une nouvelle décision, ou une nouvelle notification.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let qualite = o.qui.qualite.as_deref().unwrap_or_default();
        let dit = (self.faux.as_str(), self.juste.as_str());
        decision::corriger(tx, &o.acte, &o.scope, (&o.cle, o.version), dit, qualite)?;
        Ok("La correction est signée : la personne la lit à la suite de la lettre.".to_owned())
    }
}
