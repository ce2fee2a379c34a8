//! Mandates: a person acts under one at a time, between its days, and sees what it extends over.

use chrono::NaiveDate;
use regles::droits::Role;
use releve::db::mandat::{self, NouveauMandat};
use releve::db::{CpamScope, DbError, demande};

use super::traces;
use crate::util::builders::UneDemande;
use crate::util::compte::MOT_DE_PASSE;
use crate::util::{Caisse, TestApp};

/// Gives a mandate from this day on, until that one; its identifier.
fn donner(
    app: &TestApp,
    compte_id: i64,
    (role, caisse): (Role, Option<&str>),
    du: NaiveDate,
    au: Option<NaiveDate>,
) -> i64 {
    if let Some(code) = caisse {
        app.caisse(code);
    }
    let le = app.state.clock.now();
    app.state
        .db
        .write(|tx| {
            let mandat = NouveauMandat::de(role, compte_id, caisse, du, le).expect("a mandate");
            mandat::creer(tx, &NouveauMandat { au, ..mandat })
        })
        .expect("the mandate is written")
}

fn aujourd_hui(app: &TestApp) -> NaiveDate {
    app.state.clock.now().date()
}

#[actix_web::test]
async fn on_change_de_mandat_et_l_on_voit_ce_qu_il_couvre() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("lea.martin@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let hier = aujourd_hui(&caisse.app).pred_opt().expect("the day before");
    let ailleurs = donner(
        &caisse.app,
        caisse.instructeur.id,
        (Role::Responsable, Some("831")),
        hier,
        None,
    );
    let agent = caisse.instructeur().await;
    assert!(agent.get("/dossiers").await.texte().contains("Martin"));

    let page = agent.get("/compte").await;
    let texte = page.texte();
    assert!(texte.contains("Responsable, CPAM du Var"), "{texte}");
    assert!(texte.contains("Rôle actuel"), "{texte}");
    let page = agent
        .post(
            "/compte",
            "/compte/mandat",
            &[("mandat", &ailleurs.to_string())],
        )
        .await;
    assert_eq!((page.statut, page.chemin.as_str()), (200, "/supervision"));
    assert!(
        page.texte()
            .contains("Vous agissez maintenant comme responsable"),
        "{}",
        page.texte()
    );
    assert!(!agent.get("/dossiers").await.texte().contains("Martin"));
    assert!(traces(&caisse.app).contains(&"session.mandat_change".to_owned()));
}

#[actix_web::test]
async fn le_mandat_d_une_autre_personne_n_existe_pas() {
    let app = TestApp::start();
    let (moi, elle) = (
        app.compte(Role::Instructeur, Some("131")),
        app.compte(Role::Signataire, Some("131")),
    );
    let jour = aujourd_hui(&app);
    let sien = donner(&app, elle.id, (Role::Auditeur, None), jour, None);
    // Two mandates of my own: the page has its form.
    donner(&app, moi.id, (Role::Responsable, Some("131")), jour, None);
    let client = app.connecte(&moi).await;
    for autre in [
        sien.to_string(),
        "999999".to_owned(),
        "x".to_owned(),
        String::new(),
    ] {
        let mut envoi = client.caches("/compte").await;
        envoi.retain(|(nom, _)| nom != "mandat");
        envoi.push(("mandat".to_owned(), autre.clone()));
        let page = client.post_brut("/compte/mandat", &envoi).await;
        assert_eq!(page.statut, 404, "{autre}");
    }
    assert!(client.get("/compte").await.texte().contains("Instructeur"));
}

#[actix_web::test]
async fn un_mandat_qui_finit_ferme_la_porte_le_lendemain() {
    let app = TestApp::start();
    let agent = app.compte(Role::Auditeur, None);
    let client = app.connecte(&agent).await;
    let jour = aujourd_hui(&app);
    let finir = |au: NaiveDate| {
        app.state
            .db
            .write(|tx| {
                let tenus = mandat::en_vigueur(tx, agent.id, jour)?;
                mandat::terminer(tx, tenus[0].id, au)
            })
            .expect("ended");
    };
    finir(jour);
    assert_eq!(
        client.get("/compte").await.chemin,
        "/compte",
        "its last day"
    );
    finir(jour.pred_opt().expect("the day before"));
    assert!(client.get("/compte").await.chemin.starts_with("/connexion"));
    let page = app
        .client()
        .post(
            "/connexion",
            "/connexion",
            &[
                ("courriel", &agent.courriel),
                ("mot_de_passe", MOT_DE_PASSE),
            ],
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Votre rôle dans Relève a pris fin"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn une_kine_qui_siege_garde_son_espace() {
    let app = TestApp::start();
    let kine = app.compte(Role::Kine, None);
    let client = app.connecte(&kine).await;
    assert!(!client.get("/compte").await.texte().contains("Agir comme"));
    let siege = donner(
        &app,
        kine.id,
        (Role::MembreCpd, Some("131")),
        aujourd_hui(&app),
        None,
    );
    let page = client
        .post(
            "/compte",
            "/compte/mandat",
            &[("mandat", &siege.to_string())],
        )
        .await;
    assert_eq!((page.statut, page.chemin.as_str()), (200, "/zones"));
    assert_eq!(client.get("/espace").await.statut, 403);
    let page = client
        .post("/compte", "/compte/mandat", &[("mandat", "")])
        .await;
    assert_eq!((page.statut, page.chemin.as_str()), (200, "/espace"));
}

#[actix_web::test]
async fn la_portee_dit_une_caisse_une_region_une_zone_ou_la_nation() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("lea.martin@example.fr", "10000000001");
    let numero = UneDemande::default().numero.to_owned();
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let d = caisse.lire(|conn| demande::lire(conn, &CpamScope::National, &numero));
    let visible = |portee: CpamScope| {
        let lue = caisse
            .app
            .state
            .db
            .read(|conn| demande::lire(conn, &portee, &numero));
        match lue {
            Ok(_) => true,
            Err(DbError::Introuvable) => false,
            Err(autre) => panic!("{autre}"),
        }
    };
    assert!(visible(CpamScope::Caisse("131".to_owned())));
    assert!(!visible(CpamScope::Caisse("831".to_owned())));
    assert!(visible(CpamScope::Region("93".to_owned())));
    assert!(!visible(CpamScope::Region("53".to_owned())));
    assert!(visible(CpamScope::Zone(d.bassin_code.clone())));
    assert!(!visible(CpamScope::Zone("BV00000".to_owned())));
    assert!(visible(CpamScope::Kine(kine.id)));
    assert!(!visible(CpamScope::Kine(kine.id + 1)));
}
