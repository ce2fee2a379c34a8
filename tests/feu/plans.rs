//! What a page asks walks an index to what it shows. Read on SQLite, which plans without statistics here: the plan on a small
//! base is the plan on a large one.

use regles::demande::EtatDemande;
use releve::db::dialect::DatabaseUrl;
use releve::db::evenement;

use super::compteur;
use super::pages::{envoi, kine, pages};
use super::requetes::{expliquer, peupler};
use crate::util::{Caisse, TestApp};

/// The tables that grow with the years.
const GRANDES: [&str; 16] = [
    "candidature",
    "compte",
    "courriel",
    "decision",
    "demande",
    "depart",
    "designation",
    "dossier",
    "dossier_mot",
    "echeance",
    "evenement",
    "kine",
    "mandat",
    "message",
    "piece",
    "place",
];

/// What is sorted though its table grows: the page, how the walk begins, why.
const TRIES: [(&str, &str, &str); 6] = [
    ("", "message USING INDEX message_dossier", "one file's"),
    ("", "echeance USING INDEX echeance_dossier", "one file's"),
    (
        "",
        "USING INDEX dossier_arrivee",
        "shown, or counted by zone",
    ),
    (
        "ledger",
        "d USING INDEX dossier_file_etat",
        "the balance counts each departure confirmed",
    ),
    (
        "ledger",
        "k USING COVERING INDEX commune_caisse",
        "the zones that the caisse shares, one by one",
    ),
    (
        "ledger of a zone",
        "place USING INDEX place_bassin",
        "shown",
    ),
];

/// What reads nothing, since its list of identifiers is empty: SQLite still says how it would.
const VIDES: [(&str, &str); 3] = [
    ("file", "designation"),
    ("home", "place"),
    ("home", "designation"),
];

/// The statements since the last call, with the lines of their plans.
fn plans(app: &TestApp) -> Vec<(String, Vec<String>)> {
    let enonces = compteur::textes(app);
    let plans = enonces
        .into_iter()
        .map(|enonce| {
            let plan = expliquer(&app.state.db, &enonce);
            (enonce, plan.lines().map(|l| l.trim().to_owned()).collect())
        })
        .collect();
    // Those that explained.
    compteur::textes(app);
    plans
}

/// What a plan reads or sorts without need.
fn fautes(page: &str, plan: &[String]) -> Vec<String> {
    let mut fautes = Vec::new();
    let mut debut: Option<&str> = None;
    for ligne in plan {
        if let Some(table) = ligne.strip_prefix("SCAN ") {
            let table = table.split(' ').next().unwrap_or_default();
            if GRANDES.contains(&table) && !VIDES.contains(&(page, table)) {
                fautes.push(ligne.clone());
            }
        }
        match ligne.split(' ').next() {
            Some("SEARCH" | "SCAN") => debut = debut.or(Some(ligne)),
            Some("USE") => {
                let marche = debut.unwrap_or_default();
                // A letter is the alias of the trunk; a row found by its identifier is alone.
                let table = marche.split(' ').nth(1).unwrap_or_default();
                let grande =
                    (GRANDES.contains(&table) || table.len() == 1) && !marche.contains("(rowid=?)");
                let admis = TRIES
                    .iter()
                    .any(|(p, m, _)| (p.is_empty() || *p == page) && marche.contains(m));
                if grande && !admis {
                    fautes.push(format!("{marche}: {ligne}"));
                }
            }
            Some("MATERIALIZE") => fautes.push(ligne.clone()),
            // Another list of the statement.
            _ if ligne.contains("BLOOM FILTER") => fautes.push(ligne.clone()),
            _ => debut = None,
        }
    }
    fautes
}

fn tenir(page: &str, plans: &[(String, Vec<String>)]) -> Vec<String> {
    assert!(!plans.is_empty(), "{page}: nothing was heard");
    plans
        .iter()
        .flat_map(|(enonce, plan)| {
            fautes(page, plan).into_iter().map(move |faute| {
                format!("{page}: {faute}\n    {enonce}\n    {}", plan.join("\n    "))
            })
        })
        .collect()
}

fn sur_sqlite(app: &TestApp) -> bool {
    matches!(app.state.db.url(), DatabaseUrl::Sqlite(_))
}

#[actix_web::test]
async fn aucune_page_d_agent_ne_lit_tout_ce_qui_existe() {
    compteur::installer();
    let caisse = Caisse::start();
    let app = &caisse.app;
    if !sur_sqlite(app) {
        return;
    }
    let s = caisse.succession(900, EtatDemande::Complete);
    peupler(&caisse, 3);
    let agent = caisse.signataire().await;
    let mut trouvees = Vec::new();
    for (nom, chemin) in pages(&s.numero, s.depart_id) {
        compteur::textes(app);
        let page = agent.get(&chemin).await;
        assert_eq!(page.statut, 200, "{chemin}");
        trouvees.extend(tenir(nom, &plans(app)));
    }
    assert!(trouvees.is_empty(), "{}", trouvees.join("\n"));
}

#[actix_web::test]
async fn aucune_page_de_kine_non_plus() {
    compteur::installer();
    let caisse = Caisse::start();
    let app = &caisse.app;
    if !sur_sqlite(app) {
        return;
    }
    let kine = kine(app).await;
    let champs = envoi(&kine).await;
    compteur::textes(app);
    let page = kine.post_brut("/demandes/nouvelle", &champs).await;
    assert_eq!(page.statut, 303, "{}", page.texte());
    let mut trouvees = tenir("filing", &plans(app));
    for (nom, chemin) in [("home", "/espace"), ("public zone", "/zones/13056")] {
        kine.get(chemin).await;
        trouvees.extend(tenir(nom, &plans(app)));
    }
    assert!(trouvees.is_empty(), "{}", trouvees.join("\n"));
}

/// The walks that had no index, or one whose condition was written otherwise.
#[test]
fn ce_qui_etait_lu_en_entier_suit_un_index() {
    compteur::installer();
    let caisse = Caisse::start();
    let app = &caisse.app;
    if !sur_sqlite(app) {
        return;
    }
    compteur::textes(app);
    caisse.lire(evenement::dernier_import);
    let [(enonce, plan)] = &plans(app)[..] else {
        panic!("one statement");
    };
    let plan = plan.join("\n");
    assert!(plan.contains("evenement_import"), "{enonce}\n{plan}");
    let charge = expliquer(
        &app.state.db,
        "SELECT assigne_a, count(*), min(depose_le) FROM dossier WHERE nature = 'demande' AND ouvert \
         AND caisse_code = '131' GROUP BY caisse_code, assigne_a",
    );
    assert!(
        charge.contains("COVERING INDEX dossier_file_assignee"),
        "{charge}"
    );
}

/// As many files at one address as there may be: few are read.
#[test]
fn les_dossiers_d_une_adresse_se_lisent_depuis_le_dernier() {
    use releve::db::{CpamScope, demande, voisinage};
    compteur::installer();
    let caisse = Caisse::start();
    let app = &caisse.app;
    if !sur_sqlite(app) {
        return;
    }
    peupler(&caisse, 30);
    let scope = CpamScope::Caisse("131".to_owned());
    compteur::textes(app);
    let autour = caisse.lire(|conn| {
        let d = demande::lire(conn, &scope, "131-2026-000005")?;
        voisinage::lire(conn, &scope, &d, crate::util::builders::jour(2026, 2, 1))
    });
    let lues: Vec<i64> = autour.demandes.iter().map(|(_, v)| v.id).collect();
    assert_eq!(lues.len(), 10, "{lues:?}");
    let plans = plans(app);
    let (_, plan) = plans.last().expect("a statement");
    let plan = plan.join("\n");
    assert!(
        plan.contains("SEARCH dossier_mot USING PRIMARY KEY (caisse_code=? AND mot=?)"),
        "{plan}"
    );
    assert_eq!(tenir("file", &plans), Vec::<String>::new());
}
