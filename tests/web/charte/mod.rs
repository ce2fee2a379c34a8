//! REG-12: the charter of a CPAM, the call for candidates, the ranking and the attribution.

mod attribution;
mod candidatures;
mod criteres;
mod suite;

use std::sync::{Arc, Barrier};

use diesel::prelude::*;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::designation::EtatDesignation;
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::actions::ActionError;
use releve::actions::appel::{self, Attribution, Instruction};
use releve::db::designation;
use releve::db::echeance::EcheanceStockee;
use releve::db::verification::CONTROLES;
use releve::db::{CpamScope, DbError, charte};

use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::client::{Client, Page};
use crate::util::compte::CompteTest;

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// Experience over ten years (60), practice in the zone (40).
const CHARTE: [(&str, &str); 13] = [
    ("du", "15/01/2026"),
    ("lignes", "2"),
    ("libelle_0", "Années d’expérience"),
    ("genre_0", "nombre"),
    ("maximum_0", "10"),
    ("sens_0", "croissant"),
    ("poids_0", "60"),
    ("libelle_1", "Déjà remplaçant dans la zone"),
    ("genre_1", "oui_non"),
    ("maximum_1", ""),
    ("sens_1", "croissant"),
    ("poids_1", "40"),
    ("_x", ""),
];

fn sauf<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    CHARTE
        .iter()
        .map(|(n, v)| *changes.iter().find(|(c, _)| c == n).unwrap_or(&(n, v)))
        .collect()
}

/// Where each candidature stands, in the order of the page.
fn etats(lue: &Instruction) -> Vec<EtatCandidature> {
    lue.candidatures
        .iter()
        .map(|c| c.candidature.etat)
        .collect()
}

async fn fixer(client: &Client, champs: &[(&str, &str)]) -> Page {
    // The hidden count of the page comes first: the one of the test is read instead.
    let page = client.get("/charte/nouvelle").await;
    let mut tous: Vec<(String, String)> = page
        .caches()
        .into_iter()
        .filter(|(n, _)| n != "lignes")
        .collect();
    tous.extend(
        champs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    client.post_brut("/charte/nouvelle", &tous).await
}

/// A charter in force, and a place whose two years are over: open for two candidates since 15 January 2028.
pub struct Appel {
    pub caisse: Caisse,
    pub place_id: i64,
    pub id: i64,
    pub candidats: Vec<CompteTest>,
}

impl Appel {
    pub async fn ouvert() -> Appel {
        let caisse = Caisse::start();
        let signataire = caisse.signataire().await;
        let page = fixer(&signataire, &sauf(&[])).await;
        assert_eq!(page.chemin, "/charte", "{}", page.texte());
        let (_, place) = caisse.depart_confirme(1);
        caisse.au(jour(2028, 1, 14));
        caisse.app.passer_la_journee().await;
        assert_eq!(caisse.place(place.id).etat, EtatPlace::AAttribuer);
        let agent = caisse.instructeur().await;
        let liste = agent.get("/attributions").await;
        assert!(
            liste.texte().contains("Appels à ouvrir"),
            "{}",
            liste.texte()
        );
        let id = place.id.to_string();
        let page = agent
            .post("/attributions", "/attributions", &[("place", id.as_str())])
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        let id = page
            .chemin
            .rsplit('/')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("the call");
        let candidats = (0..2)
            .map(|_| caisse.app.compte(Role::Kine, None))
            .collect();
        Appel {
            caisse,
            place_id: place.id,
            id,
            candidats,
        }
    }

    async fn candidater(&self, n: usize, experience: &str, zone: &str) -> Page {
        let client = self.caisse.app.connecte(&self.candidats[n]).await;
        let page = format!("/appels/{}/candidature", self.id);
        let mut champs = vec![("_etape", "envoyer"), ("C1", experience)];
        if !zone.is_empty() {
            champs.push(("C2", zone));
        }
        client
            .post_fichiers(&page, &page, &champs, &[("pieces", "contrat.pdf", PDF)])
            .await
    }

    fn instruction(&self) -> Instruction {
        let scope = CpamScope::Caisse("131".into());
        self.caisse
            .lire(|conn| Instruction::lire(conn, &scope, self.id))
    }

    fn candidature(&self, n: usize) -> i64 {
        let lue = self.instruction();
        let kine = self.candidats[n].kine_id;
        lue.candidatures
            .iter()
            .find(|c| Some(c.candidature.kine_id) == kine)
            .expect("an application")
            .candidature
            .id
    }

    /// What the consistency check finds of REG-12.
    fn controles(&self) -> Vec<String> {
        let siens = || CONTROLES.iter().filter(|c| c.regle == "REG-12");
        assert_eq!(siens().count(), 5);
        self.caisse.lire(|conn| {
            let mut objets = Vec::new();
            for controle in siens() {
                objets.extend(controle.objets(conn)?);
            }
            Ok(objets)
        })
    }

    /// The deadlines of the winner, oldest first (REG-12).
    fn depots(&self) -> Vec<EcheanceStockee> {
        let mut lues = self.caisse.echeances(self.place_id);
        lues.retain(|e| e.nature == NatureEcheance::DepotDemande);
        lues
    }

    fn alterer(&self, sql: &str) {
        self.caisse
            .agir(|tx| {
                diesel::sql_query(sql)
                    .execute(&mut **tx)
                    .map_err(DbError::from)?;
                Ok(())
            })
            .expect("the row is altered");
    }

    fn chemin(&self, suite: &str) -> String {
        format!("/attributions/{}{suite}", self.id)
    }

    /// Both apply, the applications close, every value is checked and the commission ranks as computed.
    async fn classe() -> Appel {
        let a = Appel::ouvert().await;
        a.classer().await;
        a
    }

    pub async fn classer(&self) {
        let a = self;
        a.candidater(0, "4", "non").await;
        a.candidater(1, "6", "oui").await;
        a.caisse.au(jour(2028, 3, 1));
        let agent = a.caisse.instructeur().await;
        for (n, experience, zone) in [(0, "4", "non"), (1, "5", "oui")] {
            let chemin = a.chemin(&format!("/candidatures/{}", a.candidature(n)));
            let page = agent
                .agir(&chemin, &[("C1", experience), ("C2", zone)])
                .await;
            assert_eq!(page.chemin, a.chemin(""), "{}", page.texte());
        }
        let (un, deux) = (
            format!("rang_{}", a.candidature(0)),
            format!("rang_{}", a.candidature(1)),
        );
        let page = agent
            .agir(
                &a.chemin("/commission"),
                &[
                    ("le", "01/03/2028"),
                    (&un, "2"),
                    (&deux, "1"),
                    ("motif", ""),
                ],
            )
            .await;
        assert_eq!(page.chemin, a.chemin(""), "{}", page.texte());
    }
}
