//! REG-14: what the ledger of a zone is made of.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::grand_livre::{Bilan, EtatPlace};
use regles::zonage::Categorie;

use super::condition::{ARRIVEES, RECOURS_OUVERT};
use super::schema::{bassin, caisse, commune, demande, depart, designation, dossier, kine, place};
use super::{AnyConn, DbError, DbResult};

/// A zone of a CPAM with its balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLivre {
    /// Code of the bassin.
    pub code: String,
    /// Its name.
    pub nom: String,
    /// The counts.
    pub bilan: Bilan,
}

#[derive(QueryableByName)]
struct Compte {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    nom: String,
    #[diesel(sql_type = Nullable<Text>)]
    etat: Option<String>,
    #[diesel(sql_type = Integer)]
    eligible: i32,
    #[diesel(sql_type = BigInt)]
    nombre: i64,
}

/// What makes a departure eligible, by the parameters of one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eligible {
    /// REG-3: acts from which it is.
    pub seuil: i32,
    /// REG-15: whether the departure of who practised by derogation opens nothing.
    pub sauf_derogation: bool,
    /// REG-16: whether a cessation before the zone was regulated opens nothing.
    pub sauf_anterieur: bool,
}

impl Eligible {
    fn est(self, d: &DepartLivre) -> bool {
        let assez = d.actes_12_mois.is_some_and(|a| a >= self.seuil);
        d.depart_etat == EtatDepart::Confirmee
            && d.etat != EtatPlace::SansObjet
            && d.categorie.est_regulee()
            && (assez || d.avis_cpd.as_deref() == Some("favorable"))
            && !(self.sauf_derogation && d.par_derogation == Some(true))
            && !(self.sauf_anterieur && d.categorie_cessation.is_some_and(|c| !c.est_regulee()))
    }

    /// The same in SQL, the category apart.
    fn sql(self) -> String {
        let mut sql = format!(
            "(c.actes_12_mois >= {} OR p.avis_cpd = 'favorable')",
            self.seuil
        );
        if self.sauf_derogation {
            sql.push_str(" AND (c.par_derogation IS NULL OR NOT c.par_derogation)");
        }
        if self.sauf_anterieur {
            sql.push_str(&format!(
                " AND (c.categorie_cessation IS NULL OR c.categorie_cessation IN {REGULEES})"
            ));
        }
        sql
    }
}

/// The regulated categories, in SQL.
const REGULEES: &str = "('non_prioritaire', 'sur_dotee_av5')";

/// What made a departure eligible at each instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seuils {
    /// From each instant (UTC) on, oldest first.
    pub depuis: Vec<(NaiveDateTime, Eligible)>,
    /// For a departure whose confirmation carries no instant.
    pub sans_instant: Eligible,
}

impl Seuils {
    /// The same floor of acts at any time, and the departures that open nothing by the parameters shipped.
    pub fn constant(seuil: i32) -> Seuils {
        Seuils {
            depuis: Vec::new(),
            sans_instant: Eligible {
                seuil,
                sauf_derogation: true,
                sauf_anterieur: true,
            },
        }
    }

    /// Whether a departure is eligible, by what was in force when it was confirmed.
    pub fn eligible(&self, d: &DepartLivre) -> bool {
        let atteint = d
            .traitee_le
            .and_then(|le| self.depuis.iter().rev().find(|(depuis, _)| *depuis <= le));
        atteint.map_or(self.sans_instant, |(_, e)| *e).est(d)
    }

    /// The same in SQL, from our own numbers and dates alone.
    fn sql(&self) -> String {
        if self.depuis.is_empty() {
            return self.sans_instant.sql();
        }
        let mut cas = String::from("CASE");
        for (depuis, eligible) in self.depuis.iter().rev() {
            cas.push_str(&format!(
                " WHEN c.traitee_le >= '{}' THEN ({})",
                depuis.format("%Y-%m-%d %H:%M:%S"),
                eligible.sql()
            ));
        }
        format!("{cas} ELSE ({}) END", self.sans_instant.sql())
    }
}

/// Its own files, then those of the caisses with which it shares a zone (REG-18), zone by zone: two walks, each by its index.
const PARMI: [(&str, &str); 2] = [
    (
        "dossier d JOIN bassin b ON b.code = d.bassin_code",
        "d.caisse_code = $1",
    ),
    (
        "bassin b CROSS JOIN dossier d",
        "d.bassin_code = b.code AND d.caisse_code <> $1 \
         AND b.code IN (SELECT k.bassin_code FROM commune k WHERE k.caisse_code = $1) \
         AND EXISTS (SELECT 1 FROM commune o WHERE o.bassin_code = b.code AND o.caisse_code <> $1)",
    ),
];

// The eligible departures are counted from the departures (acts, opinion), not from the state of the places: the two sides
// of the balance are independent, but for the places that left it (REG-16).
fn departs_par_zone(seuils: &Seuils) -> String {
    let eligible = seuils.sql();
    PARMI
        .map(|(parmi, quels)| {
            format!(
                "SELECT b.code AS code, b.nom AS nom, p.etat AS etat, \
                (CASE WHEN c.categorie IN {REGULEES} AND (p.etat IS NULL OR p.etat <> 'sans_objet') AND ({eligible}) \
                THEN 1 ELSE 0 END) AS eligible, \
                COUNT(*) AS nombre \
                FROM {parmi} JOIN depart c ON c.id = d.id LEFT JOIN place p ON p.id = d.id \
                WHERE {quels} AND d.nature = 'depart' AND d.etat = 'confirmee' \
                GROUP BY b.code, b.nom, p.etat, eligible"
            )
        })
        .join(" UNION ALL ")
}

fn derogations_par_zone() -> String {
    PARMI
        .map(|(parmi, quels)| {
            format!(
                "SELECT b.code AS code, b.nom AS nom, NULL AS etat, 0 AS eligible, COUNT(*) AS nombre \
                FROM {parmi} \
                WHERE {quels} AND d.arrivee AND d.etat IN ('accordee', 'installee') AND d.place_id IS NULL \
                GROUP BY b.code, b.nom"
            )
        })
        .join(" UNION ALL ")
}

/// REG-18: whether a caisse reads the ledger of a zone whoever handles its files: a commune of the zone is its own.
macro_rules! lisible {
    ($caisse:expr, $bassin:expr, $chargee:expr) => {
        $chargee.eq($caisse).or(exists(
            commune::table
                .filter(commune::bassin_code.eq($bassin))
                .filter(commune::caisse_code.eq($caisse)),
        ))
    };
}

/// The zones of a CPAM, shared ones with what the others do there (REG-18), where somebody left, or came by derogation, by
/// name; `seuils`: what makes a departure eligible (REG-3).
pub fn zones(conn: &mut AnyConn, caisse: &str, seuils: &Seuils) -> DbResult<Vec<ZoneLivre>> {
    let departs: Vec<Compte> = diesel::sql_query(departs_par_zone(seuils))
        .bind::<Text, _>(caisse)
        .load(conn)?;
    let derogations: Vec<Compte> = diesel::sql_query(derogations_par_zone())
        .bind::<Text, _>(caisse)
        .load(conn)?;
    let mut zones: BTreeMap<(String, String), Bilan> = BTreeMap::new();
    for compte in departs {
        let bilan = zones.entry((compte.nom, compte.code)).or_default();
        bilan.departs_eligibles += i64::from(compte.eligible) * compte.nombre;
        if let Some(etat) = compte.etat {
            let etat: EtatPlace = etat.parse().map_err(DbError::Incoherent)?;
            bilan.compter(etat, compte.nombre);
        }
    }
    for compte in derogations {
        zones
            .entry((compte.nom, compte.code))
            .or_default()
            .derogations += compte.nombre;
    }
    Ok(zones
        .into_iter()
        .map(|((nom, code), bilan)| ZoneLivre { code, nom, bilan })
        .collect())
}

/// The caisse that handles a file of the ledger.
#[derive(Debug, Clone, Queryable)]
pub struct Chargee {
    /// Its code.
    pub code: String,
    /// Its name.
    pub nom: String,
}

/// A departure of the ledger with the place that it opened.
#[derive(Debug, Clone, Queryable)]
pub struct DepartLivre {
    /// The departure.
    pub depart_id: i64,
    /// The caisse that certifies it (REG-18).
    pub chargee: Chargee,
    /// Where it stands: cancelled (REG-19), its place is shown and not counted.
    pub depart_etat: EtatDepart,
    /// Who left: first name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// When she left.
    pub date_cessation: NaiveDate,
    /// Acts of the twelve months before.
    pub actes_12_mois: Option<i32>,
    /// Category of the zone left.
    pub categorie: Categorie,
    /// REG-15: whether who left practised there by derogation.
    pub par_derogation: Option<bool>,
    /// REG-16: category of the zone on the day of the cessation.
    pub categorie_cessation: Option<Categorie>,
    /// When it was confirmed (UTC).
    pub traitee_le: Option<NaiveDateTime>,
    /// The place.
    pub place_id: i64,
    /// Where it stands.
    pub etat: EtatPlace,
    /// REG-4: opinion of the commission.
    pub avis_cpd: Option<String>,
    /// REG-5: last day to designate.
    pub limite_designation: Option<NaiveDate>,
}

/// The departures of a zone that opened a place, in the order of the departures.
pub fn departs(conn: &mut AnyConn, lectrice: &str, zone: &str) -> DbResult<Vec<DepartLivre>> {
    Ok(place::table
        .inner_join(depart::table.inner_join(dossier::table))
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
        .filter(place::bassin_code.eq(zone))
        .filter(lisible!(lectrice, zone, place::caisse_code))
        .order((depart::date_cessation, place::id))
        .select((
            depart::id,
            (caisse::code, caisse::nom),
            dossier::etat,
            kine::prenom,
            kine::nom,
            depart::date_cessation,
            depart::actes_12_mois,
            depart::categorie,
            depart::par_derogation,
            depart::categorie_cessation,
            depart::traitee_le,
            place::id,
            place::etat,
            place::avis_cpd,
            place::limite_designation,
        ))
        .load(conn)?)
}

/// An arrival of the ledger: a grant, installed or not yet.
#[derive(Debug, Clone, Queryable)]
pub struct ArriveeLivre {
    /// The caisse that decides (REG-18).
    pub chargee: Chargee,
    /// Number of the request.
    pub numero: String,
    /// What it rests on.
    pub nature: NatureDemande,
    /// Where it stands.
    pub etat: EtatDemande,
    /// The place, for a succession.
    pub place_id: Option<i64>,
    /// Who comes: first name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// Day of the installation.
    pub installee_le: Option<NaiveDate>,
    /// What falls due first.
    pub prochaine_echeance: NaiveDate,
    /// REG-17: the last day of the condition of the grant.
    pub reserve_au: Option<NaiveDate>,
    /// REG-17: the day it was met.
    pub reserve_levee_le: Option<NaiveDate>,
}

/// The arrivals of a zone by succession or derogation, granted or installed, oldest first.
pub fn arrivees(conn: &mut AnyConn, lectrice: &str, zone: &str) -> DbResult<Vec<ArriveeLivre>> {
    Ok(dossier::table
        .inner_join(demande::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(caisse::table.on(caisse::code.eq(dossier::caisse_code)))
        .filter(dossier::bassin_code.eq(zone))
        .filter(lisible!(lectrice, zone, dossier::caisse_code))
        .filter(ARRIVEES)
        .order(dossier::id)
        .select((
            (caisse::code, caisse::nom),
            dossier::numero,
            demande::nature,
            dossier::etat,
            dossier::place_id,
            kine::prenom,
            kine::nom,
            demande::notifiee_le,
            demande::installee_le,
            dossier::echeance,
            demande::reserve_au,
            demande::reserve_levee_le,
        ))
        .load(conn)?)
}

/// Who is designated for a place that nobody took yet.
#[derive(Debug, Clone, Queryable)]
pub struct DesigneLivre {
    /// The caisse of the place (REG-18).
    pub caisse_code: String,
    /// The place.
    pub place_id: i64,
    /// RPPS of the successor.
    pub rpps: String,
    /// Whether the successor accepted (REG-8).
    pub etat: EtatDesignation,
    /// First name, once the successor is known to Relève.
    pub prenom: Option<String>,
    /// Name.
    pub nom: Option<String>,
}

/// The active designations of the places of a zone: at most one each (REG-8).
pub fn designes(conn: &mut AnyConn, lectrice: &str, zone: &str) -> DbResult<Vec<DesigneLivre>> {
    Ok(designation::table
        .inner_join(place::table)
        .left_join(kine::table)
        .filter(place::bassin_code.eq(zone))
        .filter(lisible!(lectrice, zone, place::caisse_code))
        .filter(designation::etat.eq_any(EtatDesignation::ACTIVES))
        .select((
            place::caisse_code,
            designation::place_id,
            designation::rpps,
            designation::etat,
            kine::prenom.nullable(),
            kine::nom.nullable(),
        ))
        .load(conn)?)
}

/// PRO-9: the places of a zone on which an appeal runs.
pub fn sous_recours(conn: &mut AnyConn, zone: &str) -> DbResult<Vec<i64>> {
    Ok(dossier::table
        .filter(dossier::bassin_code.eq(zone))
        .filter(RECOURS_OUVERT)
        .filter(dossier::place_id.is_not_null())
        .select(dossier::place_id.assume_not_null())
        .load(conn)?)
}

/// The name of a zone.
pub fn nom_du_bassin(conn: &mut AnyConn, code: &str) -> DbResult<String> {
    Ok(bassin::table.find(code).select(bassin::nom).first(conn)?)
}
