//! REG-2 to REG-5, REG-10: the CPAM answers a declared departure.

use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::db::place;

use crate::util::Caisse;
use crate::util::builders::jour;

fn declaree(caisse: &Caisse, insee: &str, actes: Option<i32>) -> i64 {
    let cedant = caisse.decor.kine("helene.martin@example.fr", "10000000001");
    caisse
        .decor
        .depart(cedant.id, insee, jour(2025, 12, 31), actes)
}

#[actix_web::test]
async fn reg_3_confirmer_un_depart_ouvre_une_place_et_son_delai() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "13056", Some(1200));
    let agent = caisse.instructeur().await;
    let file = agent.get("/departs").await;
    assert!(file.texte().contains("Helene Martin"), "{}", file.texte());
    let chemin = format!("/departs/{id}");
    let avant = agent.get(&chemin).await.texte();
    assert!(
        avant.contains("Ce que donnerait la confirmation aujourd’hui"),
        "{avant}"
    );
    assert!(
        avant.contains("Place ouverte") && avant.contains("Activité qui ouvre une place"),
        "{avant}"
    );

    let page = agent
        .post(
            &chemin,
            &format!("{chemin}/confirmer"),
            &[("actes_12_mois", "1 200"), ("date_cessation", "31/12/2025")],
        )
        .await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte().contains("une place est ouverte"),
        "{}",
        page.texte()
    );
    let place = caisse
        .lire(|conn| place::de_depart(conn, id))
        .expect("a place");
    assert_eq!(place.etat, EtatPlace::Ouverte);
    // 31 December 2027 is a Friday and a working day.
    assert_eq!(place.limite_designation, Some(jour(2027, 12, 31)));
    assert!(place.explication.contains("REG-3"));
    let echeances = caisse.echeances(place.id);
    assert_eq!(echeances.len(), 1);
    assert_eq!(echeances[0].nature, NatureEcheance::DesignationSuccesseur);
    assert_eq!(echeances[0].finale, jour(2027, 12, 31));
    let courriels = caisse.app.deposes();
    let au_cedant = courriels.last().expect("a mail");
    assert_eq!(au_cedant.modele, "depart_confirmee");
    assert!(au_cedant.texte.contains("31"), "{}", au_cedant.texte);
}

#[actix_web::test]
async fn reg_4_sous_le_seuil_la_commission_se_prononce() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "13056", Some(1199));
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}");
    let page = agent
        .post(&chemin, &format!("{chemin}/confirmer"), &[])
        .await;
    assert!(page.texte().contains("À examiner"), "{}", page.texte());
    let place = caisse
        .lire(|conn| place::de_depart(conn, id))
        .expect("a place");
    assert_eq!(place.etat, EtatPlace::AExaminer);

    let sans_choix = agent.post(&chemin, &format!("{chemin}/avis"), &[]).await;
    assert_eq!(sans_choix.statut, 422);
    assert!(sans_choix.texte().contains("Choisissez l’avis rendu"));

    agent
        .post(&chemin, &format!("{chemin}/avis"), &[("avis", "favorable")])
        .await;
    assert_eq!(caisse.place(place.id).etat, EtatPlace::Ouverte);
    let courent: Vec<_> = caisse
        .echeances(place.id)
        .into_iter()
        .filter(|e| e.etat == EtatEcheance::EnCours)
        .map(|e| e.nature)
        .collect();
    assert_eq!(courent, [NatureEcheance::DesignationSuccesseur]);

    let contraire = agent
        .post(
            &chemin,
            &format!("{chemin}/avis"),
            &[("avis", "defavorable")],
        )
        .await;
    assert_eq!(contraire.statut, 409);
    assert_eq!(caisse.place(place.id).etat, EtatPlace::Ouverte);
}

#[actix_web::test]
async fn reg_10_hors_zone_regulee_un_depart_n_ouvre_pas_de_place() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "13001", Some(2000));
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}");
    let page = agent
        .post(&chemin, &format!("{chemin}/confirmer"), &[])
        .await;
    assert!(
        page.texte().contains("il n’ouvre pas de place"),
        "{}",
        page.texte()
    );
    assert!(page.texte().contains("Installation libre"));
    assert!(caisse.lire(|conn| place::de_depart(conn, id)).is_none());
}

#[actix_web::test]
async fn des_actes_inconnus_sont_demandes_pas_devines() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "13056", None);
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}");
    let page = agent
        .post(&chemin, &format!("{chemin}/confirmer"), &[])
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Indiquez le nombre d’actes"),
        "{}",
        page.texte()
    );
    let faux = agent
        .post(
            &chemin,
            &format!("{chemin}/confirmer"),
            &[("actes_12_mois", "beaucoup")],
        )
        .await;
    assert_eq!(faux.statut, 422);
    assert!(
        faux.html.contains("value=\"beaucoup\""),
        "what was typed is kept"
    );
    let corrige = agent
        .post(
            &chemin,
            &format!("{chemin}/confirmer"),
            &[("actes_12_mois", "1430"), ("extrait_le", "05/01/2026")],
        )
        .await;
    assert!(corrige.texte().contains("une place est ouverte"));
}

#[actix_web::test]
async fn rejeter_demande_un_motif_et_le_dit_au_cedant() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "13056", Some(1430));
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}");
    let sans = agent.post(&chemin, &format!("{chemin}/rejeter"), &[]).await;
    assert_eq!(sans.statut, 422);
    let page = agent
        .post(
            &chemin,
            &format!("{chemin}/rejeter"),
            &[("motif", "Le justificatif concerne une autre personne.")],
        )
        .await;
    assert!(
        page.texte().contains("Déclaration rejetée"),
        "{}",
        page.texte()
    );
    let courriels = caisse.app.deposes();
    assert!(
        courriels
            .last()
            .expect("a mail")
            .texte
            .contains("autre personne")
    );
    assert!(caisse.lire(|conn| place::de_depart(conn, id)).is_none());
}

#[actix_web::test]
async fn un_double_clic_confirme_une_fois_un_formulaire_perime_le_dit() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "13056", Some(1430));
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}");
    let formulaire = agent.caches(&chemin).await;
    let confirmer = format!("{chemin}/confirmer");
    assert_eq!(agent.post_brut(&confirmer, &formulaire).await.statut, 200);
    assert_eq!(agent.post_brut(&confirmer, &formulaire).await.statut, 200);
    let places: i64 = caisse.lire(|conn| {
        use diesel::prelude::*;
        use releve::db::schema::place::dsl;
        Ok(dsl::place.filter(dsl::id.eq(id)).count().get_result(conn)?)
    });
    assert_eq!(places, 1);
    assert_eq!(caisse.courriels_de("helene.martin@example.fr").len(), 1);

    let collegue = caisse.app.compte(Role::Responsable, Some("131"));
    let collegue = caisse.app.connecte(&collegue).await;
    let mut perime = collegue.caches(&chemin).await;
    perime.retain(|(nom, _)| nom != "version");
    perime.push(("version".into(), "1".into()));
    let page = collegue.post_brut(&confirmer, &perime).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("Ce départ a changé"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn le_depart_d_une_autre_caisse_n_existe_pas() {
    let caisse = Caisse::start();
    let id = declaree(&caisse, "83137", Some(1430));
    let agent = caisse.instructeur().await;
    assert_eq!(agent.get(&format!("/departs/{id}")).await.statut, 404);
    assert!(
        !agent
            .get("/departs")
            .await
            .texte()
            .contains("Helene Martin")
    );
    let page = agent
        .post(
            "/departs",
            &format!("/departs/{id}/confirmer"),
            &[("version", "1")],
        )
        .await;
    assert_eq!(page.statut, 404);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    let page = auditeur.get(&format!("/departs/{id}")).await;
    assert_eq!(page.statut, 200);
    assert!(
        !page.html.contains("/confirmer"),
        "a national reader changes nothing"
    );
    assert!(
        auditeur
            .get("/departs?caisse=831")
            .await
            .texte()
            .contains("Helene Martin")
    );
}
