//! PRO-4: the commission is asked for its opinion on a recorded day; its delays run from there, are said to both sides, and
//! reminded.

use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;

pub const NUMERO: &str = "131-2026-000032";

/// A derogation just filed, of a practitioner who can log in.
pub fn derogation(caisse: &Caisse) -> (CompteTest, i64) {
    let compte = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::Derogation,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    (compte, id)
}

/// The deadlines of these kinds that run, with their last days.
fn courent(caisse: &Caisse, id: i64) -> Vec<(NatureEcheance, chrono::NaiveDate)> {
    use NatureEcheance as N;
    let siennes = [
        N::SaisineCpd,
        N::AvisCpd,
        N::AvisPlace,
        N::DecisionApresAvis,
    ];
    let toutes = caisse.echeances(id).into_iter();
    toutes
        .filter(|e| e.etat == EtatEcheance::EnCours && siennes.contains(&e.nature))
        .map(|e| (e.nature, e.finale))
        .collect()
}

#[actix_web::test]
async fn pro_4_la_saisine_fait_courir_l_avis_puis_la_decision() {
    use NatureEcheance as N;
    let caisse = Caisse::start();
    let (compte, id) = derogation(&caisse);
    let dossier = format!("/dossiers/{NUMERO}");
    let saisir = format!("{dossier}/saisir");
    let agent = caisse.instructeur().await;
    // A file that is not complete is not put to the commission.
    let tot = agent.agir(&saisir, &[("le", "15/01/2026")]).await;
    assert_eq!(tot.statut, 409, "{}", tot.texte());
    agent
        .post(&dossier, &format!("{dossier}/completer"), &[])
        .await;
    assert_eq!(courent(&caisse, id), [(N::SaisineCpd, jour(2026, 2, 16))]);
    let page = agent.get(&dossier).await.texte();
    assert!(page.contains("la commission est à saisir"), "{page}");

    caisse.au(jour(2026, 1, 20));
    let agent = caisse.instructeur().await;
    let a_venir = agent.agir(&saisir, &[("le", "21/01/2026")]).await;
    assert_eq!(a_venir.statut, 422, "{}", a_venir.texte());
    let avant = agent.agir(&saisir, &[("le", "14/01/2026")]).await;
    assert_eq!(avant.statut, 422, "{}", avant.texte());
    agent.agir(&saisir, &[("le", "19/01/2026")]).await;
    // Sixty days until November 2026.
    assert_eq!(courent(&caisse, id), [(N::AvisCpd, jour(2026, 3, 20))]);
    let encore = agent.agir(&saisir, &[("le", "20/01/2026")]).await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
    let file = agent.get("/dossiers").await.texte();
    assert!(file.contains("Commission saisie, avis attendu"), "{file}");

    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&format!("/demandes/{NUMERO}")).await.texte();
    for attendu in [
        "La commission paritaire donne son avis, puis la caisse décide",
        "a saisi la commission paritaire le 19 janvier 2026",
        "c’est une projection, pas un engagement",
        // The opinion on its last day, then fifteen days.
        "7 avril 2026",
    ] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    let lettres = caisse.app.deposes();
    let lettre = lettres
        .iter()
        .find(|c| c.modele == "commission_saisie")
        .expect("the letter");
    let texte = lettre.texte.replace(['\u{a0}', '\u{202f}'], " ");
    for attendu in [
        "au plus tard le vendredi 20 mars 2026 (inclus)",
        "au plus tard le jeudi 5 mars 2026 (inclus)",
        "cette date est une estimation",
    ] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }

    caisse.au(jour(2026, 3, 5));
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{dossier}/avis"), &[("avis", "favorable")])
        .await;
    assert_eq!(
        courent(&caisse, id),
        [(N::DecisionApresAvis, jour(2026, 3, 20))]
    );
    let page = agent.get(&dossier).await.texte();
    assert!(page.contains("La commission s’est prononcée"), "{page}");
    caisse.accorder(&dossier).await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Accordee);
    assert_eq!(courent(&caisse, id), []);
}

#[actix_web::test]
async fn pro_4_un_avis_en_retard_se_rappelle_se_dit_et_se_repute_rendu_depuis_la_saisine() {
    use NatureEcheance as N;
    let caisse = Caisse::start();
    let (_, id) = derogation(&caisse);
    let dossier = format!("/dossiers/{NUMERO}");
    let agent = caisse.instructeur().await;
    agent
        .post(&dossier, &format!("{dossier}/completer"), &[])
        .await;
    agent
        .agir(&format!("{dossier}/saisir"), &[("le", "15/01/2026")])
        .await;
    assert_eq!(courent(&caisse, id), [(N::AvisCpd, jour(2026, 3, 16))]);
    let rappels = |caisse: &Caisse| {
        let tous = caisse.app.deposes();
        let siens = tous
            .iter()
            .filter(|c| c.modele == "rappel_agent" && c.sujet.contains("Avis de la commission"));
        siens.count()
    };
    // Fifteen and five days before, and nothing between.
    for (le, envoyes) in [
        (jour(2026, 2, 27), 0),
        (jour(2026, 3, 1), 1),
        (jour(2026, 3, 5), 1),
        (jour(2026, 3, 11), 2),
    ] {
        caisse.au(le);
        caisse.app.passer_la_journee().await;
        assert_eq!(rappels(&caisse), envoyes, "{le}");
    }
    caisse.au(jour(2026, 3, 16));
    let agent = caisse.instructeur().await;
    let avis = format!("{dossier}/avis");
    let tot = agent.agir(&avis, &[("avis", "repute_rendu")]).await;
    assert_eq!(tot.statut, 422, "{}", tot.texte());
    caisse.au(jour(2026, 3, 20));
    let agent = caisse.instructeur().await;
    let page = agent.get(&dossier).await.texte();
    assert!(
        page.contains("L’avis de la commission était attendu"),
        "{page}"
    );
    agent.agir(&avis, &[("avis", "repute_rendu")]).await;
    // The fifteen days to decide count from the last day of the opinion.
    assert_eq!(
        courent(&caisse, id),
        [(N::DecisionApresAvis, jour(2026, 3, 31))]
    );
}

#[actix_web::test]
async fn pro_4_des_pieces_demandees_et_un_ajournement_remettent_la_saisine_a_faire() {
    use NatureEcheance as N;
    let caisse = Caisse::start();
    let (_, id) = derogation(&caisse);
    let dossier = format!("/dossiers/{NUMERO}");
    let agent = caisse.instructeur().await;
    let completer = format!("{dossier}/completer");
    agent.post(&dossier, &completer, &[]).await;
    let saisir = format!("{dossier}/saisir");
    agent.agir(&saisir, &[("le", "15/01/2026")]).await;
    agent
        .agir(&format!("{dossier}/avis"), &[("avis", "ajourne")])
        .await;
    assert_eq!(courent(&caisse, id), []);
    agent.agir(&saisir, &[("le", "15/01/2026")]).await;
    assert_eq!(courent(&caisse, id), [(N::AvisCpd, jour(2026, 3, 16))]);
    agent
        .agir(
            &format!("{dossier}/demander-pieces"),
            &[("pieces", "autre"), ("precision_1", "le bail signé")],
        )
        .await;
    assert_eq!(courent(&caisse, id), []);
}

#[actix_web::test]
async fn reg_4_un_depart_a_examiner_se_transmet_a_la_commission() {
    use NatureEcheance as N;
    let caisse = Caisse::start();
    let cedant = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.depart(
        cedant.kine_id.expect("a practitioner"),
        "13056",
        jour(2025, 12, 31),
        Some(800),
    );
    let agent = caisse.instructeur().await;
    let depart = format!("/departs/{id}");
    let saisir = format!("{depart}/saisir");
    let tot = agent.agir(&saisir, &[("le", "15/01/2026")]).await;
    assert_eq!(tot.statut, 409, "{}", tot.texte());
    agent
        .post(&depart, &format!("{depart}/confirmer"), &[])
        .await;
    let page = agent.get(&depart).await.texte();
    assert!(page.contains("n’est pas encore saisie"), "{page}");
    agent.agir(&saisir, &[("le", "15/01/2026")]).await;
    assert_eq!(courent(&caisse, id), [(N::AvisPlace, jour(2026, 3, 16))]);
    let page = agent.get(&depart).await.texte();
    assert!(page.contains("son avis est attendu"), "{page}");
    assert!(!page.contains("n’est pas encore saisie"), "{page}");
    let lettres = caisse.courriels_de(&cedant.courriel);
    assert!(
        lettres.contains(&"place_commission_saisie".to_owned()),
        "{lettres:?}"
    );
    caisse.au(jour(2026, 3, 1));
    caisse.app.passer_la_journee().await;
    let rappels = caisse.app.deposes();
    assert!(rappels.iter().any(|c| c.modele == "rappel_avis_place"));
    caisse.au(jour(2026, 3, 17));
    let agent = caisse.instructeur().await;
    let page = agent.get(&depart).await.texte();
    assert!(page.contains("il est en retard"), "{page}");
    agent
        .post(&depart, &format!("{depart}/avis"), &[("avis", "favorable")])
        .await;
    assert_eq!(courent(&caisse, id), []);
}
