//! The list of the documents of a request, for both sides: what its case calls for and why, and where each stands.

use regles::demande::NatureDemande;
use regles::derogation::Motif;
use regles::liste_pieces::{
    Attendue, EtatLigne, Ligne, Recue, d_un_depart, d_une_demande, non_recues,
};
use regles::piece::NaturePiece;
use regles::pieces_requises::{Cas, Demarche, PieceRequise, requises};
use regles::reglement::Reglement;
use regles::texte;

use super::erreur::WebError;
use super::ui::{ApercuVue, DocumentVue, Etat, LignePieceVue, ListePiecesVue, Pastille};
use crate::clock::jour_a_paris;
use crate::db::demande::{Conditions, Demande};
use crate::db::depart::Depart;
use crate::db::piece::{EtatPiece, Piece, PieceDemandee, PieceEnBref};

/// The lines of a request, by the reference data of the day it was filed.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn lignes(
    reglement: &Reglement,
    d: &Demande,
    motif: Option<&Motif>,
    pieces: &[Piece],
    demandees: &[PieceDemandee],
) -> Result<Vec<Ligne>, WebError> {
    let mut requis = appelees(reglement, d, motif)?;
    if let Some(notifiee) = d.notifiee_le.filter(|_| d.etat.consomme()) {
        let installation = Cas::de(Demarche::Installation);
        requis.extend(requises(reglement, notifiee, &installation).map_err(WebError::interne)?);
    }
    let attendues: Vec<Attendue> = demandees
        .iter()
        .filter(|p| p.recue_le.is_none())
        .map(|p| Attendue {
            id: p.id,
            nature: p.nature,
            precision: p.precision.clone(),
            limite: p.limite,
        })
        .collect();
    Ok(d_une_demande(d.etat, requis, &attendues, &recues(pieces)))
}

/// What the case of a request calls for, by the reference data of the day it was filed.
fn appelees(
    reglement: &Reglement,
    d: &Demande,
    motif: Option<&Motif>,
) -> Result<Vec<PieceRequise>, WebError> {
    let cas = cas(d.nature, motif, &d.conditions);
    requises(reglement, jour_a_paris(d.deposee_le), &cas).map_err(WebError::interne)
}

/// The case of a request, as the rules on its documents know it.
pub fn cas<'a>(nature: NatureDemande, motif: Option<&'a Motif>, c: &Conditions) -> Cas<'a> {
    Cas {
        demarche: nature.into(),
        motif,
        entree_formation: c.entree_formation.map(i64::from),
        heures: [c.heures_etablissement, c.heures_clinicat].map(|h| h.map(i64::from)),
        engagement_zone: c.engagement_zone,
    }
}

/// What a request calls for and that is not among these documents.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn manquantes(
    reglement: &Reglement,
    d: &Demande,
    recues: &[PieceEnBref],
) -> Result<Vec<NaturePiece>, WebError> {
    // The ground of a derogation says which documents do, not whether there must be one.
    let appelees = appelees(reglement, d, None)?;
    Ok(non_recues(appelees, &natures(recues, d.id)))
}

/// What a departure calls for and that is not among these documents.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn manquantes_du_depart(
    reglement: &Reglement,
    c: &Depart,
    recues: &[PieceEnBref],
) -> Result<Vec<NaturePiece>, WebError> {
    let cas = Cas::de(Demarche::Cessation);
    let appelees =
        requises(reglement, jour_a_paris(c.declaree_le), &cas).map_err(WebError::interne)?;
    Ok(non_recues(appelees, &natures(recues, c.id)))
}

/// The kinds of the documents of a case.
fn natures(recues: &[PieceEnBref], dossier_id: i64) -> Vec<NaturePiece> {
    let siennes = recues.iter().filter(|p| p.dossier_id == dossier_id);
    siennes.map(|p| p.nature).collect()
}

/// The lines of a departure, by the reference data of the day it was declared; REG-7: with the proof of who designates in
/// the leaver's place, once there is one. Once it was answered, `ouvert` is false and nothing is to be provided any more.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn lignes_du_depart(
    reglement: &Reglement,
    c: &Depart,
    pieces: &[Piece],
    ouvert: bool,
) -> Result<Vec<Ligne>, WebError> {
    let jour = jour_a_paris(c.declaree_le);
    let requis =
        |demarche| requises(reglement, jour, &Cas::de(demarche)).map_err(WebError::interne);
    let mut appelees = requis(Demarche::Cessation)?;
    if pieces
        .iter()
        .any(|p| p.nature == NaturePiece::QualiteAyantDroit)
    {
        appelees.extend(requis(Demarche::AyantsDroit)?);
    }
    Ok(d_un_depart(ouvert, appelees, &recues(pieces)))
}

fn recues(pieces: &[Piece]) -> Vec<Recue<'_>> {
    let recue = |p| {
        let p: &Piece = p;
        Recue {
            id: p.id,
            nature: p.nature,
            etat: p.etat,
            motif: p.motif.as_deref(),
            remplacee: p.remplacee_par.is_some(),
        }
    };
    pieces.iter().map(recue).collect()
}

/// Whether this document waits for the CPAM to say something of it.
pub fn a_examiner(p: &Piece) -> bool {
    p.etat == EtatPiece::Recue && p.remplacee_par.is_none()
}

/// Why a case calls for a document, with what founds it, in sentences: for a form.
pub fn pourquoi(requise: &PieceRequise) -> String {
    let precision = match &requise.precision {
        Some(precision) => format!("{}. ", precision.trim_end_matches('.')),
        None => String::new(),
    };
    format!(
        "{precision}{} ({}).",
        requise.raison.trim_end_matches('.'),
        requise.fondement
    )
}

/// A line as both sides see it, with its documents read at `url`; nothing can be sent from it yet.
pub fn vue(
    ligne: &Ligne,
    pieces: &[Piece],
    url: impl Fn(i64) -> String,
    montre: Option<i64>,
) -> LignePieceVue {
    let documents = |ids: &[i64]| {
        pieces
            .iter()
            .filter(|p| ids.contains(&p.id))
            .map(|p| document(p, url(p.id), montre == Some(p.id)))
            .collect()
    };
    let facultative = ligne.requise.as_ref().is_some_and(|r| !r.requise);
    let etat = match ligne.etat {
        EtatLigne::AFournir if facultative && ligne.attendues.is_empty() => {
            Pastille::new(Etat::Neutre, "Utile, pas reçue")
        }
        EtatLigne::AFournir => Pastille::new(Etat::AFaire, ligne.etat.libelle()),
        EtatLigne::Recue => Pastille::new(Etat::EnCours, ligne.etat.libelle()),
        EtatLigne::Acceptee => Pastille::new(Etat::Fait, ligne.etat.libelle()),
        EtatLigne::Refusee => Pastille::new(Etat::Retard, ligne.etat.libelle()),
    };
    let mut attendu: Vec<String> = ligne
        .requise
        .iter()
        .filter_map(|r| r.precision.as_ref())
        .map(|p| {
            format!(
                "À joindre : {}.",
                texte::minuscule_initiale(p.trim_end_matches('.'))
            )
        })
        .collect();
    attendu.extend(ligne.attendues.iter().map(|a| {
        let precision = match &a.precision {
            Some(p) => format!(" {}.", p.trim_end_matches(['.', ' '])),
            None => String::new(),
        };
        format!(
            "Demandée par la caisse, à envoyer au plus tard le {} (inclus).{precision}",
            texte::date_longue(a.limite)
        )
    }));
    LignePieceVue {
        titre: ligne.nature.libelle().to_owned(),
        etat,
        raison: ligne.requise.as_ref().map(|r| r.raison.clone()),
        source: ligne
            .requise
            .as_ref()
            .map(|r| texte::majuscule_initiale(r.fondement)),
        attendu,
        refus: None,
        documents: documents(&ligne.pieces),
        remplaces: documents(&ligne.remplacees),
        envoi: None,
    }
}

/// The lines as the CPAM sees them.
pub fn pour_la_caisse(
    lignes: &[Ligne],
    pieces: &[Piece],
    url: impl Fn(i64) -> String,
    montre: Option<i64>,
) -> ListePiecesVue {
    let suite = "La personne peut envoyer un autre document : il prendra la place de celui-ci.";
    let lignes = lignes
        .iter()
        .map(|ligne| {
            let mut vue = vue(ligne, pieces, &url, montre);
            vue.refus = ligne.motif.clone().map(|motif| (motif, suite.to_owned()));
            vue
        })
        .collect();
    ListePiecesVue { lignes }
}

/// A document shown in the page.
pub fn apercu(p: &Piece) -> ApercuVue {
    ApercuVue {
        nom: p.nom.clone(),
        detail: format!("{}, {}", p.nom, detail(p)),
        url: format!("/pieces/{}", p.id),
        image: p.media != "application/pdf",
    }
}

fn document(p: &Piece, url: String, montre: bool) -> DocumentVue {
    DocumentVue {
        nom: p.nom.clone(),
        detail: detail(p),
        url,
        montre,
    }
}

/// What it is, when it came, what was said of it.
fn detail(p: &Piece) -> String {
    let mut detail = format!(
        "{}, {}, reçu le {}",
        media(&p.media),
        texte::taille(p.taille.unsigned_abs()),
        texte::datetime_fr(p.deposee_le)
    );
    if let Some(le) = p.examinee_le {
        detail.push_str(&format!(
            ", {} le {}",
            match p.etat {
                EtatPiece::Refusee => "refusé",
                _ => "accepté",
            },
            texte::date_fr(jour_a_paris(le))
        ));
    }
    if let Some(motif) = p.motif.as_ref().filter(|_| p.remplacee_par.is_some()) {
        detail.push_str(&format!(" ({motif})"));
    }
    if let Some(le) = p.remplacee_le {
        detail.push_str(&format!(
            ", remplacé le {}",
            texte::date_fr(jour_a_paris(le))
        ));
    }
    detail
}

/// The kind of a file, in the words of people.
pub fn media(media: &str) -> &'static str {
    match media {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPEG",
        _ => "PNG",
    }
}
