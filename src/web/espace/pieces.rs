//! The documents of a file for who sends them: what is called for and why, what came, what can be sent or replaced.

use chrono::NaiveDateTime;

use super::fichiers;
use crate::actions::piece::{self, Envoi};
use crate::db::piece::{EtatPiece, Piece, PieceDemandee};
use crate::web::erreur::WebError;
use crate::web::kit::erreurs::Erreurs;
use crate::web::liste_pieces::{self, Fonds};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, EnvoiVue, LignePieceVue};
use crate::web::visite::Visite;
use regles::liste_pieces::{EtatLigne, Ligne};
use regles::piece::{Emploi, NaturePiece};
use regles::texte;

/// A file that documents are sent to.
pub struct Dossier<'a> {
    /// Its page; documents are posted to `{chemin}/pieces`.
    pub chemin: &'a str,
    /// Its documents.
    pub pieces: &'a [Piece],
    /// Whether it receives documents.
    pub ouvert: bool,
    /// When the decision was taken: what had come by then gives way to nothing.
    pub decidee: Option<NaiveDateTime>,
    /// Whether its author may know that a decision was taken.
    pub decision_connue: bool,
}

/// The lines, with a form on each from which something may be sent, and what is wrong with it.
pub fn lignes(
    visite: &Visite,
    dossier: &Dossier<'_>,
    lignes: &[Ligne],
    csrf: &Champ,
    montre: Option<i64>,
    erreurs: &Erreurs,
) -> Vec<LignePieceVue> {
    lignes
        .iter()
        .map(|ligne| {
            let url = |id| format!("{}?piece={id}#apercu", dossier.chemin);
            let fonds = Fonds {
                pieces: dossier.pieces,
                decidee: dossier.decidee.filter(|_| dossier.decision_connue),
            };
            let mut vue = liste_pieces::vue(ligne, fonds, url, montre);
            if let Some(motif) = &ligne.motif {
                vue.refus = Some((motif.clone(), a_faire(dossier, ligne)));
            }
            vue.envoi = envoi(visite, dossier, ligne, csrf, erreurs);
            vue
        })
        .collect()
}

/// What to do of a refused document.
fn a_faire(dossier: &Dossier<'_>, ligne: &Ligne) -> String {
    match ligne.attendues.first() {
        _ if !dossier.ouvert => "Le dossier est clos : il n’y a rien à envoyer.".to_owned(),
        Some(a) => format!(
            "À faire : envoyez un autre document au plus tard le {} (inclus). Il prendra la place de celui-ci.",
            texte::date_longue(a.limite)
        ),
        None => "À faire : envoyez un autre document. Il prendra la place de celui-ci.".to_owned(),
    }
}

/// The form of a line: the first document of it, or one in the place of the last that was not accepted.
fn envoi(
    visite: &Visite,
    dossier: &Dossier<'_>,
    ligne: &Ligne,
    csrf: &Champ,
    erreurs: &Erreurs,
) -> Option<EnvoiVue> {
    if !dossier.ouvert
        || matches!(
            ligne.nature,
            NaturePiece::QualiteAyantDroit | NaturePiece::MandatEcrit
        )
    {
        return None;
    }
    let remplacable = dossier
        .pieces
        .iter()
        .rfind(|p| ligne.pieces.contains(&p.id) && p.etat != EtatPiece::Acceptee)
        .filter(|p| p.emploi(dossier.decidee) == Emploi::Courant);
    let (resume, nom) = match (ligne.etat, remplacable) {
        (EtatLigne::Acceptee, _) => return None,
        (EtatLigne::Recue | EtatLigne::Refusee, Some(p)) => {
            ("Remplacer cette pièce", format!("remplace_{}", p.id))
        }
        // What the CPAM asked for is sent from its own form, all at once.
        _ if !ligne.attendues.is_empty() => return None,
        _ if !ligne.pieces.is_empty() => ("Ajouter un document", piece::champ(ligne.nature)),
        _ => ("Envoyer cette pièce", piece::champ(ligne.nature)),
    };
    let champ = fichiers::champ(visite, &nom, ligne.nature.libelle(), "", false, erreurs);
    Some(EnvoiVue {
        resume,
        url: format!("{}/pieces", dossier.chemin),
        ouvert: champ.erreur.is_some() || ligne.etat == EtatLigne::Refusee,
        champs: vec![
            csrf.clone(),
            Champ::cache("envoi", &nom),
            champ,
            fichiers::case_sante(&nom, ligne.nature.libelle(), &Saisie::default()),
        ],
    })
}

/// One field per document asked for, then those of another one.
pub fn champs(
    visite: &Visite,
    manquantes: &[&PieceDemandee],
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> (Vec<Champ>, Vec<Champ>) {
    let nom = |p: &PieceDemandee| format!("demandee_{}", p.id);
    let noms: Vec<String> = manquantes.iter().map(|p| nom(p)).collect();
    let tous: Vec<&str> = noms.iter().map(String::as_str).chain(["piece"]).collect();
    let perdus = erreurs.presentes() && fichiers::presents(saisie, &tous);
    let demandees = manquantes
        .iter()
        .flat_map(|p| {
            let aide = p.precision.as_ref().map_or_else(String::new, |t| {
                format!("{}.", t.trim_end_matches(['.', ' ']))
            });
            let nom = nom(p);
            let champ = fichiers::champ(visite, &nom, p.nature.libelle(), &aide, perdus, erreurs)
                .si("à envoyer dès que vous l’avez");
            [
                champ,
                fichiers::case_sante(&nom, p.nature.libelle(), saisie),
            ]
        })
        .collect();
    (demandees, ajout(visite, saisie, perdus, erreurs))
}

/// A document added to a file, with what it shows.
pub fn ajout(visite: &Visite, saisie: &Saisie, perdus: bool, erreurs: &Erreurs) -> Vec<Champ> {
    let choisie = match saisie.texte("nature") {
        "" => NaturePiece::Autre.as_str(),
        autre => autre,
    };
    vec![
        Champ::liste(
            "nature",
            "Ce que montre la pièce",
            NaturePiece::TOUS
                .iter()
                .map(|n| Choix::new(n.as_str(), n.libelle()))
                .collect(),
        )
        .valeur(choisie)
        .erreur(erreurs.de("nature")),
        fichiers::champ(visite, "piece", "Fichier", "", perdus, erreurs),
        fichiers::case_sante("piece", "", saisie),
    ]
}

/// A file field to read.
struct ALire {
    champ: String,
    nature: NaturePiece,
    repond_a: Option<i64>,
    remplace: Option<i64>,
}

/// Keeps the documents that came with the forms of a file: those asked for, those of the list, and the free one with its
/// nature. What is wrong is noted, and then nothing is kept.
///
/// # Errors
/// The document store does not answer.
pub async fn recevoir(
    visite: &Visite,
    saisie: &Saisie,
    pieces: &[Piece],
    demandees: &[PieceDemandee],
    erreurs: &mut Erreurs,
) -> Result<Vec<Envoi>, WebError> {
    let a_lire = a_lire(pieces, demandees, saisie, erreurs);
    for lu in &a_lire {
        fichiers::verifier(visite, saisie, &lu.champ, erreurs);
    }
    let mut envois = Vec::new();
    if erreurs.presentes() {
        return Ok(envois);
    }
    for lu in a_lire {
        for piece in fichiers::garder(visite, saisie, &lu.champ, lu.nature).await? {
            envois.push(Envoi {
                piece,
                repond_a: lu.repond_a,
                remplace: lu.remplace,
            });
        }
    }
    if envois.is_empty() {
        let premier = demandees
            .iter()
            .find(|p| p.recue_le.is_none() && saisie.texte("nature").is_empty())
            .map(|p| format!("demandee_{}", p.id))
            .filter(|_| saisie.texte("envoi").is_empty())
            .unwrap_or_else(|| match saisie.texte("envoi") {
                "" => "piece".to_owned(),
                autre => autre.to_owned(),
            });
        erreurs.noter(premier, "Choisissez au moins un fichier à envoyer.");
    }
    Ok(envois)
}

fn a_lire(
    pieces: &[Piece],
    demandees: &[PieceDemandee],
    saisie: &Saisie,
    erreurs: &mut Erreurs,
) -> Vec<ALire> {
    let champ = |champ: String, nature| ALire {
        champ,
        nature,
        repond_a: None,
        remplace: None,
    };
    let demandees = demandees.iter().map(|p| ALire {
        repond_a: Some(p.id),
        ..champ(format!("demandee_{}", p.id), p.nature)
    });
    let remplacantes = pieces.iter().map(|p| ALire {
        remplace: Some(p.id),
        ..champ(format!("remplace_{}", p.id), p.nature)
    });
    let natures = NaturePiece::TOUS
        .iter()
        .map(|n| champ(piece::champ(*n), *n));
    let mut champs: Vec<ALire> = demandees
        .chain(remplacantes)
        .chain(natures)
        .filter(|lu| saisie.fichiers(&lu.champ).next().is_some())
        .collect();
    if saisie.fichiers("piece").next().is_some() {
        match saisie.texte("nature").parse() {
            Ok(nature) => champs.push(champ("piece".to_owned(), nature)),
            Err(_) => erreurs.noter("nature", "Indiquez ce que montre cette pièce."),
        }
    }
    champs
}
