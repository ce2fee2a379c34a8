//! One queue for the requests, the departures and the calls; and what hangs on a case, whatever its nature.

use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::db::schema::designation;
use releve::db::verification::CONTROLES;
use releve::db::{CpamScope, DbError};

use super::charte::Appel;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

const DEPART: &str = "/dossiers/131-2026-D00001";

/// The numbers that a page shows, in its order.
fn numeros(html: &str) -> Vec<String> {
    html.split("class=\"numero\"")
        .skip(1)
        .filter_map(|m| Some(m.split('>').nth(1)?.split('<').next()?.to_owned()))
        .collect()
}

/// A request that falls due on the 20th, a departure of the 18th to confirm, one whose place waits for an opinion, one
/// whose place is reserved: nobody has to act on that one.
fn peupler(caisse: &Caisse) -> Vec<i64> {
    let kine = |n: i64, nom: &str| {
        caisse
            .decor
            .kine(&format!("{nom}@example.fr"), &format!("1000000000{n}"))
    };
    caisse.decor.demande(&UneDemande {
        kine_id: kine(1, "karim.benali").id,
        etat: EtatDemande::Complete,
        prochaine_echeance: jour(2026, 1, 20),
        ..UneDemande::default()
    });
    let depart = |n, nom, jour| {
        caisse
            .decor
            .depart(kine(n, nom).id, "13056", jour, Some(2_400))
    };
    let ids = vec![
        depart(2, "helene.martin", jour(2026, 1, 18)),
        depart(3, "lea.lefevre", jour(2026, 1, 10)),
        depart(4, "paul.roux", jour(2025, 12, 1)),
    ];
    caisse.decor.place(ids[1], EtatPlace::AExaminer);
    caisse.decor.place(ids[2], EtatPlace::Reservee);
    ids
}

#[actix_web::test]
async fn la_file_montre_toutes_les_natures_par_ce_qui_echoit() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers").await;
    assert_eq!(
        numeros(&file.html),
        ["131-2026-D00002", "131-2026-D00001", "131-2026-000001"]
    );
    let texte = file.texte();
    for attendu in [
        "Toutes 3",
        "Demandes 1",
        "Départs 2",
        "Appels à candidatures 0",
        "Commission à saisir",
        "Qui doit agir : la caisse",
        "Déclaration à confirmer ou à rejeter",
        "Dossier complet, décision à proposer",
        "En retard 1",
    ] {
        assert!(texte.contains(attendu), "{attendu}: {texte}");
    }
    assert!(
        file.html
            .contains(&format!("href=\"/departs/{}?liste=", ids[0]))
    );
    for (requete, attendus) in [
        ("nature=demande", vec!["131-2026-000001"]),
        ("nature=depart", vec!["131-2026-D00002", "131-2026-D00001"]),
        (
            "nature=depart&etat=confirmee",
            vec!["131-2026-D00003", "131-2026-D00002"],
        ),
        ("nature=appel", vec![]),
        ("q=131-2026-D", vec!["131-2026-D00002", "131-2026-D00001"]),
        ("q=10000000002", vec!["131-2026-D00001"]),
        ("echeance=retard", vec!["131-2026-D00002"]),
    ] {
        let page = agent.get(&format!("/dossiers?{requete}")).await;
        let trouves = numeros(&page.html);
        assert_eq!(trouves, attendus, "{requete}");
    }
    // A sheet holds the three natures too.
    let csv = agent.get("/dossiers/export.csv?colonnes=nature").await;
    let natures: Vec<&str> = csv
        .html
        .lines()
        .skip(1)
        .filter_map(|l| l.split(';').nth(4))
        .collect();
    assert_eq!(natures, ["Départ", "Départ", "Installation libre"]);
}

#[actix_web::test]
async fn un_depart_se_suit_comme_une_demande() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let agent = caisse.instructeur().await;
    let page = format!("/departs/{}", ids[0]);
    assert_eq!(agent.get(DEPART).await.chemin, page);
    let prise = agent.post(&page, &format!("{DEPART}/prendre"), &[]).await;
    assert_eq!(prise.chemin, page);
    let nom = &caisse.instructeur.nom;
    for attendu in [
        "Vous suivez ce dossier.".to_owned(),
        format!("a confié le dossier à {nom}"),
    ] {
        assert!(prise.texte().contains(&attendu), "{}", prise.texte());
    }
    let note = agent
        .post(
            &page,
            &format!("{DEPART}/notes"),
            &[("note", "Bail à vérifier")],
        )
        .await;
    assert_eq!(note.chemin, page);
    assert!(note.html.contains("Bail à vérifier"), "{}", note.texte());
    let etiquettes = format!("{DEPART}/etiquettes");
    let posee = agent
        .post(&page, &etiquettes, &[("etiquette", "À rappeler")])
        .await;
    assert!(posee.html.contains("À rappeler"), "{}", posee.texte());
    let confie = agent
        .post(
            &page,
            &format!("{DEPART}/assigner"),
            &[("agent", "personne")],
        )
        .await;
    assert!(
        confie.texte().contains("Personne ne suit plus ce dossier"),
        "{}",
        confie.texte()
    );
    let file = agent.get("/dossiers?nature=depart").await;
    assert!(file.html.contains("À rappeler"), "{}", file.texte());
    // Somebody else who reads it is seen; of another CPAM, nothing exists.
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let vue = caisse.app.connecte(&collegue).await.get(&page).await;
    assert!(
        vue.texte().contains(&format!("aussi ouvert par {nom}")),
        "{}",
        vue.texte()
    );
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let var = caisse.app.connecte(&ailleurs).await;
    for chemin in [DEPART, page.as_str()] {
        assert_eq!(var.get(chemin).await.statut, 404, "{chemin}");
    }
    let refus = var
        .post("/compte", &format!("{DEPART}/notes"), &[("note", "x")])
        .await;
    assert_eq!(refus.statut, 404);
}

#[actix_web::test]
async fn une_action_par_lot_porte_sur_toutes_les_natures() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let agent = caisse.instructeur().await;
    let (premier, second) = (ids[0].to_string(), ids[1].to_string());
    let prises = agent
        .post(
            "/dossiers",
            "/dossiers",
            &[
                ("action", "prendre"),
                ("dossier", premier.as_str()),
                ("dossier", second.as_str()),
            ],
        )
        .await;
    assert!(
        prises.texte().contains("2 dossiers pris en charge"),
        "{}",
        prises.texte()
    );
    let page = agent.get("/lots/nouveau").await;
    assert!(page.texte().contains("3 dossiers"), "{}", page.texte());
    let lot = agent.post("/lots/nouveau", "/lots", &[]).await;
    let suite = agent
        .post(
            &lot.chemin,
            &format!("{}/lancer", lot.chemin),
            &[("acte", "etiqueter"), ("etiquette", "Audit")],
        )
        .await;
    assert_eq!(suite.statut, 200, "{}", suite.texte());
    let scope = CpamScope::Caisse("131".to_owned());
    let id: i64 = lot
        .chemin
        .rsplit('/')
        .next()
        .and_then(|n| n.parse().ok())
        .expect("a lot");
    let acte = caisse.acte(&caisse.instructeur);
    while caisse
        .agir(|tx| releve::actions::lot::avancer(tx, &acte, &scope, id))
        .expect("worked on")
    {}
    let file = agent.get("/dossiers").await;
    let posees = file.html.matches("class=\"etiquette\">Audit<").count();
    assert_eq!(posees, 3, "{}", file.texte());
}

#[actix_web::test]
async fn un_appel_remplace_dans_la_file_le_depart_dont_la_place_est_a_attribuer() {
    let a = Appel::ouvert().await;
    let agent = a.caisse.instructeur().await;
    let file = agent.get("/dossiers").await;
    assert_eq!(numeros(&file.html), ["131-2028-A00001"], "{}", file.texte());
    assert!(
        file.texte()
            .contains("Candidatures reçues jusqu’à la clôture")
            && file.texte().contains("Qui doit agir : les candidats")
            && file.texte().contains("Appels à candidatures 1"),
        "{}",
        file.texte()
    );
    let page = format!("/attributions/{}", a.id);
    let numero = "/dossiers/131-2028-A00001";
    assert_eq!(agent.get(numero).await.chemin, page);
    let prise = agent.post(&page, &format!("{numero}/prendre"), &[]).await;
    assert!(
        prise.texte().contains("Vous suivez ce dossier."),
        "{}",
        prise.texte()
    );
    let note = agent
        .post(
            &page,
            &format!("{numero}/notes"),
            &[("note", "Relire la charte")],
        )
        .await;
    assert!(note.html.contains("Relire la charte"), "{}", note.texte());
    // Nobody to write to on a call.
    assert_eq!(agent.get(&format!("{numero}/messages")).await.statut, 404);
    for controle in CONTROLES.iter().filter(|c| c.regle == "dossier") {
        let faux = a.caisse.lire(|conn| controle.objets(conn));
        assert!(faux.is_empty(), "{}: {faux:?}", controle.phrase);
    }
}

/// Where the link of a page leads.
fn lien(html: &str, rel: &str) -> Option<String> {
    let avant = html.split(&format!("rel=\"{rel}\"")).next()?;
    if avant.len() == html.len() {
        return None;
    }
    let url = avant.rsplit("href=\"").next()?.split('"').next()?;
    Some(url.replace("&#38;", "&").replace("&amp;", "&"))
}

#[actix_web::test]
async fn une_liste_se_parcourt_quelle_que_soit_la_nature() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers").await;
    let premier = file
        .html
        .split("href=\"")
        .find_map(|l| l.starts_with("/departs/").then(|| l.split('"').next()))
        .flatten()
        .expect("the first row is a departure")
        .replace("&#38;", "&");
    assert!(
        premier.starts_with(&format!("/departs/{}?", ids[1])),
        "{premier}"
    );
    let page = agent.get(&premier).await;
    assert_eq!(lien(&page.html, "prev"), None);
    let deuxieme = lien(&page.html, "next").expect("a departure follows");
    assert!(
        deuxieme.starts_with(&format!("/departs/{}?", ids[0])),
        "{deuxieme}"
    );
    let page = agent.get(&deuxieme).await;
    let troisieme = lien(&page.html, "next").expect("a request follows");
    assert!(
        troisieme.starts_with("/dossiers/131-2026-000001?"),
        "{troisieme}"
    );
    let page = agent.get(&troisieme).await;
    assert_eq!(lien(&page.html, "next"), None);
    let retour = lien(&page.html, "prev").expect("a departure precedes");
    assert!(
        retour.starts_with(&format!("/departs/{}?", ids[0])),
        "{retour}"
    );
    // Opened from elsewhere, a case is in no list.
    let page = agent.get(&format!("/departs/{}", ids[0])).await;
    assert_eq!(lien(&page.html, "next"), None);
}

#[actix_web::test]
async fn l_historique_d_un_depart_et_d_un_appel_montre_d_abord_les_derniers_evenements() {
    let a = Appel::ouvert().await;
    let agent = a.caisse.instructeur().await;
    let numero = "131-2028-A00001";
    let page = format!("/attributions/{}", a.id);
    let depart = a
        .caisse
        .lire(|conn| releve::db::appel::complet(conn, &CpamScope::National, a.id))
        .appel
        .place_id;
    let acte = a.caisse.acte(&a.caisse.instructeur);
    for id in [a.id, depart] {
        a.caisse
            .agir(|tx| {
                for n in 0..120 {
                    releve::actions::tracer(
                        tx,
                        &acte.acteur,
                        releve::actions::Objet {
                            caisse_code: Some("131"),
                            dossier_id: Some(id),
                            lie_id: None,
                        },
                        regles::evenement::Fait::NoteEcrite { note: n },
                    )?;
                }
                Ok::<_, releve::actions::ActionError>(())
            })
            .expect("noted");
    }
    for page in [page.clone(), format!("/departs/{depart}")] {
        let courte = agent.get(&page).await;
        assert_eq!(
            courte.html.matches("class=\"evenement\"").count(),
            100,
            "{page}"
        );
        assert!(courte.texte().contains("Voir tout l’historique"), "{page}");
        let tout = agent.get(&format!("{page}?historique=tout")).await;
        assert!(
            tout.html.matches("class=\"evenement\"").count() > 120,
            "{page}"
        );
    }
    // What is done to the call itself is told on its page, with its opening.
    let prise = agent
        .post(&page, &format!("/dossiers/{numero}/prendre"), &[])
        .await;
    assert!(
        prise.texte().contains("a confié le dossier à"),
        "{}",
        prise.texte()
    );
}

#[actix_web::test]
async fn la_file_et_le_bandeau_disent_ou_en_est_la_designation() {
    let caisse = Caisse::start();
    let (id, place) = caisse.depart_confirme(1);
    let agent = caisse.instructeur().await;
    let lues = async |attendus: [&str; 2], au_bandeau: &str| {
        let file = agent.get("/dossiers?nature=depart&etat=tous").await.texte();
        for attendu in attendus {
            assert!(file.contains(attendu), "{attendu}: {file}");
        }
        let page = agent.get(&format!("/departs/{id}")).await.texte();
        assert!(page.contains(au_bandeau), "{au_bandeau}: {page}");
        if !attendus[0].starts_with("Successeur à désigner") {
            assert!(!file.contains("Successeur à désigner"), "{file}");
        }
    };
    lues(
        ["Successeur à désigner", "Qui doit agir : Helene Martinb"],
        "désignation à faire au plus tard le",
    )
    .await;
    let successeur = caisse.successeur(1);
    caisse
        .decor
        .designation(place.id, &successeur, "en_attente");
    lues(
        [
            // A number is nobody until somebody has answered.
            "Désignation envoyée, réponse de la personne au RPPS 11000000001 attendue",
            "Qui doit agir : la personne au RPPS 11000000001",
        ],
        "Désignation envoyée à la personne au RPPS 11000000001 : sa réponse est attendue au plus tard le",
    )
    .await;
    caisse
        .app
        .state
        .db
        .write(|tx| {
            diesel::update(designation::table)
                .set((
                    designation::etat.eq("acceptee"),
                    designation::kine_id.eq(successeur.id),
                ))
                .execute(&mut **tx)?;
            Ok::<_, DbError>(())
        })
        .expect("accepted");
    lues(
        [
            "Désignation acceptée, demande de Karim Benalib attendue",
            "Qui doit agir : Karim Benalib",
        ],
        "Karim Benalib a accepté la désignation : sa demande est attendue.",
    )
    .await;
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000007",
        kine_id: successeur.id,
        nature: NatureDemande::Succession,
        place_id: Some(place.id),
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    lues(
        [
            "Demande du successeur déposée : voir 131-2026-000007",
            "Qui doit agir : la caisse",
        ],
        "Karim Benalib a déposé sa demande : voir le dossier 131-2026-000007.",
    )
    .await;
}
