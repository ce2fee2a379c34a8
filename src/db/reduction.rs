//! DER-4: what a derogation for a reduction of activity says of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::reduction::Reduction;

use super::condition::parmi;
use super::schema::{demande, dossier, kine, reduction};
use super::{AnyConn, DbError, DbResult, WriteTx};

type Ligne = (String, i32, NaiveDate, i32);

fn lue((rpps, baisse, debut, duree): Ligne) -> DbResult<Reduction> {
    Ok(Reduction {
        rpps,
        baisse: i64::from(baisse),
        debut,
        duree_mois: u32::try_from(duree)
            .map_err(|_| DbError::Incoherent(format!("durée de {duree} mois")))?,
    })
}

/// Stores what a request says of the reduction.
///
/// # Errors
/// The refusal of the database.
pub fn inserer(tx: &mut WriteTx<'_>, demande_id: i64, r: &Reduction) -> DbResult<()> {
    let hors_bornes = |nom: &str| DbError::Incoherent(format!("{nom} hors bornes"));
    diesel::insert_into(reduction::table)
        .values((
            reduction::demande_id.eq(demande_id),
            reduction::rpps.eq(&r.rpps),
            reduction::baisse.eq(i32::try_from(r.baisse).map_err(|_| hors_bornes("baisse"))?),
            reduction::debut.eq(r.debut),
            reduction::duree_mois
                .eq(i32::try_from(r.duree_mois).map_err(|_| hors_bornes("durée"))?),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The reduction that a request rests on, if it does.
///
/// # Errors
/// The refusal of the database.
pub fn de_demande(conn: &mut AnyConn, demande_id: i64) -> DbResult<Option<Reduction>> {
    let ligne: Option<Ligne> = reduction::table
        .find(demande_id)
        .select((
            reduction::rpps,
            reduction::baisse,
            reduction::debut,
            reduction::duree_mois,
        ))
        .first(conn)
        .optional()?;
    ligne.map(lue).transpose()
}

/// A granted request that rests on the reduction of somebody, as that person sees it.
#[derive(Debug, Clone)]
pub struct Citee {
    /// The request.
    pub demande_id: i64,
    /// Who came: first name and name.
    pub arrivant: String,
    /// The reduction.
    pub reduction: Reduction,
}

/// The granted requests that rest on the reduction of activity of this RPPS, oldest first. Before a grant nothing is told.
///
/// # Errors
/// The refusal of the database.
pub fn citant(conn: &mut AnyConn, rpps: &str) -> DbResult<Vec<Citee>> {
    let lignes: Vec<(i64, String, String, Ligne)> = reduction::table
        .inner_join(demande::table.inner_join(dossier::table))
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(reduction::rpps.eq(rpps))
        .filter(parmi(
            dossier::etat,
            [EtatDemande::Accordee, EtatDemande::Installee],
        ))
        .order(reduction::demande_id)
        .select((
            demande::id,
            kine::prenom,
            kine::nom,
            (
                reduction::rpps,
                reduction::baisse,
                reduction::debut,
                reduction::duree_mois,
            ),
        ))
        .load(conn)?;
    lignes
        .into_iter()
        .map(|(demande_id, prenom, nom, ligne)| {
            Ok(Citee {
                demande_id,
                arrivant: format!("{prenom} {nom}"),
                reduction: lue(ligne)?,
            })
        })
        .collect()
}
