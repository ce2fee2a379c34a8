//! Pieces of sentences.

use chrono::NaiveDate;

use crate::condition::{Condition, EtatCondition, NatureAttestation};
use crate::conventionnement::AvisCpd;
use crate::correction::Donnee;
use crate::decision::ModeNotification;
use crate::demande::Sens;
use crate::depart::EtatDepart;
use crate::derogation::ActeMotif;
use crate::echeance::NatureEcheance;
use crate::evenement::Fait;
use crate::grand_livre::EtatPlace;
use crate::notification::Retour;
use crate::piece::NaturePiece;
use crate::silence::EffetSilence;
use crate::texte::{self, date_fr};

pub(super) fn renvoyee(motif: &str) -> String {
    format!("a renvoyé la proposition à l’instruction : {motif}")
}

/// «complet» was said by mistake, and why.
pub(super) fn complet_annule(raison: Option<&str>) -> String {
    let dit = "a annulé la déclaration de dossier complet, faite par erreur";
    raison.map_or_else(|| dit.to_owned(), |raison| format!("{dit} : {raison}"))
}

pub(super) fn combien(n: usize, un: &str, plusieurs: &str) -> String {
    texte::en_lettres(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}

pub(super) fn delai(nature: NatureEcheance) -> String {
    texte::minuscule_initiale(nature.libelle())
}

pub(super) fn liste(donnees: &[Donnee]) -> String {
    let libelles: Vec<String> = donnees.iter().map(|d| d.libelle().to_lowercase()).collect();
    libelles.join(", ")
}

/// Documents received, and how many of them take the place of another.
pub(super) fn recues(pieces: usize, remplacees: usize) -> String {
    format!(
        "a envoyé {}{}",
        combien(pieces, "pièce", "pièces"),
        match remplacees {
            0 => String::new(),
            1 => ", en remplacement d’une autre".to_owned(),
            n => format!(", en remplacement de {}", combien(n, "autre", "autres")),
        }
    )
}

/// PRO-14: a document that an agent put apart.
pub(super) fn mise_a_part(document: NaturePiece, raison: Option<&str>) -> String {
    format!(
        "a mis à part une pièce de santé, « {} » : {}",
        document.libelle(),
        raison.unwrap_or("raison effacée")
    )
}

/// PRO-14: documents that the praticien-conseil reads.
pub(super) fn lues(pieces: usize) -> String {
    format!("a lu {} de santé", combien(pieces, "pièce", "pièces"))
}

/// PRO-14: what the praticien-conseil concludes.
pub(super) fn conclue(document: NaturePiece, conclusion: Option<&str>) -> String {
    format!(
        "a conclu sur une pièce de santé, « {} » : {}",
        document.libelle(),
        conclusion.unwrap_or("conclusion effacée")
    )
}

/// PRO-3: the useful documents without which somebody goes on.
pub(super) fn passees(pieces: &[NaturePiece], raison: Option<&str>) -> String {
    let dites: Vec<String> = pieces
        .iter()
        .map(|p| format!("« {} »", p.libelle()))
        .collect();
    format!(
        "a poursuivi sans {} : {}",
        dites.join(", "),
        raison.unwrap_or("raison effacée")
    )
}

pub(super) fn deplace(verbe: &str, avant: NaiveDate, apres: NaiveDate) -> String {
    format!(
        "{verbe} le délai au terme duquel le silence vaut décision : il passe du {} au {}",
        date_fr(avant),
        date_fr(apres)
    )
}

/// What was done to a value, by the four events of a proposal.
pub(super) fn parametre(verbe: &str, fait: &Fait) -> String {
    match fait {
        Fait::ParametrePropose {
            cle,
            valeur,
            unite,
            du,
            ..
        }
        | Fait::ParametreApprouve {
            cle,
            valeur,
            unite,
            du,
            ..
        }
        | Fait::ParametreRejete {
            cle,
            valeur,
            unite,
            du,
            ..
        }
        | Fait::ParametreRetire {
            cle,
            valeur,
            unite,
            du,
            ..
        } => format!(
            "{verbe} « {} » pour {cle} à compter du {}",
            texte::valeur(valeur, *unite),
            date_fr(*du)
        ),
        _ => format!("{verbe} une valeur"),
    }
}

pub(super) fn motif_propose(acte: ActeMotif, code: &str, le: NaiveDate) -> String {
    let le = date_fr(le);
    match acte {
        ActeMotif::Ajout => format!("a proposé le motif de dérogation {code} à partir du {le}"),
        ActeMotif::Fin => format!("a proposé la fin du motif de dérogation {code} au {le}"),
    }
}

pub(super) fn notifiee(
    (issue, sous_reserve): (Sens, bool),
    mode: ModeNotification,
    le: NaiveDate,
    terme: NaiveDate,
) -> String {
    let (jour, terme) = (date_fr(le), texte::au_plus_tard(terme));
    let suite = match issue {
        Sens::Accord if sous_reserve => format!("condition à remplir {terme}"),
        Sens::Accord => format!("installation à commencer {terme}"),
        Sens::Refus => format!("recours possible {terme}"),
    };
    match mode {
        ModeNotification::Recommande | ModeNotification::MainPropre => {
            format!(
                "a enregistré la notification du {jour} ({}) : {suite}",
                mode.libelle()
            )
        }
        ModeNotification::Portail => {
            format!("décision notifiée le {jour} dans l’espace personnel : {suite}")
        }
    }
}

/// What a departure opens.
pub(super) fn issue(etat: Option<EtatPlace>, limite: Option<NaiveDate>) -> String {
    match (etat, limite) {
        (None, _) => "aucune place, la zone n’est pas régulée".to_owned(),
        (Some(EtatPlace::Ouverte), Some(limite)) => {
            format!(
                "une place est ouverte, désignation à faire {}",
                texte::au_plus_tard(limite)
            )
        }
        (Some(EtatPlace::Ouverte), None) => "une place est ouverte".to_owned(),
        (Some(EtatPlace::AExaminer), _) => "la place est à examiner par la commission".to_owned(),
        (Some(EtatPlace::NonTransmissible), _) => "la place n’est pas transmissible".to_owned(),
        (Some(EtatPlace::Caduque), Some(limite)) => {
            format!(
                "la place est caduque, le délai de désignation a pris fin le {}",
                date_fr(limite)
            )
        }
        (Some(EtatPlace::Caduque), None) => {
            "la place est caduque, le délai de désignation est écoulé".to_owned()
        }
        (Some(EtatPlace::AAttribuer), _) => {
            "la place est à attribuer selon la charte de la caisse".to_owned()
        }
        (Some(autre), _) => format!("la place est {}", autre.libelle().to_lowercase()),
    }
}

pub(super) fn silence_echu(effet: EffetSilence, le: NaiveDate) -> String {
    let issue = match effet {
        EffetSilence::Rejet => "refusée",
        EffetSilence::Acceptation => "acceptée",
    };
    format!(
        "a constaté que la demande n’avait pas reçu de réponse le {} : elle est considérée comme {issue} depuis ce jour",
        date_fr(le)
    )
}

pub(super) fn silence_interroge(effet: EffetSilence) -> &'static str {
    match effet {
        EffetSilence::Rejet => "a demandé les raisons du refus né du silence",
        EffetSilence::Acceptation => "a demandé l’attestation de l’acceptation née du silence",
    }
}

pub(super) fn silence_repondu(effet: EffetSilence) -> &'static str {
    match effet {
        EffetSilence::Rejet => "a donné les raisons du refus né du silence",
        EffetSilence::Acceptation => "a délivré l’attestation de l’acceptation née du silence",
    }
}

/// What became of a letter, after its day.
pub(super) fn suite_de_l_envoi(
    remise: Option<NaiveDate>,
    retour: Option<Retour>,
    avisee: Option<NaiveDate>,
) -> String {
    match (remise, retour, avisee) {
        (Some(le), _, _) => format!(" : document remis le {}", date_fr(le)),
        (None, Some(retour), _) => format!(
            " : lettre revenue, {}",
            texte::minuscule_initiale(retour.libelle())
        ),
        (None, None, Some(le)) => format!(" : personne avisée le {}", date_fr(le)),
        (None, None, None) => String::new(),
    }
}

/// REG-17: a grant, on a condition or not.
pub(super) fn accordee(reserve_au: Option<NaiveDate>) -> String {
    match reserve_au {
        Some(au) => format!(
            "a accordé le conventionnement sous une condition, à remplir {}",
            texte::au_plus_tard(au)
        ),
        None => "a accordé le conventionnement".to_owned(),
    }
}

/// REG-17: the condition of a grant is met.
pub(super) fn reserve_levee(le: NaiveDate, terme: Option<NaiveDate>) -> String {
    let suite = terme.map_or_else(String::new, |t| {
        format!(" : installation à commencer {}", texte::au_plus_tard(t))
    });
    format!(
        "a constaté que la condition de l’accord est remplie le {}{suite}",
        date_fr(le)
    )
}

/// REG-9, REG-17: a grant lapses, for want of its installation or of its condition.
pub(super) fn accord_caduc(limite: NaiveDate, nature: Option<NatureEcheance>) -> String {
    match nature {
        Some(NatureEcheance::ReserveAccord) => format!(
            "a constaté que l’accord est sans effet : sa condition n’était pas remplie le {}",
            date_fr(limite)
        ),
        _ => format!(
            "a constaté que l’accord est sans effet (caduc) : pas d’installation commencée {}",
            texte::au_plus_tard(limite)
        ),
    }
}

/// A message, by who wrote it.
pub(super) fn message(par_la_caisse: bool) -> &'static str {
    match par_la_caisse {
        true => "a écrit au professionnel",
        false => "a écrit à la caisse",
    }
}

/// REG-7: the caisse opens the departure of somebody who died.
pub(super) fn apres_deces(commune: &str, le: NaiveDate) -> String {
    format!(
        "a ouvert le départ {}, à la suite d’un décès survenu le {}",
        texte::de(commune),
        date_fr(le)
    )
}

/// REG-19: a declaration taken back, or a departure cancelled.
pub(super) fn depart_retire(avant: Option<EtatDepart>) -> &'static str {
    match avant {
        Some(EtatDepart::Confirmee) => "a annulé son départ, que la caisse avait confirmé",
        _ => "a retiré sa déclaration de cessation",
    }
}

/// GEN-1: what is established, and what is known to lack.
pub(super) fn conditions(apres: &[(Condition, EtatCondition)]) -> String {
    let de = |etat: EtatCondition| -> Vec<String> {
        let siennes = apres.iter().filter(|(_, e)| *e == etat);
        siennes
            .map(|(c, _)| texte::minuscule_initiale(c.libelle()))
            .collect()
    };
    let mut phrase = "a noté l’état des conditions générales".to_owned();
    for (etat, dit) in [
        (EtatCondition::Etablie, "établies"),
        (EtatCondition::Manque, "qui manquent"),
    ] {
        let siennes = de(etat);
        if !siennes.is_empty() {
            phrase.push_str(&format!(" ; {dit} : {}", siennes.join(", ")));
        }
    }
    phrase
}

pub(super) fn commission_saisie(le: NaiveDate, avis: NaiveDate) -> String {
    format!(
        "a saisi la commission paritaire le {} : avis attendu {}",
        date_fr(le),
        texte::au_plus_tard(avis)
    )
}

pub(super) fn attestation(nature: NatureAttestation) -> String {
    format!(
        "a obtenu une {}",
        texte::minuscule_initiale(nature.libelle())
    )
}

/// An opinion, and whether the person was heard where that was wanted.
pub(super) fn avis(avis: AvisCpd, entendue: Option<bool>) -> String {
    let audition = match entendue {
        None => "",
        Some(true) => " ; la personne a été entendue",
        Some(false) => " ; la personne n’a pas été entendue",
    };
    format!(
        "a enregistré l’avis de la commission : {}{audition}",
        avis.libelle()
    )
}

pub(super) fn audition_fixee(le: NaiveDate, avant: Option<NaiveDate>) -> String {
    let le = texte::date_longue(le);
    match avant {
        None => format!("a fixé l’audition par la commission au {le}"),
        Some(avant) => format!(
            "a déplacé l’audition par la commission du {} au {le}",
            texte::date_longue(avant)
        ),
    }
}

pub(super) fn reduction_suivie(reduction: NaiveDate, engagement: NaiveDate) -> String {
    format!(
        "a ouvert le suivi de la réduction d’activité : fin de la réduction le {}, fin de l’engagement le {}",
        date_fr(reduction),
        date_fr(engagement)
    )
}

pub(super) fn absence(
    absent: &str,
    (du, au): (NaiveDate, NaiveDate),
    remplacant: Option<&str>,
) -> String {
    let suite = remplacant.map_or_else(String::new, |r| format!(", remplacement par {r}"));
    format!(
        "a déclaré l’absence {} du {} au {}{suite}",
        texte::de(absent),
        date_fr(du),
        date_fr(au)
    )
}
