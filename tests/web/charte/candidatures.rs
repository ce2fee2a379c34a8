//! REG-12: the public call, and who applies.

use super::*;

#[actix_web::test]
async fn reg_12_un_appel_est_public_sans_le_nom_de_qui_part() {
    let a = Appel::ouvert().await;
    let lue = a.instruction();
    // One month from Friday 14 January 2028: Monday 14 February.
    assert_eq!(lue.appel.appel.cloture, jour(2028, 2, 14));
    let public = a.caisse.app.client();
    let liste = public.get("/appels").await;
    assert!(liste.texte().contains("Martigues"), "{}", liste.texte());
    let page = public.get(&format!("/appels/{}", a.id)).await;
    let texte = page.texte();
    assert!(
        texte.contains("Me connecter") && texte.contains("Années d’expérience"),
        "{texte}"
    );
    assert!(
        !texte.contains("Martin") && !texte.contains("Helene"),
        "{texte}"
    );
    // Opening twice opens once.
    let agent = a.caisse.instructeur().await;
    let id = a.place_id.to_string();
    let encore = agent
        .post("/attributions", "/attributions", &[("place", id.as_str())])
        .await;
    assert_eq!(encore.chemin, a.chemin(""));
    // Another CPAM sees nothing of it.
    let autre = a.caisse.app.compte(Role::Instructeur, Some("069"));
    let ailleurs = a.caisse.app.connecte(&autre).await;
    assert_eq!(ailleurs.get(&a.chemin("")).await.statut, 404);
}

#[actix_web::test]
async fn reg_12_on_candidate_une_fois_et_on_se_retire() {
    let a = Appel::ouvert().await;
    let faux = a.candidater(0, "beaucoup", "oui").await;
    assert_eq!(faux.statut, 422);
    assert!(faux.html.contains("beaucoup"), "{}", faux.texte());
    let page = a.candidater(0, "4", "").await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte().contains("Votre candidature est reçue"),
        "{}",
        page.texte()
    );
    assert!(page.texte().contains("inconnu") && page.texte().contains("contrat.pdf"));
    assert!(
        a.caisse
            .courriels_de(&a.candidats[0].courriel)
            .contains(&"candidature_deposee".to_owned())
    );
    let client = a.caisse.app.connecte(&a.candidats[0]).await;
    let espace = client.get("/espace").await;
    assert!(
        espace.texte().contains("votre candidature à une place de Martigues est enregistrée. Les candidatures sont reçues au plus tard le")
            && espace.html.contains(&format!("href=\"/appels/{}\"", a.id)),
        "{}",
        espace.texte()
    );
    let retrait = client.agir(&format!("/appels/{}/retirer", a.id), &[]).await;
    assert!(
        retrait.texte().contains("Votre candidature est retirée"),
        "{}",
        retrait.texte()
    );
    a.candidater(0, "5", "oui").await;
    let lue = a.instruction();
    assert_eq!(lue.en_lice().count(), 1);
    assert_eq!(lue.candidatures.len(), 2, "the withdrawn one is kept");
    // Her document is hers and the CPAM's, nobody else's.
    let piece = a.caisse.lire(|conn| {
        let toutes = releve::db::CpamScope::National;
        releve::db::piece::de_candidatures(conn, &toutes, &[lue.candidatures[1].candidature.id])
    });
    let lien = format!("/pieces/{}", piece[0].id);
    assert_eq!(client.get(&lien).await.statut, 200);
    assert_eq!(a.caisse.instructeur().await.get(&lien).await.statut, 200);
    let autre = a.caisse.app.connecte(&a.candidats[1]).await;
    assert_eq!(autre.get(&lien).await.statut, 404);
    // Past the last day, nobody applies any more.
    a.caisse.au(jour(2028, 2, 15));
    let tard = a.caisse.app.connecte(&a.candidats[1]).await;
    let page = tard.get(&format!("/appels/{}", a.id)).await;
    assert!(
        page.texte().contains("ne reçoit plus de candidatures"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn reg_12_une_valeur_inconnue_empeche_de_classer_et_d_attribuer() {
    let a = Appel::ouvert().await;
    a.candidater(0, "4", "").await;
    let agent = a.caisse.instructeur().await;
    let c = a.candidature(0);
    let tot = agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}")),
            &[("C1", "4"), ("C2", "non")],
        )
        .await;
    assert_eq!(tot.statut, 409);
    assert!(
        tot.texte().contains("l’examen commence le lendemain"),
        "{}",
        tot.texte()
    );
    a.caisse.au(jour(2028, 3, 1));
    let agent = a.caisse.instructeur().await;
    agent
        .agir(&a.chemin(&format!("/candidatures/{c}")), &[("C1", "4")])
        .await;
    let page = agent.get(&a.chemin("")).await.texte();
    assert!(
        page.contains("à établir")
            && page.contains("valeurs inconnues : Déjà remplaçant dans la zone"),
        "{page}"
    );
    let rang = format!("rang_{c}");
    let cpd = agent
        .agir(
            &a.chemin("/commission"),
            &[("le", "01/03/2028"), (&rang, "1")],
        )
        .await;
    assert_eq!(cpd.statut, 409);
    assert!(
        cpd.texte().contains("Vérifiez d’abord toutes les valeurs"),
        "{}",
        cpd.texte()
    );
    // Set aside, then closed without attribution: the place waits for another call.
    let sans_motif = agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}/ecarter")),
            &[("motif", " ")],
        )
        .await;
    assert_eq!(sans_motif.statut, 422);
    agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}/ecarter")),
            &[("motif", "Justificatif absent malgré relance.")],
        )
        .await;
    let clos = agent
        .agir(
            &a.chemin("/clore"),
            &[("motif", "Aucune candidature recevable.")],
        )
        .await;
    assert!(
        clos.texte().contains("L’appel est clos"),
        "{}",
        clos.texte()
    );
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::SansSuite);
    assert!(
        agent
            .get("/attributions")
            .await
            .texte()
            .contains("Appels à ouvrir")
    );
}

#[actix_web::test]
async fn reg_12_une_candidature_se_relit_avec_ses_points_se_garde_et_se_corrige() {
    let a = Appel::ouvert().await;
    let client = a.caisse.app.connecte(&a.candidats[0]).await;
    let (appel, page) = (
        format!("/appels/{}", a.id),
        format!("/appels/{}/candidature", a.id),
    );
    // Before: which criterion counts, how much, and why.
    let formulaire = client.get(&page).await;
    for phrase in [
        "rapporte 60 points",
        "en rapporte",
        "« Oui » rapporte 40 points",
    ] {
        assert!(
            formulaire.texte().contains(phrase),
            "{phrase}: {}",
            formulaire.texte()
        );
    }
    // The summary counts what is declared; nothing is sent.
    let verifier = [("C1", "4"), ("_etape", "verifier")];
    let document: &[(&str, &str, &[u8])] = &[("pieces", "contrat.pdf", PDF)];
    let resume = client
        .post_fichiers(&page, &page, &verifier, document)
        .await;
    assert_eq!(resume.statut, 200, "{}", resume.texte());
    for phrase in ["4, soit 24 points sur 60", "En tout inconnu", "contrat.pdf"] {
        assert!(
            resume.texte().contains(phrase),
            "{phrase}: {}",
            resume.texte()
        );
    }
    assert_eq!(a.instruction().candidatures.len(), 0);
    // The draft, document included, is found again from the call and from the home.
    let lien = client.get(&appel).await;
    assert!(
        lien.texte().contains("Reprendre ma candidature"),
        "{}",
        lien.texte()
    );
    assert!(client.get("/espace").await.html.contains(&page));
    let reprise = client.get(&page).await;
    assert!(reprise.html.contains("contrat.pdf") && reprise.html.contains("value=\"4\""));
    let envoyer = [("C1", "4"), ("_etape", "envoyer")];
    let recue = client.post(&page, &page, &envoyer).await;
    assert!(
        recue.texte().contains("Votre candidature est reçue"),
        "{}",
        recue.texte()
    );
    assert!(recue.texte().contains("contrat.pdf"), "{}", recue.texte());
    assert!(
        !client.get("/espace").await.html.contains("Mes brouillons"),
        "sent, it is gone"
    );
    // Corrected: the form holds what was declared.
    let corriger = client.get(&page).await;
    assert!(
        corriger.html.contains("value=\"4\""),
        "{}",
        corriger.texte()
    );
    let corrige = [("C1", "5"), ("C2", "oui"), ("_etape", "envoyer")];
    let corrigee = client.post(&page, &page, &corrige).await;
    assert!(
        corrigee.texte().contains("5, soit 30 points sur 60"),
        "{}",
        corrigee.texte()
    );
    let lue = a.instruction();
    assert_eq!((lue.candidatures.len(), lue.en_lice().count()), (1, 1));
    // After the last day, the form leads back to the call.
    a.caisse
        .app
        .state
        .clock
        .advance(chrono::TimeDelta::days(60));
    let client = a.caisse.app.connecte(&a.candidats[0]).await;
    assert_eq!(client.get(&page).await.chemin, appel);
    let tard = client
        .post("/espace", &page, &[("C1", "6"), ("_etape", "envoyer")])
        .await;
    assert_eq!(tard.statut, 422);
    assert!(tard.texte().contains("au plus tard le"), "{}", tard.texte());
}
