//! What holds whatever happens at the same instant, and whoever writes.

use super::*;

#[actix_web::test]
async fn deux_approbations_simultanees_une_seule_passe() {
    let app = TestApp::start();
    let [un, deux, trois] = [(); 3].map(|()| administrateur(&app));
    for rang in 0..5 {
        let id = app.proposer(
            &un,
            "place.seuil_actes",
            1500 + rang,
            jour(2026, 3, 1) + chrono::Days::new(rang.cast_unsigned()),
        );
        let resultats: Vec<ActionResult<()>> = std::thread::scope(|s| {
            let taches: Vec<_> = [&deux, &trois]
                .into_iter()
                .map(|qui| {
                    let acte = app.acte_de(qui);
                    let db = &app.state.db;
                    s.spawn(move || db.write(|tx| actes::approuver(tx, &acte, id, 1)))
                })
                .collect();
            taches
                .into_iter()
                .map(|t| t.join().expect("joined"))
                .collect()
        });
        assert_eq!(
            resultats.iter().filter(|r| r.is_ok()).count(),
            1,
            "{resultats:?}"
        );
        assert!(
            resultats
                .iter()
                .any(|r| matches!(r, Err(ActionError::Perime))),
            "{resultats:?}"
        );
    }
    let stockees = app.state.db.read(parametre::approuvees).expect("read");
    assert_eq!(stockees.len(), 5);
}

#[actix_web::test]
async fn la_base_elle_meme_tient_les_deux_personnes_et_la_date() {
    let app = TestApp::start();
    let un = administrateur(&app);
    let autre = administrateur(&app);
    let id = app.proposer(&un, "place.seuil_actes", 1500, jour(2026, 3, 1));
    let approuver = |qui: i64, le: chrono::NaiveDate| {
        app.state.db.write(|tx| {
            diesel::update(parametre_valeur::table.find(id))
                .set((
                    parametre_valeur::etat.eq("approuvee"),
                    parametre_valeur::examinee_par.eq(qui),
                    parametre_valeur::examinee_le.eq(le.and_hms_opt(9, 0, 0)),
                    parametre_valeur::examinee_jour.eq(le),
                ))
                .execute(&mut **tx)
                .map_err(DbError::from)
        })
    };
    let lui_meme = approuver(un.id, jour(2026, 1, 16));
    assert!(
        matches!(
            lui_meme,
            Err(DbError::Contrainte(Contrainte::ParametreDeuxPersonnes))
        ),
        "{lui_meme:?}"
    );
    let trop_tard = approuver(autre.id, jour(2026, 3, 1));
    assert!(
        matches!(
            trop_tard,
            Err(DbError::Contrainte(Contrainte::ParametreNonRetroactif))
        ),
        "{trop_tard:?}"
    );
    assert_eq!(approuver(autre.id, jour(2026, 2, 28)).expect("approved"), 1);
    // From then on nothing of it changes, and nothing is deleted.
    for sql in [
        "UPDATE parametre_valeur SET valeur = '1'",
        "UPDATE parametre_valeur SET du = '2026-12-31'",
        "UPDATE parametre_valeur SET etat = 'proposee'",
        "DELETE FROM parametre_valeur",
    ] {
        let refus = app.state.db.write(|tx| {
            let conn: &mut AnyConn = tx;
            diesel::sql_query(sql).execute(conn).map_err(DbError::from)
        });
        assert!(refus.is_err(), "{sql}");
    }
}
