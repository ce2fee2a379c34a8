//! The designated person answers: accepts or declines (REG-8).

use courriers::Courrier;
use regles::designation::{EtatDesignation, Evenement, transition};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;

use super::super::cedant::Cedant;
use super::super::{Acte, ActionError, ActionResult, Objet, courriel, echeance, tracer};
use crate::adresse;
use crate::db::designation::{self, DesignationComplete};
use crate::db::echeance::territoire;
use crate::db::{CpamScope, WriteTx, depart, kine, place};
use crate::secret;

/// How a designated person proves to be the one: the secret link, or the address it was sent to.
#[derive(Debug, Clone)]
pub enum Acces {
    /// The link received by e-mail.
    Jeton(String),
    /// The designation itself, from an account whose confirmed address is the designated one.
    Adresse {
        /// The designation.
        id: i64,
        /// The confirmed address of the account.
        courriel: String,
    },
    /// A request that the designated person sent on paper (PRO-13).
    Papier {
        /// The designation.
        id: i64,
        /// The RPPS that the paper bears.
        rpps: String,
    },
}

impl Acces {
    /// Reads the designation that this opens.
    ///
    /// # Errors
    /// [`crate::db::DbError::Introuvable`] when it opens none.
    pub fn ouvrir(
        &self,
        conn: &mut crate::db::AnyConn,
    ) -> crate::db::DbResult<DesignationComplete> {
        match self {
            Acces::Jeton(jeton) => designation::par_jeton(conn, &secret::empreinte(jeton)),
            Acces::Adresse { id, courriel } => {
                designation::par_adresse(conn, *id, &adresse::ranger(courriel))
            }
            Acces::Papier { id, rpps } => designation::pour_rpps(conn, rpps)?
                .into_iter()
                .find(|d| d.designation.id == *id)
                .ok_or(crate::db::DbError::Introuvable),
        }
    }
}

/// The designated person accepts or declines.
///
/// # Errors
/// The account is not that of the RPPS designated, the designation was answered or replaced, the place is no longer open.
pub fn repondre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    acces: &Acces,
    accepte: bool,
) -> ActionResult<DesignationComplete> {
    let lue = acces.ouvrir(tx)?;
    let moi = kine::par_id(tx, kine_id)?.ok_or(crate::db::DbError::Introuvable)?;
    if moi.rpps != lue.designation.rpps {
        return Err(ActionError::refus(format!(
            "Cette désignation nomme le professionnel de numéro RPPS {}, et votre compte porte le numéro {}. Connectez-vous avec le compte de la personne désignée, ou demandez à {} de corriger la désignation.",
            lue.designation.rpps,
            moi.rpps,
            lue.cedant.nom_complet()
        )));
    }
    let evenement = if accepte {
        Evenement::Accepter
    } else {
        Evenement::Decliner
    };
    // The same answer sent twice.
    if matches!(
        (lue.designation.etat, accepte),
        (EtatDesignation::Acceptee, true) | (EtatDesignation::Declinee, false)
    ) {
        return Ok(lue);
    }
    let passage = transition(lue.designation.etat, evenement)?;
    let place = place::par_id(tx, lue.designation.place_id)?;
    let jour = acte.jour_a(territoire(tx, &place.caisse_code)?);
    let passee = place.limite_designation.is_some_and(|l| jour > l);
    let ouverte = regles::place::transition(place.etat, regles::place::Evenement::Designer);
    if accepte && (ouverte.is_err() || passee) {
        return Err(ActionError::refus(
            "La place n’est plus ouverte : cette désignation ne peut plus être acceptée. Adressez-vous à la caisse.",
        ));
    }
    // Whoever decides on an open place at the same instant has read another version of it.
    if let Ok(ouverte) = ouverte {
        place::passer(tx, &place, ouverte)?;
    }
    designation::passer(tx, lue.designation.id, passage, Some(kine_id), acte.le())?;
    if accepte {
        echeance::satisfaire(
            tx,
            acte,
            place.id,
            NatureEcheance::DesignationSuccesseur,
            "Successeur désigné, désignation acceptée",
        )?;
    }
    let (designation, rpps) = (lue.designation.id, Some(moi.rpps.clone()));
    let fait = if accepte {
        Fait::DesignationAcceptee { designation, rpps }
    } else {
        Fait::DesignationDeclinee { designation, rpps }
    };
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&place.caisse_code, place.id),
        fait,
    )?;
    annoncer(tx, acte, &lue, &moi, accepte)?;
    Ok(lue)
}

fn annoncer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &DesignationComplete,
    moi: &kine::Kine,
    accepte: bool,
) -> ActionResult<()> {
    let (id, nom) = (lue.designation.id, moi.nom_complet());
    let c = depart::complete(tx, &CpamScope::National, lue.depart.id)?;
    let a_qui = Cedant::de(tx, &c)?;
    let (designant, limite) = (a_qui.designant(), lue.place_limite);
    let (cedant, contact) = (lue.cedant.nom_complet(), lue.service.lignes());
    let (successeur, cedant, commune, contact) = (&*nom, &*cedant, &*lue.commune, &*contact);
    let (au_cedant, au_successeur) = if accepte {
        (
            courriers::designation::DesignationAcceptee {
                designant,
                successeur,
                commune,
                limite,
                contact,
            }
            .lettre(),
            courriers::designation::DesignationAccepteeCopie {
                successeur,
                cedant,
                commune,
                contact,
                designation_id: id,
            }
            .lettre(),
        )
    } else {
        (
            courriers::designation::DesignationDeclinee {
                designant,
                successeur,
                commune,
                limite,
                contact,
            }
            .lettre(),
            courriers::designation::DesignationDeclineeCopie {
                successeur,
                cedant,
                commune,
                contact,
            }
            .lettre(),
        )
    };
    let cle = |qui: &str| format!("designation_reponse:{id}:{qui}");
    courriel::envoyer(tx, acte, &cle("cedant"), a_qui.destinataire(), &au_cedant)?;
    courriel::deposer(
        tx,
        acte,
        &cle("successeur"),
        &lue.designation.courriel,
        &au_successeur,
    )
}
