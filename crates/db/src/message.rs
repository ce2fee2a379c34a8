//! Messages on a file: never changed, read once by the other side.

use chrono::NaiveDateTime;
use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use regles::dossier::NatureDossier;

use super::condition::{NON_LU_PAR_LA_CAISSE, NON_LU_PAR_LE_KINE, parmi};
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::premieres::premieres;
use super::schema::{commune, dossier, kine, message, message_piece};
use super::{AnyConn, CpamScope, DbResult, WriteTx, caisse, une_ligne};

regles::text_enum! {
    /// Who writes.
    pub enum Cote {
        /// The practitioner.
        Kine = "kine", "Professionnel";
        /// The CPAM.
        Caisse = "caisse", "Caisse";
    }
}

impl Cote {
    /// The other side.
    pub fn autre(self) -> Cote {
        match self {
            Cote::Kine => Cote::Caisse,
            Cote::Caisse => Cote::Kine,
        }
    }
}

/// A message.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = message)]
pub struct Message {
    /// Identifier, in the order of writing.
    pub id: i64,
    /// Who writes.
    pub cote: Cote,
    /// The name shown.
    pub auteur: String,
    /// The words.
    pub texte: String,
    /// When (UTC).
    pub envoye_le: NaiveDateTime,
    /// When the other side read it (UTC).
    pub lu_le: Option<NaiveDateTime>,
    /// PRO-14: how many of its documents are in the compartment of health.
    pub mises_a_part: i32,
}

/// A message to store.
#[derive(Insertable)]
#[diesel(table_name = message)]
pub struct NouveauMessage<'a> {
    /// The CPAM.
    pub caisse_code: &'a str,
    /// The practitioner.
    pub kine_id: i64,
    /// The case it is on.
    pub dossier_id: i64,
    /// Who writes.
    pub cote: Cote,
    /// The account.
    pub auteur_id: i64,
    /// The name shown.
    pub auteur: &'a str,
    /// The words.
    pub texte: &'a str,
    /// PRO-14: how many of its documents are in the compartment of health.
    pub mises_a_part: i32,
    /// Key of the form: the same form sent twice writes once.
    pub cle_idempotence: &'a str,
    /// Now.
    pub envoye_le: NaiveDateTime,
}

/// A document joined to a message.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = message_piece)]
pub struct MessagePiece {
    /// Identifier.
    pub id: i64,
    /// The message.
    pub message_id: i64,
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

/// A document to join.
#[derive(Insertable)]
#[diesel(table_name = message_piece)]
pub struct NouvelleMessagePiece<'a> {
    /// The message.
    pub message_id: i64,
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
}

/// The messages of a file, oldest first.
pub fn de(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<Message>> {
    Ok(message::table
        .filter(message::dossier_id.eq(dossier_id))
        .order(message::id)
        .select(<Message as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// The documents of these messages, in order.
pub fn pieces(conn: &mut AnyConn, messages: &[i64]) -> DbResult<Vec<MessagePiece>> {
    Ok(message_piece::table
        .filter(parmi(message_piece::message_id, messages))
        .order(message_piece::id)
        .select(<MessagePiece as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// What one side wrote on a file.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Ecrits {
    /// Who wrote.
    pub cote: Cote,
    /// How many messages.
    pub nombre: i64,
    /// How many of them the other side read.
    pub lus: i64,
}

/// What each side wrote on a file; one that wrote nothing is left out.
pub fn lecture_ecrits(dossier_id: i64) -> impl Lecture<Ligne = Ecrits> {
    lecture(
        message::table
            .filter(message::dossier_id.eq(dossier_id))
            .group_by(message::cote)
            .select((message::cote, count_star(), count(message::lu_le))),
    )
}

/// For these cases, how many messages of their authors the CPAM has not read; none where there are none.
pub fn lecture_non_lus_de_dossiers(dossiers: Vec<i64>) -> impl Lecture<Ligne = (i64, i64)> {
    lecture(
        message::table
            .filter(parmi(message::dossier_id, dossiers))
            .filter(NON_LU_PAR_LA_CAISSE)
            .group_by(message::dossier_id)
            .select((message::dossier_id, count_star())),
    )
}

/// Whether this form was sent already.
pub fn deja_envoye(conn: &mut AnyConn, auteur_id: i64, cle: &str) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        message::table
            .filter(message::auteur_id.eq(auteur_id))
            .filter(message::cle_idempotence.eq(cle)),
    ))
    .get_result(conn)?)
}

/// Stores a message and returns its identifier.
pub fn inserer(tx: &mut WriteTx<'_>, nouveau: &NouveauMessage<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(message::table)
        .values(nouveau)
        .returning(message::id)
        .get_result(&mut **tx)?)
}

/// Joins a document to a message.
pub fn joindre(tx: &mut WriteTx<'_>, nouvelle: &NouvelleMessagePiece<'_>) -> DbResult<()> {
    diesel::insert_into(message_piece::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// A document of a message, with what is known of its sending.
#[derive(Debug, Clone, Queryable)]
pub struct Jointe {
    /// The document.
    pub piece: MessagePiece,
    /// The case of the message.
    pub dossier_id: i64,
    /// Who wrote.
    pub cote: Cote,
    /// The account.
    pub auteur_id: i64,
    /// When (UTC).
    pub envoye_le: NaiveDateTime,
}

/// A document that the caller may see, with what is known of its sending.
///
/// # Errors
/// As [`piece`].
pub fn jointe(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<Jointe> {
    let piece = piece(conn, scope, id)?;
    let (dossier_id, cote, auteur_id, envoye_le) = message::table
        .find(piece.message_id)
        .select((
            message::dossier_id,
            message::cote,
            message::auteur_id,
            message::envoye_le,
        ))
        .first(conn)?;
    Ok(Jointe {
        piece,
        dossier_id,
        cote,
        auteur_id,
        envoye_le,
    })
}

/// PRO-14: takes a document out of its message, which says from then on that it is apart.
///
/// # Errors
/// [`super::DbError::Perime`] when it was taken out meanwhile.
pub fn retirer(tx: &mut WriteTx<'_>, jointe: &MessagePiece) -> DbResult<()> {
    une_ligne(diesel::delete(message_piece::table.find(jointe.id)).execute(&mut **tx)?)?;
    une_ligne(
        diesel::update(message::table.find(jointe.message_id))
            .set(message::mises_a_part.eq(message::mises_a_part + 1))
            .execute(&mut **tx)?,
    )
}

/// Notes that the messages of one side were read by the other, up to the last one shown.
pub fn marquer_lus(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    de: Cote,
    jusqua: i64,
    par: i64,
    now: NaiveDateTime,
) -> DbResult<()> {
    diesel::update(message::table)
        .filter(message::dossier_id.eq(dossier_id))
        .filter(message::lu_le.is_null())
        .filter(message::cote.eq(de))
        .filter(message::id.le(jusqua))
        .set((message::lu_le.eq(now), message::lu_par.eq(par)))
        .execute(&mut **tx)?;
    Ok(())
}

/// A file with unread messages.
#[derive(Debug, Clone, Queryable)]
pub struct NonLu {
    /// Of the last message.
    pub id: i64,
    /// When it was sent (UTC).
    pub envoye_le: NaiveDateTime,
    /// The case.
    pub dossier_id: i64,
    /// What it is about.
    pub nature: NatureDossier,
    /// Its number.
    pub numero: String,
    /// First name of the practitioner.
    pub prenom: String,
    /// Name of the practitioner.
    pub nom: String,
    /// Its commune.
    pub commune: String,
    /// The agent in charge.
    pub assigne_a: Option<i64>,
}

macro_rules! non_lus {
    () => {
        message::table
            .inner_join(dossier::table)
            .inner_join(kine::table.on(kine::id.eq(message::kine_id)))
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .select((
                message::id,
                message::envoye_le,
                dossier::id,
                dossier::nature,
                dossier::numero,
                kine::prenom,
                kine::nom,
                commune::nom,
                dossier::assigne_a,
            ))
    };
}

/// The messages that a CPAM has not read, oldest first, after one.
pub fn non_lus_de_caisse(
    conn: &mut AnyConn,
    caisse: &str,
    apres: i64,
    limite: i64,
) -> DbResult<Vec<NonLu>> {
    Ok(non_lus!()
        .filter(NON_LU_PAR_LA_CAISSE)
        .filter(message::caisse_code.eq(caisse))
        .filter(message::id.gt(apres))
        .order(message::id)
        .limit(limite)
        .load(conn)?)
}

/// The messages that a practitioner has not read, oldest first; there are few of them.
pub fn lecture_non_lus_de_kine(kine_id: i64) -> impl Lecture<Ligne = NonLu> {
    lecture(premieres(
        non_lus!()
            .filter(NON_LU_PAR_LE_KINE)
            .filter(message::kine_id.eq(kine_id))
            .order(message::id),
        200,
    ))
}

/// A document of a message that the caller may see.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist or is out of scope.
pub fn piece(conn: &mut AnyConn, scope: &CpamScope, id: i64) -> DbResult<MessagePiece> {
    let requete = message_piece::table
        .inner_join(message::table)
        .filter(message_piece::id.eq(id))
        .select(<MessagePiece as Selectable<Multi>>::construct_selection())
        .into_boxed();
    Ok(match scope {
        CpamScope::National => requete.first(conn)?,
        CpamScope::Caisse(code) => requete.filter(message::caisse_code.eq(code)).first(conn)?,
        CpamScope::Region(code) => requete
            .filter(message::caisse_code.eq_any(caisse::de_region(code)))
            .first(conn)?,
        CpamScope::Zone(code) => requete
            .filter(
                message::dossier_id.eq_any(
                    dossier::table
                        .filter(dossier::bassin_code.eq(code))
                        .select(dossier::id),
                ),
            )
            .first(conn)?,
        // What is written in messages is no document of the compartment.
        CpamScope::Sante(_) => return Err(super::DbError::Introuvable),
        CpamScope::Kine(kine_id) => requete.filter(message::kine_id.eq(kine_id)).first(conn)?,
    })
}
