//! EXP-2: decisions replay under their own parameters, whatever was approved since; what was changed is seen.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use releve::actions::rejeu::{self, Bilan, Compte, Ecart};
use releve::db::DbError;
use releve::db::schema::decision;
use releve::demo;

use super::processus::executer;
use crate::util::builders::jour;
use crate::util::{Caisse, TestApp};

fn rejouer(app: &TestApp) -> (Bilan, Vec<Ecart>) {
    let mut ecarts = Vec::new();
    let mut vues = 0;
    let bilan = rejeu::rejouer(&app.state.db, &mut |n| vues += n, &mut |e| {
        ecarts.push(e.clone());
    })
    .expect("replayed");
    let comptes = bilan.comptes();
    assert_eq!(
        vues,
        comptes
            .iter()
            .map(|c| c.rejouees + c.impossibles)
            .sum::<usize>()
    );
    (bilan, ecarts)
}

/// A succession granted by the agents of the CPAM, its decision signed.
async fn decidee(caisse: &Caisse, rang: u32) -> String {
    let s = caisse.succession(rang, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let proposee = caisse
        .instructeur()
        .await
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    assert_eq!(proposee.statut, 200, "{}", proposee.texte());
    let decidee = caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    assert_eq!(decidee.statut, 200, "{}", decidee.texte());
    s.numero
}

fn changer(app: &TestApp, numero: &str, avec: impl FnOnce(String) -> String, colonne: &str) {
    use releve::db::schema::dossier;
    app.state
        .db
        .write(|tx| {
            let (id, explication): (i64, String) = decision::table
                .inner_join(dossier::table)
                .filter(dossier::numero.eq(numero))
                .select((decision::id, decision::explication))
                .first(&mut **tx)?;
            let nouvelle = avec(explication);
            let cible = diesel::update(decision::table.find(id));
            match colonne {
                "parametres" => cible
                    .set(decision::parametres.eq(nouvelle))
                    .execute(&mut **tx)?,
                "resultat" => cible
                    .set(decision::resultat.eq(nouvelle))
                    .execute(&mut **tx)?,
                _ => cible
                    .set(decision::explication.eq(nouvelle))
                    .execute(&mut **tx)?,
            };
            Ok::<_, DbError>(())
        })
        .expect("changed");
}

#[actix_web::test]
async fn une_decision_se_rejoue_sous_ses_parametres_apres_une_nouvelle_valeur() {
    let caisse = Caisse::start();
    let premier = decidee(&caisse, 1).await;
    caisse
        .app
        .fixer("place.seuil_actes", 1400, jour(2026, 2, 1));
    caisse.au(jour(2026, 2, 2));
    let second = decidee(&caisse, 2).await;
    caisse
        .app
        .fixer("place.seuil_actes", 2000, jour(2026, 3, 1));
    caisse.au(jour(2026, 3, 2));
    let (bilan, ecarts) = rejouer(&caisse.app);
    assert_eq!(ecarts, []);
    assert_eq!((bilan.decisions.rejouees, bilan.graves()), (2, 0));
    assert!(bilan.places.rejouees >= 2 && bilan.echeances.rejouees >= 2);

    // One step of the stored explanation changed by other hands: one difference, under its rule.
    let falsifier = |explication: String| {
        let mut lue: serde_json::Value = serde_json::from_str(&explication).expect("json");
        let etapes = lue.as_array_mut().expect("steps");
        let seuil = etapes
            .iter_mut()
            .find(|e| e["regle"] == "REG-3")
            .expect("the floor");
        assert_eq!(seuil["attendu"], ">= 1200", "its own parameters");
        seuil["constat"] = "non_rempli".into();
        lue.to_string()
    };
    changer(&caisse.app, &premier, falsifier, "explication");
    let (bilan, ecarts) = rejouer(&caisse.app);
    assert_eq!(
        (bilan.decisions.rejouees, bilan.graves()),
        (2, 1),
        "{ecarts:?}"
    );
    let ecart = &ecarts[0];
    assert!(
        ecart.objet.contains(&premier) && ecart.regle == "REG-3",
        "{ecart}"
    );
    assert!(
        ecart.stocke.contains("condition non remplie")
            && ecart.rejoue.contains("condition remplie"),
        "{ecart}"
    );

    // Another result, and parameters that nobody knows any more.
    changer(
        &caisse.app,
        &second,
        |_| "non_accordable".to_owned(),
        "resultat",
    );
    let (bilan, ecarts) = rejouer(&caisse.app);
    assert_eq!(bilan.graves(), 2, "{ecarts:?}");
    changer(&caisse.app, &second, |_| "0000".to_owned(), "parametres");
    let (bilan, ecarts) = rejouer(&caisse.app);
    assert_eq!(
        bilan.decisions,
        Compte {
            rejouees: 1,
            ecarts: 1,
            impossibles: 1
        },
        "{ecarts:?}"
    );
    assert!(
        ecarts
            .iter()
            .any(|e| e.objet.contains(&second) && e.rejoue.contains("n’est plus connue")),
        "{ecarts:?}"
    );

    let dossier = tempfile::tempdir().expect("a folder");
    let sortie = executer(&caisse.app, dossier.path(), &["check", "--rejouer"]);
    let dit = String::from_utf8_lossy(&sortie.stdout);
    assert_eq!(sortie.status.code(), Some(1), "{dit}");
    assert!(
        dit.contains(&format!("écart [REG-3] dossier {premier}")),
        "{dit}"
    );
    let resume = String::from_utf8_lossy(&sortie.stderr).replace('\u{a0}', " ");
    assert!(
        resume.contains("1 décision rejouée : 1 écart, 1 impossible à rejouer."),
        "{resume}"
    );
}

#[actix_web::test]
async fn la_demonstration_se_rejoue_sans_ecart() {
    let app = TestApp::start();
    let dossier = tempfile::tempdir().unwrap();
    demo::semer(&app.state, dossier.path()).await.unwrap();
    app.vider_courriels().await;
    let (bilan, ecarts) = rejouer(&app);
    assert_eq!(ecarts, []);
    assert!(bilan.decisions.rejouees > 3, "{bilan:?}");
    assert!(bilan.places.rejouees > 3, "{bilan:?}");
    assert!(bilan.echeances.rejouees > 3, "{bilan:?}");
    assert!(bilan.appels.rejouees > 0, "{bilan:?}");

    // One step of a place, the last day of a deadline: each is found under its rule.
    let toucher = |sql: &str| {
        app.state
            .db
            .write(|tx| Ok::<_, DbError>(diesel::sql_query(sql).execute(&mut **tx)?))
            .expect("changed")
    };
    let trouve = |regle: &str, objet: &str| {
        let (_, ecarts) = rejouer(&app);
        assert!(
            ecarts
                .iter()
                .any(|e| e.regle == regle && e.objet.starts_with(objet)),
            "{regle} {objet} : {ecarts:?}"
        );
    };
    let etape = "UPDATE place SET explication = replace(explication, '>= 1200', '>= 1000') \
                 WHERE id = (SELECT min(id) FROM place WHERE explication LIKE '%>= 1200%')";
    assert_eq!(toucher(etape), 1);
    trouve("REG-3", "place ");
    let terme =
        "UPDATE echeance SET finale = '2031-01-06' WHERE id = (SELECT min(id) FROM echeance)";
    assert_eq!(toucher(terme), 1);
    trouve("ECH-2", "échéance ");
    let cloture = "UPDATE appel SET cloture = '2031-01-06' WHERE id = (SELECT min(id) FROM appel)";
    assert_eq!(toucher(cloture), 1);
    trouve("ECH-2", "appel ");
    // A grant under another ground, in another zone; a refusal whose reasons changed.
    let fondement = "UPDATE decision SET fondement = 'derogation' \
                     WHERE id = (SELECT min(id) FROM decision WHERE fondement = 'succession')";
    assert_eq!(toucher(fondement), 1);
    trouve("REG-1", "dossier ");
    let zone = "UPDATE decision SET categorie = 'tres_sous_dotee' WHERE id = (SELECT max(id) FROM decision)";
    assert_eq!(toucher(zone), 1);
    trouve("ZON-10", "dossier ");
    let refus = "UPDATE decision SET explication = replace(explication, 'non_rempli', 'inconnu') \
                 WHERE id = (SELECT min(id) FROM decision WHERE sens = 'refus')";
    assert_eq!(toucher(refus), 1);
    let (_, ecarts) = rejouer(&app);
    assert!(
        ecarts.iter().any(
            |e| e.stocke.contains("fait inconnu") && e.rejoue.contains("condition non remplie")
        ),
        "{ecarts:?}"
    );
    // Each date of a deadline, and its suspensions.
    let derniere = "(SELECT max(id) FROM echeance)";
    for (colonne, regle) in [("brute", "ECH-1"), ("apres_suspensions", "ECH-3")] {
        let sql = format!("UPDATE echeance SET {colonne} = '2031-01-06' WHERE id = {derniere}");
        assert_eq!(toucher(&sql), 1);
        trouve(regle, "échéance ");
    }
    let sql = format!("UPDATE echeance SET suspensions = '[' WHERE id = {derniere}");
    assert_eq!(toucher(&sql), 1);
    trouve("EXP-2", "échéance ");
    // The last day to designate that a place shows, and the delay of a call.
    let limite = "UPDATE place SET limite_designation = '2031-01-06' \
                  WHERE id = (SELECT min(id) FROM place WHERE limite_designation IS NOT NULL)";
    assert_eq!(toucher(limite), 1);
    trouve("REG-5", "place ");
    assert_eq!(toucher("UPDATE appel SET delai = '3 mois'"), 1);
    trouve("ECH-1", "appel ");
    toucher("UPDATE place SET faits = NULL WHERE id = (SELECT max(id) FROM place)");
    let (bilan, ecarts) = rejouer(&app);
    assert_eq!(bilan.places.impossibles, 1, "{ecarts:?}");
}
