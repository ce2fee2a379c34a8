//! The front page, and the pages every public service has: accessibility, legal notice, site map.

use askama::Template;
use regles::droits::{AGENTS, INSTRUCTION, KINE};

use super::page::{Largeur, Page};
use super::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "accueil/accueil.html")]
struct AccueilPage {
    page: Page,
    connecte: bool,
}

#[derive(Template)]
#[template(path = "accueil/accessibilite.html")]
struct AccessibilitePage {
    page: Page,
}

#[derive(Template)]
#[template(path = "accueil/mentions.html")]
struct MentionsPage {
    page: Page,
    demo: bool,
}

#[derive(Template)]
#[template(path = "accueil/plan.html")]
struct PlanPage {
    page: Page,
    kine: bool,
    agent: bool,
    instruction: bool,
}

/// `GET /`
pub async fn page(visite: Visite) -> Reponse {
    let page = visite
        .page("Un départ, une arrivée")
        .chapeau(
            "S’installer comme masseur-kinésithérapeute dans une zone non prioritaire, \
             ou y transmettre sa place.",
        )
        .largeur(Largeur::Dossier);
    visite.rendre(&AccueilPage {
        page,
        connecte: visite.identite.is_some(),
    })
}

/// `GET /accessibilite`
pub async fn accessibilite(visite: Visite) -> Reponse {
    let page = visite.page("Accessibilité");
    visite.rendre(&AccessibilitePage { page })
}

/// `GET /mentions-legales`
pub async fn mentions(visite: Visite) -> Reponse {
    let page = visite.page("Mentions légales");
    let demo = page.contexte.demo;
    visite.rendre(&MentionsPage { page, demo })
}

/// `GET /plan`: the site map, the second way to every page beside the menu; what it shows is what one may open.
pub async fn plan(visite: Visite) -> Reponse {
    let page = visite.page("Plan du site");
    let role = visite.identite.as_ref().map(|qui| qui.role);
    visite.rendre(&PlanPage {
        page,
        kine: KINE.permet(role),
        agent: AGENTS.permet(role),
        instruction: INSTRUCTION.permet(role),
    })
}
