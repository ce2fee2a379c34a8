//! The queue of all natures, as an agent goes through it: together, then the departures, one of which is taken in charge,
//! labelled and found again in the queue.

use regles::demande::EtatDemande;

use super::deux::ouvrir;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

#[actix_web::test]
async fn un_agent_suit_un_depart_depuis_la_file() {
    let caisse = Caisse::start();
    let karim = caisse.decor.kine("karim.benali@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: karim.id,
        etat: EtatDemande::Complete,
        prochaine_echeance: jour(2026, 1, 20),
        ..UneDemande::default()
    });
    let helene = caisse.decor.kine("helene.martin@example.fr", "10000000002");
    caisse
        .decor
        .depart(helene.id, "13056", jour(2026, 1, 18), Some(2_400));
    let n = ouvrir(&caisse, &caisse.instructeur, true).await;
    n.goto(&format!("{}/dossiers", caisse.app.adresse)).await;
    n.see("Déclaration à confirmer ou à rejeter").await;
    n.see("Dossier complet, décision à proposer").await;
    n.inspect("file-toutes-natures").await;
    n.click("Demandes").await;
    n.see("131-2026-000001").await;
    n.click("Départs 1").await;
    n.inspect("file-departs").await;
    n.click("131-2026-D00001").await;
    n.click("Prendre en charge").await;
    n.see("Vous suivez ce dossier").await;
    n.click("Ajouter une étiquette").await;
    n.fill("Étiquette", "À rappeler").await;
    n.click("Ajouter").await;
    n.see("L’étiquette est posée").await;
    n.click("Écrire une note").await;
    n.fill("Note", "Bail à vérifier").await;
    n.click("Ajouter la note").await;
    n.see("La note est ajoutée").await;
    n.inspect("depart-suivi").await;
    n.goto(&format!("{}/dossiers?suivi=moi", caisse.app.adresse))
        .await;
    n.see("À rappeler").await;
    n.see("131-2026-D00001").await;
}
