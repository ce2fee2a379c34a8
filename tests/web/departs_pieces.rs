//! The documents of a departure on both sides: what is called for and why, where each stands, one in the place of another.

use diesel::prelude::*;
use regles::droits::Role;
use regles::piece::NaturePiece;
use releve::actions::piece::PIECES_MAX;
use releve::db::DbResult;
use releve::db::schema::{dossier, evenement, piece};

use crate::util::TestApp;
use crate::util::builders::Decor;
use crate::util::client::{Client, Page};
use crate::web::praticien::*;

/// The documents, oldest first: identifier, state, the one that took its place.
fn stockees(app: &TestApp) -> Vec<(i64, String, Option<i64>)> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(piece::table
                .order(piece::id)
                .select((piece::id, piece::etat, piece::remplacee_par))
                .load(conn)?)
        })
        .expect("documents")
}

fn dit(page: &Page, phrases: &[&str]) {
    let texte = page.texte();
    for phrase in phrases {
        assert!(texte.contains(phrase), "«{phrase}» is not in {texte}");
    }
}

async fn envoyer(client: &Client, depart: i64, champ: &str, nom: &str, octets: &[u8]) -> Page {
    let page = format!("/mes-departs/{depart}");
    client
        .post_fichiers(
            &page,
            &format!("{page}/pieces"),
            &[("envoi", champ)],
            &[(champ, nom, octets)],
        )
        .await
}

#[actix_web::test]
async fn la_liste_dit_ce_que_ce_depart_appelle_et_pourquoi_des_deux_cotes() {
    let (app, _, client) = application().await;
    let depart = numero(&declarer(&client, &[]).await);
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    for page in [
        client.get(&format!("/mes-departs/{depart}")).await,
        agent.get(&format!("/departs/{depart}")).await,
        agent.get(&format!("/departs/{depart}/pieces")).await,
    ] {
        dit(
            &page,
            &[
                "Justificatif de cessation définitive Reçue",
                "Seule une cessation définitive ouvre une place. Règle de gestion nationale.",
                "Relevé d’activité des douze derniers mois Utile, pas reçue",
                "1 200 actes dans les 12 mois",
                "radiation.pdf",
            ],
        );
    }
    let page = agent.get(&format!("/departs/{depart}")).await;
    dit(&page, &["Avant de répondre : 1 pièce à examiner"]);
    let messages = format!("/mes-departs/{depart}/messages");
    let texte = [("texte", "Ma cessation est avancée d’une semaine.")];
    client.post(&messages, &messages, &texte).await;
    let avec = agent.get(&format!("/departs/{depart}")).await;
    dit(&avec, &["1 pièce à examiner ; 1 message non lu"]);
    // The one to examine is shown beside the list, in our frame only.
    let page = agent.get(&format!("/departs/{depart}/pieces")).await;
    let id = stockees(&app)[0].0;
    assert!(page.html.contains(&format!("src=\"/pieces/{id}?voir=1")));
    let csp = page.entetes["content-security-policy"]
        .to_str()
        .expect("text");
    assert!(csp.contains("frame-src 'self'"), "{csp}");
}

#[actix_web::test]
async fn une_piece_refusee_se_dit_se_remplace_et_s_accepte() {
    let (app, compte, client) = application().await;
    let depart = numero(&declarer(&client, &[]).await);
    let documents = format!("/departs/{depart}/pieces");
    let instructeur = app.compte(Role::Instructeur, Some("131"));
    let agent = app.connecte(&instructeur).await;
    let id = stockees(&app)[0].0;
    let page = examiner(&agent, &documents, id, "refuser", " ").await;
    assert_eq!((page.statut, stockees(&app)[0].1.as_str()), (422, "recue"));
    dit(&page, &["Écrivez pourquoi la pièce est refusée"]);
    let page = examiner(&agent, &documents, id, "refuser", "La date manque").await;
    dit(&page, &["La pièce est refusée", "Refusée"]);
    let page = agent.get(&format!("/departs/{depart}")).await;
    dit(
        &page,
        &[
            "« Justificatif de cessation définitive » (refusée)",
            "a refusé la pièce",
        ],
    );
    // The leaver reads it in her mail, on her home, on the line.
    let deposes = app.deposes();
    let lettre = deposes
        .iter()
        .find(|c| c.modele == "piece_refusee_depart")
        .expect("a letter");
    assert_eq!(lettre.destinataire, compte.courriel);
    assert!(
        lettre.texte.contains("La date manque")
            && lettre.texte.contains(&format!("/mes-departs/{depart}")),
        "{}",
        lettre.texte
    );
    let espace = client.get("/espace").await;
    dit(
        &espace,
        &[
            "Une pièce de votre départ de Martigues est refusée (justificatif de cessation définitive)",
        ],
    );
    let lien = format!("href=\"/mes-departs/{depart}#t-pieces\"");
    assert!(espace.html.contains(&lien), "{}", espace.html);
    let chemin = format!("/mes-departs/{depart}");
    dit(
        &client.get(&chemin).await,
        &[
            "La caisse a refusé une pièce de votre déclaration",
            "Pourquoi elle est refusée : La date manque",
            "a refusé la pièce",
        ],
    );
    let remplace = format!("remplace_{id}");
    // Nothing chosen: said beside the field; the very document that was refused: no answer.
    let vide = client
        .post_fichiers(
            &chemin,
            &format!("{chemin}/pieces"),
            &[("envoi", &remplace)],
            &[],
        )
        .await;
    let resume = format!("href=\"#champ-{remplace}\"");
    assert!(
        vide.statut == 422 && vide.html.contains(&resume),
        "{}",
        vide.html
    );
    let meme = envoyer(&client, depart, &remplace, "radiation.pdf", PDF).await;
    assert_eq!((meme.statut, stockees(&app).len()), (409, 1));
    dit(&meme, &["est le document que la caisse a refusé"]);
    let page = envoyer(&client, depart, &remplace, "acte.pdf", AUTRE).await;
    dit(
        &page,
        &[
            "Votre pièce est jointe à votre départ",
            "1 document remplacé",
        ],
    );
    let nouvelle = stockees(&app)[1].0;
    assert_eq!(stockees(&app)[0].2, Some(nouvelle));
    // Who refused is told; sent twice, nothing more.
    envoyer(&client, depart, &remplace, "acte.pdf", AUTRE).await;
    let deposes = app.deposes();
    let prevenus: Vec<_> = deposes
        .iter()
        .filter(|c| c.modele == "piece_remplacee_depart_agent")
        .collect();
    assert_eq!((prevenus.len(), stockees(&app).len()), (1, 2));
    assert_eq!(prevenus[0].destinataire, instructeur.courriel);
    let page = examiner(&agent, &documents, id, "accepter", "").await;
    assert_eq!(page.statut, 409);
    let page = examiner(&agent, &documents, nouvelle, "accepter", "").await;
    dit(&page, &["La pièce est acceptée"]);
    dit(
        &client.get(&chemin).await,
        &[
            "Justificatif de cessation définitive Acceptée",
            "a accepté la pièce",
        ],
    );
    // What was accepted is not replaced any more.
    let page = envoyer(
        &client,
        depart,
        &format!("remplace_{nouvelle}"),
        "x.png",
        PNG,
    )
    .await;
    assert_eq!((page.statut, stockees(&app).len()), (409, 2));
    let natures: Vec<String> = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(evenement::table
                .filter(evenement::dossier_id.eq(depart))
                .order(evenement::id)
                .select(evenement::code)
                .load(conn)?)
        })
        .expect("the timeline");
    assert_eq!(
        natures,
        [
            "depart.declaree",
            "piece.examinee",
            "piece.recue",
            "piece.examinee"
        ]
    );
}

#[actix_web::test]
async fn deux_agents_sur_un_depart_ne_se_recouvrent_pas() {
    let (app, _, client) = application().await;
    let depart = numero(&declarer(&client, &[]).await);
    let documents = format!("/departs/{depart}/pieces");
    let un = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    let autre = app
        .connecte(&app.compte(Role::Responsable, Some("131")))
        .await;
    let id = stockees(&app)[0].0;
    let page = format!("/departs/{depart}/pieces");
    let mut vieux = autre.caches(&page).await;
    examiner(&un, &documents, id, "accepter", "").await;
    let champ = format!("motif_{id}");
    vieux.extend([
        ("action".to_owned(), "refuser".to_owned()),
        (champ, "Illisible à mon avis".to_owned()),
    ]);
    let refus = autre.post_brut(&format!("{page}/{id}"), &vieux).await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    dit(&refus, &["Ce départ a changé", "a accepté la pièce"]);
    assert!(
        refus.html.contains("Illisible à mon avis</textarea>"),
        "{}",
        refus.html
    );
    assert_eq!(stockees(&app)[0].1, "acceptee");
    // The old page of a departure does not confirm it either.
    let avant = un.caches(&format!("/departs/{depart}")).await;
    examiner(&un, &documents, id, "refuser", "Finalement non").await;
    let refus = un
        .post_brut(&format!("/departs/{depart}/confirmer"), &avant)
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    // Somebody else's CPAM, and somebody else's departure.
    let ailleurs = app
        .connecte(&app.compte(Role::Instructeur, Some("831")))
        .await;
    assert_eq!(ailleurs.get(&page).await.statut, 404);
    let voisin = app.connecte(&app.compte(Role::Kine, None)).await;
    let chez_moi = numero(&declarer(&voisin, &[]).await);
    let chemin = format!("/mes-departs/{chez_moi}");
    let chez_lui = format!("/mes-departs/{depart}/pieces");
    let fichiers: &[(&str, &str, &[u8])] = &[("piece_releve_actes", "a.pdf", AUTRE)];
    let page = voisin
        .post_fichiers(&chemin, &chez_lui, &[], fichiers)
        .await;
    assert_eq!(page.statut, 404);
    // A document of another departure is not replaced, nor examined, through this one.
    let page = envoyer(&voisin, chez_moi, &format!("remplace_{id}"), "a.pdf", AUTRE).await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    let page = format!("/departs/{chez_moi}/pieces");
    let champ = format!("motif_{id}");
    let champs = [("action", "refuser"), (champ.as_str(), "Non")];
    let refus = un.post(&page, &format!("{page}/{id}"), &champs).await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    assert_eq!(stockees(&app).len(), 2);
}

#[actix_web::test]
async fn un_dossier_prend_cent_documents_et_pas_un_de_plus() {
    let (app, compte, client) = application().await;
    let depart = numero(&declarer(&client, &[]).await);
    let sans_un = vec![NaturePiece::Autre; PIECES_MAX - stockees(&app).len() - 1];
    let kine = compte.kine_id.expect("a practitioner");
    Decor::new(&app).fournir(depart, kine, &sans_un);
    let page = envoyer(&client, depart, "piece_autre", "centieme.png", PNG).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(stockees(&app).len(), PIECES_MAX);
    let page = envoyer(&client, depart, "piece_autre", "de-trop.pdf", AUTRE).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    dit(&page, &["n’en reçoit pas plus de 100", "en un seul PDF"]);
    assert_eq!(stockees(&app).len(), PIECES_MAX);
}

#[actix_web::test]
async fn un_depart_repondu_ne_recoit_plus_de_piece_sauf_si_la_commission_doit_se_prononcer() {
    let (app, _, client) = application().await;
    let depart = numero(&declarer(&client, &[("actes", "900")]).await);
    let decor = Decor::new(&app);
    let place = decor.place(depart, regles::grand_livre::EtatPlace::AExaminer);
    let chemin = format!("/mes-departs/{depart}");
    let page = envoyer(&client, depart, "piece_releve_actes", "releve.pdf", AUTRE).await;
    dit(&page, &["Relevé d’activité des douze derniers mois Reçue"]);
    mettre_place(&app, place, regles::grand_livre::EtatPlace::Ouverte);
    let version: i32 = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(dossier::table
                .find(depart)
                .select(dossier::version)
                .first(conn)?)
        })
        .expect("a version");
    let page = client.get(&chemin).await;
    assert!(!page.html.contains("type=\"file\""), "{}", page.html);
    let page = envoyer(&client, depart, "piece_autre", "x.png", PNG).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    dit(&page, &["Votre départ a reçu sa réponse"]);
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    let id = stockees(&app)[0].0.to_string();
    let champs = [
        ("version", version.to_string()),
        ("action", "accepter".to_owned()),
    ];
    let champs: Vec<(&str, &str)> = champs.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let page = format!("/departs/{depart}/pieces");
    let refus = agent.post(&page, &format!("{page}/{id}"), &champs).await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    dit(&refus, &["Ce départ a reçu sa réponse"]);
}
