//! `/caisses/{code}/logo`: the logo of a caisse, chosen by who keeps its record, read by whoever prints a page that bears it.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use actix_web::web::Path;

use super::caisses::CaisseLue;
use super::erreur::WebError;
use super::kit::essai::Essai;
use super::kit::formulaire::{Champs, Formulaire};
use super::kit::geste::{Objet, Ordre, Presentation, montrer};
use super::saisie::Saisie;
use super::ui::Champ;
use super::visite::{Reponse, Visite};
use crate::actions::caisse::poser_logo;
use crate::db::logo::{self, Logo};
use crate::pieces::LOGO_MAX;

const CHAMP: &str = "logo";
const VERBE: &str = "logo";

/// Taking the logo off.
#[derive(Formulaire)]
struct Choix {
    #[champ(libelle = "Retirer le logo", case)]
    retirer: bool,
}

/// `GET /caisses/{code}/logo/{empreinte}`
///
/// # Errors
/// The caisse has no logo, or another one.
pub async fn lire(visite: Visite, cle: Path<(String, String)>) -> Reponse {
    let (code, demandee) = cle.into_inner();
    let logo = visite
        .read(move |conn| logo::lire(conn, &code))
        .await?
        .filter(|l| l.empreinte == demandee)
        .ok_or(WebError::Introuvable)?;
    let octets = visite
        .etat
        .pieces
        .lire(&logo.cle, &logo.empreinte)
        .await
        .map_err(WebError::interne)?;
    Ok(HttpResponse::Ok()
        .content_type(logo.media)
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // The address names the bytes: they never change.
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(octets))
}

/// `GET /caisses/{code}/logo`
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn page(visite: Visite, code: Path<String>) -> Reponse {
    presenter(&visite, &code, Essai::default()).await
}

/// `POST /caisses/{code}/logo`
///
/// # Errors
/// Out of scope; the database or the document store does not answer.
pub async fn poser(visite: Visite, code: Path<String>, saisie: Saisie) -> Reponse {
    let code = code.into_inner();
    CaisseLue::ouvrir(&visite, &code).await?;
    let lu = Choix::lire(&saisie);
    let mut essai = Essai {
        saisie: Some(&saisie),
        erreurs: lu.as_ref().err().cloned().unwrap_or_default(),
        ..Essai::default()
    };
    let retirer = lu.is_ok_and(|c| c.retirer);
    let mut logo = None;
    if !retirer {
        match recevoir(&visite, &saisie).await? {
            Ok(recu) => logo = Some(recu),
            Err(phrase) => essai.erreurs.noter(CHAMP, phrase),
        }
    }
    if essai.erreurs.presentes() {
        return presenter(&visite, &code, essai).await;
    }
    let o = Ordre::de(&visite, code.clone(), &saisie)?;
    let fait = visite
        .write(move |tx| poser_logo(tx, &o.acte, &o.scope, (&o.cle, o.version), logo.as_ref()))
        .await;
    match fait {
        Ok(()) => visite.rediriger_avec(
            &CaisseLue::adresse(&code),
            match retirer {
                true => "Le logo est retiré.",
                false => "Le logo est enregistré : les pages à imprimer le portent.",
            },
        ),
        Err(refus) => {
            essai.refus = Some(refus);
            presenter(&visite, &code, essai).await
        }
    }
}

/// The image that was sent, kept; or what is wrong with it.
async fn recevoir(visite: &Visite, saisie: &Saisie) -> Result<Result<Logo, String>, WebError> {
    let Some(fichier) = saisie.fichiers(CHAMP).next() else {
        return Ok(Err("Choisissez une image PNG ou JPEG.".to_owned()));
    };
    let Some(recu) = &fichier.contenu else {
        return Ok(Err(
            "Cette image pèse plus de 512 Ko : réduisez-la.".to_owned()
        ));
    };
    let gardee = visite.etat.pieces.garder_logo(recu).await;
    let gardee = gardee.map_err(|e| WebError::Stockage(e.to_string()))?;
    Ok(gardee
        .map(|p| Logo {
            cle: p.cle,
            empreinte: p.empreinte,
            media: p.media.to_owned(),
        })
        .map_err(|refus| refus.to_string()))
}

async fn presenter(visite: &Visite, code: &String, essai: Essai<'_>) -> Reponse {
    let objet = CaisseLue::ouvrir(visite, code).await?;
    let vide = Saisie::default();
    let saisie = essai.saisie.unwrap_or(&vide);
    let image = Champ::fichier(CHAMP, "Image")
        .facultatif()
        .taille_max(LOGO_MAX)
        .aide("PNG ou JPEG, 512 Ko et 2 000 points de côté au plus.")
        .erreur(essai.erreurs.de(CHAMP));
    let champs = Champs::from(vec![image]);
    let champs = match objet.logo().is_some() {
        true => Choix::champs(saisie, &essai.erreurs)
            .iter()
            .cloned()
            .fold(champs, Champs::avec),
        false => champs,
    };
    let presentation = Presentation::new("Logo de la caisse", "Enregistrer le logo", champs)
        .intro("Il figure en tête des pages à imprimer. Ce qui est déjà imprimé ne change pas.");
    let url = CaisseLue::url(code, VERBE);
    montrer(visite, objet.entete(visite), &url, presentation, essai).await
}
