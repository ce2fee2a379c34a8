//! Logging in and out. An account shuts for a while after too many failures, and nothing that a stranger
//! sees tells whether an account exists or is shut.

use chrono::{NaiveDateTime, TimeDelta};
use courriers::Courrier;
use regles::droits::Role;
use regles::evenement::{Fait, RefusConnexion};

use super::objet_de;
use crate::actions::{Acte, Acteur, ActionResult, Objet, courriel, tracer};
use crate::db::compte::{self, Compte};
use crate::db::reponse_gardee::{self, Porteur};
use crate::db::session::{self, Identite, NouvelleSession};
use crate::db::{AnyConn, DbError, WriteTx, mandat, tache};
use crate::secret;

/// A session ends after this many hours, unless its holder has it last longer.
pub const DUREE_HEURES: i64 = 12;
/// A session ends after this many hours, whatever happens.
pub const DUREE_MAX_HEURES: i64 = 24;
/// Failures in a row that shut the account for the first time.
const ECHECS_AVANT_VERROU: i32 = 5;
/// Longest time an account stays shut, in minutes.
const VERROU_MAX_MINUTES: i64 = 60;

/// Where a login comes from.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// The address.
    pub adresse_ip: String,
    /// The browser's own words.
    pub navigateur: String,
    /// Fingerprint of the session the browser already holds: it is closed.
    pub ancienne: Option<String>,
}

/// A login whose password was compared beforehand, outside the transaction.
#[derive(Debug, Clone)]
pub struct Tentative {
    /// The account of the address, as it was when the password was compared.
    pub compte: Option<Compte>,
    /// Whether the password is the one of that account.
    pub juste: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// What came of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// A session is open: its token goes into the cookie.
    Ouverte {
        /// The token.
        jeton: String,
        /// The role, which says where to go.
        role: Role,
    },
    /// Right password, but the address was never confirmed.
    NonVerifie,
    /// Right password, but no mandate is in force today.
    SansMandat,
    /// Anything else; the reason is in the audit trail only.
    Refusee,
}

/// How long an account stays shut after this many failures in a row: 1 minute at the fifth,
/// twice as long at each further one, at most an hour.
pub fn verrou(echecs: i32) -> Option<TimeDelta> {
    let rang = u32::try_from(echecs - ECHECS_AVANT_VERROU).ok()?;
    let minutes = 1_i64.checked_shl(rang.min(62)).unwrap_or(i64::MAX);
    Some(TimeDelta::minutes(minutes.min(VERROU_MAX_MINUTES)))
}

/// Opens a session, or counts a failure. Every outcome writes, so that none is told by its time.
pub fn conclure(tx: &mut WriteTx<'_>, acte: &Acte, tentative: &Tentative) -> ActionResult<Issue> {
    let provenance = &tentative.provenance;
    let Some(vu) = &tentative.compte else {
        tracer(
            tx,
            &acte.acteur,
            Objet::default(),
            Fait::ConnexionRefusee {
                raison: RefusConnexion::Inconnu,
                compte: None,
                adresse_ip: Some(provenance.adresse_ip.clone()),
            },
        )?;
        return Ok(Issue::Refusee);
    };
    // Read again: other tries may have shut the account while this password was compared. Held: they count one by one.
    let compte = compte::tenir(tx, vu.id)?.ok_or(DbError::Introuvable)?;
    let juste = tentative.juste && compte.mot_de_passe == vu.mot_de_passe;
    let raison = if compte.verrouille(acte.le()) {
        Some(RefusConnexion::Verrouille)
    } else if !juste {
        compter_echec(tx, acte, &compte)?;
        Some(RefusConnexion::MotDePasse)
    } else if !compte.actif {
        Some(RefusConnexion::Inactif)
    } else {
        None
    };
    let refusee = |raison| Fait::ConnexionRefusee {
        raison,
        compte: Some(compte.id),
        adresse_ip: Some(provenance.adresse_ip.clone()),
    };
    if let Some(raison) = raison {
        tracer(tx, &acte.acteur, Objet::default(), refusee(raison))?;
        return Ok(Issue::Refusee);
    }
    if compte.courriel_verifie_le.is_none() {
        tracer(
            tx,
            &acte.acteur,
            Objet::default(),
            refusee(RefusConnexion::NonVerifie),
        )?;
        return Ok(Issue::NonVerifie);
    }
    compte::noter_echecs(tx, compte.id, 0, None)?;
    let Some(mandat) = premier_mandat(tx, acte, compte.id)? else {
        tracer(
            tx,
            &acte.acteur,
            Objet::default(),
            refusee(RefusConnexion::SansMandat),
        )?;
        return Ok(Issue::SansMandat);
    };
    let jeton = ouvrir_session(tx, acte, compte.id, mandat.id, provenance)?;
    tracer(
        tx,
        &acteur(acte, &compte),
        mandat.objet(),
        Fait::ConnexionOuverte {
            adresse_ip: Some(provenance.adresse_ip.clone()),
            navigateur: Some(provenance.navigateur.clone()),
        },
    )?;
    Ok(Issue::Ouverte {
        jeton,
        role: mandat.role,
    })
}

/// Counts a wrong password; shuts the account when there were too many.
pub(super) fn compter_echec(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    compte: &Compte,
) -> ActionResult<()> {
    let echecs = compte.echecs.saturating_add(1);
    let jusqua = verrou(echecs).map(|duree| acte.le() + duree);
    compte::noter_echecs(tx, compte.id, echecs, jusqua)?;
    if let Some(jusqua) = jusqua {
        prevenir(tx, acte, compte, jusqua)?;
        tracer(
            tx,
            &acte.acteur,
            Objet::default(),
            Fait::CompteVerrouille {
                echecs,
                jusqua,
                compte: Some(compte.id),
            },
        )?;
    }
    Ok(())
}

/// Tells the holder that the account is shut and what to do; once an hour at most, and only at an address that is hers.
fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    compte: &Compte,
    jusqua: NaiveDateTime,
) -> ActionResult<()> {
    let cle = format!(
        "compte_verrouille:{}:{}",
        compte.id,
        acte.le().format("%Y%m%d%H")
    );
    let muet = !compte.actif || compte.courriel_verifie_le.is_none();
    if muet || tache::deposee_le(tx, &cle)?.is_some() {
        return Ok(());
    }
    let lettre = courriers::compte::CompteVerrouille {
        nom: &compte.nom_complet(),
        jusqua,
    }
    .lettre();
    courriel::deposer(tx, acte, &cle, &compte.courriel, &lettre)
}

/// Under what a session opens.
struct Premier {
    /// The mandate; none: as a practitioner.
    id: Option<i64>,
    role: Role,
    caisse_code: Option<String>,
}

impl Premier {
    fn objet(&self) -> Objet<'_> {
        Objet {
            caisse_code: self.caisse_code.as_deref(),
            ..Objet::default()
        }
    }
}

/// The oldest mandate in force today, else her own right if she is a practitioner.
fn premier_mandat(
    conn: &mut AnyConn,
    acte: &Acte,
    compte_id: i64,
) -> ActionResult<Option<Premier>> {
    if let Some(mandat) = mandat::en_vigueur(conn, compte_id, acte.jour())?
        .into_iter()
        .next()
    {
        return Ok(Some(Premier {
            id: Some(mandat.id),
            role: mandat.role,
            caisse_code: mandat.caisse_code,
        }));
    }
    Ok(mandat::est_kine(conn, compte_id)?.then_some(Premier {
        id: None,
        role: Role::Kine,
        caisse_code: None,
    }))
}

/// Opens a session under a fresh token; the one the browser held is closed, the ones that are over are forgotten.
pub(super) fn ouvrir_session(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    compte_id: i64,
    mandat_id: Option<i64>,
    provenance: &Provenance,
) -> ActionResult<String> {
    let now = acte.le();
    session::oublier_expirees(tx, now)?;
    if let Some(ancienne) = &provenance.ancienne {
        session::fermer(tx, ancienne)?;
    }
    let jeton = secret::jeton();
    session::ouvrir(
        tx,
        &NouvelleSession {
            empreinte: &secret::empreinte(&jeton),
            compte_id,
            mandat_id,
            cree_le: now,
            vue_le: now,
            expire_le: now + TimeDelta::hours(DUREE_HEURES),
            adresse_ip: &provenance.adresse_ip,
            navigateur: &provenance.navigateur,
        },
    )?;
    Ok(jeton)
}

/// Closes the session of this browser. `avant`: who it was before anybody logged in, whose pages go too.
pub fn fermer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    qui: &Identite,
    avant: Option<&Porteur>,
) -> ActionResult<()> {
    session::fermer(tx, &qui.session)?;
    if let Some(avant) = avant {
        reponse_gardee::oublier_de(tx, avant)?;
    }
    // Whoever comes next on this computer may still hold a page of hers.
    compte::annuler_sceaux(tx, qui.compte_id, acte.le())?;
    tracer(tx, &acte.acteur, objet_de(qui), Fait::ConnexionFermee {})?;
    Ok(())
}

/// The holder of the account, as the one who acts.
pub(super) fn acteur(acte: &Acte, compte: &Compte) -> Acteur {
    Acteur {
        id: Some(compte.id),
        nom: compte.nom_complet(),
        le: acte.le(),
    }
}
