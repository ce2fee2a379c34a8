//! The columns of the queue: what each says of a case, on the screen and in its files. Each nature has its choice of
//! them; what several show is declared once.

use chrono::NaiveDate;
use regles::dossier::NatureDossier;
use regles::texte;

use super::super::{mots as mots_de_demande, objet};
use super::mots;
use crate::clock::jour_a_paris;
use crate::db::autour::{self, Autour};
use crate::db::file::{self, Filtre, LigneFile, Propre, Tri};
use crate::db::{AnyConn, DbResult};
use crate::web::kit::liste::{Cle, Colonne, Ecran, Liste, Partie, Tete, Valeur};
use crate::web::kit::tableau::{Montre, Personne};
use crate::web::ui::EcheanceVue;

/// A case of the queue, with what hangs on it, seen on a day.
#[derive(Debug, Clone)]
pub struct EnFile {
    /// The case.
    pub dossier: LigneFile,
    /// What hangs on it.
    pub autour: Autour,
    /// The order in which it was read.
    pub tri: Tri,
    /// Today.
    pub aujourd_hui: NaiveDate,
}

/// The cases of a CPAM (none: of every CPAM) with what hangs on them, the most urgent first.
pub fn lire(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    filtre: &Filtre,
    aujourd_hui: NaiveDate,
) -> DbResult<Vec<EnFile>> {
    let dossiers = file::dossiers(conn, caisse, filtre)?;
    let mut autour = autour::de(conn, dossiers.iter().map(|l| l.id).collect())?;
    Ok(dossiers
        .into_iter()
        .map(|dossier| EnFile {
            autour: autour.remove(&dossier.id).unwrap_or_default(),
            dossier,
            tri: filtre.tri,
            aujourd_hui,
        })
        .collect())
}

/// The list of a nature, or of all of them.
pub fn liste(nature: Option<NatureDossier>) -> &'static Liste<EnFile> {
    match nature {
        None => &TOUTES,
        Some(NatureDossier::Demande) => &DEMANDES,
        Some(NatureDossier::Depart) => &DEPARTS,
        Some(NatureDossier::Appel) => &APPELS,
        Some(NatureDossier::Recours) => &RECOURS,
    }
}

/// What is shown to who has chosen nothing.
pub fn defaut(nature: Option<NatureDossier>) -> &'static str {
    match nature {
        None | Some(NatureDossier::Demande) => "etat,raison,echeance,depot",
        Some(NatureDossier::Depart) => "etat,raison,cessation,echeance,depot",
        Some(NatureDossier::Appel | NatureDossier::Recours) => "etat,raison,echeance,depot",
    }
}

const UNITES: (&str, &str) = ("dossier montré", "dossiers montrés");
const TETE: &[Tete<EnFile>] = &[("Dossier", numero), ("Personne", personne)];

fn place(l: &EnFile) -> Cle {
    (l.tri.rang(&l.dossier), l.dossier.id)
}

fn nom(l: &EnFile) -> String {
    format!("le dossier {}", l.dossier.numero)
}

const fn celle_de(
    titre: &'static str,
    legende: &'static str,
    fichier: &'static str,
    colonnes: &'static [Colonne<EnFile>],
    max: usize,
) -> Liste<EnFile> {
    Liste {
        titre,
        legende,
        fichier,
        unites: UNITES,
        tete: TETE,
        identite: IDENTITE,
        colonnes,
        max,
        cle: place,
        nommer: nom,
    }
}

/// Every nature.
static TOUTES: Liste<EnFile> = celle_de(
    "Dossiers",
    "Dossiers, avec ce qui est à faire et l’échéance de chacun",
    "dossiers",
    &[
        RAISON, ETAT, ECHEANCE, SUIVI, DEPOT, NATURE, COMMUNE, ZONE, RPPS, ETIQUETTES,
    ],
    4,
);

/// The requests.
static DEMANDES: Liste<EnFile> = celle_de(
    "Demandes",
    "Demandes, avec ce qui est à faire et l’échéance de chacune",
    "demandes",
    &[
        RAISON,
        ETAT,
        ECHEANCE,
        SUIVI,
        DEPOT_DEMANDE,
        COMPLETE,
        NATURE,
        COMMUNE,
        ZONE,
        RPPS,
        ETIQUETTES,
    ],
    4,
);

/// The departures.
static DEPARTS: Liste<EnFile> = celle_de(
    "Départs",
    "Départs, avec ce qui est à faire et l’échéance de chacun",
    "departs",
    &[
        RAISON, ETAT, CESSATION, ACTES, ECHEANCE, SUIVI, DEPOT, CATEGORIE, COMMUNE, ZONE, RPPS,
        ETIQUETTES,
    ],
    5,
);

/// The calls for candidates.
static APPELS: Liste<EnFile> = celle_de(
    "Appels à candidatures",
    "Appels à candidatures, avec ce qui est à faire et l’échéance de chacun",
    "appels",
    &[
        RAISON, ETAT, ECHEANCE, SUIVI, DEPOT, COMMUNE, ZONE, ETIQUETTES,
    ],
    4,
);

/// The appeals.
static RECOURS: Liste<EnFile> = celle_de(
    "Recours",
    "Recours, avec ce qui est à faire et l’échéance de chacun",
    "recours",
    &[
        RAISON, ETAT, CONTESTEE, ECHEANCE, SUIVI, DEPOT, COMMUNE, ZONE, RPPS, ETIQUETTES,
    ],
    4,
);

const CONTESTEE: Colonne<EnFile> = Colonne::new("contestee", "Contre", |l: &EnFile| {
    match &l.dossier.propre {
        Propre::Recours(r) => Valeur::texte(r.contestee.libelle()),
        Propre::Demande(_) | Propre::Depart(_) | Propre::Appel(_) => Valeur::Rien(""),
    }
});

const IDENTITE: &[Partie<EnFile>] = &[
    Partie::new("Dossier", |l| Valeur::texte(&l.dossier.numero)),
    Partie::new("Caisse", |l| Valeur::texte(&l.dossier.caisse_code)),
    Partie::new("Prénom", |l| match &l.dossier.personne {
        Some(p) => Valeur::texte(&p.prenom),
        None => Valeur::Rien(""),
    }),
    Partie::new("Nom", |l| match &l.dossier.personne {
        Some(p) => Valeur::texte(&p.nom),
        None => Valeur::Rien(""),
    }),
];

const RAISON: Colonne<EnFile> = Colonne::new("raison", "Pourquoi ici", |l: &EnFile| {
    Valeur::Phrase(mots::raison(&l.dossier, &l.autour, l.aujourd_hui))
})
.avec(&QUI)
.montree(raison_et_acteur);
const ETAT: Colonne<EnFile> = Colonne::new("etat", "État", |l: &EnFile| {
    Valeur::Pastille(mots::pastille(&l.dossier, l.aujourd_hui))
});
const ECHEANCE: Colonne<EnFile> = Colonne::new("echeance", "Échéance", |l: &EnFile| {
    if mots::sans_echeance(&l.dossier, l.aujourd_hui) {
        return Valeur::Rien("aucune");
    }
    let fin = l.dossier.prochaine_echeance;
    Valeur::Echeance(EcheanceVue::new(quoi(l), fin, fin, l.aujourd_hui))
})
.avec(&QUOI);
const SUIVI: Colonne<EnFile> = Colonne::new("suivi", "Suivi par", |l: &EnFile| {
    match &l.dossier.assigne {
        Some((prenom, nom)) => Valeur::Texte(format!("{prenom} {nom}")),
        None => Valeur::Rien("personne"),
    }
});
const DEPOT: Colonne<EnFile> = Colonne::new("depot", "Ouvert le", |l: &EnFile| {
    Valeur::Jour(jour_a_paris(l.dossier.deposee_le))
});
const DEPOT_DEMANDE: Colonne<EnFile> = Colonne::new("depot", "Déposée le", |l: &EnFile| {
    Valeur::Jour(jour_a_paris(l.dossier.deposee_le))
});
const COMPLETE: Colonne<EnFile> = Colonne::new("complete", "Complète le", |l: &EnFile| {
    match &l.dossier.propre {
        Propre::Demande(d) => d
            .complete_le
            .map_or(Valeur::Rien("pas encore"), Valeur::Jour),
        Propre::Depart(_) | Propre::Appel(_) | Propre::Recours(_) => Valeur::Rien(""),
    }
});
const NATURE: Colonne<EnFile> = Colonne::new("nature", "Nature", |l: &EnFile| {
    Valeur::texte(mots::nature(&l.dossier))
})
.avec(&FAMILLE);
const COMMUNE: Colonne<EnFile> = Colonne::new("commune", "Commune", |l: &EnFile| {
    Valeur::texte(&l.dossier.commune)
})
.avec(&INSEE);
const ZONE: Colonne<EnFile> = Colonne::new("zone", "Zone", |l: &EnFile| {
    Valeur::texte(&l.dossier.bassin)
})
.avec(&CODE)
.montree(Montre::avec_code);
const CATEGORIE: Colonne<EnFile> = Colonne::new("categorie", "Catégorie", categorie);
const CESSATION: Colonne<EnFile> = Colonne::new("cessation", "Cessation", |l: &EnFile| {
    match &l.dossier.propre {
        Propre::Depart(d) => Valeur::Jour(d.date_cessation),
        Propre::Demande(_) | Propre::Appel(_) | Propre::Recours(_) => Valeur::Rien(""),
    }
});
const ACTES: Colonne<EnFile> = Colonne::new("actes", "Actes des 12 mois", |l: &EnFile| {
    match &l.dossier.propre {
        Propre::Depart(d) => match d.actes_12_mois {
            Some(actes) => Valeur::Nombre(actes),
            None => Valeur::Rien("à préciser"),
        },
        Propre::Demande(_) | Propre::Appel(_) | Propre::Recours(_) => Valeur::Rien(""),
    }
});
const RPPS: Colonne<EnFile> =
    Colonne::new("rpps", "RPPS", |l: &EnFile| match &l.dossier.personne {
        Some(p) => Valeur::texte(&p.rpps),
        None => Valeur::Rien(""),
    });
const ETIQUETTES: Colonne<EnFile> = Colonne::new("etiquettes", "Étiquettes", |l: &EnFile| {
    if l.autour.etiquettes.is_empty() {
        Valeur::Rien("aucune")
    } else {
        Valeur::Etiquettes(l.autour.etiquettes.clone())
    }
});

static QUI: [Partie<EnFile>; 1] = [Partie::new("Qui doit agir", |l| {
    match mots::acteur(&l.dossier, &l.autour, l.aujourd_hui) {
        Some(acteur) => Valeur::Texte(acteur),
        None => Valeur::Rien("personne"),
    }
})];
static QUOI: [Partie<EnFile>; 1] = [Partie::new("Nature de l’échéance", |l| {
    Valeur::texte(quoi(l))
})];
static FAMILLE: [Partie<EnFile>; 1] = [Partie::new("Famille de dérogation", |l| {
    match &l.dossier.propre {
        Propre::Demande(d) => d
            .derogation_famille
            .as_ref()
            .map_or(Valeur::Rien(""), Valeur::texte),
        Propre::Depart(_) | Propre::Appel(_) | Propre::Recours(_) => Valeur::Rien(""),
    }
})];
static INSEE: [Partie<EnFile>; 1] = [Partie::new("Code INSEE", |l| {
    Valeur::texte(&l.dossier.insee)
})];
static CODE: [Partie<EnFile>; 2] = [
    Partie::new("Code de la zone", |l| Valeur::texte(&l.dossier.bassin_code)),
    Partie::new("Catégorie à l’ouverture", categorie),
];

fn categorie(l: &EnFile) -> Valeur {
    match l.dossier.categorie() {
        Some(categorie) => Valeur::texte(categorie.libelle()),
        None => Valeur::Rien(""),
    }
}

/// Why a case is here, then who has to act, if anybody.
fn raison_et_acteur(parties: &[Valeur]) -> Montre {
    match parties {
        [raison, acteur] if !matches!(acteur, Valeur::Rien(_)) => Montre::Pile(
            raison.mots(),
            format!("Qui doit agir\u{a0}: {}", acteur.mots()),
        ),
        autres => Montre::premiere(autres),
    }
}

fn quoi(l: &EnFile) -> &'static str {
    mots_de_demande::nature_echeance(&l.dossier.echeance_nature)
}

/// A page of the case, which keeps the list by which it is opened.
fn adresse(l: &EnFile, page: String, ecran: &Ecran<'_>) -> String {
    match ecran.provenance {
        Some(liste) => format!("{page}?{liste}&rang={}", l.tri.rang(&l.dossier)),
        None => page,
    }
}

fn numero(l: &EnFile, ecran: &Ecran<'_>) -> Montre {
    Montre::Numero(
        l.dossier.numero.clone(),
        adresse(l, mots::adresse(&l.dossier), ecran),
    )
}

fn personne(l: &EnFile, ecran: &Ecran<'_>) -> Montre {
    let d = &l.dossier;
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
    let (nom, precision) = match &d.personne {
        Some(p) => (
            format!("{} {}", p.prenom, p.nom),
            format!("{}, {lieu}", mots::nature(d)),
        ),
        None => (mots::nature(d).to_owned(), lieu),
    };
    Montre::Personne(Personne {
        nom,
        url: None,
        precision: Some(precision),
        non_lus: mention.map(|m| (m, adresse(l, objet::adresse(&d.numero, "messages"), ecran))),
        marque: match &d.propre {
            Propre::Demande(d) if mots_de_demande::audition_a_fixer(d) => Some("Audition demandée"),
            _ => None,
        },
        etiquettes: if ecran.montre("etiquettes") {
            Vec::new()
        } else {
            l.autour.etiquettes.clone()
        },
    })
}
