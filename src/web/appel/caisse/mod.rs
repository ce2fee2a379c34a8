//! `/attributions`: the places of a CPAM that are to be attributed, and their calls (REG-12).

mod candidature;
mod decision;
mod detail;
mod examen;
mod objet;

pub use candidature::{Ecart, page_valeurs, retenir};
pub use decision::{Attribution, Cloture};
pub use detail::page;
pub use examen::{page_commission, ranger};

use actix_web::web::Query;
use askama::Template;
use regles::appel::EtatAppel;
use regles::droits::INSTRUCTION;
use regles::texte;
use serde::Deserialize;

use crate::actions::appel as actions;
use crate::db::appel::{self, Appel, AppelComplet, PlaceAAttribuer};
use crate::db::{CpamScope, DbError, charte};
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Etat, Pastille, Suite, Vide};
use crate::web::visite::{Reponse, Visite};

const LIGNES: i64 = 30;

/// Where the list begins, and which CPAM for a national reader.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    avant: Option<i64>,
    caisse: Option<String>,
}

struct LigneVue {
    id: i64,
    commune: String,
    bassin: String,
    ouvert_le: chrono::NaiveDate,
    cloture: chrono::NaiveDate,
    pastille: Pastille,
}

#[derive(Template)]
#[template(path = "appel/attributions.html")]
struct ListePage {
    page: Page,
    places: Vec<PlaceAAttribuer>,
    appels: Vec<LigneVue>,
    suite: Suite,
    vide: Option<Vide>,
    ouvrable: bool,
    appliquee: bool,
}

/// How the state of a call is shown to agents.
fn pastille(appel: &Appel, jour: chrono::NaiveDate) -> Pastille {
    match appel.etat {
        EtatAppel::Ouvert if appel.recoit(jour) => Pastille::new(Etat::EnCours, "Reçoit"),
        EtatAppel::Ouvert if appel.cpd_le.is_some() => Pastille::new(Etat::AFaire, "À attribuer"),
        EtatAppel::Ouvert => Pastille::new(Etat::AFaire, "À examiner"),
        EtatAppel::Attribue => Pastille::new(Etat::Fait, "Attribué"),
        EtatAppel::SansSuite => Pastille::new(Etat::Neutre, "Sans suite"),
    }
}

/// `GET /attributions`
pub async fn liste(visite: Visite, adresse: Query<Adresse>) -> Reponse {
    let (caisse, suffixe) = match (visite.qui()?.scope(), &adresse.caisse) {
        (CpamScope::Caisse(code), _) => (code, String::new()),
        (_, Some(code)) => (code.clone(), format!("&caisse={code}")),
        _ => {
            return crate::web::dossiers::file::choisir(&visite, "/attributions", "Attributions")
                .await;
        }
    };
    let (jour, avant) = (visite.aujourd_hui(), adresse.avant);
    let (places, mut appels, appliquee) = visite
        .read(move |conn| {
            Ok::<_, DbError>((
                appel::a_ouvrir(conn, &caisse)?,
                appel::d_caisse(conn, &caisse, avant, LIGNES + 1)?,
                charte::en_vigueur(conn, &caisse, jour)?.is_some(),
            ))
        })
        .await?;
    let montres = usize::try_from(LIGNES).unwrap_or(30);
    let encore = appels.len() > montres;
    appels.truncate(montres);
    let vide = (places.is_empty() && appels.is_empty()).then(|| {
        Vide::new(
            "Aucune place à attribuer",
            if appliquee {
                "Une place sans successeur au terme du délai de désignation arrive ici : vous ouvrez alors l’appel à candidatures."
            } else {
                "Votre caisse n’applique pas de charte : une place sans successeur au terme du délai de désignation devient caduque."
            },
        )
        .action("Voir la charte", "/charte")
    });
    let suite = Suite {
        debut: avant.map(|_| format!("/attributions?{}", suffixe.trim_start_matches('&'))),
        suivant: appels
            .last()
            .filter(|_| encore)
            .map(|a| format!("/attributions?avant={}{suffixe}", a.appel.id)),
        position: texte::pluriel(
            i64::try_from(appels.len()).unwrap_or(0),
            "appel montré",
            "appels montrés",
        ),
    };
    let page = visite
        .page("Attributions")
        .chapeau(
            "Les places restées sans successeur, que la caisse attribue selon sa charte (REG-12).",
        )
        .action("Charte d’attribution", "/charte")
        .rubrique("/attributions")
        .largeur(Largeur::Pleine);
    visite.rendre(&ListePage {
        places,
        appels: appels.into_iter().map(|a| ligne(a, jour)).collect(),
        suite,
        vide,
        ouvrable: INSTRUCTION.permet(Some(visite.qui()?.role)),
        appliquee,
        page,
    })
}

fn ligne(a: AppelComplet, jour: chrono::NaiveDate) -> LigneVue {
    LigneVue {
        id: a.appel.id,
        pastille: pastille(&a.appel, jour),
        commune: a.commune,
        bassin: a.bassin,
        ouvert_le: a.appel.ouvert_le,
        cloture: a.appel.cloture,
    }
}

/// `POST /attributions`: opens the call of a place.
///
/// # Errors
/// Out of scope, no charter, or the database does not answer.
pub async fn ouvrir(visite: Visite, saisie: Saisie) -> Reponse {
    let place_id: i64 = saisie
        .texte("place")
        .parse()
        .map_err(|_| crate::web::erreur::WebError::Introuvable)?;
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let id = visite
        .write(move |tx| actions::ouvrir(tx, &acte, &scope, place_id))
        .await?;
    visite.rediriger_avec(
        &format!("/attributions/{id}"),
        "L’appel à candidatures est ouvert : il est public.",
    )
}
