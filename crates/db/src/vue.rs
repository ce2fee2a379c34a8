//! Saved views of the queue: a name on a query of the address bar.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ensemble::{Lecture, lecture};
use super::premieres::premieres;
use super::schema::{compte, vue_enregistree};
use super::{AnyConn, DbResult, WriteTx};

/// A saved view.
#[derive(Debug, Clone, Queryable)]
pub struct VueEnregistree {
    /// Identifier.
    pub id: i64,
    /// Whose it is.
    pub compte_id: i64,
    /// Its name.
    pub nom: String,
    /// The query, as `etat=complete&suivi=moi`.
    pub requete: String,
    /// Whether the whole CPAM sees it.
    pub partagee: bool,
    /// First name and name of its author.
    pub auteur: (String, String),
}

/// A view to save.
#[derive(Insertable)]
#[diesel(table_name = vue_enregistree)]
pub struct NouvelleVue<'a> {
    /// Whose it is.
    pub compte_id: i64,
    /// Where it may be shared.
    pub caisse_code: &'a str,
    /// Its name.
    pub nom: &'a str,
    /// The query.
    pub requete: &'a str,
    /// Whether the whole CPAM sees it.
    pub partagee: bool,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// The views that somebody of a CPAM sees: her own, and those that are shared; by name, at most fifty.
pub fn lecture_visibles(caisse: String, compte_id: i64) -> impl Lecture<Ligne = VueEnregistree> {
    lecture(premieres(
        vue_enregistree::table
            .inner_join(compte::table)
            .filter(vue_enregistree::caisse_code.eq(caisse))
            .filter(
                vue_enregistree::partagee
                    .eq(true)
                    .or(vue_enregistree::compte_id.eq(compte_id)),
            )
            .order((vue_enregistree::nom, vue_enregistree::id))
            .select((
                vue_enregistree::id,
                vue_enregistree::compte_id,
                vue_enregistree::nom,
                vue_enregistree::requete,
                vue_enregistree::partagee,
                (compte::prenom, compte::nom),
            )),
        50,
    ))
}

/// A view that this person sees.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, caisse: &str, compte_id: i64, id: i64) -> DbResult<VueEnregistree> {
    lecture_visibles(caisse.to_owned(), compte_id)
        .toutes(conn)?
        .into_iter()
        .find(|v| v.id == id)
        .ok_or(super::DbError::Introuvable)
}

/// Saves a view; one of the same name and author is replaced.
pub fn enregistrer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleVue<'_>) -> DbResult<i64> {
    diesel::delete(
        vue_enregistree::table
            .filter(vue_enregistree::compte_id.eq(nouvelle.compte_id))
            .filter(vue_enregistree::nom.eq(nouvelle.nom)),
    )
    .execute(&mut **tx)?;
    Ok(diesel::insert_into(vue_enregistree::table)
        .values(nouvelle)
        .returning(vue_enregistree::id)
        .get_result(&mut **tx)?)
}

/// Removes a view.
pub fn supprimer(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    diesel::delete(vue_enregistree::table.find(id)).execute(&mut **tx)?;
    Ok(())
}
