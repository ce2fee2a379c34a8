//! Signing: by somebody else (PRO-5), once, on the facts of the day (ZON-10).

use regles::decision::EtatDecision;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::db::decision;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

#[actix_web::test]
async fn pro_5_qui_instruit_ne_signe_pas() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    // The route refuses an instructor; the act refuses a signatory who instructed.
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let page = agent.post(&chemin, &format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 403);
    let acte = caisse.acte(&caisse.instructeur);
    let version = caisse.demande(&s.numero).version;
    let scope = releve::db::CpamScope::Caisse("131".into());
    let refus = caisse
        .agir(|tx| {
            releve::actions::decision::decider(tx, &acte, &scope, &s.numero, version, "Directeur")
        })
        .unwrap_err();
    assert!(refus.to_string().contains("une autre personne"), "{refus}");
    let acte = caisse.acte(&caisse.signataire);
    let sans_qualite = caisse
        .agir(|tx| releve::actions::decision::decider(tx, &acte, &scope, &s.numero, version, ""))
        .unwrap_err();
    assert!(
        sans_qualite.to_string().contains("qualité"),
        "{sans_qualite}"
    );
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Ouverte);
}

#[actix_web::test]
async fn le_signataire_renvoie_avec_un_motif() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &format!("{chemin}/proposer"),
            &[("sens", "accord"), ("motifs", "Le local est prêt.")],
        )
        .await;
    // Who signs is told that something waits.
    assert!(
        caisse
            .courriels_de(&caisse.signataire.courriel)
            .contains(&"decision_a_signer".to_owned())
    );
    let signataire = caisse.signataire().await;
    assert_eq!(
        signataire
            .agir(&format!("{chemin}/renvoyer"), &[])
            .await
            .statut,
        422
    );
    signataire
        .agir(
            &format!("{chemin}/renvoyer"),
            &[("motif", "Le bail n’est pas joint.")],
        )
        .await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Complete);
    assert!(
        agent
            .get(&chemin)
            .await
            .texte()
            .contains("Le bail n’est pas joint.")
    );
    // Who proposed is told, the queue says it, and the form comes back filled under the remark.
    assert!(
        caisse
            .courriels_de(&caisse.instructeur.courriel)
            .contains(&"proposition_renvoyee".to_owned())
    );
    let file = agent.get("/dossiers").await.texte();
    assert!(file.contains("Proposition renvoyée, à revoir"), "{file}");
    let reprise = agent.get(&format!("{chemin}/proposer")).await;
    assert!(
        reprise.texte().contains(
            "a renvoyé la proposition, avec cette remarque : « Le bail n’est pas joint. »"
        ),
        "{}",
        reprise.texte()
    );
    assert!(
        reprise.html.contains("Le local est prêt."),
        "{}",
        reprise.html
    );
    assert!(
        reprise
            .html
            .contains("value=\"accord\" id=\"champ-sens\" checked"),
        "{}",
        reprise.html
    );
    // The file may be proposed again: the former proposal is kept beside, the mark goes.
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let toutes = caisse.lire(|conn| decision::de(conn, s.demande_id));
    assert_eq!(
        toutes.iter().map(|d| d.etat).collect::<Vec<_>>(),
        [EtatDecision::Renvoyee, EtatDecision::Proposee]
    );
    assert_eq!(caisse.demande(&s.numero).renvoi.dit(), None);
}

#[actix_web::test]
async fn un_double_clic_decide_une_fois() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    caisse
        .instructeur()
        .await
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    let signataire = caisse.signataire().await;
    let decider = format!("{chemin}/decider");
    let formulaire = signataire.caches(&decider).await;
    let (un, deux) = futures_util::future::join(
        signataire.post_brut(&decider, &formulaire),
        signataire.post_brut(&decider, &formulaire),
    )
    .await;
    assert_eq!((un.statut, deux.statut), (200, 200));
    let accords = caisse
        .app
        .deposes()
        .iter()
        .filter(|c| c.modele == "avis_depot")
        .count();
    assert_eq!(accords, 1);
    // Another signatory with the same stale form is told.
    let autre = caisse.app.compte(Role::Signataire, Some("131"));
    let autre = caisse.app.connecte(&autre).await;
    let mut perime = autre.caches(&chemin).await;
    perime.retain(|(n, _)| n != "version");
    perime.push(("version".into(), "2".into()));
    assert_eq!(autre.post_brut(&decider, &perime).await.statut, 409);
}

#[actix_web::test]
async fn zon_10_une_zone_qui_change_apres_la_proposition_arrete_la_signature() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let chemin = "/dossiers/131-2026-000001";
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    caisse.decor.clore_arretes(jour(2026, 2, 1));
    caisse
        .decor
        .arrete(jour(2026, 2, 1), None, &[("BV13001", "non_prioritaire")]);
    caisse.au(jour(2026, 2, 2));
    let signataire = caisse.signataire().await;
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("les faits ou les règles ont changé"),
        "{}",
        page.texte()
    );
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Proposee
    );
}
