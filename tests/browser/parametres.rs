//! The screens of the parameters in Chromium: list, history, form, preview, examination by a second person.

use fantoccini::key::Key;
use regles::demande::EtatDemande;
use regles::droits::Role;

use super::harness::Browser;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::compte::MOT_DE_PASSE;

#[actix_web::test]
async fn les_ecrans_des_parametres_sont_accessibles_partout() {
    let caisse = Caisse::start();
    let app = &caisse.app;
    caisse.succession(1, EtatDemande::Complete);
    let [un, autre] = [(); 2].map(|()| app.compte(Role::AdministrateurNational, None));
    app.fixer("pieces.delai", 2, jour(2026, 4, 1));
    let autre = app.proposer(&autre, "place.seuil_actes", 1500, jour(2026, 3, 1));
    let n = Browser::start().await;

    n.goto(&format!("{}/connexion", app.adresse)).await;
    n.fill("Adresse électronique", &un.courriel).await;
    n.fill("Mot de passe", MOT_DE_PASSE).await;
    n.press(Key::Enter).await;
    n.see("Dossiers").await;

    n.goto(&format!("{}/parametres?q=REG", app.adresse)).await;
    n.see("Une valeur est à examiner").await;
    n.inspect("parametres-liste").await;
    n.goto(&format!("{}/parametres/pieces.delai", app.adresse))
        .await;
    n.see("Valeurs datées").await;
    n.inspect("parametres-fiche").await;

    n.goto(&format!(
        "{}/parametres/place.delai_designation/proposer",
        app.adresse
    ))
    .await;
    n.fill("Nouvelle valeur", "3").await;
    n.click("Voir ce que cela changerait").await;
    n.see("Écrivez la date d’effet").await;
    n.inspect("parametres-formulaire").await;
    n.fill("Date d’effet", "01/02/2026").await;
    n.fill("Source", "Décision nationale du 12 janvier 2026")
        .await;
    n.fill(
        "Pourquoi cette valeur",
        "Le délai de deux ans est trop court",
    )
    .await;
    n.click("Voir ce que cela changerait").await;
    n.see("1 résultat change").await;
    n.inspect("parametres-apercu").await;
    n.click("Modifier la proposition").await;
    assert_eq!(n.value("Nouvelle valeur").await, "3");
    n.click("Voir ce que cela changerait").await;
    n.see("1 résultat change").await;
    n.click("Proposer cette valeur").await;
    n.see("vous pouvez la retirer, pas l’approuver").await;

    n.goto(&format!("{}/parametres/propositions/{autre}", app.adresse))
        .await;
    n.see("Approuver cette valeur").await;
    n.inspect("parametres-examen").await;
    n.click("Approuver cette valeur").await;
    n.see("La valeur est approuvée").await;
    assert_eq!(
        app.state
            .reglement()
            .entier("place.seuil_actes", jour(2026, 3, 1)),
        Ok(1500)
    );
}
