//! REG-14: what the ledger of a zone is made of.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use regles::demande::{EtatDemande, NatureDemande};
use regles::designation::EtatDesignation;
use regles::grand_livre::{Bilan, EtatPlace};
use regles::zonage::Categorie;

use super::condition::ARRIVEES;
use super::schema::{bassin, demande, depart, designation, dossier, kine, place};
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

/// The floor of acts (REG-3) that applied at each instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seuils {
    /// From each instant (UTC) on, oldest first.
    pub depuis: Vec<(NaiveDateTime, i32)>,
    /// For a departure whose confirmation carries no instant.
    pub sans_instant: i32,
}

impl Seuils {
    /// The same floor at any time.
    pub fn constant(seuil: i32) -> Seuils {
        Seuils {
            depuis: Vec::new(),
            sans_instant: seuil,
        }
    }

    /// The floor for a departure confirmed at this instant.
    pub fn au(&self, traitee_le: Option<NaiveDateTime>) -> i32 {
        let Some(le) = traitee_le else {
            return self.sans_instant;
        };
        let atteint = self.depuis.iter().rev().find(|(depuis, _)| *depuis <= le);
        atteint.map_or(self.sans_instant, |(_, seuil)| *seuil)
    }

    /// The same in SQL, from our own numbers and dates alone.
    fn sql(&self) -> String {
        if self.depuis.is_empty() {
            return self.sans_instant.to_string();
        }
        let mut cas = String::from("CASE");
        for (depuis, seuil) in self.depuis.iter().rev() {
            cas.push_str(&format!(
                " WHEN c.traitee_le >= '{}' THEN {seuil}",
                depuis.format("%Y-%m-%d %H:%M:%S")
            ));
        }
        format!("{cas} ELSE {} END", self.sans_instant)
    }
}

// The eligible departures are counted from the departures (acts, opinion), not from the state of the places:
// the two sides of the balance are independent.
fn departs_par_zone(seuils: &Seuils) -> String {
    format!(
        "SELECT b.code AS code, b.nom AS nom, p.etat AS etat, \
        (CASE WHEN c.categorie IN ('non_prioritaire', 'sur_dotee_av5') \
            AND (c.actes_12_mois >= {} OR p.avis_cpd = 'favorable') THEN 1 ELSE 0 END) AS eligible, \
        COUNT(*) AS nombre \
        FROM dossier d JOIN depart c ON c.id = d.id JOIN bassin b ON b.code = d.bassin_code \
        LEFT JOIN place p ON p.id = d.id \
        WHERE d.nature = 'depart' AND d.caisse_code = $1 AND d.etat = 'confirmee' \
        GROUP BY b.code, b.nom, p.etat, eligible",
        seuils.sql()
    )
}

const DEROGATIONS: &str = "SELECT b.code AS code, b.nom AS nom, NULL AS etat, 0 AS eligible, COUNT(*) AS nombre \
    FROM dossier d JOIN bassin b ON b.code = d.bassin_code \
    WHERE d.arrivee AND d.etat IN ('accordee', 'installee') AND d.caisse_code = $1 AND d.place_id IS NULL \
    GROUP BY b.code, b.nom";

/// The zones of a CPAM where somebody left, or came by derogation, by name; `seuils`: acts from which a
/// departure is eligible (REG-3).
pub fn zones(conn: &mut AnyConn, caisse: &str, seuils: &Seuils) -> DbResult<Vec<ZoneLivre>> {
    let departs: Vec<Compte> = diesel::sql_query(departs_par_zone(seuils))
        .bind::<Text, _>(caisse)
        .load(conn)?;
    let derogations: Vec<Compte> = diesel::sql_query(DEROGATIONS)
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

/// A departure of the ledger with the place that it opened.
#[derive(Debug, Clone, Queryable)]
pub struct DepartLivre {
    /// The departure.
    pub depart_id: i64,
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
pub fn departs(conn: &mut AnyConn, caisse: &str, bassin: &str) -> DbResult<Vec<DepartLivre>> {
    Ok(place::table
        .inner_join(depart::table.inner_join(dossier::table))
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(place::bassin_code.eq(bassin))
        .filter(place::caisse_code.eq(caisse))
        .order((depart::date_cessation, place::id))
        .select((
            depart::id,
            kine::prenom,
            kine::nom,
            depart::date_cessation,
            depart::actes_12_mois,
            depart::categorie,
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
}

/// The arrivals of a zone by succession or derogation, granted or installed, oldest first.
pub fn arrivees(conn: &mut AnyConn, caisse: &str, bassin: &str) -> DbResult<Vec<ArriveeLivre>> {
    Ok(dossier::table
        .inner_join(demande::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(dossier::bassin_code.eq(bassin))
        .filter(dossier::caisse_code.eq(caisse))
        .filter(ARRIVEES)
        .order(dossier::id)
        .select((
            dossier::numero,
            demande::nature,
            dossier::etat,
            dossier::place_id,
            kine::prenom,
            kine::nom,
            demande::notifiee_le,
            demande::installee_le,
            dossier::echeance,
        ))
        .load(conn)?)
}

/// Who is designated for a place that nobody took yet.
#[derive(Debug, Clone, Queryable)]
pub struct DesigneLivre {
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
pub fn designes(conn: &mut AnyConn, caisse: &str, bassin: &str) -> DbResult<Vec<DesigneLivre>> {
    Ok(designation::table
        .inner_join(place::table)
        .left_join(kine::table)
        .filter(place::bassin_code.eq(bassin))
        .filter(place::caisse_code.eq(caisse))
        .filter(designation::etat.eq_any(EtatDesignation::ACTIVES))
        .select((
            designation::place_id,
            designation::rpps,
            designation::etat,
            kine::prenom.nullable(),
            kine::nom.nullable(),
        ))
        .load(conn)?)
}

/// The name of a zone.
pub fn nom_du_bassin(conn: &mut AnyConn, code: &str) -> DbResult<String> {
    Ok(bassin::table.find(code).select(bassin::nom).first(conn)?)
}
