//! The front page.

use askama::Template;

use super::page::Page;
use super::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "accueil.html")]
struct AccueilPage {
    page: Page,
}

/// `GET /`
///
/// # Errors
/// The template cannot be rendered.
pub async fn page(visite: Visite) -> Reponse {
    let page = visite.page("Un départ, une arrivée");
    visite.rendre(&AccueilPage { page })
}
