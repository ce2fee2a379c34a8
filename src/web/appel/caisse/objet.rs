//! A call of the CPAM and an application to it, as the pages of what is done on them need it.

use crate::actions::appel::Instruction;
use crate::db::candidature::CandidatureComplete;
use crate::db::piece::{self, Piece};
use crate::db::{CpamScope, DbError};
use crate::web::erreur::WebError;
use crate::web::kit::geste::{Entete, Objet};
use crate::web::page::Lien;
use crate::web::visite::Visite;

/// The page of a call.
pub(super) fn adresse(id: i64) -> String {
    format!("/attributions/{id}")
}

impl Objet for Instruction {
    type Cle = i64;

    async fn ouvrir(visite: &Visite, id: &i64) -> Result<Instruction, WebError> {
        let (scope, id) = (visite.qui()?.scope(), *id);
        visite
            .read(move |conn| Instruction::lire(conn, &scope, id))
            .await
    }

    fn adresse(id: &i64) -> String {
        adresse(*id)
    }

    fn entete(&self, _: &Visite) -> Entete {
        let lu = &self.appel;
        let fiche = adresse(lu.appel.id);
        Entete {
            quoi: "Cet appel",
            surtitre: Some(format!("Appel à candidatures · {}", lu.commune)),
            ariane: vec![
                Lien::new("Attributions", "/attributions"),
                Lien::new(&lu.commune, &fiche),
            ],
            bandeau: None,
            dossier_id: Some(lu.depart_id),
            version: Some(lu.appel.version),
            retour: Lien::new("Revenir à l’appel sans rien changer", fiche),
        }
    }
}

/// An application to a call, with the documents that prove what it declares.
pub struct Candidature {
    /// The call.
    pub(super) lue: Instruction,
    /// The application.
    pub(super) qui: CandidatureComplete,
    /// Its documents.
    pub(super) pieces: Vec<Piece>,
}

impl Objet for Candidature {
    type Cle = (i64, i64);

    async fn ouvrir(
        visite: &Visite,
        &(id, candidature): &(i64, i64),
    ) -> Result<Candidature, WebError> {
        let scope: CpamScope = visite.qui()?.scope();
        visite
            .read(move |conn| {
                let lue = Instruction::lire(conn, &scope, id)?;
                let qui = lue
                    .candidatures
                    .iter()
                    .find(|c| c.candidature.id == candidature)
                    .cloned()
                    .ok_or(DbError::Introuvable)?;
                let pieces = piece::de_candidatures(conn, &scope, &[candidature])?;
                Ok::<_, DbError>(Candidature { lue, qui, pieces })
            })
            .await
    }

    fn adresse((id, _): &(i64, i64)) -> String {
        adresse(*id)
    }

    fn url((id, candidature): &(i64, i64), verbe: &str) -> String {
        format!("/attributions/{id}/candidatures/{candidature}/{verbe}")
    }

    fn entete(&self, visite: &Visite) -> Entete {
        self.lue.entete(visite)
    }
}
