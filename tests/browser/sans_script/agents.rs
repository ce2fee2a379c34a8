//! What no other journey of an agent sends.

use regles::demande::{EtatDemande, Sens};
use regles::droits::Role;
use regles::echeance::NatureEcheance;
use regles::lot::{EtatLigne, EtatLot};
use releve::actions::decision::{Proposition, proposer};
use releve::db::{CpamScope, designation};

use super::super::deux::{connecter, ouvrir};
use super::prouver;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::rpps;
use crate::web::charte::{Appel, PDF};
use crate::web::lots::{attendre, etiqueter_tout};
use crate::web::reduction::accordee;
use crate::web::reserve;

#[actix_web::test]
async fn apres_la_decision() {
    let caisse = Caisse::start();
    let cedante = caisse.decor.kine("helene.martin@example.fr", "10000002001");
    let depart = caisse
        .decor
        .depart(cedante.id, "13056", jour(2025, 12, 31), Some(900));
    let kine = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&kine).await;
    let annonce = [
        ("nature", "rectification"),
        ("commune", "13056"),
        ("expose", "La rue a changé de nom"),
    ];
    client
        .post(
            "/changements/nouveau?nature=rectification",
            "/changements/nouveau",
            &annonce,
        )
        .await;
    let s = caisse.succession(1, EtatDemande::Complete);
    let scope = CpamScope::Caisse("131".to_owned());
    let proposition = Proposition {
        sens: Sens::Accord,
        motifs: String::new(),
        ecart: String::new(),
        malgre_recours: String::new(),
        reserve: None,
    };
    let propose = caisse.acte(&caisse.instructeur);
    caisse
        .agir(|tx| proposer(tx, &propose, &scope, &s.numero, 1, &proposition))
        .expect("proposed");
    let client = caisse.signataire().await;
    client
        .agir(&format!("/dossiers/{}/decider", s.numero), &[])
        .await;

    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
    caisse.signer_la_lettre(&s.numero);
    aller(&format!("/dossiers/{}/notifier", s.numero)).await;
    n.fill("Envoyé le", "15/01/2026").await;
    n.fill("Remis le", "15/01/2026").await;
    n.click("Enregistrer ce suivi").await;
    n.see("La décision est notifiée le 15 janvier 2026").await;

    aller("/dossiers").await;
    let case = n
        .client
        .find(fantoccini::Locator::Css("input[name=dossier]"))
        .await;
    case.expect("a file").click().await.expect("chosen");
    n.click("Confier").await;
    n.see("Ce qui sera fait").await;

    aller("/dossiers/131-2026-D00001/messages").await;
    n.fill("Votre message", "Bonjour").await;
    n.click("Envoyer le message").await;
    n.see("Votre message est envoyé").await;
    aller(&format!("/departs/{depart}")).await;
    n.click("Confirmer la cessation").await;
    n.choose("Favorable").await;
    n.click("Enregistrer l’avis").await;
    n.see("une place est ouverte").await;

    aller(&format!("/departs/{depart}/ayants-droit")).await;
    n.choose("Ayant droit du professionnel").await;
    n.fill("Prénom et nom", "Paul Martin").await;
    n.fill("Adresse électronique", "paul@example.fr").await;
    let dossier = tempfile::tempdir().expect("a folder");
    let preuve = dossier.path().join("acte.pdf");
    std::fs::write(&preuve, PDF).expect("a document");
    n.fill("Preuve", &preuve.display().to_string()).await;
    n.click("Habiliter cette personne").await;
    n.see("Cette personne est habilitée").await;
    let deposes = caisse.app.deposes();
    let lien = deposes
        .iter()
        .rfind(|m| m.modele == "ayant_droit")
        .and_then(|m| {
            m.texte
                .split_whitespace()
                .find(|mot| mot.contains("/ayants-droit/"))
        })
        .and_then(|mot| Some(&mot[mot.find("/ayants-droit/")?..]))
        .expect("a secret link");
    n.client.delete_all_cookies().await.expect("no session");
    aller(lien).await;
    n.fill("Numéro RPPS du successeur", &rpps(777)).await;
    n.fill("Adresse électronique du successeur", "karim@example.fr")
        .await;
    n.click("Désigner ce successeur").await;
    n.click("Envoyer la désignation").await;
    n.see("Votre désignation est enregistrée").await;
    aller(&format!("{lien}/annuler")).await;
    n.click("Retirer la désignation").await;
    n.see("La désignation est retirée").await;
    connecter(&n, &caisse, &caisse.instructeur).await;
    aller(&format!("/departs/{depart}/ayants-droit")).await;
    n.click("Retirer son lien").await;
    n.see("Le lien est retiré").await;

    aller("/changements").await;
    n.click("Prendre acte").await;
    n.see("C’est noté").await;
    prouver(&n, "après la décision").await;
}

#[actix_web::test]
async fn une_attribution() {
    let appel = Appel::ouvert().await;
    let caisse = &appel.caisse;
    // Somebody else than those who will be ranked.
    let passant = caisse.app.compte(Role::Kine, None);
    let n = ouvrir(caisse, &passant, false).await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
    aller(&format!("/appels/{}", appel.id)).await;
    n.click("Candidater").await;
    n.fill("Années d’expérience", "4").await;
    n.click("Vérifier ma candidature").await;
    n.see("En tout").await;
    n.click("Déposer ma candidature").await;
    n.see("Votre candidature est reçue").await;
    n.click("Corriger ma candidature").await;
    n.fill("Années d’expérience", "5").await;
    n.click("Vérifier ma candidature").await;
    n.click("Corriger ma candidature").await;
    n.see("Votre candidature dit maintenant").await;
    n.click("Retirer ma candidature").await;
    n.see("Garder ma candidature").await;
    n.click("Retirer ma candidature").await;
    n.see("Votre candidature est retirée").await;

    appel.classer().await;
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, caisse, &caisse.instructeur).await;
    let page = format!("/attributions/{}", appel.id);
    aller(&page).await;
    n.click("Vérifier les valeurs").await;
    n.click("Retenir ces valeurs").await;
    n.see("Les valeurs sont retenues").await;
    aller(&format!("{page}/commission")).await;
    n.click("Enregistrer le classement").await;
    n.see("Le classement de la commission est enregistré").await;

    // The winner gives the place up: the call opens again.
    let gagnant = &appel.candidats[1];
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, caisse, &caisse.signataire).await;
    aller(&format!("{page}/attribuer")).await;
    n.choose(&gagnant.nom).await;
    n.click("Attribuer la place").await;
    n.see("La place est attribuée").await;
    let designee = caisse.lire(|conn| designation::active(conn, appel.place_id));
    let designee = designee.expect("designated").id;
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, caisse, gagnant).await;
    aller(&format!("/designations/{designee}/renoncer")).await;
    n.click("Renoncer à cette succession").await;
    n.see("Vous avez renoncé").await;
    n.client.delete_all_cookies().await.expect("no session");
    connecter(&n, caisse, &caisse.instructeur).await;
    aller(&page).await;
    n.click("Écarter").await;
    n.fill("Motif", "Pièce absente").await;
    n.click("Écarter la candidature").await;
    n.see("écartée").await;
    aller(&format!("{page}/clore")).await;
    n.fill("Motif", "Une seule candidature").await;
    n.click("Clore l’appel").await;
    n.see("L’appel est clos").await;
    aller("/attributions").await;
    n.click("Ouvrir l’appel pour").await;
    n.see("Aucune candidature").await;
    prouver(&n, "une attribution").await;
}

#[actix_web::test]
async fn une_reduction_d_activite() {
    let histoire = accordee().await;
    let caisse = &histoire.caisse;
    let n = ouvrir(caisse, &caisse.instructeur, false).await;
    let adresse = &caisse.app.adresse;
    n.goto(&format!("{adresse}/dossiers/{}/reduction", histoire.numero))
        .await;
    n.choose(NatureEcheance::ReductionTitulaire.libelle()).await;
    n.choose("La fin").await;
    n.fill("Sur quoi vous vous fondez", "Courrier du 12 janvier")
        .await;
    n.click("Enregistrer ce constat").await;
    n.see("Le constat est enregistré").await;
    prouver(&n, "une réduction d’activité").await;
}

/// REG-17: proposed and signed under a condition, which is then stated as met.
#[actix_web::test]
async fn une_condition() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    let dossier = format!("{}/dossiers/{}", caisse.app.adresse, s.numero);
    n.goto(&format!("{dossier}/proposer")).await;
    n.choose("Accord").await;
    n.fill("Motifs en droit et en fait", reserve::MOTIFS).await;
    n.fill(
        "Accord sous réserve de",
        "la cessation effective d’Helene Martin",
    )
    .await;
    n.fill("Dernier jour pour remplir la condition", "31/03/2026")
        .await;
    n.fill("Ce qui prouvera", "Attestation de radiation").await;
    n.click("Proposer cette décision").await;
    n.see("La décision est proposée").await;
    reserve::signer(&caisse, &s).await;
    reserve::notifier(&caisse, &s, jour(2026, 2, 2)).await;
    // Weeks later, the connection of that day is closed.
    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    n.goto(&dossier).await;
    n.see("Accord sous réserve").await;
    n.click("Constater que la condition est remplie").await;
    n.fill("Jour où la condition est remplie", "02/02/2026")
        .await;
    n.choose("Diplôme").await;
    n.click("Enregistrer ce constat").await;
    n.see("La condition est constatée").await;
    prouver(&n, "une condition").await;
}

#[actix_web::test]
async fn une_action_interrompue() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000001001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    // Confirmed, then the service stopped before its first batch.
    let id = etiqueter_tout(&caisse.app, &caisse.instructeur, "131");
    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    let lot = format!("{}/lots/{id}", caisse.app.adresse);
    n.goto(&lot).await;
    n.see("0 sur 1 dossiers traités").await;
    n.click("reprendre l’action").await;
    let bilan = attendre(&caisse, id, EtatLot::Termine).await;
    assert_eq!(bilan, [(EtatLigne::Fait, 1)]);
    n.goto(&lot).await;
    n.see("Annuler cette action").await;
    prouver(&n, "une action interrompue").await;
}
