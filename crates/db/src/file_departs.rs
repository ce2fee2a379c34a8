//! The list of departures of a CPAM, the oldest cessation first: the same rules as the queue of requests
//! (`dossier_file_*`, `dossier_nationale_*`), the day of the cessation being what falls due.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::backend::Backend;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text};
use regles::depart::EtatDepart;
use regles::mots;
use regles::zonage::Categorie;

use super::comptes::COMPTE_MAX;
use super::condition::{DEPARTS, parmi};
use super::premieres::premieres;
use super::recherche::Saisie;
use super::schema::{bassin, commune, depart, dossier, dossier_mot, kine};
use super::{AnyConn, DbResult, commune as communes};

/// What to show of the departures.
#[derive(Debug, Clone, Default)]
pub struct FiltreDeparts {
    /// One state; none: every departure.
    pub etat: Option<EtatDepart>,
    /// One zone, by the code of its bassin.
    pub bassin: Option<String>,
    /// One commune, by its INSEE code.
    pub insee: Option<String>,
    /// Whose cessation is on this day or later.
    pub du: Option<NaiveDate>,
    /// Whose cessation is on this day or before.
    pub au: Option<NaiveDate>,
    /// An RPPS, a postcode, or words of the leaver's name or of the commune.
    pub texte: Option<Saisie>,
    /// After this row: day of the cessation, identifier.
    pub apres: Option<(NaiveDate, i64)>,
    /// How many rows.
    pub lignes: i64,
}

/// One departure of the list.
#[derive(Debug, Clone, Queryable)]
pub struct LigneDepart {
    /// Identifier.
    pub id: i64,
    /// The CPAM.
    pub caisse_code: String,
    /// Where it stands.
    pub etat: EtatDepart,
    /// When it was declared (UTC).
    pub declaree_le: NaiveDateTime,
    /// Day of the cessation.
    pub date_cessation: NaiveDate,
    /// Acts of the twelve months before.
    pub actes_12_mois: Option<i32>,
    /// Category of the zone on the day of the cessation.
    pub categorie: Categorie,
    /// First name of the leaver.
    pub prenom: String,
    /// Name of the leaver.
    pub nom: String,
    /// RPPS of the leaver.
    pub rpps: String,
    /// INSEE code of the commune.
    pub insee: String,
    /// Commune.
    pub commune: String,
    /// Zone.
    pub bassin: String,
    /// Code of the zone.
    pub bassin_code: String,
}

/// The departures of a CPAM (none: of every CPAM), the oldest cessation first.
pub fn departs(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    filtre: &FiltreDeparts,
) -> DbResult<Vec<LigneDepart>> {
    let mut requete = dossier::table
        .inner_join(depart::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
        .filter(DEPARTS)
        .order((dossier::echeance, dossier::id))
        .select((
            dossier::id,
            dossier::caisse_code,
            dossier::etat,
            dossier::depose_le,
            depart::date_cessation,
            depart::actes_12_mois,
            depart::categorie,
            kine::prenom,
            kine::nom,
            kine::rpps,
            dossier::insee,
            commune::nom,
            bassin::nom,
            bassin::code,
        ))
        .into_boxed();
    if let Some(caisse) = caisse {
        requete = requete.filter(dossier::caisse_code.eq(caisse.to_owned()));
    }
    if let Some(etat) = filtre.etat {
        requete = requete.filter(dossier::etat.eq(etat));
    }
    if let Some(bassin) = &filtre.bassin {
        requete = requete.filter(dossier::bassin_code.eq(bassin));
    }
    if let Some(insee) = &filtre.insee {
        requete = requete.filter(dossier::insee.eq(insee));
    }
    if let Some(jour) = filtre.du {
        requete = requete.filter(dossier::echeance.ge(jour));
    }
    if let Some(jour) = filtre.au {
        requete = requete.filter(dossier::echeance.le(jour));
    }
    match &filtre.texte {
        None => {}
        Some(Saisie::Numero(rpps)) => requete = requete.filter(kine::rpps.eq(rpps)),
        Some(Saisie::Code(code)) => {
            let lieux = communes::de_code(conn, code)?;
            requete = requete.filter(parmi(dossier::insee, lieux));
        }
        Some(Saisie::Mots(cherches)) => {
            for mot in cherches {
                let trouves = dossier_mot::table
                    .filter(dossier_mot::dossier_id.eq(dossier::id))
                    .filter(dossier_mot::mot.ge(mot))
                    .filter(dossier_mot::mot.lt(mots::apres(mot)));
                requete = requete.filter(exists(trouves));
            }
        }
    }
    if let Some((date, id)) = filtre.apres {
        // The first condition bounds the walk in the index, the second leaves out the rows already shown.
        requete = requete.filter(
            dossier::echeance
                .ge(date)
                .and(dossier::echeance.gt(date).or(dossier::id.gt(id))),
        );
    }
    Ok(premieres(requete, filtre.lignes).load(conn)?)
}

/// The counts around the list, in one statement planned once; each stops at [`COMPTE_MAX`] + 1.
#[derive(QueryId)]
struct Comptes {
    caisse: String,
    aujourd_hui: NaiveDate,
    limite: i64,
}

impl Query for Comptes {
    type SqlType = (Text, BigInt);
}

impl RunQueryDsl<AnyConn> for Comptes {}

impl<DB> QueryFragment<DB> for Comptes
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Date>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    NaiveDate: ToSql<Date, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let etats = EtatDepart::TOUS.iter().map(|e| (e.as_str(), e, false));
        let passee = ("passee", &EtatDepart::Declaree, true);
        for (rang, (cle, etat, passee)) in etats.chain([passee]).enumerate() {
            sortie.push_sql(if rang == 0 { "" } else { " UNION ALL " });
            sortie.push_sql("SELECT '");
            sortie.push_sql(cle);
            sortie.push_sql(
                "' AS cle, count(*) AS nombre FROM (SELECT 1 FROM dossier WHERE nature = 'depart' AND etat = '",
            );
            sortie.push_sql(etat.as_str());
            sortie.push_sql("' AND caisse_code = ");
            sortie.push_bind_param::<Text, _>(&self.caisse)?;
            if passee {
                sortie.push_sql(" AND echeance < ");
                sortie.push_bind_param::<Date, _>(&self.aujourd_hui)?;
            }
            sortie.push_sql(" LIMIT ");
            sortie.push_bind_param::<BigInt, _>(&self.limite)?;
            sortie.push_sql(") AS borne_");
            sortie.push_sql(cle);
        }
        Ok(())
    }
}

/// How many departures of a CPAM are in each state, and wait though the cessation is past (`passee`); what exceeds
/// [`COMPTE_MAX`] only says so.
pub fn comptes(
    conn: &mut AnyConn,
    caisse: &str,
    aujourd_hui: NaiveDate,
) -> DbResult<Vec<(String, i64)>> {
    let requete = Comptes {
        caisse: caisse.to_owned(),
        aujourd_hui,
        limite: COMPTE_MAX + 1,
    };
    Ok(requete.load(conn)?)
}
