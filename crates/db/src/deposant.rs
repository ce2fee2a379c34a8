//! Who sends the form that opens a case: whether it opened one already, and what its draft holds.

use diesel::prelude::*;

use super::brouillon::BrouillonPiece;
use super::depart::Praticien;
use super::destinataire::Ressort;
use super::dialect::Multi;
use super::schema::{brouillon, brouillon_piece, compte, domicile, dossier, kine, tribunal};
use super::{AnyConn, DbError, DbResult};

/// Who sends a form, with what is known of that form.
#[derive(Debug, Clone)]
pub struct Deposant {
    /// The practitioner.
    pub kine: Praticien,
    /// Name and first name, as searched.
    pub nom_recherche: String,
    /// E-mail address; none for somebody known by a paper.
    pub courriel: Option<String>,
    /// Identifier and number of the case that this very form opened, when it was sent before.
    pub deja: Option<(i64, String)>,
    /// The draft of the form.
    pub brouillon: Option<i64>,
    /// The documents of the draft, oldest first.
    pub pieces: Vec<BrouillonPiece>,
    /// The court of where they live; none when their home is not known.
    pub ressort: Option<Ressort>,
}

/// Reads of whom the form of a key is, in one query; `auteur`: the account that writes it, whose draft it is.
///
/// # Errors
/// [`DbError::Introuvable`] for an unknown practitioner.
pub fn lire(
    conn: &mut AnyConn,
    kine_id: i64,
    auteur: Option<i64>,
    cle: &str,
) -> DbResult<Deposant> {
    type Ligne = (
        Praticien,
        String,
        Option<String>,
        Option<(i64, String)>,
        Option<i64>,
        Option<Ressort>,
        Option<BrouillonPiece>,
    );
    let lignes: Vec<Ligne> = kine::table
        .left_join(compte::table)
        .left_join(
            dossier::table.on(dossier::kine_id
                .eq(kine::id.nullable())
                .and(dossier::cle_idempotence.eq(cle.to_owned()))),
        )
        .left_join(
            brouillon::table.on(brouillon::compte_id
                .nullable()
                .eq(auteur)
                .and(brouillon::cle.eq(cle.to_owned()))),
        )
        .left_join(domicile::table.on(domicile::kine_id.eq(kine::id)))
        .left_join(tribunal::table.on(tribunal::insee.nullable().eq(domicile::insee.nullable())))
        .left_join(brouillon_piece::table.on(brouillon_piece::brouillon_id.eq(brouillon::id)))
        .filter(kine::id.eq(kine_id))
        .order(brouillon_piece::id)
        .select((
            <Praticien as Selectable<Multi>>::construct_selection(),
            kine::nom_recherche,
            compte::courriel.nullable(),
            (dossier::id, dossier::numero).nullable(),
            brouillon::id.nullable(),
            (
                domicile::insee,
                tribunal::ville.nullable(),
                tribunal::adresse.nullable(),
            )
                .nullable(),
            <BrouillonPiece as Selectable<Multi>>::construct_selection().nullable(),
        ))
        .load(conn)?;
    let mut lignes = lignes.into_iter();
    let (kine, nom_recherche, courriel, deja, brouillon, ressort, premiere) =
        lignes.next().ok_or(DbError::Introuvable)?;
    let pieces = premiere
        .into_iter()
        .chain(lignes.filter_map(|(.., piece)| piece))
        .collect();
    Ok(Deposant {
        kine,
        nom_recherche,
        courriel,
        deja,
        brouillon,
        pieces,
        ressort,
    })
}
