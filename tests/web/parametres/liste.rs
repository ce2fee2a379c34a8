//! The list, and the preview of reminders.

use super::*;

#[actix_web::test]
async fn la_liste_se_lit_se_cherche_et_se_filtre() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    let tous = agent.get("/parametres").await;
    let texte = tous.texte();
    assert_eq!(tous.statut, 200);
    assert!(
        texte.contains("Actes requis du partant")
            && texte.contains("1 200 actes")
            && texte.contains("REG-3 · place.seuil_actes")
            && texte.contains("paramètre national (D)")
            && texte.contains("depuis le 26 août 2023"),
        "{texte}"
    );
    let fiche = agent.get("/parametres/place.seuil_actes").await.texte();
    assert!(fiche.contains("20 novembre 2026"), "{fiche}");
    let cherche = agent.get("/parametres?q=SEUIL%20partant").await.texte();
    assert!(
        cherche.contains("1 paramètre ") && cherche.contains("place.seuil_actes"),
        "{cherche}"
    );
    let regle = agent.get("/parametres?q=REG-3").await.texte();
    assert!(
        regle.contains("6 paramètres") && regle.contains("place.periode_actes"),
        "{regle}"
    );
    let nationaux = agent.get("/parametres?statut=D").await.texte();
    assert!(
        nationaux.contains("decision.separation") && !nationaux.contains("place.seuil_actes"),
        "{nationaux}"
    );
    let rien = agent.get("/parametres?q=licorne").await.texte();
    assert!(rien.contains("Aucun paramètre ne correspond"), "{rien}");

    let fiche = agent.get("/parametres/place.seuil_actes").await.texte();
    assert!(
        fiche.contains("du 16 mai 2007 au 25 août 2023")
            && fiche.contains("depuis le 26 août 2023 En vigueur")
            && !fiche.contains(" du 26 août 2023"),
        "{fiche}"
    );
    assert!(!fiche.contains("Proposer une valeur"));
    assert_eq!(agent.get("/parametres/place.inconnu").await.statut, 404);
    assert_eq!(agent.get(SEUIL).await.statut, 403);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    assert_eq!(auditeur.get("/parametres").await.statut, 200);
    assert_eq!(auditeur.get(SEUIL).await.statut, 403);
}

#[actix_web::test]
async fn une_liste_de_rappels_montre_les_echeances_ouvertes_et_tout_s_exporte() {
    let caisse = Caisse::start();
    caisse.depart_confirme(1);
    let client = caisse.app.connecte(&administrateur(&caisse.app)).await;
    let chemin = "/parametres/rappels.designation_successeur/proposer";
    let mut saisis = champs("", "01/02/2026");
    saisis.retain(|(nom, _)| *nom != "valeur");
    saisis.extend([("code_6m", "oui"), ("code_7j", "oui")]);
    let (apercu, proposee) = proposer(&client, chemin, &saisis).await;
    let texte = apercu.texte();
    assert!(
        texte.contains("1 échéance ouverte")
            && texte.contains("Échéance « Désigner un successeur »")
            && texte.contains("1 résultat change"),
        "{texte}"
    );
    let csv = client.get(&format!("{}/effets.csv", proposee.chemin)).await;
    assert_eq!(csv.statut, 200);
    assert_eq!(csv.html.lines().count(), 2, "{}", csv.html);
    assert!(csv.html.contains("Désigner un successeur"), "{}", csv.html);
    // A delay moves no deadline that runs: the page says how many keep their date.
    let (delai, _) = proposer(
        &client,
        "/parametres/place.delai_designation/proposer",
        &champs("3", "01/02/2026"),
    )
    .await;
    assert!(
        delai
            .texte()
            .contains("1 échéance déjà ouverte garde sa date"),
        "{}",
        delai.texte()
    );
}
