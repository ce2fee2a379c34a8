//! What reminders say, and to whom: the leaver, the applicant, the case handler; past the date, the team.

use chrono::NaiveDate;
use courriers::rappel::Terme;
use courriers::{Courrier, Lettre};
use regles::designation::EtatDesignation;
use regles::echeance::{Ecran, NatureEcheance, Responsable};
use regles::grand_livre::EtatPlace;
use regles::silence::{EffetSilence, effet_du_silence};

use crate::actions::courriel::Destinataire;
use crate::actions::dossier::entete;
use crate::actions::{Acte, ActionResult, cedant};
use crate::db::demande::{self, DemandeComplete};
use crate::db::depart::{self, DepartComplet};
use crate::db::echeance::EcheanceStockee;
use crate::db::{AnyConn, CpamScope, designation, kine, rappel, recours, reduction};

/// To whom, and what they get.
pub(super) type Envoi = (Destinataire, Lettre);

/// The mails of a reminder; `depassee`: the deadline is past.
///
/// # Errors
/// The case of the deadline is missing, or the refusal of the database.
pub(super) fn ecrire(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let fiche = echeance.nature.fiche();
    if fiche.ecran == Ecran::Recours {
        return de_recours(conn, acte, echeance, depassee);
    }
    if fiche.ecran == Ecran::Depart && fiche.responsable == Responsable::Caisse {
        return de_place(conn, acte, echeance, depassee);
    }
    match fiche.responsable {
        Responsable::Gagnant => super::attribution::ecrire(conn, acte, echeance, depassee),
        Responsable::Cedant if echeance.nature == NatureEcheance::ContestationDecompte => {
            de_decompte(conn, acte, echeance, depassee)
        }
        Responsable::Cedant => de_designation(conn, acte, echeance, depassee),
        Responsable::Demandeur | Responsable::Confrere | Responsable::Caisse => {
            de_demande(conn, acte, echeance, depassee)
        }
    }
}

fn de_decompte(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let depart = depart::complete(conn, &CpamScope::National, echeance.dossier_id)?;
    let lettre = courriers::rappel::RappelDecompte {
        kine: &depart.kine.nom_complet(),
        numero: &depart.depart.numero,
        id: depart.depart.id,
        terme: terme(acte, echeance, depassee),
        contact: &depart.service.lignes(),
    }
    .lettre();
    Ok(vec![cedant::adresser(conn, &depart, lettre)?])
}

fn de_designation(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let id = echeance.dossier_id;
    let depart = depart::complete(conn, &CpamScope::National, id)?;
    let attente =
        designation::active(conn, id)?.is_some_and(|d| d.etat == EtatDesignation::EnAttente);
    let terme = terme(acte, echeance, depassee);
    let kine = depart.kine.nom_complet();
    let au_cedant = courriers::rappel::RappelDesignation {
        kine: &kine,
        commune: &depart.commune,
        id: depart.depart.id,
        attente,
        terme,
        contact: &depart.service.lignes(),
    }
    .lettre();
    let mut envois = vec![cedant::adresser(conn, &depart, au_cedant)?];
    if depassee {
        let equipe = rappel::equipe(conn, &echeance.caisse_code, acte.jour())?;
        envois.extend(a_l_equipe(echeance, &equipe, || {
            courriers::rappel::RappelDesignationAgent {
                id: depart.depart.id,
                kine: &kine,
                commune: &depart.commune,
                bassin: &depart.bassin,
                terme,
            }
            .lettre()
        }));
    }
    Ok(envois)
}

/// PRO-4: what the caisse awaits on a departure; whoever handles it is in the team.
fn de_place(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let depart = depart::complete(conn, &CpamScope::National, echeance.dossier_id)?;
    let equipe = rappel::equipe(conn, &echeance.caisse_code, acte.jour())?;
    let terme = terme(acte, echeance, depassee);
    Ok(a_l_equipe(echeance, &equipe, || {
        courriers::rappel::RappelAvisPlace {
            id: depart.depart.id,
            kine: &depart.kine.nom_complet(),
            commune: &depart.commune,
            bassin: &depart.bassin,
            terme,
        }
        .lettre()
    }))
}

/// PRO-9: what the commission de recours amiable owes; to who handles the appeal, else to the team.
fn de_recours(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let (numero, suivi_par) = rappel::suivi(conn, echeance.dossier_id)?;
    let lu = recours::complet(conn, &CpamScope::National, &numero)?;
    let mut agents: Vec<String> = suivi_par.into_iter().collect();
    if agents.is_empty() {
        agents = rappel::equipe(conn, &echeance.caisse_code, acte.jour())?;
    }
    let terme = terme(acte, echeance, depassee);
    Ok(a_l_equipe(echeance, &agents, || {
        courriers::rappel::RappelAgent {
            numero: &numero,
            kine: &lu.kine.nom_complet(),
            commune: &lu.commune,
            bassin: &lu.bassin,
            nature: echeance.nature,
            silence: EffetSilence::Rejet,
            terme,
        }
        .lettre()
    }))
}

fn de_demande(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let (numero, suivi_par) = rappel::suivi(conn, echeance.dossier_id)?;
    let dossier = demande::complete(conn, &CpamScope::National, &numero)?;
    let (nature, commune) = (echeance.nature, &dossier.commune);
    let responsable = nature.fiche().responsable;
    let terme = terme(acte, echeance, depassee);
    let mut envois = Vec::new();
    if responsable != Responsable::Caisse {
        let lettre = courriers::rappel::RappelDemandeur {
            dossier: entete(&dossier),
            commune,
            nature,
            terme,
        }
        .lettre();
        envois.push((Destinataire::demandeur(&dossier), lettre));
    }
    if responsable == Responsable::Confrere
        && let Some(r) = reduction::de_demande(conn, dossier.demande.id)?
        && let Some((nom, adresse)) = kine::adresse(conn, &r.rpps)?
    {
        let lettre = courriers::rappel::RappelConfrere {
            kine: &nom,
            numero: &numero,
            commune,
            nature,
            terme,
            contact: &dossier.service.lignes(),
        }
        .lettre();
        envois.push((Destinataire::Courriel(adresse), lettre));
    }
    let personne = suivi_par.is_none();
    let mut agents: Vec<String> = suivi_par.into_iter().collect();
    if personne || depassee {
        agents.extend(rappel::equipe(conn, &echeance.caisse_code, acte.jour())?);
    }
    agents.dedup();
    let silence = effet_du_silence(&acte.reglement, echeance.depart)?;
    envois.extend(a_l_equipe(echeance, &agents, || {
        courriers::rappel::RappelAgent {
            numero: &numero,
            kine: &dossier.kine.nom_complet(),
            commune,
            bassin: &dossier.bassin,
            nature,
            silence,
            terme,
        }
        .lettre()
    }));
    Ok(envois)
}

/// The same letter to each; a log line when there is nobody.
pub(super) fn a_l_equipe(
    echeance: &EcheanceStockee,
    adresses: &[String],
    lettre: impl Fn() -> Lettre,
) -> Vec<Envoi> {
    if adresses.is_empty() {
        tracing::warn!(
            echeance = echeance.id,
            caisse = echeance.caisse_code,
            "nobody to remind in this CPAM"
        );
    }
    let courriel = |a: &String| Destinataire::Courriel(a.clone());
    adresses.iter().map(|a| (courriel(a), lettre())).collect()
}

/// The end of a delay, seen today.
pub(super) fn terme(acte: &Acte, echeance: &EcheanceStockee, depassee: bool) -> Terme {
    Terme {
        finale: echeance.finale,
        jour: acte.jour(),
        depasse: depassee,
    }
}

/// REG-6, REG-12, to the team: what became of the place.
pub(in crate::actions) fn fin_de_place(depart: &DepartComplet, devenue: EtatPlace) -> Lettre {
    let (kine, commune, bassin) = (&depart.kine.nom_complet(), &depart.commune, &depart.bassin);
    if devenue == EtatPlace::AAttribuer {
        courriers::depart::PlaceAAttribuerEquipe {
            kine,
            commune,
            bassin,
        }
        .lettre()
    } else {
        courriers::depart::PlaceCaduqueEquipe {
            id: depart.depart.id,
            kine,
            commune,
            bassin,
        }
        .lettre()
    }
}

/// REG-9, to the handler and the team; `limite`: last day of the delay to install.
pub(in crate::actions) fn accord_caduc(
    dossier: &DemandeComplete,
    limite: Option<NaiveDate>,
) -> Lettre {
    courriers::demande::DemandeCaduqueEquipe {
        numero: &dossier.demande.numero,
        kine: &dossier.kine.nom_complet(),
        commune: &dossier.commune,
        bassin: &dossier.bassin,
        limite,
        sous_reserve: dossier.demande.sous_reserve(),
    }
    .lettre()
}
