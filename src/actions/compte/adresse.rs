//! The holder replaces the address of her account: the new one is confirmed by a link, the old one is warned twice, when it
//! is asked for and when it is done.

use chrono::TimeDelta;
use courriers::Courrier;
use courriers::compte::{AdresseAConfirmer, AdresseChangee};
use regles::evenement::Fait;

use super::connexion::{Tentative, acteur, compter_echec};
use super::creer_lien;
use crate::actions::{Acte, ActionError, ActionResult, Objet, courriel, tracer};
use crate::db::compte::{self, Compte};
use crate::db::contrainte::Contrainte;
use crate::db::jeton::{self, Usage};
use crate::db::{DbError, WriteTx};
use crate::secret;

/// The link that confirms the new address works for this many hours.
const VALIDITE_HEURES: i64 = 48;
/// An account asks for so many changes of address in a day, at most: its links go to addresses of anybody.
const DEMANDES_PAR_JOUR: i64 = 3;

const LIEN_REFUSE: &str = "Ce lien ne fonctionne plus\u{a0}: il date de plus de 48\u{a0}heures, ou il n’est pas entier. \
    Recommencez depuis «\u{a0}Mon compte\u{a0}».";
const LIEN_REMPLACE: &str = "Un lien plus récent vous a été envoyé\u{a0}: ouvrez le dernier courriel reçu, celui-ci ne \
    sert plus.";

/// Asks for another address. False when the password is wrong or the account is shut: a failure is counted.
///
/// # Errors
/// [`ActionError::Champ`] when it is the present one; a refusal when too many were asked for; the refusal of the database.
pub fn demander(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    tentative: &Tentative,
    nouvelle: &str,
) -> ActionResult<bool> {
    let vu = tentative.compte.as_ref().ok_or(DbError::Introuvable)?;
    let compte = compte::tenir(tx, vu.id)?.ok_or(DbError::Introuvable)?;
    if compte.verrouille(acte.le()) {
        return Ok(false);
    }
    if !tentative.juste || compte.mot_de_passe != vu.mot_de_passe {
        compter_echec(tx, acte, &compte)?;
        return Ok(false);
    }
    if compte.courriel == nouvelle {
        return Err(ActionError::champ(
            "courriel",
            "C’est déjà l’adresse de votre compte.",
        ));
    }
    let veille = acte.le() - TimeDelta::days(1);
    if jeton::combien_depuis(tx, compte.id, Usage::Adresse, veille)? >= DEMANDES_PAR_JOUR {
        return Err(ActionError::champ(
            "courriel",
            "Vous avez demandé plusieurs changements d’adresse aujourd’hui\u{a0}: recommencez demain.",
        ));
    }
    tracer(
        tx,
        &acteur(acte, &compte),
        Objet::default(),
        Fait::CompteAdresseDemandee {
            compte: Some(compte.id),
            nouvelle: nouvelle.to_owned(),
        },
    )?;
    avertir(tx, acte, &compte, nouvelle, false)?;
    // An address that has an account gets nothing: who asks sees the same answer.
    if compte::par_courriel(tx, nouvelle)?.is_some() {
        return Ok(true);
    }
    let validite = TimeDelta::hours(VALIDITE_HEURES);
    let token = creer_lien(
        tx,
        acte,
        compte.id,
        Usage::Adresse,
        validite,
        Some(nouvelle),
    )?;
    let lettre = AdresseAConfirmer {
        nom: &compte.nom_complet(),
        limite: acte.le() + validite,
        jeton: &token,
    }
    .lettre();
    courriel::deposer(tx, acte, &cle(acte, &compte, "nouvelle"), nouvelle, &lettre)?;
    Ok(true)
}

/// Replaces the address by the one of the link; twice is once.
///
/// # Errors
/// [`ActionError::Refus`] when a newer link was sent, this one is too old, or the address was taken meanwhile.
pub fn confirmer(tx: &mut WriteTx<'_>, acte: &Acte, token: &str) -> ActionResult<()> {
    let empreinte = secret::empreinte(token);
    let refus = || ActionError::refus(LIEN_REFUSE);
    let lien = jeton::lire(tx, &empreinte, Usage::Adresse)?.ok_or_else(refus)?;
    let nouvelle = lien.courriel.ok_or_else(refus)?;
    let compte = compte::tenir(tx, lien.compte_id)?.ok_or(DbError::Introuvable)?;
    if lien.utilise_le.is_some() && compte.courriel == nouvelle {
        return Ok(());
    }
    if lien.remplace_le.is_some() {
        return Err(ActionError::refus(LIEN_REMPLACE));
    }
    if lien.utilise_le.is_some() || lien.expire_le <= acte.le() || !compte.actif {
        return Err(refus());
    }
    jeton::utiliser(tx, &empreinte, acte.le())?;
    compte::changer_courriel(tx, compte.id, &nouvelle, acte.le()).map_err(
        |erreur| match erreur {
            DbError::Contrainte(Contrainte::CourrielCompte) => ActionError::refus(
                "Cette adresse a un autre compte\u{a0}: choisissez-en une autre.",
            ),
            autre => autre.into(),
        },
    )?;
    tracer(
        tx,
        &acteur(acte, &compte),
        Objet::default(),
        Fait::CompteAdresseChangee {
            compte: Some(compte.id),
            avant: compte.courriel.clone(),
            apres: nouvelle.clone(),
        },
    )?;
    avertir(tx, acte, &compte, &nouvelle, true)
}

/// Warns the old address.
fn avertir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    compte: &Compte,
    nouvelle: &str,
    faite: bool,
) -> ActionResult<()> {
    let lettre = AdresseChangee {
        nom: &compte.nom_complet(),
        le: acte.le(),
        nouvelle,
        faite,
    }
    .lettre();
    let moment = if faite { "faite" } else { "demandee" };
    courriel::deposer(
        tx,
        acte,
        &cle(acte, compte, moment),
        &compte.courriel,
        &lettre,
    )
}

fn cle(acte: &Acte, compte: &Compte, moment: &str) -> String {
    let le = acte.le().and_utc().timestamp_micros();
    format!(
        "adresse:{moment}:{}:{le}:{}",
        compte.id,
        &secret::jeton()[..8]
    )
}
