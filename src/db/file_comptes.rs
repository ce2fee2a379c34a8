//! What surrounds the list of the queue: bounded counts, what one may filter by, the most urgent file.

use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text};

use super::file::EN_COURS;
use super::schema::{bassin, commune, decision, demande, utilisateur};
use super::{AnyConn, DbResult};
use crate::domain::demande::EtatDemande;
use crate::domain::droits::Role;

/// Counting stops here: beyond, the page says «plus de 500».
pub const COMPTE_MAX: i64 = 500;

#[derive(QueryableByName)]
struct Compte {
    #[diesel(sql_type = Text)]
    cle: String,
    #[diesel(sql_type = BigInt)]
    nombre: i64,
}

/// How many requests of a CPAM are open by state (`deposee`…), all open (`ouverts`), mine (`moi`), nobody's
/// (`personne`), late (`retard`): one query, each count a walk of an index that stops at [`COMPTE_MAX`] + 1.
///
/// # Errors
/// The refusal of the database.
pub fn comptes(
    conn: &mut AnyConn,
    organisme: &str,
    moi: i64,
    aujourd_hui: NaiveDate,
) -> DbResult<Vec<(String, i64)>> {
    let limite = COMPTE_MAX + 1;
    let mut parts: Vec<String> = Vec::new();
    let mut part = |cle: &str, condition: &str| {
        parts.push(format!(
            "SELECT '{cle}' AS cle, count(*) AS nombre FROM (SELECT 1 FROM demande \
             WHERE demande.organisme_code = $1 AND {condition} LIMIT {limite}) AS borne_{cle}"
        ));
    };
    // What is closed grows for ever and waits for nobody: it is not counted.
    for etat in EtatDemande::TOUS.iter().filter(|e| e.en_cours()) {
        part(
            etat.as_str(),
            &format!("demande.etat = '{}'", etat.as_str()),
        );
    }
    part("ouverts", EN_COURS);
    part("moi", &format!("{EN_COURS} AND demande.assigne_a = $2"));
    part(
        "personne",
        &format!("{EN_COURS} AND demande.assigne_a IS NULL"),
    );
    part(
        "retard",
        &format!("{EN_COURS} AND demande.prochaine_echeance < $3"),
    );
    let comptes: Vec<Compte> = diesel::sql_query(parts.join(" UNION ALL "))
        .bind::<Text, _>(organisme)
        .bind::<BigInt, _>(moi)
        .bind::<Date, _>(aujourd_hui)
        .load(conn)?;
    Ok(comptes.into_iter().map(|c| (c.cle, c.nombre)).collect())
}

/// An agent of a CPAM, as a list offers her.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Agent {
    /// Account.
    pub id: i64,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Role.
    pub role: Role,
    /// E-mail address.
    pub courriel: String,
}

impl Agent {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }
}

/// Those who handle the files of a CPAM, by name: active accounts that instruct or sign.
///
/// # Errors
/// The refusal of the database.
pub fn agents(conn: &mut AnyConn, organisme: &str) -> DbResult<Vec<Agent>> {
    Ok(utilisateur::table
        .filter(utilisateur::organisme_code.eq(organisme))
        .filter(utilisateur::actif.eq(true))
        .filter(utilisateur::role.eq_any([Role::Instructeur, Role::Responsable, Role::Signataire]))
        .order((utilisateur::nom, utilisateur::prenom, utilisateur::id))
        .select((
            utilisateur::id,
            utilisateur::prenom,
            utilisateur::nom,
            utilisateur::role,
            utilisateur::courriel,
        ))
        .load(conn)?)
}

/// The zones of a CPAM: (code, name), by name.
///
/// # Errors
/// The refusal of the database.
pub fn bassins(conn: &mut AnyConn, organisme: &str) -> DbResult<Vec<(String, String)>> {
    Ok(commune::table
        .inner_join(bassin::table)
        .filter(commune::organisme_code.eq(organisme))
        .select((bassin::code, bassin::nom))
        .distinct()
        .order((bassin::nom, bassin::code))
        .load(conn)?)
}

/// The communes of a CPAM with this folded name: (INSEE code, name).
///
/// # Errors
/// The refusal of the database.
pub fn communes_nommees(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    pliee: &str,
) -> DbResult<Vec<(String, String)>> {
    let requete = commune::table
        .filter(commune::nom_recherche.eq(pliee))
        .order(commune::insee)
        .limit(10)
        .select((commune::insee, commune::nom))
        .into_boxed();
    Ok(match organisme {
        Some(code) => requete
            .filter(commune::organisme_code.eq(code))
            .load(conn)?,
        None => requete.load(conn)?,
    })
}

/// What the next file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pour {
    /// To instruct: nobody's yet. Requests awaiting documents count once the time given for them has passed.
    Instruire,
    /// To sign, by this account: not one that it instructed (PRO-5).
    Signer(i64),
}

/// The most urgent request of a CPAM for this purpose, by its number.
///
/// # Errors
/// The refusal of the database.
pub fn plus_urgente(
    conn: &mut AnyConn,
    organisme: &str,
    pour: Pour,
    aujourd_hui: NaiveDate,
) -> DbResult<Option<String>> {
    let requete = demande::table
        .filter(demande::organisme_code.eq(organisme))
        .filter(sql::<Bool>(EN_COURS))
        .order((demande::prochaine_echeance, demande::id))
        .select(demande::numero)
        .into_boxed();
    let requete = match pour {
        Pour::Instruire => requete.filter(demande::assigne_a.is_null()).filter(
            demande::etat
                .eq_any([EtatDemande::Deposee, EtatDemande::Complete])
                .or(demande::etat
                    .eq(EtatDemande::Incomplete)
                    .and(demande::prochaine_echeance.lt(aujourd_hui))),
        ),
        Pour::Signer(compte) => requete
            .filter(demande::etat.eq(EtatDemande::Proposee))
            .filter(
                demande::assigne_a
                    .is_null()
                    .or(demande::assigne_a.ne(compte)),
            )
            .filter(not(exists(
                decision::table
                    .filter(decision::demande_id.eq(demande::id))
                    .filter(decision::etat.eq("proposee"))
                    .filter(decision::proposee_par.eq(compte)),
            ))),
    };
    Ok(requete.first(conn).optional()?)
}
