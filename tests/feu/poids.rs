//! What a page weighs on the network the first time, with its styles and script: 100 kB at most.

use regles::droits::Role;
use releve::web::assets;

use super::requetes::peupler;
use crate::util::client::sans_cookies;
use crate::util::{Caisse, Client};

const LIMITE: usize = 100_000;

async fn fichiers(caisse: &Caisse) -> usize {
    let http = sans_cookies();
    let mut poids = 0;
    for nom in assets::noms() {
        let reponse = http
            .get(format!("{}{}", caisse.app.adresse, assets::url(&nom)))
            .header("accept-encoding", "gzip")
            .send()
            .await
            .expect("an answer");
        poids += reponse.bytes().await.expect("its body").len();
    }
    poids
}

async fn peser(agent: &Client, fichiers: usize, chemins: &[&str]) {
    for chemin in chemins {
        let page = agent.get(chemin).await;
        assert_eq!(page.statut, 200, "{chemin}");
        let poids = page.html.len() + fichiers;
        assert!(poids <= LIMITE, "{chemin}: {poids} bytes");
    }
}

#[actix_web::test]
async fn une_page_pese_cent_kilo_octets_au_plus() {
    let caisse = Caisse::start();
    peupler(&caisse, 120);
    let agent = caisse.instructeur().await;
    let fichiers = fichiers(&caisse).await;
    assert!(fichiers > 5_000, "{fichiers} bytes of styles and script");
    let dossier = "/dossiers/131-2026-000001";
    peser(&agent, fichiers, &["/dossiers", dossier, "/grand-livre"]).await;
    let app = &caisse.app;
    let admin = app.compte(Role::AdministrateurNational, None);
    let admin = app.connecte(&admin).await;
    peser(
        &admin,
        fichiers,
        &[
            "/parametres",
            "/motifs",
            "/supervision/statistiques?caisse=131",
        ],
    )
    .await;
}
