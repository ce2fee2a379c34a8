//! `/motifs/propositions/{id}`: a proposal, approved by another person than its author, or rejected.

use actix_web::web;
use askama::Template;
use regles::derogation::{ActeMotif, EtatMotif, famille};
use regles::droits::ADMINISTRATION;
use regles::texte;

use super::page as page_du_sujet;
use crate::actions::motif;
use crate::clock::jour_a_paris;
use crate::db::motif::{self as stockes, MotifStocke};
use crate::web::filters;
use crate::web::kit::entre_temps::version;
use crate::web::kit::essai::{Essai, essayer};
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Etat, Message, Pastille};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "motifs/examen.html")]
struct ExamenPage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    faits: Vec<(&'static str, String)>,
    url: String,
    version: Champ,
    approuvable: bool,
    rejet: Option<Champs>,
}

/// `GET /motifs/propositions/{id}`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>) -> Reponse {
    montrer(&visite, *id, Essai::default()).await
}

/// Rejecting a proposal.
#[derive(Formulaire)]
struct Rejet {
    #[champ(
        libelle = "Pourquoi la rejeter",
        zone = 2,
        aide = "Gardé dans l’historique."
    )]
    raison: String,
}

/// Approving one.
#[derive(Formulaire)]
struct Approbation;

async fn montrer(visite: &Visite, id: i64, essai: Essai<'_>) -> Reponse {
    let (m, auteur) = visite.read(move |conn| stockes::lire(conn, id)).await?;
    let qui = visite.qui()?;
    let ouverte = m.etat == EtatMotif::Propose && ADMINISTRATION.permet(Some(qui.role));
    let dit = essai.dire("Cette proposition")?;
    let saisie = dit.saisie.cloned().unwrap_or_default();
    let rejet = ouverte.then(|| Rejet::champs(&saisie, &dit.erreurs));
    let titre = match m.acte {
        ActeMotif::Ajout => format!("Proposition : ajouter le motif {}", m.code),
        ActeMotif::Fin => format!("Proposition : mettre fin au motif {}", m.code),
    };
    let mut page = page_du_sujet(visite, titre);
    if let Some(rejet) = &rejet {
        page = rejet.resumer(page, &dit.erreurs);
    }
    let vue = ExamenPage {
        bandeau: bandeau(&m, &auteur),
        message: dit.message,
        faits: faits(&m, auteur),
        url: format!("/motifs/propositions/{id}"),
        version: Champ::cache("version", m.version.to_string()),
        approuvable: ouverte && m.propose_par != qui.compte_id,
        rejet,
        page,
    };
    visite.rendre_avec(&vue, dit.statut)
}

fn bandeau(m: &MotifStocke, auteur: &str) -> Bandeau {
    let (ton, phrase) = match m.etat {
        EtatMotif::Propose => (
            Etat::AFaire,
            format!("Proposée par {auteur} : une autre personne l’approuve ou la rejette."),
        ),
        EtatMotif::Approuve => (Etat::Fait, "Approuvée.".to_owned()),
        EtatMotif::Rejete => (
            Etat::Neutre,
            format!(
                "Rejetée : {}",
                m.examen_raison.as_deref().unwrap_or_default()
            ),
        ),
    };
    Bandeau::new(Pastille::new(ton, m.etat.libelle()), phrase)
}

fn faits(m: &MotifStocke, auteur: String) -> Vec<(&'static str, String)> {
    let mut faits = vec![
        ("Code", m.code.clone()),
        ("Famille", format!("{}, {}", m.famille, famille(&m.famille))),
        ("Libellé", m.libelle.clone()),
        ("Pièces à joindre", m.pieces.clone()),
    ];
    if let Some(precision) = &m.precision {
        faits.push(("À préciser", precision.clone()));
    }
    if m.suivi.is_some() {
        faits.push(("Suivi", "réduction d’activité d’un confrère".to_owned()));
    }
    faits.extend([
        ("Source", format!("{} ({})", m.source, m.statut)),
        (
            match m.acte {
                ActeMotif::Ajout => "Premier jour",
                ActeMotif::Fin => "Dernier jour",
            },
            texte::date_fr(m.le),
        ),
        ("Raison", m.raison.clone()),
        (
            "Proposée",
            format!(
                "par {auteur}, le {}",
                texte::date_fr(jour_a_paris(m.propose_le))
            ),
        ),
    ]);
    faits
}

/// `POST /motifs/propositions/{id}/approuver`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn approuver(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let (id, acte, v) = (*id, visite.acte()?, version(&saisie));
    let essai = essayer(&visite, &saisie, move |_: Approbation, tx| {
        motif::approuver(tx, &acte, id, v)
    });
    match essai.await {
        Ok(code) => visite.rediriger_avec(
            "/motifs",
            &format!("La proposition sur le motif {code} est approuvée."),
        ),
        Err(essai) => montrer(&visite, id, essai).await,
    }
}

/// `POST /motifs/propositions/{id}/rejeter`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let (id, acte, v) = (*id, visite.acte()?, version(&saisie));
    let essai = essayer(&visite, &saisie, move |rejet: Rejet, tx| {
        motif::rejeter(tx, &acte, id, v, &rejet.raison)
    });
    match essai.await {
        Ok(code) => visite.rediriger_avec(
            "/motifs",
            &format!("La proposition sur le motif {code} est rejetée."),
        ),
        Err(essai) => montrer(&visite, id, essai).await,
    }
}
