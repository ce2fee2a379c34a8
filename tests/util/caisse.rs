//! A CPAM at work: its agents logged in, and a succession at any step of its life.

use chrono::NaiveDate;
use regles::decision::ModeNotification;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use releve::actions::decision::{Suivi, suivre};
use releve::actions::depart::{Corrections, confirmer};
use releve::actions::signature::attacher;
use releve::actions::{Acte, Acteur, ActionResult};
use releve::db::delegation;
use releve::db::demande::{self, Demande};
use releve::db::echeance::{self, EcheanceStockee};
use releve::db::place::{self, Place};
use releve::db::signature::LettreSignee;
use releve::db::{CpamScope, DbError, WriteTx};

use super::builders::{Decor, UnKine, UneDemande, jour};
use super::compte::CompteTest;
use super::{Client, TestApp};

/// CPAM 131 with an instructor and a signatory.
pub struct Caisse {
    pub app: TestApp,
    pub decor: Decor,
    pub instructeur: CompteTest,
    pub signataire: CompteTest,
}

/// A succession: the place of a leaver, and the request of the successor she designated.
pub struct Succession {
    pub depart_id: i64,
    pub place_id: i64,
    pub demande_id: i64,
    pub numero: String,
}

/// A registered letter posted and handed over the same day, as the form of the agents says it.
pub fn remise(jour: &str) -> [(&str, &str); 3] {
    [("moyen", "recommande"), ("envoyee", jour), ("remise", jour)]
}

/// A signed letter, as the store keeps it.
pub fn lettre_signee() -> LettreSignee {
    LettreSignee {
        cle: super::builders::CLE_DECOR.to_owned(),
        empreinte: releve::secret::sha256(super::builders::PDF_DECOR),
        media: "application/pdf".to_owned(),
        octets: 1_000,
        nom: "lettre signée.pdf".to_owned(),
    }
}

impl Caisse {
    pub fn start() -> Caisse {
        Caisse::start_on(TestApp::start())
    }

    pub fn start_on(app: TestApp) -> Caisse {
        let decor = Decor::new(&app);
        decor.region_93();
        let instructeur = app.compte(Role::Instructeur, Some("131"));
        let signataire = app.compte(Role::Signataire, Some("131"));
        Caisse {
            app,
            decor,
            instructeur,
            signataire,
        }
    }

    pub async fn instructeur(&self) -> Client {
        self.app.connecte(&self.instructeur).await
    }

    pub async fn signataire(&self) -> Client {
        self.app.connecte(&self.signataire).await
    }

    /// The file of this path is proposed for an agreement, then signed by somebody else (PRO-5); the instructor.
    pub async fn accorder(&self, chemin: &str) -> Client {
        let agent = self.instructeur().await;
        agent
            .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
            .await;
        self.signataire()
            .await
            .agir(&format!("{chemin}/decider"), &[])
            .await;
        agent
    }

    /// This account loses what lets it sign: the decor has every signatory direct the caisse.
    pub fn sans_titre(&self, compte_id: i64) {
        let fin = (self.app.state.clock.now().date(), self.instructeur.id);
        self.agir(|tx| {
            for d in delegation::de(tx, "131", compte_id)? {
                delegation::finir(tx, "131", d.id, fin)?;
            }
            Ok(())
        })
        .expect("ended");
    }

    /// The letter of the decision of this file comes back signed by hand: it may go by post (PRO-5).
    pub fn signer_la_lettre(&self, numero: &str) {
        let (acte, scope) = (
            self.acte(&self.instructeur),
            CpamScope::Caisse("131".into()),
        );
        let version = self.demande(numero).version;
        self.agir(|tx| attacher(tx, &acte, &scope, (numero, version), &lettre_signee()))
            .expect("the signed letter is attached");
    }

    /// The letter of the decision of this file was posted and handed over the same day.
    pub fn notifier(&self, numero: &str) {
        let (acte, scope) = (
            self.acte(&self.instructeur),
            CpamScope::Caisse("131".into()),
        );
        let (version, le) = (self.demande(numero).version, acte.jour());
        let suivi = Suivi {
            moyen: ModeNotification::Recommande,
            numero: String::new(),
            envoyee: le,
            avisee: None,
            remise: Some(le),
            retour: None,
        };
        self.agir(|tx| suivre(tx, &acte, &scope, numero, version, &suivi))
            .expect("the decision is notified");
    }

    /// An act of this account, at the instant of the clock.
    pub fn acte(&self, compte: &CompteTest) -> Acte {
        Acte {
            acteur: Acteur {
                id: Some(compte.id),
                nom: compte.nom.clone(),
                le: self.app.state.clock.now(),
            },
            reglement: self.app.state.reglement(),
            url_publique: "http://releve.example.fr".to_owned(),
        }
    }

    /// Runs an act in a transaction of its own.
    pub fn agir<T>(&self, f: impl FnOnce(&mut WriteTx<'_>) -> ActionResult<T>) -> ActionResult<T> {
        self.app.state.db.write(f)
    }

    /// A departure confirmed by the act itself, with its place and its deadline: 1 430 acts in Martigues.
    pub fn depart_confirme(&self, rang: u32) -> (i64, Place) {
        let cedant = self.decor.kine(
            &format!("helene.martin{rang}@example.fr"),
            &format!("1000000{rang:04}"),
        );
        let id = self
            .decor
            .depart(cedant.id, "13056", jour(2025, 12, 31), Some(1430));
        let acte = self.acte(&self.instructeur);
        let scope = CpamScope::Caisse("131".into());
        self.agir(|tx| confirmer(tx, &acte, &scope, id, 1, &Corrections::default()))
            .expect("the departure is confirmed");
        let place = self
            .lire(|conn| place::de_depart(conn, id))
            .expect("a place");
        (id, place)
    }

    /// A succession whose request is in this state; its deadlines are opened by nobody.
    pub fn succession(&self, rang: u32, etat: EtatDemande) -> Succession {
        let (depart_id, place) = self.depart_confirme(rang);
        let successeur = self.successeur(rang);
        self.decor.designation(place.id, &successeur, "acceptee");
        let numero = format!("131-2026-{rang:06}");
        let demande_id = self.decor.demande(&UneDemande {
            numero: &numero,
            kine_id: successeur.id,
            nature: NatureDemande::Succession,
            place_id: Some(place.id),
            etat,
            ..UneDemande::default()
        });
        Succession {
            depart_id,
            place_id: place.id,
            demande_id,
            numero,
        }
    }

    /// Two requests just filed, the first by this practitioner: `131-2026-000001` and `131-2026-000002`.
    pub fn deux_demandes(&self, kine: &CompteTest) {
        let autre = self.decor.kine("ines.costa@example.fr", "10000001009");
        for (numero, kine_id, nature) in [
            (1, kine.kine_id, NatureDemande::HorsRegulation),
            (2, Some(autre.id), NatureDemande::Derogation),
        ] {
            self.decor.demande(&UneDemande {
                numero: &format!("131-2026-{numero:06}"),
                kine_id: kine_id.expect("a practitioner"),
                etat: EtatDemande::Deposee,
                nature,
                ..UneDemande::default()
            });
        }
    }

    pub fn successeur(&self, rang: u32) -> UnKine {
        self.decor.kine(
            &format!("karim.benali{rang}@example.fr"),
            &format!("1100000{rang:04}"),
        )
    }

    pub fn lire<T>(&self, f: impl FnOnce(&mut releve::db::AnyConn) -> Result<T, DbError>) -> T {
        self.app.state.db.read(f).expect("the database reads")
    }

    pub fn demande(&self, numero: &str) -> Demande {
        self.lire(|conn| demande::lire(conn, &CpamScope::National, numero))
    }

    pub fn place(&self, id: i64) -> Place {
        self.lire(|conn| place::par_id(conn, id))
    }

    pub fn echeances(&self, dossier_id: i64) -> Vec<EcheanceStockee> {
        self.lire(|conn| echeance::de(conn, dossier_id))
    }

    /// Sets the clock at ten o'clock of a day.
    pub fn au(&self, date: NaiveDate) {
        self.app
            .state
            .clock
            .set(date.and_hms_opt(10, 0, 0).expect("ten o'clock"));
    }

    /// The titles of the mails sent to somebody.
    pub fn courriels_de(&self, adresse: &str) -> Vec<String> {
        self.app
            .deposes()
            .into_iter()
            .filter(|c| c.destinataire == adresse)
            .map(|c| c.modele)
            .collect()
    }
}

impl Client {
    /// Opens the page of an act and sends its form.
    pub async fn agir(&self, chemin: &str, champs: &[(&str, &str)]) -> super::client::Page {
        self.post(chemin, chemin, champs).await
    }
}
