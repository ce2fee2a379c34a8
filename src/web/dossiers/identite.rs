//! Who is behind the RPPS of a case: how the caisse made sure, and where it says so.

use regles::identite::MoyenIdentite;
use regles::texte;

use super::objet::{Tronc, adresse};
use crate::actions::{ActionResult, identite};
use crate::clock::jour_a_paris;
use crate::db::WriteTx;
use crate::db::identite::IdentiteVerifiee;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::ui::{Choix, Message};

/// Checking who a practitioner is.
#[derive(Formulaire)]
pub struct Identite {
    #[champ(
        libelle = "Comment vous l’avez vérifiée",
        choix = moyens,
        manque = "Dites comment vous avez vérifié l’identité."
    )]
    moyen: MoyenIdentite,
    #[champ(
        libelle = "Précision",
        zone = 2,
        longueur = 500,
        aide = "Qui vous a répondu, quelle pièce ; jamais son numéro"
    )]
    observation: Option<String>,
}

pub(super) fn moyens() -> Vec<Choix> {
    MoyenIdentite::TOUS
        .iter()
        .map(|m| match m {
            MoyenIdentite::Ordre => Choix::new(m.as_str(), m.libelle())
                .aide("Le RPPS donne le diplôme : cette pièce n’est alors plus demandée."),
            _ => Choix::new(m.as_str(), m.libelle()),
        })
        .collect()
}

impl Geste for Identite {
    type Objet = Tronc;
    const VERBE: &'static str = "identite";
    const TITRE: &'static str = "Vérifier l’identité";
    const BOUTON: &'static str = "Identité vérifiée";
    const INTRO: &'static [&'static str] = &[
        "Un numéro RPPS est public : n’importe qui peut l’inscrire. Assurez-vous une fois que le compte est bien celui de cette personne, avant qu’une place ou une notification dans son espace repose sur lui.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let observation = self.observation.as_deref();
        let faite = identite::verifier(tx, &o.acte, &o.scope, &o.cle, self.moyen, observation)?;
        Ok(match faite {
            true => "L’identité est vérifiée ; l’historique dit comment.",
            false => "L’identité était déjà vérifiée.",
        }
        .to_owned())
    }
}

/// How it was checked, in words.
pub(super) fn phrase(verifiee: &IdentiteVerifiee) -> String {
    let le = texte::date_fr(jour_a_paris(verifiee.verifiee_le));
    let par = verifiee
        .prenom
        .as_ref()
        .zip(verifiee.nom.as_ref())
        .map(|(prenom, nom)| format!(" par {prenom} {nom}"));
    format!(
        "Vérifiée le {le}{} : {}",
        par.unwrap_or_default(),
        texte::minuscule_initiale(verifiee.moyen.libelle())
    )
}

/// What an open case says while nobody checked; `instruit`: whether who reads may do it.
pub(super) fn message(
    numero: &str,
    verifiee: Option<&IdentiteVerifiee>,
    ouvert: bool,
    instruit: bool,
) -> Option<Message> {
    (verifiee.is_none() && ouvert && instruit).then(|| {
        Message::information(
            "L’identité de cette personne n’est pas encore vérifiée : faites-le avant d’accorder une place ou de notifier dans son espace.",
        )
        .lien("Vérifier l’identité", adresse(numero, Identite::VERBE))
    })
}
