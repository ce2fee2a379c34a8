//! Where a practitioner's things stand, in one sentence: what is expected, of whom, by when; what is expected of her first.

use chrono::NaiveDate;

use super::accueil::{Lu, active_de, place_de};
use crate::db::cessation::EtatCessation;
use crate::db::designation::{DesignationComplete, EtatDesignation};
use crate::db::echeance::{EcheanceStockee, NatureEcheance};
use crate::domain::demande::EtatDemande;
use crate::domain::grand_livre::EtatPlace;
use crate::domain::piece::{EtatPiece, NaturePiece};
use crate::texte;
use crate::web::ui::{Bandeau, Etat, Pastille};

/// The sentence, and the deadline it is about.
pub(super) struct Situation<'a> {
    /// The sentence, whose turn it is, by when.
    pub(super) bandeau: Bandeau,
    /// The deadline, to be shown with its computation.
    pub(super) echeance: Option<&'a EcheanceStockee>,
}

/// What is expected of the reader first, then of others.
pub(super) fn situation(lu: &Lu, jour: NaiveDate) -> Situation<'_> {
    de_vous(lu, jour)
        .or_else(|| des_autres(lu, jour))
        .unwrap_or_else(|| Situation {
            bandeau: Bandeau::new(
                Pastille::new(Etat::Neutre, "Rien en cours"),
                "Aucune démarche n’est en cours. Déclarez une cessation, ou déposez une demande de conventionnement.",
            ),
            echeance: None,
        })
}

fn de_vous(lu: &Lu, jour: NaiveDate) -> Option<Situation<'_>> {
    let a_vous = |phrase: String, echeance: Option<&'_ EcheanceStockee>| {
        let bandeau = Bandeau::new(Pastille::new(Etat::AFaire, "À vous"), phrase);
        qui(bandeau, "Vous", echeance)
    };
    if let Some((d, _)) = lu
        .demandes
        .iter()
        .find(|(d, _)| d.etat == EtatDemande::Incomplete)
    {
        let e = de_demande(lu, d.id, NatureEcheance::Pieces);
        let phrase = format!(
            "Des pièces manquent à votre demande {} : envoyez-les {}.",
            d.numero,
            avant(e, jour)
        );
        return Some(Situation {
            bandeau: a_vous(phrase, e),
            echeance: e,
        });
    }
    if let Some(d) = lu
        .recues
        .iter()
        .find(|d| d.designation.etat == EtatDesignation::EnAttente)
    {
        let phrase = format!(
            "{} vous désigne comme successeur à {} : acceptez ou déclinez.",
            d.cedant.nom_complet(),
            d.commune
        );
        return Some(Situation {
            bandeau: a_vous(phrase, None),
            echeance: None,
        });
    }
    if let Some((numero, nature)) = a_remplacer(lu) {
        let phrase = format!(
            "Une pièce de votre demande {numero} est refusée ({}) : lisez pourquoi, et envoyez-en une autre.",
            texte::minuscule_initiale(nature.libelle())
        );
        return Some(Situation {
            bandeau: a_vous(phrase, None),
            echeance: None,
        });
    }
    for (d, commune) in &lu.demandes {
        let e = de_demande(lu, d.id, NatureEcheance::Installation);
        if d.etat == EtatDemande::Accordee && e.is_some() {
            let phrase = format!(
                "Votre demande {} est accordée : installez-vous à {commune} {}.",
                d.numero,
                avant(e, jour)
            );
            return Some(Situation {
                bandeau: a_vous(phrase, e),
                echeance: e,
            });
        }
    }
    for (c, commune) in &lu.cessations {
        let place = place_de(lu, c);
        if let (Some(place), None) = (place, active_de(lu, place))
            && place.etat == EtatPlace::Ouverte
        {
            let e = lu.echeances.iter().find(|e| e.place_id == Some(place.id));
            let phrase = format!(
                "Votre départ de {commune} ouvre une place : désignez votre successeur {}.",
                avant(e, jour)
            );
            return Some(Situation {
                bandeau: a_vous(phrase, e),
                echeance: e,
            });
        }
    }
    succession_a_deposer(lu).map(|d| {
        let phrase = format!(
            "Vous avez accepté de succéder à {} : déposez votre demande de conventionnement.",
            d.cedant.nom_complet()
        );
        Situation {
            bandeau: a_vous(phrase, None),
            echeance: None,
        }
    })
}

fn des_autres(lu: &Lu, jour: NaiveDate) -> Option<Situation<'_>> {
    let attend = |phrase: String| Bandeau::new(Pastille::new(Etat::EnCours, "En cours"), phrase);
    if let Some((d, _)) = lu.demandes.iter().find(|(d, _)| d.etat.en_cours()) {
        let e = de_demande(lu, d.id, NatureEcheance::DecisionImplicite);
        let quand = e.map_or_else(String::new, |e| {
            format!(
                " Elle a jusqu’au {} ({}) pour répondre.",
                texte::date_fr(e.finale),
                texte::dans((e.finale - jour).num_days())
            )
        });
        let phrase = format!(
            "Vous n’avez rien à faire : la caisse étudie votre demande {}.{quand}",
            d.numero
        );
        return Some(Situation {
            bandeau: qui(attend(phrase), "La caisse", e),
            echeance: e,
        });
    }
    if let Some((_, commune)) = lu
        .cessations
        .iter()
        .find(|(c, _)| c.etat == EtatCessation::Declaree)
    {
        let phrase =
            format!("Vous n’avez rien à faire : la caisse vérifie votre départ de {commune}.");
        return Some(Situation {
            bandeau: qui(attend(phrase), "La caisse", None),
            echeance: None,
        });
    }
    let (c, commune) = lu.cessations.iter().find(|(c, _)| {
        place_de(lu, c).is_some_and(|p| matches!(p.etat, EtatPlace::Ouverte | EtatPlace::Reservee))
    })?;
    let place = place_de(lu, c);
    let e = lu
        .echeances
        .iter()
        .find(|e| e.place_id.is_some() && e.place_id == place.map(|p| p.id));
    let tour = match active_de(lu, place).map(|d| d.etat) {
        Some(EtatDesignation::EnAttente) => "Le confrère que vous désignez",
        _ => "Votre successeur et la caisse",
    };
    let phrase = format!("Vous n’avez rien à faire : votre succession à {commune} suit son cours.");
    Some(Situation {
        bandeau: qui(attend(phrase), tour, e),
        echeance: e,
    })
}

/// A document that was refused, and nothing of its kind has come since: the number of its request, and its kind.
fn a_remplacer(lu: &Lu) -> Option<(&str, NaturePiece)> {
    lu.pieces.iter().find_map(|(demande_id, nature, etat)| {
        let remise = lu
            .pieces
            .iter()
            .any(|(d, n, e)| d == demande_id && n == nature && *e != EtatPiece::Refusee);
        let (demande, _) = lu
            .demandes
            .iter()
            .find(|(d, _)| Some(d.id) == *demande_id)?;
        (*etat == EtatPiece::Refusee && !remise).then_some((demande.numero.as_str(), *nature))
    })
}

/// Whose turn it is, and by when.
fn qui(bandeau: Bandeau, tour: &str, echeance: Option<&EcheanceStockee>) -> Bandeau {
    let bandeau = bandeau.detail("À qui d’agir", tour);
    match echeance {
        Some(e) => bandeau.detail("Au plus tard", texte::date_longue(e.finale)),
        None => bandeau,
    }
}

fn de_demande(lu: &Lu, id: i64, nature: NatureEcheance) -> Option<&EcheanceStockee> {
    lu.echeances
        .iter()
        .find(|e| e.demande_id == Some(id) && e.nature == nature)
}

/// «avant le 12 mars 2026 (dans 9 jours)», or «sans tarder» when no deadline runs.
fn avant(echeance: Option<&EcheanceStockee>, jour: NaiveDate) -> String {
    echeance.map_or_else(
        || "sans tarder".to_owned(),
        |e| {
            format!(
                "avant le {} ({})",
                texte::date_fr(e.finale),
                texte::dans((e.finale - jour).num_days())
            )
        },
    )
}

fn succession_a_deposer(lu: &Lu) -> Option<&DesignationComplete> {
    lu.recues.iter().find(|d| {
        d.designation.etat == EtatDesignation::Acceptee
            && d.place_etat == EtatPlace::Ouverte
            && !lu.demandes.iter().any(|(demande, _)| {
                demande.place_id == Some(d.designation.place_id) && demande.etat.en_cours()
            })
    })
}
