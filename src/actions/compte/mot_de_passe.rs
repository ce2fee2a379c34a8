//! A new password: by a link when it was forgotten, or knowing the present one.

use chrono::TimeDelta;
use courriers::Courrier;

use super::connexion::{Provenance, Tentative, acteur, compter_echec, ouvrir_session};
use super::{creer_lien, trop_tot};
use crate::actions::{Acte, ActionError, ActionResult, Objet, courriel, tracer};
use crate::db::compte::{self, Compte};
use crate::db::jeton::{self, Usage};
use crate::db::session;
use crate::db::{AnyConn, DbError, DbResult, WriteTx};
use crate::secret;
use regles::evenement::{Fait, MoyenMotDePasse};

/// The link that chooses a new password works for this many minutes.
const VALIDITE_MINUTES: i64 = 60;

const LIEN_REFUSE: &str = "Ce lien ne fonctionne plus\u{a0}: il est trop ancien, ou il n’est pas entier. Demandez-en un \
    nouveau.";
const LIEN_UTILISE: &str = "Ce lien a déjà servi\u{a0}: votre mot de passe est choisi, connectez-vous. Si vous l’avez \
    oublié, demandez un nouveau lien.";
const LIEN_REMPLACE: &str = "Un lien plus récent vous a été envoyé\u{a0}: ouvrez le dernier courriel reçu, celui-ci ne \
    sert plus.";

/// Mails the link that chooses a new password. Nothing tells whether there was anything to send.
pub fn demander(tx: &mut WriteTx<'_>, acte: &Acte, adresse: &str) -> ActionResult<()> {
    let trouve = compte::par_courriel(tx, adresse)?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::MotDePasseDemande {
            compte: trouve.as_ref().map(|c| c.id),
        },
    )?;
    let Some(compte) = trouve.filter(|c| c.actif) else {
        return Ok(());
    };
    if trop_tot(tx, acte, compte.id, Usage::Reinitialisation)? {
        return Ok(());
    }
    let validite = TimeDelta::minutes(VALIDITE_MINUTES);
    let token = creer_lien(tx, acte, compte.id, Usage::Reinitialisation, validite, None)?;
    let lettre = courriers::compte::MotDePasseOublie {
        nom: &compte.nom_complet(),
        limite: acte.le() + validite,
        jeton: &token,
    }
    .lettre();
    let cle = format!(
        "mot_de_passe_oublie:{}:{}",
        compte.id,
        acte.le().and_utc().timestamp()
    );
    courriel::deposer(tx, acte, &cle, &compte.courriel, &lettre)
}

/// The account behind a link that still works.
pub fn compte_du_lien(
    conn: &mut AnyConn,
    token: &str,
    now: chrono::NaiveDateTime,
) -> DbResult<Option<Compte>> {
    let empreinte = secret::empreinte(token);
    // The link of an invitation chooses the first password.
    for usage in [Usage::Reinitialisation, Usage::Invitation] {
        if let Some(id) = jeton::compte(conn, &empreinte, usage, now)? {
            return Ok(compte::par_id(conn, id)?.filter(|c| c.actif));
        }
    }
    Ok(None)
}

/// Why a link that chooses a password does not work, in a sentence that says what to do.
pub fn refus_du_lien(conn: &mut AnyConn, token: &str) -> DbResult<&'static str> {
    let empreinte = secret::empreinte(token);
    for usage in [Usage::Reinitialisation, Usage::Invitation] {
        if let Some(lien) = jeton::lire(conn, &empreinte, usage)? {
            return Ok(match (lien.utilise_le, lien.remplace_le) {
                (Some(_), _) => LIEN_UTILISE,
                (None, Some(_)) => LIEN_REMPLACE,
                (None, None) => LIEN_REFUSE,
            });
        }
    }
    Ok(LIEN_REFUSE)
}

/// Replaces a forgotten password. Every session closes; the address is confirmed, since the link came by it.
///
/// # Errors
/// [`ActionError::Refus`] when the link was used or is too old; the refusal of the database.
pub fn reinitialiser(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    token: &str,
    hache: &str,
) -> ActionResult<()> {
    let compte =
        compte_du_lien(tx, token, acte.le())?.ok_or_else(|| ActionError::refus(LIEN_REFUSE))?;
    jeton::utiliser(tx, &secret::empreinte(token), acte.le())?;
    if compte.courriel_verifie_le.is_none() {
        compte::verifier_courriel(tx, compte.id, acte.le())?;
    }
    compte::changer_mot_de_passe(tx, compte.id, hache, acte.le())?;
    let fermees = session::fermer_toutes(tx, compte.id, None)?;
    tracer(
        tx,
        &acteur(acte, &compte),
        Objet::default(),
        Fait::MotDePasseChange {
            moyen: MoyenMotDePasse::Lien,
            sessions_fermees: fermees,
        },
    )?;
    avertir(tx, acte, &compte)
}

/// Replaces a known password: the other sessions close, this one goes on under a fresh token, which is returned.
/// None when the present password is wrong, or the account is shut: a failure is counted.
pub fn changer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    tentative: &Tentative,
    mandat_id: Option<i64>,
    hache: &str,
) -> ActionResult<Option<String>> {
    let vu = tentative.compte.as_ref().ok_or(DbError::Introuvable)?;
    let compte = compte::tenir(tx, vu.id)?.ok_or(DbError::Introuvable)?;
    if compte.verrouille(acte.le()) {
        return Ok(None);
    }
    if !tentative.juste || compte.mot_de_passe != vu.mot_de_passe {
        compter_echec(tx, acte, &compte)?;
        tracer(
            tx,
            &acte.acteur,
            Objet::default(),
            Fait::MotDePasseRefuse {
                adresse_ip: Some(tentative.provenance.adresse_ip.clone()),
            },
        )?;
        return Ok(None);
    }
    compte::changer_mot_de_passe(tx, compte.id, hache, acte.le())?;
    let fermees = session::fermer_toutes(tx, compte.id, tentative.provenance.ancienne.as_deref())?;
    let provenance: &Provenance = &tentative.provenance;
    let jeton = ouvrir_session(tx, acte, compte.id, mandat_id, provenance)?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::MotDePasseChange {
            moyen: MoyenMotDePasse::Compte,
            sessions_fermees: fermees,
        },
    )?;
    avertir(tx, acte, &compte)?;
    Ok(Some(jeton))
}

/// Whether a known password was typed again, to confirm an act; a failure is counted, as that of a login.
pub fn confirmer(tx: &mut WriteTx<'_>, acte: &Acte, tentative: &Tentative) -> ActionResult<bool> {
    let vu = tentative.compte.as_ref().ok_or(DbError::Introuvable)?;
    let compte = compte::tenir(tx, vu.id)?.ok_or(DbError::Introuvable)?;
    if compte.verrouille(acte.le()) {
        return Ok(false);
    }
    if !tentative.juste || compte.mot_de_passe != vu.mot_de_passe {
        compter_echec(tx, acte, &compte)?;
        return Ok(false);
    }
    Ok(true)
}

/// Tells the holder: if it was somebody else, she must know.
fn avertir(tx: &mut WriteTx<'_>, acte: &Acte, compte: &Compte) -> ActionResult<()> {
    let lettre = courriers::compte::MotDePasseChange {
        nom: &compte.nom_complet(),
        le: acte.le(),
    }
    .lettre();
    // To the microsecond: every change is told.
    let cle = format!(
        "mot_de_passe_change:{}:{}:{}",
        compte.id,
        acte.le().and_utc().timestamp_micros(),
        &secret::jeton()[..8]
    );
    courriel::deposer(tx, acte, &cle, &compte.courriel, &lettre)
}
