//! A request of the CPAM, as the pages of a file and of what is done on it need it.

use regles::dossier::NatureDossier;
use regles::notification::Chemin;

use super::file::DEPARTS;
use super::mots::{self, Attente};
use crate::db::demande::{self, DemandeComplete};
use crate::db::{dossier, envoi, piece};
use crate::web::erreur::WebError;
use crate::web::kit::geste::{Entete, Objet};
use crate::web::page::Lien;
use crate::web::ui::Bandeau;
use crate::web::visite::Visite;

/// A request on which something is done.
pub struct Dossier {
    /// The request.
    pub complet: DemandeComplete,
    attente: Attente,
}

impl Objet for Dossier {
    type Cle = String;

    async fn ouvrir(visite: &Visite, numero: &String) -> Result<Dossier, WebError> {
        let (complet, attente) = charger(visite, numero).await?;
        Ok(Dossier { complet, attente })
    }

    fn adresse(numero: &String) -> String {
        adresse(numero, "")
    }

    fn entete(&self, visite: &Visite) -> Entete {
        let d = &self.complet.demande;
        let fiche = adresse(&d.numero, "");
        Entete {
            quoi: "Ce dossier",
            surtitre: Some(format!(
                "Dossier {} · {}",
                d.numero,
                self.complet.kine.nom_complet()
            )),
            ariane: vec![
                Lien::new("Dossiers", "/dossiers"),
                Lien::new(&d.numero, &fiche),
            ],
            bandeau: Some(bandeau(visite, &self.complet, self.attente)),
            dossier_id: Some(d.id),
            version: Some(d.version),
            retour: Lien::new("Revenir au dossier sans rien changer", fiche),
        }
    }
}

/// A case of any nature, for what hangs on it whatever it is about.
pub struct Tronc(pub dossier::Dossier);

impl Objet for Tronc {
    type Cle = String;

    async fn ouvrir(visite: &Visite, numero: &String) -> Result<Tronc, WebError> {
        let (scope, numero) = (visite.qui()?.scope(), numero.clone());
        let lu = visite
            .read(move |conn| dossier::lire(conn, &scope, &numero))
            .await?;
        Ok(Tronc(lu))
    }

    fn adresse(numero: &String) -> String {
        adresse(numero, "")
    }

    fn entete(&self, _: &Visite) -> Entete {
        let d = &self.0;
        let fiche = page(d.nature, &d.numero, d.id);
        let liste = match d.nature {
            NatureDossier::Depart => Lien::new("Départs", DEPARTS),
            NatureDossier::Demande | NatureDossier::Appel | NatureDossier::Recours => {
                Lien::new("Dossiers", "/dossiers")
            }
        };
        Entete {
            quoi: "Ce dossier",
            surtitre: Some(format!("Dossier {} · {}", d.numero, d.nom())),
            ariane: vec![liste, Lien::new(&d.numero, &fiche)],
            bandeau: None,
            dossier_id: Some(d.id),
            version: Some(d.version),
            retour: Lien::new("Revenir au dossier sans rien changer", fiche),
        }
    }
}

/// The page of a case: each nature has its own.
pub fn page(nature: NatureDossier, numero: &str, id: i64) -> String {
    match nature {
        NatureDossier::Demande => adresse(numero, ""),
        NatureDossier::Depart => format!("/departs/{id}"),
        NatureDossier::Appel => format!("/attributions/{id}"),
        NatureDossier::Recours => format!("/recours/{numero}"),
    }
}

/// The address of a request, or of an act on it; of any case, what hangs on it: notes, labels, who handles it.
pub fn adresse(numero: &str, verbe: &str) -> String {
    match verbe {
        "" => format!("/dossiers/{numero}"),
        verbe => format!("/dossiers/{numero}/{verbe}"),
    }
}

/// The request of the scope and the documents awaited: what the top of every page of a file needs.
///
/// # Errors
/// [`WebError::Introuvable`] out of scope.
pub async fn charger(
    visite: &Visite,
    numero: &str,
) -> Result<(DemandeComplete, Attente), WebError> {
    let scope = visite.qui()?.scope();
    let numero = numero.to_owned();
    visite
        .read(move |conn| {
            let dossier = demande::complete(conn, &scope, &numero)?;
            let demandees = piece::demandees(conn, dossier.demande.id)?;
            let d = &dossier.demande;
            let chemin = match d.etat.est_decidee() && d.notifiee_le.is_none() {
                true => envoi::chemin(conn, d.id)?,
                false => Chemin::PasEncore,
            };
            let attente = Attente {
                chemin,
                ..attente(&demandees)
            };
            Ok::<_, crate::db::DbError>((dossier, attente))
        })
        .await
}

/// How many documents were asked for and received, counting the last time they were asked for.
pub fn attente(demandees: &[piece::PieceDemandee]) -> Attente {
    let compte = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Attente {
        demandees: compte(demandees.len()),
        recues: compte(demandees.iter().filter(|p| p.recue_le.is_some()).count()),
        chemin: Chemin::PasEncore,
    }
}

/// The status line of a file.
pub fn bandeau(visite: &Visite, dossier: &DemandeComplete, attente: Attente) -> Bandeau {
    let d = &dossier.demande;
    let dite = mots::dite(dossier, attente, visite.aujourd_hui());
    let bandeau =
        Bandeau::new(mots::pastille(d.etat), dite.phrase).detail("Qui doit agir", dite.tour);
    let suivi = dossier
        .suivi_par
        .as_ref()
        .map_or_else(|| "Personne".to_owned(), |(p, n)| format!("{p} {n}"));
    bandeau.detail("Suivi par", suivi)
}
