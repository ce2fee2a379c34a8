//! The practitioner and the CPAM write to each other on a file. The mail says that a message waits, never what it says.

use courriers::Courrier;
use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::preference::Sujet;

use super::courriel::{self, Destinataire};
use super::piece::{self, PieceRecue, Rattachement};
use super::{Acte, ActionError, ActionResult, Objet, nouveaute, preference, tracer};
use crate::db::conversation::{self, Conversation, Vise};
use crate::db::message::{self, Cote, NouveauMessage, NouvelleMessagePiece};
use crate::db::{CpamScope, WriteTx, compte, dossier, rappel};

/// Longest message, in characters.
const TEXTE_MAX: usize = 10_000;
/// Documents of one message, at most.
pub const PIECES_MAX: usize = 20;

/// What is written.
#[derive(Debug, Clone)]
pub struct Ecrit {
    /// The words.
    pub texte: String,
    /// The documents joined.
    pub pieces: Vec<PieceRecue>,
    /// Key of the form.
    pub cle: String,
}

/// Writes a message and tells the other side that one waits. The same form sent twice writes once.
///
/// # Errors
/// Nothing was written, too much was, the file is out of scope, the refusal of the database.
pub fn envoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    vise: &Vise,
    cote: Cote,
    ecrit: &Ecrit,
) -> ActionResult<()> {
    let auteur_id = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a message without an author".to_owned()))?;
    let c = conversation::lire(tx, scope, vise)?;
    // The same form at the same instant waits here, then finds the message.
    dossier::verrouiller(tx, c.dossier_id)?;
    if message::deja_envoye(tx, auteur_id, &ecrit.cle)? {
        return Ok(());
    }
    verifier("texte", &ecrit.texte)?;
    if ecrit.pieces.len() > PIECES_MAX {
        return Err(ActionError::champ(
            "pieces",
            format!(
                "Un message porte {PIECES_MAX} documents au plus : réunissez-les en un seul PDF, ou envoyez plusieurs messages."
            ),
        ));
    }
    let texte = ecrit.texte.trim();
    // PRO-14: what the person says touches health is a document of the case, in its compartment, and no part of the thread.
    let (a_part, jointes): (Vec<PieceRecue>, Vec<PieceRecue>) = ecrit
        .pieces
        .iter()
        .cloned()
        .partition(|p| p.sante && cote == Cote::Kine);
    if !a_part.is_empty() {
        piece::joindre(tx, acte, Rattachement::dossier(c.dossier_id), &a_part)?;
    }
    let id = message::inserer(
        tx,
        &NouveauMessage {
            caisse_code: &c.service.code,
            kine_id: c.kine.id,
            dossier_id: c.dossier_id,
            cote,
            auteur_id,
            auteur: &acte.acteur.nom,
            texte,
            mises_a_part: i32::try_from(a_part.len())
                .map_err(|e| ActionError::Regle(e.to_string()))?,
            cle_idempotence: &ecrit.cle,
            envoye_le: acte.le(),
        },
    )?;
    for p in &jointes {
        message::joindre(
            tx,
            &NouvelleMessagePiece {
                message_id: id,
                nom: &p.nom,
                media: p.stockee.media,
                taille: p.stockee.taille,
                empreinte: &p.stockee.empreinte,
                cle: &p.stockee.cle,
            },
        )?;
    }
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&c.service.code, c.dossier_id),
        Fait::MessageEnvoye {
            message: id,
            documents: ecrit.pieces.len(),
            par_la_caisse: cote == Cote::Caisse,
        },
    )?;
    prevenir(tx, acte, &c, cote, (id, ecrit))
}

/// Whether these words make a message.
///
/// # Errors
/// The field named `champ`: nothing is written, or more than ten thousand characters are.
pub fn verifier(champ: &'static str, texte: &str) -> ActionResult<()> {
    let texte = texte.trim();
    if texte.is_empty() {
        return Err(ActionError::champ(champ, "Écrivez votre message."));
    }
    if texte.chars().count() > TEXTE_MAX {
        return Err(ActionError::champ(
            champ,
            format!(
                "Votre message est trop long : {TEXTE_MAX} caractères au plus. Joignez plutôt un document."
            ),
        ));
    }
    Ok(())
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &Conversation,
    cote: Cote,
    (id, ecrit): (i64, &Ecrit),
) -> ActionResult<()> {
    match cote {
        Cote::Caisse => {
            if let Some(compte) = c.kine.compte_id
                && !preference::chaque_fois(tx, compte, Sujet::Messages)?
            {
                return Ok(());
            }
            let imprime = c.courriel.is_none().then(|| imprimer(ecrit));
            let lettre = courriers::message::MessageRecu {
                kine: &c.kine.nom_complet(),
                objet: &c.objet(),
                chemin: &match c.nature {
                    NatureDossier::Depart => format!("/mes-departs/{}/messages", c.dossier_id),
                    NatureDossier::Recours => format!("/mes-recours/{}/messages", c.numero),
                    NatureDossier::Demande | NatureDossier::Appel => {
                        format!("/demandes/{}/messages", c.numero)
                    }
                },
                contact: &c.service.lignes(),
                imprime: imprime.as_deref(),
            }
            .lettre();
            let a = Destinataire::de(c.courriel.as_ref(), c.dossier_id, c.kine.id);
            courriel::envoyer(tx, acte, &format!("message:{id}"), &a, &lettre)
        }
        Cote::Kine => {
            let lettre = courriers::message::MessageRecuAgent {
                objet: &c.objet(),
                chemin: &format!("/dossiers/{}/messages", c.numero),
            }
            .lettre();
            let cle = format!("message:{id}");
            let agent = match c.assigne_a {
                Some(agent) => compte::par_id(tx, agent)?.filter(|a| a.actif),
                None => None,
            };
            if let Some(agent) = agent {
                return nouveaute::prevenir(
                    tx,
                    acte,
                    (&c.service.code, agent.id, Sujet::Messages),
                    &cle,
                    &lettre,
                );
            }
            let equipe = rappel::equipe(tx, &c.service.code, acte.jour())?;
            for (rang, adresse) in equipe.iter().enumerate() {
                courriel::deposer(tx, acte, &format!("{cle}:{rang}"), adresse, &lettre)?;
            }
            Ok(())
        }
    }
}

/// A message with the documents that are posted with it, for somebody who has no space to read it in.
fn imprimer(ecrit: &Ecrit) -> String {
    let joints = ecrit.pieces.iter();
    joints.fold(ecrit.texte.trim().to_owned(), |texte, p| {
        format!("{texte}\n\nDocument joint : {}", p.nom)
    })
}

/// Notes that what the other side wrote was read, up to the last message shown.
pub fn lire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier_id: i64,
    de: Cote,
    jusqua: i64,
) -> ActionResult<()> {
    match acte.acteur.id {
        Some(par) => Ok(message::marquer_lus(
            tx,
            dossier_id,
            de,
            jusqua,
            par,
            acte.le(),
        )?),
        None => Ok(()),
    }
}
