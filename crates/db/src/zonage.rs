//! The arrêtés de zonage in force, and the category of a place at a date (ZON-6).

mod categorie;

pub use categorie::{ZoneError, ZoneTrouvee};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use regles::identifiants::Insee;
use regles::reglement::Reglement;

use super::arrete::Arrete;
use super::commune::Commune;
use super::depart::Service;
use super::dialect::Multi;
use super::ensemble::{Lecture, Lectures, lecture};
use super::schema::{arrete, bassin, caisse, commune, zonage_bassin, zonage_commune};
use super::{AnyConn, DbError, DbResult, commune as communes};

/// Code of the profession that this product regulates (ZON-9): masseur-kinésithérapeute.
pub const MASSEUR_KINESITHERAPEUTE: &str = "70";

/// A commune, and what the arrêtés of its region say of it, whatever the day.
#[derive(Debug, Clone)]
pub struct Classement {
    insee: Insee,
    /// Its name, and its bassin if it has one.
    commune: Option<(String, Option<BassinConnu>)>,
    /// Whether its arrondissements have a bassin instead.
    arrondissements: bool,
    /// From the oldest.
    dits: Vec<Dit>,
}

/// The bassin of a commune, with the region whose arrêté classifies it.
#[derive(Debug, Clone, Queryable)]
pub struct BassinConnu {
    code: String,
    region: String,
}

/// What an arrêté says of a commune.
#[derive(Debug, Clone)]
struct Dit {
    arrete: Arrete,
    /// Bassin and category of the line of the commune, if it has one of its own.
    ligne: Option<(String, String)>,
    /// Category of its bassin, and whether its lines differ.
    bassin: Option<(String, bool)>,
    /// Name of that bassin.
    nom: Option<String>,
}

/// The commune; its bassin; an arrêté of the region; what it says of the commune, and of the bassin.
pub type LigneClassement = (
    (String, Option<String>),
    Option<BassinConnu>,
    Option<Arrete>,
    Option<(String, String)>,
    Option<(String, bool)>,
    Option<String>,
);

diesel::define_sql_function! {
    /// The first of the two that is known.
    #[sql_name = "coalesce"]
    fn sinon(a: Nullable<Text>, b: Nullable<Text>) -> Nullable<Text>;
}

/// A commune with each arrêté of its region that counts, of whatever day: a region takes one every two years.
pub fn lecture_classement(insee: &Insee) -> impl Lecture<Ligne = LigneClassement> + use<> {
    let classe = diesel::alias!(bassin as classe);
    lecture(
        commune::table
            .left_join(bassin::table.on(commune::bassin_code.eq(bassin::code.nullable())))
            .left_join(
                arrete::table.on(arrete::region
                    .eq(bassin::region_attribution)
                    .and(arrete::profession.eq(MASSEUR_KINESITHERAPEUTE))
                    .and(arrete::etat.eq("actif"))),
            )
            .left_join(
                zonage_commune::table.on(zonage_commune::arrete_id
                    .eq(arrete::id)
                    .and(zonage_commune::insee.eq(commune::insee))),
            )
            .left_join(
                zonage_bassin::table.on(zonage_bassin::arrete_id.eq(arrete::id).and(
                    zonage_bassin::bassin_code.nullable().eq(sinon(
                        zonage_commune::bassin_code.nullable(),
                        commune::bassin_code,
                    )),
                )),
            )
            .left_join(classe.on(classe.field(bassin::code).nullable().eq(sinon(
                zonage_commune::bassin_code.nullable(),
                commune::bassin_code,
            ))))
            .filter(commune::insee.eq(insee.as_str().to_owned()))
            .select((
                (commune::nom, commune::bassin_code),
                (bassin::code, bassin::region_attribution).nullable(),
                <Arrete as Selectable<Multi>>::construct_selection().nullable(),
                (zonage_commune::bassin_code, zonage_commune::categorie).nullable(),
                (zonage_bassin::categorie, zonage_bassin::mixte).nullable(),
                classe.field(bassin::nom).nullable(),
            )),
    )
}

/// Reads what the arrêtés say of a commune, in one statement.
pub fn classement(conn: &mut AnyConn, insee: &Insee) -> Result<Classement, DbError> {
    let lignes = lecture_classement(insee).toutes(conn)?;
    Classement::nouveau(conn, insee, lignes)
}

/// A commune, its CPAM if known, and what the arrêtés say of it.
pub struct Situation {
    /// The commune.
    pub commune: Commune,
    /// Its CPAM.
    pub service: Option<Service>,
    /// Its category, at any date.
    pub classement: Classement,
}

/// Where a commune stands, in one statement; none when it is in no list imported.
pub fn situer(conn: &mut AnyConn, insee: &Insee) -> DbResult<Option<Situation>> {
    let connue = lecture(
        commune::table
            .left_join(caisse::table)
            .filter(commune::insee.eq(insee.as_str().to_owned()))
            .select((
                <Commune as Selectable<Multi>>::construct_selection(),
                <Service as Selectable<Multi>>::construct_selection().nullable(),
            )),
    );
    let (connues, lignes): (Vec<(Commune, Option<Service>)>, _) =
        (connue, lecture_classement(insee)).ensemble(conn)?;
    let Some((commune, service)) = connues.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(Situation {
        commune,
        service,
        classement: Classement::nouveau(conn, insee, lignes)?,
    }))
}

/// ZON-6: see [`Classement::categorie`].
///
/// # Errors
/// [`ZoneError`], naming what is missing.
pub fn categorie(
    conn: &mut AnyConn,
    reglement: &Reglement,
    insee: &Insee,
    date: NaiveDate,
) -> Result<ZoneTrouvee, ZoneError> {
    classement(conn, insee)?.categorie(reglement, date)
}

impl Classement {
    /// From the rows of [`lecture_classement`]; asks one thing more of a commune without a bassin.
    pub fn nouveau(
        conn: &mut AnyConn,
        insee: &Insee,
        lignes: Vec<LigneClassement>,
    ) -> Result<Classement, DbError> {
        let commune = lignes.first().map(|((nom, code), bassin, ..)| {
            let bassin = bassin.clone();
            (nom.clone(), code.clone(), bassin)
        });
        let arrondissements = match &commune {
            Some((_, None, _)) => communes::a_des_arrondissements(conn, insee.as_str())?,
            _ => false,
        };
        let commune = match commune {
            Some((_, Some(code), None)) => {
                return Err(DbError::Incoherent(format!("bassin {code}")));
            }
            connue => connue.map(|(nom, _, bassin)| (nom, bassin)),
        };
        let mut dits: Vec<Dit> = lignes
            .into_iter()
            .filter_map(|(_, _, arrete, ligne, bassin, nom)| {
                Some(Dit {
                    arrete: arrete?,
                    ligne,
                    bassin,
                    nom,
                })
            })
            .collect();
        dits.sort_by_key(|dit| dit.arrete.date_effet);
        Ok(Classement {
            insee: insee.clone(),
            commune,
            arrondissements,
            dits,
        })
    }

    /// The first arrêté of the region to take effect after `jour`.
    pub fn a_venir(&self, jour: NaiveDate) -> Option<&Arrete> {
        self.dits
            .iter()
            .map(|dit| &dit.arrete)
            .find(|arrete| arrete.date_effet > jour)
    }
}
