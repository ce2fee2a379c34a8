//! What a page asks of the database: bounded, and as much for a full file as for an empty one.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::schema::{brouillon, piece};
use releve::db::{DbError, DbResult};

use super::compteur::{self, Recues};
use super::requetes::peupler;
use crate::util::client::Client;
use crate::util::{Caisse, TestApp};
use crate::web::praticien::{PDF, projet};

/// The most that each page may ask: statements, session included; then what begins and ends transactions.
/// docs/performance.md keeps the same table. A bound is lowered when a page gets better, never raised without a word there.
const BORNES: &[(&str, usize, usize)] = &[
    ("queue", 4, 2),
    ("queue of requests", 4, 2),
    ("file", 5, 2),
    ("file of a successor", 5, 2),
    ("file, from its list", 7, 2),
    ("departures", 4, 2),
    ("departures, filtered", 9, 2),
    // With the appeals on its place.
    ("departure", 11, 2),
    ("ledger", 3, 2),
    ("ledger of a zone", 6, 2),
    ("search", 7, 2),
    ("search of a place", 9, 2),
    // What silence answered, and what it will.
    ("supervision", 6, 2),
    ("public zone", 3, 2),
    // The commune of the form, where it stands, what two people added to the catalogue.
    ("simulator", 6, 4),
    ("catalogue of aids", 2, 2),
    // With the appeals that wait.
    ("home of a practitioner", 5, 2),
    // Those who file at the same instant share the commit: each has a savepoint.
    ("filing", 12, 4),
    ("filing, from its draft", 14, 4),
];

/// Pages that agents read, by their name in [`BORNES`].
pub fn pages(numero: &str, depart: i64) -> Vec<(&'static str, String)> {
    let page = |nom, chemin: &str| (nom, chemin.to_owned());
    vec![
        page("queue", "/dossiers"),
        page("file", "/dossiers/131-2026-000003"),
        page("file of a successor", &format!("/dossiers/{numero}")),
        page(
            "file, from its list",
            &format!("/dossiers/{numero}?liste=etat%3Dcomplete&rang=2026-03-16"),
        ),
        page("queue of requests", "/dossiers?nature=demande"),
        page("departures", "/dossiers?nature=depart"),
        page(
            "departures, filtered",
            "/dossiers?nature=depart&etat=tous&q=13500&commune=Martigues",
        ),
        page("departure", &format!("/departs/{depart}")),
        page("ledger", "/grand-livre"),
        page("ledger of a zone", "/grand-livre/BV13056"),
        page("search", "/recherche?q=benali"),
        page("search of a place", "/recherche?q=13500"),
        page("supervision", "/supervision"),
    ]
}

async fn compter(app: &TestApp, client: &Client, chemin: &str) -> Recues {
    // Once for what is prepared at the first use.
    client.get(chemin).await;
    let avant = compteur::recues(app);
    let page = client.get(chemin).await;
    assert_eq!(page.statut, 200, "{chemin}: {}", page.texte());
    compteur::recues(app) - avant
}

/// Says what was asked, and whether it is within the bounds.
fn tenir(nom: &str, recues: Recues) -> Result<(), String> {
    println!("{nom}: {recues:?}");
    let (_, requetes, transactions) = BORNES
        .iter()
        .find(|(n, ..)| *n == nom)
        .unwrap_or_else(|| panic!("«{nom}» has no bound"));
    assert!(recues.requetes > 0, "{nom}: nothing is counted");
    if recues.requetes <= *requetes && recues.transactions <= *transactions {
        Ok(())
    } else {
        Err(format!(
            "{nom}: {recues:?}, at most {requetes} and {transactions}"
        ))
    }
}

/// Thirty lines more in the timeline of a request.
fn histoire(caisse: &Caisse, demande_id: i64) {
    use regles::evenement::Fait;
    use releve::db::evenement::{self, NouvelEvenement};
    caisse
        .app
        .state
        .db
        .write(|tx| {
            for note in 0..30 {
                evenement::inscrire(
                    tx,
                    &NouvelEvenement {
                        le: crate::util::app::debut(),
                        acteur_id: None,
                        acteur: "Sophie Arnaud",
                        caisse_code: Some("131"),
                        dossier_id: Some(demande_id),
                        lie_id: None,
                        fait: &Fait::NoteEcrite { note },
                    },
                )?;
            }
            Ok::<_, DbError>(())
        })
        .expect("written");
}

#[actix_web::test]
async fn une_page_fait_autant_de_requetes_pour_beaucoup_que_pour_peu() {
    compteur::installer();
    let caisse = Caisse::start();
    let s = caisse.succession(900, EtatDemande::Complete);
    peupler(&caisse, 3);
    let agent = caisse.signataire().await;
    let pages = pages(&s.numero, s.depart_id);
    let mut avant = Vec::new();
    let mut fautes = Vec::new();
    for (nom, chemin) in &pages {
        let recues = compter(&caisse.app, &agent, chemin).await;
        fautes.extend(tenir(nom, recues).err());
        avant.push(recues);
    }
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
    for rang in 901..920 {
        caisse.depart_confirme(rang);
    }
    for rang in 1000..1040 {
        caisse.succession(rang, EtatDemande::Complete);
    }
    histoire(&caisse, s.demande_id);
    for ((nom, chemin), avant) in pages.iter().zip(avant) {
        let recues = compter(&caisse.app, &agent, chemin).await;
        assert!(
            recues.requetes <= avant.requetes + 2 && recues.transactions <= avant.transactions,
            "{nom}: {avant:?} when there was little, {recues:?} now"
        );
    }
}

/// The third step as people reach it: the draft of the second, with two documents.
async fn depot_du_brouillon(app: &TestApp, client: &Client) -> Recues {
    let cle = "b".repeat(43);
    let documents: [(&str, &str, &[u8]); 2] = [
        ("piece_diplome", "diplome.pdf", PDF),
        ("piece_justificatif_local", "bail.pdf", PDF),
    ];
    let champs = projet(&[("cle", &cle), ("_etape", "verifier")]);
    let page = client
        .post_fichiers("/espace", "/demandes/nouvelle", &champs, &documents)
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let mut envoi = client.caches("/espace").await;
    envoi.extend(
        projet(&[("cle", &cle)])
            .into_iter()
            .map(|(n, v)| (n.into(), v.into())),
    );
    let avant = compteur::recues(app);
    let page = client.post_brut("/demandes/nouvelle", &envoi).await;
    assert_eq!(page.statut, 303, "{}", page.texte());
    let recues = compteur::recues(app) - avant;
    let (brouillons, pieces): (i64, i64) = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok((
                brouillon::table.count().get_result(conn)?,
                piece::table.count().get_result(conn)?,
            ))
        })
        .expect("counts");
    assert_eq!((brouillons, pieces), (0, 2));
    recues
}

/// A practitioner, logged in.
pub async fn kine(app: &TestApp) -> Client {
    let compte = app.compte(Role::Kine, None);
    let client = Client::sans_suivre(&app.adresse);
    client
        .connexion(&compte.courriel, crate::util::compte::MOT_DE_PASSE)
        .await;
    client
}

/// The fields of a filing.
pub async fn envoi(client: &Client) -> Vec<(String, String)> {
    let mut envoi = client
        .caches("/demandes/nouvelle?nature=hors_regulation")
        .await;
    envoi.extend(projet(&[]).into_iter().map(|(n, v)| (n.into(), v.into())));
    envoi
}

#[actix_web::test]
async fn ce_que_voit_un_kine_aussi() {
    compteur::installer();
    let caisse = Caisse::start();
    let app = &caisse.app;
    let client = kine(app).await;
    let mut fautes = Vec::new();
    let zone = compter(app, &app.client(), "/zones/13056").await;
    fautes.extend(tenir("public zone", zone).err());
    let simulateur = "/simulateur?commune=04022&mode=creation&actes_1=2400&part=80";
    let aides = compter(app, &app.client(), simulateur).await;
    fautes.extend(tenir("simulator", aides).err());
    let catalogue = compter(app, &app.client(), "/aides").await;
    fautes.extend(tenir("catalogue of aids", catalogue).err());
    // The second time: what is prepared at the first use is.
    let mut depot = Recues::default();
    for _ in 0..2 {
        let envoi = envoi(&client).await;
        let avant = compteur::recues(app);
        let page = client.post_brut("/demandes/nouvelle", &envoi).await;
        assert_eq!(page.statut, 303, "{}", page.texte());
        depot = compteur::recues(app) - avant;
    }
    fautes.extend(tenir("filing", depot).err());
    fautes.extend(
        tenir(
            "filing, from its draft",
            depot_du_brouillon(app, &client).await,
        )
        .err(),
    );
    let espace = compter(app, &client, "/espace").await;
    fautes.extend(tenir("home of a practitioner", espace).err());
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[actix_web::test]
async fn un_dossier_montre_ses_derniers_evenements_puis_tous() {
    let caisse = Caisse::start();
    let s = caisse.succession(900, EtatDemande::Complete);
    for _ in 0..4 {
        histoire(&caisse, s.demande_id);
    }
    let agent = caisse.signataire().await;
    let montres = |html: &str| html.matches("class=\"evenement\"").count();
    let chemin = format!("/dossiers/{}", s.numero);
    let page = agent.get(&chemin).await;
    assert_eq!(montres(&page.html), 100);
    let tout = format!("{chemin}?historique=tout");
    assert!(page.html.contains(&tout), "{}", page.texte());
    let page = agent.get(&tout).await;
    assert!(montres(&page.html) >= 120, "{}", montres(&page.html));
    assert!(!page.texte().contains("Voir tout l’historique"));
}
