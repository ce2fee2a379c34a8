//! `GET` and `POST /mes-departs/{id}/designations/annuler`: a designation is taken back, nobody else is named (REG-8).

use actix_web::web::Path;
use regles::designation::EtatDesignation;
use regles::texte;

use crate::actions::designation::{self, ARetirer, Retirable};
use crate::actions::{Acte, ActionResult};
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// What is said once it is done.
pub const FAITE: &str = "La désignation est retirée : elle n’a plus d’effet.";

/// `GET /mes-departs/{id}/designations/annuler`
///
/// # Errors
/// The departure is not this person's, or nobody is designated.
pub async fn confirmer(visite: Visite, id: Path<i64>) -> Reponse {
    let (a, acte) = (a_retirer(&visite, *id)?, visite.acte()?);
    demander(&visite, acte, a, format!("/mes-departs/{id}")).await
}

/// `POST /mes-departs/{id}/designations/annuler`
///
/// # Errors
/// A decision rests on the designation, or it changed meanwhile.
pub async fn annuler(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let (a, acte) = (a_retirer(&visite, *id)?, visite.acte()?);
    retirer(&visite, acte, a, &saisie).await?;
    visite.rediriger_avec(&format!("/mes-departs/{id}"), FAITE)
}

fn a_retirer(visite: &Visite, depart_id: i64) -> Result<ARetirer, WebError> {
    Ok(ARetirer {
        kine_id: visite.kine_id()?,
        depart_id,
        ayant_droit: None,
    })
}

/// The page that asks, for who leaves or who is entitled in their place; `retour`: the page of the departure.
///
/// # Errors
/// As [`designation::retirable`].
pub async fn demander(visite: &Visite, acte: Acte, a: ARetirer, retour: String) -> Reponse {
    let pour_soi = a.ayant_droit.is_none();
    let Retirable {
        depart: c,
        designation: d,
        ..
    } = visite
        .read(move |conn| -> ActionResult<_> { designation::retirable(conn, &acte, &a) })
        .await?;
    let mut page = visite.page("Retirer une désignation");
    if pour_soi {
        page = page
            .ariane("Mon espace", "/espace")
            .ariane(format!("Départ {}", texte::de(&c.commune)), &retour)
            .rubrique("/espace");
    }
    let mut question = Question::new(
        texte::insecables(&format!(
            "Retirer la désignation de RPPS {}, sans désigner quelqu’un d’autre ?",
            d.rpps
        )),
        &visite.chemin,
        "Retirer la désignation",
    )
    .suite("La place reste ouverte : vous pourrez désigner quelqu’un plus tard, dans le même délai.")
    .suite(
        "Si un courriel est déjà parti à cette personne, un autre lui dit que la désignation n’a plus d’effet ; sinon elle ne reçoit rien.",
    );
    if d.etat == EtatDesignation::Acceptee {
        question = question.suite(
            "Si cette personne a déposé une demande sur la place, elle ne peut plus être accordée à ce titre.",
        );
    }
    question
        .champ(Champ::cache("active", d.id.to_string()))
        .retour("Garder cette désignation", retour)
        .poser(visite, page)
}

/// Takes back the designation that the page showed.
///
/// # Errors
/// As [`designation::retirer`].
pub async fn retirer(
    visite: &Visite,
    acte: Acte,
    a: ARetirer,
    saisie: &Saisie,
) -> Result<(), WebError> {
    let vue = saisie
        .texte("active")
        .parse()
        .map_err(|_| WebError::Perime)?;
    visite
        .write(move |tx| designation::retirer(tx, &acte, &a, vue))
        .await?;
    Ok(())
}
