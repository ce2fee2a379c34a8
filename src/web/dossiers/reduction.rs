//! DER-4: the end, or the renewal, of a reduction of activity and of the commitment that goes with it.

use actix_web::web;
use regles::echeance::NatureEcheance;

use super::acte::{Formulaire, montrer, version};
use super::instruction::finir;
use crate::actions::reduction::{self, NATURES, Suite};
use crate::actions::{ActionError, ActionResult};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};
use crate::web::visite::{Reponse, Visite};

fn formulaire(saisie: &Saisie) -> Formulaire {
    let cotes = NATURES
        .iter()
        .map(|n| Choix::new(n.as_str(), n.libelle()))
        .collect();
    let suites = vec![
        Choix::new("fin", "La fin").aide("L’échéance ne court plus."),
        Choix::new("renouvellement", "Le renouvellement")
            .aide("Une nouvelle échéance court à partir de l’ancienne fin."),
    ];
    Formulaire::new(
        "Constater la fin d’une réduction d’activité",
        "reduction",
        "Enregistrer ce constat",
    )
    .saisi(saisie)
    .intro("Le conventionnement repose sur la réduction d’activité d’un confrère et sur l’engagement de qui l’a rejoint. Chacun a sa fin (DER-4).")
    .champ(Champ::radios("cote", "De quoi s’agit-il ?", cotes).valeur(saisie.texte("cote")))
    .champ(Champ::radios("suite", "Ce que vous constatez", suites).valeur(saisie.texte("suite")))
    .champ(
        Champ::nombre("duree_mois", "Durée du renouvellement")
            .si("à remplir pour un renouvellement")
            .unite("mois")
            .valeur(saisie.texte("duree_mois")),
    )
    .champ(
        Champ::zone("motif", "Sur quoi vous vous fondez", 3)
            .aide("Un courrier, un relevé d’activité, un avenant au contrat. La personne n’en reçoit pas le texte.")
            .valeur(saisie.texte("motif")),
    )
}

fn lire(saisie: &Saisie) -> ActionResult<(NatureEcheance, Suite)> {
    let nature = saisie
        .texte("cote")
        .parse::<NatureEcheance>()
        .map_err(|_| {
            ActionError::champ(
                "cote",
                "Choisissez ce dont vous constatez la fin ou le renouvellement.",
            )
        })?;
    let suite = match saisie.texte("suite") {
        "fin" => Suite::Fin,
        "renouvellement" => Suite::Renouvellement {
            mois: saisie.texte("duree_mois").parse().map_err(|_| {
                ActionError::champ(
                    "duree_mois",
                    "Indiquez la durée du renouvellement, en mois.",
                )
            })?,
        },
        _ => {
            return Err(ActionError::champ(
                "suite",
                "Choisissez la fin ou le renouvellement.",
            ));
        }
    };
    Ok((nature, suite))
}

/// `GET /dossiers/{numero}/reduction`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(&visite, &numero, formulaire(&Saisie::default()), None).await
}

/// `POST /dossiers/{numero}/reduction`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn constater(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let resultat = match lire(&saisie) {
        Ok((nature, suite)) => {
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let v = version(&saisie);
            let motif = saisie.texte("motif").to_owned();
            visite
                .write(move |tx| {
                    let constat = reduction::Constat {
                        nature,
                        suite,
                        motif: &motif,
                    };
                    reduction::constater(tx, &acte, &scope, &n, v, &constat)
                })
                .await
        }
        Err(erreur) => Err(erreur),
    };
    finir(
        &visite,
        &numero,
        resultat,
        "Le constat est enregistré.",
        || formulaire(&saisie),
    )
    .await
}
