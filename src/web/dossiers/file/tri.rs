//! The order of the queue: what the address says of it, and the heads of the columns that give one.

use super::Adresse;
use super::colonnes::EnFile;
use crate::db::file::{Etats, Par, Tri};
use crate::web::kit::liste::Colonne;
use crate::web::kit::tableau::TriVue;

impl Adresse {
    /// The order of the rows: `depot`, or `-depot` from the latest; what falls due first when nothing is said.
    pub fn tri(&self) -> Tri {
        let dit = self.get("tri").unwrap_or_default();
        let (decroissant, par) = match dit.strip_prefix('-') {
            Some(par) => (true, par),
            None => (false, dit),
        };
        match par {
            "echeance" => Tri {
                par: Par::Echeance,
                decroissant,
            },
            "depot" => Tri {
                par: Par::Depot,
                decroissant,
            },
            _ => Tri::default(),
        }
    }

    /// The same list from its start in another order.
    pub fn triee(&self, tri: Tri) -> String {
        let dit = match (tri.par, tri.decroissant) {
            (Par::Echeance, false) => None,
            (Par::Echeance, true) => Some("-echeance"),
            (Par::Depot, false) => Some("depot"),
            (Par::Depot, true) => Some("-depot"),
        };
        self.avec("tri", dit)
    }
}

/// What the list shows and in which order, in a sentence.
pub(super) fn phrase(adresse: &Adresse) -> String {
    let quoi = match adresse.etats() {
        Etats::Ouverts => "Ce qui est ouvert",
        Etats::Tous => "Ce qui est ouvert et ce qui est clos",
        Etats::Un(_) => "Dans l’état choisi",
    };
    let tri = adresse.tri();
    let ordre = match (tri.par, tri.decroissant, adresse.etats()) {
        (Par::Echeance, false, Etats::Ouverts) => "le plus urgent d’abord",
        (Par::Echeance, false, _) => "par échéance",
        (Par::Echeance, true, _) => "l’échéance la plus lointaine d’abord",
        (Par::Depot, false, _) => "le plus ancien d’abord",
        (Par::Depot, true, _) => "le plus récent d’abord",
    };
    format!("{quoi}, {ordre}.")
}

/// The heads that sort among these columns: those that an index gives in order, within a CPAM.
pub(super) fn tris(adresse: &Adresse, colonnes: &[&Colonne<EnFile>]) -> Vec<TriVue> {
    let actuel = adresse.tri();
    let toutes = adresse.get("caisse") == Some("toutes");
    let par = |cle: &str| match cle {
        "echeance" => Some(Par::Echeance),
        "depot" if !toutes => Some(Par::Depot),
        _ => None,
    };
    let tri = |colonne: &&Colonne<EnFile>| {
        let par = par(colonne.cle)?;
        let suivi = actuel.par == par;
        Some(TriVue {
            titre: colonne.titre,
            url: adresse.triee(Tri {
                par,
                decroissant: suivi && !actuel.decroissant,
            }),
            sens: suivi.then_some(match actuel.decroissant {
                true => "descending",
                false => "ascending",
            }),
        })
    };
    colonnes.iter().filter_map(tri).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_ordre_est_dans_l_adresse_et_la_page_suivante_le_garde() {
        let depot = Tri {
            par: Par::Depot,
            decroissant: true,
        };
        let lue = Adresse::lire("suivi=moi&tri=-depot&apres=2026-03-16T09:30:00.000000_42");
        assert_eq!(lue.tri(), depot);
        let (rang, id) = lue.apres().expect("a place");
        assert_eq!(
            (rang.to_string().as_str(), id),
            ("2026-03-16T09:30:00.000000", 42)
        );
        assert_eq!(
            lue.triee(Tri {
                decroissant: false,
                ..depot
            }),
            "/dossiers?suivi=moi&tri=depot"
        );
        assert_eq!(lue.triee(Tri::default()), "/dossiers?suivi=moi");
        // The place of another order, and an order that does not exist.
        assert_eq!(Adresse::lire("tri=depot&apres=2026-03-16_42").apres(), None);
        assert_eq!(Adresse::lire("tri=-nom").tri(), Tri::default());
    }
}
