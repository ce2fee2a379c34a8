//! `GET` and `POST /mes-departs/{id}/retirer`: taking back a declaration, or cancelling the departure (REG-19).

use actix_web::web::Path;
use regles::depart::EtatDepart;
use regles::texte;

use crate::actions::depart;
use crate::db::depart as stockees;
use crate::web::kit::confirmation::Question;
use crate::web::kit::erreurs::version;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// `GET /mes-departs/{id}/retirer`
///
/// # Errors
/// The departure is not this person's.
pub async fn confirmer(visite: Visite, id: Path<i64>) -> Reponse {
    let id = id.into_inner();
    let scope = visite.qui()?.scope();
    let c = visite
        .read(move |conn| stockees::complete(conn, &scope, id))
        .await?;
    let confirme = c.depart.etat == EtatDepart::Confirmee;
    let (verbe, objet) = match confirme {
        true => ("Annuler", "mon départ"),
        false => ("Retirer", "ma déclaration"),
    };
    let page = visite
        .page(format!("{verbe} {objet}"))
        .ariane("Mon espace", "/espace")
        .ariane(
            format!("Départ {}", texte::de(&c.commune)),
            format!("/mes-departs/{id}"),
        )
        .rubrique("/espace");
    let (adresse, commune) = (format!("/mes-departs/{id}/retirer"), &c.commune);
    let question = match confirme {
        true => Question::new(
            format!("Annuler votre départ {} ?", texte::de(commune)),
            adresse,
            "Annuler ce départ",
        )
        .suite("Vous gardez votre conventionnement et votre place : votre départ n’en ouvre plus.")
        .suite("La personne que vous avez désignée et celles qui ont candidaté sont averties : leur désignation ou leur candidature n’a plus d’effet.")
        .suite("Vous pouvez annuler tant qu’aucune décision ne repose sur ce départ.")
        .retour("Maintenir mon départ", format!("/mes-departs/{id}")),
        false => Question::new(
            format!("Retirer la déclaration de cessation à {commune} ?"),
            adresse,
            "Retirer la déclaration",
        )
        .suite("La caisse ne l’examinera pas et votre départ n’ouvrira pas de place.")
        .suite("Vous pourrez déclarer de nouveau votre cessation.")
        .retour("Garder la déclaration", format!("/mes-departs/{id}")),
    };
    question
        .champ(Champ::cache("version", c.depart.version.to_string()))
        .poser(&visite, page)
}

/// `POST /mes-departs/{id}/retirer`
///
/// # Errors
/// A decision rests on the departure, or it changed meanwhile.
pub async fn retirer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let version = version(&saisie)?;
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    visite
        .write(move |tx| depart::retirer(tx, &acte, kine_id, id, version))
        .await?;
    visite.rediriger_avec(
        &format!("/mes-departs/{id}"),
        "Votre déclaration est retirée : elle n’a plus d’effet.",
    )
}
