//! What surrounds the list of the queue: what one may filter by, the most urgent file.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::mots::fold;

use super::condition::{DEMANDES, DOSSIER_OUVERT, parmi};
use super::ensemble::{Lecture, lecture};
use super::schema::{bassin, commune, compte, decision, demande, dossier, envoi, mandat};
use super::{AnyConn, DbResult};

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

/// Those who handle the files of a CPAM on a day, once per mandate: active accounts that instruct or sign.
pub fn lecture_agents(caisse: String, jour: NaiveDate) -> impl Lecture<Ligne = Agent> {
    lecture(
        compte::table
            .inner_join(mandat::table)
            .filter(mandat::caisse_code.eq(caisse))
            .filter(mandat::du.le(jour))
            .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
            .filter(compte::actif.eq(true))
            .filter(parmi(
                mandat::role,
                [Role::Instructeur, Role::Responsable, Role::Signataire],
            ))
            .select((
                compte::id,
                compte::prenom,
                compte::nom,
                mandat::role,
                compte::courriel,
            )),
    )
}

/// The agents by name, each once: who instructs and signs appears as who instructs.
pub fn par_nom(mut agents: Vec<Agent>) -> Vec<Agent> {
    agents.sort_by_cached_key(|a| {
        let signe = a.role == Role::Signataire;
        (fold(&a.nom), fold(&a.prenom), a.id, signe)
    });
    agents.dedup_by_key(|a| a.id);
    agents
}

/// Those who handle the files of a CPAM on a day, once for each role that they hold.
pub fn mandates(conn: &mut AnyConn, caisse: &str, jour: NaiveDate) -> DbResult<Vec<Agent>> {
    lecture_agents(caisse.to_owned(), jour).toutes(conn)
}

/// Those who handle the files of a CPAM on a day, by name.
pub fn agents(conn: &mut AnyConn, caisse: &str, jour: NaiveDate) -> DbResult<Vec<Agent>> {
    Ok(par_nom(
        lecture_agents(caisse.to_owned(), jour).toutes(conn)?,
    ))
}

/// The zones of a CPAM: (code, name), by name.
pub fn lecture_bassins(caisse: String) -> impl Lecture<Ligne = (String, String)> {
    lecture(
        bassin::table
            .filter(
                bassin::code.nullable().eq_any(
                    commune::table
                        .filter(commune::caisse_code.eq(caisse))
                        .select(commune::bassin_code),
                ),
            )
            .select((bassin::code, bassin::nom))
            .order((bassin::nom, bassin::code)),
    )
}

/// The same, alone.
pub fn bassins(conn: &mut AnyConn, caisse: &str) -> DbResult<Vec<(String, String)>> {
    lecture_bassins(caisse.to_owned()).toutes(conn)
}

/// What the next file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pour<'a> {
    /// What the caisse has to do: nobody's yet, or of these accounts. Requests awaiting documents count once the time given
    /// for them has passed; decisions, until they are sent or come back (PRO-8).
    Instruire(&'a [i64]),
    /// To sign, by this account: not one that it instructed (PRO-5).
    Signer(i64),
}

/// The most urgent request of a CPAM for this purpose: its number, and who handles it.
pub fn plus_urgente(
    conn: &mut AnyConn,
    caisse: &str,
    pour: Pour<'_>,
    aujourd_hui: NaiveDate,
) -> DbResult<Option<(String, Option<i64>)>> {
    let requete = dossier::table
        .filter(dossier::caisse_code.eq(caisse))
        .filter(DEMANDES)
        .filter(DOSSIER_OUVERT)
        .order((dossier::echeance, dossier::id))
        .select((dossier::numero, dossier::assigne_a))
        .into_boxed();
    let requete = match pour {
        Pour::Instruire(siens) => {
            let a_notifier = parmi(dossier::etat, [EtatDemande::Accordee, EtatDemande::Refusee])
                .and(exists(
                    demande::table
                        .filter(demande::id.eq(dossier::id))
                        .filter(demande::notifiee_le.is_null()),
                ))
                .and(not(exists(
                    envoi::table
                        .filter(envoi::dossier_id.eq(dossier::id))
                        .filter(envoi::decision_id.is_not_null())
                        .filter(envoi::retour.is_null()),
                )));
            requete
                .filter(
                    dossier::assigne_a
                        .is_null()
                        .or(dossier::assigne_a.eq_any(siens.to_vec())),
                )
                .filter(
                    parmi(dossier::etat, [EtatDemande::Deposee, EtatDemande::Complete])
                        .or(dossier::etat
                            .eq(EtatDemande::Incomplete)
                            .and(dossier::echeance.lt(aujourd_hui)))
                        .or(a_notifier),
                )
        }
        Pour::Signer(compte) => requete
            .filter(dossier::etat.eq(EtatDemande::Proposee))
            .filter(
                dossier::assigne_a
                    .is_null()
                    .or(dossier::assigne_a.ne(compte)),
            )
            .filter(not(exists(
                decision::table
                    .filter(decision::dossier_id.eq(dossier::id))
                    .filter(decision::etat.eq("proposee"))
                    .filter(decision::proposee_par.eq(compte)),
            ))),
    };
    Ok(requete.first(conn).optional()?)
}
