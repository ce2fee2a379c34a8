//! DER-4: what a derogation for a reduction of activity says of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::reduction::Reduction;

use super::condition::parmi;
use super::ensemble::{Lecture, lecture};
use super::schema::{demande, dossier, kine, reduction};
use super::{AnyConn, DbError, DbResult, WriteTx};

/// A reduction as stored.
#[derive(Debug, Clone, Queryable)]
pub struct ReductionStockee {
    rpps: String,
    baisse: i32,
    debut: NaiveDate,
    duree_mois: i32,
}

impl ReductionStockee {
    /// The reduction that the rules know.
    ///
    /// # Errors
    /// [`DbError::Incoherent`] for a length below zero.
    pub fn lue(self) -> DbResult<Reduction> {
        let duree = self.duree_mois;
        Ok(Reduction {
            rpps: self.rpps,
            baisse: i64::from(self.baisse),
            debut: self.debut,
            duree_mois: u32::try_from(duree)
                .map_err(|_| DbError::Incoherent(format!("durée de {duree} mois")))?,
        })
    }
}

/// Stores what a request says of the reduction.
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
pub fn lecture_de_demande(demande_id: i64) -> impl Lecture<Ligne = ReductionStockee> {
    lecture(reduction::table.find(demande_id).select((
        reduction::rpps,
        reduction::baisse,
        reduction::debut,
        reduction::duree_mois,
    )))
}

/// The same, alone.
pub fn de_demande(conn: &mut AnyConn, demande_id: i64) -> DbResult<Option<Reduction>> {
    let ligne = lecture_de_demande(demande_id).toutes(conn)?.pop();
    ligne.map(ReductionStockee::lue).transpose()
}

/// A granted request that rests on the reduction of somebody, as that person sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Citee {
    /// The request.
    pub demande_id: i64,
    /// First name of who came.
    pub prenom: String,
    /// Name of who came.
    pub nom: String,
    /// The reduction.
    pub reduction: ReductionStockee,
}

/// The granted requests that rest on the reduction of activity of this RPPS, oldest first. Before a grant nothing is told.
pub fn lecture_citant(rpps: String) -> impl Lecture<Ligne = Citee> {
    lecture(
        reduction::table
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
            )),
    )
}
