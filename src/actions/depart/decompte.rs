//! REG-3: the count of acts of a departure: kept with its period, its author and its extract; below the floor, communicated
//! to who leaves, contested and answered before the place is said not to be transmissible.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::depart::Suite;
use regles::depart::{Auteur, Contestation, SuiteContestation, periode_des_actes};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::grand_livre::EtatPlace;

use super::{a_jour, avancer, objet, reevaluer, territoire};
use crate::actions::piece::{self, PieceRecue, Rattachement};
use crate::actions::{Acte, ActionError, ActionResult, cedant, courriel, echeance, tracer};
use crate::clock::jour_a_paris;
use crate::db::decompte::{self, DecompteStocke};
use crate::db::depart::{self, ChangementDepart, Depart, DepartComplet};
use crate::db::dossier;
use crate::db::place::{self, Place};
use crate::db::{CpamScope, WriteTx, rappel};

const NATURE: NatureEcheance = NatureEcheance::ContestationDecompte;

/// Where the contest of the count stands on the day of the act; none unless the place waits for the opinion.
///
/// # Errors
/// No parameter in force that day.
pub fn contestation(
    acte: &Acte,
    depart: &DepartComplet,
    place: Option<&Place>,
) -> ActionResult<Option<Contestation>> {
    if place.map(|p| p.etat) != Some(EtatPlace::AExaminer) {
        return Ok(None);
    }
    let (suivi, territoire) = (depart.depart.decompte.suivi(), territoire(depart)?);
    let jour = acte.jour_a(territoire);
    Ok(Some(regles::depart::contestation(
        &acte.reglement,
        &suivi,
        territoire,
        jour,
    )?))
}

/// Whether the extract of the count is from before the end of its period.
pub fn provisoire(c: &Depart) -> bool {
    let compte = c.decompte.compte(c.actes_12_mois);
    compte.is_some_and(|d| d.provisoire())
}

/// How the acts of `c` are counted: by the caisse on the day of its extract; without one, as before, or as declared.
///
/// # Errors
/// A number that is not the one of before, without the extract that shows it; an extract to come; no parameter in force.
pub(in crate::actions) fn retenu(
    acte: &Acte,
    c: &Depart,
    avant: Option<i32>,
    extrait_le: Option<NaiveDate>,
) -> ActionResult<DecompteStocke> {
    if c.actes_12_mois.is_none() {
        return Ok(DecompteStocke::default());
    }
    let (auteur, extrait) = match (
        extrait_le,
        c.decompte.actes_auteur.zip(c.decompte.actes_extrait_le),
    ) {
        (Some(le), _) if le > acte.jour() => {
            return Err(ActionError::champ(
                "extrait_le",
                "La date du relevé ne peut pas être à venir.",
            ));
        }
        (Some(le), _) => (Auteur::Caisse, le),
        (None, _) if c.actes_12_mois != avant => {
            return Err(ActionError::champ(
                "extrait_le",
                "Indiquez la date du relevé d’où vient ce nombre : la personne la lira avec lui.",
            ));
        }
        (None, Some(connu)) => connu,
        (None, None) => (Auteur::Partant, jour_a_paris(c.declaree_le)),
    };
    let (du, au) = periode_des_actes(&acte.reglement, c.date_cessation)?;
    Ok(DecompteStocke {
        actes_du: Some(du),
        actes_au: Some(au),
        actes_auteur: Some(auteur),
        actes_extrait_le: Some(extrait),
        ..c.decompte.clone()
    })
}

/// Keeps the count of a departure whose place is now in this state, `avant` being the number that it held; below the floor, tells who leaves, who may then contest
/// it. A count that was told already is told again only when it changed.
///
/// # Errors
/// No parameter in force, the refusal of the database.
pub(in crate::actions) fn tenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    avant: Option<i32>,
    decompte: DecompteStocke,
    etat: Option<EtatPlace>,
) -> ActionResult<()> {
    let c = &depart.depart;
    let (ancien, compte) = (&c.decompte, decompte.compte(c.actes_12_mois));
    let su = ancien.decompte_communique_le.is_some() && ancien.compte(avant) == compte;
    let Some(compte) = compte.filter(|_| etat == Some(EtatPlace::AExaminer) && !su) else {
        return Ok(decompte::ecrire(tx, c.id, &decompte)?);
    };
    let territoire = territoire(depart)?;
    let le = acte.jour_a(territoire);
    let communique = DecompteStocke {
        actes_du: decompte.actes_du,
        actes_au: decompte.actes_au,
        actes_auteur: decompte.actes_auteur,
        actes_extrait_le: decompte.actes_extrait_le,
        decompte_communique_le: Some(le),
        ..DecompteStocke::default()
    };
    decompte::ecrire(tx, c.id, &communique)?;
    let terme = echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &c.caisse_code,
            territoire,
            dossier_id: c.id,
            nature: NATURE,
            depart: le,
            delai: NATURE.delai(&acte.reglement, le)?,
            suspensions: &[],
        },
    )?
    .finale;
    tracer(
        tx,
        &acte.acteur,
        objet(depart),
        Fait::DecompteCommunique {
            actes: compte.actes,
            du: compte.periode.0,
            au: compte.periode.1,
            auteur: compte.auteur,
            extrait_le: compte.extrait_le,
            terme,
        },
    )?;
    let lettre = courriers::depart::DepartSousSeuil {
        kine: &depart.kine.nom_complet(),
        numero: &c.numero,
        id: c.id,
        contact: &depart.service.lignes(),
        decompte: compte,
        seuil: acte.reglement.entier("place.seuil_actes", acte.jour())?,
        terme,
    }
    .lettre();
    let cle = format!("depart_sous_seuil:{}:{}", c.id, c.version);
    cedant::ecrire(tx, acte, &cle, depart, lettre)
}

/// The place waits for no opinion any more: nothing is left to contest.
pub(in crate::actions) fn sans_objet(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart_id: i64,
) -> ActionResult<()> {
    echeance::annuler(
        tx,
        acte,
        depart_id,
        NATURE,
        "La place n’est plus à examiner",
    )
}

/// What who leaves says of the count.
#[derive(Debug, Clone)]
pub struct AContester {
    /// Their own number.
    pub actes: i32,
    /// Why.
    pub raisons: String,
    /// What shows it.
    pub pieces: Vec<PieceRecue>,
}

/// Who leaves contests the count, once, until the last day.
///
/// # Errors
/// A refusal in words, a wrong field, [`ActionError::Perime`], the refusal of the database.
pub fn contester(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    id: i64,
    version: i32,
    a: &AContester,
) -> ActionResult<()> {
    dossier::verrouiller(tx, id)?;
    let depart = depart::complete(tx, &CpamScope::Kine(kine_id), id)?;
    let c = &depart.depart;
    let raisons = raisons(&a.raisons, "Dites pourquoi ce nombre n’est pas le bon.")?;
    // The same form sent twice.
    if c.decompte.contestation_actes == Some(a.actes)
        && c.decompte.contestation_raisons.as_deref() == Some(raisons)
    {
        return Ok(());
    }
    let place = place::de_depart(tx, id)?;
    geste::contester(contestation(acte, &depart, place.as_ref())?)?;
    a_jour(&depart, version)?;
    let compte = c
        .actes_12_mois
        .ok_or_else(|| ActionError::Regle("a contest of no count".to_owned()))?;
    if a.actes == compte {
        return Err(ActionError::champ(
            "actes",
            "C’est le nombre que la caisse compte : indiquez le vôtre.",
        ));
    }
    piece::joindre(tx, acte, Rattachement::dossier(id), &a.pieces)?;
    avancer(tx, c)?;
    let decompte = DecompteStocke {
        contestation_le: Some(acte.jour_a(territoire(&depart)?)),
        contestation_actes: Some(a.actes),
        contestation_raisons: Some(raisons.to_owned()),
        ..c.decompte.clone()
    };
    decompte::ecrire(tx, id, &decompte)?;
    echeance::satisfaire(tx, acte, id, NATURE, "Nombre d’actes contesté")?;
    tracer(
        tx,
        &acte.acteur,
        objet(&depart),
        Fait::DecompteConteste {
            actes: compte.into(),
            selon_la_personne: a.actes.into(),
            pieces: piece::deposees(&a.pieces),
            raisons: Some(raisons.to_owned()),
            noms: piece::noms(&a.pieces),
        },
    )?;
    ecrire_a_tous(tx, acte, &depart, compte, a.actes)
}

fn ecrire_a_tous(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    compte: i32,
    selon_la_personne: i32,
) -> ActionResult<()> {
    let (c, kine) = (&depart.depart, depart.kine.nom_complet());
    let lettre = courriers::depart::DecompteConteste {
        kine: &kine,
        numero: &c.numero,
        id: c.id,
        contact: &depart.service.lignes(),
        compte: compte.into(),
        selon_la_personne: selon_la_personne.into(),
    }
    .lettre();
    let cle = |a: &str| format!("decompte_conteste:{}:{}:{a}", c.id, c.version);
    cedant::ecrire(tx, acte, &cle("cedant"), depart, lettre)?;
    let equipe = rappel::equipe(tx, &c.caisse_code, acte.jour())?;
    let lettre = courriers::depart::DecompteContesteAgent {
        numero: &c.numero,
        id: c.id,
        kine: &kine,
    }
    .lettre();
    for (rang, adresse) in equipe.iter().enumerate() {
        courriel::deposer(tx, acte, &cle(&rang.to_string()), adresse, &lettre)?;
    }
    Ok(())
}

/// What the caisse answers to a contest.
#[derive(Debug, Clone)]
pub struct Reponse {
    /// The count stays, or is corrected.
    pub suite: SuiteContestation,
    /// The corrected count.
    pub actes: Option<i32>,
    /// Day of the extract that shows it.
    pub extrait_le: Option<NaiveDate>,
    /// Why; who leaves reads it.
    pub raisons: String,
}

/// Answers the contest of a count: kept with its reasons, or corrected with its extract, and the rules are applied again.
///
/// # Errors
/// A refusal in words, a wrong field, [`ActionError::Perime`], the refusal of the database.
pub fn repondre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
    r: &Reponse,
) -> ActionResult<EtatPlace> {
    dossier::verrouiller(tx, id)?;
    let depart = depart::complete(tx, scope, id)?;
    let lue = place::de_depart(tx, id)?;
    geste::repondre_a_la_contestation(contestation(acte, &depart, lue.as_ref())?)?;
    a_jour(&depart, version)?;
    let raisons = raisons(&r.raisons, "Écrivez vos raisons : la personne les lira.")?;
    let mut corrige = depart.clone();
    let extrait_le = match r.suite {
        SuiteContestation::Maintenu => None,
        SuiteContestation::Corrige => {
            corrige.depart.actes_12_mois = Some(r.actes.ok_or_else(|| {
                ActionError::champ("actes_12_mois", "Indiquez le nombre d’actes corrigé.")
            })?);
            Some(r.extrait_le.ok_or_else(|| {
                ActionError::champ(
                    "extrait_le",
                    "Indiquez la date du relevé d’où vient ce nombre.",
                )
            })?)
        }
    };
    let decompte = DecompteStocke {
        contestation_reponse_le: Some(acte.jour_a(territoire(&depart)?)),
        contestation_reponse: Some(raisons.to_owned()),
        ..retenu(
            acte,
            &corrige.depart,
            depart.depart.actes_12_mois,
            extrait_le,
        )?
    };
    let change = ChangementDepart {
        actes_12_mois: Some(corrige.depart.actes_12_mois),
        ..ChangementDepart::default()
    };
    depart::modifier(tx, id, version, &change)?;
    decompte::ecrire(tx, id, &decompte)?;
    let (etat, conclusion) = reevaluer(tx, acte, &corrige)?
        .ok_or_else(|| ActionError::Regle("a count contested without a place".to_owned()))?;
    let actes = corrige
        .depart
        .actes_12_mois
        .ok_or_else(|| ActionError::Regle("a contest answered without a count".to_owned()))?
        .into();
    tracer(
        tx,
        &acte.acteur,
        objet(&depart),
        Fait::DecompteRepondu {
            suite: r.suite,
            actes,
            extrait_le,
            etat,
            raisons: Some(raisons.to_owned()),
        },
    )?;
    let lettre = courriers::depart::DecompteRepondu {
        kine: &depart.kine.nom_complet(),
        numero: &depart.depart.numero,
        id,
        contact: &depart.service.lignes(),
        suite: r.suite,
        actes,
        raisons,
        place: Suite {
            etat: Some(etat),
            conclusion: &conclusion,
        },
    }
    .lettre();
    let cle = format!("decompte_repondu:{id}:{version}");
    cedant::ecrire(tx, acte, &cle, &depart, lettre)?;
    Ok(etat)
}

/// Characters at most in the reasons of a contest and of its answer.
const LONGUEUR: usize = 4000;

fn raisons<'a>(dites: &'a str, manque: &str) -> ActionResult<&'a str> {
    let dites = dites.trim();
    if dites.is_empty() {
        return Err(ActionError::champ("raisons", manque));
    }
    if dites.chars().count() > LONGUEUR {
        return Err(ActionError::champ(
            "raisons",
            format!("Ce texte est trop long : {LONGUEUR} caractères au plus."),
        ));
    }
    Ok(dites)
}
