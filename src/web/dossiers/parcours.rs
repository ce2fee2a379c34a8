//! The list from which a case was opened, walked case by case, whatever their natures.

use askama::Template;
use chrono::NaiveDate;

use super::file::{demandee, mots, perimetre};
use crate::db::file::{self, LigneFile, Par, Rang};
use crate::db::session::Identite;
use crate::db::{AnyConn, DbResult};
use crate::web::provenance::Provenance;
use crate::web::ui::composant;
use crate::web::visite::Visite;

/// The cases before and after one in the list from which it was opened.
#[derive(Default)]
pub struct Voisins {
    precedent: Option<LigneFile>,
    suivant: Option<LigneFile>,
}

impl Voisins {
    /// Reads the two rows around the place that the case had in the list, which the address keeps, or that it has by its
    /// deadline; none for who came from elsewhere.
    pub fn lire(
        conn: &mut AnyConn,
        qui: &Identite,
        provenance: Option<&Provenance>,
        (dossier_id, echeance): (i64, Option<NaiveDate>),
        jour: NaiveDate,
    ) -> DbResult<Voisins> {
        let place = |p: &'_ Provenance| match (p.rang, p.liste.tri().par) {
            (None, Par::Echeance) => echeance.map(Rang::Echeance),
            (rang, _) => rang,
        };
        let Some((liste, rang)) = provenance.and_then(|p| Some((&p.liste, place(p)?))) else {
            return Ok(Voisins::default());
        };
        let Some(caisse) = perimetre(qui, liste) else {
            return Ok(Voisins::default());
        };
        let caisse = caisse.as_deref();
        let filtre = demandee(conn, caisse, liste, qui.compte_id, jour)?.filtre;
        let (precedent, suivant) = file::voisines(conn, caisse, &filtre, (rang, dossier_id))?;
        Ok(Voisins { precedent, suivant })
    }

    /// Their links, and the way back: to the list that is walked, or to `liste` for who came from elsewhere.
    pub fn vue(&self, visite: &Visite, liste: &str) -> ParcoursVue {
        let vers = |ligne: &Option<LigneFile>| {
            let (ligne, provenance) = (ligne.as_ref()?, visite.provenance.as_ref()?);
            let rang = provenance.liste.tri().rang(ligne);
            Some(provenance.vers(&mots::adresse(ligne), rang))
        };
        ParcoursVue {
            retour: visite.garder(liste),
            precedent: vers(&self.precedent),
            suivant: vers(&self.suivant),
        }
    }
}

/// `{{ parcours }}`, in the block that the frame keeps for it.
#[derive(Template)]
#[template(path = "dossiers/parcours.html")]
pub struct ParcoursVue {
    /// The list.
    pub retour: String,
    precedent: Option<String>,
    suivant: Option<String>,
}

composant!(ParcoursVue);
