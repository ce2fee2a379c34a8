//! What the specimen shows of the table of a list.

use chrono::NaiveDate;

use crate::db::file::Rang;

use super::Date;
use crate::web::kit::liste::{Colonne, Ecran, Liste, Valeur};
use crate::web::kit::tableau::{Lot, Montre, Personne, Tableau};
use crate::web::ui::{EcheanceVue, Etat, Pastille};

struct Exemple {
    id: i64,
    nom: &'static str,
    nature: &'static str,
    raison: &'static str,
    etat: Pastille,
    echeance: Option<EcheanceVue>,
    suivi: Option<&'static str>,
}

impl Exemple {
    fn numero(&self) -> String {
        format!("131-2026-{:06}", self.id)
    }

    fn personne(&self, ecran: &Ecran<'_>) -> Montre {
        let marque = self.id == 38;
        let page = format!("/dossiers/{}/messages", self.numero());
        Montre::Personne(Personne {
            nom: self.nom.to_owned(),
            url: None,
            precision: Some(self.nature.to_owned()),
            non_lus: marque.then(|| ("Un message non lu".to_owned(), page)),
            marque: marque.then_some("Audition demandée"),
            etiquettes: if marque && !ecran.montre("etiquettes") {
                vec!["Urgent".to_owned()]
            } else {
                Vec::new()
            },
        })
    }
}

static LISTE: Liste<Exemple> = Liste {
    titre: "Dossiers",
    legende: "Dossiers, du plus urgent au moins urgent",
    fichier: "dossiers",
    unites: ("dossier montré", "dossiers montrés"),
    tete: &[
        ("Dossier", |l, _| {
            Montre::Numero(l.numero(), format!("/dossiers/{}", l.numero()))
        }),
        ("Personne", Exemple::personne),
    ],
    identite: &[],
    colonnes: COLONNES,
    max: 4,
    cle: |l| (Rang::Echeance(NaiveDate::default()), l.id),
    nommer: |l| format!("le dossier {}", l.numero()),
};

const COLONNES: &[Colonne<Exemple>] = &[
    Colonne::new("raison", "Pourquoi ici", |l| {
        Valeur::Phrase(l.raison.to_owned())
    }),
    Colonne::new("etat", "État", |l| Valeur::Pastille(l.etat.clone())),
    Colonne::new("echeance", "Échéance", |l| match &l.echeance {
        Some(echeance) => Valeur::Echeance(echeance.clone()),
        None => Valeur::Rien("aucune"),
    }),
    Colonne::new("suivi", "Suivi par", |l| match l.suivi {
        Some(nom) => Valeur::texte(nom),
        None => Valeur::Rien("personne"),
    }),
];

pub(super) fn tableau(aujourd_hui: NaiveDate, jour: Date) -> Option<Tableau> {
    let echeance = |fin| EcheanceVue::new("Échéance", aujourd_hui, fin, aujourd_hui);
    let lignes = [
        Exemple {
            id: 38,
            nom: "M. André Sallé",
            nature: "Succession, Istres",
            raison: "Aucun successeur désigné dans les deux ans : la place devient caduque",
            etat: Pastille::new(Etat::Retard, "En retard"),
            echeance: Some(echeance(jour(2026, 3, 2)?)),
            suivi: Some("Paul Roux"),
        },
        Exemple {
            id: 42,
            nom: "Mme Hélène Martin",
            nature: "Succession, Martigues",
            raison: "Deux pièces reçues ce matin, à vérifier",
            etat: Pastille::new(Etat::AFaire, "À compléter"),
            echeance: Some(echeance(jour(2026, 3, 12)?)),
            suivi: Some("Paul Roux"),
        },
        Exemple {
            id: 45,
            nom: "M. Karim Benali",
            nature: "Dérogation, Aix-en-Provence",
            raison: "Avis de la commission attendu",
            etat: Pastille::new(Etat::EnCours, "En instruction"),
            echeance: Some(echeance(jour(2026, 5, 4)?)),
            suivi: None,
        },
        Exemple {
            id: 51,
            nom: "Mme Inès Costa",
            nature: "Installation libre, Barcelonnette",
            raison: "Décision proposée, à signer",
            etat: Pastille::new(Etat::EnCours, "À signer"),
            echeance: None,
            suivi: Some("Claire Vidal"),
        },
    ];
    let lot = Lot {
        url: "#".to_owned(),
        actions: vec![
            ("prendre".to_owned(), "Prendre en charge".to_owned()),
            ("reaffecter".to_owned(), "Confier à un collègue".to_owned()),
        ],
        caches: Vec::new(),
        csrf: String::new(),
    };
    let colonnes = LISTE.ecrites(None);
    let suivant = Some("#".to_owned());
    let tableau = LISTE.tableau(&lignes, &colonnes, None, (None, suivant));
    Some(tableau.lot(lot))
}
