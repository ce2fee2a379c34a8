//! Supervision: who has what, what becomes an implicit decision, the figures and their export, absences.

use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{Delai, NatureEcheance};
use releve::actions::echeance::{Ouverture, ouvrir};
use releve::db::schema::{decision, demande, dossier};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

/// A deadline of a request that ends on a day, sixty days after its start.
fn court(caisse: &Caisse, dossier_id: i64, nature: NatureEcheance, finale: chrono::NaiveDate) {
    let acte = caisse.acte(&caisse.instructeur);
    caisse
        .agir(|tx| {
            ouvrir(
                tx,
                &acte,
                &Ouverture {
                    caisse_code: "131",
                    territoire: Default::default(),
                    dossier_id,
                    nature,
                    depart: finale - chrono::Duration::days(60),
                    delai: Delai::Jours(60),
                    suspensions: &[],
                },
            )
        })
        .expect("the deadline opens");
}

/// Four requests, of which one handled and late, one granted after twenty days and installed, one derogation refused.
fn peupler(caisse: &Caisse) {
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    let une = |n: i64, etat: EtatDemande, nature, assigne_a, echeance| {
        let id = caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            etat,
            nature,
            assigne_a,
            prochaine_echeance: echeance,
            ..UneDemande::default()
        });
        if etat.en_cours() {
            court(caisse, id, NatureEcheance::DecisionImplicite, echeance);
        }
        id
    };
    let moi = Some(caisse.instructeur.id);
    une(
        1,
        EtatDemande::Deposee,
        NatureDemande::HorsRegulation,
        moi,
        // A Friday: a silence that refuses waits for a working day.
        jour(2026, 1, 9),
    );
    let complete = une(
        2,
        EtatDemande::Complete,
        NatureDemande::HorsRegulation,
        None,
        jour(2026, 1, 20),
    );
    // What falls due before the silence does not hide it.
    court(caisse, complete, NatureEcheance::AvisCpd, jour(2026, 1, 16));
    let refusee = une(
        3,
        EtatDemande::Refusee,
        NatureDemande::Derogation,
        moi,
        jour(2026, 3, 1),
    );
    une(
        4,
        EtatDemande::Deposee,
        NatureDemande::HorsRegulation,
        None,
        jour(2026, 5, 1),
    );
    let s = caisse.succession(50, EtatDemande::Installee);
    caisse
        .agir(|tx| {
            diesel::update(demande::table.find(s.demande_id))
                .set(demande::installee_le.eq(jour(2026, 1, 10)))
                .execute(&mut **tx)
                .map_err(releve::db::DbError::from)?;
            // Decided twenty days after it was filed on 15 January 2026.
            diesel::insert_into(decision::table)
                .values((
                    decision::dossier_id.eq(refusee),
                    decision::sens.eq("refus"),
                    decision::fondement.eq("refus"),
                    decision::motifs.eq("test"),
                    decision::categorie.eq("non_prioritaire"),
                    decision::faits.eq("{}"),
                    decision::resultat.eq("non_accordable"),
                    decision::explication.eq("[]"),
                    decision::parametres.eq("test"),
                    decision::etat.eq("decidee"),
                    decision::proposee_par.eq(caisse.instructeur.id),
                    decision::proposee_le.eq(caisse.decor.le),
                    decision::decidee_le.eq(caisse.decor.le + chrono::Duration::days(20)),
                ))
                .execute(&mut **tx)
                .map_err(releve::db::DbError::from)?;
            Ok(())
        })
        .expect("the history is written");
}

#[actix_web::test]
async fn la_charge_et_les_decisions_implicites_sont_montrees() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let page = caisse
        .app
        .connecte(&responsable)
        .await
        .get("/supervision")
        .await;
    assert_eq!(page.statut, 200);
    let texte = page.texte();
    // One open file, late, filed today.
    assert!(
        texte.contains(&format!("{} 1 1 0 0 0 0 jour", caisse.instructeur.nom)),
        "{texte}"
    );
    // Two requests and a departure: as many as the list that this leads to.
    assert!(texte.contains("Personne 3 0 1 0 0 0 jour"), "{texte}");
    assert!(
        texte.contains("131-2026-000001") && texte.contains("131-2026-000002"),
        "{texte}"
    );
    assert!(
        !texte.contains("131-2026-000004"),
        "more than thirty days away"
    );
    assert!(
        texte.contains("depuis 6 jours") && texte.contains("dans 5 jours"),
        "{texte}"
    );
    assert!(
        texte.contains("la demande est réputée refusée"),
        "what silence is worth is said: {texte}"
    );
    // Forty days later they are older, and a national reader sees each CPAM.
    caisse.au(jour(2026, 2, 24));
    let page = caisse
        .app
        .connecte(&responsable)
        .await
        .get("/supervision")
        .await;
    assert!(
        page.texte().contains("Personne 3 1 0 3 0 40 jours"),
        "{}",
        page.texte()
    );
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let page = caisse
        .app
        .connecte(&auditeur)
        .await
        .get("/supervision?caisse=toutes")
        .await;
    assert!(
        page.texte()
            .contains("CPAM des Bouches-du-Rhône 4 2 0 4 0 40 jours"),
        "{}",
        page.texte()
    );
    caisse.au(jour(2026, 1, 15));
    assert_eq!(
        caisse.instructeur().await.get("/supervision").await.statut,
        403
    );
    let ailleurs = caisse.app.compte(Role::Responsable, Some("831"));
    let autre = caisse
        .app
        .connecte(&ailleurs)
        .await
        .get("/supervision?caisse=131")
        .await;
    assert!(
        !autre.html.contains("131-2026-000001"),
        "another CPAM stays closed"
    );
}

#[actix_web::test]
async fn chaque_figure_porte_ses_chiffres() {
    let caisse = Caisse::start();
    peupler(&caisse);
    caisse.au(jour(2026, 2, 10));
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let client = caisse.app.connecte(&responsable).await;
    let page = client.get("/supervision/statistiques").await;
    assert_eq!(page.statut, 200);
    let texte = page.texte();
    assert!(texte.contains("5 demandes sur la période"), "{texte}");
    // January: three under way, one granted, one refused.
    assert!(texte.contains("janvier 2026 3 1 1 0"), "{texte}");
    assert!(
        texte.contains("février 2026 20 20"),
        "decided after twenty days: {texte}"
    );
    // The leaver stopped on 31 December, the successor settled on 10 January.
    assert!(texte.contains("janvier 2026 10 10"), "{texte}");
    assert!(
        texte.contains("A : vie personnelle du professionnel 0 0 1 0"),
        "derogations by family: {texte}"
    );
    assert!(texte.contains("Martigues (BV13056) 3 1 1 0"), "{texte}");
    assert_eq!(
        page.html
            .matches("<svg class=\"graphique__dessin\"")
            .count(),
        7
    );
    assert!(
        texte.contains("Dérogations demandées, par zone")
            && texte.contains("Martigues (BV13056) 0 0 1 0"),
        "{texte}"
    );
    let csv = client.get("/supervision/statistiques.csv?mois=24").await;
    assert!(
        csv.html.contains("janvier 2026;Refusées;1;demandes"),
        "{}",
        csv.html
    );
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let national = caisse.app.connecte(&auditeur).await;
    assert!(
        national
            .get("/supervision")
            .await
            .texte()
            .contains("Toutes les caisses")
    );
    let toutes = national
        .get("/supervision/statistiques?caisse=toutes")
        .await;
    assert!(
        toutes.texte().contains("CPAM des Bouches-du-Rhône 3 1 1 0"),
        "{}",
        toutes.texte()
    );
    let xlsx = national
        .octets("/supervision/statistiques.xlsx?caisse=toutes")
        .await;
    assert!(calamine::open_workbook_auto_from_rs(std::io::Cursor::new(xlsx)).is_ok());
}

#[actix_web::test]
async fn une_absence_se_declare_et_se_supprime() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let inverse = agent
        .post(
            "/absences",
            "/absences",
            &[("du", "20/02/2026"), ("au", "10/02/2026")],
        )
        .await;
    assert_eq!(inverse.statut, 422);
    assert!(inverse.html.contains("20/02/2026"), "nothing typed is lost");
    let champs = [
        ("du", "10/02/2026"),
        ("au", "20/02/2026"),
        ("remplacant", &*collegue.id.to_string()),
    ];
    let page = agent.post("/absences", "/absences", &champs).await;
    assert!(
        page.texte().contains(&format!(
            "{} 10 février 2026 20 février 2026 {}",
            caisse.instructeur.nom, collegue.nom
        )),
        "{}",
        page.texte()
    );
    // One substitute a day, with at least the rights of who is away, and who is there.
    let encore = agent
        .post(
            "/absences",
            "/absences",
            &[("du", "20/02/2026"), ("au", "25/02/2026")],
        )
        .await;
    assert_eq!(encore.statut, 422);
    assert!(
        encore.texte().contains("déjà déclarée du 10 février 2026"),
        "{}",
        encore.texte()
    );
    for (remplacant, dit) in [
        (caisse.signataire.id, "au moins les mêmes droits"),
        (
            caisse.instructeur.id,
            "personne d’autre n’assure son remplacement",
        ),
    ] {
        let remplacant = remplacant.to_string();
        let champs = [
            ("du", "15/02/2026"),
            ("au", "18/02/2026"),
            ("remplacant", remplacant.as_str()),
        ];
        let qui = caisse.app.connecte(&collegue).await;
        let refus = qui.post("/absences", "/absences", &champs).await;
        assert_eq!(refus.statut, 422, "{dit}");
        assert!(refus.texte().contains(dit), "{}", refus.texte());
    }
    // Neither for somebody else, nor somebody else's.
    let pour_un_autre = agent
        .post(
            "/absences",
            "/absences",
            &[
                ("agent", &*collegue.id.to_string()),
                ("du", "10/02/2026"),
                ("au", "20/02/2026"),
            ],
        )
        .await;
    assert_eq!(pour_un_autre.statut, 409);
    let id = caisse.lire(|conn| releve::db::absence::a_venir(conn, "131", jour(2026, 1, 15)))[0].id;
    let autre = caisse.app.connecte(&collegue).await;
    let refus = autre
        .post("/absences", &format!("/absences/{id}/supprimer"), &[])
        .await;
    assert_eq!(refus.statut, 409);
    let chemin = format!("/absences/{id}/supprimer");
    assert_eq!(autre.get(&chemin).await.statut, 404, "nor is it offered");
    let question = agent.get(&chemin).await;
    assert!(
        question.texte().contains(&caisse.instructeur.nom)
            && question
                .texte()
                .contains("du 10 février 2026 au 20 février 2026"),
        "{}",
        question.texte()
    );
    agent.post(&chemin, &chemin, &[]).await;
    assert!(
        caisse
            .lire(|conn| releve::db::absence::a_venir(conn, "131", jour(2026, 1, 15)))
            .is_empty()
    );
}

#[actix_web::test]
async fn les_statistiques_nationales_se_lisent_d_un_releve() {
    crate::feu::compteur::installer();
    let caisse = Caisse::start();
    peupler(&caisse);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let national = caisse.app.connecte(&auditeur).await;
    let chemin = "/supervision/statistiques?caisse=toutes";
    let requetes = async || {
        let avant = crate::feu::compteur::recues(&caisse.app);
        let page = national.get(chemin).await;
        (
            page,
            (crate::feu::compteur::recues(&caisse.app) - avant).requetes,
        )
    };
    let corps = |page: &crate::util::client::Page| {
        let debut = page.html.find("class=\"graphiques\"").expect("plots");
        page.html[debut..].to_owned()
    };
    requetes().await;
    let (directe, beaucoup) = requetes().await;
    assert!(
        !directe.texte().contains("Relevé du"),
        "nothing was counted yet"
    );
    let state = &caisse.app.state;
    releve::taches::statistiques::relever(&state.db, state.clock.now()).expect("counted");
    let (relevee, peu) = requetes().await;
    assert!(
        relevee.texte().contains("Relevé du 15 janvier 2026 à 11 h"),
        "{}",
        relevee.texte()
    );
    assert!(corps(&directe) == corps(&relevee), "the same figures");
    assert!(beaucoup >= peu + 7, "{beaucoup} queries, then {peu}");
    let csv = "/supervision/statistiques.csv?caisse=toutes";
    assert_eq!(national.get(csv).await.statut, 200);
    // A count that was not made again serves a day, then the page counts for itself.
    state
        .clock
        .set(jour(2026, 1, 16).and_hms_opt(18, 0, 0).expect("an instant"));
    let (tard, _) = requetes().await;
    assert!(!tard.texte().contains("Relevé du"), "{}", tard.texte());
}

#[actix_web::test]
async fn l_age_d_un_dossier_se_compte_en_jours_de_paris() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("lea.martin@example.fr", "10000000001");
    let id = caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    // Filed on 15 January at half past midnight, in Paris: thirty days on 14 February, no more.
    let depot = jour(2026, 1, 14)
        .and_hms_opt(23, 30, 0)
        .expect("an instant");
    caisse
        .app
        .state
        .db
        .write(|tx| {
            diesel::update(dossier::table.find(id))
                .set(dossier::depose_le.eq(depot))
                .execute(&mut **tx)?;
            Ok::<_, releve::db::DbError>(())
        })
        .expect("filed");
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    for (le, attendu) in [
        (jour(2026, 2, 14), "Personne 1 0 0 0 0 30 jours"),
        (jour(2026, 2, 15), "Personne 1 0 0 1 0 31 jours"),
    ] {
        caisse.au(le);
        let client = caisse.app.connecte(&responsable).await;
        let texte = client.get("/supervision").await.texte();
        assert!(texte.contains(attendu), "{texte}");
    }
}
