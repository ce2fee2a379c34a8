//! PRO-13: where somebody without an account lives, corrected by the caisse.

use regles::droits::{INSTRUCTION, Role};
use regles::identifiants::Insee;

use super::corriger::{AIDE_DU_MOTIF, MOTIF};
use super::objet::{Dossier, adresse};
use crate::actions::ActionResult;
use crate::actions::correction::corriger_domicile;
use crate::db::demande::DemandeComplete;
use crate::db::{WriteTx, destinataire};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::saisie::Saisie;
use crate::web::visite::Visite;

/// Where they live.
#[derive(Formulaire)]
pub struct Domicile {
    #[champ(libelle = "Numéro et rue de son domicile", taille = Long, autocomplete = "off")]
    domicile: String,
    #[champ(libelle = "Commune de son domicile", aide = "Nom ou code postal.")]
    domicile_commune: Insee,
    #[champ(libelle = MOTIF, zone = 3, aide = AIDE_DU_MOTIF)]
    motif_correction: String,
}

impl Domicile {
    /// Where it is done, by whom may.
    pub(super) fn url(visite: &Visite, dossier: &DemandeComplete, role: Role) -> Option<String> {
        (dossier.kine.compte_id.is_none() && INSTRUCTION.permet(Some(role)))
            .then(|| visite.garder(&adresse(&dossier.demande.numero, Domicile::VERBE)))
    }
}

impl Geste for Domicile {
    type Objet = Dossier;
    const VERBE: &'static str = "domicile";
    const TITRE: &'static str = "Corriger l’adresse du domicile";
    const BOUTON: &'static str = "Corriger cette adresse";
    const INTRO: &'static [&'static str] = &[
        "Cette personne n’a pas de compte : ses lettres partent à cette adresse, et le tribunal qu’elle pourrait saisir en dépend. Avant et après restent dans l’historique.",
    ];

    async fn initial(visite: &Visite, objet: &Dossier) -> Result<Saisie, WebError> {
        let kine_id = objet.complet.kine.id;
        let connu = visite
            .read(move |conn| destinataire::domicile_de(conn, kine_id))
            .await?;
        Ok(connu.map_or_else(Saisie::default, |d| {
            Saisie::de([
                (Domicile::DOMICILE, d.adresse.as_str()),
                (Domicile::DOMICILE_COMMUNE, d.insee.as_str()),
            ])
        }))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        corriger_domicile(
            tx,
            &o.acte,
            &o.scope,
            (&o.cle, o.version),
            (&self.domicile, &self.domicile_commune),
            &self.motif_correction,
        )?;
        Ok("L’adresse est corrigée. Imprimez et postez la lettre qui le dit.".to_owned())
    }
}
