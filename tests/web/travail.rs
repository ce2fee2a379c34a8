//! What a CPAM says to itself about a file: notes, labels, assignment, presence, files around, absences.

use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::CpamScope;
use releve::db::absence::{NouvelleAbsence, inserer};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

#[actix_web::test]
async fn une_note_interne_n_est_jamais_vue_par_la_personne() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let id = compte.kine_id.expect("a practitioner");
    caisse.decor.demande(&UneDemande {
        kine_id: id,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    let mention = format!("À voir avec @{} : bail douteux", caisse.signataire.nom);
    let page = agent
        .post(chemin, &format!("{chemin}/notes"), &[("note", &mention)])
        .await;
    assert!(
        page.html.contains("bail douteux") && page.texte().contains("un courriel part à"),
        "{}",
        page.texte()
    );
    agent
        .post(
            chemin,
            &format!("{chemin}/etiquettes"),
            &[("etiquette", "Suspicion")],
        )
        .await;
    // The mail says where to read it, not what it says.
    let courriels = caisse.app.deposes();
    let mail = courriels
        .iter()
        .find(|c| c.modele == "mention")
        .expect("a mail");
    assert_eq!(mail.destinataire, caisse.signataire.courriel);
    assert!(!mail.texte.contains("bail douteux") && mail.texte.contains(chemin));
    let kine = caisse.app.connecte(&compte).await;
    for page in ["/demandes/131-2026-000001", "/espace", chemin] {
        let vue = kine.get(page).await;
        for interne in ["bail douteux", "Suspicion", "note interne", "étiquette"] {
            assert!(!vue.html.contains(interne), "{page} shows «{interne}»");
        }
    }
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    assert_eq!(
        caisse
            .app
            .connecte(&ailleurs)
            .await
            .get(chemin)
            .await
            .statut,
        404
    );
    // An empty note says so, and a note sent twice is written once.
    let vide = agent
        .post(chemin, &format!("{chemin}/notes"), &[("note", " ")])
        .await;
    assert_eq!(vide.statut, 422);
    let caches = agent.caches(chemin).await;
    let mut envoi = caches.clone();
    envoi.push(("note".to_owned(), "une seule fois".to_owned()));
    agent.post_brut(&format!("{chemin}/notes"), &envoi).await;
    let page = agent.post_brut(&format!("{chemin}/notes"), &envoi).await;
    assert_eq!(page.html.matches("une seule fois").count(), 1);
}

#[actix_web::test]
async fn les_etiquettes_se_posent_se_filtrent_et_se_retirent() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for n in 1..=2 {
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            ..UneDemande::default()
        });
    }
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000002";
    agent
        .post(
            chemin,
            &format!("{chemin}/etiquettes"),
            &[("etiquette", "À rappeler")],
        )
        .await;
    let encore = agent
        .post(
            chemin,
            &format!("{chemin}/etiquettes"),
            &[("etiquette", "a RAPPELER")],
        )
        .await;
    assert!(
        encore.texte().contains("était déjà sur le dossier"),
        "{}",
        encore.texte()
    );
    let etiquettes = caisse.lire(|conn| releve::db::etiquette::de_caisse(conn, "131"));
    assert_eq!(etiquettes.len(), 1);
    let id = etiquettes[0].id;
    let file = agent.get(&format!("/dossiers?etiquette={id}")).await;
    assert!(file.html.contains("131-2026-000002") && !file.html.contains("131-2026-000001"));
    assert!(file.texte().contains("Étiquette : À rappeler"));
    agent
        .post(chemin, &format!("{chemin}/etiquettes/{id}/retirer"), &[])
        .await;
    let file = agent.get(&format!("/dossiers?etiquette={id}")).await;
    assert!(!file.html.contains("131-2026-000002"));
    // Somebody of another CPAM never touches it.
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let client = caisse.app.connecte(&ailleurs).await;
    let refus = client
        .post(
            "/dossiers",
            &format!("{chemin}/etiquettes"),
            &[("etiquette", "X")],
        )
        .await;
    assert_eq!(refus.statut, 404);
}

#[actix_web::test]
async fn un_dossier_se_confie_au_remplacant_de_qui_est_absent() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let absente = caisse.app.compte(Role::Instructeur, Some("131"));
    let remplacant = caisse.app.compte(Role::Instructeur, Some("131"));
    caisse
        .agir(|tx| {
            inserer(
                tx,
                &NouvelleAbsence {
                    caisse_code: "131",
                    compte_id: absente.id,
                    remplacant_id: Some(remplacant.id),
                    du: jour(2026, 1, 12),
                    au: jour(2026, 1, 30),
                    cree_par: absente.id,
                    cree_le: caisse.decor.le,
                },
            )?;
            Ok(())
        })
        .expect("an absence");
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    let page = agent
        .post(
            chemin,
            &format!("{chemin}/assigner"),
            &[("agent", &absente.id.to_string())],
        )
        .await;
    assert!(
        page.texte().contains("qui assure son remplacement"),
        "{}",
        page.texte()
    );
    assert_eq!(
        caisse.demande("131-2026-000001").assigne_a,
        Some(remplacant.id)
    );
    assert_eq!(
        caisse
            .app
            .deposes()
            .iter()
            .filter(|c| c.modele == "dossier_confie")
            .map(|c| c.destinataire.clone())
            .collect::<Vec<_>>(),
        std::slice::from_ref(&remplacant.courriel)
    );
    // A stale form changes nothing, and says what changed and by whom.
    let mut envoi = agent.caches(chemin).await;
    envoi.retain(|(n, _)| n != "version");
    envoi.push(("version".to_owned(), "1".to_owned()));
    envoi.push(("agent".to_owned(), "personne".to_owned()));
    let perime = agent.post_brut(&format!("{chemin}/assigner"), &envoi).await;
    assert_eq!(perime.statut, 409);
    assert_eq!(
        caisse.demande("131-2026-000001").assigne_a,
        Some(remplacant.id)
    );
    // The substitute sees the files of the absent person with hers.
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000002",
        kine_id: kine.id,
        assigne_a: Some(absente.id),
        ..UneDemande::default()
    });
    let siens = caisse
        .app
        .connecte(&remplacant)
        .await
        .get("/dossiers?suivi=moi")
        .await;
    assert!(siens.html.contains("131-2026-000002"), "{}", siens.texte());
    assert!(siens.texte().contains("vous assurez son remplacement"));
}

#[actix_web::test]
async fn on_voit_qui_regarde_et_ce_qui_a_change_entre_temps() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let chemin = "/dossiers/131-2026-000001";
    let agent = caisse.instructeur().await;
    let premiere = agent.get(chemin).await;
    assert!(!premiere.texte().contains("aussi ouvert par"));
    let collegue = caisse.app.compte(Role::Responsable, Some("131"));
    let autre = caisse.app.connecte(&collegue).await;
    let vue = autre.get(chemin).await;
    assert!(
        vue.texte().contains(&format!(
            "Ce dossier est aussi ouvert par {}",
            caisse.instructeur.nom
        )),
        "{}",
        vue.texte()
    );
    // The colleague acts; the form that the first still has is refused, and says by whom.
    let vieux = agent.caches(chemin).await;
    autre
        .post(chemin, &format!("{chemin}/completer"), &[])
        .await;
    let refus = agent
        .post_brut(&format!("{chemin}/completer"), &vieux)
        .await;
    assert_eq!(refus.statut, 409);
    let texte = refus.texte();
    assert!(texte.contains("Ce qui a changé entre-temps"), "{texte}");
    assert!(
        texte.contains(&format!("{} a déclaré le dossier complet", collegue.nom)),
        "{texte}"
    );
    // Ten minutes later nobody looks at it any more.
    caisse
        .app
        .state
        .clock
        .set(caisse.decor.le + chrono::Duration::minutes(10));
    let plus_tard = agent.get(chemin).await;
    assert!(!plus_tard.texte().contains("aussi ouvert par"));
    let lecteur = caisse.app.compte(Role::Auditeur, None);
    caisse.app.connecte(&lecteur).await.get(chemin).await;
    let apres = agent.get(chemin).await;
    assert!(
        !apres.texte().contains("aussi ouvert par"),
        "a national reader leaves no trace"
    );
}

#[actix_web::test]
async fn les_dossiers_lies_et_les_doublons_sont_montres() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Deposee);
    let successeur = caisse.demande(&s.numero).kine_id;
    // The same person again, in the same zone; another person on the same place; another at the same door.
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000010",
        kine_id: successeur,
        ..UneDemande::default()
    });
    let rival = caisse.decor.kine("luc.rival@example.fr", "10000000077");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000011",
        kine_id: rival.id,
        nature: regles::demande::NatureDemande::Succession,
        place_id: Some(s.place_id),
        ..UneDemande::default()
    });
    let voisin = caisse.decor.kine("jean.voisin@example.fr", "10000000078");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000012",
        kine_id: voisin.id,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let page = agent.get(&format!("/dossiers/{}", s.numero)).await;
    let texte = page.texte();
    assert!(texte.contains("Doublon possible"), "{texte}");
    assert!(
        texte.contains("Une autre demande est ouverte sur la même place"),
        "{texte}"
    );
    for (lien, numero) in [
        ("Même personne", "131-2026-000010"),
        ("Même place", "131-2026-000011"),
        ("Même adresse", "131-2026-000012"),
    ] {
        assert!(
            texte.contains(&format!("{lien} {numero}")),
            "{lien}: {texte}"
        );
    }
    // Many at one door: the open ones first, the others behind a sentence.
    for n in 20..25 {
        let kine = caisse.decor.kine(
            &format!("zoe.porte{n}@example.fr"),
            &format!("100000003{n}"),
        );
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-0000{n}"),
            kine_id: kine.id,
            etat: EtatDemande::Refusee,
            ..UneDemande::default()
        });
    }
    let page = agent.get(&format!("/dossiers/{}", s.numero)).await;
    let texte = page.texte();
    assert_eq!(texte.matches("Même adresse").count(), 2, "{texte}");
    assert!(texte.contains("Même adresse 131-2026-000012"), "{texte}");
    assert!(
        texte.contains("4 autres dossiers à la même adresse"),
        "{texte}"
    );
    let voisines = caisse.lire(|conn| {
        let d = releve::db::demande::lire(conn, &CpamScope::National, &s.numero)?;
        releve::db::voisinage::lire(
            conn,
            &CpamScope::Caisse("831".to_owned()),
            &d,
            d.deposee_le.date(),
        )
    });
    assert!(voisines.demandes.is_empty(), "nothing of another CPAM");
}

#[actix_web::test]
async fn l_historique_se_filtre_par_sorte() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let chemin = "/dossiers/131-2026-000001";
    let agent = caisse.instructeur().await;
    agent.post(chemin, &format!("{chemin}/prendre"), &[]).await;
    agent
        .post(
            chemin,
            &format!("{chemin}/etiquettes"),
            &[("etiquette", "Urgent")],
        )
        .await;
    let tout = agent.get(chemin).await;
    assert!(
        tout.html.contains("a pris le dossier en charge")
            && tout.html.contains("a posé l’étiquette")
    );
    let interne = agent.get(&format!("{chemin}?historique=interne")).await;
    assert!(
        !interne.html.contains("a pris le dossier en charge")
            && interne.html.contains("a posé l’étiquette")
    );
}
