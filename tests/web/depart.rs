//! Step 1 of the journey: a practitioner declares her definitive cessation; and everything that can be wrong with it.

use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::{depart, evenement, piece};

use super::praticien::*;
use crate::util::TestApp;
use crate::util::builders::{Decor, jour};

fn compte_de(app: &TestApp) -> (i64, i64, i64) {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok((
                depart::table.count().get_result(conn)?,
                piece::table.count().get_result(conn)?,
                evenement::table
                    .filter(evenement::code.eq("depart.declaree"))
                    .count()
                    .get_result(conn)?,
            ))
        })
        .expect("counts")
}

#[actix_web::test]
async fn une_cessation_se_declare_a_la_caisse_de_la_commune() {
    let (app, compte, client) = application().await;
    let page = declarer(&client, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let texte = page.texte();
    assert!(page.chemin.starts_with("/mes-departs/"), "{}", page.chemin);
    assert!(texte.contains("Votre cessation est déclarée"), "{texte}");
    assert!(
        texte.contains("31 décembre 2025") && texte.contains("2 400"),
        "{texte}"
    );
    assert!(texte.contains("CPAM des Bouches-du-Rhône"), "{texte}");
    assert!(texte.contains("radiation.pdf"), "{texte}");
    assert_eq!(compte_de(&app), (1, 1, 1));
    let mails = app.deposes();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].destinataire, compte.courriel);
    assert!(mails[0].sujet.contains("Martigues"), "{}", mails[0].sujet);
    let espace = client.get("/espace").await.texte();
    assert!(
        espace.contains("la caisse vérifie votre départ de Martigues"),
        "{espace}"
    );
}

#[actix_web::test]
async fn une_declaration_se_verifie_avant_de_partir() {
    let (app, _, client) = application().await;
    let page = declarer(&client, &[("_etape", "")]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let texte = page.texte();
    for attendu in [
        "Vérifiez et envoyez votre déclaration",
        "12 quai des Anglais, Martigues",
        "Martigues (non prioritaire)",
        "31 décembre 2025",
        "2 400",
        "radiation.pdf",
        "CPAM des Bouches-du-Rhône",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert_eq!(compte_de(&app), (0, 0, 0), "nothing is declared yet");

    // Changed one's mind: the form again, with what was typed and the document.
    let mut envoi = page.caches();
    envoi.push(("_etape".to_owned(), "modifier".to_owned()));
    let formulaire = client.post_brut("/mes-departs/nouveau", &envoi).await;
    assert_eq!(formulaire.statut, 200, "{}", formulaire.texte());
    assert!(formulaire.html.contains("value=\"12 quai des Anglais\""));
    assert!(formulaire.html.contains("radiation.pdf"));
    assert_eq!(compte_de(&app), (0, 0, 0));

    // Sent as it was read.
    let mut envoi = page.caches();
    envoi.push(("_etape".to_owned(), "envoyer".to_owned()));
    let page = client.post_brut("/mes-departs/nouveau", &envoi).await;
    assert!(
        page.texte().contains("Votre cessation est déclarée"),
        "{}",
        page.texte()
    );
    assert_eq!(compte_de(&app), (1, 1, 1));

    // A second one in the zone is refused before it is shown as ready to send.
    let page = declarer(&client, &[("_etape", "")]).await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    assert!(
        page.texte()
            .contains("Vous avez déjà déclaré votre cessation"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn ce_qui_n_ouvrirait_pas_de_place_se_dit_avant_l_envoi_et_n_empeche_rien() {
    let (app, _, client) = application().await;
    let cas: [(&[(&str, &str)], &str); 4] = [
        (
            &[("actes", "1199")],
            "1 199 actes sur 1 200 : il vous manque 1 acte pour que votre départ ouvre une place",
        ),
        (&[("commune", "13001")], "Ce lieu n’est pas en zone régulée"),
        (&[("actes", "")], "la caisse les comptera. Il en faut 1 200"),
        (
            &[("date_cessation", "31/01/2023")],
            "Le délai pour désigner un successeur s’est terminé le 31 janvier 2025",
        ),
    ];
    for (changes, attendu) in cas {
        let mut changes = changes.to_vec();
        changes.push(("_etape", ""));
        let page = declarer(&client, &changes).await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        assert!(page.texte().contains(attendu), "{}", page.texte());
    }
    assert_eq!(compte_de(&app).0, 0);
    let texte = declarer(&client, &[("actes", "1200"), ("_etape", "")])
        .await
        .texte();
    assert!(!texte.contains("il vous manque"), "{texte}");
    for commune in ["13001", "13056"] {
        let changes = [("commune", commune), ("actes", "12"), ("_etape", "envoyer")];
        let page = declarer(&client, &changes).await;
        assert!(
            page.texte().contains("Votre cessation est déclarée"),
            "{}",
            page.texte()
        );
    }
    assert_eq!(compte_de(&app).0, 2);
}

#[actix_web::test]
async fn envoyee_deux_fois_elle_n_est_declaree_qu_une_fois() {
    let (app, _, client) = application().await;
    let caches = client.caches("/mes-departs/nouveau").await;
    let cle = &caches.iter().find(|(n, _)| n == "cle").expect("a key").1;
    let champs = declaration(&[("cle", cle)]);
    // From a page without a key of its own, so that the key is that of the form.
    let envoyer = || client.post_fichiers("/espace", "/mes-departs/nouveau", &champs, JUSTIFICATIF);
    let une = envoyer().await;
    let deux = envoyer().await;
    assert_eq!((une.statut, deux.statut), (200, 200), "{}", deux.texte());
    assert_eq!(numero(&une), numero(&deux));
    assert_eq!(compte_de(&app), (1, 1, 1));
    assert_eq!(app.deposes().len(), 1);
}

#[actix_web::test]
async fn la_meme_cessation_declaree_de_nouveau_est_refusee_avec_une_phrase() {
    let (app, _, client) = application().await;
    assert_eq!(declarer(&client, &[]).await.statut, 200);
    // Port-de-Bouc is in the same zone as Martigues.
    let page = declarer(&client, &[("commune", "13077")]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("Vous avez déjà déclaré votre cessation dans la zone de Martigues"),
        "{}",
        page.texte()
    );
    assert_eq!(compte_de(&app).0, 1);
}

#[actix_web::test]
async fn chaque_saisie_impossible_a_sa_phrase_et_rien_ne_se_perd() {
    let (app, _, client) = application().await;
    let cas: &[(&[(&str, &str)], &str)] = &[
        (
            &[("date_cessation", "31/12/2030")],
            "au plus 24 mois à l’avance",
        ),
        (&[("date_cessation", "01/01/1950")], "au plus 5 ans après"),
        (
            &[("date_cessation", "30/02/2026")],
            "n’existe pas dans le calendrier",
        ),
        (&[("date_cessation", "bientôt")], "n’est pas une date"),
        (
            &[("date_cessation", "")],
            "Indiquez la date de votre cessation",
        ),
        (&[("actes", "-3")], "ne sont pas vraisemblables"),
        (&[("actes", "250000")], "ne sont pas vraisemblables"),
        (&[("actes", "beaucoup")], "n’est pas un nombre entier"),
        (
            &[("actes", "99999999999999999999999")],
            "n’est pas un nombre entier",
        ),
        (&[("adresse", "")], "Indiquez l’adresse"),
        (&[("commune", "")], "Indiquez la commune"),
        (
            &[("commune", "99999")],
            "Le code « 99999 » n’est pas celui d’une commune connue",
        ),
    ];
    for (changes, attendu) in cas {
        let page = declarer(&client, changes).await;
        let texte = page.texte();
        assert_eq!(page.statut, 422, "{changes:?} {texte}");
        assert!(texte.contains(attendu), "{changes:?} {texte}");
        assert!(texte.contains("à corriger"), "{changes:?}: no summary");
        assert!(
            page.html.contains("href=\"#champ-"),
            "{changes:?}: no link to the field"
        );
        if changes[0].0 != "adresse" {
            assert!(
                page.html.contains("value=\"12 quai des Anglais\""),
                "{changes:?}"
            );
        }
        if changes[0].0 != "commune" {
            assert!(
                page.html
                    .contains("value=\"13056\" id=\"champ-commune-13056\" checked"),
                "{changes:?}: the commune is lost"
            );
        }
        assert!(
            texte.contains("radiation.pdf"),
            "{changes:?}: the document is lost"
        );
    }
    assert_eq!(compte_de(&app), (0, 0, 0));
}

#[actix_web::test]
async fn une_cessation_anterieure_au_compte_est_legitime() {
    let (_app, _, client) = application().await;
    let page = declarer(
        &client,
        &[("date_cessation", "1er février 2024"), ("actes", "")],
    )
    .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(page.texte().contains("non renseignés"));
}

#[actix_web::test]
async fn une_commune_sans_zone_ou_sans_caisse_est_refusee_en_la_nommant() {
    let (app, _, client) = application().await;
    let decor = Decor::new(&app);
    // A bassin that no arrêté classes, and a commune that belongs to no CPAM.
    decor.bassin("BV99999", "Sans-Zone");
    decor.commune("13998", "Sans-Zone", "13998", "BV99999", "131");
    let page = declarer(&client, &[("commune", "13998")]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("La zone de Sans-Zone n’est pas connue"),
        "{}",
        page.texte()
    );
    assert_eq!(compte_de(&app).0, 0);
}

#[actix_web::test]
async fn une_region_sans_arrete_en_vigueur_est_refusee_avec_une_phrase() {
    let app = TestApp::start();
    let decor = Decor::new(&app);
    decor.caisse("131", "CPAM des Bouches-du-Rhône", "13");
    decor.bassin("BV13056", "Martigues");
    decor.commune("13056", "Martigues", "13500", "BV13056", "131");
    decor.arrete(jour(2027, 1, 1), None, &[("BV13056", "non_prioritaire")]);
    let client = app.connecte(&app.compte(Role::Kine, None)).await;
    let page = declarer(&client, &[]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("Aucun arrêté de zonage n’est en vigueur à Martigues"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn la_recherche_de_commune_marche_sans_javascript_et_garde_tout() {
    let (_app, _, client) = application().await;
    let champs = declaration(&[
        ("commune", ""),
        ("commune_recherche", "port de"),
        ("_chercher", "commune"),
    ]);
    let page = client
        .post_fichiers("/mes-departs/nouveau", "/mes-departs/nouveau", &champs, &[])
        .await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte()
            .contains("Port-de-Bouc (13110, Bouches-du-Rhône)"),
        "{}",
        page.texte()
    );
    assert!(!page.texte().contains("à corriger"));
    for garde in ["12 quai des Anglais", "31/12/2025", "2 400", "port de"] {
        assert!(page.html.contains(garde), "{garde} is lost");
    }
    // A name typed in full and sent is enough.
    let page = declarer(&client, &[("commune", ""), ("commune_recherche", "Toulon")]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(page.texte().contains("CPAM du Var"));
    // Typing another name over a chosen commune does not send the first one.
    let page = declarer(&client, &[("commune_recherche", "Aix")]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Choisissez la commune dans la liste"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn les_fichiers_refuses_le_sont_avec_une_phrase() {
    let (app, _, client) = application().await;
    let enorme = [PDF, &vec![b' '; 11 * 1024 * 1024]].concat();
    let cas: &[(&str, &[u8], &str)] = &[
        ("programme.pdf", EXE, "n’est pas un PDF, un JPEG ou un PNG"),
        (
            "notes.pdf",
            b"bonjour",
            "n’est pas un PDF, un JPEG ou un PNG",
        ),
        ("vide.pdf", b"", "ce fichier est vide"),
        ("gros.pdf", &enorme, "dépasse 10 Mo"),
    ];
    for (nom, octets, attendu) in cas {
        let page = client
            .post_fichiers(
                "/mes-departs/nouveau",
                "/mes-departs/nouveau",
                &declaration(&[]),
                &[("justificatif", nom, octets)],
            )
            .await;
        let texte = page.texte();
        assert_eq!(page.statut, 422, "{nom} {texte}");
        assert!(
            texte.contains(attendu) && texte.contains(nom),
            "{nom} {texte}"
        );
        assert!(page.html.contains("value=\"12 quai des Anglais\""), "{nom}");
    }
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &declaration(&[]),
            &[],
        )
        .await;
    assert!(
        page.texte().contains("Joignez un justificatif"),
        "{}",
        page.texte()
    );
    assert_eq!(compte_de(&app), (0, 0, 0));
    assert_eq!(app.deposes().len(), 0);
}

#[actix_web::test]
async fn cinquante_megaoctets_repondent_par_une_phrase() {
    let (app, _, client) = application().await;
    let enorme = [PDF, &vec![b' '; 50 * 1024 * 1024]].concat();
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &declaration(&[]),
            &[("justificatif", "scan.pdf", &enorme)],
        )
        .await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    assert!(page.texte().contains("dépasse 10 Mo"), "{}", page.texte());
    assert_eq!(compte_de(&app).0, 0);
}

#[actix_web::test]
async fn une_declaration_se_retire_tant_que_la_caisse_n_a_pas_repondu() {
    let (app, compte, client) = application().await;
    let id = numero(&declarer(&client, &[]).await);
    let chemin = format!("/mes-departs/{id}/retirer");
    let page = client.get(&chemin).await;
    assert!(page.texte().contains("votre départ n’ouvrira pas de place"));
    let page = client.post(&chemin, &chemin, &[]).await;
    assert!(
        page.texte().contains("Votre déclaration est retirée"),
        "{}",
        page.texte()
    );
    // The zone is free again.
    let id = numero(&declarer(&client, &[]).await);
    let chemin = format!("/mes-departs/{id}/retirer");
    let avant = client.caches(&chemin).await;
    Decor::new(&app).place(id, regles::grand_livre::EtatPlace::Reservee);
    let page = client.post_brut(&chemin, &avant).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("Une décision repose sur ce départ"),
        "{}",
        page.texte()
    );
    let _ = compte;
}

#[actix_web::test]
async fn la_cessation_d_une_autre_personne_n_existe_pas() {
    let (app, _, client) = application().await;
    let id = numero(&declarer(&client, &[]).await);
    let autre = app.connecte(&app.compte(Role::Kine, None)).await;
    for chemin in [
        format!("/mes-departs/{id}"),
        format!("/mes-departs/{id}/retirer"),
    ] {
        assert_eq!(autre.get(&chemin).await.statut, 404, "{chemin}");
    }
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    assert_eq!(agent.get(&format!("/mes-departs/{id}")).await.statut, 403);
}
