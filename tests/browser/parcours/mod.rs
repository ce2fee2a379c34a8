//! One departure, one arrival, as four people live it in Chromium: she leaves, he succeeds her, an agent
//! instructs, the director signs. With JavaScript every page is inspected; then all of it again without.

mod scene;

use regles::droits::Role;

use super::sans_script::prouver;
use crate::util::compte::rpps;
use scene::{Personne, Scene};

#[actix_web::test]
async fn un_depart_ouvre_une_arrivee() {
    derouler(Scene::new(true).await).await;
}

#[actix_web::test]
async fn un_depart_ouvre_une_arrivee_sans_javascript() {
    derouler(Scene::new(false).await).await;
}

const NUMERO: &str = "131-2026-000001";

async fn derouler(mut s: Scene) {
    let cedante = Personne::kine("claire@example.fr");
    let successeur = Personne::kine("karim@example.fr");
    let instructeur = s.agent(Role::Instructeur);
    let signataire = s.agent(Role::Signataire);

    let depart = declarer(&mut s, &cedante).await;
    confirmer(&mut s, &instructeur).await;
    designer(&mut s, &cedante, &depart).await;
    accepter(&mut s, &successeur).await;
    deposer(&s, &successeur).await;
    instruire(&mut s, &instructeur).await;
    signer(&mut s, &signataire).await;
    installer(&mut s, &successeur, &instructeur).await;
    relire(&s).await;
    conclure(&mut s, &cedante, &depart).await;
    if !s.javascript {
        prouver(&s.navigateur, "un départ ouvre une arrivée").await;
    }
}

/// She registers and declares her departure; its page.
async fn declarer(s: &mut Scene, cedante: &Personne) -> String {
    s.regarder("accueil").await;
    s.navigateur.click("Créer un compte").await;
    s.regarder("inscription").await;
    s.inscrire(cedante, "Claire", "Martin", &rpps(1)).await;
    s.regarder("espace-vide").await;
    let n = &s.navigateur;
    n.click("Déclarer ma cessation").await;
    s.regarder("depart-nouvelle").await;
    n.click("Vérifier ma déclaration").await;
    n.see("points sont à corriger").await;
    s.regarder("depart-erreurs").await;
    s.choisir_commune("Martigues").await;
    n.fill("Adresse du lieu d’exercice", "12 quai des Anglais")
        .await;
    n.fill("Date de cessation définitive", "10/01/2026").await;
    n.fill("Actes réalisés", "1 850").await;
    s.joindre("Justificatif").await;
    n.click("Vérifier ma déclaration").await;
    n.see("Vérifiez et envoyez votre déclaration").await;
    s.regarder("depart-verification").await;
    n.click("Envoyer ma déclaration").await;
    n.see("Votre cessation est déclarée").await;
    s.regarder("depart-declaree").await;
    n.path().await
}

/// The CPAM confirms: REG-3 opens a place.
async fn confirmer(s: &mut Scene, instructeur: &Personne) {
    s.au_tour_de(instructeur).await;
    let n = &s.navigateur;
    n.click("Départs").await;
    s.regarder("departs").await;
    n.see("Claire Martin").await;
    n.click("-2026-D00001").await;
    s.regarder("depart").await;
    n.fill(
        "Pourquoi poursuivre sans les pièces utiles qui manquent",
        "La caisse connaît ses actes.",
    )
    .await;
    n.click("Confirmer la cessation").await;
    n.see("une place est ouverte").await;
    s.regarder("depart-confirme").await;
}

/// She names him, by RPPS and address.
async fn designer(s: &mut Scene, cedante: &Personne, depart: &str) {
    s.au_tour_de(cedante).await;
    s.ouvrir(depart).await;
    let n = &s.navigateur;
    n.see("Votre départ ouvre une place").await;
    s.regarder("depart-confirmee").await;
    n.fill("Numéro RPPS du successeur", &rpps(2)).await;
    n.fill("Adresse électronique du successeur", "karim@example.fr")
        .await;
    n.click("Désigner ce successeur").await;
    n.see("Votre désignation est enregistrée").await;
    s.regarder("depart-designee").await;
}

/// The mail leads him to the designation, the designation to an account, the account back to the designation.
async fn accepter(s: &mut Scene, successeur: &Personne) {
    s.quitter().await;
    let lien = s.lien_recu(&successeur.courriel).await;
    s.ouvrir(&lien).await;
    s.navigateur.see("Succéder à Claire Martin").await;
    s.regarder("designation-recue").await;
    s.navigateur.click("Créer mon compte").await;
    s.inscrire(successeur, "Karim", "Benali", &rpps(2)).await;
    let n = &s.navigateur;
    n.see("Succéder à Claire Martin").await;
    s.regarder("designation").await;
    n.click("Accepter la désignation").await;
    n.see("Vous acceptez de succéder à Claire Martin").await;
}

/// He files the request, and gets a receipt with a number (PRO-2).
async fn deposer(s: &Scene, successeur: &Personne) {
    let n = &s.navigateur;
    // Where one lives gives the court of appeal; documents come here if one says so.
    s.ouvrir("/espace").await;
    n.click("Mes coordonnées").await;
    s.choisir_commune("Martigues").await;
    n.fill("Numéro et rue de votre domicile", "3 rue de la Paix")
        .await;
    n.click("Enregistrer mon adresse").await;
    n.see("Votre adresse personnelle est enregistrée").await;
    s.ouvrir("/espace/consentement").await;
    n.choose("J’ai lu et j’accepte").await;
    n.click("Enregistrer mon accord").await;
    n.see("Vous recevrez les décisions dans votre espace").await;
    s.ouvrir("/demandes/nouvelle").await;
    s.regarder("demande-nature").await;
    n.choose("Je succède à un confrère").await;
    n.click("Continuer").await;
    // The place of practice is already that of the place.
    n.see("Martigues").await;
    n.choose("Claire Martin, à Martigues").await;
    n.fill("Adresse du lieu d’exercice", "8 cours du 4-Septembre")
        .await;
    n.choose("Non").await;
    n.fill("Année d’entrée en formation", "2015").await;
    s.regarder("demande-projet").await;
    n.click("Vérifier ma demande").await;
    n.see("Vérifiez et envoyez votre demande").await;
    s.joindre("Diplôme").await;
    s.joindre("Accord de succession avec le confrère").await;
    s.joindre("Justificatif du lieu d’exercice").await;
    s.regarder("demande-verification").await;
    n.click("Envoyer ma demande").await;
    n.see(NUMERO).await;
    s.regarder("accuse-reception").await;
    let courriels = s.app.vider_courriels().await;
    assert!(
        courriels
            .iter()
            .any(|c| c.destinataire == successeur.courriel && c.texte.contains(NUMERO)),
        "{courriels:?}"
    );
}

/// The agent takes the file, declares it complete, and proposes what the rules say.
async fn instruire(s: &mut Scene, instructeur: &Personne) {
    s.au_tour_de(instructeur).await;
    let n = &s.navigateur;
    n.click("Dossiers").await;
    s.regarder("dossiers").await;
    n.click(NUMERO).await;
    n.see("Accordable par succession").await;
    s.regarder("dossier").await;
    n.click("Prendre en charge").await;
    n.see("a pris le dossier en charge").await;
    n.click("Examiner les pièces").await;
    s.regarder("dossier-pieces").await;
    n.click("Revenir au dossier").await;
    n.click("Déclarer le dossier complet").await;
    n.fill(
        "Pourquoi poursuivre sans les pièces utiles qui manquent",
        "La caisse a vérifié l’inscription au tableau de l’Ordre.",
    )
    .await;
    n.click("Déclarer le dossier complet").await;
    n.see("a déclaré le dossier complet").await;
    n.click("Noter les conditions générales").await;
    for condition in ["ordre", "assurance"] {
        n.choose_of(condition, "etablie").await;
    }
    n.click("Noter cet état").await;
    n.see("L’état des conditions générales est noté").await;
    n.click("Vérifier l’identité").await;
    n.choose_of("moyen", "piece").await;
    n.click("Identité vérifiée").await;
    n.see("L’identité est vérifiée").await;
    n.click("Proposer une décision").await;
    n.choose("Accord").await;
    s.regarder("proposer").await;
    n.click("Proposer cette décision").await;
    n.see("une autre personne le signe").await;
}

/// PRO-5: somebody else decides.
async fn signer(s: &mut Scene, signataire: &Personne) {
    s.au_tour_de(signataire).await;
    let n = &s.navigateur;
    n.click(NUMERO).await;
    n.click("Décider").await;
    n.see("Accorder le conventionnement").await;
    s.regarder("decider").await;
    n.click("Signer l’accord").await;
    n.see("Le conventionnement est accordé").await;
}

/// The six months start when the successor opens the decision (PRO-8, REG-9); the installation fills the place.
async fn installer(s: &mut Scene, successeur: &Personne, instructeur: &Personne) {
    s.au_tour_de(successeur).await;
    let n = &s.navigateur;
    s.ouvrir(&format!("/demandes/{NUMERO}")).await;
    s.regarder("decision-a-ouvrir").await;
    n.click("Ouvrir le document").await;
    n.see("15 juillet 2026").await;
    s.regarder("decision-ouverte").await;
    s.au_tour_de(instructeur).await;
    let n = &s.navigateur;
    s.ouvrir(&format!("/dossiers/{NUMERO}")).await;
    n.see("15 juillet 2026").await;
    s.regarder("dossier-notifie").await;
    n.click("Enregistrer l’installation").await;
    n.fill("Début de l’installation", "15/01/2026").await;
    s.regarder("installer").await;
    n.click("Enregistrer l’installation").await;
    n.see("L’installation est enregistrée").await;
}

/// The timeline says who did what; the ledger of the zone balances (REG-14).
async fn relire(s: &Scene) {
    let n = &s.navigateur;
    s.regarder("dossier-clos").await;
    n.click("Historique").await;
    let histoire = n.text().await;
    for acte in [
        "Karim Benali a déposé la demande 131-2026-000001",
        "a pris le dossier en charge",
        "a déclaré le dossier complet",
        "a proposé un accord",
        "a accordé le conventionnement",
        "décision notifiée le 15 janvier 2026 dans l’espace personnel",
        "a enregistré l’installation au 15 janvier 2026",
    ] {
        assert!(histoire.contains(acte), "«{acte}» is not in {histoire}");
    }
    n.click("Grand livre").await;
    s.regarder("grand-livre").await;
    n.click("Martigues").await;
    n.see("Le compte est juste").await;
    s.regarder("grand-livre-zone").await;
    let livre = n.text().await;
    for ligne in ["Claire Martin", "Karim Benali", "1 pourvue"] {
        assert!(livre.contains(ligne), "«{ligne}» is not in {livre}");
    }
    s.ouvrir("/recherche?q=benali").await;
    n.see(NUMERO).await;
    s.regarder("recherche").await;
}

/// She reads how it ended.
async fn conclure(s: &mut Scene, cedante: &Personne, depart: &str) {
    s.au_tour_de(cedante).await;
    s.regarder("espace").await;
    s.ouvrir(depart).await;
    s.navigateur
        .see("L’installation de votre successeur a commencé")
        .await;
    s.regarder("depart-pourvue").await;
    s.ouvrir("/zones/13056").await;
    s.navigateur
        .see("Aucune place n’attend de successeur")
        .await;
    s.regarder("zone").await;
    s.quitter().await;
}
