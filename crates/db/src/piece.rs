//! Supporting documents: those received, and those asked for (PRO-3).

mod demandee;

pub use demandee::{
    NouvellePieceDemandee, PieceDemandee, demandees, demander, lecture_comptes_demandees,
    lecture_demandees, recevoir,
};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::condition::{Lisible, Visible, parmi};
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{candidature, dossier, kine, piece};
use super::{AnyConn, CpamScope, DbResult, WriteTx, une_ligne};
use regles::passage::Passage;
pub use regles::piece::EtatPiece;
use regles::piece::{Emploi, NaturePiece};

use crate::per_backend;

/// A document received, as its reader may see it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Identifier.
    pub id: i64,
    /// The case it belongs to.
    pub dossier_id: i64,
    /// Whose it is, among those sent to a call.
    pub candidature_id: Option<i64>,
    /// What it shows.
    pub nature: NaturePiece,
    /// PRO-14: it touches health.
    pub sante: bool,
    /// What the CPAM said of it.
    pub etat: EtatPiece,
    /// Why it was refused; of one that touches health, what the praticien-conseil concluded.
    pub motif: Option<String>,
    /// When it was received (UTC).
    pub deposee_le: NaiveDateTime,
    /// When the CPAM said so (UTC).
    pub examinee_le: Option<NaiveDateTime>,
    /// Who said so.
    pub examinee_par: Option<i64>,
    /// When another one took its place (UTC).
    pub remplacee_le: Option<NaiveDateTime>,
    /// The one that took its place.
    pub remplacee_par: Option<i64>,
    /// What is in it; none for a reader who is not of its compartment (PRO-14).
    pub contenu: Option<Contenu>,
}

/// What leads to the bytes of a document, or says something of them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = piece)]
pub struct Contenu {
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

/// What is seen of a document by all who see its case.
#[derive(Queryable, Selectable)]
#[diesel(table_name = piece)]
pub struct Vue {
    id: i64,
    dossier_id: i64,
    candidature_id: Option<i64>,
    nature: NaturePiece,
    sante: bool,
    etat: EtatPiece,
    motif: Option<String>,
    deposee_le: NaiveDateTime,
    examinee_le: Option<NaiveDateTime>,
    examinee_par: Option<i64>,
    remplacee_le: Option<NaiveDateTime>,
    remplacee_par: Option<i64>,
}

/// A row as it is read: this file alone sees it, and gives the content to who may read it.
#[derive(Queryable)]
pub struct Rangee {
    vue: Vue,
    contenu: Contenu,
    lisible: bool,
}

impl<ST, DB> Queryable<ST, DB> for Piece
where
    DB: diesel::backend::Backend,
    Rangee: Queryable<ST, DB>,
{
    type Row = <Rangee as Queryable<ST, DB>>::Row;

    fn build(row: Self::Row) -> diesel::deserialize::Result<Self> {
        let Rangee {
            vue,
            contenu,
            lisible,
        } = Rangee::build(row)?;
        Ok(Piece {
            id: vue.id,
            dossier_id: vue.dossier_id,
            candidature_id: vue.candidature_id,
            nature: vue.nature,
            sante: vue.sante,
            etat: vue.etat,
            motif: vue.motif,
            deposee_le: vue.deposee_le,
            examinee_le: vue.examinee_le,
            examinee_par: vue.examinee_par,
            remplacee_le: vue.remplacee_le,
            remplacee_par: vue.remplacee_par,
            contenu: lisible.then_some(contenu),
        })
    }
}

/// The columns of a [`Piece`], for who reads within this scope.
macro_rules! colonnes {
    ($scope:expr) => {
        (
            <Vue as Selectable<Multi>>::construct_selection(),
            <Contenu as Selectable<Multi>>::construct_selection(),
            Lisible($scope.clone()),
        )
    };
}

impl Piece {
    /// What is in it.
    ///
    /// # Errors
    /// [`super::DbError::Introuvable`] for a reader who is not of its compartment.
    pub fn contenu(&self) -> DbResult<&Contenu> {
        self.contenu.as_ref().ok_or(super::DbError::Introuvable)
    }

    /// What else holds of it; `decidee`: when the decision on its case was taken, which rests on what had come by then.
    pub fn emploi(&self, decidee: Option<NaiveDateTime>) -> Emploi {
        if self.remplacee_par.is_some() {
            Emploi::Remplacee
        } else if decidee.is_some_and(|le| self.deposee_le < le) {
            Emploi::Figee
        } else {
            Emploi::Courant
        }
    }
}

/// What a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rattachement {
    /// The case.
    pub dossier_id: i64,
    /// The application, when the case is a call.
    pub candidature_id: Option<i64>,
}

impl Rattachement {
    /// A document of the case itself.
    pub fn dossier(dossier_id: i64) -> Rattachement {
        Rattachement {
            dossier_id,
            candidature_id: None,
        }
    }
}

/// A document to store.
#[derive(Insertable)]
#[diesel(table_name = piece, treat_none_as_default_value = false)]
pub struct NouvellePiece<'a> {
    /// The case it belongs to.
    pub dossier_id: i64,
    /// Whose it is, among those sent to a call.
    pub candidature_id: Option<i64>,
    /// What it shows.
    pub nature: NaturePiece,
    /// PRO-14: it touches health.
    pub sante: bool,
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
    /// What the CPAM says of it.
    pub etat: EtatPiece,
    /// Who sent it.
    pub deposee_par: i64,
    /// Now.
    pub deposee_le: NaiveDateTime,
}

/// The documents of a case that the caller may see, oldest first, for who reads within `scope`; for a call, those of every
/// application.
pub fn lecture_de(scope: &CpamScope, dossier_id: i64) -> impl Lecture<Ligne = Piece> + use<> {
    lecture(
        piece::table
            .filter(piece::dossier_id.eq(dossier_id))
            .order(piece::id)
            .select(colonnes!(scope)),
    )
}

/// The same, alone.
pub fn de(conn: &mut AnyConn, scope: &CpamScope, dossier_id: i64) -> DbResult<Vec<Piece>> {
    lecture_de(scope, dossier_id).toutes(conn)
}

/// The documents of these applications, oldest first, for who reads within `scope`.
pub fn de_candidatures(
    conn: &mut AnyConn,
    scope: &CpamScope,
    candidatures: &[i64],
) -> DbResult<Vec<Piece>> {
    Ok(piece::table
        .filter(parmi(piece::candidature_id, candidatures))
        .order(piece::id)
        .select(colonnes!(scope))
        .load(conn)?)
}

/// Reads a document that the caller may open: it follows the scope of its case, what was sent to a call, its sender's; and
/// its compartment (PRO-14).
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn lire(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<Piece> {
    let requete = piece::table
        .inner_join(dossier::table)
        .left_join(candidature::table)
        .filter(piece::id.eq(id))
        .filter(Lisible(scope.clone()))
        .select(colonnes!(scope))
        .into_boxed();
    Ok(match scope {
        CpamScope::Kine(kine_id) => requete
            .filter(
                dossier::kine_id
                    .eq(kine_id)
                    .or(candidature::kine_id.nullable().eq(kine_id)),
            )
            .first(conn)?,
        autre => requete.filter(Visible(autre.clone())).first(conn)?,
    })
}

/// PRO-14: puts a document in the compartment of health; nothing takes it out.
///
/// # Errors
/// [`super::DbError::Perime`] when it is there already.
pub fn mettre_a_part(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    une_ligne(
        diesel::update(piece::table)
            .filter(piece::id.eq(id))
            .filter(piece::sante.eq(false))
            .set(piece::sante.eq(true))
            .execute(&mut **tx)?,
    )
}

/// A file that holds documents of the compartment of health.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct TenuEnSante {
    /// Number of the case.
    pub numero: String,
    /// First name and name of whose it is; nobody's for a call.
    pub personne: Option<(String, String)>,
    /// What the praticien-conseil said of a document.
    pub etat: EtatPiece,
    /// Whether another one took its place.
    pub remplacee_par: Option<i64>,
    /// When it was received (UTC).
    pub deposee_le: NaiveDateTime,
}

/// The documents that touch health, one row each, the last received first; none outside the compartment.
pub fn en_sante(conn: &mut AnyConn, scope: &CpamScope, limite: i64) -> DbResult<Vec<TenuEnSante>> {
    Ok(piece::table
        .inner_join(dossier::table)
        .left_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(piece::sante)
        .filter(Lisible(scope.clone()))
        .filter(Visible(scope.clone()))
        .order(piece::id.desc())
        .limit(limite)
        .select((
            dossier::numero,
            (kine::prenom, kine::nom).nullable(),
            piece::etat,
            piece::remplacee_par,
            piece::deposee_le,
        ))
        .load(conn)?)
}

/// Records a document received and returns its identifier.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvellePiece<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(piece::table)
        .values(nouvelle)
        .returning(piece::id)
        .get_result(&mut **tx)?)
}

/// Records several at once.
pub fn inserer_toutes(tx: &mut WriteTx<'_>, nouvelles: &[NouvellePiece<'_>]) -> DbResult<()> {
    if !nouvelles.is_empty() {
        per_backend!(&mut **tx, conn => diesel::insert_into(piece::table)
            .values(nouvelles)
            .execute(conn)?);
    }
    Ok(())
}

/// Records what the CPAM says of a document, who and when.
///
/// # Errors
/// [`super::DbError::Perime`] when it belongs to another case.
pub fn examiner(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    id: i64,
    (passage, motif): (Passage<EtatPiece>, Option<&str>),
    (par, le): (Option<i64>, NaiveDateTime),
) -> DbResult<()> {
    une_ligne(
        diesel::update(piece::table)
            .filter(piece::id.eq(id))
            .filter(piece::dossier_id.eq(dossier_id))
            .set((
                piece::etat.eq(passage.vers()),
                piece::motif.eq(motif),
                piece::examinee_par.eq(par),
                piece::examinee_le.eq(le),
            ))
            .execute(&mut **tx)?,
    )
}

/// Notes that a document gave way to another one of the same file. What was accepted stays.
///
/// # Errors
/// [`super::DbError::Perime`] when it was accepted or gave way already.
pub fn remplacer(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    id: i64,
    par: i64,
    now: NaiveDateTime,
) -> DbResult<()> {
    une_ligne(
        diesel::update(piece::table)
            .filter(piece::id.eq(id))
            .filter(piece::dossier_id.eq(dossier_id))
            .filter(piece::remplacee_par.is_null())
            .filter(piece::etat.ne(EtatPiece::Acceptee))
            .set((piece::remplacee_par.eq(par), piece::remplacee_le.eq(now)))
            .execute(&mut **tx)?,
    )
}

/// A document that counts, for what is still expected of its sender.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct PieceEnBref {
    /// Identifier.
    pub id: i64,
    /// The case it belongs to.
    pub dossier_id: i64,
    /// What it shows.
    pub nature: NaturePiece,
    /// What the CPAM said of it.
    pub etat: EtatPiece,
}

/// What counts among the documents of these cases, oldest first.
pub fn lecture_etats(dossiers: Vec<i64>) -> impl Lecture<Ligne = PieceEnBref> {
    lecture(
        piece::table
            .filter(parmi(piece::dossier_id, dossiers))
            .filter(piece::remplacee_par.is_null())
            .order(piece::id)
            .select((piece::id, piece::dossier_id, piece::nature, piece::etat)),
    )
}
