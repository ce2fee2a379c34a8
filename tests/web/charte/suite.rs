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
    let depots = a.depots();
    assert_eq!(
        (depots.len(), depots[0].etat, depots[0].finale),
        (1, EtatEcheance::EnCours, jour(2028, 5, 2))
    );
    assert_eq!(
        (depots[0].regle.as_str(), depots[0].brute),
        ("REG-12", jour(2028, 5, 1))
    );
    assert_eq!(a.controles(), [""; 0]);
    let page = signataire.get(&a.chemin("")).await.texte();
    assert!(
        page.contains("Déposer sa demande après l’attribution")
            && page.contains("Jour chômé")
            && page.contains("en vigueur depuis le 15 janvier 2026")
            && page.contains("Règle de gestion de la caisse"),
        "{page}"
    );
    let gagnant = a.caisse.app.connecte(&a.candidats[1]).await;
    let espace = gagnant.get("/espace").await.texte();
    assert!(
        espace.contains("attribuée par la caisse")
            && espace.contains("déposez votre demande de conventionnement au plus tard le mardi 2 mai 2028 (inclus)"),
        "{espace}"
    );
    assert!(
        agenda(&gagnant)
            .await
            .contains("DTSTART;VALUE=DATE:20280502")
    );
    let nouvelle = gagnant.get("/demandes/nouvelle").await.texte();
    assert!(
        nouvelle.contains("La caisse vous a attribué la place")
            && !nouvelle.contains(" vous désigne, à"),
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
    let signataire = a.caisse.signataire().await;
    let page = signataire.get(&a.chemin("")).await.texte();
    assert!(
        page.contains(
            "a envoyé un rappel : déposer sa demande après l’attribution au plus tard le 2 mai 2028"
        ),
        "{page}"
    );
    // The last day is still in time.
    a.caisse.au(jour(2028, 5, 2));
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::Attribue);
    a.caisse.au(jour(2028, 5, 3));
    a.caisse.app.passer_la_journee().await;
    a.caisse.app.passer_la_journee().await;
    let lue = a.instruction();
    assert_eq!(
        etats(&lue),
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
    assert_eq!(a.depots()[0].etat, EtatEcheance::Annulee);
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
    assert_eq!(a.depots().len(), 2);
    // Another last day than the one announced: the check and the replay both say so.
    a.alterer("UPDATE echeance SET finale = '2029-01-02' WHERE nature = 'depot_demande' AND etat = 'en_cours'");
    assert_eq!(a.controles(), [format!("appel {}", a.id)]);
    let mut ecarts = Vec::new();
    releve::actions::rejeu::rejouer(&a.caisse.app.state.db, &mut |_| {}, &mut |e| {
        ecarts.push((e.regle.clone(), e.objet.contains("après l’attribution")));
    })
    .expect("replayed");
    assert_eq!(ecarts, [("ECH-2".to_owned(), true)]);
    // A value changed by other hands after the attribution is found.
    a.alterer("UPDATE candidature_valeur SET retenue = 9 WHERE retenue = 4");
    let mut ecarts = Vec::new();
    releve::actions::rejeu::rejouer(&a.caisse.app.state.db, &mut |_| {}, &mut |e| {
        ecarts.push(e.regle.clone());
    })
    .expect("replayed");
    assert!(ecarts.contains(&"REG-12".to_owned()), "{ecarts:?}");
}

/// The calendar of somebody, by its secret link.
async fn agenda(client: &Client) -> String {
    let page = client.post("/espace/reglages", "/espace/agenda", &[]).await;
    let lien = super::super::projet::lien_montre(&page);
    client.get(&lien).await.html.clone()
}

#[actix_web::test]
async fn reg_12_un_gagnant_qui_renonce_laisse_aussitot_la_place_au_suivant() {
    let a = Appel::classe().await;
    let c = a.candidature(1).to_string();
    let signataire = a.caisse.signataire().await;
    let champs = [("candidature", c.as_str()), ("motif", "")];
    signataire.agir(&a.chemin("/attribuer"), &champs).await;
    let active = a
        .caisse
        .lire(|conn| designation::active(conn, a.place_id))
        .expect("designated");
    let gagnant = a.caisse.app.connecte(&a.candidats[1]).await;
    let chemin = format!("/designations/{}/renoncer", active.id);
    let page = gagnant.agir(&chemin, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let lue = a.instruction();
    assert_eq!(lue.appel.appel.etat, EtatAppel::Ouvert);
    let etats: Vec<EtatCandidature> = lue
        .candidatures
        .iter()
        .map(|c| c.candidature.etat)
        .collect();
    assert_eq!(etats, [EtatCandidature::Deposee, EtatCandidature::Retiree]);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
    assert_eq!(a.depots()[0].etat, EtatEcheance::Annulee);
    // The leaver's two years are over: they do not begin again.
    assert!(
        a.caisse
            .echeances(a.place_id)
            .iter()
            .all(|e| e.etat != EtatEcheance::EnCours)
    );
    assert_eq!(a.controles(), [""; 0]);
    let recus = |n: usize| a.caisse.courriels_de(&a.candidats[n].courriel);
    assert!(recus(0).contains(&"candidature_rouverte".to_owned()));
    assert!(recus(1).contains(&"attribution_renoncee".to_owned()));
    let page = signataire.get(&a.chemin("")).await.texte();
    assert!(
        page.contains("a renoncé à la place qui lui était attribuée"),
        "{page}"
    );
    let c = a.candidature(0).to_string();
    let champs = [("candidature", c.as_str()), ("motif", "")];
    let page = signataire.agir(&a.chemin("/attribuer"), &champs).await;
    assert!(
        page.texte().contains("La place est attribuée"),
        "{}",
        page.texte()
    );
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
    // Each is told in the timeline of the call.
    let signataire = a.caisse.signataire().await;
    let page = signataire.get(&a.chemin("")).await.texte();
    assert_eq!(
        page.matches("a envoyé un rappel aux candidats").count(),
        2,
        "{page}"
    );
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

#[actix_web::test]
async fn reg_19_un_depart_annule_clot_l_appel_et_le_dit_aux_candidats() {
    let a = Appel::ouvert().await;
    a.candidater(0, "4", "non").await;
    let caisse = &a.caisse;
    let cedant =
        caisse.lire(|conn| releve::db::depart::complete(conn, &CpamScope::National, a.place_id));
    let acte = caisse.acte(&a.candidats[1]);
    let version = cedant.depart.version;
    caisse
        .agir(|tx| releve::actions::depart::retirer(tx, &acte, cedant.kine.id, a.place_id, version))
        .expect("cancelled");
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::SansSuite);
    assert_eq!(caisse.place(a.place_id).etat, EtatPlace::Annulee);
    let courriels = caisse.courriels_de(&a.candidats[0].courriel);
    assert!(
        courriels.contains(&"appel_sans_suite".to_owned()),
        "{courriels:?}"
    );
    assert!(a.controles().is_empty());
}
