//! A form sent with nothing chosen says what to choose, and where.

use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::UneDemande;

const NUMERO: &str = "131-2026-000001";

#[actix_web::test]
async fn un_envoi_sans_choix_dit_quoi_choisir() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        ..UneDemande::default()
    });
    let (kine, agent) = (
        caisse.app.connecte(&compte).await,
        caisse.instructeur().await,
    );
    // Forms that ask: what a browser sends when nothing is ticked.
    for (client, adresse, phrase) in [
        (
            &kine,
            "/changements/nouveau?choisir=oui",
            "Choisissez ce que vous voulez annoncer",
        ),
        (
            &kine,
            "/demandes/nouvelle?choisir=oui",
            "Choisissez le cas qui correspond à votre projet",
        ),
        (
            &kine,
            "/demandes/nouvelle?choisir=oui&nature=derogation&etape=motif",
            "Choisissez le motif de dérogation",
        ),
        (
            &agent,
            "/dossiers/nouveau?choisir=oui&rpps=",
            "Choisissez le cas qui correspond à votre projet",
        ),
        (
            &kine,
            "/verifier?code=",
            "Écrivez le code imprimé au bas du document",
        ),
    ] {
        let page = client.get(adresse).await;
        assert!(
            page.texte().contains("Un point est à corriger")
                || page.texte().contains("points sont à corriger"),
            "{adresse}: {}",
            page.texte()
        );
        assert!(page.texte().contains(phrase), "{adresse}: {}", page.texte());
        // Not before anything was asked for.
        let nue = adresse.split('?').next().expect("a path");
        assert!(!client.get(nue).await.texte().contains(phrase), "{nue}");
    }
    // Forms that write.
    let id = id.to_string();
    let ligne = [("dossier", id.as_str())];
    let (pieces, messages) = (
        format!("/demandes/{NUMERO}/pieces"),
        format!("/demandes/{NUMERO}/messages"),
    );
    for (client, page, action, champs, phrase) in [
        (
            &agent,
            "/dossiers",
            "/dossiers",
            &[][..],
            "Cochez d’abord, dans la liste, les dossiers à traiter",
        ),
        (
            &agent,
            "/dossiers",
            "/dossiers",
            &ligne[..],
            "Choisissez, sous la liste, ce qui est fait des dossiers cochés",
        ),
        (
            &kine,
            "/espace",
            pieces.as_str(),
            &[][..],
            "Choisissez au moins un fichier à envoyer",
        ),
        (
            &kine,
            messages.as_str(),
            messages.as_str(),
            &[][..],
            "Écrivez votre message",
        ),
    ] {
        let reponse = client.post(page, action, champs).await;
        assert!(
            reponse.texte().contains(phrase),
            "{action}: {}",
            reponse.texte()
        );
    }
}
