//! Which mails somebody wants. What is not written is «chaque fois».

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::preference;
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

regles::text_enum! {
    /// What mails are about. What the law requires is not here.
    pub enum Sujet {
        /// Messages written on a file.
        Messages = "messages", "Messages de la caisse";
        /// Reminders before a deadline.
        Rappels = "rappels", "Rappels avant une échéance";
    }
}

regles::text_enum! {
    /// How often.
    pub enum Frequence {
        /// Each time.
        ChaqueFois = "chaque_fois", "À chaque fois";
        /// Only the last ones before the deadline.
        Essentiel = "essentiel", "Seulement les derniers";
        /// Once a day at most.
        UneFoisParJour = "une_fois_par_jour", "Une fois par jour au plus";
        /// Never.
        Jamais = "jamais", "Jamais";
    }
}

impl Sujet {
    /// What may be chosen for it.
    pub fn frequences(self) -> &'static [Frequence] {
        match self {
            Sujet::Messages => &[
                Frequence::ChaqueFois,
                Frequence::UneFoisParJour,
                Frequence::Jamais,
            ],
            Sujet::Rappels => &[Frequence::ChaqueFois, Frequence::Essentiel],
        }
    }
}

/// What somebody chose.
pub fn de(conn: &mut AnyConn, compte_id: i64) -> DbResult<Vec<(Sujet, Frequence)>> {
    Ok(preference::table
        .filter(preference::compte_id.eq(compte_id))
        .select((preference::sujet, preference::frequence))
        .load(conn)?)
}

/// What somebody chose for one subject.
pub fn pour(conn: &mut AnyConn, compte_id: i64, sujet: Sujet) -> DbResult<Frequence> {
    let choisie: Option<Frequence> = preference::table
        .find((compte_id, sujet))
        .select(preference::frequence)
        .first(conn)
        .optional()?;
    Ok(choisie.unwrap_or(Frequence::ChaqueFois))
}

/// Who chose this for a subject, in order, after one.
pub fn qui(
    conn: &mut AnyConn,
    sujet: Sujet,
    frequence: Frequence,
    apres: i64,
    limite: i64,
) -> DbResult<Vec<i64>> {
    Ok(preference::table
        .filter(preference::sujet.eq(sujet))
        .filter(preference::frequence.eq(frequence))
        .filter(preference::compte_id.gt(apres))
        .order(preference::compte_id)
        .limit(limite)
        .select(preference::compte_id)
        .load(conn)?)
}

/// Writes what somebody chooses for a subject.
pub fn choisir(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    sujet: Sujet,
    frequence: Frequence,
    now: NaiveDateTime,
) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(preference::table)
        .values((
            preference::compte_id.eq(compte_id),
            preference::sujet.eq(sujet),
            preference::frequence.eq(frequence),
            preference::modifiee_le.eq(now),
        ))
        .on_conflict((preference::compte_id, preference::sujet))
        .do_update()
        .set((preference::frequence.eq(frequence), preference::modifiee_le.eq(now)))
        .execute(conn)?);
    Ok(())
}
