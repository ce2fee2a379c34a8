//! REG-1: the designation that a request rests on.

use regles::designation::EtatDesignation;
use regles::grand_livre::EtatPlace;
use regles::texte;

use super::Verifie;
use crate::actions::designation::{Acces, repondre};
use crate::actions::{Acte, Acteur, ActionError, ActionResult};
use crate::db::depart::Praticien;
use crate::db::{AnyConn, WriteTx, demande, designation};

/// Whether a designation opens a succession; `sur_papier`: the request is itself the answer to it.
pub fn ouvre(etat: EtatDesignation, sur_papier: bool) -> bool {
    match etat {
        EtatDesignation::Acceptee => true,
        EtatDesignation::EnAttente => sur_papier,
        _ => false,
    }
}

/// REG-1, REG-8: the accepted designation that opens the succession, in the zone of the place. One that waits for an answer
/// does too for a request on paper, which is that answer.
pub(super) fn verifier(
    conn: &mut AnyConn,
    (kine_id, rpps, sur_papier): (Option<i64>, &str, bool),
    designation_id: i64,
    verifie: &Verifie,
) -> ActionResult<i64> {
    let d = designation::pour_rpps(conn, rpps)?
        .into_iter()
        .find(|d| d.designation.id == designation_id && ouvre(d.designation.etat, sur_papier))
        .ok_or_else(|| {
            ActionError::champ(
                "designation",
                "Choisissez une désignation que vous avez acceptée et qui est toujours active.",
            )
        })?;
    if d.place_etat != EtatPlace::Ouverte {
        return Err(ActionError::champ(
            "designation",
            format!(
                "La place laissée par {} n’est plus ouverte : elle est {}.",
                d.cedant.nom_complet(),
                d.place_etat.libelle().to_lowercase()
            ),
        ));
    }
    if d.depart.bassin_code != verifie.lieu.zone.bassin {
        return Err(ActionError::champ(
            "commune",
            format!(
                "{} est dans la zone {} ; la place {} est dans la zone {}. Le successeur exerce dans la même zone que le confrère qui cesse.",
                verifie.lieu.commune.nom,
                texte::de(&verifie.lieu.zone.bassin_nom),
                texte::de(d.cedant.nom_complet()),
                texte::de(&d.bassin)
            ),
        ));
    }
    let place_id = d.designation.place_id;
    if let Some(autre) = demande::de_place(conn, place_id)?
        .into_iter()
        .find(|autre| Some(autre.kine_id) == kine_id && autre.etat.en_cours())
    {
        return Err(ActionError::champ(
            "designation",
            format!(
                "Vous avez déjà déposé la demande {} sur cette place : suivez-la dans votre espace.",
                autre.numero
            ),
        ));
    }
    Ok(place_id)
}

/// Who asks on paper to take a place has accepted the designation that waited for their answer: it is recorded as theirs.
pub(super) fn accepter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    auteur: &Acteur,
    kine: &Praticien,
    designation_id: i64,
) -> ActionResult<()> {
    let acces = Acces::Papier {
        id: designation_id,
        rpps: kine.rpps.clone(),
    };
    if acces.ouvrir(tx)?.designation.etat != EtatDesignation::EnAttente {
        return Ok(());
    }
    let sien = Acte {
        acteur: auteur.clone(),
        ..acte.clone()
    };
    repondre(tx, &sien, kine.id, &acces, true).map(drop)
}
