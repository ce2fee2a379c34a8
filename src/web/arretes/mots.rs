//! The words of an arrêté and of what it changes.

use chrono::NaiveDate;
use regles::arrete::{EtatArrete, Genre};
use regles::demande::EtatDemande;
use regles::grand_livre::EtatPlace;
use regles::texte;
use regles::zonage::Categorie;

use super::arrete::{Lu, total};
use super::{pastille, titre};
use crate::actions::import::deplace;
use crate::db::arrete_deplacement::Deplacements;
use crate::db::arrete_effet::Touche;
use crate::web::ui::{Bandeau, Message};

/// What stands above the counts.
pub(super) fn titre_comptes(etat: EtatArrete) -> &'static str {
    match etat {
        EtatArrete::AVenir => "Ce que l’arrêté changera pour les dossiers ouverts",
        _ => "Ce que l’arrêté a changé pour les dossiers encore ouverts",
    }
}

/// The status line of an arrêté.
pub(super) fn bandeau(lu: &Lu, etat: EtatArrete, jour: NaiveDate, une_caisse: bool) -> Bandeau {
    let a = &lu.arrete;
    let t = total(lu);
    let de = if une_caisse { " de la caisse" } else { "" };
    let touches = format!(
        "{} et {}{de}",
        texte::pluriel(t.places, "place ouverte", "places ouvertes"),
        texte::pluriel(t.demandes, "demande à décider", "demandes à décider"),
    );
    let verbe = |futur: &'static str, passe: &'static str| {
        if etat == EtatArrete::AVenir {
            futur
        } else {
            passe
        }
    };
    let suite = match t.places + t.demandes {
        0 => format!(
            "aucun dossier ouvert{de} ne {}",
            verbe("changera de catégorie", "change de catégorie")
        ),
        1 => format!(
            "{touches} {}",
            verbe("changera de catégorie", "a changé de catégorie")
        ),
        _ => format!(
            "{touches} {}",
            verbe("changeront de catégorie", "ont changé de catégorie")
        ),
    };
    let phrase = match etat {
        EtatArrete::AVenir => format!(
            "Prend effet le {} ({}) : {suite}.",
            texte::date_fr(a.date_effet),
            texte::dans((a.date_effet - jour).num_days())
        ),
        EtatArrete::EnVigueur | EtatArrete::Echu => {
            format!(
                "S’applique depuis le {} : {suite}.",
                texte::date_fr(a.date_effet)
            )
        }
        EtatArrete::Remplace => match a.date_fin {
            Some(fin) => format!(
                "S’est appliqué du {} au {} exclu.",
                texte::date_fr(a.date_effet),
                texte::date_fr(fin)
            ),
            None => "Ne s’applique plus.".to_owned(),
        },
    };
    Bandeau::new(pastille(etat), phrase)
}

/// What has to be known before reading the list.
pub(super) fn message(lu: &Lu, etat: EtatArrete, terme: Option<NaiveDate>) -> Option<Message> {
    match (etat, terme) {
        (EtatArrete::Echu, Some(terme)) => Some(Message::attention(format!(
            "Cet arrêté a dépassé sa durée de validité le {}. Il s’applique jusqu’à son remplacement (règle de gestion nationale).",
            texte::date_fr(terme)
        ))),
        (EtatArrete::AVenir, _) => Some(Message::information(
            "Une demande est jugée sur le zonage du jour de la décision (règle de gestion nationale) : celles qui seront décidées \
             avant cette date restent jugées sur l’arrêté actuel.",
        )),
        _ if lu.precedent.is_none() => Some(Message::information(
            "Aucun arrêté antérieur de la région n’est enregistré : il n’y a rien à quoi comparer celui-ci.",
        )),
        _ => None,
    }
}

/// What is known of the act itself.
pub(super) fn faits(lu: &Lu, terme: Option<NaiveDate>) -> Vec<(&'static str, String)> {
    let a = &lu.arrete;
    let date = |d: Option<NaiveDate>| d.map_or_else(|| "non connue".to_owned(), texte::date_fr);
    let mut faits = vec![
        (
            "Numéro",
            a.reference
                .clone()
                .unwrap_or_else(|| "non connu".to_owned()),
        ),
        ("Signature", date(a.date_signature)),
        ("Publication", date(a.date_publication)),
        ("Entrée en vigueur", texte::date_fr(a.date_effet)),
        ("Fin de validité", date(terme)),
        ("Régime", a.regime.replace("avenant", "avenant ")),
    ];
    if let Some(fin) = a.date_fin {
        faits.push(("Remplacé le", texte::date_fr(fin)));
    }
    if let Some(p) = &lu.precedent {
        faits.push((
            "Remplace",
            format!("{} du {}", titre(p), texte::date_fr(p.date_effet)),
        ));
    }
    faits.push((
        "Écart à la méthode nationale",
        deplacements(lu.deplacements.as_ref()).join(" ; "),
    ));
    faits.push(("Importé le", texte::datetime_fr(a.importe_le)));
    faits
}

/// ZON-7: what the ARS moved, one sentence a category; that nothing moved, or that the file did not say.
pub(super) fn deplacements(lus: Option<&Deplacements>) -> Vec<String> {
    match lus {
        None => vec![
            "non connu : le fichier importé ne donne pas les catégories de la méthode nationale"
                .to_owned(),
        ],
        Some(d) if d.vers.is_empty() => {
            vec!["aucun : les catégories retenues sont celles de la méthode nationale".to_owned()]
        }
        Some(d) => d.vers.iter().map(|v| deplace(v, d.population)).collect(),
    }
}

/// «Place du départ 12», «Demande 131-2026-000042».
pub(super) fn objet(t: &Touche) -> String {
    match t.genre {
        Genre::Place => format!("Place du départ {}", t.reference),
        Genre::Demande => format!("Demande {}", t.reference),
    }
}

/// «Martigues, zone de Martigues (BV13056)».
pub(super) fn lieu(t: &Touche) -> String {
    format!(
        "{}, zone {} ({})",
        t.commune,
        texte::de(&t.bassin_nom),
        t.bassin
    )
}

/// Where the object stands, in French.
pub(super) fn etat_objet(t: &Touche) -> &'static str {
    match t.genre {
        Genre::Place => t.etat.parse::<EtatPlace>().map_or("", EtatPlace::libelle),
        Genre::Demande => t
            .etat
            .parse::<EtatDemande>()
            .map_or("", EtatDemande::libelle),
    }
}

/// A category, or that there is none.
pub(super) fn categorie(c: Option<Categorie>) -> &'static str {
    c.map_or("non classée", Categorie::libelle)
}
