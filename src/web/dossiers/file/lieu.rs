//! The communes by which the queue is narrowed: a name, a postcode, an INSEE code.

use regles::identifiants::Insee;
use regles::lieu::Lieu;

use super::Adresse;
use crate::db::commune::{self, Commune, Trouvees};
use crate::db::{AnyConn, CpamScope, DbResult};
use crate::web::ui::CommuneVue;

/// How many communes are named to who typed the beginning of a name.
const NOMMEES_MAX: i64 = 5;

/// What was typed under «commune», and what it means.
#[derive(Debug, Clone, Default)]
pub struct LieuVoulu {
    tape: Option<String>,
    trouvees: Trouvees,
}

impl LieuVoulu {
    /// Reads the commune of an address: within a CPAM, or everywhere.
    pub fn lire(
        conn: &mut AnyConn,
        caisse: Option<&str>,
        adresse: &Adresse,
    ) -> DbResult<LieuVoulu> {
        let Some(tape) = adresse.get("commune") else {
            return Ok(LieuVoulu::default());
        };
        let scope = match caisse {
            Some(code) => CpamScope::Caisse(code.to_owned()),
            None => CpamScope::National,
        };
        let mut trouvees = commune::trouver(conn, &scope, &Lieu::lire(tape), NOMMEES_MAX)?;
        // A commune whose files moved here keeps its own CPAM: its code still names it.
        if trouvees.nommees.is_empty()
            && trouvees.proposees.is_empty()
            && let Ok(insee) = tape.parse::<Insee>()
        {
            trouvees.nommees.extend(commune::lire(conn, &insee)?);
        }
        Ok(LieuVoulu {
            tape: Some(tape.to_owned()),
            trouvees,
        })
    }

    /// The communes that were named, or the only one that a beginning means.
    fn retenues(&self) -> &[Commune] {
        match (
            self.trouvees.nommees.as_slice(),
            self.trouvees.proposees.as_slice(),
        ) {
            ([], [seule]) => std::slice::from_ref(seule),
            (nommees, _) => nommees,
        }
    }

    /// Their INSEE codes.
    pub fn codes(&self) -> Vec<String> {
        self.retenues().iter().map(|c| c.insee.clone()).collect()
    }

    /// Those that are named one by one: the arrondissements go with their commune.
    fn dites(&self) -> Vec<String> {
        let retenues = self.retenues();
        let contenue = |c: &Commune| {
            let parente = c.commune_parente.as_deref();
            parente.is_some_and(|p| retenues.iter().any(|autre| autre.insee == p))
        };
        let dites = retenues.iter().filter(|c| !contenue(c));
        dites.map(|c| self.nommer(c)).collect()
    }

    fn nommer(&self, commune: &Commune) -> String {
        let tape = self.tape.as_deref().unwrap_or_default();
        CommuneVue::pour(commune.clone(), tape).libelle()
    }

    /// The filter in use, in words; none when it finds no commune.
    pub fn nom(&self) -> Option<String> {
        match self.dites().as_slice() {
            [] => None,
            [seule] => Some(seule.clone()),
            plusieurs => Some(format!(
                "{} ({} communes)",
                self.tape.as_deref().unwrap_or_default(),
                plusieurs.len()
            )),
        }
    }

    /// The communes that one name or one postcode means, when there are several.
    pub fn homonymes(&self) -> Option<String> {
        let dites = self.dites();
        (dites.len() > 1).then(|| {
            format!(
                "Toutes celles-ci : {}. Écrivez l’une d’elles ainsi pour ne voir qu’elle.",
                dites.join(" ; ")
            )
        })
    }

    /// What to do when nothing was named.
    pub fn inconnue(&self) -> Option<String> {
        let absente = self.tape.is_some() && self.retenues().is_empty();
        absente.then(|| match self.trouvees.proposees.as_slice() {
            [] => "Aucune commune de ce nom : vérifiez l’orthographe, ou écrivez son code postal."
                .to_owned(),
            proches => {
                let proches: Vec<String> = proches.iter().map(|c| self.nommer(c)).collect();
                format!(
                    "Plusieurs communes commencent ainsi : écrivez le nom en entier, par exemple {}.",
                    proches.join(" ; ")
                )
            }
        })
    }
}
