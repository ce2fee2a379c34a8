//! What surrounds the queue of a CPAM, in one statement: how many requests wait, what one may filter by, the saved views.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text};
use regles::mots::fold;

use super::comptes::{self, Seuils};
use super::etiquette::Etiquette;
use super::{AnyConn, DbError, DbResult};

/// A saved view, as the queue offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VueOfferte {
    /// Identifier.
    pub id: i64,
    /// Whose it is.
    pub compte_id: i64,
    /// First name and name of its author.
    pub auteur: String,
    /// Its name.
    pub nom: String,
    /// The query, as `etat=complete&suivi=moi`.
    pub requete: String,
}

/// The surroundings; each list by name, accents and case apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cadre {
    /// How many requests are open by state (`deposee`…), all open (`ouverts`), mine (`moi`), nobody's (`personne`),
    /// late (`retard`); beyond [`comptes::COMPTE_MAX`] only that it is exceeded. Empty when they were not asked for.
    pub comptes: Vec<(String, i64)>,
    /// Labels.
    pub etiquettes: Vec<Etiquette>,
    /// Active accounts that instruct or sign, with first name and name.
    pub agents: Vec<(i64, String)>,
    /// Zones: code and name.
    pub bassins: Vec<(String, String)>,
    /// The views that this person sees: her own and those that are shared, at most fifty.
    pub vues: Vec<VueOfferte>,
}

/// The statement, planned once: with the counts, or without.
struct Requete<const COMPTES: bool>(Seuils);

impl<const COMPTES: bool> QueryId for Requete<COMPTES> {
    type QueryId = Requete<COMPTES>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<const COMPTES: bool> Query for Requete<COMPTES> {
    // What the row is, a key, two texts, two numbers.
    type SqlType = (Text, Text, Text, Text, BigInt, BigInt);
}

impl<const COMPTES: bool> RunQueryDsl<AnyConn> for Requete<COMPTES> {}

impl<const COMPTES: bool, DB> QueryFragment<DB> for Requete<COMPTES>
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Date>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    NaiveDate: ToSql<Date, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let caisse = &self.0.caisse;
        if COMPTES {
            comptes::ecrire(&mut sortie, &self.0)?;
        }
        sortie
            .push_sql("SELECT 'etiquette', '', nom, '', id, 0 FROM etiquette WHERE caisse_code = ");
        sortie.push_bind_param::<Text, _>(caisse)?;
        sortie.push_sql(
            " UNION ALL SELECT 'agent', '', prenom, nom, id, 0 FROM compte WHERE actif AND id IN (\
             SELECT compte_id FROM mandat WHERE caisse_code = ",
        );
        sortie.push_bind_param::<Text, _>(caisse)?;
        sortie.push_sql(" AND role IN ('instructeur', 'responsable', 'signataire') AND du <= ");
        sortie.push_bind_param::<Date, _>(&self.0.aujourd_hui)?;
        sortie.push_sql(" AND (au IS NULL OR au >= ");
        sortie.push_bind_param::<Date, _>(&self.0.aujourd_hui)?;
        sortie.push_sql(
            ")) UNION ALL SELECT 'bassin', code, nom, '', 0, 0 FROM bassin \
             WHERE code IN (SELECT bassin_code FROM commune WHERE caisse_code = ",
        );
        sortie.push_bind_param::<Text, _>(caisse)?;
        sortie.push_sql(
            ") UNION ALL SELECT 'vue', requete, nom, auteur, id, compte_id FROM \
             (SELECT vue_enregistree.id, compte_id, vue_enregistree.nom, requete, \
              prenom || ' ' || compte.nom AS auteur FROM vue_enregistree \
              INNER JOIN compte ON compte.id = compte_id WHERE vue_enregistree.caisse_code = ",
        );
        sortie.push_bind_param::<Text, _>(caisse)?;
        sortie.push_sql(" AND (partagee OR compte_id = ");
        sortie.push_bind_param::<BigInt, _>(&self.0.moi)?;
        sortie.push_sql(") ORDER BY vue_enregistree.nom, vue_enregistree.id LIMIT 50) AS vues");
        Ok(())
    }
}

/// The surroundings of the queue of a CPAM for this account; `comptes`: with the counts.
///
/// # Errors
/// The refusal of the database.
pub fn lire(
    conn: &mut AnyConn,
    caisse: &str,
    moi: i64,
    aujourd_hui: NaiveDate,
    comptes: bool,
) -> DbResult<Cadre> {
    let seuils = Seuils {
        caisse: caisse.to_owned(),
        moi,
        aujourd_hui,
    };
    let lignes: Vec<(String, String, String, String, i64, i64)> = if comptes {
        Requete::<true>(seuils).load(conn)?
    } else {
        Requete::<false>(seuils).load(conn)?
    };
    let mut cadre = Cadre::default();
    let mut agents: Vec<(String, String, i64)> = Vec::new();
    for (sorte, cle, un, deux, nombre, autre) in lignes {
        match sorte.as_str() {
            "compte" => cadre.comptes.push((cle, nombre)),
            "etiquette" => cadre.etiquettes.push(Etiquette {
                id: nombre,
                nom: un,
            }),
            "agent" => agents.push((deux, un, nombre)),
            "bassin" => cadre.bassins.push((cle, un)),
            "vue" => cadre.vues.push(VueOfferte {
                id: nombre,
                compte_id: autre,
                auteur: deux,
                nom: un,
                requete: cle,
            }),
            _ => return Err(DbError::Incoherent(sorte)),
        }
    }
    if comptes {
        let ouverts = comptes::ouverts(&cadre.comptes);
        cadre.comptes.push(("ouverts".to_owned(), ouverts));
    }
    agents.sort_by_cached_key(|(nom, prenom, id)| (fold(nom), fold(prenom), *id));
    cadre.agents = agents
        .into_iter()
        .map(|(nom, prenom, id)| (id, format!("{prenom} {nom}")))
        .collect();
    cadre.etiquettes.sort_by_cached_key(|e| fold(&e.nom));
    cadre
        .bassins
        .sort_by_cached_key(|(code, nom)| (fold(nom), code.clone()));
    cadre.vues.sort_by_cached_key(|v| (fold(&v.nom), v.id));
    Ok(cadre)
}
