//! What silence gave birth to, on the page of who asked: what it is worth, asking for the reasons or for the attestation,
//! reading them (PRO-7).

use actix_web::web::Path;
use courriers::silence::{Attestation, Raisons};
use regles::silence::EffetSilence;
use regles::{geste, silence as regle, texte};

use super::lu::Lu;
use crate::actions::{ActionResult, silence};
use crate::db::demande;
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::kit::erreurs::version;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// What the page shows once silence was worth an answer.
pub(super) struct SilenceVue {
    pub(super) titre: &'static str,
    /// A paragraph each.
    pub(super) paragraphes: Vec<String>,
    /// What may be asked for, on its own page.
    pub(super) demander: Option<&'static str>,
}

/// Nothing before silence is over, nor once a decision took its place.
///
/// # Errors
/// No parameter in force.
pub(super) fn silence_vue(visite: &Visite, lu: &Lu) -> Result<Option<SilenceVue>, WebError> {
    let d = &lu.d.demande;
    let Some(ne) = d.silence().filter(|_| geste::sans_decision(d.etat).is_ok()) else {
        return Ok(None);
    };
    let reglement = visite.etat.reglement();
    let territoire = lu.d.service.territoire().map_err(WebError::from)?;
    let limite = ne
        .contester_avant(&reglement, territoire)
        .map_err(WebError::interne)?;
    let peut = regle::demander(Some(ne), limite, visite.aujourd_hui()).is_ok();
    let kine = lu.d.kine.nom_complet();
    let (titre, mut paragraphes, demander) = match ne.effet {
        EffetSilence::Rejet => (
            "Le silence de la caisse vaut refus",
            match (ne.demande_le, limite, &lu.raisons) {
                (Some(demandees_le), Some(contester_avant), Some(motifs)) => Raisons {
                    demandees_le,
                    silence_le: ne.le,
                    motifs,
                    contester_avant,
                }
                .paragraphes()
                .to_vec(),
                _ => [
                    Some(ne.phrase()),
                    limite.map(|le| format!("Ce refus se conteste {}.", texte::au_plus_tard(le))),
                ]
                .into_iter()
                .flatten()
                .collect(),
            },
            "Demander les raisons",
        ),
        EffetSilence::Acceptation => (
            "Le silence de la caisse vaut accord",
            match ne.reponse_le {
                None => vec![ne.phrase()],
                Some(_) => vec![
                    Attestation {
                        numero: &d.numero,
                        kine: &kine,
                        complete_le: d.complete_le,
                        silence_le: ne.le,
                        adresse: &format!("{}, {}", d.adresse, lu.d.commune),
                    }
                    .texte(),
                ],
            },
            "Demander mon attestation",
        ),
    };
    paragraphes.extend(lu.recours.iter().cloned());
    Ok(Some(SilenceVue {
        titre,
        paragraphes,
        demander: peut.then_some(demander),
    }))
}

/// The routes against a refusal born of silence, for [`Lu`].
pub(super) fn recours(
    conn: &mut crate::db::AnyConn,
    reglement: &regles::reglement::Reglement,
    d: &demande::DemandeComplete,
) -> ActionResult<Vec<String>> {
    match d.demande.silence() {
        Some(ne) if geste::sans_decision(d.demande.etat).is_ok() => {
            silence::voies(conn, reglement, d, ne)
        }
        _ => Ok(Vec::new()),
    }
}

/// `GET /demandes/{numero}/interroger`
///
/// # Errors
/// The request is not this person's, or nothing may be asked for.
pub async fn demander_le_silence(visite: Visite, numero: Path<String>) -> Reponse {
    let (scope, cherche) = (visite.qui()?.scope(), numero.clone());
    let d = visite
        .read(move |conn| demande::lire(conn, &scope, &cherche))
        .await?;
    let refus = |refus: regles::refus::Refus| WebError::Refus(refus.to_string());
    geste::sans_decision(d.etat).map_err(refus)?;
    regle::demander(d.silence(), None, visite.aujourd_hui()).map_err(refus)?;
    let rejet = d.silence().is_some_and(|s| s.effet == EffetSilence::Rejet);
    let (titre, bouton, suites): (_, _, &[&str]) = match rejet {
        true => (
            "Demander les raisons de ce refus ?",
            "Demander les raisons",
            &[
                "La caisse a un mois pour vous les donner (code des relations entre le public et l’administration, article L232-4).",
                "Le délai pour contester recommence le jour où vous les recevez.",
            ],
        ),
        false => (
            "Demander votre attestation ?",
            "Demander mon attestation",
            &[
                "Elle dit que votre demande est acceptée, et depuis quand : montrez-la à qui vous la demande.",
            ],
        ),
    };
    let chemin = format!("/demandes/{}", d.numero);
    let page = visite
        .page(bouton)
        .ariane("Mon espace", "/espace")
        .ariane(format!("Demande {}", d.numero), &chemin)
        .rubrique("/espace");
    let question = Question::new(titre, format!("{chemin}/interroger"), bouton);
    suites
        .iter()
        .fold(question, |question, suite| question.suite(*suite))
        .champ(Champ::cache("version", d.version.to_string()))
        .retour("Revenir à ma demande", chemin)
        .poser(&visite, page)
}

/// `POST /demandes/{numero}/interroger`
///
/// # Errors
/// As [`demander_le_silence`], or the request changed meanwhile.
pub async fn interroger_le_silence(
    visite: Visite,
    numero: Path<String>,
    saisie: Saisie,
) -> Reponse {
    let version = version(&saisie)?;
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    let concerne = numero.clone();
    visite
        .write(move |tx| silence::interroger(tx, &acte, kine_id, &concerne, version))
        .await?;
    visite.rediriger_avec(
        &format!("/demandes/{numero}"),
        "C’est demandé : la caisse vous répond ici, et par courriel.",
    )
}
