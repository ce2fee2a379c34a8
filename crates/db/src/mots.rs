//! The search index: the folded words of each file, and each word less one letter. Filled when a file is written.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};
use regles::dossier::NatureDossier;
use regles::mots;

use super::condition::parmi;
use super::schema::{commune, demande, dossier, dossier_mot, kine, mot_a_refaire, mot_variante};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// The words of a case: those of a name and of a place, and for a request the key of its address.
pub struct Mots {
    connus: Vec<String>,
    adresse: Option<String>,
}

impl Mots {
    /// The words of who it is about, if anybody, of the commune, and of an address there, if it has one: names as
    /// searched, and the code of the commune.
    pub fn de(nom: Option<&str>, lieu: &str, insee: &str, adresse: Option<&str>) -> Mots {
        Mots {
            connus: match nom {
                Some(nom) => mots::mots(&format!("{nom} {lieu}")),
                None => mots::mots(lieu),
            },
            adresse: adresse.and_then(|adresse| mots::cle_adresse(insee, adresse)),
        }
    }
}

/// Writes the words of a case again.
///
/// # Errors
/// [`super::DbError::Introuvable`] when there is no such case.
pub fn indexer(tx: &mut WriteTx<'_>, dossier_id: i64) -> DbResult<()> {
    type Lue = (
        String,
        String,
        NatureDossier,
        String,
        String,
        Option<String>,
        Option<String>,
    );
    let (numero, caisse, nature, insee, lieu, nom, adresse): Lue = dossier::table
        .inner_join(commune::table)
        .left_join(kine::table)
        .left_join(demande::table)
        .filter(dossier::id.eq(dossier_id))
        .select((
            dossier::numero,
            dossier::caisse_code,
            dossier::nature,
            dossier::insee,
            commune::nom_recherche,
            kine::nom_recherche.nullable(),
            demande::adresse.nullable(),
        ))
        .first(&mut **tx)?;
    diesel::delete(dossier_mot::table.filter(dossier_mot::dossier_id.eq(dossier_id)))
        .execute(&mut **tx)?;
    let mots = Mots::de(nom.as_deref(), &lieu, &insee, adresse.as_deref());
    inscrire(tx, (dossier_id, &numero), &caisse, nature, &mots)
}

/// Writes the words of a case that has none, and the key of its number, and learns those that no case had before.
pub(super) fn inscrire(
    tx: &mut WriteTx<'_>,
    (dossier_id, numero): (i64, &str),
    caisse: &str,
    nature: NatureDossier,
    mots: &Mots,
) -> DbResult<()> {
    let fin = mots::cle_fin(numero);
    let lignes = Lignes {
        caisse,
        nature: nature.as_str(),
        dossier_id,
        mots: mots
            .connus
            .iter()
            .chain(&mots.adresse)
            .chain([&fin])
            .collect(),
    };
    let ecrits: Vec<(String, bool)> = lignes.load(&mut **tx)?;
    let nouveaux = ecrits
        .iter()
        .filter(|(mot, connu)| !connu && mots.connus.contains(mot));
    apprendre(tx, nouveaux.map(|(mot, _)| mot.as_str()))
}

/// The rows of a case, which answer each word and whether it is known. Written out so that it stays prepared, one
/// statement for each number of words: a batch of Diesel's is planned anew each time.
struct Lignes<'a> {
    caisse: &'a str,
    nature: &'a str,
    dossier_id: i64,
    mots: Vec<&'a String>,
}

impl Query for Lignes<'_> {
    type SqlType = (Text, Bool);
}

impl<Conn> RunQueryDsl<Conn> for Lignes<'_> {}

impl QueryId for Lignes<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Lignes<'_>
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        sortie.push_sql("INSERT INTO dossier_mot (caisse_code, nature, dossier_id, mot) VALUES ");
        for (rang, mot) in self.mots.iter().enumerate() {
            sortie.push_sql(if rang == 0 { "(" } else { ", (" });
            sortie.push_bind_param::<Text, _>(self.caisse)?;
            sortie.push_sql(", ");
            sortie.push_bind_param::<Text, _>(self.nature)?;
            sortie.push_sql(", ");
            sortie.push_bind_param::<BigInt, _>(&self.dossier_id)?;
            sortie.push_sql(", ");
            sortie.push_bind_param::<Text, _>(mot.as_str())?;
            sortie.push_sql(")");
        }
        sortie.push_sql(
            " RETURNING mot, EXISTS (SELECT 1 FROM mot_variante v WHERE v.variante = dossier_mot.mot AND v.mot = dossier_mot.mot)",
        );
        Ok(())
    }
}

/// Whether words wait to be written again.
pub fn attend(conn: &mut AnyConn) -> DbResult<bool> {
    let attendent = diesel::dsl::exists(mot_a_refaire::table.select(mot_a_refaire::dossier_id));
    Ok(diesel::select(attendent).get_result(conn)?)
}

/// Writes again the words of at most `limite` cases that wait for it, and returns how many were.
pub fn refaire(tx: &mut WriteTx<'_>, limite: i64) -> DbResult<usize> {
    let attendent: Vec<i64> = mot_a_refaire::table
        .order(mot_a_refaire::dossier_id)
        .limit(limite)
        .select(mot_a_refaire::dossier_id)
        .load(&mut **tx)?;
    for id in &attendent {
        indexer(tx, *id)?;
    }
    diesel::delete(
        mot_a_refaire::table.filter(parmi(mot_a_refaire::dossier_id, attendent.clone())),
    )
    .execute(&mut **tx)?;
    Ok(attendent.len())
}

/// Notes the variants of words.
fn apprendre<'a>(tx: &mut WriteTx<'_>, mots: impl Iterator<Item = &'a str>) -> DbResult<()> {
    let lignes: Vec<_> = mots
        .flat_map(|mot| mots::variantes(mot).into_iter().map(move |v| (v, mot)))
        .map(|(v, mot)| (mot_variante::variante.eq(v), mot_variante::mot.eq(mot)))
        .collect();
    if lignes.is_empty() {
        return Ok(());
    }
    // Two people may learn one word at the same instant.
    per_backend!(&mut **tx, conn => diesel::insert_into(mot_variante::table)
        .values(&lignes)
        .on_conflict_do_nothing()
        .execute(conn)?);
    Ok(())
}

/// The known words one typing error away from this one, at most twenty.
pub fn voisins(conn: &mut AnyConn, mot: &str) -> DbResult<Vec<String>> {
    let variantes = mots::variantes(mot);
    if variantes.is_empty() {
        return Ok(Vec::new());
    }
    let candidats: Vec<String> = mot_variante::table
        .filter(mot_variante::variante.eq_any(variantes))
        .select(mot_variante::mot)
        .distinct()
        .order(mot_variante::mot)
        .limit(200)
        .load(conn)?;
    Ok(candidats
        .into_iter()
        .filter(|c| c != mot && mots::proches(c, mot))
        .take(20)
        .collect())
}
