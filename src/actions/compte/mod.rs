//! Accounts: register, confirm an address, log in, change a password, close sessions.

pub mod adresse;
pub mod agent;
pub mod connexion;
pub mod equipe;
pub mod inscription;
pub mod mot_de_passe;
pub mod sessions;

use chrono::TimeDelta;

use crate::actions::{Acte, ActionResult, Objet};
use crate::db::WriteTx;
use crate::db::jeton::{self, NouveauJeton, Usage};
use crate::db::session::Identite;
use crate::secret;

/// A link asked for again within this many minutes is not sent twice: nobody's mailbox is flooded through us.
const ATTENTE_MINUTES: i64 = 2;

/// What a line of the audit trail about who is logged in is about.
fn objet_de(qui: &Identite) -> Objet<'_> {
    Objet {
        caisse_code: qui.caisse_code.as_deref(),
        ..Objet::default()
    }
}

/// Creates a single-use link for an account and returns its token; `courriel`: the address that it confirms, if it replaces
/// the one of the account.
fn creer_lien(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    compte_id: i64,
    usage: Usage,
    duree: TimeDelta,
    courriel: Option<&str>,
) -> ActionResult<String> {
    let token = secret::jeton();
    jeton::creer(
        tx,
        &NouveauJeton {
            empreinte: &secret::empreinte(&token),
            compte_id,
            usage,
            cree_le: acte.le(),
            expire_le: acte.le() + duree,
            courriel,
        },
    )?;
    Ok(token)
}

/// Whether a link of this usage left so recently that another one must wait.
fn trop_tot(tx: &mut WriteTx<'_>, acte: &Acte, compte_id: i64, usage: Usage) -> ActionResult<bool> {
    let depuis = acte.le() - TimeDelta::minutes(ATTENTE_MINUTES);
    Ok(jeton::combien_depuis(tx, compte_id, usage, depuis)? > 0)
}
