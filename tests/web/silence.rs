//! PRO-7: silence was worth an answer: it is stated and told, the person asks for the reasons or for the attestation, the
//! caisse gives them, and the request keeps its state.

use regles::calendrier::Territoire;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{Delai, EtatEcheance, NatureEcheance};
use regles::silence::EffetSilence;
use releve::actions::echeance::{self, Ouverture};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;

pub const NUMERO: &str = "131-2026-000007";
const RAISONS: &str = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. La zone est non prioritaire et aucune place n’y est ouverte.";

/// A complete request of a practitioner who can log in, whose delay of silence began on 15 January 2026.
pub fn muette(caisse: &Caisse) -> (CompteTest, i64) {
    let compte = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Complete,
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
    (compte, id)
}

#[actix_web::test]
async fn pro_7_un_silence_se_constate_une_fois_et_se_dit_aux_deux() {
    let caisse = Caisse::start();
    let (compte, _) = muette(&caisse);
    // The fifteenth is a Sunday.
    for (le, constats) in [
        (jour(2026, 3, 16), 0),
        (jour(2026, 3, 17), 1),
        (jour(2026, 3, 18), 0),
    ] {
        caisse.au(le);
        let bilan = caisse.app.passer_la_journee().await;
        assert_eq!((bilan.constats, bilan.erreurs), (constats, 0), "{le}");
    }
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Complete);
    let ecrits = caisse.courriels_de(&compte.courriel);
    assert_eq!(
        ecrits.iter().filter(|m| *m == "silence_echu").count(),
        1,
        "{ecrits:?}"
    );
    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&format!("/demandes/{NUMERO}")).await.texte();
    for attendu in [
        "considérée comme refusée depuis ce jour",
        "Demander les raisons",
        "Le silence de la caisse vaut refus",
        "Ce refus se conteste au plus tard le lundi 18 mai 2026 (inclus)",
    ] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers").await.texte();
    assert!(
        file.contains("Sans réponse à temps, considérée comme refusée"),
        "{file}"
    );
    let page = agent.get(&format!("/dossiers/{NUMERO}")).await.texte();
    assert!(page.contains("La caisse peut encore l’accorder"), "{page}");
}

#[actix_web::test]
async fn pro_7_les_raisons_demandees_sont_dues_dans_le_mois_et_prolongent_le_recours() {
    let caisse = Caisse::start();
    let (compte, id) = muette(&caisse);
    caisse.au(jour(2026, 3, 17));
    caisse.app.passer_la_journee().await;
    caisse.au(jour(2026, 4, 1));
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{NUMERO}");
    kine.agir(&format!("{chemin}/interroger"), &[]).await;
    let encore = kine.get(&format!("{chemin}/interroger")).await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
    let due: Vec<_> = caisse
        .echeances(id)
        .into_iter()
        .filter(|e| e.nature == NatureEcheance::MotifsSilence)
        .map(|e| (e.finale, e.etat))
        .collect();
    assert_eq!(due, [(jour(2026, 5, 4), EtatEcheance::EnCours)]);

    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers").await.texte();
    assert!(
        file.contains("Raisons du refus demandées, à donner"),
        "{file}"
    );
    let url = format!("/dossiers/{NUMERO}/silence");
    let vide = agent.agir(&url, &[]).await;
    assert_eq!(vide.statut, 422, "{}", vide.texte());
    // The person reads these words: no code of a rule.
    let code = agent
        .agir(&url, &[("motifs", "Zone fermée (REG-1).")])
        .await;
    assert_eq!(code.statut, 422, "{}", code.texte());
    caisse.au(jour(2026, 4, 10));
    let agent = caisse.instructeur().await;
    agent.agir(&url, &[("motifs", RAISONS)]).await;

    // PRO-8: as any document, they count from their opening: nothing gives them away before.
    caisse.au(jour(2026, 4, 15));
    let kine = caisse.app.connecte(&compte).await;
    for page in ["/espace", chemin.as_str()] {
        let page = kine.get(page).await.texte();
        assert!(page.contains("vous attend"), "{page}");
        assert!(!page.contains(RAISONS), "{page}");
    }
    let page = kine
        .post(&chemin, &format!("{chemin}/decision"), &[])
        .await
        .texte();
    // Two months from the fifteenth of April, a Monday.
    for attendu in [RAISONS, "lundi 15 juin 2026", "né le 16 mars 2026"] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    // Opened again, later: nothing changes.
    caisse.au(jour(2026, 5, 2));
    let kine = caisse.app.connecte(&compte).await;
    let page = kine
        .post(&chemin, &format!("{chemin}/decision"), &[])
        .await
        .texte();
    assert!(page.contains("lundi 15 juin 2026"), "{page}");
    assert_eq!(caisse.app.passer_la_journee().await.constats, 0);
    let ecrits = caisse.courriels_de(&compte.courriel);
    assert!(ecrits.contains(&"avis_depot".to_owned()), "{ecrits:?}");
    assert!(
        !ecrits.contains(&"reponse_silence".to_owned()),
        "{ecrits:?}"
    );
    assert!(
        caisse
            .echeances(id)
            .iter()
            .all(|e| e.nature != NatureEcheance::MotifsSilence || e.etat != EtatEcheance::EnCours)
    );
}

#[actix_web::test]
async fn pro_8_des_raisons_que_personne_n_ouvre_comptent_du_jour_ou_elles_sont_deposees() {
    let caisse = Caisse::start();
    let (compte, id) = muette(&caisse);
    caisse.au(jour(2026, 3, 17));
    caisse.app.passer_la_journee().await;
    let kine = caisse.app.connecte(&compte).await;
    kine.agir(&format!("/demandes/{NUMERO}/interroger"), &[])
        .await;
    caisse.au(jour(2026, 4, 10));
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &format!("/dossiers/{NUMERO}/silence"),
            &[("motifs", RAISONS)],
        )
        .await;
    for (le, recue) in [
        (jour(2026, 4, 25), None),
        (jour(2026, 4, 26), Some(jour(2026, 4, 10))),
        (jour(2026, 4, 27), Some(jour(2026, 4, 10))),
    ] {
        caisse.au(le);
        let bilan = caisse.app.passer_la_journee().await;
        assert_eq!(bilan.erreurs, 0);
        let ne = caisse.demande(NUMERO).silence().expect("a silence");
        assert_eq!(ne.recue_le, recue, "{le}");
    }
    let recues = caisse
        .lire(|conn| releve::db::evenement::de(conn, id))
        .into_iter()
        .filter(|e| matches!(e.fait, regles::evenement::Fait::RaisonsRecues { .. }))
        .count();
    assert_eq!(recues, 1);
    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&format!("/demandes/{NUMERO}")).await.texte();
    assert!(
        page.contains(RAISONS) && page.contains("mercredi 10 juin 2026"),
        "{page}"
    );
}

#[actix_web::test]
async fn pro_7_sans_accord_pour_l_espace_les_raisons_partent_par_lettre() {
    let caisse = Caisse::start();
    let (compte, _) = muette(&caisse);
    let kine = caisse.app.connecte(&compte).await;
    kine.agir("/espace/renoncer", &[]).await;
    // The notice is over.
    caisse.au(jour(2026, 4, 20));
    caisse.app.passer_la_journee().await;
    let kine = caisse.app.connecte(&compte).await;
    kine.agir(&format!("/demandes/{NUMERO}/interroger"), &[])
        .await;
    caisse.au(jour(2026, 4, 30));
    let agent = caisse.instructeur().await;
    let url = format!("/dossiers/{NUMERO}/silence");
    let page = agent.agir(&url, &[("motifs", RAISONS)]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("envoyez-lui les raisons par lettre recommandée"),
        "{}",
        page.texte()
    );
    for (remise, statut) in [
        ("19/04/2026", 422),
        ("01/05/2026", 422),
        ("28/04/2026", 200),
    ] {
        let page = agent
            .agir(&url, &[("motifs", RAISONS), ("remise", remise)])
            .await;
        assert_eq!(page.statut, statut, "{remise}: {}", page.texte());
    }
    assert!(
        !caisse
            .courriels_de(&compte.courriel)
            .contains(&"reponse_silence".to_owned())
    );
}

#[actix_web::test]
async fn pro_7_un_silence_qui_accepte_s_atteste_et_ne_se_refuse_plus() {
    let caisse = Caisse::start();
    let (compte, id) = muette(&caisse);
    caisse.au(jour(2026, 3, 17));
    caisse
        .agir(|tx| {
            releve::db::silence::constater(tx, id, EffetSilence::Acceptation, jour(2026, 3, 16))?;
            Ok(())
        })
        .expect("silence accepted");
    let kine = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{NUMERO}");
    let page = kine.get(&chemin).await.texte();
    assert!(
        page.contains("Demandez votre attestation avant de commencer"),
        "{page}"
    );
    kine.agir(&format!("{chemin}/interroger"), &[]).await;

    let agent = caisse.instructeur().await;
    let refus = agent
        .agir(
            &format!("/dossiers/{NUMERO}/proposer"),
            &[("sens", "refus"), ("motifs", RAISONS)],
        )
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    assert!(
        refus.texte().contains("ne peut plus être refusée"),
        "{}",
        refus.texte()
    );
    let page = agent
        .agir(&format!("/dossiers/{NUMERO}/silence"), &[])
        .await
        .texte();
    assert!(page.contains("L’attestation est délivrée"), "{page}");
    let page = kine.get(&chemin).await.texte();
    assert!(page.contains("articles L231-1 et L232-3"), "{page}");
}

#[actix_web::test]
async fn pro_7_personne_n_interroge_pour_un_autre_ni_avant_le_terme() {
    let caisse = Caisse::start();
    let (compte, _) = muette(&caisse);
    let autre = caisse.app.compte(Role::Kine, None);
    let autre = caisse.app.connecte(&autre).await;
    let url = format!("/demandes/{NUMERO}/interroger");
    assert_eq!(autre.get(&url).await.statut, 404);
    let kine = caisse.app.connecte(&compte).await;
    assert_eq!(kine.get(&url).await.statut, 409);
}

#[actix_web::test]
async fn pro_7_la_supervision_separe_ce_qui_est_echu_de_ce_qui_vient() {
    let caisse = Caisse::start();
    muette(&caisse);
    for (le, attendu) in [
        (jour(2026, 3, 10), "Silences à venir"),
        (jour(2026, 3, 20), "Silences échus"),
    ] {
        caisse.au(le);
        let signataire = caisse.signataire().await;
        let page = signataire.get("/supervision").await.texte();
        let suite = page.split(attendu).nth(1).expect("the heading");
        let fin = suite.find("Silences").unwrap_or(suite.len());
        assert!(suite[..fin].contains(NUMERO), "{attendu}: {page}");
    }
}
