//! Whether a successor may be designated (REG-5, REG-8): what refuses it, with nothing written.

use regles::demande::EtatDemande;
use regles::designation::EtatDesignation;
use regles::geste::{self, SurDepart};
use regles::grand_livre::EtatPlace;
use regles::liste_pieces::Manques;
use regles::passage::Passage;
use regles::place::{Evenement, transition};

use super::super::{Acte, ActionError, ActionResult};
use super::ADesigner;
use crate::adresse;
use crate::db::depart::{Depart, DepartComplet};
use crate::db::designation::{self, Designation};
use crate::db::place::{self, Place};
use crate::db::{AnyConn, CpamScope, demande, depart};

/// Why no successor can be designated at this moment; none when one can.
///
/// # Errors
/// The parameters do not say.
pub fn empechement(
    acte: &Acte,
    c: &DepartComplet,
    place: Option<&Place>,
) -> ActionResult<Option<String>> {
    let jour = acte.jour_a(c.service.territoire()?);
    let possible = geste::designer(&sur(acte, &c.depart, place)?, jour);
    Ok(possible.err().map(|refus| refus.to_string()))
}

/// What the acts on a departure rest on, on the day of the act.
fn sur(acte: &Acte, c: &Depart, place: Option<&Place>) -> ActionResult<SurDepart> {
    Ok(SurDepart {
        // Neither the commission, the documents nor the count matter to a designation.
        saisie: false,
        manques: Manques::default(),
        contestation: None,
        etat: c.etat,
        place: place.map(|p| p.etat),
        cessation: c.date_cessation,
        limite: place.and_then(|p| p.limite_designation),
        // No act that asks for it is asked here.
        attribuee: false,
        avant_cessation: acte
            .reglement
            .oui("designation.avant_cessation", acte.jour())?,
    })
}

/// A designation that nothing refuses.
pub struct Possible {
    /// The departure.
    pub depart: DepartComplet,
    /// The designation that this one replaces.
    pub ancienne: Option<Designation>,
    /// The same form was sent already: this is what it designated.
    pub(super) deja: Option<i64>,
    /// The place, as it was read.
    pub place: Place,
    pub(super) passage: Passage<EtatPlace>,
    pub(super) courriel: String,
}

/// Whether a successor may be designated so; writes nothing.
///
/// # Errors
/// The place is not open, the successor is the leaver, a field is wrong, or the designation shown is no longer the active one.
pub fn verifier(conn: &mut AnyConn, acte: &Acte, a: &ADesigner) -> ActionResult<Possible> {
    let c = depart::complete(conn, &CpamScope::Kine(a.kine_id), a.depart_id)?;
    let place = place::de_depart(conn, a.depart_id)?;
    let jour = acte.jour_a(c.service.territoire()?);
    geste::designer(&sur(acte, &c.depart, place.as_ref())?, jour)?;
    let Some(place) = place else {
        return Err(ActionError::Regle(
            "a departure without its place".to_owned(),
        ));
    };
    let courriel = verifier_successeur(&c, a)?;
    let active = designation::active(conn, place.id)?;
    let vue = active.as_ref().map(|d| d.id) == a.vue;
    let meme = active
        .as_ref()
        .filter(|d| d.rpps == a.rpps.as_str() && d.courriel == courriel);
    let deja = match meme {
        Some(d) if !vue => Some(d.id),
        None if !vue => return Err(ActionError::Perime),
        _ => None,
    };
    if deja.is_none() {
        refuser_si_depot(conn, acte, &place, active.as_ref())?;
    }
    // The same person: the address is corrected, or the link sent again, as long as no answer came.
    let acceptee = active
        .as_ref()
        .is_some_and(|d| d.rpps == a.rpps.as_str() && d.etat == EtatDesignation::Acceptee);
    if deja.is_none() && acceptee {
        return Err(ActionError::champ(
            "rpps",
            "Cette personne est déjà désignée et a accepté.",
        ));
    }
    if deja.is_none() {
        refuser_si_trop(conn, acte, place.id, &courriel)?;
    }
    let passage = transition(place.etat, Evenement::Designer)?;
    Ok(Possible {
        depart: c,
        ancienne: active,
        deja,
        place,
        passage,
        courriel,
    })
}

/// Designations sent in a day for one place, or to one address: more would be a nuisance to who receives them.
const PAR_JOUR: i64 = 5;

fn refuser_si_trop(
    conn: &mut AnyConn,
    acte: &Acte,
    place_id: i64,
    courriel: &str,
) -> ActionResult<()> {
    let hier = acte.le() - chrono::Duration::days(1);
    if designation::envoyees_depuis(conn, place_id, courriel, hier)? < PAR_JOUR {
        return Ok(());
    }
    Err(ActionError::refus(format!(
        "{PAR_JOUR} désignations sont déjà parties en vingt-quatre heures pour cette place ou vers cette adresse : attendez \
         demain, ou demandez à la caisse.",
    )))
}

/// The address of the successor, as it is stored.
fn verifier_successeur(c: &DepartComplet, a: &ADesigner) -> ActionResult<String> {
    if a.rpps.as_str() == c.kine.rpps {
        return Err(ActionError::champ(
            "rpps",
            "Ce numéro est le vôtre : le successeur doit être une autre personne.",
        ));
    }
    let Some(courriel) = adresse::lire(&a.courriel) else {
        return Err(ActionError::champ(
            "courriel",
            "Cette adresse électronique est incomplète. Par exemple : prenom.nom@exemple.fr.",
        ));
    };
    let sienne = match &a.ayant_droit {
        Some(a) => Some(&a.courriel),
        None => c.courriel.as_ref(),
    };
    if Some(&courriel) == sienne {
        return Err(ActionError::champ(
            "courriel",
            "Cette adresse est la vôtre : indiquez celle de votre successeur.",
        ));
    }
    if !a.rpps.cle_luhn_valide() && !a.cle_confirmee {
        return Err(ActionError::champ(
            "rpps",
            "La clé de ce numéro RPPS ne correspond pas : vérifiez les chiffres. S’ils sont exacts, confirmez le numéro ci-dessous.",
        ));
    }
    Ok(courriel)
}

/// REG-8: the designation may change until the request is decided (or filed, by parameter).
pub(super) fn refuser_si_depot(
    conn: &mut AnyConn,
    acte: &Acte,
    place: &Place,
    active: Option<&Designation>,
) -> ActionResult<()> {
    let Some(kine_id) = active.and_then(|d| d.kine_id) else {
        return Ok(());
    };
    let limite = acte
        .reglement
        .texte("designation.modifiable_jusqu_a", acte.jour())?;
    for d in demande::de_place(conn, place.id)? {
        let accordee = matches!(d.etat, EtatDemande::Accordee | EtatDemande::Installee);
        let deposee = limite == "depot" && d.etat.en_cours();
        if d.kine_id == kine_id && (accordee || deposee) {
            return Err(ActionError::refus(format!(
                "La demande {} de votre successeur est {} : la désignation ne peut plus changer.",
                d.numero,
                if accordee { "accordée" } else { "déposée" }
            )));
        }
    }
    Ok(())
}
