//! The charter and its call in Chromium: what the candidate, the agents and the public see (REG-12).

use regles::droits::Role;
use releve::db::designation;

use super::deux::connecter;
use super::harness::Browser;
use crate::util::compte::CompteTest;
use crate::web::charte::Appel;

/// A call, and the browser of whoever looks at it.
struct Regard {
    appel: Appel,
    n: Browser,
}

impl Regard {
    async fn aller(&self, chemin: &str) {
        let adresse = &self.appel.caisse.app.adresse;
        self.n.goto(&format!("{adresse}{chemin}")).await;
    }

    async fn devenir(&self, qui: &CompteTest) {
        self.n.client.delete_all_cookies().await.expect("cookies");
        connecter(&self.n, &self.appel.caisse, qui).await;
    }

    /// The pages of the call, at the end of its address.
    async fn regarder(&self, pages: &[(&str, &str)]) {
        for (nom, suite) in pages {
            self.aller(&format!("/attributions/{}{suite}", self.appel.id))
                .await;
            self.n.inspect(nom).await;
        }
    }
}

#[actix_web::test]
async fn reg_12_les_pages_de_l_attribution_sont_accessibles() {
    let appel = Appel::ouvert().await;
    let n = Browser::start().await;
    let r = Regard { appel, n };
    let (n, appel, caisse) = (&r.n, &r.appel, &r.appel.caisse);
    r.aller("/appels").await;
    n.inspect("appels").await;
    r.devenir(&appel.candidats[0]).await;
    r.aller(&format!("/appels/{}", appel.id)).await;
    n.see("Candidater").await;
    n.inspect("appel-candidater").await;
    n.click("Candidater").await;
    n.see("Vérifier ma candidature").await;
    n.inspect("candidature").await;
    appel.classer().await;
    r.devenir(&caisse.signataire).await;
    for (nom, chemin) in [
        ("charte", "/charte"),
        ("charte-nouvelle", "/charte/nouvelle"),
        ("charte-fin", "/charte/fin"),
        ("attributions", "/attributions"),
    ] {
        r.aller(chemin).await;
        n.inspect(nom).await;
    }
    r.regarder(&[("attribution", ""), ("attribution-attribuer", "/attribuer")])
        .await;
}

#[actix_web::test]
async fn reg_12_les_pages_de_qui_retire_verifie_ecarte_et_clot() {
    let appel = Appel::ouvert().await;
    let n = Browser::start().await;
    let r = Regard { appel, n };
    let (n, appel, caisse) = (&r.n, &r.appel, &r.appel.caisse);
    let passant = caisse.app.compte(Role::Kine, None);
    r.devenir(&passant).await;
    r.aller(&format!("/appels/{}", appel.id)).await;
    n.click("Candidater").await;
    n.fill("Années d’expérience", "4").await;
    n.click("Vérifier ma candidature").await;
    n.see("En tout").await;
    n.inspect("candidature-verifiee").await;
    n.click("Déposer ma candidature").await;
    n.see("Retirer ma candidature").await;
    r.aller(&format!("/appels/{}/retirer", appel.id)).await;
    n.inspect("candidature-retirer").await;
    n.click("Retirer ma candidature").await;
    n.see("Votre candidature est retirée").await;

    appel.classer().await;
    r.devenir(&caisse.instructeur).await;
    r.regarder(&[("attribution-commission", "/commission")])
        .await;
    r.aller(&format!("/attributions/{}", appel.id)).await;
    n.click("Vérifier les valeurs").await;
    n.see("Retenir ces valeurs").await;
    n.inspect("candidature-verifier").await;

    let gagnant = &appel.candidats[1];
    r.devenir(&caisse.signataire).await;
    r.aller(&format!("/attributions/{}/attribuer", appel.id))
        .await;
    n.choose(&gagnant.nom).await;
    n.click("Attribuer la place").await;
    n.see("La place est attribuée").await;
    let designee = caisse
        .lire(|conn| designation::active(conn, appel.place_id))
        .expect("designated");
    r.devenir(gagnant).await;
    r.aller(&format!("/designations/{}/renoncer", designee.id))
        .await;
    n.inspect("designation-renoncer").await;
    n.click("Renoncer à cette succession").await;
    n.see("Vous avez renoncé").await;

    r.devenir(&caisse.instructeur).await;
    r.aller(&format!("/attributions/{}", appel.id)).await;
    n.click("Écarter").await;
    n.see("Écarter la candidature").await;
    n.inspect("candidature-ecarter").await;
    r.regarder(&[("attribution-clore", "/clore")]).await;
}
