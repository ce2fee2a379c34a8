//! What is new, by case, the latest first; each line leads to where it is dealt with.

use askama::Template;
use chrono::{DateTime, NaiveDateTime};
use regles::dossier::NatureDossier;
use regles::droits::Role;
use regles::evenement::Code;
use regles::texte;
use serde::Deserialize;

use super::CHEMIN;
use crate::actions::nouveaute::{self, Lecteur, PAR_PAGE};
use crate::db::evenement::Evenement;
use crate::db::nouveaute::{self as stockees, Nouveaute};
use crate::web::dossiers::objet;
use crate::web::erreur::WebError;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Icone, Suite, Vide};
use crate::web::visite::{Reponse, Visite};

/// Lines of a case: beyond, its page says the rest.
const LIGNES: usize = 6;

/// Where the page begins: the instant and the case that it comes after.
#[derive(Deserialize)]
pub struct Apres {
    apres: Option<i64>,
    dossier: Option<i64>,
}

struct LigneVue {
    icone: Icone,
    phrase: String,
    url: String,
    quand: String,
}

struct DossierVue {
    id: i64,
    objet: String,
    nom: Option<String>,
    url: String,
    a_lire: bool,
    lignes: Vec<LigneVue>,
    de_plus: Option<String>,
}

#[derive(Template)]
#[template(path = "nouveautes/page.html")]
struct NouveautesPage {
    page: Page,
    dossiers: Vec<DossierVue>,
    a_lire: bool,
    /// What is marked as read is what the page knew of.
    jusqua: i64,
    reglages: &'static str,
    vide: Vide,
    suite: Suite,
}

/// `GET /nouveautes?apres=&dossier=`: reading it marks nothing; opening a case does.
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite, apres: Requete<Apres>) -> Reponse {
    let qui = visite.qui()?;
    let (lecteur, role) = (Lecteur::de(qui), qui.role);
    let avant = apres.apres.and_then(instant).zip(apres.dossier);
    let mut lues = visite
        .read(move |conn| nouveaute::lire_page(conn, &lecteur, avant, PAR_PAGE + 1))
        .await?;
    let encore = lues.len() > PAR_PAGE as usize;
    lues.truncate(PAR_PAGE as usize);
    let suite = Suite {
        debut: avant.is_some().then(|| CHEMIN.to_owned()),
        suivant: lues.last().filter(|_| encore).map(|(n, _)| {
            let apres = n.dernier.and_utc().timestamp_micros();
            format!("{CHEMIN}?apres={apres}&dossier={}", n.dossier_id)
        }),
        position: String::new(),
    };
    let page = visite
        .page("Ce qui est nouveau")
        .chapeau(match role {
            Role::Kine => "Ce qui s’est passé sur vos démarches depuis votre dernière visite, le plus récent d’abord.",
            _ => "Ce que d’autres ont fait sur les dossiers que vous suivez ou signez, et sur ceux des personnes que vous remplacez, le plus récent d’abord.",
        })
        .rubrique(CHEMIN)
        .largeur(Largeur::Dossier);
    visite.rendre(&NouveautesPage {
        dossiers: lues.iter().map(|(n, e)| vue(n, e, role)).collect(),
        a_lire: qui.nouveautes > 0,
        jusqua: visite.maintenant().and_utc().timestamp_micros(),
        reglages: match role {
            Role::Kine => "/espace/reglages",
            _ => "/nouveautes/courriels",
        },
        vide: Vide::new(
            "Rien de nouveau",
            match role {
                Role::Kine => "Ce que la caisse fait sur vos démarches apparaît ici.",
                _ => "Ce que d’autres font sur vos dossiers apparaît ici : un message, une pièce, une signature, un dossier confié.",
            },
        ),
        suite,
        page,
    })
}

fn instant(micros: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_micros(micros).map(|d| d.naive_utc())
}

fn vue(n: &Nouveaute, evenements: &[Evenement], role: Role) -> DossierVue {
    let de_plus = evenements.len().saturating_sub(LIGNES);
    DossierVue {
        id: n.dossier_id,
        objet: texte::insecables(&nouveaute::objet(n)),
        nom: match (&n.prenom, &n.nom, role) {
            (Some(prenom), Some(nom), role) if role != Role::Kine => {
                Some(format!("{prenom} {nom}"))
            }
            _ => None,
        },
        url: adresse(n, role, None),
        a_lire: n.lue_le.is_none(),
        lignes: evenements
            .iter()
            .take(LIGNES)
            .map(|e| LigneVue {
                icone: e.fait.code().signe().into(),
                phrase: texte::insecables(&format!("{} {}", e.acteur.nom, e.fait.phrase())),
                url: adresse(n, role, Some(e.fait.code())),
                quand: texte::datetime_fr(e.le),
            })
            .collect(),
        de_plus: (de_plus > 0).then(|| {
            let de_plus = i64::try_from(de_plus).unwrap_or(i64::MAX);
            format!(
                "et {} de plus",
                texte::pluriel(de_plus, "nouveauté", "nouveautés")
            )
        }),
    }
}

/// The page of a case for this reader, or the one of it where an event is dealt with.
fn adresse(n: &Nouveaute, role: Role, code: Option<Code>) -> String {
    if role == Role::Kine {
        let page = match n.nature {
            NatureDossier::Demande => format!("/demandes/{}", n.numero),
            NatureDossier::Depart => format!("/mes-departs/{}", n.dossier_id),
            NatureDossier::Appel => format!("/appels/{}", n.dossier_id),
            NatureDossier::Recours => format!("/mes-recours/{}", n.numero),
        };
        return match code {
            Some(Code::MessageEnvoye) => format!("{page}/messages"),
            _ => page,
        };
    }
    match (code, n.nature) {
        (Some(Code::MessageEnvoye), _) => objet::adresse(&n.numero, "messages"),
        (Some(Code::NoteEcrite), NatureDossier::Demande) => {
            format!("{}#notes", objet::adresse(&n.numero, ""))
        }
        _ => objet::page(n.nature, &n.numero, n.dossier_id),
    }
}

/// `POST /nouveautes`: marks one case as read, or all of them, up to what the page knew of.
///
/// # Errors
/// A form that is not ours; the database does not answer.
pub async fn marquer(visite: Visite, saisie: Saisie) -> Reponse {
    let moi = visite.qui()?.compte_id;
    let lu = |nom: &str| saisie.texte(nom).parse::<i64>().ok();
    let jusqua = lu("jusqua")
        .and_then(instant)
        .ok_or_else(|| WebError::Illisible("no instant up to which it was read".to_owned()))?
        .min(visite.maintenant());
    let dossier = match saisie.texte("dossier") {
        "" => None,
        texte => Some(texte.parse().map_err(|_| WebError::Introuvable)?),
    };
    visite
        .write(move |tx| Ok(stockees::lire(tx, moi, dossier, jusqua)?))
        .await?;
    let message = match dossier {
        Some(_) => "C’est marqué comme lu.",
        None => "Tout est marqué comme lu.",
    };
    visite.rediriger_avec(CHEMIN, message)
}
