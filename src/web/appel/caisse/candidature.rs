//! One application: the values that the CPAM retains, or why it is set aside.

use actix_web::web::Path;
use regles::texte;

use super::objet::{Candidature, adresse};
use crate::actions::{ActionResult, appel};
use crate::db::WriteTx;
use crate::web::appel::kine::{champ_du_critere, en_mots, lire_critere};
use crate::web::dossiers::dossier::fichier;
use crate::web::erreur::WebError;
use crate::web::kit::entre_temps::version;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{self, Essai, Geste, Objet, Ordre, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};
use regles::charte::GenreCritere;

async fn montrer(visite: &Visite, cle: (i64, i64), essai: Essai<'_>) -> Reponse {
    let c = Candidature::ouvrir(visite, &cle).await?;
    let criteres = c.lue.charte.criteres.iter();
    let champs: Vec<Champ> = criteres
        .map(|critere| {
            let k = &critere.critere;
            let valeur = c.lue.valeur(cle.1, critere.id);
            let declaree = valeur.and_then(|v| v.declaree);
            let connue = match valeur {
                Some(v) if v.verifiee_le.is_some() => v.retenue,
                _ => declaree,
            };
            let texte = match essai.saisie {
                Some(saisie) => saisie.texte(&k.code).to_owned(),
                None => connue.map_or_else(String::new, |v| match k.genre {
                    GenreCritere::OuiNon => en_mots(k, Some(v)),
                    _ => v.to_string(),
                }),
            };
            champ_du_critere(k, &texte).aide(format!("Déclaré : {}", en_mots(k, declaree)))
        })
        .collect();
    let titre = format!("Valeurs {}", texte::de(c.qui.nom_complet()));
    let presentation = Presentation::new(titre, "Retenir ces valeurs", champs.into())
        .intro("Retenez chaque valeur au vu des pièces. Une valeur laissée vide reste inconnue : la candidature n’est pas classée.")
        .fichiers(c.pieces.iter().map(fichier).collect());
    let url = format!("/attributions/{}/candidatures/{}", cle.0, cle.1);
    geste::montrer(visite, c.entete(visite), &url, presentation, essai).await
}

/// `GET /attributions/{id}/candidatures/{candidature}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_valeurs(visite: Visite, chemin: Path<(i64, i64)>) -> Reponse {
    montrer(&visite, chemin.into_inner(), Essai::default()).await
}

/// `POST /attributions/{id}/candidatures/{candidature}`: the criteria are those of the charter of the call.
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn retenir(visite: Visite, chemin: Path<(i64, i64)>, saisie: Saisie) -> Reponse {
    let (id, candidature) = chemin.into_inner();
    let c = Candidature::ouvrir(&visite, &(id, candidature)).await?;
    let mut erreurs = Erreurs::default();
    let criteres = c.lue.charte.criteres.iter();
    let retenues: Vec<Option<i64>> = criteres
        .map(|c| lire_critere(&c.critere, &saisie, &mut erreurs))
        .collect();
    let mut refus = None;
    if !erreurs.presentes() {
        let (acte, scope, v) = (visite.acte()?, visite.qui()?.scope(), version(&saisie));
        match visite
            .write(move |tx| appel::retenir(tx, &acte, &scope, (id, v), candidature, &retenues))
            .await
        {
            Ok(()) => return visite.rediriger_avec(&adresse(id), "Les valeurs sont retenues."),
            Err(erreur) => refus = Some(erreur),
        }
    }
    let essai = Essai {
        saisie: Some(&saisie),
        erreurs,
        refus,
    };
    montrer(&visite, (id, candidature), essai).await
}

/// Setting an application aside.
#[derive(Formulaire)]
pub struct Ecart {
    #[champ(libelle = "Motif", zone = 4)]
    motif: String,
}

impl Geste for Ecart {
    type Objet = Candidature;
    const VERBE: &'static str = "ecarter";
    const BOUTON: &'static str = "Écarter la candidature";
    const INTRO: &'static [&'static str] = &[
        "La candidature sort du classement, et son auteur en lit le motif. Cela ne se défait pas.",
    ];
    const DANGER: bool = true;

    async fn presenter(
        _: &Visite,
        c: &Candidature,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let titre = format!("Écarter la candidature {}", texte::de(c.qui.nom_complet()));
        Ok(Self::presentation(champs).titre(titre))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<(i64, i64)>) -> ActionResult<String> {
        let (id, candidature) = o.cle;
        appel::ecarter(
            tx,
            &o.acte,
            &o.scope,
            (id, o.version),
            candidature,
            &self.motif,
        )?;
        Ok("La candidature est écartée. Nous écrivons à la personne.".to_owned())
    }
}
