//! A practitioner creates her account, then confirms her address.

use chrono::TimeDelta;
use courriers::Courrier;
use regles::evenement::Fait;
use regles::identifiants::Rpps;
use regles::mots::fold;

use super::{creer_lien, trop_tot};
use crate::actions::compte::connexion::acteur;
use crate::actions::{Acte, ActionError, ActionResult, Objet, courriel, tracer};
use crate::db::compte::{self, Compte, NouveauCompte};
use crate::db::jeton::{self, Usage};
use crate::db::kine::{self, NouveauKine};
use crate::db::{self, DbError, WriteTx};
use crate::secret;

/// The link that confirms an address works for this many hours; an account never confirmed
/// keeps its RPPS as long, and no longer.
const VALIDITE_HEURES: i64 = 48;

const LIEN_REFUSE: &str = "Ce lien ne fonctionne plus\u{a0}: il date de plus de 48\u{a0}heures, ou il n’est pas entier. Demandez-en un nouveau.";
const LIEN_REMPLACE: &str = "Un lien plus récent vous a été envoyé\u{a0}: ouvrez le dernier courriel reçu, celui-ci ne sert plus.";

/// What a practitioner typed, checked, her password already hashed.
#[derive(Debug, Clone)]
pub struct Inscription {
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Her number.
    pub rpps: Rpps,
    /// The key does not hold, and she confirmed the number.
    pub cle_confirmee: bool,
    /// E-mail address, in lower case.
    pub courriel: String,
    /// argon2id, PHC string.
    pub hache: String,
    /// Key of the form: sent twice, it registers once.
    pub cle: String,
    /// The page to go to once logged in, or nothing.
    pub suite: String,
}

/// Creates the account and mails the link that confirms the address. When the address or the number has an account
/// already, its holder gets a mail that says so: who typed the form sees the same answer, whatever exists.
///
/// # Errors
/// The refusal of the database.
pub fn inscrire(tx: &mut WriteTx<'_>, acte: &Acte, nouvelle: &Inscription) -> ActionResult<()> {
    let cle = format!("inscription:{}", secret::empreinte(&nouvelle.cle));
    if db::tache::deposee_le(tx, &cle)?.is_some() {
        return Ok(());
    }
    if let Some(titulaire) = kine::par_rpps(tx, nouvelle.rpps.as_str())? {
        let compte_id = titulaire.compte_id.ok_or(DbError::Introuvable)?;
        let titulaire = compte::par_id(tx, compte_id)?.ok_or(DbError::Introuvable)?;
        if !abandonne(&titulaire, nouvelle, acte) {
            return prevenir_titulaire(
                tx,
                acte,
                &titulaire,
                titulaire.courriel != nouvelle.courriel,
            );
        }
        effacer(tx, &titulaire)?;
    }
    if let Some(existant) = compte::par_courriel(tx, &nouvelle.courriel)? {
        if existant.courriel_verifie_le.is_some() {
            return prevenir_titulaire(tx, acte, &existant, false);
        }
        // Nobody has shown yet that the address is theirs: the latest registration counts.
        effacer(tx, &existant)?;
    }
    creer(tx, acte, nouvelle, &cle)
}

/// Whether an account may give way: never confirmed, and either of the same address or too old to be confirmed.
fn abandonne(titulaire: &Compte, nouvelle: &Inscription, acte: &Acte) -> bool {
    let perime = titulaire.cree_le + TimeDelta::hours(VALIDITE_HEURES) <= acte.le();
    titulaire.courriel_verifie_le.is_none() && (perime || titulaire.courriel == nouvelle.courriel)
}

fn effacer(tx: &mut WriteTx<'_>, compte: &Compte) -> ActionResult<()> {
    jeton::supprimer_de(tx, compte.id)?;
    kine::supprimer_de(tx, compte.id)?;
    compte::supprimer_non_verifie(tx, compte.id)?;
    Ok(())
}

fn creer(tx: &mut WriteTx<'_>, acte: &Acte, nouvelle: &Inscription, cle: &str) -> ActionResult<()> {
    let now = acte.le();
    let id = compte::creer(
        tx,
        &NouveauCompte {
            courriel: &nouvelle.courriel,
            courriel_verifie_le: None,
            mot_de_passe: Some(&nouvelle.hache),
            prenom: &nouvelle.prenom,
            nom: &nouvelle.nom,
            actif: true,
            echecs: 0,
            cree_le: now,
        },
    )?;
    kine::creer(
        tx,
        &NouveauKine {
            compte_id: id,
            rpps: nouvelle.rpps.as_str(),
            cle_confirmee: nouvelle.cle_confirmee,
            prenom: &nouvelle.prenom,
            nom: &nouvelle.nom,
            nom_recherche: &fold(&format!("{} {}", nouvelle.nom, nouvelle.prenom)),
            telephone: None,
            cree_le: now,
        },
    )?;
    let nom = format!("{} {}", nouvelle.prenom, nouvelle.nom);
    // No account acts here: an account never confirmed may be removed, and the trail stays.
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteCree {
            cle_confirmee: nouvelle.cle_confirmee,
            compte: Some(id),
            nom: nom.clone(),
            rpps: Some(nouvelle.rpps.to_string()),
        },
    )?;
    envoyer_lien(tx, acte, id, &nom, &nouvelle.courriel, cle, &nouvelle.suite)
}

fn envoyer_lien(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    nom: &str,
    adresse: &str,
    cle: &str,
    suite: &str,
) -> ActionResult<()> {
    let validite = TimeDelta::hours(VALIDITE_HEURES);
    let token = creer_lien(tx, acte, id, Usage::Verification, validite, None)?;
    let mut requete = url::form_urlencoded::Serializer::new(String::new());
    requete.append_pair("jeton", &token);
    if !suite.is_empty() {
        requete.append_pair("suite", suite);
    }
    let lettre = courriers::compte::CompteVerification {
        nom,
        limite: acte.le() + validite,
        requete: &requete.finish(),
    }
    .lettre();
    courriel::deposer(tx, acte, cle, adresse, &lettre)
}

/// Tells the holder of an account that somebody tried to register with the address, or with the number from another
/// address; once an hour at most. An address that nobody confirmed is told nothing.
fn prevenir_titulaire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    compte: &Compte,
    par_le_numero: bool,
) -> ActionResult<()> {
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteDejaInscrit {
            compte: Some(compte.id),
        },
    )?;
    let cle = format!(
        "compte_existant:{}:{}",
        compte.id,
        acte.le().format("%Y%m%d%H")
    );
    if compte.courriel_verifie_le.is_none() || db::tache::deposee_le(tx, &cle)?.is_some() {
        return Ok(());
    }
    let nom = &compte.nom_complet();
    let lettre = match par_le_numero {
        true => courriers::compte::RppsExistant { nom }.lettre(),
        false => courriers::compte::CompteExistant { nom }.lettre(),
    };
    courriel::deposer(tx, acte, &cle, &compte.courriel, &lettre)
}

/// Sends the link again to an address never confirmed. Nothing tells whether there was anything to send.
pub fn renvoyer(tx: &mut WriteTx<'_>, acte: &Acte, adresse: &str, suite: &str) -> ActionResult<()> {
    let trouve = compte::par_courriel(tx, adresse)?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteLienDemande {
            compte: trouve.as_ref().map(|c| c.id),
        },
    )?;
    let Some(compte) = trouve.filter(|c| c.courriel_verifie_le.is_none() && c.actif) else {
        return Ok(());
    };
    if trop_tot(tx, acte, compte.id, Usage::Verification)? {
        return Ok(());
    }
    let cle = format!(
        "compte_verification:{}:{}",
        compte.id,
        acte.le().and_utc().timestamp()
    );
    envoyer_lien(
        tx,
        acte,
        compte.id,
        &compte.nom_complet(),
        adresse,
        &cle,
        suite,
    )
}

/// What came of opening a link that confirms an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// The address is confirmed now.
    Faite,
    /// It was before.
    DejaFaite,
}

/// Confirms an address by the token of its link; twice is once.
///
/// # Errors
/// [`ActionError::Refus`] when a newer link was sent, or this one is too old; the refusal of the database.
pub fn confirmer(tx: &mut WriteTx<'_>, acte: &Acte, token: &str) -> ActionResult<Confirmation> {
    let empreinte = secret::empreinte(token);
    let refus = || ActionError::refus(LIEN_REFUSE);
    let lien = jeton::lire(tx, &empreinte, Usage::Verification)?.ok_or_else(refus)?;
    let compte = compte::par_id(tx, lien.compte_id)?.ok_or(DbError::Introuvable)?;
    if compte.courriel_verifie_le.is_some() {
        return Ok(Confirmation::DejaFaite);
    }
    if lien.remplace_le.is_some() {
        return Err(ActionError::refus(LIEN_REMPLACE));
    }
    if lien.utilise_le.is_some() || lien.expire_le <= acte.le() {
        return Err(refus());
    }
    match jeton::utiliser(tx, &empreinte, acte.le()) {
        // Opened twice at once: the other one confirmed it.
        Err(DbError::Perime) => return Ok(Confirmation::DejaFaite),
        autre => autre?,
    }
    compte::verifier_courriel(tx, compte.id, acte.le())?;
    tracer(
        tx,
        &acteur(acte, &compte),
        Objet::default(),
        Fait::CompteVerifie {},
    )?;
    Ok(Confirmation::Faite)
}
