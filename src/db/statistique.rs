//! Figures of a CPAM, or of all: counted by the database, month by month, never row by row.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};
use regles::demande::EtatDemande;

use super::condition::EnToutesLettres;
use super::file::{EN_COURS, EN_COURS_PARTOUT};
use super::schema::{demande, kine, utilisateur};
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
/// `$1` (the day) once, followed by `{caisse}`.
fn compter(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
    colonne: &str,
    requete: impl FnOnce(&dyn Fn(&str) -> String, &dyn Fn(&str, &str) -> String) -> String,
) -> DbResult<Vec<Compte>> {
    let dialecte = Dialecte {
        sqlite: conn.is_sqlite(),
    };
    let caisse = match organisme {
        Some(_) => format!("{colonne} = $2"),
        // The parameter is there all the same: every query has two.
        None => "$2 = $2".to_owned(),
    };
    let texte =
        requete(&|c| dialecte.mois(c), &|f, d| dialecte.jours(f, d)).replace("{caisse}", &caisse);
    Ok(diesel::sql_query(texte)
        .bind::<Date, _>(depuis)
        .bind::<Text, _>(organisme.unwrap_or_default())
        .load(conn)?)
}

/// Requests by month of filing and state.
///
/// # Errors
/// The refusal of the database.
pub fn demandes(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(conn, organisme, depuis, "d.organisme_code", |mois, _| {
        format!(
            "SELECT {} AS mois, d.etat AS cle, count(*) AS nombre FROM demande d \
             WHERE d.deposee_le >= $1 AND {{caisse}} GROUP BY 1, 2",
            mois("d.deposee_le")
        )
    })
}

/// Decisions by month, and by days since the filing (`cle`).
///
/// # Errors
/// The refusal of the database.
pub fn delais_de_decision(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(
        conn,
        organisme,
        depuis,
        "d.organisme_code",
        |mois, jours| {
            format!(
                "SELECT {} AS mois, {} AS cle, count(*) AS nombre FROM decision x \
             JOIN demande d ON d.id = x.demande_id \
             WHERE x.etat = 'decidee' AND x.decidee_le >= $1 AND {{caisse}} GROUP BY 1, 2",
                mois("x.decidee_le"),
                jours("x.decidee_le", "d.deposee_le")
            )
        },
    )
}

/// Places by month: `ouvertes` when they opened, `pourvues` when the successor settled, `caduques` when the time to
/// designate ended (REG-6).
///
/// # Errors
/// The refusal of the database.
pub fn places(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    let mut comptes = compter(conn, organisme, depuis, "p.organisme_code", |mois, _| {
        format!(
            "SELECT {} AS mois, 'ouvertes' AS cle, count(*) AS nombre FROM place p \
             WHERE p.etat NOT IN ('a_examiner', 'non_transmissible') AND p.cree_le >= $1 AND {{caisse}} GROUP BY 1",
            mois("p.cree_le")
        )
    })?;
    comptes.extend(compter(conn, organisme, depuis, "d.organisme_code", |mois, _| {
        format!(
            "SELECT {} AS mois, 'pourvues' AS cle, count(*) AS nombre FROM demande d \
             WHERE d.etat = 'installee' AND d.place_id IS NOT NULL AND d.installee_le >= $1 AND {{caisse}} GROUP BY 1",
            mois("d.installee_le")
        )
    })?);
    comptes.extend(compter(
        conn,
        organisme,
        depuis,
        "p.organisme_code",
        |mois, _| {
            format!(
                "SELECT {} AS mois, 'caduques' AS cle, count(*) AS nombre FROM place p \
             WHERE p.etat = 'caduque' AND p.limite_designation >= $1 AND {{caisse}} GROUP BY 1",
                mois("p.limite_designation")
            )
        },
    )?);
    Ok(comptes)
}

/// Installations on a place by month, and by days since the cessation (`cle`).
///
/// # Errors
/// The refusal of the database.
pub fn delais_d_arrivee(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(
        conn,
        organisme,
        depuis,
        "d.organisme_code",
        |mois, jours| {
            format!(
                "SELECT {} AS mois, {} AS cle, count(*) AS nombre FROM demande d \
             JOIN place p ON p.id = d.place_id JOIN cessation c ON c.id = p.cessation_id \
             WHERE d.etat = 'installee' AND d.installee_le >= $1 AND {{caisse}} GROUP BY 1, 2",
                mois("d.installee_le"),
                jours("d.installee_le", "c.date_cessation")
            )
        },
    )
}

/// Derogations asked for, by family (`mois` holds it) and state (DER-1).
///
/// # Errors
/// The refusal of the database.
pub fn derogations(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    compter(conn, organisme, depuis, "d.organisme_code", |_, _| {
        "SELECT d.derogation_famille AS mois, d.etat AS cle, count(*) AS nombre FROM demande d \
         WHERE d.nature = 'derogation' AND d.deposee_le >= $1 AND {caisse} GROUP BY 1, 2"
            .to_owned()
    })
}

/// Requests by zone of a CPAM (name and code), or by CPAM when all are asked for, and by state.
///
/// # Errors
/// The refusal of the database.
pub fn territoires(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    par_territoire(conn, organisme, depuis, "1 = 1")
}

/// Derogations asked for, by zone or by CPAM as [`territoires`], and state.
///
/// # Errors
/// The refusal of the database.
pub fn derogations_par_territoire(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
) -> DbResult<Vec<Compte>> {
    par_territoire(conn, organisme, depuis, "d.nature = 'derogation'")
}

fn par_territoire(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    depuis: NaiveDate,
    condition: &str,
) -> DbResult<Vec<Compte>> {
    compter(conn, organisme, depuis, "d.organisme_code", |_, _| {
        let (nom, jointure) = match organisme {
            Some(_) => (
                "t.nom || ' (' || t.code || ')'",
                "bassin t ON t.code = d.bassin_code",
            ),
            None => ("t.nom", "organisme t ON t.code = d.organisme_code"),
        };
        format!(
            "SELECT {nom} AS mois, d.etat AS cle, count(*) AS nombre FROM demande d JOIN {jointure} \
             WHERE d.deposee_le >= $1 AND {{caisse}} AND {condition} GROUP BY 1, 2"
        )
    })
}

/// What somebody, or a CPAM, has on the table.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Charge {
    /// The CPAM.
    #[diesel(sql_type = Text)]
    pub organisme: String,
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

/// The open files of a CPAM by who handles them, or of all of them by CPAM: a walk of the index of the open files.
/// `trente`, `soixante`: the instants before which a file was filed more than so many days ago.
///
/// # Errors
/// The refusal of the database.
pub fn charges(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    aujourd_hui: NaiveDate,
    [trente, soixante]: [NaiveDateTime; 2],
) -> DbResult<Vec<Charge>> {
    let semaine = aujourd_hui
        .checked_add_days(Days::new(7))
        .unwrap_or(aujourd_hui);
    let (agent, condition, groupe) = match organisme {
        Some(_) => (
            "demande.assigne_a",
            format!("demande.organisme_code = $5 AND {EN_COURS}"),
            "demande.organisme_code, demande.assigne_a",
        ),
        // The parameter is there all the same: every query has five.
        None => (
            "CAST(NULL AS BIGINT)",
            format!("$5 = $5 AND {EN_COURS_PARTOUT}"),
            "demande.organisme_code",
        ),
    };
    Ok(diesel::sql_query(format!(
        "SELECT demande.organisme_code AS organisme, {agent} AS agent, count(*) AS ouverts, \
         coalesce(sum(CASE WHEN demande.prochaine_echeance < $1 THEN 1 ELSE 0 END), 0) AS en_retard, \
         coalesce(sum(CASE WHEN demande.prochaine_echeance >= $1 AND demande.prochaine_echeance <= $2 THEN 1 ELSE 0 END), 0) AS bientot, \
         coalesce(sum(CASE WHEN demande.deposee_le < $3 THEN 1 ELSE 0 END), 0) AS plus_de_30, \
         coalesce(sum(CASE WHEN demande.deposee_le < $4 THEN 1 ELSE 0 END), 0) AS plus_de_60, \
         min(demande.deposee_le) AS plus_ancien \
         FROM demande WHERE {condition} GROUP BY {groupe}"
    ))
    .bind::<Date, _>(aujourd_hui)
    .bind::<Date, _>(semaine)
    .bind::<Timestamp, _>(trente)
    .bind::<Timestamp, _>(soixante)
    .bind::<Text, _>(organisme.unwrap_or_default())
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

/// The next implicit decisions of a CPAM (none: of all) up to a day, the next first, at most `nombre`.
///
/// # Errors
/// The refusal of the database.
pub fn implicites(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    jusqu_au: NaiveDate,
    nombre: i64,
) -> DbResult<Vec<Implicite>> {
    let requete = demande::table
        .inner_join(kine::table)
        .left_join(utilisateur::table.on(utilisateur::id.nullable().eq(demande::assigne_a)))
        .filter(EnToutesLettres(if organisme.is_some() {
            EN_COURS
        } else {
            EN_COURS_PARTOUT
        }))
        .filter(demande::echeance_nature.eq("decision_implicite"))
        .filter(demande::prochaine_echeance.le(jusqu_au))
        .order((demande::prochaine_echeance, demande::id))
        .limit(nombre)
        .select((
            demande::numero,
            demande::etat,
            demande::prochaine_echeance,
            kine::prenom,
            kine::nom,
            (utilisateur::prenom, utilisateur::nom).nullable(),
        ))
        .into_boxed();
    Ok(match organisme {
        Some(code) => requete
            .filter(demande::organisme_code.eq(code.to_owned()))
            .load(conn)?,
        None => requete.load(conn)?,
    })
}
