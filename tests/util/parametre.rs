//! Dated values agreed on by two national administrators.

use chrono::NaiveDate;
use regles::droits::Role;
use regles::parametre::ValeurParametre;
use regles::regle::Statut;
use releve::actions::parametre::{self, Proposition};
use releve::actions::{Acte, Acteur};

use super::TestApp;
use super::compte::CompteTest;

impl TestApp {
    /// An act of this account, at the instant of the clock.
    pub fn acte_de(&self, compte: &CompteTest) -> Acte {
        Acte {
            acteur: Acteur {
                id: Some(compte.id),
                nom: compte.nom.clone(),
                le: self.state.clock.now(),
            },
            reglement: self.state.reglement(),
            url_publique: self.adresse.clone(),
        }
    }

    /// Proposes a value as this account: the identifier of the proposal.
    pub fn proposer(&self, qui: &CompteTest, cle: &str, valeur: i64, du: NaiveDate) -> i64 {
        self.proposer_valeur(qui, cle, ValeurParametre::Entier(valeur), du)
    }

    fn proposer_valeur(
        &self,
        qui: &CompteTest,
        cle: &str,
        valeur: ValeurParametre,
        du: NaiveDate,
    ) -> i64 {
        let proposition = Proposition {
            cle: cle.to_owned(),
            valeur,
            du,
            source: "Décision nationale de test".to_owned(),
            statut: Statut::D,
            motif: "Parce que le test le demande".to_owned(),
        };
        let acte = self.acte_de(qui);
        self.state
            .db
            .write(|tx| parametre::proposer(tx, &acte, &proposition, &releve::secret::jeton()))
            .expect("the proposal is accepted")
    }

    /// A value proposed by one administrator, approved by another, known to the server.
    pub fn fixer(&self, cle: &str, valeur: i64, du: NaiveDate) -> i64 {
        self.fixer_valeur(cle, ValeurParametre::Entier(valeur), du)
    }

    /// The same, for a value that is no number.
    pub fn fixer_valeur(&self, cle: &str, valeur: ValeurParametre, du: NaiveDate) -> i64 {
        let [un, autre] = [(); 2].map(|()| self.compte(Role::AdministrateurNational, None));
        let id = self.proposer_valeur(&un, cle, valeur, du);
        let acte = self.acte_de(&autre);
        self.state
            .db
            .write(|tx| parametre::approuver(tx, &acte, id, 1))
            .expect("the value is approved");
        assert!(self.state.recharger_reglement().expect("reloaded"));
        id
    }
}
