//! What a case waits for, said to the CPAM: why it is in the queue, and the status line of its file.

use chrono::NaiveDate;

use super::{Attente, Dite, Fin, Qui, Quoi};
use crate::appel::EtatAppel;
use crate::demande::{EtatDemande, Sens};
use crate::depart::EtatDepart;
use crate::grand_livre::EtatPlace;
use crate::notification::Chemin;
use crate::silence::EffetSilence;
use crate::silence::SilenceEchu;
use crate::texte;

/// Why a case is in the queue.
pub fn raison(a: &Attente, jour: NaiveDate) -> String {
    let echue = a.echue(jour);
    if let Some(silence) = a.sans_reponse() {
        return du_silence(silence).to_owned();
    }
    let fixe = match a.quoi {
        Quoi::VerifierPieces {
            redemandees: true, ..
        } => "Pièces demandées reçues, à vérifier",
        Quoi::VerifierPieces { .. } => "Pièces à vérifier",
        Quoi::EnvoyerPieces { .. } if echue => "Délai des pièces écoulé, à classer ou à reprendre",
        Quoi::EnvoyerPieces { restantes } => {
            return format!(
                "{} encore attendue{}",
                texte::majuscule_initiale(&texte::en_lettres(restantes, "pièce", "pièces")),
                texte::marque(restantes)
            );
        }
        Quoi::ProposerDecision => "Dossier complet, décision à proposer",
        Quoi::ReprendreProposition => "Proposition renvoyée, à revoir",
        Quoi::SaisirCommission => "Dossier complet, commission à saisir",
        Quoi::AttendreAvis if echue => "Avis de la commission en retard, à enregistrer",
        Quoi::AttendreAvis => "Commission saisie, avis attendu",
        Quoi::DeciderApresAvis => "Avis de la commission rendu, décision à proposer",
        Quoi::SignerDecision => "Décision proposée, à signer",
        Quoi::NotifierDecision(sens, Chemin::PasEncore) => {
            return format!("{} à notifier", sens.libelle());
        }
        Quoi::NotifierDecision(sens, Chemin::Espace(_)) => {
            return format!(
                "{} déposé dans l’espace, ouverture attendue",
                sens.libelle()
            );
        }
        Quoi::NotifierDecision(sens, Chemin::Lettre(le)) => {
            return format!(
                "{} envoyé le {}, remise à enregistrer",
                sens.libelle(),
                texte::date_fr(le)
            );
        }
        Quoi::VerifierInstallation => "Installation déclarée, preuve à vérifier",
        Quoi::SInstaller { .. } if echue => "Délai d’installation écoulé",
        Quoi::SInstaller { .. } => "Installation attendue",
        Quoi::RemplirLaReserve if echue => "Condition de l’accord non remplie à temps",
        Quoi::RemplirLaReserve => "Accord sous réserve, condition attendue",
        Quoi::Contester => "Refus notifié",
        Quoi::RepondreAuDepart { .. } => "Cessation déclarée, à confirmer ou à rejeter",
        Quoi::VerifierDecompte => "Nombre d’actes communiqué, contestable par la personne",
        Quoi::RepondreALaContestation => "Nombre d’actes contesté, réponse à donner",
        Quoi::SaisirSurLaPlace => "Commission à saisir",
        Quoi::RendreAvis if echue => "Avis de la commission en retard, à enregistrer",
        Quoi::RendreAvis => "Commission saisie, avis attendu",
        Quoi::Designer if echue => "Délai de désignation écoulé",
        Quoi::Designer => "Successeur à désigner",
        Quoi::RepondreALaDesignation => "Réponse du successeur attendue",
        Quoi::DeposerDemande => "Demande du successeur attendue",
        Quoi::DeciderSurLaDemande => "Demande du successeur déposée",
        Quoi::AttribuerParCharte => "Place à attribuer selon la charte",
        Quoi::Candidater => "Candidatures reçues",
        Quoi::CloreAppel => "Aucune candidature, appel à clore",
        Quoi::VerifierValeurs => "Valeurs à vérifier",
        Quoi::Classer => "Classement de la commission attendu",
        Quoi::AttribuerPlace => "Place à attribuer",
        Quoi::Rien(fin) => terminee(fin),
    };
    fixe.to_owned()
}

/// PRO-7: what is left to do once silence was worth an answer.
fn du_silence(silence: SilenceEchu) -> &'static str {
    match (silence.effet, silence.a_repondre()) {
        (EffetSilence::Rejet, true) => "Raisons du refus demandées, à donner",
        (EffetSilence::Acceptation, true) => "Attestation demandée, à délivrer",
        (EffetSilence::Rejet, false) => "Sans réponse à temps, considérée comme refusée",
        (EffetSilence::Acceptation, false) => "Sans réponse à temps, considérée comme acceptée",
    }
}

fn terminee(fin: Fin) -> &'static str {
    match fin {
        Fin::Demande(EtatDemande::Installee) => "Installation enregistrée",
        Fin::Demande(EtatDemande::Caduque) => "Accord caduc, délai d’installation écoulé",
        Fin::Demande(EtatDemande::Retiree) => "Retirée par la personne",
        Fin::Demande(EtatDemande::SansSuite) => "Pièces non fournies à temps",
        Fin::Demande(etat) => etat.libelle(),
        Fin::Depart(EtatDepart::Confirmee) => "Départ confirmé, sans place : zone non régulée",
        Fin::Depart(etat) => etat.libelle(),
        Fin::Place(EtatPlace::NonTransmissible) => "Place non transmissible",
        Fin::Place(EtatPlace::Pourvue) => "Place pourvue",
        Fin::Place(EtatPlace::Caduque) => "Place caduque",
        Fin::Place(EtatPlace::SansObjet) => "Place sans objet, zone non régulée",
        Fin::Place(etat) => etat.libelle(),
        Fin::Appel(EtatAppel::Attribue) => "Place attribuée",
        Fin::Appel(_) => "Appel clos sans attribution",
        Fin::Designation(etat) => etat.libelle(),
        Fin::Candidature(etat) => etat.libelle(),
    }
}

/// Who and what the sentences name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nommes<'a> {
    /// The person whose case it is.
    pub personne: &'a str,
    /// Who follows it at the CPAM; the CPAM when nobody does.
    pub agent: Option<&'a str>,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// Day of the installation.
    pub installee_le: Option<NaiveDate>,
    /// REG-12: who comes next, once the attribution lapsed.
    pub suivant: Option<&'a str>,
    /// REG-8: who is designated to succeed.
    pub successeur: Option<&'a str>,
    /// The number of the request that the successor filed.
    pub demande: Option<&'a str>,
}

/// Why a departure is in the queue: who is designated and the request that followed are named.
pub fn du_depart(a: &Attente, n: &Nommes<'_>, jour: NaiveDate) -> String {
    match (a.quoi, n.successeur) {
        (Quoi::RepondreALaDesignation, Some(successeur)) if !a.echue(jour) => format!(
            "Désignation envoyée, réponse {} attendue",
            texte::de(successeur)
        ),
        (Quoi::DeposerDemande, Some(successeur)) => format!(
            "Désignation acceptée, demande {} attendue",
            texte::de(successeur)
        ),
        (Quoi::DeciderSurLaDemande, _) => match n.demande {
            Some(numero) => format!("Demande du successeur déposée : voir {numero}"),
            None => raison(a, jour),
        },
        _ => raison(a, jour),
    }
}

/// The status line of a request or a call, for who instructs and for who reads.
pub fn pour_l_agent(a: &Attente, n: &Nommes<'_>, jour: NaiveDate) -> Dite {
    Dite::new(phrase(a, n, jour), tour(a, n))
}

fn tour(a: &Attente, n: &Nommes<'_>) -> String {
    let qui = match a.quoi {
        // A refusal that was notified leaves nothing to do at the CPAM.
        Quoi::Contester | Quoi::Rien(Fin::Demande(_)) => "personne, le dossier est clos",
        _ => qui_agit(a, n).unwrap_or("personne"),
    };
    texte::majuscule_initiale(qui)
}

/// Who must act, within a sentence: a name, or «la commission»; none when nobody has to.
pub fn qui_agit<'a>(a: &Attente, n: &Nommes<'a>) -> Option<&'a str> {
    match (a.qui, a.quoi) {
        (Qui::Demandeur | Qui::Cedant, _) => Some(n.personne),
        (_, Quoi::NotifierDecision(..)) => Some("la caisse"),
        (_, Quoi::VerifierValeurs | Quoi::CloreAppel) => Some("l’instruction"),
        (Qui::Caisse, _) => Some(n.agent.unwrap_or("la caisse")),
        (Qui::Signataire, _) => Some("la personne qui signe"),
        (Qui::Commission, _) => Some("la commission"),
        (Qui::Candidats, _) => Some("les candidats"),
        (Qui::Designe, _) => Some(n.successeur.unwrap_or("la personne désignée")),
        (Qui::Successeur, _) => Some(n.successeur.unwrap_or("le successeur")),
        (Qui::Personne, _) => None,
    }
}

fn phrase(a: &Attente, n: &Nommes<'_>, jour: NaiveDate) -> String {
    let nom = n.personne;
    let limite = a.avant.map_or_else(String::new, texte::au_plus_tard);
    let dans = a
        .avant
        .map_or_else(String::new, |fin| texte::dans((fin - jour).num_days()));
    let decidee = a.avant.map_or_else(String::new, texte::date_fr);
    let echue = a.echue(jour);
    if let Some(silence) = a.sans_reponse() {
        return match silence.demande_le.filter(|_| silence.a_repondre()) {
            Some(le) => format!(
                "{} {} le {}.",
                silence.phrase_agent(),
                match silence.effet {
                    EffetSilence::Rejet => "Les raisons de ce refus ont été demandées",
                    EffetSilence::Acceptation => "L’attestation a été demandée",
                },
                texte::date_fr(le)
            ),
            None => silence.phrase_agent(),
        };
    }
    match a.quoi {
        Quoi::VerifierPieces { .. } if echue => format!(
            "Demande reçue {de_nom}, à vérifier : la réponse était attendue {limite}.",
            de_nom = texte::de(nom)
        ),
        Quoi::VerifierPieces { .. } => format!(
            "Demande reçue {de_nom}, à vérifier. Sans réponse {limite}, le silence de la caisse vaut décision ({dans}).",
            de_nom = texte::de(nom)
        ),
        Quoi::EnvoyerPieces { .. } if echue => format!(
            "Les pièces demandées à {nom} devaient arriver {limite} : le dossier peut être classé sans suite."
        ),
        Quoi::EnvoyerPieces { restantes } => format!(
            "En attente {} {de_nom}, {limite}, {dans}.",
            match restantes {
                1 => "d’une pièce".to_owned(),
                n => format!("de {}", texte::en_lettres(n, "pièce", "pièces")),
            },
            de_nom = texte::de(nom)
        ),
        Quoi::ReprendreProposition => {
            "La proposition de décision est renvoyée : lisez la remarque, corrigez et proposez de nouveau."
                .to_owned()
        }
        Quoi::ProposerDecision if echue => {
            format!("Dossier complet, décision à proposer : elle était attendue {limite}.")
        }
        Quoi::SaisirCommission if echue => {
            format!("Dossier complet : la commission était à saisir {limite}.")
        }
        Quoi::DeciderApresAvis if echue => format!(
            "La commission s’est prononcée : une décision était à proposer et à signer {limite}."
        ),
        Quoi::SignerDecision if echue => {
            format!("Une décision est proposée : elle était à signer {limite}.")
        }
        Quoi::ProposerDecision => format!(
            "Dossier complet, décision à proposer. Sans réponse {limite}, le silence de la caisse vaut décision ({dans})."
        ),
        Quoi::SaisirCommission => {
            format!("Dossier complet : la commission est à saisir {limite}, {dans}.")
        }
        Quoi::AttendreAvis if echue => format!(
            "L’avis de la commission était attendu {limite} : enregistrez-le, ou enregistrez qu’il est réputé rendu."
        ),
        Quoi::AttendreAvis => {
            format!("La commission est saisie : son avis est attendu {limite}, {dans}.")
        }
        Quoi::DeciderApresAvis => format!(
            "La commission s’est prononcée : une décision est à proposer et à signer {limite}, {dans}."
        ),
        Quoi::SignerDecision => {
            format!("Une décision est proposée, à signer {limite}, {dans}.")
        }
        Quoi::NotifierDecision(Sens::Accord, Chemin::PasEncore) => {
            format!(
                "Accord décidé le {decidee} ({dans}) : il reste à le notifier, le délai d’installation court à compter de la notification."
            )
        }
        Quoi::NotifierDecision(Sens::Refus, Chemin::PasEncore) => {
            format!("Refus décidé le {decidee} ({dans}) : il reste à le notifier.")
        }
        Quoi::NotifierDecision(sens, Chemin::Espace(terme)) => format!(
            "{} décidé le {decidee}, déposé dans l’espace {de_nom} : à ouvrir {}. Sans ouverture, la notification compte du jour du dépôt.",
            sens.libelle(),
            texte::au_plus_tard(terme),
            de_nom = texte::de(nom)
        ),
        Quoi::NotifierDecision(sens, Chemin::Lettre(le)) => format!(
            "{} décidé le {decidee}, envoyé le {} : il reste à enregistrer la remise de la lettre, ou son retour.",
            sens.libelle(),
            texte::date_fr(le)
        ),
        Quoi::VerifierInstallation => format!(
            "{nom} a déclaré son installation : la preuve est à vérifier, puis l’installation à enregistrer."
        ),
        Quoi::SInstaller { .. } if echue => format!(
            "L’installation {de_nom} devait commencer {limite} : sinon l’accord est sans effet (caduc).",
            de_nom = texte::de(nom)
        ),
        Quoi::SInstaller { .. } => match n.notifiee_le {
            Some(le) => format!(
                "Accord notifié le {} : l’installation {} commence {limite}, {dans}.",
                texte::date_fr(le),
                texte::de(nom)
            ),
            None => format!(
                "L’installation {} commence {limite}, {dans}.",
                texte::de(nom)
            ),
        },
        Quoi::RemplirLaReserve if echue => format!(
            "La condition de l’accord devait être remplie {limite} : sinon l’accord est sans effet (caduc)."
        ),
        Quoi::RemplirLaReserve => format!(
            "Accord sous réserve : sa condition est à remplir et à prouver {limite}, {dans}. L’installation ne peut pas commencer avant."
        ),
        Quoi::Contester => match n.notifiee_le {
            Some(le) => format!(
                "Refus notifié le {} : un recours est possible {limite}.",
                texte::date_fr(le)
            ),
            None => format!("Refus notifié : un recours est possible {limite}."),
        },
        Quoi::Candidater => {
            format!("Les candidatures sont reçues {limite}, {dans}.")
        }
        Quoi::CloreAppel => {
            "Aucune candidature n’est en lice : clorez l’appel, puis ouvrez-en un autre.".to_owned()
        }
        Quoi::VerifierValeurs => {
            "Des valeurs restent à vérifier : le classement n’est pas établi.".to_owned()
        }
        Quoi::Classer => "Le classement est établi : la commission donne le sien.".to_owned(),
        Quoi::AttribuerPlace => match n.suivant {
            Some(suivant) => format!(
                "L’attribution est caduque, faute de demande à temps : la personne suivante est {suivant}. La personne qui signe peut lui attribuer la place."
            ),
            None => {
                "La commission a classé les candidatures : la personne qui signe attribue la place."
                    .to_owned()
            }
        },
        Quoi::SaisirSurLaPlace => {
            "Activité sous le seuil : la commission, qui dit si la place est transmissible, est à saisir."
                .to_owned()
        }
        Quoi::RepondreALaContestation => {
            "La personne conteste le nombre d’actes : une réponse est à lui donner.".to_owned()
        }
        Quoi::VerifierDecompte => format!(
            "Nombre d’actes communiqué : {nom} peut le contester {limite}, {dans}. La commission dit ensuite si la place est transmissible."
        ),
        Quoi::Designer => format!(
            "Une place est ouverte : désignation à faire {limite}, {dans}."
        ),
        Quoi::RepondreALaDesignation => format!(
            "{} : sa réponse est attendue {limite}, {dans}.",
            match n.successeur {
                Some(successeur) => format!("Désignation envoyée à {successeur}"),
                None => "Désignation envoyée".to_owned(),
            }
        ),
        Quoi::DeposerDemande => match n.successeur {
            Some(successeur) => {
                format!("{successeur} a accepté la désignation : sa demande est attendue.")
            }
            None => "La désignation est acceptée : la demande est attendue.".to_owned(),
        },
        Quoi::DeciderSurLaDemande => match (n.successeur, n.demande) {
            (Some(successeur), Some(numero)) => {
                format!("{successeur} a déposé sa demande : voir le dossier {numero}.")
            }
            _ => format!("{}.", raison(a, jour)),
        },
        Quoi::RepondreAuDepart { .. } | Quoi::RendreAvis | Quoi::AttribuerParCharte => {
            format!("{}.", raison(a, jour))
        }
        Quoi::Rien(fin) => finie(fin, n),
    }
}

fn finie(fin: Fin, n: &Nommes<'_>) -> String {
    let nom = n.personne;
    match fin {
        Fin::Demande(EtatDemande::Installee) => match n.installee_le {
            Some(le) => format!(
                "L’installation {} a commencé le {}.",
                texte::de(nom),
                texte::date_fr(le)
            ),
            None => format!("L’installation {} est enregistrée.", texte::de(nom)),
        },
        Fin::Demande(EtatDemande::Caduque) => {
            format!(
                "L’accord est sans effet (caduc) : l’installation {} n’a pas commencé à temps.",
                texte::de(nom)
            )
        }
        Fin::Demande(EtatDemande::Retiree) => format!("{nom} a retiré sa demande."),
        Fin::Demande(EtatDemande::SansSuite) => {
            "Demande classée sans suite : les pièces ne sont pas arrivées à temps.".to_owned()
        }
        Fin::Appel(EtatAppel::Attribue) => "La place est attribuée.".to_owned(),
        Fin::Appel(_) => "L’appel est clos sans attribution.".to_owned(),
        autre => format!("{}.", terminee(autre)),
    }
}
