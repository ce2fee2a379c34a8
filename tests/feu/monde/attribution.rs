//! REG-12 in the small world: a charter, a call, an application, an attribution.

use regles::appel::EtatAppel;
use regles::charte::{Critere, GenreCritere, SensCritere};
use releve::actions::appel::{self, Attribution, Depot, Instruction};
use releve::actions::{ActionResult, charte};
use releve::db::{CpamScope, place};

use super::Monde;

impl Monde {
    pub(super) fn dater_charte(&self) -> ActionResult<()> {
        let signe = self.acte(self.signataire);
        let critere = Critere {
            code: "C1".to_owned(),
            libelle: "Années d’expérience".to_owned(),
            genre: GenreCritere::Nombre,
            sens: SensCritere::Croissant,
            poids: 100,
            maximum: 10,
        };
        self.db
            .write(|tx| charte::dater(tx, &signe, "131", self.jour, vec![critere]))?;
        Ok(())
    }

    /// The next step of the attribution of the place that a departure opened.
    pub(super) fn suivre_appel(&self, n: usize) -> ActionResult<()> {
        let Some((depart_id, _)) = self.depart(n) else {
            return Ok(());
        };
        let scope = CpamScope::Caisse("131".to_owned());
        let (agent, signe) = (self.acte(self.instructeur), self.acte(self.signataire));
        let Some(place) = self.db.read(|conn| place::de_depart(conn, depart_id))? else {
            return Ok(());
        };
        let id = self
            .db
            .write(|tx| appel::ouvrir(tx, &agent, &scope, place.id))?;
        let lue = self.db.read(|conn| Instruction::lire(conn, &scope, id))?;
        let a = &lue.appel.appel;
        assert_eq!(a.etat, EtatAppel::Ouvert);
        if a.recoit(self.jour) {
            let qui = &self.successeurs[n % 3];
            let candidat = self.acte(qui.compte_id);
            let depot = Depot {
                kine_id: qui.id,
                appel_id: id,
                valeurs: &[("C1".to_owned(), Some(5))],
                pieces: &[],
                cle: "",
            };
            self.db.write(|tx| appel::deposer(tx, &candidat, &depot))?;
            return Ok(());
        }
        let quoi = (id, a.version);
        let premiere = lue.en_lice().next().map(|c| c.candidature.id);
        match premiere {
            None => self
                .db
                .write(|tx| appel::sans_suite(tx, &agent, &scope, quoi, "Aucune candidature")),
            Some(c) if !lue.classement().est_complet() => self
                .db
                .write(|tx| appel::retenir(tx, &agent, &scope, quoi, c, &[Some(4)])),
            Some(c) if a.cpd_le.is_none() => self
                .db
                .write(|tx| appel::ranger(tx, &agent, &scope, quoi, self.jour, &[(c, 1)], "")),
            Some(c) => {
                let attribution = Attribution {
                    appel: quoi,
                    candidature_id: c,
                    qualite: "Directrice",
                    motif: "",
                };
                self.db
                    .write(|tx| appel::attribuer(tx, &signe, &scope, &attribution))?;
                Ok(())
            }
        }
    }
}
