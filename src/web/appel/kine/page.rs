//! `/appels/{id}`: the place, the last day, the criteria; and for a practitioner, her application.

use actix_web::web::Path;
use askama::Template;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::texte;

use super::candidature::Mienne;
use super::formulaire;
use crate::db::DbError;
use crate::db::appel::{self, AppelComplet};
use crate::db::brouillon;
use crate::db::candidature as db_candidature;
use crate::db::charte;
use crate::web::charte::CritereVue;
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Bandeau, Etat, Message, Pastille, PourquoiVue};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues;

/// What the visitor may do.
enum Suite {
    SeConnecter {
        connexion: String,
        inscription: String,
    },
    /// The words of the link to the form.
    Candidater(&'static str),
    Candidate(Box<Mienne>),
    Rien(Message),
}

#[derive(Template)]
#[template(path = "appel/appel.html")]
struct AppelPage {
    page: Page,
    bandeau: Bandeau,
    id: i64,
    faits: Vec<(&'static str, String)>,
    criteres: Vec<CritereVue>,
    delai: PourquoiVue,
    suite: Suite,
}

/// `GET /appels/{id}`
///
/// # Errors
/// There is no such call, or the database does not answer.
pub async fn appel(visite: Visite, id: Path<i64>) -> Reponse {
    let (id, jour) = (id.into_inner(), visite.aujourd_hui());
    let qui = visite.identite.as_ref();
    let kine = qui.and_then(|q| Some((q.kine_id?, q.compte_id)));
    let (lu, charte, mienne, commencee) = visite
        .read(move |conn| {
            let lu = appel::public(conn, id)?;
            let charte = charte::par_id(conn, lu.appel.charte_id)?;
            let (mienne, commencee) = match kine {
                None => (None, false),
                Some((kine, compte)) => {
                    let chemin = formulaire::adresse(id);
                    let brouillons = brouillon::de_compte(conn, compte)?;
                    let commencee = brouillons.iter().any(|b| b.chemin == chemin);
                    (db_candidature::de_kine(conn, id, kine)?, commencee)
                }
            };
            let mienne = match mienne {
                Some(c) if c.candidature.etat != EtatCandidature::Retiree => {
                    Some(Mienne::lire(conn, &lu, &charte, c, jour)?)
                }
                _ => None,
            };
            Ok::<_, DbError>((lu, charte, mienne, commencee))
        })
        .await?;
    let suite = suite(&visite, &lu, mienne, commencee);
    let page = visite
        .page(format!("Place à reprendre à {}", lu.commune))
        .surtitre("Appel à candidatures")
        .ariane("Appels à candidatures", "/appels")
        .rubrique("/appels")
        .largeur(Largeur::Dossier);
    let gabarit = AppelPage {
        bandeau: bandeau(&visite, &lu),
        id,
        faits: vec![
            ("Zone", lu.bassin.clone()),
            ("Commune quittée", lu.commune.clone()),
            ("Caisse", lu.service.nom.clone()),
            ("Appel ouvert le", texte::date_fr(lu.appel.ouvert_le)),
            (
                "Candidatures au plus tard le",
                format!("{} inclus", texte::date_longue(lu.appel.cloture)),
            ),
        ],
        criteres: charte
            .criteres
            .iter()
            .map(|c| CritereVue::de(&c.critere))
            .collect(),
        delai: vues::pourquoi_stocke(
            format!("clôture le {}", texte::date_fr(lu.appel.cloture)),
            &lu.appel.explication,
        )?,
        suite,
        page,
    };
    visite.rendre(&gabarit)
}

fn bandeau(visite: &Visite, lu: &AppelComplet) -> Bandeau {
    let jour = visite.aujourd_hui();
    let cloture = lu.appel.cloture;
    match lu.appel.etat {
        EtatAppel::Ouvert if lu.appel.recoit(jour) => Bandeau::new(
            Pastille::new(Etat::AFaire, "Ouvert"),
            format!(
                "Les candidatures sont reçues au plus tard le {} (inclus), {}.",
                texte::date_longue(cloture),
                texte::dans((cloture - jour).num_days())
            ),
        ),
        EtatAppel::Ouvert => Bandeau::new(
            Pastille::new(Etat::EnCours, "Examen en cours"),
            "Les candidatures sont closes : la caisse les examine, la commission les classe, la direction de la caisse attribue la place.",
        ),
        EtatAppel::Attribue => Bandeau::new(
            Pastille::new(Etat::Fait, "Place attribuée"),
            "La place est attribuée.",
        ),
        EtatAppel::SansSuite => Bandeau::new(
            Pastille::new(Etat::Neutre, "Sans suite"),
            "La caisse a clos cet appel sans attribuer la place.",
        ),
    }
}

fn suite(visite: &Visite, lu: &AppelComplet, mienne: Option<Mienne>, commencee: bool) -> Suite {
    if let Some(mienne) = mienne {
        return Suite::Candidate(Box::new(mienne));
    }
    if !lu.appel.recoit(visite.aujourd_hui()) {
        return Suite::Rien(Message::information(
            "Cet appel ne reçoit plus de candidatures.",
        ));
    }
    let Some(qui) = &visite.identite else {
        let suite = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("suite", &format!("/appels/{}", lu.appel.id))
            .finish();
        return Suite::SeConnecter {
            connexion: format!("/connexion?{suite}"),
            inscription: format!("/inscription?{suite}"),
        };
    };
    if qui.kine_id.is_none() {
        return Suite::Rien(Message::information(
            "Ce compte est celui d’un agent : une candidature se dépose avec un compte de masseur-kinésithérapeute.",
        ));
    }
    Suite::Candidater(match commencee {
        true => "Reprendre ma candidature",
        false => "Candidater",
    })
}
