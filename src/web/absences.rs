//! `/absences`: who is away, who stands in.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use regles::droits::Role;
use regles::texte;

use super::erreur::WebError;
use super::filters;
use super::kit::confirmation::Question;
use super::kit::essai::{Essai, essayer};
use super::kit::formulaire::{Champs, Formulaire};
use super::page::{Largeur, Page};
use super::saisie::Saisie;
use super::ui::{Choix, Message, Vide};
use super::visite::{Reponse, Visite};
use crate::actions::suivi::{self, Declaration};
use crate::db::absence::{self, Absence};
use crate::db::file_comptes::{self, Agent};
use crate::db::{CpamScope, DbResult};

struct AbsenceVue {
    absence: Absence,
    remplacant: Option<String>,
    supprimable: bool,
}

#[derive(Template)]
#[template(path = "supervision/absences.html")]
struct AbsencesPage {
    page: Page,
    absences: Vec<AbsenceVue>,
    champs: Champs,
    message: Option<Message>,
    vide: Option<Vide>,
}

/// `GET /absences`
pub async fn page(visite: Visite) -> Reponse {
    montrer(&visite, Essai::default()).await
}

async fn montrer(visite: &Visite, essai: Essai<'_>) -> Reponse {
    let qui = visite.qui()?;
    let CpamScope::Caisse(caisse) = qui.scope() else {
        return Err(WebError::Introuvable);
    };
    let jour = visite.aujourd_hui();
    let (absences, agents) = visite
        .read(move |conn| -> DbResult<_> {
            Ok((
                absence::a_venir(conn, &caisse, jour)?,
                file_comptes::agents(conn, &caisse, jour)?,
            ))
        })
        .await?;
    let dit = essai.dire("Cette absence")?;
    let page = visite
        .page("Absences")
        .chapeau("Les dossiers confiés à une personne absente vont à qui la remplace, qui voit aussi les siens, avec ce qui y est nouveau. La signature n’est pas déléguée : qui remplace signe avec son propre mandat.")
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers")
        .largeur(Largeur::Dossier);
    let vide = Saisie::default();
    let champs = Absent::champs(dit.saisie.unwrap_or(&vide), &dit.erreurs);
    let champs = proposer(champs, &agents, qui.compte_id, qui.role);
    let vide = absences.is_empty().then(|| {
        Vide::new(
            "Personne n’est absent",
            "Déclarez ci-dessous une absence à venir et qui la remplace.",
        )
    });
    let (moi, role) = (qui.compte_id, qui.role);
    let vue = AbsencesPage {
        absences: absences
            .into_iter()
            .map(|a| AbsenceVue {
                remplacant: a
                    .remplacant_id
                    .and_then(|id| agents.iter().find(|g| g.id == id).map(Agent::nom_complet)),
                supprimable: geree(&a, moi, role),
                absence: a,
            })
            .collect(),
        page: champs.resumer(page, &dit.erreurs),
        champs,
        vide,
        message: dit.message,
    };
    visite.rendre_avec(&vue, dit.statut)
}

/// Declaring an absence: one's own, or that of somebody of the team for who leads it.
#[derive(Formulaire)]
struct Absent {
    #[champ(libelle = "Personne absente", liste, exigence = Requis)]
    agent: Option<i64>,
    #[champ(
        libelle = "Premier jour",
        manque = "Écrivez une date, par exemple 12/03/2026."
    )]
    du: NaiveDate,
    #[champ(
        libelle = "Dernier jour",
        manque = "Écrivez une date, par exemple 12/03/2026."
    )]
    au: NaiveDate,
    #[champ(libelle = "Remplacement", liste)]
    remplacant: Option<i64>,
}

fn proposer(champs: Champs, agents: &[Agent], moi: i64, role: Role) -> Champs {
    let choix = |premier: &str| {
        let mut choix = vec![Choix::new("", premier)];
        choix.extend(
            agents
                .iter()
                .map(|a| Choix::new(a.id.to_string(), a.nom_complet())),
        );
        choix
    };
    let champs = champs.regler(Absent::REMPLACANT, |c| c.choix(choix("Personne")));
    if role != Role::Responsable {
        return champs.sans(Absent::AGENT);
    }
    champs.regler(Absent::AGENT, |c| {
        let c = c.choix(choix("Choisir une personne"));
        match c.valeur.is_empty() {
            true => c.valeur(moi.to_string()),
            false => c,
        }
    })
}

/// `POST /absences`
pub async fn declarer(visite: Visite, saisie: Saisie) -> Reponse {
    let qui = visite.qui()?;
    let (acte, scope, role, moi) = (visite.acte()?, qui.scope(), qui.role, qui.compte_id);
    let essai = essayer(&visite, &saisie, move |a: Absent, tx| {
        let declaration = Declaration {
            agent: a.agent.unwrap_or(moi),
            remplacant: a.remplacant,
            du: a.du,
            au: a.au,
        };
        suivi::declarer_absence(tx, &acte, &scope, role, &declaration)
    });
    match essai.await {
        Ok(()) => visite.rediriger_avec("/absences", "L’absence est enregistrée."),
        Err(essai) => montrer(&visite, essai).await,
    }
}

/// One removes one's own absences; whoever leads the team, those of the team.
fn geree(absence: &Absence, moi: i64, role: Role) -> bool {
    absence.compte_id == moi || role == Role::Responsable
}

/// `GET /absences/{id}/supprimer`: whose absence, from when to when, and what follows.
///
/// # Errors
/// Somebody else's, or already over; the database does not answer.
pub async fn page_supprimer(visite: Visite, id: web::Path<i64>) -> Reponse {
    let qui = visite.qui()?;
    let (id, jour) = (id.into_inner(), visite.aujourd_hui());
    let CpamScope::Caisse(caisse) = qui.scope() else {
        return Err(WebError::Introuvable);
    };
    let absence = visite
        .read(move |conn| absence::a_venir(conn, &caisse, jour))
        .await?
        .into_iter()
        .find(|a| a.id == id && geree(a, qui.compte_id, qui.role))
        .ok_or(WebError::Introuvable)?;
    let nom = format!("{} {}", absence.absent.0, absence.absent.1);
    let page = visite
        .page("Supprimer une absence")
        .ariane("Dossiers", "/dossiers")
        .ariane("Absences", "/absences")
        .rubrique("/dossiers");
    Question::new(texte::insecables(&format!(
            "Supprimer l’absence {}, {} ?",
            texte::de(nom),
            texte::periode(absence.du, Some(absence.au), jour)
        )), format!("/absences/{id}/supprimer"), "Supprimer l’absence").suite(match absence.remplacant_id {
            Some(_) => "La personne qui assure le remplacement ne voit plus ces dossiers avec les siens, et n’en reçoit plus de nouveaux."
                .to_owned(),
            None => "Rien d’autre ne change : personne n’assure le remplacement.".to_owned(),
        }).retour("Garder l’absence", "/absences").poser(&visite, page)
}

/// `POST /absences/{id}/supprimer`
///
/// # Errors
/// Somebody else's, or the database does not answer.
pub async fn supprimer(visite: Visite, id: web::Path<i64>, _saisie: Saisie) -> Reponse {
    let qui = visite.qui()?;
    let (acte, scope, role, id) = (visite.acte()?, qui.scope(), qui.role, id.into_inner());
    visite
        .write(move |tx| suivi::supprimer_absence(tx, &acte, &scope, role, id))
        .await?;
    visite.rediriger_avec("/absences", "L’absence est supprimée.")
}
