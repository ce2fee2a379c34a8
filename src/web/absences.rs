//! `/absences`: who is away, who stands in.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use regles::dates_fr;
use regles::droits::Role;
use regles::texte;

use super::erreur::WebError;
use super::filters;
use super::page::{Largeur, Lien, Page};
use super::saisie::Saisie;
use super::ui::{Champ, Choix, Confirmation, ErreurResume, Vide};
use super::visite::{Reponse, Visite};
use crate::actions::ActionError;
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
    champs: Vec<Champ>,
    vide: Option<Vide>,
}

/// `GET /absences`
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite) -> Reponse {
    montrer(&visite, &Saisie::default(), None).await
}

async fn montrer(visite: &Visite, saisie: &Saisie, erreur: Option<ActionError>) -> Reponse {
    let qui = visite.qui()?;
    let CpamScope::Organisme(organisme) = qui.scope() else {
        return Err(WebError::Introuvable);
    };
    let jour = visite.aujourd_hui();
    let (absences, agents) = visite
        .read(move |conn| -> DbResult<_> {
            Ok((
                absence::a_venir(conn, &organisme, jour)?,
                file_comptes::agents(conn, &organisme)?,
            ))
        })
        .await?;
    let mut page = visite
        .page("Absences")
        .chapeau("Les dossiers confiés à une personne absente vont à qui la remplace, qui voit aussi les siens.")
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers")
        .largeur(Largeur::Dossier);
    let mut champs = champs(saisie, &agents, qui.utilisateur_id, qui.role);
    let statut = match erreur {
        None => StatusCode::OK,
        Some(ActionError::Champ { champ, message }) => {
            match champs.iter_mut().find(|c| c.nom == champ) {
                Some(trouve) => trouve.erreur = Some(message),
                None => page.erreurs.push(ErreurResume::generale(message)),
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(ActionError::Refus(phrase)) => {
            page.erreurs.push(ErreurResume::generale(phrase));
            StatusCode::CONFLICT
        }
        Some(autre) => return Err(autre.into()),
    };
    page = page.erreurs_de(&champs);
    let vide = absences.is_empty().then(|| {
        Vide::new(
            "Personne n’est absent",
            "Déclarez ci-dessous une absence à venir et qui la remplace.",
        )
    });
    let (moi, role) = (qui.utilisateur_id, qui.role);
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
        champs,
        vide,
        page,
    };
    visite.rendre_avec(&vue, statut)
}

fn champs(saisie: &Saisie, agents: &[Agent], moi: i64, role: Role) -> Vec<Champ> {
    let choix = |premier: &str| {
        let mut choix = vec![Choix::new("", premier)];
        choix.extend(
            agents
                .iter()
                .map(|a| Choix::new(a.id.to_string(), a.nom_complet())),
        );
        choix
    };
    let mut champs = Vec::new();
    if role == Role::Responsable {
        let agent = saisie
            .option("agent")
            .map_or_else(|| moi.to_string(), str::to_owned);
        champs.push(
            Champ::liste("agent", "Personne absente", choix("Choisir une personne")).valeur(agent),
        );
    }
    champs.extend([
        Champ::date("du", "Premier jour").valeur(saisie.texte("du")),
        Champ::date("au", "Dernier jour").valeur(saisie.texte("au")),
        Champ::liste("remplacant", "Remplacement", choix("Personne"))
            .facultatif()
            .valeur(saisie.texte("remplacant")),
    ]);
    champs
}

fn lire(saisie: &Saisie, moi: i64) -> Result<Declaration, ActionError> {
    let date = |champ: &'static str| {
        dates_fr::lire(saisie.texte(champ))
            .map_err(|_| ActionError::champ(champ, "Écrivez une date, par exemple 12/03/2026."))
    };
    Ok(Declaration {
        agent: saisie
            .option("agent")
            .map_or(Ok(moi), |id| id.parse())
            .map_err(|_| ActionError::champ("agent", "Choisissez une personne de votre caisse."))?,
        remplacant: saisie
            .option("remplacant")
            .map(|id| id.parse())
            .transpose()
            .map_err(|_| {
                ActionError::champ("remplacant", "Choisissez une personne de votre caisse.")
            })?,
        du: date("du")?,
        au: date("au")?,
    })
}

/// `POST /absences`
///
/// # Errors
/// The database does not answer.
pub async fn declarer(visite: Visite, saisie: Saisie) -> Reponse {
    let qui = visite.qui()?;
    let (acte, scope, role) = (visite.acte()?, qui.scope(), qui.role);
    let resultat = match lire(&saisie, qui.utilisateur_id) {
        Err(erreur) => Err(erreur),
        Ok(d) => {
            visite
                .write(move |tx| suivi::declarer_absence(tx, &acte, &scope, role, &d))
                .await
        }
    };
    match resultat {
        Ok(()) => visite.rediriger_avec("/absences", "L’absence est enregistrée."),
        Err(erreur) => montrer(&visite, &saisie, Some(erreur)).await,
    }
}

/// One removes one's own absences; whoever leads the team, those of the team.
fn geree(absence: &Absence, moi: i64, role: Role) -> bool {
    absence.utilisateur_id == moi || role == Role::Responsable
}

#[derive(Template)]
#[template(path = "espace/confirmation.html")]
struct SuppressionPage {
    page: Page,
    confirmation: Confirmation,
}

/// `GET /absences/{id}/supprimer`: whose absence, from when to when, and what follows.
///
/// # Errors
/// Somebody else's, or already over; the database does not answer.
pub async fn page_supprimer(visite: Visite, id: web::Path<i64>) -> Reponse {
    let qui = visite.qui()?;
    let (id, jour) = (id.into_inner(), visite.aujourd_hui());
    let CpamScope::Organisme(organisme) = qui.scope() else {
        return Err(WebError::Introuvable);
    };
    let absence = visite
        .read(move |conn| absence::a_venir(conn, &organisme, jour))
        .await?
        .into_iter()
        .find(|a| a.id == id && geree(a, qui.utilisateur_id, qui.role))
        .ok_or(WebError::Introuvable)?;
    let nom = format!("{} {}", absence.absent.0, absence.absent.1);
    let page = visite
        .page("Supprimer une absence")
        .ariane("Dossiers", "/dossiers")
        .ariane("Absences", "/absences")
        .rubrique("/dossiers");
    let confirmation = Confirmation {
        titre: texte::insecables(&format!(
            "Supprimer l’absence {}, {} ?",
            texte::de(nom),
            texte::periode(absence.du, Some(absence.au), jour)
        )),
        consequences: vec![match absence.remplacant_id {
            Some(_) => "La personne qui assure le remplacement ne voit plus ces dossiers avec les siens, et n’en reçoit plus de nouveaux."
                .to_owned(),
            None => "Rien d’autre ne change : personne n’assure le remplacement.".to_owned(),
        }],
        champs: vec![page.csrf()],
        url: format!("/absences/{id}/supprimer"),
        bouton: "Supprimer l’absence".to_owned(),
        retour: Lien::new("Garder l’absence", "/absences"),
    };
    visite.rendre(&SuppressionPage { page, confirmation })
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
