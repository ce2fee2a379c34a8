//! PRO-5: what becomes of a decision after it is taken. It never changes; another act ends it, for the past (withdrawal) or
//! for what comes (abrogation), mends a clerical error of its letter, or takes it up again after an appeal. What silence
//! accepted ends as a decision does.

use chrono::NaiveDate;

use crate::calendrier::Territoire;
use crate::decision::Acte;
use crate::demande::Sens;
use crate::echeance::{Echeance, calculer};
use crate::passage::Passage;
use crate::refus::Refus;
use crate::regle::RegleError;
use crate::reglement::Reglement;
use crate::silence::terme_du_retrait;
use crate::texte;

text_enum! {
    /// Why a decision that creates rights is ended.
    pub enum Cause {
        /// It was against the rules the day it was taken (CRPA L242-1).
        Illegalite = "illegalite", "La décision est contraire aux règles";
        /// It was obtained by fraud (CRPA L241-2).
        Fraude = "fraude", "La décision a été obtenue par fraude";
        /// A condition that upholds it is no longer met (CRPA L242-2, 1°).
        Condition = "condition", "Une condition de son maintien n’est plus remplie";
        /// Whom it benefits asks for it (CRPA L242-3).
        Demande = "demande", "La personne qui en bénéficie le demande";
    }
}

impl Cause {
    /// What it calls for: a withdrawal undoes the past, an abrogation ends what comes.
    pub const fn acte(self) -> Acte {
        match self {
            Cause::Illegalite | Cause::Fraude => Acte::Retrait,
            Cause::Condition | Cause::Demande => Acte::Abrogation,
        }
    }

    /// The article on which it rests.
    pub const fn fondement(self) -> &'static str {
        match self {
            Cause::Illegalite => "L242-1",
            Cause::Fraude => "L241-2",
            Cause::Condition => "L242-2",
            Cause::Demande => "L242-3",
        }
    }

    /// Whether the person is heard first: always, but where they ask for it themselves.
    pub const fn contradictoire(self) -> bool {
        !matches!(self, Cause::Demande)
    }
}

text_enum! {
    /// Where the end of a decision stands.
    pub enum EtatRetrait {
        /// The person was told that it is considered, and may answer.
        Envisage = "envisage", "Envisagé";
        /// Signed.
        Prononce = "prononce", "Prononcé";
        /// Given up: the decision stays.
        Abandonne = "abandonne", "Abandonné";
    }
}

impl EtatRetrait {
    /// Where it begins.
    pub const DEBUT: EtatRetrait = EtatRetrait::Envisage;
}

text_enum! {
    /// What can happen to it.
    pub enum Evenement {
        /// It is signed.
        Prononcer = "prononcer", "La signature";
        /// It is given up.
        Abandonner = "abandonner", "L’abandon";
    }
}

/// The state that follows: it is answered once.
///
/// # Errors
/// It was signed or given up.
pub fn transition(etat: EtatRetrait, evenement: Evenement) -> Result<Passage<EtatRetrait>, Refus> {
    match (etat, evenement) {
        (EtatRetrait::Envisage, Evenement::Prononcer) => {
            Ok(Passage::new(etat, EtatRetrait::Prononce))
        }
        (EtatRetrait::Envisage, Evenement::Abandonner) => {
            Ok(Passage::new(etat, EtatRetrait::Abandonne))
        }
        (EtatRetrait::Prononce | EtatRetrait::Abandonne, _) => Err(Refus::dit(
            "retrait_conclu",
            format!("{evenement} n’est plus possible : ce retrait est à l’état « {etat} »."),
        )),
    }
}

/// A decision that may be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acquise {
    /// Grant or refusal; what silence accepted is a grant.
    pub sens: Sens,
    /// The day it was taken, or born of silence.
    pub le: NaiveDate,
}

/// The exchange that comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Echange {
    /// The last day of the person’s answer.
    pub terme: NaiveDate,
    /// The day it came.
    pub observations: Option<NaiveDate>,
}

/// `retrait.contradictoire`: the last day to answer the letter that says a withdrawal is considered.
///
/// # Errors
/// No parameter in force that day, or a day outside the calendar (`champ` is `depart`).
pub fn terme_des_observations(
    reglement: &Reglement,
    le: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai("retrait.contradictoire", le)?;
    calculer(le, delai, territoire, &[]).map_err(|e| RegleError::fait("depart", e.to_string()))
}

/// Why a withdrawal, or an abrogation, may not be signed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Empeche {
    /// The rules do not allow it; the sentence says why.
    #[error(transparent)]
    Refus(#[from] Refus),
    /// A parameter lacks.
    #[error(transparent)]
    Regle(#[from] RegleError),
}

/// PRO-5: whether the end of a decision may be considered for this cause on `jour`: only what was granted creates rights;
/// an illegal decision is withdrawn within four months of the day it was taken, which the exchange must leave time for.
///
/// # Errors
/// It creates no right, or the four months are over.
pub fn envisager(
    reglement: &Reglement,
    acquise: Acquise,
    cause: Cause,
    jour: NaiveDate,
) -> Result<(), Empeche> {
    if acquise.sens == Sens::Refus {
        return Err(Refus::fixe(
            "retrait_sans_droit",
            "Un refus ne crée pas de droit : reprenez la demande, ou répondez au recours.",
        )
        .into());
    }
    if cause == Cause::Illegalite {
        dans_les_quatre_mois(reglement, acquise.le, jour)?;
    }
    Ok(())
}

fn dans_les_quatre_mois(
    reglement: &Reglement,
    decision: NaiveDate,
    jour: NaiveDate,
) -> Result<(), Empeche> {
    let terme = terme_du_retrait(reglement, decision)?;
    match jour <= terme {
        true => Ok(()),
        false => Err(Refus::dit(
            "retrait_tardif",
            format!(
                "Une décision illégale se retire dans les quatre mois : le dernier jour était le {}. Seule une fraude permet encore de la retirer.",
                texte::date_longue(terme)
            ),
        )
        .into()),
    }
}

/// PRO-5: whether it may be signed on `jour`: what [`envisager`] asks, and the exchange over, by an answer or by its last day.
///
/// # Errors
/// As [`envisager`]; the person has not answered and still may.
pub fn prononcer(
    reglement: &Reglement,
    acquise: Acquise,
    cause: Cause,
    echange: Option<Echange>,
    jour: NaiveDate,
) -> Result<(), Empeche> {
    envisager(reglement, acquise, cause, jour)?;
    if !cause.contradictoire() {
        return Ok(());
    }
    let Some(echange) = echange else {
        return Err(Refus::fixe(
            "retrait_sans_echange",
            "Écrivez d’abord à la personne ce que vous envisagez, et laissez-lui le temps de répondre.",
        )
        .into());
    };
    match echange.observations.is_some() || jour > echange.terme {
        true => Ok(()),
        false => Err(Refus::dit(
            "retrait_en_attente",
            format!(
                "La personne peut encore répondre, {} : la décision se prend ensuite.",
                texte::au_plus_tard(echange.terme)
            ),
        )
        .into()),
    }
}

/// From which day the end of a decision counts: a withdrawal, from the day of the decision, which is taken never to have been;
/// an abrogation, from its own day, what came before staying.
pub fn effet(cause: Cause, decision: NaiveDate, jour: NaiveDate) -> NaiveDate {
    match cause.acte() {
        Acte::Retrait => decision,
        _ => jour,
    }
}

/// What a correction changes of a letter, and what it may not.
///
/// # Errors
/// The wrong words are not in the letter, or the right ones are the same; with the field: `faux`, `juste`.
pub fn corriger(lettre: &str, faux: &str, juste: &str) -> Result<(), (&'static str, Refus)> {
    let (faux, juste) = (faux.trim(), juste.trim());
    if faux.is_empty() || !lettre.contains(faux) {
        return Err((
            "faux",
            Refus::fixe(
                "correction_introuvable",
                "La lettre ne contient pas ce texte : recopiez la partie fausse telle qu’elle est écrite.",
            ),
        ));
    }
    if juste.is_empty() || juste == faux {
        return Err((
            "juste",
            Refus::fixe(
                "correction_vide",
                "Écrivez ce qu’il faut lire à la place, autrement qu’avant.",
            ),
        ));
    }
    Ok(())
}
