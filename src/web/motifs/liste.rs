//! `GET /motifs`: the grounds by family, with where each one stands, and the proposals to examine.

use askama::Template;
use chrono::NaiveDate;
use regles::derogation::{ActeMotif, EtatMotif, Motif, famille};
use regles::droits::ADMINISTRATION;
use regles::texte;

use super::super::visite::{Reponse, Visite};
use crate::actions::{ActionError, motif};
use crate::db::motif::{self as stockes, MotifStocke};
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Etat, Pastille};

/// A ground in the list.
struct Ligne {
    code: String,
    libelle: String,
    pieces: String,
    source: String,
    periode: String,
    etat: Pastille,
    fermer: Option<String>,
}

/// A family with its grounds.
struct Famille {
    code: &'static str,
    nom: &'static str,
    lignes: Vec<Ligne>,
}

/// A proposal to examine.
struct Proposition {
    phrase: String,
    url: String,
}

#[derive(Template)]
#[template(path = "motifs/liste.html")]
struct ListePage {
    page: Page,
    propositions: Vec<Proposition>,
    familles: Vec<Famille>,
}

/// `GET /motifs`
pub async fn liste(visite: Visite) -> Reponse {
    let (motifs, proposes) = visite
        .read(|conn| {
            Ok::<_, ActionError>((
                motif::tous(conn)?,
                stockes::en_etat(conn, EtatMotif::Propose)?,
            ))
        })
        .await?;
    let jour = visite.aujourd_hui();
    let administre = ADMINISTRATION.permet(Some(visite.qui()?.role));
    let mut page = visite
        .page("Motifs de dérogation")
        .chapeau(
            "Ce qu’une demande de dérogation peut invoquer. Un motif s’ajoute ou prend fin à une date ; rien n’est effacé.",
        )
        .rubrique("/motifs")
        .largeur(Largeur::Pleine);
    if administre {
        page = page.action("Proposer un motif", "/motifs/nouveau");
    }
    let familles = ["A", "B", "C"]
        .into_iter()
        .map(|code| Famille {
            code,
            nom: famille(code),
            lignes: motifs
                .iter()
                .filter(|m| m.famille == code)
                .map(|m| ligne(m, jour, administre, &proposes))
                .collect(),
        })
        .collect();
    visite.rendre(&ListePage {
        page,
        propositions: proposes.iter().map(proposition).collect(),
        familles,
    })
}

fn ligne(m: &Motif, jour: NaiveDate, administre: bool, proposes: &[MotifStocke]) -> Ligne {
    let (ton, mot) = if jour < m.du {
        (Etat::EnCours, "À venir")
    } else if m.en_vigueur(jour) {
        (Etat::Fait, "En vigueur")
    } else {
        (Etat::Neutre, "Clos")
    };
    let fin_proposee = proposes
        .iter()
        .any(|p| p.code == m.code && p.acte == ActeMotif::Fin);
    Ligne {
        code: m.code.clone(),
        libelle: m.libelle.clone(),
        pieces: m.pieces.clone(),
        source: format!("{} ({})", m.source, m.statut.libelle()),
        periode: texte::periode(m.du, m.au, jour),
        etat: Pastille::new(ton, mot),
        fermer: (administre && m.au.is_none() && !fin_proposee)
            .then(|| format!("/motifs/{}/fermer", m.code)),
    }
}

fn proposition(p: &MotifStocke) -> Proposition {
    Proposition {
        phrase: match p.acte {
            ActeMotif::Ajout => format!(
                "Ajouter {} à partir du {} : {}",
                p.code,
                texte::date_fr(p.le),
                p.libelle
            ),
            ActeMotif::Fin => {
                format!("Mettre fin à {} après le {}", p.code, texte::date_fr(p.le))
            }
        },
        url: format!("/motifs/propositions/{}", p.id),
    }
}
