//! The record of a caisse: who reads it, who writes it, what it lacks.

use regles::droits::Role;

use crate::util::{Caisse, TestApp};

const FICHE: &str = "/caisses/131";

fn champs<'a>(dpo: &'a str, siret: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("service", "Relations avec les professionnels de santé"),
        ("adresse", "56 chemin Joseph-Aiguier, 13009 Marseille"),
        ("courriel", "conventionnement@cpam.example.fr"),
        ("telephone", "04 91 00 00 00"),
        ("horaires", "du lundi au vendredi, de 9 h à 12 h"),
        ("cra_adresse", "Secrétariat de la CRA, 13009 Marseille"),
        ("ta_ville", "Marseille"),
        ("ta_adresse", "31 rue Jean-François-Leca, 13002 Marseille"),
        ("directeur", "Anne Castellan"),
        ("directeur_qualite", "directrice"),
        ("dpo", dpo),
        ("siret", siret),
    ]
}

#[actix_web::test]
async fn la_fiche_dit_ce_qui_manque_puis_que_la_caisse_est_prete() {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let client = caisse.app.connecte(&responsable).await;
    // The entry of the menu leads to one's own.
    let avant = client.get("/caisses").await.texte();
    for manque in [
        "Service qui suit les dossiers",
        "article L212-1",
        "articles L112-3",
    ] {
        assert!(avant.contains(manque), "«{manque}» is not in {avant}");
    }
    assert!(avant.contains("avant d’ouvrir"), "{avant}");

    let page = client
        .agir(
            &format!("{FICHE}/modifier"),
            &champs("dpo@cpam.example.fr", "732 829 320 00074"),
        )
        .await;
    let texte = page.texte();
    assert!(texte.contains("Fiche complète"), "{texte}");
    assert!(texte.contains("73282932000074"), "{texte}");

    // What changed is in the journal of the caisse, and the service is named by what the caisse writes from now on.
    let journal = caisse.lire(|conn| {
        use diesel::RunQueryDsl;
        Ok(
            diesel::sql_query("SELECT code AS objet FROM evenement WHERE code = 'caisse.fiche'")
                .load::<Objet>(conn)?
                .len(),
        )
    });
    assert_eq!(journal, 1);
}

#[derive(diesel::QueryableByName)]
struct Objet {
    #[diesel(sql_type = diesel::sql_types::Text)]
    #[allow(dead_code, reason = "counted, not read")]
    objet: String,
}

#[actix_web::test]
async fn un_champ_faux_se_dit_a_sa_place_et_rien_n_est_perdu() {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let client = caisse.app.connecte(&responsable).await;
    for (dpo, siret, attendu) in [
        (
            "dpo@cpam",
            "",
            "Cette adresse électronique n’est pas complète",
        ),
        (
            "dpo@cpam.example.fr",
            "73282932000075",
            "Ce SIRET n’est pas le bon",
        ),
    ] {
        let page = client
            .agir(&format!("{FICHE}/modifier"), &champs(dpo, siret))
            .await;
        assert!(page.texte().contains(attendu), "{}", page.texte());
        assert!(page.html.contains("Anne Castellan"), "{}", page.html);
    }
    let page = client.get(FICHE).await.texte();
    assert!(!page.contains("Anne Castellan"), "{page}");
}

#[actix_web::test]
async fn chacun_ne_voit_que_sa_caisse_et_seule_la_responsable_l_ecrit() {
    let caisse = Caisse::start();
    let ailleurs = caisse.app.compte(Role::Responsable, Some("831"));
    let ailleurs = caisse.app.connecte(&ailleurs).await;
    assert_eq!(ailleurs.get(FICHE).await.statut, 404);
    assert_eq!(ailleurs.get(&format!("{FICHE}/modifier")).await.statut, 404);

    let instructeur = caisse.instructeur().await;
    let page = instructeur.get(FICHE).await;
    assert_eq!(page.statut, 200);
    assert!(!page.texte().contains("Modifier la fiche"));
    assert_eq!(
        instructeur.get(&format!("{FICHE}/modifier")).await.statut,
        403
    );
}

#[actix_web::test]
async fn deux_personnes_ne_s_effacent_pas() {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let client = caisse.app.connecte(&responsable).await;
    let url = format!("{FICHE}/modifier");
    let vue = client.caches(&url).await;
    client.agir(&url, &champs("dpo@cpam.example.fr", "")).await;
    let mut ancienne: Vec<(String, String)> = champs("autre@cpam.example.fr", "")
        .into_iter()
        .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
        .collect();
    ancienne.extend(vue);
    let page = client.post_brut(&url, &ancienne).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    let fiche = client.get(FICHE).await.texte();
    assert!(
        fiche.contains("dpo@cpam.example.fr") && !fiche.contains("autre@"),
        "{fiche}"
    );
}

#[actix_web::test]
async fn la_nation_voit_toutes_les_caisses_et_ce_qui_leur_manque() {
    let app = TestApp::start();
    let caisse = Caisse::start_on(app);
    let administrateur = caisse.app.compte(Role::AdministrateurNational, None);
    let client = caisse.app.connecte(&administrateur).await;
    let liste = client.get("/caisses").await.texte();
    for attendu in ["CPAM du Var", "Pas encore ouverte", "À compléter"] {
        assert!(liste.contains(attendu), "«{attendu}» is not in {liste}");
    }
    let page = client
        .agir("/caisses/831/modifier", &champs("dpo@cpam.example.fr", ""))
        .await
        .texte();
    // Nobody works there yet.
    assert!(page.contains("Un compte qui signe"), "{page}");
}
