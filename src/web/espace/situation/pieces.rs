//! What documents ask of the reader: those that lack, those that were refused.

use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::piece::{EtatPiece, NaturePiece};
use regles::reglement::Reglement;
use regles::texte;

use super::super::accueil::Lu;
use super::{Situation, a_vous, demande};
use crate::web::erreur::WebError;
use crate::web::liste_pieces;
use crate::web::page::Lien;

/// A request or a departure that was filed, and lacks a document that nobody has asked for yet.
pub(super) fn a_completer<'a>(
    lu: &'a Lu,
    reglement: &Reglement,
) -> Result<Option<Situation<'a>>, WebError> {
    for (d, _) in &lu.demandes {
        if d.etat != EtatDemande::Deposee {
            continue;
        }
        let manquent = liste_pieces::manquantes(reglement, d, &lu.pieces)?;
        if !manquent.is_empty() {
            let objet = format!("votre demande {}", d.numero);
            let url = format!("{}#t-pieces", demande(&d.numero));
            return Ok(Some(manque(&objet, &manquent, url)));
        }
    }
    for (c, commune) in &lu.departs {
        if c.etat != EtatDepart::Declaree {
            continue;
        }
        let manquent = liste_pieces::manquantes_du_depart(reglement, c, &lu.pieces)?;
        if !manquent.is_empty() {
            let objet = format!("votre départ {de_commune}", de_commune = texte::de(commune));
            let url = format!("/mes-departs/{}#t-pieces", c.id);
            return Ok(Some(manque(&objet, &manquent, url)));
        }
    }
    Ok(None)
}

fn manque<'a>(objet: &str, manquent: &[NaturePiece], url: String) -> Situation<'a> {
    let noms: Vec<String> = manquent
        .iter()
        .map(|n| texte::minuscule_initiale(n.libelle()))
        .collect();
    let nombre = i64::try_from(noms.len()).unwrap_or(i64::MAX);
    let phrase = format!(
        "Il manque {} à {objet} ({}) : n’attendez pas qu’on vous {} demande.",
        texte::en_lettres(nombre, "pièce", "pièces"),
        noms.join(", "),
        if nombre == 1 { "la" } else { "les" }
    );
    let mots = if nombre == 1 {
        "Envoyer la pièce"
    } else {
        "Envoyer les pièces"
    };
    a_vous(phrase, None, Lien::new(mots, url))
}

/// Whether the last proof of the installation was refused (REG-9).
pub(super) fn preuve_refusee(lu: &Lu, demande_id: i64) -> bool {
    let mut preuves = lu
        .pieces
        .iter()
        .filter(|p| p.dossier_id == demande_id && p.nature == NaturePiece::PreuveInstallation);
    let refusees = preuves.clone().any(|p| p.etat == EtatPiece::Refusee);
    refusees && preuves.all(|p| p.etat == EtatPiece::Refusee)
}

/// A document that was refused, and nothing of its kind has come since: of what, its kind, where to send another one.
pub(super) fn a_remplacer(lu: &Lu) -> Option<(String, NaturePiece, String)> {
    lu.pieces.iter().find_map(|p| {
        let remise = lu.pieces.iter().any(|autre| {
            autre.dossier_id == p.dossier_id
                && autre.nature == p.nature
                && autre.etat != EtatPiece::Refusee
        });
        if p.etat != EtatPiece::Refusee || remise {
            return None;
        }
        let demande = lu.demandes.iter().find(|(d, _)| d.id == p.dossier_id);
        if let Some((d, _)) = demande {
            // What a granted request waits for has its own sentence, with its delay.
            if d.etat == EtatDemande::Accordee {
                return None;
            }
            let url = format!("/demandes/{}#t-pieces", d.numero);
            return Some((format!("votre demande {}", d.numero), p.nature, url));
        }
        let (c, commune) = lu.departs.iter().find(|(c, _)| c.id == p.dossier_id)?;
        let url = format!("/mes-departs/{}#t-pieces", c.id);
        Some((
            format!("votre départ {de_commune}", de_commune = texte::de(commune)),
            p.nature,
            url,
        ))
    })
}
