//! The preview of a zonage, in French: what it classifies, what it changes, what it replaces.

use std::fmt::Write;

use regles::arrete::Genre;
use regles::dates_fr;
use regles::texte::{nombre, pluriel};

use crate::actions::import::{ApercuZonage, pour_cent};
use crate::import::rapport::compte;

/// The preview as lines of text.
pub fn afficher(apercu: &ApercuZonage) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut out, apercu);
    out
}

fn write(out: &mut String, apercu: &ApercuZonage) -> std::fmt::Result {
    writeln!(
        out,
        "Répartition (population : {})",
        nombre(apercu.population)
    )?;
    for (categorie, share) in &apercu.repartition {
        writeln!(
            out,
            "  - {categorie} : {}, {}, {} habitants ({})",
            compte(share.bassins, "bassin"),
            compte(share.communes, "commune"),
            nombre(share.population),
            pour_cent(share.population, apercu.population)
        )?;
    }
    match &apercu.precedent {
        None => writeln!(out, "Aucun arrêté en vigueur avant celui-ci.")?,
        Some(precedent) => {
            writeln!(out, "Remplace l’arrêté {precedent}.")?;
            changes(out, apercu)?;
        }
    }
    effets(out, apercu)?;
    if let Some(suivant) = &apercu.suivant {
        let fin = dates_fr::longue(suivant.date_effet);
        writeln!(out, "Prend fin le {fin}, remplacé par l’arrêté {suivant}.")?;
    }
    Ok(())
}

fn changes(out: &mut String, apercu: &ApercuZonage) -> std::fmt::Result {
    let moved = apercu.population_deplacee();
    writeln!(
        out,
        "Changements de catégorie : {} habitants, soit {} de la population",
        nombre(moved),
        pour_cent(moved, apercu.population)
    )?;
    for ((old, new), change) in &apercu.changements {
        let old = old.map_or("non classé", |categorie| categorie.libelle());
        writeln!(
            out,
            "  - {old} → {new} : {}, {}, {} habitants",
            compte(change.bassins.len(), "bassin"),
            compte(change.communes, "commune"),
            nombre(change.population)
        )?;
    }
    Ok(())
}

/// ZON-10: what is open and changes, by CPAM.
fn effets(out: &mut String, apercu: &ApercuZonage) -> std::fmt::Result {
    if apercu.effets.is_empty() {
        return writeln!(
            out,
            "Dossiers ouverts : aucune place ni demande ne change de catégorie."
        );
    }
    writeln!(out, "Dossiers ouverts qui changent de catégorie")?;
    for e in &apercu.effets {
        let objets = match e.genre {
            Genre::Place => pluriel(e.nombre, "place", "places"),
            Genre::Demande => pluriel(e.nombre, "demande", "demandes"),
        };
        writeln!(
            out,
            "  - caisse {} : {objets} dont la zone {}",
            e.caisse,
            e.effet.libelle()
        )?;
    }
    Ok(())
}
