//! A mail about a case that did not arrive: said on its page, sent again, or put away once the person was told otherwise.

use regles::texte;

use super::objet::{Tronc, adresse};
use crate::actions::courriel::{self, SuiteDonnee};
use crate::actions::{ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::db::WriteTx;
use crate::db::courriel::CourrielPerdu;
use crate::db::tache::EtatTache;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::{Choix, Message};
use crate::web::visite::Visite;

/// A mail that did not arrive, and its case.
pub struct Perdu {
    tronc: Tronc,
    courriel: CourrielPerdu,
}

impl Objet for Perdu {
    type Cle = (String, i64);

    async fn ouvrir(visite: &Visite, (numero, id): &(String, i64)) -> Result<Perdu, WebError> {
        let tronc = Tronc::ouvrir(visite, numero).await?;
        let (dossier_id, id) = (tronc.0.id, *id);
        let courriel = visite
            .read(move |conn| courriel::perdu(conn, dossier_id, id))
            .await?;
        Ok(Perdu { tronc, courriel })
    }

    fn adresse((numero, _): &(String, i64)) -> String {
        adresse(numero, "")
    }

    fn url((numero, id): &(String, i64), _: &str) -> String {
        adresse(numero, &format!("courriels/{id}"))
    }

    fn entete(&self, visite: &Visite) -> Entete {
        Entete {
            version: None,
            ..self.tronc.entete(visite)
        }
    }
}

regles::text_enum! {
    /// What to make of it.
    pub enum Suite {
        /// To the address of the field.
        Renvoyer = "renvoyer", "Le renvoyer à cette adresse";
        /// By telephone, by letter.
        Autrement = "autrement", "La personne est prévenue autrement : ne plus le signaler";
    }
}

/// Seeing to a mail that did not arrive.
#[derive(Formulaire)]
pub struct Renvoi {
    #[champ(
        libelle = "Que faire de ce courriel",
        choix = suites,
        manque = "Dites ce qu’il faut faire de ce courriel."
    )]
    suite: Suite,
    #[champ(
        libelle = "Adresse électronique",
        courriel,
        exigence = Si("à remplir pour le renvoyer"),
        aide = "Celle d’avant si elle est juste, sinon la bonne"
    )]
    courriel: Option<String>,
}

fn suites() -> Vec<Choix> {
    Suite::TOUS
        .iter()
        .map(|s| Choix::new(s.as_str(), s.libelle()))
        .collect()
}

impl Geste for Renvoi {
    type Objet = Perdu;
    const VERBE: &'static str = "courriels";
    const TITRE: &'static str = "Un courriel n’est pas parvenu";
    const BOUTON: &'static str = "Enregistrer";
    const INTRO: &'static [&'static str] = &[
        "Vérifiez l’adresse avec la personne, par téléphone par exemple. Le courriel repart tel qu’il avait été écrit, sous la date de son envoi.",
    ];

    async fn initial(_: &Visite, perdu: &Perdu) -> Result<Saisie, WebError> {
        Ok(Saisie::de([(
            Self::COURRIEL,
            perdu.courriel.destinataire.as_str(),
        )]))
    }

    async fn presenter(
        _: &Visite,
        perdu: &Perdu,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs).intro(phrase(&perdu.courriel)))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<(String, i64)>) -> ActionResult<String> {
        let (numero, id) = &o.cle;
        let (suite, dit) = match self.suite {
            Suite::Renvoyer => (
                SuiteDonnee::Renvoyer(self.courriel.unwrap_or_default()),
                "Le courriel repart.",
            ),
            Suite::Autrement => (
                SuiteDonnee::Regler,
                "Le courriel n’est plus signalé ; l’historique dit que la personne est prévenue autrement.",
            ),
        };
        match courriel::traiter(tx, &o.acte, &o.scope, (numero, *id), &suite) {
            Err(ActionError::Perime) => Err(ActionError::refus(
                "Quelqu’un s’est déjà occupé de ce courriel : revenez au dossier.",
            )),
            autre => autre.map(|()| dit.to_owned()),
        }
    }
}

fn phrase(c: &CourrielPerdu) -> String {
    let le = texte::date_fr(jour_a_paris(c.cree_le));
    let (sujet, a) = (&c.sujet, &c.destinataire);
    match c.etat {
        EtatTache::Incertaine => format!(
            "Le courriel « {sujet} » du {le} est peut-être parvenu à {a} : demandez-le-lui, puis dites s’il faut le renvoyer."
        ),
        _ => format!(
            "Le courriel « {sujet} » du {le} n’a pas pu être remis à {a} : vérifiez l’adresse, renvoyez-le, ou prévenez la personne autrement."
        ),
    }
}

/// What the page of a case says of the mails that did not arrive, each with where it is seen to.
pub(super) fn messages(numero: &str, perdus: &[CourrielPerdu]) -> Vec<Message> {
    perdus
        .iter()
        .map(|c| {
            Message::erreur(phrase(c)).lien(
                "S’en occuper",
                adresse(numero, &format!("courriels/{}", c.id)),
            )
        })
        .collect()
}
