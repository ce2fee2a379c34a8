//! PRO-13: who asks is heard. The person asks, the caisse sets the day and writes it, the opinion says what became of it.

use regles::conventionnement::AvisCpd;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;

pub const NUMERO: &str = "131-2026-000011";
const LIEU: &str = "56 chemin Joseph-Aiguier, Marseille";

/// A derogation of a practitioner who can log in, followed by the instructor.
pub fn derogation(caisse: &Caisse) -> CompteTest {
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::Derogation,
        etat: EtatDemande::Complete,
        assigne_a: Some(caisse.instructeur.id),
        ..UneDemande::default()
    });
    compte
}

#[actix_web::test]
async fn pro_13_une_audition_se_demande_se_fixe_et_l_avis_dit_ce_qu_elle_est_devenue() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let compte = derogation(&caisse);
    let (kine, agent) = (
        caisse.app.connecte(&compte).await,
        caisse.instructeur().await,
    );
    let (demande, dossier) = (format!("/demandes/{NUMERO}"), format!("/dossiers/{NUMERO}"));
    kine.agir(&format!("{demande}/audition"), &[("assistance", "Me Roux")])
        .await;
    let page = kine.get(&demande).await.texte();
    assert!(
        page.contains(
            "Vous avez demandé une audition le 12 mars 2026, avec l’assistance de Me Roux"
        ),
        "{page}"
    );
    // Once only.
    let encore = kine.agir(&format!("{demande}/audition"), &[]).await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
    assert!(
        caisse
            .courriels_de(&caisse.instructeur.courriel)
            .contains(&"audition_demandee_agent".to_owned())
    );
    let page = agent.get(&dossier).await.texte();
    assert!(
        page.contains("La personne demande à être entendue par la commission"),
        "{page}"
    );

    let file = agent.get("/dossiers").await.texte();
    assert!(
        file.contains("audition demandée, à fixer") && file.contains("Audition demandée"),
        "{file}"
    );

    // An opinion is silent about her at nobody's convenience.
    let avis = format!("{dossier}/avis");
    let muet = agent.agir(&avis, &[("avis", "defavorable")]).await;
    assert_eq!(muet.statut, 422, "{}", muet.texte());
    let sans_raison = agent
        .agir(&avis, &[("avis", "defavorable"), ("entendue", "non")])
        .await;
    assert_eq!(sans_raison.statut, 422, "{}", sans_raison.texte());
    assert!(sans_raison.texte().contains("écrivez pourquoi"));
    assert_eq!(caisse.demande(NUMERO).derogation_avis_cpd, None);

    let convoquer = format!("{dossier}/convoquer");
    for (le, heure, accord, statut) in [
        ("26/03/2026", "14 h 30", "", 422),
        ("11/03/2026", "14 h 30", "oui", 422),
        ("27/03/2026", "midi", "", 422),
        ("27/03/2026", "14h30", "", 200),
        // Moved, nearer, as she agreed.
        ("20/03/2026", "9 h", "oui", 200),
    ] {
        let mut champs = vec![("le", le), ("heure", heure), ("lieu", LIEU)];
        // A box that is not ticked is not sent.
        champs.extend((!accord.is_empty()).then_some(("accord", accord)));
        let page = agent.agir(&convoquer, &champs).await;
        assert_eq!(page.statut, statut, "{le} {heure}: {}", page.texte());
    }
    // A day is set: nothing is left to do of it.
    let file = agent.get("/dossiers").await.texte();
    assert!(!file.contains("udition demandée"), "{file}");
    let lettres: Vec<_> = caisse.courriels_de(&compte.courriel);
    let convocations = lettres.iter().filter(|m| *m == "convocation_demandeur");
    assert_eq!(convocations.count(), 2, "{lettres:?}");
    let page = kine.get(&demande).await.texte();
    assert!(
        page.contains("La commission vous entendra le vendredi 20 mars 2026 à 9 h"),
        "{page}"
    );

    caisse.au(jour(2026, 3, 21));
    let agent = caisse.instructeur().await;
    let rendu = agent
        .agir(
            &avis,
            &[
                ("avis", "defavorable"),
                ("entendue", "non"),
                ("raison", "Elle n’est pas venue."),
            ],
        )
        .await;
    assert_eq!(rendu.statut, 200, "{}", rendu.texte());
    let d = caisse.demande(NUMERO);
    assert_eq!(d.derogation_avis_cpd, Some(AvisCpd::Defavorable));
    assert_eq!(d.audition.and_then(|a| a.entendue), Some(false));
    let page = agent.get(&dossier).await.texte();
    assert!(
        page.contains("elle n’a pas été entendue : Elle n’est pas venue"),
        "{page}"
    );
    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&demande).await.texte();
    assert!(page.contains("son avis sans audition"), "{page}");
    // The commission has spoken.
    let tard = agent
        .agir(
            &convoquer,
            &[("le", "20/05/2026"), ("heure", "9 h"), ("lieu", LIEU)],
        )
        .await;
    assert_eq!(tard.statut, 409, "{}", tard.texte());
}

#[actix_web::test]
async fn pro_13_la_commission_entend_qui_elle_veut_et_rien_n_est_demande_ou_personne_ne_l_est() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let compte = derogation(&caisse);
    let agent = caisse.instructeur().await;
    let dossier = format!("/dossiers/{NUMERO}");
    let avis = format!("{dossier}/avis");
    let page = agent.get(&avis).await.texte();
    assert!(!page.contains("La personne a été entendue"), "{page}");
    let champs = [("le", "27/03/2026"), ("heure", "9 h"), ("lieu", LIEU)];
    agent.agir(&format!("{dossier}/convoquer"), &champs).await;
    let page = agent.get(&avis).await.texte();
    assert!(page.contains("La personne a été entendue"), "{page}");
    let rendu = agent
        .agir(&avis, &[("avis", "favorable"), ("entendue", "oui")])
        .await;
    assert_eq!(rendu.statut, 200, "{}", rendu.texte());
    let kine = caisse.app.connecte(&compte).await;
    let page = kine.get(&format!("/demandes/{NUMERO}")).await.texte();
    assert!(
        page.contains("Votre audition a eu lieu avant l’avis"),
        "{page}"
    );
}

#[actix_web::test]
async fn pro_13_la_demande_d_une_autre_personne_n_existe_pas() {
    let caisse = Caisse::start();
    derogation(&caisse);
    let autre = caisse
        .app
        .connecte(&caisse.app.compte(Role::Kine, None))
        .await;
    let page = autre.get(&format!("/demandes/{NUMERO}/audition")).await;
    assert_eq!(page.statut, 404);
}
