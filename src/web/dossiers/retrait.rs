//! PRO-13: a request is withdrawn by a letter, which the caisse records.

use chrono::NaiveDate;
use regles::demande::{Evenement, transition};
use regles::droits::{INSTRUCTION, Role};

use super::objet::{Dossier, adresse};
use crate::actions::ActionResult;
use crate::actions::demande::retrait::retirer_sur_papier;
use crate::db::WriteTx;
use crate::db::demande::DemandeComplete;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::visite::Visite;

/// When the letter arrived.
#[derive(Formulaire)]
pub struct Retrait {
    #[champ(
        libelle = "Lettre de retrait reçue à la caisse le",
        manque = "Indiquez le jour où la lettre est arrivée à la caisse."
    )]
    recu_le: NaiveDate,
}

impl Retrait {
    /// Where it is done, by whom may, while the request may be withdrawn.
    pub(super) fn url(visite: &Visite, dossier: &DemandeComplete, role: Role) -> Option<String> {
        let d = &dossier.demande;
        (dossier.kine.compte_id.is_none()
            && INSTRUCTION.permet(Some(role))
            && transition(d.etat, Evenement::Retirer).is_ok())
        .then(|| visite.garder(&adresse(&d.numero, Retrait::VERBE)))
    }
}

impl Geste for Retrait {
    type Objet = Dossier;
    const VERBE: &'static str = "retirer";
    const TITRE: &'static str = "Enregistrer le retrait de la demande";
    const BOUTON: &'static str = "Enregistrer le retrait";
    const INTRO: &'static [&'static str] = &[
        "La personne retire sa demande par écrit. Ajoutez d’abord sa lettre numérisée aux pièces reçues sur papier.",
        "Aucune décision ne sera prise et les délais en cours s’arrêtent. Une lettre à imprimer le lui dit.",
    ];
    const DANGER: bool = true;

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        retirer_sur_papier(tx, &o.acte, &o.scope, &o.cle, o.version, self.recu_le)?;
        Ok("Le retrait est enregistré. Imprimez et postez la lettre qui le dit.".to_owned())
    }
}
