//! What is around a file: other requests of the same person, on the same place, at the same door; her departures.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::mots;

use super::condition::{DEMANDES, EnToutesLettres, MOTS_DE_DEMANDES, Visible};
use super::demande::Demande;
use super::schema::{commune, demande, depart, dossier, dossier_mot, kine};
use super::{AnyConn, CpamScope, DbResult};

/// At most this many of each.
pub const VOISINES_MAX: i64 = 10;

/// What makes another file related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lien {
    /// The same applicant.
    Personne,
    /// The same place: another successor.
    Place,
    /// The same address of practice.
    Cabinet,
}

/// A file around another.
#[derive(Debug, Clone, Queryable)]
pub struct Voisine {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// What it rests on.
    pub nature: NatureDemande,
    /// Where it stands.
    pub etat: EtatDemande,
    /// When it was filed (UTC).
    pub deposee_le: NaiveDateTime,
    /// Zone of practice.
    pub bassin_code: String,
    /// First name of the applicant.
    pub prenom: String,
    /// Name of the applicant.
    pub nom: String,
    /// Commune of practice.
    pub commune: String,
}

/// A departure of the applicant herself.
#[derive(Debug, Clone, Queryable)]
pub struct DepartVoisin {
    /// Identifier.
    pub id: i64,
    /// Day of the cessation.
    pub date_cessation: NaiveDate,
    /// Commune.
    pub commune: String,
}

/// The files related to a request, the latest first, each with what relates it; only those of the scope.
///
/// # Errors
/// The refusal of the database.
pub fn demandes(
    conn: &mut AnyConn,
    scope: &CpamScope,
    d: &Demande,
) -> DbResult<Vec<(Lien, Voisine)>> {
    let mut trouvees: Vec<(Lien, Voisine)> = Vec::new();
    if matches!(scope, CpamScope::Kine(_)) {
        return Ok(trouvees);
    }
    let mut liens = vec![Lien::Personne];
    if d.place_id.is_some() {
        liens.push(Lien::Place);
    }
    let cle = mots::cle_adresse(&d.insee, &d.adresse);
    if cle.is_some() {
        liens.push(Lien::Cabinet);
    }
    for lien in liens {
        let requete = dossier::table
            .inner_join(demande::table)
            .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .filter(DEMANDES)
            .filter(Visible(scope.clone()))
            .filter(dossier::id.ne(d.id))
            .order(dossier::id.desc())
            .limit(VOISINES_MAX)
            .select((
                dossier::id,
                dossier::numero,
                demande::nature,
                dossier::etat,
                dossier::depose_le,
                dossier::bassin_code,
                kine::prenom,
                kine::nom,
                commune::nom,
            ))
            .into_boxed();
        let requete = match lien {
            Lien::Personne => requete.filter(dossier::kine_id.eq(d.kine_id)),
            Lien::Place => requete.filter(dossier::place_id.eq(d.place_id)),
            Lien::Cabinet => requete.filter(
                dossier::id.eq_any(
                    dossier_mot::table
                        .filter(dossier_mot::caisse_code.eq(d.caisse_code.clone()))
                        .filter(MOTS_DE_DEMANDES)
                        .filter(dossier_mot::mot.eq(cle.clone().unwrap_or_default()))
                        .select(dossier_mot::dossier_id),
                ),
            ),
        };
        for voisine in requete.load::<Voisine>(conn)? {
            if !trouvees.iter().any(|(_, v)| v.id == voisine.id) {
                trouvees.push((lien, voisine));
            }
        }
    }
    Ok(trouvees)
}

/// The departures that the applicant declared herself and that still hold.
///
/// # Errors
/// The refusal of the database.
pub fn departs(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<DepartVoisin>> {
    Ok(dossier::table
        .inner_join(depart::table)
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .filter(dossier::kine_id.eq(kine_id))
        .filter(EnToutesLettres(
            "dossier.nature = 'depart' AND dossier.etat IN ('declaree', 'confirmee')",
        ))
        .order(dossier::id.desc())
        .limit(VOISINES_MAX)
        .select((dossier::id, depart::date_cessation, commune::nom))
        .load(conn)?)
}
