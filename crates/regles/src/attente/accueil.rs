//! What is expected of a practitioner first, of all that is hers: one sentence, then what others have to do.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{Attente, Dite, Fin, Quoi};
use crate::demande::EtatDemande;
use crate::piece::NaturePiece;
use crate::texte;

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
    /// PRO-6: a refusal may be contested.
    Contester,
    /// The installation is recorded.
    Installee,
}

impl Choix {
    /// Whether something is expected of her.
    pub fn a_vous(self) -> bool {
        self <= Choix::CompleterDepart
    }
}

/// What comes first among all that is hers: which, and what is said of it; none when nothing is under way.
pub fn premiere(vus: &[Vu<'_>], jour: NaiveDate) -> Option<(usize, Choix, Dite)> {
    let (rang, vu, choix) = vus
        .iter()
        .enumerate()
        .filter_map(|(rang, vu)| choix(vu, vus, jour).map(|c| (rang, vu, c)))
        // The latest installation speaks for the others.
        .min_by_key(|(_, vu, choix)| (*choix, Reverse(installee_le(vu))))?;
    Some((rang, choix, dire(vu, choix, jour)))
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
            Quoi::NotifierDecision(_) => Some(Choix::AttendreLettre),
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
            | Quoi::SaisirCommission
            | Quoi::AttendreAvis
            | Quoi::DeciderApresAvis
            | Quoi::SignerDecision => remplacer.or(Some(Choix::AttendreDecision)),
            Quoi::Contester => a.avant.filter(|fin| *fin >= jour).map(|_| Choix::Contester),
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
            Quoi::RepondreALaDesignation | Quoi::DeposerDemande | Quoi::SInstaller { .. } => {
                remplacer.or(Some(Choix::AttendreSuccesseur))
            }
            _ => remplacer,
        },
        (Objet::Designation { .. }, Quoi::RepondreALaDesignation) => {
            Some(Choix::RepondreALaDesignation)
        }
        (Objet::Designation { .. }, Quoi::DeposerDemande) => Some(Choix::DeposerDemande),
        (Objet::Designation { .. }, _) => None,
    }
}

/// Whether she ceased since that day.
fn partie(vus: &[Vu<'_>], le: NaiveDate) -> bool {
    vus.iter().any(|vu| match vu.objet {
        Objet::Depart { confirmee, .. } => confirmee.is_some_and(|cessation| cessation >= le),
        _ => false,
    })
}

fn dire(vu: &Vu<'_>, choix: Choix, jour: NaiveDate) -> Dite {
    let avant = avant(&vu.attente, jour);
    let (numero, commune, cedant) = match vu.objet {
        Objet::Demande {
            numero, commune, ..
        } => (numero, commune, ""),
        Objet::Depart { commune, .. } => ("", commune, ""),
        Objet::Designation { cedant, commune } => ("", commune, cedant),
    };
    let de_commune = texte::de(commune);
    let objet = match vu.objet {
        Objet::Demande { .. } => format!("votre demande {numero}"),
        Objet::Depart { .. } | Objet::Designation { .. } => format!("votre départ {de_commune}"),
    };
    match choix {
        Choix::EnvoyerPieces => vous(format!(
            "Des pièces manquent à votre demande {numero} : envoyez-les {avant}."
        )),
        Choix::RepondreALaDesignation => {
            let quand = if vu.attente.avant.is_some() {
                format!(" {avant}")
            } else {
                String::new()
            };
            vous(format!(
                "Une désignation est faite à votre nom, pour succéder à {cedant} à {commune} : acceptez ou déclinez{quand}."
            ))
        }
        Choix::OuvrirDecision => vous(format!(
            "Un document sur votre demande {numero} vous attend : ouvrez-le{}.",
            vu.a_ouvrir.map_or_else(String::new, |terme| format!(
                " {}",
                texte::au_plus_tard(terme)
            ))
        )),
        Choix::AttendreLettre => Dite::new(
            format!(
                "La caisse a répondu à votre demande {numero} : sa réponse vous est envoyée par lettre recommandée. Vous n’avez rien à faire."
            ),
            "La caisse",
        ),
        Choix::RemplacerPiece => {
            let nature = vu.refusee.map_or("", NaturePiece::libelle);
            vous(format!(
                "Une pièce de {objet} est refusée ({}) : lisez pourquoi, et envoyez-en une autre.",
                texte::minuscule_initiale(nature)
            ))
        }
        Choix::SInstaller => vous(format!(
            "Votre demande {numero} est accordée : commencez votre installation à {commune} {avant}."
        )),
        Choix::RemplirLaReserve => vous(format!(
            "Votre demande {numero} est accordée sous une condition : remplissez-la et envoyez-en la preuve {avant}. Ne commencez pas avant."
        )),
        Choix::EnvoyerAutrePreuve => vous(format!(
            "La preuve de votre installation à {commune} est refusée : lisez pourquoi, et envoyez-en une autre {avant}."
        )),
        Choix::Designer => vous(format!(
            "Votre départ {de_commune} ouvre une place : désignez votre successeur {avant}."
        )),
        Choix::VerifierDecompte => vous(format!(
            "Vérifiez le nombre d’actes compté pour votre départ {de_commune} : vous pouvez le contester {avant}."
        )),
        Choix::DeposerDemande if vu.attente.avant.is_some() => vous(format!(
            "La caisse vous a attribué la place {de_commune} : déposez votre demande de conventionnement {avant}."
        )),
        Choix::DeposerDemande => vous(format!(
            "Vous avez accepté de succéder à {cedant} : déposez votre demande de conventionnement."
        )),
        Choix::CompleterDemande | Choix::CompleterDepart => vous(manque(&objet, vu.manquantes)),
        Choix::AttendreInstallation => Dite::new(
            format!(
                "Vous n’avez rien à faire : la caisse vérifie la preuve de votre installation à {commune} (demande {numero})."
            ),
            "La caisse",
        ),
        Choix::AttendreDecision => {
            let quand = vu.attente.avant.map_or_else(String::new, |fin| {
                format!(
                    " Elle répond {}, {}.",
                    texte::au_plus_tard(fin),
                    texte::dans((fin - jour).num_days())
                )
            });
            Dite::new(
                format!(
                    "Vous n’avez rien à faire : la caisse étudie votre demande {numero}.{quand}"
                ),
                "La caisse",
            )
        }
        Choix::AttendreReponse => Dite::new(
            format!("Vous n’avez rien à faire : la caisse vérifie votre départ {de_commune}."),
            "La caisse",
        ),
        Choix::AttendreSuccesseur => Dite::new(
            format!("Vous n’avez rien à faire : votre succession à {commune} suit son cours."),
            match vu.attente.quoi {
                Quoi::RepondreALaDesignation => "La personne que vous désignez",
                _ => "Votre successeur et la caisse",
            },
        ),
        Choix::Contester => Dite::new(
            format!(
                "Votre demande {numero} est refusée : vous pouvez contester cette décision {}.",
                vu.attente.avant.map_or_else(String::new, |fin| format!(
                    "{}, {}",
                    texte::au_plus_tard(fin),
                    texte::dans((fin - jour).num_days())
                ))
            ),
            "Vous, si vous souhaitez contester",
        ),
        Choix::Installee => Dite::new(
            format!(
                "Votre installation à {commune} est enregistrée depuis le {} : rien n’est attendu de vous.",
                installee_le(vu).map_or_else(String::new, texte::date_fr)
            ),
            "Personne",
        ),
    }
}

fn vous(phrase: String) -> Dite {
    Dite::new(phrase, "Vous")
}

/// «au plus tard le jeudi 12 mars 2026 (inclus), dans 9 jours», or «sans tarder» when no deadline runs.
fn avant(a: &Attente, jour: NaiveDate) -> String {
    a.avant.map_or_else(
        || "sans tarder".to_owned(),
        |fin| {
            format!(
                "{}, {}",
                texte::au_plus_tard(fin),
                texte::dans((fin - jour).num_days())
            )
        },
    )
}

fn manque(objet: &str, manquantes: &[NaturePiece]) -> String {
    let noms: Vec<String> = manquantes
        .iter()
        .map(|n| texte::minuscule_initiale(n.libelle()))
        .collect();
    let nombre = i64::try_from(noms.len()).unwrap_or(i64::MAX);
    format!(
        "Il manque {} à {objet} ({}) : n’attendez pas qu’on vous {} demande.",
        texte::en_lettres(nombre, "pièce", "pièces"),
        noms.join(", "),
        if nombre == 1 { "la" } else { "les" }
    )
}
