//! `GET /demandes/{numero}/accuse`: the accusé de réception (PRO-2), to keep and to print.

use actix_web::web::Path;
use askama::Template;
use regles::accuse::{Silence, silence};
use regles::echeance::NatureEcheance;
use regles::fuseau::jour_local;
use regles::recours;
use regles::texte;

use crate::actions::destinataires::destinataires;
use crate::actions::piece::liste::manquantes_au_depot;
use crate::clock::jour_a_paris;
use crate::db::demande::{self, DemandeComplete};
use crate::db::destinataire;
use crate::db::echeance;
use crate::db::piece::{self, Piece};
use crate::db::{DbError, DbResult};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::Page;
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "demande/accuse.html")]
struct AccusePage {
    page: Page,
    logo: Option<String>,
    faits: Vec<(&'static str, String)>,
    attente: String,
    phrase: String,
    silence: Silence,
    pieces: Vec<Piece>,
    contact: Vec<String>,
    dossier: String,
}

/// `GET /demandes/{numero}/accuse`
///
/// # Errors
/// The request is not this person's.
pub async fn page(visite: Visite, numero: Path<String>) -> Reponse {
    let numero = numero.into_inner();
    let scope = visite.qui()?.scope();
    let (d, echeances, pieces, ressort) = visite
        .read(move |conn| -> DbResult<_> {
            let d = demande::complete(conn, &scope, &numero)?;
            let echeances = echeance::de(conn, d.demande.id)?;
            let pieces = piece::de(conn, &scope, d.demande.id)?;
            let ressort = destinataire::ressort(conn, d.demande.kine_id)?;
            Ok((d, echeances, pieces, ressort))
        })
        .await?;
    // As it was that day: the first value, whatever suspended it since.
    let premiere = echeances
        .iter()
        .find(|e| e.nature == NatureEcheance::DecisionImplicite)
        .ok_or_else(|| DbError::Incoherent(format!("{} : no deadline", d.demande.numero)))?;
    let recue = jour_local(d.demande.deposee_le, d.service.territoire()?);
    let reglement = visite.etat.reglement();
    let voie = recours::voie(&reglement, recue).map_err(WebError::interne)?;
    let silence = silence(&reglement, recue, &destinataires(voie, &d.service, ressort))
        .map_err(WebError::interne)?;
    let page = visite
        .page("Accusé de réception")
        .surtitre(format!("Demande {}", d.demande.numero))
        .chapeau(courriers::demande::reception(recue))
        .ariane("Mon espace", "/espace")
        .ariane(
            format!("Demande {}", d.demande.numero),
            format!("/demandes/{}", d.demande.numero),
        )
        .rubrique("/espace");
    let pieces: Vec<Piece> = pieces
        .into_iter()
        .filter(|p| p.deposee_le == d.demande.deposee_le)
        .collect();
    let manquantes = manquantes_au_depot(
        &reglement,
        recue,
        d.demande.nature,
        &d.demande.conditions,
        &pieces.iter().map(|p| p.nature).collect::<Vec<_>>(),
    )?;
    let gabarit = AccusePage {
        page,
        logo: d.service.logo(),
        faits: faits(&d),
        attente: courriers::demande::attente(&manquantes),
        phrase: silence.phrase(premiere.finale),
        silence,
        pieces,
        contact: d.service.lignes(),
        dossier: format!("/demandes/{}", d.demande.numero),
    };
    visite.rendre(&gabarit)
}

fn faits(d: &DemandeComplete) -> Vec<(&'static str, String)> {
    vec![
        ("Numéro de la demande", d.demande.numero.clone()),
        match d.sur_papier {
            true => (
                "Reçue sur papier le",
                texte::date_fr(jour_a_paris(d.demande.deposee_le)),
            ),
            false => ("Reçue le", texte::datetime_fr(d.demande.deposee_le)),
        },
        (
            "Demandeur",
            format!("{}, RPPS {}", d.kine.nom_complet(), d.kine.rpps),
        ),
        ("Demande", d.demande.nature.libelle().to_owned()),
        (
            "Lieu d’exercice",
            format!("{}, {}", d.demande.adresse, d.commune),
        ),
        ("Service chargé de votre demande", d.service.nom.clone()),
    ]
}
