//! The case that a conversation hangs on, and its two sides.

use diesel::prelude::*;
use regles::dossier::NatureDossier;
use regles::texte;

use super::condition::{DEMANDES, DEPARTS, RECOURS, Visible};
use super::depart::{Praticien, Service};
use super::dialect::Multi;
use super::schema::{caisse, commune, compte, dossier, kine};
use super::{AnyConn, CpamScope, DbResult};

/// The case as somebody names it.
#[derive(Debug, Clone)]
pub enum Vise {
    /// Of any nature, by its number.
    Dossier(String),
    /// A request by its number.
    Demande(String),
    /// A departure.
    Depart(i64),
    /// An appeal by its number.
    Recours(String),
}

/// A case, as both sides of its conversation know it.
#[derive(Debug, Clone, Queryable)]
pub struct Conversation {
    /// Identifier.
    pub dossier_id: i64,
    /// What it is about.
    pub nature: NatureDossier,
    /// Number.
    pub numero: String,
    /// Its commune.
    pub commune: String,
    /// The practitioner.
    pub kine: Praticien,
    /// Her address; none for somebody known by a paper.
    pub courriel: Option<String>,
    /// The CPAM.
    pub service: Service,
    /// The agent in charge.
    pub assigne_a: Option<i64>,
}

impl Conversation {
    /// «Demande 131-2026-000042», «Départ de Martigues».
    pub fn objet(&self) -> String {
        match self.nature {
            NatureDossier::Depart => format!("Départ {}", texte::de(&self.commune)),
            NatureDossier::Demande | NatureDossier::Appel | NatureDossier::Recours => {
                format!("{} {}", self.nature.libelle(), self.numero)
            }
        }
    }
}

/// Reads the case that the caller may see. A call is nobody's: nobody is written to on it.
///
/// # Errors
/// [`super::DbError::Introuvable`] out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, vise: &Vise) -> DbResult<Conversation> {
    let requete = dossier::table
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(kine::compte_id)))
        .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
        .filter(Visible(scope.clone()))
        .select((
            dossier::id,
            dossier::nature,
            dossier::numero,
            commune::nom,
            <Praticien as Selectable<Multi>>::construct_selection(),
            compte::courriel.nullable(),
            <Service as Selectable<Multi>>::construct_selection(),
            dossier::assigne_a,
        ))
        .into_boxed();
    let requete = match vise {
        Vise::Dossier(numero) => requete.filter(dossier::numero.eq(numero.clone())),
        Vise::Demande(numero) => requete
            .filter(DEMANDES)
            .filter(dossier::numero.eq(numero.clone())),
        Vise::Recours(numero) => requete
            .filter(RECOURS)
            .filter(dossier::numero.eq(numero.clone())),
        Vise::Depart(id) => requete.filter(DEPARTS).filter(dossier::id.eq(*id)),
    };
    Ok(requete.first(conn)?)
}
