//! The lines of the queue, or the sentence when there is none.

use std::collections::HashMap;

use chrono::NaiveDate;
use regles::droits::INSTRUCTION;
use regles::texte;

use super::super::mots::{self, Attente};
use super::Adresse;
use crate::clock::jour_a_paris;
use crate::db::autour::Autour;
use crate::db::file::LigneFile;
use crate::web::page::Page;
use crate::web::provenance;
use crate::web::ui::{ColonneQueue, EcheanceVue, LigneQueue, QueueVue, Suite, Vide};
use crate::web::visite::Visite;

/// The list with its way to the next page, or why it is empty.
pub fn queue(
    visite: &Visite,
    page: &Page,
    adresse: &Adresse,
    mut lignes: Vec<LigneFile>,
    mut autour: HashMap<i64, Autour>,
) -> (Option<QueueVue>, Option<Vide>) {
    let montrees = usize::try_from(adresse.lignes()).unwrap_or(25);
    let suite = lignes.len() > montrees;
    lignes.truncate(montrees);
    let Some(derniere) = lignes.last() else {
        return (None, Some(vide(adresse)));
    };
    let suivant = suite.then(|| {
        let cle = format!("{}_{}", derniere.prochaine_echeance, derniere.id);
        adresse.avec("apres", Some(&cle))
    });
    let aujourd_hui = visite.aujourd_hui();
    let position = texte::pluriel(
        i64::try_from(lignes.len()).unwrap_or(0),
        "dossier montré",
        "dossiers montrés",
    );
    let role = visite.identite.as_ref().map(|q| q.role);
    let queue = QueueVue {
        filtres: Vec::new(),
        provenance: Some(provenance::suffixe(adresse)),
        colonnes: adresse.colonnes(),
        lignes: lignes
            .into_iter()
            .map(|l| {
                let autour = autour.remove(&l.id).unwrap_or_default();
                ligne(l, autour, aujourd_hui)
            })
            .collect(),
        actions: if INSTRUCTION.permet(role) {
            vec![
                ("prendre".to_owned(), "Prendre en charge".to_owned()),
                ("assigner".to_owned(), "Assigner…".to_owned()),
                ("etiqueter".to_owned(), "Étiqueter…".to_owned()),
            ]
        } else {
            Vec::new()
        },
        url: "/dossiers".to_owned(),
        caches: vec![("retour".to_owned(), adresse.requete())],
        csrf: page.contexte.csrf.clone(),
        suite: Suite {
            debut: adresse
                .get("apres")
                .is_some()
                .then(|| adresse.avec("apres", None)),
            suivant,
            position,
        },
    };
    (Some(queue), None)
}

fn ligne(l: LigneFile, autour: Autour, aujourd_hui: NaiveDate) -> LigneQueue {
    let attente = Attente {
        demandees: autour.demandees,
        recues: autour.recues,
    };
    let raison = mots::raison(&l, attente, aujourd_hui);
    let textes = vec![
        (
            ColonneQueue::Depot,
            texte::date_courte(jour_a_paris(l.deposee_le)),
        ),
        (ColonneQueue::Nature, l.nature.libelle().to_owned()),
        (ColonneQueue::Commune, l.commune.clone()),
        (
            ColonneQueue::Zone,
            format!("{} ({})", l.bassin, l.bassin_code),
        ),
        (ColonneQueue::Rpps, l.rpps.clone()),
    ];
    let lieu = if l.commune == l.bassin {
        l.commune
    } else {
        format!("{}, zone {}", l.commune, texte::de(&l.bassin))
    };
    LigneQueue {
        id: l.id,
        rang: l.prochaine_echeance,
        url: super::super::objet::adresse(&l.numero, ""),
        numero: l.numero,
        nom: format!("{} {}", l.prenom, l.nom),
        nature: format!("{}, {lieu}", l.nature),
        raison,
        etat: mots::pastille(l.etat),
        echeance: Some(EcheanceVue::new(
            mots::nature_echeance(&l.echeance_nature),
            l.prochaine_echeance,
            l.prochaine_echeance,
            aujourd_hui,
        )),
        suivi: l.assigne.map(|(prenom, nom)| format!("{prenom} {nom}")),
        etiquettes: autour.etiquettes,
        non_lus: autour.non_lus,
        textes,
    }
}

fn vide(adresse: &Adresse) -> Vide {
    if adresse.get("apres").is_some() {
        Vide::new(
            "Il n’y a plus rien ensuite",
            "Vous avez vu tous les dossiers de cette liste.",
        )
        .action("Revenir au début", adresse.avec("apres", None))
    } else if adresse.filtree_hors(&[]) {
        Vide::new(
            "Aucun dossier ne répond à ces filtres",
            "Rien n’est en attente ici. Retirez un filtre pour élargir la liste, ou voyez tous les dossiers ouverts.",
        )
        .action("Voir tous les dossiers ouverts", super::filtres::sans_filtre(adresse))
    } else {
        Vide::new(
            "Aucun dossier ouvert",
            "Toutes les demandes de votre caisse sont closes. Les nouvelles arrivent ici dès leur dépôt.",
        )
        .action("Voir les départs à confirmer", "/departs")
    }
}
