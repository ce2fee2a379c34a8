//! The columns of the queue: what each says of a request, on the screen and in its files.

use chrono::NaiveDate;
use regles::texte;

use super::super::{mots, objet};
use crate::clock::jour_a_paris;
use crate::db::autour::{self, Autour};
use crate::db::file::{self, Filtre, LigneFile};
use crate::db::{AnyConn, DbResult};
use crate::web::kit::liste::{Colonne, Ecran, Liste, Partie, Valeur};
use crate::web::kit::tableau::{Montre, Personne};
use crate::web::ui::EcheanceVue;

/// A request of the queue, with what hangs on it, seen on a day.
#[derive(Debug, Clone)]
pub struct EnFile {
    /// The request.
    pub demande: LigneFile,
    /// What hangs on it.
    pub autour: Autour,
    /// Today.
    pub aujourd_hui: NaiveDate,
}

/// The requests of a CPAM (none: of every CPAM) with what hangs on them, the most urgent first.
pub fn lire(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    filtre: &Filtre,
    aujourd_hui: NaiveDate,
) -> DbResult<Vec<EnFile>> {
    let demandes = file::demandes(conn, caisse, filtre)?;
    let mut autour = autour::de(conn, demandes.iter().map(|l| l.id).collect())?;
    Ok(demandes
        .into_iter()
        .map(|demande| EnFile {
            autour: autour.remove(&demande.id).unwrap_or_default(),
            demande,
            aujourd_hui,
        })
        .collect())
}

/// What is shown to who has chosen nothing.
pub const DEFAUT: &str = "raison,etat,echeance,suivi";

/// The queue.
pub static LISTE: Liste<EnFile> = Liste {
    titre: "Dossiers",
    legende: "Dossiers, du plus urgent au moins urgent",
    fichier: "dossiers",
    unites: ("dossier montré", "dossiers montrés"),
    tete: &[("Dossier", numero), ("Personne", personne)],
    identite: IDENTITE,
    colonnes: COLONNES,
    max: 4,
    cle: |l| (l.demande.prochaine_echeance, l.demande.id),
    nommer: |l| format!("le dossier {}", l.demande.numero),
};

const IDENTITE: &[Partie<EnFile>] = &[
    Partie::new("Dossier", |l| Valeur::texte(&l.demande.numero)),
    Partie::new("Caisse", |l| Valeur::texte(&l.demande.caisse_code)),
    Partie::new("Prénom", |l| Valeur::texte(&l.demande.prenom)),
    Partie::new("Nom", |l| Valeur::texte(&l.demande.nom)),
];

const COLONNES: &[Colonne<EnFile>] = &[
    Colonne::new("raison", "Pourquoi ici", |l| {
        Valeur::Phrase(mots::raison(&l.demande, attente(l), l.aujourd_hui))
    }),
    Colonne::new("etat", "État", |l| {
        Valeur::Pastille(mots::pastille(l.demande.etat))
    }),
    Colonne::new("echeance", "Échéance", |l: &EnFile| {
        let fin = l.demande.prochaine_echeance;
        Valeur::Echeance(EcheanceVue::new(quoi(l), fin, fin, l.aujourd_hui))
    })
    .avec(&QUOI),
    Colonne::new("suivi", "Suivi par", |l| match &l.demande.assigne {
        Some((prenom, nom)) => Valeur::Texte(format!("{prenom} {nom}")),
        None => Valeur::Rien("personne"),
    }),
    Colonne::new("depot", "Déposée le", |l| {
        Valeur::Jour(jour_a_paris(l.demande.deposee_le))
    }),
    Colonne::new("nature", "Nature", |l: &EnFile| {
        Valeur::texte(l.demande.nature.libelle())
    })
    .avec(&FAMILLE),
    Colonne::new("commune", "Commune", |l: &EnFile| {
        Valeur::texte(&l.demande.commune)
    })
    .avec(&INSEE),
    Colonne::new("zone", "Zone", |l: &EnFile| {
        Valeur::texte(&l.demande.bassin)
    })
    .avec(&ZONE)
    .montree(Montre::avec_code),
    Colonne::new("rpps", "RPPS", |l| Valeur::texte(&l.demande.rpps)),
    Colonne::new("etiquettes", "Étiquettes", |l| {
        if l.autour.etiquettes.is_empty() {
            Valeur::Rien("aucune")
        } else {
            Valeur::Etiquettes(l.autour.etiquettes.clone())
        }
    }),
];

static QUOI: [Partie<EnFile>; 1] = [Partie::new("Nature de l’échéance", |l| {
    Valeur::texte(quoi(l))
})];
static FAMILLE: [Partie<EnFile>; 1] = [Partie::new("Famille de dérogation", |l| {
    match &l.demande.derogation_famille {
        Some(famille) => Valeur::texte(famille),
        None => Valeur::Rien(""),
    }
})];
static INSEE: [Partie<EnFile>; 1] = [Partie::new("Code INSEE", |l| {
    Valeur::texte(&l.demande.insee)
})];
static ZONE: [Partie<EnFile>; 2] = [
    Partie::new("Code de la zone", |l| Valeur::texte(&l.demande.bassin_code)),
    Partie::new("Catégorie au dépôt", |l| {
        Valeur::texte(l.demande.categorie_depot.libelle())
    }),
];

fn quoi(l: &EnFile) -> &'static str {
    mots::nature_echeance(&l.demande.echeance_nature)
}

fn attente(l: &EnFile) -> mots::Attente {
    mots::Attente {
        demandees: l.autour.demandees,
        recues: l.autour.recues,
    }
}

/// A page of the file, which keeps the list by which it is opened.
fn adresse(l: &EnFile, verbe: &str, ecran: &Ecran<'_>) -> String {
    let page = objet::adresse(&l.demande.numero, verbe);
    match ecran.provenance {
        Some(liste) => format!("{page}?{liste}&rang={}", l.demande.prochaine_echeance),
        None => page,
    }
}

fn numero(l: &EnFile, ecran: &Ecran<'_>) -> Montre {
    Montre::Numero(l.demande.numero.clone(), adresse(l, "", ecran))
}

fn personne(l: &EnFile, ecran: &Ecran<'_>) -> Montre {
    let d = &l.demande;
    let lieu = if d.commune == d.bassin {
        d.commune.clone()
    } else {
        format!("{}, zone {}", d.commune, texte::de(&d.bassin))
    };
    let mention = match l.autour.non_lus {
        0 => None,
        1 => Some("Un message non lu".to_owned()),
        n => Some(format!("{n}\u{a0}messages non lus")),
    };
    Montre::Personne(Personne {
        nom: format!("{} {}", d.prenom, d.nom),
        url: None,
        precision: Some(format!("{}, {lieu}", d.nature)),
        non_lus: mention.map(|m| (m, adresse(l, "messages", ecran))),
        etiquettes: if ecran.montre("etiquettes") {
            Vec::new()
        } else {
            l.autour.etiquettes.clone()
        },
    })
}
