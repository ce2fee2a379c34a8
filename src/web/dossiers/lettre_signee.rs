//! The letter of a decision: printed, signed by hand, its scan attached before anything is notified (PRO-5).

use actix_web::web::Path;
use askama::Template;
use courriers::decision::{Bloc, Document};
use regles::decision::EtatDecision;
use regles::signature::MoyenSignature;

use super::objet::{Dossier, adresse};
use crate::actions::signature::attacher;
use crate::db::signature::{self, LettreSignee};
use crate::db::{DbError, correction, decision};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::Champs;
use crate::web::kit::geste::{Objet, Ordre, Presentation, montrer};
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::piece::{Manieres, servir};
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

const CHAMP: &str = "lettre";
const VERBE: &str = "lettre-signee";

#[derive(Template)]
#[template(path = "dossiers/decision.html")]
struct DecisionPage {
    page: Page,
    logo: Option<String>,
    service: Vec<String>,
    document: Document,
    /// What was corrected of it since.
    corrections: Vec<Document>,
    /// CRPA L212-1: name and capacity, with the place where a hand signs.
    a_signer: bool,
    retour: String,
}

/// `GET /dossiers/{numero}/decision`: what is printed of the decision.
///
/// # Errors
/// Out of scope, or nothing is decided.
pub async fn page_decision(visite: Visite, numero: Path<String>) -> Reponse {
    let objet = Dossier::ouvrir(&visite, &numero).await?;
    let id = objet.complet.demande.id;
    let (document, moyen, corrections) = visite
        .read(move |conn| {
            let prise = decision::active(conn, id)?
                .filter(|d| d.etat == EtatDecision::Decidee)
                .ok_or(DbError::Introuvable)?;
            let texte = prise.document.ok_or(DbError::Introuvable)?;
            let moyen = signature::de(conn, prise.id)?.map(|s| s.moyen);
            Ok::<_, DbError>((texte, moyen, correction::de(conn, prise.id)?))
        })
        .await?;
    let document: Document = serde_json::from_str(&document).map_err(WebError::interne)?;
    let corrections = corrections
        .iter()
        .map(|c| serde_json::from_str(&c.document).map_err(WebError::interne));
    let fiche = adresse(&numero, "");
    visite.rendre(&DecisionPage {
        corrections: corrections.collect::<Result<_, _>>()?,
        page: visite
            .page(document.objet.clone())
            .ariane("Dossiers", "/dossiers")
            .ariane(numero.as_str(), &fiche)
            .rubrique("/dossiers")
            .largeur(Largeur::Lecture),
        logo: objet.complet.service.logo(),
        service: objet.complet.service.lignes(),
        a_signer: moyen == Some(MoyenSignature::Main),
        document,
        retour: visite.garder(&fiche),
    })
}

/// `GET /dossiers/{numero}/lettre-signee`
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn page(visite: Visite, numero: Path<String>) -> Reponse {
    presenter(&visite, &numero, Essai::default()).await
}

/// `POST /dossiers/{numero}/lettre-signee`
///
/// # Errors
/// Out of scope; the database or the document store does not answer.
pub async fn deposer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    Dossier::ouvrir(&visite, &numero).await?;
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    let lettre = match recevoir(&visite, &saisie).await? {
        Ok(lettre) => lettre,
        Err(phrase) => {
            essai.erreurs.noter(CHAMP, phrase);
            return presenter(&visite, &numero, essai).await;
        }
    };
    let o = Ordre::de(&visite, numero.clone(), &saisie)?;
    let fait = visite
        .write(move |tx| attacher(tx, &o.acte, &o.scope, (&o.cle, o.version), &lettre))
        .await;
    match fait {
        Ok(()) => visite.rediriger_avec(
            &adresse(&numero, ""),
            "La lettre signée est au dossier : la décision peut être notifiée.",
        ),
        Err(refus) => {
            essai.refus = Some(refus);
            presenter(&visite, &numero, essai).await
        }
    }
}

/// The scan that was sent, kept; or what is wrong with it.
async fn recevoir(
    visite: &Visite,
    saisie: &Saisie,
) -> Result<Result<LettreSignee, String>, WebError> {
    let Some(fichier) = saisie.fichiers(CHAMP).next() else {
        return Ok(Err(
            "Choisissez la numérisation de la lettre signée : un PDF ou une image.".to_owned(),
        ));
    };
    let Some(recu) = &fichier.contenu else {
        return Ok(Err(
            "Ce fichier est trop lourd : 10 Mo au plus. Numérisez en noir et blanc, ou réduisez l’image.".to_owned(),
        ));
    };
    if let Err(refus) = recu.media() {
        return Ok(Err(refus.to_string()));
    }
    let gardee = visite.etat.pieces.garder_recu(recu).await;
    let gardee = gardee.map_err(|e| WebError::Stockage(e.to_string()))?;
    Ok(Ok(LettreSignee {
        cle: gardee.cle,
        empreinte: gardee.empreinte,
        media: gardee.media.to_owned(),
        octets: gardee.taille,
        nom: fichier.nom.clone(),
    }))
}

async fn presenter(visite: &Visite, numero: &String, essai: Essai<'_>) -> Reponse {
    let objet = Dossier::ouvrir(visite, numero).await?;
    let scan = Champ::fichier(CHAMP, "Lettre signée")
        .aide("La lettre entière, toutes ses pages : un PDF ou une image.")
        .erreur(essai.erreurs.de(CHAMP));
    let presentation = Presentation::new(
        "Déposer la lettre signée",
        "Déposer la lettre signée",
        Champs::from(vec![scan]),
    )
    .intro("Imprimez la lettre depuis le dossier ; la personne dont elle porte le nom la signe à la main. Rien n’est notifié avant ce dépôt.")
    .intro("Vérifiez ce que vous déposez : la lettre signée ne se remplace pas.");
    let url = adresse(numero, VERBE);
    montrer(visite, objet.entete(visite), &url, presentation, essai).await
}

/// `GET /dossiers/{numero}/lettre-signee/lire`
///
/// # Errors
/// Out of scope, or no letter was attached; the store does not answer, or the bytes changed.
pub async fn lire(visite: Visite, numero: Path<String>, maniere: Requete<Manieres>) -> Reponse {
    let objet = Dossier::ouvrir(&visite, &numero).await?;
    let id = objet.complet.demande.id;
    let (cle, empreinte, media, nom) = visite
        .read(move |conn| signature::lettre(conn, id))
        .await?
        .ok_or(WebError::Introuvable)?;
    servir(&visite, &cle, &empreinte, &media, &nom, &maniere).await
}
