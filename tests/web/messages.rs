//! Messages on a file: both ways, with documents and unread marks; the mail never says what is written.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::{evenement, message, message_piece};

use super::praticien::{EXE, PDF};
use crate::util::builders::UneDemande;
use crate::util::caisse::Caisse;
use crate::util::client::Client;
use crate::util::compte::{CompteTest, MOT_DE_PASSE};

const NUMERO: &str = "131-2026-000001";
const SECRET: &str = "Mon bail est signé depuis hier";

async fn monde() -> (Caisse, CompteTest, Client, Client) {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let kine = caisse.app.connecte(&compte).await;
    let agent = caisse.instructeur().await;
    (caisse, compte, kine, agent)
}

async fn ecrire(client: &Client, cote: &str, texte: &str) -> crate::util::client::Page {
    let chemin = format!("/{cote}/{NUMERO}/messages");
    client.post(&chemin, &chemin, &[("texte", texte)]).await
}

#[actix_web::test]
async fn on_s_ecrit_dans_les_deux_sens_et_chacun_voit_ce_qu_il_n_a_pas_lu() {
    let (caisse, compte, kine, agent) = monde().await;
    let chemin = format!("/demandes/{NUMERO}/messages");
    let page = kine
        .post_fichiers(
            &chemin,
            &chemin,
            &[("texte", SECRET)],
            &[("pieces", "bail.pdf", PDF)],
        )
        .await;
    assert!(
        page.texte().contains("Votre message est envoyé"),
        "{}",
        page.texte()
    );
    let non_lus = agent.get("/messages").await.texte();
    assert!(non_lus.contains(&format!("Demande {NUMERO}")), "{non_lus}");
    let dossier = agent.get(&format!("/dossiers/{NUMERO}")).await.texte();
    assert!(dossier.contains("Un message n’est pas lu"), "{dossier}");
    assert!(
        !dossier.contains(SECRET),
        "the timeline does not tell it: {dossier}"
    );
    // The team is told, nobody being in charge; the mail does not say what is written.
    let mails = caisse.app.deposes();
    let mail = mails
        .iter()
        .find(|m| m.modele == "message_recu_agent")
        .expect("a mail");
    assert_eq!(mail.destinataire, "conventionnement@cpam.example.fr");
    assert!(mail.texte.contains(&format!("/dossiers/{NUMERO}/messages")));
    for m in &mails {
        assert!(!m.texte.contains(SECRET) && !m.sujet.contains(SECRET));
    }
    // Opened: read, with its document.
    let fil = agent.get(&format!("/dossiers/{NUMERO}/messages")).await;
    assert!(
        fil.texte().contains(SECRET) && fil.texte().contains("Nouveau"),
        "{}",
        fil.texte()
    );
    let document = fil
        .html
        .split("href=\"/messages/pieces/")
        .nth(1)
        .and_then(|s| s.split('"').next())
        .map(|s| format!("/messages/pieces/{s}"))
        .expect("a document");
    assert_eq!(agent.get(&document).await.statut, 200);
    assert!(agent.get("/messages").await.texte().contains("Tout est lu"));
    assert!(
        kine.get(&chemin)
            .await
            .texte()
            .contains("Lu le 15 janvier 2026")
    );
    // And back.
    let page = ecrire(&agent, "dossiers", "Merci, envoyez aussi l’avenant").await;
    assert!(
        page.texte().contains("Un courriel l’annonce à la personne"),
        "{}",
        page.texte()
    );
    let mail = caisse
        .app
        .deposes()
        .into_iter()
        .find(|m| m.modele == "message_recu")
        .expect("a mail");
    assert_eq!(mail.destinataire, compte.courriel);
    assert!(!mail.texte.contains("avenant"), "{}", mail.texte);
    let espace = kine.get("/espace").await.texte();
    assert!(espace.contains("La caisse vous a écrit"), "{espace}");
    assert!(
        kine.get(&format!("/demandes/{NUMERO}"))
            .await
            .texte()
            .contains("Un message n’est pas lu")
    );
    assert!(
        kine.get(&chemin)
            .await
            .texte()
            .contains("envoyez aussi l’avenant")
    );
    assert!(
        !kine
            .get("/espace")
            .await
            .texte()
            .contains("La caisse vous a écrit")
    );
}

#[actix_web::test]
async fn un_message_porte_vingt_documents_au_plus() {
    let (caisse, _, kine, _) = monde().await;
    let chemin = format!("/demandes/{NUMERO}/messages");
    let noms: Vec<String> = (0..=20).map(|n| format!("page-{n}.pdf")).collect();
    let fichiers: Vec<(&str, &str, &[u8])> = noms
        .iter()
        .map(|nom| ("pieces", nom.as_str(), PDF))
        .collect();
    let refus = kine
        .post_fichiers(&chemin, &chemin, &[("texte", SECRET)], &fichiers)
        .await;
    assert_eq!(refus.statut, 422, "{}", refus.texte());
    let texte = refus.texte();
    assert!(texte.contains("20 documents au plus"), "{texte}");
    assert!(texte.contains(SECRET), "nothing typed is lost: {texte}");
    let permis = kine
        .post_fichiers(&chemin, &chemin, &[("texte", SECRET)], &fichiers[..20])
        .await;
    assert_eq!(permis.statut, 200, "{}", permis.texte());
    drop(caisse);
}

#[actix_web::test]
async fn hors_de_sa_portee_un_fil_et_ses_documents_n_existent_pas() {
    let (caisse, _, kine, agent) = monde().await;
    let chemin = format!("/demandes/{NUMERO}/messages");
    kine.post_fichiers(
        &chemin,
        &chemin,
        &[("texte", SECRET)],
        &[("pieces", "bail.pdf", PDF)],
    )
    .await;
    let voisin = caisse
        .app
        .connecte(&caisse.app.compte(Role::Kine, None))
        .await;
    let var = caisse
        .app
        .connecte(&caisse.app.compte(Role::Instructeur, Some("831")))
        .await;
    assert_eq!(voisin.get(&chemin).await.statut, 404);
    assert_eq!(voisin.get("/messages/pieces/1").await.statut, 404);
    assert_eq!(
        var.get(&format!("/dossiers/{NUMERO}/messages"))
            .await
            .statut,
        404
    );
    assert_eq!(var.get("/messages/pieces/1").await.statut, 404);
    assert!(var.get("/messages").await.texte().contains("Tout est lu"));
    let vers = format!("/dossiers/{NUMERO}/messages");
    assert_eq!(
        var.post("/compte", &vers, &[("texte", "x")]).await.statut,
        404
    );
    // Who only reads marks nothing as read, and cannot write.
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let lecteur = caisse.app.client();
    lecteur.connexion(&auditeur.courriel, MOT_DE_PASSE).await;
    let fil = lecteur.get(&vers).await;
    assert!(fil.texte().contains(SECRET), "{}", fil.texte());
    assert!(!fil.html.contains("name=\"texte\""));
    assert!(agent.get("/messages").await.texte().contains(NUMERO));
}

#[actix_web::test]
async fn un_message_vide_ou_un_mauvais_fichier_ne_part_pas_et_rien_ne_se_perd() {
    let (caisse, _, kine, _) = monde().await;
    let chemin = format!("/demandes/{NUMERO}/messages");
    let page = ecrire(&kine, "demandes", "  ").await;
    assert_eq!(page.statut, 422);
    assert!(page.texte().contains("Écrivez votre message"));
    let page = kine
        .post_fichiers(
            &chemin,
            &chemin,
            &[("texte", SECRET)],
            &[("pieces", "bail.pdf", EXE)],
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains(SECRET), "{}", page.texte());
    let trop = "x".repeat(10_001);
    assert_eq!(ecrire(&kine, "demandes", &trop).await.statut, 422);
    // The same form sent twice writes once.
    let mut envoi = kine.caches(&chemin).await;
    envoi.push(("texte".to_owned(), SECRET.to_owned()));
    for _ in 0..2 {
        assert_eq!(kine.post_brut(&chemin, &envoi).await.statut, 200);
    }
    let comptes: (i64, i64, i64) = caisse
        .app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok((
                message::table.count().get_result(conn)?,
                message_piece::table.count().get_result(conn)?,
                evenement::table
                    .filter(evenement::code.eq("message.envoye"))
                    .count()
                    .get_result(conn)?,
            ))
        })
        .expect("counts");
    assert_eq!(comptes, (1, 0, 1));
}

#[actix_web::test]
async fn on_s_ecrit_aussi_sur_un_depart() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine = caisse.app.connecte(&compte).await;
    let agent = caisse.instructeur().await;
    let (id, _) = super::praticien::depart(
        &caisse.app,
        &compte,
        regles::grand_livre::EtatPlace::Ouverte,
    );
    let chemin = format!("/mes-departs/{id}/messages");
    kine.post(&chemin, &chemin, &[("texte", "Quand puis-je désigner ?")])
        .await;
    assert!(
        agent
            .get("/messages")
            .await
            .texte()
            .contains("Départ de Martigues")
    );
    let chemin = "/dossiers/131-2026-D00001/messages".to_owned();
    let page = agent
        .post(&chemin, &chemin, &[("texte", "Dès maintenant.")])
        .await;
    assert!(
        page.texte().contains("Quand puis-je désigner"),
        "{}",
        page.texte()
    );
    let page = kine.get(&format!("/mes-departs/{id}")).await;
    assert!(
        page.texte().contains("Un message n’est pas lu"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn la_file_et_le_dossier_disent_qu_un_message_attend() {
    let (caisse, _, kine, agent) = monde().await;
    let autre = caisse.decor.kine("paul.roux@example.fr", "10000000009");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000002",
        kine_id: autre.id,
        ..UneDemande::default()
    });
    let file = agent.get("/dossiers").await;
    assert!(!file.texte().contains("message non lu"), "{}", file.texte());
    ecrire(&kine, "demandes", SECRET).await;
    ecrire(&kine, "demandes", "Et encore ceci").await;
    let file = agent.get("/dossiers").await;
    assert!(
        file.texte().contains("2 messages non lus"),
        "{}",
        file.texte()
    );
    let dossier = agent.get(&format!("/dossiers/{NUMERO}")).await.texte();
    assert!(dossier.contains("2 messages non lus de"), "{dossier}");
    let filtree = agent.get("/dossiers?messages=non_lus").await;
    assert!(
        filtree.html.contains(NUMERO) && !filtree.html.contains("131-2026-000002"),
        "{}",
        filtree.texte()
    );
    assert!(filtree.texte().contains("Filtres actifs"));
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let national = caisse.app.connecte(&auditeur).await;
    let partout = national
        .get("/dossiers?caisse=toutes&messages=non_lus")
        .await;
    assert!(partout.html.contains(NUMERO) && !partout.html.contains("131-2026-000002"));
    // What the CPAM writes is unread by the other side only.
    agent.get(&format!("/dossiers/{NUMERO}/messages")).await;
    ecrire(&agent, "dossiers", "Bien reçu").await;
    let file = agent.get("/dossiers?messages=non_lus").await;
    assert!(!file.html.contains(NUMERO), "{}", file.texte());
}

#[actix_web::test]
async fn rien_n_est_lu_tant_que_personne_ne_regarde_la_page() {
    let (_caisse, _, kine, agent) = monde().await;
    ecrire(&kine, "demandes", SECRET).await;
    let fil = format!("/dossiers/{NUMERO}/messages");
    let sans_lecteur: [(reqwest::Method, &[(&str, &str)]); 4] = [
        (reqwest::Method::HEAD, &[]),
        (
            reqwest::Method::GET,
            &[("sec-purpose", "prefetch;prerender")],
        ),
        (reqwest::Method::GET, &[("sec-fetch-site", "cross-site")]),
        (reqwest::Method::GET, &[("sec-fetch-site", "same-site")]),
    ];
    for (methode, entetes) in sans_lecteur {
        assert_eq!(
            agent.demander(methode.clone(), &fil, entetes).await.statut,
            200
        );
        let non_lus = agent.get("/messages").await.texte();
        assert!(non_lus.contains(NUMERO), "{methode} {entetes:?}: {non_lus}");
    }
    // The link of a mail, which somebody clicks on.
    let clic = [("sec-fetch-site", "cross-site"), ("sec-fetch-user", "?1")];
    agent.demander(reqwest::Method::GET, &fil, &clic).await;
    assert!(agent.get("/messages").await.texte().contains("Tout est lu"));
}

#[actix_web::test]
async fn le_meme_message_envoye_deux_fois_au_meme_instant_n_est_ecrit_qu_une_fois() {
    let (caisse, _, kine, _) = monde().await;
    let chemin = format!("/demandes/{NUMERO}/messages");
    for rang in 1..=4_i64 {
        let mut envoi = kine.caches(&chemin).await;
        envoi.push(("texte".to_owned(), format!("Message {rang}")));
        let envois = (0..8).map(|_| kine.post_brut(&chemin, &envoi));
        for page in futures_util::future::join_all(envois).await {
            assert_eq!(page.statut, 200, "{}", page.texte());
        }
        let ecrits: i64 = caisse.lire(|conn| Ok(message::table.count().get_result(conn)?));
        assert_eq!(ecrits, rang);
    }
}

/// The disk of the base is full: the message is not written, and its author still has it under the eyes.
#[actix_web::test]
async fn un_disque_plein_ne_perd_pas_le_message() {
    let (caisse, _, kine, _) = monde().await;
    let remplir = |pages: &str| {
        caisse.app.state.db.write(|tx| -> DbResult<bool> {
            if tx.is_sqlite() {
                diesel::sql_query(format!("PRAGMA max_page_count = {pages}")).execute(&mut **tx)?;
            }
            Ok(tx.is_sqlite())
        })
    };
    if !remplir("1").expect("set") {
        // No limit of PostgreSQL stands for a full disk.
        return;
    }
    let chemin = format!("/demandes/{NUMERO}/messages");
    let long = "Mon bail. ".repeat(900);
    let page = kine.post(&chemin, &chemin, &[("texte", &long)]).await;
    assert_eq!(page.statut, 503, "{}", page.texte());
    assert!(
        page.html.contains("Mon bail. Mon bail."),
        "{}",
        page.texte()
    );
    assert!(
        page.texte().contains("rien n’a été enregistré"),
        "{}",
        page.texte()
    );
    remplir("1073741823").expect("set");
    let page = kine.post(&chemin, &chemin, &[("texte", &long)]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

/// Registration is open: what one account sends is bounded, and drafts, which the page sends by itself, are not counted.
#[actix_web::test]
async fn ce_qu_un_compte_envoie_est_borne() {
    let app = crate::util::TestApp::start_with(&[("RELEVE_ENVOIS", "3")]);
    let compte = app.compte(Role::Kine, None);
    let kine = app.connecte(&compte).await;
    let jeton = kine.caches("/espace/reglages").await;
    for _ in 0..10 {
        kine.post_brut("/brouillons", &jeton).await;
    }
    for rang in 0..3 {
        let page = kine.post_brut("/espace/reglages", &jeton).await;
        assert_eq!(page.statut, 200, "{rang}: {}", page.texte());
    }
    let page = kine.post_brut("/espace/reglages", &jeton).await;
    assert_eq!(page.statut, 429, "{}", page.texte());
    assert!(
        page.texte().contains("où reste ce que vous avez écrit"),
        "{}",
        page.texte()
    );
    assert!(page.entetes.contains_key("retry-after"));
    // Another account is not held back, nor is reading.
    assert_eq!(kine.get("/espace").await.statut, 200);
    let autre = app.connecte(&app.compte(Role::Kine, None)).await;
    let jeton = autre.caches("/espace/reglages").await;
    assert_eq!(
        autre.post_brut("/espace/reglages", &jeton).await.statut,
        200
    );
}
