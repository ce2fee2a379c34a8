//! REG-19: who leaves cancels a confirmed departure, and reads what follows before and after.

use regles::droits::Role;
use regles::grand_livre::EtatPlace;

use super::deux::ouvrir;
use crate::util::Caisse;
use crate::util::builders::jour;

#[actix_web::test]
async fn un_depart_confirme_s_annule_par_qui_partait() {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let kine_id = kine.kine_id.expect("a practitioner");
    let depart = caisse
        .decor
        .depart(kine_id, "13056", jour(2025, 12, 31), Some(1430));
    caisse.decor.place(depart, EtatPlace::Ouverte);
    let n = ouvrir(&caisse, &kine, true).await;
    n.goto(&format!("{}/mes-departs/{depart}", caisse.app.adresse))
        .await;
    n.click("Annuler ce départ").await;
    n.see("Vous gardez votre conventionnement").await;
    n.inspect("depart-annuler").await;
    n.click("Annuler ce départ").await;
    n.see("vous gardez votre conventionnement").await;
    assert_eq!(caisse.place(depart).etat, EtatPlace::Annulee);
}
