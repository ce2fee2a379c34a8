//! REG-12: the ranking of the commission, and the attribution, made once by somebody else than who examined.

use regles::appel::{EvenementCandidature, transition_candidature};

use super::*;

#[actix_web::test]
async fn reg_12_la_commission_motive_ce_qui_s_ecarte_du_calcul() {
    let a = Appel::classe().await;
    let agent = a.caisse.instructeur().await;
    let (un, deux) = (
        format!("rang_{}", a.candidature(0)),
        format!("rang_{}", a.candidature(1)),
    );
    let chemin = a.chemin("/commission");
    let egaux = agent
        .agir(&chemin, &[("le", "01/03/2028"), (&un, "1"), (&deux, "1")])
        .await;
    assert_eq!(egaux.statut, 422);
    assert!(
        egaux.texte().contains("un rang différent"),
        "{}",
        egaux.texte()
    );
    let inverse = [
        ("le", "01/03/2028"),
        (un.as_str(), "1"),
        (deux.as_str(), "2"),
    ];
    let muet = agent
        .agir(&chemin, &[&inverse[..], &[("motif", "")]].concat())
        .await;
    assert_eq!(muet.statut, 422);
    assert!(
        muet.texte().contains("s’écarte du classement calculé"),
        "{}",
        muet.texte()
    );
    let dit = agent
        .agir(
            &chemin,
            &[&inverse[..], &[("motif", "Projet de soins plus complet.")]].concat(),
        )
        .await;
    assert!(
        dit.texte().contains("Projet de soins plus complet"),
        "{}",
        dit.texte()
    );
    // The signatory who follows the commission departs from the computation: she says why.
    let signataire = a.caisse.signataire().await;
    let c = a.candidature(0).to_string();
    let muet = signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", &c), ("motif", "")],
        )
        .await;
    assert_eq!(muet.statut, 422);
    assert!(
        muet.texte().contains("écrivez vos motifs"),
        "{}",
        muet.texte()
    );
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
}

#[actix_web::test]
async fn reg_12_l_attribution_designe_et_la_demande_suit_son_chemin() {
    let a = Appel::classe().await;
    let agent = a.caisse.instructeur().await;
    assert_eq!(agent.get(&a.chemin("/attribuer")).await.statut, 403);
    let vue = agent.get(&a.chemin("")).await.texte();
    // 5 years of 10 for 60 points, and the 40 of the zone; 4 years for 24.
    assert!(
        vue.contains("70 sur 100") && vue.contains("24 sur 100"),
        "{vue}"
    );
    assert!(
        vue.contains("Attribution selon une charte") && vue.contains("5 (déclaré : 6)"),
        "{vue}"
    );
    let signataire = a.caisse.signataire().await;
    let gagnant = a.candidature(1).to_string();
    let page = signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", &gagnant), ("motif", "")],
        )
        .await;
    assert!(
        page.texte().contains("La place est attribuée"),
        "{}",
        page.texte()
    );
    let d = a
        .caisse
        .lire(|conn| designation::active(conn, a.place_id))
        .expect("a designation");
    assert_eq!(d.etat, EtatDesignation::Acceptee);
    assert_eq!(d.kine_id, a.candidats[1].kine_id);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::Ouverte);
    let lue = a.instruction();
    assert!(lue.appel.appel.classement.is_some());
    assert_eq!(
        etats(&lue),
        [EtatCandidature::NonRetenue, EtatCandidature::Retenue]
    );
    let dernier = |n: usize| a.caisse.courriels_de(&a.candidats[n].courriel).pop();
    assert_eq!(dernier(1).as_deref(), Some("place_attribuee"));
    assert_eq!(dernier(0).as_deref(), Some("candidature_non_retenue"));
    // What `check` looks at holds, and would tell a fault.
    assert_eq!(a.controles(), Vec::<String>::new());
    a.alterer("UPDATE candidature SET etat = 'deposee' WHERE etat = 'retenue'");
    assert_eq!(a.controles(), [format!("appel {}", a.id)]);
    a.alterer(&format!(
        "UPDATE candidature SET etat = 'retenue' WHERE id = {gagnant}"
    ));
    // The loser reads her own points, not those of the others.
    let perdant = a.caisse.app.connecte(&a.candidats[0]).await;
    let page = perdant.get(&format!("/appels/{}", a.id)).await.texte();
    assert!(page.contains("rang 2, 24 points sur 100"), "{page}");
    assert!(
        !page.contains("70") && !page.contains(&a.candidats[1].nom),
        "{page}"
    );
    // The winner files on the usual path; the daily tick takes nothing away meanwhile.
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::Ouverte);
    let client = a.caisse.app.connecte(&a.candidats[1]).await;
    let page = client
        .get(&format!(
            "/demandes/nouvelle?nature=succession&designation={}",
            d.id
        ))
        .await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte().contains("Martigues") || page.html.contains("13056"),
        "{}",
        page.texte()
    );
    // Nothing changes any more in a call that is attributed.
    let apres = agent
        .agir(&a.chemin("/clore"), &[("motif", "Trop tard")])
        .await;
    assert_eq!(apres.statut, 409);
}

#[actix_web::test]
async fn pro_5_qui_instruit_n_attribue_pas() {
    let a = Appel::classe().await;
    let acte = a.caisse.acte(&a.caisse.instructeur);
    let lue = a.instruction();
    let candidature_id = a.candidature(1);
    let attribuer = |qualite: &'static str| {
        let attribution = Attribution {
            appel: (a.id, lue.appel.appel.version),
            candidature_id,
            qualite,
            motif: "",
        };
        let scope = CpamScope::Caisse("131".into());
        a.caisse
            .agir(|tx| appel::attribuer(tx, &acte, &scope, &attribution))
    };
    let refus = attribuer("Responsable").expect_err("refused");
    assert!(
        matches!(&refus, ActionError::Refus(p) if p.contains("une autre personne doit attribuer la place")),
        "{refus:?}"
    );
}

#[actix_web::test]
async fn reg_12_seize_attributions_simultanees_une_seule_passe() {
    let a = Appel::classe().await;
    let acte = a.caisse.acte(&a.caisse.signataire);
    let version = a.instruction().appel.appel.version;
    let candidats = [a.candidature(0), a.candidature(1)];
    let depart = Arc::new(Barrier::new(16));
    let fils: Vec<_> = (0..16)
        .map(|n| {
            let (db, acte, depart, id) = (
                a.caisse.app.state.db.clone(),
                acte.clone(),
                depart.clone(),
                a.id,
            );
            std::thread::spawn(move || {
                let attribution = Attribution {
                    appel: (id, version),
                    candidature_id: candidats[n % 2],
                    qualite: "Directrice",
                    motif: "Projet de soins.",
                };
                let scope = CpamScope::Caisse("131".into());
                depart.wait();
                db.write(|tx| appel::attribuer(tx, &acte, &scope, &attribution))
            })
        })
        .collect();
    let mut faites = 0;
    for fil in fils {
        match fil.join().expect("no panic") {
            Ok(_) => faites += 1,
            Err(ActionError::Perime | ActionError::Refus(_)) => {}
            Err(autre) => panic!("neither done nor refused in words: {autre:?}"),
        }
    }
    assert_eq!(faites, 1);
    let retenues = a
        .instruction()
        .candidatures
        .iter()
        .filter(|c| c.candidature.etat == EtatCandidature::Retenue)
        .count();
    assert_eq!(retenues, 1);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::Ouverte);
    // The database keeps the promise by itself.
    let retenir = transition_candidature(EtatCandidature::DEBUT, EvenementCandidature::Retenir)
        .expect("in the running");
    let encore = a.caisse.agir(|tx| {
        releve::db::candidature::clore(
            tx,
            a.candidature(0).min(a.candidature(1)),
            retenir,
            None,
            acte.le(),
        )?;
        Ok(())
    });
    assert!(encore.is_err());
}
