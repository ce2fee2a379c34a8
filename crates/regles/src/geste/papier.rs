//! PRO-13: what came on paper: the day it was received, the letters that answer it, the account that the file is linked to.

use chrono::NaiveDate;

use crate::demande::{EtatDemande, Evenement, transition};
use crate::passage::Passage;
use crate::refus::Refus;

/// Whether a paper received on a day may be entered today.
///
/// # Errors
/// The day is to come.
pub fn saisir_le_papier(recue_le: NaiveDate, aujourd_hui: NaiveDate) -> Result<(), Refus> {
    match recue_le > aujourd_hui {
        true => Err(Refus::fixe(
            "papier_a_venir",
            "Le jour de réception est à venir : indiquez celui où le courrier est arrivé à la caisse.",
        )),
        false => Ok(()),
    }
}

/// Whether the caisse may record that somebody without an account withdraws, by a letter received on a day, a request that
/// was received on another.
///
/// # Errors
/// They have an account, the day is before the request or to come, the request is decided or closed.
pub fn retirer_sur_papier(
    etat: EtatDemande,
    a_un_compte: bool,
    (recue_le, retrait_le): (NaiveDate, NaiveDate),
    aujourd_hui: NaiveDate,
) -> Result<Passage<EtatDemande>, Refus> {
    if a_un_compte {
        return Err(Refus::fixe(
            "retrait_en_ligne",
            "Cette personne a un compte : elle retire sa demande dans son espace.",
        ));
    }
    if retrait_le < recue_le || retrait_le > aujourd_hui {
        return Err(Refus::fixe(
            "retrait_jour",
            "Le retrait est arrivé entre le jour de la demande et aujourd’hui : indiquez ce jour.",
        ));
    }
    transition(etat, Evenement::Retirer)
}

/// Whether the caisse may correct where somebody lives: who has an account does it.
///
/// # Errors
/// They have an account.
pub fn corriger_le_domicile(a_un_compte: bool) -> Result<(), Refus> {
    match a_un_compte {
        true => Err(Refus::fixe(
            "domicile_en_ligne",
            "Cette personne a un compte : elle corrige elle-même son adresse, dans son espace.",
        )),
        false => Ok(()),
    }
}

/// Whether a letter written on a day may be said to be posted on another.
///
/// # Errors
/// It was said already, the day is before the letter or to come.
pub fn poster(
    ecrite_le: NaiveDate,
    postee_le: Option<NaiveDate>,
    le: NaiveDate,
    aujourd_hui: NaiveDate,
) -> Result<(), Refus> {
    if postee_le.is_some() {
        return Err(Refus::fixe(
            "lettre_postee",
            "L’envoi de cette lettre est déjà noté.",
        ));
    }
    if le < ecrite_le || le > aujourd_hui {
        return Err(Refus::fixe(
            "lettre_jour",
            "Une lettre se poste entre le jour où elle est écrite et aujourd’hui.",
        ));
    }
    Ok(())
}

/// Whether a file may be linked to the account of its applicant; `a_un_compte`: it is already, `titulaire`: somebody holds an
/// account with the same RPPS, whose address is confirmed.
///
/// # Errors
/// It is linked, or there is nobody to link it to.
pub fn rattacher(a_un_compte: bool, titulaire: bool) -> Result<(), Refus> {
    match (a_un_compte, titulaire) {
        (true, _) => Err(Refus::fixe(
            "dossier_rattache",
            "Ce dossier est déjà rattaché au compte de la personne.",
        )),
        (false, false) => Err(Refus::fixe(
            "sans_titulaire",
            "Aucun compte à l’adresse confirmée ne porte ce numéro RPPS : la personne doit d’abord créer le sien.",
        )),
        (false, true) => Ok(()),
    }
}
