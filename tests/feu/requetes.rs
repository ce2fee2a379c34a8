//! The pages of agents make a bounded number of queries, and the queue walks its index.

use regles::demande::EtatDemande;
use releve::actions::evaluation::evaluer_demande;
use releve::db::dialect::{AnyConn, Usage};
use releve::db::file::{self, Assignation, Filtre};
use releve::db::{CpamScope, demande};

use super::compteur;
use crate::util::builders::{UneDemande, jour};
use crate::util::{Caisse, TestApp};

/// How many queries a function makes on a connection of its own.
fn compter<T>(caisse: &Caisse, f: impl FnOnce(&mut AnyConn) -> T) -> (T, usize) {
    let mut conn = AnyConn::open(caisse.app.state.db.url(), Usage::Lecture).expect("a connection");
    let avant = compteur::recues(caisse);
    let valeur = f(&mut conn);
    (valeur, compteur::recues(caisse) - avant)
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
            let lues = file::demandes(conn, "131", &filtre).expect("the queue reads");
            let ids: Vec<i64> = lues.iter().map(|l| l.id).collect();
            file::pieces_attendues(conn, &ids).expect("the documents read");
            lues.len()
        });
        assert_eq!(nombre, 2);
        assert!(lues >= 25);
    }
}

#[test]
fn l_evaluation_d_un_dossier_fait_un_nombre_borne_de_requetes() {
    compteur::installer();
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let reglement = caisse.app.state.reglement();
    let (_, nombre) = compter(&caisse, |conn| {
        let lue = demande::complete(conn, &CpamScope::National, &s.numero).expect("the file reads");
        evaluer_demande(conn, &reglement, &lue.demande, jour(2026, 1, 15)).expect("an answer")
    });
    assert!((5..=12).contains(&nombre), "{nombre} queries");
}

/// The plan of the queue on either database, as text.
fn plan(caisse: &Caisse, condition: &str) -> String {
    expliquer(
        caisse,
        &format!(
            "SELECT demande.id FROM demande INNER JOIN kine ON demande.kine_id = kine.id \
             INNER JOIN commune ON demande.insee = commune.insee \
             LEFT OUTER JOIN utilisateur ON utilisateur.id = demande.assigne_a \
             WHERE demande.organisme_code = '131' AND {condition} \
             AND demande.prochaine_echeance >= '2026-02-03' AND (demande.prochaine_echeance > '2026-02-03' OR demande.id > 12) \
             ORDER BY demande.prochaine_echeance, demande.id LIMIT 26"
        ),
    )
}

pub fn expliquer(caisse: &Caisse, requete: &str) -> String {
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
    caisse.lire(|conn| {
        if conn.is_sqlite() {
            let lignes: Vec<Sqlite> =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {requete}")).load(conn)?;
            Ok(lignes.into_iter().map(|l| l.detail + "\n").collect())
        } else {
            diesel::sql_query("SET enable_seqscan = off").execute(conn)?;
            diesel::sql_query("SET enable_bitmapscan = off").execute(conn)?;
            // With so few rows a sort costs nothing: the question is whether an index gives the order.
            diesel::sql_query("SET enable_sort = off").execute(conn)?;
            let lignes: Vec<Pg> = diesel::sql_query(format!("EXPLAIN {requete}")).load(conn)?;
            Ok(lignes.into_iter().map(|l| l.plan + "\n").collect())
        }
    })
}

#[test]
fn les_comptes_de_la_file_lisent_des_index_seuls() {
    let caisse = Caisse::start();
    if !caisse.lire(|conn| Ok(conn.is_sqlite())) {
        // PostgreSQL reads the table too until a VACUUM has marked its pages.
        return;
    }
    peupler(&caisse, 300);
    let en_cours = "demande.etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee')";
    for condition in [
        "etat = 'deposee'",
        "assigne_a = 1",
        "assigne_a IS NULL",
        "prochaine_echeance < '2026-02-03'",
    ] {
        let plan = expliquer(
            &caisse,
            &format!(
                "SELECT 1 FROM demande WHERE {en_cours} AND organisme_code = '131' AND {condition} LIMIT 501"
            ),
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
    let app = TestApp::start();
    let taille = releve::dev::Taille {
        organismes: 4,
        demandes: 4_000,
        graine: 1,
    };
    releve::dev::generer(&app.state.db, taille, app.state.clock.now()).expect("a base");
    let mut conn = AnyConn::open(app.state.db.url(), Usage::Ecriture).expect("a connection");
    if conn.is_sqlite() {
        return;
    }
    diesel::sql_query("ANALYZE")
        .execute(&mut conn)
        .expect("statistics");
    let filtre = Filtre {
        lignes: 26,
        ..Filtre::default()
    };
    for _ in 0..12 {
        let lues = file::demandes(&mut conn, "001", &filtre).expect("the queue reads");
        assert_eq!(lues.len(), 26);
    }
    let gardees: Vec<Gardee> = diesel::sql_query(
        "SELECT statement, generic_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT \"demande\".\"id\"%'",
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
    let caisse = Caisse::start();
    peupler(&caisse, 300);
    let en_cours = "demande.etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee')";
    for (condition, index) in [
        (en_cours.to_owned(), "demande_file"),
        (
            format!(
                "{en_cours} AND demande.assigne_a = {}",
                caisse.instructeur.id
            ),
            "demande_file_assignee",
        ),
        (
            // Nobody's files are most files: either index of the queue will do.
            format!("{en_cours} AND demande.assigne_a IS NULL"),
            "demande_file",
        ),
        ("demande.etat = 'refusee'".to_owned(), "demande_file_etat"),
    ] {
        let plan = plan(&caisse, &condition);
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
    let lues = caisse.lire(|conn| file::demandes(conn, "131", &filtre));
    assert!(
        lues.iter()
            .all(|l| l.assigne.is_none() && l.etat.en_cours())
    );
}

#[test]
fn la_file_nationale_et_les_recherches_suivent_leurs_index() {
    let caisse = Caisse::start();
    peupler(&caisse, 300);
    let ouverts =
        "demande.etat NOT IN ('installee', 'refusee', 'caduque', 'retiree', 'sans_suite')";
    for (requete, index) in [
        (
            format!(
                "SELECT demande.id FROM demande WHERE {ouverts} ORDER BY demande.prochaine_echeance, demande.id LIMIT 26"
            ),
            "demande_file_nationale",
        ),
        (
            "SELECT demande_id FROM dossier_mot WHERE mot > 'cos' AND mot < 'cosz' ORDER BY mot, demande_id LIMIT 104".to_owned(),
            "dossier_mot_national",
        ),
        (
            "SELECT demande.id FROM demande WHERE organisme_code = '131' AND insee = '13056' AND etat = 'refusee' \
             ORDER BY prochaine_echeance, id LIMIT 26"
                .to_owned(),
            "demande_file",
        ),
    ] {
        let plan = expliquer(&caisse, &requete);
        assert!(plan.contains(index), "{requete}: {plan}");
        assert!(!plan.contains("TEMP B-TREE FOR ORDER BY") && !plan.contains("Sort Key"), "{plan}");
    }
}

#[test]
fn la_liste_des_departs_suit_ses_index_sur_les_deux_bases() {
    let caisse = Caisse::start();
    let sqlite = caisse.lire(|conn| Ok(conn.is_sqlite()));
    for (condition, index) in [
        (
            "cessation.organisme_code = '131' AND cessation.etat = 'declaree' AND",
            "cessation_a_traiter",
        ),
        (
            "cessation.organisme_code = '131' AND",
            "cessation_file_toutes",
        ),
        (
            "cessation.organisme_code = '131' AND cessation.bassin_code = 'BV13056' AND",
            "cessation_file_bassin",
        ),
        (
            "cessation.organisme_code = '131' AND cessation.insee = '13056' AND",
            "cessation_file_commune",
        ),
        (
            "cessation.etat = 'declaree' AND",
            "cessation_etat_nationale",
        ),
        ("", "cessation_nationale"),
    ] {
        let plan = expliquer(
            &caisse,
            &format!(
                "SELECT cessation.id FROM cessation INNER JOIN kine ON cessation.kine_id = kine.id \
                 INNER JOIN commune ON cessation.insee = commune.insee \
                 WHERE {condition} cessation.date_cessation >= '2026-02-03' \
                 AND (cessation.date_cessation > '2026-02-03' OR cessation.id > 12) \
                 ORDER BY cessation.date_cessation, cessation.id LIMIT 26"
            ),
        );
        // Without rows, all the indexes that give the order are worth the same to PostgreSQL.
        let index = if sqlite { index } else { "using cessation_" };
        assert!(plan.contains(index), "{condition}: {plan}");
        assert!(
            !plan.contains("TEMP B-TREE FOR ORDER BY") && !plan.contains("Sort Key"),
            "{plan}"
        );
    }
    for (requete, index) in [
        (
            "SELECT id FROM demande WHERE insee IN ('13056', '13001') AND organisme_code = '131'",
            "demande_",
        ),
        (
            "SELECT id FROM cessation WHERE insee IN ('13056', '13001')",
            "cessation_lieu",
        ),
    ] {
        let plan = expliquer(&caisse, requete);
        assert!(plan.contains(index), "{requete}: {plan}");
    }
}
