//! `/agents`: the accounts of a caisse, or of all: listed, opened by an invitation, moved to another role, closed.

mod gestes;

pub use gestes::{Changement, Fermeture, Invitation};

use crate::web::kit::requete::Requete;
use askama::Template;
use regles::texte;
use serde::Deserialize;

use super::filters;
use super::page::{Largeur, Page};
use super::ui::{Etat, Pastille};
use super::visite::{Reponse, Visite};
use crate::db::equipe::{self, Membre};
use crate::db::{CpamScope, DbError, caisse};

const LISTE: &str = "/agents";
/// Lines shown at most: a caisse has tens of agents.
const MONTRES: i64 = 300;

#[derive(Template)]
#[template(path = "agents/liste.html")]
struct ListePage {
    page: Page,
    agents: Vec<Ligne>,
    /// The caisses to choose from, for the nation.
    caisses: Vec<CaisseVue>,
}

/// A caisse to choose.
struct CaisseVue {
    code: String,
    nom: String,
    choisie: bool,
}

/// An account and its role.
struct Ligne {
    nom: String,
    courriel: String,
    role: String,
    periode: String,
    pastille: Pastille,
    changer: Option<String>,
    fermer: Option<String>,
}

/// Whose accounts, for the nation: a caisse, or those of none.
#[derive(Deserialize)]
pub struct Filtre {
    #[serde(default)]
    caisse: String,
}

/// `GET /agents`
///
/// # Errors
/// The database does not answer.
pub async fn liste(visite: Visite, filtre: Requete<Filtre>) -> Reponse {
    let scope = visite.qui()?.scope();
    let (jour, moi) = (visite.aujourd_hui(), visite.qui()?.compte_id);
    let choisie = match &scope {
        CpamScope::Caisse(code) => Some(code.clone()),
        _ => Some(filtre.caisse.trim().to_owned()).filter(|c| !c.is_empty()),
    };
    let national = scope == CpamScope::National;
    let code = choisie.clone();
    let (membres, caisses) = visite
        .read(move |conn| {
            let membres = equipe::de_caisse(conn, code.as_deref(), jour, MONTRES)?;
            let caisses = if national {
                caisse::tous(conn)?
                    .into_iter()
                    .map(|c| (c.code, c.nom))
                    .collect()
            } else {
                Vec::new()
            };
            Ok::<_, DbError>((membres, caisses))
        })
        .await?;
    let chapeau = match membres.len() {
        0 => "Personne n’a de compte ici : invitez la première personne.".to_owned(),
        n => format!(
            "{}. Un compte sert à une seule personne ; ce qui change est écrit au journal.",
            texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), "compte", "comptes")
        ),
    };
    visite.rendre(&ListePage {
        page: visite
            .page("Agents")
            .chapeau(chapeau)
            .rubrique(LISTE)
            .largeur(Largeur::Pleine)
            .action("Inviter une personne", "/agents/inviter"),
        agents: membres.iter().map(|m| ligne(m, moi)).collect(),
        caisses: caisses
            .into_iter()
            .map(|(code, nom)| CaisseVue {
                choisie: choisie.as_deref() == Some(code.as_str()),
                code,
                nom,
            })
            .collect(),
    })
}

fn ligne(m: &Membre, moi: i64) -> Ligne {
    let gere = m.compte_id != moi;
    Ligne {
        nom: m.nom_complet(),
        courriel: m.courriel.clone(),
        role: match &m.qualite {
            Some(qualite) => format!("{} ({qualite})", m.role.libelle()),
            None => m.role.libelle().to_owned(),
        },
        periode: match m.au {
            Some(au) => format!("du {} au {}", texte::date_fr(m.du), texte::date_fr(au)),
            None => format!("depuis le {}", texte::date_fr(m.du)),
        },
        pastille: match m.invite() {
            true => Pastille::new(Etat::EnCours, "Invitation envoyée"),
            false => Pastille::new(Etat::Fait, "Compte ouvert"),
        },
        changer: gere.then(|| format!("{LISTE}/{}/changer", m.mandat_id)),
        fermer: gere.then(|| format!("{LISTE}/{}/fermer", m.mandat_id)),
    }
}
