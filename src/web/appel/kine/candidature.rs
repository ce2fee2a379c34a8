//! `POST /appels/{id}/candidature`: applying; and what a candidate sees of her application.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::charte::{Classement, Critere, GenreCritere};
use regles::piece::NaturePiece;
use regles::texte;

use super::page::montrer;
use crate::actions::appel::{self, Depot};
use crate::db::appel::AppelComplet;
use crate::db::candidature::{self as db_candidature, CandidatureComplete};
use crate::db::charte::CharteComplete;
use crate::db::{AnyConn, CpamScope, DbError, DbResult, piece};
use crate::web::dossiers::dossier::fichier;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::{Erreurs, entier, oui_non};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Controle, Etat, FichierVue, Pastille, PourquoiVue};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues;

/// An application as its author sees it.
pub(super) struct Mienne {
    /// Where it stands.
    pub pastille: Pastille,
    /// One sentence.
    pub phrase: String,
    /// What was declared, by criterion.
    pub valeurs: Vec<(String, String)>,
    /// Her documents.
    pub fichiers: Vec<FichierVue>,
    /// Her points, once the place is attributed.
    pub classement: Option<PourquoiVue>,
    /// Whether she may withdraw.
    pub retirable: bool,
}

impl Mienne {
    /// Reads what the author of an application may see of it.
    pub(super) fn lire(
        conn: &mut AnyConn,
        lu: &AppelComplet,
        charte: &CharteComplete,
        c: CandidatureComplete,
    ) -> DbResult<Mienne> {
        let id = c.candidature.id;
        let valeurs = db_candidature::valeurs(conn, &[id])?;
        let pieces = piece::de_candidatures(conn, &CpamScope::Kine(c.candidature.kine_id), &[id])?;
        let classement = match &lu.appel.classement {
            None => None,
            Some(json) => serde_json::from_str::<Classement>(json)
                .map_err(|e| DbError::Incoherent(e.to_string()))?
                .note(id)
                .cloned(),
        };
        let dites = charte.criteres.iter().map(|k| {
            let valeur = valeurs.iter().find(|v| v.critere_id == k.id);
            (
                k.critere.libelle.clone(),
                en_mots(&k.critere, valeur.and_then(|v| v.declaree)),
            )
        });
        let (pastille, phrase) = etat(&c);
        Ok(Mienne {
            pastille,
            phrase,
            valeurs: dites.collect(),
            fichiers: pieces.iter().map(fichier).collect(),
            classement: classement
                .map(|n| {
                    let titre = match (n.rang, n.points) {
                        (Some(rang), Some(points)) => {
                            format!("rang {rang}, {points} points sur 100")
                        }
                        _ => "non classée".to_owned(),
                    };
                    vues::pourquoi(titre, &n.explication)
                })
                .transpose()
                .map_err(|e| DbError::Incoherent(e.to_string()))?,
            retirable: c.candidature.etat == EtatCandidature::Deposee
                && lu.appel.etat == EtatAppel::Ouvert,
        })
    }
}

fn etat(c: &CandidatureComplete) -> (Pastille, String) {
    let deposee = texte::date_fr(crate::clock::jour_a_paris(c.candidature.deposee_le));
    match c.candidature.etat {
        EtatCandidature::Deposee => (
            Pastille::new(Etat::EnCours, "Déposée"),
            format!("Votre candidature est reçue depuis le {deposee}."),
        ),
        EtatCandidature::Retiree => (
            Pastille::new(Etat::Neutre, "Retirée"),
            "Vous avez retiré votre candidature.".to_owned(),
        ),
        EtatCandidature::Ecartee => (
            Pastille::new(Etat::Neutre, "Écartée"),
            format!(
                "Votre candidature est écartée : {}",
                c.candidature.motif.clone().unwrap_or_default()
            ),
        ),
        EtatCandidature::Retenue => (
            Pastille::new(Etat::Fait, "Retenue"),
            "La place vous est attribuée : déposez votre demande de conventionnement depuis votre espace.".to_owned(),
        ),
        EtatCandidature::Defaillante => (
            Pastille::new(Etat::Retard, "Caduque"),
            "La place vous était attribuée ; aucune demande n’a été déposée à temps.".to_owned(),
        ),
        EtatCandidature::NonRetenue => (
            Pastille::new(Etat::Neutre, "Non retenue"),
            "La place n’est pas attribuée à votre candidature.".to_owned(),
        ),
    }
}

/// The value of a criterion in words.
pub(in crate::web) fn en_mots(critere: &Critere, valeur: Option<i64>) -> String {
    match (critere.genre, valeur) {
        (_, None) => "inconnu".to_owned(),
        (GenreCritere::OuiNon, Some(1)) => "oui".to_owned(),
        (GenreCritere::OuiNon, Some(_)) => "non".to_owned(),
        (GenreCritere::Degre, Some(v)) => format!("{v} sur {}", critere.maximum),
        (GenreCritere::Nombre, Some(v)) => texte::nombre(v),
    }
}

/// The field of a criterion, filled with `valeur`.
pub(in crate::web) fn champ_du_critere(critere: &Critere, valeur: &str) -> Champ {
    let champ = match critere.genre {
        GenreCritere::OuiNon => Champ::radios(
            critere.code.clone(),
            critere.libelle.clone(),
            vec![Choix::new("oui", "Oui"), Choix::new("non", "Non")],
        ),
        GenreCritere::Nombre => Champ::nombre(critere.code.clone(), critere.libelle.clone()),
        GenreCritere::Degre => Champ::nombre(critere.code.clone(), critere.libelle.clone())
            .aide(format!("De 0 à {}", critere.maximum)),
    };
    champ.valeur(valeur).facultatif()
}

/// What a form says of a criterion; none when it says nothing.
pub(in crate::web) fn lire_critere(
    critere: &Critere,
    saisie: &Saisie,
    erreurs: &mut Erreurs,
) -> Option<i64> {
    let valeur = match critere.genre {
        GenreCritere::OuiNon => oui_non(saisie, &critere.code).map(i64::from),
        _ => entier(saisie, &critere.code, erreurs),
    };
    if valeur.is_some_and(|v| !critere.accepte(v)) {
        let max = match critere.genre {
            GenreCritere::Degre => critere.maximum,
            _ => regles::charte::VALEUR_MAX,
        };
        erreurs.noter(
            critere.code.clone(),
            format!("Écrivez un nombre entier de 0 à {}.", texte::nombre(max)),
        );
    }
    valeur
}

/// The form to apply.
pub(super) fn champs(
    visite: &Visite,
    charte: &CharteComplete,
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> Vec<Champ> {
    let mut champs: Vec<Champ> = charte
        .criteres
        .iter()
        .map(|c| {
            let code = &c.critere.code;
            champ_du_critere(&c.critere, saisie.texte(code)).erreur(erreurs.de(code))
        })
        .collect();
    let mut pieces = fichiers::champ(
        visite,
        "pieces",
        "Justificatifs",
        "Ce qui prouve ce que vous déclarez.",
        erreurs.presentes(),
        erreurs,
    )
    .facultatif();
    if let Controle::Fichier { plusieurs, .. } = &mut pieces.controle {
        *plusieurs = true;
    }
    champs.push(pieces);
    champs.push(fichiers::case_sante("pieces", "", saisie));
    champs
}

/// `POST /appels/{id}/candidature`
///
/// # Errors
/// There is no such call; the database or the document store does not answer.
pub async fn deposer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let charte = visite
        .read(move |conn| {
            let lu = crate::db::appel::public(conn, id)?;
            crate::db::charte::par_id(conn, lu.appel.charte_id)
        })
        .await?;
    let mut erreurs = Erreurs::default();
    let valeurs: Vec<(String, Option<i64>)> = charte
        .criteres
        .iter()
        .map(|c| {
            let valeur = lire_critere(&c.critere, &saisie, &mut erreurs);
            (c.critere.code.clone(), valeur)
        })
        .collect();
    fichiers::verifier(&visite, &saisie, "pieces", &mut erreurs);
    let statut = StatusCode::UNPROCESSABLE_ENTITY;
    if erreurs.presentes() {
        return montrer(&visite, id, &saisie, &erreurs, statut).await;
    }
    let pieces = fichiers::garder(&visite, &saisie, "pieces", NaturePiece::Autre).await?;
    let (acte, kine_id) = (visite.acte()?, visite.kine_id()?);
    let resultat = visite
        .write(move |tx| {
            let depot = Depot {
                kine_id,
                appel_id: id,
                valeurs: &valeurs,
                pieces: &pieces,
            };
            appel::deposer(tx, &acte, &depot)
        })
        .await;
    match resultat {
        Ok(_) => visite.rediriger_avec(&format!("/appels/{id}"), "Votre candidature est reçue."),
        Err(erreur) => {
            erreurs.prendre(erreur)?;
            montrer(&visite, id, &saisie, &erreurs, StatusCode::CONFLICT).await
        }
    }
}
