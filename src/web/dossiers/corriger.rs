//! `/dossiers/{numero}/corriger`: the data of the applicant, corrected by the CPAM with a reason.

use super::objet::Dossier;
use crate::actions::ActionResult;
use crate::actions::correction::{Declare, Faite, Personne, Versions, corriger_demande};
use crate::db::WriteTx;
use crate::db::depart::Praticien;
use crate::web::demande::Conditions;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire, Genre};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Controle, Exigence};
use crate::web::visite::Visite;
use regles::correction::{Donnee, liste};
use regles::identifiants::Insee;

/// Who the person is, on every form that corrects.
#[derive(Formulaire)]
pub(in crate::web) struct PersonneDite {
    #[champ(libelle = Donnee::Prenom.libelle())]
    prenom: String,
    #[champ(libelle = Donnee::Nom.libelle())]
    nom: String,
    #[champ(libelle = Donnee::Telephone.libelle())]
    telephone: Option<String>,
    #[champ(cache)]
    version_kine: i32,
}

impl PersonneDite {
    /// As she is stored.
    pub(in crate::web) fn de(kine: &Praticien) -> PersonneDite {
        PersonneDite {
            prenom: kine.prenom.clone(),
            nom: kine.nom.clone(),
            telephone: kine.telephone.clone(),
            version_kine: kine.version,
        }
    }

    /// What is corrected, and the versions that the form showed.
    pub(in crate::web) fn corriger(self, dossier: i32) -> (Personne, Versions) {
        let versions = Versions {
            dossier,
            kine: self.version_kine,
        };
        let personne = Personne {
            prenom: self.prenom,
            nom: self.nom,
            telephone: self.telephone,
        };
        (personne, versions)
    }
}

/// Correcting what an applicant declared.
#[derive(Formulaire)]
pub struct Correction {
    #[champ(groupe)]
    personne: PersonneDite,
    #[champ(libelle = Donnee::Adresse.libelle(), taille = Long)]
    adresse: String,
    #[champ(libelle = Donnee::Commune.libelle(), aide = "Nom ou code postal. La zone et les règles suivent la commune.")]
    commune: Insee,
    #[champ(groupe)]
    conditions: Conditions,
    #[champ(libelle = MOTIF, zone = 3, aide = AIDE_DU_MOTIF)]
    motif_correction: String,
}

/// What the field of the reason is called, on every form that corrects.
pub(in crate::web) const MOTIF: &str = "Motif de la correction";
/// Who reads it.
pub(in crate::web) const AIDE_DU_MOTIF: &str = "La personne le lit, avec ce qui a changé. Par exemple : « Adresse relevée sur le bail du 3 mars. »";

const INCONNU: &str = "inconnu";

/// A condition as the CPAM corrects it: by its short name, and what is not known may be said so.
fn a_corriger(champ: &mut Champ) {
    if let Some(dit) = champ.dit {
        dit.clone_into(&mut champ.libelle);
    }
    champ.aide = None;
    champ.exigence = Exigence::Facultatif;
    if let Controle::Radios(choix) = &mut champ.controle {
        choix.push(Choix::new(INCONNU, "Non renseigné"));
        champ.exigence = Exigence::Requis;
    }
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
            personne: PersonneDite::de(kine),
            adresse: d.adresse.clone(),
            commune: d.insee.parse().map_err(WebError::interne)?,
            conditions: (&d.conditions).into(),
            motif_correction: String::new(),
        });
        for champ in Conditions::CHAMPS {
            if matches!(champ.genre, Genre::Radios(_)) && saisie.option(champ.nom).is_none() {
                saisie.poser(champ.nom, INCONNU);
            }
        }
        Ok(saisie)
    }

    async fn presenter(
        _: &Visite,
        _: &Dossier,
        mut champs: Champs,
    ) -> Result<Presentation, WebError> {
        let conditions: Vec<&str> = Conditions::noms().collect();
        let siens = champs
            .iter_mut()
            .filter(|c| conditions.contains(&c.nom.as_str()));
        siens.for_each(a_corriger);
        Ok(Self::presentation(champs))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let (personne, vues) = self.personne.corriger(o.version);
        let declare = Declare {
            personne,
            insee: self.commune,
            adresse: self.adresse,
            conditions: self.conditions.into(),
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
    format!("C’est corrigé : {quoi}. Nous le lui écrivons.{suite}")
}
