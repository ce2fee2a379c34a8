//! One application: the values that the CPAM retains, or why it is set aside.

use actix_web::web::Path;
use regles::texte;

use super::acte::{Formulaire, montrer, version};
use crate::actions::appel::{self, Instruction};
use crate::actions::{ActionError, ActionResult};
use crate::db::candidature::CandidatureComplete;
use crate::db::piece::{self, Piece};
use crate::db::{CpamScope, DbError};
use crate::web::appels::{champ_du_critere, en_mots, lire_critere};
use crate::web::dossiers::dossier::fichier;
use crate::web::erreur::WebError;
use crate::web::espace::erreurs::Erreurs;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

type Lue = (Instruction, CandidatureComplete, Vec<Piece>);

async fn lire(visite: &Visite, id: i64, candidature: i64) -> Result<Lue, WebError> {
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
            let pieces = piece::de_candidatures(conn, &[candidature])?;
            Ok::<_, DbError>((lue, qui, pieces))
        })
        .await
}

fn url(id: i64, candidature: i64, verbe: &str) -> String {
    format!("/attributions/{id}/candidatures/{candidature}{verbe}")
}

fn valeurs((lue, qui, pieces): &Lue, saisie: Option<&Saisie>, erreurs: &Erreurs) -> Formulaire {
    let id = qui.candidature.id;
    let champs = lue
        .charte
        .criteres
        .iter()
        .map(|c| {
            let k = &c.critere;
            let valeur = lue.valeur(id, c.id);
            let declaree = valeur.and_then(|v| v.declaree);
            let verifiee = valeur.is_some_and(|v| v.verifiee_le.is_some());
            let connue = match valeur {
                Some(v) if verifiee => v.retenue,
                _ => declaree,
            };
            let texte = match saisie {
                Some(saisie) => saisie.texte(&k.code).to_owned(),
                None => connue.map_or_else(String::new, |v| match k.genre {
                    regles::charte::GenreCritere::OuiNon => en_mots(k, Some(v)),
                    _ => v.to_string(),
                }),
            };
            champ_du_critere(k, &texte)
                .aide(format!("Déclaré : {}", en_mots(k, declaree)))
                .erreur(erreurs.de(&k.code))
        })
        .collect();
    Formulaire {
        titre: format!("Valeurs {}", texte::de(qui.nom_complet())),
        intro: vec![
            "Retenez chaque valeur au vu des pièces. Une valeur laissée vide reste inconnue : la candidature n’est pas classée.".to_owned(),
        ],
        fichiers: pieces.iter().map(fichier).collect(),
        champs,
        url: url(lue.appel.appel.id, id, ""),
        bouton: "Retenir ces valeurs",
        danger: false,
    }
}

/// `GET /attributions/{id}/candidatures/{candidature}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_valeurs(visite: Visite, chemin: Path<(i64, i64)>) -> Reponse {
    let (id, candidature) = chemin.into_inner();
    let lue = lire(&visite, id, candidature).await?;
    let formulaire = valeurs(&lue, None, &Erreurs::default());
    montrer(&visite, &lue.0.appel, formulaire, &Saisie::default(), None)
}

/// `POST /attributions/{id}/candidatures/{candidature}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn retenir(visite: Visite, chemin: Path<(i64, i64)>, saisie: Saisie) -> Reponse {
    let (id, candidature) = chemin.into_inner();
    let lue = lire(&visite, id, candidature).await?;
    let mut erreurs = Erreurs::default();
    let retenues: Vec<Option<i64>> = lue
        .0
        .charte
        .criteres
        .iter()
        .map(|c| lire_critere(&c.critere, &saisie, &mut erreurs))
        .collect();
    let mut resultat: ActionResult<()> = Ok(());
    if !erreurs.presentes() {
        let (acte, scope, v) = (visite.acte()?, visite.qui()?.scope(), version(&saisie));
        resultat = visite
            .write(move |tx| appel::retenir(tx, &acte, &scope, (id, v), candidature, &retenues))
            .await;
        if resultat.is_ok() {
            return visite
                .rediriger_avec(&format!("/attributions/{id}"), "Les valeurs sont retenues.");
        }
    }
    let formulaire = valeurs(&lue, Some(&saisie), &erreurs);
    montrer(&visite, &lue.0.appel, formulaire, &saisie, resultat.err())
}

fn ecart((lue, qui, _): &Lue, saisie: &Saisie) -> Formulaire {
    Formulaire {
        titre: format!("Écarter la candidature {}", texte::de(qui.nom_complet())),
        intro: vec![
            "La candidature sort du classement, et son auteur en lit le motif. Cela ne se défait pas.".to_owned(),
        ],
        fichiers: Vec::new(),
        champs: vec![Champ::zone("motif", "Motif", 4).valeur(saisie.texte("motif"))],
        url: url(lue.appel.appel.id, qui.candidature.id, "/ecarter"),
        bouton: "Écarter la candidature",
        danger: true,
    }
}

/// `GET /attributions/{id}/candidatures/{candidature}/ecarter`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_ecarter(visite: Visite, chemin: Path<(i64, i64)>) -> Reponse {
    let (id, candidature) = chemin.into_inner();
    let lue = lire(&visite, id, candidature).await?;
    let saisie = Saisie::default();
    montrer(&visite, &lue.0.appel, ecart(&lue, &saisie), &saisie, None)
}

/// `POST /attributions/{id}/candidatures/{candidature}/ecarter`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn ecarter(visite: Visite, chemin: Path<(i64, i64)>, saisie: Saisie) -> Reponse {
    let (id, candidature) = chemin.into_inner();
    let (acte, scope, v) = (visite.acte()?, visite.qui()?.scope(), version(&saisie));
    let motif = saisie.texte("motif").to_owned();
    let resultat: Result<(), ActionError> = visite
        .write(move |tx| appel::ecarter(tx, &acte, &scope, (id, v), candidature, &motif))
        .await;
    let Err(erreur) = resultat else {
        return visite.rediriger_avec(
            &format!("/attributions/{id}"),
            "La candidature est écartée. Son auteur en est prévenu.",
        );
    };
    let lue = lire(&visite, id, candidature).await?;
    montrer(
        &visite,
        &lue.0.appel,
        ecart(&lue, &saisie),
        &saisie,
        Some(erreur),
    )
}
