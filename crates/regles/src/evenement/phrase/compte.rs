//! What became of an account, of who is behind it, and of a mail that did not arrive.

use super::mots::combien;
use crate::evenement::Fait;
use crate::texte::{de, minuscule_initiale};

pub(super) fn dire(fait: &Fait) -> String {
    match fait {
        Fait::CompteAgentCree { role, personne, .. } => {
            format!("a créé le compte {} ({})", de(personne), role.libelle())
        }
        Fait::CompteMandatDonne { role, personne, .. } => {
            format!("a donné à {personne} le mandat de {}", role.libelle())
        }
        Fait::CompteMandatTermine { role, personne, .. } => {
            format!("a mis fin au mandat {} ({})", de(personne), role.libelle())
        }
        Fait::CompteAgentInvite { role, personne, .. } => {
            format!("a invité {personne} ({})", role.libelle())
        }
        Fait::CompteFerme {
            personne,
            repreneur,
            dossiers,
            ..
        } => {
            let suite = match (*dossiers, repreneur) {
                (0, _) => "aucun dossier n’était suivi".to_owned(),
                (n, Some(qui)) => {
                    format!("{} : {qui} les reprend", combien(n, "dossier", "dossiers"))
                }
                (n, None) => format!(
                    "{} : personne ne les suit",
                    combien(n, "dossier", "dossiers")
                ),
            };
            format!("a fermé le compte {} ; {suite}", de(personne))
        }
        Fait::CompteAdresseDemandee { nouvelle, .. } => {
            format!("a demandé à remplacer son adresse par {nouvelle}")
        }
        Fait::CompteAdresseChangee { avant, apres, .. } => {
            format!("a remplacé l’adresse {avant} par {apres}")
        }
        Fait::IdentiteVerifiee {
            moyen,
            personne,
            observation,
        } => {
            let observation = observation.as_ref().map(|o| format!(" : {o}"));
            format!(
                "a vérifié l’identité {} ({}){}",
                de(personne),
                minuscule_initiale(moyen.libelle()),
                observation.unwrap_or_default()
            )
        }
        Fait::CourrielRenvoye {
            sujet,
            destinataire,
        } => format!("a renvoyé à {destinataire} le courriel « {sujet} »"),
        Fait::CourrielRegle {
            sujet,
            destinataire,
        } => format!(
            "a réglé autrement le courriel « {sujet} », qui n’était pas parvenu à {destinataire}"
        ),
        _ => String::new(),
    }
}
