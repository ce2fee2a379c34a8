//! `/departs/{id}/saisir`: the commission is asked if the place of a departure may be transmitted (PRO-4, REG-4).

use chrono::NaiveDate;
use regles::dates_fr;

use crate::actions::{ActionResult, commission};
use crate::db::WriteTx;
use crate::db::depart::DepartComplet;
use crate::web::dossiers::instruction::saisie;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::saisie::Saisie;
use crate::web::visite::Visite;

/// Putting a departure to the commission.
#[derive(Formulaire)]
pub struct Saisine {
    #[champ(
        libelle = "Commission saisie le",
        manque = "Indiquez le jour où la commission a été saisie."
    )]
    le: NaiveDate,
}

impl Geste for Saisine {
    type Objet = DepartComplet;
    const VERBE: &'static str = "saisir";
    const TITRE: &'static str = "Saisir la commission paritaire";
    const BOUTON: &'static str = "Saisir la commission";
    const INTRO: &'static [&'static str] = &[
        "La commission dira si la place peut être transmise. Le délai de son avis court à partir de ce jour. Nous l’écrivons à la personne qui part.",
    ];

    async fn initial(visite: &Visite, _: &DepartComplet) -> Result<Saisie, WebError> {
        Ok(Saisie::de([(
            "le",
            dates_fr::courte(visite.aujourd_hui()).as_str(),
        )]))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let avis = commission::saisir_du_depart(tx, &o.acte, &o.scope, o.cle, o.version, self.le)?;
        Ok(saisie(avis))
    }
}
