//! The parameters on screen: read by agents, changed by two national administrators, never backwards.

mod garde;
mod liste;
mod proposition;

use diesel::prelude::*;
use regles::conventionnement::ResultatConventionnement;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::actions::evaluation::evaluer_demande;
use releve::actions::parametre as actes;
use releve::actions::{ActionError, ActionResult};
use releve::app::AppState;
use releve::db::contrainte::Contrainte;
use releve::db::schema::parametre_valeur;
use releve::db::{AnyConn, DbError, parametre};

use crate::util::builders::jour;
use crate::util::client::Page;
use crate::util::compte::CompteTest;
use crate::util::{Caisse, Client, TestApp};

const SEUIL: &str = "/parametres/place.seuil_actes/proposer";

fn administrateur(app: &TestApp) -> CompteTest {
    app.compte(Role::AdministrateurNational, None)
}

/// The fields of a proposal of the floor of acts.
fn champs<'a>(valeur: &'a str, du: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("valeur", valeur),
        ("du", du),
        ("statut", "D"),
        ("source", "Décision nationale du 12 janvier 2026"),
        (
            "motif",
            "L’activité moyenne a augmenté depuis la convention",
        ),
    ]
}

/// Fills the form, then confirms the preview: the preview, then the page of the proposal.
async fn proposer(client: &Client, chemin: &str, champs: &[(&str, &str)]) -> (Page, Page) {
    let apercu = client.post(chemin, chemin, champs).await;
    assert_eq!(apercu.statut, 200, "{}", apercu.texte());
    let proposee = client.post_brut(chemin, &apercu.caches()).await;
    (apercu, proposee)
}

fn resultat(caisse: &Caisse, numero: &str) -> ResultatConventionnement {
    let jour = releve::clock::jour_a_paris(caisse.app.state.clock.now());
    let demande = caisse.demande(numero);
    caisse
        .app
        .state
        .db
        .read(|conn| evaluer_demande(conn, &caisse.app.state.reglement(), &demande, jour))
        .expect("an answer")
        .conclusion
        .resultat
}
