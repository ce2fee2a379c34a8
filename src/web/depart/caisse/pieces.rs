//! `/departs/{id}/pieces?piece=`: the documents of a departure, examined.

use actix_web::web::Path;
use chrono::NaiveDate;
use regles::depart::EtatDepart;
use regles::geste;
use regles::liste_pieces::{EtatLigne, Ligne, Manques};
use regles::texte;

use super::pastille;
use crate::actions::depart::{self, pieces_ouvertes};
use crate::actions::piece::Examen;
use crate::actions::piece::liste;
use crate::actions::{ActionError, ActionResult};
use crate::db::depart as stockes;
use crate::db::piece::Piece;
use crate::db::{piece, place};

use crate::web::dossiers::file::DEPARTS;
use crate::web::dossiers::pieces::Vue;
use crate::web::examen::{self, Dossier, Reponses};
use crate::web::kit::entre_temps::version;
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Message};
use crate::web::visite::{Reponse, Visite};

/// `GET /departs/{id}/pieces?piece=`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_pieces(visite: Visite, id: Path<i64>, vue: Requete<Vue>) -> Reponse {
    let montree = vue.piece.as_deref().and_then(|id| id.parse().ok());
    montrer(&visite, id.into_inner(), montree, None).await
}

async fn montrer(
    visite: &Visite,
    id: i64,
    montree: Option<i64>,
    echec: Option<(Reponses, ActionError)>,
) -> Reponse {
    let scope = visite.qui()?.scope();
    let (depart, place, pieces) = visite
        .read(move |conn| {
            let depart = stockes::complete(conn, &scope, id)?;
            let place = place::de_depart(conn, id)?;
            Ok::<_, ActionError>((depart, place, piece::de(conn, &scope, id)?))
        })
        .await?;
    let c = &depart.depart;
    let ouvert = pieces_ouvertes(c, place.as_ref());
    let nom = depart.kine.nom_complet();
    let suite = match c.etat {
        EtatDepart::Declaree => "à confirmer ou à rejeter",
        EtatDepart::Confirmee if ouvert => "la commission dit si la place est transmissible",
        EtatDepart::Confirmee => "départ confirmé",
        EtatDepart::Rejetee => "déclaration rejetée",
        EtatDepart::Retiree => "déclaration retirée",
    };
    let phrase = format!(
        "Cessation du {} à {} : {suite}.",
        texte::date_fr(c.date_cessation),
        depart.commune
    );
    let bandeau = Bandeau::new(pastille(c.etat), phrase)
        .detail("Zone", format!("{} ({})", depart.bassin, c.bassin_code));
    let dossier = Dossier {
        surtitre: format!("Départ {de_nom}", de_nom = texte::de(&nom)),
        declare: vec![
            ("Nom", nom.clone()),
            ("RPPS", depart.kine.rpps.clone()),
            (
                "Cessation",
                format!("{}, {}", texte::date_fr(c.date_cessation), depart.commune),
            ),
        ],
        quoi: "Ce départ",
        numero: c.numero.clone(),
        file: Lien::new("Départs", DEPARTS),
        fiche: Lien::new(nom, format!("/departs/{id}")),
        retour: "Revenir au départ",
        bandeau,
        dossier_id: id,
        version: c.version,
        lignes: liste::lignes_du_depart(&visite.etat.reglement(), c, &pieces, ouvert)?,
        decidee: c.traitee_le,
        sante: None,
        pieces,
        ouvert,
    };
    examen::montrer(visite, dossier, montree, echec).await
}

/// `POST /departs/{id}/pieces/{piece}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn examiner_piece(visite: Visite, chemin: Path<(i64, i64)>, saisie: Saisie) -> Reponse {
    let (id, piece_id) = chemin.into_inner();
    let reponses = examen::lire(&saisie, piece_id)?;
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let v = version(&saisie);
    let resultat: ActionResult<()> = visite
        .write({
            let reponses = reponses.clone();
            move |tx| {
                let examen = Examen {
                    piece_id,
                    verdict: reponses.verdict,
                    motif: &reponses.motif,
                };
                depart::examiner_piece(tx, &acte, &scope, id, v, &examen)
            }
        })
        .await;
    match resultat {
        Ok(()) => visite.rediriger_avec(
            &format!("/departs/{id}/pieces"),
            examen::phrase(reponses.verdict),
        ),
        Err(erreur) => montrer(&visite, id, None, Some((reponses, erreur))).await,
    }
}

/// What is known of a departure before it is answered.
pub(super) struct Avant<'a> {
    /// Where it stands.
    pub etat: EtatDepart,
    /// Where each document stands.
    pub lignes: &'a [Ligne],
    /// The documents.
    pub pieces: &'a [Piece],
    /// Messages that the caisse has not read.
    pub non_lus: i64,
    /// REG-3: the last day over which its acts are counted, while it is not over.
    pub periode: Option<NaiveDate>,
}

/// What is left to do before answering: what is indispensable keeps the confirmation, in the words of the act itself; what is
/// to examine, to read or to wait for is said, not required: the CPAM may know otherwise.
pub(super) fn reste(avant: &Avant<'_>) -> Vec<Message> {
    let Avant { etat, lignes, .. } = *avant;
    let mut messages = Vec::new();
    if etat == EtatDepart::Declaree
        && let Err(refus) = geste::confirmer(etat, &Manques::de(lignes))
    {
        messages.push(Message::attention(refus.to_string()));
    }
    let mut dits = Vec::new();
    let mut dire = |nombre: usize, un: &str, plusieurs: &str| {
        if nombre > 0 {
            let n = i64::try_from(nombre).unwrap_or(i64::MAX);
            dits.push(texte::pluriel(n, un, plusieurs));
        }
    };
    let a_examiner = avant.pieces.iter().filter(|p| liste_pieces::a_examiner(p));
    let refusees = lignes.iter().filter(|l| l.etat == EtatLigne::Refusee);
    dire(a_examiner.count(), "pièce à examiner", "pièces à examiner");
    dire(
        refusees.count(),
        "pièce refusée et pas remplacée",
        "pièces refusées et pas remplacées",
    );
    if messages.is_empty() {
        let manquantes = lignes.iter().filter(|l| l.manque()).count();
        dire(manquantes, "pièce manquante", "pièces manquantes");
    }
    let non_lus = usize::try_from(avant.non_lus).unwrap_or(0);
    dire(non_lus, "message non lu", "messages non lus");
    if let Some(fin) = avant.periode {
        dits.push(format!(
            "la période des actes finit le {} (inclus), le nombre peut encore changer",
            texte::date_fr(fin)
        ));
    }
    if !dits.is_empty() {
        let phrase = format!("Avant de répondre : {}.", dits.join(" ; "));
        messages.push(Message::attention(phrase));
    }
    messages
}
