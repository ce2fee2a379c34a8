//! Queues a mail in the transaction that causes it; a task sends it after commit. To somebody without an account, it is a
//! letter to print.

use super::dossier::objet_du_tronc;
use super::{Acte, ActionError, ActionResult, tracer};
use crate::adresse;
use crate::db::courriel::{self, CourrielPerdu, NouveauCourriel};
use crate::db::demande::DemandeComplete;
use crate::db::ensemble::Lecture;
use crate::db::lettre::{self as stockees, NouvelleLettre};
use crate::db::{AnyConn, CpamScope, DbError, WriteTx, dossier, tache};
use courriers::demande::Copie;
use courriers::{Courrier, Lettre};
use regles::evenement::Fait;
use regles::representation::peut_agir;

/// Queues `lettre` for one address. `cle` makes it unique, as `demande_deposee:42`.
///
/// # Errors
/// The template cannot be rendered, or the database refuses (the key was queued already).
pub fn deposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    destinataire: &str,
    lettre: &Lettre,
) -> ActionResult<()> {
    let (texte, html) = lettre.rendre(&acte.url_publique)?;
    courriel::deposer(
        tx,
        &NouveauCourriel {
            cle,
            modele: lettre.modele.code(),
            destinataire,
            sujet: &lettre.sujet,
            texte: &texte,
            html: &html,
            cree_le: acte.le(),
        },
    )?;
    Ok(())
}

/// To whom something is written: a mail, or a letter to print for somebody who has no account (PRO-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destinataire {
    /// By e-mail, to this address.
    Courriel(String),
    /// By post, about a case of a practitioner.
    Papier {
        /// The case.
        dossier_id: i64,
        /// Who is known by a paper.
        kine_id: i64,
    },
}

impl Destinataire {
    /// The applicant of a request.
    pub fn demandeur(dossier: &DemandeComplete) -> Destinataire {
        let d = &dossier.demande;
        Destinataire::de(dossier.courriel.as_ref(), d.id, d.kine_id)
    }

    /// Somebody, at the address of their account; by post without one.
    pub fn de(courriel: Option<&String>, dossier_id: i64, kine_id: i64) -> Destinataire {
        match courriel {
            Some(adresse) => Destinataire::Courriel(adresse.clone()),
            None => Destinataire::Papier {
                dossier_id,
                kine_id,
            },
        }
    }
}

/// Queues a mail, or writes the letter to print.
///
/// # Errors
/// As [`deposer`].
pub fn envoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    a: &Destinataire,
    lettre: &Lettre,
) -> ActionResult<()> {
    match a {
        Destinataire::Courriel(adresse) => deposer(tx, acte, cle, adresse, lettre),
        Destinataire::Papier {
            dossier_id,
            kine_id,
        } => {
            let destinataire = stockees::adresse_de(tx, *kine_id)?;
            let texte = lettre.imprimer(&acte.url_publique)?;
            let nouvelle = NouvelleLettre {
                dossier_id: *dossier_id,
                cle,
                modele: lettre.modele.code(),
                destinataire: &destinataire,
                sujet: &lettre.sujet,
                texte: &texte,
                cree_le: acte.le(),
            };
            Ok(stockees::ecrire(tx, &nouvelle)?)
        }
    }
}

/// Queues a letter for an applicant, and a copy for who acts for her today on a mandate that the caisse received (PRO-13).
///
/// # Errors
/// As [`deposer`].
pub fn au_demandeur(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    dossier: &DemandeComplete,
    lettre: &Lettre,
) -> ActionResult<()> {
    envoyer(tx, acte, cle, &Destinataire::demandeur(dossier), lettre)?;
    let Some(r) = &dossier.demande.representant else {
        return Ok(());
    };
    if !peut_agir(Some(r.mandat()), acte.jour()) {
        return Ok(());
    }
    let copie = Copie {
        lettre,
        representant: &r.nom,
        kine: &dossier.kine.nom_complet(),
    }
    .lettre();
    deposer(tx, acte, &format!("{cle}:copie"), &r.courriel, &copie)
}

/// What an agent makes of a mail that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuiteDonnee {
    /// Sends it again, to this address.
    Renvoyer(String),
    /// The person was told otherwise.
    Regler,
}

/// A mail about a case that failed or is uncertain.
///
/// # Errors
/// [`DbError::Introuvable`]: it is of another case, or it arrived, or somebody saw to it.
pub fn perdu(conn: &mut AnyConn, dossier_id: i64, id: i64) -> ActionResult<CourrielPerdu> {
    let perdus = courriel::lecture_perdus(dossier_id).toutes(conn)?;
    let trouve = perdus.into_iter().find(|c| c.id == id);
    Ok(trouve.ok_or(DbError::Introuvable)?)
}

/// Sends again a mail that did not arrive, or notes that its recipient was told otherwise; the timeline says so.
///
/// # Errors
/// [`ActionError::Champ`]: not an address; [`DbError::Introuvable`]: somebody saw to it meanwhile.
pub fn traiter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (numero, id): (&str, i64),
    suite: &SuiteDonnee,
) -> ActionResult<()> {
    let lu = dossier::charger(tx, scope, numero)?;
    let CourrielPerdu {
        sujet,
        destinataire,
        ..
    } = perdu(tx, lu.id, id)?;
    let fait = match suite {
        SuiteDonnee::Renvoyer(saisie) => {
            let destinataire = adresse::lire(saisie).ok_or_else(|| {
                ActionError::champ(
                    "courriel",
                    "Indiquez une adresse électronique, par exemple claire.martin@example.fr.",
                )
            })?;
            courriel::changer_destinataire(tx, id, &destinataire)?;
            tache::relancer(tx, id, acte.le())?;
            Fait::CourrielRenvoye {
                sujet,
                destinataire,
            }
        }
        SuiteDonnee::Regler => {
            tache::classer(tx, id)?;
            Fait::CourrielRegle {
                sujet,
                destinataire,
            }
        }
    };
    Ok(tracer(tx, &acte.acteur, objet_du_tronc(&lu), fait)?)
}
