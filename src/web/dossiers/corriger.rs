//! `/dossiers/{numero}/corriger`: the data of the applicant, corrected by the CPAM with a reason.

use super::objet::Dossier;
use crate::actions::ActionResult;
use crate::actions::correction::{Declare, Faite, Personne, Versions, corriger_demande};
use crate::actions::demande::Conditions;
use crate::db::WriteTx;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::Visite;
use regles::correction::{Donnee, liste};
use regles::identifiants::Insee;

/// Correcting what an applicant declared.
#[derive(Formulaire)]
pub struct Correction {
    #[champ(libelle = Donnee::Prenom.libelle())]
    prenom: String,
    #[champ(libelle = Donnee::Nom.libelle())]
    nom: String,
    #[champ(libelle = Donnee::Telephone.libelle())]
    telephone: Option<String>,
    #[champ(cache)]
    version_kine: i32,
    #[champ(libelle = Donnee::Adresse.libelle(), taille = Long)]
    adresse: String,
    #[champ(libelle = Donnee::Commune.libelle(), aide = "Nom ou code postal. La zone et les règles suivent la commune.")]
    commune: Insee,
    #[champ(libelle = Donnee::DejaConventionne.libelle(), choix = oui_non_inconnu, exigence = Requis)]
    deja_conventionne_zone: Option<bool>,
    #[champ(libelle = Donnee::EntreeFormation.libelle())]
    entree_formation: Option<i64>,
    #[champ(libelle = Donnee::HeuresEtablissement.libelle(), unite = "heures")]
    heures_etablissement: Option<i64>,
    #[champ(libelle = Donnee::HeuresClinicat.libelle(), unite = "heures")]
    heures_clinicat: Option<i64>,
    #[champ(libelle = Donnee::Engagement.libelle(), choix = oui_non_inconnu, exigence = Requis)]
    engagement_zone: Option<bool>,
    #[champ(libelle = MOTIF, zone = 3, aide = AIDE_DU_MOTIF)]
    motif_correction: String,
}

/// What the field of the reason is called, on every form that corrects.
pub(in crate::web) const MOTIF: &str = "Motif de la correction";
/// Who reads it.
pub(in crate::web) const AIDE_DU_MOTIF: &str = "La personne le lit, avec ce qui a changé. Par exemple : « Adresse relevée sur le bail du 3 mars. »";

const INCONNU: &str = "inconnu";

fn oui_non_inconnu() -> Vec<Choix> {
    vec![
        Choix::new("oui", "Oui"),
        Choix::new("non", "Non"),
        Choix::new(INCONNU, "Non renseigné"),
    ]
}

/// What is stored, as the form of a correction shows it: its reason is always a new one.
pub(in crate::web) fn stocke(formulaire: &impl Formulaire) -> Saisie {
    let champs = formulaire.ecrire().champs().to_vec();
    let stockes = champs.into_iter().filter(|(n, _)| n != "motif_correction");
    Saisie::de_champs(stockes.collect())
}

impl Geste for Correction {
    type Objet = Dossier;
    const VERBE: &'static str = "corriger";
    const TITRE: &'static str = "Corriger les données de la demande";
    const BOUTON: &'static str = "Corriger ces données";
    const INTRO: &'static [&'static str] = &[
        "Corrigez ce qui est inexact, et dites pourquoi. Avant et après restent dans l’historique ; la personne voit ce qui a \
             changé et reçoit un courriel. Le RPPS et l’adresse électronique ne se corrigent pas ici : ce sont les clés de son compte.",
    ];
    const CORRIGE: bool = true;

    async fn initial(_: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        let (d, kine) = (&dossier.complet.demande, &dossier.complet.kine);
        let mut saisie = stocke(&Correction {
            prenom: kine.prenom.clone(),
            nom: kine.nom.clone(),
            telephone: kine.telephone.clone(),
            version_kine: kine.version,
            adresse: d.adresse.clone(),
            commune: d.insee.parse().map_err(WebError::interne)?,
            deja_conventionne_zone: d.deja_conventionne_zone,
            entree_formation: d.entree_formation.map(i64::from),
            heures_etablissement: d.heures_etablissement.map(i64::from),
            heures_clinicat: d.heures_clinicat.map(i64::from),
            engagement_zone: d.engagement_zone,
            motif_correction: String::new(),
        });
        for nom in [Self::DEJA_CONVENTIONNE_ZONE, Self::ENGAGEMENT_ZONE] {
            if saisie.option(nom).is_none() {
                saisie.poser(nom, INCONNU);
            }
        }
        Ok(saisie)
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let vues = Versions {
            dossier: o.version,
            kine: self.version_kine,
        };
        let declare = Declare {
            personne: Personne {
                prenom: self.prenom,
                nom: self.nom,
                telephone: self.telephone,
            },
            insee: self.commune,
            adresse: self.adresse,
            conditions: Conditions {
                deja_conventionne_zone: self.deja_conventionne_zone,
                entree_formation: self.entree_formation,
                heures_etablissement: self.heures_etablissement,
                heures_clinicat: self.heures_clinicat,
                engagement_zone: self.engagement_zone,
            },
        };
        let motif = &self.motif_correction;
        let faite = corriger_demande(tx, &o.acte, &o.scope, &o.cle, vues, &declare, motif)?;
        Ok(message(&faite))
    }
}

/// What a correction did, said at the top of the page that follows.
pub(in crate::web) fn message(faite: &Faite) -> String {
    let quoi = liste(&faite.ecarts);
    let suite = match &faite.reevaluation {
        None => String::new(),
        Some((avant, apres)) if avant == apres => {
            format!(" Les règles, appliquées de nouveau, donnent la même réponse : {apres}.")
        }
        Some((avant, apres)) => {
            format!(" Les règles, appliquées de nouveau, disent : {apres} (auparavant : {avant}).")
        }
    };
    format!("C’est corrigé : {quoi}. La personne en est prévenue par courriel.{suite}")
}
