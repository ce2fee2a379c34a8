//! The list of the documents of a file, as both sides see it: what each shows and why, and where it stands.

use chrono::NaiveDateTime;
use regles::liste_pieces::{EtatLigne, Ligne};
use regles::pieces_requises::PieceRequise;
use regles::texte;

use super::ui::{ApercuVue, DocumentVue, Etat, LignePieceVue, ListePiecesVue, Pastille};
use crate::clock::jour_a_paris;
use crate::db::piece::{EtatPiece, Piece};

/// Whether this document waits for the CPAM to say something of it.
pub fn a_examiner(p: &Piece) -> bool {
    p.etat == EtatPiece::Recue && p.remplacee_par.is_none()
}

/// The documents of which nobody has said anything, by name, in a sentence; none when all were examined.
pub fn non_examinees(pieces: &[Piece]) -> Option<String> {
    let noms: Vec<String> = pieces
        .iter()
        .filter(|p| a_examiner(p))
        .map(|p| format!("« {} »", p.nature.libelle()))
        .collect();
    match noms.len() {
        0 => None,
        1 => Some(format!("Une pièce n’est pas examinée : {}.", noms[0])),
        n => Some(format!(
            "{} ne sont pas examinées : {}.",
            texte::majuscule_initiale(&texte::en_lettres(
                i64::try_from(n).unwrap_or(i64::MAX),
                "pièce",
                "pièces"
            )),
            texte::enumerees(&noms)
        )),
    }
}

/// Why a case calls for a document, with what founds it, in sentences: for a form.
pub fn pourquoi(requise: &PieceRequise) -> String {
    let precision = match &requise.precision {
        Some(precision) => format!("{}. ", precision.trim_end_matches('.')),
        None => String::new(),
    };
    let exigence = match requise.indispensable {
        true => "Indispensable. ",
        false => "",
    };
    format!(
        "{exigence}{precision}{} ({}).",
        requise.raison.trim_end_matches('.'),
        requise.fondement
    )
}

/// The documents of a file, and when the decision that rests on them was taken, as far as the reader may know it.
#[derive(Clone, Copy)]
pub struct Fonds<'a> {
    /// The documents.
    pub pieces: &'a [Piece],
    /// When the decision was taken (UTC).
    pub decidee: Option<NaiveDateTime>,
}

/// A line as both sides see it, with its documents read at `url`; nothing can be sent from it yet.
pub fn vue(
    ligne: &Ligne,
    fonds: Fonds<'_>,
    url: impl Fn(i64) -> String,
    montre: Option<i64>,
) -> LignePieceVue {
    let documents = |ids: &[i64]| {
        let siens = fonds.pieces.iter().filter(|p| ids.contains(&p.id));
        siens
            .map(|p| document(p, url(p.id), montre == Some(p.id), fonds.decidee))
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
    let mut attendu: Vec<String> = exigence(ligne).map(str::to_owned).into_iter().collect();
    let precisions = ligne
        .requise
        .iter()
        .filter_map(|r| r.precision.as_ref())
        .map(|p| {
            format!(
                "À joindre : {}.",
                texte::minuscule_initiale(p.trim_end_matches('.'))
            )
        });
    attendu.extend(precisions);
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

/// CRPA L114-5-1: what the absence of this document changes, while nothing that holds came.
fn exigence(ligne: &Ligne) -> Option<&'static str> {
    let requise = ligne.requise.as_ref()?;
    match ligne.etat {
        EtatLigne::Acceptee | EtatLigne::Recue => None,
        _ if requise.indispensable => {
            Some("Indispensable : sans elle, le dossier n’est pas complet et rien n’est accordé.")
        }
        _ if requise.regle == "REG-9" => None,
        _ => Some("Utile : son absence ne retient pas le dossier."),
    }
}

/// The lines as the CPAM sees them.
pub fn pour_la_caisse(
    lignes: &[Ligne],
    fonds: Fonds<'_>,
    url: impl Fn(i64) -> String,
    montre: Option<i64>,
) -> ListePiecesVue {
    let suite = "La personne peut envoyer un autre document : il prendra la place de celui-ci.";
    let lignes = lignes
        .iter()
        .map(|ligne| {
            let mut vue = vue(ligne, fonds, &url, montre);
            vue.refus = ligne.motif.clone().map(|motif| (motif, suite.to_owned()));
            vue
        })
        .collect();
    ListePiecesVue { lignes }
}

/// PRO-14: what is said of a document that its reader may not open.
pub const A_PART: &str = "elle touche à la santé : seul le praticien-conseil la lit";

/// A document shown in the page; none for who may not read it.
pub fn apercu(p: &Piece) -> Option<ApercuVue> {
    let contenu = p.contenu.as_ref()?;
    Some(ApercuVue {
        nom: contenu.nom.clone(),
        detail: format!("{}, {}", contenu.nom, detail(p, None)),
        url: format!("/pieces/{}", p.id),
        image: contenu.media != "application/pdf",
    })
}

fn document(p: &Piece, url: String, montre: bool, decidee: Option<NaiveDateTime>) -> DocumentVue {
    DocumentVue {
        nom: match &p.contenu {
            Some(contenu) => contenu.nom.clone(),
            None => "Document de santé".to_owned(),
        },
        detail: detail(p, decidee),
        url: p.contenu.is_some().then_some(url),
        montre,
    }
}

/// What it is, when it came, what was said of it.
fn detail(p: &Piece, decidee: Option<NaiveDateTime>) -> String {
    let recu = format!("reçu le {}", texte::datetime_fr(p.deposee_le));
    let mut detail = match &p.contenu {
        Some(c) => format!(
            "{}, {}, {recu}",
            media(&c.media),
            texte::taille(c.taille.unsigned_abs())
        ),
        None => recu,
    };
    if p.sante {
        detail.push_str(", lu par le praticien-conseil seul");
    }
    if let Some(le) = decidee.filter(|le| p.deposee_le > *le) {
        detail.push_str(&format!(
            ", ajoutée après la décision du {}",
            texte::date_fr(jour_a_paris(le))
        ));
    }
    if let (true, Some(le), Some(conclusion)) = (p.sante, p.examinee_le, &p.motif) {
        detail.push_str(&format!(
            ", conclusion du praticien-conseil le {} : « {conclusion} »",
            texte::date_fr(jour_a_paris(le))
        ));
    } else if let Some(le) = p.examinee_le {
        detail.push_str(&format!(
            ", {} le {}",
            match p.etat {
                EtatPiece::Refusee => "refusé",
                _ => "accepté",
            },
            texte::date_fr(jour_a_paris(le))
        ));
    }
    let motif = p.motif.as_ref().filter(|_| !p.sante);
    if let Some(motif) = motif.filter(|_| p.remplacee_par.is_some()) {
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
