//! `/praticien-conseil/{numero}`: the documents of a file that touch health, the conclusion on each, and all in one archive.

use actix_web::web::Path;
use regles::dossier::NatureDossier;
use regles::liste_pieces::{Ligne, Recue, liste};

use super::CHEMIN;
use crate::actions::piece::{Examen, sante};
use crate::actions::{ActionError, ActionResult, depart, instruction, motif};
use crate::db::dossier::{self, Dossier as Tronc};
use crate::db::piece::{self, EtatPiece, Piece};
use crate::db::{AnyConn, CpamScope, decision, demande, depart as stockes};
use crate::web::dossiers::archive::archiver;
use crate::web::dossiers::pieces::Vue;
use crate::web::examen::{self, CONCLU, Dossier, Reponses};
use crate::web::kit::entre_temps::version;
use crate::web::kit::requete::Requete;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Etat, Pastille};
use crate::web::visite::{Reponse, Visite};

/// A file of the compartment, with what of it the praticien-conseil may read.
struct Lu {
    tronc: Tronc,
    /// What is asked for, in a sentence.
    objet: String,
    pieces: Vec<Piece>,
    decidee: Option<chrono::NaiveDateTime>,
    ouvert: bool,
}

fn lire(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> ActionResult<Lu> {
    let tronc = dossier::lire(conn, scope, numero)?;
    let mut pieces = piece::de(conn, scope, tronc.id)?;
    pieces.retain(|p| p.contenu.is_some());
    let (objet, ouvert, decidee) = match tronc.nature {
        NatureDossier::Demande => {
            let d = demande::lire(conn, scope, numero)?;
            let invoque = match &d.derogation_motif {
                Some(code) => motif::par_code(conn, code)?,
                None => None,
            };
            let objet = match invoque {
                Some(m) => format!("Motif invoqué : {}.", m.libelle),
                None => format!("Demande à {}.", tronc.commune),
            };
            (objet, d.etat.en_cours(), decision::prise_le(conn, d.id)?)
        }
        NatureDossier::Depart => {
            let c = stockes::lire(conn, scope, tronc.id)?;
            let ouvert = depart::pieces_ouvertes(&c, None);
            (
                format!("Départ {}.", regles::texte::de(&tronc.commune)),
                ouvert,
                c.traitee_le,
            )
        }
        NatureDossier::Recours => (format!("Recours à {}.", tronc.commune), false, None),
        NatureDossier::Appel => (
            format!("Appel à candidatures à {}.", tronc.commune),
            false,
            None,
        ),
    };
    Ok(Lu {
        tronc,
        objet,
        pieces,
        decidee,
        ouvert,
    })
}

/// `GET /praticien-conseil/{numero}?piece=`
///
/// # Errors
/// No document of the file touches health, or the database does not answer.
pub async fn page(visite: Visite, numero: Path<String>, vue: Requete<Vue>) -> Reponse {
    let montree = vue.piece.as_deref().and_then(|id| id.parse().ok());
    montrer(&visite, &numero, montree, None).await
}

async fn montrer(
    visite: &Visite,
    numero: &str,
    montree: Option<i64>,
    echec: Option<(Reponses, ActionError)>,
) -> Reponse {
    let (scope, n) = (visite.qui()?.scope(), numero.to_owned());
    let lu = visite.read(move |conn| lire(conn, &scope, &n)).await?;
    let url = format!("{CHEMIN}/{numero}");
    let attend = lu
        .pieces
        .iter()
        .any(|p| p.etat == EtatPiece::Recue && p.remplacee_par.is_none());
    let pastille = match attend {
        true => Pastille::new(Etat::AFaire, "Conclusion attendue"),
        false => Pastille::new(Etat::Fait, "Conclusion rendue"),
    };
    let dossier = Dossier {
        surtitre: format!("Dossier {numero} · {}", lu.tronc.nom()),
        numero: numero.to_owned(),
        declare: Vec::new(),
        quoi: "Ce dossier",
        file: Lien::new("Pièces de santé", CHEMIN),
        fiche: Lien::new(numero, &url),
        retour: "Télécharger ces pièces (ZIP)",
        bandeau: Bandeau::new(pastille, lu.objet),
        dossier_id: lu.tronc.id,
        version: lu.tronc.version,
        lignes: lignes(&lu.pieces),
        pieces: lu.pieces,
        ouvert: lu.ouvert,
        decidee: lu.decidee,
        sante: Some(url),
    };
    examen::montrer(visite, dossier, montree, echec).await
}

fn lignes(pieces: &[Piece]) -> Vec<Ligne> {
    let recues: Vec<Recue<'_>> = pieces
        .iter()
        .map(|p| Recue {
            id: p.id,
            nature: p.nature,
            etat: p.etat,
            motif: p.motif.as_deref(),
            remplacee: p.remplacee_par.is_some(),
            sante: p.sante,
        })
        .collect();
    liste(Vec::new(), &[], &recues)
}

/// `POST /praticien-conseil/{numero}/pieces/{id}`
///
/// # Errors
/// No document of the file touches health, or the database does not answer.
pub async fn conclure(visite: Visite, chemin: Path<(String, i64)>, saisie: Saisie) -> Reponse {
    let (numero, id) = chemin.into_inner();
    let reponses = examen::lire(&saisie, id)?;
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let v = version(&saisie);
    let resultat = visite
        .write({
            let (numero, reponses) = (numero.clone(), reponses.clone());
            move |tx| -> ActionResult<()> {
                let examen = Examen {
                    piece_id: id,
                    verdict: reponses.verdict,
                    motif: &reponses.motif,
                };
                let d = dossier::lire(tx, &scope, &numero)?;
                match d.nature {
                    NatureDossier::Demande => {
                        instruction::examiner_piece(tx, &acte, &scope, &numero, v, &examen)
                    }
                    NatureDossier::Depart => {
                        depart::examiner_piece(tx, &acte, &scope, d.id, v, &examen)
                    }
                    NatureDossier::Recours => Err(ActionError::refus(
                        "Les documents d’un recours ne s’examinent pas un à un : la commission les lit.",
                    )),
                    NatureDossier::Appel => Err(ActionError::refus(
                        "Les pièces d’une candidature ne s’examinent pas une à une.",
                    )),
                }
            }
        })
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(&format!("{CHEMIN}/{numero}"), CONCLU),
        Err(erreur) => montrer(&visite, &numero, None, Some((reponses, erreur))).await,
    }
}

/// `GET /praticien-conseil/{numero}/pieces.zip`: the part of a bundle that goes under separate cover (PRO-9). It is noted.
///
/// # Errors
/// No document of the file touches health; the store or the database does not answer.
pub async fn archive(visite: Visite, numero: Path<String>) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.into_inner());
    let nom = format!("sante-{n}.zip");
    let pieces = visite
        .write(move |tx| -> ActionResult<_> {
            let lu = lire(tx, &scope, &n)?;
            sante::lues(tx, &acte, &lu.tronc.caisse_code, lu.tronc.id, &lu.pieces)?;
            Ok(lu.pieces)
        })
        .await?;
    archiver(&visite, &pieces, &nom).await
}
