//! The pages of a practitioner that no journey pictures: what is withdrawn, given up, written, kept.

use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;

use super::super::deux::ouvrir;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

#[actix_web::test]
async fn les_pages_du_kine() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine_id = compte.kine_id.expect("a practitioner");
    let depart = caisse
        .decor
        .depart(kine_id, "13056", jour(2025, 12, 31), Some(1430));
    caisse.decor.demande(&UneDemande {
        kine_id,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    let n = ouvrir(&caisse, &compte, true).await;
    for (nom, chemin) in [
        ("compte", "/compte".to_owned()),
        (
            "cessation-messages",
            format!("/mes-departs/{depart}/messages"),
        ),
        ("depart-retirer", format!("/mes-departs/{depart}/retirer")),
        (
            "demande-retirer",
            "/demandes/131-2026-000001/retirer".to_owned(),
        ),
    ] {
        n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
        n.inspect(nom).await;
    }
    n.goto(&format!("{}/espace/reglages", caisse.app.adresse))
        .await;
    n.click("Créer le lien").await;
    n.see("Elle n’est montrée qu’une fois").await;
    n.click("Retirer le lien de mon agenda").await;
    n.see("Garder le lien").await;
    n.inspect("agenda-retirer").await;
}

#[actix_web::test]
async fn une_designation_a_retirer() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine_id = compte.kine_id.expect("a practitioner");
    let depart = caisse
        .decor
        .depart(kine_id, "13056", jour(2025, 12, 31), Some(1430));
    let place = caisse.decor.place(depart, EtatPlace::Ouverte);
    caisse
        .decor
        .designation(place, &caisse.successeur(1), "en_attente");
    let n = ouvrir(&caisse, &compte, true).await;
    n.goto(&format!(
        "{}/mes-departs/{depart}/designations/annuler",
        caisse.app.adresse
    ))
    .await;
    n.inspect("designation-retirer").await;
}
