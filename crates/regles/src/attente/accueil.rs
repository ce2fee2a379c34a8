//! What a practitioner reads of all that is hers: what is expected of her, the most urgent first, then what others have to
//! do, then what has ended.

mod dire;

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};

use super::{Attente, Dite, Fin, Quoi};
use crate::appel::EtatCandidature;
use crate::demande::EtatDemande;
use crate::depart::EtatDepart;
use crate::designation::EtatDesignation;
use crate::grand_livre::EtatPlace;
use crate::piece::NaturePiece;

/// What has no last day is to be done without delay: before what falls due in more than these days.
const SANS_TARDER: Days = Days::new(15);
/// What has ended is said of so many things at most.
const FINIES_MAX: usize = 2;

/// Something of hers.
#[derive(Debug, Clone, Copy)]
pub enum Objet<'a> {
    /// A request.
    Demande {
        /// Its number.
        numero: &'a str,
        /// Commune of practice.
        commune: &'a str,
        /// Day of the installation, once recorded.
        installee_le: Option<NaiveDate>,
    },
    /// A departure.
    Depart {
        /// The commune left.
        commune: &'a str,
        /// Day of the cessation, once the CPAM confirmed it.
        confirmee: Option<NaiveDate>,
    },
    /// A designation that names her.
    Designation {
        /// Who leaves.
        cedant: &'a str,
        /// The commune of the place.
        commune: &'a str,
    },
    /// REG-12: an application to a call.
    Candidature {
        /// The zone of the place.
        zone: &'a str,
        /// Last day to apply.
        cloture: NaiveDate,
    },
}

/// Something of hers, with what it waits for.
#[derive(Debug, Clone, Copy)]
pub struct Vu<'a> {
    /// What it is.
    pub objet: Objet<'a>,
    /// Whose turn it is.
    pub attente: Attente,
    /// A document that was refused, and nothing of its kind has come since.
    pub refusee: Option<NaturePiece>,
    /// The documents that it calls for, and that nobody sent or asked for.
    pub manquantes: &'a [NaturePiece],
    /// PRO-8: the last day to open the document that waits in the portal; none when nothing waits there.
    pub a_ouvrir: Option<NaiveDate>,
}

/// What is said first; the order is that of what must be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choix {
    /// Documents were asked for.
    EnvoyerPieces,
    /// She is designated, and has not answered.
    RepondreALaDesignation,
    /// A document waits to be opened (PRO-8).
    OuvrirDecision,
    /// A document was refused.
    RemplacerPiece,
    /// REG-9: the installation is awaited.
    SInstaller,
    /// REG-17: the condition of the grant is awaited.
    RemplirLaReserve,
    /// REG-9: so is another proof of it.
    EnvoyerAutrePreuve,
    /// REG-5: her successor is to be designated.
    Designer,
    /// REG-8, REG-12: her request on the place is to be filed.
    DeposerDemande,
    /// REG-3: the count of her acts may be contested.
    VerifierDecompte,
    /// Documents lack, that nobody asked for yet.
    CompleterDemande,
    /// So do documents of a departure.
    CompleterDepart,
    /// PRO-8: the answer comes by letter.
    AttendreLettre,
    /// The CPAM checks the proof of the installation.
    AttendreInstallation,
    /// The CPAM studies the request.
    AttendreDecision,
    /// The CPAM checks the departure.
    AttendreReponse,
    /// The succession follows its course.
    AttendreSuccesseur,
    /// REG-4: the commission says whether the place may be transmitted.
    AttendreCommission,
    /// REG-12: the CPAM attributes the place.
    AttendreAttribution,
    /// REG-12: an application is in the running.
    AttendreClassement,
    /// PRO-6: a refusal may be contested.
    Contester,
    /// The installation is recorded.
    Installee,
    /// It ended otherwise.
    Finie,
}

impl Choix {
    /// Whether something is expected of her.
    pub fn a_vous(self) -> bool {
        self <= Choix::CompleterDepart
    }

    /// Whether nothing of it is under way any more.
    pub fn finie(self) -> bool {
        self >= Choix::Installee
    }

    /// What must be done, what may be, what others do, what ended.
    fn groupe(self) -> u8 {
        match self {
            choix if choix.a_vous() => 0,
            Choix::Contester => 1,
            choix if choix.finie() => 3,
            _ => 2,
        }
    }
}

/// All that is hers and that is to be said: which, and what is said of it; nothing of what she ended herself.
pub fn toutes(vus: &[Vu<'_>], jour: NaiveDate) -> Vec<(usize, Choix, Dite)> {
    let mut dites: Vec<(usize, &Vu<'_>, Choix)> = vus
        .iter()
        .enumerate()
        .filter_map(|(rang, vu)| choix(vu, vus, jour).map(|c| (rang, vu, c)))
        .collect();
    dites.sort_by_key(|(_, vu, choix)| {
        let sans_tarder = jour.checked_add_days(SANS_TARDER).unwrap_or(jour);
        let quand = vu.a_ouvrir.or(vu.attente.avant).unwrap_or(sans_tarder);
        let groupe = choix.groupe();
        // Only what is hers to do is urgent; the latest installation speaks for the others.
        let quand = if groupe < 2 { quand } else { jour };
        (groupe, quand, *choix, Reverse(installee_le(vu)))
    });
    let (mut installees, mut finies) = (0, 0);
    dites.retain(|(_, _, choix)| {
        installees += usize::from(*choix == Choix::Installee);
        finies += usize::from(choix.finie());
        (*choix != Choix::Installee || installees == 1) && (!choix.finie() || finies <= FINIES_MAX)
    });
    dites
        .into_iter()
        .map(|(rang, vu, choix)| (rang, choix, dire::dire(vu, choix, jour)))
        .collect()
}

fn installee_le(vu: &Vu<'_>) -> Option<NaiveDate> {
    match vu.objet {
        Objet::Demande { installee_le, .. } => installee_le
            .filter(|_| vu.attente.quoi == Quoi::Rien(Fin::Demande(EtatDemande::Installee))),
        _ => None,
    }
}

fn choix(vu: &Vu<'_>, vus: &[Vu<'_>], jour: NaiveDate) -> Option<Choix> {
    let a = &vu.attente;
    let remplacer = vu.refusee.map(|_| Choix::RemplacerPiece);
    let manque = !vu.manquantes.is_empty();
    match (vu.objet, a.quoi) {
        // PRO-8: a decision, or the reasons of a refusal born of silence.
        (Objet::Demande { .. }, _) if vu.a_ouvrir.is_some() => Some(Choix::OuvrirDecision),
        (Objet::Demande { .. }, quoi) => match quoi {
            Quoi::EnvoyerPieces { .. } => Some(Choix::EnvoyerPieces),
            Quoi::NotifierDecision(..) => Some(Choix::AttendreLettre),
            // What a granted request waits for has its own sentence, with its delay.
            Quoi::SInstaller {
                preuve_refusee: true,
            } => Some(Choix::EnvoyerAutrePreuve),
            Quoi::SInstaller { .. } => Some(Choix::SInstaller),
            Quoi::RemplirLaReserve => Some(Choix::RemplirLaReserve),
            Quoi::VerifierInstallation => Some(Choix::AttendreInstallation),
            Quoi::VerifierPieces { .. } if manque => remplacer.or(Some(Choix::CompleterDemande)),
            Quoi::VerifierPieces { .. }
            | Quoi::ProposerDecision
            | Quoi::ReprendreProposition
            | Quoi::SaisirCommission
            | Quoi::AttendreAvis
            | Quoi::DeciderApresAvis
            | Quoi::SignerDecision => remplacer.or(Some(Choix::AttendreDecision)),
            Quoi::Contester => a.avant.filter(|fin| *fin >= jour).map(|_| Choix::Contester),
            Quoi::Rien(Fin::Demande(EtatDemande::Caduque | EtatDemande::SansSuite)) => {
                Some(Choix::Finie)
            }
            _ => installee_le(vu)
                .filter(|le| !partie(vus, *le))
                .map(|_| Choix::Installee),
        },
        (Objet::Depart { .. }, quoi) => match quoi {
            Quoi::RepondreAuDepart { .. } if manque => remplacer.or(Some(Choix::CompleterDepart)),
            Quoi::RepondreAuDepart { .. } => remplacer.or(Some(Choix::AttendreReponse)),
            Quoi::Designer => remplacer.or(Some(Choix::Designer)),
            Quoi::VerifierDecompte => remplacer.or(Some(Choix::VerifierDecompte)),
            Quoi::RepondreALaContestation => remplacer.or(Some(Choix::AttendreReponse)),
            Quoi::RepondreALaDesignation | Quoi::DeposerDemande | Quoi::DeciderSurLaDemande => {
                remplacer.or(Some(Choix::AttendreSuccesseur))
            }
            Quoi::SaisirSurLaPlace | Quoi::RendreAvis => {
                remplacer.or(Some(Choix::AttendreCommission))
            }
            Quoi::AttribuerParCharte => remplacer.or(Some(Choix::AttendreAttribution)),
            Quoi::Rien(
                Fin::Depart(EtatDepart::Rejetee)
                | Fin::Place(
                    EtatPlace::Pourvue
                    | EtatPlace::Caduque
                    | EtatPlace::NonTransmissible
                    | EtatPlace::SansObjet,
                ),
            ) => Some(Choix::Finie),
            _ => remplacer,
        },
        (Objet::Designation { .. }, Quoi::RepondreALaDesignation) => {
            Some(Choix::RepondreALaDesignation)
        }
        (Objet::Designation { .. }, Quoi::DeposerDemande) => Some(Choix::DeposerDemande),
        (
            Objet::Designation { .. },
            Quoi::Rien(Fin::Designation(
                EtatDesignation::Remplacee
                | EtatDesignation::Annulee
                | EtatDesignation::Retiree
                | EtatDesignation::SansObjet,
            )),
        ) => Some(Choix::Finie),
        (Objet::Designation { .. }, _) => None,
        (Objet::Candidature { .. }, Quoi::AttribuerPlace) => Some(Choix::AttendreClassement),
        (
            Objet::Candidature { .. },
            Quoi::Rien(Fin::Candidature(
                EtatCandidature::Ecartee
                | EtatCandidature::NonRetenue
                | EtatCandidature::Defaillante,
            )),
        ) => Some(Choix::Finie),
        (Objet::Candidature { .. }, _) => None,
    }
}

/// Whether she ceased since that day.
fn partie(vus: &[Vu<'_>], le: NaiveDate) -> bool {
    vus.iter().any(|vu| match vu.objet {
        Objet::Depart { confirmee, .. } => confirmee.is_some_and(|cessation| cessation >= le),
        _ => false,
    })
}
