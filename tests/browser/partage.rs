//! REG-18 from both caisses in Chromium: one ledger, the caisse of the place left certifies, the other decides.

use super::deux::ouvrir;
use super::silence::devenir;
use crate::web::partage::{Partagee, ZONE};

#[actix_web::test]
async fn une_zone_partagee_se_lit_et_se_decide_des_deux_caisses() {
    let p = Partagee::nouvelle();
    let [_, (numero, ..)] = p.deux_demandes();
    let livre = format!("/grand-livre/{ZONE}");
    let n = ouvrir(&p.caisse, &p.instructeur_841, true).await;
    n.goto(&format!("{}{livre}", p.caisse.app.adresse)).await;
    n.see("Helene Martin").await;
    n.see("CPAM des Bouches-du-Rhône").await;
    n.inspect("livre-partage").await;

    let dossier = format!("/dossiers/{numero}");
    devenir(&n, &p.caisse, &p.signataire_841, &dossier).await;
    n.see(&numero).await;
    n.inspect("dossier-partage").await;
    n.goto(&format!("{}{dossier}/decider", p.caisse.app.adresse))
        .await;
    n.click("Signer l’accord").await;
    n.see("accord").await;

    devenir(&n, &p.caisse, &p.caisse.instructeur, &livre).await;
    n.see("Karim Benali").await;
    n.see("1 réservée").await;
    n.inspect("livre-partage-decide").await;
}
