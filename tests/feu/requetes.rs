//! The pages of agents make a bounded number of queries, and the queue walks its index.

use regles::demande::EtatDemande;
use releve::actions::evaluation::evaluer_demande;
use releve::db::dialect::{AnyConn, DatabaseUrl, Usage};
use releve::db::file::{self, Assignation, Filtre, Propre};
use releve::db::{CpamScope, Db, DbError, Patience, autour, demande};

use super::compteur;
use crate::util::builders::{UneDemande, jour};
use crate::util::{Caisse, TestApp};

/// How many queries a function makes on a connection of its own.
fn compter<T>(caisse: &Caisse, f: impl FnOnce(&mut AnyConn) -> T) -> (T, usize) {
    let mut conn = AnyConn::open(caisse.app.state.db.url(), Usage::Lecture, &Patience::VISITE)
        .expect("a connection");
    let avant = compteur::recues(&caisse.app);
    let valeur = f(&mut conn);
    (valeur, (compteur::recues(&caisse.app) - avant).requetes)
}

pub fn peupler(caisse: &Caisse, nombre: i64) {
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for n in 1..=nombre {
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            assigne_a: (n % 3 == 0).then_some(caisse.instructeur.id),
            etat: [
                EtatDemande::Deposee,
                EtatDemande::Complete,
                EtatDemande::Refusee,
            ][usize::try_from(n % 3).expect("small")],
            prochaine_echeance: jour(2026, 2, 1) + chrono::Duration::days(n % 50),
            ..UneDemande::default()
        });
    }
}

#[test]
fn la_file_fait_deux_requetes_quel_que_soit_le_nombre_de_lignes() {
    compteur::installer();
    let caisse = Caisse::start();
    peupler(&caisse, 120);
    for lignes in [25, 100] {
        let filtre = Filtre {
            lignes,
            ..Filtre::default()
        };
        let (lues, nombre) = compter(&caisse, |conn| {
            let lues = file::dossiers(conn, "131", &filtre).expect("the queue reads");
            let ids: Vec<i64> = lues.iter().map(|l| l.id).collect();
            autour::de(conn, ids).expect("what hangs on them reads");
            lues.len()
        });
        assert_eq!(nombre, 2);
        assert!(lues >= 25);
    }
}

#[test]
fn l_evaluation_d_un_dossier_fait_deux_requetes() {
    compteur::installer();
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let reglement = caisse.app.state.reglement();
    let (_, nombre) = compter(&caisse, |conn| {
        let lue = demande::complete(conn, &CpamScope::National, &s.numero).expect("the file reads");
        evaluer_demande(conn, &reglement, &lue.demande, jour(2026, 1, 15)).expect("an answer")
    });
    assert_eq!(nombre, 2, "the request, then what it rests on");
}

/// A base where an index of one CPAM is worth more than one of the country, which PostgreSQL learns from its statistics.
pub fn plusieurs_caisses(caisses: u32, demandes: u32) -> TestApp {
    use diesel::prelude::*;
    let app = TestApp::start();
    let taille = releve::dev::Taille {
        caisses,
        demandes,
        graine: 1,
    };
    releve::dev::generer(&app.state.db, taille, app.state.clock.now()).expect("a base");
    let mut conn = AnyConn::open(app.state.db.url(), Usage::Ecriture, &Patience::VISITE)
        .expect("a connection");
    if !conn.is_sqlite() {
        diesel::sql_query("ANALYZE")
            .execute(&mut conn)
            .expect("statistics");
    }
    app
}

/// The plan of the queue on either database, as text.
fn plan(db: &Db, condition: &str) -> String {
    expliquer(
        db,
        &format!(
            "SELECT dossier.id FROM dossier INNER JOIN commune ON dossier.insee = commune.insee \
             INNER JOIN bassin ON bassin.code = dossier.bassin_code LEFT OUTER JOIN kine ON dossier.kine_id = kine.id \
             LEFT OUTER JOIN compte ON compte.id = dossier.assigne_a LEFT OUTER JOIN demande ON demande.id = dossier.id \
             LEFT OUTER JOIN depart ON depart.id = dossier.id LEFT OUTER JOIN place ON place.id = dossier.id \
             LEFT OUTER JOIN appel ON appel.id = dossier.id \
             WHERE {condition} \
             AND dossier.echeance >= '2026-02-03' AND (dossier.echeance > '2026-02-03' OR dossier.id > 12) \
             ORDER BY dossier.echeance, dossier.id LIMIT 26"
        ),
    )
}

pub fn expliquer(db: &Db, requete: &str) -> String {
    use diesel::prelude::*;
    use diesel::sql_types::Text;
    #[derive(QueryableByName)]
    struct Sqlite {
        #[diesel(sql_type = Text)]
        detail: String,
    }
    #[derive(QueryableByName)]
    struct Pg {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        plan: String,
    }
    db.read(|conn| {
        if conn.is_sqlite() {
            let lignes: Vec<Sqlite> =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {requete}")).load(conn)?;
            Ok::<String, DbError>(lignes.into_iter().map(|l| l.detail + "\n").collect())
        } else {
            diesel::sql_query("SET enable_seqscan = off").execute(conn)?;
            diesel::sql_query("SET enable_bitmapscan = off").execute(conn)?;
            // With so few rows a sort costs nothing: the question is whether an index gives the order.
            diesel::sql_query("SET enable_sort = off").execute(conn)?;
            let lignes: Vec<Pg> = diesel::sql_query(format!("EXPLAIN {requete}")).load(conn)?;
            Ok(lignes.into_iter().map(|l| l.plan + "\n").collect())
        }
    })
    .expect("a plan")
}

#[test]
fn les_comptes_de_la_file_lisent_des_index_seuls() {
    let caisse = Caisse::start();
    if !caisse.lire(|conn| Ok(conn.is_sqlite())) {
        // PostgreSQL reads the table too until a VACUUM has marked its pages.
        return;
    }
    peupler(&caisse, 300);
    for condition in [
        "ouvert",
        "ouvert AND assigne_a = 1",
        "ouvert AND assigne_a IS NULL",
        "ouvert AND echeance_nature <> 'contestation_decompte' AND echeance < '2026-02-03'",
        "nature = 'depart' AND ouvert",
        "nature = 'depart' AND etat = 'confirmee'",
        "nature = 'demande' AND ouvert",
        "nature = 'demande' AND ouvert AND etat = 'deposee'",
        "nature = 'demande' AND ouvert AND assigne_a = 1",
        "nature = 'demande' AND ouvert AND assigne_a IS NULL",
        "nature = 'demande' AND ouvert AND echeance_nature <> 'contestation_decompte' AND echeance < '2026-02-03'",
    ] {
        let plan = expliquer(
            &caisse.app.state.db,
            &format!("SELECT 1 FROM dossier WHERE caisse_code = '131' AND {condition} LIMIT 501"),
        );
        assert!(plan.contains("USING COVERING INDEX"), "{condition}: {plan}");
    }
}

/// Without this setting of `.cargo/config.toml`, a statement compared with the condition of a partial index is
/// planned again each time a value is bound to it.
#[test]
fn sqlite_garde_ses_plans_quelles_que_soient_les_valeurs() {
    use diesel::prelude::*;
    use diesel::sql_types::Text;
    #[derive(QueryableByName)]
    struct Option {
        #[diesel(sql_type = Text)]
        compile_options: String,
    }
    let caisse = Caisse::start();
    let options: Vec<String> = caisse.lire(|conn| {
        if !conn.is_sqlite() {
            return Ok(vec!["ENABLE_QPSG".to_owned()]);
        }
        let lues: Vec<Option> = diesel::sql_query("PRAGMA compile_options").load(conn)?;
        Ok(lues.into_iter().map(|o| o.compile_options).collect())
    });
    assert!(options.iter().any(|o| o == "ENABLE_QPSG"), "{options:?}");
    assert!(
        !options.iter().any(|o| o == "ENABLE_MEMORY_MANAGEMENT"),
        "{options:?}"
    );
}

/// A bound number of rows would have PostgreSQL plan the queue again at each page.
#[test]
fn postgresql_garde_le_plan_de_la_file() {
    use diesel::prelude::*;
    use diesel::sql_types::BigInt;
    use diesel::sql_types::Text;
    #[derive(QueryableByName)]
    struct Gardee {
        #[diesel(sql_type = Text)]
        statement: String,
        #[diesel(sql_type = BigInt)]
        generic_plans: i64,
    }
    let app = plusieurs_caisses(4, 4_000);
    let mut conn = AnyConn::open(app.state.db.url(), Usage::Ecriture, &Patience::VISITE)
        .expect("a connection");
    if conn.is_sqlite() {
        return;
    }
    let filtre = Filtre {
        lignes: 26,
        ..Filtre::default()
    };
    for _ in 0..12 {
        let lues = file::dossiers(&mut conn, "001", &filtre).expect("the queue reads");
        assert_eq!(lues.len(), 26);
    }
    let gardees: Vec<Gardee> = diesel::sql_query(
        "SELECT statement, generic_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT \"dossier\".\"id\"%'",
    )
    .load(&mut conn)
    .expect("the statements kept");
    let [file] = &gardees[..] else {
        panic!("{} statements for one queue", gardees.len());
    };
    assert!(file.statement.ends_with(" LIMIT 26"), "{}", file.statement);
    assert!(file.generic_plans > 0);
}

#[test]
fn la_file_suit_son_index_sur_les_deux_bases() {
    let app = plusieurs_caisses(10, 2_000);
    let sqlite = matches!(app.state.db.url(), DatabaseUrl::Sqlite(_));
    // All natures together, then requests alone.
    for (condition, index) in [
        ("dossier.ouvert", "dossier_file_toutes "),
        (
            "dossier.ouvert AND dossier.assigne_a = 1",
            "dossier_file_suivi ",
        ),
        (
            "dossier.ouvert AND dossier.assigne_a IS NULL",
            "dossier_file",
        ),
        (
            "dossier.nature = 'demande' AND dossier.ouvert",
            "dossier_file ",
        ),
        (
            "dossier.nature = 'demande' AND dossier.ouvert AND dossier.assigne_a = 1",
            "dossier_file_assignee ",
        ),
        (
            // Nobody's files are most files: either index of the queue will do.
            "dossier.nature = 'demande' AND dossier.ouvert AND dossier.assigne_a IS NULL",
            "dossier_file",
        ),
        (
            "dossier.nature = 'demande' AND dossier.etat = 'refusee'",
            "dossier_file_etat ",
        ),
    ] {
        let condition = format!("dossier.caisse_code = '001' AND {condition}");
        let plan = plan(&app.state.db, &condition);
        // Where all are requests, PostgreSQL finds the queue of one nature and that of all worth the same.
        let index = if sqlite { index } else { "dossier_file" };
        assert!(plan.contains(index), "{condition}: {plan}");
        // No sort: the index gives the order.
        assert!(
            !plan.contains("TEMP B-TREE FOR ORDER BY") && !plan.contains("Sort Key"),
            "{plan}"
        );
    }
    // The written query is the one explained: the condition of the partial index is in its text.
    let filtre = Filtre {
        assignation: Assignation::Personne,
        lignes: 5,
        ..Filtre::default()
    };
    let lues = app
        .state
        .db
        .read(|conn| file::dossiers(conn, "001", &filtre))
        .expect("the queue reads");
    assert_eq!(lues.len(), 5);
    assert!(lues.iter().all(
        |l| l.assigne.is_none() && matches!(&l.propre, Propre::Demande(d) if d.etat.en_cours())
    ));
}

#[test]
fn la_file_nationale_et_les_recherches_suivent_leurs_index() {
    let app = plusieurs_caisses(10, 2_000);
    let db = &app.state.db;
    let sqlite = matches!(db.url(), DatabaseUrl::Sqlite(_));
    let de_caisse = if sqlite {
        "PRIMARY KEY (caisse_code=? AND mot>? AND mot<?)"
    } else {
        "dossier_mot_"
    };
    for (requete, index) in [
        (
            "SELECT dossier.id FROM dossier LEFT OUTER JOIN demande ON demande.id = dossier.id \
             WHERE dossier.ouvert ORDER BY dossier.echeance, dossier.id LIMIT 26",
            if sqlite {
                "dossier_nationale_toutes"
            } else {
                "dossier_nationale"
            },
        ),
        (
            "SELECT dossier.id FROM dossier LEFT OUTER JOIN demande ON demande.id = dossier.id \
             WHERE dossier.nature = 'demande' AND dossier.ouvert ORDER BY dossier.echeance, dossier.id LIMIT 26",
            if sqlite {
                "dossier_nationale "
            } else {
                "dossier_nationale"
            },
        ),
        (
            "SELECT dossier_id FROM dossier_mot WHERE mot > 'mar' AND mot < 'mas' \
             ORDER BY mot, dossier_id LIMIT 104",
            "dossier_mot_national",
        ),
        (
            "SELECT dossier_id FROM dossier_mot WHERE caisse_code = '001' \
             AND mot > 'mar' AND mot < 'mas' ORDER BY mot, dossier_id LIMIT 104",
            de_caisse,
        ),
        (
            "SELECT id FROM dossier WHERE nature = 'demande' AND caisse_code = '001' AND insee = '13000' \
             AND etat = 'refusee' ORDER BY echeance, id LIMIT 26",
            "dossier_file",
        ),
    ] {
        let plan = expliquer(db, requete);
        assert!(plan.contains(index), "{requete}: {plan}");
        assert!(
            !plan.contains("TEMP B-TREE FOR ORDER BY") && !plan.contains("Sort Key"),
            "{plan}"
        );
    }
    // A number is searched among the numbers, not among the requests of the country.
    let plan = expliquer(
        db,
        "SELECT dossier.id FROM dossier LEFT OUTER JOIN kine ON kine.id = dossier.kine_id \
         WHERE dossier.numero >= '001-2026-00001' AND dossier.numero < '001-2026-00002'",
    );
    assert!(plan.contains("dossier_numero"), "{plan}");
}

#[test]
fn la_liste_des_departs_suit_ses_index_sur_les_deux_bases() {
    let caisse = Caisse::start();
    let sqlite = caisse.lire(|conn| Ok(conn.is_sqlite()));
    for (condition, index) in [
        (
            "AND dossier.caisse_code = '131' AND dossier.etat = 'declaree'",
            "dossier_file_etat",
        ),
        (
            "AND dossier.caisse_code = '131' AND dossier.ouvert IN (TRUE, FALSE)",
            "dossier_file_nature",
        ),
        (
            "AND dossier.caisse_code = '131' AND dossier.bassin_code = 'BV13056'",
            "dossier_file_bassin",
        ),
        (
            "AND dossier.caisse_code = '131' AND dossier.insee = '13056'",
            "dossier_file_commune",
        ),
        ("AND dossier.etat = 'declaree'", "dossier_nationale_etat"),
        (
            "AND dossier.ouvert IN (TRUE, FALSE)",
            "dossier_nationale_nature",
        ),
        (
            "AND dossier.caisse_code = '131' AND dossier.ouvert",
            "dossier_file",
        ),
    ] {
        let plan = plan(
            &caisse.app.state.db,
            &format!("dossier.nature = 'depart' {condition}"),
        );
        // Without rows, all the indexes that give the order are worth the same to PostgreSQL.
        let index = if sqlite { index } else { "using dossier_" };
        assert!(plan.contains(index), "{condition}: {plan}");
        assert!(
            !plan.contains("TEMP B-TREE FOR ORDER BY") && !plan.contains("Sort Key"),
            "{plan}"
        );
    }
    for (requete, index) in [
        (
            "SELECT id FROM dossier WHERE nature = 'demande' AND insee IN ('13056', '13001') AND caisse_code = '131'",
            "dossier_",
        ),
        (
            "SELECT id FROM dossier WHERE nature = 'depart' AND insee IN ('13056', '13001')",
            "dossier_lieu",
        ),
    ] {
        let index = if sqlite { index } else { "dossier_" };
        let plan = expliquer(&caisse.app.state.db, requete);
        assert!(plan.contains(index), "{requete}: {plan}");
    }
}
