//! Internal notes, and the colleagues that they call.

use courriers::Courrier;
use regles::evenement::Fait;
use regles::mots::fold;
use regles::preference::Sujet;

use super::super::dossier::{objet_du_tronc, obligatoire};
use super::super::{Acte, ActionError, ActionResult, nouveaute, tracer};
use super::caisse;
use crate::db::file_comptes::{self, Agent};
use crate::db::note::{self, NouvelleNote};
use crate::db::{CpamScope, WriteTx, dossier};

/// Longest note, in characters.
const NOTE_MAX: usize = 5_000;

/// Writes a note that only the CPAM reads. Those named by `@Prénom Nom`, and those ticked (`prevenus`), get a mail
/// that says where to read it, not what it says. Returns the names of those told.
///
/// # Errors
/// A wrong field, out of scope, the refusal of the database.
pub fn ecrire_note(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    texte: &str,
    prevenus: &[i64],
    cle: &str,
) -> ActionResult<Vec<String>> {
    let caisse = caisse(scope)?.to_owned();
    let texte = obligatoire("note", texte, "Écrivez la note avant de l’ajouter.")?;
    if texte.chars().count() > NOTE_MAX {
        return Err(ActionError::champ(
            "note",
            "Une note fait au plus 5 000 caractères : écrivez-en plusieurs.",
        ));
    }
    let dossier = dossier::lire(tx, scope, numero)?;
    // The same form at the same instant waits here, then finds the note.
    dossier::verrouiller(tx, dossier.id)?;
    if note::deja(tx, cle)? {
        return Ok(Vec::new());
    }
    let auteur_id = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a note without an author".to_owned()))?;
    let id = note::ecrire(
        tx,
        &NouvelleNote {
            dossier_id: dossier.id,
            auteur_id,
            texte,
            cle_idempotence: cle,
            cree_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet_du_tronc(&dossier),
        Fait::NoteEcrite { note: id },
    )?;
    let agents = file_comptes::agents(tx, &caisse, acte.jour())?;
    let mut noms = Vec::new();
    for agent in mentionnes(texte, prevenus, &agents) {
        if agent.id == auteur_id {
            continue;
        }
        let lettre = courriers::suivi::Mention {
            agent: &agent.nom_complet(),
            par: &acte.acteur.nom,
            numero,
        }
        .lettre();
        let cle = format!("mention:{id}:{}", agent.id);
        nouveaute::prevenir(
            tx,
            acte,
            (&caisse, agent.id, Sujet::Mentions),
            &cle,
            &lettre,
        )?;
        noms.push(agent.nom_complet());
    }
    Ok(noms)
}

/// The agents that a note calls: ticked, or named after an `@` by first name and name.
fn mentionnes<'a>(texte: &str, prevenus: &[i64], agents: &'a [Agent]) -> Vec<&'a Agent> {
    let appels: Vec<String> = texte.split('@').skip(1).map(fold).collect();
    agents
        .iter()
        .filter(|a| {
            let nom = fold(&a.nom_complet());
            prevenus.contains(&a.id)
                || appels.iter().any(|appel| {
                    appel
                        .strip_prefix(nom.as_str())
                        .is_some_and(|suite| suite.is_empty() || suite.starts_with(' '))
                })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use regles::droits::Role;

    use super::*;

    #[test]
    fn une_mention_nomme_la_personne_en_entier() {
        let agent = |id, prenom: &str, nom: &str| Agent {
            id,
            prenom: prenom.to_owned(),
            nom: nom.to_owned(),
            role: Role::Instructeur,
            courriel: String::new(),
        };
        let agents = [
            agent(1, "Élodie", "Martin"),
            agent(2, "Paul", "Martinez"),
            agent(3, "Léa", "Roux"),
        ];
        let appeles = |texte: &str, prevenus: &[i64]| -> Vec<i64> {
            mentionnes(texte, prevenus, &agents)
                .iter()
                .map(|a| a.id)
                .collect()
        };
        assert_eq!(appeles("Voir avec @elodie martin, svp", &[]), [1]);
        assert_eq!(appeles("@Paul Martin ?", &[]), [] as [i64; 0]);
        assert_eq!(appeles("sans appel, Léa Roux", &[3]), [3]);
    }
}
