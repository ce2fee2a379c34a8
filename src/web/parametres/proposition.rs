//! `/parametres/propositions/{id}`: a proposed value, what it would change, and the answer of a second person.

use actix_web::web;
use askama::Template;
use regles::parametre::EtatValeur;
use regles::texte;
use serde::Deserialize;

use super::apercu::{ApercuVue, calculer};
use super::{administre, adresse, adresse_proposition, pastille, statut, valeur};
use crate::actions::ActionResult;
use crate::actions::parametre::{self, lire};
use crate::db::WriteTx;
use crate::db::parametre::{self as stockage, ValeurStockee};
use crate::web::filters;
use crate::web::kit::essai::{Essai, essayer};
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::Ordre;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Message};
use crate::web::visite::{Reponse, Visite};

/// The CPAM whose files are listed.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

#[derive(Template)]
#[template(path = "parametres/proposition.html")]
struct PropositionPage {
    page: Page,
    message: Option<Message>,
    bandeau: Bandeau,
    url: String,
    faits: Vec<(&'static str, String)>,
    apercu: Option<ApercuVue>,
    version: Champ,
    a_approuver: bool,
    sien: bool,
    rejet: Option<Champs>,
    retrait: Option<Champs>,
    consequence: String,
}

/// `GET /parametres/propositions/{id}`
///
/// # Errors
/// An unknown proposal, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>, adresse: Requete<Adresse>) -> Reponse {
    let caisse = adresse.into_inner().caisse;
    montrer(&visite, *id, caisse, Essai::default()).await
}

/// Approving a proposal.
#[derive(Formulaire)]
struct Approbation;

/// Rejecting one.
#[derive(Formulaire)]
struct Rejet {
    #[champ(libelle = "Motif du rejet", zone = 2)]
    motif_rejet: String,
}

/// Taking back one's own, or a value that does not apply yet.
#[derive(Formulaire)]
struct Retrait {
    #[champ(libelle = "Motif du retrait", zone = 2)]
    motif_retrait: String,
}

/// `POST /parametres/propositions/{id}/approuver`
///
/// # Errors
/// A refusal is shown on the page of the proposal.
pub async fn approuver(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let fait = "La valeur est approuvée : elle s’appliquera à sa date d’effet.";
    repondre(visite, *id, saisie, fait, |_: Approbation, tx, o| {
        parametre::approuver(tx, &o.acte, o.cle, o.version)
    })
    .await
}

/// `POST /parametres/propositions/{id}/rejeter`
///
/// # Errors
/// A refusal is shown on the page of the proposal.
pub async fn rejeter(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let fait = "La proposition est rejetée.";
    repondre(visite, *id, saisie, fait, |r: Rejet, tx, o| {
        parametre::rejeter(tx, &o.acte, o.cle, o.version, &r.motif_rejet)
    })
    .await
}

/// `POST /parametres/propositions/{id}/retirer`
///
/// # Errors
/// A refusal is shown on the page of the proposal.
pub async fn retirer(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let fait = "La valeur est retirée.";
    repondre(visite, *id, saisie, fait, |r: Retrait, tx, o| {
        parametre::retirer(tx, &o.acte, o.cle, o.version, &r.motif_retrait)
    })
    .await
}

async fn repondre<F: Formulaire + Send + 'static>(
    visite: Visite,
    id: i64,
    saisie: Saisie,
    fait: &'static str,
    faire: impl FnOnce(F, &mut WriteTx<'_>, &Ordre<i64>) -> ActionResult<()> + Send + 'static,
) -> Reponse {
    let ordre = Ordre::de(&visite, id, &saisie)?;
    match essayer(&visite, &saisie, move |f, tx| faire(f, tx, &ordre)).await {
        Ok(()) => {
            let etat = visite.etat.clone();
            // This server applies it at once; the others read it within seconds.
            web::block(move || etat.recharger_reglement()).await??;
            visite.rediriger_avec(&adresse_proposition(id), fait)
        }
        Err(essai) => montrer(&visite, id, None, essai).await,
    }
}

async fn montrer(visite: &Visite, id: i64, caisse: Option<String>, essai: Essai<'_>) -> Reponse {
    let (lue, noms) = visite
        .read(move |conn| {
            let lue = stockage::lire(conn, id)?;
            let comptes: Vec<i64> = [Some(lue.proposee_par), lue.examinee_par, lue.retiree_par]
                .into_iter()
                .flatten()
                .collect();
            let noms = stockage::noms(conn, &comptes)?;
            Ok::<_, crate::db::DbError>((lue, noms))
        })
        .await?;
    let reglement = visite.etat.reglement();
    let nouveau = lire(&reglement, &lue)?;
    let jour = visite.aujourd_hui();
    let chemin = adresse_proposition(id);
    let a_examiner = lue.etat == EtatValeur::Proposee;
    // A proposal overtaken by another value, or by its own date, cannot be approved: there is nothing to preview.
    let apercu = if a_examiner && reglement.avec(nouveau.clone()).is_ok() {
        Some(calculer(visite, &nouveau, caisse.as_deref(), Some(&chemin)).await?)
    } else {
        None
    };
    let administre = administre(visite);
    let sien = visite.qui()?.compte_id == lue.proposee_par;
    let retirable =
        administre && (a_examiner || (lue.etat == EtatValeur::Approuvee && lue.du > jour));
    let dit = essai.dire("Cette proposition")?;
    let vide = Saisie::default();
    let saisie = dit.saisie.unwrap_or(&vide);
    let rejet = (administre && a_examiner && !sien).then(|| Rejet::champs(saisie, &dit.erreurs));
    let retrait = retirable.then(|| Retrait::champs(saisie, &dit.erreurs));
    let page = visite
        .page(format!(
            "{} à compter du {}",
            valeur(&nouveau),
            texte::date_fr(lue.du)
        ))
        .surtitre(format!("Valeur proposée · {}", nouveau.libelle))
        .ariane("Paramètres", "/parametres")
        .ariane(nouveau.libelle.clone(), adresse(&lue.cle))
        .rubrique("/parametres")
        .largeur(Largeur::Dossier);
    let reponses = Champs::ensemble([&rejet, &retrait].into_iter().flatten());
    let vue = PropositionPage {
        page: reponses.resumer(page, &dit.erreurs),
        message: dit.message,
        bandeau: Bandeau::new(pastille(lue.etat), phrase(&lue, sien, administre)),
        faits: faits(&reglement, &nouveau, &lue, &noms),
        apercu,
        version: Champ::cache("version", lue.version.to_string()),
        a_approuver: administre && a_examiner && !sien,
        sien: administre && a_examiner && sien,
        rejet,
        retrait,
        consequence: format!(
            "À compter du {}, toute évaluation se fera avec « {} ». Ce qui est déjà décidé le reste.",
            texte::date_fr(lue.du),
            valeur(&nouveau)
        ),
        url: chemin,
    };
    visite.rendre_avec(&vue, dit.statut)
}

fn phrase(lue: &ValeurStockee, sien: bool, administre: bool) -> String {
    match lue.etat {
        EtatValeur::Proposee if sien => {
            "Vous avez proposé cette valeur : une autre personne doit l’examiner.".to_owned()
        }
        EtatValeur::Proposee if !administre => {
            "Cette valeur attend l’examen d’une seconde personne.".to_owned()
        }
        EtatValeur::Proposee => {
            "Cette valeur attend votre examen : approuvez-la ou rejetez-la.".to_owned()
        }
        EtatValeur::Approuvee => format!(
            "Approuvée par deux personnes, elle s’applique à compter du {}.",
            texte::date_fr(lue.du)
        ),
        EtatValeur::Rejetee => "Rejetée : elle ne s’applique pas.".to_owned(),
        EtatValeur::Retiree => "Retirée avant sa date d’effet : elle ne s’applique pas.".to_owned(),
    }
}

fn faits(
    reglement: &regles::reglement::Reglement,
    nouveau: &regles::parametre::Parametre,
    lue: &ValeurStockee,
    noms: &[(i64, String)],
) -> Vec<(&'static str, String)> {
    let nom = |id: i64| {
        noms.iter()
            .find(|(compte, _)| *compte == id)
            .map_or("un compte supprimé", |(_, nom)| nom.as_str())
    };
    let par = |id: i64, le| format!("{}, le {}", nom(id), texte::datetime_fr(le));
    let mut faits = Vec::new();
    let precedente = reglement
        .historique(&lue.cle)
        .iter()
        .rev()
        .find(|p| p.du < lue.du);
    if let Some(p) = precedente {
        faits.push(("Valeur précédente", valeur(p)));
    }
    faits.extend([
        ("Clé", lue.cle.clone()),
        ("Statut", statut(nouveau.statut)),
        ("Source", lue.source.clone()),
        ("Motif", lue.motif.clone()),
        ("Proposée par", par(lue.proposee_par, lue.proposee_le)),
    ]);
    if let (Some(qui), Some(le)) = (lue.examinee_par, lue.examinee_le) {
        let libelle = match &lue.examen_motif {
            Some(_) => "Rejetée par",
            None => "Approuvée par",
        };
        faits.push((libelle, par(qui, le)));
    }
    if let Some(motif) = &lue.examen_motif {
        faits.push(("Motif du rejet", motif.clone()));
    }
    if let (Some(qui), Some(le), Some(motif)) =
        (lue.retiree_par, lue.retiree_le, &lue.retrait_motif)
    {
        faits.push(("Retirée par", par(qui, le)));
        faits.push(("Motif du retrait", motif.clone()));
    }
    faits
}
