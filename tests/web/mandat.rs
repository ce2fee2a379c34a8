//! PRO-13: an authorised representative acts on a written mandate: given by the person, received by the caisse, taken back.

use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::piece::EtatPiece;
use regles::representation::EtatMandat;
use releve::db::piece;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::client::{Client, Page};
use crate::util::compte::CompteTest;

pub const NUMERO: &str = "131-2026-000012";
const REPRESENTANT: &str = "paul.roux@avocats.example.fr";
const PDF: &[u8] = b"%PDF-1.4\n%%EOF\n";

/// A request of a practitioner who can log in, followed by the instructor.
pub fn confiee(caisse: &Caisse) -> CompteTest {
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Deposee,
        assigne_a: Some(caisse.instructeur.id),
        ..UneDemande::default()
    });
    compte
}

async fn nommer(kine: &Client, du: &str, au: &str, mandat: bool) -> Page {
    let action = format!("/demandes/{NUMERO}/representant");
    let champs = [
        ("nom", "Paul Roux"),
        ("courriel", REPRESENTANT),
        ("du", du),
        ("au", au),
    ];
    let fichiers: &[(&str, &str, &[u8])] = match mandat {
        true => &[("mandat", "mandat.pdf", PDF)],
        false => &[],
    };
    kine.post_fichiers(&action, &action, &champs, fichiers)
        .await
}

fn copies(caisse: &Caisse) -> Vec<String> {
    caisse.courriels_de(REPRESENTANT)
}

#[actix_web::test]
async fn pro_13_un_mandat_se_donne_se_verifie_fait_agir_et_se_retire() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let compte = confiee(&caisse);
    let (kine, agent) = (
        caisse.app.connecte(&compte).await,
        caisse.instructeur().await,
    );
    let (demande, dossier) = (format!("/demandes/{NUMERO}"), format!("/dossiers/{NUMERO}"));
    for (du, au, mandat) in [
        ("12/03/2026", "30/04/2026", false),
        ("12/03/2026", "01/03/2026", true),
    ] {
        let page = nommer(&kine, du, au, mandat).await;
        assert_eq!(page.statut, 422, "{du} {au}: {}", page.texte());
    }
    let page = nommer(&kine, "12/03/2026", "30/04/2026", true).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let suivi = kine.get(&demande).await.texte();
    assert!(
        suivi.contains(
            "Vous avez donné mandat à Paul Roux, du 12 mars 2026 au 30 avril 2026 (inclus)"
        ),
        "{suivi}"
    );
    // One at a time.
    let encore = nommer(&kine, "12/03/2026", "", true).await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
    assert!(
        caisse
            .courriels_de(&caisse.instructeur.courriel)
            .contains(&"mandat_donne_agent".to_owned())
    );

    // Nothing counts before the caisse has received it.
    let acte = [("le", "12/03/2026"), ("texte", "Demande un rendez-vous.")];
    let trop_tot = agent.agir(&format!("{dossier}/acte-recu"), &acte).await;
    assert_eq!(trop_tot.statut, 409, "{}", trop_tot.texte());
    agent
        .agir(
            &format!("{dossier}/demander-pieces"),
            &[("pieces", "identite")],
        )
        .await;
    assert_eq!(copies(&caisse), Vec::<String>::new());

    let page = agent.get(&dossier).await.texte();
    assert!(
        page.contains("La personne a donné mandat à Paul Roux"),
        "{page}"
    );
    let verdict = agent
        .agir(&format!("{dossier}/mandat"), &[("verdict", "verifier")])
        .await;
    assert_eq!(verdict.statut, 200, "{}", verdict.texte());
    let r = caisse.demande(NUMERO).representant.expect("somebody");
    assert_eq!(r.etat, EtatMandat::Verifie);
    let scope = releve::db::CpamScope::National;
    let mandat = caisse.lire(|conn| piece::lire(conn, &scope, r.piece_id));
    assert_eq!(mandat.etat, EtatPiece::Acceptee);
    assert_eq!(copies(&caisse), ["sort_mandat"]);
    let page = agent.get(&dossier).await.texte();
    assert!(
        page.contains("Paul Roux (paul.roux@avocats.example.fr)"),
        "{page}"
    );
    assert!(page.contains("peut agir"), "{page}");

    agent.agir(&format!("{dossier}/acte-recu"), &acte).await;
    let suivi = kine.get(&demande).await.texte();
    assert!(
        suivi.contains(
            "un acte du représentant de Paul Roux, reçu le 12 mars 2026 : Demande un rendez-vous."
        ),
        "{suivi}"
    );
    // What is written to the person is copied to who acts for her.
    agent
        .agir(
            &format!("{dossier}/demander-pieces"),
            &[("pieces", "diplome")],
        )
        .await;
    assert_eq!(copies(&caisse), ["sort_mandat", "copie_representant"]);

    // After its last day, no more.
    caisse.au(jour(2026, 5, 1));
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &format!("{dossier}/demander-pieces"),
            &[("pieces", "assurance")],
        )
        .await;
    assert_eq!(copies(&caisse).len(), 2);
    let tard = [("le", "01/05/2026"), ("texte", "Demande un délai.")];
    let tard = agent.agir(&format!("{dossier}/acte-recu"), &tard).await;
    assert_eq!(tard.statut, 409, "{}", tard.texte());

    let kine = caisse.app.connecte(&compte).await;
    let fini = kine.agir(&format!("{demande}/revoquer"), &[]).await;
    assert_eq!(fini.statut, 200, "{}", fini.texte());
    assert_eq!(caisse.demande(NUMERO).representant, None);
    assert_eq!(
        copies(&caisse),
        ["sort_mandat", "copie_representant", "sort_mandat"]
    );
    let suivi = kine.get(&demande).await.texte();
    assert!(suivi.contains("a retiré le mandat de Paul Roux"), "{suivi}");
    let rien = kine.agir(&format!("{demande}/revoquer"), &[]).await;
    assert_eq!(rien.statut, 409, "{}", rien.texte());
}

#[actix_web::test]
async fn pro_13_un_mandat_refuse_se_dit_et_un_autre_se_donne() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let compte = confiee(&caisse);
    let (kine, agent) = (
        caisse.app.connecte(&compte).await,
        caisse.instructeur().await,
    );
    nommer(&kine, "12/03/2026", "", true).await;
    let url = format!("/dossiers/{NUMERO}/mandat");
    for raison in ["", "Voir REG-9."] {
        let page = agent
            .agir(&url, &[("verdict", "refuser"), ("raison", raison)])
            .await;
        assert_eq!(page.statut, 422, "{}", page.texte());
    }
    let page = agent
        .agir(
            &url,
            &[("verdict", "refuser"), ("raison", "Il n’est pas signé.")],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(copies(&caisse), Vec::<String>::new());
    assert!(
        caisse
            .courriels_de(&compte.courriel)
            .contains(&"mandat_examine".to_owned())
    );
    let page = nommer(&kine, "12/03/2026", "", true).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    // It is looked at on its own page, not among the documents.
    let r = caisse.demande(NUMERO).representant.expect("somebody");
    let ailleurs = agent
        .post(
            &format!("/dossiers/{NUMERO}/mandat"),
            &format!("/dossiers/{NUMERO}/pieces/{}", r.piece_id),
            &[("action", "accepter")],
        )
        .await;
    assert_eq!(ailleurs.statut, 409, "{}", ailleurs.texte());
}

#[actix_web::test]
async fn pro_13_personne_d_autre_ne_donne_ni_ne_retire_un_mandat() {
    let caisse = Caisse::start();
    let compte = confiee(&caisse);
    let kine = caisse.app.connecte(&compte).await;
    nommer(&kine, "12/03/2026", "", true).await;
    let autre = caisse
        .app
        .connecte(&caisse.app.compte(Role::Kine, None))
        .await;
    for chemin in ["representant", "revoquer"] {
        let page = autre.get(&format!("/demandes/{NUMERO}/{chemin}")).await;
        assert_eq!(page.statut, 404, "{chemin}");
    }
}
