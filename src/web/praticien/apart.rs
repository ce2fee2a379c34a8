//! `/pieces/{id}/sante`, `/messages/pieces/{id}/sante`: an agent puts apart a document that was opened by mistake.

use regles::dossier::NatureDossier;

use crate::actions::ActionResult;
use crate::actions::piece::sante;
use crate::db::dossier::{self, Dossier};
use crate::db::piece::{self, Piece};
use crate::db::{DbError, WriteTx, message};
use crate::web::dossiers::file::DEPARTS;
use crate::web::dossiers::objet;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::visite::Visite;

/// A document of a case that the agent may read.
pub struct DansUnDossier {
    piece: Piece,
    dossier: Dossier,
}

impl Objet for DansUnDossier {
    type Cle = i64;

    async fn ouvrir(visite: &Visite, id: &i64) -> Result<DansUnDossier, WebError> {
        let (scope, id) = (visite.qui()?.scope(), *id);
        visite
            .read(move |conn| {
                let piece = piece::lire(conn, &scope, id)?;
                let dossier = dossier::par_id(conn, piece.dossier_id)?;
                Ok::<_, DbError>(DansUnDossier { piece, dossier })
            })
            .await
    }

    /// The document is closed to the agent from then on: what is left is the list.
    fn adresse(_: &i64) -> String {
        "/dossiers".to_owned()
    }

    fn url(id: &i64, verbe: &str) -> String {
        format!("/pieces/{id}/{verbe}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(&self.dossier)
    }
}

/// What is said of the case of a document.
fn entete(d: &Dossier) -> Entete {
    let fiche = objet::page(d.nature, &d.numero, d.id);
    let liste = match d.nature {
        NatureDossier::Depart => Lien::new("Départs", DEPARTS),
        NatureDossier::Demande | NatureDossier::Appel | NatureDossier::Recours => {
            Lien::new("Dossiers", "/dossiers")
        }
    };
    Entete {
        quoi: "Cette pièce",
        surtitre: Some(format!("Dossier {} · {}", d.numero, d.nom())),
        ariane: vec![liste, Lien::new(&d.numero, &fiche)],
        bandeau: None,
        dossier_id: Some(d.id),
        version: None,
        retour: Lien::new("Revenir au dossier sans rien changer", fiche),
    }
}

/// A document of a message that the agent may read.
pub struct DansUnMessage {
    nom: String,
    dossier: Dossier,
}

impl Objet for DansUnMessage {
    type Cle = i64;

    async fn ouvrir(visite: &Visite, id: &i64) -> Result<DansUnMessage, WebError> {
        let (scope, id) = (visite.qui()?.scope(), *id);
        visite
            .read(move |conn| {
                let jointe = message::jointe(conn, &scope, id)?;
                let dossier = dossier::par_id(conn, jointe.dossier_id)?;
                let nom = jointe.piece.nom;
                Ok::<_, DbError>(DansUnMessage { nom, dossier })
            })
            .await
    }

    fn adresse(_: &i64) -> String {
        "/dossiers".to_owned()
    }

    fn url(id: &i64, verbe: &str) -> String {
        format!("/messages/pieces/{id}/{verbe}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(&self.dossier)
    }
}

/// What follows, said before.
const CONSEQUENCE: &str = "Elle n’est plus lue que par la personne qui l’a envoyée et par le praticien-conseil de la caisse, qui rend sa conclusion. Vous ne pourrez plus l’ouvrir, ni revenir sur ce choix.";
const FAIT: &str = "La pièce est mise à part : seul le praticien-conseil la lit désormais.";

/// Putting a document apart.
#[derive(Formulaire)]
pub struct MiseAPart {
    #[champ(
        libelle = "Pourquoi cette pièce est mise à part",
        zone = 3,
        aide = "Sans en dire le contenu médical. Votre raison est gardée dans l’historique."
    )]
    raison: String,
}

impl Geste for MiseAPart {
    type Objet = DansUnDossier;
    const VERBE: &'static str = "sante";
    const TITRE: &'static str = "Mettre à part une pièce de santé";
    const BOUTON: &'static str = "Mettre cette pièce à part";
    const INTRO: &'static [&'static str] = &[CONSEQUENCE];
    const DANGER: bool = true;

    async fn presenter(
        _: &Visite,
        objet: &DansUnDossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let nom = objet.piece.nature.libelle();
        Ok(Self::presentation(champs).intro(format!("Pièce : {nom}.")))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        sante::mettre_a_part(tx, &o.acte, &o.scope, o.cle, &self.raison)?;
        Ok(FAIT.to_owned())
    }
}

/// Putting apart a document that came within a message.
#[derive(Formulaire)]
pub struct MiseAPartDUnMessage {
    #[champ(
        libelle = "Pourquoi cette pièce est mise à part",
        zone = 3,
        aide = "Sans en dire le contenu médical. Votre raison est gardée dans l’historique."
    )]
    raison: String,
}

impl Geste for MiseAPartDUnMessage {
    type Objet = DansUnMessage;
    const VERBE: &'static str = "sante";
    const TITRE: &'static str = "Mettre à part une pièce de santé";
    const BOUTON: &'static str = "Mettre cette pièce à part";
    const INTRO: &'static [&'static str] = &[CONSEQUENCE];
    const DANGER: bool = true;

    async fn presenter(
        _: &Visite,
        objet: &DansUnMessage,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs).intro(format!("Pièce : {}.", objet.nom)))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        sante::mettre_a_part_d_un_message(tx, &o.acte, &o.scope, o.cle, &self.raison)?;
        Ok(FAIT.to_owned())
    }
}
