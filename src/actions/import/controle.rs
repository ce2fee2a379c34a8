//! What the check of a zonage says beyond its lines: the act itself, the neighbours, the national method.

use std::collections::{BTreeMap, BTreeSet};

use regles::reglement::Reglement;
use regles::zonage::Categorie;

use super::zonage::{Connu, DescriptionArrete};
use super::{Contexte, ImportError};
use crate::db::arrete;
use crate::db::arrete_deplacement::{Deplacement, Deplacements};
use crate::db::zonage::MASSEUR_KINESITHERAPEUTE;
use crate::import::rapport::{Nature, Rapport};
use crate::import::zonage::ZonageLu;

/// Refuses a region that no bassin belongs to, and dates out of order.
pub(super) fn description(description: &DescriptionArrete, connu: &Connu, rapport: &mut Rapport) {
    let region = &description.region;
    let known = connu
        .bassins
        .values()
        .any(|bassin| bassin.region_attribution == *region);
    if !known {
        let message = format!("région « {region} » inconnue (importez d’abord les communes)");
        rapport.erreur(None, message);
    }
    if let (Some(signature), Some(publication)) = (description.signature, description.publication)
        && publication < signature
    {
        rapport.erreur(None, "la date de publication précède la date de signature");
    }
}

/// What the arrêté should classify and does not, and what it classifies in another's stead (ZON-3).
pub(super) fn perimetre(
    description: &DescriptionArrete,
    lu: &ZonageLu,
    connu: &Connu,
    rapport: &mut Rapport,
) {
    let region = &description.region;
    let mut bassins: Vec<_> = connu.bassins.values().collect();
    bassins.sort_by(|a, b| a.code.cmp(&b.code));
    for bassin in bassins {
        let attributed = bassin.region_attribution == *region;
        let named = format!("{} {}", bassin.code, bassin.nom);
        match (attributed, lu.bassins.contains_key(&bassin.code)) {
            (true, false) => rapport.signaler(Nature::BassinAbsent, None, named),
            (false, true) => {
                let message = format!("{named} : région {}", bassin.region_attribution);
                rapport.signaler(Nature::AttributionDifferente, None, message);
            }
            _ => {}
        }
    }
}

/// Lines of another region's arrêté are not stored here, but they must say the same as that
/// arrêté, if it is already known: where they do not, one of the two is wrong.
pub(super) fn voisins(
    contexte: &Contexte<'_>,
    description: &DescriptionArrete,
    lu: &ZonageLu,
    rapport: &mut Rapport,
) -> Result<(), ImportError> {
    for (region, lignes) in &lu.autres {
        let stored = contexte.db.read(|conn| {
            let found =
                arrete::en_vigueur(conn, MASSEUR_KINESITHERAPEUTE, region, description.effet)?;
            match found {
                None => Ok(None),
                Some(arrete) => arrete::contenu(conn, arrete.id).map(|c| Some((arrete, c))),
            }
        })?;
        let Some((arrete, contenu)) = stored else {
            continue;
        };
        for ligne in lignes {
            let own = contenu
                .communes
                .get(&ligne.insee)
                .map(|(_, categorie)| categorie);
            let other = own.or_else(|| contenu.bassins.get(&ligne.bassin).map(|(c, _)| c));
            if let Some(other) = other.filter(|other| *other != ligne.categorie.as_str()) {
                let other = other
                    .parse::<Categorie>()
                    .map_or_else(|_| other.clone(), |c| c.to_string());
                let message = format!(
                    "{} ({}) : {} ici, {other} dans l’arrêté {arrete}",
                    ligne.insee, ligne.bassin, ligne.categorie
                );
                rapport.signaler(Nature::CategorieContredite, ligne.numero, message);
            }
        }
    }
    Ok(())
}

/// ZON-7: where the file gives both the national and the retained category, the population that
/// the ARS moved, by category, against what it may move. None where the file does not give both.
pub(super) fn deplacement(
    reglement: &Reglement,
    description: &DescriptionArrete,
    lu: &ZonageLu,
    connu: &Connu,
    rapport: &mut Rapport,
) -> Result<Option<Deplacements>, ImportError> {
    if lu.lignes.iter().all(|ligne| ligne.nationale.is_none()) {
        return Ok(None);
    }
    let limite_mille = reglement.entier("zonage.ajustement_max", description.effet)?;
    let mut total = 0;
    let mut moved: BTreeMap<Categorie, (i64, BTreeSet<&str>)> = BTreeMap::new();
    for ligne in &lu.lignes {
        let population = connu
            .communes
            .get(&ligne.insee)
            .map_or(0, |commune| commune.population);
        total += population;
        if ligne
            .nationale
            .is_some_and(|nationale| nationale != ligne.categorie)
        {
            let share = moved.entry(ligne.categorie).or_default();
            share.0 += population;
            share.1.insert(&ligne.bassin);
        }
    }
    let vers = moved
        .into_iter()
        .map(|(categorie, (population, bassins))| Deplacement {
            categorie,
            bassins: i64::try_from(bassins.len()).unwrap_or(i64::MAX),
            population,
            limite_mille,
        })
        .collect();
    let deplacements = Deplacements {
        population: total,
        vers,
    };
    for d in &deplacements.vers {
        rapport.signaler(Nature::Deplacement, None, deplace(d, total));
    }
    Ok(Some(deplacements))
}

/// «vers intermédiaire : 1 bassin, 300 habitants, soit 2,1 % de la population (dans la limite de 2,5 %)».
pub fn deplace(d: &Deplacement, total: i64) -> String {
    format!(
        "vers {} : {}, {} habitants, soit {} de la population ({} {})",
        d.categorie,
        regles::texte::pluriel(d.bassins, "bassin", "bassins"),
        regles::texte::nombre(d.population),
        pour_cent(d.population, total),
        if d.depasse(total) {
            "au-delà de"
        } else {
            "dans la limite de"
        },
        pour_cent(d.limite_mille, 1_000),
    )
}

/// «2,5 %», rounded half up to one decimal; «0,0 %» of nothing.
pub fn pour_cent(part: i64, total: i64) -> String {
    let tenths = if total == 0 {
        0
    } else {
        (part * 2_000 + total) / (total * 2)
    };
    format!("{},{}\u{a0}%", tenths / 10, tenths % 10)
}
