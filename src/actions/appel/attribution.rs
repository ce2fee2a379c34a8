//! The director attributes the place: its winner becomes the designated successor, who has accepted (REG-8, REG-12).

use chrono::NaiveDate;
use courriers::{Courrier, Lettre};
use regles::appel::{
    EtatCandidature, Evenement, EvenementCandidature, transition, transition_candidature,
};
use regles::charte::Classement;
use regles::designation::EtatDesignation;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;

use super::{
    Acte, ActionError, ActionResult, Instruction, auteur, en_json, entete, examiner, objet, tracer,
};
use crate::actions::dossier;
use crate::actions::echeance::{self, Ouverture};
use crate::actions::{cedant, courriel};
use crate::db::appel::{self, ChangementAppel, ChangementPropre};
use crate::db::candidature::{self, CandidatureComplete};
use crate::db::contrainte::Contrainte;
use crate::db::designation::{self, NouvelleDesignation};
use crate::db::{CpamScope, DbError, WriteTx, depart, place};
use crate::secret;

/// An attribution to make.
#[derive(Debug, Clone)]
pub struct Attribution<'a> {
    /// The call, in the version that was seen.
    pub appel: (i64, i32),
    /// The application retained.
    pub candidature_id: i64,
    /// Capacity of the signatory.
    pub qualite: &'a str,
    /// Reasons, needed where the first of either ranking is not the one retained.
    pub motif: &'a str,
}

/// Attributes the place (REG-12). The ranking of that instant is kept with it; the winner gets a designation
/// already accepted, and files the request as any successor. Returns the designation.
///
/// # Errors
/// The ranking is not complete, the commission has not ranked, the signatory instructed (PRO-5), reasons are
/// missing, the place was attributed meanwhile; [`ActionError::Perime`].
pub fn attribuer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    a: &Attribution<'_>,
) -> ActionResult<i64> {
    let lue = examiner(tx, acte, scope, a.appel.0, a.appel.1)?;
    let signataire = controler_signataire(acte, &lue, a.qualite)?;
    let qui = lue.candidature(a.candidature_id)?;
    let retenue = transition_candidature(qui.candidature.etat, EvenementCandidature::Retenir)?;
    let attribue = transition(lue.appel.appel.etat, Evenement::Attribuer)?;
    let classement = lue.classement();
    let motif = controler_motif(&lue, &classement, qui, a.motif)?;
    let place_id = lue.appel.appel.place_id;
    place::verrouiller(tx, place_id)?;
    let place = place::par_id(tx, place_id)?;
    let territoire = crate::db::echeance::territoire(tx, &lue.appel.appel.caisse_code)?;
    let delai = NatureEcheance::DepotDemande.delai(&acte.reglement, acte.jour())?;
    let ouverte = regles::place::transition(place.etat, regles::place::Evenement::Attribuer)?;
    let limite = echeance::ouvrir(
        tx,
        acte,
        &Ouverture {
            caisse_code: &lue.appel.appel.caisse_code,
            territoire,
            dossier_id: place_id,
            nature: NatureEcheance::DepotDemande,
            depart: acte.jour(),
            delai,
            suspensions: &[],
        },
    )?
    .finale;
    appel::modifier(
        tx,
        &lue.appel.appel,
        &ChangementAppel {
            etat: Some(attribue),
            propre: ChangementPropre {
                clos_le: Some(acte.le()),
                clos_par: Some(signataire),
                motif: Some(motif),
                classement: Some(&en_json(&classement)?),
                depot_limite: Some(limite),
                ..ChangementPropre::default()
            },
        },
    )?;
    candidature::clore(tx, a.candidature_id, retenue, None, acte.le()).map_err(|e| match e {
        DbError::Contrainte(Contrainte::Attribution) => ActionError::Perime,
        autre => autre.into(),
    })?;
    place::passer(tx, &place, ouverte)?;
    let designation_id = designation::inserer(
        tx,
        &NouvelleDesignation {
            place_id,
            rpps: &qui.rpps,
            courriel: &qui.courriel,
            kine_id: Some(qui.candidature.kine_id),
            etat: EtatDesignation::DEBUT_ATTRIBUEE,
            // A link that nobody holds: the winner has nothing to answer.
            jeton_empreinte: &secret::empreinte(&secret::jeton()),
            auteur_id: Some(signataire),
            ayant_droit_id: None,
            candidature_id: Some(a.candidature_id),
            cree_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::AppelAttribue {
            appel: a.appel.0,
            candidature: a.candidature_id,
            designation: designation_id,
            depot_limite: limite,
            parametres: acte.reglement.version().to_owned(),
            personne: qui.nom_complet(),
            motif: Some(motif.to_owned()),
            qualite: Some(a.qualite.to_owned()),
        },
    )?;
    annoncer(tx, acte, &lue, qui, designation_id, limite)?;
    Ok(designation_id)
}

/// PRO-5: another person than those who opened the call and checked the values, with a capacity to sign under.
fn controler_signataire(acte: &Acte, lue: &Instruction, qualite: &str) -> ActionResult<i64> {
    let id = auteur(acte)?;
    let instruit =
        lue.appel.appel.ouvert_par == id || lue.valeurs.iter().any(|v| v.verifiee_par == Some(id));
    if instruit && acte.reglement.oui("decision.separation", acte.jour())? {
        return Err(ActionError::refus(
            "Vous avez instruit cet appel : une autre personne doit attribuer la place.",
        ));
    }
    if qualite.trim().is_empty() {
        return Err(ActionError::refus(
            "Votre qualité n’est pas renseignée dans votre compte : elle doit figurer sous l’attribution \
             (code des relations entre le public et l’administration, article L212-1).",
        ));
    }
    Ok(id)
}

fn controler_motif<'a>(
    lue: &Instruction,
    classement: &Classement,
    qui: &CandidatureComplete,
    motif: &'a str,
) -> ActionResult<&'a str> {
    if !classement.est_complet() {
        return Err(ActionError::refus(
            "Une valeur n’est pas vérifiée : le classement n’est pas établi.",
        ));
    }
    let rang_cpd = qui.candidature.rang_cpd;
    if lue.appel.appel.cpd_le.is_none() || rang_cpd.is_none() {
        return Err(ActionError::refus(
            "La commission n’a pas encore classé les candidatures.",
        ));
    }
    let premier_calcule = classement
        .note(qui.candidature.id)
        .is_some_and(|n| n.rang == Some(1) && !n.ex_aequo);
    let premier_cpd = lue.en_lice().filter_map(|c| c.candidature.rang_cpd).min() == rang_cpd;
    if premier_calcule && premier_cpd {
        return Ok(motif.trim());
    }
    dossier::motif(
        "motif",
        motif,
        "Ce choix s’écarte d’un classement, ou départage des ex æquo : écrivez vos motifs.",
    )
}

fn annoncer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Instruction,
    gagnant: &CandidatureComplete,
    designation_id: i64,
    limite: NaiveDate,
) -> ActionResult<()> {
    let message = courriers::appel::PlaceAttribuee {
        appel: entete(&lue.appel, gagnant),
        limite,
        designation_id,
    }
    .lettre();
    envoyer(tx, acte, lue, gagnant, &message)?;
    clore_les_autres(tx, acte, lue, Some(gagnant.candidature.id), |c| {
        courriers::appel::CandidatureNonRetenue {
            appel: entete(&lue.appel, c),
        }
        .lettre()
    })?;
    let depart = depart::complete(tx, &CpamScope::National, lue.appel.depart_id)?;
    let au_cedant = courriers::appel::PlaceAttribueeCedant {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &lue.appel.commune,
        gagnant: &gagnant.nom_complet(),
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!(
            "place_attribuee_cedant:{}:{}",
            lue.appel.appel.id, lue.appel.appel.version
        ),
        &depart,
        au_cedant,
    )
}

fn envoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Instruction,
    a: &CandidatureComplete,
    message: &Lettre,
) -> ActionResult<()> {
    // A call whose attribution lapsed is answered again, in another version.
    let cle = format!(
        "appel_clos:{}:{}",
        a.candidature.id, lue.appel.appel.version
    );
    courriel::deposer(tx, acte, &cle, &a.courriel, message)
}

fn clore_les_autres(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Instruction,
    sauf: Option<i64>,
    message: impl Fn(&CandidatureComplete) -> Lettre,
) -> ActionResult<()> {
    for autre in &lue.candidatures {
        let c = &autre.candidature;
        if c.etat == EtatCandidature::Deposee && Some(c.id) != sauf {
            let passage = transition_candidature(c.etat, EvenementCandidature::NePasRetenir)?;
            candidature::clore(tx, c.id, passage, None, acte.le())?;
            envoyer(tx, acte, lue, autre, &message(autre))?;
        }
    }
    Ok(())
}

/// Closes a call without attribution, with reasons; the place stays to be attributed, by another call.
///
/// # Errors
/// No reasons, the applications are not closed, [`ActionError::Perime`].
pub fn sans_suite(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    appel: (i64, i32),
    motif: &str,
) -> ActionResult<()> {
    let motif = dossier::motif(
        "motif",
        motif,
        "Écrivez pourquoi l’appel reste sans suite : les candidats le liront.",
    )?;
    let lue = examiner(tx, acte, scope, appel.0, appel.1)?;
    let par = auteur(acte)?;
    classer(tx, acte, &lue, Some(par), (motif, false))
}

/// REG-16, REG-19: closes the call of a place that is no more: the candidates are told why. `libre`: whether the zone is no
/// longer regulated.
///
/// # Errors
/// The refusal of the database.
pub(in crate::actions) fn clore(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    id: i64,
    motif: &str,
    libre: bool,
) -> ActionResult<()> {
    let lue = Instruction::lire(tx, &CpamScope::National, id)?;
    classer(tx, acte, &lue, None, (motif, libre))
}

fn classer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &Instruction,
    par: Option<i64>,
    (motif, libre): (&str, bool),
) -> ActionResult<()> {
    appel::modifier(
        tx,
        &lue.appel.appel,
        &ChangementAppel {
            etat: Some(transition(
                lue.appel.appel.etat,
                Evenement::ClasserSansSuite,
            )?),
            propre: ChangementPropre {
                clos_le: Some(acte.le()),
                clos_par: par,
                motif: Some(motif),
                ..ChangementPropre::default()
            },
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lue.appel),
        Fait::AppelSansSuite {
            appel: lue.appel.appel.id,
            motif: Some(motif.to_owned()),
        },
    )?;
    clore_les_autres(tx, acte, lue, None, |c| {
        courriers::appel::AppelSansSuite {
            appel: entete(&lue.appel, c),
            motif,
            libre,
        }
        .lettre()
    })
}
