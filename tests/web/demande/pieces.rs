//! The documents of a request on both sides: what is called for and why, where each stands, one in the place of another.

use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::piece;

use crate::util::TestApp;
use crate::util::client::Page;
use crate::util::compte::Depose;
use crate::web::praticien::*;

/// The documents, oldest first: name, state, the one that took its place.
fn stockees(app: &TestApp) -> Vec<(i64, String, String, Option<i64>)> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(piece::table
                .order(piece::id)
                .select((piece::id, piece::nom, piece::etat, piece::remplacee_par))
                .load(conn)?)
        })
        .expect("documents")
}

#[actix_web::test]
async fn la_liste_dit_ce_qu_il_faut_et_pourquoi_des_deux_cotes() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(
        &deposer(
            &client,
            &[
                ("entree_formation", "2024"),
                ("heures_etablissement", "100"),
                ("engagement_zone", "oui"),
            ],
            &[("piece_diplome", "diplome.pdf", PDF)],
        )
        .await,
    );
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    for page in [
        client.get(&format!("/demandes/{numero}")).await,
        agent.get(&format!("/dossiers/{numero}")).await,
    ] {
        let texte = page.texte();
        for attendu in [
            "Diplôme ou autorisation d’exercice Reçue",
            "Justificatif du lieu d’exercice À fournir",
            "Engagement signé d’exercice en zone sous-dotée À fournir",
            "n’a pas 2 240 heures",
            "gestion nationale",
            "diplome.pdf",
        ] {
            assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
        }
        assert!(!texte.contains("Un départ n’ouvre la place"), "{texte}");
    }
    let texte = client.get(&format!("/demandes/{numero}")).await.texte();
    assert!(texte.contains("Il y manque trois pièces"), "{texte}");
}

#[actix_web::test]
async fn une_piece_de_la_liste_s_envoie_puis_se_remplace_sans_rien_perdre() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(&deposer(&client, &[], &[]).await);
    let (page, envoi) = (
        format!("/demandes/{numero}"),
        format!("/demandes/{numero}/pieces"),
    );
    let envoyer = async |champ: &str, nom: &str, octets: &[u8]| {
        client
            .post_fichiers(&page, &envoi, &[("envoi", champ)], &[(champ, nom, octets)])
            .await
    };
    let recue = envoyer("piece_diplome", "diplome.pdf", PDF).await;
    assert_eq!(recue.statut, 200, "{}", recue.texte());
    let id = stockees(&app)[0].0;
    let remplace = format!("remplace_{id}");
    assert!(
        recue.html.contains(&format!("name=\"{remplace}\"")),
        "{}",
        recue.html
    );
    // Nothing chosen: said beside the field of the line.
    let vide = client
        .post_fichiers(&page, &envoi, &[("envoi", remplace.as_str())], &[])
        .await;
    assert_eq!(vide.statut, 422);
    assert!(
        vide.html.contains(&format!("href=\"#champ-{remplace}\"")),
        "{}",
        vide.html
    );
    let recue = envoyer(&remplace, "diplome-bis.pdf", AUTRE).await;
    let texte = recue.texte();
    assert!(
        texte.contains("diplome-bis.pdf") && texte.contains("1 document remplacé"),
        "{texte}"
    );
    let etat = stockees(&app);
    assert_eq!(etat[0].3, Some(etat[1].0));
    assert_eq!(etat[1].3, None);
    // Sent twice: nothing more.
    let encore = envoyer(&remplace, "diplome-bis.pdf", AUTRE).await;
    assert_eq!(
        (encore.statut, stockees(&app).len()),
        (200, 2),
        "{}",
        encore.texte()
    );
    // What was accepted is not replaced any more.
    app.state
        .db
        .write(|tx| -> DbResult<()> {
            diesel::update(piece::table.find(etat[1].0))
                .set(piece::etat.eq("acceptee"))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("accepted");
    let refus = envoyer(&format!("remplace_{}", etat[1].0), "x.png", PNG).await;
    assert_eq!(
        (refus.statut, stockees(&app).len()),
        (409, 2),
        "{}",
        refus.texte()
    );
}

fn courriels<'a>(deposes: &'a [Depose], modele: &str) -> Vec<&'a Depose> {
    deposes.iter().filter(|c| c.modele == modele).collect()
}

#[actix_web::test]
async fn une_piece_refusee_se_dit_a_la_personne_qui_la_remplace_et_la_caisse_accepte() {
    let (app, compte, client) = application().await;
    let fichiers: &[(&str, &str, &[u8])] = &[("piece_diplome", "diplome.pdf", PDF)];
    let numero = numero_de_demande(&deposer(&client, &[], fichiers).await);
    let documents = format!("/dossiers/{numero}/pieces");
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    let id = stockees(&app)[0].0;
    // Without a reason: nothing is said, and what to do is.
    let page = examiner(&agent, &documents, id, "refuser", "").await;
    assert_eq!((page.statut, stockees(&app)[0].2.as_str()), (422, "recue"));
    let page = examiner(&agent, &documents, id, "refuser", "Le verso manque").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let deposes = app.deposes();
    let lettre = courriels(&deposes, "piece_refusee");
    assert_eq!(lettre.len(), 1);
    assert_eq!(lettre[0].destinataire, compte.courriel);
    assert!(
        lettre[0].texte.contains("Le verso manque"),
        "{}",
        lettre[0].texte
    );
    // What is refused is what the agent would ask for again, with its reason.
    let demander = agent
        .get(&format!("/dossiers/{numero}/demander-pieces"))
        .await;
    assert!(
        demander.html.contains("value=\"Le verso manque\""),
        "{}",
        demander.html
    );
    let espace = client.get("/espace").await.texte();
    assert!(
        espace.contains("est refusée (diplôme ou autorisation d’exercice)"),
        "{espace}"
    );
    let page = client.get(&format!("/demandes/{numero}")).await;
    for attendu in [
        "Refusée",
        "Pourquoi elle est refusée : Le verso manque",
        "a refusé la pièce",
    ] {
        assert!(
            page.texte().contains(attendu),
            "«{attendu}» {}",
            page.texte()
        );
    }
    let envoi = format!("/demandes/{numero}/pieces");
    let chemin = format!("/demandes/{numero}");
    let remplace = format!("remplace_{id}");
    // The very document that was refused is not an answer.
    let page = client
        .post_fichiers(&chemin, &envoi, &[], &[(&remplace, "diplome.pdf", PDF)])
        .await;
    assert_eq!(
        (page.statut, stockees(&app).len()),
        (409, 1),
        "{}",
        page.texte()
    );
    let page = client
        .post_fichiers(
            &chemin,
            &envoi,
            &[],
            &[(&remplace, "recto-verso.pdf", AUTRE)],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let nouvelle = stockees(&app)[1].0;
    // The one that gave way is not examined any more; the new one is, and comes first.
    let page = examiner(&agent, &documents, id, "accepter", "").await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    let page = agent.get(&format!("/dossiers/{numero}/pieces")).await;
    assert!(
        page.html
            .contains(&format!("src=\"/pieces/{nouvelle}?voir=1")),
        "{}",
        page.html
    );
    let page = examiner(&agent, &documents, nouvelle, "accepter", "").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let texte = client.get(&chemin).await.texte();
    assert!(
        texte.contains("Diplôme ou autorisation d’exercice Acceptée"),
        "{texte}"
    );
    let (examinee, par): (Option<chrono::NaiveDateTime>, Option<i64>) = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(piece::table
                .find(nouvelle)
                .select((piece::examinee_le, piece::examinee_par))
                .first(conn)?)
        })
        .expect("examined");
    assert!(examinee.is_some() && par.is_some());
}

#[actix_web::test]
async fn pro_3_un_refus_rejoint_la_demande_de_pieces_en_cours_et_l_acceptation_la_solde() {
    let (app, _, client) = application().await;
    let fichiers: &[(&str, &str, &[u8])] = &[("piece_inscription_ordre", "ordre.pdf", PDF)];
    let numero = numero_de_demande(&deposer(&client, &[], fichiers).await);
    let documents = format!("/dossiers/{numero}/pieces");
    let instructeur = app.compte(Role::Instructeur, Some("131"));
    demander_pieces(&app, &numero, &instructeur);
    let agent = app.connecte(&instructeur).await;
    let id = stockees(&app)[0].0;
    let page = examiner(&agent, &documents, id, "refuser", "Illisible").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let chemin = format!("/demandes/{numero}");
    let texte = client.get(&chemin).await.texte();
    assert!(
        texte.contains(
            "Nous attendons de vous trois pièces au plus tard le lundi 16 février 2026 (inclus)"
        ),
        "{texte}"
    );
    let deposes = app.deposes();
    let lettre = courriels(&deposes, "piece_refusee")[0]
        .texte
        .replace('\u{a0}', " ");
    for attendu in ["Illisible", "Pièce d’identité", "16 février 2026"] {
        assert!(lettre.contains(attendu), "«{attendu}» {lettre}");
    }
    // Refused again with another reason: it is awaited once.
    examiner(&agent, &documents, id, "refuser", "Vraiment illisible").await;
    let page = client.get(&chemin).await;
    assert!(page.texte().contains("trois pièces"), "{}", page.texte());
    let envoi = format!("{chemin}/pieces");
    let champs = demandees(&page);
    let page = client
        .post_fichiers(
            &chemin,
            &envoi,
            &[],
            &[(&champs[0], "a.pdf", AUTRE), (&champs[1], "b.png", PNG)],
        )
        .await;
    assert!(
        page.texte().contains("Nous attendons de vous une pièce"),
        "{}",
        page.texte()
    );
    // The agent finds that it does after all: nothing is awaited, the study goes on.
    let page = examiner(&agent, &documents, id, "accepter", "").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let texte = client.get(&chemin).await.texte();
    assert!(
        texte.contains("Déposée") && !texte.contains("Nous attendons de vous"),
        "{texte}"
    );
}

#[actix_web::test]
async fn une_reponse_a_la_demande_de_pieces_prend_la_place_de_la_refusee() {
    let (app, _, client) = application().await;
    let fichiers: &[(&str, &str, &[u8])] = &[("piece_diplome", "diplome.pdf", PDF)];
    let numero = numero_de_demande(&deposer(&client, &[], fichiers).await);
    let documents = format!("/dossiers/{numero}/pieces");
    let instructeur = app.compte(Role::Instructeur, Some("131"));
    let agent = app.connecte(&instructeur).await;
    let id = stockees(&app)[0].0;
    examiner(&agent, &documents, id, "refuser", "Illisible").await;
    demander_pieces(&app, &numero, &instructeur);
    let chemin = format!("/demandes/{numero}");
    let page = client.get(&chemin).await;
    let champs = demandees(&page);
    let envoi = format!("{chemin}/pieces");
    client
        .post_fichiers(&chemin, &envoi, &[], &[(&champs[0], "neuf.pdf", AUTRE)])
        .await;
    let etat = stockees(&app);
    assert_eq!((etat.len(), etat[0].3), (2, Some(etat[1].0)));
}

#[actix_web::test]
async fn seules_les_pages_d_apercu_laissent_un_cadre_et_seulement_le_notre() {
    let (app, _, client) = application().await;
    let fichiers: &[(&str, &str, &[u8])] = &[
        ("piece_diplome", "d.pdf", PDF),
        ("piece_justificatif_local", "b.png", PNG),
    ];
    let numero = numero_de_demande(&deposer(&client, &[], fichiers).await);
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    let csp = |page: &Page| {
        page.entetes["content-security-policy"]
            .to_str()
            .expect("text")
            .to_owned()
    };
    assert!(csp(&client.get("/espace").await).contains("frame-src 'none'"));
    let ids: Vec<i64> = stockees(&app).iter().map(|p| p.0).collect();
    for page in [
        client
            .get(&format!("/demandes/{numero}?piece={}", ids[0]))
            .await,
        agent
            .get(&format!("/dossiers/{numero}/pieces?piece={}", ids[0]))
            .await,
    ] {
        assert!(
            csp(&page).contains("frame-src 'self'") && csp(&page).contains("object-src 'none'")
        );
        assert!(page.html.contains("<iframe"), "{}", page.html);
    }
    let page = agent
        .get(&format!("/dossiers/{numero}/pieces?piece={}", ids[1]))
        .await;
    assert!(page.html.contains("<img class=\"apercu__image\"") && !page.html.contains("<iframe"));
    // A document of somebody else is not shown, whatever the address says.
    let page = client.get(&format!("/demandes/{numero}?piece=99999")).await;
    assert!(page.statut == 200 && !page.html.contains("<iframe"));
}
