//! What surrounds the queue of a CPAM, in one statement: how many cases wait, what one may filter by, the saved views.

use chrono::NaiveDate;
use regles::dossier::NatureDossier;
use regles::mots::fold;

use super::comptes;
use super::ensemble::Lectures;
use super::etiquette::{self, Etiquette};
use super::file_comptes::{self, Agent};
use super::vue::{self, VueEnregistree};
use super::{AnyConn, DbResult};

/// The surroundings; each list by name, accents and case apart.
#[derive(Debug, Clone, Default)]
pub struct Cadre {
    /// How many cases are open (`toutes`), and what [`comptes::lecture_comptes`] counts; beyond
    /// [`comptes::COMPTE_MAX`] only that it is exceeded. Empty when they were not asked for.
    pub comptes: Vec<(String, i64)>,
    /// Labels.
    pub etiquettes: Vec<Etiquette>,
    /// Active accounts that instruct or sign.
    pub agents: Vec<Agent>,
    /// Zones: code and name.
    pub bassins: Vec<(String, String)>,
    /// The views that this person sees: her own and those that are shared, at most fifty.
    pub vues: Vec<VueEnregistree>,
}

/// What a case is followed with: the labels of its CPAM and its agents on a day, each by name.
pub fn pour_suivre(
    conn: &mut AnyConn,
    caisse: &str,
    jour: NaiveDate,
) -> DbResult<(Vec<Etiquette>, Vec<Agent>)> {
    let (mut etiquettes, agents) = (
        etiquette::lecture_de_caisse(caisse.to_owned()),
        file_comptes::lecture_agents(caisse.to_owned(), jour),
    )
        .ensemble(conn)?;
    etiquettes.sort_by_cached_key(|e| fold(&e.nom));
    Ok((etiquettes, file_comptes::par_nom(agents)))
}

/// Which counts are wanted around the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comptes {
    /// None: they would be of something else than what is shown.
    Aucun,
    /// Those of one nature, or of all.
    De(Option<NatureDossier>),
}

/// The surroundings of the queue of a CPAM for this account.
pub fn lire(
    conn: &mut AnyConn,
    caisse: &str,
    moi: i64,
    aujourd_hui: NaiveDate,
    comptes: Comptes,
) -> DbResult<Cadre> {
    let etiquettes = etiquette::lecture_de_caisse(caisse.to_owned());
    let agents = file_comptes::lecture_agents(caisse.to_owned(), aujourd_hui);
    let bassins = file_comptes::lecture_bassins(caisse.to_owned());
    let vues = vue::lecture_visibles(caisse.to_owned(), moi);
    let mut cadre = Cadre::default();
    if let Comptes::De(nature) = comptes {
        let comptes = comptes::lecture_comptes(caisse.to_owned(), moi, aujourd_hui, nature);
        let lus = (comptes, etiquettes, agents, bassins, vues).ensemble(conn)?;
        cadre.comptes = comptes::avec_toutes(lus.0);
        (cadre.etiquettes, cadre.agents, cadre.bassins, cadre.vues) = (lus.1, lus.2, lus.3, lus.4);
    } else {
        (cadre.etiquettes, cadre.agents, cadre.bassins, cadre.vues) =
            (etiquettes, agents, bassins, vues).ensemble(conn)?;
    }
    cadre.etiquettes.sort_by_cached_key(|e| fold(&e.nom));
    cadre.agents = file_comptes::par_nom(cadre.agents);
    cadre
        .bassins
        .sort_by_cached_key(|(code, nom)| (fold(nom), code.clone()));
    cadre.vues.sort_by_cached_key(|v| (fold(&v.nom), v.id));
    Ok(cadre)
}
