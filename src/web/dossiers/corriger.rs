//! `/dossiers/{numero}/corriger`: the data of the applicant, corrected by the CPAM with a reason.

use actix_web::web;
use regles::correction::{Donnee, liste};

use super::acte::{Formulaire, adresse, charger, montrer, version};
use crate::actions::correction::{Declare, Faite, Personne, Versions, corriger_demande};
use crate::actions::demande::Conditions;
use crate::actions::{ActionError, ActionResult};
use crate::db::demande::DemandeComplete;
use crate::web::espace::commune::{self, ChoixCommune};
use crate::web::espace::erreurs::Erreurs;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};
use crate::web::visite::{Reponse, Visite};

/// A field of a correction: what is stored, or what was typed; once the file changed meanwhile, a hint says what is stored now.
pub(in crate::web) struct Champs<'a> {
    /// What was typed, if it was.
    pub saisie: Option<&'a Saisie>,
    /// Whether the file changed since it was shown.
    pub perime: bool,
}

impl Champs<'_> {
    /// A field with its text.
    pub fn remplir(&self, champ: Champ, stocke: &str) -> Champ {
        let tape = self
            .saisie
            .map_or(stocke, |s| s.texte(&champ.nom))
            .to_owned();
        let champ = champ.valeur(tape.clone());
        if self.perime && tape != stocke {
            let dit = if stocke.is_empty() {
                "non renseigné"
            } else {
                stocke
            };
            return champ.aide(format!("Le dossier dit maintenant : {dit}."));
        }
        champ
    }

    /// Who the person is.
    pub fn personne(&self, p: &crate::db::cessation::Praticien) -> Vec<Champ> {
        let texte = |d: Donnee| Champ::texte(d.as_str(), d.libelle()).taille(Taille::Moyen);
        vec![
            self.remplir(texte(Donnee::Prenom), &p.prenom),
            self.remplir(texte(Donnee::Nom), &p.nom),
            self.remplir(
                texte(Donnee::Telephone).facultatif(),
                p.telephone.as_deref().unwrap_or_default(),
            ),
            Champ::cache("version_kine", p.version.to_string()),
        ]
    }

    /// Why.
    pub fn motif(&self) -> Champ {
        // The file holds no earlier value to compare it with.
        Champ::zone("motif_correction", "Motif de la correction", 3)
            .aide("La personne le lit, avec ce qui a changé. Par exemple : « Adresse relevée sur le bail du 3 mars. »")
            .valeur(self.saisie.map_or("", |s| s.texte("motif_correction")))
    }
}

/// The person of a form.
pub(in crate::web) fn personne(saisie: &Saisie) -> Personne {
    Personne {
        prenom: saisie.texte("prenom").to_owned(),
        nom: saisie.texte("nom").to_owned(),
        telephone: saisie.option("telephone").map(str::to_owned),
    }
}

/// The versions that a form saw.
pub(in crate::web) fn versions(saisie: &Saisie) -> Versions {
    Versions {
        dossier: version(saisie),
        // A form without its version is one that is too old.
        kine: saisie.texte("version_kine").parse().unwrap_or(0),
    }
}

/// A number typed with or without spaces; none when the field is empty.
pub(in crate::web) fn nombre(saisie: &Saisie, champ: &'static str) -> ActionResult<Option<i64>> {
    let chiffres: String = saisie
        .texte(champ)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if chiffres.is_empty() {
        return Ok(None);
    }
    chiffres
        .parse()
        .map(Some)
        .map_err(|_| ActionError::champ(champ, "Écrivez un nombre en chiffres."))
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

fn formulaire(
    dossier: &DemandeComplete,
    choix: &ChoixCommune,
    saisie: Option<&Saisie>,
    perime: bool,
) -> Formulaire {
    let champs = Champs { saisie, perime };
    let d = &dossier.demande;
    let booleen = |b: Option<bool>| match b {
        Some(true) => "oui",
        Some(false) => "non",
        None => "inconnu",
    };
    let oui_non = |donnee: Donnee, stocke: Option<bool>| {
        let choix = vec![
            Choix::new("oui", "Oui"),
            Choix::new("non", "Non"),
            Choix::new("inconnu", "Non renseigné"),
        ];
        champs.remplir(
            Champ::radios(donnee.as_str(), donnee.libelle(), choix),
            booleen(stocke),
        )
    };
    let nombre = |donnee: Donnee, stocke: Option<i32>| {
        champs.remplir(
            Champ::nombre(donnee.as_str(), donnee.libelle()).facultatif(),
            &stocke.map_or_else(String::new, |n| n.to_string()),
        )
    };
    let mut formulaire = Formulaire::new(
        "Corriger les données de la demande",
        "corriger",
        "Corriger ces données",
    )
    .intro(
        "Corrigez ce qui est inexact, et dites pourquoi. Avant et après restent dans l’historique ; la personne voit ce qui a \
         changé et reçoit un courriel. Le RPPS et l’adresse électronique ne se corrigent pas ici : ce sont les clés de son compte.",
    );
    if let Some(saisie) = saisie {
        formulaire = formulaire.saisi(saisie);
    }
    for champ in champs.personne(&dossier.kine) {
        formulaire = formulaire.champ(champ);
    }
    formulaire
        .champ(champs.remplir(
            Champ::texte("adresse", Donnee::Adresse.libelle()).taille(Taille::Long),
            &d.adresse,
        ))
        .commune(choix.champ(
            Donnee::Commune.libelle(),
            &match &choix.choisie {
                Some(c) if perime && c.insee != d.insee => {
                    format!("Le dossier dit maintenant : {}.", dossier.commune)
                }
                _ => "Nom ou code postal. La zone et les règles suivent la commune.".to_owned(),
            },
            &Erreurs::default(),
        ))
        .champ(oui_non(Donnee::DejaConventionne, d.deja_conventionne_zone))
        .champ(nombre(Donnee::EntreeFormation, d.entree_formation))
        .champ(nombre(Donnee::HeuresEtablissement, d.heures_etablissement).unite("heures"))
        .champ(nombre(Donnee::HeuresClinicat, d.heures_clinicat).unite("heures"))
        .champ(oui_non(Donnee::Engagement, d.engagement_zone))
        .champ(champs.motif())
}

/// `GET /dossiers/{numero}/corriger`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: web::Path<String>) -> Reponse {
    let (dossier, _) = charger(&visite, &numero).await?;
    let choix = commune::de_code(&visite, dossier.demande.insee.clone()).await?;
    let formulaire = formulaire(&dossier, &choix, None, false);
    montrer(&visite, &numero, formulaire, None).await
}

/// `POST /dossiers/{numero}/corriger`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn corriger(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let mut erreurs = Erreurs::default();
    let choix = commune::lire(&visite, &saisie, &mut erreurs).await?;
    if commune::cherche(&saisie) {
        let (dossier, _) = charger(&visite, &numero).await?;
        let formulaire = formulaire(&dossier, &choix, Some(&saisie), false);
        return montrer(&visite, &numero, formulaire, None).await;
    }
    let resultat = match lire(&choix, &saisie, &erreurs) {
        Err(erreur) => Err(erreur),
        Ok(declare) => {
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let (vues, motif) = (
                versions(&saisie),
                saisie.texte("motif_correction").to_owned(),
            );
            visite
                .write(move |tx| corriger_demande(tx, &acte, &scope, &n, vues, &declare, &motif))
                .await
        }
    };
    match resultat {
        Ok(faite) => visite.rediriger_avec(&adresse(&numero, ""), &message(&faite)),
        Err(erreur) => {
            let perime = matches!(erreur, ActionError::Perime);
            let (dossier, _) = charger(&visite, &numero).await?;
            let formulaire = formulaire(&dossier, &choix, Some(&saisie), perime);
            montrer(&visite, &numero, formulaire, Some(erreur)).await
        }
    }
}

fn lire(choix: &ChoixCommune, saisie: &Saisie, erreurs: &Erreurs) -> ActionResult<Declare> {
    let insee = choix.choisie.as_ref().and_then(|c| c.insee.parse().ok());
    let insee = insee.ok_or_else(|| {
        let phrase = erreurs.de("commune");
        ActionError::champ(
            "commune",
            phrase.unwrap_or_else(|| "Indiquez la commune.".to_owned()),
        )
    })?;
    Ok(Declare {
        personne: personne(saisie),
        insee,
        adresse: saisie.texte("adresse").to_owned(),
        conditions: conditions(saisie)?,
    })
}

fn conditions(saisie: &Saisie) -> ActionResult<Conditions> {
    let oui_non = |nom: &str| match saisie.texte(nom) {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    };
    Ok(Conditions {
        deja_conventionne_zone: oui_non("deja_conventionne_zone"),
        entree_formation: nombre(saisie, "entree_formation")?,
        heures_etablissement: nombre(saisie, "heures_etablissement")?,
        heures_clinicat: nombre(saisie, "heures_clinicat")?,
        engagement_zone: oui_non("engagement_zone"),
    })
}
