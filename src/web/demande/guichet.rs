//! Where a request is filed: in the space of who asks, or at the caisse, by an agent who enters what came on paper (PRO-13).
//! The form, its steps and its checks are the same.

use regles::droits::Role;

use super::formulaire::Lieu;
use super::papier::{self, Lieux};
use crate::actions::papier::Demandeur;
use crate::db::brouillon::Formulaire;
use crate::db::{AnyConn, DbError, DbResult, kine, papier as connus};
use crate::web::brouillon::chemin;
use crate::web::erreur::WebError;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::Erreurs;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// Where.
#[derive(Debug, Clone)]
pub(super) enum Guichet {
    /// By who asks.
    Espace {
        /// The applicant.
        kine_id: i64,
    },
    /// By an agent of a caisse.
    Caisse {
        /// The caisse.
        code: String,
    },
}

/// What is said at a place and not at the other.
pub(super) struct Mots {
    /// Where one comes from: its name and its address.
    pub(super) accueil: (&'static str, &'static str),
    /// The first step.
    pub(super) nature: &'static str,
    /// What it says first.
    pub(super) chapeau: &'static str,
    /// The question that it asks.
    pub(super) question: &'static str,
    /// The way out.
    pub(super) revenir: &'static str,
    /// The second step.
    pub(super) projet: &'static str,
    /// Its button.
    pub(super) verifier: &'static str,
    /// The third step.
    pub(super) verification: &'static str,
    /// Before the documents.
    pub(super) pieces: &'static str,
    /// The button that sends.
    pub(super) envoyer: &'static str,
    /// The button that comes back.
    pub(super) modifier: &'static str,
}

const ESPACE: Mots = Mots {
    accueil: ("Mon espace", "/espace"),
    nature: "Déposer une demande de conventionnement",
    chapeau: "Vous voulez exercer en libéral, sous convention, en un lieu précis.",
    question: "Quel est votre projet ?",
    revenir: "Revenir à mon espace",
    projet: "Votre projet",
    verifier: "Vérifier ma demande",
    verification: "Vérifiez et envoyez votre demande",
    pieces: "Joignez celles que vous avez. S’il en manque, nous vous dirons lesquelles et avant quelle date les envoyer : \
             votre demande est reçue dès aujourd’hui.",
    envoyer: "Envoyer ma demande",
    modifier: "Modifier mon projet",
};

const CAISSE: Mots = Mots {
    accueil: ("Dossiers", "/dossiers"),
    nature: "Saisir une demande reçue sur papier",
    chapeau: "La demande a les mêmes rubriques et suit les mêmes règles que si la personne l’avait déposée elle-même. Dans ce qui \
              suit, « vous » est la personne qui a écrit.",
    question: "Que demande la personne ?",
    revenir: "Revenir aux dossiers",
    projet: "Ce que dit la demande",
    verifier: "Vérifier la saisie",
    verification: "Vérifiez et enregistrez la demande",
    pieces: "Joignez la demande numérisée parmi les autres documents, et les pièces reçues avec elle.",
    envoyer: "Enregistrer la demande",
    modifier: "Modifier la saisie",
};

impl Guichet {
    /// Where this visitor files.
    ///
    /// # Errors
    /// Somebody who files nothing.
    pub(super) fn de(visite: &Visite) -> Result<Guichet, WebError> {
        Ok(match visite.qui()?.role {
            Role::Kine => Guichet::Espace {
                kine_id: visite.kine_id()?,
            },
            _ => Guichet::Caisse {
                code: visite.caisse()?,
            },
        })
    }

    /// What is said there.
    pub(super) fn mots(&self) -> &'static Mots {
        match self {
            Guichet::Espace { .. } => &ESPACE,
            Guichet::Caisse { .. } => &CAISSE,
        }
    }

    /// What its drafts are kept as.
    pub(super) fn formulaire(&self) -> Formulaire {
        match self {
            Guichet::Espace { .. } => Formulaire::Demande,
            Guichet::Caisse { .. } => Formulaire::Papier,
        }
    }

    /// Where its form is.
    pub(super) fn chemin(&self) -> &'static str {
        chemin(self.formulaire()).unwrap_or_default()
    }

    /// A page of one of its steps.
    pub(super) fn page(&self, visite: &Visite, titre: &'static str, etape: &str) -> Page {
        let (libelle, accueil) = self.mots().accueil;
        visite
            .page(titre)
            .surtitre(etape)
            .ariane(libelle, accueil)
            .rubrique(accueil)
    }

    /// The communes of its form, as they were sent.
    pub(super) async fn communes(
        &self,
        visite: &Visite,
        saisie: &Saisie,
    ) -> Result<Communes, WebError> {
        match self {
            Guichet::Espace { .. } => Communes::lire::<Lieu>(visite, saisie).await,
            Guichet::Caisse { .. } => Communes::lire::<Lieux>(visite, saisie).await,
        }
    }

    /// Those that a page carries by their codes.
    pub(super) fn telles(&self, saisie: &Saisie) -> Communes {
        match self {
            Guichet::Espace { .. } => Communes::telles::<Lieu>(saisie),
            Guichet::Caisse { .. } => Communes::telles::<Lieux>(saisie),
        }
    }

    /// Who asks, as the form says.
    pub(super) fn demandeur(
        &self,
        saisie: &Saisie,
        communes: &Communes,
    ) -> Result<Demandeur, Erreurs> {
        Ok(match self {
            Guichet::Espace { kine_id } => Demandeur::Compte(*kine_id),
            Guichet::Caisse { code } => {
                Demandeur::Papier(Box::new(papier::lire(saisie, communes, code)?))
            }
        })
    }

    /// Once it is filed: the receipt of who asked, or the file.
    pub(super) fn fini(&self, visite: &Visite, numero: &str) -> Reponse {
        match self {
            Guichet::Espace { .. } => visite.rediriger_avec(
                &format!("/demandes/{numero}/accuse"),
                "Votre demande est déposée. Voici votre accusé de réception ; nous vous l’avons aussi envoyé par courriel.",
            ),
            Guichet::Caisse { .. } => visite.rediriger_avec(
                &format!("/dossiers/{numero}"),
                "La demande est enregistrée. La personne en est informée par courriel si elle a un compte ; sinon, imprimez et \
                 postez l’accusé de réception.",
            ),
        }
    }
}

/// The practitioner of a request to check: their identifier, once they are known, and their RPPS.
pub(super) fn connu(conn: &mut AnyConn, demandeur: &Demandeur) -> DbResult<(Option<i64>, String)> {
    Ok(match demandeur {
        Demandeur::Compte(id) => {
            let moi = kine::par_id(conn, *id)?.ok_or(DbError::Introuvable)?;
            (Some(moi.id), moi.rpps)
        }
        Demandeur::Papier(p) => {
            let connu = connus::connu(conn, p.rpps.as_str())?;
            (connu.map(|k| k.id), p.rpps.to_string())
        }
    })
}
