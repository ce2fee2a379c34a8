//! REG-14: the ledger of a zone, balanced, place by place.

use regles::demande::EtatDemande;
use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::jour;

#[actix_web::test]
async fn reg_14_le_livre_relie_chaque_depart_a_son_arrivee_et_tombe_juste() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    caisse.depart_confirme(2);
    let cedant = caisse.decor.kine("odile.brun@example.fr", "10000000009");
    let sous_seuil = caisse
        .decor
        .depart(cedant.id, "13077", jour(2025, 11, 3), Some(800));
    let agent = caisse.instructeur().await;
    agent
        .post(
            &format!("/departs/{sous_seuil}"),
            &format!("/departs/{sous_seuil}/confirmer"),
            &[],
        )
        .await;
    let chemin = format!("/dossiers/{}", s.numero);
    caisse.accorder(&chemin).await;

    let zones = agent.get("/grand-livre").await.texte();
    assert!(
        zones.contains("Martigues") && zones.contains("Juste"),
        "{zones}"
    );
    let page = agent.get("/grand-livre/BV13056").await;
    let texte = page.texte();
    assert!(texte.contains("2 départs éligibles"), "{texte}");
    assert!(
        texte.contains("1 ouverte") && texte.contains("1 réservée"),
        "{texte}"
    );
    assert!(texte.contains("Le compte est juste"), "{texte}");
    assert!(
        texte.contains("Odile Brun") && texte.contains("À examiner"),
        "{texte}"
    );
    assert!(
        page.html.contains(&format!("href=\"{chemin}\"")),
        "a link to each file"
    );
    assert!(
        page.html
            .contains(&format!("href=\"/departs/{}\"", s.depart_id))
    );
}

#[actix_web::test]
async fn le_livre_d_une_autre_caisse_est_vide_et_un_bassin_inconnu_n_existe_pas() {
    let caisse = Caisse::start();
    caisse.depart_confirme(1);
    let voisin = caisse.app.compte(Role::Instructeur, Some("831"));
    let voisin = caisse.app.connecte(&voisin).await;
    assert!(
        !voisin
            .get("/grand-livre/BV13056")
            .await
            .texte()
            .contains("Helene")
    );
    assert!(
        voisin
            .get("/grand-livre")
            .await
            .texte()
            .contains("Aucun départ confirmé")
    );
    assert_eq!(voisin.get("/grand-livre/INCONNU").await.statut, 404);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    let page = auditeur.get("/grand-livre/BV13056?caisse=131").await;
    assert!(page.texte().contains("Helene"), "{}", page.texte());
}

#[actix_web::test]
async fn reg_14_un_seuil_qui_change_ne_refait_pas_le_compte_des_departs_deja_confirmes() {
    let caisse = Caisse::start();
    let confirmer = async |rang: u32| {
        let agent = caisse.instructeur().await;
        let cedant = caisse.decor.kine(
            &format!("odile.brun{rang}@example.fr"),
            &format!("1000000000{rang}"),
        );
        let id = caisse
            .decor
            .depart(cedant.id, "13056", jour(2025, 12, 31), Some(1250));
        let (page, action) = (format!("/departs/{id}"), format!("/departs/{id}/confirmer"));
        assert_eq!(agent.post(&page, &action, &[]).await.statut, 200);
        caisse.lire(|conn| releve::db::place::de_depart(conn, id))
    };
    let ouverte = confirmer(1).await.expect("a place");
    assert_eq!(ouverte.etat.as_str(), "ouverte");
    caisse
        .app
        .fixer("place.seuil_actes", 1300, jour(2026, 2, 1));
    // The eve, still 1 200; the day, 1 300: in Paris, where it is already tomorrow an hour before in UTC.
    caisse
        .app
        .state
        .clock
        .set(jour(2026, 1, 31).and_hms_opt(22, 59, 59).expect("an hour"));
    assert_eq!(
        confirmer(2).await.expect("a place").etat.as_str(),
        "ouverte"
    );
    caisse
        .app
        .state
        .clock
        .set(jour(2026, 1, 31).and_hms_opt(23, 0, 0).expect("an hour"));
    assert_eq!(
        confirmer(3).await.expect("a place").etat.as_str(),
        "a_examiner"
    );

    caisse.au(jour(2026, 2, 3));
    let agent = caisse.instructeur().await;
    let zones = agent.get("/grand-livre").await.texte();
    assert!(
        zones.contains("Martigues BV13056 2 2 0 0 0 0 Juste"),
        "{zones}"
    );
    let livre = agent.get("/grand-livre/BV13056").await.texte();
    assert!(
        livre.contains("2 départs éligibles") && livre.contains("Le compte est juste"),
        "{livre}"
    );
    let mut lues = Vec::new();
    releve::actions::verification::base(
        &caisse.app.state.db,
        &caisse.app.state.reglement(),
        caisse.app.state.clock.now(),
        &caisse.app.state.temoins(),
        &mut |a| lues.push(a.clone()),
    )
    .expect("verified");
    assert!(!lues.iter().any(|a| a.regle == "REG-14"), "{lues:?}");
}

#[actix_web::test]
async fn reg_8_le_livre_nomme_le_successeur_designe() {
    let caisse = Caisse::start();
    for (rang, etat, attendu) in [
        (1, "en_attente", "n’a pas encore répondu"),
        (2, "acceptee", "a accepté"),
    ] {
        let (_, place) = caisse.depart_confirme(rang);
        let successeur = caisse.successeur(rang);
        caisse.decor.designation(place.id, &successeur, etat);
        let texte = caisse
            .instructeur()
            .await
            .get("/grand-livre/BV13056")
            .await
            .texte();
        let phrase = format!("successeur désigné, {attendu}");
        assert!(texte.contains(&phrase), "«{phrase}» is not in {texte}");
    }
}
