//! The end of a session, announced in time: with the script, without it, and once it is over.

use chrono::TimeDelta;
use fantoccini::Locator;
use regles::droits::Role;

use super::deux::ouvrir;
use super::harness::Browser;
use crate::util::Caisse;

/// A practitioner at work for nearly twelve hours, never idle for two.
async fn presque_finie(javascript: bool) -> (Caisse, Browser) {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let n = ouvrir(&caisse, &kine, javascript).await;
    for _ in 0..7 {
        caisse.app.state.clock.advance(TimeDelta::minutes(102));
        n.goto(&format!("{}/espace", caisse.app.adresse)).await;
    }
    (caisse, n)
}

#[actix_web::test]
async fn la_fin_s_annonce_et_se_repousse_sans_quitter_la_page() {
    let (caisse, n) = presque_finie(true).await;
    caisse.app.state.clock.advance(TimeDelta::minutes(2));
    n.goto(&format!(
        "{}/changements/nouveau?nature=rectification",
        caisse.app.adresse
    ))
    .await;
    n.fill("Que faut-il corriger", "Le nom de la rue").await;
    n.see("Votre connexion se termine dans 4 minutes").await;
    let status = n
        .client
        .find(Locator::Css("[data-fin-session] [role=status]"))
        .await;
    assert!(status.is_ok(), "nothing announces it");
    n.click("Prolonger ma connexion").await;
    n.see("Votre connexion est prolongée jusqu’à").await;
    // In the same page: nothing typed moved.
    assert_eq!(n.value("Que faut-il corriger").await, "Le nom de la rue");
    assert_eq!(n.client.windows().await.expect("windows").len(), 1);
    caisse.app.state.clock.advance(TimeDelta::minutes(100));
    n.goto(&format!("{}/espace", caisse.app.adresse)).await;
    assert_eq!(n.path().await, "/espace");
}

#[actix_web::test]
async fn la_fin_s_annonce_et_se_repousse_sans_javascript() {
    let (caisse, n) = presque_finie(false).await;
    n.see("Votre connexion se termine à 23 h 00").await;
    let formulaire = Locator::Css("form[method=post][action='/compte/prolonger']");
    assert!(n.client.find(formulaire).await.is_ok(), "a form, no script");
    n.click("Prolonger ma connexion").await;
    // In a tab of its own: the page where one types stays.
    let fenetres = n.client.windows().await.expect("windows");
    assert_eq!(fenetres.len(), 2);
    n.client
        .switch_to_window(fenetres[1].clone())
        .await
        .expect("the new tab");
    n.see("Votre connexion dure maintenant jusqu’à").await;
    caisse.app.state.clock.advance(TimeDelta::minutes(100));
    n.goto(&format!("{}/espace", caisse.app.adresse)).await;
    assert_eq!(n.path().await, "/espace");
}

#[actix_web::test]
async fn une_session_finie_le_dit_dans_la_page() {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let n = ouvrir(&caisse, &kine, true).await;
    // As if the page had been left open until the end.
    let apres = "const maintenant = Date.now; Date.now = () => maintenant() + 3 * 3600 * 1000; \
        document.dispatchEvent(new Event('visibilitychange'));";
    n.client.execute(apres, vec![]).await.expect("a script");
    n.see("Votre connexion est terminée").await;
}
