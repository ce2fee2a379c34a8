//! The accounts of agents, by the responsable for her caisse and by the national administrator for all.

use chrono::TimeDelta;
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::{compte, dossier};

use super::{lien, mails, sessions, traces};
use crate::util::Caisse;
use crate::util::builders::UneDemande;
use crate::util::compte::{CompteTest, MOT_DE_PASSE};

const ADRESSE: &str = "nadia.benali@example.fr";

fn champs<'a>(role: &'a str, caisse: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("prenom", "Nadia"),
        ("nom", "Benali"),
        ("courriel", ADRESSE),
        ("role", role),
        ("caisse", caisse),
    ]
}

/// The identifier of the mandate of an account, as the list links it.
async fn mandat(client: &crate::util::Client, courriel: &str, caisse: &str) -> String {
    let html = client.get(&format!("/agents?caisse={caisse}")).await.html;
    let apres = &html[html.find(courriel).expect("the account is listed")..];
    let debut = apres.find("/agents/").expect("its acts") + "/agents/".len();
    apres[debut..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect()
}

#[actix_web::test]
async fn une_personne_invitee_choisit_son_mot_de_passe_et_travaille() {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let chef = caisse.app.connecte(&responsable).await;
    // Another caisse, or a national role, is not hers to give.
    let page = chef
        .post(
            "/agents/inviter",
            "/agents/inviter",
            &champs("auditeur", ""),
        )
        .await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    let page = chef
        .post(
            "/agents/inviter",
            "/agents/inviter",
            &champs("instructeur", "06A"),
        )
        .await;
    assert_eq!(page.chemin, "/agents");
    assert!(
        page.texte().contains("Invitation envoyée"),
        "{}",
        page.texte()
    );
    let client = caisse.app.client();
    let lien = lien(&caisse.app, "compte_invitation");
    let page = client
        .post(
            &lien,
            "/mot-de-passe/nouveau",
            &[("nouveau", "quatre mots sans rapport 7421")],
        )
        .await;
    assert_eq!(page.chemin, "/connexion", "{}", page.texte());
    // Once used, the link says so.
    let page = client.get(&lien).await;
    assert!(page.texte().contains("a déjà servi"), "{}", page.texte());
    let page = client
        .connexion(ADRESSE, "quatre mots sans rapport 7421")
        .await;
    assert_eq!(page.chemin, "/dossiers", "{}", page.texte());
    assert!(traces(&caisse.app).contains(&"compte.agent_invite".to_owned()));
    assert!(chef.get("/agents").await.texte().contains("Compte ouvert"));
    // Again: the account has this role already.
    let page = chef
        .post(
            "/agents/inviter",
            "/agents/inviter",
            &champs("instructeur", ""),
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(page.texte().contains("déjà un compte"), "{}", page.texte());
}

#[actix_web::test]
async fn un_role_change_vaut_tout_de_suite() {
    let caisse = Caisse::start();
    let agent = caisse.app.compte(Role::Instructeur, Some("131"));
    let national = caisse.app.compte(Role::AdministrateurNational, None);
    let (moi, admin) = (
        caisse.app.connecte(&agent).await,
        caisse.app.connecte(&national).await,
    );
    assert_eq!(moi.get("/supervision").await.statut, 403);
    let id = mandat(&admin, &agent.courriel, "131").await;
    let page = format!("/agents/{id}/changer");
    let suite = admin
        .post(&page, &page, &[("role", "responsable"), ("caisse", "131")])
        .await;
    assert_eq!(suite.chemin, "/agents", "{}", suite.texte());
    assert_eq!(
        moi.get("/supervision").await.chemin,
        "/connexion?suite=%2Fsupervision"
    );
    let moi = caisse.app.connecte(&agent).await;
    assert_eq!(moi.get("/supervision").await.statut, 200);
    let dites = traces(&caisse.app);
    assert!(dites.contains(&"compte.mandat_termine".to_owned()));
    assert!(dites.contains(&"compte.mandat_donne".to_owned()));
}

fn suivi_par(caisse: &Caisse, numero: &str) -> Option<i64> {
    caisse
        .app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(dossier::table
                .filter(dossier::numero.eq(numero))
                .select(dossier::assigne_a)
                .first(conn)?)
        })
        .expect("a case")
}

fn demande(caisse: &Caisse, numero: &'static str, agent: &CompteTest) {
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero,
        kine_id: kine.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Deposee,
        assigne_a: Some(agent.id),
        ..UneDemande::default()
    });
}

#[actix_web::test]
async fn un_compte_ferme_perd_ses_connexions_et_rend_ses_dossiers() {
    let caisse = Caisse::start();
    let partante = caisse.app.compte(Role::Instructeur, Some("131"));
    let reprend = caisse.app.compte(Role::Instructeur, Some("131"));
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    demande(&caisse, "131-2026-000021", &partante);
    demande(&caisse, "131-2026-000022", &partante);
    let (elle, chef) = (
        caisse.app.connecte(&partante).await,
        caisse.app.connecte(&responsable).await,
    );
    let avant = sessions(&caisse.app).len();
    let id = mandat(&chef, &partante.courriel, "").await;
    let page = format!("/agents/{id}/fermer");
    assert!(chef.get(&page).await.texte().contains("à reprendre : 2"));
    let moi = chef
        .post(&page, &page, &[("agent", &reprend.id.to_string())])
        .await;
    assert!(
        moi.texte().contains("2 dossiers ont changé de main"),
        "{}",
        moi.texte()
    );
    assert_eq!(sessions(&caisse.app).len(), avant - 1);
    assert_eq!(
        elle.get("/dossiers").await.chemin,
        "/connexion?suite=%2Fdossiers"
    );
    let page = elle.connexion(&partante.courriel, MOT_DE_PASSE).await;
    assert_eq!(page.statut, 422);
    for numero in ["131-2026-000021", "131-2026-000022"] {
        assert_eq!(suivi_par(&caisse, numero), Some(reprend.id));
        let historique = chef.get(&format!("/dossiers/{numero}")).await.texte();
        assert!(historique.contains(&reprend.nom), "{historique}");
    }
    assert!(caisse.courriels_de(&partante.courriel).is_empty());
    assert_eq!(mails(&caisse.app, "dossiers_confies"), 1);
    assert!(!chef.get("/agents").await.html.contains(&partante.courriel));
    assert!(traces(&caisse.app).contains(&"compte.ferme".to_owned()));
    // To nobody, the next one; one's own account is not closed by oneself.
    let id = mandat(&chef, &reprend.courriel, "").await;
    let page = format!("/agents/{id}/fermer");
    chef.post(&page, &page, &[("agent", "personne")]).await;
    assert_eq!(suivi_par(&caisse, "131-2026-000021"), None);
    // An agent who left comes back: the same account opens again, by a link.
    caisse.app.state.clock.advance(TimeDelta::days(1));
    let chef = caisse.app.connecte(&responsable).await;
    let mut encore = champs("instructeur", "");
    encore.retain(|(nom, _)| *nom != "courriel");
    encore.push(("courriel", &partante.courriel));
    let page = chef
        .post("/agents/inviter", "/agents/inviter", &encore)
        .await;
    assert!(
        page.texte().contains("invitation est partie"),
        "{}",
        page.texte()
    );
    let ouverts: i64 = caisse
        .app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(compte::table
                .filter(compte::courriel.eq(&partante.courriel))
                .filter(compte::actif.eq(true))
                .count()
                .get_result(conn)?)
        })
        .expect("a count");
    assert_eq!(ouverts, 1);
}

#[actix_web::test]
async fn chacun_ne_gere_que_les_comptes_de_sa_caisse() {
    let caisse = Caisse::start();
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("061"));
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let national = caisse.app.compte(Role::AdministrateurNational, None);
    let (chef, admin) = (
        caisse.app.connecte(&responsable).await,
        caisse.app.connecte(&national).await,
    );
    let id = mandat(&admin, &ailleurs.courriel, "061").await;
    assert!(
        !chef
            .get("/agents?caisse=061")
            .await
            .html
            .contains(&ailleurs.courriel)
    );
    for verbe in ["changer", "fermer"] {
        let page = chef.get(&format!("/agents/{id}/{verbe}")).await;
        assert_eq!(page.statut, 404, "{verbe}");
    }
    let instructeur = caisse.app.connecte(&caisse.instructeur).await;
    assert_eq!(instructeur.get("/agents").await.statut, 403);
    // Nobody closes her own account.
    let html = chef.get("/agents").await.html;
    assert!(html.contains(&responsable.courriel));
}
