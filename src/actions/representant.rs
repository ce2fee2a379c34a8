//! PRO-13: the applicant names who acts for her, on a written mandate that the caisse receives or refuses; she takes it back
//! when she wants. While it runs, what the representative sends is recorded, and what is written to her is copied to them.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::demande::{MandatDonneAgent, MandatExamine, SortMandat};
use regles::evenement::Fait;
use regles::geste;
use regles::passage::Passage;
use regles::piece::{self as regle_piece, Emploi, EtatPiece};
use regles::representation::{EtatMandat, EvenementMandat, transition};

use super::courriel::{self, Destinataire};
use super::demande::suivi::prevenir_agent;
use super::dossier::{entete, motif, objet, obligatoire, ouvrir, territoire};
use super::piece::{self, PieceRecue, Rattachement};
use super::{Acte, ActionError, ActionResult, tracer};
use crate::adresse;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::representant::{self, NouveauRepresentant, Representant};
use crate::db::{CpamScope, DbError, WriteTx};

/// Somebody to name.
#[derive(Debug, Clone)]
pub struct ANommer {
    /// First name and name.
    pub nom: String,
    /// E-mail address.
    pub courriel: String,
    /// First day.
    pub du: NaiveDate,
    /// Last day; none while it is not ended.
    pub au: Option<NaiveDate>,
    /// The written mandate.
    pub mandat: Vec<PieceRecue>,
}

/// Names somebody, whose mandate the caisse has then to receive.
///
/// # Errors
/// A wrong field, a refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn nommer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    a: &ANommer,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    geste::nommer_representant(d.etat, d.representant.as_ref().map(|r| r.etat))?;
    let nom = obligatoire("nom", &a.nom, "Indiquez le prénom et le nom.")?;
    let Some(adresse) = adresse::lire(&a.courriel) else {
        return Err(ActionError::champ(
            "courriel",
            "Cette adresse électronique est incomplète. Par exemple : prenom.nom@exemple.fr.",
        ));
    };
    let jour = acte.jour_a(territoire(&dossier)?);
    if a.au.is_some_and(|au| au < a.du || au < jour) {
        return Err(ActionError::champ(
            "au",
            "Le dernier jour du mandat suit le premier, et n’est pas passé.",
        ));
    }
    let [mandat, ..] = a.mandat.as_slice() else {
        return Err(ActionError::champ(
            "mandat",
            "Joignez le mandat écrit, signé.",
        ));
    };
    let pieces = piece::attacher(
        tx,
        acte,
        Rattachement::dossier(d.id),
        std::slice::from_ref(mandat),
    )?;
    let piece_id = pieces.first().copied().ok_or(DbError::Introuvable)?;
    representant::inserer(
        tx,
        &NouveauRepresentant {
            dossier_id: d.id,
            nom,
            courriel: &adresse,
            du: a.du,
            au: a.au,
            piece_id,
            etat: EtatMandat::DEBUT,
            cree_le: acte.le(),
        },
    )?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::MandatDonne {
            du: a.du,
            au: a.au,
            personne: nom.to_owned(),
        },
    )?;
    prevenir_agent(tx, acte, d, &MandatDonneAgent { numero }.lettre())
}

/// The one whose mandate counts, and the state that follows.
fn suivant(
    dossier: &DemandeComplete,
    evenement: EvenementMandat,
) -> ActionResult<(Representant, Passage<EtatMandat>)> {
    let connu = dossier.demande.representant.as_ref();
    let etat = connu.map_or(EtatMandat::Refuse, |r| r.etat);
    let passage = transition(etat, evenement)?;
    let representant = connu.cloned().ok_or(DbError::Introuvable)?;
    Ok((representant, passage))
}

/// The caisse receives a mandate, or refuses it with a reason that the applicant reads.
///
/// # Errors
/// A refusal without a reason, a refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn examiner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    (verdict, raison): (EvenementMandat, &str),
) -> ActionResult<EtatMandat> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let (r, passage) = suivant(&dossier, verdict)?;
    let refuse = passage.vers() == EtatMandat::Refuse;
    let raison = match refuse {
        true => Some(motif(
            "raison",
            raison,
            "Écrivez pourquoi le mandat ne convient pas : la personne le lira.",
        )?),
        false => None,
    };
    let sort = match refuse {
        true => regle_piece::Evenement::Refuser,
        false => regle_piece::Evenement::Accepter,
    };
    let examinee = regle_piece::transition(EtatPiece::DEBUT, Emploi::Courant, sort)?;
    let par = (acte.acteur.id, acte.le());
    crate::db::piece::examiner(tx, d.id, r.piece_id, (examinee, raison), par)?;
    representant::changer(tx, r.id, passage, raison, par)?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::MandatExamine {
            verdict: passage.vers(),
            personne: r.nom.clone(),
            raison: raison.map(str::to_owned),
        },
    )?;
    let lettre = MandatExamine {
        dossier: entete(&dossier),
        representant: &r.nom,
        raison,
    }
    .lettre();
    let cle = format!("mandat_examine:{}", r.id);
    courriel::envoyer(tx, acte, &cle, &Destinataire::demandeur(&dossier), &lettre)?;
    if !refuse {
        dire_au_representant(tx, acte, &dossier, &r, passage.vers())?;
    }
    Ok(passage.vers())
}

/// The applicant takes it back, at any time.
///
/// # Errors
/// A refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn revoquer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let (r, passage) = suivant(&dossier, EvenementMandat::Revoquer)?;
    representant::changer(tx, r.id, passage, None, (acte.acteur.id, acte.le()))?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::MandatRevoque {
            personne: r.nom.clone(),
        },
    )?;
    match passage.de() {
        // Nothing was ever written to somebody whose mandate nobody received.
        EtatMandat::Verifie => dire_au_representant(tx, acte, &dossier, &r, passage.vers()),
        _ => Ok(()),
    }
}

/// Writes to the representative that the mandate runs, or that it is over.
fn dire_au_representant(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    r: &Representant,
    etat: EtatMandat,
) -> ActionResult<()> {
    let lettre = SortMandat {
        representant: &r.nom,
        kine: &dossier.kine.nom_complet(),
        numero: &dossier.demande.numero,
        contact: &dossier.service.lignes(),
        du: r.du,
        au: r.au,
        court: etat == EtatMandat::Verifie,
    }
    .lettre();
    let cle = format!("sort_mandat:{}:{}", r.id, etat.as_str());
    courriel::deposer(tx, acte, &cle, &r.courriel, &lettre)
}

/// Records what the representative did in the applicant’s name, received on `le`.
///
/// # Errors
/// A wrong field, nobody may act that day, [`ActionError::Perime`], the refusal of the database.
pub fn noter_acte(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    (le, texte): (NaiveDate, &str),
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let representant = d.representant.as_ref();
    geste::noter_acte(representant.map(Representant::mandat), le)?;
    if le > acte.jour_a(territoire(&dossier)?) {
        return Err(ActionError::champ("le", "Ce jour est à venir."));
    }
    let texte = motif(
        "texte",
        texte,
        "Écrivez ce que cette personne a demandé ou envoyé.",
    )?;
    let personne = representant.map(|r| r.nom.clone());
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::ActeDuRepresentant {
            le,
            personne,
            texte: Some(texte.to_owned()),
        },
    )?;
    Ok(())
}
