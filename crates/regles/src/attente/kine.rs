//! What a case waits for, said to the person whose case it is: who asks, who leaves.

use chrono::NaiveDate;

use super::{Attente, Dite, Fin, Quoi};
use crate::demande::EtatDemande;
use crate::depart::EtatDepart;
use crate::grand_livre::EtatPlace;
use crate::notification::Chemin;
use crate::silence::EffetSilence;
use crate::silence::SilenceEchu;
use crate::texte;

/// « au plus tard le jeudi 12 mars 2026 (inclus), dans 9 jours», with its space; nothing when no deadline runs.
fn avant(a: &Attente, jour: NaiveDate) -> String {
    a.avant.map_or_else(String::new, |fin| {
        format!(
            " {}, {}",
            texte::au_plus_tard(fin),
            texte::dans((fin - jour).num_days())
        )
    })
}

fn lettres(nombre: usize) -> String {
    texte::en_lettres(i64::try_from(nombre).unwrap_or(i64::MAX), "pièce", "pièces")
}

/// The status line of a request, for its author; `caisse`: the name of her CPAM.
pub fn pour_le_demandeur(a: &Attente, caisse: &str, jour: NaiveDate) -> Dite {
    let avant = avant(a, jour);
    if let Some(silence) = a.sans_reponse() {
        return du_silence(silence, caisse);
    }
    match a.quoi {
        Quoi::VerifierPieces { manquantes: 0, .. } => Dite::new(
            "Votre demande est déposée. La caisse vérifie qu’elle est complète. Vous n’avez rien à faire.",
            caisse,
        ),
        Quoi::VerifierPieces { manquantes, .. } => Dite::new(
            format!(
                "Votre demande est déposée, et la caisse la vérifie. Il y manque {} : n’attendez pas qu’on vous {} demande.",
                lettres(manquantes),
                if manquantes == 1 { "la" } else { "les" }
            ),
            caisse,
        ),
        Quoi::EnvoyerPieces { restantes } => Dite::new(
            format!(
                "Nous attendons de vous {}{avant}.",
                texte::en_lettres(restantes, "pièce", "pièces")
            ),
            "Vous",
        ),
        Quoi::ProposerDecision | Quoi::ReprendreProposition | Quoi::SignerDecision => Dite::new(
            "Votre demande est complète. La caisse l’étudie, puis décide. Vous n’avez rien à faire.",
            caisse,
        ),
        Quoi::SaisirCommission | Quoi::DeciderApresAvis => Dite::new(
            "Votre demande est complète. La caisse l’étudie avec l’avis de la commission paritaire, puis décide. Vous n’avez rien à faire.",
            caisse,
        ),
        Quoi::AttendreAvis => Dite::new(
            "Votre demande est complète. La commission paritaire donne son avis, puis la caisse décide. Vous n’avez rien à faire.",
            "La commission paritaire",
        ),
        Quoi::VerifierInstallation => Dite::new(
            "Votre demande est accordée et votre installation déclarée. La caisse l’enregistre. Vous n’avez rien à faire.",
            caisse,
        ),
        // PRO-8: the document says it, not the page.
        Quoi::NotifierDecision(_, chemin) => reponse_en_chemin(chemin, caisse),
        Quoi::SInstaller {
            preuve_refusee: true,
        } => Dite::new(
            format!(
                "La preuve de votre installation est refusée : votre accord reste valable, envoyez-en une autre{avant}."
            ),
            "Vous",
        ),
        Quoi::SInstaller { .. } => Dite::new(
            format!(
                "Votre demande est accordée. Commencez votre installation et déclarez-la{avant}."
            ),
            "Vous",
        ),
        Quoi::RemplirLaReserve => Dite::new(
            format!(
                "Votre demande est accordée sous une condition, que dit votre document : elle est à remplir et à prouver{avant}. Ne commencez pas avant que la caisse vous ait écrit qu’elle est remplie."
            ),
            "Vous, et la personne à qui vous succédez",
        ),
        Quoi::Contester => Dite::new(
            "Votre demande est refusée. Les motifs et les voies de recours sont ci-dessous.",
            "Vous, si vous souhaitez contester",
        ),
        Quoi::Rien(Fin::Demande(etat)) => Dite::new(finie(etat), "Personne"),
        _ => Dite::new("Vous n’avez rien à faire.", caisse),
    }
}

/// PRO-7: what silence is worth, and what the person can do of it.
fn du_silence(silence: SilenceEchu, caisse: &str) -> Dite {
    let suite = match (silence.effet, silence.demande_le, silence.reponse_le) {
        (EffetSilence::Rejet, None, _) => {
            "Vous pouvez en demander les raisons, et contester ce refus. La caisse peut encore vous répondre."
        }
        (EffetSilence::Rejet, Some(_), None) => {
            "Vous en avez demandé les raisons : la caisse vous les donnera."
        }
        (EffetSilence::Rejet, Some(_), Some(_)) if silence.a_ouvrir() => {
            "Un document vous attend : ouvrez-le."
        }
        (EffetSilence::Rejet, Some(_), Some(_)) => "Ses raisons sont ci-dessous, avec les recours.",
        (EffetSilence::Acceptation, None, _) => "Demandez votre attestation avant de commencer.",
        (EffetSilence::Acceptation, Some(_), None) => {
            "Vous avez demandé votre attestation : attendez-la avant de commencer."
        }
        (EffetSilence::Acceptation, Some(_), Some(_)) => "Votre attestation est ci-dessous.",
    };
    let tour = match silence.a_repondre() {
        true => caisse,
        false if silence.a_ouvrir() => "Vous",
        false => "Vous, si vous le souhaitez",
    };
    Dite::new(format!("{} {suite}", silence.phrase()), tour)
}

fn finie(etat: EtatDemande) -> &'static str {
    match etat {
        EtatDemande::Installee => {
            "Votre installation est enregistrée. Vous n’avez plus rien à faire."
        }
        EtatDemande::Caduque => {
            "Votre accord est sans effet (caduc) : l’installation n’a pas commencé dans le délai."
        }
        EtatDemande::SansSuite => {
            "Votre demande est classée sans suite : les pièces demandées ne sont pas arrivées. Vous pouvez en déposer une nouvelle."
        }
        _ => "Vous avez retiré cette demande.",
    }
}

/// The status line of a departure, for who leaves; `caisse`: the name of her CPAM, `commune`: the one left, `motif`: why it
/// was rejected.
pub fn pour_le_cedant(
    a: &Attente,
    caisse: &str,
    commune: &str,
    motif: Option<&str>,
    jour: NaiveDate,
) -> Dite {
    let limite = avant(a, jour);
    match a.quoi {
        Quoi::RepondreAuDepart { .. } => Dite::new(
            format!(
                "La caisse vérifie votre déclaration. Vous n’avez rien à faire : elle vous écrira pour vous dire si votre départ {} ouvre une place.",
                texte::de(commune)
            ),
            caisse,
        ),
        Quoi::Designer => Dite::new(
            format!("Votre départ ouvre une place : désignez votre successeur{limite}."),
            "Vous",
        ),
        Quoi::RepondreALaDesignation => Dite::new(
            format!(
                "La personne que vous désignez n’a pas encore répondu. Vous pouvez en désigner une autre{limite}."
            ),
            "La personne désignée",
        ),
        Quoi::DeposerDemande | Quoi::DeciderSurLaDemande => Dite::new(
            "La personne que vous désignez a accepté. La caisse décidera sur sa demande de conventionnement.",
            "Votre successeur, puis la caisse",
        ),
        Quoi::VerifierDecompte => Dite::new(
            format!(
                "Votre départ est confirmé. Vérifiez le nombre de vos actes : vous pouvez le contester{limite}. La commission paritaire dira ensuite si la place peut être transmise."
            ),
            "Vous, si vous souhaitez contester",
        ),
        Quoi::RepondreALaContestation => Dite::new(
            "Vous contestez le nombre de vos actes. La caisse l’examine et vous répond. Vous n’avez rien à faire.",
            caisse,
        ),
        Quoi::SaisirSurLaPlace => Dite::new(
            "Votre départ est confirmé. Le nombre de vos actes est inférieur au seuil : la caisse demande à la commission paritaire si la place peut être transmise.",
            caisse,
        ),
        Quoi::RendreAvis => Dite::new(
            "Votre départ est confirmé. Le nombre de vos actes est inférieur au seuil : la commission paritaire dira si la place peut être transmise.",
            "La commission paritaire",
        ),
        Quoi::AttribuerParCharte => Dite::new(
            "Le délai pour désigner un successeur est passé : la caisse attribue la place selon sa charte.",
            "La caisse",
        ),
        Quoi::Rien(Fin::Depart(EtatDepart::Rejetee)) => Dite::new(
            format!(
                "La caisse a rejeté votre déclaration : {}",
                motif.unwrap_or("le motif vous a été écrit.")
            ),
            "Vous, si vous souhaitez corriger et déclarer de nouveau",
        ),
        Quoi::Rien(Fin::Depart(EtatDepart::Retiree)) => Dite::new(
            "Vous avez retiré cette déclaration : elle n’a plus d’effet, et vous gardez votre conventionnement.",
            "Personne",
        ),
        Quoi::Rien(Fin::Place(EtatPlace::NonTransmissible)) => Dite::new(
            "Votre départ est confirmé. La place ne peut pas être transmise à un successeur.",
            "Personne",
        ),
        Quoi::Rien(Fin::Place(EtatPlace::Pourvue)) => Dite::new(
            "L’installation de votre successeur est enregistrée. Vous n’avez plus rien à faire.",
            "Personne",
        ),
        Quoi::Rien(Fin::Place(EtatPlace::Caduque)) => Dite::new(
            "Le délai pour désigner est passé : la place est sans effet (caduque).",
            "Personne",
        ),
        Quoi::Rien(Fin::Place(EtatPlace::SansObjet)) => Dite::new(
            "La zone n’est plus régulée : la place de votre départ est sans objet, un autre professionnel peut s’y installer sans vous succéder.",
            "Personne",
        ),
        _ => Dite::new(
            "Votre départ est confirmé. Il n’ouvre pas de place : la zone n’est pas régulée, un autre professionnel peut s’y installer librement.",
            "Personne",
        ),
    }
}

/// PRO-8: what is said of an answer until it is notified: nothing of its sense.
fn reponse_en_chemin(chemin: Chemin, caisse: &str) -> Dite {
    let phrase = match chemin {
        Chemin::Espace(terme) => {
            return Dite::new(
                format!(
                    "Un document vous attend : ouvrez-le {}.",
                    texte::au_plus_tard(terme)
                ),
                "Vous",
            );
        }
        Chemin::PasEncore => "elle vous l’enverra par lettre recommandée".to_owned(),
        Chemin::Lettre(le) => format!(
            "elle vous l’a envoyée le {}, par lettre recommandée",
            texte::date_fr(le)
        ),
    };
    Dite::new(
        format!(
            "La caisse a une réponse à votre demande : {phrase}. Vous n’avez rien à faire avant de la recevoir."
        ),
        caisse,
    )
}
