//! The pages of the agents and of the administration that no journey pictures.

use chrono::TimeDelta;
use regles::demande::{EtatDemande, Sens};
use regles::droits::Role;
use releve::actions::decision::{Proposition, proposer};
use releve::db::CpamScope;
use releve::db::document_emis;
use releve::db::ensemble::Lecture;

use super::super::deux::{connecter, ouvrir};
use super::super::harness::Browser;
use super::super::roles::peupler;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::caisse::Succession;
use crate::util::compte::rpps;
use crate::web::charte::PDF;

const DOSSIER: &str = "/dossiers/131-2026-000001";

/// Opens each page and looks at it.
async fn regarder(n: &Browser, caisse: &Caisse, pages: &[(&str, String)]) {
    for (nom, chemin) in pages {
        n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
        n.inspect(nom).await;
    }
}

async fn devenir(n: &Browser, caisse: &Caisse, qui: &crate::util::compte::CompteTest) {
    n.client.delete_all_cookies().await.expect("no session");
    connecter(n, caisse, qui).await;
}

fn depart(caisse: &Caisse) -> i64 {
    let cedante = caisse.decor.kine("helene.martin@example.fr", "10000002001");
    caisse
        .decor
        .depart(cedante.id, "13056", jour(2025, 12, 31), Some(1430))
}

#[actix_web::test]
async fn les_listes_et_les_corrections() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let depart = depart(&caisse);
    caisse.decor.clore_arretes(jour(2026, 6, 1));
    let arrete = caisse.decor.arrete(
        jour(2026, 6, 1),
        None,
        &[("BV13056", "intermediaire"), ("BV13001", "non_prioritaire")],
    );
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let n = ouvrir(&caisse, &responsable, true).await;
    let pages = [
        ("arretes", "/arretes".to_owned()),
        ("arrete", format!("/arretes/{arrete}")),
        ("arrete-synthese", format!("/arretes/{arrete}/synthese")),
        ("dossier-corriger", format!("{DOSSIER}/corriger")),
        ("depart-corriger", format!("/departs/{depart}/corriger")),
        ("dossier-reserve", format!("{DOSSIER}/reserve")),
        ("dossier-reduction", format!("{DOSSIER}/reduction")),
        ("lots", "/lots".to_owned()),
        ("changements", "/changements".to_owned()),
        ("messages-non-lus", "/messages".to_owned()),
        ("appels-vide", "/appels".to_owned()),
        ("charte-vide", "/charte".to_owned()),
        ("attributions-vide", "/attributions".to_owned()),
    ];
    regarder(&n, &caisse, &pages).await;
}

#[actix_web::test]
async fn ce_que_l_instruction_ecrit_demande_et_classe() {
    let caisse = Caisse::start();
    peupler(&caisse);
    depart(&caisse);
    let n = ouvrir(&caisse, &caisse.instructeur, true).await;
    let pages = [
        ("dossier-messages", format!("{DOSSIER}/messages")),
        (
            "dossier-demander-pieces",
            format!("{DOSSIER}/demander-pieces"),
        ),
        ("dossier-completer", format!("{DOSSIER}/completer")),
        ("dossier-avis", "/dossiers/131-2026-000002/avis".to_owned()),
        (
            "depart-messages",
            "/dossiers/131-2026-D00001/messages".to_owned(),
        ),
    ];
    regarder(&n, &caisse, &pages).await;
    n.goto(&format!("{}/dossiers?q=costa", caisse.app.adresse))
        .await;
    n.click("Enregistrer cette vue").await;
    n.fill("Nom de la vue", "Costa").await;
    n.click("Enregistrer la vue").await;
    n.see("La vue est enregistrée").await;
    n.click("Supprimer cette vue").await;
    n.see("Supprimer la vue").await;
    n.inspect("vue-supprimer").await;

    n.goto(&format!("{}/absences", caisse.app.adresse)).await;
    n.fill("Premier jour", "20/01/2026").await;
    n.fill("Dernier jour", "24/01/2026").await;
    n.click("Déclarer l’absence").await;
    n.see("L’absence est enregistrée").await;
    n.click("Supprimer").await;
    n.see("Garder l’absence").await;
    n.inspect("absence-supprimer").await;

    n.goto(&format!("{}{DOSSIER}/demander-pieces", caisse.app.adresse))
        .await;
    n.fill("Pièce 1", "Pièce d’identité").await;
    n.click("Demander ces pièces").await;
    n.see("Les pièces sont demandées").await;
    n.goto(&format!("{}{DOSSIER}", caisse.app.adresse)).await;
    // A note sent once the session is over.
    n.click("Écrire une note").await;
    n.fill("Note", "Appeler lundi au sujet du bail").await;
    caisse.app.state.clock.advance(TimeDelta::hours(3));
    n.click("Ajouter la note").await;
    n.see("Ce que vous avez écrit est conservé").await;
    n.fill("Adresse électronique", &caisse.instructeur.courriel)
        .await;
    n.fill("Mot de passe", crate::util::compte::MOT_DE_PASSE)
        .await;
    n.press(fantoccini::key::Key::Enter).await;
    n.see("Ce que vous aviez écrit").await;
    n.inspect("reprise").await;

    caisse.au(jour(2026, 3, 20));
    devenir(&n, &caisse, &caisse.instructeur).await;
    regarder(
        &n,
        &caisse,
        &[("dossier-classer", format!("{DOSSIER}/classer"))],
    )
    .await;
}

fn proposee(caisse: &Caisse) -> Succession {
    let s = caisse.succession(1, EtatDemande::Complete);
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".to_owned());
    let proposition = Proposition {
        sens: Sens::Accord,
        motifs: String::new(),
        ecart: String::new(),
        malgre_recours: String::new(),
        reserve: None,
    };
    caisse
        .agir(|tx| proposer(tx, &acte, &scope, &s.numero, 1, &proposition))
        .expect("proposed");
    s
}

#[actix_web::test]
async fn ce_qui_se_renvoie_se_notifie_et_s_habilite() {
    let caisse = Caisse::start();
    let s = proposee(&caisse);
    let n = ouvrir(&caisse, &caisse.signataire, true).await;
    let dossier = format!("/dossiers/{}", s.numero);
    regarder(
        &n,
        &caisse,
        &[
            ("dossier-renvoyer", format!("{dossier}/renvoyer")),
            ("dossier-apercu", format!("{dossier}/apercu")),
        ],
    )
    .await;
    n.goto(&format!("{}{dossier}/decider", caisse.app.adresse))
        .await;
    n.click("Signer l’accord").await;
    n.see("signé").await;
    let lettre = caisse.lire(|conn| {
        let emis = document_emis::lecture_de(s.demande_id).toutes(conn)?;
        document_emis::par_id(conn, emis[0].0)
    });
    let pages = [
        ("document-emis", format!("/documents/{}", lettre.id)),
        ("verifier-code", format!("/verifier/{}", lettre.code)),
    ];
    regarder(&n, &caisse, &pages).await;
    let (depart, _) = caisse.depart_confirme(2);
    devenir(&n, &caisse, &caisse.instructeur).await;
    let pages = [
        ("dossier-notifier", format!("{dossier}/notifier")),
        ("depart-deces", "/departs/nouveau".to_owned()),
        (
            "depart-ayants-droit",
            format!("/departs/{depart}/ayants-droit"),
        ),
    ];
    regarder(&n, &caisse, &pages).await;
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
        .and_then(|mot| Some(mot[mot.find("/ayants-droit/")?..].to_owned()))
        .expect("a secret link");
    n.client.delete_all_cookies().await.expect("no session");
    let annuler = format!("{lien}/annuler");
    regarder(&n, &caisse, &[("ayant-droit", lien)]).await;
    n.fill("Numéro RPPS du successeur", &rpps(777)).await;
    n.fill("Adresse électronique du successeur", "karim@example.fr")
        .await;
    n.click("Désigner ce successeur").await;
    n.click("Envoyer la désignation").await;
    n.see("Votre désignation est enregistrée").await;
    regarder(&n, &caisse, &[("ayant-droit-annuler", annuler)]).await;
}

#[actix_web::test]
async fn ce_qu_un_lot_annule() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let n = ouvrir(&caisse, &responsable, true).await;
    n.goto(&format!("{}/lots/nouveau?etat=deposee", caisse.app.adresse))
        .await;
    n.click("Choisir 3 dossiers").await;
    n.choose("Poser une étiquette").await;
    n.fill("Étiquette", "Campagne").await;
    n.click("Appliquer à 3 dossiers").await;
    n.see("Annuler cette action").await;
    n.inspect("lot-termine").await;
    n.click("Annuler cette action").await;
    n.see("Annuler l’action").await;
    n.inspect("lot-annuler").await;
}

#[actix_web::test]
async fn les_pages_de_l_administration() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let [une, autre] = [(); 2].map(|()| caisse.app.compte(Role::AdministrateurNational, None));
    let n = ouvrir(&caisse, &une, true).await;
    let pages = [
        ("motifs", "/motifs".to_owned()),
        ("motif-nouveau", "/motifs/nouveau".to_owned()),
        ("motif-fermer", "/motifs/A-CONJOINT/fermer".to_owned()),
        (
            "statistiques-nationales",
            "/supervision/statistiques?caisse=toutes".to_owned(),
        ),
        (
            "supervision-nationale",
            "/supervision?caisse=131".to_owned(),
        ),
    ];
    regarder(&n, &caisse, &pages).await;
    n.goto(&format!("{}/motifs/A-CONJOINT/fermer", caisse.app.adresse))
        .await;
    n.fill("Dernier jour", "01/02/2026").await;
    n.fill("Pourquoi y mettre fin", "Remplacé par un autre")
        .await;
    n.click("Proposer la fin de ce motif").await;
    n.see("La proposition est enregistrée").await;
    devenir(&n, &caisse, &autre).await;
    n.goto(&format!("{}/motifs", caisse.app.adresse)).await;
    n.click("Mettre fin à A-CONJOINT").await;
    n.see("Approuver cette proposition").await;
    n.inspect("motif-examen").await;
}

#[actix_web::test]
async fn les_comptes() {
    let caisse = Caisse::start();
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let kine = crate::web::courriels::inconnue(&caisse);
    let courriel = crate::web::courriels::echouer(&caisse, &kine).await;
    let numero = crate::web::courriels::NUMERO;
    let html = caisse
        .app
        .connecte(&responsable)
        .await
        .get("/agents")
        .await
        .html;
    let debut = html.find("/agents/").expect("an act") + "/agents/".len();
    let fin = html[debut..]
        .find("/changer")
        .expect("an account that is not hers");
    let depuis = html[..debut + fin].rfind('/').expect("its number") + 1;
    let mandat = &html[depuis..debut + fin];
    let n = ouvrir(&caisse, &responsable, true).await;
    let pages = [
        ("agents", "/agents".to_owned()),
        ("agents-inviter", "/agents/inviter".to_owned()),
        ("agent-changer", format!("/agents/{mandat}/changer")),
        ("agent-fermer", format!("/agents/{mandat}/fermer")),
        ("dossier-identite", format!("/dossiers/{numero}/identite")),
        (
            "dossier-courriel",
            format!("/dossiers/{numero}/courriels/{courriel}"),
        ),
        ("compte-adresse", "/compte/adresse".to_owned()),
        (
            "compte-adresse-confirmer",
            "/compte/adresse/confirmer?jeton=x".to_owned(),
        ),
    ];
    regarder(&n, &caisse, &pages).await;
}
