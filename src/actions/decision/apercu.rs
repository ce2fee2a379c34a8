//! What a signatory reads before they sign: the letter as it would leave that day, and what they answer for.

use courriers::decision::Document;
use regles::controle::{Controle, Proposition, Sujet, Verdict, controler};
use regles::decision::EtatDecision;
use regles::demande::Sens;
use regles::echeance::NatureEcheance;
use regles::geste;
use regles::liste_pieces::Manques;
use regles::refus::Refus;
use regles::silence::effet_du_silence;

use super::{Signataire, lettre_a_signer, titre_pour};
use crate::actions::piece::liste;
use crate::actions::{Acte, ActionError, ActionResult, generales};
use crate::db::decision::{self, Decision};
use crate::db::delegation::Delegation;
use crate::db::demande::{self, DemandeComplete};
use crate::db::{AnyConn, CpamScope, echeance, signature};

/// A proposal, as its signatory reads it.
#[derive(Debug)]
pub struct Apercu {
    /// The request.
    pub dossier: DemandeComplete,
    /// What is proposed.
    pub proposee: Decision,
    /// The letter with its digest, or why it cannot be written.
    pub lettre: Result<(Document, String), String>,
    /// What is checked.
    pub controles: Vec<Controle>,
}

/// Reads a proposal of a CPAM for who would sign it that day, in this capacity; none when nothing is proposed any more.
///
/// # Errors
/// Out of scope; the refusal of the database.
pub fn apercu(
    conn: &mut AnyConn,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    (compte_id, qualite): (i64, &str),
) -> ActionResult<Option<Apercu>> {
    let dossier = demande::complete(conn, scope, numero)?;
    let d = &dossier.demande;
    let Some(proposee) = decision::active(conn, d.id)?.filter(|p| p.etat == EtatDecision::Proposee)
    else {
        return Ok(None);
    };
    let titre = dite(titre_pour(conn, acte, &d.caisse_code, &proposee, compte_id))?;
    let lignes = liste::de_la_demande(conn, &acte.reglement, d)?;
    let manques = Manques::de(&lignes);
    let sous = titre.as_ref().ok();
    let choisi = signature::moyen(conn, &d.caisse_code)?;
    let (_, homologation) = choisi.le(acte.jour());
    let par = Signataire::new(qualite, sous, homologation);
    let lettre = dite(lettre_a_signer(conn, acte, &dossier, &proposee, &par))?;
    let silence = match echeance::en_cours(conn, d.id, NatureEcheance::DecisionImplicite)? {
        Some(e) => Some((effet_du_silence(&acte.reglement, e.depart)?, e.finale)),
        None => None,
    };
    let sous = titre.as_ref().map(sous_quoi);
    let mut controles = controler(
        &Proposition {
            sens: proposee.sens,
            nature: d.nature,
            avis: d.derogation_avis_cpd,
            ecart: proposee.ecart_motive.as_deref(),
            motifs: &proposee.motifs,
            manques: &manques,
            titre: sous.as_deref().map_err(|refus| *refus),
            silence,
        },
        acte.jour(),
    );
    // GEN-1: a grant is not signed before they are seen to.
    let bloquantes = generales::bloquantes(&acte.reglement, d, &lignes, acte.jour())?;
    if proposee.sens == Sens::Accord
        && let Err(refus) = geste::generales(&bloquantes)
    {
        let controle = Controle {
            sujet: Sujet::Pieces,
            verdict: Verdict::Empeche,
            phrase: refus.to_string(),
        };
        controles.insert(0, controle);
    }
    Ok(Some(Apercu {
        lettre: lettre
            .map(|(document, fige)| (document, fige.empreinte))
            .map_err(|refus| refus.to_string()),
        proposee,
        controles,
        dossier,
    }))
}

/// Under what somebody signs, in a sentence.
pub fn sous_quoi(sous: &Delegation) -> String {
    match &sous.delegant_qualite {
        Some(de) => courriers::decision::Delegation {
            de,
            acte_du: sous.acte_du,
        }
        .phrase(),
        None => "Vous dirigez la caisse : vous signez en votre nom propre.".to_owned(),
    }
}

/// What is refused in words is shown; what is ours stops the page.
fn dite<T>(resultat: ActionResult<T>) -> ActionResult<Result<T, Refus>> {
    match resultat {
        Ok(valeur) => Ok(Ok(valeur)),
        Err(
            ActionError::Refus(phrase)
            | ActionError::Champ {
                message: phrase, ..
            },
        ) => Ok(Err(Refus::rapporte(phrase))),
        Err(autre) => Err(autre),
    }
}
