//! What somebody is writing and has not sent, with its documents.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{brouillon, brouillon_piece};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

regles::text_enum! {
    /// The form that a draft is of.
    pub enum Formulaire {
        /// Declaration of a cessation.
        Depart = "depart", "Déclaration de cessation";
        /// Request for conventionnement.
        Demande = "demande", "Demande de conventionnement";
        /// Application to a call for candidates.
        Candidature = "candidature", "Candidature";
        /// Request received on paper, that an agent enters.
        Papier = "papier", "Demande reçue sur papier";
        /// PRO-9: an appeal.
        Recours = "recours", "Recours";
        /// Any other form, sent once the session was over.
        Envoi = "envoi", "Envoi interrompu";
    }
}

/// A draft as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = brouillon)]
pub struct Brouillon {
    /// Identifier.
    pub id: i64,
    /// Whose it is.
    pub compte_id: i64,
    /// The form it is of.
    pub formulaire: Formulaire,
    /// Where the form is sent.
    pub chemin: String,
    /// Key of the form, the one that keeps it from being sent twice.
    pub cle: String,
    /// The fields, as a JSON list of pairs.
    pub champs: String,
    /// When it was last written (UTC).
    pub modifie_le: NaiveDateTime,
}

/// A draft to write, new or again.
#[derive(Insertable)]
#[diesel(table_name = brouillon)]
pub struct BrouillonEcrit<'a> {
    /// Whose it is.
    pub compte_id: i64,
    /// The form it is of.
    pub formulaire: Formulaire,
    /// Where the form is sent.
    pub chemin: &'a str,
    /// Key of the form.
    pub cle: &'a str,
    /// The fields, as a JSON list of pairs.
    pub champs: &'a str,
    /// Now; kept from the first time.
    pub cree_le: NaiveDateTime,
    /// Now.
    pub modifie_le: NaiveDateTime,
}

/// A document of a draft.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = brouillon_piece)]
pub struct BrouillonPiece {
    /// Identifier.
    pub id: i64,
    /// The draft.
    pub brouillon_id: i64,
    /// Field of the form that it answers.
    pub champ: String,
    /// Name given by the sender, cleaned.
    pub nom: String,
    /// Sniffed type.
    pub media: String,
    /// Size in bytes.
    pub taille: i64,
    /// SHA-256, hexadecimal.
    pub empreinte: String,
    /// Its key in the store.
    pub cle: String,
}

/// A document to add to a draft.
#[derive(Insertable)]
#[diesel(table_name = brouillon_piece)]
pub struct NouvelleBrouillonPiece<'a> {
    /// The draft.
    pub brouillon_id: i64,
    /// Field of the form that it answers.
    pub champ: &'a str,
    /// Name given by the sender, cleaned.
    pub nom: &'a str,
    /// Sniffed type.
    pub media: &'a str,
    /// Size in bytes.
    pub taille: i64,
    /// SHA-256, hexadecimal.
    pub empreinte: &'a str,
    /// Its key in the store.
    pub cle: &'a str,
    /// Now.
    pub deposee_le: NaiveDateTime,
}

/// Writes a draft, over the one of the same account and key, and returns its identifier.
pub fn ecrire(tx: &mut WriteTx<'_>, ecrit: &BrouillonEcrit<'_>) -> DbResult<i64> {
    Ok(
        per_backend!(&mut **tx, conn => diesel::insert_into(brouillon::table)
        .values(ecrit)
        .on_conflict((brouillon::compte_id, brouillon::cle))
        .do_update()
        .set((
            brouillon::chemin.eq(ecrit.chemin),
            brouillon::champs.eq(ecrit.champs),
            brouillon::modifie_le.eq(ecrit.modifie_le),
        ))
        .returning(brouillon::id)
        .get_result(conn)?),
    )
}

/// A draft of an account.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is somebody else's.
pub fn lire(conn: &mut AnyConn, compte_id: i64, id: i64) -> DbResult<Brouillon> {
    Ok(brouillon::table
        .filter(brouillon::id.eq(id))
        .filter(brouillon::compte_id.eq(compte_id))
        .select(<Brouillon as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The draft of an account by the key of its form.
pub fn par_cle(conn: &mut AnyConn, compte_id: i64, cle: &str) -> DbResult<Option<Brouillon>> {
    Ok(brouillon::table
        .filter(brouillon::compte_id.eq(compte_id))
        .filter(brouillon::cle.eq(cle))
        .select(<Brouillon as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The drafts of an account, the last written first; there are few of them.
pub fn lecture_de_compte(compte_id: i64) -> impl Lecture<Ligne = Brouillon> {
    lecture(
        brouillon::table
            .filter(brouillon::compte_id.eq(compte_id))
            .order((brouillon::modifie_le.desc(), brouillon::id.desc()))
            .select(<Brouillon as Selectable<Multi>>::construct_selection()),
    )
}

/// The same, alone.
pub fn de_compte(conn: &mut AnyConn, compte_id: i64) -> DbResult<Vec<Brouillon>> {
    lecture_de_compte(compte_id).toutes(conn)
}

/// The documents of a draft, oldest first.
pub fn pieces(conn: &mut AnyConn, brouillon_id: i64) -> DbResult<Vec<BrouillonPiece>> {
    Ok(brouillon_piece::table
        .filter(brouillon_piece::brouillon_id.eq(brouillon_id))
        .order(brouillon_piece::id)
        .select(<BrouillonPiece as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// A document of a draft of an account.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is somebody else's.
pub fn piece(conn: &mut AnyConn, compte_id: i64, id: i64) -> DbResult<BrouillonPiece> {
    Ok(brouillon_piece::table
        .inner_join(brouillon::table)
        .filter(brouillon_piece::id.eq(id))
        .filter(brouillon::compte_id.eq(compte_id))
        .select(<BrouillonPiece as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// Adds a document to a draft; the very same one in the same field is kept once.
pub fn ajouter_piece(
    tx: &mut WriteTx<'_>,
    nouvelle: &NouvelleBrouillonPiece<'_>,
) -> DbResult<usize> {
    Ok(
        per_backend!(&mut **tx, conn => diesel::insert_into(brouillon_piece::table)
        .values(nouvelle)
        .on_conflict_do_nothing()
        .execute(conn)?),
    )
}

/// Removes a document of a draft.
pub fn retirer_piece(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    diesel::delete(brouillon_piece::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

/// Removes a draft with its documents.
pub fn supprimer(tx: &mut WriteTx<'_>, compte_id: i64, id: i64) -> DbResult<()> {
    diesel::delete(
        brouillon::table
            .find(id)
            .filter(brouillon::compte_id.eq(compte_id)),
    )
    .execute(&mut **tx)?;
    Ok(())
}

/// Removes the draft of a form that was sent, with the rows of its documents, which now belong to a file.
pub fn supprimer_cle(tx: &mut WriteTx<'_>, compte_id: i64, cle: &str) -> DbResult<()> {
    diesel::delete(
        brouillon::table
            .filter(brouillon::compte_id.eq(compte_id))
            .filter(brouillon::cle.eq(cle)),
    )
    .execute(&mut **tx)?;
    Ok(())
}

/// Where a pass over the drafts stands: the last one seen.
pub type Curseur = (NaiveDateTime, i64);

/// Drafts that nobody wrote since an instant, oldest first, after the last one seen; the interrupted sendings apart.
pub fn delaisses(
    conn: &mut AnyConn,
    envois: bool,
    avant: NaiveDateTime,
    apres: Option<Curseur>,
    limite: i64,
) -> DbResult<Vec<Brouillon>> {
    let mut requete = brouillon::table
        .filter(brouillon::modifie_le.lt(avant))
        .order((brouillon::modifie_le, brouillon::id))
        .limit(limite)
        .select(<Brouillon as Selectable<Multi>>::construct_selection())
        .into_boxed();
    requete = if envois {
        requete.filter(brouillon::formulaire.eq(Formulaire::Envoi))
    } else {
        requete.filter(brouillon::formulaire.ne(Formulaire::Envoi))
    };
    if let Some((le, id)) = apres {
        requete = requete.filter(
            brouillon::modifie_le
                .gt(le)
                .or(brouillon::modifie_le.eq(le).and(brouillon::id.gt(id))),
        );
    }
    Ok(requete.load(conn)?)
}

/// Removes a draft that nobody wrote since an instant, with its documents; says whether it was still so.
pub fn effacer_delaisse(tx: &mut WriteTx<'_>, id: i64, avant: NaiveDateTime) -> DbResult<bool> {
    let effaces = diesel::delete(
        brouillon::table
            .find(id)
            .filter(brouillon::modifie_le.lt(avant)),
    )
    .execute(&mut **tx)?;
    Ok(effaces == 1)
}

/// Whether a draft is still there as it was last written.
pub fn inchange(conn: &mut AnyConn, id: i64, modifie_le: NaiveDateTime) -> DbResult<bool> {
    let trouve: Option<i64> = brouillon::table
        .find(id)
        .filter(brouillon::modifie_le.eq(modifie_le))
        .select(brouillon::id)
        .first(conn)
        .optional()?;
    Ok(trouve.is_some())
}
