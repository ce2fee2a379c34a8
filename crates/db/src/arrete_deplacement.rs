//! ZON-7: the population that an ARS moved away from the category of the national method, as the import told it.

use diesel::prelude::*;
use regles::zonage::Categorie;

use super::schema::{arrete, arrete_deplacement};
use super::{AnyConn, DbResult, WriteTx, une_ligne};
use crate::per_backend;

/// What was moved into one category.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Deplacement {
    /// The category retained by the ARS.
    pub categorie: Categorie,
    /// Bassins that the national method puts elsewhere, in whole or in part.
    pub bassins: i64,
    /// Inhabitants of their communes that are moved.
    pub population: i64,
    /// What may be moved, in thousandths of the population.
    pub limite_mille: i64,
}

/// What an arrêté moves, of a whole population.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deplacements {
    /// Inhabitants of the communes of the file.
    pub population: i64,
    /// By category; what does not move is not there.
    pub vers: Vec<Deplacement>,
}

impl Deplacement {
    /// Whether more is moved than an ARS may (ZON-7).
    pub fn depasse(&self, population: i64) -> bool {
        self.population * 1_000 > population * self.limite_mille
    }
}

/// What an arrêté moves; none when the file that was imported does not give the national categories.
///
/// # Errors
/// The refusal of the database, a stored category that does not read.
pub fn lire(conn: &mut AnyConn, arrete_id: i64) -> DbResult<Option<Deplacements>> {
    let population: Option<i64> = arrete::table
        .find(arrete_id)
        .select(arrete::population_comparee)
        .first(conn)?;
    let Some(population) = population else {
        return Ok(None);
    };
    let lus: Vec<(String, i64, i64, i64)> = arrete_deplacement::table
        .filter(arrete_deplacement::arrete_id.eq(arrete_id))
        .select((
            arrete_deplacement::categorie,
            arrete_deplacement::bassins,
            arrete_deplacement::population,
            arrete_deplacement::limite_mille,
        ))
        .load(conn)?;
    let mut vers = Vec::with_capacity(lus.len());
    for (categorie, bassins, population, limite_mille) in lus {
        vers.push(Deplacement {
            categorie: categorie.parse().map_err(super::DbError::Incoherent)?,
            bassins,
            population,
            limite_mille,
        });
    }
    vers.sort_by_key(|d| d.categorie);
    Ok(Some(Deplacements { population, vers }))
}

/// Writes what an arrêté moves.
///
/// # Errors
/// [`super::DbError::Perime`] when the arrêté is gone, the refusal of the database.
pub fn ecrire(tx: &mut WriteTx<'_>, arrete_id: i64, d: &Deplacements) -> DbResult<()> {
    une_ligne(
        diesel::update(arrete::table.find(arrete_id))
            .set(arrete::population_comparee.eq(d.population))
            .execute(&mut **tx)?,
    )?;
    diesel::delete(arrete_deplacement::table.filter(arrete_deplacement::arrete_id.eq(arrete_id)))
        .execute(&mut **tx)?;
    let lignes: Vec<_> = d
        .vers
        .iter()
        .map(|v| {
            (
                arrete_deplacement::arrete_id.eq(arrete_id),
                arrete_deplacement::categorie.eq(v.categorie.as_str()),
                arrete_deplacement::bassins.eq(v.bassins),
                arrete_deplacement::population.eq(v.population),
                arrete_deplacement::limite_mille.eq(v.limite_mille),
            )
        })
        .collect();
    per_backend!(&mut **tx, conn => diesel::insert_into(arrete_deplacement::table)
        .values(&lignes)
        .execute(conn)?);
    Ok(())
}
