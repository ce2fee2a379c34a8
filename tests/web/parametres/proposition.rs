//! A value is proposed by one and approved by another, from its date on.

use super::*;
use crate::util::client::sans_cookies;

#[actix_web::test]
async fn une_valeur_proposee_par_l_un_et_approuvee_par_l_autre_vaut_a_sa_date_pas_avant() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    caisse.depart_confirme(2);
    let (un, autre) = (administrateur(&caisse.app), administrateur(&caisse.app));
    let client = caisse.app.connecte(&un).await;
    let (apercu, proposee) = proposer(&client, SEUIL, &champs("1 500", "01/02/2026")).await;

    // The preview names the files that would change, before and after.
    let texte = apercu.texte();
    for attendu in [
        "1 demande en cours, 2 places ouvertes et 0 départ à confirmer évalués au 1er février 2026 : 3 résultats changent.",
        &format!("Demande {}", s.numero),
        "accordable par succession",
        "à examiner",
        "CPAM",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(
        proposee.chemin.starts_with("/parametres/propositions/"),
        "{}",
        proposee.chemin
    );
    assert!(
        proposee.texte().contains("La valeur est proposée"),
        "{}",
        proposee.texte()
    );

    // Sent twice, proposed once.
    let encore = client.post_brut(SEUIL, &apercu.caches()).await;
    assert_eq!(encore.chemin, proposee.chemin);

    // Whoever proposes does not approve: no button, and no way around.
    let chemin = proposee.chemin.clone();
    assert!(!proposee.html.contains("/approuver"), "no button");
    let refus = client
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(refus.statut, 409);
    assert!(
        refus.texte().contains("une autre personne doit l’examiner"),
        "{}",
        refus.texte()
    );
    let refus = client
        .post(
            &chemin,
            &format!("{chemin}/rejeter"),
            &[("motif_rejet", "Non")],
        )
        .await;
    assert_eq!(refus.statut, 409);

    let client = caisse.app.connecte(&autre).await;
    let attente = client.get("/parametres?statut=attente").await.texte();
    assert!(attente.contains("Une valeur est à examiner"), "{attente}");
    let avant = client.get(&format!("{chemin}?caisse=131")).await.texte();
    assert!(
        avant.contains("3 résultats changent") && avant.contains("Voir toutes les caisses"),
        "{avant}"
    );
    let approuvee = client
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(approuvee.statut, 200);
    assert!(
        approuvee.texte().contains("La valeur est approuvée"),
        "{}",
        approuvee.texte()
    );
    let fiche = client.get("/parametres/place.seuil_actes").await.texte();
    assert!(
        fiche.contains("1 500 actes à partir du 1er février 2026 À venir")
            && fiche.contains("au 31 janvier 2026")
            && fiche.contains("Proposition approuvée"),
        "{fiche}"
    );

    // The running server applies it on its date, and not before; so does another process.
    assert_eq!(
        resultat(&caisse, &s.numero),
        ResultatConventionnement::AccordableSuccession
    );
    caisse.au(jour(2026, 1, 31));
    assert_eq!(
        resultat(&caisse, &s.numero),
        ResultatConventionnement::AccordableSuccession
    );
    caisse.au(jour(2026, 2, 1));
    assert_eq!(
        resultat(&caisse, &s.numero),
        ResultatConventionnement::NonAccordable
    );
    let autre_processus = AppState::open(
        (*caisse.app.state.config).clone(),
        caisse.app.state.clock.clone(),
    )
    .expect("opened");
    assert_eq!(
        autre_processus.reglement().version(),
        caisse.app.state.reglement().version()
    );
    assert_ne!(
        autre_processus.reglement().version(),
        autre_processus.reglement_livre().version()
    );

    // The evaluation contract keeps the shipped national values.
    let corps = r#"[{"id":"c","evaluation":"place","date":"2026-02-02","faits":{"categorie":"non_prioritaire",
        "cessation":"2025-12-31","actes_12_mois":1430,"pourvue":false,"successeur_designe":false}}]"#;
    let reponse = sans_cookies()
        .post(format!("{}/api/v1/evaluations", caisse.app.adresse))
        .header("content-type", "application/json")
        .body(corps)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a body");
    assert!(reponse.contains(r#""resultat":"ouverte""#), "{reponse}");

    // Every step is in the journal.
    let natures: Vec<String> = caisse.lire(|conn| {
        use regles::evenement::Famille;
        use releve::db::schema::evenement;
        Ok(evenement::table
            .filter(evenement::code.eq_any(Famille::Reglement.codes()))
            .order(evenement::id)
            .select(evenement::code)
            .load(conn)?)
    });
    assert_eq!(natures, ["parametre.propose", "parametre.approuve"]);
}

#[actix_web::test]
async fn une_saisie_refusee_dit_pourquoi_et_ne_perd_rien() {
    let app = TestApp::start();
    let client = app.connecte(&administrateur(&app)).await;
    let cas = [
        ("beaucoup", "01/03/2026", "Écrivez un nombre entier"),
        ("1500", "15/01/2026", "Rien n’est rétroactif"),
        ("1500", "hier", "« hier » n’est pas une date"),
        ("5000000000", "01/03/2026", "Cette valeur n’est pas admise"),
    ];
    for (valeur, du, attendu) in cas {
        let page = client.post(SEUIL, SEUIL, &champs(valeur, du)).await;
        assert_eq!(page.statut, 422, "{valeur} {du}");
        let texte = page.texte();
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
        assert!(
            page.html.contains(&format!("value=\"{valeur}\"")) && page.html.contains("a augmenté"),
            "nothing is lost"
        );
    }
    let mut sans_motif = champs("1500", "01/03/2026");
    sans_motif[4].1 = "ok";
    let page = client.post(SEUIL, SEUIL, &sans_motif).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("Écrivez pourquoi cette valeur est proposée")
    );

    // One proposal of a key at a time; and each unit has its field.
    proposer(&client, SEUIL, &champs("1500", "01/03/2026")).await;
    let (_, seconde) = proposer(&client, SEUIL, &champs("1600", "01/04/2026")).await;
    assert_eq!(seconde.statut, 409);
    assert!(
        seconde.texte().contains("attend déjà un examen"),
        "{}",
        seconde.texte()
    );
    let autres = [
        (
            "contrat.cammk.versement",
            "valeur",
            "4 500,50",
            "4 500,50 €",
        ),
        ("contrat.versement_avant", "valeur", "31/05", "31 mai"),
        (
            "decision.separation",
            "valeur",
            "non",
            "Valeur proposée non",
        ),
        (
            "place.sans_successeur",
            "valeur",
            "charte",
            "Valeur proposée charte",
        ),
        (
            "avenant7.effet",
            "valeur",
            "1er septembre 2023",
            "1er septembre 2023",
        ),
        (
            "rappels.installation",
            "code_3m",
            "oui",
            "Valeur proposée 3 mois avant Valeur précédente",
        ),
    ];
    for (cle, champ, valeur, attendu) in autres {
        let chemin = format!("/parametres/{cle}/proposer");
        let mut champs = champs("", "01/03/2026");
        champs[0] = (champ, valeur);
        let (apercu, proposee) = proposer(&client, &chemin, &champs).await;
        assert!(
            apercu.texte().contains(attendu),
            "{cle}: {}",
            apercu.texte()
        );
        assert!(
            proposee.chemin.starts_with("/parametres/propositions/"),
            "{cle}: {}",
            proposee.texte()
        );
    }
    let chemin = "/parametres/rappels.pieces/proposer";
    let page = client.post(chemin, chemin, &champs("", "01/03/2026")).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Cochez au moins une valeur"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn une_valeur_a_venir_se_retire_une_valeur_en_vigueur_jamais() {
    let caisse = Caisse::start();
    let app = &caisse.app;
    let avant = app.state.reglement().version();
    let id = app.fixer("place.seuil_actes", 1500, jour(2026, 2, 1));
    assert_ne!(app.state.reglement().version(), avant);
    let un = administrateur(app);
    let client = app.connecte(&un).await;
    let chemin = format!("/parametres/propositions/{id}");
    let sans = client
        .post(
            &chemin,
            &format!("{chemin}/retirer"),
            &[("motif_retrait", " ")],
        )
        .await;
    assert_eq!(sans.statut, 422);
    assert!(
        sans.texte()
            .contains("Écrivez pourquoi cette valeur est retirée")
    );
    let retiree = client
        .post(
            &chemin,
            &format!("{chemin}/retirer"),
            &[("motif_retrait", "Le texte est reporté")],
        )
        .await;
    assert!(
        retiree.texte().contains("Retirée avant sa date d’effet"),
        "{}",
        retiree.texte()
    );
    assert_eq!(
        app.state.reglement().version(),
        avant,
        "as if it had never been"
    );

    let id = app.fixer("place.seuil_actes", 1400, jour(2026, 2, 1));
    caisse.au(jour(2026, 2, 1));
    let client = app.connecte(&un).await;
    let chemin = format!("/parametres/propositions/{id}");
    let page = client.get(&chemin).await;
    assert!(!page.html.contains("/retirer"), "no button");
    let mut envoi = client.caches("/parametres").await;
    envoi.retain(|(n, _)| n == "_csrf");
    envoi.push(("version".to_owned(), "2".to_owned()));
    envoi.push(("motif_retrait".to_owned(), "Trop tard".to_owned()));
    let refus = client.post_brut(&format!("{chemin}/retirer"), &envoi).await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    assert!(
        refus.texte().contains("entrée en vigueur"),
        "{}",
        refus.texte()
    );

    // A proposal whose date came before its approval is refused: nothing retroactive.
    let id = app.proposer(&un, "place.seuil_actes", 1700, jour(2026, 2, 10));
    caisse.au(jour(2026, 2, 10));
    let acte = app.acte_de(&administrateur(app));
    let tard = caisse.agir(|tx| actes::approuver(tx, &acte, id, 1));
    assert!(
        matches!(tard, Err(ActionError::Refus(ref phrase)) if phrase.contains("rétroactif")),
        "{tard:?}"
    );
    let rejet = caisse.agir(|tx| actes::rejeter(tx, &acte, id, 1, "Date passée"));
    assert!(rejet.is_ok(), "{rejet:?}");
}
