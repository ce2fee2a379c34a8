//! The queue: filters that are links, columns, saved views, the next file, exports.

use std::io::{Cursor, Read};

use calamine::{Data, Reader};
use regles::demande::{EtatDemande, NatureDemande};
use regles::dossier::NatureDossier;
use regles::droits::Role;
use releve::db::cadre;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

/// Five requests: (number, name of the applicant, commune, state, kind, days before it falls due).
fn peupler(caisse: &Caisse) -> Vec<i64> {
    [
        (
            1,
            "elodie.martin",
            "13056",
            EtatDemande::Deposee,
            NatureDemande::HorsRegulation,
            -2,
        ),
        (
            2,
            "karim.benali",
            "13056",
            EtatDemande::Complete,
            NatureDemande::HorsRegulation,
            3,
        ),
        (
            3,
            "lea.lefevre",
            "13001",
            EtatDemande::Deposee,
            NatureDemande::Derogation,
            20,
        ),
        (
            4,
            "paul.martinez",
            "13001",
            EtatDemande::Refusee,
            NatureDemande::HorsRegulation,
            40,
        ),
        (
            5,
            "ines.costa",
            "13077",
            EtatDemande::Incomplete,
            NatureDemande::HorsRegulation,
            60,
        ),
    ]
    .into_iter()
    .map(|(n, nom, insee, etat, nature, jours)| {
        let kine = caisse
            .decor
            .kine(&format!("{nom}@example.fr"), &format!("1000000000{n}"));
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            insee,
            bassin: if insee == "13001" {
                "BV13001"
            } else {
                "BV13056"
            },
            etat,
            nature,
            prochaine_echeance: jour(2026, 1, 15) + chrono::Duration::days(jours),
            ..UneDemande::default()
        })
    })
    .collect()
}

/// The numbers of the files that a page shows, as their last digit.
fn montres(html: &str) -> Vec<u32> {
    html.split("class=\"numero\"")
        .skip(1)
        .filter_map(|m| m.split("131-2026-").nth(1)?.get(..6)?.parse().ok())
        .collect()
}

#[actix_web::test]
async fn chaque_filtre_est_un_lien_qui_se_retire() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    for (requete, attendus) in [
        ("", vec![1, 2, 3, 5]),
        ("q=mart", vec![1, 2]),
        ("q=martin", vec![1]),
        ("q=Élodie", vec![1]),
        ("q=martigues", vec![1, 2]),
        ("q=131-2026-000003", vec![3]),
        ("q=10000000002", vec![2]),
        ("bassin=BV13001", vec![3]),
        ("commune=Port-de-Bouc", vec![5]),
        ("commune=13056&etat=complete", vec![2]),
        ("commune=martigues+(Bouches-du-Rh%C3%B4ne)", vec![1, 2]),
        ("commune=13500", vec![1, 2]),
        ("commune=13110+PORT%C2%A0DE+BOUC+CEDEX", vec![5]),
        ("commune=port", vec![5]),
        ("commune=Nulle-Part", vec![]),
        ("q=000003", vec![3]),
        ("q=2026-000003", vec![3]),
        ("q=N%C2%B0+RPPS%C2%A0:+10.000.000.002", vec![2]),
        ("q=dossier+131%E2%80%912026%E2%80%91000003", vec![3]),
        ("q=E%CC%81lodie%E2%80%8B", vec![1]),
        ("q=13500+Martigues", vec![1, 2]),
        ("echeance=retard", vec![1]),
        ("echeance=semaine", vec![2]),
        ("echeance=mois", vec![2, 3]),
        ("nature=derogation", vec![3]),
        ("etat=refusee&q=martinez", vec![4]),
    ] {
        let page = agent.get(&format!("/dossiers?{requete}")).await;
        assert_eq!(page.statut, 200, "{requete}");
        assert_eq!(montres(&page.html), attendus, "{requete}");
    }
    let page = agent
        .get("/dossiers?bassin=BV13001&echeance=mois&q=lea")
        .await;
    let texte = page.texte();
    for puce in [
        "Zone d’Aix-en-Provence",
        "Échéance : dans les 30 jours",
        "« lea »",
    ] {
        assert!(texte.contains(puce), "{puce}: {texte}");
    }
    assert!(
        page.html
            .contains("href=\"/dossiers?bassin=BV13001&amp;q=lea\"")
            || page
                .html
                .contains("href=\"/dossiers?bassin=BV13001&#38;q=lea\""),
        "{}",
        page.html
    );
    let rien = agent.get("/dossiers?q=personne-de-ce-nom").await;
    assert!(
        rien.texte().contains("Retirez un filtre"),
        "what to do is said"
    );
}

#[actix_web::test]
async fn les_comptes_sont_bornes_et_disparaissent_sous_un_autre_filtre() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    let page = agent.get("/dossiers").await;
    assert!(page.texte().contains("Toutes 4"), "{}", page.texte());
    assert!(page.texte().contains("Demandes 4") && page.texte().contains("Départs 0"));
    assert!(page.texte().contains("À personne 4") && page.texte().contains("En retard 1"));
    let filtree = agent.get("/dossiers?nature=derogation").await;
    assert!(
        !filtree.html.contains("class=\"compte\""),
        "a count of something else is not shown"
    );
    let moi = caisse.instructeur.id;
    let cadre = caisse.lire(|conn| {
        cadre::lire(
            conn,
            "131",
            moi,
            jour(2026, 1, 15),
            cadre::Comptes::De(Some(NatureDossier::Demande)),
        )
    });
    let comptes = cadre.comptes;
    let de = |cle: &str| comptes.iter().find(|(c, _)| c == cle).map(|(_, n)| *n);
    assert_eq!(
        (de("deposee"), de("installee"), de("retard"), de("moi")),
        (Some(2), None, Some(1), Some(0)),
        "what is closed is not counted"
    );
}

#[actix_web::test]
async fn les_colonnes_se_choisissent() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    let page = agent
        .get("/dossiers?colonnes=rpps&colonnes=zone&colonnes=depot")
        .await;
    assert!(page.html.contains("10000000002") && page.html.contains("Aix-en-Provence (BV13001)"));
    assert!(!page.html.contains("<th scope=\"col\">Pourquoi ici"));
    let trop = agent
        .get("/dossiers?colonnes=rpps,zone,depot,commune,nature,etat,raison")
        .await;
    assert_eq!(
        trop.html.matches("<th scope=\"col\"").count(),
        7,
        "seven columns at most"
    );
}

#[actix_web::test]
async fn une_vue_s_enregistre_se_partage_et_se_supprime() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let page = agent
        .post(
            "/dossiers?bassin=BV13001",
            "/dossiers/vues",
            &[("nom", "Aix urgent"), ("partagee", "oui")],
        )
        .await;
    assert_eq!(page.statut, 200);
    assert_eq!(page.chemin, "/dossiers?bassin=BV13001");
    assert!(page.html.contains(">Aix urgent</a>"), "{}", page.texte());
    agent
        .post(
            "/dossiers?q=lea",
            "/dossiers/vues",
            &[("nom", "À moi seule")],
        )
        .await;
    let vue_du_collegue = caisse.app.connecte(&collegue).await.get("/dossiers").await;
    assert!(
        vue_du_collegue.texte().contains("Aix urgent (de"),
        "{}",
        vue_du_collegue.texte()
    );
    assert!(!vue_du_collegue.texte().contains("À moi seule"));
    let d_ailleurs = caisse.app.connecte(&ailleurs).await.get("/dossiers").await;
    assert!(
        !d_ailleurs.texte().contains("Aix urgent"),
        "a view stays in its CPAM"
    );
    // Only its author removes it.
    let supprimer = page
        .html
        .split("href=\"")
        .find(|m| m.contains("/supprimer"))
        .and_then(|m| m.split('"').next())
        .expect("the way to remove it")
        .to_owned();
    let refus = caisse.app.connecte(&collegue).await.get(&supprimer).await;
    assert_eq!(refus.statut, 404);
    let confirmation = agent.get(&supprimer).await;
    assert!(
        confirmation
            .texte()
            .contains("Supprimer la vue « Aix urgent »")
    );
    let page = agent.post(&supprimer, &supprimer, &[]).await;
    assert!(!page.html.contains(">Aix urgent</a>"));
}

#[actix_web::test]
async fn le_prochain_dossier_est_le_plus_urgent_des_siens_et_de_ceux_que_personne_ne_suit() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    let premier = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(premier.chemin, "/dossiers/131-2026-000001");
    assert_eq!(
        caisse.demande("131-2026-000001").assigne_a,
        Some(caisse.instructeur.id)
    );
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let autre = caisse.app.connecte(&collegue).await;
    let second = autre.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(second.chemin, "/dossiers/131-2026-000002");
    // Hers is more urgent than what nobody handles: it comes back until it waits for somebody else.
    let sien = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(sien.chemin, "/dossiers/131-2026-000001");
    assert!(sien.texte().contains("déjà des vôtres"), "{}", sien.texte());
    for (qui, numero) in [(&agent, "131-2026-000001"), (&autre, "131-2026-000002")] {
        let demander = format!("/dossiers/{numero}/demander-pieces");
        let page = qui.agir(&demander, &[("pieces", "identite")]).await;
        assert_eq!(page.statut, 200, "{}", page.texte());
    }
    let troisieme = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(troisieme.chemin, "/dossiers/131-2026-000003");
    let demander = "/dossiers/131-2026-000003/demander-pieces";
    agent.agir(demander, &[("pieces", "identite")]).await;
    // What is left waits for documents that may still come: nobody has anything to do on it.
    let rien = agent.post("/dossiers", "/dossiers/prochain", &[]).await;
    assert_eq!(rien.chemin, "/dossiers");
    assert!(
        rien.texte().contains("il n’y en a pas de prochain"),
        "{}",
        rien.texte()
    );
}

/// RGAA 13.3: title, language, a header that is said to be one and stays in sight, columns as wide as what they hold.
fn se_lit_a_l_oreille(format: &str, octets: &[u8]) {
    let mut archive = zip::ZipArchive::new(Cursor::new(octets)).expect("an archive");
    let mut lire = |nom: &str| {
        let mut texte = String::new();
        let mut fichier = archive.by_name(nom).expect(nom);
        fichier.read_to_string(&mut texte).expect("text");
        texte
    };
    let attendus: &[(&str, &[&str])] = match format {
        "xlsx" => &[
            (
                "docProps/core.xml",
                &[
                    "<dc:title>Dossiers — Relève</dc:title>",
                    "<dc:language>fr-FR</dc:language>",
                ],
            ),
            ("_rels/.rels", &["Target=\"docProps/core.xml\""]),
            (
                "xl/workbook.xml",
                &[
                    "name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Dossiers'!$1:$1<",
                    "name=\"ColumnTitle\">'Dossiers'!$A$1<",
                ],
            ),
            (
                "xl/worksheets/sheet1.xml",
                &[
                    "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
                    // «131-2026-000001» and two characters more.
                    "<cols><col min=\"1\" max=\"1\" width=\"17\" customWidth=\"1\"/>",
                ],
            ),
        ],
        _ => &[
            (
                "meta.xml",
                &[
                    "<dc:title>Dossiers — Relève</dc:title>",
                    "<dc:language>fr-FR</dc:language>",
                ],
            ),
            (
                "META-INF/manifest.xml",
                &["meta.xml", "styles.xml", "settings.xml"],
            ),
            ("styles.xml", &["fo:language=\"fr\" fo:country=\"FR\""]),
            (
                "settings.xml",
                &["config:name=\"VerticalSplitPosition\" config:type=\"int\">1<"],
            ),
            (
                "content.xml",
                &[
                    "<table:table-header-rows><table:table-row>",
                    "style:column-width=\"34mm\"",
                ],
            ),
        ],
    };
    for (fichier, phrases) in attendus {
        let texte = lire(fichier);
        for phrase in *phrases {
            assert!(texte.contains(phrase), "{fichier}: {phrase} in {texte}");
        }
        assert!(
            !texte.contains("merge") && !texte.contains("spanned"),
            "{fichier}: cells are merged"
        );
    }
}

#[actix_web::test]
async fn la_liste_se_telecharge_dans_trois_formats() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let piege = caisse.decor.kine("=cmd.+formule@example.fr", "10000000009");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id: piege.id,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let csv = agent
        .get("/dossiers/export.csv?colonnes=rpps,echeance")
        .await;
    assert_eq!(csv.statut, 200);
    let lignes: Vec<&str> = csv.html.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lignes[0],
        "Dossier;Caisse;Prénom;Nom;RPPS;Échéance;Nature de l’échéance"
    );
    assert_eq!(
        lignes[1],
        "131-2026-000001;131;Elodie;Martin;10000000001;13/01/2026;Silence de la caisse"
    );
    assert_eq!(lignes.len(), 6, "the open requests, and the header");
    let filtree = agent.get("/dossiers/export.csv?etat=refusee").await;
    assert_eq!(filtree.html.lines().count(), 2);
    assert!(
        csv.html.contains(";'=cmd;'+formule;"),
        "a formula is only text: {}",
        csv.html
    );
    for format in ["xlsx", "ods"] {
        let octets = agent.octets(&format!("/dossiers/export.{format}")).await;
        se_lit_a_l_oreille(format, &octets);
        let feuille = calamine::open_workbook_auto_from_rs(Cursor::new(octets))
            .expect("a workbook")
            .worksheet_range("Dossiers")
            .expect("its sheet");
        assert_eq!(feuille.height(), 6, "{format}");
        assert_eq!(
            feuille.get((1, 0)),
            Some(&Data::String("131-2026-000001".into())),
            "{format}"
        );
        assert!(
            feuille
                .rows()
                .any(|l| l.contains(&Data::String("'=cmd".into()))),
            "{format}: a formula is only text"
        );
        let echeance = feuille.rows().next().and_then(|tete| {
            tete.iter()
                .position(|c| c == &Data::String("Échéance".into()))
        });
        let date = feuille.get((
            1,
            u32::try_from(echeance.expect("a column")).expect("small") as usize,
        ));
        assert!(
            matches!(date, Some(Data::DateTime(_) | Data::DateTimeIso(_))),
            "{format}: a date is a date, not {date:?}"
        );
    }
    assert_eq!(agent.get("/dossiers/export.pdf").await.statut, 404);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let national = caisse.app.connecte(&auditeur).await;
    assert_eq!(
        national
            .get("/dossiers/export.csv?caisse=toutes")
            .await
            .html
            .lines()
            .count(),
        6
    );
    assert_eq!(
        national.get("/dossiers/export.csv").await.statut,
        404,
        "no CPAM chosen"
    );
}

#[actix_web::test]
async fn les_pieces_se_telechargent_avec_leurs_empreintes() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let demande = caisse
        .app
        .state
        .db
        .read(|conn| {
            releve::db::demande::lire(conn, &releve::db::CpamScope::National, "131-2026-000001")
        })
        .expect("the request");
    let pdf = b"%PDF-1.4 carte %%EOF".to_vec();
    let stockee = caisse
        .app
        .state
        .pieces
        .garder(pdf.clone().into())
        .await
        .expect("kept");
    let acte = caisse.acte(&caisse.instructeur);
    caisse
        .agir(|tx| {
            releve::actions::piece::attacher(
                tx,
                &acte,
                releve::actions::piece::Rattachement::dossier(demande.id),
                &[releve::actions::piece::PieceRecue {
                    nature: regles::piece::NaturePiece::TOUS[0],
                    nom: "../carte.pdf".to_owned(),
                    stockee: stockee.clone(),
                    sante: false,
                }],
            )
        })
        .expect("attached");
    let agent = caisse.instructeur().await;
    let octets = agent.octets("/dossiers/131-2026-000001/pieces.zip").await;
    let mut archive = zip::ZipArchive::new(Cursor::new(octets)).expect("an archive");
    let noms: Vec<String> = archive
        .file_names()
        .map(|nom| nom.expect("a name").into_owned())
        .collect();
    assert!(
        noms.iter()
            .all(|n| !n.contains("..") || n.ends_with("_carte.pdf")),
        "{noms:?}"
    );
    let mut lire = |nom: &str| {
        let mut contenu = Vec::new();
        archive
            .by_name(nom)
            .expect("a member")
            .read_to_end(&mut contenu)
            .expect("bytes");
        contenu
    };
    let sommes = String::from_utf8(lire("SHA256SUMS")).expect("text");
    let ligne = sommes.lines().find(|l| l.contains("carte"));
    let (empreinte, nom) = ligne.and_then(|l| l.split_once("  ")).expect("a line");
    assert_eq!(lire(nom), pdf);
    assert_eq!(empreinte, stockee.empreinte);
    assert!(
        String::from_utf8(lire("manifeste.csv"))
            .expect("text")
            .contains(&stockee.empreinte)
    );
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let refus = caisse
        .app
        .connecte(&ailleurs)
        .await
        .get("/dossiers/131-2026-000001/pieces.zip")
        .await;
    assert_eq!(refus.statut, 404);
}

/// A file that is closed waits for nothing: it once said «dépassée depuis 819 jours», under «Ce qui est ouvert».
#[actix_web::test]
async fn un_dossier_clos_n_a_plus_d_echeance_et_la_page_ne_le_dit_pas_ouvert() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for (numero, etat) in [
        ("131-2026-000001", EtatDemande::Caduque),
        ("131-2026-000002", EtatDemande::Complete),
    ] {
        caisse.decor.demande(&UneDemande {
            numero,
            kine_id: kine.id,
            etat,
            ..UneDemande::default()
        });
    }
    caisse.au(jour(2028, 6, 1));
    let agent = caisse.instructeur().await;
    let close = agent
        .get("/dossiers?nature=demande&etat=caduque")
        .await
        .texte();
    assert!(
        close.contains("000001") && !close.contains("000002"),
        "{close}"
    );
    assert!(
        !close.contains("dépassée") && !close.contains("Ce qui est ouvert"),
        "{close}"
    );
    let ouverte = agent.get("/dossiers").await.texte();
    assert!(
        ouverte.contains("Ce qui est ouvert") && ouverte.contains("dépassée"),
        "{ouverte}"
    );
}
