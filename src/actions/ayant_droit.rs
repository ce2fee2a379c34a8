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
use crate::db::{AnyConn, CpamScope, DbResult, WriteTx, place};
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

/// REG-7: whether heirs or a representative may designate at all.
///
/// # Errors
/// The parameter does not allow it.
pub(super) fn admise(acte: &Acte) -> ActionResult<()> {
    match acte
        .reglement
        .oui("designation.ayants_droit", acte.jour())?
    {
        true => Ok(()),
        false => Err(ActionError::refus(
            "Les règles en vigueur n’admettent pas la désignation par les ayants droit.",
        )),
    }
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
    admise(acte)?;
    if matches!(c.depart.etat, EtatDepart::Rejetee | EtatDepart::Retiree) {
        return Err(ActionError::refus(
            "Cette déclaration est close : personne n’a à désigner.",
        ));
    }
    let piece_id = joindre(tx, acte, depart_id, &a.preuves)?;
    let habilitee = inscrire(tx, acte, &c, a, piece_id)?;
    ecrire(tx, acte, &c, &habilitee)
}

/// Attaches the proof, accepted: to entitle is to have verified.
pub(super) fn joindre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart_id: i64,
    preuves: &[PieceRecue],
) -> ActionResult<i64> {
    let [preuve, ..] = preuves else {
        return Err(ActionError::champ(
            "preuve",
            "Joignez la preuve : acte de décès et attestation du notaire, ou jugement.",
        ));
    };
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
    let acceptee = transition(EtatPiece::DEBUT, Emploi::Courant, Evenement::Accepter)?;
    crate::db::piece::examiner(
        tx,
        depart_id,
        piece_id,
        (acceptee, None),
        (acte.acteur.id, acte.le()),
    )?;
    Ok(piece_id)
}

/// Somebody who has just been entitled.
pub(super) struct Habilitee {
    id: i64,
    nom: String,
    adresse: String,
    jeton: String,
}

/// Entitles somebody, in place of who was; nothing is written to them yet.
pub(super) fn inscrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    a: &AHabiliter,
    piece_id: i64,
) -> ActionResult<Habilitee> {
    let depart_id = c.depart.id;
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
    let habilite_par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("an entitlement without an agent".to_owned()))?;
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
        objet(c),
        Fait::AyantDroitHabilite {
            ayant_droit: id,
            qualite: a.qualite,
            remplace: ancien.map(|a| a.id),
            personne: nom.to_owned(),
        },
    )?;
    Ok(Habilitee {
        id,
        nom: nom.to_owned(),
        adresse,
        jeton,
    })
}

/// Sends their link to who has just been entitled, with the last day to designate once there is one.
pub(super) fn ecrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    habilitee: &Habilitee,
) -> ActionResult<()> {
    let limite = place::de_depart(tx, c.depart.id)?.and_then(|p| p.limite_designation);
    let lettre = courriers::depart::AyantDroit {
        nom: &habilitee.nom,
        cedant: &c.kine.nom_complet(),
        commune: &c.commune,
        limite,
        jeton: &habilitee.jeton,
        contact: &c.service.lignes(),
    }
    .lettre();
    let cle = format!("ayant_droit:{}", habilitee.id);
    courriel::deposer(tx, acte, &cle, &habilitee.adresse, &lettre)
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

fn objet(c: &DepartComplet) -> Objet<'_> {
    Objet::dossier(&c.depart.caisse_code, c.depart.id)
}
