//! REG-12: a winner who files nothing, and what follows.

use super::*;

#[actix_web::test]
async fn reg_12_un_gagnant_qui_ne_depose_rien_laisse_la_place_au_suivant() {
    let a = Appel::classe().await;
    let signataire = a.caisse.signataire().await;
    let attribuer = async |n: usize, motif: &str| {
        let c = a.candidature(n).to_string();
        signataire
            .agir(
                &a.chemin("/attribuer"),
                &[("candidature", c.as_str()), ("motif", motif)],
            )
            .await
    };
    attribuer(1, "").await;
    // Two months from 1 March 2028: 1 May is a holiday.
    assert_eq!(
        a.instruction().appel.appel.depot_limite,
        Some(jour(2028, 5, 2))
    );
    let gagnant = a.caisse.app.connecte(&a.candidats[1]).await;
    let espace = gagnant.get("/espace").await.texte();
    assert!(
        espace.contains("attribuée par la caisse") && espace.contains("déposez votre demande"),
        "{espace}"
    );
    let nouvelle = gagnant.get("/demandes/nouvelle").await.texte();
    assert!(
        nouvelle.contains("La caisse vous a attribué la place")
            && !nouvelle.contains("vous a désigné"),
        "{nouvelle}"
    );
    let rappels = |n: usize, modele: &str| {
        let recus = a.caisse.courriels_de(&a.candidats[n].courriel);
        recus.iter().filter(|m| *m == modele).count()
    };
    a.caisse.au(jour(2028, 4, 25));
    a.caisse.app.passer_la_journee().await;
    a.caisse.app.passer_la_journee().await;
    assert_eq!(
        (rappels(1, "rappel_depot"), rappels(0, "rappel_depot")),
        (1, 0)
    );
    // The last day is still in time.
    a.caisse.au(jour(2028, 5, 2));
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::Attribue);
    a.caisse.au(jour(2028, 5, 3));
    a.caisse.app.passer_la_journee().await;
    a.caisse.app.passer_la_journee().await;
    let lue = a.instruction();
    let etats: Vec<EtatCandidature> = lue
        .candidatures
        .iter()
        .map(|c| c.candidature.etat)
        .collect();
    assert_eq!(
        etats,
        [EtatCandidature::Deposee, EtatCandidature::Defaillante]
    );
    assert_eq!(lue.appel.appel.etat, EtatAppel::Ouvert);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
    assert!(
        a.caisse
            .lire(|conn| designation::active(conn, a.place_id))
            .is_none()
    );
    assert_eq!(a.controles(), [""; 0]);
    assert_eq!(rappels(1, "attribution_caduque"), 1);
    assert_eq!(rappels(0, "candidature_rouverte"), 1);

    // The next in rank is proposed; attributed in turn, its ranking replays without the one who is out.
    let suivant = lue.suivant().expect("somebody").nom_complet();
    let signataire = a.caisse.signataire().await;
    let page = signataire.get(&a.chemin("")).await.texte();
    assert!(
        page.contains("L’attribution est caduque") && page.contains(&suivant),
        "{page}"
    );
    let c = a.candidature(0).to_string();
    let page = signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", c.as_str()), ("motif", "")],
        )
        .await;
    assert!(
        page.texte().contains("La place est attribuée"),
        "{}",
        page.texte()
    );
    let mut ecarts = Vec::new();
    let bilan = releve::actions::rejeu::rejouer(&a.caisse.app.state.db, &mut |_| {}, &mut |e| {
        ecarts.push(e.to_string());
    })
    .expect("replayed");
    assert_eq!((bilan.appels.rejouees, ecarts.len()), (1, 0), "{ecarts:?}");
    // A value changed by other hands after the attribution is found.
    a.alterer("UPDATE candidature_valeur SET retenue = 9 WHERE retenue = 4");
    let mut ecarts = Vec::new();
    releve::actions::rejeu::rejouer(&a.caisse.app.state.db, &mut |_| {}, &mut |e| {
        ecarts.push(e.regle.clone());
    })
    .expect("replayed");
    assert!(ecarts.contains(&"REG-12".to_owned()), "{ecarts:?}");
}

#[actix_web::test]
async fn reg_12_sans_suivant_l_appel_est_clos_et_les_candidats_sont_rappeles_avant_la_fin() {
    let a = Appel::ouvert().await;
    a.candidater(0, "4", "").await;
    let recus = |modele: &str| {
        let recus = a.caisse.courriels_de(&a.candidats[0].courriel);
        recus.iter().filter(|m| *m == modele).count()
    };
    for (le, attendus) in [
        ((2028, 2, 6), 0),
        ((2028, 2, 7), 1),
        ((2028, 2, 12), 2),
        ((2028, 2, 15), 2),
    ] {
        a.caisse.au(jour(le.0, le.1, le.2));
        a.caisse.app.passer_la_journee().await;
        a.caisse.app.passer_la_journee().await;
        assert_eq!(recus("rappel_candidature"), attendus, "{le:?}");
    }
    a.caisse.au(jour(2028, 3, 1));
    let agent = a.caisse.instructeur().await;
    let c = a.candidature(0);
    agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}")),
            &[("C1", "4"), ("C2", "non")],
        )
        .await;
    // The commission's secretary records its ranking: who and when are kept.
    let secretaire = a.caisse.app.compte(Role::SecretaireCpd, Some("131"));
    let secretaire = a.caisse.app.connecte(&secretaire).await;
    let rang = format!("rang_{c}");
    let page = secretaire
        .agir(
            &a.chemin("/commission"),
            &[("le", "01/03/2028"), (&rang, "1"), ("motif", "")],
        )
        .await;
    assert!(
        page.texte().contains("Classement enregistré") && page.texte().contains("le 1er mars 2028"),
        "{}",
        page.texte()
    );
    let signataire = a.caisse.signataire().await;
    let c = c.to_string();
    signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", c.as_str()), ("motif", "")],
        )
        .await;
    a.caisse.au(jour(2028, 5, 3));
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::SansSuite);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
}
