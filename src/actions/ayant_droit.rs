//! REG-7: the leaver died or is incapacitated; the CPAM entitles the heirs or the representative, on proof, and they
//! designate by a secret link, without an account.

use courriers::Courrier;
use regles::depart::{EtatDepart, Qualite};
use regles::evenement::Fait;
use regles::piece::{Emploi, EtatPiece, Evenement, transition};
use regles::texte;

use super::piece::{self, PieceRecue, Rattachement};
use super::{Acte, Acteur, ActionError, ActionResult, Objet, courriel, tracer};
use crate::adresse;
use crate::db::ayant_droit::{self, AyantDroit, NouvelAyantDroit};
use crate::db::depart::{self, DepartComplet};
use crate::db::{AnyConn, CpamScope, DbResult, WriteTx};
use crate::secret;

/// Somebody to entitle.
#[derive(Debug, Clone)]
pub struct AHabiliter {
    /// First name and name.
    pub nom: String,
    /// In what capacity.
    pub qualite: Qualite,
    /// E-mail address.
    pub courriel: String,
    /// Telephone.
    pub telephone: Option<String>,
    /// The proof: death certificate and notary's attestation, or judgment.
    pub preuves: Vec<PieceRecue>,
}

/// Entitles somebody to designate in the name of the leaver; who was entitled before no longer is.
///
/// # Errors
/// The parameter does not allow it, a field is wrong, the departure is out of scope or closed.
pub fn habiliter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    depart_id: i64,
    a: &AHabiliter,
) -> ActionResult<()> {
    let c = depart::complete(tx, scope, depart_id)?;
    if !acte
        .reglement
        .oui("designation.ayants_droit", acte.jour())?
    {
        return Err(ActionError::refus(
            "Les règles en vigueur n’admettent pas la désignation par les ayants droit.",
        ));
    }
    if matches!(c.depart.etat, EtatDepart::Rejetee | EtatDepart::Retiree) {
        return Err(ActionError::refus(
            "Cette déclaration est close : personne n’a à désigner.",
        ));
    }
    let nom = a.nom.trim();
    if nom.is_empty() {
        return Err(ActionError::champ("nom", "Indiquez le prénom et le nom."));
    }
    let Some(adresse) = adresse::lire(&a.courriel) else {
        return Err(ActionError::champ(
            "courriel",
            "Cette adresse électronique est incomplète. Par exemple : prenom.nom@exemple.fr.",
        ));
    };
    let [preuve, ..] = a.preuves.as_slice() else {
        return Err(ActionError::champ(
            "preuve",
            "Joignez la preuve : acte de décès et attestation du notaire, ou jugement.",
        ));
    };
    let habilite_par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("an entitlement without an agent".to_owned()))?;
    let pieces = piece::attacher(
        tx,
        acte,
        Rattachement::dossier(depart_id),
        std::slice::from_ref(preuve),
    )?;
    let piece_id = pieces
        .first()
        .copied()
        .ok_or_else(|| ActionError::Regle("a document was stored without a row".to_owned()))?;
    // To entitle is to have verified: the proof is accepted with the act.
    let acceptee = transition(EtatPiece::DEBUT, Emploi::Courant, Evenement::Accepter)?;
    crate::db::piece::examiner(
        tx,
        depart_id,
        piece_id,
        (acceptee, None),
        (acte.acteur.id, acte.le()),
    )?;
    let ancien = ayant_droit::actif(tx, depart_id)?;
    if let Some(ancien) = &ancien {
        ayant_droit::retirer(tx, ancien.id, acte.le())?;
    }
    let jeton = secret::jeton();
    let id = ayant_droit::inserer(
        tx,
        &NouvelAyantDroit {
            depart_id,
            nom,
            qualite: a.qualite,
            courriel: &adresse,
            telephone: a.telephone.as_deref(),
            piece_id,
            jeton_empreinte: &secret::empreinte(&jeton),
            habilite_par,
            habilite_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::AyantDroitHabilite {
            ayant_droit: id,
            qualite: a.qualite,
            remplace: ancien.map(|a| a.id),
            personne: nom.to_owned(),
        },
    )?;
    let lettre = courriers::depart::AyantDroit {
        nom,
        cedant: &c.kine.nom_complet(),
        commune: &c.commune,
        jeton: &jeton,
        contact: &c.service.lignes(),
    }
    .lettre();
    courriel::deposer(tx, acte, &format!("ayant_droit:{id}"), &adresse, &lettre)
}

/// Takes back what somebody was entitled to: the link opens nothing any more.
///
/// # Errors
/// The departure is out of scope, or nobody was entitled.
pub fn retirer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    depart_id: i64,
) -> ActionResult<()> {
    let c = depart::complete(tx, scope, depart_id)?;
    let Some(actif) = ayant_droit::actif(tx, depart_id)? else {
        return Ok(());
    };
    ayant_droit::retirer(tx, actif.id, acte.le())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::AyantDroitRetire {
            ayant_droit: actif.id,
            personne: actif.nom,
        },
    )?;
    Ok(())
}

/// Who holds a secret link, and the departure.
///
/// # Errors
/// [`crate::db::DbError::Introuvable`] when the link opens nothing.
pub fn ouvrir(conn: &mut AnyConn, jeton: &str) -> DbResult<(AyantDroit, DepartComplet)> {
    let a = ayant_droit::par_jeton(conn, &secret::empreinte(jeton))?;
    let c = depart::complete(conn, &CpamScope::National, a.depart_id)?;
    Ok((a, c))
}

/// Who acts when somebody entitled designates.
pub fn acteur(a: &AyantDroit, le: chrono::NaiveDateTime) -> Acteur {
    Acteur {
        id: None,
        nom: format!(
            "{} ({})",
            a.nom,
            texte::minuscule_initiale(a.qualite.libelle())
        ),
        le,
    }
}

/// Where to write to the leaver: to who is entitled in her place, if somebody is.
pub fn adresse_du_cedant(conn: &mut AnyConn, depart_id: i64, courriel: &str) -> DbResult<String> {
    Ok(ayant_droit::actif(conn, depart_id)?.map_or_else(|| courriel.to_owned(), |a| a.courriel))
}

fn objet(c: &DepartComplet) -> Objet<'_> {
    Objet::dossier(&c.depart.caisse_code, c.depart.id)
}
