//! PRO-1: a request that belongs to another caisse goes to it, whole; who sent it and the caisse in charge know it, the former
//! one keeps its number only.

use diesel::prelude::*;
use regles::calendrier::Territoire;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{Delai, EtatEcheance, NatureEcheance};
use regles::parametre::ValeurParametre;
use releve::actions::echeance::{self, Ouverture};
use releve::db::schema::{dossier_etiquette, message};
use releve::db::{evenement, piece};

use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;
use crate::util::{Caisse, TestApp};

pub const NUMERO: &str = "131-2026-000009";
const RAISON: &str = "Le cabinet est à Toulon, dans le Var.";

/// A request filed on 15 January 2026 with the caisse 131 for Toulon, which is of the caisse 831: labelled, assigned, its
/// delay of silence running.
pub async fn egaree(caisse: &Caisse, etat: EtatDemande) -> (CompteTest, i64) {
    let kine = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: kine.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat,
        insee: "83137",
        bassin: "BV83137",
        assigne_a: Some(caisse.instructeur.id),
        ..UneDemande::default()
    });
    let acte = caisse.acte(&caisse.instructeur);
    caisse
        .agir(|tx| {
            echeance::ouvrir(
                tx,
                &acte,
                &Ouverture {
                    caisse_code: "131",
                    territoire: Territoire::Metropole,
                    dossier_id: id,
                    nature: NatureEcheance::DecisionImplicite,
                    depart: jour(2026, 1, 15),
                    delai: Delai::Mois(2),
                    suspensions: &[],
                },
            )
        })
        .expect("the delay runs");
    let agent = caisse.instructeur().await;
    let fiche = format!("/dossiers/{NUMERO}");
    agent
        .post(
            &fiche,
            &format!("{fiche}/etiquettes"),
            &[("etiquette", "À revoir")],
        )
        .await;
    let messages = format!("{fiche}/messages");
    agent
        .post_fichiers(
            &messages,
            &messages,
            &[("texte", "Où exercerez-vous ?")],
            &[],
        )
        .await;
    (kine, id)
}

fn silence(caisse: &Caisse, id: i64) -> (chrono::NaiveDate, chrono::NaiveDate) {
    let court = caisse
        .echeances(id)
        .into_iter()
        .find(|e| e.etat == EtatEcheance::EnCours)
        .expect("the delay runs");
    assert_eq!(court.nature, NatureEcheance::DecisionImplicite);
    assert_eq!(court.caisse_code, "831");
    (court.depart, court.finale)
}

#[actix_web::test]
async fn pro_1_une_demande_transmise_change_de_caisse_et_garde_le_delai_de_la_premiere_reception() {
    let caisse = Caisse::start();
    let (kine, id) = egaree(&caisse, EtatDemande::Deposee).await;
    caisse.au(jour(2026, 1, 22));
    let agent = caisse.instructeur().await;
    let url = format!("/dossiers/{NUMERO}/transmettre");
    let page = agent.get(&url).await;
    assert!(
        page.html.contains("value=\"831\" selected"),
        "the caisse of the commune is proposed"
    );
    let sans = agent
        .agir(&url, &[("caisse", "831"), ("raison", " ")])
        .await;
    assert_eq!(sans.statut, 422, "{}", sans.texte());
    assert_eq!(
        agent
            .agir(&url, &[("caisse", "999"), ("raison", RAISON)])
            .await
            .statut,
        422
    );
    let page = agent
        .agir(&url, &[("caisse", "831"), ("raison", RAISON)])
        .await;
    assert_eq!(page.chemin, "/transmissions");
    for attendu in [NUMERO, "CPAM du Var", "jeudi 22 janvier 2026"] {
        assert!(
            page.texte().contains(attendu),
            "{attendu}: {}",
            page.texte()
        );
    }
    // The former caisse sees nothing else of it.
    assert_eq!(agent.get(&format!("/dossiers/{NUMERO}")).await.statut, 404);
    assert!(!agent.get("/dossiers").await.texte().contains(NUMERO));

    let d = caisse.demande(NUMERO);
    assert_eq!((d.caisse_code.as_str(), d.assigne_a), ("831", None));
    assert_eq!(silence(&caisse, id), (jour(2026, 1, 15), jour(2026, 3, 16)));
    let (etiquettes, messages) = caisse.lire(|conn| {
        let etiquettes: i64 = dossier_etiquette::table
            .filter(dossier_etiquette::dossier_id.eq(id))
            .count()
            .get_result(conn)?;
        let messages: Vec<String> = message::table
            .filter(message::dossier_id.eq(id))
            .select(message::caisse_code)
            .load(conn)?;
        Ok((etiquettes, messages))
    });
    assert_eq!((etiquettes, messages), (0, vec!["831".to_owned()]));
    assert!(
        !caisse
            .lire(|conn| piece::de(conn, &releve::db::CpamScope::National, id))
            .is_empty()
    );

    let var = caisse.app.compte(Role::Instructeur, Some("831"));
    let var = caisse.app.connecte(&var).await;
    assert!(var.get("/dossiers").await.texte().contains(NUMERO));
    let page = var.get(&format!("/dossiers/{NUMERO}")).await.texte();
    for attendu in [
        "a transmis la demande 131-2026-000009 à la caisse compétente, CPAM du Var",
        "a reçu la demande 131-2026-000009, transmise par CPAM des Bouches-du-Rhône",
    ] {
        assert!(page.contains(attendu), "{attendu}: {page}");
    }
    assert!(!var.get("/transmissions").await.texte().contains(NUMERO));

    let ecrits = caisse.courriels_de(&kine.courriel);
    assert!(
        ecrits.ends_with(&["demande_transmise".to_owned(), "demande_deposee".to_owned()]),
        "{ecrits:?}"
    );
    let deposes = caisse.app.deposes();
    let transmise = deposes
        .iter()
        .find(|c| c.modele == "demande_transmise")
        .expect("a mail");
    for attendu in ["CPAM du Var", RAISON, "16\u{a0}mars 2026"] {
        assert!(
            transmise.texte.contains(attendu),
            "{attendu}: {}",
            transmise.texte
        );
    }
    let accuse = deposes.last().expect("a receipt");
    assert!(accuse.texte.contains("CPAM du Var"), "{}", accuse.texte);
    let page = caisse
        .app
        .connecte(&kine)
        .await
        .get(&format!("/demandes/{NUMERO}/accuse"))
        .await;
    assert!(page.texte().contains("CPAM du Var"), "{}", page.texte());

    // Both chains hold it.
    let codes: Vec<String> = caisse
        .lire(|conn| evenement::de(conn, id))
        .into_iter()
        .map(|e| e.fait.code().as_str().to_owned())
        .filter(|c| c.starts_with("dossier."))
        .collect();
    assert_eq!(codes, ["dossier.transmis", "dossier.recu"]);
}

#[actix_web::test]
async fn pro_1_ou_le_silence_accepte_son_delai_compte_de_la_bonne_caisse() {
    let app = TestApp::start();
    let acceptation = ValeurParametre::Texte("acceptation".to_owned());
    app.fixer_valeur("silence.effet", acceptation, jour(2026, 2, 1));
    let midi = jour(2026, 2, 2)
        .and_hms_opt(11, 0, 0)
        .expect("noon in Paris");
    app.state.clock.set(midi);
    let caisse = Caisse::start_on(app);
    let (_, id) = egaree(&caisse, EtatDemande::Complete).await;
    caisse.au(jour(2026, 2, 10));
    let agent = caisse.instructeur().await;
    let url = format!("/dossiers/{NUMERO}/transmettre");
    agent
        .agir(&url, &[("caisse", "831"), ("raison", RAISON)])
        .await;
    assert_eq!(silence(&caisse, id), (jour(2026, 2, 10), jour(2026, 4, 10)));
}

#[actix_web::test]
async fn pro_1_une_demande_proposee_ou_decidee_ne_se_transmet_pas() {
    for etat in [
        EtatDemande::Proposee,
        EtatDemande::Accordee,
        EtatDemande::Retiree,
    ] {
        let caisse = Caisse::start();
        egaree(&caisse, etat).await;
        let agent = caisse.instructeur().await;
        let fiche = agent.get(&format!("/dossiers/{NUMERO}")).await;
        assert!(!fiche.html.contains("/transmettre"), "{etat}");
        let url = format!("/dossiers/{NUMERO}/transmettre");
        let refus = agent
            .agir(&url, &[("caisse", "831"), ("raison", RAISON)])
            .await;
        assert_eq!(refus.statut, 409, "{etat}: {}", refus.texte());
        assert_eq!(caisse.demande(NUMERO).caisse_code, "131");
    }
}
