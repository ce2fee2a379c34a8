//! The tray of who signs: the list, the letter, what is answered for; one after the other, together, sent back (PRO-5).

use regles::demande::EtatDemande;
use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::MOT_DE_PASSE;

const PAGE: &str = "/parapheur";

/// Proposals for grants, on requests that need no place.
async fn proposer(caisse: &Caisse, rangs: &[u32]) -> Vec<String> {
    let agent = caisse.instructeur().await;
    let mut numeros = Vec::new();
    for rang in rangs {
        let numero = format!("131-2026-{rang:06}");
        caisse.decor.demande(&UneDemande {
            numero: &numero,
            kine_id: caisse.successeur(*rang).id,
            insee: "13001",
            bassin: "BV13001",
            categorie: "intermediaire",
            etat: EtatDemande::Complete,
            prochaine_echeance: jour(2026, 3, 1 + rang),
            ..UneDemande::default()
        });
        let page = agent
            .agir(
                &format!("/dossiers/{numero}/proposer"),
                &[("sens", "accord")],
            )
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        numeros.push(numero);
    }
    numeros
}

#[actix_web::test]
async fn la_lettre_se_lit_avec_ce_dont_on_repond_et_la_suivante_s_ouvre() {
    let caisse = Caisse::start();
    let numeros = proposer(&caisse, &[1, 2]).await;
    let s = caisse.signataire().await;
    let page = s.get(PAGE).await;
    let vue = page.texte();
    for phrase in [
        "J’accorde votre conventionnement",
        "Avant de signer",
        "Toutes les pièces exigées sont au dossier",
        "Vous dirigez la caisse",
        "Signer l’accord",
    ] {
        assert!(vue.contains(phrase), "«{phrase}»: {vue}");
    }
    let signer = format!("{PAGE}/{}/signer", numeros[0]);
    assert!(
        page.html.contains(&signer),
        "what falls due first is opened"
    );
    let suivante = s
        .post(&format!("{PAGE}/{}", numeros[0]), &signer, &[])
        .await;
    assert_eq!(suivante.statut, 200, "{}", suivante.texte());
    assert!(
        suivante
            .texte()
            .contains(&format!("Accord signé : dossier {}", numeros[0])),
        "{}",
        suivante.texte()
    );
    assert!(
        suivante
            .html
            .contains(&format!("{PAGE}/{}/signer", numeros[1]))
    );
    assert_eq!(caisse.demande(&numeros[0]).etat, EtatDemande::Accordee);

    // Sent back with a remark, or not at all.
    let renvoyer = format!("{PAGE}/{}/renvoyer", numeros[1]);
    let sans = s
        .post(&format!("{PAGE}/{}", numeros[1]), &renvoyer, &[])
        .await;
    assert_eq!(sans.statut, 422, "{}", sans.texte());
    let page = s
        .post(
            &format!("{PAGE}/{}", numeros[1]),
            &renvoyer,
            &[("motif", "Relire l’adresse.")],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(
        page.texte().contains("Rien n’attend votre signature"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.demande(&numeros[1]).etat, EtatDemande::Complete);
}

#[actix_web::test]
async fn on_signe_ensemble_en_confirmant_par_son_mot_de_passe() {
    let caisse = Caisse::start();
    let numeros = proposer(&caisse, &[1, 2, 3]).await;
    let s = caisse.signataire().await;
    let url = format!(
        "{PAGE}/ensemble?dossier={}&dossier={}",
        numeros[0], numeros[1]
    );
    let page = s.get(&url).await;
    assert!(
        page.texte().contains("Signer 2 décisions"),
        "{}",
        page.texte()
    );
    let jeton = |nom: &str| {
        let caches = page.caches();
        caches
            .iter()
            .find(|(n, _)| n == nom)
            .map(|(_, v)| v.clone())
    };
    let version = |n: &str| format!("{n}:{}", caisse.demande(n).version);
    let envoi = |mot: &str, choisis: &[String]| -> Vec<(String, String)> {
        let mut champs: Vec<_> = page
            .caches()
            .into_iter()
            .filter(|(nom, _)| nom != "dossier")
            .collect();
        champs.extend(choisis.iter().map(|c| ("dossier".to_owned(), c.clone())));
        champs.push(("mot_de_passe".to_owned(), mot.to_owned()));
        champs
    };
    assert!(jeton("dossier").is_some(), "{}", page.html);
    let choisis = [version(&numeros[0]), version(&numeros[1])];
    let faux = s
        .post_brut(
            &format!("{PAGE}/ensemble"),
            &envoi("un autre mot", &choisis),
        )
        .await;
    assert_eq!(faux.statut, 422, "{}", faux.texte());
    assert!(
        faux.texte().contains("rien n’est signé"),
        "{}",
        faux.texte()
    );
    assert_eq!(caisse.demande(&numeros[0]).etat, EtatDemande::Proposee);
    // One changed meanwhile: the other is signed, and the page says which was not.
    let perimee = [version(&numeros[0]), format!("{}:1", numeros[1])];
    let fait = s
        .post_brut(&format!("{PAGE}/ensemble"), &envoi(MOT_DE_PASSE, &perimee))
        .await;
    assert_eq!(fait.statut, 200, "{}", fait.texte());
    assert!(
        fait.texte().contains("1 décision signée"),
        "{}",
        fait.texte()
    );
    assert!(
        fait.texte()
            .contains(&format!("{} (elle a changé", numeros[1])),
        "{}",
        fait.texte()
    );
    assert_eq!(caisse.demande(&numeros[0]).etat, EtatDemande::Accordee);
    assert_eq!(caisse.demande(&numeros[1]).etat, EtatDemande::Proposee);
    assert_eq!(caisse.demande(&numeros[2]).etat, EtatDemande::Proposee);
}

#[actix_web::test]
async fn le_parapheur_est_celui_de_sa_caisse_et_de_qui_signe() {
    let caisse = Caisse::start();
    let numeros = proposer(&caisse, &[1]).await;
    let ailleurs = caisse.app.compte(Role::Signataire, Some("831"));
    let ailleurs = caisse.app.connecte(&ailleurs).await;
    assert!(
        ailleurs
            .get(PAGE)
            .await
            .texte()
            .contains("Rien n’attend votre signature")
    );
    assert_eq!(
        ailleurs.get(&format!("{PAGE}/{}", numeros[0])).await.statut,
        404
    );
    let agent = caisse.instructeur().await;
    assert_eq!(agent.get(PAGE).await.statut, 403);
}
