//! What the rules would answer today, said to who is about to send a request.

use chrono::NaiveDate;
use regles::conventionnement::{DerogationInvoquee, FaitsConventionnement, Succession, evaluer};
use regles::manque::avant_d_envoyer;
use regles::place::ResultatPlace;
use regles::regle::RegleError;
use regles::reglement::Reglement;
use regles::texte::date_fr;
use regles::zonage::Categorie;

use super::{Fondement, Projet};
use crate::actions::evaluation::faits_dits;
use crate::clock::jour_a_paris;
use crate::db::{AnyConn, DbResult, demande};

/// What the rules would answer today to a project that was checked, said to who is about to send it.
///
/// # Errors
/// No parameter in force that day.
pub fn annoncer(
    reglement: &Reglement,
    jour: NaiveDate,
    p: &Projet,
    categorie: Categorie,
) -> Result<Vec<String>, RegleError> {
    let dites = faits_dits(Some(categorie), &p.conditions);
    let faits = match p.fondement {
        Fondement::HorsRegulation => dites,
        Fondement::Succession { .. } => FaitsConventionnement {
            succession: Some(Succession {
                place: Some(ResultatPlace::Designee),
            }),
            ..dites
        },
        Fondement::Derogation { .. } => FaitsConventionnement {
            derogation: Some(DerogationInvoquee::default()),
            ..dites
        },
    };
    let conclusion = evaluer(reglement, Some(jour), &faits)?;
    avant_d_envoyer(reglement, jour, p.fondement.nature(), &faits, &conclusion)
}

/// Said before sending when the applicant already has a request of this kind under way in this zone: the same thing asked
/// twice makes nothing go faster. None when there is none.
///
/// # Errors
/// The database does not answer.
pub fn deja_en_cours(
    conn: &mut AnyConn,
    kine_id: i64,
    p: &Projet,
    bassin: &str,
) -> DbResult<Option<String>> {
    let semblables = demande::semblables(conn, kine_id, p.fondement.nature(), bassin)?;
    Ok(semblables.first().map(|(numero, depose_le)| {
        let le = date_fr(jour_a_paris(*depose_le));
        match p.demandeur.sur_papier() {
            false => format!(
                "Vous avez déjà une demande de même nature dans cette zone : le dossier {numero}, déposé le {le}. Pour ajouter \
                 une pièce ou écrire à la caisse, ouvrez-le : une seconde demande ne le fait pas avancer."
            ),
            true => format!(
                "Cette personne a déjà une demande de même nature dans cette zone : le dossier {numero}, déposé le {le}. \
                 Vérifiez que ce courrier n’en est pas la suite."
            ),
        }
    }))
}
