//! The simulator: the worked examples through its page, the steps at one act, what is unknown, and what is only asked elsewhere.

use crate::util::TestApp;
use crate::util::builders::Decor;

/// Barrême (04022) is très sous-dotée, Port-de-Bouc's Martigues (13056) non prioritaire.
fn app() -> TestApp {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    app
}

const SITUATION: &str = "commune=04022&debut=01/03/2027&exercice=groupe&contrat=aucun&logiciel=oui&sesam=oui&scor=oui&messagerie=oui&teletransmission=70";

async fn simuler(app: &TestApp, suite: &str) -> String {
    let page = app
        .client()
        .get(&format!("/simulateur?{SITUATION}&{suite}"))
        .await;
    assert_eq!(page.statut, 200);
    page.texte()
}

fn contient(texte: &str, attendus: &[&str]) {
    for attendu in attendus {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
}

#[actix_web::test]
async fn chaque_exemple_se_lit_sur_la_page() {
    let app = app();
    let cas: &[(&str, &[&str])] = &[
        (
            "mode=creation&actes_1=2400&actes_2=2400&actes_3=3000&part=80",
            &[
                "47 200,00 €",
                "9 000,00 € × 2 400 / 3 000 = 7 200,00 €",
                "600 actes de plus la deuxième année vous rendraient 1 800,00 €",
                "Contrat de création de cabinet (CACCMK) : ouvert pour vous",
                "au plus tard le lundi 30 avril 2029 (inclus)",
                "sur 49 000,00 € possibles",
            ],
        ),
        (
            "mode=creation&actes_1=1500&actes_2=3000&actes_3=3000&part=80",
            &["22 500,00 €", "7 500,00 € à rendre", "41 500,00 €"],
        ),
        (
            "mode=creation&actes_1=1000&actes_2=1500&actes_3=3000&part=80",
            &["15 000,00 € à rendre", "4 500,00 €"],
        ),
        (
            "mode=creation&actes_1=999&actes_2=1499&actes_3=3000&part=80",
            &[
                "30 000,00 € à rendre",
                "999 actes, moins de 1 000 : 0,00 €",
                "1 499 actes, moins de 1 500 : 0,00 €",
            ],
        ),
        (
            "mode=creation&actes_1=3000&actes_2=3000&actes_3=3000&part=49,9",
            &[
                "49,9 % de l’activité dans la zone, ce n’est pas assez : 0,00 € pour l’année",
                "30 000,00 € à rendre",
            ],
        ),
        (
            "mode=installation&actes_1=2000&actes_2=3000&actes_3=1499&part=80",
            &[
                "Contrat d’installation en cabinet existant (CAIMK) : ouvert pour vous",
                "24 000,00 €",
            ],
        ),
        (
            "mode=installation&actes_1=2000&actes_2=3000&actes_3=2999&part=80",
            &["5 000,00 € × 2 999 / 3 000 = 4 998,33 €"],
        ),
        (
            "mode=creation&actes_1=2000&actes_2=3000&actes_3=3000&part=80&modulation=oui",
            &["58 800,00 €", "36 000,00 €", "10 800,00 €", "6 000,00 €"],
        ),
        (
            "mode=installation&actes_1=2000&actes_2=3000&actes_3=3000&part=80&modulation=oui",
            &["40 800,00 €"],
        ),
        (
            "mode=creation&stage_mois=3&stage_part=60",
            &[
                "Accueil d’un stagiaire, 540,00 €",
                "300,00 € × 3 mois × 60 %",
            ],
        ),
        (
            "mode=creation&signature=01/03/2025&actes_1=2000&actes_2=3000&actes_3=3000&part=80",
            &["18 006,57 € à rendre (30 000,00 € × 1 096 jours restants / 1 826)"],
        ),
        (
            "mode=maintien&part=80",
            &[
                "Contrat de maintien (CAMMK) : ouvert pour vous",
                "12 000,00 €",
                "Vous y exercez déjà",
            ],
        ),
    ];
    for (suite, attendus) in cas {
        contient(&simuler(&app, suite).await, attendus);
    }
}

#[actix_web::test]
async fn les_douze_mois_de_la_premiere_annee_sont_dits() {
    let texte = simuler(
        &app(),
        "mode=creation&signature=20/11/2026&actes_1=2000&actes_2=3000&actes_3=3000&part=80",
    )
    .await;
    contient(
        &texte,
        &[
            "du 20 novembre 2026 au 19 novembre 2027",
            "Les actes du 1er janvier 2027 au 19 novembre 2027 comptent donc pour la première et pour la deuxième",
            "au plus tard le dimanche 30 avril 2028 (inclus)",
        ],
    );
}

#[actix_web::test]
async fn ce_qui_n_est_pas_dit_reste_a_verifier() {
    let app = app();
    let visiteur = app.client();
    let texte = visiteur.get("/simulateur?commune=04022").await.texte();
    contient(
        &texte,
        &[
            "Mes aides à Barrême",
            "jusqu’à 49 000,00 €",
            "À vérifier",
            "Dites si vous créez, reprenez ou rejoignez un cabinet",
            "Ou bien",
            "Supplément régional, jusqu’à 9 800,00 € : l’ARS dit s’il est ouvert ici",
        ],
    );
    assert!(!texte.contains("Non remplie"), "{texte}");
    // What is not open says why, and gives no amount as if it were.
    let texte = visiteur
        .get("/simulateur?commune=13056&mode=creation")
        .await
        .texte();
    contient(
        &texte,
        &[
            "Aucun contrat ouvert avec ces réponses",
            "est en zone non prioritaire ; il faut une zone très sous-dotée",
        ],
    );
    assert!(!texte.contains("Ce que vous recevriez"), "{texte}");
}

#[actix_web::test]
async fn un_ancien_contrat_d_installation_se_deduit_et_un_contrat_en_cours_empeche() {
    let app = app();
    let visiteur = app.client();
    let adresse = "/simulateur?commune=04022&mode=creation&debut=01/03/2027&contrat=caimk";
    let texte = visiteur
        .get(&format!("{adresse}&contrat_fin=01/01/2027"))
        .await
        .texte();
    contient(
        &texte,
        &["Ce que votre contrat d’installation (CAIMK) a versé se déduit"],
    );
    let texte = visiteur
        .get(&format!("{adresse}&contrat_fin=01/01/2030"))
        .await
        .texte();
    // Its first day is not asked: that it still runs is not known for sure.
    contient(
        &texte,
        &["Aucun autre contrat incitatif en cours", "À vérifier"],
    );
}

#[actix_web::test]
async fn ce_qui_est_tape_ne_se_perd_pas_et_le_lien_porte_les_reponses() {
    let app = app();
    let visiteur = app.client();
    let page = visiteur
        .get("/simulateur?commune=04022&mode=creation&part=huit&actes_1=2400")
        .await;
    assert!(page.html.contains("value=\"huit\""));
    contient(&page.texte(), &["Un point est à corriger"]);
    let page = visiteur
        .get("/simulateur?commune_recherche=Barr%C3%AAme&mode=creation&exercice=&actes_1=2400&_calculer=oui")
        .await;
    assert!(
        page.html
            .contains("/simulateur?commune=04022&amp;mode=creation&amp;actes_1=2400\"")
            || page
                .html
                .contains("/simulateur?commune=04022&#38;mode=creation&#38;actes_1=2400\""),
        "{}",
        page.html
    );
    // A day before any parameter is said beside its field.
    let texte = visiteur
        .get("/simulateur?commune=04022&signature=01/01/1990")
        .await
        .texte();
    contient(&texte, &["Un point est à corriger"]);
    assert_eq!(visiteur.get("/simulateur").await.statut, 200);
}

#[actix_web::test]
async fn les_autres_professions_ont_leurs_aides_a_verifier() {
    let app = app();
    let visiteur = app.client();
    let texte = visiteur
        .get("/simulateur?commune=13056&profession=medecin")
        .await
        .texte();
    contient(
        &texte,
        &[
            "Praticien territorial de médecine générale (PTMG)",
            "6 900,00 € brut garantis par mois",
            "Zonage de votre profession : il n’est pas connu ici",
            "À vérifier",
        ],
    );
    let texte = visiteur
        .get("/simulateur?commune=13056&profession=podologue")
        .await
        .texte();
    contient(&texte, &["Aucune aide recensée"]);
}

#[actix_web::test]
async fn la_zone_mene_au_simulateur_et_nomme_les_aides() {
    let app = app();
    let visiteur = app.client();
    let page = visiteur.get("/zones/04022").await;
    contient(
        &page.texte(),
        &[
            "jusqu’à 49 000,00 € d’aides en cinq ans",
            "Contrat d’installation en cabinet existant",
            "34 000,00 €",
            "4 000,00 € par an ; trois ans",
            "Un seul contrat à la fois",
        ],
    );
    assert!(page.html.contains("href=\"/simulateur?commune=04022\""));
    let texte = visiteur.get("/zones/13056").await.texte();
    contient(&texte, &["Aucun contrat incitatif"]);
    // Two clicks from the first page: the simulator, then its answer.
    assert!(
        visiteur
            .get("/")
            .await
            .html
            .contains("href=\"/simulateur\"")
    );
}
