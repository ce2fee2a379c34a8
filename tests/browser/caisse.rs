//! The workspace of a CPAM in Chromium: accessible in both themes and at 320 pixels, keys that move and filter.

use fantoccini::key::Key;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use releve::actions::suivi;
use releve::db::CpamScope;

use super::harness::Browser;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::MOT_DE_PASSE;

fn peupler(caisse: &Caisse) {
    let noms = [
        "elodie.martin",
        "karim.benali",
        "lea.lefevre",
        "paul.martinez",
        "ines.costa",
    ];
    let kines: Vec<_> = (1..)
        .zip(noms)
        .map(|(n, nom)| {
            caisse
                .decor
                .kine(&format!("{nom}@example.fr"), &format!("1000000000{n}"))
        })
        .collect();
    for n in 1..=40 {
        let rang = usize::try_from(n).expect("small");
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kines[rang % 5].id,
            insee: ["13056", "13077"][rang % 2],
            etat: [
                EtatDemande::Deposee,
                EtatDemande::Complete,
                EtatDemande::Proposee,
                EtatDemande::Refusee,
            ][rang % 4],
            nature: [NatureDemande::HorsRegulation, NatureDemande::Derogation][rang % 2],
            assigne_a: (n % 3 == 0).then_some(caisse.instructeur.id),
            prochaine_echeance: jour(2026, 1, 8) + chrono::Duration::days(i64::from(n)),
            ..UneDemande::default()
        });
    }
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".to_owned());
    caisse
        .agir(|tx| {
            let numero = "131-2026-000001";
            suivi::etiqueter(tx, &acte, &scope, numero, "À rappeler")?;
            suivi::etiqueter(tx, &acte, &scope, numero, "Bail à vérifier")?;
            let note =
                "Le bail fourni est au nom du cédant : vu au téléphone, le nouveau arrive lundi.";
            suivi::ecrire_note(tx, &acte, &scope, numero, note, &[], "cle")?;
            suivi::enregistrer_vue(
                tx,
                &acte,
                "131",
                "Dérogations urgentes",
                "nature=derogation&echeance=mois",
                true,
            )
        })
        .expect("the work is written");
}

async fn connecter(browser: &Browser, caisse: &Caisse, courriel: &str) {
    browser
        .goto(&format!("{}/connexion", caisse.app.adresse))
        .await;
    browser.fill("Adresse électronique", courriel).await;
    browser.fill("Mot de passe", MOT_DE_PASSE).await;
    // A link of the header carries the words of the button.
    browser.press(Key::Enter).await;
    browser.see("Supervision").await;
}

#[actix_web::test]
async fn les_ecrans_de_la_caisse_sont_accessibles_partout() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let browser = Browser::start().await;
    connecter(&browser, &caisse, &responsable.courriel).await;
    for (nom, chemin) in [
        ("caisse_file", "/dossiers"),
        (
            "caisse_file_filtree",
            "/dossiers?q=mart&echeance=mois&colonnes=echeance,zone,etiquettes,depot",
        ),
        ("caisse_file_vide", "/dossiers?q=personne"),
        ("caisse_dossier", "/dossiers/131-2026-000001"),
        ("caisse_recherche", "/recherche?q=lefebvre"),
        ("caisse_lot_nouveau", "/lots/nouveau?etat=deposee"),
        ("caisse_absences", "/absences"),
        ("caisse_supervision", "/supervision"),
        ("caisse_statistiques", "/supervision/statistiques"),
        ("caisse_trimestre", "/supervision/trimestre"),
        ("caisse_journal", "/supervision/journal"),
    ] {
        browser
            .goto(&format!("{}{chemin}", caisse.app.adresse))
            .await;
        browser.inspect(nom).await;
    }
    browser
        .goto(&format!("{}/lots/nouveau?etat=deposee", caisse.app.adresse))
        .await;
    browser.click("Choisir 10 dossiers").await;
    browser.see("Ce qui sera fait").await;
    browser.inspect("caisse_lot").await;
}

#[actix_web::test]
async fn la_file_se_conduit_au_clavier() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let browser = Browser::start().await;
    connecter(&browser, &caisse, &responsable.courriel).await;
    browser
        .goto(&format!("{}/dossiers", caisse.app.adresse))
        .await;
    // Sent to the page itself: the driver types only into controls.
    let touche = async |lettre: &str| {
        let script = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }));";
        browser
            .client
            .execute(script, vec![serde_json::json!(lettre)])
            .await
            .expect("the key is pressed");
    };
    touche("?").await;
    browser.see("filtrer la liste").await;
    browser.press(Key::Escape).await;
    touche("f").await;
    let champ = browser.client.active_element().await.expect("a focus");
    champ.send_keys("lefevre").await.expect("typed");
    browser.press(Key::Enter).await;
    browser.see("Filtres actifs").await;
    browser.arrive("q=lefevre").await;
    // The most urgent of those that nobody handles is taken, and shown.
    touche("n").await;
    browser.see("Vous suivez ce dossier").await;
    // From a list, a file leads to the next one and back.
    browser
        .goto(&format!("{}/dossiers", caisse.app.adresse))
        .await;
    let liste =
        "return [...document.querySelectorAll('[data-ligne] a.numero')].map((a) => a.textContent);";
    let numeros = browser.client.execute(liste, vec![]).await.expect("a list");
    let numero = |rang: usize| numeros[rang].as_str().expect("a number").to_owned();
    browser.click(&numero(0)).await;
    browser.see("Dossier suivant").await;
    touche("?").await;
    for effet in [
        "dossier suivant de la liste",
        "revenir à la liste des dossiers",
        "chercher un dossier",
    ] {
        browser.see(effet).await;
    }
    browser.press(Key::Escape).await;
    touche("j").await;
    browser.see(&format!("Dossier {}", numero(1))).await;
    touche("k").await;
    browser.see(&format!("Dossier {}", numero(0))).await;
    // Typed, a letter is a letter.
    browser
        .client
        .execute(
            "document.getElementById('recherche-globale').focus();",
            vec![],
        )
        .await
        .expect("a focus");
    touche("j").await;
    assert!(
        browser
            .path()
            .await
            .contains(&format!("/dossiers/{}?", numero(0)))
    );
    browser
        .client
        .execute("document.activeElement.blur();", vec![])
        .await
        .expect("no focus");
    touche("u").await;
    browser
        .see("Ce qui est ouvert, le plus urgent d’abord")
        .await;
}
