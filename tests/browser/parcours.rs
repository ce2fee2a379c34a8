//! The whole journey in Chromium, on the database of the run: a departure, a successor, a request, a decision,
//! an installation, a ledger that balances. Every page is inspected; then all of it again without JavaScript.

use std::path::PathBuf;

use fantoccini::Locator;
use fantoccini::key::Key;
use releve::domain::droits::Role;

use super::harness::Browser;
use crate::util::TestApp;
use crate::util::builders::Decor;
use crate::util::compte::{CompteTest, MOT_DE_PASSE, rpps};

const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
const SECRET: &str = "quatre mots sans rapport 7421";

/// The people of the journey, and how their pages are looked at.
struct Parcours {
    app: TestApp,
    javascript: bool,
    pdf: PathBuf,
    _dossier: tempfile::TempDir,
}

impl Parcours {
    fn new(javascript: bool) -> Parcours {
        let app = TestApp::start();
        Decor::new(&app).region_93();
        let dossier = tempfile::tempdir().expect("a folder");
        let pdf = dossier.path().join("justificatif.pdf");
        std::fs::write(&pdf, PDF).expect("a document");
        Parcours {
            app,
            javascript,
            pdf,
            _dossier: dossier,
        }
    }

    async fn navigateur(&self) -> Browser {
        if self.javascript {
            Browser::start().await
        } else {
            Browser::without_javascript().await
        }
    }

    async fn ouvrir(&self, browser: &Browser, chemin: &str) {
        browser.goto(&format!("{}{chemin}", self.app.adresse)).await;
    }

    /// axe-core, 320 pixels and pictures, on the run with JavaScript; the pages are the same without.
    async fn regarder(&self, browser: &Browser, nom: &str) {
        if self.javascript {
            browser.inspect(nom).await;
        }
    }

    async fn joindre(&self, browser: &Browser, libelle: &str) {
        browser.fill(libelle, &self.pdf.display().to_string()).await;
    }

    /// The first address of ours in the only mail for somebody.
    async fn lien_recu(&self, destinataire: &str) -> String {
        let courriels = self.app.vider_courriels().await;
        let courriel = courriels
            .iter()
            .rev()
            .find(|c| c.destinataire == destinataire)
            .unwrap_or_else(|| panic!("no mail for {destinataire} among {courriels:?}"));
        let debut = courriel
            .texte
            .find(&self.app.adresse)
            .expect("a link of ours");
        let lien = courriel.texte[debut..]
            .split_whitespace()
            .next()
            .expect("its end");
        lien[self.app.adresse.len()..].to_owned()
    }

    async fn choisir_commune(&self, browser: &Browser, nom: &str) {
        browser.fill("Commune", nom).await;
        if self.javascript {
            browser
                .client
                .wait()
                .for_element(Locator::Css("[role=option]"))
                .await
                .expect("a commune is proposed");
            browser.press(Key::Down).await;
            browser.press(Key::Enter).await;
        } else {
            browser.click("Chercher").await;
            browser.choose(nom).await;
        }
    }

    async fn connecter(&self, browser: &Browser, courriel: &str, mot_de_passe: &str) {
        self.ouvrir(browser, "/connexion").await;
        browser.fill("Adresse électronique", courriel).await;
        browser.fill("Mot de passe", mot_de_passe).await;
        browser.press(Key::Enter).await;
    }

    /// Registers as a person does, from `page` on, and confirms the address.
    async fn inscrire(&self, browser: &Browser, prenom: &str, nom: &str, numero: u32) -> String {
        let courriel = format!("{}@example.fr", prenom.to_lowercase());
        browser.fill("Prénom", prenom).await;
        browser.fill("Nom", nom).await;
        browser.fill("Numéro RPPS", &rpps(numero)).await;
        browser.fill("Adresse électronique", &courriel).await;
        browser.fill("Mot de passe", SECRET).await;
        browser.click("Créer mon compte").await;
        browser.see("vous allez recevoir un message").await;
        let lien = self.lien_recu(&courriel).await;
        self.ouvrir(browser, &lien).await;
        self.regarder(browser, "verifier-adresse").await;
        browser.click("Confirmer mon adresse").await;
        browser.see("connect").await;
        courriel
    }

    async fn agent(&self, browser: &Browser, compte: &CompteTest) {
        self.connecter(browser, &compte.courriel, MOT_DE_PASSE)
            .await;
        browser.see("Dossiers").await;
    }
}

async fn derouler(javascript: bool) {
    let p = Parcours::new(javascript);
    let instructeur = p.app.compte(Role::Instructeur, Some("131"));
    let signataire = p.app.compte(Role::Signataire, Some("131"));
    let (cedante, caisse) = (p.navigateur().await, p.navigateur().await);

    // 1. She registers and declares her departure.
    p.ouvrir(&cedante, "/").await;
    p.regarder(&cedante, "accueil").await;
    p.ouvrir(&cedante, "/inscription").await;
    p.regarder(&cedante, "inscription").await;
    let courriel = p.inscrire(&cedante, "Claire", "Martin", 1).await;
    p.connecter(&cedante, &courriel, SECRET).await;
    cedante.see("Mon espace").await;
    p.regarder(&cedante, "espace-vide").await;
    cedante.click("Déclarer ma cessation").await;
    p.regarder(&cedante, "cessation-nouvelle").await;
    cedante.click("Déclarer ma cessation").await;
    cedante.see("à corriger").await;
    p.regarder(&cedante, "cessation-erreurs").await;
    p.choisir_commune(&cedante, "Martigues").await;
    cedante
        .fill("Adresse du lieu d’exercice", "12 quai des Anglais")
        .await;
    cedante
        .fill("Date de cessation définitive", "10/01/2026")
        .await;
    cedante.fill("Actes réalisés", "1850").await;
    p.joindre(&cedante, "Justificatif").await;
    cedante.click("Déclarer ma cessation").await;
    cedante.see("Martigues").await;
    p.regarder(&cedante, "cessation").await;
    let cessation = cedante.path().await;

    // The CPAM confirms: REG-3 opens a place, and says why.
    p.agent(&caisse, &instructeur).await;
    p.ouvrir(&caisse, "/departs").await;
    p.regarder(&caisse, "departs").await;
    caisse.click("Claire Martin").await;
    p.regarder(&caisse, "depart").await;
    caisse.click("Confirmer la cessation").await;
    caisse.see("une place est ouverte").await;

    // 2. She designates a successor, who creates his account from the mail and accepts.
    p.ouvrir(&cedante, &cessation).await;
    p.regarder(&cedante, "cessation-confirmee").await;
    cedante.fill("Numéro RPPS du successeur", &rpps(2)).await;
    cedante
        .fill("Adresse électronique du successeur", "karim@example.fr")
        .await;
    cedante.click("Désigner").await;
    cedante.see("karim@example.fr").await;
    let lien = p.lien_recu("karim@example.fr").await;
    let successeur = p.navigateur().await;
    p.ouvrir(&successeur, &lien).await;
    p.regarder(&successeur, "designation").await;
    successeur.click("Créer mon compte").await;
    let courriel = p.inscrire(&successeur, "Karim", "Benali", 2).await;
    p.connecter(&successeur, &courriel, SECRET).await;
    p.ouvrir(&successeur, &lien).await;
    successeur.click("Accepter la désignation").await;
    successeur.see("accepté").await;

    // 3. He files the request, and gets his receipt.
    p.ouvrir(&successeur, "/demandes/nouvelle").await;
    p.regarder(&successeur, "demande-projet").await;
    successeur.choose("Je succède à un confrère").await;
    successeur.click("Continuer").await;
    successeur.choose("Claire Martin").await;
    p.choisir_commune(&successeur, "Martigues").await;
    successeur
        .fill("Adresse du lieu d’exercice", "8 cours du 4-Septembre")
        .await;
    successeur.choose("Non").await;
    successeur.fill("Année d’entrée en formation", "2015").await;
    p.regarder(&successeur, "demande-saisie").await;
    successeur.click("Vérifier ma demande").await;
    successeur.see("Vos pièces").await;
    p.joindre(&successeur, "Diplôme").await;
    p.regarder(&successeur, "demande-verification").await;
    successeur.click("Envoyer ma demande").await;
    successeur.see("131-2026-000001").await;
    p.regarder(&successeur, "accuse-reception").await;
    let accuse = p.app.vider_courriels().await;
    assert!(
        accuse
            .iter()
            .any(|c| c.destinataire == courriel && c.texte.contains("131-2026-000001")),
        "{accuse:?}"
    );

    // 4. The CPAM instructs; a different person decides.
    p.ouvrir(&caisse, "/dossiers").await;
    p.regarder(&caisse, "dossiers").await;
    caisse.click("131-2026-000001").await;
    caisse.click("Prendre en charge").await;
    p.regarder(&caisse, "dossier").await;
    caisse.click("Déclarer le dossier complet").await;
    caisse.click("Proposer une décision").await;
    p.regarder(&caisse, "proposer").await;
    caisse.choose("Accord").await;
    caisse.click("Proposer cette décision").await;
    caisse.see("signe").await;
    let directrice = p.navigateur().await;
    p.agent(&directrice, &signataire).await;
    p.ouvrir(&directrice, "/dossiers/131-2026-000001/decider")
        .await;
    p.regarder(&directrice, "decider").await;
    directrice.click("Signer l’accord").await;
    directrice.see("Accord").await;
    p.ouvrir(&caisse, "/dossiers/131-2026-000001/notifier")
        .await;
    caisse.choose("Lettre recommandée").await;
    caisse.fill("Date de notification", "15/01/2026").await;
    p.regarder(&caisse, "notifier").await;
    caisse.click("Enregistrer la notification").await;
    caisse.see("15 juillet 2026").await;
    p.ouvrir(&successeur, "/demandes/131-2026-000001").await;
    successeur.see("15 juillet 2026").await;
    p.regarder(&successeur, "demande-accordee").await;
    p.ouvrir(&caisse, "/dossiers/131-2026-000001/installer")
        .await;
    caisse.fill("Début de l’installation", "15/01/2026").await;
    p.regarder(&caisse, "installer").await;
    caisse.click("Enregistrer l’installation").await;
    caisse.see("Installée").await;
    p.regarder(&caisse, "dossier-installe").await;

    // 6. The ledger of the zone balances: one departure, one arrival.
    p.ouvrir(&caisse, "/grand-livre").await;
    p.regarder(&caisse, "grand-livre").await;
    p.ouvrir(&caisse, "/grand-livre/BV13056").await;
    caisse.see("Le compte est juste").await;
    let livre = caisse.text().await;
    assert!(
        livre.contains("Claire Martin") && livre.contains("Karim Benali"),
        "{livre}"
    );
    assert!(livre.contains("1 pourvue"), "{livre}");
    p.regarder(&caisse, "grand-livre-zone").await;
    p.ouvrir(&caisse, "/recherche?q=benali").await;
    caisse.see("131-2026-000001").await;
    p.regarder(&caisse, "recherche").await;
    p.ouvrir(&cedante, "/zones/13056").await;
    p.regarder(&cedante, "zone").await;
}

#[actix_web::test]
async fn un_depart_ouvre_une_arrivee() {
    derouler(true).await;
}

#[actix_web::test]
async fn un_depart_ouvre_une_arrivee_sans_javascript() {
    derouler(false).await;
}
