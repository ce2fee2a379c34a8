//! What the journey is played with: an application, one browser that people take in turn, their mailbox.

use std::path::PathBuf;

use fantoccini::Locator;
use fantoccini::key::Key;
use regles::droits::Role;

use crate::browser::document::pdf;
use crate::browser::harness::{Browser, within};
use crate::util::TestApp;
use crate::util::base::postgres;
use crate::util::builders::Decor;
use crate::util::compte::MOT_DE_PASSE;

/// Somebody of the journey, and what they log in with.
pub struct Personne {
    pub courriel: String,
    pub mot_de_passe: &'static str,
    pub role: Role,
}

impl Personne {
    /// A practitioner, who still has to register.
    pub fn kine(courriel: &str) -> Personne {
        Personne {
            courriel: courriel.to_owned(),
            mot_de_passe: "quatre mots sans rapport 7421",
            role: Role::Kine,
        }
    }
}

/// The stage.
pub struct Scene {
    pub app: TestApp,
    pub navigateur: Browser,
    pub javascript: bool,
    connecte: Option<Role>,
    dossier: tempfile::TempDir,
}

impl Scene {
    /// Region 93, and a browser on the home page.
    pub async fn new(javascript: bool) -> Scene {
        let app = TestApp::start();
        Decor::new(&app).region_93();
        let dossier = tempfile::tempdir().expect("a folder");
        std::fs::write(dossier.path().join("justificatif.pdf"), pdf("Justificatif"))
            .expect("a document");
        let navigateur = if javascript {
            Browser::start().await
        } else {
            Browser::without_javascript().await
        };
        let scene = Scene {
            app,
            navigateur,
            javascript,
            connecte: None,
            dossier,
        };
        scene.ouvrir("/").await;
        scene
    }

    /// An agent of CPAM 131, whose account exists.
    pub fn agent(&self, role: Role) -> Personne {
        Personne {
            courriel: self.app.compte(role, Some("131")).courriel,
            mot_de_passe: MOT_DE_PASSE,
            role,
        }
    }

    /// Opens a page by its path.
    pub async fn ouvrir(&self, chemin: &str) {
        let adresse = format!("{}{chemin}", self.app.adresse);
        self.navigateur.goto(&adresse).await;
    }

    /// axe-core, 320 pixels and pictures. Without JavaScript, or on PostgreSQL, the pages are the same; without, axe-core
    /// cannot run.
    pub async fn regarder(&self, nom: &str) {
        if self.javascript && !postgres() {
            self.navigateur.inspect(&format!("parcours-{nom}")).await;
        }
    }

    /// Gives the field the document.
    pub async fn joindre(&self, libelle: &str) {
        let chemin: PathBuf = self.dossier.path().join("justificatif.pdf");
        let chemin = chemin.display().to_string();
        self.navigateur.fill(libelle, &chemin).await;
    }

    /// The link of the last mail that somebody receives now.
    pub async fn lien_recu(&self, destinataire: &str) -> String {
        let courriels = self.app.vider_courriels().await;
        let lien = courriels
            .iter()
            .rev()
            .filter(|c| c.destinataire == destinataire)
            .find_map(|c| c.texte.split(&self.app.adresse).nth(1))
            .and_then(|suite| suite.split_whitespace().next());
        lien.unwrap_or_else(|| panic!("no link for {destinataire} among {courriels:?}"))
            .to_owned()
    }

    /// Searches for a commune and chooses it: with the arrow keys, or among the answers of the server.
    pub async fn choisir_commune(&self, nom: &str) {
        self.navigateur.fill("Commune", nom).await;
        if !self.javascript {
            self.navigateur.click("Chercher").await;
            return self.navigateur.choose(&format!("{nom} (")).await;
        }
        let option = Locator::Css("[role=option]");
        let proposee = self.navigateur.client.wait();
        within("waiting for communes", proposee.for_element(option))
            .await
            .expect("a commune is proposed");
        self.navigateur.press(Key::Down).await;
        self.navigateur.press(Key::Enter).await;
    }

    /// Registers on the current page, confirms the address with the link of the mail, logs in.
    pub async fn inscrire(&mut self, qui: &Personne, prenom: &str, nom: &str, rpps: &str) {
        let n = &self.navigateur;
        for (libelle, valeur) in [
            ("Prénom", prenom),
            ("Nom", nom),
            ("Numéro RPPS", rpps),
            ("Adresse électronique", &qui.courriel),
            ("Mot de passe", qui.mot_de_passe),
        ] {
            n.fill(libelle, valeur).await;
        }
        n.click("Créer mon compte").await;
        n.see("vous allez recevoir un message").await;
        let lien = self.lien_recu(&qui.courriel).await;
        self.ouvrir(&lien).await;
        n.click("Confirmer mon adresse").await;
        n.see("Votre adresse est confirmée").await;
        self.se_connecter(qui).await;
    }

    /// Somebody else takes the browser.
    pub async fn au_tour_de(&mut self, qui: &Personne) {
        self.quitter().await;
        self.ouvrir("/connexion").await;
        self.se_connecter(qui).await;
    }

    /// Logs out.
    pub async fn quitter(&mut self) {
        if let Some(role) = self.connecte.take() {
            self.navigateur.click(role.libelle()).await;
            self.navigateur.click("Me déconnecter").await;
            self.navigateur.see("Votre connexion est fermée").await;
        }
    }

    async fn se_connecter(&mut self, qui: &Personne) {
        let n = &self.navigateur;
        n.fill("Adresse électronique", &qui.courriel).await;
        n.fill("Mot de passe", qui.mot_de_passe).await;
        // A link of the header carries the words of the button.
        n.press(Key::Enter).await;
        n.see(match qui.role {
            Role::Kine => "Mon espace",
            _ => "Dossiers",
        })
        .await;
        self.connecte = Some(qui.role);
    }
}
