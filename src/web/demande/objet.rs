//! A request on which its author does something.

use crate::db::demande::{self, DemandeComplete};
use crate::web::erreur::WebError;
use crate::web::kit::geste::{Entete, Objet};
use crate::web::page::Lien;
use crate::web::visite::Visite;

/// The request, which is this person's.
pub struct MaDemande(pub DemandeComplete);

impl Objet for MaDemande {
    type Cle = String;

    async fn ouvrir(visite: &Visite, numero: &String) -> Result<MaDemande, WebError> {
        let (scope, numero) = (visite.qui()?.scope(), numero.clone());
        let lue = visite
            .read(move |conn| demande::complete(conn, &scope, &numero))
            .await?;
        Ok(MaDemande(lue))
    }

    fn adresse(numero: &String) -> String {
        format!("/demandes/{numero}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        let d = &self.0.demande;
        let fiche = Self::adresse(&d.numero);
        Entete {
            quoi: "Cette demande",
            surtitre: Some(format!("Demande {}", d.numero)),
            ariane: vec![
                Lien::new("Mon espace", "/espace"),
                Lien::new(format!("Demande {}", d.numero), &fiche),
            ],
            bandeau: None,
            // What others did meanwhile is read on the page of the request.
            dossier_id: None,
            version: Some(d.version),
            retour: Lien::new("Revenir à ma demande sans rien changer", fiche),
        }
    }
}
