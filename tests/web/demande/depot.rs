//! Filing: three steps, a receipt (PRO-2), numbers without a gap, and everything that can be wrong.

use diesel::prelude::*;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::db::DbResult;
use releve::db::schema::{caisse, dossier, numerotation, piece};

use crate::util::TestApp;
use crate::util::builders::jour;
use crate::web::praticien::*;

fn numeros(app: &TestApp) -> Vec<String> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(dossier::table
                .filter(dossier::nature.eq("demande"))
                .order(dossier::id)
                .select(dossier::numero)
                .load(conn)?)
        })
        .expect("requests")
}

#[actix_web::test]
async fn une_demande_se_depose_en_trois_etapes_et_donne_un_accuse_de_reception() {
    let (app, compte, client) = application().await;
    let page = client.get("/demandes/nouvelle").await;
    assert!(
        page.texte().contains("Quel est votre projet"),
        "{}",
        page.texte()
    );
    let page = client
        .post(
            "/demandes/nouvelle?nature=hors_regulation",
            "/demandes/nouvelle",
            &projet(&[("_etape", "verifier")]),
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let texte = page.texte();
    assert!(
        texte.contains("Étape 3 sur 3") && texte.contains("Aix-en-Provence (intermédiaire)"),
        "{texte}"
    );
    assert!(
        numeros(&app).is_empty(),
        "nothing is filed before the last step"
    );
    // The last step carries everything typed before.
    let mut envoi: Vec<(String, String)> = page.caches();
    envoi.push(("_etape".to_owned(), "envoyer".to_owned()));
    let page = client.post_brut("/demandes/nouvelle", &envoi).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(numero_de_demande(&page), "131-2026-000001");
    let texte = page.texte();
    assert!(!texte.contains("rien à faire"), "{texte}");
    for attendu in [
        "Accusé de réception",
        "Il manque à votre demande : diplôme",
        "131-2026-000001",
        "15 janvier 2026",
        "CPAM des Bouches-du-Rhône",
        "56 chemin Joseph-Aiguier, 13009 Marseille",
        "conventionnement@cpam.example.fr",
        "04 91 00 00 00",
        "16 mars 2026 au plus tard (2 mois après la réception",
        "considérée comme refusée",
        "recours gracieux",
        "tribunal administratif",
    ] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
    let mail = app
        .deposes()
        .into_iter()
        .find(|m| m.modele == "demande_deposee")
        .expect("the receipt is mailed");
    assert_eq!(mail.destinataire, compte.courriel);
    let plat = mail.texte.replace(['\u{a0}', '\u{202f}'], " ");
    for attendu in [
        "131-2026-000001",
        "16 mars 2026",
        "considérée comme refusée",
        "tribunal administratif",
        "04 91 00 00 00",
    ] {
        assert!(plat.contains(attendu), "«{attendu}» is not in {plat}");
    }
    let page = client.get("/demandes/131-2026-000001").await;
    assert!(
        page.texte().contains("a déposé la demande 131-2026-000001"),
        "{}",
        page.texte()
    );
    assert!(
        client
            .get("/espace")
            .await
            .texte()
            .contains("à votre demande 131-2026-000001 (")
    );
}

#[actix_web::test]
async fn pro_7_le_dernier_jour_du_silence_reste_ou_il_tombe() {
    let (app, compte, _) = application().await;
    app.state.clock.set(
        jour(2026, 11, 30)
            .and_hms_opt(10, 0, 0)
            .expect("an instant"),
    );
    let client = app.connecte(&compte).await;
    let texte = deposer(&client, &[], &[]).await.texte();
    // A Saturday.
    assert!(
        texte.contains("30 janvier 2027 au plus tard")
            && texte.contains("considérée comme refusée"),
        "{texte}"
    );
}

#[actix_web::test]
async fn ech_2_une_demande_est_du_jour_qu_il_est_la_ou_est_la_caisse() {
    let (app, compte, _) = application().await;
    app.state
        .db
        .write(|tx| -> DbResult<_> {
            diesel::update(caisse::table.find("131"))
                .set(caisse::territoire.eq("guadeloupe"))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("a caisse overseas");
    // Two o'clock on 6 March in Paris, nine in the evening of the day before in Guadeloupe.
    app.state
        .clock
        .set(jour(2026, 3, 6).and_hms_opt(1, 0, 0).expect("an instant"));
    let client = app.connecte(&compte).await;
    let texte = deposer(&client, &[], &[]).await.texte();
    assert!(
        texte.contains("votre demande de conventionnement le 5 mars 2026"),
        "{texte}"
    );
    assert!(texte.contains("5 mai 2026 au plus tard"), "{texte}");
}

#[actix_web::test]
async fn les_numeros_se_suivent_sans_trou_par_caisse_et_par_annee() {
    let (app, _, client) = application().await;
    for _ in 0..2 {
        deposer(&client, &[], &[]).await;
    }
    // A refused filing takes no number.
    let page = deposer(&client, &[("entree_formation", "1800")], &[]).await;
    assert_eq!(page.statut, 422);
    let page = deposer(
        &client,
        &[("commune", "83137"), ("deja_conventionne_zone", "oui")],
        &[],
    )
    .await;
    assert_eq!(numero_de_demande(&page), "831-2026-000001");
    deposer(&client, &[], &[]).await;
    app.state
        .clock
        .set(jour(2026, 12, 31).and_hms_opt(23, 30, 0).expect("an hour"));
    // Half past midnight on 1 January in Paris: another year.
    let client = app.connecte(&app.compte(Role::Kine, None)).await;
    let page = deposer(&client, &[], &[]).await;
    assert_eq!(numero_de_demande(&page), "131-2027-000001");
    assert_eq!(
        numeros(&app),
        [
            "131-2026-000001",
            "131-2026-000002",
            "831-2026-000001",
            "131-2026-000003",
            "131-2027-000001"
        ]
    );
    let compteurs: i64 = app
        .state
        .db
        .read(|conn| -> DbResult<_> { Ok(numerotation::table.count().get_result(conn)?) })
        .expect("counters");
    assert_eq!(compteurs, 3);
}

#[actix_web::test]
async fn envoyee_deux_fois_la_demande_n_est_deposee_qu_une_fois() {
    let (app, _, client) = application().await;
    let cle = "k".repeat(43);
    let champs = projet(&[("cle", &cle)]);
    let envoyer = || client.post_fichiers("/espace", "/demandes/nouvelle", &champs, &[]);
    let (une, deux) = (envoyer().await, envoyer().await);
    assert_eq!((une.statut, deux.statut), (200, 200), "{}", deux.texte());
    assert_eq!(numero_de_demande(&une), numero_de_demande(&deux));
    assert_eq!(numeros(&app).len(), 1);
    assert_eq!(app.deposes().len(), 1);
}

#[actix_web::test]
async fn chaque_saisie_impossible_a_sa_phrase_et_rien_ne_se_perd() {
    let (app, _, client) = application().await;
    let cas: &[(&[(&str, &str)], &str)] = &[
        (&[("adresse", "")], "Indiquez l’adresse"),
        (&[("commune", "")], "Indiquez la commune"),
        (&[("entree_formation", "")], "Indiquez l’année"),
        (
            &[("entree_formation", "2027")],
            "comprise entre 1950 et 2026",
        ),
        (
            &[("entree_formation", "deux mille")],
            "n’est pas un nombre entier",
        ),
        (
            &[("heures_etablissement", "-1")],
            "ne sont pas vraisemblables",
        ),
        (
            &[("heures_clinicat", "9999999")],
            "ne sont pas vraisemblables",
        ),
        (
            &[("deja_conventionne_zone", "")],
            "exercez déjà sous convention dans cette zone",
        ),
        (&[("nature", "derogation")], "Choisissez le motif"),
        (
            &[("nature", "derogation"), ("motif", "B-OFFRE")],
            "Exposez votre situation",
        ),
        (
            &[
                ("nature", "derogation"),
                ("motif", "Z"),
                ("expose", "x"),
                ("commune", "13056"),
            ],
            "Choisissez un motif",
        ),
        (&[("nature", "succession")], "Choisissez le confrère"),
        (
            &[("nature", "succession"), ("designation", "12")],
            "désignation que vous avez acceptée",
        ),
        (&[("nature", "autre")], "Choisissez le cas"),
    ];
    for (changes, attendu) in cas {
        for etape in ["verifier", "envoyer"] {
            let mut changes = changes.to_vec();
            changes.push(("_etape", etape));
            let page = deposer(&client, &changes, &[]).await;
            let texte = page.texte();
            assert_eq!(page.statut, 422, "{changes:?} {texte}");
            assert!(texte.contains(attendu), "{changes:?} {texte}");
            let touche = |champ: &str| changes.iter().any(|(n, _)| *n == champ);
            if !touche("adresse") && changes[0].1 != "autre" {
                assert!(
                    page.html.contains("value=\"3 cours Mirabeau\""),
                    "{changes:?}: lost"
                );
            }
        }
    }
    assert!(numeros(&app).is_empty());
}

/// What is typed, and what is said of it.
type Annonce<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[actix_web::test]
async fn ce_que_les_regles_refuseraient_se_dit_avant_l_envoi_et_n_empeche_rien() {
    let (app, _, client) = application().await;
    let refusees = "les règles ne permettraient pas d’accorder cette demande aujourd’hui";
    let cas: &[Annonce<'_>] = &[
        (
            &[("commune", "13056")],
            &[refusees, "il faut succéder à un confrère qui cesse"],
        ),
        (
            &[
                ("nature", "derogation"),
                ("motif", "B-OFFRE"),
                ("expose", "Vestibulaire"),
            ],
            &["ni succession ni dérogation n’y est nécessaire"],
        ),
        (
            &[
                ("entree_formation", "2024"),
                ("heures_etablissement", "300"),
                ("heures_clinicat", "0"),
                ("engagement_zone", "non"),
            ],
            &[
                refusees,
                "300 heures sur 2 240 : il vous manque 1 940 heures d’exercice en établissement, ou 5 197 actes",
            ],
        ),
        (
            &[
                ("entree_formation", "2024"),
                ("heures_etablissement", "300"),
                ("heures_clinicat", ""),
                ("engagement_zone", ""),
            ],
            &[
                "Il manque les heures de stage de clinicat",
                "300 heures sur 2 240",
            ],
        ),
    ];
    for (rang, (changes, attendus)) in cas.iter().enumerate() {
        for (etape, envoyees) in [("verifier", rang), ("envoyer", rang + 1)] {
            let mut changes = changes.to_vec();
            changes.push(("_etape", etape));
            let page = deposer(&client, &changes, &[]).await;
            let texte = page.texte();
            assert_eq!(page.statut, 200, "{changes:?} {texte}");
            assert_eq!(numeros(&app).len(), envoyees, "{changes:?} {texte}");
            if etape == "verifier" {
                for attendu in *attendus {
                    assert!(texte.contains(attendu), "{changes:?} «{attendu}» {texte}");
                }
            }
        }
    }
    // Nothing to say: nothing is said.
    let page = deposer(&client, &[("_etape", "verifier")], &[]).await;
    let texte = page.texte();
    assert!(
        !texte.contains(refusees) && !texte.contains("manque "),
        "{texte}"
    );
}

#[actix_web::test]
async fn une_demande_deja_en_cours_se_dit_avant_l_envoi_et_n_empeche_rien() {
    let (app, _, client) = application().await;
    let relire = async |changes: &[(&str, &str)]| {
        let champs = projet(changes);
        let page = client
            .post(
                "/demandes/nouvelle?nature=hors_regulation",
                "/demandes/nouvelle",
                &champs,
            )
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        page
    };
    const DEJA: &str = "Vous avez déjà une demande de même nature dans cette zone";
    let page = relire(&[("_etape", "verifier")]).await;
    assert!(!page.texte().contains(DEJA), "{}", page.texte());
    let premiere = numero_de_demande(&relire(&[]).await);
    let page = relire(&[("_etape", "verifier")]).await;
    let dit = format!("{DEJA} : le dossier {premiere}, déposé le 15 janvier 2026");
    assert!(page.texte().contains(&dit), "{}", page.texte());
    // Another zone is another request.
    let page = relire(&[("_etape", "verifier"), ("commune", "04022")]).await;
    assert!(!page.texte().contains(DEJA), "{}", page.texte());
    relire(&[]).await;
    assert_eq!(numeros(&app).len(), 2);
}

#[actix_web::test]
async fn une_succession_se_fait_dans_la_zone_de_la_place() {
    let (app, cedant, client) = application().await;
    let (_, place, _, autre) = succession(&app, &cedant, &client).await;
    let page = autre.get("/demandes/nouvelle?nature=succession").await;
    assert!(
        page.html
            .contains("value=\"13056\" id=\"champ-commune-13056\" checked"),
        "not prefilled"
    );
    let caches = page
        .html
        .split("name=\"designation\" value=\"")
        .nth(1)
        .expect("a designation");
    let id = caches.split('"').next().expect("its number").to_owned();
    let base = [("nature", "succession"), ("designation", id.as_str())];
    let ailleurs = [&base[..], &[("commune", "83137")]].concat();
    let page = deposer(&autre, &ailleurs, &[]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("Le successeur exerce dans la même zone"),
        "{}",
        page.texte()
    );
    // Port-de-Bouc is another commune of the same zone.
    let voisine = [&base[..], &[("commune", "13077")]].concat();
    let page = deposer(
        &autre,
        &voisine,
        &[
            ("piece_diplome", "diplome.pdf", PDF),
            ("piece_autre", "a.png", PNG),
            ("piece_autre", "b.png", PNG),
        ],
    )
    .await;
    let numero = numero_de_demande(&page);
    let (stockee, pieces): (Option<i64>, i64) = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok((
                dossier::table
                    .filter(dossier::nature.eq("demande"))
                    .select(dossier::place_id)
                    .first(conn)?,
                piece::table
                    .inner_join(dossier::table)
                    .filter(dossier::nature.eq("demande"))
                    .count()
                    .get_result(conn)?,
            ))
        })
        .expect("the request");
    assert_eq!((stockee, pieces), (Some(place), 3));
    // Once is enough.
    let page = deposer(&autre, &voisine, &[]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains(&format!("Vous avez déjà déposé la demande {numero}")),
        "{}",
        page.texte()
    );
    // Somebody else's designation opens nothing.
    let page = deposer(&client, &voisine, &[]).await;
    assert!(
        page.texte().contains("désignation que vous avez acceptée"),
        "{}",
        page.texte()
    );
    // Granted: the designation no longer changes.
    mettre_place(&app, place, EtatPlace::Reservee);
    let page = client.get("/espace").await;
    assert!(page.texte().contains("suit son cours"), "{}", page.texte());
}

#[actix_web::test]
async fn un_fichier_refuse_a_la_derniere_etape_ramene_a_la_verification() {
    let (app, _, client) = application().await;
    let page = deposer(
        &client,
        &[],
        &[
            ("piece_diplome", "diplome.pdf", EXE),
            ("piece_justificatif_local", "bail.pdf", PDF),
        ],
    )
    .await;
    assert_eq!(page.statut, 422);
    let texte = page.texte();
    assert!(texte.contains("Étape 3 sur 3"), "{texte}");
    assert!(
        texte.contains("n’est pas un PDF") && texte.contains("bail.pdf (nouvel onglet) PDF"),
        "{texte}"
    );
    assert!(
        page.caches()
            .contains(&("adresse".to_owned(), "3 cours Mirabeau".to_owned()))
    );
    assert!(numeros(&app).is_empty());
}

#[actix_web::test]
async fn l_adresse_personnelle_se_demande_des_le_debut_et_ramene_au_brouillon() {
    use releve::db::schema::domicile;
    let (app, compte, client) = application().await;
    let kine = compte.kine_id.expect("a practitioner");
    app.state
        .db
        .write(|tx| -> DbResult<_> {
            diesel::delete(domicile::table.filter(domicile::kine_id.eq(kine)))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("nowhere known");
    let lien = "href=\"/espace/coordonnees\"";
    let verifiee = client
        .post(
            "/demandes/nouvelle?nature=hors_regulation",
            "/demandes/nouvelle",
            &projet(&[("_etape", "verifier")]),
        )
        .await;
    for page in [
        client.get("/demandes/nouvelle").await,
        client
            .get("/demandes/nouvelle?nature=hors_regulation")
            .await,
        verifiee,
    ] {
        assert!(page.html.contains(lien), "{}", page.texte());
    }
    // What was checked is kept: the address said, the home leads back to it.
    let coordonnees = [
        ("adresse", "5 rue de la République"),
        ("commune", "13056"),
        ("commune_recherche", "Martigues"),
    ];
    let page = client
        .post("/espace/coordonnees", "/espace/coordonnees", &coordonnees)
        .await;
    let texte = page.texte();
    assert_eq!(page.statut, 200, "{texte}");
    assert!(
        texte.contains("Reprenez ce que vous aviez commencé"),
        "{texte}"
    );
    assert!(texte.contains("Mes brouillons"), "{texte}");
    // Something is under way: the page does not say that nothing is.
    assert!(!texte.contains("Rien en cours"), "{texte}");
    let page = client.get("/demandes/nouvelle").await;
    assert!(!page.html.contains(lien), "{}", page.texte());
}
