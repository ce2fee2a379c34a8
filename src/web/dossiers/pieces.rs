//! `/dossiers/{numero}/pieces?piece=`: the documents of a request, examined.

use actix_web::web;
use chrono::NaiveDateTime;
use regles::liste_pieces::Ligne;
use serde::Deserialize;

use super::objet::{adresse, attente, bandeau};
use crate::actions::piece::Examen;
use crate::actions::piece::liste;
use crate::actions::{ActionError, instruction, motif};
use crate::db::decision;
use crate::db::demande::{self, DemandeComplete};
use crate::db::piece::{self, Piece, PieceDemandee};
use crate::web::erreur::WebError;
use crate::web::examen::{self, Dossier, Reponses};
use crate::web::kit::entre_temps::version;
use crate::web::kit::requete::Requete;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// The document to show.
#[derive(Deserialize)]
pub struct Vue {
    /// Its identifier.
    pub(in crate::web) piece: Option<String>,
}

/// `GET /dossiers/{numero}/pieces?piece=`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: web::Path<String>, vue: Requete<Vue>) -> Reponse {
    let montree = vue.piece.as_deref().and_then(|id| id.parse().ok());
    montrer(&visite, &numero, montree, None).await
}

/// A request of the scope with its documents, and the list that its case calls for.
pub(super) struct Lu {
    dossier: DemandeComplete,
    pub(super) pieces: Vec<Piece>,
    demandees: Vec<PieceDemandee>,
    /// When the decision was taken.
    decidee: Option<NaiveDateTime>,
    /// Where each document stands.
    pub(super) lignes: Vec<Ligne>,
}

/// Reads them.
///
/// # Errors
/// Out of scope, or the database does not answer.
pub(super) async fn lire(visite: &Visite, numero: &str) -> Result<Lu, WebError> {
    let scope = visite.qui()?.scope();
    let n = numero.to_owned();
    let (dossier, pieces, demandees, motif, decidee) = visite
        .read(move |conn| {
            let dossier = demande::complete(conn, &scope, &n)?;
            let pieces = piece::de(conn, &scope, dossier.demande.id)?;
            let demandees = piece::demandees(conn, dossier.demande.id)?;
            let motif = match &dossier.demande.derogation_motif {
                Some(code) => motif::par_code(conn, code)?,
                None => None,
            };
            let decidee = decision::prise_le(conn, dossier.demande.id)?;
            Ok::<_, ActionError>((dossier, pieces, demandees, motif, decidee))
        })
        .await?;
    let lignes = liste::lignes(
        &visite.etat.reglement(),
        &dossier.demande,
        motif.as_ref(),
        &pieces,
        &demandees,
    )?;
    Ok(Lu {
        dossier,
        pieces,
        demandees,
        decidee,
        lignes,
    })
}

async fn montrer(
    visite: &Visite,
    numero: &str,
    montree: Option<i64>,
    echec: Option<(Reponses, ActionError)>,
) -> Reponse {
    let lu = lire(visite, numero).await?;
    let d = &lu.dossier.demande;
    let dossier = Dossier {
        surtitre: format!("Dossier {numero} · {}", lu.dossier.kine.nom_complet()),
        quoi: "Ce dossier",
        numero: numero.to_owned(),
        file: Lien::new("Dossiers", "/dossiers"),
        fiche: Lien::new(numero, adresse(numero, "")),
        retour: "Revenir au dossier",
        declare: vec![
            ("Nom", lu.dossier.kine.nom_complet()),
            ("RPPS", lu.dossier.kine.rpps.clone()),
            ("Lieu", format!("{}, {}", d.adresse, lu.dossier.commune)),
        ],
        bandeau: bandeau(visite, &lu.dossier, attente(&lu.demandees)),
        dossier_id: d.id,
        version: d.version,
        ouvert: d.etat.en_cours(),
        decidee: lu.decidee,
        sante: None,
        pieces: lu.pieces,
        lignes: lu.lignes,
    };
    examen::montrer(visite, dossier, montree, echec).await
}

/// `POST /dossiers/{numero}/pieces/{id}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn examiner(visite: Visite, chemin: web::Path<(String, i64)>, saisie: Saisie) -> Reponse {
    let (numero, id) = chemin.into_inner();
    let reponses = examen::lire(&saisie, id)?;
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let v = version(&saisie);
    let resultat = visite
        .write({
            let (numero, reponses) = (numero.clone(), reponses.clone());
            move |tx| {
                let examen = Examen {
                    piece_id: id,
                    verdict: reponses.verdict,
                    motif: &reponses.motif,
                };
                instruction::examiner_piece(tx, &acte, &scope, &numero, v, &examen)
            }
        })
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(
            &adresse(&numero, "pieces"),
            examen::phrase(reponses.verdict),
        ),
        Err(erreur) => montrer(&visite, &numero, None, Some((reponses, erreur))).await,
    }
}
