//! REG-16: a zone that is no longer regulated leaves its open places without object.

use diesel::prelude::*;
use regles::demande::{EtatDemande, Fondement, NatureDemande};
use regles::designation::EtatDesignation;
use regles::droits::Role;
use regles::echeance::EtatEcheance;
use regles::grand_livre::{Bilan, EtatPlace};
use releve::actions::grand_livre::seuils;
use releve::actions::rejeu;
use releve::db::schema::designation as t_designation;
use releve::db::verification::CONTROLES;
use releve::db::{decision, designation, grand_livre};

use crate::util::Caisse;
use crate::util::builders::{UnKine, jour};
use crate::util::compte::CompteTest;

/// From this day on, Martigues is in this category.
fn classer(caisse: &Caisse, le: chrono::NaiveDate, categorie: &str) {
    caisse.decor.clore_arretes(le);
    caisse.decor.arrete(
        le,
        None,
        &[
            ("BV13056", categorie),
            ("BV13001", "intermediaire"),
            ("BV83137", "non_prioritaire"),
            ("BV04022", "tres_sous_dotee"),
        ],
    );
}

/// The balance of Martigues; every check of the database holds, every explanation replays.
fn bilan(caisse: &Caisse) -> Bilan {
    for controle in CONTROLES {
        let objets = caisse.lire(|conn| controle.objets(conn));
        let vues = ["REG-1", "REG-2", "REG-8", "REG-14", "REG-16"];
        assert!(
            objets.is_empty() || !vues.contains(&controle.regle),
            "{}: {objets:?}",
            controle.phrase
        );
    }
    let rejoues = rejeu::rejouer(&caisse.app.state.db, &mut |_| {}, &mut |e| panic!("{e}"))
        .expect("replayed");
    assert_eq!(rejoues.graves(), 0);
    let jour = caisse.app.state.clock.now().date();
    let seuils = seuils(&caisse.app.state.reglement(), jour).expect("floors");
    let zones = caisse.lire(|conn| grand_livre::zones(conn, "131", &seuils));
    let zone = zones.iter().find(|z| z.code == "BV13056");
    let bilan = zone.expect("the zone").bilan;
    assert!(bilan.equilibre(), "{bilan:?}");
    let lus = caisse.lire(|conn| grand_livre::departs(conn, "131", "BV13056"));
    let eligibles = lus.iter().filter(|d| seuils.eligible(d)).count();
    assert_eq!(Ok(bilan.departs_eligibles), i64::try_from(eligibles));
    bilan
}

fn designations(caisse: &Caisse) -> Vec<EtatDesignation> {
    caisse.lire(|conn| {
        Ok(t_designation::table
            .order(t_designation::id)
            .select(t_designation::etat)
            .load(conn)?)
    })
}

#[actix_web::test]
async fn reg_16_les_places_d_une_zone_qui_n_est_plus_regulee_sont_sans_objet_et_chacun_le_sait() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let (attendu, place) = caisse.depart_confirme(2);
    caisse
        .decor
        .designation(place.id, &caisse.successeur(2), "en_attente");
    let (seul, _) = caisse.depart_confirme(3);
    let prise = caisse.succession(4, EtatDemande::Complete);
    caisse
        .accorder(&format!("/dossiers/{}", prise.numero))
        .await;
    classer(&caisse, jour(2026, 4, 1), "intermediaire");
    caisse.au(jour(2026, 3, 31));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.place(seul).etat, EtatPlace::Ouverte);
    assert_eq!(bilan(&caisse).ouvertes, 3);

    caisse.au(jour(2026, 4, 1));
    let tic = caisse.app.passer_la_journee().await;
    assert_eq!((tic.caducites, tic.erreurs), (3, 0), "{tic:?}");
    for id in [s.place_id, attendu, seul] {
        assert_eq!(caisse.place(id).etat, EtatPlace::SansObjet);
        let echeances = caisse.echeances(id);
        assert!(echeances.iter().all(|e| e.etat != EtatEcheance::EnCours));
    }
    assert_eq!(caisse.place(prise.place_id).etat, EtatPlace::Reservee);
    let compte = bilan(&caisse);
    assert_eq!(
        (
            compte.sans_objet,
            compte.reservees,
            compte.departs_eligibles
        ),
        (3, 1, 1),
        "{compte:?}"
    );
    assert_eq!(
        designations(&caisse),
        [
            EtatDesignation::SansObjet,
            EtatDesignation::SansObjet,
            EtatDesignation::Acceptee
        ]
    );
    let d = caisse.demande(&s.numero);
    assert_eq!(
        (d.nature, d.place_id, d.etat),
        (NatureDemande::HorsRegulation, None, EtatDemande::Complete)
    );
    let recus = |adresse: &str| caisse.courriels_de(adresse);
    assert!(recus("helene.martin3@example.fr").contains(&"place_sans_objet".to_owned()));
    assert!(recus("karim.benali2@example.fr").contains(&"designation_sans_objet".to_owned()));
    let demandeur = recus("karim.benali1@example.fr");
    assert!(demandeur.contains(&"demande_sans_succession".to_owned()));
    assert!(!demandeur.contains(&"designation_sans_objet".to_owned()));
    assert_eq!(
        recus("conventionnement@cpam.example.fr")
            .iter()
            .filter(|m| *m == "place_sans_objet_equipe")
            .count(),
        3
    );

    // Once more, and the zone regulated again: nothing moves, nobody is written to.
    let lettres = caisse.app.deposes().len();
    let encore = caisse.app.passer_la_journee().await;
    assert_eq!(encore.caducites, 0);
    classer(&caisse, jour(2026, 4, 10), "non_prioritaire");
    caisse.au(jour(2026, 4, 10));
    assert_eq!(caisse.app.passer_la_journee().await.caducites, 0);
    assert_eq!(caisse.place(seul).etat, EtatPlace::SansObjet);
    let nouvelles = caisse.app.deposes().split_off(lettres);
    assert!(nouvelles.iter().all(|c| !c.modele.contains("sans_")));
}

#[actix_web::test]
async fn reg_16_la_demande_continue_sans_succession_et_s_accorde() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    classer(&caisse, jour(2026, 4, 1), "intermediaire");
    caisse.au(jour(2026, 4, 1));
    caisse.app.passer_la_journee().await;
    // What was proposed rested on the succession: it is sent back, and proposed again.
    let signataire = caisse.signataire().await;
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    assert!(
        page.texte().contains("Renvoyez le dossier"),
        "{}",
        page.texte()
    );
    let page = signataire
        .agir(
            &format!("{chemin}/renvoyer"),
            &[("motif", "La zone n’est plus régulée.")],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    caisse.accorder(&chemin).await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Accordee);
    let prise = caisse
        .lire(|conn| decision::active(conn, s.demande_id))
        .expect("a decision");
    assert_eq!(prise.fondement, Fondement::HorsRegulation);
    assert_eq!(bilan(&caisse).sans_objet, 1);
    let agent = caisse.instructeur().await;
    let texte = agent
        .get(&format!("/departs/{}", s.depart_id))
        .await
        .texte();
    assert!(texte.contains("la place est sans objet"), "{texte}");
    let texte = agent.get(&chemin).await.texte();
    assert!(
        texte.contains("a poursuivi la demande sans succession"),
        "{texte}"
    );
    let livre = agent.get("/grand-livre/BV13056").await.texte();
    assert!(livre.contains("La zone n’est plus régulée"), "{livre}");
}

#[actix_web::test]
async fn reg_16_qui_partait_et_qui_etait_designe_le_lisent_dans_leur_espace() {
    let caisse = Caisse::start();
    let cedant = caisse.app.compte(Role::Kine, None);
    let depart = caisse.decor.depart(
        cedant.kine_id.expect("a practitioner"),
        "13056",
        jour(2025, 12, 31),
        Some(1430),
    );
    let place = caisse.decor.place(depart, EtatPlace::Ouverte);
    let designe: CompteTest = caisse.app.compte(Role::Kine, None);
    let nomme = UnKine {
        id: designe.kine_id.expect("a practitioner"),
        compte_id: designe.id,
        rpps: designe.rpps.clone().expect("a key"),
        courriel: designe.courriel.clone(),
    };
    caisse.decor.designation(place, &nomme, "en_attente");
    classer(&caisse, jour(2026, 4, 1), "intermediaire");
    caisse.au(jour(2026, 4, 1));
    caisse.app.passer_la_journee().await;
    let client = caisse.app.connecte(&cedant).await;
    let texte = client.get(&format!("/mes-departs/{depart}")).await.texte();
    assert!(texte.contains("la place est sans objet"), "{texte}");
    assert!(!texte.contains("Désigner"), "{texte}");
    let successeur = caisse.app.connecte(&designe).await;
    let texte = successeur.get("/espace").await.texte();
    assert!(texte.contains("la zone n’est plus régulée"), "{texte}");
    let lues = caisse.lire(|conn| designation::pour_rpps(conn, &nomme.rpps));
    assert!(
        lues.iter()
            .all(|d| d.designation.etat == EtatDesignation::SansObjet)
    );
}
