//! PRO-1, PRO-3, ZON-10: the queue, one file, its instruction.

use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use releve::db::piece;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

/// A request filed today with its running delay of implicit decision.
fn deposee(caisse: &Caisse, numero: &str) -> i64 {
    let kine = caisse.decor.kine(
        &format!("karim.benali{}@example.fr", &numero[9..]),
        &format!("11000{}", &numero[9..]),
    );
    let id = caisse.decor.demande(&UneDemande {
        numero,
        kine_id: kine.id,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        ..UneDemande::default()
    });
    let acte = caisse.acte(&caisse.instructeur);
    caisse
        .agir(|tx| {
            releve::actions::echeance::ouvrir(
                tx,
                &acte,
                &releve::actions::echeance::Ouverture {
                    caisse_code: "131",
                    territoire: Default::default(),
                    dossier_id: id,
                    nature: NatureEcheance::DecisionImplicite,
                    depart: acte.jour(),
                    delai: regles::echeance::Delai::Mois(2),
                    suspensions: &[],
                },
            )
        })
        .expect("the deadline opens");
    id
}

#[actix_web::test]
async fn la_file_montre_ce_qui_est_ouvert_le_plus_urgent_d_abord() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for (n, jours, etat) in [
        (1, 20, EtatDemande::Complete),
        (2, 3, EtatDemande::Deposee),
        (3, 10, EtatDemande::Proposee),
        (4, 1, EtatDemande::Refusee),
    ] {
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            etat,
            prochaine_echeance: jour(2026, 1, 15) + chrono::Duration::days(jours),
            ..UneDemande::default()
        });
    }
    let agent = caisse.instructeur().await;
    let page = agent.get("/dossiers").await;
    let rang = |numero: &str| page.html.find(numero);
    assert!(rang("131-2026-000002") < rang("131-2026-000003"));
    assert!(rang("131-2026-000003") < rang("131-2026-000001"));
    assert_eq!(
        rang("131-2026-000004"),
        None,
        "what is closed is not in the queue"
    );
    let texte = page.texte();
    assert!(
        texte.contains("Pièces à vérifier") && texte.contains("Décision proposée, à signer"),
        "{texte}"
    );
    assert!(texte.contains("dans 3 jours"), "{texte}");
    let refusees = agent.get("/dossiers?etat=refusee").await;
    assert!(refusees.html.contains("131-2026-000004"));
    let colonnes = page.html.matches("<th scope=\"col\"").count();
    assert!((4..=7).contains(&colonnes), "{colonnes} columns");
}

#[actix_web::test]
async fn la_file_tourne_ses_pages_sans_rien_sauter() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for n in 1..=60 {
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            // Five requests a day: pages break inside a day.
            prochaine_echeance: jour(2026, 2, 1) + chrono::Duration::days(n / 5),
            ..UneDemande::default()
        });
    }
    let agent = caisse.instructeur().await;
    let mut vus = Vec::new();
    let mut chemin = "/dossiers".to_owned();
    for _ in 0..4 {
        let page = agent.get(&chemin).await;
        for morceau in page.html.split("class=\"numero\"").skip(1) {
            let debut = morceau.find("131-2026-").expect("a number");
            vus.push(morceau[debut..debut + 15].to_owned());
        }
        match page
            .html
            .split("rel=\"next\"")
            .next()
            .filter(|_| page.html.contains("rel=\"next\""))
        {
            Some(avant) => {
                let debut = avant.rfind("href=\"").expect("an address") + 6;
                chemin = avant[debut..]
                    .split('"')
                    .next()
                    .expect("its end")
                    .replace("&#38;", "&")
                    .replace("&amp;", "&");
            }
            None => break,
        }
    }
    assert_eq!(vus.len(), 60);
    let mut tries = vus.clone();
    tries.sort();
    tries.dedup();
    assert_eq!(tries.len(), 60, "each file once");
}

#[actix_web::test]
async fn les_filtres_sont_des_liens() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for (n, assigne_a, nature) in [
        (
            1,
            Some(caisse.instructeur.id),
            NatureDemande::HorsRegulation,
        ),
        (2, None, NatureDemande::HorsRegulation),
        (3, None, NatureDemande::Derogation),
    ] {
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            assigne_a,
            nature,
            ..UneDemande::default()
        });
    }
    let agent = caisse.instructeur().await;
    let montre = |html: &str| -> Vec<u32> {
        (1..=3)
            .filter(|n| html.contains(&format!("131-2026-{n:06}")))
            .collect()
    };
    assert_eq!(montre(&agent.get("/dossiers?suivi=moi").await.html), [1]);
    assert_eq!(
        montre(&agent.get("/dossiers?suivi=personne").await.html),
        [2, 3]
    );
    assert_eq!(
        montre(&agent.get("/dossiers?nature=derogation").await.html),
        [3]
    );
    let vide = agent.get("/dossiers?suivi=moi&nature=derogation").await;
    assert!(
        vide.texte()
            .contains("Aucun dossier ne répond à ces filtres")
    );
    // What does not read is left out, not an error.
    assert_eq!(
        agent
            .get("/dossiers?etat=nimporte&lignes=9999&apres=x")
            .await
            .statut,
        200
    );
}

#[actix_web::test]
async fn pro_1_le_dossier_d_une_autre_caisse_n_existe_pas() {
    let caisse = Caisse::start();
    deposee(&caisse, "131-2026-000001");
    let voisin = caisse.app.compte(Role::Instructeur, Some("831"));
    let voisin = caisse.app.connecte(&voisin).await;
    for chemin in ["", "/proposer", "/demander-pieces", "/pieces"] {
        let page = voisin
            .get(&format!("/dossiers/131-2026-000001{chemin}"))
            .await;
        assert_eq!(page.statut, 404, "{chemin}");
    }
    let page = voisin
        .post(
            "/dossiers",
            "/dossiers/131-2026-000001/completer",
            &[("version", "1")],
        )
        .await;
    assert_eq!(page.statut, 404);
    assert!(
        !voisin
            .get("/dossiers")
            .await
            .html
            .contains("131-2026-000001")
    );

    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    assert!(
        auditeur
            .get("/dossiers")
            .await
            .texte()
            .contains("Choisissez une caisse")
    );
    let page = auditeur.get("/dossiers/131-2026-000001").await;
    assert_eq!(page.statut, 200);
    assert!(
        !page.html.contains("/completer"),
        "a national reader changes nothing"
    );
    let page = auditeur
        .post(
            "/dossiers",
            "/dossiers/131-2026-000001/completer",
            &[("version", "1")],
        )
        .await;
    assert_eq!(page.statut, 403);
}

#[actix_web::test]
async fn deux_agents_prennent_le_second_apprend_qui_suit() {
    let caisse = Caisse::start();
    deposee(&caisse, "131-2026-000001");
    let second = caisse.app.compte(Role::Instructeur, Some("131"));
    let (a, b) = (
        caisse.instructeur().await,
        caisse.app.connecte(&second).await,
    );
    let chemin = "/dossiers/131-2026-000001";
    let (vu_a, vu_b) = (a.caches(chemin).await, b.caches(chemin).await);
    let prendre = format!("{chemin}/prendre");
    assert_eq!(a.post_brut(&prendre, &vu_a).await.statut, 200);
    assert_eq!(
        a.post_brut(&prendre, &vu_a).await.statut,
        200,
        "twice is once"
    );
    let page = b.post_brut(&prendre, &vu_b).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains(&caisse.instructeur.nom),
        "{}",
        page.texte()
    );
    assert_eq!(
        caisse.demande("131-2026-000001").assigne_a,
        Some(caisse.instructeur.id)
    );
    // Having read who holds it, a colleague may take it over.
    let page = b.post(chemin, &prendre, &[]).await;
    assert_eq!(page.statut, 200);
    assert_eq!(caisse.demande("131-2026-000001").assigne_a, Some(second.id));
}

#[actix_web::test]
async fn le_lot_prend_ce_qui_est_libre() {
    let caisse = Caisse::start();
    let (a, b) = (
        deposee(&caisse, "131-2026-000001"),
        deposee(&caisse, "131-2026-000002"),
    );
    let second = caisse.app.compte(Role::Instructeur, Some("131"));
    let second = caisse.app.connecte(&second).await;
    second
        .post(
            "/dossiers",
            "/dossiers",
            &[("dossier", &a.to_string()), ("action", "prendre")],
        )
        .await;
    let agent = caisse.instructeur().await;
    let page = agent
        .post(
            "/dossiers",
            "/dossiers",
            &[
                ("dossier", &a.to_string()),
                ("dossier", &b.to_string()),
                ("action", "prendre"),
            ],
        )
        .await;
    assert!(
        page.texte().contains("1 dossier pris en charge"),
        "{}",
        page.texte()
    );
    assert!(
        page.texte().contains("1 autre est suivi déjà"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn pro_3_demander_des_pieces_suspend_la_decision_implicite() {
    let caisse = Caisse::start();
    let id = deposee(&caisse, "131-2026-000001");
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    let demander = format!("{chemin}/demander-pieces");
    let sans = agent
        .agir(&demander, &[("precision_1", "recto verso")])
        .await;
    assert_eq!(sans.statut, 422);
    assert!(sans.texte().contains("Choisissez au moins une pièce"));
    assert!(
        sans.html.contains("value=\"recto verso\""),
        "what was typed is kept"
    );

    let page = agent
        .agir(
            &demander,
            &[
                ("pieces", "diplome"),
                ("precision_1", "recto verso"),
                ("piece_2", "identite"),
            ],
        )
        .await;
    assert!(
        page.texte().contains("En attente de deux pièces"),
        "{}",
        page.texte()
    );
    let demande = caisse.demande("131-2026-000001");
    assert_eq!(demande.etat, EtatDemande::Incomplete);
    // One month from 15 January 2026 is Sunday 15 February: Monday 16.
    assert_eq!(
        (demande.prochaine_echeance, demande.echeance_nature.as_str()),
        (jour(2026, 2, 16), "pieces")
    );
    let implicite: Vec<_> = caisse
        .echeances(id)
        .into_iter()
        .filter(|e| e.nature == NatureEcheance::DecisionImplicite)
        .map(|e| (e.etat, e.finale))
        .collect();
    // 15 March 2026 is a Sunday; suspended from 15 January to 17 February: 33 days more, Friday 17 April.
    assert_eq!(
        implicite,
        [
            (EtatEcheance::Remplacee, jour(2026, 3, 16)),
            (EtatEcheance::EnCours, jour(2026, 4, 17))
        ]
    );
    let courriel = caisse.app.deposes().pop().expect("a mail");
    assert!(
        courriel.texte.contains("16") && courriel.texte.contains("recto verso"),
        "{}",
        courriel.texte
    );

    // Complete after five days: the delay runs again, five days later than at first.
    caisse.au(jour(2026, 1, 20));
    let le = caisse.app.state.clock.now();
    caisse
        .agir(|tx| {
            for demandee in piece::demandees(tx, id)? {
                piece::recevoir(tx, demandee.id, le)?;
            }
            Ok(())
        })
        .expect("received");
    let agent = caisse.instructeur().await;
    let page = agent
        .post(chemin, &format!("{chemin}/completer"), &[])
        .await;
    assert!(page.texte().contains("À instruire"), "{}", page.texte());
    let demande = caisse.demande("131-2026-000001");
    assert_eq!(demande.complete_le, Some(jour(2026, 1, 20)));
    assert_eq!(
        (demande.prochaine_echeance, demande.echeance_nature.as_str()),
        (jour(2026, 3, 20), "decision_implicite")
    );
}

#[actix_web::test]
async fn pro_3_classer_sans_suite_attend_la_fin_du_delai() {
    let caisse = Caisse::start();
    deposee(&caisse, "131-2026-000001");
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    agent
        .agir(
            &format!("{chemin}/demander-pieces"),
            &[("pieces", "diplome")],
        )
        .await;
    caisse.au(jour(2026, 2, 16));
    let agent = caisse.instructeur().await;
    let trop_tot = agent.agir(&format!("{chemin}/classer"), &[]).await;
    assert_eq!(trop_tot.statut, 409);
    assert!(
        trop_tot
            .texte()
            .contains("au plus tard le lundi 16 février 2026 (inclus)"),
        "{}",
        trop_tot.texte()
    );
    caisse.au(jour(2026, 2, 17));
    let agent = caisse.instructeur().await;
    assert!(agent.get(chemin).await.html.contains("/classer"));
    let page = agent.agir(&format!("{chemin}/classer"), &[]).await;
    assert!(
        page.texte().contains("Classée sans suite"),
        "{}",
        page.texte()
    );
    let demande = caisse.demande("131-2026-000001");
    assert_eq!(demande.etat, EtatDemande::SansSuite);
    assert!(
        caisse
            .echeances(demande.id)
            .iter()
            .all(|e| e.etat != EtatEcheance::EnCours)
    );
}

#[actix_web::test]
async fn ech_2_le_bouton_de_classer_parait_le_jour_qu_il_est_ou_est_la_caisse() {
    let caisse = Caisse::start();
    deposee(&caisse, "131-2026-000001");
    let outre_mer = diesel::update(releve::db::schema::caisse::table.find("131"));
    caisse
        .agir(|tx| {
            let territoire = releve::db::schema::caisse::territoire.eq("la_reunion");
            outre_mer
                .set(territoire)
                .execute(&mut **tx)
                .map_err(releve::db::DbError::from)?;
            Ok(())
        })
        .expect("a caisse overseas");
    let chemin = "/dossiers/131-2026-000001";
    let agent = caisse.instructeur().await;
    let pieces = [("pieces", "diplome")];
    agent
        .agir(&format!("{chemin}/demander-pieces"), &pieces)
        .await;
    // Ten in the evening of the last day in Paris, one in the morning of the day after in La Réunion.
    let instant = jour(2026, 2, 16).and_hms_opt(21, 0, 0).expect("an instant");
    caisse.app.state.clock.set(instant);
    let agent = caisse.instructeur().await;
    assert!(agent.get(chemin).await.html.contains("/classer"));
    let page = agent.agir(&format!("{chemin}/classer"), &[]).await;
    assert!(
        page.texte().contains("Classée sans suite"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn zon_10_une_zone_qui_change_depuis_le_depot_alerte() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        categorie: "intermediaire",
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let texte = agent.get("/dossiers/131-2026-000001").await.texte();
    assert!(
        texte.contains("La zone a changé depuis le dépôt"),
        "{texte}"
    );
    assert!(
        texte.contains("intermédiaire") && texte.contains("non prioritaire"),
        "{texte}"
    );
}

#[actix_web::test]
async fn un_formulaire_perime_ne_perd_rien() {
    let caisse = Caisse::start();
    deposee(&caisse, "131-2026-000001");
    let second = caisse.app.compte(Role::Instructeur, Some("131"));
    let (a, b) = (
        caisse.instructeur().await,
        caisse.app.connecte(&second).await,
    );
    let chemin = "/dossiers/131-2026-000001";
    let demander = format!("{chemin}/demander-pieces");
    let mut vu_b = b.caches(&demander).await;
    a.post(chemin, &format!("{chemin}/completer"), &[]).await;
    vu_b.extend([
        ("pieces".to_owned(), "diplome".to_owned()),
        ("precision_1".to_owned(), "copie lisible".to_owned()),
    ]);
    let page = b.post_brut(&demander, &vu_b).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte()
            .contains("Ce dossier a changé depuis que vous l’avez ouvert"),
        "{}",
        page.texte()
    );
    assert!(
        page.html.contains("value=\"copie lisible\""),
        "nothing is lost"
    );
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Complete
    );
}

#[actix_web::test]
async fn un_acte_hors_de_son_etat_est_refuse_en_une_phrase() {
    let caisse = Caisse::start();
    deposee(&caisse, "131-2026-000001");
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(
            "/dossiers/131-2026-000001/installer",
            &[("date", "15/01/2026")],
        )
        .await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte()
            .contains("n’est pas possible : la demande est à l’état « À vérifier »"),
        "{}",
        page.texte()
    );
}
