//! The sentences of the home page, one for each thing that is to be said.

use chrono::NaiveDate;

use super::{Choix, Objet, Vu, installee_le};
use crate::appel::EtatCandidature;
use crate::attente::{Attente, Dite, Fin, Quoi};
use crate::demande::EtatDemande;
use crate::designation::EtatDesignation;
use crate::grand_livre::EtatPlace;
use crate::notification::Chemin;
use crate::piece::NaturePiece;
use crate::texte;

/// What is said of a thing of hers.
pub(super) fn dire(vu: &Vu<'_>, choix: Choix, jour: NaiveDate) -> Dite {
    let avant = avant(&vu.attente, jour);
    let (numero, commune, cedant) = match vu.objet {
        Objet::Demande {
            numero, commune, ..
        } => (numero, commune, ""),
        Objet::Depart { commune, .. } => ("", commune, ""),
        Objet::Designation { cedant, commune } => ("", commune, cedant),
        Objet::Candidature { zone, .. } => ("", zone, ""),
    };
    let de_commune = texte::de(commune);
    let objet = match vu.objet {
        Objet::Demande { .. } => format!("votre demande {numero}"),
        Objet::Depart { .. } | Objet::Designation { .. } | Objet::Candidature { .. } => {
            format!("votre départ {de_commune}")
        }
    };
    match choix {
        Choix::EnvoyerPieces => vous(match vu.attente.quoi {
            Quoi::EnvoyerPieces { restantes: 1 } => {
                format!("Une pièce manque à votre demande {numero} : envoyez-la {avant}.")
            }
            _ => format!("Des pièces manquent à votre demande {numero} : envoyez-les {avant}."),
        }),
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
                "La caisse a une réponse à votre demande {numero} : {} par lettre recommandée. Vous n’avez rien à faire avant de la recevoir.",
                match vu.attente.quoi {
                    Quoi::NotifierDecision(_, Chemin::Lettre(le)) =>
                        format!("elle vous l’a envoyée le {},", texte::date_fr(le)),
                    _ => "elle vous l’enverra".to_owned(),
                }
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
        Choix::AttendreCommission => Dite::new(
            format!(
                "Vous n’avez rien à faire : votre départ {de_commune} est confirmé, et la commission paritaire doit dire si la place peut être transmise."
            ),
            match vu.attente.quoi {
                Quoi::SaisirSurLaPlace => "La caisse, puis la commission paritaire",
                _ => "La commission paritaire",
            },
        ),
        Choix::AttendreAttribution => Dite::new(
            format!(
                "Vous n’avez rien à faire : le délai pour désigner est passé, la caisse attribue la place {de_commune} selon sa charte."
            ),
            "La caisse",
        ),
        Choix::AttendreClassement => {
            let suite = match vu.objet {
                Objet::Candidature { cloture, .. } if cloture >= jour => {
                    format!(
                        " Les candidatures sont reçues {}.",
                        texte::au_plus_tard(cloture)
                    )
                }
                _ => String::new(),
            };
            Dite::new(
                format!(
                    "Vous n’avez rien à faire : votre candidature à une place {de_commune} est enregistrée.{suite} La caisse répond à chaque candidature."
                ),
                "La caisse",
            )
        }
        Choix::Finie => Dite::new(fin(vu, numero, &de_commune, cedant), "Personne"),
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

/// What ended, and what it leaves.
fn fin(vu: &Vu<'_>, numero: &str, de_commune: &str, cedant: &str) -> String {
    match vu.attente.quoi {
        Quoi::Rien(Fin::Demande(EtatDemande::Caduque)) => format!(
            "Votre demande {numero} est sans effet (caduque) : l’installation n’a pas commencé dans le délai."
        ),
        Quoi::Rien(Fin::Demande(_)) => format!(
            "Votre demande {numero} est classée sans suite : les pièces demandées ne sont pas arrivées dans le délai. Vous pouvez en déposer une autre."
        ),
        Quoi::Rien(Fin::Depart(_)) => format!(
            "La caisse a rejeté la déclaration de votre départ {de_commune} : lisez pourquoi, corrigez et déclarez de nouveau."
        ),
        Quoi::Rien(Fin::Place(EtatPlace::Pourvue)) => format!(
            "L’installation de votre successeur est enregistrée : votre départ {de_commune} est terminé, vous n’avez plus rien à faire."
        ),
        Quoi::Rien(Fin::Place(EtatPlace::NonTransmissible)) => format!(
            "Votre départ {de_commune} est confirmé : la place ne peut pas être transmise à un successeur."
        ),
        Quoi::Rien(Fin::Place(EtatPlace::SansObjet)) => format!(
            "La place de votre départ {de_commune} est sans objet : la zone n’est plus régulée, on s’y installe librement."
        ),
        Quoi::Rien(Fin::Place(_)) => format!(
            "Le délai pour désigner est passé : la place de votre départ {de_commune} est sans effet (caduque)."
        ),
        Quoi::Rien(Fin::Designation(EtatDesignation::Remplacee)) => format!(
            "La désignation faite à votre nom pour succéder à {cedant} n’a plus d’effet : une autre personne est désignée."
        ),
        Quoi::Rien(Fin::Designation(EtatDesignation::SansObjet)) => format!(
            "La désignation faite à votre nom pour succéder à {cedant} est sans objet : la zone n’est plus régulée, vous pouvez y demander un conventionnement sans succession."
        ),
        Quoi::Rien(Fin::Designation(_)) => {
            format!("La désignation faite à votre nom pour succéder à {cedant} n’a plus d’effet.")
        }
        Quoi::Rien(Fin::Candidature(EtatCandidature::Defaillante)) => format!(
            "La place {de_commune} ne vous est plus attribuée : aucune demande n’a été déposée dans le délai."
        ),
        _ => format!(
            "Votre candidature à une place {de_commune} n’est pas retenue : la réponse de la caisse dit pourquoi."
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
