//! The columns of the list of departures: what each says, on the screen and in its files.

use crate::clock::jour_a_paris;
use crate::db::file_departs::LigneDepart;
use crate::web::kit::liste::{Colonne, Ecran, Liste, Partie, Valeur};
use crate::web::kit::tableau::{Montre, Personne};

/// What is shown of one state to who has chosen nothing.
pub const DEFAUT: &str = "zone,cessation,actes,declaration";
/// What is shown of every state.
pub const DEFAUT_TOUS_ETATS: &str = "etat,zone,cessation,actes,declaration";

/// The list of departures.
pub static LISTE: Liste<LigneDepart> = Liste {
    titre: "Départs",
    legende: "Départs, la cessation la plus ancienne d’abord",
    fichier: "departs",
    unites: ("départ montré", "départs montrés"),
    tete: &[("Personne", personne)],
    identite: IDENTITE,
    colonnes: COLONNES,
    max: 5,
    cle: |l| (l.date_cessation, l.id),
    nommer: |l| format!("le départ de {} {}", l.prenom, l.nom),
};

const IDENTITE: &[Partie<LigneDepart>] = &[
    Partie::new("Prénom", |l| Valeur::texte(&l.prenom)),
    Partie::new("Nom", |l| Valeur::texte(&l.nom)),
];

const COLONNES: &[Colonne<LigneDepart>] = &[
    Colonne::new("etat", "État", |l| {
        Valeur::Pastille(super::pastille(l.etat))
    }),
    Colonne::new("zone", "Zone", |l: &LigneDepart| Valeur::texte(&l.commune))
        .d_abord("Commune")
        .avec(&LIEU)
        .montree(lieu),
    Colonne::new("categorie", "Catégorie", |l| {
        Valeur::texte(l.categorie.libelle())
    }),
    Colonne::new("cessation", "Cessation", |l| Valeur::Jour(l.date_cessation)),
    Colonne::new("actes", "Actes des 12 mois", |l| match l.actes_12_mois {
        Some(actes) => Valeur::Nombre(actes),
        None => Valeur::Rien("à préciser"),
    }),
    Colonne::new("declaration", "Déclarée le", |l| {
        Valeur::Jour(jour_a_paris(l.declaree_le))
    }),
    Colonne::new("rpps", "RPPS", |l| Valeur::texte(&l.rpps)),
    Colonne::new("caisse", "Caisse", |l| Valeur::texte(&l.caisse_code)),
];

static LIEU: [Partie<LigneDepart>; 3] = [
    Partie::new("Code INSEE", |l| Valeur::texte(&l.insee)),
    Partie::new("Zone", |l| Valeur::texte(&l.bassin)),
    Partie::new("Code de la zone", |l| Valeur::texte(&l.bassin_code)),
];

/// The commune, then its zone; the code alone when the zone has the name of the commune.
fn lieu(parties: &[Valeur]) -> Montre {
    match parties {
        [commune, _, bassin, code] if commune == bassin => {
            Montre::Pile(commune.mots(), code.mots())
        }
        [commune, _, bassin, code] => Montre::Pile(
            commune.mots(),
            format!("{} ({})", bassin.mots(), code.mots()),
        ),
        autres => Montre::premiere(autres),
    }
}

fn personne(l: &LigneDepart, _: &Ecran<'_>) -> Montre {
    Montre::Personne(Personne {
        nom: format!("{} {}", l.prenom, l.nom),
        url: Some(format!("/departs/{}", l.id)),
        ..Personne::default()
    })
}
