//! What a practitioner may do besides filing: check a project, tell of a change, follow deadlines in a calendar, take her data away.

use std::io::Read;

use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;

use super::praticien::*;
use crate::util::builders::{Decor, UneDemande, jour};
use crate::util::caisse::Caisse;
use crate::util::client::Page;

#[actix_web::test]
async fn un_projet_se_verifie_sans_compte_avec_ses_raisons_et_ce_qu_il_faut_preparer() {
    let (app, compte, _) = application().await;
    depart(&app, &compte, EtatPlace::Ouverte);
    let visiteur = app.client();
    let page = visiteur.get("/projet").await;
    assert!(page.texte().contains("Vérifier mon projet") && !page.texte().contains("à corriger"));
    let page = visiteur
        .get("/projet?commune=13056&entree_formation=2015")
        .await;
    let texte = page.texte();
    for attendu in [
        "non prioritaire",
        "Une place attend aujourd’hui un successeur",
        "Succéder à un confrère qui cesse",
        "Demander une dérogation",
        "Accord de succession avec le confrère",
        "Convention nationale des masseurs-kinésithérapeutes, article 1.2",
    ] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
    assert!(!texte.contains("S’installer librement"), "{texte}");
    let texte = visiteur
        .get("/projet?commune=13001&entree_formation=2015&deja_conventionne_zone=non")
        .await
        .texte();
    assert!(
        texte.contains("S’installer librement") && texte.contains("Possible"),
        "{texte}"
    );
    assert!(!texte.contains("Succéder à un confrère"), "{texte}");
    // ALT: studies begun in 2024 and a commitment only.
    let texte = visiteur
        .get("/projet?commune=13001&entree_formation=2024&heures_etablissement=0&heures_clinicat=0&engagement_zone=oui&deja_conventionne_zone=non")
        .await
        .texte();
    assert!(texte.contains("Pas possible en l’état"), "{texte}");
    assert!(
        texte.contains("0 heure sur 2 240 : il vous manque 2 240 heures d’exercice en établissement, ou 6 000 actes"),
        "{texte}"
    );
    // ALT-5: the acts made complete the hours.
    let texte = visiteur
        .get("/projet?commune=13001&entree_formation=2024&heures_etablissement=1120&heures_clinicat=0&actes_zone_sous_dotee=3000&deja_conventionne_zone=non")
        .await
        .texte();
    assert!(
        !texte.contains("il vous manque") && texte.contains("S’installer librement"),
        "{texte}"
    );
    // A code that is no commune's is said, with what to do; one that is half a commune's too.
    for code in ["99999", "Martigues"] {
        let page = visiteur.get(&format!("/projet?commune={code}")).await;
        let texte = page.texte();
        assert!(
            texte.contains(&format!("Le code « {code} » n’est pas celui d’une commune"))
                && texte.contains("tapez le nom de la commune")
                && !texte.contains("Ce qui est possible ici"),
            "{texte}"
        );
    }
    let texte = visiteur
        .get("/projet?commune_recherche=nulle")
        .await
        .texte();
    assert!(texte.contains("Aucune commune ne correspond"), "{texte}");
}

#[actix_web::test]
async fn reg_13_un_demenagement_dans_la_zone_est_libre_et_en_sortir_est_un_depart() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    let chemin = "/changements/nouveau?nature=demenagement";
    let envoyer = async |commune: &str, adresse: &str| {
        client
            .post(
                chemin,
                "/changements/nouveau",
                &[
                    ("commune", "13056"),
                    ("adresse_avant", "12 quai des Anglais"),
                    ("commune_nouvelle_recherche", commune),
                    ("adresse", adresse),
                    ("du", "01/02/2026"),
                ],
            )
            .await
    };
    let page = envoyer("Toulon", "1 rue d’Alger").await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Changer de zone est un départ"),
        "{}",
        page.texte()
    );
    assert!(page.html.contains("12 quai des Anglais"), "nothing is lost");
    let page = envoyer("Port-de-Bouc", "").await;
    assert!(
        page.texte().contains("Indiquez votre nouvelle adresse"),
        "{}",
        page.texte()
    );
    let page = envoyer("Port-de-Bouc", "3 rue du Port").await;
    assert!(
        page.texte().contains("La caisse est prévenue"),
        "{}",
        page.texte()
    );
    // Both communes, on the receipt and in what is listed on either side.
    let trajet = "de Martigues (12 quai des Anglais) à Port-de-Bouc (3 rue du Port)";
    for dit in ["de Martigues à Port-de-Bouc", trajet] {
        assert!(page.texte().contains(dit), "{dit}: {}", page.texte());
    }
    let liste = caisse.instructeur().await.get("/changements").await;
    assert!(liste.texte().contains(trajet), "{}", liste.texte());
    assert!(
        page.texte().contains("Transmis à la caisse"),
        "{}",
        page.texte()
    );
    let absence = "/changements/nouveau?nature=absence";
    let page = client
        .post(
            absence,
            "/changements/nouveau",
            &[
                ("commune", "13056"),
                ("du", "10/02/2026"),
                ("au", "01/02/2026"),
            ],
        )
        .await;
    assert!(
        page.texte().contains("ne peut pas précéder"),
        "{}",
        page.texte()
    );
    // The CPAM takes note; another one sees nothing.
    let var = caisse
        .app
        .connecte(&caisse.app.compte(Role::Instructeur, Some("831")))
        .await;
    assert!(
        var.get("/changements")
            .await
            .texte()
            .contains("Aucun changement annoncé")
    );
    assert_eq!(
        var.post("/changements", "/changements/1", &[]).await.statut,
        404
    );
    let agent = caisse.instructeur().await;
    assert!(
        agent
            .get("/changements")
            .await
            .texte()
            .contains("3 rue du Port")
    );
    let page = agent
        .post(
            "/changements",
            "/changements/1",
            &[("reponse", "Bien noté")],
        )
        .await;
    assert!(
        page.texte().contains("Pris en compte le 15 janvier 2026"),
        "{}",
        page.texte()
    );
    let page = client.get("/changements/miens").await;
    assert!(page.texte().contains("Bien noté"), "{}", page.texte());
    assert_eq!(
        caisse.courriels_de(&compte.courriel),
        ["changement_pris_en_compte"]
    );
}

/// The path of the calendar that a page shows.
pub fn lien_montre(page: &Page) -> String {
    let suite = page.html.split("<code data-copier>").nth(1);
    let adresse = suite.and_then(|s| s.split('<').next());
    let chemin = adresse.and_then(|a| Some(&a[a.find("/agenda/")?..]));
    chemin
        .unwrap_or_else(|| panic!("{}", page.texte()))
        .to_owned()
}

/// A calendar without anything is taken for a broken link.
#[actix_web::test]
async fn l_agenda_dit_qu_il_n_y_a_aucune_echeance() {
    let (app, _, client) = application().await;
    let page = client.post("/espace/reglages", "/espace/agenda", &[]).await;
    let ics = app.client().get(&lien_montre(&page)).await.html;
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1, "{ics}");
    assert!(
        ics.contains("aucune échéance en cours") && !ics.contains("VALARM"),
        "{ics}"
    );
}

#[actix_web::test]
async fn l_agenda_suit_les_echeances_par_un_lien_secret_que_l_on_retire() {
    let (app, _, client) = application().await;
    let page = deposer(&client, &[], &[]).await;
    let numero = numero_de_demande(&page);
    let page = client.post("/espace/reglages", "/espace/agenda", &[]).await;
    let lien = lien_montre(&page);
    let hote = app.adresse.split_once("://").expect("an address").1;
    assert!(
        page.html.contains(&format!("\"webcal://{hote}{lien}\"")),
        "{}",
        page.html
    );
    let etranger = app.client();
    let ics = etranger.get(&lien).await;
    assert_eq!(ics.statut, 200);
    assert!(ics.html.starts_with("BEGIN:VCALENDAR\r\n"), "{}", ics.html);
    assert!(
        ics.html.contains("DTSTART;VALUE=DATE:20260316"),
        "{}",
        ics.html
    );
    assert!(ics.html.contains(&numero), "{}", ics.html);
    assert!(!ics.html.contains("Camille"), "no name in it");
    assert!(
        !client.get("/espace/reglages").await.html.contains(".ics"),
        "shown once"
    );
    // Made again, the former one opens nothing; nor does a revoked one.
    let page = client.post("/espace/reglages", "/espace/agenda", &[]).await;
    let nouveau = lien_montre(&page);
    assert_eq!(etranger.get(&lien).await.statut, 404);
    assert_eq!(etranger.get(&nouveau).await.statut, 200);
    let retrait = "/espace/agenda/retirer";
    let question = client.get(retrait).await;
    assert!(
        question.texte().contains("Retirer le lien de votre agenda"),
        "{}",
        question.texte()
    );
    assert_eq!(etranger.get(&nouveau).await.statut, 200, "asked, not done");
    // Another one was made meanwhile: what was asked of the former does nothing to it.
    let page = client.post("/espace/reglages", "/espace/agenda", &[]).await;
    let dernier = lien_montre(&page);
    let page = client.post_brut(retrait, &question.caches()).await;
    assert!(
        page.texte().contains("Ce lien n’existait déjà plus"),
        "{}",
        page.texte()
    );
    assert_eq!(etranger.get(&dernier).await.statut, 200);
    let page = client.post(retrait, retrait, &[]).await;
    assert!(
        page.texte().contains("Le lien de votre agenda est retiré"),
        "{}",
        page.texte()
    );
    assert_eq!(etranger.get(&dernier).await.statut, 404);
    // Without a link, nothing is asked.
    assert_eq!(client.get(retrait).await.chemin, "/espace/reglages");
}

#[actix_web::test]
async fn on_choisit_ses_courriels_et_un_message_par_jour_suffit() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let page = client
        .post(
            "/espace/reglages",
            "/espace/reglages",
            &[("messages", "une_fois_par_jour"), ("rappels", "essentiel")],
        )
        .await;
    assert!(
        page.texte().contains("Vos choix sont enregistrés"),
        "{}",
        page.texte()
    );
    let page = client
        .post(
            "/espace/reglages",
            "/espace/reglages",
            &[("rappels", "jamais")],
        )
        .await;
    assert_eq!(page.statut, 409, "the last reminders are not optional");
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001/messages";
    for texte in ["Un", "Deux"] {
        agent.post(chemin, chemin, &[("texte", texte)]).await;
    }
    assert!(caisse.courriels_de(&compte.courriel).is_empty());
    for _ in 0..2 {
        caisse.app.passer_la_journee().await;
    }
    assert_eq!(
        caisse.courriels_de(&compte.courriel),
        ["nouveautes_du_jour"]
    );
}

#[actix_web::test]
async fn ses_donnees_s_emportent_avec_les_documents_et_rien_d_autrui() {
    let (app, compte, client) = application().await;
    let texte = client.get("/donnees-personnelles").await.texte();
    for attendu in [
        "Télécharger mes données",
        "un brouillon que vous ne reprenez pas est effacé au bout de 6 mois, et un courriel vous prévient 15 jours avant",
    ] {
        assert!(texte.contains(attendu), "{texte}");
    }
    let page = deposer(&client, &[], &[("piece_diplome", "diplome.pdf", PDF)]).await;
    let numero = numero_de_demande(&page);
    let autre = app.compte(Role::Kine, None);
    Decor::new(&app).depart(
        autre.kine_id.expect("a practitioner"),
        "13056",
        jour(2025, 12, 31),
        Some(4321),
    );
    let chemin = format!("/demandes/{numero}/messages");
    client
        .post(&chemin, &chemin, &[("texte", "Bonjour la caisse")])
        .await;
    let octets = client.octets("/espace/donnees.zip").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(octets)).expect("a ZIP");
    let noms: Vec<String> = (0..archive.len())
        .map(|i| {
            archive
                .by_index(i)
                .expect("a file")
                .name()
                .expect("a name")
                .to_string()
        })
        .collect();
    assert!(noms.iter().any(|n| n.ends_with("diplome.pdf")), "{noms:?}");
    let mut texte = String::new();
    archive
        .by_name("donnees.json")
        .expect("the data")
        .read_to_string(&mut texte)
        .expect("text");
    let lu: serde_json::Value = serde_json::from_str(&texte).expect("JSON");
    assert_eq!(lu["demandes"][0]["numero"], numero);
    assert_eq!(
        lu["demandes"][0]["messages"][0]["texte"],
        "Bonjour la caisse"
    );
    assert_eq!(lu["professionnel"]["rpps"], compte.rpps.expect("a RPPS"));
    assert!(!texte.contains("4321"), "somebody else's departure");
}
