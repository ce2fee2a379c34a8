//! Drafts: nothing typed is lost, not even when the session ends in the middle; nothing leaks to another account.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::compte as comptes;
use releve::db::schema::{brouillon, brouillon_piece, depart, evenement, piece};

use super::praticien::*;
use crate::util::TestApp;
use crate::util::builders::UneDemande;
use crate::util::caisse::Caisse;
use crate::util::client::Page;

fn compter(app: &TestApp) -> (i64, i64, i64, i64) {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok((
                brouillon::table.count().get_result(conn)?,
                brouillon_piece::table.count().get_result(conn)?,
                depart::table.count().get_result(conn)?,
                piece::table.count().get_result(conn)?,
            ))
        })
        .expect("counts")
}

fn plus_tard(app: &TestApp, heures: i64) {
    let le = app.state.clock.now() + chrono::TimeDelta::hours(heures);
    app.state.clock.set(le);
}

/// The address after «Reprendre» on the home page.
fn reprise(espace: &Page) -> String {
    let debut = espace
        .html
        .find("?brouillon=")
        .unwrap_or_else(|| panic!("{}", espace.texte()));
    let avant = espace.html[..debut].rfind('"').expect("an attribute") + 1;
    espace.html[avant..]
        .split('"')
        .next()
        .expect("an address")
        .to_owned()
}

/// How many things the journal says happened.
fn evenements(app: &TestApp) -> i64 {
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(evenement::table.count().get_result(conn)?) })
        .expect("events")
}

#[actix_web::test]
async fn un_brouillon_se_garde_sans_script_et_se_reprend_sur_un_autre_appareil() {
    let (app, compte, client) = application().await;
    let avant = evenements(&app);
    let champs = [
        ("commune", "13056"),
        ("adresse", "12 quai des Anglais"),
        ("actes", "deux mille"),
        ("_brouillon", "oui"),
    ];
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &champs,
            JUSTIFICATIF,
        )
        .await;
    let texte = page.texte();
    assert!(
        texte.contains("Brouillon enregistré à 11 h 00"),
        "{} {texte}",
        page.statut
    );
    assert_eq!(compter(&app), (1, 1, 0, 0), "nothing is declared");
    assert_eq!(evenements(&app), avant, "a draft is nobody's act");
    // Another device, another session.
    let telephone = app.connecte(&compte).await;
    let espace = telephone.get("/espace").await;
    assert!(
        espace.texte().contains("Mes brouillons") && espace.texte().contains("12 quai des Anglais"),
        "{}",
        espace.texte()
    );
    let chemin = reprise(&espace);
    let page = telephone.get(&chemin).await;
    for attendu in ["12 quai des Anglais", "deux mille", "radiation.pdf"] {
        assert!(page.html.contains(attendu), "«{attendu}»: {}", page.texte());
    }
    assert!(page.html.contains("Martigues (13500"), "{}", page.texte());
    // Sent from there: the document given on the other device is attached, and the draft is over.
    let page = telephone
        .post_fichiers(&chemin, "/mes-departs/nouveau", &declaration(&[]), &[])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    numero(&page);
    assert_eq!(compter(&app), (0, 0, 1, 1));
}

#[actix_web::test]
async fn un_formulaire_a_corriger_garde_ses_fichiers_et_ne_les_redemande_pas() {
    let (app, _, client) = application().await;
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &declaration(&[("adresse", "")]),
            &[
                ("justificatif", "radiation.pdf", PDF),
                ("releve", "virus.pdf", EXE),
            ],
        )
        .await;
    assert_eq!(page.statut, 422);
    let texte = page.texte();
    assert!(texte.contains("radiation.pdf"), "{texte}");
    assert!(texte.contains("n’est pas un PDF"), "{texte}");
    assert_eq!(compter(&app).1, 1, "only the good one is kept");
    let mut envoi = page.caches();
    envoi.extend(
        declaration(&[])
            .into_iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned())),
    );
    let page = client.post_brut("/mes-departs/nouveau", &envoi).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(compter(&app), (0, 0, 1, 1));
}

#[actix_web::test]
async fn un_document_se_retire_du_brouillon_et_un_brouillon_se_supprime() {
    let (app, _, client) = application().await;
    let champs = [("adresse", "12 quai des Anglais"), ("_brouillon", "oui")];
    let page = client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &champs,
            JUSTIFICATIF,
        )
        .await;
    let formulaire = page.chemin.clone();
    let retrait = page
        .html
        .split("formaction=\"")
        .nth(1)
        .and_then(|s| s.split('"').next())
        .expect("a button")
        .to_owned();
    let document = retrait.trim_end_matches("/retirer").to_owned();
    assert_eq!(client.get(&document).await.statut, 200);
    let autre = app.connecte(&app.compte(Role::Kine, None)).await;
    assert_eq!(autre.get(&document).await.statut, 404);
    assert_eq!(autre.get(&formulaire).await.statut, 404);
    assert_eq!(autre.post("/espace", &retrait, &[]).await.statut, 404);
    // Taken out from the form itself: what was typed meanwhile is kept.
    let page = client
        .post(&formulaire, &retrait, &[("adresse", "14 quai des Anglais")])
        .await;
    assert!(
        page.html.contains("14 quai des Anglais"),
        "{}",
        page.texte()
    );
    assert!(!page.html.contains("radiation.pdf"), "{}", page.texte());
    let id = formulaire.rsplit('=').next().expect("a number");
    let suppression = format!("/brouillons/{id}/supprimer");
    assert_eq!(autre.get(&suppression).await.statut, 404);
    assert!(
        client
            .get(&suppression)
            .await
            .texte()
            .contains("Supprimer le brouillon « Déclaration de cessation »")
    );
    let page = client.post(&suppression, &suppression, &[]).await;
    assert!(page.texte().contains("Le brouillon est supprimé"));
    assert_eq!(compter(&app), (0, 0, 0, 0));
    let cles = futures_util::StreamExt::count(app.state.pieces.cles()).await;
    assert_eq!(cles, 0, "its documents leave the store");
}

#[actix_web::test]
async fn une_session_expiree_ne_perd_ni_le_texte_ni_les_documents() {
    let (app, compte, client) = application().await;
    let page = client.get("/mes-departs/nouveau").await;
    let caches = page.caches();
    plus_tard(&app, 3);
    // The form as it was opened, with the cookie of a session that is over.
    let mut champs: Vec<(&str, &str)> = declaration(&[("adresse", "Écrit trop tard")]);
    champs.extend(caches.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    let page = client
        .post_fichiers("/zones", "/mes-departs/nouveau", &champs, JUSTIFICATIF)
        .await;
    assert!(
        page.chemin.starts_with("/connexion?suite="),
        "{}",
        page.chemin
    );
    assert!(
        page.texte().contains("Ce que vous avez écrit est conservé"),
        "{}",
        page.texte()
    );
    assert!(
        !page.html.contains("Écrit trop tard"),
        "the login page says nothing of it"
    );
    assert_eq!(compter(&app), (1, 1, 0, 0));
    // Somebody else logs in on this computer: nothing of it is shown.
    let voisin = app.compte(Role::Kine, None);
    let suite = page.caches();
    let mut envoi = suite.clone();
    envoi.extend([
        ("courriel".to_owned(), voisin.courriel.clone()),
        (
            "mot_de_passe".to_owned(),
            crate::util::compte::MOT_DE_PASSE.to_owned(),
        ),
    ]);
    let page = client.post_brut("/connexion", &envoi).await;
    assert_eq!(page.statut, 200);
    assert!(!page.html.contains("Écrit trop tard"), "{}", page.texte());
    assert!(
        !client
            .get("/espace")
            .await
            .texte()
            .contains("Mes brouillons")
    );
    // Its author finds it, on any device, with its document.
    let ailleurs = app.connecte(&compte).await;
    let chemin = reprise(&ailleurs.get("/espace").await);
    let page = ailleurs.get(&chemin).await;
    assert!(page.html.contains("Écrit trop tard"), "{}", page.texte());
    assert!(page.html.contains("radiation.pdf"), "{}", page.texte());
}

#[actix_web::test]
async fn se_reconnecter_ramene_au_formulaire_tel_qu_il_etait() {
    let (app, compte, client) = application().await;
    let mut envoi = client.caches("/mes-departs/nouveau").await;
    envoi.push(("adresse".to_owned(), "7 rue du Port".to_owned()));
    plus_tard(&app, 3);
    let page = client.post_brut("/mes-departs/nouveau", &envoi).await;
    let mut connexion = page.caches();
    connexion.extend([
        ("courriel".to_owned(), compte.courriel.clone()),
        (
            "mot_de_passe".to_owned(),
            crate::util::compte::MOT_DE_PASSE.to_owned(),
        ),
    ]);
    let page = client.post_brut("/connexion", &connexion).await;
    assert!(
        page.chemin.starts_with("/mes-departs/nouveau?brouillon="),
        "{}",
        page.chemin
    );
    assert!(page.html.contains("7 rue du Port"), "{}", page.texte());
    assert!(
        page.texte().contains("Rien n’est encore envoyé"),
        "{}",
        page.texte()
    );
    // The form left open in another tab carries the token of the former session: kept too, not refused.
    let mut vieux = envoi.clone();
    vieux.retain(|(nom, _)| nom != "adresse");
    vieux.push(("adresse".to_owned(), "9 rue du Port".to_owned()));
    let page = client.post_brut("/mes-departs/nouveau", &vieux).await;
    assert!(
        page.html.contains("9 rue du Port"),
        "{} {}",
        page.chemin,
        page.texte()
    );
    assert_eq!(compter(&app).2, 0);
}

#[actix_web::test]
async fn un_agent_dont_la_session_expire_retrouve_son_texte_et_l_envoie() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("lea.petit@example.fr", "10000000088");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    let client = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001/demander-pieces";
    let mut envoi = client.caches(chemin).await;
    envoi.extend([
        ("pieces".to_owned(), "diplome".to_owned()),
        ("precision_1".to_owned(), "Recto et verso".to_owned()),
    ]);
    plus_tard(&caisse.app, 3);
    let page = client.post_brut(chemin, &envoi).await;
    let mut connexion = page.caches();
    connexion.extend([
        ("courriel".to_owned(), caisse.instructeur.courriel.clone()),
        (
            "mot_de_passe".to_owned(),
            crate::util::compte::MOT_DE_PASSE.to_owned(),
        ),
    ]);
    let page = client.post_brut("/connexion", &connexion).await;
    assert!(
        page.chemin.starts_with("/reprises/"),
        "{} {}",
        page.chemin,
        page.texte()
    );
    assert!(page.texte().contains("Recto et verso"), "{}", page.texte());
    assert_eq!(compter(&caisse.app).0, 1);
    let page = client.post_brut(chemin, &page.caches()).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(compter(&caisse.app).0, 0, "sent again, it is forgotten");
}

/// A page left on a shared computer: after its owner logged out, or changed her password elsewhere, it writes nothing.
#[actix_web::test]
async fn une_page_laissee_derriere_soi_n_ecrit_plus_dans_les_brouillons() {
    for par in ["/deconnexion", "mot de passe"] {
        let (app, compte, client) = application().await;
        let mut envoi = client.caches("/mes-departs/nouveau").await;
        envoi.push(("adresse".to_owned(), "9 rue du Port".to_owned()));
        if par == "/deconnexion" {
            let jeton = client.caches("/espace").await;
            client.post_brut(par, &jeton).await;
        } else {
            let le = app.state.clock.now();
            app.state
                .db
                .write(|tx| comptes::changer_mot_de_passe(tx, compte.id, "x", le))
                .expect("changed");
        }
        let inconnu = app.client();
        let page = inconnu.post_brut("/mes-departs/nouveau", &envoi).await;
        assert!(
            page.chemin.starts_with("/connexion"),
            "{par}: {}",
            page.chemin
        );
        assert!(
            !page.texte().contains("est conservé"),
            "{par}: {}",
            page.texte()
        );
        assert_eq!(compter(&app).0, 0, "{par}");
    }
}

#[actix_web::test]
async fn trente_brouillons_n_empechent_pas_de_declarer() {
    let (app, _, client) = application().await;
    for _ in 0..30 {
        // The form leads to the draft that is there: these come from as many devices at once.
        let mut autre = client.caches("/espace").await;
        autre.extend([
            ("_formulaire".to_owned(), "depart".to_owned()),
            ("adresse".to_owned(), "x".to_owned()),
        ]);
        client.post_brut("/brouillons", &autre).await;
    }
    assert_eq!(compter(&app).0, 30);
    let mut envoi = client.caches("/espace").await;
    envoi.extend([
        ("_etape".to_owned(), "verifier".to_owned()),
        ("adresse".to_owned(), "9 rue du Port".to_owned()),
    ]);
    let page = client.post_brut("/mes-departs/nouveau", &envoi).await;
    assert!(!page.texte().contains("30 brouillons"), "{}", page.texte());
    assert_eq!(compter(&app).0, 31, "what is being sent is kept too");
}

#[actix_web::test]
async fn un_jeton_contrefait_ou_un_mot_de_passe_ne_sont_jamais_gardes() {
    let (app, compte, client) = application().await;
    let envoi = client.caches("/mes-departs/nouveau").await;
    let moi = client.caches("/compte").await;
    plus_tard(&app, 3);
    let jeton = &envoi.iter().find(|(n, _)| n == "_csrf").expect("a token").1;
    let autre = format!(".{}.", compte.id + 1);
    let contrefait = jeton.replacen(&format!(".{}.", compte.id), &autre, 1);
    for faux in [contrefait, "x".repeat(43), String::new()] {
        let champs = [
            ("_csrf".to_owned(), faux),
            ("adresse".to_owned(), "chez autrui".to_owned()),
        ];
        let page = app
            .client()
            .post_brut("/mes-departs/nouveau", &champs)
            .await;
        assert!(page.chemin.starts_with("/connexion"), "{}", page.chemin);
    }
    let mut secret = moi;
    secret.push(("actuel".to_owned(), "girafe".to_owned()));
    client.post_brut("/compte/mot-de-passe", &secret).await;
    assert_eq!(compter(&app).0, 0);
}

#[actix_web::test]
async fn l_enregistrement_au_fil_de_la_frappe_repond_quand_et_refuse_en_mots() {
    let (app, _, client) = application().await;
    let mut envoi = client
        .caches("/demandes/nouvelle?nature=derogation&motif=B-OFFRE")
        .await;
    envoi.extend([
        ("_formulaire".to_owned(), "demande".to_owned()),
        ("expose".to_owned(), "Mon conjoint".to_owned()),
    ]);
    let page = client.post_brut("/brouillons", &envoi).await;
    let lu: serde_json::Value = serde_json::from_str(&page.html).expect("JSON");
    assert_eq!(
        lu["phrase"],
        "Enregistré à 11\u{a0}h\u{a0}00, heure de Paris"
    );
    // The same form again is the same draft.
    envoi.pop();
    envoi.push(("expose".to_owned(), "Mon conjoint est muté".to_owned()));
    client.post_brut("/brouillons", &envoi).await;
    assert_eq!(compter(&app).0, 1);
    let page = client.get(&reprise(&client.get("/espace").await)).await;
    assert!(
        page.html.contains("Mon conjoint est muté"),
        "{}",
        page.texte()
    );
    // An empty form leaves nothing.
    let mut vide = client
        .caches("/demandes/nouvelle?nature=hors_regulation")
        .await;
    vide.push(("_formulaire".to_owned(), "demande".to_owned()));
    client.post_brut("/brouillons", &vide).await;
    assert_eq!(compter(&app).0, 1);
    for _ in 0..30 {
        // The form leads to the draft that is there: these come from as many devices at once.
        let mut autre = client.caches("/espace").await;
        autre.extend([
            ("_formulaire".to_owned(), "depart".to_owned()),
            ("adresse".to_owned(), "x".to_owned()),
        ]);
        let page = client.post_brut("/brouillons", &autre).await;
        if page.statut != 200 {
            assert_eq!(page.statut, 409);
            assert!(page.html.contains("30 brouillons"), "{}", page.html);
        }
    }
    assert_eq!(compter(&app).0, 30);
}

#[actix_web::test]
async fn une_fois_la_demande_envoyee_un_enregistrement_en_retard_ne_la_ressuscite_pas() {
    let (app, _, client) = application().await;
    let cle = "b".repeat(43);
    let page = client
        .post_fichiers(
            "/espace",
            "/demandes/nouvelle",
            &projet(&[("cle", &cle)]),
            &[("piece_diplome", "diplome.pdf", PDF)],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    numero_de_demande(&page);
    assert_eq!(compter(&app), (0, 0, 0, 1));
    let mut tard = client.caches("/compte").await;
    tard.retain(|(n, _)| n == "_csrf");
    for (n, v) in [
        ("cle", cle.as_str()),
        ("_formulaire", "demande"),
        ("adresse", "x"),
    ] {
        tard.push((n.to_owned(), v.to_owned()));
    }
    let page = client.post_brut("/brouillons", &tard).await;
    assert!(page.html.contains("déjà envoyé"), "{}", page.html);
    assert_eq!(compter(&app).0, 0);
}

#[actix_web::test]
async fn le_depot_prend_les_documents_du_brouillon_et_ceux_qui_viennent_avec_chacun_une_fois() {
    let (app, _, client) = application().await;
    let cle = "d".repeat(43);
    let verifier = projet(&[("cle", &cle), ("_etape", "verifier")]);
    let envoyer = projet(&[("cle", &cle)]);
    let diplome: (&str, &str, &[u8]) = ("piece_diplome", "diplome.pdf", PDF);
    let bail: (&str, &str, &[u8]) = ("piece_justificatif_local", "bail.pdf", PDF);
    for (champs, fichiers) in [(&verifier, vec![diplome]), (&envoyer, vec![bail, diplome])] {
        let page = client
            .post_fichiers("/espace", "/demandes/nouvelle", champs, &fichiers)
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
    }
    let noms: Vec<(String, String)> = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(piece::table
                .order(piece::id)
                .select((piece::nature, piece::nom))
                .load(conn)?)
        })
        .expect("documents");
    let attendus = [
        ("diplome", "diplome.pdf"),
        ("justificatif_local", "bail.pdf"),
    ];
    assert_eq!(noms, attendus.map(|(n, f)| (n.to_owned(), f.to_owned())));
    assert_eq!(compter(&app).0, 0);
}

#[actix_web::test]
async fn ce_qui_est_refuse_a_l_envoi_reste_au_brouillon_avec_ses_documents() {
    let (app, _, client) = application().await;
    let page = client
        .post_fichiers(
            "/espace",
            "/demandes/nouvelle",
            // Refused once everything reads.
            &projet(&[("cle", &"r".repeat(43)), ("heures_clinicat", "9999999")]),
            &[("piece_diplome", "diplome.pdf", PDF)],
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("ne sont pas vraisemblables"),
        "{}",
        page.texte()
    );
    assert_eq!(compter(&app), (1, 1, 0, 0));
}

/// A form that has no draft keeps its documents too when the session ends.
#[actix_web::test]
async fn un_message_envoye_trop_tard_garde_son_document() {
    let (app, compte, client) = application().await;
    crate::util::builders::Decor::new(&app).demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        pieces: false,
        ..UneDemande::default()
    });
    let chemin = "/demandes/131-2026-000001/messages";
    let caches = client.caches(chemin).await;
    let mut champs: Vec<(&str, &str)> = vec![("texte", "Voici mon bail")];
    champs.extend(caches.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    plus_tard(&app, 3);
    let document: &[(&str, &str, &[u8])] = &[("pieces", "bail.pdf", PDF)];
    let page = client
        .post_fichiers("/zones", chemin, &champs, document)
        .await;
    assert!(page.chemin.starts_with("/connexion"), "{}", page.chemin);
    assert_eq!(compter(&app), (1, 1, 0, 0));
    let client = app.connecte(&compte).await;
    let espace = client.get("/espace").await;
    let lien = espace
        .html
        .split("href=\"")
        .find(|l| l.starts_with("/reprises/"));
    let lien = lien.and_then(|l| l.split('"').next()).expect("a link");
    let reprise = client.get(lien).await;
    assert!(reprise.texte().contains("bail.pdf"), "{}", reprise.texte());
    // Somebody else finds nothing there.
    let autre = app.connecte(&app.compte(Role::Kine, None)).await;
    assert!(!autre.get(lien).await.html.contains("bail.pdf"));
    let envoye = client.post_brut(chemin, &reprise.caches()).await;
    assert_eq!(envoye.statut, 200, "{}", envoye.texte());
    assert!(
        envoye.texte().contains("Voici mon bail") && envoye.texte().contains("bail.pdf"),
        "{}",
        envoye.texte()
    );
    assert_eq!(compter(&app).0, 0, "sent, it is forgotten");
}

/// One thing has one draft, wherever one comes from; sent, it is gone.
#[actix_web::test]
async fn chaque_lien_mene_au_brouillon_deja_commence() {
    let (app, _, client) = application().await;
    let depart = "/mes-departs/nouveau";
    let commencer = |page: &'static str, action: &'static str, champs: &'static [(&str, &str)]| {
        client.post(page, action, champs)
    };
    let garde = commencer(
        depart,
        depart,
        &[("adresse", "12 quai des Anglais"), ("_brouillon", "oui")],
    )
    .await;
    assert_eq!(garde.statut, 200, "{}", garde.texte());
    let encore = client.get(depart).await;
    assert_eq!(encore.chemin, garde.chemin);
    assert!(encore.html.contains("12 quai des Anglais"));
    assert!(
        encore.texte().contains("Voici ce que vous aviez commencé"),
        "{}",
        encore.texte()
    );
    // A request of each kind is a thing of its own.
    for nature in ["hors_regulation", "derogation"] {
        let page = format!("/demandes/nouvelle?nature={nature}&etape=autre");
        let champs = [
            ("nature", nature),
            ("motif", "B-OFFRE"),
            ("adresse", nature),
            ("_brouillon", "oui"),
        ];
        let garde = client.post(&page, "/demandes/nouvelle", &champs).await;
        assert_eq!(garde.statut, 200, "{}", garde.texte());
    }
    assert_eq!(compter(&app).0, 3);
    for nature in ["hors_regulation", "derogation"] {
        let page = client
            .get(&format!("/demandes/nouvelle?nature={nature}"))
            .await;
        assert!(
            page.html.contains(&format!("value=\"{nature}\"")),
            "{}",
            page.texte()
        );
        let cle = page.caches().into_iter().find(|(nom, _)| nom == "cle");
        let encore = client
            .get(&format!("/demandes/nouvelle?nature={nature}"))
            .await;
        let meme = encore.caches().into_iter().find(|(nom, _)| nom == "cle");
        assert_eq!(cle, meme, "{nature}");
    }
    // Sent, it is gone, and the link leads to an empty form.
    let page = client
        .post_fichiers(depart, depart, &declaration(&[]), JUSTIFICATIF)
        .await;
    numero(&page);
    assert_eq!(compter(&app).0, 2);
    let vide = client.get(depart).await;
    assert!(!vide.html.contains("12 quai des Anglais"));
}
