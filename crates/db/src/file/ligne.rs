//! One case of the queue: what the trunk holds of it, and what is its nature's own.

use chrono::{NaiveDate, NaiveDateTime};
use regles::appel::EtatAppel;
use regles::contestation::{Contestee, EtatRecours, Issue};
use regles::conventionnement::AvisCpd;
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;
use regles::grand_livre::EtatPlace;
use regles::silence::SilenceEchu;
use regles::zonage::Categorie;

use crate::silence::SilenceStocke;
use crate::{DbError, DbResult};

/// Whose case it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// RPPS.
    pub rpps: String,
}

/// What a request says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropreDemande {
    /// Where it stands.
    pub etat: EtatDemande,
    /// What it rests on.
    pub nature: NatureDemande,
    /// DER-1: family of a derogation.
    pub derogation_famille: Option<String>,
    /// Category of the zone on the day of filing (ZON-10).
    pub categorie_depot: Categorie,
    /// Day on which the file was complete.
    pub complete_le: Option<NaiveDate>,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// PRO-7: what was born of the caisse's silence.
    pub silence: Option<SilenceEchu>,
    /// PRO-5: whether the last proposal was sent back.
    pub renvoyee: bool,
    /// PRO-13: whether the person asked to be heard, and no day is set.
    pub audition_demandee: bool,
    /// DER-3: opinion of the CPD.
    pub avis: Option<AvisCpd>,
}

/// What a departure says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropreDepart {
    /// Where it stands.
    pub etat: EtatDepart,
    /// Day of the cessation.
    pub date_cessation: NaiveDate,
    /// Acts of the twelve months before.
    pub actes_12_mois: Option<i32>,
    /// Category of the zone on the day of the cessation.
    pub categorie: Categorie,
    /// Where the place that it opened stands.
    pub place: Option<EtatPlace>,
    /// REG-3: whether the contest of its acts waits for an answer.
    pub conteste: bool,
}

/// What a call for candidates says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropreAppel {
    /// Where it stands.
    pub etat: EtatAppel,
    /// Last day to apply.
    pub cloture: NaiveDate,
    /// Day of the ranking by the CPD.
    pub cpd_le: Option<NaiveDate>,
}

/// What an appeal says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropreRecours {
    /// Where it stands.
    pub etat: EtatRecours,
    /// What is contested.
    pub contestee: Contestee,
    /// How its last step ended.
    pub issue: Option<Issue>,
    /// Day the answer of the commission was notified.
    pub notifiee_le: Option<NaiveDate>,
}

/// What a case says that its nature alone has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Propre {
    /// A request.
    Demande(PropreDemande),
    /// A departure.
    Depart(PropreDepart),
    /// A call for candidates.
    Appel(PropreAppel),
    /// An appeal.
    Recours(PropreRecours),
}

/// One case of the queue.
#[derive(Debug, Clone)]
pub struct LigneFile {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// The CPAM.
    pub caisse_code: String,
    /// When it was opened (UTC).
    pub deposee_le: NaiveDateTime,
    /// What falls due first.
    pub prochaine_echeance: NaiveDate,
    /// What that is.
    pub echeance_nature: String,
    /// Whose it is; nobody's for a call.
    pub personne: Option<Personne>,
    /// Commune of practice.
    pub commune: String,
    /// Its INSEE code.
    pub insee: String,
    /// Zone of practice.
    pub bassin: String,
    /// Its code.
    pub bassin_code: String,
    /// Who handles it: first name and name.
    pub assigne: Option<(String, String)>,
    /// What is its nature's own.
    pub propre: Propre,
}

/// The columns read, in the order of [`Lue`].
macro_rules! colonnes {
    () => {
        (
            (
                dossier::id,
                dossier::numero,
                dossier::nature,
                dossier::etat,
                dossier::caisse_code,
                dossier::depose_le,
                dossier::echeance,
                dossier::echeance_nature,
            ),
            (
                dossier::insee,
                commune::nom,
                dossier::bassin_code,
                bassin::nom,
            ),
            (kine::prenom, kine::nom, kine::rpps).nullable(),
            (compte::prenom, compte::nom).nullable(),
            (
                demande::nature,
                demande::derogation_famille,
                demande::categorie_depot,
                demande::complete_le,
                demande::notifiee_le,
                demande::renvoi_par,
                demande::derogation_avis_cpd,
            )
                .nullable(),
            (audition::demandee_le, audition::le).nullable(),
            <SilenceStocke as Selectable<Multi>>::construct_selection().nullable(),
            (
                depart::date_cessation,
                depart::actes_12_mois,
                depart::categorie,
                depart::contestation_le,
                depart::contestation_reponse_le,
            )
                .nullable(),
            place::etat.nullable(),
            (appel::cloture, appel::cpd_le).nullable(),
            (recours::contestee, recours::issue, recours::notifiee_le).nullable(),
        )
    };
}
pub(super) use colonnes;

type Tronc = (
    i64,
    String,
    NatureDossier,
    String,
    String,
    NaiveDateTime,
    NaiveDate,
    String,
);

type LueDemande = (
    NatureDemande,
    Option<String>,
    Categorie,
    Option<NaiveDate>,
    Option<NaiveDate>,
    Option<String>,
    Option<AvisCpd>,
);

/// A row as it is read.
pub(super) type Lue = (
    Tronc,
    (String, String, String, String),
    Option<(String, String, String)>,
    Option<(String, String)>,
    Option<LueDemande>,
    Option<(Option<NaiveDate>, Option<NaiveDate>)>,
    Option<SilenceStocke>,
    Option<(
        NaiveDate,
        Option<i32>,
        Categorie,
        Option<NaiveDate>,
        Option<NaiveDate>,
    )>,
    Option<EtatPlace>,
    Option<(NaiveDate, Option<NaiveDate>)>,
    Option<(Contestee, Option<Issue>, Option<NaiveDate>)>,
);

impl LigneFile {
    /// Makes a row of what was read.
    ///
    /// # Errors
    /// [`DbError::Incoherent`]: a case without the row of its nature, or in a state that its nature does not have.
    pub(super) fn lire(lue: Lue) -> DbResult<LigneFile> {
        let (
            tronc,
            (insee, commune, bassin_code, bassin),
            kine,
            assigne,
            demande,
            audition,
            silence,
            depart,
            place,
            appel,
            recours,
        ) = lue;
        let (
            id,
            numero,
            nature,
            etat,
            caisse_code,
            deposee_le,
            prochaine_echeance,
            echeance_nature,
        ) = tronc;
        let incoherent = || DbError::Incoherent(format!("dossier {numero} : {nature}, {etat}"));
        let propre = match nature {
            NatureDossier::Demande => {
                let (
                    nature,
                    derogation_famille,
                    categorie_depot,
                    complete_le,
                    notifiee_le,
                    renvoi,
                    avis,
                ) = demande.ok_or_else(incoherent)?;
                let etat = etat.parse().map_err(|_| incoherent())?;
                let demandee = matches!(audition, Some((Some(_), None)));
                Propre::Demande(PropreDemande {
                    etat,
                    nature,
                    derogation_famille,
                    categorie_depot,
                    complete_le,
                    notifiee_le,
                    silence: silence.map(SilenceEchu::from),
                    renvoyee: renvoi.is_some(),
                    audition_demandee: demandee,
                    avis,
                })
            }
            NatureDossier::Depart => {
                let (date_cessation, actes_12_mois, categorie, contestation, reponse) =
                    depart.ok_or_else(incoherent)?;
                Propre::Depart(PropreDepart {
                    etat: etat.parse().map_err(|_| incoherent())?,
                    date_cessation,
                    actes_12_mois,
                    categorie,
                    place,
                    conteste: contestation.is_some() && reponse.is_none(),
                })
            }
            NatureDossier::Appel => {
                let (cloture, cpd_le) = appel.ok_or_else(incoherent)?;
                Propre::Appel(PropreAppel {
                    etat: etat.parse().map_err(|_| incoherent())?,
                    cloture,
                    cpd_le,
                })
            }
            NatureDossier::Recours => {
                let (contestee, issue, notifiee_le) = recours.ok_or_else(incoherent)?;
                Propre::Recours(PropreRecours {
                    etat: etat.parse().map_err(|_| incoherent())?,
                    contestee,
                    issue,
                    notifiee_le,
                })
            }
        };
        Ok(LigneFile {
            id,
            caisse_code,
            deposee_le,
            prochaine_echeance,
            echeance_nature,
            personne: kine.map(|(prenom, nom, rpps)| Personne { prenom, nom, rpps }),
            commune,
            insee,
            bassin,
            bassin_code,
            assigne,
            propre,
            numero,
        })
    }

    /// What it is about.
    pub fn nature(&self) -> NatureDossier {
        match self.propre {
            Propre::Demande(_) => NatureDossier::Demande,
            Propre::Depart(_) => NatureDossier::Depart,
            Propre::Appel(_) => NatureDossier::Appel,
            Propre::Recours(_) => NatureDossier::Recours,
        }
    }

    /// Category of the zone that it was opened under; a call has that of its departure, which it does not repeat.
    pub fn categorie(&self) -> Option<Categorie> {
        match &self.propre {
            Propre::Demande(d) => Some(d.categorie_depot),
            Propre::Depart(d) => Some(d.categorie),
            Propre::Appel(_) | Propre::Recours(_) => None,
        }
    }
}
