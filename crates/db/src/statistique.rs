//! Figures of a CPAM, or of all: counted by the database, month by month, never row by row.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};
use regles::demande::EtatDemande;

use super::condition::{DEMANDES, DOSSIER_OUVERT, SILENCE_COURT};
use super::schema::{compte, dossier, echeance, kine};
use super::{AnyConn, DbResult};

/// A count: a month (`2026-01`) or another heading, what is counted, how many.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, serde::Serialize, serde::Deserialize)]
pub struct Compte {
    /// Month of the event, as `2026-01`.
    #[diesel(sql_type = Text)]
    pub mois: String,
    /// What is counted.
    #[diesel(sql_type = Text)]
    pub cle: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub nombre: i64,
}

/// How the two databases say the month of an instant or a day, and the days between two.
struct Dialecte {
    sqlite: bool,
}

impl Dialecte {
    fn mois(&self, colonne: &str) -> String {
        if self.sqlite {
            format!("substr({colonne}, 1, 7)")
        } else {
            format!("to_char({colonne}, 'YYYY-MM')")
        }
    }

    fn jours(&self, fin: &str, debut: &str) -> String {
        if self.sqlite {
            format!(
                "CAST(CAST(julianday(date({fin})) - julianday(date({debut})) AS INTEGER) AS TEXT)"
            )
        } else {
            format!("CAST(CAST({fin} AS date) - CAST({debut} AS date) AS text)")
        }
    }
}

/// Counts since a day, in one CPAM or in all. The text names the columns `mois`, `cle`, `nombre`, and holds
/// `$1` (the day) once, followed by `{clause}`.
fn compter(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
    colonne: &str,
    requete: impl FnOnce(&dyn Fn(&str) -> String, &dyn Fn(&str, &str) -> String) -> String,
) -> DbResult<Vec<Compte>> {
    let dialecte = Dialecte {
        sqlite: conn.is_sqlite(),
    };
    let clause = match caisse {
        Some(_) => format!("{colonne} = $2"),
        // The parameter is there all the same: every query has two.
        None => "$2 = $2".to_owned(),
    };
    let texte =
        requete(&|c| dialecte.mois(c), &|f, d| dialecte.jours(f, d)).replace("{clause}", &clause);
    Ok(diesel::sql_query(texte)
        .bind::<Date, _>(depuis)
        .bind::<Text, _>(caisse.unwrap_or_default())
        .load(conn)?)
}

/// Requests by month of filing and state.
pub fn demandes(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(conn, caisse, depuis, "d.caisse_code", |mois, _| {
        format!(
            "SELECT {} AS mois, d.etat AS cle, count(*) AS nombre FROM dossier d \
             WHERE d.nature = 'demande' AND d.depose_le >= $1 AND {{clause}} GROUP BY 1, 2",
            mois("d.depose_le")
        )
    })
}

/// Decisions by month, and by days since the filing (`cle`).
pub fn delais_de_decision(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(conn, caisse, depuis, "d.caisse_code", |mois, jours| {
        format!(
            "SELECT {} AS mois, {} AS cle, count(*) AS nombre FROM decision x \
             JOIN dossier d ON d.id = x.dossier_id \
             WHERE x.etat = 'decidee' AND x.decidee_le >= $1 AND {{clause}} GROUP BY 1, 2",
            mois("x.decidee_le"),
            jours("x.decidee_le", "d.depose_le")
        )
    })
}

/// Places by month: `ouvertes` when they opened, `pourvues` when the successor settled, `caduques` when the time to
/// designate ended (REG-6).
pub fn places(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    let mut comptes = compter(conn, caisse, depuis, "p.caisse_code", |mois, _| {
        format!(
            "SELECT {} AS mois, 'ouvertes' AS cle, count(*) AS nombre FROM place p \
             WHERE p.etat NOT IN ('a_examiner', 'non_transmissible') AND p.cree_le >= $1 AND {{clause}} GROUP BY 1",
            mois("p.cree_le")
        )
    })?;
    comptes.extend(compter(conn, caisse, depuis, "d.caisse_code", |mois, _| {
        format!(
            "SELECT {} AS mois, 'pourvues' AS cle, count(*) AS nombre FROM dossier d JOIN demande x ON x.id = d.id \
             WHERE d.nature = 'demande' AND d.etat = 'installee' AND d.place_id IS NOT NULL \
             AND x.installee_le >= $1 AND {{clause}} GROUP BY 1",
            mois("x.installee_le")
        )
    })?);
    comptes.extend(compter(
        conn,
        caisse,
        depuis,
        "p.caisse_code",
        |mois, _| {
            format!(
                "SELECT {} AS mois, 'caduques' AS cle, count(*) AS nombre FROM place p \
             WHERE p.etat = 'caduque' AND p.limite_designation >= $1 AND {{clause}} GROUP BY 1",
                mois("p.limite_designation")
            )
        },
    )?);
    Ok(comptes)
}

/// Installations on a place by month, and by days since the cessation (`cle`).
pub fn delais_d_arrivee(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(conn, caisse, depuis, "d.caisse_code", |mois, jours| {
        format!(
            "SELECT {} AS mois, {} AS cle, count(*) AS nombre FROM dossier d \
             JOIN demande x ON x.id = d.id JOIN depart c ON c.id = d.place_id \
             WHERE d.nature = 'demande' AND d.etat = 'installee' AND x.installee_le >= $1 AND {{clause}} GROUP BY 1, 2",
            mois("x.installee_le"),
            jours("x.installee_le", "c.date_cessation")
        )
    })
}

/// Derogations asked for, by family (`mois` holds it) and state (DER-1).
pub fn derogations(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(conn, caisse, depuis, "d.caisse_code", |_, _| {
        "SELECT x.derogation_famille AS mois, d.etat AS cle, count(*) AS nombre FROM dossier d \
         JOIN demande x ON x.id = d.id \
         WHERE d.nature = 'demande' AND x.nature = 'derogation' AND d.depose_le >= $1 AND {clause} GROUP BY 1, 2"
            .to_owned()
    })
}

/// Requests by zone of a CPAM (name and code), or by CPAM when all are asked for, and by state.
pub fn territoires(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    par_territoire(conn, caisse, depuis, "")
}

/// Derogations asked for, by zone or by CPAM as [`territoires`], and state.
pub fn derogations_par_territoire(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    let derogations = "JOIN demande x ON x.id = d.id AND x.nature = 'derogation'";
    par_territoire(conn, caisse, depuis, derogations)
}

fn par_territoire(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    depuis: NaiveDate,
    parmi: &str,
) -> DbResult<Vec<Compte>> {
    compter(conn, caisse, depuis, "d.caisse_code", |_, _| {
        let (nom, jointure) = match caisse {
            Some(_) => (
                "t.nom || ' (' || t.code || ')'",
                "bassin t ON t.code = d.bassin_code",
            ),
            None => ("t.nom", "caisse t ON t.code = d.caisse_code"),
        };
        format!(
            "SELECT {nom} AS mois, d.etat AS cle, count(*) AS nombre FROM dossier d JOIN {jointure} {parmi} \
             WHERE d.nature = 'demande' AND d.depose_le >= $1 AND {{clause}} GROUP BY 1, 2"
        )
    })
}

/// What somebody, or a CPAM, has on the table.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Charge {
    /// The CPAM.
    #[diesel(sql_type = Text)]
    pub caisse: String,
    /// The account; none for the files that nobody handles, or for a whole CPAM.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub agent: Option<i64>,
    /// Open files.
    #[diesel(sql_type = BigInt)]
    pub ouverts: i64,
    /// Of which late.
    #[diesel(sql_type = BigInt)]
    pub en_retard: i64,
    /// Of which fall due within a week.
    #[diesel(sql_type = BigInt)]
    pub bientot: i64,
    /// Of which filed more than thirty days ago.
    #[diesel(sql_type = BigInt)]
    pub plus_de_30: i64,
    /// Of which filed more than sixty days ago.
    #[diesel(sql_type = BigInt)]
    pub plus_de_60: i64,
    /// When the oldest was filed (UTC).
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub plus_ancien: Option<NaiveDateTime>,
}

/// The open files of a CPAM, whatever their nature, by who handles them, or of all of them by CPAM: a walk of the index of the open files.
/// `trente`, `soixante`: the instants before which a file was filed more than so many days ago.
pub fn charges(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    aujourd_hui: NaiveDate,
    [trente, soixante]: [NaiveDateTime; 2],
) -> DbResult<Vec<Charge>> {
    let semaine = aujourd_hui
        .checked_add_days(Days::new(7))
        .unwrap_or(aujourd_hui);
    let (agent, condition, groupe) = match caisse {
        Some(_) => ("assigne_a", "caisse_code = $5", "caisse_code, assigne_a"),
        // The parameter is there all the same: every query has five.
        None => ("CAST(NULL AS BIGINT)", "$5 = $5", "caisse_code"),
    };
    Ok(diesel::sql_query(format!(
        "SELECT caisse_code AS caisse, {agent} AS agent, count(*) AS ouverts, \
         coalesce(sum(CASE WHEN echeance < $1 AND echeance_nature <> 'contestation_decompte' THEN 1 ELSE 0 END), 0) AS en_retard, \
         coalesce(sum(CASE WHEN echeance >= $1 AND echeance <= $2 THEN 1 ELSE 0 END), 0) AS bientot, \
         coalesce(sum(CASE WHEN depose_le < $3 THEN 1 ELSE 0 END), 0) AS plus_de_30, \
         coalesce(sum(CASE WHEN depose_le < $4 THEN 1 ELSE 0 END), 0) AS plus_de_60, \
         min(depose_le) AS plus_ancien \
         FROM dossier WHERE ouvert AND {condition} GROUP BY {groupe}"
    ))
    .bind::<Date, _>(aujourd_hui)
    .bind::<Date, _>(semaine)
    .bind::<Timestamp, _>(trente)
    .bind::<Timestamp, _>(soixante)
    .bind::<Text, _>(caisse.unwrap_or_default())
    .load(conn)?)
}

/// A request that becomes an implicit decision if nothing is decided (PRO-7).
#[derive(Debug, Clone, Queryable)]
pub struct Implicite {
    /// Number.
    pub numero: String,
    /// Where it stands.
    pub etat: EtatDemande,
    /// The day.
    pub le: NaiveDate,
    /// First name of the applicant.
    pub prenom: String,
    /// Name of the applicant.
    pub nom: String,
    /// Who handles it.
    pub assigne: Option<(String, String)>,
}

/// The requests of a CPAM (none: of all) to which silence answers between two days, the first one first, at most `nombre`.
pub fn implicites(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    (du, au): (NaiveDate, NaiveDate),
    nombre: i64,
) -> DbResult<Vec<Implicite>> {
    let requete = dossier::table
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(dossier::assigne_a)))
        .filter(DEMANDES)
        .filter(DOSSIER_OUVERT)
        // Whatever else falls due before: an opinion awaited hides no silence.
        .inner_join(echeance::table.on(echeance::dossier_id.eq(dossier::id)))
        .filter(SILENCE_COURT)
        .filter(echeance::finale.between(du, au))
        .order((echeance::finale, echeance::dossier_id))
        .limit(nombre)
        .select((
            dossier::numero,
            dossier::etat,
            echeance::finale,
            kine::prenom,
            kine::nom,
            (compte::prenom, compte::nom).nullable(),
        ))
        .into_boxed();
    Ok(match caisse {
        Some(code) => requete
            .filter(echeance::caisse_code.eq(code.to_owned()))
            .load(conn)?,
        None => requete.load(conn)?,
    })
}
