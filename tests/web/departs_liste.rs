//! The list of departures: filters that are links, counts, pages, columns, exports; and what a place finds.

use std::io::Cursor;

use calamine::Reader;
use diesel::prelude::*;
use regles::droits::Role;
use releve::db::DbError;
use releve::db::schema::{dossier, mot_a_refaire};

use crate::util::Caisse;
use crate::util::builders::jour;

/// Five departures: (leaver, commune, state, days from today to the cessation). Their words are written as the house
/// writes them.
fn peupler(caisse: &Caisse) -> Vec<i64> {
    let ids: Vec<i64> = [
        ("helene.martin", "13056", "declaree", -40),
        ("lea.lefevre", "13001", "declaree", 10),
        ("karim.benali", "13056", "confirmee", -20),
        ("paul.martinez", "13077", "declaree", 60),
        ("ines.costa", "83137", "declaree", 5),
    ]
    .into_iter()
    .enumerate()
    .map(|(rang, (nom, insee, etat, jours))| {
        let kine = caisse
            .decor
            .kine(&format!("{nom}@example.fr"), &format!("1000000002{rang}"));
        let date = jour(2026, 1, 15) + chrono::Duration::days(jours);
        let id = caisse.decor.depart(kine.id, insee, date, Some(2_400));
        caisse
            .app
            .state
            .db
            .write(|tx| {
                diesel::update(dossier::table.find(id))
                    .set((
                        dossier::etat.eq(etat),
                        dossier::ouvert.eq(etat == "declaree"),
                    ))
                    .execute(&mut **tx)?;
                diesel::insert_into(mot_a_refaire::table)
                    .values(mot_a_refaire::dossier_id.eq(id))
                    .execute(&mut **tx)?;
                Ok::<_, DbError>(())
            })
            .expect("written");
        id
    })
    .collect();
    let db = &caisse.app.state.db;
    while db.read(releve::db::mots::attend).expect("read") {
        db.write(|tx| releve::db::mots::refaire(tx, 2))
            .expect("written");
    }
    ids
}

/// The departures that a page links to, in its order, by their rank from 1.
fn montres(html: &str, ids: &[i64]) -> Vec<usize> {
    html.split("class=\"numero\" href=\"/departs/")
        .skip(1)
        .filter_map(|m| {
            let id: i64 = m.split(['"', '?']).next()?.parse().ok()?;
            Some(ids.iter().position(|connu| *connu == id)? + 1)
        })
        .collect()
}

#[actix_web::test]
async fn chaque_filtre_des_departs_est_un_lien() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let agent = caisse.instructeur().await;
    for (requete, attendus) in [
        ("", vec![1, 2, 4]),
        ("etat=declaree", vec![1, 2, 4]),
        ("etat=confirmee", vec![3]),
        ("etat=tous", vec![1, 3, 2, 4]),
        ("q=MARTIN", vec![1, 4]),
        ("q=helene+martigues", vec![1]),
        ("q=martigues&etat=tous", vec![1, 3]),
        ("q=Lefèvre", vec![2]),
        ("q=10000000021", vec![2]),
        ("q=131-2026-D00002", vec![2]),
        ("q=13500&etat=tous", vec![1, 3]),
        ("q=99999", vec![]),
        ("bassin=BV13001", vec![2]),
        ("commune=Port-de-Bouc", vec![4]),
        ("commune=Nulle-Part", vec![]),
        ("echeance=retard", vec![1]),
        ("echeance=mois", vec![2]),
        ("echeance=trimestre", vec![2, 4]),
        ("suivi=personne", vec![1, 2, 4]),
        ("suivi=moi", vec![]),
        ("echeance=n_importe_quoi&etat=inconnu", vec![1, 2, 4]),
    ] {
        let page = agent
            .get(&format!("/dossiers?nature=depart&{requete}"))
            .await;
        assert_eq!(page.statut, 200, "{requete}");
        assert_eq!(montres(&page.html, &ids), attendus, "{requete}");
    }
    // A link kept to the former list.
    let page = agent.get("/departs?etat=toutes&echeance=passee").await;
    assert_eq!(
        page.chemin,
        "/dossiers?nature=depart&etat=tous&echeance=retard"
    );
    let page = agent.get("/departs").await;
    for compte in ["Départs 3", "Ouverts 3", "À confirmer 3", "En retard 1"] {
        assert!(page.texte().contains(compte), "{compte}: {}", page.texte());
    }
    // What is closed is not counted beside what is open: one would contradict the other.
    for tu in ["Confirmés 1", "Retirés 0", "Rejetés 0"] {
        assert!(!page.texte().contains(tu), "{tu}: {}", page.texte());
    }
    let page = agent
        .get("/dossiers?nature=depart&q=lefevre&echeance=mois")
        .await;
    for puce in ["« lefevre »", "Échéance : dans les 30 jours"] {
        assert!(page.texte().contains(puce), "{puce}: {}", page.texte());
    }
    let page_du_bassin = agent.get("/dossiers?nature=depart&bassin=BV13001").await;
    assert!(
        page_du_bassin.texte().contains("Zone d’Aix-en-Provence"),
        "{}",
        page_du_bassin.texte()
    );
    assert!(
        !page.texte().contains("À confirmer 3"),
        "counts are those of the whole list"
    );
    let page = agent.get("/dossiers?nature=depart&bassin=BV13001").await;
    assert!(
        page.texte().contains("Zone d’Aix-en-Provence"),
        "{}",
        page.texte()
    );
    let rien = agent
        .get("/dossiers?nature=depart&q=personne-de-ce-nom")
        .await;
    assert!(rien.texte().contains("Chercher dans tous les états"));
}

#[actix_web::test]
async fn les_pages_des_departs_se_suivent() {
    let caisse = Caisse::start();
    let mut ids = Vec::new();
    for n in 0..60 {
        let kine = caisse.decor.kine(
            &format!("lea.martin{n}@example.fr"),
            &format!("100000100{n:02}"),
        );
        // Ten cessations on the same day: the identifier tells them apart.
        let date = jour(2026, 2, 1) + chrono::Duration::days(n / 10);
        ids.push(caisse.decor.depart(kine.id, "13056", date, None));
    }
    let agent = caisse.instructeur().await;
    let mut vus = Vec::new();
    let mut adresse = "/dossiers?nature=depart&bassin=BV13056".to_owned();
    loop {
        let page = agent.get(&adresse).await;
        vus.extend(montres(&page.html, &ids));
        let Some(fin) = page.html.find("rel=\"next\"") else {
            break;
        };
        let debut = page.html[..fin].rfind("<a ").expect("a link");
        adresse = page.html[debut..]
            .split("href=\"")
            .nth(1)
            .and_then(|u| u.split('"').next())
            .expect("an address")
            .replace("&#38;", "&")
            .replace("&amp;", "&");
    }
    assert_eq!(vus, (1..=60).collect::<Vec<_>>());
    let page = agent.get("/dossiers?nature=depart&lignes=50").await;
    assert_eq!(montres(&page.html, &ids).len(), 50);
}

#[actix_web::test]
async fn la_liste_des_departs_se_telecharge_avec_ses_colonnes() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let agent = caisse.instructeur().await;
    let page = agent
        .get("/dossiers?nature=depart&colonnes=rpps&colonnes=etat")
        .await;
    let texte = page.texte();
    assert!(
        texte.contains("10000000020") && !texte.contains("2 400"),
        "{texte}"
    );
    let csv = agent
        .get("/departs/export.csv?etat=toutes&colonnes=rpps,cessation")
        .await;
    let lignes: Vec<&str> = csv.html.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lignes[0], "Dossier;Caisse;Prénom;Nom;RPPS;Cessation");
    assert_eq!(
        lignes[1],
        "131-2026-D00001;131;Helene;Martin;10000000020;06/12/2025"
    );
    assert_eq!(lignes.len(), 5);
    for format in ["xlsx", "ods"] {
        let octets = agent
            .octets(&format!(
                "/dossiers/export.{format}?nature=depart&q=13500&etat=tous"
            ))
            .await;
        let feuille = calamine::open_workbook_auto_from_rs(Cursor::new(octets))
            .expect("a workbook")
            .worksheet_range("Départs")
            .expect("its sheet");
        assert_eq!((feuille.height(), feuille.width()), (3, 21), "{format}");
    }
    assert_eq!(
        agent.get("/dossiers/export.pdf?nature=depart").await.statut,
        404
    );
    // A national reader chooses a CPAM, or all of them.
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let national = caisse.app.connecte(&auditeur).await;
    let choix = national.get("/dossiers?nature=depart").await;
    assert!(choix.texte().contains("Toutes les caisses"));
    let page = national
        .get("/dossiers?nature=depart&caisse=toutes&etat=tous")
        .await;
    assert_eq!(montres(&page.html, &ids), [1, 3, 5, 2, 4]);
    assert_eq!(
        national
            .get("/dossiers/export.csv?nature=depart")
            .await
            .statut,
        404
    );
}

#[actix_web::test]
async fn un_code_postal_ou_une_commune_trouve_ce_qui_s_y_trouve() {
    let caisse = Caisse::start();
    let ids = peupler(&caisse);
    let kine = caisse.decor.kine("ali.rossi@example.fr", "10000000031");
    caisse.decor.demande(&crate::util::builders::UneDemande {
        kine_id: kine.id,
        ..Default::default()
    });
    let agent = caisse.instructeur().await;
    for q in ["13500", "Martigues", "MARTIGUES", "martigue"] {
        let page = agent.get(&format!("/recherche?q={q}")).await;
        let mut departs = montres(&page.html, &ids);
        departs.sort_unstable();
        assert_eq!(departs, [1, 3], "{q}: {}", page.texte());
        for attendu in [
            "href=\"/dossiers/131-2026-000001\"",
            "href=\"/zones/13056\"",
            "href=\"/grand-livre/BV13056\"",
        ] {
            assert!(page.html.contains(attendu), "{q}: {attendu}");
        }
    }
    // The INSEE code too, when no commune has it for postcode; a postcode that nobody has finds nothing.
    let page = agent.get("/recherche?q=13056").await;
    assert!(page.html.contains("href=\"/zones/13056\""));
    let rien = agent.get("/recherche?q=99999").await;
    assert!(rien.texte().contains("Aucun dossier trouvé"));
    // The queue reads postcodes too. Nothing of another CPAM: the place is public, what is there is not.
    let page = agent.get("/dossiers?q=13500").await;
    assert!(page.html.contains("131-2026-000001"), "{}", page.texte());
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let page = caisse
        .app
        .connecte(&ailleurs)
        .await
        .get("/recherche?q=13500")
        .await;
    assert!(
        page.html.contains("/zones/13056") && !page.html.contains("131-2026-000001"),
        "{}",
        page.texte()
    );
    assert_eq!(montres(&page.html, &ids), Vec::<usize>::new());
}
