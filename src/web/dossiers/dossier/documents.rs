//! The documents of a file: received, asked for, and what the case calls for.

use chrono::NaiveDate;
use regles::texte;

use super::Lecture;
use crate::clock::jour_a_paris;
use crate::db::piece::{EtatPiece, Piece, PieceDemandee};
use crate::web::liste_pieces::{self, Fonds};
use crate::web::ui::{Etat, FichierVue, ListePiecesVue, Pastille};

/// A document received.
pub fn fichier(p: &Piece) -> FichierVue {
    let ton = match p.etat {
        EtatPiece::Recue => Etat::AFaire,
        EtatPiece::Acceptee => Etat::Fait,
        EtatPiece::Refusee => Etat::Retard,
    };
    let mut mention = format!("déposée le {}", texte::date_fr(jour_a_paris(p.deposee_le)));
    if let Some(motif) = p.motif.as_ref().filter(|_| !p.sante) {
        mention.push_str(&format!(" ; refusée : {motif}"));
    }
    let vue = FichierVue::new(p.nature.libelle(), Pastille::new(ton, p.etat.libelle()));
    match &p.contenu {
        Some(c) => vue
            .recu(
                c.nom.clone(),
                c.taille.unsigned_abs(),
                liste_pieces::media(&c.media),
                format!("/pieces/{}", p.id),
            )
            .mention(mention),
        None => vue.mention(format!("{mention} ; {}", liste_pieces::A_PART)),
    }
}

/// What the case calls for and why, and where each document stands.
pub fn pieces(lecture: &Lecture, examen: bool) -> ListePiecesVue {
    let d = &lecture.dossier.demande;
    let url = |id| match examen {
        true => format!("/dossiers/{}/pieces?piece={id}#apercu", d.numero),
        false => format!("/pieces/{id}"),
    };
    let fonds = Fonds {
        pieces: &lecture.pieces,
        decidee: lecture.decision.as_ref().and_then(|(d, _, _)| d.decidee_le),
    };
    liste_pieces::pour_la_caisse(&lecture.lignes, fonds, url, None)
}

/// A document that was asked for.
pub fn demandee(p: &PieceDemandee, jour: NaiveDate) -> FichierVue {
    let pastille = match p.recue_le {
        Some(le) => Pastille::new(
            Etat::Fait,
            format!("Reçue le {}", texte::date_fr(jour_a_paris(le))),
        ),
        None if p.limite < jour => Pastille::new(Etat::Retard, "Non reçue à temps"),
        None => Pastille::new(Etat::AFaire, "Attendue"),
    };
    let mut mention = format!(
        "Demandée le {}, à fournir au plus tard le {} (inclus)",
        texte::date_fr(jour_a_paris(p.demandee_le)),
        texte::date_longue(p.limite)
    );
    if let Some(precision) = &p.precision {
        mention = format!("{} {mention}.", phrase(precision));
    }
    FichierVue::new(p.nature.libelle(), pastille).mention(mention)
}

/// What an agent wrote, ended as a sentence.
fn phrase(texte: &str) -> String {
    let texte = texte.trim();
    if texte.ends_with(['.', '!', '?', '…']) {
        texte.to_owned()
    } else {
        format!("{texte}.")
    }
}
