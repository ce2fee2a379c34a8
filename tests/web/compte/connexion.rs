//! Logging in and out.

use releve::domain::droits::Role;

use crate::util::TestApp;
use crate::util::compte::MOT_DE_PASSE;

#[actix_web::test]
async fn chacun_arrive_sur_sa_page() {
    let app = TestApp::start();
    for (role, organisme, attendue) in [
        (Role::Kine, None, "/espace"),
        (Role::Instructeur, Some("131"), "/dossiers"),
        (Role::Signataire, Some("131"), "/dossiers"),
        (Role::Auditeur, None, "/dossiers"),
        (Role::MembreCpd, Some("131"), "/zones"),
        (Role::Ars, None, "/zones"),
    ] {
        let compte = app.compte(role, organisme);
        let page = app.client().connexion(&compte.courriel, MOT_DE_PASSE).await;
        assert_eq!(page.chemin, attendue, "{role:?}");
    }
}
