//! `GET /messages`: what a CPAM has not read, oldest first.

use askama::Template;
use regles::dossier::NatureDossier;
use regles::texte;
use serde::Deserialize;

use crate::db::message::{self, NonLu};
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Suite, Vide};
use crate::web::visite::{Reponse, Visite};

/// Messages on a page.
const PAR_PAGE: i64 = 50;

/// Where the page begins.
#[derive(Deserialize)]
pub struct Apres {
    apres: Option<i64>,
}

struct Ligne {
    objet: String,
    url: String,
    nom: String,
    quand: String,
    mien: bool,
}

#[derive(Template)]
#[template(path = "messages/non_lus.html")]
struct NonLusPage {
    page: Page,
    lignes: Vec<Ligne>,
    vide: Vide,
    suite: Suite,
}

/// `GET /messages?apres=`
pub async fn page(visite: Visite, apres: Requete<Apres>) -> Reponse {
    let qui = visite.qui()?;
    let code = visite.caisse()?;
    let moi = qui.compte_id;
    let debut = apres.apres.unwrap_or(0);
    let mut lus = visite
        .read(move |conn| message::non_lus_de_caisse(conn, &code, debut, PAR_PAGE + 1))
        .await?;
    let encore = lus.len() > PAR_PAGE as usize;
    lus.truncate(PAR_PAGE as usize);
    let suite = Suite {
        debut: (debut > 0).then(|| "/messages".to_owned()),
        suivant: lus
            .last()
            .filter(|_| encore)
            .map(|m| format!("/messages?apres={}", m.id)),
        position: String::new(),
    };
    let page = visite
        .page("Messages à lire")
        .chapeau("Ce que les professionnels ont écrit sur leurs dossiers et que personne n’a encore ouvert, le plus ancien d’abord.")
        .rubrique("/messages")
        .largeur(Largeur::Dossier);
    visite.rendre(&NonLusPage {
        page,
        lignes: lus.iter().map(|m| ligne(m, moi)).collect(),
        vide: Vide::new(
            "Tout est lu",
            "Quand un professionnel écrit sur un dossier, son message apparaît ici jusqu’à ce que quelqu’un l’ouvre.",
        ),
        suite,
    })
}

fn ligne(m: &NonLu, moi: i64) -> Ligne {
    let objet = if m.nature == NatureDossier::Depart {
        format!("Départ {}", texte::de(&m.commune))
    } else if m.nature == NatureDossier::Recours {
        format!("Recours {}", m.numero)
    } else {
        format!("Demande {}", m.numero)
    };
    Ligne {
        objet,
        url: format!("/dossiers/{}/messages", m.numero),
        nom: format!("{} {}", m.prenom, m.nom),
        quand: texte::datetime_fr(m.envoye_le),
        mien: m.assigne_a == Some(moi),
    }
}
