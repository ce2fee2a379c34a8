//! A clerical error of a letter is mended by another one, signed as it was (letter 23): the decision itself never changes.

use courriers::Courrier;
use courriers::decision::{Bloc, Correction, CorrectionEnvoyee, Delegation, Document, Signature};
use regles::decision::EtatDecision;
use regles::evenement::Fait;
use regles::retrait;

use super::titre_pour;
use crate::actions::depart::en_json;
use crate::actions::dossier::{entete, lisible, objet, ouvrir};
use crate::actions::{Acte, ActionError, ActionResult, courriel, tracer};
use crate::clock::jour_a_paris;
use crate::db::correction::{self, NouvelleCorrection};
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx, decision};
use crate::secret;

/// What a letter says, as one reads it.
fn dite(lettre: &Document) -> String {
    let blocs = lettre.blocs.iter().map(Bloc::texte);
    blocs.collect::<Vec<_>>().join("\n")
}

/// Mends a clerical error of the letter of a decision that was notified: which words are wrong, which are right; nothing
/// else changes, and no delay begins again. The person is written to.
///
/// # Errors
/// A wrong field; nothing is notified; nothing lets this account sign such a decision; [`ActionError::Perime`]; the refusal
/// of the database.
pub fn corriger(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (numero, version): (&str, i32),
    (faux, juste): (&str, &str),
    qualite: &str,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let prise = decision::active(tx, d.id)?
        .filter(|p| p.etat == EtatDecision::Decidee && d.notifiee_le.is_some())
        .ok_or_else(|| {
            ActionError::refus(
                "Aucune décision n’est notifiée sur ce dossier : il n’y a pas encore de lettre à corriger.",
            )
        })?;
    let (Some(par), Some(document), Some(le)) =
        (acte.acteur.id, prise.document.as_deref(), prise.decidee_le)
    else {
        return Err(ActionError::refus(
            "Cette décision n’a pas de lettre gardée par Relève : corrigez-la par courrier.",
        ));
    };
    let lettre: Document =
        serde_json::from_str(document).map_err(|e| ActionError::Regle(e.to_string()))?;
    retrait::corriger(&dite(&lettre), faux, juste)
        .map_err(|(champ, refus)| ActionError::champ(champ, refus.to_string()))?;
    lisible("juste", juste)?;
    let sous = titre_pour(tx, acte, &d.caisse_code, &prise, par)?;
    let corrigee = Correction {
        numero: &d.numero,
        lettre: jour_a_paris(le),
        faux,
        juste,
        signature: Signature {
            nom: &acte.acteur.nom,
            qualite,
            caisse: &dossier.service.nom,
            le: acte.jour(),
            delegation: sous.delegant_qualite.as_deref().map(|de| Delegation {
                de,
                acte_du: sous.acte_du,
            }),
            homologation: None,
        },
    }
    .document();
    let texte = en_json(&corrigee)?;
    let empreinte = secret::sha256(texte.as_bytes());
    let id = correction::creer(
        tx,
        &NouvelleCorrection {
            decision_id: prise.id,
            faux: faux.trim(),
            juste: juste.trim(),
            document: &texte,
            empreinte: &empreinte,
            faite_par: par,
            faite_le: acte.le(),
        },
    )?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::LettreCorrigee {
            decision: prise.id,
            empreinte,
            faux: Some(faux.trim().to_owned()),
            juste: Some(juste.trim().to_owned()),
        },
    )?;
    let lettre = CorrectionEnvoyee {
        dossier: entete(&dossier),
        lettre: jour_a_paris(le),
        faux: faux.trim(),
        juste: juste.trim(),
    }
    .lettre();
    courriel::au_demandeur(tx, acte, &format!("correction:{id}"), &dossier, &lettre)
}
