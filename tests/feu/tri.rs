//! The queue in another order than what falls due: an index gives it, and the pages follow each other.

use releve::db::dialect::DatabaseUrl;
use releve::db::file::{self, Etats, Filtre, Par, Tri};
use releve::db::{AnyConn, DbResult};

use super::requetes::{expliquer, peupler, plusieurs_caisses};
use crate::util::Caisse;

/// Every list that can be sorted by its filing, with the index that SQLite walks.
const LISTES: [(&str, &str); 7] = [
    ("dossier.ouvert", "dossier_depot_ouvert "),
    (
        "dossier.ouvert AND dossier.assigne_a = 1",
        "dossier_depot_suivi ",
    ),
    (
        "dossier.nature = 'demande' AND dossier.ouvert",
        "dossier_depot_file ",
    ),
    (
        "dossier.nature = 'demande' AND dossier.etat = 'refusee'",
        "dossier_depot_etat ",
    ),
    (
        "dossier.nature = 'demande' AND dossier.ouvert IN (TRUE, FALSE)",
        "dossier_depot_nature ",
    ),
    (
        "dossier.nature = 'depart' AND dossier.ouvert IN (TRUE, FALSE)",
        "dossier_depot_nature ",
    ),
    ("dossier.ouvert IN (TRUE, FALSE)", "dossier_depot_tout "),
];

#[test]
fn le_tri_par_depot_suit_un_index_dans_les_deux_sens() {
    let app = plusieurs_caisses(10, 2_000);
    let sqlite = matches!(app.state.db.url(), DatabaseUrl::Sqlite(_));
    for (condition, index) in LISTES {
        for (borne, sens) in [(">=", "ASC"), ("<=", "DESC")] {
            let plan = expliquer(
                &app.state.db,
                &format!(
                    "SELECT dossier.id FROM dossier INNER JOIN commune ON dossier.insee = commune.insee \
                     LEFT OUTER JOIN demande ON demande.id = dossier.id \
                     WHERE dossier.caisse_code = '001' AND {condition} \
                     AND dossier.depose_le {borne} '2026-02-03 10:00:00' \
                     ORDER BY dossier.depose_le {sens}, dossier.id {sens} LIMIT 26"
                ),
            );
            let index = if sqlite { index } else { "dossier_" };
            assert!(plan.contains(index), "{condition}: {plan}");
            if sqlite {
                assert!(
                    !plan.contains("TEMP B-TREE FOR ORDER BY"),
                    "{condition}: {plan}"
                );
            }
        }
    }
}

#[test]
fn tous_les_etats_de_toutes_les_natures_suivent_un_index() {
    let app = plusieurs_caisses(10, 2_000);
    let sqlite = matches!(app.state.db.url(), DatabaseUrl::Sqlite(_));
    for (condition, index) in [
        ("dossier.caisse_code = '001'", "dossier_file_tout "),
        (
            "dossier.caisse_code = '001' AND dossier.nature = 'demande'",
            "dossier_file_nature ",
        ),
        ("1 = 1", "dossier_nationale_tout"),
    ] {
        let plan = expliquer(
            &app.state.db,
            &format!(
                "SELECT dossier.id FROM dossier WHERE {condition} AND dossier.ouvert IN (TRUE, FALSE) AND dossier.echeance >= '2026-02-03' \
                 ORDER BY dossier.echeance, dossier.id LIMIT 26"
            ),
        );
        let index = if sqlite { index } else { "dossier_" };
        assert!(plan.contains(index), "{condition}: {plan}");
        assert!(
            !plan.contains("TEMP B-TREE FOR ORDER BY"),
            "{condition}: {plan}"
        );
    }
}

/// The whole list, read by pages of seven, forwards.
fn par_pages(conn: &mut AnyConn, filtre: &Filtre) -> DbResult<Vec<i64>> {
    let mut page = Filtre {
        lignes: 7,
        ..filtre.clone()
    };
    let mut lus = Vec::new();
    loop {
        let lignes = file::dossiers(conn, "131", &page)?;
        let Some(derniere) = lignes.last() else {
            return Ok(lus);
        };
        page.apres = Some((filtre.tri.rang(derniere), derniere.id));
        lus.extend(lignes.iter().map(|l| l.id));
    }
}

#[test]
fn chaque_ordre_se_lit_par_pages_et_a_rebours() {
    let caisse = Caisse::start();
    peupler(&caisse, 40);
    for par in [Par::Echeance, Par::Depot] {
        let dans = |decroissant| Filtre {
            etats: Etats::Tous,
            tri: Tri { par, decroissant },
            lignes: 100,
            ..Filtre::default()
        };
        let (montant, descendant) = (dans(false), dans(true));
        let lire = |filtre: &Filtre| caisse.lire(|conn| file::dossiers(conn, "131", filtre));
        let lignes = lire(&montant);
        assert_eq!(lignes.len(), 40, "whatever the state");
        let ids: Vec<i64> = lignes.iter().map(|l| l.id).collect();
        let ranges: Vec<_> = lignes
            .iter()
            .map(|l| (l.prochaine_echeance, l.deposee_le, l.id))
            .collect();
        let mut attendues = ranges.clone();
        attendues.sort_by_key(|(echeance, depot, id)| match par {
            Par::Echeance => (Some(*echeance), None, *id),
            Par::Depot => (None, Some(*depot), *id),
        });
        assert_eq!(ranges, attendues);
        let envers: Vec<i64> = ids.iter().rev().copied().collect();
        assert_eq!(
            lire(&descendant).iter().map(|l| l.id).collect::<Vec<_>>(),
            envers
        );
        assert_eq!(caisse.lire(|conn| par_pages(conn, &montant)), ids);
        assert_eq!(caisse.lire(|conn| par_pages(conn, &descendant)), envers);
        for (filtre, avant, apres) in [(montant, 4, 6), (descendant, 6, 4)] {
            let ici = (filtre.tri.rang(&lignes[5]), lignes[5].id);
            let (p, s) = caisse.lire(|conn| file::voisines(conn, "131", &filtre, ici));
            assert_eq!(p.map(|l| l.id), Some(ids[avant]));
            assert_eq!(s.map(|l| l.id), Some(ids[apres]));
        }
    }
}
