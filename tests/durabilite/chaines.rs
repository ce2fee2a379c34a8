//! `releve check` on the chains of events: each hand that changes, removes, moves, adds or hides one is named. And the acts
//! chain what they write, each in the chain of its CPAM, two at once like one after the other.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use regles::evenement::{EFFACE, Entree, Fait};
use releve::actions::verification::{self, Anomalie};
use releve::db::evenement::{self, NouvelEvenement};
use releve::db::schema::{chaine, evenement as lignes};
use releve::db::{DbError, DbResult};

use crate::util::TestApp;

/// What other hands do: the triggers do not stop who may drop them.
const SANS_GARDE: (&str, &str) = (
    "DROP TRIGGER evenement_immuable_modification; DROP TRIGGER evenement_immuable_suppression;",
    "ALTER TABLE evenement DISABLE TRIGGER evenement_immuable;",
);

/// Takes the guards down.
pub fn sans_garde() -> &'static str {
    match crate::util::base::postgres() {
        true => SANS_GARDE.1,
        false => SANS_GARDE.0,
    }
}

pub fn sql(app: &TestApp, ordres: &str) -> DbResult<()> {
    app.state
        .db
        .write(|tx| tx.batch_execute(ordres).map_err(DbError::from))
}

fn noter(app: &TestApp, note: i64) {
    let nouvel = NouvelEvenement {
        le: app.state.clock.now(),
        acteur_id: None,
        acteur: "Sophie Arnaud",
        caisse_code: None,
        dossier_id: None,
        lie_id: None,
        fait: &Fait::NoteEcrite { note },
    };
    app.state
        .db
        .write(|tx| evenement::inscrire(tx, &nouvel))
        .expect("written");
}

/// A chain of five.
pub fn cinq() -> TestApp {
    let app = TestApp::start();
    (1..=5).for_each(|note| noter(&app, note));
    app
}

fn anomalies(app: &TestApp) -> Vec<String> {
    let mut lues = Vec::new();
    let mut dire = |a: &Anomalie| lues.push(a.to_string());
    let etat = &app.state;
    verification::base(
        &etat.db,
        &etat.reglement(),
        etat.clock.now(),
        &etat.temoins(),
        &mut dire,
    )
    .expect("verified");
    lues
}

#[test]
fn chaque_main_sur_la_chaine_est_vue() {
    let garde = sans_garde();
    let cas: &[(&str, &str, &[&str])] = &[
        (
            "changed text",
            "UPDATE evenement SET texte = replace(texte, '\"note\":3', '\"note\":4') WHERE seq = 3;",
            &["événement 3 : le texte n’est pas celui qui a été scellé"],
        ),
        (
            "removed row",
            "DELETE FROM evenement WHERE seq = 3;",
            &["événement 4 : le rang ne suit pas"],
        ),
        (
            "swapped rows",
            "UPDATE evenement SET seq = 30 WHERE seq = 3; UPDATE evenement SET seq = 3 WHERE seq = 4; \
             UPDATE evenement SET seq = 4 WHERE seq = 30;",
            &[
                "événement 3 : l’empreinte de la ligne précédente",
                "événement 3 : le texte n’est pas",
            ],
        ),
        (
            "removed tail",
            "DELETE FROM evenement WHERE seq = 5;",
            &["chaîne nation : la tête n’est pas le dernier événement"],
        ),
        (
            "wrong head",
            "UPDATE chaine SET seq = 4;",
            &["chaîne nation : la tête n’est pas le dernier événement"],
        ),
        (
            "another date in the column",
            "UPDATE evenement SET le = '2020-01-01 00:00:00' WHERE seq = 2;",
            &["événement 2 : les colonnes ne disent pas"],
        ),
        (
            "another kind in the column",
            "UPDATE evenement SET code = 'demande.prise' WHERE seq = 2;",
            &["événement 2 : les colonnes ne disent pas"],
        ),
        (
            "another name",
            "UPDATE evenement SET personnel = replace(personnel, 'Arnaud', 'Martin') WHERE seq = 2;",
            &["événement 2 : la partie personnelle n’est pas celle"],
        ),
        (
            "another account",
            "INSERT INTO compte (courriel, prenom, nom, actif, echecs, cree_le) \
             VALUES ('x@example.fr', 'X', 'X', TRUE, 0, '2026-01-01 00:00:00'); \
             UPDATE evenement SET acteur_id = (SELECT MAX(id) FROM compte) WHERE seq = 2;",
            &["événement 2 : le compte inscrit n’est pas celui"],
        ),
    ];
    for (quoi, ordres, attendus) in cas {
        let app = cinq();
        assert_eq!(anomalies(&app), Vec::<String>::new(), "{quoi}");
        sql(&app, garde).expect("the guards are down");
        sql(&app, ordres).unwrap_or_else(|e| panic!("{quoi}: {e}"));
        let lues = anomalies(&app);
        for attendu in *attendus {
            assert!(
                lues.iter()
                    .any(|a| a.contains("[chaîne]") && a.contains(attendu)),
                "{quoi}, «{attendu}»: {lues:?}"
            );
        }
    }
}

#[test]
fn les_gardes_ne_laissent_qu_effacer_les_personnes() {
    let app = cinq();
    for refuse in [
        "UPDATE evenement SET code = 'demande.prise' WHERE seq = 2",
        "UPDATE evenement SET personnel = '{}' WHERE seq = 2",
        "UPDATE evenement SET personnel = NULL WHERE seq = 2",
        "UPDATE evenement SET sel = NULL, personnel = NULL, texte = '{}' WHERE seq = 2",
        "DELETE FROM evenement WHERE seq = 5",
    ] {
        assert!(sql(&app, refuse).is_err(), "{refuse}");
    }
    let effacer =
        "UPDATE evenement SET acteur_id = NULL, sel = NULL, personnel = NULL WHERE seq = 2";
    sql(&app, effacer).expect("erased");
    assert_eq!(anomalies(&app), Vec::<String>::new(), "the chain holds");
    let (texte, personnel): (String, Option<String>) = app
        .state
        .db
        .read(|conn| {
            lignes::table
                .filter(lignes::seq.eq(2))
                .select((lignes::texte, lignes::personnel))
                .first(conn)
                .map_err(DbError::from)
        })
        .expect("read");
    let lu = Entree::lire(&texte)
        .and_then(|e| e.evenement(personnel.as_deref()))
        .expect("it reads");
    assert_eq!(lu.acteur.nom, EFFACE);
    assert_eq!(lu.fait, Fait::NoteEcrite { note: 2 });
}

#[test]
fn une_transaction_defaite_n_avance_pas_la_chaine() {
    let app = cinq();
    let nouvel = NouvelEvenement {
        le: app.state.clock.now(),
        acteur_id: None,
        acteur: "Sophie Arnaud",
        caisse_code: None,
        dossier_id: None,
        lie_id: None,
        fait: &Fait::NoteEcrite { note: 6 },
    };
    let defaite = app.state.db.write(|tx| {
        evenement::inscrire(tx, &nouvel)?;
        Err::<(), _>(DbError::Perime)
    });
    assert!(matches!(defaite, Err(DbError::Perime)));
    noter(&app, 7);
    assert_eq!(anomalies(&app), Vec::<String>::new());
    let tete: i64 = app
        .state
        .db
        .read(|conn| {
            chaine::table
                .select(chaine::seq)
                .first(conn)
                .map_err(DbError::from)
        })
        .expect("a head");
    assert_eq!(tete, 6, "no hole");
}

#[test]
fn ceux_qui_ecrivent_en_meme_temps_ne_fourchent_pas() {
    // The very first event of the chain too: nobody wrote its head yet.
    let app = TestApp::start();
    std::thread::scope(|fils| {
        for fil in 0..4 {
            let app = &app;
            fils.spawn(move || (0..10).for_each(|note| noter(app, fil * 10 + note)));
        }
    });
    assert_eq!(anomalies(&app), Vec::<String>::new());
    let seqs: Vec<i64> = app
        .state
        .db
        .read(|conn| {
            lignes::table
                .select(lignes::seq)
                .order(lignes::seq)
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("read");
    assert_eq!(seqs, (1..=40).collect::<Vec<i64>>());
}
